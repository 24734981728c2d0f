/* label.c - names of grades, T, N, M, stage groups and spreads, and their stems. */
#include "internal.h"

#include <string.h>

#define X(name) #name,
static const char *const grades[] = {NEN__GRADES(X)};
static const char *const ts[] = {NEN__TS(X)};
static const char *const ns[] = {NEN__NS(X)};
static const char *const ms[] = {NEN__MS(X)};
static const char *const groups[] = {NEN__GROUPS(X)};
static const char *const spreads[] = {NEN__SPREADS(X)};
#undef X

static const struct {
    const char *const *text;
    unsigned count;
} spaces[] = {
    {grades, sizeof grades / sizeof *grades}, {ts, sizeof ts / sizeof *ts},
    {ns, sizeof ns / sizeof *ns},             {ms, sizeof ms / sizeof *ms},
    {groups, sizeof groups / sizeof *groups}, {spreads, sizeof spreads / sizeof *spreads},
};

unsigned nen__labels(nen_label_kind kind) {
    return spaces[kind].count;
}

const char *nen_label(nen_label_kind kind, unsigned label) {
    if ((unsigned)kind >= sizeof spaces / sizeof *spaces) return "";
    return label < spaces[kind].count ? spaces[kind].text[label] : "";
}

/* Length of a group's roman numeral: 3 of "IIIB". */
static size_t numeral(const char *group) {
    return strspn(group, "IV");
}

bool nen__covers(nen_label_kind kind, unsigned wide, unsigned narrow) {
    const char *w = nen_label(kind, wide), *n = nen_label(kind, narrow);
    if (wide == narrow) return true;
    if (kind == NEN_LABEL_GRADE || kind == NEN_LABEL_SPREAD) return false;
    const size_t len = strlen(w);
    if (strncmp(w, n, len)) return false;
    return kind != NEN_LABEL_GROUP || numeral(w) == numeral(n);
}

uint64_t nen__agree(nen_label_kind kind, uint64_t possible, uint64_t stated) {
    uint64_t out = possible & stated;
    for (uint64_t p = possible & ~out; p; p &= p - 1) {
        const unsigned label = nen__lowest(p);
        for (uint64_t s = stated; s; s &= s - 1) {
            const unsigned said = nen__lowest(s);
            if (nen__covers(kind, said, label) || nen__covers(kind, label, said))
                out |= (uint64_t)1 << label;
        }
    }
    return out;
}

unsigned nen__shared_stem(nen_label_kind kind, uint64_t possible) {
    if (!possible) return NEN_LABEL_NULL;
    for (unsigned wide = nen__labels(kind); wide-- > 0;) {
        bool all = true;
        for (uint64_t p = possible; p && all; p &= p - 1)
            all = nen__covers(kind, wide, nen__lowest(p));
        if (all) return wide;
    }
    return NEN_LABEL_NULL;
}

const char *nen_system_name(unsigned system) {
    static const char *const names[] = {"none", "ajcc8", "ajcc9", "enets",
                                        "carcinoma_scheme"};
    return system < sizeof names / sizeof *names ? names[system] : "none";
}

const char *nen_status_text(nen_status status) {
    switch (status) {
#define X(name, text)                                                                  \
    case name: return text;
        NEN_STATUS_LIST(X)
#undef X
    }
    return "unknown status";
}
