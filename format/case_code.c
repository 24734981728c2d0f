/* case_code.c - dates, ICD-O-3 codes and yes/no. */
#include "reader.h"

#include <string.h>

enum {
    YEAR_DIGITS = 4,
    YEAR = 10000, /* yyyymmdd holds the year above this place */
    MONTH = 100,
    MONTHS = 12,
    TOPOGRAPHY_DIGITS = 3,
    MORPHOLOGY_DIGITS = 4,
    TEN = 10
};

/* Reads exactly n digits; false otherwise. */
static bool digits(const char **p, unsigned n, unsigned *out) {
    *out = 0;
    for (unsigned i = 0; i < n; i++, ++*p) {
        if (**p < '0' || **p > '9') return false;
        *out = *out * TEN + (unsigned)(**p - '0');
    }
    return true;
}

static bool leap(unsigned year) {
    const unsigned century = 100, cycle = 400, four = 4;
    return year % four == 0 && (year % century != 0 || year % cycle == 0);
}

static unsigned days_in(unsigned year, unsigned month) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && leap(year) ? 1u : 0u);
}

/* "-05" behind a year or month; left out is 0. */
static bool date_part(const char **p, unsigned *part) {
    *part = 0;
    if (!**p) return true;
    if (**p != '-') return false;
    ++*p;
    return digits(p, 2, part) && *part > 0;
}

/* "2024", "2024-05" or "2024-05-01"; a part left out is a whole year or month. */
static bool read_date(const char *p, unsigned *from, unsigned *to) {
    unsigned year, month, day;
    if (!digits(&p, YEAR_DIGITS, &year)) return false;
    if (!date_part(&p, &month) || !date_part(&p, &day)) return false;
    if (*p || month > MONTHS) return false;
    const unsigned first = month ? month : 1, last = month ? month : MONTHS;
    if (day > days_in(year, first)) return false;
    *from = year * YEAR + first * MONTH + (day ? day : 1);
    *to = year * YEAR + last * MONTH + (day ? day : days_in(year, last));
    return true;
}

static nen_status enter_date(unsigned field, const nen__entry *e, nen_value *v,
                             nen_error *error) {
    const nen_field_info *info = nen_field(field);
    unsigned from, to;
    if (!read_date(e->text, &from, &to)) return nen__fail_type(error, field, e);
    if (from < info->lo || to > info->hi) return nen__fail_range(error, field, e);
    v->num.lo = from;
    v->num.hi = to;
    v->known = NEN_KNOWN;
    return NEN_OK;
}

/* "C25.4" is 254, "C25" is 250 to 259. */
static bool read_topography(const char *p, nen_value *v) {
    unsigned main_part, rest = 0;
    if (*p != 'C' && *p != 'c') return false;
    p++;
    if (!digits(&p, TOPOGRAPHY_DIGITS - 1, &main_part)) return false;
    const bool whole = !*p;
    if (*p == '.') p++;
    if (!whole && (!digits(&p, 1, &rest) || *p)) return false;
    v->num.lo = main_part * TEN + rest;
    v->num.hi = whole ? v->num.lo + TEN - 1 : v->num.lo;
    return true;
}

/* "8240/3" is 82403. */
static bool read_morphology(const char *p, nen_value *v) {
    unsigned type, behavior;
    if (*p == 'M' || *p == 'm') p += p[1] == '-' ? 2 : 1;
    if (!digits(&p, MORPHOLOGY_DIGITS, &type) || *p != '/') return false;
    p++;
    if (!digits(&p, 1, &behavior) || *p) return false;
    v->num.lo = v->num.hi = type * TEN + behavior;
    return true;
}

static nen_status enter_bool(unsigned field, const nen__entry *e, nen_value *v,
                             nen_error *error) {
    char name[NEN__NAME_CAP];
    nen__name(e->text, name);
    const bool yes = !strcmp(name, "true") || !strcmp(name, "yes");
    const bool no = !strcmp(name, "false") || !strcmp(name, "no");
    if (e->origin == NEN__NUMBER || (!yes && !no)) {
        return nen__fail_type(error, field, e);
    }
    v->num.lo = v->num.hi = yes;
    v->known = NEN_KNOWN;
    return NEN_OK;
}

nen_status nen__read_code(unsigned field, const nen__entry *e, nen_value *v,
                          nen_error *error) {
    const uint8_t type = nen_field(field)->type;
    if (type == NEN_TYPE_BOOL) return enter_bool(field, e, v, error);
    if (e->origin == NEN__BOOL) return nen__fail_type(error, field, e);
    if (type == NEN_TYPE_DATE) return enter_date(field, e, v, error);
    const bool read = type == NEN_TYPE_TOPOGRAPHY ? read_topography(e->text, v)
                                                  : read_morphology(e->text, v);
    if (!read) return nen__fail_type(error, field, e);
    v->known = NEN_KNOWN;
    return NEN_OK;
}
