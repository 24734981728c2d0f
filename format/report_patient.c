/* report_patient.c - the report in plain words. */
#include "report.h"

#include <string.h>

enum { QUESTIONS_SHOWN = 5, VISIT_QUESTIONS = 6, MISSING_SHOWN = 10, TEXT_CAP = 512 };

/* ---- where it started ---- */

static void where(nen__report *r) {
    const int site = nen_field_find("site");
    char name[TEXT_CAP];
    nen__doc *d = &r->doc;
    nen__head(d, 2, NEN_T_WHERE_TITLE);
    if (d->html) nen__svg_body(d, r->x);
    if (site < 0 || !nen__told(&r->x->facts, (unsigned)site)) {
        nen__line(d, NEN__PARA, NEN_T_WHERE_UNTOLD, NULL);
        return;
    }
    const nen__voice voice = {true, d->lang};
    nen__buf b = nen__buf_over(name, sizeof name);
    nen__put_value_words(&b, &r->x->facts, (unsigned)site, &voice);
    nen__buf_end(&b);
    nen__line(d, NEN__PARA, NEN_T_WHERE_TOLD, NEN__WITH(nen__as("site", name)));
    if (!r->x->in_scope) nen__line(d, NEN__WARN, r->x->scope_note, NULL);
}

/* ---- stage ---- */

static uint16_t spread_sentence(const nen_staging *s) {
    const char *word = nen_label(NEN_LABEL_SPREAD, s->spread.value);
    const bool m0 = !strcmp(nen_label(NEN_LABEL_M, s->m.value), "M0");
    if (!strcmp(word, "localized")) return NEN_T_SPREAD_LOCALIZED;
    if (!strcmp(word, "regional")) return NEN_T_SPREAD_REGIONAL;
    if (!strcmp(word, "distant")) return NEN_T_SPREAD_DISTANT;
    return m0 ? NEN_T_SPREAD_NOT_FAR : NEN_T_SPREAD_UNKNOWN;
}

static void mets(nen__report *r) {
    const int field = nen_field_find("metastases");
    char text[TEXT_CAP];
    if (field < 0 || !nen__told(&r->in->c, (unsigned)field)) return;
    const nen_value *v = &r->in->c.field[field];
    if (!nen__count_bits(v->set, nen_field((unsigned)field)->words)) return;
    const nen__voice voice = {true, r->doc.lang};
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_value_words(&b, &r->in->c, (unsigned)field, &voice);
    nen__buf_end(&b);
    nen__line(&r->doc, NEN__PARA, NEN_T_SPREAD_PLACES,
              NEN__WITH(nen__as("places", text)));
}

static uint16_t system_plain(unsigned system) {
    static const uint16_t names[] = {NEN_T_SYSTEM_NONE, NEN_T_SYSTEM_AJCC8,
                                     NEN_T_SYSTEM_AJCC9, NEN_T_SYSTEM_ENETS,
                                     NEN_T_SYSTEM_CARCINOMA};
    return system <= NEN_SYSTEM_CARCINOMA ? names[system] : names[0];
}

static const char *possible_labels(nen_label_kind kind, uint64_t set,
                                   char text[TEXT_CAP]) {
    nen__buf b = nen__buf_over(text, TEXT_CAP);
    nen__put_labels(&b, kind, set, ", ", 0); /* stage numbers */
    nen__buf_end(&b);
    return text;
}

static void refer_rows(nen__report *r, const nen_rows *rows) {
    for (unsigned i = 0; i < rows->count; i++)
        nen__refer(r, rows->row[i]);
}

static void stage_group(nen__report *r) {
    char labels[TEXT_CAP];
    const nen_staging *s = &r->x->staging;
    const char *group = nen_label(NEN_LABEL_GROUP, s->group.value);
    nen__doc_open(&r->doc, NEN__PARA);
    if (s->settled == NEN_NOT_APPLICABLE) {
        nen__say(&r->doc, NEN_T_STAGE_NONE, NULL);
    } else if (*group) {
        nen__say(
            &r->doc, NEN_T_STAGE_GROUP,
            NEN__WITH(nen__as("group", group),
                      nen__as("system", nen__said(&r->doc, system_plain(s->system)))));
    } else if (s->settled == NEN_POSSIBLE) {
        nen__say(
            &r->doc, NEN_T_STAGE_POSSIBLE,
            NEN__WITH(nen__as("labels", possible_labels(NEN_LABEL_GROUP,
                                                        s->group.possible, labels))));
    } else {
        nen__say(&r->doc, NEN_T_STAGE_UNKNOWN, NULL);
    }
    refer_rows(r, &s->rows);
    nen__refer_end(r);
    nen__doc_close(&r->doc);
    if (s->alternatives) nen__line(&r->doc, NEN__NOTE, NEN_T_STAGE_OTHER, NULL);
}

static void stage(nen__report *r) {
    nen__head(&r->doc, 2, NEN_T_STAGE_TITLE);
    if (r->doc.html) nen__svg_stage(&r->doc, r->x);
    nen__line(&r->doc, NEN__PARA, spread_sentence(&r->x->staging), NULL);
    mets(r);
    stage_group(r);
    nen__use_stage(&r->used, r->x);
}

/* ---- grade ---- */

static const struct {
    const char *label;
    uint16_t sentence, name;
} grade_words[] = {
    {"G1", NEN_T_GRADE_G1, NEN_T_GRADE_NAME_G1},
    {"G2", NEN_T_GRADE_G2, NEN_T_GRADE_NAME_G2},
    {"G3", NEN_T_GRADE_G3, NEN_T_GRADE_NAME_G3},
    {"GX", NEN_T_GRADE_GX, NEN_T_GRADE_NAME_GX},
    {"NEC", NEN_T_GRADE_NEC, NEN_T_GRADE_NAME_NEC},
    {"LCNEC", NEN_T_GRADE_LCNEC, NEN_T_GRADE_NAME_LCNEC},
    {"SCLC", NEN_T_GRADE_SCLC, NEN_T_GRADE_NAME_SCLC},
    {"TC", NEN_T_GRADE_TC, NEN_T_GRADE_NAME_TC},
    {"AC", NEN_T_GRADE_AC, NEN_T_GRADE_NAME_AC},
    {"carcinoid_nos", NEN_T_GRADE_CARCINOID_NOS, NEN_T_GRADE_NAME_CARCINOID_NOS},
    {"elevated", NEN_T_GRADE_ELEVATED, NEN_T_GRADE_NAME_ELEVATED},
    {"tumourlet", NEN_T_GRADE_TUMOURLET, NEN_T_GRADE_NAME_TUMOURLET},
};

/* Row of grade_words, or -1: no words for it. */
static int grade_row(const char *label) {
    for (unsigned i = 0; i < sizeof grade_words / sizeof *grade_words; i++)
        if (!strcmp(label, grade_words[i].label)) return (int)i;
    return -1;
}

/* Every grade still possible, in plain words. */
static const char *possible_grades(const nen__doc *d, uint64_t set,
                                   char text[TEXT_CAP]) {
    nen__buf b = nen__buf_over(text, TEXT_CAP);
    for (unsigned i = 0; i < 64; i++) {
        if (!(set >> i & 1)) continue;
        const int row = grade_row(nen_label(NEN_LABEL_GRADE, i));
        const uint16_t name = row < 0 ? NEN_T_GRADE_NAME_NONE : grade_words[row].name;
        nen__put(&b, b.len ? "; " : "");
        nen__put(&b, nen__said(d, name));
    }
    nen__buf_end(&b);
    return text;
}

static void grade_value(nen__report *r, const nen_grading *g) {
    char labels[TEXT_CAP];
    const int known = grade_row(nen_label(NEN_LABEL_GRADE, g->grade.value));
    nen__doc_open(&r->doc, NEN__PARA);
    if (known >= 0) {
        nen__say(&r->doc, grade_words[known].sentence, NULL);
    } else if (g->grade.settled == NEN_NOT_APPLICABLE) {
        nen__say(&r->doc, NEN_T_GRADE_NONE, NULL);
    } else if (g->grade.settled == NEN_POSSIBLE) {
        nen__say(&r->doc, NEN_T_GRADE_POSSIBLE,
                 NEN__WITH(nen__as(
                     "labels", possible_grades(&r->doc, g->grade.possible, labels))));
    } else {
        nen__say(&r->doc, NEN_T_GRADE_UNKNOWN, NULL);
    }
    refer_rows(r, &g->rows);
    nen__refer_end(r);
    nen__doc_close(&r->doc);
}

static void grade_notes(nen__report *r, const nen_grading *g) {
    for (unsigned i = 0; i < g->rows.count; i++) {
        const nen_row *row = nen_row_get(g->rows.row[i]);
        if (row && !strcmp(row->table, "grade_notes") && !nen__empty(row->plain))
            nen__doc_line(&r->doc, NEN__NOTE, "%s", nen__worded(&r->doc, row->plain));
    }
    if (g->borderline) nen__line(&r->doc, NEN__NOTE, NEN_T_GRADE_BORDERLINE, NULL);
    if (g->minen) nen__line(&r->doc, NEN__NOTE, NEN_T_GRADE_MINEN, NULL);
}

static void grade(nen__report *r) {
    const nen_grading *g = &r->x->grading;
    nen__head(&r->doc, 2, NEN_T_GRADE_TITLE);
    if (r->doc.html) nen__svg_grade(&r->doc, r->x);
    grade_value(r, g);
    grade_notes(r, g);
    nen__line(&r->doc, NEN__NOTE, NEN_T_STAGE_AND_GRADE, NULL);
    nen__use_grade(&r->used, r->x);
}

/* ---- questions ---- */

static bool visit_row_fits(const nen__report *r, unsigned row, bool general) {
    const char *name = nen__cell("questions", row, "field");
    if (!*name) return general;
    const int field = nen_field_find(name);
    return !general && field >= 0 && nen__has(r->x->not_told, (unsigned)field) &&
           !nen__told(&r->in->c, (unsigned)field);
}

static unsigned visit_questions(nen__report *r, bool general, unsigned room) {
    const int t = nen_table_find("questions");
    const unsigned rows = t < 0 ? 0 : nen_table_get((unsigned)t)->rows;
    unsigned shown = 0;
    for (unsigned i = 0; i < rows && shown < room; i++) {
        if (!visit_row_fits(r, i, general)) continue;
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__doc_strong(&r->doc,
                        nen__worded(&r->doc, nen__cell("questions", i, "text")));
        nen__doc_say(&r->doc, " %s",
                     nen__worded(&r->doc, nen__cell("questions", i, "why")));
        nen__doc_close(&r->doc);
        nen__use_id(&r->used, nen__cell("questions", i, "id"));
        shown++;
    }
    return shown;
}

static void questions(nen__report *r) {
    nen__head(&r->doc, 2, NEN_T_QUESTIONS_TITLE);
    nen__report_open_questions(r, QUESTIONS_SHOWN);
    if (!nen__full_report(r)) return;
    nen__head(&r->doc, 2, NEN_T_VISIT_TITLE);
    const unsigned shown = visit_questions(r, false, VISIT_QUESTIONS / 2);
    visit_questions(r, true, VISIT_QUESTIONS - shown);
}

/* ---- what was not told, and how sure ---- */

/* Asked above, among the open questions? */
static bool asked(const nen__report *r, unsigned field) {
    unsigned shown = 0;
    for (unsigned i = 0; i < r->x->questions && shown < QUESTIONS_SHOWN; i++) {
        if (nen__empty(nen_field(r->x->question[i].field)->question)) continue;
        if (r->x->question[i].field == field) return true;
        shown++;
    }
    return false;
}

static bool lacks(const nen__report *r, unsigned field) {
    return nen__has(r->x->not_told, field) && !nen_field(field)->derived &&
           !asked(r, field);
}

static void missing(nen__report *r) {
    const nen__voice voice = {true, r->doc.lang};
    unsigned all = 0, lacking = 0;
    for (unsigned i = 0; i < nen_field_count(); i++)
        lacking += lacks(r, i);
    if (!lacking) return;
    nen__head(&r->doc, 2, NEN_T_MISSING_TITLE);
    nen__doc_open(&r->doc, NEN__PARA);
    for (unsigned i = 0; i < nen_field_count(); i++) {
        char name[TEXT_CAP];
        if (!lacks(r, i)) continue;
        if (++all > MISSING_SHOWN) continue;
        nen__buf b = nen__buf_over(name, sizeof name);
        nen__put_field_name(&b, i, &voice);
        nen__buf_end(&b);
        nen__doc_say(&r->doc, "%s%s", all > 1 ? "; " : "", name);
    }
    nen__doc_say(&r->doc, ".");
    if (all > MISSING_SHOWN) {
        nen__say_more(&r->doc, NEN_T_MISSING_MORE,
                      NEN__WITH(nen__as_number("count", all - MISSING_SHOWN)));
    }
    nen__doc_close(&r->doc);
}

static const char *sure_words(const nen__report *r, unsigned settled) {
    static const uint16_t words[] = {NEN_T_SURE_UNKNOWN, NEN_T_SURE_POSSIBLE,
                                     NEN_T_SURE_PROVISIONAL, NEN_T_SURE_DECIDED,
                                     NEN_T_SURE_NOT_APPLICABLE};
    return nen__said(&r->doc,
                     settled <= NEN_NOT_APPLICABLE ? words[settled] : words[0]);
}

static void convention(nen__report *r, unsigned row) {
    if (row == NEN_NONE || !nen_row_get(row)) return;
    nen__line(&r->doc, NEN__NOTE, NEN_T_SURE_CONVENTION,
              NEN__WITH(nen__as("rule", nen__row_text(r, row))));
    nen__show_row(r, row);
}

/* What stood in for T, N or M matters only while the stage is not settled. */
static void stage_conventions(nen__report *r, const nen_staging *s) {
    if (s->group.settled == NEN_DECIDED) return;
    convention(r, s->t.convention);
    convention(r, s->n.convention);
    convention(r, s->m.convention);
    convention(r, s->group.convention);
}

static unsigned unverified(const nen__report *r) {
    unsigned n = 0;
    for (unsigned i = 0; i < nen_row_count(); i++)
        n += nen__uses(&r->used, i) && !strcmp(nen_row_get(i)->status, "unverified");
    return n;
}

static unsigned facts_told(const nen__report *r) {
    unsigned n = 0;
    for (unsigned i = 0; i < nen_field_count(); i++) {
        n += nen_field(i)->type != NEN_TYPE_TEXT && !nen_field(i)->derived &&
             nen__told(&r->in->c, i);
    }
    return n;
}

static void unchecked(nen__report *r) {
    const unsigned n = unverified(r);
    if (n == 1) nen__line(&r->doc, NEN__ITEM, NEN_T_SURE_UNVERIFIED_ONE, NULL);
    if (n > 1) {
        nen__line(&r->doc, NEN__ITEM, NEN_T_SURE_UNVERIFIED,
                  NEN__WITH(nen__as_number("count", n)));
    }
}

static void how_sure(nen__report *r) {
    const nen_staging *s = &r->x->staging;
    nen__head(&r->doc, 2, NEN_T_SURE_TITLE);
    nen__line(&r->doc, NEN__ITEM, NEN_T_SURE_TOLD,
              NEN__WITH(nen__as_number("count", facts_told(r))));
    nen__line(&r->doc, NEN__ITEM, NEN_T_SURE_GRADE,
              NEN__WITH(nen__as("how", sure_words(r, r->x->grading.grade.settled))));
    convention(r, r->x->grading.grade.convention);
    nen__line(&r->doc, NEN__ITEM, NEN_T_SURE_STAGE,
              NEN__WITH(nen__as("how", sure_words(r, s->settled))));
    stage_conventions(r, s);
    unchecked(r);
    nen__line(&r->doc, NEN__ITEM, NEN_T_SURE_DOCTORS, NULL);
}

static void answers(nen__report *r) {
    const unsigned parts = r->style->parts;
    nen__doc_group(&r->doc, "answers");
    if (nen__full_report(r)) where(r);
    if (parts & NEN_PART_STAGE) stage(r);
    if (parts & NEN_PART_GRADE) grade(r);
    nen__doc_group_end(&r->doc);
}

static void told(nen__report *r) {
    if (!nen__fold_section(r, NEN_T_TOLD_TITLE)) return;
    nen__report_told(r, true);
    nen__fold_end(r);
}

static void words(nen__report *r) {
    r->doc.collect = false;
    if (!r->doc.terms || !nen__fold_section(r, NEN_T_WORDS_TITLE)) return;
    nen__report_words(r);
    nen__fold_end(r);
}

void nen__report_patient(nen__report *r) {
    const unsigned parts = r->style->parts;
    const bool whole = nen__full_report(r);
    r->doc.collect = true;
    nen__head(&r->doc, 1, NEN_T_PATIENT_TITLE);
    nen__line(&r->doc, NEN__LEAD, NEN_T_NOTICE, NULL);
    nen__report_warnings(r);
    nen__report_ignored(r);
    answers(r);
    if (parts & NEN_PART_OPTIONS) nen__patient_options(r);
    if (whole) nen__patient_hormones(r);
    if (whole) nen__patient_course(r);
    if (parts & NEN_PART_QUESTIONS) questions(r);
    if (whole) missing(r);
    if (whole) how_sure(r);
    if (whole) told(r);
    words(r);
    if (whole) nen__patient_life(r);
    nen__patient_sources(r);
    if (!r->doc.html && !r->style->full)
        nen__line(&r->doc, NEN__PARA, NEN_T_PATIENT_FULL, NULL);
    nen__report_version(r);
}
