/* course.c - courses a second of the simulator, by instruction set, on one core and on
 * two, beside the calibration loop of the same run.
 *
 * The model is the whole one: four lines, scans every 12 weeks, progression, new
 * lesions, death of the disease and of age; without scan noise (true progression) and
 * with it. usage: bench/course [--parameters]   (--parameters: what the peers are
 * given, as JSON) */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "measure.h"

enum { HORIZON_WEEKS = 522, VISIT_WEEKS = 12, BATCHES = 400, THREADS_MAX = 2 };

static const float noise_sd = 0.07f;

static nen__cohort cohort(void) {
    return (nen__cohort){.origin = NEN__ORIGIN_pancreas,
                         .kind = NEN__KIND_net,
                         .ki67_pct = 5,
                         .age_years = 60,
                         .male_prob = 0.5f};
}

static nen__course_plan plan(void) {
    nen__course_plan p = {.lines = 4};
    p.line[0].klass[0] = NEN__CLASS_ssa;
    p.line[1].klass[0] = NEN__CLASS_mtor;
    p.line[2].klass[0] = NEN__CLASS_prrt;
    p.line[2].cap_weeks[0] = 32;
    p.line[3].klass[0] = NEN__CLASS_tki;
    return p;
}

static nen__theta theta(void) {
    nen__theta t;
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        t.p[i] = nen__prior_mean[i];
    return t;
}

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
    const nen__cohort c = cohort();
    const nen__course_plan p = plan();
    memset(&j->tally, 0, sizeof j->tally);
    for (uint64_t b = 0; b < BATCHES; b++)
        nen__course_batch(&t, &c, &p, &j->view, 1, j->first + b * NEN__BATCH,
                          NEN__BATCH, j->work, &j->tally);
    return NULL;
}

/* Courses a second; the same number on each thread. */
static double rate(job *jobs, int threads, float noise, uint8_t lanes) {
    const double start = now_s();
    for (int i = 0; i < threads; i++) {
        jobs[i].view = (nen__view){VISIT_WEEKS, noise, HORIZON_WEEKS, lanes};
        jobs[i].first = (uint64_t)i * BATCHES * NEN__BATCH;
        if (pthread_create(&jobs[i].thread, NULL, follow, &jobs[i])) exit(1);
    }
    for (int i = 0; i < threads; i++)
        pthread_join(jobs[i].thread, NULL);
    return threads * (double)BATCHES * NEN__BATCH / (now_s() - start);
}

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

static void one_set(job *jobs, uint8_t lanes, const char *name, double unit_ns) {
    double one[REPEATS], two[REPEATS], noisy[REPEATS];
    for (int r = 0; r < REPEATS; r++) { /* interleaved */
        one[r] = rate(jobs, 1, 0, lanes);
        noisy[r] = rate(jobs, 1, noise_sd, lanes);
        two[r] = rate(jobs, THREADS_MAX, 0, lanes);
    }
    const double a = median(one), b = median(noisy), c = median(two);
    printf("courses, %-9s %12.0f /s %10.1f ns %8.0f steps; with noise %.0f /s; two "
           "threads %.2f times one\n",
           name, a, 1e9 / a, 1e9 / a / unit_ns, b, c / a);
}

static void print_parameters(void) {
    const nen__theta t = theta();
    printf("{\"theta\":[");
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        printf(i ? ",%.9g" : "%.9g", (double)t.p[i]);
    printf("],\"constant\":[");
    for (unsigned i = 0; i < NEN__CONSTANTS; i++)
        printf(i ? ",%.9g" : "%.9g", (double)nen__constant[i]);
    printf("],\"at\":{\"growth\":%d,\"death\":%d,\"hold\":%d,\"kill\":%d",
           NEN__P_GROWTH, NEN__P_DEATH, NEN__P_HOLD, NEN__P_KILL);
#define X(name) printf(",\"" #name "\":%d", NEN__P_##name);
    NEN__COURSE_SINGLES(X)
#undef X
#define X(name) printf(",\"k_" #name "\":%d", NEN__K_##name);
    NEN__COURSE_CONSTANTS(X)
#undef X
    printf(",\"k_kill_months\":%d}}\n", NEN__K_KILL_MONTHS);
}

int main(int argc, char **argv) {
    static job jobs[THREADS_MAX];
    static const char *const names[] = {"portable", "AVX2", "AVX-512"};
    double units[REPEATS];
    if (argc > 1 && !strcmp(argv[1], "--parameters")) {
        print_parameters();
        return 0;
    }
    for (int i = 0; i < THREADS_MAX; i++) {
        jobs[i].work = aligned_alloc(64, (nen__course_work_size() + 63) / 64 * 64);
        if (!jobs[i].work) return 1;
    }
    for (int r = 0; r < REPEATS; r++)
        units[r] = measure_once(mix_once, 0.1);
    const double unit_ns = median(units);
    for (uint8_t lanes = NEN__LANES_PORTABLE; lanes <= NEN__LANES_AVX512; lanes++) {
        if (has(lanes))
            one_set(jobs, lanes, names[lanes], unit_ns);
        else
            printf("not measured: %s, this processor has none\n", names[lanes]);
    }
    for (int i = 0; i < THREADS_MAX; i++)
        free(jobs[i].work);
    return 0;
}
