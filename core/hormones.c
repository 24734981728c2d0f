/* hormones.c - months with hormones at half or less on a line of a plan. Shares of
 * people are rows of course_hormones; for how long comes of the course model: while the
 * tumor is no larger than at the start of the line. docs/method.md says what that
 * assumes. */
#include "sequence.h"

static bool secretes(const nen_dossier *d) {
    const nen_value *v = &d->facts.field[NEN__F_FUNCTIONING];
    return v->known == NEN_KNOWN && v->num.lo > 0;
}

static unsigned current_classes(const nen_dossier *d) {
    const uint64_t *current = d->facts.field[NEN__F_CURRENT].set;
    unsigned bits = 0;
    for (unsigned w = nen__next(current, 0); w < NEN_WORDS_MAX;
         w = nen__next(current, w + 1)) {
        const nen__course_option *o = nen__course_option_of(w);
        if (o) bits |= 1u << o->klass;
    }
    return bits;
}

/* The classes of a line that were not given before, as bits: what an old one does to
 * hormones, it did already. */
static unsigned new_classes(const nen_dossier *d, const nen_who *who,
                            const nen__course_plan *plan, unsigned line) {
    unsigned before = who->used | current_classes(d), here = 0;
    for (unsigned l = 0; l <= line; l++) {
        before |= here;
        here = 0;
        for (unsigned i = 0; i < NEN__TOGETHER_MAX; i++)
            here |= 1u << plan->line[l].klass[i];
    }
    return here & ~before & ~(1u << NEN__CLASS_none);
}

static const nen__course_hormone *row_of(const nen_dossier *d, unsigned classes) {
    for (unsigned i = 0; i < nen__course_hormones_count; i++) {
        const nen__course_hormone *row = &nen__course_hormones[i];
        const bool any = row->klass == NEN__CLASS_none;
        if ((any || classes >> row->klass & 1) &&
            nen__holds(&d->facts, row->when, NEN_NONE))
            return row;
    }
    return NULL; /* knowc wants the last row to hold for all */
}

/* Months after the drug's last dose do not count. A radioligand stays. */
static float most_months(const nen__course_plan *plan, unsigned line, unsigned klass) {
    if (klass == NEN__CLASS_prrt || klass == NEN__CLASS_mibg) return NEN_BEYOND;
    for (unsigned i = 0; i < NEN__TOGETHER_MAX; i++) {
        const float cap = plan->line[line].cap_weeks[i];
        if (plan->line[line].klass[i] == klass && cap > 0)
            return (float)(cap / NEN__WEEKS_PER_MONTH);
    }
    return NEN_BEYOND;
}

static float part(double pct, float months, float most) {
    return (float)(pct / 100) * (months < most ? months : most);
}

void nen_course_hormones(const nen_dossier *d, const nen_who *who, const nen_plan *plan,
                         const nen_course *course, unsigned line, nen_hormones *out) {
    nen__course_plan lines;
    *out = (nen_hormones){.row = NEN_NONE};
    if (!secretes(d) || line >= plan->lines) return;
    nen__course_plan_of(plan, &lines);
    const nen__course_hormone *row = row_of(d, new_classes(d, who, &lines, line));
    if (!row) return;
    out->row = row->row;
    out->told = row->value > 0;
    if (!out->told) return;
    const nen_band *calm = &course->line[line].controlled_months;
    const float most = most_months(&lines, line, row->klass);
    out->pct = (nen_band){(float)row->lo, (float)row->value, (float)row->hi};
    out->months =
        (nen_band){part(row->lo, calm->p05, most), part(row->value, calm->p50, most),
                   part(row->hi, calm->p95, most)};
}
