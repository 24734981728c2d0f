/* facts.h - the knowledge browser: every table readable, searchable and cited. */
#ifndef NEN_FACTS_H
#define NEN_FACTS_H

#include "write.h"

/** What is asked of the tables. */
typedef struct nen_facts_query {
    const char *topic;  /**< "" the list of tables, a table's name, or one of
                             therapy cite stale search */
    const char *word;   /**< a row's id, or a word its row holds; an option, a source
                             key; NULL none */
    const char *since;  /**< approvals: ISO date or its beginning, NULL all */
    const char *region; /**< approvals: US EU UK JP CN, NULL all */
    unsigned months;    /**< stale: older than this */
    uint32_t today_yyyymmdd; /**< stale: counted from here; 0: the knowledge date */
    bool json, color;
    uint8_t lang; /**< of nen_text, 0 English */
} nen_facts_query;

/** Writes the answer, as nen_write_text does; *found is how many rows it shows, and 0
 *  also when there is no such table, option or key. */
size_t nen_write_facts(const nen_facts_query *query, unsigned *found, char *buf,
                       size_t cap);

#endif
