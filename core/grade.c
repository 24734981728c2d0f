/* grade.c - how fast the tumor grows: grade, bucket, counting error, scores. */
#include "internal.h"

/* What the table says of one set of facts at one site. */
typedef struct table_answer {
    uint64_t possible;
    uint8_t system;
    uint16_t row[64]; /* by label: the rule that gave it */
} table_answer;

static void read_rules(const nen_case *facts, unsigned site, table_answer *a,
                       uint64_t *maybes) {
    for (unsigned i = 0; i < nen__grade_rules_count; i++) {
        const nen__grade_rule *r = &nen__grade_rules[i];
        if (!nen__bit(r->sites, site)) continue;
        const nen_truth t = nen__eval(facts, r->when, NEN_NONE);
        if (t == NEN_FALSE) continue;
        if (!(a->possible >> r->value & 1)) a->row[r->value] = r->row;
        a->possible |= (uint64_t)1 << r->value;
        a->system = r->system;
        if (t == NEN_TRUE) return;
        if (maybes) nen__maybes(facts, r->when, maybes);
    }
}

/* All candidate sites together: union of what each allows. */
static void read_sites(const nen_case *facts, table_answer *a, uint64_t *maybes) {
    uint64_t sites[NEN__SET_CHUNKS];
    nen__sites(facts, sites);
    a->possible = 0;
    a->system = 0;
    for (unsigned s = 0; s < nen__field[NEN__F_SITE].words; s++)
        if (nen__bit(sites, s)) read_rules(facts, s, a, maybes);
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

/* Assumes no more than what was told leaves open; false when they cannot meet. */
static bool narrow(nen_value *told, const nen_value *assume, unsigned type) {
    const bool number = type == NEN_TYPE_NUMBER || type == NEN_TYPE_COUNT;
    if (told->known != NEN_KNOWN) {
        *told = *assume;
        return true;
    }
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

uint16_t nen__assume(nen_label_kind item, nen_case *scratch,
                     const nen__convention **fixed) {
    uint16_t first = NEN_NONE;
    *fixed = NULL;
    for (unsigned i = 0; i < nen__conventions_count; i++) {
        const nen__convention *k = &nen__conventions[i];
        if (k->item != item || nen__eval(scratch, k->when, NEN_NONE) != NEN_TRUE)
            continue;
        if (k->assume_field == NEN_NONE) {
            if (!*fixed) *fixed = k;
            continue;
        }
        if (!narrow(&scratch->field[k->assume_field], &k->assume,
                    nen__field[k->assume_field].type))
            continue;
        if (first == NEN_NONE) first = k->row;
    }
    return first;
}

static void settle(const nen_case *facts, uint64_t stated, nen_item *item,
                   table_answer *a) {
    enum { NONE_LABEL = 12 }; /* `none` in NEN__GRADES */
    if (nen__settle(item)) {
        if (item->value != NONE_LABEL) return;
        item->settled = NEN_NOT_APPLICABLE; /* no grade is possible, not one called none */
        item->possible = 0;
        return;
    }
    nen_case scratch = *facts;
    const nen__convention *fixed;
    const uint16_t row = nen__assume(NEN_LABEL_GRADE, &scratch, &fixed);
    table_answer b = {0};
    read_sites(&scratch, &b, NULL);
    uint64_t left = b.possible & item->possible;
    if (stated) left &= stated;
    if (row != NEN_NONE && nen__single(left)) {
        item->value = (uint8_t)nen__lowest(left);
        item->convention = row;
        item->settled = NEN_PROVISIONAL;
        a->row[item->value] = b.row[item->value];
    } else if (fixed) {
        item->value = fixed->value;
        item->convention = fixed->row;
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
    for (unsigned i = 0; i < nen__grade_notes_count; i++) {
        const nen__grade_note *n = &nen__grade_notes[i];
        if (nen__eval(facts, n->when, NEN_NONE) != NEN_TRUE) continue;
        nen__row_add(&g->rows, n->row);
        if (n->borderline) g->borderline = true;
    }
}

static nen_score score(const nen_case *facts, unsigned which) {
    nen_score s = {.known = true};
    bool any = false;
    for (unsigned i = 0; i < nen__score_items_count; i++) {
        const nen__score_item *it = &nen__score_items[i];
        double v;
        if (it->score != which) continue;
        any = true;
        if (!nen__exact_number(facts, it->field, &v)) s.known = false;
        else s.points = (uint8_t)(s.points + (it->points ? it->points * v : v));
    }
    s.known = s.known && any;
    if (!s.known) s.points = 0;
    for (unsigned i = 0; s.known && i < nen__score_classes_count; i++) {
        const nen__score_class *c = &nen__score_classes[i];
        if (c->score == which && c->lo <= s.points && s.points <= c->hi)
            s.klass = c->klass;
    }
    return s;
}

static uint8_t bucket_of(unsigned value, unsigned system) {
    for (unsigned i = 0; i < nen__grade_rules_count; i++)
        if (nen__grade_rules[i].value == value && nen__grade_rules[i].system == system)
            return nen__grade_rules[i].bucket;
    return 0;
}

void nen__grade(nen_dossier *d) {
    const nen_case *facts = &d->facts;
    nen_grading *g = &d->grading;
    table_answer a = {0};
    read_sites(facts, &a, d->not_told);
    const uint64_t stated = stated_grade(facts, a.system);
    g->system = a.system;
    g->grade.possible = a.possible;
    if (stated && (a.possible & stated)) g->grade.possible &= stated;
    settle(facts, stated, &g->grade, &a);
    if (stated && a.possible && !(a.possible & stated)) {
        const unsigned first = nen__lowest(stated);
        nen__warn(d, "conflict.grade", NEN__F_GRADE, nen_label(NEN_LABEL_GRADE, first),
                  nen_label(NEN_LABEL_GRADE, g->grade.value),
                  NEN_T_WARN_GRADE_STATED);
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
