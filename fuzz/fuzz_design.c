/* fuzz_design.c - any bytes as the design of a trial: never a crash; what is accepted
 * reads back as the same design, and the rules answer. */
#include "nen.h"
#include "read.h"
#include "write.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_CAP = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int tokens[1 << 18];

static void refused(const nen_error *error, nen_status status, size_t size) {
    if (!error->text[0] || error->code != status) abort();
    if (error->byte > size || strlen(error->value) >= sizeof error->value) abort();
}

static void read_again(const nen_design *design) {
    static char first[TEXT_CAP], second[TEXT_CAP];
    static nen_design again;
    nen_error error;
    const size_t bytes = nen_write_design(design, first, sizeof first);
    if (bytes >= sizeof first) abort();
    if (nen_read_design(first, bytes, tokens, sizeof tokens, &again, &error) != NEN_OK)
        abort();
    if (nen_write_design(&again, second, sizeof second) != bytes) abort();
    if (memcmp(first, second, bytes) != 0) abort();
}

static void ask(nen_design *design, const char *text, size_t size) {
    static nen_dossier room;
    nen_refusal refusal;
    nen_error error;
    const nen_status status = nen_design_check(design, &room, &refusal);
    if (status == NEN_OK) return;
    if (status != NEN_ERR_IMPOSSIBLE) abort();
    memset(&error, 0, sizeof error);
    nen_design_refused(design, &refusal, text, size, tokens, sizeof tokens, &error);
    refused(&error, NEN_ERR_IMPOSSIBLE, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static nen_design design;
    nen_error error;
    char *copy = malloc(size ? size : 1); /* its end is watched */
    if (!copy) return 0;
    if (size) memcpy(copy, data, size);
    const nen_status status =
        nen_read_design(copy, size, tokens, sizeof tokens, &design, &error);
    if (status == NEN_OK) {
        read_again(&design);
        ask(&design, copy, size);
    } else {
        refused(&error, status, size);
    }
    free(copy);
    return 0;
}
