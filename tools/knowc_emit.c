/* knowc_emit.c - prints ids, fields, words and the pools of predicates. */
#include "knowc.h"

#include <ctype.h>
#include <string.h>

/* ---- shared printing ---- */

static const char opening[] = "[] = {\n";

void kc_begin(kc_buf *out, const char *type, const char *name) {
    kc_print(out, "const %s nen__%s%s", type, name, opening);
}

/* C has no empty array: without rows it is one zero element. */
void kc_end(kc_buf *out, const char *name, unsigned count) {
    if (!count) out->size -= sizeof opening - 1;
    kc_print(out, count ? "};\n" : "[1]; /* none */\n");
    kc_print(out, "const unsigned nen__%s_count = %u;\n\n", name, count);
}

void kc_print_pred(kc_buf *out, const char *member, kc_span pred) {
    kc_print(out, ".%s = %u, ", member, pred.id);
}

void kc_print_set(kc_buf *out, const char *member, nen__set set) {
    kc_print(out, ".%s = {", member);
    for (unsigned i = 0; i < KP_CHUNKS; i++)
        kc_print(out, i ? ", 0x%llx" : "0x%llx", (unsigned long long)set.bits[i]);
    kc_print(out, "}, ");
}

void kc_print_text(kc_buf *out, const char *member, const char *text) {
    kc_print(out, ".%s = ", member);
    kc_quote(out, text);
    kc_print(out, ", ");
}

/* Digits enough to read back the same double. */
static void print_double(kc_buf *out, double x) {
    enum { EXACT = 17 };
    kc_print(out, "%.*g", EXACT, x);
}

/* ---- ids.h ---- */

void kc_upper(kc_buf *out, const char *name) {
    for (const char *p = name; *p; p++) {
        kc_print(out, "%c",
                 isalnum((unsigned char)*p) ? toupper((unsigned char)*p) : '_');
    }
}

static void word_ids(const kc *k, unsigned f, kc_buf *out) {
    const nen_field_info *field = &k->field[f];
    if (!field->words) return;
    kc_print(out, "enum {\n");
    for (unsigned w = 0; w < field->words; w++) {
        kc_print(out, "    NEN__W_");
        kc_upper(out, field->name);
        kc_print(out, "_");
        kc_upper(out, k->word[f][w].word);
        kc_print(out, " = %u,\n", w);
    }
    kc_print(out, "};\n\n");
}

void kc_emit_ids(kc *k, kc_buf *out) {
    kc_print(out, "/* ids.h - printed by tools/knowc; do not edit. */\n"
                  "#ifndef NEN_IDS_H\n#define NEN_IDS_H\n\nenum {\n");
    for (unsigned f = 0; f < k->vocab.fields; f++) {
        kc_print(out, "    NEN__F_");
        kc_upper(out, k->field[f].name);
        kc_print(out, " = %u,\n", f);
    }
    kc_print(out,
             "    NEN__FIELDS = %u,\n    NEN__SITES = %u, /* words of site */\n"
             "    NEN__RULES = %u /* rows of rules */\n};\n\n",
             k->vocab.fields, k->field[k->site].words, k->table[KC_RULES].rows + 1);
    for (unsigned f = 0; f < k->vocab.fields; f++)
        word_ids(k, f, out);
    kc_print(out, "enum {\n");
    for (kc_at at = kc_first(k, KC_OPTIONS); kc_on(&at); at.row++) {
        kc_print(out, "    NEN__O_");
        kc_upper(out, kc_get(&at, "id"));
        kc_print(out, " = %u,\n", (unsigned)(at.row - at.table->row));
    }
    kc_print(out, "    NEN__OPTIONS = %u\n};\n\n#endif\n", k->vocab.options);
}

/* ---- fields and words ---- */

static void one_field(const nen_field_info *f, kc_buf *out) {
    kc_print(out, "    {");
    kc_print_text(out, "name", f->name);
    kc_print_text(out, "unit", f->unit);
    kc_print_text(out, "group", f->group);
    kc_print_text(out, "also", f->also);
    kc_print_text(out, "help", f->help);
    kc_print_text(out, "plain", f->plain);
    kc_print_text(out, "question", f->question);
    kc_print_text(out, "why", f->why);
    kc_print(out, ".type = %u, .derived = %d, .test = %d, .not_measurable = %d, ",
             f->type, f->derived, f->test, f->not_measurable);
    kc_print(out, ".lo = ");
    print_double(out, f->lo);
    kc_print(out, ", .hi = ");
    print_double(out, f->hi);
    kc_print(out, ", .words = %u},\n", f->words);
}

static void one_word(const nen_word_info *w, kc_buf *out) {
    nen__set sites, members;
    memcpy(sites.bits, w->sites, sizeof sites.bits);
    memcpy(members.bits, w->members, sizeof members.bits);
    kc_print(out, "    {");
    kc_print_text(out, "word", w->word);
    kc_print_text(out, "name", w->name);
    kc_print_text(out, "plain", w->plain);
    kc_print_text(out, "also", w->also);
    kc_print_set(out, "sites", sites);
    kc_print(out, ".group = %d, .registry = %d, ", w->group, w->registry);
    kc_print_set(out, "members", members);
    kc_print(out, "},\n");
}

static void words(const kc *k, kc_buf *out) {
    for (unsigned f = 0; f < k->vocab.fields; f++) {
        if (!k->field[f].words) continue;
        kc_print(out, "static const nen_word_info words_of_%u[] = {\n", f);
        for (unsigned w = 0; w < k->field[f].words; w++)
            one_word(&k->word[f][w], out);
        kc_print(out, "};\n\n");
    }
    kc_print(out, "const nen_word_info *const nen__word[] = {\n");
    for (unsigned f = 0; f < k->vocab.fields; f++) {
        if (k->field[f].words) {
            kc_print(out, "    words_of_%u,\n", f);
        } else {
            kc_print(out, "    NULL,\n");
        }
    }
    kc_print(out, "    NULL\n};\n\n");
}

void kc_emit_case(kc *k, kc_buf *out) {
    kc_begin(out, "nen_field_info", "field");
    for (unsigned f = 0; f < k->vocab.fields; f++)
        one_field(&k->field[f], out);
    kc_end(out, "field", k->vocab.fields);
    words(k, out);
    kc_emit_derived(k, out);
}

/* ---- pools: printed after every table that adds to them ---- */

static void pools(const kc *k, kc_buf *out) {
    kc_begin(out, "nen__op", "ops");
    for (unsigned i = 0; i < k->ops; i++) {
        kc_print(out, "    {%u, %u, %u},\n", k->op[i].code, k->op[i].field,
                 k->op[i].arg);
    }
    kc_end(out, "ops", k->ops);
    kc_begin(out, "nen__set", "sets");
    for (unsigned i = 0; i < k->setcount; i++) {
        kc_print(out, "    {");
        kc_print_set(out, "bits", k->sets[i]);
        kc_print(out, "},\n");
    }
    kc_end(out, "sets", k->setcount);
    kc_print(out, "const double nen__number[] = {");
    for (unsigned i = 0; i < k->numbers; i++) {
        print_double(out, k->number[i]);
        kc_print(out, ", ");
    }
    kc_print(out, "0};\nconst unsigned nen__number_count = %u;\n\n", k->numbers);
}

void kc_emit_pools(kc *k, kc_buf *out) {
    pools(k, out);
    kc_print(out, "const char nen__knowledge_date[] = \"%s\";\n",
             k->newest ? k->newest : "");
}
