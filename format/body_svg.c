/* body_svg.c - pictures: the body with the places told, the stage, the grade.
 * Classes and presentation attributes only: the page's policy blocks inline styles. */
#include "report.h"

#include <string.h>

/* ---- words ---- */

/* Words of a picture, which explain no term of the glossary. */
static void caption_say(nen__doc *d, unsigned text, const nen__slot *with) {
    const bool collect = d->collect;
    d->collect = false;
    nen__say(d, text, with);
    d->collect = collect;
}

/* ---- the body ---- */

/* The drawing shows the trunk, 200 by 300; the table `sites` gives places on a whole
 * body in 0 to 100, so they are moved and stretched to fall on the drawn organs. */
static const double mid_x = 100, site_mid_x = 50, stretch_x = 3;
static const double chest_y = 112, site_chest_y = 26, stretch_y = 3.44;

enum { LABEL_GAP = 15, LABEL_LEFT = -22, LABEL_RIGHT = 222, MARKS_MAX = 16 };

static const char *const drawing[] = {
    "<path class=\"skin\" d=\"M100 8c15 0 24 11 24 26 0 11-5 20-11 25v9c2 6 10 8 22 "
    "11 16 4 24 12 27 30l14 84c2 12 3 24 2 34-1 8-12 8-13 0l-6-32-19-66-4 54c2 12 6 "
    "24 7 40l3 77H54l3-77c1-16 5-28 7-40l-4-54-19 66-6 32c-1 8-12 8-13 0-1-10 0-22 "
    "2-34l14-84c3-18 11-26 27-30 12-3 20-5 22-11v-9c-6-5-11-14-11-25 0-15 9-26 24-26z"
    "\"/>",
    "<path class=\"organ\" d=\"M84 22c2-8 30-8 33 2 3 8-2 15-16 15-14 "
    "0-19-8-17-17z\"/>",
    "<path class=\"organ\" d=\"M95 90c-14 2-22 18-22 44 0 9 10 6 17 3 5-2 5-8 "
    "5-17z\"/>",
    "<path class=\"organ\" d=\"M105 90c14 2 22 18 22 44 0 9-9 6-14 2-6-4-8-8-8-16z\"/>",
    "<path class=\"organ\" d=\"M70 152c12-7 32-7 42-1 4 3-6 14-18 18-11 4-23 6-26 "
    "0-2-5 0-13 2-17z\"/>",
    "<path class=\"organ\" d=\"M113 155c9-5 20-1 19 9-1 12-13 18-23 15-4-2-2-6 1-7 "
    "7-3 3-11 3-17z\"/>",
    "<path class=\"organ\" d=\"M84 182c7-5 16-1 24-3 6-2 15-4 19-1 1 3-9 7-19 9-9 "
    "1-22 3-24-5z\"/>",
    "<path class=\"organ\" d=\"M68 230v-30c0-9 8-9 11-7h42c8-1 12 1 12 9v34c0 9-10 "
    "12-21 17-5 5-6 9-6 16h-11c0-9 1-16 6-21 7-6 21-8 21-15v-27H79v24c0 8-11 8-11 0z"
    "\"/>",
    "<path class=\"organ\" d=\"M86 207c7-4 24-5 29 0 4 5 3 18-1 23-6 5-23 4-27-1-5-6-5"
    "-17-1-22z\"/>"};

typedef struct mark {
    double x, y;
    const char *text;
} mark;

/* Places of spread on the drawing; primaries have theirs in the table `sites`. */
static const struct {
    const char *word;
    double x, y;
} spread_places[] = {{"liver", 84, 160},        {"bone", 64, 262},
                     {"lung", 118, 116},        {"peritoneum", 108, 240},
                     {"distant_nodes", 92, 80}, {"brain", 100, 30},
                     {"ovary", 84, 250},        {"skin", 40, 170},
                     {"adrenal", 122, 184},     {"pleura", 74, 138},
                     {"pericardium", 104, 132}, {"contralateral_lung", 82, 116},
                     {"other", 130, 250},       {"nos", 130, 250}};

static const char *site_cell(const char *word, const char *column) {
    const int t = nen_table_find("sites");
    const nen_table *table = t < 0 ? NULL : nen_table_get((unsigned)t);
    const int row = table ? nen_table_row(table, "site", word) : -1;
    return row < 0 ? "" : nen__cell("sites", (unsigned)row, column);
}

/* A whole number of a cell, -1 when there is none. */
static int whole(const char *cell) {
    int n = 0;
    if (*cell < '0' || *cell > '9') return -1;
    for (; *cell >= '0' && *cell <= '9'; cell++)
        n = n * 10 + (*cell - '0');
    return n;
}

static const char *plain_word(const nen__doc *d, unsigned field, unsigned word) {
    const nen_word_info *w = nen_word(field, word);
    return nen__worded(d, nen__empty(w->plain) ? w->word : w->plain);
}

static bool start_mark(const nen__doc *d, const nen_dossier *x, mark *at) {
    const int field = nen_field_find("site");
    if (field < 0 || !nen__told(&x->facts, (unsigned)field)) return false;
    const int word = nen__word_for((unsigned)field, &x->facts.field[field]);
    if (word < 0) return false;
    const nen_word_info *w = nen_word((unsigned)field, (unsigned)word);
    const int px = whole(site_cell(w->word, "body_x"));
    const int py = whole(site_cell(w->word, "body_y"));
    at->text = plain_word(d, (unsigned)field, (unsigned)word);
    if (px < 0 || py < 0 || !strcmp(w->word, "unknown")) return false;
    at->x = mid_x + (px - site_mid_x) * stretch_x;
    at->y = chest_y + (py - site_chest_y) * stretch_y;
    return true;
}

static unsigned spread_marks(const nen__doc *d, const nen_dossier *x,
                             mark out[MARKS_MAX]) {
    const int field = nen_field_find("metastases");
    unsigned n = 0;
    if (field < 0 || !nen__told(&x->facts, (unsigned)field)) return 0;
    for (unsigned i = 0; i < sizeof spread_places / sizeof *spread_places; i++) {
        const int word = nen_word_find((unsigned)field, spread_places[i].word);
        if (word < 0 || !nen__has(x->facts.field[field].set, (unsigned)word)) continue;
        out[n].x = spread_places[i].x;
        out[n].y = spread_places[i].y;
        out[n++].text = plain_word(d, (unsigned)field, (unsigned)word);
    }
    return n;
}

/* Top to bottom, so that the labels' lines do not cross. */
static void sort_marks(mark *m, unsigned n) {
    for (unsigned i = 1; i < n; i++) {
        for (unsigned k = i; k && m[k].y < m[k - 1].y; k--) {
            const mark held = m[k];
            m[k] = m[k - 1];
            m[k - 1] = held;
        }
    }
}

static void label(nen__buf *b, const mark *m, double y, bool right) {
    const int to = right ? LABEL_RIGHT : LABEL_LEFT;
    nen__putf(b,
              "<line class=\"leader\" x1=\"%g\" y1=\"%g\" x2=\"%d\" y2=\"%g\"/>"
              "<text x=\"%d\" y=\"%g\" text-anchor=\"%s\">",
              m->x, m->y, to, y, to + (right ? 4 : -4), y + 4, right ? "start" : "end");
    nen__html_escaped(b, m->text, strlen(m->text));
    nen__put(b, "</text>");
}

static void draw_spread(nen__buf *b, const mark *m, unsigned n) {
    double y = 0;
    for (unsigned i = 0; i < n; i++) {
        y = m[i].y > y + LABEL_GAP ? m[i].y : y + LABEL_GAP;
        label(b, &m[i], y, false);
    }
    for (unsigned i = 0; i < n; i++) {
        nen__putf(b,
                  "<rect class=\"spread\" x=\"%g\" y=\"%g\" width=\"11\" height=\"11\" "
                  "transform=\"rotate(45 %g %g)\"/>",
                  m[i].x - 5.5, m[i].y - 5.5, m[i].x, m[i].y);
    }
}

static void draw_start(nen__doc *d, const mark *m) {
    nen__buf *b = d->out;
    const mark named = {m->x, m->y, nen__said(d, NEN_T_BODY_START)};
    label(b, &named, m->y, true);
    nen__putf(b,
              "<circle class=\"ring\" cx=\"%g\" cy=\"%g\" r=\"11\"/>"
              "<circle class=\"start\" cx=\"%g\" cy=\"%g\" r=\"6.5\"/>",
              m->x, m->y, m->x, m->y);
}

static void caption(nen__doc *d, const nen_dossier *x, const mark *start,
                    unsigned spread) {
    const int mets = nen_field_find("metastases");
    nen__put(d->out, "<figcaption>");
    if (start) {
        caption_say(d, NEN_T_BODY_STARTED, NEN__WITH(nen__as("site", start->text)));
    } else {
        caption_say(d, NEN_T_BODY_UNKNOWN, NULL);
    }
    nen__put(d->out, " ");
    if (spread) {
        caption_say(d, NEN_T_BODY_SPREAD, NULL);
    } else if (mets >= 0 && nen__told(&x->facts, (unsigned)mets)) {
        caption_say(d, NEN_T_BODY_NONE, NULL);
    } else {
        caption_say(d, NEN_T_BODY_UNTOLD, NULL);
    }
    nen__put(d->out, "</figcaption>");
}

void nen__svg_body(nen__doc *d, const nen_dossier *x) {
    nen__buf *b = d->out;
    mark start = {0}, marks[MARKS_MAX];
    const bool known = start_mark(d, x, &start);
    const unsigned n = spread_marks(d, x, marks);
    nen__put(b, "<figure class=\"body\"><svg viewBox=\"-140 0 480 300\" role=\"img\" "
                "aria-label=\"");
    caption_say(d, NEN_T_BODY_DRAWING, NULL);
    nen__put(b, "\">");
    for (unsigned i = 0; i < sizeof drawing / sizeof *drawing; i++)
        nen__put(b, drawing[i]);
    sort_marks(marks, n);
    draw_spread(b, marks, n);
    if (known) draw_start(d, &start);
    nen__put(b, "</svg>");
    caption(d, x, known ? &start : NULL, n);
    nen__put(b, "</figure>\n");
}

/* ---- steps: stage and grade ---- */

enum { STEP_WIDTH = 110, STEP_GAP = 10 };

static void step(nen__buf *b, unsigned i, const char *state, const char *text,
                 const char *small) {
    const unsigned x = 5 + i * (STEP_WIDTH + STEP_GAP);
    const bool is = !strcmp(state, "is");
    nen__putf(b,
              "<rect class=\"step %s\" x=\"%u\" y=\"5\" width=\"110\" height=\"40\" "
              "rx=\"8\"/><text class=\"%s\" x=\"%u\" y=\"29\" text-anchor=\"middle\">",
              state, x, is ? "on" : "off", x + STEP_WIDTH / 2);
    nen__html_escaped(b, text, strlen(text));
    nen__putf(b,
              "</text><text class=\"small\" x=\"%u\" y=\"60\" "
              "text-anchor=\"middle\">",
              x + STEP_WIDTH / 2);
    nen__html_escaped(b, small, strlen(small));
    nen__put(b, "</text>");
}

static void gauge_open(nen__doc *d, unsigned label) {
    nen__put(d->out, "<figure class=\"gauge\"><svg viewBox=\"0 0 360 66\" "
                     "role=\"img\" aria-label=\"");
    caption_say(d, label, NULL);
    nen__put(d->out, "\">");
}

static const char *state_of(nen_label_kind kind, const nen_item *it, const char *word) {
    if (!strcmp(nen_label(kind, it->value), word)) return "is";
    for (unsigned i = 0; i < 64; i++)
        if (it->possible >> i & 1 && !strcmp(nen_label(kind, i), word)) return "may";
    return "no";
}

void nen__svg_stage(nen__doc *d, const nen_dossier *x) {
    static const char *const words[] = {"localized", "regional", "distant"};
    static const uint16_t shown[] = {NEN_T_GAUGE_LOCALIZED, NEN_T_GAUGE_REGIONAL,
                                     NEN_T_GAUGE_DISTANT};
    nen__buf *b = d->out;
    const nen_item *spread = &x->staging.spread;
    const char *group = nen_label(NEN_LABEL_GROUP, x->staging.group.value);
    gauge_open(d, NEN_T_GAUGE_STAGE);
    for (unsigned i = 0; i < 3; i++) {
        step(b, i, state_of(NEN_LABEL_SPREAD, spread, words[i]), nen__said(d, shown[i]),
             words[i]);
    }
    nen__put(b, "</svg><figcaption>");
    caption_say(d, NEN_T_GAUGE_KEY, NULL);
    if (*group) {
        nen__put(b, " ");
        caption_say(d, NEN_T_GAUGE_GROUP, NEN__WITH(nen__as("group", group)));
    }
    nen__put(b, "</figcaption></figure>\n");
}

static const char *grade_state(const nen_grading *g, unsigned bucket) {
    static const char *const labels[] = {"G1", "G2", "G3"};
    if (g->bucket == bucket + 1) return "is";
    return g->bucket ? "no" : state_of(NEN_LABEL_GRADE, &g->grade, labels[bucket]);
}

void nen__svg_grade(nen__doc *d, const nen_dossier *x) {
    static const char *const shown[] = {"1", "2", "3"};
    static const uint16_t words[] = {NEN_T_GAUGE_G1, NEN_T_GAUGE_G2, NEN_T_GAUGE_G3};
    nen__buf *b = d->out;
    const char *grade = nen_label(NEN_LABEL_GRADE, x->grading.grade.value);
    gauge_open(d, NEN_T_GAUGE_GRADE);
    for (unsigned i = 0; i < 3; i++)
        step(b, i, grade_state(&x->grading, i), shown[i], nen__said(d, words[i]));
    nen__put(b, "</svg><figcaption>");
    caption_say(d, NEN_T_GAUGE_DIVIDE, NULL);
    if (*grade) {
        nen__put(b, " ");
        caption_say(d, NEN_T_GAUGE_GRADE_IS, NEN__WITH(nen__as("grade", grade)));
    }
    nen__put(b, "</figcaption></figure>\n");
}
