/* say.h - sentences of knowledge/texts.tsv, filled with values, in a language. */
#ifndef NEN_SAY_H
#define NEN_SAY_H

#include "buf.h"
#include "text_ids.h"

/* A value for {name}: a text, or a number when text is NULL. */
typedef struct nen__slot {
    const char *name, *text;
    double number;
} nen__slot;

static inline nen__slot nen__as(const char *name, const char *text) {
    return (nen__slot){name, text ? text : "", 0};
}

static inline nen__slot nen__as_number(const char *name, double number) {
    return (nen__slot){name, NULL, number};
}

/* Stands beside the text that it fills; `knowc --texts` compares the two. */
#define NEN__WITH(...) ((const nen__slot[]){__VA_ARGS__, {NULL, NULL, 0}})

/* Where a filled text goes: its words, and where strong ones begin and end. */
typedef struct nen__saying {
    nen__sink say;
    void (*strong)(void *to, bool on); /* NULL: not shown */
    void *to;
} nen__saying;

/* {name} is replaced; a part in [[ ]] is left out when a value in it is empty; what
 * stands between two ** is strong. `with` may be NULL. */
void nen__fill(const nen__saying *out, const char *text, const nen__slot *with);

/* A filled text into a buffer. */
void nen__put_text(nen__buf *b, unsigned lang, unsigned text, const nen__slot *with);

#endif
