/* knowc_program.c - prints predicates.c: each predicate as a C function.
 *
 * The operands of its outermost `and` or `or` are asked one after the other, and the
 * rest is left out as soon as it cannot change the truth (false in `and`, true in
 * `or`); what is inside brackets is one expression of core/atom.h. */
#include "knowc.h"

#include <string.h>

enum { OPERANDS_MAX = 128 };

static bool joins(const kc_op *op) {
    return op->code == NEN__OP_AND || op->code == NEN__OP_OR;
}

/* First operation of the operand that ends at `last` (postfix order). */
static unsigned start_of(const kc_op *op, unsigned last) {
    unsigned need = 1;
    for (unsigned i = last + 1; i-- > 0;) {
        if (joins(&op[i])) {
            need++;
        } else if (op[i].code != NEN__OP_NOT) {
            need--;
        }
        if (!need) return i;
    }
    return 0;
}

/* ---- atoms ---- */

static void set_atom(const kc *k, const kc_op *op, const char *name, kc_buf *out) {
    const uint64_t *s = k->sets[op->arg].bits;
    kc_print(out, "nen__a_%s(&f[%u], 0x%llx, 0x%llx)", name, op->field,
             (unsigned long long)s[0], (unsigned long long)s[1]);
}

/* `not` when the operation is the opposite of the atom: >= of <. */
static void number_atom(const kc *k, const kc_op *op, const char *name, bool opposite,
                        kc_buf *out) {
    if (opposite) kc_print(out, "nen__not(");
    kc_print(out, "nen__a_%s(&f[%u], %.17g)", name, op->field, k->number[op->arg]);
    if (opposite) kc_print(out, ")");
}

static void option_atom(const kc *k, const kc_op *op, kc_buf *out) {
    const unsigned list =
        (unsigned)(op->code == NEN__OP_OPTION_PRIOR ? k->vocab.prior
                                                    : k->vocab.current);
    if (op->code != NEN__OP_OPTION_IN) {
        kc_print(out, "nen__a_option_listed(option, &f[%u])", list);
        return;
    }
    const uint64_t *s = k->sets[op->arg].bits;
    kc_print(out, "nen__a_option_in(option, 0x%llx, 0x%llx)", (unsigned long long)s[0],
             (unsigned long long)s[1]);
}

static void atom(const kc *k, const kc_op *op, kc_buf *out) {
    switch (op->code) {
        case NEN__OP_CONST:
            kc_print(out, "%uu", op->arg);
            return;
        case NEN__OP_KNOWN:
            kc_print(out, "nen__a_known(&f[%u])", op->field);
            return;
        case NEN__OP_BOOL:
            kc_print(out, "nen__a_yes(&f[%u])", op->field);
            return;
        case NEN__OP_IN:
            set_atom(k, op, "in", out);
            return;
        case NEN__OP_HAS:
            set_atom(k, op, "has", out);
            return;
        case NEN__OP_ONLY:
            set_atom(k, op, "only", out);
            return;
        case NEN__OP_LT:
        case NEN__OP_GE:
            number_atom(k, op, "lt", op->code == NEN__OP_GE, out);
            return;
        case NEN__OP_LE:
        case NEN__OP_GT:
            number_atom(k, op, "le", op->code == NEN__OP_GT, out);
            return;
        case NEN__OP_EQ:
        case NEN__OP_NE:
            number_atom(k, op, "eq", op->code == NEN__OP_NE, out);
            return;
        case NEN__OP_COUNT_LT:
        case NEN__OP_COUNT_GE:
            number_atom(k, op, "count_lt", op->code == NEN__OP_COUNT_GE, out);
            return;
        case NEN__OP_COUNT_LE:
        case NEN__OP_COUNT_GT:
            number_atom(k, op, "count_le", op->code == NEN__OP_COUNT_GT, out);
            return;
        case NEN__OP_COUNT_EQ:
            number_atom(k, op, "count_eq", false, out);
            return;
        default:
            option_atom(k, op, out);
            return;
    }
}

/* ---- expressions and functions ---- */

static void expression(const kc *k, const kc_op *op, unsigned last, kc_buf *out) {
    if (op[last].code == NEN__OP_NOT) {
        kc_print(out, "nen__not(");
        expression(k, op, last - 1, out);
        kc_print(out, ")");
    } else if (joins(&op[last])) {
        const unsigned right = start_of(op, last - 1);
        kc_print(out, op[last].code == NEN__OP_AND ? "nen__and(" : "nen__or(");
        expression(k, op, right - 1, out);
        kc_print(out, ", ");
        expression(k, op, last - 1, out);
        kc_print(out, ")");
    } else {
        atom(k, &op[last], out);
    }
}

/* Operands of a chain of `code` that ends at `last`, left to right: where each ends. */
static unsigned operands(const kc_op *op, unsigned last, unsigned code, unsigned *end) {
    if (op[last].code != code) {
        end[0] = last;
        return 1;
    }
    const unsigned right = start_of(op, last - 1);
    const unsigned n = operands(op, right - 1, code, end);
    if (n >= OPERANDS_MAX / 2) {
        end[n] = last - 1;
        return n + 1;
    }
    return n + operands(op, last - 1, code, end + n);
}

static void chain(const kc *k, const kc_op *op, unsigned last, kc_buf *out) {
    unsigned end[OPERANDS_MAX];
    const bool both = op[last].code == NEN__OP_AND;
    const unsigned n = operands(op, last, op[last].code, end);
    kc_print(out, "    unsigned t = ");
    expression(k, op, end[0], out);
    for (unsigned i = 1; i < n; i++) {
        kc_print(out, ";\n    if (t == %s) return t;\n    t = %s(t, ",
                 both ? "NEN_FALSE" : "NEN_TRUE", both ? "nen__and" : "nen__or");
        expression(k, op, end[i], out);
        kc_print(out, ")");
    }
    kc_print(out, ";\n    return t;\n");
}

static void function(const kc *k, kc_span pred, kc_buf *out) {
    const kc_op *op = k->op + pred.first;
    kc_print(out,
             "static unsigned p%u(const nen_value *f, uint16_t option) {\n"
             "    (void)f;\n    (void)option;\n",
             pred.id);
    if (!pred.count) {
        kc_print(out, "    return NEN_TRUE;\n");
    } else if (joins(&op[pred.count - 1])) {
        chain(k, op, pred.count - 1u, out);
    } else {
        kc_print(out, "    return ");
        expression(k, op, pred.count - 1u, out);
        kc_print(out, ";\n");
    }
    kc_print(out, "}\n\n");
}

/* ---- what the program needs to know ---- */

/* Adds the field that an operation asks for. */
static void op_field(const kc *k, const kc_op *op, uint64_t *fields) {
    unsigned field = op->field;
    if (op->code == NEN__OP_OPTION_PRIOR) field = (unsigned)k->vocab.prior;
    if (op->code == NEN__OP_OPTION_CURRENT) field = (unsigned)k->vocab.current;
    const bool names = op->code >= NEN__OP_KNOWN && op->code != NEN__OP_OPTION_IN;
    if (names) fields[field / 64] |= (uint64_t)1 << (field % 64);
}

void kc_pred_fields(const kc *k, kc_span pred, uint64_t *fields) {
    for (unsigned i = 0; i < pred.count; i++)
        op_field(k, &k->op[pred.first + i], fields);
}

static bool names_option(const kc *k, kc_span pred) {
    for (unsigned i = 0; i < pred.count; i++)
        if (k->op[pred.first + i].code >= NEN__OP_OPTION_IN) return true;
    return false;
}

/* Fields without which the operand that ends at `last` can never be true, and never be
 * false. */
typedef struct needs {
    uint64_t yes[NEN__FIELD_CHUNKS], no[NEN__FIELD_CHUNKS];
} needs;

/* Without an option in hand the atoms about it are false, whatever is known. */
static needs atom_needs(const kc *k, const kc_op *op) {
    needs out = {{0}, {0}};
    op_field(k, op, out.yes);
    if (op->code != NEN__OP_KNOWN && op->code < NEN__OP_OPTION_IN)
        op_field(k, op, out.no);
    return out;
}

static needs needs_of(const kc *k, const kc_op *ops, unsigned last) {
    const kc_op *op = &ops[last];
    if (op->code == NEN__OP_NOT) {
        const needs a = needs_of(k, ops, last - 1);
        needs out;
        memcpy(out.yes, a.no, sizeof out.yes);
        memcpy(out.no, a.yes, sizeof out.no);
        return out;
    }
    if (!joins(op)) return atom_needs(k, op);
    const needs b = needs_of(k, ops, last - 1);
    needs a = needs_of(k, ops, start_of(ops, last - 1) - 1);
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++) {
        const bool both = op->code == NEN__OP_AND; /* both must be true, either false */
        a.yes[i] = both ? a.yes[i] | b.yes[i] : a.yes[i] & b.yes[i];
        a.no[i] = both ? a.no[i] & b.no[i] : a.no[i] | b.no[i];
    }
    return a;
}

/* Comparisons of fields, perhaps negated, joined by `and` alone or by `or` alone. */
static bool flat(const kc *k, kc_span pred) {
    unsigned ands = 0, ors = 0;
    for (unsigned i = 0; i < pred.count; i++) {
        const kc_op *op = &k->op[pred.first + i];
        if (op->code == NEN__OP_CONST || op->code >= NEN__OP_OPTION_IN) return false;
        if (op->code == NEN__OP_NOT && joins(op - 1)) return false;
        ands += op->code == NEN__OP_AND;
        ors += op->code == NEN__OP_OR;
    }
    return !ands || !ors;
}

static void print_fields(kc_buf *out, const char *member, const uint64_t *fields) {
    kc_print(out, ".%s = {", member);
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        kc_print(out, i ? ", 0x%llx" : "0x%llx", (unsigned long long)fields[i]);
    kc_print(out, "}, ");
}

static void program(const kc *k, kc_span pred, kc_buf *out) {
    static const nen_value nothing[NEN_FIELDS_MAX];
    uint64_t fields[NEN__FIELD_CHUNKS] = {0};
    needs need = {{0}, {0}};
    kc_pred_fields(k, pred, fields);
    if (pred.count) need = needs_of(k, k->op + pred.first, pred.count - 1u);
    kc_print(out, "    {");
    print_fields(out, "fields", fields);
    print_fields(out, "must", need.yes);
    kc_print(out, ".truth = p%u, .first = %u, .count = %u, .blank = ", pred.id,
             pred.first, pred.count);
    if (names_option(k, pred)) {
        kc_print(out, "NEN__BLANK_NONE");
    } else {
        kc_print(out, "%d", (int)kc_truth(k, nothing, pred));
    }
    kc_print(out, ", .flat = %d},\n", flat(k, pred));
}

/* ---- numbers that a field is compared with ---- */

static unsigned insert(double *cut, unsigned n, double x) {
    unsigned at = 0;
    while (at < n && cut[at] < x)
        at++;
    if (at < n && cut[at] == x) return n;
    for (unsigned i = n; i > at; i--)
        cut[i] = cut[i - 1];
    cut[at] = x;
    return n + 1;
}

/* In rising order, by field: between two of them no predicate changes. */
static void cuts(const kc *k, kc_buf *out) {
    double *cut = kc_alloc((k->numbers + 1) * sizeof *cut);
    kc_buf ranges = {0};
    unsigned total = 0;
    kc_begin(out, "double", "cuts");
    for (unsigned f = 0; f < k->vocab.fields; f++) {
        unsigned n = 0;
        for (unsigned i = 0; i < k->ops; i++) {
            const kc_op *op = &k->op[i];
            if (op->field == f && op->code >= NEN__OP_LT && op->code <= NEN__OP_NE)
                n = insert(cut, n, k->number[op->arg]);
        }
        for (unsigned i = 0; i < n; i++)
            kc_print(out, "    %.17g,\n", cut[i]);
        kc_print(&ranges, "    {%u, %u},\n", total, n);
        total += n;
    }
    kc_end(out, "cuts", total);
    kc_begin(out, "nen__range", "cuts_at");
    kc_print(out, "%s", ranges.text ? ranges.text : "");
    kc_end(out, "cuts_at", k->vocab.fields);
}

void kc_emit_programs(const kc *k, kc_buf *out) {
    for (unsigned i = 0; i < k->preds; i++)
        function(k, k->pred[i], out);
    kc_begin(out, "nen__program", "programs");
    for (unsigned i = 0; i < k->preds; i++)
        program(k, k->pred[i], out);
    kc_end(out, "programs", k->preds);
    cuts(k, out);
}
