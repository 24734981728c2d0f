/* test_survival.c - estimators against a worked example of the literature and closed
 * forms; tests/test_survival.py holds them against R.
 *
 * The example: remission of leukemia in weeks, 6-mercaptopurine against placebo, 21
 * people each (Freireich et al., Blood 21, 1963), in which Cox (Journal of the Royal
 * Statistical Society B 34, 1972) introduced his method. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fmath.h"
#include "nen.h"
#include "survival.h"

enum { WEEKS = 1600 };

typedef struct arm {
    double event[WEEKS], censored[WEEKS];
    nen__followed f;
} arm;

static arm drug, placebo, other;

static void near(double x, double y, double within) {
    if (!(x - y < within && y - x < within)) fail_msg("%.12g is not near %.12g", x, y);
}

/* Week by week; a negative week was censored. */
static void fill(arm *a, const int *weeks, unsigned n) {
    memset(a, 0, sizeof *a);
    for (unsigned i = 0; i < n; i++) {
        if (weeks[i] > 0)
            a->event[weeks[i]] += 1;
        else
            a->censored[-weeks[i]] += 1;
    }
    a->f = (nen__followed){a->event, a->censored, n, 1, WEEKS};
}

#define FILL(a, ...)                                                                   \
    fill(a, (const int[]){__VA_ARGS__},                                                \
         sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

static int leukemia(void **state) {
    (void)state;
    FILL(&drug, 6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25,
         -32, -32, -34, -35);
    FILL(&placebo, 1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22,
         23);
    return 0;
}

/* ---- the worked example ---- */

static void leukemia_has_its_medians(void **state) {
    (void)state;
    near(nen__kaplan_meier_week(&drug.f, 0.5).value, 23, 1e-9);
    near(nen__kaplan_meier_week(&placebo.f, 0.5).value, 8, 1e-9);
    near(nen__kaplan_meier_week(&drug.f, 0.5).hi, (double)NEN_BEYOND, 1e-9);
    /* as R's survfit(conf.type = "log-log") prints */
    near(nen__kaplan_meier_week(&drug.f, 0.5).lo, 13, 1e-9);
    const nen__estimate ten = nen__kaplan_meier(&drug.f, 10),
                        late = nen__kaplan_meier(&drug.f, 23);
    near(ten.value, 0.7529412, 1e-7);
    near(ten.lo, 0.5031995, 1e-7);
    near(ten.hi, 0.8893618, 1e-7);
    near(late.value, 0.4481793, 1e-7);
    near(late.lo, 0.1880520, 1e-7);
    near(late.hi, 0.6801426, 1e-7);
    near(nen__kaplan_meier(&drug.f, 5).value, 1, 1e-12);
    near(nen__kaplan_meier(&placebo.f, 23).value, 0, 1e-12);
}

/* Printed in textbooks: log-rank 16.79, 19.3 events expected on the drug and 10.7 on
 * placebo; coefficient 1.57 with error 0.412 after Efron. */
static void leukemia_has_its_test_and_ratio(void **state) {
    (void)state;
    const nen__logrank t = nen__log_rank(&drug.f, &placebo.f);
    near(t.observed, 9, 1e-12);
    near(t.expected, 19.25, 0.005);
    near(t.chi2, 16.79, 0.005);
    near(t.p, 4.17e-5, 1e-7);
    const nen__hazard_ratio h = nen__cox(&placebo.f, &drug.f, NEN__TIES_WHOLE);
    near(h.log_ratio, 1.572, 0.001);
    near(h.error, 0.412, 0.0005);
}

/* ---- closed forms and what must hold ---- */

static void limits_hold_the_value(void **state) {
    (void)state;
    for (unsigned week = 0; week < 30; week++) {
        const nen__estimate e = nen__kaplan_meier(&drug.f, week);
        assert_true(0 <= e.lo && e.lo <= e.value && e.value <= e.hi && e.hi <= 1);
    }
    const nen__estimate m = nen__kaplan_meier_week(&placebo.f, 0.5);
    assert_true(m.lo < m.value && m.value < m.hi);
}

/* Half have the event, and the curve stays there until the next: R's median lies
 * between; with no other event it is the week itself. */
static void a_level_curve_has_its_median_halfway(void **state) {
    (void)state;
    FILL(&other, 2, 4, 9, 12);
    near(nen__kaplan_meier_week(&other.f, 0.5).value, 6.5, 1e-12);
    FILL(&other, 2, 4, -9, -9);
    near(nen__kaplan_meier_week(&other.f, 0.5).value, 4, 1e-12);
    FILL(&other, 2, -4, -9, -9);
    near(nen__kaplan_meier_week(&other.f, 0.5).value, (double)NEN_BEYOND, 1);
}

/* Censored in a week: still at risk of that week's events. */
static void who_is_censored_counts_until_then(void **state) {
    (void)state;
    FILL(&other, -5, 5, 6);
    near(nen__kaplan_meier(&other.f, 5).value, 2.0 / 3, 1e-12);
    FILL(&other, -4, 5, 6);
    near(nen__kaplan_meier(&other.f, 5).value, 0.5, 1e-12);
}

static void equal_arms_do_not_differ(void **state) {
    (void)state;
    const nen__hazard_ratio h = nen__cox(&drug.f, &drug.f, NEN__TIES_WHOLE);
    const nen__logrank t = nen__log_rank(&drug.f, &drug.f);
    near(h.log_ratio, 0, 1e-9);
    near(t.observed, t.expected, 1e-12);
    near(t.p, 1, 1e-9);
}

static void swapping_arms_turns_the_sign(void **state) {
    (void)state;
    const nen__hazard_ratio ab = nen__cox(&drug.f, &placebo.f, NEN__TIES_WHOLE),
                            ba = nen__cox(&placebo.f, &drug.f, NEN__TIES_WHOLE);
    const nen__logrank t = nen__log_rank(&drug.f, &placebo.f),
                       u = nen__log_rank(&placebo.f, &drug.f);
    near(ab.log_ratio, -ba.log_ratio, 1e-9);
    near(ab.error, ba.error, 1e-9);
    near(ab.ratio.lo, 1 / ba.ratio.hi, 1e-9);
    near(t.observed - t.expected, u.expected - u.observed, 1e-9);
    near(t.chi2, u.chi2, 1e-9);
}

/* A weight stands for so many people: twice the people, errors smaller by sqrt 2. */
static void weights_are_people(void **state) {
    (void)state;
    nen__followed a = placebo.f, b = drug.f;
    const nen__logrank one = nen__log_rank(&a, &b);
    const nen__hazard_ratio h = nen__cox(&a, &b, NEN__TIES_FRACTION);
    a.weight = b.weight = 2;
    const nen__logrank two = nen__log_rank(&a, &b);
    const nen__hazard_ratio k = nen__cox(&a, &b, NEN__TIES_FRACTION);
    near(two.observed - two.expected, 2 * (one.observed - one.expected), 1e-9);
    near(k.log_ratio, h.log_ratio, 1e-9);
    near(k.error * 0x1.6a09e667f3bcdp+0, h.error, 1e-9);
}

/* Exponential times: the curve is e^(-h t), the ratio that of the hazards, and the two
 * ways to count ties agree where they are few. */
static void exponential_times_have_their_ratio(void **state) {
    (void)state;
    static const double hazard[] = {0.005, 0.01};
    arm *const arms[] = {&drug, &placebo};
    enum { PEOPLE = 1000000 };
    for (int k = 0; k < 2; k++) {
        arm *a = arms[k];
        double left = PEOPLE;
        memset(a, 0, sizeof *a);
        for (unsigned i = 0; i < WEEKS; i++) {
            const double next = PEOPLE * nen__exp_f64(-hazard[k] * (i + 1));
            a->event[i] = (double)(int64_t)(left + 0.5) - (double)(int64_t)(next + 0.5);
            left = next;
        }
        a->f = (nen__followed){a->event, NULL, PEOPLE, 1, WEEKS};
    }
    const double half = -0x1.62e42fefa39efp-1; /* log 1/2 */
    const nen__hazard_ratio whole = nen__cox(&drug.f, &placebo.f, NEN__TIES_WHOLE),
                            part = nen__cox(&drug.f, &placebo.f, NEN__TIES_FRACTION);
    near(whole.log_ratio, half, 2e-3);
    near(whole.log_ratio, part.log_ratio, 1e-5);
    /* error: 1 / sqrt(sum over events of p (1 - p)), near sqrt(1/n + 1/n) of so many */
    assert_true(whole.error > 0.0014 && whole.error < 0.0016);
    near(nen__kaplan_meier(&placebo.f, 99).value, nen__exp_f64(-1), 1e-6);
    near(nen__kaplan_meier_week(&placebo.f, 0.5).value, 69, 1e-9); /* log 2 / 0.01 */
}

static void without_events_nothing_is_said(void **state) {
    (void)state;
    FILL(&drug, -3, -4);
    FILL(&placebo, -3, -7, -9);
    const nen__hazard_ratio h = nen__cox(&drug.f, &placebo.f, NEN__TIES_WHOLE);
    const nen__logrank t = nen__log_rank(&drug.f, &placebo.f);
    near(h.log_ratio, 0, 1e-12);
    assert_true(h.error >= (double)NEN_BEYOND);
    assert_true(t.chi2 == 0 && t.p == 1);
    assert_true(nen__kaplan_meier_week(&drug.f, 0.5).value >= (double)NEN_BEYOND);
    FILL(&drug, 1, 2, 3);
    assert_true(nen__cox(&drug.f, &placebo.f, NEN__TIES_WHOLE).log_ratio == 5);
    drug.f.total = drug.f.weeks = 0;
    near(nen__kaplan_meier(&drug.f, 7).value, 1, 1e-12);
}

#define EXAMPLE(test) cmocka_unit_test_setup(test, leukemia)

int main(void) {
    const struct CMUnitTest tests[] = {
        EXAMPLE(leukemia_has_its_medians),
        EXAMPLE(leukemia_has_its_test_and_ratio),
        EXAMPLE(limits_hold_the_value),
        EXAMPLE(a_level_curve_has_its_median_halfway),
        EXAMPLE(who_is_censored_counts_until_then),
        EXAMPLE(equal_arms_do_not_differ),
        EXAMPLE(swapping_arms_turns_the_sign),
        EXAMPLE(weights_are_people),
        EXAMPLE(exponential_times_have_their_ratio),
        EXAMPLE(without_events_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
