/* fit_stat.c - the statistics of fit/stat.c on given events, for a second opinion.
 *
 * Input: lines "arm week", arm 0 or 1, week -1 for no event within the cut-off given as
 * the only argument.  Output: median weeks of both arms, log hazard ratio of 0 over 1.
 */
#include "stat.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    static nen__curve arm[2];
    const double cut = argc > 1 ? strtod(argv[1], NULL) : NEN__WEEKS_MAX;
    int which, week;
    while (scanf("%d %d", &which, &week) == 2) {
        if (which < 0 || which > 1 || week >= NEN__WEEKS_MAX) return 1;
        arm[which].event[week < 0 ? NEN__WEEKS_MAX : week] += 1;
        arm[which].total += 1;
    }
    printf("%.9g %.9g %.9g\n", fit_quantile(&arm[0], 0.5, cut),
           fit_quantile(&arm[1], 0.5, cut),
           fit_log_hazard_ratio(&arm[0], &arm[1], 1, 1, cut));
    return 0;
}
