/* course_svg.c - survival under each plan, as a plot. */
#include "course_out.h"
#include "svg.h"

#include <string.h>

enum { HUNDRED = 100, THOUSAND = 1000 };

/* Numbers and words of one curve. */
typedef struct curve {
    double month[NEN_MONTHS_MAX + 1], lo[NEN_MONTHS_MAX + 1], mid[NEN_MONTHS_MAX + 1],
        hi[NEN_MONTHS_MAX + 1], alive[NEN_MONTHS_MAX + 1];
    char key[NEN__KEY_CAP], label[NEN__WORD_CAP], said[NEN__WORD_CAP];
} curve;

static void fill(const nen__course_page *p, unsigned plan, curve *out) {
    const nen_course *c = &p->a->course[plan];
    char median[NEN__WORD_CAP];
    nen__buf m = nen__buf_over(median, sizeof median);
    nen__buf said = nen__buf_over(out->said, sizeof out->said);
    nen__buf key = nen__buf_over(out->key, sizeof out->key);
    for (unsigned i = 0; i <= p->a->setting->horizon_months; i++) {
        out->month[i] = i;
        out->lo[i] = HUNDRED * (double)c->alive[i].p05;
        out->mid[i] = HUNDRED * (double)c->alive[i].p50;
        out->hi[i] = HUNDRED * (double)c->alive[i].p95;
        out->alive[i] = THOUSAND * (double)c->alive[i].p50;
    }
    nen__put_band(&m, p, &c->os_months);
    nen__buf_end(&m);
    nen__put_text(&said, p->r.doc.lang, NEN_T_COURSE_SVG_SAID,
                  NEN__WITH(nen__as("median", median)));
    nen__buf_end(&said);
    nen__putf(&key, "%u", plan + 1);
    nen__buf_end(&key);
    (void)nen_write_plan(&p->a->plan[plan], out->label, sizeof out->label);
}

static nen_plot_curve plotted(const nen_course_answer *a, unsigned plan,
                              const curve *c) {
    const float median = a->course[plan].os_months.p50;
    return (nen_plot_curve){.key = c->key,
                            .label = c->label,
                            .said = c->said,
                            .months = c->month,
                            .lo_pct = c->lo,
                            .mid_pct = c->mid,
                            .hi_pct = c->hi,
                            .at_risk = c->alive,
                            .points = a->setting->horizon_months + 1u,
                            .median_months = median < NEN_BEYOND ? (double)median : 0};
}

size_t nen_write_course_svg(const nen_course_answer *a, const nen_style *style,
                            char *buf, size_t cap) {
    enum { YEARS_FROM = 36 };
    nen__course_page p;
    curve c[NEN_CURVES_MAX];
    nen_plot_curve plot[NEN_CURVES_MAX];
    unsigned n = 0;
    memset(&p, 0, sizeof p);
    p.a = a;
    p.r.style = style;
    p.r.doc.lang = style->lang;
    for (unsigned i = 0; i < a->plans && n < NEN_CURVES_MAX; i++) {
        if (!nen_course_has(a, i)) continue;
        fill(&p, i, &c[n]);
        plot[n] = plotted(a, i, &c[n]);
        n++;
    }
    if (!n) return 0;
    const bool years = a->setting->horizon_months >= YEARS_FROM;
    const nen_survival_plot s = {
        .text = {.id = "survival",
                 .lang = nen_lang_code(style->lang),
                 .title = nen_text(style->lang, NEN_T_COURSE_SVG_TITLE),
                 .desc = nen_text(style->lang, NEN_T_COURSE_SVG_DESC),
                 .note = nen_text(style->lang, NEN_T_NOTICE)},
        .y_label = nen_text(style->lang, NEN_T_COURSE_SVG_Y),
        .x_label =
            nen_text(style->lang, years ? NEN_T_COURSE_SVG_YEARS : NEN_T_COURSE_SVG_X),
        .at_risk_label = nen_text(style->lang, NEN_T_COURSE_SVG_AT_RISK),
        .years = years,
        .horizon_months = a->setting->horizon_months,
        .curve = plot,
        .curves = n};
    return nen_svg_survival(&s, buf, cap);
}
