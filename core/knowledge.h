/* knowledge.h - shape of the compiled tables; tools/knowc prints their contents. */
#ifndef NEN_KNOWLEDGE_H
#define NEN_KNOWLEDGE_H

#include "nen.h"

enum { NEN__FIELD_CHUNKS = (NEN_FIELDS_MAX + 63) / 64 };

/* Operations of a predicate. */
typedef enum nen__opcode {
    NEN__OP_CONST,
    NEN__OP_NOT,
    NEN__OP_AND, /* two operands */
    NEN__OP_OR,
    NEN__OP_KNOWN, /* field */
    NEN__OP_BOOL,  /* field is yes */
    NEN__OP_LT,    /* field < number[arg] */
    NEN__OP_LE,
    NEN__OP_GT,
    NEN__OP_GE,
    NEN__OP_EQ,
    NEN__OP_NE,
    NEN__OP_IN,       /* word field in set[arg] */
    NEN__OP_HAS,      /* list has any of set[arg] */
    NEN__OP_ONLY,     /* list not empty, nothing outside set[arg] */
    NEN__OP_COUNT_LT, /* members < number[arg] */
    NEN__OP_COUNT_LE,
    NEN__OP_COUNT_GT,
    NEN__OP_COUNT_GE,
    NEN__OP_COUNT_EQ,
    NEN__OP_OPTION_IN, /* the option in hand is in set[arg] */
    NEN__OP_OPTION_PRIOR,
    NEN__OP_OPTION_CURRENT
} nen__opcode;

/* One step of a predicate in postfix order. */
typedef struct nen__op {
    uint8_t code, field;
    uint16_t arg; /* row of nen__sets or nen__number; of a constant its truth */
} nen__op;

typedef struct nen__set {
    uint64_t bits[NEN_WORDS_MAX / 64];
} nen__set;

/* A predicate: a row of nen__programs. */
typedef uint16_t nen__pred;
enum { NEN__PRED_TRUE = 0 }; /* always true (cell "-") */

enum { NEN__CACHE_LINE = 64 }; /* bytes; a program fills one */

typedef struct nen__program {
    _Alignas(NEN__CACHE_LINE) uint64_t fields[NEN__FIELD_CHUNKS]; /* it asks for */
    uint64_t must[NEN__FIELD_CHUNKS]; /* without one of these it is never true */
    unsigned (*truth)(const nen_value *fields, uint16_t option); /* a nen_truth */
    uint16_t first, count; /* its steps in nen__ops */
    uint8_t blank;         /* its truth while no field is known (a nen_truth), or
                              NEN__BLANK_NONE: the option in hand decides too */
    bool flat; /* comparisons of fields joined by `and` alone, or by `or` alone */
} nen__program;
enum { NEN__BLANK_NONE = 3 };

enum { NEN__PRED_DEPTH = 16 }; /* the compiler refuses deeper ones */

/* `row` is everywhere the nen_row id. `sites` are bits of the field site's words
 * (never its groups), `systems` bits of nen_system. Arrays are sorted as read. */
typedef struct nen__edition {
    uint64_t sites[2];
    uint32_t from, to; /* yyyymmdd, 0 open */
    uint16_t row;
    uint8_t system, group_table;
    const char *why;
} nen__edition;

typedef struct nen__stage_rule { /* sorted by axis, then order */
    uint64_t sites[2];
    nen__pred when;
    uint16_t row;
    uint8_t systems, axis, value; /* axis 0 t, 1 n, 2 m; value a label of it */
} nen__stage_rule;

typedef struct nen__group_rule { /* sorted by table, then order */
    uint64_t t, n, m;            /* label sets; all ones for '*' */
    uint16_t row;
    uint8_t table, group, inferred;
} nen__group_rule;

typedef struct nen__spread_rule {
    uint64_t sites[2];
    nen__pred when;
    uint16_t row;
    uint8_t axis, value; /* axis 0 extent (0 L, 1 RE, 2 D, 3 U), 1 nodes (0 NONE,
                            1 RN, 2 D, 3 U), 2 metastases (0 NONE, 2 D, 3 U) */
} nen__spread_rule;

/* Rows of an array, or of the pool nen__site_rows of row numbers; there the same rows
 * are the same range. */
typedef struct nen__range {
    uint16_t first, count;
} nen__range;

typedef struct nen__reading {
    uint64_t sites[2];
    nen__pred when;
    uint16_t row;
    uint8_t systems, axis, value; /* axis 3: group; value NEN_LABEL_NULL: unknown */
    const char *why;
} nen__reading;

typedef struct nen__convention {
    nen__pred when;
    nen_value assume;           /* used when assume_field is a field */
    uint16_t row, assume_field; /* NEN_NONE: fixed value instead */
    uint8_t item, value;        /* item: nen_label_kind (GRADE, T, N, M, SPREAD) */
} nen__convention;

typedef struct nen__grade_rule { /* sorted by order */
    uint64_t sites[2];
    nen__pred when;
    uint16_t row;
    uint8_t system, value, bucket; /* system 0 none, 1 digestive, 2 thoracic */
} nen__grade_rule;

typedef struct nen__grade_note {
    nen__pred when;
    uint16_t row;
    uint8_t borderline;
} nen__grade_note;

typedef struct nen__cutoff {
    uint64_t sites[2];
    double value;
    uint16_t row;
    uint16_t field;
} nen__cutoff;

typedef struct nen__score_item {
    uint16_t field;
    uint8_t score;  /* 0 gapp, 1 pass */
    uint8_t points; /* for a yes; 0: the field's own number counts */
} nen__score_item;

typedef struct nen__score_class {
    uint8_t score, lo, hi;
    const char *klass;
    uint16_t row;
} nen__score_class;

typedef struct nen__check {
    nen__pred when;
    uint16_t row;
    uint16_t field[3];
    uint8_t tier; /* 0 error, 1 conflict, 2 doubt */
    const char *code;
} nen__check;

/* A tumor that leaves something: staged by its organ's carcinoma scheme, in no chapter
 * of the staging manual, or treated by guidelines that are not here. */
typedef struct nen__outside {
    nen__pred when;
    uint16_t row;
    uint8_t leaves; /* nen__leaves */
} nen__outside;
typedef enum nen__leaves {
    NEN__LEAVES_FOR_CARCINOMA,
    NEN__LEAVES_CHAPTER,
    NEN__LEAVES_SCOPE
} nen__leaves;

/* A yes or no that a site alone gives. */
typedef struct nen__site_fact {
    uint8_t field, yes;
} nen__site_fact;

typedef struct nen__derived {
    nen__pred when;
    uint8_t word; /* of a word field; a bool takes the predicate itself */
} nen__derived;

typedef struct nen__derivation {        /* one derived field, in file order */
    uint64_t fields[NEN__FIELD_CHUNKS]; /* that its rows ask for */
    uint16_t field;
    uint8_t first, count; /* rows of nen__derived_rows */
    uint8_t blank;        /* says something even when nothing is known */
    uint8_t early;        /* grade, stage or a check may ask for it */
} nen__derivation;
typedef enum nen__derivation_list {
    NEN__DERIVATIONS_ALL,
    NEN__DERIVATIONS_EARLY
} nen__derivation_list;

typedef struct nen__option {
    uint16_t row;
    uint16_t goals;
    uint8_t kind, systemic; /* kind 0 drug 1 procedure 2 imaging 3 care 4 trial */
} nen__option;

typedef struct nen__approval { /* sorted by option */
    nen__pred when;
    uint16_t row;
    uint8_t option, region, kind, puts; /* kind 0 approved 1 extended 2 limited
        3 refused 4 withdrawn 5 discontinued 6 pending 7 none */
} nen__approval;

typedef struct nen__position {
    nen__pred requires, when;
    uint64_t avoid[NEN_WORDS_MAX / 64]; /* options it argues against */
    uint16_t row, first, count;         /* its rows of position_options */
} nen__position;

typedef struct nen__position_option {
    nen__pred requires;
    uint16_t row, goals; /* goals 0: all of the option's */
    uint8_t option, conditional;
    const char *condition;
} nen__position_option;

typedef struct nen__rule {
    nen__pred when, requires;
    uint64_t options[NEN_WORDS_MAX / 64]; /* none: the case */
    uint16_t row;
    uint8_t severity; /* 0 must_never 1 must_flag 2 must_include 3 must_never_label */
    uint8_t effect; /* 0 exclude 1 hold 2 flag 3 include 4 text 5 assert 6 label_off */
    uint8_t if_unknown;   /* 0 ignore 1 hold 2 fire */
    uint8_t regions;      /* bits of the patient's region, 0 any */
    uint8_t names_option; /* `when` speaks of the option in hand */
} nen__rule;

/* ---- the course model (course.h has the words) ---- */

/* What an option is to the model, and for how long it is given when a plan is silent.
 */
typedef struct nen__course_option { /* sorted by option */
    double cycle_weeks;             /* 0: it has no cycles */
    double cap_cycles, cap_months;  /* 0: until growth */
    uint16_t row;
    uint8_t option, klass, models; /* models: bits of nen_model whose trials tell it */
    uint8_t
        randomised;   /* bits of nen__origin where a randomized trial told its effect */
    uint8_t survival; /* likewise, where one showed that people live longer with it */
} nen__course_option;

/* Which model speaks of a case: the first row that is true. */
typedef struct nen__course_model { /* sorted by order */
    nen__pred when;
    uint16_t row;
    uint8_t model, origin; /* nen_model, nen__origin */
} nen__course_model;

/* A number that the model takes where the case has none: the first row that is true. */
typedef struct nen__course_value { /* sorted by order */
    nen__pred when;
    double value;
    uint16_t row;
    uint8_t item; /* nen__course_item */
} nen__course_value;
typedef enum nen__course_item {
    NEN__ITEM_KI67_PCT,
    NEN__ITEM_KI67_LEAST_PCT,
    NEN__ITEM_AGE_YEARS,
    NEN__ITEM_MALE_PCT,
    NEN__ITEM_GROWTH_MONTHS,
    NEN__ITEM_STABLE_MONTHS,
    NEN__ITEM_WIDEN_RATIO
} nen__course_item;

/* Plans that are usual for a case: every row that is true, in this order. */
typedef struct nen__course_order { /* sorted by order */
    nen__pred when;
    nen_plan plan;
    uint16_t row;
} nen__course_order;

/* Yearly rate of a disease of the bone marrow after drugs of all these classes. */
typedef struct nen__course_late { /* those of more classes first */
    double value, lo, hi;         /* per 100 people a year; 0: none was published */
    uint16_t row;
    uint16_t classes; /* bits of nen__class */
} nen__course_late;

/* Share of people whose hormones fall to half or less: the first row that is true, with
 * a class that is new in the line. */
typedef struct nen__course_hormone { /* sorted by order */
    nen__pred when;
    double value, lo, hi; /* of 100 people; 0: none was published */
    uint16_t row;
    uint8_t klass; /* nen__class; none: any */
} nen__course_hormone;

/* What a row's text is in another language than English. */
typedef struct nen__translation { /* sorted by language, then row */
    uint16_t row;
    uint8_t lang;
    const char *text;
} nen__translation;

/* What cells that people read are in another language. Two lists, so that the words
 * of one language stand together. */
typedef struct nen__phrases {
    const char *const *english; /* sorted as strcmp does */
    const char *const *text;    /* of the English at the same place */
    unsigned count;
} nen__phrases;

#define NEN__TABLES(X)                                                                 \
    X(nen__op, ops)                                                                    \
    X(nen__program, programs)                                                          \
    X(nen__set, sets)                                                                  \
    X(double, number)                                                                  \
    X(double, cuts)        /* numbers that a field is compared with, rising */         \
    X(nen__range, cuts_at) /* by field */                                              \
    X(nen_field_info, field)                                                           \
    X(nen__edition, editions)                                                          \
    X(nen__stage_rule, stage_rules)                                                    \
    X(nen__group_rule, group_rules)                                                    \
    X(nen__spread_rule, spread_rules)                                                  \
    X(nen__reading, readings)                                                          \
    X(nen__convention, conventions)                                                    \
    X(nen__grade_rule, grade_rules)                                                    \
    X(nen__grade_note, grade_notes)                                                    \
    X(nen__cutoff, cutoffs)                                                            \
    X(nen__score_item, score_items)                                                    \
    X(nen__score_class, score_classes)                                                 \
    X(nen__check, checks)                                                              \
    X(nen__outside, outsides)                                                          \
    X(nen__derived, derived_rows)                                                      \
    X(nen__derivation, derivations)                                                    \
    X(nen__option, option_rows)                                                        \
    X(nen__approval, approvals)                                                        \
    X(nen__position, positions)                                                        \
    X(nen__position_option, position_options)                                          \
    X(nen__rule, rules)                                                                \
    X(nen__course_option, course_options)                                              \
    X(nen__course_model, course_models)                                                \
    X(nen__course_value, course_values)                                                \
    X(nen__course_order, course_orders)                                                \
    X(nen__course_late, course_lates)                                                  \
    X(nen__course_hormone, course_hormones)                                            \
    X(nen__translation, translations)                                                  \
    X(nen__range, stage_at)       /* stage_rules by system, axis and site */           \
    X(nen__range, spread_rows_at) /* spread_rules by axis and site */                  \
    X(nen__range, readings_at)    /* by system and site */                             \
    X(nen__range, editions_at)    /* by site, as those below */                        \
    X(nen__range, grades_at)                                                           \
    X(nen__range, notes_at)                                                            \
    X(nen__range, conventions_at) /* by item and site */                               \
    X(nen__range, checks_at)                                                           \
    X(nen__range, outsides_at) /* by what is left and site */                          \
    X(nen__range, positions_at)                                                        \
    X(nen__range, approvals_at)                                                        \
    X(nen__range, rules_at)                                                            \
    X(nen__range, derivations_at) /* by nen__derivation_list and site */               \
    X(nen__range, site_facts_at)                                                       \
    X(nen__site_fact, site_facts)                                                      \
    X(uint16_t, site_rows)                                                             \
    X(nen__range, groups_at) /* group_rules by table */                                \
    X(uint8_t, spread_of)    /* label, by extent x 16 + nodes x 4 + metastases */      \
    X(nen_row, row)                                                                    \
    X(nen_table, table)

#pragma GCC visibility push(hidden) /* as in internal.h */

/* extern const T nen__NAME[]; extern const unsigned nen__NAME_count; (Plural where
 * the singular is the type's name: an array cannot share it.) */
#define X(T, name)                                                                     \
    extern const T nen__##name[];                                                      \
    extern const unsigned nen__##name##_count;
NEN__TABLES(X)
#undef X

/* Labels that a label stands for, and the stems that stand for it, itself included in
 * both: nen__covered[kind][label]. */
enum { NEN__LABELS_MAX = 17 };
extern const uint64_t nen__covered[][NEN__LABELS_MAX];
extern const uint64_t nen__stems[][NEN__LABELS_MAX];

/* Labels by option and region before a row applies: off, or no row at all. */
extern const uint8_t nen__label_start[][NEN_REGIONS];

/* Words of each field: nen__word[field][word]. */
extern const nen_word_info *const nen__word[];
extern const char nen__knowledge_date[];
extern const char *const nen__lang[];        /* "en" first, NULL ends them */
extern const nen__phrases nen__phrases_in[]; /* by language; none in English */

#pragma GCC visibility pop

/* build/gen/ids.h (printed too) has NEN__F_<FIELD> (enum, field ids in file order),
 * NEN__W_<FIELD>_<WORD> (word ids in file order) and NEN__O_<OPTION>.
 * build/gen/text_ids.h has NEN_T_<TEXT>: the nen_row id of a text of the report. */

/* Label spaces; tools/knowc and core/label.c share these lists. */
// clang-format off
#define NEN__GRADES(X)                                                                 \
    X(G1) X(G2) X(G3) X(GX) X(NEC) X(LCNEC) X(SCLC) X(TC) X(AC) X(carcinoid_nos)       \
    X(elevated) X(tumourlet) X(none)
#define NEN__TS(X)                                                                     \
    X(TX) X(T0) X(Tis) X(T1) X(T1mi) X(T1a) X(T1b) X(T1c) X(T2) X(T2a) X(T2b) X(T3)    \
    X(T4)
#define NEN__NS(X) X(NX) X(N0) X(N1) X(N2) X(N2a) X(N2b) X(N3)
#define NEN__MS(X) X(M0) X(M1) X(M1a) X(M1b) X(M1c) X(M1c1) X(M1c2)
#define NEN__GROUPS(X)                                                                 \
    X(0) X(I) X(IA) X(IA1) X(IA2) X(IA3) X(IB) X(II) X(IIA) X(IIB) X(III) X(IIIA)      \
    X(IIIB) X(IIIC) X(IV) X(IVA) X(IVB)
#define NEN__SPREADS(X) X(localized) X(regional) X(distant)
// clang-format on
#endif
