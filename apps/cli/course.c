/* course.c - the verbs course and compare: read plans, run them, write the answer. */
#include "course_args.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One case and its plans. */
typedef struct job {
    cli_request request;
    nen_dossier d;
    app_plans p;
} job;

static job the_job; /* as large as its plans; one case at a time */

static int no_memory(void) {
    fputs("nen: out of memory\n", stderr);
    return CLI_FAILED;
}

/* ---- plans ---- */

/* What is wrong with the case or a plan: on its line of a batch, else on stderr. */
static int say(const nen_error *error, const nen_input *in, bool line) {
    char text[4096];
    if (line) {
        (void)nen_write_error_json(error, in->c.id, 0, text, sizeof text);
        fputs(text, stdout);
    } else {
        cli_say_error(error, 0);
    }
    return CLI_INVALID;
}

static int twice(unsigned a, unsigned b, const char *text, const nen_input *in,
                 bool line) {
    nen_error error;
    memset(&error, 0, sizeof error);
    error.code = NEN_ERR_IMPOSSIBLE;
    (void)snprintf(error.field, sizeof error.field, "plan");
    (void)snprintf(error.value, sizeof error.value, "%s", text);
    (void)snprintf(error.text, sizeof error.text, "plans %u and %u are the same", a + 1,
                   b + 1);
    return say(&error, in, line);
}

static int read_plans(job *j, const nen_input *in, bool line) {
    for (unsigned i = 0; i < j->request.plans; i++) {
        const char *text = j->request.plan[i];
        nen_error error;
        if (nen_read_plan(text, strlen(text), &j->p.plan[i], &error) != NEN_OK)
            return say(&error, in, line);
        for (unsigned k = 0; k < i; k++) {
            if (nen_plan_same(&j->p.plan[k], &j->p.plan[i]))
                return twice(k, i, text, in, line);
        }
        j->p.plans = i + 1;
    }
    return CLI_OK;
}

static int every_order(job *j) {
    j->p.plans = nen_plan_orders(&j->d, j->request.lines, j->p.plan, NEN_PLANS_MAX);
    const unsigned lines = j->p.plans ? j->p.plan[0].lines : j->request.lines;
    if (lines < j->request.lines) {
        fprintf(stderr,
                "nen: drugs of %u kinds fit; plans have no more lines than that\n",
                lines);
    }
    if (j->p.plans <= NEN_PLANS_MAX) return CLI_OK;
    fprintf(stderr, "nen: %u orders of %u lines are more than %d; try fewer --lines\n",
            j->p.plans, j->request.lines, NEN_PLANS_MAX);
    return CLI_USAGE;
}

static int ask_rules(job *j) {
    const nen_status status = app_plans_check(&j->p, &j->d);
    if (status == NEN_OK) return CLI_OK;
    fprintf(stderr, "nen: %s\n", nen_status_text(status));
    return CLI_FAILED;
}

/* ---- the run ---- */

static int too_few(const job *j) {
    fprintf(stderr,
            "nen: of %u simulated people, none has a disease that stands as the case "
            "tells,\n  under some draw of the model; try more --patients\n",
            (unsigned)j->request.setting.patients);
    return CLI_FAILED;
}

static int run(job *j, bool all) {
    j->p.setting = j->request.setting;
    if (j->p.who.model == NEN_MODEL_NONE || !j->p.plans) return CLI_OK;
    const nen_status status = cli_plans_run(&j->request, &j->p);
    if (status == NEN_ERR_CAPACITY) return no_memory();
    if (status != NEN_OK) return too_few(j);
    if (all) app_plans_rank(&j->p);
    app_plans_compare(&j->p);
    return CLI_OK;
}

/* ---- the answer ---- */

typedef struct shown {
    const nen_course_answer *answer;
    const nen_style *style;
} shown;

static size_t as_json(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_course_json(s->answer, s->style, buf, cap);
}

static size_t as_csv(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_course_csv(s->answer, s->style, buf, cap);
}

static size_t as_text(const void *what, char *buf, size_t cap) {
    const shown *s = what;
    return nen_write_course_text(s->answer, s->style, buf, cap);
}

static int write_out(const cli_args *args, const nen_input *in, const job *j,
                     bool line) {
    const nen_style style = {.parts = NEN_PART_REPORT,
                             .board = args->board,
                             .color = cli_color(STDOUT_FILENO),
                             .region = cli_region(args),
                             .lang = args->lang};
    const nen_course_answer a = cli_plans_answer(&j->p, in, &j->d);
    const shown s = {&a, &style};
    const char *text;
    size_t bytes;
    if (!cli_output(line || args->json ? as_json
                    : args->csv        ? as_csv
                                       : as_text,
                    &s, &text, &bytes))
        return no_memory();
    if (fwrite(text, 1, bytes, stdout) != bytes) return CLI_FAILED;
    return j->request.svg ? cli_course_svg(&a, &j->p, &style, &j->request) : CLI_OK;
}

static int answer(const cli_args *args, const nen_input *in, bool line, job *j) {
    int code = args->all ? CLI_OK : read_plans(j, in, line);
    if (code != CLI_OK) return code;
    if (cli_run_case(in, NEN_PART_OPTIONS, false, &j->d) != NEN_OK) return CLI_FAILED;
    nen_course_who(&j->d, &j->p.who);
    if (args->all) code = every_order(j);
    if (code == CLI_OK) code = ask_rules(j);
    if (code == CLI_OK) code = run(j, args->all);
    return code == CLI_OK ? write_out(args, in, j, line) : code;
}

static int print(const cli_args *args, const nen_input *in, bool line) {
    job *j = &the_job;
    const int code = answer(args, in, line, j);
    cli_plans_end(&j->p);
    return code;
}

/* ---- the verbs ---- */

static int usage(const cli_args *args, const char *message) {
    fprintf(stderr, "nen: %s\n  usage:   nen %s\n  example: %s\n", message,
            args->verb->usage, args->verb->example);
    return CLI_USAGE;
}

static int both(const cli_args *given, bool compares) {
    static cli_args args;
    args = *given;
    args.print = print;
    const int code = cli_course_flags(&args, &the_job.request);
    const unsigned plans = the_job.request.plans;
    if (code != CLI_OK) return code;
    if (args.json && args.csv) return usage(given, "--json or --csv, not both");
    if (args.all && (!compares || plans))
        return usage(given, "--all takes the place of every --plan of compare");
    if (!args.all && compares && plans < 2)
        return usage(given, "compare needs two plans or more, or --all");
    if (!compares && plans != 1) return usage(given, "course needs one --plan");
    return cli_answer(&args);
}

int cli_course(const cli_args *args) {
    return both(args, false);
}

int cli_compare(const cli_args *args) {
    return both(args, true);
}
