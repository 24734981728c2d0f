/* same_bits.c - a hash over a million results of each function of core/fmath.h and
 * core/rng.h.  tests/same_bits.sh demands the same hashes of every compiler,
 * optimization and instruction set, and of WebAssembly, where this file is built
 * without a C library and tests/same_bits.js calls the two exported functions. */
#include <stddef.h>

#include "lanes.h"

enum { LANE_COUNT = 1000, BATCHES = 1000 };

static uint32_t words[4][LANE_COUNT], mixed[LANE_COUNT];
static float any[LANE_COUNT], moderate[LANE_COUNT], probability[LANE_COUNT];
static float f32[LANE_COUNT];
static double any_f64[LANE_COUNT], moderate_f64[LANE_COUNT], f64[LANE_COUNT];

static void hash_word(uint64_t *hash, uint64_t bits) {
    *hash = (*hash ^ bits) * 0x9e3779b97f4a7c15u;
    *hash ^= *hash >> 32;
}

static void hash_f32(uint64_t *hash) {
    for (int i = 0; i < LANE_COUNT; i++)
        hash_word(hash, nen__bits_f32(f32[i]));
}

static void hash_f64(uint64_t *hash) {
    for (int i = 0; i < LANE_COUNT; i++)
        hash_word(hash, nen__bits_f64(f64[i]));
}

static void philox(uint64_t *hash) {
    for (int i = 0; i < LANE_COUNT; i++) {
        hash_word(hash, (uint64_t)words[0][i] << 32 | words[1][i]);
        hash_word(hash, (uint64_t)words[2][i] << 32 | words[3][i]);
    }
}

/* Each function over any bits at all, NaN and infinities with them, or over numbers of
 * its domain. */
#define HASHED(name, input, output)                                                    \
    static void name(uint64_t *hash) {                                                 \
        lanes_##name(LANE_COUNT, input, output);                                       \
        hash_##output(hash);                                                           \
    }
#define HASHED_TWICE(name, input, other, output)                                       \
    static void name(uint64_t *hash) {                                                 \
        lanes_##name(LANE_COUNT, input, output);                                       \
        hash_##output(hash);                                                           \
        lanes_##name(LANE_COUNT, other, output);                                       \
        hash_##output(hash);                                                           \
    }

HASHED_TWICE(exp_f32, any, moderate, f32)
HASHED_TWICE(log_f32, any, moderate, f32)
HASHED_TWICE(pow_f32, any, moderate, f32)
HASHED_TWICE(quantile_f32, any, probability, f32)
HASHED_TWICE(exp_f64, any_f64, moderate_f64, f64)
HASHED_TWICE(log_f64, any_f64, moderate_f64, f64)
HASHED_TWICE(tail_f64, any_f64, moderate_f64, f64)
HASHED(uniform_f32, mixed, f32)
HASHED(exponential_f32, mixed, f32)
HASHED(normal_f32, mixed, f32)
HASHED(lognormal_f32, mixed, f32)

static const struct {
    const char *name;
    void (*add)(uint64_t *hash);
} hashed[] = {{"philox", philox},
              {"uniform_f32", uniform_f32},
              {"exp_f32", exp_f32},
              {"log_f32", log_f32},
              {"pow_f32", pow_f32},
              {"quantile_f32", quantile_f32},
              {"normal_f32", normal_f32},
              {"exponential_f32", exponential_f32},
              {"lognormal_f32", lognormal_f32},
              {"exp_f64", exp_f64},
              {"log_f64", log_f64},
              {"tail_f64", tail_f64}};

enum { HASHES = sizeof hashed / sizeof *hashed };

static void fill(uint32_t batch) {
    lanes_philox(7, (uint64_t)batch * LANE_COUNT, 1, LANE_COUNT, words[0], words[1],
                 words[2], words[3]);
    for (int i = 0; i < LANE_COUNT; i++) {
        const float u = nen__uniform_f32(words[1][i]);
        mixed[i] = words[0][i];
        any[i] = nen__from_bits_f32(words[0][i]);
        probability[i] = u;
        moderate[i] = 180.0f * u - 90.0f;
        any_f64[i] = nen__from_bits_f64((uint64_t)words[0][i] << 32 | words[2][i]);
        moderate_f64[i] = (double)moderate[i] + (double)words[2][i] * 0x1p-40;
    }
}

const char *same_bits_name(uint32_t i);
uint64_t same_bits_hash(uint32_t i);

/* Name of function `i`, or NULL past the last. */
const char *same_bits_name(uint32_t i) {
    return i < HASHES ? hashed[i].name : NULL;
}

/* Its hash; `i` must have a name. */
uint64_t same_bits_hash(uint32_t i) {
    uint64_t hash = 0;
    for (uint32_t batch = 0; batch < BATCHES; batch++) {
        fill(batch);
        hashed[i].add(&hash);
    }
    return hash;
}

#ifndef __wasm__
#include <inttypes.h>
#include <stdio.h>

int main(void) {
    for (uint32_t i = 0; same_bits_name(i); i++)
        printf("%-16s %016" PRIx64 "\n", same_bits_name(i), same_bits_hash(i));
    return 0;
}
#endif
