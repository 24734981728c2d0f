/* lanes.h - one flat loop for each function of core/fmath.h and core/rng.h, as the
 * simulator uses them: what the checks of same bits and vector code and the benchmark
 * share.  Each loop stands on a line of its own, so that compilers can name it. */
#ifndef NEN_LANES_H
#define NEN_LANES_H

#include "rng.h"

/* noinline: each loop is compiled once, with lengths and pointers it cannot know. */
#define LANES(name, in, out, expression)                                               \
    __attribute__((noinline)) static void lanes_##name(                                \
        uint32_t count, const in *restrict x, out *restrict y) {                       \
        for (uint32_t i = 0; i < count; i++)                                           \
            y[i] = expression;                                                         \
    }

// clang-format off
LANES(exp_f32, float, float, nen__exp_f32(x[i]))
LANES(log_f32, float, float, nen__log_f32(x[i]))
LANES(pow_f32, float, float, nen__pow_f32(x[i], 1.7f))
LANES(quantile_f32, float, float, nen__normal_quantile_f32(x[i]))
LANES(exp_f64, double, double, nen__exp_f64(x[i]))
LANES(log_f64, double, double, nen__log_f64(x[i]))
LANES(tail_f64, double, double, nen__normal_tail_f64(x[i]))
LANES(uniform_f32, uint32_t, float, nen__uniform_f32(x[i]))
LANES(exponential_f32, uint32_t, float, nen__exponential_f32(x[i]))
LANES(normal_f32, uint32_t, float, nen__normal_f32(x[i]))
LANES(lognormal_f32, uint32_t, float, nen__lognormal_f32(x[i], 0.3f, 0.8f))
// clang-format on

__attribute__((noinline)) static void
lanes_philox(uint64_t seed, const uint32_t *restrict low, const uint32_t *restrict high,
             uint32_t stream, uint32_t count, uint32_t *restrict w0,
             uint32_t *restrict w1, uint32_t *restrict w2, uint32_t *restrict w3) {
    nen__philox_lanes(seed, low, high, stream, 0, count, w0, w1, w2, w3);
}

#endif
