/* atom.h - three-valued truth of one comparison, for the predicates that tools/knowc
 * prints and for predicate.c.
 *
 * A field that was not told is maybe in every atom but known(); a range is compared as
 * an interval; a group of words as "one of these". Telling more never turns a true or
 * false atom into another value. */
#ifndef NEN_ATOM_H
#define NEN_ATOM_H

#include "internal.h"

/* Kleene's strong logic: false 0, maybe 1, true 2. */
static inline unsigned nen__and(unsigned a, unsigned b) {
    return a < b ? a : b;
}

static inline unsigned nen__or(unsigned a, unsigned b) {
    return a > b ? a : b;
}

static inline unsigned nen__not(unsigned a) {
    return NEN_TRUE - a;
}

/* ---- of a value that is known ---- */

/* Is the whole interval below x (T), above or at it (F), or across it (maybe)? */
static inline unsigned nen__below(const nen_value *v, double x) {
    if (v->num.hi < x || (v->num.hi == x && (v->flags & NEN_HI_OPEN))) return NEN_TRUE;
    return v->num.lo >= x ? NEN_FALSE : NEN_MAYBE;
}

static inline unsigned nen__at_most(const nen_value *v, double x) {
    if (v->num.hi <= x) return NEN_TRUE;
    if (v->num.lo > x || (v->num.lo == x && (v->flags & NEN_LO_OPEN))) return NEN_FALSE;
    return NEN_MAYBE;
}

static inline unsigned nen__equals(const nen_value *v, double x) {
    if (v->num.lo == x && v->num.hi == x) return NEN_TRUE;
    /* outside the interval: below it or not at most its top */
    if (nen__below(v, x) == NEN_TRUE || nen__at_most(v, x) == NEN_FALSE)
        return NEN_FALSE;
    return NEN_MAYBE;
}

/* Number of members as an interval: a list that may be longer has no upper end. */
static inline nen_value nen__members(const nen_value *v) {
    nen_value n = {.known = v->known, .flags = 0};
    unsigned count = 0;
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++)
        if (v->set[i]) count += nen__popcount(v->set[i]);
    n.num.lo = count;
    n.num.hi = v->flags & NEN_PERHAPS_MORE ? NEN_WORDS_MAX : count;
    return n;
}

/* ---- atoms: `f` is the field's value, (s0, s1) a set of words ---- */

static inline unsigned nen__a_known(const nen_value *f) {
    return f->known ? NEN_TRUE : NEN_FALSE;
}

static inline unsigned nen__a_yes(const nen_value *f) {
    if (f->known != NEN_KNOWN || f->num.lo != f->num.hi) return NEN_MAYBE;
    return f->num.lo != 0 ? NEN_TRUE : NEN_FALSE;
}

static inline unsigned nen__a_lt(const nen_value *f, double x) {
    return f->known == NEN_KNOWN ? nen__below(f, x) : NEN_MAYBE;
}

static inline unsigned nen__a_le(const nen_value *f, double x) {
    return f->known == NEN_KNOWN ? nen__at_most(f, x) : NEN_MAYBE;
}

static inline unsigned nen__a_eq(const nen_value *f, double x) {
    return f->known == NEN_KNOWN ? nen__equals(f, x) : NEN_MAYBE;
}

static inline unsigned nen__a_in(const nen_value *f, uint64_t s0, uint64_t s1) {
    if (f->known != NEN_KNOWN) return NEN_MAYBE;
    if (!((f->set[0] & s0) | (f->set[1] & s1))) return NEN_FALSE;
    return (f->set[0] & ~s0) | (f->set[1] & ~s1) ? NEN_MAYBE : NEN_TRUE;
}

static inline unsigned nen__a_has(const nen_value *f, uint64_t s0, uint64_t s1) {
    if (f->known != NEN_KNOWN) return NEN_MAYBE;
    if ((f->set[0] & s0) | (f->set[1] & s1)) return NEN_TRUE;
    return f->flags & NEN_PERHAPS_MORE ? NEN_MAYBE : NEN_FALSE;
}

static inline unsigned nen__a_only(const nen_value *f, uint64_t s0, uint64_t s1) {
    if (f->known != NEN_KNOWN) return NEN_MAYBE;
    if ((f->set[0] & ~s0) | (f->set[1] & ~s1)) return NEN_FALSE;
    if (f->flags & NEN_PERHAPS_MORE) return NEN_MAYBE;
    return (f->set[0] & s0) | (f->set[1] & s1) ? NEN_TRUE : NEN_FALSE;
}

static inline unsigned nen__a_count_lt(const nen_value *f, double x) {
    if (f->known != NEN_KNOWN) return NEN_MAYBE;
    const nen_value n = nen__members(f);
    return nen__below(&n, x);
}

static inline unsigned nen__a_count_le(const nen_value *f, double x) {
    if (f->known != NEN_KNOWN) return NEN_MAYBE;
    const nen_value n = nen__members(f);
    return nen__at_most(&n, x);
}

static inline unsigned nen__a_count_eq(const nen_value *f, double x) {
    if (f->known != NEN_KNOWN) return NEN_MAYBE;
    const nen_value n = nen__members(f);
    return nen__equals(&n, x);
}

/* ---- of the option in hand; without one they are false ---- */

static inline unsigned nen__a_option_in(uint16_t option, uint64_t s0, uint64_t s1) {
    if (option == NEN_NONE) return NEN_FALSE;
    return (option < 64 ? s0 : s1) >> (option % 64) & 1 ? NEN_TRUE : NEN_FALSE;
}

static inline unsigned nen__a_option_listed(uint16_t option, const nen_value *list) {
    if (option == NEN_NONE) return NEN_FALSE;
    const uint64_t bit = (uint64_t)1 << (option % 64);
    return nen__a_has(list, option < 64 ? bit : 0, option < 64 ? 0 : bit);
}

#endif
