/* report_json_option.c - the options of the JSON report. */
#include "report_json.h"

#include <math.h>
#include <string.h>

void nen__j_source_keys(nen__json *j, const nen__used *used) {
    nen__cited all;
    nen__cite_all(used, &all);
    nen__j_array(j, "sources");
    for (unsigned i = 0; i < all.count; i++)
        if (!nen__cited_before(&all, i)) nen__j_string(j, all.item[i].key);
    nen__j_close(j, ']');
}

static void conditions(nen__json *j, const nen_option_result *o) {
    nen__j_array(j, "if");
    for (unsigned i = 0; i < o->becauses; i++)
        if (nen__new_condition(o, i))
            nen__j_string(j, nen_translate(j->lang, o->because[i].condition));
    nen__j_close(j, ']');
}

static void needs(nen__json *j, const nen_option_result *o) {
    nen__j_array(j, "needs");
    for (unsigned i = 0; i < o->needcount; i++)
        nen__j_string(j, nen_field(o->need[i])->name);
    nen__j_close(j, ']');
}

/* By region, the fields that would settle a label that is unknown. */
static void label_needs(nen__json *j, const nen_dossier *d,
                        const nen_option_result *o) {
    const unsigned option = (unsigned)(o - d->option);
    nen__j_object(j, "label_needs");
    for (unsigned r = 0; r < NEN_REGIONS; r++) {
        uint64_t open[(NEN_FIELDS_MAX + 63) / 64];
        if (o->label[r] != NEN_LABEL_UNKNOWN) continue;
        nen_label_open(d, option, r, open);
        nen__j_array(j, nen_region_name(r));
        for (unsigned f = 0; f < nen_field_count(); f++)
            if (nen__has(open, f)) nen__j_string(j, nen_field(f)->name);
        nen__j_close(j, ']');
    }
    nen__j_close(j, '}');
}

static void labels_and_goals(nen__json *j, const nen_option_result *o) {
    nen__j_object(j, "label");
    for (unsigned r = 0; r < NEN_REGIONS; r++)
        nen__j_pair(j, nen_region_name(r), nen__label_state(o->label[r]));
    nen__j_close(j, '}');
    nen__j_array(j, "goal");
    for (unsigned g = 0; nen_goal_name(g); g++)
        if (o->goals >> g & 1) nen__j_string(j, nen_goal_name(g));
    nen__j_close(j, ']');
}

static void figure(nen__json *j, const char *key, const nen__figure *f) {
    if (f->row < 0) {
        nen__j_pair_null(j, key);
        return;
    }
    nen__j_object(j, key);
    nen__j_pair_number(j, "value", f->value);
    nen__j_pair_number(j, "lo", f->lo);
    nen__j_pair_number(j, "hi", f->hi);
    nen__j_pair_or_null(j, "trial", f->trial);
    nen__j_said(j, "population", f->population);
    nen__j_pair_or_null(j, "row", nen__cell("effects", (unsigned)f->row, "id"));
    nen__j_close(j, '}');
}

static const char *or_unknown(const char *cell) {
    return *cell ? cell : "unknown";
}

static void effect(nen__json *j, const nen_dossier *d, unsigned option) {
    const nen__figure hr = nen__figure_of(d, option, "hr");
    const nen__figure shrink = nen__figure_of(d, option, "orr_pct");
    nen__j_object(j, "effect");
    nen__j_pair(j, "hormones", or_unknown(nen__option_cell(option, "hormones")));
    nen__j_object(j, "growth");
    nen__j_pair(j, "word", or_unknown(nen__option_cell(option, "growth")));
    figure(j, "hr", &hr);
    nen__j_close(j, '}');
    figure(j, "shrink_pct", &shrink);
    nen__j_close(j, '}');
}

/* A reason's key says what kind of row it is: position, label, syndrome or rule. */
static const char *reason_key(const nen_row *row) {
    if (!strcmp(row->table, "approvals")) return "label";
    if (!strcmp(row->table, "rules")) return "rule";
    if (strcmp(row->table, "positions") != 0) return "position";
    const int t = nen_table_find("positions");
    const int at = nen_table_row(nen_table_get((unsigned)t), "id", row->id);
    const char *basis = at < 0 ? "" : nen__cell("positions", (unsigned)at, "basis");
    return strcmp(basis, "syndrome") ? "position" : "syndrome";
}

static void reasons(nen__json *j, const char *key, const nen_reason *reason,
                    unsigned count) {
    nen__j_array(j, key);
    for (unsigned i = 0; i < count; i++) {
        const nen_row *row = nen_row_get(reason[i].row);
        if (!row) continue;
        nen__j_open(j, '{');
        nen__j_pair(j, reason_key(row), row->id);
        nen__j_said(j, "text", row->text);
        nen__j_close(j, '}');
    }
    nen__j_close(j, ']');
}

static void rule_ids(nen__json *j, const nen_option_result *o) {
    nen__j_array(j, "flags");
    for (unsigned i = 0; i < o->flagcount; i++)
        nen__j_rule(j, NULL, nen__row_id(o->flag[i]));
    nen__j_close(j, ']');
}

/* The current option that it would replace, not join. */
static void instead_of(nen__json *j, const nen_dossier *d, unsigned option) {
    unsigned row = 0;
    const int now = nen__replaces(d, option, &row);
    nen__j_pair(j, "instead_of", now < 0 ? NULL : nen_option_id((unsigned)now));
}

static void one_option(nen__json *j, const nen_dossier *d, unsigned option) {
    const nen_option_result *o = &d->option[option];
    nen__used used = {{0}};
    nen__use_option(&used, d, option);
    nen__j_open(j, '{');
    nen__j_pair(j, "id", nen_option_id(option));
    nen__j_pair(j, "name", nen__option_name(option, j->lang));
    nen__j_pair_or_null(j, "kind", nen__option_cell(option, "kind"));
    nen__j_pair(j, "status", nen__option_status(o->status));
    nen__j_pair_bool(j, "current", o->current);
    instead_of(j, d, option);
    conditions(j, o);
    needs(j, o);
    labels_and_goals(j, o);
    label_needs(j, d, o);
    effect(j, d, option);
    reasons(j, "because", o->because, o->becauses);
    reasons(j, "against", o->against, o->againsts);
    rule_ids(j, o);
    nen__j_source_keys(j, &used);
    nen__j_close(j, '}');
}

void nen__j_options(nen__json *j, const nen_dossier *d, const nen_style *style) {
    uint8_t shown[NEN_WORDS_MAX];
    const unsigned n = nen__options_shown(d, style, shown);
    nen__j_array(j, "options");
    for (unsigned i = 0; i < n; i++)
        one_option(j, d, shown[i]);
    nen__j_close(j, ']');
}
