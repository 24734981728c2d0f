/* calibrate.c - fits the course model to the calibration trials.
 *
 * usage: calibrate [--seed N] [--members N] [--patients N] [--steps N] [--threads N]
 *                  [--draws N] [--fresh] [--checkpoint FILE] [--posterior FILE]
 *                  [--report FILE]
 * A killed run goes on from its checkpoint.  The same seed gives the same bits,
 * whatever the number of threads. */
#include "calibration.h"
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct files {
    const char *checkpoint, *posterior, *report;
} files;

/* ---- arguments ---- */

static bool read_arguments(int argc, char **argv, fit_settings *s, files *f) {
    const fit_flag flags[] = {{"--checkpoint", &f->checkpoint},
                              {"--posterior", &f->posterior},
                              {"--report", &f->report}};
    return fit_read_arguments(argc, argv, s, flags, sizeof flags / sizeof *flags) &&
           s->draws <= s->members;
}

/* ---- checkpoint: the numbers of a fit_state, and the ensemble ---- */

typedef struct saved {
    uint64_t problem;
    unsigned done;
    double taken;
    fit_step step[FIT_STEPS_MAX + 1];
} saved;

typedef struct saving {
    const char *path;
    unsigned width;
} saving;

/* Written beside and renamed, so that a kill leaves the old or the new one whole. */
static void save(const fit_state *s, void *checkpoint) {
    const char *path = ((const saving *)checkpoint)->path;
    char beside[512];
    saved head = {.problem = s->problem, .done = s->done, .taken = s->taken};
    const size_t n = (size_t)s->settings.members * ((const saving *)checkpoint)->width;
    memcpy(head.step, s->step, sizeof head.step);
    snprintf(beside, sizeof beside, "%s.new", path);
    FILE *f = fopen(beside, "wb");
    const bool ok = f && fwrite(&head, sizeof head, 1, f) == 1 &&
                    fwrite(s->theta, sizeof *s->theta, n, f) == n;
    if (f && !fclose(f) && ok && !rename(beside, path)) return;
    fprintf(stderr, "calibrate: no checkpoint: cannot write %s\n", path);
}

static bool load(fit_state *s, const saving *from) {
    saved head;
    const size_t n = (size_t)s->settings.members * from->width;
    FILE *f = fopen(from->path, "rb");
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
    saving to = {f.checkpoint, fit_width(&targets)};
    const size_t members = state.settings.members;
    state.theta = malloc(members * to.width * sizeof *state.theta);
    state.told = malloc(members * targets.targets * sizeof *state.told);
    if (!state.theta || !state.told) return 1;
    fit_begin(&state, &targets);
    if (!state.settings.fresh && !load(&state, &to)) fit_begin(&state, &targets);
    const bool ok = fit_run(&state, &targets, "calibrate", save, &to) &&
                    fit_write_posterior(&state, &targets, f.posterior) &&
                    fit_write_report(&state, &targets, f.report);
    if (!ok) fputs("calibrate: failed\n", stderr);
    free(state.theta);
    free(state.told);
    return ok ? 0 : 1;
}
