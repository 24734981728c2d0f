/* course_run.c - the simulation on several threads.
 *
 * A unit of work is a slice of the patients of one plan under one draw. Counts are
 * integers, added under a lock, so that the result does not depend on who came first:
 * any number of threads and any slice gives the same bits. */
#include "course_args.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64 };

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
    job *jobs; /* draws of each plan in turn */
    uint64_t units, next;
    uint32_t slices, slice; /* of each job; patients of a slice */
    bool failed;
    pthread_mutex_t lock;
} run;

static void *aligned(size_t bytes) {
    void *memory = aligned_alloc(ALIGN, (bytes + ALIGN - 1) / ALIGN * ALIGN);
    if (memory) memset(memory, 0, bytes);
    return memory;
}

/* The last slice of a job makes its outcome; before it, counts are added up. */
static void hand_in(run *r, unsigned number, void *mine) {
    job *j = &r->jobs[number];
    const unsigned plan = number / r->request->setting.draws;
    pthread_mutex_lock(&r->lock);
    if (!j->tally && j->open > 1) j->tally = aligned(nen_course_tally_size());
    if (!j->tally && j->open > 1) r->failed = true;
    if (j->tally) nen_course_add(j->tally, mine);
    const bool last = --j->open == 0;
    pthread_mutex_unlock(&r->lock);
    if (!last) return;
    nen_course_outcome(&r->plan[plan], &r->request->setting, j->tally ? j->tally : mine,
                       &r->outcome[number]);
    free(j->tally);
    j->tally = NULL;
}

static void one_unit(run *r, uint64_t unit, void *work, void *tally) {
    const nen_setting *s = &r->request->setting;
    const unsigned number = (unsigned)(unit / r->slices);
    const uint64_t first = unit % r->slices * r->slice;
    const uint64_t left = s->patients - first;
    const uint64_t own =
        r->request->apart ? number % s->draws * (uint64_t)s->patients : 0;
    memset(tally, 0, nen_course_tally_size());
    nen_course_count(r->who, &r->plan[number / s->draws], s, number % s->draws,
                     own + first, left < r->slice ? (uint32_t)left : r->slice, work,
                     tally);
    hand_in(r, number, tally);
}

static bool next_unit(run *r, uint64_t *unit) {
    pthread_mutex_lock(&r->lock);
    const unsigned draws = r->request->setting.draws;
    while (r->next < r->units && r->refused[r->next / r->slices / draws] != NEN_NONE)
        r->next += (uint64_t)r->slices * draws;
    const bool any = r->next < r->units && !r->failed;
    if (any) *unit = r->next++;
    pthread_mutex_unlock(&r->lock);
    return any;
}

static void *worker(void *to) {
    run *r = to;
    void *work = aligned(nen_course_work_size());
    void *tally = aligned(nen_course_tally_size());
    uint64_t unit;
    if (!work || !tally) {
        pthread_mutex_lock(&r->lock);
        r->failed = true;
        pthread_mutex_unlock(&r->lock);
    }
    while (work && tally && next_unit(r, &unit))
        one_unit(r, unit, work, tally);
    free(work);
    free(tally);
    return NULL;
}

/* Whole draws are a thread's work unless there are few of them. */
static void cut(run *r, unsigned plans) {
    enum { UNITS_A_THREAD = 8, LEAST = 512 };
    const nen_setting *s = &r->request->setting;
    const uint64_t jobs = (uint64_t)plans * s->draws;
    const uint64_t wanted = (uint64_t)r->request->threads * UNITS_A_THREAD;
    uint64_t slice = s->patients;
    if (jobs < wanted) slice = s->patients * jobs / wanted + 1;
    if (slice < LEAST) slice = LEAST;
    if (slice > r->request->batch) slice = r->request->batch;
    if (slice > s->patients) slice = s->patients;
    r->slice = (uint32_t)slice;
    r->slices = (uint32_t)((s->patients + slice - 1) / slice);
    r->units = jobs * r->slices;
    for (uint64_t i = 0; i < jobs; i++)
        r->jobs[i].open = r->slices;
}

static void go(run *r) {
    pthread_t thread[CLI_THREADS_MAX];
    unsigned started = 0;
    while (started + 1 < r->request->threads &&
           !pthread_create(&thread[started], NULL, worker, r))
        started++; /* fewer threads give the same bits */
    worker(r);
    for (unsigned i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
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
    cut(&r, p->plans);
    go(&r);
    for (size_t i = 0; i < jobs; i++)
        free(r.jobs[i].tally);
    free(r.jobs);
    pthread_mutex_destroy(&r.lock);
    return !r.failed;
}
