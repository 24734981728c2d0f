/* knowc_cover.h - rows that are read in order, tried on a grid of told facts. */
#ifndef NEN_KNOWC_COVER_H
#define NEN_KNOWC_COVER_H

#include "knowc.h"

enum { KC_GRID_FIELDS = 24, KC_GRID_MAX = 200000, KC_VALUES_MAX = 96 };

/* The values one field takes on the grid. */
typedef struct kc_axis {
    unsigned field, values, now; /* now: the value in hand */
    nen_value value[KC_VALUES_MAX];
    bool hit[KC_VALUES_MAX]; /* some row can hold with this value */
} kc_axis;

typedef struct kc_grid {
    const kc *k;
    unsigned site;
    kc_axis axis[KC_GRID_FIELDS];
    unsigned axes;
    bool full;                       /* more fields than fit: no grid */
    nen_value facts[NEN_FIELDS_MAX]; /* the place in hand */
} kc_grid;

/* Fields and values of some predicates at one site. */
void kc_grid_build(kc_grid *g, const kc *k, unsigned site, const kc_span *pred,
                   unsigned preds);
double kc_grid_size(const kc_grid *g);
/* Sets facts to place i of the grid. */
void kc_grid_place(kc_grid *g, unsigned long i);
void kc_grid_print(const kc_grid *g, kc_buf *out);

#endif
