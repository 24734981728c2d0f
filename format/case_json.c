/* case_json.c - one JSON object into a case. */
#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS  /* without them nested lists cost the square of their size  \
                            */
#include <jsmn.h>

#include "reader.h"

#include <stdio.h>
#include <string.h>

/* A parsed document and the case it fills. */
typedef struct reader {
    const char *text;
    const jsmntok_t *token;
    int count;
    nen_input *in;
    nen_error *error;
    bool sites; /* this pass reads the site, the next everything else */
    nen_place last;
} reader;

/* The token behind `i` and all that is inside it. */
static int behind(const reader *r, int i) {
    const int end = r->token[i].end;
    for (i++; i < r->count && r->token[i].start < end;) {
        i++;
    }
    return i;
}

enum { PIECE_CAP = 4 }; /* bytes of one character */

/* Place of a token; lines are counted on from the last place asked for. */
static nen_place place_of(reader *r, int i) {
    const uint32_t quote = r->token[i].type == JSMN_STRING; /* jsmn starts behind it */
    const uint32_t byte = (uint32_t)r->token[i].start - quote;
    if (byte < r->last.byte) r->last = (nen_place){1, 0};
    for (; r->last.byte < byte; r->last.byte++) {
        r->last.line += r->text[r->last.byte] == '\n';
    }
    return r->last;
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

/* The token's text without escapes; false when it does not fit (cut, still whole). */
static bool token_text(const reader *r, int i, char *out, size_t cap) {
    const char *p = r->text + r->token[i].start, *end = r->text + r->token[i].end;
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

/* ---- one value ----------------------------------------------------------------- */

static bool is_null(const reader *r, int i) {
    return r->token[i].type == JSMN_PRIMITIVE && r->text[r->token[i].start] == 'n';
}

static nen__origin origin_of(const reader *r, int i) {
    if (r->token[i].type == JSMN_STRING) return NEN__TEXT;
    const char c = r->text[r->token[i].start];
    return c == 't' || c == 'f' ? NEN__BOOL : NEN__NUMBER;
}

/* A list or object where it has no place, or under a name that is no field. */
static nen_status fail_shape(reader *r, const char *name, int i) {
    char text[NEN__NAME_CAP];
    snprintf(text, sizeof text, "%.*s", r->token[i].end - r->token[i].start,
             r->text + r->token[i].start);
    nen__utf8_trim(text);
    const nen__entry e = {name, text, NEN__TEXT, place_of(r, i)};
    const int field = nen__field_named(name);
    if (field >= 0) return nen__fail_type(r->error, (unsigned)field, &e);
    if (!nen__is_alias_name(name)) return nen__fail_field(r->error, &e);
    return nen__fail(r->error, NEN_ERR_TYPE, &e, "a list or object has no place here");
}

static nen_status fail_long(reader *r, const nen__entry *e) {
    nen__fail(r->error, NEN_ERR_RANGE, e, "this text is too long for a value");
    nen__append(r->error->allowed, sizeof r->error->allowed, "255 bytes at most");
    return NEN_ERR_RANGE;
}

static nen_status enter_scalar(reader *r, const char *name, int i) {
    char text[NEN__VALUE_CAP];
    const bool fits = token_text(r, i, text, sizeof text);
    const nen__entry e = {name, is_null(r, i) ? "" : text, origin_of(r, i),
                          place_of(r, i)};
    return fits ? nen__enter(r->in, &e, r->error) : fail_long(r, &e);
}

/* ---- earlier treatments -------------------------------------------------------- */

/* What {"id", "stopped", "months"} says. */
typedef struct told_step {
    int id; /* token, -1 when not told */
    nen_stopped stopped;
    double months;
} told_step;

static nen_status fail_step(reader *r, int i, nen_status code, const char *name,
                            const char *allowed) {
    char text[NEN__NAME_CAP], why[NEN__TEXT_CAP];
    token_text(r, i, text, sizeof text);
    const nen__entry e = {name, text, NEN__TEXT, place_of(r, i)};
    snprintf(why, sizeof why,
             "%s: %s is not allowed in an earlier treatment; allowed: %s", name, text,
             allowed);
    nen__fail(r->error, code, &e, why);
    nen__append(r->error->allowed, sizeof r->error->allowed, allowed);
    return code;
}

static nen_status read_stopped(reader *r, int i, told_step *step) {
    static const char *const words[] = {"progressed", "toxicity", "completed", "other"};
    char text[NEN__NAME_CAP];
    token_text(r, i, text, sizeof text);
    if (is_null(r, i) || !strcmp(text, "unknown")) return NEN_OK;
    for (unsigned w = 0; w < sizeof words / sizeof *words; w++) {
        if (r->token[i].type == JSMN_STRING && !strcmp(text, words[w])) {
            return step->stopped = (nen_stopped)(w + 1), NEN_OK;
        }
    }
    return fail_step(r, i, NEN_ERR_WORD, "prior.stopped",
                     "progressed, toxicity, completed, other");
}

static nen_status read_months(reader *r, int i, told_step *step) {
    char text[NEN__NAME_CAP];
    nen__decimal months;
    token_text(r, i, text, sizeof text);
    if (is_null(r, i)) return NEN_OK;
    const size_t n = nen__decimal_read(text, &months);
    if (r->token[i].type != JSMN_PRIMITIVE || !n || text[n]) {
        return fail_step(r, i, NEN_ERR_TYPE, "prior.months", "a number, 0 or more");
    }
    step->months = nen__decimal_value(months);
    return NEN_OK;
}

static nen_status read_step_key(reader *r, int key, told_step *step) {
    char name[NEN__NAME_CAP];
    token_text(r, key, name, sizeof name);
    if (!strcmp(name, "stopped")) return read_stopped(r, key + 1, step);
    if (!strcmp(name, "months")) return read_months(r, key + 1, step);
    if (strcmp(name, "id") != 0) {
        return fail_step(r, key, NEN_ERR_FIELD, "prior", "id, stopped, months");
    }
    if (r->token[key + 1].type != JSMN_STRING) {
        return fail_step(r, key + 1, NEN_ERR_TYPE, "prior.id", "the id of an option");
    }
    step->id = key + 1;
    return NEN_OK;
}

static nen_status read_step(reader *r, int i, told_step *step) {
    *step = (told_step){-1, NEN_STOPPED_UNKNOWN, 0};
    const int end = behind(r, i);
    for (int key = i + 1; key < end; key = behind(r, key + 1)) {
        const nen_status status = read_step_key(r, key, step);
        if (status != NEN_OK) return status;
    }
    if (step->id < 0) {
        return fail_step(r, i, NEN_ERR_TYPE, "prior", "an object with an \"id\"");
    }
    return NEN_OK;
}

/* ---- lists and objects --------------------------------------------------------- */

static nen_status list_text(reader *r, unsigned field, const char *name, int i,
                            nen_value *v) {
    char text[NEN__VALUE_CAP];
    const bool fits = token_text(r, i, text, sizeof text);
    const nen__entry e = {name, text, NEN__TEXT, place_of(r, i)};
    if (r->token[i].type != JSMN_STRING) return fail_shape(r, name, i);
    if (!fits) return fail_long(r, &e);
    return nen__list_item(r->in, field, &e, text, v, r->error);
}

/* An item is a word or, in `prior`, an object. */
static nen_status list_item(reader *r, unsigned field, const char *name, int i,
                            nen_value *v) {
    told_step step;
    if (r->token[i].type != JSMN_OBJECT || !nen__is(field, "prior")) {
        return list_text(r, field, name, i, v);
    }
    const uint8_t before = r->in->c.priors;
    nen_status status = read_step(r, i, &step);
    if (status == NEN_OK) status = list_text(r, field, name, step.id, v);
    if (status != NEN_OK || r->in->c.priors == before) return status;
    r->in->c.prior[before].stopped = (uint8_t)step.stopped;
    r->in->c.prior[before].months = step.months;
    return NEN_OK;
}

static nen_status enter_list(reader *r, const char *name, int i) {
    const int found = nen__field_named(name);
    const nen__entry e = {name, "[]", NEN__TEXT, place_of(r, i)};
    if (found < 0 || nen_field((unsigned)found)->type != NEN_TYPE_LIST) {
        return fail_shape(r, name, i);
    }
    if (r->token[i].size == 0) return nen__enter(r->in, &e, r->error);
    nen_value v = {.known = NEN_KNOWN};
    const int end = behind(r, i);
    for (int item = i + 1; item < end; item = behind(r, item)) {
        const nen_status status = list_item(r, (unsigned)found, name, item, &v);
        if (status != NEN_OK) return status;
    }
    return nen__store(r->in, (unsigned)found, &v, &e, r->error);
}

static nen_status enter_member(reader *r, const char *group, int key);

/* {"markers": {"5-HIAA": "raised"}} is "markers.5-HIAA". */
static nen_status enter_group(reader *r, const char *name, int i) {
    const int end = behind(r, i);
    for (int key = i + 1; key < end; key = behind(r, key + 1)) {
        const nen_status status = enter_member(r, name, key);
        if (status != NEN_OK) return status;
    }
    return NEN_OK;
}

static bool is_group(const char *name) {
    return !strcmp(name, "markers") || !strcmp(name, "biomarkers");
}

/* Is it one of the names that tell the site? It is read first: words depend on it. */
static bool tells_site(const char *name) {
    const int field = nen__field_named(name);
    return !strcmp(name, "site_suspected") ||
           (field >= 0 && nen__is((unsigned)field, "site"));
}

static nen_status enter_member(reader *r, const char *group, int key) {
    char name[2 * NEN__VALUE_CAP];
    const size_t used =
        (size_t)snprintf(name, sizeof name, "%s%s", group, *group ? "." : "");
    token_text(r, key, name + used, NEN__VALUE_CAP);
    const int i = key + 1;
    if (!*group && tells_site(name) != r->sites) return NEN_OK;
    if (r->token[i].type == JSMN_ARRAY) return enter_list(r, name, i);
    if (r->token[i].type != JSMN_OBJECT) return enter_scalar(r, name, i);
    return !*group && is_group(name) ? enter_group(r, name, i) : fail_shape(r, name, i);
}

/* Two passes over the top level; most documents have a dozen members. */
static nen_status enter_all(reader *r) {
    for (int pass = 0; pass < 2; pass++) {
        r->sites = pass == 0;
        for (int key = 1; key < r->count; key = behind(r, key + 1)) {
            const nen_status status = enter_member(r, "", key);
            if (status != NEN_OK) return status;
        }
    }
    return NEN_OK;
}

nen_status nen_read_json(const char *text, size_t bytes, void *tokens, size_t token_cap,
                         nen_input *in, nen_error *error) {
    jsmn_parser parser;
    *error = (nen_error){0};
    memset(in, 0, sizeof *in);
    const nen_status status = nen__json_check(text, bytes, error);
    if (status != NEN_OK) return status;
    jsmn_init(&parser);
    const size_t room = token_cap / sizeof(jsmntok_t);
    const unsigned cap = room > NEN_JSON_MAX ? NEN_JSON_MAX : (unsigned)room;
    const int count = jsmn_parse(&parser, text, bytes, tokens, cap);
    if (count == JSMN_ERROR_NOMEM) {
        nen__syntax(error, text, 0, 0, "the document has more values than fit");
        return error->code = NEN_ERR_CAPACITY;
    }
    /* cannot happen after the check; a refusal is safer than a guess */
    if (count < 1) return nen__syntax(error, text, bytes, 0, "not a JSON object");
    reader r = {text, tokens, count, in, error, false, {1, 0}};
    return enter_all(&r);
}
