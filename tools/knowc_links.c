/* knowc_links.c - cells of the tables that are only looked up: words and references. */
#include "knowc.h"

#include <string.h>

enum { ITEM_MAX = 256 };

static const char *field_words(const kc *k, const char *name) {
    const int f = kp_field_find(&k->vocab, name);
    kc_buf out = {0};
    for (unsigned w = 0; f >= 0 && w < k->field[f].words; w++)
        if (!k->word[f][w].group) kc_print(&out, "%s ", k->word[f][w].word);
    return out.text ? out.text : "";
}

/* Each row's cell is one of `words`. */
static void each(kc *k, kc_name table, const char *column, const char *words,
                 int dash) {
    for (kc_at at = kc_first(k, table); kc_on(&at); at.row++)
        kc_choice(&at, column, words, dash);
}

static void each_number(kc *k, kc_name table, const char *column) {
    for (kc_at at = kc_first(k, table); kc_on(&at); at.row++)
        kc_number(&at, column, 0);
}

static void each_option(kc *k, kc_name table) {
    for (kc_at at = kc_first(k, table); kc_on(&at); at.row++)
        kc_option(&at, "option");
}

static void each_sites(kc *k, kc_name table) {
    for (kc_at at = kc_first(k, table); kc_on(&at); at.row++)
        kc_sites(&at, "sites");
}

/* ---- positions ---- */

static bool has_cell(const kc_table *t, const char *column, const char *text) {
    for (unsigned i = 0; i < t->rows; i++)
        if (!strcmp(kc_cell(t, &t->row[i], column), text)) return true;
    return false;
}

static void positions(kc *k) {
    const kc_table *of = &k->table[KC_POSITION_OPTIONS];
    for (kc_at at = kc_first(k, KC_POSITIONS); kc_on(&at); at.row++) {
        if (!has_cell(of, "position", kc_get(&at, "id")) && kc_dash(&at, "avoid"))
            kc_error(&at, "id", "no row of position_options belongs to this position");
    }
    for (kc_at at = kc_first(k, KC_POSITION_OPTIONS); kc_on(&at); at.row++) {
        const bool when = !strcmp(kc_get(&at, "role"), "conditional");
        if (!has_cell(&k->table[KC_POSITIONS], "id", kc_get(&at, "position")))
            kc_error(&at, "position", "no position `%s`", kc_get(&at, "position"));
        if (when && kc_dash(&at, "condition"))
            kc_error(&at, "condition", "a conditional option says on what");
    }
}

/* ---- codes and fields ---- */

static void codes(kc *k, kc_name table, nen_type type) {
    const nen_field_info form = {.name = "code", .unit = "", .type = (uint8_t)type};
    for (kc_at at = kc_first(k, table); kc_on(&at); at.row++) {
        char why[ITEM_MAX];
        double lo, hi;
        if (!kp_literal(&form, kc_get(&at, "code"), &lo, &hi, why, sizeof why))
            kc_error(&at, "code", "%s", why);
    }
}

static void sites_table(kc *k) {
    const char *sites = field_words(k, "site");
    each(k, KC_SITES, "site", sites, KC_DASH_BAD);
    each_number(k, KC_SITES, "body_x");
    each_number(k, KC_SITES, "body_y");
    each(k, KC_SITES, "digestive", "no yes", 0);
    char site[ITEM_MAX];
    while (k->table[KC_SITES].rows && kc_item(&sites, ' ', site, sizeof site)) {
        if (*site && !has_cell(&k->table[KC_SITES], "site", site)) {
            kc_file_error(k, false, k->table[KC_SITES].row->file, 1,
                          "the site `%s` has no row", site);
        }
    }
}

/* Empty, or a list of fields or units that `fields` has. */
static void units(kc *k) {
    for (kc_at at = kc_first(k, KC_UNITS); kc_on(&at); at.row++) {
        const char *name = kc_get(&at, "field");
        if (!has_cell(&k->table[KC_FIELDS], "field", name) &&
            !has_cell(&k->table[KC_FIELDS], "unit", name))
            kc_error(&at, "field", "`%s` is no field and no field's unit", name);
        kc_number(&at, "factor", 1);
    }
}

static void questions(kc *k) {
    for (kc_at at = kc_first(k, KC_QUESTIONS); kc_on(&at); at.row++)
        if (!kc_dash(&at, "field")) kc_field(&at, "field");
    each_number(k, KC_QUESTIONS, "order");
}

/* An option may be a part of another, which is then no part itself. */
static void parts(kc *k) {
    for (kc_at at = kc_first(k, KC_OPTIONS); kc_on(&at); at.row++) {
        if (kc_dash(&at, "part_of")) continue;
        const unsigned whole = kc_option(&at, "part_of");
        if (whole < k->table[KC_OPTIONS].rows &&
            strcmp(kc_cell(&k->table[KC_OPTIONS], &k->table[KC_OPTIONS].row[whole],
                           "part_of"),
                   "-") != 0)
            kc_error(&at, "part_of", "`%s` is a part itself", kc_get(&at, "part_of"));
    }
}

static void options(kc *k) {
    static const char growth[] = "slows holds no unknown";
    static const char shrink[] = "often sometimes rarely no unknown";
    each(k, KC_OPTIONS, "hormones", "yes some no unknown", 0);
    each(k, KC_OPTIONS, "growth", growth, 0);
    each(k, KC_OPTIONS, "shrink", shrink, 0);
    parts(k);
    each_option(k, KC_EFFECTS);
    each_sites(k, KC_EFFECTS);
    each_number(k, KC_EFFECTS, "value");
    each_number(k, KC_EFFECTS, "lo");
    each_number(k, KC_EFFECTS, "hi");
    each_option(k, KC_SIDE_EFFECTS);
    each(k, KC_SIDE_EFFECTS, "tier", "common serious", KC_DASH_BAD);
    each_option(k, KC_CAUTIONS);
    each(k, KC_CAUTIONS, "topic",
         "contraindication renal hepatic cardiac diabetes pregnancy interaction "
         "monitoring special",
         KC_DASH_BAD);
    each_option(k, KC_CODES);
    each(k, KC_CODES, "system", "rxnorm_in rxnorm_product atc", KC_DASH_BAD);
}

/* Options of which one is given at a time: at least two, each an option. */
static void alternatives(kc *k) {
    const int current = kp_field_find(&k->vocab, "current");
    for (kc_at at = kc_first(k, KC_ALTERNATIVES); current >= 0 && kc_on(&at);
         at.row++) {
        kc_words(&at, "options", (unsigned)current, false);
        if (!strchr(kc_get(&at, "options"), ','))
            kc_error(&at, "options", "one option has no alternative");
    }
}

void kc_audit_links(kc *k) {
    positions(k);
    options(k);
    sites_table(k);
    units(k);
    alternatives(k);
    questions(k);
    each_sites(k, KC_FUNCTIONING_SHARE);
    each_number(k, KC_FUNCTIONING_SHARE, "lo_pct");
    each_number(k, KC_FUNCTIONING_SHARE, "hi_pct");
    codes(k, KC_TOPOGRAPHY, NEN_TYPE_TOPOGRAPHY);
    for (kc_at at = kc_first(k, KC_TOPOGRAPHY); kc_on(&at); at.row++)
        kc_words(&at, "site", k->site, false); /* a group where the code covers two */
    each(k, KC_TOPOGRAPHY, "subsite", field_words(k, "subsite"), 0);
    codes(k, KC_ICDO3, NEN_TYPE_ICDO3);
    each(k, KC_ICDO3, "histology", field_words(k, "histology"), KC_DASH_BAD);
}
