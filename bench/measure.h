/* measure.h - the clock of the benchmarks, and the calibration loop beside which every
 * figure stands: one step of an integer mixing function, on the same core. */
#ifndef NEN_MEASURE_H
#define NEN_MEASURE_H

#include <stdint.h>
#include <time.h>

enum { REPEATS = 5 };

static volatile uint64_t sink;

static inline double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline void mix_once(unsigned i) {
    static uint64_t x = 1;
    x = (x + i) * 0x9e3779b97f4a7c15u;
    x ^= x >> 29;
    sink = x;
}

/* Nanoseconds of one call, over about `seconds`. */
static inline double measure_once(void (*once)(unsigned), double seconds) {
    unsigned long done = 0;
    unsigned batch = 16;
    double start = now_s(), spent;
    do {
        for (unsigned i = 0; i < batch; i++)
            once((unsigned)done + i);
        done += batch;
        spent = now_s() - start;
        if (spent < seconds / 8) batch *= 2;
    } while (spent < seconds);
    return spent / (double)done * 1e9;
}

static inline double median(double runs[REPEATS]) {
    for (int i = 1; i < REPEATS; i++) {
        for (int j = i; j > 0 && runs[j] < runs[j - 1]; j--) {
            double swap = runs[j];
            runs[j] = runs[j - 1];
            runs[j - 1] = swap;
        }
    }
    return runs[REPEATS / 2];
}

#endif
