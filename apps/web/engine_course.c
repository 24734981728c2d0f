/* engine_course.c - the module's exports: plans followed on simulated people.
 *
 * A worker counts plan by plan and draw by draw, so that the page can show how far it
 * is and stop it; outcomes of other workers are copied in. Counts are integers: the
 * bits do not depend on who counted what. */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64, WEB_PEOPLE = NEN_COURSE_PEOPLE };

static struct {
    app_plans p;
    void *work, *tally;
    nen_outcome person[WEB_PEOPLE];
    unsigned people;
    uint64_t hash;
} run;

WEB_EXPORT(web_orders)
size_t web_orders(unsigned lines, char *buf, size_t cap);
WEB_EXPORT(web_plans)
unsigned web_plans(const char *text, size_t bytes, unsigned patients, unsigned draws,
                   unsigned horizon_months);
WEB_EXPORT(web_course) unsigned web_course(void);
WEB_EXPORT(web_draws) unsigned web_draws(void);
WEB_EXPORT(web_outcome_bytes) size_t web_outcome_bytes(void);
WEB_EXPORT(web_outcome) void *web_outcome(unsigned plan, unsigned draw);
WEB_EXPORT(web_count) void web_count(unsigned plan, unsigned draw);
WEB_EXPORT(web_sum) unsigned web_sum(void);
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

static unsigned read_plans(const char *text, size_t bytes) {
    size_t at = 0, from, size;
    run.p.plans = 0;
    while (run.p.plans < NEN_PLANS_MAX && next_line(text, bytes, &at, &from, &size)) {
        nen_plan *plan = &run.p.plan[run.p.plans];
        const nen_status status =
            nen_read_plan(text + from, size, plan, &web_now.error);
        if (status != NEN_OK) return status;
        run.p.plans++;
    }
    return NEN_OK;
}

static bool take(void) {
    free(run.p.outcome);
    free(run.p.course);
    free(run.p.difference);
    run.p.differences = 0;
    run.p.outcome =
        calloc((size_t)run.p.plans * run.p.setting.draws, sizeof(nen_outcome));
    run.p.course = calloc(run.p.plans, sizeof(nen_course));
    run.p.difference = calloc(app_differences_max(run.p.plans), sizeof(nen_difference));
    if (!run.work) run.work = aligned(nen_course_work_size());
    if (!run.tally) run.tally = aligned(nen_course_tally_size());
    return run.p.outcome && run.p.course && run.p.difference && run.work && run.tally;
}

/* Plans of the case that was read last, one a line; 0, or the error's status. */
unsigned web_plans(const char *text, size_t bytes, unsigned patients, unsigned draws,
                   unsigned horizon_months) {
    memset(&web_now.error, 0, sizeof web_now.error);
    nen_course_who(&web_now.d, &run.p.who);
    run.p.setting = (nen_setting){.seed = 1,
                                  .patients = patients,
                                  .draws = (uint16_t)draws,
                                  .horizon_months = (uint16_t)horizon_months};
    unsigned status = read_plans(text, bytes);
    if (status == NEN_OK) status = app_plans_check(&run.p, &web_now.d);
    if (status == NEN_OK && !take()) status = NEN_ERR_CAPACITY;
    run.hash = 0;
    run.people = 0;
    if (status != NEN_OK && web_now.error.code == NEN_OK)
        web_now.error.code = (nen_status)status;
    return status;
}

/* Does the model speak of the case? */
unsigned web_course(void) {
    return run.p.who.model != NEN_MODEL_NONE;
}

unsigned web_draws(void) {
    return nen_course_draws();
}

/* ---- the run ---- */

size_t web_outcome_bytes(void) {
    return sizeof(nen_outcome);
}

void *web_outcome(unsigned plan, unsigned draw) {
    return &run.p.outcome[(size_t)plan * run.p.setting.draws + draw];
}

/* One plan under one draw; nothing for a plan that is refused. */
void web_count(unsigned plan, unsigned draw) {
    if (!web_course() || run.p.refused[plan] != NEN_NONE) return;
    memset(run.tally, 0, nen_course_tally_size());
    nen_course_count(&run.p.who, &run.p.plan[plan], &run.p.setting, draw, 0,
                     run.p.setting.patients, run.work, run.tally);
    nen_course_outcome(&run.p.plan[plan], &run.p.setting, run.tally,
                       web_outcome(plan, draw));
}

static nen_course_answer told(void) {
    return (nen_course_answer){.in = &web_now.in,
                               .d = &web_now.d,
                               .who = &run.p.who,
                               .setting = &run.p.setting,
                               .plan = run.p.plan,
                               .refused = run.p.refused,
                               .course = run.p.course,
                               .difference = run.p.difference,
                               .plans = run.p.plans,
                               .differences = run.p.differences,
                               .hash = run.hash};
}

/* After the last outcome is in. */
unsigned web_sum(void) {
    if (!web_course()) return NEN_OK;
    const nen_status status = app_plans_sum(&run.p);
    if (status != NEN_OK) return status;
    run.p.differences = 0;
    app_plans_compare(&run.p);
    for (unsigned i = 0; i < run.p.plans; i++)
        run.hash += run.p.course[i].hash;
    const nen_course_answer a = told();
    const int plan = nen_course_plot_plan(&a);
    if (plan >= 0) {
        run.people = app_plans_people(&run.p, (unsigned)plan, run.work, run.tally,
                                      run.person, WEB_PEOPLE);
    }
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
    const nen_course_answer a = told();
    switch (what) {
        case WEB_COURSE_JSON:
            return nen_write_course_json(&a, &style, buf, cap);
        case WEB_COURSE_HTML:
            return nen_write_course_html(&a, &style, buf, cap);
        case WEB_COURSE_CSV:
            return nen_write_course_csv(&a, &style, buf, cap);
        case WEB_COURSE_SVG:
            if (nen_course_plot_plan(&a) < 0) return 0;
            return nen_write_course_svg(&a, &style, (nen_course_plot)plot, run.person,
                                        run.people, buf, cap);
        case WEB_COURSE_TEXT:
            return nen_write_course_text(&a, &style, buf, cap);
        default:
            return 0;
    }
}
