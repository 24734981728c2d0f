/* test_random.c - random cases through the engine; what must hold for every one.
 *
 * usage: test_random [cases] [seed] [number]     (default 20000 cases, seed 1)
 * Holds: no shown option that a true exclude rule takes away (judged a second time,
 * from the rule's text); adding a field never enlarges a set of possible values; the
 * same case gives the same bits.  A failing case prints its seed and number; with the
 * number as third word that case alone is run and shown. */
#include "second_opinion.h"
#include "view.h"

/* ---- random numbers: a pure function of seed, case and draw ---------------------- */

typedef struct draw {
    uint64_t seed, number, count;
} draw;

static uint64_t mix(uint64_t x) {
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static uint64_t bits(draw *d) {
    return mix(mix(mix(d->seed) ^ d->number) ^ ++d->count);
}

static unsigned below(draw *d, unsigned n) {
    return n ? (unsigned)((bits(d) >> 32) * n >> 32) : 0;
}

static double unit(draw *d) {
    return (double)(bits(d) >> 11) / 9007199254740992.0;
}

/* ---- random cases -----------------------------------------------------------------
 */

static bool word_fits(unsigned field, unsigned word, const nen_case *c) {
    const nen_word_info *w = nen_word(field, word);
    int site = nen_field_find("site");
    if (!w) return false;
    if (!(w->sites[0] | w->sites[1])) return true;
    const nen_value *s = &c->field[site];
    return s->known == NEN_KNOWN && so_inside_of(s->set, w->sites);
}

static bool random_word(draw *d, unsigned field, const nen_case *c, nen_value *v) {
    unsigned words = nen_field(field)->words;
    for (int tries = 0; tries < 12; tries++) {
        unsigned w = below(d, words);
        const nen_word_info *info = nen_word(field, w);
        if (!word_fits(field, w, c)) continue;
        if (info->group) {
            memcpy(v->set, info->members, sizeof v->set);
        } else {
            v->set[w / 64] = (uint64_t)1 << (w % 64);
        }
        v->known = NEN_KNOWN;
        return true;
    }
    return false;
}

static void random_list(draw *d, unsigned field, const nen_case *c, nen_value *v) {
    unsigned words = nen_field(field)->words, members = below(d, 4);
    for (unsigned i = 0; i < members * 3 && members; i++) {
        unsigned w = below(d, words);
        if (!word_fits(field, w, c) || nen_word(field, w)->group) continue;
        v->set[w / 64] |= (uint64_t)1 << (w % 64);
        if (--members == 0) break;
    }
    if (below(d, 8) == 0) v->flags |= NEN_PERHAPS_MORE;
    v->known = NEN_KNOWN;
}

/* Small values are the likely ones, and cut-offs are small whole numbers. */
static double random_figure(draw *d, const nen_field_info *info) {
    double u = unit(d), span = info->hi - info->lo;
    double x = info->lo + span * u * u * u;
    if (info->type == NEN_TYPE_COUNT || below(d, 2)) x = (double)(int64_t)x;
    return x < info->lo ? info->lo : x;
}

static void random_number(draw *d, unsigned field, nen_value *v) {
    const nen_field_info *info = nen_field(field);
    v->known = NEN_KNOWN;
    if (info->not_measurable && below(d, 10) == 0) {
        v->known = NEN_NOT_MEASURABLE;
        return;
    }
    v->num.lo = v->num.hi = random_figure(d, info);
    if (below(d, 6)) return;
    double other = random_figure(d, info);
    if (other > v->num.hi) {
        v->num.hi = other;
    } else {
        v->num.lo = other;
    }
}

static void random_date(draw *d, nen_value *v) {
    unsigned year = 2017 + below(d, 10);
    v->known = NEN_KNOWN;
    v->num.lo = v->num.hi = year * 10000 + (1 + below(d, 12)) * 100 + 1 + below(d, 28);
}

/* Sets `field` of *c; false when the field takes no part here. */
static bool random_field(draw *d, unsigned field, nen_case *c) {
    const nen_field_info *info = nen_field(field);
    nen_value v;
    memset(&v, 0, sizeof v);
    if (info->derived || c->field[field].known) return false;
    switch (info->type) {
        case NEN_TYPE_BOOL:
            v.known = NEN_KNOWN;
            v.num.lo = v.num.hi = below(d, 2);
            break;
        case NEN_TYPE_WORD:
            if (!random_word(d, field, c, &v)) return false;
            break;
        case NEN_TYPE_LIST:
            random_list(d, field, c, &v);
            break;
        case NEN_TYPE_NUMBER:
        case NEN_TYPE_COUNT:
            random_number(d, field, &v);
            break;
        case NEN_TYPE_DATE:
            random_date(d, &v);
            break;
        default:
            return false; /* codes and texts: the readers' tests */
    }
    c->field[field] = v;
    return true;
}

static void random_prior(draw *d, nen_case *c) {
    int field = nen_field_find("prior");
    nen_value *v = &c->field[field];
    memset(v, 0, sizeof *v);
    v->known = NEN_KNOWN;
    c->priors = (uint8_t)below(d, 4);
    for (unsigned i = 0; i < c->priors; i++) {
        unsigned w = below(d, nen_field((unsigned)field)->words);
        c->prior[i].option = (uint16_t)w;
        c->prior[i].stopped = (uint8_t)below(d, 5);
        v->set[w / 64] |= (uint64_t)1 << (w % 64);
    }
}

/* What a report states in words beside the facts; drawn at random it mostly contradicts
 * them, so two cases of three go without. */
static bool is_statement(unsigned field) {
    static const char *const names[] = {"t", "n", "m", "stage", "spread", "grade"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(nen_field(field)->name, names[i])) return true;
    return false;
}

static void random_case(draw *d, nen_case *c) {
    memset(c, 0, sizeof *c);
    unsigned fields = nen_field_count(), site = (unsigned)nen_field_find("site");
    unsigned prior = (unsigned)nen_field_find("prior");
    unsigned share = 1 + below(d, 12); /* some cases are full, most are sparse */
    const bool stated = below(d, 3) == 0;
    if (below(d, 20)) random_field(d, site, c);
    for (unsigned f = 0; f < fields; f++) {
        if (f != prior && (stated || !is_statement(f)) && below(d, 16) < share)
            random_field(d, f, c);
    }
    if (below(d, 2)) random_prior(d, c);
}

/* ---- what must hold -----------------------------------------------------------------
 */

typedef struct rule {
    int when, requires;
    so_set options;
    bool every; /* the rule names no option: it speaks of the case */
    bool label; /* it says where a label must not be on, not what is excluded */
    char region[64];
    const char *id;
} rule;

enum { RULES_MAX = 256 };
typedef struct checker {
    so_tree tree;
    rule rules[RULES_MAX];
    unsigned count;
    unsigned long refused, judged, grown, changed, broken, pairs, items, skipped;
    bool show;
} checker;

static checker check;

static void rule_options(rule *r, const char *cell) {
    r->every = strcmp(cell, "-") == 0;
    while (!r->every && *cell) {
        char word[96];
        size_t n = strcspn(cell, ", ");
        snprintf(word, sizeof word, "%.*s", (int)n, cell);
        so_text t = {word, &check.tree};
        if (n) so_read_set(&t, &r->options, -1);
        cell += n + (cell[n] != '\0');
    }
}

static void load_rules(void) {
    int at = nen_table_find("rules");
    const nen_table *rules = at < 0 ? NULL : nen_table_get((unsigned)at);
    for (unsigned i = 0; rules && i < rules->rows && check.count < RULES_MAX; i++) {
        const bool label = strcmp(nen_cell(rules, i, "effect"), "label_off") == 0;
        const bool never = strcmp(nen_cell(rules, i, "effect"), "exclude") == 0 &&
                           strcmp(nen_cell(rules, i, "severity"), "must_never") == 0;
        if (!label && !never) continue;
        rule *r = &check.rules[check.count++];
        memset(r, 0, sizeof *r);
        r->label = label;
        r->id = nen_cell(rules, i, "id");
        r->when = so_parse(&check.tree, nen_cell(rules, i, "when"));
        r->requires = so_parse(&check.tree, nen_cell(rules, i, "requires"));
        snprintf(r->region, sizeof r->region, "%s", nen_cell(rules, i, "region"));
        rule_options(r, nen_cell(rules, i, "options"));
    }
}

static bool region_fits(const rule *r, const nen_case *c) {
    if (strcmp(r->region, "-") == 0 || !*r->region) return true;
    int field = nen_field_find("region");
    const nen_value *v = &c->field[field];
    for (unsigned w = 0; w < nen_field((unsigned)field)->words; w++) {
        if (v->known && (v->set[w / 64] >> (w % 64) & 1) &&
            !strstr(r->region, nen_word((unsigned)field, w)->word))
            return false;
    }
    return v->known == NEN_KNOWN;
}

static bool shown(const nen_option_result *o) {
    return o->status == NEN_OPTION_FITS || o->status == NEN_OPTION_CONDITIONAL ||
           o->status == NEN_OPTION_NEEDS_TEST;
}

static void report(const draw *d, const char *what, const char *more,
                   const char *detail) {
    printf("FAIL seed %lu case %lu: %s, %s %s\n", (unsigned long)d->seed,
           (unsigned long)d->number, what, more, detail);
}

/* Is the label on in a region of the rule? */
static bool on_label(const rule *r, const nen_option_result *o) {
    const bool any = strcmp(r->region, "-") == 0;
    for (unsigned i = 0; i < NEN_REGIONS; i++) {
        if (o->label[i] == NEN_LABEL_ON &&
            (any || strstr(r->region, nen_region_name(i))))
            return true;
    }
    return false;
}

static bool speaks(const rule *r, const nen_dossier *out, unsigned o) {
    if (!(r->options.bits[o / 64] >> (o % 64) & 1) || r->every) return false;
    if (r->label) return on_label(r, &out->option[o]);
    return shown(&out->option[o]) && region_fits(r, &out->facts);
}

static void rules_hold(const draw *d, const nen_dossier *out) {
    for (unsigned o = 0; o < nen_option_count(); o++) {
        so_facts facts = {&out->facts, o};
        for (unsigned i = 0; i < check.count; i++) {
            const rule *r = &check.rules[i];
            if (!speaks(r, out, o)) continue;
            check.judged++;
            if (so_judge(&check.tree, r->requires, &facts) != NEN_TRUE ||
                so_judge(&check.tree, r->when, &facts) != NEN_TRUE)
                continue;
            if (check.broken++ < 20) report(d, r->id, nen_option_id(o), "");
        }
    }
}

/* The six items that are compared, as bits in the order of item_names. */
enum { GRADE = 1, T = 2, N = 4, M = 8, GROUP = 16, SPREAD = 32, ALL = 63 };
enum { ALL_TNM = T | N | M | GROUP };

/* A conflict sets aside the items that its two sides could both decide: a histology
 * against counts the grade alone, against a site or a differentiation everything. */
static unsigned touched(const nen_warning *w) {
    static const struct {
        const char *code;
        unsigned items;
    } list[] = {{"conflict.grade", GRADE},
                {"conflict.counts", GRADE},
                {"conflict.cell_type", GRADE},
                {"conflict.t", T | GROUP},
                {"conflict.n", N | GROUP | SPREAD},
                {"conflict.m", M | GROUP | SPREAD},
                {"conflict.stage", ALL & ~GRADE},
                {"conflict.spread", N | M | GROUP | SPREAD}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strcmp(w->code, list[i].code) == 0) return list[i].items;
    const bool counts = w->field[1] == nen_field_find("mitoses_per_2mm2") ||
                        w->field[1] == nen_field_find("size_mm");
    return counts ? GRADE : ALL;
}

/* A told stage ties T, N and M together: a conflict in one frees the others. */
static unsigned conflicting(const nen_dossier *out) {
    unsigned items = 0;
    for (unsigned i = 0; i < out->warnings; i++) {
        if (strncmp(out->warning[i].code, "conflict", 8) == 0)
            items |= touched(&out->warning[i]);
    }
    const bool stage_told = out->facts.field[nen_field_find("stage")].known;
    if (stage_told && (items & ~(unsigned)GRADE)) items |= ALL & ~GRADE;
    return out->warnings == NEN_WARN_MAX ? ALL : items;
}

static bool one_site(const nen_case *c) {
    const nen_value *v = &c->field[nen_field_find("site")];
    return __builtin_popcountll(v->set[0]) + __builtin_popcountll(v->set[1]) == 1;
}

/* T, N, M and the group of two systems are not comparable, nor grades of two; spread
 * is. A date or a system told beside several possible sites may change one site's
 * edition. */
static unsigned other_system(const nen_dossier *before, const nen_dossier *after,
                             unsigned added) {
    const unsigned is = after->staging.system;
    const char *name = nen_field(added)->name;
    const bool chooses = !strcmp(name, "system") || !strcmp(name, "diagnosed");
    const bool same = is == before->staging.system || is == NEN_SYSTEM_CARCINOMA ||
                      is == NEN_SYSTEM_NONE;
    unsigned items = same && (!chooses || one_site(&after->facts)) ? 0 : ALL_TNM;
    if (after->grading.system != before->grading.system) items |= GRADE;
    /* outside the NET schemes a stated T or stage is not compared: no warning says it
     */
    const nen_value *told = after->facts.field;
    const bool scheme = is != NEN_SYSTEM_NONE && is != NEN_SYSTEM_CARCINOMA;
    if (!scheme &&
        (told[nen_field_find("t")].known || told[nen_field_find("stage")].known))
        items |= SPREAD;
    return items;
}

static const char *const item_names[] = {"grade", "t", "n", "m", "group", "spread"};

static void items_of(const nen_dossier *out, const nen_item *items[6]) {
    items[0] = &out->grading.grade;
    items[1] = &out->staging.t;
    items[2] = &out->staging.n;
    items[3] = &out->staging.m;
    items[4] = &out->staging.group;
    items[5] = &out->staging.spread;
}

static void gained(nen_label_kind kind, uint64_t was, uint64_t is, char *buf,
                   size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__put(&b, "wins ");
    nen__put_labels(&b, kind, is & ~was, "|", 0);
    nen__put(&b, " beside ");
    nen__put_labels(&b, kind, was, "|", 0);
    nen__buf_end(&b);
}

/* The case as flags, to try by hand. */
static void show_case(const nen_case *c) {
    static char line[8192];
    for (unsigned f = 0; f < nen_field_count(); f++) {
        if (!c->field[f].known) continue;
        nen__buf b = nen__buf_over(line, sizeof line);
        nen__put_value(&b, c, f);
        nen__buf_end(&b);
        printf("  --%s '%s'\n", nen_field(f)->name, line);
    }
}

/* Mostly a field that the first answer missed: the others change little. */
static unsigned field_to_add(draw *d, const nen_dossier *before) {
    unsigned f = below(d, nen_field_count());
    if (below(d, 4) == 0) return f;
    for (int tries = 0; tries < 40; tries++) {
        if (before->not_told[f / 64] >> (f % 64) & 1) break;
        f = below(d, nen_field_count());
    }
    return f;
}

/* Adds one field; no set of possible values may win a member. */
static void only_shrinks(draw *d, const nen_case *c, const nen_dossier *before) {
    static nen_case more;
    static nen_dossier after;
    const nen_config config = {0};
    uint16_t field, why;
    more = *c;
    const unsigned added = field_to_add(d, before);
    if (!random_field(d, added, &more)) return;
    if (nen_check(&more, &field, &why) != NEN_OK) return;
    if (nen_grade_and_stage(&more, &config, &after) != NEN_OK) return;
    const unsigned aside =
        conflicting(before) | conflicting(&after) | other_system(before, &after, added);
    check.pairs++;
    const nen_item *was[6], *is[6];
    items_of(before, was);
    items_of(&after, is);
    bool grew = false;
    for (int i = 0; i < 6; i++) {
        const bool compared = !(aside >> i & 1);
        check.items += compared;
        check.skipped += !compared;
        if (compared && is[i]->possible & ~was[i]->possible) {
            char text[512];
            gained((nen_label_kind)i, was[i]->possible, is[i]->possible, text,
                   sizeof text);
            grew = true;
            if (check.grown < 20)
                report(d, nen_field(added)->name, item_names[i], text);
        }
    }
    check.grown += grew;
    if (check.show) show_case(&more);
}

static void one_case(draw *d) {
    static nen_case c;
    static nen_dossier out, again;
    const nen_config config = {0};
    uint16_t field, why;
    random_case(d, &c);
    if (nen_check(&c, &field, &why) != NEN_OK) {
        check.refused++;
        return;
    }
    memset(&out, 0, sizeof out);
    memset(&again, 0, sizeof again);
    if (nen_answer(&c, &config, &out) != NEN_OK ||
        nen_answer(&c, &config, &again) != NEN_OK) {
        if (check.changed++ < 20) report(d, "a checked case", "not answered", "");
        return;
    }
    const void *first = &out, *second = &again; /* every byte, padding too */
    if (memcmp(first, second, sizeof out) != 0 && check.changed++ < 20)
        report(d, "the second answer", "differs", "");
    rules_hold(d, &out);
    only_shrinks(d, &c, &out);
}

int main(int argc, char **argv) {
    unsigned long want = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000;
    draw d = {argc > 2 ? strtoul(argv[2], NULL, 10) : 1, 0, 0};
    load_rules();
    if (argc > 3) {
        d.number = strtoul(argv[3], NULL, 10);
        check.show = true;
        one_case(&d);
        return 0;
    }
    unsigned long done = 0;
    for (; done < want && d.number < want * 50; d.number++) {
        unsigned long refused = check.refused;
        d.count = 0;
        one_case(&d);
        done += refused == check.refused;
    }
    const unsigned long items = check.items + check.skipped;
    printf("random cases: %lu answered, %lu refused, %u exclude and label rules "
           "judged %lu times, %lu pairs with one more field, %.1f %% of their items "
           "set aside "
           "(in conflict or of another system)\n",
           done, check.refused, check.count, check.judged, check.pairs,
           items ? 100.0 * (double)check.skipped / (double)items : 0.0);
    if (check.tree.bad) printf("FAIL %d texts of rules not read\n", check.tree.bad);
    int failed = (done < want) + (check.broken > 0) + (check.grown > 0) +
                 (check.changed > 0) + (check.tree.bad > 0 || !check.count);
    if (check.broken + check.grown + check.changed) {
        printf("FAIL broken rules %lu, grown sets %lu, changed answers %lu\n",
               check.broken, check.grown, check.changed);
    }
    printf("%d passed, %d failed\n", 5 - failed, failed);
    return failed > 0;
}
