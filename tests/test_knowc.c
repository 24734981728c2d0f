/* test_knowc.c - predicates as postfix: binding, folding, depth. */
#include "../tools/knowc_literal.c"
#include "../tools/knowc_predicate.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const nen_field_info fields[] = {
    {.name = "site", .unit = "", .type = NEN_TYPE_WORD, .words = 3},
    {.name = "size_mm", .unit = "mm", .type = NEN_TYPE_NUMBER, .hi = 500},
    {.name = "a", .unit = "", .type = NEN_TYPE_BOOL},
    {.name = "b", .unit = "", .type = NEN_TYPE_BOOL},
    {.name = "prior", .unit = "", .type = NEN_TYPE_LIST, .words = 3},
    {.name = "diagnosed", .unit = "", .type = NEN_TYPE_DATE},
    {.name = "topography", .unit = "", .type = NEN_TYPE_TOPOGRAPHY},
    {.name = "current", .unit = "", .type = NEN_TYPE_LIST, .words = 2},
};
static const nen_word_info sites[] = {
    {.word = "colon", .also = "caecum"},
    {.word = "rectum", .also = ""},
    {.word = "bowel", .also = "", .group = true, .members = {3, 0}},
};
static const nen_word_info prior[] = {{.word = "drug", .also = ""},
                                      {.word = "knife", .also = ""},
                                      {.word = "ray", .also = ""}};
static const nen_word_info *const word_lists[] = {sites, NULL, NULL, NULL,
                                                  prior, NULL, NULL, prior};
static const kp_set sets[] = {{"@all", 4, {{7, 0}}}};
static const kp_vocab vocab = {fields, word_lists, sets, 8, 1, 2, 4, 7};

/* Postfix as text: "site{3} a AND". */
static const char *postfix(const char *text) {
    static const char *const name[] = {"CONST",
                                       "NOT",
                                       "AND",
                                       "OR",
                                       "KNOWN",
                                       "",
                                       "<",
                                       "<=",
                                       ">",
                                       ">=",
                                       "==",
                                       "!=",
                                       "in",
                                       "has",
                                       "only",
                                       "#<",
                                       "#<=",
                                       "#>",
                                       "#>=",
                                       "#==",
                                       "option",
                                       "option-prior",
                                       "option-current"};
    static char out[4096];
    static kp_program p;
    size_t n = 0;
    out[0] = 0;
    if (!kp_compile(&vocab, text, strlen(text), &p)) return p.error;
    for (unsigned i = 0; i < p.ops; i++) {
        const kp_op *o = &p.op[i];
        const char *field = o->code >= NEN__OP_KNOWN && o->code < NEN__OP_OPTION_IN
                                ? fields[o->field].name
                                : "";
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s%s", i ? " " : "", field,
                              name[o->code]);
        if (o->code == NEN__OP_CONST) {
            n += (size_t)snprintf(out + n, sizeof out - n, "%u", o->arg);
        } else if (o->words.bits[0]) {
            n += (size_t)snprintf(out + n, sizeof out - n, "{%u}",
                                  (unsigned)o->words.bits[0]);
        } else if (o->code >= NEN__OP_LT && o->code <= NEN__OP_COUNT_EQ) {
            n += (size_t)snprintf(out + n, sizeof out - n, "%g", o->number);
        }
    }
    return out;
}

#define SAME(text, want) assert_string_equal(postfix(text), want)

static void and_binds_tighter_than_or(void **state) {
    (void)state;
    SAME("a or b and a", "a b a AND OR");
    SAME("(a or b) and a", "a b OR a AND");
    SAME("not a and b", "a NOT b AND");
    SAME("not (a and b)", "a b AND NOT");
    SAME("a and b and a", "a b AND a AND");
}

static void constants_and_double_negation_fold(void **state) {
    (void)state;
    SAME("-", "");
    SAME("true", "");
    SAME("not false", "");
    SAME("false", "CONST0");
    SAME("true and a", "a");
    SAME("a and true", "a");
    SAME("a or true", "");
    SAME("true or a", "");
    SAME("(a or b) and false", "CONST0");
    SAME("false and (a or b)", "CONST0");
    SAME("false or (a or b)", "a b OR");
    SAME("not not a", "a");
    SAME("not (not (a or b))", "a b OR");
}

static void words_become_sets(void **state) {
    (void)state;
    SAME("site == colon", "sitein{1}");
    SAME("site != rectum", "sitein{2} NOT");
    SAME("not site != rectum", "sitein{2}");
    SAME("site == bowel", "sitein{3}");
    SAME("site in {colon, rectum}", "sitein{3}");
    SAME("prior has {drug, ray}", "priorhas{5}");
    SAME("prior only {knife}", "prioronly{2}");
    SAME("prior has @all", "priorhas{7}");
    SAME("current has @all", "currenthas{3}"); /* rays are no option */
    SAME("option in @all", "option{3}");
    SAME("option in prior and option in current", "option-prior option-current AND");
    SAME("site == caecum", "`caecum` is another name of `colon`; write `colon`");
}

static void literals_are_numbers(void **state) {
    (void)state;
    SAME("size_mm<=2.5", "size_mm<=2.5");
    SAME("size_mm in {1, 2}", "size_mm==1 size_mm==2 OR");
    SAME("diagnosed >= 2018-01-01", "diagnosed>=2.01801e+07");
    SAME("diagnosed < 2018", "diagnosed<2.01801e+07");
    SAME("topography == C25.4", "topography==254");
    SAME("topography == C25", "topography>=250 topography<=259 AND");
    SAME("topography > C25", "topography>259");
    SAME("count(prior) != 2", "prior#==2 NOT");
    SAME("known(size_mm) and a == false", "size_mmKNOWN a NOT AND");
    SAME("a != false", "a");
}

static void broken_text_has_a_reason(void **state) {
    (void)state;
    static const char *const broken[] = {"",
                                         " ",
                                         "a and",
                                         "and a",
                                         "a b",
                                         "(a",
                                         "a)",
                                         "site",
                                         "size_mm",
                                         "prior",
                                         "a < 1",
                                         "site < colon",
                                         "size_mm < colon",
                                         "true == a",
                                         "known a",
                                         "count(a) > 1",
                                         "prior has {}",
                                         "option == drug",
                                         "option in {ray}",
                                         "site in @all",
                                         "size_mm < 1e3",
                                         "a \x01",
                                         "@all",
                                         "prior has @no"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        static kp_program p;
        assert_false(kp_compile(&vocab, broken[i], strlen(broken[i]), &p));
        assert_true(p.error[0] != '\0' && p.ops == 0);
    }
}

static void depth_is_counted(void **state) {
    (void)state;
    static kp_program p;
    char text[400] = "a";
    for (unsigned depth = 2; depth <= NEN__PRED_DEPTH + 1; depth++) {
        char deeper[400];
        snprintf(deeper, sizeof deeper, "b and (%s)", text);
        memcpy(text, deeper, sizeof text);
        assert_int_equal(kp_compile(&vocab, text, strlen(text), &p),
                         depth <= NEN__PRED_DEPTH);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(and_binds_tighter_than_or),
        cmocka_unit_test(constants_and_double_negation_fold),
        cmocka_unit_test(words_become_sets),
        cmocka_unit_test(literals_are_numbers),
        cmocka_unit_test(broken_text_has_a_reason),
        cmocka_unit_test(depth_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
