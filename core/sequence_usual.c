/* sequence_usual.c - the plans that are usual for a case: rows of course_orders that
 * are true, and that the case's options bear. */
#include "sequence.h"

#include <string.h>

static bool on_list(const nen_dossier *d, unsigned field, unsigned option) {
    return nen__bit(d->facts.field[field].set, option);
}

static bool same_class(unsigned a, unsigned b) {
    const nen__course_option *x = nen__course_option_of(a);
    const nen__course_option *y = nen__course_option_of(b);
    return x && y && x->klass != NEN__CLASS_none && x->klass == y->klass;
}

/* Whoever has one drug of a class today is not asked to change to another of it. */
static void keep_current(const nen_dossier *d, nen_plan *plan) {
    for (unsigned l = 0; l < plan->lines; l++) {
        for (unsigned i = 0; i < plan->given[l]; i++) {
            nen_given *g = &plan->line[l][i];
            if (on_list(d, NEN__F_CURRENT, g->option)) continue;
            for (unsigned o = 0; o < nen_option_count(); o++) {
                if (on_list(d, NEN__F_CURRENT, o) && same_class(o, g->option))
                    g->option = (uint16_t)o;
            }
        }
    }
}

/* Given before, and not going on; or going on while the tumor grows. */
static bool is_spent(const nen_dossier *d, const nen_who *who, unsigned option) {
    if (on_list(d, NEN__F_CURRENT, option))
        return who->growth_months > 0 && !who->stable;
    return on_list(d, NEN__F_PRIOR, option);
}

/* Beside another drug an analog goes on beyond growth, for hormones. */
static bool any_spent(const nen_dossier *d, const nen_who *who, const nen_plan *plan) {
    for (unsigned l = 0; l < plan->lines; l++)
        if (is_spent(d, who, plan->line[l][0].option)) return true;
    return false;
}

/* While nothing is told to grow, a drug that the model follows goes on: it comes first.
 */
static bool leaves_current(const nen_dossier *d, const nen_who *who,
                           const nen_plan *plan) {
    const uint16_t first = plan->line[0][0].option;
    if (who->growth_months > 0 && !who->stable) return false;
    if (on_list(d, NEN__F_CURRENT, first)) return false;
    for (unsigned o = 0; o < nen_option_count(); o++) {
        const nen__course_option *row = nen__course_option_of(o);
        if (on_list(d, NEN__F_CURRENT, o) && row && row->klass != NEN__CLASS_none)
            return true;
    }
    return false;
}

static bool begins(const nen_dossier *d, const nen_plan *plan) {
    const uint16_t first = plan->line[0][0].option;
    return first < d->options && (d->option[first].status >= NEN_OPTION_NEEDS_TEST ||
                                  on_list(d, NEN__F_CURRENT, first));
}

/* A safety rule, not a drug that the model does not know in this kind of tumor. */
static bool is_rule(unsigned row) {
    return row != NEN_NONE && !strcmp(nen_row_get(row)->table, "rules");
}

/* A plan that only begins another one tells nothing new. */
static bool is_new(const nen_usual *all, unsigned count, const nen_plan *plan) {
    for (unsigned i = 0; i < count; i++) {
        nen_plan begun = all[i].plan;
        if (begun.lines > plan->lines) begun.lines = plan->lines;
        if (nen_plan_same(&begun, plan)) return false;
    }
    return true;
}

static void put(nen_usual *all, unsigned *count, unsigned at, const nen_usual *one) {
    for (unsigned i = (*count)++; i > at; i--)
        all[i] = all[i - 1];
    all[at] = *one;
}

/* Is this row's plan one for this case, if only to say which rule forbids it? */
static bool fits(const nen_dossier *d, const nen_who *who, const nen__course_order *row,
                 nen_usual *out) {
    *out = (nen_usual){.plan = row->plan, .row = row->row};
    if (!nen__holds(&d->facts, row->when, NEN_NONE)) return false;
    keep_current(d, &out->plan);
    if (any_spent(d, who, &out->plan) || leaves_current(d, who, &out->plan))
        return false;
    if (nen_plan_check(d, &out->plan, &out->refused) != NEN_OK)
        return is_rule(out->refused);
    return begins(d, &out->plan);
}

unsigned nen_plan_usual(const nen_dossier *d, unsigned most, nen_usual *out,
                        unsigned cap) {
    nen_who who;
    nen_usual one;
    unsigned count = 0, borne = 0;
    nen_course_who(d, &who);
    if (who.model == NEN_MODEL_NONE) return 0;
    for (unsigned i = 0; i < nen__course_orders_count; i++) {
        if (borne == most || count == cap) break;
        if (!fits(d, &who, &nen__course_orders[i], &one)) continue;
        if (!is_new(out, count, &one.plan)) continue;
        if (borne && one.plan.lines != out[0].plan.lines) continue; /* no fair match */
        const bool forbidden = one.refused != NEN_NONE;
        put(out, &count, forbidden ? count : borne, &one);
        borne += !forbidden;
    }
    return count;
}
