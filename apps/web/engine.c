/* engine.c - the module's exports: one case in, its answer out; the tables.
 *
 * The page owns the memory: it takes a span with web_take, hands in text and room for
 * the answer, and gives it back with web_drop. Writers return the bytes that they need,
 * and write at most as many as there is room for. */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

web_case web_now;

WEB_EXPORT(web_take) void *web_take(size_t bytes);
WEB_EXPORT(web_drop) void web_drop(void *memory);
WEB_EXPORT(web_read) unsigned web_read(const char *text, size_t bytes);
WEB_EXPORT(web_write)
size_t web_write(unsigned what, uint32_t how, char *buf, size_t cap);
WEB_EXPORT(web_facts)
size_t web_facts(const char *topic, const char *word, uint32_t how, char *buf,
                 size_t cap);
WEB_EXPORT(web_texts) size_t web_texts(uint32_t how, char *buf, size_t cap);
WEB_EXPORT(web_lang) const char *web_lang(unsigned lang);
WEB_EXPORT(web_translate)
const char *web_translate(unsigned lang, const char *english);

void *web_take(size_t bytes) {
    return malloc(bytes);
}

void web_drop(void *memory) {
    free(memory);
}

nen_style web_style(uint32_t how) {
    const uint8_t region = (uint8_t)(how >> WEB_BYTE & WEB_BYTE_MASK);
    return (nen_style){.parts = NEN_PART_REPORT,
                       .board = (how & WEB_BOARD) != 0,
                       .full = (how & WEB_FULL) != 0,
                       .all_options = (how & WEB_ALL) != 0,
                       .region = region,
                       .lang = (uint8_t)(how >> 2 * WEB_BYTE & WEB_BYTE_MASK),
                       .width = (uint16_t)((how >> 3 * WEB_BYTE) * WEB_WIDTH_STEP)};
}

/* ---- a case ---- */

static nen_status answer(void) {
    const nen_config config = {0, false};
    const nen_status status = nen_answer(&web_now.in.c, &config, &web_now.d);
    if (status != NEN_OK) return status;
    return nen_questions(&web_now.in.c, &config, &web_now.d, &web_now.work);
}

/* Reads a JSON case and works out its answer; 0, or the status of the error that
 * web_write then tells. */
unsigned web_read(const char *text, size_t bytes) {
    nen_status status = NEN_ERR_CAPACITY;
    memset(&web_now.in, 0, sizeof web_now.in);
    memset(&web_now.error, 0, sizeof web_now.error);
    web_now.course = NULL;
    web_now.number++;
    const size_t room = bytes <= NEN_JSON_MAX ? NEN_JSON_TOKENS(bytes) : 0;
    void *tokens = room ? malloc(room) : NULL;
    if (tokens || !room)
        status = nen_read_json(text, bytes, tokens, room, &web_now.in, &web_now.error);
    free(tokens);
    if (status == NEN_OK) status = nen_finish(&web_now.in, &web_now.error);
    if (status == NEN_OK) status = answer();
    if (status != NEN_OK && web_now.error.code == NEN_OK) web_now.error.code = status;
    return status;
}

typedef enum web_shape {
    WEB_JSON,
    WEB_HTML,
    WEB_CASE,
    WEB_TEXT,
    WEB_PAGE, /* HTML with a head of its own */
    WEB_ERROR
} web_shape;

size_t web_write(unsigned what, uint32_t how, char *buf, size_t cap) {
    nen_style style = web_style(how);
    style.course = web_now.course;
    switch (what) {
        case WEB_JSON:
            return nen_write_json(&web_now.in, &web_now.d, &style, buf, cap);
        case WEB_HTML:
            return nen_write_html_body(&web_now.in, &web_now.d, &style, buf, cap);
        case WEB_CASE:
            return nen_write_case(&web_now.in, buf, cap);
        case WEB_TEXT:
            return nen_write_text(&web_now.in, &web_now.d, &style, buf, cap);
        case WEB_PAGE:
            return nen_write_html(&web_now.in, &web_now.d, &style, buf, cap);
        case WEB_ERROR:
            return nen_write_error_json(&web_now.error, web_now.in.c.id, style.lang,
                                        buf, cap);
        default:
            return 0;
    }
}

/* ---- the tables ---- */

/* `word` may be empty: the whole table. */
size_t web_facts(const char *topic, const char *word, uint32_t how, char *buf,
                 size_t cap) {
    unsigned found = 0;
    const nen_facts_query query = {.topic = topic,
                                   .word = *word ? word : NULL,
                                   .json = true,
                                   .lang = web_style(how).lang};
    return nen_write_facts(&query, &found, buf, cap);
}

/* {"id":"text", ...}: every text in one language. */
size_t web_texts(uint32_t how, char *buf, size_t cap) {
    return nen_write_texts(web_style(how).lang, buf, cap);
}

/* What a cell of a table is in a language; itself where nobody translates it. */
const char *web_translate(unsigned lang, const char *english) {
    return nen_translate(lang, english);
}

/* "en"; NULL past the last language. */
const char *web_lang(unsigned lang) {
    return nen_lang_code(lang);
}
