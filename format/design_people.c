/* design_people.c - who a trial takes: shares of sites and grades, and its rules. */
#include "design.h"

#include <string.h>

static unsigned field_of(const char *name) {
    return (unsigned)nen_field_find(name); /* fields that the contract names */
}

/* ---- shares ---- */

static nen_status site_bit(nen__design_reader *r, const nen__at *at, uint64_t *bit) {
    unsigned word;
    const nen_status status = nen__design_word(r, at, field_of("site"), &word);
    if (status == NEN_OK) *bit = (uint64_t)1 << word;
    return status;
}

/* Grades by their labels: those of tumors that the model may know. */
static nen_status grade_bit(nen__design_reader *r, const nen__at *at, uint64_t *bit) {
    static const char *const grades[] = {"G1", "G2", "G3", "NEC", "TC", "AC"};
    uint8_t which;
    const nen_status status =
        nen__design_choice(r, at, grades, sizeof grades / sizeof *grades, &which);
    if (status != NEN_OK) return status;
    for (unsigned i = 0; *nen_label(NEN_LABEL_GRADE, i); i++) {
        if (!strcmp(nen_label(NEN_LABEL_GRADE, i), grades[which]))
            *bit = (uint64_t)1 << i;
    }
    return NEN_OK;
}

typedef nen_status bit_reader(nen__design_reader *r, const nen__at *at, uint64_t *bit);

typedef struct mix {
    nen_trial_share *share;
    uint8_t *count;
    uint64_t seen;
    double sum;
} mix;

static nen_status one_share(nen__design_reader *r, const nen__at *parent, int key,
                            bit_reader *read, mix *m) {
    static const nen__range weight = {0, 1e6, false, false, false};
    char name[NEN__NAME_CAP];
    uint64_t bit = 0;
    double x = 0;
    (void)nen__token_text(&r->t, key, name, sizeof name);
    nen__at at = nen__design_at(parent, key, name);
    nen_status status = read(r, &at, &bit);
    if (status != NEN_OK) return status;
    if (m->seen & bit) return nen__design_twice(r, &at);
    m->seen |= bit;
    at.token = key + 1;
    status = nen__design_number(r, &at, &weight, &x);
    if (status != NEN_OK) return status;
    m->sum += x;
    if (*m->count < NEN_TRIAL_MIX_MAX)
        m->share[(*m->count)++] = (nen_trial_share){bit, x};
    return NEN_OK;
}

static nen_status shares(nen__design_reader *r, const nen__at *at, bit_reader *read,
                         mix *m) {
    nen_status status = nen__design_is_object(r, at);
    if (status != NEN_OK) return status;
    const int end = nen__token_behind(&r->t, at->token);
    for (int key = at->token + 1; key < end; key = nen__token_behind(&r->t, key + 1)) {
        status = one_share(r, at, key, read, m);
        if (status != NEN_OK) return status;
    }
    if (m->sum > 0) return NEN_OK;
    return nen__design_fail(r, at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_WEIGHTS,
                            NEN__WITH(nen__as("field", at->path)));
}

static nen_status read_site(nen__design_reader *r, const nen__at *at) {
    mix m = {r->out->site, &r->out->sites, 0, 0};
    return shares(r, at, site_bit, &m);
}

static nen_status read_grade(nen__design_reader *r, const nen__at *at) {
    mix m = {r->out->grade, &r->out->grades, 0, 0};
    return shares(r, at, grade_bit, &m);
}

/* ---- the rules ---- */

static nen_status read_ki67(nen__design_reader *r, const nen__at *at) {
    static const nen__range percent = {0, 100, false, false, false};
    double x[2] = {0, 0};
    nen_status status = nen__design_list(r, at);
    if (status != NEN_OK) return status;
    if (r->t.token[at->token].size != 2) {
        return nen__design_fail(r, at, NEN_ERR_TYPE, NEN_T_DESIGN_TWO_NUMBERS,
                                NEN__WITH(nen__as("field", at->path)));
    }
    nen__at one = *at;
    for (int i = 0; i < 2; i++) {
        one.token = i ? nen__token_behind(&r->t, one.token) : at->token + 1;
        status = nen__design_number(r, &one, &percent, &x[i]);
        if (status != NEN_OK) return status;
    }
    r->out->ki67_lo_pct = x[0];
    r->out->ki67_hi_pct = x[1];
    if (x[0] <= x[1]) return NEN_OK;
    return nen__design_fail(r, at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_REVERSED,
                            NEN__WITH(nen__as("field", at->path),
                                      nen__as_number("lo", x[0]),
                                      nen__as_number("hi", x[1])));
}

static nen_status read_functioning(nen__design_reader *r, const nen__at *at) {
    static const nen__range share = {0, 1, false, false, false};
    return nen__design_number(r, at, &share, &r->out->functioning_share);
}

static nen_status read_line(nen__design_reader *r, const nen__at *at) {
    static const nen__range lines = {1, NEN_TRIAL_LINE_MAX, false, false, true};
    double x = 0;
    const nen_status status = nen__design_number(r, at, &lines, &x);
    if (status == NEN_OK) r->out->line = (uint8_t)x;
    return status;
}

static nen_status read_prior(nen__design_reader *r, const nen__at *at) {
    nen_status status = nen__design_list(r, at);
    const int end = nen__token_behind(&r->t, at->token);
    nen__at one = *at;
    for (one.token = at->token + 1; status == NEN_OK && one.token < end;
         one.token = nen__token_behind(&r->t, one.token)) {
        unsigned word;
        status = nen__design_word(r, &one, field_of("prior"), &word);
        if (status != NEN_OK) return status;
        if (nen__in(r->out->prior, word)) return nen__design_twice(r, &one);
        r->out->prior[word / NEN__CHUNK] |= (uint64_t)1 << (word % NEN__CHUNK);
    }
    return status;
}

static nen_status read_sstr(nen__design_reader *r, const nen__at *at) {
    unsigned word = 0;
    if (nen__design_null(r, at)) return NEN_OK;
    const nen_status status = nen__design_word(r, at, field_of("sstr"), &word);
    if (status == NEN_OK) r->out->sstr = (uint8_t)(word + 1);
    return status;
}

static nen_status read_progressed(nen__design_reader *r, const nen__at *at) {
    static const nen__range months = {0, 120, true, false, false};
    if (nen__design_null(r, at)) return NEN_OK;
    return nen__design_number(r, at, &months, &r->out->progressed_within_months);
}

nen_status nen__design_population(nen__design_reader *r, const nen__at *at) {
    static const nen__design_key keys[] = {
        {"site", read_site, true},
        {"grade", read_grade, false},
        {"ki67_pct", read_ki67, false},
        {"functioning", read_functioning, false},
        {"line", read_line, false},
        {"prior", read_prior, false},
        {"sstr", read_sstr, false},
        {"progressed_within_months", read_progressed, false}};
    return nen__design_object(r, at, keys, sizeof keys / sizeof *keys);
}
