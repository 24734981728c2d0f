/* validate.h - held-out figures against what the fitted model foretells. */
#ifndef NEN_FIT_VALIDATE_H
#define NEN_FIT_VALIDATE_H

#include "run.h"

enum { FIT_REPLICATES = 4 }; /* simulated trials a posterior draw */

typedef struct fit_row {
    const nen__figure *figure;
    double low, middle, high; /* 90 % of simulated trials; middle: without sampling */
    double baseline;          /* 0: none */
    const char *baseline_from;
    bool main, covered, judged, right; /* direction: judged, and right */
    bool in_model;
    const char *why_not; /* NULL when in_model */
} fit_row;

/* Over the main rows. */
typedef struct fit_totals {
    unsigned rows, covered;
    unsigned medians;             /* with a baseline, for the two errors below */
    double error, baseline_error; /* median absolute log error of medians */
    unsigned all;
    double all_error, all_baseline_error; /* of every figure that has a baseline */
    double width_ratio; /* median: predicted over published interval, on the log */
    unsigned judged, right;
} fit_totals;

typedef struct fit_validation {
    fit_row row[FIT_TARGETS_MAX];
    fit_targets targets, known; /* known: what the fit read, for the baseline */
    fit_totals totals;
    unsigned rows, draws, patients;
    uint64_t seed;
} fit_validation;

/* Predicts every target of nen__validation; NULL, or what went wrong. */
const char *fit_validate(const fit_settings *settings, fit_validation *out);

/* Foretells figures, whose values are not read, of arms of nen__prospective. */
const char *fit_predict(const fit_settings *settings, const nen__figure *figure,
                        unsigned figures, fit_validation *out);

/* validate_predict.c: medians and hazard ratio of each trial without a result */
const char *fit_predictions(const fit_settings *settings, const char *date,
                            const char *path);

/* validate_baseline.c */
void fit_baseline(const fit_validation *v, fit_row *row);

/* validate_write.c */
bool fit_validation_text(const fit_validation *v, const char *path); /* NULL: stdout */

/* validate_json.c: bytes needed, as the writers of write.h; 0: no plot can be drawn */
size_t fit_validation_json(const fit_validation *v, char *buf, size_t cap);
size_t fit_validation_svg(const fit_validation *v, char *buf, size_t cap);

#endif
