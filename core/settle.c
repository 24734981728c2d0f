/* settle.c - what grade and stage share: rows named, warnings, conventions, and by
 * which row a tumor leaves a scheme or the scope. */
#include "internal.h"

#include <string.h>

void nen__row_add(nen_rows *rows, uint16_t row) {
    for (unsigned i = 0; i < rows->count; i++)
        if (rows->row[i] == row) return;
    if (rows->count < NEN_ROWS_MAX) rows->row[rows->count++] = row;
}

static void copy_text(char *to, size_t cap, const char *from) {
    size_t n = from ? strlen(from) : 0;
    if (n >= cap) n = cap - 1;
    if (n) memcpy(to, from, n);
    to[n] = 0;
}

void nen__warn(nen_dossier *d, const char *code, unsigned field, const char *stated,
               const char *computed, unsigned row) {
    if (d->warnings == NEN_WARN_MAX) return;
    nen_warning *w = &d->warning[d->warnings++];
    w->code = code;
    w->field[0] = (uint16_t)field;
    w->field[1] = w->field[2] = NEN_NONE;
    copy_text(w->stated, sizeof w->stated, stated);
    copy_text(w->computed, sizeof w->computed, computed);
    w->row = (uint16_t)row;
}

uint16_t nen__left(const nen_case *facts, nen__leaves what) {
    const nen__row_list list =
        nen__rows_at(nen__outsides_at, what, nen__exact_site(facts));
    for (unsigned i = 0; i < list.count; i++) {
        const nen__outside *o = &nen__outsides[list.row[i]];
        if (nen__holds(facts, o->when, NEN_NONE)) return o->row;
    }
    return NEN_NONE;
}

/* ---- conventions ---- */

static bool narrow_word(nen_value *told, const nen_value *assume) {
    if (!(told->set[0] & assume->set[0])) return false;
    told->set[0] &= assume->set[0];
    return true;
}

/* Assumes no more than what was told leaves open; false when they cannot meet. */
static bool narrow(nen_value *told, const nen_value *assume, unsigned type) {
    const bool number = type == NEN_TYPE_NUMBER || type == NEN_TYPE_COUNT;
    if (told->known != NEN_KNOWN) {
        *told = *assume;
        return true;
    }
    if (type == NEN_TYPE_WORD) return narrow_word(told, assume);
    if (!number) return false;
    const double lo = told->num.lo > assume->num.lo ? told->num.lo : assume->num.lo;
    const double hi = told->num.hi < assume->num.hi ? told->num.hi : assume->num.hi;
    if (lo > hi) return false;
    const unsigned open_lo = lo == told->num.lo ? told->flags : assume->flags;
    const unsigned open_hi = hi == told->num.hi ? told->flags : assume->flags;
    told->num.lo = lo;
    told->num.hi = hi;
    told->flags = (uint8_t)((open_lo & NEN_LO_OPEN) | (open_hi & NEN_HI_OPEN));
    return true;
}

static void assume_fact(nen_case *facts, const nen__convention *k, nen__assumed *out) {
    nen_value v = facts->field[k->assume_field];
    if (out->count == NEN__ASSUMED_MAX) return; /* the compiler refuses more */
    if (!narrow(&v, &k->assume, nen__field[k->assume_field].type)) return;
    out->was[out->count] = facts->field[k->assume_field];
    out->field[out->count++] = k->assume_field;
    nen__put(facts, k->assume_field, &v);
    if (out->row == NEN_NONE) out->row = k->row;
}

void nen__assume(nen_label_kind item, nen_case *facts, nen__assumed *out) {
    out->count = 0;
    out->row = NEN_NONE;
    out->fixed = NULL;
    const nen__row_list list =
        nen__rows_at(nen__conventions_at, item, nen__exact_site(facts));
    for (unsigned i = 0; i < list.count; i++) {
        const nen__convention *k = &nen__conventions[list.row[i]];
        if (!nen__holds(facts, k->when, NEN_NONE)) continue;
        if (k->assume_field != NEN_NONE) {
            assume_fact(facts, k, out);
        } else if (!out->fixed) {
            out->fixed = k;
        }
    }
}

void nen__take_back(nen_case *facts, const nen__assumed *assumed) {
    for (unsigned i = assumed->count; i-- > 0;)
        nen__put(facts, assumed->field[i], &assumed->was[i]);
}
