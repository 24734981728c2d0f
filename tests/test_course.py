#!/usr/bin/env python3
"""nen course and nen compare: bad input, shapes, the same bits, black-box checks.

Whether or not the model is calibrated, the figures are tried on a command of its own,
linked with draws that are made up here around the priors: they claim nothing, and stay
in build/.  What the built command says of an uncalibrated model is tried too."""
import csv
import glob
import io
import math
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree

import harness
import readability

BUILT = os.path.dirname(os.path.abspath(harness.NEN))  # build, or a variant of it
MADE_UP = os.path.join(BUILT, "course", "nen")
SANITIZERS = ["-fsanitize=address,undefined"] if BUILT.endswith("-san") else []
DRAWS = 24
CASE = ["--site", "jejunum_ileum", "--grade", "G2", "--ki67", "8", "--metastases",
        "liver", "--sstr", "positive", "--age", "62", "--sex", "female",
        "--progressing", "yes", "--prior", "lanreotide"]
SMALL = ["--patients", "600", "--horizon-months", "60"]
PLAN = "lutetium_dotatate*4+octreotide_lar,everolimus@30m"
OTHER = "everolimus,lutetium_dotatate"
NOTICE = "Information to discuss with a doctor, not advice."


# ---- a command with made-up draws ----

def bits(x):
    return struct.pack(">f", x).hex()


def made_up_draws(path):
    rows = harness.table(os.path.join(harness.ROOT, "knowledge", "course.tsv"))
    mean = {r["id"][2:]: (float(r["mean"]), float(r["sd"])) for r in rows}
    with open(os.path.join(harness.ROOT, "build", "gen", "course_knowledge.c"),
              encoding="utf-8") as file:
        block = file.read().split("nen__parameter_name[] = {")[1].split("};")[0]
    names = re.findall(r'"([^"]+)"', block)
    rng = random.Random(1)
    with open(path, "w", encoding="ascii") as file:
        print("draw", *names, sep="\t", file=file)
        for d in range(DRAWS):
            print(d, *(bits(mean[n][0] + rng.gauss(0, 0.2) * mean[n][1])
                       for n in names), sep="\t", file=file)


def build():
    """The command just built, but for the draws; the compiler's words when it fails."""
    top = os.path.dirname(MADE_UP)
    tables, out = os.path.join(top, "knowledge"), os.path.join(top, "gen")
    shutil.rmtree(top, ignore_errors=True)
    shutil.copytree(os.path.join(harness.ROOT, "knowledge"), tables)
    os.makedirs(out)
    made_up_draws(os.path.join(tables, "posterior.tsv"))
    objects = sorted(glob.glob(os.path.join(BUILT, "obj", "apps", "cli", "*.o")) +
                     [os.path.join(BUILT, "obj", "apps", o) for o in ("plans.o", "usual.o")] +
                     [o for o in glob.glob(os.path.join(BUILT, "obj", "fit", "*.o"))
                      if not o.endswith(("calibrate.o", "crossvalidate.o"))])
    for command in (
            ["build/knowc", tables, out],
            ["gcc", "-std=c11", "-O1", "-Iinclude", "-Icore", "-Ibuild/gen", "-c",
             os.path.join(out, "course_knowledge.c"), "-o", os.path.join(top, "k.o")],
            ["gcc", *SANITIZERS, "-o", MADE_UP, *objects, os.path.join(top, "k.o"),
             os.path.join(BUILT, "libnen.a"), "-lm", "-pthread"]):
        done = subprocess.run(command, cwd=harness.ROOT, capture_output=True, text=True)
        if done.returncode:
            return done.stderr
    return ""


def course(*args, **more):
    return run("course", *args, *CASE, **more)


def compare(*args, **more):
    return run("compare", *args, *CASE, **more)


def run(*args, **more):
    real, harness.NEN = harness.NEN, MADE_UP
    try:
        return harness.nen(*args, **more)
    finally:
        harness.NEN = real


# ---- bad input ----

# arguments, exit code, what standard error says
BAD = [
    (["course", *CASE], 2, "one --plan"),
    (["course", "--plan"], 2, "needs a plan"),
    (["course", "--plan", PLAN], 2, "no case given"),
    (["course", "--plan", PLAN, "--plan", OTHER, *CASE], 2, "one --plan"),
    (["course", "--all", *CASE], 2, "--all"),
    (["compare", "--plan", PLAN, *CASE], 2, "two plans"),
    (["compare", "--all", "--plan", PLAN, *CASE], 2, "--all"),
    (["compare", "--all", "--lines", "0", *CASE], 2, "1 to 6, not 0"),
    (["compare", "--all", "--lines", "7", *CASE], 2, "1 to 6, not 7"),
    (["course", "--plan", PLAN, "--json", "--csv", *CASE], 2, "not both"),
    (["course", "--plan", PLAN, "--patients", "0", *CASE], 2, "from 1 to 1000000000"),
    (["course", "--plan", PLAN, "--patients", "-5", *CASE], 2, "not -5"),
    (["course", "--plan", PLAN, "--patients", "2e3", *CASE], 2, "whole number"),
    (["course", "--plan", PLAN, "--patients", "99999999999999999999", *CASE], 2,
     "from 1 to"),
    (["course", "--plan", PLAN, "--draws", "0", *CASE], 2, "1 to 24"),
    (["course", "--plan", PLAN, "--draws", "25", *CASE], 2, "1 to 24, not 25"),
    (["course", "--plan", PLAN, "--horizon-months", "0", *CASE], 2, "1 to 360"),
    (["course", "--plan", PLAN, "--horizon-months", "361", *CASE], 2, "not 361"),
    (["course", "--plan", PLAN, "--threads", "0", *CASE], 2, "1 to 256, not 0"),
    (["course", "--plan", PLAN, "--threads", "two", *CASE], 2, "whole number"),
    (["course", "--plan", PLAN, "--batch", "0", *CASE], 2, "whole number"),
    (["course", "--plan", PLAN, "--seed", "-1", *CASE], 2, "whole number"),
    (["course", "--plan", PLAN, "--lanes", "mmx", *CASE], 2, "one of: portable"),
    (["course", "--plan", PLAN, "--svg"], 2, "needs a file"),
    (["course", "--plan", "everolimos", *CASE], 3, "nearest: everolimus"),
    (["course", "--plan", "lanreotide,surgery_primary", *CASE], 3,
     "cannot follow surgery_primary"),
    (["course", "--plan", "ga68_dotatate", *CASE], 3, "scan or test"),
    (["course", "--plan", "mdt_review", *CASE], 3, "care"),
    (["course", "--plan", "clinical_trial", *CASE], 3, "no results"),
    (["course", "--plan", "interferon_alfa", *CASE], 3, "no trial tells"),
    (["course", "--plan", "", *CASE], 3, "An option is missing"),
    (["course", "--plan", "lanreotide,,everolimus", *CASE], 3, "byte 11"),
    (["course", "--plan", "everolimus*4", *CASE], 3, "not given in cycles"),
    (["course", "--plan", "lutetium_dotatate*0", *CASE], 3, "*1 to *99"),
    (["course", "--plan", "everolimus@0m", *CASE], 3, "@1m to @360m"),
    (["course", "--plan", "lanreotide+lanreotide", *CASE], 3, "twice"),
    (["course", "--plan", "lanreotide,everolimus,sunitinib,captem,folfox,folfiri,"
      "cvd", *CASE], 3, "At most 6 lines"),
    (["compare", "--plan", "lanreotide,everolimus", "--plan", "lanreotide, everolimus",
      *CASE], 3, "plans 1 and 2 are the same"),
    (["compare", "--plan", "lanreotide+everolimus", "--plan", "everolimus+lanreotide",
      *CASE], 3, "plans 1 and 2 are the same"),
    (["course", "--plan", PLAN, "--ki67", "130"], 3, "ki67"),
    (["course", "--plan", PLAN, "--patinets", "5", *CASE], 3, "patinets"),
]


def bad_input(tally):
    for args, code, says in BAD:
        got = run(*args)
        name = " ".join(args)[:70]
        tally.check(got.rc == code, name, f"exit {got.rc}, not {code}: {got.err[:90]}")
        tally.check(not got.out, name + ": nothing on standard output", got.out[:80])
        tally.check(says in " ".join(got.err.split()), name, f"{says!r}: {got.err}")
    none = run("compare", "--all", "--lines", "3", "--json", "--site", "jejunum_ileum",
               "--grade", "G2", "--metastases", "none", "--spread", "localized")
    tally.check(none.rc == 0 and none.json()["plans"] == [], "nothing fits: no plans")


def batches(tally):
    cases = '{"id":"a","site":"pancreas","grade":"G1","metastases":["liver"]}\n' \
            '{"id":"b","ki67":130}\n' \
            '{"id":"c","site":"pancreas","grade":"G1","spread":"localized"}\n'
    got = run("course", "--plan", "lanreotide", *SMALL, "-", data=cases)
    lines = got.out.splitlines()
    tally.check(got.rc == 3 and len(lines) == 3, "a batch goes on", got.err[:100])
    tally.check('"model":"net"' in lines[0] and '"error"' in lines[1] and
                '"model":"none"' in lines[2], "a batch answers case by case")


# ---- what is answered ----

def in_order(band, beyond=False):
    known = [band[k] for k in ("p05", "p50", "p95") if band[k] is not None]
    return known == sorted(known) and (len(known) == 3 or "beyond" in band)


def shape(tally):
    got = compare("--plan", PLAN, "--plan", OTHER, "--json", *SMALL)
    tally.check(got.rc == 0 and not got.err, "compare", got.err)
    d = got.json()
    tally.check(d["schema"] == 1 and d["notice"] == NOTICE, "schema and notice")
    tally.check(d["model"] == "net" and "midgut" in d["model_note"], "model")
    tally.check(d["case"]["site"] == "jejunum_ileum", "case")
    tally.check([d[k] for k in ("draws", "patients", "seed", "horizon_months")] ==
                [DRAWS, 600, 1, 60], "setting")
    tally.check(re.fullmatch("[0-9a-f]{16}", d["hash"]), "hash", d["hash"])
    tally.check("90 %" in d["how_sure"] and "not" in d["how_sure"], "how sure")
    tally.check(isinstance(d["not_told"], list), "not told")
    tally.check([a["row"] for a in d["assumed"]] == ["assume.growth"], "assumed")
    first = d["plans"][0]
    tally.check(first["plan"] == [["lutetium_dotatate", "octreotide_lar"],
                                  ["everolimus"]], "plan")
    tally.check(first["text"] == PLAN and first["refused"] is None, "plan as text")
    for p in d["plans"]:
        curve = p["os"]["curve"]
        tally.check([c[0] for c in curve] == list(range(61)), "curve by month")
        tally.check(curve[0][1:] == [1, 1, 1], "all alive at the start")
        tally.check(all(lo <= mid <= hi for _, lo, mid, hi in curve), "bands in order")
        tally.check(all(a[i] >= b[i] for a, b in zip(curve, curve[1:])
                        for i in (1, 2, 3)), "curves fall")
        size = p["size_ratio"]
        tally.check([x[0] for x in size] == list(range(0, 61, 3)), "size by quarter")
        tally.check(size[0][1:] == [1, 1, 1] and
                    all(0 < lo <= mid <= hi for _, lo, mid, hi in size), "size in order")
        tally.check(in_order(p["os"]["median_months"]), "median in order")
        tally.check(in_order(p["rmst_months"]) and p["rmst_months"]["p95"] <= 60,
                    "mean survival within the horizon")
        tally.check(0 <= p["best_probability"] <= 1, "best probability")
        tally.check(len(p["lines"]) == 2 and p["lines"][0]["reached_pct"] == 100 and
                    p["lines"][1]["reached_pct"] < 100, "lines")
        for line in p["lines"]:
            tally.check(in_order(line["pfs"]["median_months"]), "PFS in order")
            tally.check(in_order(line["response_pct"]), "response in order")
            tally.check(line["hormone_control_months"] is None, "no hormones told")
    tally.check(abs(sum(p["best_probability"] for p in d["plans"]) - 1) < 0.01,
                "best probabilities add to 1")
    tally.check([(x["a"], x["b"], x["metric"]) for x in d["differences"]] ==
                [(0, 1, "rmst_months"), (0, 1, "os_median"), (0, 1, "pfs2"),
                 (0, 1, "pfs")], "differences")
    for x in d["differences"]:
        tally.check(x["lo"] <= x["mid"] <= x["hi"], "difference in order")
        tally.check(x["verdict"] in ("a", "b", "cannot tell") and x["reason"],
                    "a verdict and its reason")


def hormones(tally):
    """A published share over the time without growth; else no figure, and why."""
    rows = {r["id"]: r for r in harness.table("knowledge/course_hormones.tsv")}
    untreated = [x for x in CASE if x not in ("--prior", "lanreotide")]
    plan = "lanreotide,lutetium_dotatate*4+lanreotide,everolimus"
    told = run("course", "--plan", plan, "--json", "--syndrome", "carcinoid",
               *untreated, *SMALL)
    lines = told.json()["plans"][0]["lines"]
    tally.check([x["hormone_basis"]["row"] for x in lines] ==
                ["hormones.ssa_carcinoid", "hormones.prrt_carcinoid",
                 "hormones.mtor_carcinoid"], "hormones: rows")
    for end, column in (("p05", "lo"), ("p50", "value"), ("p95", "hi")):
        share = float(rows["hormones.ssa_carcinoid"][column])
        want = share / 100 * lines[0]["no_larger_months"][end]
        tally.check(abs(lines[0]["hormone_control_months"][end] - want) < 2e-3,
                    "hormones: months", end)
        tally.check(lines[0]["hormone_response_pct"][end] == share, "share", end)
    for x in lines[1:]:
        tally.check(x["hormone_control_months"] is None and x["hormone_basis"]["text"],
                    "hormones: no figure, and why")
    again = course("--plan", "octreotide_lar", "--json", "--syndrome", "carcinoid",
                   *SMALL)
    tally.check(again.json()["plans"][0]["lines"][0]["hormone_basis"]["row"] ==
                "hormones.other",
                "a drug of a class given before is not new")
    found = run("course", "--plan", plan, "--csv", "--syndrome", "carcinoid",
                *untreated, *SMALL).out
    tally.check(found.count("hormone_control_months") == 1, "hormones as CSV")
    board = run("course", "--plan", plan, "--for", "board", "--syndrome", "carcinoid",
                *untreated, *SMALL).out
    board = " ".join(board.split())
    tally.check("not validated" in board and board.count(": no figure") == 2,
                "hormones for a board")


def texts(tally):
    for voice in ("patient", "board"):
        got = compare("--plan", PLAN, "--plan", OTHER, "--for", voice, *SMALL)
        tally.check(got.rc == 0 and NOTICE in got.out, voice, got.err)
        wide = [x for x in got.out.splitlines() if len(x) > 80 and "http" not in x]
        tally.check(not wide, f"{voice}: 80 columns", str(wide[:1]))
        flat = " ".join(got.out.split())
        for part in ("How sure is this?", "Compared", "What you told us",
                     "Taken, because it was not told", "Sources"):
            tally.check(part in flat, f"{voice}: {part}")
        tally.check("cannot tell" in flat or "better" in flat, f"{voice}: a verdict")
    tally.check(re.search(r"about \d+ of 100 are alive \(\d+ to \d+\)",
                          " ".join(compare("--plan", PLAN, "--plan", OTHER,
                                           *SMALL).out.split())), "so many of 100")
    got = compare("--plan", PLAN, "--plan", OTHER, "--csv", *SMALL)
    lines = got.out.splitlines()
    tally.check(lines[0] == "# " + NOTICE, "csv: notice", lines[0])
    rows = list(csv.DictReader(io.StringIO(
        "\n".join(x for x in lines if not x.startswith("#")))))
    tally.check(any("Also not told" in x for x in lines) and
                any("90 %" in x for x in lines), "csv: not told, how sure")
    tally.check(len([r for r in rows if r["measure"] == "alive"]) == 2 * 61,
                "csv: curves")
    tally.check({r["line"] for r in rows if r["measure"] == "reached_pct"} ==
                {"1", "2"}, "csv: lines")


def drawn(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    os.remove(path)
    return text, xml.etree.ElementTree.fromstring(text)


def plot(tally):
    """Each kind is a picture that says what it shows; nothing is half written."""
    path = os.path.join(os.path.dirname(MADE_UP), "plot.svg")
    both = ["--plan", PLAN, "--plan", OTHER, *SMALL, "--svg", path]
    told = {None: 'class="curve"', "survival": "median", "icons": "are alive",
            "difference": "against plan 2", "swimmer": "one bar each"}
    for kind, words in told.items():
        got = compare(*both, *(["--svg-plot", kind] if kind else []))
        tally.check(got.rc == 0 and "wrote" in got.err, f"--svg-plot {kind}", got.err)
        text, root = drawn(path)
        tally.check(text.startswith("<svg") and words in text, f"{kind} says so")
        tally.check(NOTICE in " ".join(t.text for t in root if t.text),
                    f"{kind}: the notice")
        tally.check(root[1].tag.endswith("desc") and len(root[1].text) > 40,
                    f"{kind} is described")
        if kind == "difference":
            why = re.search("run|stud", root[1].text)
            tally.check("cannot tell" not in text or why, "and why", root[1].text)
    compare(*both, "--svg-plot", "swimmer")
    text, root = drawn(path)
    tally.check(text.count('class="k1"') > 15, "a swimmer for each line of the key")
    tally.check(compare(*both, "--svg-plot", "bars").rc == 2, "no such plot")
    got = course("--plan", PLAN, *SMALL, "--svg", path, "--svg-plot", "difference")
    tally.check(got.rc == 1 and "no two plans" in got.err, "one plan has no difference")
    none = run("course", "--plan", PLAN, "--svg", path, "--site", "skin", "--histology",
               "merkel")
    tally.check(none.rc == 0 and "no figures" in none.err and not os.path.exists(path),
                "no figures, no plot", none.err)
    bad = course("--plan", PLAN, "--svg", "/no/such/folder/x.svg", *SMALL)
    tally.check(bad.rc == 1 and "cannot write" in bad.err, "a file that cannot be",
                bad.err)


def refusals(tally):
    got = compare("--plan", PLAN, "--plan", "everolimus", "--json", "--pregnant", "yes",
                  *SMALL)
    first, second = got.json()["plans"]
    tally.check(got.rc == 0 and re.match("SR-", first["refused"] or ""), "refused",
                str(first["refused"]))
    tally.check(first["os"] is None and first["lines"] == [] and
                first["best_probability"] is None and first["refused_text"],
                "a refused plan has no figures")
    tally.check((second["refused"] is None) == (second["os"] is not None),
                "figures or a rule")
    tally.check(got.json()["differences"] == [], "no difference from a refused plan")
    flat = " ".join(course("--plan", PLAN, "--pregnant", "yes", *SMALL).out.split())
    tally.check("A safety rule forbids this plan here" in flat, "refused, in words")
    mixed = run("compare", "--plan", "lutetium_dotatate", "--plan", "everolimus",
                "--plan", "cabozantinib", "--json", *SMALL, "--site", "jejunum_ileum",
                "--grade", "G2", "--metastases", "liver", "--sstr", "negative").json()
    figures = [p["os"] is not None for p in mixed["plans"]]
    tally.check(figures == [False, True, True], "one of three refused", str(figures))
    alone = run("compare", "--plan", "everolimus", "--plan", "cabozantinib", "--json",
                *SMALL, "--site", "jejunum_ileum", "--grade", "G2", "--metastases",
                "liver", "--sstr", "negative").json()
    tally.check(mixed["plans"][1:] == alone["plans"], "the others as if alone")
    tally.check([(x["a"], x["b"]) for x in mixed["differences"]] == [(1, 2)] * 3,
                "differences name the plans given")


def no_model(tally):
    for flags, why in ((["--site", "skin", "--histology", "merkel"], "Merkel"),
                       (["--site", "pancreas", "--grade", "G1", "--spread",
                         "localized"], "Localized"),
                       (["--site", "thymus", "--histology", "typical_carcinoid",
                         "--metastases", "bone"], "thymus"),
                       (["--grade", "G1", "--metastases", "liver"], "where the tumor"),
                       (["--site", "colon", "--histology", "minen", "--metastases",
                         "liver"], "Mixed"),
                       (["--site", "lung", "--grade", "NEC", "--metastases", "liver"],
                        "left the lung out"),
                       (["--site", "pancreas", "--grade", "G3", "--metastases",
                         "liver"], "well or poorly")):
        d = run("course", "--plan", "lanreotide", "--json", *flags).json()
        tally.check(d["model"] == "none" and why in d["model_note"], f"no model: {why}",
                    str(d["model_note"]))
        tally.check(d["plans"][0]["os"] is None and d["hash"] is None and
                    d["differences"] == [], f"no figures: {why}")
        text = run("course", "--plan", "lanreotide", "--for", "board", *flags).out
        tally.check("No model for this case" in text and why in " ".join(text.split()),
                    f"no model, in words: {why}")


def untried(tally):
    """A drug is followed only in the kinds of tumor that its trials were of."""
    net = ["--site", "pancreas", "--grade", "G2", "--differentiation", "well",
           "--metastases", "liver", "--ki67", "10"]
    nec = ["--site", "pancreas", "--grade", "NEC", "--metastases", "liver"]
    for flags, plan in ((net, "folfox"), (net, "folfiri"), (net, "belzutifan"),
                        (nec, "lanreotide"), (nec, "everolimus")):
        d = run("course", "--plan", plan, "--json", *flags).json()
        told = d["plans"][0]
        tally.check(told["refused"] == "course.untried" and told["os"] is None,
                    f"{plan} was not tried there", str(told)[:200])
    d = run("compare", "--all", "--lines", "1", "--json", *net).json()
    plans = [p["plan"][0][0] for p in d["plans"]]
    tally.check(plans and not {"folfox", "platinum_etoposide", "folfiri"} & set(plans),
                "every order leaves out what was not tried", str(plans))


def validated(tally):
    """What the output says of the model's trial by fire is what docs/validation.md says."""
    page = pathlib.Path("docs/validation.md").read_text()
    held = re.search(r"hold the published figure \| (\d+) of (\d+) \((\d+) %\)", page)
    tally.check(held is not None, "docs/validation.md tells how many intervals hold")
    texts = pathlib.Path("knowledge/texts.tsv").read_text()
    board = re.search(r"^course\.sure_board\ten\t(.*)$", texts, re.M).group(1)
    plain = re.search(r"^course\.plain_sure\ten\t(.*)$", texts, re.M).group(1)
    inside, of, pct = (int(x) for x in held.groups())
    tally.check(f"{inside} of {of} published figures ({pct} %)" in board, "board", board)
    tally.check(f"about {round(10 * inside / of)} of 10" in plain, "patient", plain)
    error = re.search(r"log error of \d+ medians \| ([\d.]+) ", page)
    factor = f"a factor of more than {math.exp(float(error.group(1))):.1f} "
    tally.check(factor in board, "board, medians", board)


def uncalibrated(tally):
    """The command as built: figures when it has draws, else none and the reason."""
    d = harness.nen("course", "--plan", PLAN, "--json", *SMALL, *CASE).json()
    if d["model"] == "none":
        tally.check("not calibrated" in d["model_note"], "why none", d["model_note"])
        tally.check(d["plans"][0]["os"] is None and d["draws"] == 0, "no figures")
    else:
        tally.check(d["draws"] >= 256 and d["plans"][0]["os"], "a calibrated model")


# ---- the same bits ----

def bits_hold(tally):
    want = compare("--plan", PLAN, "--plan", OTHER, "--json", *SMALL,
                   "--threads", "1").out
    for more in (["--threads", "2"], ["--threads", "4"], ["--threads", "7"],
                 ["--lanes", "portable"], ["--batch", "1"], ["--batch", "100"], ["--batch", "512"],
                 ["--threads", "4", "--batch", "123"]):
        got = compare("--plan", PLAN, "--plan", OTHER, "--json", *SMALL, *more).out
        tally.check(got == want, "the same bits: " + " ".join(more))
    for lanes in ("avx2", "avx512"):
        got = compare("--plan", PLAN, "--plan", OTHER, "--json", *SMALL, "--lanes", lanes)
        if got.rc == 2 and "has no" in got.err:
            tally.skip(1, f"this processor has no {lanes}")
        else:
            tally.check(got.out == want, "the same bits: " + lanes, got.err)
    few = [course("--plan", PLAN, "--json", "--draws", "1", "--patients", "20000",
                  "--threads", n).out for n in ("1", "2", "4")]
    tally.check(len(set(few)) == 1, "the same bits when one draw is cut in slices")
    seeds = {course("--plan", PLAN, "--json", *SMALL, "--seed", s).json()["hash"]
             for s in ("1", "2", "3")}
    tally.check(len(seeds) == 3, "another seed, other people")


# ---- black box ----

def few_people(tally):
    """Some draw has no one whose disease stands as told: no figure is better."""
    got = course("--plan", PLAN, "--json", "--patients", "1")
    tally.check(got.rc == 1 and not got.out and "more --patients" in got.err,
                "too few people", f"exit {got.rc}: {got.err}")
    one = course("--plan", "everolimus", "--json", *SMALL).json()["plans"][0]
    tally.check(one["pfs2_months"] is None and one["os"], "PFS2 needs two lines")
    still = run("course", "--plan", "everolimus", "--json", *SMALL, "--site", "pancreas",
                "--grade", "G1", "--metastases", "liver", "--progressing", "no").json()
    tally.check("assume.stable" in [a["row"] for a in still["assumed"]],
                "told not to grow", str(still["assumed"]))
    grows = run("course", "--plan", "everolimus", "--json", *SMALL, "--site", "pancreas",
                "--grade", "G1", "--metastases", "liver", "--progressing", "yes").json()
    median = [d["plans"][0]["lines"][0]["pfs"]["median_months"]["p50"]
              for d in (still, grows)]
    tally.check(median[0] > median[1], "what grows, grows sooner", str(median))


def readable(tally):
    reader = readability.tool()
    names = readability.known_names(reader)
    ids = {r["id"] for r in harness.table(
        os.path.join(harness.ROOT, "knowledge", "options.tsv"))}
    for args in (["--plan", PLAN, "--plan", OTHER, "--plan", "cabozantinib"],
                 ["--plan", PLAN, "--plan", "everolimus", "--pregnant", "yes"]):
        text = compare(*args, *SMALL).out
        prose = readability.NUMBERS.sub("", readability.SOURCES.split(text)[0])
        prose = "\n".join(x for x in prose.splitlines() if not x.startswith("Plan "))
        grade = reader.grade(prose, names | ids)
        tally.check(grade <= readability.LIMIT, "reading level", f"grade {grade:.1f}")


def black_box(tally):
    twins = compare("--plan", "lanreotide,everolimus", "--plan",
                    "octreotide_lar,everolimus", "--json", *SMALL).json()
    a, b = ({k: v for k, v in p.items() if k not in ("plan", "text", "lines")}
            for p in twins["plans"])
    tally.check(a == b, "the same classes: exactly equal arms")
    for x in twins["differences"]:
        tally.check([x[k] for k in ("lo", "mid", "hi", "probability_a_better")] ==
                    [0, 0, 0, 0.5] and x["verdict"] == "cannot tell",
                    "equal arms: no difference")
    ab = compare("--plan", PLAN, "--plan", OTHER, "--json", *SMALL).json()
    ba = compare("--plan", OTHER, "--plan", PLAN, "--json", *SMALL).json()
    swap = {"a": "b", "b": "a"}
    for x, y in zip(ab["differences"], ba["differences"]):
        near = all(abs(x[i] + y[j]) < 2e-3 for i, j in
                   (("mid", "mid"), ("lo", "hi"), ("hi", "lo")))
        tally.check(near, "swapping flips signs", f"{x} {y}")
        tally.check(abs(x["probability_a_better"] + y["probability_a_better"] - 1) <
                    2e-3 and swap.get(x["verdict"], x["verdict"]) == y["verdict"],
                    "swapping flips the verdict")
    tally.check(ab["plans"] == ba["plans"][::-1], "swapping changes no arm")
    tally.check(ab["hash"] == ba["hash"], "nor the hash")
    short = course("--plan", PLAN, "--json", "--patients", "600", "--horizon-months",
                   "24").json()["plans"][0]["os"]["curve"]
    long = course("--plan", PLAN, "--json", "--patients", "600", "--horizon-months",
                  "60").json()["plans"][0]["os"]["curve"]
    tally.check(short[:24] == long[:24], "a longer horizon changes nothing before it")


def late_harm(tally):
    """Published rates over the time lived, in each form; no rate where none was read."""
    rates = {r["id"]: r for r in harness.table("knowledge/course_late.tsv")}
    plans = ("--plan", "lutetium_dotatate", "--plan", "everolimus", "--plan", "captem")
    d = compare(*plans, "--json", *SMALL).json()
    one, none, unknown = (p["late_harm"] for p in d["plans"])
    lived = d["plans"][0]["lines"][0]["lived_months"]
    for end, column in (("p05", "lo"), ("p50", "value"), ("p95", "hi")):
        rate = float(rates["late.radioligand"][column]) / 100
        want = 100 * (1 - math.exp(-rate * lived[end] / 12))
        tally.check(abs(one["of_starters_pct"][end] - want) < 2e-3, "late harm", end)
    tally.check(lived == d["plans"][0]["rmst_months"], "all start the first line")
    tally.check(one["basis"]["row"] == "late.radioligand" and one["line"] == 1,
                "late harm: row")
    tally.check(none is None, "late harm without such a drug", str(none))
    tally.check(unknown["of_starters_pct"] is None and unknown["basis"]["text"],
                "no rate")
    table = compare(*plans, "--csv", *SMALL).out.splitlines()
    rows = list(csv.DictReader(x for x in table if not x.startswith("#")))
    found = [r for r in rows if r["measure"] == "late_marrow_disease_pct"]
    tally.check([(r["plan"], r["line"], float(r["p50"])) for r in found] ==
                [("1", "1", one["of_starters_pct"]["p50"])], "late harm as CSV")
    board = " ".join(compare(*plans, "--for", "board", *SMALL).out.split())
    tally.check(board.count("Late harm:") == 2 and "Late harm: no figure" in board,
                "late harm for a board")
    plain = " ".join(compare(*plans, *SMALL).out.split())
    tally.check("people who start Lutathera" in plain and "tells how often" in plain,
                "late harm in plain words")


def every_order(tally):
    got = compare("--all", "--lines", "2", "--json", *SMALL)
    d = got.json()
    plans = d["plans"]
    tally.check(got.rc == 0 and len(plans) >= 2, "--all", got.err)
    tally.check(len({p["text"] for p in plans}) == len(plans), "each order once")
    means = [p["rmst_months"]["p50"] for p in plans]
    tally.check(means == sorted(means, reverse=True), "ranked")
    tally.check(all(len(p["plan"]) == 2 for p in plans), "two lines each")
    tally.check(abs(sum(p["best_probability"] for p in plans) - 1) < 0.01,
                "each draw has a best order")
    most = compare("--all", "--lines", "6", "--json", *SMALL)
    orders = [p["plan"] for p in most.json()["plans"]]
    drugs = len(orders[0])
    tally.check(drugs < 6 and len(orders) == math.factorial(drugs) and
                f"drugs of {drugs} kinds fit" in most.err and not got.err,
                "fewer drugs than lines: all of them in every order", most.err)


def main():
    tally = harness.Tally()
    uncalibrated(tally)
    wrong = build()
    tally.check(not wrong, "a command with made-up draws", wrong[:300])
    if not wrong:
        for part in (bad_input, batches, shape, texts, plot, refusals, no_model,
                     untried, validated, few_people, readable, bits_hold, black_box,
                     hormones, late_harm, every_order):
            part(tally)
    tally.finish()


if __name__ == "__main__":
    main()
