/* course_text.c - plans followed for one case, as text; what both voices share. */
#include "course_out.h"

#include <math.h>
#include <string.h>

void nen__put_months(nen__buf *b, const nen__course_page *p, float months) {
    if (months < NEN_BEYOND) {
        nen__put_rounded(b, (double)months);
        return;
    }
    nen__put_text(b, p->r.doc.lang, NEN_T_COURSE_BEYOND,
                  NEN__WITH(nen__as_number("months", p->a->setting->horizon_months)));
}

void nen__put_band(nen__buf *b, const nen__course_page *p, const nen_band *band) {
    char mid[NEN__WORD_CAP], lo[NEN__WORD_CAP], hi[NEN__WORD_CAP];
    char *const text[] = {mid, lo, hi};
    const float x[] = {band->p50, band->p05, band->p95};
    const unsigned n = sizeof x / sizeof *x;
    if (isnan(band->p50)) { /* no one is there to have it */
        nen__put_char(b, '-');
        return;
    }
    if (band->p05 >= NEN_BEYOND) { /* and so are the others */
        nen__put_months(b, p, band->p05);
        return;
    }
    for (unsigned i = 0; i < n; i++) {
        nen__buf one = nen__buf_over(text[i], NEN__WORD_CAP);
        nen__put_months(&one, p, x[i]);
        nen__buf_end(&one);
    }
    nen__put_text(b, p->r.doc.lang, NEN_T_COURSE_BAND,
                  NEN__WITH(nen__as("mid", mid), nen__as("lo", lo), nen__as("hi", hi)));
}

const char *nen__band_text(const nen__course_page *p, const nen_band *band,
                           char text[NEN__WORD_CAP]) {
    nen__buf b = nen__buf_over(text, NEN__WORD_CAP);
    nen__put_band(&b, p, band);
    nen__buf_end(&b);
    return text;
}

/* "lutetium dotatate x4" ... with what is given beside it. */
void nen__put_line(nen__buf *b, const nen__course_page *p, const nen_plan *plan,
                   unsigned line) {
    for (unsigned i = 0; i < plan->given[line]; i++) {
        const nen_given *g = &plan->line[line][i];
        if (i) nen__putf(b, " %s ", nen__said(&p->r.doc, NEN_T_COURSE_WITH));
        nen__put(b, p->r.style->board ? nen__option_name(g->option, p->r.doc.lang)
                                      : nen__option_plain(g->option, p->r.doc.lang));
        if (g->cycles) nen__put_char(b, ' ');
        if (g->cycles) {
            nen__put_text(b, p->r.doc.lang, NEN_T_COURSE_CYCLES,
                          NEN__WITH(nen__as_number("count", g->cycles)));
        }
        if (g->months) nen__put_char(b, ' ');
        if (g->months) {
            nen__put_text(b, p->r.doc.lang, NEN_T_COURSE_MONTHS,
                          NEN__WITH(nen__as_number("count", g->months)));
        }
    }
}

void nen__put_plan(nen__buf *b, const nen__course_page *p, const nen_plan *plan) {
    for (unsigned l = 0; l < plan->lines; l++) {
        if (l) nen__putf(b, "%s ", nen__said(&p->r.doc, NEN_T_PLOT_THEN));
        nen__put_line(b, p, plan, l);
    }
}

/* A board reads the plan as it was written, with its ids; a patient reads names. */
void nen__course_head(nen__course_page *p, unsigned plan) {
    char text[NEN__TITLE_CAP], title[NEN__TITLE_CAP];
    nen__buf of = nen__buf_over(title, sizeof title);
    nen__buf name = nen__buf_over(text, sizeof text);
    if (p->r.style->board) {
        (void)nen_write_plan(&p->a->plan[plan], text, sizeof text);
    } else {
        nen__put_plan(&name, p, &p->a->plan[plan]);
        nen__buf_end(&name);
    }
    nen__put_text(&of, p->r.doc.lang, NEN_T_COURSE_PLAN,
                  NEN__WITH(nen__as_number("number", plan + 1), nen__as("plan", text)));
    nen__buf_end(&of);
    nen__doc_head(&p->r.doc, 2, title);
}

bool nen__course_refused(nen__course_page *p, unsigned plan) {
    const uint16_t row = p->a->refused[plan];
    if (row == NEN_NONE) return false;
    if (strcmp(nen_row_get(row)->table, "rules") != 0) {
        nen__line(&p->r.doc, NEN__WARN, row, NULL);
        return true;
    }
    nen__line(&p->r.doc, NEN__WARN, NEN_T_COURSE_REFUSED,
              NEN__WITH(nen__as("why", nen__row_text(&p->r, row)),
                        nen__as("rule", nen__row_id(row))));
    nen__show_row(&p->r, row);
    return true;
}

void nen__put_sure(nen__buf *b, const nen_course_answer *a, unsigned lang) {
    nen__put_text(b, lang, NEN_T_COURSE_SURE_BOARD,
                  NEN__WITH(nen__as_number("draws", a->setting->draws),
                            nen__as_number("patients", a->setting->patients),
                            nen__as_number("seed", (double)a->setting->seed)));
}

/* ---- parts that both voices have ---- */

static void assumed(nen__course_page *p) {
    const nen_who *who = p->a->who;
    if (!who->assumeds) return;
    nen__head(&p->r.doc, 2, NEN_T_COURSE_ASSUMED);
    for (unsigned i = 0; i < who->assumeds; i++) {
        nen__doc_line(&p->r.doc, NEN__ITEM, "%s",
                      nen__row_text(&p->r, who->assumed[i]));
        nen__show_row(&p->r, who->assumed[i]);
    }
}

static void missing(nen__course_page *p) {
    const nen_dossier *d = p->a->d;
    const nen__voice voice = {!p->r.style->board, p->r.doc.lang};
    bool any = false;
    for (unsigned i = 0; i < nen_field_count(); i++) {
        char name[NEN__WORD_CAP];
        if (!nen__has(d->not_told, i)) continue;
        nen__buf b = nen__buf_over(name, sizeof name);
        nen__put_field_name(&b, i, &voice);
        nen__buf_end(&b);
        if (!any) nen__pair(&p->r.doc, NEN_T_MISSING_TITLE);
        nen__doc_say(&p->r.doc, "%s%s", any ? "; " : "", name);
        any = true;
    }
    if (any) nen__doc_close(&p->r.doc);
}

static void use_plan(nen__used *used, const nen_plan *plan) {
    const nen_table *t = nen_table_get((unsigned)nen_table_find("course_classes"));
    for (unsigned l = 0; l < plan->lines; l++) {
        for (unsigned g = 0; g < plan->given[l]; g++) {
            const char *id = nen_option_id(plan->line[l][g].option);
            const int row = nen_table_row(t, "option", id);
            if (row >= 0) nen__use_id(used, nen_cell(t, (unsigned)row, "id"));
        }
    }
}

void nen__use_course(nen__used *used, const nen_course_answer *a) {
    nen__use(used, a->who->note);
    for (unsigned i = 0; i < a->who->assumeds; i++)
        nen__use(used, a->who->assumed[i]);
    for (unsigned i = 0; i < a->plans; i++) {
        if (a->refused[i] != NEN_NONE) nen__use(used, a->refused[i]);
        if (a->usual) nen__use(used, a->usual[i]);
        use_plan(used, &a->plan[i]);
        nen__beside_use(used, a, i);
    }
}

static void page(nen__course_page *p) {
    const nen_who *who = p->a->who;
    nen__doc *d = &p->r.doc;
    nen__head(d, 1, NEN_T_COURSE_TITLE);
    nen__line(d, NEN__LEAD, NEN_T_NOTICE, NULL);
    if (who->model == NEN_MODEL_NONE) {
        nen__line(d, NEN__WARN, NEN_T_COURSE_NONE,
                  NEN__WITH(nen__as("why", nen__row_text(&p->r, who->note))));
    } else {
        nen__doc_line(d, NEN__PARA, "%s", nen__row_text(&p->r, who->note));
    }
    nen__show_row(&p->r, who->note);
    if (!p->a->plans) nen__line(d, NEN__PARA, NEN_T_COURSE_NO_PLANS, NULL);
    if (p->r.style->board) {
        nen__course_board(p);
    } else {
        nen__course_patient(p);
    }
    if (who->model != NEN_MODEL_NONE) nen__use_course(&p->r.used, p->a);
}

static size_t write(const nen_course_answer *a, const nen_style *style, bool html,
                    char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__course_page p;
    memset(&p, 0, sizeof p);
    p.a = a;
    p.r.in = a->in;
    p.r.x = a->d;
    p.r.style = style;
    nen__doc_begin(&p.r.doc, &b, html, style->color, style->lang);
    page(&p);
    assumed(&p);
    nen__head(&p.r.doc, 2, NEN_T_TOLD_TITLE);
    nen__report_told(&p.r, !style->board);
    missing(&p);
    nen__head(&p.r.doc, 2, NEN_T_SOURCES_TITLE);
    nen__report_citations(&p.r);
    nen__report_version(&p.r);
    nen__doc_end(&p.r.doc);
    return nen__buf_end(&b);
}

size_t nen_write_course_text(const nen_course_answer *a, const nen_style *style,
                             char *buf, size_t cap) {
    return write(a, style, false, buf, cap);
}

size_t nen_write_course_html(const nen_course_answer *a, const nen_style *style,
                             char *buf, size_t cap) {
    return write(a, style, true, buf, cap);
}
