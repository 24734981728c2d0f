/* sequence_plan.c - plans: classes and caps of their options, rules, every order. */
#include "sequence.h"
#include "text_ids.h"

#include <string.h>

const nen__course_option *nen__course_option_of(unsigned option) {
    for (unsigned i = 0; i < nen__course_options_count; i++)
        if (nen__course_options[i].option == option) return &nen__course_options[i];
    return NULL;
}

bool nen_option_in_course(unsigned option) {
    return nen__course_option_of(option) != NULL;
}

double nen_option_cycle_weeks(unsigned option) {
    const nen__course_option *o = nen__course_option_of(option);
    return o ? o->cycle_weeks : 0;
}

/* ---- one plan ---- */

/* The safety rule that takes an option away; positions may argue against it, too. */
static uint16_t rule_against(const nen_option_result *now) {
    for (unsigned i = 0; i < now->againsts; i++) {
        const nen_row *row = nen_row_get(now->against[i].row);
        if (row && !strcmp(row->table, "rules")) return now->against[i].row;
    }
    return NEN_NONE;
}

/* Drugs were tried in some kinds of tumor: in the others the model knows nothing of
 * them. */
static bool tried_in(const nen__course_option *o, const nen_dossier *d) {
    nen_who who;
    nen_course_who(d, &who);
    return who.model == NEN_MODEL_NONE || (o->models >> who.model & 1);
}

static nen_status check_given(const nen_dossier *d, const nen_given *g, uint16_t *row) {
    const nen__course_option *o = nen__course_option_of(g->option);
    if (!o) return NEN_ERR_WORD;
    if ((g->cycles && g->months) || (g->cycles && !(o->cycle_weeks > 0)))
        return NEN_ERR_RANGE;
    const nen_option_result *now = &d->option[g->option];
    if (g->option < d->options && now->status == NEN_OPTION_NEVER) {
        *row = rule_against(now);
        return NEN_ERR_IMPOSSIBLE;
    }
    if (tried_in(o, d)) return NEN_OK;
    *row = NEN_T_COURSE_UNTRIED;
    return NEN_ERR_IMPOSSIBLE;
}

nen_status nen_plan_check(const nen_dossier *d, const nen_plan *plan, uint16_t *row) {
    *row = NEN_NONE;
    if (!plan->lines || plan->lines > NEN_LINES_MAX) return NEN_ERR_RANGE;
    for (unsigned l = 0; l < plan->lines; l++) {
        if (!plan->given[l] || plan->given[l] > NEN_TOGETHER_MAX) return NEN_ERR_RANGE;
        for (unsigned i = 0; i < plan->given[l]; i++) {
            const nen_status status = check_given(d, &plan->line[l][i], row);
            if (status != NEN_OK) return status;
        }
    }
    return NEN_OK;
}

static bool has(const nen_plan *plan, unsigned line, const nen_given *g) {
    for (unsigned i = 0; i < plan->given[line]; i++) {
        const nen_given *own = &plan->line[line][i];
        if (own->option == g->option && own->cycles == g->cycles &&
            own->months == g->months)
            return true;
    }
    return false;
}

static bool same_line(const nen_plan *a, const nen_plan *b, unsigned line) {
    if (a->given[line] != b->given[line]) return false;
    for (unsigned i = 0; i < a->given[line]; i++)
        if (!has(b, line, &a->line[line][i])) return false;
    return true;
}

bool nen_plan_same(const nen_plan *a, const nen_plan *b) {
    if (a->lines != b->lines) return false;
    for (unsigned l = 0; l < a->lines; l++)
        if (!same_line(a, b, l)) return false;
    return true;
}

static double cap_weeks(const nen_given *g, const nen__course_option *o) {
    if (g->cycles) return g->cycles * o->cycle_weeks;
    if (g->months) return g->months * NEN__WEEKS_PER_MONTH;
    if (o->cap_cycles > 0) return o->cap_cycles * o->cycle_weeks;
    return o->cap_months * NEN__WEEKS_PER_MONTH;
}

void nen__course_plan_of(const nen_plan *plan, nen__course_plan *out) {
    memset(out, 0, sizeof *out);
    out->lines = plan->lines;
    for (unsigned l = 0; l < plan->lines; l++) {
        for (unsigned i = 0; i < plan->given[l]; i++) {
            const nen_given *g = &plan->line[l][i];
            const nen__course_option *o = nen__course_option_of(g->option);
            if (!o) continue; /* nen_plan_check refused it */
            out->line[l].klass[i] = o->klass;
            out->line[l].cap_weeks[i] = (float)cap_weeks(g, o);
        }
    }
}

/* ---- evidence of what two plans differ in ---- */

/* The first option of a line whose class no trial told of; NEN_NONE: each was told. */
static uint16_t weakest_of_line(unsigned origin, const nen_plan *plan, unsigned line,
                                bool life) {
    if (line >= plan->lines) return NEN_NONE;
    for (unsigned i = 0; i < plan->given[line]; i++) {
        const nen__course_option *o = nen__course_option_of(plan->line[line][i].option);
        if (!o || o->klass == NEN__CLASS_none) continue;
        const unsigned told = life ? o->survival : o->randomised;
        if (!(told >> origin & 1)) return o->option;
    }
    return NEN_NONE;
}

/* Any option of a line in which two plans differ. */
static uint16_t option_of_line(const nen_plan *a, const nen_plan *b, unsigned line) {
    return line < a->lines ? a->line[line][0].option : b->line[line][0].option;
}

/* One of the two must have been told to lengthen life, if one is to be called longer.
 */
static bool tells_life(unsigned origin, const nen_plan *a, const nen_plan *b) {
    return weakest_of_line(origin, a, 0, true) == NEN_NONE &&
           weakest_of_line(origin, b, 0, true) == NEN_NONE;
}

nen__weak nen__course_weakest(unsigned origin, const nen_plan *a, const nen_plan *b,
                              nen_metric metric) {
    const bool first_only = metric == NEN_METRIC_PFS;
    const bool life =
        metric == NEN_METRIC_RMST_MONTHS || metric == NEN_METRIC_OS_MEDIAN;
    for (unsigned l = 0; (l < a->lines || l < b->lines) && !(l && first_only); l++) {
        if (l < a->lines && l < b->lines && same_line(a, b, l)) continue;
        if (l) return (nen__weak){option_of_line(a, b, l), true, false};
        const uint16_t of_a = weakest_of_line(origin, a, l, false);
        if (of_a != NEN_NONE) return (nen__weak){of_a, false, false};
        const uint16_t of_b = weakest_of_line(origin, b, l, false);
        if (of_b != NEN_NONE) return (nen__weak){of_b, false, false};
    }
    return (nen__weak){NEN_NONE, false, life && !tells_life(origin, a, b)};
}

/* ---- every order ---- */

typedef struct orders {
    uint16_t option[NEN__CLASSES]; /* one of each class that fits */
    unsigned options, lines;
    nen_plan plan; /* the one being made */
    nen_plan *out;
    unsigned cap, count;
} orders;

/* One option of each class: the model cannot tell them apart. What goes on today
 * stands for its class, else the first that fits, if only with a condition. */
static void candidates(const nen_dossier *d, orders *all) {
    uint16_t of_class[NEN__CLASSES];
    for (unsigned k = 0; k < NEN__CLASSES; k++)
        of_class[k] = NEN_NONE;
    for (unsigned i = 0; i < nen__course_options_count; i++) {
        const nen__course_option *o = &nen__course_options[i];
        if (o->klass == NEN__CLASS_none || o->option >= d->options) continue;
        const nen_option_result *now = &d->option[o->option];
        if (now->status < NEN_OPTION_CONDITIONAL || !tried_in(o, d)) continue;
        if (of_class[o->klass] == NEN_NONE || now->current)
            of_class[o->klass] = o->option;
    }
    for (unsigned k = 0; k < NEN__CLASSES; k++)
        if (of_class[k] != NEN_NONE) all->option[all->options++] = of_class[k];
}

static void put(orders *all) {
    if (all->count < all->cap) all->out[all->count] = all->plan;
    all->count++;
}

/* Orders in the manner of an odometer: digit l counts the options of line l. */
static bool repeats(const unsigned *digit, unsigned lines) {
    for (unsigned i = 1; i < lines; i++) {
        for (unsigned j = 0; j < i; j++)
            if (digit[i] == digit[j]) return true;
    }
    return false;
}

static bool turn(unsigned *digit, unsigned lines, unsigned options) {
    for (unsigned l = lines; l-- > 0;) {
        if (++digit[l] < options) return true;
        digit[l] = 0;
    }
    return false;
}

unsigned nen_plan_orders(const nen_dossier *d, unsigned lines, nen_plan *out,
                         unsigned cap) {
    orders all = {.out = out, .cap = cap};
    unsigned digit[NEN_LINES_MAX] = {0};
    candidates(d, &all);
    all.lines = lines < all.options ? lines : all.options;
    if (all.lines > NEN_LINES_MAX) all.lines = NEN_LINES_MAX;
    if (!all.lines) return 0;
    all.plan.lines = (uint8_t)all.lines;
    do {
        if (repeats(digit, all.lines)) continue;
        for (unsigned l = 0; l < all.lines; l++) {
            all.plan.line[l][0] = (nen_given){all.option[digit[l]], 0, 0};
            all.plan.given[l] = 1;
        }
        put(&all);
    } while (turn(digit, all.lines, all.options));
    return all.count;
}
