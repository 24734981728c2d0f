/* report_error.c - what is wrong with an input, as JSON or for a terminal. */
#include "json_out.h"
#include "write.h"

#include <string.h>

static const char *code_name(nen_status code) {
    static const char *const names[] = {"ok",         "range",  "capacity",
                                        "word",       "field",  "type",
                                        "impossible", "system", "syntax"};
    return (unsigned)code < sizeof names / sizeof *names ? names[code] : "unknown";
}

size_t nen_write_error_json(const nen_error *e, const char *id, char *buf, size_t cap) {
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
    nen__j_pair(&j, "text", *e->text ? e->text : nen_status_text(e->code));
    nen__j_close(&j, '}');
    nen__j_close(&j, '}');
    nen__put_char(&b, '\n');
    return nen__buf_end(&b);
}

size_t nen_write_error_text(const nen_error *e, char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__putf(&b, "nen: %s\n", *e->text ? e->text : nen_status_text(e->code));
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
