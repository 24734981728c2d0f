/* test_fit.c - statistics against closed forms, the update against Bayes, the arms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "calibration.h"
#include "fmath.h"
#include "plan.h"
#include "read.h"
#include "rng.h"
#include "run.h"
#include "target.h"
#include "trial.h"
#include "update.h"

static void near(double x, double y, double within) {
    if (!(x - y < within && y - x < within)) fail_msg("%g is not near %g", x, y);
}

/* Exponential times with this hazard a week. */
static nen__curve exponential(double hazard) {
    nen__curve c = {.total = 1};
    double left = 1;
    for (unsigned i = 0; i < NEN__WEEKS_MAX; i++) {
        const double next = nen__exp_f64(-hazard * (i + 1));
        c.event[i] = left - next;
        left = next;
    }
    c.event[NEN__WEEKS_MAX] = left;
    return c;
}

/* ---- stat ---- */

static void an_exponential_has_its_median_and_survival(void **state) {
    (void)state;
    const double hazard = 0.01, median = 0x1.62e42fefa39efp-1 / hazard;
    const nen__curve c = exponential(hazard);
    near(fit_quantile(&c, 0.5, NEN__WEEKS_MAX), median, 0.01);
    near(fit_quantile(&c, 0.5, 40), median, 0.1); /* beyond the cut: extended */
    near(fit_survival(&c, 52), nen__exp_f64(-0.52), 1e-4);
    near(fit_survival(&c, 0), 1, 1e-12);
}

static void hazard_ratio_of_two_exponentials(void **state) {
    (void)state;
    const nen__curve a = exponential(0.005), b = exponential(0.01);
    const double half = nen__log_f64(0.5);
    near(fit_log_hazard_ratio(&a, &b, 100, 100, 1500), half, 2e-3);
    near(fit_log_hazard_ratio(&a, &b, 200, 100, 1500), half, 2e-3);
    near(fit_log_hazard_ratio(&a, &b, 100, 100, 50), half, 2e-3);
    near(fit_log_hazard_ratio(&a, &a, 100, 50, 1500), 0, 1e-9);
    near(fit_log_hazard_ratio(&b, &a, 100, 100, 1500),
         -fit_log_hazard_ratio(&a, &b, 100, 100, 1500), 1e-7);
}

static void hazard_ratio_without_events_is_0(void **state) {
    (void)state;
    nen__curve none = {.total = 10};
    none.event[NEN__WEEKS_MAX] = 10;
    near(fit_log_hazard_ratio(&none, &none, 1, 1, 100), 0, 1e-12);
}

static void jitter_keeps_people_and_the_mean(void **state) {
    (void)state;
    nen__curve c = {.total = 3};
    c.event[24] = 2;
    c.event[NEN__WEEKS_MAX] = 1;
    nen__curve_jitter(&c, 3);
    double sum = 0, weeks = 0;
    for (unsigned i = 0; i < NEN__WEEKS_MAX; i++) {
        sum += c.event[i];
        weeks += c.event[i] * i;
    }
    near(sum, 2, 1e-12);
    near(weeks / sum, 24, 1e-9);
    near(c.event[NEN__WEEKS_MAX], 1, 1e-12);
    assert_true(c.event[21] > 0 && c.event[27] > 0);
    near(c.event[20] + c.event[28], 0, 1e-12);
}

/* ---- update: a linear model with Gaussian prior has a known posterior ---- */

enum { MEMBERS = 4000 };
static double theta[MEMBERS * 2], told[MEMBERS * 2], room[64];

static void tell(void) {
    for (unsigned m = 0; m < MEMBERS; m++) { /* both figures speak of the first */
        told[2 * m] = 2 * theta[2 * m];
        told[2 * m + 1] = theta[2 * m] + 1;
    }
}

static void update_is_bayes_for_a_linear_model(void **state) {
    (void)state;
    static const double value[] = {3, 2}, error[] = {1, 0.5};
    static const uint8_t heard[] = {1, 0, 1, 0};
    fit_ensemble e = {MEMBERS, 2, 2, theta, told, value, error, heard, room, 5, 0};
    assert_true(fit_update_room(&e) <= sizeof room / sizeof *room);
    for (unsigned i = 0; i < 2 * MEMBERS; i++) {
        const nen__counter at = {i, 0, 1, 0};
        theta[i] = (double)nen__normal_f32(nen__philox(1, at).w0);
    }
    const double other = theta[1];
    for (e.step = 0; e.step < 2; e.step++) { /* half of the likelihood each */
        tell();
        assert_true(fit_update(&e, 0.5));
    }
    /* precision 1 + 4 / 1 + 1 / 0.25, mean (2 * 3 + 4 * 1) / 9 */
    double mean = 0, square = 0;
    for (unsigned m = 0; m < MEMBERS; m++) {
        mean += theta[2 * m] / MEMBERS;
        square += theta[2 * m] * theta[2 * m] / MEMBERS;
    }
    near(mean, 10.0 / 9, 0.03);
    near(square - mean * mean, 1.0 / 9, 0.01);
    assert_true(theta[1] == other); /* nothing was heard of the second */
}

static void the_share_taken_next_is_within_what_is_left(void **state) {
    (void)state;
    static const double value[] = {3, 2}, error[] = {0.01, 0.01};
    fit_ensemble e = {MEMBERS, 2, 2, theta, told, value, error, NULL, NULL, 5, 0};
    for (unsigned i = 0; i < 2 * MEMBERS; i++)
        theta[i] = i % 7;
    tell();
    const double share = fit_next_share(&e, 1);
    assert_true(share > 0 && share < 0.01);
    near(fit_next_share(&e, share / 2), share / 2, 1e-15);
}

/* ---- plans and arms ---- */

static void plans_become_classes_and_caps(void **state) {
    (void)state;
    nen__course_plan p[4];
    assert_int_equal(
        fit_plans("lutetium_dotatate*4+octreotide_lar,everolimus@30m | sunitinib", 4,
                  p),
        2);
    assert_int_equal(p[0].lines, 2);
    assert_int_equal(p[0].line[0].klass[0], NEN__CLASS_prrt);
    assert_int_equal(p[0].line[0].klass[1], NEN__CLASS_ssa);
    near((double)p[0].line[0].cap_weeks[0], 32, 1e-6);
    near((double)p[0].line[0].cap_weeks[1], 0, 1e-12);
    near((double)p[0].line[1].cap_weeks[0], 30 * FIT_WEEKS_PER_MONTH, 1e-3);
    assert_int_equal(p[1].line[0].klass[0], NEN__CLASS_tki);
    assert_int_equal(fit_plans("telotristat+octreotide_lar", 4, p), 0);
    assert_int_equal(fit_plans("watch_and_wait_metastatic", 4, p), 1);
    assert_int_equal(p[0].line[0].klass[0], NEN__CLASS_none);
}

static fit_targets targets;

static void every_arm_adds_up(void **state) {
    (void)state;
    fit_targets_choose(&nen__calibration, &targets);
    assert_true(targets.targets > 100);
    for (unsigned s = 0; s < targets.sims; s++) {
        const nen__trial_arm *a = &targets.sim[s].arm;
        double sum = 0;
        for (unsigned g = 0; g < a->cells; g++)
            sum += a->cell[g].weight;
        near(sum, 1, 1e-9);
        assert_true(a->crossover_share >= 0 && a->crossover_share < 1);
    }
    for (unsigned d = 0; d < targets.targets; d++) {
        const fit_target *x = &targets.target[d];
        assert_true(x->error > 0 && x->floor > 0 && x->n > 0);
        near(fit_published(x->figure, x->value), x->figure->value,
             fit_is_share(x->figure) ? 3 : 1e-9); /* shares: half a person */
    }
}

static void a_simulated_arm_counts_everyone(void **state) {
    (void)state;
    static nen__arm_seen r;
    nen__theta t;
    fit_room space;
    fit_targets_choose(&nen__calibration, &targets);
    assert_true(fit_room_make(&space));
    memcpy(t.p, nen__prior_mean, sizeof t.p);
    nen__arm_follow(&targets.sim[0].arm, &t, 1, 1024, space.work, space.tally, &r);
    double sum = 0;
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++)
        sum += r.os.event[i];
    near(sum, 1, 1e-9);
    near(r.os.total, 1, 1e-9);
    assert_true(r.entered > 0 && r.entered <= 1);
    fit_room_free(&space);
}

/* Every figure is among its trial's own or among the rest, with its own arms. */
static void a_trial_left_out_takes_its_figures_along(void **state) {
    (void)state;
    static fit_targets own, rest;
    fit_targets_choose(&nen__calibration, &targets);
    unsigned figures = 0;
    for (unsigned t = 0; t < targets.set->trials; t++) {
        fit_targets_of(&targets, t, false, &own);
        fit_targets_of(&targets, t, true, &rest);
        assert_int_equal(own.targets + rest.targets, targets.targets);
        for (unsigned d = 0; d < own.targets; d++) {
            const nen__figure *f = own.target[d].figure;
            assert_int_equal(own.set->arm[f->arm].trial, t);
            assert_int_equal(own.sim[own.target[d].sim].number, f->arm);
            if (f->statistic == NEN__STATISTIC_hazard_ratio)
                assert_int_equal(own.sim[own.target[d].versus].number, f->versus);
        }
        for (unsigned s = 0; s < rest.sims; s++)
            assert_true(rest.set->arm[rest.sim[s].number].trial != t);
        figures += own.targets;
    }
    assert_int_equal(figures, targets.targets);
}

/* A trial's people differ by their own numbers, and by none of another trial's. */
static void a_trial_differs_by_its_own_numbers(void **state) {
    (void)state;
    fit_targets_choose(&nen__calibration, &targets);
    const unsigned width = fit_width(&targets), next = targets.set->trials;
    double *numbers = calloc(width, sizeof *numbers);
    assert_non_null(numbers);
    assert_int_equal(width, NEN__PARAMETERS + (next + 1) * FIT_EFFECTS);
    const nen__theta same = fit_theta(numbers, next);
    numbers[NEN__PARAMETERS + 1 * FIT_EFFECTS] = 1; /* growth in the second trial */
    const nen__theta first = fit_theta(numbers, 0), second = fit_theta(numbers, 1);
    assert_memory_equal(&first, &same, sizeof same);
    near((double)second.p[NEN__P_GROWTH], nen__trial_constant[NEN__T_between_growth],
         1e-6);
    near((double)second.p[NEN__P_HOLD], 0, 1e-12);
    numbers[NEN__PARAMETERS + next * FIT_EFFECTS + 2] = 1; /* hold of the first class */
    const nen__theta new = fit_theta(numbers, next);
    near((double)new.p[NEN__P_HOLD], nen__trial_constant[NEN__T_between_hold], 1e-6);
    near((double)new.p[NEN__P_HOLD + 1], 0, 1e-12);
    free(numbers);
}

/* PROMID as a published arm and as a design: the same people, the same therapy. */
static void a_planned_trial_is_followed_as_a_published_one(void **state) {
    (void)state;
    static const char promid[] =
        "{\"population\": {\"site\": {\"jejunum_ileum\": 1},"
        " \"grade\": {\"G1\": 95, \"G2\": 5}, \"prior\": []},"
        " \"arms\": [{\"name\": \"octreotide\", \"n\": 42, \"plan\": "
        "\"octreotide_lar\"},"
        " {\"name\": \"none\", \"n\": 43, \"plan\": \"watch_and_wait_metastatic\"}],"
        " \"scan_weeks\": 13, \"accrual_months\": 78, \"follow_up_months\": 18}";
    static nen_design design;
    static nen_dossier dossier;
    static int tokens[4096];
    static nen__trial_arm published, planned;
    nen_error error;
    nen_refusal refusal;
    assert_int_equal(nen_read_design(promid, sizeof promid - 1, tokens, sizeof tokens,
                                     &design, &error),
                     NEN_OK);
    assert_int_equal(nen_design_check(&design, &dossier, &refusal), NEN_OK);
    for (unsigned i = 0; i < 2; i++) {
        static const char *const names[] = {"arm.promid_oct", "arm.promid_pbo"};
        unsigned arm = 0;
        while (strcmp(nen__calibration.arm[arm].id, names[i]) != 0)
            arm++;
        assert_null(fit_arm_make(&nen__calibration, arm, 0, false, &published));
        nen__design_arm(&design, i, NEN__LANES_PORTABLE, &planned);
        assert_int_equal(planned.cells, published.cells);
        for (unsigned c = 0; c < planned.cells; c++) {
            const nen__cohort *a = &planned.cell[c].cohort,
                              *b = &published.cell[c].cohort;
            near(planned.cell[c].weight, published.cell[c].weight, 1e-12);
            assert_true(a->origin == b->origin && a->kind == b->kind &&
                        a->ki67_pct == b->ki67_pct && a->used == b->used &&
                        a->age_years == b->age_years && a->male_prob == b->male_prob &&
                        a->prior_lines == b->prior_lines &&
                        a->entry_growth_months == b->entry_growth_months);
        }
        assert_int_equal(planned.plan[0].lines, published.plan[0].lines);
        assert_int_equal(planned.plan[0].line[0].klass[0],
                         published.plan[0].line[0].klass[0]);
        near((double)planned.view.visit_weeks, (double)published.view.visit_weeks,
             1e-9);
        near((double)planned.view.noise_sd, (double)published.view.noise_sd, 1e-9);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exponential_has_its_median_and_survival),
        cmocka_unit_test(hazard_ratio_of_two_exponentials),
        cmocka_unit_test(hazard_ratio_without_events_is_0),
        cmocka_unit_test(jitter_keeps_people_and_the_mean),
        cmocka_unit_test(update_is_bayes_for_a_linear_model),
        cmocka_unit_test(the_share_taken_next_is_within_what_is_left),
        cmocka_unit_test(plans_become_classes_and_caps),
        cmocka_unit_test(every_arm_adds_up),
        cmocka_unit_test(a_simulated_arm_counts_everyone),
        cmocka_unit_test(a_trial_left_out_takes_its_figures_along),
        cmocka_unit_test(a_trial_differs_by_its_own_numbers),
        cmocka_unit_test(a_planned_trial_is_followed_as_a_published_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
