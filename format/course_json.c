/* course_json.c - plans followed for one case, as JSON (docs/contract.md). */
#include "course_out.h"
#include "report_json.h"

#include <math.h>
#include <string.h>

bool nen_course_has(const nen_course_answer *a, unsigned plan) {
    return a->who->model != NEN_MODEL_NONE && a->refused[plan] == NEN_NONE;
}

/* ---- numbers: three decimals; what lies beyond the horizon is null ---- */

static void number(nen__json *j, float x) {
    const double thousand = 1000;
    if (x >= NEN_BEYOND) {
        nen__j_null(j);
    } else {
        nen__j_number(j, rint((double)x * thousand) / thousand);
    }
}

static void pair(nen__json *j, const char *key, float x) {
    nen__j_key(j, key);
    number(j, x);
}

static void band(nen__json *j, const char *key, const nen_band *b, unsigned beyond) {
    nen__j_object(j, key);
    pair(j, "p05", b->p05);
    pair(j, "p50", b->p50);
    pair(j, "p95", b->p95);
    if (b->p95 >= NEN_BEYOND) nen__j_pair_number(j, "beyond", beyond);
    nen__j_close(j, '}');
}

/* Until a quarter and until three quarters of people had it. */
static void quarters(nen__json *j, const nen_band of[2], unsigned beyond) {
    band(j, "quarter_months", &of[0], beyond);
    band(j, "three_quarters_months", &of[1], beyond);
}

static void text_pair(nen__json *j, const char *key, unsigned row) {
    nen__j_pair_or_null(j, key, row == NEN_NONE ? NULL : nen_text(j->lang, row));
}

/* A row that a figure rests on: its id and what it says. */
static void row_pair(nen__json *j, const char *key, unsigned row) {
    if (row == NEN_NONE) {
        nen__j_pair_null(j, key);
        return;
    }
    nen__j_object(j, key);
    nen__j_pair(j, "row", nen__row_id(row));
    text_pair(j, "text", row);
    nen__j_close(j, '}');
}

/* ---- a plan ---- */

static void therapy(nen__json *j, const nen_plan *plan, unsigned line) {
    for (unsigned i = 0; i < plan->given[line]; i++)
        nen__j_string(j, nen_option_id(plan->line[line][i].option));
}

static void plan_ids(nen__json *j, const nen_plan *plan) {
    char text[NEN__WORD_CAP];
    nen__j_array(j, "plan");
    for (unsigned l = 0; l < plan->lines; l++) {
        nen__j_open(j, '[');
        therapy(j, plan, l);
        nen__j_close(j, ']');
    }
    nen__j_close(j, ']');
    (void)nen_write_plan(plan, text, sizeof text);
    nen__j_pair(j, "text", text);
}

static void survival(nen__json *j, const nen_course_answer *a, const nen_course *c) {
    nen__j_object(j, "os");
    band(j, "median_months", &c->os_months, a->setting->horizon_months);
    quarters(j, c->os_quarter_months, a->setting->horizon_months);
    nen__j_array(j, "curve");
    for (unsigned m = 0; m <= a->setting->horizon_months; m++) {
        nen__j_open(j, '[');
        nen__j_number(j, m);
        number(j, c->alive[m].p05);
        number(j, c->alive[m].p50);
        number(j, c->alive[m].p95);
        nen__j_close(j, ']');
    }
    nen__j_close(j, ']');
    nen__j_close(j, '}');
}

/* Median diameter of those alive, over that at entry, by quarters of a year. */
static void size(nen__json *j, const nen_course_answer *a, const nen_course *c) {
    enum { QUARTER_MONTHS = 3 };
    nen__j_array(j, "size_ratio");
    for (unsigned q = 0; q * QUARTER_MONTHS <= a->setting->horizon_months; q++) {
        nen__j_open(j, '[');
        nen__j_number(j, q * QUARTER_MONTHS);
        number(j, c->size_ratio[q].p05);
        number(j, c->size_ratio[q].p50);
        number(j, c->size_ratio[q].p95);
        nen__j_close(j, ']');
    }
    nen__j_close(j, ']');
}

/* Null when no hormones are told; months null, too, where no share was published. */
static void hormones(nen__json *j, const nen_course_answer *a, unsigned p, unsigned l) {
    const unsigned horizon = a->setting->horizon_months;
    nen_hormones of;
    nen_course_hormones(a->d, a->who, &a->plan[p], &a->course[p], l, &of);
    if (of.told) {
        band(j, "hormone_control_months", &of.months, horizon);
        band(j, "hormone_response_pct", &of.pct, horizon);
    } else {
        nen__j_pair_null(j, "hormone_control_months");
        nen__j_pair_null(j, "hormone_response_pct");
    }
    row_pair(j, "hormone_basis", of.row);
}

static void line(nen__json *j, const nen_course_answer *a, unsigned p, unsigned l) {
    const nen_course_line *of = &a->course[p].line[l];
    const unsigned horizon = a->setting->horizon_months;
    nen__j_open(j, '{');
    nen__j_array(j, "therapy");
    therapy(j, &a->plan[p], l);
    nen__j_close(j, ']');
    pair(j, "reached_pct", of->reached_pct.p50);
    band(j, "reached_pct_interval", &of->reached_pct, horizon);
    nen__j_object(j, "pfs");
    band(j, "median_months", &of->pfs_months, horizon);
    quarters(j, of->pfs_quarter_months, horizon);
    nen__j_close(j, '}');
    band(j, "response_pct", &of->response_pct, horizon);
    band(j, "no_larger_months", &of->controlled_months, horizon);
    band(j, "lived_months", &of->lived_months, horizon);
    hormones(j, a, p, l);
    nen__j_close(j, '}');
}

/* Null: no row speaks of the plan. Without `pct`: no rate was published. */
static void late(nen__json *j, const nen_course_answer *a, unsigned p) {
    nen_late harm;
    if (!nen__late_of(a, p, &harm)) {
        nen__j_pair_null(j, "late_harm");
        return;
    }
    nen__j_object(j, "late_harm");
    nen__j_pair(j, "harm", "marrow");
    nen__j_pair_number(j, "line", harm.line + 1);
    if (harm.told) {
        band(j, "of_starters_pct", &harm.pct, a->setting->horizon_months);
    } else {
        nen__j_pair_null(j, "of_starters_pct");
    }
    row_pair(j, "basis", harm.row);
    row_pair(j, "later_basis", harm.then);
    nen__j_close(j, '}');
}

static void without_figures(nen__json *j) {
    nen__j_pair_null(j, "os");
    nen__j_pair_null(j, "rmst_months");
    nen__j_pair_null(j, "pfs2_months");
    nen__j_array(j, "lines");
    nen__j_close(j, ']');
    nen__j_pair_null(j, "size_ratio");
    nen__j_pair_null(j, "late_harm");
    nen__j_pair_null(j, "best_probability");
}

static void refused(nen__json *j, const nen_course_answer *a, unsigned plan) {
    const uint16_t row = a->refused[plan];
    if (row == NEN_NONE) {
        nen__j_pair_null(j, "refused");
        return;
    }
    if (!strcmp(nen_row_get(row)->table, "rules")) {
        nen__j_rule(j, "refused", nen__row_id(row));
    } else {
        nen__j_pair(j, "refused", nen__row_id(row));
    }
    text_pair(j, "refused_text", row);
}

static void one_plan(nen__json *j, const nen_course_answer *a, unsigned p) {
    const nen_course *c = &a->course[p];
    nen__j_open(j, '{');
    plan_ids(j, &a->plan[p]);
    if (a->usual) {
        nen__j_pair(j, "order", nen__row_id(a->usual[p]));
        text_pair(j, "why", a->usual[p]);
    }
    refused(j, a, p);
    if (!nen_course_has(a, p)) {
        without_figures(j);
    } else {
        survival(j, a, c);
        band(j, "rmst_months", &c->rmst_months, a->setting->horizon_months);
        if (a->plan[p].lines > 1) {
            band(j, "pfs2_months", &c->pfs2_months, a->setting->horizon_months);
        } else {
            nen__j_pair_null(j, "pfs2_months");
        }
        nen__j_array(j, "lines");
        for (unsigned l = 0; l < a->plan[p].lines; l++)
            line(j, a, p, l);
        nen__j_close(j, ']');
        size(j, a, c);
        late(j, a, p);
        pair(j, "best_probability", c->best_prob);
    }
    nen__j_close(j, '}');
}

/* ---- the rest ---- */

static void difference(nen__json *j, const nen_difference *d) {
    static const char *const verdicts[] = {"cannot tell", "a", "b"};
    nen__j_open(j, '{');
    nen__j_pair_number(j, "a", d->a);
    nen__j_pair_number(j, "b", d->b);
    nen__j_pair(j, "metric", nen_metric_name(d->metric));
    pair(j, "lo", d->months.p05);
    pair(j, "mid", d->months.p50);
    pair(j, "hi", d->months.p95);
    pair(j, "probability_a_better", d->a_better_prob);
    nen__j_pair(j, "verdict", verdicts[d->verdict]);
    text_pair(j, "reason", d->reason);
    nen__j_pair_or_null(j, "not_randomized",
                        d->option == NEN_NONE ? NULL : nen_option_id(d->option));
    nen__j_close(j, '}');
}

static void assumed(nen__json *j, const nen_who *who) {
    nen__j_array(j, "assumed");
    for (unsigned i = 0; i < who->assumeds; i++) {
        nen__j_open(j, '{');
        nen__j_pair(j, "row", nen__row_id(who->assumed[i]));
        nen__j_pair(j, "text", nen_text(j->lang, who->assumed[i]));
        nen__j_close(j, '}');
    }
    nen__j_close(j, ']');
}

static void sure(nen__json *j, const nen_course_answer *a) {
    char text[NEN__TITLE_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_sure(&b, a, j->lang);
    nen__buf_end(&b);
    nen__j_pair(j, "how_sure", a->hash ? text : NULL);
}

void nen__j_course(nen__json *j, const nen_course_answer *a) {
    nen__j_pair(j, "model", nen_model_name(a->who->model));
    text_pair(j, "model_note", a->who->note);
    assumed(j, a->who);
    nen__j_array(j, "plans");
    for (unsigned p = 0; p < a->plans; p++)
        one_plan(j, a, p);
    nen__j_close(j, ']');
    nen__j_array(j, "differences");
    for (unsigned i = 0; i < a->differences; i++)
        difference(j, &a->difference[i]);
    nen__j_close(j, ']');
    sure(j, a);
    nen__j_pair_number(j, "differences_widened", a->who->widen_ratio);
    nen__j_pair_number(j, "draws", a->setting->draws);
    nen__j_pair_number(j, "patients", a->setting->patients);
    nen__j_pair_number(j, "seed", (double)a->setting->seed);
    nen__j_pair_number(j, "horizon_months", a->setting->horizon_months);
    if (a->hash) {
        nen__j_hash(j, a->hash);
    } else {
        nen__j_pair_null(j, "hash");
    }
}

size_t nen_write_course_json(const nen_course_answer *a, const nen_style *style,
                             char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__json j = {&b, false, style->lang};
    nen__j_open(&j, '{');
    nen__j_head(&j);
    nen__j_case(&j, a->in);
    nen__j_not_told(&j, a->d);
    nen__j_course(&j, a);
    nen__j_close(&j, '}');
    nen__put_char(&b, '\n');
    return nen__buf_end(&b);
}
