/* test_fmath.c - the stated error bounds of core/fmath.h, against MPFR.
 *
 * The f64 functions and samples of the f32 ones are compared with MPFR; the dense
 * sweeps of f32 then use the f64 functions (and the C library's erfc) as reference,
 * whose own errors are too small to count.  NEN_SWEEP sets the stride of those sweeps,
 * in steps from one f32 to the next: `make exhaustive` takes 1, that is every f32. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>

#include "rng.h"

enum { SAMPLES = 60000, NEIGHBORS = 100000, PRECISION = 120 };
enum { F32_BITS = 24, F64_BITS = 53, STRIDE = 257 };

/* The bounds that core/fmath.h states. */
static const double EXP_ULP = 1.0, LOG_ULP = 1.0, QUANTILE_ULP = 4.0, TAIL_ULP = 10.0;
static const double POW_ULP = 1.0, POW_ULP_PER_LOG = 2.0;

static uint32_t stride = STRIDE;
static mpfr_t exact, other;

/* ---- errors in units in the last place of the exact value ---- */

static double ulps_mpfr(double got, mpfr_t want, int bits) {
    if (mpfr_zero_p(want)) return got == 0 ? 0 : INFINITY;
    const mpfr_exp_t exponent = mpfr_get_exp(want);
    mpfr_sub_d(other, want, got, MPFR_RNDN);
    mpfr_mul_2si(other, other, bits - exponent, MPFR_RNDN);
    return fabs(mpfr_get_d(other, MPFR_RNDN));
}

static double ulps_f32(float got, double want) {
    int exponent;
    if (want == 0) return got == 0 ? 0 : INFINITY;
    frexp(want, &exponent);
    return ldexp(fabs((double)got - want), F32_BITS - exponent);
}

typedef struct worst {
    double ulps, at;
} worst;

static void take(worst *w, double ulps, double at) {
    if (!(ulps <= w->ulps)) *w = (worst){ulps, at};
}

/* Says what was measured and holds it against the bound. */
static void hold(const char *name, worst w, double bound) {
    printf("%-32s %.4f ulp at %a, bound %.2f\n", name, w.ulps, w.at, bound);
    assert_true(w.ulps < bound);
}

static double fraction(uint32_t i, uint32_t stream) { /* in (0, 1), 53 bits */
    const nen__random x = nen__philox(1, (nen__counter){i, 0, stream, 0});
    return (x.w0 + (x.w1 + 0.5) * 0x1p-32) * 0x1p-32;
}

/* A normal positive number, its bits uniform. */
static double any_f64(uint32_t i, uint32_t stream) {
    const uint64_t least = nen__bits_f64(0x1p-1022), end = nen__bits_f64(INFINITY);
    return nen__from_bits_f64(least +
                              (uint64_t)(fraction(i, stream) * (double)(end - least)));
}

static float any_f32(uint32_t i, uint32_t stream) {
    const uint32_t least = nen__bits_f32(0x1p-126f), end = nen__bits_f32(INFINITY);
    return nen__from_bits_f32(least +
                              (uint32_t)(fraction(i, stream) * (double)(end - least)));
}

/* ---- against MPFR ---- */

static double exp_against_mpfr(double got, double x, int bits) {
    mpfr_set_d(exact, x, MPFR_RNDN);
    mpfr_exp(exact, exact, MPFR_RNDN);
    return ulps_mpfr(got, exact, bits);
}

static double log_against_mpfr(double got, double x, int bits) {
    mpfr_set_d(exact, x, MPFR_RNDN);
    mpfr_log(exact, exact, MPFR_RNDN);
    return ulps_mpfr(got, exact, bits);
}

static void exp_is_within_its_bound(void **state) {
    (void)state;
    worst f64 = {0}, f32 = {0};
    for (uint32_t i = 0; i < SAMPLES; i++) {
        const double u = fraction(i, 1), half = any_f64(i, 2);
        const double x[] = {-708 + 1417 * u, 2 * u - 1, half < 1 ? half : -1 / half};
        for (int k = 0; k < 3; k++)
            take(&f64, exp_against_mpfr(nen__exp_f64(x[k]), x[k], F64_BITS), x[k]);
        const float y[] = {(float)(-87 + 175 * u), (float)(2 * u - 1)};
        for (int k = 0; k < 2; k++) {
            take(&f32,
                 exp_against_mpfr((double)nen__exp_f32(y[k]), (double)y[k], F32_BITS),
                 (double)y[k]);
        }
    }
    hold("exp f64, MPFR", f64, EXP_ULP);
    hold("exp f32, MPFR", f32, EXP_ULP);
}

static void log_is_within_its_bound(void **state) {
    (void)state;
    worst f64 = {0}, f32 = {0};
    for (uint32_t i = 0; i < SAMPLES; i++) {
        const double u = fraction(i, 3);
        const double x[] = {any_f64(i, 4), 0.5 + 1.5 * u, 1 + (u - 0.5) * 0x1p-10};
        for (int k = 0; k < 3; k++)
            take(&f64, log_against_mpfr(nen__log_f64(x[k]), x[k], F64_BITS), x[k]);
        const float y[] = {any_f32(i, 5), (float)(0.5 + 1.5 * u)};
        for (int k = 0; k < 2; k++) {
            take(&f32,
                 log_against_mpfr((double)nen__log_f32(y[k]), (double)y[k], F32_BITS),
                 (double)y[k]);
        }
    }
    hold("log f64, MPFR", f64, LOG_ULP);
    hold("log f32, MPFR", f32, LOG_ULP);
}

static void pow_is_within_its_bound(void **state) {
    (void)state;
    worst excess = {0};
    for (uint32_t i = 0; i < SAMPLES; i++) {
        const float x = any_f32(i, 6);
        const double log_x = log((double)x);
        const float y = (float)((-80 + 160 * fraction(i, 7)) / log_x);
        mpfr_t power;
        mpfr_init2(power, PRECISION);
        mpfr_set_d(exact, (double)x, MPFR_RNDN);
        mpfr_set_d(power, (double)y, MPFR_RNDN);
        mpfr_pow(exact, exact, power, MPFR_RNDN);
        mpfr_clear(power);
        const double ulps = ulps_mpfr((double)nen__pow_f32(x, y), exact, F32_BITS);
        take(&excess, ulps / (POW_ULP + POW_ULP_PER_LOG * fabs((double)y * log_x)), i);
    }
    hold("pow f32, share of its bound", excess, 1);
}

/* The quantile's error from the tail probability at its result: (Q(z) - p) / density.
 */
static double quantile_ulps(float z, float p, double tail) {
    const double density = exp(-(double)z * (double)z / 2) / sqrt(2 * acos(-1.0));
    return ulps_f32(z, (double)z + (tail - (double)p) / density);
}

static void quantile_is_within_its_bound(void **state) {
    (void)state;
    worst f32 = {0};
    for (uint32_t i = 0; i < SAMPLES; i++) {
        const float p = (float)exp2(-1 - 32 * fraction(i, 8));
        const float z = -nen__normal_quantile_f32(p);
        mpfr_sqrt_ui(exact, 2, MPFR_RNDN);
        mpfr_d_div(exact, (double)z, exact, MPFR_RNDN);
        mpfr_erfc(exact, exact, MPFR_RNDN);
        take(&f32, quantile_ulps(z, p, mpfr_get_d(exact, MPFR_RNDN) / 2), (double)p);
    }
    hold("quantile f32, MPFR", f32, QUANTILE_ULP);
}

static void tail_is_within_its_bound(void **state) {
    (void)state;
    worst w = {0};
    for (uint32_t i = 0; i < SAMPLES; i++) {
        const double u = fraction(i, 9);
        const double z[] = {37.5 * u, 3 * u, 0x1p-20 * u, -9 * u};
        for (int k = 0; k < 4; k++) {
            mpfr_sqrt_ui(exact, 2, MPFR_RNDN);
            mpfr_d_div(exact, z[k], exact, MPFR_RNDN);
            mpfr_erfc(exact, exact, MPFR_RNDN);
            mpfr_div_2ui(exact, exact, 1, MPFR_RNDN);
            take(&w, ulps_mpfr(nen__normal_tail_f64(z[k]), exact, F64_BITS), z[k]);
        }
    }
    hold("tail f64, MPFR", w, TAIL_ULP);
}

/* ---- dense sweeps of f32; bits of positive floats are in the order of the floats ----
 */

static void exp_holds_over_all_f32(void **state) {
    (void)state;
    worst w = {0};
    const uint32_t top = nen__bits_f32(88), bottom = nen__bits_f32(-87) - 0x80000000u;
    for (int sign = 0; sign < 2; sign++) {
        const uint32_t end = sign ? bottom : top;
        float before = 1;
        for (uint64_t bits = 0; bits <= end; bits += stride) {
            const float size = nen__from_bits_f32((uint32_t)bits);
            const float x = sign ? -size : size, y = nen__exp_f32(x);
            take(&w, ulps_f32(y, nen__exp_f64((double)x)), (double)x);
            assert_true(sign ? y <= before : y >= before);
            before = y;
        }
    }
    hold("exp f32, dense", w, EXP_ULP);
}

static void log_holds_over_all_f32(void **state) {
    (void)state;
    worst w = {0};
    float before = -88;
    const uint64_t first = nen__bits_f32(0x1p-126f), end = nen__bits_f32(INFINITY);
    for (uint64_t bits = first; bits < end; bits += stride) {
        const float x = nen__from_bits_f32((uint32_t)bits), y = nen__log_f32(x);
        take(&w, ulps_f32(y, nen__log_f64((double)x)), (double)x);
        assert_true(y >= before);
        before = y;
    }
    hold("log f32, dense", w, LOG_ULP);
}

static void quantile_holds_over_all_f32(void **state) {
    (void)state;
    worst w = {0};
    float before = 7;
    const uint32_t first = nen__bits_f32(0x1p-33f), end = nen__bits_f32(0.5f);
    for (uint32_t bits = first; bits <= end; bits += stride) {
        const float p = nen__from_bits_f32(bits), z = -nen__normal_quantile_f32(p);
        take(&w, quantile_ulps(z, p, erfc((double)z / sqrt(2)) / 2), (double)p);
        assert_true(z <= before * (1 + 0x1p-22f)); /* rises by two ulp at most */
        before = z;
    }
    hold("quantile f32, dense", w, QUANTILE_ULP);
}

/* ---- order, from one number to the next ---- */

static void f64_functions_keep_the_order(void **state) {
    (void)state;
    static const double from[] = {-700, -1, -0x1p-30, 0.1, 1, 30, 700};
    for (size_t k = 0; k < sizeof from / sizeof *from; k++) {
        double x = from[k], e = 0, l = -INFINITY;
        for (int i = 0; i < NEIGHBORS; i++) {
            assert_true(nen__exp_f64(x) >= e);
            e = nen__exp_f64(x);
            assert_true(nen__log_f64(fabs(x)) >= l || x < 0);
            l = nen__log_f64(fabs(x));
            x = nextafter(x, INFINITY);
        }
    }
}

/* ---- special values ---- */

static void exact_values_are_exact(void **state) {
    (void)state;
    assert_true(nen__exp_f32(0) == 1 && nen__exp_f32(-0.0f) == 1);
    assert_true(nen__exp_f64(0) == 1 && nen__exp_f64(-0.0) == 1);
    assert_true(nen__log_f32(1) == 0 && nen__log_f64(1) == 0);
    assert_true(nen__normal_quantile_f32(0.5f) == 0);
    assert_true(nen__pow_f32(1, 1e30f) == 1 && nen__pow_f32(7, 0) == 1);
    for (int i = 0; i < 1024; i++) {
        const float p = 0.75f + (float)i * 0x1p-12f;
        assert_true(nen__normal_quantile_f32(p) == -nen__normal_quantile_f32(1 - p));
    }
}

static void what_is_outside_saturates(void **state) {
    (void)state;
    const float top = nen__exp_f32(88), bottom = nen__exp_f32(-87);
    assert_true(nen__exp_f32(89) == top && nen__exp_f32(INFINITY) == top);
    assert_true(nen__exp_f32(-88) == bottom && nen__exp_f32(-INFINITY) == bottom);
    assert_true(nen__exp_f32(NAN) == bottom && bottom >= 0x1p-126f && top < INFINITY);

    const double top64 = nen__exp_f64(709), bottom64 = nen__exp_f64(-708);
    assert_true(nen__exp_f64(710) == top64 && nen__exp_f64(INFINITY) == top64);
    assert_true(nen__exp_f64(-709) == bottom64 && nen__exp_f64(-INFINITY) == bottom64);
    assert_true(nen__exp_f64(NAN) == bottom64 && bottom64 >= 0x1p-1022);

    static const float low[] = {0, -0.0f, -1, 0x1p-149f, -INFINITY, NAN};
    for (size_t i = 0; i < sizeof low / sizeof *low; i++) {
        assert_true(nen__log_f32(low[i]) == nen__log_f32(0x1p-126f));
        assert_true(nen__log_f64((double)low[i] * 0x1p-1000) ==
                    nen__log_f64(0x1p-1022));
        assert_true(nen__normal_quantile_f32(low[i]) ==
                    nen__normal_quantile_f32(0x1p-33f));
    }
    assert_true(nen__log_f32(INFINITY) == (float)(128 * log(2)));
    assert_true(nen__log_f64(INFINITY) == 1024 * log(2));
    assert_true(nen__normal_quantile_f32(1) == nen__normal_quantile_f32(1 - 0x1p-24f));
    assert_true(nen__normal_quantile_f32(9) == nen__normal_quantile_f32(1 - 0x1p-24f));
    assert_true(nen__normal_tail_f64(-INFINITY) == 1 && nen__normal_tail_f64(NAN) == 1);
    assert_true(nen__normal_tail_f64(INFINITY) == nen__normal_tail_f64(37.5));
    assert_true(nen__normal_tail_f64(37.5) >= 0x1p-1022);
    assert_true(nen__pow_f32(0, 2) == bottom && nen__pow_f32(10, 1000) == top);
}

static int set_up(void **state) {
    (void)state;
    const char *sweep = getenv("NEN_SWEEP");
    if (sweep) stride = (uint32_t)strtoul(sweep, NULL, 10);
    if (!stride) return -1;
    mpfr_init2(exact, PRECISION);
    mpfr_init2(other, PRECISION);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    mpfr_clear(exact);
    mpfr_clear(other);
    mpfr_free_cache();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_is_within_its_bound),
        cmocka_unit_test(log_is_within_its_bound),
        cmocka_unit_test(pow_is_within_its_bound),
        cmocka_unit_test(quantile_is_within_its_bound),
        cmocka_unit_test(tail_is_within_its_bound),
        cmocka_unit_test(exp_holds_over_all_f32),
        cmocka_unit_test(log_holds_over_all_f32),
        cmocka_unit_test(quantile_holds_over_all_f32),
        cmocka_unit_test(f64_functions_keep_the_order),
        cmocka_unit_test(exact_values_are_exact),
        cmocka_unit_test(what_is_outside_saturates),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
