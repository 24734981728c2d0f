/* engine.h - shared by the exports of the WebAssembly module. */
#ifndef NEN_WEB_ENGINE_H
#define NEN_WEB_ENGINE_H

#include "facts.h"
#include "plans.h"
#include "read.h"
#include "write.h"

#if defined(__wasm__)
#define WEB_EXPORT(name) __attribute__((export_name(#name), used))
#else
#define WEB_EXPORT(name) /* the same functions, called by a native test */
#endif

/* The case that was read last, and what follows from it. A module serves one page. */
typedef struct web_case {
    nen_input in;
    nen_dossier d, work;
    nen_error error;
    const nen_course_answer *course; /* how it may go; NULL until it was worked out */
    unsigned number;                 /* of cases read: what was begun for an older one
                                        is not for this one */
} web_case;
extern web_case web_now;

/* What web_style says: bits of `how`; region in the second byte, language in the third,
 * the width of plots in the fourth, in steps of 4 px. */
enum {
    WEB_BOARD = 1,
    WEB_FULL = 2,
    WEB_ALL = 4,
    WEB_BYTE = 8,
    WEB_BYTE_MASK = 255,
    WEB_WIDTH_STEP = 4
};
nen_style web_style(uint32_t how);

#endif
