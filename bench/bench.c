/* bench.c - cases per second, on one core, beside a calibration loop of the same run.
 *
 * Absolute figures depend on the machine; the ratio to the calibration loop (one step
 * of an integer mixing function) travels better.  Output: name, per second,
 * nanoseconds, calibration steps each. */
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that POSIX gives
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "read.h"
#include "write.h"

enum { CASES_MAX = 64, TOKENS = 1 << 20, TEXT_MAX = 1 << 20 };

static nen_input cases[CASES_MAX];
static unsigned case_count;
static char tokens[TOKENS];
static char text[TEXT_MAX];

static void grade_once(unsigned i) {
    static nen_dossier out;
    const nen_config config = {0};
    if (nen_grade_and_stage(&cases[i % case_count].c, &config, &out) == NEN_OK)
        sink += out.grading.grade.value;
}

static void answer_once(unsigned i) {
    static nen_dossier out;
    const nen_config config = {0};
    if (nen_answer(&cases[i % case_count].c, &config, &out) == NEN_OK)
        sink += out.flags;
}

static void dossier_once(unsigned i) {
    static nen_dossier out, work;
    const nen_config config = {0};
    const nen_input *in = &cases[i % case_count];
    const nen_style style = {.parts = NEN_PART_REPORT, .region = 0xff};
    if (nen_answer(&in->c, &config, &out) == NEN_OK &&
        nen_questions(&in->c, &config, &out, &work) == NEN_OK)
        sink += nen_write_json(in, &out, &style, text, sizeof text);
}

/* Median nanoseconds of one call over REPEATS runs of about `seconds` each. */
static double measure(void (*once)(unsigned), double seconds) {
    double runs[REPEATS];
    for (int r = 0; r < REPEATS; r++)
        runs[r] = measure_once(once, seconds);
    return median(runs);
}

static bool load(const char *path) {
    FILE *file = fopen(path, "rb");
    nen_error error;
    if (!file) return false;
    size_t bytes = fread(text, 1, sizeof text, file);
    fclose(file);
    nen_input *in = &cases[case_count];
    memset(in, 0, sizeof *in);
    if (nen_read_json(text, bytes, tokens, sizeof tokens, in, &error) != NEN_OK ||
        nen_finish(in, &error) != NEN_OK) {
        fprintf(stderr, "%s: %s\n", path, error.text);
        return false;
    }
    case_count++;
    return true;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc && case_count < CASES_MAX; i++)
        if (!load(argv[i])) return 1;
    if (!case_count) {
        fprintf(stderr, "usage: bench case.json...\n");
        return 2;
    }
    double unit = measure(mix_once, 0.2);
    printf("%-28s %12.0f /s %12.1f ns %10.0f steps\n", "calibration step", 1e9 / unit,
           unit, 1.0);
    static const struct {
        const char *name;
        void (*once)(unsigned);
    } work[] = {{"grade and stage", grade_once},
                {"answer with options", answer_once},
                {"dossier with questions", dossier_once}};
    for (size_t i = 0; i < sizeof work / sizeof *work; i++) {
        double ns = measure(work[i].once, 0.4);
        printf("%-28s %12.0f /s %12.1f ns %10.0f steps\n", work[i].name, 1e9 / ns, ns,
               ns / unit);
    }
    return 0;
}
