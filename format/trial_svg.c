/* trial_svg.c - simulated trials of a design as plots: curves, or power by size. */
#include "trial_out.h"

#include <math.h>
#include <string.h>

#include "doc.h"
#include "svg.h"

enum { TEXT_CAP = 1200, POINTS = NEN_MONTHS_MAX + 1 };

typedef struct words {
    char title[TEXT_CAP], desc[TEXT_CAP], note[TEXT_CAP],
        said[NEN_TRIAL_ARMS][TEXT_CAP];
} words;

typedef struct points {
    double at[POINTS], lo[NEN_TRIAL_ARMS][POINTS], mid[NEN_TRIAL_ARMS][POINTS],
        hi[NEN_TRIAL_ARMS][POINTS], risk[NEN_TRIAL_ARMS][POINTS];
} points;

typedef struct plot {
    const nen_trial_answer *a;
    unsigned lang;
    words w;
    points p;
} plot;

static const double percent = 100;

static void fill(char *out, const plot *x, unsigned text, const nen__slot *with) {
    nen__buf b = nen__buf_over(out, TEXT_CAP);
    nen__put_text(&b, x->lang, text, with);
    nen__buf_end(&b);
}

static void add(char *out, const char *text) {
    const size_t used = strlen(out);
    nen__buf b = nen__buf_over(out + used, TEXT_CAP - used);
    nen__putf(&b, " %s", text);
    nen__buf_end(&b);
}

/* What is seen, for those who hear it: each curve and its figure. */
static void describe(char *out, const nen_plot_curve *c) {
    const size_t used = strlen(out);
    nen__buf b = nen__buf_over(out + used, TEXT_CAP - used);
    nen__putf(&b, " %s: %s.", c->label, c->said);
    nen__buf_end(&b);
}

static const char *name_of(const plot *x) {
    return *x->a->design->name ? x->a->design->name
                               : nen_text(x->lang, NEN_T_SILICO_UNNAMED);
}

static nen_plot_text frame(plot *x, const char *id) {
    fill(x->w.note, x, NEN_T_SILICO_SVG_NOTE,
         NEN__WITH(nen__as_number("replicates", x->a->design->replicates),
                   nen__as_number("draws", x->a->setting->draws)));
    add(x->w.note, nen_text(x->lang, NEN_T_NOTICE));
    return (nen_plot_text){.id = id,
                           .lang = nen_lang_code(x->lang),
                           .title = x->w.title,
                           .desc = x->w.desc,
                           .note = x->w.note};
}

/* ---- curves of the end point ---- */

static void say_median(plot *x, unsigned i, const nen_band *median) {
    char text[NEN__WORD_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_trial_band(&b, x->a, x->lang, median, NEN__UNIT_MONTHS);
    nen__buf_end(&b);
    fill(x->w.said[i], x, NEN_T_SILICO_SVG_MEDIAN, NEN__WITH(nen__as("median", text)));
}

static nen_plot_curve curve(plot *x, unsigned i, bool os) {
    static const char *const key[] = {"1", "2"};
    const nen_trial_arm *a = &x->a->trial->arm[i];
    const nen_band *left = os ? a->os : a->pfs,
                   *median = os ? &a->os_months : &a->pfs_months;
    const float *risk = os ? a->os_at_risk : a->pfs_at_risk;
    points *p = &x->p;
    for (unsigned m = 0; m <= x->a->trial->months; m++) {
        p->at[m] = m;
        p->lo[i][m] = percent * (double)left[m].p05;
        p->mid[i][m] = percent * (double)left[m].p50;
        p->hi[i][m] = percent * (double)left[m].p95;
        p->risk[i][m] = rint((double)risk[m]);
    }
    say_median(x, i, median);
    return (nen_plot_curve){.key = key[i],
                            .label = x->a->design->arm[i].name,
                            .said = x->w.said[i],
                            .months = p->at,
                            .lo_pct = p->lo[i],
                            .mid_pct = p->mid[i],
                            .hi_pct = p->hi[i],
                            .at_risk = p->risk[i],
                            .points = x->a->trial->months + 1u,
                            .median_months =
                                median->p50 < NEN_BEYOND ? (double)median->p50 : 0};
}

static size_t survival(plot *x, char *buf, size_t cap) {
    const bool os = x->a->design->endpoint == NEN_TRIAL_OS;
    nen_plot_curve c[NEN_TRIAL_ARMS];
    fill(x->w.title, x, NEN_T_SILICO_SVG_TITLE, NEN__WITH(nen__as("name", name_of(x))));
    fill(x->w.desc, x, os ? NEN_T_SILICO_SVG_OS : NEN_T_SILICO_SVG_PFS, NULL);
    for (unsigned i = 0; i < NEN_TRIAL_ARMS; i++) {
        c[i] = curve(x, i, os);
        describe(x->w.desc, &c[i]);
    }
    const nen_survival_plot p = {
        .text = frame(x, "trial"),
        .y_label =
            nen_text(x->lang, os ? NEN_T_SILICO_SVG_Y_OS : NEN_T_SILICO_SVG_Y_PFS),
        .x_label = nen_text(x->lang, NEN_T_SILICO_SVG_X),
        .at_risk_label = nen_text(x->lang, NEN_T_SILICO_SVG_AT_RISK),
        .curve = c,
        .curves = NEN_TRIAL_ARMS};
    return nen_svg_survival(&p, buf, cap);
}

/* ---- power by size ---- */

static nen_plot_curve power_curve(plot *x, unsigned i) {
    static const char *const key[] = {"1", "2"};
    const nen_trial *t = x->a->trial;
    points *p = &x->p;
    for (unsigned k = 0; k < t->sizes; k++) {
        p->at[k] = t->power[k].n;
        p->mid[i][k] =
            percent * (i ? (double)t->power[k].middle : nen__power(&t->power[k]));
    }
    fill(x->w.said[i], x, NEN_T_SILICO_SVG_AT,
         NEN__WITH(nen__as_number("power", rint(p->mid[i][t->planned])),
                   nen__as_number("n", t->power[t->planned].n)));
    return (nen_plot_curve){.key = key[i],
                            .label = nen_text(x->lang, i ? NEN_T_SILICO_SVG_MIDDLE
                                                         : NEN_T_SILICO_SVG_AVERAGED),
                            .said = x->w.said[i],
                            .months = p->at,
                            .lo_pct = p->mid[i],
                            .mid_pct = p->mid[i],
                            .hi_pct = p->mid[i],
                            .points = t->sizes};
}

static size_t power(plot *x, char *buf, size_t cap) {
    nen_plot_curve c[2];
    fill(x->w.title, x, NEN_T_SILICO_SVG_POWER_TITLE,
         NEN__WITH(nen__as("name", name_of(x))));
    fill(x->w.desc, x, NEN_T_SILICO_SVG_POWER, NULL);
    for (unsigned i = 0; i < 2; i++) {
        c[i] = power_curve(x, i);
        describe(x->w.desc, &c[i]);
    }
    const nen_survival_plot p = {.text = frame(x, "power"),
                                 .y_label = nen_text(x->lang, NEN_T_SILICO_SVG_POWER_Y),
                                 .x_label = nen_text(x->lang, NEN_T_SILICO_SVG_POWER_X),
                                 .joined = true,
                                 .curve = c,
                                 .curves = 2};
    return nen_svg_survival(&p, buf, cap);
}

/* ---- any of them ---- */

static const char *const names[] = {"survival", "power"};

int nen_trial_plot_find(const char *name) {
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(names[i], name)) return (int)i;
    }
    return -1;
}

size_t nen_write_trial_svg(const nen_trial_answer *a, const nen_style *style,
                           nen_trial_plot kind, char *buf, size_t cap) {
    plot x = {.a = a, .lang = style->lang};
    return kind == NEN_TRIAL_POWER ? power(&x, buf, cap) : survival(&x, buf, cap);
}
