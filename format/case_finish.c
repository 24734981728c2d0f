/* case_finish.c - checks of the whole case, once the last field is told. */
#include "reader.h"

#include <stdio.h>
#include <string.h>

/* A field as an entry again, for messages. */
static nen__entry entry_of(const nen_input *in, unsigned field, char *value,
                           size_t cap) {
    nen__value_text(&in->c, field, value, cap);
    return (nen__entry){nen_field(field)->name, value, NEN__TEXT, in->place[field]};
}

/* Members of a word field that no site of the case has. */
static bool misfits(unsigned field, const nen_value *v, const uint64_t *sites,
                    unsigned *word) {
    bool all = true, any = false;
    for (unsigned i = 0; nen_word(field, i); i++) {
        if (!nen__in(v->set, i)) continue;
        const bool fits = nen__fits_site(nen_word(field, i), sites);
        if (!fits) *word = i;
        any |= !fits;
        all &= !fits;
    }
    /* a group of words is wrong only when none of it fits; a list when one does not */
    return nen_field(field)->type == NEN_TYPE_LIST ? any : any && all;
}

static nen_status check_site_words(nen_input *in, unsigned field, const uint64_t *sites,
                                   nen_error *error) {
    nen_value *v = &in->c.field[field];
    char value[NEN__SHOWN_CAP];
    unsigned word = 0;
    if (v->known != NEN_KNOWN || !misfits(field, v, sites, &word)) return NEN_OK;
    const nen__entry e = entry_of(in, field, value, sizeof value);
    if (in->told[field] != NEN__TOLD_IMPLIED) {
        return nen__fail_word(error, field, &e, nen_word(field, word)->word, sites);
    }
    *v = (nen_value){0}; /* what another entry implied does not exist at this site */
    in->told[field] = 0;
    return NEN_OK;
}

static nen_status check_words(nen_input *in, nen_error *error) {
    uint64_t sites[2];
    if (!nen__site_bits(&in->c, sites)) return NEN_OK;
    for (unsigned i = 0; i < nen_field_count(); i++) {
        const uint8_t type = nen_field(i)->type;
        if (type != NEN_TYPE_WORD && type != NEN_TYPE_LIST) continue;
        const nen_status status = check_site_words(in, i, sites, error);
        if (status != NEN_OK) return status;
    }
    return NEN_OK;
}

static bool site_is(const nen_case *c, const char *word) {
    uint64_t sites[2];
    const int site = nen_field_find("site");
    const int at = site < 0 ? -1 : nen_word_find((unsigned)site, word);
    if (at < 0 || !nen__site_bits(c, sites)) return false;
    return nen__in(sites, (unsigned)at);
}

/* site_text explains `other`; beside a named site it would contradict or repeat it. */
static void check_site_text(nen_input *in) {
    const int field = nen_field_find("site_text");
    if (field < 0 || !in->c.site_text[0]) return;
    if (site_is(&in->c, "other") || site_is(&in->c, "other_digestive")) return;
    const nen__entry e = {"site_text", in->c.site_text, NEN__TEXT, {0, 0}};
    nen__set_aside(in, &e, NEN_T_IGNORED_SITE_TEXT);
    in->c.site_text[0] = 0;
    in->c.field[field] = (nen_value){0};
    in->told[field] = 0;
}

/* Stated categories keep their prefix in messages: "pM0", not "M0". */
static void with_prefix(const nen_case *c, unsigned field, char *value, size_t cap) {
    char plain[NEN__SHOWN_CAP];
    const int slot = nen__prefix_slot(field);
    if (slot < 0 || !c->prefix[slot][0]) return;
    snprintf(plain, sizeof plain, "%s", value);
    snprintf(value, cap, "%s%.70s", c->prefix[slot], plain);
}

static nen_status check_whole(nen_input *in, nen_error *error) {
    uint16_t field = NEN_NONE;
    uint16_t why = NEN_NONE;
    char value[NEN__SHOWN_CAP] = "";
    const nen_status status = nen_check(&in->c, &field, &why);
    if (status == NEN_OK) return NEN_OK;
    nen__entry e = {"", value, NEN__TEXT, {0, 0}};
    if (field != NEN_NONE) {
        e = entry_of(in, field, value, sizeof value);
        with_prefix(&in->c, field, value, sizeof value);
    }
    nen__fail(error, status, &e, "");
    if (field != NEN_NONE) {
        snprintf(error->text, sizeof error->text, "%s %s: ", e.name, value);
    }
    nen__append(error->text, sizeof error->text,
                why == NEN_NONE ? nen_status_text(status) : nen_text(0, why));
    return status;
}

nen_status nen_finish(nen_input *in, nen_error *error) {
    *error = (nen_error){0};
    check_site_text(in);
    const nen_status status = check_words(in, error);
    return status == NEN_OK ? check_whole(in, error) : status;
}
