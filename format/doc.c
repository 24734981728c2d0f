/* doc.c - a report's blocks, for both shapes. */
#include "doc.h"
#include "view.h"

#include <math.h>
#include <string.h>

void nen__doc_begin(nen__doc *d, nen__buf *out, bool html, bool color, unsigned lang) {
    memset(d, 0, sizeof *d);
    d->out = out;
    d->html = html;
    d->color = color && !html;
    d->lang = (uint8_t)lang;
    d->fresh = true;
}

/* ---- words of the glossary that were said ---- */

enum { ASCII_END = 0x80 }; /* from here on a byte is a part of a letter like "é" */

static char lower(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool letter(char c) {
    c = lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & ASCII_END);
}

/* Is `term` (n bytes) in `text` as whole words? A plural s or es is allowed. */
static bool said_here(const char *text, size_t bytes, const char *term, size_t n) {
    for (size_t i = 0; n && i + n <= bytes; i++) {
        size_t k = 0;
        while (k < n && lower(text[i + k]) == lower(term[k]))
            k++;
        if (k < n || (i && letter(text[i - 1]))) continue;
        size_t end = i + n;
        if (end + 1 < bytes && !strncmp(text + end, "es", 2)) end++;
        if (end < bytes && text[end] == 's') end++;
        if (end == bytes || !letter(text[end])) return true;
    }
    return false;
}

/* The term itself, or what stands in its brackets: "Neuroendocrine tumor (NET)". */
static bool term_said(const char *text, size_t bytes, const char *term) {
    size_t n = strcspn(term, "(");
    const char *in = term[n] ? term + n + 1 : "";
    const size_t short_form = strcspn(in, ")");
    while (n && term[n - 1] == ' ')
        n--;
    return said_here(text, bytes, term, n) ||
           (short_form > 1 && said_here(text, bytes, in, short_form));
}

static bool met(const nen__doc *d, unsigned row) {
    for (unsigned i = 0; i < d->terms; i++)
        if (d->term[i] == row) return true;
    return false;
}

static void collect_terms(nen__doc *d, const char *text, size_t bytes) {
    const int t = nen_table_find("glossary");
    const nen_table *table = t < 0 ? NULL : nen_table_get((unsigned)t);
    if (!table || bytes < 3) return;
    for (unsigned i = 0; i < table->rows && i < NEN__TERMS_MAX; i++) {
        if (d->terms == NEN__TERMS_SHOWN || met(d, i)) continue;
        const char *term = nen__worded(d, nen_cell(table, i, "term"));
        if (term && term_said(text, bytes, term)) d->term[d->terms++] = (uint8_t)i;
    }
}

/* ---- text ---- */

void nen__doc_feed(nen__doc *d, const char *text, size_t bytes) {
    if (d->collect) collect_terms(d, text, bytes);
    if (d->html) {
        nen__html_escaped(d->out, text, bytes);
    } else {
        nen__text_feed(d, text, bytes);
    }
}

static void feed(void *to, const char *text, size_t bytes) {
    nen__doc_feed(to, text, bytes);
}

static void feed_text(nen__doc *d, const char *text) {
    feed(d, text, strlen(text));
}

void nen__doc_say(nen__doc *d, const char *format, ...) {
    va_list args;
    va_start(args, format);
    nen__vformat(feed, d, format, args);
    va_end(args);
}

void nen__doc_strong(nen__doc *d, const char *text) {
    if (d->html) nen__put(d->out, "<strong>");
    nen__text_style(d, "1");
    feed_text(d, text);
    nen__text_style(d, "0");
    if (d->html) nen__put(d->out, "</strong>");
}

/* ---- headings ---- */

static void underline(nen__doc *d, const char *text, char with) {
    unsigned columns = 0;
    for (const char *c = text; *c; c++)
        columns += ((unsigned char)*c & 0xc0) != 0x80;
    nen__text_newline(d);
    for (unsigned i = 0; i < columns && i < NEN__WIDTH; i++)
        nen__put_char(d->out, with);
}

static void text_head(nen__doc *d, unsigned level, const char *text) {
    nen__text_indent(d, 0, 0);
    if (d->out->len) nen__text_newline(d);
    nen__text_style(d, level == 1 ? "1;36" : "1");
    nen__text_feed(d, text, strlen(text));
    nen__text_style(d, "0");
    nen__text_flush(d);
    underline(d, text, level == 1 ? '=' : level == 2 ? '-' : '.');
    nen__text_newline(d);
}

/* " data-about=...", for a section its text without ".title". */
static void about(nen__doc *d) {
    static const char title[] = ".title";
    if (!d->about) return;
    const size_t n = strlen(d->about), m = sizeof title - 1;
    const bool titled = n > m && !strcmp(d->about + n - m, title);
    nen__put(d->out, " data-about=\"");
    nen__put_n(d->out, d->about, titled ? n - m : n);
    nen__put_char(d->out, '"');
    d->about = NULL;
}

static void html_head(nen__doc *d, unsigned level, const char *text) {
    nen__html_end_groups(d);
    if (level <= 2 && d->section) nen__put(d->out, "</section>\n");
    if (level == 2) nen__put(d->out, "<section");
    if (level == 2) about(d);
    if (level == 2) nen__put(d->out, ">\n");
    if (level <= 2) d->section = level == 2;
    d->level = (uint8_t)level;
    nen__putf(d->out, "<h%u>", level);
    nen__html_escaped(d->out, text, strlen(text));
    nen__putf(d->out, "</h%u>\n", level);
}

void nen__doc_head(nen__doc *d, unsigned level, const char *text) {
    if (d->html) {
        html_head(d, level, text);
    } else {
        text_head(d, level, text);
    }
}

/* ---- blocks ---- */

static void html_open(nen__doc *d, nen__block block) {
    static const char *const tags[] = {"<p>", "<p class=\"lead\">", "<li>",
                                       "<p class=\"note\">", "<p class=\"warn\">"};
    if (block != NEN__ITEM || d->pairs) nen__html_end_groups(d);
    if (block == NEN__ITEM && !d->list) nen__put(d->out, "<ul>\n");
    if (block == NEN__ITEM) d->list = true;
    nen__put(d->out, tags[block]);
    strcpy(d->close, block == NEN__ITEM ? "</li>\n" : "</p>\n");
}

void nen__doc_open(nen__doc *d, nen__block block) {
    if (d->html) {
        html_open(d, block);
        return;
    }
    if (block == NEN__ITEM) {
        nen__text_indent(d, 2, 4);
        nen__text_feed(d, "- ", 2);
    } else {
        const unsigned indent = block == NEN__NOTE ? 4 : 0;
        nen__text_indent(d, indent, indent);
    }
    if (block == NEN__WARN) nen__text_style(d, "33");
}

void nen__doc_close(nen__doc *d) {
    if (d->html) {
        nen__put(d->out, d->close);
        return;
    }
    nen__text_flush(d);
    nen__text_style(d, "0");
    nen__text_newline(d);
}

void nen__doc_line(nen__doc *d, nen__block block, const char *format, ...) {
    va_list args;
    va_start(args, format);
    nen__doc_open(d, block);
    nen__vformat(feed, d, format, args);
    nen__doc_close(d);
    va_end(args);
}

void nen__doc_pair(nen__doc *d, const char *term) {
    if (!d->html) {
        nen__text_indent(d, 2, 6);
        nen__text_style(d, "2");
        feed_text(d, term);
        nen__text_feed(d, ": ", 2);
        nen__text_style(d, "0");
        return;
    }
    if (!d->pairs) {
        nen__html_end_groups(d);
        nen__put(d->out, "<dl>\n");
        d->pairs = true;
    }
    nen__put(d->out, "<div><dt>");
    feed_text(d, term);
    nen__put(d->out, "</dt><dd>");
    strcpy(d->close, "</dd></div>\n");
}

/* ---- references and folds ---- */

void nen__doc_numbered(nen__doc *d, unsigned number) {
    enum { INDENT = 2, HANG = 6, TWO_DIGITS = 10 };
    if (!d->html) {
        nen__text_indent(d, number < TWO_DIGITS ? INDENT + 1 : INDENT, HANG);
        nen__doc_say(d, "%u. ", number);
        return;
    }
    if (!d->numbered) nen__html_end_groups(d);
    if (!d->numbered) nen__put(d->out, "<ol>\n");
    d->numbered = true;
    nen__put(d->out, "<li>");
    strcpy(d->close, "</li>\n");
}

void nen__doc_reference(nen__doc *d, const char *numbers) {
    if (d->html) {
        nen__putf(d->out, " <span class=\"ref\">[%s]</span>", numbers);
    } else {
        nen__doc_say(d, " [%s]", numbers);
    }
}

void nen__doc_link(nen__doc *d, const char *url, const char *text) {
    if (d->html && *url) {
        nen__put(d->out, "<a href=\"");
        nen__html_escaped(d->out, url, strlen(url));
        nen__put(d->out, "\">");
    }
    feed_text(d, text);
    if (d->html && *url) nen__put(d->out, "</a>");
}

static void end_section(nen__doc *d) {
    nen__html_end_groups(d);
    if (d->section) nen__put(d->out, "</section>\n");
    d->section = false;
}

void nen__doc_group(nen__doc *d, const char *klass) {
    if (!d->html) return;
    end_section(d);
    nen__putf(d->out, "<div class=\"%s\">\n", klass);
}

void nen__doc_group_end(nen__doc *d) {
    if (!d->html) return;
    end_section(d);
    nen__put(d->out, "</div>\n");
}

void nen__doc_fold(nen__doc *d, unsigned level, const char *title, bool open) {
    if (!d->html) return;
    nen__html_end_groups(d);
    if (level) end_section(d);
    nen__putf(d->out, "<details class=\"%s\"%s", level ? "aside" : "more",
              open ? " open" : "");
    if (level) about(d);
    nen__put(d->out, "><summary>");
    if (level) nen__putf(d->out, "<h%u>", level);
    nen__html_escaped(d->out, title, strlen(title));
    if (level) nen__putf(d->out, "</h%u>", level);
    nen__put(d->out, "</summary>\n");
}

void nen__doc_fold_end(nen__doc *d) {
    if (!d->html) return;
    nen__html_end_groups(d);
    nen__put(d->out, "</details>\n");
}

/* ---- cards ---- */

void nen__doc_card(nen__doc *d, const char *title, const char *klass,
                   const char *badge) {
    if (!d->html) {
        nen__text_indent(d, 0, 2);
        nen__text_newline(d);
        nen__doc_strong(d, title);
        if (*badge) nen__doc_say(d, " (%s)", badge);
        nen__text_flush(d);
        nen__text_newline(d);
        return;
    }
    nen__html_end_groups(d);
    nen__putf(d->out, "<article class=\"card %s\"", klass);
    about(d);
    nen__putf(d->out, ">\n<h%u>", d->level + 1u);
    feed_text(d, title);
    if (*badge) {
        nen__put(d->out, " <span class=\"badge\">");
        feed_text(d, badge);
        nen__put(d->out, "</span>");
    }
    nen__putf(d->out, "</h%u>\n", d->level + 1u);
}

void nen__doc_card_end(nen__doc *d) {
    nen__html_end_groups(d);
    if (d->html) nen__put(d->out, "</article>\n");
}

void nen__doc_brief(nen__doc *d, const char *klass) {
    if (!d->html) {
        nen__doc_open(d, NEN__ITEM);
        return;
    }
    nen__html_end_groups(d);
    nen__putf(d->out, "<article class=\"card brief %s\"", klass);
    about(d);
    nen__put(d->out, ">\n<p>");
    strcpy(d->close, "</p>\n");
}

void nen__doc_brief_end(nen__doc *d) {
    nen__doc_card_end(d);
}

static void bar(nen__doc *d, const char *klass, double share_pct) {
    nen__putf(d->out,
              "<svg class=\"bar %s\" viewBox=\"0 0 100 6\" "
              "preserveAspectRatio=\"none\" aria-hidden=\"true\">"
              "<rect class=\"track\" width=\"100\" height=\"6\" rx=\"3\"/>",
              klass);
    if (share_pct > 0) {
        nen__putf(d->out, "<rect class=\"fill\" width=\"%g\" height=\"6\" rx=\"3\"/>",
                  share_pct > 100 ? 100.0 : floor(share_pct + 0.5));
    }
    nen__put(d->out, "</svg>");
}

void nen__doc_effect(nen__doc *d, const char *name, const char *klass,
                     double share_pct) {
    nen__doc_pair(d, name);
    if (d->html && share_pct >= 0) bar(d, klass, share_pct);
}

/* ---- tables ---- */

static void text_cell(nen__doc *d, const char *text) {
    unsigned at = 2;
    for (unsigned i = 0; i < d->cell; i++)
        at += d->width[i];
    nen__text_flush(d);
    if (d->cell == 0) nen__text_indent(d, 2, 2);
    if (d->column >= at && d->cell) {
        nen__put(d->out, "  ");
        d->column += 2;
    }
    while (d->column < at) {
        nen__put_char(d->out, ' ');
        d->column++;
    }
    d->hang = at;
    d->fresh = true;
    d->space = false;
    feed_text(d, text);
    nen__text_flush(d);
}

void nen__doc_cell(nen__doc *d, const char *text) {
    const char *tag = d->table_head ? "th" : "td";
    if (d->html) {
        nen__putf(d->out, "%s<%s>", d->cell ? "" : "<tr>", tag);
        feed_text(d, text);
        nen__putf(d->out, "</%s>", tag);
    } else {
        text_cell(d, text);
    }
    if (++d->cell < d->columns) return;
    d->cell = 0;
    if (d->html) {
        nen__put(d->out, "</tr>\n");
    } else {
        nen__text_newline(d);
    }
}

void nen__doc_table(nen__doc *d, unsigned columns, const unsigned *width,
                    const char *const *head) {
    nen__html_end_groups(d);
    if (d->html) nen__put(d->out, "<div class=\"wide\"><table>\n<thead>");
    d->columns = columns < NEN__COLUMNS_MAX ? columns : NEN__COLUMNS_MAX;
    d->cell = 0;
    for (unsigned i = 0; i < d->columns; i++)
        d->width[i] = width[i];
    d->table_head = true;
    for (unsigned i = 0; i < d->columns; i++)
        nen__doc_cell(d, head[i]);
    d->table_head = false;
    if (d->html) nen__put(d->out, "</thead>\n<tbody>\n");
}

void nen__doc_table_end(nen__doc *d) {
    if (d->html) nen__put(d->out, "</tbody></table></div>\n");
}

void nen__doc_end(nen__doc *d) {
    nen__html_end_groups(d);
    if (d->html && d->section) nen__put(d->out, "</section>\n");
    if (!d->html) nen__text_flush(d);
    if (!d->html && d->column) nen__text_newline(d);
}
