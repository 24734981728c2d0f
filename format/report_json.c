/* report_json.c - a dossier as JSON, in the shape of docs/contract.md. */
#include "report_json.h"
#include "course_out.h"

#include <math.h>
#include <string.h>

static void label_or_null(nen__json *j, const char *key, nen_label_kind kind,
                          unsigned label) {
    nen__j_pair_or_null(j, key, nen_label(kind, label));
}

static void possible(nen__json *j, nen_label_kind kind, uint64_t set) {
    nen__j_array(j, "possible");
    for (unsigned i = 0; i < 64; i++)
        if (set >> i & 1) nen__j_string(j, nen_label(kind, i));
    nen__j_close(j, ']');
}

static void item(nen__json *j, const char *key, nen_label_kind kind,
                 const nen_item *it) {
    nen__j_object(j, key);
    label_or_null(j, "value", kind, it->value);
    possible(j, kind, it->possible);
    nen__j_pair(j, "convention", nen__row_id(it->convention));
    nen__j_pair(j, "status", nen__settled(it->settled, "not_staged"));
    nen__j_close(j, '}');
}

static void row_ids(nen__json *j, const nen_rows *rows, const char *notes_table) {
    nen__j_array(j, "rules");
    for (unsigned i = 0; i < rows->count; i++) {
        const nen_row *r = nen_row_get(rows->row[i]);
        if (r && strcmp(r->table, notes_table) != 0) nen__j_string(j, r->id);
    }
    nen__j_close(j, ']');
    nen__j_array(j, "notes");
    for (unsigned i = 0; i < rows->count; i++) {
        const nen_row *r = nen_row_get(rows->row[i]);
        if (r && !strcmp(r->table, notes_table))
            nen__j_string(j, nen_translate(j->lang, r->text));
    }
    nen__j_close(j, ']');
}

/* ---- grade ---- */

static void score(nen__json *j, const char *key, const nen_score *s) {
    if (!s->known) {
        nen__j_pair_null(j, key);
        return;
    }
    nen__j_object(j, key);
    nen__j_pair_number(j, "points", s->points);
    nen__j_pair(j, "class", s->klass);
    nen__j_close(j, '}');
}

static void interval(nen__json *j, const nen_grading *g) {
    nen__j_key(j, "ki67_interval");
    if (!g->ki67_interval) {
        nen__j_null(j);
        return;
    }
    nen__j_open(j, '[');
    nen__j_number(j, g->ki67_lo_pct);
    nen__j_number(j, g->ki67_hi_pct);
    nen__j_close(j, ']');
}

static void components(nen__json *j, const nen_grading *g) {
    static const char *const parts[] = {"neuroendocrine", "non_neuroendocrine"};
    nen__j_array(j, "components");
    for (unsigned i = 0; g->minen && i < 2; i++) {
        nen__j_open(j, '{');
        nen__j_pair(j, "part", parts[i]);
        nen__j_pair_null(j, "grade");
        nen__j_close(j, '}');
    }
    nen__j_close(j, ']');
}

static void grade(nen__json *j, const nen_dossier *d) {
    const nen_grading *g = &d->grading;
    nen__used used = {{0}};
    nen__use_grade(&used, d);
    nen__j_object(j, "grade");
    nen__j_pair(j, "status", nen__settled(g->grade.settled, "not_graded"));
    label_or_null(j, "value", NEN_LABEL_GRADE, g->grade.value);
    possible(j, NEN_LABEL_GRADE, g->grade.possible);
    nen__j_key(j, "bucket");
    if (g->bucket) {
        nen__j_number(j, g->bucket);
    } else {
        nen__j_null(j);
    }
    nen__j_pair_bool(j, "borderline", g->borderline);
    nen__j_pair(j, "convention", nen__row_id(g->grade.convention));
    interval(j, g);
    components(j, g);
    nen__j_object(j, "scores");
    score(j, "gapp", &g->gapp);
    score(j, "pass", &g->pass);
    nen__j_close(j, '}');
    nen__j_pair(j, "system", nen__grade_system(g->system));
    row_ids(j, &g->rows, "grade_notes");
    nen__j_source_keys(j, &used);
    nen__j_close(j, '}');
}

/* ---- stage ---- */

static void alternative(nen__json *j, const nen_reading *a) {
    const nen_row *row = a->row == NEN_NONE ? NULL : nen_row_get(a->row);
    nen__j_open(j, '{');
    nen__j_pair(j, "reading", row ? row->id : nen_system_name(a->system));
    nen__j_pair(j, "system", nen_system_name(a->system));
    label_or_null(j, "t", NEN_LABEL_T, a->t);
    label_or_null(j, "n", NEN_LABEL_N, a->n);
    label_or_null(j, "m", NEN_LABEL_M, a->m);
    label_or_null(j, "group", NEN_LABEL_GROUP, a->group);
    nen__j_said(j, "why", a->why);
    nen__j_pair_or_null(j, "source", row ? row->source : NULL);
    nen__j_close(j, '}');
}

static void stage(nen__json *j, const nen_dossier *d) {
    const nen_staging *s = &d->staging;
    nen__used used = {{0}};
    nen__use_stage(&used, d);
    nen__j_object(j, "stage");
    nen__j_pair(j, "status", nen__settled(s->settled, "not_staged"));
    nen__j_pair(j, "system", nen_system_name(s->system));
    nen__j_object(j, "edition");
    nen__j_pair_or_null(j, "why", nen_text(j->lang, s->edition_why));
    nen__j_pair_bool(j, "assumed", s->assumed);
    nen__j_close(j, '}');
    item(j, "t", NEN_LABEL_T, &s->t);
    item(j, "n", NEN_LABEL_N, &s->n);
    item(j, "m", NEN_LABEL_M, &s->m);
    item(j, "group", NEN_LABEL_GROUP, &s->group);
    item(j, "spread", NEN_LABEL_SPREAD, &s->spread);
    nen__j_array(j, "alternatives");
    for (unsigned i = 0; i < s->alternatives; i++)
        alternative(j, &s->alternative[i]);
    nen__j_close(j, ']');
    row_ids(j, &s->rows, "stage_notes");
    nen__j_source_keys(j, &used);
    nen__j_close(j, '}');
}

/* ---- questions and flags ---- */

/* Means are shown with three decimals: more would only look exact. */
static double rounded(float value) {
    const double steps = 1000, half = 0.5;
    return floor((double)value * steps + half) / steps;
}

static void question(nen__json *j, const nen_question *q) {
    static const char *const parts[] = {"grade", "stage", "options"};
    const nen_field_info *info = nen_field(q->field);
    nen__j_open(j, '{');
    nen__j_pair(j, "field", info->name);
    nen__j_said(j, "text", nen__empty(info->question) ? info->help : info->question);
    nen__j_said(j, "why", info->why);
    nen__j_object(j, "narrows");
    for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) {
        nen__j_array(j, parts[i]);
        nen__j_number(j, q->before[i]);
        nen__j_number(j, rounded(q->after[i]));
        nen__j_close(j, ']');
    }
    nen__j_close(j, '}');
    nen__j_pair_number(j, "gain", rounded(q->gain));
    nen__j_close(j, '}');
}

static void questions(nen__json *j, const nen_dossier *d) {
    nen__j_array(j, "questions");
    for (unsigned i = 0; i < d->questions; i++)
        question(j, &d->question[i]);
    nen__j_close(j, ']');
}

/* SR-25.b is a part of rule SR-25: outside readers know the rule. */
void nen__j_rule(nen__json *j, const char *key, const char *id) {
    char whole[32];
    size_t n = 0;
    for (; id && id[n] && id[n] != '.' && n + 1 < sizeof whole; n++)
        whole[n] = id[n];
    whole[n] = 0;
    if (key) {
        nen__j_pair(j, key, whole);
    } else {
        nen__j_string(j, whole);
    }
}

static void flag(nen__json *j, const nen_flag *f) {
    const nen_row *row = nen__flag_row(f);
    nen__j_open(j, '{');
    nen__j_rule(j, "rule", nen__flag_id(f));
    nen__j_pair_or_null(j, "severity", nen__severity(f));
    nen__j_said(j, "text", row ? row->text : NULL);
    nen__j_array(j, "options");
    for (unsigned i = 0; i < nen_option_count() && i < NEN_WORDS_MAX; i++)
        if (nen__has(f->options, i)) nen__j_string(j, nen_option_id(i));
    nen__j_close(j, ']');
    nen__j_close(j, '}');
}

static void flags(nen__json *j, const nen_dossier *d) {
    nen__j_array(j, "flags");
    for (unsigned i = 0; i < d->flags; i++)
        flag(j, &d->flag[i]);
    nen__j_close(j, ']');
}

/* ---- around them ---- */

static void warnings(nen__json *j, const nen_dossier *d) {
    nen__j_array(j, "warnings");
    for (unsigned i = 0; i < d->warnings; i++) {
        const nen_warning *w = &d->warning[i];
        nen__j_open(j, '{');
        nen__j_pair(j, "code", w->code);
        nen__j_array(j, "fields");
        for (unsigned k = 0; k < 3; k++)
            if (w->field[k] != NEN_NONE) nen__j_string(j, nen_field(w->field[k])->name);
        nen__j_close(j, ']');
        nen__j_pair_or_null(j, "stated", w->stated);
        nen__j_pair_or_null(j, "computed", w->computed);
        nen__j_pair(j, "text", nen_text(j->lang, w->row));
        nen__j_close(j, '}');
    }
    nen__j_close(j, ']');
}

static void ignored(nen__json *j, const nen_input *in) {
    nen__j_array(j, "ignored");
    for (unsigned i = 0; i < in->ignoreds && i < NEN_IGNORED_MAX; i++) {
        nen__j_open(j, '{');
        nen__j_pair(j, "field", in->ignored[i].field);
        nen__j_pair(j, "value", in->ignored[i].value);
        nen__j_pair(j, "why", nen_text(j->lang, in->ignored[i].why));
        nen__j_close(j, '}');
    }
    nen__j_close(j, ']');
}

static void sources(nen__json *j, const nen_dossier *d, const nen_style *style) {
    nen__used used = {{0}};
    nen__citation c;
    char citation[1600];
    nen__use_all(&used, d, style);
    nen__j_array(j, "sources");
    for (unsigned at = 0; nen__next_citation(&used, &at, &c);) {
        nen__buf b = nen__buf_over(citation, sizeof citation);
        nen__putf(&b, "%s", c.title);
        if (*c.year) nen__putf(&b, " (%s)", c.year);
        if (*c.place) nen__putf(&b, ". %s", c.place);
        nen__buf_end(&b);
        nen__j_open(j, '{');
        nen__j_pair(j, "key", c.key);
        nen__j_pair(j, "citation", citation);
        nen__j_pair(j, "locator", c.locator);
        nen__j_pair(j, "status", c.status);
        nen__j_pair(j, "checked", c.checked);
        nen__j_close(j, '}');
    }
    nen__j_close(j, ']');
}

void nen__j_head(nen__json *j) {
    nen__j_pair_number(j, "schema", NEN_SCHEMA);
    nen__j_object(j, "nen");
    nen__j_pair(j, "version", NEN_VERSION);
    nen__j_pair(j, "knowledge_date", nen_knowledge_date());
    nen__j_close(j, '}');
    nen__j_pair(j, "notice", nen_text(j->lang, NEN_T_NOTICE));
}

static void head(nen__json *j, const nen_input *in, const nen_dossier *d) {
    nen__j_head(j);
    if (*in->c.id) nen__j_pair(j, "id", in->c.id);
    nen__j_pair(j, "scope", d->in_scope ? "in" : "out");
    nen__j_pair_or_null(j, "scope_note", nen_text(j->lang, d->scope_note));
    nen__j_case(j, in);
    nen__j_derived(j, in, d);
    ignored(j, in);
    nen__j_not_told(j, d);
    warnings(j, d);
}

/* How it may go under the usual orders; null: not asked for, as in a batch. */
static void course(nen__json *j, const nen_style *style) {
    if (!(style->parts & NEN_PART_COURSE)) return;
    if (!style->course) {
        nen__j_pair_null(j, "course");
        return;
    }
    nen__j_object(j, "course");
    nen__j_course(j, style->course);
    nen__j_close(j, '}');
}

size_t nen_write_json(const nen_input *in, const nen_dossier *d, const nen_style *style,
                      char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__json j = {&b, false, style->lang};
    nen__j_open(&j, '{');
    head(&j, in, d);
    if (style->parts & NEN_PART_GRADE) grade(&j, d);
    if (style->parts & NEN_PART_STAGE) stage(&j, d);
    if (style->parts & NEN_PART_QUESTIONS) questions(&j, d);
    if (style->parts & NEN_PART_OPTIONS) {
        flags(&j, d);
        nen__j_options(&j, d, style);
    }
    course(&j, style);
    sources(&j, d, style);
    nen__j_close(&j, '}');
    nen__put_char(&b, '\n');
    return nen__buf_end(&b);
}
