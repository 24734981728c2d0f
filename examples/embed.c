/* embed.c - grade and stage of one case from a C program, with nen.h alone.
 *
 * Build: gcc -Iinclude -o embed examples/embed.c build/libnen.a -lm */
#include "nen.h"

#include <stdio.h>

/* Ids of fields and words are looked up once, by name. */
static bool set_word(nen_case *c, const char *field, const char *word) {
    const int f = nen_field_find(field);
    const int w = f < 0 ? -1 : nen_word_find((unsigned)f, word);
    if (w < 0) return false;
    nen_value *v = &c->field[f];
    v->set[w / 64] |= (uint64_t)1 << (w % 64);
    v->known = NEN_KNOWN;
    return true;
}

static bool set_number(nen_case *c, const char *field, double x) {
    const int f = nen_field_find(field);
    if (f < 0) return false;
    c->field[f].num.lo = c->field[f].num.hi = x; /* a range has lo < hi */
    c->field[f].known = NEN_KNOWN;
    return true;
}

static void print_item(const char *name, nen_label_kind kind, const nen_item *item) {
    printf("%s: %s (possible:", name, nen_label(kind, item->value));
    for (unsigned i = 0; i < 64; i++)
        if (item->possible >> i & 1) printf(" %s", nen_label(kind, i));
    puts(")");
}

int main(void) {
    static nen_case c; /* all zero: nothing is known */
    static nen_dossier d;
    const nen_config config = {0};
    if (!set_word(&c, "site", "pancreas") || !set_word(&c, "metastases", "liver") ||
        !set_word(&c, "differentiation", "well") || !set_number(&c, "ki67_pct", 8))
        return 2;
    if (nen_answer(&c, &config, &d) != NEN_OK) return 1;
    print_item("grade", NEN_LABEL_GRADE, &d.grading.grade);
    print_item("stage", NEN_LABEL_GROUP, &d.staging.group);
    return 0;
}
