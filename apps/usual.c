/* usual.c - the usual orders of a case, for its report: which they are, and how many
 * people are followed under each. */
#include "plans.h"

/* How many people are followed. A report is to come at once, so there are fewer draws
 * than `nen compare` takes; each draw follows people of its own, so that what chance
 * does to one draw evens out over them. On 3 plans of 2 lines the medians then stand
 * within 2 % from seed to seed and the intervals are a twentieth wider at each end:
 * docs/method.md has the figures. Where the case tells how the tumor grew, fewer people
 * are like it: so many are asked for that LEAST are left under every draw. */
enum {
    MOST = 3, /* orders shown */
    DRAWS = 64,
    PATIENTS = 512,
    PATIENTS_MAX = 8192,
    LEAST = 256,
    HORIZON_MONTHS = 120
};

bool app_usual(app_plans *p, const nen_dossier *d, uint16_t row[APP_USUAL_MAX]) {
    nen_usual all[APP_USUAL_MAX];
    const unsigned draws = nen_course_draws();
    bool any = false;
    p->setting = (nen_setting){.seed = 1,
                               .patients = PATIENTS,
                               .draws = (uint16_t)(draws < DRAWS ? draws : DRAWS),
                               .horizon_months = HORIZON_MONTHS,
                               .lanes = p->setting.lanes};
    nen_course_who(d, &p->who);
    p->plans = nen_plan_usual(d, MOST, all, APP_USUAL_MAX);
    for (unsigned i = 0; i < p->plans; i++) {
        p->plan[i] = all[i].plan;
        p->refused[i] = all[i].refused;
        row[i] = all[i].row;
        any |= all[i].refused == NEN_NONE;
    }
    return any;
}

static bool enough(const app_plans *p) {
    const unsigned draws = p->setting.draws;
    for (unsigned i = 0; i < p->plans; i++) {
        if (p->refused[i] != NEN_NONE) continue;
        for (unsigned k = 0; k < draws; k++)
            if (p->outcome[(size_t)i * draws + k].patients < LEAST) return false;
    }
    return true;
}

bool app_usual_more(const app_plans *p) {
    return p->setting.patients < PATIENTS_MAX && !enough(p);
}

uint64_t app_usual_first(const app_plans *p, unsigned draw) {
    return draw * (uint64_t)p->setting.patients;
}
