/* validate_run.h - the validation, for a command: nothing of the core is named here. */
#ifndef NEN_FIT_VALIDATE_RUN_H
#define NEN_FIT_VALIDATE_RUN_H

#include "pool.h"

typedef struct nen_validation_settings {
    unsigned draws, patients; /* 0: as many as the posterior has; 4096 an arm */
    uint64_t seed;            /* 0: 1 */
    bool json;                /* to standard output, in place of the text */
    const char *svg, *report; /* files to write, or NULL */
    const char *predictions;  /* a file for trials without a result, or NULL */
    const char *date;         /* of the predictions */
    nen_pool *pool;
    unsigned threads;
} nen_validation_settings;

/* Writes to standard output; NULL, or what went wrong. */
const char *nen_validation(const nen_validation_settings *settings);

#endif
