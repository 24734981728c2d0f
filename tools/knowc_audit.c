/* knowc_audit.c - evidence, ids and references: what every row owes its reader. */
#include "knowc.h"

#include <string.h>

enum { ITEM_MAX = 256 };

/* ---- ids ---- */

/* The cells of the key columns, tab between. */
static void key_of(const kc_at *at, kc_buf *out) {
    const char *columns = at->table->schema->key;
    char name[KP_NAME_MAX];
    out->size = 0;
    kc_print(out, "%s", ""); /* a text even when no column is a key */
    while (kc_item(&columns, ' ', name, sizeof name))
        kc_print(out, "%s\t", kc_get(at, name));
}

typedef struct seen {
    const char *key;
    const kc_row *row;
} seen;

static void once(const kc_at *at, seen *list, unsigned *n, const char *key,
                 const char *column) {
    for (unsigned i = 0; i < *n; i++) {
        if (strcmp(list[i].key, key) != 0) continue;
        kc_error(at, column, "used before, at %s:%u", list[i].row->file,
                 list[i].row->line);
        return;
    }
    list[(*n)++] = (seen){kc_copy(key, strlen(key)), at->row};
}

static void unique_keys(kc *k) {
    for (unsigned t = 0; t < KC_TABLES; t++) {
        seen *list = kc_alloc((k->table[t].rows + 1) * sizeof *list);
        unsigned n = 0;
        kc_buf key = {0};
        for (kc_at at = kc_first(k, (kc_name)t); kc_on(&at); at.row++) {
            if (t == KC_WORDS) continue; /* knowc_vocab.c looks at those */
            key_of(&at, &key);
            once(&at, list, &n, key.text, at.table->header[0]);
        }
    }
}

/* nen_row_find knows one id space for all tables. */
static void unique_rows(kc *k) {
    unsigned all = 0, n = 0;
    for (unsigned t = 0; t < KC_TABLES; t++)
        all += k->table[t].rows;
    seen *list = kc_alloc((all + 1) * sizeof *list);
    for (unsigned t = 0; t < KC_TABLES; t++) {
        const unsigned before = n;
        for (kc_at at = kc_first(k, (kc_name)t); kc_on(&at); at.row++) {
            if (at.row->id == NEN_NONE) continue;
            for (unsigned i = 0; i < before; i++) { /* within a table: unique_keys */
                if (!strcmp(list[i].key, kc_get(&at, "id"))) {
                    kc_error(&at, "id", "used before, at %s:%u", list[i].row->file,
                             list[i].row->line);
                }
            }
            list[n++] = (seen){kc_get(&at, "id"), at.row};
        }
    }
    if (n >= NEN_NONE) kc_file_error(k, false, k->dir, 0, "%u rows are too many", n);
}

/* ---- evidence ---- */

static bool is_day(const char *text) {
    static const nen_field_info day = {.name = "", .type = NEN_TYPE_DATE};
    char why[ITEM_MAX];
    double lo, hi;
    return kp_literal(&day, text, &lo, &hi, why, sizeof why) && lo == hi;
}

static void source_keys(const kc_at *at, bool *used) {
    const kc_table *sources = &at->k->table[KC_SOURCES];
    const char *list = kc_get(at, "source");
    char key[ITEM_MAX];
    if (!strcmp(list, "-")) kc_error(at, "source", "no source");
    while (kc_item(&list, ';', key, sizeof key)) {
        unsigned i = 0, best = KP_NAME_MAX;
        const char *near = "none";
        for (; i < sources->rows; i++) {
            const unsigned d = kp_distance(key, sources->row[i].cell[0], best);
            if (!strcmp(sources->row[i].cell[0], key)) break;
            if (d < best) best = d, near = sources->row[i].cell[0];
        }
        if (i < sources->rows) {
            used[i] = true;
        } else if (strcmp(key, "-") != 0) {
            kc_error(at, "source", "sources.tsv has no `%s`; nearest `%s`", key, near);
        }
    }
}

/* Choices of the project itself have no place to point to; all others do. */
static void locator(const kc_at *at) {
    const bool unread = !strcmp(kc_get(at, "locator"), "unread");
    const char *status = kc_get(at, "status");
    const bool own = !strcmp(kc_get(at, "source"), "project") &&
                     (!strcmp(status, "judgement") || !strcmp(status, "derived"));
    if (kc_dash(at, "locator") && !own)
        kc_error(at, "locator", "no locator; write the place read, or unread");
    if (!strcmp(status, "published") && unread)
        kc_error(at, "locator", "`published` is for what was read; this is `unread`");
    if (!strcmp(status, "unverified") && !unread)
        kc_error(at, "locator", "`unverified` rows have the locator `unread`");
}

static void evidence(const kc_at *at, bool *used) {
    const char *checked = kc_get(at, "checked");
    source_keys(at, used);
    locator(at);
    kc_choice(at, "status", "published derived judgement unverified", KC_DASH_BAD);
    kc_choice(at, "confidence", "high medium low", KC_DASH_BAD);
    if (!is_day(checked)) {
        kc_error(at, "checked", "`%s` is no date like 2026-11-24", checked);
        return;
    }
    if (!at->k->newest || strcmp(at->k->newest, checked) < 0) at->k->newest = checked;
}

static void sources(kc *k, const bool *used) {
    static const char kinds[] =
        "guideline label trial review registry standard web project";
    kc_table *t = &k->table[KC_SOURCES];
    for (kc_at at = kc_first(k, KC_SOURCES); kc_on(&at); at.row++) {
        const char *next = kc_get(&at, "superseded_by");
        unsigned i = 0;
        kc_choice(&at, "kind", kinds, KC_DASH_BAD);
        if (!kc_dash(&at, "read_on") && !is_day(kc_get(&at, "read_on")))
            kc_error(&at, "read_on", "`%s` is no date", kc_get(&at, "read_on"));
        while (i < t->rows && strcmp(t->row[i].cell[0], next) != 0)
            i++;
        if (i == t->rows && strcmp(next, "-") != 0)
            kc_error(&at, "superseded_by", "sources.tsv has no `%s`", next);
        if (!used[at.row - t->row]) kc_warn(&at, "key", "no row names this source");
    }
}

static void all_evidence(kc *k) {
    bool *used = kc_alloc(k->table[KC_SOURCES].rows + 1);
    for (unsigned t = 0; t < KC_TABLES; t++) {
        for (kc_at at = kc_first(k, (kc_name)t);
             k->table[t].schema->evidence && kc_on(&at); at.row++)
            evidence(&at, used);
    }
    sources(k, used);
}

/* ---- ids.h ---- */

static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

static bool same_letters(const char *a, const char *b) {
    for (; *a && *b; a++, b++) {
        if (lower(*a) != lower(*b)) return false;
    }
    return *a == *b;
}

/* Names become capitals in ids.h, so they must differ by more than case. */
static void names(kc *k) {
    static const char good[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    for (kc_at at = kc_first(k, KC_WORDS); kc_on(&at); at.row++) {
        const char *word = kc_get(&at, "word"), *field = kc_get(&at, "field");
        if (strspn(word, good) != strlen(word))
            kc_error(&at, "word", "only letters, digits and _ make a word");
        for (const kc_row *r = at.table->row; r < at.row; r++) {
            if (!strcmp(r->cell[0], field) && strcmp(r->cell[1], word) != 0 &&
                same_letters(r->cell[1], word))
                kc_error(&at, "word", "differs from `%s` by case only", r->cell[1]);
        }
        if (!strcmp(field, "current"))
            kc_error(&at, "field", "the words of `current` are the options");
    }
}

void kc_audit(kc *k) {
    k->lenient = true;
    unique_keys(k);
    unique_rows(k);
    all_evidence(k);
    names(k);
    kc_audit_links(k);
    kc_audit_texts(k);
    kc_audit_said(k);
    kc_audit_trials(k);
    k->lenient = false;
}
