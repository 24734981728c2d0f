#!/usr/bin/env python3
"""The fit as a program: a small calibration, twice; killed and gone on; what it may see;
its statistics against R's survival; the validation's forms."""
import json
import math
import os
import random
import shutil
import subprocess
import tempfile
import time

import harness

BUILD = os.path.dirname(harness.NEN)
CALIBRATE = os.path.join(BUILD, "fit", "calibrate")
CROSSVALIDATE = os.path.join(BUILD, "fit", "crossvalidate")
SMALL = ["--members", "24", "--patients", "256", "--steps", "2", "--draws", "8"]


def calibrate(folder, *more, wait=True):
    files = {name: os.path.join(folder, name)
             for name in ("checkpoint", "posterior", "report")}
    words = [CALIBRATE, *SMALL, *more]
    for name, path in files.items():
        words += [f"--{name}", path]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True,
                               cwd=harness.ROOT)
    if not wait:
        return process, files
    said = process.communicate(timeout=120)[1]
    text = open(files["posterior"], encoding="utf-8").read() if not process.returncode \
        else ""
    return process.returncode, text, said


def same_bits(t, top):
    start = time.monotonic()
    first = calibrate(tempfile.mkdtemp(dir=top), "--threads", "1")
    second = calibrate(tempfile.mkdtemp(dir=top), "--threads", "2")
    t.check(first[0] == 0 and first[1], "a small calibration runs", first[2][-200:])
    t.check(first[1] == second[1], "the same bits from one and from two threads")
    other = calibrate(tempfile.mkdtemp(dir=top), "--seed", "2")
    t.check(other[1] != first[1], "another seed, other draws")
    t.check(time.monotonic() - start < 60, "in a minute")
    lines = [x for x in first[1].splitlines() if x[0] != "#"]
    t.check(len(lines) == 9 and all(len(x.split("\t")) == len(lines[0].split("\t"))
                                    for x in lines), "a row a draw", len(lines))
    return first[1]


def goes_on(t, top, whole):
    folder = tempfile.mkdtemp(dir=top)
    process, files = calibrate(folder, wait=False)
    end = time.monotonic() + 60
    while not os.path.exists(files["checkpoint"]) and process.poll() is None and \
            time.monotonic() < end:
        time.sleep(0.005)
    process.kill()
    process.communicate()
    kept = os.path.exists(files["checkpoint"])
    again = calibrate(folder)
    t.check(kept and "going on after step" in again[2], "a killed run goes on",
            again[2][-200:])
    t.check(again[1] == whole, "and ends with the same bits")
    new = calibrate(folder, "--seed", "3")
    t.check("going on" not in new[2], "a checkpoint of another problem is not used")


def sealed(t):
    for program in (CALIBRATE, CROSSVALIDATE):
        names = subprocess.run(["nm", program], capture_output=True, text=True,
                               check=True).stdout
        t.check("nen__calibration" in names and "nen__validation" not in names and
                "nen__prospective" not in names,
                f"{os.path.basename(program)} holds no held-out figure")


def crossvalidate(folder, *more):
    path = os.path.join(folder, "report")
    words = [CROSSVALIDATE, "--members", "16", "--patients", "256", "--steps", "1",
             "--trials", "3", "--checkpoint", os.path.join(folder, "checkpoint"),
             "--report", path, *more]
    r = subprocess.run(words, capture_output=True, text=True, timeout=120,
                       cwd=harness.ROOT)
    text = open(path, encoding="utf-8").read() if not r.returncode else ""
    return r.returncode, text, r.stderr


def leaves_out(t, top):
    folder = tempfile.mkdtemp(dir=top)
    first = crossvalidate(folder, "--threads", "1")
    t.check(first[0] == 0 and first[2].count("left out:") == 3,
            "three trials are left out in turn", first[2][-200:])
    t.check(first[1].count("| tl.") == 3 and "| ep.clarinet_pbo.pfs_median |" in
            first[1] and "ep.r3_eve" not in first[1], "and their figures foretold")
    again = crossvalidate(folder)
    t.check(again[1] == first[1] and "left out:" not in again[2],
            "what is done is kept")
    kept = os.path.join(folder, "checkpoint")
    with open(kept, "r+b") as f:
        f.truncate(os.path.getsize(kept) - 5)
    cut = crossvalidate(folder)
    t.check(cut[1] == first[1] and cut[2].count("left out:") == 1,
            "a trial cut short is done again, with the same bits", cut[2][-200:])
    other = crossvalidate(folder, "--seed", "2")
    t.check(other[2].count("left out:") == 3 and other[1] != first[1],
            "outcomes of another problem are not used")
    t.check(crossvalidate(folder, "--trials", "0")[0] == 2, "no trial to leave out")


R_SCRIPT = """
suppressMessages(library(survival))
d <- read.csv("data.csv")
m <- summary(survfit(Surv(week, event) ~ arm, d))$table[, "median"]
b <- coef(coxph(Surv(week, event) ~ I(1 - arm), d, ties = "efron"))
cat(m[1], m[2], b, "\\n")
"""


def against_r(t, top):
    if not shutil.which("Rscript"):
        t.skip(12, "R's survival is not installed (r-cran-survival)")
        return
    rng = random.Random(7)
    for case in range(4):
        hazards, cut = (0.02, 0.02 * (1 + case)), 90
        people = []
        for arm in (0, 1):
            for _ in range(400):
                week = math.ceil(rng.expovariate(hazards[arm]))
                people.append((arm, week if week < cut else -1))
        with open(os.path.join(top, "data.csv"), "w", encoding="utf-8") as f:
            f.write("arm,week,event\n")
            for arm, week in people:
                f.write(f"{arm},{week if week >= 0 else cut},{int(week >= 0)}\n")
        r = subprocess.run(["Rscript", "--vanilla", "-e", R_SCRIPT], cwd=top,
                           capture_output=True, text=True, timeout=60)
        c = subprocess.run([os.path.join(BUILD, "tests", "fit_stat"), str(cut)],
                           input="".join(f"{a} {w}\n" for a, w in people),
                           capture_output=True, text=True, check=True)
        want = [float(x) for x in r.stdout.split()]
        got = [float(x) for x in c.stdout.split()]
        t.check(len(want) == 3, "R answers", r.stderr[-200:])
        if len(want) != 3:
            continue
        t.check(max(abs(g - w) for g, w in zip(got[:2], want[:2])) <= 1.01,
                f"medians as R's, case {case}, to a week", (got, want))
        t.check(abs(got[2] - want[2]) < 0.005, f"log hazard ratio as R's, case {case}",
                (got, want))


def validation(t, top):
    small = ("--draws", "4", "--patients", "256")
    svg = os.path.join(top, "v.svg")
    answer = harness.nen("validate", "--json", *small, "--svg", svg)
    t.check(answer.rc == 0, "nen validate", answer.err[-200:])
    one = harness.nen("validate", "--json", *small, "--threads", "1")
    t.check(one.out == answer.out, "the same bits from one thread")
    told = json.loads(answer.out)
    kinds = {row["kind"] for row in told["targets"]}
    t.check(kinds == {"main", "direction"} and told["totals"]["targets"] > 40,
            "targets of both kinds", kinds)
    for row in told["targets"]:
        p = row["predicted"]
        if not p:
            t.check(row["not_predicted"], f"{row['id']} says why")
            continue
        t.check(p["lo"] <= p["hi"] and p["mid"] > 0, f"{row['id']} has an interval")
    t.check(open(svg, encoding="utf-8").read().startswith("<svg"), "a forest plot")
    t.check(harness.nen("validate", *small).out.startswith("# Validation"), "as text")
    t.check(harness.nen("validate", "--draws", "0").rc == 2, "no draws")
    t.check(harness.nen("validate", "--colour", "red").rc == 2, "an unknown flag")
    path = os.path.join(top, "p.md")
    t.check(harness.nen("validate", *small, "--predictions", path).rc == 0 and
            "compose" in open(path, encoding="utf-8").read(), "predictions")
    t.check(harness.nen("validate", *small, "--report", "/nowhere/x").rc == 1,
            "a report that cannot be written")


def main():
    t = harness.Tally()
    with tempfile.TemporaryDirectory() as top:
        goes_on(t, top, same_bits(t, top))
        sealed(t)
        leaves_out(t, top)
        against_r(t, top)
        validation(t, top)
    t.finish()


if __name__ == "__main__":
    main()
