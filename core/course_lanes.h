/* course_lanes.h - the batch of course_lanes.c, once for each instruction set. */
#ifndef NEN_COURSE_LANES_H
#define NEN_COURSE_LANES_H

#include "course.h"

typedef void nen__course_lanes(const nen__theta *theta, const nen__cohort *cohort,
                               const nen__course_plan *plan, const nen__view *view,
                               uint64_t seed, uint64_t first_patient, uint32_t count,
                               nen__course_work *work, nen__tally *tally);

nen__course_lanes nen__course_portable;
#ifdef NEN__LANES_X86
nen__course_lanes nen__course_avx2, nen__course_avx512;
#endif

#endif
