/* tnm.c - T, N, M and group at one site under one system. */
#include "tnm.h"

enum { AXES = 3 };

static const unsigned axis_field[AXES] = {NEN__F_T, NEN__F_N, NEN__F_M};
static const nen_label_kind axis_kind[AXES] = {NEN_LABEL_T, NEN_LABEL_N, NEN_LABEL_M};

static nen__row_list rules_of(unsigned site, unsigned system, unsigned axis) {
    return nen__rows_at(nen__stage_at, system * AXES + axis, site);
}

/* Labels some completion could give, before anything stated. */
static uint64_t read_axis(const nen_case *facts, nen__row_list rules, uint16_t *row,
                          uint64_t *maybes) {
    uint64_t out = 0;
    for (unsigned i = 0; i < rules.count; i++) {
        const nen__stage_rule *r = &nen__stage_rules[rules.row[i]];
        const nen_truth t = nen__ask(facts, r->when, maybes);
        if (t == NEN_FALSE) continue;
        out |= (uint64_t)1 << r->value;
        if (row && !row[r->value]) row[r->value] = r->row;
        if (t == NEN_TRUE) break;
    }
    return out;
}

/* Facts that no rule speaks of (an abdominal node of a lung tumor) settle nothing. */
static uint64_t every_value(nen__row_list rules) {
    uint64_t out = 0;
    for (unsigned i = 0; i < rules.count; i++)
        out |= (uint64_t)1 << nen__stage_rules[rules.row[i]].value;
    return out;
}

/* M1 with no site told stands for every M1 of the scheme. */
static uint64_t expand_stems(nen__row_list rules, unsigned axis, uint64_t set) {
    enum { METASTASIS = 2, M1 = 2 };
    uint64_t out = 0;
    if (axis != METASTASIS || !(set & M1)) return set; /* no other rule gives a stem */
    const uint64_t all = every_value(rules);
    for (uint64_t s = set; s; s &= s - 1) {
        const uint64_t wide = s & -s;
        const uint64_t finer = all & nen__covered[NEN_LABEL_M][nen__lowest(s)] & ~wide;
        out |= finer ? finer : wide;
    }
    return out;
}

static uint64_t stated_labels(const nen_case *c, unsigned field) {
    const nen_value *v = &c->field[field];
    return v->known == NEN_KNOWN && !(v->flags & NEN_DERIVED) ? v->set[0] : 0;
}

/* Spread as told limits M: anything less than distant is M0; distant is M1, but in
 * lung and thymus extent or nodes alone may be distant (conv.m.spread then). */
static uint64_t m_by_spread(const nen_case *facts, unsigned site, uint64_t possible) {
    const nen_value *v = &facts->field[NEN__F_SPREAD];
    if (v->known != NEN_KNOWN || (v->flags & NEN_DERIVED)) return possible;
    const bool distant = nen__is_word(facts, NEN__F_SPREAD, NEN__W_SPREAD_DISTANT);
    const bool not_distant = !nen__bit(v->set, NEN__W_SPREAD_DISTANT);
    const bool thoracic = site == NEN__W_SITE_LUNG || site == NEN__W_SITE_THYMUS;
    enum { M0 = 1 };
    uint64_t out = possible;
    if (not_distant) out &= M0;
    if (distant && !thoracic) out &= ~(uint64_t)M0;
    return out ? out : possible;
}

static uint64_t n_by_spread(const nen_case *facts, uint64_t possible) {
    enum { N0 = 2 };
    if (!nen__is_word(facts, NEN__F_SPREAD, NEN__W_SPREAD_LOCALIZED)) return possible;
    return possible & N0 ? N0 : possible;
}

static uint64_t limit_by_spread(const nen_case *facts, unsigned site, unsigned axis,
                                uint64_t p) {
    if (axis == 2) return m_by_spread(facts, site, p);
    return axis == 1 ? n_by_spread(facts, p) : p;
}

/* What convention writes: complete the case, read again, else a fixed X value. */
static void by_convention(nen_case *facts, const nen__tnm_at *at, unsigned axis,
                          nen_item *item) {
    const nen__row_list rules = rules_of(at->site, at->system, axis);
    nen__assumed assumed;
    uint64_t left = 0;
    nen__assume(axis_kind[axis], facts, &assumed);
    if (assumed.count) left = read_axis(facts, rules, NULL, NULL);
    nen__take_back(facts, &assumed);
    left = limit_by_spread(facts, at->site, axis, left) & item->possible;
    if (nen__single(left)) {
        item->value = (uint8_t)nen__lowest(left);
        item->convention = assumed.row;
        item->settled = NEN_PROVISIONAL;
        return;
    }
    const unsigned stem = nen__shared_stem(axis_kind[axis], item->possible);
    if (stem != NEN_LABEL_NULL) {
        item->value = (uint8_t)stem;
        return;
    }
    if (!assumed.fixed) return;
    item->value = assumed.fixed->value;
    item->convention = assumed.fixed->row;
    item->settled = NEN_PROVISIONAL;
}

static void settle_axis(nen_case *facts, const nen__tnm_at *at, unsigned axis,
                        uint64_t raw, uint64_t stated, nen_item *item) {
    if (nen__settle(item)) return;
    if (!item->possible) return;
    const bool x_stated = stated == 1 && axis < 2;
    if (x_stated) { /* TX or NX as written */
        item->value = 0;
        return;
    }
    const unsigned stem = nen__shared_stem(axis_kind[axis], item->possible);
    if (stem != NEN_LABEL_NULL && (nen__single(raw) || stated)) {
        item->value = (uint8_t)stem;
        return;
    }
    by_convention(facts, at, axis, item);
}

static nen_item *axis_item(nen__site_stage *o, unsigned axis) {
    return axis == 0 ? &o->t : axis == 1 ? &o->n : &o->m;
}

static void do_axis(nen_case *facts, const nen__tnm_at *at, unsigned axis,
                    nen__site_stage *out) {
    nen_item *item = axis_item(out, axis);
    const nen__row_list rules = rules_of(at->site, at->system, axis);
    uint16_t rows[NEN__LABELS_MAX] = {0};
    uint64_t raw = read_axis(facts, rules, rows, at->ask ? out->maybes : NULL);
    if (!raw) raw = every_value(rules);
    const uint64_t all = expand_stems(rules, axis, raw);
    const uint64_t p = limit_by_spread(facts, at->site, axis, all);
    const uint64_t stated = stated_labels(facts, axis_field[axis]);
    const uint64_t real =
        axis < 2 ? stated & ~(uint64_t)1 : stated; /* X says nothing */
    const uint64_t both = nen__agree(axis_kind[axis], p, real);
    item->possible = real && both ? both : p;
    if (real && !both) out->stated_fails = true;
    settle_axis(facts, at, axis, raw, stated, item);
    if (item->value != NEN_LABEL_NULL && rows[item->value])
        nen__row_add(&out->rows, rows[item->value]);
    if (item->convention != NEN_NONE) nen__row_add(&out->rows, item->convention);
}

static nen__range group_rows(unsigned table) {
    return table < nen__groups_at_count ? nen__groups_at[table] : (nen__range){0, 0};
}

/* First group row that lists these values; X values count only when listed. */
static const nen__group_rule *group_row(unsigned table, unsigned t, unsigned n,
                                        unsigned m) {
    if (t == NEN_LABEL_NULL || n == NEN_LABEL_NULL || m == NEN_LABEL_NULL) return NULL;
    const nen__range rows = group_rows(table);
    for (unsigned i = 0; i < rows.count; i++) {
        const nen__group_rule *r = &nen__group_rules[rows.first + i];
        if ((r->t >> t & 1) && (r->n >> n & 1) && (r->m >> m & 1)) return r;
    }
    return NULL;
}

unsigned nen__group_of(unsigned table, unsigned t, unsigned n, unsigned m) {
    const nen__group_rule *r = group_row(table, t, n, m);
    return r ? r->group : NEN_LABEL_NULL;
}

/* Groups reachable from the possible T, N, M; narrows each of them to those that can
 * reach a stated group. Rows of one table do not overlap, so a meeting is enough. */
static uint64_t reach(unsigned table, nen__site_stage *o, uint64_t stated) {
    uint64_t out = 0, t = 0, n = 0, m = 0;
    const nen__range rows = group_rows(table);
    for (unsigned i = 0; i < rows.count; i++) {
        const nen__group_rule *r = &nen__group_rules[rows.first + i];
        const uint64_t bit = (uint64_t)1 << r->group;
        if (!(r->t & o->t.possible) || !(r->n & o->n.possible) ||
            !(r->m & o->m.possible))
            continue;
        if (stated && !nen__agree(NEN_LABEL_GROUP, bit, stated)) continue;
        out |= bit;
        t |= r->t & o->t.possible;
        n |= r->n & o->n.possible;
        m |= r->m & o->m.possible;
    }
    if (stated && out) {
        o->t.possible = t;
        o->n.possible = n;
        o->m.possible = m;
    }
    return out;
}

static void resettle(nen_item *item, nen_label_kind kind) {
    if (nen__single(item->possible)) {
        item->value = (uint8_t)nen__lowest(item->possible);
        item->settled = NEN_DECIDED;
        item->convention = NEN_NONE;
    } else if (item->value == NEN_LABEL_NULL) {
        item->value = (uint8_t)nen__shared_stem(kind, item->possible);
    }
}

static void settle_group(const nen__tnm_at *at, nen__site_stage *o) {
    nen_item *g = &o->group;
    g->value = NEN_LABEL_NULL;
    g->convention = NEN_NONE;
    g->settled = NEN_POSSIBLE;
    const nen__group_rule *r = group_row(at->table, o->t.value, o->n.value, o->m.value);
    if (r) nen__row_add(&o->rows, r->row);
    if (nen__single(g->possible)) {
        g->value = (uint8_t)nen__lowest(g->possible);
        g->settled = NEN_DECIDED;
    } else if (r && nen__agree(NEN_LABEL_GROUP, g->possible, (uint64_t)1 << r->group)) {
        g->value = r->group;
        g->settled = NEN_PROVISIONAL;
        g->convention = o->n.convention != NEN_NONE ? o->n.convention : o->t.convention;
        if (g->convention == NEN_NONE) g->settled = NEN_POSSIBLE;
    } else {
        g->value = (uint8_t)nen__shared_stem(NEN_LABEL_GROUP, g->possible);
    }
}

/* Do both systems read the same rules on this axis? */
static bool same_rules(unsigned site, unsigned axis, unsigned a, unsigned b) {
    const nen__row_list ours = rules_of(site, a, axis),
                        theirs = rules_of(site, b, axis);
    return ours.row == theirs.row && ours.count == theirs.count;
}

/* T, N and M; where `like` read the same rules, what it found. */
static void do_axes(nen_case *facts, const nen__tnm_at *at, const nen_staging *like,
                    nen__site_stage *out) {
    for (unsigned axis = 0; axis < AXES; axis++) {
        if (like && same_rules(at->site, axis, at->system, like->system)) {
            *axis_item(out, axis) = axis == 0 ? like->t : axis == 1 ? like->n : like->m;
        } else {
            do_axis(facts, at, axis, out);
        }
    }
}

void nen__tnm(nen_case *facts, const nen__tnm_at *at, const nen_staging *like,
              nen__site_stage *out) {
    const uint64_t stated = stated_labels(facts, NEN__F_STAGE);
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        out->maybes[i] = 0;
    out->t = out->n = out->m = out->group = out->spread = (nen_item){0};
    out->rows.count = 0;
    out->stated_fails = false;
    /* A stated stage narrows T, N and M by its system's groups: not the same then. */
    do_axes(facts, at, stated ? NULL : like, out);
    out->group.possible = reach(at->table, out, stated);
    const bool group_fails = stated && !out->group.possible;
    if (group_fails) out->stated_fails = true;
    if (!out->group.possible) out->group.possible = reach(at->table, out, 0);
    if (stated && !group_fails) {
        resettle(&out->t, NEN_LABEL_T);
        resettle(&out->n, NEN_LABEL_N);
        resettle(&out->m, NEN_LABEL_M);
    }
    settle_group(at, out);
}
