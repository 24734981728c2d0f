/* trial_arm.h - one arm of a trial: who is in it, what they get, what scans show.
 *
 * The same code for published trials (fit/arm.c) and for planned ones (trial.h): people
 * are cells of one natural history, to which the trial's entry rule is applied. */
#ifndef NEN_TRIAL_ARM_H
#define NEN_TRIAL_ARM_H

#include "course.h"
#include "trials.h"

enum {
    NEN__CELLS_MAX = NEN__ORIGINS * 4 * 2, /* by origin, range of Ki-67, use before */
    NEN__ARM_PLANS_MAX = 4,
    NEN__ARM_LINES = 2 /* lines whose curves are kept */
};

/* ---- who ---- */

/* People of a trial: shares of sites and grades, and its entry rule. */
typedef struct nen__population {
    const nen__mix *site, *grade;    /* a first share of 0: not told */
    unsigned mixes;                  /* most parts of each */
    double ki67_lo_pct, ki67_hi_pct; /* read where they cut a grade's own range */
    double prior_lines;              /* systemic lines before */
    uint16_t used;                   /* bits of nen__class used before */
    double unused_share;             /* of people for whom `used` does not hold */
    double entry_growth_months;      /* as in nen__cohort */
    bool entry_stable;
} nen__population;

typedef struct nen__cell {
    nen__cohort cohort;
    double weight; /* share of the arm's people; adds up to 1 */
} nen__cell;

/* Does a grade (bit of nen_grade) of this population have any Ki-67 that it allows? */
bool nen__population_allows(const nen__population *p, uint64_t grade);

/* ---- what ---- */

typedef struct nen__trial_arm {
    nen__cell cell[NEN__CELLS_MAX];
    nen__course_plan plan[NEN__ARM_PLANS_MAX]; /* each person has one of them, evenly */
    nen__course_plan crossed; /* the first one with the other arm's therapy after it */
    double crossover_share;   /* of all people; 0: none */
    nen__view view;
    unsigned cells, plans;
    bool without_deaths; /* for time to progression, which censors deaths */
} nen__trial_arm;

/* Fills the cells; 0 of them: people that the model does not have. */
void nen__arm_people(const nen__population *p, nen__trial_arm *out);

/* ---- what is seen ---- */

/* Events by week; [NEN__WEEKS_MAX] holds those without one. Sums to `total`. */
typedef struct nen__curve {
    double event[NEN__WEEKS_MAX + 1];
    double total;
} nen__curve;

typedef struct nen__arm_seen {
    nen__curve pfs[NEN__ARM_LINES], os;
    double response[NEN__ARM_LINES]; /* share of those who reached the line */
    double entered;                  /* share of simulated people who met the rule */
} nen__arm_seen;

/* Spreads events seen at a scan over half_width weeks to either side (triangle): real
 * scans are not made on the day. */
void nen__curve_jitter(nen__curve *curve, unsigned half_width);

/* Simulates about `patients` people; the same ones for every theta.
 * work: nen__course_work_size() bytes, aligned to 64; tally: room for one. */
void nen__arm_follow(const nen__trial_arm *arm, const nen__theta *theta, uint64_t seed,
                     unsigned patients, nen__course_work *work, nen__tally *tally,
                     nen__arm_seen *out);

#endif
