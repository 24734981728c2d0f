/* answer.c - one case in, its answer out: text, JSON or an HTML file. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The one output buffer, grown as needed and kept between cases. */
bool cli_output(cli_writer write, const void *what, const char **text, size_t *bytes) {
    static char *buffer;
    static size_t cap;
    *bytes = write(what, buffer, cap);
    if (*bytes >= cap) {
        char *grown = realloc(buffer, *bytes + 1);
        if (!grown) return false;
        buffer = grown;
        cap = *bytes + 1;
        *bytes = write(what, buffer, cap);
    }
    *text = buffer;
    return true;
}

nen_status cli_run_case(const nen_input *in, unsigned parts, bool all_options,
                        nen_dossier *d) {
    static nen_dossier work;
    const nen_config config = {0, all_options};
    if (!(parts & (NEN_PART_OPTIONS | NEN_PART_QUESTIONS)))
        return nen_grade_and_stage(&in->c, &config, d);
    const nen_status status = nen_answer(&in->c, &config, d);
    if (status != NEN_OK || !(parts & NEN_PART_QUESTIONS)) return status;
    return nen_questions(&in->c, &config, d, &work);
}

/* ---- writers ---- */

typedef struct shown {
    const nen_input *in;
    const nen_dossier *d;
    const nen_style *style;
} shown;

static size_t as_text(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_text(s->in, s->d, s->style, buf, cap);
}

static size_t as_json(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_json(s->in, s->d, s->style, buf, cap);
}

static size_t as_html(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_html(s->in, s->d, s->style, buf, cap);
}

static int no_memory(void) {
    fputs("nen: out of memory\n", stderr);
    return CLI_FAILED;
}

static int put_out(cli_writer write, const shown *s) {
    const char *text;
    size_t bytes;
    if (!cli_output(write, s, &text, &bytes)) return no_memory();
    return fwrite(text, 1, bytes, stdout) == bytes ? CLI_OK : CLI_FAILED;
}

static int put_file(const char *path, const shown *s) {
    const char *text;
    size_t bytes;
    if (!strcmp(path, "-")) return put_out(as_html, s);
    if (!cli_output(as_html, s, &text, &bytes)) return no_memory();
    FILE *file = fopen(path, "wb");
    if (!file) {
        fprintf(stderr, "nen: cannot write %s: %s\n", path, strerror(errno));
        return CLI_FAILED;
    }
    const bool written = fwrite(text, 1, bytes, file) == bytes;
    if (fclose(file) != 0 || !written) {
        fprintf(stderr, "nen: cannot write %s\n", path);
        return CLI_FAILED;
    }
    fprintf(stderr, "nen: wrote %s\n", path);
    return CLI_OK;
}

int cli_print(const cli_args *args, const nen_input *in, bool line) {
    static nen_dossier dossier;
    const unsigned parts = args->verb->parts ? args->verb->parts : NEN_PART_REPORT;
    nen_style style = {.parts = parts,
                       .board = args->board,
                       .color = cli_color(STDOUT_FILENO),
                       .all_options = args->all,
                       .full = args->full,
                       .region = cli_region(args),
                       .lang = args->lang};
    const shown s = {in, &dossier, &style};
    const nen_status status = cli_run_case(in, parts, args->all, &dossier);
    if (status != NEN_OK) {
        fprintf(stderr, "nen: %s\n", nen_status_text(status));
        return CLI_FAILED;
    }
    if ((parts & NEN_PART_COURSE) && (line ? args->course : !args->no_course)) {
        style.course = cli_course_usual(in, &dossier);
        if (!style.course) return no_memory();
    }
    if (line || args->json) {
        const int code = put_out(as_json, &s);
        return code || !args->html || line ? code : put_file(args->html, &s);
    }
    return args->html ? put_file(args->html, &s) : put_out(as_text, &s);
}

/* ---- from flags or from a document ---- */

static int from_flags(const cli_args *args) {
    return cli_documents(args, NULL, 0);
}

int cli_answer(const cli_args *args) {
    size_t bytes = 0;
    if (args->operands > 1) {
        fprintf(stderr, "nen: one case at a time: %s\n", args->operand[1]);
        return CLI_USAGE;
    }
    if (args->operands == 0 && args->flags == 0) {
        fprintf(stderr, "nen: no case given\n  usage:   nen %s\n  example: %s\n",
                args->verb->usage, args->verb->example);
        return CLI_USAGE;
    }
    if (args->operands == 0) return from_flags(args);
    char *text = cli_read(args->operand[0], &bytes);
    if (!text) return CLI_FAILED;
    const int code = cli_documents(args, text, bytes);
    free(text);
    return code;
}
