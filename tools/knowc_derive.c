/* knowc_derive.c - prints derived fields: their formulas and what they follow. */
#include "knowc.h"

#include <string.h>

/* One derived field as its rows are printed. */
typedef struct derivation {
    const kc_at *at;
    unsigned field, rows;
    uint64_t fields[NEN__FIELD_CHUNKS];
    bool blank;
    kc_buf *out;
} derivation;

static void one_row(derivation *d, const char *text, size_t n, unsigned word) {
    static const nen_value nothing[NEN_FIELDS_MAX];
    const kc *k = d->at->k;
    const kc_span pred = kc_pred_text(d->at, "formula", text, n);
    kc_pred_fields(k, pred, d->fields);
    const nen_truth t = kc_truth(k, nothing, pred);
    const bool word_field = k->field[d->field].type == NEN_TYPE_WORD;
    d->blank = d->blank || t == NEN_TRUE || (t == NEN_FALSE && !word_field);
    kc_print(d->out, "    {");
    kc_print_pred(d->out, "when", pred);
    kc_print(d->out, ".word = %u},\n", word);
    d->rows++;
}

/* word: predicate | word: predicate */
static void word_rows(derivation *d) {
    const kc_at *at = d->at;
    const char *list = kc_get(at, "formula");
    for (const char *p = list; *p;) {
        const size_t n = strcspn(p, "|");
        const char *colon = memchr(p, ':', n);
        char word[KP_NAME_MAX];
        const char *name = p;
        if (!colon) {
            kc_error(at, "formula", "expected `word: predicate` at byte %u",
                     (unsigned)(p - list));
            return;
        }
        kc_item(&name, ':', word, sizeof word);
        const int w = kp_word_find(&at->k->vocab, d->field, word);
        if (w < 0) {
            char why[KC_PATH_MAX];
            kp_unknown_word(&at->k->vocab, d->field, word, why, sizeof why);
            kc_error(at, "formula", "%s", why);
        }
        one_row(d, colon + 1, (size_t)(p + n - colon) - 1, w < 0 ? 0 : (unsigned)w);
        p += n + (p[n] == '|');
    }
}

static void one_field(const derivation *d, unsigned first, kc_buf *out) {
    kc_print(out, "    {.fields = {");
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        kc_print(out, i ? ", 0x%llx" : "0x%llx", (unsigned long long)d->fields[i]);
    kc_print(out, "}, .field = %u, .first = %u, .count = %u, .blank = %d},\n", d->field,
             first, d->rows, d->blank);
}

void kc_emit_derived(kc *k, kc_buf *out) {
    kc_buf fields = {0};
    unsigned rows = 0, count = 0, f = 0;
    kc_begin(out, "nen__derived", "derived_rows");
    for (kc_at at = kc_first(k, KC_FIELDS); kc_on(&at); at.row++, f++) {
        derivation d = {.at = &at, .field = f, .out = out};
        const char *formula = kc_get(&at, "formula");
        if (!strcmp(formula, "-") || f >= k->vocab.fields) continue;
        if (k->field[f].type == NEN_TYPE_WORD)
            word_rows(&d);
        else if (k->field[f].type == NEN_TYPE_BOOL)
            one_row(&d, formula, strlen(formula), 0);
        else
            kc_error(&at, "formula", "only bool and word fields have a formula");
        one_field(&d, rows, &fields);
        rows += d.rows;
        count++;
    }
    kc_end(out, "derived_rows", rows);
    kc_begin(out, "nen__derivation", "derivations");
    kc_print(out, "%s", fields.text ? fields.text : "");
    kc_end(out, "derivations", count);
}
