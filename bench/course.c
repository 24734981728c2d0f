/* course.c - courses a second of the simulator, by instruction set, on one core and on
 * two, beside the calibration loop of the same run.
 *
 * The model is the whole one: four lines, scans every 12 weeks, progression, new
 * lesions, death of the disease and of age; without scan noise (true progression) and
 * with it.
 *
 * usage: bench/course [--parameters | --outcomes | --once]
 * --parameters  what the peers are given: a name and a value on each line
 * --outcomes    what came of the patients, to compare the peers with
 * --once        one run of each instruction set on one core: set, noise, courses/s */
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that POSIX gives
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "measure.h"

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
static double rate(job *jobs, int threads, float noise, uint8_t lanes) {
    const double start = now_s();
    for (int i = 0; i < threads; i++) {
        jobs[i].view = (nen__view){.visit_weeks = VISIT_WEEKS,
                                   .noise_sd = noise,
                                   .horizon_weeks = HORIZON_WEEKS,
                                   .lanes = lanes};
        jobs[i].first = (uint64_t)i * BATCHES * NEN__BATCH;
        if (pthread_create(&jobs[i].thread, NULL, follow, &jobs[i])) exit(1);
    }
    for (int i = 0; i < threads; i++)
        pthread_join(jobs[i].thread, NULL);
    return threads * (double)BATCHES * NEN__BATCH / (now_s() - start);
}

static const char *const names[] = {"portable", "AVX2", "AVX-512"};

static bool has(uint8_t lanes) {
#ifdef NEN__LANES_X86
    if (lanes == NEN__LANES_AVX2) return __builtin_cpu_supports("avx2");
    if (lanes == NEN__LANES_AVX512)
        return __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
#endif
    return lanes == NEN__LANES_PORTABLE;
}

static void one_set(job *jobs, uint8_t lanes, double unit_ns) {
    double one[REPEATS], two[REPEATS], noisy[REPEATS];
    for (int r = 0; r < REPEATS; r++) { /* interleaved */
        one[r] = rate(jobs, 1, 0, lanes);
        noisy[r] = rate(jobs, 1, noise_sd, lanes);
        two[r] = rate(jobs, THREADS_MAX, 0, lanes);
    }
    const double a = median(one), b = median(noisy), c = median(two);
    printf("courses, %-9s %12.0f /s %10.1f ns %8.0f steps; with noise %.0f /s; two "
           "threads %.2f times one\n",
           names[lanes], a, 1e9 / a, 1e9 / a / unit_ns, b, c / a);
}

static void all_sets(job *jobs) {
    double units[REPEATS];
    for (int r = 0; r < REPEATS; r++)
        units[r] = measure_once(mix_once, 0.1);
    const double unit_ns = median(units);
    for (uint8_t lanes = NEN__LANES_PORTABLE; lanes <= NEN__LANES_AVX512; lanes++) {
        if (has(lanes))
            one_set(jobs, lanes, unit_ns);
        else
            printf("not measured: %s, this processor has none\n", names[lanes]);
    }
}

static void once(job *jobs) {
    for (uint8_t lanes = NEN__LANES_PORTABLE; lanes <= NEN__LANES_AVX512; lanes++) {
        if (!has(lanes)) continue;
        printf("%s noise 0.00 %.0f /s\n", names[lanes], rate(jobs, 1, 0, lanes));
        printf("%s noise %.2f %.0f /s\n", names[lanes], (double)noise_sd,
               rate(jobs, 1, noise_sd, lanes));
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

static void print_outcomes(job *j) {
    static const unsigned pfs[] = {24, 48, 96}, os[] = {104, 260, 416};
    for (int noisy = 0; noisy < 2; noisy++) {
        rate(j, 1, noisy ? noise_sd : 0, NEN__LANES_PORTABLE);
        const nen__tally *t = &j->tally;
        printf("noise %.2f pfs_median=%.6g os_median=%.6g",
               (double)(noisy ? noise_sd : 0), median_weeks(t->pfs[0], t->patients),
               median_weeks(t->os, t->patients));
        for (unsigned i = 0; i < sizeof pfs / sizeof *pfs; i++)
            printf(" pfs_%u=%.6g", pfs[i], share_after(t->pfs[0], t->patients, pfs[i]));
        for (unsigned i = 0; i < sizeof os / sizeof *os; i++)
            printf(" os_%u=%.6g", os[i], share_after(t->os, t->patients, os[i]));
        for (unsigned l = 1; l < plan.lines; l++)
            printf(" reached_%u=%.6g", l + 1, (double)t->reached[l] / t->patients);
        printf("\n");
    }
}

int main(int argc, char **argv) {
    static job jobs[THREADS_MAX];
    const char *what = argc > 1 ? argv[1] : "";
    for (int i = 0; i < THREADS_MAX; i++) {
        jobs[i].work = aligned_alloc(64, (nen__course_work_size() + 63) / 64 * 64);
        if (!jobs[i].work) return 1;
    }
    if (!strcmp(what, "--parameters"))
        print_parameters();
    else if (!strcmp(what, "--outcomes"))
        print_outcomes(jobs);
    else if (!strcmp(what, "--once"))
        once(jobs);
    else
        all_sets(jobs);
    for (int i = 0; i < THREADS_MAX; i++)
        free(jobs[i].work);
    return 0;
}
