/* report_refs.c - the numbered sources of the patient's sheet, and what is folded. */
#include "report.h"

#include <string.h>

/* ---- numbers ---- */

static bool is_key(const nen__ref *ref, const char *key, size_t bytes) {
    return ref->bytes == bytes && !memcmp(ref->key, key, bytes);
}

/* The number of a source, counted from 0; a new one when it was not named before. */
static unsigned number_of(nen__refs *refs, const char *key, size_t bytes) {
    for (unsigned i = 0; i < refs->count; i++)
        if (is_key(&refs->ref[i], key, bytes)) return i;
    if (refs->count == NEN__REFS_MAX) return NEN__REFS_MAX;
    refs->ref[refs->count] = (nen__ref){key, (uint8_t)bytes, false};
    return refs->count++;
}

void nen__refer(nen__report *r, unsigned row) {
    const nen_row *found = row == NEN_NONE ? NULL : nen_row_get(row);
    if (!found) return;
    nen__show_row(r, row);
    for (const char *key = found->source; key && *key;) {
        key += strspn(key, " ;");
        const size_t bytes = strcspn(key, " ;");
        if (!bytes || bytes > UINT8_MAX) return;
        const unsigned n = number_of(&r->refs, key, bytes);
        if (n < NEN__REFS_MAX) {
            r->refs.waiting |= (uint64_t)1 << n;
            if (!strcmp(found->status, "unverified")) r->refs.ref[n].unverified = true;
        }
        key += bytes;
    }
}

void nen__refer_end(nen__report *r) {
    enum { BYTES_EACH = 4 }; /* "63, " */
    char text[NEN__REFS_MAX * BYTES_EACH];
    nen__buf b = nen__buf_over(text, sizeof text);
    for (unsigned i = 0; i < r->refs.count; i++)
        if (r->refs.waiting >> i & 1) nen__putf(&b, "%s%u", b.len ? ", " : "", i + 1);
    r->refs.waiting = 0;
    if (nen__buf_end(&b)) nen__doc_reference(&r->doc, text);
}

/* ---- the list ---- */

/* The host of a link: what is worth reading of it; a page keeps the rest as a link. */
static void put_host(nen__buf *b, const char *url) {
    static const char after[] = "://", www[] = "www.";
    const char *at = strstr(url, after);
    at = at ? at + sizeof after - 1 : url;
    if (!strncmp(at, www, sizeof www - 1)) at += sizeof www - 1;
    nen__put_n(b, at, strcspn(at, "/"));
}

static void place(nen__doc *d, unsigned source) {
    static const char doi[] = "doi:";
    const char *id = nen__cell("sources", source, "identifier");
    const char *url = nen__cell("sources", source, "url");
    char link[NEN__WORD_CAP], host[NEN__WORD_CAP];
    nen__buf h = nen__buf_over(host, sizeof host);
    put_host(&h, url);
    nen__buf_end(&h);
    nen__buf b = nen__buf_over(link, sizeof link);
    if (!strncmp(id, doi, sizeof doi - 1)) {
        nen__putf(&b, "https://doi.org/%s", id + sizeof doi - 1);
    } else {
        nen__put(&b, url);
    }
    nen__buf_end(&b);
    if (!*id && !*url) return;
    nen__doc_say(d, ", ");
    nen__doc_link(d, link, *id ? id : host);
}

static void reference(nen__report *r, unsigned n) {
    const nen__ref *ref = &r->refs.ref[n];
    nen__doc *d = &r->doc;
    char key[UINT8_MAX + 1];
    memcpy(key, ref->key, ref->bytes);
    key[ref->bytes] = 0;
    const int t = nen_table_find("sources");
    const int row = t < 0 ? -1 : nen_table_row(nen_table_get((unsigned)t), "key", key);
    nen__doc_numbered(d, n + 1);
    if (row < 0) nen__doc_say(d, "%s", key);
    if (row >= 0) {
        const char *year = nen__cell("sources", (unsigned)row, "year");

        nen__doc_say(d, "%s",
                     nen__worded(d, nen__cell("sources", (unsigned)row, "title")));
        if (*year) nen__doc_say(d, " (%s)", year);
        place(d, (unsigned)row);
    }
    nen__doc_say(d, ".");
    if (ref->unverified) nen__say_more(d, NEN_T_SOURCES_UNVERIFIED, NULL);
    nen__doc_close(d);
}

void nen__patient_sources(nen__report *r) {
    r->doc.collect = false;
    if (r->refs.count) nen__head(&r->doc, 2, NEN_T_SOURCES_TITLE);
    for (unsigned i = 0; i < r->refs.count; i++)
        reference(r, i);
    if (nen__fold_section(r, NEN_T_SOURCES_PLACES_TITLE)) {
        nen__report_citations(r);
        nen__fold_end(r);
    }
}

/* ---- folds: closed on a page, left out of the short text ---- */

bool nen__fold(nen__report *r, unsigned title) {
    if (!r->doc.html) return r->style->full;
    nen__doc_fold(&r->doc, 0, nen__said(&r->doc, title), r->style->full);
    return true;
}

bool nen__fold_section(nen__report *r, unsigned title) {
    if (r->doc.html) {
        r->doc.about = nen__row_id(title);
        nen__doc_fold(&r->doc, 2, nen__said(&r->doc, title), r->style->full);
    } else if (r->style->full) {
        nen__head(&r->doc, 2, title);
    }
    return r->doc.html || r->style->full;
}

void nen__fold_end(nen__report *r) {
    nen__doc_fold_end(&r->doc);
}
