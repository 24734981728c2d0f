/* args.c - the command line as flags and operands. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool usage(const char *what, const char *message) {
    fprintf(stderr, "nen: %s: %s\nTry: nen help\n", what, message);
    return false;
}

const char *cli_flag_value(const cli_args *args, const char *name) {
    const char *value = NULL;
    for (unsigned i = 0; i < args->flags; i++)
        if (!strcmp(args->flag[i].name, name)) value = args->flag[i].value;
    return value;
}

uint8_t cli_region(const cli_args *args) {
    const char *name = cli_flag_value(args, "region");
    for (uint8_t i = 0; name && i < NEN_REGIONS; i++)
        if (!strcmp(name, nen_region_name(i))) return i;
    return UINT8_MAX;
}

bool cli_color(int file) {
    const char *off = getenv("NO_COLOR"), *term = getenv("TERM");
    if (off && *off) return false;
    return isatty(file) && term && strcmp(term, "dumb") != 0;
}

void cli_say_error(const nen_error *error, unsigned lang) {
    char text[2048];
    (void)nen_write_error_text(error, lang, text, sizeof text);
    fputs(text, stderr);
}

/* ---- parsing ---- */

/* The command's own switches; false when `name` is none of them. */
static bool own_switch(cli_args *args, const char *name) {
    const struct {
        const char *name;
        bool *is;
    } switches[] = {{"json", &args->json},     {"all", &args->all},
                    {"full", &args->full},     {"help", &args->help},
                    {"csv", &args->csv},       {"markdown", &args->markdown},
                    {"course", &args->course}, {"no-course", &args->no_course}};
    for (unsigned i = 0; i < sizeof switches / sizeof *switches; i++) {
        if (!strcmp(name, switches[i].name)) {
            *switches[i].is = true;
            return true;
        }
    }
    return false;
}

static bool voice(cli_args *args, const char *value) {
    args->board = value && !strcmp(value, "board");
    if (args->board || (value && !strcmp(value, "patient"))) return true;
    return usage("--for", "needs one of: patient, board");
}

static bool language(cli_args *args, const char *told_by, const char *value) {
    const int lang = value ? nen_lang_find(value) : -1;
    if (lang < 0) {
        fprintf(stderr, "nen: %s needs one of:", told_by);
        for (unsigned i = 0; i < nen_lang_count(); i++)
            fprintf(stderr, "%s %s", i ? "," : "", nen_lang_code(i));
        fputs("\nTry: nen help\n", stderr);
        return false;
    }
    args->lang = (uint8_t)lang;
    return true;
}

static bool add_flag(cli_args *args, const char *name, const char *value) {
    if (!strcmp(name, "for")) return voice(args, value);
    if (!strcmp(name, "lang")) return language(args, "--lang", value);
    if (!strcmp(name, "html")) {
        args->html = value;
        return value ? true : usage("--html", "needs a file, or - for standard output");
    }
    if (!strcmp(name, "save")) {
        args->save = value;
        return value ? true : usage("--save", "needs a file");
    }
    if (args->flags == CLI_FLAGS_MAX) return usage(name, "too many flags");
    args->flag[args->flags].name = name;
    args->flag[args->flags++].value = value;
    return true;
}

static bool is_flag(const char *text) {
    return text && text[0] == '-' && text[1] == '-' && text[2];
}

static bool yes_no_field(const char *name) {
    const int field = nen_field_find(name);
    return field >= 0 && nen_field((unsigned)field)->type == NEN_TYPE_BOOL;
}

static bool yes_no_word(const char *text) {
    static const char *const words[] = {"yes",     "no", "true", "false",
                                        "unknown", "1",  "0"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(text, words[i])) return true;
    return false;
}

/* `--name value`; a yes/no field may stand alone. Returns words taken, 0 an error. */
static int long_flag(cli_args *args, char *text, const char *next) {
    char *name = text + 2, *equals = strchr(name, '=');
    if (equals) *equals = 0;
    if (!equals && own_switch(args, name)) return 1;
    if (equals) return add_flag(args, name, equals + 1) ? 1 : 0;
    const bool alone =
        !next || is_flag(next) || (yes_no_field(name) && !yes_no_word(next));
    if (alone && nen_field_find(name) >= 0 && !yes_no_field(name)) {
        usage(text, "needs a value");
        return 0;
    }
    if (alone) return add_flag(args, name, NULL) ? 1 : 0;
    return add_flag(args, name, next) ? 2 : 0;
}

static bool operand(cli_args *args, const char *text) {
    if (text[0] == '-' && text[1]) return usage(text, "unknown switch");
    if (args->operands == CLI_OPERANDS_MAX) return usage(text, "one word too many");
    args->operand[args->operands++] = text;
    return true;
}

/* One switch, flag or operand; returns the words taken, 0 after a message. */
static int one_word(cli_args *args, char *text, const char *next) {
    if (is_flag(text)) return long_flag(args, text, next);
    if (strcmp(text, "-h") != 0) return operand(args, text) ? 1 : 0;
    args->help = true;
    return 1;
}

bool cli_parse(int argc, char **argv, cli_args *args) {
    int i = 0;
    /* LANG alone changes nothing: a pipe reads the same on every machine */
    const char *own = getenv("NEN_LANG");
    if (own && *own && !language(args, "NEN_LANG", own)) return false;
    while (i < argc && strcmp(argv[i], "--") != 0) {
        const int taken = one_word(args, argv[i], i + 1 < argc ? argv[i + 1] : NULL);
        if (!taken) return false;
        i += taken;
    }
    for (i++; i < argc; i++) /* behind "--" nothing is a flag */
        if (!operand(args, argv[i])) return false;
    return true;
}
