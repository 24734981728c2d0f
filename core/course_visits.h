/* course_visits.h - patients followed through one line, visit by visit.
 *
 * Part of course_lanes.c. A pass is several visits with a patient's state in registers:
 * to read and write it at every visit took most of the time. A patient who is done
 * keeps the last values until so many are done that the others move together. */
#ifndef NEN_COURSE_VISITS_H
#define NEN_COURSE_VISITS_H

#include "course_setup.h"
#include "rng.h"

enum {
    PASS = 4,    /* visits; one block of random words has the noise of so many */
    VECTOR = 16, /* slots are filled up to whole vectors of any instruction set */
    /* A power of two would put all arrays' first elements into the same few places of
     * a cache; moving patients then takes ten times as long. */
    SLOTS = NEN__BATCH + VECTOR
};

/* What a patient brings to a line. */
#define BROUGHT(X)                                                                     \
    X(rate)   /* growth of log size a week */                                          \
    X(burden) /* log size over entry, at line start */                                 \
    X(risk)   /* log weekly hazard of death at entry */                                \
    X(fatal)  /* cumulative hazard of the disease that kills */                        \
    X(age)    /* week of the line in which age kills */                                \
    X(size_mm)                                                                         \
    X(first)     /* size seen at the start over the true one */                        \
    X(lesion_at) /* cumulative hazard at which a new lesion comes */

/* All of it: what X says, of each array of a slot. */
#define BROUGHT_WITH(X, classes)                                                       \
    BROUGHT(X)                                                                         \
    X(patient_low)                                                                     \
    X(patient_high)                                                                    \
    for (unsigned c = 0; c < (classes); c++) {                                         \
        X(hold[c])                                                                     \
        X(kill[c])                                                                     \
    }

/* What visits change. */
#define CHANGED(X)                                                                     \
    X(float, low) /* smallest size seen over the true one at the start */              \
    X(float, x)   /* log size over line start */                                       \
    X(float, x_before)                                                                 \
    X(float, lesion) /* cumulative hazard of a new lesion */                           \
    X(float, lesion_before)                                                            \
    X(float, hazard) /* cumulative, of death by the disease */                         \
    X(float, hazard_before)                                                            \
    X(float, calm)      /* weeks no larger than at the start */                        \
    X(uint32_t, visits) /* so many up to now */                                        \
    X(uint32_t, active) /* this and what follows: masks */                             \
    X(uint32_t, small)                                                                 \
    X(uint32_t, response)                                                              \
    X(uint32_t, grown)

typedef struct state {
#define X(type, name) type name;
    CHANGED(X)
#undef X
} state;

/* Patients on the line; slots in use come first. */
typedef struct slots {
#define X(name) float name[SLOTS];
    BROUGHT(X)
#undef X
#define X(type, name) type name[SLOTS];
    CHANGED(X)
#undef X
    float hold[NEN__TOGETHER_MAX][SLOTS], kill[NEN__TOGETHER_MAX][SLOTS];
    uint32_t patient_low[SLOTS], patient_high[SLOTS];
    uint32_t lane[SLOTS]; /* whose slot it is */
    /* of one pass */
    float keep[PASS][SLOTS], killed[PASS][SLOTS]; /* share of growth, log kill */
    float noise[PASS][SLOTS];                     /* of the log size that is seen */
    uint32_t word[PASS][SLOTS];
    /* how the line ended */
    float begin[SLOTS], end[SLOTS]; /* weeks of the line: the last visits */
    float time[SLOTS], ended_x[SLOTS], ended_hazard[SLOTS];
    uint32_t died[SLOTS];
    uint32_t stay[SLOTS], gone[SLOTS]; /* slots still active, and done */
} slots;

/* ---- the visits of a line: the same for all patients ---- */

/* With PASS more at the end, which do not count, so that passes are whole. */
enum { VISITS_MAX = NEN__WEEKS_MAX + PASS };

typedef struct visits {
    unsigned count;
    float from[VISITS_MAX], to[VISITS_MAX]; /* weeks of the line */
    /* by class given: share of its hold that is on, share of its kill that is done */
    float on[NEN__TOGETHER_MAX][VISITS_MAX], part[NEN__TOGETHER_MAX][VISITS_MAX];
} visits;

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

static void visits_of_class(visits *v, const nen__effect *effect, unsigned c,
                            unsigned count) {
    const nen__effect e = *effect;
    const float half = 0.5f;
    const uint32_t capped = e.cap_weeks > 0 ? 1 : 0;
    for (unsigned k = 0; k < count; k++) {
        const float from = v->from[k], to = v->to[k];
        const float middle = (from + to) * half, after = middle - e.cap_weeks;
        const float over = capped ? after : 0;
        const float waned = nen__exp_f32(-over / e.wane_weeks);
        v->on[c][k] = over > 0 ? waned : 1;
        v->part[c][k] =
            nen__exp_f32(-from / e.kill_weeks) - nen__exp_f32(-to / e.kill_weeks);
    }
}

/* Those within the horizon, and at least one. */
static void visits_of(visits *v, const nen__regimen *r, const nen__view *view) {
    float from = 0;
    v->count = 0;
    do {
        v->from[v->count] = from;
        from = v->to[v->count++] = next_visit(view, from);
    } while (from < (float)view->horizon_weeks && v->count < NEN__WEEKS_MAX);
    for (unsigned k = v->count; k < v->count + PASS; k++)
        v->from[k] = v->to[k] = from;
    for (unsigned c = 0; c < r->count; c++)
        visits_of_class(v, &r->of[c], c, v->count + PASS);
}

/* ---- one pass ---- */

/* What the first class does between two visits, then what each other adds. */
static void dose(slots *s, unsigned k, unsigned c, float on, float part, unsigned m) {
    if (c) {
        for (unsigned i = 0; i < m; i++) {
            s->keep[k][i] *= 1 - s->hold[c][i] * on;
            s->killed[k][i] += s->kill[c][i] * part;
        }
    } else {
        for (unsigned i = 0; i < m; i++) {
            s->keep[k][i] = 1 - s->hold[0][i] * on;
            s->killed[k][i] = s->kill[0][i] * part;
        }
    }
}

/* Share of growth kept and log kill between two visits. */
static void doses(slots *s, const visits *v, unsigned visit, unsigned classes,
                  unsigned m) {
    for (unsigned k = 0; k < PASS; k++) {
        for (unsigned c = 0; c < classes; c++)
            dose(s, k, c, v->on[c][visit + k], v->part[c][visit + k], m);
        if (classes) continue;
        for (unsigned i = 0; i < m; i++) {
            s->keep[k][i] = 1;
            s->killed[k][i] = 0;
        }
    }
}

/* One block of words gives the visits of a pass their noise. */
static void scan_noise(slots *s, float sd, uint32_t stream, unsigned visit,
                       uint64_t seed, unsigned m) {
    nen__philox_lanes(seed, s->patient_low, s->patient_high, stream, visit / PASS, m,
                      s->word[0], s->word[1], s->word[2], s->word[3]);
    for (unsigned k = 0; k < PASS; k++)
        for (unsigned i = 0; i < m; i++)
            s->noise[k][i] = sd * nen__normal_f32(s->word[k][i]);
}

/* a where the mask is all ones, b where it is 0; `a ? :` of what other choices hang on
 * becomes jumps in gcc 12, and no vector code. */
static inline float pick(uint32_t mask, float a, float b) {
    const uint32_t bits = (nen__bits_f32(a) & mask) | (nen__bits_f32(b) & ~mask);
    return nen__from_bits_f32(bits);
}

static inline uint32_t mask_if(bool holds) {
    return 0u - (uint32_t)holds;
}

/* One visit, as the same for all patients. */
typedef struct visit {
    float to, dt, base; /* weeks; base: new lesions without growth */
    uint32_t counts;    /* a mask: 0 after the horizon */
} visit;

static inline visit visit_at(const visits *v, unsigned at, float lesion_base) {
    const float from = v->from[at], to = v->to[at], dt = to - from;
    const visit out = {to, dt, lesion_base * dt, mask_if(at < v->count)};
    return out;
}

/* What of people and criteria a visit needs. */
typedef struct scale {
    float slope, steep; /* new lesions by growth; log hazard of death by log size */
    criteria by;
} scale;

/* One visit of one patient; flags are masks. */
static inline state after_visit(state p, const slots *s, unsigned i, unsigned k,
                                visit v, scale c) {
    const float dx = s->rate[i] * v.dt * s->keep[k][i] - s->killed[k][i];
    const float growth = pick(mask_if(dx > 0), dx, 0), x = p.x + dx;
    const float lesion = p.lesion + v.base + c.slope * growth;
    const float log_risk = s->risk[i] + c.steep * (s->burden[i] + x);
    const float hazard = p.hazard + v.dt * nen__exp_f32(log_risk);
    const float seen = nen__exp_f32(x + s->noise[k][i]);
    const float over_mm = s->size_mm[i] * (seen - p.low) - c.by.millimeters;
    const uint32_t by_ratio = mask_if(seen - c.by.progression * p.low >= 0);
    const uint32_t size = by_ratio & mask_if(over_mm >= 0);
    const uint32_t found = mask_if(lesion >= s->lesion_at[i]);
    const uint32_t dies = mask_if(hazard >= s->fatal[i]) | mask_if(v.to >= s->age[i]);
    const uint32_t is_small = mask_if(seen <= c.by.response * s->first[i]);
    const uint32_t is_calm = mask_if(seen <= s->first[i]);
    const uint32_t on = p.active & v.counts;
    const uint32_t goes_on = on & ~(size | found | dies);
    const state q = {
        .x_before = pick(on, p.x, p.x_before),
        .lesion_before = pick(on, p.lesion, p.lesion_before),
        .hazard_before = pick(on, p.hazard, p.hazard_before),
        .x = pick(on, x, p.x),
        .lesion = pick(on, lesion, p.lesion),
        .hazard = pick(on, hazard, p.hazard),
        .calm = pick(goes_on & is_calm, p.calm + v.dt, p.calm),
        /* at the last visit the smallest size is that before it: the threshold's */
        .low = pick(goes_on & mask_if(seen < p.low), seen, p.low),
        .visits = p.visits - on, /* the mask is -1 */
        .response = p.response | (goes_on & is_small & p.small),
        .small = is_small,
        .grown = p.grown | (on & size),
        .active = goes_on | (p.active & ~v.counts),
    };
    return q;
}

/* The visits of a pass; returns how many patients go on. The visits are written out,
 * because a loop inside a loop over lanes keeps compilers from making it vector code.
 */
static uint32_t pass(slots *s, const visits *v, unsigned at, const nen__people *q,
                     const criteria *by, unsigned m) {
    const scale c = {q->lesion_growth, q->burden, *by};
    const float base = q->lesion_base;
    const visit v0 = visit_at(v, at, base), v1 = visit_at(v, at + 1, base),
                v2 = visit_at(v, at + 2, base), v3 = visit_at(v, at + 3, base);
    uint32_t left = 0;
    for (unsigned i = 0; i < m; i++) {
        state p;
#define X(type, name) p.name = s->name[i];
        CHANGED(X)
#undef X
        p = after_visit(p, s, i, 0, v0, c);
        p = after_visit(p, s, i, 1, v1, c);
        p = after_visit(p, s, i, 2, v2, c);
        p = after_visit(p, s, i, 3, v3, c);
#define X(type, name) s->name[i] = p.name;
        CHANGED(X)
#undef X
        left += p.active & 1u;
    }
    return left;
}

/* ---- the end of the line ---- */

/* When and how the line ended, to within the last visit: the first of size, lesion and
 * death. With scan noise progression is what a scan shows: at the visit. */
// NOLINTNEXTLINE(readability-function-cognitive-complexity): flat loops over lanes
static void ends(slots *s, const visits *v, const nen__view *view, const criteria *by,
                 unsigned m) {
    const float ratio = by->progression, millimeters = by->millimeters, never = 2;
    const uint32_t exact = view->noise_sd > 0 ? 0 : 1;
    for (unsigned i = 0; i < m; i++) {
        s->begin[i] = v->from[s->visits[i] - 1];
        s->end[i] = v->to[s->visits[i] - 1];
    }
    for (unsigned i = 0; i < m; i++) {
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
        s->time[i] = begin + part * dt;
        s->died[i] = dies & ~s->active[i];
        s->ended_x[i] = s->x_before[i] + part * dx;
        s->ended_hazard[i] = s->hazard_before[i] + part * dh;
    }
}

/* ---- slots ---- */

static unsigned whole_vectors(unsigned n) {
    return (n + VECTOR - 1) / VECTOR * VECTOR;
}

/* Fills up to whole vectors with copies of the first slot, which are done. */
static void fill_up(slots *s, unsigned classes, unsigned m) {
    for (unsigned i = m; i < whole_vectors(m); i++) {
#define X(name) s->name[i] = s->name[0];
        BROUGHT_WITH(X, classes)
#undef X
#define X(type, name) s->name[i] = s->name[0];
        CHANGED(X)
#undef X
        s->active[i] = 0;
        s->visits[i] = 1;
    }
}

/* All of them at the start of the line, but for what they bring. */
static void start_line(slots *s, unsigned classes, unsigned m) {
    for (unsigned i = 0; i < m; i++) {
        s->low[i] = s->first[i];
        s->x[i] = s->x_before[i] = s->lesion[i] = s->lesion_before[i] = 0;
        s->hazard_before[i] = s->hazard[i];
        s->calm[i] = 0;
        s->visits[i] = 0;
        s->active[i] = ~0u;
        s->small[i] = s->response[i] = s->grown[i] = 0;
        s->lane[i] = i;
    }
    fill_up(s, classes, m);
}

/* What scans without error are read with. */
static void no_noise(slots *s) {
    for (unsigned k = 0; k < PASS; k++)
        for (unsigned i = 0; i < SLOTS; i++)
            s->noise[k][i] = 0;
}

/* Lists the slots that stay and those that are done; returns how many stay. */
static unsigned part(slots *s, unsigned m) {
    unsigned stay = 0, gone = 0;
    for (unsigned i = 0; i < m; i++) {
        const unsigned active = s->active[i] & 1u;
        s->stay[stay] = s->gone[gone] = i;
        stay += active;
        gone += active ^ 1u;
    }
    return stay;
}

/* Moves the slots in use to the front. */
static void pack(slots *s, unsigned classes, unsigned left) {
    for (unsigned i = 0; i < left; i++) {
        const unsigned from = s->stay[i];
#define X(name) s->name[i] = s->name[from];
        BROUGHT_WITH(X, classes)
        X(lane)
#undef X
#define X(type, name) s->name[i] = s->name[from];
        CHANGED(X)
#undef X
    }
    for (unsigned i = left; i < whole_vectors(left); i++)
        s->active[i] = 0;
}

#endif
