/* course_lanes.c - follows a batch of patients through the lines of a plan.
 *
 * Compiled several times, for the instruction sets of core/course.c, with the same
 * bits.
 *
 * Structure of arrays: each step is a flat loop over the patients of the batch, without
 * branches, which compilers turn into vector code (fmath.h, rng.h).  A lane whose
 * patient has progressed or died keeps its last values while the others go on. */
#include "course_setup.h"
#include "rng.h"

/* Streams of random numbers; none depends on plan or posterior draw. */
enum { STREAM_TRAITS = 0, STREAM_CLASS = 1, STREAM_LINE = 16, STREAM_SCAN = 64 };

/* A patient on a line: what visits read and change. Packed: the slots in use come
 * first, so that nobody waits for the slowest; `lane` tells whose slot it is. */
#define SLOT_FLOATS(X)                                                                 \
    X(rate)   /* growth of log size a week */                                          \
    X(burden) /* log size over entry, at line start */                                 \
    X(risk)   /* log weekly hazard of death at entry */                                \
    X(fatal)  /* cumulative hazard of the disease that kills */                        \
    X(age)    /* week of the line in which age kills */                                \
    X(size_mm)                                                                         \
    X(first) /* size seen at the start over the true one */                            \
    X(low)   /* smallest seen, likewise */                                             \
    X(x)     /* log size over line start */                                            \
    X(x_before)                                                                        \
    X(lesion) /* cumulative hazard of a new lesion */                                  \
    X(lesion_before)                                                                   \
    X(lesion_at) /* that at which one comes */                                         \
    X(hazard)    /* cumulative, of death by the disease */                             \
    X(hazard_before)                                                                   \
    X(begin) /* week of the line before the last visit, and that of it */              \
    X(end)                                                                             \
    X(calm) /* weeks no larger than at the start */
#define SLOT_COUNTS(X) X(lane) X(active) X(small) X(response) X(grown)

typedef struct slots {
#define X(name) float name[NEN__BATCH];
    SLOT_FLOATS(X)
#undef X
#define X(name) uint32_t name[NEN__BATCH];
    SLOT_COUNTS(X)
#undef X
    float hold[NEN__TOGETHER_MAX][NEN__BATCH], kill[NEN__TOGETHER_MAX][NEN__BATCH];
} slots;

/* Sizes over time, by lane: course_sizes.h. */
typedef struct sizes {
    float grown[NEN__SIZED]; /* weeks of the line, each by the share of growth kept */
    float keep[NEN__SIZED], killed[NEN__SIZED], x[NEN__SIZED];
    float begin[NEN__SIZED], end[NEN__SIZED]; /* of the quarter, in weeks of the line */
    uint32_t shown[NEN__SIZED];
    int32_t bin[NEN__QUARTERS_MAX + 1][NEN__SIZED];
} sizes;

struct nen__course_work {
    uint32_t w0[NEN__BATCH], w1[NEN__BATCH], w2[NEN__BATCH], w3[NEN__BATCH];
    /* traits, by lane */
    float growth[NEN__BATCH];   /* log of log-size growth a week, at course start */
    float size_mm[NEN__BATCH];  /* of what scans measure, at entry */
    float frailty[NEN__BATCH];  /* standard normal, shared by all classes */
    float fatal[NEN__BATCH];    /* as in a slot */
    float age_week[NEN__BATCH]; /* week of the course in which age kills */
    float risk[NEN__BATCH];     /* as in a slot */
    /* the course so far, by lane */
    float start[NEN__BATCH];  /* week in which the line starts */
    float burden[NEN__BATCH]; /* log size over entry, at line start */
    float hazard[NEN__BATCH]; /* cumulative */
    uint32_t in[NEN__BATCH];  /* 1: still in the course, and on this line */
    uint32_t os[NEN__BATCH], pfs2[NEN__BATCH];
    uint32_t lines[NEN__BATCH]; /* lines reached, and the week in which each began */
    uint32_t began[NEN__LINES_MAX][NEN__BATCH];
    uint64_t mix[NEN__BATCH];
    /* how a line ended, by lane */
    float time[NEN__BATCH]; /* weeks on the line */
    float x[NEN__BATCH];    /* log size over line start */
    uint32_t died[NEN__BATCH], open[NEN__BATCH], response[NEN__BATCH];
    float calm[NEN__BATCH];
    /* the line */
    float hold[NEN__TOGETHER_MAX][NEN__BATCH], kill[NEN__TOGETHER_MAX][NEN__BATCH];
    float rate[NEN__BATCH], first[NEN__BATCH], lesion_at[NEN__BATCH]; /* by lane */
    slots s;
    float keep[NEN__BATCH], killed[NEN__BATCH]; /* of one visit, by slot */
    float noise[NEN__BATCH];
    float ended[NEN__BATCH], ended_x[NEN__BATCH], ended_hazard[NEN__BATCH];
    uint32_t ended_dies[NEN__BATCH];
    uint32_t pick[NEN__BATCH]; /* slots that stay */
    uint32_t left[NEN__BATCH]; /* 1: lives on without therapy from now on */
    sizes sizes;
};

#include "course_sizes.h"

/* Sensitivity to a class: part is the patient's frailty, shared by all classes. */
static void sensitivity(nen__course_work *w, const nen__effect *e, unsigned place,
                        uint64_t seed, uint64_t first, uint32_t n) {
    const float common = nen__constant[NEN__K_frailty_share];
    const float shared = __builtin_sqrtf(common), own = __builtin_sqrtf(1.0f - common);
    nen__philox_lanes(seed, first, STREAM_CLASS, e->klass, n, w->w0, w->w1, w->w2,
                      w->w3);
    for (uint32_t i = 0; i < n; i++) {
        const float hold = shared * w->frailty[i] + own * nen__normal_f32(w->w0[i]);
        const float kill = shared * w->frailty[i] + own * nen__normal_f32(w->w1[i]);
        w->hold[place][i] = e->left * nen__share(e->hold_logit + e->hold_sd * hold);
        w->kill[place][i] = e->left * nen__exp_f32(e->kill_log + e->kill_sd * kill);
    }
}

/* ---- who: traits and the entry rule ---- */

/* Share of growth that was left by what was given in the months before entry. */
static void grown_before(nen__course_work *w, const nen__theta *t, const nen__cohort *c,
                         uint64_t seed, uint64_t first, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        w->keep[i] = 1;
    for (unsigned klass = 1; klass < NEN__CLASSES; klass++) {
        if (!(c->entry_under >> klass & 1)) continue;
        const nen__effect e = nen__effect_of(t, c, klass);
        sensitivity(w, &e, 0, seed, first, n);
        for (uint32_t i = 0; i < n; i++)
            w->keep[i] *= 1 - w->hold[0][i];
    }
}

/* Death by age after Gompertz: hazard h e^(s t) reaches e in log(1 + e s / h) / s. */
static void traits(nen__course_work *w, const nen__theta *t, const nen__people *q,
                   const nen__cohort *c, uint64_t seed, uint64_t first, uint32_t n) {
    const float size_log = nen__log_f32(nen__constant[NEN__K_size_median_mm]);
    const float size_sd = nen__constant[NEN__K_size_sd_log];
    nen__philox_lanes(seed, first, STREAM_TRAITS, 0, n, w->w0, w->w1, w->w2, w->w3);
    for (uint32_t i = 0; i < n; i++) {
        const float z = nen__normal_f32(w->w0[i]);
        w->growth[i] = q->growth_mean + q->growth_sd * z;
        w->risk[i] = q->risk + q->risk_growth * q->growth_sd * z;
        w->size_mm[i] = nen__lognormal_f32(w->w1[i], size_log, size_sd);
        w->frailty[i] = nen__normal_f32(w->w2[i]);
        w->fatal[i] = nen__exponential_f32(w->w3[i]);
    }
    grown_before(w, t, c, seed, first, n);
    nen__philox_lanes(seed, first, STREAM_TRAITS, 1, n, w->w0, w->w1, w->w2, w->w3);
    const float months = c->entry_growth_months;
    const float weeks = months * nen__weeks_per_month;
    const float grown = nen__log_f32(nen__constant[NEN__K_progression_ratio]);
    const uint32_t wanted = c->entry_stable ? 0 : 1;
    const uint32_t anyone = months > 0 ? 0 : 1;
    for (uint32_t i = 0; i < n; i++) {
        const float male =
            nen__uniform_f32(w->w1[i]) < q->male_prob ? q->male_log : 0.0f;
        const float h = nen__exp_f32(q->life_log + male);
        const float e = nen__exponential_f32(w->w0[i]);
        w->age_week[i] = nen__log_f32(1.0f + e * q->life_slope / h) / q->life_slope;
        const float size = nen__exp_f32(w->growth[i]) * weeks * w->keep[i];
        const float lesions = q->lesion_base * weeks + q->lesion_growth * size;
        const uint32_t big = size >= grown ? 1 : 0;
        const uint32_t lesion = nen__exponential_f32(w->w2[i]) < lesions ? 1 : 0;
        w->in[i] = anyone | ((big | lesion) == wanted ? 1 : 0);
    }
    for (uint32_t i = 0; i < n; i++) {
        w->start[i] = w->burden[i] = w->hazard[i] = 0;
        w->os[i] = w->pfs2[i] = NEN__WEEKS_MAX;
        w->mix[i] = 0;
        w->lines[i] = 0;
    }
}

/* ---- one line ---- */

/* By lane: what the patient brings to the line. */
static void prepare(nen__course_work *w, const nen__people *q, const nen__regimen *r,
                    const nen__view *view, unsigned line, uint64_t seed, uint64_t first,
                    uint32_t n) {
    for (unsigned c = 0; c < r->count; c++)
        sensitivity(w, &r->of[c], c, seed, first, n);
    nen__philox_lanes(seed, first, STREAM_LINE + line, 0, n, w->w0, w->w1, w->w2,
                      w->w3);
    for (uint32_t i = 0; i < n; i++) {
        w->rate[i] = nen__exp_f32(w->growth[i] + q->drift_a_week * w->start[i]);
        w->lesion_at[i] = nen__exponential_f32(w->w0[i]);
        w->first[i] = nen__exp_f32(view->noise_sd * nen__normal_f32(w->w3[i]));
    }
}

/* Fills slots with those on the line; returns how many. */
static uint32_t fill_slots(nen__course_work *w, const nen__regimen *r, uint32_t n) {
    slots *s = &w->s;
    uint32_t m = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!w->in[i]) continue;
        s->lane[m] = i;
        s->rate[m] = w->rate[i];
        s->burden[m] = w->burden[i];
        s->risk[m] = w->risk[i];
        s->fatal[m] = w->fatal[i];
        s->age[m] = w->age_week[i] - w->start[i];
        s->size_mm[m] = w->size_mm[i];
        s->first[m] = s->low[m] = w->first[i];
        s->lesion_at[m] = w->lesion_at[i];
        s->hazard[m] = s->hazard_before[m] = w->hazard[i];
        for (unsigned c = 0; c < r->count; c++) {
            s->hold[c][m] = w->hold[c][i];
            s->kill[c][m] = w->kill[c][i];
        }
        m++;
    }
    for (uint32_t i = 0; i < m; i++) {
        s->x[i] = s->x_before[i] = s->lesion[i] = s->lesion_before[i] = 0;
        s->begin[i] = s->end[i] = s->calm[i] = 0;
        s->active[i] = 1;
        s->small[i] = s->response[i] = s->grown[i] = 0;
    }
    return m;
}

/* Share of growth kept and log kill between two visits. */
static void doses(nen__course_work *w, const nen__regimen *r, float from, float to,
                  uint32_t m) {
    const slots *s = &w->s;
    for (uint32_t i = 0; i < m; i++) {
        w->keep[i] = 1;
        w->killed[i] = 0;
    }
    for (unsigned c = 0; c < r->count; c++) {
        const nen__effect *e = &r->of[c];
        const float middle = (from + to) * 0.5f; // NOLINT(readability-magic-numbers)
        const float over = e->cap_weeks > 0 ? middle - e->cap_weeks : 0;
        const float on = over > 0 ? nen__exp_f32(-over / e->wane_weeks) : 1;
        const float part =
            nen__exp_f32(-from / e->kill_weeks) - nen__exp_f32(-to / e->kill_weeks);
        for (uint32_t i = 0; i < m; i++) {
            w->keep[i] *= 1 - s->hold[c][i] * on;
            w->killed[i] += s->kill[c][i] * part;
        }
    }
}

/* One block of words gives four visits of a patient their noise. */
static void scan_noise(nen__course_work *w, const nen__view *view, unsigned line,
                       uint32_t visit, uint64_t seed, uint64_t first, uint32_t m) {
    enum { WORDS = 4, WORD_BITS = 32 };
    const uint32_t low = (uint32_t)first, high = (uint32_t)(first >> WORD_BITS);
    const uint32_t *lane = w->s.lane, word = visit % WORDS;
    const float sd = view->noise_sd;
    for (uint32_t i = 0; i < m; i++) {
        const uint32_t own = low + lane[i];
        const nen__counter at = {own, high + (own < low ? 1u : 0u), STREAM_SCAN + line,
                                 visit / WORDS};
        const nen__random x = nen__philox(seed, at);
        const uint32_t half = word & 1 ? x.w1 : x.w0, other = word & 1 ? x.w3 : x.w2;
        w->w0[i] = word < 2 ? half : other;
    }
    for (uint32_t i = 0; i < m; i++)
        w->noise[i] = sd * nen__normal_f32(w->w0[i]);
}

/* What counts as progression and response. */
typedef struct criteria {
    float progression, millimeters, response;
} criteria;

static criteria criteria_of(const nen__view *view) {
    criteria c = {nen__constant[NEN__K_progression_ratio],
                  nen__constant[NEN__K_progression_mm],
                  nen__constant[NEN__K_response_ratio]};
    if (view->criteria != NEN__CRITERIA_RECIST_1_1) c.millimeters = 0;
    if (view->criteria == NEN__CRITERIA_WHO) {
        c.progression = nen__constant[NEN__K_who_progression_ratio];
        c.response = nen__constant[NEN__K_who_response_ratio];
    }
    return c;
}

/* Scans of some trials come less often when the next one would be in the second year.
 */
static float next_visit(const nen__view *view, float weeks) {
    const float next = weeks + view->visit_weeks;
    const bool later = view->later_weeks > 0 && next > nen__weeks_per_year;
    return later ? weeks + view->later_weeks : next;
}

/* One visit of every slot; returns how many go on. Every value is read first and every
 * choice is between two that exist: gcc 12 makes no vector code of anything else. */
// NOLINTNEXTLINE(readability-function-cognitive-complexity): flat loops over lanes
static uint32_t visit(nen__course_work *w, const nen__people *q, const criteria *by,
                      float from, float weeks, uint32_t m) {
    const float dt = weeks - from, ratio = by->progression;
    const float millimeters = by->millimeters, response = by->response;
    const float base = q->lesion_base * dt, slope = q->lesion_growth, steep = q->burden;
    slots *s = &w->s;
    uint32_t left = 0;
    for (uint32_t i = 0; i < m; i++) {
        const uint32_t on = s->active[i], grown = s->grown[i], small = s->small[i];
        const float x0 = s->x[i], lesion0 = s->lesion[i], hazard0 = s->hazard[i];
        const float x00 = s->x_before[i], lesion00 = s->lesion_before[i];
        const float hazard00 = s->hazard_before[i], low = s->low[i],
                    first = s->first[i], calm = s->calm[i];
        const float begin = s->begin[i], end = s->end[i];
        const float dx = s->rate[i] * dt * w->keep[i] - w->killed[i];
        const float growth = dx > 0 ? dx : 0, x = x0 + dx;
        const float lesion = lesion0 + base + slope * growth;
        const float log_risk = s->risk[i] + steep * (s->burden[i] + x);
        const float hazard = hazard0 + dt * nen__exp_f32(log_risk);
        const float seen = nen__exp_f32(x + w->noise[i]);
        const float over_ratio = seen - ratio * low;
        const float over_mm = s->size_mm[i] * (seen - low) - millimeters;
        const uint32_t by_ratio = over_ratio >= 0 ? 1 : 0, by_mm = over_mm >= 0 ? 1 : 0;
        const uint32_t found = lesion >= s->lesion_at[i] ? 1 : 0;
        const uint32_t by_disease = hazard >= s->fatal[i] ? 1 : 0;
        const uint32_t by_age = weeks >= s->age[i] ? 1 : 0;
        const uint32_t is_small = seen <= response * first ? 1 : 0;
        const float calmer = calm + dt;
        const uint32_t is_calm = seen <= first ? 1 : 0;
        const uint32_t size = by_ratio & by_mm;
        const uint32_t goes_on = on & ((size | found | by_disease | by_age) ^ 1u);
        const float lower = seen < low ? seen : low;

        s->x_before[i] = on ? x0 : x00;
        s->lesion_before[i] = on ? lesion0 : lesion00;
        s->hazard_before[i] = on ? hazard0 : hazard00;
        s->x[i] = on ? x : x0;
        s->lesion[i] = on ? lesion : lesion0;
        s->hazard[i] = on ? hazard : hazard0;
        s->response[i] |= goes_on & is_small & small;
        s->small[i] = is_small;
        s->grown[i] = grown | (on & size);
        s->calm[i] = goes_on & is_calm ? calmer : calm;
        s->begin[i] = on ? from : begin;
        s->end[i] = on ? weeks : end;
        /* at the last visit the smallest size is that before it: the threshold's */
        s->low[i] = goes_on ? lower : low;
        s->active[i] = goes_on;
        left += goes_on;
    }
    return left;
}

/* When and how the line ended, to within the last visit: the first of size, lesion and
 * death. With scan noise progression is what a scan shows: at the visit. */
// NOLINTNEXTLINE(readability-function-cognitive-complexity): flat loops over lanes
static void ends(nen__course_work *w, const nen__view *view, const criteria *by,
                 uint32_t m) {
    const float ratio = by->progression, millimeters = by->millimeters, never = 2;
    const uint32_t exact = view->noise_sd > 0 ? 0 : 1;
    const slots *s = &w->s;
    for (uint32_t i = 0; i < m; i++) {
        const float begin = s->begin[i], dt = s->end[i] - begin;
        const float by_ratio = ratio * s->low[i];
        const float by_mm = s->low[i] + millimeters / s->size_mm[i];
        const float level = nen__log_f32(by_ratio > by_mm ? by_ratio : by_mm);
        const float dx = s->x[i] - s->x_before[i];
        const float dl = s->lesion[i] - s->lesion_before[i];
        const float dh = s->hazard[i] - s->hazard_before[i];
        const float at_size = exact ? (level - s->x_before[i]) / (dx > 0 ? dx : 1) : 1;
        const float at_lesion =
            exact ? (s->lesion_at[i] - s->lesion_before[i]) / (dl > 0 ? dl : 1) : 1;
        const float at_death = (s->fatal[i] - s->hazard_before[i]) / (dh > 0 ? dh : 1);
        const float at_age = (s->age[i] - begin) / dt;
        const float size = s->grown[i] ? at_size : never;
        const float lesion = s->lesion[i] >= s->lesion_at[i] ? at_lesion : never;
        const float death = s->hazard[i] >= s->fatal[i] ? at_death : never;
        const float tumor = size < lesion ? size : lesion;
        const float dying = death < at_age ? death : at_age;
        const uint32_t dies = (dying <= 1 ? 1u : 0u) & (dying <= tumor ? 1u : 0u);
        float part = dies ? dying : tumor;
        part = part > 0 ? part : 0;
        part = part < 1 ? part : 1; /* still active at the horizon, too */
        w->ended[i] = begin + part * dt;
        w->ended_dies[i] = dies;
        w->ended_x[i] = s->x_before[i] + part * dx;
        w->ended_hazard[i] = s->hazard_before[i] + part * dh;
    }
}

/* Writes the slots that ended (all of them at the horizon) back to their lanes. */
static void write_back(nen__course_work *w, const nen__view *view, const criteria *by,
                       bool horizon, uint32_t m) {
    const slots *s = &w->s;
    ends(w, view, by, m);
    for (uint32_t i = 0; i < m; i++) {
        if (s->active[i] && !horizon) continue;
        const uint32_t lane = s->lane[i];
        w->time[lane] = w->ended[i];
        w->x[lane] = w->ended_x[i];
        w->hazard[lane] = w->ended_hazard[i];
        w->died[lane] = w->ended_dies[i] & (s->active[i] ^ 1u);
        w->open[lane] = s->active[i];
        w->response[lane] = s->response[i];
        w->calm[lane] = s->calm[i];
    }
}

/* Moves the slots in use to the front; returns how many. */
// NOLINTNEXTLINE(readability-function-cognitive-complexity): flat loops over lanes
static uint32_t pack(nen__course_work *w, const nen__regimen *r, uint32_t m) {
    slots *s = &w->s;
    uint32_t left = 0;
    for (uint32_t i = 0; i < m; i++) {
        w->pick[left] = i;
        left += s->active[i];
    }
#define X(name)                                                                        \
    for (uint32_t i = 0; i < left; i++)                                                \
        s->name[i] = s->name[w->pick[i]];
    SLOT_FLOATS(X)
    SLOT_COUNTS(X)
    for (unsigned c = 0; c < r->count; c++) {
        X(hold[c])
        X(kill[c])
    }
#undef X
    return left;
}

__attribute__((noinline)) static void
run_line(nen__course_work *w, const nen__people *q, const nen__regimen *r,
         const nen__view *view, unsigned line, uint64_t seed, uint64_t first,
         uint32_t n) {
    const criteria by = criteria_of(view);
    prepare(w, q, r, view, line, seed, first, n);
    uint32_t m = fill_slots(w, r, n), left = m;
    float from = 0;
    for (uint32_t i = 0; i < m; i++)
        w->noise[i] = 0;
    for (uint32_t k = 0; left && from < (float)view->horizon_weeks; k++) {
        const float to = next_visit(view, from);
        if (view->noise_sd > 0) scan_noise(w, view, line, k, seed, first, m);
        doses(w, r, from, to, m);
        left = visit(w, q, &by, from, to, m);
        from = to;
        if (2 * left > m) continue;
        write_back(w, view, &by, false, m);
        m = pack(w, r, m);
    }
    write_back(w, view, &by, true, m);
}

/* ---- counting ---- */

static uint32_t week_of(float weeks, const nen__view *view) {
    const float half = 0.5f;
    return weeks < (float)view->horizon_weeks ? (uint32_t)(int32_t)(weeks + half)
                                              : NEN__WEEKS_MAX;
}

/* After the last line: growth without therapy until death, in closed form. Weekly
 * hazard e^(a + b g t) has used up what is left of `fatal` after log(1 + left b g /
 * e^a) / (b g).
 */
static void weeks_to_death(nen__course_work *w, const nen__people *q, uint32_t n) {
    const float small = 0x1p-7f, half = 0.5f, third = 1.0f / 3.0f;
    for (uint32_t i = 0; i < n; i++) {
        const float g = nen__exp_f32(w->growth[i] + q->drift_a_week * w->start[i]);
        const float bg = q->burden * g;
        const float now = nen__exp_f32(w->risk[i] + q->burden * w->burden[i]);
        const float unused = w->fatal[i] - w->hazard[i];
        const float flat = (unused > 0 ? unused : 0) / now; /* if the hazard stayed */
        const float y = flat * bg;
        /* log(1 + y) / y of a small y: 1 + y would lose its digits */
        const float series = flat * (1.0f - y * (half - y * third));
        const float closed = nen__log_f32(1.0f + y) / bg;
        const float disease = y < small ? series : closed;
        const float age = w->age_week[i] - w->start[i];
        const float first = disease < age ? disease : age;
        w->time[i] = first > 0 ? first : 0;
    }
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): flat loops over lanes
static void count_line(nen__course_work *w, const nen__view *view, unsigned line,
                       nen__tally *tally, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        if (!w->in[i]) continue;
        const float end = w->start[i] + w->time[i];
        const bool open = w->open[i] || end >= (float)view->horizon_weeks;
        const uint32_t pfs = open ? NEN__WEEKS_MAX : week_of(w->time[i], view);
        tally->reached[line]++;
        tally->pfs[line][pfs]++;
        tally->response[line] += w->response[i];
        tally->controlled_weeks[line] += (uint64_t)w->calm[i];
        w->lines[i] = line + 1;
        w->began[line][i] = week_of(w->start[i], view);
        if (line == 1) w->pfs2[i] = open ? NEN__WEEKS_MAX : week_of(end, view);
        // NOLINTNEXTLINE(readability-magic-numbers): bits of a lane word
        w->mix[i] = nen__mix_u64(w->mix[i] + pfs + ((uint64_t)w->response[i] << 32));
        if (open || w->died[i]) { /* leaves the course */
            w->os[i] = open ? NEN__WEEKS_MAX : week_of(end, view);
            w->in[i] = 0;
        }
        w->start[i] = end;
        w->burden[i] += w->x[i];
    }
}

/* Who goes on to the next line; the others, and all after the last, live without. */
static void leave(nen__course_work *w, const nen__people *q, const nen__view *view,
                  unsigned line, bool last, uint64_t seed, uint64_t first, uint32_t n) {
    nen__philox_lanes(seed, first, STREAM_LINE + line, 1, n, w->w0, w->w1, w->w2,
                      w->w3);
    weeks_to_death(w, q, n);
    for (uint32_t i = 0; i < n; i++)
        w->left[i] = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!w->in[i]) continue;
        if (!last && nen__uniform_f32(w->w0[i]) < q->stays) continue;
        const float end = w->start[i] + w->time[i];
        w->left[i] = 1;
        w->os[i] = week_of(end, view);
        if (line == 0) w->pfs2[i] = w->os[i];
        w->in[i] = 0;
    }
}

#ifndef NEN__LANES_NAME
#define NEN__LANES_NAME nen__course_portable
size_t nen__course_work_size(void) {
    return sizeof(nen__course_work);
}
#endif

void NEN__LANES_NAME(const nen__theta *theta, const nen__cohort *cohort,
                     const nen__course_plan *plan, const nen__view *view, uint64_t seed,
                     uint64_t first_patient, uint32_t count, nen__course_work *work,
                     nen__tally *tally) {
    nen__course_work *w = work;
    const nen__people q = nen__people_of(theta, cohort);
    unsigned used = cohort->used;
    uint32_t entered[NEN__BATCH];
    const uint32_t sized = sized_of(view, first_patient, count);
    traits(w, theta, &q, cohort, seed, first_patient, count);
    no_sizes(&w->sizes, view, sized);
    for (uint32_t i = 0; i < count; i++)
        entered[i] = w->in[i];
    for (unsigned line = 0; line < plan->lines; line++) {
        const nen__regimen r = nen__regimen_of(theta, cohort, &plan->line[line], used);
        run_line(w, &q, &r, view, line, seed, first_patient, count);
        sizes_on_line(w, &r, view, sized);
        count_line(w, view, line, tally, count);
        leave(w, &q, view, line, line + 1u == plan->lines, seed, first_patient, count);
        sizes_after(w, &q, view, sized);
        for (unsigned c = 0; c < r.count; c++)
            used |= 1u << r.of[c].klass;
    }
    if (!plan->lines) {
        leave(w, &q, view, 0, true, seed, first_patient, count);
        sizes_after(w, &q, view, sized);
    }
    count_sizes(&w->sizes, view, tally, sized);
    for (uint32_t i = 0; i < count; i++) {
        if (!entered[i]) continue;
        const uint32_t os = w->os[i];
        tally->patients++;
        tally->os[os]++;
        tally->pfs2[w->pfs2[i]]++;
        const uint32_t lived = os < view->horizon_weeks ? os : view->horizon_weeks;
        tally->os_weeks += lived;
        for (unsigned l = 0; l < w->lines[i]; l++)
            tally->lived_weeks[l] += lived - w->began[l][i];
        tally->hash +=
            nen__mix_u64(w->mix[i] + os + nen__mix_u64(first_patient + i + 1));
    }
}
