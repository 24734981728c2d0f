/* report.c - writes posterior.tsv and the report of a fit. */
#include "run.h"

#include "fmath.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- moments and quantiles over members ---- */

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct spread {
    double mean, sd, low, middle, high; /* 5, 50 and 95 percent */
} spread;

static spread spread_of(const double *rows, unsigned members, unsigned n, unsigned at,
                        double *room) {
    const double low = 0.05, half = 0.5, high = 0.95;
    spread s = {0, 0, 0, 0, 0};
    for (unsigned m = 0; m < members; m++) {
        room[m] = rows[(size_t)m * n + at];
        s.mean += room[m] / members;
    }
    for (unsigned m = 0; m < members; m++)
        s.sd += (room[m] - s.mean) * (room[m] - s.mean) / (members - 1);
    s.sd = __builtin_sqrt(s.sd);
    qsort(room, members, sizeof *room, by_value);
    s.low = room[(unsigned)(low * members)];
    s.middle = room[(unsigned)(half * members)];
    s.high = room[(unsigned)(high * members)];
    return s;
}

/* ---- posterior.tsv ---- */

bool fit_write_posterior(const fit_state *s, const fit_targets *t, const char *path) {
    const fit_settings *set = &s->settings;
    FILE *f = fopen(path, "w");
    if (!f) return false;
    fprintf(
        f,
        "# Draws of the posterior, written by `make calibrate`; do not edit. Each "
        "number is the bits of an f32.\n"
        "# seed %llu, %u members, %u simulated people an arm, %u figures; steps %u; "
        "misfit %.9g at the prior, %.9g at the end\n",
        (unsigned long long)set->seed, set->members, set->patients, t->targets, s->done,
        s->step[0].misfit, s->step[s->done].misfit);
    fprintf(f, "draw");
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        fprintf(f, "\t%s", nen__parameter_name[i]);
    for (unsigned d = 0; d < set->draws; d++) {
        const size_t member = (size_t)d * set->members / set->draws;
        const nen__theta theta =
            fit_theta(s->theta + member * fit_width(t), t->set->trials);
        fprintf(f, "\n%u", d);
        for (unsigned i = 0; i < NEN__PARAMETERS; i++)
            fprintf(f, "\t%08x", nen__bits_f32(theta.p[i]));
    }
    fprintf(f, "\n");
    return !fclose(f);
}

/* ---- report ---- */

static void steps(const fit_state *s, unsigned figures, FILE *f) {
    fprintf(f,
            "## Convergence\n\n"
            "Misfit is half the sum of squares of (told - published) / error; where "
            "model and errors are right it is about half the number of figures, "
            "%u.\n\n"
            "| after step | likelihood taken | misfit, mean | spread over members |\n"
            "|---|---|---|---|\n",
            figures / 2);
    for (unsigned i = 0; i <= s->done; i++)
        fprintf(f, "| %u | %.1f%% | %.1f | %.1f |\n", i, 100 * s->step[i].taken,
                s->step[i].misfit, s->step[i].spread);
}

static void parameters(const fit_state *s, const fit_targets *t, FILE *f,
                       double *room) {
    fprintf(
        f,
        "\n## Parameters\n\nOn the scale of `knowledge/course.tsv`. Shrunk: share of "
        "the prior's variance that the trials removed.\n\n"
        "| parameter | prior | posterior | 5 to 95%% | shrunk "
        "|\n|---|---|---|---|---|\n");
    for (unsigned i = 0; i < NEN__PARAMETERS; i++) {
        const spread p =
            spread_of(s->theta, s->settings.members, fit_width(t), i, room);
        const double sd = (double)nen__prior_sd[i];
        fprintf(f, "| %s | %.2f (%.2f) | %.2f (%.2f) | %.2f to %.2f | %.0f%% |\n",
                nen__parameter_name[i], (double)nen__prior_mean[i], sd, p.mean, p.sd,
                p.low, p.high, 100 * (1 - p.sd * p.sd / (sd * sd)));
    }
}

static void figures(const fit_state *s, const fit_targets *t, FILE *f, double *room) {
    fprintf(f, "\n## Figures\n\nTold: 5, 50 and 95%% of the ensemble, without the "
               "sampling of people. Off: (middle - published) / error. Error includes "
               "the model's floor; `*`: known from memory, and so weighted less.\n\n"
               "| figure | published | told | off |\n|---|---|---|---|\n");
    for (unsigned d = 0; d < t->targets; d++) {
        const fit_target *x = &t->target[d];
        const nen__figure *g = x->figure;
        const spread p = spread_of(s->told, s->settings.members, t->targets, d, room);
        const double error = __builtin_sqrt(x->error * x->error + x->floor * x->floor);
        fprintf(f, "| %s%s | %.3g | %.3g to %.3g, %.3g | %+.1f |\n", g->id,
                g->was_read ? "" : "*", g->value, fit_published(g, p.low),
                fit_published(g, p.high), fit_published(g, p.middle),
                (p.middle - x->value) / error);
    }
}

bool fit_write_report(const fit_state *s, const fit_targets *t, const char *path) {
    const fit_settings *set = &s->settings;
    double *room = malloc(set->members * sizeof *room);
    FILE *f = fopen(path, "w");
    if (!room || !f) {
        free(room);
        if (f) fclose(f);
        return false;
    }
    fprintf(f,
            "# Calibration of the course model\n\n"
            "Written by `make calibrate`; `docs/method.md` has the equations. Ensemble "
            "Kalman inversion with adaptive tempering and perturbed observations: seed "
            "%llu, %u members, %u simulated people an arm, %u arms, %u figures of "
            "calibration trials. The first %u draws of `knowledge/posterior.tsv` come "
            "of its members.\n\n",
            (unsigned long long)set->seed, set->members, set->patients, t->sims,
            t->targets, set->draws);
    steps(s, t->targets, f);
    parameters(s, t, f, room);
    figures(s, t, f, room);
    free(room);
    return !fclose(f);
}
