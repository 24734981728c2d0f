/* case_error.c - what was wrong, what is allowed and what is near, in one sentence. */
#include "reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void nen__append(char *out, size_t cap, const char *text) {
    const size_t used = strlen(out), n = strlen(text);
    if (used + 1 >= cap) return;
    const size_t room = cap - used - 1, take = n < room ? n : room;
    memcpy(out + used, text, take);
    out[used + take] = 0;
    if (take < n) nen__utf8_trim(out);
}

static void copy(char *out, size_t cap, const char *text) {
    out[0] = 0;
    nen__append(out, cap, text ? text : "");
}

nen_status nen__fail(nen_error *error, nen_status code, const nen__entry *e,
                     const char *text) {
    error->code = code;
    copy(error->field, sizeof error->field, e->name);
    copy(error->value, sizeof error->value, e->text);
    copy(error->text, sizeof error->text, text);
    error->line = e->place.line;
    error->byte = e->place.byte;
    return code;
}

void nen__words_text(unsigned field, const uint64_t *sites, char *out, size_t cap) {
    static const char more[] = ", ...";
    out[0] = 0;
    for (unsigned i = 0; nen_word(field, i); i++) {
        const nen_word_info *word = nen_word(field, i);
        if (!nen__fits_site(word, sites)) continue;
        if (strlen(out) + strlen(word->word) + sizeof more + 2 > cap) {
            nen__append(out, cap, more);
            return;
        }
        if (out[0]) nen__append(out, cap, ", ");
        nen__append(out, cap, word->word);
    }
}

enum { DATE_CAP = 16 };

/* yyyymmdd as yyyy-mm-dd. */
static void date_text(double date, char out[DATE_CAP]) {
    const unsigned year_place = 10000, month_place = 100, d = (unsigned)date;
    snprintf(out, DATE_CAP, "%04u-%02u-%02u", d / year_place,
             d / month_place % month_place, d % month_place);
}

static void date_range(const nen_field_info *info, char *out, size_t cap) {
    char lo[DATE_CAP], hi[DATE_CAP];
    date_text(info->lo, lo);
    date_text(info->hi, hi);
    snprintf(out, cap, "%s to %s", lo, hi);
}

void nen__range_text(unsigned field, char *out, size_t cap) {
    const nen_field_info *info = nen_field(field);
    const char *unit = info->unit && strcmp(info->unit, "-") != 0 ? info->unit : "";
    char text[NEN__TEXT_CAP];
    if (info->type == NEN_TYPE_DATE) {
        date_range(info, out, cap);
        return;
    }
    if (isfinite(info->hi)) {
        snprintf(text, sizeof text, "%.10g to %.10g %s", info->lo, info->hi, unit);
    } else {
        snprintf(text, sizeof text, "%.10g or more %s", info->lo, unit);
    }
    if (!*unit) text[strlen(text) - 1] = 0;
    copy(out, cap, text);
    if (info->not_measurable) nen__append(out, cap, ", not_measurable");
}

static const char *type_text(uint8_t type) {
    switch (type) {
        case NEN_TYPE_BOOL:
            return "true, false, yes, no";
        case NEN_TYPE_DATE:
            return "a date yyyy-mm-dd, or a year";
        case NEN_TYPE_TOPOGRAPHY:
            return "an ICD-O-3 topography such as C25.4";
        case NEN_TYPE_ICDO3:
            return "an ICD-O-3 morphology such as 8240/3";
        case NEN_TYPE_TEXT:
            return "a short text";
        default:
            return "";
    }
}

/* Fills error->allowed for a field of any type. */
static void fill_allowed(nen_error *error, unsigned field, const uint64_t *sites) {
    const uint8_t type = nen_field(field)->type;
    if (type == NEN_TYPE_WORD || type == NEN_TYPE_LIST) {
        nen__words_text(field, sites, error->allowed, sizeof error->allowed);
    } else if (type == NEN_TYPE_NUMBER || type == NEN_TYPE_COUNT ||
               (type == NEN_TYPE_DATE && error->code == NEN_ERR_RANGE)) {
        nen__range_text(field, error->allowed, sizeof error->allowed);
    } else {
        copy(error->allowed, sizeof error->allowed, type_text(type));
    }
}

static void say_rest(nen_error *error) {
    if (error->nearest[0]) {
        nen__append(error->text, sizeof error->text, "; did you mean ");
        nen__append(error->text, sizeof error->text, error->nearest);
        nen__append(error->text, sizeof error->text, "?");
    }
    if (error->allowed[0]) {
        nen__append(error->text, sizeof error->text,
                    error->nearest[0] ? " Allowed: " : "; allowed: ");
        nen__append(error->text, sizeof error->text, error->allowed);
    }
}

/* Is the word one of the field's, but for other sites? */
static bool elsewhere(unsigned field, const char *item) {
    return nen_word_find(field, item) >= 0;
}

/* "MX" must not be taken for a slip of M0: what was not assessed is left out. */
static bool not_assessed(unsigned field, const char *item) {
    const size_t n = strlen(item);
    return nen__is(field, "m") && n > 1 && (item[n - 1] == 'X' || item[n - 1] == 'x');
}

nen_status nen__fail_word(nen_error *error, unsigned field, const nen__entry *e,
                          const char *item, const uint64_t *sites) {
    char text[NEN__TEXT_CAP];
    const bool known = elsewhere(field, item);
    snprintf(text, sizeof text, "%.47s: %.80s is %s", e->name, item,
             known ? "not a word for this site" : "not one of its words");
    nen__fail(error, NEN_ERR_WORD, e, text);
    nen__utf8_trim(error->text);
    copy(error->value, sizeof error->value, item);
    fill_allowed(error, field, sites);
    if (not_assessed(field, item)) {
        nen__append(error->text, sizeof error->text, "; leave it out if not assessed");
    } else if (!known) {
        copy(error->nearest, sizeof error->nearest,
             nen__nearest_word_at(field, item, sites));
    }
    say_rest(error);
    return NEN_ERR_WORD;
}

static const char *type_want(uint8_t type) {
    switch (type) {
        case NEN_TYPE_BOOL:
            return "is a yes or no";
        case NEN_TYPE_WORD:
            return "is one word";
        case NEN_TYPE_LIST:
            return "is a list of words";
        case NEN_TYPE_COUNT:
            return "is a whole number";
        case NEN_TYPE_NUMBER:
            return "is a number";
        case NEN_TYPE_DATE:
            return "is a date that exists";
        case NEN_TYPE_TEXT:
            return "is a short text";
        default:
            return "is a code";
    }
}

nen_status nen__fail_type(nen_error *error, unsigned field, const nen__entry *e) {
    char text[NEN__TEXT_CAP];
    snprintf(text, sizeof text, "%.47s %s, not %.80s", e->name,
             type_want(nen_field(field)->type), e->text);
    nen__fail(error, NEN_ERR_TYPE, e, text);
    nen__utf8_trim(error->text);
    fill_allowed(error, field, NULL);
    say_rest(error);
    return NEN_ERR_TYPE;
}

nen_status nen__fail_range(nen_error *error, unsigned field, const nen__entry *e) {
    char text[NEN__TEXT_CAP];
    snprintf(text, sizeof text, "%.47s: %.80s is out of range", e->name, e->text);
    nen__fail(error, NEN_ERR_RANGE, e, text);
    nen__utf8_trim(error->text);
    fill_allowed(error, field, NULL);
    say_rest(error);
    return NEN_ERR_RANGE;
}

nen_status nen__fail_field(nen_error *error, const nen__entry *e) {
    char text[NEN__TEXT_CAP];
    snprintf(text, sizeof text, "no field is called %.80s", e->name);
    nen__fail(error, NEN_ERR_FIELD, e, text);
    nen__utf8_trim(error->text);
    copy(error->nearest, sizeof error->nearest, nen_nearest_field(e->name));
    say_rest(error);
    return NEN_ERR_FIELD;
}

static void number_text(const nen_value *v, char *out, size_t cap) {
    const char *lo = v->flags & NEN_LO_OPEN ? "above " : "";
    const char *hi = v->flags & NEN_HI_OPEN ? "below " : "";
    if (v->num.lo >= v->num.hi) {
        snprintf(out, cap, "%.10g", v->num.lo);
    } else if (isfinite(v->num.hi)) {
        snprintf(out, cap, "%s%.10g to %s%.10g", lo, v->num.lo, hi, v->num.hi);
    } else {
        snprintf(out, cap, "%s%.10g or more", lo, v->num.lo);
    }
}

static void set_text(unsigned field, const nen_value *v, char *out, size_t cap) {
    for (unsigned i = 0; nen_word(field, i); i++) {
        if (!nen__in(v->set, i)) continue;
        if (out[0]) nen__append(out, cap, ", ");
        nen__append(out, cap, nen_word(field, i)->word);
    }
    if (!out[0]) nen__append(out, cap, "none");
}

void nen__value_text(const nen_case *c, unsigned field, char *out, size_t cap) {
    const nen_value *v = &c->field[field];
    const uint8_t type = nen_field(field)->type;
    out[0] = 0;
    if (v->known == NEN_NOT_MEASURABLE) {
        nen__append(out, cap, "not_measurable");
    } else if (v->known != NEN_KNOWN) {
        return;
    } else if (type == NEN_TYPE_WORD || type == NEN_TYPE_LIST) {
        set_text(field, v, out, cap);
    } else if (type == NEN_TYPE_BOOL) {
        nen__append(out, cap, v->num.lo > 0 ? "true" : "false");
    } else if (type == NEN_TYPE_TEXT) {
        nen__append(out, cap, nen__is(field, "id") ? c->id : c->site_text);
    } else {
        number_text(v, out, cap);
    }
}
