/* read_help.h - what the tests of the readers share. */
#ifndef NEN_TEST_READ_HELP_H
#define NEN_TEST_READ_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "nen.h"
#include "read.h"

#include <stdio.h>
#include <string.h>

static nen_input in;
static nen_error error;
static int tokens[1 << 16];

static inline int fresh(void **state) {
    (void)state;
    memset(&in, 0, sizeof in);
    memset(&error, 0, sizeof error);
    return 0;
}

/* ---- what the tests say -----------------------------------------------------------
 */

static inline unsigned field(const char *name) {
    const int at = nen_field_find(name);
    if (at < 0) fail_msg("no field %s", name);
    return (unsigned)at;
}

static inline const nen_value *value(const char *name) {
    return &in.c.field[field(name)];
}

static inline void set(const char *name, const char *text) {
    if (nen_set(&in, name, text, &error)) fail_msg("%s=%s: %s", name, text, error.text);
}

static inline nen_status json(const char *text) {
    memset(&in, 0, sizeof in);
    return nen_read_json(text, strlen(text), tokens, sizeof tokens, &in, &error);
}

static inline void json_ok(const char *text) {
    if (json(text) || nen_finish(&in, &error)) fail_msg("%s: %s", text, error.text);
}

static inline void is_number(const char *name, double lo, double hi, unsigned flags) {
    const nen_value *v = value(name);
    assert_int_equal(v->known, NEN_KNOWN);
    if (v->num.lo != lo || v->num.hi != hi)
        fail_msg("%s is %.17g to %.17g", name, v->num.lo, v->num.hi);
    assert_int_equal(v->flags, flags);
}

static inline bool has(const char *name, const char *word) {
    const int at = nen_word_find(field(name), word);
    if (at < 0) fail_msg("%s has no word %s", name, word);
    return value(name)->set[at / 64] >> (at % 64) & 1;
}

static inline unsigned members(const char *name) {
    const nen_value *v = value(name);
    return (unsigned)(__builtin_popcountll(v->set[0]) +
                      __builtin_popcountll(v->set[1]));
}

static inline void is_word(const char *name, const char *word) {
    assert_int_equal(value(name)->known, NEN_KNOWN);
    assert_int_equal(members(name), 1);
    if (!has(name, word)) fail_msg("%s is not %s", name, word);
}

static inline void is_absent(const char *name) {
    assert_int_equal(value(name)->known, NEN_UNKNOWN);
}

#endif
