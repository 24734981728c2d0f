/* report_error.c - what is wrong with an input, as JSON or for a terminal. */
#include "json_out.h"
#include "view.h"
#include "write.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER_CAP = 16, SENTENCE_CAP = 4096 };

static const char *code_name(nen_status code) {
    static const char *const names[] = {"ok",         "range",  "capacity",
                                        "word",       "field",  "type",
                                        "impossible", "system", "syntax"};
    return (unsigned)code < sizeof names / sizeof *names ? names[code] : "unknown";
}

/* The value that a field cannot have, with its range when it has one. */
static void say_value(nen__buf *b, const nen_error *e, unsigned lang) {
    const int field = nen_field_find(e->field);
    const nen_field_info *f = field < 0 ? NULL : nen_field((unsigned)field);
    if (f && (f->type == NEN_TYPE_NUMBER || f->type == NEN_TYPE_COUNT)) {
        nen__put_text(b, lang, NEN_T_ERROR_NUMBER,
                      NEN__WITH(nen__as("field", e->field), nen__as("value", e->value),
                                nen__as_number("lo", f->lo),
                                nen__as_number("hi", f->hi),
                                nen__as("unit", nen__empty(f->unit)
                                                    ? ""
                                                    : nen_translate(lang, f->unit))));
    } else {
        nen__put_text(
            b, lang, NEN_T_ERROR_VALUE,
            NEN__WITH(nen__as("field", e->field), nen__as("value", e->value)));
    }
}

/* The reason stands at the end of the English, after the field and its value. */
static void say_impossible(nen__buf *b, const nen_error *e, unsigned lang) {
    const char *why = strstr(e->text, ": ");
    const char *said = why ? nen_translate(lang, why + 2) : NULL;
    if (why && said != why + 2) {
        nen__put_text(b, lang, NEN_T_ERROR_IMPOSSIBLE,
                      NEN__WITH(nen__as("field", e->field), nen__as("value", e->value),
                                nen__as("why", said)));
    } else {
        nen__put_text(b, lang, NEN_T_ERROR_TOGETHER,
                      NEN__WITH(nen__as("field", e->field)));
    }
}

static void say_syntax(nen__buf *b, const nen_error *e, unsigned lang) {
    char line[NUMBER_CAP] = "", byte[NUMBER_CAP] = "";
    if (e->line) {
        (void)snprintf(line, sizeof line, "%u", (unsigned)e->line);
        (void)snprintf(byte, sizeof byte, "%u", (unsigned)e->byte);
    }
    nen__put_text(b, lang, NEN_T_ERROR_SYNTAX,
                  NEN__WITH(nen__as("line", line), nen__as("byte", byte)));
}

/* What is wrong, in words. English has the reader's own sentence; other languages say
 * the same parts by the code, so that a reader of input needs no language. What is
 * wrong with a plan is told in English so far. */
static void say(nen__buf *b, const nen_error *e, unsigned lang) {
    if (!lang || !strcmp(e->field, "plan")) {
        nen__put(b, *e->text ? e->text : nen_status_text(e->code));
        return;
    }
    switch (e->code) {
        case NEN_ERR_WORD:
            nen__put_text(b, lang, NEN_T_ERROR_WORD,
                          NEN__WITH(nen__as("field", e->field),
                                    nen__as("value", e->value),
                                    nen__as("nearest", e->nearest),
                                    nen__as("allowed", e->allowed)));
            break;
        case NEN_ERR_FIELD:
            nen__put_text(
                b, lang, NEN_T_ERROR_FIELD,
                NEN__WITH(nen__as("field", e->field), nen__as("nearest", e->nearest)));
            break;
        case NEN_ERR_SYNTAX:
            say_syntax(b, e, lang);
            break;
        case NEN_ERR_CAPACITY:
            nen__put_text(b, lang, NEN_T_ERROR_LONG,
                          NEN__WITH(nen__as("field", e->field)));
            break;
        case NEN_ERR_IMPOSSIBLE:
        case NEN_ERR_SYSTEM:
            say_impossible(b, e, lang);
            break;
        default:
            say_value(b, e, lang);
    }
}

size_t nen_write_error_sentence(const nen_error *e, unsigned lang, char *buf,
                                size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    say(&b, e, lang);
    return nen__buf_end(&b);
}

size_t nen_write_error_json(const nen_error *e, const char *id, unsigned lang,
                            char *buf, size_t cap) {
    char words[SENTENCE_CAP];
    (void)nen_write_error_sentence(e, lang, words, sizeof words);
    nen__buf b = nen__buf_over(buf, cap);
    nen__json j = {&b, false, 0};
    nen__j_open(&j, '{');
    nen__j_pair_number(&j, "schema", NEN_SCHEMA);
    nen__j_pair_or_null(&j, "id", id);
    nen__j_key(&j, "line");
    if (e->line) {
        nen__j_number(&j, (double)e->line);
    } else {
        nen__j_null(&j);
    }
    nen__j_object(&j, "error");
    nen__j_pair(&j, "code", code_name(e->code));
    nen__j_pair_or_null(&j, "field", e->field);
    nen__j_pair_or_null(&j, "value", e->value);
    nen__j_key(&j, "allowed");
    nen__j_split(&j, e->allowed, ",");
    nen__j_pair_or_null(&j, "nearest", e->nearest);
    nen__j_key(&j, "byte");
    if (e->line) {
        nen__j_number(&j, (double)e->byte);
    } else {
        nen__j_null(&j);
    }
    nen__j_pair(&j, "text", words);
    nen__j_close(&j, '}');
    nen__j_close(&j, '}');
    nen__put_char(&b, '\n');
    return nen__buf_end(&b);
}

size_t nen_write_error_text(const nen_error *e, unsigned lang, char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__put(&b, "nen: ");
    say(&b, e, lang);
    nen__put_char(&b, '\n');
    if (lang) return nen__buf_end(&b); /* the sentence holds the parts below */
    if (*e->field) nen__putf(&b, "  field:   %s\n", e->field);
    if (*e->value) nen__putf(&b, "  value:   %s\n", e->value);
    if (e->line) {
        nen__putf(&b, "  where:   line %g, byte %g\n", (double)e->line,
                  (double)e->byte);
    }
    if (*e->allowed) nen__putf(&b, "  allowed: %s\n", e->allowed);
    if (*e->nearest) nen__putf(&b, "  nearest: %s\n", e->nearest);
    return nen__buf_end(&b);
}
