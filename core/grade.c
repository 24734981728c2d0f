/* grade.c - how fast the tumor grows: grade, bucket, counting error, scores. */
#include "internal.h"

/* What the table says of one set of facts at one site. */
typedef struct table_answer {
    uint64_t possible;
    uint8_t system;
    uint16_t row[NEN__LABELS_MAX]; /* by label: the rule that gave it */
} table_answer;

static void read_rules(const nen_case *facts, unsigned site, table_answer *a,
                       uint64_t *maybes) {
    const nen__row_list list = nen__rows_at(nen__grades_at, 0, site);
    for (unsigned i = 0; i < list.count; i++) {
        const nen__grade_rule *r = &nen__grade_rules[list.row[i]];
        const nen_truth t = nen__ask(facts, r->when, maybes);
        if (t == NEN_FALSE) continue;
        if (!(a->possible >> r->value & 1)) a->row[r->value] = r->row;
        a->possible |= (uint64_t)1 << r->value;
        a->system = r->system;
        if (t == NEN_TRUE) return;
    }
}

/* All candidate sites together: union of what each allows. */
static void read_sites(const nen_case *facts, table_answer *a, uint64_t *maybes) {
    uint64_t sites[NEN__SET_CHUNKS];
    nen__sites(facts, sites);
    a->possible = 0;
    a->system = 0;
    for (unsigned s = nen__next(sites, 0); s < NEN_WORDS_MAX;
         s = nen__next(sites, s + 1))
        read_rules(facts, s, a, maybes);
}

/* A stated grade in the words of the system at hand: WHO 2022 gives NET G1 and G2 as
 * synonyms of typical and atypical carcinoid [pel_2024]. */
static uint64_t stated_grade(const nen_case *c, unsigned system) {
    enum { G1, G2, G3, GX, NEC, LCNEC, SCLC, TC, AC, NOS, ELEVATED };
    const nen_value *v = &c->field[NEN__F_GRADE];
    if (v->known != NEN_KNOWN || (v->flags & NEN_DERIVED)) return 0;
    uint64_t s = v->set[0] & ~((uint64_t)1 << GX);
    if (system != 2) return s;
    if (s >> G1 & 1) s |= (uint64_t)1 << TC;
    if (s >> G2 & 1) s |= (uint64_t)1 << AC;
    if (s >> G3 & 1)
        s |= (uint64_t)1 << ELEVATED | (uint64_t)1 << LCNEC | (uint64_t)1 << SCLC;
    if (s >> NEC & 1) s |= (uint64_t)1 << LCNEC | (uint64_t)1 << SCLC;
    return s;
}

/* A stated typical or atypical carcinoid holds as long as the counts leave it open, so
 * a range that only touches a cut-off changes nothing; a typical carcinoid too small to
 * be one is a tumorlet, and elevated counts are not assumed beside a stated type. */
static uint64_t stated_carcinoid(const nen_case *facts, uint64_t possible) {
    enum { TC = 1 << 7, AC = 1 << 8, NOS = 1 << 9, ELEVATED = 1 << 10, LET = 1 << 11 };
    uint64_t stated = 0, others = ELEVATED;
    if (nen__is_word(facts, NEN__F_HISTOLOGY, NEN__W_HISTOLOGY_TYPICAL_CARCINOID))
        stated = possible & TC ? TC : LET;
    if (nen__is_word(facts, NEN__F_HISTOLOGY, NEN__W_HISTOLOGY_ATYPICAL_CARCINOID))
        stated = AC;
    if (!stated) return possible;
    if (possible & stated) others = (TC | AC | ELEVATED | LET) & ~stated;
    return possible & (TC | AC | NOS | LET) ? possible & ~others : possible;
}

static void settle(nen_case *facts, uint64_t stated, nen_item *item, table_answer *a) {
    enum { NONE_LABEL = 12 }; /* `none` in NEN__GRADES */
    if (nen__settle(item)) {
        if (item->value != NONE_LABEL) return;
        item->settled =
            NEN_NOT_APPLICABLE; /* no grade is possible, not one called none */
        item->possible = 0;
        return;
    }
    nen__assumed assumed;
    table_answer b = {0};
    nen__assume(NEN_LABEL_GRADE, facts, &assumed);
    if (assumed.count) read_sites(facts, &b, NULL);
    nen__take_back(facts, &assumed);
    uint64_t left = b.possible & item->possible;
    if (stated) left &= stated;
    if (assumed.count && nen__single(left)) {
        item->value = (uint8_t)nen__lowest(left);
        item->convention = assumed.row;
        item->settled = NEN_PROVISIONAL;
        a->row[item->value] = b.row[item->value];
    } else if (assumed.fixed) {
        item->value = assumed.fixed->value;
        item->convention = assumed.fixed->row;
        item->settled = NEN_PROVISIONAL;
    }
}

/* Wilson 95 % interval of a share (Wilson 1927), z the normal 97.5 % point. */
static void wilson(nen_grading *g, double k, double n) {
    const double z = 1.959963984540054; // NOLINT(readability-magic-numbers)
    const double p = k / n, zz = z * z, mid = p + zz / (2 * n);
    const double half = z * __builtin_sqrt(p * (1 - p) / n + zz / (4 * n * n));
    const double scale = 1 + zz / n;
    g->ki67_interval = true;
    g->ki67_lo_pct = 100 * (mid - half) / scale;
    g->ki67_hi_pct = 100 * (mid + half) / scale;
    if (g->ki67_lo_pct < 0) g->ki67_lo_pct = 0;
    if (g->ki67_hi_pct > 100) g->ki67_hi_pct = 100;
}

static void counting_error(const nen_case *facts, nen_grading *g) {
    double k, n;
    if (!nen__exact_number(facts, NEN__F_KI67_POSITIVE, &k) ||
        !nen__exact_number(facts, NEN__F_KI67_COUNTED, &n) || n <= 0 || k > n)
        return;
    wilson(g, k, n);
    uint64_t sites[NEN__SET_CHUNKS];
    nen__sites(facts, sites);
    for (unsigned i = 0; i < nen__cutoffs_count; i++) {
        const nen__cutoff *c = &nen__cutoffs[i];
        const bool here = (c->sites[0] & sites[0]) || (c->sites[1] & sites[1]);
        if (!here || c->field != NEN__F_KI67_PCT) continue;
        if (g->ki67_lo_pct <= c->value && c->value <= g->ki67_hi_pct) {
            g->borderline = true;
            nen__row_add(&g->rows, c->row);
        }
    }
}

static void notes(const nen_case *facts, nen_grading *g) {
    const nen__row_list list = nen__rows_at(nen__notes_at, 0, nen__exact_site(facts));
    for (unsigned i = 0; i < list.count; i++) {
        const nen__grade_note *n = &nen__grade_notes[list.row[i]];
        if (!nen__holds(facts, n->when, NEN_NONE)) continue;
        nen__row_add(&g->rows, n->row);
        if (n->borderline) g->borderline = true;
    }
}

static const char *score_class(unsigned which, unsigned points) {
    for (unsigned i = 0; i < nen__score_classes_count; i++) {
        const nen__score_class *c = &nen__score_classes[i];
        if (c->score == which && c->lo <= points && points <= c->hi) return c->klass;
    }
    return NULL;
}

/* Known when every item of it is. */
static nen_score score(const nen_case *facts, unsigned which) {
    nen_score s = {0};
    for (unsigned i = 0; i < nen__score_items_count; i++) {
        const nen__score_item *it = &nen__score_items[i];
        double v;
        if (it->score != which) continue;
        if (!nen__exact_number(facts, it->field, &v)) return (nen_score){0};
        s.points = (uint8_t)(s.points + (it->points ? it->points * v : v));
        s.known = true;
    }
    if (s.known) s.klass = score_class(which, s.points);
    return s;
}

static uint8_t bucket_of(unsigned value, unsigned system) {
    for (unsigned i = 0; i < nen__grade_rules_count; i++) {
        if (nen__grade_rules[i].value == value && nen__grade_rules[i].system == system)
            return nen__grade_rules[i].bucket;
    }
    return 0;
}

void nen__grade(nen_dossier *d) {
    nen_case *facts = &d->facts;
    nen_grading *g = &d->grading;
    table_answer a = {0};
    read_sites(facts, &a, d->not_told);
    const uint64_t stated = stated_grade(facts, a.system);
    g->system = a.system;
    a.possible = stated_carcinoid(facts, a.possible);
    g->grade.possible = a.possible;
    if (stated && (a.possible & stated)) g->grade.possible &= stated;
    settle(facts, stated, &g->grade, &a);
    if (stated && a.possible && !(a.possible & stated)) {
        const unsigned first = nen__lowest(stated);
        nen__warn(d, "conflict.grade", NEN__F_GRADE, nen_label(NEN_LABEL_GRADE, first),
                  nen_label(NEN_LABEL_GRADE, g->grade.value), NEN_T_WARN_GRADE_STATED);
    }
    if (g->grade.value != NEN_LABEL_NULL) {
        g->bucket = bucket_of(g->grade.value, g->system);
        if (a.row[g->grade.value]) nen__row_add(&g->rows, a.row[g->grade.value]);
    }
    if (g->grade.convention != NEN_NONE) nen__row_add(&g->rows, g->grade.convention);
    g->minen = nen__is_word(facts, NEN__F_HISTOLOGY, NEN__W_HISTOLOGY_MINEN);
    counting_error(facts, g);
    notes(facts, g);
    enum { GAPP, PASS };
    g->gapp = score(facts, GAPP);
    g->pass = score(facts, PASS);
}
