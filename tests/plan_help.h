/* plan_help.h - a plan from its text, a case from its flags; for the tests of courses.
 */
#ifndef NEN_TESTS_PLAN_HELP_H
#define NEN_TESTS_PLAN_HELP_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "read.h"

static inline nen_plan plan_of(const char *text) {
    nen_plan plan;
    nen_error error;
    assert_int_equal(nen_read_plan(text, strlen(text), &plan, &error), NEN_OK);
    return plan;
}

static inline void answer(const char *const *pairs, nen_dossier *out) {
    static nen_input in;
    const nen_config config = {0, false};
    nen_error error;
    memset(&in, 0, sizeof in);
    for (; *pairs; pairs += 2)
        assert_int_equal(nen_set(&in, pairs[0], pairs[1], &error), NEN_OK);
    assert_int_equal(nen_finish(&in, &error), NEN_OK);
    assert_int_equal(nen_answer(&in.c, &config, out), NEN_OK);
}

static const char *const midgut[] = {
    "site",  "jejunum_ileum", "grade", "G2", "ki67", "8",      "metastases",  "liver",
    "sstr",  "positive",      "age",   "62", "sex",  "female", "progressing", "yes",
    "prior", "lanreotide",    NULL};

#endif
