/* doc_html.c - escaping, and the groups that HTML wants around items and pairs. */
#include "doc.h"

#include <string.h>

void nen__html_escaped(nen__buf *b, const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        switch (text[i]) {
            case '&':
                nen__put(b, "&amp;");
                break;
            case '<':
                nen__put(b, "&lt;");
                break;
            case '>':
                nen__put(b, "&gt;");
                break;
            case '"':
                nen__put(b, "&quot;");
                break;
            case '\'':
                nen__put(b, "&#39;");
                break;
            default:
                nen__put_char(b, text[i]);
        }
    }
}

void nen__html_end_groups(nen__doc *d) {
    if (!d->html) return;
    if (d->list) nen__put(d->out, "</ul>\n");
    if (d->numbered) nen__put(d->out, "</ol>\n");
    if (d->pairs) nen__put(d->out, "</dl>\n");
    d->list = d->numbered = d->pairs = false;
}
