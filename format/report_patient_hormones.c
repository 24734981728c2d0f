/* report_patient_hormones.c - which hormones the tumor makes, for the person. */
#include "report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *tail(const char *id) {
    const char *dot = strrchr(id, '.');
    return dot ? dot + 1 : id;
}

/* A cell that is a list (" | " between) as words with commas. */
static void pair(nen__report *r, unsigned term, const char *cell) {
    static const char between[] = " | ";
    if (!*cell) return;
    cell = nen__worded(&r->doc, cell);
    nen__pair(&r->doc, term);
    while (*cell) {
        const char *bar = strstr(cell, between);
        const size_t bytes = bar ? (size_t)(bar - cell) : strlen(cell);
        nen__doc_feed(&r->doc, cell, bytes);
        if (bar) nen__doc_say(&r->doc, ", ");
        cell += bytes + (bar ? sizeof between - 1 : 0);
    }
    nen__doc_close(&r->doc);
}

static void refer_id(nen__report *r, const char *id) {
    const int row = nen_row_find(id);
    if (row >= 0) nen__refer(r, (unsigned)row);
}

static bool syndrome(nen__report *r, const char *word) {
    const int t = nen_table_find("syndromes");
    const unsigned rows = t < 0 ? 0 : nen_table_get((unsigned)t)->rows;
    for (unsigned i = 0; i < rows; i++) {
        const char *id = nen__cell("syndromes", i, "id");
        if (strcmp(tail(id), word) != 0) continue;
        nen__doc_open(&r->doc, NEN__PARA);
        nen__doc_strong(&r->doc,
                        nen__worded(&r->doc, nen__cell("syndromes", i, "name")));
        nen__doc_say(&r->doc, ". %s.",
                     nen__worded(&r->doc, nen__cell("syndromes", i, "plain")));
        refer_id(r, id);
        nen__refer_end(r);
        nen__doc_close(&r->doc);
        pair(r, NEN_T_SYNDROME_SIGNS, nen__cell("syndromes", i, "symptoms"));
        pair(r, NEN_T_SYNDROME_DANGER, nen__cell("syndromes", i, "danger"));
        if (nen__fold(r, NEN_T_SYNDROME_MORE)) {
            pair(r, NEN_T_SYNDROME_HORMONE, nen__cell("syndromes", i, "hormone"));
            pair(r, NEN_T_SYNDROME_HELPS, nen__cell("syndromes", i, "treatment"));
            nen__fold_end(r);
        }
        return true;
    }
    return false;
}

/* ---- how many people have it ---- */

static const char share_table[] = "functioning_share";

typedef struct share {
    double lo_pct, hi_pct; /* over the sources that were read */
} share;

static bool speaks_of_site(const nen__report *r, unsigned row) {
    return nen__site_fits(r->x, nen__cell(share_table, row, "sites"));
}

/* The span of all sources; a lower end of 0 means "up to" and is no figure. */
static share span(nen__report *r, unsigned rows) {
    share s = {INFINITY, 0};
    for (unsigned i = 0; i < rows; i++) {
        if (!speaks_of_site(r, i)) continue;
        if (!strcmp(nen__cell(share_table, i, "status"), "unverified")) continue;
        const double lo = strtod(nen__cell(share_table, i, "lo_pct"), NULL);
        const double hi = strtod(nen__cell(share_table, i, "hi_pct"), NULL);
        if (lo > 0) s.lo_pct = fmin(s.lo_pct, lo);
        s.hi_pct = fmax(s.hi_pct, hi);
        refer_id(r, nen__cell(share_table, i, "id"));
    }
    return s;
}

static void say_share(nen__report *r, const share *s) {
    const double lo = floor(s->lo_pct + 0.5), hi = floor(s->hi_pct + 0.5);
    nen__doc_open(&r->doc, NEN__PARA);
    if (isfinite(lo) && lo < hi) {
        nen__say(&r->doc, NEN_T_HORMONES_SHARE,
                 NEN__WITH(nen__as_number("lo", lo), nen__as_number("hi", hi)));
    } else {
        nen__say(&r->doc, NEN_T_HORMONES_SHARE_UP_TO,
                 NEN__WITH(nen__as_number("hi", hi)));
    }
    nen__refer_end(r);
    nen__doc_close(&r->doc);
}

static void shares(nen__report *r) {
    const int t = nen_table_find(share_table);
    const unsigned rows = t < 0 ? 0 : nen_table_get((unsigned)t)->rows;
    const share s = span(r, rows);
    if (s.hi_pct <= 0) return;
    say_share(r, &s);
    if (!nen__fold(r, NEN_T_HORMONES_SHARES)) return;
    for (unsigned i = 0; i < rows; i++) {
        if (!speaks_of_site(r, i)) continue;
        nen__doc_line(&r->doc, NEN__ITEM, "%s",
                      nen__worded(&r->doc, nen__cell(share_table, i, "text")));
        nen__use_id(&r->used, nen__cell(share_table, i, "id"));
    }
    nen__fold_end(r);
}

void nen__patient_hormones(nen__report *r) {
    const int field = nen_field_find("syndrome");
    const bool told = field >= 0 && nen__told(&r->x->facts, (unsigned)field);
    bool any = false;
    nen__head(&r->doc, 2, NEN_T_HORMONES_TITLE);
    for (unsigned i = 0; told && i < nen_field((unsigned)field)->words; i++) {
        if (nen__has(r->x->facts.field[field].set, i))
            any |= syndrome(r, nen_word((unsigned)field, i)->word);
    }
    if (!told) {
        nen__line(&r->doc, NEN__PARA, NEN_T_HORMONES_UNTOLD, NULL);
    } else if (!any) {
        nen__line(&r->doc, NEN__PARA, NEN_T_HORMONES_NONE, NULL);
    }
    shares(r);
}
