/* sequence.h - plans and cases as the course model takes them. */
#ifndef NEN_SEQUENCE_H
#define NEN_SEQUENCE_H

#include "course.h"
#include "internal.h"

/* Posterior draws, printed by tools/knowc from knowledge/posterior.tsv. */
extern const nen__theta nen__posterior[];
extern const unsigned nen__posterior_count;

/* Calendar: days of a mean month over days of a week. */
#define NEN__WEEKS_PER_MONTH (30.4375 / 7.0)

/* Whole weeks until the end of a month. */
static inline uint16_t nen__week_of(unsigned month) {
    return (uint16_t)(month * NEN__WEEKS_PER_MONTH + 0.5);
}

/* ---- sequence_plan.c ---- */

/* The row of an option, NULL when the model has no class for it. */
const nen__course_option *nen__course_option_of(unsigned option);
void nen__course_plan_of(const nen_plan *plan, nen__course_plan *out);
/* The first option in which two plans differ whose effect no randomized trial told: at
 * this origin, or in a later line, of which none of the trials behind the model speaks.
 * NEN_NONE when there is none. */
typedef struct nen__weak {
    uint16_t option;
    bool later; /* it comes in a later line */
    bool life;  /* no option is weak, but no trial showed longer survival */
} nen__weak;
nen__weak nen__course_weakest(unsigned origin, const nen_plan *a, const nen_plan *b,
                              nen_metric metric);

/* ---- sequence_case.c ---- */

/* nen_course_who, whether the model is calibrated or not. */
void nen__course_case(const nen_dossier *d, nen_who *out);
void nen__course_cohort(const nen_who *who, nen__cohort *out);

/* ---- sequence.c ---- */

/* nen_course_count under any parameters. */
void nen__course_count(const nen__theta *theta, const nen__cohort *cohort,
                       const nen__course_plan *plan, const nen_setting *setting,
                       uint64_t first, uint32_t count, nen__course_work *work,
                       nen__tally *tally);

#endif
