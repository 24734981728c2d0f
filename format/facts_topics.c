/* facts_topics.c - the knowledge browser by topic: a therapy, a source, age, search. */
#include "facts_out.h"

#include <stdlib.h>
#include <string.h>

/* ---- one therapy ---- */

static bool id_is_word(const nen__facts *f, const nen_table *t, unsigned row) {
    return !strcmp(nen__row_key(t, row), f->query->word);
}

static bool option_is_word(const nen__facts *f, const nen_table *t, unsigned row) {
    const char *option = nen_cell(t, row, "option");
    return option && !strcmp(option, f->query->word);
}

bool nen__set_holds(const char *set, const char *word) {
    const nen_table *t = nen__table_named("sets");
    const int row = t ? nen_table_row(t, "set", set) : -1;
    return row >= 0 && nen__listed(nen_cell(t, (unsigned)row, "words"), word);
}

/* A set, told with or without its @. */
static bool set_names(const char *set, const char *word) {
    return nen__set_holds(set, word) || nen__set_holds(set + 1, word);
}

static bool rule_names_word(const nen__facts *f, const nen_table *t, unsigned row) {
    const char *cell = nen_cell(t, row, "options");
    while (cell && *cell) {
        char item[64];
        cell += strspn(cell, " ,");
        const size_t n = strcspn(cell, " ,");
        if (n && n < sizeof item) {
            memcpy(item, cell, n);
            item[n] = 0;
            if (!strcmp(item, f->query->word)) return true;
            if (item[0] == '@' && set_names(item, f->query->word)) return true;
        }
        cell += n;
    }
    return false;
}

static bool position_names_word(const nen__facts *f, const nen_table *t, unsigned row) {
    const nen_table *members = nen__table_named("position_options");
    for (unsigned i = 0; members && i < members->rows; i++) {
        if (!strcmp(nen_cell(members, i, "position"), nen__row_key(t, row)) &&
            !strcmp(nen_cell(members, i, "option"), f->query->word))
            return true;
    }
    return false;
}

/* Is this source a key of any row about the therapy? */
static bool source_of_word(const nen__facts *f, const nen_table *t, unsigned row) {
    static const char *const tables[] = {"options",  "effects",   "side_effects",
                                         "cautions", "approvals", "position_options"};
    for (unsigned k = 0; k < sizeof tables / sizeof *tables; k++) {
        const nen_table *about = nen__table_named(tables[k]);
        for (unsigned i = 0; about && i < about->rows; i++) {
            const bool own = k ? option_is_word(f, about, i) : id_is_word(f, about, i);
            const char *source = nen_cell(about, i, "source");
            if (own && source && nen__listed(source, nen__row_key(t, row))) return true;
        }
    }
    return false;
}

void nen__facts_therapy(nen__facts *f) {
    if (!f->query->word || nen_option_find(f->query->word) < 0) return;
    nen__facts_rows(f, "options", nen__said(&f->doc, NEN_T_FACTS_WHAT), id_is_word,
                    true);
    nen__facts_rows(f, "effects", nen__said(&f->doc, NEN_T_FACTS_EFFECTS),
                    option_is_word, true);
    nen__facts_rows(f, "side_effects", nen__said(&f->doc, NEN_T_FACTS_SIDE_EFFECTS),
                    option_is_word, false);
    nen__facts_rows(f, "cautions", nen__said(&f->doc, NEN_T_FACTS_CAUTIONS),
                    option_is_word, false);
    nen__facts_rows(f, "approvals", nen__said(&f->doc, NEN_T_FACTS_APPROVALS),
                    option_is_word, true);
    nen__facts_rows(f, "codes", nen__said(&f->doc, NEN_T_FACTS_CODES), option_is_word,
                    true);
    nen__facts_rows(f, "positions", nen__said(&f->doc, NEN_T_FACTS_POSITIONS),
                    position_names_word, false);
    nen__facts_rows(f, "rules", nen__said(&f->doc, NEN_T_FACTS_RULES), rule_names_word,
                    false);
    nen__facts_rows(f, "sources", nen__said(&f->doc, NEN_T_FACTS_SOURCES),
                    source_of_word, false);
}

/* ---- sources, age, search, glossary ---- */

static bool cites_word(const nen__facts *f, const nen_table *t, unsigned row) {
    const char *source = nen_cell(t, row, "source");
    return source && nen__listed(source, f->query->word);
}

void nen__facts_cite(nen__facts *f) {
    if (!f->query->word) return;
    nen__facts_rows(f, "sources", nen__said(&f->doc, NEN_T_FACTS_SOURCE), id_is_word,
                    true);
    for (unsigned i = 0; i < nen_table_count(); i++) {
        const nen_table *t = nen_table_get(i);
        if (strcmp(t->name, "sources") != 0)
            nen__facts_rows(f, t->name, t->name, cites_word, false);
    }
}

/* Months of a date text since year 0; -1 when it is none. */
static long months_of(const char *iso) {
    enum { MONTHS = 12, YEAR_DIGITS = 4 };
    if (nen__empty(iso) || strlen(iso) < YEAR_DIGITS) return -1;
    const long year = strtol(iso, NULL, 10);
    const bool has_month = iso[YEAR_DIGITS] == '-';
    return year * MONTHS + (has_month ? strtol(iso + YEAR_DIGITS + 1, NULL, 10) : 1);
}

static long now_in_months(const nen_facts_query *q) {
    enum { MONTHS = 12, YEAR = 10000 };
    if (!q->today_yyyymmdd) return months_of(nen_knowledge_date());
    return (long)(q->today_yyyymmdd / YEAR) * MONTHS +
           (long)(q->today_yyyymmdd / 100 % 100);
}

static bool is_stale(const nen__facts *f, const nen_table *t, unsigned row) {
    const long checked = months_of(nen_cell(t, row, "checked"));
    return checked >= 0 && now_in_months(f->query) - checked >= (long)f->query->months;
}

void nen__facts_stale(nen__facts *f) {
    for (unsigned i = 0; i < nen_table_count(); i++) {
        nen__facts_rows(f, nen_table_get(i)->name, nen_table_get(i)->name, is_stale,
                        false);
    }
    if (!f->found && !f->query->json) {
        nen__line(&f->doc, NEN__PARA, NEN_T_FACTS_NOT_STALE,
                  NEN__WITH(nen__as_number("count", f->query->months)));
    }
}

bool nen__facts_has_word(const nen__facts *f, const nen_table *t, unsigned row) {
    for (unsigned c = 0; c < t->columns; c++) {
        if (nen__contains(t->cell[(size_t)row * t->columns + c], f->query->word))
            return true;
    }
    return false;
}

void nen__facts_search(nen__facts *f) {
    if (nen__empty(f->query->word)) return;
    for (unsigned i = 0; i < nen_table_count(); i++) {
        nen__facts_rows(f, nen_table_get(i)->name, nen_table_get(i)->name,
                        nen__facts_has_word, false);
    }
}

static bool term_has_word(const nen__facts *f, const nen_table *t, unsigned row) {
    if (nen__empty(f->query->word)) return true;
    const char *term = nen__worded(&f->doc, nen_cell(t, row, "term"));
    const char *also = nen__worded(&f->doc, nen_cell(t, row, "also"));
    return (term && nen__contains(term, f->query->word)) ||
           (also && nen__contains(also, f->query->word));
}

void nen__facts_glossary(nen__facts *f) {
    const nen_table *t = nen__table_named("glossary");
    nen__facts_title(f, nen__said(&f->doc, NEN_T_FACTS_WORDS));
    for (unsigned i = 0; t && i < t->rows; i++) {
        if (!term_has_word(f, t, i)) continue;
        if (f->query->json) {
            nen__facts_row(f, t, i);
            continue;
        }
        f->found++;
        nen__doc_pair(&f->doc, nen__worded(&f->doc, nen__cell("glossary", i, "term")));
        nen__doc_say(&f->doc, "%s",
                     nen__worded(&f->doc, nen__cell("glossary", i, "plain")));
        const char *technical = nen__cell("glossary", i, "technical");
        if (*technical) {
            nen__say_more(&f->doc, NEN_T_FACTS_TECHNICAL,
                          NEN__WITH(nen__as("words", nen__worded(&f->doc, technical))));
        }
        nen__doc_close(&f->doc);
    }
}
