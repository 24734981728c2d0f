/* units.c - unit costs of the simulator: one Philox word, one exp, log, variate.
 *
 * Nanoseconds an element in flat loops over lanes that fit the first cache, on one
 * core.  A roofline is computed from these (course.c), which interleaves them with the
 * courses of the same run. */
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that POSIX gives
#define _POSIX_C_SOURCE 200809L
#include "units.h"
#include "lanes.h"
#include "measure.h"

enum { LANE_COUNT = 1024 };
static const double SECONDS = 0.02;

static uint32_t words[4][LANE_COUNT];
static float f32[LANE_COUNT], f32_out[LANE_COUNT];
static float probability[LANE_COUNT];
static double f64[LANE_COUNT], f64_out[LANE_COUNT];

static void philox_once(unsigned i) {
    static uint32_t low[LANE_COUNT], high[LANE_COUNT]; /* of patients: all the same */
    low[0] = i;
    lanes_philox(1, low, high, 0, LANE_COUNT, words[0], words[1], words[2], words[3]);
    sink += words[0][0];
}

#define ONCE(name, from, to)                                                           \
    static void name##_once(unsigned i) {                                              \
        lanes_##name(LANE_COUNT, from, to);                                            \
        sink += i + (uint64_t)to[i % LANE_COUNT];                                      \
    }

ONCE(exp_f32, f32, f32_out)
ONCE(log_f32, f32, f32_out)
ONCE(pow_f32, f32, f32_out)
ONCE(quantile_f32, probability, f32_out)
ONCE(uniform_f32, words[0], f32_out)
ONCE(exponential_f32, words[0], f32_out)
ONCE(normal_f32, words[0], f32_out)
ONCE(lognormal_f32, words[0], f32_out)
ONCE(exp_f64, f64, f64_out)
ONCE(log_f64, f64, f64_out)
ONCE(tail_f64, f64, f64_out)

#ifndef UNITS_NAME
#define UNITS_NAME units_portable
#endif

void UNITS_NAME(double ns[UNITS]) {
    static void (*const once[])(unsigned) = {
#define X(name, text) name##_once,
        UNIT_LIST(X)
#undef X
    };
    philox_once(0);
    for (int i = 0; i < LANE_COUNT; i++) {
        probability[i] = nen__uniform_f32(words[1][i]);
        f32[i] = 0.1f + 20.0f * probability[i];
        f64[i] = (double)f32[i];
    }
    for (int u = 0; u < UNITS; u++)
        ns[u] = measure_once(once[u], SECONDS) / LANE_COUNT;
    ns[UNIT_philox] /= 4; /* words a lane */
}
