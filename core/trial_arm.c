/* trial_arm.c - the people of an arm from shares of sites and grades, followed. */
#include "trial_arm.h"

#include "fmath.h"
#include "ids.h"

#include <string.h>

static double constant(unsigned which) {
    return nen__trial_constant[which];
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

/* The part of a grade's range that the population's own limits leave. */
static void range_of(unsigned range, const nen__population *p, double *lo, double *hi) {
    *lo = constant(NEN__T_ki67_g1_lo + 2 * range);
    *hi = constant(NEN__T_ki67_g1_hi + 2 * range);
    if (p->ki67_lo_pct > *lo && p->ki67_lo_pct < *hi) *lo = p->ki67_lo_pct;
    if (p->ki67_hi_pct > *lo && p->ki67_hi_pct < *hi) *hi = p->ki67_hi_pct;
}

/* Middle of the logs. */
static double ki67_of(unsigned range, const nen__population *p) {
    const double half = 0.5;
    double lo, hi;
    range_of(range, p, &lo, &hi);
    return nen__exp_f64(half * (nen__log_f64(lo) + nen__log_f64(hi)));
}

bool nen__population_allows(const nen__population *p, uint64_t grade) {
    double share[RANGES];
    ranges(grade, share);
    for (unsigned r = 0; r < RANGES; r++) {
        const double lo = constant(NEN__T_ki67_g1_lo + 2 * r);
        const double hi = constant(NEN__T_ki67_g1_hi + 2 * r);
        if (share[r] > 0 && p->ki67_lo_pct < hi && p->ki67_hi_pct > lo) return true;
    }
    return false;
}

static nen__cohort cohort_of(const nen__population *p, unsigned origin, unsigned range,
                             uint16_t used) {
    nen__cohort c = {.origin = (uint8_t)(range == NEC ? NEN__ORIGIN_nec : origin),
                     .kind = (uint8_t)(range == NEC                 ? NEN__KIND_nec
                                       : origin == NEN__ORIGIN_ppgl ? NEN__KIND_ppgl
                                                                    : NEN__KIND_net),
                     .age_years = (float)constant(NEN__T_age_years),
                     .male_prob = (float)constant(NEN__T_male_share),
                     .prior_lines = (float)p->prior_lines,
                     .used = used,
                     .entry_growth_months = (float)p->entry_growth_months,
                     .entry_stable = p->entry_stable};
    c.ki67_pct = (float)ki67_of(range, p);
    /* who had a drug before grew on it: it is seldom stopped before it fails */
    if (c.entry_growth_months > 0 && !c.entry_stable) c.entry_under = used;
    if (origin == NEN__ORIGIN_ppgl && range != NEC)
        c.ki67_pct = nen__constant[NEN__K_ki67_reference_pct]; /* not graded by it */
    return c;
}

static bool same_cohort(const nen__cohort *a, const nen__cohort *b) {
    return a->origin == b->origin && a->kind == b->kind && a->ki67_pct == b->ki67_pct &&
           a->used == b->used;
}

static void add_cell(nen__trial_arm *arm, nen__cohort cohort, double weight) {
    if (!(weight > 0)) return;
    for (unsigned g = 0; g < arm->cells; g++) {
        if (same_cohort(&arm->cell[g].cohort, &cohort)) {
            arm->cell[g].weight += weight;
            return;
        }
    }
    if (arm->cells < NEN__CELLS_MAX)
        arm->cell[arm->cells++] = (nen__cell){cohort, weight};
}

/* Shares over `n` kinds from a published mix; what was not published is spread as the
 * rest is, or as `silent` words when nothing was. */
static void shares(const nen__mix *mix, unsigned mixes, uint64_t silent, unsigned n,
                   void (*split)(uint64_t, double *), double *out) {
    const nen__mix none = {silent, 1};
    double part[PARTS_MAX], sum = 0;
    if (!(mix->pct > 0)) mix = &none;
    for (unsigned i = 0; i < n; i++)
        out[i] = 0;
    for (unsigned m = 0; m < mixes && mix[m].pct > 0; m++) {
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

void nen__arm_people(const nen__population *p, nen__trial_arm *out) {
    const uint64_t anywhere =
        ~(BIT(NEN__W_SITE_ADRENAL) | BIT(NEN__W_SITE_PARAGANGLIOMA));
    double by_origin[NEN__ORIGINS], by_range[RANGES];
    shares(p->site, p->mixes, anywhere, NEN__ORIGINS, origins, by_origin);
    shares(p->grade, p->mixes, BIT(GRADE_G1) | BIT(GRADE_G2), RANGES, ranges, by_range);
    out->cells = 0;
    for (unsigned o = 0; o < NEN__ORIGINS; o++) {
        for (unsigned r = 0; r < RANGES; r++) {
            const double weight = by_origin[o] * by_range[r];
            add_cell(out, cohort_of(p, o, r, p->used), weight * (1 - p->unused_share));
            add_cell(out, cohort_of(p, o, r, 0), weight * p->unused_share);
        }
    }
}

/* ---- running ---- */

void nen__curve_jitter(nen__curve *curve, unsigned half_width) {
    nen__curve out = {.total = curve->total};
    const unsigned h = half_width + 1;
    const double all = (double)h * h;
    for (unsigned i = 0; i < NEN__WEEKS_MAX; i++) {
        if (!(curve->event[i] > 0)) continue;
        for (unsigned d = 0; d < h; d++) {
            const double part = curve->event[i] * (h - d) / all;
            const unsigned low = i > d ? i - d : 0, high = i + d;
            out.event[low] += part;
            if (d) out.event[high < NEN__WEEKS_MAX ? high : NEN__WEEKS_MAX] += part;
        }
    }
    out.event[NEN__WEEKS_MAX] += curve->event[NEN__WEEKS_MAX];
    *curve = out;
}

static void add_curve(nen__curve *into, const uint32_t *count, double weight) {
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++)
        into->event[i] += weight * count[i];
}

static void add_tally(nen__arm_seen *out, const nen__tally *t, double weight,
                      double *reached, double *responded) {
    for (unsigned l = 0; l < NEN__ARM_LINES; l++) {
        add_curve(&out->pfs[l], t->pfs[l], weight);
        reached[l] += weight * t->reached[l];
        responded[l] += weight * t->response[l];
    }
    add_curve(&out->os, t->os, weight);
}

static void run_cell(const nen__trial_arm *arm, const nen__theta *theta,
                     const nen__cohort *cohort, const nen__course_plan *plan,
                     uint64_t seed, unsigned patients, nen__course_work *work,
                     nen__tally *tally) {
    memset(tally, 0, sizeof *tally);
    for (unsigned at = 0; at < patients; at += NEN__BATCH) {
        const unsigned left = patients - at;
        nen__course_batch(theta, cohort, plan, &arm->view, seed, at,
                          left < NEN__BATCH ? left : NEN__BATCH, work, tally);
    }
}

static void without_deaths(nen__theta *theta, nen__cohort *cohort) {
    const float never = -30;
    for (unsigned k = 0; k < NEN__KINDS; k++)
        theta->p[NEN__P_DEATH + k] = never;
    cohort->age_years = 0;
}

typedef struct sums {
    double reached[NEN__ARM_LINES], responded[NEN__ARM_LINES], simulated, entered;
} sums;

static void add_cell_run(const nen__trial_arm *arm, const nen__cell *g,
                         const nen__theta *theta, uint64_t seed, unsigned patients,
                         nen__course_work *work, nen__tally *tally, nen__arm_seen *out,
                         sums *s) {
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
        run_cell(arm, &t, &c, crossed ? &arm->crossed : &arm->plan[p], seed, n, work,
                 tally);
        s->simulated += n;
        s->entered += tally->patients;
        if (!tally->patients) continue;
        add_tally(out, tally, g->weight * share / tally->patients, s->reached,
                  s->responded);
    }
}

static double total(const nen__curve *curve) {
    double sum = 0;
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++)
        sum += curve->event[i];
    return sum;
}

void nen__arm_follow(const nen__trial_arm *arm, const nen__theta *theta, uint64_t seed,
                     unsigned patients, nen__course_work *work, nen__tally *tally,
                     nen__arm_seen *out) {
    const unsigned jitter =
        (unsigned)(constant(NEN__T_scan_jitter) * (double)arm->view.visit_weeks);
    sums s = {{0}, {0}, 0, 0};
    memset(out, 0, sizeof *out);
    for (unsigned g = 0; g < arm->cells; g++)
        add_cell_run(arm, &arm->cell[g], theta, seed, patients, work, tally, out, &s);
    for (unsigned l = 0; l < NEN__ARM_LINES; l++) {
        out->pfs[l].total = total(&out->pfs[l]);
        const double true_share = s.reached[l] > 0 ? s.responded[l] / s.reached[l] : 0;
        out->response[l] =
            true_share + (1 - true_share) * constant(NEN__T_response_background);
        nen__curve_jitter(&out->pfs[l], jitter);
    }
    out->os.total = total(&out->os);
    out->entered = s.simulated > 0 ? s.entered / s.simulated : 0;
}
