/* knowc_vocab.c - fields, words, option ids and sets: what predicates can name. */
#include "knowc.h"

#include <string.h>

static const char types[] = "bool word list number count date topography icdo3 text";

/* "a | b" as "a|b", "-" as "". */
static const char *names(const char *list) {
    char item[KC_PATH_MAX];
    kc_buf out = {0};
    if (!strcmp(list, "-")) return "";
    while (kc_item(&list, '|', item, sizeof item))
        kc_print(&out, out.size ? "|%s" : "%s", item);
    return out.text ? out.text : "";
}

static const char *text_of(const kc_at *at, const char *column) {
    return kc_dash(at, column) ? "" : kc_get(at, column);
}

/* ---- fields ---- */

static nen_field_info field_of(const kc_at *at) {
    static const char derived[] = "no fill yes";
    enum { NEVER_ENTERED = 2 };
    return (nen_field_info){
        .name = kc_get(at, "field"),
        .unit = text_of(at, "unit"),
        .group = text_of(at, "group"),
        .also = names(kc_get(at, "also")),
        .help = text_of(at, "help"),
        .plain = text_of(at, "plain"),
        .question = text_of(at, "question"),
        .why = text_of(at, "why"),
        .type = (uint8_t)kc_choice(at, "type", types, KC_DASH_BAD),
        .derived = kc_choice(at, "derived", derived, 0) == NEVER_ENTERED,
        .test = kc_yes(at, "test"),
        .not_measurable = kc_yes(at, "not_measurable"),
        .lo = kc_number(at, "lo", 0),
        .hi = kc_number(at, "hi", 0),
    };
}

static void fields(kc *k) {
    kp_vocab *v = &k->vocab;
    k->field = kc_alloc(NEN_FIELDS_MAX * sizeof *k->field);
    for (kc_at at = kc_first(k, KC_FIELDS); kc_on(&at); at.row++) {
        if (v->fields == NEN_FIELDS_MAX) {
            kc_error(&at, "field", "more than %d fields", NEN_FIELDS_MAX);
            break;
        }
        const nen_field_info f = k->field[v->fields++] = field_of(&at);
        const bool measured = f.type == NEN_TYPE_NUMBER || f.type == NEN_TYPE_COUNT;
        if (measured && (kc_dash(&at, "lo") || f.hi <= f.lo))
            kc_error(&at, "hi", "a number needs its range, lo below hi");
    }
    v->field = k->field;
    v->prior = kp_field_find(v, "prior");
    v->current = kp_field_find(v, "current");
    const int site = kp_field_find(v, "site");
    k->site = site < 0 ? NEN_NONE : (unsigned)site;
}

/* ---- words ---- */

static nen_word_info *new_word(kc *k, const kc_at *at, unsigned field) {
    nen_field_info *f = &k->field[field];
    if (!k->word[field]) k->word[field] = kc_alloc(NEN_WORDS_MAX * sizeof **k->word);
    if (f->words == NEN_WORDS_MAX) {
        kc_error(at, NULL, "`%s` has more than %d words", f->name, NEN_WORDS_MAX);
        return NULL;
    }
    return &k->word[field][f->words++];
}

/* Every option is a word of `prior` and of `current`, with the option's number. */
static void option_words(kc *k) {
    const int histories[] = {k->vocab.prior, k->vocab.current};
    for (unsigned i = 0; i < 2; i++) {
        for (kc_at at = kc_first(k, KC_OPTIONS); kc_on(&at); at.row++) {
            if (histories[i] < 0) continue;
            nen_word_info *w = new_word(k, &at, (unsigned)histories[i]);
            if (w) {
                *w = (nen_word_info){.word = kc_get(&at, "id"),
                                     .name = text_of(&at, "name"),
                                     .plain = text_of(&at, "plain_name"),
                                     .also = ""};
            }
        }
    }
    k->vocab.options = k->table[KC_OPTIONS].rows;
}

/* The word a row of words.tsv stands for, or NULL. */
static nen_word_info *word_of(kc *k, const kc_at *at, unsigned *field) {
    const int f = kp_field_find(&k->vocab, kc_get(at, "field"));
    if (f < 0) return NULL;
    *field = (unsigned)f;
    const int w = kp_word_find(&k->vocab, *field, kc_get(at, "word"));
    return w < 0 ? NULL : &k->word[*field][w];
}

static void add_word(kc *k, const kc_at *at) {
    const unsigned f = kc_field(at, "field");
    if (f == NEN_NONE) return;
    const uint8_t type = k->field[f].type;
    if (type != NEN_TYPE_WORD && type != NEN_TYPE_LIST)
        kc_error(at, "field", "`%s` takes no words", k->field[f].name);
    if (kp_word_find(&k->vocab, f, kc_get(at, "word")) >= 0) {
        kc_error(at, "word", "`%s` has this word already", k->field[f].name);
        return;
    }
    nen_word_info *w = new_word(k, at, f);
    if (!w) return;
    *w = (nen_word_info){.word = kc_get(at, "word"),
                         .name = text_of(at, "name"),
                         .plain = text_of(at, "plain"),
                         .also = names(kc_get(at, "also")),
                         .group = !kc_dash(at, "group"),
                         .registry = kc_yes(at, "registry")};
}

/* Members and sites name words of any row, so they are looked up last. Groups first:
 * `sites` may name one. */
static void resolve_words(kc *k) {
    unsigned f;
    for (kc_at at = kc_first(k, KC_WORDS); kc_on(&at); at.row++) {
        nen_word_info *w = word_of(k, &at, &f);
        if (!w || !w->group) continue;
        const nen__set members = kc_words(&at, "group", f, false);
        memcpy(w->members, members.bits, sizeof w->members);
    }
    for (kc_at at = kc_first(k, KC_WORDS); kc_on(&at); at.row++) {
        nen_word_info *w = word_of(k, &at, &f);
        if (!w || kc_dash(&at, "sites") || k->site == NEN_NONE) continue;
        const nen__set sites = kc_sites(&at, "sites");
        memcpy(w->sites, sites.bits, sizeof w->sites);
    }
}

/* ---- sets ---- */

static void add_set(kc *k, const kc_at *at) {
    const char *name = kc_get(at, "set");
    const unsigned f = kc_field(at, "field");
    if (*name != '@') kc_error(at, "set", "a set's name begins with @");
    if (f == NEN_NONE) return;
    const nen__set words = kc_words(at, "words", f, false);
    k->set = kc_more(k->set, (k->vocab.sets + 1) * sizeof *k->set);
    k->set[k->vocab.sets++] = (kp_set){name, f, words};
    k->vocab.set = k->set;
}

void kc_vocabulary(kc *k) {
    k->vocab.word = (const nen_word_info *const *)k->word;
    fields(k);
    option_words(k);
    for (kc_at at = kc_first(k, KC_WORDS); kc_on(&at); at.row++)
        add_word(k, &at);
    resolve_words(k);
    for (kc_at at = kc_first(k, KC_SETS); kc_on(&at); at.row++)
        add_set(k, &at);
}
