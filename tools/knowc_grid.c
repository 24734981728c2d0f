/* knowc_grid.c - the grid of facts that tells the rows of a group apart.
 *
 * Only values that some predicate can tell apart count: cut-offs and the middles
 * between them, and one word for all words that stand in the same sets. */
#include "knowc_cover.h"

#include <math.h>
#include <string.h>

/* ---- truth of a predicate for exact facts; unknown fields are maybe ---- */

static nen_truth of(bool x) {
    return x ? NEN_TRUE : NEN_FALSE;
}

static nen_truth number_truth(unsigned code, double x, double y) {
    switch (code) {
        case NEN__OP_LT:
            return of(x < y);
        case NEN__OP_LE:
            return of(x <= y);
        case NEN__OP_GT:
            return of(x > y);
        case NEN__OP_GE:
            return of(x >= y);
        case NEN__OP_EQ:
            return of(x == y);
        default:
            return of(x != y);
    }
}

static unsigned members(const nen_value *v) {
    unsigned n = 0;
    for (unsigned i = 0; i < KP_CHUNKS; i++) {
        for (uint64_t b = v->set[i]; b; b &= b - 1)
            n++;
    }
    return n;
}

static nen_truth set_truth(unsigned code, const nen_value *v, const nen__set *s) {
    uint64_t in = 0, out = 0;
    for (unsigned i = 0; i < KP_CHUNKS; i++) {
        in |= v->set[i] & s->bits[i];
        out |= v->set[i] & ~s->bits[i];
    }
    return of(code == NEN__OP_ONLY ? in && !out : in != 0);
}

static nen_truth atom(const kc *k, const nen_value *facts, const kc_op *op) {
    const nen_value *v = &facts[op->field];
    if (op->code == NEN__OP_CONST) return (nen_truth)op->arg;
    if (op->code == NEN__OP_KNOWN) return of(v->known);
    if (op->code >= NEN__OP_OPTION_IN || !v->known) return NEN_MAYBE;
    switch (op->code) {
        case NEN__OP_BOOL:
            return of(v->num.lo != 0);
        case NEN__OP_IN:
        case NEN__OP_HAS:
        case NEN__OP_ONLY:
            return set_truth(op->code, v, &k->sets[op->arg]);
        default:
            break;
    }
    if (op->code >= NEN__OP_COUNT_LT) {
        return number_truth(op->code - NEN__OP_COUNT_LT + NEN__OP_LT, members(v),
                            k->number[op->arg]);
    }
    return number_truth(op->code, v->num.lo, k->number[op->arg]);
}

nen_truth kc_truth(const kc *k, const nen_value *facts, kc_span pred) {
    nen_truth stack[NEN__PRED_DEPTH + 1] = {NEN_TRUE};
    unsigned top = 0;
    for (unsigned i = 0; i < pred.count; i++) {
        const kc_op *op = &k->op[pred.first + i];
        const bool joins = op->code == NEN__OP_AND || op->code == NEN__OP_OR;
        if (op->code == NEN__OP_NOT) {
            stack[top] = (nen_truth)(NEN_TRUE - stack[top]);
        } else if (joins) {
            const nen_truth right = stack[top--];
            const bool less = right < stack[top];
            if (less == (op->code == NEN__OP_AND)) stack[top] = right;
        } else {
            stack[++top] = atom(k, facts, op);
        }
    }
    return stack[top];
}

/* ---- values of one field ---- */

static bool same_bytes(const void *a, const void *b, size_t n) {
    return !memcmp(a, b, n);
}

static void add_value(kc_axis *a, const nen_value *v) {
    for (unsigned i = 0; i < a->values; i++)
        if (same_bytes(&a->value[i], v, sizeof *v)) return;
    if (a->values < KC_VALUES_MAX) a->value[a->values++] = *v;
}

static void add_number(kc_axis *a, const nen_field_info *f, double x) {
    nen_value v;
    memset(&v, 0, sizeof v); /* padding too: values are compared as bytes */
    v.num.lo = v.num.hi = x;
    v.known = NEN_KNOWN;
    if (x >= f->lo && x <= f->hi) add_value(a, &v);
}

/* The nearest cut-offs around `x`, or the ends that were passed in. */
static void around(const double *cut, unsigned cuts, double x, double *below,
                   double *above) {
    for (unsigned j = 0; j < cuts; j++) {
        if (cut[j] < x && cut[j] > *below) *below = cut[j];
        if (cut[j] > x && cut[j] < *above) *above = cut[j];
    }
}

/* At each cut-off and on both sides of it: no cut-off lies between two tried values
 * that another value would tell apart. */
static void numbers(kc_axis *a, const nen_field_info *f, const double *cut,
                    unsigned cuts) {
    const bool whole = f->type != NEN_TYPE_NUMBER;
    const nen_field_info free = {.type = f->type, .hi = HUGE_VAL};
    if (f->hi <= f->lo) f = &free; /* dates and codes have no range */
    for (unsigned i = 0; i < cuts; i++) {
        double below = f->lo, above = cut[i] + 1 < f->hi ? cut[i] + 1 : f->hi;
        around(cut, cuts, cut[i], &below, &above);
        add_number(a, f, cut[i]);
        add_number(a, f, whole ? cut[i] - 1 : (below + cut[i]) / 2);
        add_number(a, f, whole ? cut[i] + 1 : (above + cut[i]) / 2);
    }
}

static bool bit(const uint64_t *set, unsigned i) {
    return set[i / 64] >> (i % 64) & 1;
}

static bool at_site(const nen_word_info *w, unsigned site) {
    return !(w->sites[0] | w->sites[1]) || bit(w->sites, site);
}

/* Do the predicates hold words a and b of the field in the same sets? */
static bool alike(const kc *k, unsigned field, unsigned a, unsigned b,
                  const kc_span *pred, unsigned preds) {
    for (unsigned p = 0; p < preds; p++) {
        for (unsigned i = 0; i < pred[p].count; i++) {
            const kc_op *op = &k->op[pred[p].first + i];
            const bool sets = op->code == NEN__OP_IN || op->code == NEN__OP_HAS ||
                              op->code == NEN__OP_ONLY;
            if (!sets || op->field != field) continue;
            const uint64_t *s = k->sets[op->arg].bits;
            if (bit(s, a) != bit(s, b)) return false;
        }
    }
    return true;
}

static void words(kc_axis *a, const kc_grid *g, const kc_span *pred, unsigned preds) {
    const kc *k = g->k;
    const nen_field_info *f = &k->field[a->field];
    unsigned kept[NEN_WORDS_MAX], n = 0;
    nen_value v;
    memset(&v, 0, sizeof v);
    v.known = NEN_KNOWN;
    if (f->type == NEN_TYPE_LIST) add_value(a, &v);
    for (unsigned w = 0; w < f->words; w++) {
        const nen_word_info *word = &k->word[a->field][w];
        if (word->group || !at_site(word, g->site)) continue;
        if (a->field == k->site && w != g->site) continue;
        unsigned i = 0;
        while (i < n && !alike(k, a->field, kept[i], w, pred, preds))
            i++;
        if (i < n) continue;
        kept[n++] = w;
        memset(v.set, 0, sizeof v.set);
        v.set[w / 64] = (uint64_t)1 << (w % 64);
        add_value(a, &v);
    }
}

/* Lists with two words, so that a row which asks for both is reached. */
static void pairs(kc_axis *a) {
    enum { SINGLES = 12 }; /* of more, the pairs would not fit */
    const unsigned n = a->values;
    for (unsigned i = 1; i < n && n <= SINGLES + 1;
         i++) { /* value 0 is the empty list */
        for (unsigned j = i + 1; j < n; j++) {
            nen_value both = a->value[i];
            for (unsigned c = 0; c < KP_CHUNKS; c++)
                both.set[c] |= a->value[j].set[c];
            add_value(a, &both);
        }
    }
}

/* ---- the grid ---- */

static kc_axis *axis_of(kc_grid *g, unsigned field) {
    for (unsigned i = 0; i < g->axes; i++)
        if (g->axis[i].field == field) return &g->axis[i];
    if (g->axes == KC_GRID_FIELDS) {
        g->full = true;
        return NULL;
    }
    g->axis[g->axes] = (kc_axis){.field = field};
    return &g->axis[g->axes++];
}

static bool names_field(const kc_op *op) {
    return op->code >= NEN__OP_KNOWN && op->code < NEN__OP_OPTION_IN;
}

/* Numbers a field is compared with. */
static unsigned cut_offs(const kc *k, unsigned field, const kc_span *pred,
                         unsigned preds, double *out) {
    enum { CUTS = KC_VALUES_MAX / 3 };
    unsigned n = 0;
    for (unsigned p = 0; p < preds; p++) {
        for (unsigned i = 0; i < pred[p].count && n < CUTS; i++) {
            const kc_op *op = &k->op[pred[p].first + i];
            if (op->field == field && op->code >= NEN__OP_LT && op->code <= NEN__OP_NE)
                out[n++] = k->number[op->arg];
        }
    }
    return n;
}

static bool asks_known(const kc *k, unsigned field, const kc_span *pred,
                       unsigned preds) {
    for (unsigned p = 0; p < preds; p++) {
        for (unsigned i = 0; i < pred[p].count; i++) {
            const kc_op *op = &k->op[pred[p].first + i];
            if (op->code == NEN__OP_KNOWN && op->field == field) return true;
        }
    }
    return false;
}

static void fill(kc_axis *a, const kc_grid *g, const kc_span *pred, unsigned preds) {
    const nen_field_info *f = &g->k->field[a->field];
    double cut[KC_VALUES_MAX];
    nen_value unknown;
    memset(&unknown, 0, sizeof unknown);
    if (f->type == NEN_TYPE_WORD || f->type == NEN_TYPE_LIST) {
        words(a, g, pred, preds);
        if (f->type == NEN_TYPE_LIST) pairs(a);
    } else if (f->type == NEN_TYPE_BOOL) {
        const nen_field_info yes_no = {.hi = 1};
        add_number(a, &yes_no, 0);
        add_number(a, &yes_no, 1);
    } else {
        numbers(a, f, cut, cut_offs(g->k, a->field, pred, preds, cut));
    }
    if (!a->values || asks_known(g->k, a->field, pred, preds)) add_value(a, &unknown);
}

void kc_grid_build(kc_grid *g, const kc *k, unsigned site, const kc_span *pred,
                   unsigned preds) {
    memset(g, 0, sizeof *g);
    g->k = k;
    g->site = site;
    for (unsigned p = 0; p < preds; p++) {
        for (unsigned i = 0; i < pred[p].count; i++) {
            const kc_op *op = &k->op[pred[p].first + i];
            if (names_field(op)) axis_of(g, op->field);
        }
    }
    for (unsigned i = 0; i < g->axes; i++)
        fill(&g->axis[i], g, pred, preds);
}

double kc_grid_size(const kc_grid *g) {
    double size = g->full ? HUGE_VAL : 1;
    for (unsigned i = 0; i < g->axes; i++)
        size *= g->axis[i].values;
    return size;
}

void kc_grid_place(kc_grid *g, unsigned long i) {
    for (unsigned a = 0; a < g->axes; a++) {
        kc_axis *x = &g->axis[a];
        x->now = (unsigned)(i % x->values);
        g->facts[x->field] = x->value[x->now];
        i /= x->values;
    }
}

static void print_words(const kc_grid *g, unsigned field, kc_buf *out) {
    bool first = true;
    for (unsigned w = 0; w < g->k->field[field].words; w++) {
        if (!bit(g->facts[field].set, w)) continue;
        kc_print(out, first ? "%s" : ", %s", g->k->word[field][w].word);
        first = false;
    }
    if (first) kc_print(out, "{}");
}

void kc_grid_print(const kc_grid *g, kc_buf *out) {
    for (unsigned a = 0; a < g->axes; a++) {
        const unsigned f = g->axis[a].field;
        const uint8_t type = g->k->field[f].type;
        kc_print(out, out->size ? "; %s " : "%s ", g->k->field[f].name);
        if (!g->facts[f].known) {
            kc_print(out, "not told");
        } else if (type == NEN_TYPE_WORD || type == NEN_TYPE_LIST) {
            print_words(g, f, out);
        } else {
            kc_print(out, "%g", g->facts[f].num.lo);
        }
    }
}
