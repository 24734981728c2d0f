/* knowc_trials.h - trials, arms and endpoints, as their audit and their printer read.
 */
#ifndef NEN_KNOWC_TRIALS_H
#define NEN_KNOWC_TRIALS_H

#include "knowc.h"
#include "trials.h"

/* Words of trials.h with spaces between. */
extern const char kc_trial_uses[], kc_trial_roles[], kc_designs[], kc_entries[],
    kc_uptakes[], kc_readers[], kc_arm_roles[], kc_arm_classes[], kc_endpoints[],
    kc_statistics[], kc_analyses[];

/* The row of table `name` with this id; -1 for none. */
int kc_find(const kc *k, kc_name name, const char *id);

/* "pancreas 60, colon+rectum 40": shares of a population; false at the list's end. */
bool kc_mix(const kc_at *at, const char *column, const char **list, nen__mix *out);

/* What progression meant, as nen__criteria of course.h. */
unsigned kc_criteria(const kc_at *at);

/* A published number: "-", a number, or NR for "not reached". */
nen__bound kc_figure(const kc_at *at, const char *column, double *out);

#endif
