/* test_course_model.c - the kernel of the course model: black-box checks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course_example.h"

static nen__tally tally_a, tally_b;

static void any_batch_size_gives_the_same(void **state) {
    (void)state;
    const nen__theta t = example_theta();
    const nen__cohort c = example_cohort();
    nen__course_plan p = plan_of(NEN__CLASS_prrt);
    p.lines = 2;
    p.line[1].klass[0] = NEN__CLASS_mtor;
    run(&t, &c, &p, 0.08f, NEN__BATCH, &tally_a);
    run(&t, &c, &p, 0.08f, 77, &tally_b);
    assert_memory_equal(&tally_a, &tally_b, sizeof tally_a);
}

/* Every instruction set of this machine gives the same bits. */
static void any_lanes_give_the_same(void **state) {
    (void)state;
#ifdef NEN__LANES_X86
    const nen__theta t = example_theta();
    const nen__cohort c = example_cohort();
    nen__course_plan p = plan_of(NEN__CLASS_prrt);
    p.lines = 2;
    p.line[0].klass[1] = NEN__CLASS_ssa;
    p.line[0].cap_weeks[0] = 32;
    p.line[1].klass[0] = NEN__CLASS_mtor;
    const bool has[] = {
        true, __builtin_cpu_supports("avx2"),
        __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
            __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")};
    run(&t, &c, &p, 0.08f, NEN__BATCH, &tally_a);
    for (lanes = NEN__LANES_AVX2; lanes <= NEN__LANES_AVX512; lanes++) {
        if (!has[lanes]) {
            print_message("NOT RUN: this machine lacks the lanes %d\n", lanes);
            continue;
        }
        run(&t, &c, &p, 0.08f, NEN__BATCH, &tally_b);
        assert_memory_equal(&tally_a, &tally_b, sizeof tally_a);
    }
    lanes = NEN__LANES_PORTABLE;
#else
    print_message("NOT RUN: only the portable lanes are built for this machine\n");
#endif
}

static void every_patient_is_counted_once(void **state) {
    (void)state;
    const nen__theta t = example_theta();
    const nen__cohort c = example_cohort();
    const nen__course_plan p = plan_of(NEN__CLASS_ssa);
    run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
    assert_int_equal(tally_a.patients, BATCHES * NEN__BATCH);
    assert_int_equal(total(tally_a.os), tally_a.patients);
    assert_int_equal(total(tally_a.pfs[0]), tally_a.patients);
    assert_int_equal(tally_a.reached[0], tally_a.patients);
    assert_int_equal(tally_a.reached[1], 0);
}

/* Of any class, capped or not, seen with error or not: the same bits. */
static void no_effect_is_no_therapy(void **state) {
    (void)state;
    const nen__cohort c = example_cohort();
    const nen__course_plan none = plan_of(NEN__CLASS_none);
    for (unsigned klass = 1; klass < NEN__CLASSES; klass++) {
        const float noise_sd = klass % 2 ? 0 : 0.08f;
        nen__theta t = example_theta();
        nen__course_plan p = plan_of(klass);
        p.line[0].cap_weeks[0] = klass % 3 ? 0 : 30;
        t.p[NEN__P_HOLD + klass - 1] = -80; /* a share of 2e-35 */
        t.p[NEN__P_KILL + klass - 1] = -80;
        run(&t, &c, &none, noise_sd, NEN__BATCH, &tally_a);
        run(&t, &c, &p, noise_sd, NEN__BATCH, &tally_b);
        assert_memory_equal(&tally_a, &tally_b, sizeof tally_a);
    }
}

/* Nobody dies, of the disease or of age. */
static void spare(nen__theta *t, nen__cohort *c) {
    for (unsigned i = 0; i < NEN__KINDS; i++)
        t->p[NEN__P_DEATH + i] = -60;
    c->age_years = -400;
}

static void without_deaths_all_live_to_the_horizon(void **state) {
    (void)state;
    nen__theta t = example_theta();
    nen__cohort c = example_cohort();
    const nen__course_plan p = plan_of(NEN__CLASS_mtor);
    spare(&t, &c);
    t.p[NEN__P_death_burden] = -60;
    run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
    assert_int_equal(tally_a.os[NEN__WEEKS_MAX], tally_a.patients);
    assert_int_equal(tally_a.os_weeks, (uint64_t)tally_a.patients * HORIZON);
}

/* What a second drug of a line kills counts, too. */
static void two_drugs_kill_more_than_one(void **state) {
    (void)state;
    nen__theta t = example_theta();
    const nen__cohort c = example_cohort();
    nen__course_plan p = plan_of(NEN__CLASS_ssa);
    t.p[NEN__P_KILL + NEN__CLASS_tki - 1] = 0;
    run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
    p.line[0].klass[1] = NEN__CLASS_tki;
    run(&t, &c, &p, 0, NEN__BATCH, &tally_b);
    assert_true(tally_b.response[0] > 2 * tally_a.response[0] + BATCHES);
}

static void more_hold_and_more_kill_never_harm(void **state) {
    (void)state;
    nen__theta t = example_theta();
    const nen__cohort c = example_cohort();
    const nen__course_plan p = plan_of(NEN__CLASS_tki);
    double pfs = 0, os = 0;
    uint32_t responses = 0;
    for (int step = 0; step < 4; step++) {
        t.p[NEN__P_HOLD + NEN__CLASS_tki - 1] = -1 + (float)step;
        t.p[NEN__P_KILL + NEN__CLASS_tki - 1] = -3 + (float)step;
        run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
        assert_true(mean_weeks(tally_a.pfs[0]) > pfs);
        assert_true(mean_weeks(tally_a.os) > os);
        assert_true(tally_a.response[0] >= responses);
        pfs = mean_weeks(tally_a.pfs[0]);
        os = mean_weeks(tally_a.os);
        responses = tally_a.response[0];
    }
    assert_true(responses > 0);
}

static void more_kill_never_gives_fewer_responses(void **state) {
    (void)state;
    const nen__cohort c = example_cohort();
    for (unsigned klass = 1; klass < NEN__CLASSES; klass++) {
        const float noise_sd = klass % 2 ? 0 : 0.08f;
        const nen__course_plan p = plan_of(klass);
        nen__theta t = example_theta();
        uint32_t responses = 0;
        for (int step = 0; step < 4; step++) {
            t.p[NEN__P_KILL + klass - 1] = -2.5f + (float)step;
            run(&t, &c, &p, noise_sd, NEN__BATCH, &tally_a);
            assert_true(tally_a.response[0] > responses);
            responses = tally_a.response[0];
        }
    }
}

/* Growth alone, no lesions, no deaths, no spread: progression is at log(1.2) / g. */
static void growth_alone_progresses_on_the_day(void **state) {
    (void)state;
    nen__theta t = example_theta();
    nen__cohort c = example_cohort();
    const nen__course_plan p = plan_of(NEN__CLASS_none);
    t.p[NEN__P_growth_sd] = -60;
    t.p[NEN__P_lesion_base] = t.p[NEN__P_lesion_growth] = -60;
    for (unsigned i = 0; i < NEN__KINDS; i++)
        t.p[NEN__P_DEATH + i] = -60;
    t.p[NEN__P_drift] = -60;
    c.age_years = -400;
    run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
    /* log 1.2 = 0.18232 over e^-3.5 = 0.030197 a month: 6.0376 months, 26.25 weeks;
     * later where 5 mm are more than a fifth */
    unsigned first = 0;
    while (!tally_a.pfs[0][first])
        first++;
    assert_int_equal(first, 26);
    assert_true(tally_a.pfs[0][26] > tally_a.patients / 2);
}

static void entry_by_growth_chooses_the_fast(void **state) {
    (void)state;
    const nen__theta t = example_theta();
    nen__cohort c = example_cohort();
    const nen__course_plan p = plan_of(NEN__CLASS_none);
    run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
    const double anyone = mean_weeks(tally_a.pfs[0]);
    c.entry_growth_months = 12;
    run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
    const double fast = mean_weeks(tally_a.pfs[0]);
    const uint32_t grown = tally_a.patients;
    c.entry_stable = true;
    run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
    assert_true(fast < anyone && anyone < mean_weeks(tally_a.pfs[0]));
    assert_int_equal(grown + tally_a.patients, BATCHES * NEN__BATCH);
}

/* A quarter more of a product of diameters is 12 % more of one: sooner than a fifth;
 * and without the 5 mm sooner than with them. */
static void older_criteria_call_progression_sooner(void **state) {
    (void)state;
    const nen__theta t = example_theta();
    const nen__cohort c = example_cohort();
    const nen__course_plan p = plan_of(NEN__CLASS_none);
    double weeks = 1e9;
    for (criteria = NEN__CRITERIA_RECIST_1_1; criteria <= NEN__CRITERIA_WHO;
         criteria++) {
        run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
        assert_true(mean_weeks(tally_a.pfs[0]) < weeks);
        weeks = mean_weeks(tally_a.pfs[0]);
    }
    criteria = NEN__CRITERIA_RECIST_1_1;
}

/* Scans every 24 weeks from the second year on: after week 48 none before week 72. */
static void later_scans_find_it_later(void **state) {
    (void)state;
    nen__theta t = example_theta();
    nen__cohort c = example_cohort();
    const nen__course_plan p = plan_of(NEN__CLASS_none);
    spare(&t, &c);
    later_weeks = 24;
    run(&t, &c, &p, 0.05f, NEN__BATCH, &tally_a);
    later_weeks = 0;
    run(&t, &c, &p, 0.05f, NEN__BATCH, &tally_b);
    assert_memory_equal(tally_a.pfs[0], tally_b.pfs[0], 49 * sizeof tally_a.pfs[0][0]);
    assert_true(tally_a.pfs[0][48] > 0 && tally_b.pfs[0][60] > 0);
    for (unsigned i = 49; i < 72; i++)
        assert_int_equal(tally_a.pfs[0][i], 0);
    assert_true(tally_a.pfs[0][72] > tally_b.pfs[0][72]);
}

/* Who grew although a drug held growth back is fast, or answers to it little. */
static void growth_under_a_drug_chooses_the_faster(void **state) {
    (void)state;
    const nen__theta t = example_theta();
    nen__cohort c = example_cohort();
    const nen__course_plan none = plan_of(NEN__CLASS_none),
                           ssa = plan_of(NEN__CLASS_ssa);
    c.entry_growth_months = 12;
    run(&t, &c, &none, 0, NEN__BATCH, &tally_a);
    run(&t, &c, &ssa, 0, NEN__BATCH, &tally_b);
    const double gain = mean_weeks(tally_b.pfs[0]) / mean_weeks(tally_a.pfs[0]);
    const double weeks = mean_weeks(tally_a.pfs[0]);
    const uint32_t people = tally_a.patients;
    c.entry_under = 1u << NEN__CLASS_ssa;
    run(&t, &c, &none, 0, NEN__BATCH, &tally_a);
    run(&t, &c, &ssa, 0, NEN__BATCH, &tally_b);
    assert_true(tally_a.patients < people && mean_weeks(tally_a.pfs[0]) < weeks);
    assert_true(mean_weeks(tally_b.pfs[0]) / mean_weeks(tally_a.pfs[0]) < gain);
}

static void tallies_add(void **state) {
    (void)state;
    const nen__theta t = example_theta();
    const nen__cohort c = example_cohort();
    const nen__course_plan p = plan_of(NEN__CLASS_ssa);
    run(&t, &c, &p, 0, NEN__BATCH, &tally_a);
    memset(&tally_b, 0, sizeof tally_b);
    nen__tally_add(&tally_b, &tally_a);
    nen__tally_add(&tally_b, &tally_a);
    assert_int_equal(tally_b.patients, 2 * tally_a.patients);
    assert_int_equal(tally_b.hash, 2 * tally_a.hash);
    assert_int_equal(tally_b.os[10], 2 * tally_a.os[10]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_batch_size_gives_the_same),
        cmocka_unit_test(any_lanes_give_the_same),
        cmocka_unit_test(every_patient_is_counted_once),
        cmocka_unit_test(no_effect_is_no_therapy),
        cmocka_unit_test(without_deaths_all_live_to_the_horizon),
        cmocka_unit_test(two_drugs_kill_more_than_one),
        cmocka_unit_test(more_hold_and_more_kill_never_harm),
        cmocka_unit_test(more_kill_never_gives_fewer_responses),
        cmocka_unit_test(growth_alone_progresses_on_the_day),
        cmocka_unit_test(entry_by_growth_chooses_the_fast),
        cmocka_unit_test(older_criteria_call_progression_sooner),
        cmocka_unit_test(later_scans_find_it_later),
        cmocka_unit_test(growth_under_a_drug_chooses_the_faster),
        cmocka_unit_test(tallies_add),
    };
    return cmocka_run_group_tests(tests, example_start, example_end);
}
