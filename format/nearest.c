/* nearest.c - the nearest valid word to one that is not: edit distance. */
#include "reader.h"

#include <string.h>

enum {
    WORD_CAP = 48,
    FAR = 255,
    ROWS = 3, /* of the distance table that are still needed */
    SHARE = 3 /* one letter in so many may be wrong */
};

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* One row of the distance table: `two`, `one` the rows before, `row` the new one. */
static void next_row(const char *a, const char *b, size_t n, size_t i,
                     const uint8_t *two, const uint8_t *one, uint8_t *row) {
    row[0] = (uint8_t)i;
    for (size_t j = 1; j <= n; j++) {
        const bool equal = a[i - 1] == b[j - 1];
        unsigned d = least(one[j] + 1u, row[j - 1] + 1u);
        d = least(d, one[j - 1] + (equal ? 0u : 1u));
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
            d = least(d, two[j - 2] + 1u); /* two letters swapped */
        }
        row[j] = (uint8_t)d;
    }
}

/* Edits (insert, drop, change, swap neighbors) from a to b; FAR when too long. */
static unsigned distance(const char *a, const char *b) {
    uint8_t rows[ROWS][WORD_CAP + 1];
    const size_t m = strlen(a), n = strlen(b);
    if (m > WORD_CAP || n > WORD_CAP) return FAR;
    for (size_t j = 0; j <= n; j++) {
        rows[0][j] = (uint8_t)j;
    }
    for (size_t i = 1; i <= m; i++) {
        next_row(a, b, n, i, rows[(i + 1) % ROWS], rows[(i + 2) % ROWS],
                 rows[i % ROWS]);
    }
    return rows[m % ROWS][n];
}

/* The best candidate so far. */
typedef struct search {
    char want[NEN__NAME_CAP];
    const char *best;
    unsigned distance;
} search;

/* A beginning of a word ("panc") is as near as one edit. */
static unsigned how_far(const search *s, const char *name) {
    const size_t n = strlen(s->want), m = strlen(name);
    if (n > 2 && !strncmp(s->want, name, n)) return 1;
    if ((n > m ? n - m : m - n) >= s->distance) return FAR; /* at least that many */
    return distance(s->want, name);
}

static void consider(search *s, const char *name, const char *answer) {
    char plain[NEN__NAME_CAP];
    nen__name(name, plain);
    const unsigned d = how_far(s, plain);
    if (d >= s->distance) return;
    s->distance = d;
    s->best = answer;
}

static void consider_list(search *s, const char *list, const char *answer) {
    while (list && *list) {
        char one[NEN__NAME_CAP];
        size_t n = strcspn(list, "|");
        const size_t next = list[n] ? n + 1 : n;
        const char *from = list;
        while (n && *from == ' ') {
            from++, n--;
        }
        while (n && from[n - 1] == ' ') {
            n--;
        }
        if (n && n < sizeof one) {
            memcpy(one, from, n);
            one[n] = 0;
            consider(s, one, answer);
        }
        list += next;
    }
}

/* Near means at most a third of the letters changed, and never all of a short word. */
static void start(search *s, const char *want) {
    nen__name(want, s->want);
    s->best = NULL;
    s->distance = (unsigned)(strlen(s->want) + SHARE - 1) / SHARE + 1;
}

const char *nen__nearest_word_at(unsigned field, const char *word,
                                 const uint64_t *sites) {
    search s;
    start(&s, word);
    for (unsigned i = 0; nen_word(field, i); i++) {
        const nen_word_info *info = nen_word(field, i);
        if (!nen__fits_site(info, sites)) continue;
        consider(&s, info->word, info->word);
        consider_list(&s, info->also, info->word);
    }
    return s.best;
}

const char *nen_nearest_word(unsigned field, const char *word) {
    return nen__nearest_word_at(field, word, NULL);
}

const char *nen_nearest_field(const char *name) {
    search s;
    start(&s, name);
    for (unsigned i = 0; i < nen_field_count(); i++) {
        const nen_field_info *info = nen_field(i);
        if (info->derived) continue;
        consider(&s, info->name, info->name);
        consider_list(&s, info->also, info->name);
    }
    return s.best;
}

const char *nen__nearest_among(const char *const *names, unsigned n, const char *name) {
    search s;
    start(&s, name);
    for (unsigned i = 0; i < n; i++)
        consider(&s, names[i], names[i]);
    return s.best;
}
