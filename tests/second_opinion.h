/* second_opinion.h - reads a predicate from its text and judges it by itself, sharing
 * no code with the engine: tests compare the two.  Grammar: docs/knowledge.md. */
#ifndef NEN_SECOND_OPINION_H
#define NEN_SECOND_OPINION_H

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nen.h"

typedef struct so_set {
    uint64_t bits[NEN_WORDS_MAX / 64];
} so_set;

enum so_kind {
    SO_CONST,
    SO_KNOWN,
    SO_BOOL,
    SO_COMPARE,
    SO_COUNT,
    SO_IN,
    SO_HAS,
    SO_ONLY,
    SO_OPTION_IN,
    SO_OPTION_LIST,
    SO_NOT,
    SO_AND,
    SO_OR
};

typedef struct so_node {
    enum so_kind kind;
    int field, left, right;
    char op[3];
    double number;
    so_set set;
} so_node;

enum { SO_NODES = 8192 };
typedef struct so_tree {
    so_node node[SO_NODES];
    int used, bad;
} so_tree;

/* What a predicate is judged over. */
typedef struct so_facts {
    const nen_case *c;
    unsigned option;
} so_facts;

typedef struct so_text {
    const char *at;
    so_tree *tree;
} so_text;

static inline int so_or(so_text *t);

static inline void so_space(so_text *t) {
    while (isspace((unsigned char)*t->at))
        t->at++;
}

/* The next name, number or code, without reading past it. */
static inline size_t so_peek(so_text *t, char *out, size_t cap) {
    so_space(t);
    size_t n = 0;
    while (isalnum((unsigned char)t->at[n]) || (t->at[n] && strchr("_.-/", t->at[n])))
        n++;
    snprintf(out, cap, "%.*s", (int)n, t->at);
    return n;
}

static inline bool so_take(so_text *t, const char *word) {
    char next[96];
    size_t n = so_peek(t, next, sizeof next);
    if (n && strcmp(next, word) == 0) {
        t->at += n;
        return true;
    }
    if (!n && strncmp(t->at, word, strlen(word)) == 0) {
        t->at += strlen(word);
        return true;
    }
    return false;
}

static inline int so_new(so_text *t, enum so_kind kind) {
    int i = t->tree->used;
    if (i + 1 < SO_NODES) t->tree->used++;
    memset(&t->tree->node[i], 0, sizeof(so_node));
    t->tree->node[i].kind = kind;
    return i;
}

static inline void so_add(so_set *set, int word) {
    if (word >= 0) set->bits[word / 64] |= (uint64_t)1 << (word % 64);
}

/* A word, with a group's members instead of the group. */
static inline void so_add_word(so_tree *tree, so_set *set, int field,
                               const char *word) {
    int id = field < 0 ? nen_option_find(word) : nen_word_find((unsigned)field, word);
    if (id < 0) {
        tree->bad++;
        return;
    }
    const nen_word_info *info =
        field < 0 ? NULL : nen_word((unsigned)field, (unsigned)id);
    if (info && info->group) {
        set->bits[0] |= info->members[0];
        set->bits[1] |= info->members[1];
        return;
    }
    so_add(set, id);
}

static inline void so_named_set(so_tree *tree, so_set *set, int field,
                                const char *name) {
    int at = nen_table_find("sets");
    const nen_table *sets = at < 0 ? NULL : nen_table_get((unsigned)at);
    for (unsigned r = 0; sets && r < sets->rows; r++) {
        const char *id = nen_cell(sets, r, "set");
        if (strcmp(*id == '@' ? id + 1 : id, name) != 0) continue;
        char words[4096];
        snprintf(words, sizeof words, "%s", nen_cell(sets, r, "words"));
        for (char *w = strtok(words, ", "); w; w = strtok(NULL, ", "))
            so_add_word(tree, set, field, w);
        return;
    }
    tree->bad++;
}

static inline void so_read_set(so_text *t, so_set *set, int field) {
    char word[96];
    if (so_take(t, "@")) {
        t->at += so_peek(t, word, sizeof word);
        so_named_set(t->tree, set, field, word);
        return;
    }
    bool braces = so_take(t, "{");
    do {
        t->at += so_peek(t, word, sizeof word);
        so_add_word(t->tree, set, field, word);
    } while (braces && so_take(t, ","));
    if (braces && !so_take(t, "}")) t->tree->bad++;
}

static inline bool so_operator(so_text *t, char out[3]) {
    static const char *const list[] = {"==", "!=", "<=", ">=", "<", ">"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (so_take(t, list[i])) {
            memcpy(out, list[i], strlen(list[i]) + 1);
            return true;
        }
    }
    return false;
}

/* Codes and dates keep the digits only: C17.3 is 173, 8240/3 is 82403. */
static inline double so_number(const char *text, unsigned type) {
    if (type == NEN_TYPE_NUMBER || type == NEN_TYPE_COUNT) return strtod(text, NULL);
    double value = 0;
    for (; *text; text++)
        if (isdigit((unsigned char)*text)) value = value * 10 + (*text - '0');
    return value;
}

static inline int so_compare(so_text *t, int field, enum so_kind kind) {
    int i = so_new(t, kind);
    so_node *node = &t->tree->node[i];
    node->field = field;
    if (!so_operator(t, node->op)) {
        node->kind = SO_BOOL;
        return i;
    }
    char word[96];
    size_t n = so_peek(t, word, sizeof word);
    unsigned type = nen_field((unsigned)field)->type;
    if (kind == SO_COMPARE && type == NEN_TYPE_WORD) {
        node->kind = SO_IN;
        so_add_word(t->tree, &node->set, field, word);
        if (node->op[0] == '!') {
            t->at += n;
            int no = so_new(t, SO_NOT);
            t->tree->node[no].left = i;
            return no;
        }
    } else {
        node->number = so_number(word, kind == SO_COUNT ? NEN_TYPE_COUNT : type);
    }
    t->at += n;
    return i;
}

static inline int so_option(so_text *t) {
    if (!so_take(t, "in")) t->tree->bad++;
    so_space(t);
    if (*t->at == '"') t->at++;
    for (int list = 0; list < 2; list++) {
        const char *name = list ? "current" : "prior";
        if (!so_take(t, name)) continue;
        int i = so_new(t, SO_OPTION_LIST);
        t->tree->node[i].field = nen_field_find(name);
        return i;
    }
    int i = so_new(t, SO_OPTION_IN);
    so_read_set(t, &t->tree->node[i].set, -1);
    return i;
}

static inline int so_field_of(so_text *t) {
    char name[96];
    t->at += so_peek(t, name, sizeof name);
    int field = nen_field_find(name);
    if (field < 0) {
        t->tree->bad++;
        return 0;
    }
    return field;
}

static inline int so_inside(so_text *t, enum so_kind kind) {
    if (!so_take(t, "(")) t->tree->bad++;
    int field = so_field_of(t);
    if (!so_take(t, ")")) t->tree->bad++;
    if (kind == SO_COUNT) return so_compare(t, field, SO_COUNT);
    int i = so_new(t, kind);
    t->tree->node[i].field = field;
    return i;
}

static inline int so_atom(so_text *t) {
    if (so_take(t, "(")) {
        int i = so_or(t);
        if (!so_take(t, ")")) t->tree->bad++;
        return i;
    }
    if (so_take(t, "true")) {
        int i = so_new(t, SO_CONST);
        t->tree->node[i].number = NEN_TRUE;
        return i;
    }
    if (so_take(t, "false")) return so_new(t, SO_CONST);
    if (so_take(t, "known")) return so_inside(t, SO_KNOWN);
    if (so_take(t, "count")) return so_inside(t, SO_COUNT);
    if (so_take(t, "option")) return so_option(t);
    int field = so_field_of(t);
    static const struct {
        const char *word;
        enum so_kind kind;
    } sets[] = {{"in", SO_IN}, {"has", SO_HAS}, {"only", SO_ONLY}};
    for (size_t k = 0; k < 3; k++) {
        if (so_take(t, sets[k].word)) {
            int i = so_new(t, sets[k].kind);
            t->tree->node[i].field = field;
            so_read_set(t, &t->tree->node[i].set, field);
            return i;
        }
    }
    return so_compare(t, field, SO_COMPARE);
}

static inline int so_not(so_text *t) {
    if (!so_take(t, "not")) return so_atom(t);
    int child = so_not(t), i = so_new(t, SO_NOT);
    t->tree->node[i].left = child;
    return i;
}

static inline int so_and(so_text *t) {
    int left = so_not(t);
    while (so_take(t, "and")) {
        int right = so_not(t), i = so_new(t, SO_AND);
        t->tree->node[i].left = left;
        t->tree->node[i].right = right;
        left = i;
    }
    return left;
}

static inline int so_or(so_text *t) {
    int left = so_and(t);
    while (so_take(t, "or")) {
        int right = so_and(t), i = so_new(t, SO_OR);
        t->tree->node[i].left = left;
        t->tree->node[i].right = right;
        left = i;
    }
    return left;
}

/* Root of the predicate `text` ("-" and "" are true); counts what it cannot read. */
static inline int so_parse(so_tree *tree, const char *text) {
    so_text t = {text, tree};
    if (!*text || strcmp(text, "-") == 0) t.at = "true";
    int root = so_or(&t);
    so_space(&t);
    if (*t.at) tree->bad++;
    return root;
}

/* ---- judging ------------------------------------------------------------------- */

static inline int so_both(bool yes, bool no) {
    return yes ? NEN_TRUE : no ? NEN_FALSE : NEN_MAYBE;
}

static inline int so_interval(const nen_value *v, const char *op, double x) {
    bool lo_open = v->flags & NEN_LO_OPEN, hi_open = v->flags & NEN_HI_OPEN;
    double lo = v->num.lo, hi = v->num.hi;
    bool below = hi < x || (hi == x && hi_open); /* all below x */
    bool above = lo > x || (lo == x && lo_open);
    bool point = lo == hi && lo == x;
    if (op[0] == '<' && op[1]) return so_both(hi <= x, above);
    if (op[0] == '>' && op[1]) return so_both(lo >= x, below);
    if (op[0] == '<') return so_both(below, lo >= x);
    if (op[0] == '>') return so_both(above, hi <= x);
    int same = so_both(point, below || above);
    return op[0] == '!' ? NEN_TRUE - same : same;
}

static inline bool so_meets(const uint64_t *a, const uint64_t *b) {
    return (a[0] & b[0]) || (a[1] & b[1]);
}

static inline bool so_inside_of(const uint64_t *a, const uint64_t *b) {
    return !(a[0] & ~b[0]) && !(a[1] & ~b[1]);
}

static inline int so_list(const so_node *n, const nen_value *v) {
    bool more = v->flags & NEN_PERHAPS_MORE;
    int open = more ? NEN_MAYBE : NEN_FALSE;
    if (n->kind == SO_HAS) return so_meets(v->set, n->set.bits) ? NEN_TRUE : open;
    if (!so_inside_of(v->set, n->set.bits)) return NEN_FALSE;
    if (!v->set[0] && !v->set[1]) return open;
    return more ? NEN_MAYBE : NEN_TRUE;
}

static inline int so_count(const so_node *n, const nen_value *v) {
    double members = __builtin_popcountll(v->set[0]) + __builtin_popcountll(v->set[1]);
    nen_value span = {.num = {members, members}, .known = NEN_KNOWN};
    if (v->flags & NEN_PERHAPS_MORE) span.num.hi = NEN_WORDS_MAX;
    return so_interval(&span, n->op, n->number);
}

static inline int so_leaf(const so_node *n, const so_facts *facts) {
    const nen_value *v = &facts->c->field[n->field];
    uint64_t option[2] = {0, 0};
    option[facts->option / 64] = (uint64_t)1 << (facts->option % 64);
    if (n->kind == SO_CONST) return (int)n->number;
    if (n->kind == SO_KNOWN) return v->known ? NEN_TRUE : NEN_FALSE;
    if (n->kind == SO_OPTION_IN)
        return so_meets(option, n->set.bits) ? NEN_TRUE : NEN_FALSE;
    if (v->known != NEN_KNOWN) return NEN_MAYBE;
    if (n->kind == SO_BOOL) return so_interval(v, "==", 1);
    if (n->kind == SO_COMPARE) return so_interval(v, n->op, n->number);
    if (n->kind == SO_COUNT) return so_count(n, v);
    if (n->kind == SO_IN) {
        return so_both(so_inside_of(v->set, n->set.bits),
                       !so_meets(v->set, n->set.bits));
    }
    if (n->kind == SO_OPTION_LIST) {
        const char *id = nen_option_id(facts->option);
        int word = nen_word_find((unsigned)n->field, id);
        bool in = word >= 0 && (v->set[word / 64] >> (word % 64) & 1);
        return in ? NEN_TRUE : v->flags & NEN_PERHAPS_MORE ? NEN_MAYBE : NEN_FALSE;
    }
    return so_list(n, v);
}

static inline int so_judge(const so_tree *tree, int root, const so_facts *facts) {
    const so_node *n = &tree->node[root];
    if (n->kind == SO_NOT) return NEN_TRUE - so_judge(tree, n->left, facts);
    if (n->kind != SO_AND && n->kind != SO_OR) return so_leaf(n, facts);
    int a = so_judge(tree, n->left, facts), b = so_judge(tree, n->right, facts);
    if (n->kind == SO_AND) return a < b ? a : b;
    return a > b ? a : b;
}
#endif
