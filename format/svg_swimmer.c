/* svg_swimmer.c - one bar for each of a few people: lines of therapy, progression, the
 * end. */
#include "svg_part.h"

#include <math.h>

enum {
    ROW = 18,   /* from one person to the next */
    BAR = 12,   /* height of a bar */
    RIGHT = 22, /* room for the arrow of those still alive */
    SWATCH = 18,
    RISE = 4,        /* from the middle of small letters to their baseline */
    NUMBER_ROOM = 12 /* least width of a bar that shows its number */
};

static const double mark_size = 4.5;

/* Dark and light in turn, so that neighbors differ in gray too; the number of the line
 * stands on each, in the paint that reads on it. */
static const struct paint {
    const char *fill, *on;
} paints[NEN_SWIMMER_KINDS_MAX] = {{"#0b4f7d", "#ffffff"}, {"#f2c063", "#1b1f22"},
                                   {"#1b7058", "#ffffff"}, {"#b4dcf4", "#1b1f22"},
                                   {"#7b3f7d", "#ffffff"}, {"#d2d2d2", "#1b1f22"}};

static bool sound_person(const nen_swimmer *one, unsigned kinds) {
    if (!nen__svg_sound(one->end_months) || one->end_months < 0) return false;
    for (unsigned i = 0; i < one->segments; i++) {
        const nen_swimmer_segment *g = &one->segment[i];
        if (!nen__svg_sound(g->from_months) || !nen__svg_sound(g->to_months) ||
            g->from_months < 0 || g->to_months < g->from_months || g->kind >= kinds)
            return false;
    }
    for (unsigned i = 0; i < one->progressions; i++) {
        const double at = one->progression_months[i];
        if (!nen__svg_sound(at) || at < 0) return false;
    }
    return true;
}

static bool sound(const nen_swimmer_plot *p) {
    bool ok = p->kinds <= NEN_SWIMMER_KINDS_MAX && nen__svg_sound(p->horizon_months) &&
              p->horizon_months >= 0;
    for (unsigned i = 0; i < p->people && ok; i++)
        ok = sound_person(&p->person[i], p->kinds);
    return ok;
}

static nen__axis time_axis(const nen_swimmer_plot *p, double width) {
    double last = p->horizon_months, label = 0;
    for (unsigned i = 0; i < p->people; i++) {
        if (p->horizon_months == 0)
            last = nen__svg_larger(last, p->person[i].end_months);
        label = nen__svg_larger(
            label, nen__svg_text_width(p->person[i].label, NEN__SVG_SMALL));
    }
    label = nen__svg_smaller(label, width / (2 + 1)) + (label > 0 ? NEN__SVG_EDGE : 0);
    return nen__axis_time(last > 0 ? last : 1, p->years, NEN__SVG_EDGE + label,
                          width - NEN__SVG_EDGE - RIGHT);
}

/* ---- key ---- */

static void block(nen__svg *s, unsigned kind, double x, double width, double y) {
    const struct paint *paint = &paints[kind];
    const char number[] = {(char)('1' + kind), 0};
    char more[100];
    nen__buf b = nen__buf_over(more, sizeof more);
    nen__putf(&b,
              " class=\"k%u\" fill=\"%s\" stroke=\"currentColor\" stroke-width=\"0.6\"",
              kind + 1, paint->fill);
    nen__buf_end(&b);
    nen__svg_rect(s, x, y - BAR / 2.0, width, BAR, more);
    if (width < NUMBER_ROOM) return;
    const nen__words at = {x + width / 2, y + RISE, 0,    NEN__SVG_SMALL - 1,
                           'm',           true,     false};
    nen__putf(s->b, "<g fill=\"%s\">\n", paint->on);
    nen__svg_words(s, &at, number);
    nen__svg_end(s);
}

static void key_words(nen__svg *s, const char *text) {
    const double x = NEN__SVG_EDGE + SWATCH + NEN__SVG_EDGE;
    const nen__words at = {
        x, 0, s->width - x - NEN__SVG_EDGE, NEN__SVG_WORDS - 1, 's', false, false};
    nen__svg_paragraph(s, &at, text);
    s->y += 2;
}

static void key_mark(nen__svg *s, nen__shape shape, const char *text) {
    if (!text || !*text) return;
    nen__svg_mark(s, shape, NEN__SVG_EDGE + SWATCH / 2.0, s->y + NEN__SVG_EDGE - 1,
                  mark_size, shape == NEN__DIAMOND);
    key_words(s, text);
}

static void key(nen__svg *s, const nen_swimmer_plot *p) {
    for (unsigned i = 0; i < p->kinds; i++) {
        block(s, i, NEN__SVG_EDGE, SWATCH, s->y + NEN__SVG_EDGE - 1);
        key_words(s, p->kind[i]);
    }
    key_mark(s, NEN__DIAMOND, p->progressed);
    key_mark(s, NEN__CROSS, p->died);
    key_mark(s, NEN__ARROW, p->alive);
    s->y += NEN__SVG_GAP;
}

/* ---- people ---- */

/* At the end, or beside the mark of a progression that stands there. */
static void draw_end(nen__svg *s, const nen__axis *x, const nen_swimmer *one,
                     double y) {
    const bool beyond = one->end_months > x->to;
    const bool died = one->end == NEN_SWIMMER_DIED && !beyond;
    double at = nen__axis_at(x, one->end_months) + (died ? 0 : mark_size);
    for (unsigned i = 0; i < one->progressions; i++) {
        const double seen = nen__axis_at(x, one->progression_months[i]);
        if (seen > at - BAR && one->progression_months[i] <= x->to) at = seen + BAR;
    }
    nen__svg_mark(s, died ? NEN__CROSS : NEN__ARROW, at, y, mark_size, false);
}

static void draw_person(nen__svg *s, const nen__axis *x, const nen_swimmer *one) {
    const double y = s->y + ROW / 2.0;
    const nen__words label = {
        x->x0 - NEN__SVG_EDGE, y + RISE, 0, NEN__SVG_SMALL, 'e', false, false};
    nen__svg_words(s, &label, one->label);
    nen__svg_line(s, x->x0, y, nen__axis_at(x, one->end_months), y, "");
    for (unsigned i = 0; i < one->segments; i++) {
        const nen_swimmer_segment *g = &one->segment[i];
        const double from = nen__axis_at(x, g->from_months);
        const double to = nen__axis_at(x, g->to_months);
        if (g->from_months < x->to) block(s, g->kind, from, to - from, y);
    }
    for (unsigned i = 0; i < one->progressions; i++) {
        const double at = one->progression_months[i];
        if (at > x->to) continue;
        nen__svg_mark(s, NEN__DIAMOND, nen__axis_at(x, at), y, mark_size, true);
    }
    draw_end(s, x, one, y);
    s->y += ROW;
}

static void people(nen__svg *s, const void *plot) {
    const nen_swimmer_plot *p = plot;
    const nen__axis x = time_axis(p, s->width);
    for (unsigned i = 0; i < p->people; i++)
        draw_person(s, &x, &p->person[i]);
}

static void body(nen__svg *s, const void *plot) {
    const nen_swimmer_plot *p = plot;
    const nen__axis x = time_axis(p, s->width);
    key(s, p);
    nen__axis_grid(s, &x, s->y, nen__svg_bottom(s, people, p));
    people(s, p);
    nen__axis_draw(s, &x, p->x_label);
}

size_t nen_svg_swimmer(const nen_swimmer_plot *p, char *buf, size_t cap) {
    if (!sound(p)) return nen__svg_refused(buf, cap);
    return nen__svg_picture(&p->text, body, p, buf, cap);
}
