/* crossvalidate.c - leaves out one calibration trial after the other, fits the rest,
 * and asks what the fit foretells of it.
 *
 * usage: crossvalidate [--seed N] [--members N] [--patients N] [--steps N]
 *                      [--threads N] [--trials N] [--fresh] [--checkpoint FILE]
 *                      [--report FILE]
 *
 * Choices of the model's form and of the spread between trials rest on this alone; no
 * held-out trial is linked.  A killed run goes on: each trial is kept as it ends. */
#include "calibration.h"
#include "fmath.h"
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A figure of the trial that was left out. */
typedef struct outcome {
    double middle;  /* foretold, on its scale */
    double density; /* log of the predictive density at what was published */
    double below;   /* predictive share below it */
    double width;   /* of the 90 % interval, on the scale */
} outcome;

typedef struct files {
    const char *checkpoint, *report;
    unsigned trials; /* leave out the first of the set only */
} files;

static fit_targets all, rest, own;
static outcome outcomes[FIT_TARGETS_MAX]; /* by number in `all` */

/* ---- one trial ---- */

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double below(const double *told, unsigned members, double sd, double value) {
    double sum = 0;
    for (unsigned m = 0; m < members; m++) {
        const double z = (value - told[m]) / sd;
        sum += z > 0 ? 1 - nen__normal_tail_f64(z) : nen__normal_tail_f64(-z);
    }
    return sum / members;
}

/* Where `share` of the predictive lies below. */
static double level(const double *told, unsigned members, double sd, double share) {
    enum { STEPS = 60 };
    const double far = 20;
    double lo = told[0] - far, hi = told[members - 1] + far;
    for (unsigned i = 0; i < STEPS; i++) {
        const double middle = (lo + hi) / 2;
        if (below(told, members, sd, middle) < share)
            lo = middle;
        else
            hi = middle;
    }
    return lo;
}

/* The predictive is a mixture over members, each with the error of sampling and the
 * model's discrepancy. */
static outcome judge(const fit_target *x, double *told, unsigned members) {
    const double tail = 0.05, half = 0.5, log_2_pi = 0x1.d67f1c864beb5p+0;
    const double sd = __builtin_sqrt(x->sampling * x->sampling + x->floor * x->floor);
    double sum = 0;
    qsort(told, members, sizeof *told, by_value);
    for (unsigned m = 0; m < members; m++) {
        const double z = (x->value - told[m]) / sd;
        sum += nen__exp_f64(-half * z * z);
    }
    const double least = 1e-30;
    const double mean = sum / members;
    return (outcome){.middle = told[members / 2],
                     .density = nen__log_f64(mean > least ? mean : least) -
                                nen__log_f64(sd) - half * log_2_pi,
                     .below = below(told, members, sd, x->value),
                     .width = level(told, members, sd, 1 - tail) -
                              level(told, members, sd, tail)};
}

/* The fit of the rest begins with what the prior told of all figures. */
static void select_told(const double *told, unsigned members, double *out) {
    unsigned from = 0;
    for (unsigned d = 0; d < rest.targets; d++) {
        while (all.target[from].figure != rest.target[d].figure)
            from++;
        for (unsigned m = 0; m < members; m++)
            out[(size_t)m * rest.targets + d] = told[(size_t)m * all.targets + from];
    }
}

static bool leave_out(unsigned trial, const fit_settings *settings, const double *prior,
                      const double *prior_told) {
    static fit_state s;
    const unsigned members = settings->members;
    const size_t width = fit_width(&all);
    fit_targets_of(&all, trial, true, &rest);
    fit_targets_of(&all, trial, false, &own);
    memset(&s, 0, sizeof s);
    s.settings = *settings;
    s.theta = malloc(members * width * sizeof *s.theta);
    s.told = malloc((size_t)members * all.targets * sizeof *s.told);
    double *own_told = malloc((size_t)members * all.targets * sizeof *own_told);
    double *one = malloc(members * sizeof *one);
    bool ok = s.theta && s.told && own_told && one;
    if (ok) {
        memcpy(s.theta, prior, members * width * sizeof *s.theta);
        select_told(prior_told, members, s.told);
        s.looked = true;
        ok = fit_run(&s, &rest, NULL, NULL, NULL) &&
             fit_simulate(&own, s.theta, members, settings, NULL, own_told);
    }
    for (unsigned d = 0, to = 0; ok && d < own.targets; d++) {
        while (all.target[to].figure != own.target[d].figure)
            to++;
        for (unsigned m = 0; m < members; m++)
            one[m] = own_told[(size_t)m * own.targets + d];
        outcomes[to] = judge(&own.target[d], one, members);
    }
    free(s.theta);
    free(s.told);
    free(own_told);
    free(one);
    return ok;
}

/* ---- checkpoint: the problem, then trials with the outcomes of their figures ---- */

static uint64_t problem_of(const fit_state *s, const double *told) {
    const uint64_t prime = 0x100000001b3;
    uint64_t h = s->problem;
    for (size_t i = 0; i < (size_t)s->settings.members * all.targets; i++)
        h = (h ^ nen__bits_f64(told[i])) * prime ^ h >> 29;
    return h;
}

static bool is_own(const fit_target *x, unsigned trial) {
    return all.set->arm[x->figure->arm].trial == trial;
}

static bool exchange(FILE *f, uint32_t trial, bool write) {
    for (unsigned d = 0; d < all.targets; d++) {
        if (!is_own(&all.target[d], trial)) continue;
        const size_t n = write ? fwrite(&outcomes[d], sizeof *outcomes, 1, f)
                               : fread(&outcomes[d], sizeof *outcomes, 1, f);
        if (n != 1) return false;
    }
    return true;
}

/* Reads which trials are done; opens the file for those to come. */
static FILE *begin(const char *path, uint64_t problem, bool fresh, bool *done) {
    uint64_t kept = 0;
    uint32_t trial;
    FILE *f = fresh ? NULL : fopen(path, "r+b");
    if (f && fread(&kept, sizeof kept, 1, f) == 1 && kept == problem) {
        long end = ftell(f);
        while (fread(&trial, sizeof trial, 1, f) == 1 && trial < all.set->trials &&
               exchange(f, trial, false)) {
            done[trial] = true;
            end = ftell(f);
        }
        if (!fseek(f, end, SEEK_SET)) return f;
    }
    if (f) fclose(f);
    f = fopen(path, "w+b");
    if (f && fwrite(&problem, sizeof problem, 1, f) != 1) {
        fclose(f);
        f = NULL;
    }
    return f;
}

/* ---- report ---- */

typedef struct sums {
    unsigned figures, covered, medians, widths;
    double density;
    double off[FIT_TARGETS_MAX], width[FIT_TARGETS_MAX];
} sums;

static double median(double *x, unsigned n) {
    qsort(x, n, sizeof *x, by_value);
    return n ? (x[(n - 1) / 2] + x[n / 2]) / 2 : 0;
}

static bool covered(const outcome *o) {
    const double tail = 0.05;
    return o->below >= tail && o->below <= 1 - tail;
}

static void add(sums *s, const fit_target *x, const outcome *o) {
    const nen__figure *f = x->figure;
    s->figures++;
    s->covered += covered(o);
    s->density += o->density;
    if (f->lo_is == NEN__NUMBER && f->hi_is == NEN__NUMBER && f->lo > 0 &&
        !fit_is_share(f))
        s->width[s->widths++] = o->width / (nen__log_f64(f->hi) - nen__log_f64(f->lo));
    if (f->statistic != NEN__STATISTIC_median) return;
    const double off = o->middle - x->value;
    s->off[s->medians++] = off < 0 ? -off : off;
}

static void print_sums(FILE *f, const char *name, sums *s) {
    const double full = 100;
    if (!s->figures) return;
    fprintf(f, "| %s | %u | %u (%.0f%%) | %.3f | ", name, s->figures, s->covered,
            full * s->covered / s->figures, s->density / s->figures);
    if (s->medians)
        fprintf(f, "%.3f (%u) | ", median(s->off, s->medians), s->medians);
    else
        fprintf(f, "- | ");
    if (s->widths)
        fprintf(f, "%.2f |\n", median(s->width, s->widths));
    else
        fprintf(f, "- |\n");
}

static bool left_out(const files *names, const fit_target *x) {
    return all.set->arm[x->figure->arm].trial < names->trials;
}

static void print_figures(const files *names, FILE *f) {
    const double full = 100;
    fprintf(f, "\n## Figures\n\nBelow: share of the predictive below what was "
               "published; 5 to 95%% is inside.\n\n"
               "| figure | published | foretold | below | |\n|---|---|---|---|---|\n");
    for (unsigned d = 0; d < all.targets; d++) {
        if (!left_out(names, &all.target[d])) continue;
        const nen__figure *g = all.target[d].figure;
        fprintf(f, "| %s%s | %.3g | %.3g | %.0f%% | %s |\n", g->id,
                g->was_read ? "" : "*", g->value, fit_published(g, outcomes[d].middle),
                full * outcomes[d].below,
                covered(&outcomes[d]) ? "inside" : "**missed**");
    }
}

static bool report(const fit_settings *set, const files *names) {
    static sums one, whole, kind[3];
    static const char *const kinds[] = {"all medians", "all hazard ratios",
                                        "all rates and responses"};
    FILE *f = fopen(names->report, "w");
    if (!f) return false;
    fprintf(
        f,
        "# Cross-validation of the course model\n\n"
        "Written by `make crossvalidate`. Each calibration trial is left out in "
        "turn, the others are fitted (seed %llu, %u members, %u simulated people "
        "an arm), and what that fit foretells of it is held against what was "
        "published: 90%% intervals with the error of sampling, the model's "
        "discrepancy and the spread between trials; the mean log of the predictive "
        "density (higher is better); the median absolute log error of medians; and "
        "the width of the predicted over the published interval, on the log. No "
        "held-out trial is read. `docs/method.md` says what was chosen by it.\n\n"
        "| left out | figures | inside 90%% | log density | error (medians) | width "
        "|\n|---|---|---|---|---|---|\n",
        (unsigned long long)set->seed, set->members, set->patients);
    for (unsigned t = 0; t < all.set->trials && t < names->trials; t++) {
        memset(&one, 0, sizeof one);
        for (unsigned d = 0; d < all.targets; d++)
            if (is_own(&all.target[d], t)) add(&one, &all.target[d], &outcomes[d]);
        print_sums(f, all.set->trial[t].id, &one);
    }
    memset(&whole, 0, sizeof whole);
    memset(kind, 0, sizeof kind);
    for (unsigned d = 0; d < all.targets; d++) {
        if (!left_out(names, &all.target[d])) continue;
        const unsigned statistic = all.target[d].figure->statistic;
        const unsigned k = statistic == NEN__STATISTIC_median         ? 0
                           : statistic == NEN__STATISTIC_hazard_ratio ? 1
                                                                      : 2;
        add(&whole, &all.target[d], &outcomes[d]);
        add(&kind[k], &all.target[d], &outcomes[d]);
    }
    for (unsigned k = 0; k < 3; k++)
        print_sums(f, kinds[k], &kind[k]);
    print_sums(f, "**all**", &whole);
    print_sums(stderr, "all", &whole);
    print_figures(names, f);
    return !fclose(f);
}

/* ---- the whole ---- */

static bool has_figures(unsigned trial) {
    for (unsigned d = 0; d < all.targets; d++)
        if (is_own(&all.target[d], trial)) return true;
    return false;
}

static bool crossvalidate(fit_state *s, const files *f) {
    bool *done = calloc(all.set->trials, sizeof *done);
    if (!done || !fit_simulate(&all, s->theta, s->settings.members, &s->settings,
                               "what the prior tells:", s->told))
        return false;
    FILE *kept = begin(f->checkpoint, problem_of(s, s->told), s->settings.fresh, done);
    bool ok = kept;
    for (uint32_t t = 0; ok && t < all.set->trials && t < f->trials; t++) {
        if (done[t] || !has_figures(t)) continue;
        ok = leave_out(t, &s->settings, s->theta, s->told) &&
             fwrite(&t, sizeof t, 1, kept) == 1 && exchange(kept, t, true) &&
             !fflush(kept);
        fprintf(stderr, "left out: %s\n", all.set->trial[t].id);
    }
    if (kept) fclose(kept);
    free(done);
    return ok && report(&s->settings, f);
}

static bool read_arguments(int argc, char **argv, fit_settings *s, files *f) {
    const char *trials = NULL;
    const fit_flag flags[] = {{"--checkpoint", &f->checkpoint},
                              {"--report", &f->report},
                              {"--trials", &trials}};
    if (!fit_read_arguments(argc, argv, s, flags, sizeof flags / sizeof *flags))
        return false;
    if (trials) f->trials = (unsigned)strtoul(trials, NULL, 10);
    return f->trials > 0;
}

int main(int argc, char **argv) {
    static fit_state state;
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    files f = {"build/fit/crossvalidation", "docs/crossvalidation.md", ~0u};
    state.settings = (fit_settings){.seed = 1,
                                    .members = 256,
                                    .patients = 1024,
                                    .steps = 20,
                                    .threads = cores > 0 ? (unsigned)cores : 1};
    if (!read_arguments(argc, argv, &state.settings, &f)) {
        fputs("usage: crossvalidate [--seed N] [--members N] [--patients N]\n"
              "                     [--steps N] [--threads N] [--trials N] [--fresh]\n"
              "                     [--checkpoint FILE] [--report FILE]\n",
              stderr);
        return 2;
    }
    fit_targets_choose(&nen__calibration, &all);
    const size_t members = state.settings.members;
    state.theta = malloc(members * fit_width(&all) * sizeof *state.theta);
    state.told = malloc(members * all.targets * sizeof *state.told);
    if (!state.theta || !state.told) return 1;
    fit_begin(&state, &all);
    const bool ok = crossvalidate(&state, &f);
    if (!ok) fputs("crossvalidate: failed\n", stderr);
    free(state.theta);
    free(state.told);
    return ok ? 0 : 1;
}
