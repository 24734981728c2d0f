/* stat.c - survival, quantiles and Cox's hazard ratio of counts by week. */
#include "stat.h"

#include "fmath.h"
#include "survival.h"

double fit_survival(const nen__curve *curve, double weeks) {
    double gone = 0;
    for (unsigned i = 0; i < NEN__WEEKS_MAX && i <= weeks; i++) {
        const double into = weeks - i; /* events of week i fall within [i, i + 1) */
        gone += curve->event[i] * (into < 1 ? into : 1);
    }
    return curve->total > 0 ? 1 - gone / curve->total : 1;
}

double fit_quantile(const nen__curve *curve, double share, double cut_weeks) {
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

static nen__followed followed(const nen__curve *c, double weight, double cut_weeks) {
    unsigned weeks = 0;
    while (weeks < NEN__WEEKS_MAX && weeks < cut_weeks)
        weeks++;
    return (nen__followed){
        .event = c->event, .total = c->total, .weight = weight, .weeks = weeks};
}

double fit_log_hazard_ratio(const nen__curve *a, const nen__curve *b, double weight_a,
                            double weight_b, double cut_weeks) {
    const nen__followed of_a = followed(a, weight_a, cut_weeks),
                        of_b = followed(b, weight_b, cut_weeks);
    return nen__cox(&of_a, &of_b, NEN__TIES_FRACTION).log_ratio;
}
