#!/usr/bin/env python3
"""The knowledge compiler on small made-up tables: what it prints, what it refuses.

Each bad table is the good one with one cell changed; the message must name the file,
the line, the column and what is wrong.
"""
import itertools
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOOD = ROOT / "tests" / "knowc"
KNOWC = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build" / "knowc")

# table, id (first cell), column, new cell, expected in a message
BAD = [
    ("rules", "SR-01", "when", "growingg", r"rules.tsv:2: when: .*nearest `growing`"),
    ("rules", "SR-01", "when", "size_mm < 600", r"range of `size_mm`: 0.1 to 500"),
    ("rules", "SR-01", "when", "size_mm < x", r"no number for `size_mm`"),
    ("rules", "SR-01", "when", "site < colon", r"have no order"),
    ("rules", "SR-01", "when", "site == colom", r"nearest `colon`"),
    ("rules", "SR-01", "when", "site == gut", r"write `bowel`"),
    ("rules", "SR-01", "when", "organs == liver", r"`organs` is a list"),
    ("rules", "SR-01", "when", "organs has @none", r"no set `@none`"),
    ("rules", "SR-01", "when", "organs has @drugs", r"set `@drugs` is of `prior`"),
    ("rules", "SR-01", "when", "note == x", r"free text"),
    ("rules", "SR-01", "when", "growing and", r"expected a field"),
    ("rules", "SR-01", "when", "growing growing", r"left over"),
    ("rules", "SR-01", "when", "(growing", r"expected `\)`"),
    ("rules", "SR-01", "when", "growing & low", r"unexpected byte 0x26"),
    ("rules", "SR-01", "when", "not " * 60 + "growing", r"nested too deep"),
    ("rules", "SR-01", "when", "(low or growing and " * 17 + "low" + ")" * 17,
     r"operands at a time"),
    ("rules", "SR-01", "when", "diagnosed < 18-01-01", r"a date like"),
    ("rules", "SR-01", "when", "topography == 18.0", r"a code like C25.4"),
    ("rules", "SR-01", "when", "count(site) > 1", r"count\(\) takes a list"),
    ("rules", "SR-01", "when", "option in {surgery}", r"no option is left"),
    ("rules", "SR-01", "options", "surgery", r"`surgery` is no option"),
    ("rules", "SR-01", "options", "drug_c", r"rules.tsv:2: options: .*drug_c"),
    ("rules", "SR-01", "severity", "must_newer", r"nearest `must_never`"),
    ("rules", "SR-01", "region", "US, MARS", r"region: `MARS` is not allowed"),
    ("rules", "SR-02", "id", "SR-01", r"rules.tsv:3: id: used before, at .*:2"),
    ("rules", "SR-01", "id", "P-1", r"id: used before, at .*positions.tsv:2"),
    ("rules", "SR-01", "source", "papers", r"source: .*no `papers`; nearest `paper`"),
    ("rules", "SR-01", "source", "-", r"source: no source"),
    ("rules", "SR-01", "locator", "-", r"locator: no locator"),
    ("rules", "SR-01", "locator", "unread", r"`published` is for what was read"),
    ("rules", "SR-01", "status", "unverified", r"have the locator `unread`"),
    ("rules", "SR-01", "status", "sure", r"status: `sure` is not allowed"),
    ("rules", "SR-01", "confidence", "huge", r"confidence: `huge` is not allowed"),
    ("rules", "SR-01", "checked", "2026-13-01", r"checked: .*no date"),
    ("rules", "SR-01", "checked", "2026", r"checked: .*no date"),
    ("rules", "SR-01", "text", "", r"text: empty cell"),
    ("rules", "SR-01", "text", "a\tb", r"rules.tsv:2: 17 cells, but rules has 16"),
    ("rules", "SR-01", "text", "a \udcff b", r"rules.tsv:2: byte \d+ \(0xff\)"),
    ("rules", "id", "when", "wen", r"rules.tsv:1: column 6 is `wen`, expected `when`"),
    ("fields", "low", "formula", "no: low", r"formula: "),
    ("fields", "size_class", "formula", "tiny: growing", r"no word `tiny`"),
    ("fields", "nodes", "hi", "-", r"hi: a number needs its range"),
    ("fields", "low", "type", "boolean", r"type: .*nearest `bool`"),
    ("words", "extent", "sites", "moon", r"words.tsv:6: sites: .*`moon`"),
    ("options", "drug_b", "goals", "growth, fame", r"goals: `fame` is not allowed"),
    ("options", "drug_b", "part_of", "drug_b", r"part_of: `drug_b` is a part itself"),
    ("options", "drug_b", "part_of", "drug_x", r"part_of: .*`drug_x`"),
    ("positions", "P-1", "id", "P-2", r"id: no row of position_options"),
    ("position_options", "P-1.a", "position", "P-9", r"no position `P-9`"),
    ("position_options", "P-1.b", "condition", "-", r"says on what"),
    ("position_options", "P-1.b", "option", "drug_x", r"option: .*`drug_x`"),
    ("approvals", "ap.a", "option", "drug_x", r"approvals.tsv:3: option: .*`drug_x`"),
    ("stage_rules", "t.1", "value", "T9", r"value: `T9` is not allowed"),
    ("stage_rules", "t.1", "when", "size_mm > 20 or extent == beyond",
     r"gap: no row of (colon|rectum) t ajcc8 holds for .*size_mm 20"),
    ("stage_rules", "t.1", "when", "size_mm < 10 and extent == wall", r"dead row"),
    ("stage_rules", "m.1", "when", "true", r"stage_rules.tsv:5: when: dead row"),
    ("stage_groups", "g.1", "m", "*", r"stage_groups.tsv:3: id: dead row: g.1"),
    ("stage_groups", "g.2", "t", "T1, T7", r"t: `T7` is not allowed"),
    ("grade_rules", "g2", "when", "nodes > 3", r"gap: .*none .*nodes 3"),
    ("spread_combine", "c.1", "metastases", "*", r"dead row: c.1"),
    ("conventions", "a.range", "assume", "size_mm = big..", r"no number"),
    ("conventions", "a.words", "assume", "extent = {wall, roof}", r"`roof`"),
    ("conventions", "a.words", "assume", "wall", r"expected `field = literal`"),
    ("course", "p.dropout", "sd", "0", r"not above 0"),
    ("course", "p.dropout", "scale", "linear", r"linear"),
    ("course", "p.dropout", "id", "p.drop_out", r"no row `p.dropout`"),
    ("trial_constants", "t.noise_local", "id", "t.noise", r"nothing of this name"),
    ("editions", "e.1", "group_table", "lung", r"has no table `lung`"),
    ("editions", "e.1", "dx_from", "2018-02", r"dx_from: .*no date"),
    ("checks", "k.1", "fields", "nodes, sise", r"no field `sise`"),
    ("sites", "lung", "site", "long", r"nearest `lung`"),
    ("texts", "notice", "text", "Not {advice.", r"a brace that is not of a {name}"),
    ("texts", "notice", "text", "Not [[advice]].", r"no {name} between `\[\[`"),
    ("texts", "notice", "text", "Not {a}[[ for {b}.", r"`\[\[` without its `\]\]`"),
    ("texts", "notice", "text", "Not {a}]].", r"`\]\]` without its `\[\[`"),
    ("texts", "notice", "id", "where_told", r"the same constant as `where.told`"),
    ("texts", "notice", "id", "No-tice", r"only small letters"),
    ("texts", "notice", "lang", "fr", r"texts.tsv:4: lang: no row in English"),
    ("texts", "where.told", "text", "In {site}.", r"{size} is not in the English text"),
    ("texts", "where.told", "text", "{site} {size} {age}", r"{age} .* is missing"),
    ("languages", "en", "lang", "fr", r"lang: English is the first language"),
    ("languages", "es", "complete", "yes", r"words.tsv:\d+: .*no words in `es`"),
    ("translations", "es", "english", "rectum", r"lang: used before"),
    ("translations", "es", "lang", "fr", r"a language of `languages`"),
    ("translations", "es", "text", "-", r"text: no words"),
    ("translations", "es", "text", "pulmón {a}", r"{a} is not in the English"),
    ("translations", "es", "text", "uno | dos", r"` \| ` stands not as often"),
    ("trials", "tl.one", "use", "fitting", r"trials.tsv:2: use: `fitting`"),
    ("trials", "tl.one", "sites", "colon 60, bowel 40", r"sites: a word twice"),
    ("trials", "tl.one", "sites", "colon 60, lung 50", r"add to 110 percent"),
    ("trials", "tl.one", "sites", "colon sixty", r"no `word percent`"),
    ("trials", "tl.one", "grades", "G4 10", r"`G4` is no grade"),
    ("trials", "tl.one", "ki67_lo", "30", r"ki67_lo: above ki67_hi"),
    ("trials", "tl.one", "entry", "any", r"entry_months: only for"),
    ("trials", "tl.one", "scan_weeks", "60", r"scan_weeks: .*not within"),
    ("trials", "tl.one", "unread", "grade", r"unread: no column `grade`"),
    ("trials", "tl.one", "unread", "phase", r"unread: `phase` says nothing"),
    ("trials", "tl.two", "id", "tl.three", r"trials.tsv:3: id: no arm belongs"),
    ("arms", "arm.one_a", "plan", "drug_c", r"plan: `drug_c` is no option"),
    ("arms", "arm.one_a", "plan", "drug_a@4", r"plan: `drug_a@4`: a cap"),
    ("arms", "arm.one_a", "plan", "drug_a", r"endpoints.tsv:4: line: .*has 1 steps"),
    ("arms", "arm.one_b", "plan", "-", r"an arm that is fitted or predicted"),
    ("arms", "arm.one_b", "trial", "tl.nine", r"trial: trials has no `tl.nine`"),
    ("arms", "arm.one_a_colon", "of", "arm.two", r"of: an arm of another trial"),
    ("arms", "arm.one_a_colon", "subset", "-", r"subset: which part"),
    ("endpoints", "ep.two.orr", "arm", "arm.one_b", r"arm: an arm of another trial"),
    ("endpoints", "ep.two.orr", "arm", "arm.one_b", r"arms.tsv:5: id: no figure"),
    ("endpoints", "ep.one_a.pfs", "value", "8", r"lo: 9 is above the value 8"),
    ("endpoints", "ep.one_a.hr", "value", "0.9", r"hi: 0.8 is below the value 0.9"),
    ("endpoints", "ep.one_a.hr", "value", "NR", r"value: only a median"),
    ("endpoints", "ep.one_a.hr", "versus", "-", r"versus: compared with which"),
    ("endpoints", "ep.one_a.hr", "versus", "arm.two", r"versus: an arm of another"),
    ("endpoints", "ep.one_a.hr", "unit", "months", r"unit: `months` is not allowed"),
    ("endpoints", "ep.one_a.pfs", "level", "-", r"level: an interval has a level"),
    ("endpoints", "ep.one_a.rate", "time_months", "-", r"a rate at what time"),
    ("endpoints", "ep.one_a.rate", "value", "160", r"value: 160 is no percentage"),
    ("endpoints", "ep.one_a.rate", "value", "-", r"value: no value"),
    ("sources", "paper", "key", "book", r"no `paper`"),
    ("sources", "paper", "kind", "novel", r"kind: `novel` is not allowed"),
    ("course_classes", "course.a", "class", "prtt", r"class: .*nearest `prrt`"),
    ("course_classes", "course.a", "option", "drug_c", r"option: .*drug_c"),
    ("course_classes", "course.a", "option", "drug_b", r"option: used before, at .*:2"),
    ("course_classes", "course.a", "cycle_weeks", "-", r"cycles of how many weeks"),
    ("course_classes", "course.a", "cycle_weeks", "0", r"not above 0"),
    ("course_classes", "course.a", "cap_months", "12", r"in cycles or in months"),
    ("course_classes", "course.a", "randomised", "liver", r"`liver` is not allowed"),
    ("course_models", "model.rest", "when", "growing", r"holds for every case"),
    ("course_models", "model.colon", "origin", "-", r"a model has an origin"),
    ("course_models", "model.rest", "origin", "lung", r"no model has none"),
    ("course_models", "model.colon", "when", "site == colom", r"nearest `colon`"),
    ("course_values", "value.age", "unit", "months", r"`months` is not allowed"),
    ("course_values", "value.age", "value", "-", r"value: no value"),
    ("course_values", "value.age", "item", "age", r"nearest `age_years`"),
    ("course_values", "value.age", "when", "growing", r"holds for every case"),
    ("course_orders", "order.a", "plan", "drug_c", r"`drug_c` is no option"),
    ("course_orders", "order.a", "plan", "drug_a*x", r"a cap is \*cycles or @months"),
    ("course_orders", "order.a", "plan", "drug_a | drug_b", r"one plan a row"),
    ("course_orders", "order.a", "plan", "-", r"1 to 6 steps"),
    ("course_orders", "order.a", "plan", "drug_a,drug_b," * 3 + "drug_a", r"1 to 6"),
    ("course_orders", "order.a", "plan", "+".join(["drug_a"] * 5), r"at most 4 in one"),
    ("course_orders", "order.a", "when", "site == colom", r"nearest `colon`"),
    ("course_values", "value.ki67_any", "when", "growing", r"holds for every case"),
    ("course_late", "late.one", "classes", "prtt", r"classes: .*`prtt`"),
    ("course_late", "late.one", "classes", "none", r"classes of drugs"),
    ("course_late", "late.one", "classes", "ssa, prrt", r"a row has them already"),
    ("course_late", "late.one", "lo", "0.6", r"with its interval around it"),
    ("course_late", "late.one", "hi", "0.4", r"with its interval around it"),
    ("course_late", "late.one", "value", "-", r"with its interval around it"),
    ("course_late", "late.one", "unit", "pct", r"unit: `pct` is not allowed"),
    ("course_hormones", "hormones.one", "class", "prtt", r"class: .*nearest `prrt`"),
    ("course_hormones", "hormones.one", "hi", "40", r"with its interval around it"),
    ("course_hormones", "hormones.one", "unit", "months", r"`months` is not allowed"),
    ("course_hormones", "hormones.rest", "when", "growing", r"holds for every case"),
    ("course_constants", "k.frailty_share", "id", "k.frail", r"no such constant"),
]

# text of the generated files
PRINTED = [
    r"\.option = 1, \.klass = 1, \.randomised = 9, \.survival = 0, \.cycle_weeks = 4",
    r"\.option = 0, \.klass = 4, .*\.cap_cycles = 4",
    r"(?s)\.model = 1, \.origin = 1\},.*\.model = 0, \.origin = 0\}",
    r"(?s)\.value = 5, \.item = 0\},.*\.value = 60, \.item = 2\}",
    r"NEN__F_SIZE_MM = 2,",
    r"NEN__W_SITE_BOWEL = 3,",
    r"NEN__W_PRIOR_DRUG_B = 1,\s*NEN__W_PRIOR_SURGERY = 2,",
    r"NEN__W_CURRENT_DRUG_B = 1,\s*};",
    r"NEN__O_DRUG_B = 1,",
    r'nen__knowledge_date\[\] = "2026-11-24"',
    r'\.word = "bowel".*\.group = 1, \.registry = 0, \.members = \{0x3, 0x0\}',
    r'\.word = "wall".*\.sites = \{0x3, 0x0\}',
    r'\.also = "outside\|out"',
    r"\.num = \{0\.1\d*, 3\}, \.known = 1, \.flags = 2\}, \.assume_field = 2",
    r"\.set = \{0x3, 0x0\}, \.known = 1\}, \.assume_field = 1",
    r"\.set = \{0x0, 0x0\}, \.known = 1\}, \.assume_field = 4",
    r"nen__readings\[1\]; /\* none \*/\s*const unsigned nen__readings_count = 0",
    r"\.from = 20180101, \.to = 0",
    # by extent (L, RE ...), nodes and metastases (NONE, no such value, D, U)
    r"spread_of\[\] = \{\s(\s*255,\s+255,\s+2,\s+255,\s){4}"
    r"(\s*1,\s+255,\s+2,\s+1,\s){4}",
    r"\.names_option = 1",
    r"NEN_T_WHERE_TOLD = \d+,\s*NEN_T_NOTICE = \d+,",
    r'nen__lang\[\] = \{"en", "es", NULL\}',
    r'\.lang = 1, \.text = "Empezó en \{site\}\[\[ \(\{size\}\)\]\]\."',
    r"nen__translations_count = 1;",
    r'text_1\[\] = \{\s+#if .*NEN_PAGE_es\s+"pulmón",\s+"recto",\s+#endif\s+NULL\}',
    r'english_1\[\] = \{\s+#if .*NEN_PAGE_es\s+"lung",\s+"rectum",',
    r"nen__phrases_in\[\] = \{\{NULL, NULL, 0\},\s+\{english_1, text_1,",
    r"calibration_figure\[\] = \{\s*\{\.id = \"ep.one_a.pfs\", \.value = 11.5, \.value_is = 1, "
    r"\.lo = 9, \.lo_is = 1, \.hi = 0, \.hi_is = 2",
    r"nen__calibration = \{calibration_trial, calibration_arm, calibration_figure, 1, "
    r"3, 4\}",
    r"nen__validation = \{validation_trial, validation_arm, validation_figure, 1, 1, 1\}",
    r"nen__prospective = \{.*, 0, 0, 0\}",
]

# C that says the texts of the fixture, and what knowc --texts finds in it
SAID = ('f(NEN_T_NOTICE); '
        'g(NEN_T_WHERE_TOLD, NEN__WITH(a("site", h("x", 1)), a("size", 2)));')
SAYINGS = [
    (SAID, None),
    (SAID.replace("NEN_T_NOTICE", "NEN_T_NOTISE"), r"u.c:1: .* no text for NEN_T_NOTISE"),
    (SAID.replace("NEN_T_NOTICE", "0"), r"texts.tsv:4: id: no source says this text"),
    ("/* NEN_T_NOTICE */" + SAID.replace("NEN_T_NOTICE", "0"), r"no source says"),
    (SAID.replace(', a("size", 2)', ""), r"`where.told` needs a value for {size}"),
    (SAID.replace('"size"', '"sise"'), r"`where.told` has no {sise}"),
    (SAID + "\nconst int t = NEN_T_WHERE_TOLD;", r"u.c:2: .*needs a value for {site}"),
]


OUTPUTS = ("ids.h", "text_ids.h", "knowledge.c", "calibration.c", "validation.c")


# Tables of the numbers that the model's headers name: the project's own.
MODEL = ("course", "course_constants", "trial_constants")


def of_the_project(name):
    """Rows of a table of the project, as if it had chosen all of them."""
    lines = (ROOT / "knowledge" / f"{name}.tsv").read_text().splitlines()
    rows = [line.split("\t")[:-5] for line in lines if line[0] != "#"][1:]
    mine = ["project", "-", "judgement", "2026-11-24", "low"]
    return ["\t".join(row + mine) for row in rows]


def headers(folder):
    """Files for the tables that the fixture leaves out: headers alone, or the model's."""
    text = subprocess.run([KNOWC, "--datapackage", folder], capture_output=True,
                          text=True, check=True).stdout
    for table in json.loads(text)["resources"]:
        path = folder / table["path"]
        if not path.exists():
            names = [field["name"] for field in table["schema"]["fields"]]
            rows = of_the_project(table["name"]) if table["name"] in MODEL else []
            path.write_text("\n".join(["\t".join(names)] + rows) + "\n")
    (folder / "datapackage.json").write_text(text)


def fixture(folder):
    shutil.copytree(GOOD, folder)
    headers(folder)
    return folder


def change(folder, table, row, column, cell):
    path = folder / f"{table}.tsv"
    lines = path.read_text().splitlines()
    at = lines[0].split("\t").index(column)
    for i, line in enumerate(lines):
        cells = line.split("\t")
        if cells[0] == row:
            cells[at] = cell
            lines[i] = "\t".join(cells)
            break
    else:
        raise KeyError(row)
    path.write_text("\n".join(lines) + "\n", errors="surrogateescape")


def run(*words):
    return subprocess.run([KNOWC, *map(str, words)], capture_output=True, text=True,
                          errors="replace", timeout=60)


def good(top):
    folder, out = fixture(top / "good"), top / "out"
    out.mkdir()
    done = run(folder, out)
    yield "the good tables compile", done.returncode == 0, done.stderr
    text = "".join((out / n).read_text() for n in OUTPUTS)
    for pattern in PRINTED:
        yield f"printed: {pattern}", re.search(pattern, text) is not None, ""
    order = re.findall(r"\.option = (\d), \.region", text)
    yield "approvals stand by option", order == ["0", "1"], str(order)
    order = re.findall(r"\.axis = 0, \.value = (\d+)", text.split("stage_rules")[1])
    yield "stage rules stand by order", order == ["3", "8"], str(order)
    sealed = (out / "calibration.c").read_text()
    yield "a fit sees calibration rows only", "two" not in sealed, sealed
    for cc, name in itertools.product(("gcc", "clang"), OUTPUTS[2:]):
        c = subprocess.run([cc, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                            "-I", ROOT / "core", "-I", ROOT / "include", "-c",
                            out / name, "-o", out / "k.o"],
                           capture_output=True, text=True)
        yield f"{cc} takes {name}", c.returncode == 0, c.stderr
    done = run("--check", folder)
    yield "--check agrees", done.returncode == 0, done.stderr
    (folder / "datapackage.json").write_text("{}")
    yield "--check sees an old data package", run("--check", folder).returncode == 1, ""
    change(folder, "translations", "es", "english", "lungs")
    done = run("--check", folder)
    yield "a translation whose English changed is warned of", \
        "warning: nothing says this" in done.stderr, done.stderr
    (folder / "rules.tsv").unlink()
    done = run(folder, out)
    yield "a missing table is refused", done.returncode == 1, done.stderr
    yield "and named", "rules.tsv:0: missing table" in done.stderr, done.stderr
    yield "unless partial", run("--partial", folder, out).returncode == 0, ""
    yield "usage", run().returncode == 2, ""


def bad(top):
    for number, (table, row, column, cell, message) in enumerate(BAD):
        folder = fixture(top / f"bad{number}")
        change(folder, table, row, column, cell)
        done = run("--check", folder)
        ok = done.returncode == 1 and re.search(message, done.stderr)
        name = f"{table} {row} {column} = {cell[:30]!r}"
        yield f"refused: {name}", bool(ok), f"no {message!r} in:\n{done.stderr}"


def draws(top):
    """posterior.tsv: every parameter in order, finite bits, draws numbered from 0."""
    folder, out = fixture(top / "draws"), top / "draws.out"
    out.mkdir()
    lines = (folder / "course.tsv").read_text().splitlines()[1:]
    names = [line.split("\t")[0][2:] for line in lines]
    good = ["3f800000"] * len(names)  # 1
    for what, header, row, message in (
            ("an infinity", names, ["0", "7f800000", *good[1:]], "bits of a finite"),
            ("seven digits", names, ["0", "3f80000", *good[1:]], "bits of a finite"),
            ("a number too few", names, ["0", *good[1:]], "bits of a finite"),
            ("a number too many", names, ["0", *good, good[0]], "more columns"),
            ("another first number", names, ["1", *good], "numbered from 0"),
            ("another order", names[::-1], ["0", *good], "another parameter"),
            ("taken", names, ["0", *good], None)):
        (folder / "posterior.tsv").write_text(
            "# a fit\ndraw\t" + "\t".join(header) + "\n" + "\t".join(row) + "\n")
        done = run(folder, out)
        ok = (done.returncode == 1 and message in done.stderr if message
              else done.returncode == 0)
        yield f"draws: {what}", ok, done.stderr
    text = (out / "course_knowledge.c").read_text()
    yield "a draw is printed", "posterior_count = 1;" in text, text[-200:]


def said(top):
    """texts.tsv against the C that says its rows."""
    folder, c = fixture(top / "said"), top / "u.c"
    for number, (text, message) in enumerate(SAYINGS):
        c.write_text(text + "\n")
        done = run("--texts", folder, c)
        ok = (done.returncode == 1 and re.search(message, done.stderr) if message
              else done.returncode == 0)
        yield f"texts said, {number}", bool(ok), f"{message!r}: {done.stderr}"
    yield "no such source", run("--texts", folder, top / "none.c").returncode == 1, ""


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        for tests in (good(top), bad(top), draws(top), said(top)):
            for what, ok, why in tests:
                passed, failed = passed + bool(ok), failed + (not ok)
                if not ok:
                    print(f"FAIL {what}: {why}".encode("ascii", "replace").decode())
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
