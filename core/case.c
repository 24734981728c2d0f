/* case.c - facts: reading single fields, filling the derived ones, candidate sites. */
#include "internal.h"

bool nen__known(const nen_case *c, unsigned field) {
    return c->field[field].known != NEN_UNKNOWN;
}

static bool any_but(const nen_value *v, unsigned word) {
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++) {
        const uint64_t own = word / 64 == i ? (uint64_t)1 << (word % 64) : 0;
        if (v->set[i] & ~own) return true;
    }
    return false;
}

bool nen__is_word(const nen_case *c, unsigned field, unsigned word) {
    const nen_value *v = &c->field[field];
    return v->known == NEN_KNOWN && nen__bit(v->set, word) && !any_but(v, word);
}

bool nen__may_be(const nen_case *c, unsigned field, unsigned word) {
    const nen_value *v = &c->field[field];
    return v->known != NEN_KNOWN || nen__bit(v->set, word);
}

void nen__set_word(nen_case *c, unsigned field, unsigned word) {
    c->field[field] = (nen_value){.known = NEN_KNOWN, .flags = NEN_DERIVED};
    nen__add(c->field[field].set, word);
}

void nen__set_number(nen_case *c, unsigned field, double value) {
    c->field[field] = (nen_value){.known = NEN_KNOWN, .flags = NEN_DERIVED};
    c->field[field].num.lo = c->field[field].num.hi = value;
}

bool nen__exact_number(const nen_case *c, unsigned field, double *out) {
    const nen_value *v = &c->field[field];
    *out = v->num.lo;
    return v->known == NEN_KNOWN && v->num.lo == v->num.hi;
}

/* Words of one derived word field: first true ends it, a maybe leaves it open. */
static unsigned derive_word(nen_case *facts, unsigned i, unsigned end) {
    const unsigned field = nen__derivations[i].field;
    nen_value v = {.known = NEN_UNKNOWN, .flags = NEN_DERIVED};
    bool closed = false;
    for (; i < end; i++) {
        const nen__derived *row = &nen__derivations[i];
        if (closed) continue;
        const nen_truth t = nen__eval(facts, row->when, NEN_NONE);
        if (t == NEN_FALSE) continue;
        nen__add(v.set, row->word);
        closed = t == NEN_TRUE;
    }
    if (closed) v.known = NEN_KNOWN;
    if (!closed) v.set[0] = v.set[1] = 0;
    facts->field[field] = v;
    return i;
}

static unsigned same_field_end(unsigned i) {
    const unsigned field = nen__derivations[i].field;
    while (i < nen__derivations_count && nen__derivations[i].field == field) i++;
    return i;
}

static void derive_bool(nen_case *facts, const nen__derived *row) {
    const nen_truth t = nen__eval(facts, row->when, NEN_NONE);
    if (t == NEN_MAYBE)
        facts->field[row->field] = (nen_value){.known = NEN_UNKNOWN};
    else
        nen__set_number(facts, row->field, t == NEN_TRUE);
}

/* A figure worked out from counts: for one not told, or told as a range around it. */
static void sharpen(nen_case *facts, unsigned field, double counted) {
    const nen_value *v = &facts->field[field];
    const bool inside = v->known == NEN_KNOWN && v->num.lo < v->num.hi &&
                        v->num.lo <= counted && counted <= v->num.hi;
    if (v->known == NEN_UNKNOWN || inside) nen__set_number(facts, field, counted);
}

/* Ki-67 from counts; mitoses per 2 mm2 = count / (fields x pi (d/2)^2) x 2
 * [uptodate_122325]: area and unit only, no clinical number. */
void nen__derive_counts(nen_case *facts) {
    const double pi = 3.14159265358979323846; // NOLINT(readability-magic-numbers)
    double a, b, d;
    if (nen__exact_number(facts, NEN__F_KI67_POSITIVE, &a) &&
        nen__exact_number(facts, NEN__F_KI67_COUNTED, &b) && b > 0)
        sharpen(facts, NEN__F_KI67_PCT, a / b * 100);
    if (nen__exact_number(facts, NEN__F_MITOSES_COUNTED, &a) &&
        nen__exact_number(facts, NEN__F_FIELDS, &b) &&
        nen__exact_number(facts, NEN__F_FIELD_DIAMETER_MM, &d) && b > 0 && d > 0)
        sharpen(facts, NEN__F_MITOSES_PER_2MM2, a / (b * pi * (d / 2) * (d / 2)) * 2);
}

/* Site of the stated topography code: words of `site`, groups resolved. */
bool nen__topography_sites(const nen_case *c, uint64_t sites[NEN__SET_CHUNKS]) {
    enum { TENS = 10 };
    double code;
    if (!nen__exact_number(c, NEN__F_TOPOGRAPHY, &code)) return false;
    const unsigned n = (unsigned)code;
    const char text[] = {'C', (char)('0' + n / 100), (char)('0' + n / TENS % TENS), '.',
                         (char)('0' + n % TENS), 0};
    const int table = nen_table_find("topography");
    if (table < 0) return false;
    const nen_table *t = nen_table_get((unsigned)table);
    const int row = nen_table_row(t, "code", text);
    const int word = row < 0 ? -1
                             : nen_word_find(NEN__F_SITE,
                                             nen_cell(t, (unsigned)row, "site"));
    if (word < 0) return false;
    const nen_word_info *w = &nen__word[NEN__F_SITE][word];
    sites[0] = sites[1] = 0;
    if (!w->group) nen__add(sites, (unsigned)word);
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++) sites[i] |= w->members[i];
    return true;
}

/* The count and the list of positive nodes say one thing: a group named is at least one
 * node, a complete empty list is none. */
static void join_nodes(nen_case *facts) {
    const nen_value *list = &facts->field[NEN__F_NODE_GROUP];
    nen_value *count = &facts->field[NEN__F_NODES_POSITIVE];
    const bool some = list->set[0] | list->set[1];
    if (list->known != NEN_KNOWN || (!some && (list->flags & NEN_PERHAPS_MORE))) return;
    if (count->known != NEN_KNOWN) {
        *count = (nen_value){.known = NEN_KNOWN, .flags = NEN_DERIVED};
        count->num.lo = some;
        count->num.hi = some ? nen__field[NEN__F_NODES_POSITIVE].hi : 0;
    } else if (some && count->num.lo < 1 && count->num.hi >= 1) {
        count->num.lo = 1;
        count->flags &= (uint8_t)~NEN_LO_OPEN;
    } else if (!some && count->num.lo == 0) {
        count->num.hi = 0;
        count->flags = 0;
    }
}

static void derive_site(nen_case *facts) {
    nen_value *v = &facts->field[NEN__F_SITE];
    uint64_t sites[NEN__SET_CHUNKS];
    if (v->known || !nen__topography_sites(facts, sites)) return;
    *v = (nen_value){.known = NEN_KNOWN, .flags = NEN_DERIVED};
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++) v->set[i] = sites[i];
}

void nen__derive(nen_case *facts) {
    nen__derive_counts(facts);
    join_nodes(facts);
    derive_site(facts);
    for (unsigned i = 0; i < nen__derivations_count;) {
        const nen__derived *row = &nen__derivations[i];
        const unsigned end = same_field_end(i);
        /* a fill never overwrites; a derived field follows what is known now */
        const bool told = nen__known(facts, row->field) && !nen__field[row->field].derived;
        if (!told && nen__field[row->field].type == NEN_TYPE_WORD)
            derive_word(facts, i, end);
        else if (!told)
            derive_bool(facts, row);
        i = end;
    }
}

void nen__sites(const nen_case *c, uint64_t sites[NEN__SET_CHUNKS]) {
    const nen_value *v = &c->field[NEN__F_SITE];
    for (unsigned i = 0; i < NEN__SET_CHUNKS; i++)
        sites[i] = v->known == NEN_KNOWN ? v->set[i] : 0;
    if (v->known == NEN_KNOWN) return;
    for (unsigned w = 0; w < nen__field[NEN__F_SITE].words; w++)
        if (!nen__word[NEN__F_SITE][w].group) nen__add(sites, w);
}
