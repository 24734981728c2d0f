/* validate_baseline.c - the plain guess that the model must beat: the median of the
 * calibration figures of the same kind, of arms as like as can be had. */
#include "validate.h"

#include "fmath.h"

#include <stdlib.h>

/* Classes that count as one: a combination is its active partner. */
static unsigned class_of(const nen__arm *a) {
    switch (a->arm_class) {
        case NEN__ARM_CLASS_ssa_highdose:
        case NEN__ARM_CLASS_ssa_beyond_pd:
        case NEN__ARM_CLASS_ssa_bev:
        case NEN__ARM_CLASS_ssa_interferon:
            return NEN__ARM_CLASS_ssa;
        case NEN__ARM_CLASS_mtor_ssa:
        case NEN__ARM_CLASS_mtor_bev:
            return NEN__ARM_CLASS_mtor;
        case NEN__ARM_CLASS_vegfr_tki_ssa:
            return NEN__ARM_CLASS_vegfr_tki;
        case NEN__ARM_CLASS_prrt_ssa:
        case NEN__ARM_CLASS_prrt_chemo:
            return NEN__ARM_CLASS_prrt;
        case NEN__ARM_CLASS_temozolomide:
        case NEN__ARM_CLASS_stz5fu:
            return NEN__ARM_CLASS_captem;
        case NEN__ARM_CLASS_platinum_irinotecan:
            return NEN__ARM_CLASS_platinum_etoposide;
        case NEN__ARM_CLASS_folfiri_bev:
            return NEN__ARM_CLASS_folfiri;
        default:
            return a->arm_class;
    }
}

/* The origin of most of an arm's people; midgut and gut are one group. */
static unsigned site_group(const fit_targets *t, unsigned sim) {
    double share[NEN__ORIGINS] = {0};
    const nen__trial_arm *a = &t->sim[sim].arm;
    unsigned most = 0;
    for (unsigned g = 0; g < a->cells; g++) {
        const unsigned o = a->cell[g].cohort.origin;
        share[o == NEN__ORIGIN_midgut ? NEN__ORIGIN_gut : o] += a->cell[g].weight;
    }
    for (unsigned o = 1; o < NEN__ORIGINS; o++)
        if (share[o] > share[most]) most = o;
    return most;
}

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct want {
    unsigned klass, group, endpoint, statistic;
    bool same_class, same_group;
} want;

static unsigned endpoint_of(const nen__figure *f) {
    return f->endpoint == NEN__ENDPOINT_ttp ? NEN__ENDPOINT_pfs : f->endpoint;
}

/* Median over the calibration figures that are so; 0 when there is none. */
static double median_of(const fit_targets *known, const want *w) {
    double value[FIT_TARGETS_MAX];
    unsigned n = 0;
    for (unsigned i = 0; i < known->targets; i++) {
        const fit_target *x = &known->target[i];
        const nen__arm *a = &known->set->arm[x->figure->arm];
        if (endpoint_of(x->figure) != w->endpoint ||
            x->figure->statistic != w->statistic)
            continue;
        if (w->same_class ? class_of(a) != w->klass
                          : a->arm_class == NEN__ARM_CLASS_untreated)
            continue;
        if (w->same_group && site_group(known, x->sim) != w->group) continue;
        value[n++] = x->figure->value;
    }
    if (!n) return 0;
    qsort(value, n, sizeof *value, by_value);
    return (value[(n - 1) / 2] + value[n / 2]) / 2;
}

static unsigned sim_of(const fit_validation *v, const nen__figure *f) {
    for (unsigned d = 0; d < v->targets.targets; d++)
        if (v->targets.target[d].figure == f) return v->targets.target[d].sim;
    return 0;
}

void fit_baseline(const fit_validation *v, fit_row *row) {
    static const struct {
        bool same_class, same_group;
        const char *name;
    } order[] = {{true, true, "class and site"},
                 {true, false, "class"},
                 {false, true, "site, active arms"},
                 {false, false, "active arms"}};
    const nen__figure *f = row->figure;
    if (!row->in_model) return;
    const bool rate = f->statistic == NEN__STATISTIC_rate;
    const double ln2 = 0x1.62e42fefa39efp-1, full = 100;
    for (unsigned i = 0; i < sizeof order / sizeof *order; i++) {
        const want w = {class_of(&v->targets.set->arm[f->arm]),
                        site_group(&v->targets, sim_of(v, f)),
                        endpoint_of(f),
                        rate ? NEN__STATISTIC_median : f->statistic,
                        order[i].same_class,
                        order[i].same_group};
        const double x = median_of(&v->known, &w);
        if (!(x > 0)) continue;
        row->baseline = rate ? full * nen__exp_f64(-ln2 * f->time_months / x) : x;
        row->baseline_from = order[i].name;
        return;
    }
}
