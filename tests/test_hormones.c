/* test_hormones.c - months with hormones at half or less, against shares and rules. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plan_help.h"
#include "sequence.h"

static const nen_band calm = {10, 20, 30};

static double cell(const char *id, const char *column) {
    const nen_table *t = nen_table_get((unsigned)nen_table_find("course_hormones"));
    const int row = nen_table_row(t, "id", id);
    assert_true(row >= 0);
    return atof(nen_cell(t, (unsigned)row, column));
}

/* On a line of a plan, for a case; every line has the same months without growth. */
static nen_hormones of(const char *const *pairs, const char *text, unsigned line) {
    static nen_dossier d;
    static nen_course c;
    const nen_plan plan = plan_of(text);
    nen_who who;
    nen_hormones h;
    answer(pairs, &d);
    nen__course_case(&d, &who);
    for (unsigned l = 0; l < NEN_LINES_MAX; l++)
        c.line[l].controlled_months = calm;
    nen_course_hormones(&d, &who, &plan, &c, line, &h);
    return h;
}

static const char *const carcinoid[] = {"site",     "jejunum_ileum", "grade",
                                        "G2",       "metastases",    "liver",
                                        "syndrome", "carcinoid",     NULL};
static const char *const treated[] = {
    "site",     "jejunum_ileum", "grade", "G2",         "metastases", "liver",
    "syndrome", "carcinoid",     "prior", "lanreotide", NULL};
static const char *const going_on[] = {
    "site",     "jejunum_ileum", "grade",   "G2",         "metastases", "liver",
    "syndrome", "carcinoid",     "current", "lanreotide", NULL};
static const char *const silent[] = {"site",     "jejunum_ileum", "grade",
                                     "G2",       "metastases",    "liver",
                                     "syndrome", "none",          NULL};
static const char *const untold[] = {"site",       "jejunum_ileum", "grade", "G2",
                                     "metastases", "liver",         NULL};
static const char *const catecholamine[] = {
    "site", "adrenal", "metastases", "bone", "syndrome", "catecholamine", NULL};

static void is_row(const nen_hormones *h, const char *id) {
    assert_true(h->row != NEN_NONE);
    assert_string_equal(nen_row_get(h->row)->id, id);
}

static void near(double x, double y) {
    assert_true(fabs(x - y) < 1e-5 * fabs(y));
}

/* The share, while the tumor is no larger: of each end that end. */
static void share_of_the_time(void **state) {
    (void)state;
    const nen_hormones h = of(carcinoid, "octreotide_lar", 0);
    is_row(&h, "hormones.ssa_carcinoid");
    assert_true(h.told);
    near(h.pct.p50, cell("hormones.ssa_carcinoid", "value"));
    near(h.months.p05, cell("hormones.ssa_carcinoid", "lo") / 100 * calm.p05);
    near(h.months.p50, cell("hormones.ssa_carcinoid", "value") / 100 * calm.p50);
    near(h.months.p95, cell("hormones.ssa_carcinoid", "hi") / 100 * calm.p95);
}

/* What is given for 6 months counts for 6; a radioligand stays beyond its doses. */
static void caps_end_it(void **state) {
    (void)state;
    const nen_hormones h = of(carcinoid, "lanreotide@6m", 0);
    near(h.months.p50, cell("hormones.ssa_carcinoid", "value") / 100 * 6);
    near(h.months.p95, cell("hormones.ssa_carcinoid", "hi") / 100 * 6);
    const nen_hormones m = of(catecholamine, "mibg_i131_conventional@6m", 0);
    is_row(&m, "hormones.mibg_catecholamine");
    near(m.months.p95, cell("hormones.mibg_catecholamine", "hi") / 100 * calm.p95);
}

/* A drug that was given before, or goes on, tells nothing new; nor does a later line of
 * the same class. */
static void only_what_is_new(void **state) {
    (void)state;
    nen_hormones h = of(treated, "octreotide_lar", 0);
    is_row(&h, "hormones.other");
    assert_false(h.told);
    h = of(going_on, "octreotide_lar", 0);
    is_row(&h, "hormones.other");
    h = of(carcinoid, "lanreotide,everolimus,octreotide_lar", 2);
    is_row(&h, "hormones.other");
    h = of(carcinoid, "lanreotide,lutetium_dotatate+lanreotide", 1);
    is_row(&h, "hormones.prrt_carcinoid");
    assert_true(!h.told && h.months.p95 == 0);
    h = of(carcinoid, "everolimus,lutetium_dotatate+lanreotide", 1);
    is_row(&h, "hormones.ssa_carcinoid");
}

static void of_a_syndrome_alone(void **state) {
    (void)state;
    assert_int_equal(of(silent, "lanreotide", 0).row, NEN_NONE);
    assert_int_equal(of(untold, "lanreotide", 0).row, NEN_NONE);
    assert_int_equal(of(carcinoid, "lanreotide", 1).row, NEN_NONE); /* no such line */
    const nen_hormones h = of(catecholamine, "sunitinib", 0);
    is_row(&h, "hormones.other");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(share_of_the_time),
        cmocka_unit_test(caps_end_it),
        cmocka_unit_test(only_what_is_new),
        cmocka_unit_test(of_a_syndrome_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
