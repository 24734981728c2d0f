/* validate_run.c - runs the validation once and writes what was asked for. */
#include "validate_run.h"

#include "validate.h"

#include <stdio.h>
#include <stdlib.h>

typedef size_t writer(const fit_validation *, char *, size_t);

/* Into a file, or to standard output when path is NULL. */
static bool write_all(const fit_validation *v, writer *write, const char *path) {
    const size_t size = write(v, NULL, 0);
    char *text = malloc(size + 1);
    FILE *to = path ? fopen(path, "w") : stdout;
    bool ok = size && text && to;
    if (ok) {
        write(v, text, size + 1);
        ok = fwrite(text, 1, size, to) == size && (path || fputc('\n', to) != EOF);
    }
    if (path && to && fclose(to)) ok = false;
    free(text);
    return ok;
}

const char *nen_validation(const nen_validation_settings *s) {
    enum { PATIENTS = 4096 };
    static fit_validation v;
    const fit_settings settings = {.seed = s->seed ? s->seed : 1,
                                   .patients = s->patients ? s->patients : PATIENTS,
                                   .draws = s->draws ? s->draws : ~0u,
                                   .pool = s->pool,
                                   .threads = s->threads};
    if (s->predictions) return fit_predictions(&settings, s->date, s->predictions);
    const char *wrong = fit_validate(&settings, &v);
    if (wrong) return wrong;
    if (s->svg && !write_all(&v, fit_validation_svg, s->svg))
        return "the plot could not be written";
    if (s->report && !fit_validation_text(&v, s->report))
        return "the report could not be written";
    const bool ok = s->json ? write_all(&v, fit_validation_json, NULL)
                            : fit_validation_text(&v, NULL);
    return ok ? NULL : "standard output could not be written";
}
