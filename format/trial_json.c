/* trial_json.c - simulated trials of a design, as JSON (docs/method.md). */
#include "report_json.h"
#include "trial_out.h"

#include <math.h>

/* Three decimals; a median that was not reached is null. */
static void number(nen__json *j, double x) {
    const double thousand = 1000;
    if (x >= (double)NEN_BEYOND) {
        nen__j_null(j);
    } else {
        nen__j_number(j, rint(x * thousand) / thousand);
    }
}

static void pair(nen__json *j, const char *key, double x) {
    nen__j_key(j, key);
    number(j, x);
}

static void band(nen__json *j, const char *key, const nen_band *b, unsigned beyond) {
    nen__j_object(j, key);
    pair(j, "p05", (double)b->p05);
    pair(j, "p50", (double)b->p50);
    pair(j, "p95", (double)b->p95);
    if (b->p95 >= NEN_BEYOND) nen__j_pair_number(j, "beyond", beyond);
    nen__j_close(j, '}');
}

static void landmarks(nen__json *j, const nen_band *left, const float *at_risk,
                      unsigned months) {
    nen__j_array(j, "landmarks");
    for (unsigned m = NEN__LANDMARK_MONTHS; m <= months; m += NEN__LANDMARK_MONTHS) {
        nen__j_open(j, '[');
        nen__j_number(j, m);
        number(j, (double)left[m].p05);
        number(j, (double)left[m].p50);
        number(j, (double)left[m].p95);
        nen__j_close(j, ']');
    }
    nen__j_close(j, ']');
    nen__j_array(j, "at_risk");
    for (unsigned m = 0; m <= months; m += NEN__LANDMARK_MONTHS) {
        nen__j_open(j, '[');
        nen__j_number(j, m);
        number(j, (double)at_risk[m]);
        nen__j_close(j, ']');
    }
    nen__j_close(j, ']');
}

static void one_arm(nen__json *j, const nen_trial_answer *a, unsigned i) {
    const nen_trial_arm *arm = &a->trial->arm[i];
    const unsigned months = a->trial->months;
    nen__j_open(j, '{');
    nen__j_group(j, &a->design->arm[i]);
    nen__j_object(j, "pfs");
    band(j, "median_months", &arm->pfs_months, months);
    pair(j, "events", (double)arm->pfs_events);
    landmarks(j, arm->pfs, arm->pfs_at_risk, months);
    nen__j_close(j, '}');
    nen__j_object(j, "os");
    band(j, "median_months", &arm->os_months, months);
    pair(j, "events", (double)arm->os_events);
    landmarks(j, arm->os, arm->os_at_risk, months);
    nen__j_close(j, '}');
    band(j, "response_pct", &arm->response_pct, months);
    nen__j_close(j, '}');
}

static void ratio(nen__json *j, const nen_trial_answer *a) {
    const nen_trial *t = a->trial;
    nen__j_pair(j, "hr_of", a->design->arm[0].name);
    nen__j_pair(j, "hr_over", a->design->arm[1].name);
    band(j, "hr", &t->ratio, t->months);
    band(j, "hr_expected", &t->ratio_expected, t->months);
}

static void by_size(nen__json *j, const char *key, const nen_trial *t, bool middle) {
    nen__j_array(j, key);
    for (unsigned i = 0; i < t->sizes; i++) {
        const nen_trial_power *p = &t->power[i];
        nen__j_open(j, '[');
        nen__j_number(j, p->n);
        number(j, middle ? (double)p->middle : nen__power(p));
        nen__j_close(j, ']');
    }
    nen__j_close(j, ']');
}

static void power(nen__json *j, const nen_trial_answer *a) {
    const nen_trial *t = a->trial;
    const nen_trial_power *p = &t->power[t->planned];
    nen__j_object(j, "power");
    pair(j, "value", nen__power(p));
    nen__j_pair(j, "value_is", nen_text(j->lang, NEN_T_SILICO_ASSURANCE));
    pair(j, "first_arm_better", (double)p->first);
    pair(j, "second_arm_better", (double)p->second);
    pair(j, "if_middle_holds", (double)p->middle);
    nen__j_pair(j, "if_middle_holds_is", nen_text(j->lang, NEN_T_SILICO_IF_MIDDLE));
    by_size(j, "by_n", t, false);
    by_size(j, "by_n_if_middle_holds", t, true);
    nen__j_close(j, '}');
}

void nen__put_trial_sure(nen__buf *b, const nen_trial_answer *a, unsigned lang) {
    nen__put_text(b, lang, NEN_T_SILICO_SURE,
                  NEN__WITH(nen__as_number("replicates", a->design->replicates),
                            nen__as_number("draws", a->setting->draws),
                            nen__as_number("patients", a->setting->patients),
                            nen__as_number("seed", (double)a->design->seed)));
}

static void sure(nen__json *j, const nen_trial_answer *a) {
    char text[NEN__SENTENCE_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_trial_sure(&b, a, j->lang);
    nen__buf_end(&b);
    nen__j_pair(j, "how_sure", text);
}

size_t nen_write_trial_json(const nen_trial_answer *a, const nen_style *style,
                            char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__json j = {&b, false, style->lang};
    nen__j_open(&j, '{');
    nen__j_head(&j);
    nen__j_key(&j, "design");
    j.comma = false;
    nen__j_design(&j, a->design);
    nen__j_array(&j, "arms");
    for (unsigned i = 0; i < a->design->arms; i++)
        one_arm(&j, a, i);
    nen__j_close(&j, ']');
    ratio(&j, a);
    power(&j, a);
    sure(&j, a);
    nen__j_pair_number(&j, "months", a->trial->months);
    nen__j_pair_number(&j, "draws", a->setting->draws);
    nen__j_pair_number(&j, "patients", a->setting->patients);
    nen__j_pair_number(&j, "replicates", a->design->replicates);
    nen__j_pair_number(&j, "seed", (double)a->design->seed);
    nen__j_hash(&j, a->trial->hash);
    nen__j_close(&j, '}');
    nen__put_char(&b, '\n');
    return nen__buf_end(&b);
}
