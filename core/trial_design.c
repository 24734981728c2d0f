/* trial_design.c - a design as cases that the rules know, and as arms of the model. */
#include "sequence.h"
#include "trial.h"

#include <string.h>

/* ---- each kind of person as a case ---- */

static void tell_word(nen_case *c, unsigned field, unsigned word) {
    nen_value v = {.known = NEN_KNOWN};
    nen__add(v.set, word);
    c->field[field] = v;
}

static void tell_number(nen_case *c, unsigned field, double x) {
    nen_value v = {.known = NEN_KNOWN};
    v.num.lo = v.num.hi = x;
    c->field[field] = v;
}

static void tell_prior(nen_case *c, const uint64_t *prior) {
    nen_value v = {.known = NEN_KNOWN};
    for (unsigned w = nen__next(prior, 0); w < NEN_WORDS_MAX;
         w = nen__next(prior, w + 1)) {
        nen__add(v.set, w);
        if (c->priors < NEN_STEPS_MAX) c->prior[c->priors++].option = (uint16_t)w;
    }
    c->field[NEN__F_PRIOR] = v;
}

/* Grades that are words of other fields, too. */
static void tell_grade(nen_case *c, unsigned grade) {
    const char *name = nen_label(NEN_LABEL_GRADE, grade);
    const int word = nen_word_find(NEN__F_GRADE, name);
    const bool poor = !strcmp(name, "NEC");
    if (word >= 0) tell_word(c, NEN__F_GRADE, (unsigned)word);
    tell_word(c, NEN__F_DIFFERENTIATION,
              poor ? NEN__W_DIFFERENTIATION_POOR : NEN__W_DIFFERENTIATION_WELL);
}

/* Someone of this site and grade, whose disease has spread. */
static void person(const nen_design *d, unsigned site, unsigned grade, nen_case *c) {
    memset(c, 0, sizeof *c);
    tell_word(c, NEN__F_SITE, site);
    tell_grade(c, grade);
    tell_word(c, NEN__F_SPREAD, NEN__W_SPREAD_DISTANT);
    tell_prior(c, d->prior);
    if (d->sstr) tell_word(c, NEN__F_SSTR, d->sstr - 1u);
    if (d->functioning_share == 0 || d->functioning_share == 1)
        tell_number(c, NEN__F_FUNCTIONING, d->functioning_share);
    if (!(d->progressed_within_months > 0)) return;
    tell_number(c, NEN__F_PROGRESSING, 1);
    tell_number(c, NEN__F_PROGRESSED_WITHIN_MONTHS, d->progressed_within_months);
}

/* ---- may they be followed? ---- */

typedef struct asked {
    nen_design *design;
    nen_dossier *room;
    nen_refusal *out;
} asked;

static nen_status refuse(const asked *a, nen_refused what) {
    a->out->what = (uint8_t)what;
    return NEN_ERR_IMPOSSIBLE;
}

static nen_status check_arms(const asked *a) {
    for (unsigned i = 0; i < a->design->arms; i++) {
        const nen_trial_group *arm = &a->design->arm[i];
        a->out->arm = (uint8_t)i;
        for (unsigned p = 0; p < arm->plans; p++) {
            const nen_status status =
                nen_plan_check(a->room, &arm->plan[p], &a->out->row);
            if (status != NEN_OK) return refuse(a, NEN_REFUSED_PLAN);
        }
    }
    return NEN_OK;
}

static bool of_lung(unsigned grade) {
    const char *name = nen_label(NEN_LABEL_GRADE, grade);
    return !strcmp(name, "TC") || !strcmp(name, "AC");
}

/* Can there be someone like this at all? */
static nen_refused impossible(const nen_design *d, unsigned site, unsigned grade) {
    const nen__population p = {.ki67_lo_pct = d->ki67_lo_pct,
                               .ki67_hi_pct = d->ki67_hi_pct};
    if (of_lung(grade) && site != NEN__W_SITE_LUNG) return NEN_REFUSED_GRADE;
    return nen__population_allows(&p, (uint64_t)1 << grade) ? NEN_REFUSED_NOTHING
                                                            : NEN_REFUSED_KI67;
}

/* What the model takes of earlier treatment. */
static void take(nen_design *d, const nen_who *who) {
    d->used = who->used;
    d->prior_lines = who->prior_lines;
    if (d->line > who->prior_lines + 1) d->prior_lines = d->line - 1;
}

static nen_status check_person(const asked *a, unsigned site, unsigned grade) {
    const nen_config config = {0, false};
    const nen_case *facts = &a->room->facts;
    nen_case c;
    nen_who who;
    *a->out =
        (nen_refusal){.row = NEN_NONE, .site = (uint8_t)site, .grade = (uint8_t)grade};
    const nen_refused what = impossible(a->design, site, grade);
    if (what != NEN_REFUSED_NOTHING) return refuse(a, what);
    person(a->design, site, grade, &c);
    const nen_status status = nen_answer(&c, &config, a->room);
    if (status != NEN_OK) return status;
    nen_course_who(a->room, &who);
    a->out->row = who.note;
    if (who.model == NEN_MODEL_NONE) return refuse(a, NEN_REFUSED_PEOPLE);
    a->out->row = NEN_NONE;
    take(a->design, &who);
    if (a->design->line == 1 &&
        nen__is_word(facts, NEN__F_PRIOR_SYSTEMIC, NEN__W_PRIOR_SYSTEMIC_NON_SSA))
        return refuse(a, NEN_REFUSED_LINE);
    return check_arms(a);
}

/* Bits of a share: words and labels are below 64; a group of sites is its members. */
static uint64_t sites_of(const nen_trial_share *s) {
    uint64_t all = 0;
    for (uint64_t left = s->words; left; left &= left - 1) {
        const nen_word_info *w = nen_word(NEN__F_SITE, nen__lowest(left));
        all |= w && w->group ? w->members[0] : left & -left;
    }
    return all;
}

static uint64_t all_sites(const nen_design *d) {
    uint64_t all = 0;
    for (unsigned i = 0; i < d->sites; i++)
        if (d->site[i].weight > 0) all |= sites_of(&d->site[i]);
    return all;
}

static uint64_t all_grades(const nen_design *d) {
    enum { G1_AND_G2 = 3 };
    uint64_t all = d->grades ? 0 : G1_AND_G2;
    for (unsigned i = 0; i < d->grades; i++)
        if (d->grade[i].weight > 0) all |= d->grade[i].words;
    return all;
}

nen_status nen_design_check(nen_design *design, nen_dossier *room, nen_refusal *out) {
    const asked a = {design, room, out};
    *out = (nen_refusal){.row = NEN_NONE};
    for (uint64_t s = all_sites(design); s; s &= s - 1) {
        for (uint64_t g = all_grades(design); g; g &= g - 1) {
            const nen_status status = check_person(&a, nen__lowest(s), nen__lowest(g));
            if (status != NEN_OK) return status;
        }
    }
    return NEN_OK;
}

/* ---- as the model takes it ---- */

static void mix_of(const nen_trial_share *share, unsigned n, bool sites,
                   nen__mix *out) {
    unsigned kept = 0;
    for (unsigned i = 0; i < n; i++) {
        if (!(share[i].weight > 0)) continue;
        out[kept++] =
            (nen__mix){sites ? sites_of(&share[i]) : share[i].words, share[i].weight};
    }
    if (kept < NEN_TRIAL_MIX_MAX) out[kept] = (nen__mix){0, 0};
}

static void people(const nen_design *d, nen__trial_arm *out) {
    nen__mix site[NEN_TRIAL_MIX_MAX], grade[NEN_TRIAL_MIX_MAX];
    mix_of(d->site, d->sites, true, site);
    mix_of(d->grade, d->grades, false, grade);
    const nen__population p = {.site = site,
                               .grade = grade,
                               .mixes = NEN_TRIAL_MIX_MAX,
                               .ki67_lo_pct = d->ki67_lo_pct,
                               .ki67_hi_pct = d->ki67_hi_pct,
                               .prior_lines = d->prior_lines,
                               .used = d->used,
                               .entry_growth_months = d->progressed_within_months};
    nen__arm_people(&p, out);
}

void nen__design_arm(const nen_design *d, unsigned arm, uint8_t lanes,
                     nen__trial_arm *out) {
    const nen_trial_group *own = &d->arm[arm];
    memset(out, 0, sizeof *out);
    people(d, out);
    out->plans = own->plans;
    for (unsigned p = 0; p < own->plans; p++)
        nen__course_plan_of(&own->plan[p], &out->plan[p]);
    const unsigned noise =
        d->reader == NEN_TRIAL_LOCAL ? NEN__T_noise_local : NEN__T_noise_central;
    out->view = (nen__view){.visit_weeks = (float)d->scan_weeks,
                            .later_weeks = (float)d->scan_later_weeks,
                            .criteria = d->criteria,
                            .noise_sd = (float)nen__trial_constant[noise],
                            .horizon_weeks = (uint16_t)(nen__design_weeks(d) + 1),
                            .lanes = lanes};
    if (!arm || !(d->crossover_pct > 0)) return;
    nen__course_plan other;
    nen__course_plan_of(&d->arm[0].plan[0], &other);
    out->crossed = out->plan[0];
    out->crossed.line[out->crossed.lines++] = other.line[0];
    out->crossover_share = d->crossover_pct / 100;
}

double nen__design_weeks(const nen_design *d) {
    return (d->accrual_months + d->follow_up_months) * NEN__WEEKS_PER_MONTH;
}

unsigned nen__design_months(const nen_design *d) {
    return (unsigned)(d->accrual_months + d->follow_up_months);
}

nen__sizes nen__design_sizes(const nen_design *d) {
    enum { WHOLE = 4 }; /* quarters of the design's size */
    static const uint8_t quarters[NEN_TRIAL_SIZES] = {1, 2, 3, 4, 6, 8, 12, 16};
    nen__sizes s = {.count = 0};
    for (unsigned i = 0; i < NEN_TRIAL_SIZES; i++) {
        uint32_t n[NEN_TRIAL_ARMS];
        bool more = !s.count;
        for (unsigned a = 0; a < NEN_TRIAL_ARMS; a++) {
            n[a] = (d->arm[a].n * quarters[i] + WHOLE / 2) / WHOLE;
            n[a] = n[a] ? n[a] : 1;
            more = more || n[a] > s.n[s.count - 1][a];
        }
        if (more) memcpy(s.n[s.count++], n, sizeof n);
        if (quarters[i] == WHOLE) s.planned = s.count - 1;
    }
    return s;
}

bool nen__design_alike(const nen_design *d) {
    const nen_trial_group *a = &d->arm[0], *b = &d->arm[1];
    if (a->plans != b->plans) return false;
    for (unsigned p = 0; p < a->plans; p++)
        if (!nen_plan_same(&a->plan[p], &b->plan[p])) return false;
    return true;
}
