/* update.c - moves an ensemble towards published figures. */
#include "update.h"

#include "rng.h"

#include <string.h>

enum { STREAM_PERTURBATION = 1024 };

uint64_t fit_update_room(const fit_ensemble *e) {
    const uint64_t d = e->figures, p = e->parameters;
    return d * d + d * p + 2 * d + p;
}

void fit_misfit(const fit_ensemble *e, double *mean, double *variance) {
    const double half = 0.5;
    double sum = 0, squares = 0;
    for (unsigned m = 0; m < e->members; m++) {
        double phi = 0;
        for (unsigned d = 0; d < e->figures; d++) {
            const double off =
                (e->told[(uint64_t)m * e->figures + d] - e->value[d]) / e->error[d];
            phi += half * off * off;
        }
        sum += phi;
        squares += phi * phi;
    }
    *mean = sum / e->members;
    *variance = squares / e->members - *mean * *mean;
}

double fit_next_share(const fit_ensemble *e, double left) {
    const double half = 0.5;
    double mean, variance;
    fit_misfit(e, &mean, &variance);
    const double by_mean = half * e->figures / mean;
    const double by_spread = __builtin_sqrt(half * e->figures / variance);
    const double share = by_mean > by_spread ? by_mean : by_spread;
    return share < left ? share : left;
}

/* Lower triangle of the Cholesky factor, in place. */
static bool factor(double *a, unsigned n) {
    for (unsigned j = 0; j < n; j++) {
        for (unsigned i = j; i < n; i++) {
            double sum = a[(uint64_t)i * n + j];
            for (unsigned k = 0; k < j; k++)
                sum -= a[(uint64_t)i * n + k] * a[(uint64_t)j * n + k];
            if (i == j && !(sum > 0)) return false;
            a[(uint64_t)i * n + j] =
                i == j ? __builtin_sqrt(sum) : sum / a[(uint64_t)j * n + j];
        }
    }
    return true;
}

/* x of L L' x = b, in place. */
static void solve(const double *l, unsigned n, double *b) {
    for (unsigned i = 0; i < n; i++) {
        for (unsigned k = 0; k < i; k++)
            b[i] -= l[(uint64_t)i * n + k] * b[k];
        b[i] /= l[(uint64_t)i * n + i];
    }
    for (unsigned i = n; i-- > 0;) {
        for (unsigned k = i + 1; k < n; k++)
            b[i] -= l[(uint64_t)k * n + i] * b[k];
        b[i] /= l[(uint64_t)i * n + i];
    }
}

static void means(const double *rows, unsigned members, unsigned n, double *out) {
    memset(out, 0, n * sizeof *out);
    for (unsigned m = 0; m < members; m++)
        for (unsigned i = 0; i < n; i++)
            out[i] += rows[(uint64_t)m * n + i] / members;
}

/* Covariances of figures with figures, and with the parameters that they can hear. */
static void covariances(const fit_ensemble *e, const double *mean_told,
                        const double *mean_theta, double *cdd, double *cdp) {
    const unsigned n = e->figures, p = e->parameters;
    memset(cdd, 0, (uint64_t)n * n * sizeof *cdd);
    memset(cdp, 0, (uint64_t)n * p * sizeof *cdp);
    for (unsigned m = 0; m < e->members; m++) {
        const double *told = e->told + (uint64_t)m * n;
        const double *theta = e->theta + (uint64_t)m * p;
        for (unsigned i = 0; i < n; i++) {
            const double off = (told[i] - mean_told[i]) / (e->members - 1);
            for (unsigned j = 0; j <= i; j++)
                cdd[(uint64_t)i * n + j] += off * (told[j] - mean_told[j]);
            for (unsigned j = 0; j < p; j++)
                cdp[(uint64_t)i * p + j] += off * (theta[j] - mean_theta[j]);
        }
    }
    for (uint64_t i = 0; i < (uint64_t)n * p; i++)
        cdp[i] = e->heard[i] ? cdp[i] : 0;
}

static double perturbation(const fit_ensemble *e, unsigned member, unsigned figure) {
    const nen__counter at = {member, 0, STREAM_PERTURBATION + e->step, figure};
    return (double)nen__normal_f32(nen__philox(e->seed, at).w0);
}

bool fit_update(const fit_ensemble *e, double share) {
    const unsigned n = e->figures, p = e->parameters;
    double *cdd = e->room, *cdp = cdd + (uint64_t)n * n, *off = cdp + (uint64_t)n * p;
    double *mean_told = off + n, *mean_theta = mean_told + n;
    const double wider = __builtin_sqrt(1 / share);
    means(e->told, e->members, n, mean_told);
    means(e->theta, e->members, p, mean_theta);
    covariances(e, mean_told, mean_theta, cdd, cdp);
    for (unsigned i = 0; i < n; i++) {
        const double error = e->error[i] * wider;
        cdd[(uint64_t)i * n + i] += error * error;
    }
    if (!factor(cdd, n)) return false;
    for (unsigned m = 0; m < e->members; m++) {
        for (unsigned i = 0; i < n; i++)
            off[i] = e->value[i] + e->error[i] * wider * perturbation(e, m, i) -
                     e->told[(uint64_t)m * n + i];
        solve(cdd, n, off);
        for (unsigned j = 0; j < p; j++)
            for (unsigned i = 0; i < n; i++)
                e->theta[(uint64_t)m * p + j] += cdp[(uint64_t)i * p + j] * off[i];
    }
    return true;
}
