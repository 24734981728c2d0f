/* ask.c - the interview: three founding questions, then those that still matter. */
#include "ask.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DECIMAL = 10 };

typedef enum reply {
    REPLY_NEXT,
    REPLY_AGAIN,
    REPLY_BACK,
    REPLY_DONE,
    REPLY_QUIT
} reply;

static const char *const founding[] = {"site", "spread", "grade"};

/* ---- the state ---- */

nen_status ask_make(const ask *a, unsigned slot, unsigned field, const char *text,
                    nen_input *out, nen_error *error) {
    memset(out, 0, sizeof *out);
    memset(error, 0, sizeof *error);
    for (unsigned i = 0; i < a->answers || i == slot; i++) {
        const ask_answer *old = &a->answer[i];
        const char *said = i == slot ? text : old->text;
        if (!*said) continue;
        const unsigned which = i == slot ? field : old->field;
        const nen_status status = nen_set(out, nen_field(which)->name, said, error);
        if (status != NEN_OK) return status;
    }
    return nen_finish(out, error);
}

/* The case as it stands without the answer at `slot`. */
static void settle(ask *a, unsigned slot) {
    nen_error error;
    if (ask_make(a, slot, 0, "", &a->in, &error) != NEN_OK)
        memset(&a->in, 0, sizeof a->in);
    if (cli_run_case(&a->in, NEN_PART_REPORT, false, &a->d) != NEN_OK)
        memset(&a->d, 0, sizeof a->d);
}

/* ---- lines ---- */

static bool read_line(char line[ASK_LINE_CAP]) {
    if (!fgets(line, ASK_LINE_CAP, stdin)) return false;
    if (!strchr(line, '\n')) {
        for (int c = getchar(); c != '\n' && c != EOF;)
            c = getchar();
    }
    size_t from = strspn(line, " \t\r\n"), n = strlen(line);
    while (n > from && strchr(" \t\r\n", line[n - 1]))
        n--;
    memmove(line, line + from, n - from);
    line[n - from] = 0;
    return true;
}

static bool unsure(const ask *a, const char *line) {
    static const char *const words[] = {"", "unknown", "-", "i don't know",
                                        "I don't know"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(line, words[i])) return true;
    return ask_is(a, line, "don't know", NEN_T_ASK_SAY_UNSURE);
}

/* ---- one question ---- */

/* Tries the answer; the case must still be possible as a whole. */
static bool take(ask *a, unsigned slot, unsigned field, const char *line) {
    static nen_input whole;
    nen_error error;
    char value[ASK_LINE_CAP];
    ask_value(a, field, unsure(a, line) ? "" : line, value, sizeof value);
    if (ask_make(a, slot, field, value, &whole, &error) != NEN_OK) {
        ask_show_refusal(a, field, &error);
        return false;
    }
    ask_answer *answer = &a->answer[slot];
    answer->field = field;
    (void)snprintf(answer->text, sizeof answer->text, "%s", value);
    if (slot == a->answers) a->answers++;
    settle(a, ASK_ANSWERS_MAX);
    ask_show_noted(a, field);
    return true;
}

static unsigned open_questions(const ask *a);
static reply ask_one(ask *a, unsigned slot, unsigned field);

/* "change 2": that question again; then whatever is now the next one. */
static reply change(ask *a, const char *number) {
    const unsigned long n = strtoul(number, NULL, DECIMAL);
    if (n <= a->given || n > a->answers) {
        ask_show_answers(a);
        ask_hint(a, NEN_T_ASK_CHANGE_WHICH, NULL);
        return REPLY_AGAIN;
    }
    const unsigned slot = (unsigned)n - 1;
    settle(a, slot);
    const reply said = ask_one(a, slot, a->answer[slot].field);
    settle(a, ASK_ANSWERS_MAX);
    return said == REPLY_DONE || said == REPLY_QUIT ? said : REPLY_AGAIN;
}

/* Words that are no answer; true when the line was one of them. */
static bool aside(const ask *a, unsigned field, const char *line) {
    const bool help = !strcmp(line, "?") || ask_is(a, line, "help", NEN_T_ASK_SAY_HELP);
    if (help || ask_is(a, line, "why", NEN_T_ASK_SAY_WHY)) {
        ask_show_help(a, field);
    } else if (ask_is(a, line, "show", NEN_T_ASK_SAY_SHOW)) {
        ask_show_answers(a);
    } else {
        return false;
    }
    return true;
}

static bool leaves(const ask *a, const char *line, reply *said) {
    static const struct {
        const char *word;
        reply said;
        uint16_t text;
    } words[] = {{"back", REPLY_BACK, NEN_T_ASK_SAY_BACK},
                 {"done", REPLY_DONE, NEN_T_ASK_SAY_DONE},
                 {"quit", REPLY_QUIT, NEN_T_ASK_SAY_QUIT}};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (!ask_is(a, line, words[i].word, words[i].text)) continue;
        *said = words[i].said;
        return true;
    }
    return false;
}

/* What follows "change", in either language; NULL for another line. */
static const char *change_which(const ask *a, const char *line) {
    const char *const words[] = {"change", nen_text(a->lang, NEN_T_ASK_SAY_CHANGE)};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (!strncmp(line, words[i], n)) return line + n;
    }
    return NULL;
}

static reply ask_one(ask *a, unsigned slot, unsigned field) {
    char line[ASK_LINE_CAP];
    reply said;
    ask_show_question(a, field, slot + 1, open_questions(a));
    for (;;) {
        ask_show_prompt();
        if (!read_line(line)) {
            fputc('\n', stderr);
            return REPLY_DONE;
        }
        const char *which = change_which(a, line);
        if (leaves(a, line, &said)) return said;
        if (which) return change(a, which);
        if (!aside(a, field, line) && take(a, slot, field, line)) return REPLY_NEXT;
    }
}

/* ---- which question next ---- */

static bool was_asked(const ask *a, unsigned field) {
    for (unsigned i = 0; i < a->answers; i++)
        if (a->answer[i].field == field) return true;
    return false;
}

static bool askable(const ask *a, unsigned field) {
    const nen_field_info *f = nen_field(field);
    return ask_has_text(f->question) && !f->derived && !was_asked(a, field) &&
           a->in.c.field[field].known == NEN_UNKNOWN;
}

static bool matters(const ask *a, const nen_question *q) {
    const float least = 1e-6F;
    return q->gain > least && askable(a, q->field);
}

static unsigned open_questions(const ask *a) {
    unsigned n = 0;
    for (unsigned i = 0; i < a->d.questions; i++)
        n += matters(a, &a->d.question[i]);
    return n;
}

/* The open question that changes most; -1 when none changes anything. */
static int next_field(const ask *a) {
    for (unsigned i = 0; i < sizeof founding / sizeof *founding; i++) {
        const int field = nen_field_find(founding[i]);
        if (field >= 0 && askable(a, (unsigned)field)) return field;
    }
    for (unsigned i = 0; i < a->d.questions; i++)
        if (matters(a, &a->d.question[i])) return a->d.question[i].field;
    return -1;
}

static void step_back(ask *a) {
    if (a->answers == a->given) {
        ask_hint(a, NEN_T_ASK_NO_BACK, NULL);
        return;
    }
    a->answers--;
    settle(a, ASK_ANSWERS_MAX);
}

static reply interview(ask *a) {
    int field;
    while (a->answers < ASK_ANSWERS_MAX && (field = next_field(a)) >= 0) {
        const reply said = ask_one(a, a->answers, (unsigned)field);
        if (said == REPLY_BACK) step_back(a);
        if (said == REPLY_DONE || said == REPLY_QUIT) return said;
    }
    ask_say(a, NEN_T_ASK_ENOUGH, NULL);
    return REPLY_DONE;
}

/* ---- before and after ---- */

/* Fields told as flags are answers that were given before the first question. */
static int take_flags(ask *a, const cli_args *args) {
    static nen_input whole;
    nen_error error;
    for (unsigned i = 0; i < args->flags && a->answers < ASK_ANSWERS_MAX; i++) {
        const cli_flag *flag = &args->flag[i];
        const int field = nen_field_find(flag->name);
        if (field < 0) {
            fprintf(stderr, "nen: ask takes no --%s\nTry: nen help ask\n", flag->name);
            return CLI_USAGE;
        }
        ask_answer *answer = &a->answer[a->answers++];
        answer->field = (unsigned)field;
        (void)snprintf(answer->text, sizeof answer->text, "%s",
                       flag->value ? flag->value : "yes");
        if (ask_make(a, ASK_ANSWERS_MAX, 0, "", &whole, &error) == NEN_OK) continue;
        cli_say_error(&error, a->lang);
        return CLI_INVALID;
    }
    a->given = a->answers;
    settle(a, ASK_ANSWERS_MAX);
    return CLI_OK;
}

static size_t as_case(const void *what, char *buf, size_t cap) {
    return nen_write_case(what, buf, cap);
}

static int save(const ask *a, const char *path) {
    const char *text;
    size_t bytes;
    if (!cli_output(as_case, &a->in, &text, &bytes)) return CLI_FAILED;
    FILE *file = fopen(path, "wb");
    const bool written = file && fwrite(text, 1, bytes, file) == bytes;
    if (!file || fclose(file) != 0 || !written) {
        fprintf(stderr, "nen: cannot write %s: %s\n", path, strerror(errno));
        return CLI_FAILED;
    }
    ask_say(a, NEN_T_ASK_SAVED, NEN__WITH(nen__as("file", path)));
    return CLI_OK;
}

/* A person who did not say where to keep the answers is asked once, at the end. */
static int keep(const ask *a, const cli_args *args) {
    char line[ASK_LINE_CAP];
    if (args->save) return save(a, args->save);
    if (!a->person || a->answers == a->given) return CLI_OK;
    fputc('\n', stderr);
    ask_say(a, NEN_T_ASK_SAVE, NULL);
    ask_show_prompt();
    const bool told = read_line(line) && !unsure(a, line) && strcmp(line, "no") != 0;
    return told ? save(a, line) : CLI_OK;
}

static int run(ask *a, const cli_args *args) {
    a->lang = args->lang;
    a->board = args->board;
    a->color = cli_color(STDERR_FILENO);
    a->person = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
    const int code = take_flags(a, args);
    if (code != CLI_OK) return code;
    ask_show_start(a);
    if (interview(a) == REPLY_QUIT) {
        ask_say(a, NEN_T_ASK_QUIT, NULL);
        return CLI_OK; /* leaving on purpose is no failure */
    }
    fputc('\n', stderr);
    const int printed = cli_print(args, &a->in, false);
    const int kept = keep(a, args);
    return printed ? printed : kept;
}

int cli_ask(const cli_args *args) {
    if (args->operands) {
        fprintf(stderr, "nen: ask takes no %s\nTry: nen help ask\n", args->operand[0]);
        return CLI_USAGE;
    }
    ask *a = calloc(1, sizeof *a);
    if (!a) return CLI_FAILED;
    const int code = run(a, args);
    free(a);
    return code;
}
