/* course_svg.c - a plot of an answer into a file. */
#include "course_args.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct picture {
    const nen_course_answer *answer;
    const nen_style *style;
    nen_course_plot kind;
    nen_outcome person[NEN_COURSE_PEOPLE];
    unsigned people;
} picture;

static size_t as_svg(const void *what, char *buf, size_t cap) {
    const picture *p = what;
    return nen_write_course_svg(p->answer, p->style, p->kind, p->person, p->people, buf,
                                cap);
}

/* Single people for the swimmers; false when memory runs out. */
static bool sample(picture *x, const app_plans *p) {
    const int plan = nen_course_plot_plan(x->answer);
    if (x->kind != NEN_COURSE_SWIMMER || plan < 0) return true;
    void *work = cli_aligned(nen_course_work_size());
    void *tally = cli_aligned(nen_course_tally_size());
    const bool enough = work && tally;
    if (enough) {
        x->people = app_plans_people(p, (unsigned)plan, work, tally, x->person,
                                     NEN_COURSE_PEOPLE);
    }
    free(work);
    free(tally);
    return enough;
}

static int failed(const cli_request *request, const char *why) {
    fprintf(stderr, "nen: %s was not written: %s\n", request->svg, why);
    return CLI_FAILED;
}

int cli_course_svg(const nen_course_answer *answer, const app_plans *plans,
                   const nen_style *style, const cli_request *request) {
    static picture p;
    const char *text;
    size_t bytes;
    memset(&p, 0, sizeof p);
    p.answer = answer;
    p.style = style;
    p.kind = (nen_course_plot)request->plot;
    if (nen_course_plot_plan(answer) < 0) { /* the answer said why */
        (void)failed(request, "there are no figures");
        return CLI_OK;
    }
    if (p.kind == NEN_COURSE_DIFFERENCE && !answer->differences)
        return failed(request, "there are no two plans to compare");
    if (!sample(&p, plans) || !cli_output(as_svg, &p, &text, &bytes))
        return failed(request, "out of memory");
    if (!bytes) return failed(request, "a figure of it is no number");
    if (!cli_save(request->svg, text, bytes)) {
        fprintf(stderr, "nen: cannot write %s: %s\n", request->svg, strerror(errno));
        return CLI_FAILED;
    }
    fprintf(stderr, "nen: wrote %s\n", request->svg);
    return CLI_OK;
}
