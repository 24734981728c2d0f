/* case_json.c - one JSON object into a case. */
#include "json_token.h"

#include <stdio.h>
#include <string.h>

/* A parsed document and the case it fills. */
typedef struct reader {
    nen__tokens t;
    nen_input *in;
    nen_error *error;
    bool sites; /* this pass reads the site, the next everything else */
} reader;

/* ---- one value ----------------------------------------------------------------- */

/* A list or object where it has no place, or under a name that is no field. */
static nen_status fail_shape(reader *r, const char *name, int i) {
    char text[NEN__NAME_CAP];
    nen__token_raw(&r->t, i, text, sizeof text);
    const nen__entry e = {name, text, NEN__TEXT, nen__token_place(&r->t, i)};
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
    const bool fits = nen__token_text(&r->t, i, text, sizeof text);
    const nen__entry e = {name, nen__token_is_null(&r->t, i) ? "" : text,
                          nen__token_origin(&r->t, i), nen__token_place(&r->t, i)};
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
    nen__token_text(&r->t, i, text, sizeof text);
    const nen__entry e = {name, text, NEN__TEXT, nen__token_place(&r->t, i)};
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
    nen__token_text(&r->t, i, text, sizeof text);
    if (nen__token_is_null(&r->t, i) || !strcmp(text, "unknown")) return NEN_OK;
    for (unsigned w = 0; w < sizeof words / sizeof *words; w++) {
        if (r->t.token[i].type == JSMN_STRING && !strcmp(text, words[w])) {
            return step->stopped = (nen_stopped)(w + 1), NEN_OK;
        }
    }
    return fail_step(r, i, NEN_ERR_WORD, "prior.stopped",
                     "progressed, toxicity, completed, other");
}

static nen_status read_months(reader *r, int i, told_step *step) {
    char text[NEN__NAME_CAP];
    nen__decimal months;
    nen__token_text(&r->t, i, text, sizeof text);
    if (nen__token_is_null(&r->t, i)) return NEN_OK;
    const size_t n = nen__decimal_read(text, &months);
    if (r->t.token[i].type != JSMN_PRIMITIVE || !n || text[n]) {
        return fail_step(r, i, NEN_ERR_TYPE, "prior.months", "a number, 0 or more");
    }
    step->months = nen__decimal_value(months);
    return NEN_OK;
}

static nen_status read_step_key(reader *r, int key, told_step *step) {
    char name[NEN__NAME_CAP];
    nen__token_text(&r->t, key, name, sizeof name);
    if (!strcmp(name, "stopped")) return read_stopped(r, key + 1, step);
    if (!strcmp(name, "months")) return read_months(r, key + 1, step);
    if (strcmp(name, "id") != 0) {
        return fail_step(r, key, NEN_ERR_FIELD, "prior", "id, stopped, months");
    }
    if (r->t.token[key + 1].type != JSMN_STRING) {
        return fail_step(r, key + 1, NEN_ERR_TYPE, "prior.id", "the id of an option");
    }
    step->id = key + 1;
    return NEN_OK;
}

static nen_status read_step(reader *r, int i, told_step *step) {
    *step = (told_step){-1, NEN_STOPPED_UNKNOWN, 0};
    const int end = nen__token_behind(&r->t, i);
    for (int key = i + 1; key < end; key = nen__token_behind(&r->t, key + 1)) {
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
    const bool fits = nen__token_text(&r->t, i, text, sizeof text);
    const nen__entry e = {name, text, NEN__TEXT, nen__token_place(&r->t, i)};
    if (r->t.token[i].type != JSMN_STRING) return fail_shape(r, name, i);
    if (!fits) return fail_long(r, &e);
    return nen__list_item(r->in, field, &e, text, v, r->error);
}

/* An item is a word or, in `prior`, an object. */
static nen_status list_item(reader *r, unsigned field, const char *name, int i,
                            nen_value *v) {
    told_step step;
    if (r->t.token[i].type != JSMN_OBJECT || !nen__is(field, "prior")) {
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
    const nen__entry e = {name, "[]", NEN__TEXT, nen__token_place(&r->t, i)};
    if (found < 0 || nen_field((unsigned)found)->type != NEN_TYPE_LIST) {
        return fail_shape(r, name, i);
    }
    if (r->t.token[i].size == 0) return nen__enter(r->in, &e, r->error);
    nen_value v = {.known = NEN_KNOWN};
    const int end = nen__token_behind(&r->t, i);
    for (int item = i + 1; item < end; item = nen__token_behind(&r->t, item)) {
        const nen_status status = list_item(r, (unsigned)found, name, item, &v);
        if (status != NEN_OK) return status;
    }
    return nen__store(r->in, (unsigned)found, &v, &e, r->error);
}

static nen_status enter_member(reader *r, const char *group, int key);

/* {"markers": {"5-HIAA": "raised"}} is "markers.5-HIAA". */
static nen_status enter_group(reader *r, const char *name, int i) {
    const int end = nen__token_behind(&r->t, i);
    for (int key = i + 1; key < end; key = nen__token_behind(&r->t, key + 1)) {
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
    nen__token_text(&r->t, key, name + used, NEN__VALUE_CAP);
    const int i = key + 1;
    if (!*group && tells_site(name) != r->sites) return NEN_OK;
    if (r->t.token[i].type == JSMN_ARRAY) return enter_list(r, name, i);
    if (r->t.token[i].type != JSMN_OBJECT) return enter_scalar(r, name, i);
    return !*group && is_group(name) ? enter_group(r, name, i) : fail_shape(r, name, i);
}

/* Two passes over the top level; most documents have a dozen members. */
static nen_status enter_all(reader *r) {
    for (int pass = 0; pass < 2; pass++) {
        r->sites = pass == 0;
        for (int key = 1; key < r->t.count; key = nen__token_behind(&r->t, key + 1)) {
            const nen_status status = enter_member(r, "", key);
            if (status != NEN_OK) return status;
        }
    }
    return NEN_OK;
}

nen_status nen_read_json(const char *text, size_t bytes, void *tokens, size_t token_cap,
                         nen_input *in, nen_error *error) {
    reader r = {.in = in, .error = error};
    memset(in, 0, sizeof *in);
    const nen_status status =
        nen__tokens_read(text, bytes, tokens, token_cap, &r.t, error);
    return status == NEN_OK ? enter_all(&r) : status;
}
