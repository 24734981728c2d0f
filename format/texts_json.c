/* texts_json.c - every text of one language, for a page that says them by id. */
#include "json_out.h"
#include "write.h"

#include <string.h>

size_t nen_write_texts(unsigned lang, char *buf, size_t cap) {
    nen__buf b = nen__buf_over(buf, cap);
    nen__json j = {&b, false, (uint8_t)lang};
    nen__j_open(&j, '{');
    for (unsigned i = 0; i < nen_row_count(); i++) {
        const nen_row *row = nen_row_get(i);
        if (!strcmp(row->table, "texts")) nen__j_pair(&j, row->id, nen_text(lang, i));
    }
    nen__j_close(&j, '}');
    return nen__buf_end(&b);
}
