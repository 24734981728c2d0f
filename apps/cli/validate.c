/* validate.c - nen validate: held-out trials against the fitted model. */
#include "cli.h"

#include "course_args.h"
#include "validate_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole number of at least 1; false after a message. */
static bool number(const cli_args *args, const char *name, unsigned most,
                   unsigned *out) {
    const char *text = cli_flag_value(args, name);
    char *end;
    if (!text) return true;
    const unsigned long x = strtoul(text, &end, 10);
    *out = (unsigned)x;
    if (*text >= '1' && *text <= '9' && !*end && x <= most) return true;
    fprintf(stderr, "nen: --%s `%s` is no whole number from 1 to %u\n", name, text,
            most);
    return false;
}

static bool known_flags(const cli_args *args) {
    static const char *const known[] = {"draws", "patients", "seed",       "threads",
                                        "svg",   "report",   "predictions"};
    for (unsigned i = 0; i < args->flags; i++) {
        unsigned k = 0;
        while (k < sizeof known / sizeof *known &&
               strcmp(args->flag[i].name, known[k]) != 0)
            k++;
        if (k == sizeof known / sizeof *known) {
            fprintf(stderr, "nen: validate has no --%s\n", args->flag[i].name);
            return false;
        }
    }
    return !args->operands;
}

static bool pool(unsigned threads, uint64_t units, size_t bytes,
                 bool (*one)(void *to, uint64_t unit, void *work, void *own),
                 void *to) {
    const cli_units u = {
        .units = units, .threads = threads, .work_bytes = bytes, .to = to, .one = one};
    return cli_run_units(&u);
}

int cli_validate(const cli_args *args) {
    enum { DRAWS_MAX = 100000, PATIENTS_MAX = 10000000, SEED_MAX = 1000000000 };
    nen_validation_settings s = {.json = args->json,
                                 .svg = cli_flag_value(args, "svg"),
                                 .report = cli_flag_value(args, "report"),
                                 .predictions = cli_flag_value(args, "predictions"),
                                 .date = nen_knowledge_date(),
                                 .pool = pool,
                                 .threads = cli_processors()};
    unsigned seed = 0;
    if (!known_flags(args) || !number(args, "draws", DRAWS_MAX, &s.draws) ||
        !number(args, "patients", PATIENTS_MAX, &s.patients) ||
        !number(args, "threads", CLI_THREADS_MAX, &s.threads) ||
        !number(args, "seed", SEED_MAX, &seed))
        return CLI_USAGE;
    s.seed = seed;
    const char *wrong = nen_validation(&s);
    if (!wrong) return CLI_OK;
    fprintf(stderr, "nen: %s\n", wrong);
    return CLI_FAILED;
}
