/* test_late.c - late harm of a plan, against closed forms; time lived since a line. */
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

enum { MONTHS = 120, YEARS = 10, PATIENTS = 2000 };

/* ---- helpers ---- */

static double cell(const char *id, const char *column) {
    const nen_table *t = nen_table_get((unsigned)nen_table_find("course_late"));
    const int row = nen_table_row(t, "id", id);
    assert_true(row >= 0);
    return atof(nen_cell(t, (unsigned)row, column));
}

static void is_row(unsigned row, const char *id) {
    assert_true(row != NEN_NONE);
    assert_string_equal(nen_row_get(row)->id, id);
}

static nen_band same(float x) {
    return (nen_band){x, x, x};
}

/* Figures of a plan, as if they had come of a run. */
static nen_course figures(unsigned lines, const float *reached_pct,
                          const float *lived_months) {
    static nen_course c;
    memset(&c, 0, sizeof c);
    for (unsigned l = 0; l < lines; l++) {
        c.line[l].reached_pct = same(reached_pct[l]);
        c.line[l].lived_months = same(lived_months[l]);
    }
    return c;
}

static void near(double x, double y) {
    assert_true(fabs(x - y) < 1e-4 * fabs(y));
}

/* ---- the share ---- */

/* Nobody dies: 1 - e^(-rate * time), with the ends of the rate. */
static void nobody_dies(void **state) {
    (void)state;
    const nen_who who = {.model = NEN_MODEL_NET};
    const nen_plan plan = plan_of("lutetium_dotatate*4");
    const float all[] = {100}, whole[] = {MONTHS};
    const nen_course c = figures(1, all, whole);
    nen_late late;
    nen_course_late(&who, &plan, &c, &late);
    is_row(late.row, "late.radioligand");
    assert_true(late.told && late.line == 0 && late.then == NEN_NONE);
    near(late.pct.p05, 100 * (1 - exp(-cell("late.radioligand", "lo") / 100 * YEARS)));
    near(late.pct.p50,
         100 * (1 - exp(-cell("late.radioligand", "value") / 100 * YEARS)));
    near(late.pct.p95, 100 * (1 - exp(-cell("late.radioligand", "hi") / 100 * YEARS)));
}

/* Half of them go on to a second drug after 4 years, and have its rate for 6. */
static void a_second_drug(void **state) {
    (void)state;
    const nen_who who = {.model = NEN_MODEL_NET};
    const nen_plan plan = plan_of("lanreotide,lutetium_dotatate,captem");
    const float reached[] = {100, 80, 40}, lived[] = {MONTHS, MONTHS, 72};
    const nen_course c = figures(3, reached, lived);
    const double one = cell("late.radioligand", "value") / 100,
                 both = cell("late.radioligand_alkylating", "value") / 100;
    nen_late late;
    nen_course_late(&who, &plan, &c, &late);
    is_row(late.row, "late.radioligand");
    is_row(late.then, "late.radioligand_alkylating");
    assert_int_equal(late.line, 1);
    near(late.pct.p50, 100 * (1 - exp(-(one * (YEARS - 3) + both * 3))));
}

static void which_row(void **state) {
    (void)state;
    static const struct {
        const char *plan, *row, *then;
        unsigned used, line;
        bool told;
    } cases[] = {
        {"everolimus,lanreotide", NULL, NULL, 0, 0, false},
        {"everolimus", NULL, NULL, 1u << NEN__CLASS_prrt, 0, false},
        {"captem", "late.alkylating", NULL, 0, 0, false},
        {"captem,everolimus,lutetium_edotreotide", "late.radioligand_alkylating", NULL,
         0, 2, true},
        {"lutetium_dotatate+captem", "late.radioligand_alkylating", NULL, 0, 0, true},
        {"captem", "late.radioligand_alkylating", NULL, 1u << NEN__CLASS_prrt, 0, true},
        {"prrt_retreatment", "late.radioligand", NULL, 1u << NEN__CLASS_prrt, 0, true},
        {"sunitinib,iobenguane_i131_hsa", "late.mibg", NULL, 0, 1, false},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nen_who who = {.used = (uint16_t)cases[i].used};
        const nen_plan plan = plan_of(cases[i].plan);
        const float all[] = {100, 90, 80}, lived[] = {60, 50, 40};
        const nen_course c = figures(3, all, lived);
        nen_late late;
        nen_course_late(&who, &plan, &c, &late);
        if (!cases[i].row) {
            assert_true(late.row == NEN_NONE && late.then == NEN_NONE && !late.told);
            continue;
        }
        is_row(late.row, cases[i].row);
        assert_int_equal(late.line, cases[i].line);
        assert_true(late.told == cases[i].told);
        assert_true((late.pct.p50 > 0) == cases[i].told);
        assert_true(late.then == NEN_NONE);
    }
}

/* A line that no one reached harms no one. */
static void nobody_starts(void **state) {
    (void)state;
    const nen_who who = {.model = NEN_MODEL_NET};
    const nen_plan plan = plan_of("everolimus,lutetium_dotatate");
    const float reached[] = {100, 0}, lived[] = {60, NAN};
    const nen_course c = figures(2, reached, lived);
    nen_late late;
    nen_course_late(&who, &plan, &c, &late);
    assert_true(late.told && late.pct.p50 == 0 && late.pct.p95 == 0);
}

/* ---- time lived ---- */

static nen_outcome follow(float death, const char *text) {
    static nen__tally tally;
    static nen_dossier d;
    const nen_setting setting = {
        .seed = 1, .patients = PATIENTS, .draws = 1, .horizon_months = MONTHS};
    nen__course_work *work =
        aligned_alloc(64, (nen__course_work_size() + 63) / 64 * 64);
    nen__theta theta = {{0}};
    const nen_plan plan = plan_of(text);
    nen__course_plan lines;
    nen__cohort cohort;
    nen_who who;
    nen_outcome out;
    for (unsigned i = 0; i < NEN__ORIGINS; i++)
        theta.p[NEN__P_GROWTH + i] = -3.5f;
    for (unsigned i = 0; i < NEN__KINDS; i++)
        theta.p[NEN__P_DEATH + i] = death;
    theta.p[NEN__P_death_burden] = -5;
    theta.p[NEN__P_lesion_base] = -4;
    assert_non_null(work);
    answer(midgut, &d);
    nen__course_case(&d, &who);
    who.age_years = 1; /* next to no one dies of age */
    nen__course_cohort(&who, &cohort);
    nen__course_plan_of(&plan, &lines);
    memset(&tally, 0, sizeof tally);
    nen__course_count(&theta, &cohort, &lines, &setting, 0, PATIENTS, work, &tally);
    nen_course_outcome(&plan, &setting, &tally, &out);
    free(work);
    return out;
}

/* Without death everyone lives to the horizon, from the first line on. */
static void lived_without_death(void **state) {
    (void)state;
    const nen_outcome out = follow(-40, "everolimus,lutetium_dotatate");
    assert_true(fabsf(out.lived_months[0] - MONTHS) < 0.2f);
    assert_true(out.reached_pct[1] > 20);
    assert_true(out.lived_months[1] < out.lived_months[0]);
}

/* All start the first line, so they live from it as long as they live. Whoever reaches
 * the second one has lived through the first, so time since it is what is left. */
static void lived_is_survival(void **state) {
    (void)state;
    const nen_outcome out = follow(-4, "everolimus,lutetium_dotatate,captem");
    near(out.lived_months[0], out.rmst_months);
    assert_true(out.rmst_months < MONTHS - 20);
    for (unsigned l = 1; l < 3; l++)
        assert_true(out.lived_months[l] > 0 && out.lived_months[l] + 1 < (float)MONTHS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_dies),         cmocka_unit_test(a_second_drug),
        cmocka_unit_test(which_row),           cmocka_unit_test(nobody_starts),
        cmocka_unit_test(lived_without_death), cmocka_unit_test(lived_is_survival),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
