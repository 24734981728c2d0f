/* knowc_cover.c - tables whose first true row counts: gaps and rows never reached. */
#include "knowc_cover.h"

#include <string.h>

enum { GROUP_MAX = 128 };

/* One first-match table: rows of one axis and, where it has systems, one system. */
typedef struct group {
    kc *k;
    kc_table *table;
    const char *axis, *system, *site_name;
    kc_row *row[GROUP_MAX];
    kc_span pred[GROUP_MAX];
    unsigned rows;
    bool total; /* some row must be true: the axis compares a size, or is a grade */
} group;

/* Rows reached at some site and system, over all groups, by row number. */
static bool *reached;
static bool *tried;

/* ---- one group ---- */

static void collect(group *g, const nen__set *sites, unsigned site,
                    const bool *member) {
    double key[GROUP_MAX];
    g->rows = 0;
    for (kc_at at = {g->k, g->table, g->table->row}; kc_on(&at); at.row++) {
        const size_t r = (size_t)(at.row - g->table->row);
        if (!member[r] || !(sites[r].bits[site / 64] >> (site % 64) & 1)) continue;
        if (g->rows == GROUP_MAX) return;
        const bool ordered = kc_column(g->table, "order") >= 0;
        const double order = ordered ? kc_number(&at, "order", 0) : 0;
        unsigned i = g->rows++;
        for (; i && key[i - 1] > order; i--) {
            key[i] = key[i - 1];
            g->row[i] = g->row[i - 1];
        }
        key[i] = order;
        g->row[i] = at.row;
    }
    for (unsigned i = 0; i < g->rows; i++) {
        const kc_at at = {g->k, g->table, g->row[i]};
        g->pred[i] = kc_pred(&at, "when");
    }
}

/* A row after `true`, or after one with the same operations, is never reached. */
static bool hidden(const group *g, unsigned i) {
    for (unsigned j = 0; j < i; j++) {
        const bool same = g->pred[j].first == g->pred[i].first &&
                          g->pred[j].count == g->pred[i].count;
        if (same || !g->pred[j].count) return true;
    }
    return false;
}

/* Marks the rows that the facts in hand reach; true when none of them can hold. */
static bool visit(const group *g, kc_grid *grid) {
    bool none = true;
    for (unsigned i = 0; i < g->rows; i++) {
        const nen_truth t = kc_truth(g->k, grid->facts, g->pred[i]);
        if (t == NEN_FALSE) continue;
        none = false;
        reached[g->row[i] - g->table->row] = true;
        if (t == NEN_TRUE) break;
    }
    for (unsigned a = 0; a < grid->axes && !none; a++)
        grid->axis[a].hit[grid->axis[a].now] = true;
    return none;
}

/* A site, histology or type for which no row can hold is outside this table: what is
 * not staged or graded here is no gap. Such fields stand in the group of `site`. */
static bool outside(const kc *k, const kc_grid *grid) {
    for (unsigned a = 0; a < grid->axes; a++) {
        const kc_axis *x = &grid->axis[a];
        const nen_field_info *f = &k->field[x->field];
        if (f->type == NEN_TYPE_WORD && !x->hit[x->now] &&
            !strcmp(f->group, k->field[k->site].group))
            return true;
    }
    return false;
}

/* Facts that a check forbids are no gap. */
static bool possible(kc *k, const kc_grid *grid) {
    for (kc_at at = kc_first(k, KC_CHECKS); kc_on(&at); at.row++) {
        if (!at.row->bad && strcmp(kc_get(&at, "tier"), "doubt") != 0 &&
            kc_truth(k, grid->facts, kc_pred(&at, "when")) == NEN_TRUE)
            return false;
    }
    return true;
}

static void report_gap(const group *g, const kc_grid *grid) {
    const kc_at at = {g->k, g->table, g->row[g->rows - 1]};
    kc_buf facts = {0};
    kc_grid_print(grid, &facts);
    kc_error(&at, "when", "gap: no row of %s %s %s holds for %s", g->site_name, g->axis,
             g->system, facts.text ? facts.text : "any facts");
}

/* The first place where no row can hold. */
static void find_gap(const group *g, kc_grid *grid, unsigned long size) {
    for (unsigned long i = 0; i < size; i++) {
        kc_grid_place(grid, i);
        if (!visit(g, grid) || outside(g->k, grid) || !possible(g->k, grid)) continue;
        report_gap(g, grid);
        return;
    }
}

static void walk(const group *g, unsigned site) {
    static kc_grid grid; /* too large for a stack frame */
    kc_grid_build(&grid, g->k, site, g->pred, g->rows);
    const double size = kc_grid_size(&grid);
    if (size > KC_GRID_MAX) {
        const kc_at at = {g->k, g->table, g->row[0]};
        kc_warn(&at, "when", "%s %s %s: a grid of %g facts was not tried", g->site_name,
                g->axis, g->system, size);
        for (unsigned i = 0; i < g->rows; i++)
            if (!hidden(g, i)) reached[g->row[i] - g->table->row] = true;
        return;
    }
    for (unsigned long i = 0; i < (unsigned long)size; i++) {
        kc_grid_place(&grid, i);
        visit(g, &grid);
    }
    if (g->total) find_gap(g, &grid, (unsigned long)size);
}

static bool compares(const group *g, const char *field) {
    const int f = kp_field_find(&g->k->vocab, field);
    for (unsigned i = 0; i < g->rows; i++) {
        for (unsigned j = 0; j < g->pred[i].count; j++) {
            const kc_op *op = &g->k->op[g->pred[i].first + j];
            if (op->field == f && op->code >= NEN__OP_LT && op->code <= NEN__OP_NE)
                return true;
        }
    }
    return false;
}

static void every_site(group *g, const nen__set *sites, const bool *member,
                       const char *size_field, bool total) {
    const nen_field_info *f = &g->k->field[g->k->site];
    for (unsigned s = 0; s < f->words; s++) {
        collect(g, sites, s, member);
        if (!g->rows) continue;
        for (unsigned i = 0; i < g->rows; i++)
            tried[g->row[i] - g->table->row] = true;
        g->site_name = g->k->word[g->k->site][s].word;
        g->total = total || (size_field && compares(g, size_field));
        walk(g, s);
    }
}

/* ---- one table ---- */

/* Rows of one axis (column `by`) and one system; NULL system: the table has none. */
static void select(group *g, const char *by, int system, bool *member) {
    for (kc_at at = {g->k, g->table, g->table->row}; kc_on(&at); at.row++) {
        bool in = !at.row->bad && !strcmp(kc_get(&at, by), g->axis);
        if (in && system >= 0)
            in = kc_bits(&at, "systems", kc_systems, UINT64_MAX) >> system & 1;
        member[at.row - g->table->row] = in;
    }
}

static void report_dead(const group *g) {
    for (kc_at at = {g->k, g->table, g->table->row}; kc_on(&at); at.row++) {
        const size_t r = (size_t)(at.row - g->table->row);
        if (tried[r] && !reached[r])
            kc_error(&at, "when", "dead row: an earlier one is true whenever this is");
    }
}

/* `axes` and `systems`: names, space between; `total`: every axis needs a true row,
 * else only one that compares the field `size`. */
static void cover(kc *k, kc_name name, const char *by, const char *axes,
                  const char *systems, const char *size, bool total) {
    group g = {.k = k, .table = &k->table[name], .system = ""};
    const unsigned n = g.table->rows;
    nen__set *sites = kc_alloc((n + 1) * sizeof *sites);
    bool *member = kc_alloc(n + 1);
    char axis[KP_NAME_MAX], system[KP_NAME_MAX];
    reached = kc_alloc(n + 1);
    tried = kc_alloc(n + 1);
    for (kc_at at = kc_first(k, name); kc_on(&at); at.row++)
        if (!at.row->bad) sites[at.row - at.table->row] = kc_sites(&at, "sites");
    while (kc_item(&axes, ' ', axis, sizeof axis)) {
        const char *list = systems;
        g.axis = axis;
        do {
            int s = -1;
            if (list && kc_item(&list, ' ', system, sizeof system))
                s = kc_index(kc_systems, system), g.system = system;
            select(&g, by, s, member);
            every_site(&g, sites, member, size, total);
        } while (list && *list);
    }
    report_dead(&g);
}

/* ---- tables of words: spread_combine, stage_groups ---- */

/* Is each cell of `later` within the same cell of `earlier`? */
static bool within(const kc_at *earlier, const kc_at *later, const char *columns) {
    char name[KP_NAME_MAX], word[KP_NAME_MAX];
    while (kc_item(&columns, ' ', name, sizeof name)) {
        const char *wide = kc_get(earlier, name), *narrow = kc_get(later, name);
        if (!strcmp(wide, "*")) continue;
        while (kc_item(&narrow, ',', word, sizeof word)) {
            const char *list = wide;
            char item[KP_NAME_MAX];
            bool found = false;
            while (!found && kc_item(&list, ',', item, sizeof item))
                found = !strcmp(item, word);
            if (!found) return false;
        }
    }
    return true;
}

static void dead_words(kc *k, kc_name name, const char *same, const char *columns) {
    for (kc_at at = kc_first(k, name); kc_on(&at); at.row++) {
        for (kc_at e = kc_first(k, name); e.row < at.row; e.row++) {
            if (*same && strcmp(kc_get(&e, same), kc_get(&at, same)) != 0) continue;
            if (!within(&e, &at, columns)) continue;
            kc_error(&at, "id", "dead row: %s says it all before", kc_get(&e, "id"));
            break;
        }
    }
}

void kc_cover(kc *k) {
    static const char staging[] = "ajcc8 ajcc9 enets";
    if (k->site == NEN_NONE) return;
    k->lenient = true;
    cover(k, KC_STAGE_RULES, "axis", "t n m", staging, "size_mm", false);
    cover(k, KC_GRADE_RULES, "system", "who_digestive who_thoracic none", NULL, NULL,
          true);
    cover(k, KC_SPREAD_RULES, "axis", "extent nodes metastases", NULL, NULL, false);
    dead_words(k, KC_SPREAD_COMBINE, "", "extent nodes metastases");
    dead_words(k, KC_STAGE_GROUPS, "group_table", "t n m");
    k->lenient = false;
}
