/* course_svg.c - the plot of an answer into a file. */
#include "course_args.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef struct shown {
    const nen_course_answer *answer;
    const nen_style *style;
} shown;

static size_t as_svg(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_course_svg(s->answer, s->style, buf, cap);
}

int cli_course_svg(const nen_course_answer *answer, const nen_style *style,
                   const char *path) {
    const shown s = {answer, style};
    const char *text;
    size_t bytes;
    if (!cli_output(as_svg, &s, &text, &bytes)) return CLI_FAILED;
    if (!bytes) {
        fprintf(stderr, "nen: %s was not written: there are no figures\n", path);
        return CLI_OK;
    }
    FILE *file = fopen(path, "wb");
    const bool written = file && fwrite(text, 1, bytes, file) == bytes;
    if (!file || fclose(file) != 0 || !written) {
        fprintf(stderr, "nen: cannot write %s: %s\n", path, strerror(errno));
        return CLI_FAILED;
    }
    fprintf(stderr, "nen: wrote %s\n", path);
    return CLI_OK;
}
