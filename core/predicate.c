/* predicate.c - the one evaluator: three-valued truth of a compiled predicate.
 *
 * Kleene's strong logic: false 0, maybe 1, true 2; `and` is the smaller, `or` the
 * larger, `not` is 2 - x. A field that was not told is maybe in every atom but
 * known(); a range is compared as an interval; a group of words as "one of these".
 * Telling more never turns a true or false predicate into another value. */
#include "internal.h"

/* Is the whole interval below x (T), above or at it (F), or across it (maybe)? */
static nen_truth less(const nen_value *v, double x) {
    if (v->num.hi < x || (v->num.hi == x && (v->flags & NEN_HI_OPEN))) return NEN_TRUE;
    return v->num.lo >= x ? NEN_FALSE : NEN_MAYBE;
}

static nen_truth less_equal(const nen_value *v, double x) {
    if (v->num.hi <= x) return NEN_TRUE;
    if (v->num.lo > x || (v->num.lo == x && (v->flags & NEN_LO_OPEN))) return NEN_FALSE;
    return NEN_MAYBE;
}

static nen_truth negate(nen_truth t) {
    return (nen_truth)(NEN_TRUE - t);
}

static nen_truth equal(const nen_value *v, double x) {
    if (v->num.lo == x && v->num.hi == x) return NEN_TRUE;
    /* outside the interval: below it or not at most its top */
    if (less(v, x) == NEN_TRUE || less_equal(v, x) == NEN_FALSE) return NEN_FALSE;
    return NEN_MAYBE;
}

static nen_truth yes(const nen_value *v) {
    if (v->num.lo != v->num.hi) return NEN_MAYBE;
    return v->num.lo != 0 ? NEN_TRUE : NEN_FALSE;
}

/* Members of a word or list inside a set, and outside it; only whether there are any. */
static inline uint64_t inside(const nen_value *v, const nen__set *s) {
    return (v->set[0] & s->bits[0]) | (v->set[1] & s->bits[1]);
}

static inline uint64_t outside(const nen_value *v, const nen__set *s) {
    return (v->set[0] & ~s->bits[0]) | (v->set[1] & ~s->bits[1]);
}

static inline nen_truth in(const nen_value *v, const nen__set *s) {
    if (!inside(v, s)) return NEN_FALSE;
    return outside(v, s) ? NEN_MAYBE : NEN_TRUE;
}

static inline nen_truth has(const nen_value *v, const nen__set *s) {
    if (inside(v, s)) return NEN_TRUE;
    return v->flags & NEN_PERHAPS_MORE ? NEN_MAYBE : NEN_FALSE;
}

static inline nen_truth only(const nen_value *v, const nen__set *s) {
    if (outside(v, s)) return NEN_FALSE;
    if (v->flags & NEN_PERHAPS_MORE) return NEN_MAYBE;
    return inside(v, s) ? NEN_TRUE : NEN_FALSE;
}

/* Number of members as an interval: a list that may be longer has no upper end. */
static nen_value members(const nen_value *v) {
    nen_value n = {.known = v->known, .flags = 0};
    unsigned count = 0;
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++) count += nen__popcount(v->set[i]);
    n.num.lo = count;
    n.num.hi = v->flags & NEN_PERHAPS_MORE ? NEN_WORDS_MAX : count;
    return n;
}

static nen_truth in_list(const nen_value *list, uint16_t option) {
    if (option == NEN_NONE) return NEN_FALSE;
    if (list->known != NEN_KNOWN) return NEN_MAYBE;
    nen__set one = {{0}};
    nen__add(one.bits, option);
    return has(list, &one);
}

static nen_truth count_atom(const nen_value *v, const nen__op *op) {
    const nen_value n = members(v);
    const double x = nen__number[op->arg];
    switch (op->code) {
        case NEN__OP_COUNT_LT: return less(&n, x);
        case NEN__OP_COUNT_LE: return less_equal(&n, x);
        case NEN__OP_COUNT_GT: return negate(less_equal(&n, x));
        case NEN__OP_COUNT_GE: return negate(less(&n, x));
        default: return equal(&n, x);
    }
}

static nen_truth option_atom(const nen_case *facts, const nen__op *op,
                             uint16_t option) {
    switch (op->code) {
        case NEN__OP_OPTION_PRIOR:
            return in_list(&facts->field[NEN__F_PRIOR], option);
        case NEN__OP_OPTION_CURRENT:
            return in_list(&facts->field[NEN__F_CURRENT], option);
        default:
            if (option == NEN_NONE) return NEN_FALSE;
            return nen__bit(nen__sets[op->arg].bits, option) ? NEN_TRUE : NEN_FALSE;
    }
}

/* Atoms that compare what is known of one field. */
static inline nen_truth told_atom(const nen_value *v, const nen__op *op) {
    switch (op->code) {
        case NEN__OP_BOOL: return yes(v);
        case NEN__OP_LT: return less(v, nen__number[op->arg]);
        case NEN__OP_LE: return less_equal(v, nen__number[op->arg]);
        case NEN__OP_GT: return negate(less_equal(v, nen__number[op->arg]));
        case NEN__OP_GE: return negate(less(v, nen__number[op->arg]));
        case NEN__OP_EQ: return equal(v, nen__number[op->arg]);
        case NEN__OP_NE: return negate(equal(v, nen__number[op->arg]));
        case NEN__OP_IN: return in(v, &nen__sets[op->arg]);
        case NEN__OP_HAS: return has(v, &nen__sets[op->arg]);
        case NEN__OP_ONLY: return only(v, &nen__sets[op->arg]);
        default: return count_atom(v, op);
    }
}

static inline nen_truth atom(const nen_case *facts, const nen__op *op,
                             uint16_t option) {
    const nen_value *v = &facts->field[op->field];
    if (op->code - (unsigned)NEN__OP_BOOL <= NEN__OP_COUNT_EQ - NEN__OP_BOOL)
        return v->known == NEN_KNOWN ? told_atom(v, op) : NEN_MAYBE;
    if (op->code == NEN__OP_KNOWN) return v->known ? NEN_TRUE : NEN_FALSE;
    if (op->code == NEN__OP_CONST) return (nen_truth)op->arg;
    return option_atom(facts, op, option);
}

static inline bool is_atom(const nen__op *op) {
    return op->code >= NEN__OP_KNOWN || op->code == NEN__OP_CONST;
}

/* Steps of one program. acc is the top of the stack. */
static nen_truth run(const nen_case *facts, const nen__program *p, uint16_t option) {
    static const uint8_t joined[2 * NEN__JOIN_NOT][3][3] = {
        /* by top and atom: false, maybe, true */
        [NEN__JOIN_SET] = {{0, 1, 2}, {0, 1, 2}, {0, 1, 2}},
        [NEN__JOIN_PUSH] = {{0, 1, 2}, {0, 1, 2}, {0, 1, 2}},
        [NEN__JOIN_AND] = {{0, 0, 0}, {0, 1, 1}, {0, 1, 2}},
        [NEN__JOIN_OR] = {{0, 1, 2}, {1, 1, 2}, {2, 2, 2}},
        [NEN__JOIN_NOT + NEN__JOIN_SET] = {{2, 1, 0}, {2, 1, 0}, {2, 1, 0}},
        [NEN__JOIN_NOT + NEN__JOIN_PUSH] = {{2, 1, 0}, {2, 1, 0}, {2, 1, 0}},
        [NEN__JOIN_NOT + NEN__JOIN_AND] = {{0, 0, 0}, {1, 1, 0}, {2, 1, 0}},
        [NEN__JOIN_NOT + NEN__JOIN_OR] = {{2, 1, 0}, {2, 1, 1}, {2, 2, 2}},
    };
    uint8_t below[NEN__PRED_DEPTH + 1];
    unsigned depth = 0, acc = NEN_TRUE;
    const nen__op *op = &nen__ops[p->first], *end = op + p->count;
    for (; op < end; op += 1 + op->skip[acc]) {
        if (is_atom(op)) {
            const unsigned t = atom(facts, op, option);
            if (op->join % NEN__JOIN_NOT == NEN__JOIN_PUSH) below[depth++] = (uint8_t)acc;
            acc = joined[op->join][acc][t];
        } else if (op->code == NEN__OP_NOT) {
            acc = NEN_TRUE - acc;
        } else {
            const unsigned join = op->code == NEN__OP_AND ? NEN__JOIN_AND : NEN__JOIN_OR;
            acc = joined[join][acc][below[--depth]];
        }
    }
    return (nen_truth)acc;
}

nen_truth nen__eval(const nen_case *facts, nen__pred pred, uint16_t option) {
    const nen__program *p = &nen__programs[pred];
    if (p->blank != NEN__BLANK_NONE && !nen__meet(p->fields, facts->told))
        return (nen_truth)p->blank;
    return run(facts, p, option);
}

bool nen__holds(const nen_case *facts, nen__pred pred, uint16_t option) {
    const nen__program *p = &nen__programs[pred];
    if (pred == NEN__PRED_TRUE) return true;
    return nen__within(p->must, facts->told) && run(facts, p, option) == NEN_TRUE;
}

/* What is open below one node: its truth and the fields that could still change it. */
typedef struct {
    nen_truth truth;
    uint64_t fields[NEN__FIELD_CHUNKS];
} open_node;

static bool closed(const open_node *n) {
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        if (n->fields[i]) return false;
    return true;
}

/* `a = a and b` or `a or b`.  A side that settles the node (false in `and`, true in `or`)
 * leaves nothing to ask on the other side. */
static void join(open_node *a, const open_node *b, nen_truth settles) {
    const bool by_a = a->truth == settles, by_b = b->truth == settles;
    const bool keep_a = by_a ? !by_b || !closed(b) : !by_b;
    const bool keep_b = by_b ? !by_a || !closed(a) : !by_a;
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        a->fields[i] = (keep_a ? a->fields[i] : 0) | (keep_b ? b->fields[i] : 0);
    const bool lower = b->truth < a->truth;
    if (lower == (settles == NEN_FALSE)) a->truth = b->truth;
}

static open_node leaf(const nen_case *facts, const nen__op *op, uint16_t option) {
    open_node n = {.truth = atom(facts, op, option)};
    const bool of_option =
        op->code >= NEN__OP_OPTION_IN || op->code == NEN__OP_CONST;
    const bool open = op->code == NEN__OP_KNOWN ? !facts->field[op->field].known
                                                : n.truth == NEN_MAYBE;
    if (open && !of_option) nen__add(n.fields, op->field);
    return n;
}

void nen__maybes(const nen_case *facts, nen__pred pred, uint16_t option,
                 uint64_t *fields) {
    const nen__program *p = &nen__programs[pred];
    open_node below[NEN__PRED_DEPTH + 1], top = {.truth = NEN_TRUE};
    unsigned depth = 0;
    for (const nen__op *op = &nen__ops[p->first], *end = op + p->count; op < end; op++) {
        if (op->code == NEN__OP_NOT) {
            top.truth = negate(top.truth);
        } else if (!is_atom(op)) {
            join(&top, &below[--depth], op->code == NEN__OP_AND ? NEN_FALSE : NEN_TRUE);
        } else {
            open_node n = leaf(facts, op, option);
            const unsigned how = op->join % NEN__JOIN_NOT;
            if (op->join >= NEN__JOIN_NOT) n.truth = negate(n.truth);
            if (how == NEN__JOIN_PUSH) below[depth++] = top;
            if (how == NEN__JOIN_PUSH || how == NEN__JOIN_SET) top = n;
            else join(&top, &n, how == NEN__JOIN_AND ? NEN_FALSE : NEN_TRUE);
        }
    }
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++) fields[i] |= top.fields[i];
}
