/* knowc_constants.c - prints the constants of the course model in the order of
 * course.h. */
#include "knowc.h"

#include "course.h"

#include <string.h>

#define NAME(name) "k." #name,
#define KILL(name) "k.kill_months_" #name,
static const char *const names[] = {NEN__COURSE_CONSTANTS(NAME)};
static const char *const kill_names[] = {
    NEN__COURSE_CLASSES(KILL)}; /* the first: none */
#undef NAME
#undef KILL

static const char *name_of(unsigned i) {
    return i < NEN__K_KILL_MONTHS ? names[i] : kill_names[i - NEN__K_KILL_MONTHS + 1];
}

static bool find(kc *k, const char *name, kc_at *at) {
    for (*at = kc_first(k, KC_COURSE_CONSTANTS); kc_on(at); at->row++)
        if (!strcmp(kc_get(at, "id"), name)) return true;
    return false;
}

static bool known(const char *name) {
    for (unsigned i = 0; i < NEN__CONSTANTS; i++)
        if (!strcmp(name, name_of(i))) return true;
    return false;
}

void kc_emit_constants(kc *k, kc_buf *out) {
    kc_at at;
    kc_print(out, "const float nen__constant[] = {\n");
    for (unsigned i = 0; i < NEN__CONSTANTS; i++) {
        double x = 0;
        if (find(k, name_of(i), &at)) {
            x = kc_number(&at, "value", 0);
        } else {
            kc_file_error(k, k->partial, "course_constants.tsv", 0,
                          "no row `%s`, which course.h names", name_of(i));
        }
        kc_print(out, "    (float)%.9g, /* %s */\n", x, name_of(i));
    }
    kc_print(out, "};\n");
    for (at = kc_first(k, KC_COURSE_CONSTANTS); kc_on(&at); at.row++) {
        if (!known(kc_get(&at, "id")))
            kc_error(&at, "id", "course.h names no such constant");
    }
}
