/* json_out.h - JSON writer over a bounded buffer; commas take care of themselves. */
#ifndef NEN_JSON_OUT_H
#define NEN_JSON_OUT_H

#include "buf.h"

typedef struct nen__json {
    nen__buf *out;
    bool comma;   /* a value was just written on this level */
    uint8_t lang; /* of nen_text, 0 English */
} nen__json;

void nen__j_open(nen__json *j, char bracket);  /* '{' or '[' */
void nen__j_close(nen__json *j, char bracket); /* '}' or ']' */
void nen__j_key(nen__json *j, const char *key);
void nen__j_string(nen__json *j, const char *text); /* NULL: null */
void nen__j_string_n(nen__json *j, const char *text, size_t bytes);
void nen__j_number(nen__json *j, double value); /* not finite: null */
void nen__j_bool(nen__json *j, bool value);
void nen__j_null(nen__json *j);

/* Key and value in one. */
void nen__j_pair(nen__json *j, const char *key, const char *text);
/* Key and text, null when the text is empty, "-" or NULL. */
void nen__j_pair_or_null(nen__json *j, const char *key, const char *text);
/* The same with a cell of a table, in the language of the answer. */
void nen__j_said(nen__json *j, const char *key, const char *english);
void nen__j_pair_number(nen__json *j, const char *key, double value);
void nen__j_pair_bool(nen__json *j, const char *key, bool value);
void nen__j_pair_null(nen__json *j, const char *key);
/* "hash", as text: not every reader of JSON keeps 64 bits. */
void nen__j_hash(nen__json *j, uint64_t hash);
void nen__j_array(nen__json *j, const char *key);  /* "key":[ */
void nen__j_object(nen__json *j, const char *key); /* "key":{ */
/* Items of a list in one text, cut at any of `marks`, as strings of an array. */
void nen__j_split(nen__json *j, const char *text, const char *marks);

#endif
