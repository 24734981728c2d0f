/* model_b.c - the plainer course of model_b.h, once for each instruction set.
 *
 * As the engine does it: flat loops over the patients still in, who stand first; on a
 * line they are followed in blocks, in the order in which it is likely to end. */
#include "model_b.h"
#include "rng.h"

enum {
    N = MODEL_B_BATCH,
    BLOCK = 32,
    VISITS = (MODEL_B_WEEKS + MODEL_B_VISIT_WEEKS - 1) / MODEL_B_VISIT_WEEKS,
    STREAM_TRAITS = 0,
    STREAM_LINE = 16,
    STREAM_SCAN = 64,
    WORDS = 4 /* of a block of random numbers */
};
static const float visit_weeks = MODEL_B_VISIT_WEEKS, horizon = MODEL_B_WEEKS;

typedef struct work {
    uint32_t w[WORDS][N];
    /* the patients, from line to line */
    uint32_t id[N];
    float growth[N], size[N], dies[N], start[N];
    /* a line */
    float up[N], down[N]; /* what multiplies each part of the size at a visit */
    float until[N];       /* week in which it ends, unless growth ends it before */
    uint32_t soon[N], order[N + BLOCK];
    float end[N], grown_by[N];
} work;

/* Patients of a line who are followed together. */
typedef struct block {
    uint32_t w[WORDS][BLOCK], id[BLOCK], on[BLOCK];
    float up[BLOCK], down[BLOCK], until[BLOCK], size[BLOCK];
    float more[BLOCK], less[BLOCK], now[BLOCK], low[BLOCK], end[BLOCK], noise[BLOCK];
} block;

static void words(uint64_t seed, uint32_t stream, uint32_t at, const uint32_t *id,
                  uint32_t n, uint32_t *restrict w0, uint32_t *restrict w1,
                  uint32_t *restrict w2, uint32_t *restrict w3) {
    for (uint32_t i = 0; i < n; i++) {
        const nen__random x = nen__philox(seed, (nen__counter){id[i], 0, stream, at});
        w0[i] = x.w0;
        w1[i] = x.w1;
        w2[i] = x.w2;
        w3[i] = x.w3;
    }
}

static void draw_people(const model_b *m, uint64_t seed, uint64_t first, work *w) {
    const float growth = m->growth_log, growth_sd = m->growth_sd;
    const float size = m->size_log, size_sd = m->size_sd, death = m->death;
    for (uint32_t i = 0; i < N; i++)
        w->id[i] = (uint32_t)first + i;
    words(seed, STREAM_TRAITS, 0, w->id, N, w->w[0], w->w[1], w->w[2], w->w[3]);
    for (uint32_t i = 0; i < N; i++) {
        w->growth[i] = nen__lognormal_f32(w->w[0][i], growth, growth_sd);
        w->size[i] = nen__lognormal_f32(w->w[1][i], size, size_sd);
        w->dies[i] = nen__exponential_f32(w->w[2][i]) / death;
        w->start[i] = 0;
    }
}

/* What the line does to each patient, and about when it ends. */
static void begin_line(const model_b *m, uint64_t seed, unsigned line, uint32_t n,
                       work *w) {
    words(seed, STREAM_LINE + line, 0, w->id, n, w->w[0], w->w[1], w->w[2], w->w[3]);
    const float keep = m->keep[line], kill = m->kill_log[line], sd = m->kill_sd;
    const float lesions = m->lesion, stops = m->stop;
    const float rise = nen__log_f32(m->progression), last = VISITS - 1;
    for (uint32_t i = 0; i < n; i++) {
        const float g = w->growth[i] * keep;
        const float d = nen__lognormal_f32(w->w[0][i], kill, sd);
        const float lesion = nen__exponential_f32(w->w[1][i]) / lesions;
        const float stop = nen__exponential_f32(w->w[2][i]) / stops;
        const float death = w->dies[i] - w->start[i], open = horizon - w->start[i];
        const float other = lesion < stop ? lesion : stop;
        const float over = death < open ? death : open;
        const float until = other < over ? other : over;
        const float lowest = nen__log_f32(d / g) / (d + g);
        const float growth = (lowest > 0 ? lowest : 0) + rise / g;
        const float visits = (growth < until ? growth : until) / visit_weeks;
        w->up[i] = nen__exp_f32(g * visit_weeks);
        w->down[i] = nen__exp_f32(-d * visit_weeks);
        w->until[i] = until;
        w->soon[i] = (uint32_t)(int32_t)(visits < last ? visits : last);
    }
}

/* Those whose line ends soon first; the last is repeated to fill a block. */
static void sort(uint32_t n, work *w) {
    uint32_t at[VISITS] = {0}, sum = 0;
    for (uint32_t i = 0; i < n; i++)
        at[w->soon[i]]++;
    for (unsigned v = 0; v < VISITS; v++) {
        const uint32_t here = at[v];
        at[v] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < n; i++)
        w->order[at[w->soon[i]]++] = i;
    for (uint32_t i = 0; i < BLOCK; i++)
        w->order[n + i] = w->order[n - 1];
}

static void fill(const work *w, const uint32_t *order, block *b) {
    for (uint32_t i = 0; i < BLOCK; i++) {
        const uint32_t from = order[i];
        b->id[i] = w->id[from];
        b->up[i] = w->up[from];
        b->down[i] = w->down[from];
        b->until[i] = w->until[from];
        b->size[i] = w->size[from];
        b->more[i] = b->less[i] = b->now[i] = b->low[i] = b->noise[i] = 1;
        b->end[i] = 0;
        b->on[i] = 1;
    }
}

/* One scan; returns how many go on. */
static uint32_t visit(const model_b *m, float weeks, block *b) {
    const float ratio = m->progression, millimeters = m->millimeters;
    uint32_t left = 0;
    for (uint32_t i = 0; i < BLOCK; i++) {
        const uint32_t on = b->on[i];
        const float before = b->now[i], low = b->low[i], end = b->end[i];
        const float until = b->until[i];
        const float more = b->more[i] * b->up[i], less = b->less[i] * b->down[i];
        const float now = more + less - 1, seen = now * b->noise[i];
        const float over_mm = b->size[i] * (seen - low) - millimeters;
        const float over_ratio = seen - ratio * low;
        const uint32_t by_ratio = over_ratio >= 0 ? 1 : 0, by_mm = over_mm >= 0 ? 1 : 0;
        const uint32_t other = until <= weeks ? 1 : 0;
        const uint32_t goes_on = on & (((by_ratio & by_mm) | other) ^ 1u);
        const float ends = other ? until : weeks;
        b->more[i] = more;
        b->less[i] = less;
        b->low[i] = seen < low ? seen : low;
        b->now[i] = on ? now : before;
        b->end[i] = on ? ends : end;
        b->on[i] = goes_on;
        left += goes_on;
    }
    return left;
}

/* One block of words gives four visits of a patient their noise. */
static void scan_noise(const model_b *m, uint64_t seed, unsigned line, uint32_t k,
                       block *b) {
    if (k % WORDS == 0)
        words(seed, STREAM_SCAN + line, k / WORDS, b->id, BLOCK, b->w[0], b->w[1],
              b->w[2], b->w[3]);
    const uint32_t *w = b->w[k % WORDS];
    const float sd = m->noise_sd;
    for (uint32_t i = 0; i < BLOCK; i++)
        b->noise[i] = nen__exp_f32(sd * nen__normal_f32(w[i]));
}

static void follow(const model_b *m, uint64_t seed, unsigned line, uint32_t n,
                   work *w) {
    block b;
    for (uint32_t at = 0; at < n; at += BLOCK) {
        const uint32_t *order = w->order + at;
        fill(w, order, &b);
        for (uint32_t k = 0, left = 1; left && k < VISITS; k++) {
            if (m->noise_sd > 0) scan_noise(m, seed, line, k, &b);
            left = visit(m, (float)(k + 1) * visit_weeks, &b);
        }
        for (uint32_t i = 0; i < BLOCK; i++) {
            w->end[order[i]] = b.end[i];
            w->grown_by[order[i]] = b.now[i];
        }
    }
}

/* Counts the line and moves those who go on to the front; returns how many. */
static uint32_t count(unsigned line, uint32_t n, work *w, model_b_tally *t) {
    const float half = 0.5f;
    uint32_t left = 0;
    t->reached[line] += n;
    for (uint32_t i = 0; i < n; i++) {
        const float end = w->end[i], start = w->start[i], dies = w->dies[i];
        const float visits = end / visit_weeks;
        const uint32_t full = (uint32_t)visits;
        const uint32_t on = end < dies - start && end < horizon - start ? 1 : 0;
        t->pfs[line][(uint32_t)(end + half)]++;
        t->visits += full + ((float)full < visits ? 1 : 0);
        w->id[left] = w->id[i];
        w->growth[left] = w->growth[i];
        w->size[left] = w->size[i] * w->grown_by[i];
        w->dies[left] = dies;
        w->start[left] = start + end;
        left += on;
    }
    return left;
}

#ifndef MODEL_B_NAME
#define MODEL_B_NAME model_b_portable
#endif

void MODEL_B_NAME(const model_b *m, uint64_t seed, uint64_t first, model_b_tally *to) {
    const float half = 0.5f;
    work w;
    uint32_t n = N;
    draw_people(m, seed, first, &w);
    to->patients += N;
    for (uint32_t i = 0; i < N; i++)
        to->os[(uint32_t)((w.dies[i] < horizon ? w.dies[i] : horizon) + half)]++;
    for (unsigned line = 0; line < MODEL_B_LINES && n; line++) {
        begin_line(m, seed, line, n, &w);
        sort(n, &w);
        follow(m, seed, line, n, &w);
        n = count(line, n, &w, to);
    }
}
