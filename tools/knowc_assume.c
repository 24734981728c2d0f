/* knowc_assume.c - `field = literal` of a convention, as a value of the case. */
#include "knowc.h"

#include <string.h>

enum { TEXT_MAX = 160 };

static void print_number(kc_buf *out, double lo, double hi, unsigned flags) {
    enum { EXACT = 17 };
    kc_print(out, ".assume = {.num = {%.*g, %.*g}, .known = %d, .flags = %u}, ", EXACT,
             lo, EXACT, hi, NEN_KNOWN, flags);
}

/* One end of a range; an empty one is the field's own limit. */
static double bound(const kc_at *at, const nen_field_info *f, const char *text,
                    bool high) {
    char why[TEXT_MAX * 2];
    double lo = 0, hi = 0;
    while (*text == ' ')
        text++;
    if (!*text) return high ? f->hi : f->lo;
    if (!kp_literal(f, text, &lo, &hi, why, sizeof why))
        kc_error(at, "assume", "%s", why);
    return high ? hi : lo;
}

/* 0..3) is [0, 3); brackets at the ends may be left out and are then closed. */
static void range(const kc_at *at, const nen_field_info *f, char *text, kc_buf *out) {
    unsigned flags = 0;
    size_t n = strlen(text);
    if (n && (text[n - 1] == ')' || text[n - 1] == ']')) {
        flags |= text[n - 1] == ')' ? NEN_HI_OPEN : 0;
        text[n - 1] = 0;
    }
    if (*text == '(' || *text == '[') {
        flags |= *text == '(' ? NEN_LO_OPEN : 0;
        text++;
    }
    char *dots = strstr(text, "..");
    if (!dots) {
        kc_error(at, "assume", "expected a number or a range like 0..3)");
        return;
    }
    *dots = 0;
    print_number(out, bound(at, f, text, false), bound(at, f, dots + 2, true), flags);
}

/* word, {word, word} or, for a list, {} */
static void words(const kc_at *at, unsigned field, char *text, kc_buf *out) {
    const kp_vocab *v = &at->k->vocab;
    nen__set set = {{0}};
    char item[TEXT_MAX], why[TEXT_MAX * 2];
    const size_t n = strlen(text);
    if (*text == '{' && n > 1 && text[n - 1] == '}') {
        text[n - 1] = 0;
        text++;
    }
    const char *list = text;
    while (kc_item(&list, ',', item, sizeof item)) {
        const int w = kp_word_find(v, field, item);
        if (w >= 0) {
            kp_word_add(v, field, (unsigned)w, &set);
            continue;
        }
        kp_unknown_word(v, field, item, why, sizeof why);
        kc_error(at, "assume", "%s", why);
    }
    kc_print(out, ".assume = {");
    kc_print_set(out, "set", set);
    kc_print(out, ".known = %d}, ", NEN_KNOWN);
}

static void literal(const kc_at *at, unsigned field, char *text, kc_buf *out) {
    const nen_field_info *f = &at->k->vocab.field[field];
    char why[TEXT_MAX * 2];
    double lo, hi;
    if (f->type == NEN_TYPE_WORD || f->type == NEN_TYPE_LIST) {
        words(at, field, text, out);
    } else if (f->type == NEN_TYPE_BOOL) {
        const int yes = kc_index("false true", text);
        if (yes < 0) kc_error(at, "assume", "`%s` takes true or false", f->name);
        print_number(out, yes > 0, yes > 0, 0);
    } else if (strstr(text, "..")) {
        range(at, f, text, out);
    } else if (kp_literal(f, text, &lo, &hi, why, sizeof why)) {
        print_number(out, lo, hi, 0);
    } else {
        kc_error(at, "assume", "%s", why);
    }
}

void kc_print_assume(const kc_at *at, kc_buf *out) {
    const char *text = kc_get(at, "assume"), *rest = text;
    char name[TEXT_MAX], value[TEXT_MAX];
    unsigned field = NEN_NONE;
    if (strcmp(text, "-") != 0) {
        kc_item(&rest, '=', name, sizeof name);
        const int f = kp_field_find(&at->k->vocab, name);
        if (f < 0)
            kc_error(at, "assume", "expected `field = literal`; no field `%s`", name);
        field = f < 0 ? NEN_NONE : (unsigned)f;
    }
    if (field != NEN_NONE) {
        if (kc_item(&rest, '\n', value, sizeof value)) {
            literal(at, field, value, out);
        } else {
            kc_error(at, "assume", "expected `field = literal`");
        }
    }
    kc_print(out, ".assume_field = %u, ", field);
}
