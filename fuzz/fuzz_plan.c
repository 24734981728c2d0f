/* fuzz_plan.c - any bytes as a plan; what is accepted reads back as the same plan. */
#include "nen.h"
#include "read.h"
#include "write.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_CAP = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void refused(const nen_error *error, nen_status status, size_t size) {
    if (!error->text[0] || error->code != status || error->line != 1) abort();
    if (error->byte > size || strlen(error->value) >= sizeof error->value) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char text[TEXT_CAP];
    nen_plan plan, again;
    nen_error error;
    char *copy = malloc(size ? size : 1); /* its end is watched */
    if (!copy) return 0;
    if (size) memcpy(copy, data, size);
    const nen_status status = nen_read_plan(copy, size, &plan, &error);
    free(copy);
    if (status != NEN_OK) {
        refused(&error, status, size);
        return 0;
    }
    const size_t bytes = nen_write_plan(&plan, text, sizeof text);
    if (bytes >= sizeof text) abort();
    if (nen_read_plan(text, bytes, &again, &error) != NEN_OK) abort();
    if (!nen_plan_same(&plan, &again)) abort();
    return 0;
}
