/* view_value.c - one field's value as text: as the case format writes it, or in words.
 */
#include "view.h"

#include <math.h>
#include <string.h>

bool nen__told(const nen_case *c, unsigned field) {
    return field < NEN_FIELDS_MAX && c->field[field].known != NEN_UNKNOWN;
}

static bool same_set(const uint64_t *a, const uint64_t *b) {
    return !memcmp(a, b, sizeof(uint64_t[NEN_WORDS_MAX / 64]));
}

int nen__word_for(unsigned field, const nen_value *v) {
    const unsigned words = nen_field(field)->words;
    int only = -1;
    for (unsigned i = 0; i < words; i++) {
        const nen_word_info *w = nen_word(field, i);
        if (w->group && same_set(w->members, v->set)) return (int)i;
        if (nen__has(v->set, i)) only = (int)i;
    }
    return nen__count_bits(v->set, words) == 1 ? only : -1;
}

nen__shape nen__shape_of(const nen_value *v, const nen_field_info *info) {
    if (v->num.lo == v->num.hi) return NEN__EXACT;
    const bool no_low = !isfinite(v->num.lo) || v->num.lo <= info->lo;
    const bool no_high = !isfinite(v->num.hi) || v->num.hi >= info->hi;
    if (no_high) return NEN__ABOVE;
    return no_low ? NEN__BELOW : NEN__BETWEEN;
}

/* A date is yyyymmdd; a code's last digit stands after its point or stroke. */
enum { DECIMAL = 10, MONTH = 100, YEAR = 10000, YEAR_DIGITS = 4, ICDO3_DIGITS = 4 };

static void put_padded(nen__buf *b, unsigned value, unsigned digits) {
    unsigned unit = 1;
    while (--digits)
        unit *= DECIMAL;
    for (; unit; unit /= DECIMAL)
        nen__put_char(b, (char)('0' + value / unit % DECIMAL));
}

static void put_date(nen__buf *b, const nen_value *v) {
    const unsigned lo = (unsigned)v->num.lo, hi = (unsigned)v->num.hi;
    put_padded(b, lo / YEAR, YEAR_DIGITS);
    if (lo == hi) {
        nen__put_char(b, '-');
        put_padded(b, lo / MONTH % MONTH, 2);
        nen__put_char(b, '-');
        put_padded(b, lo % MONTH, 2);
    } else if (hi / YEAR != lo / YEAR) {
        nen__put_char(b, '-');
        put_padded(b, hi / YEAR, YEAR_DIGITS);
    } else if (hi / MONTH == lo / MONTH) {
        nen__put_char(b, '-');
        put_padded(b, lo / MONTH % MONTH, 2);
    }
}

void nen__put_code(nen__buf *b, const nen_value *v, unsigned type) {
    const unsigned n = (unsigned)v->num.lo;
    if (type == NEN_TYPE_DATE) {
        put_date(b, v);
        return;
    }
    if (type == NEN_TYPE_TOPOGRAPHY) nen__put_char(b, 'C');
    if (type == NEN_TYPE_TOPOGRAPHY) put_padded(b, n / DECIMAL, 2);
    if (type == NEN_TYPE_ICDO3) put_padded(b, n / DECIMAL, ICDO3_DIGITS);
    nen__put_char(b, type == NEN_TYPE_ICDO3 ? '/' : '.');
    put_padded(b, n % DECIMAL, 1);
}

static void put_interval(nen__buf *b, const nen_value *v, const nen_field_info *info) {
    switch (nen__shape_of(v, info)) {
        case NEN__EXACT:
            nen__put_number(b, v->num.lo);
            break;
        case NEN__BELOW:
            nen__putf(b, v->flags & NEN_HI_OPEN ? "<%g" : "<=%g", v->num.hi);
            break;
        case NEN__ABOVE:
            nen__putf(b, v->flags & NEN_LO_OPEN ? ">%g" : ">=%g", v->num.lo);
            break;
        case NEN__BETWEEN:
            nen__putf(b, "%g-%g", v->num.lo, v->num.hi);
            break;
    }
}

static void put_interval_words(nen__buf *b, const nen_value *v,
                               const nen_field_info *info, unsigned lang) {
    switch (nen__shape_of(v, info)) {
        case NEN__EXACT:
            nen__put_number(b, v->num.lo);
            break;
        case NEN__BELOW:
            if (v->flags & NEN_HI_OPEN) {
                nen__put_text(b, lang, NEN_T_VALUE_LESS,
                              NEN__WITH(nen__as_number("number", v->num.hi)));
            } else {
                nen__put_text(b, lang, NEN_T_VALUE_AT_MOST,
                              NEN__WITH(nen__as_number("number", v->num.hi)));
            }
            break;
        case NEN__ABOVE:
            if (v->flags & NEN_LO_OPEN) {
                nen__put_text(b, lang, NEN_T_VALUE_MORE,
                              NEN__WITH(nen__as_number("number", v->num.lo)));
            } else {
                nen__put_text(b, lang, NEN_T_VALUE_AT_LEAST,
                              NEN__WITH(nen__as_number("number", v->num.lo)));
            }
            break;
        case NEN__BETWEEN:
            nen__put_text(b, lang, NEN_T_VALUE_BETWEEN,
                          NEN__WITH(nen__as_number("lo", v->num.lo),
                                    nen__as_number("hi", v->num.hi)));
            break;
    }
}

static const char *told_text(const nen_case *c, unsigned field) {
    const char *name = nen_field(field)->name;
    if (!strcmp(name, "id")) return c->id;
    return !strcmp(name, "site_text") ? c->site_text : "";
}

const char *nen__prefix(const nen_case *c, const char *field) {
    static const char *const fields[] = {"t", "n", "m", "stage"};
    for (unsigned i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!strcmp(field, fields[i])) return c->prefix[i];
    return "";
}

static const char *word_name(unsigned field, unsigned word, const nen__voice *voice) {
    const nen_word_info *w = nen_word(field, word);
    if (!voice) return w->word;
    const char *name = voice->plain ? w->plain : w->name;
    return nen__empty(name) ? w->word : nen_translate(voice->lang, name);
}

/* Between the members of a list; between the words of which one is true. */
static void put_separator(nen__buf *b, const nen_field_info *info,
                          const nen__voice *voice, bool last) {
    if (info->type == NEN_TYPE_LIST || (voice && !last)) {
        nen__put(b, ", ");
    } else if (voice) {
        nen__putf(b, " %s ", nen_text(voice->lang, NEN_T_VALUE_OR));
    } else {
        nen__put(b, "|");
    }
}

/* Without a voice: the word itself. */
static void put_members(nen__buf *b, const nen_case *c, unsigned field,
                        const nen__voice *voice) {
    const nen_field_info *info = nen_field(field);
    const nen_value *v = &c->field[field];
    const unsigned all = nen__count_bits(v->set, info->words);
    unsigned n = 0;
    for (unsigned i = 0; i < info->words; i++) {
        if (!nen__has(v->set, i)) continue;
        if (n++) put_separator(b, info, voice, n == all);
        nen__put(b, word_name(field, i, voice));
    }
    if (!n) nen__put(b, voice ? nen_text(voice->lang, NEN_T_VALUE_NONE) : "none");
    if (v->flags & NEN_PERHAPS_MORE) {
        nen__put(b, voice ? nen_text(voice->lang, NEN_T_VALUE_PERHAPS_MORE)
                          : ", perhaps_more");
    }
}

static void put_words(nen__buf *b, const nen_case *c, unsigned field,
                      const nen__voice *voice) {
    const nen_field_info *info = nen_field(field);
    const int one =
        info->type == NEN_TYPE_WORD ? nen__word_for(field, &c->field[field]) : -1;
    if (one < 0) {
        put_members(b, c, field, voice);
        return;
    }
    const char *word = nen_word(field, (unsigned)one)->word;
    const char *name = word_name(field, (unsigned)one, voice);
    const char *prefix = nen__prefix(c, info->name);
    if (!*prefix || !strcmp(name, word)) {
        nen__putf(b, "%s%s", prefix, name);
    } else { /* "no far spread (cM0)" */
        nen__putf(b, "%s (%s%s)", name, prefix, word);
    }
}

static bool some_only(const nen_field_info *info, const nen_value *v) {
    return !strcmp(info->name, "nodes_positive") && v->num.lo == 1 &&
           nen__shape_of(v, info) == NEN__ABOVE;
}

static void put_number(nen__buf *b, unsigned field, const nen_value *v,
                       const nen__voice *voice) {
    const nen_field_info *info = nen_field(field);
    if (v->known == NEN_NOT_MEASURABLE) {
        nen__put(b, voice ? nen_text(voice->lang, NEN_T_VALUE_NOT_MEASURABLE)
                          : "not_measurable");
        return;
    }
    if (some_only(info, v)) {
        nen__put(b, voice ? nen_text(voice->lang, NEN_T_VALUE_SOME) : "some");
        return;
    }
    if (!voice) {
        put_interval(b, v, info);
        return;
    }
    put_interval_words(b, v, info, voice->lang);
    if (nen__empty(info->unit)) return;
    nen__putf(b, strcmp(info->unit, "%") ? " %s" : "%s",
              nen_translate(voice->lang, info->unit));
}

static void put_in_voice(nen__buf *b, const nen_case *c, unsigned field,
                         const nen__voice *voice) {
    const nen_field_info *info = nen_field(field);
    const nen_value *v = &c->field[field];
    switch (info->type) {
        case NEN_TYPE_BOOL:
            if (voice) {
                nen__put(b, nen_text(voice->lang,
                                     v->num.lo > 0 ? NEN_T_VALUE_YES : NEN_T_VALUE_NO));
            } else {
                nen__put(b, v->num.lo > 0 ? "true" : "false");
            }
            break;
        case NEN_TYPE_WORD:
        case NEN_TYPE_LIST:
            put_words(b, c, field, voice);
            break;
        case NEN_TYPE_NUMBER:
        case NEN_TYPE_COUNT:
            put_number(b, field, v, voice);
            break;
        case NEN_TYPE_TEXT:
            nen__put(b, told_text(c, field));
            break;
        default:
            nen__put_code(b, v, info->type);
            break;
    }
}

void nen__put_value(nen__buf *b, const nen_case *c, unsigned field) {
    put_in_voice(b, c, field, NULL);
}

void nen__put_value_words(nen__buf *b, const nen_case *c, unsigned field,
                          const nen__voice *voice) {
    put_in_voice(b, c, field, voice);
}

void nen__put_field_name(nen__buf *b, unsigned field, const nen__voice *voice) {
    enum { SHORT = 64 };
    const nen_field_info *info = nen_field(field);
    const char *english = voice->plain ? info->plain : info->help;
    const char *text = nen_translate(voice->lang, english);
    const size_t n =
        nen__empty(text) ? 0 : strcspn(text, ";"); /* not the remark after */
    if (n && (n <= SHORT || text != english)) {    /* the id is English */
        nen__put_n(b, text, text[n - 1] == '.' ? n - 1 : n);
        return;
    }
    for (const char *c = info->name; *c; c++)
        nen__put_char(b, (char)(*c == '_' ? ' ' : *c));
}
