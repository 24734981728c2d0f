/* run.h - a fit: its settings, its state, and what it wrote. */
#ifndef NEN_FIT_RUN_H
#define NEN_FIT_RUN_H

#include "pool.h"
#include "target.h"

enum {
    FIT_STEPS_MAX = 40,
    /* How the people of one trial differ from those of another: log growth, log hazard
     * of death, then hold and kill of each class. */
    FIT_EFFECTS = 2 + 2 * (NEN__CLASSES - 1)
};

typedef struct fit_settings {
    uint64_t seed;
    unsigned members, patients, steps, threads, draws;
    bool fresh;     /* do not go on from a checkpoint */
    nen_pool *pool; /* of a validation; a calibration has its own threads */
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
    double *theta; /* members x fit_width() */
    double *told;  /* members x figures; not kept in a checkpoint */
    bool looked;   /* told is of theta already */
} fit_state;

/* Numbers of a member: the parameters, then FIT_EFFECTS standard normals for each trial
 * of the set, and for the next one, of which nothing is known. */
unsigned fit_width(const fit_targets *t);

/* What holds among the people of this trial; set->trials: of the next. */
nen__theta fit_theta(const double *numbers, unsigned trial);

/* Simulates every arm for each of `count` thetas; rows of `told` are by theta. */
bool fit_simulate(const fit_targets *t, const double *theta, unsigned count,
                  const fit_settings *s, const char *label, double *told);

/* Draws of the prior into theta, and a mix of all that the fit depends on. */
void fit_begin(fit_state *s, const fit_targets *t);

typedef void fit_after(const fit_state *s, void *with);

/**
 * Takes the whole likelihood in steps.
 *
 * @param after called after each step, or NULL
 * @param label for the progress, or NULL for none
 */
bool fit_run(fit_state *s, const fit_targets *t, const char *label, fit_after *after,
             void *with);

/* A flag of one program, beside the settings that both share. */
typedef struct fit_flag {
    const char *name, **value;
} fit_flag;

/* Reads --fresh, flags with their values and settings; false on anything else. */
bool fit_read_arguments(int argc, char **argv, fit_settings *s, const fit_flag *flag,
                        unsigned flags);

/* report.c */
bool fit_write_posterior(const fit_state *s, const fit_targets *t, const char *path);
bool fit_write_report(const fit_state *s, const fit_targets *t, const char *path);

#endif
