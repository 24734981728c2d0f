/* engine_forest.c - what randomized trials published of growth, as one picture. */
#include "engine.h"
#include "svg.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 96, SAID_CAP = 64 };

static struct {
    nen_forest_row row[ROWS_MAX];
    char said[ROWS_MAX][SAID_CAP];
    unsigned rows;
} forest;

WEB_EXPORT(web_forest) size_t web_forest(uint32_t how, char *buf, size_t cap);

static const nen_table *table_of(const char *name) {
    const int t = nen_table_find(name);
    return t < 0 ? NULL : nen_table_get((unsigned)t);
}

static double number(const char *cell) {
    return cell ? strtod(cell, NULL) : 0;
}

/* Name of the row with this id in another table. */
static const char *name_of(const char *table, const char *id) {
    const nen_table *t = table_of(table);
    const int row = t && id ? nen_table_row(t, "id", id) : -1;
    const char *name = row < 0 ? NULL : nen_cell(t, (unsigned)row, "name");
    return name ? name : id;
}

static void append(char *to, const char *text) {
    const size_t used = strlen(to);
    if (used + 1 < SAID_CAP) strncat(to, text, SAID_CAP - used - 1);
}

/* A hazard ratio of progression that has an interval. */
static bool wanted(const nen_table *t, unsigned row) {
    const char *endpoint = nen_cell(t, row, "endpoint");
    const bool whole =
        !strcmp(nen_cell(t, row, "role"), "experimental"); /* no subgroup */
    return !strcmp(nen_cell(t, row, "statistic"), "hazard_ratio") &&
           (!strcmp(endpoint, "pfs") || !strcmp(endpoint, "ttp")) && whole &&
           number(nen_cell(t, row, "lo")) > 0 && number(nen_cell(t, row, "hi")) > 0;
}

static void add(const nen_table *t, unsigned row, unsigned lang) {
    nen_forest_row *out = &forest.row[forest.rows];
    char *said = forest.said[forest.rows++];
    said[0] = 0;
    append(said, nen_cell(t, row, "value"));
    append(said, " (");
    append(said, nen_cell(t, row, "lo"));
    append(said, "–");
    append(said, nen_cell(t, row, "hi"));
    append(said, ")");
    const char *arm = name_of("arms", nen_cell(t, row, "arm"));
    *out = (nen_forest_row){.group = name_of("trials", nen_cell(t, row, "trial")),
                            .label = nen_translate(lang, arm),
                            .said = said,
                            .lo = number(nen_cell(t, row, "lo")),
                            .mid = number(nen_cell(t, row, "value")),
                            .hi = number(nen_cell(t, row, "hi")),
                            .hit = true};
}

size_t web_forest(uint32_t how, char *buf, size_t cap) {
    const unsigned lang = web_style(how).lang;
    const nen_table *t = table_of("endpoints");
    forest.rows = 0;
    for (unsigned i = 0; t && i < t->rows && forest.rows < ROWS_MAX; i++)
        if (wanted(t, i)) add(t, i, lang);
    const nen_forest_plot plot = {
        .text = {.id = "forest",
                 .lang = nen_lang_code(lang),
                 .title = nen_text(lang, NEN_T_WEB_FOREST_TITLE),
                 .desc = nen_text(lang, NEN_T_WEB_FOREST_DESC),
                 .note = nen_text(lang, NEN_T_WEB_FOREST_NOTE),
                 .width = web_style(how).width},
        .x_label = nen_text(lang, NEN_T_WEB_FOREST_X),
        .hit = nen_text(lang, NEN_T_WEB_FOREST_KEY),
        .log_axis = true,
        .reference_known = true,
        .reference = 1,
        .row = forest.row,
        .rows = forest.rows};
    return nen_svg_forest(&plot, buf, cap);
}
