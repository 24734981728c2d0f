/* buf.h - bounded string builder: counts what is needed, writes what fits. */
#ifndef NEN_BUF_H
#define NEN_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define NEN__FORMAT(at, from) __attribute__((format(printf, at, from)))
#else
#define NEN__FORMAT(at, from)
#endif

typedef struct nen__buf {
    char *text;
    size_t cap;
    size_t len; /* bytes needed so far, may pass cap */
} nen__buf;

/* Where formatted text goes, piece by piece; a piece is never cut. */
typedef void (*nen__sink)(void *to, const char *text, size_t bytes);

nen__buf nen__buf_over(char *text, size_t cap);
/* Writes the closing zero where there is room; returns the bytes needed without it. */
size_t nen__buf_end(nen__buf *b);

void nen__put_n(nen__buf *b, const char *text, size_t bytes);
void nen__put(nen__buf *b, const char *text);
void nen__put_char(nen__buf *b, char c);
/* Shortest decimal form, up to ten digits; nothing for a value that is no number. */
void nen__put_number(nen__buf *b, double value);
/* One decimal below 10, none above. */
void nen__put_rounded(nen__buf *b, double value);

/* Formats with %s %u %d %g %c %% only; no length limit, no allocation. */
void nen__putf(nen__buf *b, const char *format, ...) NEN__FORMAT(2, 3);
void nen__vformat(nen__sink sink, void *to, const char *format, va_list args);

#endif
