/* report_once.c - rows that several options name, gathered so that each is said once.
 */
#include "report.h"

static nen__spoken *told_of(nen__spoken *all, unsigned *count, uint16_t row) {
    for (unsigned i = 0; i < *count; i++)
        if (all[i].row == row) return &all[i];
    if (*count == NEN__SPOKEN_MAX) return NULL;
    all[*count] = (nen__spoken){.row = row};
    return &all[(*count)++];
}

unsigned nen__gather(const nen_dossier *d, const uint8_t *shown, unsigned n,
                     nen__row_of rows, nen__spoken *all) {
    unsigned count = 0;
    for (unsigned i = 0; i < n; i++) {
        const nen_option_result *o = &d->option[shown[i]];
        for (unsigned k = 0; k < NEN_REASONS_MAX; k++) {
            const uint16_t row = rows(o, k);
            nen__spoken *t = row == NEN_NONE ? NULL : told_of(all, &count, row);
            if (t) t->of[shown[i] / 64] |= (uint64_t)1 << (shown[i] % 64);
        }
    }
    return count;
}
