/* report_patient_course.c - how it may go, in plain words. How long people live stands
 * apart, last, and is asked for first. */
#include "report_course.h"

#include <math.h>

enum { HUNDRED = 100, YEAR_MONTHS = 12, MONTHS_TO = 24, LONG_YEARS = 5 };
enum { LONG_MONTHS = LONG_YEARS * YEAR_MONTHS };

static const uint8_t years_told[] = {1, 3, 5, 10};

static double whole(float x) {
    return rint((double)x);
}

/* ---- how long a step holds ---- */

static const char *time_text(const nen__course_page *p, float months,
                             char text[NEN__WORD_CAP]) {
    nen__buf b = nen__buf_over(text, NEN__WORD_CAP);
    nen__put_months(&b, p, months < NEN_BEYOND ? (float)whole(months) : months);
    nen__buf_end(&b);
    return text;
}

/* Where nothing is given nothing shrinks, and nothing is said. */
static void shrinks(nen__report *r, const nen_band *pct) {
    if (!(pct->p95 > 0)) return;
    if (whole(pct->p50) < 1) {
        nen__say_more(&r->doc, NEN_T_GO_SHRINKS_RARELY, NULL);
        return;
    }
    nen__say_more(&r->doc, NEN_T_COURSE_PLAIN_SHRINK,
                  NEN__WITH(nen__as_number("count", whole(pct->p50)),
                            nen__as_number("lo", whole(pct->p05)),
                            nen__as_number("hi", whole(pct->p95))));
}

/* What the range means is said once, with the first plan. */
static void holds(nen__report *r, const nen__course_page *p, const nen_course_line *l,
                  bool again) {
    char lo[NEN__WORD_CAP], hi[NEN__WORD_CAP];
    const float first = l->pfs_quarter_months[0].p50,
                last = l->pfs_quarter_months[1].p50;
    if (isnan(first) || isnan(last)) return;
    if (first >= NEN_BEYOND) {
        nen__say_more(&r->doc, NEN_T_COURSE_PLAIN_HOLD_LONG, NULL);
        return;
    }
    if (whole(first) < 1) {
        nen__say_more(&r->doc, NEN_T_GO_HOLDS_SHORT,
                      NEN__WITH(nen__as("hi", time_text(p, last, hi))));
    } else if (again) {
        nen__say_more(&r->doc, NEN_T_GO_HOLDS_NEXT,
                      NEN__WITH(nen__as("lo", time_text(p, first, lo)),
                                nen__as("hi", time_text(p, last, hi))));
    } else {
        nen__say_more(&r->doc, NEN_T_GO_HOLDS,
                      NEN__WITH(nen__as("lo", time_text(p, first, lo)),
                                nen__as("hi", time_text(p, last, hi))));
    }
    shrinks(r, &l->response_pct);
}

/* The same first step needs its figures once. */
static bool begins_alike(const nen_course_answer *a, unsigned plan) {
    for (unsigned i = 0; i < plan; i++) {
        nen_plan x = a->plan[i], y = a->plan[plan];
        x.lines = y.lines = 1;
        if (nen_course_has(a, i) && nen_plan_same(&x, &y)) return true;
    }
    return false;
}

static void plans(nen__report *r, const nen__course_page *p) {
    char text[NEN__TITLE_CAP];
    const nen_course_answer *a = p->a;
    bool again = false;
    for (unsigned i = 0; i < a->plans; i++) {
        if (!nen_course_has(a, i)) continue;
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__say(&r->doc, NEN_T_GO_PLAN,
                 NEN__WITH(nen__as_number("number", i + 1),
                           nen__as("plan", nen__plan_said(p, i, text))));
        if (begins_alike(a, i)) {
            nen__say_more(&r->doc, NEN_T_GO_SAME_FIRST, NULL);
        } else {
            holds(r, p, &a->course[i].line[0], again);
            again = true;
        }
        nen__refer(r, a->usual[i]);
        nen__refer_end(r);
        nen__doc_close(&r->doc);
    }
}

/* ---- which is better ---- */

/* The first pair by this measure, one that is told apart before the others. */
static const nen_difference *telling(const nen_course_answer *a, nen_metric metric) {
    const nen_difference *first = NULL;
    for (unsigned i = 0; i < a->differences; i++) {
        const nen_difference *x = &a->difference[i];
        if (x->metric != metric) continue;
        if (x->verdict != NEN_VERDICT_CANNOT_TELL) return x;
        if (!first) first = x;
    }
    return first;
}

/* Which first step holds longer, when that can be told; then the plans as a whole. */
static void which(nen__report *r, const nen_course_answer *a) {
    const nen_difference *x = telling(a, NEN_METRIC_PFS);
    const nen_difference *life = telling(a, NEN_METRIC_RMST_MONTHS);
    if (!life) return;
    nen__doc_open(&r->doc, NEN__PARA);
    nen__say(&r->doc, NEN_T_GO_WHICH, NULL);
    if (x && x->verdict != NEN_VERDICT_CANNOT_TELL) {
        const bool b_wins = x->verdict == NEN_VERDICT_B;
        nen__say_more(&r->doc, NEN_T_COURSE_PLAIN_HOLDS,
                      NEN__WITH(nen__as_number("better", (b_wins ? x->b : x->a) + 1),
                                nen__as_number("worse", (b_wins ? x->a : x->b) + 1)));
    }
    if (life->verdict == NEN_VERDICT_CANNOT_TELL) {
        nen__say_more(
            &r->doc, NEN_T_GO_CANNOT,
            NEN__WITH(nen__as("why", nen__said(&r->doc, nen__course_plain_why(life)))));
    } else {
        const bool b_wins = life->verdict == NEN_VERDICT_B;
        nen__say_more(
            &r->doc, NEN_T_GO_BETTER,
            NEN__WITH(nen__as_number("better", (b_wins ? life->b : life->a) + 1),
                      nen__as_number("worse", (b_wins ? life->a : life->b) + 1)));
    }
    nen__doc_close(&r->doc);
}

static void assumed(nen__report *r, const nen_who *who) {
    if (!who->assumeds) return;
    nen__doc_open(&r->doc, NEN__NOTE);
    for (unsigned i = 0; i < who->assumeds; i++) {
        nen__doc_say(&r->doc, "%s%s", i ? " " : "", nen__row_text(r, who->assumed[i]));
        nen__show_row(r, who->assumed[i]);
    }
    nen__doc_close(&r->doc);
}

void nen__patient_course(nen__report *r) {
    const nen_course_answer *a = r->style->course;
    nen__course_page p;
    if (!a) return;
    nen__course_page_of(r, &p);
    nen__use_course(&r->used, a);
    nen__head(&r->doc, 2, NEN_T_COURSE_TITLE);
    if (a->who->model == NEN_MODEL_NONE) {
        nen__doc_line(&r->doc, NEN__PARA, "%s %s", nen__row_text(r, a->who->note),
                      nen__said(&r->doc, NEN_T_GO_NO_COUNTS));
        return;
    }
    if (!nen__course_any(a)) {
        nen__line(&r->doc, NEN__PARA, a->few ? NEN_T_GO_PLAIN_FEW : NEN_T_GO_PLAIN_NONE,
                  NULL);
        return;
    }
    nen__line(&r->doc, NEN__PARA, NEN_T_GO_INTRO,
              NEN__WITH(nen__as("who", nen__row_text(r, a->who->note))));
    plans(r, &p);
    which(r, a);
    assumed(r, a->who);
    nen__line(&r->doc, NEN__NOTE, NEN_T_GO_PLAIN_SURE, NULL);
}

/* ---- how long people live ---- */

static const char *life_text(const nen__course_page *p, float months,
                             char text[NEN__WORD_CAP]) {
    nen__buf b = nen__buf_over(text, NEN__WORD_CAP);
    const unsigned lang = p->r.doc.lang;
    const unsigned longest = p->a->setting->horizon_months / YEAR_MONTHS;
    if (months >= NEN_BEYOND) {
        nen__put_text(&b, lang, NEN_T_GO_OVER_YEARS,
                      NEN__WITH(nen__as_number("years", longest)));
    } else if (months < MONTHS_TO) {
        nen__put_text(&b, lang, NEN_T_PLOT_MONTHS,
                      NEN__WITH(nen__as_number("n", whole(months))));
    } else {
        nen__put_text(&b, lang, NEN_T_COURSE_PLAIN_YEARS,
                      NEN__WITH(nen__as_number("years", whole(months / YEAR_MONTHS))));
    }
    nen__buf_end(&b);
    return text;
}

static void middle(nen__report *r, const nen__course_page *p, const nen_course *c) {
    char lo[NEN__WORD_CAP], hi[NEN__WORD_CAP];
    const float first = c->os_quarter_months[0].p50, last = c->os_quarter_months[1].p50;
    if (first >= NEN_BEYOND) return;
    nen__line(&r->doc, NEN__PARA, NEN_T_GO_MIDDLE,
              NEN__WITH(nen__as("lo", life_text(p, first, lo)),
                        nen__as("hi", life_text(p, last, hi))));
}

/* By how many of 100 the other plans differ, at most, in the years told. */
static void others(nen__report *r, const nen_course_answer *a, unsigned plan) {
    double most = 0;
    bool any = false;
    for (unsigned i = plan + 1; i < a->plans; i++) {
        if (!nen_course_has(a, i)) continue;
        any = true;
        for (unsigned y = 0; y < sizeof years_told; y++) {
            const unsigned month = years_told[y] * YEAR_MONTHS;
            if (month > a->setting->horizon_months) break;
            const double x = whole(HUNDRED * a->course[i].alive[month].p50) -
                             whole(HUNDRED * a->course[plan].alive[month].p50);
            if (fabs(x) > most) most = fabs(x);
        }
    }
    if (any) {
        nen__line(&r->doc, NEN__PARA, NEN_T_GO_OTHERS,
                  NEN__WITH(nen__as_number("count", most)));
    }
}

/* Of the first plan that has some. Its sources are told in the full report: the sheet
 * is two pages. */
static void late(nen__report *r, const nen__course_page *p) {
    nen_late harm;
    for (unsigned i = 0; i < p->a->plans; i++) {
        if (!nen__late_of(p->a, i, &harm)) continue;
        nen__doc_open(&r->doc, NEN__PARA);
        nen__late_plain(&r->doc, p, i, &harm);
        if (r->style->full) {
            nen__refer(r, harm.row);
            if (harm.then != NEN_NONE) nen__refer(r, harm.then);
            nen__refer_end(r);
        }
        nen__doc_close(&r->doc);
        return;
    }
}

static void life(nen__report *r, nen__course_page *p, unsigned plan) {
    const nen_course_answer *a = p->a;
    const nen_course *c = &a->course[plan];
    nen_course_answer one = *a;
    one.plans = plan + 1; /* the picture is of this plan; those before it have none */
    one.differences = 0;
    nen__line(&r->doc, NEN__PARA, NEN_T_GO_LIFE_ASK, NULL);
    nen__line(&r->doc, NEN__PARA, NEN_T_GO_LIFE_FROM,
              NEN__WITH(nen__as_number("number", plan + 1)));
    for (unsigned i = 0; i < sizeof years_told; i++)
        nen__alive_after(r, a, c, years_told[i]);
    nen__course_figure(r, &one, NEN_COURSE_ICONS);
    middle(r, p, c);
    if (2 * c->alive[LONG_MONTHS].p50 > 1) {
        nen__line(&r->doc, NEN__PARA, NEN_T_GO_LONG,
                  NEN__WITH(nen__as_number("years", LONG_YEARS)));
    }
    others(r, a, plan);
    late(r, p);
    nen__line(&r->doc, NEN__PARA, NEN_T_GO_LIFE_NOTE, NULL);
}

/* Closed on a page, and left out of what is printed while it is closed: it is read by
 * whoever opens it. A text has no such door, so it stands behind everything that a
 * person may want to read, with a heading that says what comes. */
void nen__patient_life(nen__report *r) {
    const nen_course_answer *a = r->style->course;
    nen__course_page p;
    if (!a || !nen__course_any(a)) return;
    nen__course_page_of(r, &p);
    if (r->doc.html) {
        r->doc.about = nen__row_id(NEN_T_GO_LIFE_TITLE);
        nen__doc_fold(&r->doc, 2, nen__said(&r->doc, NEN_T_GO_LIFE_OPEN),
                      r->style->full);
    } else {
        nen__head(&r->doc, 2, NEN_T_GO_LIFE_TITLE);
    }
    life(r, &p, (unsigned)nen_course_plot_plan(a));
    if (r->doc.html) nen__doc_fold_end(&r->doc);
}
