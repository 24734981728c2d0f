/* plans.c - plans of one case: rules, sums, ranks, differences, single people. */
#include "plans.h"

#include <stdlib.h>
#include <string.h>

static bool has(const app_plans *p, unsigned plan) {
    return p->refused[plan] == NEN_NONE;
}

size_t app_differences_max(unsigned plans) {
    return (size_t)plans * (APP_ALL_PAIRS_MAX + 1) * NEN_METRICS;
}

nen_status app_plans_check(app_plans *p, const nen_dossier *d) {
    for (unsigned i = 0; i < p->plans; i++) {
        const nen_status status = nen_plan_check(d, &p->plan[i], &p->refused[i]);
        if (status != NEN_OK && status != NEN_ERR_IMPOSSIBLE) return status;
    }
    return NEN_OK;
}

/* Refused plans take no part: the others are summed up as if they were alone. */
bool app_plans_take(app_plans *p) {
    p->outcome = calloc((size_t)p->plans * p->setting.draws, sizeof *p->outcome);
    p->course = calloc(p->plans, sizeof *p->course);
    p->difference = calloc(app_differences_max(p->plans), sizeof *p->difference);
    return p->outcome && p->course && p->difference;
}

void app_plans_drop(app_plans *p) {
    free(p->outcome);
    free(p->course);
    free(p->difference);
    p->outcome = NULL;
    p->course = NULL;
    p->difference = NULL;
    p->differences = 0;
}

nen_status app_plans_sum(app_plans *p) {
    const unsigned draws = p->setting.draws;
    unsigned kept = 0;
    nen_plan plan[NEN_PLANS_MAX];
    nen_outcome *of = p->outcome;
    for (unsigned i = 0; i < p->plans; i++) {
        if (!has(p, i)) continue;
        plan[kept] = p->plan[i];
        memmove(of + (size_t)kept * draws, of + (size_t)i * draws, draws * sizeof *of);
        kept++;
    }
    const nen_status status = nen_course_sum(plan, kept, &p->setting, of, p->course);
    for (unsigned i = p->plans; i-- > 0;) { /* back to where they belong */
        if (!has(p, i)) continue;
        kept--;
        if (kept == i) continue;
        memmove(of + (size_t)i * draws, of + (size_t)kept * draws, draws * sizeof *of);
        p->course[i] = p->course[kept];
        memset(&p->course[kept], 0, sizeof *p->course);
    }
    return status;
}

static void swap(app_plans *p, unsigned k) {
    const unsigned draws = p->setting.draws;
    const nen_course course = p->course[k];
    const nen_plan plan = p->plan[k];
    nen_outcome *a = p->outcome + (size_t)k * draws, *b = a - draws;
    p->course[k] = p->course[k - 1];
    p->plan[k] = p->plan[k - 1];
    p->course[k - 1] = course;
    p->plan[k - 1] = plan;
    for (unsigned d = 0; d < draws; d++) {
        const nen_outcome one = a[d];
        a[d] = b[d];
        b[d] = one;
    }
}

void app_plans_rank(app_plans *p) {
    for (unsigned i = 1; i < p->plans; i++) {
        for (unsigned k = i;
             k && p->course[k].rmst_months.p50 > p->course[k - 1].rmst_months.p50; k--)
            swap(p, k);
    }
}

/* PFS2 is of plans of two lines or more, PFS of those that begin differently. */
static bool compared(const app_plans *p, unsigned a, unsigned b, unsigned metric) {
    nen_plan x = p->plan[a], y = p->plan[b];
    if (!has(p, a) || !has(p, b)) return false;
    x.lines = y.lines = 1;
    if (metric == NEN_METRIC_PFS) return !nen_plan_same(&x, &y);
    return metric != NEN_METRIC_PFS2 || (p->plan[a].lines > 1 && p->plan[b].lines > 1);
}

void app_plans_compare(app_plans *p) {
    const bool pairs = p->plans <= APP_ALL_PAIRS_MAX;
    for (unsigned a = 0; a < p->plans && (pairs || !a); a++) {
        for (unsigned b = a + 1; b < p->plans; b++) {
            for (unsigned m = 0; m < NEN_METRICS; m++) {
                if (!compared(p, a, b, m)) continue;
                nen_course_differ(&p->who, p->plan, a, b, (nen_metric)m, &p->setting,
                                  p->outcome, &p->difference[p->differences++]);
            }
        }
    }
}

unsigned app_plans_people(const app_plans *p, unsigned plan, void *work, void *tally,
                          nen_outcome *out, unsigned cap) {
    unsigned people = 0;
    for (unsigned i = 0; i < APP_PEOPLE_TRIES && people < cap; i++) {
        nen_outcome *one = &out[people];
        memset(tally, 0, nen_course_tally_size());
        nen_course_count(&p->who, &p->plan[plan], &p->setting, i % p->setting.draws, i,
                         1, work, tally);
        nen_course_outcome(&p->plan[plan], &p->setting, tally, one);
        if (one->reached_pct[0] > 0) people++;
    }
    return people;
}
