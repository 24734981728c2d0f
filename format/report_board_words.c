/* report_board_words.c - the words of a status, a label, a region and a goal. */
#include "report.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *one_of(const nen__doc *d, const uint16_t *list, size_t count,
                          unsigned at) {
    return nen__said(d, list[at < count ? at : 0]);
}

const char *nen__status_said(const nen__doc *d, unsigned status) {
    static const uint16_t words[] = {NEN_T_STATUS_NOT_NOW, NEN_T_STATUS_NEVER,
                                     NEN_T_STATUS_NEEDS_TEST, NEN_T_STATUS_CONDITIONAL,
                                     NEN_T_STATUS_FITS};
    return one_of(d, words, COUNT(words), status);
}

const char *nen__label_said(const nen__doc *d, unsigned state) {
    static const uint16_t words[] = {NEN_T_LABEL_STATE_UNRECORDED,
                                     NEN_T_LABEL_STATE_UNKNOWN, NEN_T_LABEL_STATE_OFF,
                                     NEN_T_LABEL_STATE_ON};
    return one_of(d, words, COUNT(words), state);
}

const char *nen__settled_said(const nen__doc *d, unsigned settled,
                              unsigned not_applicable) {
    static const uint16_t words[] = {NEN_T_SETTLED_UNKNOWN, NEN_T_SETTLED_POSSIBLE,
                                     NEN_T_SETTLED_PROVISIONAL, NEN_T_SETTLED_DECIDED};
    return settled < COUNT(words) ? nen__said(d, words[settled])
                                  : nen__said(d, not_applicable);
}

const char *nen__region_said(const nen__doc *d, unsigned region) {
    static const uint16_t words[NEN_REGIONS] = {NEN_T_REGION_US, NEN_T_REGION_EU,
                                                NEN_T_REGION_UK, NEN_T_REGION_JP,
                                                NEN_T_REGION_CN};
    return one_of(d, words, COUNT(words), region);
}

const char *nen__goal_said(const nen__doc *d, unsigned goal) {
    static const uint16_t words[] = {
        NEN_T_GOAL_CURE,      NEN_T_GOAL_GROWTH,   NEN_T_GOAL_SHRINK,
        NEN_T_GOAL_HORMONES,  NEN_T_GOAL_SYMPTOMS, NEN_T_GOAL_PREVENTION,
        NEN_T_GOAL_DIAGNOSIS, NEN_T_GOAL_SAFETY,   NEN_T_GOAL_SUPPORT};
    return one_of(d, words, COUNT(words), goal);
}
