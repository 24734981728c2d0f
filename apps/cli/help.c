/* help.c - help from the table of verbs and the table of fields. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 80, INDENT = 4, INDENT_BELOW = 6 };

enum { MASK = 0xc0, CONTINUES = 0x80 }; /* a later byte of a UTF-8 character */

/* Prints words wrapped at 80 columns, code points counted. */
static void wrapped(const char *text, int indent) {
    int column = 0;
    while (*text) {
        const size_t bytes = strcspn(text, " ");
        int columns = 0;
        for (size_t i = 0; i < bytes; i++)
            columns += ((unsigned char)text[i] & MASK) != CONTINUES;
        if (column && column + 1 + columns > WIDTH) {
            putchar('\n');
            column = 0;
        }
        if (!column) {
            column = printf("%*s", indent, "");
        } else {
            column += printf(" ");
        }
        column += columns;
        printf("%.*s", (int)bytes, text);
        text += bytes + strspn(text + bytes, " ");
    }
    putchar('\n');
}

int cli_help_verb(const cli_verb *verb) {
    printf("nen %s - %s\n\n", verb->name, verb->summary);
    printf("usage:\n");
    char usage[512];
    (void)snprintf(usage, sizeof usage, "nen %s", verb->usage);
    wrapped(usage, 2);
    putchar('\n');
    wrapped(verb->detail, 0);
    printf("\nexample:\n");
    wrapped(verb->example, 2);
    return CLI_OK;
}

/* "en, es", from the table of languages. */
static void languages(void) {
    for (unsigned i = 0; i < nen_lang_count(); i++)
        printf("%s%s", i ? ", " : "", nen_lang_code(i));
}

static void overview(void) {
    printf("nen - neuroendocrine tumors: grade, stage, questions, options, report\n");
    printf("%s\n\n", nen_text(0, NEN_T_NOTICE));
    printf("usage: nen VERB [--json] [CASE.json | - | --field value ...]\n\n");
    for (unsigned i = 0; i < cli_verb_count; i++)
        printf("  %-10s %s\n", cli_verbs[i].name, cli_verbs[i].summary);
    printf("\nnen alone on a terminal starts the interview.\n");
    printf("More: nen VERB --help, nen help fields, nen help FIELD\n");
    printf("Languages: ");
    languages();
    printf(". --lang es chooses for one answer, NEN_LANG=es for all.\n\n");
    printf("exit: 0 answered, 1 failed while running, 2 usage, 3 input invalid\n");
}

/* ---- fields ---- */

static void words_of(unsigned field) {
    char line[8192];
    size_t at = 0;
    line[0] = 0;
    for (unsigned i = 0; i < nen_field(field)->words; i++) {
        const int n = snprintf(line + at, sizeof line - at, "%s%s", i ? " " : "",
                               nen_word(field, i)->word);
        if (n < 0 || (size_t)n >= sizeof line - at) break;
        at += (size_t)n;
    }
    wrapped(line, INDENT);
}

static const char *type_name(unsigned type) {
    static const char *const names[] = {"yes or no",       "word",         "list",
                                        "number",          "count",        "date",
                                        "topography code", "ICD-O-3 code", "text"};
    return type < sizeof names / sizeof *names ? names[type] : "";
}

static void range(const nen_field_info *f) {
    if (f->type != NEN_TYPE_NUMBER && f->type != NEN_TYPE_COUNT) return;
    if (f->hi > f->lo) printf(", %g to %g", f->lo, f->hi);
    if (f->unit && *f->unit && strcmp(f->unit, "-") != 0) printf(" %s", f->unit);
    if (f->not_measurable) printf(", or not_measurable");
}

static void one_field(unsigned field) {
    const nen_field_info *f = nen_field(field);
    printf("--%s  (%s", f->name, type_name(f->type));
    range(f);
    printf(")\n");
    if (f->help && *f->help) wrapped(f->help, INDENT);
    if (f->also && *f->also && strcmp(f->also, "-") != 0)
        printf("    also: %s\n", f->also);
    if (f->words) words_of(field);
}

static int all_fields(void) {
    const char *group = "";
    for (unsigned i = 0; i < nen_field_count(); i++) {
        const nen_field_info *f = nen_field(i);
        if (f->derived) continue;
        if (strcmp(group, f->group) != 0)
            printf("%s%s\n", *group ? "\n" : "", f->group);
        group = f->group;
        const char *plain = f->plain ? f->plain : "";
        const int columns = printf("  --%-28s", f->name) + (int)strlen(plain) + 1;
        if (columns <= WIDTH) {
            printf(" %s\n", plain);
        } else {
            putchar('\n');
            wrapped(plain, INDENT_BELOW);
        }
    }
    return CLI_OK;
}

/* ---- markdown ---- */

static void markdown(void) {
    printf("# The command line\n\n<!-- Written by `nen help --markdown` from the table "
           "of verbs; do not edit. -->\n\n");
    printf("`nen VERB [--json] [CASE.json | - | --field value ...]`. `nen` alone on a "
           "terminal starts the interview.\n%s\n\n",
           nen_text(0, NEN_T_NOTICE));
    printf("Standard output holds only the answer. Exit 0 answered, 1 failed while "
           "running, 2 usage, 3 input invalid.\n\n");
    printf("Languages: ");
    languages();
    printf(
        ". `--lang es` chooses for one answer, `NEN_LANG=es` in the environment for "
        "all; `LANG` alone changes nothing. The interview takes answers in both. Ids, "
        "field names and the words of JSON stay as they are.\n\n");
    printf("| verb | what it gives |\n|---|---|\n");
    for (unsigned i = 0; i < cli_verb_count; i++) {
        printf("| [%s](#%s) | %s |\n", cli_verbs[i].name, cli_verbs[i].name,
               cli_verbs[i].summary);
    }
    for (unsigned i = 0; i < cli_verb_count; i++) {
        const cli_verb *v = &cli_verbs[i];
        printf("\n## %s\n\n```\nnen %s\n```\n%s\n\n```sh\n%s\n```\n", v->name, v->usage,
               v->detail, v->example);
    }
}

/* A text as a cell: the bar would end it. */
static void cell(const char *text) {
    for (; text && *text; text++)
        printf(*text == '|' ? ", " : "%c", *text);
}

static void markdown_words(unsigned field) {
    const nen_field_info *f = nen_field(field);
    const bool histories = !strcmp(f->name, "prior") || !strcmp(f->name, "current");
    if (histories) {
        printf(" Options by id: `nen facts options`.");
        return;
    }
    for (unsigned i = 0; i < f->words; i++)
        printf("%s`%s`", i ? " " : "<br>", nen_word(field, i)->word);
}

static void markdown_field(unsigned field) {
    const nen_field_info *f = nen_field(field);
    printf("| `%s` | %s", f->name, type_name(f->type));
    range(f);
    printf(" | ");
    cell(f->help && *f->help ? f->help : f->plain);
    markdown_words(field);
    printf(" | ");
    if (f->also && strcmp(f->also, "-") != 0) cell(f->also);
    printf(" |\n");
}

static void markdown_fields(void) {
    const char *group = "";
    printf(
        "# The fields of a case\n\n<!-- Written by `nen help --markdown fields` from "
        "knowledge/fields.tsv and words.tsv; do not edit. -->\n\n"
        "A field that is absent is not known. On the command line a field is a flag: "
        "`--size-mm 23`, `--size 2.3cm`, `--metastases liver,bone`.\n");
    for (unsigned i = 0; i < nen_field_count(); i++) {
        const nen_field_info *f = nen_field(i);
        if (f->derived) continue;
        if (strcmp(group, f->group) != 0) {
            printf("\n## %s\n\n| field | type | meaning, words | also "
                   "|\n|---|---|---|---|\n",
                   f->group);
        }
        group = f->group;
        markdown_field(i);
    }
}

int cli_help(const cli_args *args) {
    if (args->markdown) {
        if (args->operands && !strcmp(args->operand[0], "fields")) {
            markdown_fields();
        } else {
            markdown();
        }
        return CLI_OK;
    }
    if (!args->operands) {
        overview();
        return CLI_OK;
    }
    const char *word = args->operand[0];
    const cli_verb *verb = cli_verb_find(word);
    if (verb) return cli_help_verb(verb);
    if (!strcmp(word, "fields")) return all_fields();
    const int field = nen_field_find(word);
    if (field < 0) {
        fprintf(stderr, "nen: no verb or field is called %s\n", word);
        return CLI_USAGE;
    }
    one_field((unsigned)field);
    return CLI_OK;
}
