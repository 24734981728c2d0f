/* fmath.h - exp, log, pow, normal quantile and tail: the same bits on every machine.
 *
 * Only IEEE add, subtract, multiply, divide and square root, rounded to nearest, and
 * integer operations; no FMA (the build says -ffp-contract=off), no call of libm.  All
 * functions are free of branches, so that a flat loop over lanes becomes vector code
 * with gcc and clang; choices are single selects between values that both exist.
 *
 * Every function is total.  Outside its domain it saturates as its comment says, and a
 * NaN counts as the lower end of the domain, because the bits of a computed NaN differ
 * between machines.  No result is a subnormal number, an infinity or a NaN.
 *
 * Errors are in units in the last place of the exact result (ulp): over every input of
 * the domain for f32 (`make exhaustive`), but for pow; over samples for pow and f64.
 * tests/test_fmath.c asserts them; tools/fit_fmath.py printed the coefficients. */
#ifndef NEN_FMATH_H
#define NEN_FMATH_H

#include <stdint.h>

/* ---- bits ---- */

static inline uint32_t nen__bits_f32(float x) {
    const union {
        float value;
        uint32_t bits;
    } u = {.value = x};
    return u.bits;
}

static inline float nen__from_bits_f32(uint32_t bits) {
    const union {
        uint32_t bits;
        float value;
    } u = {.bits = bits};
    return u.value;
}

static inline uint64_t nen__bits_f64(double x) {
    const union {
        double value;
        uint64_t bits;
    } u = {.value = x};
    return u.bits;
}

static inline double nen__from_bits_f64(uint64_t bits) {
    const union {
        uint64_t bits;
        double value;
    } u = {.bits = bits};
    return u.value;
}

/* ---- f32 ---- */

/**
 * e^x.
 *
 * x = k ln 2 + r, |r| <= ln 2 / 2; e^r by a polynomial; k goes into the exponent.  k is
 * rounded by adding 1.5 * 2^23, which plain SSE2 can do, unlike rint.
 *
 * @param x domain -87 to 88; beyond it saturates at e^-87 = 1.65e-38 and e^88 = 1.65e38
 * @return error below 1.0 ulp
 */
static inline float nen__exp_f32(float x) {
    const float lowest = -87.0f, highest = 88.0f;
    const float log2_e = 0x1.715476p0f, shift = 0x1.8p23f;
    const float ln2_high = 0x1.62e4p-1f, ln2_low = 0x1.7f7d1cp-20f; /* k * high exact */
    const float n0 = 0x1.fffffcp-2f, n1 = 0x1.555492p-3f, n2 = 0x1.5558aep-5f,
                n3 = 0x1.12397cp-7f, n4 = 0x1.6a4ef0p-10f;
    const unsigned exponent_at = 23;

    x = x > lowest ? x : lowest;
    x = x < highest ? x : highest;
    const float shifted = x * log2_e + shift; /* its low bits hold k */
    const float k = shifted - shift;
    const float r = (x - k * ln2_high) - k * ln2_low;
    const float rest = n0 + r * (n1 + r * (n2 + r * (n3 + r * n4)));
    const float y = 1.0f + (r + r * r * rest);
    return nen__from_bits_f32(nen__bits_f32(y) +
                              (nen__bits_f32(shifted) << exponent_at));
}

/**
 * Natural logarithm.
 *
 * x = 2^k m, sqrt(1/2) <= m < sqrt(2); log m by a polynomial in m - 1, which is exact.
 *
 * @param x domain: the positive normal numbers.  What is below them, zero and negative
 *          numbers too, saturates at log(2^-126) = -87.34; infinity counts as 2^128
 * @return error below 1.0 ulp; log(1) is exactly 0
 */
static inline float nen__log_f32(float x) {
    const float lowest = 0x1p-126f;
    const uint32_t sqrt_half = 0x3f3504f3, fraction = 0x007fffff; /* as bits */
    const unsigned exponent_at = 23;
    const float ln2_high = 0x1.62e4p-1f, ln2_low = 0x1.7f7d1cp-20f; /* k * high exact */
    const float n0 = 0x1.555554p-2f, n1 = -0x1.000226p-2f, n2 = 0x1.99a01ap-3f,
                n3 = -0x1.547288p-3f, n4 = 0x1.22d96cp-3f, n5 = -0x1.0d82aap-3f,
                n6 = 0x1.055ce6p-3f, n7 = -0x1.38c214p-4f;
    const float half = 0.5f;

    x = x > lowest ? x : lowest;
    const uint32_t over = nen__bits_f32(x) - sqrt_half;
    const float k = (float)((int32_t)over >> exponent_at);
    const float f = nen__from_bits_f32((over & fraction) + sqrt_half) - 1.0f;
    const float rest =
        n0 + f * (n1 + f * (n2 + f * (n3 + f * (n4 + f * (n5 + f * (n6 + f * n7))))));
    const float square = f * f;
    const float tail = square * (f * rest) - half * square;
    return k * ln2_high + (f + (tail + k * ln2_low));
}

/* Upper tail of the standard normal: z >= 0 with P(Z > z) = p, for 2^-33 <= p <= 1/2.
 * Center, p > 1/16: sqrt(2 pi) d plus a correction in d^2, d = 1/2 - p.  Tail:
 * sqrt(2) r minus one in r = sqrt(-log p).  The corrections are rational functions and
 * share one division.  The split is that of algorithm AS 241 (Wichura, Applied
 * Statistics 37, 1988); the leading terms apart keep the rounding of the rest small. */
static inline float nen__normal_upper_f32(float p) {
    const float half = 0.5f, edge = 0.0625f;
    const float center_square = 0x1.88p-3f; /* (1/2 - edge)^2 */
    const float tail_start = 1.5f;
    const float root_2pi = 0x1.40d932p+1f, root_2 = 0x1.6a09e6p+0f;
    const float a0 = 0x1.4e584cp+2f, a1 = 0x1.54d576p+6f, a2 = 0x1.0c9d4cp+8f,
                a3 = 0x1.317338p+5f;
    const float b1 = 0x1.72ad42p+4f, b2 = 0x1.1c133cp+7f, b3 = 0x1.93f866p+7f;
    const float c0 = -0x1.bd69b6p-1f, c1 = -0x1.21537ep-1f, c2 = -0x1.1e40e8p-4f,
                c3 = -0x1.8f99a8p-12f;
    const float d1 = 0x1.046fc0p+0f, d2 = 0x1.2ac608p-2f, d3 = 0x1.4c35b2p-6f;

    const float d = half - p;
    const float u = center_square - d * d;
    const float r = __builtin_sqrtf(-nen__log_f32(p));
    const float t = r - tail_start;
    const float center_over = d * (d * d) * (a0 + u * (a1 + u * (a2 + u * a3)));
    const float center_under = 1.0f + u * (b1 + u * (b2 + u * b3));
    const float tail_over = c0 + t * (c1 + t * (c2 + t * c3));
    const float tail_under = 1.0f + t * (d1 + t * (d2 + t * d3));
    const float first = p > edge ? root_2pi * d : root_2 * r;
    const float over = p > edge ? center_over : tail_over;
    const float under = p > edge ? center_under : tail_under;
    return first + over / under;
}

/**
 * Quantile of the standard normal: z with P(Z < z) = p.
 *
 * @param p domain 2^-33 to 1 - 2^-24; it saturates at z = -6.34 below, and at
 *          z = 5.29 above, where no f32 lies between 1 - 2^-24 and 1
 * @return error below 4 ulp, and so below 1.2e-6; exactly 0 at p = 1/2
 */
static inline float nen__normal_quantile_f32(float p) {
    const float half = 0.5f, lowest = 0x1p-33f, highest = 0x1.fffffep-1f;
    p = p > lowest ? p : lowest;
    p = p < highest ? p : highest;
    const float q = 1.0f - p;
    const float z = nen__normal_upper_f32(p < half ? p : q);
    return p < half ? -z : z;
}

/**
 * x^y as e^(y log x).
 *
 * @param x domain: the positive normal numbers, and what nen__log_f32 makes of others
 * @param y any finite number; where y log x leaves -87 to 88, saturates as nen__exp_f32
 * @return error below (1 + 2 |y log x|) ulp
 */
static inline float nen__pow_f32(float x, float y) {
    return nen__exp_f32(y * nen__log_f32(x));
}

/* ---- f64 ---- */

/**
 * e^x; as nen__exp_f32.
 *
 * @param x domain -708 to 709; beyond it saturates at e^-708 = 3.3e-308 and
 *          e^709 = 8.2e307
 * @return error below 1.0 ulp
 */
static inline double nen__exp_f64(double x) {
    const double lowest = -708.0, highest = 709.0;
    const double log2_e = 0x1.71547652b82fep0, shift = 0x1.8p52;
    const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
    const double n0 = 0x1.0000000000000p-1, n1 = 0x1.555555555555ap-3,
                 n2 = 0x1.5555555555530p-5, n3 = 0x1.111111110f168p-7,
                 n4 = 0x1.6c16c16c2759bp-10, n5 = 0x1.a01a01b1e3430p-13,
                 n6 = 0x1.a01a01503ff17p-16, n7 = 0x1.71ddf38c9cda1p-19,
                 n8 = 0x1.27e5925b15db5p-22, n9 = 0x1.af66b086b9ee0p-26,
                 n10 = 0x1.1e5e13fa58772p-29;
    const unsigned exponent_at = 52;

    x = x > lowest ? x : lowest;
    x = x < highest ? x : highest;
    const double shifted = x * log2_e + shift; /* its low bits hold k */
    const double k = shifted - shift;
    const double r = (x - k * ln2_high) - k * ln2_low;
    const double high = n5 + r * (n6 + r * (n7 + r * (n8 + r * (n9 + r * n10))));
    const double rest = n0 + r * (n1 + r * (n2 + r * (n3 + r * (n4 + r * high))));
    const double y = 1.0 + (r + r * r * rest);
    return nen__from_bits_f64(nen__bits_f64(y) +
                              (nen__bits_f64(shifted) << exponent_at));
}

/**
 * Natural logarithm.
 *
 * x = 2^k m as in nen__log_f32; log(1 + f) = 2 atanh(s), s = f / (2 + f), in the
 * arrangement of fdlibm: f - (f^2/2 - s (f^2/2 + R)), so that f is added last.
 *
 * @param x domain: the positive normal numbers.  What is below them, zero and negative
 *          numbers too, saturates at log(2^-1022) = -708.4; infinity counts as 2^1024
 * @return error below 1.0 ulp; log(1) is exactly 0
 */
static inline double nen__log_f64(double x) {
    const double lowest = 0x1p-1022;
    const uint64_t sqrt_half = 0x3fe6a09e667f3bcd, one = 0x3ff0000000000000,
                   fraction = 0x000fffffffffffff;
    const unsigned exponent_at = 52;
    /* An integer below 2^52 in the low bits of 2^52 is that double: no conversion. */
    const uint64_t two_52_bits = 0x4330000000000000;
    const double two_52_and_bias = 0x1p52 + 1023.0;
    const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
    const double n0 = 0x1.5555555555593p-1, n1 = 0x1.999999997faf9p-2,
                 n2 = 0x1.2492494211e6cp-2, n3 = 0x1.c71c51f2076e6p-3,
                 n4 = 0x1.74664338b74fdp-3, n5 = 0x1.39a154611fd72p-3,
                 n6 = 0x1.2f09264133615p-3;
    const double half = 0.5;

    x = x > lowest ? x : lowest;
    const uint64_t over = nen__bits_f64(x) + (one - sqrt_half);
    const double k =
        nen__from_bits_f64((over >> exponent_at) | two_52_bits) - two_52_and_bias;
    const double f = nen__from_bits_f64((over & fraction) + sqrt_half) - 1.0;
    const double s = f / (2.0 + f);
    const double z = s * s;
    const double high = n3 + z * (n4 + z * (n5 + z * n6));
    const double rest = z * (n0 + z * (n1 + z * (n2 + z * high)));
    const double half_square = half * f * f;
    const double correction = s * (half_square + rest) + k * ln2_low;
    return k * ln2_high - ((half_square - correction) - f);
}

/**
 * Tail probability of the standard normal: P(Z > z).
 *
 * e^(-z^2/2) M(t) / (|z| + 5), M a polynomial in t = (|z| - 5) / (|z| + 5); z^2 is
 * split so that its rounding is not multiplied by the exponential.
 *
 * @param z domain -37.5 to 37.5; it saturates at 1 below and at 4.6e-308 above
 * @return error below 10 ulp.  Twice the tail of |z| is the two-sided p value
 */
static inline double nen__normal_tail_f64(double z) {
    const double lowest = -37.5, highest = 37.5, pole = 5.0, half = 0.5;
    const double sixth = 0x1.5555555555555p-3;
    const uint64_t upper_half = 0xfffffffff8000000; /* 26 bits, whose square is exact */
    const double n0 = 0x1.89d3abe1f95aep-1, n1 = -0x1.54ad03f27ca18p-1,
                 n2 = 0x1.fb31653876f57p-2, n3 = -0x1.410ed5f87594bp-2,
                 n4 = 0x1.51f6329f02922p-3, n5 = -0x1.1b1c254ca3469p-4,
                 n6 = 0x1.54b4d4f432923p-6, n7 = -0x1.88590e9baeb79p-9,
                 n8 = -0x1.a250373b08830p-11, n9 = 0x1.1daf1b93ff832p-11,
                 n10 = -0x1.f214965afad29p-15, n11 = -0x1.a1705eb9c9244p-15,
                 n12 = 0x1.17de87228b7a0p-16, n13 = 0x1.0b1db005c9baep-18,
                 n14 = -0x1.73c68e6055353p-19, n15 = -0x1.6873453b22985p-22,
                 n16 = 0x1.d22f067eaa5e7p-22, n17 = 0x1.63798ed887ee3p-25,
                 n18 = -0x1.1f5fa7f687da6p-24, n19 = -0x1.303731f5dd27dp-27,
                 n20 = 0x1.18833f6b3315ep-27, n21 = 0x1.c8ab4f6bddee9p-30,
                 n22 = -0x1.20db289921303p-32;

    z = z > lowest ? z : lowest;
    z = z < highest ? z : highest;
    const double size = z < 0 ? -z : z;
    const double near = nen__from_bits_f64(nen__bits_f64(size) & upper_half);
    const double rest = -half * (size - near) * (size + near); /* beyond -near^2 / 2 */
    const double first = nen__exp_f64(-half * near * near);
    const double density = first + first * (rest + rest * rest * (half + sixth * rest));

    const double scale = 1.0 / (size + pole), t = (size - pole) * scale;
    const double m3 = n18 + t * (n19 + t * (n20 + t * (n21 + t * n22)));
    const double m2 =
        n12 + t * (n13 + t * (n14 + t * (n15 + t * (n16 + t * (n17 + t * m3)))));
    const double m1 =
        n6 + t * (n7 + t * (n8 + t * (n9 + t * (n10 + t * (n11 + t * m2)))));
    const double m0 =
        n0 + t * (n1 + t * (n2 + t * (n3 + t * (n4 + t * (n5 + t * m1)))));
    const double tail = density * m0 * scale, other = 1.0 - tail;
    return z < 0 ? other : tail;
}

#endif
