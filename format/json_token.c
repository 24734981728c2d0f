/* json_token.c - JSON text into tokens (jsmn), tokens into text. */
#define JSMN_STATIC
#include "json_token.h"

#include <stdio.h>
#include <string.h>

int nen__token_behind(const nen__tokens *t, int i) {
    const int end = t->token[i].end;
    for (i++; i < t->count && t->token[i].start < end;) {
        i++;
    }
    return i;
}

enum { PIECE_CAP = 4 }; /* bytes of one character */

nen_place nen__token_place(nen__tokens *t, int i) {
    const uint32_t quote = t->token[i].type == JSMN_STRING; /* jsmn starts behind it */
    const uint32_t byte = (uint32_t)t->token[i].start - quote;
    if (byte < t->last.byte) t->last = (nen_place){1, 0};
    for (; t->last.byte < byte; t->last.byte++) {
        t->last.line += t->text[t->last.byte] == '\n';
    }
    return t->last;
}

/* ---- text of a token ----------------------------------------------------------- */

/* NOLINTBEGIN(readability-magic-numbers): the layout of \\uXXXX and surrogates */
static uint32_t hex4(const char *p) {
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        const char c = p[i];
        const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        value = value << 4 | (uint32_t)digit;
    }
    return value;
}

/* Behind a backslash: writes the character, returns the bytes read. */
static size_t unescape(const char *p, char out[PIECE_CAP], size_t *written) {
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char *named = strchr(from, *p);
    *written = 1;
    if (*p != 'u') {
        out[0] = *p;
        if (named) out[0] = to[named - from];
        return 1;
    }
    uint32_t code = hex4(p + 1);
    const bool pair = code >= 0xd800 && code < 0xdc00; /* checked: a low one follows */
    if (pair) code = 0x10000 + ((code - 0xd800) << 10) + (hex4(p + 7) - 0xdc00);
    *written = nen__utf8_put(code, out);
    return pair ? 11 : 5;
}

/* NOLINTEND(readability-magic-numbers) */

bool nen__token_text(const nen__tokens *t, int i, char *out, size_t cap) {
    const char *p = t->text + t->token[i].start, *end = t->text + t->token[i].end;
    size_t used = 0;
    while (p < end) {
        char piece[PIECE_CAP] = {*p};
        size_t n = 1;
        p += *p == '\\' ? 1 + unescape(p + 1, piece, &n) : 1;
        if (used + n >= cap) {
            out[used] = 0;
            nen__utf8_trim(out);
            return false;
        }
        memcpy(out + used, piece, n);
        used += n;
    }
    out[used] = 0;
    return true;
}

void nen__token_raw(const nen__tokens *t, int i, char *out, size_t cap) {
    snprintf(out, cap, "%.*s", t->token[i].end - t->token[i].start,
             t->text + t->token[i].start);
    nen__utf8_trim(out);
}

bool nen__token_is_null(const nen__tokens *t, int i) {
    return t->token[i].type == JSMN_PRIMITIVE && t->text[t->token[i].start] == 'n';
}

nen__origin nen__token_origin(const nen__tokens *t, int i) {
    if (t->token[i].type == JSMN_STRING) return NEN__TEXT;
    const char c = t->text[t->token[i].start];
    return c == 't' || c == 'f' ? NEN__BOOL : NEN__NUMBER;
}

nen_status nen__tokens_read(const char *text, size_t bytes, void *arena,
                            size_t arena_bytes, nen__tokens *out, nen_error *error) {
    jsmn_parser parser;
    *error = (nen_error){0};
    const nen_status status = nen__json_check(text, bytes, error);
    if (status != NEN_OK) return status;
    jsmn_init(&parser);
    const size_t room = arena_bytes / sizeof(jsmntok_t);
    const unsigned cap = room > NEN_JSON_MAX ? NEN_JSON_MAX : (unsigned)room;
    const int count = jsmn_parse(&parser, text, bytes, arena, cap);
    if (count == JSMN_ERROR_NOMEM) {
        nen__syntax(error, text, 0, 0, "the document has more values than fit");
        return error->code = NEN_ERR_CAPACITY;
    }
    /* cannot happen after the check; a refusal is safer than a guess */
    if (count < 1) return nen__syntax(error, text, bytes, 0, "not a JSON object");
    *out = (nen__tokens){text, arena, count, {1, 0}};
    return NEN_OK;
}
