/* trial.c - simulated trials of a design, one after the other, into counts. */
#include "trial.h"

#include "sequence.h"

#include <string.h>

/* Streams of an arm's random numbers, so many apart. */
enum { STREAM_PFS, STREAM_OS, STREAM_RESPONSE, STREAM_OFF, STREAMS };

static const double half = 0.5;

/* What is known of an arm under one draw. */
typedef struct arm {
    nen__drawn_from from[NEN__ENDS];
    double response_logit;
    uint32_t stream;
} arm;

/* One simulated trial. */
typedef struct one {
    nen__people people[NEN_TRIAL_ARMS][NEN__ENDS];
    nen__dice dice[NEN_TRIAL_ARMS][NEN__ENDS];
    uint32_t drawn[NEN_TRIAL_ARMS][NEN__ENDS]; /* people so far */
    double off[NEN_TRIAL_ARMS][STREAMS]; /* the model's discrepancy, standard normal */
    double ratio_off;                    /* of the log hazard ratio */
    uint64_t mix;
} one;

typedef struct trial_work {
    arm arm[NEN_TRIAL_ARMS];
    one one;
    nen__arm_seen seen[NEN_TRIAL_ARMS];
    nen__trial_arm model;
    nen__tally tally;
    nen__sizes sizes;
    nen__follow_up follow_up;
    unsigned weeks, months;
    nen__trial_tally *out;
} trial_work;

enum { ALIGN = 64 };
#define WORK_BYTES ((sizeof(trial_work) + ALIGN - 1) / ALIGN * ALIGN)

size_t nen_trial_tally_size(void) {
    return sizeof(nen__trial_tally);
}

size_t nen_trial_work_size(void) {
    return WORK_BYTES + nen__course_work_size();
}

static double constant(unsigned which) {
    return nen__trial_constant[which];
}

/* ---- bins ---- */

static unsigned bin_of(double x, double a_unit, unsigned bins) {
    const double at = x * a_unit + half;
    if (!(at > 0)) return 0;
    return at < bins ? (unsigned)at : bins - 1;
}

static unsigned share_bin(double share) {
    return bin_of(share, NEN__SHARE_BINS - 1, NEN__SHARE_BINS);
}

static unsigned ratio_bin(double log_ratio) {
    const double a_unit = 1000;
    return bin_of(log_ratio + NEN__RATIO_SIDE / a_unit, a_unit, NEN__RATIO_BINS);
}

/* A share moved by so much on the logit; 0 and 1 stay. */
static double moved(double share, double by) {
    if (!(share > 0 && share < 1)) return share;
    const double odds = share / (1 - share) * nen__exp_f64(by);
    return odds / (1 + odds);
}

/* ---- one trial ---- */

/* Arms keep their people when they change places in the design: by their names. */
static uint32_t stream_of(const nen_design *d, unsigned a) {
    const int order = strcmp(d->arm[a].name, d->arm[1 - a].name);
    return (order > 0 || (order == 0 && a)) ? STREAMS : 0;
}

static void begin(trial_work *w, const nen_design *d, const nen_trial_slice *s,
                  uint32_t replicate) {
    one *t = &w->one;
    memset(t, 0, sizeof *t);
    for (unsigned a = 0; a < NEN_TRIAL_ARMS; a++) {
        const uint32_t stream = w->arm[a].stream;
        for (uint32_t e = 0; e < NEN__ENDS; e++)
            t->dice[a][e] = (nen__dice){d->seed, s->draw, replicate, stream + e, 0};
        nen__dice off = {d->seed, s->draw, replicate, stream + STREAM_OFF, 0};
        const nen__random x = nen__roll(&off), y = nen__roll(&off);
        if (s->exact) continue;
        t->off[a][STREAM_PFS] = (double)nen__normal_f32(x.w0);
        t->off[a][STREAM_OS] = (double)nen__normal_f32(x.w1);
        t->off[a][STREAM_RESPONSE] = (double)nen__normal_f32(x.w2);
        t->off[a][STREAM_OFF] = (double)nen__normal_f32(y.w0);
    }
    if (nen__design_alike(d)) return; /* of one therapy no model is wrong about it */
    t->ratio_off = constant(NEN__T_floor_hazard_ratio) * __builtin_sqrt(half) *
                   (t->off[0][STREAM_OFF] - t->off[1][STREAM_OFF]);
}

/* Goes on until so many people are in. */
static nen__followed enroll(trial_work *w, unsigned a, unsigned e, uint32_t n) {
    one *t = &w->one;
    nen__people_draw(&w->arm[a].from[e], n - t->drawn[a][e], &w->follow_up,
                     &t->dice[a][e], &t->people[a][e]);
    t->drawn[a][e] = n;
    return nen__people_followed(&t->people[a][e], w->weeks);
}

static void mix_in(one *t, uint64_t x) {
    t->mix = nen__mix_u64(t->mix + x + 1);
}

static void count_months(trial_work *w, unsigned a, unsigned e,
                         const nen__followed *f) {
    nen__end_counts *c = &w->out->end[a][e];
    const double off = w->one.off[a][e] * constant(NEN__T_floor_rate);
    double at_risk = f->total, events = 0;
    unsigned week = 0;
    for (unsigned m = 0; m <= w->months; m++) {
        for (; week < nen__week_of(m) && week < f->weeks; week++) {
            at_risk -= f->event[week] + f->censored[week];
            events += f->event[week];
        }
        const double left = m ? nen__kaplan_meier(f, nen__week_of(m)).value : 1;
        c->left[m][share_bin(moved(left, off))]++;
        c->at_risk[m] += (uint64_t)at_risk;
    }
    for (; week < f->weeks; week++)
        events += f->event[week];
    c->events += (uint64_t)events;
    mix_in(&w->one, (uint64_t)events);
}

static void count_median(trial_work *w, unsigned a, unsigned e,
                         const nen__followed *f) {
    const double weeks = nen__kaplan_meier_week(f, half).value;
    unsigned bin = NEN__MEDIAN_BINS - 1;
    if (weeks < (double)NEN_BEYOND) {
        const double off = w->one.off[a][e] * constant(NEN__T_floor_time);
        const double months = weeks / NEN__WEEKS_PER_MONTH * nen__exp_f64(off);
        if (months <= w->months)
            bin = bin_of(months, NEN__MONTH_BINS, NEN__MEDIAN_BINS - 1);
    }
    w->out->end[a][e].median[bin]++;
    mix_in(&w->one, bin);
}

static void count_response(trial_work *w, const nen_design *d, unsigned a,
                           const nen__dice *like) {
    nen__dice dice = *like;
    dice.stream = w->arm[a].stream + STREAM_RESPONSE;
    dice.block = 0;
    const double off = w->one.off[a][STREAM_RESPONSE] * constant(NEN__T_floor_response);
    const double logit =
        nen__share_drawn(w->arm[a].response_logit + off, d->arm[a].n, &dice);
    const double kept = 1 / (1 + nen__exp_f64(-logit));
    const unsigned bin =
        share_bin((kept * (d->arm[a].n + 1.0) - half) / (double)d->arm[a].n);
    w->out->response[a][bin]++;
    mix_in(&w->one, bin);
}

/* What the trial of the planned size would publish. */
static void publish(trial_work *w, const nen_design *d, const nen__followed tested[2]) {
    for (unsigned a = 0; a < NEN_TRIAL_ARMS; a++) {
        for (unsigned e = 0; e < NEN__ENDS; e++) {
            const nen__followed f = enroll(w, a, e, d->arm[a].n);
            count_median(w, a, e, &f);
            count_months(w, a, e, &f);
        }
        count_response(w, d, a, &w->one.dice[a][0]);
    }
    const nen__hazard_ratio h = nen__cox(&tested[0], &tested[1], NEN__TIES_WHOLE);
    const unsigned bin = ratio_bin(h.log_ratio + w->one.ratio_off);
    w->out->ratio[bin]++;
    mix_in(&w->one, bin);
}

/* The log-rank test; the discrepancy moves observed events as it would the ratio. */
static void test(trial_work *w, const nen_design *d, unsigned size,
                 const nen__followed f[2]) {
    const nen__logrank r = nen__log_rank(&f[0], &f[1]);
    if (!(r.variance > 0)) return;
    const double root = __builtin_sqrt(r.variance);
    const double z = (r.observed - r.expected) / root + w->one.ratio_off * root;
    const double size_of_z = z < 0 ? -z : z;
    if (2 * nen__normal_tail_f64(size_of_z) >= d->alpha) return;
    w->out->favors[size][z < 0 ? 0 : 1]++;
    mix_in(&w->one, size + (z < 0 ? 0 : NEN_TRIAL_SIZES));
}

static void simulate(trial_work *w, const nen_design *d, const nen_trial_slice *s,
                     uint32_t replicate) {
    begin(w, d, s, replicate);
    for (unsigned i = 0; i < w->sizes.count; i++) {
        nen__followed f[NEN_TRIAL_ARMS];
        for (unsigned a = 0; a < NEN_TRIAL_ARMS; a++)
            f[a] = enroll(w, a, d->endpoint, w->sizes.n[i][a]);
        if (i == w->sizes.planned) publish(w, d, f);
        test(w, d, i, f);
    }
    w->out->trials++;
    w->out->hash += nen__mix_u64(w->one.mix + replicate);
}

/* ---- one draw ---- */

static double logit_of(double p) {
    const double least = 0.002;
    p = p > least ? p : least;
    p = p < 1 - least ? p : 1 - least;
    return nen__log_f64(p / (1 - p));
}

/* Share still followed at the start of a week. */
static double followed_until(const nen__follow_up *f, double weeks) {
    const double lost = f->lost_a_week > 0 ? nen__exp_f64(-f->lost_a_week * weeks) : 1;
    const double left = f->end_weeks - weeks;
    if (left >= f->accrual_weeks) return lost;
    return left > 0 ? lost * left / f->accrual_weeks : 0;
}

/* Shares of people by week, as so many people follow them that chance is out. */
static nen__followed expected(const trial_work *w, const nen__curve *c,
                              nen__people *out) {
    double left = 1;
    memset(out, 0, sizeof *out);
    for (unsigned i = 0; i < w->weeks; i++) {
        const double in = followed_until(&w->follow_up, i);
        const double next = followed_until(&w->follow_up, i + 1.0);
        const double event = c->event[i] / c->total;
        left -= event;
        out->had.event[i] = event * in;
        out->censored[i] = left * (in - next);
    }
    out->had.total = 1;
    return nen__people_followed(out, w->weeks);
}

static void expect_ratio(trial_work *w, const nen_design *d, unsigned draw) {
    nen__followed f[NEN_TRIAL_ARMS];
    for (unsigned a = 0; a < NEN_TRIAL_ARMS; a++) {
        const nen__curve *c =
            d->endpoint == NEN_TRIAL_OS ? &w->seen[a].os : &w->seen[a].pfs[0];
        f[a] = expected(w, c, &w->one.people[a][0]);
        f[a].weight = d->arm[a].n;
    }
    w->out->drawn[draw] =
        1 + ratio_bin(nen__cox(&f[0], &f[1], NEN__TIES_FRACTION).log_ratio);
}

static bool follow_arms(trial_work *w, const nen_design *d,
                        const nen_trial_setting *setting, unsigned draw,
                        nen__course_work *course) {
    for (unsigned a = 0; a < NEN_TRIAL_ARMS; a++) {
        const nen__arm_seen *seen = &w->seen[a];
        nen__design_arm(d, a, setting->lanes, &w->model);
        nen__arm_follow(&w->model, &nen__posterior[draw], d->seed, setting->patients,
                        course, &w->tally, &w->seen[a]);
        if (!(seen->os.total > 0)) return false;
        nen__draw_from(&seen->pfs[0], &w->arm[a].from[NEN_TRIAL_PFS]);
        nen__draw_from(&seen->os, &w->arm[a].from[NEN_TRIAL_OS]);
        w->arm[a].response_logit = logit_of(seen->response[0]);
        w->arm[a].stream = stream_of(d, a);
    }
    return true;
}

void nen_trial_count(const nen_design *d, const nen_trial_setting *setting,
                     const nen_trial_slice *slice, void *work, void *tally) {
    trial_work *w = work;
    nen__course_work *course = (void *)((char *)work + WORK_BYTES);
    if (slice->draw >= nen_course_draws()) return;
    w->out = tally;
    w->sizes = nen__design_sizes(d);
    w->weeks = (unsigned)nen__design_weeks(d) + 1;
    w->months = nen__design_months(d);
    w->follow_up = (nen__follow_up){
        .accrual_weeks = d->accrual_months * NEN__WEEKS_PER_MONTH,
        .end_weeks = nen__design_weeks(d),
        .lost_a_week = -nen__log_f64(1 - d->dropout_per_month) / NEN__WEEKS_PER_MONTH};
    if (!follow_arms(w, d, setting, slice->draw, course)) {
        w->out->nobody++;
        return;
    }
    expect_ratio(w, d, slice->draw);
    for (uint64_t r = slice->first; r < slice->end; r += slice->step)
        simulate(w, d, slice, (uint32_t)r);
}

static void add(uint32_t *into, const uint32_t *from, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        into[i] += from[i];
}

static void add_end(nen__end_counts *into, const nen__end_counts *from) {
    add(into->median, from->median, NEN__MEDIAN_BINS);
    for (unsigned m = 0; m <= NEN_MONTHS_MAX; m++) {
        add(into->left[m], from->left[m], NEN__SHARE_BINS);
        into->at_risk[m] += from->at_risk[m];
    }
    into->events += from->events;
}

void nen_trial_add(void *tally, const void *from) {
    nen__trial_tally *a = tally;
    const nen__trial_tally *b = from;
    for (unsigned k = 0; k < NEN_TRIAL_ARMS; k++) {
        add_end(&a->end[k][NEN_TRIAL_PFS], &b->end[k][NEN_TRIAL_PFS]);
        add_end(&a->end[k][NEN_TRIAL_OS], &b->end[k][NEN_TRIAL_OS]);
        add(a->response[k], b->response[k], NEN__SHARE_BINS);
        for (unsigned i = 0; i < NEN_TRIAL_SIZES; i++)
            a->favors[i][k] += b->favors[i][k];
    }
    add(a->ratio, b->ratio, NEN__RATIO_BINS);
    /* parts of one draw have all worked out its ratio; others none */
    for (unsigned i = 0; i < NEN_DRAWS_MAX; i++)
        a->drawn[i] = b->drawn[i] > a->drawn[i] ? b->drawn[i] : a->drawn[i];
    a->trials += b->trials;
    a->hash += b->hash;
    a->nobody += b->nobody;
}
