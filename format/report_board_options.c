/* report_board_options.c - options and rules for a tumor board. */
#include "report.h"

#include <math.h>
#include <string.h>

/* "US unknown (age_years) " */
static void label_state(nen__report *r, unsigned option, unsigned region,
                        unsigned state) {
    uint64_t open[(NEN_FIELDS_MAX + 63) / 64] = {0};
    bool any = false;
    if (state == NEN_LABEL_UNKNOWN) nen_label_open(r->x, option, region, open);
    nen__doc_say(&r->doc, "%s %s", nen__region_said(&r->doc, region),
                 nen__label_said(&r->doc, state));
    for (unsigned f = 0; f < nen_field_count(); f++) {
        if (!nen__has(open, f)) continue;
        nen__doc_say(&r->doc, "%s%s", any ? ", " : " (", nen_field(f)->name);
        any = true;
    }
    nen__doc_say(&r->doc, any ? ") " : " ");
}

static void labels(nen__report *r, const nen_option_result *o) {
    const unsigned option = (unsigned)(o - r->x->option);
    const unsigned only = r->style->region;
    if (strcmp(nen__label_state(o->label[0]), "unrecorded") == 0) {
        bool any = false;
        for (unsigned i = 0; i < NEN_REGIONS; i++)
            any |= o->label[i] != NEN_LABEL_UNRECORDED;
        if (!any) return;
    }
    nen__pair(&r->doc, NEN_T_BOARD_LABEL);
    for (unsigned i = 0; i < NEN_REGIONS; i++) {
        if (only >= NEN_REGIONS || only == i) label_state(r, option, i, o->label[i]);
    }
    nen__doc_close(&r->doc);
}

static void goals(nen__report *r, const nen_option_result *o) {
    bool any = false;
    if (!o->goals) return;
    nen__pair(&r->doc, NEN_T_BOARD_GOALS);
    for (unsigned g = 0; nen_goal_name(g); g++) {
        if (!(o->goals >> g & 1)) continue;
        nen__doc_say(&r->doc, "%s%s", any ? ", " : "", nen__goal_said(&r->doc, g));
        any = true;
    }
    nen__doc_close(&r->doc);
}

/* Ids of the rows, which are said once below; a condition beside its own. */
static void reasons(nen__report *r, unsigned term, const nen_reason *reason,
                    unsigned count) {
    if (!count) return;
    nen__pair(&r->doc, term);
    for (unsigned i = 0; i < count; i++) {
        const char *id = nen__row_id(reason[i].row);
        nen__doc_say(&r->doc, "%s%s", i ? "; " : "", id ? id : "?");
        if (!nen__empty(reason[i].condition))
            nen__doc_say(&r->doc, " (%s)", nen__worded(&r->doc, reason[i].condition));
        nen__show_row(r, reason[i].row);
    }
    nen__doc_close(&r->doc);
}

/* In full: what stands against an option is not said elsewhere. */
static void against(nen__report *r, const nen_option_result *o) {
    for (unsigned i = 0; i < o->againsts; i++) {
        const nen_row *row = nen_row_get(o->against[i].row);
        if (!row) continue;
        nen__pair(&r->doc, NEN_T_BOARD_AGAINST);
        nen__doc_say(&r->doc, "%s [%s; %s; %s]", nen__worded(&r->doc, row->text),
                     row->id, row->source, nen__worded(&r->doc, row->status));
        nen__doc_close(&r->doc);
        nen__show_row(r, o->against[i].row);
    }
}

static void flag_ids(nen__report *r, const nen_option_result *o) {
    if (!o->flagcount) return;
    nen__pair(&r->doc, NEN_T_BOARD_FLAGS);
    for (unsigned i = 0; i < o->flagcount; i++) {
        const char *id = nen__row_id(o->flag[i]);
        nen__doc_say(&r->doc, "%s%s", i ? ", " : "", id ? id : "?");
        nen__show_row(r, o->flag[i]);
    }
    nen__doc_close(&r->doc);
}

static void needs(nen__report *r, const nen_option_result *o) {
    if (!o->needcount) return;
    nen__pair(&r->doc, NEN_T_BOARD_NEEDS);
    for (unsigned i = 0; i < o->needcount; i++)
        nen__doc_say(&r->doc, "%s%s", i ? ", " : "", nen_field(o->need[i])->name);
    nen__doc_close(&r->doc);
}

/* ---- figures ---- */

/* What a measure of the table `effects` is called; its own word when not listed. */
static const char *measure_name(const nen__report *r, const char *measure) {
    static const struct {
        const char *measure;
        uint16_t text;
    } names[] = {{"hr", NEN_T_MEASURE_HR},
                 {"os_hr", NEN_T_MEASURE_OS_HR},
                 {"trend_hr", NEN_T_MEASURE_TREND_HR},
                 {"orr_pct", NEN_T_MEASURE_ORR},
                 {"cohort_orr_pct", NEN_T_MEASURE_COHORT_ORR},
                 {"response_pct", NEN_T_MEASURE_RESPONSE},
                 {"dcr_pct", NEN_T_MEASURE_DCR},
                 {"pfs_months", NEN_T_MEASURE_PFS},
                 {"cohort_pfs_months", NEN_T_MEASURE_COHORT_PFS},
                 {"pfs_12mo_pct", NEN_T_MEASURE_PFS_12MO},
                 {"pfs_24mo_pct", NEN_T_MEASURE_PFS_24MO},
                 {"ttp_months", NEN_T_MEASURE_TTP},
                 {"os_months", NEN_T_MEASURE_OS},
                 {"bp_drugs_reduced_pct", NEN_T_MEASURE_BP_DRUGS},
                 {"hiaa5_change_pct", NEN_T_MEASURE_HIAA5},
                 {"rescue_days_pct", NEN_T_MEASURE_RESCUE_DAYS},
                 {"stools_per_day_change", NEN_T_MEASURE_STOOLS}};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(measure, names[i].measure))
            return nen__said(&r->doc, names[i].text);
    }
    return measure;
}

static void put_value(nen__report *r, const nen__figure *f) {
    const bool share = !strcmp(f->unit, "pct");
    nen__doc_say(&r->doc, "%g", f->value);
    if (isfinite(f->lo) && isfinite(f->hi)) {
        nen__say_more(
            &r->doc, NEN_T_BOARD_RANGE,
            NEN__WITH(nen__as_number("lo", f->lo), nen__as_number("hi", f->hi)));
    }
    if (!nen__empty(f->unit))
        nen__doc_say(&r->doc, " %s", share ? "%" : nen__worded(&r->doc, f->unit));
}

static void figure(nen__report *r, const nen__figure *f) {
    const unsigned row = (unsigned)f->row;
    nen__doc_pair(&r->doc, measure_name(r, nen__cell("effects", row, "measure")));
    put_value(r, f);
    if (!nen__empty(f->versus)) {
        nen__say_more(&r->doc, NEN_T_BOARD_VERSUS,
                      NEN__WITH(nen__as("what", nen__worded(&r->doc, f->versus))));
    }
    if (!nen__empty(f->trial)) nen__doc_say(&r->doc, ", %s", f->trial);
    if (!nen__empty(f->population))
        nen__doc_say(&r->doc, ", %s", nen__worded(&r->doc, f->population));
    const char *id = nen__cell("effects", row, "id");
    nen__doc_say(&r->doc, " [%s]", id);
    nen__doc_close(&r->doc);
    nen__use_id(&r->used, id);
}

static void figures(nen__report *r, unsigned option) {
    const int t = nen_table_find("effects");
    const unsigned rows = t < 0 ? 0 : nen_table_get((unsigned)t)->rows;
    for (unsigned i = 0; i < rows; i++) {
        if (strcmp(nen__cell("effects", i, "option"), nen_option_id(option)) != 0)
            continue;
        if (!nen__site_fits(r->x, nen__cell("effects", i, "sites"))) continue;
        const nen__figure f = nen__figure_at((int)i);
        if (isfinite(f.value)) figure(r, &f);
    }
}

static const char *said(const nen__report *r, unsigned option, const char *column) {
    return nen__worded(&r->doc, nen__option_cell(option, column));
}

static void words(nen__report *r, unsigned option) {
    const char *hormones = said(r, option, "hormones");
    const char *growth = said(r, option, "growth");
    const char *shrink = said(r, option, "shrink");
    if (!nen__acts(option)) return;
    nen__pair(&r->doc, NEN_T_BOARD_EFFECT);
    nen__say(&r->doc, NEN_T_BOARD_EFFECTS,
             NEN__WITH(nen__as("hormones", hormones), nen__as("growth", growth),
                       nen__as("shrink", shrink)));
    nen__doc_close(&r->doc);
}

static void instead_of(nen__report *r, unsigned option) {
    unsigned row = 0;
    const int now = nen__replaces(r->x, option, &row);
    if (now < 0) return;
    const char *id = nen__cell("alternatives", row, "id");
    nen__line(&r->doc, NEN__NOTE, NEN_T_BOARD_INSTEAD,
              NEN__WITH(nen__as("current", nen_option_id((unsigned)now)),
                        nen__as("why", nen__worded(&r->doc, nen__cell("alternatives",
                                                                      row, "text"))),
                        nen__as("id", id)));
    nen__use_id(&r->used, id);
}

static void block(nen__report *r, unsigned option) {
    const nen_option_result *o = &r->x->option[option];
    r->doc.about = nen_option_id(option);
    nen__doc_card(&r->doc, nen__option_name(option, r->doc.lang),
                  nen__option_status(o->status), nen__status_said(&r->doc, o->status));
    if (o->current) nen__line(&r->doc, NEN__NOTE, NEN_T_BOARD_CURRENT, NULL);
    instead_of(r, option);
    goals(r, o);
    labels(r, o);
    needs(r, o);
    reasons(r, NEN_T_BOARD_BECAUSE, o->because, o->becauses);
    against(r, o);
    flag_ids(r, o);
    if (o->status >= NEN_OPTION_NEEDS_TEST) {
        words(r, option);
        figures(r, option);
    }
    nen__doc_card_end(&r->doc);
}

static void overview(nen__report *r, const uint8_t *shown, unsigned n) {
    static const unsigned width[] = {34, 14, 30};
    static const uint16_t head[] = {NEN_T_BOARD_OPTION, NEN_T_BOARD_STATUS,
                                    NEN_T_BOARD_LABEL_ON};
    nen__say_table(&r->doc, 3, width, head);
    for (unsigned i = 0; i < n; i++) {
        const nen_option_result *o = &r->x->option[shown[i]];
        char on[64];
        nen__buf b = nen__buf_over(on, sizeof on);
        for (unsigned k = 0; k < NEN_REGIONS; k++) {
            if (o->label[k] == NEN_LABEL_ON)
                nen__putf(&b, "%s%s", b.len ? " " : "", nen__region_said(&r->doc, k));
        }
        if (!b.len) nen__put(&b, "-");
        nen__buf_end(&b);
        nen__doc_cell(&r->doc, nen_option_id(shown[i]));
        nen__doc_cell(&r->doc, nen__status_said(&r->doc, o->status));
        nen__doc_cell(&r->doc, on);
    }
    nen__doc_table_end(&r->doc);
}

/* What is not on the list and has no reason against it stands in the table alone. */
static bool worth_a_block(const nen_option_result *o) {
    return o->status >= NEN_OPTION_NEEDS_TEST || o->becauses || o->againsts;
}

void nen__board_options(nen__report *r) {
    uint8_t shown[NEN_WORDS_MAX];
    const unsigned n = nen__options_told(r->x, r->style, shown);
    nen__head(&r->doc, 2, NEN_T_BOARD_OPTIONS);
    if (!n) {
        nen__line(&r->doc, NEN__PARA, NEN_T_BOARD_NO_OPTIONS, NULL);
        return;
    }
    overview(r, shown, n);
    for (unsigned i = 0; i < n; i++)
        if (worth_a_block(&r->x->option[shown[i]])) block(r, shown[i]);
}
