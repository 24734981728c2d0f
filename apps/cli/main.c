/* main.c - the command nen: find the verb, parse, run. */
#include "cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *verb_name(int argc, char **argv) {
    if (argc < 2) return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) ? "ask" : NULL;
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) return "help";
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) return "version";
    return argv[1];
}

static int unknown_verb(const char *name) {
    fprintf(stderr, name ? "nen: no verb is called %s\n" : "nen: no verb given%s\n",
            name ? name : "");
    fputs("  verbs:  ", stderr);
    for (unsigned i = 0; i < cli_verb_count; i++)
        fprintf(stderr, " %s", cli_verbs[i].name);
    fputs("\n  try:     nen help\n", stderr);
    return CLI_USAGE;
}

int main(int argc, char **argv) {
    static cli_args args;
    const char *name = verb_name(argc, argv);
    args.verb = name ? cli_verb_find(name) : NULL;
    if (!args.verb) return unknown_verb(name);
    if (argc > 2 && !cli_parse(argc - 2, argv + 2, &args)) return CLI_USAGE;
    if (args.help) return cli_help_verb(args.verb);
    const int code = args.verb->run(&args);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("nen: cannot write to standard output\n", stderr);
        return code ? code : CLI_FAILED;
    }
    return code;
}
