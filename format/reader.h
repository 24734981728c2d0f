/* reader.h - shared by the readers: one entry, its error, numbers, text, JSON grammar.
 */
#ifndef NEN_READER_H
#define NEN_READER_H

#include "read.h"
#include "text_ids.h"

/* How a value reached us; decides which doubts make sense and who wins. */
typedef enum nen__origin {
    NEN__TEXT,   /* a flag or a JSON string */
    NEN__NUMBER, /* a JSON number */
    NEN__BOOL,   /* a JSON true or false */
    NEN__IMPLIED /* follows from another entry */
} nen__origin;

typedef struct nen__entry {
    const char *name, *text;
    nen__origin origin;
    nen_place place;
} nen__entry;

enum {
    NEN__CHUNK = 64, /* words in one chunk of a set */
    NEN__TEXT_CAP = 240,
    NEN__PREFIXES = 4,   /* t, n, m, stage keep their prefix */
    NEN__SHOWN_CAP = 80, /* of a value in a message */
    NEN__NAME_CAP = 48,
    NEN__VALUE_CAP = 256,
    NEN__TOLD_IMPLIED = 1,
    NEN__TOLD_ENTERED = 2
};

static inline bool nen__in(const uint64_t *set, unsigned word) {
    return set[word / NEN__CHUNK] >> (word % NEN__CHUNK) & 1;
}

/* ---- case_set.c ---- */
/* Index in nen_case.prefix of a staged field, -1 for others. */
int nen__prefix_slot(unsigned field);
nen_status nen__enter(nen_input *in, const nen__entry *e, nen_error *error);
/* The same for a field already found, without aliases. */
nen_status nen__enter_field(nen_input *in, unsigned field, const nen__entry *e,
                            nen_error *error);
/* One item of a list field, and the value so far. */
nen_status nen__list_item(nen_input *in, unsigned field, const nen__entry *e,
                          const char *item, nen_value *v, nen_error *error);
nen_status nen__store(nen_input *in, unsigned field, const nen_value *v,
                      const nen__entry *e, nen_error *error);
/* Field meant by a written name (dashes, prefixes, dropped unit), -1 when none. */
int nen__field_named(const char *written);
/* Lower case, '_' for '-', no leading dashes. */
void nen__name(const char *written, char out[NEN__NAME_CAP]);
bool nen__is(unsigned field, const char *name);
/* null, "unknown" or blank: recorded nowhere. */
bool nen__absent(int field, const char *text);
void nen__set_aside(nen_input *in, const nen__entry *e, unsigned why);
/* Sites the case may start at; false when not told. */
bool nen__site_bits(const nen_case *c, uint64_t out[2]);
bool nen__fits_site(const nen_word_info *word, const uint64_t *sites);
nen_status nen__step_add(nen_input *in, unsigned option, nen_stopped stopped,
                         double months, const nen__entry *e, nen_error *error);

/* ---- case_alias.c ---- */
/* Applies the accepted spellings that change more than a name; *done when one did. */
nen_status nen__alias(nen_input *in, int field, const nen__entry *e, bool *done,
                      nen_error *error);
/* Field of a renamed name ("morphology"), or NULL. */
const char *nen__renamed(const char *name);
bool nen__is_alias_name(const char *name);
/* Values the aliases of a name accept, ", " between. */
void nen__alias_values(const char *name, char *out, size_t cap);

/* ---- case_number.c, case_code.c ---- */
nen_status nen__read_number(unsigned field, const nen__entry *e, nen_value *v,
                            nen_error *error);
nen_status nen__read_code(unsigned field, const nen__entry *e, nen_value *v,
                          nen_error *error);
/* A decimal: digits * 10^exponent, so that units multiply exactly. */
typedef struct nen__decimal {
    uint64_t digits;
    int exponent;
} nen__decimal;
/* Characters read, 0 when `text` does not start with a number. */
size_t nen__decimal_read(const char *text, nen__decimal *out);
double nen__decimal_value(nen__decimal d);
nen__decimal nen__decimal_times(nen__decimal a, nen__decimal b);

/* ---- case_error.c ---- */
nen_status nen__fail(nen_error *error, nen_status code, const nen__entry *e,
                     const char *text);
nen_status nen__fail_word(nen_error *error, unsigned field, const nen__entry *e,
                          const char *item, const uint64_t *sites);
nen_status nen__fail_type(nen_error *error, unsigned field, const nen__entry *e);
nen_status nen__fail_range(nen_error *error, unsigned field, const nen__entry *e);
nen_status nen__fail_field(nen_error *error, const nen__entry *e);
/* "0 to 100 %". */
void nen__range_text(unsigned field, char *out, size_t cap);
/* The field's value in words, as entered. */
void nen__value_text(const nen_case *c, unsigned field, char *out, size_t cap);
void nen__words_text(unsigned field, const uint64_t *sites, char *out, size_t cap);
/* strncat that cuts at whole characters. */
void nen__append(char *out, size_t cap, const char *text);

/* ---- nearest.c ---- */
const char *nen__nearest_word_at(unsigned field, const char *word,
                                 const uint64_t *sites);
const char *nen__nearest_among(const char *const *names, unsigned n, const char *name);

/* ---- utf8.c ---- */
/* Offset of the first byte that is not UTF-8, or `bytes`. */
size_t nen__utf8_bad(const char *text, size_t bytes);
/* Bytes written for a code point, 1-4. */
size_t nen__utf8_put(uint32_t code, char out[4]);
/* Typeset signs in plain ASCII (<=, -, u, x); false when it does not fit. */
bool nen__plain(const char *text, char *out, size_t cap);
/* Cuts `text` so that no character is left half. */
void nen__utf8_trim(char *text);

/* ---- json_check.c ---- */
nen_status nen__json_check(const char *text, size_t bytes, nen_error *error);
nen_status nen__syntax(nen_error *error, const char *text, size_t bytes, size_t at,
                       const char *why);
/* Bytes of the first JSON value from `text`, 0 when it does not end in `bytes`. */
size_t nen__json_span(const char *text, size_t bytes);
nen_place nen__place(const char *text, size_t byte);
#endif
