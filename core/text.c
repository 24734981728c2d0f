/* text.c - the words of a row in the reader's language. */
#include "internal.h"

#include <string.h>

unsigned nen_lang_count(void) {
    unsigned n = 0;
    while (nen__lang[n])
        n++;
    return n;
}

const char *nen_lang_code(unsigned lang) {
    return lang < nen_lang_count() ? nen__lang[lang] : NULL;
}

int nen_lang_find(const char *code) {
    for (unsigned i = 0; nen__lang[i]; i++)
        if (!strcmp(nen__lang[i], code)) return (int)i;
    return -1;
}

const char *nen__translated(const nen__translation *of, unsigned count, unsigned lang,
                            unsigned row) {
    const uint32_t wanted = (uint32_t)lang << 16 | row;
    unsigned lo = 0, hi = count;
    while (lo < hi) {
        const unsigned mid = lo + (hi - lo) / 2;
        const uint32_t here = (uint32_t)of[mid].lang << 16 | of[mid].row;
        if (here == wanted) return of[mid].text;
        if (here < wanted) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return NULL;
}

const char *nen__in(const nen__phrases *of, const char *english) {
    unsigned lo = 0, hi = of->count;
    while (lo < hi) {
        const unsigned mid = lo + (hi - lo) / 2;
        const int side = strcmp(of->english[mid], english);
        if (side == 0) return of->text[mid];
        if (side < 0) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return NULL;
}

const char *nen_translate(unsigned lang, const char *english) {
    if (!lang || lang >= nen_lang_count() || !english || !*english) return english;
    const char *text = nen__in(&nen__phrases_in[lang], english);
    return text ? text : english;
}

const char *nen_text(unsigned lang, unsigned row) {
    if (row >= nen__row_count) return "";
    const char *text =
        lang ? nen__translated(nen__translations, nen__translations_count, lang, row)
             : NULL;
    return text ? text : nen_translate(lang, nen__row[row].text);
}
