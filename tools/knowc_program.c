/* knowc_program.c - prints the programs of the evaluator: postfix operations of a
 * predicate rewritten so that `and` and `or` can leave early.
 *
 * A chain of one operator becomes: first operand, then each further operand joined to
 * what stands; after every operand but the last a jump over the rest, taken when the
 * rest cannot change the truth (false in `and`, true in `or`). */
#include "knowc.h"

#include <string.h>

enum { OPERANDS_MAX = 128 };

typedef struct flow {
    const kc *k;
    const kc_op *op; /* postfix operations of the predicate */
    nen__op out[2 * KP_OPS_MAX];
    unsigned count;
} flow;

static bool joins(const kc_op *op) {
    return op->code == NEN__OP_AND || op->code == NEN__OP_OR;
}

/* First operation of the operand that ends at `last`. */
static unsigned start_of(const flow *f, unsigned last) {
    unsigned need = 1;
    for (unsigned i = last + 1; i-- > 0;) {
        if (joins(&f->op[i])) {
            need++;
        } else if (f->op[i].code != NEN__OP_NOT) {
            need--;
        }
        if (!need) return i;
    }
    return 0;
}

static void add(flow *f, const kc_op *op, bool negate, unsigned join) {
    if (!f->count && join == NEN__JOIN_PUSH) join = NEN__JOIN_SET;
    if (negate) join += NEN__JOIN_NOT;
    f->out[f->count++] = (nen__op){
        .code = op->code, .field = op->field, .arg = op->arg, .join = (uint8_t)join};
}

/* Operands of a chain of `code` that ends at `last`, left to right: where each ends. */
static unsigned operands(const flow *f, unsigned last, unsigned code, unsigned *end) {
    if (f->op[last].code != code) {
        end[0] = last;
        return 1;
    }
    const unsigned right = start_of(f, last - 1);
    const unsigned n = operands(f, right - 1, code, end);
    if (n >= OPERANDS_MAX / 2) {
        end[n] = last - 1;
        return n + 1;
    }
    return n + operands(f, last - 1, code, end + n);
}

static void emit(flow *f, unsigned last, unsigned join);

/* After a bracket: its truth joined to what stood before it. */
static void join_up(flow *f, unsigned join) {
    const kc_op op = {.code = join == NEN__JOIN_AND ? NEN__OP_AND : NEN__OP_OR};
    if (join != NEN__JOIN_PUSH) add(f, &op, false, NEN__JOIN_SET);
}

static void chain(flow *f, unsigned last, unsigned join) {
    unsigned end[OPERANDS_MAX], leave[OPERANDS_MAX];
    const unsigned code = f->op[last].code;
    const bool both = code == NEN__OP_AND;
    const unsigned n = operands(f, last, code, end);
    for (unsigned i = 0; i < n; i++) {
        emit(f, end[i], !i ? NEN__JOIN_PUSH : both ? NEN__JOIN_AND : NEN__JOIN_OR);
        leave[i] = f->count - 1;
    }
    for (unsigned i = 0; i + 1 < n; i++) {
        const unsigned skip = f->count - 1 - leave[i];
        if (skip <= UINT8_MAX)
            f->out[leave[i]].skip[both ? NEN_FALSE : NEN_TRUE] = (uint8_t)skip;
    }
    join_up(f, join);
}

static void emit(flow *f, unsigned last, unsigned join) {
    const kc_op *op = &f->op[last];
    if (joins(op)) {
        chain(f, last, join);
    } else if (op->code != NEN__OP_NOT) {
        add(f, op, false, join);
    } else if (!joins(op - 1) && op[-1].code != NEN__OP_NOT) {
        add(f, op - 1, true, join);
    } else {
        emit(f, last - 1, NEN__JOIN_PUSH);
        add(f, op, false, NEN__JOIN_SET);
        join_up(f, join);
    }
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

static needs needs_of(const kc *k, const flow *f, unsigned last) {
    const kc_op *op = &f->op[last];
    if (op->code == NEN__OP_NOT) {
        const needs a = needs_of(k, f, last - 1);
        needs out;
        memcpy(out.yes, a.no, sizeof out.yes);
        memcpy(out.no, a.yes, sizeof out.no);
        return out;
    }
    if (!joins(op)) return atom_needs(k, op);
    const needs b = needs_of(k, f, last - 1);
    needs a = needs_of(k, f, start_of(f, last - 1) - 1);
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++) {
        const bool both = op->code == NEN__OP_AND; /* both must be true, either false */
        a.yes[i] = both ? a.yes[i] | b.yes[i] : a.yes[i] & b.yes[i];
        a.no[i] = both ? a.no[i] & b.no[i] : a.no[i] | b.no[i];
    }
    return a;
}

static void print_fields(kc_buf *out, const char *member, const uint64_t *fields) {
    kc_print(out, ".%s = {", member);
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        kc_print(out, i ? ", 0x%llx" : "0x%llx", (unsigned long long)fields[i]);
    kc_print(out, "}, ");
}

static void program(const flow *f, kc_span pred, unsigned first, kc_buf *out) {
    static const nen_value nothing[NEN_FIELDS_MAX];
    const kc *k = f->k;
    uint64_t fields[NEN__FIELD_CHUNKS] = {0};
    needs need = {{0}, {0}};
    kc_pred_fields(k, pred, fields);
    if (pred.count) need = needs_of(k, f, pred.count - 1u);
    kc_print(out, "    {");
    print_fields(out, "fields", fields);
    print_fields(out, "must", need.yes);
    kc_print(out, ".first = %u, .count = %u, .blank = ", first, f->count);
    if (names_option(k, pred)) {
        kc_print(out, "NEN__BLANK_NONE},\n");
    } else {
        kc_print(out, "%d},\n", (int)kc_truth(k, nothing, pred));
    }
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
    static flow f;
    kc_buf programs = {0};
    unsigned total = 0;
    kc_begin(out, "nen__op", "ops");
    for (unsigned i = 0; i < k->preds; i++) {
        f = (flow){.k = k, .op = k->op + k->pred[i].first};
        if (k->pred[i].count) emit(&f, k->pred[i].count - 1u, NEN__JOIN_PUSH);
        for (unsigned j = 0; j < f.count; j++) {
            kc_print(out, "    {%u, %u, %u, %u, {%u, 0, %u}},\n", f.out[j].code,
                     f.out[j].field, f.out[j].arg, f.out[j].join, f.out[j].skip[0],
                     f.out[j].skip[NEN_TRUE]);
        }
        program(&f, k->pred[i], total, &programs);
        total += f.count;
    }
    kc_end(out, "ops", total);
    kc_begin(out, "nen__program", "programs");
    kc_print(out, "%s", programs.text);
    kc_end(out, "programs", k->preds);
    cuts(k, out);
}
