/* model_b.h - a plainer course than the engine's, for comparison with programs that
 * follow one: tumor size, up to four lines, scans every 12 weeks, RECIST 1.1, new
 * lesions, discontinuation, death.
 *
 * nen has no such model; it always follows the whole one (core/course.h).  What this
 * one leaves out: a patient's own sensitivity to a class, shared in part by all
 * classes; effects that end, wane, or are used again; growth that gains with the years;
 * death by tumor burden and by age (here a constant hazard); who leaves between lines;
 * ends to within a visit; response, and weeks without growth.  Random numbers and
 * mathematics are the core's.  Size over that at line start is e^-dt + e^gt - 1, so
 * that a visit takes two multiplications and no exponential. */
#ifndef NEN_MODEL_B_H
#define NEN_MODEL_B_H

#include <stdint.h>

enum {
    MODEL_B_LINES = 4,
    MODEL_B_WEEKS = 522,
    MODEL_B_VISIT_WEEKS = 12,
    MODEL_B_BATCH = 512
};

typedef struct model_b {
    float growth_log, growth_sd;   /* log growth a week */
    float size_log, size_sd;       /* log millimeters at entry */
    float death, lesion, stop;     /* hazards a week */
    float keep[MODEL_B_LINES];     /* share of growth left by a line's drug */
    float kill_log[MODEL_B_LINES]; /* log of the share killed a week */
    float kill_sd;
    float progression, millimeters;
    float noise_sd; /* of a measured log size */
} model_b;

typedef struct model_b_tally {
    uint64_t visits;
    uint32_t patients, reached[MODEL_B_LINES];
    uint32_t pfs[MODEL_B_LINES][MODEL_B_WEEKS + 1]; /* by week; the last: later */
    uint32_t os[MODEL_B_WEEKS + 1];
} model_b_tally;

/* Adds MODEL_B_BATCH patients, `first` and on. */
typedef void model_b_batch(const model_b *m, uint64_t seed, uint64_t first,
                           model_b_tally *to);
model_b_batch model_b_portable, model_b_avx2, model_b_avx512;

#endif
