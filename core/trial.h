/* trial.h - a planned trial, simulated many times: its counts.
 *
 * Under each draw of the parameters both arms are followed once, with many patients, as
 * `nen validate` follows the arms of published trials (trial_arm.h); trials of the
 * planned size are drawn from those curves (trial_people.h) and analyzed (survival.h).
 * Results are counted in bins, integers, so that any number of threads gives the same
 * bits and memory does not grow with the number of trials. */
#ifndef NEN_TRIAL_H
#define NEN_TRIAL_H

#include "nen.h"
#include "trial_people.h"

enum { NEN__ENDS = 2 /* nen_trial_endpoint */ };

/* Widths of the bins. A value beyond the last bin counts in it. */
enum {
    NEN__MONTH_BINS = 20, /* of a median, in one month */
    NEN__MEDIAN_BINS = NEN_MONTHS_MAX * NEN__MONTH_BINS + 1, /* the last: not reached */
    NEN__SHARE_BINS = 1001,                                  /* 0 to 1 by 0.001 */
    NEN__RATIO_SIDE = 5000, /* log hazard ratio by 0.001 to either side of 0 */
    NEN__RATIO_BINS = 2 * NEN__RATIO_SIDE + 1
};

typedef struct nen__end_counts {
    uint32_t median[NEN__MEDIAN_BINS];
    uint32_t left[NEN_MONTHS_MAX + 1][NEN__SHARE_BINS]; /* Kaplan-Meier, by month */
    uint64_t at_risk[NEN_MONTHS_MAX + 1];               /* sums over trials */
    uint64_t events;
} nen__end_counts;

typedef struct nen__trial_tally {
    nen__end_counts end[NEN_TRIAL_ARMS][NEN__ENDS];
    uint32_t response[NEN_TRIAL_ARMS][NEN__SHARE_BINS];
    uint32_t ratio[NEN__RATIO_BINS];
    uint64_t favors[NEN_TRIAL_SIZES][NEN_TRIAL_ARMS]; /* tests below alpha */
    uint64_t trials, hash;
    uint32_t drawn[NEN_DRAWS_MAX]; /* 1 + bin of the expected log ratio of a draw */
    uint32_t nobody;               /* draws under which nobody meets the entry rule */
} nen__trial_tally;

/* ---- trial_design.c ---- */

/* The arm of a design as the model takes it. */
void nen__design_arm(const nen_design *design, unsigned arm, uint8_t lanes,
                     nen__trial_arm *out);
double nen__design_weeks(const nen_design *design); /* from the first day to the last */
unsigned nen__design_months(const nen_design *design);
/* Sizes at which power is told: people of each arm; returns how many. *planned: the
 * design's own. */
typedef struct nen__sizes {
    uint32_t n[NEN_TRIAL_SIZES][NEN_TRIAL_ARMS];
    uint8_t count, planned;
} nen__sizes;
nen__sizes nen__design_sizes(const nen_design *design);
/* Do both arms get the same? */
bool nen__design_alike(const nen_design *design);

#endif
