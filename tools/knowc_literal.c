/* knowc_literal.c - names and literals in predicates: words, numbers, dates, codes. */
#include "knowc_predicate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BASE = 10, YEAR_DIGITS = 4, YEAR = 10000, MONTH = 100, CODE_LETTER = 'C' };

unsigned kp_distance(const char *a, const char *b, unsigned limit) {
    unsigned row[KP_NAME_MAX];
    const size_t na = strlen(a), nb = strlen(b);
    if (na >= KP_NAME_MAX || nb >= KP_NAME_MAX) return limit + 1;
    for (unsigned j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= nb; j++) {
            unsigned best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[nb] > limit ? limit + 1 : row[nb];
}

int kp_field_find(const kp_vocab *vocab, const char *name) {
    for (unsigned i = 0; i < vocab->fields; i++)
        if (!strcmp(vocab->field[i].name, name)) return (int)i;
    return -1;
}

int kp_word_find(const kp_vocab *vocab, unsigned field, const char *word) {
    for (unsigned i = 0; i < vocab->field[field].words; i++)
        if (!strcmp(vocab->word[field][i].word, word)) return (int)i;
    return -1;
}

void kp_word_add(const kp_vocab *vocab, unsigned field, unsigned w, nen__set *out) {
    const nen_word_info *info = &vocab->word[field][w];
    if (!info->group) out->bits[w / 64] |= (uint64_t)1 << (w % 64);
    for (unsigned i = 0; info->group && i < KP_CHUNKS; i++)
        out->bits[i] |= info->members[i];
}

/* Is `word` one of the '|'-separated names of `also`? */
static bool is_also(const char *also, const char *word) {
    const size_t n = strlen(word);
    for (const char *p = also; p && *p;) {
        const size_t k = strcspn(p, "|");
        if (k == n && !memcmp(p, word, n)) return true;
        p += k + (p[k] == '|');
    }
    return false;
}

void kp_unknown_word(const kp_vocab *vocab, unsigned field, const char *word,
                     char *error, size_t cap) {
    const nen_field_info *f = &vocab->field[field];
    const char *near = NULL;
    unsigned best = (unsigned)strlen(word) / 2 + 2;
    for (unsigned i = 0; i < f->words; i++) {
        const nen_word_info *w = &vocab->word[field][i];
        const unsigned d = kp_distance(word, w->word, best);
        if (is_also(w->also, word)) {
            snprintf(error, cap, "`%s` is another name of `%s`; write `%s`", word,
                     w->word, w->word);
            return;
        }
        if (d < best) best = d, near = w->word;
    }
    int n = snprintf(error, cap, "`%s` has no word `%s`", f->name, word);
    if (near) n += snprintf(error + n, cap - (size_t)n, "; nearest `%s`", near);
    if (near || !f->words) return;
    n += snprintf(error + n, cap - (size_t)n, "; allowed:");
    for (unsigned i = 0; i < f->words && (size_t)n + KP_NAME_MAX < cap; i++) {
        n += snprintf(error + n, cap - (size_t)n, " %.*s", KP_NAME_MAX - 2,
                      vocab->word[field][i].word);
    }
}

/* Reads exactly n digits; -1 when something else stands there. */
static long digits(const char *s, size_t n) {
    long v = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9') return -1;
        v = v * BASE + (s[i] - '0');
    }
    return v;
}

/* Has the text the shape of a date, of a month or of a year? */
static bool date_shape(const char *s, size_t n) {
    static const char form[] = "yyyy-mm-dd";
    if (n != YEAR_DIGITS && n != sizeof "yyyy-mm" - 1 && n != sizeof form - 1)
        return false;
    for (size_t i = 0; i < n; i++)
        if ((form[i] == '-') != (s[i] == '-')) return false;
    return true;
}

/* 2018-01-01, 2018-01 or 2018 as yyyymmdd. */
static bool date(const char *s, double *lo, double *hi) {
    const size_t n = strlen(s), whole = sizeof "yyyy-mm-dd" - 1;
    if (!date_shape(s, n)) return false;
    const long y = digits(s, YEAR_DIGITS);
    const long m = n > YEAR_DIGITS ? digits(s + YEAR_DIGITS + 1, 2) : 0;
    const long d = n == whole ? digits(s + n - 2, 2) : 0;
    enum { LAST_MONTH = 12, LAST_DAY = 31 };
    if (y < 0 || m < 0 || d < 0 || m > LAST_MONTH || d > LAST_DAY) return false;
    if ((n > YEAR_DIGITS && !m) || (n == whole && !d)) return false;
    *lo = (double)(y * YEAR + (m ? m : 1) * MONTH + (d ? d : 1));
    *hi = (double)(y * YEAR + (m ? m : LAST_MONTH) * MONTH + (d ? d : LAST_DAY));
    return true;
}

/* C25.4 is 254; C25 is 250 to 259. */
static bool topography(const char *s, double *lo, double *hi) {
    const size_t n = strlen(s);
    const long organ = n >= sizeof "C25" - 1 ? digits(s + 1, 2) : -1;
    if (s[0] != CODE_LETTER || organ < 0) return false;
    *lo = (double)organ * BASE;
    *hi = *lo + BASE - 1;
    if (n == sizeof "C25" - 1) return true;
    const long part = n == sizeof "C25.4" - 1 ? digits(s + n - 1, 1) : -1;
    if (s[sizeof "C25" - 1] != '.' || part < 0) return false;
    *lo = *hi = *lo + (double)part;
    return true;
}

/* 8240/3 is 82403; 8240 is any behavior. */
static bool icdo3(const char *s, double *lo, double *hi) {
    const size_t n = strlen(s);
    const long type = n >= sizeof "8240" - 1 ? digits(s, sizeof "8240" - 1) : -1;
    if (type < 0) return false;
    *lo = (double)type * BASE;
    *hi = *lo + BASE - 1;
    if (n == sizeof "8240" - 1) return true;
    const long behavior = n == sizeof "8240/3" - 1 ? digits(s + n - 1, 1) : -1;
    if (s[sizeof "8240" - 1] != '/' || behavior < 0) return false;
    *lo = *hi = *lo + (double)behavior;
    return true;
}

/* A plain decimal: no exponent, no hexadecimal, no "inf". */
static bool decimal(const char *s, double *out) {
    enum { DECIMAL_MAX = 18 }; /* what a double holds exactly enough */
    const char *p = s + (*s == '-');
    if (!*p || strlen(p) > DECIMAL_MAX || strspn(p, "0123456789.") != strlen(p))
        return false;
    char *end;
    *out = strtod(s, &end);
    return !*end && *p != '.' && end[-1] != '.';
}

static bool number(const nen_field_info *f, const char *s, double *lo, double *hi,
                   char *error, size_t cap) {
    if (!decimal(s, lo)) {
        snprintf(error, cap, "`%s` is no number for `%s`", s, f->name);
        return false;
    }
    *hi = *lo;
    if (*lo >= f->lo && *lo <= f->hi) return true;
    snprintf(error, cap, "%s is outside the range of `%s`: %g to %g %s", s, f->name,
             f->lo, f->hi, f->unit);
    return false;
}

bool kp_literal(const nen_field_info *f, const char *s, double *lo, double *hi,
                char *error, size_t cap) {
    const char *form = NULL;
    switch (f->type) {
        case NEN_TYPE_NUMBER:
        case NEN_TYPE_COUNT:
            return number(f, s, lo, hi, error, cap);
        case NEN_TYPE_DATE:
            if (date(s, lo, hi)) return true;
            form = "a date like 2018-01-01";
            break;
        case NEN_TYPE_TOPOGRAPHY:
            if (topography(s, lo, hi)) return true;
            form = "a code like C25.4";
            break;
        case NEN_TYPE_ICDO3:
            if (icdo3(s, lo, hi)) return true;
            form = "a code like 8240/3";
            break;
        default:
            form = "no literal (words take == and !=)";
            break;
    }
    snprintf(error, cap, "`%s` does not fit `%s`, which takes %s", s, f->name, form);
    return false;
}
