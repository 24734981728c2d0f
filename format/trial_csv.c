/* trial_csv.c - simulated trials of a design, as a table: one figure a row. */
#include "trial_out.h"

#include <math.h>

/* An empty cell is a median that was not reached. */
static void cell(nen__buf *b, double x) {
    const double thousand = 1000;
    nen__put_char(b, ',');
    if (x < (double)NEN_BEYOND) nen__put_number(b, rint(x * thousand) / thousand);
}

static void bands(nen__buf *b, unsigned arm, const char *measure, int at,
                  const nen_band *x) {
    if (arm) nen__putf(b, "%u", arm);
    nen__putf(b, ",%s,", measure);
    if (at >= 0) nen__putf(b, "%d", at);
    cell(b, (double)x->p05);
    cell(b, (double)x->p50);
    cell(b, (double)x->p95);
    nen__put(b, "\r\n");
}

static void one(nen__buf *b, unsigned arm, const char *measure, int at, double x) {
    const nen_band same = {(float)x, (float)x, (float)x};
    bands(b, arm, measure, at, &same);
}

static void one_arm(nen__buf *b, const nen_trial *t, unsigned i) {
    const nen_trial_arm *a = &t->arm[i];
    bands(b, i + 1, "pfs_median_months", -1, &a->pfs_months);
    bands(b, i + 1, "os_median_months", -1, &a->os_months);
    bands(b, i + 1, "response_pct", -1, &a->response_pct);
    one(b, i + 1, "pfs_events", -1, (double)a->pfs_events);
    one(b, i + 1, "os_events", -1, (double)a->os_events);
    for (unsigned m = 0; m <= t->months; m++) {
        bands(b, i + 1, "pfs", (int)m, &a->pfs[m]);
        one(b, i + 1, "pfs_at_risk", (int)m, (double)a->pfs_at_risk[m]);
        bands(b, i + 1, "os", (int)m, &a->os[m]);
        one(b, i + 1, "os_at_risk", (int)m, (double)a->os_at_risk[m]);
    }
}

static void both(nen__buf *b, const nen_trial *t) {
    bands(b, 0, "hazard_ratio", -1, &t->ratio);
    bands(b, 0, "hazard_ratio_expected", -1, &t->ratio_expected);
    for (unsigned i = 0; i < t->sizes; i++) {
        const nen_trial_power *p = &t->power[i];
        one(b, 0, "power_averaged", (int)p->n, nen__power(p));
        one(b, 0, "power_if_middle_holds", (int)p->n, (double)p->middle);
    }
}

size_t nen_write_trial_csv(const nen_trial_answer *a, const nen_style *style, char *buf,
                           size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__putf(&b, "# %s\r\n# ", nen_text(style->lang, NEN_T_NOTICE));
    nen__put_trial_sure(&b, a, style->lang);
    nen__put(&b, "\r\n");
    for (unsigned i = 0; i < a->design->arms; i++) {
        nen__putf(&b, "# %u: %s, %u: ", i + 1, a->design->arm[i].name,
                  (unsigned)a->design->arm[i].n);
        nen__put_plans(&b, &a->design->arm[i]);
        nen__put(&b, "\r\n");
    }
    nen__put(&b, "arm,measure,month_or_people,p05,p50,p95\r\n");
    for (unsigned i = 0; i < a->design->arms; i++)
        one_arm(&b, a->trial, i);
    both(&b, a->trial);
    return nen__buf_end(&b);
}
