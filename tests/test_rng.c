/* test_rng.c - Philox against its known answers; moments, distribution and independence
 * of every variate at a fixed seed.  Run from the root of the project. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rng.h"

enum { DRAWS = 1 << 20, LINE_MAX_BYTES = 256, LANES_COUNT = 37, CELLS = 256 };

/* A fixed seed makes each test a yes or no for good; the bounds are those of chance:
 * five standard errors, which a sound generator passes with all but 6 in 10 million. */
static const double SIGMAS = 5;
static const uint64_t SEED = 20261125;

static uint32_t words[DRAWS];
static float draws[DRAWS];

static uint32_t word(uint64_t patient, uint32_t stream, uint32_t block) {
    const nen__counter at = {(uint32_t)patient, (uint32_t)(patient >> 32), stream,
                             block};
    return nen__philox(SEED, at).w0;
}

static void fill_words(uint32_t stream) {
    for (uint32_t i = 0; i < DRAWS; i++)
        words[i] = word(i, stream, 0);
}

/* ---- Philox ---- */

static void philox_gives_the_known_answers(void **state) {
    (void)state;
    char line[LINE_MAX_BYTES];
    unsigned rows = 0;
    FILE *file = fopen("tests/kat/philox4x32.txt", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        uint32_t n[10];
        char *at = line;
        if (*line == '#') continue;
        for (int i = 0; i < 10; i++)
            n[i] = (uint32_t)strtoul(at, &at, 16);
        const nen__counter counter = {n[0], n[1], n[2], n[3]};
        const nen__random x = nen__philox((uint64_t)n[5] << 32 | n[4], counter);
        assert_int_equal(x.w0, n[6]);
        assert_int_equal(x.w1, n[7]);
        assert_int_equal(x.w2, n[8]);
        assert_int_equal(x.w3, n[9]);
        rows++;
    }
    fclose(file);
    assert_int_equal(rows, 3);
}

/* Lanes are single calls, also where the low word of the patient runs over. */
static void lanes_are_single_draws(void **state) {
    (void)state;
    static const uint64_t first[] = {0, 0xFFFFFFF0u, 0x1FFFFFFFFu, UINT64_MAX - 5};
    uint32_t w[4][LANES_COUNT], low[LANES_COUNT], high[LANES_COUNT];
    for (size_t k = 0; k < sizeof first / sizeof *first; k++) {
        nen__patients(first[k], LANES_COUNT, low, high);
        nen__philox_lanes(SEED, low, high, 3, 7, LANES_COUNT, w[0], w[1], w[2], w[3]);
        for (uint32_t i = 0; i < LANES_COUNT; i++) {
            const uint64_t patient = first[k] + i;
            const nen__counter at = {(uint32_t)patient, (uint32_t)(patient >> 32), 3,
                                     7};
            const nen__random x = nen__philox(SEED, at);
            assert_true(w[0][i] == x.w0 && w[1][i] == x.w1);
            assert_true(w[2][i] == x.w2 && w[3][i] == x.w3);
        }
    }
}

/* Every part of key and counter counts: one changed bit gives another block. */
static void each_input_bit_matters(void **state) {
    (void)state;
    const nen__counter at = {1, 2, 3, 4};
    const nen__random x = nen__philox(SEED, at);
    for (unsigned bit = 0; bit < 192; bit++) {
        const uint32_t flip = (uint32_t)1 << bit % 32;
        nen__counter other = at;
        uint64_t seed = SEED;
        if (bit < 32) {
            other.patient_low ^= flip;
        } else if (bit < 64) {
            other.patient_high ^= flip;
        } else if (bit < 96) {
            other.stream ^= flip;
        } else if (bit < 128) {
            other.block ^= flip;
        } else {
            seed ^= (uint64_t)1 << (bit - 128);
        }
        const nen__random y = nen__philox(seed, other);
        const int changed =
            __builtin_popcount(x.w0 ^ y.w0) + __builtin_popcount(x.w1 ^ y.w1) +
            __builtin_popcount(x.w2 ^ y.w2) + __builtin_popcount(x.w3 ^ y.w3);
        /* 128 fair bits: mean 64, standard deviation sqrt(32) */
        assert_true(fabs(changed - 64.0) < SIGMAS * sqrt(32));
    }
}

/* ---- moments ---- */

/* Of a distribution: mean, variance, and the central moments in units of the standard
 * deviation, m3 the skewness and m4 the kurtosis. */
typedef struct shape {
    double mean, variance, m3, m4, m5, m6, m8;
} shape;

/* Mean, variance, skewness and kurtosis of the draws are those of the distribution, by
 * the large-sample standard errors of sample moments (delta method). */
static void moments_are(const shape *of) {
    double sum = 0, c2 = 0, c3 = 0, c4 = 0;
    for (int i = 0; i < DRAWS; i++)
        sum += (double)draws[i];
    const double mean = sum / DRAWS;
    for (int i = 0; i < DRAWS; i++) {
        const double d = (double)draws[i] - mean;
        c2 += d * d, c3 += d * d * d, c4 += d * d * d * d;
    }
    const double variance = c2 / DRAWS, skewness = c3 / DRAWS / pow(variance, 1.5);
    const double kurtosis = c4 / DRAWS / (variance * variance);
    const double m3 = of->m3, m4 = of->m4;
    const double skewness_variance =
        of->m6 - 6 * m4 + 9 + m3 * m3 * (9 * m4 + 35) / 4 - 3 * m3 * of->m5;
    const double kurtosis_variance = of->m8 - 4 * m4 * of->m6 + 4 * m4 * m4 * m4 -
                                     m4 * m4 + 16 * m4 * m3 * m3 - 8 * m3 * of->m5 +
                                     16 * m3 * m3;
    assert_true(fabs(mean - of->mean) < SIGMAS * sqrt(of->variance / DRAWS));
    assert_true(fabs(variance / of->variance - 1) < SIGMAS * sqrt((m4 - 1) / DRAWS));
    assert_true(fabs(skewness - m3) < SIGMAS * sqrt(skewness_variance / DRAWS));
    assert_true(fabs(kurtosis - m4) < SIGMAS * sqrt(kurtosis_variance / DRAWS));
}

/* The raw moment E x^k, within its standard error from E x^2k, both exact. */
static void raw_moment_is(unsigned k, double expected, double expected_of_square) {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++)
        sum += pow((double)draws[i], k);
    const double error = sqrt((expected_of_square - expected * expected) / DRAWS);
    assert_true(fabs(sum / DRAWS - expected) < SIGMAS * error);
}

static void uniform_has_its_moments(void **state) {
    (void)state;
    fill_words(11);
    for (int i = 0; i < DRAWS; i++)
        draws[i] = nen__uniform_f32(words[i]);
    for (unsigned k = 1; k <= 4; k++)
        raw_moment_is(k, 1.0 / (k + 1), 1.0 / (2 * k + 1));
    const shape of = {0.5, 1.0 / 12, 0, 9.0 / 5, 0, 27.0 / 7, 9};
    moments_are(&of);
}

static void normal_has_its_moments(void **state) {
    (void)state;
    static const double even[] = {1, 1, 3, 15, 105}; /* E z^2k */
    fill_words(12);
    for (int i = 0; i < DRAWS; i++)
        draws[i] = nen__normal_f32(words[i]);
    for (unsigned k = 1; k <= 4; k++)
        raw_moment_is(k, k % 2 ? 0 : even[k / 2], even[k]);
    const shape of = {0, 1, 0, 3, 0, 15, 105};
    moments_are(&of);
}

static void exponential_has_its_moments(void **state) {
    (void)state;
    static const double factorial[] = {1, 1, 2, 6, 24, 120, 720, 5040, 40320};
    fill_words(13);
    for (int i = 0; i < DRAWS; i++)
        draws[i] = nen__exponential_f32(words[i]);
    for (unsigned k = 1; k <= 4; k++)
        raw_moment_is(k, factorial[k], factorial[(size_t)2 * k]);
    const shape of = {1, 1, 2, 9, 44, 265, 14833};
    moments_are(&of);
}

static void lognormal_has_its_moments(void **state) {
    (void)state;
    const float mean_log = 0.7f, sd_log = 0.25f;
    const double m = (double)mean_log, v = (double)sd_log * (double)sd_log;
    fill_words(14);
    for (int i = 0; i < DRAWS; i++)
        draws[i] = nen__lognormal_f32(words[i], mean_log, sd_log);
    for (unsigned k = 1; k <= 4; k++)
        raw_moment_is(k, exp(k * m + k * k * v / 2), exp(2 * k * m + 2 * k * k * v));
}

/* ---- distribution ---- */

static int ascending(const void *a, const void *b) {
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static double uniform_cdf(double x) {
    return x;
}

static double normal_cdf(double x) {
    return erfc(-x / sqrt(2)) / 2;
}

static double exponential_cdf(double x) {
    return -expm1(-x);
}

/* Kolmogorov and Smirnov's distance is below the bound that chance passes once in a
 * million, sqrt(log(2e6) / 2) / sqrt(n). */
static void draws_follow(double (*cdf)(double)) {
    double distance = 0;
    qsort(draws, DRAWS, sizeof *draws, ascending);
    for (int i = 0; i < DRAWS; i++) {
        const double p = cdf((double)draws[i]);
        distance = fmax(distance, fmax(p - (double)i / DRAWS, (i + 1.0) / DRAWS - p));
    }
    assert_true(distance < sqrt(log(2e6) / 2 / DRAWS));
}

static void variates_follow_their_distributions(void **state) {
    (void)state;
    fill_words(21);
    for (int i = 0; i < DRAWS; i++)
        draws[i] = nen__uniform_f32(words[i]);
    draws_follow(uniform_cdf);
    for (int i = 0; i < DRAWS; i++)
        draws[i] = nen__normal_f32(words[i]);
    draws_follow(normal_cdf);
    for (int i = 0; i < DRAWS; i++)
        draws[i] = nen__exponential_f32(words[i]);
    draws_follow(exponential_cdf);
}

/* The stated ends are reached, by the words that the comments say, and not passed. */
static void variates_end_where_they_say(void **state) {
    (void)state;
    assert_true(nen__uniform_f32(0) == 0x1p-24f);
    assert_true(nen__uniform_f32(UINT32_MAX) == 1.0f - 0x1p-24f);
    assert_true(nen__exponential_f32(UINT32_MAX) == 0x1p-24f);
    assert_true(fabs((double)nen__exponential_f32(0) - 32 * log(2)) < 2e-6);
    assert_true(fabs((double)nen__normal_f32(0) - 6.33796) < 1e-5);
    assert_true(nen__normal_f32(1) == -nen__normal_f32(0));
    assert_true(nen__normal_f32(UINT32_MAX) == 0);
    for (uint32_t i = 0; i < DRAWS; i++) {
        const uint32_t w = word(i, 22, 0);
        const float u = nen__uniform_f32(w), e = nen__exponential_f32(w);
        assert_true(u >= 0x1p-24f && u <= 1.0f - 0x1p-24f);
        assert_true(1.0f - u == nen__uniform_f32(~w));
        assert_true(e >= 0x1p-24f && e < 22.19f);
        assert_true(nen__normal_f32(w) == -nen__normal_f32(w ^ 1));
    }
}

/* ---- independence ---- */

/* Correlation of a * b over patients, in standard errors. */
static double correlation_in_errors(uint32_t stream_a, uint32_t block_a,
                                    unsigned word_a, uint32_t stream_b,
                                    uint32_t block_b, unsigned word_b, uint32_t shift) {
    double sum = 0;
    for (uint32_t i = 0; i < DRAWS / 4; i++) {
        const nen__random a =
            nen__philox(SEED, (nen__counter){i, 0, stream_a, block_a});
        const nen__random b =
            nen__philox(SEED, (nen__counter){i + shift, 0, stream_b, block_b});
        const uint32_t wa[4] = {a.w0, a.w1, a.w2, a.w3};
        const uint32_t wb[4] = {b.w0, b.w1, b.w2, b.w3};
        sum += ((double)nen__uniform_f32(wa[word_a]) - 0.5) *
               ((double)nen__uniform_f32(wb[word_b]) - 0.5);
    }
    return sum / sqrt(DRAWS / 4.0) * 12;
}

static void streams_are_independent(void **state) {
    (void)state;
    for (uint32_t s = 0; s < 6; s++) {
        assert_true(fabs(correlation_in_errors(s, 0, 0, s + 1, 0, 0, 0)) < SIGMAS);
        assert_true(fabs(correlation_in_errors(s, 0, 0, s, 1, 0, 0)) < SIGMAS);
        assert_true(fabs(correlation_in_errors(s, 0, 0, s, 0, 0, 1)) < SIGMAS);
    }
    for (unsigned a = 0; a < 4; a++) {
        for (unsigned b = a + 1; b < 4; b++)
            assert_true(fabs(correlation_in_errors(9, 0, a, 9, 0, b, 0)) < SIGMAS);
    }
    /* and the test sees what is not independent */
    assert_true(fabs(correlation_in_errors(9, 0, 0, 9, 0, 0, 0)) > SIGMAS);
}

/* Pairs of streams fill the square evenly: chi-squared over 16 x 16 cells. */
static void pairs_fill_the_square(void **state) {
    (void)state;
    static unsigned cells[CELLS];
    memset(cells, 0, sizeof cells);
    for (uint32_t i = 0; i < DRAWS; i++)
        cells[(word(i, 31, 0) >> 28) << 4 | word(i, 32, 0) >> 28]++;
    const double expected = (double)DRAWS / CELLS;
    double chi2 = 0;
    for (int i = 0; i < CELLS; i++)
        chi2 += (cells[i] - expected) * (cells[i] - expected) / expected;
    assert_true(fabs(chi2 - (CELLS - 1)) < SIGMAS * sqrt(2.0 * (CELLS - 1)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_known_answers),
        cmocka_unit_test(lanes_are_single_draws),
        cmocka_unit_test(each_input_bit_matters),
        cmocka_unit_test(uniform_has_its_moments),
        cmocka_unit_test(normal_has_its_moments),
        cmocka_unit_test(exponential_has_its_moments),
        cmocka_unit_test(lognormal_has_its_moments),
        cmocka_unit_test(variates_follow_their_distributions),
        cmocka_unit_test(variates_end_where_they_say),
        cmocka_unit_test(streams_are_independent),
        cmocka_unit_test(pairs_fill_the_square),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
