/* test_sequence.c - plans and cases as the course model takes them, runs, sums. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read.h"
#include "sequence.h"
#include "write.h"

enum { DRAWS = 8, PATIENTS = 1500, MONTHS = 120, TEXT_CAP = 512 };

static nen__course_work *work;

/* ---- helpers ---- */

static nen_plan plan_of(const char *text) {
    nen_plan plan;
    nen_error error;
    assert_int_equal(nen_read_plan(text, strlen(text), &plan, &error), NEN_OK);
    return plan;
}

static void answer(const char *const *pairs, nen_dossier *out) {
    static nen_input in;
    const nen_config config = {0, false};
    nen_error error;
    memset(&in, 0, sizeof in);
    for (; *pairs; pairs += 2)
        assert_int_equal(nen_set(&in, pairs[0], pairs[1], &error), NEN_OK);
    assert_int_equal(nen_finish(&in, &error), NEN_OK);
    assert_int_equal(nen_answer(&in.c, &config, out), NEN_OK);
}

static const char *const midgut[] = {
    "site",  "jejunum_ileum", "grade", "G2", "ki67", "8",      "metastases",  "liver",
    "sstr",  "positive",      "age",   "62", "sex",  "female", "progressing", "yes",
    "prior", "lanreotide",    NULL};

/* Parameters for these checks alone; they claim nothing about tumors. */
static nen__theta theta_of(unsigned draw) {
    nen__theta t = {{0}};
    const float shift = 0.05f * (float)draw;
    for (unsigned i = 0; i < NEN__ORIGINS; i++)
        t.p[NEN__P_GROWTH + i] = -3.5f + shift;
    for (unsigned i = 0; i < NEN__KINDS; i++)
        t.p[NEN__P_DEATH + i] = -5;
    for (unsigned i = 0; i + 1 < NEN__CLASSES; i++) {
        t.p[NEN__P_HOLD + i] = 0.2f * (float)i - shift;
        t.p[NEN__P_KILL + i] = -2;
    }
    t.p[NEN__P_lesion_base] = -6;
    t.p[NEN__P_drift] = -2.5f;
    t.p[NEN__P_dropout] = -1.5f;
    t.p[NEN__P_wane_prrt] = 2.7f;
    t.p[NEN__P_wane_chemo] = 2;
    return t;
}

static const nen_setting setting = {
    .seed = 1, .patients = PATIENTS, .draws = DRAWS, .horizon_months = MONTHS};

/* All draws of one plan, counted in slices. */
static void run(const nen_who *who, const nen_plan *plan, uint32_t slice,
                nen_outcome *out) {
    static nen__tally sum, part;
    nen__cohort cohort;
    nen__course_plan lines;
    nen__course_cohort(who, &cohort);
    nen__course_plan_of(plan, &lines);
    for (unsigned d = 0; d < DRAWS; d++) {
        const nen__theta theta = theta_of(d);
        memset(&sum, 0, sizeof sum);
        for (uint32_t at = 0; at < PATIENTS; at += slice) {
            memset(&part, 0, sizeof part);
            const uint32_t left = PATIENTS - at;
            nen__course_count(&theta, &cohort, &lines, &setting, at,
                              left < slice ? left : slice, work, &part);
            nen_course_add(&sum, &part);
        }
        nen_course_outcome(plan, &setting, &sum, &out[d]);
    }
}

static nen_who someone(void) {
    static nen_dossier d;
    nen_who who;
    answer(midgut, &d);
    nen__course_case(&d, &who);
    return who;
}

/* ---- plans as text ---- */

static void reads_plans(void **state) {
    (void)state;
    static const char text[] =
        "lanreotide,lutetium_dotatate*4+octreotide_lar,everolimus@30m";
    char back[TEXT_CAP];
    const nen_plan plan = plan_of(text);
    assert_int_equal(plan.lines, 3);
    assert_int_equal(plan.given[1], 2);
    assert_int_equal(plan.line[1][0].cycles, 4);
    assert_int_equal(plan.line[2][0].months, 30);
    assert_int_equal(nen_write_plan(&plan, back, sizeof back), strlen(text));
    assert_string_equal(back, text);
    const nen_plan spaced =
        plan_of(" lanreotide , octreotide_lar + lutetium_dotatate *4,everolimus @30m ");
    assert_true(nen_plan_same(&plan, &spaced));
}

static void refuses_plans(void **state) {
    (void)state;
    static const struct {
        const char *text;
        nen_status code;
        size_t byte;
        const char *word, *nearest;
    } bad[] = {
        {"", NEN_ERR_SYNTAX, 0, "", ""},
        {"lanreotide,", NEN_ERR_SYNTAX, 11, "", ""},
        {"lanreotide,,everolimus", NEN_ERR_SYNTAX, 11, "", ""},
        {"lanreotide+", NEN_ERR_SYNTAX, 11, "", ""},
        {"lanreotide,everolimos", NEN_ERR_WORD, 11, "everolimos", "everolimus"},
        {"surgery_primary", NEN_ERR_WORD, 0, "surgery_primary", ""},
        {"everolimus,ga68_dotatate", NEN_ERR_WORD, 11, "ga68_dotatate", ""},
        {"everolimus*4", NEN_ERR_RANGE, 10, "*4", ""},
        {"lutetium_dotatate*0", NEN_ERR_RANGE, 17, "*0", ""},
        {"lutetium_dotatate*-4", NEN_ERR_RANGE, 17, "*-4", ""},
        {"lutetium_dotatate*400", NEN_ERR_RANGE, 17, "*400", ""},
        {"lutetium_dotatate*99999999999", NEN_ERR_RANGE, 17, "*99999999999", ""},
        {"everolimus@0m", NEN_ERR_RANGE, 10, "@0m", ""},
        {"everolimus@30", NEN_ERR_RANGE, 10, "@30", ""},
        {"everolimus@361m", NEN_ERR_RANGE, 10, "@361m", ""},
        {"lutetium_dotatate*4@12m", NEN_ERR_SYNTAX, 19, "@", ""},
        {"lanreotide+lanreotide", NEN_ERR_IMPOSSIBLE, 11, "lanreotide", ""},
        {"lanreotide everolimus", NEN_ERR_SYNTAX, 11, "everolimus", ""},
        {"lanreotide,\xff", NEN_ERR_SYNTAX, 11, "", ""},
        {"lanreotide,octreotide_lar,everolimus,sunitinib,captem,folfox,folfiri",
         NEN_ERR_CAPACITY, 61, "folfiri", ""},
        {"lanreotide+octreotide_lar+everolimus+sunitinib+captem", NEN_ERR_CAPACITY, 47,
         "captem", ""},
    };
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        nen_plan plan;
        nen_error error;
        assert_int_equal(nen_read_plan(bad[i].text, strlen(bad[i].text), &plan, &error),
                         bad[i].code);
        assert_int_equal(error.code, bad[i].code);
        assert_int_equal(error.byte, bad[i].byte);
        assert_string_equal(error.value, bad[i].word);
        assert_string_equal(error.nearest, bad[i].nearest);
        assert_string_equal(error.field, "plan");
        assert_true(strlen(error.text) > 10);
    }
}

static void caps(void **state) {
    (void)state;
    nen__course_plan p;
    nen_plan plan = plan_of("lutetium_dotatate,lutetium_dotatate*6,captem,everolimus");
    nen__course_plan_of(&plan, &p);
    assert_int_equal(p.lines, 4);
    assert_true(p.line[0].cap_weeks[0] == 32); /* four, 8 weeks apart */
    assert_true(p.line[1].cap_weeks[0] == 48);
    assert_true(p.line[2].cap_weeks[0] == 52); /* 13 of 4 weeks */
    assert_true(p.line[3].cap_weeks[0] == 0);
    assert_int_equal(p.line[0].klass[0], NEN__CLASS_prrt);
    assert_int_equal(p.line[2].klass[0], NEN__CLASS_alkylating);
    plan = plan_of("everolimus@12m");
    nen__course_plan_of(&plan, &p);
    assert_true(fabsf(p.line[0].cap_weeks[0] - 52.18f) < 0.01f);
}

/* ---- rules ---- */

static void forbidden(void **state) {
    (void)state;
    static nen_dossier d;
    static const char *const negative[] = {
        "site", "jejunum_ileum", "grade",    "G1",  "metastases", "liver",
        "sstr", "negative",      "pregnant", "yes", NULL};
    uint16_t row;
    answer(negative, &d);
    const nen_plan prrt = plan_of("lanreotide,lutetium_dotatate");
    assert_int_equal(nen_plan_check(&d, &prrt, &row), NEN_ERR_IMPOSSIBLE);
    assert_string_equal(nen_row_get(row)->table, "rules");
    answer(midgut, &d);
    assert_int_equal(nen_plan_check(&d, &prrt, &row), NEN_OK);
    assert_int_equal(row, NEN_NONE);
    const nen_plan none = {.lines = 0};
    assert_int_equal(nen_plan_check(&d, &none, &row), NEN_ERR_RANGE);
}

static void orders(void **state) {
    (void)state;
    enum { CAP = 200 };
    static nen_dossier d;
    static nen_plan plan[CAP];
    answer(midgut, &d);
    const unsigned one = nen_plan_orders(&d, 1, plan, CAP);
    const unsigned two = nen_plan_orders(&d, 2, plan, CAP);
    assert_true(one > 1);
    assert_int_equal(two, one * (one - 1));
    for (unsigned i = 0; i < two; i++) {
        uint16_t row;
        assert_int_equal(nen_plan_check(&d, &plan[i], &row), NEN_OK);
        for (unsigned j = 0; j < i; j++)
            assert_false(nen_plan_same(&plan[i], &plan[j]));
    }
    assert_int_equal(nen_plan_orders(&d, 2, plan, 0), two);
    assert_int_equal(nen_plan_orders(&d, 0, plan, CAP), 0);
}

/* ---- cases ---- */

/* The plans of a case that no rule forbids, " | " between; a "!" marks one that is. */
static void usual_of(const char *const *pairs, char out[TEXT_CAP]) {
    enum { MOST = 3, CAP = 8 };
    static nen_dossier d;
    nen_usual all[CAP];
    char plan[TEXT_CAP];
    answer(pairs, &d);
    const unsigned count = nen_plan_usual(&d, MOST, all, CAP);
    *out = 0;
    for (unsigned i = 0; i < count; i++) {
        (void)nen_write_plan(&all[i].plan, plan, sizeof plan);
        if (i) strcat(out, " | ");
        if (all[i].refused != NEN_NONE) strcat(out, "!");
        strcat(out, plan);
        assert_string_equal(nen_row_get(all[i].row)->table, "course_orders");
    }
}

static void usual_orders(void **state) {
    (void)state;
    static const char *const cases[][18] = {
        {"site", "jejunum_ileum", "ki67", "2", "metastases", "liver", "sstr",
         "positive"},
        {"site", "jejunum_ileum", "ki67", "2", "metastases", "liver", "sstr",
         "positive", "burden", "low", "progressing", "no", "syndrome", "none"},
        {"site", "jejunum_ileum", "ki67", "8", "metastases", "liver", "sstr",
         "positive", "current", "octreotide_lar", "progressing", "no"},
        {"site", "jejunum_ileum", "ki67", "8", "metastases", "liver", "sstr",
         "positive", "current", "lanreotide", "progressing", "yes"},
        {"site", "jejunum_ileum", "ki67", "8", "metastases", "liver", "sstr",
         "negative", "prior", "lanreotide", "progressing", "yes"},
        {"site", "pancreas", "ki67", "30", "metastases", "liver", "sstr", "positive",
         "differentiation", "well"},
        {"site", "pancreas", "ki67", "8", "metastases", "liver", "sstr", "positive",
         "prior", "lanreotide,captem", "progressing", "yes"},
        {"site", "pancreas", "ki67", "8", "metastases", "liver", "sstr", "negative",
         "progressing", "yes", "dpd", "complete"},
        {"site", "colon", "ki67", "80", "metastases", "liver", "differentiation",
         "poor"},
        /* an analog can lower the sugar further */
        {"site", "pancreas", "ki67", "4", "metastases", "liver", "sstr", "positive",
         "syndrome", "insulinoma"},
        /* typical and not known to grow: no everolimus first */
        {"site", "lung", "histology", "typical_carcinoid", "metastases", "liver",
         "sstr", "positive"},
        /* cabozantinib has a label after other drugs; one line is no match for two */
        {"site", "lung", "histology", "atypical_carcinoid", "ki67", "12", "metastases",
         "liver", "sstr", "negative", "progressing", "yes"},
        /* of a second course of a radioligand no trial told the model anything */
        {"site", "jejunum_ileum", "ki67", "8", "metastases", "liver", "sstr",
         "positive", "prior", "lanreotide,lutetium_dotatate", "progressing", "yes"},
        {"site", "jejunum_ileum", "ki67", "25", "differentiation", "well", "metastases",
         "liver", "sstr", "positive"},
        {"site", "appendix", "grade", "G1", "size", "8mm", "metastases", "none",
         "nodes_positive", "0"},
    };
    static const char *const wanted[] = {
        "lanreotide,lutetium_dotatate*4 | lanreotide,everolimus",
        "lanreotide,lutetium_dotatate*4 | lanreotide,everolimus | "
        "watch_and_wait_metastatic,lanreotide",
        "octreotide_lar,lutetium_dotatate*4 | octreotide_lar,everolimus",
        "lutetium_dotatate*4+lanreotide,everolimus | everolimus,lutetium_dotatate*4 | "
        "everolimus,cabozantinib",
        "everolimus,cabozantinib | cabozantinib,everolimus",
        "lutetium_dotatate*4+octreotide_lar,captem | captem,lutetium_dotatate*4",
        "everolimus,lutetium_dotatate*4 | "
        "lutetium_dotatate*4+octreotide_lar,everolimus | sunitinib,everolimus",
        "sunitinib,everolimus | everolimus,sunitinib | everolimus,cabozantinib | "
        "!captem,everolimus | !everolimus,captem",
        "platinum_etoposide,folfiri | platinum_etoposide,folfox",
        "everolimus,lutetium_dotatate*4 | lutetium_dotatate*4,everolimus",
        "lanreotide,everolimus",
        "everolimus,captem | everolimus,cabozantinib",
        "everolimus,cabozantinib | cabozantinib,everolimus",
        "lutetium_dotatate*4+octreotide_lar,everolimus | captem,lutetium_dotatate*4",
        "",
    };
    char got[TEXT_CAP];
    for (unsigned i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        usual_of(cases[i], got);
        assert_string_equal(got, wanted[i]);
    }
}

static void takes_a_case(void **state) {
    (void)state;
    const nen_who who = someone();
    assert_int_equal(who.model, NEN_MODEL_NET);
    assert_int_equal(who.origin, NEN__ORIGIN_midgut);
    assert_true(who.ki67_pct == 8 && who.age_years == 62 && who.male_prob == 0);
    assert_true(who.prior_lines == 1 && who.used == 1u << NEN__CLASS_ssa);
    assert_true(who.growth_months > 0 && !who.stable);
    assert_int_equal(who.assumeds, 1); /* over how long it grew */
}

static void knows_its_limits(void **state) {
    (void)state;
    static nen_dossier d;
    static const struct {
        const char *pairs[9];
        const char *note;
    } cases[] = {
        {{"site", "pancreas", "grade", "G2", "metastases", "none", "spread",
          "localized"},
         "model.localized"},
        {{"site", "pancreas", "grade", "G2"}, "model.spread_unknown"},
        {{"site", "pancreas", "metastases", "liver"}, "model.kind_unknown"},
        {{"grade", "G2", "metastases", "liver"}, "model.site_unknown"},
        {{"site", "gep", "grade", "G1", "metastases", "liver"}, "model.site_unknown"},
        {{"site", "thymus", "histology", "atypical_carcinoid", "metastases", "liver"},
         "model.thymus"},
        {{"site", "skin", "histology", "merkel", "metastases", "liver"}, "model.skin"},
        {{"site", "colon", "histology", "minen", "metastases", "liver"}, "model.mixed"},
        {{"site", "lung", "histology", "lcnec", "metastases", "liver"},
         "model.large_cell"},
        {{"histology", "medullary_thyroid", "metastases", "liver"}, "model.thyroid"},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        nen_who who;
        answer(cases[i].pairs, &d);
        nen__course_case(&d, &who);
        assert_int_equal(who.model, NEN_MODEL_NONE);
        assert_string_equal(nen_row_get(who.note)->id, cases[i].note);
        assert_int_equal(who.origin + who.assumeds + who.used, 0);
    }
}

static void finds_models(void **state) {
    (void)state;
    static nen_dossier d;
    static const struct {
        const char *pairs[9];
        unsigned model, origin;
    } cases[] = {
        {{"site", "pancreas", "grade", "G1", "metastases", "liver"},
         NEN_MODEL_NET,
         NEN__ORIGIN_pancreas},
        {{"site", "rectum", "grade", "G2", "metastases", "liver"},
         NEN_MODEL_NET,
         NEN__ORIGIN_gut},
        {{"site", "lung", "histology", "typical_carcinoid", "metastases", "liver"},
         NEN_MODEL_NET,
         NEN__ORIGIN_lung},
        {{"site", "unknown", "grade", "G2", "metastases", "liver"},
         NEN_MODEL_NET,
         NEN__ORIGIN_gut},
        {{"site", "colon", "histology", "nec", "metastases", "liver"},
         NEN_MODEL_NEC,
         NEN__ORIGIN_nec},
        {{"site", "adrenal", "metastases", "bone"}, NEN_MODEL_PPGL, NEN__ORIGIN_ppgl},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        nen_who who;
        answer(cases[i].pairs, &d);
        nen__course_case(&d, &who);
        assert_int_equal(who.model, cases[i].model);
        assert_int_equal(who.origin, cases[i].origin);
        assert_true(who.ki67_pct > 0 && who.age_years > 0);
    }
}

static void none_before_the_fit(void **state) {
    (void)state;
    static nen_dossier d;
    nen_who who;
    answer(midgut, &d);
    nen_course_who(&d, &who);
    assert_int_equal(who.model, nen_course_draws() ? NEN_MODEL_NET : NEN_MODEL_NONE);
    if (!nen_course_draws()) assert_int_equal(who.note, NEN_T_COURSE_NOT_CALIBRATED);
}

/* ---- runs ---- */

/* A last line that kills what an earlier one held cannot be told from its twin. */
static void twins_are_equal(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    static nen_course sum[2];
    const nen_who who = someone();
    const nen_plan plan[] = {plan_of("lanreotide,everolimus"),
                             plan_of("octreotide_lar,everolimus")};
    run(&who, &plan[0], PATIENTS, out);
    run(&who, &plan[1], PATIENTS, out + DRAWS);
    assert_memory_equal(out, out + DRAWS, DRAWS * sizeof *out);
    assert_int_equal(nen_course_sum(plan, 2, &setting, out, sum), NEN_OK);
    assert_true(sum[0].best_prob == 0.5f && sum[1].best_prob == 0.5f);
    for (unsigned m = 0; m < NEN_METRICS; m++) {
        nen_difference d;
        nen_course_differ(&who, plan, 0, 1, (nen_metric)m, &setting, out, &d);
        assert_true(d.months.p05 == 0 && d.months.p50 == 0 && d.months.p95 == 0);
        assert_true(d.a_better_prob == 0.5f);
        assert_int_equal(d.verdict, NEN_VERDICT_CANNOT_TELL);
    }
}

static void swapping_flips(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    const nen_who who = someone();
    const nen_plan plan[] = {plan_of("lutetium_dotatate"),
                             plan_of("watch_and_wait_metastatic")};
    run(&who, &plan[0], PATIENTS, out);
    run(&who, &plan[1], PATIENTS, out + DRAWS);
    for (unsigned m = 0; m < NEN_METRICS; m++) {
        nen_difference ab, ba;
        if (m == NEN_METRIC_PFS2) continue; /* of one line there is none */
        nen_course_differ(&who, plan, 0, 1, (nen_metric)m, &setting, out, &ab);
        nen_course_differ(&who, plan, 1, 0, (nen_metric)m, &setting, out, &ba);
        assert_true(fabsf(ab.months.p50 + ba.months.p50) < 1e-3f);
        assert_true(fabsf(ab.months.p05 + ba.months.p95) < 1e-3f);
        assert_true(ab.a_better_prob + ba.a_better_prob == 1);
        if (m == NEN_METRIC_PFS) {
            assert_int_equal(ab.verdict, NEN_VERDICT_A);
            assert_int_equal(ba.verdict, NEN_VERDICT_B);
        } else {
            assert_int_equal(ab.verdict, NEN_VERDICT_CANNOT_TELL);
        }
    }
}

/* Trials told growth and not life; and what is not sure after widening is not told. */
static void verdicts_are_widened(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    nen_who who = someone();
    nen_difference narrow, wide, life;
    const nen_plan plan[] = {plan_of("lutetium_dotatate"), plan_of("everolimus")};
    memset(out, 0, sizeof out);
    for (unsigned i = 0; i < DRAWS; i++) { /* 2 to 9 months: the middle is 5.5 */
        out[i].pfs_months[0] = out[i].rmst_months = (float)(i + 2);
        out[DRAWS + i].patients = out[i].patients = 1;
    }
    who.widen_ratio = 1;
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_PFS, &setting, out, &narrow);
    assert_int_equal(narrow.verdict, NEN_VERDICT_A);
    assert_int_equal(narrow.reason, NEN_T_COURSE_WHY_SURE);
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_RMST_MONTHS, &setting, out, &life);
    assert_true(life.a_better_prob == 1 && life.life);
    assert_int_equal(life.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(life.reason, NEN_T_COURSE_WHY_LIFE);
    who.widen_ratio = 3;
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_PFS, &setting, out, &wide);
    assert_true(wide.months.p50 == narrow.months.p50);
    assert_true(fabsf((wide.months.p95 - wide.months.p05) -
                      3 * (narrow.months.p95 - narrow.months.p05)) < 1e-3f);
    assert_true(wide.a_better_prob < narrow.a_better_prob && wide.a_better_prob > 0.5f);
    assert_int_equal(wide.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(wide.reason, NEN_T_COURSE_WHY_CLOSE);
}

/* An alkylating pair and everolimus were alike in SEQTOR, where the model has a hazard
 * ratio of 0.62: no trial that the model has seen tells them apart. */
static void seqtor_is_no_verdict(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    nen_who who = someone();
    nen_difference d;
    const nen_plan plan[] = {plan_of("captem"), plan_of("everolimus")};
    memset(out, 0, sizeof out);
    who.origin = NEN__ORIGIN_pancreas;
    for (unsigned i = 0; i < DRAWS; i++)
        out[i].pfs_months[0] = 9;
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_PFS, &setting, out, &d);
    assert_true(d.a_better_prob == 1);
    assert_int_equal(d.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(d.reason, NEN_T_COURSE_WHY_EVIDENCE);
    assert_string_equal(nen_option_id(d.option), "captem");
}

static void same_in_any_slices(void **state) {
    (void)state;
    static nen_outcome whole[DRAWS], sliced[DRAWS];
    const uint32_t slices[] = {1, 7, 100, 512, 513, 1499};
    const nen_who who = someone();
    const nen_plan plan = plan_of("lutetium_dotatate+octreotide_lar,everolimus");
    run(&who, &plan, PATIENTS, whole);
    for (unsigned i = 0; i < sizeof slices / sizeof *slices; i++) {
        run(&who, &plan, slices[i], sliced);
        assert_memory_equal(whole, sliced, sizeof whole);
    }
}

static void sums_are_in_order(void **state) {
    (void)state;
    static nen_outcome out[DRAWS];
    static nen_course sum;
    const nen_who who = someone();
    const nen_plan plan = plan_of("lutetium_dotatate,everolimus,cabozantinib");
    run(&who, &plan, PATIENTS, out);
    assert_int_equal(nen_course_sum(&plan, 1, &setting, out, &sum), NEN_OK);
    assert_true(sum.best_prob == 1);
    assert_true(sum.alive[0].p50 == 1);
    assert_true(sum.line[0].reached_pct.p05 == 100);
    assert_true(sum.rmst_months.p95 <= MONTHS);
    for (unsigned m = 1; m <= MONTHS; m++) {
        const nen_band *now = &sum.alive[m], *then = &sum.alive[m - 1];
        assert_true(now->p50 <= then->p50 && now->p05 <= now->p50);
        assert_true(now->p50 <= now->p95 && now->p05 >= 0);
    }
    for (unsigned l = 1; l < plan.lines; l++)
        assert_true(sum.line[l].reached_pct.p50 <= sum.line[l - 1].reached_pct.p50);
}

static void entry_rules(void **state) {
    (void)state;
    static nen_outcome grew[DRAWS], stood[DRAWS];
    static nen_course sum_grew, sum_stood;
    nen_who who = someone();
    const nen_plan plan = plan_of("watch_and_wait_metastatic");
    run(&who, &plan, PATIENTS, grew);
    assert_int_equal(nen_course_sum(&plan, 1, &setting, grew, &sum_grew), NEN_OK);
    who.stable = true;
    run(&who, &plan, PATIENTS, stood);
    assert_int_equal(nen_course_sum(&plan, 1, &setting, stood, &sum_stood), NEN_OK);
    assert_true(grew[0].patients + stood[0].patients == PATIENTS);
    assert_true(sum_grew.line[0].pfs_months.p50 < sum_stood.line[0].pfs_months.p50);
    assert_true(isnan(sum_grew.pfs2_months.p50)); /* a plan of one line */
    stood[1].patients = 0;
    assert_int_equal(nen_course_sum(&plan, 1, &setting, stood, &sum_stood),
                     NEN_ERR_RANGE);
}

static void no_verdict_on_order(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    nen_difference d;
    const nen_who who = someone();
    const nen_plan plan[] = {plan_of("lutetium_dotatate,everolimus"),
                             plan_of("lutetium_dotatate")};
    run(&who, &plan[0], PATIENTS, out);
    run(&who, &plan[1], PATIENTS, out + DRAWS);
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_RMST_MONTHS, &setting, out, &d);
    assert_true(d.a_better_prob >= 0.9f);
    assert_int_equal(d.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(d.reason, NEN_T_COURSE_WHY_ORDER);
    assert_string_equal(nen_option_id(d.option), "everolimus");
}

static void weak_evidence_is_no_verdict(void **state) {
    (void)state;
    static nen_outcome out[2 * DRAWS];
    nen_difference d;
    const nen_who who = someone();
    const nen_plan plan[] = {plan_of("folfox,folfiri"),
                             plan_of("watch_and_wait_metastatic")};
    run(&who, &plan[0], PATIENTS, out);
    run(&who, &plan[1], PATIENTS, out + DRAWS);
    nen_course_differ(&who, plan, 0, 1, NEN_METRIC_RMST_MONTHS, &setting, out, &d);
    assert_true(d.a_better_prob >= 0.9f);
    assert_int_equal(d.verdict, NEN_VERDICT_CANNOT_TELL);
    assert_int_equal(d.reason, NEN_T_COURSE_WHY_EVIDENCE);
    assert_string_equal(nen_option_id(d.option), "folfox");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_plans),
        cmocka_unit_test(refuses_plans),
        cmocka_unit_test(caps),
        cmocka_unit_test(forbidden),
        cmocka_unit_test(orders),
        cmocka_unit_test(usual_orders),
        cmocka_unit_test(takes_a_case),
        cmocka_unit_test(knows_its_limits),
        cmocka_unit_test(finds_models),
        cmocka_unit_test(none_before_the_fit),
        cmocka_unit_test(twins_are_equal),
        cmocka_unit_test(swapping_flips),
        cmocka_unit_test(verdicts_are_widened),
        cmocka_unit_test(seqtor_is_no_verdict),
        cmocka_unit_test(same_in_any_slices),
        cmocka_unit_test(sums_are_in_order),
        cmocka_unit_test(entry_rules),
        cmocka_unit_test(no_verdict_on_order),
        cmocka_unit_test(weak_evidence_is_no_verdict),
    };
    work = aligned_alloc(64, (nen__course_work_size() + 63) / 64 * 64);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(work);
    return failed;
}
