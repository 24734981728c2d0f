/* lookup.c - the knowledge tables as the public interface shows them. */
#include "internal.h"

#include <string.h>

static int folded(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
    return c == '-' || c == ' ' ? '_' : c;
}

/* Case-insensitive in ASCII, '-' and ' ' count as '_'; compares n bytes of b. */
static bool same(const char *a, const char *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!a[i] || folded(a[i]) != folded(b[i])) return false;
    return !a[n];
}

/* Is `name` one of the '|'-separated names of `list`? */
static bool among(const char *name, const char *list) {
    while (list && *list) {
        size_t n = strcspn(list, "|"), from = 0;
        const size_t next = list[n] ? n + 1 : n;
        while (from < n && list[from] == ' ')
            from++;
        while (n > from && list[n - 1] == ' ')
            n--;
        if (same(name, list + from, n - from)) return true;
        list += next;
    }
    return false;
}

unsigned nen_field_count(void) {
    return nen__field_count;
}

const nen_field_info *nen_field(unsigned field) {
    return field < nen__field_count ? &nen__field[field] : NULL;
}

int nen_field_find(const char *name) {
    for (unsigned i = 0; i < nen__field_count; i++)
        if (same(name, nen__field[i].name, strlen(nen__field[i].name))) return (int)i;
    for (unsigned i = 0; i < nen__field_count; i++)
        if (among(name, nen__field[i].also)) return (int)i;
    return -1;
}

const nen_word_info *nen_word(unsigned field, unsigned word) {
    if (field >= nen__field_count || word >= nen__field[field].words) return NULL;
    return &nen__word[field][word];
}

int nen_word_find(unsigned field, const char *word) {
    if (field >= nen__field_count) return -1;
    for (unsigned i = 0; i < nen__field[field].words; i++) {
        const char *name = nen__word[field][i].word;
        if (same(word, name, strlen(name))) return (int)i;
    }
    for (unsigned i = 0; i < nen__field[field].words; i++)
        if (among(word, nen__word[field][i].also)) return (int)i;
    return -1;
}

unsigned nen_row_count(void) {
    return nen__row_count;
}

const nen_row *nen_row_get(unsigned row) {
    return row < nen__row_count ? &nen__row[row] : NULL;
}

int nen_row_find(const char *id) {
    for (unsigned i = 0; i < nen__row_count; i++)
        if (!strcmp(nen__row[i].id, id)) return (int)i;
    return -1;
}

unsigned nen_table_count(void) {
    return nen__table_count;
}

const nen_table *nen_table_get(unsigned table) {
    return table < nen__table_count ? &nen__table[table] : NULL;
}

int nen_table_find(const char *name) {
    for (unsigned i = 0; i < nen__table_count; i++)
        if (same(name, nen__table[i].name, strlen(nen__table[i].name))) return (int)i;
    return -1;
}

static int column_of(const nen_table *table, const char *column) {
    for (unsigned i = 0; table && i < table->columns; i++)
        if (!strcmp(table->header[i], column)) return (int)i;
    return -1;
}

const char *nen_cell(const nen_table *table, unsigned row, const char *column) {
    const int at = column_of(table, column);
    if (at < 0 || row >= table->rows) return NULL;
    return table->cell[row * table->columns + (unsigned)at];
}

int nen_table_row(const nen_table *table, const char *column, const char *value) {
    const int at = column_of(table, column);
    for (unsigned i = 0; at >= 0 && i < table->rows; i++) {
        if (!strcmp(table->cell[i * table->columns + (unsigned)at], value))
            return (int)i;
    }
    return -1;
}

unsigned nen_option_count(void) {
    return nen__option_rows_count;
}

const char *nen_option_id(unsigned option) {
    return option < nen__option_rows_count ? nen__word[NEN__F_PRIOR][option].word
                                           : NULL;
}

int nen_option_find(const char *id) {
    const int at = nen_word_find(NEN__F_PRIOR, id);
    return at >= 0 && (unsigned)at < nen__option_rows_count ? at : -1;
}

const char *nen_goal_name(unsigned goal) {
    static const char *const names[] = {"cure",      "growth",   "shrink",
                                        "hormones",  "symptoms", "prevention",
                                        "diagnosis", "safety",   "support"};
    return goal < sizeof names / sizeof *names ? names[goal] : NULL;
}

const char *nen_region_name(unsigned region) {
    static const char *const names[NEN_REGIONS] = {"US", "EU", "UK", "JP", "CN"};
    return region < NEN_REGIONS ? names[region] : NULL;
}

const char *nen_knowledge_date(void) {
    return nen__knowledge_date;
}
