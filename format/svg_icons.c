/* svg_icons.c - "of 100 people like this": ten by ten people, counts before words. */
#include "svg_part.h"

#include <math.h>

enum { SIDE = 10, BESIDE = 2, GAP = 20, ROW = 24 };

/* A person is drawn in a box of 10 by 15 that fills this share of a cell. */
static const double box_width = 10, box_height = 15, cell_share = 0.86, fine = 10;

/* The look of each group: solid, tinted, hollow, hollow and dashed. */
static const struct look {
    bool colored;
    unsigned series;
    const char *more;
} looks[NEN_ICON_GROUPS_MAX] = {
    {true, 0, " fill=\"currentColor\" stroke=\"currentColor\" stroke-width=\"0.6\""},
    {true, 1,
     " fill=\"currentColor\" fill-opacity=\"0.3\" stroke=\"currentColor\" "
     "stroke-width=\"1.2\""},
    {false, 0, " fill=\"none\" stroke=\"currentColor\" stroke-width=\"1\""},
    {true, 3,
     " fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.2\" "
     "stroke-dasharray=\"1.5 1.2\""}};

static bool sound(const nen_icon_plot *p) {
    if (p->arrays > NEN_ICON_ARRAYS_MAX) return false;
    for (unsigned i = 0; i < p->arrays; i++) {
        const nen_icon_array *a = &p->array[i];
        unsigned sum = 0;
        if (a->groups > NEN_ICON_GROUPS_MAX) return false;
        for (unsigned k = 0; k < a->groups; k++) {
            if (a->group[k].count > NEN_ICON_PEOPLE) return false;
            sum += a->group[k].count;
        }
        if (sum != NEN_ICON_PEOPLE) return false;
    }
    return true;
}

/* Head and body, from the upper left corner of the box; `k` units of the picture to one
 * of the box. */
// clang-format off
/* NOLINTBEGIN(readability-magic-numbers): the drawing of a person */
static void person(nen__buf *b, double x, double y, double k) {
    const double r = 2.2 * k, shoulder = 1.8 * k;
    nen__putf(b, "M%g %ga%g %g 0 1 0 %g 0a%g %g 0 1 0 %g 0z",
              nen__svg_round(x + 5 * k - r), nen__svg_round(y + 2.4 * k),
              r, r, 2 * r, r, r, -2 * r);
    nen__putf(b, "M%g %ga%g %g 0 0 1 %g %gh%ga%g %g 0 0 1 %g %gv%gh%gv%gh%gv%gh%gz",
              nen__svg_round(x + 1.6 * k), nen__svg_round(y + 7.2 * k),
              shoulder, shoulder, shoulder, -shoulder, 3.2 * k,
              shoulder, shoulder, shoulder, shoulder,
              3.9 * k, -1.4 * k, 3.5 * k, -4 * k, -3.5 * k, -1.4 * k);
}
/* NOLINTEND(readability-magic-numbers) */
// clang-format on

/* People `from` to `to` of the array, as one path in the look of their group. */
static void people(nen__svg *s, unsigned look, unsigned from, unsigned to, double x,
                   double y, double cell) {
    const double k = nen__svg_round(cell / box_width * cell_share * fine) / fine;
    if (from == to) return;
    if (looks[look].colored) nen__svg_series(s, looks[look].series);
    nen__putf(s->b, "<path class=\"g%u\" d=\"", look);
    for (unsigned i = from; i < to; i++) {
        const unsigned row = i / SIDE, column = i % SIDE;
        person(s->b, x + column * cell, y + row * cell * box_height / box_width, k);
    }
    nen__putf(s->b, "\"%s/>\n", looks[look].more);
    if (looks[look].colored) nen__svg_end(s);
}

/* One person of the group, how many, and what they are. */
static void key_row(nen__svg *s, const nen_icon_group *g, unsigned look, double x,
                    double width) {
    nen__buf b;
    char count[NEN__SVG_TICK_TEXT];
    const double icon = NEN__SVG_WORDS, number = 2.0 * NEN__SVG_WORDS + 2;
    nen__words at = {x + icon + NEN__SVG_GAP,
                     s->y + NEN__SVG_WORDS,
                     0,
                     NEN__SVG_WORDS,
                     's',
                     true,
                     false};
    b = nen__buf_over(count, sizeof count);
    nen__putf(&b, "%u", g->count);
    nen__buf_end(&b);
    people(s, look, 0, 1, x, s->y, icon);
    nen__svg_words(s, &at, count);
    at.x += number;
    at.width = x + width - at.x;
    at.bold = false;
    at.size = NEN__SVG_WORDS - 1;
    const unsigned lines = nen__svg_words(s, &at, g->label);
    s->y += nen__svg_larger(lines * nen__svg_line_height(at.size), ROW) + 2;
}

static void array(nen__svg *s, const nen_icon_array *a, double x, double width,
                  unsigned label_lines) {
    const double cell = floor(width / SIDE),
                 line = nen__svg_line_height(NEN__SVG_WORDS);
    const nen__words at = {
        x, s->y + NEN__SVG_WORDS, width, NEN__SVG_WORDS, 's', true, false};
    nen__svg_words(s, &at, a->label);
    s->y += label_lines * line + NEN__SVG_GAP; /* so that the people stand level */
    unsigned from = 0;
    for (unsigned i = 0; i < a->groups; i++) {
        people(s, i, from, from + a->group[i].count, x, s->y, cell);
        from += a->group[i].count;
    }
    s->y += SIDE * cell * box_height / box_width + NEN__SVG_GAP;
    for (unsigned i = 0; i < a->groups; i++) {
        if (a->group[i].label) key_row(s, &a->group[i], i, x, width);
    }
}

/* Two in a row, so that the eye can go from one to the other; one alone is as large as
 * one of two. */
static void body(nen__svg *s, const void *plot) {
    const nen_icon_plot *p = plot;
    const double width = (s->width - 2 * NEN__SVG_EDGE - GAP) / BESIDE;
    double top = s->y;
    for (unsigned i = 0; i < p->arrays; i += BESIDE) {
        double bottom = top;
        unsigned lines = 0;
        for (unsigned k = i; k < p->arrays && k < i + BESIDE; k++) {
            const unsigned n = nen__svg_lines(p->array[k].label, width, NEN__SVG_WORDS);
            lines = n > lines ? n : lines;
        }
        for (unsigned k = i; k < p->arrays && k < i + BESIDE; k++) {
            s->y = top;
            array(s, &p->array[k], NEN__SVG_EDGE + (k - i) * (width + GAP), width,
                  lines);
            bottom = nen__svg_larger(bottom, s->y);
        }
        s->y = bottom;
        top = bottom + NEN__SVG_EDGE;
    }
}

size_t nen_svg_icons(const nen_icon_plot *p, char *buf, size_t cap) {
    if (!sound(p)) return nen__svg_refused(buf, cap);
    return nen__svg_picture(&p->text, body, p, buf, cap);
}
