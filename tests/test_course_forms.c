/* test_course_forms.c - the kernel of the course model where its outcomes have a closed
 * form: one process at a time, the others switched off.
 *
 * Shares are held within five standard errors of so many people, 6 in 10 million. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "course_example.h"

enum { PEOPLE = 100000, LONG_WEEKS = 1500 };
static const double SIGMAS = 5, WEEKS_A_MONTH = 365.25 / 12 / 7;
static const float OFF = -60; /* e^OFF is nothing beside 1 */

static nen__tally tally;

static const double log_ratio = 0.1823215567939546; /* log 1.2 */

/* ---- helpers ---- */

/* Nobody dies, no new lesions, no drift, nobody leaves; patients differ in size alone.
 */
static nen__theta quiet(void) {
    nen__theta t = example_theta();
    t.p[NEN__P_growth_sd] = t.p[NEN__P_hold_sd] = t.p[NEN__P_kill_sd] = OFF;
    t.p[NEN__P_lesion_base] = t.p[NEN__P_lesion_growth] = OFF;
    t.p[NEN__P_drift] = t.p[NEN__P_dropout] = t.p[NEN__P_death_burden] = OFF;
    for (unsigned i = 0; i < NEN__KINDS; i++)
        t.p[NEN__P_DEATH + i] = OFF;
    for (unsigned i = 0; i + 1 < NEN__CLASSES; i++)
        t.p[NEN__P_KILL + i] = OFF;
    return t;
}

static void growth_is(nen__theta *t, float log_month) {
    for (unsigned i = 0; i < NEN__ORIGINS; i++)
        t->p[NEN__P_GROWTH + i] = log_month;
}

static nen__cohort ageless(void) {
    nen__cohort c = example_cohort();
    c.age_years = -400;
    return c;
}

static void follow(const nen__theta *t, const nen__cohort *c, const nen__course_plan *p,
                   float visit_weeks, float noise_sd) {
    const nen__view view = {
        .visit_weeks = visit_weeks, .noise_sd = noise_sd, .horizon_weeks = LONG_WEEKS};
    run_view(t, c, p, &view, PEOPLE, NEN__BATCH, &tally);
}

/* Share of `of` whose event came later; times were rounded to whole weeks. */
static double after(const uint32_t *event, uint32_t of, unsigned week) {
    double gone = 0;
    for (unsigned i = 0; i <= week; i++)
        gone += event[i];
    return 1 - gone / of;
}

static void share_is(double got, double want, double of) {
    const double error = SIGMAS * sqrt(want * (1 - want) / of) + 1e-9;
    if (!(fabs(got - want) < error)) fail_msg("share %g, not %g", got, want);
}

/* In the middle of a week, where rounding splits the times. */
static double months_of(unsigned week) {
    return (week + 0.5) / WEEKS_A_MONTH;
}

/* Those in whom a fifth is more than 5 mm progress on the same day; the others later.
 */
static double share_by_ratio(void) {
    const double size = (double)nen__constant[NEN__K_progression_mm] /
                        ((double)nen__constant[NEN__K_progression_ratio] - 1);
    const double z = log(size / (double)nen__constant[NEN__K_size_median_mm]) /
                     (double)nen__constant[NEN__K_size_sd_log];
    return erfc(z / sqrt(2)) / 2;
}

static void progress_in_week(const uint32_t *pfs, double week, unsigned within) {
    unsigned first = 0;
    while (first < NEN__WEEKS_MAX && !pfs[first])
        first++;
    if (fabs(first - week) > within + 0.5) fail_msg("week %u, not %g", first, week);
    /* and a few of the others, in whom it is little more */
    const double share = 1 - after(pfs, PEOPLE, first + within);
    assert_true(share > share_by_ratio() - 0.01 && share < share_by_ratio() + 0.04);
}

/* The month at which a rising function reaches `level`. */
static double month_of(double (*f)(double), double level) {
    double low = 0, high = 600;
    while (high - low > 1e-6) {
        const double middle = (low + high) / 2;
        if (f(middle) < level)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* ---- death ---- */

/* S(t) = e^(-h t): without lines, and on through lines that lesions end. */
static void constant_hazard_is_exponential(void **state) {
    (void)state;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    nen__course_plan none = {.lines = 0}, three = plan_of(NEN__CLASS_none);
    three.lines = 3;
    growth_is(&t, -20);
    t.p[NEN__P_DEATH] = logf(0.02f);
    t.p[NEN__P_lesion_base] = logf(0.05f);
    for (int lines = 0; lines < 2; lines++) {
        follow(&t, &c, lines ? &three : &none, 12, 0);
        for (unsigned week = 20; week < LONG_WEEKS; week *= 2)
            share_is(after(tally.os, PEOPLE, week), exp(-0.02 * months_of(week)),
                     PEOPLE);
    }
    assert_true(tally.reached[2] > PEOPLE / 4);
}

/* Gompertz: S(t) = exp(-(h / s) (e^(s t) - 1)), half of them men. */
static void age_kills_after_gompertz(void **state) {
    (void)state;
    const nen__theta t = quiet();
    nen__cohort c = example_cohort();
    const nen__course_plan none = {.lines = 0}, one = plan_of(NEN__CLASS_none);
    const double slope = (double)nen__constant[NEN__K_life_slope_per_year];
    const double h = exp((double)nen__constant[NEN__K_life_log_per_year] + slope * 70);
    const double men = exp((double)nen__constant[NEN__K_life_male_log]);
    c.age_years = 70;
    for (int k = 0; k < 4; k++) {
        c.male_prob = k == 1 ? 1.0f : k == 2 ? 0.5f : 0.0f;
        follow(&t, &c, k == 3 ? &one : &none, 12, 0);
        for (unsigned week = 100; week < LONG_WEEKS; week += 200) {
            const double years = months_of(week) / 12;
            const double sum = h / slope * expm1(slope * years);
            const double woman = exp(-sum), man = exp(-sum * men);
            const double p = (double)c.male_prob;
            share_is(after(tally.os, PEOPLE, week), p * man + (1 - p) * woman, PEOPLE);
        }
    }
}

/* Hazard e^(a + b g t): S(t) = exp(-e^a (e^(b g t) - 1) / (b g)). */
static void growing_burden_kills_after_gompertz(void **state) {
    (void)state;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    const nen__course_plan none = {.lines = 0};
    const double bg = exp(0.4) * exp(-3.0);
    growth_is(&t, -3);
    t.p[NEN__P_DEATH] = -5;
    t.p[NEN__P_death_burden] = 0.4f;
    follow(&t, &c, &none, 12, 0);
    for (unsigned week = 50; week < 400; week += 50) {
        const double sum = exp(-5) * expm1(bg * months_of(week)) / bg;
        share_is(after(tally.os, PEOPLE, week), exp(-sum), PEOPLE);
    }
}

/* The same hazard on a line, which progression ends at log 1.2, and on beyond it. */
static void burden_is_carried_through_lines(void **state) {
    (void)state;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    const nen__course_plan p = plan_of(NEN__CLASS_none);
    const double g = exp(-5), bg = exp(2) * g;
    growth_is(&t, -5);
    t.p[NEN__P_DEATH] = -5;
    t.p[NEN__P_death_burden] = 2;
    follow(&t, &c, &p, 1, 0);
    for (unsigned week = 20; week < 400; week += 40) {
        const double months = months_of(week), sum = exp(-5) * expm1(bg * months) / bg;
        share_is(after(tally.os, PEOPLE, week), exp(-sum), PEOPLE);
        if (g * months < log_ratio)
            share_is(after(tally.pfs[0], PEOPLE, week), exp(-sum), PEOPLE);
    }
}

/* ---- growth and progression ---- */

static void lesions_come_exponentially(void **state) {
    (void)state;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    const nen__course_plan p = plan_of(NEN__CLASS_ssa);
    growth_is(&t, -20);
    t.p[NEN__P_lesion_base] = logf(0.03f);
    follow(&t, &c, &p, 12, 0);
    for (unsigned week = 20; week < LONG_WEEKS; week *= 2)
        share_is(after(tally.pfs[0], PEOPLE, week), exp(-0.03 * months_of(week)),
                 PEOPLE);
}

/* Therapies hold growth back as a product: log 1.2 over g (1 - h) (1 - k). */
static void holds_multiply(void **state) {
    (void)state;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    nen__course_plan p = plan_of(NEN__CLASS_ssa);
    t.p[NEN__P_HOLD + NEN__CLASS_ssa - 1] = 0;        /* a half */
    t.p[NEN__P_HOLD + NEN__CLASS_mtor - 1] = -log(2); /* a third */
    const double months = log_ratio / exp(-3.5);
    follow(&t, &c, &p, 12, 0);
    progress_in_week(tally.pfs[0], 2 * months * WEEKS_A_MONTH, 0);
    p.line[0].klass[1] = NEN__CLASS_mtor;
    follow(&t, &c, &p, 12, 0);
    progress_in_week(tally.pfs[0], 3 * months * WEEKS_A_MONTH, 0);
}

/* A class used before keeps its share of effect; in a second line, too. */
static void a_class_used_again_holds_less(void **state) {
    (void)state;
    nen__theta t = quiet();
    nen__cohort c = ageless();
    nen__course_plan p = plan_of(NEN__CLASS_ssa);
    p.lines = 2;
    p.line[1].klass[0] = NEN__CLASS_ssa;
    t.p[NEN__P_HOLD + NEN__CLASS_ssa - 1] = 0; /* a half */
    t.p[NEN__P_reuse] = 0;                     /* half of that: a quarter */
    const double weeks = log_ratio / exp(-3.5) * WEEKS_A_MONTH;
    follow(&t, &c, &p, 12, 0);
    progress_in_week(tally.pfs[0], 2 * weeks, 0);
    progress_in_week(tally.pfs[1], weeks / 0.75, 0);
    c.used = 1u << NEN__CLASS_ssa;
    follow(&t, &c, &p, 12, 0);
    progress_in_week(tally.pfs[0], weeks / 0.75, 0);
}

/* Half of growth until the cap, and of that e^(-over / wane). */
static const double cap_months = 3, wane_months = 7.38905609893065; /* e^2 */

static double held_growth(double months) {
    const double over = months - cap_months;
    const double held =
        over > 0 ? cap_months + wane_months * -expm1(-over / wane_months) : months;
    return exp(-3.5) * (months - 0.5 * held);
}

static void a_capped_therapy_wanes(void **state) {
    (void)state;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    nen__course_plan p = plan_of(NEN__CLASS_alkylating);
    t.p[NEN__P_HOLD + NEN__CLASS_alkylating - 1] = 0;
    t.p[NEN__P_wane_chemo] = 2;
    t.p[NEN__P_wane_prrt] = 10; /* another's */
    p.line[0].cap_weeks[0] = (float)(cap_months * WEEKS_A_MONTH);
    follow(&t, &c, &p, 1, 0);
    progress_in_week(tally.pfs[0], month_of(held_growth, log_ratio) * WEEKS_A_MONTH, 1);
}

/* g t - kill (1 - e^(-t / tau)), over its smallest value at tau log(kill / (g tau)). */
static double kill_log, kill_months;

static double size_log(double months) {
    return exp(-3.5) * months + kill_log * expm1(-months / kill_months);
}

static double over_least(double months) {
    const double least = kill_months * log(kill_log / (exp(-3.5) * kill_months));
    return months < least ? 0 : size_log(months) - size_log(least);
}

static void kill_shrinks_to_its_nadir(void **state) {
    (void)state;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    const nen__course_plan p = plan_of(NEN__CLASS_tki);
    kill_months = (double)nen__constant[NEN__K_KILL_MONTHS + NEN__CLASS_tki - 1];
    t.p[NEN__P_HOLD + NEN__CLASS_tki - 1] = OFF;
    /* the smallest size is e^-0.004, e^-0.31 and e^-0.41 of the first; 30 % is e^-0.357
     */
    static const double kills[] = {0.12, 0.57, 0.70};
    for (int k = 0; k < 3; k++) {
        kill_log = kills[k];
        const double least = kill_months * log(kill_log / (exp(-3.5) * kill_months));
        assert_true((size_log(least) < log(0.7)) == (k == 2));
        t.p[NEN__P_KILL + NEN__CLASS_tki - 1] = (float)log(kill_log);
        follow(&t, &c, &p, 1, 0);
        unsigned first = 0;
        while (!tally.pfs[0][first])
            first++;
        const double week = month_of(over_least, log_ratio) * WEEKS_A_MONTH;
        if (fabs(first - week) > 1.5) fail_msg("week %u, not %g", first, week);
        assert_int_equal(tally.response[0], k == 2 ? PEOPLE : 0);
        /* no larger than at the start until g t = kill (1 - e^(-t / tau)) */
        double back = least, calm = 0;
        while (size_log(back) < 0)
            back += 1e-3;
        for (unsigned i = first; i < NEN__WEEKS_MAX; i++)
            calm += fmin(i, back * WEEKS_A_MONTH) * tally.pfs[0][i] / PEOPLE;
        assert_true(fabs((double)tally.controlled_weeks[0] / PEOPLE - calm) < 1);
    }
}

/* Log growth is normal: mean by Ki-67, earlier lines and their drift. */
static double normal_cdf(double z) {
    return erfc(-z / sqrt(2)) / 2;
}

/* Share whose size reaches the threshold by then, over the sizes of tumors. */
static double share_grown(double mean, double sd, double months) {
    enum { SIZES = 2000 };
    double sum = 0;
    for (int i = 0; i < SIZES; i++) {
        double z = -6 + 12 * (i + 0.5) / SIZES;
        const double size = (double)nen__constant[NEN__K_size_median_mm] *
                            exp((double)nen__constant[NEN__K_size_sd_log] * z);
        const double level =
            log(fmax(1.2, 1 + (double)nen__constant[NEN__K_progression_mm] / size));
        sum += 12.0 / SIZES * exp(-z * z / 2) / sqrt(2 * acos(-1)) *
               (1 - normal_cdf((log(level / months) - mean) / sd));
    }
    return sum;
}

static void growth_is_log_normal(void **state) {
    (void)state;
    nen__theta t = quiet();
    nen__cohort c = ageless();
    const nen__course_plan p = plan_of(NEN__CLASS_none);
    const double sd = 0.8, drift = 0.25;
    t.p[NEN__P_growth_sd] = (float)log(sd);
    t.p[NEN__P_drift] = (float)log(drift);
    for (int k = 0; k < 3; k++) {
        double mean = -3.5;
        c.ki67_pct = k == 1 ? 15.0f : (float)nen__constant[NEN__K_ki67_reference_pct];
        c.prior_lines = k == 2 ? 2.0f : 0.0f;
        if (k == 1)
            mean += 0.5 * log(15 / (double)nen__constant[NEN__K_ki67_reference_pct]);
        if (k == 2) mean += drift * 2 * (double)nen__constant[NEN__K_line_years];
        follow(&t, &c, &p, 1, 0);
        for (unsigned week = 10; week < 160; week *= 2)
            share_is(1 - after(tally.pfs[0], PEOPLE, week),
                     share_grown(mean, sd, months_of(week)), PEOPLE);
    }
}

/* ---- who enters, who leaves ---- */

static void entry_has_its_share(void **state) {
    (void)state;
    nen__theta t = quiet();
    nen__cohort c = ageless();
    const nen__course_plan p = plan_of(NEN__CLASS_none);
    c.entry_growth_months = 9;
    t.p[NEN__P_growth_sd] = 0;
    for (int stable = 0; stable < 2; stable++) {
        c.entry_stable = stable;
        follow(&t, &c, &p, 12, 0);
        const double fast = 1 - normal_cdf(log(log_ratio / 9) + 3.5);
        share_is((double)tally.patients / PEOPLE, stable ? 1 - fast : fast, PEOPLE);
    }
    growth_is(&t, -30);
    c.entry_stable = false;
    t.p[NEN__P_lesion_base] = logf(0.05f);
    follow(&t, &c, &p, 12, 0);
    share_is((double)tally.patients / PEOPLE, 1 - exp(-0.05 * 9), PEOPLE);
    growth_is(&t, -5); /* too slow to grow by a fifth; but growth brings lesions */
    t.p[NEN__P_growth_sd] = OFF;
    t.p[NEN__P_lesion_growth] = logf(2);
    follow(&t, &c, &p, 12, 0);
    const double lesions = (0.05 + 2 * exp(-5)) * 9;
    share_is((double)tally.patients / PEOPLE, 1 - exp(-lesions), PEOPLE);
}

static void a_share_never_reaches_the_next_line(void **state) {
    (void)state;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    nen__course_plan p = plan_of(NEN__CLASS_none);
    p.lines = 3;
    t.p[NEN__P_dropout] = -1;
    follow(&t, &c, &p, 12, 0);
    const double stay = 1 - 1 / (1 + exp(1));
    assert_int_equal(tally.pfs[0][NEN__WEEKS_MAX], 0); /* all progressed */
    share_is((double)tally.reached[1] / PEOPLE, stay, PEOPLE);
    share_is((double)tally.reached[2] / tally.reached[1], stay, tally.reached[1]);
}

/* ---- scans ---- */

/* Nothing grows; the first scan calls it progression when its error over that of the
 * start makes a fifth and 5 mm. */
static void scan_error_has_its_share(void **state) {
    (void)state;
    enum { STEPS = 400 };
    const double sd = 0.12, wide = 5;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    const nen__course_plan p = plan_of(NEN__CLASS_none);
    growth_is(&t, -30);
    follow(&t, &c, &p, 12, (float)sd);
    double want = 0;
    for (int i = 0; i < STEPS; i++) {
        for (int j = 0; j < STEPS; j++) { /* error at the start, size */
            const double z = -wide + 2 * wide * (i + 0.5) / STEPS;
            const double y = -wide + 2 * wide * (j + 0.5) / STEPS;
            const double size = (double)nen__constant[NEN__K_size_median_mm] *
                                exp((double)nen__constant[NEN__K_size_sd_log] * y);
            const double first = exp(sd * z);
            const double level =
                fmax(1.2 * first,
                     first + (double)nen__constant[NEN__K_progression_mm] / size);
            want += exp(-(z * z + y * y) / 2) * (1 - normal_cdf(log(level) / sd));
        }
    }
    want *= 4 * wide * wide / STEPS / STEPS / (2 * acos(-1));
    share_is(1 - after(tally.pfs[0], PEOPLE, 12), want, PEOPLE);
    assert_true(want > 0.05);
}

/* A response is one that a second scan confirms, each compared with the first scan and
 * its error: by error alone, 20 % are 30 % smaller once (normal, -0.357 over 0.3 sqrt
 * 2), and 8 % twice, less those whose second is a fifth over the first. */
static void responses_are_confirmed(void **state) {
    (void)state;
    nen__theta t = quiet();
    const nen__cohort c = ageless();
    const nen__course_plan p = plan_of(NEN__CLASS_none);
    growth_is(&t, -30);
    for (uint16_t scans = 1; scans < 3; scans++) {
        const nen__view view = {.visit_weeks = 12,
                                .noise_sd = 0.3f,
                                .horizon_weeks = (uint16_t)(12 * scans)};
        run_view(&t, &c, &p, &view, PEOPLE, NEN__BATCH, &tally);
        const double share = (double)tally.response[0] / PEOPLE;
        if (scans == 1)
            assert_true(share == 0);
        else
            assert_true(share > 0.04 && share < 0.08);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constant_hazard_is_exponential),
        cmocka_unit_test(age_kills_after_gompertz),
        cmocka_unit_test(growing_burden_kills_after_gompertz),
        cmocka_unit_test(burden_is_carried_through_lines),
        cmocka_unit_test(lesions_come_exponentially),
        cmocka_unit_test(holds_multiply),
        cmocka_unit_test(a_class_used_again_holds_less),
        cmocka_unit_test(a_capped_therapy_wanes),
        cmocka_unit_test(kill_shrinks_to_its_nadir),
        cmocka_unit_test(growth_is_log_normal),
        cmocka_unit_test(entry_has_its_share),
        cmocka_unit_test(a_share_never_reaches_the_next_line),
        cmocka_unit_test(scan_error_has_its_share),
        cmocka_unit_test(responses_are_confirmed),
    };
    return cmocka_run_group_tests(tests, example_start, example_end);
}
