/* trial.c - the verb trial: reads a design, simulates it, writes the answer. */
#include "course_args.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATIENTS = 4096, PATIENTS_MAX = 10000000, DRAWS = 256 };

/* One run of the verb. */
typedef struct job {
    const cli_args *args;
    nen_design design;
    nen_trial_setting setting;
    unsigned threads;
    const char *svg;
    nen_trial_plot plot;
    void *tally, *middle;
    nen_trial trial;
} job;

static job the_job; /* as large as its curves */

static int no_memory(void) {
    fputs("nen: out of memory\n", stderr);
    return CLI_FAILED;
}

/* ---- flags ---- */

static int usage(const cli_args *args, const char *message) {
    fprintf(stderr, "nen: %s\n  usage:   nen %s\n  example: %s\n", message,
            args->verb->usage, args->verb->example);
    return CLI_USAGE;
}

static bool take_plot(const cli_flag *f, job *j) {
    const int plot = f->value ? nen_trial_plot_find(f->value) : -1;
    if (plot >= 0) j->plot = (nen_trial_plot)plot;
    if (plot < 0) fputs("nen: --svg-plot is survival or power\n", stderr);
    return plot >= 0;
}

static bool take_svg(const cli_flag *f, job *j) {
    j->svg = f->value;
    if (!f->value) fputs("nen: --svg needs a file\n", stderr);
    return f->value != NULL;
}

static bool take(const cli_flag *f, job *j) {
    uint64_t x = 0;
    bool good = false;
    if (!strcmp(f->name, "svg")) return take_svg(f, j);
    if (!strcmp(f->name, "svg-plot")) return take_plot(f, j);
    if (!strcmp(f->name, "lanes")) return cli_lanes(f, &j->setting.lanes);
    if (!strcmp(f->name, "patients")) {
        good = cli_whole(f, 1, PATIENTS_MAX, &x);
        j->setting.patients = (uint32_t)x;
    } else if (!strcmp(f->name, "draws")) {
        good = cli_whole(f, 1, cli_draws_max(), &x);
        j->setting.draws = (uint16_t)x;
    } else if (!strcmp(f->name, "threads")) {
        good = cli_whole(f, 1, CLI_THREADS_MAX, &x);
        j->threads = (unsigned)x;
    } else {
        fprintf(stderr,
                "nen: trial has no --%s; what a trial is like stands in its design\n",
                f->name);
    }
    return good;
}

static int read_flags(const cli_args *args, job *j) {
    const uint64_t draws = cli_draws_max();
    *j = (job){.args = args,
               .threads = cli_processors(),
               .setting = {.patients = PATIENTS,
                           .draws = (uint16_t)(draws < DRAWS ? draws : DRAWS),
                           .lanes = (uint8_t)cli_widest_lanes()}};
    for (unsigned i = 0; i < args->flags; i++)
        if (!take(&args->flag[i], j)) return CLI_USAGE;
    if (args->json && args->csv) return usage(args, "--json or --csv, not both");
    if (args->operands != 1)
        return usage(args, "trial needs one design, a file or - for standard input");
    return CLI_OK;
}

/* ---- the design ---- */

typedef struct document {
    char *text;
    size_t bytes, arena_bytes;
    void *arena;
} document;

static int ask_rules(job *j, const document *d, nen_error *error) {
    nen_refusal refusal;
    nen_dossier *room = malloc(sizeof *room);
    if (!room) return no_memory();
    const nen_status status = nen_design_check(&j->design, room, &refusal);
    free(room);
    if (status == NEN_OK) return CLI_OK;
    nen_design_refused(&j->design, &refusal, d->text, d->bytes, d->arena,
                       d->arena_bytes, error);
    return CLI_INVALID;
}

static int parse(job *j, const document *d) {
    nen_error error;
    int code = CLI_INVALID;
    if (nen_read_design(d->text, d->bytes, d->arena, d->arena_bytes, &j->design,
                        &error) == NEN_OK)
        code = ask_rules(j, d, &error);
    if (code == CLI_INVALID) cli_say_error(&error, 0);
    return code;
}

static int read_design(job *j) {
    document d = {.text = NULL};
    d.text = cli_read(j->args->operand[0], &d.bytes);
    if (!d.text) return CLI_FAILED;
    if (d.bytes <= NEN_JSON_MAX) { /* the reader refuses the others at once */
        d.arena_bytes = NEN_JSON_TOKENS(d.bytes);
        d.arena = malloc(d.arena_bytes);
    }
    const bool room = d.arena || d.bytes > NEN_JSON_MAX;
    const int code = room ? parse(j, &d) : no_memory();
    free(d.text);
    free(d.arena);
    return code;
}

/* ---- the run: every draw, then the middle one alone ---- */

/* So few at a time that Ctrl-C is soon heard. */
enum { TRIALS_A_UNIT = 512 };

static uint32_t parts_of(uint32_t replicates, unsigned among) {
    return (replicates / among + TRIALS_A_UNIT) / TRIALS_A_UNIT;
}

static bool one_draw(void *to, uint64_t unit, void *work, void *own) {
    const job *j = to;
    const uint32_t parts = parts_of(j->design.replicates, j->setting.draws);
    const uint32_t draw = (uint32_t)(unit / parts), part = (uint32_t)(unit % parts);
    const nen_trial_slice slice = {.draw = (uint16_t)draw,
                                   .first = draw + part * j->setting.draws,
                                   .step = j->setting.draws * parts,
                                   .end = j->design.replicates};
    nen_trial_count(&j->design, &j->setting, &slice, work, own);
    return true;
}

static bool one_of_middle(void *to, uint64_t unit, void *work, void *own) {
    const job *j = to;
    const nen_trial_slice slice = {
        .draw = (uint16_t)nen_trial_middle(&j->setting, j->tally),
        .exact = true,
        .first = (uint32_t)unit,
        .step = parts_of(j->design.replicates, 1),
        .end = j->design.replicates};
    nen_trial_count(&j->design, &j->setting, &slice, work, own);
    return true;
}

static void gather(void *to, const void *own) {
    job *j = to;
    nen_trial_add(j->middle ? j->middle : j->tally, own);
}

static bool simulate(job *j) {
    const uint64_t parts = parts_of(j->design.replicates, j->setting.draws);
    cli_units u = {.units = parts * j->setting.draws,
                   .threads = j->threads,
                   .work_bytes = nen_trial_work_size(),
                   .own_bytes = nen_trial_tally_size(),
                   .to = j,
                   .one = one_draw,
                   .gather = gather};
    j->tally = cli_aligned(nen_trial_tally_size());
    if (!j->tally || !cli_run_units(&u)) return false;
    j->middle = cli_aligned(nen_trial_tally_size());
    u.units = parts_of(j->design.replicates, 1);
    u.one = one_of_middle;
    return j->middle && cli_run_units(&u);
}

/* ---- the answer ---- */

typedef struct shown {
    nen_trial_answer answer;
    nen_style style;
    nen_trial_plot plot;
} shown;

static size_t as_json(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_trial_json(&s->answer, &s->style, buf, cap);
}

static size_t as_csv(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_trial_csv(&s->answer, &s->style, buf, cap);
}

static size_t as_text(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_trial_text(&s->answer, &s->style, buf, cap);
}

static size_t as_svg(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_trial_svg(&s->answer, &s->style, s->plot, buf, cap);
}

static int draw(const shown *s, const char *path) {
    const char *text;
    size_t bytes;
    if (!cli_output(as_svg, s, &text, &bytes)) return no_memory();
    if (bytes && cli_save(path, text, bytes)) {
        fprintf(stderr, "nen: wrote %s\n", path);
        return CLI_OK;
    }
    fprintf(stderr, "nen: cannot write %s: %s\n", path,
            bytes ? strerror(errno) : "a figure of it is no number");
    return CLI_FAILED;
}

/* The plot first: when it fails nothing was said. */
static int write_out(const job *j) {
    const cli_args *args = j->args;
    const shown s = {.answer = {&j->design, &j->setting, &j->trial},
                     .style = {.board = true,
                               .color = cli_color(STDOUT_FILENO),
                               .region = UINT8_MAX,
                               .lang = args->lang},
                     .plot = j->plot};
    const char *text;
    size_t bytes;
    const int code = j->svg ? draw(&s, j->svg) : CLI_OK;
    if (code != CLI_OK) return code;
    if (!cli_output(args->json  ? as_json
                    : args->csv ? as_csv
                                : as_text,
                    &s, &text, &bytes))
        return no_memory();
    return fwrite(text, 1, bytes, stdout) == bytes ? CLI_OK : CLI_FAILED;
}

static int too_few(const job *j) {
    fprintf(stderr,
            "nen: of %u simulated people, none meets the entry rule of this trial "
            "under\n  some draw of the model; try more --patients\n",
            (unsigned)j->setting.patients);
    return CLI_FAILED;
}

static int run(job *j) {
    if (!simulate(j)) return no_memory();
    if (nen_trial_sum(&j->design, &j->setting, j->tally, j->middle, &j->trial) !=
        NEN_OK)
        return too_few(j);
    return write_out(j);
}

int cli_trial(const cli_args *args) {
    job *j = &the_job;
    int code = read_flags(args, j);
    if (code == CLI_OK) code = read_design(j);
    if (code == CLI_OK) code = run(j);
    free(j->tally);
    free(j->middle);
    return code;
}
