/* knowc_table.c - tab-separated files into rows of cells, form checked. */
#include "knowc.h"

#include <dirent.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* ---- memory and text ---- */

void *kc_more(void *old, size_t bytes) {
    void *p = realloc(old, bytes ? bytes : 1);
    if (p) return p;
    fputs("knowc: out of memory\n", stderr);
    exit(1);
}

/* What is taken here lives as long as the program; the chain says so. */
typedef union block {
    union block *before;
    max_align_t align;
} block;

void *kc_alloc(size_t bytes) {
    static block *chain;
    block *b = kc_more(NULL, sizeof *b + bytes);
    b->before = chain;
    chain = b;
    return memset(b + 1, 0, bytes);
}

char *kc_copy(const char *text, size_t n) {
    char *p = kc_alloc(n + 1);
    memcpy(p, text, n);
    return p;
}

void kc_print(kc_buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const size_t n = (size_t)vsnprintf(NULL, 0, format, args);
    if (b->size + n + 1 > b->room) {
        b->room = (b->size + n + 1) * 2;
        b->text = kc_more(b->text, b->room);
    }
    vsnprintf(b->text + b->size, n + 1, format, again);
    b->size += n;
    va_end(again);
    va_end(args);
}

void kc_quote(kc_buf *b, const char *text) {
    kc_print(b, "\"");
    for (const char *p = text; *p; p++) /* '?' could begin a trigraph */
        kc_print(b, *p == '"' || *p == '\\' || *p == '?' ? "\\%c" : "%c", *p);
    kc_print(b, "\"");
}

/* ---- messages ---- */

static void say(kc *k, bool warning, const char *path, unsigned line,
                const char *column, const char *format, va_list args) {
    fflush(stdout);
    fprintf(stderr, "%s:%u: ", path, line);
    if (column) fprintf(stderr, "%s: ", column);
    if (warning) fputs("warning: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    *(warning ? &k->warnings : &k->errors) += 1;
}

void kc_file_error(kc *k, bool only_warn, const char *path, unsigned line,
                   const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(k, only_warn, path, line, NULL, format, args);
    va_end(args);
}

void kc_error(const kc_at *at, const char *column, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(at->k, false, at->row->file, at->row->line, column, format, args);
    va_end(args);
    if (!at->k->lenient) at->row->bad = true;
}

void kc_warn(const kc_at *at, const char *column, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(at->k, true, at->row->file, at->row->line, column, format, args);
    va_end(args);
}

/* ---- bytes ---- */

char *kc_slurp(const char *path, size_t *bytes) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    kc_buf b = {0};
    size_t n;
    do {
        b.room = b.size + BUFSIZ + 1;
        b.text = kc_more(b.text, b.room);
        n = fread(b.text + b.size, 1, BUFSIZ, f);
        b.size += n;
    } while (n);
    fclose(f);
    b.text[b.size] = 0;
    *bytes = b.size;
    return b.text;
}

enum { MASK = 0xc0, CONTINUES = 0x80, DELETE = 0x7f }; /* UTF-8 and ASCII bytes */

/* Bytes of the UTF-8 character at s, 0 when it is none (overlong, surrogate, cut). */
static size_t utf8(const unsigned char *s, size_t left) {
    static const struct {
        unsigned char lo, hi, n, from, to; /* lead byte, length, second byte */
    } form[] = {{0x00, 0x7f, 1, 0, 0},       {0xc2, 0xdf, 2, 0x80, 0xbf},
                {0xe0, 0xe0, 3, 0xa0, 0xbf}, {0xe1, 0xec, 3, 0x80, 0xbf},
                {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
                {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf},
                {0xf4, 0xf4, 4, 0x80, 0x8f}};
    for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
        if (s[0] < form[i].lo || s[0] > form[i].hi) continue;
        if (form[i].n > left) return 0;
        if (form[i].n > 1 && (s[1] < form[i].from || s[1] > form[i].to)) return 0;
        for (size_t j = 2; j < form[i].n; j++)
            if ((s[j] & MASK) != CONTINUES) return 0;
        return form[i].n;
    }
    return 0;
}

/* Position of the first byte that is no text, or n: bad UTF-8 and control bytes. */
static size_t bad_byte(const char *text, size_t n) {
    for (size_t i = 0; i < n;) {
        const unsigned char c = (unsigned char)text[i];
        const size_t step = utf8((const unsigned char *)text + i, n - i);
        if (!step || (c < ' ' && c != '\t') || c == DELETE) return i;
        i += step;
    }
    return n;
}

/* ---- rows ---- */

int kc_column(const kc_table *t, const char *column) {
    for (unsigned i = 0; i < t->columns; i++)
        if (!strcmp(t->header[i], column)) return (int)i;
    return -1;
}

const char *kc_cell(const kc_table *t, const kc_row *row, const char *column) {
    const int i = kc_column(t, column);
    return i < 0 ? "-" : row->cell[i];
}

kc_at kc_first(kc *k, kc_name name) {
    kc_table *t = &k->table[name];
    return (kc_at){k, t, t->row};
}

bool kc_on(const kc_at *at) {
    return at->row && at->row < at->table->row + at->table->rows;
}

/* Cuts a line at its tabs; returns how many cells, filling at most `max`. */
static unsigned cut(char *line, const char **cell, unsigned max) {
    unsigned n = 0;
    for (char *p = line; p; n++) {
        char *tab = strchr(p, '\t');
        if (n < max) cell[n] = p;
        if (tab) *tab = 0;
        p = tab ? tab + 1 : NULL;
    }
    return n;
}

static void add_row(kc *k, kc_table *t, const char *file, unsigned line, char *text) {
    const char *cell[KC_COLUMNS_MAX];
    const unsigned n = cut(text, cell, KC_COLUMNS_MAX);
    if (n != t->columns) {
        kc_file_error(k, false, file, line, "%u cells, but %s has %u columns", n,
                      t->schema->name, t->columns);
        return;
    }
    if (t->rows == t->room) {
        t->room = t->room ? t->room * 2 : 64;
        t->row = kc_more(t->row, t->room * sizeof *t->row);
    }
    kc_row *row = &t->row[t->rows++];
    *row = (kc_row){.file = file, .line = line, .id = NEN_NONE};
    row->cell = kc_alloc(n * sizeof *cell);
    memcpy(row->cell, cell, n * sizeof *cell);
    const kc_at at = {k, t, row};
    for (unsigned i = 0; i < n; i++) {
        const size_t size = strlen(cell[i]);
        if (!size) {
            kc_error(&at, t->header[i], "empty cell; write -");
        } else if (cell[i][0] == ' ' || cell[i][size - 1] == ' ') {
            kc_error(&at, t->header[i], "blank at the start or end of the cell");
        }
    }
}

static bool check_header(kc *k, kc_table *t, const char *file, unsigned line,
                         char *text) {
    const char *cell[KC_COLUMNS_MAX];
    const unsigned n = cut(text, cell, KC_COLUMNS_MAX);
    bool ok = true;
    for (unsigned i = 0; i < n || i < t->columns; i++) {
        const char *found = i < n && i < KC_COLUMNS_MAX ? cell[i] : "nothing";
        const char *want = i < t->columns ? t->header[i] : "nothing";
        if (!strcmp(found, want)) continue;
        kc_file_error(k, false, file, line, "column %u is `%s`, expected `%s`", i + 1,
                      found, want);
        ok = false;
    }
    return ok;
}

/* Reads one file into a table; `header` false: its first line is already a row. */
static bool read_file(kc *k, kc_table *t, const char *file, bool header) {
    size_t bytes;
    unsigned number = 0;
    char *text = kc_slurp(file, &bytes);
    if (!text) return false;
    for (char *p = text, *end = text + bytes; p < end;) {
        char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        *stop = 0;
        const size_t n = (size_t)(stop - p), bad = bad_byte(p, n);
        number++;
        if (bad < n) {
            kc_file_error(k, false, file, number, "byte %zu (0x%02x) is no UTF-8 text",
                          bad, (unsigned)(unsigned char)p[bad]);
        } else if (!n) {
            kc_file_error(k, false, file, number, "empty line");
        } else if (*p == '#') {
            ; /* a comment */
        } else if (!header) {
            add_row(k, t, file, number, p);
        } else if (header = false, !check_header(k, t, file, number, p)) {
            return true;
        }
        p = stop + 1;
    }
    return true;
}

/* ---- the folder ---- */

static void columns_of(kc_table *t) {
    static const char evidence[] = "source locator status checked confidence";
    const char *lists[] = {t->schema->columns, t->schema->evidence ? evidence : ""};
    for (unsigned i = 0; i < 2; i++) {
        for (const char *p = lists[i]; *p;) {
            const size_t n = strcspn(p, " ");
            t->header[t->columns++] = kc_copy(p, n);
            p += n;
            p += strspn(p, " ");
        }
    }
}

static const char *path_of(const kc *k, const char *name, const char *end) {
    char path[KC_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s%s", k->dir, name, end);
    return kc_copy(path, strlen(path));
}

static bool is_table(const kc *k, const char *file) {
    if (!strcmp(file, "posterior.tsv")) return true; /* knowc_posterior.c reads it */
    for (unsigned i = 0; i < KC_TABLES; i++) {
        const size_t n = strlen(k->table[i].schema->name);
        if (!strncmp(file, k->table[i].schema->name, n) && !strcmp(file + n, ".tsv"))
            return true;
    }
    return false;
}

/* Files no table is made of; parts of `sources` not merged yet count when partial. */
static void other_files(kc *k) {
    static const char part[] = "sources.part-";
    DIR *dir = opendir(k->dir);
    if (!dir) {
        kc_file_error(k, false, k->dir, 0, "no such folder");
        return;
    }
    for (struct dirent *e; (e = readdir(dir));) {
        const char *end = strrchr(e->d_name, '.');
        if (!end || strcmp(end, ".tsv") != 0 || is_table(k, e->d_name)) continue;
        const char *path = path_of(k, e->d_name, "");
        if (k->partial && !strncmp(e->d_name, part, sizeof part - 1)) {
            read_file(k, &k->table[KC_SOURCES], path, false);
        } else {
            kc_file_error(k, k->partial, path, 0, "no table has this name");
        }
    }
    closedir(dir);
}

void kc_load(kc *k) {
    for (unsigned i = 0; i < KC_TABLES; i++) {
        kc_table *t = &k->table[i];
        t->schema = &kc_schemas[i];
        columns_of(t);
        const char *path = path_of(k, t->schema->name, ".tsv");
        t->present = read_file(k, t, path, true);
        if (!t->present) kc_file_error(k, k->partial, path, 0, "missing table");
    }
    other_files(k);
}
