/* report_patient.c - the report in plain words. */
#include "report.h"

#include <string.h>

enum { QUESTIONS_SHOWN = 5, VISIT_QUESTIONS = 8, MISSING_SHOWN = 10, TEXT_CAP = 512 };

/* ---- where it started ---- */

static void where(nen__report *r) {
    const int site = nen_field_find("site");
    char name[TEXT_CAP];
    nen__doc *d = &r->doc;
    nen__doc_head(d, 2, "Where did it start?");
    if (d->html) nen__svg_body(d->out, r->x);
    if (site < 0 || !nen__told(&r->x->facts, (unsigned)site)) {
        nen__doc_line(d, NEN__PARA,
                      "You did not tell us. The start place decides most of the "
                      "options, so it is a good first question.");
        return;
    }
    nen__buf b = nen__buf_over(name, sizeof name);
    nen__put_value_words(&b, &r->x->facts, (unsigned)site, true);
    nen__buf_end(&b);
    nen__doc_open(d, NEN__PARA);
    nen__doc_say(d, "You told us: ");
    nen__doc_strong(d, name);
    nen__doc_say(d, ". Doctors call this the primary tumor. Even after it spreads, it "
                    "keeps the name of the place where it started.");
    nen__doc_close(d);
    if (!r->x->in_scope)
        nen__doc_line(d, NEN__WARN, "%s", nen_text(0, r->x->scope_note));
}

/* ---- stage ---- */

static const char *spread_sentence(unsigned label) {
    const char *word = nen_label(NEN_LABEL_SPREAD, label);
    if (!strcmp(word, "localized"))
        return "From what you told us, it is only in the place where it started. "
               "Surgery may be talked about first.";
    if (!strcmp(word, "regional"))
        return "It has reached nearby lymph nodes or tissue, but not far parts of "
               "the body.";
    if (!strcmp(word, "distant"))
        return "It has spread to other parts of the body. Treatment then often works "
               "on the whole body.";
    return "We cannot tell yet if it has spread.";
}

static void mets(nen__report *r) {
    const int field = nen_field_find("metastases");
    char text[TEXT_CAP];
    if (field < 0 || !nen__told(&r->in->c, (unsigned)field)) return;
    const nen_value *v = &r->in->c.field[field];
    if (!nen__count_bits(v->set, nen_field((unsigned)field)->words)) return;
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_value_words(&b, &r->in->c, (unsigned)field, true);
    nen__buf_end(&b);
    nen__doc_line(&r->doc, NEN__PARA, "Spread you told us about: %s.", text);
}

static const char *system_plain(unsigned system) {
    static const char *const names[] = {
        "no staging system", "the AJCC 8 rules", "the AJCC version 9 rules",
        "the European (ENETS) rules", "the rules for other cancers of that organ"};
    return system <= NEN_SYSTEM_CARCINOMA ? names[system] : names[0];
}

static void possible_sentence(nen__report *r, nen_label_kind kind, uint64_t set,
                              const char *what) {
    char text[TEXT_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_labels(&b, kind, set, ", ");
    nen__buf_end(&b);
    nen__doc_line(&r->doc, NEN__PARA, "%s could still be one of: %s.", what, text);
}

static void stage_group(nen__report *r) {
    const nen_staging *s = &r->x->staging;
    const char *group = nen_label(NEN_LABEL_GROUP, s->group.value);
    if (s->settled == NEN_NOT_APPLICABLE) {
        nen__doc_line(&r->doc, NEN__PARA, "This kind of tumor gets no stage number.");
    } else if (*group) {
        nen__doc_open(&r->doc, NEN__PARA);
        nen__doc_strong(&r->doc, "Stage ");
        nen__doc_strong(&r->doc, group);
        nen__doc_say(&r->doc,
                     ", by %s. Stages go from I (small, in one place) to IV "
                     "(spread to far parts of the body).",
                     system_plain(s->system));
        nen__doc_close(&r->doc);
    } else if (s->settled == NEN_POSSIBLE) {
        possible_sentence(r, NEN_LABEL_GROUP, s->group.possible, "The stage number");
    } else {
        nen__doc_line(&r->doc, NEN__PARA, "There is not enough to name a stage yet.");
    }
    if (s->alternatives)
        nen__doc_line(&r->doc, NEN__NOTE,
                      "Other rules may give another stage for the same facts. Ask "
                      "which rules your team uses.");
}

static void stage(nen__report *r) {
    nen__doc_head(&r->doc, 2, "Has it spread? (the stage)");
    if (r->doc.html) nen__svg_stage(r->doc.out, r->x);
    nen__doc_line(&r->doc, NEN__PARA, "%s",
                  spread_sentence(r->x->staging.spread.value));
    mets(r);
    stage_group(r);
    nen__doc_line(&r->doc, NEN__NOTE,
                  "Stage and grade are two different things. The stage says where the "
                  "tumor is. The grade says how fast its cells divide.");
    nen__use_stage(&r->used, r->x);
}

/* ---- grade ---- */

static const struct {
    const char *label, *text;
} grade_words[] = {
    {"G1", "Grade 1. The cells divide slowly. Many people live with it for a long "
           "time."},
    {"G2", "Grade 2. The cells divide a bit faster than in grade 1. It is most often "
           "treated like grade 1."},
    {"G3", "Grade 3. The cells divide fast. It is treated in its own way."},
    {"GX", "The report gives too little to name a grade yet."},
    {"NEC", "Neuroendocrine carcinoma (NEC). It is a fast type, and it is treated in "
            "its own way."},
    {"LCNEC", "Large cell neuroendocrine carcinoma. It is a fast type."},
    {"SCLC", "Small cell carcinoma. It is a fast type."},
    {"TC", "Typical carcinoid. It is the slow type in the chest."},
    {"AC", "Atypical carcinoid. It is faster than the typical type in the chest."},
    {"carcinoid_nos", "A carcinoid. The report does not say if it is the slow or the "
                      "faster type."},
    {"elevated", "A carcinoid whose cells divide faster than is usual."},
    {"tumourlet", "A tiny growth in the lung, too small to be called a tumor."},
};

static void grade_value(nen__report *r, const nen_grading *g) {
    const char *label = nen_label(NEN_LABEL_GRADE, g->grade.value);
    for (unsigned i = 0; i < sizeof grade_words / sizeof *grade_words; i++)
        if (!strcmp(label, grade_words[i].label)) {
            nen__doc_line(&r->doc, NEN__PARA, "%s", grade_words[i].text);
            return;
        }
    if (g->grade.settled == NEN_NOT_APPLICABLE)
        nen__doc_line(&r->doc, NEN__PARA, "This kind of tumor is not graded this way.");
    else if (g->grade.settled == NEN_POSSIBLE)
        possible_sentence(r, NEN_LABEL_GRADE, g->grade.possible, "The grade");
    else
        nen__doc_line(
            &r->doc, NEN__PARA,
            "We cannot tell yet. The lab report of the tumor has it: look for "
            "grade, Ki-67 and mitoses.");
}

static void grade_notes(nen__report *r, const nen_grading *g) {
    for (unsigned i = 0; i < g->rows.count; i++) {
        const nen_row *row = nen_row_get(g->rows.row[i]);
        if (row && !strcmp(row->table, "grade_notes") && !nen__empty(row->plain))
            nen__doc_line(&r->doc, NEN__NOTE, "%s", row->plain);
    }
    if (g->borderline)
        nen__doc_line(&r->doc, NEN__NOTE,
                      "The result is close to the line between two grades. A second "
                      "look at the sample may be worth asking for.");
    if (g->minen)
        nen__doc_line(&r->doc, NEN__NOTE,
                      "Your tumor has two parts. Each part is graded on its own.");
}

static void grade(nen__report *r) {
    const nen_grading *g = &r->x->grading;
    nen__doc_head(&r->doc, 2, "What grade is it?");
    if (r->doc.html) nen__svg_grade(r->doc.out, r->x);
    grade_value(r, g);
    grade_notes(r, g);
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
        nen__doc_strong(&r->doc, nen__cell("questions", i, "text"));
        nen__doc_say(&r->doc, " %s", nen__cell("questions", i, "why"));
        nen__doc_close(&r->doc);
        nen__use_id(&r->used, nen__cell("questions", i, "id"));
        shown++;
    }
    return shown;
}

static void questions(nen__report *r) {
    nen__doc_head(&r->doc, 2, "What would change this most");
    nen__report_open_questions(r, QUESTIONS_SHOWN);
    if (!nen__full_report(r)) return;
    nen__doc_head(&r->doc, 2, "Questions to take to your visit");
    const unsigned shown = visit_questions(r, false, VISIT_QUESTIONS / 2);
    visit_questions(r, true, VISIT_QUESTIONS - shown);
}

/* ---- what was not told, and how sure ---- */

static void missing(nen__report *r) {
    unsigned shown = 0, all = 0;
    char name[TEXT_CAP];
    nen__doc_head(&r->doc, 2, "What we were not told");
    for (unsigned i = 0; i < nen_field_count(); i++) {
        if (!nen__has(r->x->not_told, i) || nen_field(i)->derived) continue;
        if (++all > MISSING_SHOWN) continue;
        nen__buf b = nen__buf_over(name, sizeof name);
        nen__put_field_name(&b, i, true);
        nen__buf_end(&b);
        nen__doc_line(&r->doc, NEN__ITEM, "%s", name);
        shown++;
    }
    if (all > shown)
        nen__doc_line(&r->doc, NEN__NOTE, "Also not told: %u more, of less weight.",
                      all - shown);
    if (!all) nen__doc_line(&r->doc, NEN__PARA, "Nothing that matters here.");
}

static const char *sure_words(unsigned settled) {
    static const char *const words[] = {
        "not known yet", "open: more than one answer is possible",
        "a best guess by a usual rule, until more is known",
        "settled by what you told us", "does not apply"};
    return settled <= NEN_NOT_APPLICABLE ? words[settled] : words[0];
}

static void convention(nen__report *r, unsigned row) {
    if (row == NEN_NONE || !nen_row_get(row)) return;
    nen__doc_line(&r->doc, NEN__NOTE, "The usual rule used: %s", nen__row_text(r, row));
    nen__show_row(r, row);
}

static unsigned unverified(const nen__report *r) {
    unsigned n = 0;
    for (unsigned i = 0; i < nen_row_count(); i++)
        n += nen__uses(&r->used, i) && !strcmp(nen_row_get(i)->status, "unverified");
    return n;
}

static void how_sure(nen__report *r) {
    const nen_staging *s = &r->x->staging;
    nen__doc_head(&r->doc, 2, "How sure is this?");
    nen__doc_line(&r->doc, NEN__ITEM, "Grade: %s.",
                  sure_words(r->x->grading.grade.settled));
    convention(r, r->x->grading.grade.convention);
    nen__doc_line(&r->doc, NEN__ITEM, "Stage: %s.", sure_words(s->settled));
    convention(r, s->t.convention);
    convention(r, s->n.convention);
    convention(r, s->m.convention);
    convention(r, s->group.convention);
    const unsigned n = unverified(r);
    if (n)
        nen__doc_line(&r->doc, NEN__ITEM,
                      "%u of the facts used are not yet checked against their source. "
                      "They are marked below.",
                      n);
    nen__doc_line(&r->doc, NEN__ITEM,
                  "Your doctors know more about you than this sheet does. If they "
                  "differ, ask them why.");
}

void nen__report_patient(nen__report *r) {
    const unsigned parts = r->style->parts;
    const bool full = nen__full_report(r);
    r->doc.collect = true;
    nen__doc_head(&r->doc, 1, "Your neuroendocrine tumor, in plain words");
    nen__doc_line(&r->doc, NEN__LEAD, "%s", NEN_NOTICE);
    nen__report_warnings(r);
    if (full) where(r);
    if (parts & NEN_PART_STAGE) stage(r);
    if (parts & NEN_PART_GRADE) grade(r);
    if (parts & NEN_PART_OPTIONS) nen__patient_options(r);
    if (full) nen__patient_hormones(r);
    if (parts & NEN_PART_QUESTIONS) questions(r);
    if (full) nen__report_told(r, true);
    if (full) missing(r);
    if (full) how_sure(r);
    nen__report_words(r);
    nen__report_sources(r);
}
