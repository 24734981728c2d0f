/* course_args.h - plans followed for a case: what the flags ask for, and the run. */
#ifndef NEN_COURSE_ARGS_H
#define NEN_COURSE_ARGS_H

#include "cli.h"
#include "plans.h"

enum { CLI_THREADS_MAX = 256 };

/* What the flags of `course` and `compare` ask for. */
typedef struct cli_request {
    const char *plan[NEN_PLANS_MAX]; /* as written */
    unsigned plans, threads;
    uint32_t batch;  /* patients that a thread takes at a time */
    unsigned lines;  /* of --all */
    bool draws_told; /* else as many as there are */
    nen_setting setting;
    const char *svg; /* file for the plot, or NULL */
    uint8_t plot;    /* nen_course_plot */
} cli_request;

/* course_flags.c: takes its own flags out of args; CLI_OK or CLI_USAGE after a
 * message. */
int cli_course_flags(cli_args *args, cli_request *out);

/* course_run.c: fills outcomes, draws of each plan in turn; a plan that `skip` marks is
 * left out. False when memory runs out. */
bool cli_course_run(const cli_request *request, app_plans *p);

/* course_svg.c: the plot that --svg asks for, into its file. */
int cli_course_svg(const nen_course_answer *answer, const app_plans *p,
                   const nen_style *style, const cli_request *request);

#endif
