/* trial_text.c - simulated trials of a design, as text for a board. */
#include "doc.h"
#include "report.h"
#include "trial_out.h"

#include <math.h>

typedef struct page {
    nen__doc doc;
    const nen_trial_answer *a;
} page;

static const double percent = 100;

/* ---- numbers ---- */

static void put_one(nen__buf *b, const nen_trial_answer *a, unsigned lang, float x,
                    nen__trial_unit unit) {
    if (x >= NEN_BEYOND) {
        nen__put_text(b, lang, NEN_T_SILICO_BEYOND,
                      NEN__WITH(nen__as_number("months", a->trial->months)));
    } else if (unit == NEN__UNIT_RATIO) {
        nen__put_number(b, rint((double)x * percent) / percent);
    } else {
        nen__put_rounded(b, (unit == NEN__UNIT_SHARE ? percent : 1) * (double)x);
    }
}

void nen__put_trial_band(nen__buf *b, const nen_trial_answer *a, unsigned lang,
                         const nen_band *band, nen__trial_unit unit) {
    char mid[NEN__NAME_CAP], lo[NEN__NAME_CAP], hi[NEN__NAME_CAP];
    char *const part[] = {mid, lo, hi};
    const float of[] = {band->p50, band->p05, band->p95};
    const unsigned n = sizeof of / sizeof *of;
    if (band->p05 >= NEN_BEYOND) { /* and so are the others */
        put_one(b, a, lang, band->p05, unit);
        return;
    }
    for (unsigned i = 0; i < n; i++) {
        nen__buf one = nen__buf_over(part[i], sizeof mid);
        put_one(&one, a, lang, of[i], unit);
        nen__buf_end(&one);
    }
    nen__put_text(b, lang, NEN_T_COURSE_BAND,
                  NEN__WITH(nen__as("mid", mid), nen__as("lo", lo), nen__as("hi", hi)));
}

static const char *band(const page *p, const nen_band *x, nen__trial_unit unit,
                        char text[NEN__WORD_CAP]) {
    nen__buf b = nen__buf_over(text, NEN__WORD_CAP);
    nen__put_trial_band(&b, p->a, p->doc.lang, x, unit);
    nen__buf_end(&b);
    return text;
}

static void cell_number(nen__doc *d, double x) {
    char text[NEN__WORD_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_number(&b, rint(x));
    nen__buf_end(&b);
    nen__doc_cell(d, text);
}

/* ---- what is simulated ---- */

static void arms(page *p) {
    for (unsigned i = 0; i < p->a->design->arms; i++) {
        const nen_trial_group *arm = &p->a->design->arm[i];
        char plan[NEN__SENTENCE_CAP], term[NEN__WORD_CAP];
        nen__buf b = nen__buf_over(plan, sizeof plan);
        nen__buf t = nen__buf_over(term, sizeof term);
        nen__put_plans(&b, arm);
        nen__buf_end(&b);
        nen__put_text(&t, p->doc.lang, NEN_T_SILICO_ARM,
                      NEN__WITH(nen__as_number("number", i + 1)));
        nen__buf_end(&t);
        nen__doc_pair(&p->doc, term);
        nen__say(&p->doc, NEN_T_SILICO_ARM_SAID,
                 NEN__WITH(nen__as("name", arm->name), nen__as_number("n", arm->n),
                           nen__as("plan", plan)));
        nen__doc_close(&p->doc);
    }
}

static const char *word_of(const nen_trial_share *s, bool site) {
    const unsigned bit = (unsigned)__builtin_ctzll(s->words);
    if (!site) return nen_label(NEN_LABEL_GRADE, bit);
    return nen_word((unsigned)nen_field_find("site"), bit)->word;
}

static void shares(page *p, const nen_trial_share *share, unsigned n, bool site) {
    double sum = 0;
    for (unsigned i = 0; i < n; i++)
        sum += share[i].weight;
    for (unsigned i = 0; i < n; i++) {
        if (!(share[i].weight > 0)) continue;
        if (i || !site) nen__doc_say(&p->doc, ", ");
        nen__say(
            &p->doc, NEN_T_SILICO_SHARE,
            NEN__WITH(nen__as("word", word_of(&share[i], site)),
                      nen__as_number("share", rint(percent * share[i].weight / sum))));
    }
}

static void before(page *p) {
    const unsigned field = (unsigned)nen_field_find("prior");
    char text[NEN__WORD_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    for (unsigned i = 0; nen_word(field, i); i++) {
        if (nen__in(p->a->design->prior, i))
            nen__putf(&b, "%s%s", b.len ? " + " : "", nen_word(field, i)->word);
    }
    if (!b.len) return;
    nen__buf_end(&b);
    nen__doc_say(&p->doc, "; ");
    nen__say(&p->doc, NEN_T_SILICO_BEFORE, NEN__WITH(nen__as("words", text)));
}

static void people(page *p) {
    const nen_design *d = p->a->design;
    nen__pair(&p->doc, NEN_T_SILICO_PEOPLE);
    shares(p, d->site, d->sites, true);
    shares(p, d->grade, d->grades, false);
    nen__doc_say(&p->doc, "; ");
    nen__say(&p->doc, NEN_T_SILICO_KI67,
             NEN__WITH(nen__as_number("lo", d->ki67_lo_pct),
                       nen__as_number("hi", d->ki67_hi_pct)));
    if (d->progressed_within_months > 0) {
        nen__doc_say(&p->doc, "; ");
        nen__say(&p->doc, NEN_T_SILICO_PROGRESSED,
                 NEN__WITH(nen__as_number("months", d->progressed_within_months)));
    }
    if (d->line) {
        nen__doc_say(&p->doc, "; ");
        nen__say(&p->doc, NEN_T_SILICO_LINE,
                 NEN__WITH(nen__as_number("line", d->line)));
    }
    before(p);
    if (d->sstr) {
        const unsigned field = (unsigned)nen_field_find("sstr");
        nen__doc_say(&p->doc, "; ");
        nen__say(&p->doc, NEN_T_SILICO_RECEPTOR,
                 NEN__WITH(nen__as("word", nen_word(field, d->sstr - 1u)->word)));
    }
    nen__doc_close(&p->doc);
}

/* What differs from RECIST 1.1 and the same scans for all years. */
static void read_as(page *p, const nen_design *d) {
    static const uint16_t criteria[] = {0, NEN_T_SILICO_RECIST_1_0, NEN_T_SILICO_WHO};
    if (d->scan_later_weeks > 0) {
        nen__doc_say(&p->doc, "; ");
        nen__say(&p->doc, NEN_T_SILICO_SCANS_LATER,
                 NEN__WITH(nen__as_number("weeks", d->scan_later_weeks)));
    }
    if (!d->criteria) return;
    nen__doc_say(&p->doc, "; ");
    nen__say(&p->doc, criteria[d->criteria], NULL);
}

static void followed(page *p) {
    const nen_design *d = p->a->design;
    const unsigned reader = d->reader == NEN_TRIAL_LOCAL ? NEN_T_SILICO_READER_LOCAL
                                                         : NEN_T_SILICO_READER_CENTRAL;
    nen__pair(&p->doc, NEN_T_SILICO_FOLLOWED);
    nen__say(&p->doc, NEN_T_SILICO_FOLLOWED_SAID,
             NEN__WITH(nen__as_number("accrual", d->accrual_months),
                       nen__as_number("follow", d->follow_up_months),
                       nen__as_number("weeks", d->scan_weeks),
                       nen__as("reader", nen__said(&p->doc, reader)),
                       nen__as_number("dropout", percent * d->dropout_per_month),
                       nen__as_number("crossover", d->crossover_pct)));
    read_as(p, d);
    nen__doc_close(&p->doc);
    const unsigned end = d->endpoint == NEN_TRIAL_OS ? NEN_T_SILICO_ENDPOINT_OS
                                                     : NEN_T_SILICO_ENDPOINT_PFS;
    nen__pair(&p->doc, NEN_T_SILICO_TEST);
    nen__say(&p->doc, NEN_T_SILICO_TEST_SAID,
             NEN__WITH(nen__as("endpoint", nen__said(&p->doc, end)),
                       nen__as_number("alpha", d->alpha)));
    nen__doc_close(&p->doc);
}

/* ---- what it would show ---- */

static void predicted(page *p) {
    static const unsigned width[] = {5, 21, 21, 19, 8};
    static const uint16_t head[] = {
        NEN_T_SILICO_COLUMN_ARM, NEN_T_SILICO_COLUMN_PFS, NEN_T_SILICO_COLUMN_OS,
        NEN_T_SILICO_COLUMN_RESPONSE, NEN_T_SILICO_COLUMN_EVENTS};
    const bool os = p->a->design->endpoint == NEN_TRIAL_OS;
    char text[NEN__WORD_CAP];
    nen__doc *d = &p->doc;
    nen__head(d, 2, NEN_T_SILICO_PREDICTED);
    nen__say_table(d, sizeof head / sizeof *head, width, head);
    for (unsigned i = 0; i < p->a->design->arms; i++) {
        const nen_trial_arm *a = &p->a->trial->arm[i];
        cell_number(d, i + 1);
        nen__doc_cell(d, band(p, &a->pfs_months, NEN__UNIT_MONTHS, text));
        nen__doc_cell(d, band(p, &a->os_months, NEN__UNIT_MONTHS, text));
        nen__doc_cell(d, band(p, &a->response_pct, NEN__UNIT_PERCENT, text));
        cell_number(d, (double)(os ? a->os_events : a->pfs_events));
    }
    nen__doc_table_end(d);
}

/* The end point by month, at most so many rows. */
static void landmarks(page *p) {
    enum { ROWS = 8 };
    static const unsigned width[] = {7, 20, 13, 20, 13};
    static const uint16_t head[] = {NEN_T_SILICO_COLUMN_MONTH, NEN_T_SILICO_COLUMN_ONE,
                                    NEN_T_SILICO_COLUMN_RISK_ONE,
                                    NEN_T_SILICO_COLUMN_TWO,
                                    NEN_T_SILICO_COLUMN_RISK_TWO};
    const nen_trial *t = p->a->trial;
    const bool os = p->a->design->endpoint == NEN_TRIAL_OS;
    unsigned step = NEN__LANDMARK_MONTHS;
    char text[NEN__WORD_CAP];
    nen__doc *d = &p->doc;
    while (t->months / step > ROWS)
        step += NEN__LANDMARK_MONTHS;
    if (t->months < step) return;
    nen__head(d, 2, os ? NEN_T_SILICO_LEFT_OS : NEN_T_SILICO_LEFT_PFS);
    nen__say_table(d, sizeof head / sizeof *head, width, head);
    for (unsigned m = step; m <= t->months; m += step) {
        cell_number(d, m);
        for (unsigned i = 0; i < NEN_TRIAL_ARMS; i++) {
            const nen_trial_arm *a = &t->arm[i];
            nen__doc_cell(d,
                          band(p, os ? &a->os[m] : &a->pfs[m], NEN__UNIT_SHARE, text));
            cell_number(d, (double)(os ? a->os_at_risk[m] : a->pfs_at_risk[m]));
        }
    }
    nen__doc_table_end(d);
}

static void ratio(page *p) {
    char ratio_text[NEN__WORD_CAP], expected[NEN__WORD_CAP];
    const nen_trial *t = p->a->trial;
    nen__pair(&p->doc, NEN_T_SILICO_RATIO);
    nen__say(
        &p->doc, NEN_T_SILICO_RATIO_SAID,
        NEN__WITH(nen__as("ratio", band(p, &t->ratio, NEN__UNIT_RATIO, ratio_text)),
                  nen__as("expected",
                          band(p, &t->ratio_expected, NEN__UNIT_RATIO, expected))));
    nen__doc_close(&p->doc);
}

static void power(page *p) {
    static const unsigned width[] = {15, 30, 30};
    static const uint16_t head[] = {NEN_T_SILICO_COLUMN_N, NEN_T_SILICO_COLUMN_POWER,
                                    NEN_T_SILICO_COLUMN_MIDDLE};
    const nen_trial *t = p->a->trial;
    const nen_trial_power *at = &t->power[t->planned];
    nen__doc *d = &p->doc;
    nen__head(d, 2, NEN_T_SILICO_POWER);
    nen__line(d, NEN__PARA, NEN_T_SILICO_POWER_SAID,
              NEN__WITH(nen__as_number("power", rint(percent * nen__power(at))),
                        nen__as_number("first", rint(percent * (double)at->first)),
                        nen__as_number("second", rint(percent * (double)at->second)),
                        nen__as_number("middle", rint(percent * (double)at->middle))));
    nen__say_table(d, sizeof head / sizeof *head, width, head);
    for (unsigned i = 0; i < t->sizes; i++) {
        cell_number(d, t->power[i].n);
        cell_number(d, percent * nen__power(&t->power[i]));
        cell_number(d, percent * (double)t->power[i].middle);
    }
    nen__doc_table_end(d);
}

static void title(page *p) {
    char text[NEN__WORD_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    if (*p->a->design->name) {
        nen__put_text(&b, p->doc.lang, NEN_T_SILICO_NAMED,
                      NEN__WITH(nen__as("name", p->a->design->name)));
    } else {
        nen__put_text(&b, p->doc.lang, NEN_T_SILICO_TITLE, NULL);
    }
    nen__buf_end(&b);
    nen__doc_head(&p->doc, 1, text);
    nen__line(&p->doc, NEN__LEAD, NEN_T_NOTICE, NULL);
}

static void sure(page *p) {
    char text[NEN__SENTENCE_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_trial_sure(&b, p->a, p->doc.lang);
    nen__buf_end(&b);
    nen__head(&p->doc, 2, NEN_T_SILICO_SURE_HEAD);
    nen__doc_line(&p->doc, NEN__PARA, "%s", text);
}

size_t nen_write_trial_text(const nen_trial_answer *a, const nen_style *style,
                            char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    page p = {.a = a};
    nen__doc_begin(&p.doc, &b, false, style->color, style->lang);
    title(&p);
    nen__head(&p.doc, 2, NEN_T_SILICO_WHAT);
    arms(&p);
    people(&p);
    followed(&p);
    predicted(&p);
    ratio(&p);
    landmarks(&p);
    power(&p);
    sure(&p);
    nen__doc_end(&p.doc);
    return nen__buf_end(&b);
}
