/* units.c - units of work by several threads; progress on a terminal; Ctrl-C. */
// NOLINTNEXTLINE(bugprone-reserved-identifier,cert-*): sigaction, clock_gettime
#define _POSIX_C_SOURCE 200809L
#include "units.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ALIGN = 64 };

void *cli_aligned(size_t bytes) {
    void *memory = aligned_alloc(ALIGN, (bytes / ALIGN + 1) * ALIGN);
    if (memory) memset(memory, 0, bytes);
    return memory;
}

/* ---- Ctrl-C ---- */

static volatile sig_atomic_t stop_signal;

static void stop(int signal_number) {
    stop_signal = signal_number;
}

/* From here on a signal is only noted: between units it ends the run, and what is
 * being written is written whole. */
static void watch(void) {
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_handler = stop;
    (void)sigaction(SIGINT, &a, NULL);
    (void)sigaction(SIGTERM, &a, NULL);
}

/* Cases already answered stay answered. */
static void end_by_signal(void) {
    const int number = stop_signal;
    (void)fflush(stdout);
    fputs("nen: stopped\n", stderr);
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

/* ---- how far it is ---- */

static double seconds(void) {
    const double nanosecond = 1e-9;
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + nanosecond * (double)t.tv_nsec;
}

typedef struct bar {
    double begun, drawn;
    bool shown;
} bar;

static bar the_bar; /* of the one run that goes on */

static void clear_bar(void) {
    if (the_bar.shown) fputs("\r\033[K", stderr);
    the_bar = (bar){0, 0, false};
}

static void draw_bar(double part, double left_seconds) {
    enum { WIDTH = 30 };
    char text[WIDTH + 1];
    const unsigned full = (unsigned)(part * WIDTH);
    for (unsigned i = 0; i < WIDTH; i++)
        text[i] = i < full ? '#' : '.';
    text[WIDTH] = 0;
    fprintf(stderr, "\r[%s] %3.0f %%, about %.0f s left\033[K", text, part * 100,
            left_seconds);
    the_bar.shown = true;
}

/* Short runs show none; a pipe or a file never gets one. */
static void progress(uint64_t done, uint64_t of) {
    const double patience_s = 1, every_s = 0.1, now = seconds();
    if (stop_signal || done >= of) clear_bar();
    if (stop_signal) end_by_signal();
    if (done >= of || !isatty(STDERR_FILENO)) return;
    if (!(the_bar.begun > 0)) the_bar.begun = now;
    if (!done || now - the_bar.begun < patience_s || now - the_bar.drawn < every_s)
        return;
    const double part = (double)done / (double)of;
    draw_bar(part, (now - the_bar.begun) * (1 - part) / part);
    the_bar.drawn = now;
}

/* ---- threads ---- */

typedef struct run {
    const cli_units *u;
    uint64_t next, done;
    bool failed;
    pthread_mutex_t lock;
} run;

static bool take(run *r, uint64_t *unit) {
    pthread_mutex_lock(&r->lock);
    const bool any = r->next < r->u->units && !r->failed && !stop_signal;
    if (any) *unit = r->next++;
    pthread_mutex_unlock(&r->lock);
    return any;
}

static void hand_in(run *r, bool good) {
    pthread_mutex_lock(&r->lock);
    r->done++;
    r->failed |= !good;
    if (!stop_signal && r->done < r->u->units) progress(r->done, r->u->units);
    pthread_mutex_unlock(&r->lock);
}

static void *worker(void *to) {
    run *r = to;
    void *work = cli_aligned(r->u->work_bytes);
    void *own = cli_aligned(r->u->own_bytes);
    const bool room = work && own; /* of no bytes, too, there is a pointer */
    uint64_t unit;
    while (room && take(r, &unit))
        hand_in(r, r->u->one(r->u->to, unit, work, own));
    pthread_mutex_lock(&r->lock);
    r->failed |= !room;
    if (room && r->u->gather) r->u->gather(r->u->to, own);
    pthread_mutex_unlock(&r->lock);
    free(work);
    free(own);
    return NULL;
}

bool cli_run_units(const cli_units *u) {
    pthread_t thread[CLI_THREADS_MAX];
    run r = {.u = u};
    unsigned started = 0;
    if (pthread_mutex_init(&r.lock, NULL)) return false;
    watch();
    progress(0, u->units);
    while (started + 1 < u->threads && started + 1 < u->units &&
           !pthread_create(&thread[started], NULL, worker, &r))
        started++; /* fewer threads give the same bits */
    worker(&r);
    for (unsigned i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    pthread_mutex_destroy(&r.lock);
    progress(u->units, u->units); /* the bar goes; a signal that came ends it */
    return !r.failed;
}
