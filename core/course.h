/* course.h - the course model: patients, lines of therapy, what scans see.
 *
 * docs/method.md has the equations.  One patient: log tumor size grows by g a week; a
 * therapy holds back a share of that growth while it lasts, kills a part of the tumor
 * (total log kill, reached at a rate), and wanes after it ends.  Progression is growth
 * over the smallest size so far, or a new lesion; death comes of the disease, by
 * burden, or of age.  What happens to a patient is decided by random numbers that
 * depend on the patient alone, so that plans are compared on the same people.
 *
 * Parameters live on scales without bounds (log, logit); knowledge/course.tsv has the
 * prior and the meaning of each, and the fit's posterior draws. */
#ifndef NEN_COURSE_H
#define NEN_COURSE_H

#include "knowledge.h"

/* ---- parameters: one vector of these is one posterior draw ---- */

/* Therapy classes of the model; class 0 is no active therapy. */
// clang-format off
#define NEN__COURSE_CLASSES(X)                                                         \
    X(none) X(ssa) X(mtor) X(tki) X(prrt) X(alkylating) X(platinum) X(topoisomerase)   \
    X(mibg) X(hif2a)
/* Growth by where the tumor began, or by its kind. */
#define NEN__COURSE_ORIGINS(X)                                                         \
    X(pancreas) X(midgut) X(gut) X(lung) X(ppgl) X(nec)
/* How deaths of the disease come. */
#define NEN__COURSE_KINDS(X) X(net) X(nec) X(ppgl)
/* The rest, each one number. */
#define NEN__COURSE_SINGLES(X)                                                         \
    X(growth_ki67)   /* log growth per log of Ki-67 over its reference */              \
    X(growth_sd)     /* log of the spread of log growth between patients */            \
    X(lesion_base)   /* log monthly hazard of a new lesion without growth */           \
    X(lesion_growth) /* log of new lesions per unit of log growth */                   \
    X(death_burden)  /* log of: log hazard of death per log of size over entry */      \
    X(death_growth)  /* log hazard of death per log growth over the origin's median */ \
    X(death_lines)   /* log hazard of death per earlier line of therapy */             \
    X(kill_outside)  /* log of kill outside the pancreas over that in it */            \
    X(drift)         /* log of: gain of log growth a year */                           \
    X(dropout)       /* logit of the share that never reaches a next line */           \
    X(hold_sd)       /* log of the spread of logit hold between patients */            \
    X(kill_sd)       /* log of the spread of log kill between patients */              \
    X(wane_prrt)     /* log of months until a radioligand's hold has fallen to 1/e */  \
    X(wane_chemo)    /* likewise, of a capped chemotherapy */                          \
    X(reuse)         /* logit of the share of effect left when a class comes again */
// clang-format on

#define NEN__AS_ENUM(name) NEN__CLASS_##name,
typedef enum nen__class { NEN__COURSE_CLASSES(NEN__AS_ENUM) NEN__CLASSES } nen__class;
#undef NEN__AS_ENUM
#define NEN__AS_ENUM(name) NEN__ORIGIN_##name,
typedef enum nen__origin { NEN__COURSE_ORIGINS(NEN__AS_ENUM) NEN__ORIGINS } nen__origin;
#undef NEN__AS_ENUM
#define NEN__AS_ENUM(name) NEN__KIND_##name,
typedef enum nen__kind { NEN__COURSE_KINDS(NEN__AS_ENUM) NEN__KINDS } nen__kind;
#undef NEN__AS_ENUM

/* Order of the vector: growth by origin, death by kind, hold by class, kill by class
 * (both without class none), the singles. */
enum {
    NEN__P_GROWTH = 0,                            /* log growth a month, Ki-67 ref. */
    NEN__P_DEATH = NEN__P_GROWTH + NEN__ORIGINS,  /* log hazard a month at entry */
    NEN__P_HOLD = NEN__P_DEATH + NEN__KINDS,      /* logit of the growth held back */
    NEN__P_KILL = NEN__P_HOLD + NEN__CLASSES - 1, /* log of the total log kill */
    NEN__P_SINGLES = NEN__P_KILL + NEN__CLASSES - 1,
#define NEN__AS_ENUM(name) NEN__P_##name,
    NEN__P_before_singles = NEN__P_SINGLES - 1,
    NEN__COURSE_SINGLES(NEN__AS_ENUM) NEN__PARAMETERS
#undef NEN__AS_ENUM
};

typedef struct nen__theta {
    float p[NEN__PARAMETERS];
} nen__theta;

/* ---- what knowledge/ says of them: course.tsv, posterior.tsv ---- */

extern const float nen__prior_mean[], nen__prior_sd[]; /* of NEN__PARAMETERS */
extern const char *const nen__parameter_name[];        /* as in the tables */
extern const nen__theta nen__posterior[];
extern const unsigned nen__posterior_count; /* 0: not fitted */

/* ---- constants: rows of course_constants.tsv, in this order ---- */

// clang-format off
#define NEN__COURSE_CONSTANTS(X)                                                       \
    X(progression_ratio) X(progression_mm) X(response_ratio) X(size_median_mm)         \
    X(size_sd_log) X(ki67_reference_pct) X(line_years) X(frailty_share)                \
    X(life_log_per_year) X(life_slope_per_year) X(life_male_log)                       \
    X(who_progression_ratio) X(who_response_ratio)
// clang-format on
#define NEN__AS_ENUM(name) NEN__K_##name,
enum {
    NEN__COURSE_CONSTANTS(NEN__AS_ENUM) /* then kill_months by class, without none */
    NEN__K_KILL_MONTHS,
    NEN__CONSTANTS = NEN__K_KILL_MONTHS + NEN__CLASSES - 1
};
#undef NEN__AS_ENUM
extern const float nen__constant[];

/* ---- who ---- */

/* One kind of patient at the start of a course or trial. */
typedef struct nen__cohort {
    uint8_t origin; /* nen__origin */
    uint8_t kind;   /* nen__kind */
    float ki67_pct; /* > 0 */
    float age_years, male_prob;
    float prior_lines;         /* systemic lines before: growth has drifted */
    uint16_t used;             /* bits of nen__class used before */
    float entry_growth_months; /* 0: anyone; else those whose size grew by a fifth, or
                                  who had a new lesion, within so many months */
    bool entry_stable;         /* only those who did not */
    uint16_t entry_under;      /* bits of classes that were given in those months */
} nen__cohort;

/* ---- what ---- */

enum {
    NEN__LINES_MAX = 6,
    NEN__TOGETHER_MAX = 4 /* therapies of one line */
};

/* One line: classes given together, and for how long. */
typedef struct nen__line {
    uint8_t klass[NEN__TOGETHER_MAX];   /* nen__class, NEN__CLASS_none: unused */
    float cap_weeks[NEN__TOGETHER_MAX]; /* 0: until progression */
} nen__line;

typedef struct nen__course_plan {
    nen__line line[NEN__LINES_MAX];
    uint8_t lines;
} nen__course_plan;

/* ---- how it is seen ---- */

typedef enum nen__lanes {
    NEN__LANES_PORTABLE, /* any machine */
    NEN__LANES_AVX2,     /* x86-64 with it; else as portable */
    NEN__LANES_AVX512    /* F, DQ, BW and VL */
} nen__lanes;

/* What a scan calls progression. RECIST 1.0 asks for no millimeters, WHO for a quarter
 * more of a product of two diameters. */
typedef enum nen__criteria {
    NEN__CRITERIA_RECIST_1_1,
    NEN__CRITERIA_RECIST_1_0,
    NEN__CRITERIA_WHO
} nen__criteria;

typedef struct nen__view {
    float visit_weeks; /* between scans, >= 1 */
    float noise_sd;    /* of a measured log size; 0: true progression, to the week */
    uint16_t horizon_weeks; /* <= NEN__WEEKS_MAX */
    uint8_t lanes;          /* nen__lanes: the caller asks the processor; same bits */
    uint8_t criteria;       /* nen__criteria */
    float later_weeks;      /* between scans after the first year; 0: as before it */
    bool sizes; /* count sizes over time, of the first NEN__SIZED patients */
} nen__view;

/* ---- result: integers, so that adding tallies is exact in any order ---- */

enum { NEN__WEEKS_MAX = 1600, NEN__BATCH = 1024 };

/* Sizes: by quarters of a year, in bins of a fifth of log size over that at entry, with
 * 0 in the middle. */
enum {
    NEN__QUARTERS_MAX = 123,
    NEN__SIZED = 128, /* patients: enough for a median, and they take no time */
    NEN__SIZE_BINS = 32,
    NEN__SIZE_BINS_OF_1 = 5
};

/* Of one plan under one posterior draw. Events by week since the start of their line
 * (pfs, stop) or of the course (os, pfs2); index NEN__WEEKS_MAX holds those without an
 * event within the horizon. */
typedef struct nen__tally {
    uint32_t patients;
    uint32_t os[NEN__WEEKS_MAX + 1];
    uint32_t pfs[NEN__LINES_MAX][NEN__WEEKS_MAX + 1];
    uint32_t pfs2[NEN__WEEKS_MAX + 1]; /* progression on line 2, or death */
    uint32_t reached[NEN__LINES_MAX], response[NEN__LINES_MAX];
    uint64_t os_weeks;                         /* sum of min(time, horizon) */
    uint64_t controlled_weeks[NEN__LINES_MAX]; /* size at or below that at line start */
    uint64_t lived_weeks[NEN__LINES_MAX]; /* from line start to death or the horizon */
    uint32_t size[NEN__QUARTERS_MAX + 1][NEN__SIZE_BINS]; /* of those alive, by end */
    uint64_t hash; /* sum over patients of a mix of their integer outcomes */
} nen__tally;

/* Memory of one batch; a caller keeps one for each thread. */
typedef struct nen__course_work nen__course_work;
size_t nen__course_work_size(void);

/**
 * Follows `count` patients, first_patient and on, and adds them to the tally.
 *
 * @param theta one posterior draw
 * @param seed  key of the random numbers; the same patient under every plan and draw
 * @param count at most NEN__BATCH
 * @param work  nen__course_work_size() bytes, aligned to 64
 */
void nen__course_batch(const nen__theta *theta, const nen__cohort *cohort,
                       const nen__course_plan *plan, const nen__view *view,
                       uint64_t seed, uint64_t first_patient, uint32_t count,
                       nen__course_work *work, nen__tally *tally);

/* Adds what `from` counted. */
void nen__tally_add(nen__tally *into, const nen__tally *from);

#endif
