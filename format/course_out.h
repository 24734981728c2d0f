/* course_out.h - shared by the writers of plans followed for one case. */
#ifndef NEN_COURSE_OUT_H
#define NEN_COURSE_OUT_H

#include "json_out.h"
#include "report.h"

enum { NEN__TITLE_CAP = 1200, NEN__PLAN_CAP = 800, NEN__KEY_CAP = 4 };

typedef struct nen__course_page {
    nen__report r;
    const nen_course_answer *a;
} nen__course_page;

/* course_text.c */

/* "everolimus (at most 30 months)" of one line, by its names for this voice. */
void nen__put_line(nen__buf *b, const nen__course_page *p, const nen_plan *plan,
                   unsigned line);
/* "lanreotide, then everolimus": its lines. */
void nen__put_plan(nen__buf *b, const nen__course_page *p, const nen_plan *plan);
/* A number with one decimal below 10, or none; over the horizon as that. */
void nen__put_months(nen__buf *b, const nen__course_page *p, float months);
/* "mid (lo to hi)" of months or of any number, as months are written. */
void nen__put_band(nen__buf *b, const nen__course_page *p, const nen_band *band);
const char *nen__band_text(const nen__course_page *p, const nen_band *band,
                           char text[NEN__WORD_CAP]);

/* What the intervals hold and what they do not, in a sentence or two. */
void nen__put_sure(nen__buf *b, const nen_course_answer *a, unsigned lang);

/* "Plan 2: lanreotide,everolimus", a heading. */
void nen__course_head(nen__course_page *p, unsigned plan);

/* course_json.c: the members from "model" on, into the object that is open. */
void nen__j_course(nen__json *j, const nen_course_answer *a);

/* course_board.c, course_patient.c: what is said of the plans. */
void nen__course_board(nen__course_page *p);
void nen__course_patient(nen__course_page *p);
/* "plan 2" or "cannot tell" */
const char *nen__course_verdict(const nen__course_page *p, const nen_difference *x,
                                char text[NEN__WORD_CAP]);
/* An item: how many of 100 are alive after so many years, within the horizon. */
void nen__alive_after(nen__report *r, const nen_course_answer *a, const nen_course *c,
                      unsigned years);
/* Plain text that says why no plan of two can be called better. */
unsigned nen__course_plain_why(const nen_difference *x);
/* course_beside.c: diseases of the bone marrow after a drug of the plan; false when no
 * row speaks of it. In words for a board, or a patient, into the block that is open. */
bool nen__late_of(const nen_course_answer *a, unsigned plan, nen_late *out);
void nen__late_board(nen__doc *d, const nen__course_page *p, const nen_late *late);
void nen__late_plain(nen__doc *d, const nen__course_page *p, unsigned plan,
                     const nen_late *late);
/* Hormones on each line of a plan: a pair for a board, items for a patient; nothing
 * where no hormone syndrome is told. */
void nen__hormones_board(nen__doc *d, const nen__course_page *p, unsigned plan);
void nen__hormones_plain(nen__doc *d, const nen__course_page *p, unsigned plan);
/* The rows behind all of it, for the list of sources. */
void nen__beside_use(nen__used *used, const nen_course_answer *a, unsigned plan);
/* course_text.c: a plan that a rule forbids; true when it is one. */
bool nen__course_refused(nen__course_page *p, unsigned plan);

#endif
