/* fuzz_predicate.c - any bytes as a predicate over the real fields and words.
 *
 * Whatever compiles must be well-formed postfix that fits the evaluator's stack;
 * whatever does not must say why and where. */
#include "../tools/knowc_literal.c"
#include "../tools/knowc_predicate.c"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const kp_vocab *vocabulary(void) {
    static kp_set sets[2];
    static kp_vocab v;
    v.field = nen__field;
    v.word = nen__word;
    v.fields = nen__field_count;
    v.options = nen__option_rows_count;
    v.prior = kp_field_find(&v, "prior");
    v.current = kp_field_find(&v, "current");
    if (v.prior < 0) return &v;
    sets[0] = (kp_set){"@first", (unsigned)v.prior, {{1}}};
    sets[1] = (kp_set){"@all", (unsigned)v.prior, {{UINT64_MAX, UINT64_MAX}}};
    v.set = sets;
    v.sets = 2;
    return &v;
}

static void must(bool holds) {
    if (!holds) abort();
}

static void check_ops(const kp_program *p) {
    unsigned depth = 0;
    for (unsigned i = 0; i < p->ops; i++) {
        const uint8_t code = p->op[i].code;
        const bool joins = code == NEN__OP_AND || code == NEN__OP_OR;
        if (joins || code == NEN__OP_NOT) {
            must(depth >= 1u + joins);
            depth -= joins;
        } else {
            must(code <= NEN__OP_OPTION_CURRENT && p->op[i].field < NEN_FIELDS_MAX);
            must(code != NEN__OP_CONST || p->ops == 1); /* constants fold away */
            depth++;
        }
    }
    must(!p->ops || depth == 1);
    must(kp_depth(p->op, p->ops) <= NEN__PRED_DEPTH);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kp_program program;
    const kp_vocab *v = vocabulary();
    char *text = malloc(size ? size : 1); /* exact, so that reading past it is seen */
    if (!text) return 0;
    if (size) memcpy(text, data, size);
    if (kp_compile(v, text, size, &program)) {
        if (program.error[0]) abort();
        check_ops(&program);
    } else if (!program.error[0] || program.at > size) {
        abort();
    }
    free(text);
    return 0;
}
