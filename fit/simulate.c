/* simulate.c - every arm for every member of an ensemble, by several threads. */
#include "run.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct job {
    const fit_targets *targets;
    const double *theta;
    const fit_settings *settings;
    double *told;
    unsigned count;
    atomic_uint next, done;
    atomic_bool failed;
    const char *label;
} job;

static void one(job *j, unsigned member, fit_room *room, nen__arm_seen *result) {
    const fit_targets *t = j->targets;
    const double *numbers = j->theta + (size_t)member * fit_width(t);
    for (unsigned s = 0; s < t->sims; s++) {
        const nen__theta theta =
            fit_theta(numbers, t->set->arm[t->sim[s].number].trial);
        nen__arm_follow(&t->sim[s].arm, &theta, j->settings->seed,
                        j->settings->patients, room->work, room->tally, &result[s]);
    }
    for (unsigned d = 0; d < t->targets; d++)
        j->told[(size_t)member * t->targets + d] = fit_target_told(t, d, result);
}

static void progress(job *j) {
    const unsigned done = atomic_fetch_add(&j->done, 1) + 1;
    if (!isatty(STDERR_FILENO) || !j->label) return;
    fprintf(stderr, "\r%s %3u%%", j->label, done * 100 / j->count);
    if (done == j->count) fprintf(stderr, "\r%*s\r", 40, "");
}

/* A member's simulation depends on nothing but the member: any thread may take it. */
static void *work(void *argument) {
    job *j = argument;
    fit_room room;
    nen__arm_seen *result = malloc(j->targets->sims * sizeof *result);
    const bool ok = fit_room_make(&room) && result;
    if (!ok) atomic_store(&j->failed, true);
    for (unsigned m; ok && (m = atomic_fetch_add(&j->next, 1)) < j->count;) {
        one(j, m, &room, result);
        progress(j);
    }
    fit_room_free(&room);
    free(result);
    return NULL;
}

bool fit_simulate(const fit_targets *t, const double *theta, unsigned count,
                  const fit_settings *s, const char *label, double *told) {
    enum { THREADS_MAX = 64 };
    pthread_t thread[THREADS_MAX];
    job j = {.targets = t,
             .theta = theta,
             .settings = s,
             .told = told,
             .count = count,
             .label = label};
    unsigned started = 0;
    while (started + 1 < s->threads && started < THREADS_MAX &&
           !pthread_create(&thread[started], NULL, work, &j))
        started++;
    work(&j);
    while (started)
        pthread_join(thread[--started], NULL);
    return !atomic_load(&j.failed) && atomic_load(&j.done) == count;
}
