/* knowc_predicate.h - text of a predicate to postfix operations, types checked.
 *
 * Needs no file and no allocation, so that the fuzz target can drive it alone. */
#ifndef NEN_KNOWC_PREDICATE_H
#define NEN_KNOWC_PREDICATE_H

#include "knowledge.h"

enum {
    KP_OPS_MAX = 512, /* operations of one predicate before folding */
    KP_NEST_MAX = 48, /* brackets and `not` inside one another */
    KP_NAME_MAX = 64, /* bytes of a name, zero included */
    KP_CHUNKS = NEN_WORDS_MAX / 64
};

/* A row of sets.tsv. */
typedef struct kp_set {
    const char *name; /* with its '@' */
    unsigned field;
    nen__set words;
} kp_set;

/* What names mean. Words of field f are word[f][0 .. field[f].words). */
typedef struct kp_vocab {
    const nen_field_info *field;
    const nen_word_info *const *word;
    const kp_set *set;
    unsigned fields, sets, options; /* options: the first words of `prior` */
    int prior, current;             /* field ids, -1 when there is none */
} kp_vocab;

/* One operation; unlike nen__op it carries its number or set. */
typedef struct kp_op {
    uint8_t code, field;
    uint16_t arg; /* of NEN__OP_CONST */
    double number;
    nen__set words;
} kp_op;

typedef struct kp_program {
    kp_op op[KP_OPS_MAX];
    unsigned ops;
    char error[400]; /* "" when it compiled */
    unsigned at;     /* byte of the error */
} kp_program;

/* Compiles `bytes` of text ("-" is true, no operations). False: out->error says why. */
bool kp_compile(const kp_vocab *vocab, const char *text, size_t bytes, kp_program *out);

/* Most operands on the evaluator's stack at one time. */
unsigned kp_depth(const kp_op *op, unsigned ops);

int kp_field_find(const kp_vocab *vocab, const char *name);
/* Word of a field by its own name; -1 when none (also-words do not count). */
int kp_word_find(const kp_vocab *vocab, unsigned field, const char *word);
/* Adds word w of a field, members for a group, to a set. */
void kp_word_add(const kp_vocab *vocab, unsigned field, unsigned w, nen__set *out);

/* A literal of a numeric field as the interval it covers (2018: a whole year; C17: all
 * of C17). False with a message in (error, cap). */
bool kp_literal(const nen_field_info *field, const char *text, double *lo, double *hi,
                char *error, size_t cap);

/* Explains a word that a field does not have: what is meant, what is allowed. */
void kp_unknown_word(const kp_vocab *vocab, unsigned field, const char *word,
                     char *error, size_t cap);

/* Edits between two names, at most `limit` + 1. */
unsigned kp_distance(const char *a, const char *b, unsigned limit);

#endif
