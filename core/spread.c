/* spread.c - localized, regional or distant: extent, nodes and metastases joined as
 * the SEER summary stage joins them [seer_eod33]; not the same thing as T, N and M. */
#include "internal.h"

enum { EXTENT, NODES, METS, AXES };
enum { LOW, NEAR, FAR, UNKNOWN, VALUES }; /* L or NONE, RE or RN, D, U */

/* Values some completion could give, as bits; *first_true is what a registrar would
 * write: the first row that is true, a maybe before it notwithstanding. */
static unsigned read_axis(const nen_case *facts, unsigned site, unsigned axis,
                          unsigned *first_true) {
    unsigned out = 0;
    *first_true = UNKNOWN;
    const nen__row_list list = nen__rows_at(nen__spread_rows_at, axis, site);
    for (unsigned i = 0; i < list.count; i++) {
        const nen__spread_rule *r = &nen__spread_rules[list.row[i]];
        const nen_truth t = nen__eval(facts, r->when, NEN_NONE);
        if (t != NEN_FALSE) out |= 1u << r->value;
        if (t != NEN_TRUE) continue;
        *first_true = r->value;
        return out;
    }
    if (!out) out = axis == METS ? 1u << LOW | 1u << FAR : (1u << UNKNOWN) - 1;
    return out;
}

/* What N and M already say, when the facts behind them were not told. */
static unsigned by_label(unsigned axis, unsigned bits, const nen__site_stage *s) {
    enum { M0 = 1, N0 = 2, N3 = 1 << 6 };
    unsigned can = bits;
    if (axis == METS) {
        if (!(s->m.possible & M0)) {
            can &= 1u << FAR;
        } else if (!(s->m.possible & ~(uint64_t)M0)) {
            can &= 1u << LOW;
        }
    } else if (axis == NODES) {
        if (!(s->n.possible & N0)) {
            can &= ~(1u << LOW);
        } else if (!(s->n.possible & ~(uint64_t)N0)) {
            can &= 1u << LOW;
        }
        if (!(s->n.possible & ~(uint64_t)N3) && s->n.possible) can &= 1u << FAR;
    }
    return can ? can : bits;
}

static unsigned combine(const unsigned in[AXES]) {
    return nen__spread_of[(in[EXTENT] * VALUES + in[NODES]) * VALUES + in[METS]];
}

static uint64_t all_combinations(const unsigned can[AXES]) {
    uint64_t out = 0;
    for (unsigned e = can[EXTENT]; e; e &= e - 1) {
        for (unsigned n = can[NODES]; n; n &= n - 1) {
            for (unsigned m = can[METS]; m; m &= m - 1) {
                const unsigned in[AXES] = {nen__lowest(e), nen__lowest(n),
                                           nen__lowest(m)};
                const unsigned s = combine(in);
                if (s != NEN_LABEL_NULL) out |= (uint64_t)1 << s;
            }
        }
    }
    return out;
}

static unsigned one_of(unsigned bits) {
    return bits && !(bits & (bits - 1)) ? (unsigned)__builtin_ctz(bits) : UNKNOWN;
}

void nen__spread_at(const nen_case *facts, unsigned site, nen__site_stage *out) {
    unsigned can[AXES], in[AXES];
    for (unsigned a = 0; a < AXES; a++) {
        unsigned written;
        can[a] = by_label(a, read_axis(facts, site, a, &written), out);
        in[a] = one_of(can[a]);
        if (in[a] == UNKNOWN && (can[a] >> written & 1)) in[a] = written;
    }
    nen_item *s = &out->spread;
    s->convention = NEN_NONE;
    s->value = NEN_LABEL_NULL;
    s->settled = NEN_POSSIBLE;
    s->possible = all_combinations(can);
    const nen_value *told = &facts->field[NEN__F_SPREAD];
    const bool entered = told->known == NEN_KNOWN && !(told->flags & NEN_DERIVED);
    if (entered && (s->possible & told->set[0])) {
        s->possible &= told->set[0];
    } else if (entered) {
        out->stated_fails = true;
    }
    if (s->possible && !(s->possible & (s->possible - 1))) {
        s->value = (uint8_t)nen__lowest(s->possible);
        s->settled = NEN_DECIDED;
    } else if (in[METS] != UNKNOWN) { /* registries count the unreported as absent */
        s->value = (uint8_t)combine(in);
        if (s->value != NEN_LABEL_NULL) s->settled = NEN_PROVISIONAL;
    }
}
