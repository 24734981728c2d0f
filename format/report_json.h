/* report_json.h - shared by the files of the JSON report. */
#ifndef NEN_REPORT_JSON_H
#define NEN_REPORT_JSON_H

#include "json_out.h"
#include "view.h"

/* report_json_case.c: one told value; the case; the fields worked out. */
/** A rule id without its part (SR-25 of SR-25.b), as a pair or, key NULL, a string. */
void nen__j_rule(nen__json *j, const char *key, const char *id);
void nen__j_value(nen__json *j, const nen_case *c, unsigned field);
/* How every answer begins: schema, version and date, and the notice. */
void nen__j_head(nen__json *j);
void nen__j_case(nen__json *j, const nen_input *in);
void nen__j_derived(nen__json *j, const nen_input *in, const nen_dossier *d);
/* "not_told": names of the fields that mattered and were not told. */
void nen__j_not_told(nen__json *j, const nen_dossier *d);

/* report_json_option.c */
void nen__j_options(nen__json *j, const nen_dossier *d, const nen_style *style);
/* "sources": keys of these rows, each once. */
void nen__j_source_keys(nen__json *j, const nen__used *used);

#endif
