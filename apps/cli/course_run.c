/* course_run.c - plans followed by several threads.
 *
 * A unit of work is a slice of the patients of one plan under one draw. Counts are
 * integers, added under a lock, so that the result does not depend on who came first:
 * any number of threads and any slice gives the same bits. */
#include "course_args.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What one plan under one draw has counted so far. */
typedef struct job {
    void *tally;
    uint32_t open; /* slices that are not in yet */
} job;

typedef struct run {
    const cli_request *request;
    const nen_who *who;
    const nen_plan *plan;
    const uint16_t *refused;
    nen_outcome *outcome;
    job *jobs;              /* draws of each plan in turn */
    uint32_t slices, slice; /* of each job; patients of a slice */
    pthread_mutex_t lock;
} run;

/* The last slice of a job makes its outcome; before it, counts are added up. */
static bool hand_in(run *r, unsigned number, void *mine) {
    job *j = &r->jobs[number];
    const unsigned plan = number / r->request->setting.draws;
    pthread_mutex_lock(&r->lock);
    if (!j->tally && j->open > 1) j->tally = cli_aligned(nen_course_tally_size());
    const bool good = j->tally || j->open <= 1;
    if (j->tally) nen_course_add(j->tally, mine);
    const bool last = --j->open == 0;
    pthread_mutex_unlock(&r->lock);
    if (!good || !last) return good;
    nen_course_outcome(&r->plan[plan], &r->request->setting, j->tally ? j->tally : mine,
                       &r->outcome[number]);
    free(j->tally);
    j->tally = NULL;
    return true;
}

static bool one_unit(void *to, uint64_t unit, void *work, void *tally) {
    run *r = to;
    const nen_setting *s = &r->request->setting;
    const unsigned number = (unsigned)(unit / r->slices);
    const unsigned plan = number / s->draws;
    const uint64_t first = unit % r->slices * r->slice;
    const uint64_t left = s->patients - first;
    const uint64_t own =
        r->request->apart ? number % s->draws * (uint64_t)s->patients : 0;
    if (r->refused[plan] != NEN_NONE) return true;
    memset(tally, 0, nen_course_tally_size());
    nen_course_count(r->who, &r->plan[plan], s, number % s->draws, own + first,
                     left < r->slice ? (uint32_t)left : r->slice, work, tally);
    return hand_in(r, number, tally);
}

/* Whole draws are a thread's work unless there are few of them, or so many patients
 * that Ctrl-C would not soon be heard; returns the units. */
static uint64_t cut(run *r, unsigned plans) {
    enum { UNITS_A_THREAD = 8, LEAST = 512, MOST = 1 << 17 };
    const nen_setting *s = &r->request->setting;
    const uint64_t jobs = (uint64_t)plans * s->draws;
    const uint64_t wanted = (uint64_t)r->request->threads * UNITS_A_THREAD;
    uint64_t slice = s->patients;
    if (jobs < wanted) slice = s->patients * jobs / wanted + 1;
    if (slice < LEAST) slice = LEAST;
    if (slice > MOST) slice = MOST;
    if (slice > r->request->batch) slice = r->request->batch;
    if (slice > s->patients) slice = s->patients;
    r->slice = (uint32_t)slice;
    r->slices = (uint32_t)((s->patients + slice - 1) / slice);
    for (uint64_t i = 0; i < jobs; i++)
        r->jobs[i].open = r->slices;
    return jobs * r->slices;
}

bool cli_course_run(const cli_request *request, app_plans *p) {
    const size_t jobs = (size_t)p->plans * request->setting.draws;
    run r = {.request = request,
             .who = &p->who,
             .plan = p->plan,
             .refused = p->refused,
             .outcome = p->outcome,
             .jobs = calloc(jobs, sizeof(job))};
    if (!r.jobs || pthread_mutex_init(&r.lock, NULL)) {
        free(r.jobs);
        return false;
    }
    const cli_units units = {.units = cut(&r, p->plans),
                             .threads = request->threads,
                             .work_bytes = nen_course_work_size(),
                             .own_bytes = nen_course_tally_size(),
                             .to = &r,
                             .one = one_unit};
    const bool good = cli_run_units(&units);
    for (size_t i = 0; i < jobs; i++)
        free(r.jobs[i].tally);
    free(r.jobs);
    pthread_mutex_destroy(&r.lock);
    return good;
}
