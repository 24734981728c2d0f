/* arm.h - an arm of a published trial as people, plans and scans of the model. */
#ifndef NEN_FIT_ARM_H
#define NEN_FIT_ARM_H

#include "stat.h"
#include "trials.h"

enum {
    FIT_GROUPS_MAX = NEN__ORIGINS * 4, /* origins by the four ranges of Ki-67 */
    FIT_PLANS_MAX = 4,
    FIT_LINES = 2 /* lines whose curves are kept */
};

typedef struct fit_group {
    nen__cohort cohort;
    double weight; /* share of the arm's people; adds up to 1 */
} fit_group;

typedef struct fit_arm {
    fit_group group[FIT_GROUPS_MAX];
    nen__course_plan plan[FIT_PLANS_MAX]; /* of which each person has one, evenly */
    nen__course_plan crossed;             /* with the other arm's therapy after it */
    double crossover_share;               /* of all people; 0: none */
    nen__view view;
    unsigned groups, plans;
    bool without_deaths; /* for time to progression, which censors deaths */
} fit_arm;

typedef struct fit_result {
    fit_curve pfs[FIT_LINES], os;
    double response[FIT_LINES]; /* share of those who reached the line */
    double entered;             /* share of simulated people who met the entry rule */
} fit_result;

/* What one thread needs to simulate arms. */
typedef struct fit_room {
    nen__course_work *work;
    nen__tally *tally, *one;
} fit_room;

bool fit_room_make(fit_room *room); /* false: out of memory */
void fit_room_free(fit_room *room);

/**
 * @param set    trials that the arm belongs to
 * @param arm    number in the set
 * @param reader a nen__reader number: whose reading
 * @return NULL, or why the model cannot speak of this arm
 */
const char *fit_arm_make(const nen__trial_set *set, unsigned arm, unsigned reader,
                         bool without_deaths, fit_arm *out);

/* Simulates about `patients` people; the same ones for every theta. */
void fit_arm_run(const fit_arm *arm, const nen__theta *theta, uint64_t seed,
                 unsigned patients, fit_room *room, fit_result *out);

/* Can this parameter change what the arm shows? */
bool fit_arm_uses(const fit_arm *arm, unsigned parameter);

/* Follow-up of a figure about survival or progression, in weeks. */
double fit_cut_weeks(unsigned endpoint, bool of_hazard_ratio);

#endif
