#!/usr/bin/env python3
"""The trial tables: the frozen split, what a fit may read, and nothing lost on the way.

The evidence file trials.yaml lies in $NEN_SHARED/evidence (default ../shared) and is not
committed; tests/cases/trial_split.tsv holds the split that it froze.
"""
import os
import re

import harness

YAML_TRIALS = 47
# Fields of the evidence file that are figures, and the row each became.
FIELD = re.compile(r"(pfs|os)_(median|hr|\d+mo)(_mo|_pct)?$|(orr|dcr|sd_6mo)_pct$|"
                   r"dor_median_mo$|disc_ae_pct$")
FORBIDDEN = re.compile(r"validat[a-z_]*\.h|nen__validation|nen__prospective|nen_table_|"
                       r"nen_cell|nen_row_")


def rows(name):
    path = os.path.join(harness.ROOT, "knowledge", f"{name}.tsv")
    lines = [x.rstrip("\n") for x in open(path, encoding="utf-8") if x[0] != "#"]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"))) for line in lines[1:]]


def frozen_list():
    path = os.path.join(harness.ROOT, "tests", "cases", "trial_split.tsv")
    lines = [x.split() for x in open(path, encoding="utf-8") if x[0] != "#"]
    return dict(lines[1:])


def evidence_text():
    shared = os.environ.get("NEN_SHARED", os.path.join(harness.ROOT, "..", "shared"))
    path = os.path.join(shared, "evidence", "trials.yaml")
    return open(path, encoding="utf-8").read() if os.path.exists(path) else None


def evidence_split(text):
    """Ids and uses of the evidence file, which has two blanks a level."""
    block = text.split("\ntrials:\n", 1)[1].split("\narms:\n", 1)[0]
    return {f"tl.{name.lower()}": use
            for name, use in re.findall(r"^  (\w+):\n    use: (\w+)$", block, re.M)}


def evidence_figures(text):
    """(arm, field, value) of every numeric figure of the arms."""
    block = text.split("\narms:\n", 1)[1].split("\nnatural_history:\n", 1)[0]
    for entry in re.split(r"^- id: ", block, flags=re.M)[1:]:
        arm = entry.split("\n", 1)[0].strip()
        for field, value in re.findall(r"^  (\w+): ([0-9.]+)$", entry, re.M):
            if FIELD.match(field):
                yield arm, field, float(value)


def split(t, trials, frozen, text):
    for key, use in frozen.items():
        row = trials.get(key)
        t.check(row and row["use"] == use, f"split {key}",
                f"{row['use'] if row else 'no row'}, frozen as {use}")
    for key, row in trials.items():
        if key not in frozen:
            t.check(row["use"] == "none", f"split {key}", "not in the frozen split")
    t.check(len(frozen) == YAML_TRIALS, "trials in the frozen list", len(frozen))
    if text is None:
        t.skip(2, "evidence/trials.yaml lies not beside this tree; "
               "set NEN_SHARED to the folder above evidence/")
        return
    t.check(evidence_split(text) == frozen, "the frozen list is the evidence file's")


def nothing_lost(t, text):
    """Each figure of the evidence file has a row, or one that says what it was."""
    if text is None:
        return
    figure = {r["id"]: r for r in rows("endpoints")}
    lost = []
    count = 0
    for arm, field, value in evidence_figures(text):
        count += 1
        key = f"ep.{arm.lower()}.{re.sub('(_mo|_pct)$', '', field)}"
        row = figure.get(key)
        if not row:
            lost.append(f"{key} is missing")
        elif row["value"] in ("NR", "-") or float(row["value"]) != value:
            if f"was {value:g}" not in row["text"]:
                lost.append(f"{key} is {row['value']}, was {value:g}, and does not say")
    t.check(not lost and count > 300, "every figure of the evidence file",
            "; ".join(lost[:5]) or f"only {count} read")


def sealed(t, trials):
    """The generated file of a fit names calibration trials and no others."""
    path = os.path.join(harness.ROOT, "build", "gen", "calibration.c")
    text = open(path, encoding="utf-8").read()
    arms, figures = rows("arms"), rows("endpoints")
    for kind, table in (("tl", list(trials.values())), ("arm", arms), ("ep", figures)):
        printed = set(re.findall(rf'\.id = "({kind}\.[\w.]+)"', text))
        own = {r["id"] for r in table
               if trials[r.get("trial", r["id"])]["use"] == "calibration"}
        t.check(own and printed == own, f"calibration.c: {kind}",
                f"{sorted(printed ^ own)[:5]}")


def may_read(sources):
    """Lines of a fit that reach for more than the calibration rows."""
    return [f"{name}: {line.strip()}" for name, text in sources.items()
            for line in text.splitlines() if FORBIDDEN.search(line)]


def fit_is_blind(t):
    """But for the validation, fit/validate*, which `calibrate` is not linked with."""
    # Without git, which a bare machine lacks.
    listed = [os.path.relpath(os.path.join(folder, name), harness.ROOT)
              for folder, _, names in os.walk(os.path.join(harness.ROOT, "fit"))
              for name in sorted(names)
              if not name.endswith(".pyc") and not name.startswith("validate")]
    sources = {}
    for name in listed:
        with open(os.path.join(harness.ROOT, name), encoding="utf-8") as f:
            sources[name] = f.read()
    t.check("fit/calibrate.c" in sources, "the fit's files were found")
    t.check(not may_read(sources), "fit/ reads calibration rows only",
            "; ".join(may_read(sources)[:3]))
    t.check(may_read({"x.c": '#include "validation.h"\n'}), "a peek is noticed")
    t.check(may_read({"x.c": '#include "validate.h"\n'}), "and one by the validation")
    t.check(may_read({"x.c": "n = nen_table_get(3)->rows;\n"}), "so is the browser")
    t.check(not may_read({"x.c": '#include "calibration.h"\n'}), "the rest is allowed")


def browsing(t):
    shown = harness.nen("facts", "trials", "netter-1")
    t.check(shown.rc == 0 and "ep.n1_lu.pfs_hr" in shown.out and
            "lutetium_dotatate*4+octreotide_lar" in shown.out, "facts trials netter-1")
    same = harness.nen("facts", "trials", "NCT01578239")
    t.check(same.out == shown.out, "a trial by its registry number")
    held = harness.nen("facts", "endpoints", "SEQTOR", "--json").json()
    t.check(len(held["rows"]) > 5 and
            all("seqtor" in str(r).lower() for r in held["rows"]), "facts endpoints WORD")
    t.check("not reached" in harness.nen("facts", "endpoints", "n1_lu").out,
            "a median not reached is said in words")
    t.check(harness.nen("facts", "trials", "no-such-trial").rc != 0, "no such trial")


def main():
    t = harness.Tally()
    trials = {r["id"]: r for r in rows("trials")}
    text = evidence_text()
    split(t, trials, frozen_list(), text)
    nothing_lost(t, text)
    sealed(t, trials)
    fit_is_blind(t)
    browsing(t)
    t.finish()


if __name__ == "__main__":
    main()
