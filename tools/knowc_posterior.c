/* knowc_posterior.c - priors of the course model, draws of its posterior, and what the
 * simulated trials take where a trial did not say. */
#include "knowc.h"

#include "course.h"
#include "trials.h"

#include <stdlib.h>
#include <string.h>

#define GROWTH(name) "growth." #name,
#define DEATH(name)  "death." #name,
#define HOLD(name)   "hold." #name,
#define KILL(name)   "kill." #name,
#define SINGLE(name) #name,
#define TRIAL(name)  "t." #name,
static const char *const growths[] = {NEN__COURSE_ORIGINS(GROWTH)};
static const char *const deaths[] = {NEN__COURSE_KINDS(DEATH)};
static const char *const holds[] = {NEN__COURSE_CLASSES(HOLD)}; /* the first: none */
static const char *const kills[] = {NEN__COURSE_CLASSES(KILL)};
static const char *const singles[] = {NEN__COURSE_SINGLES(SINGLE)};
static const char *const trials[] = {NEN__TRIAL_CONSTANTS(TRIAL)};

static const char *parameter(unsigned i) {
    if (i >= NEN__P_SINGLES) return singles[i - NEN__P_SINGLES];
    if (i >= NEN__P_KILL) return kills[i - NEN__P_KILL + 1];
    if (i >= NEN__P_HOLD) return holds[i - NEN__P_HOLD + 1];
    if (i >= NEN__P_DEATH) return deaths[i - NEN__P_DEATH];
    return growths[i];
}

static const char *constant(unsigned i) {
    return trials[i];
}

/* ---- rows named in a header, each exactly once ---- */

typedef struct named {
    kc_name table;
    const char *prefix; /* of the ids */
    const char *(*name)(unsigned);
    unsigned count;
} named;

/* The row with this id; NULL when there is none. */
static kc_row *row_of(kc *k, const named *n, unsigned i) {
    for (kc_at at = kc_first(k, n->table); kc_on(&at); at.row++) {
        const char *id = kc_get(&at, "id");
        const size_t skip = strlen(n->prefix);
        if (!strncmp(id, n->prefix, skip) && !strcmp(id + skip, n->name(i)))
            return at.row;
    }
    return NULL;
}

static void complete(kc *k, const named *n) {
    for (unsigned i = 0; i < n->count; i++) {
        if (!row_of(k, n, i)) {
            kc_file_error(k, k->partial, kc_schemas[n->table].name, 0, "no row `%s%s`",
                          n->prefix, n->name(i));
        }
    }
    for (kc_at at = kc_first(k, n->table); kc_on(&at); at.row++) {
        bool found = false;
        for (unsigned i = 0; i < n->count; i++)
            found |= row_of(k, n, i) == at.row;
        if (!found) kc_error(&at, "id", "the model has nothing of this name");
    }
}

static void numbers(kc *k, const named *n, const char *column, const char *declared,
                    kc_buf *out) {
    kc_print(out, "const %s[] = {\n", declared);
    for (unsigned i = 0; i < n->count; i++) {
        const kc_at at = {k, &k->table[n->table], row_of(k, n, i)};
        kc_print(out, "    %.9g, /* %s */\n",
                 at.row ? kc_number(&at, column, KC_DASH_BAD) : 0.0, n->name(i));
    }
    kc_print(out, "};\n\n");
}

/* ---- draws ---- */

typedef struct draws {
    kc *k;
    const char *path;
    unsigned line, count;
} draws;

static void complain(const draws *d, const char *what, const char *cell) {
    kc_file_error(d->k, d->k->partial, d->path, d->line, "%s: `%.40s`", what, cell);
}

/* Cuts the next cell off; NULL at the end of the line. */
static char *cell(char **line) {
    char *start = *line;
    if (!start) return NULL;
    char *tab = strchr(start, '\t');
    if (tab) *tab = 0;
    *line = tab ? tab + 1 : NULL;
    return start;
}

static void header(const draws *d, char *line) {
    const char *first = cell(&line);
    if (strcmp(first, "draw") != 0) complain(d, "the header begins with draw", first);
    for (unsigned i = 0; i < NEN__PARAMETERS; i++) {
        const char *name = cell(&line);
        if (!name || strcmp(name, parameter(i)) != 0)
            complain(d, "another parameter stands here", name ? name : "nothing");
    }
    if (line) complain(d, "more columns than parameters", line);
}

/* Eight hexadecimal digits of a finite f32, whose exponent bits are not all set. */
static bool finite_bits(const char *text) {
    enum { DIGITS = 8 };
    const unsigned long exponent = 0x7f800000;
    if (strspn(text, "0123456789abcdef") != DIGITS || text[DIGITS]) return false;
    return (strtoul(text, NULL, 16) & exponent) != exponent;
}

static float f32_of(const char *hex) {
    const uint32_t bits = (uint32_t)strtoul(hex, NULL, 16);
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static void draw(draws *d, char *line, kc_buf *out) {
    const char *number = cell(&line);
    if (strtoul(number, NULL, 10) != d->count)
        complain(d, "draws are numbered from 0 on", number);
    kc_print(out, "    {{");
    for (unsigned i = 0; i < NEN__PARAMETERS; i++) {
        const char *bits = cell(&line);
        if (!bits || !finite_bits(bits)) {
            complain(d, "not the bits of a finite number", bits ? bits : "nothing");
            bits = "0";
        }
        kc_print(out, "%af,%s", (double)f32_of(bits), i % 4 == 3 ? "\n     " : " ");
    }
    if (line) complain(d, "more columns than parameters", line);
    kc_print(out, "}},\n");
    d->count++;
}

static void read_draws(kc *k, kc_buf *out, unsigned *count) {
    char path[KC_PATH_MAX];
    size_t bytes;
    bool headed = false;
    snprintf(path, sizeof path, "%s/posterior.tsv", k->dir);
    draws d = {.k = k, .path = kc_copy(path, strlen(path))};
    char *text = kc_slurp(path, &bytes);
    for (char *p = text, *next; p && *p; p = next) {
        char *end = strchr(p, '\n');
        next = end ? end + 1 : p + strlen(p);
        if (end) *end = 0;
        d.line++;
        if (*p == '#') continue;
        if (headed) {
            draw(&d, p, out);
        } else {
            header(&d, p);
        }
        headed = true;
    }
    *count = d.count;
}

void kc_emit_posterior(kc *k, kc_buf *out) {
    const named priors = {KC_COURSE, "p.", parameter, NEN__PARAMETERS};
    const named fixed = {KC_TRIAL_CONSTANTS, "", constant, NEN__TRIAL_CONSTANT_COUNT};
    unsigned count = 0;
    complete(k, &priors);
    complete(k, &fixed);
    for (kc_at at = kc_first(k, KC_COURSE); kc_on(&at); at.row++) {
        kc_choice(&at, "scale", "log logit", KC_DASH_BAD);
        if (!(kc_number(&at, "sd", 0) > 0)) kc_error(&at, "sd", "not above 0");
    }
    numbers(k, &priors, "mean", "float nen__prior_mean", out);
    numbers(k, &priors, "sd", "float nen__prior_sd", out);
    numbers(k, &fixed, "value", "double nen__trial_constant", out);
    kc_print(out, "const char *const nen__parameter_name[] = {\n");
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        kc_print(out, "    \"%s\",\n", parameter(i));
    kc_print(out, "};\n\nconst nen__theta nen__posterior[] = {\n");
    read_draws(k, out, &count);
    kc_print(out, "    {{0}}};\nconst unsigned nen__posterior_count = %u;\n", count);
}
