/* json_out.c - JSON writer over a bounded buffer. */
#include "json_out.h"
#include "nen.h"

#include <math.h>
#include <string.h>

static void before(nen__json *j) {
    if (j->comma) nen__put_char(j->out, ',');
    j->comma = true;
}

void nen__j_open(nen__json *j, char bracket) {
    before(j);
    nen__put_char(j->out, bracket);
    j->comma = false;
}

void nen__j_close(nen__json *j, char bracket) {
    nen__put_char(j->out, bracket);
    j->comma = true;
}

static void escaped(nen__buf *b, const char *text, size_t bytes) {
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') {
            nen__put_char(b, '\\');
            nen__put_char(b, (char)c);
        } else if (c == '\n') {
            nen__put(b, "\\n");
        } else if (c == '\t') {
            nen__put(b, "\\t");
        } else if (c < 0x20 || c == 0x7f) {
            const char out[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15], 0};
            nen__put(b, out);
        } else {
            nen__put_char(b, (char)c);
        }
    }
}

void nen__j_string_n(nen__json *j, const char *text, size_t bytes) {
    before(j);
    nen__put_char(j->out, '"');
    escaped(j->out, text, bytes);
    nen__put_char(j->out, '"');
}

void nen__j_string(nen__json *j, const char *text) {
    if (text) {
        nen__j_string_n(j, text, strlen(text));
    } else {
        nen__j_null(j);
    }
}

void nen__j_key(nen__json *j, const char *key) {
    nen__j_string(j, key);
    nen__put_char(j->out, ':');
    j->comma = false;
}

void nen__j_number(nen__json *j, double value) {
    if (!isfinite(value)) {
        nen__j_null(j);
        return;
    }
    before(j);
    nen__put_number(j->out, value);
}

void nen__j_bool(nen__json *j, bool value) {
    before(j);
    nen__put(j->out, value ? "true" : "false");
}

void nen__j_null(nen__json *j) {
    before(j);
    nen__put(j->out, "null");
}

void nen__j_pair(nen__json *j, const char *key, const char *text) {
    nen__j_key(j, key);
    nen__j_string(j, text);
}

void nen__j_pair_or_null(nen__json *j, const char *key, const char *text) {
    const bool empty = !text || !*text || !strcmp(text, "-");
    nen__j_pair(j, key, empty ? NULL : text);
}

void nen__j_said(nen__json *j, const char *key, const char *english) {
    nen__j_pair_or_null(j, key, nen_translate(j->lang, english));
}

void nen__j_pair_number(nen__json *j, const char *key, double value) {
    nen__j_key(j, key);
    nen__j_number(j, value);
}

void nen__j_pair_bool(nen__json *j, const char *key, bool value) {
    nen__j_key(j, key);
    nen__j_bool(j, value);
}

void nen__j_pair_null(nen__json *j, const char *key) {
    nen__j_key(j, key);
    nen__j_null(j);
}

void nen__j_hash(nen__json *j, uint64_t hash) {
    enum { DIGITS = 16, BITS = 4, MASK = 15 };
    char text[DIGITS + 1];
    for (unsigned i = 0; i < DIGITS; i++)
        text[i] = "0123456789abcdef"[hash >> (BITS * (DIGITS - 1 - i)) & MASK];
    text[DIGITS] = 0;
    nen__j_pair(j, "hash", text);
}

void nen__j_array(nen__json *j, const char *key) {
    nen__j_key(j, key);
    nen__j_open(j, '[');
}

void nen__j_object(nen__json *j, const char *key) {
    nen__j_key(j, key);
    nen__j_open(j, '{');
}

void nen__j_split(nen__json *j, const char *text, const char *marks) {
    nen__j_open(j, '[');
    while (text && *text) {
        text += strspn(text, " ");
        size_t n = strcspn(text, marks), next = n;
        while (n && text[n - 1] == ' ')
            n--;
        if (n) nen__j_string_n(j, text, n);
        text += next + (text[next] != 0);
    }
    nen__j_close(j, ']');
}
