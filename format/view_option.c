/* view_option.c - options as the writers show them: names, order, trial figures. */
#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const nen_table *table_named(const char *name) {
    const int t = nen_table_find(name);
    return t < 0 ? NULL : nen_table_get((unsigned)t);
}

const char *nen__option_cell(unsigned option, const char *column) {
    const nen_table *t = table_named("options");
    const char *id = nen_option_id(option);
    const int row = t && id ? nen_table_row(t, "id", id) : -1;
    const char *cell = row < 0 ? NULL : nen_cell(t, (unsigned)row, column);
    return nen__empty(cell) ? "" : cell;
}

const char *nen__option_name(unsigned option, unsigned lang) {
    const char *name = nen__option_cell(option, "name");
    return *name ? nen_translate(lang, name) : nen_option_id(option);
}

const char *nen__option_plain(unsigned option, unsigned lang) {
    const char *name = nen__option_cell(option, "plain_name");
    return *name ? nen_translate(lang, name) : nen__option_name(option, lang);
}

const char *nen__option_status(unsigned status) {
    static const char *const names[] = {"not_now", "never", "needs_test", "conditional",
                                        "fits"};
    return status <= NEN_OPTION_FITS ? names[status] : "not_now";
}

bool nen__new_condition(const nen_option_result *o, unsigned at) {
    const char *condition = o->because[at].condition;
    if (nen__empty(condition)) return false;
    for (unsigned i = 0; i < at; i++) {
        if (o->because[i].condition && !strcmp(o->because[i].condition, condition))
            return false;
    }
    return true;
}

const char *nen__label_state(unsigned state) {
    static const char *const names[] = {"unrecorded", "unknown", "off", "on"};
    return state <= NEN_LABEL_ON ? names[state] : "unrecorded";
}

unsigned nen__options_shown(const nen_dossier *d, const nen_style *style,
                            uint8_t out[NEN_WORDS_MAX]) {
    static const uint8_t order[] = {NEN_OPTION_FITS, NEN_OPTION_CONDITIONAL,
                                    NEN_OPTION_NEEDS_TEST, NEN_OPTION_NEVER,
                                    NEN_OPTION_NOT_NOW};
    enum { TURNS = 2 }; /* of each status, those that go on today come first */
    unsigned n = 0;
    for (unsigned k = 0; k < TURNS * sizeof order; k++) {
        for (unsigned i = 0; i < d->options; i++) {
            const nen_option_result *o = &d->option[i];
            if (o->status != order[k / TURNS]) continue;
            if (o->current != (k % TURNS == 0)) continue;
            if (o->status >= NEN_OPTION_NEEDS_TEST || o->worth_telling ||
                style->all_options)
                out[n++] = (uint8_t)i;
        }
    }
    return n;
}

/* Is the option a part of another that has the same status, so is among those shown? */
static bool within_another(const nen_dossier *d, unsigned option) {
    const nen_option_result *part = &d->option[option];
    const char *whole = nen__option_cell(option, "part_of");
    const int at = *whole ? nen_option_find(whole) : -1;
    return at >= 0 && part->status >= NEN_OPTION_NEEDS_TEST &&
           d->option[at].status == part->status &&
           d->option[at].current == part->current;
}

unsigned nen__options_told(const nen_dossier *d, const nen_style *style,
                           uint8_t out[NEN_WORDS_MAX]) {
    const unsigned shown = nen__options_shown(d, style, out);
    unsigned n = 0;
    for (unsigned i = 0; i < shown; i++)
        if (style->all_options || !within_another(d, out[i])) out[n++] = out[i];
    return n;
}

bool nen__acts(unsigned option) {
    static const char *const columns[] = {"hormones", "growth", "shrink"};
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *word = nen__option_cell(option, columns[i]);
        if (*word && strcmp(word, "no") != 0 && strcmp(word, "unknown") != 0)
            return true;
    }
    return false;
}

int nen__replaces(const nen_dossier *d, unsigned option, unsigned *row) {
    const nen_table *t = table_named("alternatives");
    if (!t || d->option[option].current) return -1;
    for (unsigned i = 0; i < t->rows; i++) {
        const char *list = nen_cell(t, i, "options");
        if (!nen__listed(list, nen_option_id(option))) continue;
        for (unsigned k = 0; k < d->options; k++) {
            if (d->option[k].current && nen__listed(list, nen_option_id(k))) {
                *row = i;
                return (int)k;
            }
        }
    }
    return -1;
}

/* ---- figures ---- */

static double number_cell(const nen_table *t, unsigned row, const char *column) {
    const char *cell = nen_cell(t, row, column);
    char *end = NULL;
    if (nen__empty(cell)) return NAN;
    const double value = strtod(cell, &end);
    return end == cell ? NAN : value;
}

nen__figure nen__figure_at(int row) {
    nen__figure f = {-1, NAN, NAN, NAN, "", "", "", ""};
    const nen_table *t = table_named("effects");
    if (!t || row < 0 || row >= t->rows) return f;
    f.row = row;
    f.value = number_cell(t, (unsigned)row, "value");
    f.lo = number_cell(t, (unsigned)row, "lo");
    f.hi = number_cell(t, (unsigned)row, "hi");
    f.trial = nen__cell("effects", (unsigned)row, "trial");
    f.unit = nen__cell("effects", (unsigned)row, "unit");
    f.versus = nen__cell("effects", (unsigned)row, "versus");
    f.population = nen__cell("effects", (unsigned)row, "population");
    return f;
}

/* Does a list cell name this site word, itself or by a group? */
static bool names_site(const char *sites, unsigned field, unsigned word) {
    if (nen__listed(sites, nen_word(field, word)->word)) return true;
    for (unsigned i = 0; i < nen_field(field)->words; i++) {
        const nen_word_info *w = nen_word(field, i);
        if (w->group && nen__has(w->members, word) && nen__listed(sites, w->word))
            return true;
    }
    return false;
}

bool nen__site_fits(const nen_dossier *d, const char *sites) {
    const int field = nen_field_find("site");
    if (nen__empty(sites)) return true;
    if (field < 0 || !nen__told(&d->facts, (unsigned)field)) return false;
    const unsigned words = nen_field((unsigned)field)->words;
    for (unsigned i = 0; i < words; i++) {
        if (nen__has(d->facts.field[field].set, i) &&
            names_site(sites, (unsigned)field, i))
            return true;
    }
    return false;
}

nen__figure nen__figure_of(const nen_dossier *d, unsigned option, const char *measure) {
    const nen_table *t = table_named("effects");
    const char *id = nen_option_id(option);
    int any = -1;
    for (unsigned i = 0; t && id && i < t->rows; i++) {
        if (strcmp(nen__cell("effects", i, "option"), id) != 0) continue;
        if (strcmp(nen__cell("effects", i, "measure"), measure) != 0) continue;
        if (isnan(number_cell(t, i, "value"))) continue;
        const char *sites = nen__cell("effects", i, "sites");
        if (!*sites && any < 0) any = (int)i;
        if (*sites && nen__site_fits(d, sites)) return nen__figure_at((int)i);
    }
    return nen__figure_at(any);
}
