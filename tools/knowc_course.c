/* knowc_course.c - what the course model knows of options, cases and plans. */
#include "knowc.h"

#include "course.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP_MAX = 256, PART_MAX = 128 };

#define X(name) #name " "
static const char classes[] = NEN__COURSE_CLASSES(X);
static const char origins[] = NEN__COURSE_ORIGINS(X);
static const char models[] = "none " NEN__COURSE_KINDS(X);
#undef X

static double at_least_0(const kc_at *at, const char *column, double most) {
    const double x = kc_number(at, column, 0);
    if (x < 0 || x > most || (x == 0 && !kc_dash(at, column))) {
        kc_error(at, column, "`%s` is not above 0 and at most %g", kc_get(at, column),
                 most);
    }
    return x;
}

static double order_key(const kc_at *at) {
    return kc_number(at, "order", 0);
}

/* ---- options ---- */

static double option_key(const kc_at *at) {
    const kc_table *t = &at->k->table[KC_OPTIONS];
    for (unsigned i = 0; i < t->rows; i++)
        if (!strcmp(kc_cell(t, &t->row[i], "id"), kc_get(at, "option"))) return i;
    return 0; /* option() says what is wrong with an unknown one */
}

static void option(const kc_at *at, kc_buf *out) {
    enum { WEEKS_MAX = 52, CYCLES_MAX = 99, MONTHS_MAX = 120 };
    const double weeks = at_least_0(at, "cycle_weeks", WEEKS_MAX);
    const double cycles = at_least_0(at, "cap_cycles", CYCLES_MAX);
    const double months = at_least_0(at, "cap_months", MONTHS_MAX);
    if (cycles > 0 && weeks == 0)
        kc_error(at, "cap_cycles", "cycles of how many weeks?");
    if (cycles > 0 && months > 0)
        kc_error(at, "cap_months", "a cap in cycles or in months, not both");
    for (kc_at old = kc_first(at->k, KC_COURSE_CLASSES); old.row < at->row; old.row++) {
        if (!strcmp(kc_get(&old, "option"), kc_get(at, "option"))) {
            kc_error(at, "option", "used before, at %s:%u", old.row->file,
                     old.row->line);
        }
    }
    kc_print(out, ".models = %llu, ",
             (unsigned long long)kc_bits(at, "models", models, 0));
    kc_print(out, ".option = %u, .klass = %d, .randomised = %llu, ",
             kc_option(at, "option"), kc_choice(at, "class", classes, KC_DASH_BAD),
             (unsigned long long)kc_bits(at, "randomised", origins, 0));
    kc_print(out, ".survival = %llu, ",
             (unsigned long long)kc_bits(at, "survival", origins, 0));
    kc_print(out, ".cycle_weeks = %.17g, .cap_cycles = %.17g, .cap_months = %.17g",
             weeks, cycles, months);
}

/* ---- cases ---- */

static void model(const kc_at *at, kc_buf *out) {
    const int which = kc_choice(at, "model", models, KC_DASH_BAD);
    if ((which == NEN_MODEL_NONE) != kc_dash(at, "origin"))
        kc_error(at, "origin", "a model has an origin, and no model has none");
    kc_print_pred(out, "when", kc_pred(at, "when"));
    kc_print(out, ".model = %d, .origin = %d", which,
             kc_choice(at, "origin", origins, 0));
}

static void value(const kc_at *at, kc_buf *out) {
    static const char items[] =
        "ki67_pct ki67_least_pct age_years male_pct growth_months stable_months "
        "widen_ratio";
    static const char units[] = "pct pct years pct months months ratio";
    const int item = kc_choice(at, "item", items, KC_DASH_BAD);
    const char *list = units;
    char unit[KP_NAME_MAX] = "";
    for (int i = 0; i <= item; i++)
        kc_item(&list, ' ', unit, sizeof unit);
    kc_choice(at, "unit", unit, KC_DASH_BAD);
    if (kc_dash(at, "value")) kc_error(at, "value", "no value");
    kc_print_pred(out, "when", kc_pred(at, "when"));
    kc_print(out, ".value = %.17g, .item = %d", kc_number(at, "value", 0), item);
}

/* ---- plans ---- */

/* `lutetium_dotatate*4` as the initializer of a nen_given. */
static void given(const kc_at *at, const char *part, kc_buf *out) {
    char id[PART_MAX];
    const size_t n = strcspn(part, "*@");
    const unsigned long cap = part[n] ? strtoul(part + n + 1, NULL, 10) : 0;
    (void)snprintf(id, sizeof id, "%.*s", (int)n, part);
    for (kc_at o = kc_first(at->k, KC_COURSE_CLASSES); kc_on(&o); o.row++) {
        if (strcmp(kc_get(&o, "option"), id) != 0) continue;
        kc_print(out, "{%u, %lu, %lu}, ", kc_option(&o, "option"),
                 part[n] == '*' ? cap : 0, part[n] == '@' ? cap : 0);
        return;
    }
    kc_error(at, "plan", "`%s` has no row in course_classes", id);
}

static void order(const kc_at *at, kc_buf *out) {
    char step[STEP_MAX], part[PART_MAX];
    unsigned count[NEN_LINES_MAX] = {0};
    const char *steps = kc_get(at, "plan");
    const unsigned lines = kc_plan(at);
    if (strchr(steps, '|')) kc_error(at, "plan", "one plan a row");
    if (!lines || lines > NEN_LINES_MAX)
        kc_error(at, "plan", "1 to %d steps", (int)NEN_LINES_MAX);
    kc_print_pred(out, "when", kc_pred(at, "when"));
    kc_print(out, ".plan = {.line = {");
    for (unsigned l = 0; l < lines && l < NEN_LINES_MAX; l++) {
        const char *parts = step;
        kc_item(&steps, ',', step, sizeof step);
        kc_print(out, "{");
        for (; kc_item(&parts, '+', part, sizeof part); count[l]++)
            if (count[l] < NEN_TOGETHER_MAX) given(at, part, out);
        kc_print(out, "}, ");
        if (count[l] > NEN_TOGETHER_MAX)
            kc_error(at, "plan", "at most %d in one step", (int)NEN_TOGETHER_MAX);
    }
    kc_print(out, "}, .given = {");
    for (unsigned l = 0; l < NEN_LINES_MAX; l++)
        kc_print(out, "%u, ", count[l]);
    kc_print(out, "}, .lines = %u}", lines);
}

/* Is a row of the same kind behind this one? `kind` NULL: all are of one kind. */
static bool has_later(const kc_at *row, kc_name name, const char *kind) {
    for (kc_at at = kc_first(row->k, name); kc_on(&at); at.row++) {
        if (kind && strcmp(kc_get(&at, kind), kc_get(row, kind)) != 0) continue;
        if (order_key(&at) > order_key(row)) return true;
    }
    return false;
}

/* The last row of each kind must hold for everyone: then one always does. */
static void ends_open(kc *k, kc_name name, const char *kind) {
    for (kc_at at = kc_first(k, name); kc_on(&at); at.row++) {
        if (has_later(&at, name, kind) || kc_dash(&at, "when")) continue;
        kc_error(&at, "when", "the last row holds for every case: `-`");
    }
}

/* ---- late harm, hormones ---- */

static unsigned late_bits(const kc_at *at) {
    return (unsigned)kc_bits(at, "classes", classes, 0);
}

/* Rows of more classes first: the first row that bears on a line speaks of it. */
static double late_key(const kc_at *at) {
    double key = 0;
    for (unsigned bits = late_bits(at); bits; bits &= bits - 1)
        key--;
    return key;
}

/* A share or rate and its interval, or none of the three. */
static void rate(const kc_at *at, kc_buf *out) {
    const double most = 100, value = at_least_0(at, "value", most);
    const double lo = at_least_0(at, "lo", most), hi = at_least_0(at, "hi", most);
    if (value > 0 ? !(lo > 0 && lo <= value && value <= hi) : lo > 0 || hi > 0)
        kc_error(at, "value", "with its interval around it, or all three `-`");
    kc_print(out, ".value = %.17g, .lo = %.17g, .hi = %.17g", value, lo, hi);
}

static void late(const kc_at *at, kc_buf *out) {
    const unsigned bits = late_bits(at);
    if (!bits || bits & 1) kc_error(at, "classes", "classes of drugs");
    kc_choice(at, "unit", "pct_a_year", KC_DASH_BAD);
    for (kc_at old = kc_first(at->k, KC_COURSE_LATE); old.row < at->row; old.row++)
        if (late_bits(&old) == bits) kc_error(at, "classes", "a row has them already");
    kc_print(out, ".classes = %u, ", bits);
    rate(at, out);
}

static void hormones(const kc_at *at, kc_buf *out) {
    kc_choice(at, "unit", "pct", KC_DASH_BAD);
    kc_print_pred(out, "when", kc_pred(at, "when"));
    kc_print(out, ".klass = %d, ", kc_choice(at, "class", classes, 0));
    rate(at, out);
}

void kc_emit_course(kc *k, kc_buf *out) {
    ends_open(k, KC_COURSE_MODELS, NULL);
    ends_open(k, KC_COURSE_VALUES, "item");
    ends_open(k, KC_COURSE_HORMONES, NULL);
    kc_emit_table(k, out, KC_COURSE_CLASSES, "nen__course_option", "course_options",
                  option, option_key);
    kc_emit_table(k, out, KC_COURSE_MODELS, "nen__course_model", "course_models", model,
                  order_key);
    kc_emit_table(k, out, KC_COURSE_VALUES, "nen__course_value", "course_values", value,
                  order_key);
    kc_emit_table(k, out, KC_COURSE_ORDERS, "nen__course_order", "course_orders", order,
                  order_key);
    kc_emit_table(k, out, KC_COURSE_LATE, "nen__course_late", "course_lates", late,
                  late_key);
    kc_emit_table(k, out, KC_COURSE_HORMONES, "nen__course_hormone", "course_hormones",
                  hormones, order_key);
}
