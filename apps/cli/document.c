/* document.c - cases from a file: one object, an array, or JSON Lines. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_all(FILE *file, size_t *bytes) {
    enum { FIRST = 1 << 16 };
    size_t cap = FIRST, len = 0;
    char *text = malloc(cap);
    while (text) {
        len += fread(text + len, 1, cap - len, file);
        if (len < cap) break;
        char *grown = realloc(text, cap * 2);
        if (!grown) {
            free(text);
            return NULL;
        }
        text = grown;
        cap *= 2;
    }
    *bytes = len;
    return text;
}

char *cli_read(const char *path, size_t *bytes) {
    const bool standard = !strcmp(path, "-");
    FILE *file = standard ? stdin : fopen(path, "rb");
    char *text = file ? read_all(file, bytes) : NULL;
    const bool broken = file && ferror(file);
    if (!text || broken) {
        fprintf(stderr, "nen: cannot read %s: %s\n", path,
                errno ? strerror(errno) : "out of memory");
    }
    if (file && !standard) fclose(file);
    if (broken) {
        free(text);
        return NULL;
    }
    return text;
}

bool cli_save(const char *path, const char *text, size_t bytes) {
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    const bool written = fwrite(text, 1, bytes, file) == bytes;
    return fclose(file) == 0 && written;
}

/* The reader's arena: a document of n bytes has at most n tokens. */
static void *arena(size_t bytes, size_t *cap) {
    enum { TOKEN_BYTES = 24, SPARE = 64 };
    static void *memory;
    static size_t held;
    const size_t need = (bytes + SPARE) * TOKEN_BYTES;
    if (need > held) {
        void *grown = realloc(memory, need);
        if (!grown) return NULL;
        memory = grown;
        held = need;
    }
    *cap = held;
    return memory;
}

static nen_status set_flags(const cli_args *args, nen_input *in, nen_error *error) {
    for (unsigned i = 0; i < args->flags; i++) {
        const cli_flag *f = &args->flag[i];
        const int field = nen_field_find(f->name);
        const bool yes_no =
            field >= 0 && nen_field((unsigned)field)->type == NEN_TYPE_BOOL;
        const char *value = f->value ? f->value : yes_no ? "yes" : "";
        const nen_status status = nen_set(in, f->name, value, error);
        if (status != NEN_OK) return status;
    }
    return NEN_OK;
}

static nen_status read_case(const cli_args *args, const nen_span *span, nen_input *in,
                            nen_error *error) {
    nen_status status = NEN_OK;
    if (span->text && span->bytes <= NEN_JSON_MAX) {
        size_t cap = 0;
        void *tokens = arena(span->bytes, &cap);
        if (!tokens) return NEN_ERR_CAPACITY;
        status = nen_read_json(span->text, span->bytes, tokens, cap, in, error);
    } else if (span->text) {
        status = nen_read_json(span->text, span->bytes, NULL, 0, in, error);
    }
    if (status == NEN_OK) status = set_flags(args, in, error);
    return status == NEN_OK ? nen_finish(in, error) : status;
}

/* A bad case: on its own line of a batch, else on standard error. */
static int refuse(const cli_args *args, nen_error *error, const nen_span *span,
                  const char *id, bool batch) {
    char text[4096];
    if (span->text && !error->line) error->line = 1; /* of the span: no finer place */
    if (span->text) nen_error_move(error, span);
    if (batch) {
        (void)nen_write_error_json(error, id, args->lang, text, sizeof text);
        fputs(text, stdout);
    } else {
        cli_say_error(error, args->lang);
    }
    return CLI_INVALID;
}

static int one(const cli_args *args, const nen_span *span, bool batch) {
    static nen_input in;
    nen_error error;
    memset(&in, 0, sizeof in);
    memset(&error, 0, sizeof error);
    const nen_status status = read_case(args, span, &in, &error);
    if (status == NEN_OK) {
        return args->print ? args->print(args, &in, batch)
                           : cli_print(args, &in, batch);
    }
    if (error.code == NEN_OK) error.code = status;
    return refuse(args, &error, span, in.c.id, batch);
}

static int worse(int a, int b) {
    if (a == CLI_FAILED || b == CLI_FAILED) return CLI_FAILED;
    return a > b ? a : b;
}

int cli_documents(const cli_args *args, const char *text, size_t bytes) {
    nen_span span = {text, bytes, 0, 0};
    nen_error error;
    size_t at = 0, cases = 0;
    bool batch = false;
    int code = CLI_OK, more;
    if (!text) return one(args, &span, false);
    memset(&error, 0, sizeof error);
    while ((more = nen_next_case(text, bytes, &at, &batch, &span, &error)) != 0) {
        cases++;
        code = worse(code, more > 0 ? one(args, &span, batch)
                                    : refuse(args, &error, &span, NULL, batch));
        memset(&error, 0, sizeof error);
        if (code == CLI_FAILED) return code;
    }
    if (cases || batch) return code;
    fputs("nen: the document holds no case\n", stderr);
    return CLI_INVALID;
}
