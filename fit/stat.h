/* stat.h - what a trial publishes, computed from counts by week. */
#ifndef NEN_FIT_STAT_H
#define NEN_FIT_STAT_H

#include "trial_arm.h"

#define FIT_WEEKS_PER_MONTH (365.25 / 12 / 7)

/* Share without an event after `weeks`, linear within a week. */
double fit_survival(const nen__curve *curve, double weeks);

/* Weeks until `share` (0 to 1) of all have had their event; beyond `cut_weeks` as if
 * the hazard stayed at its mean. */
double fit_quantile(const nen__curve *curve, double share, double cut_weeks);

/**
 * Hazard ratio of `a` over `b` by Cox's partial likelihood, ties after Efron, both
 * followed for cut_weeks.
 *
 * @param weight_a, weight_b people that one unit of each curve stands for
 * @return log hazard ratio, within -5 to 5
 */
double fit_log_hazard_ratio(const nen__curve *a, const nen__curve *b, double weight_a,
                            double weight_b, double cut_weeks);

#endif
