/* course_setup.c - the parameters of one draw for a cohort and a line; see the header.
 */
#include "course_setup.h"

nen__people nen__people_of(const nen__theta *t, const nen__cohort *c) {
    const float *p = t->p;
    const float per_month = 1.0f / nen__weeks_per_month;
    const float drift = nen__exp_f32(p[NEN__P_drift]);
    nen__people q;
    q.growth_sd = nen__exp_f32(p[NEN__P_growth_sd]);
    q.growth_mean =
        p[NEN__P_GROWTH + c->origin] + nen__log_f32(per_month) +
        p[NEN__P_growth_ki67] *
            nen__log_f32(c->ki67_pct / nen__constant[NEN__K_ki67_reference_pct]) +
        drift * nen__constant[NEN__K_line_years] * c->prior_lines;
    q.risk = p[NEN__P_DEATH + c->kind] + nen__log_f32(per_month) +
             p[NEN__P_death_lines] * c->prior_lines;
    q.risk_growth = p[NEN__P_death_growth];
    q.burden = nen__exp_f32(p[NEN__P_death_burden]);
    q.lesion_base = nen__exp_f32(p[NEN__P_lesion_base]) * per_month;
    q.lesion_growth = nen__exp_f32(p[NEN__P_lesion_growth]);
    q.drift_a_week = drift / nen__weeks_per_year;
    q.stays = 1.0f - nen__share(p[NEN__P_dropout]);
    q.life_slope = nen__constant[NEN__K_life_slope_per_year] / nen__weeks_per_year;
    q.life_log = nen__constant[NEN__K_life_log_per_year] -
                 nen__log_f32(nen__weeks_per_year) +
                 nen__constant[NEN__K_life_slope_per_year] * c->age_years;
    q.male_log = nen__constant[NEN__K_life_male_log];
    q.male_prob = c->male_prob;
    return q;
}

static float wane_of(const float *p, unsigned klass) {
    if (klass == NEN__CLASS_prrt || klass == NEN__CLASS_mibg)
        return nen__exp_f32(p[NEN__P_wane_prrt]) * nen__weeks_per_month;
    return nen__exp_f32(p[NEN__P_wane_chemo]) * nen__weeks_per_month;
}

nen__effect nen__effect_of(const nen__theta *t, const nen__cohort *cohort,
                           unsigned klass) {
    const float *p = t->p;
    const bool outside =
        cohort->kind == NEN__KIND_net && cohort->origin != NEN__ORIGIN_pancreas;
    return (nen__effect){
        .klass = klass,
        .hold_logit = p[NEN__P_HOLD + klass - 1],
        .kill_log = p[NEN__P_KILL + klass - 1] + (outside ? p[NEN__P_kill_outside] : 0),
        .hold_sd = nen__exp_f32(p[NEN__P_hold_sd]),
        .kill_sd = nen__exp_f32(p[NEN__P_kill_sd]),
        .left = 1,
        .wane_weeks = wane_of(p, klass),
        .kill_weeks =
            nen__constant[NEN__K_KILL_MONTHS + klass - 1] * nen__weeks_per_month};
}

nen__regimen nen__regimen_of(const nen__theta *t, const nen__cohort *cohort,
                             const nen__line *given, unsigned used) {
    nen__regimen r = {.count = 0};
    for (unsigned c = 0; c < NEN__TOGETHER_MAX; c++) {
        const unsigned klass = given->klass[c];
        if (klass == NEN__CLASS_none) continue;
        nen__effect *e = &r.of[r.count++];
        *e = nen__effect_of(t, cohort, klass);
        e->left = used >> klass & 1 ? nen__share(t->p[NEN__P_reuse]) : 1.0f;
        e->cap_weeks = given->cap_weeks[c];
    }
    return r;
}
