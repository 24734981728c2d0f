/* questions.c - which unanswered question would change the answer most.
 *
 * Each open field is tried with each of a few answers; the gain is how much, on
 * average, grade, stage and options get narrower. The three founding questions (where,
 * how far, what grade) come first while they are open. */
#include "internal.h"

enum { ANSWERS_MAX = 40, PARTS = 3 };

typedef struct sizes {
    unsigned part[PARTS]; /* possible grades, groups, undecided options */
} sizes;

static sizes measure(const nen_dossier *d) {
    sizes s = {{nen__popcount(d->grading.grade.possible),
                nen__popcount(d->staging.group.possible), 0}};
    for (unsigned o = 0; o < nen__option_rows_count; o++) {
        const uint8_t st = d->option[o].status;
        s.part[2] += st == NEN_OPTION_NEEDS_TEST || st == NEN_OPTION_CONDITIONAL;
    }
    return s;
}

static unsigned changed_options(const nen_dossier *a, const nen_dossier *b) {
    unsigned n = 0;
    for (unsigned o = 0; o < nen__option_rows_count; o++)
        n += a->option[o].status != b->option[o].status;
    return n;
}

static nen_value number_value(double x) {
    nen_value v = {.known = NEN_KNOWN};
    v.num.lo = v.num.hi = x;
    return v;
}

/* One answer between each two neighboring cut-offs, and one beyond each end. */
static unsigned number_answers(unsigned field, nen_value *out) {
    const nen__range cuts = nen__cuts_at[field];
    const nen_field_info *info = &nen__field[field];
    unsigned count = 0;
    double below = info->lo;
    for (unsigned i = 0; i < cuts.count && count < ANSWERS_MAX - 1; i++) {
        const double cut = nen__cuts[cuts.first + i];
        if (cut > below) out[count++] = number_value((below + cut) / 2);
        below = cut;
    }
    if (cuts.count && info->hi > below)
        out[count++] = number_value((below + info->hi) / 2);
    return count;
}

static bool word_applies(const nen_case *facts, unsigned field, unsigned word) {
    const nen_word_info *w = &nen__word[field][word];
    const nen_value *site = &facts->field[NEN__F_SITE];
    if (w->group) return false;
    if (!(w->sites[0] | w->sites[1]) || site->known != NEN_KNOWN) return true;
    return (w->sites[0] & site->set[0]) || (w->sites[1] & site->set[1]);
}

static unsigned word_answers(const nen_case *facts, unsigned field, nen_value *out) {
    unsigned count = 0;
    const bool list = nen__field[field].type == NEN_TYPE_LIST;
    enum { LISTED = 8, GRADES_ENTERED = 5 };
    unsigned cap = list ? LISTED : ANSWERS_MAX - 1;
    if (field == NEN__F_GRADE) cap = GRADES_ENTERED;
    if (list) out[count++] = (nen_value){.known = NEN_KNOWN};
    for (unsigned w = 0; w < nen__field[field].words && count < cap; w++) {
        if (!word_applies(facts, field, w)) continue;
        nen_value v = {.known = NEN_KNOWN};
        nen__add(v.set, w);
        out[count++] = v;
    }
    return count;
}

static unsigned answers(const nen_case *facts, unsigned field, nen_value *out) {
    switch (nen__field[field].type) {
        case NEN_TYPE_BOOL:
            out[0] = number_value(0);
            out[1] = number_value(1);
            return 2;
        case NEN_TYPE_WORD:
        case NEN_TYPE_LIST:
            return word_answers(facts, field, out);
        case NEN_TYPE_NUMBER:
        case NEN_TYPE_COUNT:
            return number_answers(field, out);
        default:
            return 0;
    }
}

static bool founding(unsigned field) {
    return field == NEN__F_SITE || field == NEN__F_SPREAD || field == NEN__F_GRADE;
}

static bool open_question(const nen_case *c, const nen_dossier *d, unsigned field) {
    const nen_field_info *info = &nen__field[field];
    if (info->derived || !info->question || !info->question[0]) return false;
    if (nen__known(c, field)) return false;
    if (field == NEN__F_GRADE) { /* GX and carcinoid_nos by convention are no answer */
        const bool counted = nen__known(&d->facts, NEN__F_KI67_PCT) ||
                             nen__known(&d->facts, NEN__F_MITOSES_PER_2MM2);
        const unsigned settled = d->grading.grade.settled;
        return settled < NEN_PROVISIONAL || (settled == NEN_PROVISIONAL && !counted);
    }
    if (field == NEN__F_SPREAD) {
        /* told of metastases, the rest is asked by layer and by nodes */
        return d->staging.spread.settled < NEN_PROVISIONAL &&
               !nen__known(c, NEN__F_METASTASES) && !nen__known(c, NEN__F_M);
    }
    return founding(field) || nen__bit(d->not_told, field);
}

static float narrowing(unsigned before, float after) {
    return before ? ((float)before - after) / (float)before : 0;
}

/* Tries every answer; the mean of what is left goes into the question. */
static bool try_field(nen_case *trial, const nen_config *config, const nen_dossier *d,
                      unsigned field, nen_dossier *work, nen_question *q) {
    nen_value answer[ANSWERS_MAX];
    const unsigned count = answers(&d->facts, field, answer);
    const sizes before = measure(d);
    float sum[PARTS] = {0}, moved = 0;
    const nen_value kept = trial->field[field];
    for (unsigned i = 0; i < count; i++) {
        trial->field[field] = answer[i];
        if (nen_answer(trial, config, work) != NEN_OK) continue;
        const sizes after = measure(work);
        for (unsigned p = 0; p < PARTS; p++)
            sum[p] += (float)after.part[p];
        moved += (float)changed_options(d, work);
    }
    trial->field[field] = kept;
    if (!count) return false;
    q->field = (uint16_t)field;
    q->gain = moved / (float)count / (float)(nen__option_rows_count + 1);
    for (unsigned p = 0; p < PARTS; p++) {
        q->before[p] = (uint8_t)before.part[p];
        q->after[p] = sum[p] / (float)count;
        const float n = narrowing(before.part[p], q->after[p]);
        if (n > 0) q->gain += n;
    }
    return q->gain > 0;
}

/* Founding questions first in their own order, then by gain, then by field. */
static bool goes_before(const nen_question *a, const nen_question *b) {
    const bool fa = founding(a->field), fb = founding(b->field);
    if (fa != fb) return fa;
    if (fa) return a->field < b->field;
    if (a->gain != b->gain) return a->gain > b->gain;
    return a->field < b->field;
}

static void keep(nen_dossier *out, const nen_question *q) {
    unsigned at = out->questions;
    if (at == NEN_ASK_MAX) {
        if (!goes_before(q, &out->question[at - 1])) return;
        at--;
    } else {
        out->questions++;
    }
    while (at > 0 && goes_before(q, &out->question[at - 1])) {
        out->question[at] = out->question[at - 1];
        at--;
    }
    out->question[at] = *q;
}

nen_status nen_questions(const nen_case *c, const nen_config *config, nen_dossier *out,
                         nen_dossier *work) {
    nen_case trial = *c;
    out->questions = 0;
    for (unsigned f = 0; f < nen__field_count; f++) {
        nen_question q = {0};
        if (!open_question(c, out, f)) continue;
        const bool tells = try_field(&trial, config, out, f, work, &q);
        q.field = (uint16_t)f;
        if (tells || founding(f)) keep(out, &q);
    }
    return NEN_OK;
}
