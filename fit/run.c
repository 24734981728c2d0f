/* run.c - a fit from its prior to the end of its likelihood. */
#include "run.h"

#include "rng.h"
#include "update.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STREAM_PRIOR = 2048 };

unsigned fit_width(const fit_targets *t) {
    return NEN__PARAMETERS + (t->set->trials + 1) * FIT_EFFECTS;
}

/* ---- effects of a trial ---- */

enum { EFFECT_GROWTH, EFFECT_DEATH, EFFECT_HOLD };
enum { EFFECT_KILL = EFFECT_HOLD + NEN__CLASSES - 1 };

static double spread_of(unsigned effect) {
    const unsigned which = effect == EFFECT_GROWTH  ? NEN__T_between_growth
                           : effect == EFFECT_DEATH ? NEN__T_between_death
                           : effect < EFFECT_KILL   ? NEN__T_between_hold
                                                    : NEN__T_between_kill;
    return nen__trial_constant[which];
}

nen__theta fit_theta(const double *numbers, unsigned trial) {
    const double *z = numbers + NEN__PARAMETERS + (size_t)trial * FIT_EFFECTS;
    double p[NEN__PARAMETERS];
    nen__theta t;
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        p[i] = numbers[i];
    for (unsigned o = 0; o < NEN__ORIGINS; o++)
        p[NEN__P_GROWTH + o] += spread_of(EFFECT_GROWTH) * z[EFFECT_GROWTH];
    for (unsigned k = 0; k < NEN__KINDS; k++)
        p[NEN__P_DEATH + k] += spread_of(EFFECT_DEATH) * z[EFFECT_DEATH];
    for (unsigned c = 0; c + 1 < NEN__CLASSES; c++) {
        p[NEN__P_HOLD + c] += spread_of(EFFECT_HOLD) * z[EFFECT_HOLD + c];
        p[NEN__P_KILL + c] += spread_of(EFFECT_KILL) * z[EFFECT_KILL + c];
    }
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        t.p[i] = (float)p[i];
    return t;
}

/* ---- the prior ---- */

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
    for (unsigned i = 0; i < NEN__TRIAL_CONSTANT_COUNT; i++)
        h = mix(h, nen__trial_constant[i]);
    return h;
}

void fit_begin(fit_state *s, const fit_targets *t) {
    const unsigned width = fit_width(t);
    for (unsigned m = 0; m < s->settings.members; m++) {
        for (unsigned i = 0; i < width; i++) {
            const bool parameter = i < NEN__PARAMETERS;
            const nen__counter at = {m, 0, STREAM_PRIOR, i};
            const float z = nen__normal_f32(nen__philox(s->settings.seed, at).w0);
            const float mean = parameter ? nen__prior_mean[i] : 0;
            const float sd = parameter ? nen__prior_sd[i] : 1;
            s->theta[(size_t)m * width + i] = (double)mean + (double)sd * (double)z;
        }
    }
    s->problem = problem_of(t, &s->settings);
    s->done = 0;
    s->taken = 0;
}

/* ---- the fit ---- */

/* What of the problem does not change from step to step. */
typedef struct given {
    double *value, *error, *room;
    uint8_t *heard;
} given;

static bool arm_hears(const fit_targets *t, unsigned sim, unsigned number) {
    const nen__trial_arm *arm = &t->sim[sim].arm;
    if (number < NEN__PARAMETERS) return fit_arm_uses(arm, number);
    const unsigned trial = (number - NEN__PARAMETERS) / FIT_EFFECTS;
    const unsigned effect = (number - NEN__PARAMETERS) % FIT_EFFECTS;
    if (trial != t->set->arm[t->sim[sim].number].trial || !(spread_of(effect) > 0))
        return false;
    if (effect < EFFECT_HOLD) return true;
    return fit_arm_uses(arm, effect < EFFECT_KILL ? NEN__P_HOLD + effect - EFFECT_HOLD
                                                  : NEN__P_KILL + effect - EFFECT_KILL);
}

static bool hears(const fit_targets *t, const fit_target *x, unsigned number) {
    if (x->figure->endpoint != NEN__ENDPOINT_os && number == NEN__P_dropout)
        return false;
    return arm_hears(t, x->sim, number) ||
           (x->figure->statistic == NEN__STATISTIC_hazard_ratio &&
            arm_hears(t, x->versus, number));
}

static bool prepare(const fit_targets *t, fit_ensemble *e, given *g) {
    g->value = malloc(t->targets * sizeof *g->value);
    g->error = malloc(t->targets * sizeof *g->error);
    g->heard = malloc((size_t)t->targets * e->parameters);
    g->room = malloc(fit_update_room(e) * sizeof *g->room);
    if (!g->value || !g->error || !g->heard || !g->room) return false;
    for (unsigned d = 0; d < t->targets; d++) {
        const fit_target *x = &t->target[d];
        g->value[d] = x->value;
        g->error[d] = __builtin_sqrt(x->error * x->error + x->floor * x->floor);
        for (unsigned i = 0; i < e->parameters; i++)
            g->heard[(size_t)d * e->parameters + i] = hears(t, x, i);
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

static bool look(fit_state *s, const fit_targets *t, const fit_ensemble *e,
                 const char *label) {
    char text[64];
    const double start = seconds();
    snprintf(text, sizeof text, "step %u, likelihood %.0f%% taken:", s->done + 1,
             100 * s->taken);
    if (!s->looked && !fit_simulate(t, s->theta, s->settings.members, &s->settings,
                                    label ? text : NULL, s->told))
        return false;
    s->looked = true;
    fit_step *now = &s->step[s->done];
    double variance;
    fit_misfit(e, &now->misfit, &variance);
    now->spread = __builtin_sqrt(variance);
    now->taken = s->taken;
    now->seconds = seconds() - start;
    if (label)
        fprintf(stderr,
                "step %2u: likelihood %5.1f%% taken, misfit %8.1f (%u figures), "
                "%.0f s\n",
                s->done + 1, 100 * s->taken, now->misfit, t->targets, now->seconds);
    return true;
}

bool fit_run(fit_state *s, const fit_targets *t, const char *label, fit_after *after,
             void *with) {
    fit_ensemble e = {.members = s->settings.members,
                      .parameters = fit_width(t),
                      .figures = t->targets,
                      .theta = s->theta,
                      .told = s->told,
                      .seed = s->settings.seed};
    given g = {0};
    bool ok = prepare(t, &e, &g) && look(s, t, &e, label);
    while (ok && s->taken < 1 && s->done < s->settings.steps) {
        const bool last = s->done + 1 == s->settings.steps;
        const double left = 1 - s->taken;
        const double share = last ? left : fit_next_share(&e, left);
        e.step = s->done;
        s->step[s->done].share = share;
        ok = fit_update(&e, share);
        s->taken = share == left ? 1 : s->taken + share;
        s->done++;
        s->looked = false;
        ok = ok && look(s, t, &e, label);
        if (ok && after) after(s, with);
    }
    free(g.value);
    free(g.error);
    free(g.heard);
    free(g.room);
    return ok;
}

/* ---- settings from a command line ---- */

static bool number(const char *text, unsigned most, unsigned *out) {
    char *end;
    const unsigned long x = strtoul(text, &end, 10);
    if (end == text || *end || !x || x > most) return false;
    *out = (unsigned)x;
    return true;
}

static bool read_setting(const char *name, const char *text, fit_settings *s) {
    enum { MOST = 1 << 20, THREADS_MAX = 64, SETTINGS = 5 };
    const struct {
        const char *name;
        unsigned most, *out;
    } known[SETTINGS] = {{"--members", MOST, &s->members},
                         {"--patients", MOST, &s->patients},
                         {"--steps", FIT_STEPS_MAX, &s->steps},
                         {"--threads", THREADS_MAX, &s->threads},
                         {"--draws", MOST, &s->draws}};
    unsigned seed;
    if (!strcmp(name, "--seed")) {
        if (!number(text, ~0u, &seed)) return false;
        s->seed = seed;
        return true;
    }
    for (unsigned i = 0; i < SETTINGS; i++)
        if (!strcmp(name, known[i].name))
            return number(text, known[i].most, known[i].out);
    return false;
}

bool fit_read_arguments(int argc, char **argv, fit_settings *s, const fit_flag *flag,
                        unsigned flags) {
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        unsigned f = 0;
        if (!strcmp(name, "--fresh")) {
            s->fresh = true;
            continue;
        }
        if (++i == argc) return false;
        while (f < flags && strcmp(name, flag[f].name) != 0)
            f++;
        if (f < flags) {
            *flag[f].value = argv[i];
        } else if (!read_setting(name, argv[i], s)) {
            return false;
        }
    }
    return s->members > 2;
}
