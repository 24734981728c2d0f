/* course.c - the verbs course and compare: read plans, run them, write the answer. */
#include "course_args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* All plans against each other up to so many; above, each against the best. */
enum { ALL_PAIRS_MAX = 8 };

/* One case and its plans. */
typedef struct job {
    cli_request request;
    nen_dossier d;
    nen_who who;
    nen_plan plan[NEN_PLANS_MAX];
    uint16_t refused[NEN_PLANS_MAX];
    unsigned plans;
    nen_outcome *outcome;
    nen_course *course;
    nen_difference *difference;
    unsigned differences;
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
        (void)nen_write_error_json(error, in->c.id, text, sizeof text);
        fputs(text, stdout);
    } else {
        cli_say_error(error);
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
        if (nen_read_plan(text, strlen(text), &j->plan[i], &error) != NEN_OK)
            return say(&error, in, line);
        for (unsigned k = 0; k < i; k++) {
            if (nen_plan_same(&j->plan[k], &j->plan[i]))
                return twice(k, i, text, in, line);
        }
        j->plans = i + 1;
    }
    return CLI_OK;
}

static int every_order(job *j) {
    j->plans = nen_plan_orders(&j->d, j->request.lines, j->plan, NEN_PLANS_MAX);
    if (j->plans <= NEN_PLANS_MAX) return CLI_OK;
    fprintf(stderr, "nen: %u orders of %u lines are more than %d; try fewer --lines\n",
            j->plans, j->request.lines, NEN_PLANS_MAX);
    return CLI_USAGE;
}

static int ask_rules(job *j) {
    for (unsigned i = 0; i < j->plans; i++) {
        const nen_status status = nen_plan_check(&j->d, &j->plan[i], &j->refused[i]);
        if (status == NEN_OK || status == NEN_ERR_IMPOSSIBLE) continue;
        fprintf(stderr, "nen: %s\n", nen_status_text(status));
        return CLI_FAILED;
    }
    return CLI_OK;
}

/* ---- the run ---- */

static bool has(const job *j, unsigned plan) {
    return j->refused[plan] == NEN_NONE;
}

/* Plans are shown from the longest mean survival down (--all only). */
static void rank(job *j) {
    const unsigned draws = j->request.setting.draws;
    for (unsigned i = 1; i < j->plans; i++) {
        for (unsigned k = i;
             k && j->course[k].rmst_months.p50 > j->course[k - 1].rmst_months.p50;
             k--) {
            const nen_course course = j->course[k];
            const nen_plan plan = j->plan[k];
            j->course[k] = j->course[k - 1];
            j->plan[k] = j->plan[k - 1];
            j->course[k - 1] = course;
            j->plan[k - 1] = plan;
            nen_outcome *a = j->outcome + (size_t)k * draws, *b = a - draws;
            for (unsigned d = 0; d < draws; d++) {
                const nen_outcome one = a[d];
                a[d] = b[d];
                b[d] = one;
            }
        }
    }
}

/* PFS2 is of plans of two lines or more. */
static bool compared(const job *j, unsigned a, unsigned b, unsigned metric) {
    if (!has(j, a) || !has(j, b)) return false;
    return metric != NEN_METRIC_PFS2 || (j->plan[a].lines > 1 && j->plan[b].lines > 1);
}

static void compare(job *j) {
    const bool pairs = j->plans <= ALL_PAIRS_MAX;
    for (unsigned a = 0; a < j->plans && (pairs || !a); a++) {
        for (unsigned b = a + 1; b < j->plans; b++) {
            for (unsigned m = 0; m < NEN_METRICS; m++) {
                if (!compared(j, a, b, m)) continue;
                nen_course_differ(&j->who, j->plan, a, b, (nen_metric)m,
                                  &j->request.setting, j->outcome,
                                  &j->difference[j->differences++]);
            }
        }
    }
}

/* Refused plans take no part: the others are summed up as if they were alone. */
static nen_status sum(job *j) {
    const unsigned draws = j->request.setting.draws;
    unsigned kept = 0;
    nen_plan plan[NEN_PLANS_MAX];
    nen_outcome *of = j->outcome;
    for (unsigned i = 0; i < j->plans; i++) {
        if (!has(j, i)) continue;
        plan[kept] = j->plan[i];
        memmove(of + (size_t)kept * draws, of + (size_t)i * draws, draws * sizeof *of);
        kept++;
    }
    const nen_status status =
        nen_course_sum(plan, kept, &j->request.setting, of, j->course);
    for (unsigned i = j->plans; i-- > 0;) { /* back to where they belong */
        if (!has(j, i)) continue;
        kept--;
        if (kept == i) continue;
        memmove(of + (size_t)i * draws, of + (size_t)kept * draws, draws * sizeof *of);
        j->course[i] = j->course[kept];
        memset(&j->course[kept], 0, sizeof *j->course);
    }
    return status;
}

static int too_few(const job *j) {
    fprintf(stderr,
            "nen: of %u simulated people, none has a disease that stands as the case "
            "tells,\n  under some draw of the model; try more --patients\n",
            (unsigned)j->request.setting.patients);
    return CLI_FAILED;
}

static int run(job *j, bool all) {
    const unsigned draws = j->request.setting.draws;
    const unsigned pairs = j->plans * (ALL_PAIRS_MAX + 1);
    if (j->who.model == NEN_MODEL_NONE || !j->plans) return CLI_OK;
    j->outcome = calloc((size_t)j->plans * draws, sizeof *j->outcome);
    j->course = calloc(j->plans, sizeof *j->course);
    j->difference = calloc((size_t)pairs * NEN_METRICS, sizeof *j->difference);
    if (!j->outcome || !j->course || !j->difference ||
        !cli_course_run(&j->request, &j->who, j->plan, j->refused, j->plans,
                        j->outcome))
        return no_memory();
    if (sum(j) != NEN_OK) return too_few(j);
    if (all) rank(j);
    compare(j);
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
    nen_course_answer a = {.in = in,
                           .d = &j->d,
                           .who = &j->who,
                           .setting = &j->request.setting,
                           .plan = j->plan,
                           .refused = j->refused,
                           .course = j->course,
                           .difference = j->difference,
                           .plans = j->plans,
                           .differences = j->differences};
    const shown s = {&a, &style};
    const char *text;
    size_t bytes;
    for (unsigned i = 0; j->course && i < j->plans; i++)
        a.hash += j->course[i].hash;
    if (!cli_output(line || args->json ? as_json
                    : args->csv        ? as_csv
                                       : as_text,
                    &s, &text, &bytes))
        return no_memory();
    if (fwrite(text, 1, bytes, stdout) != bytes) return CLI_FAILED;
    return j->request.svg ? cli_course_svg(&a, &style, &j->request) : CLI_OK;
}

static int answer(const cli_args *args, const nen_input *in, bool line, job *j) {
    int code = args->all ? CLI_OK : read_plans(j, in, line);
    if (code != CLI_OK) return code;
    if (cli_run_case(in, NEN_PART_OPTIONS, false, &j->d) != NEN_OK) return CLI_FAILED;
    nen_course_who(&j->d, &j->who);
    if (args->all) code = every_order(j);
    if (code == CLI_OK) code = ask_rules(j);
    if (code == CLI_OK) code = run(j, args->all);
    return code == CLI_OK ? write_out(args, in, j, line) : code;
}

static int print(const cli_args *args, const nen_input *in, bool line) {
    job *j = &the_job;
    j->plans = j->differences = 0;
    j->outcome = NULL;
    j->course = NULL;
    j->difference = NULL;
    const int code = answer(args, in, line, j);
    free(j->outcome);
    free(j->course);
    free(j->difference);
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
