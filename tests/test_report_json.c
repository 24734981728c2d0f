/* test_report_json.c - our JSON as another parser reads it, and writers at every size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "example.h"
#include "write.h"

typedef size_t writer(const nen_input *in, const nen_dossier *d, const nen_style *style,
                      char *buf, size_t cap);

static nen_input in;
static nen_dossier dossier, work;
static char text[1 << 20], piece[1 << 20];
static const nen_style patient = {.parts = NEN_PART_REPORT, .region = 0xff};
static const nen_style board = {
    .parts = NEN_PART_REPORT, .board = true, .all_options = true, .region = 0xff};

static void answer_example(unsigned i) {
    const nen_config config = {0};
    assert_true(example_read(i, &in));
    assert_int_equal(nen_answer(&in.c, &config, &dossier), NEN_OK);
    assert_int_equal(nen_questions(&in.c, &config, &dossier, &work), NEN_OK);
}

static json_t *parsed(size_t bytes) {
    json_error_t why;
    json_t *root = json_loadb(text, bytes, JSON_REJECT_DUPLICATES, &why);
    if (!root) printf("line %d: %s\n", why.line, why.text);
    return root;
}

static void another_parser_reads_it(void **state) {
    (void)state;
    for (unsigned i = 0; i < EXAMPLES; i++) {
        answer_example(i);
        for (int all = 0; all < 2; all++) {
            size_t n = nen_write_json(&in, &dossier, all ? &board : &patient, text,
                                      sizeof text);
            assert_true(n < sizeof text);
            json_t *root = parsed(n);
            assert_non_null(root);
            assert_int_equal(json_integer_value(json_object_get(root, "schema")), 1);
            assert_true(json_is_array(json_object_get(root, "options")));
            json_decref(root);
        }
    }
}

static void an_error_is_json_too(void **state) {
    (void)state;
    nen_error error;
    memset(&in, 0, sizeof in);
    assert_int_not_equal(nen_set(&in, "site", "panc\"reas\n", &error), NEN_OK);
    json_t *root = parsed(nen_write_error_json(&error, "a\"b", 0, text, sizeof text));
    assert_non_null(root);
    assert_true(json_is_object(json_object_get(root, "error")));
    json_decref(root);
    assert_true(nen_write_error_text(&error, 0, text, sizeof text) > 0);
}

/* A writer says what it needs, never writes past `cap`, and ends with a zero. */
static void any_size(writer *write, const nen_style *style) {
    size_t need = write(&in, &dossier, style, text, sizeof text);
    static const size_t caps[] = {0, 1, 2, 7, 100, 1000};
    assert_true(need > 0 && need < sizeof text);
    assert_int_equal(strlen(text), need);
    for (size_t i = 0; i < sizeof caps / sizeof *caps; i++) {
        memset(piece, '#', sizeof piece);
        assert_int_equal(write(&in, &dossier, style, piece, caps[i]), need);
        assert_int_equal(piece[caps[i]], '#');
        if (caps[i]) assert_non_null(memchr(piece, 0, caps[i]));
    }
    assert_int_equal(write(&in, &dossier, style, piece, need + 1), need);
    assert_string_equal(piece, text);
    assert_int_equal(write(&in, &dossier, style, NULL, 0), need);
}

static void writers_keep_to_their_buffer(void **state) {
    (void)state;
    writer *const writers[] = {nen_write_text, nen_write_json, nen_write_html};
    answer_example(0);
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        any_size(writers[i], &patient);
        any_size(writers[i], &board);
    }
}

static void nothing_known_is_answered(void **state) {
    (void)state;
    const nen_config config = {0};
    memset(&in, 0, sizeof in);
    assert_int_equal(nen_answer(&in.c, &config, &dossier), NEN_OK);
    assert_int_equal(nen_questions(&in.c, &config, &dossier, &work), NEN_OK);
    any_size(nen_write_text, &patient);
    json_t *root = parsed(nen_write_json(&in, &dossier, &patient, text, sizeof text));
    assert_non_null(root);
    json_decref(root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_parser_reads_it),
        cmocka_unit_test(an_error_is_json_too),
        cmocka_unit_test(writers_keep_to_their_buffer),
        cmocka_unit_test(nothing_known_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
