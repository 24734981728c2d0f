/* view.h - what the writers ask of a dossier: values as words, rows used, figures. */
#ifndef NEN_VIEW_H
#define NEN_VIEW_H

#include "buf.h"
#include "say.h"
#include "write.h"

/* ---- cells ---- */

/* Cell of a table by name, "" when there is none or it is "-". */
const char *nen__cell(const char *table, unsigned row, const char *column);
bool nen__empty(const char *text); /* NULL, "" or "-" */
/* Is `word` an item of a list cell (", " or " | " or ";" between)? */
bool nen__listed(const char *cell, const char *word);

/* ---- options (view_option.c) ---- */

/* Cell of an option's row of the table `options`. */
const char *nen__option_cell(unsigned option, const char *column);
const char *nen__option_name(unsigned option, unsigned lang);
const char *nen__option_plain(unsigned option, unsigned lang);
const char *nen__option_status(unsigned status);
const char *nen__label_state(unsigned state);
/* Does reason `at` of an option carry an "if" that no reason before it says? */
bool nen__new_condition(const nen_option_result *o, unsigned at);
/* Option ids to show, best status first, current ones before others of their status;
 * returns how many. */
unsigned nen__options_shown(const nen_dossier *d, const nen_style *style,
                            uint8_t out[NEN_WORDS_MAX]);

/* The same for a reader: without those that are a part of another one shown alike. */
unsigned nen__options_told(const nen_dossier *d, const nen_style *style,
                           uint8_t out[NEN_WORDS_MAX]);

/* Does it act on hormones, growth or size, by the words of its row? */
bool nen__acts(unsigned option);
/* The current option that this one would replace, -1 when none; *row is then the row of
 * the table `alternatives` that says so. */
int nen__replaces(const nen_dossier *d, unsigned option, unsigned *row);

/* One figure of the table `effects`. */
typedef struct nen__figure {
    int row;              /* of the table effects, -1 none */
    double value, lo, hi; /* NAN when unknown */
    const char *trial, *unit, *versus, *population;
} nen__figure;
/* The figure `measure` of an option that fits the case's site; row -1 when none. */
nen__figure nen__figure_of(const nen_dossier *d, unsigned option, const char *measure);
nen__figure nen__figure_at(int row);
/* Does row `row` of a table with the column `sites` speak of the case's site? */
bool nen__site_fits(const nen_dossier *d, const char *sites);

/* ---- rows used ---- */

enum { NEN__USED_ROWS = 8192 };
typedef struct nen__used {
    uint64_t bit[NEN__USED_ROWS / 64];
} nen__used;

void nen__use(nen__used *used, unsigned row);
void nen__use_id(nen__used *used, const char *id);
void nen__use_rows(nen__used *used, const nen_rows *rows);
bool nen__uses(const nen__used *used, unsigned row);
void nen__use_grade(nen__used *used, const nen_dossier *d);
void nen__use_stage(nen__used *used, const nen_dossier *d);
void nen__use_option(nen__used *used, const nen_dossier *d, unsigned option);
void nen__use_flags(nen__used *used, const nen_dossier *d);
/* course_text.c: what the plans of an answer rest on. */
void nen__use_course(nen__used *used, const nen_course_answer *a);
/* Everything the parts of `style` show. */
void nen__use_all(nen__used *used, const nen_dossier *d, const nen_style *style);

/* Walks the sources of the rows used, each key, locator and status once.
 * Start with *at = 0; false at the end. */
typedef struct nen__citation {
    char key[64];
    const char *title, *year, *place; /* from `sources`; place: identifier or url */
    const char *locator, *status, *checked;
} nen__citation;
bool nen__next_citation(const nen__used *used, unsigned *at, nen__citation *out);

/* All of them at once; walking them again costs nothing then. */
enum { NEN__CITATIONS_MAX = 512 };
typedef struct nen__cited {
    nen__citation item[NEN__CITATIONS_MAX];
    unsigned count;
} nen__cited;
void nen__cite_all(const nen__used *used, nen__cited *out);
/* Was the key of item `at` among those before it? */
bool nen__cited_before(const nen__cited *all, unsigned at);

/* ---- values (view_value.c) ---- */

/* A field's value as the case format writes it ("<3", "liver, bone", "C25.4"). */
void nen__put_value(nen__buf *b, const nen_case *c, unsigned field);
/* For a person: words by their plain or technical names, numbers with unit. */
typedef struct nen__voice {
    bool plain;    /* for a patient; else for a board */
    unsigned lang; /* of nen_text */
} nen__voice;
void nen__put_value_words(nen__buf *b, const nen_case *c, unsigned field,
                          const nen__voice *voice);
/* Name of a field for a person. */
void nen__put_field_name(nen__buf *b, unsigned field, const nen__voice *voice);
/* The group whose members are exactly these words, or the only word; -1 else. */
int nen__word_for(unsigned field, const nen_value *v);
bool nen__told(const nen_case *c, unsigned field);
/* Shape of an interval against the field's range. */
typedef enum nen__shape { NEN__EXACT, NEN__BELOW, NEN__ABOVE, NEN__BETWEEN } nen__shape;
nen__shape nen__shape_of(const nen_value *v, const nen_field_info *info);
/* Dates, topography and ICD-O-3 as text. */
void nen__put_code(nen__buf *b, const nen_value *v, unsigned type);
const char *nen__prefix(const nen_case *c, const char *field);

/* ---- items ---- */

const char *nen__settled(unsigned settled, const char *not_applicable);
const char *nen__row_id(unsigned row); /* NULL when none */
const char *nen__flag_id(const nen_flag *f);
const nen_row *nen__flag_row(const nen_flag *f);
const char *nen__severity(const nen_flag *f);
const char *nen__grade_system(unsigned system);
unsigned nen__count_bits(const uint64_t *set, unsigned words);
static inline bool nen__has(const uint64_t *set, unsigned i) {
    return set[i / 64] >> (i % 64) & 1;
}
/* Labels of a possible set, `between` two of them. */
/* The value; TX by convention says what is known all the same: "TX (>= T2)". */
const char *nen__value_at_least(nen_label_kind kind, const nen_item *item, char *text,
                                size_t cap);
void nen__put_labels(nen__buf *b, nen_label_kind kind, uint64_t set,
                     const char *between, unsigned lang);
/* Region whose label is shown: style, else the case's, else 0xff. */
unsigned nen__region(const nen_dossier *d, const nen_style *style);

#endif
