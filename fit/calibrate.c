/* calibrate.c - fits the course model to the calibration trials.
 *
 * usage: calibrate [--seed N] [--members N] [--patients N] [--steps N] [--threads N]
 *                  [--draws N] [--fresh] [--checkpoint FILE] [--posterior FILE]
 *                  [--report FILE]
 * A killed run goes on from its checkpoint.  The same seed gives the same bits,
 * whatever the number of threads. */
#include "calibration.h"
#include "rng.h"
#include "run.h"
#include "update.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STREAM_PRIOR = 2048 };

typedef struct files {
    const char *checkpoint, *posterior, *report;
} files;

/* ---- arguments ---- */

static bool number(const char *text, unsigned most, unsigned *out) {
    char *end;
    const unsigned long x = strtoul(text, &end, 10);
    if (end == text || *end || !x || x > most) return false;
    *out = (unsigned)x;
    return true;
}

static bool read_number(const char *name, const char *text, fit_settings *s) {
    enum { MOST = 1 << 20, THREADS_MAX = 64 };
    unsigned seed;
    if (!strcmp(name, "--seed")) {
        if (!number(text, ~0u, &seed)) return false;
        s->seed = seed;
        return true;
    }
    if (!strcmp(name, "--members")) return number(text, MOST, &s->members);
    if (!strcmp(name, "--patients")) return number(text, MOST, &s->patients);
    if (!strcmp(name, "--steps")) return number(text, FIT_STEPS_MAX, &s->steps);
    if (!strcmp(name, "--threads")) return number(text, THREADS_MAX, &s->threads);
    if (!strcmp(name, "--draws")) return number(text, MOST, &s->draws);
    return false;
}

static bool read_arguments(int argc, char **argv, fit_settings *s, files *f) {
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        if (!strcmp(name, "--fresh")) {
            s->fresh = true;
            continue;
        }
        if (++i == argc) return false;
        if (!strcmp(name, "--checkpoint"))
            f->checkpoint = argv[i];
        else if (!strcmp(name, "--posterior"))
            f->posterior = argv[i];
        else if (!strcmp(name, "--report"))
            f->report = argv[i];
        else if (!read_number(name, argv[i], s))
            return false;
    }
    return s->members > 2 && s->draws <= s->members;
}

/* ---- checkpoint: the numbers of a fit_state, and the ensemble ---- */

static uint64_t mix(uint64_t h, double x) {
    const uint64_t prime = 0x100000001b3;
    return (h ^ nen__bits_f64(x)) * prime ^ h >> 29;
}

static uint64_t problem_of(const fit_targets *t, const fit_settings *s) {
    uint64_t h = 0xcbf29ce484222325u;
    h = mix(mix(mix(h, (double)s->seed), s->members), s->patients);
    for (unsigned d = 0; d < t->targets; d++)
        h = mix(mix(mix(h, t->target[d].value), t->target[d].error),
                t->target[d].floor);
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        h = mix(mix(h, (double)nen__prior_mean[i]), (double)nen__prior_sd[i]);
    return h;
}

typedef struct saved {
    uint64_t problem;
    unsigned done;
    double taken;
    fit_step step[FIT_STEPS_MAX + 1];
} saved;

/* Written beside and renamed, so that a kill leaves the old or the new one whole. */
static void save(const fit_state *s, const char *path) {
    char beside[512];
    saved head = {.problem = s->problem, .done = s->done, .taken = s->taken};
    const size_t n = (size_t)s->settings.members * NEN__PARAMETERS;
    memcpy(head.step, s->step, sizeof head.step);
    snprintf(beside, sizeof beside, "%s.new", path);
    FILE *f = fopen(beside, "wb");
    const bool ok = f && fwrite(&head, sizeof head, 1, f) == 1 &&
                    fwrite(s->theta, sizeof *s->theta, n, f) == n;
    if (f && !fclose(f) && ok && !rename(beside, path)) return;
    fprintf(stderr, "calibrate: no checkpoint: cannot write %s\n", path);
}

static bool load(fit_state *s, const char *path) {
    saved head;
    const size_t n = (size_t)s->settings.members * NEN__PARAMETERS;
    FILE *f = fopen(path, "rb");
    bool ok = f && fread(&head, sizeof head, 1, f) == 1 && head.problem == s->problem &&
              head.done <= FIT_STEPS_MAX &&
              fread(s->theta, sizeof *s->theta, n, f) == n;
    if (f) fclose(f);
    if (!ok) return false;
    s->done = head.done;
    s->taken = head.taken;
    memcpy(s->step, head.step, sizeof head.step);
    fprintf(stderr, "calibrate: going on after step %u\n", s->done);
    return true;
}

/* ---- the fit ---- */

static void prior(fit_state *s) {
    for (unsigned m = 0; m < s->settings.members; m++) {
        for (unsigned i = 0; i < NEN__PARAMETERS; i++) {
            const nen__counter at = {m, 0, STREAM_PRIOR, i};
            const float z = nen__normal_f32(nen__philox(s->settings.seed, at).w0);
            s->theta[(size_t)m * NEN__PARAMETERS + i] =
                (double)nen__prior_mean[i] + (double)nen__prior_sd[i] * (double)z;
        }
    }
}

/* What of the problem does not change from step to step. */
typedef struct given {
    double *value, *error, *room;
    uint8_t *heard;
} given;

static bool hears(const fit_targets *t, const fit_target *x, unsigned parameter) {
    if (x->figure->endpoint != NEN__ENDPOINT_os && parameter == NEN__P_dropout)
        return false;
    return fit_arm_uses(&t->sim[x->sim].arm, parameter) ||
           (x->figure->statistic == NEN__STATISTIC_hazard_ratio &&
            fit_arm_uses(&t->sim[x->versus].arm, parameter));
}

static bool prepare(const fit_targets *t, fit_ensemble *e, given *g) {
    g->value = malloc(t->targets * sizeof *g->value);
    g->error = malloc(t->targets * sizeof *g->error);
    g->heard = malloc((size_t)t->targets * NEN__PARAMETERS);
    g->room = malloc(fit_update_room(e) * sizeof *g->room);
    if (!g->value || !g->error || !g->heard || !g->room) return false;
    for (unsigned d = 0; d < t->targets; d++) {
        const fit_target *x = &t->target[d];
        g->value[d] = x->value;
        g->error[d] = __builtin_sqrt(x->error * x->error + x->floor * x->floor);
        for (unsigned i = 0; i < NEN__PARAMETERS; i++)
            g->heard[(size_t)d * NEN__PARAMETERS + i] = hears(t, x, i);
    }
    e->value = g->value;
    e->error = g->error;
    e->heard = g->heard;
    e->room = g->room;
    return true;
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool look(fit_state *s, const fit_targets *t, const fit_ensemble *e) {
    char label[64];
    const double start = seconds();
    snprintf(label, sizeof label, "step %u, likelihood %.0f%% taken:", s->done + 1,
             100 * s->taken);
    if (!fit_simulate(t, s->theta, s->settings.members, &s->settings, label, s->told))
        return false;
    fit_step *now = &s->step[s->done];
    double variance;
    fit_misfit(e, &now->misfit, &variance);
    now->spread = __builtin_sqrt(variance);
    now->taken = s->taken;
    now->seconds = seconds() - start;
    fprintf(stderr,
            "step %2u: likelihood %5.1f%% taken, misfit %8.1f (%u figures), %.0f s\n",
            s->done + 1, 100 * s->taken, now->misfit, t->targets, now->seconds);
    return true;
}

static bool fit(fit_state *s, const fit_targets *t, const char *checkpoint) {
    fit_ensemble e = {.members = s->settings.members,
                      .parameters = NEN__PARAMETERS,
                      .figures = t->targets,
                      .theta = s->theta,
                      .told = s->told,
                      .seed = s->settings.seed};
    given g = {0};
    bool ok = prepare(t, &e, &g) && look(s, t, &e);
    while (ok && s->taken < 1 && s->done < s->settings.steps) {
        const bool last = s->done + 1 == s->settings.steps;
        const double left = 1 - s->taken;
        const double share = last ? left : fit_next_share(&e, left);
        e.step = s->done;
        s->step[s->done].share = share;
        ok = fit_update(&e, share);
        s->taken = share == left ? 1 : s->taken + share;
        s->done++;
        ok = ok && look(s, t, &e);
        if (ok) save(s, checkpoint);
    }
    free(g.value);
    free(g.error);
    free(g.heard);
    free(g.room);
    return ok;
}

static int usage(void) {
    fputs("usage: calibrate [--seed N] [--members N] [--patients N] [--steps N]\n"
          "                 [--threads N] [--draws N] [--fresh] [--checkpoint FILE]\n"
          "                 [--posterior FILE] [--report FILE]\n",
          stderr);
    return 2;
}

int main(int argc, char **argv) {
    static fit_targets targets;
    static fit_state state;
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    files f = {"build/fit/checkpoint", "knowledge/posterior.tsv",
               "docs/calibration.md"};
    state.settings = (fit_settings){.seed = 1,
                                    .members = 512,
                                    .patients = 4096,
                                    .steps = 20,
                                    .draws = 256,
                                    .threads = cores > 0 ? (unsigned)cores : 1};
    if (!read_arguments(argc, argv, &state.settings, &f)) return usage();
    fit_targets_choose(&nen__calibration, &targets);
    state.problem = problem_of(&targets, &state.settings);
    const size_t members = state.settings.members;
    state.theta = malloc(members * NEN__PARAMETERS * sizeof *state.theta);
    state.told = malloc(members * targets.targets * sizeof *state.told);
    if (!state.theta || !state.told) return 1;
    if (state.settings.fresh || !load(&state, f.checkpoint)) prior(&state);
    const bool ok = fit(&state, &targets, f.checkpoint) &&
                    fit_write_posterior(&state, &targets, f.posterior) &&
                    fit_write_report(&state, &targets, f.report);
    if (!ok) fputs("calibrate: failed\n", stderr);
    free(state.theta);
    free(state.told);
    return ok ? 0 : 1;
}
