/* survival.h - what a trial publishes of people followed for a time: Kaplan and Meier's
 * curve and median, Cox's hazard ratio, the log-rank test.
 *
 * People are counted by whole weeks, as the course model counts them, so the work does
 * not grow with their number. tests/test_survival.py holds each estimator against R's
 * `survival` on simulated trials. */
#ifndef NEN_SURVIVAL_H
#define NEN_SURVIVAL_H

/** One arm by weeks of follow-up. Who is censored in a week is at risk in it. */
typedef struct nen__followed {
    const double *event;    /**< people with the event in each of `weeks` */
    const double *censored; /**< people last seen in it without one; NULL: nobody */
    double total;           /**< people; those of no week are followed to the end */
    double weight;          /**< people that one unit of these counts stands for */
    unsigned weeks;
} nen__followed;

/** How tied events are counted in Cox's likelihood, both after Efron. */
typedef enum nen__ties {
    NEN__TIES_WHOLE,   /**< events are whole people: Efron's sum over them */
    NEN__TIES_FRACTION /**< events are shares of people: the integral of that sum */
} nen__ties;

/** An estimate and its 95 % confidence limits. */
typedef struct nen__estimate {
    double value, lo, hi;
} nen__estimate;

/**
 * Share without an event after `week`, the events of that week included.
 *
 * @return limits by Greenwood's variance on the scale log(-log); where the share is 0
 *         or 1 they are 0 and 1
 */
nen__estimate nen__kaplan_meier(const nen__followed *arm, unsigned week);

/**
 * The week at which the curve falls to 1 - share, halfway to the next event where it
 * stays on that level for a while, as R's print(survfit) has it.
 *
 * @param share 0.5 for the median; above 0 and below 1
 * @return limits: weeks at which the limits of the curve do so (Brookmeyer and Crowley
 *         1982); NEN_BEYOND where one was not reached
 */
nen__estimate nen__kaplan_meier_week(const nen__followed *arm, double share);

/** Of `a` over `b`, after Cox. */
typedef struct nen__hazard_ratio {
    double log_ratio;    /**< within -5 to 5; 0 without events */
    double error;        /**< its standard error; NEN_BEYOND without events */
    nen__estimate ratio; /**< the ratio itself, Wald's limits */
} nen__hazard_ratio;

nen__hazard_ratio nen__cox(const nen__followed *a, const nen__followed *b,
                           nen__ties ties);

/** The log-rank test (Mantel and Haenszel). */
typedef struct nen__logrank {
    double observed, expected; /**< events of `a`; expected if the arms were alike */
    double variance;           /**< hypergeometric, of observed */
    double chi2, p;            /**< one degree of freedom; two-sided. 0 and 1 when the
                                  variance is 0 */
} nen__logrank;

nen__logrank nen__log_rank(const nen__followed *a, const nen__followed *b);

#endif
