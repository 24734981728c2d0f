/* buf.c - bounded string builder. */
#include "buf.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_CAP = 40 };

nen__buf nen__buf_over(char *text, size_t cap) {
    const nen__buf b = {text, text ? cap : 0, 0};
    return b;
}

size_t nen__buf_end(nen__buf *b) {
    if (b->cap) b->text[b->len < b->cap ? b->len : b->cap - 1] = 0;
    return b->len;
}

void nen__put_n(nen__buf *b, const char *text, size_t bytes) {
    if (b->len < b->cap) {
        const size_t room = b->cap - b->len;
        memcpy(b->text + b->len, text, bytes < room ? bytes : room);
    }
    b->len += bytes;
}

void nen__put(nen__buf *b, const char *text) {
    if (text) nen__put_n(b, text, strlen(text));
}

void nen__put_char(nen__buf *b, char c) {
    nen__put_n(b, &c, 1);
}

static void sink_number(nen__sink sink, void *to, double value) {
    char text[NUMBER_CAP];
    if (!isfinite(value)) return;
    const int n = snprintf(text, sizeof text, "%.10g", value);
    if (n > 0) sink(to, text, (size_t)n);
}

static void sink_integer(nen__sink sink, void *to, long value) {
    char text[NUMBER_CAP];
    const int n = snprintf(text, sizeof text, "%ld", value);
    if (n > 0) sink(to, text, (size_t)n);
}

static void into_buf(void *to, const char *text, size_t bytes) {
    nen__put_n(to, text, bytes);
}

void nen__put_number(nen__buf *b, double value) {
    sink_number(into_buf, b, value);
}

void nen__put_rounded(nen__buf *b, double value) {
    const double ten = 10, size = value < 0 ? -value : value;
    const double tenths = rint(value * ten) / ten, whole = rint(value);
    nen__putf(b, "%g", size < ten ? tenths + 0.0 : whole);
}

/* One directive; false when its letter is none of those known. */
static bool directive(nen__sink sink, void *to, char kind, va_list *args) {
    const char *s;
    char c;
    switch (kind) {
        case 's':
            s = va_arg(*args, const char *);
            if (s) sink(to, s, strlen(s));
            return true;
        case 'g':
            sink_number(sink, to, va_arg(*args, double));
            return true;
        case 'u':
            sink_integer(sink, to, (long)va_arg(*args, unsigned));
            return true;
        case 'd':
            sink_integer(sink, to, va_arg(*args, int));
            return true;
        case 'c':
            c = (char)va_arg(*args, int);
            sink(to, &c, 1);
            return true;
        default:
            return false;
    }
}

void nen__vformat(nen__sink sink, void *to, const char *format, va_list args) {
    va_list rest;
    va_copy(rest, args);
    while (*format) {
        const size_t plain = strcspn(format, "%");
        if (plain) sink(to, format, plain);
        format += plain;
        if (!*format) break;
        if (!directive(sink, to, format[1], &rest)) sink(to, "%", 1);
        format += format[1] ? 2 : 1;
    }
    va_end(rest);
}

void nen__putf(nen__buf *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    nen__vformat(into_buf, b, format, args);
    va_end(args);
}
