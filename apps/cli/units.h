/* units.h - a long run in units of work: by several threads, with a bar that shows how
 * far it is, and an end by Ctrl-C that leaves nothing half said. */
#ifndef NEN_UNITS_H
#define NEN_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CLI_THREADS_MAX = 256 };

typedef struct cli_units {
    uint64_t units;
    unsigned threads;
    size_t work_bytes, own_bytes; /* of each thread, aligned to 64, zero at first */
    void *to;
    /* One unit; any thread may take it. False: memory has run out. */
    bool (*one)(void *to, uint64_t unit, void *work, void *own);
    /* What a thread has gathered, one thread at a time; NULL: nothing. */
    void (*gather)(void *to, const void *own);
} cli_units;

/* False when memory runs out. After Ctrl-C the units in hand are ended, and the process
 * with them, as if the signal had ended it. */
bool cli_run_units(const cli_units *u);

/* Memory aligned to 64, zero; NULL when there is none. */
void *cli_aligned(size_t bytes);

#endif
