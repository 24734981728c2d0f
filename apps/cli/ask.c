/* ask.c - the interview: three founding questions, then those that still matter. */
#include "cli.h"
#include "say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_CAP = 512, TURNS_MAX = 48, WORDS_SHOWN = 24 };

/* Where the interview stands after each answer; back returns to the one before. */
typedef struct turn {
    nen_input in;
    bool asked[NEN_FIELDS_MAX];
    uint8_t lang; /* of nen_text */
} turn;

typedef enum reply { REPLY_NEXT, REPLY_BACK, REPLY_DONE } reply;

static const char *const founding[] = {"site", "spread", "grade"};

/* ---- lines ---- */

static bool read_line(char line[LINE_CAP]) {
    if (!fgets(line, LINE_CAP, stdin)) return false;
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

/* ---- words ---- */

static void to_stderr(void *to, const char *text, size_t bytes) {
    (void)to;
    fwrite(text, 1, bytes, stderr);
}

static void say(unsigned lang, unsigned text, const nen__slot *with) {
    const nen__saying out = {to_stderr, NULL, NULL};
    nen__fill(&out, nen_text(lang, text), with);
}

static void say_line(unsigned lang, const char *before, unsigned text) {
    fprintf(stderr, "%s%s\n", before, nen_text(lang, text));
}

/* ---- questions ---- */

/* A word of the list shown: neither a group nor of another site. */
static bool offered(const turn *t, unsigned field, unsigned word) {
    const nen_word_info *w = nen_word(field, word);
    const int site = nen_field_find("site");
    if (w->group) return false;
    if (!(w->sites[0] | w->sites[1]) || site < 0) return true;
    const nen_value *v = &t->in.c.field[site];
    if (v->known != NEN_KNOWN) return true;
    return (v->set[0] & w->sites[0]) || (v->set[1] & w->sites[1]);
}

static int nth_offered(const turn *t, unsigned field, unsigned n) {
    for (unsigned i = 0; i < nen_field(field)->words; i++)
        if (offered(t, field, i) && n-- == 1) return (int)i;
    return -1;
}

static void show_words(const turn *t, unsigned field) {
    unsigned n = 0;
    for (unsigned i = 0; i < nen_field(field)->words; i++) {
        const nen_word_info *w = nen_word(field, i);
        if (!offered(t, field, i)) continue;
        if (++n > WORDS_SHOWN) continue;
        const bool plain = w->plain && *w->plain && strcmp(w->plain, "-") != 0;
        fprintf(stderr, "  %2u  %s", n, w->word);
        if (plain && strcmp(w->plain, w->word) != 0) fprintf(stderr, ": %s", w->plain);
        fputc('\n', stderr);
    }
    if (n > WORDS_SHOWN) {
        fputs("  ", stderr);
        say(t->lang, NEN_T_ASK_MORE,
            NEN__WITH(nen__as_number("count", n - WORDS_SHOWN)));
        fputc('\n', stderr);
    }
}

static void show_question(const turn *t, unsigned field) {
    const nen_field_info *f = nen_field(field);
    const bool has = f->question && *f->question && strcmp(f->question, "-") != 0;
    fprintf(stderr, "\n%s\n", has ? f->question : f->plain);
    if (f->type == NEN_TYPE_BOOL) say_line(t->lang, "  ", NEN_T_ASK_YES_NO);
    if (f->type == NEN_TYPE_WORD || f->type == NEN_TYPE_LIST) show_words(t, field);
    if (f->type == NEN_TYPE_LIST) say_line(t->lang, "  ", NEN_T_ASK_SEVERAL);
    if (f->unit && *f->unit && strcmp(f->unit, "-") != 0) {
        fputs("  ", stderr);
        say(t->lang, NEN_T_ASK_UNIT, NEN__WITH(nen__as("unit", f->unit)));
        fputc('\n', stderr);
    }
    say_line(t->lang, "", NEN_T_ASK_KEYS);
    fputs("> ", stderr);
    fflush(stderr);
}

/* ---- answers ---- */

static bool all_digits(const char *text) {
    return *text && text[strspn(text, "0123456789")] == 0;
}

/* Turns "1,3" into the words that stand at these numbers; else copies the text. */
static void by_number(const turn *t, unsigned field, const char *line, char *out,
                      size_t cap) {
    const unsigned type = nen_field(field)->type;
    size_t at = 0;
    out[0] = 0;
    while (*line) {
        char item[LINE_CAP];
        const size_t n = strcspn(line, ",");
        (void)snprintf(item, sizeof item, "%.*s", (int)n, line + strspn(line, " "));
        item[strcspn(item, " ,")] = 0;
        int word = -1;
        if ((type == NEN_TYPE_WORD || type == NEN_TYPE_LIST) && all_digits(item))
            word = nth_offered(t, field, (unsigned)strtoul(item, NULL, 10));
        const int wrote =
            word >= 0
                ? snprintf(out + at, cap - at, "%s%s", at ? "," : "",
                           nen_word(field, (unsigned)word)->word)
                : snprintf(out + at, cap - at, "%s%.*s", at ? "," : "", (int)n, line);
        if (wrote < 0 || (size_t)wrote >= cap - at) return;
        at += (size_t)wrote;
        line += n + (line[n] == ',');
    }
}

static bool unsure(const char *line) {
    static const char *const words[] = {
        "", "?", "unknown", "-", "don't know", "i don't know", "I don't know"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(line, words[i])) return true;
    return false;
}

/* Tries the answer; the case must still be possible as a whole. */
static bool take(turn *t, unsigned field, const char *line) {
    char value[LINE_CAP];
    nen_error error;
    static nen_input trial;
    memset(&error, 0, sizeof error);
    trial = t->in;
    by_number(t, field, line, value, sizeof value);
    nen_status status = nen_set(&trial, nen_field(field)->name, value, &error);
    if (status == NEN_OK) {
        static nen_input whole;
        whole = trial;
        status = nen_finish(&whole, &error);
    }
    if (status != NEN_OK) {
        cli_say_error(&error);
        return false;
    }
    t->in = trial;
    return true;
}

static void say_why(const turn *t, unsigned field) {
    const char *why = nen_field(field)->why;
    const bool has = why && *why && strcmp(why, "-") != 0;
    fprintf(stderr, "%s\n", has ? why : nen_text(t->lang, NEN_T_ASK_WHY));
}

static reply ask_one(turn *t, unsigned field) {
    char line[LINE_CAP];
    for (;;) {
        show_question(t, field);
        if (!read_line(line)) return REPLY_DONE;
        if (!strcmp(line, "done")) return REPLY_DONE;
        if (!strcmp(line, "back")) return REPLY_BACK;
        if (!strcmp(line, "why")) {
            say_why(t, field);
        } else if (unsure(line) || take(t, field, line)) {
            return REPLY_NEXT;
        }
    }
}

/* ---- which question next ---- */

static bool askable(const turn *t, unsigned field) {
    const nen_field_info *f = nen_field(field);
    const bool has = f->question && *f->question && strcmp(f->question, "-") != 0;
    return has && !f->derived && !t->asked[field] &&
           t->in.c.field[field].known == NEN_UNKNOWN;
}

/* The open question that changes most; -1 when none changes anything. */
static int next_field(const turn *t) {
    static nen_dossier d;
    const float least = 1e-6F;
    for (unsigned i = 0; i < sizeof founding / sizeof *founding; i++) {
        const int field = nen_field_find(founding[i]);
        if (field >= 0 && askable(t, (unsigned)field)) return field;
    }
    if (cli_run_case(&t->in, NEN_PART_REPORT, false, &d) != NEN_OK) return -1;
    for (unsigned i = 0; i < d.questions; i++) {
        if (d.question[i].gain > least && askable(t, d.question[i].field))
            return d.question[i].field;
    }
    return -1;
}

static void interview(turn *turns, unsigned *at) {
    int field;
    while (*at + 1 < TURNS_MAX && (field = next_field(&turns[*at])) >= 0) {
        turns[*at + 1] = turns[*at];
        turns[*at + 1].asked[field] = true;
        const reply said = ask_one(&turns[*at + 1], (unsigned)field);
        if (said == REPLY_DONE) return;
        if (said == REPLY_NEXT) ++*at;
        if (said == REPLY_BACK && *at) --*at;
    }
}

int cli_ask(const cli_args *args) {
    unsigned at = 0;
    nen_error error;
    turn *turns = calloc(TURNS_MAX, sizeof *turns);
    if (!turns) return CLI_FAILED;
    memset(&error, 0, sizeof error);
    turns[0].lang = args->lang;
    say_line(args->lang, "", NEN_T_NOTICE);
    say_line(args->lang, "", NEN_T_ASK_HOW);
    interview(turns, &at);
    fputc('\n', stderr);
    const nen_status status = nen_finish(&turns[at].in, &error);
    if (status != NEN_OK) cli_say_error(&error);
    const int code =
        status == NEN_OK ? cli_print(args, &turns[at].in, false) : CLI_INVALID;
    free(turns);
    return code;
}
