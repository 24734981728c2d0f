/* say.c - placeholders of a text replaced by their values. */
#include "say.h"
#include "nen.h"

#include <string.h>

enum { NAME_CAP = 32 };

static const nen__slot *slot_of(const nen__slot *with, const char *name, size_t bytes) {
    for (; with && with->name; with++) {
        if (strlen(with->name) == bytes && !memcmp(with->name, name, bytes))
            return with;
    }
    return NULL;
}

static bool empty(const nen__slot *slot) {
    return !slot || (slot->text && !*slot->text);
}

/* Is a value between here and `end` empty? */
static bool lacks_value(const char *text, const char *end, const nen__slot *with) {
    for (; (text = memchr(text, '{', (size_t)(end - text))) != NULL; text++)
        if (empty(slot_of(with, text + 1, strcspn(text + 1, "}")))) return true;
    return false;
}

static void value(const nen__saying *out, const nen__slot *slot) {
    char number[NAME_CAP];
    if (empty(slot)) return;
    if (slot->text) {
        out->say(out->to, slot->text, strlen(slot->text));
        return;
    }
    nen__buf b = nen__buf_over(number, sizeof number);
    nen__put_number(&b, slot->number);
    out->say(out->to, number, nen__buf_end(&b));
}

/* After "[[": what is said next, past the part when a value in it is empty. */
static const char *optional(const char *in, const nen__slot *with) {
    const char *end = strstr(in, "]]");
    return end && lacks_value(in, end, with) ? end + 2 : in;
}

void nen__fill(const nen__saying *out, const char *text, const nen__slot *with) {
    bool strong = false;
    while (*text) {
        size_t n = strcspn(text, "{[]*");
        if (n) out->say(out->to, text, n);
        text += n;
        if (*text == '{') {
            n = strcspn(text + 1, "}");
            value(out, slot_of(with, text + 1, n));
            text += n + (text[n + 1] ? 2 : 1);
        } else if (!strncmp(text, "[[", 2)) {
            text = optional(text + 2, with);
        } else if (!strncmp(text, "]]", 2)) {
            text += 2;
        } else if (!strncmp(text, "**", 2)) {
            strong = !strong;
            if (out->strong) out->strong(out->to, strong);
            text += 2;
        } else if (*text) {
            out->say(out->to, text++, 1);
        }
    }
}

static void into_buf(void *to, const char *text, size_t bytes) {
    nen__put_n(to, text, bytes);
}

void nen__put_text(nen__buf *b, unsigned lang, unsigned text, const nen__slot *with) {
    const nen__saying out = {into_buf, NULL, b};
    nen__fill(&out, nen_text(lang, text), with);
}
