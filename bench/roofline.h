/* roofline.h - the least that a course costs: its random numbers, exponentials and
 * logarithms, each at the speed of a flat loop that does nothing else (units.c).
 *
 * As the equations of docs/method.md ask for them; additions, comparisons, divisions,
 * memory and counting are taken as free, and nobody waits for anybody:
 *
 *   a course   2 blocks of 4 words for the traits; growth, frailty: normal; size: log-
 *              normal; death by disease and by age: exponential; sex: uniform; life
 *              table and entry growth: 2 exp, 1 log; at the end the closed form of
 *              death without therapy: 2 exp, 1 log
 *   a line     3 blocks of 4 words (class; line; leaving); what the class does: 2
 * normal, 2 exp; rate of growth: exp; the lesion that comes: exponential; who leaves:
 * uniform; where in its last visit it ended: log.  With scan noise the first size is
 * measured, too: lognormal a visit    hazard and size: 2 exp.  With scan noise: 1 word,
 * 1 normal
 *
 *   ns a course = sum over these of (how often) x (unit cost), all of the same run. */
#ifndef NEN_ROOFLINE_H
#define NEN_ROOFLINE_H

#include <stdbool.h>

#include "units.h"

/* How often, for each course. */
typedef struct counts {
    double lines, visits;
} counts;

static inline double roofline_ns(const counts *of, bool noise, const double ns[UNITS]) {
    const double word = ns[UNIT_philox], exp_ns = ns[UNIT_exp_f32];
    const double log_ns = ns[UNIT_log_f32], normal = ns[UNIT_normal_f32];
    const double block = 4 * word;
    const double course = 2 * block + 2 * normal + ns[UNIT_lognormal_f32] +
                          2 * ns[UNIT_exponential_f32] + ns[UNIT_uniform_f32] +
                          4 * exp_ns + 2 * log_ns;
    const double line = 3 * block + 2 * normal + 3 * exp_ns + ns[UNIT_exponential_f32] +
                        ns[UNIT_uniform_f32] + log_ns +
                        (noise ? ns[UNIT_lognormal_f32] : 0);
    const double visit = 2 * exp_ns + (noise ? word + normal : 0);
    return course + of->lines * line + of->visits * visit;
}

#endif
