/* cli.h - the command: its arguments, its verbs, what they share. */
#ifndef NEN_CLI_H
#define NEN_CLI_H

#include "facts.h"
#include "nen.h"
#include "read.h"
#include "write.h"

/* Exit codes, docs/contract.md. */
enum { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_INVALID = 3 };

enum { CLI_FLAGS_MAX = 160, CLI_OPERANDS_MAX = 8 };

typedef struct cli_flag {
    const char *name, *value; /* value NULL: none was given */
} cli_flag;

struct cli_verb;
typedef struct cli_args {
    const struct cli_verb *verb;
    /* What is done with a case that was read; NULL: cli_print. */
    int (*print)(const struct cli_args *args, const nen_input *in, bool line);
    bool json, board, all, full, help, markdown, csv, course, no_course;
    const char *html, *save;
    uint8_t lang;                 /* of nen_text, 0 English */
    cli_flag flag[CLI_FLAGS_MAX]; /* everything else: fields of the case, filters */
    unsigned flags;
    const char *operand[CLI_OPERANDS_MAX];
    unsigned operands;
} cli_args;

typedef struct cli_verb {
    const char *name, *usage, *summary, *detail;
    const char *example; /* runs as it stands, in the repository's root */
    unsigned parts;      /* nen_part bits of the verbs that answer a case */
    int (*run)(const cli_args *args);
} cli_verb;

/* verbs.c */
extern const cli_verb cli_verbs[];
extern const unsigned cli_verb_count;
const cli_verb *cli_verb_find(const char *name);

/* args.c: returns false after a message on standard error. */
bool cli_parse(int argc, char **argv, cli_args *args);
const char *cli_flag_value(const cli_args *args, const char *name);
/* Region of --region: 0..4, or 0xff. */
uint8_t cli_region(const cli_args *args);
/* Colors there? Not in a pipe, not with NO_COLOR. */
bool cli_color(int file);
void cli_say_error(const nen_error *error, unsigned lang);

/* validate.c */
int cli_validate(const cli_args *args);

/* answer.c */
int cli_answer(const cli_args *args);
/* Answers one finished case in the shape that the arguments ask for. */
int cli_print(const cli_args *args, const nen_input *in, bool line);
/* Fills *d and its questions for these parts. */
nen_status cli_run_case(const nen_input *in, unsigned parts, bool all_options,
                        nen_dossier *d);

/* document.c: reads a whole file or standard input; NULL after a message. */
char *cli_read(const char *path, size_t *bytes);
/* Writes a file; false with errno when it cannot. */
bool cli_save(const char *path, const char *text, size_t bytes);
int cli_documents(const cli_args *args, const char *text, size_t bytes);

/* course.c: plans followed for a case. */
int cli_course(const cli_args *args);
int cli_compare(const cli_args *args);
/* course_usual.c: the usual orders of a case, followed; NULL when memory runs out. It
 * holds until the next call. */
const nen_course_answer *cli_course_usual(const nen_input *in, const nen_dossier *d);

/* trial.c: a design simulated. */
int cli_trial(const cli_args *args);

/* ask.c, knowledge.c, help.c */
int cli_ask(const cli_args *args);
int cli_facts(const cli_args *args);
int cli_glossary(const cli_args *args);
int cli_version(const cli_args *args);
int cli_help(const cli_args *args);
int cli_help_verb(const cli_verb *verb);

/* Grows *text as `write` needs and calls it again; false when memory runs out. */
typedef size_t (*cli_writer)(const void *what, char *buf, size_t cap);
bool cli_output(cli_writer write, const void *what, const char **text, size_t *bytes);

#endif
