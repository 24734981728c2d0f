/* course_usual.c - the usual orders of a case, followed, for its report. */
#include "course_args.h"

static nen_status follow(const cli_request *request, app_plans *p) {
    const unsigned plans = p->plans;
    cli_request now = *request;
    nen_status status = cli_plans_run(&now, p);
    while (status != NEN_ERR_CAPACITY && app_usual_more(p)) {
        cli_plans_end(p);
        p->plans = plans;
        p->setting.patients *= 2;
        now.setting = p->setting;
        status = cli_plans_run(&now, p);
    }
    return status;
}

const nen_course_answer *cli_course_usual(const nen_input *in, const nen_dossier *d) {
    static app_plans plans;
    static nen_course_answer answer;
    static uint16_t usual[APP_USUAL_MAX];
    cli_request request = cli_course_request();
    app_plans *p = &plans;
    cli_plans_end(p);
    p->setting.lanes = request.setting.lanes;
    const bool any = app_usual(p, d, usual);
    request.apart = true;
    request.setting = p->setting;
    const nen_status status = any ? follow(&request, p) : NEN_OK;
    if (status == NEN_ERR_CAPACITY) return NULL;
    if (status != NEN_OK) cli_plans_end(p);
    if (status == NEN_OK && any) app_plans_compare(p);
    answer = cli_plans_answer(p, in, d);
    answer.usual = usual;
    answer.few = status != NEN_OK;
    return &answer;
}
