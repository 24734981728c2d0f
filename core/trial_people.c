/* trial_people.c - draws people from a curve, and ends their following. */
#include "trial_people.h"

nen__random nen__roll(nen__dice *d) {
    const nen__counter at = {d->draw, d->replicate, NEN__STREAM_TRIAL + d->stream,
                             d->block++};
    return nen__philox(d->seed, at);
}

void nen__draw_from(const nen__curve *curve, nen__drawn_from *out) {
    double sum = 0;
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++) {
        sum += curve->event[i];
        out->until[i] = sum / curve->total;
    }
}

static unsigned week_at(const nen__drawn_from *from, double share) {
    unsigned lo = 0, hi = NEN__WEEKS_MAX;
    while (lo < hi) {
        const unsigned middle = (lo + hi) / 2;
        if (from->until[middle] > share) {
            hi = middle;
        } else {
            lo = middle + 1;
        }
    }
    return lo;
}

/* Weeks until a person is lost, or the trial ends for them. */
static double weeks_followed(const nen__follow_up *f, const nen__random *x) {
    double weeks = NEN__WEEKS_MAX;
    if (f->end_weeks > 0)
        weeks = f->end_weeks - f->accrual_weeks * (double)nen__uniform_f32(x->w1);
    if (!(f->lost_a_week > 0)) return weeks;
    const double lost = (double)nen__exponential_f32(x->w2) / f->lost_a_week;
    return lost < weeks ? lost : weeks;
}

void nen__people_draw(const nen__drawn_from *from, unsigned n,
                      const nen__follow_up *follow_up, nen__dice *dice,
                      nen__people *out) {
    out->had.total += n;
    for (unsigned i = 0; i < n; i++) {
        const nen__random x = nen__roll(dice);
        const unsigned event = week_at(from, (double)nen__uniform_f32(x.w0));
        const double weeks = weeks_followed(follow_up, &x);
        if (event <= weeks) {
            out->had.event[event] += 1;
        } else {
            out->censored[(unsigned)weeks] += 1;
        }
    }
}

nen__followed nen__people_followed(const nen__people *p, unsigned weeks) {
    return (nen__followed){.event = p->had.event,
                           .censored = p->censored,
                           .total = p->had.total,
                           .weight = 1,
                           .weeks = weeks};
}

double nen__share_drawn(double logit, unsigned n, nen__dice *dice) {
    const double p = 1 / (1 + nen__exp_f64(-logit)), half = 0.5;
    unsigned hits = 0;
    for (unsigned i = 0; i < n; i++)
        hits += (double)nen__uniform_f32(nen__roll(dice).w0) < p;
    const double kept = (hits + half) / ((double)n + 1);
    return nen__log_f64(kept) - nen__log_f64(1 - kept);
}
