/* test_sizes.c - sizes of tumors over time: closed forms, who is counted, same bits. */
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

enum { MONTHS = 60, QUARTERS = MONTHS / 3, QUARTER_MONTHS = 3 };

static const float never = -40; /* log of a hazard or spread that is none */

/* ---- helpers ---- */

/* Everyone grows alike and lives; the checks change what they are about. */
static nen__theta theta_of(float growth) {
    nen__theta t = {{0}};
    for (unsigned i = 0; i < NEN__ORIGINS; i++)
        t.p[NEN__P_GROWTH + i] = growth;
    for (unsigned i = 0; i < NEN__KINDS; i++)
        t.p[NEN__P_DEATH + i] = never;
    for (unsigned i = 0; i + 1 < NEN__CLASSES; i++)
        t.p[NEN__P_HOLD + i] = t.p[NEN__P_KILL + i] = never;
    t.p[NEN__P_growth_sd] = t.p[NEN__P_hold_sd] = t.p[NEN__P_kill_sd] = never;
    t.p[NEN__P_lesion_base] = t.p[NEN__P_lesion_growth] = never;
    t.p[NEN__P_drift] = t.p[NEN__P_death_burden] = never;
    t.p[NEN__P_dropout] = never;
    return t;
}

static const nen__cohort cohort = {
    .origin = NEN__ORIGIN_midgut, .kind = NEN__KIND_net, .ki67_pct = 5, .age_years = 1};

/* People in slices; sizes asked or not. */
static void follow(const nen__theta *t, const char *text, uint32_t people,
                   uint32_t slice, bool sizes, nen__tally *out) {
    nen__course_work *work =
        aligned_alloc(64, (nen__course_work_size() + 63) / 64 * 64);
    const nen_plan plan = plan_of(text);
    nen__course_plan lines;
    const nen__view view = {
        .visit_weeks = 4, .horizon_weeks = nen__week_of(MONTHS), .sizes = sizes};
    assert_non_null(work);
    nen__course_plan_of(&plan, &lines);
    memset(out, 0, sizeof *out);
    for (uint32_t at = 0; at < people; at += slice)
        nen__course_batch(t, &cohort, &lines, &view, 1, at,
                          people - at < slice ? people - at : slice, work, out);
    free(work);
}

static uint32_t alive(const nen__tally *t, unsigned quarter) {
    uint32_t n = 0;
    for (unsigned b = 0; b < NEN__SIZE_BINS; b++)
        n += t->size[quarter][b];
    return n;
}

/* All people are in one bin: that of this log size, or next to it at its border. */
static void all_at(const nen__tally *t, unsigned quarter, double x) {
    const int bin = (int)floor(x * NEN__SIZE_BINS_OF_1) + NEN__SIZE_BINS / 2;
    const double border = x * NEN__SIZE_BINS_OF_1;
    uint32_t near = t->size[quarter][bin];
    if (fabs(border - rint(border)) < 0.02)
        near += t->size[quarter][bin + 1] + t->size[quarter][bin - 1];
    assert_int_equal(alive(t, quarter), NEN__SIZED);
    assert_int_equal(near, NEN__SIZED);
}

/* ---- checks ---- */

/* Growth alone, on a line without therapy and after it. */
static void grows(void **state) {
    (void)state;
    static nen__tally t;
    const float growth = -3.7f; /* a log in 40 months: the line ends within the time */
    const nen__theta theta = theta_of(growth);
    follow(&theta, "watch_and_wait_metastatic", 300, 512, true, &t);
    for (unsigned q = 1; q <= QUARTERS; q++)
        all_at(&t, q, exp(growth) * q * QUARTER_MONTHS);
    assert_true(t.pfs[0][NEN__WEEKS_MAX] == 0);
}

/* A drug that holds all growth and kills: x = -K (1 - e^(-t / months)). */
static void shrinks(void **state) {
    (void)state;
    static nen__tally t;
    nen__theta theta = theta_of(-5);
    const double kill = 1.3,
                 months = nen__constant[NEN__K_KILL_MONTHS + NEN__CLASS_mtor - 1];
    theta.p[NEN__P_HOLD + NEN__CLASS_mtor - 1] = 40;
    theta.p[NEN__P_KILL + NEN__CLASS_mtor - 1] =
        (float)(log(kill) - theta.p[NEN__P_kill_outside]);
    follow(&theta, "everolimus", NEN__SIZED, 512, true, &t);
    for (unsigned q = 1; q <= QUARTERS; q++)
        all_at(&t, q, -kill * (1 - exp(-(double)(q * QUARTER_MONTHS) / months)));
}

/* Half of the growth for a year, then what a capped drug leaves: none when it wanes at
 * once. The middle of a quarter stands for all of it; the cap is at its end. */
static void holds_for_a_year(void **state) {
    (void)state;
    static nen__tally t;
    const float growth = -5.5f;
    nen__theta theta = theta_of(growth);
    theta.p[NEN__P_HOLD + NEN__CLASS_alkylating - 1] = 0;
    theta.p[NEN__P_wane_chemo] = -3;
    follow(&theta, "temozolomide_mono@12m", NEN__SIZED, 512, true, &t);
    for (unsigned q = 1; q <= QUARTERS; q++) {
        const double held = q < 4 ? q : 4, months = (q - held / 2) * QUARTER_MONTHS;
        all_at(&t, q, exp(growth) * months);
    }
}

/* Each is counted once in each quarter that they live to see, whatever the line. */
static void counts_the_living(void **state) {
    (void)state;
    static nen__tally t;
    nen__theta theta = theta_of(-3.2f);
    theta.p[NEN__P_DEATH] = -3.5f;
    theta.p[NEN__P_growth_sd] = -0.5f;
    theta.p[NEN__P_dropout] = -1;
    follow(&theta, "everolimus,lutetium_dotatate,captem", NEN__SIZED, 512, true, &t);
    uint32_t left = NEN__SIZED;
    unsigned week = 0;
    for (unsigned q = 1; q <= QUARTERS; q++) {
        const uint32_t before = left - t.os[week];
        for (; week < nen__week_of(q * QUARTER_MONTHS); week++)
            left -= t.os[week];
        /* deaths of this week may lie on either side of the quarter's end */
        assert_true(alive(&t, q) <= left && alive(&t, q) >= left - t.os[week]);
        assert_true(before >= left);
    }
    assert_true(left > 0 && left < NEN__SIZED / 2);
}

/* Who asks for sizes changes no outcome; slices change no size; others are not counted.
 */
static void same_bits(void **state) {
    (void)state;
    static nen__tally with, without, sliced;
    nen__theta theta = theta_of(-3.5f);
    theta.p[NEN__P_DEATH] = -4;
    theta.p[NEN__P_growth_sd] = -0.5f;
    theta.p[NEN__P_dropout] = -1;
    follow(&theta, "lutetium_dotatate,everolimus", 1000, 512, true, &with);
    follow(&theta, "lutetium_dotatate,everolimus", 1000, 512, false, &without);
    follow(&theta, "lutetium_dotatate,everolimus", 1000, 77, true, &sliced);
    assert_true(alive(&with, 1) > 0 && alive(&with, 1) <= NEN__SIZED);
    assert_int_equal(alive(&without, 1), 0);
    assert_memory_equal(&with, &sliced, sizeof with);
    memset(with.size, 0, sizeof with.size);
    assert_memory_equal(&with, &without, sizeof with);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows),
        cmocka_unit_test(shrinks),
        cmocka_unit_test(holds_for_a_year),
        cmocka_unit_test(counts_the_living),
        cmocka_unit_test(same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
