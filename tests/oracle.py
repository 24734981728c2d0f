#!/usr/bin/env python3
"""An independent check: registry tables (SEER EOD public 3.3) against nen.

The tables are read from $NEN_SHARED/oracle/seer-eod-3.3.zip (default ../shared) and
never committed.  tests/oracle_map.tsv says which case each code stands for.  Three
parts: which staging system and edition, summary stage, and the grade code labels.
A difference that the map does not list by trap fails."""
import collections
import itertools
import json
import os
import re
import zipfile

import harness

YEARS = range(2018, 2027)
SPREAD = {"1": "localized", "2": "regional", "3": "regional", "4": "regional",
          "7": "distant", "9": "null"}
TABLE_OF = {"extent": "ss2018_t", "nodes": "ss2018_n", "mets": "ss2018_m"}
EXPECTED_WHEN_ABSENT = 30000


class Tables:
    """The zip's schemas and tables, read when asked for."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.names = self.zip.namelist()
        self.cache = {}

    def get(self, folder, name):
        key = f"{folder}/{name}.json"
        if key not in self.cache:
            full = next(n for n in self.names if n.endswith(key))
            self.cache[key] = json.loads(self.zip.read(full))
        return self.cache[key]

    def schemas(self):
        for name in self.names:
            if re.search(r"schemas/[^/]+\.json$", name):
                yield os.path.basename(name)[:-5]

    def steps(self, schema):
        for mapping in self.get("schemas", schema)["mappings"]:
            yield from mapping["tables"]

    def endpoint(self, schema, output):
        """Code -> value of the table that gives `output` in `schema`."""
        for step in self.steps(schema):
            if output in step.get("outputs", []):
                rows = self.get("tables", step["id"])["rows"]
                return {row[0]: row[2].partition(":")[2] for row in rows}
        raise KeyError(output)


def ranges(cell):
    for part in cell.replace(" ", "").split(","):
        if part:
            low, _, high = part.partition("-")
            yield low, high or low


def within(cell, value):
    if cell.strip() in ("", "*"):
        return True
    return any(low <= value <= high for low, high in ranges(cell))


def combine(tables, extent, nodes, mets):
    for row in tables.get("tables", "summary_stage_rpa")["rows"]:
        ok = all(cell == "*" or value in cell.split(",")
                 for cell, value in zip(row, (extent, nodes, mets)))
        if ok:
            return row[3].partition(":")[2]
    return None


# ---- summary stage ------------------------------------------------------------------

def cases_by_code(rows, schema):
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in rows:
        if row["schema"] == schema and row["kind"] in TABLE_OF:
            found[row["kind"]][row["code"]].append(row["case"])
    return found


def summary_cases(tables, rows, base, skipped, tally):
    """(name, case, expected) for every combination of codes of one base row."""
    mapped = cases_by_code(rows, base["schema"])
    for entry in base["code"].split():
        schema, _, year = entry.partition(":")
        values = {k: tables.endpoint(schema, out) for k, out in TABLE_OF.items()}
        for kind, codes in values.items():
            lost = set(codes) - set(mapped[kind])
            tally.check(not lost, f"{schema} {kind}", f"codes not in the map: {lost}")
        keys = [sorted(values[k]) for k in TABLE_OF]
        for codes in itertools.product(*keys):
            parts = [mapped[k].get(c, ["-"]) for k, c in zip(TABLE_OF, codes)]
            if any(p == ["-"] for p in parts):
                skipped[base["schema"]] += 1
                continue
            expected = combine(tables, *(values[k][c] for k, c in zip(TABLE_OF, codes)))
            if expected == "0":
                continue
            for texts in itertools.product(*parts):
                case = dict(json.loads(base["case"]), diagnosed=year)
                for text in texts:
                    case.update(json.loads(text))
                yield f"{schema} {'/'.join(codes)}", case, SPREAD[expected]


def summary_stage(tables, rows, tally):
    skipped = collections.Counter()
    work = []
    for base in (r for r in rows if r["kind"] == "base"):
        work += summary_cases(tables, rows, base, skipped, tally)
    _, out = harness.batch("stage", [case for _, case, _ in work])
    tally.check(len(out) == len(work), "summary stage", f"{len(out)} of {len(work)}")
    wrong = collections.Counter()
    for (name, case, want), answer in zip(work, out):
        got = harness.word((harness.at(answer, "stage.spread.value") or ["?"])[0])
        if got != want:
            wrong[name.split()[0]] += 1
        tally.check(got == want, name, f"{got}, registry {want}: {json.dumps(case)}")
    print(f"summary stage: {len(work)} cases, {sum(wrong.values())} differ"
          f" {dict(wrong) or ''}; code combinations joined here: {sum(skipped.values())}")


# ---- system and edition ---------------------------------------------------------------

def schema_for(tables, selections, site, hist, year):
    """`net8`, `net9` ... by the schema whose selection table matches, or `other`."""
    for name, table in selections.items():
        keys = [d["key"] for d in table["definition"]]
        facts = {"site": site, "hist": hist, "year_dx": str(year)}
        for row in table["rows"]:
            cells = dict(zip(keys, row))
            if all(within(cells.get(k, "*"), v) for k, v in facts.items()):
                return name
    return None


def expected_system(schema, kind):
    if schema is None:
        return {"carcinoma_scheme", "none"}
    if schema == "net_adrenal_gland":
        return {"ajcc8"}
    return {"ajcc9"} if re.search(r"_v9_20\d\d$", schema) else {"ajcc8"}


def plausible(site_row, hist_row):
    """Histologies a site is graded and staged by in the registry's own lists."""
    ppgl = site_row["schema"] in ("adrenal", "paraganglioma")
    return ppgl == (hist_row["schema"] == "ppgl") and not (
        site_row["schema"] in ("lung", "thymus") and
        hist_row["schema"] in ("goblet", "minen"))


def choice(tables, rows, tally):
    ours = {n for r in rows if r["kind"] == "base"
            for n in re.findall(r"(\S+):", r["code"])}
    selections = {}
    for name in ours:
        schema = tables.get("schemas", name)
        selections[name] = tables.get("tables", schema["schema_selection_table"])
    known = {r["code"].split()[0]: r["known"] for r in rows if r["kind"] == "known"}
    work = []
    for site, hist in itertools.product(
            [r for r in rows if r["kind"] == "topography"],
            [r for r in rows if r["kind"] == "histology"]):
        if not plausible(site, hist):
            continue
        for year in YEARS:
            case = dict(json.loads(site["case"]), **json.loads(hist["case"]),
                        diagnosed=str(year))
            schema = schema_for(tables, selections, site["code"], hist["code"], year)
            work.append((site, hist, year, case, schema))
    _, out = harness.batch("stage", [w[3] for w in work])
    tally.check(len(out) == len(work), "schema choice", f"{len(out)} of {len(work)}")
    listed = 0
    for (site, hist, year, case, schema), answer in zip(work, out):
        got = harness.word((harness.at(answer, "stage.system") or ["?"])[0])
        want = expected_system(schema, hist["schema"])
        if got not in want and site["code"] in known:
            listed += 1
            continue
        tally.check(got in want, f"choice {site['code']} {hist['code']} {year}",
                    f"{got}, registry {schema}: {json.dumps(case)}")
    print(f"system and edition: {len(work)} cases, {listed} differ as listed"
          f" ({', '.join(sorted(set(known.values())))})")


# ---- grade labels -----------------------------------------------------------------------

def label_holds(text, mitoses, ki67):
    """Does a grade label such as "count less than A AND index less than B" hold?"""
    found = []
    for limit in re.findall(
            r"(less than|greater than|equal)\s+(\d+)(?:-(\d+))?", text):
        how, low, high = limit[0], float(limit[1]), float(limit[2] or limit[1])
        value = (mitoses, ki67)[len(found) % 2]
        found.append(value < low if how == "less than" else
                     value > low if how == "greater than" else low <= value <= high)
    return all(found) if " AND" in text else any(found)


def grades(tables, tally):
    schema = tables.get("schemas", "net_pancreas")
    name = next(i["table"] for i in schema["inputs"] if i["key"] == "grade_clin")
    labels = {r[0]: r[1] for r in tables.get("tables", name)["rows"] if r[0] in "123"}
    steps = [0, 1, 1.9, 2, 2.9, 3, 10, 19.9, 20, 20.1, 21, 55]
    work = []
    for mitoses, ki67 in itertools.product(steps, steps):
        holds = [c for c in labels if label_holds(labels[c], mitoses, ki67)]
        want = "G" + max(holds) if holds else None
        if want:
            work.append((want, {"site": "gep", "differentiation": "well",
                                "mitoses_per_2mm2": mitoses, "ki67_pct": ki67}))
    _, out = harness.batch("grade", [case for _, case in work])
    for (want, case), answer in zip(work, out):
        got = harness.word((harness.at(answer, "grade.value") or ["?"])[0])
        tally.check(got == want, "grade label", f"{got}, registry {want}: {case}")
    print(f"grade code labels: {len(work)} cases")


def main():
    tally = harness.Tally(show=25)
    shared = os.environ.get("NEN_SHARED", os.path.join(harness.ROOT, "..", "shared"))
    path = os.path.join(shared, "oracle", "seer-eod-3.3.zip")
    if not os.path.exists(path):
        tally.skip(EXPECTED_WHEN_ABSENT, "the registry tables (seer-eod-3.3.zip) are "
                   "not beside this tree; set NEN_SHARED to the folder above oracle/")
        tally.finish()
    tables = Tables(path)
    rows = harness.table(os.path.join(harness.ROOT, "tests", "oracle_map.tsv"))
    choice(tables, rows, tally)
    summary_stage(tables, rows, tally)
    grades(tables, tally)
    tally.finish()


if __name__ == "__main__":
    main()
