/* knowc_trials_emit.c - prints the trials of one use, so that a fit sees no others. */
#include "knowc_trials.h"

#include <string.h>

typedef struct subset {
    kc *k;
    const char *use;
    uint16_t *trial, *arm; /* by row of the table: its number here, NEN__NOBODY */
} subset;

static uint16_t in_set(const uint16_t *numbers, int row) {
    return row < 0 ? NEN__NOBODY : numbers[row];
}

static uint16_t trial_of(const subset *s, const kc_at *at) {
    return in_set(s->trial, kc_find(s->k, KC_TRIALS, kc_get(at, "trial")));
}

static uint16_t arm_named(const subset *s, const kc_at *at, const char *column) {
    return in_set(s->arm, kc_find(s->k, KC_ARMS, kc_get(at, column)));
}

/* Rows are numbered as they will be printed; bad ones are not. */
static void number_rows(subset *s) {
    uint16_t trials = 0, arms = 0;
    s->trial = kc_alloc((s->k->table[KC_TRIALS].rows + 1) * sizeof *s->trial);
    s->arm = kc_alloc((s->k->table[KC_ARMS].rows + 1) * sizeof *s->arm);
    for (kc_at at = kc_first(s->k, KC_TRIALS); kc_on(&at); at.row++) {
        const bool here = !at.row->bad && !strcmp(kc_get(&at, "use"), s->use);
        s->trial[at.row - at.table->row] = here ? trials++ : NEN__NOBODY;
    }
    for (kc_at at = kc_first(s->k, KC_ARMS); kc_on(&at); at.row++) {
        const bool here = !at.row->bad && trial_of(s, &at) != NEN__NOBODY;
        s->arm[at.row - at.table->row] = here ? arms++ : NEN__NOBODY;
    }
}

/* ---- members ---- */

static void print_mix(const kc_at *at, const char *column, const char *member,
                      kc_buf *out) {
    const char *list = kc_get(at, column);
    nen__mix part;
    if (kc_dash(at, column)) return;
    kc_print(out, ".%s = {", member);
    while (kc_mix(at, column, &list, &part))
        kc_print(out, "{0x%llx, %.17g}, ", (unsigned long long)part.words, part.pct);
    kc_print(out, "},\n     ");
}

static void print_number(const kc_at *at, const char *column, const char *member,
                         kc_buf *out) {
    kc_print(out, ".%s = %.17g, ", member, kc_number(at, column, NEN__UNSAID));
}

static void print_text(const kc_at *at, const char *column, kc_buf *out) {
    kc_print_text(out, column, kc_dash(at, column) ? "" : kc_get(at, column));
}

static void print_bound(const kc_at *at, const char *column, kc_buf *out) {
    double x;
    const nen__bound is = kc_figure(at, column, &x);
    kc_print(out, ".%s = %.17g, .%s_is = %d, ", column, x, column, (int)is);
}

/* ---- rows ---- */

static void print_trial(const kc_at *at, kc_buf *out) {
    static const char *const numbers[][2] = {{"ki67_lo", "ki67_lo_pct"},
                                             {"ki67_hi", "ki67_hi_pct"},
                                             {"functioning_pct", "functioning_pct"},
                                             {"entry_months", "entry_months"},
                                             {"prior_lo", "prior_lo"},
                                             {"prior_hi", "prior_hi"},
                                             {"prior_ssa_pct", "prior_ssa_pct"},
                                             {"scan_weeks", "scan_weeks"},
                                             {"scan_later_weeks", "scan_later_weeks"},
                                             {"accrual_months", "accrual_months"},
                                             {"follow_up_months", "follow_up_months"},
                                             {"crossover_pct", "crossover_pct"}};
    kc_print(out, "    {");
    print_text(at, "id", out);
    print_mix(at, "sites", "site", out);
    print_mix(at, "grades", "grade", out);
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        print_number(at, numbers[i][0], numbers[i][1], out);
    kc_print(out,
             ".role = %d, .design = %d, .sstr = %d, .entry = %d, .reader = %d, "
             ".criteria = %u},\n",
             kc_choice(at, "role", kc_trial_roles, 0),
             kc_choice(at, "design", kc_designs, 0),
             kc_choice(at, "sstr", kc_uptakes, 0),
             kc_choice(at, "entry", kc_entries, 0),
             kc_choice(at, "reader", kc_readers, 0), kc_criteria(at));
}

static void print_arm(const subset *s, const kc_at *at, kc_buf *out) {
    kc_print(out, "    {");
    print_text(at, "id", out);
    print_text(at, "plan", out);
    print_text(at, "stand_in", out);
    print_mix(at, "sites", "site", out);
    print_mix(at, "grades", "grade", out);
    print_number(at, "n", "n", out);
    kc_print(out, ".trial = %u, .of = %u, .role = %d, .arm_class = %d},\n",
             trial_of(s, at), arm_named(s, at, "of"),
             kc_choice(at, "role", kc_arm_roles, 0),
             kc_choice(at, "class", kc_arm_classes, 0));
}

static void print_figure(const subset *s, const kc_at *at, kc_buf *out) {
    kc_print(out, "    {");
    print_text(at, "id", out);
    print_bound(at, "value", out);
    print_bound(at, "lo", out);
    print_bound(at, "hi", out);
    print_number(at, "level", "level_pct", out);
    print_number(at, "time_months", "time_months", out);
    print_number(at, "n", "n", out);
    kc_print(out, ".line = %d, .was_read = %d,\n     ", (int)kc_number(at, "line", 1),
             strcmp(kc_get(at, "locator"), "unread") != 0);
    kc_print(out,
             ".arm = %u, .versus = %u, .endpoint = %d, .statistic = %d, .reader = %d, "
             ".analysis = %d, .role = %d},\n",
             arm_named(s, at, "arm"), arm_named(s, at, "versus"),
             kc_choice(at, "endpoint", kc_endpoints, 0),
             kc_choice(at, "statistic", kc_statistics, 0),
             kc_choice(at, "reader", kc_readers, 0),
             kc_choice(at, "analysis", kc_analyses, 0),
             kc_choice(at, "role", kc_arm_roles, 0));
}

/* ---- the set ---- */

static void open_array(const subset *s, kc_buf *out, const char *type,
                       const char *name) {
    kc_print(out, "static const %s %s_%s[] = {\n", type, s->use, name);
}

/* A last, empty element keeps an array without rows legal. */
static void close_array(kc_buf *out) {
    kc_print(out, "    {.id = 0}};\n\n");
}

static unsigned trials(const subset *s, kc_buf *out) {
    unsigned n = 0;
    open_array(s, out, "nen__trial", "trial");
    for (kc_at at = kc_first(s->k, KC_TRIALS); kc_on(&at); at.row++)
        if (s->trial[at.row - at.table->row] != NEN__NOBODY) print_trial(&at, out), n++;
    close_array(out);
    return n;
}

static unsigned arms(const subset *s, kc_buf *out) {
    unsigned n = 0;
    open_array(s, out, "nen__arm", "arm");
    for (kc_at at = kc_first(s->k, KC_ARMS); kc_on(&at); at.row++)
        if (s->arm[at.row - at.table->row] != NEN__NOBODY) print_arm(s, &at, out), n++;
    close_array(out);
    return n;
}

static unsigned figures(const subset *s, kc_buf *out) {
    unsigned n = 0;
    open_array(s, out, "nen__figure", "figure");
    for (kc_at at = kc_first(s->k, KC_ENDPOINTS); kc_on(&at); at.row++) {
        if (at.row->bad || arm_named(s, &at, "arm") == NEN__NOBODY) continue;
        print_figure(s, &at, out);
        n++;
    }
    close_array(out);
    return n;
}

void kc_emit_trials(kc *k, const char *use, kc_buf *out) {
    subset s = {.k = k, .use = use};
    number_rows(&s);
    const unsigned t = trials(&s, out), a = arms(&s, out), f = figures(&s, out);
    kc_print(
        out,
        "const nen__trial_set nen__%s = {%s_trial, %s_arm, %s_figure, %u, %u, %u};\n\n",
        use, use, use, use, t, a, f);
}
