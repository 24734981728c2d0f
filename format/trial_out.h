/* trial_out.h - shared by the writers of designs and of their trials. */
#ifndef NEN_TRIAL_OUT_H
#define NEN_TRIAL_OUT_H

#include "design.h"
#include "json_out.h"
#include "write.h"

enum { NEN__SENTENCE_CAP = 1600, NEN__LANDMARK_MONTHS = 6 };

/* design_write.c */
void nen__j_design(nen__json *j, const nen_design *d);
void nen__j_group(nen__json *j, const nen_trial_group *arm); /* its three members */
/* Plans with " | " between. */
void nen__put_plans(nen__buf *b, const nen_trial_group *arm);

/* trial_json.c: what the intervals hold, and what is not in them. */
void nen__put_trial_sure(nen__buf *b, const nen_trial_answer *a, unsigned lang);

/* trial_text.c: "mid (lo to hi)" of months, of a share as percent, of percent, or of a
 * ratio to two decimals. */
typedef enum nen__trial_unit {
    NEN__UNIT_MONTHS,
    NEN__UNIT_SHARE,
    NEN__UNIT_PERCENT,
    NEN__UNIT_RATIO
} nen__trial_unit;
void nen__put_trial_band(nen__buf *b, const nen_trial_answer *a, unsigned lang,
                         const nen_band *band, nen__trial_unit unit);

/* Power averaged over what is not known: a test below alpha, for either arm. */
static inline double nen__power(const nen_trial_power *p) {
    return (double)p->first + (double)p->second;
}

#endif
