/* ask.h - the interview: the answers so far, and how they are shown. */
#ifndef NEN_ASK_H
#define NEN_ASK_H

#include "cli.h"
#include "say.h"

enum { ASK_LINE_CAP = 512, ASK_ANSWERS_MAX = 64 };

/* One question that was asked, and what was typed; "" is "I don't know". */
typedef struct ask_answer {
    unsigned field;
    char text[ASK_LINE_CAP];
} ask_answer;

/* The answers are the state: the case and what follows from it are made from them
 * each time, so any of them can be taken back or changed. */
typedef struct ask {
    ask_answer answer[ASK_ANSWERS_MAX];
    unsigned answers, given;   /* given: told as flags, before the first question */
    nen_input in;              /* what the answers say */
    nen_dossier d;             /* what follows */
    bool color, board, person; /* person: someone sits at a terminal */
    uint8_t lang;
} ask;

/* ask.c: the case that the answers make, with `text` for `field` at `slot` instead
 * of what stands there; a slot of ASK_ANSWERS_MAX changes nothing. */
nen_status ask_make(const ask *a, unsigned slot, unsigned field, const char *text,
                    nen_input *out, nen_error *error);

/* ask_words.c: the choices of a field, by number, word or plain name. */
bool ask_has_text(const char *text);
/* The same letters, without regard to case and accents? */
bool ask_same(const char *a, const char *b);
/* Is the line this word, in English or in the language of the interview? */
bool ask_is(const ask *a, const char *line, const char *english, unsigned text);
bool ask_chooses(unsigned field); /* does it have choices? */
unsigned ask_choices(const ask *a, unsigned field);
void ask_value(const ask *a, unsigned field, const char *line, char *out, size_t cap);
void ask_show_choices(const ask *a, unsigned field);

/* ask_show.c: all that is said, on standard error. */
void ask_say(const ask *a, unsigned text, const nen__slot *with);
void ask_hint(const ask *a, unsigned text, const nen__slot *with);
void ask_show_start(const ask *a);
void ask_show_question(const ask *a, unsigned field, unsigned number, unsigned open);
void ask_show_help(const ask *a, unsigned field);
void ask_show_answers(const ask *a);
void ask_show_noted(const ask *a, unsigned field);
void ask_show_refusal(const ask *a, unsigned field, const nen_error *error);
void ask_show_prompt(void);

#endif
