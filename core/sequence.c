/* sequence.c - plans run on the same patients, draw by draw, and what that sums up to.
 */
#include "sequence.h"

#include "fmath.h"

#include <string.h>

/* Verdict: the share of draws from which on one plan is called better. The project's
 * contract with other programs, not a number of medicine. */
#define SURE_PROB 0.90f

/* Steps of the simulation; within one, progression and death fall on their day. A
 * response holds over one step, as trials want it confirmed. */
enum { STEP_WEEKS = 4 };

enum { QUARTER_MONTHS = 3, SIZED_LEAST = NEN__SIZED / 8 };

/* ---- counting ---- */

_Static_assert((int)NEN__LANES_AVX2 == (int)NEN_LANES_AVX2 &&
                   (int)NEN__LANES_AVX512 == (int)NEN_LANES_AVX512,
               "the public numbers of the lanes");

size_t nen_course_tally_size(void) {
    return sizeof(nen__tally);
}

size_t nen_course_work_size(void) {
    return nen__course_work_size();
}

void nen__course_count(const nen__theta *theta, const nen__cohort *cohort,
                       const nen__course_plan *plan, const nen_setting *setting,
                       uint64_t first, uint32_t count, nen__course_work *work,
                       nen__tally *tally) {
    const nen__view view = {.visit_weeks = STEP_WEEKS,
                            .noise_sd = 0,
                            .horizon_weeks = nen__week_of(setting->horizon_months),
                            .lanes = setting->lanes,
                            .sizes = true};
    while (count) {
        const uint32_t now = count < NEN__BATCH ? count : NEN__BATCH;
        nen__course_batch(theta, cohort, plan, &view, setting->seed, first, now, work,
                          tally);
        first += now;
        count -= now;
    }
}

void nen_course_count(const nen_who *who, const nen_plan *plan,
                      const nen_setting *setting, unsigned draw, uint64_t first,
                      uint32_t count, void *work, void *tally) {
    nen__cohort cohort;
    nen__course_plan lines;
    if (who->model == NEN_MODEL_NONE || draw >= nen_course_draws()) return;
    nen__course_cohort(who, &cohort);
    nen__course_plan_of(plan, &lines);
    nen__course_count(&nen__posterior[draw], &cohort, &lines, setting, first, count,
                      work, tally);
}

void nen_course_add(void *tally, const void *from) {
    nen__tally_add(tally, from);
}

/* ---- one draw ---- */

static float no_value(void) {
    return __builtin_nanf("");
}

/* Months until so many quarters of `of` had the event. Times were rounded to whole
 * weeks, so those of week w are taken as spread evenly over the half week on either
 * side of it. */
static float quarter_months(const uint32_t *event, uint32_t of, unsigned weeks,
                            unsigned quarters) {
    enum { WHOLE = 4 };
    const double wanted = (double)of * quarters / WHOLE;
    double before = 0;
    if (!of) return no_value();
    for (unsigned w = 0; w <= weeks && w < NEN__WEEKS_MAX; w++) {
        const double after = before + event[w];
        if (event[w] && after >= wanted) {
            const double part = (wanted - before) / event[w];
            const double twice = w ? 2.0 * w - 1 + 2 * part : part; /* half weeks */
            return (float)(twice / 2 / NEN__WEEKS_PER_MONTH);
        }
        before = after;
    }
    return NEN_BEYOND;
}

static float median_months(const uint32_t *event, uint32_t of, unsigned weeks) {
    return quarter_months(event, of, weeks, 2);
}

/* The quarters on either side of the median. */
static const unsigned sides[2] = {1, 3};

static void survival(const nen__tally *t, const nen_setting *setting, float *alive) {
    double gone = 0;
    unsigned w = 0;
    for (unsigned m = 0; m <= setting->horizon_months; m++) {
        for (; w < nen__week_of(m) && w < NEN__WEEKS_MAX; w++)
            gone += t->os[w];
        alive[m] = t->patients ? (float)(1 - gone / t->patients) : 0;
    }
}

/* Median of those alive: the bins are parts of the log, those of one spread evenly.
 * None where so few are left that it would be chance. */
static float median_size(const uint32_t *bin) {
    const unsigned zero = NEN__SIZE_BINS / 2;
    uint32_t of = 0, before = 0;
    for (unsigned b = 0; b < NEN__SIZE_BINS; b++)
        of += bin[b];
    if (of < SIZED_LEAST) return no_value();
    for (unsigned b = 0; b < NEN__SIZE_BINS; b++) {
        const uint32_t after = before + bin[b];
        if (bin[b] && 2 * after >= of) {
            const float part = (float)(of - 2 * before) / (float)(2 * bin[b]);
            const float x = (float)b + part - (float)zero;
            return nen__exp_f32(x / NEN__SIZE_BINS_OF_1);
        }
        before = after;
    }
    return no_value();
}

static void sizes(const nen__tally *t, const nen_setting *setting, float *ratio) {
    ratio[0] = 1;
    for (unsigned q = 1; q * QUARTER_MONTHS <= setting->horizon_months; q++)
        ratio[q] = median_size(t->size[q]);
}

static float share_pct(uint32_t part, uint32_t of) {
    return of ? (float)(100.0 * part / of) : no_value();
}

static float mean_months(uint64_t weeks, uint32_t of) {
    return of ? (float)((double)weeks / of / NEN__WEEKS_PER_MONTH) : no_value();
}

void nen_course_outcome(const nen_plan *plan, const nen_setting *setting,
                        const void *tally, nen_outcome *out) {
    const nen__tally *t = tally;
    const unsigned weeks = nen__week_of(setting->horizon_months);
    memset(out, 0, sizeof *out);
    out->hash = t->hash;
    out->patients = t->patients;
    out->os_months = median_months(t->os, t->patients, weeks);
    out->pfs2_months =
        plan->lines > 1 ? median_months(t->pfs2, t->patients, weeks) : no_value();
    out->rmst_months = mean_months(t->os_weeks, t->patients);
    for (unsigned q = 0; q < 2; q++) {
        out->os_quarter_months[q] = quarter_months(t->os, t->patients, weeks, sides[q]);
    }
    for (unsigned l = 0; l < plan->lines; l++) {
        const uint32_t reached = t->reached[l];
        out->reached_pct[l] = share_pct(reached, t->patients);
        out->pfs_months[l] = median_months(t->pfs[l], reached, weeks);
        for (unsigned q = 0; q < 2; q++) {
            out->pfs_quarter_months[q][l] =
                quarter_months(t->pfs[l], reached, weeks, sides[q]);
        }
        out->response_pct[l] = share_pct(t->response[l], reached);
        out->controlled_months[l] = mean_months(t->controlled_weeks[l], reached);
        out->lived_months[l] = mean_months(t->lived_weeks[l], reached);
    }
    survival(t, setting, out->alive);
    sizes(t, setting, out->size_ratio);
}

/* ---- over the draws ---- */

/* Shell's sort, gaps 1, 4, 13 ...: draws are few. */
static void sort(float *x, unsigned n) {
    enum { STEP = 3 };
    unsigned gap = 1;
    while (gap < n / STEP)
        gap = STEP * gap + 1;
    for (; gap; gap /= STEP) {
        for (unsigned i = gap; i < n; i++) {
            const float one = x[i];
            unsigned j = i;
            for (; j >= gap && x[j - gap] > one; j -= gap)
                x[j] = x[j - gap];
            x[j] = one;
        }
    }
}

/* Quantile q/100 of sorted numbers, linear between two of them. */
static float quantile(const float *x, unsigned n, unsigned q) {
    const unsigned at = (n - 1) * q, i = at / 100;
    const float part = (float)(at % 100) / 100;
    if (i + 1 >= n || part == 0) return x[i];
    if (x[i + 1] >= NEN_BEYOND) return NEN_BEYOND;
    return x[i] + part * (x[i + 1] - x[i]);
}

/* NaN when a draw has no value. */
static nen_band band(float *x, unsigned n) {
    enum { LOW = 5, MIDDLE = 50, HIGH = 95 };
    for (unsigned i = 0; i < n; i++)
        if (x[i] != x[i]) return (nen_band){x[i], x[i], x[i]};
    sort(x, n);
    return (nen_band){quantile(x, n, LOW), quantile(x, n, MIDDLE),
                      quantile(x, n, HIGH)};
}

/* The band of one number of the outcomes, `offset` bytes into each. */
static nen_band band_of(const nen_outcome *outcome, unsigned draws, size_t offset) {
    float x[NEN_DRAWS_MAX];
    for (unsigned i = 0; i < draws; i++)
        memcpy(&x[i], (const char *)&outcome[i] + offset, sizeof *x);
    return band(x, draws);
}

#define BAND(member) band_of(outcome, draws, offsetof(nen_outcome, member))

static void sum_lines(const nen_plan *plan, const nen_outcome *outcome, unsigned draws,
                      nen_course *out) {
    for (unsigned l = 0; l < plan->lines; l++) {
        const size_t at = l * sizeof(float);
        nen_course_line *line = &out->line[l];
        line->reached_pct =
            band_of(outcome, draws, offsetof(nen_outcome, reached_pct) + at);
        line->pfs_months =
            band_of(outcome, draws, offsetof(nen_outcome, pfs_months) + at);
        for (unsigned q = 0; q < 2; q++) {
            const size_t side = offsetof(nen_outcome, pfs_quarter_months) +
                                q * sizeof outcome->pfs_quarter_months[q];
            line->pfs_quarter_months[q] = band_of(outcome, draws, side + at);
        }
        line->response_pct =
            band_of(outcome, draws, offsetof(nen_outcome, response_pct) + at);
        line->controlled_months =
            band_of(outcome, draws, offsetof(nen_outcome, controlled_months) + at);
        line->lived_months =
            band_of(outcome, draws, offsetof(nen_outcome, lived_months) + at);
    }
}

static void sum_one(const nen_plan *plan, const nen_setting *setting,
                    const nen_outcome *outcome, nen_course *out) {
    const unsigned draws = setting->draws;
    memset(out, 0, sizeof *out);
    out->os_months = BAND(os_months);
    out->pfs2_months = BAND(pfs2_months);
    out->rmst_months = BAND(rmst_months);
    for (unsigned q = 0; q < 2; q++)
        out->os_quarter_months[q] = BAND(os_quarter_months[q]);
    sum_lines(plan, outcome, draws, out);
    for (unsigned m = 0; m <= setting->horizon_months; m++) {
        const size_t at = offsetof(nen_outcome, alive) + m * sizeof(float);
        out->alive[m] = band_of(outcome, draws, at);
    }
    for (unsigned q = 0; q * QUARTER_MONTHS <= setting->horizon_months; q++) {
        const size_t at = offsetof(nen_outcome, size_ratio) + q * sizeof(float);
        out->size_ratio[q] = band_of(outcome, draws, at);
    }
    for (unsigned i = 0; i < draws; i++)
        out->hash += outcome[i].hash;
}

/* The longest mean survival of one draw, and how many plans have it. */
static unsigned best_of(unsigned plans, unsigned draws, const nen_outcome *outcome,
                        float *best) {
    unsigned equal = 0;
    for (unsigned p = 0; p < plans; p++) {
        const float x = outcome[(size_t)p * draws].rmst_months;
        if (p && x < *best) continue;
        equal = p && x == *best ? equal + 1 : 1;
        *best = x;
    }
    return equal;
}

/* Gives each draw to the plan with the longest mean survival; equal ones share it. */
static void rank(unsigned plans, unsigned draws, const nen_outcome *outcome,
                 nen_course *out) {
    for (unsigned i = 0; i < draws; i++) {
        float best = 0;
        const unsigned equal = best_of(plans, draws, outcome + i, &best);
        for (unsigned p = 0; p < plans; p++) {
            if (outcome[(size_t)p * draws + i].rmst_months == best)
                out[p].best_prob += 1.0f / (float)equal / (float)draws;
        }
    }
}

nen_status nen_course_sum(const nen_plan *plan, unsigned plans,
                          const nen_setting *setting, const nen_outcome *outcome,
                          nen_course *out) {
    if (!setting->draws || setting->draws > NEN_DRAWS_MAX) return NEN_ERR_RANGE;
    for (size_t i = 0; i < (size_t)plans * setting->draws; i++)
        if (!outcome[i].patients) return NEN_ERR_RANGE;
    for (unsigned p = 0; p < plans; p++)
        sum_one(&plan[p], setting, outcome + (size_t)p * setting->draws, &out[p]);
    rank(plans, setting->draws, outcome, out);
    return NEN_OK;
}

/* ---- two plans ---- */

static const char *const metric_names[] = {"rmst_months", "os_median", "pfs2", "pfs"};

const char *nen_metric_name(unsigned metric) {
    return metric < NEN_METRICS ? metric_names[metric] : NULL;
}

static float measured(const nen_outcome *o, nen_metric metric, float horizon) {
    const float x = metric == NEN_METRIC_RMST_MONTHS ? o->rmst_months
                    : metric == NEN_METRIC_OS_MEDIAN ? o->os_months
                    : metric == NEN_METRIC_PFS2      ? o->pfs2_months
                                                     : o->pfs_months[0];
    return x > horizon ? horizon : x; /* no value stays none */
}

static void judge(const nen__weak *weak, nen_difference *out) {
    const bool a = out->a_better_prob >= SURE_PROB;
    const bool b = 1 - out->a_better_prob >= SURE_PROB;
    out->option = weak->option;
    out->later = weak->later;
    out->life = weak->life;
    out->verdict = NEN_VERDICT_CANNOT_TELL;
    if (!a && !b) {
        out->reason = NEN_T_COURSE_WHY_CLOSE;
    } else if (weak->option != NEN_NONE) {
        out->reason = weak->later ? NEN_T_COURSE_WHY_ORDER : NEN_T_COURSE_WHY_EVIDENCE;
    } else if (weak->life) {
        out->reason = NEN_T_COURSE_WHY_LIFE;
    } else {
        out->verdict = a ? NEN_VERDICT_A : NEN_VERDICT_B;
        out->reason = NEN_T_COURSE_WHY_SURE;
    }
}

/* Spreads numbers about their middle; a ratio that is not told leaves them. */
static void widen(float *x, unsigned n, float middle, float ratio) {
    for (unsigned i = 0; i < n && ratio > 0; i++)
        x[i] = middle + ratio * (x[i] - middle);
}

/* The share above 0; a tie counts half. */
static float above_0(const float *x, unsigned n) {
    unsigned twice = 0;
    for (unsigned i = 0; i < n; i++)
        twice += x[i] > 0 ? 2 : x[i] == 0;
    return (float)twice / (2 * (float)n);
}

void nen_course_differ(const nen_who *who, const nen_plan *plan, unsigned a, unsigned b,
                       nen_metric metric, const nen_setting *setting,
                       const nen_outcome *outcome, nen_difference *out) {
    const unsigned draws = setting->draws;
    const float horizon = setting->horizon_months;
    float x[NEN_DRAWS_MAX];
    memset(out, 0, sizeof *out);
    if (!draws || draws > NEN_DRAWS_MAX) return;
    for (unsigned i = 0; i < draws; i++) {
        x[i] = measured(&outcome[a * draws + i], metric, horizon) -
               measured(&outcome[b * draws + i], metric, horizon);
    }
    out->a = (uint8_t)a;
    out->b = (uint8_t)b;
    out->metric = (uint8_t)metric;
    out->months = band(x, draws);
    widen(x, draws, out->months.p50, (float)who->widen_ratio);
    out->months = band(x, draws);
    out->a_better_prob = above_0(x, draws);
    const nen__weak weak = nen__course_weakest(who->origin, &plan[a], &plan[b], metric);
    judge(&weak, out);
}
