/* fuzz_flags.c - any bytes as flags, "name=value" by line. */
#include "nen.h"
#include "read.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* True when the line was accepted. */
static bool set_line(char *line, nen_input *in) {
    nen_error error;
    char *value = strchr(line, '=');
    if (value) *value++ = 0;
    const nen_status status = nen_set(in, line, value ? value : "", &error);
    if (status != NEN_OK && (!error.text[0] || error.code != status)) abort();
    return status == NEN_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static nen_input in;
    static nen_dossier out;
    const nen_config config = {0, false};
    nen_error error;
    char *text = malloc(size + 1);
    if (!text) return 0;
    if (size) memcpy(text, data, size);
    text[size] = 0;
    memset(&in, 0, sizeof in);
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next) *next++ = 0;
        set_line(line, &in);
    }
    if (nen_finish(&in, &error) == NEN_OK && nen_answer(&in.c, &config, &out) != NEN_OK)
        abort();
    free(text);
    return 0;
}
