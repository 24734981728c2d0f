/* engine_course.c - the module's exports: plans followed on simulated people.
 *
 * A worker counts plan by plan and draw by draw, so that the page can show how far it
 * is and stop it; outcomes of other workers are copied in. Counts are integers: the
 * bits do not depend on who counted what. Two runs stand side by side: plans that were
 * chosen to be compared, and the usual ones of the report. */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64, WEB_PEOPLE = NEN_COURSE_PEOPLE };
enum { CHOSEN, USUAL, RUNS };
enum { WEB_MORE = 255 }; /* of web_sum: follow twice as many people */

typedef struct web_run {
    app_plans p;
    nen_outcome person[WEB_PEOPLE];
    unsigned people;
    uint64_t hash;
    uint16_t usual[APP_USUAL_MAX]; /* why each plan is usual */
    unsigned of;                   /* web_now.number of its case */
} web_run;

static web_run runs[RUNS];
static void *work, *tally;

WEB_EXPORT(web_orders)
size_t web_orders(unsigned lines, char *buf, size_t cap);
WEB_EXPORT(web_plans)
unsigned web_plans(const char *text, size_t bytes, unsigned patients, unsigned draws,
                   unsigned horizon_months);
WEB_EXPORT(web_usual) unsigned web_usual(unsigned patients);
WEB_EXPORT(web_usual_size) unsigned web_usual_size(unsigned what);
WEB_EXPORT(web_course) unsigned web_course(void);
WEB_EXPORT(web_draws) unsigned web_draws(void);
WEB_EXPORT(web_outcome_bytes) size_t web_outcome_bytes(void);
WEB_EXPORT(web_outcome) void *web_outcome(unsigned run, unsigned plan, unsigned draw);
WEB_EXPORT(web_count) void web_count(unsigned run, unsigned plan, unsigned draw);
WEB_EXPORT(web_sum) unsigned web_sum(void);
WEB_EXPORT(web_sum_usual) unsigned web_sum_usual(void);
WEB_EXPORT(web_write_course)
size_t web_write_course(unsigned what, unsigned plot, uint32_t how, char *buf,
                        size_t cap);

static void *aligned(size_t bytes) {
    return aligned_alloc(ALIGN, (bytes + ALIGN - 1) / ALIGN * ALIGN);
}

/* ---- plans ---- */

/* Orders of the options that fit, one plan a line. */
size_t web_orders(unsigned lines, char *buf, size_t cap) {
    static nen_plan plan[NEN_PLANS_MAX];
    const unsigned found = nen_plan_orders(&web_now.d, lines, plan, NEN_PLANS_MAX);
    size_t at = 0;
    for (unsigned i = 0; i < found && i < NEN_PLANS_MAX; i++) {
        const size_t room = at < cap ? cap - at : 0;
        at += nen_write_plan(&plan[i], room ? buf + at : NULL, room);
        if (at < cap) buf[at] = '\n';
        at++;
    }
    if (cap) buf[at < cap ? at : cap - 1] = 0;
    return at;
}

/* Plan `i` of the lines of text; false at the end. */
static bool next_line(const char *text, size_t bytes, size_t *at, size_t *from,
                      size_t *size) {
    while (*at < bytes && text[*at] == '\n')
        ++*at;
    *from = *at;
    while (*at < bytes && text[*at] != '\n')
        ++*at;
    *size = *at - *from;
    return *size > 0;
}

static unsigned read_plans(const char *text, size_t bytes, app_plans *p) {
    size_t at = 0, from, size;
    p->plans = 0;
    while (p->plans < NEN_PLANS_MAX && next_line(text, bytes, &at, &from, &size)) {
        const nen_status status =
            nen_read_plan(text + from, size, &p->plan[p->plans], &web_now.error);
        if (status != NEN_OK) return status;
        p->plans++;
    }
    return NEN_OK;
}

static bool take(app_plans *p) {
    app_plans_drop(p);
    const bool taken = app_plans_take(p);
    if (!work) work = aligned(nen_course_work_size());
    if (!tally) tally = aligned(nen_course_tally_size());
    return taken && work && tally;
}

/* Plans of the case that was read last, one a line; 0, or the error's status. */
unsigned web_plans(const char *text, size_t bytes, unsigned patients, unsigned draws,
                   unsigned horizon_months) {
    app_plans *p = &runs[CHOSEN].p;
    memset(&web_now.error, 0, sizeof web_now.error);
    nen_course_who(&web_now.d, &p->who);
    p->setting = (nen_setting){.seed = 1,
                               .patients = patients,
                               .draws = (uint16_t)draws,
                               .horizon_months = (uint16_t)horizon_months};
    unsigned status = read_plans(text, bytes, p);
    if (status == NEN_OK) status = app_plans_check(p, &web_now.d);
    if (status == NEN_OK && !take(p)) status = NEN_ERR_CAPACITY;
    runs[CHOSEN].hash = 0;
    runs[CHOSEN].people = 0;
    if (status != NEN_OK && web_now.error.code == NEN_OK)
        web_now.error.code = (nen_status)status;
    return status;
}

/* The usual plans of the case that was read last; how many draws of each to follow, 0
 * when there is nothing to follow. `patients` under each draw, 0: as many as usual. */
unsigned web_usual(unsigned patients) {
    web_run *r = &runs[USUAL];
    app_plans_drop(&r->p);
    r->of = web_now.number;
    r->hash = 0;
    if (!app_usual(&r->p, &web_now.d, r->usual)) return 0;
    if (patients) r->p.setting.patients = patients;
    return take(&r->p) ? r->p.setting.draws : 0;
}

unsigned web_usual_size(unsigned what) {
    const app_plans *p = &runs[USUAL].p;
    return what ? p->setting.patients : p->plans;
}

/* Does the model speak of the case? */
unsigned web_course(void) {
    return runs[CHOSEN].p.who.model != NEN_MODEL_NONE;
}

unsigned web_draws(void) {
    return nen_course_draws();
}

/* ---- the run ---- */

size_t web_outcome_bytes(void) {
    return sizeof(nen_outcome);
}

void *web_outcome(unsigned run, unsigned plan, unsigned draw) {
    const app_plans *p = &runs[run].p;
    return &p->outcome[(size_t)plan * p->setting.draws + draw];
}

/* One plan under one draw; nothing for a plan that is refused. */
void web_count(unsigned run, unsigned plan, unsigned draw) {
    const app_plans *p = &runs[run].p;
    const uint64_t first = run == USUAL ? app_usual_first(p, draw) : 0;
    if (p->who.model == NEN_MODEL_NONE || p->refused[plan] != NEN_NONE) return;
    memset(tally, 0, nen_course_tally_size());
    nen_course_count(&p->who, &p->plan[plan], &p->setting, draw, first,
                     p->setting.patients, work, tally);
    nen_course_outcome(&p->plan[plan], &p->setting, tally,
                       web_outcome(run, plan, draw));
}

static nen_course_answer told(const web_run *r) {
    return (nen_course_answer){.in = &web_now.in,
                               .d = &web_now.d,
                               .who = &r->p.who,
                               .setting = &r->p.setting,
                               .plan = r->p.plan,
                               .refused = r->p.refused,
                               .course = r->p.course,
                               .difference = r->p.difference,
                               .plans = r->p.plans,
                               .differences = r->p.differences,
                               .hash = r->hash};
}

static unsigned sum(web_run *r) {
    const nen_status status = app_plans_sum(&r->p);
    r->hash = 0;
    r->p.differences = 0;
    if (status != NEN_OK) return status;
    app_plans_compare(&r->p);
    for (unsigned i = 0; i < r->p.plans; i++)
        r->hash += r->p.course[i].hash;
    return NEN_OK;
}

/* After the last outcome is in. */
unsigned web_sum(void) {
    web_run *r = &runs[CHOSEN];
    if (!web_course()) return NEN_OK;
    const unsigned status = sum(r);
    if (status != NEN_OK) return status;
    const nen_course_answer a = told(r);
    const int plan = nen_course_plot_plan(&a);
    if (plan >= 0) {
        r->people =
            app_plans_people(&r->p, (unsigned)plan, work, tally, r->person, WEB_PEOPLE);
    }
    return NEN_OK;
}

/* Likewise of the usual plans: from here on the report says how it may go. WEB_MORE:
 * too few people were like the case; NEN_ERR_RANGE: another case was read meanwhile. */
unsigned web_sum_usual(void) {
    static nen_course_answer answer;
    web_run *r = &runs[USUAL];
    if (r->of != web_now.number) return NEN_ERR_RANGE;
    if (r->p.outcome && app_usual_more(&r->p)) return WEB_MORE;
    const unsigned status = r->p.outcome ? sum(r) : NEN_OK;
    if (status == NEN_ERR_CAPACITY) return status;
    if (status != NEN_OK) {
        app_plans_drop(&r->p);
        r->p.plans = 0;
    }
    answer = told(r);
    answer.usual = r->usual;
    answer.few = status != NEN_OK;
    web_now.course = &answer;
    return NEN_OK;
}

typedef enum web_course_shape {
    WEB_COURSE_JSON,
    WEB_COURSE_HTML,
    WEB_COURSE_CSV,
    WEB_COURSE_SVG,
    WEB_COURSE_TEXT
} web_course_shape;

/* `plot`: a nen_course_plot, of WEB_COURSE_SVG. */
size_t web_write_course(unsigned what, unsigned plot, uint32_t how, char *buf,
                        size_t cap) {
    const nen_style style = web_style(how);
    const web_run *r = &runs[CHOSEN];
    const nen_course_answer a = told(r);
    switch (what) {
        case WEB_COURSE_JSON:
            return nen_write_course_json(&a, &style, buf, cap);
        case WEB_COURSE_HTML:
            return nen_write_course_html(&a, &style, buf, cap);
        case WEB_COURSE_CSV:
            return nen_write_course_csv(&a, &style, buf, cap);
        case WEB_COURSE_SVG:
            if (nen_course_plot_plan(&a) < 0) return 0;
            return nen_write_course_svg(&a, &style, (nen_course_plot)plot, r->person,
                                        r->people, buf, cap);
        case WEB_COURSE_TEXT:
            return nen_write_course_text(&a, &style, buf, cap);
        default:
            return 0;
    }
}
