/* update.h - the ensemble: Kalman inversion with adaptive tempering. */
#ifndef NEN_FIT_UPDATE_H
#define NEN_FIT_UPDATE_H

#include <stdbool.h>
#include <stdint.h>

/* Ensemble and what it told, row by member; all memory is the caller's. */
typedef struct fit_ensemble {
    unsigned members, parameters, figures;
    double *theta;        /* members x parameters */
    const double *told;   /* members x figures */
    const double *value;  /* figures: published */
    const double *error;  /* figures: standard error */
    const uint8_t *heard; /* figures x parameters: 0 when one cannot change the other */
    double *room;         /* fit_update_room() numbers */
    uint64_t seed;
    unsigned step; /* tells the random numbers of one update from another's */
} fit_ensemble;

uint64_t fit_update_room(const fit_ensemble *e);

/* Half the mean, and half the variance over members, of the squared misfit in errors.
 */
void fit_misfit(const fit_ensemble *e, double *mean, double *variance);

/**
 * Share of the likelihood to take next, at most `left`: after Iglesias and Yang,
 * "Adaptive regularisation for ensemble Kalman inversion" (2021).
 */
double fit_next_share(const fit_ensemble *e, double left);

/**
 * Moves every member towards the figures, with perturbed observations.
 *
 * @param share of the likelihood; the errors' variance is divided by it
 * @return false when the matrix of the figures is not positive definite
 */
bool fit_update(const fit_ensemble *e, double share);

#endif
