/* test_read.c - the readers: each kind of bad input, each accepted spelling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "nen.h"
#include "read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static nen_input in;
static nen_error error;
static int tokens[1 << 16];

static int fresh(void **state) {
    (void)state;
    memset(&in, 0, sizeof in);
    memset(&error, 0, sizeof error);
    return 0;
}

/* ---- what the tests say ----------------------------------------------------------- */

static unsigned field(const char *name) {
    const int at = nen_field_find(name);
    if (at < 0) fail_msg("no field %s", name);
    return (unsigned)at;
}

static const nen_value *value(const char *name) {
    return &in.c.field[field(name)];
}

static void set(const char *name, const char *text) {
    if (nen_set(&in, name, text, &error)) fail_msg("%s=%s: %s", name, text, error.text);
}

static nen_status json(const char *text) {
    memset(&in, 0, sizeof in);
    return nen_read_json(text, strlen(text), tokens, sizeof tokens, &in, &error);
}

static void json_ok(const char *text) {
    if (json(text) || nen_finish(&in, &error)) fail_msg("%s: %s", text, error.text);
}

static void is_number(const char *name, double lo, double hi, unsigned flags) {
    const nen_value *v = value(name);
    assert_int_equal(v->known, NEN_KNOWN);
    if (v->num.lo != lo || v->num.hi != hi)
        fail_msg("%s is %.17g to %.17g", name, v->num.lo, v->num.hi);
    assert_int_equal(v->flags, flags);
}

static bool has(const char *name, const char *word) {
    const int at = nen_word_find(field(name), word);
    if (at < 0) fail_msg("%s has no word %s", name, word);
    return value(name)->set[at / 64] >> (at % 64) & 1;
}

static unsigned members(const char *name) {
    const nen_value *v = value(name);
    return (unsigned)(__builtin_popcountll(v->set[0]) +
                      __builtin_popcountll(v->set[1]));
}

static void is_word(const char *name, const char *word) {
    assert_int_equal(value(name)->known, NEN_KNOWN);
    assert_int_equal(members(name), 1);
    if (!has(name, word)) fail_msg("%s is not %s", name, word);
}

static void is_absent(const char *name) {
    assert_int_equal(value(name)->known, NEN_UNKNOWN);
}

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

/* ---- bad input: names and words ---------------------------------------------------- */

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
    bad(NEN_ERR_WORD, "m", "MX", "M0, M1", "M0");
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

/* ---- bad input: types and ranges --------------------------------------------------- */

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
    memcpy(document, "{\"id\":\"", 7);
    memcpy(document + sizeof document - 3, "\"}", 3);
    bad_json(NEN_ERR_RANGE, document, 1, 6, "too long");
}

/* ---- bad input: contradictions ----------------------------------------------------- */

static void told_twice(void **state) {
    (void)state;
    bad_json(NEN_ERR_IMPOSSIBLE, "{\"ki67\": 3,\n \"ki67_pct\": 5}", 2, 25,
             "3 (line 1, byte 9) and 5 (line 2, byte 25)");
    assert_string_equal(error.field, "ki67_pct");
    bad_json(NEN_ERR_IMPOSSIBLE, "{\"id\":\"a\",\"id\":\"b\"}", 1, 15, "told twice");
    bad_json(NEN_ERR_IMPOSSIBLE, "{\"stage\":\"metastatic\",\"spread\":\"regional\"}", 1,
             31, "told twice");
    json_ok("{\"ki67\": 3, \"ki67_pct\": 3.0, \"id\": \"a\", \"id\": \"a\"}");
    set("size", "2 cm");
    set("size_mm", "20");
}

static void negative_gene_that_was_found(void **state) {
    (void)state;
    bad_json(NEN_ERR_IMPOSSIBLE, "{\"germline\":[\"VHL\"],\"vhl\":false}", 1, 26, "gene");
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

/* ---- bad input: documents ---------------------------------------------------------- */

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
    memcpy(text, "{}", 2);
    assert_int_equal(nen_read_json(text, sizeof text, tokens, sizeof tokens, &in, &error),
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

/* ---- numbers ----------------------------------------------------------------------- */

static void units(void **state) {
    (void)state;
    json_ok("{\"size\":\"2.3 cm\",\"mesenteric_mass_mm\":\"11mm\",\"ki67\":\"8 %\","
            "\"progressed_within_months\":\"1 year\",\"albumin_g_l\":\"3.5 g/dL\"}");
    is_number("size_mm", 23, 23, 0);
    is_number("mesenteric_mass_mm", 11, 11, 0);
    is_number("ki67_pct", 8, 8, 0);
    is_number("progressed_within_months", 12, 12, 0);
    is_number("albumin_g_l", 35, 35, 0);
    json_ok("{\"bilirubin_mg_dl\":\"34 umol/L\"}");
    assert_true(fabs(value("bilirubin_mg_dl")->num.lo - 1.99) < 0.01);
    json_ok("{\"bilirubin_mg_dl\":\"34 \xc2\xb5mol/L\",\"platelets_10e9_l\":\"150 G/L\"}");
    assert_true(fabs(value("bilirubin_mg_dl")->num.lo - 1.99) < 0.01);
}

/* The written decimal times ten is exact, whatever the binary fraction. */
static void centimeters_are_exact(void **state) {
    (void)state;
    for (int mm = 1; mm <= 500; mm++) {
        char text[16] = "";
        snprintf(text, sizeof text, "%d.%d cm", mm / 10, mm % 10);
        memset(&in, 0, sizeof in);
        set("size", text);
        is_number("size_mm", mm, mm, 0);
    }
}

static void bounds_and_ranges(void **state) {
    (void)state;
    const struct {
        const char *text;
        double lo, hi;
        unsigned flags;
    } cases[] = {
        {"<3", 0, 3, NEN_HI_OPEN},       {"<=20", 0, 20, 0},
        {">20", 20, 100, NEN_LO_OPEN},   {">= 20", 20, 100, 0},
        {"2-3", 2, 3, 0},                {"2 - 3 %", 2, 3, 0},
        {"2 to 3", 2, 3, 0},             {"~3", 2.5, 3.5, NEN_HI_OPEN},
        {"2\xe2\x80\x93" "3", 2, 3, 0},  {"\xe2\x89\xa4 20 %", 0, 20, 0},
        {"12.5", 12.5, 12.5, 0},         {"0", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memset(&in, 0, sizeof in);
        set("ki67", cases[i].text);
        is_number("ki67_pct", cases[i].lo, cases[i].hi, cases[i].flags);
    }
    set("size", "2-3 cm");
    is_number("size_mm", 20, 30, 0);
}

static void not_measurable(void **state) {
    (void)state;
    json_ok("{\"size\":\"not_measurable\",\"depth_mm\":\"not-measurable\"}");
    assert_int_equal(value("size_mm")->known, NEN_NOT_MEASURABLE);
    assert_int_equal(value("depth_mm")->known, NEN_NOT_MEASURABLE);
}

static void positive_number_unknown(void **state) {
    (void)state;
    set("nodes_pos", "+");
    assert_true(value("nodes_positive")->num.lo == 1);
    assert_true(value("nodes_positive")->num.hi > 100);
    json_ok("{\"nodes_positive\":\"some\"}");
    assert_true(value("nodes_positive")->num.lo == 1);
}

static void doubt_ki67(void **state) {
    (void)state;
    const char *const odd[] = {"{\"ki67\":0.15}", "{\"ki67\":\"0.15\"}",
                               "{\"ki67_pct\":0.05}"};
    const char *const plain[] = {"{\"ki67\":0.5}", "{\"ki67\":1.15}", "{\"ki67\":0}",
                                 "{\"ki67\":\"0.15 %\"}", "{\"ki67\":\"0.15-0.30\"}"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        json_ok(odd[i]);
        assert_int_equal(value("ki67_pct")->flags, NEN_CLOSE_CALL);
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        json_ok(plain[i]);
        assert_int_equal(value("ki67_pct")->flags, 0);
    }
}

static void doubt_size(void **state) {
    (void)state;
    const char *const odd[] = {"{\"size\":2}", "{\"size_mm\":2.5}", "{\"size\":\"2\"}",
                               "{\"size_mm\":\"2.5\"}"};
    const char *const plain[] = {"{\"size_mm\":2}", "{\"size\":\"2 mm\"}", "{\"size\":3}",
                                 "{\"size\":\"0.2 cm\"}", "{\"size\":\"<3\"}"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        json_ok(odd[i]);
        assert_int_equal(value("size_mm")->flags & NEN_CLOSE_CALL, NEN_CLOSE_CALL);
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        json_ok(plain[i]);
        assert_int_equal(value("size_mm")->flags & NEN_CLOSE_CALL, 0);
    }
}

static void dates_and_codes(void **state) {
    (void)state;
    json_ok("{\"dx_date\":\"2024-02-29\",\"topography\":\"C25.4\",\"icdo3\":\"8240/3\"}");
    is_number("diagnosed", 20240229, 20240229, 0);
    is_number("topography", 254, 254, 0);
    is_number("icdo3", 82403, 82403, 0);
    assert_int_equal(value("histology")->known, NEN_KNOWN);
    is_absent("grade");
    json_ok("{\"diagnosed\":2024,\"topography\":\"C25\"}");
    is_number("diagnosed", 20240101, 20241231, 0);
    is_number("topography", 250, 259, 0);
    json_ok("{\"diagnosed\":\"2023-02\"}");
    is_number("diagnosed", 20230201, 20230228, 0);
}

/* ---- words and lists ---------------------------------------------------------------- */

static void absent_values(void **state) {
    (void)state;
    json_ok("{\"ki67\":null,\"sex\":\"unknown\",\"size\":\"\",\"metastases\":null,"
            "\"minen\":null,\"site\":\"unknown\"}");
    is_absent("ki67_pct");
    is_absent("sex");
    is_absent("size_mm");
    is_absent("metastases");
    is_absent("histology");
    is_word("site", "unknown"); /* a word of this field: primary not found */
}

static void lists(void **state) {
    (void)state;
    json_ok("{\"metastases\":[],\"features\":\"none\",\"functional\":\"none\"}");
    assert_int_equal(value("metastases")->known, NEN_KNOWN);
    assert_int_equal(members("metastases"), 0);
    assert_int_equal(value("features")->known, NEN_KNOWN);
    is_word("syndrome", "none");
    json_ok("{\"mets\":[\"liver\",\"bone\",\"perhaps_more\"]}");
    assert_int_equal(members("metastases"), 2);
    assert_int_equal(value("metastases")->flags, NEN_PERHAPS_MORE);
    memset(&in, 0, sizeof in);
    set("--metastases", "liver, bone;lung");
    assert_int_equal(members("metastases"), 3);
}

static void groups_mean_one_of(void **state) {
    (void)state;
    set("site", "ppgl");
    assert_int_equal(members("site"), 2);
    set("type", "pheochromocytoma");
    is_word("site", "adrenal");
}

static void flag_names(void **state) {
    (void)state;
    set("--size", "23mm");
    set("--nodes-positive", "3");
    set("ki67", "8");
    set("platelets", "150");
    set("--stools", "4");
    is_number("size_mm", 23, 23, 0);
    is_number("nodes_positive", 3, 3, 0);
    is_number("ki67_pct", 8, 8, 0);
    is_number("platelets_10e9_l", 150, 150, 0);
    is_number("stools_per_day", 4, 4, 0);
}

static void booleans(void **state) {
    (void)state;
    json_ok("{\"fit\":true,\"pregnant\":false,\"warfarin\":\"yes\",\"diabetes\":\"No\"}");
    is_number("fit", 1, 1, 0);
    is_number("pregnant", 0, 0, 0);
    is_number("warfarin", 1, 1, 0);
    is_number("diabetes", 0, 0, 0);
}

static void stated_categories(void **state) {
    (void)state;
    json_ok("{\"t\":\"pT3\",\"n\":\"ypN1\",\"m\":\"cM0\",\"stage\":\"IIA\"}");
    is_word("t", "T3");
    is_word("n", "N1");
    is_word("m", "M0");
    is_word("stage", "IIA");
    assert_string_equal(in.c.prefix[0], "p");
    assert_string_equal(in.c.prefix[1], "yp");
    assert_string_equal(in.c.prefix[2], "c");
    assert_string_equal(in.c.prefix[3], "");
}

static void earlier_treatments(void **state) {
    (void)state;
    json_ok("{\"prior\":[\"lanreotide\",{\"id\":\"lutetium_dotatate\",\"stopped\":"
            "\"progressed\",\"months\":30},\"surgery\",\"lanreotide\"]}");
    assert_int_equal(in.c.priors, 4);
    assert_int_equal(in.c.prior[0].option, in.c.prior[3].option);
    assert_int_equal(in.c.prior[1].option,
                     nen_word_find(field("prior"), "lutetium_dotatate"));
    assert_int_equal(in.c.prior[1].stopped, NEN_STOPPED_PROGRESSED);
    assert_true(in.c.prior[1].months == 30);
    assert_int_equal(members("prior"), 3);
    bad_json(NEN_ERR_WORD, "{\"prior\":[{\"id\":\"lanreotid\"}]}", 1, 16, "lanreotide");
    bad_json(NEN_ERR_WORD, "{\"prior\":[{\"id\":\"lanreotide\",\"stopped\":\"x\"}]}", 1, 39,
             "progressed");
    bad_json(NEN_ERR_FIELD, "{\"prior\":[{\"drug\":\"lanreotide\"}]}", 1, 11, "stopped");
    bad_json(NEN_ERR_TYPE, "{\"prior\":[{\"months\":3}]}", 1, 10, "id");
    bad_json(NEN_ERR_TYPE, "{\"prior\":[{\"id\":\"lanreotide\",\"months\":\"x\"}]}", 1, 38,
             "number");
}

static void too_many_treatments(void **state) {
    (void)state;
    char text[400] = "lanreotide";
    for (int i = 1; i <= NEN_STEPS_MAX; i++) strcat(text, ",lanreotide");
    assert_int_equal(nen_set(&in, "prior", text, &error), NEN_ERR_CAPACITY);
}

/* ---- spellings that tell more than their own field --------------------------------- */

static void spellings_of_site(void **state) {
    (void)state;
    json_ok("{\"site\":\"ileum\"}");
    is_word("site", "jejunum_ileum");
    is_word("subsite", "ileum");
    json_ok("{\"site\":\"caecum\"}");
    is_word("site", "colon");
    is_word("subsite", "caecum");
    json_ok("{\"site\":\"phaeochromocytoma\"}");
    is_word("site", "adrenal");
    json_ok("{\"site_suspected\":\"jejunum\"}");
    is_word("site", "jejunum_ileum");
    is_word("subsite", "jejunum");
    is_number("histology_confirmed", 0, 0, 0);
    json_ok("{\"type\":\"sympathetic_paraganglioma\"}");
    is_word("site", "paraganglioma");
    is_word("paraganglioma_type", "sympathetic");
}

static void spellings_of_microscopy(void **state) {
    (void)state;
    json_ok("{\"site\":\"lung\",\"differentiation\":\"carcinoid\",\"necrosis\":\"no\"}");
    is_word("differentiation", "well");
    is_word("histology", "carcinoid_nos");
    is_word("necrosis", "absent");
    json_ok("{\"morphology\":\"small\",\"necrosis\":true}");
    is_word("differentiation", "poor");
    is_word("cell_type", "small");
    is_word("necrosis", "present");
    json_ok("{\"minen\":true}");
    is_word("histology", "minen");
    json_ok("{\"grade\":\"MCC\"}");
    is_word("histology", "merkel");
    is_absent("grade");
    json_ok("{\"site\":\"lung\",\"histology\":\"typical_carcinoid\","
            "\"differentiation\":\"carcinoid\"}");
    is_word("histology", "typical_carcinoid"); /* entered wins over implied */
}

static void spellings_of_stage(void **state) {
    (void)state;
    json_ok("{\"stage\":\"metastatic\"}");
    is_word("spread", "distant");
    is_absent("stage");
    json_ok("{\"stage\":\"locoregional\"}");
    is_word("spread", "regional");
    json_ok("{\"stage\":\"localised\"}");
    is_word("spread", "localized");
    json_ok("{\"stage\":\"resected_R0\"}");
    is_word("residual", "none");
    is_word("margin", "R0");
    assert_false(has("spread", "distant"));
    json_ok("{\"stage\":\"resected_R0\",\"spread\":\"regional\"}");
    is_word("spread", "regional");
}

static void spellings_of_genes(void **state) {
    (void)state;
    json_ok("{\"men1\":true,\"vhl\":false}");
    is_word("germline", "MEN1");
    assert_true(has("germline_tested", "MEN1"));
    assert_true(has("germline_tested", "VHL"));
    json_ok("{\"genetics\":\"SDHB\"}");
    is_word("germline", "SDHB");
    json_ok("{\"genetics\":[\"SDHB\"],\"vhl\":true}");
    assert_int_equal(members("germline"), 2);
}

static void spellings_of_hormones(void **state) {
    (void)state;
    const struct {
        const char *json, *word;
    } cases[] = {
        {"{\"functional\":\"carcinoid_syndrome\"}", "carcinoid"},
        {"{\"functional\":\"acth\"}", "cushing"},
        {"{\"syndrome\":[\"other_functioning\"]}", "other"},
        {"{\"secreting\":true}", "catecholamine"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_ok(cases[i].json);
        is_word("syndrome", cases[i].word);
    }
    json_ok("{\"markers\":{\"5-HIAA\":\"raised\"},\"symptom\":\"diarrhoea 6/day\"}");
    is_word("hiaa5", "raised");
    is_number("stools_per_day", 6, 6, 0);
    json_ok("{\"symptom\":\"diarrhoea\"}");
    assert_int_equal(in.ignoreds, 1);
    assert_string_equal(in.ignored[0].field, "symptom");
}

static void spellings_of_the_rest(void **state) {
    (void)state;
    json_ok("{\"biomarkers\":{\"BRAF\":\"V600E\",\"MMR\":\"deficient\"},\"procedure\":true,"
            "\"high_burden\":true,\"region\":\"China\",\"sstr\":\"heterogeneous\","
            "\"dpd\":\"complete_deficiency\",\"crcl\":25,\"progression\":true,"
            "\"on_warfarin\":true}");
    is_word("braf", "V600E");
    is_word("mmr", "deficient");
    is_word("planned_procedure", "surgery");
    is_word("burden", "high");
    is_word("region", "CN");
    is_word("sstr", "mixed");
    is_word("dpd", "complete");
    is_number("creatinine_clearance_ml_min", 25, 25, 0);
    is_number("progressing", 1, 1, 0);
    is_number("warfarin", 1, 1, 0);
}

static void site_text_is_for_other_sites(void **state) {
    (void)state;
    json_ok("{\"site\":\"other\",\"site_text\":\"heart\"}");
    assert_string_equal(in.c.site_text, "heart");
    json_ok("{\"site\":\"lung\",\"site_text\":\"heart\"}");
    assert_string_equal(in.c.site_text, "");
    assert_int_equal(in.ignoreds, 1);
    assert_string_equal(in.ignored[0].field, "site_text");
}

/* ---- more than one case -------------------------------------------------------------- */

/* Spans of a document, "|" between, "!" where the walk reports a break. */
static void walk(const char *text, const char *expect, bool is_batch) {
    char got[200] = "";
    size_t at = 0, n = 0;
    bool batch = false;
    nen_span span;
    for (int more; (more = nen_next_case(text, strlen(text), &at, &batch, &span, &error));) {
        if (++n > 20) fail_msg("no end: %s", text);
        if (more < 0) strcat(got, "!");
        else strncat(got, span.text, span.bytes);
        strcat(got, "|");
        if (more > 0) assert_ptr_equal(span.text, text + span.byte);
    }
    assert_string_equal(got, expect);
    assert_int_equal(batch, is_batch);
}

static void walks(void **state) {
    (void)state;
    walk("{\"a\":1}", "{\"a\":1}|", false);
    walk("{\n\"a\":1\n}\n", "{\n\"a\":1\n}\n|", false);
    walk("{\"a\":1}\n{\"b\":2}\n", "{\"a\":1}|{\"b\":2}|", true);
    walk("{\"a\":1\n{\"b\":2}\n", "{\"a\":1|{\"b\":2}|", true);
    walk("{\"a\":1}\n\noops\n{\"b\":2}", "{\"a\":1}|oops|{\"b\":2}|", true);
    walk(" [ {\"a\":\"]\"} , {} ] ", "{\"a\":\"]\"}|{}|", true);
    walk("[]", "", true);
    walk("[{}", "{}|", true);
    walk("[{} {}]", "{}|!|", true);
    walk("[{},]", "{}|!|", true);
    walk("[{}] x", "{}|!|", true);
    walk("", "!|", false);
    walk("  ", "!|", false);
}

static void places_in_a_batch(void **state) {
    (void)state;
    static const char text[] = "{\"ki67\":3}\n\n{\"ki67\":130}\n";
    size_t at = 0;
    bool batch;
    nen_span span;
    assert_int_equal(nen_next_case(text, strlen(text), &at, &batch, &span, &error), 1);
    assert_int_equal(nen_next_case(text, strlen(text), &at, &batch, &span, &error), 1);
    assert_int_equal(span.line, 3);
    assert_int_equal(nen_read_json(span.text, span.bytes, tokens, sizeof tokens, &in,
                                   &error),
                     NEN_ERR_RANGE);
    nen_error_move(&error, &span);
    assert_int_equal(error.line, 3);
    assert_int_equal(error.byte, strstr(text, "130") - text);
}

static void nearest(void **state) {
    (void)state;
    assert_string_equal(nen_nearest_field("Ki-67"), "ki67_pct");
    assert_string_equal(nen_nearest_word(field("site"), "ilium"), "jejunum_ileum");
    assert_string_equal(nen_nearest_word(field("site"), "recutm"), "rectum");
    assert_null(nen_nearest_word(field("site"), "xyz"));
    assert_null(nen_nearest_field(""));
}

int main(void) {
#define T(name) cmocka_unit_test_setup(name, fresh)
    const struct CMUnitTest tests[] = {
        T(unknown_field), T(unknown_word), T(unknown_word_in_a_list),
        T(word_of_another_site), T(flags_meet_the_site_at_the_end),
        T(unknown_layer_of_a_known_site), T(wrong_type), T(wrong_json_type),
        T(out_of_range), T(dates_that_do_not_exist), T(texts_too_long), T(told_twice),
        T(negative_gene_that_was_found), T(impossible_in_itself),
        T(category_that_does_not_exist), T(broken_documents), T(broken_numbers),
        T(broken_texts), T(wrong_utf8), T(too_deep), T(too_large), T(arena_too_small),
        T(units), T(centimeters_are_exact), T(bounds_and_ranges), T(not_measurable),
        T(positive_number_unknown), T(doubt_ki67), T(doubt_size), T(dates_and_codes),
        T(absent_values), T(lists), T(groups_mean_one_of), T(flag_names), T(booleans),
        T(stated_categories), T(earlier_treatments), T(too_many_treatments),
        T(spellings_of_site), T(spellings_of_microscopy), T(spellings_of_stage),
        T(spellings_of_genes), T(spellings_of_hormones), T(spellings_of_the_rest),
        T(site_text_is_for_other_sites), T(walks), T(places_in_a_batch), T(nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
