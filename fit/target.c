/* target.c - chooses figures, gives them errors, and reads them off a simulation. */
#include "target.h"

#include "fmath.h"

#include <string.h>

static const double full_pct = 100;

static double constant(unsigned which) {
    return nen__trial_constant[which];
}

static double logit(double p) {
    return nen__log_f64(p) - nen__log_f64(1 - p);
}

bool fit_is_share(const nen__figure *f) {
    return f->statistic == NEN__STATISTIC_rate || f->statistic == NEN__STATISTIC_share;
}

double fit_published(const nen__figure *f, double x) {
    return fit_is_share(f) ? full_pct / (1 + nen__exp_f64(-x)) : nen__exp_f64(x);
}

static bool is_time(const nen__figure *f) {
    return f->endpoint == NEN__ENDPOINT_pfs || f->endpoint == NEN__ENDPOINT_ttp ||
           f->endpoint == NEN__ENDPOINT_os;
}

bool fit_can_tell(const nen__figure *f) {
    if (f->value_is != NEN__NUMBER || f->line > NEN__ARM_LINES) return false;
    if (f->endpoint == NEN__ENDPOINT_response)
        return f->statistic == NEN__STATISTIC_share;
    return is_time(f) && (f->statistic == NEN__STATISTIC_median ||
                          f->statistic == NEN__STATISTIC_rate ||
                          f->statistic == NEN__STATISTIC_hazard_ratio);
}

/* ---- errors ---- */

/* A share is kept off 0 and 1 by half a person. */
static double kept(double pct, double n) {
    const double half = 0.5;
    return (pct / full_pct * n + half) / (n + 1);
}

static double on_scale(const nen__figure *f, double x, double n) {
    return fit_is_share(f) ? logit(kept(x, n)) : nen__log_f64(x);
}

/* Standard error from a published interval; 0 when there is none. */
static double from_interval(const nen__figure *f, double n, double value) {
    const double half = 0.5;
    const double tail = half * (1 - f->level_pct / full_pct);
    const bool lo = f->lo_is == NEN__NUMBER && f->lo > 0;
    const bool hi = f->hi_is == NEN__NUMBER && f->hi > 0;
    if (!(f->level_pct > 0) || (!lo && !hi)) return 0;
    const double z = -(double)nen__normal_quantile_f32((float)tail);
    const double below = lo ? on_scale(f, f->lo, n) : value;
    const double above = hi ? on_scale(f, f->hi, n) : value;
    return (above - below) / z / (lo && hi ? 2 : 1);
}

/* By the delta method: of an exponential median with a third of people censored, of a
 * hazard ratio with two thirds of people having events, of a share. */
static double from_n(const nen__figure *f, double n, double n_versus) {
    const double ln2 = 0x1.62e42fefa39efp-1, seen = 2.0 / 3;
    if (fit_is_share(f)) {
        const double p = kept(f->value, n);
        return __builtin_sqrt(1 / ((n + 1) * p * (1 - p)));
    }
    if (f->statistic == NEN__STATISTIC_hazard_ratio)
        return __builtin_sqrt((1 / n + 1 / n_versus) / seen);
    return __builtin_sqrt(1 / (n * seen)) / ln2;
}

static double floor_of(const nen__figure *f) {
    if (f->endpoint == NEN__ENDPOINT_response) return constant(NEN__T_floor_response);
    if (f->statistic == NEN__STATISTIC_rate) return constant(NEN__T_floor_rate);
    if (f->statistic == NEN__STATISTIC_hazard_ratio)
        return constant(NEN__T_floor_hazard_ratio);
    return constant(NEN__T_floor_time);
}

/* ---- adding ---- */

/* The simulation that shows this arm so; made when it is new. */
static const char *sim_of(fit_targets *t, unsigned arm, const nen__figure *f,
                          unsigned *out) {
    const nen__trial *trial = &t->set->trial[t->set->arm[arm].trial];
    const bool no_deaths = f->endpoint == NEN__ENDPOINT_ttp;
    const uint8_t reader = f->endpoint == NEN__ENDPOINT_os ? trial->reader : f->reader;
    for (*out = 0; *out < t->sims; ++*out) {
        const fit_sim *s = &t->sim[*out];
        if (s->number == arm && s->reader == reader &&
            s->arm.without_deaths == no_deaths)
            return NULL;
    }
    if (t->sims == FIT_SIMS_MAX) return "more arms than there is room for";
    fit_sim *s = &t->sim[t->sims];
    const char *why = fit_arm_make(t->set, arm, reader, no_deaths, &s->arm);
    if (why) return why;
    s->number = (uint16_t)arm;
    s->reader = reader;
    t->sims++;
    return NULL;
}

static double people(const fit_targets *t, unsigned arm, const nen__figure *f) {
    const double few = 20; /* a part of an arm whose size was not published */
    const nen__arm *a = &t->set->arm[arm];
    if (f && f->n > 0) return f->n;
    return a->n > 0 ? a->n : few;
}

const char *fit_target_add(fit_targets *t, const nen__figure *f) {
    fit_target x = {.figure = f};
    if (t->targets == FIT_TARGETS_MAX) return "more figures than there is room for";
    if (!fit_can_tell(f)) return "a figure that the model does not give";
    const char *why = sim_of(t, f->arm, f, &x.sim);
    if (why) return why;
    x.n = people(t, f->arm, f);
    if (f->statistic == NEN__STATISTIC_hazard_ratio) {
        why = sim_of(t, f->versus, f, &x.versus);
        if (why) return why;
        x.n_versus = people(t, f->versus, NULL);
    }
    x.value = on_scale(f, f->value, x.n);
    x.error = from_interval(f, x.n, x.value);
    if (!(x.error > 0)) x.error = from_n(f, x.n, x.n_versus);
    if (!f->was_read) x.error *= constant(NEN__T_unread_factor);
    x.sampling = x.error;
    x.floor = floor_of(f);
    t->target[t->targets++] = x;
    return NULL;
}

/* ---- choosing ---- */

static bool same_kind(const nen__figure *a, const nen__figure *b) {
    return a->arm == b->arm && a->versus == b->versus && a->endpoint == b->endpoint &&
           a->statistic == b->statistic && a->time_months == b->time_months &&
           a->line == b->line;
}

static bool chosen_before(const fit_targets *t, const nen__figure *f) {
    for (unsigned i = 0; i < t->targets; i++)
        if (same_kind(t->target[i].figure, f)) return true;
    return false;
}

/* A hazard ratio of two arms that are the same to the model, as of two drugs of one
 * class, is 1 whatever the parameters. */
static bool same_therapy(const nen__trial_set *set, const nen__figure *f) {
    static nen__trial_arm a, b;
    if (f->statistic != NEN__STATISTIC_hazard_ratio) return false;
    return !fit_arm_make(set, f->arm, 0, false, &a) &&
           !fit_arm_make(set, f->versus, 0, false, &b) &&
           !memcmp(&a.plan[0].line[0], &b.plan[0].line[0], sizeof a.plan[0].line[0]);
}

/* Part of an arm that the model can tell from the whole. */
static bool differs(const nen__trial_set *set, const nen__arm *a) {
    static nen__trial_arm part, whole;
    if (a->of == NEN__NOBODY) return false;
    if (fit_arm_make(set, (unsigned)(a - set->arm), 0, false, &part) ||
        fit_arm_make(set, a->of, 0, false, &whole))
        return false;
    if (part.cells != whole.cells) return true;
    for (unsigned g = 0; g < part.cells; g++)
        if (part.cell[g].cohort.origin != whole.cell[g].cohort.origin ||
            part.cell[g].cohort.ki67_pct != whole.cell[g].cohort.ki67_pct ||
            part.cell[g].cohort.used != whole.cell[g].cohort.used)
            return true;
    return false;
}

static bool may_use(const nen__trial_set *set, const nen__figure *f) {
    const nen__arm *a = &set->arm[f->arm];
    if (set->trial[a->trial].role != NEN__TRIAL_ROLE_main) return false;
    switch (f->role) {
        case NEN__ARM_experimental:
        case NEN__ARM_control:
        case NEN__ARM_cohort:
        case NEN__ARM_second_line:
        case NEN__ARM_update:
            return a->of == NEN__NOBODY;
        case NEN__ARM_subgroup:
            return differs(set, a) && (f->statistic != NEN__STATISTIC_hazard_ratio ||
                                       set->arm[f->versus].of != NEN__NOBODY);
        default:
            return false;
    }
}

/* Figures of one arm about one end point come from the same people: their errors grow
 * with the fourth root of their number (a choice), those of parts of an arm by sqrt 2.
 */
static void share_errors(fit_targets *t) {
    double factor[FIT_TARGETS_MAX];
    for (unsigned i = 0; i < t->targets; i++) {
        const nen__figure *f = t->target[i].figure;
        unsigned same = 0;
        for (unsigned j = 0; j < t->targets; j++)
            same += t->target[j].figure->arm == f->arm &&
                    t->target[j].figure->endpoint == f->endpoint;
        factor[i] = __builtin_sqrt(__builtin_sqrt((double)same));
        if (t->set->arm[f->arm].of != NEN__NOBODY) factor[i] *= __builtin_sqrt(2.0);
    }
    for (unsigned i = 0; i < t->targets; i++)
        t->target[i].error *= factor[i];
}

void fit_targets_choose(const nen__trial_set *set, fit_targets *out) {
    memset(out, 0, sizeof *out);
    out->set = set;
    for (unsigned pass = 0; pass < 2;
         pass++) { /* later analyses where no first one is */
        for (unsigned i = 0; i < set->figures; i++) {
            const nen__figure *f = &set->figure[i];
            if ((f->role == NEN__ARM_update) != (pass == 1)) continue;
            if (may_use(set, f) && !chosen_before(out, f) && !same_therapy(set, f))
                fit_target_add(out, f);
        }
    }
    share_errors(out);
}

static unsigned sim_again(const fit_targets *all, unsigned sim, fit_targets *out) {
    for (unsigned i = 0; i < out->sims; i++)
        if (out->sim[i].number == all->sim[sim].number &&
            out->sim[i].reader == all->sim[sim].reader &&
            out->sim[i].arm.without_deaths == all->sim[sim].arm.without_deaths)
            return i;
    out->sim[out->sims] = all->sim[sim];
    return out->sims++;
}

void fit_targets_of(const fit_targets *all, unsigned trial, bool without,
                    fit_targets *out) {
    memset(out, 0, sizeof *out);
    out->set = all->set;
    for (unsigned d = 0; d < all->targets; d++) {
        fit_target x = all->target[d];
        if ((all->set->arm[x.figure->arm].trial == trial) == without) continue;
        x.sim = sim_again(all, x.sim, out);
        if (x.figure->statistic == NEN__STATISTIC_hazard_ratio)
            x.versus = sim_again(all, x.versus, out);
        out->target[out->targets++] = x;
    }
}

/* ---- reading a simulation ---- */

static const nen__curve *curve_of(const nen__figure *f, const nen__arm_seen *r) {
    return f->endpoint == NEN__ENDPOINT_os ? &r->os : &r->pfs[f->line - 1];
}

static double bounded_logit(double p) {
    const double least = 0.002;
    p = p > least ? p : least;
    return logit(p < 1 - least ? p : 1 - least);
}

double fit_target_told(const fit_targets *t, unsigned target,
                       const nen__arm_seen *sims) {
    const fit_target *x = &t->target[target];
    const nen__figure *f = x->figure;
    const nen__arm_seen *r = &sims[x->sim];
    const double half = 0.5,
                 cut = fit_cut_weeks(f->endpoint,
                                     f->statistic == NEN__STATISTIC_hazard_ratio);
    if (f->endpoint == NEN__ENDPOINT_response)
        return bounded_logit(r->response[f->line - 1]);
    const nen__curve *c = curve_of(f, r);
    if (!(c->total > 0)) return 0;
    if (f->statistic == NEN__STATISTIC_rate)
        return bounded_logit(fit_survival(c, f->time_months * FIT_WEEKS_PER_MONTH));
    if (f->statistic == NEN__STATISTIC_median)
        return nen__log_f64(fit_quantile(c, half, cut) / FIT_WEEKS_PER_MONTH);
    const nen__curve *other = curve_of(f, &sims[x->versus]);
    return fit_log_hazard_ratio(c, other, x->n / c->total, x->n_versus / other->total,
                                cut);
}
