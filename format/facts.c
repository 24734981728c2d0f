/* facts.c - the knowledge browser: the tables, one table, one row. */
#include "facts_out.h"
#include "report_json.h"

#include <string.h>

const nen_table *nen__table_named(const char *name) {
    const int t = nen_table_find(name);
    return t < 0 ? NULL : nen_table_get((unsigned)t);
}

static const char *cell_at(const nen_table *t, unsigned row, unsigned column) {
    return t->cell[(size_t)row * t->columns + column];
}

const char *nen__row_key(const nen_table *t, unsigned row) {
    return cell_at(t, row, 0);
}

static char lower(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool nen__contains(const char *text, const char *needle) {
    if (!*needle) return false;
    for (; *text; text++) {
        size_t k = 0;
        while (needle[k] && lower(text[k]) == lower(needle[k]))
            k++;
        if (!needle[k]) return true;
    }
    return false;
}

/* ---- rows ---- */

static void row_json(nen__facts *f, const nen_table *t, unsigned row) {
    nen__j_open(&f->json, '{');
    nen__j_pair(&f->json, "table", t->name);
    for (unsigned c = 0; c < t->columns; c++)
        nen__j_pair_or_null(&f->json, t->header[c], cell_at(t, row, c));
    nen__j_close(&f->json, '}');
}

void nen__facts_row(nen__facts *f, const nen_table *t, unsigned row) {
    f->found++;
    if (f->query->json) {
        row_json(f, t, row);
        return;
    }
    nen__doc_head(&f->doc, 3, nen__row_key(t, row));
    for (unsigned c = 1; c < t->columns; c++) {
        if (nen__empty(cell_at(t, row, c))) continue;
        nen__doc_pair(&f->doc, t->header[c]);
        nen__doc_say(&f->doc, "%s", nen__worded(&f->doc, cell_at(t, row, c)));
        nen__doc_close(&f->doc);
    }
}

/* The column that says most about a row, for a one-line list. */
static const char *gist(const nen_table *t, unsigned row) {
    static const char *const columns[] = {"title", "name", "text", "term", "plain",
                                          "when",  "why",  "help", "value"};
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *cell = nen_cell(t, row, columns[i]);
        if (!nen__empty(cell)) return cell;
    }
    return t->columns > 1 ? cell_at(t, row, 1) : "";
}

void nen__facts_line(nen__facts *f, const nen_table *t, unsigned row) {
    if (f->query->json) {
        nen__facts_row(f, t, row);
        return;
    }
    const char *tier = nen_cell(t, row, "tier"); /* common, serious; error, doubt */
    f->found++;
    nen__doc_open(&f->doc, NEN__ITEM);
    nen__doc_strong(&f->doc, nen__row_key(t, row));
    if (!strcmp(t->name, "arms") || !strcmp(t->name, "endpoints")) {
        nen__facts_gist(t, row, &f->doc);
    } else {
        nen__doc_say(&f->doc, "  %s%s%s", tier ? nen__worded(&f->doc, tier) : "",
                     tier ? ": " : "", nen__worded(&f->doc, gist(t, row)));
    }
    const char *status = nen_cell(t, row, "status");
    if (status && !strcmp(status, "unverified"))
        nen__say_more(&f->doc, NEN_T_FACTS_UNVERIFIED, NULL);
    nen__doc_close(&f->doc);
}

void nen__facts_title(nen__facts *f, const char *title) {
    if (!f->query->json) nen__doc_head(&f->doc, 2, title);
}

void nen__facts_rows(nen__facts *f, const char *table, const char *title,
                     nen__row_test test, bool full) {
    const nen_table *t = nen__table_named(table);
    bool any = false;
    for (unsigned i = 0; t && i < t->rows; i++) {
        if (test && !test(f, t, i)) continue;
        if (!any) nen__facts_title(f, title);
        any = true;
        if (full) {
            nen__facts_row(f, t, i);
        } else {
            nen__facts_line(f, t, i);
        }
    }
}

/* ---- tables ---- */

static void table_json(nen__facts *f, const nen_table *t) {
    nen__j_open(&f->json, '{');
    nen__j_pair(&f->json, "table", t->name);
    nen__j_pair_or_null(&f->json, "title", t->title);
    nen__j_pair_number(&f->json, "rows", t->rows);
    nen__j_array(&f->json, "columns");
    for (unsigned c = 0; c < t->columns; c++)
        nen__j_string(&f->json, t->header[c]);
    nen__j_close(&f->json, ']');
    nen__j_close(&f->json, '}');
}

static void tables(nen__facts *f) {
    nen__facts_title(f, nen__said(&f->doc, NEN_T_FACTS_TABLES));
    for (unsigned i = 0; i < nen_table_count(); i++) {
        const nen_table *t = nen_table_get(i);
        f->found++;
        if (f->query->json) {
            table_json(f, t);
            continue;
        }
        nen__doc_open(&f->doc, NEN__ITEM);
        nen__doc_strong(&f->doc, t->name);
        nen__doc_say(&f->doc, " ");
        nen__say_more(&f->doc, NEN_T_FACTS_ROWS,
                      NEN__WITH(nen__as_number("count", t->rows)));
        if (!nen__empty(t->title) && strcmp(t->title, t->name) != 0)
            nen__doc_say(&f->doc, ". %s", nen__worded(&f->doc, t->title));
        nen__doc_close(&f->doc);
    }
}

static bool key_is(const nen__facts *f, const nen_table *t, unsigned row) {
    const char *key = nen__row_key(t, row);
    const char *dot = strchr(key, '.');
    return !strcmp(key, f->query->word) || (dot && !strcmp(dot + 1, f->query->word));
}

static void table(nen__facts *f) {
    const nen_table *t = nen__table_named(f->query->topic);
    if (!t) return;
    const char *title = nen__worded(&f->doc, t->title ? t->title : t->name);
    const bool one = f->query->word != NULL;
    if (one && !strcmp(t->name, "trials") && nen__facts_trial(f)) return;
    nen__facts_rows(f, t->name, title, one ? key_is : NULL, one);
    if (one && !f->found)
        nen__facts_rows(f, t->name, title, nen__facts_has_word, false);
}

/* ---- dispatch ---- */

static void answer(nen__facts *f) {
    static const struct {
        const char *topic;
        void (*run)(nen__facts *f);
    } topics[] = {{"therapy", nen__facts_therapy},
                  {"cite", nen__facts_cite},
                  {"stale", nen__facts_stale},
                  {"search", nen__facts_search},
                  {"glossary", nen__facts_glossary}};
    const char *topic = f->query->topic ? f->query->topic : "";
    for (unsigned i = 0; i < sizeof topics / sizeof *topics; i++) {
        if (!strcmp(topic, topics[i].topic)) {
            topics[i].run(f);
            return;
        }
    }
    if (!*topic) {
        tables(f);
    } else if (!strcmp(topic, "approvals") && !f->query->word) {
        nen__facts_approvals(f);
    } else {
        table(f);
    }
}

static void json_head(nen__facts *f) {
    nen__json *j = &f->json;
    nen__j_open(j, '{');
    nen__j_head(j);
    nen__j_pair_or_null(j, "facts", f->query->topic);
    nen__j_array(j, "rows");
}

size_t nen_write_facts(const nen_facts_query *query, unsigned *found, char *buf,
                       size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__facts f;
    memset(&f, 0, sizeof f);
    f.query = query;
    f.out = &b;
    f.json.out = &b;
    nen__doc_begin(&f.doc, &b, false, query->color, query->lang);
    if (query->json) json_head(&f);
    answer(&f);
    if (query->json) {
        nen__j_close(&f.json, ']');
        nen__j_close(&f.json, '}');
        nen__put_char(&b, '\n');
    } else {
        nen__doc_end(&f.doc);
    }
    *found = f.found;
    return nen__buf_end(&b);
}
