/* svg_survival.c - survival under one to four plans: bands, medians, numbers at risk.
 */
#include "svg_part.h"

#include <math.h>
#include <string.h>

enum {
    LEFT = 46,      /* room for the ticks of the share alive */
    RIGHT = 30,     /* room for the letters at the ends of the curves */
    TALL_PCT = 52,  /* height of the picture, of its width */
    SAMPLE = 48,    /* length of a line in the key */
    LETTER_GAP = 15 /* between letters at the ends */
};

static const double marker = 4.5, month_slack = 1e-9, pct_max = 100, half_pct = 50;

typedef struct frame {
    const nen_survival_plot *p;
    nen__axis x;
    double top, bottom;
} frame;

static const double *of(const nen_plot_curve *c, int which) {
    return which < 0 ? c->lo_pct : which > 0 ? c->hi_pct : c->mid_pct;
}

/* ---- can it be drawn? ---- */

static bool not_negative(double v) {
    return nen__svg_sound(v) && v >= 0;
}

static bool sound_point(const nen_plot_curve *c, unsigned i) {
    if (!not_negative(c->months[i])) return false;
    if (i && c->months[i] < c->months[i - 1]) return false;
    if (!nen__svg_interval(c->lo_pct[i], c->mid_pct[i], c->hi_pct[i])) return false;
    if (c->lo_pct[i] < 0 || c->hi_pct[i] > pct_max) return false;
    return !c->at_risk || not_negative(c->at_risk[i]);
}

static bool sound_curve(const nen_plot_curve *c) {
    bool ok = not_negative(c->median_months);
    for (unsigned i = 0; i < c->points && ok; i++)
        ok = sound_point(c, i);
    return ok;
}

static double horizon(const nen_survival_plot *p) {
    double last = p->horizon_months;
    for (unsigned i = 0; i < p->curves && p->horizon_months == 0; i++) {
        const nen_plot_curve *c = &p->curve[i];
        if (c->points) last = nen__svg_larger(last, c->months[c->points - 1]);
    }
    return last > 0 ? last : 1;
}

static bool sound(const nen_survival_plot *p) {
    bool ok = p->curves <= NEN_CURVES_MAX && nen__svg_sound(p->horizon_months) &&
              p->horizon_months >= 0;
    for (unsigned i = 0; i < p->curves && ok; i++)
        ok = sound_curve(&p->curve[i]);
    return ok;
}

/* ---- key ---- */

static void letter(nen__svg *s, const nen_plot_curve *c, double x, double y) {
    const nen__words at = {x, y, 0, NEN__SVG_WORDS, 's', true, false};
    nen__svg_words(s, &at, c->key);
}

static void stroke(char more[100], unsigned series) {
    nen__buf b = nen__buf_over(more, 100);
    nen__putf(&b, " stroke-width=\"2.5\" fill=\"none\"%s", nen__svg_dash(series));
    nen__buf_end(&b);
}

static void key_row(nen__svg *s, const nen_survival_plot *p, unsigned i) {
    const nen_plot_curve *c = &p->curve[i];
    const double indent = c->key ? 2.0 * NEN__SVG_EDGE : 0;
    const double x = NEN__SVG_EDGE + SAMPLE + NEN__SVG_EDGE, y = s->y + NEN__SVG_EDGE;
    char more[100];
    nen__words label = {x + indent,     0,   s->width - x - indent - NEN__SVG_EDGE,
                        NEN__SVG_WORDS, 's', false,
                        false};
    stroke(more, i);
    nen__svg_series(s, i);
    nen__svg_line(s, NEN__SVG_EDGE, y, NEN__SVG_EDGE + SAMPLE, y, more);
    nen__svg_mark(s, (nen__shape)i, NEN__SVG_EDGE + SAMPLE / 2.0, y, marker, true);
    nen__svg_end(s);
    letter(s, c, x, s->y + NEN__SVG_WORDS);
    nen__svg_paragraph(s, &label, c->label);
    label.size = NEN__SVG_SMALL;
    label.soft = true;
    nen__svg_paragraph(s, &label, c->said);
    s->y += NEN__SVG_GAP;
}

/* ---- curves ---- */

static double height_at(const frame *f, double pct) {
    return f->bottom - pct / pct_max * (f->bottom - f->top);
}

/* Steps, as between the deaths of a trial: across at the old height, then down; or
 * straight lines between points. */
static void steps(nen__svg *s, const frame *f, const nen_plot_curve *c, int which) {
    const double end = f->x.to + month_slack;
    unsigned i = 0;
    for (; i < c->points && c->months[i] <= end; i++) {
        const double x = nen__svg_round(nen__axis_at(&f->x, c->months[i]));
        const double y = nen__svg_round(height_at(f, of(c, which)[i]));
        nen__putf(s->b, !i ? "M%g %g" : f->p->joined ? "L%g %g" : "H%gV%g", x, y);
    }
    if (i && i < c->points && !f->p->joined)
        nen__putf(s->b, "H%g", nen__svg_round(f->x.x1));
}

/* The band's lower edge, back from the end, so that the two close an area. */
static void steps_back(nen__svg *s, const frame *f, const nen_plot_curve *c) {
    unsigned n = 0;
    while (n < c->points && c->months[n] <= f->x.to + month_slack)
        n++;
    const double last = n < c->points ? f->x.to : n ? c->months[n - 1] : 0;
    double x = nen__axis_at(&f->x, last);
    for (unsigned i = n; i-- > 0;) {
        nen__putf(s->b, "%c%g %g", 'L', nen__svg_round(x),
                  nen__svg_round(height_at(f, c->lo_pct[i])));
        x = nen__axis_at(&f->x, c->months[i]);
        nen__putf(s->b, "H%g", nen__svg_round(x));
    }
}

static void draw_band(nen__svg *s, const frame *f, unsigned i) {
    const nen_plot_curve *c = &f->p->curve[i];
    nen__svg_series(s, i);
    nen__put(s->b, "<path d=\"");
    steps(s, f, c, 1);
    steps_back(s, f, c);
    nen__put(s->b, "z\" class=\"band\" fill=\"currentColor\" fill-opacity=\"0.13\" "
                   "stroke=\"currentColor\" stroke-opacity=\"0.45\" "
                   "stroke-width=\"0.7\"/>\n");
    nen__svg_end(s);
}

static void draw_curve(nen__svg *s, const frame *f, unsigned i) {
    char more[100];
    stroke(more, i);
    nen__svg_series(s, i);
    nen__put(s->b, "<path d=\"");
    steps(s, f, &f->p->curve[i], 0);
    nen__putf(s->b, "\" class=\"curve\" stroke=\"currentColor\"%s/>\n", more);
    nen__svg_end(s);
}

/* The points that lines join, with the shape of the key. */
static void draw_points(nen__svg *s, const frame *f, unsigned i) {
    const nen_plot_curve *c = &f->p->curve[i];
    nen__svg_series(s, i);
    for (unsigned k = 0; k < c->points; k++) {
        nen__svg_mark(s, (nen__shape)i, nen__axis_at(&f->x, c->months[k]),
                      height_at(f, c->mid_pct[k]), marker, true);
    }
    nen__svg_end(s);
}

/* From half alive down to the month, with the shape of the key. */
static void draw_median(nen__svg *s, const frame *f, unsigned i) {
    const double month = f->p->curve[i].median_months, y = height_at(f, half_pct);
    if (month <= 0 || month > f->x.to) return;
    const double x = nen__axis_at(&f->x, month);
    nen__svg_series(s, i);
    nen__svg_line(s, x, y, x, f->bottom, " stroke-dasharray=\"3 3\"");
    nen__svg_mark(s, (nen__shape)i, x, y, marker, true);
    nen__svg_end(s);
}

/* Height of the letter beside each end, moved apart from the highest down. */
static void draw_letters(nen__svg *s, const frame *f) {
    unsigned order[NEN_CURVES_MAX], n = 0;
    double end[NEN_CURVES_MAX], x[NEN_CURVES_MAX], y = f->top - LETTER_GAP;
    for (unsigned i = 0; i < f->p->curves; i++) {
        const nen_plot_curve *c = &f->p->curve[i];
        unsigned k = 0, at;
        while (k < c->points && c->months[k] <= f->x.to + month_slack)
            k++;
        if (!k) continue;
        end[i] = height_at(f, c->mid_pct[k - 1]);
        x[i] = k < c->points ? f->x.x1 : nen__axis_at(&f->x, c->months[k - 1]);
        for (at = n++; at && end[order[at - 1]] > end[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (unsigned k = 0; k < n; k++) {
        const unsigned i = order[k];
        y = nen__svg_larger(y + LETTER_GAP, end[i]);
        y = nen__svg_smaller(y, f->bottom - (n - 1 - k) * (double)LETTER_GAP);
        letter(s, &f->p->curve[i], x[i] + NEN__SVG_GAP, y + NEN__SVG_GAP);
    }
}

/* ---- around the curves ---- */

static void draw_shares(nen__svg *s, const frame *f) {
    static const char *const text[] = {"0", "25", "50", "75", "100"};
    enum { TICKS = 4 };
    for (unsigned i = 0; i <= TICKS; i++) {
        const double y = height_at(f, pct_max * i / TICKS);
        const nen__words at = {f->x.x0 - NEN__SVG_EDGE,
                               y + NEN__SVG_GAP,
                               0,
                               NEN__SVG_WORDS - 1,
                               'e',
                               false,
                               false};
        nen__svg_line(s, f->x.x0, y, f->x.x1, y,
                      i == 2 ? " stroke-opacity=\"0.5\" stroke-dasharray=\"3 3\""
                             : " stroke-opacity=\"0.15\"");
        nen__svg_words(s, &at, text[i]);
    }
}

/* Of the last point at or before a month; false after the end of the curve. */
static bool at_risk(const nen_plot_curve *c, double month, double *out) {
    unsigned n = 0;
    while (n < c->points && c->months[n] <= month + month_slack)
        n++;
    if (!n || (n == c->points && c->months[n - 1] < month - month_slack)) return false;
    *out = c->at_risk[n - 1];
    return true;
}

static void draw_at_risk(nen__svg *s, const frame *f) {
    const nen_survival_plot *p = f->p;
    const nen__words head = {0, 0, 0, NEN__SVG_SMALL, 's', false, true};
    bool any = false;
    for (unsigned i = 0; i < p->curves; i++)
        any |= p->curve[i].at_risk != NULL;
    if (!any) return;
    s->y += NEN__SVG_GAP;
    nen__svg_paragraph(s, &head, p->at_risk_label);
    for (unsigned i = 0; i < p->curves; i++) {
        const nen_plot_curve *c = &p->curve[i];
        const double y = s->y + NEN__SVG_WORDS;
        if (!c->at_risk) continue;
        letter(s, c, NEN__SVG_EDGE, y);
        for (unsigned k = 0; k < f->x.ticks; k++) {
            char text[NEN__SVG_TICK_TEXT];
            double people;
            nen__words at = {nen__axis_at(&f->x, f->x.tick[k]),
                             y,
                             0,
                             NEN__SVG_SMALL,
                             'm',
                             false,
                             false};
            if (!at_risk(c, f->x.tick[k], &people)) continue;
            nen__svg_count(people, text);
            nen__svg_words(s, &at, text);
        }
        s->y += nen__svg_line_height(NEN__SVG_WORDS);
    }
}

static void body(nen__svg *s, const void *plot) {
    const nen_survival_plot *p = plot;
    const nen__words name = {0, 0, 0, NEN__SVG_WORDS - 1, 's', false, false};
    for (unsigned i = 0; i < p->curves; i++)
        key_row(s, p, i);
    s->y += NEN__SVG_GAP;
    nen__svg_paragraph(s, &name, p->y_label);
    s->y += NEN__SVG_EDGE;
    const double right = s->width - NEN__SVG_EDGE - RIGHT;
    frame f = {p,
               p->joined ? nen__axis_linear(0, horizon(p), LEFT, right)
                         : nen__axis_time(horizon(p), p->years, LEFT, right),
               s->y, 0};
    f.bottom = f.top + s->width * TALL_PCT / pct_max;
    draw_shares(s, &f);
    for (unsigned i = 0; i < p->curves && !p->joined; i++)
        draw_band(s, &f, i);
    for (unsigned i = 0; i < p->curves; i++)
        draw_curve(s, &f, i);
    for (unsigned i = 0; i < p->curves; i++)
        p->joined ? draw_points(s, &f, i) : draw_median(s, &f, i);
    draw_letters(s, &f);
    s->y = f.bottom;
    nen__axis_draw(s, &f.x, p->x_label);
    draw_at_risk(s, &f);
}

size_t nen_svg_survival(const nen_survival_plot *p, char *buf, size_t cap) {
    if (!sound(p)) return nen__svg_refused(buf, cap);
    return nen__svg_picture(&p->text, body, p, buf, cap);
}
