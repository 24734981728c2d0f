/* knowc_uses.c - texts against the C and the scripts that say them: none is missing a
 * value, none is left over.  A text with placeholders is always named beside its
 * values: NEN_T_X, NEN__WITH(f("name", ...), g("other", ...)) */
#include "knowc.h"

#include <ctype.h>
#include <string.h>

static const char prefix[] = "NEN_T_", with[] = "NEN__WITH(";

enum { SLOTS_MAX = 16 };

typedef struct source {
    const char *path, *text, *at;
} source;

static unsigned line_of(const source *s) {
    unsigned line = 1;
    for (const char *p = s->text; p < s->at; p++)
        line += *p == '\n';
    return line;
}

static bool in_name(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

/* The last byte of the string or character literal that starts at p. */
static char *end_of_literal(char *p) {
    const char quote = *p;
    for (p++; *p && *p != quote; p++)
        if (*p == '\\' && p[1]) p++;
    return p;
}

static void blank_comment(char *p) {
    for (; *p && strncmp(p, "*/", 2) != 0; p++)
        if (*p != '\n') *p = ' ';
    if (*p) p[0] = p[1] = ' ';
}

/* Comments become blanks, so that a text named in one does not count. */
static void blank_comments(char *text) {
    for (char *p = text; *p; p++) {
        if (*p == '"' || *p == '\'') p = end_of_literal(p);
        if (!*p) return;
        if (!strncmp(p, "/*", 2)) blank_comment(p);
    }
}

static const char *skip_blanks(const char *p) {
    while (isspace((unsigned char)*p))
        p++;
    return p;
}

/* The names given as first arguments inside NEN__WITH( ... ). */
static unsigned values(const char *p, char name[SLOTS_MAX][KP_NAME_MAX]) {
    unsigned n = 0, depth = 1;
    while (*p && depth) {
        if (*p == ')') depth--;
        if (*p++ != '(') continue;
        depth++;
        const char *q = skip_blanks(p);
        if (depth != 2 || *q != '"' || n == SLOTS_MAX) continue;
        const size_t bytes = strcspn(q + 1, "\"");
        snprintf(name[n++], KP_NAME_MAX, "%.*s", (int)bytes, q + 1);
    }
    return n;
}

static bool listed(char name[SLOTS_MAX][KP_NAME_MAX], unsigned n, const char *one) {
    for (unsigned i = 0; i < n; i++)
        if (!strcmp(name[i], one)) return true;
    return false;
}

static bool wanted(const char *text, const char *one) {
    char name[KP_NAME_MAX];
    while (kc_placeholder(&text, name, sizeof name))
        if (!strcmp(name, one)) return true;
    return false;
}

static void match(kc *k, const source *s, const kc_row *row,
                  char name[SLOTS_MAX][KP_NAME_MAX], unsigned n) {
    const char *id = kc_cell(&k->table[KC_TEXTS], row, "id");
    const char *text = kc_cell(&k->table[KC_TEXTS], row, "text"), *p = text;
    char one[KP_NAME_MAX];
    for (unsigned i = 0; i < n; i++) {
        if (!wanted(text, name[i])) {
            kc_file_error(k, false, s->path, line_of(s), "text `%s` has no {%s}", id,
                          name[i]);
        }
    }
    while (kc_placeholder(&p, one, sizeof one)) {
        if (!listed(name, n, one)) {
            kc_file_error(k, false, s->path, line_of(s),
                          "text `%s` needs a value for {%s} beside it", id, one);
        }
    }
}

static void compare(kc *k, const source *s, const kc_row *row, const char *after) {
    char name[SLOTS_MAX][KP_NAME_MAX];
    unsigned n = 0;
    const char *p = skip_blanks(after);
    if (*p == ',') p = skip_blanks(p + 1);
    if (!strncmp(p, with, sizeof with - 1)) n = values(p + sizeof with - 1, name);
    match(k, s, row, name, n);
}

/* ---- a page's script: say("id", {name: value}), and `id.${which}` for a family ----
 */

static bool in_id(char c) {
    return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '_' ||
           c == '.';
}

/* Names of an object `{a: x, b}` that starts behind its brace. */
static unsigned keys(const char *p, char name[SLOTS_MAX][KP_NAME_MAX]) {
    unsigned n = 0, depth = 1;
    bool key = true;
    for (; *p && depth; p++) {
        if (strchr("({[", *p)) depth++;
        if (strchr(")}]", *p)) depth--;
        if (depth == 1 && *p == ',') key = true;
        if (depth != 1 || !key || !in_name(*p) || n == SLOTS_MAX) continue;
        const size_t bytes = strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789_");
        snprintf(name[n++], KP_NAME_MAX, "%.*s", (int)bytes, p);
        key = false;
        p += bytes - 1;
    }
    return n;
}

static const kc_row *named(kc *k, const char *constant, size_t bytes) {
    kc_buf mine = {0};
    for (kc_at at = kc_first(k, KC_TEXTS); kc_on(&at); at.row++) {
        mine.size = 0;
        kc_upper(&mine, kc_get(&at, "id"));
        if (mine.size == bytes && !memcmp(mine.text, constant, bytes)) return at.row;
    }
    return NULL;
}

static void one_source(kc *k, source *s, bool *used) {
    for (s->at = s->text; (s->at = strstr(s->at, prefix)) != NULL;) {
        const char *name = s->at + sizeof prefix - 1, *end = name;
        while (in_name(*end))
            end++;
        const size_t bytes = (size_t)(end - name);
        const bool inside = s->at > s->text && in_name(s->at[-1]);
        const bool none = bytes == 4 && !memcmp(name, "NONE", bytes);
        const kc_row *row = inside || none ? NULL : named(k, name, bytes);
        if (!inside && !none && !row) {
            kc_file_error(k, false, s->path, line_of(s),
                          "texts.tsv has no text for %.*s", (int)(end - s->at), s->at);
        }
        if (row) {
            used[row - k->table[KC_TEXTS].row] = true;
            compare(k, s, row, end);
        }
        s->at = end;
    }
}

/* A quoted id; its values are compared where they stand right behind it. */
static void script_id(kc *k, source *s, const char *id, size_t bytes, bool *used) {
    char name[SLOTS_MAX][KP_NAME_MAX];
    const char *p = skip_blanks(id + bytes + 1);
    unsigned n = 0;
    bool ours = false;
    for (kc_at at = kc_first(k, KC_TEXTS); kc_on(&at); at.row++) {
        const char *have = kc_get(&at, "id");
        if (strlen(have) != bytes || memcmp(have, id, bytes) != 0) continue;
        used[at.row - at.table->row] = ours = true;
        if (strcmp(kc_get(&at, "lang"), "en") != 0) continue;
        if (*p == ',' && *skip_blanks(p + 1) == '{')
            n = keys(skip_blanks(p + 1) + 1, name);
        if (n || *p == ')') match(k, s, at.row, name, n);
    }
    if (!ours && !strncmp(id, "web.", 4)) {
        kc_file_error(k, false, s->path, line_of(s), "texts.tsv has no text `%.*s`",
                      (int)bytes, id);
    }
}

/* `web.effect.${word}`: the whole family is said. */
static void script_family(kc *k, source *s, const char *id, size_t bytes, bool *used) {
    bool any = false;
    for (kc_at at = kc_first(k, KC_TEXTS); kc_on(&at); at.row++) {
        if (strncmp(kc_get(&at, "id"), id, bytes) != 0) continue;
        used[at.row - at.table->row] = any = true;
    }
    if (!any) {
        kc_file_error(k, false, s->path, line_of(s), "texts.tsv has no texts `%.*s...`",
                      (int)bytes, id);
    }
}

/* Words without a dot are ids of texts only where something says them. */
static bool is_said(const source *s, const char *id, size_t bytes) {
    static const char *const before[] = {"say(", "data-say=", "data-label="};
    if (memchr(id, '.', bytes)) return true;
    for (unsigned i = 0; i < sizeof before / sizeof *before; i++) {
        const size_t n = strlen(before[i]);
        if ((size_t)(s->at - s->text) >= n && !memcmp(s->at - n, before[i], n))
            return true;
    }
    return false;
}

static void one_script(kc *k, source *s, bool *used) {
    for (s->at = s->text; (s->at = strpbrk(s->at, "\"'`")) != NULL; s->at++) {
        const char *id = s->at + 1;
        size_t bytes = 0;
        while (in_id(id[bytes]))
            bytes++;
        if (bytes < 2 || !is_said(s, id, bytes)) continue;
        if (id[bytes] == *s->at) script_id(k, s, id, bytes, used);
        if (*s->at == '`' && id[bytes] == '$' && memchr(id, '.', bytes))
            script_family(k, s, id, bytes, used);
    }
}

static bool is_script(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot && (!strcmp(dot, ".js") || !strcmp(dot, ".html"));
}

void kc_text_uses(kc *k, const char *const *path, unsigned paths) {
    bool *used = kc_alloc(k->table[KC_TEXTS].rows + 1);
    for (unsigned i = 0; i < paths; i++) {
        size_t bytes;
        char *text = kc_slurp(path[i], &bytes);
        source s = {path[i], text, text};
        if (!text) kc_file_error(k, false, path[i], 0, "cannot be read");
        if (!text) continue;
        if (is_script(path[i])) {
            one_script(k, &s, used);
            continue;
        }
        blank_comments(text);
        one_source(k, &s, used);
    }
    for (kc_at at = kc_first(k, KC_TEXTS); kc_on(&at); at.row++) {
        if (!used[at.row - at.table->row] && !strcmp(kc_get(&at, "lang"), "en"))
            kc_error(&at, "id", "no source says this text");
    }
}
