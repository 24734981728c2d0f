/* report.h - shared by the two voices of the report and the shapes they take. */
#ifndef NEN_REPORT_H
#define NEN_REPORT_H

#include "doc.h"
#include "view.h"

/* Sources of the patient's sheet, numbered as they are first named. */
enum { NEN__REFS_MAX = 64 };
typedef struct nen__ref {
    const char *key; /* in a `source` cell: not ended by a zero */
    uint8_t bytes;
    bool unverified; /* a row named for it was not checked against it */
} nen__ref;
typedef struct nen__refs {
    nen__ref ref[NEN__REFS_MAX];
    unsigned count;
    uint64_t waiting; /* named since the last number was printed */
} nen__refs;

typedef struct nen__report {
    nen__doc doc;
    const nen_input *in;
    const nen_dossier *x;
    const nen_style *style;
    nen__used used; /* rows shown so far: the sources section is exactly these */
    nen__refs refs; /* patient only */
} nen__report;

/* The report's body, in the voice of its style. */
void nen__report_patient(nen__report *r);
void nen__report_board(nen__report *r);

/* report_patient_options.c, report_patient_hormones.c */
void nen__patient_options(nen__report *r);
void nen__patient_hormones(nen__report *r);
/* report_patient_course.c, report_course.c: how it may go */
void nen__patient_course(nen__report *r);
void nen__patient_life(nen__report *r);
void nen__board_course(nen__report *r);
/* report_patient_card.c: an option in full, or in a line or two. */
void nen__option_card(nen__report *r, unsigned option);
void nen__option_brief(nen__report *r, unsigned option);
bool nen__is_treatment(unsigned option); /* a drug or a procedure */
/* Does reason `i` bear on the status? A condition does not bind what already fits. */
bool nen__reason_counts(const nen_option_result *o, unsigned i);

/* report_refs.c: the rows that a sentence rests on, then their numbers: " [1, 4]". */
void nen__refer(nen__report *r, unsigned row);
void nen__refer_end(nen__report *r);
void nen__patient_sources(nen__report *r);
/* A part that is closed on a page and left out of a short text: when true, write it and
 * end it. A section has a heading. */
bool nen__fold(nen__report *r, unsigned title);
bool nen__fold_section(nen__report *r, unsigned title);
void nen__fold_end(nen__report *r);
/* report_board_summary.c, report_board_options.c, report_board_rules.c */
void nen__board_summary(nen__report *r);
void nen__board_options(nen__report *r);
void nen__board_reasons(nen__report *r);
void nen__board_flags(nen__report *r);
/* Ids of the options of a set: "a, b". */
void nen__board_option_ids(nen__report *r, const uint64_t *set);

/* report_board_words.c: the words of a nen_option_status, a nen_label_state, a
 * nen_settled (`not_applicable` is the text of the last one), a goal. */
const char *nen__status_said(const nen__doc *d, unsigned status);
const char *nen__label_said(const nen__doc *d, unsigned state);
const char *nen__settled_said(const nen__doc *d, unsigned settled,
                              unsigned not_applicable);
const char *nen__region_said(const nen__doc *d, unsigned region);
const char *nen__goal_said(const nen__doc *d, unsigned goal);

/* report_once.c: rows that the shown options name, each once, in their order. */
enum { NEN__SPOKEN_MAX = 128 };
typedef struct nen__spoken {
    uint16_t row;
    uint64_t of[NEN_WORDS_MAX / 64]; /* options */
} nen__spoken;
/* The i-th row that an option names, or NEN_NONE. */
typedef uint16_t (*nen__row_of)(const nen_option_result *o, unsigned i);
unsigned nen__gather(const nen_dossier *d, const uint8_t *shown, unsigned n,
                     nen__row_of rows, nen__spoken *all);

/* report_parts.c: sections that both voices have. */
void nen__report_told(nen__report *r, bool plain); /* without a heading */
void nen__report_warnings(nen__report *r);
void nen__report_ignored(nen__report *r);
void nen__report_open_questions(nen__report *r, unsigned most);
void nen__report_words(nen__report *r);
void nen__report_citations(nen__report *r); /* every source, with the places used */
void nen__report_version(nen__report *r);
bool nen__full_report(const nen__report *r);
/* Text of a row for this voice: plain for a patient when there is one. */
const char *nen__row_text(const nen__report *r, unsigned row);
/* Marks a row as shown. */
void nen__show_row(nen__report *r, unsigned row);

/* body_svg.c: pictures of the HTML report. */
void nen__svg_body(nen__doc *d, const nen_dossier *x);
void nen__svg_stage(nen__doc *d, const nen_dossier *x);
void nen__svg_grade(nen__doc *d, const nen_dossier *x);

#endif
