/* report_board.c - the report for a tumor board: every value with its rule and row. */
#include "report.h"

#include <string.h>

enum { TEXT_CAP = 512, QUESTIONS_SHOWN = 12 };

static void row_line(nen__report *r, unsigned row) {
    const nen_row *found = nen_row_get(row);
    if (!found) return;
    nen__doc_line(&r->doc, NEN__ITEM, "%s [%s; %s, %s, %s]",
                  nen__worded(&r->doc, found->text), found->id, found->source,
                  nen__worded(&r->doc, found->locator),
                  nen__worded(&r->doc, found->status));
    nen__show_row(r, row);
}

static void rows(nen__report *r, unsigned title, const nen_rows *used) {
    if (!used->count) return;
    nen__head(&r->doc, 3, title);
    for (unsigned i = 0; i < used->count; i++)
        row_line(r, used->row[i]);
}

static void convention(nen__report *r, unsigned text, unsigned row) {
    if (row == NEN_NONE || !nen_row_get(row)) return;
    nen__doc_open(&r->doc, NEN__NOTE);
    nen__say(&r->doc, text, NULL);
    nen__doc_say(&r->doc, ": %s [%s]", nen__row_text(r, row), nen_row_get(row)->id);
    nen__doc_close(&r->doc);
    nen__show_row(r, row);
}

/* ---- stage ---- */

static void item_row(nen__report *r, const char *name, nen_label_kind kind,
                     const nen_item *it) {
    char possible[TEXT_CAP];
    char least[TEXT_CAP];
    const char *value = nen__value_at_least(kind, it, least, sizeof least);
    nen__buf b = nen__buf_over(possible, sizeof possible);
    nen__put_labels(&b, kind, it->possible, " ", r->doc.lang);
    nen__buf_end(&b);
    nen__doc_cell(&r->doc, name);
    nen__doc_cell(&r->doc, *value ? nen__worded(&r->doc, value) : "-");
    nen__doc_cell(&r->doc,
                  nen__settled_said(&r->doc, it->settled, NEN_T_BOARD_NOT_STAGED));
    nen__doc_cell(&r->doc, *possible ? possible : "-");
}

static void stage_table(nen__report *r, const nen_staging *s) {
    static const unsigned width[] = {10, 12, 14, 40};
    static const uint16_t head[] = {NEN_T_BOARD_ITEM, NEN_T_BOARD_VALUE,
                                    NEN_T_BOARD_STATUS, NEN_T_BOARD_POSSIBLE};
    nen__say_table(&r->doc, 4, width, head);
    item_row(r, "T", NEN_LABEL_T, &s->t);
    item_row(r, "N", NEN_LABEL_N, &s->n);
    item_row(r, "M", NEN_LABEL_M, &s->m);
    item_row(r, nen__said(&r->doc, NEN_T_BOARD_GROUP), NEN_LABEL_GROUP, &s->group);
    item_row(r, nen__said(&r->doc, NEN_T_BOARD_SPREAD), NEN_LABEL_SPREAD, &s->spread);
    nen__doc_table_end(&r->doc);
}

static const char *or_dash(const char *text) {
    return nen__empty(text) ? "-" : text;
}

static void alternatives(nen__report *r, const nen_staging *s) {
    if (!s->alternatives) return;
    nen__head(&r->doc, 3, NEN_T_BOARD_READINGS);
    for (unsigned i = 0; i < s->alternatives; i++) {
        const nen_reading *a = &s->alternative[i];
        const nen_row *row = a->row == NEN_NONE ? NULL : nen_row_get(a->row);
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__say(
            &r->doc, NEN_T_BOARD_READING,
            NEN__WITH(nen__as("system", nen_system_name(a->system)),
                      nen__as("t", or_dash(nen_label(NEN_LABEL_T, a->t))),
                      nen__as("n", or_dash(nen_label(NEN_LABEL_N, a->n))),
                      nen__as("m", or_dash(nen_label(NEN_LABEL_M, a->m))),
                      nen__as("group", or_dash(nen_label(NEN_LABEL_GROUP, a->group))),
                      nen__as("why", nen__worded(&r->doc, a->why))));
        if (row) nen__doc_say(&r->doc, " [%s; %s]", row->id, row->source);
        nen__doc_close(&r->doc);
    }
}

static void stage(nen__report *r) {
    const nen_staging *s = &r->x->staging;
    nen__head(&r->doc, 2, NEN_T_BOARD_STAGE);
    if (r->doc.html) nen__svg_stage(&r->doc, r->x);
    nen__line(
        &r->doc, NEN__PARA, NEN_T_BOARD_SYSTEM,
        NEN__WITH(nen__as("system", nen_system_name(s->system)),
                  nen__as("assumed",
                          s->assumed ? nen__said(&r->doc, NEN_T_BOARD_ASSUMED) : ""),
                  nen__as("why", nen__said(&r->doc, s->edition_why))));
    stage_table(r, s);
    convention(r, NEN_T_BOARD_CONVENTION_T, s->t.convention);
    convention(r, NEN_T_BOARD_CONVENTION_N, s->n.convention);
    convention(r, NEN_T_BOARD_CONVENTION_M, s->m.convention);
    convention(r, NEN_T_BOARD_CONVENTION_GROUP, s->group.convention);
    rows(r, NEN_T_BOARD_RULES, &s->rows);
    alternatives(r, s);
    nen__use_stage(&r->used, r->x);
}

/* ---- grade ---- */

static void score(nen__report *r, const char *name, const nen_score *s) {
    if (!s->known) return;
    nen__doc_pair(&r->doc, name);
    nen__say(&r->doc, NEN_T_BOARD_SCORE,
             NEN__WITH(nen__as_number("points", s->points),
                       nen__as("class",
                               s->klass ? nen__worded(&r->doc, s->klass)
                                        : nen__said(&r->doc, NEN_T_BOARD_NO_CLASS))));
    nen__doc_close(&r->doc);
}

static void grade_facts(nen__report *r, const nen_grading *g) {
    if (g->bucket) {
        nen__pair(&r->doc, NEN_T_BOARD_BUCKET);
        nen__doc_say(&r->doc, "%u", (unsigned)g->bucket);
        nen__doc_close(&r->doc);
    }
    if (g->ki67_interval) {
        nen__pair(&r->doc, NEN_T_BOARD_KI67);
        nen__say(
            &r->doc, NEN_T_BOARD_KI67_RANGE,
            NEN__WITH(
                nen__as_number("lo", (double)(int)(g->ki67_lo_pct * 10) / 10),
                nen__as_number("hi", (double)(int)(g->ki67_hi_pct * 10 + 0.999) / 10)));
        nen__doc_close(&r->doc);
    }
    if (g->borderline) nen__line(&r->doc, NEN__WARN, NEN_T_BOARD_BORDERLINE, NULL);
    if (g->minen) nen__line(&r->doc, NEN__NOTE, NEN_T_BOARD_MINEN, NULL);
    score(r, "GAPP", &g->gapp);
    score(r, "PASS", &g->pass);
}

static void grade(nen__report *r) {
    const nen_grading *g = &r->x->grading;
    char possible[TEXT_CAP];
    const char *value = nen_label(NEN_LABEL_GRADE, g->grade.value);
    nen__buf b = nen__buf_over(possible, sizeof possible);
    nen__put_labels(&b, NEN_LABEL_GRADE, g->grade.possible, ", ", r->doc.lang);
    nen__buf_end(&b);
    nen__head(&r->doc, 2, NEN_T_BOARD_GRADE);
    if (r->doc.html) nen__svg_grade(&r->doc, r->x);
    nen__doc_open(&r->doc, NEN__PARA);
    nen__say(
        &r->doc, NEN_T_BOARD_GRADE_VALUE,
        NEN__WITH(
            nen__as("value", *value ? value : nen__said(&r->doc, NEN_T_BOARD_NO_VALUE)),
            nen__as("settled", nen__settled_said(&r->doc, g->grade.settled,
                                                 NEN_T_BOARD_NOT_GRADED)),
            nen__as("system", nen__grade_system(g->system)),
            nen__as("labels",
                    *possible ? possible : nen__said(&r->doc, NEN_T_BOARD_NONE))));
    nen__doc_close(&r->doc);
    grade_facts(r, g);
    convention(r, NEN_T_BOARD_CONVENTION_GRADE, g->grade.convention);
    rows(r, NEN_T_BOARD_NOTES, &g->rows);
    nen__use_grade(&r->used, r->x);
}

/* ---- the rest ---- */

static void missing(nen__report *r) {
    bool any = false;
    nen__head(&r->doc, 2, NEN_T_BOARD_MISSING);
    nen__doc_open(&r->doc, NEN__PARA);
    for (unsigned i = 0; i < nen_field_count(); i++) {
        if (!nen__has(r->x->not_told, i)) continue;
        nen__doc_say(&r->doc, "%s%s", any ? ", " : "", nen_field(i)->name);
        any = true;
    }
    if (any) {
        nen__doc_say(&r->doc, ".");
    } else {
        nen__say(&r->doc, NEN_T_BOARD_NOTHING_MISSING, NULL);
    }
    nen__doc_close(&r->doc);
}

static void derived(nen__report *r) {
    bool any = false;
    for (unsigned i = 0; i < nen_field_count(); i++) {
        const bool told = nen__told(&r->in->c, i) && !nen_field(i)->derived;
        char value[TEXT_CAP];
        if (told || !nen__told(&r->x->facts, i)) continue;
        nen__buf b = nen__buf_over(value, sizeof value);
        nen__put_value(&b, &r->x->facts, i);
        nen__buf_end(&b);
        if (!any) nen__head(&r->doc, 3, NEN_T_BOARD_DERIVED);
        if (!any) nen__doc_open(&r->doc, NEN__PARA);
        nen__doc_say(&r->doc, "%s%s %s", any ? "; " : "", nen_field(i)->name, value);
        any = true;
    }
    if (any) nen__doc_close(&r->doc);
}

static void title(nen__report *r) {
    nen__head(&r->doc, 1, NEN_T_BOARD_TITLE);
    nen__line(&r->doc, NEN__LEAD, NEN_T_NOTICE, NULL);
    if (*r->in->c.id) {
        nen__line(&r->doc, NEN__PARA, NEN_T_BOARD_CASE,
                  NEN__WITH(nen__as("id", r->in->c.id)));
    }
    if (!r->x->in_scope) nen__line(&r->doc, NEN__WARN, r->x->scope_note, NULL);
}

static void told(nen__report *r) {
    nen__doc_group(&r->doc, "told");
    nen__head(&r->doc, 2, NEN_T_BOARD_TOLD);
    nen__report_told(r, false);
    nen__report_ignored(r);
    derived(r);
    nen__doc_group_end(&r->doc);
    if (r->doc.html) nen__svg_body(&r->doc, r->x);
}

void nen__report_board(nen__report *r) {
    const unsigned parts = r->style->parts;
    const bool full = nen__full_report(r);
    title(r);
    nen__report_warnings(r);
    if (full) nen__board_summary(r);
    if (full) told(r);
    if (parts & NEN_PART_STAGE) stage(r);
    if (parts & NEN_PART_GRADE) grade(r);
    if (parts & NEN_PART_OPTIONS) nen__board_options(r);
    if (parts & NEN_PART_OPTIONS) nen__board_reasons(r);
    if (parts & NEN_PART_OPTIONS) nen__board_flags(r);
    if (full) nen__board_course(r);
    if (parts & NEN_PART_QUESTIONS) {
        nen__head(&r->doc, 2, NEN_T_BOARD_QUESTIONS);
        nen__report_open_questions(r, QUESTIONS_SHOWN);
    }
    if (full) missing(r);
    nen__head(&r->doc, 2, NEN_T_BOARD_SOURCES);
    nen__doc_group(&r->doc, "sources");
    nen__report_citations(r);
    nen__doc_group_end(&r->doc);
    nen__report_version(r);
}
