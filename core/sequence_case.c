/* sequence_case.c - a case as the course model takes it, or why there is no model. */
#include "sequence.h"

#include <string.h>

static const char *const model_names[] = {"none", "net", "nec", "ppgl"};

const char *nen_model_name(unsigned model) {
    const unsigned n = sizeof model_names / sizeof *model_names;
    return model_names[model < n ? model : NEN_MODEL_NONE];
}

unsigned nen_course_draws(void) {
    return nen__posterior_count < NEN_DRAWS_MAX ? nen__posterior_count : NEN_DRAWS_MAX;
}

/* ---- numbers ---- */

/* What the tables give for an item that the case does not tell. */
static double assume(const nen_dossier *d, nen__course_item item, nen_who *out) {
    for (unsigned i = 0; i < nen__course_values_count; i++) {
        const nen__course_value *v = &nen__course_values[i];
        if (v->item != item || !nen__holds(&d->facts, v->when, NEN_NONE)) continue;
        if (out->assumeds < NEN_ASSUMED_MAX) out->assumed[out->assumeds++] = v->row;
        return v->value;
    }
    return 0;
}

/* The number told, or the middle of the range told; false when there is none. */
static bool told(const nen_dossier *d, unsigned field, double *out) {
    const nen_value *v = &d->facts.field[field];
    if (v->known != NEN_KNOWN) return false;
    *out = (v->num.lo + v->num.hi) / 2;
    return true;
}

static double least_ki67(const nen_dossier *d, double ki67_pct, nen_who *out) {
    const uint8_t before = out->assumeds;
    const double least = assume(d, NEN__ITEM_KI67_LEAST_PCT, out);
    if (ki67_pct < least) return least;
    out->assumeds = before; /* not needed, so not said */
    return ki67_pct;
}

static double male(const nen_dossier *d, nen_who *out) {
    const nen_case *c = &d->facts;
    if (nen__is_word(c, NEN__F_SEX, NEN__W_SEX_MALE)) return 1;
    if (nen__is_word(c, NEN__F_SEX, NEN__W_SEX_FEMALE)) return 0;
    return assume(d, NEN__ITEM_MALE_PCT, out) / 100;
}

static void person(const nen_dossier *d, nen_who *out) {
    double x;
    if (!told(d, NEN__F_KI67_PCT, &x)) x = assume(d, NEN__ITEM_KI67_PCT, out);
    out->ki67_pct = least_ki67(d, x, out);
    if (!told(d, NEN__F_AGE_YEARS, &x)) x = assume(d, NEN__ITEM_AGE_YEARS, out);
    out->age_years = x;
    out->male_prob = male(d, out);
}

static bool yes(const nen_dossier *d, unsigned field) {
    const nen_value *v = &d->facts.field[field];
    return v->known == NEN_KNOWN && v->num.lo > 0;
}

static bool no(const nen_dossier *d, unsigned field) {
    const nen_value *v = &d->facts.field[field];
    return v->known == NEN_KNOWN && v->num.hi < 1;
}

/* Over how many months it grew, or did not. */
static void growth(const nen_dossier *d, nen_who *out) {
    out->stable = no(d, NEN__F_PROGRESSING);
    if (out->stable) out->growth_months = assume(d, NEN__ITEM_STABLE_MONTHS, out);
    if (!yes(d, NEN__F_PROGRESSING)) return;
    if (!told(d, NEN__F_PROGRESSED_WITHIN_MONTHS, &out->growth_months) ||
        !(out->growth_months > 0))
        out->growth_months = assume(d, NEN__ITEM_GROWTH_MONTHS, out);
}

/* ---- what was given before ---- */

static uint16_t class_bit(unsigned option) {
    const nen__course_option *o = nen__course_option_of(option);
    return o && o->klass != NEN__CLASS_none ? (uint16_t)(1u << o->klass) : 0;
}

static void use(unsigned option, nen_who *out) {
    out->used |= class_bit(option);
}

static bool is_line(unsigned word) {
    return word < nen_option_count() && nen__option_rows[word].systemic;
}

/* What goes on today is a line before only when the tumor grows in spite of it: else
 * it is the first line of the plan, or goes on beside it. */
static void before(const nen_dossier *d, nen_who *out) {
    const nen_case *c = &d->facts;
    const uint64_t *prior = c->field[NEN__F_PRIOR].set;
    const uint64_t *current = c->field[NEN__F_CURRENT].set;
    unsigned lines = 0;
    for (unsigned i = 0; i < c->priors; i++)
        lines += is_line(c->prior[i].option);
    for (unsigned w = nen__next(prior, 0); w < NEN_WORDS_MAX;
         w = nen__next(prior, w + 1))
        use(w, out);
    for (unsigned w = nen__next(current, 0);
         w < NEN_WORDS_MAX && out->growth_months > 0 && !out->stable;
         w = nen__next(current, w + 1)) {
        out->under |= class_bit(w);
        if (!is_line(w) || nen__bit(prior, w)) continue;
        use(w, out);
        lines++;
    }
    out->prior_lines = lines;
}

/* ---- the model ---- */

void nen__course_case(const nen_dossier *d, nen_who *out) {
    memset(out, 0, sizeof *out);
    out->note = NEN_NONE;
    for (unsigned i = 0; i < nen__course_models_count; i++) {
        const nen__course_model *m = &nen__course_models[i];
        if (!nen__holds(&d->facts, m->when, NEN_NONE)) continue;
        out->model = m->model;
        out->origin = m->origin;
        out->note = m->row;
        break;
    }
    if (out->model == NEN_MODEL_NONE) return;
    person(d, out);
    growth(d, out);
    before(d, out);
    const uint8_t assumeds = out->assumeds;
    out->widen_ratio = assume(d, NEN__ITEM_WIDEN_RATIO, out);
    out->assumeds = assumeds; /* nothing of the case */
}

void nen_course_who(const nen_dossier *d, nen_who *out) {
    nen__course_case(d, out);
    if (out->model == NEN_MODEL_NONE || nen_course_draws() > 0) return;
    memset(out, 0, sizeof *out);
    out->note = NEN_T_COURSE_NOT_CALIBRATED;
}

void nen__course_cohort(const nen_who *who, nen__cohort *out) {
    *out = (nen__cohort){.origin = who->origin,
                         .kind = (uint8_t)(who->model - NEN_MODEL_NET),
                         .ki67_pct = (float)who->ki67_pct,
                         .age_years = (float)who->age_years,
                         .male_prob = (float)who->male_prob,
                         .prior_lines = (float)who->prior_lines,
                         .used = who->used,
                         .entry_under = who->under,
                         .entry_growth_months = (float)who->growth_months,
                         .entry_stable = who->stable};
}

_Static_assert((int)NEN__KIND_net + NEN_MODEL_NET == (int)NEN_MODEL_NET &&
                   (int)NEN__KIND_nec + NEN_MODEL_NET == (int)NEN_MODEL_NEC &&
                   (int)NEN__KIND_ppgl + NEN_MODEL_NET == (int)NEN_MODEL_PPGL,
               "a model is the kind of its deaths, after none");
