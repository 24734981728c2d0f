/* course_args.h - plans followed for a case: what the flags ask for, and the run. */
#ifndef NEN_COURSE_ARGS_H
#define NEN_COURSE_ARGS_H

#include "cli.h"
#include "plans.h"
#include "units.h"

/* What the flags of `course` and `compare` ask for. */
typedef struct cli_request {
    const char *plan[NEN_PLANS_MAX]; /* as written */
    unsigned plans, threads;
    uint32_t batch;  /* patients that a thread takes at a time */
    unsigned lines;  /* of --all */
    bool draws_told; /* else as many as there are */
    nen_setting setting;
    bool apart;      /* each draw follows people of its own, not all the same ones */
    const char *svg; /* file for the plot, or NULL */
    uint8_t plot;    /* nen_course_plot */
} cli_request;

/* course_flags.c: a whole number from lo to hi, and instructions that this processor
 * has; false after a message. */
bool cli_whole(const cli_flag *f, uint64_t lo, uint64_t hi, uint64_t *out);
bool cli_lanes(const cli_flag *f, uint8_t *out);
nen_lanes cli_widest_lanes(void);
unsigned cli_processors(void);
/* Draws that may be asked for: those that the model has; any number while it has none.
 */
uint64_t cli_draws_max(void);

/* Takes its own flags out of args; CLI_OK or CLI_USAGE after a message. */
int cli_course_flags(cli_args *args, cli_request *out);

/* What stands when no flag is told. */
cli_request cli_course_request(void);

/* course_job.c: makes room, follows the plans that no rule forbids, and sums them up.
 * NEN_ERR_CAPACITY: out of memory; NEN_ERR_RANGE: too few simulated people. */
nen_status cli_plans_run(const cli_request *request, app_plans *p);
/* What a writer takes; it points into the plans. */
nen_course_answer cli_plans_answer(const app_plans *p, const nen_input *in,
                                   const nen_dossier *d);
void cli_plans_end(app_plans *p);

/* course_run.c: fills outcomes, draws of each plan in turn; a plan that `skip` marks is
 * left out. False when memory runs out. */
bool cli_course_run(const cli_request *request, app_plans *p);

/* course_svg.c: the plot that --svg asks for, into its file. */
int cli_course_svg(const nen_course_answer *answer, const app_plans *p,
                   const nen_style *style, const cli_request *request);

#endif
