/* validation.h - trials held out of every fit; nothing in fit/ may include this. */
#ifndef NEN_VALIDATION_H
#define NEN_VALIDATION_H

#include "trials.h"

extern const nen__trial_set nen__validation;  /* use == validation */
extern const nen__trial_set nen__prospective; /* no result yet: predicted before it */

#endif
