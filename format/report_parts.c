/* report_parts.c - sections of the report that both voices have. */
#include "report.h"

#include <string.h>

enum { VALUE_CAP = 1024 };

bool nen__full_report(const nen__report *r) {
    return r->style->parts == NEN_PART_REPORT ||
           (r->style->parts & (NEN_PART_GRADE | NEN_PART_OPTIONS)) ==
               (NEN_PART_GRADE | NEN_PART_OPTIONS);
}

void nen__show_row(nen__report *r, unsigned row) {
    nen__use(&r->used, row);
}

const char *nen__row_text(const nen__report *r, unsigned row) {
    const nen_row *found = row == NEN_NONE ? NULL : nen_row_get(row);
    if (!found) return "";
    if (!r->style->board && !nen__empty(found->plain))
        return nen__worded(&r->doc, found->plain);
    return nen__empty(found->text) ? found->id : nen__worded(&r->doc, found->text);
}

static void told_pair(nen__report *r, unsigned field, bool plain) {
    char name[VALUE_CAP], value[VALUE_CAP];
    const nen__voice voice = {plain, r->doc.lang};
    nen__buf n = nen__buf_over(name, sizeof name);
    nen__buf v = nen__buf_over(value, sizeof value);
    nen__put_field_name(&n, field, &voice);
    nen__put_value_words(&v, &r->in->c, field, &voice);
    nen__buf_end(&n);
    nen__buf_end(&v);
    nen__doc_pair(&r->doc, name);
    nen__doc_say(&r->doc, "%s", value);
    nen__doc_close(&r->doc);
}

void nen__report_told(nen__report *r, bool plain) {
    unsigned told = 0;
    for (unsigned i = 0; i < nen_field_count(); i++) {
        if (nen_field(i)->type == NEN_TYPE_TEXT || nen_field(i)->derived) continue;
        if (!nen__told(&r->in->c, i)) continue;
        told_pair(r, i, plain);
        told++;
    }
    if (!told) nen__line(&r->doc, NEN__PARA, NEN_T_TOLD_NONE, NULL);
}

void nen__report_ignored(nen__report *r) {
    for (unsigned i = 0; i < r->in->ignoreds && i < NEN_IGNORED_MAX; i++) {
        const nen_ignored *g = &r->in->ignored[i];
        nen__line(&r->doc, NEN__NOTE, NEN_T_TOLD_IGNORED,
                  NEN__WITH(nen__as("field", g->field), nen__as("value", g->value),
                            nen__as("why", nen__said(&r->doc, g->why))));
    }
}

void nen__report_warnings(nen__report *r) {
    for (unsigned i = 0; i < r->x->warnings; i++) {
        const nen_warning *w = &r->x->warning[i];
        nen__doc_open(&r->doc, NEN__WARN);
        nen__say(&r->doc, NEN_T_WARNING,
                 NEN__WITH(nen__as("what", nen__said(&r->doc, w->row)),
                           nen__as("stated", w->stated),
                           nen__as("computed", w->computed)));
        if (r->style->board) nen__doc_say(&r->doc, " [%s]", w->code);
        nen__doc_close(&r->doc);
    }
}

static void narrows(nen__report *r, const nen_question *q) {
    static const uint16_t what[] = {NEN_T_NARROWS_GRADES, NEN_T_NARROWS_GROUPS,
                                    NEN_T_NARROWS_OPTIONS};
    bool first = true;
    for (unsigned i = 0; i < 3; i++) {
        if ((double)q->after[i] >= (double)q->before[i]) continue;
        const double after = (double)(int)((double)q->after[i] * 10 + 0.5) / 10;
        nen__doc_say(&r->doc, first ? " " : ", ");
        if (first) nen__say(&r->doc, NEN_T_NARROWS_FIRST, NULL);
        if (first) nen__doc_say(&r->doc, " ");
        nen__say(&r->doc, NEN_T_NARROWS,
                 NEN__WITH(nen__as("what", nen__said(&r->doc, what[i])),
                           nen__as_number("before", q->before[i]),
                           nen__as_number("after", after)));
        first = false;
    }
    if (!first) nen__doc_say(&r->doc, ".");
}

static void question(nen__report *r, const nen_question *q) {
    const nen_field_info *info = nen_field(q->field);
    const char *ask = nen__empty(info->question) ? info->help : info->question;
    nen__doc_open(&r->doc, NEN__ITEM);
    nen__doc_say(&r->doc, "%s", nen__worded(&r->doc, ask));
    if (!nen__empty(info->why))
        nen__doc_say(&r->doc, " %s", nen__worded(&r->doc, info->why));
    if (r->style->board) narrows(r, q);
    if (r->style->board) nen__doc_say(&r->doc, " [%s]", info->name);
    nen__doc_close(&r->doc);
}

void nen__report_open_questions(nen__report *r, unsigned most) {
    unsigned shown = 0;
    for (unsigned i = 0; i < r->x->questions && shown < most; i++) {
        const nen_field_info *info = nen_field(r->x->question[i].field);
        if (!r->style->board && nen__empty(info->question)) continue;
        question(r, &r->x->question[i]);
        shown++;
    }
    if (!shown) nen__line(&r->doc, NEN__PARA, NEN_T_QUESTIONS_NONE, NULL);
}

/* ---- words ---- */

void nen__report_words(nen__report *r) {
    nen__doc *d = &r->doc;
    for (unsigned i = 0; i < d->terms; i++) {
        nen__use_id(&r->used, nen__cell("glossary", d->term[i], "id"));
        nen__doc_pair(d, nen__worded(d, nen__cell("glossary", d->term[i], "term")));
        nen__doc_say(d, "%s",
                     nen__worded(d, nen__cell("glossary", d->term[i], "plain")));
        nen__doc_close(d);
    }
}

/* ---- sources ---- */

/* An item of a locator ("abstract; table 2") among those of earlier citations? */
static bool item_before(const nen__cited *all, unsigned at, const char *item,
                        size_t bytes) {
    const nen__citation *now = &all->item[at];
    for (unsigned i = 0; i <= at; i++) {
        const nen__citation *c = &all->item[i];
        if (strcmp(c->key, now->key) != 0 || strcmp(c->status, now->status)) continue;
        for (const char *p = c->locator; *p && !(i == at && p == item);) {
            const size_t n = strcspn(p, ";");
            if (n == bytes && !strncmp(p, item, n)) return true;
            p += n;
            p += strspn(p, "; ");
        }
    }
    return false;
}

static bool has_status(const nen__cited *all, const char *key, const char *status) {
    for (unsigned i = 0; i < all->count; i++) {
        if (!strcmp(all->item[i].key, key) && !strcmp(all->item[i].status, status))
            return true;
    }
    return false;
}

/* "abstract" and its like are words of the project; other places are as published. */
static void place(nen__doc *d, const char *text, size_t bytes) {
    char item[NEN__WORD_CAP];
    nen__buf b = nen__buf_over(item, sizeof item);
    nen__put_n(&b, text, bytes);
    nen__buf_end(&b);
    nen__doc_say(d, "%s", nen__worded(d, item));
}

/* The items of one citation's place that no earlier one had; *any: something was said.
 */
static void new_places(nen__doc *d, const nen__cited *all, unsigned at, bool *any) {
    for (const char *p = all->item[at].locator; *p;) {
        const size_t n = strcspn(p, ";");
        if (n && !item_before(all, at, p, n)) {
            if (*any) nen__doc_say(d, "; ");
            place(d, p, n);
            *any = true;
        }
        p += n;
        p += strspn(p, "; ");
    }
}

/* Places of one source of one status, each once; false when there is none. */
static bool places_of(nen__doc *d, const nen__cited *all, const char *key,
                      const char *status, const char **oldest) {
    bool any = false;
    for (unsigned i = 0; i < all->count; i++) {
        const nen__citation *c = &all->item[i];
        if (strcmp(c->key, key) != 0 || strcmp(c->status, status) != 0) continue;
        if (!*oldest || strcmp(c->checked, *oldest) < 0) *oldest = c->checked;
        new_places(d, all, i, &any);
    }
    return any;
}

/* "Places used: abstract; table 2 (published, checked 2026-11-24); ..." */
static void places(nen__report *r, const nen__cited *all, const char *key) {
    static const char *const statuses[] = {"published", "derived", "judgement",
                                           "unverified"};
    nen__doc *d = &r->doc;
    bool any = false;
    nen__doc_say(d, ". ");
    for (unsigned i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        const char *oldest = NULL;
        if (!has_status(all, key, statuses[i])) continue;
        if (any) nen__doc_say(d, "; ");
        if (!any) nen__say(d, NEN_T_SOURCES_PLACES, NULL);
        if (!any) nen__doc_say(d, " ");
        any = true;
        if (!places_of(d, all, key, statuses[i], &oldest))
            nen__say(d, NEN_T_SOURCES_WHOLE, NULL);
        if (r->style->board) {
            nen__say_more(d, NEN_T_SOURCES_CHECKED,
                          NEN__WITH(nen__as("status", nen__worded(d, statuses[i])),
                                    nen__as("date", oldest)));
        } else if (!strcmp(statuses[i], "unverified")) {
            nen__say_more(d, NEN_T_SOURCES_UNVERIFIED, NULL);
        }
    }
}

static void citation(nen__report *r, const nen__cited *all, const nen__citation *c) {
    nen__doc *d = &r->doc;
    nen__doc_open(d, NEN__ITEM);
    if (r->style->board) nen__doc_say(d, "[%s] ", c->key);
    nen__doc_say(d, "%s", nen__worded(d, c->title));
    if (*c->year) nen__doc_say(d, " (%s)", c->year);
    if (*c->place) nen__doc_say(d, ", %s", c->place);
    places(r, all, c->key);
    nen__doc_say(d, ".");
    nen__doc_close(d);
}

void nen__report_citations(nen__report *r) {
    nen__cited all;
    r->doc.collect = false;
    nen__cite_all(&r->used, &all);
    for (unsigned i = 0; i < all.count; i++)
        if (!nen__cited_before(&all, i)) citation(r, &all, &all.item[i]);
}

void nen__report_version(nen__report *r) {
    nen__line(&r->doc, NEN__PARA, NEN_T_VERSION,
              NEN__WITH(nen__as("version", NEN_VERSION),
                        nen__as("date", nen_knowledge_date()),
                        nen__as("notice", nen__said(&r->doc, NEN_T_NOTICE))));
}
