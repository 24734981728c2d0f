/* knowc.h - the knowledge compiler: tables in, constant C out. docs/knowledge.md. */
#ifndef NEN_KNOWC_H
#define NEN_KNOWC_H

#include "knowc_predicate.h"

#include <stdio.h>

/* ---- tables as read (knowc_schema.c, knowc_table.c) ---- */

/* In the order in which row ids and nen_tables are numbered. */
typedef enum kc_name {
    KC_SOURCES,
    KC_FIELDS,
    KC_WORDS,
    KC_SETS,
    KC_SITES,
    KC_EDITIONS,
    KC_STAGE_RULES,
    KC_STAGE_GROUPS,
    KC_SPREAD_RULES,
    KC_SPREAD_COMBINE,
    KC_READINGS,
    KC_CONVENTIONS,
    KC_GRADE_RULES,
    KC_GRADE_NOTES,
    KC_CUTOFFS,
    KC_SCORES,
    KC_SCORE_CLASSES,
    KC_CHECKS,
    KC_OUTSIDE,
    KC_OPTIONS,
    KC_EFFECTS,
    KC_SIDE_EFFECTS,
    KC_CAUTIONS,
    KC_CODES,
    KC_APPROVALS,
    KC_POSITIONS,
    KC_POSITION_OPTIONS,
    KC_RULES,
    KC_SYNDROMES,
    KC_FUNCTIONING_SHARE,
    KC_GLOSSARY,
    KC_QUESTIONS,
    KC_TEXTS,
    KC_TRIALS,
    KC_ARMS,
    KC_ENDPOINTS,
    KC_ONGOING_TRIALS,
    KC_SEQUENCING,
    KC_UNITS,
    KC_COURSE_CONSTANTS,
    KC_COURSE,
    KC_TRIAL_CONSTANTS,
    KC_ICDO3,
    KC_TOPOGRAPHY,
    KC_ALTERNATIVES,
    KC_COURSE_CLASSES,
    KC_COURSE_MODELS,
    KC_COURSE_VALUES,
    KC_LANGUAGES,
    KC_TRANSLATIONS,
    KC_COURSE_ORDERS,
    KC_COURSE_LATE,
    KC_COURSE_HORMONES,
    KC_TABLES
} kc_name;

enum {
    KC_COLUMNS_MAX = 40,
    KC_EVIDENCE = 5, /* source locator status checked confidence */
    KC_PATH_MAX = 512
};

typedef struct kc_schema {
    const char *name, *title, *columns; /* columns: space between */
    const char *key;                    /* unique together, space between */
    bool evidence;                      /* ends with the five evidence columns */
} kc_schema;

extern const kc_schema kc_schemas[KC_TABLES];

typedef struct kc_row {
    const char **cell;
    const char *file; /* a table may be read from several */
    unsigned line;
    unsigned id; /* nen_row id, NEN_NONE when it is none */
    bool bad;    /* an error was found: not printed */
} kc_row;

typedef struct kc_table {
    const kc_schema *schema;
    const char *header[KC_COLUMNS_MAX];
    unsigned columns, rows, room;
    kc_row *row;
    bool present;
} kc_table;

/* Growable text. */
typedef struct kc_buf {
    char *text;
    size_t size, room;
} kc_buf;

void kc_print(kc_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void kc_quote(kc_buf *b, const char *text); /* as a C literal */
void *kc_alloc(size_t bytes);               /* zeroed; ends the program when full */
void *kc_more(void *old, size_t bytes);     /* realloc, likewise */
char *kc_copy(const char *text, size_t n);

/* ---- predicates as the tools read them: postfix, one pool ---- */

typedef struct kc_op {
    uint8_t code, field;
    uint16_t arg;
} kc_op;

/* Operations of one predicate in the pool; count 0 is "true", id 0. */
typedef struct kc_span {
    uint16_t first, count;
    nen__pred id; /* as the core knows it: a row of nen__programs */
} kc_span;

/* ---- the whole run ---- */

typedef struct kc {
    const char *dir;
    bool partial; /* missing tables and bad rows are warned of and left out */
    unsigned errors, warnings;
    bool lenient; /* errors found now do not keep a row from being printed */
    kc_table table[KC_TABLES];

    kp_vocab vocab; /* its arrays, and: */
    nen_field_info *field;
    nen_word_info *word[NEN_FIELDS_MAX];
    kp_set *set;
    unsigned site;      /* the field `site` */
    const char *newest; /* highest `checked` */

    kc_op *op; /* pools, without repeats */
    kc_span *pred;
    nen__set *sets;
    double *number;
    unsigned ops, preds, setcount, numbers;
    kc_row **printed[KC_TABLES]; /* rows in the order of their array */
    unsigned printed_rows[KC_TABLES];
    const char **group_table; /* names in order of first appearance */
    unsigned group_tables;
} kc;

/* One row being read; errors name its file, line and a column. */
typedef struct kc_at {
    kc *k;
    kc_table *table;
    kc_row *row;
} kc_at;

void kc_load(kc *k);
char *kc_slurp(const char *path, size_t *bytes); /* NULL when it cannot be read */
const char *kc_cell(const kc_table *t, const kc_row *row, const char *column);
int kc_column(const kc_table *t, const char *column);
void kc_error(const kc_at *at, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void kc_warn(const kc_at *at, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void kc_file_error(kc *k, bool only_warn, const char *path, unsigned line,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));

/* For each row of a table: for (kc_at at = kc_first(k, KC_RULES); kc_on(&at); at.row++)
 */
kc_at kc_first(kc *k, kc_name name);
bool kc_on(const kc_at *at);

/* ---- cells (knowc_cell.c) ---- */

enum { KC_DASH_BAD = -1 };
const char *kc_get(const kc_at *at, const char *column); /* as it stands */
bool kc_dash(const kc_at *at, const char *column);
/* Index in `words` (space between); `dash` for "-", which KC_DASH_BAD refuses. */
int kc_choice(const kc_at *at, const char *column, const char *words, int dash);
bool kc_yes(const kc_at *at, const char *column); /* yes, no or - */
double kc_number(const kc_at *at, const char *column, double dash);
uint32_t kc_date(const kc_at *at, const char *column);  /* yyyymmdd, 0 for - */
unsigned kc_field(const kc_at *at, const char *column); /* NEN_NONE with an error */
/* Next item of a list; false at its end. Sep is one character; blanks are cut off. */
bool kc_item(const char **list, char sep, char *out, size_t cap);
/* Words of `field`, or all of them (no groups) for "-"; @sets too where named. */
nen__set kc_words(const kc_at *at, const char *column, unsigned field, bool dash_all);
nen__set kc_sites(const kc_at *at, const char *column);
uint64_t kc_bits(const kc_at *at, const char *column, const char *words, uint64_t dash);
kc_span kc_pred(const kc_at *at, const char *column);
kc_span kc_pred_text(const kc_at *at, const char *column, const char *text, size_t n);
unsigned kc_option(const kc_at *at, const char *column); /* NEN_NONE with an error */
/* Label of a kind; NEN_LABEL_NULL for `unknown` and "-". */
unsigned kc_label(const kc_at *at, const char *column, nen_label_kind kind);
int kc_index(const char *words, const char *word); /* -1 when absent */
void kc_nearest(const char *words, const char *word, char *out, size_t cap);

/* Label lists of core/knowledge.h with spaces between, by nen_label_kind. */
extern const char *const kc_labels[];
extern const char kc_regions[], kc_goals[], kc_systems[], kc_leaves[];

/* ---- steps ---- */

void kc_vocabulary(kc *k);                /* knowc_vocab.c */
void kc_audit(kc *k);                     /* knowc_audit.c */
void kc_audit_links(kc *k);               /* knowc_links.c */
void kc_audit_texts(kc *k);               /* knowc_texts.c */
void kc_audit_trials(kc *k);              /* knowc_trials.c */
void kc_cover(kc *k);                     /* knowc_cover.c: gaps and dead rows */
void kc_emit_rows(kc *k, kc_buf *out);    /* knowc_rows.c: typed tables */
void kc_emit_options(kc *k, kc_buf *out); /* knowc_options.c: options and rules */
void kc_emit_case(kc *k, kc_buf *out);    /* knowc_emit.c: fields, words, pools */
void kc_emit_trials(kc *k, const char *use, kc_buf *out); /* knowc_trials_emit.c */
void kc_emit_course(kc *k, kc_buf *out);   /* knowc_course.c: options, cases, plans */
void kc_emit_browse(kc *k, kc_buf *out);   /* knowc_browse.c: nen_row, nen_table */
void kc_number_rows(kc *k);                /* knowc_browse.c: gives nen_row ids */
void kc_emit_ids(kc *k, kc_buf *out);      /* knowc_emit.c */
void kc_emit_texts(kc *k, kc_buf *out);    /* knowc_texts.c: languages, translations */
void kc_emit_text_ids(kc *k, kc_buf *out); /* knowc_texts.c: text_ids.h */
/* knowc_said.c: cells that people read, and what they are in other languages */
void kc_audit_said(kc *k);
void kc_emit_said(kc *k, kc_buf *out);
/* Has the language words for everything, so that a page offers it? */
bool kc_is_complete(kc *k, const char *lang);
/* What the page leaves out, for its size: tables that it does not list. */
#define KC_UNLESS_PAGE "#ifndef NEN_PAGE\n"
#define KC_LISTED      "NEN_LISTED" /* a cell that is empty in the page */
/* Prints what `lang` has no words for, false when there is no such language. */
bool kc_untranslated(kc *k, const char *lang);
void kc_text_uses(kc *k, const char *const *path, unsigned paths); /* knowc_uses.c */
void kc_emit_derived(kc *k, kc_buf *out);                          /* knowc_derive.c */
/* Fields that a rule of grade, stage or a check may read, through formulas too. */
void kc_early_fields(kc *k, uint64_t *fields);
void kc_emit_index(kc *k, kc_buf *out);          /* knowc_index.c: rows by site */
void kc_emit_programs(const kc *k, kc_buf *out); /* knowc_program.c */
/* knowc_trials.c: audits a plan in the column `plan`; how many steps it has. */
unsigned kc_plan(const kc_at *at);
void kc_emit_posterior(kc *k, kc_buf *out); /* knowc_posterior.c */
void kc_emit_constants(kc *k, kc_buf *out); /* knowc_constants.c */
void kc_emit_pools(kc *k, kc_buf *out);     /* knowc_emit.c: last of all */
void kc_package(kc_buf *out);               /* knowc_package.c: datapackage.json */

/* A name as a C identifier in capitals. */
void kc_upper(kc_buf *out, const char *name);
/* Next `{name}` of a text from *at on; false when there is none. */
bool kc_placeholder(const char **at, char *name, size_t cap);

/* A text in another language has the placeholders of the English one. */
void kc_same_placeholders(const kc_at *at, const char *english);
/* Number of a language: its row of `languages`, -1 when there is none. */
int kc_lang(kc *k, const char *lang);

/* A table as an array: rows that are not bad, sorted by key_of (NULL: as read). */
void kc_emit_table(kc *k, kc_buf *out, kc_name name, const char *type,
                   const char *array, void (*print)(const kc_at *, kc_buf *),
                   double (*key_of)(const kc_at *));
void kc_print_assume(const kc_at *at, kc_buf *out); /* knowc_assume.c */

/* Opens and closes `const T nen__NAME[]`; the count is of printed rows. */
void kc_begin(kc_buf *out, const char *type, const char *name);
void kc_end(kc_buf *out, const char *name, unsigned count);
void kc_print_pred(kc_buf *out, const char *member, kc_span pred);
/* Fields that a predicate asks for, and its truth when none of them is known. */
void kc_pred_fields(const kc *k, kc_span pred, uint64_t *fields);
nen_truth kc_truth(const kc *k, const nen_value *facts, kc_span pred);
void kc_print_set(kc_buf *out, const char *member, nen__set set);
void kc_print_text(kc_buf *out, const char *member, const char *text);

#endif
