/* knowc_browse.c - every sourced row and every table as text, for people to look up. */
#include "knowc.h"

#include <string.h>

static const char *first_of(const kc_at *at, const char *columns) {
    for (const char *p = columns; *p;) {
        char name[KP_NAME_MAX];
        const size_t n = strcspn(p, " ");
        snprintf(name, sizeof name, "%.*s", (int)n, p);
        if (kc_column(at->table, name) >= 0 && !kc_dash(at, name))
            return kc_get(at, name);
        p += n + (p[n] == ' ');
    }
    return "";
}

/* What a reader wants beside the text: severity, region and date, system ... */
static const char *extra_columns(kc_name table) {
    switch (table) {
        case KC_RULES:
            return "severity";
        case KC_APPROVALS:
            return "date region kind";
        case KC_EDITIONS:
            return "system";
        case KC_STAGE_RULES:
        case KC_READINGS:
            return "axis value";
        case KC_STAGE_GROUPS:
            return "group_table group";
        case KC_GRADE_RULES:
            return "value";
        case KC_CONVENTIONS:
            return "item value";
        case KC_SPREAD_RULES:
            return "axis value";
        case KC_CHECKS:
            return "tier";
        case KC_OUTSIDE:
            return "leaves";
        case KC_OPTIONS:
            return "kind";
        case KC_EFFECTS:
            return "option measure trial";
        case KC_SIDE_EFFECTS:
            return "option tier";
        case KC_CAUTIONS:
            return "option topic";
        case KC_POSITIONS:
            return "basis";
        case KC_POSITION_OPTIONS:
            return "role option";
        default:
            return "";
    }
}

static void print_extra(const kc_at *at, kc_name table, kc_buf *out) {
    const char *columns = extra_columns(table);
    kc_buf text = {0};
    char name[KP_NAME_MAX];
    while (kc_item(&columns, ' ', name, sizeof name)) {
        if (!kc_dash(at, name))
            kc_print(&text, text.size ? " %s" : "%s", kc_get(at, name));
    }
    kc_print_text(out, "extra", text.text ? text.text : "");
}

static bool one_of(kc_name table, const kc_name *tables, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        if (tables[i] == table) return true;
    return false;
}

/* Tables whose rows no report cites. */
static bool rows_only_browsed(kc_name table) {
    static const kc_name tables[] = {
        KC_COURSE, KC_COURSE_CONSTANTS, KC_UNITS, KC_TRIAL_CONSTANTS,
        KC_ICDO3,  KC_TOPOGRAPHY,       KC_CODES, KC_ENDPOINTS,
        KC_ARMS};
    return one_of(table, tables, sizeof tables / sizeof *tables);
}

static void print_row(const kc_at *at, kc_name table, kc_buf *out) {
    static const char *const same[] = {"source", "locator", "status", "checked",
                                       "confidence"};
    kc_print(out, "    {");
    kc_print_text(out, "id", kc_get(at, "id"));
    kc_print_text(out, "table", at->table->schema->name);
    if (rows_only_browsed(table)) kc_print(out, "\n" KC_UNLESS_PAGE);
    kc_print_text(out, "text", first_of(at, "text line summary title name why term"));
    kc_print_text(out, "plain", first_of(at, "plain plain_name"));
    for (unsigned i = 0; i < KC_EVIDENCE; i++)
        kc_print_text(out, same[i], first_of(at, same[i]));
    print_extra(at, table, out);
    if (rows_only_browsed(table)) kc_print(out, "\n#endif\n");
    kc_print(out, "},\n");
}

static bool has_rows(const kc *k, unsigned table) {
    return k->table[table].schema->evidence && kc_column(&k->table[table], "id") >= 0;
}

void kc_number_rows(kc *k) {
    unsigned id = 0;
    for (unsigned t = 0; t < KC_TABLES; t++) {
        for (unsigned r = 0; has_rows(k, t) && r < k->table[t].rows; r++)
            k->table[t].row[r].id = id++;
    }
}

static void rows(kc *k, kc_buf *out) {
    unsigned count = 0;
    kc_begin(out, "nen_row", "row");
    for (unsigned t = 0; t < KC_TABLES; t++) {
        if (!has_rows(k, t)) continue;
        for (kc_at at = kc_first(k, (kc_name)t); kc_on(&at); at.row++, count++)
            print_row(&at, (kc_name)t, out);
    }
    kc_end(out, "row", count);
}

/* ---- tables ---- */

/* Tables that the engine has in another form and no view of the page lists: the command
 * prints them as they stand, the page is lighter without. */
static bool cells_only_browsed(kc_name table) {
    static const kc_name tables[] = {
        KC_EDITIONS,        KC_STAGE_RULES,    KC_STAGE_GROUPS,
        KC_SPREAD_RULES,    KC_SPREAD_COMBINE, KC_READINGS,
        KC_CONVENTIONS,     KC_GRADE_RULES,    KC_GRADE_NOTES,
        KC_CUTOFFS,         KC_SCORES,         KC_SCORE_CLASSES,
        KC_CHECKS,          KC_OUTSIDE,        KC_POSITION_OPTIONS,
        KC_CODES,           KC_COURSE_MODELS,  KC_COURSE_VALUES,
        KC_COURSE_ORDERS,   KC_COURSE,         KC_COURSE_CONSTANTS,
        KC_TRIAL_CONSTANTS, KC_TEXTS,          KC_SETS,
        KC_TRANSLATIONS};
    return one_of(table, tables, sizeof tables / sizeof *tables);
}

/* Predicates of rules: the engine has them compiled, and no view of the page shows
 * them. */
static bool predicate_text(const char *column) {
    static const char *const names[] = {"when", "requires", "formula"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(column, names[i])) return true;
    return false;
}

static void print_cells(const kc_table *t, bool left_out, kc_buf *out) {
    kc_print(out, "static const char *const header_%s[] = {", t->schema->name);
    for (unsigned i = 0; i < t->columns; i++) {
        kc_quote(out, t->header[i]);
        kc_print(out, ", ");
    }
    kc_print(out, "};\nstatic const char *const cell_%s[] = {\n", t->schema->name);
    if (left_out) kc_print(out, KC_UNLESS_PAGE);
    for (unsigned r = 0; r < t->rows; r++) {
        for (unsigned i = 0; i < t->columns; i++) {
            const char *cell = t->row[r].cell[i];
            const bool machine = predicate_text(t->header[i]);
            if (machine) kc_print(out, KC_LISTED "(");
            kc_quote(out, strcmp(cell, "-") ? cell : "");
            if (machine) kc_print(out, ")");
            kc_print(out, i + 1 < t->columns ? ", " : ",\n");
        }
    }
    if (left_out) kc_print(out, "#endif\n");
    kc_print(out, "    NULL};\n\n");
}

void kc_emit_browse(kc *k, kc_buf *out) {
    rows(k, out);
    kc_print(out, "#ifdef NEN_PAGE\n#define " KC_LISTED "(text) \"\"\n#else\n"
                  "#define " KC_LISTED "(text) text\n#endif\n\n");
    for (unsigned t = 0; t < KC_TABLES; t++)
        print_cells(&k->table[t], cells_only_browsed((kc_name)t), out);
    kc_begin(out, "nen_table", "table");
    for (unsigned i = 0; i < KC_TABLES; i++) {
        const kc_table *t = &k->table[i];
        kc_print(out, "    {");
        kc_print_text(out, "name", t->schema->name);
        kc_print_text(out, "title", t->schema->title);
        kc_print(out,
                 ".columns = %u, .rows = (sizeof cell_%s / sizeof *cell_%s - 1) / %u, "
                 ".header = header_%s, .cell = cell_%s},\n",
                 t->columns, t->schema->name, t->schema->name, t->columns,
                 t->schema->name, t->schema->name);
    }
    kc_end(out, "table", KC_TABLES);
}
