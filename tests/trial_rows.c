/* trial_rows.c - simulated trials as rows of people, and what core/survival.c makes of
 * them, for a second opinion by R (tests/test_survival.py).
 *
 * usage: trial_rows FOLDER
 * For each trial FOLDER/NAME.csv has the rows arm,week,status (1: event, 0: censored);
 * standard output has one line a trial: NAME and the numbers, named. A last line,
 * "nulls", has what many trials of one therapy against itself come to.
 *
 * Two arms are drawn from the course model, people of arm 1 others than those of arm 0;
 * they enter over ENTRY_WEEKS and are followed to a common day, and a few are lost. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "rng.h"
#include "survival.h"

enum { HORIZON_WEEKS = 1500, ARM_MAX = 1000, WEEKS = NEN__WEEKS_MAX };
enum { STREAM_ENTRY = 200 }; /* none of the model's */

typedef struct scenario {
    const char *name;
    unsigned people[2];
    uint8_t klass[2];
    bool survival;     /* else progression-free */
    float noise_sd;    /* 0: true progression; else what scans show, with many ties */
    float visit_weeks; /* between scans */
    unsigned entry_weeks, end_weeks; /* 0: all are followed to their event */
    double lost_a_week;
} scenario;

static const scenario scenarios[] = {
    {"effect", {200, 200}, {NEN__CLASS_tki, NEN__CLASS_none}, false, 0, 4, 80, 130, 0},
    {"same", {200, 200}, {NEN__CLASS_ssa, NEN__CLASS_ssa}, false, 0, 4, 80, 130, 0},
    {"ties",
     {150, 300},
     {NEN__CLASS_prrt, NEN__CLASS_ssa},
     false,
     0.07f,
     12,
     60,
     150,
     0},
    {"survival",
     {300, 150},
     {NEN__CLASS_prrt, NEN__CLASS_mtor},
     true,
     0,
     4,
     100,
     260,
     0},
    {"lost",
     {250, 250},
     {NEN__CLASS_mtor, NEN__CLASS_none},
     false,
     0.07f,
     12,
     50,
     120,
     0.01},
    {"small", {12, 9}, {NEN__CLASS_prrt, NEN__CLASS_none}, false, 0, 4, 20, 60, 0},
    {"long", {1000, 1000}, {NEN__CLASS_tki, NEN__CLASS_mtor}, true, 0, 4, 0, 0, 0},
};
enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

typedef struct arm {
    double event[WEEKS + 1], censored[WEEKS + 1];
    nen__followed followed;
} arm;

static nen__course_work *work;
static nen__tally tally;

static nen__theta theta(void) {
    nen__theta t;
    for (unsigned i = 0; i < NEN__PARAMETERS; i++)
        t.p[i] = nen__prior_mean[i];
    return t;
}

/* Counts people of an arm from `first` on. */
static const uint32_t *count(const scenario *s, unsigned which, uint64_t first,
                             unsigned people) {
    const nen__theta t = theta();
    const nen__cohort c = {.origin = NEN__ORIGIN_pancreas,
                           .kind = NEN__KIND_net,
                           .ki67_pct = 8,
                           .age_years = 62,
                           .male_prob = 0.5f};
    nen__course_plan p = {.lines = 1};
    const nen__view view = {.visit_weeks = s->visit_weeks,
                            .noise_sd = s->noise_sd,
                            .horizon_weeks = HORIZON_WEEKS};
    p.line[0].klass[0] = s->klass[which];
    memset(&tally, 0, sizeof tally);
    nen__course_batch(&t, &c, &p, &view, 5, first, people, work, &tally);
    return s->survival ? tally.os : tally.pfs[0];
}

/* The week of one person's event. */
static unsigned week_of(const scenario *s, unsigned which, uint64_t person) {
    const uint32_t *event = count(s, which, person, 1);
    unsigned week = 0;
    while (!event[week])
        week++;
    return week;
}

/* The week in which someone is last seen. */
static unsigned last_seen(const scenario *s, uint64_t person) {
    const nen__random x =
        nen__philox(5, (nen__counter){(uint32_t)person, 0, STREAM_ENTRY, 0});
    const double lost = s->lost_a_week > 0
                            ? (double)nen__exponential_f32(x.w1) / s->lost_a_week
                            : WEEKS;
    double end = WEEKS - 1;
    if (s->end_weeks)
        end = s->end_weeks - (double)nen__uniform_f32(x.w0) * s->entry_weeks;
    return (unsigned)(lost < end ? lost : end);
}

static void follow(const scenario *s, unsigned which, arm *a, FILE *rows) {
    memset(a, 0, sizeof *a);
    for (unsigned i = 0; i < s->people[which]; i++) {
        const uint64_t person = (uint64_t)which * ARM_MAX + i;
        const unsigned week = week_of(s, which, person), end = last_seen(s, person);
        const bool event = week <= end;
        if (event)
            a->event[week] += 1;
        else
            a->censored[end] += 1;
        fprintf(rows, "%u,%u,%d\n", which, event ? week : end, event);
    }
    a->followed = (nen__followed){a->event, a->censored, s->people[which], 1, WEEKS};
}

static void say(const char *name, nen__estimate e) {
    printf(" %s=%.12g %s_lo=%.12g %s_hi=%.12g", name, e.value, name, e.lo, name, e.hi);
}

static void report(const scenario *s, const arm *a, const arm *b) {
    const nen__hazard_ratio cox = nen__cox(&a->followed, &b->followed, NEN__TIES_WHOLE);
    const nen__logrank test = nen__log_rank(&a->followed, &b->followed);
    printf("%s", s->name);
    say("median0", nen__kaplan_meier_week(&a->followed, 0.5));
    say("median1", nen__kaplan_meier_week(&b->followed, 0.5));
    say("third0", nen__kaplan_meier_week(&a->followed, 0.25));
    say("third1", nen__kaplan_meier_week(&b->followed, 0.25));
    say("year0", nen__kaplan_meier(&a->followed, 52));
    say("year1", nen__kaplan_meier(&b->followed, 52));
    say("ratio", cox.ratio);
    printf(" log_ratio=%.12g error=%.12g observed=%.12g expected=%.12g variance=%.12g "
           "chi2=%.12g p=%.12g\n",
           cox.log_ratio, cox.error, test.observed, test.expected, test.variance,
           test.chi2, test.p);
}

static bool run(const scenario *s, const char *folder) {
    static arm a, b;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.csv", folder, s->name);
    FILE *rows = fopen(path, "w");
    if (!rows) return false;
    fprintf(rows, "arm,week,status\n");
    follow(s, 0, &a, rows);
    follow(s, 1, &b, rows);
    report(s, &a, &b);
    return fclose(rows) == 0;
}

/* One therapy against itself, on other people each time: how often the log-rank test
 * finds a difference at 5 %, and mean and variance of Cox's ratio over its error. */
static void nulls(void) {
    enum { TRIALS = 1000, PEOPLE = 150 };
    static const scenario same = {
        "nulls", {0, 0}, {NEN__CLASS_prrt, NEN__CLASS_prrt}, false, 0.07f, 12, 0, 0, 0};
    static arm arms[2];
    double found = 0, sum = 0, squares = 0;
    for (uint64_t k = 0; k < TRIALS; k++) {
        for (unsigned j = 0; j < 2; j++) {
            const uint32_t *event = count(&same, 0, (2 * k + j) * PEOPLE, PEOPLE);
            for (unsigned i = 0; i < WEEKS; i++)
                arms[j].event[i] = event[i];
            arms[j].followed = (nen__followed){arms[j].event, NULL, PEOPLE, 1, WEEKS};
        }
        const nen__followed *a = &arms[0].followed, *b = &arms[1].followed;
        const nen__hazard_ratio cox = nen__cox(a, b, NEN__TIES_WHOLE);
        const double z = cox.log_ratio / cox.error;
        found += nen__log_rank(a, b).p < 0.05;
        sum += z;
        squares += z * z;
    }
    const double mean = sum / TRIALS;
    printf("nulls found=%.6g mean=%.6g variance=%.6g\n", found / TRIALS, mean,
           squares / TRIALS - mean * mean);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: trial_rows FOLDER\n");
        return 2;
    }
    work = aligned_alloc(64, (nen__course_work_size() + 63) / 64 * 64);
    if (!work) return 1;
    for (unsigned i = 0; i < SCENARIOS; i++)
        if (!run(&scenarios[i], argv[1])) return 1;
    nulls();
    free(work);
    return 0;
}
