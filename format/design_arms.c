/* design_arms.c - the arms of a trial, and the design as a whole. */
#include "design.h"

#include <string.h>

const char *const nen__design_readers[] = {"central", "local"};
const char *const nen__design_criteria[] = {"recist_1_1", "recist_1_0", "who"};
const char *const nen__design_endpoints[] = {"pfs", "os"};

/* ---- one arm ---- */

static nen_trial_group *arm_of(const nen__design_reader *r) {
    return &r->out->arm[r->out->arms];
}

static nen_status read_arm_name(nen__design_reader *r, const nen__at *at) {
    nen_trial_group *own = arm_of(r);
    const nen_status status = nen__design_text(r, at, own->name, sizeof own->name);
    if (status != NEN_OK) return status;
    for (unsigned i = 0; i < r->out->arms; i++) {
        if (strcmp(r->out->arm[i].name, own->name) != 0) continue;
        return nen__design_fail(r, at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_SAME_NAME,
                                NEN__WITH(nen__as("name", own->name)));
    }
    return NEN_OK;
}

static nen_status read_n(nen__design_reader *r, const nen__at *at) {
    static const nen__range people = {1, NEN_TRIAL_PEOPLE_MAX, false, false, true};
    double x = 0;
    const nen_status status = nen__design_number(r, at, &people, &x);
    if (status == NEN_OK) arm_of(r)->n = (uint32_t)x;
    return status;
}

/* The place inside the document, where no escape moves it. */
static nen_status plan_failed(nen__design_reader *r, const nen__at *at,
                              const char *text, size_t from) {
    nen_error *e = r->error;
    const jsmntok_t *token = &r->t.token[at->token];
    const bool plain = (size_t)(token->end - token->start) == strlen(text);
    const nen_place place = nen__token_place(&r->t, at->token);
    nen__buf field = nen__buf_over(e->field, sizeof e->field);
    nen__put(&field, at->path);
    nen__buf_end(&field);
    e->byte = place.byte + (plain ? 1 + from + e->byte : 0);
    e->line = place.line;
    return e->code;
}

/* One plan, or several with | between, of which each person has one. */
static nen_status read_plan(nen__design_reader *r, const nen__at *at) {
    char text[NEN__PLAN_TEXT_CAP];
    nen_trial_group *own = arm_of(r);
    const nen_status status = nen__design_text(r, at, text, sizeof text);
    if (status != NEN_OK) return status;
    for (size_t from = 0, n; from <= strlen(text); from += n + 1) {
        n = strcspn(text + from, "|");
        if (own->plans == NEN_TRIAL_PLANS_MAX) {
            return nen__design_fail(
                r, at, NEN_ERR_CAPACITY, NEN_T_DESIGN_PLANS,
                NEN__WITH(nen__as_number("most", NEN_TRIAL_PLANS_MAX)));
        }
        size_t end = n;
        while (end && text[from + end - 1] == ' ')
            end--;
        if (nen_read_plan(text + from, end, &own->plan[own->plans++], r->error) !=
            NEN_OK)
            return plan_failed(r, at, text, from);
    }
    return NEN_OK;
}

static nen_status wrong_arms(nen__design_reader *r, const nen__at *at, unsigned count) {
    const nen_status status =
        nen__design_fail(r, at, NEN_ERR_CAPACITY, NEN_T_DESIGN_ARMS,
                         NEN__WITH(nen__as_number("arms", NEN_TRIAL_ARMS),
                                   nen__as_number("count", count)));
    r->error->value[0] = 0;
    return status;
}

nen_status nen__design_arms(nen__design_reader *r, const nen__at *at) {
    static const nen__design_key keys[] = {
        {"name", read_arm_name, true}, {"n", read_n, true}, {"plan", read_plan, true}};
    nen_status status = nen__design_list(r, at);
    if (status != NEN_OK) return status;
    const unsigned count = (unsigned)r->t.token[at->token].size;
    if (count != NEN_TRIAL_ARMS) return wrong_arms(r, at, count);
    nen__at one = {.token = at->token + 1};
    for (unsigned i = 0; i < count; i++) {
        nen__buf path = nen__buf_over(one.path, sizeof one.path);
        nen__putf(&path, "%s[%u]", at->path, i);
        nen__buf_end(&path);
        status = nen__design_object(r, &one, keys, sizeof keys / sizeof *keys);
        if (status != NEN_OK) return status;
        r->out->arms++;
        one.token = nen__token_behind(&r->t, one.token);
    }
    return NEN_OK;
}

/* ---- the rest ---- */

static nen_status read_name(nen__design_reader *r, const nen__at *at) {
    return nen__design_text(r, at, r->out->name, sizeof r->out->name);
}

static nen_status read_scans(nen__design_reader *r, const nen__at *at) {
    static const nen__range weeks = {1, 104, false, false, false};
    return nen__design_number(r, at, &weeks, &r->out->scan_weeks);
}

/* Null: as in the first year. */
static nen_status read_later_scans(nen__design_reader *r, const nen__at *at) {
    static const nen__range weeks = {1, 104, false, false, false};
    if (nen__design_null(r, at)) return NEN_OK;
    return nen__design_number(r, at, &weeks, &r->out->scan_later_weeks);
}

static nen_status read_criteria(nen__design_reader *r, const nen__at *at) {
    return nen__design_choice(r, at, nen__design_criteria, 3, &r->out->criteria);
}

static nen_status read_reader(nen__design_reader *r, const nen__at *at) {
    return nen__design_choice(r, at, nen__design_readers, 2, &r->out->reader);
}

static nen_status read_endpoint(nen__design_reader *r, const nen__at *at) {
    return nen__design_choice(r, at, nen__design_endpoints, 2, &r->out->endpoint);
}

static const nen__range whole_time = {0, NEN_MONTHS_MAX, false, false, false};

static nen_status read_accrual(nen__design_reader *r, const nen__at *at) {
    return nen__design_number(r, at, &whole_time, &r->out->accrual_months);
}

static nen_status read_follow_up(nen__design_reader *r, const nen__at *at) {
    return nen__design_number(r, at, &whole_time, &r->out->follow_up_months);
}

static nen_status read_dropout(nen__design_reader *r, const nen__at *at) {
    static const nen__range share = {0, 1, false, true, false};
    return nen__design_number(r, at, &share, &r->out->dropout_per_month);
}

static nen_status read_crossover(nen__design_reader *r, const nen__at *at) {
    static const nen__range percent = {0, 100, false, false, false};
    return nen__design_number(r, at, &percent, &r->out->crossover_pct);
}

static nen_status read_alpha(nen__design_reader *r, const nen__at *at) {
    static const nen__range level = {0, 1, true, true, false};
    return nen__design_number(r, at, &level, &r->out->alpha);
}

static nen_status read_replicates(nen__design_reader *r, const nen__at *at) {
    static const nen__range trials = {1, NEN_TRIAL_REPLICATES_MAX, false, false, true};
    double x = 0;
    const nen_status status = nen__design_number(r, at, &trials, &x);
    if (status == NEN_OK) r->out->replicates = (uint32_t)x;
    return status;
}

static nen_status read_seed(nen__design_reader *r, const nen__at *at) {
    static const nen__range seed = {0, UINT32_MAX, false, false, true};
    double x = 0;
    const nen_status status = nen__design_number(r, at, &seed, &x);
    if (status == NEN_OK) r->out->seed = (uint64_t)x;
    return status;
}

/* ---- what single fields cannot tell ---- */

static nen_status check_time(nen__design_reader *r) {
    const nen__at at = nen__design_find(r, "follow_up_months");
    const double months = r->out->accrual_months + r->out->follow_up_months;
    if (!(months >= 1))
        return nen__design_fail(r, &at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_NO_TIME, NULL);
    if (months <= NEN_MONTHS_MAX) return NEN_OK;
    return nen__design_fail(r, &at, NEN_ERR_RANGE, NEN_T_DESIGN_LONG,
                            NEN__WITH(nen__as_number("most", NEN_MONTHS_MAX)));
}

static nen_status check_crossover(nen__design_reader *r) {
    const nen__at at = nen__design_find(r, "crossover_pct");
    if (!(r->out->crossover_pct > 0)) return NEN_OK;
    if (r->out->arm[1].plan[0].lines < NEN_LINES_MAX) return NEN_OK;
    return nen__design_fail(r, &at, NEN_ERR_CAPACITY, NEN_T_DESIGN_NO_LINE_LEFT,
                            NEN__WITH(nen__as_number("most", NEN_LINES_MAX)));
}

static void defaults(nen_design *d) {
    enum { SCAN_WEEKS = 12, REPLICATES = 1000, ALL_PCT = 100 };
    const double alpha = 0.05;
    memset(d, 0, sizeof *d);
    d->ki67_hi_pct = ALL_PCT;
    d->functioning_share = -1;
    d->scan_weeks = SCAN_WEEKS;
    d->alpha = alpha;
    d->replicates = REPLICATES;
    d->seed = 1;
}

nen_status nen_read_design(const char *text, size_t bytes, void *arena,
                           size_t arena_bytes, nen_design *out, nen_error *error) {
    static const nen__design_key keys[] = {
        {"name", read_name, false},
        {"population", nen__design_population, true},
        {"arms", nen__design_arms, true},
        {"scan_weeks", read_scans, false},
        {"scan_later_weeks", read_later_scans, false},
        {"reader", read_reader, false},
        {"criteria", read_criteria, false},
        {"accrual_months", read_accrual, true},
        {"follow_up_months", read_follow_up, true},
        {"dropout_per_month", read_dropout, false},
        {"crossover_pct", read_crossover, false},
        {"endpoint", read_endpoint, false},
        {"alpha", read_alpha, false},
        {"replicates", read_replicates, false},
        {"seed", read_seed, false}};
    nen__design_reader r = {.out = out, .error = error};
    const nen__at whole = {0, ""};
    defaults(out);
    nen_status status = nen__tokens_read(text, bytes, arena, arena_bytes, &r.t, error);
    if (status == NEN_OK)
        status = nen__design_object(&r, &whole, keys, sizeof keys / sizeof *keys);
    if (status == NEN_OK) status = check_time(&r);
    if (status == NEN_OK) status = check_crossover(&r);
    return status;
}
