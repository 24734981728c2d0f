/* internal.h - shared inside core/: evaluator, facts, settling of items. */
#ifndef NEN_INTERNAL_H
#define NEN_INTERNAL_H

#include "ids.h"
#include "knowledge.h"
#include "text_ids.h"

enum {
    NEN__FIELD_CHUNKS = (NEN_FIELDS_MAX + 63) / 64,
    NEN__SET_CHUNKS = NEN_WORDS_MAX / 64
};

/* ---- predicate.c ---- */

/* Truth of a predicate; `option` is the option in hand or NEN_NONE. */
nen_truth nen__eval(const nen_case *facts, nen__pred pred, uint16_t option);

/* Adds to `fields` those whose atoms are maybe: what an answer could settle. */
void nen__maybes(const nen_case *facts, nen__pred pred, uint64_t *fields);

/* ---- sets ---- */

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

/* Starts an item from its possible set: decided when one value is left. */
static inline bool nen__settle(nen_item *item) {
    const bool one = nen__single(item->possible);
    item->value = one ? (uint8_t)nen__lowest(item->possible) : NEN_LABEL_NULL;
    item->convention = NEN_NONE;
    item->settled = one ? NEN_DECIDED : NEN_POSSIBLE;
    return one;
}

/* ---- case.c ---- */

bool nen__known(const nen_case *c, unsigned field);
/* True when the field is told as exactly this word. */
bool nen__is_word(const nen_case *c, unsigned field, unsigned word);
/* True when the word field may still be `word`. */
bool nen__may_be(const nen_case *c, unsigned field, unsigned word);
void nen__set_word(nen_case *c, unsigned field, unsigned word);
void nen__set_number(nen_case *c, unsigned field, double value);
bool nen__exact_number(const nen_case *c, unsigned field, double *out);
/* Ki-67 and mitoses from their counts, where the index itself was not told. */
void nen__derive_counts(nen_case *facts);
/* Fills derived fields of a case in place (docs/knowledge.md, `derived`, `fill`). */
void nen__derive(nen_case *facts);
/* Sites of the stated ICD-O-3 topography; false when none is told or listed. */
bool nen__topography_sites(const nen_case *c, uint64_t sites[NEN__SET_CHUNKS]);
/* Candidate sites, groups resolved; all sites when nothing was told. */
void nen__sites(const nen_case *c, uint64_t sites[NEN__SET_CHUNKS]);

/* ---- label.c ---- */

/* True when `wide` is `narrow` or its stem (T1 covers T1a, M1c covers M1c1). */
bool nen__covers(nen_label_kind kind, unsigned wide, unsigned narrow);
/* Labels of `possible` that agree with one of `stated`. */
uint64_t nen__agree(nen_label_kind kind, uint64_t possible, uint64_t stated);
/* The stem all of `possible` share ("III" of IIIA, IIIB), or NEN_LABEL_NULL. */
unsigned nen__shared_stem(nen_label_kind kind, uint64_t possible);
unsigned nen__labels(nen_label_kind kind);

/* ---- shared settling ---- */

void nen__row_add(nen_rows *rows, uint16_t row);
void nen__warn(nen_dossier *d, const char *code, unsigned field, const char *stated,
               const char *computed, unsigned row);
/* Applies the conventions of `item` that hold to a scratch case. Returns the first
 * that changed it, or NEN_NONE; *fixed is the first with a fixed value, or NULL. */
uint16_t nen__assume(nen_label_kind item, nen_case *scratch,
                     const nen__convention **fixed);

/* ---- text.c ---- */

/* What a row says in a language by a sorted list; NULL when the list has no such row. */
const char *nen__translated(const nen__translation *of, unsigned count, unsigned lang,
                            unsigned row);

/* ---- the steps ---- */

void nen__grade(nen_dossier *d);
void nen__stage(nen_dossier *d, const nen_config *config);
void nen__options(nen_dossier *d);
void nen__doubts(nen_dossier *d);

/* spread.c: localized, regional or distant at one site, from facts and T, N, M. */
typedef struct nen__site_stage {
    nen_item t, n, m, group, spread;
    nen_rows rows;
    uint64_t maybes[NEN__FIELD_CHUNKS];
    bool stated_fails; /* a stated T, N, M or stage cannot be at this site */
} nen__site_stage;
void nen__spread_at(const nen_case *facts, unsigned site, nen__site_stage *out);

#endif
