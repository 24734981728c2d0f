/* report_patient_card.c - one option, for the person: in full, or in a line or two. */
#include "report.h"

#include <math.h>
#include <string.h>

enum { TEXT_CAP = 1024 };

/* ---- the three effects ---- */

static unsigned of_100(double value) {
    return value > 0 ? (unsigned)floor(value + 0.5) : 0;
}

static void refer_figure(nen__report *r, const nen__figure *f) {
    const char *id = f->row < 0 ? "" : nen__cell("effects", (unsigned)f->row, "id");
    const int row = *id ? nen_row_find(id) : -1;
    if (row >= 0) nen__refer(r, (unsigned)row);
    nen__refer_end(r);
}

static void effect_hormones(nen__report *r, const char *word) {
    static const struct {
        const char *word;
        uint16_t text;
        double bar_pct;
    } words[] = {{"yes", NEN_T_HORMONES_YES, 100},
                 {"some", NEN_T_HORMONES_SOME, 50},
                 {"no", NEN_T_HORMONES_NO, 0}};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (!strcmp(word, words[i].word)) {
            nen__doc_effect(&r->doc, nen__said(&r->doc, NEN_T_EFFECT_HORMONES),
                            "hormones", words[i].bar_pct);
            nen__say(&r->doc, words[i].text, NULL);
            nen__doc_close(&r->doc);
        }
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
                                nen__as("versus", nen__worded(&r->doc, hr->versus)),
                                nen__as("trial", hr->trial)));
    }
    if (hr->row >= 0 && hr->hi >= 1) nen__say_more(&r->doc, NEN_T_GROWTH_CHANCE, NULL);
    refer_figure(r, hr);
    nen__doc_close(&r->doc);
}

static uint16_t size_words(const char *word) {
    if (!strcmp(word, "often")) return NEN_T_SIZE_OFTEN;
    if (!strcmp(word, "sometimes")) return NEN_T_SIZE_SOMETIMES;
    if (!strcmp(word, "rarely")) return NEN_T_SIZE_RARELY;
    if (!strcmp(word, "no")) return NEN_T_SIZE_NO;
    return NEN_T_EFFECT_UNKNOWN;
}

static void size_figure(nen__report *r, const nen__figure *orr) {
    if (isfinite(orr->lo) && isfinite(orr->hi)) {
        nen__say_more(&r->doc, NEN_T_SIZE_FIGURE_RANGE,
                      NEN__WITH(nen__as_number("count", of_100(orr->value)),
                                nen__as_number("lo", of_100(orr->lo)),
                                nen__as_number("hi", of_100(orr->hi)),
                                nen__as("trial", orr->trial)));
    } else {
        nen__say_more(&r->doc, NEN_T_SIZE_FIGURE,
                      NEN__WITH(nen__as_number("count", of_100(orr->value)),
                                nen__as("trial", orr->trial)));
    }
}

static void effect_size(nen__report *r, const char *word, const nen__figure *orr) {
    if (!*word && orr->row < 0) return;
    nen__doc_effect(&r->doc, nen__said(&r->doc, NEN_T_EFFECT_SIZE), "size",
                    orr->row < 0 ? -1 : orr->value);
    nen__say(&r->doc, size_words(word), NULL);
    if (orr->row >= 0) size_figure(r, orr);
    refer_figure(r, orr);
    nen__doc_close(&r->doc);
}

/* Hormones, growth, size: apart, because a drug may do one and not the other. */
static void effects(nen__report *r, unsigned option) {
    const char *growth = nen__option_cell(option, "growth");
    const char *shrink = nen__option_cell(option, "shrink");
    const nen__figure hr = nen__figure_of(r->x, option, "hr");
    const nen__figure orr = nen__figure_of(r->x, option, "orr_pct");
    if (!nen__acts(option) && hr.row < 0 && orr.row < 0) return;
    effect_hormones(r, nen__option_cell(option, "hormones"));
    if (strcmp(growth, "unknown") != 0 || hr.row >= 0) effect_growth(r, growth, &hr);
    if (strcmp(shrink, "unknown") != 0 || orr.row >= 0) effect_size(r, shrink, &orr);
}

/* ---- what it is ---- */

bool nen__is_treatment(unsigned option) {
    const char *kind = nen__option_cell(option, "kind");
    return !strcmp(kind, "drug") || !strcmp(kind, "procedure");
}

static const char *said(const nen__report *r, unsigned option, const char *column) {
    return nen__worded(&r->doc, nen__option_cell(option, column));
}

static void how_given(nen__report *r, unsigned option) {
    const char *route = said(r, option, "route");
    const char *rhythm = said(r, option, "rhythm");
    if (!*route && !*rhythm) return;
    nen__pair(&r->doc, NEN_T_OPTION_GIVEN);
    nen__doc_say(&r->doc, "%s%s%s", route, *route && *rhythm ? ", " : "", rhythm);
    nen__doc_close(&r->doc);
}

static void label(nen__report *r, const nen_option_result *o) {
    static const uint16_t words[] = {NEN_T_NONE, NEN_T_LABEL_UNKNOWN, NEN_T_LABEL_OFF,
                                     NEN_T_LABEL_ON};
    const unsigned region = nen__region(r->x, r->style);
    if (region >= NEN_REGIONS || o->label[region] == NEN_LABEL_UNRECORDED) return;
    nen__pair(&r->doc, NEN_T_OPTION_LABEL);
    nen__doc_say(&r->doc, "%s: ", nen__region_said(&r->doc, region));
    nen__say(&r->doc, words[o->label[region]], NULL);
    nen__doc_close(&r->doc);
}

static void facts(nen__report *r, unsigned option) {
    if (nen__is_treatment(option)) how_given(r, option);
    if (nen__is_treatment(option)) effects(r, option);
    label(r, &r->x->option[option]);
}

/* ---- beside what goes on today ---- */

static void alternative(nen__report *r, unsigned option) {
    unsigned row = 0;
    const int now = nen__replaces(r->x, option, &row);
    if (now < 0) return;
    nen__line(
        &r->doc, NEN__NOTE, NEN_T_OPTION_ALTERNATIVE,
        NEN__WITH(nen__as("current", nen__option_plain((unsigned)now, r->doc.lang)),
                  nen__as("why", nen__worded(&r->doc, nen__cell("alternatives", row,
                                                                "plain")))));
    nen__use_id(&r->used, nen__cell("alternatives", row, "id"));
}

/* ---- on what it depends ---- */

static void conditions(nen__report *r, const nen_option_result *o) {
    char list[TEXT_CAP];
    nen__buf b = nen__buf_over(list, sizeof list);
    for (unsigned i = 0; i < o->becauses; i++) {
        if (nen__new_condition(o, i))
            nen__putf(&b, "%s%s", b.len ? "; " : "",
                      nen__worded(&r->doc, o->because[i].condition));
    }
    if (!nen__buf_end(&b)) return;
    nen__say_more(&r->doc, NEN_T_OPTION_ONLY, NEN__WITH(nen__as("conditions", list)));
}

static void needs(nen__report *r, const nen_option_result *o) {
    const nen__voice voice = {true, r->doc.lang};
    char list[TEXT_CAP];
    nen__buf b = nen__buf_over(list, sizeof list);
    /* as questions: "the tumor grew" would read as if it were so */
    for (unsigned i = 0; i < o->needcount; i++) {
        const nen_field_info *f = nen_field(o->need[i]);
        if (i) nen__put(&b, " ");
        if (f->type == NEN_TYPE_BOOL && !nen__empty(f->question)) {
            nen__put(&b, nen__worded(&r->doc, f->question));
        } else {
            nen__put_field_name(&b, o->need[i], &voice);
            nen__put(&b, ".");
        }
    }
    if (!nen__buf_end(&b)) return;
    nen__say_more(&r->doc, NEN_T_OPTION_NEEDS, NEN__WITH(nen__as("needs", list)));
}

static void held_by(nen__report *r, const nen_option_result *o) {
    if (!o->againsts) return;
    nen__doc_say(&r->doc, " %s", nen__row_text(r, o->against[0].row));
    nen__refer(r, o->against[0].row);
}

/* ---- the two forms ---- */

bool nen__reason_counts(const nen_option_result *o, unsigned i) {
    return o->status != NEN_OPTION_FITS || nen__empty(o->because[i].condition);
}

static void refer_reasons(nen__report *r, unsigned option) {
    const nen_option_result *o = &r->x->option[option];
    const int row = nen_row_find(nen_option_id(option));
    for (unsigned i = 0; i < o->becauses; i++)
        if (nen__reason_counts(o, i)) nen__refer(r, o->because[i].row);
    if (row >= 0) nen__show_row(r, (unsigned)row);
}

void nen__option_card(nen__report *r, unsigned option) {
    const nen_option_result *o = &r->x->option[option];
    const char *summary = said(r, option, "summary");
    r->doc.about = nen_option_id(option);
    nen__doc_card(&r->doc, nen__option_plain(option, r->doc.lang),
                  nen__option_status(o->status),
                  o->current ? nen__said(&r->doc, NEN_T_OPTION_CURRENT) : "");
    refer_reasons(r, option);
    nen__doc_open(&r->doc, NEN__PARA);
    nen__doc_say(&r->doc, "%s", summary);
    nen__refer_end(r);
    nen__doc_close(&r->doc);
    alternative(r, option);
    facts(r, option);
    nen__doc_card_end(&r->doc);
}

void nen__option_brief(nen__report *r, unsigned option) {
    const nen_option_result *o = &r->x->option[option];
    const char *summary = said(r, option, "summary");
    const bool fits = o->status == NEN_OPTION_FITS;
    r->doc.about = nen_option_id(option);
    nen__doc_brief(&r->doc, nen__option_status(o->status));
    nen__doc_strong(&r->doc, nen__option_plain(option, r->doc.lang));
    nen__doc_say(&r->doc, ".");
    if (fits) nen__doc_say(&r->doc, " %s", summary);
    if (!fits) conditions(r, o);
    if (!fits) needs(r, o);
    if (!fits) held_by(r, o);
    refer_reasons(r, option);
    nen__refer_end(r);
    nen__doc_close(&r->doc);
    if (!fits) alternative(r, option);
    if ((!fits || nen__is_treatment(option)) && nen__fold(r, NEN_T_OPTION_MORE)) {
        if (!fits) nen__doc_line(&r->doc, NEN__PARA, "%s", summary);
        facts(r, option);
        nen__fold_end(r);
    }
    nen__doc_brief_end(&r->doc);
}
