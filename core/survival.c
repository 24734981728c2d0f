/* survival.c - estimators of trials, from counts by week. */
#include "survival.h"

#include <stdbool.h>
#include <stddef.h>

#include "fmath.h"
#include "nen.h"

/* Of the standard normal: limits of 95 % to either side. */
static const double z_95 = 0x1.f5c0331eeff84p+0;
static const double half = 0.5;

static double events_at(const nen__followed *f, unsigned week) {
    return week < f->weeks ? f->event[week] * f->weight : 0;
}

static double gone_at(const nen__followed *f, unsigned week) {
    if (week >= f->weeks) return 0;
    const double censored = f->censored ? f->censored[week] * f->weight : 0;
    return f->event[week] * f->weight + censored;
}

static unsigned weeks_of(const nen__followed *a, const nen__followed *b) {
    return a->weeks > b->weeks ? a->weeks : b->weeks;
}

/* ---- Kaplan and Meier ---- */

typedef struct curve {
    double risk, left; /* people at risk; share without an event */
    double greenwood;  /* variance of log(left) */
} curve;

static void step(curve *c, const nen__followed *f, unsigned week) {
    const double events = events_at(f, week), stay = c->risk - events;
    if (events > 0) {
        c->left *= stay > 0 ? stay / c->risk : 0;
        if (stay > 0) c->greenwood += events / (c->risk * stay);
    }
    c->risk -= gone_at(f, week);
}

/* left^e^d, d = z / (error of log(-log left)): the limits on that scale. */
static nen__estimate limits(const curve *c) {
    nen__estimate e = {c->left, 0, 1};
    if (!(c->left > 0 && c->left < 1)) return e;
    const double log_left = nen__log_f64(c->left);
    const double d = z_95 * __builtin_sqrt(c->greenwood) / -log_left;
    e.lo = nen__exp_f64(log_left * nen__exp_f64(d));
    e.hi = nen__exp_f64(log_left * nen__exp_f64(-d));
    return e;
}

static curve start_of(const nen__followed *f) {
    return (curve){.risk = f->total * f->weight, .left = 1};
}

nen__estimate nen__kaplan_meier(const nen__followed *arm, unsigned week) {
    curve c = start_of(arm);
    for (unsigned i = 0; i <= week && i < arm->weeks; i++)
        step(&c, arm, i);
    return limits(&c);
}

/* A curve that falls is followed to `level`: the week, and whether it stays there. */
typedef struct crossing {
    double week;
    bool found, stays;
} crossing;

static void cross(crossing *c, double now, double level, unsigned week) {
    const double close = 0x1p-26; /* sums of fractions miss the level by less */
    if (c->stays) {
        c->week = (c->week + week) * half;
        c->stays = false;
    } else if (!c->found && now <= level + close) {
        *c = (crossing){week, true, now >= level - close};
    }
}

nen__estimate nen__kaplan_meier_week(const nen__followed *arm, double share) {
    const double level = 1 - share;
    const crossing never = {(double)NEN_BEYOND, false, false};
    crossing mid = never, lo = never, hi = never;
    curve c = start_of(arm);
    for (unsigned i = 0; i < arm->weeks; i++) {
        step(&c, arm, i);
        if (!(arm->event[i] > 0)) continue;
        const nen__estimate e = limits(&c);
        cross(&mid, e.value, level, i);
        if (!(e.value > 0)) continue; /* no limits where nobody is left */
        cross(&lo, e.lo, level, i);
        cross(&hi, e.hi, level, i);
    }
    return (nen__estimate){mid.week, lo.week, hi.week};
}

/* ---- Cox ---- */

typedef struct slope {
    double first, second; /* of the log partial likelihood */
} slope;

/* Tied events leave the risk set one after the other; of shares of people four places
 * of the integral are enough. */
typedef struct week_of_events {
    double events_a, events_b, risk_a, risk_b;
} week_of_events;

static void add_week(slope *s, const week_of_events *w, double ratio, nen__ties ties) {
    enum { FRACTION_STEPS = 4 };
    const double events = w->events_a + w->events_b;
    const bool whole = ties == NEN__TIES_WHOLE;
    if (!(events > 0)) return;
    const unsigned steps = whole ? (unsigned)(events + half) : FRACTION_STEPS;
    const double offset = whole ? 0 : half;
    s->first += w->events_a;
    for (unsigned k = 0; k < steps; k++) {
        const double gone = (k + offset) / steps;
        const double a = ratio * (w->risk_a - gone * w->events_a);
        const double b = w->risk_b - gone * w->events_b;
        const double p = a + b > 0 ? a / (a + b) : 0;
        s->first -= events * p / steps;
        s->second -= events * p * (1 - p) / steps;
    }
}

static slope slope_at(const nen__followed *a, const nen__followed *b, nen__ties ties,
                      double log_ratio) {
    slope s = {0, 0};
    week_of_events w = {.risk_a = a->total * a->weight, .risk_b = b->total * b->weight};
    const double ratio = nen__exp_f64(log_ratio);
    const unsigned weeks = weeks_of(a, b);
    for (unsigned i = 0; i < weeks; i++) {
        w.events_a = events_at(a, i);
        w.events_b = events_at(b, i);
        add_week(&s, &w, ratio, ties);
        w.risk_a -= gone_at(a, i);
        w.risk_b -= gone_at(b, i);
    }
    return s;
}

static nen__estimate ratio_of(double log_ratio, double error) {
    const double off = z_95 * error;
    return (nen__estimate){nen__exp_f64(log_ratio), nen__exp_f64(log_ratio - off),
                           nen__exp_f64(log_ratio + off)};
}

static double within(double x, double limit) {
    return x > limit ? limit : x < -limit ? -limit : x;
}

nen__hazard_ratio nen__cox(const nen__followed *a, const nen__followed *b,
                           nen__ties ties) {
    enum { STEPS = 25 };
    const double most = 5, stride = 1, enough = 1e-9;
    double x = 0, information = 0;
    for (unsigned k = 0; k < STEPS; k++) {
        const slope s = slope_at(a, b, ties, x);
        information = -s.second;
        if (!(s.second < 0)) break;
        const double by = within(-s.first / s.second, stride);
        x = within(x + by, most);
        if (by < enough && by > -enough) break;
    }
    const double error =
        information > 0 ? 1 / __builtin_sqrt(information) : (double)NEN_BEYOND;
    return (nen__hazard_ratio){x, error, ratio_of(x, error)};
}

/* ---- log-rank ---- */

nen__logrank nen__log_rank(const nen__followed *a, const nen__followed *b) {
    nen__logrank r = {.p = 1};
    double risk_a = a->total * a->weight, risk_b = b->total * b->weight;
    const unsigned weeks = weeks_of(a, b);
    for (unsigned i = 0; i < weeks; i++) {
        const double in_a = events_at(a, i), events = in_a + events_at(b, i);
        const double risk = risk_a + risk_b, share = risk > 0 ? risk_a / risk : 0;
        r.observed += in_a;
        r.expected += events * share;
        if (risk > 1)
            r.variance += events * share * (1 - share) * (risk - events) / (risk - 1);
        risk_a -= gone_at(a, i);
        risk_b -= gone_at(b, i);
    }
    if (!(r.variance > 0)) return r;
    const double off = r.observed - r.expected;
    r.chi2 = off * off / r.variance;
    r.p = 2 * nen__normal_tail_f64(__builtin_sqrt(r.chi2));
    return r;
}
