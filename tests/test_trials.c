/* test_trials.c - the compiled trial sets: whole, apart, and marked where not reached.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "calibration.h"
#include "nen.h"
#include "validation.h"

static const nen__trial_set *const sets[] = {&nen__calibration, &nen__validation,
                                             &nen__prospective};
static const char *const uses[] = {"calibration", "validation", "prospective"};
enum { SETS = 3 };

static const char *cell_of(const char *table, const char *id, const char *column) {
    const int at = nen_table_find(table);
    assert_true(at >= 0);
    const nen_table *t = nen_table_get((unsigned)at);
    const int row = nen_table_row(t, "id", id);
    assert_true(row >= 0);
    return nen_cell(t, (unsigned)row, column);
}

static void every_trial_is_in_the_set_of_its_use(void **state) {
    (void)state;
    for (unsigned s = 0; s < SETS; s++) {
        assert_true(sets[s]->trials > 0 && sets[s]->arms >= sets[s]->trials);
        for (unsigned i = 0; i < sets[s]->trials; i++) {
            assert_string_equal(cell_of("trials", sets[s]->trial[i].id, "use"),
                                uses[s]);
        }
    }
}

static void no_row_is_in_two_sets(void **state) {
    (void)state;
    for (unsigned i = 0; i < nen__calibration.figures; i++) {
        for (unsigned j = 0; j < nen__validation.figures; j++) {
            assert_string_not_equal(nen__calibration.figure[i].id,
                                    nen__validation.figure[j].id);
        }
    }
}

static void numbers_point_inside_the_set(void **state) {
    (void)state;
    for (unsigned s = 0; s < SETS; s++) {
        const nen__trial_set *set = sets[s];
        for (unsigned i = 0; i < set->arms; i++) {
            const nen__arm *a = &set->arm[i];
            assert_true(a->trial < set->trials && *a->plan);
            assert_true(a->of == NEN__NOBODY || a->of < set->arms);
            assert_string_equal(cell_of("arms", a->id, "trial"),
                                set->trial[a->trial].id);
        }
        for (unsigned i = 0; i < set->figures; i++) {
            const nen__figure *f = &set->figure[i];
            assert_true(f->arm < set->arms);
            assert_true(f->versus == NEN__NOBODY || f->versus < set->arms);
            assert_true(f->endpoint < NEN__ENDPOINT_COUNT &&
                        f->statistic < NEN__STATISTIC_COUNT);
            assert_string_equal(cell_of("endpoints", f->id, "arm"),
                                set->arm[f->arm].id);
        }
    }
}

static void values_lie_in_their_intervals(void **state) {
    (void)state;
    for (unsigned s = 0; s < SETS; s++) {
        for (unsigned i = 0; i < sets[s]->figures; i++) {
            const nen__figure *f = &sets[s]->figure[i];
            assert_true(f->value_is != NEN__NOT_GIVEN);
            if (f->value_is == NEN__NOT_REACHED)
                assert_string_equal(cell_of("endpoints", f->id, "value"), "NR");
            if (f->value_is != NEN__NUMBER) continue;
            assert_true(f->lo_is != NEN__NUMBER || f->lo <= f->value);
            assert_true(f->hi_is != NEN__NUMBER || f->hi >= f->value);
        }
    }
}

static void a_known_trial_reads_as_published(void **state) {
    (void)state;
    const nen__trial_set *set = &nen__calibration;
    unsigned found = 0;
    for (unsigned i = 0; i < set->figures; i++) {
        const nen__figure *f = &set->figure[i];
        if (strcmp(f->id, "ep.r3_eve.pfs_hr") != 0) continue;
        found++;
        assert_true(f->value == 0.35 && f->lo == 0.27 && f->hi == 0.45);
        assert_int_equal(f->statistic, NEN__STATISTIC_hazard_ratio);
        assert_string_equal(set->arm[f->arm].plan, "everolimus");
        assert_string_equal(set->arm[f->versus].id, "arm.r3_pbo");
        assert_true(set->trial[set->arm[f->arm].trial].entry_months == 12);
    }
    assert_int_equal(found, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_trial_is_in_the_set_of_its_use),
        cmocka_unit_test(no_row_is_in_two_sets),
        cmocka_unit_test(numbers_point_inside_the_set),
        cmocka_unit_test(values_lie_in_their_intervals),
        cmocka_unit_test(a_known_trial_reads_as_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
