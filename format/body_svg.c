/* body_svg.c - pictures: the body with the places told, the stage, the grade.
 * Classes and presentation attributes only: the page's policy blocks inline styles. */
#include "report.h"

#include <string.h>

/* ---- the body ---- */

/* The drawing is 200 by 300; the table `sites` gives places in 0 to 100 of it. */
enum { WIDTH = 200, HEIGHT = 300 };

static const char *const drawing[] = {
    "<path class=\"skin\" d=\"M100 8c15 0 24 11 24 26 0 11-5 20-11 25v9c2 6 10 8 20 "
    "11 16 4 24 12 27 30l13 82c2 12 3 24 2 36-1 8-12 8-13 0l-6-32-17-64-3 52c2 14 6 "
    "26 7 42l3 75H58l3-75c1-16 5-28 7-42l-3-52-17 64-6 32c-1 8-12 8-13 0-1-12 0-24 "
    "2-36l13-82c3-18 11-26 27-30 10-3 18-5 20-11v-9c-6-5-11-14-11-25 0-15 9-26 24-26z"
    "\"/>",
    "<path class=\"organ\" d=\"M84 20c2-7 30-7 33 2 3 8-2 16-16 16-14 0-19-9-17-18z\"/>",
    "<path class=\"organ\" d=\"M93 92c-12 2-19 16-19 38 0 8 8 6 15 3 5-2 5-8 5-16z\"/>",
    "<path class=\"organ\" d=\"M107 92c12 2 19 16 19 38 0 8-8 6-13 2-5-4-7-8-7-15z\"/>",
    "<path class=\"organ\" d=\"M73 140c10-6 28-6 38-1 3 2-6 12-16 15-10 4-20 6-22 "
    "1z\"/>",
    "<path class=\"organ\" d=\"M110 144c8-5 19-2 18 8-1 11-11 17-20 14-4-2-2-5 1-6 "
    "6-3 2-10 1-16z\"/>",
    "<path class=\"organ\" d=\"M88 171c6-5 14-1 21-3 5-2 12-3 15 0 1 3-8 6-16 7-8 1-19 "
    "3-20-4z\"/>",
    "<path class=\"organ\" d=\"M70 222v-34c0-8 6-8 9-6h42c6-1 9 1 9 8v36c0 8-8 11-15 "
    "16-2 6-3 14-3 22h-7c0-9 1-18 4-24 5-5 12-8 12-15v-31H80v28c0 7-10 7-10 0z\"/>",
    "<path class=\"organ\" d=\"M86 199c6-4 24-5 29 0 4 5 3 20-1 25-6 5-23 4-27-1-5-6-5-"
    "19-1-24z\"/>"};

typedef struct spot {
    double x, y;
} spot;

/* Places of spread on the drawing; primaries have theirs in the table `sites`. */
static const struct {
    const char *word;
    double x, y;
} spread_places[] = {
    {"liver", 41, 49},       {"bone", 33, 95},        {"lung", 60, 37},
    {"peritoneum", 43, 78},  {"distant_nodes", 42, 29}, {"brain", 54, 9},
    {"ovary", 42, 84},       {"skin", 28, 32},        {"adrenal", 59, 55},
    {"pleura", 37, 42},      {"pericardium", 52, 41}, {"contralateral_lung", 41, 37},
    {"other", 65, 80},       {"nos", 65, 80}};

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
    for (; *cell >= '0' && *cell <= '9'; cell++) n = n * 10 + (*cell - '0');
    return n;
}

static bool site_place(const nen_dossier *x, spot *at, const char **name) {
    const int field = nen_field_find("site");
    if (field < 0 || !nen__told(&x->facts, (unsigned)field)) return false;
    const int word = nen__word_for((unsigned)field, &x->facts.field[field]);
    if (word < 0) return false;
    const nen_word_info *w = nen_word((unsigned)field, (unsigned)word);
    const int px = whole(site_cell(w->word, "body_x"));
    const int py = whole(site_cell(w->word, "body_y"));
    if (px < 0 || py < 0) return false;
    at->x = px * WIDTH / 100.0;
    at->y = py * HEIGHT / 100.0;
    *name = nen__empty(w->plain) ? w->word : w->plain;
    return true;
}

static void label_at(nen__buf *b, double x, double y, double to_x, const char *text) {
    nen__putf(b,
              "<line class=\"leader\" x1=\"%g\" y1=\"%g\" x2=\"%g\" y2=\"%g\"/>"
              "<text x=\"%g\" y=\"%g\" text-anchor=\"%s\">",
              x, y, to_x, y, to_x + (to_x > 100 ? 3 : -3), y + 3,
              to_x > 100 ? "start" : "end");
    nen__html_escaped(b, text, strlen(text));
    nen__put(b, "</text>");
}

static void draw_start(nen__buf *b, const nen_dossier *x) {
    spot at;
    const char *name;
    if (!site_place(x, &at, &name)) return;
    nen__putf(b,
              "<circle class=\"ring\" cx=\"%g\" cy=\"%g\" r=\"11\"/>"
              "<circle class=\"start\" cx=\"%g\" cy=\"%g\" r=\"6.5\"/>",
              at.x, at.y, at.x, at.y);
    label_at(b, at.x + 11, at.y, WIDTH - 5, "Start");
}

static void draw_spread(nen__buf *b, unsigned field, unsigned word) {
    const nen_word_info *w = nen_word(field, word);
    for (unsigned i = 0; i < sizeof spread_places / sizeof *spread_places; i++) {
        if (strcmp(w->word, spread_places[i].word)) continue;
        const double x = spread_places[i].x * WIDTH / 100.0;
        const double y = spread_places[i].y * HEIGHT / 100.0;
        nen__putf(b,
                  "<rect class=\"spread\" x=\"%g\" y=\"%g\" width=\"10\" height=\"10\" "
                  "transform=\"rotate(45 %g %g)\"/>",
                  x - 5, y - 5, x, y);
        label_at(b, x - 7, y, 5, nen__empty(w->plain) ? w->word : w->plain);
    }
}

static void caption(nen__buf *b, const nen_dossier *x, unsigned field, bool any) {
    spot at;
    const char *name = "";
    nen__put(b, "<figcaption>");
    if (site_place(x, &at, &name)) {
        nen__put(b, "Round mark: where it started (");
        nen__html_escaped(b, name, strlen(name));
        nen__put(b, "). ");
    } else {
        nen__put(b, "The start place is not known. ");
    }
    if (any)
        nen__put(b, "Square marks: where it has spread.");
    else if (nen__told(&x->facts, field))
        nen__put(b, "No far spread was told.");
    else
        nen__put(b, "We were not told if it has spread.");
    nen__put(b, "</figcaption>");
}

void nen__svg_body(nen__buf *b, const nen_dossier *x) {
    const int mets = nen_field_find("metastases");
    bool any = false;
    nen__put(b, "<figure class=\"body\"><svg viewBox=\"-45 0 290 300\" role=\"img\" "
                "aria-label=\"Drawing of the body with the places you told us\">");
    for (unsigned i = 0; i < sizeof drawing / sizeof *drawing; i++)
        nen__put(b, drawing[i]);
    for (unsigned i = 0; mets >= 0 && i < nen_field((unsigned)mets)->words; i++)
        if (nen__told(&x->facts, (unsigned)mets) &&
            nen__has(x->facts.field[mets].set, i)) {
            draw_spread(b, (unsigned)mets, i);
            any = true;
        }
    draw_start(b, x);
    nen__put(b, "</svg>");
    caption(b, x, mets < 0 ? NEN_FIELDS_MAX : (unsigned)mets, any);
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
              "rx=\"8\"/><text class=\"%s\" x=\"%u\" y=\"29\" text-anchor=\"middle\">"
              "%s</text>",
              state, x, is ? "on" : "off", x + STEP_WIDTH / 2, text);
    nen__putf(b,
              "<text class=\"small\" x=\"%u\" y=\"60\" text-anchor=\"middle\">%s</text>",
              x + STEP_WIDTH / 2, small);
}

static void gauge_open(nen__buf *b, const char *label) {
    nen__putf(b,
              "<figure class=\"gauge\"><svg viewBox=\"0 0 360 66\" role=\"img\" "
              "aria-label=\"%s\">",
              label);
}

static const char *state_of(nen_label_kind kind, const nen_item *it, const char *word) {
    if (!strcmp(nen_label(kind, it->value), word)) return "is";
    for (unsigned i = 0; i < 64; i++)
        if (it->possible >> i & 1 && !strcmp(nen_label(kind, i), word)) return "may";
    return "no";
}

void nen__svg_stage(nen__buf *b, const nen_dossier *x) {
    static const char *const words[] = {"localized", "regional", "distant"};
    static const char *const shown[] = {"In one place", "Nearby", "Far"};
    const nen_item *spread = &x->staging.spread;
    const char *group = nen_label(NEN_LABEL_GROUP, x->staging.group.value);
    gauge_open(b, "How far it has spread, in three steps");
    for (unsigned i = 0; i < 3; i++)
        step(b, i, state_of(NEN_LABEL_SPREAD, spread, words[i]), shown[i], words[i]);
    nen__put(b, "</svg><figcaption>Filled: what we know. Shaded: still possible.");
    if (*group) nen__putf(b, " Stage group: %s.", group);
    nen__put(b, "</figcaption></figure>\n");
}

static const char *grade_state(const nen_grading *g, unsigned bucket) {
    static const char *const labels[] = {"G1", "G2", "G3"};
    if (g->bucket == bucket + 1) return "is";
    return g->bucket ? "no" : state_of(NEN_LABEL_GRADE, &g->grade, labels[bucket]);
}

void nen__svg_grade(nen__buf *b, const nen_dossier *x) {
    static const char *const shown[] = {"1", "2", "3"};
    static const char *const words[] = {"slow", "a bit faster", "fast"};
    const char *grade = nen_label(NEN_LABEL_GRADE, x->grading.grade.value);
    gauge_open(b, "The grade, from 1 to 3");
    for (unsigned i = 0; i < 3; i++)
        step(b, i, grade_state(&x->grading, i), shown[i], words[i]);
    nen__put(b, "</svg><figcaption>How fast the cells divide.");
    if (*grade) nen__putf(b, " Grade: %s.", grade);
    nen__put(b, "</figcaption></figure>\n");
}
