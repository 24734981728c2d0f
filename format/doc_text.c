/* doc_text.c - wrapping at 80 columns, word by word, counted in code points. */
#include "doc.h"

#include <string.h>

void nen__text_newline(nen__doc *d) {
    nen__put_char(d->out, '\n');
    d->column = 0;
    d->space = false;
    d->fresh = true;
}

static void spaces(nen__doc *d, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        nen__put_char(d->out, ' ');
    d->column += n;
}

void nen__text_indent(nen__doc *d, unsigned first, unsigned hang) {
    nen__text_flush(d);
    if (d->column) nen__text_newline(d);
    spaces(d, first);
    d->hang = hang;
    d->fresh = true;
    d->space = false;
}

/* Escape codes take no column, so they go straight out. */
void nen__text_style(nen__doc *d, const char *code) {
    if (!d->color) return;
    nen__text_flush(d);
    if (d->space && !d->fresh) {
        nen__put_char(d->out, ' ');
        d->column++;
        d->space = false;
    }
    nen__putf(d->out, "\033[%sm", code);
}

void nen__text_flush(nen__doc *d) {
    if (!d->word_bytes) return;
    const unsigned need = d->word_columns + (d->space && !d->fresh);
    if (!d->fresh && d->column + need > NEN__WIDTH) {
        nen__text_newline(d);
        spaces(d, d->hang);
    }
    if (d->space && !d->fresh) {
        nen__put_char(d->out, ' ');
        d->column++;
    }
    nen__put_n(d->out, d->word, d->word_bytes);
    d->column += d->word_columns;
    d->word_bytes = d->word_columns = 0;
    d->space = d->fresh = false;
}

/* A word too long for any line is cut where the line ends. */
static void cut_long_word(nen__doc *d) {
    const unsigned room = NEN__WIDTH - d->hang;
    if (d->word_columns < room && d->word_bytes + 4 < NEN__WORD_CAP) return;
    nen__text_flush(d);
}

void nen__text_feed(nen__doc *d, const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        const char c = text[i];
        if (c == ' ' || c == '\n') {
            nen__text_flush(d);
            d->space = true;
            continue;
        }
        const bool starts = ((unsigned char)c & 0xc0) != 0x80;
        if (starts) cut_long_word(d);
        d->word[d->word_bytes++] = c;
        d->word_columns += starts;
    }
}
