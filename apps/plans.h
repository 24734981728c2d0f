/* plans.h - plans of one case, followed and compared: what every program that shows
 * them shares.  Threads and workers are the program's. */
#ifndef NEN_APP_PLANS_H
#define NEN_APP_PLANS_H

#include "nen.h"

enum {
    /* All plans against each other up to so many; above, each against the best. */
    APP_ALL_PAIRS_MAX = 8,
    APP_PEOPLE_TRIES = 10000 /* patients, of whom some are not like the case */
};

typedef struct app_plans {
    nen_who who;
    nen_setting setting;
    nen_plan plan[NEN_PLANS_MAX];
    uint16_t refused[NEN_PLANS_MAX]; /* the rule that forbids it, or NEN_NONE */
    unsigned plans;
    nen_outcome *outcome;       /* setting.draws of each plan in turn */
    nen_course *course;         /* by plan */
    nen_difference *difference; /* app_differences_max */
    unsigned differences;
} app_plans;

/* Room that `difference` needs. */
size_t app_differences_max(unsigned plans);

/* The rules on each plan; NEN_OK also when some are forbidden. */
nen_status app_plans_check(app_plans *p, const nen_dossier *d);

/* Sums up the outcomes of the plans that are not refused. */
nen_status app_plans_sum(app_plans *p);

/* Takes memory for the outcomes and sums of `plans` and `setting`; false when there is
 * none. app_plans_drop gives it back in either case. */
bool app_plans_take(app_plans *p);

/* Frees what the sums stand in; the plans stay. */
void app_plans_drop(app_plans *p);

/* From the longest mean survival down. */
void app_plans_rank(app_plans *p);

/* Every difference worth a line. */
void app_plans_compare(app_plans *p);

/* Single people under one plan, each of another patient under another draw, so that
 * both kinds of chance show. Whoever is not like the case at entry starts no line, and
 * is not counted. Returns how many of `cap` were found. */
unsigned app_plans_people(const app_plans *p, unsigned plan, void *work, void *tally,
                          nen_outcome *out, unsigned cap);

/* The usual orders of a case, apps/usual.c. */
enum { APP_USUAL_MAX = 12 }; /* with those that a rule forbids */

/* Fills in model, setting (its `lanes` stay) and plans, and the row that says why each
 * is usual; false when there is nothing to follow. */
bool app_usual(app_plans *p, const nen_dossier *d, uint16_t row[APP_USUAL_MAX]);

/* Too few people were like the case: follow them again with twice `setting.patients`.
 */
bool app_usual_more(const app_plans *p);

/* Each draw follows people of its own, from this number on. */
uint64_t app_usual_first(const app_plans *p, unsigned draw);

#endif
