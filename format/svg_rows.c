/* svg_rows.c - intervals in rows: differences between plans, and the forest plot of
 * published values against predicted ones. */
#include "svg_part.h"

#include <math.h>
#include <string.h>

enum {
    BAND = 9, /* height of a predicted interval */
    CAP = 4,  /* half the height of a whisker's end */
    ROW_GAP = 7,
    LABEL_PCT = 34, /* columns of the forest plot, of its width */
    SAID_PCT = 22,
    STACKED = 400, /* narrower: labels stand above their intervals */
    MARGIN = 14    /* of an axis, for the text of its last ticks */
};

static const double mark_size = 4.5;

/* The least and the largest that an axis must hold. */
typedef struct reach {
    double lo, hi;
    bool any;
} reach;

static void extend(reach *r, double lo, double hi) {
    r->lo = r->any ? nen__svg_smaller(r->lo, lo) : lo;
    r->hi = r->any ? nen__svg_larger(r->hi, hi) : hi;
    r->any = true;
}

static void whiskers(nen__svg *s, const nen__axis *x, double lo, double hi, double y) {
    const double from = nen__axis_at(x, lo), to = nen__axis_at(x, hi);
    if (!(lo < hi)) return;
    nen__svg_line(s, from, y, to, y, " stroke-width=\"2\"");
    nen__svg_line(s, from, y - CAP, from, y + CAP, " stroke-width=\"2\"");
    nen__svg_line(s, to, y - CAP, to, y + CAP, " stroke-width=\"2\"");
}

/* ---- differences ---- */

/* The lines of the axis stand behind the intervals only, not behind the words. */
static void difference_row(nen__svg *s, const nen__axis *x,
                           const nen_plot_difference *d) {
    nen__words at = {0, 0, 0, NEN__SVG_WORDS, 's', false, false};
    const bool told = d->kind != NEN_PLOT_CANNOT_TELL;
    s->y += NEN__SVG_EDGE;
    nen__svg_paragraph(s, &at, d->label);
    const double y = s->y + NEN__SVG_EDGE, zero = nen__axis_at(x, 0);
    nen__axis_grid(s, x, s->y, y + NEN__SVG_EDGE);
    nen__svg_line(s, zero, s->y, zero, y + NEN__SVG_EDGE, " stroke-opacity=\"0.6\"");
    nen__svg_series(s, 0);
    whiskers(s, x, d->lo, d->hi, y);
    nen__svg_mark(s, told ? NEN__SQUARE : NEN__CIRCLE, nen__axis_at(x, d->mid), y,
                  mark_size + 1, !told);
    nen__svg_end(s);
    s->y = y + NEN__SVG_EDGE;
    at.bold = true;
    nen__svg_paragraph(s, &at, d->verdict);
    at.bold = false;
    at.size = NEN__SVG_SMALL;
    at.soft = true;
    nen__svg_paragraph(s, &at, d->said);
    s->y += NEN__SVG_GAP;
}

/* Which way is longer for whom, either side of the middle of the picture. */
static void sides(nen__svg *s, const nen_difference_plot *p, const nen__axis *x) {
    const double zero = nen__axis_at(x, 0);
    const double room = 2 * MARGIN, gap = NEN__SVG_EDGE;
    const double left = nen__svg_larger(zero - gap - NEN__SVG_EDGE, 2 * room);
    const double right =
        nen__svg_larger(s->width - zero - gap - NEN__SVG_EDGE, 2 * room);
    const nen__words b = {
        zero - gap, s->y + NEN__SVG_SMALL, left, NEN__SVG_SMALL, 'e', false, false};
    const nen__words a = {
        zero + gap, s->y + NEN__SVG_SMALL, right, NEN__SVG_SMALL, 's', false, false};
    const unsigned b_lines = nen__svg_words(s, &b, p->b_side);
    const unsigned a_lines = nen__svg_words(s, &a, p->a_side);
    s->y +=
        (a_lines > b_lines ? a_lines : b_lines) * nen__svg_line_height(NEN__SVG_SMALL);
}

/* As far to the left as to the right, so that no side looks like the larger. */
static nen__axis difference_axis(const nen_difference_plot *p, double width) {
    double far = 0;
    for (unsigned i = 0; i < p->rows; i++) {
        far = nen__svg_larger(far, fabs(p->row[i].lo));
        far = nen__svg_larger(far, fabs(p->row[i].hi));
    }
    if (far == 0) far = 1;
    return nen__axis_linear(-far, far, NEN__SVG_EDGE + MARGIN,
                            width - NEN__SVG_EDGE - MARGIN);
}

static void difference_body(nen__svg *s, const void *plot) {
    const nen_difference_plot *p = plot;
    const nen__axis x = difference_axis(p, s->width);
    sides(s, p, &x);
    for (unsigned i = 0; i < p->rows; i++)
        difference_row(s, &x, &p->row[i]);
    nen__axis_draw(s, &x, p->x_label);
}

size_t nen_svg_difference(const nen_difference_plot *p, char *buf, size_t cap) {
    for (unsigned i = 0; i < p->rows; i++) {
        const nen_plot_difference *d = &p->row[i];
        if (!nen__svg_interval(d->lo, d->mid, d->hi)) return nen__svg_refused(buf, cap);
    }
    return nen__svg_picture(&p->text, difference_body, p, buf, cap);
}

/* ---- forest ---- */

static bool predicted(const nen_forest_row *r) {
    return r->predicted_lo != 0 || r->predicted_mid != 0 || r->predicted_hi != 0;
}

/* On an axis of ratios nothing may be zero, or so near that it is as good as that. */
static bool has_ratio(double v) {
    static const double least = 1e-12;
    return v >= least;
}

static bool sound_row(const nen_forest_row *r, bool log_axis) {
    if (!nen__svg_interval(r->lo, r->mid, r->hi)) return false;
    if (!nen__svg_interval(r->predicted_lo, r->predicted_mid, r->predicted_hi))
        return false;
    return !log_axis ||
           (has_ratio(r->lo) && (!predicted(r) || has_ratio(r->predicted_lo)));
}

static bool sound(const nen_forest_plot *p) {
    if (p->reference_known && !nen__svg_sound(p->reference)) return false;
    if (p->reference_known && p->log_axis && !has_ratio(p->reference)) return false;
    for (unsigned i = 0; i < p->rows; i++)
        if (!sound_row(&p->row[i], p->log_axis)) return false;
    return true;
}

static nen__axis forest_axis(const nen_forest_plot *p, double width) {
    static const double ratio = 1.1;
    const double labels = width < STACKED ? 0 : width * LABEL_PCT / 100;
    const double x0 = nen__svg_larger(labels, NEN__SVG_EDGE) + MARGIN;
    const double x1 = width - width * SAID_PCT / 100 - MARGIN;
    reach r = {0, 0, false};
    for (unsigned i = 0; i < p->rows; i++) {
        extend(&r, p->row[i].lo, p->row[i].hi);
        if (predicted(&p->row[i]))
            extend(&r, p->row[i].predicted_lo, p->row[i].predicted_hi);
    }
    if (p->reference_known) extend(&r, p->reference, p->reference);
    if (!r.any) extend(&r, 1, 2);
    return p->log_axis ? nen__axis_log(r.lo / ratio, r.hi * ratio, x0, x1)
                       : nen__axis_linear(r.lo, r.hi, x0, x1);
}

/* The predicted interval: a bar with a tick at its middle. */
static void draw_predicted(nen__svg *s, const nen__axis *x, double lo, double mid,
                           double hi, double y) {
    const double from = nen__axis_at(x, lo), to = nen__axis_at(x, hi);
    const double at = nen__axis_at(x, mid), half = BAND / 2.0;
    nen__svg_rect(s, from, y - half, nen__svg_larger(to - from, 1), BAND,
                  " fill-opacity=\"0.22\"");
    nen__svg_line(s, at, y - half, at, y + half, " stroke-width=\"1.5\"");
}

/* Published: a filled circle where it was hit, a hollow diamond where not. */
static void draw_published(nen__svg *s, bool hit, double x, double y) {
    nen__svg_mark(s, hit ? NEN__CIRCLE : NEN__DIAMOND, x, y, mark_size, !hit);
}

/* The label, beside the interval or above it; returns the height beside. */
static double forest_label(nen__svg *s, const nen__axis *x, const char *label) {
    const bool above = s->width < STACKED;
    const nen__words at = {NEN__SVG_EDGE,
                           s->y + NEN__SVG_SMALL,
                           above ? s->width - 2 * NEN__SVG_EDGE
                                 : x->x0 - MARGIN - NEN__SVG_EDGE,
                           NEN__SVG_SMALL,
                           's',
                           false,
                           false};
    const double high =
        nen__svg_words(s, &at, label) * nen__svg_line_height(NEN__SVG_SMALL);
    if (above) s->y += high;
    return above ? 0 : high;
}

static void forest_row(nen__svg *s, const nen__axis *x, const nen_forest_row *r) {
    const double line = nen__svg_line_height(NEN__SVG_SMALL);
    const double beside = forest_label(s, x, r->label);
    const double said_x = x->x1 + MARGIN + NEN__SVG_GAP;
    const nen__words said = {said_x,
                             s->y + NEN__SVG_SMALL,
                             s->width - said_x - NEN__SVG_GAP,
                             NEN__SVG_SMALL,
                             's',
                             !r->hit,
                             false};
    const double words = nen__svg_words(s, &said, r->said) * line;
    const double high = nen__svg_larger(nen__svg_larger(beside, words), line),
                 y = s->y + high / 2 + 1;
    if (predicted(r))
        draw_predicted(s, x, r->predicted_lo, r->predicted_mid, r->predicted_hi, y);
    nen__svg_series(s, r->hit ? 0 : 1);
    whiskers(s, x, r->lo, r->hi, y);
    draw_published(s, r->hit, nen__axis_at(x, r->mid), y);
    nen__svg_end(s);
    s->y += high + ROW_GAP;
}

static bool same(const char *a, const char *b) {
    return !strcmp(a ? a : "", b ? b : "");
}

static void forest_rows(nen__svg *s, const void *plot) {
    const nen_forest_plot *p = plot;
    const nen__axis x = forest_axis(p, s->width);
    const nen__words head = {0, 0, 0, NEN__SVG_SMALL + 1, 's', true, false};
    for (unsigned i = 0; i < p->rows; i++) {
        if (i == 0 || !same(p->row[i].group, p->row[i - 1].group)) {
            s->y += ROW_GAP;
            nen__svg_paragraph(s, &head, p->row[i].group);
        }
        forest_row(s, &x, &p->row[i]);
    }
}

/* One mark of the key and its word; returns where the next one stands. */
static double key(nen__svg *s, double x, const char *word) {
    const double width = nen__svg_text_width(word, NEN__SVG_SMALL);
    const nen__words at = {x,    s->y + NEN__SVG_SMALL, 0, NEN__SVG_SMALL, 's', false,
                           false};
    nen__svg_words(s, &at, word);
    return x + width + 2 * MARGIN;
}

/* Marks before their words, in as many lines as the width asks for. */
static void forest_key(nen__svg *s, const nen_forest_plot *p) {
    const char *const word[] = {p->hit, p->missed, p->predicted};
    enum { WORDS = 3 };
    double x = NEN__SVG_EDGE + MARGIN;
    for (unsigned i = 0; i < WORDS; i++) {
        if (!word[i] || !*word[i]) continue;
        const double end = x + MARGIN + nen__svg_text_width(word[i], NEN__SVG_SMALL);
        if (i && end > s->width) {
            x = NEN__SVG_EDGE + MARGIN;
            s->y += nen__svg_line_height(NEN__SVG_SMALL) + 2;
        }
        const double y = s->y + NEN__SVG_SMALL - CAP;
        if (i == 2) {
            nen__svg_rect(s, x - MARGIN, y - BAND / 2.0, 2 * MARGIN, BAND,
                          " fill-opacity=\"0.22\"");
            nen__svg_line(s, x, y - BAND / 2.0, x, y + BAND / 2.0,
                          " stroke-width=\"1.5\"");
        } else {
            nen__svg_series(s, i);
            draw_published(s, i == 0, x, y);
            nen__svg_end(s);
        }
        x = key(s, x + (i == 2 ? MARGIN + CAP : NEN__SVG_EDGE), word[i]);
    }
    s->y += nen__svg_line_height(NEN__SVG_SMALL);
}

static void forest_body(nen__svg *s, const void *plot) {
    const nen_forest_plot *p = plot;
    const nen__axis x = forest_axis(p, s->width);
    forest_key(s, p);
    const double top = s->y + ROW_GAP, bottom = nen__svg_bottom(s, forest_rows, p);
    nen__axis_grid(s, &x, top, bottom);
    if (p->reference_known) {
        const double at = nen__axis_at(&x, p->reference);
        nen__svg_line(s, at, top, at, bottom, " stroke-opacity=\"0.6\"");
    }
    forest_rows(s, p);
    nen__axis_draw(s, &x, p->x_label);
}

size_t nen_svg_forest(const nen_forest_plot *p, char *buf, size_t cap) {
    if (!sound(p)) return nen__svg_refused(buf, cap);
    return nen__svg_picture(&p->text, forest_body, p, buf, cap);
}
