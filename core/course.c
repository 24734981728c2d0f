/* course.c - which lanes follow a batch, and tallies. */
#include "course_lanes.h"

void nen__course_batch(const nen__theta *theta, const nen__cohort *cohort,
                       const nen__course_plan *plan, const nen__view *view,
                       uint64_t seed, uint64_t first_patient, uint32_t count,
                       nen__course_work *work, nen__tally *tally) {
    nen__course_lanes *batch = nen__course_portable;
#ifdef NEN__LANES_X86
    if (view->lanes == NEN__LANES_AVX2) batch = nen__course_avx2;
    if (view->lanes == NEN__LANES_AVX512) batch = nen__course_avx512;
#endif
    batch(theta, cohort, plan, view, seed, first_patient, count, work, tally);
}

void nen__tally_add(nen__tally *into, const nen__tally *from) {
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++) {
        into->os[i] += from->os[i];
        into->pfs2[i] += from->pfs2[i];
        for (unsigned l = 0; l < NEN__LINES_MAX; l++)
            into->pfs[l][i] += from->pfs[l][i];
    }
    for (unsigned l = 0; l < NEN__LINES_MAX; l++) {
        into->reached[l] += from->reached[l];
        into->response[l] += from->response[l];
        into->controlled_weeks[l] += from->controlled_weeks[l];
        into->lived_weeks[l] += from->lived_weeks[l];
    }
    for (unsigned q = 0; q <= NEN__QUARTERS_MAX; q++) {
        for (unsigned b = 0; b < NEN__SIZE_BINS; b++)
            into->size[q][b] += from->size[q][b];
    }
    into->patients += from->patients;
    into->os_weeks += from->os_weeks;
    into->hash += from->hash;
}
