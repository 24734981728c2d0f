/* course_job.c - plans of one case: their memory, the run, what a writer takes. */
#include "course_args.h"

nen_status cli_plans_run(const cli_request *request, app_plans *p) {
    if (!app_plans_take(p) || !cli_course_run(request, p)) return NEN_ERR_CAPACITY;
    return app_plans_sum(p);
}

void cli_plans_end(app_plans *p) {
    app_plans_drop(p);
    p->plans = 0;
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
