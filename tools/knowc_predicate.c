/* knowc_predicate.c - recursive descent over a predicate, printing postfix.
 *
 * Constants fold away on the spot, so a program is a single constant or has none. */
#include "knowc_predicate.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef enum token_kind { T_END, T_NAME, T_SET, T_COMPARE, T_MARK } token_kind;

typedef struct parser {
    const kp_vocab *vocab;
    const char *text;
    size_t bytes, next;     /* next: where the following token begins */
    token_kind kind;        /* the token in hand */
    size_t at;              /* its first byte */
    char name[KP_NAME_MAX]; /* its text */
    unsigned nest;
    bool failed;
    kp_program *out;
} parser;

static bool refuse(parser *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Keeps the first error; always false. */
static bool refuse(parser *p, const char *format, ...) {
    if (p->failed) return false;
    va_list args;
    va_start(args, format);
    vsnprintf(p->out->error, sizeof p->out->error, format, args);
    va_end(args);
    p->out->at = (unsigned)p->at;
    p->failed = true;
    return false;
}

/* ---- tokens ---- */

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("_./-", c));
}

static void take(parser *p, token_kind kind, size_t n) {
    p->kind = kind;
    if (n >= sizeof p->name) {
        n = sizeof p->name - 1;
        p->next = p->bytes; /* stop reading: nothing can follow this error */
        refuse(p, "a name of more than %d bytes", KP_NAME_MAX - 1);
    } else {
        p->next = p->at + n;
    }
    memcpy(p->name, p->text + p->at, n);
    p->name[n] = 0;
}

static void at_end(parser *p) {
    p->kind = T_END;
    p->name[0] = 0;
}

static size_t name_bytes(const char *s, size_t left) {
    size_t n = 1;
    while (n < left && is_name(s[n]))
        n++;
    return n;
}

static void skip_blanks(parser *p) {
    while (p->next < p->bytes && p->text[p->next] == ' ')
        p->next++;
}

static void advance(parser *p) {
    skip_blanks(p);
    p->at = p->next;
    const char *s = p->text + p->at;
    const size_t left = p->bytes - p->at;
    if (!left || p->failed) {
        at_end(p);
    } else if (is_name(*s) || *s == '@') {
        take(p, *s == '@' ? T_SET : T_NAME, name_bytes(s, left));
    } else if (*s && strchr("<>=!", *s)) {
        take(p, T_COMPARE, left > 1 && s[1] == '=' ? 2 : 1);
    } else if (*s && strchr("(){},", *s)) {
        take(p, T_MARK, 1);
    } else {
        at_end(p);
        refuse(p, "unexpected byte 0x%02x", (unsigned)(unsigned char)*s);
    }
}

static bool is(const parser *p, token_kind kind, const char *text) {
    return p->kind == kind && !strcmp(p->name, text);
}

static bool accept(parser *p, token_kind kind, const char *text) {
    if (!is(p, kind, text)) return false;
    advance(p);
    return true;
}

static bool expect(parser *p, const char *mark) {
    if (accept(p, T_MARK, mark)) return true;
    return refuse(p, "expected `%s`, found `%s`", mark, *p->name ? p->name : "the end");
}

/* ---- output ---- */

static kp_op *put(parser *p, unsigned code, unsigned field) {
    static kp_op spare; /* written, never read, after an overflow */
    kp_program *o = p->out;
    kp_op *op = o->ops < KP_OPS_MAX ? &o->op[o->ops++] : &spare;
    if (op == &spare) refuse(p, "more than %d operations", KP_OPS_MAX);
    *op = (kp_op){.code = (uint8_t)code, .field = (uint8_t)field};
    return op;
}

static void put_const(parser *p, nen_truth truth) {
    put(p, NEN__OP_CONST, 0)->arg = (uint16_t)truth;
}

/* Negates the operand that is last in the program. */
static void put_not(parser *p) {
    kp_op *last = p->out->ops ? &p->out->op[p->out->ops - 1] : NULL;
    if (last && last->code == NEN__OP_CONST) {
        last->arg = (uint16_t)(NEN_TRUE - last->arg);
    } else if (last && last->code == NEN__OP_NOT) {
        p->out->ops--;
    } else {
        put(p, NEN__OP_NOT, 0);
    }
}

/* Joins the operands at [left, right) and [right, end) with AND or OR. */
static void put_join(parser *p, unsigned code, unsigned left, unsigned right) {
    kp_program *o = p->out;
    if (p->failed) return;
    const nen_truth idle = code == NEN__OP_AND ? NEN_TRUE : NEN_FALSE;
    const bool a = o->op[left].code == NEN__OP_CONST;
    const bool b = o->op[right].code == NEN__OP_CONST;
    if (b && o->op[right].arg == (unsigned)idle) {
        o->ops = right;
    } else if ((a && o->op[left].arg != (unsigned)idle)) {
        o->ops = left + 1;
    } else if (a || b) { /* a: idle, drop it. b: decides, it alone stays. */
        memmove(&o->op[left], &o->op[right], (o->ops - right) * sizeof *o->op);
        o->ops -= right - left;
    } else {
        put(p, code, 0);
    }
}

unsigned kp_depth(const kp_op *op, unsigned ops) {
    unsigned depth = 0, most = 0;
    for (unsigned i = 0; i < ops; i++) {
        if (op[i].code == NEN__OP_AND || op[i].code == NEN__OP_OR) {
            depth--;
        } else if (op[i].code != NEN__OP_NOT) {
            depth++;
        }
        if (depth > most) most = depth;
    }
    return most;
}

/* ---- words and sets ---- */

static bool empty(const nen__set *s) {
    for (unsigned i = 0; i < KP_CHUNKS; i++)
        if (s->bits[i]) return false;
    return true;
}

static bool is_history(const kp_vocab *v, unsigned field) {
    return (int)field == v->prior || (int)field == v->current;
}

/* Drops bits from `count` on: `prior` has words that are no options. */
static void cut(nen__set *s, unsigned count) {
    for (unsigned i = count; i < NEN_WORDS_MAX; i++)
        s->bits[i / 64] &= ~((uint64_t)1 << (i % 64));
}

static void no_set(parser *p) {
    const kp_vocab *v = p->vocab;
    const char *near = NULL;
    unsigned best = KP_NAME_MAX;
    for (unsigned i = 0; i < v->sets; i++) {
        const unsigned d = kp_distance(p->name, v->set[i].name, best);
        if (d < best) best = d, near = v->set[i].name;
    }
    refuse(p, "no set `%s`; nearest `%s`", p->name, near ? near : "none");
}

/* @set of `field`; sets of `prior` also serve `current` and `option`. */
static bool named_set(parser *p, unsigned field, nen__set *out) {
    const kp_vocab *v = p->vocab;
    unsigned i = 0;
    while (i < v->sets && strcmp(v->set[i].name, p->name) != 0)
        i++;
    if (i == v->sets) {
        no_set(p);
        return false;
    }
    const bool shared = is_history(v, field) && is_history(v, v->set[i].field);
    if (v->set[i].field != field && !shared) {
        return refuse(p, "set `%s` is of `%s`, not of `%s`", p->name,
                      v->field[v->set[i].field].name, v->field[field].name);
    }
    *out = v->set[i].words;
    cut(out, v->field[field].words);
    advance(p);
    return true;
}

static bool one_word(parser *p, unsigned field, nen__set *out) {
    if (p->kind != T_NAME)
        return refuse(p, "expected a word of `%s`", p->vocab->field[field].name);
    const int w = kp_word_find(p->vocab, field, p->name);
    if (w < 0) {
        char why[sizeof p->out->error];
        kp_unknown_word(p->vocab, field, p->name, why, sizeof why);
        return refuse(p, "%s", why);
    }
    kp_word_add(p->vocab, field, (unsigned)w, out);
    advance(p);
    return true;
}

/* {word, ...}, @set or, where `single`, one word. */
static bool words(parser *p, unsigned field, bool single, nen__set *out) {
    *out = (nen__set){{0}};
    if (p->kind == T_SET) return named_set(p, field, out);
    if (single && p->kind == T_NAME) return one_word(p, field, out);
    if (!expect(p, "{")) return false;
    do {
        if (!one_word(p, field, out)) return false;
    } while (accept(p, T_MARK, ","));
    return expect(p, "}");
}

/* ---- atoms ---- */

static bool compare_code(parser *p, unsigned *out) {
    static const char *const text[] = {"<", "<=", ">", ">=", "==", "!="};
    static const uint8_t code[] = {NEN__OP_LT, NEN__OP_LE, NEN__OP_GT,
                                   NEN__OP_GE, NEN__OP_EQ, NEN__OP_NE};
    for (unsigned i = 0; i < sizeof code; i++) {
        if (accept(p, T_COMPARE, text[i])) {
            *out = code[i];
            return true;
        }
    }
    return refuse(p, "expected == != < <= > or >=, found `%s`",
                  *p->name ? p->name : "the end");
}

static void put_number(parser *p, unsigned code, unsigned field, double x) {
    put(p, code, field)->number = x;
}

/* == and != of a literal that covers an interval: a year, an organ's codes. */
static void put_interval(parser *p, unsigned field, double lo, double hi) {
    const unsigned left = p->out->ops;
    put_number(p, NEN__OP_GE, field, lo);
    put_number(p, NEN__OP_LE, field, hi);
    put_join(p, NEN__OP_AND, left, left + 1);
}

static bool number_atom(parser *p, unsigned field, unsigned code) {
    char why[sizeof p->out->error];
    double lo, hi;
    if (p->kind != T_NAME) return refuse(p, "expected a value");
    if (!kp_literal(&p->vocab->field[field], p->name, &lo, &hi, why, sizeof why))
        return refuse(p, "%s", why);
    advance(p);
    if (lo != hi && (code == NEN__OP_EQ || code == NEN__OP_NE)) {
        put_interval(p, field, lo, hi);
        if (code == NEN__OP_NE) put_not(p);
        return true;
    }
    put_number(p, code, field, code == NEN__OP_LE || code == NEN__OP_GT ? hi : lo);
    return true;
}

/* her2_ihc in {2, 3} */
static bool number_in(parser *p, unsigned field) {
    const unsigned left = p->out->ops;
    if (!expect(p, "{")) return false;
    do {
        const unsigned right = p->out->ops;
        if (!number_atom(p, field, NEN__OP_EQ)) return false;
        if (right > left) put_join(p, NEN__OP_OR, left, right);
    } while (accept(p, T_MARK, ","));
    return expect(p, "}");
}

static bool word_atom(parser *p, unsigned field) {
    nen__set set = {{0}};
    unsigned code = NEN__OP_EQ;
    if (accept(p, T_NAME, "in")) {
        if (!words(p, field, false, &set)) return false;
    } else {
        if (!compare_code(p, &code)) return false;
        if (code != NEN__OP_EQ && code != NEN__OP_NE) {
            return refuse(p, "words of `%s` have no order; use == != or in",
                          p->vocab->field[field].name);
        }
        if (!one_word(p, field, &set)) return false;
    }
    put(p, NEN__OP_IN, field)->words = set;
    if (code == NEN__OP_NE) put_not(p);
    return true;
}

static bool list_atom(parser *p, unsigned field) {
    const bool has = accept(p, T_NAME, "has");
    nen__set set;
    if (!has && !accept(p, T_NAME, "only")) {
        return refuse(p, "`%s` is a list; use has, only, count() or known()",
                      p->vocab->field[field].name);
    }
    if (!words(p, field, has, &set)) return false;
    if (empty(&set)) return refuse(p, "no word is left in this set");
    put(p, has ? NEN__OP_HAS : NEN__OP_ONLY, field)->words = set;
    return true;
}

/* `field`, `field == true`, `field != false` ... */
static bool bool_atom(parser *p, unsigned field) {
    unsigned code = NEN__OP_EQ;
    put(p, NEN__OP_BOOL, field);
    if (p->kind != T_COMPARE) return true;
    if (!compare_code(p, &code)) return false;
    const bool yes = is(p, T_NAME, "true");
    if ((code != NEN__OP_EQ && code != NEN__OP_NE) ||
        (!yes && !is(p, T_NAME, "false"))) {
        return refuse(p, "`%s` is yes or no; compare it with == true or == false",
                      p->vocab->field[field].name);
    }
    advance(p);
    if ((code == NEN__OP_EQ) != yes) put_not(p);
    return true;
}

static bool no_field(parser *p) {
    const kp_vocab *v = p->vocab;
    const char *near = NULL;
    unsigned best = KP_NAME_MAX;
    for (unsigned i = 0; i < v->fields; i++) {
        const unsigned d = kp_distance(p->name, v->field[i].name, best);
        if (d < best) best = d, near = v->field[i].name;
    }
    return refuse(p, "no field `%s`; nearest `%s`", p->name, near ? near : "none");
}

/* The field named by the token in hand, which is consumed; -1 with an error. */
static int field_name(parser *p) {
    const int f = p->kind == T_NAME ? kp_field_find(p->vocab, p->name) : -1;
    if (f >= 0) {
        advance(p);
    } else if (p->kind == T_NAME) {
        no_field(p);
    } else {
        refuse(p, "expected a field, found `%s`", *p->name ? p->name : "the end");
    }
    return f;
}

static bool field_atom(parser *p) {
    const size_t at = p->at;
    const int f = field_name(p);
    unsigned code = NEN__OP_EQ;
    if (f < 0) return false;
    const unsigned field = (unsigned)f;
    switch (p->vocab->field[field].type) {
        case NEN_TYPE_BOOL:
            return bool_atom(p, field);
        case NEN_TYPE_WORD:
            return word_atom(p, field);
        case NEN_TYPE_LIST:
            return list_atom(p, field);
        case NEN_TYPE_TEXT:
            p->at = at;
            return refuse(p, "`%s` is free text; only known() can ask for it",
                          p->vocab->field[field].name);
        default:
            break;
    }
    if (accept(p, T_NAME, "in")) return number_in(p, field);
    return compare_code(p, &code) && number_atom(p, field, code);
}

static bool known_atom(parser *p) {
    if (!expect(p, "(")) return false;
    const int f = field_name(p);
    if (f < 0) return false;
    put(p, NEN__OP_KNOWN, (unsigned)f);
    return expect(p, ")");
}

static bool count_atom(parser *p) {
    static const nen_field_info members = {
        .name = "count()", .unit = "", .type = NEN_TYPE_COUNT, .hi = NEN_WORDS_MAX};
    char why[sizeof p->out->error];
    unsigned code = NEN__OP_EQ;
    double x, hi;
    if (!expect(p, "(")) return false;
    const int f = field_name(p);
    if (f < 0) return false;
    if (p->vocab->field[f].type != NEN_TYPE_LIST)
        return refuse(p, "count() takes a list; `%s` is none", p->vocab->field[f].name);
    if (!expect(p, ")") || !compare_code(p, &code)) return false;
    if (!kp_literal(&members, p->name, &x, &hi, why, sizeof why))
        return refuse(p, "%s", why);
    advance(p);
    const unsigned shift = NEN__OP_COUNT_LT - NEN__OP_LT; /* both run LT LE GT GE EQ */
    const bool differs = code == NEN__OP_NE;
    put_number(p, (differs ? NEN__OP_EQ : code) + shift, (unsigned)f, x);
    if (differs) put_not(p);
    return true;
}

/* option in {...} | @set | prior | current */
static bool option_atom(parser *p) {
    nen__set set;
    if (!accept(p, T_NAME, "in")) return refuse(p, "expected `in` after `option`");
    if (accept(p, T_NAME, "prior")) return put(p, NEN__OP_OPTION_PRIOR, 0) != NULL;
    if (accept(p, T_NAME, "current")) return put(p, NEN__OP_OPTION_CURRENT, 0) != NULL;
    if (p->vocab->prior < 0) return refuse(p, "there is no field `prior`");
    if (!words(p, (unsigned)p->vocab->prior, false, &set)) return false;
    cut(&set, p->vocab->options);
    if (empty(&set)) return refuse(p, "no option is left in this set");
    put(p, NEN__OP_OPTION_IN, 0)->words = set;
    return true;
}

/* ---- grammar ---- */

static bool expression(parser *p);

static bool atom(parser *p) {
    if (accept(p, T_MARK, "(")) return expression(p) && expect(p, ")");
    if (accept(p, T_NAME, "true")) return put_const(p, NEN_TRUE), true;
    if (accept(p, T_NAME, "false")) return put_const(p, NEN_FALSE), true;
    if (accept(p, T_NAME, "known")) return known_atom(p);
    if (accept(p, T_NAME, "count")) return count_atom(p);
    if (accept(p, T_NAME, "option")) return option_atom(p);
    return field_atom(p);
}

static bool negation(parser *p) {
    if (++p->nest > KP_NEST_MAX) return refuse(p, "nested too deep");
    const bool flip = accept(p, T_NAME, "not");
    const bool ok = flip ? negation(p) : atom(p);
    if (ok && flip) put_not(p);
    p->nest--;
    return ok;
}

static bool chain(parser *p, const char *word, unsigned code, bool (*part)(parser *)) {
    const unsigned left = p->out->ops;
    if (!part(p)) return false;
    while (accept(p, T_NAME, word)) {
        const unsigned right = p->out->ops;
        if (!part(p)) return false;
        put_join(p, code, left, right);
    }
    return !p->failed;
}

static bool conjunction(parser *p) {
    return chain(p, "and", NEN__OP_AND, negation);
}

static bool expression(parser *p) {
    return chain(p, "or", NEN__OP_OR, conjunction);
}

bool kp_compile(const kp_vocab *vocab, const char *text, size_t bytes,
                kp_program *out) {
    parser p = {.vocab = vocab, .text = text, .bytes = bytes, .out = out};
    out->ops = out->at = 0;
    out->error[0] = 0;
    if (bytes == 1 && *text == '-') return true;
    advance(&p);
    if (expression(&p) && p.kind != T_END) refuse(&p, "`%s` is left over", p.name);
    if (!p.failed && kp_depth(out->op, out->ops) > NEN__PRED_DEPTH) {
        refuse(&p, "needs more than %d operands at a time; use fewer brackets",
               NEN__PRED_DEPTH);
    }
    if (out->ops == 1 && out->op[0].code == NEN__OP_CONST && out->op[0].arg == NEN_TRUE)
        out->ops = 0; /* the same as "-" */
    if (p.failed) out->ops = 0;
    return !p.failed;
}
