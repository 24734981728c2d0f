/* knowc_options.c - prints options, approvals, positions and safety rules. */
#include "knowc.h"

#include <string.h>

static void option(const kc_at *at, kc_buf *out) {
    static const char kinds[] = "drug procedure imaging care trial";
    kc_print(out, ".goals = %llu, .kind = %d, .systemic = %d",
             (unsigned long long)kc_bits(at, "goals", kc_goals, 0),
             kc_choice(at, "kind", kinds, KC_DASH_BAD), kc_yes(at, "systemic"));
}

/* Options keep their numbers, so a bad row is printed too, with what could be read. */
static void options(kc *k, kc_buf *out) {
    kc_begin(out, "nen__option", "option_rows");
    for (kc_at at = kc_first(k, KC_OPTIONS); kc_on(&at); at.row++) {
        kc_print(out, "    {.row = %u, ", at.row->id);
        option(&at, out);
        kc_print(out, "},\n");
    }
    kc_end(out, "option_rows", k->table[KC_OPTIONS].rows);
}

static double option_key(const kc_at *at) {
    const int w = at->k->vocab.current < 0
                      ? -1
                      : kp_word_find(&at->k->vocab, (unsigned)at->k->vocab.current,
                                     kc_get(at, "option"));
    return w; /* approval() says what is wrong with an unknown one */
}

static void approval(const kc_at *at, kc_buf *out) {
    static const char kinds[] =
        "approved extended limited refused withdrawn discontinued pending none";
    kc_print_pred(out, "when", kc_pred(at, "when"));
    kc_print(out, ".option = %u, .region = %d, .kind = %d, .puts = %d",
             kc_option(at, "option"), kc_choice(at, "region", kc_regions, KC_DASH_BAD),
             kc_choice(at, "kind", kinds, KC_DASH_BAD), kc_yes(at, "puts"));
}

/* ---- positions ---- */

/* Options a cell speaks of; words of `prior` that are no options are refused. */
static nen__set option_set(const kc_at *at, const char *column) {
    const kp_vocab *v = &at->k->vocab;
    nen__set set = {{0}};
    if (v->prior < 0) return set;
    set = kc_words(at, column, (unsigned)v->prior, false);
    for (unsigned i = v->options; i < NEN_WORDS_MAX; i++) {
        if (set.bits[i / 64] >> (i % 64) & 1)
            kc_error(at, column, "`%s` is no option", v->word[v->prior][i].word);
    }
    return set;
}

static void position_option(const kc_at *at, kc_buf *out) {
    kc_print(out, "    {");
    kc_print_pred(out, "requires", kc_pred(at, "requires"));
    kc_print(out, ".row = %u, .goals = %llu, .option = %u, .conditional = %d, ",
             at->row->id, (unsigned long long)kc_bits(at, "goals", kc_goals, 0),
             kc_option(at, "option"),
             kc_choice(at, "role", "supported conditional", KC_DASH_BAD));
    if (kc_dash(at, "condition")) {
        kc_print(out, ".condition = NULL");
    } else {
        kc_print_text(out, "condition", kc_get(at, "condition"));
    }
    kc_print(out, "},\n");
}

/* Prints the options of one position; returns how many. */
static unsigned options_of(kc *k, const char *position, kc_buf *out) {
    unsigned count = 0;
    for (kc_at at = kc_first(k, KC_POSITION_OPTIONS); kc_on(&at); at.row++) {
        kc_buf text = {0};
        if (strcmp(kc_get(&at, "position"), position) != 0) continue;
        position_option(&at, &text);
        if (at.row->bad) continue;
        kc_print(out, "%s", text.text);
        count++;
    }
    return count;
}

static void positions(kc *k, kc_buf *out) {
    unsigned first = 0, printed = 0;
    kc_buf rows = {0};
    k->printed[KC_POSITIONS] =
        kc_alloc((k->table[KC_POSITIONS].rows + 1) * sizeof(kc_row *));
    kc_begin(out, "nen__position_option", "position_options");
    for (kc_at at = kc_first(k, KC_POSITIONS); kc_on(&at); at.row++) {
        const unsigned count = options_of(k, kc_get(&at, "id"), out);
        const kc_span requires = kc_pred(&at, "requires"), when = kc_pred(&at, "when");
        const nen__set avoid = option_set(&at, "avoid");
        kc_choice(&at, "basis", "position syndrome product", KC_DASH_BAD);
        if (!at.row->bad) {
            kc_print(&rows, "    {");
            kc_print_pred(&rows, "requires", requires);
            kc_print_pred(&rows, "when", when);
            kc_print_set(&rows, "avoid", avoid);
            kc_print(&rows, ".row = %u, .first = %u, .count = %u},\n", at.row->id,
                     first, count);
            k->printed[KC_POSITIONS][printed++] = at.row;
        }
        first += count;
    }
    kc_end(out, "position_options", first);
    kc_begin(out, "nen__position", "positions");
    kc_print(out, "%s", rows.text ? rows.text : "");
    kc_end(out, "positions", printed);
    k->printed_rows[KC_POSITIONS] = printed;
}

/* ---- safety rules ---- */

static bool names_option(const kc *k, kc_span pred) {
    for (unsigned i = 0; i < pred.count; i++)
        if (k->op[pred.first + i].code >= NEN__OP_OPTION_IN) return true;
    return false;
}

static void rule(const kc_at *at, kc_buf *out) {
    static const char severities[] =
        "must_never must_flag must_include must_never_label";
    static const char effects[] = "exclude hold flag include text assert label_off";
    const kc_span when = kc_pred(at, "when");
    kc_print_pred(out, "when", when);
    kc_print_pred(out, "requires", kc_pred(at, "requires"));
    kc_print_set(out, "options", option_set(at, "options"));
    kc_print(out, ".severity = %d, .effect = %d, .if_unknown = %d, ",
             kc_choice(at, "severity", severities, KC_DASH_BAD),
             kc_choice(at, "effect", effects, KC_DASH_BAD),
             kc_choice(at, "if_unknown", "ignore hold fire", 0));
    kc_print(out, ".regions = %llu, .names_option = %d",
             (unsigned long long)kc_bits(at, "region", kc_regions, 0),
             names_option(at->k, when));
}

void kc_emit_options(kc *k, kc_buf *out) {
    options(k, out);
    kc_emit_table(k, out, KC_APPROVALS, "nen__approval", "approvals", approval,
                  option_key);
    positions(k, out);
    kc_emit_table(k, out, KC_RULES, "nen__rule", "rules", rule, NULL);
}
