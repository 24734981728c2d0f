/* svg.c - the canvas of every plot: root, words that wrap, marks, colors. */
#include "svg_part.h"

#include <math.h>
#include <string.h>

#include "doc.h"
#include "reader.h"

/* Colors are told apart by color-blind eyes (Okabe and Ito's, the last one darker), and
 * inherited, so that a page needs one rule for each. */
const char nen_plot_css[] =
    ".plot{max-width:100%;height:auto}\n"
    "@media screen and (prefers-color-scheme:dark){.plot{color:#e9ece8}"
    ".plot .paper{fill:#1f2523}.plot .s0{color:#6fb7e9}.plot .s1{color:#f0975a}"
    ".plot .s2{color:#4fc7a0}.plot .s3{color:#df8fc8}}\n";

static const char *const series_color[NEN_CURVES_MAX] = {"#0072b2", "#c85200",
                                                         "#00805d", "#aa3377"};
static const char *const series_dash[NEN_CURVES_MAX] = {
    "", " stroke-dasharray=\"9 4\"", " stroke-dasharray=\"2 3\"",
    " stroke-dasharray=\"12 3 2 3\""};

/* ---- numbers ---- */

static const double value_max = 1e12, tenth = 10, half = 0.5;

double nen__svg_round(double v) {
    return floor(v * tenth + half) / tenth;
}

double nen__svg_between(double v, double lo, double hi) {
    return v < lo ? lo : v > hi ? hi : v;
}

bool nen__svg_sound(double v) {
    return v >= -value_max && v <= value_max; /* false for NaN */
}

bool nen__svg_interval(double lo, double mid, double hi) {
    return nen__svg_sound(lo) && nen__svg_sound(mid) && nen__svg_sound(hi) &&
           lo <= mid && mid <= hi;
}

void nen__svg_count(double people, char out[NEN__SVG_TICK_TEXT]) {
    static const double thousand = 1000, long_ones = 1e5;
    const bool many = people >= long_ones;
    nen__buf b = nen__buf_over(out, NEN__SVG_TICK_TEXT);
    nen__put_number(&b, floor((many ? people / thousand : people) + half));
    if (many) nen__put_char(&b, 'k');
    nen__buf_end(&b);
}

/* ---- words ---- */

/* NOLINTBEGIN(readability-magic-numbers): the bit patterns of UTF-8, RFC 3629 */

/* Bytes of the character at `text`, 1 for one that is broken. */
static size_t char_bytes(const char *text) {
    size_t n = 1;
    while (((unsigned char)text[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/* As wide as it is high: what follows the signs and the letters of Europe. */
static bool is_square(const char *text, size_t bytes) {
    return bytes >= 3 && (unsigned char)*text > 0xe2;
}

/* Not in XML even when escaped: control characters, U+FFFE and U+FFFF. */
static bool forbidden(const char *text, size_t bytes) {
    if (bytes == 1) return *text < ' ' || *text > '~';
    return nen__utf8_bad(text, bytes) != bytes || !memcmp(text, "\xef\xbf\xbe", 3) ||
           !memcmp(text, "\xef\xbf\xbf", 3);
}

/* NOLINTEND(readability-magic-numbers) */

static void escaped_n(nen__buf *b, const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes;) {
        const size_t n = char_bytes(text + i);
        const bool blank = strchr("\t\n\r", text[i]) != NULL;
        if (forbidden(text + i, n)) {
            nen__put(b, blank ? " " : "?");
        } else {
            nen__html_escaped(b, text + i, n);
        }
        i += n;
    }
}

void nen__svg_escaped(nen__buf *b, const char *text) {
    if (text) escaped_n(b, text, strlen(text));
}

/* Of a letter, in sizes; wide enough for DejaVu Sans, the widest of the usual ones. */
static double letter_width(const char *at, size_t bytes) {
    static const double narrow = 0.36, usual = 0.6, wide = 0.8, square = 1.0;
    if (is_square(at, bytes)) return square;
    if (strchr(" ijl.,:;'|!()[]/ftI", *at)) return narrow;
    return strchr("mwMWQOGD%@", *at) ? wide : usual;
}

static double span_width(const char *text, size_t bytes, unsigned size) {
    double sum = 0;
    for (size_t i = 0; i < bytes;) {
        const size_t n = char_bytes(text + i);
        sum += letter_width(text + i, n);
        i += n;
    }
    return sum * size;
}

double nen__svg_text_width(const char *text, unsigned size) {
    return text ? span_width(text, strlen(text), size) : 0;
}

double nen__svg_line_height(unsigned size) {
    static const double leading = 1.3;
    return nen__svg_round(size * leading);
}

/* Bytes that fit into the width: whole words, or what fits of one too long. */
static size_t line_bytes(const char *text, double width, unsigned size) {
    size_t fits = 0, at = 0;
    double sum = 0;
    while (text[at]) {
        const size_t n = char_bytes(text + at);
        if (text[at] == ' ') fits = at;
        sum += letter_width(text + at, n) * size;
        if (sum > width && at > 0) return fits ? fits : at;
        at += n;
    }
    return at;
}

static void put_line(nen__svg *s, const nen__words *at, double y, const char *text,
                     size_t bytes) {
    nen__putf(s->b, "<text x=\"%g\" y=\"%g\" font-size=\"%u\"%s%s%s>",
              nen__svg_round(at->x), nen__svg_round(y), at->size,
              at->anchor == 'm'   ? " text-anchor=\"middle\""
              : at->anchor == 'e' ? " text-anchor=\"end\""
                                  : "",
              at->bold ? " font-weight=\"700\"" : "",
              at->soft ? " fill-opacity=\"0.78\"" : "");
    escaped_n(s->b, text, bytes);
    nen__put(s->b, "</text>\n");
}

/* How many lines; on `s` they are written, NULL only counts. */
static unsigned each_line(nen__svg *s, const nen__words *at, const char *text) {
    unsigned lines = 0;
    while (text && *text) {
        const size_t n =
            at->width > 0 ? line_bytes(text, at->width, at->size) : strlen(text);
        const double y = at->y + lines * nen__svg_line_height(at->size);
        if (s) put_line(s, at, y, text, n);
        lines++;
        text += n;
        while (*text == ' ')
            text++;
    }
    return lines;
}

unsigned nen__svg_words(nen__svg *s, const nen__words *at, const char *text) {
    return each_line(s, at, text);
}

unsigned nen__svg_lines(const char *text, double width, unsigned size) {
    const nen__words at = {0, 0, width, size, 's', false, false};
    return each_line(NULL, &at, text);
}

void nen__svg_paragraph(nen__svg *s, const nen__words *at, const char *text) {
    nen__words here = *at;
    if (here.x == 0) here.x = NEN__SVG_EDGE;
    if (here.width == 0) here.width = s->width - 2 * NEN__SVG_EDGE;
    here.y = s->y + here.size;
    s->y += nen__svg_words(s, &here, text) * nen__svg_line_height(here.size);
}

/* ---- marks and lines ---- */

void nen__svg_line(nen__svg *s, double x1, double y1, double x2, double y2,
                   const char *more) {
    nen__putf(s->b, "<path d=\"M%g %gL%g %g\" stroke=\"currentColor\"%s/>\n",
              nen__svg_round(x1), nen__svg_round(y1), nen__svg_round(x2),
              nen__svg_round(y2), more);
}

void nen__svg_rect(nen__svg *s, double x, double y, double width, double height,
                   const char *more) {
    nen__putf(s->b, "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\"%s/>\n",
              nen__svg_round(x), nen__svg_round(y), nen__svg_round(width),
              nen__svg_round(height), more);
}

/* Corners around 0, 0 with a radius of 1; a triangle has its last one twice. */
enum { CORNERS = 4 };
static const double corners[][CORNERS][2] = {
    [NEN__SQUARE] = {{-0.85, -0.85}, {0.85, -0.85}, {0.85, 0.85}, {-0.85, 0.85}},
    [NEN__TRIANGLE] = {{0, -1.1}, {1.05, 0.85}, {-1.05, 0.85}, {-1.05, 0.85}},
    [NEN__DIAMOND] = {{0, -1.2}, {1.2, 0}, {0, 1.2}, {-1.2, 0}},
    [NEN__CROSS] = {{-1, -1}, {1, 1}, {-1, 1}, {1, -1}},
    [NEN__ARROW] = {{-1, -1}, {1.2, 0}, {-1, 1}, {-1, 1}}};

static void put_corners(nen__svg *s, nen__shape shape, double x, double y,
                        double radius) {
    const bool lines = shape == NEN__CROSS;
    nen__put(s->b, "<path d=\"");
    for (unsigned i = 0; i < CORNERS; i++) {
        const bool lifted = i == 0 || (lines && i == 2);
        nen__putf(s->b, "%s%g %g", lifted ? "M" : "L",
                  nen__svg_round(x + corners[shape][i][0] * radius),
                  nen__svg_round(y + corners[shape][i][1] * radius));
    }
    nen__put(s->b, lines ? "\"" : "z\"");
}

void nen__svg_mark(nen__svg *s, nen__shape shape, double x, double y, double radius,
                   bool hollow) {
    if (shape == NEN__CIRCLE) {
        nen__putf(s->b, "<circle cx=\"%g\" cy=\"%g\" r=\"%g\"", nen__svg_round(x),
                  nen__svg_round(y), nen__svg_round(radius));
    } else {
        put_corners(s, shape, x, y, radius);
    }
    nen__put(s->b,
             hollow ? " class=\"paper\" fill=\"#fff\"" : " fill=\"currentColor\"");
    nen__put(s->b, " stroke=\"currentColor\" stroke-width=\"2\"/>\n");
}

void nen__svg_series(nen__svg *s, unsigned series) {
    nen__putf(s->b, "<g class=\"s%u\" color=\"%s\">\n", series % NEN_CURVES_MAX,
              series_color[series % NEN_CURVES_MAX]);
}

void nen__svg_end(nen__svg *s) {
    nen__put(s->b, "</g>\n");
}

const char *nen__svg_dash(unsigned series) {
    return series_dash[series % NEN_CURVES_MAX];
}

/* ---- the picture ---- */

/* An id may hold letters, digits and '-'; others become '-'. */
static void put_id(nen__buf *b, const char *id) {
    for (const char *c = id && *id ? id : "plot"; *c; c++) {
        const bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                           (*c >= '0' && *c <= '9');
        nen__put_n(b, plain ? c : "-", 1);
    }
}

static void spoken(nen__buf *b, const nen_plot_text *t, const char *element,
                   const char *text) {
    nen__putf(b, "<%s id=\"", element);
    put_id(b, t->id);
    nen__putf(b, "-%s\">", element);
    nen__svg_escaped(b, text);
    nen__putf(b, "</%s>\n", element);
}

static void root(nen__buf *b, const nen_plot_text *t, double width, double height) {
    const bool described = t->desc && *t->desc;
    nen__putf(b,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" width=\"%g\" "
              "height=\"%g\" viewBox=\"0 0 %g %g\" role=\"img\" xml:lang=\"",
              width, height, width, height);
    nen__svg_escaped(b, t->lang && *t->lang ? t->lang : "en");
    nen__put(b, "\" color=\"#1b1f22\" fill=\"currentColor\" "
                "font-family=\"system-ui, 'Segoe UI', Roboto, Helvetica, Arial, "
                "sans-serif\" aria-labelledby=\"");
    put_id(b, t->id);
    nen__put(b, "-title");
    if (described) {
        nen__put(b, "\" aria-describedby=\"");
        put_id(b, t->id);
        nen__put(b, "-desc");
    }
    nen__put(b, "\">\n");
    spoken(b, t, "title", t->title);
    if (described) spoken(b, t, "desc", t->desc);
    nen__putf(b, "<rect class=\"paper\" width=\"%g\" height=\"%g\" fill=\"#fff\"/>\n",
              width, height);
}

/* What stands between the root's tags. */
static void contents(nen__svg *s, const nen_plot_text *t, nen__svg_body body,
                     const void *plot) {
    static const nen__words title = {0, 0, 0, NEN__SVG_TITLE, 's', true, false};
    static const nen__words note = {0, 0, 0, NEN__SVG_SMALL, 's', false, true};
    s->y = NEN__SVG_EDGE;
    nen__svg_paragraph(s, &title, t->title);
    s->y += t->title ? NEN__SVG_EDGE : 0;
    body(s, plot);
    s->y += t->note ? NEN__SVG_EDGE : 0;
    nen__svg_paragraph(s, &note, t->note);
    s->y += NEN__SVG_EDGE;
}

size_t nen__svg_picture(const nen_plot_text *t, nen__svg_body body, const void *plot,
                        char *buf, size_t cap) {
    const unsigned wish = t->width ? t->width : NEN_PLOT_WIDTH;
    nen__buf b = nen__buf_over(buf, cap), none = nen__buf_over(NULL, 0);
    nen__svg s = {&none, nen__svg_between(wish, NEN_PLOT_WIDTH_MIN, NEN_PLOT_WIDTH_MAX),
                  0};
    contents(&s, t, body, plot); /* how high it is stands in the root */
    root(&b, t, s.width, ceil(s.y));
    s.b = &b;
    contents(&s, t, body, plot);
    nen__put(&b, "</svg>\n");
    return nen__buf_end(&b);
}

double nen__svg_bottom(const nen__svg *s, nen__svg_body body, const void *plot) {
    nen__buf none = nen__buf_over(NULL, 0);
    nen__svg dry = {&none, s->width, s->y};
    body(&dry, plot);
    return dry.y;
}

size_t nen__svg_refused(char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    return nen__buf_end(&b);
}
