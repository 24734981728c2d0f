/* case_number.c - numbers with units, bounds and ranges ("2.3 cm", "<=20", "2-3"). */
#include "reader.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum {
    TEXT_CAP = 96,
    OP_CAP = 3,
    UNIT_CAP = 24,
    DIGITS_MAX = 15,   /* decimal digits that a double holds exactly */
    EXPONENT_MAX = 22, /* largest exact power of ten in a double */
    EXPONENT_READ = 4, /* digits of a written exponent that are looked at */
    TEN = 10
};

/* ---- decimals ------------------------------------------------------------------ */

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

static void push_digit(nen__decimal *d, unsigned *count, char c, bool fraction) {
    const bool room = *count < DIGITS_MAX;
    if (room) d->digits = d->digits * TEN + (unsigned)(c - '0');
    if (room && d->digits) ++*count;
    if (fraction && room) d->exponent--;
    if (!fraction && !room) d->exponent++;
}

static size_t exponent_length(const char *p, int *out) {
    size_t n = 0;
    int e = 0;
    if (p[n] != 'e' && p[n] != 'E') return 0;
    n++;
    const bool minus = p[n] == '-';
    if (p[n] == '-' || p[n] == '+') n++;
    if (!digit(p[n])) return 0;
    for (unsigned seen = 0; digit(p[n]); n++) {
        if (seen++ < EXPONENT_READ) e = e * TEN + (p[n] - '0');
    }
    *out = minus ? -e : e;
    return n;
}

size_t nen__decimal_read(const char *text, nen__decimal *out) {
    unsigned count = 0;
    size_t n = 0;
    int exponent = 0;
    *out = (nen__decimal){0, 0};
    if (!digit(text[0]) && !(text[0] == '.' && digit(text[1]))) return 0;
    for (; digit(text[n]); n++) {
        push_digit(out, &count, text[n], false);
    }
    if (text[n] == '.' && digit(text[n + 1])) {
        for (n++; digit(text[n]); n++) {
            push_digit(out, &count, text[n], true);
        }
    }
    n += exponent_length(text + n, &exponent);
    out->exponent += exponent;
    return n;
}

double nen__decimal_value(nen__decimal d) {
    double power = 1;
    int e = d.exponent < 0 ? -d.exponent : d.exponent;
    if (d.digits == 0) return 0;
    /* digits and powers up to 10^22 are exact, so one division rounds once */
    for (; e > 0 && isfinite(power); e--) {
        power *= TEN;
    }
    return d.exponent < 0 ? (double)d.digits / power : (double)d.digits * power;
}

nen__decimal nen__decimal_times(nen__decimal a, nen__decimal b) {
    nen__decimal out = {0, a.exponent + b.exponent};
    while (__builtin_mul_overflow(a.digits, b.digits, &out.digits)) {
        a.digits /= TEN; /* past 19 digits: drop the last, far below a double */
        out.exponent++;
    }
    return out;
}

/* ---- units --------------------------------------------------------------------- */

/* Lower case without blanks, so that "10^9 / L" is "10^9/l". */
static void unit_key(const char *from, size_t n, char out[UNIT_CAP]) {
    size_t used = 0;
    for (size_t i = 0; i < n && used + 1 < UNIT_CAP; i++) {
        if (!isspace((unsigned char)from[i])) {
            out[used++] = (char)tolower((unsigned char)from[i]);
        }
    }
    out[used] = 0;
}

static bool same_unit(const char *a, const char *b) {
    char x[UNIT_CAP], y[UNIT_CAP], plain[TEXT_CAP];
    unit_key(a, strlen(a), x);
    if (!b || !nen__plain(b, plain, sizeof plain)) return false;
    unit_key(plain, strlen(plain), y);
    return !strcmp(x, y);
}

/* Does the row of `units` speak of this field? Its `field` is a name or a unit. */
static bool unit_row_fits(const char *row_field, const nen_field_info *info) {
    return !strcmp(row_field, info->name) ||
           (info->unit && !strcmp(row_field, info->unit));
}

/* Factor from a written unit to the field's; false when there is none. */
static bool unit_factor(const nen_field_info *info, const char *unit,
                        nen__decimal *factor) {
    *factor = (nen__decimal){1, 0};
    if (!*unit || same_unit(unit, info->unit)) return true;
    const nen_table *units = nen_table_get((unsigned)nen_table_find("units"));
    for (unsigned i = 0; units && i < units->rows; i++) {
        const char *field = nen_cell(units, i, "field");
        const char *name = nen_cell(units, i, "unit");
        if (!field || !unit_row_fits(field, info) || !same_unit(unit, name)) continue;
        const char *text = nen_cell(units, i, "factor");
        return text && nen__decimal_read(text, factor) > 0;
    }
    return false;
}

/* "allowed" of a unit that is not: the field's own and the convertible ones. */
static nen_status fail_unit(nen_error *error, const nen_field_info *info,
                            const nen__entry *e) {
    nen__fail(error, NEN_ERR_TYPE, e, "this unit is not one of the field's; allowed: ");
    if (info->unit) nen__append(error->allowed, sizeof error->allowed, info->unit);
    const nen_table *units = nen_table_get((unsigned)nen_table_find("units"));
    for (unsigned i = 0; units && i < units->rows; i++) {
        const char *field = nen_cell(units, i, "field");
        if (!field || !unit_row_fits(field, info)) continue;
        nen__append(error->allowed, sizeof error->allowed, ", ");
        nen__append(error->allowed, sizeof error->allowed, nen_cell(units, i, "unit"));
    }
    nen__append(error->text, sizeof error->text, error->allowed);
    return NEN_ERR_TYPE;
}

/* ---- bounds and ranges --------------------------------------------------------- */

/* A number as written: one or two decimals, a sign in front, units behind. */
typedef struct written {
    nen__decimal first, second;
    char unit[2][UNIT_CAP];
    char op[OP_CAP]; /* "", "<", "<=", ">", ">=", "~" */
    bool range;
    unsigned places; /* decimals written after the point of the first number */
} written;

static const char *blanks(const char *p) {
    while (isspace((unsigned char)*p)) {
        p++;
    }
    return p;
}

static const char *read_op(const char *p, char op[OP_CAP]) {
    size_t n = 0;
    if (*p == '<' || *p == '>' || *p == '~') op[n++] = *p++;
    if (n && op[0] != '~' && *p == '=') op[n++] = *p++;
    op[n] = 0;
    return blanks(p);
}

/* Where a range goes on behind `p` ("-3", "to 3"), or NULL. */
static const char *range_sign(const char *p) {
    if (*p == '-' && p[1] != '>') {
        p = blanks(p + 1);
    } else if (p[0] == 't' && p[1] == 'o' && isspace((unsigned char)p[2])) {
        p = blanks(p + 2);
    } else {
        return NULL;
    }
    return digit(*p) || *p == '.' ? p : NULL;
}

static const char *read_unit(const char *p, char unit[UNIT_CAP]) {
    const char *from = p = blanks(p);
    while (*p && !range_sign(p)) {
        p++;
    }
    unit_key(from, (size_t)(p - from), unit);
    return p;
}

static unsigned places_of(const char *p, size_t n) {
    const char *point = memchr(p, '.', n);
    unsigned places = 0;
    while (point && digit(point[places + 1])) {
        places++;
    }
    return places;
}

/* False when the text is no number, bound or range. */
static bool read_written(const char *text, written *w) {
    *w = (written){0};
    const char *p = read_op(blanks(text), w->op);
    size_t n = nen__decimal_read(p, &w->first);
    if (n == 0) return false;
    w->places = places_of(p, n);
    p = read_unit(p + n, w->unit[0]);
    if (w->unit[0][0] == ',') return false; /* "2,3": point or list, nobody knows */
    if (!*p) return true;
    p = range_sign(p);
    w->range = true;
    n = p && !w->op[0] ? nen__decimal_read(p, &w->second) : 0;
    if (n == 0) return false;
    p = read_unit(p + n, w->unit[1]);
    return !*p;
}

static double half_unit(const written *w, nen__decimal factor) {
    const nen__decimal last = {1, w->first.exponent};
    return nen__decimal_value(nen__decimal_times(last, factor)) / 2;
}

/* The interval as written; an open end goes to the end of the field's range. */
static void interval(const written *w, const nen_field_info *info,
                     const nen__decimal factor[2], nen_value *v) {
    const double x = nen__decimal_value(nen__decimal_times(w->first, factor[0]));
    v->num.lo = v->num.hi = x;
    if (w->range) {
        v->num.hi = nen__decimal_value(nen__decimal_times(w->second, factor[1]));
    }
    if (w->op[0] == '<') {
        v->num.lo = info->lo;
        if (!w->op[1]) v->flags |= NEN_HI_OPEN;
    } else if (w->op[0] == '>') {
        v->num.hi = info->hi;
        if (!w->op[1]) v->flags |= NEN_LO_OPEN;
    } else if (w->op[0] == '~') { /* what would be rounded to the number written */
        const double half = half_unit(w, factor[0]);
        v->num.lo = fmax(info->lo, x - half);
        v->num.hi = fmin(info->hi, x + half);
        v->flags |= NEN_HI_OPEN;
    }
}

static bool whole(const nen_value *v) {
    return (!isfinite(v->num.lo) || v->num.lo == floor(v->num.lo)) &&
           (!isfinite(v->num.hi) || v->num.hi == floor(v->num.hi));
}

/* "about 20" of a count: the whole numbers inside. */
static void to_count(nen_value *v) {
    v->num.lo = ceil(v->num.lo);
    v->num.hi = isfinite(v->num.hi) ? floor(v->num.hi) : v->num.hi;
    if (v->num.hi < v->num.lo) v->num.hi = v->num.lo;
    v->flags &= (uint8_t)~NEN_HI_OPEN;
}

static bool in_range(const nen_value *v, const nen_field_info *info) {
    const bool open = v->flags & (NEN_LO_OPEN | NEN_HI_OPEN);
    if (!(v->num.lo >= info->lo) || !(v->num.hi <= info->hi)) return false;
    return v->num.lo < v->num.hi || (v->num.lo == v->num.hi && !open);
}

/* ---- doubts -------------------------------------------------------------------- */

/* A size that was named without its unit, or written with decimals, may be in cm; a
 * Ki-67 below 1 with two decimals may be a fraction (docs/contract.md, bad input). */
enum { SIZE_LOOKS_LIKE_CM = 3, FRACTION_PLACES = 2 };

static bool odd_size(const nen__entry *e, const written *w, double mm) {
    char name[NEN__NAME_CAP];
    nen__name(e->name, name);
    if (mm >= SIZE_LOOKS_LIKE_CM || w->unit[0][0]) return false;
    return e->origin == NEN__TEXT || w->places > 0 || !strcmp(name, "size");
}

static bool odd_fraction(const written *w, double pct) {
    return pct > 0 && pct < 1 && w->places >= FRACTION_PLACES && !w->unit[0][0];
}

static bool doubtful(unsigned field, const nen__entry *e, const written *w,
                     const nen_value *v) {
    if (v->num.lo != v->num.hi) return false;
    if (nen__is(field, "size_mm")) return odd_size(e, w, v->num.lo);
    return nen__is(field, "ki67_pct") && odd_fraction(w, v->num.lo);
}

/* ---- a number field ------------------------------------------------------------ */

/* Values that are no figure; false when `text` is one. */
static bool special(unsigned field, const char *text, nen_value *v) {
    const nen_field_info *info = nen_field(field);
    char name[NEN__NAME_CAP];
    nen__name(text, name);
    if (info->not_measurable && !strcmp(name, "not_measurable")) {
        v->known = NEN_NOT_MEASURABLE;
        return true;
    }
    if (!nen__is(field, "nodes_positive")) return false;
    if (strcmp(name, "some") != 0 && strcmp(name, "+") != 0) return false;
    v->known = NEN_KNOWN; /* at least one, the number is not told */
    v->num.lo = 1;
    v->num.hi = info->hi;
    return true;
}

static nen_status negative(unsigned field, const char *text, const nen__entry *e,
                           nen_error *error) {
    const char *p = blanks(text);
    const bool number = *p == '-' && (digit(p[1]) || p[1] == '.');
    return number ? nen__fail_range(error, field, e) : nen__fail_type(error, field, e);
}

static nen_status settle(unsigned field, const nen__entry *e, const written *w,
                         nen_value *v, nen_error *error) {
    const nen_field_info *info = nen_field(field);
    nen__decimal factor[2];
    const char *first = *w->unit[0] || !w->range ? w->unit[0] : w->unit[1];
    if (!unit_factor(info, first, &factor[0])) return fail_unit(error, info, e);
    const char *second = *w->unit[1] ? w->unit[1] : first;
    if (!unit_factor(info, second, &factor[1])) return fail_unit(error, info, e);
    interval(w, info, factor, v);
    if (info->type == NEN_TYPE_COUNT && w->op[0] == '~') to_count(v);
    if (!in_range(v, info)) return nen__fail_range(error, field, e);
    if (info->type == NEN_TYPE_COUNT && !whole(v)) {
        return nen__fail_type(error, field, e);
    }
    if (doubtful(field, e, w, v)) v->flags |= NEN_CLOSE_CALL;
    v->known = NEN_KNOWN;
    return NEN_OK;
}

nen_status nen__read_number(unsigned field, const nen__entry *e, nen_value *v,
                            nen_error *error) {
    char text[TEXT_CAP];
    written w;
    if (e->origin == NEN__BOOL) return nen__fail_type(error, field, e);
    if (!nen__plain(e->text, text, sizeof text)) return nen__fail_type(error, field, e);
    if (special(field, text, v)) return NEN_OK;
    if (!read_written(text, &w)) return negative(field, text, e, error);
    return settle(field, e, &w, v, error);
}
