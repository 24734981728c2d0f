/* write.h - writers: a dossier as text, JSON or HTML; (buf, cap) in, needed out. */
#ifndef NEN_WRITE_H
#define NEN_WRITE_H

#include "nen.h"
#include "read.h"
#include "text_ids.h" /* NEN_T_NOTICE: the one sentence that every output carries */

typedef enum nen_part {
    NEN_PART_GRADE = 1,
    NEN_PART_STAGE = 2,
    NEN_PART_QUESTIONS = 4,
    NEN_PART_OPTIONS = 8,
    NEN_PART_COURSE = 16, /* the usual orders, followed: style.course */
    NEN_PART_REPORT = 31
} nen_part;

struct nen_course_answer;
typedef struct nen_style {
    unsigned parts;   /**< nen_part bits */
    bool board;       /**< tumour board voice; else the patient's */
    bool color;       /**< ANSI colours */
    bool all_options; /**< whole vocabulary */
    bool full;        /**< patient: nothing folded or left out */
    uint8_t region;   /**< 0..4, or 0xff: the case's, or all */
    uint8_t lang;     /**< of nen_text, 0 English */
    uint16_t width;   /**< of plots (svg.h); 0: NEN_PLOT_WIDTH */
    const struct nen_course_answer *course; /**< report: how it may go; NULL: not run */
} nen_style;

/** Each returns the bytes needed without the zero; writes at most cap, zero-ended. */
size_t nen_write_text(const nen_input *in, const nen_dossier *d, const nen_style *style,
                      char *buf, size_t cap);
size_t nen_write_json(const nen_input *in, const nen_dossier *d, const nen_style *style,
                      char *buf, size_t cap);
size_t nen_write_html(const nen_input *in, const nen_dossier *d, const nen_style *style,
                      char *buf, size_t cap);
/** The report as HTML without a page around it; each section and card says in
 *  `data-about` what it is about: "stage", "options", an option's id. */
size_t nen_write_html_body(const nen_input *in, const nen_dossier *d,
                           const nen_style *style, char *buf, size_t cap);
/** The case alone, as a JSON object that the reader takes back. */
size_t nen_write_case(const nen_input *in, char *buf, size_t cap);
/** Every text of texts.tsv in one language, as a JSON object by id. */
size_t nen_write_texts(unsigned lang, char *buf, size_t cap);
/** One told value in words, for a patient or a board. */
size_t nen_write_value(const nen_case *c, unsigned field, bool board, unsigned lang,
                       char *buf, size_t cap);
/** A plan in the language that nen_read_plan takes. */
size_t nen_write_plan(const nen_plan *plan, char *buf, size_t cap);

/** Plans followed for one case. */
typedef struct nen_course_answer {
    const nen_input *in;
    const nen_dossier *d;
    const nen_who *who;
    const nen_setting *setting;
    const nen_plan *plan;
    const uint16_t *refused;  /**< by plan: the rule that forbids it, or NEN_NONE */
    const nen_course *course; /**< by plan; all zero of a refused one */
    const nen_difference *difference;
    unsigned plans, differences;
    uint64_t hash;         /**< of all plans; 0 when nothing was run */
    const uint16_t *usual; /**< by plan: why it is usual; NULL: the plans were given */
    bool few;              /**< nothing was run: no simulated person is like the case */
} nen_course_answer;
/** Are there figures of this plan? */
bool nen_course_has(const nen_course_answer *a, unsigned plan);
size_t nen_write_course_json(const nen_course_answer *a, const nen_style *style,
                             char *buf, size_t cap);
size_t nen_write_course_csv(const nen_course_answer *a, const nen_style *style,
                            char *buf, size_t cap);
/** A plot of them as SVG (svg.h): of the first four plans that have figures; swimmers
 *  of the first. 0: it could not be drawn. */
typedef enum nen_course_plot {
    NEN_COURSE_SURVIVAL,
    NEN_COURSE_ICONS,
    NEN_COURSE_DIFFERENCE,
    NEN_COURSE_SWIMMER
} nen_course_plot;
enum { NEN_COURSE_PEOPLE = 20 /**< swimmers, at most */ };
int nen_course_plot_find(const char *name);           /**< -1 when none */
int nen_course_plot_plan(const nen_course_answer *a); /**< the first, -1: none */
/** @param person outcomes of single people under that plan, for the swimmers */
size_t nen_write_course_svg(const nen_course_answer *a, const nen_style *style,
                            nen_course_plot kind, const nen_outcome *person,
                            unsigned people, char *buf, size_t cap);
size_t nen_write_course_text(const nen_course_answer *a, const nen_style *style,
                             char *buf, size_t cap);
/** Likewise as HTML without a page around it. */
size_t nen_write_course_html(const nen_course_answer *a, const nen_style *style,
                             char *buf, size_t cap);
/** A design and what simulated trials of it showed. */
typedef struct nen_trial_answer {
    const nen_design *design;
    const nen_trial_setting *setting;
    const nen_trial *trial;
} nen_trial_answer;
/** The design alone, as a JSON object that the reader takes back. */
size_t nen_write_design(const nen_design *design, char *buf, size_t cap);
size_t nen_write_trial_json(const nen_trial_answer *a, const nen_style *style,
                            char *buf, size_t cap);
size_t nen_write_trial_csv(const nen_trial_answer *a, const nen_style *style, char *buf,
                           size_t cap);
size_t nen_write_trial_text(const nen_trial_answer *a, const nen_style *style,
                            char *buf, size_t cap);
/** A plot as SVG (svg.h); 0: it could not be drawn. */
typedef enum nen_trial_plot { NEN_TRIAL_SURVIVAL, NEN_TRIAL_POWER } nen_trial_plot;
int nen_trial_plot_find(const char *name); /**< -1 when none */
size_t nen_write_trial_svg(const nen_trial_answer *a, const nen_style *style,
                           nen_trial_plot kind, char *buf, size_t cap);

/** What is wrong, in one sentence of a language (nen_text). */
size_t nen_write_error_sentence(const nen_error *e, unsigned lang, char *buf,
                                size_t cap);
size_t nen_write_error_json(const nen_error *e, const char *id, unsigned lang,
                            char *buf, size_t cap);
size_t nen_write_error_text(const nen_error *e, unsigned lang, char *buf, size_t cap);
#endif
