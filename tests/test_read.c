/* test_read.c - bad input: each kind, with its field, value, place and remedy. */
#include "read_help.h"

/* One bad value through nen_set; `allowed` is a part of what is offered. */
static void bad(nen_status code, const char *name, const char *text,
                const char *allowed, const char *nearest) {
    nen_input scratch = {0};
    const nen_status status = nen_set(&scratch, name, text, &error);
    if (status != code) fail_msg("%s=%s gave %d: %s", name, text, status, error.text);
    assert_int_equal(error.code, code);
    assert_string_equal(error.field, name);
    assert_string_equal(error.value, text);
    assert_string_equal(error.nearest, nearest);
    assert_int_equal(error.line, 0);
    if (!strstr(error.allowed, allowed)) fail_msg("allowed: %s", error.allowed);
    assert_true(error.text[0]);
}

/* One bad document; `where` is the byte of the break, `say` a part of the message. */
static void bad_json(nen_status code, const char *text, size_t line, size_t where,
                     const char *say) {
    const nen_status status = json(text);
    if (status != code) fail_msg("%s gave %d: %s", text, status, error.text);
    if (error.byte != where) fail_msg("%s: byte %zu", text, error.byte);
    assert_int_equal(error.line, line);
    if (!strstr(error.text, say)) fail_msg("%s: %s", text, error.text);
}

/* ---- bad input: names and words ----------------------------------------------------
 */

static void unknown_field(void **state) {
    (void)state;
    bad(NEN_ERR_FIELD, "sit", "pancreas", "", "site");
    bad(NEN_ERR_FIELD, "ki76", "8", "", "ki67_pct");
    bad(NEN_ERR_FIELD, "metastasis", "liver", "", "metastases");
    bad(NEN_ERR_FIELD, "qwertyuiop", "1", "", "");
    bad(NEN_ERR_FIELD, "foo", "unknown", "", "");
    bad(NEN_ERR_FIELD, "midgut", "true", "", "");
    bad_json(NEN_ERR_FIELD, "{\"sit\": \"lung\"}", 1, 8, "site");
    assert_string_equal(error.field, "sit");
    assert_string_equal(error.nearest, "site");
}

static void unknown_word(void **state) {
    (void)state;
    bad(NEN_ERR_WORD, "site", "pancraes", "jejunum_ileum", "pancreas");
    bad(NEN_ERR_WORD, "site", "panc", "pancreas", "pancreas");
    bad(NEN_ERR_WORD, "grade", "G5", "G1, G2, G3", "G1");
    bad(NEN_ERR_WORD, "m", "MX", "M0, M1", ""); /* never taken for M0 */
    bad_json(NEN_ERR_WORD, "{\"sex\": \"femal\"}", 1, 8, "female");
    assert_string_equal(error.field, "sex");
    assert_string_equal(error.value, "femal");
    assert_string_equal(error.nearest, "female");
    assert_string_equal(error.allowed, "female, male");
}

static void unknown_word_in_a_list(void **state) {
    (void)state;
    assert_int_equal(nen_set(&in, "metastases", "liver,bonn", &error), NEN_ERR_WORD);
    assert_string_equal(error.value, "bonn");
    assert_string_equal(error.nearest, "bone");
    bad_json(NEN_ERR_WORD, "{\"metastases\": [\"liver\", \"bonn\"]}", 1, 25, "bone");
    assert_string_equal(error.value, "bonn");
}

static void word_of_another_site(void **state) {
    (void)state;
    const char *const orders[] = {"{\"site\":\"pancreas\",\"extent\":\"serosa\"}",
                                  "{\"extent\":\"serosa\",\"site\":\"pancreas\"}"};
    const size_t bytes[] = {28, 10};
    for (int i = 0; i < 2; i++) {
        bad_json(NEN_ERR_WORD, orders[i], 1, bytes[i], "not a word for this site");
        assert_string_equal(error.field, "extent");
        assert_string_equal(error.value, "serosa");
        assert_non_null(strstr(error.allowed, "limited_to_pancreas"));
        assert_null(strstr(error.allowed, "mucosa_submucosa"));
    }
}

static void flags_meet_the_site_at_the_end(void **state) {
    (void)state;
    set("extent", "serosa");
    set("site", "pancreas");
    assert_int_equal(nen_finish(&in, &error), NEN_ERR_WORD);
    assert_string_equal(error.field, "extent");
    assert_string_equal(error.value, "serosa");
    assert_non_null(strstr(error.allowed, "limited_to_pancreas"));
}

static void unknown_layer_of_a_known_site(void **state) {
    (void)state;
    set("site", "pancreas");
    assert_int_equal(nen_set(&in, "extent", "limited_pancreas", &error), NEN_ERR_WORD);
    assert_string_equal(error.nearest, "limited_to_pancreas");
    assert_null(strstr(error.allowed, "mesoappendix"));
}

/* ---- bad input: types and ranges ---------------------------------------------------
 */

static void wrong_type(void **state) {
    (void)state;
    bad(NEN_ERR_TYPE, "ki67", "five", "0 to 100 %", "");
    bad(NEN_ERR_TYPE, "ki67", "2,3", "0 to 100 %", "");
    bad(NEN_ERR_TYPE, "nodes_positive", "2.5", "0 to 500", "");
    bad(NEN_ERR_TYPE, "pregnant", "maybe", "true, false, yes, no", "");
    bad(NEN_ERR_TYPE, "ki67", "not_measurable", "0 to 100 %", "");
    bad(NEN_ERR_TYPE, "size", "5 furlongs", "mm, cm", "");
    bad(NEN_ERR_TYPE, "topography", "D25.4", "C25.4", "");
    bad(NEN_ERR_TYPE, "icdo3", "8240", "8240/3", "");
    bad(NEN_ERR_TYPE, "minen", "perhaps", "true, false", "");
}

static void wrong_json_type(void **state) {
    (void)state;
    bad_json(NEN_ERR_TYPE, "{\"site\": 5}", 1, 9, "one word");
    assert_string_equal(error.value, "5");
    bad_json(NEN_ERR_TYPE, "{\"site\": true}", 1, 9, "one word");
    bad_json(NEN_ERR_TYPE, "{\"ki67\": true}", 1, 9, "a number");
    bad_json(NEN_ERR_TYPE, "{\"pregnant\": 1}", 1, 13, "yes or no");
    bad_json(NEN_ERR_TYPE, "{\"site\": [\"lung\"]}", 1, 9, "one word");
    bad_json(NEN_ERR_TYPE, "{\"site\": {\"a\": 1}}", 1, 9, "one word");
    bad_json(NEN_ERR_TYPE, "{\"metastases\": [\"liver\", 5]}", 1, 25, "list of words");
    bad_json(NEN_ERR_TYPE, "{\"metastases\": 5}", 1, 15, "list of words");
    bad_json(NEN_ERR_FIELD, "{\"nothing\": {\"a\": 1}}", 1, 12, "nothing");
    bad_json(NEN_ERR_FIELD, "{\"markers\": {\"foo\": 1}}", 1, 20, "markers.foo");
}

static void out_of_range(void **state) {
    (void)state;
    bad(NEN_ERR_RANGE, "ki67", "130", "0 to 100 %", "");
    bad(NEN_ERR_RANGE, "ki67", "-3", "0 to 100 %", "");
    bad(NEN_ERR_RANGE, "ki67", ">100", "0 to 100 %", "");
    bad(NEN_ERR_RANGE, "ki67", "30-20", "0 to 100 %", "");
    bad(NEN_ERR_RANGE, "size", "60 cm", "mm", "");
    bad(NEN_ERR_RANGE, "ecog", "5", "0 to 4", "");
    bad(NEN_ERR_RANGE, "age", "150", "0 to 120", "");
    bad_json(NEN_ERR_RANGE, "{\n \"ki67\": 130}", 2, 11, "0 to 100 %");
    assert_string_equal(error.field, "ki67");
    assert_string_equal(error.value, "130");
}

static void dates_that_do_not_exist(void **state) {
    (void)state;
    const char *const wrong[] = {"2024-02-30", "2023-02-29", "1900-02-29", "2024-13",
                                 "2024-00-01", "2024-1-1",   "24-01-01",   "tomorrow",
                                 "2024-04-31", "2024-05-01x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        bad(NEN_ERR_TYPE, "diagnosed", wrong[i], "yyyy-mm-dd", "");
    bad(NEN_ERR_RANGE, "diagnosed", "1850", "1900", "");
    bad(NEN_ERR_RANGE, "diagnosed", "2101-01-01", "2100", "");
}

static void texts_too_long(void **state) {
    (void)state;
    char text[80], document[400];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = 0;
    assert_int_equal(nen_set(&in, "id", text, &error), NEN_ERR_RANGE);
    assert_non_null(strstr(error.allowed, "63 bytes"));
    memset(document, 'x', sizeof document);
    // NOLINTNEXTLINE(bugprone-not-null-terminated-result): the text goes on
    memcpy(document, "{\"id\":\"", 7);
    memcpy(document + sizeof document - 3, "\"}", 3);
    bad_json(NEN_ERR_RANGE, document, 1, 6, "too long");
}

/* ---- bad input: contradictions -----------------------------------------------------
 */

static void told_twice(void **state) {
    (void)state;
    bad_json(NEN_ERR_IMPOSSIBLE, "{\"ki67\": 3,\n \"ki67_pct\": 5}", 2, 25,
             "3 (line 1, byte 9) and 5 (line 2, byte 25)");
    assert_string_equal(error.field, "ki67_pct");
    bad_json(NEN_ERR_IMPOSSIBLE, "{\"id\":\"a\",\"id\":\"b\"}", 1, 15, "told twice");
    bad_json(NEN_ERR_IMPOSSIBLE, "{\"stage\":\"metastatic\",\"spread\":\"regional\"}",
             1, 31, "told twice");
    json_ok("{\"ki67\": 3, \"ki67_pct\": 3.0, \"id\": \"a\", \"id\": \"a\"}");
    set("size", "2 cm");
    set("size_mm", "20");
}

static void negative_gene_that_was_found(void **state) {
    (void)state;
    bad_json(NEN_ERR_IMPOSSIBLE, "{\"germline\":[\"VHL\"],\"vhl\":false}", 1, 26,
             "gene");
}

static void impossible_in_itself(void **state) {
    (void)state;
    assert_int_equal(json("{\"nodes_positive\":5,\n\"nodes_examined\":3}"), NEN_OK);
    assert_int_equal(nen_finish(&in, &error), NEN_ERR_IMPOSSIBLE);
    assert_string_equal(error.field, "nodes_positive");
    assert_string_equal(error.value, "5");
    assert_true(error.line > 0);
}

static void category_that_does_not_exist(void **state) {
    (void)state;
    const char *const cases[] = {
        "{\"system\":\"ajcc8\",\"site\":\"stomach\",\"pM\":\"M0\"}",
        "{\"system\":\"ajcc8\",\"site\":\"stomach\",\"m\":\"pM0\"}"};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(json(cases[i]), NEN_OK);
        assert_int_not_equal(nen_finish(&in, &error), NEN_OK);
        assert_string_equal(error.field, "m");
        assert_string_equal(error.value, "pM0");
    }
}

static void bad_treatments(void **state) {
    (void)state;
    bad_json(NEN_ERR_WORD, "{\"prior\":[{\"id\":\"lanreotid\"}]}", 1, 16, "lanreotide");
    bad_json(NEN_ERR_WORD, "{\"prior\":[{\"id\":\"lanreotide\",\"stopped\":\"x\"}]}", 1,
             39, "progressed");
    bad_json(NEN_ERR_FIELD, "{\"prior\":[{\"drug\":\"lanreotide\"}]}", 1, 11,
             "stopped");
    bad_json(NEN_ERR_TYPE, "{\"prior\":[{\"months\":3}]}", 1, 10, "id");
    bad_json(NEN_ERR_TYPE, "{\"prior\":[{\"id\":\"lanreotide\",\"months\":\"x\"}]}", 1,
             38, "number");
}

static void too_many_treatments(void **state) {
    (void)state;
    char text[400] = "lanreotide";
    for (int i = 1; i <= NEN_STEPS_MAX; i++)
        strcat(text, ",lanreotide");
    assert_int_equal(nen_set(&in, "prior", text, &error), NEN_ERR_CAPACITY);
}

/* ---- bad input: documents ----------------------------------------------------------
 */

static void broken_documents(void **state) {
    (void)state;
    bad_json(NEN_ERR_SYNTAX, "", 1, 0, "empty");
    bad_json(NEN_ERR_SYNTAX, "[]", 1, 0, "object");
    bad_json(NEN_ERR_SYNTAX, "{\"a\" 1}", 1, 5, "':'");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":1,}", 1, 10, "field name");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":1 \"age\":2}", 1, 10, "','");
    bad_json(NEN_ERR_SYNTAX, "{ki67:1}", 1, 1, "double quotes");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":3} x", 1, 11, "behind the end");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":3", 1, 9, "ends");
    bad_json(NEN_ERR_SYNTAX, "{\"site\":\"lung", 1, 13, "ends inside a text");
    bad_json(NEN_ERR_SYNTAX, "{\"prior\":[\"everolimus\"}", 1, 22, "']'");
    bad_json(NEN_ERR_SYNTAX, "{\n\n \"ki67\": oops}", 3, 12, "a value");
    assert_string_equal(error.value, "oops}");
}

static void broken_numbers(void **state) {
    (void)state;
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":NaN}", 1, 8, "a value");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":Infinity}", 1, 8, "a value");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":01}", 1, 10, "leading zero");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":1.}", 1, 10, "behind the point");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":.5}", 1, 8, "a value");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":1e}", 1, 10, "exponent");
    bad_json(NEN_ERR_SYNTAX, "{\"ki67\":+1}", 1, 8, "a value");
    bad_json(NEN_ERR_SYNTAX, "{\"fit\":tru}", 1, 7, "a value");
    bad_json(NEN_ERR_SYNTAX, "{\"fit\":truely}", 1, 11, "true, false or null");
}

static void broken_texts(void **state) {
    (void)state;
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\\ud83d\"}", 1, 13, "surrogate");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\\ude00\"}", 1, 13, "surrogate");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\\ud83d\\u0041\"}", 1, 19, "surrogate");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\\u00g0\"}", 1, 11, "hexadecimal");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\\u0000\"}", 1, 13, "zero");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\\x\"}", 1, 8, "escape");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"a\nb\"}", 1, 8, "quote");
    json_ok("{\"id\":\"\\ud83d\\ude00 \\u00e9\\/\"}");
    assert_string_equal(in.c.id, "\xf0\x9f\x98\x80 \xc3\xa9/");
}

static void wrong_utf8(void **state) {
    (void)state;
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\xff\"}", 1, 7, "UTF-8");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"a\xc3\"}", 1, 8, "UTF-8");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\xc0\xaf\"}", 1, 7, "UTF-8");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\xed\xa0\x80\"}", 1, 7, "UTF-8");
    bad_json(NEN_ERR_SYNTAX, "{\"id\":\"\xf4\x90\x80\x80\"}", 1, 7, "UTF-8");
    bad_json(NEN_ERR_SYNTAX, "\xef\xbb\xbf{}", 1, 0, "byte order mark");
    json_ok("{\"id\":\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"}");
}

static void too_deep(void **state) {
    (void)state;
    char text[64] = "{\"prior\":";
    const size_t start = strlen(text);
    memset(text + start, '[', NEN_JSON_DEPTH);
    bad_json(NEN_ERR_SYNTAX, text, 1, start + NEN_JSON_DEPTH - 1, "deeper");
}

static void too_large(void **state) {
    (void)state;
    static char text[NEN_JSON_MAX + 1];
    memset(text, ' ', sizeof text);
    // NOLINTNEXTLINE(bugprone-not-null-terminated-result): blanks follow
    memcpy(text, "{}", 2);
    assert_int_equal(
        nen_read_json(text, sizeof text, tokens, sizeof tokens, &in, &error),
        NEN_ERR_SYNTAX);
    assert_non_null(strstr(error.text, "1 MiB"));
    assert_int_equal(
        nen_read_json(text, NEN_JSON_MAX, tokens, sizeof tokens, &in, &error), NEN_OK);
}

static void arena_too_small(void **state) {
    (void)state;
    static const char text[] = "{\"metastases\":[\"liver\",\"bone\",\"lung\"]}";
    assert_int_equal(nen_read_json(text, strlen(text), tokens, 40, &in, &error),
                     NEN_ERR_CAPACITY);
    assert_int_equal(nen_read_json(text, strlen(text), tokens,
                                   NEN_JSON_TOKENS(sizeof text), &in, &error),
                     NEN_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(unknown_field, fresh),
        cmocka_unit_test_setup(unknown_word, fresh),
        cmocka_unit_test_setup(unknown_word_in_a_list, fresh),
        cmocka_unit_test_setup(word_of_another_site, fresh),
        cmocka_unit_test_setup(flags_meet_the_site_at_the_end, fresh),
        cmocka_unit_test_setup(unknown_layer_of_a_known_site, fresh),
        cmocka_unit_test_setup(wrong_type, fresh),
        cmocka_unit_test_setup(wrong_json_type, fresh),
        cmocka_unit_test_setup(out_of_range, fresh),
        cmocka_unit_test_setup(dates_that_do_not_exist, fresh),
        cmocka_unit_test_setup(texts_too_long, fresh),
        cmocka_unit_test_setup(told_twice, fresh),
        cmocka_unit_test_setup(negative_gene_that_was_found, fresh),
        cmocka_unit_test_setup(impossible_in_itself, fresh),
        cmocka_unit_test_setup(category_that_does_not_exist, fresh),
        cmocka_unit_test_setup(bad_treatments, fresh),
        cmocka_unit_test_setup(too_many_treatments, fresh),
        cmocka_unit_test_setup(broken_documents, fresh),
        cmocka_unit_test_setup(broken_numbers, fresh),
        cmocka_unit_test_setup(broken_texts, fresh),
        cmocka_unit_test_setup(wrong_utf8, fresh),
        cmocka_unit_test_setup(too_deep, fresh),
        cmocka_unit_test_setup(too_large, fresh),
        cmocka_unit_test_setup(arena_too_small, fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
