/* units.h - what the parts of a course cost by themselves: one random word, one
 * exponential, one variate, in flat loops, once for each instruction set. */
#ifndef NEN_UNITS_H
#define NEN_UNITS_H

// clang-format off
#define UNIT_LIST(X)                                                                   \
    X(philox,          "philox, 32 bits")                                              \
    X(uniform_f32,     "uniform f32")                                                  \
    X(exp_f32,         "exp f32")                                                      \
    X(log_f32,         "log f32")                                                      \
    X(pow_f32,         "pow f32")                                                      \
    X(quantile_f32,    "normal quantile f32")                                          \
    X(exponential_f32, "exponential f32")                                              \
    X(normal_f32,      "normal f32")                                                   \
    X(lognormal_f32,   "lognormal f32")                                                \
    X(exp_f64,         "exp f64")                                                      \
    X(log_f64,         "log f64")                                                      \
    X(tail_f64,        "normal tail f64")
#define X(name, text) UNIT_##name,
enum { UNIT_LIST(X) UNITS };
#undef X
// clang-format on

/* Nanoseconds of one element of each unit. */
typedef void units_measure(double ns[UNITS]);
units_measure units_portable, units_avx2, units_avx512;

#endif
