/* report_text.c - the report as text for a terminal. */
#include "report.h"

#include <string.h>

size_t nen_write_text(const nen_input *in, const nen_dossier *d, const nen_style *style,
                      char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__report r;
    memset(&r, 0, sizeof r);
    r.in = in;
    r.x = d;
    r.style = style;
    nen__doc_begin(&r.doc, &b, false, style->color, style->lang);
    if (style->board) {
        nen__report_board(&r);
    } else {
        nen__report_patient(&r);
    }
    nen__doc_end(&r.doc);
    return nen__buf_end(&b);
}
