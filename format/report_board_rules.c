/* report_board_rules.c - positions and safety rules for a tumor board, each once. */
#include "report.h"

#include <string.h>

void nen__board_option_ids(nen__report *r, const uint64_t *set) {
    bool first = true;
    for (unsigned k = 0; k < nen_option_count() && k < NEN_WORDS_MAX; k++) {
        if (!nen__has(set, k)) continue;
        nen__doc_say(&r->doc, "%s%s", first ? "" : ", ", nen_option_id(k));
        first = false;
    }
}

static void options_of(nen__report *r, const uint64_t *set) {
    if (!nen__count_bits(set, NEN_WORDS_MAX)) return;
    nen__say_more(&r->doc, NEN_T_BOARD_RULE_OPTIONS, NULL);
    nen__doc_say(&r->doc, " ");
    nen__board_option_ids(r, set);
    nen__doc_say(&r->doc, ".");
}

/* ---- why options are on the list ---- */

static uint16_t reason_row(const nen_option_result *o, unsigned i) {
    return i < o->becauses ? o->because[i].row : NEN_NONE;
}

void nen__board_reasons(nen__report *r) {
    uint8_t shown[NEN_WORDS_MAX];
    nen__spoken all[NEN__SPOKEN_MAX];
    const unsigned n = nen__options_told(r->x, r->style, shown);
    const unsigned count = nen__gather(r->x, shown, n, reason_row, all);
    if (count) nen__head(&r->doc, 2, NEN_T_BOARD_REASONS);
    for (unsigned i = 0; i < count; i++) {
        const nen_row *row = nen_row_get(all[i].row);
        if (!row) continue;
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__doc_strong(&r->doc, row->id);
        nen__doc_say(&r->doc, ": %s", nen__worded(&r->doc, row->text));
        options_of(r, all[i].of);
        nen__doc_say(&r->doc, " [%s; %s]", row->source,
                     nen__worded(&r->doc, row->status));
        nen__doc_close(&r->doc);
        nen__show_row(r, all[i].row);
    }
}

/* ---- safety rules ---- */

static const char *title_of(const nen__report *r, const nen_flag *f) {
    return nen__worded(&r->doc, nen__cell("rules", f->rule, "title"));
}

/* A rule on options that are not on the list: told, but not at length. */
static bool of_others(const nen_flag *f) {
    const char *severity = nen__severity(f);
    return severity && !strncmp(severity, "must_never", 10) &&
           !nen__count_bits(f->options, NEN_WORDS_MAX);
}

static void rule(nen__report *r, const nen_flag *f) {
    const nen_row *row = nen__flag_row(f);
    if (!row) return;
    nen__doc_open(&r->doc, NEN__ITEM);
    nen__doc_strong(&r->doc, row->id);
    nen__doc_say(&r->doc, " (%s). %s: %s", nen__worded(&r->doc, nen__severity(f)),
                 title_of(r, f), nen__worded(&r->doc, row->text));
    options_of(r, f->options);
    nen__doc_say(&r->doc, " [%s; %s]", row->source, nen__worded(&r->doc, row->status));
    nen__doc_close(&r->doc);
    nen__use_id(&r->used, row->id);
}

static void others(nen__report *r) {
    bool any = false;
    for (unsigned i = 0; i < r->x->flags; i++) {
        const nen_flag *f = &r->x->flag[i];
        const nen_row *row = of_others(f) ? nen__flag_row(f) : NULL;
        if (!row) continue;
        if (!any) nen__doc_open(&r->doc, NEN__ITEM);
        if (!any) nen__say(&r->doc, NEN_T_BOARD_RULES_OTHERS, NULL);
        nen__doc_say(&r->doc, "%s%s %s", any ? "; " : " ", row->id, title_of(r, f));
        nen__use_id(&r->used, row->id);
        any = true;
    }
    if (!any) return;
    nen__doc_say(&r->doc, ".");
    nen__doc_close(&r->doc);
}

void nen__board_flags(nen__report *r) {
    if (!r->x->flags) return;
    nen__head(&r->doc, 2, NEN_T_BOARD_RULES_APPLY);
    for (unsigned i = 0; i < r->x->flags; i++)
        if (!of_others(&r->x->flag[i])) rule(r, &r->x->flag[i]);
    others(r);
}
