/* test_lookup.c - the lookup calls at and past their edges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "internal.h"

enum { FAR_OUT = 60000 };

static void every_status_has_a_text(void **state) {
    (void)state;
#define X(name, text) assert_string_equal(nen_status_text(name), text);
    NEN_STATUS_LIST(X)
#undef X
    assert_non_null(nen_status_text((nen_status)FAR_OUT));
}

static void labels_end_where_they_end(void **state) {
    (void)state;
    for (int kind = NEN_LABEL_GRADE; kind <= NEN_LABEL_SPREAD; kind++) {
        assert_true(*nen_label((nen_label_kind)kind, 0) != '\0');
        assert_string_equal(nen_label((nen_label_kind)kind, NEN_LABEL_NULL), "");
        assert_string_equal(nen_label((nen_label_kind)kind, FAR_OUT), "");
    }
    assert_string_equal(nen_label((nen_label_kind)FAR_OUT, 0), "");
}

static void fields_and_words_find_themselves(void **state) {
    (void)state;
    assert_true(nen_field_count() > 0 && nen_field_count() <= NEN_FIELDS_MAX);
    for (unsigned f = 0; f < nen_field_count(); f++) {
        const nen_field_info *info = nen_field(f);
        assert_int_equal(nen_field_find(info->name), f);
        assert_true(info->lo <= info->hi);
        assert_true(info->words <= NEN_WORDS_MAX);
        for (unsigned w = 0; w < info->words; w++)
            assert_int_equal(nen_word_find(f, nen_word(f, w)->word), w);
        assert_null(nen_word(f, info->words));
    }
}

static void nothing_is_found_where_nothing_is(void **state) {
    (void)state;
    assert_null(nen_field(nen_field_count()));
    assert_null(nen_word(FAR_OUT, 0));
    assert_int_equal(nen_field_find("no such field"), -1);
    assert_int_equal(nen_field_find(""), -1);
    assert_int_equal(nen_word_find(0, "no such word"), -1);
    assert_null(nen_row_get(nen_row_count()));
    assert_int_equal(nen_row_find("no.such.row"), -1);
    assert_null(nen_table_get(nen_table_count()));
    assert_int_equal(nen_table_find("no such table"), -1);
    assert_null(nen_goal_name(FAR_OUT));
    assert_int_equal(nen_option_find("no such option"), -1);
}

static void also_names_and_dashes(void **state) {
    (void)state;
    assert_int_equal(nen_field_find("ki67-pct"), nen_field_find("ki67_pct"));
    assert_int_equal(nen_field_find("ki67"), nen_field_find("ki67_pct"));
    assert_int_equal(nen_field_find("mets"), nen_field_find("metastases"));
}

static void options_find_themselves(void **state) {
    (void)state;
    assert_true(nen_option_count() > 0 && nen_option_count() <= NEN_WORDS_MAX);
    for (unsigned o = 0; o < nen_option_count(); o++)
        assert_int_equal(nen_option_find(nen_option_id(o)), o);
}

static void rows_carry_their_evidence(void **state) {
    (void)state;
    for (unsigned r = 0; r < nen_row_count(); r++) {
        const nen_row *row = nen_row_get(r);
        assert_int_equal(nen_row_find(row->id), r);
        assert_true(*row->source && *row->locator && *row->status);
        assert_int_equal(strlen(row->checked), strlen("2026-01-01"));
        if (strcmp(row->locator, "unread") == 0)
            assert_string_not_equal(row->status, "published");
    }
}

static void cells_by_name(void **state) {
    (void)state;
    int at = nen_table_find("sources");
    assert_true(at >= 0);
    const nen_table *sources = nen_table_get((unsigned)at);
    assert_true(sources->rows > 0);
    const char *key = nen_cell(sources, 0, "key");
    assert_non_null(key);
    assert_int_equal(nen_table_row(sources, "key", key), 0);
    assert_int_equal(nen_table_row(sources, "key", "no such key"), -1);
    assert_null(nen_cell(sources, 0, "no such column"));
    assert_null(nen_cell(sources, sources->rows, "key"));
}

static void texts_fall_back_to_english(void **state) {
    (void)state;
    static const nen__translation list[] = {
        {.row = 3, .lang = 1, .text = "tres"},
        {.row = 900, .lang = 1, .text = "novecientos"},
        {.row = 2, .lang = 2, .text = "deux"}};
    assert_string_equal(nen__translated(list, 3, 1, 3), "tres");
    assert_string_equal(nen__translated(list, 3, 1, 900), "novecientos");
    assert_string_equal(nen__translated(list, 3, 2, 2), "deux");
    assert_null(nen__translated(list, 3, 2, 3));
    assert_null(nen__translated(list, 3, 1, 2));
    assert_null(nen__translated(list, 0, 1, 3));
    static const char *const words[] = {"bone", "liver", "lung"};
    static const char *const spanish[] = {"hueso", "hígado", "pulmón"};
    const nen__phrases said = {words, spanish, 3}, none = {NULL, NULL, 0};
    assert_string_equal(nen__in(&said, "lung"), "pulmón");
    assert_string_equal(nen__in(&said, "bone"), "hueso");
    assert_null(nen__in(&said, "lun"));
    assert_null(nen__in(&none, "liver"));
    assert_string_equal(nen_translate(nen_lang_count(), "liver"), "liver");
    assert_string_equal(nen_translate(0, "liver"), "liver");
    assert_string_equal(nen_translate(1, "no cell says this"), "no cell says this");
    assert_null(nen_translate(1, NULL));
    assert_int_equal(nen_lang_find("en"), 0);
    assert_int_equal(nen_lang_find("no such language"), -1);
    assert_string_equal(nen_lang_code(0), "en");
    assert_null(nen_lang_code(nen_lang_count()));
    const char *english = nen_text(0, NEN_T_WARN_FACTS_USED);
    assert_true(strlen(english) > 0);
    assert_string_equal(nen_text(FAR_OUT, NEN_T_WARN_FACTS_USED), english);
    assert_string_equal(nen_text(0, NEN_NONE), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_text),
        cmocka_unit_test(labels_end_where_they_end),
        cmocka_unit_test(fields_and_words_find_themselves),
        cmocka_unit_test(nothing_is_found_where_nothing_is),
        cmocka_unit_test(also_names_and_dashes),
        cmocka_unit_test(options_find_themselves),
        cmocka_unit_test(rows_carry_their_evidence),
        cmocka_unit_test(cells_by_name),
        cmocka_unit_test(texts_fall_back_to_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
