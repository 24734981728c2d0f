/* nen.h - one case in, one answer out: grade, stage, questions, options.
 *
 * The public interface of nen, in pipeline order.  The core behind it reads no file,
 * allocates nothing, keeps no state and has no clock: every call works on the caller's
 * memory, so every call is thread-safe.  Zero means unknown: `nen_case c = {0};` is a
 * case about which nothing is known.  Ids (fields, words, options, rules, sources) are
 * indices into the knowledge tables; the lookup calls at the end turn them into text.
 *
 * Information to discuss with a doctor, not advice. */
#ifndef NEN_H
#define NEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define NEN_MUST_CHECK __attribute__((warn_unused_result))
#else
#define NEN_MUST_CHECK
#endif

#define NEN_VERSION "0.1.0"
#define NEN_SCHEMA  1 /**< number of the JSON shapes in docs/contract.md */

/* ---- limits (array sizes; the knowledge compiler checks them) ------------------ */

enum {
    NEN_FIELDS_MAX = 160, /**< fields of a case, derived ones included */
    NEN_WORDS_MAX = 128,  /**< words of one field; also option ids */
    NEN_STEPS_MAX = 16,   /**< treatments told in `prior`, in order */
    NEN_ROWS_MAX = 24,    /**< rule or source rows one result can name */
    NEN_ALT_MAX = 12,     /**< other readings of one stage */
    NEN_NEEDS_MAX = 8,    /**< fields one option can ask for */
    NEN_WARN_MAX = 16,    /**< warnings of one case */
    NEN_FLAGS_MAX = 64,   /**< rules that fire for one case */
    NEN_ASK_MAX = 64,     /**< open questions of one case */
    NEN_REGIONS = 5,      /**< US EU UK JP CN, in that order */
    NEN_ID_CAP = 64,      /**< bytes of a case id or free text, zero included */
    NEN_NONE = 0xffff     /**< "no row" */
};

/* ---- status -------------------------------------------------------------------- */

#define NEN_STATUS_LIST(X)                                                             \
    X(NEN_OK, "ok")                                                                    \
    X(NEN_ERR_RANGE, "a value is outside its documented range")                        \
    X(NEN_ERR_CAPACITY, "the caller's buffer is too small")                            \
    X(NEN_ERR_WORD, "a word is not one of those allowed")                              \
    X(NEN_ERR_FIELD, "no field has this name")                                         \
    X(NEN_ERR_TYPE, "a value has the wrong type for its field")                        \
    X(NEN_ERR_IMPOSSIBLE, "values cannot be true together")                            \
    X(NEN_ERR_SYSTEM, "the category does not exist in this staging system")            \
    X(NEN_ERR_SYNTAX, "the document is broken")
typedef enum nen_status {
#define X(name, text) name,
    NEN_STATUS_LIST(X)
#undef X
} nen_status;

/** Text of a status, never NULL. */
const char *nen_status_text(nen_status status);

/* ---- case ---------------------------------------------------------------------- */

/** How much is known of one field. */
typedef enum nen_known {
    NEN_UNKNOWN = 0,       /**< not told */
    NEN_KNOWN = 1,         /**< told, perhaps as a range or a group of words */
    NEN_NOT_MEASURABLE = 2 /**< assessed, no figure (sizes and counts) */
} nen_known;

enum {
    NEN_LO_OPEN = 1,      /**< the lower bound itself is excluded (">20") */
    NEN_HI_OPEN = 2,      /**< the upper bound itself is excluded ("<3") */
    NEN_PERHAPS_MORE = 4, /**< a list that may have members not told */
    NEN_CLOSE_CALL = 8,   /**< a doubt was raised when it was read (see warnings) */
    NEN_DERIVED = 16      /**< worked out from other fields, never entered */
};

/** One field's value: numbers, counts, dates and codes use `num` (an interval; a plain
 *  value has lo == hi; the unit is the field's), words and lists use `set` (word: those
 *  it may be, one bit when told exactly; list: its members). Booleans: num 0 or 1.
 *  Dates are yyyymmdd, a bare year the whole year; topography C25.4 is 254;
 *  ICD-O-3 8240/3 is 82403. */
typedef struct nen_value {
    union {
        struct {
            double lo, hi;
        } num;
        uint64_t set[NEN_WORDS_MAX / 64];
    };
    uint8_t known; /**< nen_known */
    uint8_t flags; /**< NEN_LO_OPEN ... */
} nen_value;

/** Why a treatment ended. */
typedef enum nen_stopped {
    NEN_STOPPED_UNKNOWN,
    NEN_STOPPED_PROGRESSED,
    NEN_STOPPED_TOXICITY,
    NEN_STOPPED_COMPLETED,
    NEN_STOPPED_OTHER
} nen_stopped;

/** One earlier treatment, in the order told. */
typedef struct nen_step {
    uint16_t option; /**< word of the field `prior` */
    uint8_t stopped; /**< nen_stopped */
    double months;   /**< how long, 0 unknown */
} nen_step;

/** Stated T, N, M and stage keep their prefix: c p yc yp r ("" when none). */
typedef struct nen_case {
    nen_value field[NEN_FIELDS_MAX]; /**< by field id; all zero: nothing known */
    nen_step prior[NEN_STEPS_MAX];
    uint8_t priors;                            /**< steps used */
    char prefix[4][4];                         /**< of stated t, n, m, stage */
    char id[NEN_ID_CAP];                       /**< echoed */
    char site_text[NEN_ID_CAP];                /**< with site other */
    uint64_t told[(NEN_FIELDS_MAX + 63) / 64]; /**< known fields of a dossier's facts;
                                                    not read in a case that comes in */
} nen_case;

/** What the core cannot know by itself. */
typedef struct nen_config {
    uint32_t today_yyyymmdd; /**< 0: the knowledge date */
    bool all_options;        /**< list the whole vocabulary */
} nen_config;

/* ---- results ------------------------------------------------------------------- */

typedef enum nen_truth { NEN_FALSE = 0, NEN_MAYBE = 1, NEN_TRUE = 2 } nen_truth;

/** How far an item is settled. */
typedef enum nen_settled {
    NEN_NOTHING_KNOWN, /**< "unknown" */
    NEN_POSSIBLE,      /**< several, no convention */
    NEN_PROVISIONAL,   /**< a named convention chose */
    NEN_DECIDED,       /**< one possible value */
    NEN_NOT_APPLICABLE /**< "not_graded" or "not_staged" */
} nen_settled;

/** A graded or staged item. `possible` is every value that some completion of the case
 *  could give; it only shrinks when a field is added. Bits are labels of `kind`. */
typedef struct nen_item {
    uint8_t settled;     /**< nen_settled */
    uint8_t value;       /**< label, or NEN_LABEL_NULL */
    uint16_t convention; /**< row of conventions, or NEN_NONE */
    uint64_t possible;   /**< set of labels */
} nen_item;

enum { NEN_LABEL_NULL = 0xff };

/** Label spaces, in which item values and possible bits are counted. */
typedef enum nen_label_kind {
    NEN_LABEL_GRADE,
    NEN_LABEL_T,
    NEN_LABEL_N,
    NEN_LABEL_M,
    NEN_LABEL_GROUP,
    NEN_LABEL_SPREAD
} nen_label_kind;

/** Text of a label ("G2", "T1a", "IIIB"), "" when out of range or null. */
const char *nen_label(nen_label_kind kind, unsigned label);

/** Rows that decided: ids of the knowledge table `rules_*` shared space. */
typedef struct nen_rows {
    uint16_t row[NEN_ROWS_MAX]; /**< nen_row ids, see nen_row_get */
    uint8_t count;
} nen_rows;

typedef struct nen_score {
    bool known;
    uint8_t points;
    const char *klass; /**< well moderate poor, or low high */
} nen_score;

typedef struct nen_grading {
    nen_item grade;
    uint8_t system;                  /**< row of grade systems */
    uint8_t bucket;                  /**< 1 2 3, 0 none */
    bool borderline;                 /**< on or near a cut-off */
    bool ki67_interval;              /**< the next two are set */
    double ki67_lo_pct, ki67_hi_pct; /**< Wilson 95 %, from counts */
    nen_score gapp, pass;
    bool minen;    /**< each part is graded on its own */
    nen_rows rows; /**< rules and notes used */
} nen_grading;

/** Another reading of the same facts; never enters `possible`. */
typedef struct nen_reading {
    uint8_t system;
    uint8_t t, n, m, group; /**< labels or NEN_LABEL_NULL */
    uint16_t row;           /**< the reading's row, or NEN_NONE for another edition */
    const char *why;
} nen_reading;

typedef enum nen_system {
    NEN_SYSTEM_NONE,
    NEN_SYSTEM_AJCC8,
    NEN_SYSTEM_AJCC9,
    NEN_SYSTEM_ENETS,
    NEN_SYSTEM_CARCINOMA /**< the organ's carcinoma scheme, not computed here */
} nen_system;

/** "ajcc8" ... */
const char *nen_system_name(unsigned system);

typedef struct nen_staging {
    uint8_t settled;      /**< of the group; NEN_NOT_APPLICABLE: not_staged */
    uint8_t system;       /**< nen_system */
    bool assumed;         /**< no date of diagnosis: newest edition */
    uint16_t edition_why; /**< row that says why this system, see nen_text */
    nen_item t, n, m, group, spread;
    nen_reading alternative[NEN_ALT_MAX];
    uint8_t alternatives;
    nen_rows rows;
} nen_staging;

/** One warning: a conflict (stated against computed) or a doubt (entered, odd). */
typedef struct nen_warning {
    const char *code;  /**< "conflict.stage", "doubt.ki67_fraction" ... */
    uint16_t field[3]; /**< field ids, NEN_NONE when fewer */
    char stated[24], computed[24];
    uint16_t row; /**< what is said, see nen_text */
} nen_warning;

typedef enum nen_option_status {
    NEN_OPTION_NOT_NOW, /**< nothing puts it there */
    NEN_OPTION_NEVER,   /**< a safety rule takes it away */
    NEN_OPTION_NEEDS_TEST,
    NEN_OPTION_CONDITIONAL,
    NEN_OPTION_FITS
} nen_option_status;

typedef enum nen_label_state {
    NEN_LABEL_UNRECORDED, /**< no row for this drug and region */
    NEN_LABEL_UNKNOWN,    /**< depends on something not told */
    NEN_LABEL_OFF,
    NEN_LABEL_ON
} nen_label_state;

/** Why an option is there or not: a row and, for conditional ones, its condition. */
typedef struct nen_reason {
    uint16_t row;          /**< nen_row id of a position, approval or rule */
    const char *condition; /**< "if ..." in plain words, or NULL */
} nen_reason;

enum { NEN_REASONS_MAX = 8 };

typedef struct nen_option_result {
    uint8_t status;             /**< nen_option_status */
    uint8_t label[NEN_REGIONS]; /**< nen_label_state */
    uint16_t goals;             /**< bit set, nen_goal_name */
    uint8_t becauses, againsts, flagcount, needcount;
    bool worth_telling; /**< never or not_now with a reason worth telling */
    bool current;       /**< goes on today */
    nen_reason because[NEN_REASONS_MAX];
    nen_reason against[NEN_REASONS_MAX];
    uint16_t flag[NEN_REASONS_MAX]; /**< rules (nen_row ids) */
    uint16_t need[NEN_NEEDS_MAX];   /**< fields to learn first */
} nen_option_result;

/** A rule that is true for the case or for one of its shown options. */
typedef struct nen_flag {
    uint16_t rule;                        /**< index into rules */
    uint64_t options[NEN_WORDS_MAX / 64]; /**< those it speaks of; none: the case */
} nen_flag;

typedef struct nen_question {
    uint16_t field;
    uint8_t before[3]; /**< possible grades, stage groups, undecided options */
    float after[3];    /**< mean over the answers */
    float gain;        /**< ranking score, dimensionless */
} nen_question;

/** Everything about one case. About 40 kB; keep it off small stacks. */
typedef struct nen_dossier {
    nen_case facts; /**< the case with its derived fields filled in */
    bool in_scope;
    uint16_t scope_note; /**< row that says why not, NEN_NONE when in scope */
    nen_grading grading;
    nen_staging staging;
    uint8_t options; /**< results in `option`; 0: not worked out, none is written */
    nen_option_result option[NEN_WORDS_MAX]; /**< by option id */
    nen_flag flag[NEN_FLAGS_MAX];
    uint8_t flags;
    nen_warning warning[NEN_WARN_MAX];
    uint8_t warnings;
    nen_question question[NEN_ASK_MAX]; /**< filled by nen_questions only */
    uint8_t questions;
    uint64_t not_told[(NEN_FIELDS_MAX + 63) / 64]; /**< fields that mattered */
} nen_dossier;

/* ---- the pipeline --------------------------------------------------------------- */

/** Checks what cannot be (5 positive of 3 examined, pM0, N2a in TNM 8 ...).
 *  @param field written with the first offending field's id (NEN_NONE when none)
 *  @param why   written with the row that says why (nen_text), NEN_NONE when none
 *  @return NEN_OK, NEN_ERR_IMPOSSIBLE, NEN_ERR_SYSTEM or NEN_ERR_RANGE */
NEN_MUST_CHECK nen_status nen_check(const nen_case *c, uint16_t *field, uint16_t *why);

/** Grade, stage, options and warnings of a case; no questions (they cost more).
 *  Written on every return; a checked case always gives NEN_OK. */
NEN_MUST_CHECK nen_status nen_answer(const nen_case *c, const nen_config *config,
                                     nen_dossier *out);

/** What would settle a label that is NEN_LABEL_UNKNOWN.
 *  @param d       as nen_answer left it
 *  @param option  option id (word of the field `prior`)
 *  @param region  0 to NEN_REGIONS - 1
 *  @param fields  set of fields, written; empty when nothing is open */
void nen_label_open(const nen_dossier *d, unsigned option, unsigned region,
                    uint64_t fields[(NEN_FIELDS_MAX + 63) / 64]);

/** The first part of nen_answer alone: grade and stage, and of the derived fields those
 *  that they ask for. No option is worked out (out->options is 0). */
NEN_MUST_CHECK nen_status nen_grade_and_stage(const nen_case *c,
                                              const nen_config *config,
                                              nen_dossier *out);

/** Ranks the questions still open for an answered case; fills out->question.
 *  @param work the caller's second dossier, overwritten */
NEN_MUST_CHECK nen_status nen_questions(const nen_case *c, const nen_config *config,
                                        nen_dossier *out, nen_dossier *work);

/* ---- course: how it may go under an order of treatments ------------------------- */

enum {
    NEN_LINES_MAX = 6,    /**< lines of one plan */
    NEN_TOGETHER_MAX = 4, /**< options given together in one line */
    NEN_PLANS_MAX = 128,  /**< plans compared at a time */
    NEN_MONTHS_MAX = 360, /**< longest horizon */
    NEN_QUARTERS = NEN_MONTHS_MAX / 3 + 1,
    NEN_DRAWS_MAX = 1024, /**< posterior draws of the model's parameters */
    NEN_ASSUMED_MAX = 8
};

/** One option of a line. At most one of the two caps is told; with none it is given as
 *  its row of course_classes says, or until the tumor grows. */
typedef struct nen_given {
    uint16_t option;
    uint16_t cycles, months; /**< 0: not told */
} nen_given;

/** Lines of treatment in order, each until the tumor grows. */
typedef struct nen_plan {
    nen_given line[NEN_LINES_MAX][NEN_TOGETHER_MAX];
    uint8_t given[NEN_LINES_MAX]; /**< options of each line */
    uint8_t lines;
} nen_plan;

typedef enum nen_model {
    NEN_MODEL_NONE,
    NEN_MODEL_NET, /**< well-differentiated */
    NEN_MODEL_NEC,
    NEN_MODEL_PPGL
} nen_model;

/** "none" ... */
const char *nen_model_name(unsigned model);

/** A case as the model takes it. */
typedef struct nen_who {
    uint8_t model;  /**< nen_model; NONE: `note` says why, the rest is 0 */
    uint16_t note;  /**< row that says which model, or why none; see nen_text */
    uint8_t origin; /**< where the tumor began, in the model's words */
    double ki67_pct, age_years, male_prob;
    double prior_lines;   /**< systemic lines before */
    uint16_t used;        /**< classes of the model used before, as bits */
    uint16_t under;       /**< those given while it grew, as bits */
    double growth_months; /**< it grew, or did not, within so many; 0: not told */
    bool stable;          /**< told not to grow */
    double widen_ratio;   /**< differences of plans are made so many times as wide */
    uint16_t assumed[NEN_ASSUMED_MAX]; /**< rows: what was taken, not being told */
    uint8_t assumeds;
} nen_who;

/** Posterior draws that the model has; 0: it is not calibrated yet. */
unsigned nen_course_draws(void);

/** Which model speaks of an answered case, and what it takes. */
void nen_course_who(const nen_dossier *d, nen_who *out);

/** Has the model a class for this option? */
bool nen_option_in_course(unsigned option);
/** Weeks of one cycle of an option; 0: it is not given in cycles. */
double nen_option_cycle_weeks(unsigned option);

/** May this plan be shown for this case?
 *  @param row written with the safety rule that forbids it (see nen_row_get), or
 *             NEN_NONE
 *  @return NEN_OK, NEN_ERR_IMPOSSIBLE: a rule forbids an option; NEN_ERR_RANGE: no
 *          lines, no options in a line, both caps; NEN_ERR_WORD: no class */
NEN_MUST_CHECK nen_status nen_plan_check(const nen_dossier *d, const nen_plan *plan,
                                         uint16_t *row);
bool nen_plan_same(const nen_plan *a, const nen_plan *b);

/** Every order of the options that fit (some with a condition), one of each class,
 *  `lines` long, or fewer when fewer fit.
 *  @return how many there are; at most `cap` are written */
unsigned nen_plan_orders(const nen_dossier *d, unsigned lines, nen_plan *out,
                         unsigned cap);

/** A plan that is usual for a case, by a row of the table course_orders. */
typedef struct nen_usual {
    nen_plan plan;
    uint16_t row;     /**< says why it is usual; see nen_row_get */
    uint16_t refused; /**< the safety rule that forbids it, or NEN_NONE */
} nen_usual;

/** The usual next plans of an answered case, the first ones first; what goes on today
 *  stands for its class. None when no model speaks of the case.
 *  @param most at most so many that no rule forbids
 *  @return how many were written, at most `cap`; those that a rule forbids come last */
unsigned nen_plan_usual(const nen_dossier *d, unsigned most, nen_usual *out,
                        unsigned cap);

/** Instructions that the processor must have; the bits are the same with each. */
typedef enum nen_lanes {
    NEN_LANES_PORTABLE,
    NEN_LANES_AVX2,
    NEN_LANES_AVX512
} nen_lanes;

/** How a run is made. The same setting gives the same bits everywhere. */
typedef struct nen_setting {
    uint64_t seed;
    uint32_t patients;       /**< simulated under each draw, 1 to 1e9 */
    uint16_t draws;          /**< 1 to nen_course_draws() */
    uint16_t horizon_months; /**< 1 to NEN_MONTHS_MAX */
    uint8_t lanes;           /**< nen_lanes */
} nen_setting;

/** Counts of events of one plan under one draw. The caller owns the memory: zero it,
 *  count into it, add what other threads counted (exact in any order), sum it up. */
size_t nen_course_tally_size(void); /**< bytes, aligned to 64 */
size_t nen_course_work_size(void);  /**< bytes of a thread's workspace, likewise */

/** Follows `count` patients from number `first` on. */
void nen_course_count(const nen_who *who, const nen_plan *plan,
                      const nen_setting *setting, unsigned draw, uint64_t first,
                      uint32_t count, void *work, void *tally);
void nen_course_add(void *tally, const void *from);

/** A median that was not reached within the horizon. What has no value (PFS of a line
 *  that no one reached, PFS2 of a plan of one line) is NaN. */
#define NEN_BEYOND 1e30f

/** One plan under one draw. */
typedef struct nen_outcome {
    uint64_t hash;
    uint32_t patients;            /**< those whose disease stands as the case tells */
    float os_months, pfs2_months; /**< medians, or NEN_BEYOND */
    float os_quarter_months[2];   /**< until a quarter, three quarters have died */
    float rmst_months;            /**< mean survival within the horizon */
    float reached_pct[NEN_LINES_MAX]; /**< of all */
    float pfs_months[NEN_LINES_MAX];  /**< median from the start of the line */
    float pfs_quarter_months[2][NEN_LINES_MAX];
    float response_pct[NEN_LINES_MAX]; /**< of those who reached the line */
    float lived_months[NEN_LINES_MAX]; /**< mean within the horizon, from its start */
    float controlled_months[NEN_LINES_MAX]; /**< mean time, no larger than before it */
    float alive[NEN_MONTHS_MAX + 1];        /**< share, by month */
    float size_ratio[NEN_QUARTERS]; /**< to that at entry, median of those alive */
} nen_outcome;

void nen_course_outcome(const nen_plan *plan, const nen_setting *setting,
                        const void *tally, nen_outcome *out);

/** Over the draws: 5th, 50th and 95th percentile; NEN_BEYOND as in nen_outcome. */
typedef struct nen_band {
    float p05, p50, p95;
} nen_band;

typedef struct nen_course_line {
    nen_band pfs_quarter_months[2]; /**< until a quarter, three quarters had growth */
    nen_band reached_pct, pfs_months, response_pct, controlled_months, lived_months;
} nen_course_line;

typedef struct nen_course {
    nen_band os_months, pfs2_months, rmst_months;
    nen_band os_quarter_months[2]; /**< until a quarter, three quarters have died */
    nen_course_line line[NEN_LINES_MAX];
    nen_band alive[NEN_MONTHS_MAX + 1], size_ratio[NEN_QUARTERS];
    float best_prob; /**< share of draws in which its mean survival is the longest */
    uint64_t hash;
} nen_course;

/** Sums up plans: `outcome` holds setting->draws of each, plan by plan.
 *  @return NEN_OK, or NEN_ERR_RANGE: under some draw no simulated patient stands as the
 *          case tells, so that more are needed; nothing is summed up then */
NEN_MUST_CHECK nen_status nen_course_sum(const nen_plan *plan, unsigned plans,
                                         const nen_setting *setting,
                                         const nen_outcome *outcome, nen_course *out);

/** Late harm of a plan: diseases of the bone marrow, by the rates of course_late over
 *  the time that people live. */
typedef struct nen_late {
    uint16_t row;  /**< of the first drug with a rate, or why there is none; NEN_NONE */
    uint16_t then; /**< of a later drug that changes the rate, or NEN_NONE */
    uint8_t line;  /**< the line of `row`, from whose start on it is counted */
    bool told;     /**< is there a rate? */
    nen_band pct;  /**< of those who start that line, within the horizon */
} nen_late;
void nen_course_late(const nen_who *who, const nen_plan *plan, const nen_course *course,
                     nen_late *out);

/** Hormones on one line, by the shares of course_hormones. */
typedef struct nen_hormones {
    uint16_t row;    /**< NEN_NONE: no hormone syndrome is told */
    bool told;       /**< is there a share? else the row says why not */
    nen_band pct;    /**< of those on the line: output falls to half or less */
    nen_band months; /**< mean over all of them, while the tumor is no larger */
} nen_hormones;
void nen_course_hormones(const nen_dossier *d, const nen_who *who, const nen_plan *plan,
                         const nen_course *course, unsigned line, nen_hormones *out);

typedef enum nen_metric {
    NEN_METRIC_RMST_MONTHS,
    NEN_METRIC_OS_MEDIAN, /**< a median beyond the horizon counts as the horizon */
    NEN_METRIC_PFS2,
    NEN_METRIC_PFS, /**< median time to growth on the first line */
    NEN_METRICS
} nen_metric;
const char *nen_metric_name(unsigned metric);

typedef enum nen_verdict {
    NEN_VERDICT_CANNOT_TELL,
    NEN_VERDICT_A,
    NEN_VERDICT_B
} nen_verdict;

/** Plan a minus plan b, draw by draw on the same patients, then widened about the
 *  median by nen_who.widen_ratio: what trials that no fit had seen asked for. A verdict
 *  on growth wants randomized trials of what the plans differ in; one on survival wants
 *  trials in which people lived longer. */
typedef struct nen_difference {
    uint8_t a, b;    /**< plans */
    uint8_t metric;  /**< nen_metric */
    uint8_t verdict; /**< nen_verdict */
    nen_band months;
    float a_better_prob;
    uint16_t reason; /**< row that says why the verdict is what it is */
    uint16_t option; /**< whose effect here no randomized trial told, or NEN_NONE */
    bool later;      /**< it comes in a later line, of which no trial speaks */
    bool life;       /**< growth was told by trials, longer survival was not */
} nen_difference;

/** Compares plans a and b, whose outcomes begin at outcome[a * draws] and
 *  outcome[b * draws]. */
void nen_course_differ(const nen_who *who, const nen_plan *plan, unsigned a, unsigned b,
                       nen_metric metric, const nen_setting *setting,
                       const nen_outcome *outcome, nen_difference *out);

/* ---- trial: two plans in a trial that was not run yet -----------------------------
 */

enum {
    NEN_TRIAL_ARMS = 2,
    NEN_TRIAL_PLANS_MAX = 4,      /**< of one arm, of which each person has one */
    NEN_TRIAL_MIX_MAX = 24,       /**< sites, or grades, of a population */
    NEN_TRIAL_NAME_CAP = 48,      /**< bytes of a name, zero included */
    NEN_TRIAL_PEOPLE_MAX = 20000, /**< of one arm */
    NEN_TRIAL_REPLICATES_MAX = 1000000,
    NEN_TRIAL_LINE_MAX = 9,
    NEN_TRIAL_SIZES = 8 /**< sizes of the trial for which its power is told */
};

typedef enum nen_trial_reader { NEN_TRIAL_CENTRAL, NEN_TRIAL_LOCAL } nen_trial_reader;
typedef enum nen_trial_endpoint { NEN_TRIAL_PFS, NEN_TRIAL_OS } nen_trial_endpoint;

/** Share of a population: any of `words` (bits of the field site, or labels of
 *  grade). */
typedef struct nen_trial_share {
    uint64_t words;
    double weight; /**< >= 0; only their proportions count */
} nen_trial_share;

typedef struct nen_trial_group {
    char name[NEN_TRIAL_NAME_CAP];
    uint32_t n; /**< people, 1 to NEN_TRIAL_PEOPLE_MAX */
    nen_plan plan[NEN_TRIAL_PLANS_MAX];
    uint8_t plans; /**< each person has one of them, evenly */
} nen_trial_group;

/** Who a trial takes, what they get, how it is read. See docs/method.md. */
typedef struct nen_design {
    char name[NEN_TRIAL_NAME_CAP];
    nen_trial_share site[NEN_TRIAL_MIX_MAX], grade[NEN_TRIAL_MIX_MAX];
    uint8_t sites, grades;              /**< grades 0: not told, G1 and G2 evenly */
    double ki67_lo_pct, ki67_hi_pct;    /**< 0 to 100: no limit */
    double functioning_share;           /**< 0 to 1; below 0: not told */
    uint8_t line;                       /**< of systemic treatment; 0: not told */
    uint64_t prior[NEN_WORDS_MAX / 64]; /**< what everyone had before: options */
    uint8_t sstr;                       /**< word of the field sstr + 1; 0: not told */
    double progressed_within_months;    /**< 0: anyone */
    nen_trial_group arm[NEN_TRIAL_ARMS];
    uint8_t arms;
    double scan_weeks,
        scan_later_weeks; /**< later: from the second year; 0: as before */
    uint8_t reader;       /**< nen_trial_reader */
    uint8_t criteria;     /**< 0: RECIST 1.1, 1: RECIST 1.0, 2: the WHO's */
    double accrual_months, follow_up_months; /**< after the last person joined */
    double dropout_per_month;                /**< share that leaves in a month */
    double crossover_pct; /**< of the second arm, to the first line of the first arm */
    uint8_t endpoint;     /**< nen_trial_endpoint */
    double alpha;         /**< two-sided */
    uint32_t replicates;
    uint64_t seed;
    /* filled by nen_design_check: */
    double prior_lines; /**< systemic lines before */
    uint16_t used;      /**< classes of the model used before, as bits */
} nen_design;

/** What of a design cannot be followed. */
typedef enum nen_refused {
    NEN_REFUSED_NOTHING,
    NEN_REFUSED_PEOPLE, /**< the model knows none like these */
    NEN_REFUSED_PLAN,   /**< a safety rule, or a drug not tried in them */
    NEN_REFUSED_LINE,   /**< line 1 after a systemic treatment other than an SSA */
    NEN_REFUSED_KI67,   /**< nobody of this grade has such a Ki-67 */
    NEN_REFUSED_GRADE   /**< a grade of the lung, elsewhere */
} nen_refused;

typedef struct nen_refusal {
    uint8_t what;        /**< nen_refused */
    uint16_t row;        /**< why, see nen_text; NEN_NONE: `what` says it */
    uint8_t arm;         /**< of NEN_REFUSED_PLAN */
    uint8_t site, grade; /**< word of the field site; label of grade */
} nen_refusal;

/** Asks the rules of nen_plan_check for each site, grade and plan of a design, and
 *  fills what the model takes of earlier treatment.
 *  @param room the caller's dossier, overwritten
 *  @return NEN_OK, or NEN_ERR_IMPOSSIBLE with *out: no such trial can be followed */
NEN_MUST_CHECK nen_status nen_design_check(nen_design *design, nen_dossier *room,
                                           nen_refusal *out);

/** How a design is run. The same setting gives the same bits everywhere. */
typedef struct nen_trial_setting {
    uint32_t patients; /**< simulated for the curves of an arm under each draw */
    uint16_t draws;    /**< 1 to nen_course_draws() */
    uint8_t lanes;     /**< nen_lanes */
} nen_trial_setting;

/** Counts of simulated trials; memory as for courses, and none of it grows with the
 *  replicates. */
size_t nen_trial_tally_size(void);
size_t nen_trial_work_size(void);

/** Some replicates under one draw. */
typedef struct nen_trial_slice {
    uint16_t draw;
    bool exact; /**< as if this draw alone were true, without the model's discrepancy */
    uint32_t first, step, end; /**< numbers first, first + step ... below end */
} nen_trial_slice;

/** Simulates a slice. All replicates: for each draw d those from d on, in steps of the
 *  number of draws. @param design one that nen_design_check passed */
void nen_trial_count(const nen_design *design, const nen_trial_setting *setting,
                     const nen_trial_slice *slice, void *work, void *tally);
void nen_trial_add(void *tally, const void *from);
/** The draw whose hazard ratio is the middle one. */
unsigned nen_trial_middle(const nen_trial_setting *setting, const void *tally);

typedef struct nen_trial_arm {
    nen_band pfs_months, os_months; /**< medians that such trials would publish */
    nen_band response_pct;
    nen_band pfs[NEN_MONTHS_MAX + 1], os[NEN_MONTHS_MAX + 1]; /**< shares, by month */
    float pfs_at_risk[NEN_MONTHS_MAX + 1], os_at_risk[NEN_MONTHS_MAX + 1]; /**< mean */
    float pfs_events, os_events; /**< mean by the end */
} nen_trial_arm;

/** Shares of simulated trials whose test of the end point is below alpha. */
typedef struct nen_trial_power {
    uint32_t n;          /**< people in all */
    float first, second; /**< in favor of that arm */
    float middle;        /**< either, if the middle draw were true */
} nen_trial_power;

typedef struct nen_trial {
    nen_trial_arm arm[NEN_TRIAL_ARMS];
    nen_band ratio;          /**< hazard of the first arm over the second */
    nen_band ratio_expected; /**< without the chance of so few people */
    nen_trial_power power[NEN_TRIAL_SIZES];
    uint8_t sizes, planned; /**< planned: the size of the design itself */
    uint16_t months;        /**< accrual and follow-up */
    uint64_t hash;
} nen_trial;

/** @param middle tally of all replicates under nen_trial_middle alone, exact
 *  @return NEN_OK, or NEN_ERR_RANGE: under some draw no simulated patient meets the
 *          entry rule, so that more are needed */
NEN_MUST_CHECK nen_status nen_trial_sum(const nen_design *design,
                                        const nen_trial_setting *setting,
                                        const void *tally, const void *middle,
                                        nen_trial *out);

/* ---- knowledge ------------------------------------------------------------------ */

typedef enum nen_type {
    NEN_TYPE_BOOL,
    NEN_TYPE_WORD,
    NEN_TYPE_LIST,
    NEN_TYPE_NUMBER,
    NEN_TYPE_COUNT,
    NEN_TYPE_DATE,
    NEN_TYPE_TOPOGRAPHY,
    NEN_TYPE_ICDO3,
    NEN_TYPE_TEXT
} nen_type;

typedef struct nen_field_info {
    const char *name, *unit, *group, *also; /**< also: "a|b" */
    const char *help, *plain;               /**< for a board, for a patient */
    const char *question, *why;             /**< asked of a patient; why it matters */
    uint8_t type;                           /**< nen_type */
    bool derived, test;  /**< never entered; known by a test or scan */
    bool not_measurable; /**< "not_measurable" is a value */
    double lo, hi;       /**< range, in unit */
    uint8_t words;       /**< count, ids 0..words-1 */
} nen_field_info;

typedef struct nen_word_info {
    const char *word, *name, *plain,
        *also;         /**< name: technical; plain: for a patient */
    uint64_t sites[2]; /**< sites it applies to; none: all */
    bool group;        /**< "one of": expands to `members` */
    bool registry;     /**< a registrar's word: valid, not offered to a person */
    uint64_t members[2];
} nen_word_info;

unsigned nen_field_count(void);
const nen_field_info *nen_field(unsigned field); /**< NULL when out of range */
/** Field by name or also-name ('-' counts as '_'); -1 when none. */
int nen_field_find(const char *name);
const nen_word_info *nen_word(unsigned field, unsigned word);
/** Word by name or also-name; -1 when none. */
int nen_word_find(unsigned field, const char *word);

/** Any sourced row: rules of grade and stage, readings, conventions, positions,
 *  approvals, safety rules, effects ... */
typedef struct nen_row {
    const char *id;
    const char *table;  /**< "grade_rules" ... */
    const char *text;   /**< in plain project words */
    const char *plain;  /**< for a patient, "" when none */
    const char *source; /**< keys, ';' between */
    const char *locator, *status, *checked, *confidence;
    const char *extra; /**< severity of a rule, date and region of an approval ... */
} nen_row;
unsigned nen_row_count(void);
const nen_row *nen_row_get(unsigned row);
int nen_row_find(const char *id); /**< -1 when none */

/** Languages in which the report can speak; 0 is English. */
unsigned nen_lang_count(void);
const char *nen_lang_code(unsigned lang); /**< "en", NULL when out of range */
int nen_lang_find(const char *code);      /**< -1 when none */
/** A row's text in a language: its English where that language has none, "" for a row
 *  that does not exist. */
const char *nen_text(unsigned lang, unsigned row);
/** A cell that people read (a name, a question, a plain text) in a language: itself
 *  where that language has no words for it. */
const char *nen_translate(unsigned lang, const char *english);

/** Any knowledge table as text, for browsing: header and cells. */
typedef struct nen_table {
    const char *name, *title;
    uint16_t columns, rows;
    const char *const *header;
    const char *const *cell; /**< row-major */
} nen_table;
unsigned nen_table_count(void);
const nen_table *nen_table_get(unsigned table);
int nen_table_find(const char *name);
/** Cell by column name; NULL when the table has no such column or row. */
const char *nen_cell(const nen_table *table, unsigned row, const char *column);
/** First row whose `column` equals `value`; -1 when none. */
int nen_table_row(const nen_table *table, const char *column, const char *value);

unsigned nen_option_count(void);
const char *nen_option_id(unsigned option);
int nen_option_find(const char *id);
const char *nen_goal_name(unsigned goal); /**< NULL when out of range */
const char *nen_region_name(unsigned region);

/** Date (ISO) on which the newest row was checked. */
const char *nen_knowledge_date(void);

#ifdef __cplusplus
}
#endif
#endif
