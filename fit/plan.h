/* plan.h - the text of a trial's plan as lines of therapy classes. */
#ifndef NEN_FIT_PLAN_H
#define NEN_FIT_PLAN_H

#include "course.h"

/**
 * Reads "a*4+b,c@30m | d": plans between |, lines between commas.
 *
 * @param max most plans
 * @return how many; 0 when an option is none of the model's
 */
unsigned fit_plans(const char *text, unsigned max, nen__course_plan *out);

#endif
