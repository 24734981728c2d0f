/* knowc.c - the knowledge compiler: knowc [--partial] KNOWLEDGE_DIR OUT_DIR. */
#include "knowc.h"

#include <string.h>

static int usage(void) {
    fputs("usage: knowc [--partial] KNOWLEDGE_DIR OUT_DIR   print the C files\n"
          "       knowc --check [--partial] KNOWLEDGE_DIR   audit only,\n"
          "                                           compare datapackage.json\n"
          "       knowc --datapackage KNOWLEDGE_DIR         print datapackage.json\n"
          "       knowc --texts KNOWLEDGE_DIR FILE.c ...    texts against their uses\n"
          "       knowc --untranslated KNOWLEDGE_DIR LANG   what it has no words for\n"
          "--partial: missing tables and bad rows are reported and left out\n",
          stderr);
    return 2;
}

static bool write_file(const char *dir, const char *name, const kc_buf *text) {
    char path[KC_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(text->text, 1, text->size, f) == text->size;
    if (f && fclose(f)) ok = false;
    if (!ok) fprintf(stderr, "knowc: cannot write %s\n", path);
    return ok;
}

typedef struct output {
    const char *name;
    kc_buf text;
} output;

enum { KNOWLEDGE, PREDICATES, COURSE, IDS, TEXT_IDS, CALIBRATION, VALIDATION, OUTPUTS };

static void begin(output *file, const char *header) {
    kc_print(&file->text,
             "/* %s - printed by tools/knowc; do not edit. */\n#include \"%s\"\n\n",
             file->name, header);
}

/* A fit is given the file of the calibration trials and never meets the other. */
static void compile_trials(kc *k, output *file) {
    begin(&file[CALIBRATION], "calibration.h");
    kc_emit_trials(k, "calibration", &file[CALIBRATION].text);
    begin(&file[VALIDATION], "validation.h");
    kc_emit_trials(k, "validation", &file[VALIDATION].text);
    kc_emit_trials(k, "prospective", &file[VALIDATION].text);
}

static void compile(kc *k, output *file) {
    kc_buf *code = &file[KNOWLEDGE].text;
    kc_load(k);
    kc_number_rows(k);
    kc_vocabulary(k);
    kc_audit(k);
    begin(&file[KNOWLEDGE], "knowledge.h");
    kc_emit_case(k, code);
    kc_emit_rows(k, code);
    kc_emit_options(k, code);
    kc_emit_course(k, code);
    kc_emit_index(k, code);
    kc_cover(k);
    kc_emit_texts(k, code);
    kc_emit_said(k, code);
    kc_emit_browse(k, code);
    kc_emit_pools(k, code);
    begin(&file[PREDICATES], "atom.h");
    kc_emit_programs(k, &file[PREDICATES].text);
    begin(&file[COURSE], "course.h");
    kc_print(&file[COURSE].text, "#include \"trials.h\"\n\n");
    kc_emit_constants(k, &file[COURSE].text);
    kc_emit_posterior(k, &file[COURSE].text);
    kc_emit_ids(k, &file[IDS].text);
    kc_emit_text_ids(k, &file[TEXT_IDS].text);
    compile_trials(k, file);
}

/* The committed description of the tables is the one that would be printed. */
static void check_package(kc *k) {
    char path[KC_PATH_MAX];
    kc_buf now = {0}, then = {0};
    snprintf(path, sizeof path, "%s/datapackage.json", k->dir);
    FILE *f = fopen(path, "rb");
    for (int c; f && (c = getc(f)) != EOF;)
        kc_print(&then, "%c", c);
    if (f) fclose(f);
    kc_package(&now);
    const bool same = then.text && now.text && then.size == now.size &&
                      !memcmp(then.text, now.text, now.size);
    if (!same) {
        kc_file_error(k, k->partial, path, 0,
                      "not as `knowc --datapackage` prints it; print it again");
    }
}

typedef struct told {
    bool partial, check, package;
    const char *path[2];
    unsigned paths;
} told;

static bool read_arguments(int argc, char **argv, told *t) {
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--partial")) {
            t->partial = true;
        } else if (!strcmp(argv[i], "--check")) {
            t->check = true;
        } else if (!strcmp(argv[i], "--datapackage")) {
            t->package = true;
        } else if (argv[i][0] == '-' || t->paths == 2) {
            return false;
        } else {
            t->path[t->paths++] = argv[i];
        }
    }
    return t->paths == (t->package || t->check ? 1 : 2);
}

/* Texts of the report against the C files that say them. */
static int check_texts(kc *k, const char *dir, char **path, int paths) {
    k->dir = dir;
    kc_load(k);
    kc_number_rows(k);
    kc_audit_texts(k);
    kc_text_uses(k, (const char *const *)path, (unsigned)paths);
    fprintf(stderr, "knowc: %u errors, %u warnings\n", k->errors, k->warnings);
    return k->errors ? 1 : 0;
}

static int untranslated(kc *k, const char *dir, const char *lang) {
    k->dir = dir;
    kc_load(k);
    if (!kc_untranslated(k, lang)) {
        fprintf(stderr, "knowc: no language `%s`\n", lang);
        return 1;
    }
    return k->errors ? 1 : 0;
}

int main(int argc, char **argv) {
    enum { TEXTS_OPERANDS = 3 }; /* the program, --texts, the folder; C files follow */
    static kc k;
    output file[OUTPUTS] = {{.name = "knowledge.c"},        {.name = "predicates.c"},
                            {.name = "course_knowledge.c"}, {.name = "ids.h"},
                            {.name = "text_ids.h"},         {.name = "calibration.c"},
                            {.name = "validation.c"}};
    told t = {0};
    if (argc > TEXTS_OPERANDS && !strcmp(argv[1], "--texts"))
        return check_texts(&k, argv[2], argv + TEXTS_OPERANDS, argc - TEXTS_OPERANDS);
    if (argc == TEXTS_OPERANDS + 1 && !strcmp(argv[1], "--untranslated"))
        return untranslated(&k, argv[2], argv[TEXTS_OPERANDS]);
    if (!read_arguments(argc, argv, &t)) return usage();
    k.dir = t.path[0];
    k.partial = t.partial;
    if (t.package) {
        kc_buf description = {0};
        kc_package(&description);
        fputs(description.text, stdout);
        return 0;
    }
    compile(&k, file);
    if (t.check) check_package(&k);
    fprintf(stderr, "knowc: %u errors, %u warnings\n", k.errors, k.warnings);
    if (k.errors && !k.partial) return 1;
    if (t.check) return 0;
    for (unsigned i = 0; i < OUTPUTS; i++)
        if (!write_file(t.path[1], file[i].name, &file[i].text)) return 1;
    return 0;
}
