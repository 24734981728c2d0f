/* course_late.c - late harm of a plan, in words and as data: published rates of
 * diseases of the bone marrow over the time that people live. */
#include "course_out.h"

#include <math.h>

enum { YEAR_MONTHS = 12 };

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

/* The rows behind it, for the list of sources. */
void nen__late_use(nen__used *used, const nen_course_answer *a, unsigned plan) {
    nen_late late;
    if (!nen__late_of(a, plan, &late)) return;
    nen__use(used, late.row);
    if (late.then != NEN_NONE) nen__use(used, late.then);
}
