/* course_patient.c - plans followed for one case, in plain words: so many of 100. */
#include "course_out.h"

#include <math.h>

enum { HUNDRED = 100, YEAR_MONTHS = 12 };

static double whole(float x) {
    return rint((double)x);
}

void nen__alive_after(nen__report *r, const nen_course_answer *a, const nen_course *c,
                      unsigned years) {
    char time[NEN__WORD_CAP];
    const unsigned month = years * YEAR_MONTHS;
    nen__buf b = nen__buf_over(time, sizeof time);
    if (month > a->setting->horizon_months) return;
    if (years == 1) {
        nen__put_text(&b, r->doc.lang, NEN_T_COURSE_PLAIN_YEAR, NULL);
    } else {
        nen__put_text(&b, r->doc.lang, NEN_T_COURSE_PLAIN_YEARS,
                      NEN__WITH(nen__as_number("years", years)));
    }
    nen__buf_end(&b);
    nen__line(&r->doc, NEN__ITEM, NEN_T_COURSE_PLAIN_ALIVE,
              NEN__WITH(nen__as("years", time),
                        nen__as_number("count", whole(HUNDRED * c->alive[month].p50)),
                        nen__as_number("lo", whole(HUNDRED * c->alive[month].p05)),
                        nen__as_number("hi", whole(HUNDRED * c->alive[month].p95))));
}

static void who_reaches(nen__course_page *p, unsigned plan, unsigned l) {
    char drug[NEN__WORD_CAP];
    const nen_band *reached = &p->a->course[plan].line[l].reached_pct;
    nen__buf b = nen__buf_over(drug, sizeof drug);
    nen__put_line(&b, p, &p->a->plan[plan], l);
    nen__buf_end(&b);
    if (!l) {
        nen__say(&p->r.doc, NEN_T_COURSE_PLAIN_FIRST, NEN__WITH(nen__as("drug", drug)));
    } else {
        nen__say(&p->r.doc, NEN_T_COURSE_PLAIN_NEXT,
                 NEN__WITH(nen__as("drug", drug),
                           nen__as_number("count", whole(reached->p50)),
                           nen__as_number("lo", whole(reached->p05)),
                           nen__as_number("hi", whole(reached->p95))));
    }
}

static void how_long(nen__course_page *p, const nen_band *months) {
    char lo[NEN__WORD_CAP], hi[NEN__WORD_CAP];
    nen__buf low = nen__buf_over(lo, sizeof lo), high = nen__buf_over(hi, sizeof hi);
    if (months->p50 >= NEN_BEYOND) {
        nen__say_more(&p->r.doc, NEN_T_COURSE_PLAIN_HOLD_LONG, NULL);
        return;
    }
    nen__put_months(&low, p, (float)whole(months->p05));
    nen__put_months(&high, p,
                    months->p95 < NEN_BEYOND ? (float)whole(months->p95) : NEN_BEYOND);
    nen__buf_end(&low);
    nen__buf_end(&high);
    nen__say_more(&p->r.doc, NEN_T_COURSE_PLAIN_HOLD,
                  NEN__WITH(nen__as_number("months", whole(months->p50)),
                            nen__as("lo", lo), nen__as("hi", hi)));
}

static void line(nen__course_page *p, unsigned plan, unsigned l) {
    const nen_course_line *of = &p->a->course[plan].line[l];
    nen__doc_open(&p->r.doc, NEN__ITEM);
    who_reaches(p, plan, l);
    if (isnan(of->pfs_months.p50)) { /* under some draw no one does */
        nen__doc_close(&p->r.doc);
        return;
    }
    how_long(p, &of->pfs_months);
    nen__say_more(&p->r.doc, NEN_T_COURSE_PLAIN_SHRINK,
                  NEN__WITH(nen__as_number("count", whole(of->response_pct.p50)),
                            nen__as_number("lo", whole(of->response_pct.p05)),
                            nen__as_number("hi", whole(of->response_pct.p95))));
    nen__doc_close(&p->r.doc);
}

static void late(nen__course_page *p, unsigned plan) {
    nen_late harm;
    if (!nen__late_of(p->a, plan, &harm)) return;
    nen__doc_open(&p->r.doc, NEN__ITEM);
    nen__late_plain(&p->r.doc, p, plan, &harm);
    nen__doc_close(&p->r.doc);
}

static void one_plan(nen__course_page *p, unsigned plan) {
    static const uint8_t years[] = {1, 3, 5, 10};
    nen__course_head(p, plan);
    if (nen__course_refused(p, plan) || !nen_course_has(p->a, plan)) return;
    for (unsigned l = 0; l < p->a->plan[plan].lines; l++)
        line(p, plan, l);
    for (unsigned i = 0; i < sizeof years; i++)
        nen__alive_after(&p->r, p->a, &p->a->course[plan], years[i]);
    nen__hormones_plain(&p->r.doc, p, plan);
    late(p, plan);
}

unsigned nen__course_plain_why(const nen_difference *x) {
    return x->reason == NEN_T_COURSE_WHY_CLOSE   ? NEN_T_COURSE_PLAIN_CLOSE
           : x->reason == NEN_T_COURSE_WHY_ORDER ? NEN_T_COURSE_PLAIN_ORDER
           : x->reason == NEN_T_COURSE_WHY_LIFE  ? NEN_T_COURSE_PLAIN_LIFE
                                                 : NEN_T_COURSE_PLAIN_EVIDENCE;
}

/* One sentence for two plans, by how long people live on them. */
static void difference(nen__course_page *p, const nen_difference *x) {
    const bool b_wins = x->verdict == NEN_VERDICT_B;
    const float share = b_wins ? 1 - x->a_better_prob : x->a_better_prob;
    if (x->metric == NEN_METRIC_PFS && x->verdict != NEN_VERDICT_CANNOT_TELL) {
        nen__line(&p->r.doc, NEN__ITEM, NEN_T_COURSE_PLAIN_HOLDS,
                  NEN__WITH(nen__as_number("better", (b_wins ? x->b : x->a) + 1),
                            nen__as_number("worse", (b_wins ? x->a : x->b) + 1)));
    }
    if (x->metric != NEN_METRIC_RMST_MONTHS) return;
    if (x->verdict == NEN_VERDICT_CANNOT_TELL) {
        const unsigned why = nen__course_plain_why(x);
        nen__line(&p->r.doc, NEN__ITEM, NEN_T_COURSE_PLAIN_CANNOT,
                  NEN__WITH(nen__as_number("a", x->a + 1),
                            nen__as_number("b", x->b + 1),
                            nen__as("why", nen__said(&p->r.doc, why))));
        return;
    }
    nen__line(&p->r.doc, NEN__ITEM, NEN_T_COURSE_PLAIN_BETTER,
              NEN__WITH(nen__as_number("better", (b_wins ? x->b : x->a) + 1),
                        nen__as_number("worse", (b_wins ? x->a : x->b) + 1),
                        nen__as_number("count", whole(HUNDRED * share))));
}

void nen__course_patient(nen__course_page *p) {
    nen__doc *d = &p->r.doc;
    const bool model = p->a->who->model != NEN_MODEL_NONE;
    if (model) nen__line(d, NEN__PARA, NEN_T_COURSE_PLAIN_INTRO, NULL);
    for (unsigned i = 0; i < p->a->plans; i++)
        one_plan(p, i);
    if (!model) return;
    if (p->a->differences) nen__head(d, 2, NEN_T_COURSE_DIFFERENCES);
    for (unsigned i = 0; i < p->a->differences; i++)
        difference(p, &p->a->difference[i]);
    nen__head(d, 2, NEN_T_COURSE_SURE);
    nen__line(d, NEN__PARA, NEN_T_COURSE_PLAIN_SURE, NULL);
}
