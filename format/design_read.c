/* design_read.c - the design of a trial from JSON: its fields, each with its range. */
#include "design.h"

#include <math.h>
#include <string.h>

/* ---- errors ---- */

static void copy(char *out, size_t cap, const char *text) {
    nen__buf b = nen__buf_over(out, cap);
    nen__put(&b, text);
    nen__buf_end(&b);
    nen__utf8_trim(out);
}

nen_status nen__design_fail(nen__design_reader *r, const nen__at *at, nen_status code,
                            unsigned text, const nen__slot *with) {
    nen_error *e = r->error;
    nen__buf said = nen__buf_over(e->text, sizeof e->text);
    e->code = code;
    copy(e->field, sizeof e->field, at->path);
    if (at->token > 0 && r->t.token[at->token].type == JSMN_STRING) {
        (void)nen__token_text(&r->t, at->token, e->value, sizeof e->value);
    } else if (at->token >= 0) {
        nen__token_raw(&r->t, at->token, e->value, sizeof e->value);
    }
    nen__put_text(&said, 0, text, with);
    nen__buf_end(&said);
    nen__utf8_trim(e->text);
    if (at->token < 0) return code;
    const nen_place place = nen__token_place(&r->t, at->token);
    e->line = place.line;
    e->byte = place.byte;
    return code;
}

static nen_status wrong_type(nen__design_reader *r, const nen__at *at,
                             const char *want) {
    copy(r->error->allowed, sizeof r->error->allowed, want);
    return nen__design_fail(
        r, at, NEN_ERR_TYPE, NEN_T_DESIGN_TYPE,
        NEN__WITH(nen__as("field", at->path), nen__as("want", want)));
}

static void allow(nen_error *e, const char *const *words, unsigned n) {
    nen__buf b = nen__buf_over(e->allowed, sizeof e->allowed);
    for (unsigned i = 0; i < n; i++)
        nen__putf(&b, "%s%s", i ? ", " : "", words[i]);
    nen__buf_end(&b);
}

static nen_status wrong_word(nen__design_reader *r, const nen__at *at, const char *word,
                             const char *nearest) {
    if (nearest) copy(r->error->nearest, sizeof r->error->nearest, nearest);
    return nen__design_fail(
        r, at, NEN_ERR_WORD, NEN_T_DESIGN_WORD,
        NEN__WITH(nen__as("field", at->path), nen__as("word", word)));
}

/* ---- single values ---- */

static bool is(const nen__design_reader *r, const nen__at *at, jsmntype_t type) {
    return r->t.token[at->token].type == type;
}

static nen_status out_of_range(nen__design_reader *r, const nen__at *at,
                               const nen__range *range) {
    nen__buf b = nen__buf_over(r->error->allowed, sizeof r->error->allowed);
    nen__putf(&b, range->open_lo ? "above %g" : "%g", range->lo);
    nen__putf(&b, range->open_hi ? ", below %g" : " to %g", range->hi);
    nen__buf_end(&b);
    return nen__design_fail(r, at, NEN_ERR_RANGE, NEN_T_DESIGN_RANGE,
                            NEN__WITH(nen__as("field", at->path)));
}

nen_status nen__design_number(nen__design_reader *r, const nen__at *at,
                              const nen__range *range, double *out) {
    char text[NEN__NAME_CAP];
    nen__decimal x;
    const bool fits = nen__token_text(&r->t, at->token, text, sizeof text);
    const bool minus = text[0] == '-';
    const char *want = range->whole ? nen_text(0, NEN_T_DESIGN_WANT_WHOLE)
                                    : nen_text(0, NEN_T_DESIGN_WANT_NUMBER);
    if (!is(r, at, JSMN_PRIMITIVE) || !fits) return wrong_type(r, at, want);
    const size_t n = nen__decimal_read(text + minus, &x);
    if (!n || text[minus + n]) return wrong_type(r, at, want);
    *out = minus ? -nen__decimal_value(x) : nen__decimal_value(x);
    if (!(*out >= range->lo && *out <= range->hi) ||
        (range->open_lo && *out == range->lo) || (range->open_hi && *out == range->hi))
        return out_of_range(r, at, range);
    return range->whole && *out != floor(*out) ? wrong_type(r, at, want) : NEN_OK;
}

nen_status nen__design_text(nen__design_reader *r, const nen__at *at, char *out,
                            size_t cap) {
    const char *want = nen_text(0, NEN_T_DESIGN_WANT_TEXT);
    if (!is(r, at, JSMN_STRING)) return wrong_type(r, at, want);
    if (!nen__token_text(&r->t, at->token, out, cap) || !*out)
        return wrong_type(r, at, want);
    for (const char *c = out; *c; c++)
        if ((unsigned char)*c < ' ') return wrong_type(r, at, want);
    return NEN_OK;
}

nen_status nen__design_choice(nen__design_reader *r, const nen__at *at,
                              const char *const *words, unsigned n, uint8_t *out) {
    char text[NEN__NAME_CAP];
    if (!is(r, at, JSMN_STRING))
        return wrong_type(r, at, nen_text(0, NEN_T_DESIGN_WANT_WORD));
    (void)nen__token_text(&r->t, at->token, text, sizeof text);
    for (unsigned i = 0; i < n; i++) {
        if (!strcmp(text, words[i])) return *out = (uint8_t)i, NEN_OK;
    }
    allow(r->error, words, n);
    return wrong_word(r, at, text, nen__nearest_among(words, n, text));
}

nen_status nen__design_word(nen__design_reader *r, const nen__at *at, unsigned field,
                            unsigned *out) {
    char text[NEN__NAME_CAP];
    if (!is(r, at, JSMN_STRING))
        return wrong_type(r, at, nen_text(0, NEN_T_DESIGN_WANT_WORD));
    const bool fits = nen__token_text(&r->t, at->token, text, sizeof text);
    const int word = fits ? nen_word_find(field, text) : -1;
    if (word >= 0) return *out = (unsigned)word, NEN_OK;
    nen__words_text(field, NULL, r->error->allowed, sizeof r->error->allowed);
    return wrong_word(r, at, text, nen_nearest_word(field, text));
}

/* ---- objects and lists ---- */

nen__at nen__design_at(const nen__at *parent, int token, const char *name) {
    nen__at at = {.token = token};
    nen__buf b = nen__buf_over(at.path, sizeof at.path);
    nen__putf(&b, "%s%s%s", parent->path, *parent->path ? "." : "", name);
    nen__buf_end(&b);
    nen__utf8_trim(at.path);
    return at;
}

nen_status nen__design_twice(nen__design_reader *r, const nen__at *at) {
    return nen__design_fail(r, at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_TWICE,
                            NEN__WITH(nen__as("field", at->path)));
}

static nen_status no_such_field(nen__design_reader *r, const nen__at *at,
                                const char *name, const nen__design_key *keys,
                                unsigned n) {
    const char *names[NEN__DESIGN_KEYS_MAX];
    for (unsigned i = 0; i < n; i++)
        names[i] = keys[i].name;
    allow(r->error, names, n);
    const char *near = nen__nearest_among(names, n, name);
    if (near) copy(r->error->nearest, sizeof r->error->nearest, near);
    return nen__design_fail(r, at, NEN_ERR_FIELD, NEN_T_DESIGN_FIELD,
                            NEN__WITH(nen__as("field", at->path)));
}

static nen_status read_key(nen__design_reader *r, const nen__at *object, int key,
                           const nen__design_key *keys, unsigned n, uint32_t *seen) {
    char name[NEN__NAME_CAP];
    unsigned i = 0;
    (void)nen__token_text(&r->t, key, name, sizeof name);
    nen__at at = nen__design_at(object, key, name);
    while (i < n && strcmp(keys[i].name, name) != 0)
        i++;
    if (i == n) return no_such_field(r, &at, name, keys, n);
    if (*seen >> i & 1) return nen__design_twice(r, &at);
    *seen |= (uint32_t)1 << i;
    at.token = key + 1;
    return keys[i].read(r, &at);
}

nen_status nen__design_is_object(nen__design_reader *r, const nen__at *at) {
    if (is(r, at, JSMN_OBJECT)) return NEN_OK;
    return wrong_type(r, at, nen_text(0, NEN_T_DESIGN_WANT_OBJECT));
}

nen_status nen__design_object(nen__design_reader *r, const nen__at *at,
                              const nen__design_key *keys, unsigned n) {
    uint32_t seen = 0;
    const nen_status shape = nen__design_is_object(r, at);
    if (shape != NEN_OK) return shape;
    const int end = nen__token_behind(&r->t, at->token);
    for (int key = at->token + 1; key < end; key = nen__token_behind(&r->t, key + 1)) {
        const nen_status status = read_key(r, at, key, keys, n, &seen);
        if (status != NEN_OK) return status;
    }
    for (unsigned i = 0; i < n; i++) {
        if (!keys[i].needed || seen >> i & 1) continue;
        const nen__at missing = nen__design_at(at, at->token, keys[i].name);
        (void)nen__design_fail(r, &missing, NEN_ERR_FIELD, NEN_T_DESIGN_MISSING,
                               NEN__WITH(nen__as("field", missing.path)));
        r->error->value[0] = 0; /* the object is no value of it */
        return NEN_ERR_FIELD;
    }
    return NEN_OK;
}

nen_status nen__design_list(nen__design_reader *r, const nen__at *at) {
    if (is(r, at, JSMN_ARRAY)) return NEN_OK;
    return wrong_type(r, at, nen_text(0, NEN_T_DESIGN_WANT_LIST));
}

bool nen__design_null(const nen__design_reader *r, const nen__at *at) {
    return nen__token_is_null(&r->t, at->token);
}

/* ---- a field by its path ---- */

/* The value of a member of an object, or 0. */
static int member(const nen__design_reader *r, int object, const char *name, size_t n) {
    char text[NEN__NAME_CAP];
    if (r->t.token[object].type != JSMN_OBJECT) return 0;
    const int end = nen__token_behind(&r->t, object);
    for (int key = object + 1; key < end; key = nen__token_behind(&r->t, key + 1)) {
        (void)nen__token_text(&r->t, key, text, sizeof text);
        if (strlen(text) == n && !strncmp(text, name, n)) return key + 1;
    }
    return 0;
}

static int item(const nen__design_reader *r, int list, unsigned number) {
    if (r->t.token[list].type != JSMN_ARRAY) return 0;
    if (number >= (unsigned)r->t.token[list].size) return 0;
    int i = list + 1;
    while (number--)
        i = nen__token_behind(&r->t, i);
    return i;
}

nen__at nen__design_find(const nen__design_reader *r, const char *path) {
    nen__at at = {.token = 0};
    copy(at.path, sizeof at.path, path);
    do {
        const size_t n = strcspn(path, ".[");
        at.token = member(r, at.token, path, n);
        path += n;
        if (at.token && path[0] == '[') { /* one digit: arms are few */
            at.token = item(r, at.token, (unsigned)(path[1] - '0'));
            path += strlen("[0]");
        }
        path += *path == '.';
    } while (at.token && *path);
    if (!at.token) at.token = -1; /* not told */
    return at;
}
