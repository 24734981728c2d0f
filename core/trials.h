/* trials.h - shape of the trial evidence that tools/knowc prints as constant C.
 *
 * Each use has a set of its own: calibration.h for what a fit may read, validation.h
 * for what it must never see. Code that includes one cannot name rows of the other. */
#ifndef NEN_TRIALS_H
#define NEN_TRIALS_H

#include "knowledge.h"

/* Words of trials.tsv, arms.tsv and endpoints.tsv; their numbers are by this order. */
// clang-format off
#define NEN__TRIAL_USES(X)                                                             \
    X(calibration) X(validation) X(prospective) X(context) X(none)
#define NEN__TRIAL_ROLES(X) X(main) X(direction) X(symptom) X(register) X(background)
#define NEN__DESIGNS(X) X(randomised) X(single_arm) X(cohort)
/* How the disease stood at entry: grown within entry_months, not grown, either, those
 * who did well before, or those whom other treatment had failed. */
#define NEN__ENTRIES(X) X(progression) X(stable) X(any) X(selected) X(refractory)
#define NEN__UPTAKES(X) X(any) X(positive)
#define NEN__READERS(X) X(central) X(local)
#define NEN__ARM_ROLES(X)                                                              \
    X(experimental) X(control) X(cohort) X(subgroup) X(cohort_subgroup)                \
    X(review_variant) X(update) X(second_line) X(planned) X(meta)
#define NEN__ARM_CLASSES(X)                                                            \
    X(untreated) X(ssa) X(ssa_highdose) X(ssa_beyond_pd) X(ssa_bev) X(ssa_interferon)  \
    X(mtor) X(mtor_ssa) X(mtor_bev) X(vegfr_tki) X(vegfr_tki_ssa)                      \
    X(prrt) X(prrt_ssa) X(prrt_chemo) X(captem) X(temozolomide) X(stz5fu)              \
    X(chemo_bev) X(chemo_mixed) X(platinum_etoposide) X(platinum_irinotecan)           \
    X(folfiri) X(folfiri_bev) X(folfox) X(mibg) X(hif2a) X(telotristat) X(mixed)
#define NEN__ENDPOINTS(X)                                                              \
    X(pfs) X(ttp) X(os) X(response) X(disease_control) X(stable) X(shrinkage)          \
    X(response_duration) X(time_to_response) X(immediate_progression)                  \
    X(stop_toxicity) X(adverse_event) X(durable_response) X(bowel_movements)           \
    X(hiaa5) X(rescue_days) X(treatment_success) X(antihypertensive) X(growth_rate)
#define NEN__STATISTICS(X)                                                             \
    X(median) X(rate) X(hazard_ratio) X(odds_ratio) X(share) X(change) X(difference)
#define NEN__ANALYSES(X) X(primary) X(interim) X(update) X(final) X(label) X(post_hoc)
// clang-format on

#define NEN__AS_ENUM(name) NEN__ENDPOINT_##name,
typedef enum nen__endpoint {
    NEN__ENDPOINTS(NEN__AS_ENUM) NEN__ENDPOINT_COUNT
} nen__endpoint;
#undef NEN__AS_ENUM
#define NEN__AS_ENUM(name) NEN__STATISTIC_##name,
typedef enum nen__statistic {
    NEN__STATISTICS(NEN__AS_ENUM) NEN__STATISTIC_COUNT
} nen__statistic;
#undef NEN__AS_ENUM
#define NEN__AS_ENUM(name) NEN__ARM_##name,
typedef enum nen__arm_role {
    NEN__ARM_ROLES(NEN__AS_ENUM) NEN__ARM_ROLE_COUNT
} nen__arm_role;
#undef NEN__AS_ENUM

enum {
    NEN__MIX_MAX = 6,
    NEN__NOBODY = 0xFFFF /* no such trial or arm */
};
/* A number of a trial or arm that was not published. */
#define NEN__UNSAID (-1.0)

#define NEN__AS_ENUM(name) NEN__ARM_CLASS_##name,
typedef enum nen__arm_class {
    NEN__ARM_CLASSES(NEN__AS_ENUM) NEN__ARM_CLASS_COUNT
} nen__arm_class;
#undef NEN__AS_ENUM
#define NEN__AS_ENUM(name) NEN__ENTRY_##name,
typedef enum nen__entry { NEN__ENTRIES(NEN__AS_ENUM) NEN__ENTRY_COUNT } nen__entry;
#undef NEN__AS_ENUM
#define NEN__AS_ENUM(name) NEN__READER_##name,
typedef enum nen__reader { NEN__READERS(NEN__AS_ENUM) NEN__READER_COUNT } nen__reader;
#undef NEN__AS_ENUM
#define NEN__AS_ENUM(name) NEN__DESIGN_##name,
typedef enum nen__design { NEN__DESIGNS(NEN__AS_ENUM) NEN__DESIGN_COUNT } nen__design;
#undef NEN__AS_ENUM
#define NEN__AS_ENUM(name) NEN__TRIAL_ROLE_##name,
typedef enum nen__trial_role {
    NEN__TRIAL_ROLES(NEN__AS_ENUM) NEN__TRIAL_ROLE_COUNT
} nen__trial_role;
#undef NEN__AS_ENUM

/* What a simulated trial takes where the published one did not say, and the errors that
 * a fit gives to published figures: rows of trial_constants.tsv, in this order. */
// clang-format off
#define NEN__TRIAL_CONSTANTS(X)                                                        \
    X(noise_central) X(noise_local) X(scan_weeks) X(scan_jitter) X(stable_months)      \
    X(entry_months) X(prior_open_lines) X(age_years) X(male_share)                     \
    X(ki67_g1_lo) X(ki67_g1_hi) X(ki67_g2_lo) X(ki67_g2_hi) X(ki67_g3_lo)              \
    X(ki67_g3_hi) X(ki67_nec_lo) X(ki67_nec_hi) X(midgut_weight)                       \
    X(floor_time) X(floor_hazard_ratio) X(floor_rate) X(floor_response)                \
    X(unread_factor) X(pfs_months) X(os_months) X(hazard_months)        \
    X(hazard_os_months) X(response_background)                                         \
    X(between_growth) X(between_death) X(between_hold) X(between_kill)
// clang-format on
#define NEN__AS_ENUM(name) NEN__T_##name,
enum { NEN__TRIAL_CONSTANTS(NEN__AS_ENUM) NEN__TRIAL_CONSTANT_COUNT };
#undef NEN__AS_ENUM
extern const double nen__trial_constant[];

/* Part of a population: any of `words` (bits of the field site, or of nen_grade). */
typedef struct nen__mix {
    uint64_t words;
    double pct; /* 0: the list has ended */
} nen__mix;

typedef struct nen__trial {
    const char *id;
    nen__mix site[NEN__MIX_MAX], grade[NEN__MIX_MAX];
    double ki67_lo_pct, ki67_hi_pct, functioning_pct;
    double entry_months;                 /* progression within so many */
    double prior_lo, prior_hi;           /* systemic lines before */
    double prior_ssa_pct;                /* had a somatostatin analog before */
    double scan_weeks, scan_later_weeks; /* later: after the first year */
    double accrual_months, follow_up_months, crossover_pct;
    uint8_t role, design, sstr, entry, reader; /* numbers of the words above */
    uint8_t criteria;                          /* nen__criteria */
} nen__trial;

typedef struct nen__arm {
    const char *id, *plan, *stand_in; /* stand_in: what the plan cannot say, or "" */
    nen__mix site[NEN__MIX_MAX], grade[NEN__MIX_MAX]; /* none: as the trial */
    double n;
    uint16_t trial, of; /* in this set; of: the arm whose subset this is */
    uint8_t role, arm_class;
} nen__arm;

typedef enum nen__bound {
    NEN__NOT_GIVEN,
    NEN__NUMBER,
    NEN__NOT_REACHED /* published as such: never a number */
} nen__bound;

typedef struct nen__figure {
    const char *id;
    double value, lo, hi;           /* read only where the bound below is NEN__NUMBER */
    double level_pct;               /* of lo to hi */
    double time_months;             /* of a rate */
    double n;                       /* of this analysis, NEN__UNSAID: as the arm */
    uint16_t arm, versus;           /* in this set */
    uint8_t value_is, lo_is, hi_is; /* nen__bound */
    uint8_t line;                   /* step of the plan it is counted from, 1 first */
    uint8_t endpoint, statistic, reader, analysis, role;
    uint8_t was_read; /* 0: from memory only */
} nen__figure;

typedef struct nen__trial_set {
    const nen__trial *trial;
    const nen__arm *arm;
    const nen__figure *figure;
    unsigned trials, arms, figures;
} nen__trial_set;

#endif
