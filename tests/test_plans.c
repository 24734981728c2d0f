/* test_plans.c - plans as text, what rules refuse of them, and the usual ones of a
 * case. */
#include <math.h>

#include "plan_help.h"
#include "sequence.h"
#include "write.h"

enum { TEXT_CAP = 512 };

/* ---- plans as text ---- */

static void reads_plans(void **state) {
    (void)state;
    static const char text[] =
        "lanreotide,lutetium_dotatate*4+octreotide_lar,everolimus@30m";
    char back[TEXT_CAP];
    const nen_plan plan = plan_of(text);
    assert_int_equal(plan.lines, 3);
    assert_int_equal(plan.given[1], 2);
    assert_int_equal(plan.line[1][0].cycles, 4);
    assert_int_equal(plan.line[2][0].months, 30);
    assert_int_equal(nen_write_plan(&plan, back, sizeof back), strlen(text));
    assert_string_equal(back, text);
    const nen_plan spaced =
        plan_of(" lanreotide , octreotide_lar + lutetium_dotatate *4,everolimus @30m ");
    assert_true(nen_plan_same(&plan, &spaced));
}

static void refuses_plans(void **state) {
    (void)state;
    static const struct {
        const char *text;
        nen_status code;
        size_t byte;
        const char *word, *nearest;
    } bad[] = {
        {"", NEN_ERR_SYNTAX, 0, "", ""},
        {"lanreotide,", NEN_ERR_SYNTAX, 11, "", ""},
        {"lanreotide,,everolimus", NEN_ERR_SYNTAX, 11, "", ""},
        {"lanreotide+", NEN_ERR_SYNTAX, 11, "", ""},
        {"lanreotide,everolimos", NEN_ERR_WORD, 11, "everolimos", "everolimus"},
        {"surgery_primary", NEN_ERR_WORD, 0, "surgery_primary", ""},
        {"everolimus,ga68_dotatate", NEN_ERR_WORD, 11, "ga68_dotatate", ""},
        {"everolimus*4", NEN_ERR_RANGE, 10, "*4", ""},
        {"lutetium_dotatate*0", NEN_ERR_RANGE, 17, "*0", ""},
        {"lutetium_dotatate*-4", NEN_ERR_RANGE, 17, "*-4", ""},
        {"lutetium_dotatate*400", NEN_ERR_RANGE, 17, "*400", ""},
        {"lutetium_dotatate*99999999999", NEN_ERR_RANGE, 17, "*99999999999", ""},
        {"everolimus@0m", NEN_ERR_RANGE, 10, "@0m", ""},
        {"everolimus@30", NEN_ERR_RANGE, 10, "@30", ""},
        {"everolimus@361m", NEN_ERR_RANGE, 10, "@361m", ""},
        {"lutetium_dotatate*4@12m", NEN_ERR_SYNTAX, 19, "@", ""},
        {"lanreotide+lanreotide", NEN_ERR_IMPOSSIBLE, 11, "lanreotide", ""},
        {"lanreotide everolimus", NEN_ERR_SYNTAX, 11, "everolimus", ""},
        {"lanreotide,\xff", NEN_ERR_SYNTAX, 11, "", ""},
        {"lanreotide,octreotide_lar,everolimus,sunitinib,captem,folfox,folfiri",
         NEN_ERR_CAPACITY, 61, "folfiri", ""},
        {"lanreotide+octreotide_lar+everolimus+sunitinib+captem", NEN_ERR_CAPACITY, 47,
         "captem", ""},
    };
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        nen_plan plan;
        nen_error error;
        assert_int_equal(nen_read_plan(bad[i].text, strlen(bad[i].text), &plan, &error),
                         bad[i].code);
        assert_int_equal(error.code, bad[i].code);
        assert_int_equal(error.byte, bad[i].byte);
        assert_string_equal(error.value, bad[i].word);
        assert_string_equal(error.nearest, bad[i].nearest);
        assert_string_equal(error.field, "plan");
        assert_true(strlen(error.text) > 10);
    }
}

static void caps(void **state) {
    (void)state;
    nen__course_plan p;
    nen_plan plan = plan_of("lutetium_dotatate,lutetium_dotatate*6,captem,everolimus");
    nen__course_plan_of(&plan, &p);
    assert_int_equal(p.lines, 4);
    assert_true(p.line[0].cap_weeks[0] == 32); /* four, 8 weeks apart */
    assert_true(p.line[1].cap_weeks[0] == 48);
    assert_true(p.line[2].cap_weeks[0] == 52); /* 13 of 4 weeks */
    assert_true(p.line[3].cap_weeks[0] == 0);
    assert_int_equal(p.line[0].klass[0], NEN__CLASS_prrt);
    assert_int_equal(p.line[2].klass[0], NEN__CLASS_alkylating);
    plan = plan_of("everolimus@12m");
    nen__course_plan_of(&plan, &p);
    assert_true(fabsf(p.line[0].cap_weeks[0] - 52.18f) < 0.01f);
}

/* ---- rules ---- */

static void forbidden(void **state) {
    (void)state;
    static nen_dossier d;
    static const char *const negative[] = {
        "site", "jejunum_ileum", "grade",    "G1",  "metastases", "liver",
        "sstr", "negative",      "pregnant", "yes", NULL};
    uint16_t row;
    answer(negative, &d);
    const nen_plan prrt = plan_of("lanreotide,lutetium_dotatate");
    assert_int_equal(nen_plan_check(&d, &prrt, &row), NEN_ERR_IMPOSSIBLE);
    assert_string_equal(nen_row_get(row)->table, "rules");
    answer(midgut, &d);
    assert_int_equal(nen_plan_check(&d, &prrt, &row), NEN_OK);
    assert_int_equal(row, NEN_NONE);
    const nen_plan none = {.lines = 0};
    assert_int_equal(nen_plan_check(&d, &none, &row), NEN_ERR_RANGE);
}

static void orders(void **state) {
    (void)state;
    enum { CAP = 200 };
    static nen_dossier d;
    static nen_plan plan[CAP];
    answer(midgut, &d);
    const unsigned one = nen_plan_orders(&d, 1, plan, CAP);
    const unsigned two = nen_plan_orders(&d, 2, plan, CAP);
    assert_true(one > 1);
    assert_int_equal(two, one * (one - 1));
    for (unsigned i = 0; i < two; i++) {
        uint16_t row;
        assert_int_equal(nen_plan_check(&d, &plan[i], &row), NEN_OK);
        for (unsigned j = 0; j < i; j++)
            assert_false(nen_plan_same(&plan[i], &plan[j]));
    }
    assert_int_equal(nen_plan_orders(&d, 2, plan, 0), two);
    assert_int_equal(nen_plan_orders(&d, 0, plan, CAP), 0);
}

/* ---- the usual orders of a case ---- */

/* The plans of a case that no rule forbids, " | " between; a "!" marks one that is. */
static void usual_of(const char *const *pairs, char out[TEXT_CAP]) {
    enum { MOST = 3, CAP = 8 };
    static nen_dossier d;
    nen_usual all[CAP];
    char plan[TEXT_CAP];
    answer(pairs, &d);
    const unsigned count = nen_plan_usual(&d, MOST, all, CAP);
    *out = 0;
    for (unsigned i = 0; i < count; i++) {
        (void)nen_write_plan(&all[i].plan, plan, sizeof plan);
        if (i) strcat(out, " | ");
        if (all[i].refused != NEN_NONE) strcat(out, "!");
        strcat(out, plan);
        assert_string_equal(nen_row_get(all[i].row)->table, "course_orders");
    }
}

static void usual_orders(void **state) {
    (void)state;
    static const char *const cases[][18] = {
        {"site", "jejunum_ileum", "ki67", "2", "metastases", "liver", "sstr",
         "positive"},
        {"site", "jejunum_ileum", "ki67", "2", "metastases", "liver", "sstr",
         "positive", "burden", "low", "progressing", "no", "syndrome", "none"},
        {"site", "jejunum_ileum", "ki67", "8", "metastases", "liver", "sstr",
         "positive", "current", "octreotide_lar", "progressing", "no"},
        {"site", "jejunum_ileum", "ki67", "8", "metastases", "liver", "sstr",
         "positive", "current", "lanreotide", "progressing", "yes"},
        {"site", "jejunum_ileum", "ki67", "8", "metastases", "liver", "sstr",
         "negative", "prior", "lanreotide", "progressing", "yes"},
        {"site", "pancreas", "ki67", "30", "metastases", "liver", "sstr", "positive",
         "differentiation", "well"},
        {"site", "pancreas", "ki67", "8", "metastases", "liver", "sstr", "positive",
         "prior", "lanreotide,captem", "progressing", "yes"},
        {"site", "pancreas", "ki67", "8", "metastases", "liver", "sstr", "negative",
         "progressing", "yes", "dpd", "complete"},
        {"site", "colon", "ki67", "80", "metastases", "liver", "differentiation",
         "poor"},
        /* an analog can lower the sugar further */
        {"site", "pancreas", "ki67", "4", "metastases", "liver", "sstr", "positive",
         "syndrome", "insulinoma"},
        /* typical and not known to grow: no everolimus first */
        {"site", "lung", "histology", "typical_carcinoid", "metastases", "liver",
         "sstr", "positive"},
        /* cabozantinib has a label after other drugs; one line is no match for two */
        {"site", "lung", "histology", "atypical_carcinoid", "ki67", "12", "metastases",
         "liver", "sstr", "negative", "progressing", "yes"},
        /* of a second course of a radioligand no trial told the model anything */
        {"site", "jejunum_ileum", "ki67", "8", "metastases", "liver", "sstr",
         "positive", "prior", "lanreotide,lutetium_dotatate", "progressing", "yes"},
        {"site", "jejunum_ileum", "ki67", "25", "differentiation", "well", "metastases",
         "liver", "sstr", "positive"},
        {"site", "appendix", "grade", "G1", "size", "8mm", "metastases", "none",
         "nodes_positive", "0"},
    };
    static const char *const wanted[] = {
        "lanreotide,lutetium_dotatate*4 | lanreotide,everolimus",
        "lanreotide,lutetium_dotatate*4 | lanreotide,everolimus | "
        "watch_and_wait_metastatic,lanreotide",
        "octreotide_lar,lutetium_dotatate*4 | octreotide_lar,everolimus",
        "lutetium_dotatate*4+lanreotide,everolimus | everolimus,lutetium_dotatate*4 | "
        "everolimus,cabozantinib",
        "everolimus,cabozantinib | cabozantinib,everolimus",
        "lutetium_dotatate*4+octreotide_lar,captem | captem,lutetium_dotatate*4",
        "everolimus,lutetium_dotatate*4 | "
        "lutetium_dotatate*4+octreotide_lar,everolimus | sunitinib,everolimus",
        "sunitinib,everolimus | everolimus,sunitinib | everolimus,cabozantinib | "
        "!captem,everolimus | !everolimus,captem",
        "platinum_etoposide,folfiri | platinum_etoposide,folfox",
        "everolimus,lutetium_dotatate*4 | lutetium_dotatate*4,everolimus",
        "lanreotide,everolimus",
        "everolimus,captem | everolimus,cabozantinib",
        "everolimus,cabozantinib | cabozantinib,everolimus",
        "lutetium_dotatate*4+octreotide_lar,everolimus | captem,lutetium_dotatate*4",
        "",
    };
    char got[TEXT_CAP];
    for (unsigned i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        usual_of(cases[i], got);
        assert_string_equal(got, wanted[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_plans), cmocka_unit_test(refuses_plans),
        cmocka_unit_test(caps),        cmocka_unit_test(forbidden),
        cmocka_unit_test(orders),      cmocka_unit_test(usual_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
