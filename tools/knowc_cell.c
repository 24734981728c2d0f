/* knowc_cell.c - what a cell may hold: choices, numbers, dates, sets, predicates. */
#include "knowc.h"

#include <stdlib.h>
#include <string.h>

enum { ITEM_MAX = 256 };

const char *kc_get(const kc_at *at, const char *column) {
    return kc_cell(at->table, at->row, column);
}

bool kc_dash(const kc_at *at, const char *column) {
    return !strcmp(kc_get(at, column), "-");
}

/* ---- words of a fixed list ---- */

int kc_index(const char *words, const char *word) {
    const size_t size = strlen(word);
    int index = 0;
    for (const char *p = words; *p; index++) {
        const size_t n = strcspn(p, " ");
        if (n == size && !memcmp(p, word, n)) return index;
        p += n;
        p += strspn(p, " ");
    }
    return -1;
}

void kc_nearest(const char *words, const char *word, char *out, size_t cap) {
    unsigned best = KP_NAME_MAX;
    out[0] = 0;
    for (const char *p = words; *p;) {
        char name[KP_NAME_MAX];
        const size_t n = strcspn(p, " ");
        snprintf(name, sizeof name, "%.*s", (int)n, p);
        const unsigned d = kp_distance(word, name, best);
        if (d < best) best = d, snprintf(out, cap, "%s", name);
        p += n;
        p += strspn(p, " ");
    }
}

static void not_allowed(const kc_at *at, const char *column, const char *words,
                        const char *found) {
    char near[KP_NAME_MAX];
    kc_nearest(words, found, near, sizeof near);
    kc_error(at, column, "`%s` is not allowed; nearest `%s`; allowed: %s", found, near,
             words);
}

int kc_choice(const kc_at *at, const char *column, const char *words, int dash) {
    const char *text = kc_get(at, column);
    const int i = kc_index(words, text);
    if (i >= 0) return i;
    if (!strcmp(text, "-") && dash != KC_DASH_BAD) return dash;
    not_allowed(at, column, words, text);
    return 0;
}

bool kc_yes(const kc_at *at, const char *column) {
    return kc_choice(at, column, "no yes", 0) == 1;
}

uint64_t kc_bits(const kc_at *at, const char *column, const char *words,
                 uint64_t dash) {
    const char *list = kc_get(at, column);
    char item[ITEM_MAX];
    uint64_t bits = 0;
    if (!strcmp(list, "-")) return dash;
    while (kc_item(&list, ',', item, sizeof item)) {
        const int i = kc_index(words, item);
        if (i < 0) {
            not_allowed(at, column, words, item);
        } else {
            bits |= (uint64_t)1 << i;
        }
    }
    return bits;
}

/* ---- lists ---- */

bool kc_item(const char **list, char sep, char *out, size_t cap) {
    const char *p = *list;
    if (!p || !*p) return false;
    const char *stop = strchr(p, sep);
    const char *end = stop ? stop : p + strlen(p);
    *list = stop ? stop + 1 : end;
    while (p < end && *p == ' ')
        p++;
    while (end > p && end[-1] == ' ')
        end--;
    snprintf(out, cap, "%.*s", (int)(end - p), p);
    return true;
}

static void add_word(const kc_at *at, const char *column, unsigned field,
                     const char *word, nen__set *out) {
    const kp_vocab *v = &at->k->vocab;
    const int w = kp_word_find(v, field, word);
    char why[ITEM_MAX * 2];
    if (w >= 0) {
        kp_word_add(v, field, (unsigned)w, out);
        return;
    }
    kp_unknown_word(v, field, word, why, sizeof why);
    kc_error(at, column, "%s", why);
}

static void add_set(const kc_at *at, const char *column, unsigned field,
                    const char *name, nen__set *out) {
    const kp_vocab *v = &at->k->vocab;
    for (unsigned i = 0; i < v->sets; i++) {
        if (strcmp(v->set[i].name, name) != 0) continue;
        if (v->set[i].field != field)
            kc_error(at, column, "set `%s` is not of `%s`", name, v->field[field].name);
        for (unsigned j = 0; j < KP_CHUNKS; j++)
            out->bits[j] |= v->set[i].words.bits[j];
        return;
    }
    kc_error(at, column, "no set `%s`", name);
}

nen__set kc_words(const kc_at *at, const char *column, unsigned field, bool dash_all) {
    const char *list = kc_get(at, column);
    nen__set out = {{0}};
    char item[ITEM_MAX];
    if (field >= at->k->vocab.fields) return out;
    if (!strcmp(list, "-")) {
        for (unsigned w = 0; dash_all && w < at->k->vocab.field[field].words; w++)
            kp_word_add(&at->k->vocab, field, w, &out);
        return out;
    }
    while (kc_item(&list, ',', item, sizeof item)) {
        if (*item == '@') {
            add_set(at, column, field, item, &out);
        } else {
            add_word(at, column, field, item, &out);
        }
    }
    return out;
}

nen__set kc_sites(const kc_at *at, const char *column) {
    return kc_words(at, column, at->k->site, true);
}

unsigned kc_option(const kc_at *at, const char *column) {
    const kp_vocab *v = &at->k->vocab;
    const char *id = kc_get(at, column);
    char why[ITEM_MAX * 2];
    if (v->current < 0) {
        kc_error(at, column, "there is no field `current`");
        return 0;
    }
    const int w = kp_word_find(v, (unsigned)v->current, id);
    if (w >= 0) return (unsigned)w;
    kp_unknown_word(v, (unsigned)v->current, id, why, sizeof why);
    kc_error(at, column, "%s", why);
    return 0;
}

unsigned kc_field(const kc_at *at, const char *column) {
    const kp_vocab *v = &at->k->vocab;
    const char *name = kc_get(at, column);
    const int f = kp_field_find(v, name);
    unsigned best = KP_NAME_MAX;
    const char *near = "none";
    if (f >= 0) return (unsigned)f;
    for (unsigned i = 0; i < v->fields; i++) {
        const unsigned d = kp_distance(name, v->field[i].name, best);
        if (d < best) best = d, near = v->field[i].name;
    }
    kc_error(at, column, "no field `%s`; nearest `%s`", name, near);
    return NEN_NONE;
}

/* ---- numbers and dates ---- */

double kc_number(const kc_at *at, const char *column, double dash) {
    const char *text = kc_get(at, column);
    char *end;
    if (!strcmp(text, "-")) return dash;
    const double x = strtod(text, &end);
    if (end == text || *end || strspn(text, "-0123456789.") != strlen(text))
        kc_error(at, column, "`%s` is no plain number", text);
    return x;
}

uint32_t kc_date(const kc_at *at, const char *column) {
    static const nen_field_info form = {.name = "the cell", .type = NEN_TYPE_DATE};
    const char *text = kc_get(at, column);
    char why[ITEM_MAX];
    double lo, hi;
    if (!strcmp(text, "-")) return 0;
    if (!kp_literal(&form, text, &lo, &hi, why, sizeof why) || lo != hi) {
        kc_error(at, column, "`%s` is no date like 2018-01-01", text);
        return 0;
    }
    return (uint32_t)lo;
}

/* ---- predicates ---- */

static uint16_t pool_number(kc *k, double x) {
    for (unsigned i = 0; i < k->numbers; i++)
        if (k->number[i] == x) return (uint16_t)i;
    k->number = kc_more(k->number, (k->numbers + 1) * sizeof *k->number);
    k->number[k->numbers] = x;
    return (uint16_t)k->numbers++;
}

static uint16_t pool_set(kc *k, const nen__set *s) {
    for (unsigned i = 0; i < k->setcount; i++)
        if (!memcmp(&k->sets[i], s, sizeof *s)) return (uint16_t)i;
    k->sets = kc_more(k->sets, (k->setcount + 1) * sizeof *k->sets);
    k->sets[k->setcount] = *s;
    return (uint16_t)k->setcount++;
}

static kc_op pool_op(kc *k, const kp_op *op) {
    kc_op out = {op->code, op->field, op->arg};
    switch (op->code) {
        case NEN__OP_CONST:
        case NEN__OP_NOT:
        case NEN__OP_AND:
        case NEN__OP_OR:
        case NEN__OP_KNOWN:
        case NEN__OP_BOOL:
        case NEN__OP_OPTION_PRIOR:
        case NEN__OP_OPTION_CURRENT:
            break;
        case NEN__OP_IN:
        case NEN__OP_HAS:
        case NEN__OP_ONLY:
        case NEN__OP_OPTION_IN:
            out.arg = pool_set(k, &op->words);
            break;
        default:
            out.arg = pool_number(k, op->number);
            break;
    }
    return out;
}

static bool same_ops(const kc_op *a, const kc_op *b, unsigned n) {
    for (unsigned i = 0; i < n; i++) {
        if (a[i].code != b[i].code || a[i].field != b[i].field || a[i].arg != b[i].arg)
            return false;
    }
    return true;
}

/* The span with its id: its place among those that differ. */
static kc_span span(kc *k, unsigned first, unsigned count) {
    unsigned id = 0;
    if (!k->preds) { /* id 0: always true */
        k->pred = kc_more(NULL, sizeof *k->pred);
        k->pred[k->preds++] = (kc_span){0, 0, 0};
    }
    while (id < k->preds &&
           (k->pred[id].count != count || (count && k->pred[id].first != first)))
        id++;
    if (id == k->preds) {
        k->pred = kc_more(k->pred, (k->preds + 1) * sizeof *k->pred);
        k->pred[k->preds++] = (kc_span){(uint16_t)first, (uint16_t)count, (uint16_t)id};
    }
    return k->pred[id];
}

/* A predicate whose operations already stand somewhere is not stored again. */
static kc_span pool_pred(kc *k, const kp_program *program) {
    kc_op ops[KP_OPS_MAX];
    const unsigned n = program->ops;
    for (unsigned i = 0; i < n; i++)
        ops[i] = pool_op(k, &program->op[i]);
    unsigned first = 0;
    while (first + n <= k->ops && !same_ops(k->op + first, ops, n))
        first++;
    if (first + n > k->ops) {
        first = k->ops;
        k->op = kc_more(k->op, (k->ops + n) * sizeof *k->op);
        for (unsigned i = 0; i < n; i++)
            k->op[k->ops++] = ops[i];
    }
    return span(k, n ? first : 0, n);
}

kc_span kc_pred_text(const kc_at *at, const char *column, const char *text, size_t n) {
    static kp_program program; /* too large for a stack frame */
    if (kp_compile(&at->k->vocab, text, n, &program)) {
        const kc_span pred = pool_pred(at->k, &program);
        if (at->k->ops > UINT16_MAX) kc_error(at, column, "too many operations in all");
        return pred;
    }
    kc_error(at, column, "byte %u: %s", program.at, program.error);
    return (kc_span){0, 0, 0};
}

kc_span kc_pred(const kc_at *at, const char *column) {
    const char *text = kc_get(at, column);
    return kc_pred_text(at, column, text, strlen(text));
}
