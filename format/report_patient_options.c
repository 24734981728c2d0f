/* report_patient_options.c - what can be done, for the person. */
#include "report.h"

#include <string.h>

enum { TEXT_CAP = 1024, NAMES_SHOWN = 3 };

/* ---- groups ---- */

static unsigned count(const nen__report *r, const uint8_t *shown, unsigned n,
                      unsigned status, int want_treatment) {
    unsigned found = 0;
    for (unsigned i = 0; i < n; i++) {
        found +=
            r->x->option[shown[i]].status == status &&
            (want_treatment < 0 || nen__is_treatment(shown[i]) == (want_treatment > 0));
    }
    return found;
}

static void group(nen__report *r, const uint8_t *shown, unsigned n, unsigned status,
                  unsigned title, int want_treatment) {
    if (!count(r, shown, n, status, want_treatment)) return;
    nen__head(&r->doc, 3, title);
    for (unsigned i = 0; i < n; i++) {
        if (r->x->option[shown[i]].status != status ||
            nen__is_treatment(shown[i]) != (want_treatment > 0))
            continue;
        if (status == NEN_OPTION_FITS && want_treatment) {
            nen__option_card(r, shown[i]);
        } else {
            nen__option_brief(r, shown[i]);
        }
    }
}

static void never(nen__report *r, const uint8_t *shown, unsigned n) {
    if (!count(r, shown, n, NEN_OPTION_NEVER, -1)) return;
    nen__head(&r->doc, 3, NEN_T_OPTIONS_NEVER);
    for (unsigned i = 0; i < n; i++) {
        const nen_option_result *o = &r->x->option[shown[i]];
        if (o->status != NEN_OPTION_NEVER) continue;
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__doc_strong(&r->doc, nen__option_plain(shown[i], r->doc.lang));
        nen__doc_say(&r->doc, ".");
        if (o->againsts)
            nen__doc_say(&r->doc, " %s", nen__row_text(r, o->against[0].row));
        if (o->againsts) nen__refer(r, o->against[0].row);
        nen__refer_end(r);
        nen__doc_close(&r->doc);
    }
}

static void not_now(nen__report *r, const uint8_t *shown, unsigned n) {
    bool any = false;
    if (!count(r, shown, n, NEN_OPTION_NOT_NOW, -1)) return;
    nen__head(&r->doc, 3, NEN_T_OPTIONS_NOT_NOW);
    nen__doc_open(&r->doc, NEN__PARA);
    for (unsigned i = 0; i < n; i++) {
        if (r->x->option[shown[i]].status != NEN_OPTION_NOT_NOW) continue;
        nen__doc_say(&r->doc, "%s%s", any ? "; " : "",
                     nen__option_plain(shown[i], r->doc.lang));
        any = true;
    }
    nen__doc_say(&r->doc, ".");
    nen__doc_close(&r->doc);
}

/* ---- said once, beside the options of which it is said ---- */

static bool listed(const nen_option_result *o) {
    return o->status >= NEN_OPTION_NEEDS_TEST;
}

static uint16_t reason_row(const nen_option_result *o, unsigned i) {
    const bool counts = i < o->becauses && nen__reason_counts(o, i);
    return counts && listed(o) ? o->because[i].row : NEN_NONE;
}

static uint16_t flag_row(const nen_option_result *o, unsigned i) {
    return i < o->flagcount && listed(o) ? o->flag[i] : NEN_NONE;
}

/* A few names, then how many more. */
static void names(nen__report *r, const uint8_t *shown, unsigned n,
                  const nen__spoken *t) {
    char list[TEXT_CAP];
    unsigned found = 0;
    nen__buf b = nen__buf_over(list, sizeof list);
    for (unsigned i = 0; i < n; i++) {
        if (!nen__has(t->of, shown[i]) || ++found > NAMES_SHOWN) continue;
        nen__putf(&b, "%s%s", b.len ? "; " : "",
                  nen__option_plain(shown[i], r->doc.lang));
    }
    nen__buf_end(&b);
    if (found > NAMES_SHOWN) {
        nen__say(&r->doc, NEN_T_OPTIONS_FOR_MORE,
                 NEN__WITH(nen__as("names", list),
                           nen__as_number("count", found - NAMES_SHOWN)));
    } else {
        nen__say(&r->doc, NEN_T_OPTIONS_FOR, NEN__WITH(nen__as("names", list)));
    }
}

/* Rows that speak of the same options make one item. */
static void once(nen__report *r, const uint8_t *shown, unsigned n, nen__row_of rows) {
    nen__spoken all[NEN__SPOKEN_MAX];
    const unsigned count = nen__gather(r->x, shown, n, rows, all);
    for (unsigned i = 0; i < count; i++) {
        if (all[i].row == NEN_NONE) continue;
        nen__doc_open(&r->doc, NEN__ITEM);
        names(r, shown, n, &all[i]);
        for (unsigned k = i; k < count; k++) {
            const uint16_t row = all[k].row;
            if (row == NEN_NONE || memcmp(all[k].of, all[i].of, sizeof all[k].of) != 0)
                continue;
            nen__doc_say(&r->doc, " %s", nen__row_text(r, row));
            nen__refer(r, row);
            all[k].row = NEN_NONE; /* said */
        }
        nen__refer_end(r);
        nen__doc_close(&r->doc);
    }
}

static void cautions(nen__report *r, const uint8_t *shown, unsigned n) {
    bool any = false;
    for (unsigned i = 0; i < n; i++)
        any |= flag_row(&r->x->option[shown[i]], 0) != NEN_NONE;
    if (!any) return;
    nen__head(&r->doc, 3, NEN_T_OPTIONS_CAUTIONS);
    once(r, shown, n, flag_row);
}

static void reasons(nen__report *r, const uint8_t *shown, unsigned n) {
    if (!n || !nen__fold(r, NEN_T_OPTIONS_REASONS)) return;
    if (!r->doc.html) nen__head(&r->doc, 3, NEN_T_OPTIONS_REASONS);
    once(r, shown, n, reason_row);
    nen__fold_end(r);
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
        nen__doc_open(&r->doc, NEN__ITEM);
        nen__doc_say(&r->doc, "%s",
                     nen__worded(&r->doc, plain ? row->plain : row->text));
        nen__refer(r, (unsigned)nen_row_find(row->id));
        nen__refer_end(r);
        nen__doc_close(&r->doc);
    }
}

void nen__patient_options(nen__report *r) {
    uint8_t shown[NEN_WORDS_MAX];
    const unsigned n = nen__options_told(r->x, r->style, shown);
    nen__head(&r->doc, 2, NEN_T_OPTIONS_TITLE);
    nen__line(&r->doc, NEN__PARA, NEN_T_OPTIONS_NOTE, NULL);
    case_flags(r);
    group(r, shown, n, NEN_OPTION_FITS, NEN_T_OPTIONS_FITS, 1);
    group(r, shown, n, NEN_OPTION_FITS, NEN_T_OPTIONS_FITS_CARE, 0);
    group(r, shown, n, NEN_OPTION_CONDITIONAL, NEN_T_OPTIONS_CONDITIONAL, 1);
    group(r, shown, n, NEN_OPTION_CONDITIONAL, NEN_T_OPTIONS_CONDITIONAL_CARE, 0);
    group(r, shown, n, NEN_OPTION_NEEDS_TEST, NEN_T_OPTIONS_NEEDS_TEST, 1);
    group(r, shown, n, NEN_OPTION_NEEDS_TEST, NEN_T_OPTIONS_NEEDS_TEST_CARE, 0);
    cautions(r, shown, n);
    reasons(r, shown, n);
    never(r, shown, n);
    not_now(r, shown, n);
    if (!n) nen__line(&r->doc, NEN__PARA, NEN_T_OPTIONS_NONE, NULL);
}
