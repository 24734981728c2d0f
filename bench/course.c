/* course.c - courses a second of the simulator, by instruction set, on one core and on
 * two, beside the calibration loop and a roofline of the same run (roofline.h).
 *
 * The model is the whole one: four lines, scans every 12 weeks, progression, new
 * lesions, death of the disease and of age; without scan noise (true progression) and
 * with it.  Beside it stands a plainer one, as other programs follow (model_b.h).
 *
 * usage: bench/course [--parameters | --outcomes | --once] [--model-b]
 * --parameters  what the peers are given: a name and a value on each line
 * --outcomes    what came of the patients, to compare the peers with
 * --once        one run of each instruction set on one core: set, noise, courses/s
 * --model-b     of these, those of the plainer model (model_b.h) */
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that POSIX gives
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "fmath.h"
#include "measure.h"
#include "model_b.h"
#include "roofline.h"

enum { HORIZON_WEEKS = 522, VISIT_WEEKS = 12, BATCHES = 400, THREADS_MAX = 2 };

static const float noise_sd = 0.07f;

/* Ki-67 is the reference of the model, so growth is that of the origin. */
static const nen__cohort cohort = {.origin = NEN__ORIGIN_pancreas,
                                   .kind = NEN__KIND_net,
                                   .ki67_pct = 5,
                                   .age_years = 60,
                                   .male_prob = 0.5f};

static const nen__course_plan plan = {.lines = 4,
                                      .line = {{{NEN__CLASS_ssa}, {0}},
                                               {{NEN__CLASS_mtor}, {0}},
                                               {{NEN__CLASS_prrt}, {32}},
                                               {{NEN__CLASS_tki}, {0}}}};

static nen__theta theta(void) {
    nen__theta t;
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        t.p[i] = nen__prior_mean[i];
    return t;
}

static nen__view view_of(float noise, unsigned lanes) {
    return (nen__view){.visit_weeks = VISIT_WEEKS,
                       .noise_sd = noise,
                       .horizon_weeks = HORIZON_WEEKS,
                       .lanes = (uint8_t)lanes};
}

/* ---- speed ---- */

typedef struct job {
    pthread_t thread;
    nen__course_work *work;
    nen__tally tally;
    nen__view view;
    uint64_t first;
} job;

static void *follow(void *data) {
    job *j = data;
    const nen__theta t = theta();
    memset(&j->tally, 0, sizeof j->tally);
    for (uint64_t b = 0; b < BATCHES; b++)
        nen__course_batch(&t, &cohort, &plan, &j->view, 1, j->first + b * NEN__BATCH,
                          NEN__BATCH, j->work, &j->tally);
    return NULL;
}

/* Courses a second; the same number on each thread. */
static double rate(job *jobs, int threads, float noise, unsigned lanes) {
    const double start = now_s();
    for (int i = 0; i < threads; i++) {
        jobs[i].view = view_of(noise, lanes);
        jobs[i].first = (uint64_t)i * BATCHES * NEN__BATCH;
        if (pthread_create(&jobs[i].thread, NULL, follow, &jobs[i])) exit(1);
    }
    for (int i = 0; i < threads; i++)
        pthread_join(jobs[i].thread, NULL);
    return threads * (double)BATCHES * NEN__BATCH / (now_s() - start);
}

/* ---- instruction sets ---- */

enum { SETS = NEN__LANES_AVX512 + 1 };

static const char *const names[SETS] = {"portable", "AVX2", "AVX-512"};

static bool has(unsigned lanes) {
#ifdef NEN__LANES_X86
    if (lanes == NEN__LANES_AVX2) return __builtin_cpu_supports("avx2");
    if (lanes == NEN__LANES_AVX512)
        return __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
#endif
    return lanes == NEN__LANES_PORTABLE;
}

static void unit_costs(unsigned lanes, double ns[UNITS]) {
    static units_measure *const measure[SETS] = {units_portable,
#ifdef NEN__LANES_X86
                                                 units_avx2, units_avx512
#endif
    };
    measure[lanes](ns);
}

/* ---- the plainer model ---- */

/* With the full model's parameters, as far as it has them; discontinuation, which that
 * has not, as often as a new lesion without growth. */
static model_b plainer(float noise) {
    const float month = 365.25f / 12 / 7;
    const nen__theta t = theta();
    model_b m = {.growth_log = t.p[NEN__P_GROWTH + cohort.origin] - nen__log_f32(month),
                 .growth_sd = nen__exp_f32(t.p[NEN__P_growth_sd]),
                 .size_log = nen__log_f32(nen__constant[NEN__K_size_median_mm]),
                 .size_sd = nen__constant[NEN__K_size_sd_log],
                 .death = nen__exp_f32(t.p[NEN__P_DEATH + cohort.kind]) / month,
                 .lesion = nen__exp_f32(t.p[NEN__P_lesion_base]) / month,
                 .stop = nen__exp_f32(t.p[NEN__P_lesion_base]) / month,
                 .kill_sd = nen__exp_f32(t.p[NEN__P_kill_sd]),
                 .progression = nen__constant[NEN__K_progression_ratio],
                 .millimeters = nen__constant[NEN__K_progression_mm],
                 .noise_sd = noise};
    for (unsigned l = 0; l < MODEL_B_LINES; l++) {
        const unsigned c = plan.line[l].klass[0] - 1u;
        m.keep[l] = 1 - 1 / (1 + nen__exp_f32(-t.p[NEN__P_HOLD + c]));
        m.kill_log[l] = t.p[NEN__P_KILL + c] -
                        nen__log_f32(nen__constant[NEN__K_KILL_MONTHS + c] * month);
    }
    return m;
}

static double rate_plainer(float noise, unsigned lanes, model_b_tally *out) {
    static model_b_batch *const batch[SETS] = {model_b_portable,
#ifdef NEN__LANES_X86
                                               model_b_avx2, model_b_avx512
#endif
    };
    const model_b m = plainer(noise);
    const double start = now_s();
    memset(out, 0, sizeof *out);
    for (uint64_t b = 0; b < BATCHES; b++)
        batch[lanes](&m, 1, b * MODEL_B_BATCH, out);
    return (double)BATCHES * MODEL_B_BATCH / (now_s() - start);
}

/* The same outcomes from each set; survival is that of its constant hazard. */
static void check_plainer(const model_b_tally *t, const model_b_tally *first,
                          const model_b *m) {
    const double n = (double)t->patients, deviations = 5;
    const double share = (double)nen__exp_f32(-m->death * (MODEL_B_WEEKS - 0.5f));
    const double alive = (double)t->os[MODEL_B_WEEKS] / n - share;
    if (!memcmp(t, first, sizeof *t) &&
        alive * alive < deviations * deviations * share * (1 - share) / n)
        return;
    fputs("model B: outcomes that cannot be\n", stderr);
    exit(1);
}

/* ---- figures ---- */

/* Medians of one set; the second of two is with scan noise. */
typedef struct figures {
    double unit[UNITS];     /* ns */
    double rate[2];         /* courses a second on one core */
    double two_over_one[2]; /* threads */
    double plainer[2];      /* courses a second of model B */
} figures;

static model_b_tally plain[2][SETS]; /* what came of model B */

static void one_round(job *jobs, unsigned lanes, figures *out) {
    unit_costs(lanes, out->unit);
    for (int noisy = 0; noisy < 2; noisy++) {
        const float sd = noisy ? noise_sd : 0;
        out->rate[noisy] = rate(jobs, 1, sd, lanes);
        out->two_over_one[noisy] =
            rate(jobs, THREADS_MAX, sd, lanes) / out->rate[noisy];
        out->plainer[noisy] = rate_plainer(sd, lanes, &plain[noisy][lanes]);
    }
}

/* Each figure by itself: the median of the rounds. */
static void middle(const figures rounds[REPEATS], figures *out) {
    double runs[REPEATS];
    enum { FIGURES = sizeof(figures) / sizeof(double) };
    for (size_t f = 0; f < FIGURES; f++) {
        for (int r = 0; r < REPEATS; r++)
            runs[r] = ((const double *)&rounds[r])[f];
        ((double *)out)[f] = median(runs);
    }
}

/* ---- how much work a course is ---- */

static uint32_t week_in(const uint32_t *events) {
    uint32_t w = 0;
    while (w < NEN__WEEKS_MAX && !events[w])
        w++;
    return w;
}

/* Lines and visits of one patient, whose tally it is. An end is known to the week, so
 * that one in a hundred visits may be missing; nobody is counted after the horizon. */
static void add_counts(const nen__tally *t, counts *c) {
    double start = 0;
    for (unsigned l = 0; l < plan.lines && t->reached[l]; l++) {
        const uint32_t week = week_in(t->pfs[l]);
        const double open = HORIZON_WEEKS - start;
        const double weeks = week < open ? week : open;
        c->lines += 1;
        c->visits += (uint32_t)((weeks + VISIT_WEEKS - 1) / VISIT_WEEKS);
        start += weeks;
    }
}

static counts count_work(job *j, float noise) {
    enum { PATIENTS = 5000 };
    const nen__theta t = theta();
    const nen__view view = view_of(noise, NEN__LANES_PORTABLE);
    counts c = {0, 0};
    for (uint64_t i = 0; i < PATIENTS; i++) {
        memset(&j->tally, 0, sizeof j->tally);
        nen__course_batch(&t, &cohort, &plan, &view, 1, i, 1, j->work, &j->tally);
        add_counts(&j->tally, &c);
    }
    return (counts){c.lines / PATIENTS, c.visits / PATIENTS};
}

/* ---- what is printed ---- */

static void print_units(const figures of[SETS]) {
    static const char *const text[] = {
#define X(name, text) text,
        UNIT_LIST(X)
#undef X
    };
    printf("%-22s", "ns in flat loops");
    for (unsigned s = 0; s < SETS; s++)
        if (has(s)) printf(" %9s", names[s]);
    for (unsigned u = 0; u < UNITS; u++) {
        printf("\n%-22s", text[u]);
        for (unsigned s = 0; s < SETS; s++)
            if (has(s)) printf(" %9.3f", of[s].unit[u]);
    }
    printf("\n");
}

static void print_sets(const figures of[SETS], const counts work[2], double unit_ns) {
    for (int noisy = 0; noisy < 2; noisy++) {
        printf("full model, noise %.2f: %.2f lines and %.1f visits a course\n",
               noisy ? (double)noise_sd : 0.0, work[noisy].lines, work[noisy].visits);
        for (unsigned s = 0; s < SETS; s++) {
            if (!has(s)) continue;
            const double ns = 1e9 / of[s].rate[noisy];
            const double least = roofline_ns(&work[noisy], noisy, of[s].unit);
            printf("%-9s %12.0f /s %8.1f ns %7.0f steps, %3.0f %% of the roofline, "
                   "%.1f ns; two threads %.2f times one (aim 1.9)\n",
                   names[s], of[s].rate[noisy], ns, ns / unit_ns, 100 * least / ns,
                   least, of[s].two_over_one[noisy]);
        }
    }
    for (unsigned s = 0; s < SETS; s++)
        if (!has(s)) printf("not measured: %s, this processor has none\n", names[s]);
}

static void print_plainer_sets(const figures of[SETS], int noisy) {
    const char *const aim[] = {"10 million", "5 million"};
    for (unsigned s = 0; s < SETS; s++) {
        if (!has(s)) continue;
        printf("%-9s %12.0f /s %8.1f ns", names[s], of[s].plainer[noisy],
               1e9 / of[s].plainer[noisy]);
        if (s == NEN__LANES_AVX512) printf(" (aim %s)", aim[noisy]);
        printf("\n");
    }
}

static void print_plainer(const figures of[SETS]) {
    for (int noisy = 0; noisy < 2; noisy++) {
        const model_b_tally *first = &plain[noisy][NEN__LANES_PORTABLE];
        const model_b m = plainer(noisy ? noise_sd : 0);
        const double n = (double)first->patients;
        double lines = 0;
        for (unsigned s = 0; s < SETS; s++)
            if (has(s)) check_plainer(&plain[noisy][s], first, &m);
        for (unsigned l = 0; l < MODEL_B_LINES; l++)
            lines += (double)first->reached[l];
        printf("model B, noise %.2f: %.2f lines and %.1f visits a course\n",
               (double)m.noise_sd, lines / n, (double)first->visits / n);
        print_plainer_sets(of, noisy);
    }
}

static void all_sets(job *jobs) {
    static figures rounds[SETS][REPEATS], of[SETS];
    double units[REPEATS];
    const counts work[] = {count_work(jobs, 0), count_work(jobs, noise_sd)};
    for (int r = 0; r < REPEATS; r++) { /* interleaved */
        units[r] = measure_once(mix_once, 0.1);
        for (unsigned s = 0; s < SETS; s++)
            if (has(s)) one_round(jobs, s, &rounds[s][r]);
    }
    for (unsigned s = 0; s < SETS; s++)
        if (has(s)) middle(rounds[s], &of[s]);
    print_units(of);
    print_sets(of, work, median(units));
    print_plainer(of);
}

static void once(job *jobs, bool of_b) {
    for (unsigned s = 0; s < SETS; s++) {
        for (int noisy = 0; noisy < 2 && has(s); noisy++) {
            const float noise = noisy ? noise_sd : 0;
            printf("%s noise %.2f %.0f /s\n", names[s], (double)noise,
                   of_b ? rate_plainer(noise, s, &plain[noisy][s])
                        : rate(jobs, 1, noise, s));
        }
    }
}

/* ---- for the peers ---- */

static const char *without(const char *prefix, const char *name) {
    const size_t n = strlen(prefix);
    return strncmp(name, prefix, n) ? name : name + n;
}

static void print_parameters(void) {
    static const char *const classes[] = {
#define X(name) #name,
        NEN__COURSE_CLASSES(X)
#undef X
    };
    const nen__theta t = theta();
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        printf("%s %.9g\n", without("p.", nen__parameter_name[i]), (double)t.p[i]);
    printf("growth %.9g\n", (double)t.p[NEN__P_GROWTH + cohort.origin]);
    printf("death %.9g\n", (double)t.p[NEN__P_DEATH + cohort.kind]);
#define X(name) printf(#name " %.9g\n", (double)nen__constant[NEN__K_##name]);
    NEN__COURSE_CONSTANTS(X)
#undef X
    for (unsigned c = 1; c < NEN__CLASSES; c++)
        printf("kill_months.%s %.9g\n", classes[c],
               (double)nen__constant[NEN__K_KILL_MONTHS + c - 1]);
    printf("age_years %.9g\nmale_prob %.9g\n", (double)cohort.age_years,
           (double)cohort.male_prob);
    printf("visit_weeks %d\nhorizon_weeks %d\nnoise_sd %.9g\n", VISIT_WEEKS,
           HORIZON_WEEKS, (double)noise_sd);
    for (unsigned l = 0; l < plan.lines; l++)
        printf("line %s %g\n", classes[plan.line[l].klass[0]],
               (double)plan.line[l].cap_weeks[0]);
}

static void print_plainer_parameters(void) {
    const model_b m = plainer(noise_sd);
#define VALUE(name) printf(#name " %.9g\n", (double)m.name)
    VALUE(growth_log);
    VALUE(growth_sd);
    VALUE(size_log);
    VALUE(size_sd);
    VALUE(death);
    VALUE(lesion);
    VALUE(stop);
    VALUE(kill_sd);
    VALUE(progression);
    VALUE(millimeters);
    VALUE(noise_sd);
#undef VALUE
    printf("visit_weeks %d\nhorizon_weeks %d\n", MODEL_B_VISIT_WEEKS, MODEL_B_WEEKS);
    for (unsigned l = 0; l < MODEL_B_LINES; l++)
        printf("line %.9g %.9g\n", (double)m.keep[l], (double)m.kill_log[l]);
}

/* Weeks until half had the event; those of one week as spread evenly around it. */
static double median_weeks(const uint32_t *event, uint32_t of) {
    double before = 0;
    for (unsigned w = 0; w < NEN__WEEKS_MAX; w++) {
        const double after = before + event[w];
        if (2 * after >= of) return w - 0.5 + (of / 2.0 - before) / event[w];
        before = after;
    }
    return HORIZON_WEEKS;
}

static double share_after(const uint32_t *event, uint32_t of, unsigned weeks) {
    double gone = 0;
    for (unsigned w = 0; w <= weeks; w++)
        gone += event[w];
    return 1 - gone / of;
}

static void print_outcomes_of(const nen__tally *t, float noise) {
    static const unsigned pfs[] = {24, 48, 96}, os[] = {104, 260, 416};
    printf("noise %.2f pfs_median=%.6g os_median=%.6g", (double)noise,
           median_weeks(t->pfs[0], t->patients), median_weeks(t->os, t->patients));
    for (unsigned i = 0; i < sizeof pfs / sizeof *pfs; i++)
        printf(" pfs_%u=%.6g", pfs[i], share_after(t->pfs[0], t->patients, pfs[i]));
    for (unsigned i = 0; i < sizeof os / sizeof *os; i++)
        printf(" os_%u=%.6g", os[i], share_after(t->os, t->patients, os[i]));
    for (unsigned l = 1; l < plan.lines; l++)
        printf(" reached_%u=%.6g", l + 1, (double)t->reached[l] / t->patients);
    printf("\n");
}

/* What the plainer model counted, as the full one counts it. */
static void follow_plainer(float noise, nen__tally *t) {
    model_b_tally *b = &plain[0][NEN__LANES_PORTABLE];
    rate_plainer(noise, NEN__LANES_PORTABLE, b);
    memset(t, 0, sizeof *t);
    t->patients = b->patients;
    memcpy(t->os, b->os, sizeof b->os);
    for (unsigned l = 0; l < MODEL_B_LINES; l++) {
        t->reached[l] = b->reached[l];
        memcpy(t->pfs[l], b->pfs[l], sizeof b->pfs[l]);
    }
}

static void print_outcomes(job *j, bool of_b) {
    for (int noisy = 0; noisy < 2; noisy++) {
        const float noise = noisy ? noise_sd : 0;
        if (of_b)
            follow_plainer(noise, &j->tally);
        else
            rate(j, 1, noise, NEN__LANES_PORTABLE);
        print_outcomes_of(&j->tally, noise);
    }
}

int main(int argc, char **argv) {
    static job jobs[THREADS_MAX];
    const char *what = argc > 1 ? argv[1] : "";
    const bool of_b = argc > 2 && !strcmp(argv[2], "--model-b");
    for (int i = 0; i < THREADS_MAX; i++) {
        jobs[i].work = aligned_alloc(64, (nen__course_work_size() + 63) / 64 * 64);
        if (!jobs[i].work) return 1;
    }
    if (!strcmp(what, "--parameters"))
        of_b ? print_plainer_parameters() : print_parameters();
    else if (!strcmp(what, "--outcomes"))
        print_outcomes(jobs, of_b);
    else if (!strcmp(what, "--once"))
        once(jobs, of_b);
    else
        all_sets(jobs);
    for (int i = 0; i < THREADS_MAX; i++)
        free(jobs[i].work);
    return 0;
}
