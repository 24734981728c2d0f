/* svg_part.h - shared by the plots: the canvas, words that wrap, axes, keys. */
#ifndef NEN_SVG_PART_H
#define NEN_SVG_PART_H

#include "buf.h"
#include "svg.h"

/* Units of the picture: 1/72 inch when it is shown at its own size. */
enum {
    NEN__SVG_EDGE = 10,  /* left and right of everything */
    NEN__SVG_GAP = 5,    /* between small things */
    NEN__SVG_TITLE = 17, /* sizes of letters */
    NEN__SVG_WORDS = 14,
    NEN__SVG_SMALL = 12,
    NEN__SVG_TICKS_MAX = 16,
    NEN__SVG_TICK_TEXT = 24
};

/* Marks that tell series apart in gray. */
typedef enum nen__shape {
    NEN__CIRCLE,
    NEN__SQUARE,
    NEN__TRIANGLE,
    NEN__DIAMOND,
    NEN__CROSS,
    NEN__ARROW
} nen__shape;

/* Writes from the top down; `y` is the first free line. */
typedef struct nen__svg {
    nen__buf *b;
    double width, y;
} nen__svg;

typedef void (*nen__svg_body)(nen__svg *s, const void *plot);

/* The whole picture: root, title, description, what `body` draws, note. */
size_t nen__svg_picture(const nen_plot_text *t, nen__svg_body body, const void *plot,
                        char *buf, size_t cap);
/* What a plot that cannot be drawn gives: an empty text, 0. */
size_t nen__svg_refused(char *buf, size_t cap);
/* How far down `body` would get. */
double nen__svg_bottom(const nen__svg *s, nen__svg_body body, const void *plot);

/* To a tenth, so that coordinates are short. */
double nen__svg_round(double v);
double nen__svg_between(double v, double lo, double hi);
/* Not fmax: a library that needs no other one is easy to embed. */
static inline double nen__svg_larger(double a, double b) {
    return a > b ? a : b;
}
static inline double nen__svg_smaller(double a, double b) {
    return a < b ? a : b;
}
/* Finite, and small enough to reckon with. */
bool nen__svg_sound(double v);
bool nen__svg_interval(double lo, double mid, double hi);

/* A count of people: whole, thousands as "512k" from 100,000. */
void nen__svg_count(double people, char out[NEN__SVG_TICK_TEXT]);

/* ---- words ---- */

typedef struct nen__words {
    double x, y;   /* y: baseline of the first line */
    double width;  /* wraps there; 0: one line */
    unsigned size; /* NEN__SVG_TITLE ... */
    char anchor;   /* 's' start, 'm' middle, 'e' end */
    bool bold;
    bool soft; /* less contrast, as for notes */
} nen__words;

/* Escaped text without what XML forbids. */
void nen__svg_escaped(nen__buf *b, const char *text);
/* Width of one line, estimated for a wide sans serif. */
double nen__svg_text_width(const char *text, unsigned size);
/* One line, or as many as it takes; returns how many. NULL and "": none. */
unsigned nen__svg_words(nen__svg *s, const nen__words *at, const char *text);
/* How many, without writing. */
unsigned nen__svg_lines(const char *text, double width, unsigned size);
double nen__svg_line_height(unsigned size);
/* The words at the first free line, full width unless `at` says otherwise. */
void nen__svg_paragraph(nen__svg *s, const nen__words *at, const char *text);

/* ---- marks and lines ---- */

void nen__svg_line(nen__svg *s, double x1, double y1, double x2, double y2,
                   const char *more);
void nen__svg_rect(nen__svg *s, double x, double y, double width, double height,
                   const char *more);
/* In the current color; hollow: filled with the paper. */
void nen__svg_mark(nen__svg *s, nen__shape shape, double x, double y, double radius,
                   bool hollow);
/* Opens a group in the color of a series, 0 to 3. */
void nen__svg_series(nen__svg *s, unsigned series);
void nen__svg_end(nen__svg *s);
/* stroke-dasharray="..." of a series, with a leading blank; "" for the first. */
const char *nen__svg_dash(unsigned series);

/* ---- axes (svg_axis.c) ---- */

typedef struct nen__axis {
    double from, to; /* values at the two ends */
    double x0, x1;   /* where these are */
    bool logs;       /* by ratio; from > 0 */
    double unit;     /* shown = value / unit */
    double tick[NEN__SVG_TICKS_MAX];
    unsigned ticks;
} nen__axis;

/* 0 to `horizon` months, ticks in months or years. */
nen__axis nen__axis_time(double horizon_months, bool years, double x0, double x1);
/* Around the values, ends on ticks. */
nen__axis nen__axis_linear(double lo, double hi, double x0, double x1);
nen__axis nen__axis_log(double lo, double hi, double x0, double x1);
/* Where a value stands; held within the ends. */
double nen__axis_at(const nen__axis *a, double value);
void nen__axis_tick_text(const nen__axis *a, unsigned tick,
                         char out[NEN__SVG_TICK_TEXT]);
/* Faint lines from top to bottom at the ticks. */
void nen__axis_grid(nen__svg *s, const nen__axis *a, double top, double bottom);
/* The axis, its ticks and its name at s->y, which moves below them. */
void nen__axis_draw(nen__svg *s, const nen__axis *a, const char *label);

#endif
