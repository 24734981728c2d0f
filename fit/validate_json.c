/* validate_json.c - the validation as JSON and as a forest plot. */
#include "validate.h"

#include "json_out.h"
#include "svg.h"

#include <stdio.h>
#include <string.h>

static const char *const endpoints[] = {
#define AS_TEXT(name) #name,
    NEN__ENDPOINTS(AS_TEXT)};
static const char *const statistics[] = {NEN__STATISTICS(AS_TEXT)};
#undef AS_TEXT

static void number_or_null(nen__json *j, const char *key, bool known, double x) {
    if (known)
        nen__j_pair_number(j, key, x);
    else
        nen__j_pair_null(j, key);
}

static void interval(nen__json *j, const fit_row *r) {
    nen__j_object(j, "predicted");
    nen__j_pair_number(j, "lo", r->low);
    nen__j_pair_number(j, "mid", r->middle);
    nen__j_pair_number(j, "hi", r->high);
    nen__j_close(j, '}');
}

static void row(nen__json *j, const fit_row *r) {
    const nen__figure *f = r->figure;
    nen__j_open(j, '{');
    nen__j_pair(j, "id", f->id);
    nen__j_pair(j, "kind", r->main ? "main" : "direction");
    nen__j_pair_number(j, "weight", r->main && r->in_model ? 1 : 0);
    nen__j_pair(j, "endpoint", endpoints[f->endpoint]);
    nen__j_pair(j, "statistic", statistics[f->statistic]);
    nen__j_object(j, "published");
    nen__j_pair_number(j, "value", f->value);
    number_or_null(j, "lo", f->lo_is == NEN__NUMBER, f->lo);
    number_or_null(j, "hi", f->hi_is == NEN__NUMBER, f->hi);
    nen__j_pair_bool(j, "read", f->was_read);
    nen__j_close(j, '}');
    nen__j_pair_or_null(j, "not_predicted", r->why_not);
    if (r->in_model)
        interval(j, r);
    else
        nen__j_pair_null(j, "predicted");
    nen__j_pair_bool(j, "covered", r->covered);
    number_or_null(j, "baseline", r->baseline > 0, r->baseline);
    nen__j_pair_or_null(j, "baseline_from", r->baseline_from);
    if (r->judged)
        nen__j_pair_bool(j, "direction_right", r->right);
    else
        nen__j_pair_null(j, "direction_right");
    nen__j_close(j, '}');
}

static void totals(nen__json *j, const fit_totals *t) {
    nen__j_object(j, "totals");
    nen__j_pair_number(j, "targets", t->rows);
    nen__j_pair_number(j, "covered", t->covered);
    nen__j_pair_number(j, "medians", t->medians);
    nen__j_pair_number(j, "median_absolute_log_error", t->error);
    nen__j_pair_number(j, "baseline_median_absolute_log_error", t->baseline_error);
    nen__j_pair_number(j, "interval_width_ratio", t->width_ratio);
    nen__j_pair_number(j, "directions", t->judged);
    nen__j_pair_number(j, "directions_right", t->right);
    nen__j_close(j, '}');
}

size_t fit_validation_json(const fit_validation *v, char *buf, size_t cap) {
    nen__buf out = {.text = buf, .cap = cap};
    nen__json j = {.out = &out};
    nen__j_open(&j, '{');
    nen__j_pair_number(&j, "schema", 1);
    totals(&j, &v->totals);
    nen__j_pair_number(&j, "draws", v->draws);
    nen__j_pair_number(&j, "patients", v->patients);
    nen__j_pair_number(&j, "seed", (double)v->seed);
    nen__j_array(&j, "targets");
    for (unsigned i = 0; i < v->rows; i++)
        row(&j, &v->row[i]);
    nen__j_close(&j, ']');
    nen__j_close(&j, '}');
    return out.len;
}

/* ---- forest of the medians, in months ---- */

size_t fit_validation_svg(const fit_validation *v, char *buf, size_t cap) {
    static nen_forest_row rows[FIT_TARGETS_MAX];
    unsigned n = 0;
    for (unsigned i = 0; i < v->rows; i++) {
        const fit_row *r = &v->row[i];
        const nen__figure *f = r->figure;
        if (!r->main || !r->in_model || f->statistic != NEN__STATISTIC_median) continue;
        const nen__trial_set *set = v->targets.set;
        const bool lo = f->lo_is == NEN__NUMBER, hi = f->hi_is == NEN__NUMBER;
        rows[n++] = (nen_forest_row){.group = set->trial[set->arm[f->arm].trial].id +
                                              strlen("tl."),
                                     .label = f->id + strlen("ep."),
                                     .said = r->covered ? "inside" : "missed",
                                     .lo = lo ? f->lo : f->value,
                                     .mid = f->value,
                                     .hi = hi ? f->hi : f->value,
                                     .predicted_lo = r->low,
                                     .predicted_mid = r->middle,
                                     .predicted_hi = r->high,
                                     .hit = r->covered};
    }
    const nen_forest_plot plot = {
        .text = {.id = "validation",
                 .title = "Medians of trials that the model never saw",
                 .desc =
                     "Published medians with their intervals, and the 90 % intervals "
                     "that the model foretells."},
        .x_label = "months",
        .hit = "published, inside",
        .missed = "published, missed",
        .predicted = "predicted, 90 %",
        .log_axis = true,
        .row = rows,
        .rows = n};
    return nen_svg_forest(&plot, buf, cap);
}
