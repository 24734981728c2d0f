#!/usr/bin/env python3
"""Cases of tests/cases/*_cases.tsv through the built command, in one batch.

Columns: id kind case expect status source note.  `case` is JSON, or `@` and the name of
a file that holds it.  `expect` is read by harness.judge; rows of kind `invalid` must be answered by an error object and alone end with exit 3;
all others with exit 0."""
import glob
import json
import os
import sys

import harness


def case_of(row):
    text = row["case"]
    if text.startswith("@"):
        with open(os.path.join(harness.ROOT, text[1:]), encoding="utf-8") as file:
            text = file.read()
    return json.loads(text)


def run(path, tally):
    rows = harness.table(path)
    answer, out = harness.batch("report", [case_of(r) for r in rows])
    name = os.path.basename(path)
    tally.check(len(out) == len(rows), name,
                f"{len(rows)} cases in, {len(out)} answers out; {answer.err[:200]}")
    bad = any(r["kind"] == "invalid" for r in rows)
    tally.check(answer.rc == (3 if bad else 0), name, f"exit {answer.rc}")
    for row, got in zip(rows, out):
        wrong = harness.judge(got, row["expect"])
        if row["kind"] == "invalid" and "error" not in got:
            wrong.append("answered, not refused")
        if row["kind"] != "invalid" and "error" in got:
            wrong = ["refused: " + str(got["error"].get("text"))]
        ids = [o["id"] for o in got.get("options", [])]
        wrong += [f"{i} listed twice" for i in set(ids) if ids.count(i) > 1]
        tally.check(not wrong, row["id"], "; ".join(wrong))
    for row in rows:
        if row["kind"] == "invalid":
            alone(row, tally)


def alone(row, tally):
    """A single bad case: nothing on standard output, a message, exit 3."""
    got = harness.nen("report", "--json", "-", data=row["case"])
    ok = got.rc == 3 and got.out == "" and got.err.strip() != ""
    tally.check(ok, row["id"] + " alone", f"exit {got.rc}, output {got.out[:60]!r}")


def main():
    tally = harness.Tally()
    here = os.path.join(harness.ROOT, "tests", "cases")
    paths = sys.argv[1:] or sorted(glob.glob(os.path.join(here, "*_cases.tsv")))
    for path in paths:
        run(path, tally)
    tally.finish()


if __name__ == "__main__":
    main()
