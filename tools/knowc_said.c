/* knowc_said.c - cells that people read, and what they are in other languages.
 *
 * A translation is kept by its English: what stands in two places is translated once,
 * and when the English changes, its translation is an error until somebody reads it
 * again. */
#include "knowc.h"

#include <stdlib.h>
#include <string.h>

/* Columns that are shown to people, by table. */
static const struct {
    kc_name table;
    const char *columns;
} said[] = {
    {KC_TEXTS, "text"},
    {KC_SOURCES, "title"},
    {KC_FIELDS, "group unit help plain question why"},
    {KC_WORDS, "name plain"},
    {KC_SITES, "name plain"},
    {KC_OPTIONS, "name plain_name mechanism route rhythm summary hormones growth "
                 "shrink"},
    {KC_SIDE_EFFECTS, "tier text"},
    {KC_CAUTIONS, "text"},
    {KC_APPROVALS, "text"},
    {KC_GLOSSARY, "term also plain technical"},
    {KC_QUESTIONS, "text why"},
    {KC_SYNDROMES, "name plain hormone places symptoms tests traps treatment danger "
                   "prevalence"},
    {KC_FUNCTIONING_SHARE, "text"},
    {KC_POSITIONS, "text plain"},
    {KC_POSITION_OPTIONS, "condition"},
    {KC_RULES, "severity title text plain"},
    {KC_ALTERNATIVES, "text plain"},
    {KC_GRADE_RULES, "text"},
    {KC_GRADE_NOTES, "text plain"},
    {KC_CUTOFFS, "text"},
    {KC_SCORE_CLASSES, "class text"},
    {KC_CHECKS, "tier text"},
    {KC_OUTSIDE, "text"},
    {KC_EDITIONS, "why"},
    {KC_STAGE_RULES, "text"},
    {KC_STAGE_GROUPS, "text"},
    {KC_SPREAD_RULES, "text"},
    {KC_SPREAD_COMBINE, "text"},
    {KC_READINGS, "why"},
    {KC_CONVENTIONS, "text"},
    {KC_EFFECTS, "unit versus population text"},
    {KC_ONGOING_TRIALS, "population arms state result"},
    {KC_SEQUENCING, "text"},
    {KC_TRIALS, "text"},
    {KC_ARMS, "name subset"},
    {KC_ENDPOINTS, "endpoint statistic detail unit"},
    {KC_COURSE_MODELS, "text plain"},
    {KC_COURSE_VALUES, "text plain"},
    {KC_COURSE_ORDERS, "text"},
    {KC_COURSE_LATE, "text"},
    {KC_COURSE_HORMONES, "text"},
};

/* Words of the evidence columns that stand for themselves (docs/knowledge.md). */
static const char *const evidence[] = {
    "published", "derived",  "judgement", "unverified", "abstract", "excerpt",
    "unread",    "this row", "high",      "medium",     "low"};

/* One cell that is said. */
typedef struct cell {
    const char *text, *column;
    kc_at at;
} cell;

typedef struct cells {
    cell *cell;
    unsigned count, room;
} cells;

static void add(cells *all, const kc_at *at, const char *column, const char *text) {
    if (!strcmp(text, "-")) return;
    if (all->count == all->room) {
        all->room = all->room ? all->room * 2 : 1024;
        all->cell = kc_more(all->cell, all->room * sizeof *all->cell);
    }
    all->cell[all->count++] = (cell){text, kc_copy(column, strlen(column)), *at};
}

/* texts has rows in other languages, which are no English; titles of sources stay as
 * they were published, but for the project's own. */
static bool in_english(const kc_at *at) {
    const kc_schema *s = at->table->schema;
    if (s == &kc_schemas[KC_TEXTS]) return !strcmp(kc_get(at, "lang"), "en");
    return s != &kc_schemas[KC_SOURCES] || !strcmp(kc_get(at, "kind"), "project");
}

static cells all_cells(kc *k) {
    cells all = {0};
    char name[KP_NAME_MAX];
    for (unsigned i = 0; i < sizeof said / sizeof *said; i++) {
        const char *columns = said[i].columns;
        while (kc_item(&columns, ' ', name, sizeof name)) {
            for (kc_at at = kc_first(k, said[i].table); kc_on(&at); at.row++)
                if (in_english(&at)) add(&all, &at, name, kc_get(&at, name));
        }
    }
    const kc_at first = kc_first(k, KC_LANGUAGES);
    for (unsigned i = 0; kc_on(&first) && i < sizeof evidence / sizeof *evidence; i++)
        add(&all, &first, "complete", evidence[i]);
    for (unsigned t = 0; kc_on(&first) && t < KC_TABLES; t++)
        add(&all, &first, "complete", kc_schemas[t].title);
    return all;
}

static const kc_row *translation(kc *k, const char *lang, const char *english) {
    for (kc_at at = kc_first(k, KC_TRANSLATIONS); kc_on(&at); at.row++) {
        if (!strcmp(kc_get(&at, "english"), english) &&
            !strcmp(kc_get(&at, "lang"), lang))
            return at.row;
    }
    return NULL;
}

/* A text may have a row of its own where its words depend on the place. */
static bool has_own_row(const cell *c, const char *lang) {
    if (c->at.table->schema != &kc_schemas[KC_TEXTS]) return false;
    for (kc_at at = kc_first(c->at.k, KC_TEXTS); kc_on(&at); at.row++) {
        if (!strcmp(kc_get(&at, "id"), kc_get(&c->at, "id")) &&
            !strcmp(kc_get(&at, "lang"), lang))
            return true;
    }
    return false;
}

/* Cells without words in `lang`, each English once. */
static cells untranslated(kc *k, const char *lang) {
    const cells all = all_cells(k);
    cells none = {0};
    for (unsigned i = 0; i < all.count; i++) {
        const cell *c = &all.cell[i];
        bool before = false;
        if (translation(k, lang, c->text) || has_own_row(c, lang)) continue;
        for (unsigned j = 0; j < none.count && !before; j++)
            before = !strcmp(none.cell[j].text, c->text);
        if (!before) add(&none, &c->at, c->column, c->text);
    }
    return none;
}

bool kc_untranslated(kc *k, const char *lang) {
    if (kc_lang(k, lang) < 0) return false;
    const cells none = untranslated(k, lang);
    for (unsigned i = 0; i < none.count; i++) {
        const cell *c = &none.cell[i];
        printf("%s:%u\t%s\t%s\n", c->at.row->file, c->at.row->line, c->column, c->text);
    }
    fprintf(stderr, "knowc: %u texts have no words in `%s`\n", none.count, lang);
    return true;
}

/* ---- audit ---- */

static unsigned count_of(const char *text, const char *part) {
    unsigned n = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        n++;
    return n;
}

/* Marks of a text that a reader's program looks for. */
static void same_marks(const kc_at *at) {
    static const char *const marks[] = {"**", "[[", "]]", " | "};
    const char *english = kc_get(at, "english"), *text = kc_get(at, "text");
    for (unsigned i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (count_of(english, marks[i]) != count_of(text, marks[i]))
            kc_error(at, "text", "`%s` stands not as often as in English", marks[i]);
    }
}

static bool is_said(const cells *all, const char *english) {
    for (unsigned i = 0; i < all->count; i++)
        if (!strcmp(all->cell[i].text, english)) return true;
    return false;
}

bool kc_is_complete(kc *k, const char *lang) {
    for (kc_at at = kc_first(k, KC_LANGUAGES); kc_on(&at); at.row++)
        if (!strcmp(kc_get(&at, "lang"), lang)) return kc_yes(&at, "complete");
    return false;
}

/* A language that says it is complete has words for every cell. */
static void complete(kc *k) {
    for (kc_at at = kc_first(k, KC_LANGUAGES); kc_on(&at); at.row++) {
        const char *lang = kc_get(&at, "lang");
        if (at.row == at.table->row || !kc_is_complete(k, lang)) continue;
        const cells none = untranslated(k, lang);
        for (unsigned i = 0; i < none.count; i++)
            kc_error(&none.cell[i].at, none.cell[i].column,
                     "no words in `%s`: a row of translations.tsv is missing", lang);
    }
}

/* An error once the language is complete; until then it is no longer shown. */
static void stale(const kc_at *at) {
    static const char why[] = "nothing says this: has the English changed?";
    if (kc_is_complete(at->k, kc_get(at, "lang"))) {
        kc_error(at, "english", why);
    } else {
        kc_warn(at, "english", why);
    }
}

void kc_audit_said(kc *k) {
    const cells all = all_cells(k);
    for (kc_at at = kc_first(k, KC_TRANSLATIONS); kc_on(&at); at.row++) {
        if (kc_lang(k, kc_get(&at, "lang")) < 1)
            kc_error(&at, "lang", "a language of `languages` other than English");
        if (kc_dash(&at, "text")) kc_error(&at, "text", "no words");
        if (!is_said(&all, kc_get(&at, "english"))) stale(&at);
        kc_same_placeholders(&at, kc_get(&at, "english"));
        same_marks(&at);
    }
    complete(k);
}

/* ---- printing ---- */

typedef struct sentence {
    const char *english, *text;
    int lang;
} sentence;

static int by_english(const void *a, const void *b) {
    const sentence *x = a, *y = b;
    return x->lang != y->lang ? x->lang - y->lang : strcmp(x->english, y->english);
}

/* One of the two lists of a language; the page has a module for each that it offers. */
static void print_list(const sentence *list, unsigned n, int lang, const char *code,
                       bool english, kc_buf *out) {
    kc_print(out, "static const char *const %s_%d[] = {\n",
             english ? "english" : "text", lang);
    kc_print(out, "#if !defined NEN_PAGE || defined NEN_PAGE_%s\n", code);
    for (unsigned i = 0; i < n; i++) {
        if (list[i].lang != lang) continue;
        kc_print(out, "    ");
        kc_quote(out, english ? list[i].english : list[i].text);
        kc_print(out, ",\n");
    }
    kc_print(out, "#endif\n    NULL};\n");
}

static unsigned sorted(kc *k, sentence *list) {
    unsigned n = 0;
    for (kc_at at = kc_first(k, KC_TRANSLATIONS); kc_on(&at); at.row++) {
        if (at.row->bad) continue;
        list[n++] = (sentence){kc_get(&at, "english"), kc_get(&at, "text"),
                               kc_lang(k, kc_get(&at, "lang"))};
    }
    qsort(list, n, sizeof *list, by_english);
    return n;
}

void kc_emit_said(kc *k, kc_buf *out) {
    sentence *list = kc_alloc((k->table[KC_TRANSLATIONS].rows + 1) * sizeof *list);
    const unsigned n = sorted(k, list);
    int languages = 0;
    for (kc_at at = kc_first(k, KC_LANGUAGES); kc_on(&at); at.row++, languages++) {
        if (languages == 0) continue; /* English */
        print_list(list, n, languages, kc_get(&at, "lang"), false, out);
        print_list(list, n, languages, kc_get(&at, "lang"), true, out);
    }
    kc_print(out, "const nen__phrases nen__phrases_in[] = {{NULL, NULL, 0}");
    for (int lang = 1; lang < languages; lang++)
        kc_print(out,
                 ",\n    {english_%d, text_%d, sizeof text_%d / sizeof *text_%d - 1}",
                 lang, lang, lang, lang);
    kc_print(out, "};\n\n");
}
