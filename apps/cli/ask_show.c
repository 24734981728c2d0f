/* ask_show.c - what the interview says, on standard error. */
#include "ask.h"

#include <stdio.h>
#include <string.h>

static const char bold[] = "\x1b[1m", dim[] = "\x1b[2m", plain[] = "\x1b[0m";

enum { FOUNDING = 3, TEXT_CAP = 512 };

static void to_stderr(void *to, const char *text, size_t bytes) {
    (void)to;
    fwrite(text, 1, bytes, stderr);
}

static void styled(const ask *a, const char *style, unsigned text,
                   const nen__slot *with) {
    const nen__saying out = {to_stderr, NULL, NULL};
    if (a->color) fputs(style, stderr);
    nen__fill(&out, nen_text(a->lang, text), with);
    if (a->color) fputs(plain, stderr);
    fputc('\n', stderr);
}

void ask_say(const ask *a, unsigned text, const nen__slot *with) {
    styled(a, "", text, with);
}

void ask_hint(const ask *a, unsigned text, const nen__slot *with) {
    fputs("  ", stderr);
    styled(a, dim, text, with);
}

void ask_show_prompt(void) {
    fputs("> ", stderr);
    fflush(stderr);
}

void ask_show_start(const ask *a) {
    ask_say(a, NEN_T_NOTICE, NULL);
    ask_say(a, NEN_T_ASK_FIRST, NULL);
    ask_say(a, NEN_T_ASK_HOW, NULL);
}

/* ---- a question ---- */

static const char *ask_question(const ask *a, const nen_field_info *f) {
    return nen_translate(a->lang, ask_has_text(f->question) ? f->question : f->plain);
}

static void progress(const ask *a, unsigned number, unsigned open) {
    if (number <= FOUNDING) {
        ask_say(a, NEN_T_ASK_FOUNDING,
                NEN__WITH(nen__as_number("number", number),
                          nen__as_number("count", FOUNDING)));
    } else {
        ask_say(
            a, NEN_T_ASK_PROGRESS,
            NEN__WITH(nen__as_number("number", number), nen__as_number("count", open)));
    }
}

static void shape(const ask *a, const nen_field_info *f) {
    const bool number = f->type == NEN_TYPE_NUMBER || f->type == NEN_TYPE_COUNT;
    if (f->type == NEN_TYPE_BOOL) ask_hint(a, NEN_T_ASK_YES_NO, NULL);
    if (f->type == NEN_TYPE_LIST) ask_hint(a, NEN_T_ASK_SEVERAL, NULL);
    if (f->type == NEN_TYPE_DATE) ask_hint(a, NEN_T_ASK_DATE, NULL);
    if (number) {
        ask_hint(a, NEN_T_ASK_NUMBER,
                 NEN__WITH(nen__as_number("lo", f->lo), nen__as_number("hi", f->hi),
                           nen__as("unit", ask_has_text(f->unit) ? f->unit : "")));
    }
}

void ask_show_question(const ask *a, unsigned field, unsigned number, unsigned open) {
    const nen_field_info *f = nen_field(field);
    fputc('\n', stderr);
    progress(a, number, open);
    fprintf(stderr, "%s%s%s\n", a->color ? bold : "", ask_question(a, f),
            a->color ? plain : "");
    if (ask_chooses(field)) ask_show_choices(a, field);
    shape(a, f);
    ask_hint(a, NEN_T_ASK_KEYS, NULL);
}

void ask_show_help(const ask *a, unsigned field) {
    const nen_field_info *f = nen_field(field);
    const char *what = a->board && ask_has_text(f->help) ? f->help : f->plain;
    fprintf(stderr, "  %s\n  %s\n", nen_translate(a->lang, what),
            ask_has_text(f->why) ? nen_translate(a->lang, f->why)
                                 : nen_text(a->lang, NEN_T_ASK_WHY));
    ask_hint(a, NEN_T_ASK_HELP_ANSWER, NULL);
    ask_hint(a, NEN_T_ASK_HELP_MOVE, NULL);
    ask_hint(a, NEN_T_ASK_HELP_END, NULL);
}

/* ---- what was understood ---- */

static void value_of(const ask *a, unsigned field, char *text, size_t cap) {
    text[0] = 0;
    if (a->in.c.field[field].known != NEN_UNKNOWN)
        (void)nen_write_value(&a->in.c, field, a->board, a->lang, text, cap);
}

/* Grade and stage by now, once a person can use them. */
static void so_far(const ask *a) {
    const char *grade = nen_label(NEN_LABEL_GRADE, a->d.grading.grade.value);
    const char *stage = nen_label(NEN_LABEL_GROUP, a->d.staging.group.value);
    if (!strcmp(grade, "GX")) grade = ""; /* not known */
    if (!*grade && !*stage) return;
    ask_hint(a, NEN_T_ASK_SO_FAR,
             NEN__WITH(nen__as("grade", grade), nen__as("stage", stage)));
}

void ask_show_noted(const ask *a, unsigned field) {
    char text[TEXT_CAP];
    value_of(a, field, text, sizeof text);
    if (*text) {
        ask_say(a, NEN_T_ASK_NOTED, NEN__WITH(nen__as("value", text)));
    } else {
        ask_say(a, NEN_T_ASK_NOTED_UNKNOWN, NULL);
    }
    so_far(a);
}

void ask_show_answers(const ask *a) {
    for (unsigned i = 0; i < a->answers; i++) {
        const nen_field_info *f = nen_field(a->answer[i].field);
        char text[TEXT_CAP];
        value_of(a, a->answer[i].field, text, sizeof text);
        if (!*a->answer[i].text) text[0] = 0;
        fprintf(stderr, "  %2u  %s %s\n", i + 1, ask_question(a, f),
                *text ? text : nen_text(a->lang, NEN_T_ASK_UNKNOWN));
    }
    if (!a->answers) ask_hint(a, NEN_T_TOLD_NONE, NULL);
}

/* ---- an answer that does not fit ---- */

void ask_show_refusal(const ask *a, unsigned field, const nen_error *error) {
    const nen_field_info *f = nen_field(field);
    const bool number = f->type == NEN_TYPE_NUMBER || f->type == NEN_TYPE_COUNT;
    const bool here = nen_field_find(error->field) == (int)field;
    if (here && ask_chooses(field) && *error->value) {
        ask_say(a, NEN_T_ASK_BAD_CHOICE,
                NEN__WITH(nen__as("value", error->value),
                          nen__as_number("count", ask_choices(a, field))));
        if (*error->nearest)
            ask_hint(a, NEN_T_ASK_NEAREST, NEN__WITH(nen__as("word", error->nearest)));
    } else if (here && number) {
        ask_say(a, NEN_T_ASK_BAD_NUMBER,
                NEN__WITH(nen__as("value", error->value), nen__as_number("lo", f->lo),
                          nen__as_number("hi", f->hi),
                          nen__as("unit", ask_has_text(f->unit) ? f->unit : "")));
    } else {
        char why[TEXT_CAP];
        (void)nen_write_error_sentence(error, a->lang, why, sizeof why);
        ask_say(a, NEN_T_ASK_BAD, NEN__WITH(nen__as("why", why)));
    }
}
