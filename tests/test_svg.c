/* test_svg.c - the plots: sizes, refusals, odd numbers and words.
 * With a folder as its argument it writes there what tests/test_svg.py reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "svg_examples.h"

enum { CAP = 1 << 18, LONG_NAME = 300 };

static char got[CAP];
static const char *folder;

/* Drawn, ended, in one piece; its copy for test_svg.py. */
static void drawn(const char *name, size_t bytes) {
    assert_in_range(bytes, 1, CAP - 1);
    assert_int_equal(strlen(got), bytes);
    assert_int_equal(strncmp(got, "<svg ", 5), 0);
    assert_string_equal(got + bytes - 7, "</svg>\n");
    assert_null(strstr(got, "nan"));
    assert_null(strstr(got, "inf\""));
    if (!folder) return;
    char path[LONG_NAME];
    snprintf(path, sizeof path, "%s/%s.svg", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(got, 1, bytes, file), bytes);
    assert_int_equal(fclose(file), 0);
}

static void refused(size_t bytes) {
    assert_int_equal(bytes, 0);
    assert_string_equal(got, "");
}

static unsigned count(const char *what) {
    unsigned n = 0;
    for (const char *at = got; (at = strstr(at, what)); at++)
        n++;
    return n;
}

/* ---- each kind ---- */

static example_curves curves;
static example_swimmers swimmers;

static void survival_of_none_to_four_plans(void **state) {
    (void)state;
    for (unsigned n = 0; n <= NEN_CURVES_MAX; n++) {
        char name[] = "survival0";
        name[8] = (char)('0' + n);
        const nen_survival_plot *p = example_survival(&curves, n);
        drawn(name, nen_svg_survival(p, got, CAP));
        assert_int_equal(count("class=\"curve\""), n);
        assert_int_equal(count("class=\"band\""), n);
        assert_int_equal(count(">A</text>"), n > 1 ? 3 : 0); /* key, end, at risk */
    }
    nen_survival_plot p = *example_survival(&curves, 1);
    p.curves = NEN_CURVES_MAX + 1;
    refused(nen_svg_survival(&p, got, CAP));
}

/* Another measure than time: lines from point to point, no band, no median. */
static void points_may_be_joined(void **state) {
    (void)state;
    nen_survival_plot p = *example_survival(&curves, 2);
    p.joined = true;
    drawn("joined", nen_svg_survival(&p, got, CAP));
    assert_int_equal(count("class=\"curve\""), 2);
    assert_int_equal(count("class=\"band\""), 0);
    assert_null(strstr(got, "stroke-dasharray=\"3 3\"/>\n<circle"));
}

static void survival_stops_at_the_horizon(void **state) {
    (void)state;
    nen_survival_plot p = *example_survival(&curves, 2);
    p.horizon_months = 36;
    p.years = false;
    drawn("survival_36", nen_svg_survival(&p, got, CAP));
    assert_non_null(strstr(got, ">36</text>"));
    assert_null(strstr(got, ">48</text>"));
    curves.curve[0].points = 1; /* one point, and none */
    curves.curve[1].points = 0;
    drawn("survival_point", nen_svg_survival(&p, got, CAP));
    p.horizon_months = 0;
    drawn("survival_month", nen_svg_survival(&p, got, CAP));
}

static void survival_says_years_or_months(void **state) {
    (void)state;
    nen_survival_plot p = *example_survival(&curves, 1);
    drawn("survival_years", nen_svg_survival(&p, got, CAP));
    assert_int_equal(count(">10</text>"), 1);
    p.years = false;
    drawn("survival_months", nen_svg_survival(&p, got, CAP));
    assert_int_equal(count(">120</text>"), 1);
}

static void differences(void **state) {
    (void)state;
    nen_difference_plot p = example_difference();
    drawn("difference", nen_svg_difference(&p, got, CAP));
    assert_int_equal(count("<circle"), 1); /* cannot tell: hollow */
    assert_non_null(strstr(got, ">Cannot tell</text>"));
    p.rows = 1;
    drawn("difference1", nen_svg_difference(&p, got, CAP));
    p.rows = 0;
    drawn("difference0", nen_svg_difference(&p, got, CAP));
}

static void swimmers_of_many_and_none(void **state) {
    (void)state;
    nen_swimmer_plot p = *example_swimmer(&swimmers);
    unsigned segments = p.kinds;
    for (unsigned i = 0; i < p.people; i++)
        segments += p.person[i].segments;
    drawn("swimmer", nen_svg_swimmer(&p, got, CAP));
    assert_int_equal(count("\" class=\"k"), segments);
    p.horizon_months = 24; /* what lies beyond is cut, those beyond it still alive */
    drawn("swimmer_24", nen_svg_swimmer(&p, got, CAP));
    p.people = 1;
    drawn("swimmer1", nen_svg_swimmer(&p, got, CAP));
    p.people = p.kinds = 0;
    drawn("swimmer0", nen_svg_swimmer(&p, got, CAP));
}

static void icons_are_a_hundred_people(void **state) {
    (void)state;
    nen_icon_plot p = example_icons();
    nen_icon_array one = p.array[0];
    drawn("icons", nen_svg_icons(&p, got, CAP));
    /* each person begins with a head: 100 of each array, 3 of each key */
    assert_int_equal(count("0z"), 2 * (NEN_ICON_PEOPLE + 3));
    p.arrays = 1;
    drawn("icons1", nen_svg_icons(&p, got, CAP));
    p.arrays = 0;
    drawn("icons0", nen_svg_icons(&p, got, CAP));
    p.arrays = 1;
    p.array = &one;
    one.group[0].count = NEN_ICON_PEOPLE;
    one.group[1].count = one.group[2].count = 0;
    drawn("icons_all", nen_svg_icons(&p, got, CAP));
    one.group[2].count = 1; /* 101 people */
    refused(nen_svg_icons(&p, got, CAP));
    one.group[0].count = 98;
    refused(nen_svg_icons(&p, got, CAP));
}

static void forests(void **state) {
    (void)state;
    nen_forest_plot p = example_forest();
    drawn("forest", nen_svg_forest(&p, got, CAP));
    assert_int_equal(count("<circle"), 1 + 4); /* the key, four that were hit */
    assert_int_equal(count("NETTER-2"), 1);    /* one heading for two rows */
    p.log_axis = false;
    p.reference_known = true;
    p.reference = 12;
    drawn("forest_linear", nen_svg_forest(&p, got, CAP));
    p.rows = 1;
    drawn("forest1", nen_svg_forest(&p, got, CAP));
    p.rows = 0;
    drawn("forest0", nen_svg_forest(&p, got, CAP));
    p.log_axis = true;
    p.reference_known = false;
    drawn("forest0_log", nen_svg_forest(&p, got, CAP));
}

static void phones_and_walls(void **state) {
    (void)state;
    static const unsigned width[] = {340, 1, 5000};
    static const char *const name[][5] = {
        {"survival_phone", "difference_phone", "swimmer_phone", "icons_phone",
         "forest_phone"},
        {"survival_least", "difference_least", "swimmer_least", "icons_least",
         "forest_least"},
        {"survival_wall", "difference_wall", "swimmer_wall", "icons_wall",
         "forest_wall"}};
    for (unsigned i = 0; i < sizeof width / sizeof *width; i++) {
        nen_survival_plot s = *example_survival(&curves, 2);
        nen_difference_plot d = example_difference();
        nen_swimmer_plot w = *example_swimmer(&swimmers);
        nen_icon_plot n = example_icons();
        nen_forest_plot f = example_forest();
        s.text.width = d.text.width = w.text.width = n.text.width = width[i];
        f.text.width = width[i];
        drawn(name[i][0], nen_svg_survival(&s, got, CAP));
        drawn(name[i][1], nen_svg_difference(&d, got, CAP));
        drawn(name[i][2], nen_svg_swimmer(&w, got, CAP));
        drawn(name[i][3], nen_svg_icons(&n, got, CAP));
        drawn(name[i][4], nen_svg_forest(&f, got, CAP));
    }
}

/* ---- numbers ---- */

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    static const double bad[] = {NAN, INFINITY, -INFINITY, 1e300};
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        nen_survival_plot s = *example_survival(&curves, 2);
        curves.mid[1][7] = bad[i];
        refused(nen_svg_survival(&s, got, CAP));
        s = *example_survival(&curves, 2);
        curves.at_risk[1][120] = bad[i];
        refused(nen_svg_survival(&s, got, CAP));
        s = *example_survival(&curves, 2);
        s.horizon_months = bad[i];
        refused(nen_svg_survival(&s, got, CAP));

        nen_plot_difference row = {"a", "b", "c", bad[i], bad[i], bad[i], NEN_PLOT_A};
        nen_difference_plot d = example_difference();
        d.row = &row, d.rows = 1;
        refused(nen_svg_difference(&d, got, CAP));

        nen_swimmer_plot w = *example_swimmer(&swimmers);
        swimmers.progression[3][0] = bad[i];
        refused(nen_svg_swimmer(&w, got, CAP));
        w = *example_swimmer(&swimmers);
        swimmers.segment[3][0].to_months = bad[i];
        refused(nen_svg_swimmer(&w, got, CAP));

        nen_forest_plot f = example_forest();
        nen_forest_row fr = f.row[0];
        f.row = &fr, f.rows = 1;
        fr.predicted_hi = bad[i];
        refused(nen_svg_forest(&f, got, CAP));
    }
}

static void what_contradicts_itself_is_refused(void **state) {
    (void)state;
    nen_survival_plot s = *example_survival(&curves, 1);
    curves.months[5] = 3; /* back in time */
    refused(nen_svg_survival(&s, got, CAP));
    s = *example_survival(&curves, 1);
    curves.hi[0][0] = 101;
    refused(nen_svg_survival(&s, got, CAP));
    s = *example_survival(&curves, 1);
    curves.lo[0][9] = 99; /* above its middle */
    refused(nen_svg_survival(&s, got, CAP));

    nen_swimmer_plot w = *example_swimmer(&swimmers);
    swimmers.segment[0][0].kind = w.kinds;
    refused(nen_svg_swimmer(&w, got, CAP));
    w = *example_swimmer(&swimmers);
    swimmers.segment[0][0].to_months = -1;
    refused(nen_svg_swimmer(&w, got, CAP));

    nen_forest_plot f = example_forest();
    nen_forest_row row = f.row[0];
    f.row = &row, f.rows = 1;
    row.lo = 0; /* no place on an axis of ratios */
    refused(nen_svg_forest(&f, got, CAP));
    f.log_axis = false;
    drawn("forest_zero", nen_svg_forest(&f, got, CAP));
}

static void huge_and_tiny_numbers(void **state) {
    (void)state;
    static const double size[] = {1e12, 1e6, 1, 1e-6, 2e-12, 1e-300};
    for (unsigned i = 0; i < sizeof size / sizeof *size; i++) {
        const double v = size[i];
        char name[] = "0_forest";
        name[0] = (char)('0' + i);
        nen_forest_plot f = example_forest();
        nen_forest_row row[2] = {f.row[0], f.row[1]};
        f.row = row, f.rows = 2;
        row[0].lo = v / 2, row[0].mid = row[0].hi = v;
        if (v > 1e-13) {
            drawn(name, nen_svg_forest(&f, got, CAP));
        } else {
            refused(nen_svg_forest(&f, got, CAP)); /* too small a ratio to draw */
        }
        f.log_axis = false;
        drawn("forest_sizes", nen_svg_forest(&f, got, CAP));

        nen_plot_difference one = {"a", "b", "c", -v, v / 2, v, NEN_PLOT_B};
        nen_difference_plot d = example_difference();
        d.row = &one, d.rows = 1;
        drawn("difference_sizes", nen_svg_difference(&d, got, CAP));
        one.lo = one.mid = one.hi = 0;
        drawn("difference_zero", nen_svg_difference(&d, got, CAP));

        nen_survival_plot s = *example_survival(&curves, 1);
        s.horizon_months = v;
        curves.curve[0].median_months = v;
        drawn("survival_sizes", nen_svg_survival(&s, got, CAP));
    }
}

/* ---- words ---- */

static void words_are_escaped(void **state) {
    (void)state;
    nen_difference_plot d = example_difference();
    nen_plot_difference row = d.row[0];
    d.row = &row, d.rows = 1;
    row.label = "<b onclick=\"x('1')\"> & \x01\x7f broken \xff\xc3 \xef\xbf\xbe end";
    d.text.id = "a b\"c";
    d.text.title = "</title><script>alert(1)</script>";
    d.text.lang = "en\"><x";
    drawn("escapes", nen_svg_difference(&d, got, CAP));
    assert_non_null(strstr(got, "&lt;b onclick=&quot;x(&#39;1&#39;)&quot;&gt; &amp;"));
    assert_non_null(strstr(got, "aria-labelledby=\"a-b-c-title\""));
    assert_null(strstr(got, "<script"));
    assert_null(strchr(got, 1));
}

static void words_wrap_or_are_missing(void **state) {
    (void)state;
    nen_forest_plot f = {0};
    nen_forest_row row = {NULL, NULL, NULL, 1, 1, 1, 0, 0, 0, true};
    f.row = &row, f.rows = 1;
    drawn("no_words", nen_svg_forest(&f, got, CAP));

    char word[200], other[400] = "";
    memset(word, 'w', sizeof word - 1);
    word[sizeof word - 1] = 0;
    while (strlen(other) + 8 < sizeof other) /* one word of three-byte letters */
        strcat(other, "\xe8\x83\xb0\xe8\x85\xba");
    row.label = word, row.said = other, row.group = word;
    f.text.title = other;
    f.hit = f.missed = f.predicted = word;
    drawn("long_words", nen_svg_forest(&f, got, CAP));
    assert_true(count("<text") > 10);
}

/* ---- the contract of (buf, cap) ---- */

static void size_is_needed_and_kept(void **state) {
    (void)state;
    static char whole[CAP];
    const nen_swimmer_plot *p = example_swimmer(&swimmers);
    const size_t need = nen_svg_swimmer(p, whole, sizeof whole);
    assert_int_equal(nen_svg_swimmer(p, NULL, 0), need);
    for (size_t cap = 0; cap <= need + 1; cap += cap < 300 ? 1 : 97) {
        memset(got, '#', need + 2);
        assert_int_equal(nen_svg_swimmer(p, got, cap), need);
        for (size_t i = cap; i < need + 2; i++) {
            assert_int_equal(got[i], '#');
        }
        if (!cap) continue;
        const size_t kept = cap - 1 < need ? cap - 1 : need;
        assert_int_equal(got[kept], 0);
        assert_memory_equal(got, whole, kept);
    }
    assert_int_equal(nen_svg_swimmer(p, got, need + 1), need);
    assert_string_equal(got, whole);
    nen_swimmer_plot none = *p;
    none.horizon_months = NAN;
    assert_int_equal(nen_svg_swimmer(&none, NULL, 0), 0);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survival_of_none_to_four_plans),
        cmocka_unit_test(points_may_be_joined),
        cmocka_unit_test(survival_stops_at_the_horizon),
        cmocka_unit_test(survival_says_years_or_months),
        cmocka_unit_test(differences),
        cmocka_unit_test(swimmers_of_many_and_none),
        cmocka_unit_test(icons_are_a_hundred_people),
        cmocka_unit_test(forests),
        cmocka_unit_test(phones_and_walls),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(what_contradicts_itself_is_refused),
        cmocka_unit_test(huge_and_tiny_numbers),
        cmocka_unit_test(words_are_escaped),
        cmocka_unit_test(words_wrap_or_are_missing),
        cmocka_unit_test(size_is_needed_and_kept),
    };
    folder = argc > 1 ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
