/* validate_write.c - the validation as a text that is also docs/validation.md. */
#include "validate.h"

#include <stdio.h>
#include <string.h>

static const char *unit(const nen__figure *f) {
    if (fit_is_share(f)) return "%";
    return f->statistic == NEN__STATISTIC_hazard_ratio ? "" : " mo";
}

static void published(const nen__figure *f, FILE *to) {
    fprintf(to, "%.3g%s", f->value, unit(f));
    if (f->lo_is != NEN__NUMBER) return;
    if (f->hi_is == NEN__NUMBER)
        fprintf(to, " (%.3g to %.3g)", f->lo, f->hi);
    else if (f->hi_is == NEN__NOT_REACHED)
        fprintf(to, " (%.3g to not reached)", f->lo);
}

static void row(const fit_row *r, FILE *to) {
    const nen__figure *f = r->figure;
    fprintf(to, "| %s%s | ", f->id + strlen("ep."), f->was_read ? "" : "*");
    published(f, to);
    if (!r->in_model) {
        fprintf(to, " | none: %s | | |", r->why_not);
    } else {
        fprintf(to, " | %.3g (%.3g to %.3g) | %s | ", r->middle, r->low, r->high,
                r->covered ? "inside" : "**missed**");
        if (r->baseline > 0) fprintf(to, "%.3g (%s)", r->baseline, r->baseline_from);
        fprintf(to, " |");
    }
    if (!r->main)
        fprintf(to, " %s |", r->judged ? r->right ? "right" : "**wrong**" : "-");
    fputc('\n', to);
}

static double percent(unsigned part, unsigned whole) {
    const double full = 100;
    return whole ? full * part / whole : 0;
}

static void totals(const fit_validation *v, FILE *to) {
    const fit_totals *t = &v->totals;
    fprintf(
        to,
        "| | model | baseline | aim |\n|---|---|---|---|\n"
        "| 90 %% intervals that hold the published figure | %u of %u (%.0f %%) | | "
        "85 %% |\n"
        "| median absolute log error of %u medians | %.3f | %.3f | 0.12 |\n"
        "| the same of all %u figures with a baseline | %.3f | %.3f | |\n"
        "| width of the predicted over the published interval, on the log, median | "
        "%.2f | | |\n"
        "| direction right | %u of %u (%.0f %%) | | |\n\n",
        t->covered, t->rows, percent(t->covered, t->rows), t->medians, t->error,
        t->baseline_error, t->all, t->all_error, t->all_baseline_error, t->width_ratio,
        t->right, t->judged, percent(t->right, t->judged));
}

static void table(const fit_validation *v, bool main, FILE *to) {
    fprintf(
        to,
        "| figure | published (its interval) | predicted (90 %%) | | baseline |%s\n",
        main ? "\n|---|---|---|---|---|" : " direction |\n|---|---|---|---|---|---|");
    for (unsigned i = 0; i < v->rows; i++)
        if (v->row[i].main == main) row(&v->row[i], to);
}

bool fit_validation_text(const fit_validation *v, const char *path) {
    FILE *to = path ? fopen(path, "w") : stdout;
    if (!to) return false;
    fprintf(
        to,
        "# Validation of the course model\n\n"
        "Written by `nen validate`. Figures of trials that no fit has seen, against "
        "what the fitted model foretells: %u posterior draws, %u simulated people an "
        "arm, %d trials of the published size a draw, seed %llu. `docs/method.md` "
        "has the definitions.\n\n",
        v->draws, v->patients, FIT_REPLICATES, (unsigned long long)v->seed);
    totals(v, to);
    fprintf(to, "The first freeze, of the same day, kept in [validation_1.md]"
                "(validation_1.md): 43 of 59 intervals (73 %%), error of medians "
                "0.214 (baseline 0.307), width 1.12, direction 47 of 65. The second "
                "was chosen on calibration trials alone, but after that result was "
                "known: `docs/method.md` says what it may claim.\n\n");
    fprintf(to,
            "## Targets\n\n`*`: the published figure is known from memory only.\n\n");
    table(v, true, to);
    fprintf(to,
            "\n## Parts of trials and cohorts\n\nDirection: a ratio on the right side "
            "of 1; a part of an arm, or one cohort, on the right side of the other. "
            "Cohorts chose who was treated how, and are no numeric targets.\n\n");
    table(v, false, to);
    return path ? !fclose(to) : !ferror(to);
}
