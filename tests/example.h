/* example.h - reads the files of examples/ for unit tests (run from the root). */
#ifndef NEN_TEST_EXAMPLE_H
#define NEN_TEST_EXAMPLE_H

#include <stdio.h>
#include <string.h>

#include "read.h"

static const char *const example_names[] = {
    "midgut-liver",          "bailey-2020", "appiah",       "minor-papilla",
    "ileal-peritoneal-2015", "rjz086-2019", "rjad530-2023", "morishita-2022"};
enum { EXAMPLES = sizeof example_names / sizeof *example_names };

/* Reads and checks one example; false with the reason printed. */
static inline bool example_read(unsigned i, nen_input *in) {
    static char text[1 << 16], tokens[1 << 18], path[128];
    nen_error error;
    snprintf(path, sizeof path, "examples/%s.json", example_names[i]);
    FILE *file = fopen(path, "rb");
    if (!file) {
        printf("cannot open %s\n", path);
        return false;
    }
    size_t bytes = fread(text, 1, sizeof text, file);
    fclose(file);
    memset(in, 0, sizeof *in);
    if (nen_read_json(text, bytes, tokens, sizeof tokens, in, &error) == NEN_OK &&
        nen_finish(in, &error) == NEN_OK)
        return true;
    printf("%s: %s\n", path, error.text);
    return false;
}

#endif
