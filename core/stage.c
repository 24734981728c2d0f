/* stage.c - how far it has spread: edition, scheme, sites joined, other readings. */
#include "tnm.h"

/* Newest dated edition for the site when `day` is 0, else the one in force; the
 * oldest for a day before all of them. */
static const nen__edition *edition_by_day(unsigned site, uint32_t day) {
    const nen__edition *best = NULL, *oldest = NULL;
    const nen__row_list list = nen__rows_at(nen__editions_at, 0, site);
    for (unsigned i = 0; i < list.count; i++) {
        const nen__edition *e = &nen__editions[list.row[i]];
        if (!e->from) continue;
        if (!oldest || e->from < oldest->from) oldest = e;
        const bool in_force = !day || (e->from <= day && (!e->to || day <= e->to));
        if (in_force && (!best || e->from > best->from)) best = e;
    }
    return best ? best : oldest;
}

static const nen__edition *edition_of(unsigned site, unsigned system) {
    const nen__row_list list = nen__rows_at(nen__editions_at, 0, site);
    for (unsigned i = 0; i < list.count; i++) {
        if (nen__editions[list.row[i]].system == system)
            return &nen__editions[list.row[i]];
    }
    return NULL;
}

static const nen__edition *choose(const nen_case *f, unsigned site, bool *assumed) {
    const nen_value *system = &f->field[NEN__F_SYSTEM];
    const nen_value *day = &f->field[NEN__F_DIAGNOSED];
    *assumed = false;
    if (system->known == NEN_KNOWN)
        return edition_of(site, nen__lowest(system->set[0]) + 1);
    *assumed = day->known != NEN_KNOWN;
    return edition_by_day(site, *assumed ? 0 : (uint32_t)day->num.lo);
}

/* ---- joining candidate sites ---- */

static void join_item(nen_item *into, const nen_item *from, bool first) {
    if (first) {
        *into = *from;
        return;
    }
    into->possible |= from->possible;
    if (into->value == from->value) return;
    into->value = NEN_LABEL_NULL;
    into->settled = NEN_POSSIBLE;
    into->convention = NEN_NONE;
}

static void join_rows(nen_rows *into, const nen_rows *from, bool first) {
    for (unsigned i = 0; i < from->count; i++) {
        if (first) {
            into->row[into->count++] = from->row[i];
        } else {
            nen__row_add(into, from->row[i]);
        }
    }
}

static void join(nen_staging *s, const nen__site_stage *one, bool first,
                 uint64_t *not_told) {
    join_item(&s->t, &one->t, first);
    join_item(&s->n, &one->n, first);
    join_item(&s->m, &one->m, first);
    join_item(&s->group, &one->group, first);
    join_item(&s->spread, &one->spread, first);
    join_rows(&s->rows, &one->rows, first);
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        not_told[i] |= one->maybes[i];
}

/* After joining, one value left in `possible` decides whatever the sites disagreed on.
 */
static void close_item(nen_item *item) {
    if (!item->possible || (item->possible & (item->possible - 1))) return;
    item->value = (uint8_t)nen__lowest(item->possible);
    item->settled = NEN_DECIDED;
    item->convention = NEN_NONE;
}

/* ---- other readings ---- */

static bool same_labels(const nen_staging *s, const nen__site_stage *o) {
    return s->t.value == o->t.value && s->n.value == o->n.value &&
           s->m.value == o->m.value && s->group.value == o->group.value;
}

static nen_reading *add_reading(nen_staging *s) {
    if (s->alternatives == NEN_ALT_MAX) return NULL;
    nen_reading *r = &s->alternative[s->alternatives++];
    *r = (nen_reading){.t = s->t.value,
                       .n = s->n.value,
                       .m = s->m.value,
                       .group = s->group.value,
                       .system = s->system,
                       .row = NEN_NONE};
    return r;
}

static void other_edition(nen_dossier *d, unsigned site, const nen__edition *e,
                          bool always) {
    const nen__tnm_at at = {(uint8_t)site, e->system, e->group_table, false};
    nen__site_stage o;
    nen__tnm(&d->facts, &at, &d->staging, &o);
    if (!always && same_labels(&d->staging, &o)) return;
    nen_reading *r = add_reading(&d->staging);
    if (!r) return;
    r->system = e->system;
    r->row = e->row;
    r->t = o.t.value;
    r->n = o.n.value;
    r->m = o.m.value;
    r->group = o.group.value;
    r->why = e->why;
}

static void other_editions(nen_dossier *d, unsigned site, const nen__edition *used) {
    const nen__row_list list = nen__rows_at(nen__editions_at, 0, site);
    for (unsigned i = 0; i < list.count; i++) {
        const nen__edition *e = &nen__editions[list.row[i]];
        if (e->system == used->system) continue;
        if (e->system == NEN_SYSTEM_ENETS) {
            other_edition(d, site, e, true);
        } else if (d->staging.assumed && e->from) {
            other_edition(d, site, e, false);
        }
    }
}

static void one_reading(nen_dossier *d, const nen__reading *x, unsigned table) {
    nen_staging *s = &d->staging;
    nen_reading *r = add_reading(s);
    enum { T, N, M };
    if (!r) return;
    r->row = x->row;
    r->why = x->why;
    if (x->axis == T) {
        r->t = x->value;
    } else if (x->axis == N) {
        r->n = x->value;
    } else if (x->axis == M) {
        r->m = x->value;
    } else {
        r->group = x->value;
    }
    if (x->axis <= M) r->group = (uint8_t)nen__group_of(table, r->t, r->n, r->m);
}

static void readings(nen_dossier *d, unsigned site, const nen__edition *used) {
    const nen__row_list list = nen__rows_at(nen__readings_at, used->system, site);
    for (unsigned i = 0; i < list.count; i++) {
        const nen__reading *x = &nen__readings[list.row[i]];
        if (nen__holds(&d->facts, x->when, NEN_NONE))
            one_reading(d, x, used->group_table);
    }
}

/* ---- stated against computed ---- */

static void conflict(nen_dossier *d, const char *code, unsigned field,
                     nen_label_kind kind, const nen_item *item) {
    const nen_value *v = &d->facts.field[field];
    if (v->known != NEN_KNOWN || (v->flags & NEN_DERIVED)) return;
    if (!item->possible && kind != NEN_LABEL_GROUP) return;
    enum { X = 1 };
    const uint64_t stated = kind == NEN_LABEL_T || kind == NEN_LABEL_N
                                ? v->set[0] & ~(uint64_t)X
                                : v->set[0];
    if (!stated || nen__agree(kind, item->possible, stated)) return;
    const unsigned got = item->value != NEN_LABEL_NULL ? item->value
                         : item->possible              ? nen__lowest(item->possible)
                                                       : NEN_LABEL_NULL;
    nen__warn(d, code, field, nen_label(kind, nen__lowest(stated)),
              nen_label(kind, got), NEN_T_WARN_FACTS_USED);
}

static void conflicts(nen_dossier *d) {
    nen_staging *s = &d->staging;
    conflict(d, "conflict.t", NEN__F_T, NEN_LABEL_T, &s->t);
    conflict(d, "conflict.n", NEN__F_N, NEN_LABEL_N, &s->n);
    conflict(d, "conflict.m", NEN__F_M, NEN_LABEL_M, &s->m);
    conflict(d, "conflict.stage", NEN__F_STAGE, NEN_LABEL_GROUP, &s->group);
    conflict(d, "conflict.spread", NEN__F_SPREAD, NEN_LABEL_SPREAD, &s->spread);
}

/* ---- the step ---- */

static void blank(nen_item *item) {
    *item = (nen_item){.value = NEN_LABEL_NULL, .convention = NEN_NONE};
}

/* What metastases (or, without them, a stated M) say of spread, as a set. */
static uint64_t spread_by_m(const nen_case *f, bool metastases) {
    enum { NOT_DISTANT = 3, DISTANT = 4, M0 = 1 };
    const nen_value *list = &f->field[NEN__F_METASTASES], *m = &f->field[NEN__F_M];
    const bool none = !(list->set[0] | list->set[1]);
    if (metastases && list->known == NEN_KNOWN) {
        return none ? (list->flags & NEN_PERHAPS_MORE ? NOT_DISTANT | DISTANT
                                                      : NOT_DISTANT)
                    : DISTANT;
    }
    if (!metastases && m->known == NEN_KNOWN)
        return m->set[0] == M0 ? NOT_DISTANT : m->set[0] & M0 ? ~(uint64_t)0 : DISTANT;
    return ~(uint64_t)0;
}

/* Spread without a T, N and M scheme: metastases before a stated M before a word. */
static void spread_without_scheme(nen_dossier *d) {
    nen_item *s = &d->staging.spread;
    const nen_value *told = &d->facts.field[NEN__F_SPREAD];
    const uint64_t by_m = spread_by_m(&d->facts, false);
    s->possible = spread_by_m(&d->facts, true) &
                  (((uint64_t)1 << nen__labels(NEN_LABEL_SPREAD)) - 1);
    if (s->possible & by_m) {
        s->possible &= by_m;
    } else {
        nen__warn(d, "conflict.m", NEN__F_M, "", "", NEN_T_WARN_FACTS_USED);
    }
    if (told->known == NEN_KNOWN && !(told->flags & NEN_DERIVED)) {
        if (s->possible & told->set[0]) {
            s->possible &= told->set[0];
        } else {
            nen__warn(d, "conflict.spread", NEN__F_SPREAD,
                      nen_label(NEN_LABEL_SPREAD, nen__lowest(told->set[0])),
                      nen_label(NEN_LABEL_SPREAD, nen__lowest(s->possible)),
                      NEN_T_WARN_FACTS_USED);
        }
    }
    s->settled = NEN_POSSIBLE;
    close_item(s);
}

/* T is not compared with a scheme that does not apply. */
static void keep_other_warnings(nen_dossier *d, uint8_t from) {
    uint8_t kept = from;
    for (uint8_t i = from; i < d->warnings; i++) {
        const uint16_t field = d->warning[i].field[0];
        if (field != NEN__F_T) d->warning[kept++] = d->warning[i];
    }
    d->warnings = kept;
}

/* Spread stays: it needs no T, N and M scheme. */
static void not_staged(nen_dossier *d, unsigned system, uint16_t why) {
    nen_staging *s = &d->staging;
    const nen_item spread = s->spread;
    *s = (nen_staging){.settled = NEN_NOT_APPLICABLE,
                       .system = (uint8_t)system,
                       .edition_why = why,
                       .spread = spread};
    blank(&s->t);
    blank(&s->n);
    blank(&s->m);
    blank(&s->group);
}

/* One candidate site; false when it has no scheme. */
static bool stage_site(nen_dossier *d, unsigned site, nen__site_stage *one,
                       const nen__edition **edition) {
    bool assumed;
    *edition = choose(&d->facts, site, &assumed);
    if (!*edition) return false;
    d->staging.assumed = assumed;
    const nen__tnm_at at = {(uint8_t)site, (*edition)->system, (*edition)->group_table,
                            true};
    nen__tnm(&d->facts, &at, NULL, one);
    nen__spread_at(&d->facts, site, one);
    return true;
}

/* Is a stated category impossible at some candidate sites but not at all of them? Then
 * the tumor is not there. */
static bool some_site_agrees(nen_dossier *d, const uint64_t *sites) {
    nen__site_stage one;
    const nen__edition *e;
    for (unsigned w = nen__next(sites, 0); w < NEN_WORDS_MAX;
         w = nen__next(sites, w + 1))
        if (stage_site(d, w, &one, &e) && !one.stated_fails) return true;
    return false;
}

static bool anything_stated(const nen_case *c) {
    return nen__known(c, NEN__F_T) || nen__known(c, NEN__F_N) ||
           nen__known(c, NEN__F_M) || nen__known(c, NEN__F_STAGE) ||
           nen__known(c, NEN__F_SPREAD);
}

static unsigned join_sites(nen_dossier *d, const uint64_t *sites, bool drop,
                           const nen__edition **edition, unsigned *last) {
    nen_staging *s = &d->staging;
    unsigned count = 0;
    for (unsigned w = nen__next(sites, 0); w < NEN_WORDS_MAX;
         w = nen__next(sites, w + 1)) {
        const nen__edition *e;
        nen__site_stage one;
        if (!stage_site(d, w, &one, &e)) continue;
        if (drop && one.stated_fails) continue;
        join(s, &one, count == 0, d->not_told);
        s->system = count && s->system != e->system ? NEN_SYSTEM_NONE : e->system;
        s->edition_why = e->row;
        *edition = e;
        *last = w;
        count++;
    }
    return count;
}

/* Candidate sites without a scheme still say how far the tumor may have spread. */
static void join_schemeless(nen_dossier *d, const uint64_t *sites) {
    const nen_item joined = d->staging.spread;
    const uint8_t warnings = d->warnings;
    bool any = false, assumed;
    for (unsigned w = nen__next(sites, 0); w < NEN_WORDS_MAX && !any;
         w = nen__next(sites, w + 1))
        any = !choose(&d->facts, w, &assumed);
    if (!any) return;
    spread_without_scheme(d);
    d->warnings = warnings;
    const uint64_t more = d->staging.spread.possible;
    d->staging.spread = joined;
    d->staging.spread.possible |= more;
    if (joined.settled != NEN_DECIDED || (more & ~joined.possible))
        d->staging.spread.settled = NEN_POSSIBLE;
    if (more & ~joined.possible) d->staging.spread.value = NEN_LABEL_NULL;
}

static void stage_sites(nen_dossier *d, const uint64_t *sites) {
    nen_staging *s = &d->staging;
    const nen__edition *only = NULL;
    unsigned last = 0;
    const bool several = nen__next(sites, nen__next(sites, 0) + 1) < NEN_WORDS_MAX;
    const bool stated = several && anything_stated(&d->facts);
    const bool drop = stated && some_site_agrees(d, sites);
    const unsigned count = join_sites(d, sites, drop, &only, &last);
    if (!count) {
        not_staged(d, NEN_SYSTEM_NONE, NEN_T_STAGED_NO_SCHEME);
        spread_without_scheme(d);
        return;
    }
    close_item(&s->t);
    close_item(&s->n);
    close_item(&s->m);
    close_item(&s->group);
    join_schemeless(d, sites);
    close_item(&s->spread);
    s->settled = s->group.settled;
    conflicts(d);
    if (stated && !drop)
        nen__warn(d, "conflict.stage", NEN__F_SPREAD, "", "", NEN_T_WARN_FITS_NO_SITE);
    if (count > 1) return;
    nen__row_add(&s->rows, only->row);
    other_editions(d, last, only);
    readings(d, last, only);
}

/* A diagnosis before the first day of any edition. */
static void warn_old_diagnosis(nen_dossier *d) {
    const nen_value *day = &d->facts.field[NEN__F_DIAGNOSED];
    if (day->known != NEN_KNOWN) return;
    for (unsigned i = 0; i < nen__editions_count; i++) {
        const uint32_t from = nen__editions[i].from;
        if (from && from <= day->num.hi) return;
    }
    nen__warn(d, "doubt.edition", NEN__F_DIAGNOSED, "", "ajcc8",
              NEN_T_WARN_EDITION_OLD);
}

void nen__stage(nen_dossier *d, const nen_config *config) {
    nen_staging *s = &d->staging;
    (void)config;
    blank(&s->t);
    blank(&s->n);
    blank(&s->m);
    blank(&s->group);
    blank(&s->spread);
    uint64_t sites[NEN__SET_CHUNKS];
    nen__sites(&d->facts, sites);
    const uint16_t carcinoma = nen__left(&d->facts, NEN__LEAVES_FOR_CARCINOMA);
    const uint16_t outside = nen__left(&d->facts, NEN__LEAVES_CHAPTER);
    const bool staged = carcinoma == NEN_NONE && outside == NEN_NONE;
    const uint8_t warnings = d->warnings;
    if (staged) warn_old_diagnosis(d);
    stage_sites(d, sites);
    if (staged) return;
    keep_other_warnings(d, warnings);
    if (carcinoma != NEN_NONE) {
        not_staged(d, NEN_SYSTEM_CARCINOMA, carcinoma);
    } else {
        not_staged(d, NEN_SYSTEM_NONE, outside);
    }
}
