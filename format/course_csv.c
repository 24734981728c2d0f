/* course_csv.c - plans followed for one case, as a table: one figure a row. */
#include "course_out.h"

#include <math.h>

enum { QUARTER_MONTHS = 3 };

typedef struct row {
    unsigned plan, line; /* from 1; line 0: the whole plan */
    const char *measure;
    int month; /* -1: none */
} row;

static void cell(nen__buf *b, float x) {
    const double thousand = 1000;
    nen__put_char(b, ',');
    if (x < NEN_BEYOND) /* not of one without a value, either */
        nen__put_number(b, rint((double)x * thousand) / thousand);
}

/* An empty cell is a median beyond the horizon. */
static void put(nen__buf *b, row at, const nen_band *band) {
    nen__putf(b, "%u,", at.plan);
    if (at.line) nen__putf(b, "%u", at.line);
    nen__putf(b, ",%s,", at.measure);
    if (at.month >= 0) nen__putf(b, "%d", at.month);
    cell(b, band->p05);
    cell(b, band->p50);
    cell(b, band->p95);
    nen__put(b, "\r\n");
}

static void comment(nen__buf *b, const char *text) {
    nen__putf(b, "# %s\r\n", text);
}

static void lines(nen__buf *b, const nen_course_answer *a, unsigned p) {
    for (unsigned l = 0; l < a->plan[p].lines; l++) {
        const nen_course_line *of = &a->course[p].line[l];
        put(b, (row){p + 1, l + 1, "reached_pct", -1}, &of->reached_pct);
        put(b, (row){p + 1, l + 1, "pfs_median_months", -1}, &of->pfs_months);
        put(b, (row){p + 1, l + 1, "response_pct", -1}, &of->response_pct);
        put(b, (row){p + 1, l + 1, "no_larger_months", -1}, &of->controlled_months);
        put(b, (row){p + 1, l + 1, "lived_months", -1}, &of->lived_months);
        nen_hormones h;
        nen_course_hormones(a->d, a->who, &a->plan[p], &a->course[p], l, &h);
        if (h.told)
            put(b, (row){p + 1, l + 1, "hormone_control_months", -1}, &h.months);
    }
}

static void one_plan(nen__buf *b, const nen_course_answer *a, unsigned p) {
    const nen_course *c = &a->course[p];
    const nen_band best = {c->best_prob, c->best_prob, c->best_prob};
    put(b, (row){p + 1, 0, "os_median_months", -1}, &c->os_months);
    put(b, (row){p + 1, 0, "rmst_months", -1}, &c->rmst_months);
    if (a->plan[p].lines > 1)
        put(b, (row){p + 1, 0, "pfs2_median_months", -1}, &c->pfs2_months);
    put(b, (row){p + 1, 0, "best_probability", -1}, &best);
    lines(b, a, p);
    nen_late late;
    if (nen__late_of(a, p, &late) && late.told)
        put(b, (row){p + 1, late.line + 1, "late_marrow_disease_pct", -1}, &late.pct);
    for (unsigned m = 0; m <= a->setting->horizon_months; m++)
        put(b, (row){p + 1, 0, "alive", (int)m}, &c->alive[m]);
    for (unsigned q = 0; q * QUARTER_MONTHS <= a->setting->horizon_months; q++) {
        put(b, (row){p + 1, 0, "size_ratio", (int)(q * QUARTER_MONTHS)},
            &c->size_ratio[q]);
    }
}

static void not_told(nen__buf *b, const nen_dossier *d, unsigned lang) {
    nen__putf(b, "# %s:", nen_text(lang, NEN_T_MISSING_TITLE));
    for (unsigned i = 0; i < nen_field_count(); i++)
        if (nen__has(d->not_told, i)) nen__putf(b, " %s", nen_field(i)->name);
    nen__put(b, "\r\n");
}

size_t nen_write_course_csv(const nen_course_answer *a, const nen_style *style,
                            char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    char text[NEN__WORD_CAP];
    comment(&b, nen_text(style->lang, NEN_T_NOTICE));
    comment(&b, nen_text(style->lang, a->who->note));
    for (unsigned i = 0; i < a->who->assumeds; i++)
        comment(&b, nen_text(style->lang, a->who->assumed[i]));
    not_told(&b, a->d, style->lang);
    if (a->hash) {
        nen__put(&b, "# ");
        nen__put_sure(&b, a, style->lang);
        nen__put(&b, "\r\n");
    }
    for (unsigned p = 0; p < a->plans; p++) {
        (void)nen_write_plan(&a->plan[p], text, sizeof text);
        nen__putf(&b, "# %u: %s\r\n", p + 1, text);
        if (a->refused[p] != NEN_NONE)
            comment(&b, nen_text(style->lang, a->refused[p]));
    }
    nen__put(&b, "plan,line,measure,month,p05,p50,p95\r\n");
    for (unsigned p = 0; p < a->plans; p++)
        if (nen_course_has(a, p)) one_plan(&b, a, p);
    return nen__buf_end(&b);
}
