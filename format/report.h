/* report.h - shared by the two voices of the report and the shapes they take. */
#ifndef NEN_REPORT_H
#define NEN_REPORT_H

#include "doc.h"
#include "view.h"

typedef struct nen__report {
    nen__doc doc;
    const nen_input *in;
    const nen_dossier *x;
    const nen_style *style;
    nen__used used; /* rows shown so far: the sources section is exactly these */
} nen__report;

/* The report's body, in the voice of its style. */
void nen__report_patient(nen__report *r);
void nen__report_board(nen__report *r);

/* report_patient_options.c */
void nen__patient_options(nen__report *r);
void nen__patient_hormones(nen__report *r);
/* report_board_options.c */
void nen__board_options(nen__report *r);
void nen__board_flags(nen__report *r);

/* report_parts.c: sections that both voices have. */
void nen__report_told(nen__report *r, bool plain);
void nen__report_warnings(nen__report *r);
void nen__report_ignored(nen__report *r);
void nen__report_open_questions(nen__report *r, unsigned most);
void nen__report_words(nen__report *r);
void nen__report_sources(nen__report *r);
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
