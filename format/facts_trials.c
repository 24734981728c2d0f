/* facts_trials.c - the knowledge browser: one trial with its arms and its figures. */
#include "facts_out.h"

#include <string.h>

static const char *cell_text(const nen__doc *doc, const nen_table *t, unsigned row,
                             const char *column) {
    const char *cell = nen_cell(t, row, column);
    if (nen__empty(cell)) return "";
    return strcmp(cell, "NR") ? nen__worded(doc, cell)
                              : nen__said(doc, NEN_T_TRIAL_NOT_REACHED);
}

static void figure(nen__doc *doc, const nen_table *t, unsigned row) {
    const char *lo = cell_text(doc, t, row, "lo"), *hi = cell_text(doc, t, row, "hi");
    const bool range = *lo || *hi;
    nen__say_more(doc, NEN_T_TRIAL_FIGURE,
                  NEN__WITH(nen__as("endpoint", cell_text(doc, t, row, "endpoint")),
                            nen__as("statistic", cell_text(doc, t, row, "statistic")),
                            nen__as("detail", cell_text(doc, t, row, "detail")),
                            nen__as("time", cell_text(doc, t, row, "time_months")),
                            nen__as("value", cell_text(doc, t, row, "value")),
                            nen__as("lo", range && !*lo ? "?" : lo),
                            nen__as("hi", range && !*hi ? "?" : hi),
                            nen__as("unit", cell_text(doc, t, row, "unit")),
                            nen__as("versus", cell_text(doc, t, row, "versus")),
                            nen__as("reader", cell_text(doc, t, row, "reader")),
                            nen__as("analysis", cell_text(doc, t, row, "analysis"))));
}

void nen__facts_gist(const nen_table *t, unsigned row, nen__doc *doc) {
    nen__doc_say(doc, " ");
    if (!strcmp(t->name, "endpoints")) {
        figure(doc, t, row);
        return;
    }
    nen__say_more(doc, NEN_T_TRIAL_ARM,
                  NEN__WITH(nen__as("name", cell_text(doc, t, row, "name")),
                            nen__as("subset", cell_text(doc, t, row, "subset")),
                            nen__as("number", cell_text(doc, t, row, "n")),
                            nen__as("plan", cell_text(doc, t, row, "plan"))));
}

/* Is the trial in this row the one asked for, by id, name or registry number? */
static bool asked(const nen__facts *f, const nen_table *t, unsigned row) {
    const char *word = f->query->word, *id = nen__row_key(t, row);
    const char *dot = strchr(id, '.');
    const char *const names[] = {id, dot ? dot + 1 : id, nen_cell(t, row, "name"),
                                 nen_cell(t, row, "registry")};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i] && strlen(names[i]) == strlen(word) &&
            nen__contains(names[i], word))
            return true;
    }
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
    nen__facts_rows(f, "trials", nen__said(&f->doc, NEN_T_TRIAL_TITLE), asked, true);
    if (!f->found) return false;
    nen__facts_rows(f, "arms", nen__said(&f->doc, NEN_T_TRIAL_ARMS), of_asked, false);
    nen__facts_rows(f, "endpoints", nen__said(&f->doc, NEN_T_TRIAL_FIGURES), of_asked,
                    false);
    return true;
}
