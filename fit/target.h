/* target.h - published figures as numbers that a simulation can be held against. */
#ifndef NEN_FIT_TARGET_H
#define NEN_FIT_TARGET_H

#include "arm.h"

enum { FIT_SIMS_MAX = 256, FIT_TARGETS_MAX = 512 };

/* An arm simulated in one way. */
typedef struct fit_sim {
    nen__trial_arm arm;
    uint16_t number; /* of the arm in the set */
    uint8_t reader;
} fit_sim;

/* A figure; times and ratios as logs, rates and shares as logits. */
typedef struct fit_target {
    const nen__figure *figure;
    unsigned sim, versus; /* versus: of a hazard ratio */
    double n, n_versus;   /* people behind the figure */
    double value;         /* published, on its scale */
    double sampling;      /* error of sampling */
    double error, floor;  /* that, shared among like figures; of the model */
} fit_target;

typedef struct fit_targets {
    const nen__trial_set *set;
    fit_sim sim[FIT_SIMS_MAX];
    fit_target target[FIT_TARGETS_MAX];
    unsigned sims, targets;
} fit_targets;

/* Is the figure's kind one that a simulated trial can give? */
bool fit_can_tell(const nen__figure *figure);

/* Adds a figure; NULL, or why it cannot be. */
const char *fit_target_add(fit_targets *t, const nen__figure *figure);

/* Figures of main trials that a fit may use: whole arms, and parts of them that differ
 * from the whole by site or grade; one figure of a kind for each arm. */
void fit_targets_choose(const nen__trial_set *set, fit_targets *out);

/* The figures of one trial alone, or all but those. */
void fit_targets_of(const fit_targets *all, unsigned trial, bool without,
                    fit_targets *out);

/* What the simulated trial would publish, on the target's scale. */
double fit_target_told(const fit_targets *t, unsigned target,
                       const nen__arm_seen *sims);

/* From a target's scale to what was published: months, ratio, or percent. */
double fit_published(const nen__figure *figure, double on_scale);

bool fit_is_share(const nen__figure *figure); /* a rate or a share: logit */

#endif
