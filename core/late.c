/* late.c - late harm of a plan: diseases of the bone marrow (MDS, AML) after drugs that
 * damage it. Yearly rates are rows of course_late, and no part of the fit; how long
 * people live to meet them comes of the course model. docs/method.md says more. */
#include "fmath.h"
#include "sequence.h"

enum { YEAR_MONTHS = 12 };

static unsigned classes_of(const nen_plan *plan, unsigned line) {
    unsigned bits = 0;
    for (unsigned i = 0; i < plan->given[line]; i++) {
        const nen__course_option *o = nen__course_option_of(plan->line[line][i].option);
        if (o) bits |= 1u << o->klass;
    }
    return bits & ~(1u << NEN__CLASS_none);
}

/* The row that speaks of people who had the classes `had`, `here` those of the plan:
 * one of its classes must be, so that no plan answers for what was given before. */
static const nen__course_late *row_of(unsigned had, unsigned here) {
    for (unsigned i = 0; i < nen__course_lates_count; i++) {
        const nen__course_late *row = &nen__course_lates[i];
        if (!(row->classes & ~had) && row->classes & here) return row;
    }
    return NULL;
}

/* 1 - e^-x of cases for each person, in percent. */
static float pct(double cases) {
    return (float)(100 * (1 - nen__exp_f64(-cases)));
}

typedef struct stage {
    const nen__course_late *row;
    const nen_course_line *line;
} stage;

/* Cases for each who starts the first stage. Whoever reaches the second one lives on
 * with its rate instead; `gone` of the first stage's people do. */
static double cases(const stage of[2], const double rate[2], const double lived[2],
                    double gone) {
    const double before = rate[0] * lived[0];
    const double more = of[1].row ? (rate[1] - rate[0]) * gone * lived[1] : 0;
    return (before + more) / 100 / YEAR_MONTHS;
}

static double finite(float x) {
    return x == x ? (double)x : 0; /* of a line that no one reached */
}

/* The ends of the band take the ends of the rate and those of the time lived. */
static nen_band band(const stage of[2]) {
    const nen_course_line *a = of[0].line, *b = of[1].row ? of[1].line : a;
    const nen__course_late *x = of[0].row, *y = of[1].row ? of[1].row : x;
    const double reach = finite(a->reached_pct.p50);
    const double gone = reach > 0 ? finite(b->reached_pct.p50) / reach : 0;
    const double lo[] = {x->lo, y->lo}, mid[] = {x->value, y->value},
                 hi[] = {x->hi, y->hi};
    const double short_months[] = {finite(a->lived_months.p05),
                                   finite(b->lived_months.p05)};
    const double months[] = {finite(a->lived_months.p50), finite(b->lived_months.p50)};
    const double long_months[] = {finite(a->lived_months.p95),
                                  finite(b->lived_months.p95)};
    return (nen_band){pct(cases(of, lo, short_months, gone)),
                      pct(cases(of, mid, months, gone)),
                      pct(cases(of, hi, long_months, gone))};
}

/* Rows without a rate are kept only while there is no other. */
void nen_course_late(const nen_who *who, const nen_plan *plan, const nen_course *course,
                     nen_late *out) {
    stage of[2] = {{NULL, NULL}, {NULL, NULL}};
    unsigned had = who->used, here = 0;
    *out = (nen_late){.row = NEN_NONE, .then = NEN_NONE};
    for (unsigned l = 0; l < plan->lines; l++) {
        had |= classes_of(plan, l);
        here |= classes_of(plan, l);
        const nen__course_late *row = row_of(had, here);
        if (!row) continue;
        const stage now = {row, &course->line[l]};
        if (!of[0].row || (of[0].row->value <= 0 && row->value > 0)) {
            of[0] = now;
            out->line = (uint8_t)l;
        } else if (row != of[0].row && !of[1].row && row->value > 0) {
            of[1] = now;
        }
    }
    if (!of[0].row) return;
    out->row = of[0].row->row;
    if (of[1].row) out->then = of[1].row->row;
    out->told = of[0].row->value > 0;
    if (out->told) out->pct = band(of);
}
