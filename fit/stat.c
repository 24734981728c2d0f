/* stat.c - survival, quantiles and Cox's hazard ratio of counts by week. */
#include "stat.h"

#include "fmath.h"

#include <string.h>

void fit_jitter(fit_curve *curve, unsigned half_width) {
    fit_curve out = {.total = curve->total};
    const unsigned h = half_width + 1;
    const double all = (double)h * h;
    for (unsigned i = 0; i < NEN__WEEKS_MAX; i++) {
        if (!(curve->event[i] > 0)) continue;
        for (unsigned d = 0; d < h; d++) {
            const double part = curve->event[i] * (h - d) / all;
            const unsigned low = i > d ? i - d : 0, high = i + d;
            out.event[low] += part;
            if (d) out.event[high < NEN__WEEKS_MAX ? high : NEN__WEEKS_MAX] += part;
        }
    }
    out.event[NEN__WEEKS_MAX] += curve->event[NEN__WEEKS_MAX];
    *curve = out;
}

double fit_survival(const fit_curve *curve, double weeks) {
    double gone = 0;
    for (unsigned i = 0; i < NEN__WEEKS_MAX && i <= weeks; i++) {
        const double into = weeks - i; /* events of week i fall within [i, i + 1) */
        gone += curve->event[i] * (into < 1 ? into : 1);
    }
    return curve->total > 0 ? 1 - gone / curve->total : 1;
}

double fit_quantile(const fit_curve *curve, double share, double cut_weeks) {
    const double wanted = share * curve->total;
    double gone = 0;
    for (unsigned i = 0; i < NEN__WEEKS_MAX && i < cut_weeks; i++) {
        const double next = gone + curve->event[i];
        if (next >= wanted && next > gone) return i + (wanted - gone) / (next - gone);
        gone = next;
    }
    const double left = 1 - gone / curve->total, least = 1e-6, most = 1 - least;
    const double kept = left < most ? left : most;
    return cut_weeks * nen__log_f64(1 - share) / nen__log_f64(kept);
}

/* ---- Cox ---- */

typedef struct slope {
    double first, second; /* of the log partial likelihood */
} slope;

/* One week: events of both arms among those at risk, tied events after Efron. Events
 * may be fractions of people, so that the sum over tied ones is an integral. */
static void add_week(slope *s, double events_a, double events_b, double risk_a,
                     double risk_b, double ratio) {
    enum { STEPS = 4 };
    const double half = 0.5, events = events_a + events_b;
    if (!(events > 0)) return;
    s->first += events_a;
    for (unsigned k = 0; k < STEPS; k++) {
        const double gone = (k + half) / STEPS;
        const double a = ratio * (risk_a - gone * events_a);
        const double b = risk_b - gone * events_b;
        const double p = a + b > 0 ? a / (a + b) : 0;
        s->first -= events * p / STEPS;
        s->second -= events * p * (1 - p) / STEPS;
    }
}

static slope slope_at(const fit_curve *a, const fit_curve *b, double weight_a,
                      double weight_b, double cut_weeks, double log_ratio) {
    slope s = {0, 0};
    double risk_a = a->total * weight_a, risk_b = b->total * weight_b;
    const double ratio = nen__exp_f64(log_ratio);
    for (unsigned i = 0; i < NEN__WEEKS_MAX && i < cut_weeks; i++) {
        const double in_a = a->event[i] * weight_a, in_b = b->event[i] * weight_b;
        add_week(&s, in_a, in_b, risk_a, risk_b, ratio);
        risk_a -= in_a;
        risk_b -= in_b;
    }
    return s;
}

double fit_log_hazard_ratio(const fit_curve *a, const fit_curve *b, double weight_a,
                            double weight_b, double cut_weeks) {
    enum { STEPS = 25 };
    const double most = 5, stride = 1, enough = 1e-9;
    double x = 0;
    for (unsigned k = 0; k < STEPS; k++) {
        const slope s = slope_at(a, b, weight_a, weight_b, cut_weeks, x);
        if (!(s.second < 0)) break;
        double step = -s.first / s.second;
        step = step > stride ? stride : step < -stride ? -stride : step;
        x += step;
        x = x > most ? most : x < -most ? -most : x;
        if (step < enough && step > -enough) break;
    }
    return x;
}
