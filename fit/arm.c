/* arm.c - a published arm: who was in it, what they got, how they were scanned. */
#include "arm.h"

#include "plan.h"

#include <stdlib.h>

static double constant(unsigned which) {
    return nen__trial_constant[which];
}

/* ---- room ---- */

bool fit_room_make(fit_room *room) {
    const size_t align = 64;
    const size_t size = (nen__course_work_size() + align - 1) / align * align;
    room->work = aligned_alloc(align, size);
    room->tally = malloc(sizeof *room->tally);
    return room->work && room->tally;
}

void fit_room_free(fit_room *room) {
    free(room->work);
    free(room->tally);
}

/* ---- who ---- */

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

/* Share who had an SSA before; where it was not published all those of a trial in which
 * an arm got one beyond progression on it. */
static double had_ssa(const nen__trial_set *set, unsigned trial) {
    const nen__trial *t = &set->trial[trial];
    const double full = 100;
    if (t->prior_ssa_pct >= 0) return t->prior_ssa_pct / full;
    if (t->prior_hi == 0) return 0;
    for (unsigned a = 0; a < set->arms; a++)
        if (set->arm[a].trial == trial && beyond_ssa(t, set->arm[a].arm_class))
            return 1;
    return 0;
}

static nen__population population_of(const nen__trial_set *set, unsigned arm) {
    const nen__arm *a = &set->arm[arm];
    const nen__trial *t = &set->trial[a->trial];
    nen__population p = {.site = a->site[0].pct > 0 ? a->site : t->site,
                         .grade = a->grade[0].pct > 0 ? a->grade : t->grade,
                         .mixes = NEN__MIX_MAX,
                         .ki67_lo_pct = t->ki67_lo_pct,
                         .ki67_hi_pct = t->ki67_hi_pct,
                         .prior_lines = prior_lines(t),
                         .used = 1u << NEN__CLASS_ssa,
                         .unused_share = 1 - had_ssa(set, a->trial)};
    if (t->entry == NEN__ENTRY_progression)
        p.entry_growth_months =
            t->entry_months > 0 ? t->entry_months : constant(NEN__T_entry_months);
    /* those who did well before had no growth before */
    p.entry_stable = t->entry == NEN__ENTRY_stable || t->entry == NEN__ENTRY_selected;
    if (p.entry_stable) p.entry_growth_months = constant(NEN__T_stable_months);
    return p;
}

/* ---- what: plans, crossover, scans ---- */

static double or_else(double published, double otherwise) {
    return published > 0 ? published : otherwise;
}

/* The therapy of the other arm of the same trial, for those who cross over to it. */
static void crossover(const nen__trial_set *set, const nen__arm *a,
                      nen__trial_arm *out) {
    const nen__trial *t = &set->trial[a->trial];
    const double full = 100;
    nen__course_plan other[NEN__ARM_PLANS_MAX];
    const bool control =
        a->role == NEN__ARM_control ||
        (a->of != NEN__NOBODY && set->arm[a->of].role == NEN__ARM_control);
    if (!(t->crossover_pct > 0) || !control) return;
    for (unsigned i = 0; i < set->arms; i++) {
        const nen__arm *x = &set->arm[i];
        if (x->trial != a->trial || x->role != NEN__ARM_experimental) continue;
        if (!fit_plans(x->plan, NEN__ARM_PLANS_MAX, other)) return;
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
                         bool without_deaths, nen__trial_arm *out) {
    const nen__arm *a = &set->arm[arm];
    const nen__trial *t = &set->trial[a->trial];
    *out = (nen__trial_arm){.without_deaths = without_deaths};
    out->plans = fit_plans(a->plan, NEN__ARM_PLANS_MAX, out->plan);
    if (!out->plans) return "a therapy that the model does not have";
    const nen__population p = population_of(set, arm);
    nen__arm_people(&p, out);
    if (!out->cells) return "people that the model does not have";
    crossover(set, a, out);
    const unsigned noise =
        reader == NEN__READER_local ? NEN__T_noise_local : NEN__T_noise_central;
    out->view = (nen__view){
        .visit_weeks = (float)or_else(t->scan_weeks, constant(NEN__T_scan_weeks)),
        .noise_sd = (float)constant(noise),
        .horizon_weeks = (uint16_t)(constant(NEN__T_os_months) * FIT_WEEKS_PER_MONTH),
        .lanes = best_lanes(),
        .criteria = t->criteria,
        .later_weeks = t->scan_later_weeks > 0 ? (float)t->scan_later_weeks : 0};
    return NULL;
}

double fit_cut_weeks(unsigned endpoint, bool of_hazard_ratio) {
    static const uint8_t which[2][2] = {{NEN__T_pfs_months, NEN__T_hazard_months},
                                        {NEN__T_os_months, NEN__T_hazard_os_months}};
    return constant(which[endpoint == NEN__ENDPOINT_os][of_hazard_ratio]) *
           FIT_WEEKS_PER_MONTH;
}

/* ---- which parameters matter to an arm ---- */

static bool gives(const nen__trial_arm *arm, unsigned klass, bool capped_only) {
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

static bool gives_any(const nen__trial_arm *arm, bool capped_only) {
    for (unsigned k = 1; k < NEN__CLASSES; k++)
        if (gives(arm, k, capped_only)) return true;
    return false;
}

/* Did some grow on this class before they entered? */
static bool grew_under(const nen__trial_arm *arm, unsigned klass) {
    for (unsigned g = 0; g < arm->cells; g++)
        if (arm->cell[g].cohort.entry_under >> klass & 1) return true;
    return false;
}

static bool has_used(const nen__trial_arm *arm) {
    for (unsigned g = 0; g < arm->cells; g++)
        if (arm->cell[g].cohort.used) return true;
    return false;
}

static bool has_outside(const nen__trial_arm *arm) {
    for (unsigned g = 0; g < arm->cells; g++)
        if (arm->cell[g].cohort.kind == NEN__KIND_net &&
            arm->cell[g].cohort.origin != NEN__ORIGIN_pancreas)
            return true;
    return false;
}

static bool single_matters(const nen__trial_arm *arm, unsigned parameter) {
    switch (parameter) {
        case NEN__P_hold_sd:
            return gives_any(arm, false) || grew_under(arm, NEN__CLASS_ssa);
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
            return has_used(arm) && gives(arm, NEN__CLASS_ssa, false);
        default:
            return true;
    }
}

bool fit_arm_uses(const nen__trial_arm *arm, unsigned parameter) {
    if (parameter >= NEN__P_SINGLES) return single_matters(arm, parameter);
    if (parameter >= NEN__P_KILL) return gives(arm, parameter - NEN__P_KILL + 1, false);
    if (parameter >= NEN__P_HOLD)
        return gives(arm, parameter - NEN__P_HOLD + 1, false) ||
               grew_under(arm, parameter - NEN__P_HOLD + 1);
    for (unsigned g = 0; g < arm->cells; g++) {
        const nen__cohort *c = &arm->cell[g].cohort;
        if (parameter >= NEN__P_DEATH ? c->kind == parameter - NEN__P_DEATH
                                      : c->origin == parameter)
            return true;
    }
    return false;
}
