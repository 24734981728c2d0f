/* facts_approvals.c - the knowledge browser: what was approved when, by region.
 *
 * The text is a timeline: one entry per drug, region and day, under its year, and the
 * rows without a date last. Rows that only follow from others are no events: they are
 * left out. JSON holds every row as it stands. */
#include "facts_out.h"

#include <string.h>

enum { YEAR = 4 }; /* letters of a year in an ISO date */

static const char *cell(unsigned row, const char *column) {
    return nen__cell("approvals", row, column);
}

static bool same(unsigned a, unsigned b, const char *column) {
    return !strcmp(cell(a, column), cell(b, column));
}

static bool dated(unsigned row) {
    return !nen__empty(cell(row, "date"));
}

static bool passes(const nen__facts *f, unsigned row) {
    const nen_facts_query *q = f->query;
    if (q->region && strcmp(cell(row, "region"), q->region) != 0) return false;
    if (!f->query->json && dated(row) && !strcmp(cell(row, "status"), "derived"))
        return false;
    return !q->since || (dated(row) && strcmp(cell(row, "date"), q->since) >= 0);
}

/* Before: by date, those without one last, then by row, so that each has its turn. */
static bool earlier(unsigned a, unsigned b) {
    if (dated(a) != dated(b)) return dated(a);
    const int order = dated(a) ? strcmp(cell(a, "date"), cell(b, "date")) : 0;
    return order < 0 || (order == 0 && a < b);
}

static int next_row(const nen__facts *f, const nen_table *t, int last) {
    int best = -1;
    for (unsigned i = 0; i < t->rows; i++) {
        if (!passes(f, i) || (last >= 0 && !earlier((unsigned)last, i))) continue;
        if (best < 0 || earlier(i, (unsigned)best)) best = (int)i;
    }
    return best;
}

/* Two rows of one day: two parts of one label, told as one entry. */
static bool twins(unsigned a, unsigned b) {
    return a == b || (dated(a) && same(a, b, "date") && same(a, b, "option") &&
                      same(a, b, "region"));
}

static bool leads(const nen__facts *f, unsigned row) {
    for (unsigned i = 0; i < row; i++)
        if (passes(f, i) && twins(i, row)) return false;
    return true;
}

static const char *happened(const nen__facts *f, unsigned row) {
    static const struct {
        const char *kind;
        uint16_t text;
    } words[] = {{"approved", NEN_T_APPROVAL_APPROVED},
                 {"extended", NEN_T_APPROVAL_EXTENDED},
                 {"limited", NEN_T_APPROVAL_LIMITED},
                 {"refused", NEN_T_APPROVAL_REFUSED},
                 {"withdrawn", NEN_T_APPROVAL_WITHDRAWN},
                 {"discontinued", NEN_T_APPROVAL_DISCONTINUED},
                 {"pending", NEN_T_APPROVAL_PENDING},
                 {"none", NEN_T_APPROVAL_NONE}};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (!strcmp(cell(row, "kind"), words[i].kind))
            return nen__said(&f->doc, words[i].text);
    }
    return cell(row, "kind");
}

static void entry(nen__facts *f, const nen_table *t, unsigned row) {
    const int option = nen_option_find(cell(row, "option"));
    nen__doc_open(&f->doc, NEN__ITEM);
    if (dated(row)) nen__doc_say(&f->doc, "%s  ", cell(row, "date"));
    if (!f->query->region) nen__doc_say(&f->doc, "%s  ", cell(row, "region"));
    nen__doc_strong(&f->doc, option < 0
                                 ? cell(row, "option")
                                 : nen__option_name((unsigned)option, f->query->lang));
    nen__doc_say(&f->doc, ", %s.", happened(f, row));
    for (unsigned i = row; i < t->rows; i++) {
        if (!passes(f, i) || !twins(row, i)) continue;
        const bool unread = !strcmp(cell(i, "status"), "unverified");
        f->found++;
        nen__doc_say(&f->doc, " %s", nen__worded(&f->doc, cell(i, "text")));
        if (unread) nen__say_more(&f->doc, NEN_T_APPROVAL_UNVERIFIED, NULL);
        nen__doc_say(&f->doc, " [%s]", cell(i, "id"));
    }
    nen__doc_close(&f->doc);
}

static bool gives(unsigned row, const char *option) {
    const char *kind = cell(row, "kind");
    return !strcmp(cell(row, "option"), option) &&
           (!strcmp(kind, "approved") || !strcmp(kind, "extended"));
}

/* Options that a row of the list approves, each counted once: drugs for these tumors,
 * drugs for any tumor with a marker, scans. */
enum { FOR_TUMOR, FOR_MARKER, SCAN, GROUPS };

static void count_approved(const nen__facts *f, const nen_table *t,
                           unsigned count[GROUPS]) {
    for (unsigned o = 0; o < nen_option_count(); o++) {
        const char *id = nen_option_id(o), *kind = nen__option_cell(o, "kind");
        const bool marker = nen__set_holds("@marker_matched", id);
        bool any = false;
        for (unsigned i = 0; i < t->rows && !any; i++)
            any = passes(f, i) && gives(i, id);
        if (any && !strcmp(kind, "drug")) count[marker ? FOR_MARKER : FOR_TUMOR]++;
        if (any && !strcmp(kind, "imaging")) count[SCAN]++;
    }
}

static void summary(nen__facts *f, const nen_table *t) {
    unsigned count[GROUPS] = {0};
    count_approved(f, t, count);
    if (!count[FOR_TUMOR] && !count[FOR_MARKER] && !count[SCAN]) return;
    nen__line(&f->doc, NEN__PARA, NEN_T_APPROVAL_COUNT,
              NEN__WITH(nen__as_number("tumor", count[FOR_TUMOR]),
                        nen__as_number("marker", count[FOR_MARKER]),
                        nen__as_number("scans", count[SCAN])));
}

static void heading(nen__facts *f, unsigned row, char year[YEAR + 1]) {
    const char *date = dated(row) ? cell(row, "date") : "none";
    if (!strncmp(date, year, YEAR)) return;
    memcpy(year, date, YEAR);
    nen__doc_head(&f->doc, 3,
                  dated(row) ? year : nen__said(&f->doc, NEN_T_APPROVAL_NO_DATE));
}

static void timeline(nen__facts *f, const nen_table *t) {
    char year[YEAR + 1] = "";
    summary(f, t);
    for (int at = -1; (at = next_row(f, t, at)) >= 0;) {
        if (!leads(f, (unsigned)at)) continue;
        heading(f, (unsigned)at, year);
        entry(f, t, (unsigned)at);
    }
    if (!f->found) nen__line(&f->doc, NEN__PARA, NEN_T_APPROVAL_NO_MATCH, NULL);
}

void nen__facts_approvals(nen__facts *f) {
    const nen_table *t = nen__table_named("approvals");
    if (!t) return;
    nen__facts_title(f, nen__said(&f->doc, NEN_T_APPROVAL_TITLE));
    if (!f->query->json) {
        timeline(f, t);
    } else {
        for (int at = -1; (at = next_row(f, t, at)) >= 0;)
            nen__facts_row(f, t, (unsigned)at);
    }
}
