/* pool.h - threads that a command lends to a long run. */
#ifndef NEN_FIT_POOL_H
#define NEN_FIT_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Runs units of work, perhaps by several threads, each with so many bytes of its own,
 * aligned to 64; false when memory runs out. */
typedef bool nen_pool(unsigned threads, uint64_t units, size_t bytes,
                      bool (*one)(void *to, uint64_t unit, void *work, void *own),
                      void *to);

#endif
