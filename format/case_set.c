/* case_set.c - one field from text: its name, its words, and what was told before. */
#include "reader.h"

#include <stdio.h>
#include <string.h>

enum { ITEM_CAP = 64, PREFIX_CAP = 4 };

/* ---- names --------------------------------------------------------------------- */

void nen__name(const char *written, char out[NEN__NAME_CAP]) {
    size_t n = 0;
    while (*written == ' ' || *written == '-') {
        written++;
    }
    for (; *written && n + 1 < NEN__NAME_CAP; written++) {
        char c = *written;
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c == '-' || c == ' ') c = '_';
        out[n++] = c;
    }
    while (n && out[n - 1] == '_') {
        n--;
    }
    out[n] = 0;
}

bool nen__is(unsigned field, const char *name) {
    return !strcmp(nen_field(field)->name, name);
}

/* "size" for "size_mm": the field's name without its unit. */
static int without_unit(const char *name) {
    static const char *const units[] = {
        "mm",      "pct",    "mg_dl", "g_dl",     "g_l",        "10e9_l", "ml_min",
        "per_day", "months", "years", "per_2mm2", "mut_per_mb", "x_uln"};
    char full[2 * NEN__NAME_CAP];
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        snprintf(full, sizeof full, "%s_%s", name, units[i]);
        const int field = nen_field_find(full);
        if (field >= 0) return field;
    }
    return -1;
}

/* "markers.5-HIAA" and "biomarkers.BRAF" name the marker. */
static const char *without_group(const char *name) {
    static const char *const groups[] = {"markers.", "biomarkers."};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (!strncmp(name, groups[i], strlen(groups[i]))) {
            return name + strlen(groups[i]);
        }
    }
    return name;
}

int nen__field_named(const char *written) {
    char name[NEN__NAME_CAP];
    if (strlen(written) >= NEN__NAME_CAP) return -1;
    nen__name(written, name);
    const char *bare = without_group(name);
    const char *renamed = nen__renamed(bare);
    const int field = nen_field_find(renamed ? renamed : bare);
    return field >= 0 ? field : without_unit(bare);
}

/* "pM": the field m with the prefix in the name; -1 when it is not that. */
static int prefixed_field(const char *written, char prefix[PREFIX_CAP]) {
    static const char *const prefixes[] = {"c", "p", "yc", "yp", "r"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        const size_t n = strlen(prefixes[i]);
        if (strncmp(written, prefixes[i], n) != 0) continue;
        if (!written[n] || written[n + 1] || !strchr("TNMtnm", written[n])) continue;
        memcpy(prefix, prefixes[i], n + 1);
        return nen_field_find(written + n);
    }
    return -1;
}

bool nen__absent(int field, const char *text) {
    char name[NEN__NAME_CAP];
    nen__name(text, name);
    if (!text[strspn(text, " \t\r\n")] || !strcmp(name, "null")) return true;
    /* a field with the word "unknown" (site) means it: told, and unknown */
    if (strcmp(name, "unknown") != 0) return false;
    return field < 0 || nen_word_find((unsigned)field, "unknown") < 0;
}

void nen__set_aside(nen_input *in, const nen__entry *e, unsigned why) {
    if (in->ignoreds >= NEN_IGNORED_MAX) return;
    nen_ignored *one = &in->ignored[in->ignoreds++];
    snprintf(one->field, sizeof one->field, "%.47s", e->name);
    snprintf(one->value, sizeof one->value, "%.79s", e->text);
    one->why = (uint16_t)why;
    nen__utf8_trim(one->value);
}

/* ---- words --------------------------------------------------------------------- */

bool nen__site_bits(const nen_case *c, uint64_t out[2]) {
    const int site = nen_field_find("site");
    out[0] = out[1] = 0;
    if (site < 0 || c->field[site].known != NEN_KNOWN) return false;
    memcpy(out, c->field[site].set, 2 * sizeof *out);
    return true;
}

bool nen__fits_site(const nen_word_info *word, const uint64_t *sites) {
    const bool any = !word->sites[0] && !word->sites[1];
    if (!sites || any) return true;
    return (word->sites[0] & sites[0]) || (word->sites[1] & sites[1]);
}

/* A word, or -1 with *error filled. Words of other sites are refused when entered. */
static int read_word(nen_input *in, unsigned field, const nen__entry *e,
                     const char *item, nen_error *error) {
    uint64_t bits[2];
    const uint64_t *sites = nen__site_bits(&in->c, bits) ? bits : NULL;
    const int word = nen_word_find(field, item);
    if (word >= 0 && (e->origin == NEN__IMPLIED ||
                      nen__fits_site(nen_word(field, (unsigned)word), sites))) {
        return word;
    }
    nen__fail_word(error, field, e, item, sites);
    return -1;
}

static void add_word(nen_value *v, unsigned field, unsigned word) {
    const nen_word_info *info = nen_word(field, word);
    if (info->group) {
        v->set[0] |= info->members[0];
        v->set[1] |= info->members[1];
    } else {
        v->set[word / NEN__CHUNK] |= (uint64_t)1 << (word % NEN__CHUNK);
    }
}

int nen__prefix_slot(unsigned field) {
    static const char *const names[NEN__PREFIXES] = {"t", "n", "m", "stage"};
    for (int i = 0; i < NEN__PREFIXES; i++) {
        if (nen__is(field, names[i])) return i;
    }
    return -1;
}

/* Splits "ypT3" into prefix and word when the whole is no word. */
static const char *split_prefix(nen_input *in, unsigned field, const char *text) {
    static const char *const prefixes[] = {"yc", "yp", "c", "p", "r"};
    const int slot = nen__prefix_slot(field);
    if (slot < 0 || nen_word_find(field, text) >= 0) return text;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        const size_t n = strlen(prefixes[i]);
        if (strncmp(text, prefixes[i], n) != 0) continue;
        if (nen_word_find(field, text + n) < 0) continue;
        snprintf(in->c.prefix[slot], sizeof in->c.prefix[slot], "%s", prefixes[i]);
        return text + n;
    }
    return text;
}

/* A word field; an implied value may be "one|other". */
static nen_status read_words(nen_input *in, unsigned field, const nen__entry *e,
                             nen_value *v, nen_error *error) {
    const char *text = split_prefix(in, field, e->text);
    while (*text) {
        char item[ITEM_CAP];
        const size_t n = e->origin == NEN__IMPLIED ? strcspn(text, "|") : strlen(text);
        snprintf(item, sizeof item, "%.*s", (int)n, text);
        const int word = n < sizeof item ? read_word(in, field, e, item, error) : -1;
        if (word < 0 && error->code == NEN_OK) {
            nen__fail_word(error, field, e, item, NULL);
        }
        if (word < 0) return error->code;
        add_word(v, field, (unsigned)word);
        text += text[n] ? n + 1 : n;
    }
    v->known = NEN_KNOWN;
    return NEN_OK;
}

/* ---- lists --------------------------------------------------------------------- */

nen_status nen__step_add(nen_input *in, unsigned option, nen_stopped stopped,
                         double months, const nen__entry *e, nen_error *error) {
    if (in->c.priors >= NEN_STEPS_MAX) {
        return nen__fail(error, NEN_ERR_CAPACITY, e,
                         "more earlier treatments than fit");
    }
    in->c.prior[in->c.priors++] =
        (nen_step){(uint16_t)option, (uint8_t)stopped, months};
    return NEN_OK;
}

nen_status nen__list_item(nen_input *in, unsigned field, const nen__entry *e,
                          const char *item, nen_value *v, nen_error *error) {
    char name[NEN__NAME_CAP];
    nen__name(item, name);
    if (!strcmp(name, "perhaps_more")) {
        v->flags |= NEN_PERHAPS_MORE;
        return NEN_OK;
    }
    const int word = read_word(in, field, e, item, error);
    if (word < 0) return error->code;
    add_word(v, field, (unsigned)word);
    if (!nen__is(field, "prior") || in->told[field]) return NEN_OK;
    return nen__step_add(in, (unsigned)word, NEN_STOPPED_UNKNOWN, 0, e, error);
}

/* `[]`: looked for, none; a field with a word for that gets the word. */
static void empty_list(unsigned field, nen_value *v) {
    const int none = nen_word_find(field, "none");
    if (none >= 0) add_word(v, field, (unsigned)none);
}

static bool means_none(const char *text) {
    char name[NEN__NAME_CAP];
    nen__name(text, name);
    return !strcmp(name, "none") || !strcmp(name, "[]");
}

static nen_status read_list(nen_input *in, unsigned field, const nen__entry *e,
                            nen_value *v, nen_error *error) {
    const char *text = e->text;
    if (e->origin == NEN__NUMBER || e->origin == NEN__BOOL) {
        return nen__fail_type(error, field, e);
    }
    v->known = NEN_KNOWN;
    if (means_none(text)) return empty_list(field, v), NEN_OK;
    while (*text) {
        char item[ITEM_CAP];
        text += strspn(text, " ");
        size_t n = strcspn(text, ",;");
        const size_t next = text[n] ? n + 1 : n;
        while (n && text[n - 1] == ' ') {
            n--;
        }
        if (n >= sizeof item) return nen__fail_word(error, field, e, text, NULL);
        snprintf(item, sizeof item, "%.*s", (int)n, text);
        const nen_status status = nen__list_item(in, field, e, item, v, error);
        if (status != NEN_OK) return status;
        text += next;
    }
    return NEN_OK;
}

/* ---- text ---------------------------------------------------------------------- */

static nen_status read_text(nen_input *in, unsigned field, const nen__entry *e,
                            nen_value *v, nen_error *error) {
    char *out = nen__is(field, "id") ? in->c.id : in->c.site_text;
    if (e->origin == NEN__BOOL) return nen__fail_type(error, field, e);
    if (strlen(e->text) >= NEN_ID_CAP) {
        nen__fail(error, NEN_ERR_RANGE, e, "the text is too long: 63 bytes at most");
        nen__append(error->allowed, sizeof error->allowed, "63 bytes at most");
        return NEN_ERR_RANGE;
    }
    if (in->told[field] && strcmp(out, e->text) != 0) {
        v->num.lo = 1; /* differs: see store */
    } else {
        snprintf(out, NEN_ID_CAP, "%s", e->text);
    }
    v->known = NEN_KNOWN;
    return NEN_OK;
}

/* ---- what was told before ------------------------------------------------------ */

static bool is_set(unsigned field) {
    const uint8_t type = nen_field(field)->type;
    return type == NEN_TYPE_WORD || type == NEN_TYPE_LIST;
}

static bool same_value(unsigned field, const nen_value *a, const nen_value *b) {
    const uint8_t kept = NEN_LO_OPEN | NEN_HI_OPEN | NEN_PERHAPS_MORE;
    if (a->known != b->known || (a->flags & kept) != (b->flags & kept)) return false;
    if (is_set(field)) return a->set[0] == b->set[0] && a->set[1] == b->set[1];
    return a->num.lo == b->num.lo && a->num.hi == b->num.hi;
}

static nen_status fail_twice(nen_input *in, unsigned field, const nen__entry *e,
                             nen_error *error) {
    char before[NEN__SHOWN_CAP], text[NEN__TEXT_CAP];
    const nen_place first = in->place[field];
    nen__value_text(&in->c, field, before, sizeof before);
    if (first.line) {
        snprintf(text, sizeof text,
                 "%s was told twice: %.60s (line %u, byte %u) and %.60s "
                 "(line %u, byte %u)",
                 nen_field(field)->name, before, first.line, first.byte, e->text,
                 e->place.line, e->place.byte);
    } else {
        snprintf(text, sizeof text, "%s was told twice: %.60s and %.60s",
                 nen_field(field)->name, before, e->text);
    }
    nen__fail(error, NEN_ERR_IMPOSSIBLE, e, text);
    nen__utf8_trim(error->text);
    return NEN_ERR_IMPOSSIBLE;
}

/* Keeps what both say of a word field: {adrenal, paraganglioma} and adrenal. */
static bool narrow(nen_value *kept, const nen_value *by) {
    const uint64_t lo = kept->set[0] & by->set[0], hi = kept->set[1] & by->set[1];
    if (!lo && !hi) return false;
    kept->set[0] = lo;
    kept->set[1] = hi;
    return true;
}

/* An implied value never overrules an entered one; it may narrow it. */
static nen_status store_implied(nen_input *in, unsigned field, const nen_value *v,
                                const nen__entry *e) {
    nen_value *kept = &in->c.field[field];
    if (!in->told[field]) {
        *kept = *v;
        in->told[field] = NEN__TOLD_IMPLIED;
    } else if (nen_field(field)->type != NEN_TYPE_WORD || !narrow(kept, v)) {
        if (!same_value(field, kept, v)) {
            nen__set_aside(in, e, NEN_T_IGNORED_OTHER_ENTRY);
        }
    }
    return NEN_OK;
}

/* An entered value takes the place of an implied one, and keeps what that narrows. */
static void store_over(nen_value *kept, unsigned field, const nen_value *v) {
    const nen_value before = *kept;
    *kept = *v;
    if (nen_field(field)->type == NEN_TYPE_WORD) narrow(kept, &before);
    if (nen_field(field)->type == NEN_TYPE_LIST) {
        kept->set[0] |= before.set[0];
        kept->set[1] |= before.set[1];
    }
}

nen_status nen__store(nen_input *in, unsigned field, const nen_value *v,
                      const nen__entry *e, nen_error *error) {
    nen_value *kept = &in->c.field[field];
    if (e->origin == NEN__IMPLIED) return store_implied(in, field, v, e);
    if (in->told[field] == NEN__TOLD_ENTERED) {
        return same_value(field, kept, v) ? NEN_OK : fail_twice(in, field, e, error);
    }
    if (in->told[field] == NEN__TOLD_IMPLIED) {
        store_over(kept, field, v);
    } else {
        *kept = *v;
    }
    in->told[field] = NEN__TOLD_ENTERED;
    in->place[field] = e->place;
    return NEN_OK;
}

/* ---- one entry ----------------------------------------------------------------- */

/* ICD-O-3 gives the histology, never a grade. */
static nen_status imply_histology(nen_input *in, const nen__entry *e,
                                  nen_error *error) {
    const nen_table *table = nen_table_get((unsigned)nen_table_find("icdo3"));
    const int row = table ? nen_table_row(table, "code", e->text) : -1;
    const char *word = row < 0 ? NULL : nen_cell(table, (unsigned)row, "histology");
    if (!word || !strcmp(word, "-")) return NEN_OK;
    const nen__entry next = {"histology", word, NEN__IMPLIED, e->place};
    return nen__enter(in, &next, error);
}

static nen_status read_value(nen_input *in, unsigned field, const nen__entry *e,
                             nen_value *v, nen_error *error) {
    *v = (nen_value){0};
    switch (nen_field(field)->type) {
        case NEN_TYPE_WORD:
            return read_words(in, field, e, v, error);
        case NEN_TYPE_LIST:
            return read_list(in, field, e, v, error);
        case NEN_TYPE_NUMBER:
        case NEN_TYPE_COUNT:
            return nen__read_number(field, e, v, error);
        case NEN_TYPE_TEXT:
            return read_text(in, field, e, v, error);
        default:
            return nen__read_code(field, e, v, error);
    }
}

/* A JSON number or yes/no where words are wanted is a wrong type, not a wrong word. */
static nen_status retype(unsigned field, const nen__entry *e, nen_status status,
                         nen_error *error) {
    const bool literal = e->origin == NEN__NUMBER || e->origin == NEN__BOOL;
    if (status != NEN_ERR_WORD || !literal) return status;
    *error = (nen_error){0};
    return nen__fail_type(error, field, e);
}

nen_status nen__enter_field(nen_input *in, unsigned field, const nen__entry *e,
                            nen_error *error) {
    nen_value v;
    if (nen_field(field)->derived) {
        return nen__fail(error, NEN_ERR_FIELD, e,
                         "this field is worked out from others and never entered");
    }
    nen_status status = read_value(in, field, e, &v, error);
    if (status != NEN_OK) return retype(field, e, status, error);
    status = nen__store(in, field, &v, e, error);
    if (status == NEN_OK && nen__is(field, "icdo3")) {
        status = imply_histology(in, e, error);
    }
    return status;
}

static bool is_name(const char *written) {
    char name[NEN__NAME_CAP];
    nen__name(written, name);
    return strlen(written) < NEN__NAME_CAP && nen__is_alias_name(name);
}

/* A name that stands for other fields, with a value it does not take. */
static nen_status fail_value(const nen__entry *e, nen_error *error) {
    char name[NEN__NAME_CAP];
    nen__name(e->name, name);
    nen__fail(error, NEN_ERR_TYPE, e, "not a value of this field; allowed: ");
    nen__alias_values(name, error->allowed, sizeof error->allowed);
    nen__append(error->text, sizeof error->text, error->allowed);
    return NEN_ERR_TYPE;
}

/* "pM": "M0" is "m": "pM0". */
static nen_status enter_prefixed(nen_input *in, unsigned field, const char *prefix,
                                 const nen__entry *e, nen_error *error) {
    char text[ITEM_CAP];
    snprintf(text, sizeof text, "%s%.40s", prefix, e->text);
    const nen__entry next = {e->name, text, e->origin, e->place};
    return nen__enter_field(in, field, &next, error);
}

nen_status nen__enter(nen_input *in, const nen__entry *e, nen_error *error) {
    char prefix[PREFIX_CAP] = "";
    bool done;
    int field = nen__field_named(e->name);
    if (field < 0) field = prefixed_field(e->name, prefix);
    if (field < 0 && !is_name(e->name)) return nen__fail_field(error, e);
    if (nen__absent(field, e->text)) return NEN_OK;
    if (*prefix) return enter_prefixed(in, (unsigned)field, prefix, e, error);
    const nen_status status = nen__alias(in, field, e, &done, error);
    if (done) return status;
    if (field < 0) return fail_value(e, error);
    return nen__enter_field(in, (unsigned)field, e, error);
}

nen_status nen_set(nen_input *in, const char *field, const char *value,
                   nen_error *error) {
    const nen__entry e = {field, value ? value : "", NEN__TEXT, {0, 0}};
    *error = (nen_error){0};
    return nen__enter(in, &e, error);
}
