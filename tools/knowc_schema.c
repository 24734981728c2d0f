/* knowc_schema.c - which tables there are and what columns they have. */
#include "knowc.h"

#define X(name) #name " "
const char *const kc_labels[] = {NEN__GRADES(X), NEN__TS(X),     NEN__NS(X),
                                 NEN__MS(X),     NEN__GROUPS(X), NEN__SPREADS(X)};
#undef X

const char kc_regions[] = "US EU UK JP CN";
const char kc_goals[] =
    "cure growth shrink hormones symptoms prevention diagnosis safety support";
const char kc_systems[] = "none ajcc8 ajcc9 enets carcinoma_scheme";
const char kc_leaves[] = "carcinoma_scheme chapter scope"; /* as nen__leaves */

/* The five evidence columns are not repeated. */
const kc_schema kc_schemas[KC_TABLES] = {
    [KC_SOURCES] = {"sources", "Sources",
                    "key kind year title identifier url read_on read_by superseded_by",
                    "key", false},
    [KC_FIELDS] = {"fields", "Fields of a case",
                   "field group type unit lo hi test not_measurable derived also "
                   "formula help plain question why",
                   "field", true},
    [KC_WORDS] = {"words", "Words of the fields",
                  "field word sites group also registry name plain", "field word",
                  true},
    [KC_SETS] = {"sets", "Named sets", "set field words", "set", true},
    [KC_SITES] = {"sites", "Sites", "site name plain body_x body_y digestive icd10cm",
                  "site", true},
    [KC_EDITIONS] = {"editions", "Editions of the staging systems",
                     "id sites system group_table dx_from dx_to why", "id", true},
    [KC_STAGE_RULES] = {"stage_rules", "Rules for T, N and M",
                        "id axis sites systems order value when text", "id", true},
    [KC_STAGE_GROUPS] = {"stage_groups", "Stage groups",
                         "id group_table order t n m group inferred text", "id", true},
    [KC_SPREAD_RULES] = {"spread_rules", "Rules for spread",
                         "id axis sites value when text", "id", true},
    [KC_SPREAD_COMBINE] = {"spread_combine", "Spread from its three parts",
                           "id extent nodes metastases spread text", "id", true},
    [KC_READINGS] = {"readings", "Other readings of the same facts",
                     "id sites systems axis value when why", "id", true},
    [KC_CONVENTIONS] = {"conventions", "Conventions for what was not told",
                        "id item when assume value text", "id", true},
    [KC_GRADE_RULES] = {"grade_rules", "Rules for the grade",
                        "id system sites order value when bucket text", "id", true},
    [KC_GRADE_NOTES] = {"grade_notes", "Notes on a grade",
                        "id when borderline text plain", "id", true},
    [KC_CUTOFFS] = {"cutoffs", "Cut-offs and the counting error",
                    "id sites field value text", "id", true},
    [KC_SCORES] = {"scores", "Scores of pheochromocytoma and paraganglioma",
                   "id score item points", "id", true},
    [KC_SCORE_CLASSES] = {"score_classes", "Classes of the scores",
                          "id score lo hi class text", "id", true},
    [KC_OUTSIDE] = {"outside", "Tumors that leave the staging scheme or the scope",
                    "id leaves when text", "id", true},
    [KC_CHECKS] = {"checks", "What cannot be, or is odd",
                   "id tier when fields code text", "id", true},
    [KC_OPTIONS] = {"options", "Options",
                    "id kind class goals systemic name plain_name mechanism route "
                    "rhythm summary hormones growth shrink part_of",
                    "id", true},
    [KC_EFFECTS] = {"effects", "Effects of options in trials",
                    "id option sites effect measure value lo hi unit versus trial "
                    "population text",
                    "id", true},
    [KC_SIDE_EFFECTS] = {"side_effects", "Side effects", "id option tier text", "id",
                         true},
    [KC_CAUTIONS] = {"cautions", "Cautions", "id option topic text", "id", true},
    [KC_CODES] = {"codes", "Codes of drugs", "id option system code", "id", true},
    [KC_APPROVALS] = {"approvals", "Approvals by region",
                      "id option region date kind when puts text", "id", true},
    [KC_POSITIONS] = {"positions", "Positions of guidelines",
                      "id basis requires when line text plain avoid", "id", true},
    [KC_POSITION_OPTIONS] = {"position_options", "Options of the positions",
                             "id position option role requires condition goals", "id",
                             true},
    [KC_RULES] = {"rules", "Safety rules",
                  "id severity effect options region when if_unknown requires title "
                  "text plain",
                  "id", true},
    [KC_SYNDROMES] = {"syndromes", "Hormone syndromes",
                      "id name plain hormone places symptoms tests traps treatment "
                      "danger prevalence",
                      "id", true},
    [KC_FUNCTIONING_SHARE] = {"functioning_share", "Share of tumors that secrete",
                              "id sites lo_pct hi_pct text", "id", true},
    [KC_GLOSSARY] = {"glossary", "Glossary", "id term also category plain technical",
                     "id", true},
    [KC_QUESTIONS] = {"questions", "Questions for the visit", "id field order text why",
                      "id", true},
    [KC_TEXTS] = {"texts", "Words of the report", "id lang text", "id lang", true},
    [KC_TRIALS] =
        {"trials", "Trials and cohorts with results",
         "id name year registry use role design phase sites grades ki67_lo "
         "ki67_hi functioning_pct sstr entry entry_months prior_lo prior_hi "
         "prior_ssa_pct scan_weeks scan_later_weeks reader criteria accrual_months "
         "follow_up_months crossover_pct background text unread",
         "id", true},
    [KC_ARMS] = {"arms", "Arms of the trials",
                 "id trial of name subset role class plan stand_in n sites grades text "
                 "unread",
                 "id", true},
    [KC_ENDPOINTS] = {"endpoints", "Figures that the trials published",
                      "id trial arm versus line endpoint statistic detail value lo hi "
                      "level unit time_months n reader analysis role text",
                      "id", true},
    [KC_ONGOING_TRIALS] = {"ongoing_trials", "Trials under way",
                           "id nct name population arms phase state result", "id",
                           true},
    [KC_SEQUENCING] = {"sequencing", "What is known of order", "id text", "id", true},
    [KC_COURSE_CONSTANTS] = {"course_constants", "Constants of the course model",
                             "id value unit text", "id", true},
    [KC_COURSE] = {"course", "Priors of the course model", "id scale mean sd text",
                   "id", true},
    [KC_TRIAL_CONSTANTS] = {"trial_constants",
                            "What simulated trials take where none was published",
                            "id value unit text", "id", true},
    [KC_UNITS] = {"units", "Units accepted on input", "id field unit factor text", "id",
                  true},
    [KC_ICDO3] = {"icdo3", "ICD-O-3 histology codes", "id code histology name", "id",
                  true},
    [KC_ALTERNATIVES] = {"alternatives", "Options given one at a time",
                         "id options text plain", "id", true},
    [KC_COURSE_CLASSES] = {"course_classes", "Options as the course model sees them",
                           "id option class cycle_weeks cap_cycles cap_months "
                           "randomised survival models text",
                           "id", true},
    [KC_COURSE_MODELS] = {"course_models", "Cases of which the course model speaks",
                          "id order model origin when text plain", "id", true},
    [KC_COURSE_VALUES] = {"course_values", "What the course model takes when not told",
                          "id item order when value unit text plain", "id", true},
    [KC_LANGUAGES] = {"languages", "Languages of the reports", "lang name complete",
                      "lang", true},
    [KC_TRANSLATIONS] = {"translations", "What is said, in other languages",
                         "lang english text", "lang english", true},
    [KC_COURSE_ORDERS] = {"course_orders", "Usual orders of treatments, by case",
                          "id order when plan text plain", "id", true},
    [KC_COURSE_LATE] = {"course_late", "Diseases of the bone marrow after treatment",
                        "id classes value lo hi unit text", "id", true},
    [KC_COURSE_HORMONES] = {"course_hormones", "Hormones that fall to half or less",
                            "id order class when value lo hi unit text", "id", true},
    [KC_TOPOGRAPHY] = {"topography", "ICD-O-3 topography codes", "id code site subsite",
                       "id", true},
};
