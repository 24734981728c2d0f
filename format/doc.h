/* doc.h - a report's blocks, written once and shown as wrapped text or as HTML. */
#ifndef NEN_DOC_H
#define NEN_DOC_H

#include "buf.h"
#include "nen.h"
#include "say.h"

typedef enum nen__block {
    NEN__PARA,
    NEN__LEAD, /* the first, larger paragraph */
    NEN__ITEM, /* of a list */
    NEN__NOTE, /* smaller, set back */
    NEN__WARN  /* stands out */
} nen__block;

enum {
    NEN__WIDTH = 80,
    NEN__WORD_CAP = 400,
    NEN__TERMS_MAX = 256,
    NEN__TERMS_SHOWN = 12,
    NEN__COLUMNS_MAX = 6
};

typedef struct nen__doc {
    nen__buf *out;
    bool html, color;
    uint8_t lang; /* of nen_text */
    /* text: the word that waits, and where the line stands */
    char word[NEN__WORD_CAP];
    unsigned word_bytes, word_columns, column, hang;
    bool space, fresh; /* a space is due; nothing on this line yet */
    /* html */
    bool list, numbered, pairs, section;
    uint8_t level; /* of the last heading: a card's is the next one */
    char close[16];
    const char *about; /* what the next section or card is about, for a page's script */
    /* tables */
    unsigned columns, cell, width[NEN__COLUMNS_MAX];
    bool table_head;
    /* glossary rows met so far, in order */
    uint8_t term[NEN__TERMS_SHOWN];
    unsigned terms;
    bool collect;
} nen__doc;

void nen__doc_begin(nen__doc *d, nen__buf *out, bool html, bool color, unsigned lang);

/* A heading ends what was open; level 1 is the title, 2 opens a section. */
void nen__doc_head(nen__doc *d, unsigned level, const char *text);
void nen__doc_open(nen__doc *d, nen__block block);
void nen__doc_say(nen__doc *d, const char *format, ...) NEN__FORMAT(2, 3);
void nen__doc_strong(nen__doc *d, const char *text);
void nen__doc_close(nen__doc *d);
/* open, say and close in one */
void nen__doc_line(nen__doc *d, nen__block block, const char *format, ...)
    NEN__FORMAT(3, 4);
/* "Term: what is said", until nen__doc_close. */
void nen__doc_pair(nen__doc *d, const char *term);

/* The same with words of texts.tsv (doc_say.c): `text` is NEN_T_..., `with` its values
 * or NULL. */
const char *nen__said(const nen__doc *d, unsigned text);
/* A cell of a table in the report's language. */
const char *nen__worded(const nen__doc *d, const char *english);
void nen__say(nen__doc *d, unsigned text, const nen__slot *with);
/* after a blank */
void nen__say_more(nen__doc *d, unsigned text, const nen__slot *with);
void nen__line(nen__doc *d, nen__block block, unsigned text, const nen__slot *with);
void nen__head(nen__doc *d, unsigned level, unsigned text);
void nen__pair(nen__doc *d, unsigned term);
void nen__say_table(nen__doc *d, unsigned columns, const unsigned *width,
                    const uint16_t *head);

/* An item of the numbered list; the reference to such items; a link (HTML). */
void nen__doc_numbered(nen__doc *d, unsigned number);
void nen__doc_reference(nen__doc *d, const char *numbers);
void nen__doc_link(nen__doc *d, const char *url, const char *text);

/* Sections that stand side by side where there is room (HTML). */
void nen__doc_group(nen__doc *d, const char *klass);
void nen__doc_group_end(nen__doc *d);
/* What opens on a click (HTML); level 2 is a section, 0 a part of one. */
void nen__doc_fold(nen__doc *d, unsigned level, const char *title, bool open);
void nen__doc_fold_end(nen__doc *d);

/* A card: one option, with a class of its own for the eye. */
void nen__doc_card(nen__doc *d, const char *title, const char *klass,
                   const char *badge);
void nen__doc_card_end(nen__doc *d);
/* A card of a line or two: say it, close it, then folds, then the end. */
void nen__doc_brief(nen__doc *d, const char *klass);
void nen__doc_brief_end(nen__doc *d);
/* One effect: name, words, and a bar when share_pct is 0 to 100 (-1: none). */
void nen__doc_effect(nen__doc *d, const char *name, const char *klass,
                     double share_pct);

/* Table: widths in columns of text; the last one wraps. */
void nen__doc_table(nen__doc *d, unsigned columns, const unsigned *width,
                    const char *const *head);
void nen__doc_cell(nen__doc *d, const char *text);
void nen__doc_table_end(nen__doc *d);

void nen__doc_end(nen__doc *d);

/* HTML only */
void nen__html_escaped(nen__buf *b, const char *text, size_t bytes);

/* Words into the block that is open, glossary terms among them noted. */
void nen__doc_feed(nen__doc *d, const char *text, size_t bytes);

/* Used between doc.c, doc_text.c and doc_html.c. */
void nen__text_feed(nen__doc *d, const char *text, size_t bytes);
void nen__text_flush(nen__doc *d);
void nen__text_newline(nen__doc *d);
void nen__text_style(nen__doc *d, const char *code);
void nen__text_indent(nen__doc *d, unsigned first, unsigned hang);
void nen__html_end_groups(nen__doc *d);

#endif
