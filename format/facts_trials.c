/* facts_trials.c - the knowledge browser: one trial with its arms and its figures. */
#include "facts_out.h"

#include <stdio.h>
#include <string.h>

enum { FIGURE_MAX = 256 };

/* Appends with a blank before, unless the cell is empty. */
static void add(char *out, const char *before, const char *cell, const char *after) {
    const size_t used = strlen(out);
    if (nen__empty(cell)) return;
    snprintf(out + used, FIGURE_MAX - used, "%s%s%s", before, cell, after);
}

static const char *cell_text(const nen_table *t, unsigned row, const char *column) {
    const char *cell = nen_cell(t, row, column);
    if (nen__empty(cell)) return "";
    return strcmp(cell, "NR") ? cell : "not reached";
}

static void figure_text(const nen_table *t, unsigned row, char *out) {
    const char *lo = cell_text(t, row, "lo"), *hi = cell_text(t, row, "hi");
    out[0] = 0;
    add(out, "", cell_text(t, row, "endpoint"), "");
    add(out, " ", cell_text(t, row, "statistic"), "");
    add(out, " ", cell_text(t, row, "detail"), "");
    add(out, " at ", cell_text(t, row, "time_months"), " months");
    add(out, ": ", cell_text(t, row, "value"), "");
    if (*lo || *hi) {
        add(out, " (", *lo ? lo : "?", " to ");
        add(out, "", *hi ? hi : "?", ")");
    }
    add(out, " ", cell_text(t, row, "unit"), "");
    add(out, ", against ", cell_text(t, row, "versus"), "");
    add(out, ", ", cell_text(t, row, "reader"), " reading");
    add(out, ", ", cell_text(t, row, "analysis"), "");
}

void nen__facts_gist(const nen_table *t, unsigned row, nen__doc *doc) {
    char text[FIGURE_MAX];
    if (!strcmp(t->name, "endpoints")) {
        figure_text(t, row, text);
        nen__doc_say(doc, "  %s", text);
        return;
    }
    text[0] = 0;
    add(text, "", cell_text(t, row, "name"), "");
    add(text, ", ", cell_text(t, row, "subset"), "");
    add(text, ", n ", cell_text(t, row, "n"), "");
    add(text, ": ", cell_text(t, row, "plan"), "");
    nen__doc_say(doc, "  %s", text);
}

/* Is the trial in this row the one asked for, by id, name or registry number? */
static bool asked(const nen__facts *f, const nen_table *t, unsigned row) {
    const char *word = f->query->word, *id = nen__row_key(t, row);
    const char *dot = strchr(id, '.');
    const char *const names[] = {id, dot ? dot + 1 : id, nen_cell(t, row, "name"),
                                 nen_cell(t, row, "registry")};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i] && strlen(names[i]) == strlen(word) &&
            nen__contains(names[i], word))
            return true;
    return false;
}

/* Arms and figures of that trial. */
static bool of_asked(const nen__facts *f, const nen_table *t, unsigned row) {
    const nen_table *trials = nen__table_named("trials");
    const char *id = nen_cell(t, row, "trial");
    const int at = trials && id ? nen_table_row(trials, "id", id) : -1;
    return at >= 0 && asked(f, trials, (unsigned)at);
}

bool nen__facts_trial(nen__facts *f) {
    nen__facts_rows(f, "trials", "Trial", asked, true);
    if (!f->found) return false;
    nen__facts_rows(f, "arms", "Arms", of_asked, false);
    nen__facts_rows(f, "endpoints", "Figures", of_asked, false);
    return true;
}
