/* svg_axis.c - axes of the plots: round ticks in time, in steps and by ratio. */
#include "svg_part.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fmath.h"

enum { TICK_ROOM = 38, TICK_LENGTH = 5, YEAR = 12 }; /* room: of a tick's text */

static const double ten = 10, slack = 1e-9;

/* Ticks at multiples of `step` that the axis holds. */
static void put_ticks(nen__axis *a, double step) {
    const double first = ceil(a->from / step - slack);
    for (unsigned i = 0; a->ticks < NEN__SVG_TICKS_MAX; i++) {
        const double tick = (first + i) * step;
        if (tick > a->to + step * slack) break;
        a->tick[a->ticks++] = tick;
    }
}

static double ticks_wanted(double x0, double x1) {
    const double n = floor((x1 - x0) / TICK_ROOM);
    return nen__svg_between(n, 2, NEN__SVG_TICKS_MAX - 1);
}

/* The smallest 1, 2, 5 times a power of ten that is at least `step`. */
static double round_step(double step) {
    static const double steps[] = {1, 2, 5, 10};
    double power = 1;
    while (power > step)
        power /= ten;
    while (power * ten < step)
        power *= ten;
    for (unsigned i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * power >= step * (1 - slack)) return steps[i] * power;
    return ten * power;
}

nen__axis nen__axis_time(double horizon_months, bool years, double x0, double x1) {
    static const double steps[] = {1, 2, 3, 6, 12, 24, 36, 60, 120, 240};
    nen__axis a = {0, horizon_months, x0, x1, false, years ? YEAR : 1, {0}, 0};
    const double least = horizon_months / ticks_wanted(x0, x1);
    double step = 0;
    for (unsigned i = 0; i < sizeof steps / sizeof *steps && !step; i++) {
        const bool whole = !years || steps[i] >= YEAR || horizon_months < 2 * YEAR;
        if (steps[i] >= least && whole) step = steps[i];
    }
    if (!step) step = round_step(least / YEAR) * YEAR;
    put_ticks(&a, step);
    return a;
}

nen__axis nen__axis_linear(double lo, double hi, double x0, double x1) {
    nen__axis a = {lo, hi, x0, x1, false, 1, {0}, 0};
    const double least = nen__svg_between(fabs(lo) + fabs(hi), 1, HUGE_VAL) * slack;
    if (hi - lo < least) a.from -= least, a.to += least;
    const double step = round_step((a.to - a.from) / ticks_wanted(x0, x1));
    a.from = floor(a.from / step + slack) * step;
    a.to = ceil(a.to / step - slack) * step;
    put_ticks(&a, step);
    return a;
}

/* Largest power of ten that is at most `v`. */
static double decade(double v) {
    double power = 1;
    while (power > v)
        power /= ten;
    while (power * ten <= v)
        power *= ten;
    return power;
}

/* Ticks at each of these times each `skip`-th power of ten; how many there would be. */
static unsigned log_ticks(nen__axis *a, const double *in, unsigned each,
                          unsigned skip) {
    unsigned n = 0;
    double power = decade(a->from);
    unsigned k = 0;
    while (power <= a->to) {
        for (unsigned i = 0; i < each && k % skip == 0; i++) {
            const double tick = in[i] * power;
            if (tick < a->from * (1 - slack) || tick > a->to * (1 + slack)) continue;
            if (n < NEN__SVG_TICKS_MAX) a->tick[n] = tick;
            n++;
        }
        power *= ten;
        k++;
    }
    a->ticks = n < NEN__SVG_TICKS_MAX ? n : NEN__SVG_TICKS_MAX;
    return n;
}

/* The densest ticks that leave room for their text. */
nen__axis nen__axis_log(double lo, double hi, double x0, double x1) {
    static const double each[] = {1, 2, 5}, two[] = {1, 3};
    enum { EACH = sizeof each / sizeof *each, TWO = sizeof two / sizeof *two };
    nen__axis a = {lo, hi, x0, x1, true, 1, {0}, 0};
    const unsigned wanted = (unsigned)ticks_wanted(x0, x1);
    if (log_ticks(&a, each, EACH, 1) <= wanted) return a;
    if (log_ticks(&a, two, TWO, 1) <= wanted) return a;
    for (unsigned skip = 1; log_ticks(&a, each, 1, skip) > wanted; skip++) {
    }
    return a;
}

double nen__axis_at(const nen__axis *a, double value) {
    const double v = nen__svg_between(value, a->from, a->to);
    const double share = a->logs
                             ? nen__log_f64(v / a->from) / nen__log_f64(a->to / a->from)
                             : (v - a->from) / (a->to - a->from);
    return a->x0 + share * (a->x1 - a->x0);
}

void nen__axis_tick_text(const nen__axis *a, unsigned tick,
                         char out[NEN__SVG_TICK_TEXT]) {
    nen__buf b = nen__buf_over(out, NEN__SVG_TICK_TEXT);
    const double shown = a->tick[tick] / a->unit;
    const bool zero = fabs(a->tick[tick]) < (a->to - a->from) * slack;
    if (shown < 0 && !zero) nen__put(&b, "\xe2\x88\x92"); /* the minus sign */
    nen__put_number(&b, zero ? 0 : fabs(shown));
    nen__buf_end(&b);
}

void nen__axis_grid(nen__svg *s, const nen__axis *a, double top, double bottom) {
    for (unsigned i = 0; i < a->ticks; i++) {
        const double x = nen__axis_at(a, a->tick[i]);
        nen__svg_line(s, x, top, x, bottom, " stroke-opacity=\"0.15\"");
    }
}

void nen__axis_draw(nen__svg *s, const nen__axis *a, const char *label) {
    const double text_y = s->y + TICK_LENGTH + NEN__SVG_WORDS;
    nen__svg_line(s, a->x0, s->y, a->x1, s->y, "");
    for (unsigned i = 0; i < a->ticks; i++) {
        char text[NEN__SVG_TICK_TEXT];
        const double x = nen__axis_at(a, a->tick[i]);
        const nen__words at = {x, text_y, 0, NEN__SVG_WORDS - 1, 'm', false, false};
        nen__axis_tick_text(a, i, text);
        nen__svg_line(s, x, s->y, x, s->y + TICK_LENGTH, "");
        nen__svg_words(s, &at, text);
    }
    s->y = text_y + NEN__SVG_GAP;
    const double middle = (a->x0 + a->x1) / 2;
    const double side = middle < s->width / 2 ? middle : s->width - middle;
    const nen__words name = {middle,
                             s->y + NEN__SVG_WORDS - 1,
                             2 * (side - NEN__SVG_GAP),
                             NEN__SVG_WORDS - 1,
                             'm',
                             false,
                             false};
    s->y += nen__svg_words(s, &name, label) * nen__svg_line_height(name.size);
}
