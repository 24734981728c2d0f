/* case.c - facts: reading single fields, filling the derived ones, candidate sites. */
#include "internal.h"

#include <string.h>

/* Fields that are copied at a time, and looked at together: most are not told. */
enum { STEP = 8 };
_Static_assert(NEN_FIELDS_MAX % STEP == 0, "whole steps");

/* Which of STEP fields are known, as bits. */
static uint64_t known_of(const nen_value *v) {
    // NOLINTBEGIN(readability-magic-numbers): the eight of one step
    if (!(v[0].known | v[1].known | v[2].known | v[3].known | v[4].known | v[5].known |
          v[6].known | v[7].known))
        return 0;
    // NOLINTEND(readability-magic-numbers)
    uint64_t known = 0;
    for (unsigned i = 0; i < STEP; i++)
        known |= (uint64_t)(v[i].known != NEN_UNKNOWN) << i;
    return known;
}

void nen__take(const nen_case *c, nen_case *out) {
    uint64_t told[NEN__FIELD_CHUNKS] = {0};
    for (unsigned f = 0; f < NEN_FIELDS_MAX; f += STEP) {
        memcpy(&out->field[f], &c->field[f], STEP * sizeof *c->field);
        told[f / 64] |= known_of(&c->field[f]) << (f % 64);
    }
    memcpy(out->prior, c->prior, sizeof out->prior);
    out->priors = c->priors;
    memcpy(out->prefix, c->prefix, sizeof out->prefix);
    memcpy(out->id, c->id, sizeof out->id);
    memcpy(out->site_text, c->site_text, sizeof out->site_text);
    memcpy(out->told, told, sizeof told);
}

bool nen__may_be(const nen_case *c, unsigned field, unsigned word) {
    const nen_value *v = &c->field[field];
    return v->known != NEN_KNOWN || nen__bit(v->set, word);
}

void nen__set_word(nen_case *c, unsigned field, unsigned word) {
    nen_value v = {.known = NEN_KNOWN, .flags = NEN_DERIVED};
    nen__add(v.set, word);
    nen__put(c, field, &v);
}

/* Words of a derived word field: first true ends it, a maybe leaves it open. */
static nen_value derived_word(const nen_case *facts, const nen__derivation *d) {
    nen_value v = {.known = NEN_UNKNOWN, .flags = NEN_DERIVED};
    for (unsigned i = 0; i < d->count; i++) {
        const nen__derived *row = &nen__derived_rows[d->first + i];
        const nen_truth t = nen__eval(facts, row->when, NEN_NONE);
        if (t == NEN_FALSE) continue;
        nen__add(v.set, row->word);
        if (t == NEN_MAYBE) continue;
        v.known = NEN_KNOWN;
        return v;
    }
    return (nen_value){.known = NEN_UNKNOWN, .flags = NEN_DERIVED};
}

static nen_value derived_bool(const nen_case *facts, const nen__derivation *d) {
    nen_value v = {.known = NEN_UNKNOWN};
    const nen_truth t = nen__eval(facts, nen__derived_rows[d->first].when, NEN_NONE);
    if (t == NEN_MAYBE) return v;
    v = (nen_value){.known = NEN_KNOWN, .flags = NEN_DERIVED};
    v.num.lo = v.num.hi = t == NEN_TRUE;
    return v;
}

static bool same_value(const nen_value *a, const nen_value *b) {
    return a->known == b->known && a->set[0] == b->set[0] && a->set[1] == b->set[1];
}

/* A figure worked out from counts: for one not told, or told as a range around it. */
static void sharpen(nen_case *facts, unsigned field, double counted) {
    const nen_value *v = &facts->field[field];
    const bool inside = v->known == NEN_KNOWN && v->num.lo < v->num.hi &&
                        v->num.lo <= counted && counted <= v->num.hi;
    if (v->known == NEN_UNKNOWN || inside) nen__set_number(facts, field, counted);
}

/* Ki-67 from counts; mitoses per 2 mm2 = count / (fields x pi (d/2)^2) x 2
 * [uptodate_122325]: area and unit only, no clinical number. */
void nen__derive_counts(nen_case *facts) {
    const double pi = 3.14159265358979323846; // NOLINT(readability-magic-numbers)
    double a, b, d;
    if (nen__exact_number(facts, NEN__F_KI67_POSITIVE, &a) &&
        nen__exact_number(facts, NEN__F_KI67_COUNTED, &b) && b > 0)
        sharpen(facts, NEN__F_KI67_PCT, a / b * 100);
    if (nen__exact_number(facts, NEN__F_MITOSES_COUNTED, &a) &&
        nen__exact_number(facts, NEN__F_FIELDS, &b) &&
        nen__exact_number(facts, NEN__F_FIELD_DIAMETER_MM, &d) && b > 0 && d > 0)
        sharpen(facts, NEN__F_MITOSES_PER_2MM2, a / (b * pi * (d / 2) * (d / 2)) * 2);
}

/* Site of the stated topography code: words of `site`, groups resolved. */
bool nen__topography_sites(const nen_case *c, uint64_t sites[NEN__SET_CHUNKS]) {
    enum { TENS = 10 };
    double code;
    if (!nen__exact_number(c, NEN__F_TOPOGRAPHY, &code)) return false;
    const unsigned n = (unsigned)code;
    const char text[] = {'C', (char)('0' + n / 100),  (char)('0' + n / TENS % TENS),
                         '.', (char)('0' + n % TENS), 0};
    const int table = nen_table_find("topography");
    if (table < 0) return false;
    const nen_table *t = nen_table_get((unsigned)table);
    const int row = nen_table_row(t, "code", text);
    const int word =
        row < 0 ? -1 : nen_word_find(NEN__F_SITE, nen_cell(t, (unsigned)row, "site"));
    if (word < 0) return false;
    const nen_word_info *w = &nen__word[NEN__F_SITE][word];
    sites[0] = sites[1] = 0;
    if (!w->group) nen__add(sites, (unsigned)word);
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++)
        sites[i] |= w->members[i];
    return true;
}

/* The count and the list of positive nodes say one thing: a group named is at least one
 * node, a complete empty list is none. */
static void join_nodes(nen_case *facts) {
    const nen_value *list = &facts->field[NEN__F_NODE_GROUP];
    nen_value n = facts->field[NEN__F_NODES_POSITIVE];
    const bool some = list->set[0] | list->set[1];
    if (list->known != NEN_KNOWN || (!some && (list->flags & NEN_PERHAPS_MORE))) return;
    if (n.known != NEN_KNOWN) {
        n = (nen_value){.known = NEN_KNOWN, .flags = NEN_DERIVED};
        n.num.lo = some;
        n.num.hi = some ? nen__field[NEN__F_NODES_POSITIVE].hi : 0;
    } else if (some && n.num.lo < 1 && n.num.hi >= 1) {
        n.num.lo = 1;
        n.flags &= (uint8_t)~NEN_LO_OPEN;
    } else if (!some && n.num.lo == 0) {
        n.num.hi = 0;
        n.flags = 0;
    }
    nen__put(facts, NEN__F_NODES_POSITIVE, &n);
}

static void derive_site(nen_case *facts) {
    uint64_t sites[NEN__SET_CHUNKS];
    if (nen__known(facts, NEN__F_SITE) || !nen__topography_sites(facts, sites)) return;
    nen_value v = {.known = NEN_KNOWN, .flags = NEN_DERIVED};
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++)
        v.set[i] = sites[i];
    nen__put(facts, NEN__F_SITE, &v);
}

/* A fill is never overwritten; a word worked out before grade and stage may be narrowed
 * by them. */
static bool may_fill(const nen_value *old, const nen_value *v) {
    const bool narrower = v->known == NEN_KNOWN && !(v->set[0] & ~old->set[0]) &&
                          v->set[0] != old->set[0];
    return old->known != NEN_KNOWN || (old->flags & NEN_DERIVED && narrower);
}

/* Works out one field; its bit goes into `changed` when it has another value now. */
static void derive_field(nen_case *facts, const nen__derivation *d, uint64_t *changed) {
    const nen_field_info *info = &nen__field[d->field];
    const nen_value *old = &facts->field[d->field];
    const bool word = info->type == NEN_TYPE_WORD;
    const bool settled = nen__known(facts, d->field) && !info->derived;
    if (settled && !(word && old->flags & NEN_DERIVED)) return;
    const nen_value v = word ? derived_word(facts, d) : derived_bool(facts, d);
    if (!info->derived && !may_fill(old, &v)) return;
    if (!same_value(&v, &facts->field[d->field])) nen__add(changed, d->field);
    nen__put(facts, d->field, &v);
}

/* What the site alone says (midgut, digestive ...). */
static void derive_from_site(nen_case *facts) {
    const nen__range r = nen__site_facts_at[nen__exact_site(facts)];
    for (unsigned i = 0; i < r.count; i++) {
        const nen__site_fact *fact = &nen__site_facts[r.first + i];
        nen__set_number(facts, fact->field, fact->yes);
    }
}

void nen__derive(nen_case *facts, uint64_t stale[NEN__FIELD_CHUNKS]) {
    nen__derive_counts(facts);
    join_nodes(facts);
    derive_site(facts);
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        stale[i] = 0;
    derive_from_site(facts);
    const nen__row_list list = nen__rows_at(nen__derivations_at, NEN__DERIVATIONS_EARLY,
                                            nen__exact_site(facts));
    for (unsigned i = 0; i < list.count; i++) {
        const nen__derivation *d = &nen__derivations[list.row[i]];
        if (d->blank || nen__meet(d->fields, facts->told))
            derive_field(facts, d, stale);
    }
}

void nen__derive_rest(nen_case *facts, uint64_t stale[NEN__FIELD_CHUNKS]) {
    const nen__row_list list =
        nen__rows_at(nen__derivations_at, NEN__DERIVATIONS_ALL, nen__exact_site(facts));
    for (unsigned i = 0; i < list.count; i++) {
        const nen__derivation *d = &nen__derivations[list.row[i]];
        const bool first = !d->early && (d->blank || nen__meet(d->fields, facts->told));
        if (first || nen__meet(d->fields, stale)) derive_field(facts, d, stale);
    }
}

void nen__sites(const nen_case *c, uint64_t sites[NEN__SET_CHUNKS]) {
    const nen_value *v = &c->field[NEN__F_SITE];
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++)
        sites[i] = v->known == NEN_KNOWN ? v->set[i] : 0;
    if (v->known == NEN_KNOWN) return;
    for (unsigned w = 0; w < nen__field[NEN__F_SITE].words; w++)
        if (!nen__word[NEN__F_SITE][w].group) nen__add(sites, w);
}
