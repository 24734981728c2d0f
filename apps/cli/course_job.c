/* course_job.c - plans of one case: their memory, the run, what a writer takes. */
#include "course_args.h"

#include <stdlib.h>

nen_status cli_plans_run(const cli_request *request, app_plans *p) {
    const size_t outcomes = (size_t)p->plans * p->setting.draws;
    p->outcome = calloc(outcomes, sizeof *p->outcome);
    p->course = calloc(p->plans, sizeof *p->course);
    p->difference = calloc(app_differences_max(p->plans), sizeof *p->difference);
    if (!p->outcome || !p->course || !p->difference || !cli_course_run(request, p))
        return NEN_ERR_CAPACITY;
    return app_plans_sum(p);
}

void cli_plans_end(app_plans *p) {
    free(p->outcome);
    free(p->course);
    free(p->difference);
    p->outcome = NULL;
    p->course = NULL;
    p->difference = NULL;
    p->plans = p->differences = 0;
}

nen_course_answer cli_plans_answer(const app_plans *p, const nen_input *in,
                                   const nen_dossier *d) {
    nen_course_answer a = {.in = in,
                           .d = d,
                           .who = &p->who,
                           .setting = &p->setting,
                           .plan = p->plan,
                           .refused = p->refused,
                           .course = p->course,
                           .difference = p->difference,
                           .plans = p->plans,
                           .differences = p->differences};
    for (unsigned i = 0; p->course && i < p->plans; i++)
        a.hash += p->course[i].hash;
    return a;
}
