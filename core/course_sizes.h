/* course_sizes.h - sizes of tumors over time, for course_lanes.c, which has the people.
 *
 * What a line does to size is a sum over time that can be had without its visits. So
 * this loop stands apart from theirs, by quarters of a year, and costs nothing when
 * nobody asks; kept out of line, it does not change how compilers build theirs, either.
 * Where a drug ends within a quarter, its middle counts for all of it. */
#ifndef NEN_COURSE_SIZES_H
#define NEN_COURSE_SIZES_H

enum { QUARTER = 3 }; /* months */

static float quarter_week(unsigned quarter, const nen__view *view) {
    const float week = (float)(quarter * QUARTER) * nen__weeks_per_month;
    return week < (float)view->horizon_weeks ? week : (float)view->horizon_weeks;
}

/* The horizon was rounded to whole weeks. */
static unsigned quarters(const nen__view *view) {
    const float half = 0.5f, most = (float)view->horizon_weeks + half;
    return (unsigned)(int32_t)(most / (QUARTER * nen__weeks_per_month));
}

/* How many of those in the course are measured: the first ones. */
static uint32_t sized_of(const nen__course_work *w, const nen__view *view,
                         uint64_t first, uint32_t n) {
    uint32_t sized = 0;
    if (!view->sizes || first >= NEN__SIZED) return 0;
    while (sized < n && sized < NEN__SIZED && w->patient_low[sized] < NEN__SIZED)
        sized++;
    return sized;
}

/* Counts those shown at the end of a quarter; what lies outside the bins is in the
 * first or last. */
static void place(const sizes *s, nen__tally *tally, unsigned quarter, uint32_t n) {
    const float middle = NEN__SIZE_BINS / 2, last = NEN__SIZE_BINS - 1;
    for (uint32_t i = 0; i < n; i++) {
        const float at = __builtin_floorf(s->x[i] * NEN__SIZE_BINS_OF_1) + middle;
        const float low = at > 0 ? at : 0, high = low < last ? low : last;
        tally->size[quarter][(int32_t)high] += s->shown[i];
    }
}

static void sizes_quarter(sizes *s, const float *start, const nen__view *view,
                          unsigned quarter, uint32_t n) {
    const float from = quarter_week(quarter - 1, view),
                to = quarter_week(quarter, view);
    for (uint32_t i = 0; i < n; i++) {
        const float begin = from - start[i], end = to - start[i];
        s->begin[i] = begin > 0 ? begin : 0;
        s->end[i] = end > 0 ? end : 0;
        s->keep[i] = 1;
        s->killed[i] = 0;
    }
}

/* Before a line is counted: those on it, at the end of each quarter that it lasts. */
// NOLINTNEXTLINE(readability-function-cognitive-complexity): flat loops over lanes
__attribute__((noinline)) static void sizes_on_line(nen__course_work *w,
                                                    const nen__regimen *r,
                                                    const nen__view *view,
                                                    nen__tally *tally, uint32_t n) {
    if (!n) return;
    const float half = 0.5f;
    sizes *s = &w->sizes;
    for (uint32_t i = 0; i < n; i++)
        s->grown[i] = 0;
    for (unsigned q = 1; q <= quarters(view); q++) {
        sizes_quarter(s, w->start, view, q, n);
        for (unsigned c = 0; c < r->count; c++) {
            const nen__effect *e = &r->of[c];
            const float cap = e->cap_weeks > 0 ? e->cap_weeks : NEN__WEEKS_MAX;
            for (uint32_t i = 0; i < n; i++) {
                const float over = (s->begin[i] + s->end[i]) * half - cap;
                const float past = over > 0 ? over : 0, keep = s->keep[i];
                const float on = nen__exp_f32(-past / e->wane_weeks);
                const float done = 1 - nen__exp_f32(-s->end[i] / e->kill_weeks);
                const float killed = s->killed[i], hold = w->hold[c][i];
                s->keep[i] = keep * (1 - hold * on);
                s->killed[i] = killed + w->kill[c][i] * done;
            }
        }
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t begun = s->end[i] > 0, lasts = s->end[i] <= w->time[i];
            s->grown[i] += s->keep[i] * (s->end[i] - s->begin[i]);
            s->x[i] = w->burden[i] + w->rate[i] * s->grown[i] - s->killed[i];
            s->shown[i] = begun & lasts;
        }
        place(s, tally, q, n);
    }
}

/* Those who live on without therapy: growth alone, until death. */
__attribute__((noinline)) static void sizes_after(nen__course_work *w,
                                                  const nen__people *p,
                                                  const nen__view *view,
                                                  nen__tally *tally, uint32_t n) {
    if (!n) return;
    sizes *s = &w->sizes;
    for (uint32_t i = 0; i < n; i++)
        w->rate[i] = nen__exp_f32(w->growth[i] + p->drift_a_week * w->start[i]);
    for (unsigned q = 1; q <= quarters(view); q++) {
        sizes_quarter(s, w->start, view, q, n);
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t begun = s->end[i] > 0, lasts = s->end[i] <= w->death[i];
            s->x[i] = w->burden[i] + w->rate[i] * s->end[i];
            s->shown[i] = w->left[i] & begun & lasts;
        }
        place(s, tally, q, n);
    }
}

#endif
