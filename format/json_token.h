/* json_token.h - a checked JSON document as tokens: their text, place and end. */
#ifndef NEN_JSON_TOKEN_H
#define NEN_JSON_TOKEN_H

#ifndef JSMN_STATIC
#define JSMN_HEADER /* the parser itself is in json_token.c */
#endif
#define JSMN_STRICT
#define JSMN_PARENT_LINKS  /* without them nested lists cost the square of their size  \
                            */
#include <jsmn.h>

#include "reader.h"

typedef struct nen__tokens {
    const char *text;
    const jsmntok_t *token;
    int count;
    nen_place last; /* asked for */
} nen__tokens;

/* Checks one JSON object and cuts it into tokens; `arena`: NEN_JSON_TOKENS(bytes). */
nen_status nen__tokens_read(const char *text, size_t bytes, void *arena,
                            size_t arena_bytes, nen__tokens *out, nen_error *error);
/* The token behind `i` and all that is inside it. */
int nen__token_behind(const nen__tokens *t, int i);
/* Lines are counted on from the last place asked for. */
nen_place nen__token_place(nen__tokens *t, int i);
/* Its text without escapes; false when it does not fit (cut, still whole). */
bool nen__token_text(const nen__tokens *t, int i, char *out, size_t cap);
/* As it stands in the document, cut to what fits. */
void nen__token_raw(const nen__tokens *t, int i, char *out, size_t cap);
bool nen__token_is_null(const nen__tokens *t, int i);
nen__origin nen__token_origin(const nen__tokens *t, int i);

#endif
