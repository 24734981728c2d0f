/* predicate.c - the one evaluator: three-valued truth of a compiled predicate.
 *
 * Kleene's strong logic: false 0, maybe 1, true 2; `and` is the smaller, `or` the
 * larger, `not` is 2 - x. A field that was not told is maybe in every atom but
 * known(); a range is compared as an interval; a group of words as "one of these".
 * Telling more never turns a true or false predicate into another value. */
#include "internal.h"

/* Is the whole interval below x (T), above or at it (F), or across it (maybe)? */
static nen_truth less(const nen_value *v, double x) {
    if (v->known != NEN_KNOWN) return NEN_MAYBE;
    if (v->num.hi < x || (v->num.hi == x && (v->flags & NEN_HI_OPEN))) return NEN_TRUE;
    return v->num.lo >= x ? NEN_FALSE : NEN_MAYBE;
}

static nen_truth less_equal(const nen_value *v, double x) {
    if (v->known != NEN_KNOWN) return NEN_MAYBE;
    if (v->num.hi <= x) return NEN_TRUE;
    if (v->num.lo > x || (v->num.lo == x && (v->flags & NEN_LO_OPEN))) return NEN_FALSE;
    return NEN_MAYBE;
}

static nen_truth negate(nen_truth t) {
    return (nen_truth)(NEN_TRUE - t);
}

static nen_truth equal(const nen_value *v, double x) {
    if (v->known != NEN_KNOWN) return NEN_MAYBE;
    if (v->num.lo == x && v->num.hi == x) return NEN_TRUE;
    /* outside the interval: below it or not at most its top */
    if (less(v, x) == NEN_TRUE || less_equal(v, x) == NEN_FALSE) return NEN_FALSE;
    return NEN_MAYBE;
}

static nen_truth yes(const nen_value *v) {
    if (v->known != NEN_KNOWN || v->num.lo != v->num.hi) return NEN_MAYBE;
    return v->num.lo != 0 ? NEN_TRUE : NEN_FALSE;
}

static nen_truth in(const nen_value *v, const nen__set *s) {
    if (v->known != NEN_KNOWN) return NEN_MAYBE;
    uint64_t inside = 0, outside = 0;
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++) {
        inside |= v->set[i] & s->bits[i];
        outside |= v->set[i] & ~s->bits[i];
    }
    if (!inside) return NEN_FALSE;
    return outside ? NEN_MAYBE : NEN_TRUE;
}

static nen_truth has(const nen_value *v, const nen__set *s) {
    if (v->known != NEN_KNOWN) return NEN_MAYBE;
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++)
        if (v->set[i] & s->bits[i]) return NEN_TRUE;
    return v->flags & NEN_PERHAPS_MORE ? NEN_MAYBE : NEN_FALSE;
}

static nen_truth only(const nen_value *v, const nen__set *s) {
    if (v->known != NEN_KNOWN) return NEN_MAYBE;
    uint64_t inside = 0;
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++) {
        if (v->set[i] & ~s->bits[i]) return NEN_FALSE;
        inside |= v->set[i];
    }
    if (v->flags & NEN_PERHAPS_MORE) return NEN_MAYBE;
    return inside ? NEN_TRUE : NEN_FALSE;
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
    nen__set one = {{0}};
    nen__add(one.bits, option);
    return has(list, &one);
}

static nen_truth count_atom(const nen_case *facts, const nen__op *op) {
    const nen_value n = members(&facts->field[op->field]);
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

static nen_truth atom(const nen_case *facts, const nen__op *op, uint16_t option) {
    const nen_value *v = &facts->field[op->field];
    switch (op->code) {
        case NEN__OP_CONST: return (nen_truth)op->arg;
        case NEN__OP_KNOWN: return v->known ? NEN_TRUE : NEN_FALSE;
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
        case NEN__OP_OPTION_IN:
        case NEN__OP_OPTION_PRIOR:
        case NEN__OP_OPTION_CURRENT: return option_atom(facts, op, option);
        default: return count_atom(facts, op);
    }
}

nen_truth nen__eval(const nen_case *facts, nen__pred pred, uint16_t option) {
    uint8_t stack[NEN__PRED_DEPTH + 1];
    unsigned top = 0;
    stack[0] = NEN_TRUE; /* an empty predicate is true */
    for (unsigned i = 0; i < pred.count; i++) {
        const nen__op *op = &nen__ops[pred.first + i];
        if (op->code == NEN__OP_NOT) {
            stack[top] = (uint8_t)(NEN_TRUE - stack[top]);
        } else if (op->code == NEN__OP_AND) {
            top--;
            if (stack[top + 1] < stack[top]) stack[top] = stack[top + 1];
        } else if (op->code == NEN__OP_OR) {
            top--;
            if (stack[top + 1] > stack[top]) stack[top] = stack[top + 1];
        } else {
            stack[++top] = (uint8_t)atom(facts, op, option);
        }
    }
    return (nen_truth)stack[top];
}

void nen__maybes(const nen_case *facts, nen__pred pred, uint64_t *fields) {
    for (unsigned i = 0; i < pred.count; i++) {
        const nen__op *op = &nen__ops[pred.first + i];
        const bool joins = op->code == NEN__OP_NOT || op->code == NEN__OP_AND ||
                           op->code == NEN__OP_OR || op->code == NEN__OP_CONST;
        if (joins || op->code >= NEN__OP_OPTION_IN) continue;
        if (op->code == NEN__OP_KNOWN) {
            if (!facts->field[op->field].known) nen__add(fields, op->field);
        } else if (atom(facts, op, NEN_NONE) == NEN_MAYBE) {
            nen__add(fields, op->field);
        }
    }
}
