/* calibration.h - the trials a fit may read, and no others. */
#ifndef NEN_CALIBRATION_H
#define NEN_CALIBRATION_H

#include "trials.h"

extern const nen__trial_set nen__calibration; /* use == calibration */

#endif
