/* run.h - a calibration: its settings, its state, and what it wrote. */
#ifndef NEN_FIT_RUN_H
#define NEN_FIT_RUN_H

#include "target.h"

enum { FIT_STEPS_MAX = 40 };

typedef struct fit_settings {
    uint64_t seed;
    unsigned members, patients, steps, threads, draws;
    bool fresh; /* do not go on from a checkpoint */
} fit_settings;

/* One step of the fit, for the report. */
typedef struct fit_step {
    double taken;          /* share of the likelihood so far, before it */
    double share;          /* taken by it */
    double misfit, spread; /* half sum of squares: mean, standard deviation */
    double seconds;
} fit_step;

typedef struct fit_state {
    fit_settings settings;
    uint64_t problem; /* mix of figures and errors: a checkpoint of others is refused */
    unsigned done;    /* steps */
    double taken;
    fit_step step[FIT_STEPS_MAX + 1];
    double *theta; /* members x parameters */
    double *told;  /* members x figures; not kept in a checkpoint */
} fit_state;

/* Simulates every arm for each of `count` thetas; rows of `told` are by theta. */
bool fit_simulate(const fit_targets *t, const double *theta, unsigned count,
                  const fit_settings *s, const char *label, double *told);

nen__theta fit_theta(const double *numbers);

/* report.c */
bool fit_write_posterior(const fit_state *s, const fit_targets *t, const char *path);
bool fit_write_report(const fit_state *s, const fit_targets *t, const char *path);

#endif
