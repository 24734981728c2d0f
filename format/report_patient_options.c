/* report_patient_options.c - what can be done, for the person. */
#include "report.h"

#include <math.h>
#include <string.h>

enum { REASONS_SHOWN = 2, TEXT_CAP = 512 };

/* ---- the three effects ---- */

static unsigned of_100(double value) {
    return value > 0 ? (unsigned)floor(value + 0.5) : 0;
}

static void mark_figure(nen__report *r, const nen__figure *f) {
    if (f->row >= 0)
        nen__use_id(&r->used, nen__cell("effects", (unsigned)f->row, "id"));
}

static void effect_hormones(nen__report *r, const char *word) {
    static const struct {
        const char *word;
        uint16_t text;
        double bar_pct;
    } words[] = {{"yes", NEN_T_HORMONES_YES, 100},
                 {"some", NEN_T_HORMONES_SOME, 50},
                 {"no", NEN_T_HORMONES_NO, 0}};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(word, words[i].word)) {
            nen__doc_effect(&r->doc, nen__said(&r->doc, NEN_T_EFFECT_HORMONES),
                            "hormones", words[i].bar_pct);
            nen__say(&r->doc, words[i].text, NULL);
            nen__doc_close(&r->doc);
        }
}

static uint16_t growth_words(const char *word) {
    if (!strcmp(word, "slows")) return NEN_T_GROWTH_SLOWS;
    if (!strcmp(word, "holds")) return NEN_T_GROWTH_HOLDS;
    if (!strcmp(word, "no")) return NEN_T_GROWTH_NO;
    return NEN_T_EFFECT_UNKNOWN;
}

static void effect_growth(nen__report *r, const char *word, const nen__figure *hr) {
    const bool lower = hr->row >= 0 && hr->value < 1;
    const double cut_pct = lower ? (1 - hr->value) * 100 : -1;
    if (!*word && hr->row < 0) return;
    nen__doc_effect(&r->doc, nen__said(&r->doc, NEN_T_EFFECT_GROWTH), "growth",
                    cut_pct);
    nen__say(&r->doc, growth_words(word), NULL);
    if (lower) {
        nen__say_more(&r->doc, NEN_T_GROWTH_FIGURE,
                      NEN__WITH(nen__as_number("count", of_100(cut_pct)),
                                nen__as("versus", hr->versus),
                                nen__as("trial", hr->trial)));
    }
    if (hr->row >= 0 && hr->hi >= 1) {
        nen__say_more(&r->doc, NEN_T_GROWTH_CHANCE, NULL);
    }
    nen__doc_close(&r->doc);
    mark_figure(r, hr);
}

static uint16_t size_words(const char *word) {
    if (!strcmp(word, "often")) return NEN_T_SIZE_OFTEN;
    if (!strcmp(word, "sometimes")) return NEN_T_SIZE_SOMETIMES;
    if (!strcmp(word, "rarely")) return NEN_T_SIZE_RARELY;
    if (!strcmp(word, "no")) return NEN_T_SIZE_NO;
    return NEN_T_EFFECT_UNKNOWN;
}

static void size_figure(nen__report *r, const nen__figure *orr) {
    if (isfinite(orr->lo) && isfinite(orr->hi))
        nen__say(&r->doc, NEN_T_SIZE_FIGURE_RANGE,
                 NEN__WITH(nen__as_number("count", of_100(orr->value)),
                           nen__as_number("lo", of_100(orr->lo)),
                           nen__as_number("hi", of_100(orr->hi)),
                           nen__as("trial", orr->trial)));
    else
        nen__say(&r->doc, NEN_T_SIZE_FIGURE,
                 NEN__WITH(nen__as_number("count", of_100(orr->value)),
                           nen__as("trial", orr->trial)));
}

static void effect_size(nen__report *r, const char *word, const nen__figure *orr) {
    if (!*word && orr->row < 0) return;
    nen__doc_effect(&r->doc, nen__said(&r->doc, NEN_T_EFFECT_SIZE), "size",
                    orr->row < 0 ? -1 : orr->value);
    nen__say(&r->doc, size_words(word), NULL);
    if (orr->row >= 0) {
        nen__doc_say(&r->doc, " ");
        size_figure(r, orr);
    }
    nen__doc_close(&r->doc);
    mark_figure(r, orr);
}

/* Does any of the three words say that it acts? */
static bool acts(unsigned option) {
    static const char *const columns[] = {"hormones", "growth", "shrink"};
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *word = nen__option_cell(option, columns[i]);
        if (*word && strcmp(word, "no") != 0 && strcmp(word, "unknown") != 0)
            return true;
    }
    return false;
}

/* Hormones, growth, size: apart, because a drug may do one and not the other. */
static void effects(nen__report *r, unsigned option) {
    const char *growth = nen__option_cell(option, "growth");
    const char *shrink = nen__option_cell(option, "shrink");
    const nen__figure hr = nen__figure_of(r->x, option, "hr");
    const nen__figure orr = nen__figure_of(r->x, option, "orr_pct");
    if (!acts(option) && hr.row < 0 && orr.row < 0) return;
    effect_hormones(r, nen__option_cell(option, "hormones"));
    if (strcmp(growth, "unknown") != 0 || hr.row >= 0) effect_growth(r, growth, &hr);
    if (strcmp(shrink, "unknown") != 0 || orr.row >= 0) effect_size(r, shrink, &orr);
}

/* ---- one option ---- */

static bool kind_is(unsigned option, const char *kind) {
    return !strcmp(nen__option_cell(option, "kind"), kind);
}

static bool treatment(unsigned option) {
    return kind_is(option, "drug") || kind_is(option, "procedure");
}

static void how_given(nen__report *r, unsigned option) {
    const char *route = nen__option_cell(option, "route");
    const char *rhythm = nen__option_cell(option, "rhythm");
    if (!*route && !*rhythm) return;
    nen__pair(&r->doc, NEN_T_OPTION_GIVEN);
    nen__doc_say(&r->doc, "%s%s%s", route, *route && *rhythm ? ", " : "", rhythm);
    nen__doc_close(&r->doc);
}

static void needs(nen__report *r, const nen_option_result *o) {
    if (!o->needcount || o->status == NEN_OPTION_FITS) return;
    nen__pair(&r->doc, NEN_T_OPTION_NEEDS);
    for (unsigned i = 0; i < o->needcount; i++) {
        char name[TEXT_CAP];
        nen__buf b = nen__buf_over(name, sizeof name);
        nen__put_field_name(&b, o->need[i], true);
        nen__buf_end(&b);
        nen__doc_say(&r->doc, "%s%s", i ? "; " : "", name);
    }
    nen__doc_close(&r->doc);
}

static void conditions(nen__report *r, const nen_option_result *o) {
    for (unsigned i = 0; i < o->becauses; i++) {
        if (nen__empty(o->because[i].condition)) continue;
        nen__pair(&r->doc, NEN_T_OPTION_ONLY);
        nen__doc_say(&r->doc, "%s", o->because[i].condition);
        nen__doc_close(&r->doc);
    }
}

static void reasons(nen__report *r, const nen_reason *reason, unsigned count) {
    for (unsigned i = 0; i < count && i < REASONS_SHOWN; i++) {
        nen__pair(&r->doc, NEN_T_OPTION_WHY);
        nen__doc_say(&r->doc, "%s", nen__row_text(r, reason[i].row));
        nen__doc_close(&r->doc);
        nen__show_row(r, reason[i].row);
    }
}

static void cautions(nen__report *r, const nen_option_result *o) {
    for (unsigned i = 0; i < o->flagcount; i++) {
        nen__pair(&r->doc, NEN_T_OPTION_CAUTION);
        nen__doc_say(&r->doc, "%s", nen__row_text(r, o->flag[i]));
        nen__doc_close(&r->doc);
        nen__show_row(r, o->flag[i]);
    }
}

static void label(nen__report *r, const nen_option_result *o) {
    static const uint16_t words[] = {NEN_T_NONE, NEN_T_LABEL_UNKNOWN, NEN_T_LABEL_OFF,
                                     NEN_T_LABEL_ON};
    const unsigned region = nen__region(r->x, r->style);
    if (region >= NEN_REGIONS || o->label[region] == NEN_LABEL_UNRECORDED) return;
    nen__pair(&r->doc, NEN_T_OPTION_LABEL);
    nen__doc_say(&r->doc, "%s: ", nen_region_name(region));
    nen__say(&r->doc, words[o->label[region]], NULL);
    nen__doc_close(&r->doc);
}

static void card(nen__report *r, unsigned option) {
    const nen_option_result *o = &r->x->option[option];
    const char *summary = nen__option_cell(option, "summary");
    nen__doc_card(&r->doc, nen__option_plain(option), nen__option_status(o->status),
                  o->current ? nen__said(&r->doc, NEN_T_OPTION_CURRENT) : "");
    if (*summary) nen__doc_line(&r->doc, NEN__PARA, "%s", summary);
    conditions(r, o);
    needs(r, o);
    if (treatment(option)) how_given(r, option);
    if (treatment(option)) effects(r, option);
    reasons(r, o->because, o->becauses);
    cautions(r, o);
    label(r, o);
    nen__doc_card_end(&r->doc);
    nen__use_id(&r->used, nen_option_id(option));
}

/* ---- groups ---- */

static unsigned count(const nen__report *r, const uint8_t *shown, unsigned n,
                      unsigned status, int want_treatment) {
    unsigned found = 0;
    for (unsigned i = 0; i < n; i++)
        found += r->x->option[shown[i]].status == status &&
                 (want_treatment < 0 || treatment(shown[i]) == (want_treatment > 0));
    return found;
}

static void group(nen__report *r, const uint8_t *shown, unsigned n, unsigned status,
                  unsigned title, int want_treatment) {
    if (!count(r, shown, n, status, want_treatment)) return;
    nen__head(&r->doc, 3, title);
    for (unsigned i = 0; i < n; i++)
        if (r->x->option[shown[i]].status == status &&
            treatment(shown[i]) == (want_treatment > 0))
            card(r, shown[i]);
}

static void not_fitting(nen__report *r, const uint8_t *shown, unsigned n,
                        unsigned status, unsigned title) {
    if (!count(r, shown, n, status, -1)) return;
    nen__head(&r->doc, 3, title);
    for (unsigned i = 0; i < n; i++) {
        const nen_option_result *o = &r->x->option[shown[i]];
        if (o->status != status) continue;
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__doc_strong(&r->doc, nen__option_plain(shown[i]));
        if (o->againsts)
            nen__doc_say(&r->doc, ". %s", nen__row_text(r, o->against[0].row));
        nen__doc_close(&r->doc);
        if (o->againsts) nen__show_row(r, o->against[0].row);
    }
}

/* Rules that speak of the case itself, not of one option. */
static void case_flags(nen__report *r) {
    for (unsigned i = 0; i < r->x->flags; i++) {
        const nen_flag *f = &r->x->flag[i];
        const nen_row *row = nen__flag_row(f);
        const char *severity = nen__severity(f);
        if (!row || nen__count_bits(f->options, NEN_WORDS_MAX)) continue;
        /* a drug that is not on the list needs no word on why it is not */
        if (severity && !strncmp(severity, "must_never", 10)) continue;
        const bool plain = !nen__empty(row->plain);
        nen__doc_line(&r->doc, NEN__WARN, "%s", plain ? row->plain : row->text);
        nen__use_id(&r->used, row->id);
    }
}

void nen__patient_options(nen__report *r) {
    uint8_t shown[NEN_WORDS_MAX];
    const unsigned n = nen__options_shown(r->x, r->style, shown);
    nen__head(&r->doc, 2, NEN_T_OPTIONS_TITLE);
    nen__line(&r->doc, NEN__PARA, NEN_T_OPTIONS_NOTE, NULL);
    case_flags(r);
    group(r, shown, n, NEN_OPTION_FITS, NEN_T_OPTIONS_FITS, 1);
    group(r, shown, n, NEN_OPTION_FITS, NEN_T_OPTIONS_FITS_CARE, 0);
    group(r, shown, n, NEN_OPTION_CONDITIONAL, NEN_T_OPTIONS_CONDITIONAL, 1);
    group(r, shown, n, NEN_OPTION_CONDITIONAL, NEN_T_OPTIONS_CONDITIONAL_CARE, 0);
    group(r, shown, n, NEN_OPTION_NEEDS_TEST, NEN_T_OPTIONS_NEEDS_TEST, 1);
    group(r, shown, n, NEN_OPTION_NEEDS_TEST, NEN_T_OPTIONS_NEEDS_TEST_CARE, 0);
    not_fitting(r, shown, n, NEN_OPTION_NEVER, NEN_T_OPTIONS_NEVER);
    not_fitting(r, shown, n, NEN_OPTION_NOT_NOW, NEN_T_OPTIONS_NOT_NOW);
    if (!n) nen__line(&r->doc, NEN__PARA, NEN_T_OPTIONS_NONE, NULL);
}

/* ---- hormones ---- */

static const char *tail(const char *id) {
    const char *dot = strrchr(id, '.');
    return dot ? dot + 1 : id;
}

static void pair(nen__report *r, unsigned term, const char *text) {
    if (!*text) return;
    nen__pair(&r->doc, term);
    nen__doc_say(&r->doc, "%s", text);
    nen__doc_close(&r->doc);
}

static bool syndrome(nen__report *r, const char *word) {
    const int t = nen_table_find("syndromes");
    const unsigned rows = t < 0 ? 0 : nen_table_get((unsigned)t)->rows;
    for (unsigned i = 0; i < rows; i++) {
        const char *id = nen__cell("syndromes", i, "id");
        if (strcmp(tail(id), word)) continue;
        nen__doc_head(&r->doc, 3, nen__cell("syndromes", i, "name"));
        nen__doc_line(&r->doc, NEN__PARA, "%s", nen__cell("syndromes", i, "plain"));
        pair(r, NEN_T_SYNDROME_HORMONE, nen__cell("syndromes", i, "hormone"));
        pair(r, NEN_T_SYNDROME_SIGNS, nen__cell("syndromes", i, "symptoms"));
        pair(r, NEN_T_SYNDROME_HELPS, nen__cell("syndromes", i, "treatment"));
        pair(r, NEN_T_SYNDROME_DANGER, nen__cell("syndromes", i, "danger"));
        nen__use_id(&r->used, id);
        return true;
    }
    return false;
}

static void share(nen__report *r) {
    const int t = nen_table_find("functioning_share");
    const unsigned rows = t < 0 ? 0 : nen_table_get((unsigned)t)->rows;
    for (unsigned i = 0; i < rows; i++) {
        if (!nen__site_fits(r->x, nen__cell("functioning_share", i, "sites"))) continue;
        nen__doc_line(&r->doc, NEN__NOTE, "%s",
                      nen__cell("functioning_share", i, "text"));
        nen__use_id(&r->used, nen__cell("functioning_share", i, "id"));
    }
}

void nen__patient_hormones(nen__report *r) {
    const int field = nen_field_find("syndrome");
    const bool told = field >= 0 && nen__told(&r->x->facts, (unsigned)field);
    bool any = false;
    nen__head(&r->doc, 2, NEN_T_HORMONES_TITLE);
    for (unsigned i = 0; told && i < nen_field((unsigned)field)->words; i++)
        if (nen__has(r->x->facts.field[field].set, i))
            any |= syndrome(r, nen_word((unsigned)field, i)->word);
    if (!told)
        nen__line(&r->doc, NEN__PARA, NEN_T_HORMONES_UNTOLD, NULL);
    else if (!any)
        nen__line(&r->doc, NEN__PARA, NEN_T_HORMONES_NONE, NULL);
    share(r);
}
