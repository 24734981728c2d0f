/* knowc_package.c - a Frictionless data package that describes the tables. */
#include "knowc.h"

#include <string.h>

static void member(kc_buf *out, const char *name, const char *text) {
    kc_print(out, "\"%s\": \"%s\"", name, text); /* names here need no escapes */
}

static void column(kc_buf *out, const char *name) {
    kc_print(out, "          {");
    member(out, "name", name);
    kc_print(out, ", ");
    member(out, "type", strcmp(name, "checked") ? "string" : "date");
    const char *allowed = NULL;
    if (!strcmp(name, "status"))
        allowed = "\"published\", \"derived\", \"judgement\", \"unverified\"";
    if (!strcmp(name, "confidence")) allowed = "\"high\", \"medium\", \"low\"";
    if (allowed) kc_print(out, ", \"constraints\": {\"enum\": [%s]}", allowed);
    kc_print(out, "}");
}

static void columns(kc_buf *out, const kc_schema *schema) {
    static const char evidence[] = "source locator status checked confidence";
    const char *lists[] = {schema->columns, schema->evidence ? evidence : ""};
    char name[KP_NAME_MAX];
    bool first = true;
    for (unsigned i = 0; i < 2; i++) {
        while (kc_item(&lists[i], ' ', name, sizeof name)) {
            kc_print(out, first ? "\n" : ",\n");
            column(out, name);
            first = false;
        }
    }
}

static void keys(kc_buf *out, const char *list) {
    char name[KP_NAME_MAX];
    bool first = true;
    kc_print(out, "        \"primaryKey\": [");
    for (; kc_item(&list, ' ', name, sizeof name); first = false)
        kc_print(out, first ? "\"%s\"" : ", \"%s\"", name);
    kc_print(out, "]\n");
}

static void resource(kc_buf *out, const kc_schema *schema, bool last) {
    kc_print(out, "    {\n      ");
    member(out, "name", schema->name);
    kc_print(out, ",\n      ");
    member(out, "title", schema->title);
    kc_print(out, ",\n      \"path\": \"%s.tsv\",\n", schema->name);
    kc_print(out, "      \"profile\": \"tabular-data-resource\",\n"
                  "      \"format\": \"tsv\",\n"
                  "      \"mediatype\": \"text/tab-separated-values\",\n"
                  "      \"encoding\": \"utf-8\",\n"
                  "      \"dialect\": {\"delimiter\": \"\\t\", \"commentChar\": \"#\", "
                  "\"header\": true},\n"
                  "      \"schema\": {\n"
                  "        \"missingValues\": [\"-\"],\n"
                  "        \"fields\": [");
    columns(out, schema);
    kc_print(out, "\n        ],\n");
    keys(out, schema->key);
    kc_print(out, "      }\n    }%s\n", last ? "" : ",");
}

void kc_package(kc_buf *out) {
    kc_print(out, "{\n"
                  "  \"profile\": \"tabular-data-package\",\n"
                  "  \"name\": \"nen-knowledge\",\n"
                  "  \"title\": \"Knowledge about neuroendocrine neoplasms, every row "
                  "with its source\",\n"
                  "  \"version\": \"" NEN_VERSION "\",\n"
                  "  \"resources\": [\n");
    for (unsigned i = 0; i < KC_TABLES; i++)
        resource(out, &kc_schemas[i], i + 1 == KC_TABLES);
    kc_print(out, "  ]\n}\n");
}
