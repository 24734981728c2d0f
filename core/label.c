/* label.c - names of grades, T, N, M, stage groups and spreads, and their stems. */
#include "internal.h"

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
    {grades, sizeof grades / sizeof *grades},
    {ts, sizeof ts / sizeof *ts},
    {ns, sizeof ns / sizeof *ns},
    {ms, sizeof ms / sizeof *ms},
    {groups, sizeof groups / sizeof *groups},
    {spreads, sizeof spreads / sizeof *spreads},
};

unsigned nen__labels(nen_label_kind kind) {
    return spaces[kind].count;
}

const char *nen_label(nen_label_kind kind, unsigned label) {
    if ((unsigned)kind >= sizeof spaces / sizeof *spaces) return "";
    return label < spaces[kind].count ? spaces[kind].text[label] : "";
}

uint64_t nen__agree(nen_label_kind kind, uint64_t possible, uint64_t stated) {
    const uint64_t *covered = nen__covered[kind];
    const uint64_t *stems = nen__stems[kind];
    uint64_t agree = 0;
    for (uint64_t s = stated; s; s &= s - 1)
        agree |= covered[nen__lowest(s)] | stems[nen__lowest(s)];
    return possible & agree;
}

unsigned nen__shared_stem(nen_label_kind kind, uint64_t possible) {
    enum { LAST = 63 };
    uint64_t stems = possible ? ~(uint64_t)0 : 0;
    for (uint64_t p = possible; p && stems; p &= p - 1)
        stems &= nen__stems[kind][nen__lowest(p)];
    return stems ? LAST - (unsigned)__builtin_clzll(stems) : NEN_LABEL_NULL;
}

const char *nen_system_name(unsigned system) {
    static const char *const names[] = {"none", "ajcc8", "ajcc9", "enets",
                                        "carcinoma_scheme"};
    return system < sizeof names / sizeof *names ? names[system] : "none";
}

const char *nen_status_text(nen_status status) {
    switch (status) {
#define X(name, text)                                                                  \
    case name:                                                                         \
        return text;
        NEN_STATUS_LIST(X)
#undef X
    }
    return "unknown status";
}
