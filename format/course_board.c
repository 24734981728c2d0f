/* course_board.c - plans followed for one case, in figures for a tumor board. */
#include "course_out.h"

#include <math.h>

enum { HUNDRED = 100, YEAR_MONTHS = 12, QUARTER_MONTHS = 3 };

static void survival(nen__course_page *p, const nen_course *c) {
    char median[NEN__WORD_CAP], mean[NEN__WORD_CAP];
    nen__doc *d = &p->r.doc;
    nen__pair(d, NEN_T_COURSE_SURVIVAL);
    nen__say(d, NEN_T_COURSE_SURVIVAL_SAID,
             NEN__WITH(nen__as("median", nen__band_text(p, &c->os_months, median)),
                       nen__as("mean", nen__band_text(p, &c->rmst_months, mean)),
                       nen__as_number("horizon", p->a->setting->horizon_months)));
    nen__doc_close(d);
}

static const uint8_t years[] = {1, 2, 3, 5, 10};

static void alive(nen__course_page *p, const nen_course *c) {
    char text[NEN__WORD_CAP];
    nen__doc *d = &p->r.doc;
    bool any = false;
    nen__pair(d, NEN_T_COURSE_ALIVE);
    for (unsigned i = 0; i < sizeof years; i++) {
        const unsigned month = years[i] * YEAR_MONTHS;
        if (month > p->a->setting->horizon_months) break;
        const nen_band *a = &c->alive[month];
        const nen_band pct = {HUNDRED * a->p05, HUNDRED * a->p50, HUNDRED * a->p95};
        if (any) nen__doc_say(d, "; ");
        nen__say(d, NEN_T_COURSE_ALIVE_AT,
                 NEN__WITH(nen__as("share", nen__band_text(p, &pct, text)),
                           nen__as_number("months", month)));
        any = true;
    }
    nen__doc_close(d);
}

/* In percent of the diameter at entry. Where under some draw no one is left to be
 * measured it stops. */
static void size(nen__course_page *p, const nen_course *c) {
    char text[NEN__WORD_CAP];
    nen__doc *d = &p->r.doc;
    bool any = false;
    for (unsigned i = 0; i < sizeof years; i++) {
        const unsigned month = years[i] * YEAR_MONTHS;
        if (month > p->a->setting->horizon_months) break;
        const nen_band *of = &c->size_ratio[month / QUARTER_MONTHS];
        const nen_band pct = {HUNDRED * of->p05, HUNDRED * of->p50, HUNDRED * of->p95};
        if (isnan(pct.p50)) break;
        if (!any) nen__pair(d, NEN_T_COURSE_SIZE);
        if (any) nen__doc_say(d, "; ");
        nen__say(d, NEN_T_COURSE_ALIVE_AT,
                 NEN__WITH(nen__as("share", nen__band_text(p, &pct, text)),
                           nen__as_number("months", month)));
        any = true;
    }
    if (any) nen__doc_close(d);
}

static void pfs2(nen__course_page *p, const nen_course *c) {
    char text[NEN__WORD_CAP];
    nen__doc *d = &p->r.doc;
    nen__pair(d, NEN_T_COURSE_PFS2);
    nen__say(d, NEN_T_COURSE_PFS2_SAID,
             NEN__WITH(nen__as("median", nen__band_text(p, &c->pfs2_months, text))));
    nen__doc_close(d);
}

static void lines(nen__course_page *p, unsigned plan) {
    static const unsigned width[] = {5, 17, 22, 16, 18};
    static const uint16_t head[] = {NEN_T_COURSE_LINE, NEN_T_COURSE_REACHED,
                                    NEN_T_COURSE_PFS, NEN_T_COURSE_RESPONSE,
                                    NEN_T_COURSE_CONTROLLED};
    const unsigned columns = sizeof head / sizeof *head;
    char text[NEN__WORD_CAP];
    nen__doc *d = &p->r.doc;
    nen__say_table(d, columns, width, head);
    for (unsigned l = 0; l < p->a->plan[plan].lines; l++) {
        const nen_course_line *of = &p->a->course[plan].line[l];
        nen__buf b = nen__buf_over(text, sizeof text);
        nen__putf(&b, "%u", l + 1);
        nen__buf_end(&b);
        nen__doc_cell(d, text);
        nen__doc_cell(d, nen__band_text(p, &of->reached_pct, text));
        nen__doc_cell(d, nen__band_text(p, &of->pfs_months, text));
        nen__doc_cell(d, nen__band_text(p, &of->response_pct, text));
        nen__doc_cell(d, nen__band_text(p, &of->controlled_months, text));
    }
    nen__doc_table_end(d);
}

static void late(nen__course_page *p, unsigned plan) {
    nen_late harm;
    if (!nen__late_of(p->a, plan, &harm)) return;
    nen__pair(&p->r.doc, NEN_T_COURSE_LATE);
    nen__late_board(&p->r.doc, p, &harm);
    nen__doc_close(&p->r.doc);
}

static void one_plan(nen__course_page *p, unsigned plan) {
    const nen_course *c = &p->a->course[plan];
    nen__course_head(p, plan);
    if (nen__course_refused(p, plan) || !nen_course_has(p->a, plan)) return;
    if (p->a->plans > 1) {
        nen__line(
            &p->r.doc, NEN__PARA, NEN_T_COURSE_BEST,
            NEN__WITH(nen__as_number("share", rint((double)c->best_prob * HUNDRED))));
    }
    survival(p, c);
    alive(p, c);
    size(p, c);
    if (p->a->plan[plan].lines > 1) pfs2(p, c);
    lines(p, plan);
    nen__hormones_board(&p->r.doc, p, plan);
    late(p, plan);
}

/* ---- two plans ---- */

const char *nen__course_verdict(const nen__course_page *p, const nen_difference *x,
                                char text[NEN__WORD_CAP]) {
    nen__buf b = nen__buf_over(text, NEN__WORD_CAP);
    if (x->verdict == NEN_VERDICT_CANNOT_TELL) {
        nen__put_text(&b, p->r.doc.lang, NEN_T_COURSE_VERDICT_NONE, NULL);
    } else {
        const unsigned plan = x->verdict == NEN_VERDICT_A ? x->a : x->b;
        nen__put_text(&b, p->r.doc.lang, NEN_T_COURSE_VERDICT_PLAN,
                      NEN__WITH(nen__as_number("number", plan + 1)));
    }
    nen__buf_end(&b);
    return text;
}

static void difference(nen__course_page *p, const nen_difference *x) {
    static const uint16_t metrics[] = {NEN_T_COURSE_METRIC_RMST, NEN_T_COURSE_METRIC_OS,
                                       NEN_T_COURSE_METRIC_PFS2,
                                       NEN_T_COURSE_METRIC_PFS};
    char months[NEN__WORD_CAP], word[NEN__WORD_CAP];
    nen__doc *d = &p->r.doc;
    nen__doc_open(d, NEN__ITEM);
    nen__say(
        d, NEN_T_COURSE_DIFFERENCE,
        NEN__WITH(nen__as_number("a", x->a + 1), nen__as_number("b", x->b + 1),
                  nen__as("metric", nen__said(d, metrics[x->metric])),
                  nen__as("months", nen__band_text(p, &x->months, months)),
                  nen__as_number("share", rint((double)x->a_better_prob * HUNDRED)),
                  nen__as("verdict", nen__course_verdict(p, x, word)),
                  nen__as("why", nen__said(d, x->reason))));
    if (x->reason == NEN_T_COURSE_WHY_EVIDENCE) {
        nen__say_more(
            d, NEN_T_COURSE_WEAK_OPTION,
            NEN__WITH(nen__as("option", nen__option_name(x->option, p->r.doc.lang))));
    }
    nen__doc_close(d);
}

static void sure(nen__course_page *p) {
    char text[NEN__TITLE_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_sure(&b, p->a, p->r.doc.lang);
    nen__buf_end(&b);
    nen__head(&p->r.doc, 2, NEN_T_COURSE_SURE);
    nen__line(&p->r.doc, NEN__PARA, NEN_T_COURSE_COLUMNS, NULL);
    nen__doc_line(&p->r.doc, NEN__PARA, "%s", text);
}

void nen__course_board(nen__course_page *p) {
    for (unsigned i = 0; i < p->a->plans; i++)
        one_plan(p, i);
    if (p->a->who->model == NEN_MODEL_NONE) return;
    if (p->a->differences) nen__head(&p->r.doc, 2, NEN_T_COURSE_DIFFERENCES);
    for (unsigned i = 0; i < p->a->differences; i++)
        difference(p, &p->a->difference[i]);
    sure(p);
}
