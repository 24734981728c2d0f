/* trial_sum.c - what simulated trials of a design sum up to. */
#include "sequence.h"
#include "trial.h"

#include <string.h>

/* Percentiles of a band. */
enum { LOW = 5, MIDDLE = 50, HIGH = 95 };

/* ---- quantiles of counts ---- */

/* The bin in which the q-th percentile of all counts lies, from below. */
static unsigned bin_from_below(const uint32_t *count, unsigned bins, unsigned q) {
    uint64_t total = 0, before = 0;
    for (unsigned i = 0; i < bins; i++)
        total += count[i];
    for (unsigned i = 0; i < bins; i++) {
        before += count[i];
        if (before * 100 >= total * q && before) return i;
    }
    return bins - 1;
}

/* Halfway between the percentile from below and that from above, so that counts that
 * are turned around have percentiles that are turned around. In half bins. */
static unsigned half_bins(const uint32_t *count, unsigned bins, unsigned q) {
    uint64_t total = 0, before = 0;
    unsigned i = bins;
    for (unsigned k = 0; k < bins; k++)
        total += count[k];
    while (i && before * 100 < total * (100 - q))
        before += count[--i];
    while (i < bins && !count[i])
        i++;
    return bin_from_below(count, bins, q) + (i < bins ? i : bins - 1);
}

static float share_at(const uint32_t *count, unsigned q) {
    return (float)half_bins(count, NEN__SHARE_BINS, q) / (2 * (NEN__SHARE_BINS - 1));
}

static nen_band shares(const uint32_t *count, float times) {
    return (nen_band){times * share_at(count, LOW), times * share_at(count, MIDDLE),
                      times * share_at(count, HIGH)};
}

/* A median counts as not reached when either side of its percentile is. */
static float months_at(const uint32_t *count, unsigned q) {
    const unsigned last = NEN__MEDIAN_BINS - 1;
    const unsigned bin = bin_from_below(count, NEN__MEDIAN_BINS, q);
    if (bin == last) return NEN_BEYOND;
    return (float)bin / NEN__MONTH_BINS;
}

static nen_band medians(const uint32_t *count) {
    return (nen_band){months_at(count, LOW), months_at(count, MIDDLE),
                      months_at(count, HIGH)};
}

static float ratio_at(const uint32_t *count, unsigned q) {
    const double a_unit = 2000; /* half bins */
    const int at = (int)half_bins(count, NEN__RATIO_BINS, q) - 2 * NEN__RATIO_SIDE;
    return (float)nen__exp_f64(at / a_unit);
}

static nen_band ratios(const uint32_t *count) {
    return (nen_band){ratio_at(count, LOW), ratio_at(count, MIDDLE),
                      ratio_at(count, HIGH)};
}

/* ---- the parts ---- */

static void sum_end(const nen__end_counts *c, uint64_t trials, unsigned months,
                    nen_band *median, nen_band *left, float *at_risk, float *events) {
    *median = medians(c->median);
    for (unsigned m = 0; m <= months; m++) {
        left[m] = shares(c->left[m], 1);
        at_risk[m] = (float)((double)c->at_risk[m] / (double)trials);
    }
    *events = (float)((double)c->events / (double)trials);
}

static void sum_arm(const nen__trial_tally *t, unsigned a, unsigned months,
                    nen_trial_arm *out) {
    const nen__end_counts *pfs = &t->end[a][NEN_TRIAL_PFS];
    const nen__end_counts *os = &t->end[a][NEN_TRIAL_OS];
    sum_end(pfs, t->trials, months, &out->pfs_months, out->pfs, out->pfs_at_risk,
            &out->pfs_events);
    sum_end(os, t->trials, months, &out->os_months, out->os, out->os_at_risk,
            &out->os_events);
    out->response_pct = shares(t->response[a], 100);
}

static float part_of(uint64_t part, uint64_t whole) {
    return whole ? (float)((double)part / (double)whole) : 0;
}

static void sum_power(const nen_design *d, const nen__trial_tally *t,
                      const nen__trial_tally *middle, nen_trial *out) {
    const nen__sizes sizes = nen__design_sizes(d);
    out->sizes = sizes.count;
    out->planned = sizes.planned;
    for (unsigned i = 0; i < sizes.count; i++) {
        const uint64_t *f = t->favors[i], *m = middle->favors[i];
        out->power[i] = (nen_trial_power){
            sizes.n[i][0] + sizes.n[i][1], part_of(f[0], t->trials),
            part_of(f[1], t->trials), part_of(m[0] + m[1], middle->trials)};
    }
}

/* ---- the expected ratio, by draw ---- */

static void expected(const nen__trial_tally *t, unsigned draws, uint32_t *count) {
    memset(count, 0, NEN__RATIO_BINS * sizeof *count);
    for (unsigned i = 0; i < draws; i++)
        if (t->drawn[i]) count[t->drawn[i] - 1]++;
}

unsigned nen_trial_middle(const nen_trial_setting *setting, const void *tally) {
    const nen__trial_tally *t = tally;
    uint32_t count[NEN__RATIO_BINS];
    expected(t, setting->draws, count);
    const unsigned bin = bin_from_below(count, NEN__RATIO_BINS, MIDDLE);
    for (unsigned i = 0; i < setting->draws; i++)
        if (t->drawn[i] == bin + 1) return i;
    return 0;
}

nen_status nen_trial_sum(const nen_design *design, const nen_trial_setting *setting,
                         const void *tally, const void *middle, nen_trial *out) {
    const nen__trial_tally *t = tally;
    uint32_t count[NEN__RATIO_BINS];
    memset(out, 0, sizeof *out);
    if (t->nobody || !t->trials) return NEN_ERR_RANGE;
    out->months = (uint16_t)nen__design_months(design);
    for (unsigned a = 0; a < NEN_TRIAL_ARMS; a++)
        sum_arm(t, a, out->months, &out->arm[a]);
    out->ratio = ratios(t->ratio);
    expected(t, setting->draws, count);
    out->ratio_expected = ratios(count);
    sum_power(design, t, middle, out);
    out->hash = t->hash + ((const nen__trial_tally *)middle)->hash;
    return NEN_OK;
}
