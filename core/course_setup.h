/* course_setup.h - what all patients of a batch have in common: the parameters of one
 * draw in weeks, for a cohort and for one line of a plan. Worked out once a batch; the
 * lanes (course_lanes.c) read it. */
#ifndef NEN_COURSE_SETUP_H
#define NEN_COURSE_SETUP_H

#include "course_lanes.h"
#include "fmath.h"

static const float nen__weeks_per_month = 365.25f / 12 / 7;
static const float nen__weeks_per_year = 365.25f / 7;

static inline float nen__share(float logit) {
    return 1.0f / (1.0f + nen__exp_f32(-logit));
}

typedef struct nen__people {
    float growth_mean, growth_sd; /* log growth a week */
    float risk, risk_growth;      /* log weekly hazard; per log growth over the mean */
    float burden;                 /* per log size */
    float lesion_base, lesion_growth;
    float drift_a_week;
    float stays; /* share that reaches a next line */
    float life_log, life_slope, male_log, male_prob;
} nen__people;

/* What one class does on a line, but for the patient. */
typedef struct nen__effect {
    float hold_logit, hold_sd, kill_log, kill_sd,
        left; /* left: of a class used again */
    float cap_weeks, wane_weeks, kill_weeks;
    unsigned klass;
} nen__effect;

typedef struct nen__regimen {
    nen__effect of[NEN__TOGETHER_MAX];
    unsigned count;
} nen__regimen;

nen__people nen__people_of(const nen__theta *theta, const nen__cohort *cohort);
nen__effect nen__effect_of(const nen__theta *theta, const nen__cohort *cohort,
                           unsigned klass);
/* The classes given on a line; `used`: those of the lines before, as bits. */
nen__regimen nen__regimen_of(const nen__theta *theta, const nen__cohort *cohort,
                             const nen__line *given, unsigned used);

#endif
