/* same_bits_trial.c - the part of same_bits.c that draws trials and analyzes them; a
 * file of its own, so that what is inlined in the other does not change. */
#include "trial_people.c"

#include "survival.c"

void same_bits_trial(uint64_t *hash, uint32_t batch);

static void hash_number(uint64_t *hash, double x) {
    *hash = (*hash ^ nen__bits_f64(x)) * 0x9e3779b97f4a7c15u;
    *hash ^= *hash >> 32;
}

static nen__followed trial_arm(uint32_t batch, uint32_t stream, nen__people *out) {
    static nen__curve of;
    static nen__drawn_from from;
    const nen__follow_up follow_up = {80, 200, 0.002};
    nen__dice dice = {3, batch, 0, stream, 0};
    double left = 1;
    for (int i = 0; i < NEN__WEEKS_MAX; i++) {
        const double event = left * (0.008 + 0.006 * stream) * (i % 12 ? 0.5 : 6);
        of.event[i] = event;
        left -= event;
    }
    of.event[NEN__WEEKS_MAX] = left;
    of.total = 1;
    nen__draw_from(&of, &from);
    *out = (nen__people){.had = {.total = 0}};
    nen__people_draw(&from, 100 + 50 * stream, &follow_up, &dice, out);
    return nen__people_followed(out, 201);
}

void same_bits_trial(uint64_t *hash, uint32_t batch) {
    static nen__people a, b;
    const nen__followed of_a = trial_arm(batch, 0, &a), of_b = trial_arm(batch, 1, &b);
    const nen__hazard_ratio h = nen__cox(&of_a, &of_b, NEN__TIES_WHOLE);
    const nen__logrank r = nen__log_rank(&of_a, &of_b);
    const nen__estimate m = nen__kaplan_meier_week(&of_a, 0.5);
    const nen__estimate k = nen__kaplan_meier(&of_b, 52);
    const double numbers[] = {h.log_ratio, h.error, h.ratio.lo, r.chi2,
                              r.p,         m.value, m.lo,       m.hi,
                              k.value,     k.lo,    k.hi,       h.ratio.hi};
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hash_number(hash, numbers[i]);
}
