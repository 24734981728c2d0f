/* arm.h - an arm of a published trial as people, plans and scans of the model. */
#ifndef NEN_FIT_ARM_H
#define NEN_FIT_ARM_H

#include "stat.h"
#include "trial_arm.h"

/* What one thread needs to simulate arms. */
typedef struct fit_room {
    nen__course_work *work;
    nen__tally *tally;
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
                         bool without_deaths, nen__trial_arm *out);

/* Can this parameter change what the arm shows? */
bool fit_arm_uses(const nen__trial_arm *arm, unsigned parameter);

/* Follow-up of a figure about survival or progression, in weeks. */
double fit_cut_weeks(unsigned endpoint, bool of_hazard_ratio);

#endif
