/* knowc_trials.c - what a trial, an arm and a published figure owe their reader. */
#include "knowc_trials.h"

#include <stdlib.h>
#include <string.h>

enum { ITEM_MAX = 256, FULL_PCT = 100, ROUNDING_PCT = 1 };

#define X(name) #name " "
const char kc_trial_uses[] = NEN__TRIAL_USES(X);
const char kc_trial_roles[] = NEN__TRIAL_ROLES(X);
const char kc_designs[] = NEN__DESIGNS(X);
const char kc_entries[] = NEN__ENTRIES(X);
const char kc_uptakes[] = NEN__UPTAKES(X);
const char kc_readers[] = NEN__READERS(X);
const char kc_arm_roles[] = NEN__ARM_ROLES(X);
const char kc_arm_classes[] = NEN__ARM_CLASSES(X);
const char kc_endpoints[] = NEN__ENDPOINTS(X);
const char kc_statistics[] = NEN__STATISTICS(X);
const char kc_analyses[] = NEN__ANALYSES(X);
#undef X

int kc_find(const kc *k, kc_name name, const char *id) {
    const kc_table *t = &k->table[name];
    for (unsigned i = 0; i < t->rows; i++)
        if (!strcmp(kc_cell(t, &t->row[i], "id"), id)) return (int)i;
    return -1;
}

/* ---- shares of a population ---- */

/* One word, or a group, as bits; the column tells which words. */
static uint64_t mix_word(const kc_at *at, const char *column, const char *word) {
    if (!strcmp(column, "sites")) {
        const kp_vocab *v = &at->k->vocab;
        const int w = kp_word_find(v, at->k->site, word);
        nen__set set = {{0}};
        if (w >= 0) kp_word_add(v, at->k->site, (unsigned)w, &set);
        if (w < 0) kc_error(at, column, "`%s` is no site", word);
        return set.bits[0];
    }
    const int grade = kc_index(kc_labels[NEN_LABEL_GRADE], word);
    if (grade < 0) kc_error(at, column, "`%s` is no grade", word);
    return grade < 0 ? 0 : (uint64_t)1 << grade;
}

bool kc_mix(const kc_at *at, const char *column, const char **list, nen__mix *out) {
    char item[ITEM_MAX], word[ITEM_MAX];
    *out = (nen__mix){0, 0};
    if (!kc_item(list, ',', item, sizeof item)) return false;
    char *blank = strchr(item, ' '), *end = item;
    if (blank) {
        *blank = 0;
        out->pct = strtod(blank + 1, &end);
    }
    if (!blank || end == blank + 1 || *end || out->pct <= 0 || out->pct > FULL_PCT) {
        kc_error(at, column, "`%s` is no `word percent`", item);
        return false;
    }
    const char *words = item;
    while (kc_item(&words, '+', word, sizeof word))
        out->words |= mix_word(at, column, word);
    return true;
}

static void mix(const kc_at *at, const char *column) {
    const char *list = kc_get(at, column);
    double sum = 0;
    unsigned parts = 0;
    uint64_t seen = 0;
    nen__mix part;
    if (kc_dash(at, column)) return;
    for (; kc_mix(at, column, &list, &part); parts++) {
        if (part.words & seen) kc_error(at, column, "a word twice");
        seen |= part.words;
        sum += part.pct;
    }
    if (parts > NEN__MIX_MAX) kc_error(at, column, "more than %d parts", NEN__MIX_MAX);
    if (sum > FULL_PCT + ROUNDING_PCT)
        kc_error(at, column, "the shares add to %g percent", sum);
}

/* ---- columns ---- */

static void number_in(const kc_at *at, const char *column, double lo, double hi) {
    const double x = kc_number(at, column, lo);
    if (x < lo || x > hi)
        kc_error(at, column, "`%s` is not within %g to %g", kc_get(at, column), lo, hi);
}

/* `lo_column` may not be above `hi_column`. */
static void in_order(const kc_at *at, const char *lo_column, const char *hi_column) {
    if (kc_dash(at, lo_column) || kc_dash(at, hi_column)) return;
    if (kc_number(at, lo_column, 0) > kc_number(at, hi_column, 0))
        kc_error(at, lo_column, "above %s", hi_column);
}

/* Columns whose content is from memory: they must exist and say something. */
static void unread(const kc_at *at) {
    const char *list = kc_get(at, "unread");
    char name[ITEM_MAX];
    if (kc_dash(at, "unread")) return;
    while (kc_item(&list, ',', name, sizeof name)) {
        if (kc_column(at->table, name) < 0) {
            kc_error(at, "unread", "no column `%s`", name);
        } else if (kc_dash(at, name)) {
            kc_error(at, "unread", "`%s` says nothing", name);
        }
    }
}

/* RECIST without an edition, and words that are not known, count as RECIST 1.1. */
unsigned kc_criteria(const kc_at *at) {
    static const char *const names[] = {"RECIST 1.1", "RECIST 1.0", "WHO"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(kc_get(at, "criteria"), names[i])) return i;
    if (!kc_dash(at, "criteria") && strcmp(kc_get(at, "criteria"), "RECIST") != 0)
        kc_error(at, "criteria", "`%s` is none that the model has",
                 kc_get(at, "criteria"));
    return 0;
}

/* The row a cell names; NULL with an error when there is none. */
static const kc_row *named(const kc_at *at, const char *column, kc_name table) {
    const int i = kc_find(at->k, table, kc_get(at, column));
    if (i >= 0) return &at->k->table[table].row[i];
    kc_error(at, column, "%s has no `%s`", kc_schemas[table].name, kc_get(at, column));
    return NULL;
}

static bool names(const kc *k, kc_name table, const char *column, const char *id) {
    const kc_table *t = &k->table[table];
    for (unsigned i = 0; i < t->rows; i++)
        if (!strcmp(kc_cell(t, &t->row[i], column), id)) return true;
    return false;
}

/* ---- trials ---- */

static void trial(const kc_at *at) {
    enum { YEAR_FROM = 1990, YEAR_TO = 2100, MONTHS_MAX = 240, WEEKS_MAX = 52 };
    static const char phases[] = "1 1/2 2 2/3 3 4";
    static const char *const months[] = {"entry_months", "accrual_months",
                                         "follow_up_months"};
    static const char *const percents[] = {"ki67_lo", "ki67_hi", "functioning_pct",
                                           "crossover_pct", "prior_ssa_pct"};
    kc_choice(at, "use", kc_trial_uses, KC_DASH_BAD);
    kc_choice(at, "role", kc_trial_roles, KC_DASH_BAD);
    kc_choice(at, "design", kc_designs, KC_DASH_BAD);
    kc_choice(at, "phase", phases, 0);
    kc_choice(at, "sstr", kc_uptakes, 0);
    kc_choice(at, "entry", kc_entries, KC_DASH_BAD);
    kc_choice(at, "reader", kc_readers, 0);
    kc_criteria(at);
    if (!kc_dash(at, "year")) number_in(at, "year", YEAR_FROM, YEAR_TO);
    for (unsigned i = 0; i < sizeof months / sizeof *months; i++)
        number_in(at, months[i], 0, MONTHS_MAX);
    for (unsigned i = 0; i < sizeof percents / sizeof *percents; i++)
        number_in(at, percents[i], 0, FULL_PCT);
    number_in(at, "prior_lo", 0, FULL_PCT);
    number_in(at, "prior_hi", 0, FULL_PCT);
    number_in(at, "scan_weeks", 0, WEEKS_MAX);
    number_in(at, "scan_later_weeks", 0, WEEKS_MAX);
    in_order(at, "ki67_lo", "ki67_hi");
    in_order(at, "prior_lo", "prior_hi");
    mix(at, "sites");
    mix(at, "grades");
    unread(at);
    if (!kc_dash(at, "entry_months") && strcmp(kc_get(at, "entry"), "progression") != 0)
        kc_error(at, "entry_months", "only for the entry `progression`");
    if (!names(at->k, KC_ARMS, "trial", kc_get(at, "id")))
        kc_error(at, "id", "no arm belongs to this trial");
}

/* ---- plans: `a*4+b,c@30m`, several with | between ---- */

static bool cap_ok(const char *cap) {
    char *end = NULL;
    if (!*cap) return true;
    const unsigned long n = strtoul(cap + 1, &end, 10);
    return n > 0 && end > cap + 1 && !strcmp(end, *cap == '@' ? "m" : "");
}

static void plan_part(const kc_at *at, const char *part) {
    char id[ITEM_MAX];
    const size_t n = strcspn(part, "*@");
    snprintf(id, sizeof id, "%.*s", (int)n, part);
    if (kc_find(at->k, KC_OPTIONS, id) < 0)
        kc_error(at, "plan", "`%s` is no option", id);
    if (!cap_ok(part + n))
        kc_error(at, "plan", "`%s`: a cap is *cycles or @months and m", part);
}

/* Steps of the plan's first alternative; each option is looked up in all of them. */
unsigned kc_plan(const kc_at *at) {
    const char *all = kc_get(at, "plan");
    char one[ITEM_MAX], step[ITEM_MAX], part[ITEM_MAX];
    unsigned first = 0, number = 0;
    if (kc_dash(at, "plan")) return 0;
    for (; kc_item(&all, '|', one, sizeof one); number++) {
        const char *steps = one;
        unsigned count = 0;
        for (; kc_item(&steps, ',', step, sizeof step); count++) {
            for (const char *parts = step; kc_item(&parts, '+', part, sizeof part);)
                plan_part(at, part);
        }
        if (!number) first = count;
    }
    return first;
}

/* ---- arms ---- */

static const char *cell_of(const kc *k, kc_name table, const kc_row *row,
                           const char *column) {
    return kc_cell(&k->table[table], row, column);
}

static bool is_planned(const kc_at *at, const kc_row *of) {
    return !strcmp(kc_get(at, "role"), "planned") ||
           (of && !strcmp(cell_of(at->k, KC_TRIALS, of, "use"), "prospective"));
}

static bool use_is(const kc_at *at, const kc_row *of, const char *use) {
    return of && !strcmp(cell_of(at->k, KC_TRIALS, of, "use"), use);
}

static void arm(const kc_at *at) {
    enum { PEOPLE_MAX = 100000 };
    const char *id = kc_get(at, "id");
    const kc_row *of = named(at, "trial", KC_TRIALS);
    kc_choice(at, "role", kc_arm_roles, KC_DASH_BAD);
    kc_choice(at, "class", kc_arm_classes, KC_DASH_BAD);
    number_in(at, "n", 0, PEOPLE_MAX);
    mix(at, "sites");
    mix(at, "grades");
    unread(at);
    kc_plan(at);
    if (kc_dash(at, "plan") &&
        (use_is(at, of, "calibration") || use_is(at, of, "validation")))
        kc_error(at, "plan", "an arm that is fitted or predicted has a plan");
    if (!kc_dash(at, "of")) {
        const kc_row *whole = named(at, "of", KC_ARMS);
        if (whole &&
            strcmp(cell_of(at->k, KC_ARMS, whole, "trial"), kc_get(at, "trial")) != 0)
            kc_error(at, "of", "an arm of another trial");
        if (kc_dash(at, "subset")) kc_error(at, "subset", "which part of it?");
    }
    if (!is_planned(at, of) && !names(at->k, KC_ENDPOINTS, "arm", id) &&
        !names(at->k, KC_ENDPOINTS, "versus", id) && !names(at->k, KC_ARMS, "of", id))
        kc_error(at, "id", "no figure belongs to this arm");
}

/* ---- figures ---- */

nen__bound kc_figure(const kc_at *at, const char *column, double *out) {
    *out = 0;
    if (kc_dash(at, column)) return NEN__NOT_GIVEN;
    if (!strcmp(kc_get(at, column), "NR")) return NEN__NOT_REACHED;
    *out = kc_number(at, column, 0);
    return NEN__NUMBER;
}

static void bounds(const kc_at *at, nen__bound is, double value) {
    double lo, hi;
    const nen__bound lo_is = kc_figure(at, "lo", &lo);
    const nen__bound hi_is = kc_figure(at, "hi", &hi);
    const bool any = lo_is != NEN__NOT_GIVEN || hi_is != NEN__NOT_GIVEN;
    if (any == kc_dash(at, "level"))
        kc_error(at, "level", any ? "an interval has a level" : "a level of nothing");
    if (is != NEN__NUMBER) return;
    if (lo_is == NEN__NOT_REACHED)
        kc_error(at, "lo", "a reached value above a bound that was not reached");
    if (lo_is == NEN__NUMBER && lo > value)
        kc_error(at, "lo", "%g is above the value %g", lo, value);
    if (hi_is == NEN__NUMBER && hi < value)
        kc_error(at, "hi", "%g is below the value %g", hi, value);
}

static void interval(const kc_at *at, const char *unit) {
    double value;
    const nen__bound is = kc_figure(at, "value", &value);
    if (is == NEN__NOT_GIVEN) kc_error(at, "value", "no value; not reached is NR");
    bounds(at, is, value);
    if (!strcmp(unit, "pct") && is == NEN__NUMBER &&
        (value < -FULL_PCT || value > FULL_PCT))
        kc_error(at, "value", "%g is no percentage", value);
    if (!strcmp(unit, "ratio") && is == NEN__NUMBER && value <= 0)
        kc_error(at, "value", "a ratio is above 0");
}

/* What each statistic is measured in, and whether it compares, or needs a time. */
static void statistic(const kc_at *at) {
    static const struct {
        const char *units;
        bool compares, timed;
    } needs[] = {{"months pct_per_month ", false, false},
                 {"pct ", false, true},
                 {"ratio ", true, false},
                 {"ratio ", true, false},
                 {"pct ", false, false},
                 {"pct per_day ", false, false},
                 {"pct per_day pct_per_month ", true, false}};
    const int s = kc_choice(at, "statistic", kc_statistics, KC_DASH_BAD);
    const char *unit = kc_get(at, "unit");
    kc_choice(at, "unit", needs[s].units, KC_DASH_BAD);
    interval(at, unit);
    if (needs[s].compares == kc_dash(at, "versus")) {
        kc_error(at, "versus",
                 needs[s].compares ? "compared with which arm?"
                                   : "this statistic compares nothing");
    }
    if (needs[s].timed && kc_dash(at, "time_months"))
        kc_error(at, "time_months", "a rate at what time?");
    if (!strcmp(kc_get(at, "value"), "NR") && s != NEN__STATISTIC_median)
        kc_error(at, "value", "only a median can be not reached");
}

static void endpoint(const kc_at *at) {
    enum { MONTHS_MAX = 240, LINES_MAX = 9, PEOPLE_MAX = 100000 };
    const kc_row *of = named(at, "arm", KC_ARMS);
    const char *trial_id = kc_get(at, "trial");
    named(at, "trial", KC_TRIALS);
    kc_choice(at, "endpoint", kc_endpoints, KC_DASH_BAD);
    kc_choice(at, "reader", kc_readers, 0);
    kc_choice(at, "analysis", kc_analyses, KC_DASH_BAD);
    kc_choice(at, "role", kc_arm_roles, KC_DASH_BAD);
    number_in(at, "level", 0, FULL_PCT);
    number_in(at, "time_months", 0, MONTHS_MAX);
    number_in(at, "n", 0, PEOPLE_MAX);
    number_in(at, "line", 1, LINES_MAX);
    statistic(at);
    if (of && strcmp(cell_of(at->k, KC_ARMS, of, "trial"), trial_id) != 0)
        kc_error(at, "arm", "an arm of another trial");
    if (!kc_dash(at, "versus")) {
        const kc_row *other = named(at, "versus", KC_ARMS);
        if (other && strcmp(cell_of(at->k, KC_ARMS, other, "trial"), trial_id) != 0)
            kc_error(at, "versus", "an arm of another trial");
    }
    if (!of) return;
    const kc_at its = {at->k, &at->k->table[KC_ARMS], (kc_row *)of};
    const unsigned steps = kc_plan(&its);
    if (steps && kc_number(at, "line", 1) > steps)
        kc_error(at, "line", "the arm's plan has %u steps", steps);
}

void kc_audit_trials(kc *k) {
    for (kc_at at = kc_first(k, KC_TRIALS); kc_on(&at); at.row++)
        trial(&at);
    for (kc_at at = kc_first(k, KC_ARMS); kc_on(&at); at.row++)
        arm(&at);
    for (kc_at at = kc_first(k, KC_ENDPOINTS); kc_on(&at); at.row++)
        endpoint(&at);
}
