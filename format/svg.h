/* svg.h - plots as SVG: plain numbers and words in, one standalone picture out.
 *
 * Every word comes from the caller, in its language. Each writer returns the bytes
 * needed without the closing zero and writes at most cap, as the writers of write.h do;
 * 0 means that the plot cannot be drawn (a number that is none, an interval upside
 * down, months that go back): nothing is drawn half.
 *
 * Classes and presentation attributes only, no style and no script, so that a strict
 * content policy shows them. Colors tell nothing alone: dashes, letters, shapes and
 * words say the same, and survive gray print. nen_plot_css gives a page the dark
 * colors. */
#ifndef NEN_SVG_H
#define NEN_SVG_H

#include <stdbool.h>
#include <stddef.h>

enum {
    NEN_PLOT_WIDTH = 480, /* of a column of A4, in 1/72 inch; a phone wants 340 */
    NEN_PLOT_WIDTH_MIN = 300,
    NEN_PLOT_WIDTH_MAX = 1200,
    NEN_CURVES_MAX = 4,
    NEN_SWIMMER_KINDS_MAX = 6,
    NEN_ICON_ARRAYS_MAX = 4,
    NEN_ICON_GROUPS_MAX = 4,
    NEN_ICON_PEOPLE = 100
};

/** What every plot says around its picture. Texts may be NULL. */
typedef struct nen_plot_text {
    const char *id;    /**< letters, digits, '-': unique on its page; NULL "plot" */
    const char *lang;  /**< of the words, "en" when NULL */
    const char *title; /**< above the picture */
    const char *desc;  /**< what the picture shows, for those who hear it */
    const char *note;  /**< below: what the band is, the horizon, the source */
    unsigned width;    /**< 0: NEN_PLOT_WIDTH; else held within its bounds */
} nen_plot_text;

/** Survival under one plan; the four arrays, of `points`, share their months. */
typedef struct nen_plot_curve {
    const char *key;   /**< "1" or "A": beside the curve; NULL: none */
    const char *label; /**< the plan */
    const char *said;  /**< its median in words, "median 48 months (36 to 61)" */
    const double *months, *lo_pct, *mid_pct, *hi_pct; /**< months ascend; 0 to 100 */
    const double *at_risk;                            /**< NULL: not shown */
    unsigned points;
    double median_months; /**< 0: unknown, or not reached */
} nen_plot_curve;

typedef struct nen_survival_plot {
    nen_plot_text text;
    const char *y_label, *x_label; /**< "Alive, %", "Months since the first plan" */
    const char *at_risk_label;     /**< "Still followed, of 1,000" */
    bool years;                    /**< ticks count years; else months */
    bool joined;                   /**< not steps in time: points of another measure,
                                        "months" of them, joined by lines */
    double horizon_months;         /**< 0: the last month given */
    const nen_plot_curve *curve;
    unsigned curves;
} nen_survival_plot;

typedef enum nen_plot_verdict {
    NEN_PLOT_CANNOT_TELL, /**< a hollow mark */
    NEN_PLOT_A,
    NEN_PLOT_B
} nen_plot_verdict;

/** One comparison: how much longer under A than under B, with its interval. */
typedef struct nen_plot_difference {
    const char *label;   /**< "A against B", or both plans */
    const char *said;    /**< the numbers in words */
    const char *verdict; /**< the word */
    double lo, mid, hi;  /**< above 0: longer under A */
    nen_plot_verdict kind;
} nen_plot_difference;

typedef struct nen_difference_plot {
    nen_plot_text text;
    const char *x_label;         /**< "Months of life gained within 10 years" */
    const char *b_side, *a_side; /**< what left and right of 0 mean */
    const nen_plot_difference *row;
    unsigned rows;
} nen_difference_plot;

typedef struct nen_swimmer_segment {
    double from_months, to_months;
    unsigned kind; /**< index of nen_swimmer_plot.kind */
} nen_swimmer_segment;

typedef enum nen_swimmer_end { NEN_SWIMMER_ALIVE, NEN_SWIMMER_DIED } nen_swimmer_end;

typedef struct nen_swimmer {
    const char *label; /**< NULL: none */
    const nen_swimmer_segment *segment;
    const double *progression_months;
    unsigned segments, progressions;
    double end_months; /**< death, or last seen */
    nen_swimmer_end end;
} nen_swimmer;

typedef struct nen_swimmer_plot {
    nen_plot_text text;
    const char *x_label;
    const char *progressed, *died, *alive; /**< words of the three marks */
    bool years;
    double horizon_months;   /**< 0: the latest end */
    const char *const *kind; /**< words of the kinds of segment: lines of therapy */
    unsigned kinds;
    const nen_swimmer *person;
    unsigned people;
} nen_swimmer_plot;

/** Of 100 people, how many; a whole array adds up to NEN_ICON_PEOPLE. */
typedef struct nen_icon_group {
    unsigned count;
    const char *label; /**< follows the count: "are alive after 5 years (55 to 70)";
                            NULL for a group that is left out of the key */
} nen_icon_group;

typedef struct nen_icon_array {
    const char *label; /**< the plan */
    nen_icon_group group[NEN_ICON_GROUPS_MAX];
    unsigned groups;
} nen_icon_array;

/** Up to four arrays; the same group has the same look in each of them. */
typedef struct nen_icon_plot {
    nen_plot_text text;
    const nen_icon_array *array;
    unsigned arrays;
} nen_icon_plot;

/** A published value beside what was predicted for it. lo = mid = hi: no interval. */
typedef struct nen_forest_row {
    const char *group;  /**< the trial; a new one starts a heading */
    const char *label;  /**< arm and endpoint */
    const char *said;   /**< the word, "inside" or "missed", and numbers if any */
    double lo, mid, hi; /**< published */
    double predicted_lo, predicted_mid, predicted_hi; /**< all 0: none */
    bool hit;                                         /**< a filled circle */
} nen_forest_row;

typedef struct nen_forest_plot {
    nen_plot_text text;
    const char *x_label;                  /**< with the unit */
    const char *hit, *missed, *predicted; /**< words of the key */
    bool log_axis;                        /**< all values > 0 then */
    bool reference_known;                 /**< draw a line at `reference` */
    double reference;
    const nen_forest_row *row;
    unsigned rows;
} nen_forest_plot;

size_t nen_svg_survival(const nen_survival_plot *p, char *buf, size_t cap);
size_t nen_svg_difference(const nen_difference_plot *p, char *buf, size_t cap);
size_t nen_svg_swimmer(const nen_swimmer_plot *p, char *buf, size_t cap);
size_t nen_svg_icons(const nen_icon_plot *p, char *buf, size_t cap);
size_t nen_svg_forest(const nen_forest_plot *p, char *buf, size_t cap);

/** For the style sheet of a page that shows plots: size, and colors in the dark. */
extern const char nen_plot_css[];
#endif
