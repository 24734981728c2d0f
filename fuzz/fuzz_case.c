/* fuzz_case.c - any bytes as a document: never a crash, never a hang. */
#include "nen.h"
#include "read.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A document as the command reads it; an answer must exist for every valid case. */
static void answer(const nen_span *span, nen_input *in, nen_dossier *out) {
    static int tokens[1 << 16];
    const nen_config config = {0, false};
    nen_error error;
    if (nen_read_json(span->text, span->bytes, tokens, sizeof tokens, in, &error)) {
        nen_error_move(&error, span);
        if (!error.text[0] || error.line < 1) abort();
        return;
    }
    if (nen_finish(in, &error)) return;
    if (nen_answer(&in->c, &config, out) != NEN_OK) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static nen_input in;
    static nen_dossier out;
    nen_span span;
    nen_error error;
    size_t at = 0, cases = 0;
    bool batch = false;
    /* a copy of just this size: a read past the end is seen */
    char *text = malloc(size ? size : 1);
    if (!text) return 0;
    if (size) memcpy(text, data, size);
    for (int more; (more = nen_next_case(text, size, &at, &batch, &span, &error));) {
        if (++cases > size + 1) abort(); /* the walk must end */
        if (more > 0) answer(&span, &in, &out);
    }
    free(text);
    return 0;
}
