/* report_board_summary.c - what a board reads first: a few lines. */
#include "report.h"

#include <string.h>

enum { TEXT_CAP = 512, QUESTIONS_SHOWN = 3 };

/* The value, or every value still possible: "I / III / IV". */
static const char *value_of(nen_label_kind kind, const nen_item *it, unsigned lang,
                            char text[TEXT_CAP]) {
    const char *value = nen__value_at_least(kind, it, text, TEXT_CAP);
    if (*value) return nen_translate(lang, value);
    nen__buf b = nen__buf_over(text, TEXT_CAP);
    nen__put_labels(&b, kind, it->possible, " / ", lang);
    if (!b.len) nen__put(&b, "-");
    nen__buf_end(&b);
    return text;
}

static void stage(nen__report *r) {
    const nen_staging *s = &r->x->staging;
    char t[TEXT_CAP], n[TEXT_CAP], m[TEXT_CAP], group[TEXT_CAP], spread[TEXT_CAP];
    nen__pair(&r->doc, NEN_T_BOARD_STAGE);
    if (s->settled != NEN_NOT_APPLICABLE) {
        nen__say(
            &r->doc, NEN_T_BOARD_SUM_STAGE,
            NEN__WITH(nen__as("t", value_of(NEN_LABEL_T, &s->t, r->doc.lang, t)),
                      nen__as("n", value_of(NEN_LABEL_N, &s->n, r->doc.lang, n)),
                      nen__as("m", value_of(NEN_LABEL_M, &s->m, r->doc.lang, m)),
                      nen__as("group",
                              value_of(NEN_LABEL_GROUP, &s->group, r->doc.lang, group)),
                      nen__as("system", nen_system_name(s->system)),
                      nen__as("settled", nen__settled_said(&r->doc, s->settled,
                                                           NEN_T_BOARD_NOT_STAGED))));
    } else {
        nen__say(&r->doc, NEN_T_BOARD_NOT_STAGED, NULL);
    }
    nen__say(&r->doc, NEN_T_BOARD_SUM_SPREAD,
             NEN__WITH(nen__as("spread", value_of(NEN_LABEL_SPREAD, &s->spread,
                                                  r->doc.lang, spread))));
    nen__doc_close(&r->doc);
}

static void grade(nen__report *r) {
    const nen_grading *g = &r->x->grading;
    char text[TEXT_CAP];
    nen__pair(&r->doc, NEN_T_BOARD_GRADE);
    nen__say(&r->doc, NEN_T_BOARD_SUM_GRADE,
             NEN__WITH(nen__as("value",
                               value_of(NEN_LABEL_GRADE, &g->grade, r->doc.lang, text)),
                       nen__as("settled", nen__settled_said(&r->doc, g->grade.settled,
                                                            NEN_T_BOARD_NOT_GRADED))));
    nen__doc_close(&r->doc);
}

/* Ids of the options of one status; those that go on today have a line of their own. */
typedef enum what { ANY, TREATMENT, CARE } what;

static void options(nen__report *r, unsigned term, unsigned status, bool current,
                    what want) {
    uint64_t set[NEN_WORDS_MAX / 64] = {0};
    bool any = false;
    for (unsigned i = 0; i < nen_option_count() && i < NEN_WORDS_MAX; i++) {
        const nen_option_result *o = &r->x->option[i];
        if (o->status != status || o->current != current) continue;
        if (want != ANY && nen__is_treatment(i) != (want == TREATMENT)) continue;
        if (status == NEN_OPTION_NEVER && !o->worth_telling) continue;
        set[i / 64] |= (uint64_t)1 << (i % 64);
        any = true;
    }
    if (!any) return;
    nen__pair(&r->doc, term);
    nen__board_option_ids(r, set);
    nen__doc_close(&r->doc);
}

static void open_questions(nen__report *r) {
    if (!r->x->questions) return;
    nen__pair(&r->doc, NEN_T_BOARD_SUM_OPEN);
    for (unsigned i = 0; i < r->x->questions && i < QUESTIONS_SHOWN; i++) {
        nen__doc_say(&r->doc, "%s%s", i ? ", " : "",
                     nen_field(r->x->question[i].field)->name);
    }
    nen__doc_close(&r->doc);
}

void nen__board_summary(nen__report *r) {
    nen__head(&r->doc, 2, NEN_T_BOARD_SUM);
    stage(r);
    grade(r);
    for (unsigned s = NEN_OPTION_NOT_NOW; s <= NEN_OPTION_FITS; s++)
        options(r, NEN_T_BOARD_SUM_CURRENT, s, true, ANY);
    options(r, NEN_T_BOARD_SUM_FITS, NEN_OPTION_FITS, false, TREATMENT);
    options(r, NEN_T_BOARD_SUM_CARE, NEN_OPTION_FITS, false, CARE);
    options(r, NEN_T_BOARD_SUM_CONDITIONAL, NEN_OPTION_CONDITIONAL, false, ANY);
    options(r, NEN_T_BOARD_SUM_NEEDS_TEST, NEN_OPTION_NEEDS_TEST, false, ANY);
    options(r, NEN_T_BOARD_SUM_NEVER, NEN_OPTION_NEVER, false, ANY);
    open_questions(r);
}
