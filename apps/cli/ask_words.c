/* ask_words.c - the choices of a question: by number, by word, by plain name. */
#include "ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHOICES_SHOWN = 24, DECIMAL = 10 };

bool ask_has_text(const char *text) {
    return text && *text && strcmp(text, "-") != 0;
}

bool ask_chooses(unsigned field) {
    const unsigned type = nen_field(field)->type;
    return type == NEN_TYPE_WORD || type == NEN_TYPE_LIST;
}

/* A stated grade that this case cannot have is not offered; it may still be typed. */
static bool grade_possible(const ask *a, const char *word) {
    const nen_item *grade = &a->d.grading.grade;
    if (!grade->possible) return true;
    for (unsigned i = 0; *nen_label(NEN_LABEL_GRADE, i); i++) {
        if (!strcmp(nen_label(NEN_LABEL_GRADE, i), word))
            return grade->possible >> i & 1;
    }
    return true;
}

/* Neither a group, nor a word of registries, nor of another site. */
static bool offered(const ask *a, unsigned field, unsigned word) {
    const nen_word_info *w = nen_word(field, word);
    const int site = nen_field_find("site");
    if (w->group || w->registry) return false;
    if (!strcmp(nen_field(field)->name, "grade")) return grade_possible(a, w->word);
    if (!(w->sites[0] | w->sites[1]) || site < 0) return true;
    const nen_value *v = &a->in.c.field[site];
    if (v->known != NEN_KNOWN) return true;
    return (v->set[0] & w->sites[0]) || (v->set[1] & w->sites[1]);
}

static int nth(const ask *a, unsigned field, unsigned n) {
    for (unsigned i = 0; i < nen_field(field)->words; i++)
        if (offered(a, field, i) && n-- == 1) return (int)i;
    return -1;
}

unsigned ask_choices(const ask *a, unsigned field) {
    unsigned n = 0;
    for (unsigned i = 0; i < nen_field(field)->words; i++)
        n += offered(a, field, i);
    return n;
}

static const char *name_of(const ask *a, const nen_word_info *w) {
    const char *name = a->board ? w->name : w->plain;
    return ask_has_text(name) ? nen_translate(a->lang, name) : w->word;
}

void ask_show_choices(const ask *a, unsigned field) {
    unsigned n = 0;
    for (unsigned i = 0; i < nen_field(field)->words; i++) {
        const nen_word_info *w = nen_word(field, i);
        if (!offered(a, field, i) || ++n > CHOICES_SHOWN) continue;
        const char *name = name_of(a, w);
        fprintf(stderr, "  %2u  %s", n, name);
        if (strcmp(name, w->word) != 0)
            fprintf(stderr, a->color ? "  \x1b[2m%s\x1b[0m" : "  [%s]", w->word);
        fputc('\n', stderr);
    }
    if (n > CHOICES_SHOWN) {
        ask_hint(a, NEN_T_ASK_MORE,
                 NEN__WITH(nen__as_number("count", n - CHOICES_SHOWN)));
    }
}

/* ---- from a line to the words of the field ---- */

/* The next letter, small and without its accent. */
static int plain_letter(const char **text) {
    static const struct {
        const char *letter;
        char plain;
    } accents[] = {{"á", 'a'}, {"é", 'e'}, {"í", 'i'}, {"ó", 'o'}, {"ú", 'u'},
                   {"Á", 'a'}, {"É", 'e'}, {"Í", 'i'}, {"Ó", 'o'}, {"Ú", 'u'},
                   {"ü", 'u'}, {"ñ", 'n'}, {"Ñ", 'n'}};
    for (unsigned i = 0; i < sizeof accents / sizeof *accents; i++) {
        const size_t n = strlen(accents[i].letter);
        if (strncmp(*text, accents[i].letter, n) != 0) continue;
        *text += n;
        return accents[i].plain;
    }
    const char c = *(*text)++;
    return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

bool ask_same(const char *a, const char *b) {
    while (*a && *b)
        if (plain_letter(&a) != plain_letter(&b)) return false;
    return *a == *b;
}

bool ask_is(const ask *a, const char *line, const char *english, unsigned text) {
    return !strcmp(line, english) || ask_same(line, nen_text(a->lang, text));
}

static int named(const ask *a, unsigned field, const char *item) {
    for (unsigned i = 0; i < nen_field(field)->words; i++)
        if (ask_same(name_of(a, nen_word(field, i)), item)) return (int)i;
    return -1;
}

/* The word that an item stands for; NULL when it is to be read as it is. */
static const char *word_of(const ask *a, unsigned field, const char *item) {
    int word = -1;
    if (*item && item[strspn(item, "0123456789")] == 0) {
        word = nth(a, field, (unsigned)strtoul(item, NULL, DECIMAL));
    } else if (nen_word_find(field, item) < 0) {
        word = named(a, field, item);
    }
    return word < 0 ? NULL : nen_word(field, (unsigned)word)->word;
}

/* The next item between commas, blanks cut off; returns what follows it. */
static const char *next_item(const char *line, char *item, size_t cap) {
    size_t from = strspn(line, " "), n = strcspn(line, ",");
    const char *rest = line + n + (line[n] == ',');
    while (n > from && line[n - 1] == ' ')
        n--;
    if (from > n) from = n;
    (void)snprintf(item, cap, "%.*s", (int)(n - from), line + from);
    return rest;
}

/* "1, small bowel" becomes the words that stand there; other fields stay as typed. */
void ask_value(const ask *a, unsigned field, const char *line, char *out, size_t cap) {
    size_t at = 0;
    (void)snprintf(out, cap, "%s", line);
    if (nen_field(field)->type == NEN_TYPE_BOOL) {
        if (ask_is(a, line, "yes", NEN_T_VALUE_YES)) (void)snprintf(out, cap, "yes");
        if (ask_is(a, line, "no", NEN_T_VALUE_NO)) (void)snprintf(out, cap, "no");
    }
    if (!ask_chooses(field)) return;
    while (*line) {
        char item[ASK_LINE_CAP];
        line = next_item(line, item, sizeof item);
        const char *word = word_of(a, field, item);
        const int n =
            snprintf(out + at, cap - at, "%s%s", at ? "," : "", word ? word : item);
        if (n < 0 || (size_t)n >= cap - at) return;
        at += (size_t)n;
    }
}
