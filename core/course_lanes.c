/* course_lanes.c - follows a batch of patients through the lines of a plan.
 *
 * Compiled several times, for the instruction sets of core/course.c, with the same
 * bits.
 *
 * Structure of arrays: each step is a flat loop over patients, without branches, which
 * compilers turn into vector code (fmath.h, rng.h).  Those still in the course stand
 * first; on a line they are followed in blocks (course_block.h), in the order in which
 * the line is likely to end for them, so that few wait for the slowest of a block. */
#include "course_visits.h"

enum { WORD_BITS = 32 };

/* Streams of random numbers; none depends on plan or posterior draw. */
enum { STREAM_TRAITS = 0, STREAM_CLASS = 1, STREAM_LINE = 16, STREAM_SCAN = 64 };

/* Of a patient, from line to line. */
#define CARRIED(X)                                                                     \
    X(float, growth)   /* log of log-size growth a week, at course start */            \
    X(float, size_mm)  /* of what scans measure, at entry */                           \
    X(float, frailty)  /* standard normal, shared by all classes */                    \
    X(float, fatal)    /* cumulative hazard of the disease that kills */               \
    X(float, age_week) /* week of the course in which age kills */                     \
    X(float, risk)     /* log weekly hazard of death at entry */                       \
    X(float, start)    /* week in which the line starts */                             \
    X(float, burden)   /* log size over entry, at line start */                        \
    X(float, hazard)   /* cumulative, of death by the disease */                       \
    X(uint32_t, patient_low)                                                           \
    X(uint32_t, patient_high)                                                          \
    X(uint32_t, pfs2)                                                                  \
    X(uint64_t, mix)

/* Sizes over time: course_sizes.h. */
typedef struct sizes {
    float grown[NEN__SIZED]; /* weeks of the line, each by the share of growth kept */
    float keep[NEN__SIZED], killed[NEN__SIZED], x[NEN__SIZED];
    float begin[NEN__SIZED], end[NEN__SIZED]; /* of the quarter, in weeks of the line */
    uint32_t shown[NEN__SIZED];
} sizes;

struct nen__course_work {
#define X(type, name) type name[SLOTS];
    CARRIED(X)
#undef X
    uint32_t in[SLOTS]; /* 1: goes on */
    uint32_t stay[SLOTS], gone[SLOTS];
    uint32_t w0[SLOTS], w1[SLOTS], w2[SLOTS], w3[SLOTS];
    float keep[SLOTS];
    /* the line */
    float hold[NEN__TOGETHER_MAX][SLOTS], kill[NEN__TOGETHER_MAX][SLOTS];
    float rate[SLOTS], first[SLOTS], lesion_at[SLOTS], age[SLOTS];
    visits visits;
    slots slots;
    /* how it ended */
    float time[SLOTS]; /* weeks on the line */
    float x[SLOTS];    /* log size over line start */
    float calm[SLOTS]; /* weeks no larger than at its start */
    uint32_t died[SLOTS], open[SLOTS], response[SLOTS];
    uint32_t week[SLOTS], os[SLOTS];
    float death[SLOTS];   /* weeks from then on to death without therapy */
    uint32_t left[SLOTS]; /* 1: lives on so */
    sizes sizes;
};

#include "course_sizes.h"

/* One block of words for each of the patients who stand first. */
static void draw_words(nen__course_work *w, uint64_t seed, uint32_t stream, uint32_t at,
                       uint32_t n) {
    nen__philox_lanes(seed, w->patient_low, w->patient_high, stream, at, n, w->w0,
                      w->w1, w->w2, w->w3);
}

/* Sensitivity to a class: part is the patient's frailty, shared by all classes. */
static void sensitivity(nen__course_work *w, const nen__effect *effect, unsigned place,
                        uint64_t seed, uint32_t n) {
    const nen__effect e = *effect;
    const float common = nen__constant[NEN__K_frailty_share];
    const float shared = __builtin_sqrtf(common), own = __builtin_sqrtf(1.0f - common);
    draw_words(w, seed, STREAM_CLASS, e.klass, n);
    for (uint32_t i = 0; i < n; i++) {
        const float hold = shared * w->frailty[i] + own * nen__normal_f32(w->w0[i]);
        const float kill = shared * w->frailty[i] + own * nen__normal_f32(w->w1[i]);
        w->hold[place][i] = e.left * nen__share(e.hold_logit + e.hold_sd * hold);
        w->kill[place][i] = e.left * nen__exp_f32(e.kill_log + e.kill_sd * kill);
    }
}

/* Lists those who go on and those who leave; returns how many go on. */
static uint32_t part_ways(nen__course_work *w, uint32_t n) {
    uint32_t stay = 0, gone = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t in = w->in[i];
        w->stay[stay] = w->gone[gone] = i;
        stay += in;
        gone += in ^ 1u;
    }
    return stay;
}

/* Moves those who go on to the front. */
static void close_ranks(nen__course_work *w, uint32_t stay) {
    for (uint32_t i = 0; i < stay; i++) {
        const uint32_t from = w->stay[i];
#define X(type, name) w->name[i] = w->name[from];
        CARRIED(X)
#undef X
    }
}

/* ---- who: traits and the entry rule ---- */

/* Share of growth that was left by what was given in the months before entry. */
static void grown_before(nen__course_work *w, const nen__theta *t, const nen__cohort *c,
                         uint64_t seed, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        w->keep[i] = 1;
    for (unsigned klass = 1; klass < NEN__CLASSES; klass++) {
        if (!(c->entry_under >> klass & 1)) continue;
        const nen__effect e = nen__effect_of(t, c, klass);
        sensitivity(w, &e, 0, seed, n);
        for (uint32_t i = 0; i < n; i++)
            w->keep[i] *= 1 - w->hold[0][i];
    }
}

static void nobody_yet(nen__course_work *w, uint64_t first, uint32_t n) {
    nen__patients(first, n, w->patient_low, w->patient_high);
    for (uint32_t i = 0; i < n; i++) {
        w->start[i] = w->burden[i] = w->hazard[i] = 0;
        w->pfs2[i] = NEN__WEEKS_MAX;
        w->mix[i] = 0;
    }
}

/* Who meets the entry rule. */
static void enter(nen__course_work *w, const nen__people *people, const nen__cohort *c,
                  uint32_t n) {
    const nen__people q = *people;
    const float months = c->entry_growth_months;
    const float weeks = months * nen__weeks_per_month;
    const float grown = nen__log_f32(nen__constant[NEN__K_progression_ratio]);
    const uint32_t wanted = c->entry_stable ? 0 : 1;
    const uint32_t anyone = months > 0 ? 0 : 1;
    for (uint32_t i = 0; i < n; i++) {
        const float size = nen__exp_f32(w->growth[i]) * weeks * w->keep[i];
        const float lesions = q.lesion_base * weeks + q.lesion_growth * size;
        const uint32_t big = size >= grown ? 1 : 0;
        const uint32_t lesion = nen__exponential_f32(w->w2[i]) < lesions ? 1 : 0;
        w->in[i] = anyone | ((big | lesion) == wanted ? 1 : 0);
    }
}

/* Death by age after Gompertz: hazard h e^(s t) reaches e in log(1 + e s / h) / s. */
static void traits(nen__course_work *w, const nen__theta *t, const nen__people *people,
                   const nen__cohort *c, uint64_t seed, uint32_t n) {
    const nen__people q = *people;
    const float size_log = nen__log_f32(nen__constant[NEN__K_size_median_mm]);
    const float size_sd = nen__constant[NEN__K_size_sd_log];
    draw_words(w, seed, STREAM_TRAITS, 0, n);
    for (uint32_t i = 0; i < n; i++) {
        const float z = nen__normal_f32(w->w0[i]);
        w->growth[i] = q.growth_mean + q.growth_sd * z;
        w->risk[i] = q.risk + q.risk_growth * q.growth_sd * z;
        w->size_mm[i] = nen__lognormal_f32(w->w1[i], size_log, size_sd);
        w->frailty[i] = nen__normal_f32(w->w2[i]);
        w->fatal[i] = nen__exponential_f32(w->w3[i]);
    }
    grown_before(w, t, c, seed, n);
    draw_words(w, seed, STREAM_TRAITS, 1, n);
    for (uint32_t i = 0; i < n; i++) {
        const float male = nen__uniform_f32(w->w1[i]) < q.male_prob ? q.male_log : 0.0f;
        const float h = nen__exp_f32(q.life_log + male);
        const float e = nen__exponential_f32(w->w0[i]);
        w->age_week[i] = nen__log_f32(1.0f + e * q.life_slope / h) / q.life_slope;
    }
    enter(w, people, c, n);
}

/* ---- one line ---- */

/* What the patient brings to the line. */
static void prepare(nen__course_work *w, const nen__people *q, const nen__regimen *r,
                    const nen__view *view, unsigned line, uint64_t seed, uint32_t n) {
    const float drift = q->drift_a_week, sd = view->noise_sd;
    for (unsigned c = 0; c < r->count; c++)
        sensitivity(w, &r->of[c], c, seed, n);
    draw_words(w, seed, STREAM_LINE + line, 0, n);
    for (uint32_t i = 0; i < n; i++) {
        w->rate[i] = nen__exp_f32(w->growth[i] + drift * w->start[i]);
        w->age[i] = w->age_week[i] - w->start[i];
        w->lesion_at[i] = nen__exponential_f32(w->w0[i]);
        w->first[i] = 1;
    }
    for (uint32_t i = 0; sd > 0 && i < n; i++)
        w->first[i] = nen__exp_f32(sd * nen__normal_f32(w->w3[i]));
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): flat loops over lanes
static void to_slots(nen__course_work *w, unsigned classes, uint32_t n) {
    slots *s = &w->slots;
#define X(name)                                                                        \
    for (uint32_t i = 0; i < n; i++)                                                   \
        s->name[i] = w->name[i];
    BROUGHT_WITH(X, classes)
    X(hazard)
#undef X
    start_line(s, classes, n);
}

/* Writes slots back to their patients. */
static void write_back(nen__course_work *w, const uint32_t *which, unsigned count) {
    const slots *s = &w->slots;
    for (unsigned k = 0; k < count; k++) {
        const uint32_t i = which[k], to = s->lane[i];
        w->time[to] = s->time[i];
        w->x[to] = s->ended_x[i];
        w->hazard[to] = s->ended_hazard[i];
        w->died[to] = s->died[i] & 1u;
        w->open[to] = s->active[i] & 1u;
        w->response[to] = s->response[i] & 1u;
        w->calm[to] = s->calm[i];
    }
}

static void run_line(nen__course_work *w, const nen__people *q, const nen__regimen *r,
                     const nen__view *view, unsigned line, uint64_t seed, uint32_t n) {
    enum { MOVE_AT = 1, OF = 2 }; /* the share still active at which they move */
    const criteria by = criteria_of(view);
    slots *s = &w->slots;
    prepare(w, q, r, view, line, seed, n);
    visits_of(&w->visits, r, view);
    to_slots(w, r->count, n);
    for (unsigned at = 0, m = n; m && at < w->visits.count; at += PASS) {
        const unsigned whole = whole_vectors(m);
        if (view->noise_sd > 0)
            scan_noise(s, view->noise_sd, STREAM_SCAN + line, at, seed, whole);
        doses(s, &w->visits, at, r->count, whole);
        const unsigned left = pass(s, &w->visits, at, q, &by, whole);
        const bool last = at + PASS >= w->visits.count;
        if (!last && OF * left > MOVE_AT * m) continue;
        ends(s, &w->visits, view, &by, whole);
        (void)part(s, m);
        write_back(w, s->gone, m - left);
        if (last) write_back(w, s->stay, left);
        if (!last) pack(s, r->count, left);
        m = left;
    }
}

/* ---- counting ---- */

/* Whole weeks, and what is not within the horizon. */
static inline uint32_t week_of(float weeks, float horizon) {
    const float half = 0.5f;
    const float within = weeks < horizon ? weeks : horizon;
    const uint32_t week = (uint32_t)(int32_t)(within + half);
    return weeks < horizon ? week : NEN__WEEKS_MAX;
}

/* After the last line: growth without therapy until death, in closed form. Weekly
 * hazard e^(a + b g t) has used up what is left of `fatal` after log(1 + left b g /
 * e^a) / (b g).
 */
static void weeks_to_death(nen__course_work *w, const nen__people *people, uint32_t n) {
    const nen__people q = *people;
    const float small = 0x1p-7f, half = 0.5f, third = 1.0f / 3.0f;
    for (uint32_t i = 0; i < n; i++) {
        const float g = nen__exp_f32(w->growth[i] + q.drift_a_week * w->start[i]);
        const float bg = q.burden * g;
        const float now = nen__exp_f32(w->risk[i] + q.burden * w->burden[i]);
        const float unused = w->fatal[i] - w->hazard[i];
        const float flat = (unused > 0 ? unused : 0) / now; /* if the hazard stayed */
        const float y = flat * bg;
        /* log(1 + y) / y of a small y: 1 + y would lose its digits */
        const float series = flat * (1.0f - y * (half - y * third));
        const float closed = nen__log_f32(1.0f + y) / bg;
        const float disease = y < small ? series : closed;
        const float age = w->age_week[i] - w->start[i];
        const float first = disease < age ? disease : age;
        w->death[i] = first > 0 ? first : 0;
    }
}

/* Counts how the line ended; those who died or are still on it leave the course. */
static void count_line(nen__course_work *w, const nen__view *view, unsigned line,
                       nen__tally *tally, uint32_t n) {
    const float horizon = (float)view->horizon_weeks;
    uint32_t responses = 0, calm = 0, began = 0;
    for (uint32_t i = 0; i < n; i++) {
        const float time = w->time[i], end = w->start[i] + time;
        const uint32_t beyond = end >= horizon ? 1 : 0, open = w->open[i] | beyond;
        const uint32_t on_line = week_of(time, horizon), all = week_of(end, horizon);
        const uint32_t response = w->response[i];
        w->week[i] = open ? NEN__WEEKS_MAX : on_line;
        w->os[i] = open ? NEN__WEEKS_MAX : all;
        w->in[i] = (open | w->died[i]) ^ 1u;
        began += week_of(w->start[i], horizon);
        w->start[i] = end;
        w->burden[i] += w->x[i];
        responses += response;
        calm += (uint32_t)(int32_t)w->calm[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        const uint64_t high_word = (uint64_t)w->response[i] << WORD_BITS;
        w->mix[i] = nen__mix_u64(w->mix[i] + w->week[i] + high_word);
    }
    for (uint32_t i = 0; line == 1 && i < n; i++)
        w->pfs2[i] = w->os[i];
    for (uint32_t i = 0; i < n; i++)
        tally->pfs[line][w->week[i]]++;
    tally->reached[line] += n;
    tally->response[line] += responses;
    tally->controlled_weeks[line] += calm;
    tally->lived_weeks[line] -= began; /* count_course adds the weeks until then */
}

/* Who goes on to the next line; the others, and all after the last, live without. */
static void leave(nen__course_work *w, const nen__people *q, const nen__view *view,
                  unsigned line, bool last, uint64_t seed, uint32_t n) {
    const float horizon = (float)view->horizon_weeks, stays = q->stays;
    const uint32_t more = last ? 0 : 1, first_line = line ? 0 : 1;
    if (!last) draw_words(w, seed, STREAM_LINE + line, 1, n);
    weeks_to_death(w, q, n);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t here = w->in[i];
        const uint32_t goes_on =
            here & more & (nen__uniform_f32(w->w0[i]) < stays ? 1u : 0u);
        const uint32_t without = here & (goes_on ^ 1u);
        const uint32_t os = week_of(w->start[i] + w->death[i], horizon);
        const uint32_t pfs2 = w->pfs2[i];
        w->os[i] = without ? os : w->os[i];
        w->pfs2[i] = without & first_line ? os : pfs2;
        w->left[i] = without;
        w->in[i] = goes_on;
    }
}

/* Adds those who leave the course after so many lines. */
static void count_course(nen__course_work *w, const nen__view *view, unsigned lines,
                         nen__tally *tally, uint32_t gone) {
    uint64_t weeks = 0;
    for (uint32_t k = 0; k < gone; k++) {
        const uint32_t i = w->gone[k], os = w->os[i];
        const uint64_t patient =
            (uint64_t)w->patient_high[i] << WORD_BITS | w->patient_low[i];
        tally->os[os]++;
        tally->pfs2[w->pfs2[i]]++;
        weeks += os < view->horizon_weeks ? os : view->horizon_weeks;
        tally->hash += nen__mix_u64(w->mix[i] + os + nen__mix_u64(patient + 1));
    }
    tally->patients += gone;
    tally->os_weeks += weeks;
    for (unsigned l = 0; l < lines; l++)
        tally->lived_weeks[l] += weeks;
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
    nobody_yet(w, first_patient, count);
    no_noise(&w->slots);
    traits(w, theta, &q, cohort, seed, count);
    uint32_t n = part_ways(w, count);
    if (n < count) close_ranks(w, n);
    for (unsigned line = 0; n && line < plan->lines; line++) {
        const nen__regimen r = nen__regimen_of(theta, cohort, &plan->line[line], used);
        const uint32_t sized = sized_of(w, view, first_patient, n);
        run_line(w, &q, &r, view, line, seed, n);
        sizes_on_line(w, &r, view, tally, sized);
        count_line(w, view, line, tally, n);
        leave(w, &q, view, line, line + 1u == plan->lines, seed, n);
        sizes_after(w, &q, view, tally, sized);
        const uint32_t stay = part_ways(w, n);
        count_course(w, view, line + 1, tally, n - stay);
        close_ranks(w, stay);
        n = stay;
        for (unsigned c = 0; c < r.count; c++)
            used |= 1u << r.of[c].klass;
    }
    if (plan->lines || !n) return;
    for (uint32_t i = 0; i < n; i++)
        w->in[i] = 1;
    leave(w, &q, view, 0, true, seed, n);
    sizes_after(w, &q, view, tally, sized_of(w, view, first_patient, n));
    (void)part_ways(w, n);
    count_course(w, view, 0, tally, n);
}
