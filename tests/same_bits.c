/* same_bits.c - a hash over a million results of each function of core/fmath.h and
 * core/rng.h, over what the course model counts of forty thousand patients, and over
 * what trials of people drawn from a made-up curve publish.
 * tests/same_bits.sh demands the same hashes of every compiler, optimization and
 * instruction set, and of WebAssembly, where this file is built without a C library and
 * tests/same_bits.mjs calls the two exported functions. */
#include <stddef.h>

#include "course_lanes.c" /* the kernel itself, built as this file is */
#include "course_setup.c"
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

/* ---- the course model ---- */

/* Made-up numbers, so that the hash moves with the kernel alone. */
const float nen__constant[] = {1.2f,  5,      0.7f,  35,     0.6f,    5, 1, 0.3f,
                               -9.9f, 0.085f, 0.45f, 1.118f, 0.7071f, 6, 4, 3,
                               8,     5,      2,     2,      6,       6};
_Static_assert(sizeof nen__constant / sizeof *nen__constant == NEN__CONSTANTS, "all");

static nen__course_work work;
static nen__tally tally;

static void course_batch(uint32_t batch, float noise_sd) {
    enum { PEOPLE = 512 };
    nen__theta theta;
    nen__course_plan plan = {.lines = 3};
    const nen__cohort cohort = {.origin = NEN__ORIGIN_midgut,
                                .ki67_pct = 8,
                                .age_years = 64,
                                .male_prob = 0.5f,
                                .used = 1u << NEN__CLASS_ssa,
                                .entry_growth_months = 24,
                                .entry_under = batch % 3 ? 0 : 1u << NEN__CLASS_ssa};
    const nen__view view = {.visit_weeks = 12,
                            .noise_sd = noise_sd,
                            .horizon_weeks = 522,
                            .lanes = NEN__LANES_PORTABLE,
                            .criteria = batch % 3,
                            .later_weeks = batch % 5 ? 0 : 24};
    for (int i = 0; i < NEN__PARAMETERS; i++)
        theta.p[i] = -3.0f + 0.07f * (float)i;
    plan.line[0].klass[0] = NEN__CLASS_prrt;
    plan.line[0].cap_weeks[0] = 32;
    plan.line[0].klass[1] = NEN__CLASS_ssa;
    plan.line[1].klass[0] = NEN__CLASS_mtor;
    plan.line[2].klass[0] = NEN__CLASS_alkylating;
    plan.line[2].cap_weeks[0] = 52;
    nen__course_portable(&theta, &cohort, &plan, &view, 11, (uint64_t)batch * PEOPLE,
                         PEOPLE, &work, &tally);
}

static void course(uint64_t *hash) {
    enum { COURSE_BATCHES = 40 };
    static uint32_t batch;
    if (batch < COURSE_BATCHES) course_batch(batch, batch % 2 ? 0.08f : 0);
    batch++;
    if (batch != COURSE_BATCHES) return;
    for (int i = 0; i <= NEN__WEEKS_MAX; i++) {
        hash_word(hash, tally.os[i]);
        hash_word(hash, tally.pfs2[i]);
        for (int l = 0; l < NEN__LINES_MAX; l++)
            hash_word(hash, tally.pfs[l][i]);
    }
    hash_word(hash, tally.hash);
    hash_word(hash, tally.os_weeks);
}

void same_bits_trial(uint64_t *hash, uint32_t batch); /* same_bits_trial.c */

static void trial(uint64_t *hash) {
    static uint32_t batch;
    same_bits_trial(hash, batch++);
}

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
              {"tail_f64", tail_f64},
              {"course", course},
              {"trial", trial}};

enum { HASHES = sizeof hashed / sizeof *hashed };

static void fill(uint32_t batch) {
    static uint32_t low[LANE_COUNT], high[LANE_COUNT];
    nen__patients((uint64_t)batch * LANE_COUNT, LANE_COUNT, low, high);
    lanes_philox(7, low, high, 1, LANE_COUNT, words[0], words[1], words[2], words[3]);
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

#ifdef __wasm__
/* What a compiler may call by itself, where there is no C library. */
void *memset(void *to, int value, size_t bytes);
void *memcpy(void *restrict to, const void *restrict from, size_t bytes);

void *memset(void *to, int value, size_t bytes) {
    volatile unsigned char *p = to;
    while (bytes--)
        *p++ = (unsigned char)value;
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes) {
    volatile unsigned char *p = to;
    const unsigned char *q = from;
    while (bytes--)
        *p++ = *q++;
    return to;
}
#else
#include <inttypes.h>
#include <stdio.h>

int main(void) {
    for (uint32_t i = 0; same_bits_name(i); i++)
        printf("%-16s %016" PRIx64 "\n", same_bits_name(i), same_bits_hash(i));
    return 0;
}
#endif
