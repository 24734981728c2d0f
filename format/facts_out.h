/* facts_out.h - shared by the files of the knowledge browser. */
#ifndef NEN_FACTS_OUT_H
#define NEN_FACTS_OUT_H

#include "doc.h"
#include "facts.h"
#include "json_out.h"
#include "view.h"

typedef struct nen__facts {
    const nen_facts_query *query;
    nen__buf *out;
    nen__doc doc;   /* text */
    nen__json json; /* JSON */
    unsigned found;
} nen__facts;

typedef bool (*nen__row_test)(const nen__facts *f, const nen_table *t, unsigned row);

/* A row in full: JSON object, or every cell as a pair. */
void nen__facts_row(nen__facts *f, const nen_table *t, unsigned row);
/* Rows of a table that pass, in full or one line each; a heading when any does. */
void nen__facts_rows(nen__facts *f, const char *table, const char *title,
                     nen__row_test test, bool full);
void nen__facts_line(nen__facts *f, const nen_table *t, unsigned row);
void nen__facts_title(nen__facts *f, const char *title);
const nen_table *nen__table_named(const char *name);
/* First column of a table: the row's own id or key. */
const char *nen__row_key(const nen_table *t, unsigned row);
/* True when `needle` is in `text`, letters of either case. */
bool nen__contains(const char *text, const char *needle);

/* facts_approvals.c */
void nen__facts_approvals(nen__facts *f);

/* facts_topics.c */
/* Is the word in the set (a row of `sets`)? */
bool nen__set_holds(const char *set, const char *word);
void nen__facts_therapy(nen__facts *f);
void nen__facts_cite(nen__facts *f);
void nen__facts_stale(nen__facts *f);
void nen__facts_search(nen__facts *f);
void nen__facts_glossary(nen__facts *f);

bool nen__facts_has_word(const nen__facts *f, const nen_table *t, unsigned row);

/* facts_trials.c */
bool nen__facts_trial(nen__facts *f); /* false: no such trial */
/* An arm or a figure on one line. */
void nen__facts_gist(const nen_table *t, unsigned row, nen__doc *doc);

#endif
