/* options.c - what can be done: positions, labels and rules over the option list.
 *
 * An option is listed only when a position, a label or an include rule puts it there;
 * safety rules only take away, hold or add text. */
#include "internal.h"

#include <string.h>

enum { APPROVED, EXTENDED, LIMITED, REFUSED, WITHDRAWN, DISCONTINUED };
enum { EXCLUDE, HOLD, FLAG, INCLUDE, TEXT, ASSERT, LABEL_OFF };
enum { IGNORE, HOLD_UNKNOWN, FIRE };
enum { MUST_NEVER, MUST_FLAG, MUST_INCLUDE, MUST_NEVER_LABEL };

static bool shown(const nen_option_result *r) {
    return r->status >= NEN_OPTION_NEEDS_TEST;
}

static void because(nen_option_result *r, uint16_t row, const char *condition) {
    if (r->becauses == NEN_REASONS_MAX) return;
    r->because[r->becauses++] = (nen_reason){row, condition};
}

static void against(nen_option_result *r, uint16_t row) {
    for (unsigned i = 0; i < r->againsts; i++)
        if (r->against[i].row == row) return;
    if (r->againsts == NEN_REASONS_MAX) return;
    r->against[r->againsts++] = (nen_reason){row, NULL};
}

static void add_need(nen_option_result *r, unsigned field) {
    for (unsigned i = 0; i < r->needcount; i++)
        if (r->need[i] == field) return;
    if (r->needcount < NEN_NEEDS_MAX) r->need[r->needcount++] = (uint16_t)field;
}

/* A derived field cannot be told: what is open in its formula stands for it. */
static void open_inputs(const nen_case *facts, unsigned derived, uint64_t *fields) {
    for (unsigned i = 0; i < nen__derivations_count; i++) {
        const nen__derivation *d = &nen__derivations[i];
        if (d->field != derived) continue;
        for (unsigned k = 0; k < d->count; k++)
            nen__maybes(facts, nen__derived_rows[d->first + k].when, NEN_NONE, fields);
    }
}

/* The fields that a person can be asked for in place of the open ones. */
static void askable(const nen_case *facts, const uint64_t *open,
                    uint64_t told[NEN__FIELD_CHUNKS]) {
    memcpy(told, open, NEN__FIELD_CHUNKS * sizeof *told);
    for (unsigned f = 0; f < nen__field_count; f++) /* a formula may ask for another */
        if (nen__bit(open, f) && nen__field[f].derived) open_inputs(facts, f, told);
    for (unsigned f = 0; f < nen__field_count; f++)
        if (nen__field[f].derived) told[f / 64] &= ~((uint64_t)1 << f % 64);
}

static void add_needs(const nen_case *facts, nen_option_result *r,
                      const uint64_t *fields) {
    uint64_t told[NEN__FIELD_CHUNKS];
    askable(facts, fields, told);
    for (unsigned c = 0; c < NEN__FIELD_CHUNKS; c++) {
        for (uint64_t f = told[c]; f; f &= f - 1)
            add_need(r, c * 64 + nen__lowest(f));
    }
}

static bool wants_test(const uint64_t *fields) {
    for (unsigned c = 0; c < NEN__FIELD_CHUNKS; c++) {
        for (uint64_t f = fields[c]; f; f &= f - 1)
            if (nen__field[c * 64 + nen__lowest(f)].test) return true;
    }
    return false;
}

static void note_not_told(nen_dossier *d, const uint64_t *fields) {
    for (unsigned i = 0; i < NEN__FIELD_CHUNKS; i++)
        d->not_told[i] |= fields[i];
}

/* The option fits as it stands: reasons with an "if" and open fields are no longer
 * told, they would read as a condition. */
static void fits(nen_option_result *r) {
    if (r->status == NEN_OPTION_FITS) return;
    r->status = NEN_OPTION_FITS;
    r->becauses = 0;
    r->needcount = 0;
}

/* ---- positions put options on the list ---- */

static void put(nen_dossier *d, const nen__position *p, const nen__position_option *po,
                const uint64_t *open) {
    nen_option_result *r = &d->option[po->option];
    uint8_t status = po->conditional ? NEN_OPTION_CONDITIONAL : NEN_OPTION_FITS;
    if (open && wants_test(open)) {
        status = NEN_OPTION_NEEDS_TEST;
    } else if (open) {
        status = NEN_OPTION_CONDITIONAL;
    }
    if (status == NEN_OPTION_FITS) fits(r);
    if (r->status < status) r->status = status;
    if (status == NEN_OPTION_FITS || r->status < NEN_OPTION_FITS) {
        if (open) add_needs(&d->facts, r, open);
        because(r, p->row, po->condition);
    }
    r->goals |= po->goals ? po->goals : nen__option_rows[po->option].goals;
}

/* Founding facts that may hold: for one spread that is still possible they do, so
 * nothing else is open. Treatments of distant disease are not listed on a guess. */
static bool may_hold(nen_dossier *d, nen__pred requires) {
    const nen_value told = d->facts.field[NEN__F_SPREAD];
    bool can = false;
    if (told.known != NEN_KNOWN) return false;
    uint64_t near = told.set[0] & ~((uint64_t)1 << NEN__W_SPREAD_DISTANT);
    for (; near && !can; near &= near - 1) {
        nen_value one = told;
        one.set[0] = near & -near;
        nen__put(&d->facts, NEN__F_SPREAD, &one);
        can = nen__holds(&d->facts, requires, NEN_NONE);
    }
    nen__put(&d->facts, NEN__F_SPREAD, &told);
    return can;
}

/* Do the founding facts hold?  A maybe lists something when only spread, which is added
 * to `open`, is not settled. */
static nen_truth founded(nen_dossier *d, nen__pred requires, uint64_t *open) {
    const nen_truth t = nen__eval(&d->facts, requires, NEN_NONE);
    if (t != NEN_MAYBE) return t;
    if (!may_hold(d, requires)) return NEN_FALSE;
    nen__add(open, NEN__F_SPREAD);
    return NEN_MAYBE;
}

/* What the position advises against stays off its list, with the reason. */
static void advise_against(nen_dossier *d, const nen__position *p) {
    for (unsigned c = 0; c < NEN__SET_CHUNKS; c++) {
        for (uint64_t s = p->avoid[c]; s; s &= s - 1) {
            nen_option_result *r = &d->option[c * 64 + nen__lowest(s)];
            against(r, p->row);
            r->worth_telling = true;
        }
    }
}

static void apply_position(nen_dossier *d, const nen__position *p) {
    uint64_t open[NEN__FIELD_CHUNKS] = {0};
    const nen_truth base = founded(d, p->requires, open);
    if (base == NEN_FALSE) return;
    const nen_truth when = nen__eval(&d->facts, p->when, NEN_NONE);
    const nen_truth t = base == NEN_MAYBE && when == NEN_TRUE ? NEN_MAYBE : when;
    if (when == NEN_MAYBE) nen__maybes(&d->facts, p->when, NEN_NONE, open);
    if (t == NEN_MAYBE) note_not_told(d, open);
    for (unsigned i = 0; i < p->count; i++) {
        const nen__position_option *po = &nen__position_options[p->first + i];
        nen_option_result *r = &d->option[po->option];
        r->worth_telling = true; /* the position speaks of it for such a case */
        if (t == NEN_FALSE) continue;
        if (!nen__holds(&d->facts, po->requires, po->option)) continue;
        put(d, p, po, t == NEN_MAYBE ? open : NULL);
    }
    if (t != NEN_FALSE) advise_against(d, p);
}

/* ---- labels ---- */

static void read_label(nen_dossier *d, const nen__approval *a) {
    nen_option_result *r = &d->option[a->option];
    uint8_t *state = &r->label[a->region];
    if (a->kind != APPROVED && a->kind != EXTENDED) return;
    const nen_truth t = nen__eval(&d->facts, a->when, a->option);
    const uint8_t now = t == NEN_TRUE    ? NEN_LABEL_ON
                        : t == NEN_MAYBE ? NEN_LABEL_UNKNOWN
                                         : NEN_LABEL_OFF;
    if (now == NEN_LABEL_ON || *state == NEN_LABEL_OFF) *state = now;
    const nen_value *region = &d->facts.field[NEN__F_REGION];
    const bool here = region->known != NEN_KNOWN || nen__bit(region->set, a->region);
    if (t != NEN_TRUE || !a->puts || !here) return;
    fits(r);
    because(r, a->row, NULL);
    r->goals |= nen__option_rows[a->option].goals;
}

void nen_label_open(const nen_dossier *d, unsigned option, unsigned region,
                    uint64_t fields[NEN__FIELD_CHUNKS]) {
    uint64_t open[NEN__FIELD_CHUNKS] = {0};
    const nen__row_list list =
        nen__rows_at(nen__approvals_at, 0, nen__exact_site(&d->facts));
    for (unsigned i = 0; i < list.count; i++) {
        const nen__approval *a = &nen__approvals[list.row[i]];
        const bool here = a->option == option && a->region == region &&
                          (a->kind == APPROVED || a->kind == EXTENDED);
        if (here && nen__eval(&d->facts, a->when, a->option) == NEN_MAYBE)
            nen__maybes(&d->facts, a->when, a->option, open);
    }
    askable(&d->facts, open, fields);
}

/* A limit of the label, or the end of the product: what cannot be had is not on label.
 * A limit without a scope is a remark. */
static void limit_label(nen_dossier *d, const nen__approval *a) {
    if (a->kind != DISCONTINUED && (a->kind != LIMITED || a->when == NEN__PRED_TRUE))
        return;
    if (nen__holds(&d->facts, a->when, a->option))
        d->option[a->option].label[a->region] = NEN_LABEL_OFF;
}

/* ---- rules ---- */

/* A label rule speaks of the labels of its regions, and the answer shows every label
 * while the region was not told; any other rule waits for the patient's region. */
static bool region_fits(const nen_case *f, const nen__rule *r) {
    const nen_value *region = &f->field[NEN__F_REGION];
    if (!r->regions) return true;
    if (region->known != NEN_KNOWN) return r->effect == LABEL_OFF;
    return region->set[0] & r->regions;
}

static nen_truth rule_truth(const nen_case *f, const nen__rule *r, uint16_t option) {
    if (!region_fits(f, r)) return NEN_FALSE;
    if (!nen__holds(f, r->requires, option)) return NEN_FALSE;
    return nen__eval(f, r->when, option);
}

/* The rules that can matter at the site, each with its truth for the case as a whole.
 */
typedef struct rule_list {
    const uint16_t *row;
    unsigned count;
    uint8_t truth[NEN__RULES];
} rule_list;

static void read_rules(const nen_case *f, rule_list *rules) {
    const nen__row_list at = nen__rows_at(nen__rules_at, 0, nen__exact_site(f));
    rules->row = at.row;
    rules->count = at.count;
    for (unsigned i = 0; i < at.count; i++)
        rules->truth[i] = (uint8_t)rule_truth(f, &nen__rules[at.row[i]], NEN_NONE);
}

static bool fires(nen_truth t, const nen__rule *r) {
    return t == NEN_TRUE || (t == NEN_MAYBE && r->if_unknown == FIRE);
}

static void hold(nen_dossier *d, const nen__rule *r, unsigned option) {
    nen_option_result *o = &d->option[option];
    uint64_t open[NEN__FIELD_CHUNKS] = {0};
    nen__maybes(&d->facts, r->when, (uint16_t)option, open);
    note_not_told(d, open);
    add_needs(&d->facts, o, open);
    against(o, r->row);
    const uint8_t to =
        wants_test(open) ? NEN_OPTION_NEEDS_TEST : NEN_OPTION_CONDITIONAL;
    if (o->status > to) o->status = to;
}

static void restrict_option(nen_dossier *d, const nen__rule *r, unsigned option,
                            nen_truth t) {
    nen_option_result *o = &d->option[option];
    if (r->names_option) t = rule_truth(&d->facts, r, (uint16_t)option);
    const bool held = t == NEN_MAYBE && r->if_unknown == HOLD_UNKNOWN;
    if (r->effect == EXCLUDE && fires(t, r)) {
        o->worth_telling = o->worth_telling || shown(o);
        o->status = NEN_OPTION_NEVER;
        against(o, r->row);
    } else if (shown(o) && (held || (r->effect == HOLD && fires(t, r)))) {
        hold(d, r, option);
    }
}

static bool restricts(const nen__rule *r) {
    return r->effect == EXCLUDE || r->effect == HOLD ||
           (r->effect != INCLUDE && r->if_unknown == HOLD_UNKNOWN);
}

static void restrict_all(nen_dossier *d, const rule_list *rules) {
    for (unsigned i = 0; i < rules->count; i++) {
        const nen__rule *r = &nen__rules[rules->row[i]];
        if (!restricts(r) || r->effect == LABEL_OFF) continue;
        const nen_truth t = (nen_truth)rules->truth[i];
        if (t == NEN_FALSE && !r->names_option) continue;
        for (unsigned c = 0; c < NEN__SET_CHUNKS; c++) {
            for (uint64_t s = r->options[c]; s; s &= s - 1)
                restrict_option(d, r, c * 64 + nen__lowest(s), t);
        }
    }
}

/* Does the rule fire with one of these options in hand? */
static bool fires_for_any(const nen_dossier *d, const nen__rule *r,
                          const uint64_t *set) {
    for (unsigned c = 0; c < NEN__SET_CHUNKS; c++) {
        for (uint64_t s = set[c]; s; s &= s - 1) {
            const unsigned option = c * 64 + nen__lowest(s);
            if (fires(rule_truth(&d->facts, r, (uint16_t)option), r)) return true;
        }
    }
    return false;
}

static void shown_set(const nen_dossier *d, uint64_t set[NEN__SET_CHUNKS]) {
    for (unsigned c = 0; c < NEN__SET_CHUNKS; c++)
        set[c] = 0;
    for (unsigned o = 0; o < nen__option_rows_count; o++)
        if (shown(&d->option[o])) nen__add(set, o);
}

/* An include rule may speak of "any option on the list": then each is tried. */
static bool include_fires(const nen_dossier *d, const nen__rule *r, nen_truth t) {
    uint64_t listed[NEN__SET_CHUNKS];
    if (fires(t, r)) return true;
    if (!r->names_option) return false;
    shown_set(d, listed);
    return fires_for_any(d, r, listed);
}

static void include_all(nen_dossier *d, const rule_list *rules) {
    for (unsigned i = 0; i < rules->count; i++) {
        const nen__rule *r = &nen__rules[rules->row[i]];
        if (r->effect != INCLUDE || !include_fires(d, r, (nen_truth)rules->truth[i]))
            continue;
        for (unsigned c = 0; c < NEN__SET_CHUNKS; c++) {
            for (uint64_t s = r->options[c]; s; s &= s - 1) {
                const unsigned option = c * 64 + nen__lowest(s);
                nen_option_result *o = &d->option[option];
                if (o->status == NEN_OPTION_NEVER) continue;
                fits(o);
                o->goals |= nen__option_rows[option].goals;
                because(o, r->row, NULL);
            }
        }
    }
}

/* ---- flags ---- */

static bool has_options(const nen__rule *r) {
    for (unsigned c = 0; c < NEN__SET_CHUNKS; c++)
        if (r->options[c]) return true;
    return false;
}

/* Exclusions and label rules are told when their condition is true for the case;
 * the others when an option that they speak of is on the list. */
static bool told_for_case(const nen__rule *r) {
    if (r->when == NEN__PRED_TRUE) return !has_options(r);
    return r->effect == EXCLUDE || r->effect == LABEL_OFF || r->effect == INCLUDE ||
           !has_options(r);
}

static void flag_option(nen_dossier *d, const nen__rule *r, unsigned option,
                        nen_flag *flag) {
    nen_option_result *x = &d->option[option];
    nen__add(flag->options, option);
    if (x->flagcount < NEN_REASONS_MAX) x->flag[x->flagcount++] = r->row;
}

/* The shown options that the rule speaks of, when it fires for them. */
static bool flag_options(nen_dossier *d, const nen__rule *r, nen_truth t,
                         const uint64_t *listed, nen_flag *flag) {
    const bool whole = !r->names_option; /* one truth for every option */
    const bool all = !has_options(r);
    if (whole && (all || !fires(t, r))) return false;
    for (unsigned c = 0; c < NEN__SET_CHUNKS; c++) {
        for (uint64_t s = listed[c] & (all ? ~(uint64_t)0 : r->options[c]); s;
             s &= s - 1) {
            const unsigned option = c * 64 + nen__lowest(s);
            if (whole || fires(rule_truth(&d->facts, r, (uint16_t)option), r))
                flag_option(d, r, option, flag);
        }
    }
    return flag->options[0] | flag->options[1];
}

static void flag_rule(nen_dossier *d, unsigned i, nen_truth t, const uint64_t *listed) {
    const nen__rule *r = &nen__rules[i];
    nen_flag flag = {.rule = (uint16_t)i};
    if (r->effect == ASSERT) return;
    bool on = r->effect == INCLUDE ? include_fires(d, r, t)
                                   : flag_options(d, r, t, listed, &flag);
    if (!on && told_for_case(r)) on = fires(t, r);
    if (on && d->flags < NEN_FLAGS_MAX) d->flag[d->flags++] = flag;
}

static void flag_all(nen_dossier *d, const rule_list *rules) {
    uint64_t listed[NEN__SET_CHUNKS];
    shown_set(d, listed);
    for (unsigned i = 0; i < rules->count; i++)
        flag_rule(d, rules->row[i], (nen_truth)rules->truth[i], listed);
}

void nen__clear_options(nen_dossier *d) {
    d->options = (uint8_t)nen__option_rows_count;
    for (unsigned o = 0; o < nen__option_rows_count; o++)
        memset(&d->option[o], 0, offsetof(nen_option_result, because));
}

/* A drug with a label row in a region is off label there until one applies. */
static void labels_off(nen_dossier *d) {
    _Static_assert(sizeof d->option->label == sizeof *nen__label_start, "regions");
    for (unsigned o = 0; o < nen__option_rows_count; o++)
        memcpy(d->option[o].label, nen__label_start[o], sizeof d->option->label);
}

void nen__options(nen_dossier *d) {
    const unsigned site = nen__exact_site(&d->facts);
    const nen__row_list positions = nen__rows_at(nen__positions_at, 0, site);
    const nen__row_list labels = nen__rows_at(nen__approvals_at, 0, site);
    rule_list rules;
    labels_off(d);
    for (unsigned i = 0; i < positions.count; i++)
        apply_position(d, &nen__positions[positions.row[i]]);
    for (unsigned i = 0; i < labels.count; i++)
        read_label(d, &nen__approvals[labels.row[i]]);
    for (unsigned i = 0; i < labels.count; i++)
        limit_label(d, &nen__approvals[labels.row[i]]);
    const nen_value *now = &d->facts.field[NEN__F_CURRENT];
    for (unsigned o = 0; o < nen__option_rows_count; o++) {
        if (now->known != NEN_KNOWN || !nen__bit(now->set, o)) continue;
        d->option[o].current = true;
        fits(&d->option[o]);
        if (!d->option[o].goals) d->option[o].goals = nen__option_rows[o].goals;
    }
    read_rules(&d->facts, &rules);
    restrict_all(d, &rules);
    include_all(d, &rules);
    restrict_all(d, &rules);
    flag_all(d, &rules);
    for (unsigned o = 0; o < nen__option_rows_count; o++)
        if (shown(&d->option[o])) d->option[o].worth_telling = true;
}
