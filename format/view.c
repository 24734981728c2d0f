/* view.c - cells, rows used and their sources. */
#include "view.h"

#include <stdlib.h>
#include <string.h>

bool nen__empty(const char *text) {
    return !text || !*text || !strcmp(text, "-");
}

const char *nen__cell(const char *table, unsigned row, const char *column) {
    const int t = nen_table_find(table);
    const nen_table *at = t < 0 ? NULL : nen_table_get((unsigned)t);
    const char *cell = at ? nen_cell(at, row, column) : NULL;
    return nen__empty(cell) ? "" : cell;
}

bool nen__listed(const char *cell, const char *word) {
    const size_t len = strlen(word);
    while (cell && *cell) {
        cell += strspn(cell, " ,;|");
        const size_t n = strcspn(cell, " ,;|");
        if (n == len && !strncmp(cell, word, n)) return true;
        cell += n;
    }
    return false;
}

unsigned nen__count_bits(const uint64_t *set, unsigned words) {
    unsigned n = 0;
    for (unsigned i = 0; i < words; i++)
        n += nen__has(set, i);
    return n;
}

/* ---- items ---- */

const char *nen__settled(unsigned settled, const char *not_applicable) {
    static const char *const names[] = {"unknown", "possible", "provisional",
                                        "decided"};
    return settled <= NEN_DECIDED ? names[settled] : not_applicable;
}

const char *nen__row_id(unsigned row) {
    const nen_row *r = row == NEN_NONE ? NULL : nen_row_get(row);
    return r ? r->id : NULL;
}

const char *nen__flag_id(const nen_flag *f) {
    const int t = nen_table_find("rules");
    return t < 0 ? NULL : nen_cell(nen_table_get((unsigned)t), f->rule, "id");
}

const nen_row *nen__flag_row(const nen_flag *f) {
    const char *id = nen__flag_id(f);
    const int row = id ? nen_row_find(id) : -1;
    return row < 0 ? NULL : nen_row_get((unsigned)row);
}

const char *nen__severity(const nen_flag *f) {
    return nen__cell("rules", f->rule, "severity");
}

const char *nen__grade_system(unsigned system) {
    static const char *const names[] = {"none", "who_digestive", "who_thoracic"};
    return system < sizeof names / sizeof *names ? names[system] : "none";
}

const char *nen__value_at_least(nen_label_kind kind, const nen_item *item, char *text,
                                size_t cap) {
    const char *value = nen_label(kind, item->value);
    unsigned lowest = 1;
    if (strcmp(value, "TX") != 0 || item->possible < 2 || item->possible & 1)
        return value;
    while (!(item->possible >> lowest & 1))
        lowest++;
    const char *least = nen_label(kind, lowest);
    if (strcmp(least, "T2") < 0) return value; /* at least T1 says nothing */
    nen__buf b = nen__buf_over(text, cap);
    nen__put(&b, value);
    nen__put(&b, " (>= ");
    nen__put(&b, least);
    nen__put(&b, ")");
    nen__buf_end(&b);
    return text;
}

void nen__put_labels(nen__buf *b, nen_label_kind kind, uint64_t set,
                     const char *between, unsigned lang) {
    bool first = true;
    for (unsigned i = 0; i < 64; i++) {
        if (!(set >> i & 1)) continue;
        if (!first) nen__put(b, between);
        nen__put(b, nen_translate(lang, nen_label(kind, i)));
        first = false;
    }
}

unsigned nen__region(const nen_dossier *d, const nen_style *style) {
    if (style->region < NEN_REGIONS) return style->region;
    const int field = nen_field_find("region");
    if (field < 0 || !nen__told(&d->facts, (unsigned)field)) return 0xff;
    const int word = nen__word_for((unsigned)field, &d->facts.field[field]);
    return word < 0 ? 0xff : (unsigned)word;
}

/* ---- rows used ---- */

void nen__use(nen__used *used, unsigned row) {
    if (row < NEN__USED_ROWS && row < nen_row_count())
        used->bit[row / 64] |= (uint64_t)1 << (row % 64);
}

void nen__use_id(nen__used *used, const char *id) {
    const int row = nen__empty(id) ? -1 : nen_row_find(id);
    if (row >= 0) nen__use(used, (unsigned)row);
}

void nen__use_rows(nen__used *used, const nen_rows *rows) {
    for (unsigned i = 0; i < rows->count; i++)
        nen__use(used, rows->row[i]);
}

bool nen__uses(const nen__used *used, unsigned row) {
    return row < NEN__USED_ROWS && nen__has(used->bit, row);
}

void nen__use_grade(nen__used *used, const nen_dossier *d) {
    nen__use_rows(used, &d->grading.rows);
    nen__use(used, d->grading.grade.convention);
}

void nen__use_stage(nen__used *used, const nen_dossier *d) {
    const nen_staging *s = &d->staging;
    nen__use_rows(used, &s->rows);
    nen__use(used, s->t.convention);
    nen__use(used, s->n.convention);
    nen__use(used, s->m.convention);
    nen__use(used, s->group.convention);
    for (unsigned i = 0; i < s->alternatives; i++)
        nen__use(used, s->alternative[i].row);
}

void nen__use_option(nen__used *used, const nen_dossier *d, unsigned option) {
    const nen_option_result *o = &d->option[option];
    for (unsigned i = 0; i < o->becauses; i++)
        nen__use(used, o->because[i].row);
    for (unsigned i = 0; i < o->againsts; i++)
        nen__use(used, o->against[i].row);
    for (unsigned i = 0; i < o->flagcount; i++)
        nen__use(used, o->flag[i]);
    const char *const measures[] = {"hr", "orr_pct"};
    for (unsigned i = 0; i < 2; i++) {
        const nen__figure f = nen__figure_of(d, option, measures[i]);
        if (f.row >= 0) nen__use_id(used, nen__cell("effects", (unsigned)f.row, "id"));
    }
}

void nen__use_flags(nen__used *used, const nen_dossier *d) {
    for (unsigned i = 0; i < d->flags; i++)
        nen__use_id(used, nen__flag_id(&d->flag[i]));
}

void nen__use_all(nen__used *used, const nen_dossier *d, const nen_style *style) {
    uint8_t shown[NEN_WORDS_MAX];
    if (style->parts & NEN_PART_GRADE) nen__use_grade(used, d);
    if (style->parts & NEN_PART_STAGE) nen__use_stage(used, d);
    if (style->course) nen__use_course(used, style->course);
    if (!(style->parts & NEN_PART_OPTIONS)) return;
    nen__use_flags(used, d);
    const unsigned n = nen__options_shown(d, style, shown);
    for (unsigned i = 0; i < n; i++)
        nen__use_option(used, d, shown[i]);
}

/* ---- citations ---- */

/* The i-th key of a `source` cell; false when there are fewer. */
static bool key_at(const char *source, unsigned i, char out[64]) {
    for (; source && *source; source++) {
        source += strspn(source, " ;");
        const size_t n = strcspn(source, " ;");
        if (!n) return false;
        if (i-- == 0) {
            const size_t keep = n < 63 ? n : 63;
            memcpy(out, source, keep);
            out[keep] = 0;
            return true;
        }
        source += n;
        if (!*source) return false;
    }
    return false;
}

enum { LAST_OF_WORD = 63 }; /* its bits, as a number within a word of the set */

static bool seen_before(const nen__used *used, unsigned row, const char *key) {
    const nen_row *now = nen_row_get(row);
    for (unsigned r = 0; r < row; r++) {
        if (!used->bit[r / 64]) { /* most rows are not used: skip them by words */
            r |= LAST_OF_WORD;
            continue;
        }
        const nen_row *old = nen__uses(used, r) ? nen_row_get(r) : NULL;
        if (old && nen__listed(old->source, key) &&
            !strcmp(old->locator, now->locator) && !strcmp(old->status, now->status))
            return true;
    }
    return false;
}

static void fill_citation(const nen_row *row, nen__citation *out) {
    const int t = nen_table_find("sources");
    const nen_table *table = t < 0 ? NULL : nen_table_get((unsigned)t);
    const int at = table ? nen_table_row(table, "key", out->key) : -1;
    out->title = at < 0 ? out->key : nen__cell("sources", (unsigned)at, "title");
    out->year = at < 0 ? "" : nen__cell("sources", (unsigned)at, "year");
    out->place = at < 0 ? "" : nen__cell("sources", (unsigned)at, "identifier");
    if (at >= 0 && !*out->place) out->place = nen__cell("sources", (unsigned)at, "url");
    out->locator = row->locator;
    out->status = row->status;
    out->checked = row->checked;
}

/* *at counts rows times keys: a row's place and the key within it. */
bool nen__next_citation(const nen__used *used, unsigned *at, nen__citation *out) {
    enum { KEYS = 8 };
    for (; *at / KEYS < nen_row_count(); ++*at) {
        const unsigned row = *at / KEYS;
        if (!nen__uses(used, row)) {
            const bool none = !used->bit[row / 64];
            *at = (none ? row | LAST_OF_WORD : row) * KEYS + KEYS - 1;
            continue;
        }
        const nen_row *r = nen_row_get(row);
        if (!key_at(r->source, *at % KEYS, out->key)) {
            *at = row * KEYS + KEYS - 1;
            continue;
        }
        if (seen_before(used, row, out->key)) continue;
        fill_citation(r, out);
        ++*at;
        return true;
    }
    return false;
}

void nen__cite_all(const nen__used *used, nen__cited *out) {
    out->count = 0;
    for (unsigned at = 0; out->count < NEN__CITATIONS_MAX &&
                          nen__next_citation(used, &at, &out->item[out->count]);)
        out->count++;
}

bool nen__cited_before(const nen__cited *all, unsigned at) {
    for (unsigned i = 0; i < at; i++)
        if (!strcmp(all->item[i].key, all->item[at].key)) return true;
    return false;
}
