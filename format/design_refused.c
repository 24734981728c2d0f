/* design_refused.c - why no trial of a design can be followed, in a sentence. */
#include "design.h"

#include <string.h>

static const char *site_name(unsigned site) {
    const nen_word_info *w = nen_word((unsigned)nen_field_find("site"), site);
    return w ? w->word : "";
}

static void say_plan(nen__design_reader *r, const nen__at *at,
                     const nen_refusal *refusal, const char *site, const char *grade) {
    const nen_row *row = nen_row_get(refusal->row);
    const char *name = r->out->arm[refusal->arm].name;
    const char *why = nen_text(0, refusal->row);
    if (row && !strcmp(row->table, "rules")) {
        (void)nen__design_fail(r, at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_FORBIDDEN,
                               NEN__WITH(nen__as("arm", name), nen__as("site", site),
                                         nen__as("grade", grade), nen__as("why", why),
                                         nen__as("rule", row->id)));
    } else {
        (void)nen__design_fail(r, at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_UNTRIED,
                               NEN__WITH(nen__as("arm", name), nen__as("site", site),
                                         nen__as("grade", grade), nen__as("why", why)));
    }
}

static void say(nen__design_reader *r, const nen_refusal *refusal) {
    const char *site = site_name(refusal->site);
    const char *grade = nen_label(NEN_LABEL_GRADE, refusal->grade);
    char path[] = "arms[0].plan";
    nen__at at;
    switch (refusal->what) {
        case NEN_REFUSED_PLAN:
            path[strlen("arms[")] = (char)('0' + refusal->arm);
            at = nen__design_find(r, path);
            say_plan(r, &at, refusal, site, grade);
            break;
        case NEN_REFUSED_LINE:
            at = nen__design_find(r, "population.line");
            (void)nen__design_fail(r, &at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_LINE_PRIOR,
                                   NULL);
            break;
        case NEN_REFUSED_KI67:
            at = nen__design_find(r, "population.ki67_pct");
            (void)nen__design_fail(r, &at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_KI67,
                                   NEN__WITH(nen__as("grade", grade)));
            break;
        case NEN_REFUSED_GRADE:
            at = nen__design_find(r, "population.grade");
            (void)nen__design_fail(
                r, &at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_GRADE_SITE,
                NEN__WITH(nen__as("grade", grade), nen__as("site", site)));
            break;
        default:
            at = nen__design_find(r, "population.site");
            (void)nen__design_fail(
                r, &at, NEN_ERR_IMPOSSIBLE, NEN_T_DESIGN_NO_MODEL,
                NEN__WITH(nen__as("site", site), nen__as("grade", grade),
                          nen__as("why", nen_text(0, refusal->row))));
    }
}

void nen_design_refused(const nen_design *design, const nen_refusal *refusal,
                        const char *text, size_t bytes, void *arena, size_t arena_bytes,
                        nen_error *error) {
    nen_design copy = *design; /* the reader of it may write */
    nen__design_reader r = {.out = &copy, .error = error};
    if (nen__tokens_read(text, bytes, arena, arena_bytes, &r.t, error) == NEN_OK)
        say(&r, refusal);
}
