/* knowc_texts.c - the words of the report: languages, placeholders, constants. */
#include "knowc.h"

#include <string.h>

static const char original_lang[] = "en";

/* ---- placeholders: {name}; a part in [[ ]] is left out when its value is empty ----
 */

bool kc_placeholder(const char **at, char *name, size_t cap) {
    static const char good[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    for (const char *p = *at; (p = strchr(p, '{')) != NULL; p++) {
        const size_t n = strspn(p + 1, good);
        if (!n || p[1 + n] != '}' || n >= cap) continue;
        memcpy(name, p + 1, n);
        name[n] = 0;
        *at = p + n + 2;
        return true;
    }
    return false;
}

static bool has_placeholder(const char *text, const char *name) {
    char found[KP_NAME_MAX];
    while (kc_placeholder(&text, found, sizeof found))
        if (!strcmp(found, name)) return true;
    return false;
}

/* Every brace belongs to a {name}; [[ ]] come in pairs with a {name} between them. */
static void form(const kc_at *at) {
    const char *text = kc_get(at, "text"), *p = text, *open;
    char name[KP_NAME_MAX];
    unsigned names = 0, braces = 0;
    while (kc_placeholder(&p, name, sizeof name))
        names++;
    for (p = text; *p; p++)
        braces += *p == '{' || *p == '}';
    if (braces != 2 * names) kc_error(at, "text", "a brace that is not of a {name}");
    for (p = text; (open = strstr(p, "[[")) != NULL;) {
        const char *close = strstr(open, "]]"), *in = open;
        if (!close || (strstr(open + 2, "[[") && strstr(open + 2, "[[") < close)) {
            kc_error(at, "text", "`[[` without its `]]`");
            return;
        }
        if (!kc_placeholder(&in, name, sizeof name) || in > close)
            kc_error(at, "text", "no {name} between `[[` and `]]`");
        p = close + 2;
    }
    if (strstr(p, "]]")) kc_error(at, "text", "`]]` without its `[[`");
}

/* ---- languages ---- */

int kc_lang(kc *k, const char *lang) {
    int number = 0;
    for (kc_at at = kc_first(k, KC_LANGUAGES); kc_on(&at); at.row++, number++)
        if (!strcmp(kc_get(&at, "lang"), lang)) return number;
    return -1;
}

/* English is the first: number 0 needs no translation. */
static void languages(kc *k) {
    for (kc_at at = kc_first(k, KC_LANGUAGES); kc_on(&at); at.row++) {
        const bool first = at.row == at.table->row;
        if (first != !strcmp(kc_get(&at, "lang"), original_lang))
            kc_error(&at, "lang", "English is the first language, and no other one");
        if (kc_dash(&at, "complete") || (first && !kc_yes(&at, "complete")))
            kc_error(&at, "complete", first ? "English is complete" : "yes or no");
    }
}

static bool is_english(const kc_at *at) {
    return !strcmp(kc_get(at, "lang"), original_lang);
}

/* The English row of the same id; NULL when there is none. */
static const kc_row *original(const kc_at *of) {
    for (kc_at at = kc_first(of->k, KC_TEXTS); kc_on(&at); at.row++) {
        if (is_english(&at) && !strcmp(kc_get(&at, "id"), kc_get(of, "id")))
            return at.row;
    }
    return NULL;
}

void kc_same_placeholders(const kc_at *at, const char *english) {
    const char *text = kc_get(at, "text"), *p;
    char name[KP_NAME_MAX];
    for (p = text; kc_placeholder(&p, name, sizeof name);) {
        if (!has_placeholder(english, name))
            kc_error(at, "text", "{%s} is not in the English text", name);
    }
    for (p = english; kc_placeholder(&p, name, sizeof name);) {
        if (!has_placeholder(text, name))
            kc_error(at, "text", "{%s} of the English text is missing", name);
    }
}

/* A translation stands after its English row and has the same placeholders. */
static void translation(const kc_at *at) {
    const kc_row *row = original(at);
    if (!row || row > at->row) {
        kc_error(at, "lang", "no row in English before it");
    } else if (kc_lang(at->k, kc_get(at, "lang")) < 0) {
        kc_error(at, "lang", "not in the table `languages`");
    } else {
        kc_same_placeholders(at, kc_cell(at->table, row, "text"));
    }
}

static void constant(const kc_at *at) {
    static const char good[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";
    const char *id = kc_get(at, "id");
    kc_buf mine = {0}, other = {0};
    if (strspn(id, good) != strlen(id))
        kc_error(at, "id", "only small letters, digits, . and _ make the id of a text");
    kc_upper(&mine, id);
    for (kc_at old = kc_first(at->k, KC_TEXTS); old.row < at->row; old.row++) {
        other.size = 0;
        kc_upper(&other, kc_get(&old, "id"));
        if (strcmp(kc_get(&old, "id"), id) != 0 && !strcmp(mine.text, other.text))
            kc_error(at, "id", "the same constant as `%s`", kc_get(&old, "id"));
    }
}

void kc_audit_texts(kc *k) {
    languages(k);
    for (kc_at at = kc_first(k, KC_TEXTS); kc_on(&at); at.row++) {
        form(&at);
        if (is_english(&at)) {
            constant(&at);
        } else {
            translation(&at);
        }
    }
}

/* ---- printing ---- */

void kc_emit_text_ids(kc *k, kc_buf *out) {
    kc_print(out, "/* text_ids.h - printed by tools/knowc; do not edit. */\n"
                  "#ifndef NEN_TEXT_IDS_H\n#define NEN_TEXT_IDS_H\n\n"
                  "/* nen_row ids, for nen_text. */\nenum {\n");
    for (kc_at at = kc_first(k, KC_TEXTS); kc_on(&at); at.row++) {
        if (!is_english(&at)) continue;
        kc_print(out, "    NEN_T_");
        kc_upper(out, kc_get(&at, "id"));
        kc_print(out, " = %u,\n", at.row->id);
    }
    kc_print(out, "    NEN_T_NONE = 0xffff\n};\n\n#endif\n");
}

/* The row of an English text in one language, where there is one. */
static unsigned one_translation(const kc_at *first, const char *lang, unsigned number,
                                kc_buf *out) {
    for (kc_at at = kc_first(first->k, KC_TEXTS); kc_on(&at); at.row++) {
        if (strcmp(kc_get(&at, "lang"), lang) != 0 ||
            strcmp(kc_get(&at, "id"), kc_get(first, "id")) != 0)
            continue;
        kc_print(out, "    {.row = %u, .lang = %u, ", first->row->id, number);
        kc_print_text(out, "text", kc_get(&at, "text"));
        kc_print(out, "},\n");
        return 1;
    }
    return 0;
}

void kc_emit_texts(kc *k, kc_buf *out) {
    unsigned count = 0, number = 0;
    kc_print(out, "const char *const nen__lang[] = {");
    for (kc_at at = kc_first(k, KC_LANGUAGES); kc_on(&at); at.row++) {
        kc_quote(out, kc_get(&at, "lang"));
        kc_print(out, ", ");
    }
    kc_print(out, "NULL};\n");
    kc_begin(out, "nen__translation", "translations");
    for (kc_at at = kc_first(k, KC_LANGUAGES); kc_on(&at); at.row++, number++) {
        const char *lang = kc_get(&at, "lang");
        for (kc_at first = kc_first(k, KC_TEXTS); number && kc_on(&first); first.row++)
            if (is_english(&first)) count += one_translation(&first, lang, number, out);
    }
    kc_end(out, "translations", count);
}
