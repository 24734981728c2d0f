/* rng.h - counter-based random numbers: Philox4x32-10 and the variates made of it.
 *
 * No state: a draw is a function of (seed, patient, stream, block), so a patient is the
 * same person in every batch, thread, plan and posterior draw.  The generator is that
 * of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC
 * 2011), 10 rounds; tests/kat/philox4x32.txt holds the known answers.
 *
 *     key      seed, low word and high word
 *     counter  patient low word, patient high word, stream, block
 *
 * Each block gives four words of 32 bits; each variate takes one word.  Free of
 * branches, so that flat loops over lanes become vector code (see fmath.h). */
#ifndef NEN_RNG_H
#define NEN_RNG_H

#include "fmath.h"

/** 128 random bits: what one counter gives under one key. */
typedef struct nen__random {
    uint32_t w0, w1, w2, w3;
} nen__random;

/** A counter, of which the first two words are the patient. */
typedef struct nen__counter {
    uint32_t patient_low, patient_high, stream, block;
} nen__counter;

static inline nen__random nen__philox_round(nen__random x, uint32_t key_low,
                                            uint32_t key_high) {
    const uint32_t multiplier_0 = 0xD2511F53, multiplier_1 = 0xCD9E8D57;
    const unsigned word_bits = 32;
    const uint64_t product_0 = (uint64_t)multiplier_0 * x.w0;
    const uint64_t product_1 = (uint64_t)multiplier_1 * x.w2;
    const nen__random out = {
        (uint32_t)(product_1 >> word_bits) ^ x.w1 ^ key_low, (uint32_t)product_1,
        (uint32_t)(product_0 >> word_bits) ^ x.w3 ^ key_high, (uint32_t)product_0};
    return out;
}

/**
 * Philox4x32-10.
 *
 * The rounds are written out, because a loop inside a loop over lanes keeps compilers
 * from making it vector code.
 *
 * @param seed the key; any value
 * @param at   the counter; any value
 * @return four words, each uniform over all 32-bit numbers
 */
static inline nen__random nen__philox(uint64_t seed, nen__counter at) {
    const uint32_t step_low = 0x9E3779B9, step_high = 0xBB67AE85;
    const unsigned word_bits = 32;
    uint32_t low = (uint32_t)seed, high = (uint32_t)(seed >> word_bits);
    nen__random x = {at.patient_low, at.patient_high, at.stream, at.block};
    x = nen__philox_round(x, low, high);
    x = nen__philox_round(x, low += step_low, high += step_high);
    x = nen__philox_round(x, low += step_low, high += step_high);
    x = nen__philox_round(x, low += step_low, high += step_high);
    x = nen__philox_round(x, low += step_low, high += step_high);
    x = nen__philox_round(x, low += step_low, high += step_high);
    x = nen__philox_round(x, low += step_low, high += step_high);
    x = nen__philox_round(x, low += step_low, high += step_high);
    x = nen__philox_round(x, low += step_low, high += step_high);
    return nen__philox_round(x, low + step_low, high + step_high);
}

/**
 * One block for each of `count` patients.
 *
 * @param seed         the key
 * @param low,high     words of the patients' numbers, `count` each
 * @param stream,block the same for all lanes
 * @param w0,w1,w2,w3  written, `count` words each; no array may overlap another
 */
static inline void nen__philox_lanes(uint64_t seed, const uint32_t *restrict low,
                                     const uint32_t *restrict high, uint32_t stream,
                                     uint32_t block, uint32_t count,
                                     uint32_t *restrict w0, uint32_t *restrict w1,
                                     uint32_t *restrict w2, uint32_t *restrict w3) {
#if defined(__clang__) && defined(__SSE2__)
/* clang 14 holds vectors of four words for too dear; they are twice as fast.  Under
 * sanitizers it cannot make them, and would warn. */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpass-failed"
#pragma clang loop vectorize(enable)
#endif
    for (uint32_t i = 0; i < count; i++) {
        const nen__counter at = {low[i], high[i], stream, block};
        const nen__random x = nen__philox(seed, at);
        w0[i] = x.w0;
        w1[i] = x.w1;
        w2[i] = x.w2;
        w3[i] = x.w3;
    }
#if defined(__clang__) && defined(__SSE2__)
#pragma clang diagnostic pop
#endif
}

/**
 * Numbers of patients that follow one another, as nen__philox_lanes takes them.
 *
 * @param first    patient of lane 0; lane i is first + i, mod 2^64
 * @param low,high written, `count` words each
 */
static inline void nen__patients(uint64_t first, uint32_t count, uint32_t *restrict low,
                                 uint32_t *restrict high) {
    const unsigned word_bits = 32;
    const uint32_t first_low = (uint32_t)first;
    const uint32_t first_high = (uint32_t)(first >> word_bits);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t own = first_low + i;
        low[i] = own;
        high[i] = first_high + (own < first_low ? 1u : 0u);
    }
}

/* A strong mix of 64 bits (the finalizer of splitmix64), for hashes of results. */
static inline uint64_t nen__mix_u64(uint64_t x) {
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u; // NOLINT(readability-magic-numbers)
    x = (x ^ x >> 27) * 0x94d049bb133111ebu; // NOLINT(readability-magic-numbers)
    return x ^ x >> 31;                      // NOLINT(readability-magic-numbers)
}

/* ---- variates, one word each ---- */

/**
 * Uniform in (0, 1): ((word >> 8) | 1) * 2^-24, exactly.
 *
 * So the 2^23 odd multiples of 2^-24, each equally likely; u and 1 - u are both among
 * them; the smallest is 2^-24, the largest 1 - 2^-24.
 */
static inline float nen__uniform_f32(uint32_t word) {
    const unsigned dropped_bits = 8;
    const float unit = 0x1p-24f;
    return (float)(int32_t)(word >> dropped_bits | 1) * unit;
}

/**
 * Exponential with mean 1: -log(p), p = ((word >> 1) + 1/2) * 2^-31, rounded to f32 and
 * at most 1 - 2^-24.
 *
 * @return 2^-24 to 22.19, in steps of about 2^-24 near zero; error of the logarithm
 *         below 1 ulp
 */
static inline float nen__exponential_f32(uint32_t word) {
    const float half = 0.5f, unit = 0x1p-31f, highest = 0x1.fffffep-1f;
    const float p = ((float)(int32_t)(word >> 1) + half) * unit;
    return -nen__log_f32(p < highest ? p : highest);
}

/**
 * Standard normal by inversion: the low bit of the word is the sign, the other 31 bits
 * the tail probability p = ((word >> 1) + 1/2) * 2^-32, rounded to f32.
 *
 * @return -6.34 to 6.34; error as nen__normal_quantile_f32
 */
static inline float nen__normal_f32(uint32_t word) {
    const float half = 0.5f, unit = 0x1p-32f;
    const unsigned sign_at = 31;
    const float p = ((float)(int32_t)(word >> 1) + half) * unit;
    const float z = nen__normal_upper_f32(p);
    return nen__from_bits_f32(nen__bits_f32(z) | word << sign_at);
}

/**
 * Log-normal: e^(mean_log + sd_log z), z = nen__normal_f32(word).
 *
 * @param mean_log mean of the logarithm; e^mean_log is the median
 * @param sd_log   standard deviation of the logarithm, >= 0
 * @return positive; saturates as nen__exp_f32 does
 */
static inline float nen__lognormal_f32(uint32_t word, float mean_log, float sd_log) {
    return nen__exp_f32(mean_log + sd_log * nen__normal_f32(word));
}

#endif
