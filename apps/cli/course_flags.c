/* course_flags.c - the flags of course and compare; what is left are fields. */
#include "course_args.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    DECIMAL = 10,
    DIGITS_MAX = 10,
    PATIENTS = 2000,
    PATIENTS_MAX = 1000000000,
    DRAWS = 256,
    HORIZON_MONTHS = 120,
    LINES = 2
};

bool cli_whole(const cli_flag *f, uint64_t lo, uint64_t hi, uint64_t *out) {
    const char *text = f->value ? f->value : "";
    const size_t n = strlen(text);
    uint64_t x = 0;
    bool good = n > 0 && n <= DIGITS_MAX && strspn(text, "0123456789") == n;
    for (size_t i = 0; good && i < n; i++)
        x = x * DECIMAL + (uint64_t)(text[i] - '0');
    if (good && x >= lo && x <= hi) {
        *out = x;
        return true;
    }
    fprintf(stderr, "nen: --%s needs a whole number from %llu to %llu%s%s\n", f->name,
            (unsigned long long)lo, (unsigned long long)hi, *text ? ", not " : "",
            text);
    return false;
}

uint64_t cli_draws_max(void) {
    const unsigned n = nen_course_draws();
    return n ? n : NEN_DRAWS_MAX;
}

/* Numbers of the setting; false after a message. *is: it was one of them. */
static bool number(const cli_flag *f, cli_request *r, bool *is) {
    const struct {
        const char *name;
        uint64_t lo, hi;
    } flags[] = {{"patients", 1, PATIENTS_MAX},   {"draws", 1, cli_draws_max()},
                 {"seed", 0, UINT32_MAX},         {"horizon-months", 1, NEN_MONTHS_MAX},
                 {"threads", 1, CLI_THREADS_MAX}, {"batch", 1, PATIENTS_MAX},
                 {"lines", 1, NEN_LINES_MAX}};
    uint64_t x[sizeof flags / sizeof *flags] = {r->setting.patients,
                                                r->setting.draws,
                                                r->setting.seed,
                                                r->setting.horizon_months,
                                                r->threads,
                                                r->batch,
                                                r->lines};
    *is = false;
    for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(f->name, flags[i].name) != 0) continue;
        *is = true;
        if (!cli_whole(f, flags[i].lo, flags[i].hi, &x[i])) return false;
    }
    unsigned i = 0;
    r->draws_told |= !strcmp(f->name, "draws");
    r->setting.patients = (uint32_t)x[i++];
    r->setting.draws = (uint16_t)x[i++];
    r->setting.seed = x[i++];
    r->setting.horizon_months = (uint16_t)x[i++];
    r->threads = (unsigned)x[i++];
    r->batch = (uint32_t)x[i++];
    r->lines = (unsigned)x[i];
    return true;
}

static bool add_plan(const cli_flag *f, cli_request *r) {
    if (!f->value) {
        fputs("nen: --plan needs a plan, as in lanreotide,everolimus\n", stderr);
        return false;
    }
    if (r->plans == NEN_PLANS_MAX) {
        fprintf(stderr, "nen: at most %d plans at a time\n", NEN_PLANS_MAX);
        return false;
    }
    r->plan[r->plans++] = f->value;
    return true;
}

static bool add_svg(const cli_flag *f, cli_request *r) {
    r->svg = f->value;
    if (!f->value) fputs("nen: --svg needs a file\n", stderr);
    return f->value != NULL;
}

nen_lanes cli_widest_lanes(void) {
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        return NEN_LANES_AVX512;
    if (__builtin_cpu_supports("avx2")) return NEN_LANES_AVX2;
#endif
    return NEN_LANES_PORTABLE;
}

bool cli_lanes(const cli_flag *f, uint8_t *out) {
    static const char *const names[] = {"portable", "avx2", "avx512"};
    for (uint8_t i = 0; f->value && i < sizeof names / sizeof *names; i++) {
        if (strcmp(f->value, names[i]) != 0) continue;
        *out = i;
        if (i <= (uint8_t)cli_widest_lanes()) return true;
        fprintf(stderr, "nen: this processor has no %s\n", names[i]);
        return false;
    }
    fputs("nen: --lanes needs one of: portable, avx2, avx512\n", stderr);
    return false;
}

static bool add_plot(const cli_flag *f, cli_request *r) {
    const int plot = f->value ? nen_course_plot_find(f->value) : -1;
    r->plot = (uint8_t)(plot < 0 ? 0 : plot);
    if (plot < 0)
        fputs("nen: --svg-plot is survival, icons, difference or swimmer\n", stderr);
    return plot >= 0;
}

/* One flag; false after a message. *is: it is not a field of the case. */
static bool take(const cli_flag *f, cli_request *r, bool *is) {
    *is = true;
    if (!strcmp(f->name, "plan")) return add_plan(f, r);
    if (!strcmp(f->name, "svg")) return add_svg(f, r);
    if (!strcmp(f->name, "svg-plot")) return add_plot(f, r);
    if (!strcmp(f->name, "lanes")) return cli_lanes(f, &r->setting.lanes);
    return number(f, r, is);
}

unsigned cli_processors(void) {
    const long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > CLI_THREADS_MAX ? CLI_THREADS_MAX : (unsigned)n;
}

cli_request cli_course_request(void) {
    const unsigned draws = nen_course_draws();
    return (cli_request){.threads = cli_processors(),
                         .batch = PATIENTS_MAX,
                         .lines = LINES,
                         .setting = {.lanes = (uint8_t)cli_widest_lanes(),
                                     .seed = 1,
                                     .patients = PATIENTS,
                                     .draws = (uint16_t)(draws < DRAWS ? draws : DRAWS),
                                     .horizon_months = HORIZON_MONTHS}};
}

int cli_course_flags(cli_args *args, cli_request *out) {
    unsigned kept = 0;
    *out = cli_course_request();
    for (unsigned i = 0; i < args->flags; i++) {
        bool own;
        if (!take(&args->flag[i], out, &own)) return CLI_USAGE;
        if (!own) args->flag[kept++] = args->flag[i];
    }
    args->flags = kept;
    return CLI_OK;
}
