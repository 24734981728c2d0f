/* case_batch.c - a document of one case, a list of cases, or a case per line. */
#include "reader.h"

#include <string.h>

static bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t skip_blanks(const char *text, size_t bytes, size_t at) {
    while (at < bytes && blank(text[at])) {
        at++;
    }
    return at;
}

static size_t line_end(const char *text, size_t bytes, size_t at) {
    const char *end = at < bytes ? memchr(text + at, '\n', bytes - at) : NULL;
    return end ? (size_t)(end - text) : bytes;
}

/* Is the line at `at` one whole object and nothing else? */
static bool whole_line(const char *text, size_t bytes, size_t at) {
    const size_t end = line_end(text, bytes, at);
    if (at >= end || text[at] != '{') return false;
    const size_t n = nen__json_span(text + at, end - at);
    return n && skip_blanks(text, end, at + n) == end;
}

/* JSON Lines: more than one line, and one besides the first is a whole object, or the
 * first is and something follows. A broken first line must not hide the others. */
static bool is_lines(const char *text, size_t bytes, size_t at) {
    size_t next = line_end(text, bytes, at);
    if (whole_line(text, bytes, at)) return skip_blanks(text, bytes, next) < bytes;
    if (nen__json_span(text + at, bytes - at)) return false;
    while (next < bytes) {
        if (whole_line(text, bytes, next + 1)) return true;
        next = line_end(text, bytes, next + 1);
    }
    return false;
}

/* Sets the span; its line is counted on from the span handed in. */
static void hand_out(const char *text, size_t from, size_t to, bool first,
                     nen_span *span) {
    size_t at = first ? 0 : span->byte, line = first ? 1 : span->line;
    for (; at < from; at++) {
        line += text[at] == '\n';
    }
    *span = (nen_span){text + from, to - from, line, from};
}

static int next_line(const char *text, size_t bytes, size_t *at, bool first,
                     nen_span *span) {
    const size_t from = skip_blanks(text, bytes, *at);
    if (from >= bytes) return *at = bytes, 0;
    *at = line_end(text, bytes, from);
    hand_out(text, from, *at, first, span);
    return 1;
}

static int broken_list(const char *text, size_t bytes, size_t *at, size_t where,
                       const char *why, nen_error *error) {
    nen__syntax(error, text, bytes, where, why);
    *at = bytes ? bytes : 1; /* never 0, which would start over */
    return -1;
}

/* Behind the closing bracket of the list nothing may stand. */
static int end_list(const char *text, size_t bytes, size_t *at, size_t close,
                    nen_error *error) {
    const size_t rest = skip_blanks(text, bytes, close + 1);
    *at = bytes;
    if (rest == bytes) return 0;
    return broken_list(text, bytes, at, rest, "text behind the end of the list", error);
}

/* *at stands on '[' (first), or behind the last element. */
static int next_element(const char *text, size_t bytes, size_t *at, bool first,
                        nen_span *span, nen_error *error) {
    size_t from = skip_blanks(text, bytes, *at);
    if (from >= bytes) {
        return first || *at >= bytes
                   ? 0
                   : broken_list(text, bytes, at, from, "the list has no end", error);
    }
    if (!first && text[from] == ']') return end_list(text, bytes, at, from, error);
    if (!first && text[from] != ',') {
        return broken_list(text, bytes, at, from, "expected ',' or ']'", error);
    }
    from = skip_blanks(text, bytes, from + 1);
    if (first && from < bytes && text[from] == ']') {
        return end_list(text, bytes, at, from, error);
    }
    const size_t n = from < bytes ? nen__json_span(text + from, bytes - from) : 0;
    if (n == 0) {
        return broken_list(text, bytes, at, from, "a broken case in the list", error);
    }
    *at = from + n;
    hand_out(text, from, from + n, first, span);
    return 1;
}

static bool starts_list(const char *text, size_t bytes) {
    const size_t from = skip_blanks(text, bytes, 0);
    return from < bytes && text[from] == '[';
}

int nen_next_case(const char *text, size_t bytes, size_t *at, bool *batch,
                  nen_span *span, nen_error *error) {
    const bool first = *at == 0;
    *error = (nen_error){0};
    if (*at >= bytes && !first) return 0;
    if (starts_list(text, bytes)) {
        *batch = true;
        return next_element(text, bytes, at, first, span, error);
    }
    const size_t from = first ? skip_blanks(text, bytes, 0) : 0;
    if (first && from >= bytes) {
        return broken_list(text, bytes, at, 0, "the document is empty", error);
    }
    if (first) *batch = is_lines(text, bytes, from);
    if (*batch) return next_line(text, bytes, at, first, span);
    *at = bytes;
    hand_out(text, 0, bytes, true, span);
    return 1;
}

void nen_error_move(nen_error *error, const nen_span *span) {
    if (!error->line) return;
    error->line += span->line - 1;
    error->byte += span->byte;
}
