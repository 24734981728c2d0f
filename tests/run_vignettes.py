#!/usr/bin/env python3
"""Vignettes of tests/cases/vignettes.tsv: which options a board would and would not see.

Columns: id summary case supported conditional must_not must_flag source note; lists
with `, ` between.  Judged as the contract says: supported -> fits; conditional ->
conditional or needs_test; must_not X -> absent, not_now or never; X@on_label_us ->
that label is not on; X@tumour_control -> growth is not a goal; must_flag -> in flags."""
import json
import os

import harness

SHOWN = ("fits", "conditional", "needs_test")


def items(cell):
    return [x.strip() for x in cell.replace(";", ",").split(",") if x.strip(" -")]


def option(answer, name):
    for entry in answer.get("options", []):
        if entry["id"] == name:
            return entry
    return {"id": name, "status": "absent", "label": {}, "goal": []}


def refused(entry, item):
    """Does the answer keep to `must_not item`?"""
    _, _, where = item.partition("@")
    if where.startswith("on_label_"):
        return entry["label"].get(where[9:].upper()) != "on"
    if where == "tumour_control":
        return "growth" not in entry["goal"]
    return entry["status"] not in SHOWN


def wrong_in(row, answer):
    wrong = []
    for name in items(row["supported"]):
        status = option(answer, name)["status"]
        if status != "fits":
            wrong.append(f"supported {name} is {status}")
    for name in items(row["conditional"]):
        status = option(answer, name)["status"]
        if status not in ("conditional", "needs_test"):
            wrong.append(f"conditional {name} is {status}")
    for item in items(row["must_not"]):
        entry = option(answer, item.partition("@")[0])
        if not refused(entry, item):
            wrong.append(f"must not {item}: {entry['status']} {entry['label']}")
    fired = {f["rule"] for f in answer.get("flags", [])}
    for rule in items(row["must_flag"]):
        if rule not in fired:
            wrong.append(f"flag {rule} is missing")
    return wrong


def main():
    tally = harness.Tally(show=80)
    path = os.path.join(harness.ROOT, "tests", "cases", "vignettes.tsv")
    rows = harness.table(path) if os.path.exists(path) else []
    tally.check(rows, "vignettes.tsv", "no vignettes found")
    _, out = harness.batch("report", [json.loads(r["case"]) for r in rows], "--all")
    tally.check(len(out) == len(rows), "batch", f"{len(rows)} in, {len(out)} out")
    for row, answer in zip(rows, out):
        if "error" in answer:
            wrong = ["refused: " + str(answer["error"].get("text"))]
        else:
            wrong = wrong_in(row, answer)
            wrong += once(answer)
        tally.check(not wrong, row["id"], "; ".join(wrong))
    tally.finish()


def once(answer):
    """Holds for every answer: an option is listed once, says no "if" twice, and
    carries neither an "if" nor open fields when it fits."""
    options = answer["options"]
    ids = [o["id"] for o in options]
    wrong = [f"{i} listed twice" for i in set(ids) if ids.count(i) > 1]
    for o in options:
        if o["status"] == "fits" and (o["if"] or o["needs"]):
            wrong.append(f"{o['id']} fits, yet says {o['if'] + o['needs']}")
        if len(set(o["if"])) != len(o["if"]):
            wrong.append(f"{o['id']} says the same condition twice")
    return wrong


if __name__ == "__main__":
    main()
