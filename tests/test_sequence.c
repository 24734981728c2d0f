/* test_sequence.c - cases as the course model takes them, runs, sums. */
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
#include "write.h"

enum { DRAWS = 8, PATIENTS = 1500, MONTHS = 120 };

static nen__course_work *work;

/* ---- helpers ---- */

/* Parameters for these checks alone; they claim nothing about tumors. */
static nen__theta theta_of(unsigned draw) {
    nen__theta t = {{0}};
    const float shift = 0.05f * (float)draw;
    for (unsigned i = 0; i < NEN__ORIGINS; i++)
        t.p[NEN__P_GROWTH + i] = -3.5f + shift;
    for (unsigned i = 0; i < NEN__KINDS; i++)
        t.p[NEN__P_DEATH + i] = -5;
    for (unsigned i = 0; i + 1 < NEN__CLASSES; i++) {
        t.p[NEN__P_HOLD + i] = 0.2f * (float)i - shift;
        t.p[NEN__P_KILL + i] = -2;
    }
    t.p[NEN__P_lesion_base] = -6;
    t.p[NEN__P_drift] = -2.5f;
    t.p[NEN__P_dropout] = -1.5f;
    t.p[NEN__P_wane_prrt] = 2.7f;
    t.p[NEN__P_wane_chemo] = 2;
    return t;
}

static const nen_setting setting = {
    .seed = 1, .patients = PATIENTS, .draws = DRAWS, .horizon_months = MONTHS};

/* All draws of one plan, counted in slices. */
static void run(const nen_who *who, const nen_plan *plan, uint32_t slice,
                nen_outcome *out) {
    static nen__tally sum, part;
    nen__cohort cohort;
    nen__course_plan lines;
    nen__course_cohort(who, &cohort);
    nen__course_plan_of(plan, &lines);
    for (unsigned d = 0; d < DRAWS; d++) {
        const nen__theta theta = theta_of(d);
        memset(&sum, 0, sizeof sum);
        for (uint32_t at = 0; at < PATIENTS; at += slice) {
            memset(&part, 0, sizeof part);
            const uint32_t left = PATIENTS - at;
            nen__course_count(&theta, &cohort, &lines, &setting, at,
                              left < slice ? left : slice, work, &part);
            nen_course_add(&sum, &part);
        }
        nen_course_outcome(plan, &setting, &sum, &out[d]);
    }
}

static nen_who someone(void) {
    static nen_dossier d;
    nen_who who;
    answer(midgut, &d);
    nen__course_case(&d, &who);
    return who;
}

/* ---- cases ---- */

static void takes_a_case(void **state) {
    (void)state;
    const nen_who who = someone();
    assert_int_equal(who.model, NEN_MODEL_NET);
    assert_int_equal(who.origin, NEN__ORIGIN_midgut);
    assert_true(who.ki67_pct == 8 && who.age_years == 62 && who.male_prob == 0);
    assert_true(who.prior_lines == 1 && who.used == 1u << NEN__CLASS_ssa);
    assert_true(who.growth_months > 0 && !who.stable);
    assert_int_equal(who.assumeds, 1); /* over how long it grew */
}

static void knows_its_limits(void **state) {
    (void)state;
    static nen_dossier d;
    static const struct {
        const char *pairs[9];
        const char *note;
    } cases[] = {
        {{"site", "pancreas", "grade", "G2", "metastases", "none", "spread",
          "localized"},
         "model.localized"},
        {{"site", "pancreas", "grade", "G2"}, "model.spread_unknown"},
        {{"site", "pancreas", "metastases", "liver"}, "model.kind_unknown"},
        {{"grade", "G2", "metastases", "liver"}, "model.site_unknown"},
        {{"site", "gep", "grade", "G1", "metastases", "liver"}, "model.site_unknown"},
        {{"site", "thymus", "histology", "atypical_carcinoid", "metastases", "liver"},
         "model.thymus"},
        {{"site", "skin", "histology", "merkel", "metastases", "liver"}, "model.skin"},
        {{"site", "colon", "histology", "minen", "metastases", "liver"}, "model.mixed"},
        {{"site", "lung", "histology", "lcnec", "metastases", "liver"},
         "model.large_cell"},
        {{"histology", "medullary_thyroid", "metastases", "liver"}, "model.thyroid"},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        nen_who who;
        answer(cases[i].pairs, &d);
        nen__course_case(&d, &who);
        assert_int_equal(who.model, NEN_MODEL_NONE);
        assert_string_equal(nen_row_get(who.note)->id, cases[i].note);
        assert_int_equal(who.origin + who.assumeds + who.used, 0);
    }
}

static void finds_models(void **state) {
    (void)state;
    static nen_dossier d;
    static const struct {
        const char *pairs[9];
        unsigned model, origin;
    } cases[] = {
        {{"site", "pancreas", "grade", "G1", "metastases", "liver"},
         NEN_MODEL_NET,
         NEN__ORIGIN_pancreas},
        {{"site", "rectum", "grade", "G2", "metastases", "liver"},
         NEN_MODEL_NET,
         NEN__ORIGIN_gut},
        {{"site", "lung", "histology", "typical_carcinoid", "metastases", "liver"},
         NEN_MODEL_NET,
         NEN__ORIGIN_lung},
        {{"site", "unknown", "grade", "G2", "metastases", "liver"},
         NEN_MODEL_NET,
         NEN__ORIGIN_gut},
        {{"site", "colon", "histology", "nec", "metastases", "liver"},
         NEN_MODEL_NEC,
         NEN__ORIGIN_nec},
        {{"site", "adrenal", "metastases", "bone"}, NEN_MODEL_PPGL, NEN__ORIGIN_ppgl},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        nen_who who;
        answer(cases[i].pairs, &d);
        nen__course_case(&d, &who);
        assert_int_equal(who.model, cases[i].model);
        assert_int_equal(who.origin, cases[i].origin);
        assert_true(who.ki67_pct > 0 && who.age_years > 0);
    }
}

static void none_before_the_fit(void **state) {
    (void)state;
    static nen_dossier d;
    nen_who who;
    answer(midgut, &d);
    nen_course_who(&d, &who);
    assert_int_equal(who.model, nen_course_draws() ? NEN_MODEL_NET : NEN_MODEL_NONE);
    if (!nen_course_draws()) assert_int_equal(who.note, NEN_T_COURSE_NOT_CALIBRATED);
}

/* ---- runs ---- */

/* A last line that kills what an earlier one held cannot be told from its twin. */
static void twins_are_equal(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    static nen_course sum[2];
    const nen_who who = someone();
    const nen_plan plan[] = {plan_of("lanreotide,everolimus"),
                             plan_of("octreotide_lar,everolimus")};
    run(&who, &plan[0], PATIENTS, out);
    run(&who, &plan[1], PATIENTS, out + DRAWS);
    assert_memory_equal(out, out + DRAWS, DRAWS * sizeof *out);
    assert_int_equal(nen_course_sum(plan, 2, &setting, out, sum), NEN_OK);
    assert_true(sum[0].best_prob == 0.5f && sum[1].best_prob == 0.5f);
    for (unsigned m = 0; m < NEN_METRICS; m++) {
        nen_difference d;
        nen_course_differ(&who, plan, 0, 1, (nen_metric)m, &setting, out, &d);
        assert_true(d.months.p05 == 0 && d.months.p50 == 0 && d.months.p95 == 0);
        assert_true(d.a_better_prob == 0.5f);
        assert_int_equal(d.verdict, NEN_VERDICT_CANNOT_TELL);
    }
}

static void swapping_flips(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    const nen_who who = someone();
    const nen_plan plan[] = {plan_of("lutetium_dotatate"),
                             plan_of("watch_and_wait_metastatic")};
    run(&who, &plan[0], PATIENTS, out);
    run(&who, &plan[1], PATIENTS, out + DRAWS);
    for (unsigned m = 0; m < NEN_METRICS; m++) {
        nen_difference ab, ba;
        if (m == NEN_METRIC_PFS2) continue; /* of one line there is none */
        nen_course_differ(&who, plan, 0, 1, (nen_metric)m, &setting, out, &ab);
        nen_course_differ(&who, plan, 1, 0, (nen_metric)m, &setting, out, &ba);
        assert_true(fabsf(ab.months.p50 + ba.months.p50) < 1e-3f);
        assert_true(fabsf(ab.months.p05 + ba.months.p95) < 1e-3f);
        assert_true(ab.a_better_prob + ba.a_better_prob == 1);
        assert_true(ab.months.p50 > 0); /* a minus b, and a is better */
        if (m == NEN_METRIC_PFS) {
            assert_int_equal(ab.verdict, NEN_VERDICT_A);
            assert_int_equal(ba.verdict, NEN_VERDICT_B);
        } else {
            assert_int_equal(ab.verdict, NEN_VERDICT_CANNOT_TELL);
        }
    }
}

/* Trials told growth and not life; and what is not sure after widening is not told. */
static void verdicts_are_widened(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    nen_who who = someone();
    nen_difference narrow, wide, life;
    const nen_plan plan[] = {plan_of("lutetium_dotatate"), plan_of("everolimus")};
    memset(out, 0, sizeof out);
    for (unsigned i = 0; i < DRAWS; i++) { /* 2 to 9 months: the middle is 5.5 */
        out[i].pfs_months[0] = out[i].rmst_months = (float)(i + 2);
        out[DRAWS + i].patients = out[i].patients = 1;
    }
    who.widen_ratio = 1;
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_PFS, &setting, out, &narrow);
    assert_int_equal(narrow.verdict, NEN_VERDICT_A);
    assert_int_equal(narrow.reason, NEN_T_COURSE_WHY_SURE);
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_RMST_MONTHS, &setting, out, &life);
    assert_true(life.a_better_prob == 1 && life.life);
    assert_int_equal(life.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(life.reason, NEN_T_COURSE_WHY_LIFE);
    who.widen_ratio = 3;
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_PFS, &setting, out, &wide);
    assert_true(wide.months.p50 == narrow.months.p50);
    assert_true(fabsf((wide.months.p95 - wide.months.p05) -
                      3 * (narrow.months.p95 - narrow.months.p05)) < 1e-3f);
    assert_true(wide.a_better_prob < narrow.a_better_prob && wide.a_better_prob > 0.5f);
    assert_int_equal(wide.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(wide.reason, NEN_T_COURSE_WHY_CLOSE);
}

/* An alkylating pair and everolimus were alike in SEQTOR, where the model has a hazard
 * ratio of 0.62: no trial that the model has seen tells them apart. */
static void seqtor_is_no_verdict(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    nen_who who = someone();
    nen_difference d;
    const nen_plan plan[] = {plan_of("captem"), plan_of("everolimus")};
    memset(out, 0, sizeof out);
    who.origin = NEN__ORIGIN_pancreas;
    for (unsigned i = 0; i < DRAWS; i++)
        out[i].pfs_months[0] = 9;
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_PFS, &setting, out, &d);
    assert_true(d.a_better_prob == 1);
    assert_int_equal(d.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(d.reason, NEN_T_COURSE_WHY_EVIDENCE);
    assert_string_equal(nen_option_id(d.option), "captem");
}

static void same_in_any_slices(void **state) {
    (void)state;
    static nen_outcome whole[DRAWS], sliced[DRAWS];
    const uint32_t slices[] = {1, 7, 100, 512, 513, 1499};
    const nen_who who = someone();
    const nen_plan plan = plan_of("lutetium_dotatate+octreotide_lar,everolimus");
    run(&who, &plan, PATIENTS, whole);
    for (unsigned i = 0; i < sizeof slices / sizeof *slices; i++) {
        run(&who, &plan, slices[i], sliced);
        assert_memory_equal(whole, sliced, sizeof whole);
    }
}

static void sums_are_in_order(void **state) {
    (void)state;
    static nen_outcome out[DRAWS];
    static nen_course sum;
    const nen_who who = someone();
    const nen_plan plan = plan_of("lutetium_dotatate,everolimus,cabozantinib");
    run(&who, &plan, PATIENTS, out);
    assert_int_equal(nen_course_sum(&plan, 1, &setting, out, &sum), NEN_OK);
    assert_true(sum.best_prob == 1);
    assert_true(sum.alive[0].p50 == 1);
    assert_true(sum.line[0].reached_pct.p05 == 100);
    assert_true(sum.rmst_months.p95 <= MONTHS);
    for (unsigned m = 1; m <= MONTHS; m++) {
        const nen_band *now = &sum.alive[m], *then = &sum.alive[m - 1];
        assert_true(now->p50 <= then->p50 && now->p05 <= now->p50);
        assert_true(now->p50 <= now->p95 && now->p05 >= 0);
    }
    for (unsigned l = 1; l < plan.lines; l++)
        assert_true(sum.line[l].reached_pct.p50 <= sum.line[l - 1].reached_pct.p50);
}

/* Mean survival up to the horizon is the area under the curve of each draw, which
 * stands half a week before the end of each month (0.115 months), as times are rounded.
 */
static void mean_survival_is_an_area(void **state) {
    (void)state;
    static nen_outcome out[DRAWS];
    const nen_who who = someone();
    const nen_plan plan = plan_of("lutetium_dotatate,everolimus");
    run(&who, &plan, PATIENTS, out);
    for (unsigned d = 0; d < DRAWS; d++) {
        float area = 0;
        for (unsigned m = 0; m < MONTHS; m++)
            area += (out[d].alive[m] + out[d].alive[m + 1]) / 2;
        assert_true(fabsf(area - out[d].rmst_months - 0.057f) < 0.077f);
    }
}

static void entry_rules(void **state) {
    (void)state;
    static nen_outcome grew[DRAWS], stood[DRAWS];
    static nen_course sum_grew, sum_stood;
    nen_who who = someone();
    const nen_plan plan = plan_of("watch_and_wait_metastatic");
    run(&who, &plan, PATIENTS, grew);
    assert_int_equal(nen_course_sum(&plan, 1, &setting, grew, &sum_grew), NEN_OK);
    who.stable = true;
    run(&who, &plan, PATIENTS, stood);
    assert_int_equal(nen_course_sum(&plan, 1, &setting, stood, &sum_stood), NEN_OK);
    assert_true(grew[0].patients + stood[0].patients == PATIENTS);
    assert_true(sum_grew.line[0].pfs_months.p50 < sum_stood.line[0].pfs_months.p50);
    assert_true(isnan(sum_grew.pfs2_months.p50)); /* a plan of one line */
    stood[1].patients = 0;
    assert_int_equal(nen_course_sum(&plan, 1, &setting, stood, &sum_stood),
                     NEN_ERR_RANGE);
}

static void no_verdict_on_order(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    nen_difference d;
    const nen_who who = someone();
    const nen_plan plan[] = {plan_of("lutetium_dotatate,everolimus"),
                             plan_of("lutetium_dotatate")};
    run(&who, &plan[0], PATIENTS, out);
    run(&who, &plan[1], PATIENTS, out + DRAWS);
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_RMST_MONTHS, &setting, out, &d);
    assert_true(d.a_better_prob >= 0.9f);
    assert_int_equal(d.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(d.reason, NEN_T_COURSE_WHY_ORDER);
    assert_string_equal(nen_option_id(d.option), "everolimus");
}

static void weak_evidence_is_no_verdict(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    nen_difference d;
    const nen_who who = someone();
    const nen_plan plan[] = {plan_of("folfox,folfiri"),
                             plan_of("watch_and_wait_metastatic")};
    run(&who, &plan[0], PATIENTS, out);
    run(&who, &plan[1], PATIENTS, out + DRAWS);
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_RMST_MONTHS, &setting, out, &d);
    assert_true(d.a_better_prob >= 0.9f);
    assert_int_equal(d.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(d.reason, NEN_T_COURSE_WHY_EVIDENCE);
    assert_string_equal(nen_option_id(d.option), "folfox");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_case),
        cmocka_unit_test(knows_its_limits),
        cmocka_unit_test(finds_models),
        cmocka_unit_test(none_before_the_fit),
        cmocka_unit_test(twins_are_equal),
        cmocka_unit_test(swapping_flips),
        cmocka_unit_test(verdicts_are_widened),
        cmocka_unit_test(seqtor_is_no_verdict),
        cmocka_unit_test(same_in_any_slices),
        cmocka_unit_test(sums_are_in_order),
        cmocka_unit_test(mean_survival_is_an_area),
        cmocka_unit_test(entry_rules),
        cmocka_unit_test(no_verdict_on_order),
        cmocka_unit_test(weak_evidence_is_no_verdict),
    };
    work = aligned_alloc(64, (nen__course_work_size() + 63) / 64 * 64);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(work);
    return failed;
}
