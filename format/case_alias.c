/* case_alias.c - accepted spellings that tell more, or other, than their own field. */
#include "reader.h"

#include <stdio.h>
#include <string.h>

/* `value` of `field` (by written or real name) stands for `sets`, a ';' list of
 *   field=word   entered        field~word   implied: an entered value wins
 *   field+word   added to a list that may hold more
 * "$" is the value as written, "*" any value. */
typedef struct alias {
    const char *field, *value, *sets;
} alias;

static const alias aliases[] = {
    {"site", "jejunum", "site=jejunum_ileum;subsite~jejunum"},
    {"site", "ileum", "site=jejunum_ileum;subsite~ileum"},
    {"site", "small_bowel", "site=jejunum_ileum"},
    {"site", "caecum", "site=colon;subsite~caecum"},
    {"site", "cecum", "site=colon;subsite~caecum"},
    {"site", "phaeochromocytoma", "site=adrenal"},
    {"site", "pheochromocytoma", "site=adrenal"},
    {"site", "unknown_primary", "site=unknown"},
    {"site_suspected", "*", "site=$;histology_confirmed~false"},
    {"paraganglioma_type", "pheochromocytoma",
     "paraganglioma_type=pheochromocytoma;site~adrenal"},
    {"paraganglioma_type", "phaeochromocytoma",
     "paraganglioma_type=pheochromocytoma;site~adrenal"},
    {"paraganglioma_type", "sympathetic_paraganglioma",
     "paraganglioma_type=sympathetic;site~paraganglioma"},
    {"paraganglioma_type", "parasympathetic_paraganglioma",
     "paraganglioma_type=parasympathetic;site~paraganglioma"},
    {"differentiation", "carcinoid", "differentiation=well;histology~carcinoid_nos"},
    {"differentiation", "large", "differentiation=poor;cell_type=large"},
    {"differentiation", "small", "differentiation=poor;cell_type=small"},
    {"histology", "carcinoid", "histology=carcinoid_nos"},
    {"minen", "true", "histology=minen"},
    {"minen", "false", ""},
    {"grade", "mcc", "histology=merkel"},
    {"stage", "localised", "spread=localized"},
    {"stage", "localized", "spread=localized"},
    {"stage", "regional", "spread=regional"},
    {"stage", "locoregional", "spread=regional"},
    {"stage", "metastatic", "spread=distant"},
    {"stage", "distant", "spread=distant"},
    {"stage", "resected_r0", "residual~none;margin~R0;spread~localized|regional"},
    {"men1", "true", "germline+MEN1;germline_tested+MEN1"},
    {"men1", "false", "germline_tested+MEN1"},
    {"vhl", "true", "germline+VHL;germline_tested+VHL"},
    {"vhl", "false", "germline_tested+VHL"},
    {"secreting", "true", "syndrome=catecholamine"},
    {"secreting", "false", "functioning=false"},
    {"syndrome", "true", "functioning=true"},
    {"syndrome", "false", "functioning=false"},
    {"syndrome", "carcinoid_syndrome", "syndrome=carcinoid"},
    {"syndrome", "acth", "syndrome=cushing"},
    {"syndrome", "other_functioning", "syndrome=other"},
    {"high_burden", "true", "burden=high"},
    {"high_burden", "false", "burden=low"},
    {"planned_procedure", "true", "planned_procedure=surgery"},
    {"planned_procedure", "false", "planned_procedure=none"},
    {"necrosis", "true", "necrosis=present"},
    {"necrosis", "yes", "necrosis=present"},
    {"necrosis", "false", "necrosis=absent"},
    {"necrosis", "no", "necrosis=absent"},
    {"sstr", "heterogeneous", "sstr=mixed"},
    {"dpd", "complete_deficiency", "dpd=complete"},
    {"region", "china", "region=CN"},
};

/* Names that are other fields' names in some file or other. */
static const struct renamed {
    const char *name, *field;
} renames[] = {
    {"morphology", "differentiation"}, {"functional", "syndrome"},
    {"genetics", "germline"},          {"procedure", "planned_procedure"},
    {"type", "paraganglioma_type"},    {"5_hiaa", "hiaa5"},
    {"cga", "chromogranin_a"},         {"n_group", "n"},
};

const char *nen__renamed(const char *name) {
    for (size_t i = 0; i < sizeof renames / sizeof *renames; i++) {
        if (!strcmp(name, renames[i].name)) return renames[i].field;
    }
    return NULL;
}

enum { ALIASES = sizeof aliases / sizeof *aliases };

bool nen__is_alias_name(const char *name) {
    for (size_t i = 0; i < ALIASES; i++) {
        if (!strcmp(name, aliases[i].field)) return true;
    }
    return !strcmp(name, "symptom");
}

void nen__alias_values(const char *name, char *out, size_t cap) {
    out[0] = 0;
    for (size_t i = 0; i < ALIASES; i++) {
        if (strcmp(name, aliases[i].field) != 0) continue;
        if (out[0]) nen__append(out, cap, ", ");
        nen__append(out, cap, aliases[i].value);
    }
    if (!strcmp(name, "symptom")) nen__append(out, cap, "diarrhoea N/day");
}

/* "yes" and "no" where an alias says true and false. */
static bool value_is(const char *alias_value, const char *value) {
    if (!strcmp(alias_value, "*") || !strcmp(alias_value, value)) return true;
    if (!strcmp(alias_value, "true")) return !strcmp(value, "yes");
    return !strcmp(alias_value, "false") && !strcmp(value, "no");
}

static const alias *find(const char *name, const char *value) {
    for (size_t i = 0; i < ALIASES; i++) {
        if (!strcmp(name, aliases[i].field) && value_is(aliases[i].value, value)) {
            return &aliases[i];
        }
    }
    return NULL;
}

/* Adds one word to a list without closing it. */
static nen_status add(nen_input *in, int field, const char *word, const nen__entry *e,
                      nen_error *error) {
    if (field < 0) return nen__fail_field(error, e);
    nen_value *v = &in->c.field[field];
    const nen_value before = *v;
    const nen_status status = nen__list_item(in, (unsigned)field, e, word, v, error);
    if (status != NEN_OK) {
        *v = before;
        return status;
    }
    if (!in->told[field]) {
        v->flags |= NEN_PERHAPS_MORE;
        in->told[field] = NEN__TOLD_IMPLIED;
    }
    v->known = NEN_KNOWN;
    return NEN_OK;
}

/* Enters what an alias stands for; its own field is not looked up as alias again. */
static nen_status enter(nen_input *in, const alias *from, const nen__entry *next,
                        nen_error *error) {
    const int field = nen_field_find(next->name);
    if (field < 0) return nen__fail_field(error, next);
    if (!strcmp(from->field, next->name)) {
        return nen__enter_field(in, (unsigned)field, next, error);
    }
    return nen__enter(in, next, error);
}

/* "vhl": false beside a germline list that names VHL. */
static nen_status check_negative(const nen_input *in, const alias *from,
                                 const nen__entry *e, nen_error *error) {
    const int field = nen_field_find("germline");
    const int gene = field < 0 ? -1 : nen_word_find((unsigned)field, from->field);
    if (gene < 0 || strcmp(from->value, "false") != 0) return NEN_OK;
    const nen_value *v = &in->c.field[field];
    if (v->known != NEN_KNOWN || !nen__in(v->set, (unsigned)gene)) return NEN_OK;
    return nen__fail(
        error, NEN_ERR_IMPOSSIBLE, e,
        "the germline list names this gene as changed, this says it is not");
}

/* One "field=word" of an alias. */
static nen_status set_one(nen_input *in, const alias *from, const char *item,
                          const nen__entry *e, nen_error *error) {
    char name[NEN__NAME_CAP], word[NEN__VALUE_CAP];
    const size_t n = strcspn(item, "=~+");
    const char how = item[n];
    snprintf(name, sizeof name, "%.*s", (int)n, item);
    snprintf(word, sizeof word, "%s", item[n + 1] == '$' ? e->text : item + n + 1);
    if (how == '+') return add(in, nen_field_find(name), word, e, error);
    nen__entry next = {name, word, e->origin, e->place};
    if (how == '~') {
        next.origin = NEN__IMPLIED;
    } else if (next.origin == NEN__BOOL) {
        next.origin = NEN__TEXT;
    }
    const nen_status status = enter(in, from, &next, error);
    /* the message shows what the person wrote, not what it stands for */
    if (status != NEN_OK) snprintf(error->field, sizeof error->field, "%.47s", e->name);
    return status;
}

static nen_status set_all(nen_input *in, const alias *from, const nen__entry *e,
                          nen_error *error) {
    const char *sets = from->sets;
    nen_status status = check_negative(in, from, e, error);
    while (*sets && status == NEN_OK) {
        char item[NEN__VALUE_CAP];
        const size_t n = strcspn(sets, ";");
        snprintf(item, sizeof item, "%.*s", (int)n, sets);
        status = set_one(in, from, item, e, error);
        sets += sets[n] ? n + 1 : n;
    }
    return status;
}

/* "diarrhoea 6/day" tells the number of stools; other symptoms have no field. */
static nen_status symptom(nen_input *in, const nen__entry *e, nen_error *error) {
    static const char *const starts[] = {"diarrhoea", "diarrhea"};
    nen__decimal count;
    char number[NEN__NAME_CAP];
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const size_t n = strlen(starts[i]);
        if (strncmp(e->text, starts[i], n) != 0) continue;
        const char *p = e->text + n + strspn(e->text + n, " :");
        const size_t length = nen__decimal_read(p, &count);
        const char *rest = p + length + strspn(p + length, " ");
        if (!length || (strcmp(rest, "/day") != 0 && strcmp(rest, "a day") != 0)) break;
        snprintf(number, sizeof number, "%.*s", (int)length, p);
        const nen__entry next = {"stools_per_day", number, NEN__TEXT, e->place};
        return nen__enter(in, &next, error);
    }
    nen__set_aside(in, e, NEN_T_IGNORED_SYMPTOM);
    return NEN_OK;
}

nen_status nen__alias(nen_input *in, int field, const nen__entry *e, bool *done,
                      nen_error *error) {
    char name[NEN__NAME_CAP], value[NEN__NAME_CAP];
    *done = true;
    nen__name(e->name, name);
    nen__name(e->text, value);
    if (!strcmp(name, "symptom")) return symptom(in, e, error);
    const alias *found =
        find(field >= 0 ? nen_field((unsigned)field)->name : name, value);
    if (found) return set_all(in, found, e, error);
    *done = false;
    return NEN_OK;
}
