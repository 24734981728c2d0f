/* knowc_derive.c - prints derived fields: their formulas and what they follow. */
#include "knowc.h"

#include <string.h>

/* One derived field as its rows are printed. */
typedef struct derivation {
    const kc_at *at;
    unsigned field, rows;
    uint64_t fields[NEN__FIELD_CHUNKS];
    bool blank, early;
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

/* ---- which derived fields grade and stage ask for ---- */

static void ask(kc *k, kc_name table, uint64_t *fields) {
    for (kc_at at = kc_first(k, table); kc_on(&at); at.row++)
        kc_pred_fields(k, kc_pred(&at, "when"), fields);
}

/* Fields of one derived field's formula: what it asks for in turn. */
static void ask_formula(const kc_at *at, uint64_t *fields) {
    const char *formula = kc_get(at, "formula");
    for (const char *p = formula; *p;) {
        const size_t n = strcspn(p, "|");
        const char *colon = memchr(p, ':', n);
        const char *text = colon ? colon + 1 : p;
        kc_pred_fields(at->k, kc_pred_text(at, "formula", text, (size_t)(p + n - text)),
                       fields);
        p += n + (p[n] == '|');
    }
}

void kc_early_fields(kc *k, uint64_t *fields) {
    static const kc_name tables[] = {KC_GRADE_RULES,  KC_GRADE_NOTES, KC_STAGE_RULES,
                                     KC_SPREAD_RULES, KC_READINGS,    KC_CONVENTIONS,
                                     KC_CHECKS,       KC_OUTSIDE};
    for (unsigned i = 0; i < sizeof tables / sizeof *tables; i++)
        ask(k, tables[i], fields);
    for (bool more = true; more;) {
        uint64_t before[NEN__FIELD_CHUNKS];
        unsigned f = 0;
        memcpy(before, fields, sizeof before);
        for (kc_at at = kc_first(k, KC_FIELDS); kc_on(&at); at.row++, f++) {
            if (!kc_dash(&at, "formula") && (fields[f / 64] >> (f % 64) & 1))
                ask_formula(&at, fields);
        }
        more = memcmp(before, fields, sizeof before) != 0;
    }
}

static void one_field(const derivation *d, unsigned first, kc_buf *out) {
    kc_print(out, "    {.fields = {");
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        kc_print(out, i ? ", 0x%llx" : "0x%llx", (unsigned long long)d->fields[i]);
    kc_print(out, "}, .field = %u, .first = %u, .count = %u, ", d->field, first,
             d->rows);
    kc_print(out, ".blank = %d, .early = %d},\n", d->blank, d->early);
}

void kc_emit_derived(kc *k, kc_buf *out) {
    kc_buf fields = {0};
    unsigned rows = 0, count = 0, f = 0;
    uint64_t early[NEN__FIELD_CHUNKS] = {0};
    kc_early_fields(k, early);
    kc_begin(out, "nen__derived", "derived_rows");
    for (kc_at at = kc_first(k, KC_FIELDS); kc_on(&at); at.row++, f++) {
        derivation d = {.at = &at, .field = f, .out = out};
        d.early = early[f / 64] >> (f % 64) & 1;
        const char *formula = kc_get(&at, "formula");
        if (!strcmp(formula, "-") || f >= k->vocab.fields) continue;
        if (k->field[f].type == NEN_TYPE_WORD) {
            word_rows(&d);
        } else if (k->field[f].type == NEN_TYPE_BOOL) {
            one_row(&d, formula, strlen(formula), 0);
        } else {
            kc_error(&at, "formula", "only bool and word fields have a formula");
        }
        one_field(&d, rows, &fields);
        rows += d.rows;
        count++;
    }
    kc_end(out, "derived_rows", rows);
    kc_begin(out, "nen__derivation", "derivations");
    kc_print(out, "%s", fields.text ? fields.text : "");
    kc_end(out, "derivations", count);
}
