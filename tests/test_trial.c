/* test_trial.c - people drawn and followed, designs read, trials counted in parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ids.h"
#include "read.h"
#include "sequence.h"
#include "trial.h"
#include "write.h"

static void near(double x, double y, double within) {
    if (!(x - y < within && y - x < within)) fail_msg("%g is not near %g", x, y);
}

/* ---- people ---- */

static nen__curve curve;
static nen__drawn_from from;
static nen__people few, many;

/* A tenth has the event in each of the first five weeks, the rest never. */
static int tenths(void **state) {
    (void)state;
    memset(&curve, 0, sizeof curve);
    for (unsigned i = 1; i <= 5; i++)
        curve.event[i] = 2;
    curve.event[NEN__WEEKS_MAX] = 10;
    curve.total = 20;
    nen__draw_from(&curve, &from);
    memset(&few, 0, sizeof few);
    memset(&many, 0, sizeof many);
    return 0;
}

static double sum(const double *x) {
    double s = 0;
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++)
        s += x[i];
    return s;
}

static void people_have_events_as_the_curve_says(void **state) {
    (void)state;
    nen__dice dice = {1, 0, 0, 0, 0};
    nen__people_draw(&from, 20000, &(nen__follow_up){0, 0, 0}, &dice, &many);
    near(sum(many.had.event), 20000, 1e-9);
    near(sum(many.censored), 0, 1e-9);
    for (unsigned i = 1; i <= 5; i++)
        near(many.had.event[i], 2000, 4 * 42.5); /* 4 standard errors */
}

static void the_first_of_more_are_the_same(void **state) {
    (void)state;
    const nen__follow_up f = {3, 6, 0.05};
    nen__dice one = {1, 0, 0, 0, 0}, two = one;
    nen__people_draw(&from, 300, &f, &one, &few);
    nen__people_draw(&from, 100, &f, &two, &many);
    nen__people_draw(&from, 200, &f, &two, &many);
    assert_memory_equal(&few, &many, sizeof few);
}

static void follow_up_ends_with_the_trial(void **state) {
    (void)state;
    nen__dice dice = {1, 0, 0, 0, 0};
    nen__people_draw(&from, 1000, &(nen__follow_up){0, 3, 0}, &dice, &few);
    near(few.had.event[4] + few.had.event[5], 0, 1e-9);
    near(few.censored[3], sum(few.censored), 1e-9);
    near(sum(few.had.event) + sum(few.censored), 1000, 1e-9);
    dice = (nen__dice){1, 0, 0, 0, 0};
    nen__people_draw(&from, 40000, &(nen__follow_up){100, 200, 0}, &dice, &many);
    double weeks = 0;
    for (unsigned i = 0; i < NEN__WEEKS_MAX; i++) {
        weeks += many.censored[i] * (i + 0.5);
        if (i < 100 || i >= 200) near(many.censored[i], 0, 1e-9);
    }
    near(weeks / sum(many.censored), 150, 1); /* they join evenly */
}

static void who_is_lost_leaves_at_the_rate(void **state) {
    (void)state;
    nen__dice dice = {1, 0, 0, 0, 0};
    memset(&curve, 0, sizeof curve);
    curve.event[NEN__WEEKS_MAX] = curve.total = 1;
    nen__draw_from(&curve, &from);
    nen__people_draw(&from, 40000, &(nen__follow_up){0, 1500, 0.02}, &dice, &many);
    double weeks = 0;
    for (unsigned i = 0; i < NEN__WEEKS_MAX; i++)
        weeks += many.censored[i] * (i + 0.5);
    near(weeks / 40000, 50, 1);
}

static void a_share_is_drawn_around_it(void **state) {
    (void)state;
    nen__dice dice = {1, 0, 0, 0, 0};
    near(1 / (1 + nen__exp_f64(-nen__share_drawn(0, 100000, &dice))), 0.5, 0.01);
    assert_true(nen__share_drawn(-700, 10, &dice) > -10); /* kept off 0 */
}

/* ---- designs ---- */

static const char text[] =
    "{\"population\": {\"site\": {\"pancreas\": 1}},"
    " \"arms\": [{\"name\": \"b\", \"n\": 40, \"plan\": \"sunitinib\"},"
    " {\"name\": \"a\", \"n\": 20, \"plan\": \"lanreotide\"}],"
    " \"accrual_months\": 12, \"follow_up_months\": 24, \"replicates\": 50}";

static nen_design design;
static nen_dossier room;
static int tokens[4096];

static nen_status read_design(const char *of) {
    nen_error error;
    return nen_read_design(of, strlen(of), tokens, sizeof tokens, &design, &error);
}

static int readable(void **state) {
    (void)state;
    nen_refusal refusal;
    if (read_design(text) != NEN_OK) return 1;
    return nen_design_check(&design, &room, &refusal) != NEN_OK;
}

static void a_short_design_has_its_defaults(void **state) {
    (void)state;
    assert_int_equal(design.arms, 2);
    assert_int_equal(design.arm[1].n, 20);
    assert_int_equal(design.grades, 0);
    near(design.alpha, 0.05, 1e-12);
    near(design.scan_weeks, 12, 1e-12);
    assert_true(design.functioning_share < 0);
    assert_int_equal(nen__design_months(&design), 36);
    assert_false(nen__design_alike(&design));
}

static void sizes_are_quarters_and_multiples(void **state) {
    (void)state;
    nen__sizes s = nen__design_sizes(&design);
    assert_int_equal(s.count, NEN_TRIAL_SIZES);
    assert_int_equal(s.n[s.planned][0], 40);
    assert_int_equal(s.n[0][0], 10);
    assert_int_equal(s.n[s.count - 1][1], 80);
    design.arm[0].n = design.arm[1].n = 1;
    s = nen__design_sizes(&design);
    assert_int_equal(s.n[s.planned][0], 1);
    for (unsigned i = 1; i < s.count; i++)
        assert_true(s.n[i][0] > s.n[i - 1][0]);
}

/* The cells of the model and the models of single cases are the same origins. */
static void cells_are_what_cases_are(void **state) {
    (void)state;
    static const struct {
        const char *site;
        nen__origin origin;
    } sites[] = {
        {"pancreas", NEN__ORIGIN_pancreas}, {"jejunum_ileum", NEN__ORIGIN_midgut},
        {"stomach", NEN__ORIGIN_gut},       {"rectum", NEN__ORIGIN_gut},
        {"lung", NEN__ORIGIN_lung},         {"unknown", NEN__ORIGIN_gut},
        {"appendix", NEN__ORIGIN_midgut}};
    for (unsigned i = 0; i < sizeof sites / sizeof *sites; i++) {
        nen_refusal refusal;
        nen_who who;
        nen__trial_arm arm;
        const int word = nen_word_find(NEN__F_SITE, sites[i].site);
        design.site[0].words = (uint64_t)1 << word;
        design.arm[0].plan[0] = design.arm[1].plan[0]; /* told of all of them */
        assert_int_equal(nen_design_check(&design, &room, &refusal), NEN_OK);
        nen_course_who(&room, &who);
        nen__design_arm(&design, 0, 0, &arm);
        assert_int_equal(arm.cells, 2); /* G1 and G2 */
        for (unsigned c = 0; c < arm.cells; c++) {
            assert_int_equal(arm.cell[c].cohort.origin, sites[i].origin);
            assert_int_equal(arm.cell[c].cohort.origin, who.origin);
            near(arm.cell[c].weight, 0.5, 1e-12);
        }
    }
}

static void earlier_treatment_counts(void **state) {
    (void)state;
    nen_refusal refusal;
    const int option = nen_option_find("everolimus");
    design.prior[option / 64] |= (uint64_t)1 << (option % 64);
    assert_int_equal(nen_design_check(&design, &room, &refusal), NEN_OK);
    assert_true(design.used >> NEN__CLASS_mtor & 1);
    near(design.prior_lines, 1, 1e-12);
    design.line = 4;
    assert_int_equal(nen_design_check(&design, &room, &refusal), NEN_OK);
    near(design.prior_lines, 3, 1e-12);
    design.line = 1;
    assert_int_equal(nen_design_check(&design, &room, &refusal), NEN_ERR_IMPOSSIBLE);
    assert_int_equal(refusal.what, NEN_REFUSED_LINE);
}

static void crossing_adds_a_line(void **state) {
    (void)state;
    nen__trial_arm arm;
    design.crossover_pct = 30;
    nen__design_arm(&design, 0, 0, &arm);
    near(arm.crossover_share, 0, 1e-12);
    nen__design_arm(&design, 1, 0, &arm);
    near(arm.crossover_share, 0.3, 1e-12);
    assert_int_equal(arm.crossed.lines, 2);
    assert_int_equal(arm.crossed.line[1].klass[0], NEN__CLASS_tki);
}

/* ---- trials ---- */

static void *memory(size_t bytes) {
    enum { ALIGN = 64 };
    const size_t size = (bytes + ALIGN - 1) / ALIGN * ALIGN;
    void *m = aligned_alloc(ALIGN, size);
    if (m) memset(m, 0, size);
    return m;
}

static const nen_trial_setting setting = {.patients = 300, .draws = 3};

static void count(unsigned draw, uint32_t first, uint32_t step, void *work,
                  void *tally) {
    const nen_trial_slice slice = {(uint16_t)draw, false, first, step,
                                   design.replicates};
    nen_trial_count(&design, &setting, &slice, work, tally);
}

static void parts_add_up_to_the_whole(void **state) {
    (void)state;
    void *work = memory(nen_trial_work_size());
    nen__trial_tally *whole = memory(sizeof *whole), *a = memory(sizeof *a),
                     *b = memory(sizeof *b);
    assert_true(work && whole && a && b);
    for (unsigned d = 0; d < 3; d++)
        count(d, d, 3, work, whole);
    count(2, 2, 3, work, b);
    count(0, 0, 3, work, b);
    count(1, 4, 6, work, a);
    count(1, 1, 6, work, a);
    nen_trial_add(a, b);
    assert_int_equal(whole->trials, design.replicates);
    assert_memory_equal(a, whole, sizeof *a);
    static nen_trial sum_of;
    assert_int_equal(nen_trial_sum(&design, &setting, whole, whole, &sum_of), NEN_OK);
    assert_true(sum_of.arm[0].pfs_at_risk[0] == 40);
    free(work);
    free(whole);
    free(a);
    free(b);
}

/* A growth that nobody had leaves nobody to follow: said, not averaged over. */
static void nobody_enters(void **state) {
    (void)state;
    void *work = memory(nen_trial_work_size()), *tally = memory(nen_trial_tally_size());
    static nen_trial sum_of;
    assert_true(work && tally);
    ((nen__trial_tally *)tally)->nobody = 1;
    count(0, 0, 3, work, tally);
    assert_int_equal(nen_trial_sum(&design, &setting, tally, tally, &sum_of),
                     NEN_ERR_RANGE);
    free(work);
    free(tally);
}

#define DRAWN(test)  cmocka_unit_test_setup(test, tenths)
#define DESIGN(test) cmocka_unit_test_setup(test, readable)

int main(void) {
    const struct CMUnitTest tests[] = {
        DRAWN(people_have_events_as_the_curve_says),
        DRAWN(the_first_of_more_are_the_same),
        DRAWN(follow_up_ends_with_the_trial),
        DRAWN(who_is_lost_leaves_at_the_rate),
        DRAWN(a_share_is_drawn_around_it),
        DESIGN(a_short_design_has_its_defaults),
        DESIGN(sizes_are_quarters_and_multiples),
        DESIGN(cells_are_what_cases_are),
        DESIGN(earlier_treatment_counts),
        DESIGN(crossing_adds_a_line),
        DESIGN(parts_add_up_to_the_whole),
        DESIGN(nobody_enters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
