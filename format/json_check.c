/* json_check.c - JSON's grammar, strictly, and the place where it breaks. */
#include "reader.h"

#include <stdio.h>
#include <string.h>

/* Reading position; `why` is set at the first break. */
typedef struct scan {
    const char *text;
    size_t bytes, at;
    const char *why;
} scan;

static bool broken(scan *s, const char *why) {
    s->why = why;
    return false;
}

static char here(const scan *s) {
    if (s->at >= s->bytes) return 0;
    return s->text[s->at];
}

static bool done(const scan *s) {
    return s->at >= s->bytes;
}

static void blanks(scan *s) {
    while (!done(s) && strchr(" \t\r\n", here(s)) && here(s)) {
        s->at++;
    }
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* ---- strings ------------------------------------------------------------------- */

/* Four hexadecimal digits at s->at, or -1. */
static long hex4(scan *s) {
    long value = 0;
    enum { HEX_DIGITS = 4, BASE = 16 };
    for (int i = 0; i < HEX_DIGITS; i++, s->at++) {
        static const char digits[] = "0123456789abcdef";
        const char c = here(s);
        const char *found =
            c ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;
        if (!found) return -1;
        value = value * BASE + (found - digits);
    }
    return value;
}

enum { HIGH = 0xd800, LOW = 0xdc00, PAST = 0xe000 };

/* Behind "\u": one code unit, or a pair of surrogates. */
static bool unicode(scan *s) {
    const long first = hex4(s);
    if (first < 0) return broken(s, "\\u needs four hexadecimal digits");
    if (first == 0) return broken(s, "a zero character is not allowed in a text");
    if (first < HIGH || first >= PAST) return true;
    if (first >= LOW) return broken(s, "a lone surrogate is not a character");
    if (here(s) != '\\') return broken(s, "a lone surrogate is not a character");
    s->at++;
    if (here(s) != 'u') return broken(s, "a lone surrogate is not a character");
    s->at++;
    const long second = hex4(s);
    if (second < LOW || second >= PAST) {
        return broken(s, "a lone surrogate is not a character");
    }
    return true;
}

static bool escape(scan *s) {
    const char c = here(s);
    if (!c || !strchr("\"\\/bfnrtu", c)) return broken(s, "no such escape in a text");
    s->at++;
    return c == 'u' ? unicode(s) : true;
}

static bool string(scan *s) {
    enum { FIRST_PRINTED = 0x20 };
    s->at++;
    while (!done(s)) {
        const unsigned char c = (unsigned char)here(s);
        if (c == '"') return s->at++, true;
        if (c < FIRST_PRINTED) {
            return broken(s, "a text ends at its line: quote missing");
        }
        s->at++;
        if (c == '\\' && !escape(s)) return false;
    }
    return broken(s, "the document ends inside a text");
}

/* ---- numbers and literals ------------------------------------------------------ */

static bool digits(scan *s) {
    const size_t from = s->at;
    while (is_digit(here(s))) {
        s->at++;
    }
    return s->at > from;
}

static bool number(scan *s) {
    if (here(s) == '-') s->at++;
    const size_t from = s->at;
    if (!digits(s)) return broken(s, "not a number");
    if (s->text[from] == '0' && s->at > from + 1) {
        return broken(s, "a number has no leading zero");
    }
    if (here(s) == '.' && (s->at++, !digits(s))) {
        return broken(s, "digits are missing behind the point");
    }
    if (here(s) == 'e' || here(s) == 'E') {
        s->at++;
        if (here(s) == '+' || here(s) == '-') s->at++;
        if (!digits(s)) return broken(s, "digits are missing in the exponent");
    }
    return true;
}

static bool literal(scan *s) {
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (s->bytes - s->at < n) continue;
        if (memcmp(s->text + s->at, words[i], n) != 0) continue;
        s->at += n;
        const char c = here(s);
        const bool ends = !c || strchr(" \t\r\n,]}", c);
        return ends ? true : broken(s, "expected true, false or null");
    }
    return broken(s, "expected a value: a text in quotes, a number, true, false, null, "
                     "a list or an object");
}

static bool scalar(scan *s) {
    const char c = here(s);
    if (c == '"') return string(s);
    return c == '-' || is_digit(c) ? number(s) : literal(s);
}

/* ---- structure ----------------------------------------------------------------- */

/* A stack of open brackets as bits: 1 object, 0 list. */
typedef struct nest {
    uint32_t objects;
    unsigned depth;
} nest;

static bool in_object(const nest *n) {
    return n->depth && (n->objects & 1);
}

static bool open_bracket(scan *s, nest *n) {
    if (n->depth >= NEN_JSON_DEPTH) return broken(s, "nested deeper than 16 levels");
    n->objects = n->objects << 1 | (here(s) == '{');
    n->depth++;
    s->at++;
    return true;
}

static void close_bracket(scan *s, nest *n) {
    n->objects >>= 1;
    n->depth--;
    s->at++;
}

static bool key(scan *s) {
    blanks(s);
    if (done(s)) return broken(s, "the document ends inside an object");
    if (here(s) != '"') return broken(s, "expected a field name in double quotes");
    if (!string(s)) return false;
    blanks(s);
    if (here(s) != ':') return broken(s, "expected ':' behind the field name");
    s->at++;
    return true;
}

/* Just behind an opening bracket: an empty list or object closes at once. */
static bool first_member(scan *s, nest *n, bool *closed) {
    blanks(s);
    *closed = here(s) == (in_object(n) ? '}' : ']');
    if (*closed) {
        close_bracket(s, n);
        return true;
    }
    return in_object(n) ? key(s) : true;
}

/* Behind a value: closing brackets, then a comma when something is still open. */
static bool behind_value(scan *s, nest *n) {
    while (n->depth) {
        blanks(s);
        if (done(s)) return broken(s, "the document ends before its last bracket");
        if (here(s) == (in_object(n) ? '}' : ']')) {
            close_bracket(s, n);
            continue;
        }
        if (here(s) != ',') {
            return broken(s,
                          in_object(n) ? "expected ',' or '}'" : "expected ',' or ']'");
        }
        s->at++;
        return in_object(n) ? key(s) : true;
    }
    return true;
}

/* A scalar, or a bracket; *closed when a value ended here. */
static bool begin_value(scan *s, nest *n, bool *closed) {
    blanks(s);
    if (done(s)) return broken(s, "the document ends where a value is expected");
    *closed = true;
    if (here(s) != '{' && here(s) != '[') return scalar(s);
    return open_bracket(s, n) && first_member(s, n, closed);
}

/* One value with everything in it. */
static bool value(scan *s) {
    nest n = {0, 0};
    do {
        bool closed;
        if (!begin_value(s, &n, &closed)) return false;
        if (closed && !behind_value(s, &n)) return false;
    } while (n.depth);
    return true;
}

size_t nen__json_span(const char *text, size_t bytes) {
    scan s = {text, bytes, 0, NULL};
    return value(&s) ? s.at : 0;
}

/* ---- messages ------------------------------------------------------------------ */

nen_place nen__place(const char *text, size_t byte) {
    nen_place place = {1, (uint32_t)byte};
    for (size_t i = 0; i < byte; i++) {
        place.line += text[i] == '\n';
    }
    return place;
}

/* The few printable characters at the break. */
static void snippet(const char *text, size_t bytes, size_t at, char *out, size_t cap) {
    enum { SHOWN = 16 };
    size_t n = 0;
    while (at + n < bytes && n < SHOWN && n + 1 < cap && text[at + n] >= ' ') {
        n++;
    }
    memcpy(out, text + at, n);
    out[n] = 0;
}

nen_status nen__syntax(nen_error *error, const char *text, size_t bytes, size_t at,
                       const char *why) {
    const nen_place place = nen__place(text, at);
    *error = (nen_error){0};
    error->code = NEN_ERR_SYNTAX;
    error->line = place.line;
    error->byte = at;
    snippet(text, bytes, at, error->value, sizeof error->value);
    snprintf(error->text, sizeof error->text, "line %u, byte %zu: %s", place.line, at,
             why);
    return NEN_ERR_SYNTAX;
}

nen_status nen__json_check(const char *text, size_t bytes, nen_error *error) {
    static const char mark[] = "\xef\xbb\xbf";
    scan s = {text, bytes, 0, NULL};
    if (bytes > NEN_JSON_MAX) {
        nen__syntax(error, text, 0, 0, "the document is larger than 1 MiB");
        return error->code;
    }
    const size_t bad = nen__utf8_bad(text, bytes);
    if (bad < bytes) return nen__syntax(error, text, bytes, bad, "not UTF-8");
    blanks(&s);
    if (done(&s)) return nen__syntax(error, text, bytes, 0, "the document is empty");
    if (bytes > 2 && !memcmp(text, mark, sizeof mark - 1)) {
        return nen__syntax(error, text, bytes, 0,
                           "a byte order mark has no place here");
    }
    if (here(&s) != '{') {
        return nen__syntax(error, text, bytes, s.at, "expected an object: { ... }");
    }
    if (!value(&s)) return nen__syntax(error, text, bytes, s.at, s.why);
    blanks(&s);
    if (!done(&s)) {
        return nen__syntax(error, text, bytes, s.at,
                           "text behind the end of the object");
    }
    return NEN_OK;
}
