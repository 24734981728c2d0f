/* plan.c - reads the plans of arms.tsv, whose form the knowledge compiler checked. */
#include "plan.h"

#include "nen.h"
#include "stat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 256 };

/* The next part of a list, blanks cut off; false at its end. */
static bool part(const char **list, char between, char *out) {
    const char *p = *list;
    if (!p) return false;
    p += strspn(p, " ");
    const char *end = strchr(p, between);
    size_t n = end ? (size_t)(end - p) : strlen(p);
    *list = end ? end + 1 : NULL;
    while (n && p[n - 1] == ' ')
        n--;
    snprintf(out, TEXT_MAX, "%.*s", (int)n, p);
    return n > 0;
}

static const nen__course_option *option_of(const char *id) {
    const int option = nen_option_find(id);
    for (unsigned i = 0; i < nen__course_options_count; i++)
        if (nen__course_options[i].option == option) return &nen__course_options[i];
    return NULL;
}

static double cap_weeks(const nen__course_option *o, const char *cap) {
    if (*cap == '*') return strtod(cap + 1, NULL) * o->cycle_weeks;
    if (*cap == '@') return strtod(cap + 1, NULL) * FIT_WEEKS_PER_MONTH;
    if (o->cap_cycles > 0) return o->cap_cycles * o->cycle_weeks;
    return o->cap_months * FIT_WEEKS_PER_MONTH;
}

/* "a*4+b"; palliative care is no therapy of the tumor. */
static bool read_line(const char *text, nen__line *out) {
    char one[TEXT_MAX];
    unsigned n = 0;
    *out = (nen__line){{0}, {0}};
    while (part(&text, '+', one)) {
        char *cap = one + strcspn(one, "*@");
        char rest[TEXT_MAX];
        snprintf(rest, sizeof rest, "%s", cap);
        *cap = 0;
        if (!strcmp(one, "palliative_care")) continue;
        const nen__course_option *o = option_of(one);
        if (!o || n == NEN__TOGETHER_MAX) return false;
        out->klass[n] = o->klass;
        out->cap_weeks[n++] = (float)cap_weeks(o, rest);
    }
    return true;
}

unsigned fit_plans(const char *text, unsigned max, nen__course_plan *out) {
    char plan[TEXT_MAX], line[TEXT_MAX];
    unsigned n = 0;
    while (n < max && part(&text, '|', plan)) {
        nen__course_plan *p = &out[n++];
        *p = (nen__course_plan){.lines = 0};
        for (const char *lines = plan; part(&lines, ',', line);)
            if (p->lines == NEN__LINES_MAX || !read_line(line, &p->line[p->lines++]))
                return 0;
    }
    return n;
}
