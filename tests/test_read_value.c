/* test_read_value.c - what the readers accept: numbers, spellings, batches. */
#include "read_help.h"

#include <math.h>

/* ---- numbers -----------------------------------------------------------------------
 */

static void units(void **state) {
    (void)state;
    json_ok("{\"size\":\"2.3 cm\",\"mesenteric_mass_mm\":\"11mm\",\"ki67\":\"8 %\","
            "\"progressed_within_months\":\"1 year\",\"albumin_g_l\":\"3.5 g/dL\"}");
    is_number("size_mm", 23, 23, 0);
    is_number("mesenteric_mass_mm", 11, 11, 0);
    is_number("ki67_pct", 8, 8, 0);
    is_number("progressed_within_months", 12, 12, 0);
    is_number("albumin_g_l", 35, 35, 0);
    json_ok("{\"bilirubin_mg_dl\":\"34 umol/L\"}");
    assert_true(fabs(value("bilirubin_mg_dl")->num.lo - 1.99) < 0.01);
    json_ok(
        "{\"bilirubin_mg_dl\":\"34 \xc2\xb5mol/L\",\"platelets_10e9_l\":\"150 G/L\"}");
    assert_true(fabs(value("bilirubin_mg_dl")->num.lo - 1.99) < 0.01);
}

/* The written decimal times ten is exact, whatever the binary fraction. */
static void centimeters_are_exact(void **state) {
    (void)state;
    for (int mm = 1; mm <= 500; mm++) {
        char text[16] = "";
        snprintf(text, sizeof text, "%d.%d cm", mm / 10, mm % 10);
        memset(&in, 0, sizeof in);
        set("size", text);
        is_number("size_mm", mm, mm, 0);
    }
}

static void bounds_and_ranges(void **state) {
    (void)state;
    const struct {
        const char *text;
        double lo, hi;
        unsigned flags;
    } cases[] = {
        {"<3", 0, 3, NEN_HI_OPEN},
        {"<=20", 0, 20, 0},
        {">20", 20, 100, NEN_LO_OPEN},
        {">= 20", 20, 100, 0},
        {"2-3", 2, 3, 0},
        {"2 - 3 %", 2, 3, 0},
        {"2 to 3", 2, 3, 0},
        {"~3", 2.5, 3.5, NEN_HI_OPEN},
        {"2\xe2\x80\x93"
         "3",
         2, 3, 0},
        {"\xe2\x89\xa4 20 %", 0, 20, 0},
        {"12.5", 12.5, 12.5, 0},
        {"0", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memset(&in, 0, sizeof in);
        set("ki67", cases[i].text);
        is_number("ki67_pct", cases[i].lo, cases[i].hi, cases[i].flags);
    }
    set("size", "2-3 cm");
    is_number("size_mm", 20, 30, 0);
}

static void not_measurable(void **state) {
    (void)state;
    json_ok("{\"size\":\"not_measurable\",\"depth_mm\":\"not-measurable\"}");
    assert_int_equal(value("size_mm")->known, NEN_NOT_MEASURABLE);
    assert_int_equal(value("depth_mm")->known, NEN_NOT_MEASURABLE);
}

static void positive_number_unknown(void **state) {
    (void)state;
    set("nodes_pos", "+");
    assert_true(value("nodes_positive")->num.lo == 1);
    assert_true(value("nodes_positive")->num.hi > 100);
    json_ok("{\"nodes_positive\":\"some\"}");
    assert_true(value("nodes_positive")->num.lo == 1);
}

static void doubt_ki67(void **state) {
    (void)state;
    const char *const odd[] = {"{\"ki67\":0.15}", "{\"ki67\":\"0.15\"}",
                               "{\"ki67_pct\":0.05}"};
    const char *const plain[] = {"{\"ki67\":0.5}", "{\"ki67\":1.15}", "{\"ki67\":0}",
                                 "{\"ki67\":\"0.15 %\"}", "{\"ki67\":\"0.15-0.30\"}"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        json_ok(odd[i]);
        assert_int_equal(value("ki67_pct")->flags, NEN_CLOSE_CALL);
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        json_ok(plain[i]);
        assert_int_equal(value("ki67_pct")->flags, 0);
    }
}

static void doubt_size(void **state) {
    (void)state;
    const char *const odd[] = {"{\"size\":2}", "{\"size_mm\":2.5}", "{\"size\":\"2\"}",
                               "{\"size_mm\":\"2.5\"}"};
    const char *const plain[] = {"{\"size_mm\":2}", "{\"size\":\"2 mm\"}",
                                 "{\"size\":3}", "{\"size\":\"0.2 cm\"}",
                                 "{\"size\":\"<3\"}"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        json_ok(odd[i]);
        assert_int_equal(value("size_mm")->flags & NEN_CLOSE_CALL, NEN_CLOSE_CALL);
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        json_ok(plain[i]);
        assert_int_equal(value("size_mm")->flags & NEN_CLOSE_CALL, 0);
    }
}

static void dates_and_codes(void **state) {
    (void)state;
    json_ok(
        "{\"dx_date\":\"2024-02-29\",\"topography\":\"C25.4\",\"icdo3\":\"8240/3\"}");
    is_number("diagnosed", 20240229, 20240229, 0);
    is_number("topography", 254, 254, 0);
    is_number("icdo3", 82403, 82403, 0);
    assert_int_equal(value("histology")->known, NEN_KNOWN);
    is_absent("grade");
    json_ok("{\"diagnosed\":2024,\"topography\":\"C25\"}");
    is_number("diagnosed", 20240101, 20241231, 0);
    is_number("topography", 250, 259, 0);
    json_ok("{\"diagnosed\":\"2023-02\"}");
    is_number("diagnosed", 20230201, 20230228, 0);
}

/* ---- words and lists ----------------------------------------------------------------
 */

static void absent_values(void **state) {
    (void)state;
    json_ok("{\"ki67\":null,\"sex\":\"unknown\",\"size\":\"\",\"metastases\":null,"
            "\"minen\":null,\"site\":\"unknown\"}");
    is_absent("ki67_pct");
    is_absent("sex");
    is_absent("size_mm");
    is_absent("metastases");
    is_absent("histology");
    is_word("site", "unknown"); /* a word of this field: primary not found */
}

static void lists(void **state) {
    (void)state;
    json_ok("{\"metastases\":[],\"features\":\"none\",\"functional\":\"none\"}");
    assert_int_equal(value("metastases")->known, NEN_KNOWN);
    assert_int_equal(members("metastases"), 0);
    assert_int_equal(value("features")->known, NEN_KNOWN);
    is_word("syndrome", "none");
    json_ok("{\"mets\":[\"liver\",\"bone\",\"perhaps_more\"]}");
    assert_int_equal(members("metastases"), 2);
    assert_int_equal(value("metastases")->flags, NEN_PERHAPS_MORE);
    memset(&in, 0, sizeof in);
    set("--metastases", "liver, bone;lung");
    assert_int_equal(members("metastases"), 3);
}

static void groups_mean_one_of(void **state) {
    (void)state;
    set("site", "ppgl");
    assert_int_equal(members("site"), 2);
    set("type", "pheochromocytoma");
    is_word("site", "adrenal");
}

static void flag_names(void **state) {
    (void)state;
    set("--size", "23mm");
    set("--nodes-positive", "3");
    set("ki67", "8");
    set("platelets", "150");
    set("--stools", "4");
    is_number("size_mm", 23, 23, 0);
    is_number("nodes_positive", 3, 3, 0);
    is_number("ki67_pct", 8, 8, 0);
    is_number("platelets_10e9_l", 150, 150, 0);
    is_number("stools_per_day", 4, 4, 0);
}

static void booleans(void **state) {
    (void)state;
    json_ok(
        "{\"fit\":true,\"pregnant\":false,\"warfarin\":\"yes\",\"diabetes\":\"No\"}");
    is_number("fit", 1, 1, 0);
    is_number("pregnant", 0, 0, 0);
    is_number("warfarin", 1, 1, 0);
    is_number("diabetes", 0, 0, 0);
}

static void stated_categories(void **state) {
    (void)state;
    json_ok("{\"t\":\"pT3\",\"n\":\"ypN1\",\"m\":\"cM0\",\"stage\":\"IIA\"}");
    is_word("t", "T3");
    is_word("n", "N1");
    is_word("m", "M0");
    is_word("stage", "IIA");
    assert_string_equal(in.c.prefix[0], "p");
    assert_string_equal(in.c.prefix[1], "yp");
    assert_string_equal(in.c.prefix[2], "c");
    assert_string_equal(in.c.prefix[3], "");
}

static void earlier_treatments(void **state) {
    (void)state;
    json_ok("{\"prior\":[\"lanreotide\",{\"id\":\"lutetium_dotatate\",\"stopped\":"
            "\"progressed\",\"months\":30},\"surgery\",\"lanreotide\"]}");
    assert_int_equal(in.c.priors, 4);
    assert_int_equal(in.c.prior[0].option, in.c.prior[3].option);
    assert_int_equal(in.c.prior[1].option,
                     nen_word_find(field("prior"), "lutetium_dotatate"));
    assert_int_equal(in.c.prior[1].stopped, NEN_STOPPED_PROGRESSED);
    assert_true(in.c.prior[1].months == 30);
    assert_int_equal(members("prior"), 3);
}

/* ---- spellings that tell more than their own field ---------------------------------
 */

static void spellings_of_site(void **state) {
    (void)state;
    json_ok("{\"site\":\"ileum\"}");
    is_word("site", "jejunum_ileum");
    is_word("subsite", "ileum");
    json_ok("{\"site\":\"caecum\"}");
    is_word("site", "colon");
    is_word("subsite", "caecum");
    json_ok("{\"site\":\"phaeochromocytoma\"}");
    is_word("site", "adrenal");
    json_ok("{\"site_suspected\":\"jejunum\"}");
    is_word("site", "jejunum_ileum");
    is_word("subsite", "jejunum");
    is_number("histology_confirmed", 0, 0, 0);
    json_ok("{\"type\":\"sympathetic_paraganglioma\"}");
    is_word("site", "paraganglioma");
    is_word("paraganglioma_type", "sympathetic");
}

static void spellings_of_microscopy(void **state) {
    (void)state;
    json_ok(
        "{\"site\":\"lung\",\"differentiation\":\"carcinoid\",\"necrosis\":\"no\"}");
    is_word("differentiation", "well");
    is_word("histology", "carcinoid_nos");
    is_word("necrosis", "absent");
    json_ok("{\"morphology\":\"small\",\"necrosis\":true}");
    is_word("differentiation", "poor");
    is_word("cell_type", "small");
    is_word("necrosis", "present");
    json_ok("{\"minen\":true}");
    is_word("histology", "minen");
    json_ok("{\"grade\":\"MCC\"}");
    is_word("histology", "merkel");
    is_absent("grade");
    json_ok("{\"site\":\"lung\",\"histology\":\"typical_carcinoid\","
            "\"differentiation\":\"carcinoid\"}");
    is_word("histology", "typical_carcinoid"); /* entered wins over implied */
}

static void spellings_of_stage(void **state) {
    (void)state;
    json_ok("{\"stage\":\"metastatic\"}");
    is_word("spread", "distant");
    is_absent("stage");
    json_ok("{\"stage\":\"locoregional\"}");
    is_word("spread", "regional");
    json_ok("{\"stage\":\"localised\"}");
    is_word("spread", "localized");
    json_ok("{\"stage\":\"resected_R0\"}");
    is_word("residual", "none");
    is_word("margin", "R0");
    assert_false(has("spread", "distant"));
    json_ok("{\"stage\":\"resected_R0\",\"spread\":\"regional\"}");
    is_word("spread", "regional");
}

static void spellings_of_genes(void **state) {
    (void)state;
    json_ok("{\"men1\":true,\"vhl\":false}");
    is_word("germline", "MEN1");
    assert_true(has("germline_tested", "MEN1"));
    assert_true(has("germline_tested", "VHL"));
    json_ok("{\"genetics\":\"SDHB\"}");
    is_word("germline", "SDHB");
    json_ok("{\"genetics\":[\"SDHB\"],\"vhl\":true}");
    assert_int_equal(members("germline"), 2);
}

static void spellings_of_hormones(void **state) {
    (void)state;
    const struct {
        const char *json, *word;
    } cases[] = {
        {"{\"functional\":\"carcinoid_syndrome\"}", "carcinoid"},
        {"{\"functional\":\"acth\"}", "cushing"},
        {"{\"syndrome\":[\"other_functioning\"]}", "other"},
        {"{\"secreting\":true}", "catecholamine"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_ok(cases[i].json);
        is_word("syndrome", cases[i].word);
    }
    json_ok("{\"markers\":{\"5-HIAA\":\"raised\"},\"symptom\":\"diarrhoea 6/day\"}");
    is_word("hiaa5", "raised");
    is_number("stools_per_day", 6, 6, 0);
    json_ok("{\"symptom\":\"diarrhoea\"}");
    assert_int_equal(in.ignoreds, 1);
    assert_string_equal(in.ignored[0].field, "symptom");
}

static void spellings_of_the_rest(void **state) {
    (void)state;
    json_ok(
        "{\"biomarkers\":{\"BRAF\":\"V600E\",\"MMR\":\"deficient\"},\"procedure\":true,"
        "\"high_burden\":true,\"region\":\"China\",\"sstr\":\"heterogeneous\","
        "\"dpd\":\"complete_deficiency\",\"crcl\":25,\"progression\":true,"
        "\"on_warfarin\":true}");
    is_word("braf", "V600E");
    is_word("mmr", "deficient");
    is_word("planned_procedure", "surgery");
    is_word("burden", "high");
    is_word("region", "CN");
    is_word("sstr", "mixed");
    is_word("dpd", "complete");
    is_number("creatinine_clearance_ml_min", 25, 25, 0);
    is_number("progressing", 1, 1, 0);
    is_number("warfarin", 1, 1, 0);
}

static void site_text_is_for_other_sites(void **state) {
    (void)state;
    json_ok("{\"site\":\"other\",\"site_text\":\"heart\"}");
    assert_string_equal(in.c.site_text, "heart");
    json_ok("{\"site\":\"lung\",\"site_text\":\"heart\"}");
    assert_string_equal(in.c.site_text, "");
    assert_int_equal(in.ignoreds, 1);
    assert_string_equal(in.ignored[0].field, "site_text");
}

/* ---- more than one case
 * -------------------------------------------------------------- */

/* Spans of a document, "|" between, "!" where the walk reports a break. */
static void walk(const char *text, const char *expect, bool is_batch) {
    char got[200] = "";
    size_t at = 0, n = 0;
    bool batch = false;
    nen_span span;
    for (int more;
         (more = nen_next_case(text, strlen(text), &at, &batch, &span, &error));) {
        if (++n > 20) fail_msg("no end: %s", text);
        if (more < 0) {
            strcat(got, "!");
        } else {
            strncat(got, span.text, span.bytes);
        }
        strcat(got, "|");
        if (more > 0) assert_ptr_equal(span.text, text + span.byte);
    }
    assert_string_equal(got, expect);
    assert_int_equal(batch, is_batch);
}

static void walks(void **state) {
    (void)state;
    walk("{\"a\":1}", "{\"a\":1}|", false);
    walk("{\n\"a\":1\n}\n", "{\n\"a\":1\n}\n|", false);
    walk("{\"a\":1}\n{\"b\":2}\n", "{\"a\":1}|{\"b\":2}|", true);
    walk("{\"a\":1\n{\"b\":2}\n", "{\"a\":1|{\"b\":2}|", true);
    walk("{\"a\":1}\n\noops\n{\"b\":2}", "{\"a\":1}|oops|{\"b\":2}|", true);
    walk(" [ {\"a\":\"]\"} , {} ] ", "{\"a\":\"]\"}|{}|", true);
    walk("[]", "", true);
    walk("[{}", "{}|", true);
    walk("[{} {}]", "{}|!|", true);
    walk("[{},]", "{}|!|", true);
    walk("[{}] x", "{}|!|", true);
    walk("", "!|", false);
    walk("  ", "!|", false);
}

static void places_in_a_batch(void **state) {
    (void)state;
    static const char text[] = "{\"ki67\":3}\n\n{\"ki67\":130}\n";
    size_t at = 0;
    bool batch;
    nen_span span;
    assert_int_equal(nen_next_case(text, strlen(text), &at, &batch, &span, &error), 1);
    assert_int_equal(nen_next_case(text, strlen(text), &at, &batch, &span, &error), 1);
    assert_int_equal(span.line, 3);
    assert_int_equal(
        nen_read_json(span.text, span.bytes, tokens, sizeof tokens, &in, &error),
        NEN_ERR_RANGE);
    nen_error_move(&error, &span);
    assert_int_equal(error.line, 3);
    assert_int_equal(error.byte, strstr(text, "130") - text);
}

static void nearest(void **state) {
    (void)state;
    assert_string_equal(nen_nearest_field("Ki-67"), "ki67_pct");
    assert_string_equal(nen_nearest_word(field("site"), "ilium"), "jejunum_ileum");
    assert_string_equal(nen_nearest_word(field("site"), "recutm"), "rectum");
    assert_null(nen_nearest_word(field("site"), "xyz"));
    assert_null(nen_nearest_field(""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(units, fresh),
        cmocka_unit_test_setup(centimeters_are_exact, fresh),
        cmocka_unit_test_setup(bounds_and_ranges, fresh),
        cmocka_unit_test_setup(not_measurable, fresh),
        cmocka_unit_test_setup(positive_number_unknown, fresh),
        cmocka_unit_test_setup(doubt_ki67, fresh),
        cmocka_unit_test_setup(doubt_size, fresh),
        cmocka_unit_test_setup(dates_and_codes, fresh),
        cmocka_unit_test_setup(absent_values, fresh),
        cmocka_unit_test_setup(lists, fresh),
        cmocka_unit_test_setup(groups_mean_one_of, fresh),
        cmocka_unit_test_setup(flag_names, fresh),
        cmocka_unit_test_setup(booleans, fresh),
        cmocka_unit_test_setup(stated_categories, fresh),
        cmocka_unit_test_setup(earlier_treatments, fresh),
        cmocka_unit_test_setup(spellings_of_site, fresh),
        cmocka_unit_test_setup(spellings_of_microscopy, fresh),
        cmocka_unit_test_setup(spellings_of_stage, fresh),
        cmocka_unit_test_setup(spellings_of_genes, fresh),
        cmocka_unit_test_setup(spellings_of_hormones, fresh),
        cmocka_unit_test_setup(spellings_of_the_rest, fresh),
        cmocka_unit_test_setup(site_text_is_for_other_sites, fresh),
        cmocka_unit_test_setup(walks, fresh),
        cmocka_unit_test_setup(places_in_a_batch, fresh),
        cmocka_unit_test_setup(nearest, fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
