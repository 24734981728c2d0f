/* math.c - unit costs of the simulator: one Philox word, one exp, log, variate.
 *
 * Nanoseconds an element in flat loops over lanes that fit the first cache, on one
 * core, beside the calibration loop of the same run; the work is interleaved, the
 * figure is the median.  A roofline is computed from these.  usage: math label */
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that POSIX gives
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>

#include "lanes.h"
#include "measure.h"

enum { LANE_COUNT = 1024 };
static const double SECONDS = 0.04;

static uint32_t words[4][LANE_COUNT];
static float f32[LANE_COUNT], f32_out[LANE_COUNT];
static float probability[LANE_COUNT];
static double f64[LANE_COUNT], f64_out[LANE_COUNT];

static void philox_once(unsigned i) {
    lanes_philox(1, i, 0, LANE_COUNT, words[0], words[1], words[2], words[3]);
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

static const struct {
    const char *name;
    void (*once)(unsigned);
    double elements;
} work[] = {{"calibration step", mix_once, 1},
            {"philox, 32 bits", philox_once, 4.0 * LANE_COUNT},
            {"uniform f32", uniform_f32_once, LANE_COUNT},
            {"exp f32", exp_f32_once, LANE_COUNT},
            {"log f32", log_f32_once, LANE_COUNT},
            {"pow f32", pow_f32_once, LANE_COUNT},
            {"normal quantile f32", quantile_f32_once, LANE_COUNT},
            {"exponential f32", exponential_f32_once, LANE_COUNT},
            {"normal f32", normal_f32_once, LANE_COUNT},
            {"lognormal f32", lognormal_f32_once, LANE_COUNT},
            {"exp f64", exp_f64_once, LANE_COUNT},
            {"log f64", log_f64_once, LANE_COUNT},
            {"normal tail f64", tail_f64_once, LANE_COUNT}};
enum { WORKS = sizeof work / sizeof *work };

int main(int argc, char **argv) {
    static double runs[WORKS][REPEATS];
    const char *label = argc > 1 ? argv[1] : "";
    philox_once(0);
    for (int i = 0; i < LANE_COUNT; i++) {
        probability[i] = nen__uniform_f32(words[1][i]);
        f32[i] = 0.1f + 20.0f * probability[i];
        f64[i] = (double)f32[i];
    }
    for (int r = 0; r < REPEATS; r++) {
        for (int i = 0; i < WORKS; i++)
            runs[i][r] = measure_once(work[i].once, SECONDS) / work[i].elements;
    }
    const double unit = median(runs[0]);
    for (int i = 0; i < WORKS; i++) {
        const double ns = median(runs[i]);
        printf("%-14s %-20s %8.3f ns %8.3f steps\n", label, work[i].name, ns,
               ns / unit);
    }
    return 0;
}
