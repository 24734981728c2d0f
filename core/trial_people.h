/* trial_people.h - people of a trial of a given size, drawn from an arm's curve and
 * followed from the day they joined. */
#ifndef NEN_TRIAL_PEOPLE_H
#define NEN_TRIAL_PEOPLE_H

#include "rng.h"
#include "survival.h"
#include "trial_arm.h"

/* Random numbers of one simulated trial; streams from NEN__STREAM_TRIAL on. */
enum { NEN__STREAM_TRIAL = 4096 };
typedef struct nen__dice {
    uint64_t seed;
    uint32_t draw, replicate, stream, block;
} nen__dice;

nen__random nen__roll(nen__dice *dice);

/* A curve as shares by the end of each week, to draw from. */
typedef struct nen__drawn_from {
    double until[NEN__WEEKS_MAX + 1];
} nen__drawn_from;

void nen__draw_from(const nen__curve *curve, nen__drawn_from *out);

/* How long people are followed; all zero: to the end. */
typedef struct nen__follow_up {
    double accrual_weeks; /* they join evenly over so long */
    double end_weeks;     /* from the day the first joined; 0: no end */
    double lost_a_week;   /* hazard of leaving the trial */
} nen__follow_up;

/* Whole people, by week since they joined. */
typedef struct nen__people {
    nen__curve had; /* the event; [NEN__WEEKS_MAX] stays 0 where follow-up ends */
    double censored[NEN__WEEKS_MAX + 1];
} nen__people;

/* Adds `n` people. The same dice give the same people, the first of more. */
void nen__people_draw(const nen__drawn_from *from, unsigned n,
                      const nen__follow_up *follow_up, nen__dice *dice,
                      nen__people *out);

/* As the estimators take them, for so many weeks. */
nen__followed nen__people_followed(const nen__people *p, unsigned weeks);

/* A share of n people as a logit, kept off 0 and 1 by half a person. */
double nen__share_drawn(double logit, unsigned n, nen__dice *dice);

#endif
