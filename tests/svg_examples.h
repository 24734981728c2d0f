/* svg_examples.h - one plot of each kind, filled with made-up numbers. */
#ifndef SVG_EXAMPLES_H
#define SVG_EXAMPLES_H

#include "svg.h"

enum { CURVE_POINTS = 121, PEOPLE = 12 };

/* ---- survival ---- */

typedef struct example_curves {
    double months[CURVE_POINTS], lo[NEN_CURVES_MAX][CURVE_POINTS],
        mid[NEN_CURVES_MAX][CURVE_POINTS], hi[NEN_CURVES_MAX][CURVE_POINTS],
        at_risk[NEN_CURVES_MAX][CURVE_POINTS];
    nen_plot_curve curve[NEN_CURVES_MAX];
    nen_survival_plot plot;
} example_curves;

/* Falls by a constant share each month. */
static inline void example_curve(example_curves *e, unsigned i, double monthly) {
    double alive = 100;
    for (unsigned k = 0; k < CURVE_POINTS; k++, alive *= 1 - monthly) {
        const double wide = 12.0 * k / CURVE_POINTS;
        e->months[k] = k;
        e->mid[i][k] = alive;
        e->lo[i][k] = alive > wide ? alive - wide : 0;
        e->hi[i][k] = alive + wide < 100 ? alive + wide : 100;
        e->at_risk[i][k] = alive * 10;
        if (e->curve[i].median_months == 0 && alive <= 50)
            e->curve[i].median_months = k;
    }
}

static inline const nen_survival_plot *example_survival(example_curves *e,
                                                        unsigned curves) {
    static const char *const key[] = {"A", "B", "C", "D"};
    static const char *const label[] = {
        "lanreotide, then lutetium dotatate with octreotide, then everolimus",
        "lutetium dotatate with octreotide, then everolimus",
        "everolimus, then lutetium dotatate", "sunitinib"};
    static const char *const said[] = {"Median 91 months (90 % interval 66 to 118)",
                                       "Median 57 months (90 % interval 49 to 70)",
                                       "Median 43 months (90 % interval 37 to 49)",
                                       "Median 31 months (90 % interval 28 to 36)"};
    static const double monthly[] = {0.0076, 0.0121, 0.016, 0.022};
    *e = (example_curves){0};
    for (unsigned i = 0; i < curves; i++) {
        e->curve[i] = (nen_plot_curve){curves > 1 ? key[i] : NULL,
                                       label[i],
                                       said[i],
                                       e->months,
                                       e->lo[i],
                                       e->mid[i],
                                       e->hi[i],
                                       e->at_risk[i],
                                       CURVE_POINTS,
                                       0};
        example_curve(e, i, monthly[i]);
    }
    e->plot = (nen_survival_plot){
        {"os", "en", "Survival under each plan",
         "Curves of the share still alive over 10 years. Plan A falls most slowly.",
         "Predicted, not observed. Shaded: 90 % intervals. Of 1,000 people like this.",
         0},
        "Alive, %",
        "Years since the first plan began",
        "Still alive, of 1,000",
        true,
        false,
        0,
        e->curve,
        curves};
    return &e->plot;
}

/* ---- difference ---- */

static inline nen_difference_plot example_difference(void) {
    static const nen_plot_difference row[] = {
        {"A: lanreotide, then lutetium dotatate. B: lutetium dotatate, then everolimus",
         "A longer by 6.3 months (90 % interval 1.2 to 11.8), probability 0.96",
         "A lives longer", 1.2, 6.3, 11.8, NEN_PLOT_A},
        {"A: lanreotide, then lutetium dotatate. B: sunitinib",
         "A longer by 1.9 months (90 % interval -4.4 to 8.0), probability 0.71",
         "Cannot tell", -4.4, 1.9, 8.0, NEN_PLOT_CANNOT_TELL}};
    return (nen_difference_plot){
        {"rmst", NULL, "Months of life within 10 years",
         "Differences in mean survival within 10 years, with 90 % intervals.",
         "Restricted mean survival time; bars are 90 % intervals. A filled square: "
         "the evidence decides. A hollow circle: it cannot tell.",
         0},
        "Difference in months within 10 years",
        "\xe2\x86\x90 longer under B",
        "longer under A \xe2\x86\x92",
        row,
        2};
}

/* ---- swimmer ---- */

typedef struct example_swimmers {
    nen_swimmer person[PEOPLE];
    nen_swimmer_segment segment[PEOPLE][3];
    double progression[PEOPLE][3];
    char label[PEOPLE][8];
    nen_swimmer_plot plot;
} example_swimmers;

static inline const nen_swimmer_plot *example_swimmer(example_swimmers *e) {
    static const char *const kind[] = {
        "lanreotide", "lutetium dotatate with octreotide", "everolimus"};
    *e = (example_swimmers){0};
    for (unsigned i = 0; i < PEOPLE; i++) {
        nen_swimmer *one = &e->person[i];
        double at = 0;
        one->label = e->label[i];
        e->label[i][0] = (char)('A' + i);
        one->segment = e->segment[i];
        one->progression_months = e->progression[i];
        for (unsigned k = 0; k < 1 + (i + 2) % 3; k++) {
            const double end = at + 4 + (i * 7 + k * 11) % 23;
            e->segment[i][one->segments++] = (nen_swimmer_segment){at, end, k};
            e->progression[i][one->progressions++] = end;
            at = end + 1;
        }
        one->end_months = at + i % 5 * 6;
        one->end = i % 3 ? NEN_SWIMMER_DIED : NEN_SWIMMER_ALIVE;
    }
    e->plot = (nen_swimmer_plot){{"swim", NULL, "Twelve people like this",
                                  "One bar for each of twelve simulated people.",
                                  "Drawn at random from the model, not chosen.", 0},
                                 "Months since the first plan began",
                                 "the tumor grew",
                                 "died",
                                 "still alive when last seen",
                                 false,
                                 0,
                                 kind,
                                 3,
                                 e->person,
                                 PEOPLE};
    return &e->plot;
}

/* ---- of 100 people ---- */

static inline nen_icon_plot example_icons(void) {
    static const nen_icon_array array[] = {
        {"A: lanreotide, then lutetium dotatate",
         {{46, "are alive and the tumor has not grown (40 to 52)"},
          {27, "are alive and the tumor has grown (21 to 33)"},
          {27, "have died (20 to 35)"}},
         3},
        {"B: everolimus",
         {{31, "are alive and the tumor has not grown (25 to 38)"},
          {33, "are alive and the tumor has grown (26 to 40)"},
          {36, "have died (29 to 44)"}},
         3}};
    return (nen_icon_plot){{"icons", NULL, "Of 100 people like this, after 5 years",
                            "Two pictures of 100 people. Under A 73 are alive after 5 "
                            "years, under B 64.",
                            "Predicted. In brackets: 90 % intervals.", 0},
                           array,
                           2};
}

/* ---- forest ---- */

static inline nen_forest_plot example_forest(void) {
    static const nen_forest_row row[] = {
        {"NETTER-2", "lutetium dotatate, median PFS", "22.8 inside", 19.4, 22.8, 29, 17,
         24.1, 31, true},
        {"NETTER-2", "octreotide 60 mg, median PFS", "8.5 missed", 7.7, 8.5, 13.8, 9.1,
         11.9, 15.2, false},
        {"CABINET, pancreas", "cabozantinib, median PFS", "13.8 inside", 9.2, 13.8,
         18.5, 8.3, 12.5, 17.7, true},
        {"CABINET, pancreas", "placebo, median PFS", "4.4 inside", 3, 4.4, 5.9, 3.2,
         4.8, 6.5, true},
        {"A trial without an interval", "some arm, median survival", "66 inside", 66,
         66, 66, 48, 60, 81, true}};
    return (nen_forest_plot){
        {"forest", NULL, "Published against predicted",
         "Five published medians beside their predicted intervals; one is missed.",
         "Bars: predicted, 90 %. Marks with whiskers: as published.", 0},
        "Months, logarithmic axis",
        "published, inside",
        "published, missed",
        "predicted, 90 %",
        true,
        false,
        0,
        row,
        sizeof row / sizeof *row};
}
#endif
