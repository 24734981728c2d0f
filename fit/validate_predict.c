/* validate_predict.c - predictions, with a date, of trials without a result. */
#include "validate.h"

#include "validation.h"

#include <stdio.h>

enum { FIGURES_MAX = 64 };

/* A figure to be foretold: of the first line. */
static nen__figure figure(const nen__trial_set *set, unsigned arm, unsigned versus,
                          unsigned endpoint, unsigned statistic) {
    return (nen__figure){.id = set->arm[arm].id,
                         .value = 1,
                         .value_is = NEN__NUMBER,
                         .n = NEN__UNSAID,
                         .arm = (uint16_t)arm,
                         .versus = (uint16_t)versus,
                         .line = 1,
                         .endpoint = (uint8_t)endpoint,
                         .statistic = (uint8_t)statistic,
                         .was_read = 1};
}

/* Median and response of each arm; the ratio of a trial's first arm over its second. */
static unsigned figures_of(const nen__trial_set *set, nen__figure *out) {
    unsigned n = 0;
    for (unsigned t = 0; t < set->trials; t++) {
        unsigned arms[2], found = 0;
        for (unsigned a = 0; a < set->arms && found < 2; a++)
            if (set->arm[a].trial == t) arms[found++] = a;
        if (found < 2 || n + 5 > FIGURES_MAX) continue;
        for (unsigned i = 0; i < 2; i++) {
            out[n++] = figure(set, arms[i], NEN__NOBODY, NEN__ENDPOINT_pfs,
                              NEN__STATISTIC_median);
            out[n++] = figure(set, arms[i], NEN__NOBODY, NEN__ENDPOINT_response,
                              NEN__STATISTIC_share);
        }
        out[n++] = figure(set, arms[0], arms[1], NEN__ENDPOINT_pfs,
                          NEN__STATISTIC_hazard_ratio);
    }
    return n;
}

static const char *what(const nen__figure *f) {
    if (f->statistic == NEN__STATISTIC_median) return "median PFS, months";
    return f->statistic == NEN__STATISTIC_share ? "response, %"
                                                : "PFS hazard ratio over the other arm";
}

static void row(const nen__trial_set *set, const fit_row *r, FILE *to) {
    const nen__arm *a = &set->arm[r->figure->arm];
    fprintf(to, "| %s | %s | %.0f | %s | ", set->trial[a->trial].id + 3, a->id + 4,
            a->n, what(r->figure));
    if (r->in_model)
        fprintf(to, "%.3g (%.3g to %.3g) |\n", r->middle, r->low, r->high);
    else
        fprintf(to, "none: %s |\n", r->why_not);
}

const char *fit_predictions(const fit_settings *s, const char *date, const char *path) {
    static fit_validation v;
    static nen__figure figures[FIGURES_MAX];
    const nen__trial_set *set = &nen__prospective;
    const char *wrong = fit_predict(s, figures, figures_of(set, figures), &v);
    FILE *to = wrong ? NULL : fopen(path, "w");
    if (!to) return wrong ? wrong : "the predictions could not be written";
    fprintf(
        to,
        "# Predictions of trials without a result\n\n"
        "Registered %s, before any result was known to the project; written by "
        "`nen validate --predictions`. %u posterior draws, seed %llu. The 90 %% "
        "interval is that of the published figure: parameters, the model's "
        "discrepancy and the sampling of the planned number of people. Do not edit: a "
        "later model writes a new file beside this one.\n\n"
        "| trial | arm | planned | figure | predicted (90 %%) |\n"
        "|---|---|---|---|---|\n",
        date, v.draws, (unsigned long long)v.seed);
    for (unsigned i = 0; i < v.rows; i++)
        row(set, &v.row[i], to);
    fprintf(
        to,
        "\nWhat was assumed: COMPOSE's control is a third each of CAPTEM, everolimus "
        "and FOLFOX, its people are divided evenly between the arms, half of them "
        "count as midgut and a quarter each as pancreas and other gut. SAUNA's people "
        "have radioligand therapy or everolimus, half each, after progression on an "
        "SSA, whose effect is then reduced by the parameter `reuse`; its sites were "
        "not published, so they are those of all tumors. LEVEL's everolimus has no "
        "cap.\n");
    return fclose(to) ? "the predictions could not be written" : NULL;
}
