/* knowc_rows.c - prints the typed tables of grade, stage and checks. */
#include "knowc.h"

#include <string.h>

enum {
    ALL_STAGING = 1 << NEN_SYSTEM_AJCC8 | 1 << NEN_SYSTEM_AJCC9 | 1 << NEN_SYSTEM_ENETS
};

/* ---- one table ---- */

typedef struct keyed {
    double key;
    kc_row *row;
} keyed;

/* Rows by key, rows of one key as in the file. */
static void sort_rows(keyed *list, unsigned n) {
    for (unsigned i = 1; i < n; i++) {
        const keyed one = list[i];
        unsigned j = i;
        for (; j && list[j - 1].key > one.key; j--)
            list[j] = list[j - 1];
        list[j] = one;
    }
}

void kc_emit_table(kc *k, kc_buf *out, kc_name name, const char *type,
                   const char *array, void (*print)(const kc_at *, kc_buf *),
                   double (*key_of)(const kc_at *)) {
    const unsigned n = k->table[name].rows;
    keyed *list = kc_alloc((n + 1) * sizeof *list);
    unsigned i = 0, count = 0;
    for (kc_at at = kc_first(k, name); kc_on(&at); at.row++)
        list[i++] = (keyed){key_of ? key_of(&at) : 0, at.row};
    sort_rows(list, n);
    kc_row **printed = kc_alloc((n + 1) * sizeof(kc_row *));
    kc_begin(out, type, array);
    for (i = 0; i < n; i++) {
        kc_row *row = list[i].row;
        const kc_at at = {k, &k->table[name], row};
        kc_buf text = {0};
        kc_print(&text, "    {");
        if (name != KC_SCORES) kc_print(&text, ".row = %u, ", row->id);
        print(&at, &text);
        if (row->bad) continue;
        kc_print(out, "%s},\n", text.text);
        printed[count++] = row;
    }
    k->printed[name] = printed;
    k->printed_rows[name] = count;
    kc_end(out, array, count);
}

unsigned kc_label(const kc_at *at, const char *column, nen_label_kind kind) {
    if (!strcmp(kc_get(at, column), "unknown")) return NEN_LABEL_NULL;
    return (unsigned)kc_choice(at, column, kc_labels[kind], NEN_LABEL_NULL);
}

static uint64_t labels(const kc_at *at, const char *column, nen_label_kind kind) {
    if (!strcmp(kc_get(at, column), "*")) return UINT64_MAX;
    return kc_bits(at, column, kc_labels[kind], 0);
}

static void when(const kc_at *at, kc_buf *out) {
    kc_print_pred(out, "when", kc_pred(at, "when"));
}

static void sites(const kc_at *at, kc_buf *out) {
    kc_print_set(out, "sites", kc_sites(at, "sites"));
}

static unsigned systems(const kc_at *at) {
    return (unsigned)kc_bits(at, "systems", kc_systems, ALL_STAGING);
}

static double order_key(const kc_at *at) {
    return kc_number(at, "order", 0);
}

enum { ORDERS = 1000000 }; /* more than any `order` */

/* ---- stage ---- */

static void group_tables(kc *k) {
    for (kc_at at = kc_first(k, KC_STAGE_GROUPS); kc_on(&at); at.row++) {
        const char *name = kc_get(&at, "group_table");
        unsigned i = 0;
        while (i < k->group_tables && strcmp(k->group_table[i], name) != 0)
            i++;
        if (i < k->group_tables) continue;
        k->group_table = kc_more(k->group_table, (i + 1) * sizeof *k->group_table);
        k->group_table[k->group_tables++] = name;
    }
}

static unsigned group_table(const kc_at *at) {
    enum { NO_TABLE = 255 };
    const char *name = kc_get(at, "group_table");
    for (unsigned i = 0; i < at->k->group_tables; i++)
        if (!strcmp(at->k->group_table[i], name)) return i;
    if (strcmp(name, "-") != 0)
        kc_error(at, "group_table", "stage_groups has no table `%s`", name);
    return NO_TABLE;
}

static void edition(const kc_at *at, kc_buf *out) {
    sites(at, out);
    kc_print(out, ".from = %lu, .to = %lu, ", (unsigned long)kc_date(at, "dx_from"),
             (unsigned long)kc_date(at, "dx_to"));
    kc_print(out, ".system = %d, .group_table = %u, ",
             kc_choice(at, "system", kc_systems, KC_DASH_BAD), group_table(at));
    kc_print_text(out, "why", kc_dash(at, "why") ? "" : kc_get(at, "why"));
}

static int axis_of(const kc_at *at) {
    return kc_choice(at, "axis", "t n m", KC_DASH_BAD);
}

static double stage_key(const kc_at *at) {
    return axis_of(at) * (double)ORDERS + order_key(at);
}

static void stage_rule(const kc_at *at, kc_buf *out) {
    const int axis = axis_of(at);
    sites(at, out);
    when(at, out);
    kc_print(out, ".systems = %u, .axis = %d, .value = %u", systems(at), axis,
             kc_label(at, "value", (nen_label_kind)(NEN_LABEL_T + axis)));
    if (kc_dash(at, "value")) kc_error(at, "value", "a stage rule needs a value");
}

static double group_key(const kc_at *at) {
    return group_table(at) * (double)ORDERS + order_key(at);
}

static void group_rule(const kc_at *at, kc_buf *out) {
    kc_print(out, ".t = 0x%llx, .n = 0x%llx, .m = 0x%llx, ",
             (unsigned long long)labels(at, "t", NEN_LABEL_T),
             (unsigned long long)labels(at, "n", NEN_LABEL_N),
             (unsigned long long)labels(at, "m", NEN_LABEL_M));
    kc_print(out, ".table = %u, .group = %u, .inferred = %d", group_table(at),
             kc_label(at, "group", NEN_LABEL_GROUP), kc_yes(at, "inferred"));
}

/* ---- spread ---- */

static const char *const parts[] = {"L RE D U", "NONE RN D U", "NONE D U"};

/* Value of a part: metastases have no RN, whose number stays free. */
static unsigned part_value(unsigned axis, unsigned index) {
    return axis == 2 && index ? index + 1 : index;
}

static void spread_rule(const kc_at *at, kc_buf *out) {
    const unsigned axis =
        (unsigned)kc_choice(at, "axis", "extent nodes metastases", KC_DASH_BAD);
    const int value = kc_choice(at, "value", parts[axis], KC_DASH_BAD);
    sites(at, out);
    when(at, out);
    kc_print(out, ".axis = %u, .value = %u", axis, part_value(axis, (unsigned)value));
}

/* ---- readings and conventions ---- */

static void reading(const kc_at *at, kc_buf *out) {
    const int axis = kc_choice(at, "axis", "t n m group", KC_DASH_BAD);
    sites(at, out);
    when(at, out);
    kc_print(out, ".systems = %u, .axis = %d, .value = %u, ", systems(at), axis,
             kc_label(at, "value", (nen_label_kind)(NEN_LABEL_T + axis)));
    kc_print_text(out, "why", kc_dash(at, "why") ? "" : kc_get(at, "why"));
}

static void convention(const kc_at *at, kc_buf *out) {
    const int item = kc_choice(at, "item", "grade t n m group spread", KC_DASH_BAD);
    when(at, out);
    kc_print_assume(at, out);
    kc_print(out, ".item = %d, .value = %u", item,
             kc_label(at, "value", (nen_label_kind)item));
    if (item == NEN_LABEL_GROUP)
        kc_error(at, "item", "a group follows from T, N and M: no convention");
    if (kc_dash(at, "assume") && kc_dash(at, "value"))
        kc_error(at, "assume", "give a fact to assume or a value");
}

/* ---- grade ---- */

static void grade_rule(const kc_at *at, kc_buf *out) {
    sites(at, out);
    when(at, out);
    kc_print(out, ".system = %d, .value = %u, .bucket = %d",
             kc_choice(at, "system", "none who_digestive who_thoracic", KC_DASH_BAD),
             kc_label(at, "value", NEN_LABEL_GRADE),
             kc_choice(at, "bucket", "- 1 2 3", 0));
}

static void grade_note(const kc_at *at, kc_buf *out) {
    when(at, out);
    kc_print(out, ".borderline = %d", kc_yes(at, "borderline"));
}

static void cutoff(const kc_at *at, kc_buf *out) {
    sites(at, out);
    kc_print(out, ".value = %.17g, .field = %u", kc_number(at, "value", 0),
             kc_field(at, "field"));
}

static int score_of(const kc_at *at) {
    return kc_choice(at, "score", "gapp pass", KC_DASH_BAD);
}

static unsigned small(const kc_at *at, const char *column, double dash) {
    const double x = kc_number(at, column, dash);
    if (x >= 0 && x <= UINT8_MAX) return (unsigned)x;
    kc_error(at, column, "%g is outside 0 to %d", x, UINT8_MAX);
    return 0;
}

static void score_item(const kc_at *at, kc_buf *out) {
    kc_print(out, ".field = %u, .score = %d, .points = %u", kc_field(at, "item"),
             score_of(at), small(at, "points", 0));
}

static void score_class(const kc_at *at, kc_buf *out) {
    kc_print(out, ".score = %d, .lo = %u, .hi = %u, ", score_of(at), small(at, "lo", 0),
             small(at, "hi", UINT8_MAX));
    kc_print_text(out, "klass", kc_get(at, "class"));
}

/* ---- checks ---- */

static void check(const kc_at *at, kc_buf *out) {
    enum { FIELDS = 3 };
    const char *list = kc_get(at, "fields");
    char name[KP_NAME_MAX];
    unsigned n = 0, field[FIELDS] = {NEN_NONE, NEN_NONE, NEN_NONE};
    while (strcmp(kc_get(at, "fields"), "-") != 0 &&
           kc_item(&list, ',', name, sizeof name)) {
        const int f = kp_field_find(&at->k->vocab, name);
        if (f < 0) {
            kc_error(at, "fields", "no field `%s`", name);
        } else if (n == FIELDS) {
            kc_error(at, "fields", "more than %d fields", FIELDS);
        } else {
            field[n++] = (unsigned)f;
        }
    }
    when(at, out);
    kc_print(out, ".field = {%u, %u, %u}, .tier = %d, ", field[0], field[1], field[2],
             kc_choice(at, "tier", "error conflict doubt", KC_DASH_BAD));
    kc_print_text(out, "code", kc_get(at, "code"));
}

static void outside(const kc_at *at, kc_buf *out) {
    when(at, out);
    kc_print(out, ".leaves = %d", kc_choice(at, "leaves", kc_leaves, KC_DASH_BAD));
}

void kc_emit_rows(kc *k, kc_buf *out) {
    group_tables(k);
    kc_emit_table(k, out, KC_EDITIONS, "nen__edition", "editions", edition, NULL);
    kc_emit_table(k, out, KC_STAGE_RULES, "nen__stage_rule", "stage_rules", stage_rule,
                  stage_key);
    kc_emit_table(k, out, KC_STAGE_GROUPS, "nen__group_rule", "group_rules", group_rule,
                  group_key);
    kc_emit_table(k, out, KC_SPREAD_RULES, "nen__spread_rule", "spread_rules",
                  spread_rule, NULL);
    kc_emit_table(k, out, KC_READINGS, "nen__reading", "readings", reading, NULL);
    kc_emit_table(k, out, KC_CONVENTIONS, "nen__convention", "conventions", convention,
                  NULL);
    kc_emit_table(k, out, KC_GRADE_RULES, "nen__grade_rule", "grade_rules", grade_rule,
                  order_key);
    kc_emit_table(k, out, KC_GRADE_NOTES, "nen__grade_note", "grade_notes", grade_note,
                  NULL);
    kc_emit_table(k, out, KC_CUTOFFS, "nen__cutoff", "cutoffs", cutoff, NULL);
    kc_emit_table(k, out, KC_SCORES, "nen__score_item", "score_items", score_item,
                  NULL);
    kc_emit_table(k, out, KC_SCORE_CLASSES, "nen__score_class", "score_classes",
                  score_class, NULL);
    kc_emit_table(k, out, KC_CHECKS, "nen__check", "checks", check, NULL);
    kc_emit_table(k, out, KC_OUTSIDE, "nen__outside", "outsides", outside, NULL);
}
