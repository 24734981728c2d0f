/* internal.h - shared inside core/: evaluator, facts, settling of items. */
#ifndef NEN_INTERNAL_H
#define NEN_INTERNAL_H

#include "ids.h"
#include "knowledge.h"
#include "text_ids.h"

/* Not for a library's users: calls and tables inside need no detour. */
#pragma GCC visibility push(hidden)

enum { NEN__SET_CHUNKS = NEN_WORDS_MAX / 64 };

/* ---- predicate.c ---- */

/* Adds to `fields` those whose atoms are maybe: what an answer could settle. */
void nen__maybes(const nen_case *facts, nen__pred pred, uint16_t option,
                 uint64_t *fields);

/* Truth of a predicate without an option in hand; while it is maybe, adds to `fields`
 * (unless NULL) what an answer could settle. */
nen_truth nen__ask(const nen_case *facts, nen__pred pred, uint64_t *fields);

/* ---- sets ---- */

_Static_assert(NEN__FIELD_CHUNKS == 3 && NEN__SET_CHUNKS == 2, "written out below");

/* Next member of a set of words from `at` on, 64 * NEN__SET_CHUNKS when there is none:
 * for (unsigned w = nen__next(set, 0); w < NEN_WORDS_MAX; w = nen__next(set, w + 1)) */
static inline unsigned nen__next(const uint64_t *set, unsigned at) {
    for (unsigned c = at / 64; c < NEN__SET_CHUNKS; c++) {
        const uint64_t from = c == at / 64 ? ~(uint64_t)0 << (at % 64) : ~(uint64_t)0;
        if (set[c] & from) return c * 64 + (unsigned)__builtin_ctzll(set[c] & from);
    }
    return NEN_WORDS_MAX;
}

/* Have two sets of fields one in common? */
static inline bool nen__meet(const uint64_t *a, const uint64_t *b) {
    return (a[0] & b[0]) || (a[1] & b[1]) || (a[2] & b[2]);
}

/* Is every field of a in b? */
static inline bool nen__within(const uint64_t *a, const uint64_t *b) {
    return !(a[0] & ~b[0]) && !(a[1] & ~b[1]) && !(a[2] & ~b[2]);
}

static inline bool nen__bit(const uint64_t *set, unsigned i) {
    return set[i / 64] >> (i % 64) & 1;
}

static inline void nen__add(uint64_t *set, unsigned i) {
    set[i / 64] |= (uint64_t)1 << (i % 64);
}

static inline unsigned nen__popcount(uint64_t x) {
    return (unsigned)__builtin_popcountll(x);
}

static inline unsigned nen__lowest(uint64_t x) {
    return (unsigned)__builtin_ctzll(x);
}

static inline bool nen__single(uint64_t set) {
    return set && !(set & (set - 1));
}

/* Truth of a predicate; `option` is the option in hand or NEN_NONE. Like everything
 * here it reads `told`: facts are taken first (nen__take), then changed only by
 * nen__put. */
static inline nen_truth nen__eval(const nen_case *facts, nen__pred pred,
                                  uint16_t option) {
    const nen__program *p = &nen__programs[pred];
    if (p->blank != NEN__BLANK_NONE && !nen__meet(p->fields, facts->told))
        return (nen_truth)p->blank;
    return (nen_truth)p->truth(facts->field, option);
}

/* nen__eval(...) == NEN_TRUE, at once when a field that it needs was not told. */
static inline bool nen__holds(const nen_case *facts, nen__pred pred, uint16_t option) {
    const nen__program *p = &nen__programs[pred];
    return nen__within(p->must, facts->told) &&
           p->truth(facts->field, option) == NEN_TRUE;
}

/* Starts an item from its possible set: decided when one value is left. */
static inline bool nen__settle(nen_item *item) {
    const bool one = nen__single(item->possible);
    item->value = one ? (uint8_t)nen__lowest(item->possible) : NEN_LABEL_NULL;
    item->convention = NEN_NONE;
    item->settled = one ? NEN_DECIDED : NEN_POSSIBLE;
    return one;
}

/* ---- case.c ---- */

static inline bool nen__known(const nen_case *c, unsigned field) {
    return c->field[field].known != NEN_UNKNOWN;
}
/* Copies a case that comes in and fills `told` from its fields. */
void nen__take(const nen_case *c, nen_case *out);
/* Sets a field; a value with `known` unset makes it unknown. Member by member: a copy
 * of the whole would wait for the narrow stores that made it. */
static inline void nen__put(nen_case *c, unsigned field, const nen_value *v) {
    const uint64_t bit = (uint64_t)1 << (field % 64);
    nen_value *to = &c->field[field];
    to->set[0] = v->set[0];
    to->set[1] = v->set[1];
    to->known = v->known;
    to->flags = v->flags;
    c->told[field / 64] =
        v->known ? c->told[field / 64] | bit : c->told[field / 64] & ~bit;
}
/* True when the field is told as exactly this word. */
static inline bool nen__is_word(const nen_case *c, unsigned field, unsigned word) {
    const nen_value *v = &c->field[field];
    const uint64_t bit = (uint64_t)1 << (word % 64);
    return v->known == NEN_KNOWN && v->set[word / 64] == bit && !v->set[1 - word / 64];
}
/* True when the word field may still be `word`. */
bool nen__may_be(const nen_case *c, unsigned field, unsigned word);
void nen__set_word(nen_case *c, unsigned field, unsigned word);
static inline void nen__set_number(nen_case *c, unsigned field, double value) {
    nen_value *v = &c->field[field];
    v->num.lo = v->num.hi = value;
    v->known = NEN_KNOWN;
    v->flags = NEN_DERIVED;
    nen__add(c->told, field);
}
static inline bool nen__exact_number(const nen_case *c, unsigned field, double *out) {
    const nen_value *v = &c->field[field];
    *out = v->num.lo;
    return v->known == NEN_KNOWN && v->num.lo == v->num.hi;
}
/* Ki-67 and mitoses from their counts, where the index itself was not told. */
void nen__derive_counts(nen_case *facts);
/* Counts, site and those derived fields of an indexed case that grade and stage ask
 * for, in place (docs/knowledge.md, `derived`, `fill`). `stale` receives the fields
 * that changed: what follows them and came before them is worked out by
 * nen__derive_rest. */
void nen__derive(nen_case *facts, uint64_t stale[NEN__FIELD_CHUNKS]);
/* The derived fields left, and again those that follow the fields of `stale`. */
void nen__derive_rest(nen_case *facts, uint64_t stale[NEN__FIELD_CHUNKS]);
/* Sites of the stated ICD-O-3 topography; false when none is told or listed. */
bool nen__topography_sites(const nen_case *c, uint64_t sites[NEN__SET_CHUNKS]);
/* Candidate sites, groups resolved; all sites when nothing was told. */
void nen__sites(const nen_case *c, uint64_t sites[NEN__SET_CHUNKS]);

/* ---- label.c ---- */

/* Labels of `possible` that agree with one of `stated`. */
uint64_t nen__agree(nen_label_kind kind, uint64_t possible, uint64_t stated);
/* The stem all of `possible` share ("III" of IIIA, IIIB), or NEN_LABEL_NULL. */
unsigned nen__shared_stem(nen_label_kind kind, uint64_t possible);
unsigned nen__labels(nen_label_kind kind);

/* ---- settle.c ---- */

void nen__row_add(nen_rows *rows, uint16_t row);
void nen__warn(nen_dossier *d, const char *code, unsigned field, const char *stated,
               const char *computed, unsigned row);
/* What conventions assumed, to be taken back. */
enum { NEN__ASSUMED_MAX = 8 };
typedef struct nen__assumed {
    nen_value was[NEN__ASSUMED_MAX];
    uint16_t field[NEN__ASSUMED_MAX];
    uint8_t count;
    uint16_t row;                 /* first convention that assumed, or NEN_NONE */
    const nen__convention *fixed; /* first with a fixed value, or NULL */
} nen__assumed;
/* Completes the facts by the conventions of `item` that hold; nen__take_back undoes. */
void nen__assume(nen_label_kind item, nen_case *facts, nen__assumed *out);
void nen__take_back(nen_case *facts, const nen__assumed *assumed);
/* The row by which the tumor leaves a scheme, a chapter or the scope, or NEN_NONE. */
uint16_t nen__left(const nen_case *facts, nen__leaves what);

/* ---- text.c ---- */

/* What a row says in a language by a sorted list; NULL when the list has no such row.
 */
const char *nen__translated(const nen__translation *of, unsigned count, unsigned lang,
                            unsigned row);
/* What an English cell is among the phrases of a language, likewise. */
const char *nen__in(const nen__phrases *of, const char *english);

/* ---- the steps ---- */

void nen__grade(nen_dossier *d);
void nen__stage(nen_dossier *d, const nen_config *config);
void nen__clear_options(nen_dossier *d); /* every option: nothing puts it there */
void nen__options(nen_dossier *d);       /* of a dossier whose options are clear */
void nen__doubts(nen_dossier *d);

/* spread.c: localized, regional or distant at one site, from facts and T, N, M. */
typedef struct nen__site_stage {
    nen_item t, n, m, group, spread;
    nen_rows rows;
    uint64_t maybes[NEN__FIELD_CHUNKS];
    bool stated_fails; /* a stated T, N, M or stage cannot be at this site */
} nen__site_stage;
void nen__spread_at(const nen_case *facts, unsigned site, nen__site_stage *out);

/* ---- rows by site ---- */

/* The site when it is told exactly; else the number of site words: any. */
static inline unsigned nen__exact_site(const nen_case *facts) {
    const nen_value *v = &facts->field[NEN__F_SITE];
    const bool one = v->known == NEN_KNOWN && nen__single(v->set[0]) && !v->set[1];
    return one ? nen__lowest(v->set[0]) : NEN__SITES;
}

typedef struct nen__row_list {
    const uint16_t *row;
    unsigned count;
} nen__row_list;

/* Row numbers of an array that can matter at one site (NEN__SITES: at any). */
static inline nen__row_list nen__rows_at(const nen__range *index, unsigned axis,
                                         unsigned site) {
    const nen__range r = index[axis * (NEN__SITES + 1) + site];
    return (nen__row_list){nen__site_rows + r.first, r.count};
}

#pragma GCC visibility pop

#endif
