/* validate.c - predictive intervals of held-out figures, sampling of people included.
 *
 * For each posterior draw the arms are simulated; then trials of the published size are
 * drawn from those curves, and the statistic is computed as the paper did.  A draw of
 * the model's discrepancy (trial_constants.tsv), which the fit assumed too, is added.
 */
#include "validate.h"

#include "calibration.h"
#include "trial_people.h"
#include "validation.h"

#include <stdlib.h>
#include <string.h>

/* ---- one simulated trial of the published size ---- */

/* What a thread needs for one draw; then come the arms, and the kernel's workspace. */
typedef struct thread_room {
    nen__people a, b;
    nen__drawn_from from;
    nen__tally tally;
} thread_room;

/* n people from a curve, all followed to the end. */
static void sample(const nen__curve *from, double n, nen__dice *d, thread_room *room,
                   nen__people *out) {
    const nen__follow_up to_the_end = {0, 0, 0};
    memset(out, 0, sizeof *out);
    nen__draw_from(from, &room->from);
    nen__people_draw(&room->from, (unsigned)n, &to_the_end, d, out);
}

static const nen__curve *curve_of(const nen__figure *f, const nen__arm_seen *r) {
    return f->endpoint == NEN__ENDPOINT_os ? &r->os : &r->pfs[f->line - 1];
}

static double sampled(const fit_targets *t, unsigned target, const nen__arm_seen *sims,
                      double told, nen__dice *d, thread_room *room) {
    const fit_target *x = &t->target[target];
    const nen__figure *f = x->figure;
    const double half = 0.5;
    const double off = x->floor * (double)nen__normal_f32(nen__roll(d).w0);
    if (fit_is_share(f)) return nen__share_drawn(told + off, (unsigned)x->n, d);
    const bool ratio = f->statistic == NEN__STATISTIC_hazard_ratio;
    const double cut = fit_cut_weeks(f->endpoint, ratio);
    const nen__curve *c = curve_of(f, &sims[x->sim]);
    if (!(c->total > 0)) return told;
    sample(c, x->n, d, room, &room->a);
    if (!ratio)
        return off + nen__log_f64(fit_quantile(&room->a.had, half, cut) /
                                  FIT_WEEKS_PER_MONTH);
    sample(curve_of(f, &sims[x->versus]), x->n_versus, d, room, &room->b);
    return off + fit_log_hazard_ratio(&room->a.had, &room->b.had, 1, 1, cut);
}

/* ---- which figures ---- */

static bool left_out(const nen__figure *f) {
    return f->role == NEN__ARM_review_variant || f->role == NEN__ARM_update;
}

static bool is_main(const nen__trial_set *set, const nen__figure *f) {
    const nen__trial *t = &set->trial[set->arm[f->arm].trial];
    return t->role == NEN__TRIAL_ROLE_main && t->design != NEN__DESIGN_cohort &&
           f->role != NEN__ARM_subgroup && f->role != NEN__ARM_cohort_subgroup &&
           f->role != NEN__ARM_cohort;
}

static void choose(fit_validation *v) {
    const nen__trial_set *set = &nen__validation;
    v->targets.set = set;
    for (unsigned i = 0; i < set->figures && v->rows < FIT_TARGETS_MAX; i++) {
        const nen__figure *f = &set->figure[i];
        if (!fit_can_tell(f) || left_out(f)) continue;
        fit_row *r = &v->row[v->rows++];
        *r = (fit_row){.figure = f, .main = is_main(set, f)};
        r->why_not = fit_target_add(&v->targets, f);
        r->in_model = !r->why_not;
    }
}

/* ---- predictions ---- */

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(double *x, unsigned n, double share) {
    qsort(x, n, sizeof *x, by_value);
    return x[(unsigned)(share * (n - 1) + 0.5)]; // NOLINT(readability-magic-numbers)
}

typedef struct predictions {
    double *told, *trial; /* draws x targets; draws x replicates x targets */
} predictions;

/* One validation under way. */
typedef struct foretelling {
    const fit_validation *v;
    const fit_settings *settings;
    predictions *p;
} foretelling;

enum { ALIGN = 64 };

static size_t arms_at(void) {
    return (sizeof(thread_room) + ALIGN - 1) / ALIGN * ALIGN;
}

static size_t kernel_at(unsigned arms) {
    const size_t end = arms_at() + arms * sizeof(nen__arm_seen);
    return (end + ALIGN - 1) / ALIGN * ALIGN;
}

static bool one_draw(void *to, uint64_t unit, void *work, void *own) {
    const foretelling *f = to;
    const fit_targets *t = &f->v->targets;
    const unsigned draw = (unsigned)unit;
    thread_room *room = work;
    nen__arm_seen *seen = (void *)((char *)work + arms_at());
    nen__course_work *kernel = (void *)((char *)work + kernel_at(t->sims));
    (void)own;
    for (unsigned i = 0; i < t->sims; i++) {
        nen__arm_follow(&t->sim[i].arm, &nen__posterior[draw], f->settings->seed,
                        f->settings->patients, kernel, &room->tally, &seen[i]);
    }
    for (unsigned d = 0; d < t->targets; d++) {
        const double told = fit_target_told(t, d, seen);
        f->p->told[(size_t)draw * t->targets + d] = told;
        for (unsigned r = 0; r < FIT_REPLICATES; r++) {
            nen__dice x = {f->settings->seed, draw, r, d, 0};
            f->p->trial[((size_t)draw * FIT_REPLICATES + r) * t->targets + d] =
                sampled(t, d, seen, told, &x, room);
        }
    }
    return true;
}

static void summarize(fit_validation *v, const predictions *p, double *room) {
    const fit_targets *t = &v->targets;
    const double tail = 0.05, half = 0.5;
    unsigned d = 0;
    for (unsigned i = 0; i < v->rows; i++) {
        fit_row *r = &v->row[i];
        if (!r->in_model) continue;
        for (unsigned m = 0; m < v->draws; m++)
            room[m] = p->told[(size_t)m * t->targets + d];
        r->middle = fit_published(r->figure, quantile(room, v->draws, half));
        const unsigned n = v->draws * FIT_REPLICATES;
        for (unsigned m = 0; m < n; m++)
            room[m] = p->trial[(size_t)m * t->targets + d];
        const double low = quantile(room, n, tail), high = quantile(room, n, 1 - tail);
        r->low = fit_published(r->figure, low);
        r->high = fit_published(r->figure, high);
        r->covered = t->target[d].value >= low && t->target[d].value <= high;
        d++;
    }
}

/* ---- direction: ratios on the right side of 1, parts on the right side of the whole
 */

static const fit_row *whole_of(const fit_validation *v, const fit_row *r) {
    const nen__trial_set *set = v->targets.set;
    const nen__arm *own = &set->arm[r->figure->arm];
    for (unsigned i = 0; i < v->rows; i++) {
        const fit_row *x = &v->row[i];
        const nen__arm *other = &set->arm[x->figure->arm];
        const bool kin = own->of == x->figure->arm ||
                         (own->trial == other->trial && own->of == other->of);
        if (x != r && kin && x->in_model &&
            x->figure->endpoint == r->figure->endpoint &&
            x->figure->statistic == r->figure->statistic &&
            x->figure->arm != r->figure->arm &&
            x->figure->time_months == r->figure->time_months)
            return x;
    }
    return NULL;
}

static void judge(const fit_validation *v, fit_row *r) {
    if (r->main || !r->in_model) return;
    double published = r->figure->value, told = r->middle, against = 1, expected = 1;
    if (r->figure->statistic != NEN__STATISTIC_hazard_ratio) {
        const fit_row *other = whole_of(v, r);
        if (!other) return;
        against = other->figure->value;
        expected = other->middle;
    }
    if (published == against) return;
    r->judged = true;
    r->right = (published > against) == (told > expected);
}

/* ---- totals ---- */

static double distance(double a, double b) {
    const double least = 0.1; /* percent, for shares of 0 */
    const double x = nen__log_f64((a > least ? a : least) / (b > least ? b : least));
    return x < 0 ? -x : x;
}

/* Ratios are below `least`, so they are compared as they stand. */
static double ratio_distance(double a, double b) {
    const double x = nen__log_f64(a / b);
    return x < 0 ? -x : x;
}

static double off(const nen__figure *f, double x) {
    return fit_is_share(f) ? distance(x, f->value) : ratio_distance(x, f->value);
}

static double median(double *x, unsigned n) {
    const double half = 0.5;
    return n ? quantile(x, n, half) : 0;
}

static void total(fit_validation *v) {
    static double model[2][FIT_TARGETS_MAX], base[2][FIT_TARGETS_MAX],
        width[FIT_TARGETS_MAX];
    fit_totals *t = &v->totals;
    unsigned widths = 0;
    for (unsigned i = 0; i < v->rows; i++) {
        const fit_row *r = &v->row[i];
        t->judged += r->judged;
        t->right += r->judged && r->right;
        if (!r->main || !r->in_model) continue;
        const nen__figure *f = r->figure;
        t->rows++;
        t->covered += r->covered;
        if (f->lo_is == NEN__NUMBER && f->hi_is == NEN__NUMBER && f->lo > 0 &&
            !fit_is_share(f))
            width[widths++] =
                nen__log_f64(r->high / r->low) / nen__log_f64(f->hi / f->lo);
        if (!(r->baseline > 0)) continue;
        model[1][t->all] = off(f, r->middle);
        base[1][t->all++] = off(f, r->baseline);
        if (f->statistic != NEN__STATISTIC_median) continue;
        model[0][t->medians] = off(f, r->middle);
        base[0][t->medians++] = off(f, r->baseline);
    }
    t->error = median(model[0], t->medians);
    t->baseline_error = median(base[0], t->medians);
    t->all_error = median(model[1], t->all);
    t->all_baseline_error = median(base[1], t->all);
    t->width_ratio = median(width, widths);
}

/* Fills what the chosen rows foretell. Draws do not depend on one another. */
static const char *foretell(const fit_settings *s, fit_validation *out) {
    const size_t all = (size_t)out->draws * out->targets.targets;
    predictions p = {malloc(all * sizeof *p.told),
                     malloc(all * FIT_REPLICATES * sizeof *p.trial)};
    double *room = malloc((size_t)out->draws * FIT_REPLICATES * sizeof *room);
    foretelling f = {out, s, &p};
    const size_t bytes = kernel_at(out->targets.sims) + nen__course_work_size();
    const bool ok = p.told && p.trial && room &&
                    s->pool(s->threads, out->draws, bytes, one_draw, &f);
    if (ok) summarize(out, &p, room);
    free(p.told);
    free(p.trial);
    free(room);
    return ok ? NULL : "out of memory";
}

static const char *begin(const fit_settings *s, fit_validation *out) {
    memset(out, 0, sizeof *out);
    if (!nen__posterior_count) return "the model has not been fitted: make calibrate";
    out->draws = s->draws < nen__posterior_count ? s->draws : nen__posterior_count;
    out->patients = s->patients;
    out->seed = s->seed;
    return NULL;
}

const char *fit_validate(const fit_settings *s, fit_validation *out) {
    const char *wrong = begin(s, out);
    if (wrong) return wrong;
    choose(out);
    fit_targets_choose(&nen__calibration, &out->known);
    wrong = foretell(s, out);
    for (unsigned i = 0; i < out->rows && !wrong; i++)
        fit_baseline(out, &out->row[i]);
    for (unsigned i = 0; i < out->rows && !wrong; i++)
        judge(out, &out->row[i]);
    if (!wrong) total(out);
    return wrong;
}

const char *fit_predict(const fit_settings *s, const nen__figure *figure,
                        unsigned figures, fit_validation *out) {
    const char *wrong = begin(s, out);
    if (wrong) return wrong;
    out->targets.set = &nen__prospective;
    for (unsigned i = 0; i < figures; i++) {
        fit_row *r = &out->row[out->rows++];
        *r = (fit_row){.figure = &figure[i], .main = true};
        r->why_not = fit_target_add(&out->targets, &figure[i]);
        r->in_model = !r->why_not;
    }
    return foretell(s, out);
}
