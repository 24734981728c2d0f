/* course_example.h - people and parameters on which the kernel of the course model is
 * tried; they claim nothing about tumors. */
#ifndef NEN_COURSE_EXAMPLE_H
#define NEN_COURSE_EXAMPLE_H

#include <stdlib.h>
#include <string.h>

#include "course.h"

enum { BATCHES = 40, HORIZON = 522 };

static nen__course_work *work;
static uint8_t lanes;    /* nen__lanes */
static uint8_t criteria; /* nen__criteria */
static float later_weeks;

static inline nen__theta example_theta(void) {
    nen__theta t = {{0}};
    for (unsigned i = 0; i < NEN__ORIGINS; i++)
        t.p[NEN__P_GROWTH + i] = -3.5f;
    for (unsigned i = 0; i < NEN__KINDS; i++)
        t.p[NEN__P_DEATH + i] = -5;
    for (unsigned i = 0; i + 1 < NEN__CLASSES; i++) {
        t.p[NEN__P_HOLD + i] = 0.5f;
        t.p[NEN__P_KILL + i] = -2;
    }
    t.p[NEN__P_growth_ki67] = 0.5f;
    t.p[NEN__P_lesion_base] = -6;
    t.p[NEN__P_drift] = -2.5f;
    t.p[NEN__P_dropout] = -1.5f;
    t.p[NEN__P_wane_prrt] = 2.7f;
    t.p[NEN__P_wane_chemo] = 2;
    return t;
}

static inline nen__cohort example_cohort(void) {
    return (nen__cohort){.origin = NEN__ORIGIN_pancreas,
                         .kind = NEN__KIND_net,
                         .ki67_pct = 5,
                         .age_years = 60,
                         .male_prob = 0.5f};
}

static inline nen__course_plan plan_of(unsigned klass) {
    nen__course_plan p = {.lines = 1};
    p.line[0].klass[0] = (uint8_t)klass;
    return p;
}

static inline void run_view(const nen__theta *t, const nen__cohort *c,
                            const nen__course_plan *p, const nen__view *view,
                            uint64_t patients, uint32_t batch, nen__tally *out) {
    memset(out, 0, sizeof *out);
    for (uint64_t at = 0; at < patients; at += batch) {
        const uint64_t left = patients - at;
        nen__course_batch(t, c, p, view, 7, at, left < batch ? (uint32_t)left : batch,
                          work, out);
    }
}

static inline void run(const nen__theta *t, const nen__cohort *c,
                       const nen__course_plan *p, float noise_sd, uint32_t batch,
                       nen__tally *out) {
    const nen__view view = {.visit_weeks = 12,
                            .noise_sd = noise_sd,
                            .horizon_weeks = HORIZON,
                            .lanes = lanes,
                            .criteria = criteria,
                            .later_weeks = later_weeks};
    run_view(t, c, p, &view, (uint64_t)BATCHES * NEN__BATCH, batch, out);
}

static inline uint32_t total(const uint32_t *bins) {
    uint32_t n = 0;
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++)
        n += bins[i];
    return n;
}

static inline double mean_weeks(const uint32_t *bins) {
    double sum = 0;
    for (unsigned i = 0; i <= NEN__WEEKS_MAX; i++)
        sum += (double)bins[i] * (i < HORIZON ? i : HORIZON);
    return sum / total(bins);
}

static inline int example_start(void **state) {
    (void)state;
    const size_t bytes = (nen__course_work_size() + 63) / 64 * 64;
    work = aligned_alloc(64, bytes);
    return work ? 0 : 1;
}

static inline int example_end(void **state) {
    (void)state;
    free(work);
    return 0;
}

#endif
