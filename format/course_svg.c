/* course_svg.c - plans followed for one case, as one of the plots. */
#include "course_out.h"

#include <math.h>
#include <string.h>

#include "svg.h"

enum {
    TEXT_CAP = 1200,
    SHOWN_MAX = NEN_CURVES_MAX,                 /* plans of one plot */
    ROWS_MAX = SHOWN_MAX * (SHOWN_MAX - 1) / 2, /* pairs of them */
    YEAR = 12,
    YEARS_FROM = 36, /* months: shorter axes count months */
    ALIVE_OF = 1000, /* people at risk are counted of so many */
    ICON_YEARS = 5   /* or the last whole year within the horizon */
};

/* Words made for one plot; NULL where there is no room, which a plot leaves out. */
typedef struct pool {
    char text[64][TEXT_CAP];
    unsigned used;
} pool;

typedef struct plot {
    nen__course_page *p;
    pool words;
    unsigned plan[SHOWN_MAX], plans; /* the first ones with figures */
    const nen_outcome *person;
    unsigned people;
} plot;

static nen__buf open_text(plot *x) {
    enum { LAST = sizeof x->words.text / sizeof *x->words.text - 1 };
    const unsigned at = x->words.used < LAST ? x->words.used++ : LAST;
    return nen__buf_over(x->words.text[at], TEXT_CAP);
}

static const char *close_text(nen__buf *b) {
    nen__buf_end(b);
    return b->text;
}

static const char *words(plot *x, unsigned text, const nen__slot *with) {
    nen__buf b = open_text(x);
    nen__put_text(&b, x->p->r.doc.lang, text, with);
    return close_text(&b);
}

static const char *said(const plot *x, unsigned text) {
    return nen__said(&x->p->r.doc, text);
}

/* "lanreotide, then everolimus" */
static const char *plan_words(plot *x, unsigned plan) {
    nen__buf b = open_text(x);
    nen__put_plan(&b, x->p, &x->p->a->plan[plan]);
    return close_text(&b);
}

static const char *numbered(plot *x, unsigned plan) {
    return words(x, NEN_T_COURSE_PLAN,
                 NEN__WITH(nen__as_number("number", plan + 1),
                           nen__as("plan", plan_words(x, plan))));
}

static const char *band(plot *x, const nen_band *of) {
    nen__buf b = open_text(x);
    nen__put_band(&b, x->p, of);
    return close_text(&b);
}

/* What is seen, for those who hear it: each plan and its figure. */
static void describe(plot *x, nen__buf *b, unsigned plan, const char *figure) {
    nen__putf(b, "%s%s: %s.", b->len ? " " : "", numbered(x, plan), figure);
}

/* Where the figures come from, and what is left out. */
static const char *note(plot *x) {
    const nen_setting *s = x->p->a->setting;
    nen__buf b = open_text(x);
    if (x->p->r.style->board) {
        nen__put_text(&b, x->p->r.doc.lang, NEN_T_PLOT_NOTE,
                      NEN__WITH(nen__as_number("draws", s->draws),
                                nen__as_number("patients", s->patients)));
    } else {
        nen__put(&b, said(x, NEN_T_PLOT_PLAIN_NOTE));
    }
    if (x->plans == SHOWN_MAX && x->p->a->plans > SHOWN_MAX) {
        nen__put_char(&b, ' ');
        nen__put_text(&b, x->p->r.doc.lang, NEN_T_PLOT_FIRST,
                      NEN__WITH(nen__as_number("shown", x->plans),
                                nen__as_number("plans", x->p->a->plans)));
    }
    nen__putf(&b, " %s", said(x, NEN_T_NOTICE));
    return close_text(&b);
}

/* Ticks count years where there are a few of them. */
static bool in_years(const plot *x) {
    return x->p->a->setting->horizon_months >= YEARS_FROM;
}

static const char *time_label(const plot *x) {
    return said(x, in_years(x) ? NEN_T_COURSE_SVG_YEARS : NEN_T_COURSE_SVG_X);
}

static nen_plot_text frame(plot *x, const char *id, const char *title,
                           const char *desc) {
    return (nen_plot_text){id,      nen_lang_code(x->p->r.doc.lang),
                           title,   desc,
                           note(x), x->p->r.style->width};
}

/* ---- survival ---- */

typedef struct months {
    double month[NEN_MONTHS_MAX + 1];
    struct {
        double lo[NEN_MONTHS_MAX + 1], mid[NEN_MONTHS_MAX + 1], hi[NEN_MONTHS_MAX + 1],
            at_risk[NEN_MONTHS_MAX + 1];
    } of[SHOWN_MAX];
} months;

static void fill(months *m, unsigned i, const nen_band *alive, unsigned points) {
    for (unsigned k = 0; k < points; k++) {
        m->month[k] = k;
        m->of[i].lo[k] = 100.0 * (double)alive[k].p05;
        m->of[i].mid[k] = 100.0 * (double)alive[k].p50;
        m->of[i].hi[k] = 100.0 * (double)alive[k].p95;
        m->of[i].at_risk[k] = rint(ALIVE_OF * (double)alive[k].p50);
    }
}

static nen_plot_curve curve(plot *x, months *m, unsigned i) {
    static const char *const key[SHOWN_MAX] = {"1", "2", "3", "4"};
    const unsigned plan = x->plan[i];
    const unsigned points = x->p->a->setting->horizon_months + 1u;
    const nen_course *c = &x->p->a->course[plan];
    const bool several = x->p->a->plans > 1;
    const bool reached = c->os_months.p50 < NEN_BEYOND;
    fill(m, i, c->alive, points);
    return (nen_plot_curve){several && plan < SHOWN_MAX ? key[plan] : NULL,
                            several && plan >= SHOWN_MAX ? numbered(x, plan)
                                                         : plan_words(x, plan),
                            words(x, NEN_T_COURSE_SVG_SAID,
                                  NEN__WITH(nen__as("median", band(x, &c->os_months)))),
                            m->month,
                            m->of[i].lo,
                            m->of[i].mid,
                            m->of[i].hi,
                            m->of[i].at_risk,
                            points,
                            reached ? (double)c->os_months.p50 : 0};
}

static size_t survival(plot *x, char *buf, size_t cap) {
    months m;
    nen_plot_curve c[SHOWN_MAX];
    nen__buf desc = open_text(x);
    nen__put(&desc, said(x, NEN_T_COURSE_SVG_DESC));
    for (unsigned i = 0; i < x->plans; i++) {
        c[i] = curve(x, &m, i);
        describe(x, &desc, x->plan[i], c[i].said);
    }
    const nen_survival_plot p = {
        .text =
            frame(x, "survival", said(x, NEN_T_COURSE_SVG_TITLE), close_text(&desc)),
        .y_label = said(x, NEN_T_COURSE_SVG_Y),
        .x_label = time_label(x),
        .at_risk_label = said(x, NEN_T_COURSE_SVG_AT_RISK),
        .years = in_years(x),
        .curve = c,
        .curves = x->plans};
    return nen_svg_survival(&p, buf, cap);
}

/* ---- of 100 people ---- */

/* Alive first, died third: the third look is hollow. */
static nen_icon_array people(plot *x, unsigned plan, unsigned month) {
    enum { ALIVE, SKIPPED, DIED, GROUPS };
    const nen_band *alive = &x->p->a->course[plan].alive[month];
    const double lo = rint(100 * (double)alive->p05);
    const double hi = rint(100 * (double)alive->p95);
    nen_icon_array a = {.label = numbered(x, plan), .groups = GROUPS};
    a.group[ALIVE].count = (unsigned)rint(100 * (double)alive->p50);
    a.group[DIED].count = NEN_ICON_PEOPLE - a.group[ALIVE].count;
    a.group[ALIVE].label =
        words(x, NEN_T_PLOT_ARE_ALIVE,
              NEN__WITH(nen__as_number("lo", lo), nen__as_number("hi", hi)));
    a.group[DIED].label = words(
        x, NEN_T_PLOT_HAVE_DIED,
        NEN__WITH(nen__as_number("lo", 100 - hi), nen__as_number("hi", 100 - lo)));
    return a;
}

/* "5 years", "1 year" or "8 months" */
static const char *time_words(plot *x, unsigned month) {
    const unsigned years = month / YEAR;
    if (years == 1) return said(x, NEN_T_COURSE_PLAIN_YEAR);
    return years ? words(x, NEN_T_COURSE_PLAIN_YEARS,
                         NEN__WITH(nen__as_number("years", years)))
                 : words(x, NEN_T_PLOT_MONTHS, NEN__WITH(nen__as_number("n", month)));
}

static size_t icons(plot *x, char *buf, size_t cap) {
    const unsigned horizon = x->p->a->setting->horizon_months;
    const unsigned years = horizon / YEAR < ICON_YEARS ? horizon / YEAR : ICON_YEARS;
    const unsigned month = years ? years * YEAR : horizon;
    nen_icon_array a[SHOWN_MAX];
    nen__buf desc = open_text(x);
    for (unsigned i = 0; i < x->plans; i++) {
        a[i] = people(x, x->plan[i], month);
        nen__buf figure = open_text(x);
        nen__putf(&figure, "%u %s", a[i].group[0].count, a[i].group[0].label);
        describe(x, &desc, x->plan[i], close_text(&figure));
    }
    const char *title =
        words(x, NEN_T_PLOT_ICONS, NEN__WITH(nen__as("time", time_words(x, month))));
    const nen_icon_plot p = {.text = frame(x, "icons", title, close_text(&desc)),
                             .array = a,
                             .arrays = x->plans};
    return nen_svg_icons(&p, buf, cap);
}

/* ---- differences ---- */

static nen_plot_difference row(plot *x, const nen_difference *d) {
    static const nen_plot_verdict kinds[] = {NEN_PLOT_CANNOT_TELL, NEN_PLOT_A,
                                             NEN_PLOT_B};
    const unsigned better = d->verdict == NEN_VERDICT_B ? d->b : d->a;
    nen_plot_difference out = {.lo = (double)d->months.p05,
                               .mid = (double)d->months.p50,
                               .hi = (double)d->months.p95,
                               .kind = kinds[d->verdict]};
    out.label =
        words(x, NEN_T_PLOT_AGAINST,
              NEN__WITH(nen__as_number("a", d->a + 1), nen__as_number("b", d->b + 1)));
    nen__buf text = open_text(x);
    nen__put_text(
        &text, x->p->r.doc.lang, NEN_T_PLOT_DIFFERENCE_SAID,
        NEN__WITH(nen__as("months", band(x, &d->months)), nen__as_number("a", d->a + 1),
                  nen__as_number("share", rint(100 * (double)d->a_better_prob))));
    if (out.kind == NEN_PLOT_CANNOT_TELL) {
        nen__putf(&text, " %s",
                  said(x, x->p->r.style->board ? d->reason : nen__course_plain_why(d)));
    }
    out.said = close_text(&text);
    out.verdict = out.kind == NEN_PLOT_CANNOT_TELL
                      ? said(x, NEN_T_PLOT_CANNOT_TELL)
                      : words(x, NEN_T_PLOT_BETTER,
                              NEN__WITH(nen__as_number("number", better + 1)));
    return out;
}

static bool shown(const plot *x, unsigned plan) {
    bool is = false;
    for (unsigned i = 0; i < x->plans; i++)
        is |= x->plan[i] == plan;
    return is;
}

static size_t differences(plot *x, char *buf, size_t cap) {
    const nen_course_answer *a = x->p->a;
    nen_plot_difference rows[ROWS_MAX];
    unsigned n = 0;
    nen__buf desc = open_text(x), below = open_text(x);
    for (unsigned i = 0; i < a->differences && n < ROWS_MAX; i++) {
        const nen_difference *d = &a->difference[i];
        if (d->metric != NEN_METRIC_RMST_MONTHS) continue;
        if (!shown(x, d->a) || !shown(x, d->b)) continue;
        rows[n] = row(x, d);
        nen__putf(&desc, "%s%s: %s; %s", n ? " " : "", rows[n].label, rows[n].verdict,
                  rows[n].said);
        n++;
    }
    for (unsigned i = 0; i < x->plans; i++)
        nen__putf(&below, "%s. ", numbered(x, x->plan[i]));
    nen__put(&below, note(x));
    nen_difference_plot p = {
        .text =
            frame(x, "difference", said(x, NEN_T_PLOT_DIFFERENCE), close_text(&desc)),
        .x_label =
            words(x, NEN_T_PLOT_DIFFERENCE_MONTHS,
                  NEN__WITH(nen__as_number("horizon", a->setting->horizon_months))),
        .b_side = said(x, NEN_T_PLOT_SECOND_LONGER),
        .a_side = said(x, NEN_T_PLOT_FIRST_LONGER),
        .row = rows,
        .rows = n};
    p.text.note = close_text(&below);
    return nen_svg_difference(&p, buf, cap);
}

/* ---- swimmers ---- */

typedef struct swim {
    nen_swimmer_segment segment[NEN_LINES_MAX];
    double progression[NEN_LINES_MAX];
} swim;

/* Months after which all of a line's options have ended; 0: they go on. */
static double line_cap(const nen_plan *plan, unsigned line) {
    static const double weeks_per_month = 30.4375 / 7; /* calendar */
    double last = 0;
    for (unsigned i = 0; i < plan->given[line]; i++) {
        const nen_given *g = &plan->line[line][i];
        const double weeks = g->cycles * nen_option_cycle_weeks(g->option);
        const double cap = g->months ? g->months : weeks / weeks_per_month;
        if (!(cap > 0)) return 0;
        last = cap > last ? cap : last;
    }
    return last;
}

/* A course of one person is an outcome of one: its medians are that person's times. */
static void follow(const plot *x, const nen_outcome *o, swim *s, nen_swimmer *out) {
    const nen_plan *plan = &x->p->a->plan[x->plan[0]];
    const double horizon = x->p->a->setting->horizon_months;
    const bool died = o->os_months < NEN_BEYOND;
    const double end = died ? (double)o->os_months : horizon;
    double from = 0;
    *out = (nen_swimmer){.segment = s->segment,
                         .progression_months = s->progression,
                         .end_months = end,
                         .end = died ? NEN_SWIMMER_DIED : NEN_SWIMMER_ALIVE};
    for (unsigned l = 0; l < plan->lines && o->reached_pct[l] > 0 && from < end; l++) {
        const bool event = o->pfs_months[l] < NEN_BEYOND;
        const double grew = event ? from + (double)o->pfs_months[l] : end;
        const double cap = line_cap(plan, l);
        double to = grew < end ? grew : end;
        if (cap > 0 && from + cap < to) to = from + cap;
        s->segment[out->segments++] = (nen_swimmer_segment){from, to, l};
        if (!event || grew >= end) break;
        s->progression[out->progressions++] = grew;
        from = grew;
    }
}

static size_t swimmers(plot *x, char *buf, size_t cap) {
    enum { SWIMMERS_MAX = NEN_COURSE_PEOPLE };
    swim s[SWIMMERS_MAX];
    nen_swimmer one[SWIMMERS_MAX];
    const char *kind[NEN_LINES_MAX];
    const unsigned lines = x->p->a->plan[x->plan[0]].lines;
    const unsigned n = x->people < SWIMMERS_MAX ? x->people : SWIMMERS_MAX;
    unsigned alive = 0;
    for (unsigned l = 0; l < lines; l++) {
        nen__buf b = open_text(x);
        nen__put_line(&b, x->p, &x->p->a->plan[x->plan[0]], l);
        kind[l] = close_text(&b);
    }
    for (unsigned i = 0; i < n; i++) {
        follow(x, &x->person[i], &s[i], &one[i]);
        alive += one[i].end == NEN_SWIMMER_ALIVE;
    }
    const char *title = words(x, NEN_T_PLOT_SWIMMER,
                              NEN__WITH(nen__as_number("people", n),
                                        nen__as_number("number", x->plan[0] + 1)));
    const double horizon = x->p->a->setting->horizon_months;
    const char *desc =
        words(x, NEN_T_PLOT_SWIMMER_SAID,
              NEN__WITH(nen__as_number("people", n), nen__as_number("alive", alive),
                        nen__as_number("horizon", horizon)));
    nen_swimmer_plot p = {.text = frame(x, "swimmer", title, desc),
                          .x_label = time_label(x),
                          .progressed = said(x, NEN_T_PLOT_GREW),
                          .died = said(x, NEN_T_PLOT_DIED),
                          .alive = said(x, NEN_T_PLOT_STILL_ALIVE),
                          .years = in_years(x),
                          .horizon_months = horizon,
                          .kind = kind,
                          .kinds = lines,
                          .person = one,
                          .people = n};
    nen__buf below = open_text(x);
    nen__putf(&below, "%s %s", said(x, NEN_T_PLOT_SWIMMER_NOTE), said(x, NEN_T_NOTICE));
    p.text.note = close_text(&below);
    return nen_svg_swimmer(&p, buf, cap);
}

/* ---- any of them ---- */

static const char *const names[] = {"survival", "icons", "difference", "swimmer"};

int nen_course_plot_find(const char *name) {
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(names[i], name)) return (int)i;
    }
    return -1;
}

int nen_course_plot_plan(const nen_course_answer *a) {
    for (unsigned i = 0; i < a->plans; i++) {
        if (nen_course_has(a, i)) return (int)i;
    }
    return -1;
}

size_t nen_write_course_svg(const nen_course_answer *a, const nen_style *style,
                            nen_course_plot kind, const nen_outcome *person,
                            unsigned people, char *buf, size_t cap) {
    static size_t (*const draw[])(plot *, char *, size_t) = {survival, icons,
                                                             differences, swimmers};
    char nothing[1];
    nen__buf unused = nen__buf_over(nothing, sizeof nothing);
    nen__course_page page;
    plot x;
    memset(&page, 0, sizeof page);
    x.p = &page;
    x.words.used = x.plans = 0;
    x.person = person;
    x.people = people;
    page.a = a;
    page.r.in = a->in;
    page.r.x = a->d;
    page.r.style = style;
    nen__doc_begin(&page.r.doc, &unused, false, false, style->lang);
    for (unsigned i = 0; i < a->plans && x.plans < SHOWN_MAX; i++) {
        if (nen_course_has(a, i)) x.plan[x.plans++] = i;
    }
    if (!x.plans) return 0;
    return draw[kind](&x, buf, cap);
}
