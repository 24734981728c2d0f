/* report_course.h - how it may go, in the report: shared by its two voices. */
#ifndef NEN_REPORT_COURSE_H
#define NEN_REPORT_COURSE_H

#include "course_out.h"

/* What the writers of courses take, for words only: it writes into no document. */
void nen__course_page_of(const nen__report *r, nen__course_page *out);
/* "lanreotide, then everolimus (10 cycles)" */
const char *nen__plan_said(const nen__course_page *p, unsigned plan,
                           char text[NEN__TITLE_CAP]);
/* Is there a plan with figures? */
bool nen__course_any(const nen_course_answer *a);
/* A plot of these plans (HTML). */
void nen__course_figure(nen__report *r, const nen_course_answer *a,
                        nen_course_plot plot);

#endif
