/* report_course.c - how it may go under the usual orders: the board's part of the
 * report, and what both voices share. */
#include "report_course.h"

#include <math.h>
#include <string.h>

enum { HUNDRED = 100 };

void nen__course_page_of(const nen__report *r, nen__course_page *out) {
    memset(out, 0, sizeof *out);
    out->a = r->style->course;
    out->r.in = r->in;
    out->r.x = r->x;
    out->r.style = r->style;
    out->r.doc.lang = r->doc.lang;
}

const char *nen__plan_said(const nen__course_page *p, unsigned plan,
                           char text[NEN__TITLE_CAP]) {
    nen__buf b = nen__buf_over(text, NEN__TITLE_CAP);
    nen__put_plan(&b, p, &p->a->plan[plan]);
    nen__buf_end(&b);
    return text;
}

bool nen__course_any(const nen_course_answer *a) {
    for (unsigned i = 0; a->course && i < a->plans; i++)
        if (nen_course_has(a, i)) return true;
    return false;
}

/* A plot is written straight into the page; one that cannot be drawn is left out. */
void nen__course_figure(nen__report *r, const nen_course_answer *a,
                        nen_course_plot plot) {
    nen__buf *b = r->doc.out;
    if (!r->doc.html) return;
    nen__html_end_groups(&r->doc);
    const size_t before = b->len;
    nen__put(b, "<figure class=\"course\">");
    const bool room = b->cap > b->len;
    const size_t bytes =
        nen_write_course_svg(a, r->style, plot, NULL, 0, room ? b->text + b->len : NULL,
                             room ? b->cap - b->len : 0);
    b->len = bytes ? b->len + bytes : before;
    if (bytes) nen__put(b, "</figure>\n");
}

/* ---- the board ---- */

static void why_usual(nen__report *r, const nen__course_page *p) {
    char text[NEN__TITLE_CAP];
    for (unsigned i = 0; i < p->a->plans; i++) {
        const nen_row *row = nen_row_get(p->a->usual[i]);
        if (!nen_course_has(p->a, i)) continue;
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__say(&r->doc, NEN_T_COURSE_PLAN,
                 NEN__WITH(nen__as_number("number", i + 1),
                           nen__as("plan", nen__plan_said(p, i, text))));
        nen__doc_say(&r->doc, ". %s [%s; %s]", nen_text(r->doc.lang, p->a->usual[i]),
                     row->id, row->source);
        nen__doc_close(&r->doc);
    }
}

static bool named_before(const nen_course_answer *a, unsigned plan) {
    for (unsigned i = 0; i < plan; i++)
        if (a->refused[i] == a->refused[plan]) return true;
    return false;
}

/* Each rule once, with the plans that it forbids. */
static void refused(nen__report *r, const nen__course_page *p) {
    char text[NEN__TITLE_CAP];
    const nen_course_answer *a = p->a;
    const nen_table *t = nen_table_get((unsigned)nen_table_find("rules"));
    for (unsigned i = 0; i < a->plans; i++) {
        const uint16_t row = a->refused[i];
        if (row == NEN_NONE || named_before(a, i)) continue;
        const int at = nen_table_row(t, "id", nen__row_id(row));
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__say(
            &r->doc, NEN_T_GO_LEFT_OUT,
            NEN__WITH(nen__as("why", at < 0 ? nen__row_text(r, row)
                                            : nen_translate(
                                                  r->doc.lang,
                                                  nen_cell(t, (unsigned)at, "title"))),
                      nen__as("rule", nen__row_id(row))));
        for (unsigned k = i; k < a->plans; k++) {
            if (a->refused[k] != row) continue;
            nen__doc_say(&r->doc, "%s %s", k > i ? ";" : "",
                         nen__plan_said(p, k, text));
        }
        nen__doc_say(&r->doc, ".");
        nen__doc_close(&r->doc);
    }
}

static void figures(nen__report *r, const nen__course_page *p) {
    static const unsigned width[] = {4, 13, 16, 14, 18, 15};
    static const uint16_t head[] = {NEN_T_GO_NUMBER, NEN_T_GO_PFS,    NEN_T_GO_RESPONSE,
                                    NEN_T_GO_NEXT,   NEN_T_GO_MEDIAN, NEN_T_GO_MEAN};
    char text[NEN__WORD_CAP];
    nen__doc *d = &r->doc;
    nen__say_table(d, sizeof head / sizeof *head, width, head);
    for (unsigned i = 0; i < p->a->plans; i++) {
        const nen_course *c = &p->a->course[i];
        const nen_band none = {NAN, NAN, NAN};
        if (!nen_course_has(p->a, i)) continue;
        nen__buf b = nen__buf_over(text, sizeof text);
        nen__putf(&b, "%u", i + 1);
        nen__buf_end(&b);
        nen__doc_cell(d, text);
        nen__doc_cell(d, nen__band_text(p, &c->line[0].pfs_months, text));
        nen__doc_cell(d, nen__band_text(p, &c->line[0].response_pct, text));
        nen__doc_cell(
            d, nen__band_text(
                   p, p->a->plan[i].lines > 1 ? &c->line[1].reached_pct : &none, text));
        nen__doc_cell(d, nen__band_text(p, &c->os_months, text));
        nen__doc_cell(d, nen__band_text(p, &c->rmst_months, text));
    }
    nen__doc_table_end(d);
}

/* What stands behind a contrast of two plans. */
static void evidence(nen__report *r, const nen_difference *x) {
    if (x->life) {
        nen__say_more(&r->doc, NEN_T_GO_NOT_LIFE, NULL);
    } else if (x->option == NEN_NONE) {
        nen__say_more(&r->doc, NEN_T_GO_RANDOMIZED, NULL);
    } else if (x->later) {
        nen__say_more(
            &r->doc, NEN_T_GO_LATER,
            NEN__WITH(nen__as("option", nen__option_name(x->option, r->doc.lang))));
    } else {
        nen__say_more(
            &r->doc, NEN_T_GO_NOT_RANDOMIZED,
            NEN__WITH(nen__as("option", nen__option_name(x->option, r->doc.lang))));
    }
}

/* Each row once: usual plans that differ elsewhere have the same harm. */
static void late(nen__report *r, const nen__course_page *p) {
    nen_late harm, before;
    for (unsigned i = 0; i < p->a->plans; i++) {
        bool told = !nen__late_of(p->a, i, &harm);
        for (unsigned k = 0; k < i && !told; k++)
            told = nen__late_of(p->a, k, &before) && before.row == harm.row &&
                   before.then == harm.then;
        if (told) continue;
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__say(&r->doc, NEN_T_GO_LATE, NEN__WITH(nen__as_number("number", i + 1)));
        nen__doc_say(&r->doc, " ");
        nen__late_board(&r->doc, p, &harm);
        nen__doc_close(&r->doc);
    }
}

static void differences(nen__report *r, const nen__course_page *p) {
    char months[NEN__WORD_CAP], verdict[NEN__WORD_CAP];
    for (unsigned i = 0; i < p->a->differences; i++) {
        const nen_difference *x = &p->a->difference[i];
        const bool growth = x->metric == NEN_METRIC_PFS;
        if (x->metric != NEN_METRIC_RMST_MONTHS && !growth) continue;
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__say(
            &r->doc, NEN_T_COURSE_DIFFERENCE,
            NEN__WITH(nen__as_number("a", x->a + 1), nen__as_number("b", x->b + 1),
                      nen__as("metric",
                              nen__said(&r->doc, growth ? NEN_T_COURSE_METRIC_PFS
                                                        : NEN_T_COURSE_METRIC_RMST)),
                      nen__as("months", nen__band_text(p, &x->months, months)),
                      nen__as_number("share", rint((double)x->a_better_prob * HUNDRED)),
                      nen__as("verdict", nen__course_verdict(p, x, verdict)),
                      nen__as("why", nen__said(&r->doc, x->reason))));
        evidence(r, x);
        nen__doc_close(&r->doc);
    }
}

static void assumed(nen__report *r, const nen_who *who) {
    if (!who->assumeds) return;
    nen__pair(&r->doc, NEN_T_COURSE_ASSUMED);
    for (unsigned i = 0; i < who->assumeds; i++) {
        nen__doc_say(&r->doc, "%s%s [%s]", i ? " " : "",
                     nen__row_text(r, who->assumed[i]), nen__row_id(who->assumed[i]));
    }
    nen__doc_close(&r->doc);
}

static void sure(nen__report *r, const nen_course_answer *a) {
    char text[NEN__TITLE_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_sure(&b, a, r->doc.lang);
    nen__buf_end(&b);
    nen__doc_line(&r->doc, NEN__NOTE, "%s", text);
    nen__line(&r->doc, NEN__NOTE, NEN_T_GO_NOT_IN_MODEL, NULL);
}

void nen__board_course(nen__report *r) {
    const nen_course_answer *a = r->style->course;
    nen__course_page p;
    if (!a) return;
    nen__course_page_of(r, &p);
    nen__use_course(&r->used, a);
    nen__head(&r->doc, 2, NEN_T_GO_TITLE_BOARD);
    if (a->who->model == NEN_MODEL_NONE) {
        nen__line(&r->doc, NEN__PARA, NEN_T_COURSE_NONE,
                  NEN__WITH(nen__as("why", nen__row_text(r, a->who->note))));
        return;
    }
    nen__doc_line(&r->doc, NEN__PARA, "%s [%s]", nen__row_text(r, a->who->note),
                  nen__row_id(a->who->note));
    if (!nen__course_any(a))
        nen__line(&r->doc, NEN__PARA, a->few ? NEN_T_GO_FEW : NEN_T_GO_NONE, NULL);
    if (a->course) why_usual(r, &p);
    refused(r, &p);
    if (!nen__course_any(a)) return;
    figures(r, &p);
    nen__course_figure(r, a, NEN_COURSE_SURVIVAL);
    differences(r, &p);
    late(r, &p);
    assumed(r, a->who);
    sure(r, a);
}
