/* plan.c - a plan of treatments read from text, and written back. */
#include "buf.h"
#include "reader.h"
#include "view.h"
#include "write.h"

#include <string.h>

enum { DECIMAL = 10, CYCLES_MAX = 99 };

typedef struct reader {
    const char *text;
    size_t bytes, at;
    nen_error *error;
} reader;

/* ---- errors ---- */

/* Options that the model has a class for, ", " between. */
static void allowed_options(char *out, size_t cap) {
    nen__buf b = nen__buf_over(out, cap);
    for (unsigned i = 0; i < nen_option_count(); i++) {
        if (!nen_option_in_course(i)) continue;
        nen__putf(&b, "%s%s", b.len ? ", " : "", nen_option_id(i));
    }
    nen__buf_end(&b);
}

/* What is wrong with the bytes `from` to `to`. */
static nen_status wrong(const reader *r, nen_status code, size_t from, size_t to,
                        unsigned text, const nen__slot *with) {
    nen_error *e = r->error;
    const size_t n = to - from;
    nen__buf value = nen__buf_over(e->value, sizeof e->value);
    nen__buf said = nen__buf_over(e->text, sizeof e->text);
    nen__put_n(&value, r->text + from, n);
    nen__buf_end(&value);
    nen__utf8_trim(e->value);
    nen__put_text(&said, 0, text, with);
    nen__buf_end(&said);
    nen__utf8_trim(e->text);
    e->code = code;
    e->line = 1;
    e->byte = from;
    return code;
}

static nen_status wrong_option(const reader *r, size_t from, size_t to,
                               const char *id) {
    const int current = nen_field_find("current");
    allowed_options(r->error->allowed, sizeof r->error->allowed);
    const char *near = current < 0 ? NULL : nen_nearest_word((unsigned)current, id);
    if (near) {
        nen__buf b = nen__buf_over(r->error->nearest, sizeof r->error->nearest);
        nen__put(&b, near);
        nen__buf_end(&b);
    }
    return wrong(r, NEN_ERR_WORD, from, to, NEN_T_PLAN_UNKNOWN,
                 NEN__WITH(nen__as("word", id)));
}

/* Why the model has no class for an option: what kind of thing it is. */
static nen_status no_class(const reader *r, size_t from, size_t to, unsigned option) {
    static const struct {
        const char *kind;
        uint16_t text;
    } whys[] = {{"procedure", NEN_T_PLAN_NO_CLASS_PROCEDURE},
                {"imaging", NEN_T_PLAN_NO_CLASS_TEST},
                {"care", NEN_T_PLAN_NO_CLASS_CARE},
                {"trial", NEN_T_PLAN_NO_CLASS_TRIAL}};
    const char *kind = nen__option_cell(option, "kind");
    unsigned why = NEN_T_PLAN_NO_CLASS_DRUG;
    for (unsigned i = 0; i < sizeof whys / sizeof *whys; i++)
        if (!strcmp(kind, whys[i].kind)) why = whys[i].text;
    allowed_options(r->error->allowed, sizeof r->error->allowed);
    return wrong(r, NEN_ERR_WORD, from, to, NEN_T_PLAN_NO_CLASS,
                 NEN__WITH(nen__as("option", nen_option_id(option)),
                           nen__as("why", nen_text(0, why))));
}

/* ---- words ---- */

static bool among(char c, const char *marks) {
    return c && strchr(marks, c) != NULL;
}

static void blanks(reader *r) {
    while (r->at < r->bytes && among(r->text[r->at], " \t"))
        r->at++;
}

static bool next_is(const reader *r, char c) {
    return r->at < r->bytes && r->text[r->at] == c;
}

/* Bytes up to the next mark or blank. */
static size_t word(reader *r) {
    const size_t from = r->at;
    while (r->at < r->bytes && !among(r->text[r->at], ",+*@ \t\r\n"))
        r->at++;
    return r->at - from;
}

/* A number of at most three digits, 0 when it is none or above `most`. */
static uint16_t number(const char *text, size_t n, unsigned most) {
    enum { DIGITS = 3 };
    unsigned x = 0;
    if (!n || n > DIGITS) return 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') return 0;
        x = x * DECIMAL + (unsigned)(text[i] - '0');
    }
    return x <= most ? (uint16_t)x : 0;
}

static nen_status read_cycles(reader *r, nen_given *g) {
    const size_t from = r->at++;
    const size_t n = word(r);
    if (!(nen_option_cycle_weeks(g->option) > 0)) {
        return wrong(r, NEN_ERR_RANGE, from, r->at, NEN_T_PLAN_NO_CYCLES,
                     NEN__WITH(nen__as("option", nen_option_id(g->option))));
    }
    g->cycles = number(r->text + from + 1, n, CYCLES_MAX);
    if (g->cycles) return NEN_OK;
    return wrong(r, NEN_ERR_RANGE, from, r->at, NEN_T_PLAN_CYCLES,
                 NEN__WITH(nen__as_number("most", CYCLES_MAX)));
}

static nen_status read_months(reader *r, nen_given *g) {
    const size_t from = r->at++;
    const size_t n = word(r);
    if (n && r->text[r->at - 1] == 'm')
        g->months = number(r->text + from + 1, n - 1, NEN_MONTHS_MAX);
    if (g->months) return NEN_OK;
    return wrong(r, NEN_ERR_RANGE, from, r->at, NEN_T_PLAN_MONTHS,
                 NEN__WITH(nen__as_number("most", NEN_MONTHS_MAX)));
}

static nen_status read_cap(reader *r, nen_given *g) {
    nen_status status = NEN_OK;
    blanks(r);
    if (next_is(r, '*')) {
        status = read_cycles(r, g);
    } else if (next_is(r, '@')) {
        status = read_months(r, g);
    }
    if (status != NEN_OK) return status;
    blanks(r);
    if (!next_is(r, '*') && !next_is(r, '@')) return NEN_OK;
    return wrong(r, NEN_ERR_SYNTAX, r->at, r->at + 1, NEN_T_PLAN_TWO_CAPS, NULL);
}

static nen_status read_option(reader *r, nen_plan *out) {
    char id[NEN__NAME_CAP];
    nen_given *line = out->line[out->lines];
    uint8_t *given = &out->given[out->lines];
    blanks(r);
    const size_t from = r->at, n = word(r);
    if (!n) return wrong(r, NEN_ERR_SYNTAX, from, from, NEN_T_PLAN_NO_OPTION, NULL);
    nen__buf b = nen__buf_over(id, sizeof id);
    nen__put_n(&b, r->text + from, n);
    nen__buf_end(&b);
    nen__utf8_trim(id);
    const int option = n < sizeof id && strlen(id) == n ? nen_option_find(id) : -1;
    if (option < 0) return wrong_option(r, from, r->at, id);
    if (!nen_option_in_course((unsigned)option))
        return no_class(r, from, r->at, (unsigned)option);
    for (unsigned i = 0; i < *given; i++) {
        if (line[i].option == option) {
            return wrong(r, NEN_ERR_IMPOSSIBLE, from, r->at, NEN_T_PLAN_TWICE,
                         NEN__WITH(nen__as("option", id)));
        }
    }
    if (*given == NEN_TOGETHER_MAX) {
        return wrong(r, NEN_ERR_CAPACITY, from, r->at, NEN_T_PLAN_TOGETHER,
                     NEN__WITH(nen__as_number("most", NEN_TOGETHER_MAX)));
    }
    line[*given] = (nen_given){(uint16_t)option, 0, 0};
    return read_cap(r, &line[(*given)++]);
}

static nen_status read_line(reader *r, nen_plan *out) {
    if (out->lines == NEN_LINES_MAX) {
        return wrong(r, NEN_ERR_CAPACITY, r->at, r->bytes, NEN_T_PLAN_LINES,
                     NEN__WITH(nen__as_number("most", NEN_LINES_MAX)));
    }
    do {
        const nen_status status = read_option(r, out);
        if (status != NEN_OK) return status;
        blanks(r);
    } while (next_is(r, '+') && ++r->at);
    out->lines++;
    return NEN_OK;
}

nen_status nen_read_plan(const char *text, size_t bytes, nen_plan *out,
                         nen_error *error) {
    reader r = {text, bytes, 0, error};
    nen__buf field = nen__buf_over(error->field, sizeof error->field);
    memset(out, 0, sizeof *out);
    memset(error, 0, sizeof *error);
    nen__put(&field, "plan");
    nen__buf_end(&field);
    const size_t bad = nen__utf8_bad(text, bytes);
    if (bad < bytes) return wrong(&r, NEN_ERR_SYNTAX, bad, bad, NEN_T_PLAN_BYTE, NULL);
    do {
        const nen_status status = read_line(&r, out);
        if (status != NEN_OK) return status;
    } while (next_is(&r, ',') && ++r.at);
    if (r.at == bytes) return NEN_OK;
    return wrong(&r, NEN_ERR_SYNTAX, r.at, bytes, NEN_T_PLAN_LEFT_OVER, NULL);
}

/* ---- back to text ---- */

static void put_given(nen__buf *b, const nen_given *g) {
    nen__put(b, nen_option_id(g->option));
    if (g->cycles) nen__putf(b, "*%u", (unsigned)g->cycles);
    if (g->months) nen__putf(b, "@%um", (unsigned)g->months);
}

size_t nen_write_plan(const nen_plan *plan, char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    for (unsigned l = 0; l < plan->lines; l++) {
        if (l) nen__put_char(&b, ',');
        for (unsigned i = 0; i < plan->given[l]; i++) {
            if (i) nen__put_char(&b, '+');
            put_given(&b, &plan->line[l][i]);
        }
    }
    return nen__buf_end(&b);
}
