/* arm.c - builds the people of an arm from published shares, and simulates them. */
#include "arm.h"

#include "fmath.h"
#include "plan.h"

#include "ids.h"

#include <stdlib.h>
#include <string.h>

static double constant(unsigned which) {
    return nen__trial_constant[which];
}

/* ---- room ---- */

bool fit_room_make(fit_room *room) {
    const size_t align = 64;
    const size_t size = (nen__course_work_size() + align - 1) / align * align;
    room->work = aligned_alloc(align, size);
    room->tally = malloc(sizeof *room->tally);
    room->one = malloc(sizeof *room->one);
    return room->work && room->tally && room->one;
}

void fit_room_free(fit_room *room) {
    free(room->work);
    free(room->tally);
    free(room->one);
}

/* ---- who: origin by site, Ki-67 by grade ---- */

#define BIT(x) ((uint64_t)1 << (x))

/* Origins of the sites; an unknown primary counts as gut (course_models.tsv). */
static void origins(uint64_t sites, double *share) {
    static const uint8_t midgut[] = {NEN__W_SITE_JEJUNUM_ILEUM, NEN__W_SITE_APPENDIX};
    uint64_t of[NEN__ORIGINS] = {0};
    for (unsigned i = 0; i < sizeof midgut; i++)
        of[NEN__ORIGIN_midgut] |= BIT(midgut[i]);
    of[NEN__ORIGIN_pancreas] = BIT(NEN__W_SITE_PANCREAS);
    of[NEN__ORIGIN_lung] = BIT(NEN__W_SITE_LUNG) | BIT(NEN__W_SITE_THYMUS);
    of[NEN__ORIGIN_ppgl] = BIT(NEN__W_SITE_ADRENAL) | BIT(NEN__W_SITE_PARAGANGLIOMA);
    of[NEN__ORIGIN_gut] = ~(of[NEN__ORIGIN_midgut] | of[NEN__ORIGIN_pancreas] |
                            of[NEN__ORIGIN_lung] | of[NEN__ORIGIN_ppgl]);
    double sum = 0;
    for (unsigned o = 0; o < NEN__ORIGINS; o++) {
        const double weight =
            o == NEN__ORIGIN_midgut ? constant(NEN__T_midgut_weight) : 1;
        share[o] = sites & of[o] ? weight : 0;
        sum += share[o];
    }
    for (unsigned o = 0; o < NEN__ORIGINS; o++)
        share[o] /= sum;
}

enum { G1, G2, G3, NEC, RANGES = 4, PARTS_MAX = 8 };

/* Bits of a grade mix. */
#define AS_ENUM(name) GRADE_##name,
enum { NEN__GRADES(AS_ENUM) GRADES };
#undef AS_ENUM

/* Which of the four ranges a grade's words are, evenly. */
static void ranges(uint64_t grades, double *share) {
    const uint64_t of[RANGES] = {BIT(GRADE_G1) | BIT(GRADE_TC),
                                 BIT(GRADE_G2) | BIT(GRADE_AC), BIT(GRADE_G3),
                                 BIT(GRADE_NEC)};
    double sum = 0;
    for (unsigned r = 0; r < RANGES; r++) {
        share[r] = grades & of[r] ? 1 : 0;
        sum += share[r];
    }
    for (unsigned r = 0; r < RANGES; r++)
        share[r] = sum > 0 ? share[r] / sum : 0;
}

/* Middle of the logs of a grade's range within the trial's own limits. */
static double ki67_of(unsigned range, const nen__trial *trial) {
    double lo = constant(NEN__T_ki67_g1_lo + 2 * range);
    double hi = constant(NEN__T_ki67_g1_hi + 2 * range);
    const double half = 0.5;
    if (trial->ki67_lo_pct > lo && trial->ki67_lo_pct < hi) lo = trial->ki67_lo_pct;
    if (trial->ki67_hi_pct > lo && trial->ki67_hi_pct < hi) hi = trial->ki67_hi_pct;
    return nen__exp_f64(half * (nen__log_f64(lo) + nen__log_f64(hi)));
}

static double prior_lines(const nen__trial *t) {
    const double half = 0.5;
    const double lo = t->prior_lo > 0 ? t->prior_lo : 0;
    const double hi =
        t->prior_hi >= 0 ? t->prior_hi : lo + constant(NEN__T_prior_open_lines);
    return half * (lo + hi);
}

/* Does an arm of this class get an SSA beyond progression on one? With another drug it
 * does in a trial whose people all had some therapy before. */
static bool beyond_ssa(const nen__trial *t, unsigned arm_class) {
    switch (arm_class) {
        case NEN__ARM_CLASS_ssa_highdose:
        case NEN__ARM_CLASS_ssa_beyond_pd:
            return true;
        case NEN__ARM_CLASS_prrt_ssa:
        case NEN__ARM_CLASS_mtor_ssa:
        case NEN__ARM_CLASS_vegfr_tki_ssa:
            return t->prior_lo >= 1;
        default:
            return false;
    }
}

/* Classes that all had before: an SSA, where an arm got one beyond its progression. */
static unsigned used_before(const nen__trial_set *set, unsigned trial) {
    const nen__trial *t = &set->trial[trial];
    if (t->prior_hi == 0) return 0;
    for (unsigned a = 0; a < set->arms; a++)
        if (set->arm[a].trial == trial && beyond_ssa(t, set->arm[a].arm_class))
            return 1u << NEN__CLASS_ssa;
    return 0;
}

static nen__cohort cohort_of(const nen__trial_set *set, const nen__trial *t,
                             unsigned origin, unsigned range) {
    nen__cohort c = {.origin = (uint8_t)(range == NEC ? NEN__ORIGIN_nec : origin),
                     .kind = (uint8_t)(range == NEC                 ? NEN__KIND_nec
                                       : origin == NEN__ORIGIN_ppgl ? NEN__KIND_ppgl
                                                                    : NEN__KIND_net),
                     .age_years = (float)constant(NEN__T_age_years),
                     .male_prob = (float)constant(NEN__T_male_share)};
    c.ki67_pct = (float)ki67_of(range, t);
    if (origin == NEN__ORIGIN_ppgl && range != NEC)
        c.ki67_pct = nen__constant[NEN__K_ki67_reference_pct]; /* not graded by it */
    c.prior_lines = (float)prior_lines(t);
    c.used = (uint16_t)used_before(set, (unsigned)(t - set->trial));
    if (t->entry == NEN__ENTRY_progression)
        c.entry_growth_months =
            (float)(t->entry_months > 0 ? t->entry_months
                                        : constant(NEN__T_entry_months));
    /* those who did well before had no growth before */
    c.entry_stable = t->entry == NEN__ENTRY_stable || t->entry == NEN__ENTRY_selected;
    if (c.entry_stable) c.entry_growth_months = (float)constant(NEN__T_stable_months);
    return c;
}

static bool same_cohort(const nen__cohort *a, const nen__cohort *b) {
    return a->origin == b->origin && a->kind == b->kind && a->ki67_pct == b->ki67_pct;
}

static void add_group(fit_arm *arm, nen__cohort cohort, double weight) {
    if (!(weight > 0)) return;
    for (unsigned g = 0; g < arm->groups; g++)
        if (same_cohort(&arm->group[g].cohort, &cohort)) {
            arm->group[g].weight += weight;
            return;
        }
    if (arm->groups < FIT_GROUPS_MAX)
        arm->group[arm->groups++] = (fit_group){cohort, weight};
}

/* Shares over `n` kinds from a published mix; what was not published is spread as the
 * rest is, or as `silent` words when nothing was. */
static void shares(const nen__mix *mix, uint64_t silent, unsigned n,
                   void (*split)(uint64_t, double *), double *out) {
    const nen__mix none = {silent, 1};
    double part[PARTS_MAX], sum = 0;
    if (!(mix->pct > 0)) mix = &none;
    for (unsigned i = 0; i < n; i++)
        out[i] = 0;
    for (unsigned m = 0; m < NEN__MIX_MAX && mix[m].pct > 0; m++) {
        split(mix[m].words, part);
        for (unsigned i = 0; i < n; i++)
            out[i] += mix[m].pct * part[i];
        if (mix == &none) break;
    }
    for (unsigned i = 0; i < n; i++)
        sum += out[i];
    for (unsigned i = 0; i < n && sum > 0; i++)
        out[i] /= sum;
}

static void people(const nen__trial_set *set, const nen__trial *t, const nen__arm *a,
                   fit_arm *out) {
    const nen__mix *site = a->site[0].pct > 0 ? a->site : t->site;
    const nen__mix *grade = a->grade[0].pct > 0 ? a->grade : t->grade;
    const uint64_t anywhere =
        ~(BIT(NEN__W_SITE_ADRENAL) | BIT(NEN__W_SITE_PARAGANGLIOMA));
    double by_origin[NEN__ORIGINS], by_range[RANGES];
    shares(site, anywhere, NEN__ORIGINS, origins, by_origin);
    shares(grade, BIT(GRADE_G1) | BIT(GRADE_G2), RANGES, ranges, by_range);
    for (unsigned o = 0; o < NEN__ORIGINS; o++)
        for (unsigned r = 0; r < RANGES; r++)
            add_group(out, cohort_of(set, t, o, r), by_origin[o] * by_range[r]);
}

/* ---- what: plans, crossover, scans ---- */

static double or_else(double published, double otherwise) {
    return published > 0 ? published : otherwise;
}

/* The therapy of the other arm of the same trial, for those who cross over to it. */
static void crossover(const nen__trial_set *set, const nen__arm *a, fit_arm *out) {
    const nen__trial *t = &set->trial[a->trial];
    const double full = 100;
    nen__course_plan other[FIT_PLANS_MAX];
    const bool control =
        a->role == NEN__ARM_control ||
        (a->of != NEN__NOBODY && set->arm[a->of].role == NEN__ARM_control);
    if (!(t->crossover_pct > 0) || !control) return;
    for (unsigned i = 0; i < set->arms; i++) {
        const nen__arm *x = &set->arm[i];
        if (x->trial != a->trial || x->role != NEN__ARM_experimental) continue;
        if (!fit_plans(x->plan, FIT_PLANS_MAX, other)) return;
        out->crossed = out->plan[0];
        out->crossed.line[out->crossed.lines++] = other[0].line[0];
        out->crossover_share = t->crossover_pct / full;
        return;
    }
}

static uint8_t best_lanes(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        return NEN__LANES_AVX512;
    if (__builtin_cpu_supports("avx2")) return NEN__LANES_AVX2;
#endif
    return NEN__LANES_PORTABLE;
}

const char *fit_arm_make(const nen__trial_set *set, unsigned arm, unsigned reader,
                         bool without_deaths, fit_arm *out) {
    const nen__arm *a = &set->arm[arm];
    const nen__trial *t = &set->trial[a->trial];
    *out = (fit_arm){.without_deaths = without_deaths};
    out->plans = fit_plans(a->plan, FIT_PLANS_MAX, out->plan);
    if (!out->plans) return "a therapy that the model does not have";
    people(set, t, a, out);
    if (!out->groups) return "people that the model does not have";
    crossover(set, a, out);
    const unsigned noise =
        reader == NEN__READER_local ? NEN__T_noise_local : NEN__T_noise_central;
    out->view = (nen__view){
        .visit_weeks = (float)or_else(t->scan_weeks, constant(NEN__T_scan_weeks)),
        .noise_sd = (float)constant(noise),
        .horizon_weeks = (uint16_t)(constant(NEN__T_os_months) * FIT_WEEKS_PER_MONTH),
        .lanes = best_lanes()};
    return NULL;
}

double fit_cut_weeks(unsigned endpoint, bool of_hazard_ratio) {
    static const uint8_t which[2][2] = {{NEN__T_pfs_months, NEN__T_hazard_months},
                                        {NEN__T_os_months, NEN__T_hazard_os_months}};
    return constant(which[endpoint == NEN__ENDPOINT_os][of_hazard_ratio]) *
           FIT_WEEKS_PER_MONTH;
}

/* ---- running ---- */

static void add_curve(fit_curve *into, const uint32_t *count, double weight) {
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++)
        into->event[i] += weight * count[i];
}

static void add_tally(fit_result *out, const nen__tally *t, double weight,
                      double *reached, double *responded) {
    for (unsigned l = 0; l < FIT_LINES; l++) {
        add_curve(&out->pfs[l], t->pfs[l], weight);
        reached[l] += weight * t->reached[l];
        responded[l] += weight * t->response[l];
    }
    add_curve(&out->os, t->os, weight);
}

static void run_group(const fit_arm *arm, const nen__theta *theta,
                      const nen__cohort *cohort, const nen__course_plan *plan,
                      uint64_t seed, unsigned patients, fit_room *room) {
    memset(room->tally, 0, sizeof *room->tally);
    for (unsigned at = 0; at < patients; at += NEN__BATCH) {
        const unsigned left = patients - at;
        nen__course_batch(theta, cohort, plan, &arm->view, seed, at,
                          left < NEN__BATCH ? left : NEN__BATCH, room->work,
                          room->tally);
    }
}

static void without_deaths(nen__theta *theta, nen__cohort *cohort) {
    const float never = -30;
    for (unsigned k = 0; k < NEN__KINDS; k++)
        theta->p[NEN__P_DEATH + k] = never;
    cohort->age_years = 0;
}

typedef struct sums {
    double reached[FIT_LINES], responded[FIT_LINES], simulated, entered;
} sums;

static void add_group_run(const fit_arm *arm, const fit_group *g,
                          const nen__theta *theta, uint64_t seed, unsigned patients,
                          fit_room *room, fit_result *out, sums *s) {
    enum { LEAST = 256 };
    nen__theta t = *theta;
    nen__cohort c = g->cohort;
    if (arm->without_deaths) without_deaths(&t, &c);
    const double part = g->weight * patients;
    const unsigned n = part > LEAST ? (unsigned)part : LEAST;
    /* A share of those who reach a next line; the model's own dropout comes on top. */
    const double stays = 1 / (1 + nen__exp_f64((double)t.p[NEN__P_dropout]));
    double crossing = arm->crossover_share / stays;
    crossing = crossing < 1 ? crossing : 1;
    const unsigned plans = arm->plans + (crossing > 0 ? 1 : 0);
    for (unsigned p = 0; p < plans; p++) {
        const bool crossed = p == arm->plans;
        const double share = crossed ? crossing : (1 - crossing) / arm->plans;
        run_group(arm, &t, &c, crossed ? &arm->crossed : &arm->plan[p], seed, n, room);
        s->simulated += n;
        s->entered += room->tally->patients;
        if (!room->tally->patients) continue;
        add_tally(out, room->tally, g->weight * share / room->tally->patients,
                  s->reached, s->responded);
    }
}

static double total(const fit_curve *curve) {
    double sum = 0;
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++)
        sum += curve->event[i];
    return sum;
}

void fit_arm_run(const fit_arm *arm, const nen__theta *theta, uint64_t seed,
                 unsigned patients, fit_room *room, fit_result *out) {
    const unsigned jitter =
        (unsigned)(constant(NEN__T_scan_jitter) * (double)arm->view.visit_weeks);
    sums s = {{0}, {0}, 0, 0};
    memset(out, 0, sizeof *out);
    for (unsigned g = 0; g < arm->groups; g++)
        add_group_run(arm, &arm->group[g], theta, seed, patients, room, out, &s);
    for (unsigned l = 0; l < FIT_LINES; l++) {
        out->pfs[l].total = total(&out->pfs[l]);
        const double true_share = s.reached[l] > 0 ? s.responded[l] / s.reached[l] : 0;
        out->response[l] =
            true_share + (1 - true_share) * constant(NEN__T_response_background);
        fit_jitter(&out->pfs[l], jitter);
    }
    out->os.total = total(&out->os);
    out->entered = s.simulated > 0 ? s.entered / s.simulated : 0;
}

/* ---- which parameters matter to an arm ---- */

static bool gives(const fit_arm *arm, unsigned klass, bool capped_only) {
    for (unsigned p = 0; p <= arm->plans; p++) {
        const nen__course_plan *plan = p < arm->plans ? &arm->plan[p] : &arm->crossed;
        if (p == arm->plans && !(arm->crossover_share > 0)) continue;
        for (unsigned l = 0; l < plan->lines; l++)
            for (unsigned c = 0; c < NEN__TOGETHER_MAX; c++)
                if (plan->line[l].klass[c] == klass &&
                    (!capped_only || plan->line[l].cap_weeks[c] > 0))
                    return true;
    }
    return false;
}

static bool gives_any(const fit_arm *arm, bool capped_only) {
    for (unsigned k = 1; k < NEN__CLASSES; k++)
        if (gives(arm, k, capped_only)) return true;
    return false;
}

static bool has_outside(const fit_arm *arm) {
    for (unsigned g = 0; g < arm->groups; g++)
        if (arm->group[g].cohort.kind == NEN__KIND_net &&
            arm->group[g].cohort.origin != NEN__ORIGIN_pancreas)
            return true;
    return false;
}

static bool single_matters(const fit_arm *arm, unsigned parameter) {
    switch (parameter) {
        case NEN__P_hold_sd:
        case NEN__P_kill_sd:
            return gives_any(arm, false);
        case NEN__P_kill_outside:
            return gives_any(arm, false) && has_outside(arm);
        case NEN__P_wane_prrt:
            return gives(arm, NEN__CLASS_prrt, true) ||
                   gives(arm, NEN__CLASS_mibg, true);
        case NEN__P_wane_chemo:
            return gives_any(arm, true) && !gives(arm, NEN__CLASS_prrt, true) &&
                   !gives(arm, NEN__CLASS_mibg, true);
        case NEN__P_dropout:
            return arm->plan[0].lines > 1 || arm->crossover_share > 0;
        case NEN__P_reuse:
            return arm->group[0].cohort.used && gives(arm, NEN__CLASS_ssa, false);
        default:
            return true;
    }
}

bool fit_arm_uses(const fit_arm *arm, unsigned parameter) {
    if (parameter >= NEN__P_SINGLES) return single_matters(arm, parameter);
    if (parameter >= NEN__P_KILL) return gives(arm, parameter - NEN__P_KILL + 1, false);
    if (parameter >= NEN__P_HOLD) return gives(arm, parameter - NEN__P_HOLD + 1, false);
    for (unsigned g = 0; g < arm->groups; g++) {
        const nen__cohort *c = &arm->group[g].cohort;
        if (parameter >= NEN__P_DEATH ? c->kind == parameter - NEN__P_DEATH
                                      : c->origin == parameter)
            return true;
    }
    return false;
}
