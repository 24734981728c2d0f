/* pipeline.c - case, grade, stage, options in order; checks before, doubts after. */
#include "internal.h"

#include <string.h>

/* ---- facts after grade and stage: what the rules mean by grade and spread ---- */

static void store_item(nen_case *facts, unsigned field, const nen_item *item,
                       unsigned ignore) {
    const bool value = item->value != NEN_LABEL_NULL && item->value != ignore;
    const uint64_t set = value ? (uint64_t)1 << item->value : item->possible;
    const unsigned values = nen__field[field].words;
    if (!set || (!value && nen__popcount(set) == values)) return; /* says nothing */
    nen_value v = {.known = NEN_KNOWN, .flags = NEN_DERIVED};
    v.set[0] = set;
    nen__put(facts, field, &v);
}

/* Spread still open is read as the named convention says, for rules and options only:
 * the item keeps every possible value. */
static void assume_spread(nen_dossier *d) {
    nen__assumed assumed;
    if (nen__single(d->staging.spread.possible)) return;
    nen__assume(NEN_LABEL_SPREAD, &d->facts, &assumed);
    if (assumed.count) nen__row_add(&d->staging.rows, assumed.row);
}

/* Grade and spread as found become facts; adds to `stale` what they change. */
static void store_results(nen_dossier *d, uint64_t stale[NEN__FIELD_CHUNKS]) {
    enum { GX = 3, NO_LABEL = NEN_LABEL_NULL - 1 };
    store_item(&d->facts, NEN__F_GRADE, &d->grading.grade, GX);
    store_item(&d->facts, NEN__F_SPREAD, &d->staging.spread, NO_LABEL);
    assume_spread(d);
    nen__add(stale, NEN__F_GRADE);
    nen__add(stale, NEN__F_SPREAD);
}

static void note_checks(nen_dossier *d, const nen_case *c) {
    const nen__row_list list = nen__rows_at(nen__checks_at, 0, nen__exact_site(c));
    for (unsigned i = 0; i < list.count; i++) {
        const nen__check *k = &nen__checks[list.row[i]];
        if (k->tier == 0 || !nen__holds(c, k->when, NEN_NONE)) continue;
        nen__warn(d, k->code, k->field[0], "", "", k->row);
        d->warning[d->warnings - 1].field[1] = k->field[1];
        d->warning[d->warnings - 1].field[2] = k->field[2];
    }
}

/* Stated site against stated topography: the entered site is used. */
static void site_conflict(nen_dossier *d, const nen_case *c) {
    uint64_t sites[NEN__SET_CHUNKS];
    const nen_value *v = &c->field[NEN__F_SITE];
    if (v->known != NEN_KNOWN || !nen__topography_sites(c, sites)) return;
    if ((v->set[0] & sites[0]) || (v->set[1] & sites[1])) return;
    const unsigned stated = v->set[0] ? nen__lowest(v->set[0]) : 64;
    const unsigned coded = sites[0] ? nen__lowest(sites[0]) : 64;
    nen__warn(d, "conflict.site", NEN__F_SITE, nen__word[NEN__F_SITE][stated].word,
              nen__word[NEN__F_SITE][coded].word, NEN_T_WARN_SITE_TOPOGRAPHY);
    d->warning[d->warnings - 1].field[1] = NEN__F_TOPOGRAPHY;
}

/* A stated index against the counts it should come from; a point is rounding. */
static void count_conflict(nen_dossier *d, const nen_case *c, unsigned field,
                           double counted) {
    const nen_value *v = &c->field[field];
    if (v->known != NEN_KNOWN) return;
    if (v->num.lo - 1 <= counted && counted <= v->num.hi + 1) return;
    nen__warn(d, "conflict.counts", field, "", "", NEN_T_WARN_COUNTS);
}

/* The index worked out from its counts alone, against what was stated. */
static void against_counts(nen_dossier *d, const nen_case *c) {
    static const uint8_t counts[] = {NEN__F_KI67_POSITIVE, NEN__F_KI67_COUNTED,
                                     NEN__F_MITOSES_COUNTED, NEN__F_FIELDS,
                                     NEN__F_FIELD_DIAMETER_MM};
    nen_case only = {0};
    double counted;
    for (unsigned i = 0; i < sizeof counts; i++)
        only.field[counts[i]] = c->field[counts[i]];
    nen__derive_counts(&only);
    if (nen__exact_number(&only, NEN__F_KI67_PCT, &counted))
        count_conflict(d, c, NEN__F_KI67_PCT, counted);
    if (nen__exact_number(&only, NEN__F_MITOSES_PER_2MM2, &counted))
        count_conflict(d, c, NEN__F_MITOSES_PER_2MM2, counted);
}

static void counts_conflict(nen_dossier *d, const nen_case *c) {
    const bool stated =
        nen__known(c, NEN__F_KI67_PCT) || nen__known(c, NEN__F_MITOSES_PER_2MM2);
    const bool counted =
        nen__known(c, NEN__F_KI67_POSITIVE) || nen__known(c, NEN__F_MITOSES_COUNTED);
    if (stated && counted) against_counts(d, c);
}

static void close_calls(nen_dossier *d, const nen_case *c) {
    if (c->field[NEN__F_KI67_PCT].flags & NEN_CLOSE_CALL) {
        nen__warn(d, "doubt.ki67_fraction", NEN__F_KI67_PCT, "", "",
                  NEN_T_WARN_KI67_FRACTION);
    }
    if (c->field[NEN__F_SIZE_MM].flags & NEN_CLOSE_CALL)
        nen__warn(d, "doubt.size_unit", NEN__F_SIZE_MM, "", "", NEN_T_WARN_SIZE_UNIT);
}

/* Everything but options, whose results are cleared when they are worked out. What a
 * step always writes, it clears itself. */
static void clear(nen_dossier *out) {
    nen_grading *g = &out->grading;
    g->bucket = g->rows.count = 0;
    g->borderline = g->ki67_interval = false;
    g->ki67_lo_pct = g->ki67_hi_pct = 0;
    nen_staging *s = &out->staging; /* its items are blanked by nen__stage */
    s->settled = s->system = s->alternatives = s->rows.count = 0;
    s->assumed = false;
    s->edition_why = NEN_NONE;
    out->options = out->flags = out->warnings = out->questions = 0;
    memset(out->not_told, 0, sizeof out->not_told);
}

static void grade_and_stage(const nen_case *c, const nen_config *config,
                            nen_dossier *out, uint64_t stale[NEN__FIELD_CHUNKS]) {
    clear(out);
    nen__take(c, &out->facts);
    nen__derive(&out->facts, stale);
    out->scope_note = nen__left(&out->facts, NEN__LEAVES_SCOPE);
    out->in_scope = out->scope_note == NEN_NONE;
    close_calls(out, c);
    site_conflict(out, c);
    counts_conflict(out, c);
    note_checks(out, &out->facts);
    nen__grade(out);
    nen__stage(out, config);
    store_results(out, stale);
}

nen_status nen_grade_and_stage(const nen_case *c, const nen_config *config,
                               nen_dossier *out) {
    uint64_t stale[NEN__FIELD_CHUNKS];
    grade_and_stage(c, config, out, stale);
    return NEN_OK;
}

/* A field that was told is not among those not told. */
static void drop_told(const nen_case *c, uint64_t *not_told) {
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++) {
        for (uint64_t s = not_told[i]; s; s &= s - 1)
            if (nen__known(c, i * 64 + nen__lowest(s))) not_told[i] &= ~(s & -s);
    }
}

nen_status nen_answer(const nen_case *c, const nen_config *config, nen_dossier *out) {
    uint64_t stale[NEN__FIELD_CHUNKS];
    grade_and_stage(c, config, out, stale);
    nen__derive_rest(&out->facts, stale);
    nen__clear_options(out);
    if (out->in_scope) nen__options(out);
    drop_told(c, out->not_told);
    return NEN_OK;
}

/* ---- checks between fields, which no predicate can state ---- */

static bool more_than(const nen_case *c, unsigned part, unsigned whole) {
    const nen_value *p = &c->field[part], *w = &c->field[whole];
    return p->known == NEN_KNOWN && w->known == NEN_KNOWN && p->num.lo > w->num.hi;
}

static nen_status check_rows(const nen_case *c, uint16_t *field, uint16_t *why) {
    nen_case facts;
    nen__take(c, &facts);
    for (unsigned i = 0; i < nen__checks_count; i++) {
        const nen__check *k = &nen__checks[i];
        if (k->tier != 0 || !nen__holds(&facts, k->when, NEN_NONE)) continue;
        *field = k->field[0];
        *why = k->row;
        return NEN_ERR_SYSTEM;
    }
    return NEN_OK;
}

nen_status nen_check(const nen_case *c, uint16_t *field, uint16_t *why) {
    *field = NEN_NONE;
    *why = NEN_NONE;
    if (more_than(c, NEN__F_NODES_POSITIVE, NEN__F_NODES_EXAMINED)) {
        *field = NEN__F_NODES_POSITIVE;
        *why = NEN_T_ERROR_NODES;
        return NEN_ERR_IMPOSSIBLE;
    }
    if (more_than(c, NEN__F_KI67_POSITIVE, NEN__F_KI67_COUNTED)) {
        *field = NEN__F_KI67_POSITIVE;
        *why = NEN_T_ERROR_CELLS;
        return NEN_ERR_IMPOSSIBLE;
    }
    enum { STATED_M = 2 };
    if ((c->prefix[STATED_M][0] == 'p' || c->prefix[STATED_M][1] == 'p') &&
        nen__is_word(c, NEN__F_M, NEN__W_M_M0)) {
        *field = NEN__F_M;
        *why = NEN_T_ERROR_PM0;
        return NEN_ERR_SYSTEM;
    }
    return check_rows(c, field, why);
}
