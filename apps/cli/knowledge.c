/* knowledge.c - the verbs facts, glossary and version. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct asked {
    const nen_facts_query *query;
    unsigned *found;
} asked;

static size_t as_facts(const void *what, char *buf, size_t cap) {
    const asked *a = what;
    return nen_write_facts(a->query, a->found, buf, cap);
}

static int nothing_found(const nen_facts_query *q) {
    fprintf(stderr, "nen: nothing found for %s%s%s\n", q->topic, q->word ? " " : "",
            q->word ? q->word : "");
    fputs("  try:     nen facts, or nen facts search WORD\n", stderr);
    return CLI_INVALID;
}

static int print_facts(const nen_facts_query *q) {
    unsigned found = 0;
    const asked a = {q, &found};
    const char *text;
    size_t bytes;
    if (!cli_output(as_facts, &a, &text, &bytes)) return CLI_FAILED;
    const bool filter = !strcmp(q->topic, "stale") || q->since || q->region;
    if (!found && !filter) return nothing_found(q);
    return fwrite(text, 1, bytes, stdout) == bytes ? CLI_OK : CLI_FAILED;
}

static uint32_t yyyymmdd(unsigned year, unsigned month, unsigned day) {
    return (year * 100 + month) * 100 + day;
}

static uint32_t today(const cli_args *args) {
    enum { PARTS = 3, TM_FIRST_YEAR = 1900 };
    const char *given = cli_flag_value(args, "today");
    unsigned year, month, day;
    if (given && sscanf(given, "%4u-%2u-%2u", &year, &month, &day) == PARTS)
        return yyyymmdd(year, month, day);
    const time_t now = time(NULL);
    const struct tm *t = gmtime(&now);
    if (!t) return 0;
    return yyyymmdd((unsigned)(t->tm_year + TM_FIRST_YEAR), (unsigned)(t->tm_mon + 1),
                    (unsigned)t->tm_mday);
}

/* Only the flags that a topic knows; anything else is a slip worth telling. */
static bool flags_known(const cli_args *args) {
    static const char *const known[] = {"since", "region", "months", "today"};
    for (unsigned i = 0; i < args->flags; i++) {
        bool found = false;
        for (unsigned k = 0; k < sizeof known / sizeof *known; k++)
            found |= !strcmp(args->flag[i].name, known[k]) && args->flag[i].value;
        if (found) continue;
        fprintf(stderr, "nen: facts takes no --%s, or it needs a value\n",
                args->flag[i].name);
        return false;
    }
    return true;
}

int cli_facts(const cli_args *args) {
    enum { YEAR_OF_MONTHS = 12, DECIMAL = 10 };
    const char *months = cli_flag_value(args, "months");
    nen_facts_query q = {.topic = "",
                         .json = args->json,
                         .color = cli_color(STDOUT_FILENO),
                         .lang = args->lang};
    if (!flags_known(args)) return CLI_USAGE;
    if (args->operands > 0) q.topic = args->operand[0];
    if (args->operands > 1) q.word = args->operand[1];
    q.since = cli_flag_value(args, "since");
    q.region = cli_flag_value(args, "region");
    q.months = months ? (unsigned)strtoul(months, NULL, DECIMAL) : YEAR_OF_MONTHS;
    q.today_yyyymmdd = today(args);
    return print_facts(&q);
}

int cli_glossary(const cli_args *args) {
    nen_facts_query q = {.topic = "glossary",
                         .json = args->json,
                         .color = cli_color(STDOUT_FILENO),
                         .lang = args->lang};
    if (args->operands > 0) q.word = args->operand[0];
    return print_facts(&q);
}

int cli_version(const cli_args *args) {
    if (args->json) {
        printf("{\"schema\":%d,\"version\":\"%s\",\"knowledge_date\":\"%s\"}\n",
               NEN_SCHEMA, NEN_VERSION, nen_knowledge_date());
    } else {
        printf("nen %s, knowledge of %s, schema %d\n%s\n", NEN_VERSION,
               nen_knowledge_date(), NEN_SCHEMA, nen_text(args->lang, NEN_T_NOTICE));
    }
    return CLI_OK;
}
