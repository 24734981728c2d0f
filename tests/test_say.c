/* test_say.c - placeholders, optional parts and strong words of a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "say.h"

static void into(void *to, const char *text, size_t bytes) {
    nen__put_n(to, text, bytes);
}

static void mark(void *to, bool on) {
    nen__put(to, on ? "<" : ">");
}

static void filled(const char *text, const nen__slot *with, const char *expected) {
    char got[256];
    nen__buf b = nen__buf_over(got, sizeof got);
    const nen__saying out = {into, mark, &b};
    nen__fill(&out, text, with);
    nen__buf_end(&b);
    assert_string_equal(got, expected);
}

static void values_stand_where_they_are_named(void **state) {
    (void)state;
    const nen__slot *with =
        NEN__WITH(nen__as("site", "lung"), nen__as_number("n", 2.5));
    filled("In {site}, {n} of {n}.", with, "In lung, 2.5 of 2.5.");
    filled("{site}", with, "lung");
    filled("No value.", NULL, "No value.");
    filled("", NULL, "");
    filled("{none}.", with, ".");
    filled("a {site", with, "a lung"); /* the compiler refuses such a text */
}

static void optional_parts_need_their_values(void **state) {
    (void)state;
    const char *text = "About {n}[[ than with {versus}]][[ (trial: {trial})]].";
    filled(text,
           NEN__WITH(nen__as_number("n", 5), nen__as("versus", "placebo"),
                     nen__as("trial", "X")),
           "About 5 than with placebo (trial: X).");
    filled(text,
           NEN__WITH(nen__as_number("n", 5), nen__as("versus", NULL),
                     nen__as("trial", "X")),
           "About 5 (trial: X).");
    filled(text, NULL, "About .");
    filled("[1] {a} ]", NEN__WITH(nen__as("a", "b")), "[1] b ]");
}

static void strong_words_are_marked(void **state) {
    (void)state;
    filled("**Stage {s}**, 2 * 3", NEN__WITH(nen__as("s", "IV")), "<Stage IV>, 2 * 3");
}

static void a_value_is_not_read_again(void **state) {
    (void)state;
    filled("{a}{b}", NEN__WITH(nen__as("a", "{b}**[["), nen__as("b", "x")), "{b}**[[x");
}

static void texts_fill_buffers(void **state) {
    (void)state;
    char got[64];
    nen__buf b = nen__buf_over(got, sizeof got);
    nen__put_text(&b, 0, NEN_T_VALUE_BETWEEN,
                  NEN__WITH(nen__as_number("lo", 1), nen__as_number("hi", 2)));
    nen__buf_end(&b);
    assert_string_equal(got, "1 to 2");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stand_where_they_are_named),
        cmocka_unit_test(optional_parts_need_their_values),
        cmocka_unit_test(strong_words_are_marked),
        cmocka_unit_test(a_value_is_not_read_again),
        cmocka_unit_test(texts_fill_buffers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
