/* doc_say.c - blocks of a report whose words are texts, in the report's language. */
#include "doc.h"

static void words(void *to, const char *text, size_t bytes) {
    nen__doc_feed(to, text, bytes);
}

static void strong(void *to, bool on) {
    nen__doc *d = to;
    if (d->html) nen__put(d->out, on ? "<strong>" : "</strong>");
    nen__text_style(d, on ? "1" : "0");
}

const char *nen__said(const nen__doc *d, unsigned text) {
    return nen_text(d->lang, text);
}

const char *nen__worded(const nen__doc *d, const char *english) {
    return nen_translate(d->lang, english);
}

void nen__say(nen__doc *d, unsigned text, const nen__slot *with) {
    const nen__saying out = {words, strong, d};
    nen__fill(&out, nen__said(d, text), with);
}

void nen__say_more(nen__doc *d, unsigned text, const nen__slot *with) {
    nen__doc_say(d, " ");
    nen__say(d, text, with);
}

void nen__line(nen__doc *d, nen__block block, unsigned text, const nen__slot *with) {
    nen__doc_open(d, block);
    nen__say(d, text, with);
    nen__doc_close(d);
}

void nen__head(nen__doc *d, unsigned level, unsigned text) {
    if (level == 2 && nen_row_get(text)) d->about = nen_row_get(text)->id;
    nen__doc_head(d, level, nen__said(d, text));
}

void nen__pair(nen__doc *d, unsigned term) {
    nen__doc_pair(d, nen__said(d, term));
}

void nen__say_table(nen__doc *d, unsigned columns, const unsigned *width,
                    const uint16_t *head) {
    const char *names[NEN__COLUMNS_MAX] = {""};
    for (unsigned i = 0; i < columns && i < NEN__COLUMNS_MAX; i++)
        names[i] = nen__said(d, head[i]);
    nen__doc_table(d, columns, width, names);
}
