/* design.h - shared by the readers of the parts of a trial's design. */
#ifndef NEN_FORMAT_DESIGN_H
#define NEN_FORMAT_DESIGN_H

#include "json_token.h"
#include "say.h"

enum { NEN__PATH_CAP = 48, NEN__DESIGN_KEYS_MAX = 16, NEN__PLAN_TEXT_CAP = 1024 };

typedef struct nen__design_reader {
    nen__tokens t;
    nen_design *out;
    nen_error *error;
} nen__design_reader;

/* A value and how its field is called: "arms[0].n". */
typedef struct nen__at {
    int token; /* -1: none in hand */
    char path[NEN__PATH_CAP];
} nen__at;

typedef nen_status nen__design_read(nen__design_reader *r, const nen__at *at);

typedef struct nen__design_key {
    const char *name;
    nen__design_read *read;
    bool needed;
} nen__design_key;

typedef struct nen__range {
    double lo, hi;
    bool open_lo, open_hi, whole;
} nen__range;

/* design_read.c: each returns NEN_OK, or fills the error. */
nen_status nen__design_fail(nen__design_reader *r, const nen__at *at, nen_status code,
                            unsigned text, const nen__slot *with);
nen_status nen__design_number(nen__design_reader *r, const nen__at *at,
                              const nen__range *range, double *out);
nen_status nen__design_text(nen__design_reader *r, const nen__at *at, char *out,
                            size_t cap);
nen_status nen__design_choice(nen__design_reader *r, const nen__at *at,
                              const char *const *words, unsigned n, uint8_t *out);
nen_status nen__design_word(nen__design_reader *r, const nen__at *at, unsigned field,
                            unsigned *out);
nen_status nen__design_object(nen__design_reader *r, const nen__at *at,
                              const nen__design_key *keys, unsigned n);
nen_status nen__design_is_object(nen__design_reader *r, const nen__at *at);
nen_status nen__design_list(nen__design_reader *r, const nen__at *at);
nen_status nen__design_twice(nen__design_reader *r, const nen__at *at);
bool nen__design_null(const nen__design_reader *r, const nen__at *at);
/* The member `name` of an object, "" for the whole design. */
nen__at nen__design_at(const nen__at *parent, int token, const char *name);

/* "arms[1].plan": its value; no token when it was not told. */
nen__at nen__design_find(const nen__design_reader *r, const char *path);

/* design_people.c, design_arms.c */
nen__design_read nen__design_population, nen__design_arms;

/* Words of the design, in the order of their numbers. */
extern const char *const nen__design_readers[],
    *const nen__design_endpoints[],
        *const nen__design_criteria[]; /* as nen__criteria of the model */

#endif
