/* course_beside.c - late harm of a plan, in words and as data: published rates of
 * diseases of the bone marrow over the time that people live. */
#include "course_out.h"

#include <math.h>

enum { YEAR_MONTHS = 12 };

/* ---- late harm ---- */

bool nen__late_of(const nen_course_answer *a, unsigned plan, nen_late *out) {
    out->row = NEN_NONE;
    if (nen_course_has(a, plan))
        nen_course_late(a->who, &a->plan[plan], &a->course[plan], out);
    return out->row != NEN_NONE;
}

static void basis(nen__doc *d, const nen__course_page *p, unsigned row) {
    nen__doc_say(d, " %s [%s]", nen__row_text(&p->r, row), nen__row_id(row));
}

void nen__late_board(nen__doc *d, const nen__course_page *p, const nen_late *late) {
    char text[NEN__WORD_CAP];
    if (late->told) {
        nen__say(d, NEN_T_COURSE_LATE_SAID,
                 NEN__WITH(nen__as_number("line", late->line + 1),
                           nen__as("share", nen__band_text(p, &late->pct, text)),
                           nen__as_number("horizon", p->a->setting->horizon_months)));
    } else {
        nen__say(d, NEN_T_COURSE_LATE_NONE, NULL);
    }
    basis(d, p, late->row);
    if (late->then != NEN_NONE) basis(d, p, late->then);
}

static const char *horizon_text(const nen__course_page *p, char text[NEN__WORD_CAP]) {
    const unsigned months = p->a->setting->horizon_months, years = months / YEAR_MONTHS;
    const unsigned lang = p->r.doc.lang;
    nen__buf b = nen__buf_over(text, NEN__WORD_CAP);
    if (months % YEAR_MONTHS) {
        nen__put_text(&b, lang, NEN_T_PLOT_MONTHS,
                      NEN__WITH(nen__as_number("n", months)));
    } else if (years == 1) {
        nen__put_text(&b, lang, NEN_T_COURSE_PLAIN_YEAR, NULL);
    } else {
        nen__put_text(&b, lang, NEN_T_COURSE_PLAIN_YEARS,
                      NEN__WITH(nen__as_number("years", years)));
    }
    nen__buf_end(&b);
    return text;
}

void nen__late_plain(nen__doc *d, const nen__course_page *p, unsigned plan,
                     const nen_late *late) {
    char drug[NEN__WORD_CAP], time[NEN__WORD_CAP];
    const double mid = rint((double)late->pct.p50);
    nen__buf b = nen__buf_over(drug, sizeof drug);
    nen__put_line(&b, p, &p->a->plan[plan], late->line);
    nen__buf_end(&b);
    if (!late->told) {
        nen__say(d, NEN_T_COURSE_PLAIN_LATE_NONE, NEN__WITH(nen__as("drug", drug)));
    } else if (mid < 1) {
        nen__say(
            d, NEN_T_COURSE_PLAIN_LATE_FEW,
            NEN__WITH(nen__as("drug", drug), nen__as("time", horizon_text(p, time))));
    } else {
        nen__say(d, NEN_T_COURSE_PLAIN_LATE,
                 NEN__WITH(nen__as("drug", drug), nen__as_number("count", mid),
                           nen__as_number("lo", rint((double)late->pct.p05)),
                           nen__as_number("hi", rint((double)late->pct.p95)),
                           nen__as("time", horizon_text(p, time))));
    }
}

/* ---- hormones ---- */

static bool hormones_of(const nen_course_answer *a, unsigned plan, unsigned line,
                        nen_hormones *out) {
    out->row = NEN_NONE;
    if (nen_course_has(a, plan))
        nen_course_hormones(a->d, a->who, &a->plan[plan], &a->course[plan], line, out);
    return out->row != NEN_NONE;
}

void nen__hormones_board(nen__doc *d, const nen__course_page *p, unsigned plan) {
    char pct[NEN__WORD_CAP], months[NEN__WORD_CAP];
    nen_hormones of;
    if (!hormones_of(p->a, plan, 0, &of)) return;
    nen__pair(d, NEN_T_EFFECT_HORMONES);
    for (unsigned l = 0; l < p->a->plan[plan].lines; l++) {
        if (!hormones_of(p->a, plan, l, &of)) continue;
        if (l) nen__doc_say(d, " ");
        if (of.told) {
            nen__say(d, NEN_T_COURSE_HORMONES_SAID,
                     NEN__WITH(nen__as_number("line", l + 1),
                               nen__as("months", nen__band_text(p, &of.months, months)),
                               nen__as("share", nen__band_text(p, &of.pct, pct))));
        } else {
            nen__say(d, NEN_T_COURSE_HORMONES_NONE,
                     NEN__WITH(nen__as_number("line", l + 1)));
        }
        basis(d, p, of.row);
    }
    nen__doc_close(d);
}

/* Said of lines with a share; of a plan without one, that there is none. */
void nen__hormones_plain(nen__doc *d, const nen__course_page *p, unsigned plan) {
    char drug[NEN__WORD_CAP];
    bool any = false;
    nen_hormones of;
    if (!hormones_of(p->a, plan, 0, &of)) return;
    for (unsigned l = 0; l < p->a->plan[plan].lines; l++) {
        if (!hormones_of(p->a, plan, l, &of) || !of.told) continue;
        nen__buf b = nen__buf_over(drug, sizeof drug);
        nen__put_line(&b, p, &p->a->plan[plan], l);
        nen__buf_end(&b);
        nen__line(d, NEN__ITEM, NEN_T_COURSE_PLAIN_HORMONES,
                  NEN__WITH(nen__as("drug", drug),
                            nen__as_number("count", rint((double)of.pct.p50)),
                            nen__as_number("lo", rint((double)of.pct.p05)),
                            nen__as_number("hi", rint((double)of.pct.p95))));
        any = true;
    }
    if (!any) nen__line(d, NEN__ITEM, NEN_T_COURSE_PLAIN_HORMONES_NONE, NULL);
}

/* ---- sources ---- */

void nen__beside_use(nen__used *used, const nen_course_answer *a, unsigned plan) {
    nen_late late;
    nen_hormones of;
    if (nen__late_of(a, plan, &late)) {
        nen__use(used, late.row);
        if (late.then != NEN_NONE) nen__use(used, late.then);
    }
    for (unsigned l = 0; l < a->plan[plan].lines; l++)
        if (hormones_of(a, plan, l, &of)) nen__use(used, of.row);
}
