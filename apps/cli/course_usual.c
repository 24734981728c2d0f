/* course_usual.c - the usual orders of a case, followed, for its report. */
#include "course_args.h"

#include <string.h>

/* How many people are followed. A report is to come at once, so there are fewer draws
 * than `nen compare` takes; each draw follows people of its own, so that what chance
 * does to one draw evens out over them. On 3 plans of 2 lines the medians then stand
 * within 2 % from seed to seed and the intervals are a twentieth wider at each end:
 * docs/method.md has the figures. Where the case tells how the tumor grew, fewer people
 * are like it: so many are asked for that LEAST are left under every draw. */
enum {
    MOST = 3,   /* orders shown */
    FOUND = 12, /* with those that a rule forbids */
    DRAWS = 64,
    PATIENTS = 512,
    PATIENTS_MAX = 8192,
    LEAST = 256
};

static bool enough(const app_plans *j) {
    const unsigned draws = j->setting.draws;
    for (unsigned p = 0; p < j->plans; p++) {
        if (j->refused[p] != NEN_NONE) continue;
        for (unsigned i = 0; i < draws; i++)
            if (j->outcome[(size_t)p * draws + i].patients < LEAST) return false;
    }
    return true;
}

static nen_status follow(const cli_request *request, app_plans *p) {
    const unsigned plans = p->plans;
    nen_status status = cli_plans_run(request, p);
    while (status != NEN_ERR_CAPACITY && p->setting.patients < PATIENTS_MAX &&
           !enough(p)) {
        cli_request more = *request;
        cli_plans_end(p);
        p->plans = plans;
        p->setting.patients *= 2;
        more.setting = p->setting;
        status = cli_plans_run(&more, p);
    }
    return status;
}

const nen_course_answer *cli_course_usual(const nen_input *in, const nen_dossier *d) {
    static app_plans plans;
    static nen_course_answer answer;
    static uint16_t usual[FOUND];
    nen_usual all[FOUND];
    cli_request request = cli_course_request();
    app_plans *p = &plans;
    bool any = false;
    cli_plans_end(p);
    request.apart = true;
    request.setting.patients = PATIENTS;
    if (request.setting.draws > DRAWS) request.setting.draws = DRAWS;
    p->setting = request.setting;
    nen_course_who(d, &p->who);
    p->plans = nen_plan_usual(d, MOST, all, FOUND);
    for (unsigned i = 0; i < p->plans; i++) {
        p->plan[i] = all[i].plan;
        p->refused[i] = all[i].refused;
        usual[i] = all[i].row;
        any |= all[i].refused == NEN_NONE;
    }
    const nen_status status = any ? follow(&request, p) : NEN_OK;
    if (status == NEN_ERR_CAPACITY) return NULL;
    if (status != NEN_OK) cli_plans_end(p);
    if (status == NEN_OK && any) app_plans_compare(p);
    answer = cli_plans_answer(p, in, d);
    answer.usual = usual;
    answer.few = status != NEN_OK;
    return &answer;
}
