/* predicate.c - what an answer could settle in a predicate. Its truth is a function
 * that tools/knowc printed (atom.h has the parts). */
#include "atom.h"

/* Truth of a comparison with a number. */
static unsigned number_atom(const nen_value *f, const nen__op *op) {
    const double x = nen__number[op->arg];
    switch (op->code) {
        case NEN__OP_LT:
            return nen__a_lt(f, x);
        case NEN__OP_LE:
            return nen__a_le(f, x);
        case NEN__OP_GT:
            return nen__not(nen__a_le(f, x));
        case NEN__OP_GE:
            return nen__not(nen__a_lt(f, x));
        case NEN__OP_EQ:
            return nen__a_eq(f, x);
        case NEN__OP_NE:
            return nen__not(nen__a_eq(f, x));
        case NEN__OP_COUNT_LT:
            return nen__a_count_lt(f, x);
        case NEN__OP_COUNT_LE:
            return nen__a_count_le(f, x);
        case NEN__OP_COUNT_GT:
            return nen__not(nen__a_count_le(f, x));
        case NEN__OP_COUNT_GE:
            return nen__not(nen__a_count_lt(f, x));
        default:
            return nen__a_count_eq(f, x);
    }
}

static unsigned atom(const nen_case *facts, const nen__op *op, uint16_t option) {
    const nen_value *f = &facts->field[op->field];
    const uint64_t *s = nen__sets[op->arg].bits;
    switch (op->code) {
        case NEN__OP_CONST:
            return op->arg;
        case NEN__OP_KNOWN:
            return nen__a_known(f);
        case NEN__OP_BOOL:
            return nen__a_yes(f);
        case NEN__OP_IN:
            return nen__a_in(f, s[0], s[1]);
        case NEN__OP_HAS:
            return nen__a_has(f, s[0], s[1]);
        case NEN__OP_ONLY:
            return nen__a_only(f, s[0], s[1]);
        case NEN__OP_OPTION_IN:
            return nen__a_option_in(option, s[0], s[1]);
        case NEN__OP_OPTION_PRIOR:
            return nen__a_option_listed(option, &facts->field[NEN__F_PRIOR]);
        case NEN__OP_OPTION_CURRENT:
            return nen__a_option_listed(option, &facts->field[NEN__F_CURRENT]);
        default:
            return number_atom(f, op);
    }
}

/* What is open below one node: its truth and the fields that could still change it. */
typedef struct open_node {
    unsigned truth;
    uint64_t fields[NEN__FIELD_CHUNKS];
} open_node;

static bool closed(const open_node *n) {
    return !(n->fields[0] | n->fields[1] | n->fields[2]);
}

/* `a = a and b` or `a or b`.  A side that settles the node (false in `and`, true in
 * `or`) leaves nothing to ask on the other side. */
static void join(open_node *a, const open_node *b, bool both) {
    const unsigned settles = both ? NEN_FALSE : NEN_TRUE;
    const bool by_a = a->truth == settles, by_b = b->truth == settles;
    const bool keep_a = by_a ? !by_b || !closed(b) : !by_b;
    const bool keep_b = by_b ? !by_a || !closed(a) : !by_a;
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        a->fields[i] = (keep_a ? a->fields[i] : 0) | (keep_b ? b->fields[i] : 0);
    a->truth = both ? nen__and(a->truth, b->truth) : nen__or(a->truth, b->truth);
}

static open_node leaf(const nen_case *facts, const nen__op *op, uint16_t option) {
    open_node n = {.truth = atom(facts, op, option)};
    const bool of_option = op->code >= NEN__OP_OPTION_IN || op->code == NEN__OP_CONST;
    const bool open = op->code == NEN__OP_KNOWN ? !facts->field[op->field].known
                                                : n.truth == NEN_MAYBE;
    if (open && !of_option) nen__add(n.fields, op->field);
    return n;
}

void nen__maybes(const nen_case *facts, nen__pred pred, uint16_t option,
                 uint64_t *fields) {
    const nen__program *p = &nen__programs[pred];
    open_node stack[NEN__PRED_DEPTH + 1];
    unsigned top = 0;
    stack[0] = (open_node){.truth = NEN_TRUE};
    for (unsigned i = 0; i < p->count; i++) {
        const nen__op *op = &nen__ops[p->first + i];
        if (op->code == NEN__OP_NOT) {
            stack[top].truth = nen__not(stack[top].truth);
        } else if (op->code == NEN__OP_AND || op->code == NEN__OP_OR) {
            top--;
            join(&stack[top], &stack[top + 1], op->code == NEN__OP_AND);
        } else {
            stack[++top] = leaf(facts, op, option);
        }
    }
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        fields[i] |= stack[top].fields[i];
}

/* A flat predicate that is maybe: no comparison settles it, so each that is maybe
 * counts, and each field that was not told is in one of those or in known(). */
static void flat_maybes(const nen_case *facts, const nen__program *p,
                        uint64_t *fields) {
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        fields[i] |= p->fields[i] & ~facts->told[i];
    if (!nen__meet(p->fields, facts->told)) return;
    for (unsigned i = 0; i < p->count; i++) {
        const nen__op *op = &nen__ops[p->first + i];
        const bool compares = op->code >= NEN__OP_KNOWN;
        if (compares && nen__bit(facts->told, op->field) &&
            atom(facts, op, NEN_NONE) == NEN_MAYBE)
            nen__add(fields, op->field);
    }
}

nen_truth nen__ask(const nen_case *facts, nen__pred pred, uint64_t *fields) {
    const nen_truth t = nen__eval(facts, pred, NEN_NONE);
    const nen__program *p = &nen__programs[pred];
    if (t != NEN_MAYBE || !fields) return t;
    if (p->flat) {
        flat_maybes(facts, p, fields);
    } else {
        nen__maybes(facts, pred, NEN_NONE, fields);
    }
    return t;
}
