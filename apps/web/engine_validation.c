/* engine_validation.c - what the model foretold of trials that it had not seen, beside
 * what was published, as one picture. The page hands in the rows; the words of the
 * picture and the drawing are here. */
#include "engine.h"
#include "svg.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 96 };

WEB_EXPORT(web_validation)
size_t web_validation(char *lines, uint32_t how, char *buf, size_t cap);

/* The text up to `end`, which becomes its zero; what follows stays in *at. */
static char *next(char **at, char end) {
    char *from = *at;
    char *to = strchr(from, end);
    if (to) *to++ = 0;
    *at = to ? to : from + strlen(from);
    return from;
}

static double number(char **at) {
    return strtod(next(at, '\t'), NULL);
}

/* One line: trial, arm, words, published middle, low and high, then the same three as
 * foretold, then 1 when the range held. */
static nen_forest_row row_of(char *line) {
    nen_forest_row r = {0};
    r.group = next(&line, '\t');
    r.label = next(&line, '\t');
    r.said = next(&line, '\t');
    r.mid = number(&line);
    r.lo = number(&line);
    r.hi = number(&line);
    r.predicted_mid = number(&line);
    r.predicted_lo = number(&line);
    r.predicted_hi = number(&line);
    r.hit = number(&line) > 0;
    return r;
}

/* `lines` are cut up in place. */
size_t web_validation(char *lines, uint32_t how, char *buf, size_t cap) {
    static nen_forest_row row[ROWS_MAX];
    const unsigned lang = web_style(how).lang;
    unsigned rows = 0;
    while (*lines && rows < ROWS_MAX)
        row[rows++] = row_of(next(&lines, '\n'));
    const nen_forest_plot plot = {
        .text = {.id = "validation",
                 .lang = nen_lang_code(lang),
                 .title = nen_text(lang, NEN_T_WEB_VALIDATION_TITLE),
                 .desc = nen_text(lang, NEN_T_WEB_VALIDATION_DESC),
                 .width = web_style(how).width},
        .x_label = nen_text(lang, NEN_T_WEB_VALIDATION_X),
        .hit = nen_text(lang, NEN_T_WEB_VALIDATION_INSIDE),
        .missed = nen_text(lang, NEN_T_WEB_VALIDATION_MISSED),
        .predicted = nen_text(lang, NEN_T_WEB_VALIDATION_FORETOLD),
        .log_axis = true,
        .row = row,
        .rows = rows};
    return nen_svg_forest(&plot, buf, cap);
}
