/* tnm.h - between stage.c and tnm.c. */
#ifndef NEN_TNM_H
#define NEN_TNM_H

#include "internal.h"

/* Where and by which rules. */
typedef struct nen__tnm_at {
    uint8_t site, system, table;
    bool ask; /* fills `maybes` of the result */
} nen__tnm_at;

/* The facts are as they were when it returns; conventions are tried on them. `like` is
 * NULL, or what another system found at the same site: an axis on which the two systems
 * read the same rules is taken from there. */
void nen__tnm(nen_case *facts, const nen__tnm_at *at, const nen_staging *like,
              nen__site_stage *out);
/* Group of exact values, or NEN_LABEL_NULL. */
unsigned nen__group_of(unsigned table, unsigned t, unsigned n, unsigned m);

#endif
