/* verbs.c - what the command can do; help, docs/cli.md and the tests read this table.
 */
#include "cli.h"

#include <string.h>

#define COURSE_FLAGS                                                                   \
    " [--patients 2000] [--draws 256] [--seed 1] [--threads N] [--horizon-months "     \
    "120] "                                                                            \
    "[--json | --csv] [--for patient|board] [--svg FILE] "                             \
    "[--svg-plot survival|icons|difference|swimmer] [--batch N] [--lanes "             \
    "portable|avx2|avx512] [--lang en|es] "                                            \
    "[CASE.json | - | --field value ...]"

#define CASE_USAGE                                                                     \
    " [--json] [--for patient|board] [--html FILE] [--region US] [--lang en|es] "      \
    "[--all] [--full] [CASE.json | - | --field value ...]"

const cli_verb cli_verbs[] = {
    {"report", "report [--course | --no-course]" CASE_USAGE,
     "grade, stage, questions, options and likely course of a case",
     "The whole answer, in plain words for the person or, with --for board, with every "
     "rule and source for a tumor board. --full leaves nothing out of the plain words. "
     "--html writes one file that needs nothing else; it prints on two pages. How it "
     "may go under the usual orders of treatments is followed where the model speaks "
     "of the case; how long people live stands apart, behind a question. A file that "
     "holds an array or JSON Lines is answered case by case as JSON Lines, without the "
     "course unless --course asks for it; --no-course leaves it out of one case.",
     "nen report --site pancreas --size 23mm --ki67 8 --metastases liver",
     NEN_PART_REPORT, cli_answer},
    {"grade", "grade" CASE_USAGE, "the grade, and what decided it",
     "The grade by the rules for that site: its value, every value still possible, and "
     "the Ki-67 interval when cells were counted.",
     "nen grade --site jejunum_ileum --differentiation well --ki67 2 --json",
     NEN_PART_GRADE, cli_answer},
    {"stage", "stage" CASE_USAGE, "the stage by edition, and other readings",
     "T, N, M, the group and the spread by the edition that the site and the date of "
     "diagnosis choose; other editions and readings stand beside it.",
     "nen stage --site appendix --size 15mm --nodes-positive 0 --metastases none "
     "--for board",
     NEN_PART_STAGE, cli_answer},
    {"questions", "questions" CASE_USAGE,
     "what to find out next, by how much it changes",
     "The open questions, ranked by how much an answer would narrow grade, stage and "
     "options.",
     "nen questions --site pancreas --metastases liver", NEN_PART_QUESTIONS,
     cli_answer},
    {"options", "options" CASE_USAGE,
     "what may be done, with the reasons for and against",
     "Options that fit, that fit with an if or after a test, and those that do not, "
     "each with the rows behind it. --all lists the whole vocabulary.",
     "nen options --site jejunum_ileum --grade G1 --metastases liver --sstr positive "
     "--region US",
     NEN_PART_OPTIONS, cli_answer},
    {"course", "course --plan PLAN" COURSE_FLAGS, "how it may go under one plan",
     "Follows simulated people like this through the lines of a plan: survival, time "
     "until the tumor grows, how many reach each line, each with its 90 % interval. A "
     "plan is lines with commas between, the options of a line with +, each with an "
     "optional cap: *4 cycles or @30m months. A plan that a safety rule forbids is "
     "refused with the rule. Where the model does not reach it says so and gives no "
     "figure. The same seed gives the same bits on any number of threads.",
     "nen course --plan 'lanreotide,lutetium_dotatate*4+octreotide_lar,everolimus@30m' "
     "examples/midgut-liver.json",
     0, cli_course},
    {"compare", "compare --plan PLAN --plan PLAN ... | --all [--lines 2]" COURSE_FLAGS,
     "plans compared on the same simulated people",
     "As course, for several plans on the same people, and what differs, with the "
     "probability that each is better. A verdict is given when that is 9 in 10 and "
     "randomized trials told what the plans differ in, for survival trials in which "
     "people lived longer; else it cannot tell. "
     "--all takes every order of the options that fit, one of each class.",
     "nen compare --plan lutetium_dotatate,everolimus --plan "
     "everolimus,lutetium_dotatate examples/midgut-liver.json",
     0, cli_compare},
    {"trial",
     "trial [--patients 4096] [--draws 256] [--threads N] [--json | --csv] "
     "[--svg FILE] [--svg-plot survival|power] [--lanes portable|avx2|avx512] "
     "[--lang en|es] DESIGN.json | -",
     "a trial simulated before it is run",
     "Two arms, who is taken in, how they are followed: what such a trial would "
     "publish, with 90 % intervals, and how often its test would tell the arms apart, "
     "by its size. The power is told twice: averaged over what is not known, and as if "
     "the middle of the model were true. A plan that a safety rule forbids for some of "
     "these people is refused with the rule. The same seed gives the same bits on any "
     "number of threads.",
     "nen trial --draws 16 examples/designs/compete.json", 0, cli_trial},
    {"ask",
     "ask [--save FILE] [--json] [--for patient|board] [--html FILE] [--lang en|es] "
     "[--full] [--field value ...]",
     "an interview, then the report",
     "Three questions first: where it started, if it has spread, what grade. Then only "
     "those that can still change the answer. Answer with a number or a word; Enter "
     "means \"I don't know\"; help, back, show, change 2, done and quit work at any "
     "time. Fields told as flags are not asked. --save keeps the answers as a case "
     "file. "
     "Questions go to standard error, the report to standard output, so answers may "
     "come "
     "from a pipe. quit ends without a report; leaving is no failure, exit 0.",
     "printf 'pancreas\\ndistant\\nG2\\ndone\\n' | nen ask", NEN_PART_REPORT, cli_ask},
    {"validate",
     "validate [--json] [--svg FILE] [--report FILE] [--predictions FILE] "
     "[--draws N] [--patients N] [--seed N] [--threads N]",
     "held-out trials against what the course model foretells",
     "Every figure of the trials that no fit has seen, beside its 90 % predictive "
     "interval and a plain guess; then parts of trials and cohorts, where only the "
     "direction counts. --svg draws the medians, --report writes the text to a file. "
     "--predictions writes what is foretold of trials without a result instead.",
     "nen validate --draws 8 --patients 512", 0, cli_validate},
    {"facts",
     "facts [--json] [--lang en|es] [TABLE [ID|WORD] | approvals [--since 2015] "
     "[--region US] | "
     "therapy "
     "OPTION | cite KEY | stale [--months 12] | search WORD]",
     "browse the knowledge: tables, therapies, approvals, sources",
     "Without words, the list of tables. Every row shows its source, the place read, "
     "its status and the date it was checked. `facts trials NAME` shows a trial, its "
     "arms "
     "and every figure it published.",
     "nen facts therapy everolimus", 0, cli_facts},
    {"glossary", "glossary [--json] [--lang en|es] [TERM]",
     "words explained in plain language", "All words, or those that hold TERM.",
     "nen glossary grade", 0, cli_glossary},
    {"version", "version [--json]", "version of the program and date of the knowledge",
     "The knowledge date is the day on which the newest row was compared with its "
     "source.",
     "nen version", 0, cli_version},
    {"help", "help [--markdown] [VERB | fields | FIELD]", "this, a verb, or a field",
     "help fields lists every field of a case; help FIELD its words, range and unit.",
     "nen help ki67", 0, cli_help},
};

const unsigned cli_verb_count = sizeof cli_verbs / sizeof *cli_verbs;

const cli_verb *cli_verb_find(const char *name) {
    for (unsigned i = 0; i < cli_verb_count; i++)
        if (!strcmp(name, cli_verbs[i].name)) return &cli_verbs[i];
    return NULL;
}
