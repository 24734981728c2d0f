/* report_json_case.c - the case as it was told, and what was worked out from it. */
#include "report_json.h"
#include "write.h"

#include <string.h>

enum { TEXT_CAP = 256 };

static void as_text(nen__json *j, const nen_case *c, unsigned field) {
    char text[TEXT_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_value(&b, c, field);
    nen__buf_end(&b);
    nen__j_string(j, text);
}

static void list_value(nen__json *j, unsigned field, const nen_value *v) {
    nen__j_open(j, '[');
    for (unsigned i = 0; i < nen_field(field)->words; i++)
        if (nen__has(v->set, i)) nen__j_string(j, nen_word(field, i)->word);
    if (v->flags & NEN_PERHAPS_MORE) nen__j_string(j, "perhaps_more");
    nen__j_close(j, ']');
}

static void step_value(nen__json *j, unsigned field, const nen_step *step) {
    static const char *const why[] = {NULL, "progressed", "toxicity", "completed",
                                      "other"};
    const nen_word_info *w = nen_word(field, step->option);
    if (step->stopped == NEN_STOPPED_UNKNOWN && !(step->months > 0)) {
        nen__j_string(j, w ? w->word : NULL);
        return;
    }
    nen__j_open(j, '{');
    nen__j_pair(j, "id", w ? w->word : NULL);
    if (step->stopped && step->stopped <= NEN_STOPPED_OTHER)
        nen__j_pair(j, "stopped", why[step->stopped]);
    if (step->months > 0) nen__j_pair_number(j, "months", step->months);
    nen__j_close(j, '}');
}

static void steps_value(nen__json *j, const nen_case *c, unsigned field) {
    nen__j_open(j, '[');
    for (unsigned i = 0; i < c->priors && i < NEN_STEPS_MAX; i++)
        step_value(j, field, &c->prior[i]);
    if (c->field[field].flags & NEN_PERHAPS_MORE) nen__j_string(j, "perhaps_more");
    nen__j_close(j, ']');
}

/* A word field told as one of several that form no group: a list of them. */
static void word_value(nen__json *j, const nen_case *c, unsigned field) {
    if (nen__word_for(field, &c->field[field]) >= 0) {
        as_text(j, c, field);
    } else {
        list_value(j, field, &c->field[field]);
    }
}

void nen__j_value(nen__json *j, const nen_case *c, unsigned field) {
    const nen_field_info *info = nen_field(field);
    const nen_value *v = &c->field[field];
    const bool number = info->type == NEN_TYPE_NUMBER || info->type == NEN_TYPE_COUNT;
    if (info->type == NEN_TYPE_BOOL) {
        nen__j_bool(j, v->num.lo > 0);
    } else if (!strcmp(info->name, "prior") && c->priors) {
        steps_value(j, c, field);
    } else if (info->type == NEN_TYPE_LIST) {
        list_value(j, field, v);
    } else if (info->type == NEN_TYPE_WORD) {
        word_value(j, c, field);
    } else if (number && v->known == NEN_KNOWN && v->num.lo == v->num.hi) {
        nen__j_number(j, v->num.lo);
    } else {
        as_text(j, c, field);
    }
}

static void text_of_case(nen__json *j, const char *name, const char *text) {
    const int field = nen_field_find(name);
    if (*text)
        nen__j_pair(j, field < 0 ? name : nen_field((unsigned)field)->name, text);
}

static void fields_of(nen__json *j, const nen_input *in) {
    text_of_case(j, "id", in->c.id);
    for (unsigned i = 0; i < nen_field_count(); i++) {
        const nen_field_info *info = nen_field(i);
        if (info->type == NEN_TYPE_TEXT || info->derived || !nen__told(&in->c, i))
            continue;
        nen__j_key(j, info->name);
        nen__j_value(j, &in->c, i);
    }
    text_of_case(j, "site_text", in->c.site_text);
}

void nen__j_case(nen__json *j, const nen_input *in) {
    nen__j_object(j, "case");
    fields_of(j, in);
    nen__j_close(j, '}');
}

size_t nen_write_case(const nen_input *in, char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__json j = {&b, false, 0};
    nen__j_open(&j, '{');
    fields_of(&j, in);
    nen__j_close(&j, '}');
    nen__put_char(&b, '\n');
    return nen__buf_end(&b);
}

size_t nen_write_value(const nen_case *c, unsigned field, bool board, unsigned lang,
                       char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    const nen__voice voice = {!board, lang};
    nen__put_value_words(&b, c, field, &voice);
    return nen__buf_end(&b);
}

void nen__j_derived(nen__json *j, const nen_input *in, const nen_dossier *d) {
    nen__j_object(j, "derived");
    for (unsigned i = 0; i < nen_field_count(); i++) {
        const bool told = nen__told(&in->c, i) && !nen_field(i)->derived;
        if (told || !nen__told(&d->facts, i)) continue;
        nen__j_key(j, nen_field(i)->name);
        nen__j_value(j, &d->facts, i);
    }
    nen__j_close(j, '}');
}

void nen__j_not_told(nen__json *j, const nen_dossier *d) {
    nen__j_array(j, "not_told");
    for (unsigned i = 0; i < nen_field_count(); i++)
        if (nen__has(d->not_told, i)) nen__j_string(j, nen_field(i)->name);
    nen__j_close(j, ']');
}
