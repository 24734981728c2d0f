/* knowc_index.c - prints what the core would otherwise look for in every case: which
 * rows speak of which site, which fields a derived one follows, which label covers
 * which, and spread by its three parts. */
#include "knowc.h"

#include <string.h>

/* ---- what a site alone settles ---- */

/* Three-valued, like the core: of the fields only the site, and what follows from it
 * alone, is told; whether anything else will be known is open. */
static nen_truth truth_at(const kc *k, const nen_value *facts, kc_span pred) {
    nen_truth stack[NEN__PRED_DEPTH + 1] = {NEN_TRUE};
    unsigned top = 0;
    for (unsigned i = 0; i < pred.count; i++) {
        const kc_op *op = &k->op[pred.first + i];
        const bool both = op->code == NEN__OP_AND;
        if (op->code == NEN__OP_NOT) {
            stack[top] = (nen_truth)(NEN_TRUE - stack[top]);
        } else if (both || op->code == NEN__OP_OR) {
            const nen_truth right = stack[top--];
            if ((right < stack[top]) == both) stack[top] = right;
        } else if (op->code != NEN__OP_CONST && !facts[op->field].known) {
            stack[++top] = NEN_MAYBE;
        } else {
            const kc_span one = {(uint16_t)(pred.first + i), 1, 0};
            stack[++top] = kc_truth(k, facts, one);
        }
    }
    return stack[top];
}

/* The facts of a tumor of which the site is all that is known. */
static const nen_value *facts_at(kc *k, unsigned site) {
    static nen_value facts[NEN_FIELDS_MAX];
    unsigned f = 0;
    memset(facts, 0, sizeof facts);
    facts[k->site].known = NEN_KNOWN;
    facts[k->site].set[site / 64] = (uint64_t)1 << (site % 64);
    for (kc_at at = kc_first(k, KC_FIELDS); kc_on(&at); at.row++, f++) {
        const nen_field_info *info = &k->field[f];
        if (kc_dash(&at, "formula") || !info->derived || info->type != NEN_TYPE_BOOL)
            continue;
        const nen_truth t = truth_at(k, facts, kc_pred(&at, "formula"));
        if (t == NEN_MAYBE) continue;
        facts[f].known = NEN_KNOWN;
        facts[f].num.lo = facts[f].num.hi = t == NEN_TRUE;
    }
    return facts;
}

/* ---- rows by site: ranges over one pool of row numbers ---- */

typedef struct pool {
    uint16_t *row;
    unsigned count;
} pool;

static void pool_add(pool *p, unsigned row) {
    p->row = kc_more(p->row, (p->count + 1) * sizeof *p->row);
    p->row[p->count++] = (uint16_t)row;
}

/* The rows from `first` on as a range. What stands in the pool already is used again,
 * so the same rows are always the same range. */
static void pool_range(pool *p, unsigned first, kc_buf *out) {
    const unsigned count = p->count - first;
    for (unsigned at = 0; at + count <= first; at++) {
        if (memcmp(p->row + at, p->row + first, count * sizeof *p->row) != 0) continue;
        p->count = first;
        first = at;
        break;
    }
    kc_print(out, "    {%u, %u},\n", count ? first : 0, count);
}

/* An index over one table: columns that name the axis, the sites, the predicates. */
typedef struct site_index {
    kc_name table;
    const char *array;
    const char *axis, *axes; /* column and its words; NULL: one axis */
    bool systems;            /* axes of each system: the row lists its systems */
    bool sites;              /* the row lists its sites */
    /* Columns of predicates: a row with one that is false at the site is left out. */
    const char *requires, *when;
} site_index;

static bool false_at(const kc_at *at, const char *column, const nen_value *facts) {
    return column && truth_at(at->k, facts, kc_pred(at, column)) == NEN_FALSE;
}

static bool at_site(const kc_at *at, const site_index *x, unsigned site,
                    const nen_value *facts) {
    if (x->sites && facts) {
        const nen__set sites = kc_sites(at, "sites");
        if (!(sites.bits[site / 64] >> (site % 64) & 1)) return false;
    }
    return !facts ||
           (!false_at(at, x->requires, facts) && !false_at(at, x->when, facts));
}

static bool on_axis(const kc_at *at, const site_index *x, unsigned system,
                    unsigned axis) {
    if (x->systems && !(kc_bits(at, "systems", kc_systems, UINT64_MAX) >> system & 1))
        return false;
    return !x->axis || kc_choice(at, x->axis, x->axes, KC_DASH_BAD) == (int)axis;
}

static void one_site(kc *k, const site_index *x, unsigned system, unsigned axis,
                     unsigned site, pool *p, kc_buf *out) {
    const unsigned first = p->count;
    const nen_value *facts = site < k->field[k->site].words ? facts_at(k, site) : NULL;
    for (unsigned i = 0; i < k->printed_rows[x->table]; i++) {
        const kc_at at = {k, &k->table[x->table], k->printed[x->table][i]};
        if (on_axis(&at, x, system, axis) && at_site(&at, x, site, facts))
            pool_add(p, i);
    }
    pool_range(p, first, out);
}

static unsigned word_count(const char *words) {
    unsigned n = 1;
    for (const char *c = words; c && *c; c++)
        n += *c == ' ';
    return n;
}

/* By system, axis and site; after the last site every row, for a site that is not
 * settled. */
static void by_site(kc *k, const site_index *x, pool *p, kc_buf *out) {
    const unsigned sites = k->field[k->site].words, axes = word_count(x->axes);
    const unsigned systems = x->systems ? word_count(kc_systems) : 1;
    kc_begin(out, "nen__range", x->array);
    for (unsigned y = 0; y < systems; y++) {
        for (unsigned a = 0; a < axes; a++) {
            for (unsigned s = 0; s <= sites; s++)
                one_site(k, x, y, a, s, p, out);
        }
    }
    kc_end(out, x->array, systems * axes * (sites + 1));
}

static void print_pool(const pool *p, kc_buf *out) {
    kc_begin(out, "uint16_t", "site_rows");
    for (unsigned i = 0; i < p->count; i++)
        kc_print(out, "    %u,\n", p->row[i]);
    kc_end(out, "site_rows", p->count);
}

/* Group rules are sorted by table: one range each. */
static void group_ranges(kc *k, kc_buf *out) {
    unsigned i = 0;
    kc_begin(out, "nen__range", "groups_at");
    for (unsigned t = 0; t < k->group_tables; t++) {
        const unsigned first = i;
        while (i < k->printed_rows[KC_STAGE_GROUPS]) {
            const kc_row *row = k->printed[KC_STAGE_GROUPS][i];
            if (strcmp(kc_cell(&k->table[KC_STAGE_GROUPS], row, "group_table"),
                       k->group_table[t]) != 0)
                break;
            i++;
        }
        kc_print(out, "    {%u, %u},\n", first, i - first);
    }
    kc_end(out, "groups_at", k->group_tables);
}

/* ---- labels ---- */

static size_t stem_end(const char *group) {
    return strspn(group, "IV");
}

/* T1 covers T1a, M1c covers M1c1, III covers IIIB but I does not cover II. */
static bool covers(unsigned kind, const char *wide, const char *narrow) {
    if (!strcmp(wide, narrow)) return true;
    if (kind == NEN_LABEL_GRADE || kind == NEN_LABEL_SPREAD) return false;
    if (strncmp(wide, narrow, strlen(wide)) != 0) return false;
    return kind != NEN_LABEL_GROUP || stem_end(wide) == stem_end(narrow);
}

static unsigned split(const char *words, char out[][KP_NAME_MAX]) {
    unsigned n = 0;
    while (n < NEN__LABELS_MAX && kc_item(&words, ' ', out[n], KP_NAME_MAX))
        n++;
    return n;
}

/* By label those that it covers, or (`stems`) those that cover it. */
static void labels(const char *array, bool stems, kc_buf *out) {
    kc_print(out, "const uint64_t nen__%s[][%d] = {\n", array, NEN__LABELS_MAX);
    for (unsigned kind = 0; kind <= NEN_LABEL_SPREAD; kind++) {
        char name[NEN__LABELS_MAX][KP_NAME_MAX];
        const unsigned n = split(kc_labels[kind], name);
        kc_print(out, "    {");
        for (unsigned w = 0; w < n; w++) {
            uint64_t set = 0;
            for (unsigned i = 0; i < n; i++) {
                const char *wide = name[stems ? i : w], *narrow = name[stems ? w : i];
                if (covers(kind, wide, narrow)) set |= (uint64_t)1 << i;
            }
            kc_print(out, "0x%llx, ", (unsigned long long)set);
        }
        kc_print(out, "},\n");
    }
    kc_print(out, "};\n\n");
}

/* ---- spread by extent, nodes and metastases: the first row that lists them ---- */

static bool part_listed(const kc_at *at, const char *column, const char *values,
                        unsigned value) {
    if (!strcmp(kc_get(at, column), "*")) return true;
    return kc_bits(at, column, values, 0) >> value & 1;
}

static unsigned spread_of(kc *k, unsigned e, unsigned n, unsigned m) {
    enum { NEAR = 1 };
    if (m == NEAR) return NEN_LABEL_NULL; /* metastases know no such value */
    for (kc_at at = kc_first(k, KC_SPREAD_COMBINE); kc_on(&at); at.row++) {
        if (at.row->bad || !part_listed(&at, "extent", "L RE D U", e) ||
            !part_listed(&at, "nodes", "NONE RN D U", n) ||
            !part_listed(&at, "metastases", "NONE D U", m ? m - 1 : m))
            continue;
        return kc_label(&at, "spread", NEN_LABEL_SPREAD);
    }
    return NEN_LABEL_NULL;
}

static void spreads(kc *k, kc_buf *out) {
    enum { VALUES = 4 };
    kc_begin(out, "uint8_t", "spread_of");
    for (unsigned e = 0; e < VALUES; e++) {
        for (unsigned n = 0; n < VALUES; n++) {
            for (unsigned m = 0; m < VALUES; m++)
                kc_print(out, "    %u,\n", spread_of(k, e, n, m));
        }
    }
    kc_end(out, "spread_of", VALUES * VALUES * VALUES);
}

/* Derived fields that the site alone gives: at runtime they need no formula. */
static void site_facts(kc *k, kc_buf *out) {
    const unsigned sites = k->field[k->site].words;
    kc_buf ranges = {0};
    unsigned count = 0;
    kc_begin(out, "nen__site_fact", "site_facts");
    for (unsigned s = 0; s <= sites; s++) {
        const nen_value *facts = s < sites ? facts_at(k, s) : NULL;
        const unsigned first = count;
        for (unsigned f = 0; facts && f < k->vocab.fields; f++) {
            if (f == k->site || !facts[f].known) continue;
            kc_print(out, "    {%u, %d},\n", f, facts[f].num.lo != 0);
            count++;
        }
        kc_print(&ranges, "    {%u, %u},\n", first, count - first);
    }
    kc_end(out, "site_facts", count);
    kc_begin(out, "nen__range", "site_facts_at");
    kc_print(out, "%s", ranges.text);
    kc_end(out, "site_facts_at", sites + 1);
}

/* The derivations that are left to do at a site, or those that are early. */
static void derivations_at(kc *k, unsigned site, const uint64_t *early, pool *p,
                           kc_buf *out) {
    const nen_value *facts = site < k->field[k->site].words ? facts_at(k, site) : NULL;
    const unsigned first = p->count;
    unsigned f = 0, number = 0;
    for (kc_at at = kc_first(k, KC_FIELDS); kc_on(&at); at.row++, f++) {
        if (kc_dash(&at, "formula")) continue;
        const bool given = facts && facts[f].known && k->field[f].derived;
        const bool asked = !early || (early[f / 64] >> (f % 64) & 1);
        if (!given && asked) pool_add(p, number);
        number++;
    }
    pool_range(p, first, out);
}

static void derivations(kc *k, pool *p, kc_buf *out) {
    const unsigned sites = k->field[k->site].words;
    uint64_t early[NEN__FIELD_CHUNKS] = {0};
    kc_early_fields(k, early);
    kc_begin(out, "nen__range", "derivations_at");
    for (unsigned s = 0; s <= sites; s++)
        derivations_at(k, s, NULL, p, out);
    for (unsigned s = 0; s <= sites; s++)
        derivations_at(k, s, early, p, out);
    kc_end(out, "derivations_at", 2 * (sites + 1));
}

/* Does any label row name the option in the region? Then it is off until one applies.
 */
static void labeled(kc *k, kc_buf *out) {
    kc_print(out, "const uint8_t nen__label_start[][NEN_REGIONS] = {\n");
    for (unsigned o = 0; o < k->vocab.options; o++) {
        unsigned regions = 0;
        for (unsigned i = 0; i < k->printed_rows[KC_APPROVALS]; i++) {
            const kc_at at = {k, &k->table[KC_APPROVALS], k->printed[KC_APPROVALS][i]};
            if (kc_option(&at, "option") == o)
                regions |= 1u << kc_choice(&at, "region", kc_regions, KC_DASH_BAD);
        }
        kc_print(out, "    {");
        for (unsigned r = 0; r < NEN_REGIONS; r++) {
            kc_print(out, "%u, ",
                     regions >> r & 1 ? NEN_LABEL_OFF : NEN_LABEL_UNRECORDED);
        }
        kc_print(out, "},\n");
    }
    kc_print(out, "    {0}};\n\n");
}

void kc_emit_index(kc *k, kc_buf *out) {
    static const char rules[] = "t n m", parts[] = "extent nodes metastases",
                      items[] = "grade t n m group spread";
    static const site_index indexes[] = {
        {KC_STAGE_RULES, "stage_at", "axis", rules, .systems = true, .sites = true},
        {KC_SPREAD_RULES, "spread_rows_at", "axis", parts, .sites = true,
         .when = "when"},
        {KC_READINGS, "readings_at", .systems = true, .sites = true, .when = "when"},
        {KC_EDITIONS, "editions_at", .sites = true},
        {KC_GRADE_RULES, "grades_at", .sites = true, .when = "when"},
        {KC_GRADE_NOTES, "notes_at", .when = "when"},
        {KC_CONVENTIONS, "conventions_at", "item", items, .when = "when"},
        {KC_CHECKS, "checks_at", .when = "when"},
        {KC_OUTSIDE, "outsides_at", "leaves", kc_leaves, .when = "when"},
        {KC_POSITIONS, "positions_at", .requires = "requires"},
        {KC_APPROVALS, "approvals_at", .when = "when"},
        {KC_RULES, "rules_at", .requires = "requires", .when = "when"},
    };
    pool p = {0};
    for (unsigned i = 0; i < sizeof indexes / sizeof *indexes; i++)
        by_site(k, &indexes[i], &p, out);
    derivations(k, &p, out);
    print_pool(&p, out);
    site_facts(k, out);
    group_ranges(k, out);
    labels("covered", false, out);
    labels("stems", true, out);
    spreads(k, out);
    labeled(k, out);
}
