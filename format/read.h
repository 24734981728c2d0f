/* read.h - readers: text, flags and JSON into a case. Caller-owned memory only. */
#ifndef NEN_READ_H
#define NEN_READ_H

#include "nen.h"

/** What is wrong with an input: everything a message needs. */
typedef struct nen_error {
    nen_status code;
    char field[48];    /**< as written by the user */
    char value[80];    /**< as written, shortened */
    char allowed[512]; /**< words or range with unit, ", " between */
    char nearest[48];  /**< nearest valid word, "" when none is near */
    size_t line,
        byte; /**< place in a document, 1-based line, 0-based byte; 0 line: none */
    char text[400]; /**< one sentence for a person */
} nen_error;

enum { NEN_IGNORED_MAX = 16 };

/** An entry that was read and set aside, with the reason. */
typedef struct nen_ignored {
    char field[48], value[80];
    uint16_t why; /**< a text, see nen_text */
} nen_ignored;

/** Where a value stood in its document; line 0: no document (a flag). */
typedef struct nen_place {
    uint32_t line, byte;
} nen_place;

/** A case and how it was told. All zero before the first field. */
typedef struct nen_input {
    nen_case c;
    nen_ignored ignored[NEN_IGNORED_MAX];
    uint8_t ignoreds;
    uint8_t told[NEN_FIELDS_MAX]; /**< 0 not, 1 implied by another entry, 2 entered */
    nen_place place[NEN_FIELDS_MAX]; /**< of entered fields */
} nen_input;

/** Sets one field from text ("23mm", "<3", "2-3", "liver,bone", "pT3", "2024-05-01").
 *  `field` is a name, an also-name or a flag without its dashes; also pseudo-fields of
 *  docs/contract.md (minen, vhl, spread words under stage ...).
 *  @return NEN_OK or the error's code, with *error filled */
NEN_MUST_CHECK nen_status nen_set(nen_input *in, const char *field, const char *value,
                                  nen_error *error);

/** Reads one JSON object into a fresh *in. `tokens`/`token_cap`: the caller's token
 *  arena in bytes, aligned as for int; NEN_JSON_TOKENS(bytes) is always enough.
 *  Refuses wrong UTF-8, documents over NEN_JSON_MAX bytes or NEN_JSON_DEPTH deep.
 *  error->line and ->byte count from the start of `text`; see nen_error_move. */
#define NEN_JSON_TOKENS(bytes) (((size_t)(bytes) / 2 + 2) * 5 * sizeof(int))
enum { NEN_JSON_MAX = 1 << 20, NEN_JSON_DEPTH = 16 };
NEN_MUST_CHECK nen_status nen_read_json(const char *text, size_t bytes, void *tokens,
                                        size_t token_cap, nen_input *in,
                                        nen_error *error);

/** Walks a document that is one object, an array of objects or JSON Lines.
 *  Start with *at = 0 and hand the same *span and *batch back in; each call gives the
 *  next object's span and first line. A line of JSON Lines is handed out unchecked:
 *  nen_read_json says what is wrong with it.
 *  @return 1 an object, 0 the end, -1 a broken document (*error filled; the walk goes
 *  on at the next line for JSON Lines, else ends) */
typedef struct nen_span {
    const char *text;
    size_t bytes, line, byte;
} nen_span;
int nen_next_case(const char *text, size_t bytes, size_t *at, bool *batch,
                  nen_span *span, nen_error *error);

/** Turns a place inside a span into a place in the whole document. */
void nen_error_move(nen_error *error, const nen_span *span);

/** After the last field: checks the whole case (nen_check) and fills *error. */
NEN_MUST_CHECK nen_status nen_finish(nen_input *in, nen_error *error);

/** Reads a plan: lines with `,` between, the options of a line with `+`, each with an
 *  optional cap, `*N` cycles or `@Nm` months: "lanreotide,lutetium_dotatate*4".
 *  error->line is 1 and error->byte the place of the word that is wrong.
 *  @return NEN_OK, NEN_ERR_SYNTAX, NEN_ERR_WORD (no such option, or one that the model
 *          has no class for), NEN_ERR_RANGE, NEN_ERR_CAPACITY (too many lines) or
 *          NEN_ERR_IMPOSSIBLE (an option twice in one line) */
NEN_MUST_CHECK nen_status nen_read_plan(const char *text, size_t bytes, nen_plan *out,
                                        nen_error *error);

/** Reads the design of a trial (docs/method.md) into a fresh *out; `arena` as the
 *  tokens of nen_read_json. nen_design_check asks the rules afterwards, and
 *  nen_design_refused says in *error what they answered.
 *  @return NEN_OK or the error's code, with *error filled */
NEN_MUST_CHECK nen_status nen_read_design(const char *text, size_t bytes, void *arena,
                                          size_t arena_bytes, nen_design *out,
                                          nen_error *error);
/** `text` and `arena`: the document again, for the place. */
void nen_design_refused(const nen_design *design, const nen_refusal *refusal,
                        const char *text, size_t bytes, void *arena, size_t arena_bytes,
                        nen_error *error);

/** Nearest of the field's words, also-names included, by edit distance; NULL if none
 *  is near. */
const char *nen_nearest_word(unsigned field, const char *word);
const char *nen_nearest_field(const char *name);
#endif
