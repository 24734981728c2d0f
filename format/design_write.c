/* design_write.c - the design of a trial as JSON, complete: what was not told stands
 * there as it was taken. */
#include "trial_out.h"

#include <string.h>

static void shares(nen__json *j, const char *key, const nen_trial_share *share,
                   unsigned n, bool sites) {
    const unsigned field = (unsigned)nen_field_find("site");
    nen__j_object(j, key);
    for (unsigned i = 0; i < n; i++) {
        const unsigned bit = (unsigned)__builtin_ctzll(share[i].words);
        nen__j_pair_number(
            j, sites ? nen_word(field, bit)->word : nen_label(NEN_LABEL_GRADE, bit),
            share[i].weight);
    }
    nen__j_close(j, '}');
}

static void words(nen__json *j, const char *key, const char *field,
                  const uint64_t *set) {
    const unsigned f = (unsigned)nen_field_find(field);
    nen__j_array(j, key);
    for (unsigned i = 0; nen_word(f, i); i++)
        if (nen__in(set, i)) nen__j_string(j, nen_word(f, i)->word);
    nen__j_close(j, ']');
}

static void population(nen__json *j, const nen_design *d) {
    nen__j_object(j, "population");
    shares(j, "site", d->site, d->sites, true);
    if (d->grades) shares(j, "grade", d->grade, d->grades, false);
    nen__j_array(j, "ki67_pct");
    nen__j_number(j, d->ki67_lo_pct);
    nen__j_number(j, d->ki67_hi_pct);
    nen__j_close(j, ']');
    if (d->functioning_share >= 0)
        nen__j_pair_number(j, "functioning", d->functioning_share);
    if (d->line) nen__j_pair_number(j, "line", d->line);
    words(j, "prior", "prior", d->prior);
    const nen_word_info *sstr =
        d->sstr ? nen_word((unsigned)nen_field_find("sstr"), d->sstr - 1u) : NULL;
    nen__j_pair_or_null(j, "sstr", sstr ? sstr->word : NULL);
    nen__j_key(j, "progressed_within_months");
    if (d->progressed_within_months > 0) {
        nen__j_number(j, d->progressed_within_months);
    } else {
        nen__j_null(j);
    }
    nen__j_close(j, '}');
}

void nen__put_plans(nen__buf *b, const nen_trial_group *arm) {
    for (unsigned i = 0; i < arm->plans; i++) {
        char text[NEN__PLAN_TEXT_CAP];
        (void)nen_write_plan(&arm->plan[i], text, sizeof text);
        nen__putf(b, "%s%s", i ? " | " : "", text);
    }
}

void nen__j_group(nen__json *j, const nen_trial_group *arm) {
    char text[NEN_TRIAL_PLANS_MAX * NEN__PLAN_TEXT_CAP];
    nen__buf b = nen__buf_over(text, sizeof text);
    nen__put_plans(&b, arm);
    nen__buf_end(&b);
    nen__j_pair(j, "name", arm->name);
    nen__j_pair_number(j, "n", arm->n);
    nen__j_pair(j, "plan", text);
}

static void arms(nen__json *j, const nen_design *d) {
    nen__j_array(j, "arms");
    for (unsigned i = 0; i < d->arms; i++) {
        nen__j_open(j, '{');
        nen__j_group(j, &d->arm[i]);
        nen__j_close(j, '}');
    }
    nen__j_close(j, ']');
}

void nen__j_design(nen__json *j, const nen_design *d) {
    nen__j_open(j, '{');
    if (*d->name) nen__j_pair(j, "name", d->name);
    population(j, d);
    arms(j, d);
    nen__j_pair_number(j, "scan_weeks", d->scan_weeks);
    nen__j_key(j, "scan_later_weeks");
    if (d->scan_later_weeks > 0) {
        nen__j_number(j, d->scan_later_weeks);
    } else {
        nen__j_null(j);
    }
    nen__j_pair(j, "reader", nen__design_readers[d->reader]);
    nen__j_pair(j, "criteria", nen__design_criteria[d->criteria]);
    nen__j_pair_number(j, "accrual_months", d->accrual_months);
    nen__j_pair_number(j, "follow_up_months", d->follow_up_months);
    nen__j_pair_number(j, "dropout_per_month", d->dropout_per_month);
    nen__j_pair_number(j, "crossover_pct", d->crossover_pct);
    nen__j_pair(j, "endpoint", nen__design_endpoints[d->endpoint]);
    nen__j_pair_number(j, "alpha", d->alpha);
    nen__j_pair_number(j, "replicates", d->replicates);
    nen__j_pair_number(j, "seed", (double)d->seed);
    nen__j_close(j, '}');
}

size_t nen_write_design(const nen_design *design, char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__json j = {&b, false, 0};
    nen__j_design(&j, design);
    return nen__buf_end(&b);
}
