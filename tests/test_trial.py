#!/usr/bin/env python3
"""nen trial: bad designs, refusals, shapes, what must hold of any simulated trial, and
the same bits.

tests/test_trial.py --golden writes the hashes of tests/kat/trial.txt anew: they change
with the model and its posterior, and with nothing else.  --readers: only the parts that
try what is read and written (under the sanitizers); --bits: the hashes alone (of a
command that another compiler made)."""
import copy
import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree

import harness

DESIGNS = os.path.join(harness.EXAMPLES, "designs")
GOLDEN = os.path.join(harness.ROOT, "tests", "kat", "trial.txt")
NOTICE = "Information to discuss with a doctor, not advice."
QUICK = ["--draws", "6", "--patients", "512"]
BASE = {
    "name": "test",
    "population": {"site": {"pancreas": 0.6, "jejunum_ileum": 0.4},
                   "grade": {"G1": 0.4, "G2": 0.6}, "ki67_pct": [0, 20],
                   "functioning": 0.1, "line": 1, "prior": ["lanreotide"],
                   "sstr": "positive", "progressed_within_months": 36},
    "arms": [{"name": "A", "n": 200, "plan": "lutetium_edotreotide*4"},
             {"name": "B", "n": 100, "plan": "everolimus@30m"}],
    "scan_weeks": 12, "scan_later_weeks": None, "reader": "central",
    "criteria": "recist_1_1", "accrual_months": 24,
    "follow_up_months": 36, "dropout_per_month": 0.005, "crossover_pct": 0,
    "endpoint": "pfs", "alpha": 0.05, "replicates": 600, "seed": 1}


def changed(path, value):
    """BASE with the value at "arms.0.n", or without it when the value is KeyError."""
    design = copy.deepcopy(BASE)
    *way, last = [int(k) if k.isdigit() else k for k in path.split(".")]
    inside = design
    for key in way:
        inside = inside[key]
    if value is KeyError:
        del inside[last]
    else:
        inside[last] = value
    return design


def trial(design, *flags, text=None):
    data = text if text is not None else json.dumps(design)
    return harness.nen("trial", *flags, "-", data=data)


def answer(design, *flags):
    got = trial(design, "--json", *QUICK, *flags)
    return got.json() if got.rc == 0 else {"error": got.err}


# ---- bad input: path, value, field named, what is said ----

LONG = ",".join(["everolimus"] * 6)
BAD = [
    ("arms.0.n", 0, "arms[0].n", "allowed: 1 to 20000"),
    ("arms.0.n", -200, "arms[0].n", "out of its range"),
    ("arms.0.n", 10.5, "arms[0].n", "a whole number"),
    ("arms.0.n", "200", "arms[0].n", "a whole number"),
    ("arms.0.n", None, "arms[0].n", "a whole number"),
    ("arms.0.n", 20001, "arms[0].n", "1 to 20000"),
    ("arms.0.n", KeyError, "arms[0].n", "is missing"),
    ("arms.1", KeyError, "arms", "has 2 arms, not 1"),
    ("arms", [], "arms", "not 0"),
    ("arms", BASE["arms"] + [{"name": "C", "n": 9, "plan": "captem"}], "arms", "not 3"),
    ("arms", {}, "arms", "a list"),
    ("arms.1.name", "A", "arms[1].name", "Two arms are called A"),
    ("arms.1.name", "", "arms[1].name", "a short text"),
    ("arms.1.name", "x" * 60, "arms[1].name", "a short text"),
    ("arms.1.name", "a\nb", "arms[1].name", "a short text"),
    ("arms.1.weight", 2, "arms[1].weight", "no field"),
    ("arms.1.plan", "everolimos", "arms[1].plan", "nearest: everolimus"),
    ("arms.1.plan", "", "arms[1].plan", "a short text"),
    ("arms.1.plan", "captem |", "arms[1].plan", "An option is missing"),
    ("arms.1.plan", "|".join(["captem"] * 5), "arms[1].plan", "At most 4 plans"),
    ("arms.1.plan", "surgery_primary", "arms[1].plan", "operations"),
    ("arms.1.plan", "everolimus*4", "arms[1].plan", "not given in cycles"),
    ("arms.1.plan", "folfox", "arms[1].plan", "not tried in this kind of tumor"),
    ("population", KeyError, "population", "is missing"),
    ("population.site", KeyError, "population.site", "is missing"),
    ("population.site", {}, "population.site", "above 0"),
    ("population.site", {"pancreas": 0, "lung": 0}, "population.site", "above 0"),
    ("population.site", {"pancreas": -1}, "population.site.pancreas", "0 to 1000000"),
    ("population.site", {"pancreas": "most"}, "population.site.pancreas", "a number"),
    ("population.site", {"pancraes": 1}, "population.site.pancraes",
     "nearest: pancreas"),
    ("population.site", {"pancreas": 1, "pancreatic": 1}, "population.site.pancreatic",
     "stands twice"),
    ("population.site", {"thymus": 1}, "population.site", "No model for thymus"),
    ("population.site", {"pancreas": 1, "skin": 1}, "population.site",
     "No model for skin"),
    ("population.site", ["pancreas"], "population.site", "an object"),
    ("population.grade", {"G4": 1}, "population.grade.G4", "allowed: G1, G2, G3"),
    ("population.grade", {"TC": 1}, "population.grade", "a grade of the lung"),
    ("population.grade", {"G1": 0}, "population.grade", "above 0"),
    ("population.ki67_pct", [20, 3], "population.ki67_pct", "from 20 down to 3"),
    ("population.ki67_pct", [30, 50], "population.ki67_pct", "Nobody of grade G1"),
    ("population.ki67_pct", [5, 20], "population.ki67_pct", "Nobody of grade G1"),
    ("population.ki67_pct", [0, 130], "population.ki67_pct", "0 to 100"),
    ("population.ki67_pct", [5], "population.ki67_pct", "two numbers"),
    ("population.ki67_pct", 20, "population.ki67_pct", "a list"),
    ("population.functioning", 10, "population.functioning", "0 to 1"),
    ("population.line", 0, "population.line", "1 to 9"),
    ("population.line", 1.5, "population.line", "a whole number"),
    ("population.prior", ["everolimus"], "population.line", "somatostatin analog"),
    ("population.prior", ["lanreotid"], "population.prior", "nearest: lanreotide"),
    ("population.prior", ["lanreotide", "lanreotide"], "population.prior", "twice"),
    ("population.sstr", "maybe", "population.sstr", "positive, negative, mixed"),
    ("population.sstr", "negative", "arms[0].plan", "A: a safety rule forbids"),
    ("population.progressed_within_months", 0, "population.progressed_within_months",
     "above 0"),
    ("population.entry", "any", "population.entry", "no field"),
    ("scan_weeks", 0, "scan_weeks", "1 to 104"),
    ("scan_later_weeks", 0, "scan_later_weeks", "1 to 104"),
    ("scan_later_weeks", "24", "scan_later_weeks", "a number"),
    ("criteria", "recist", "criteria", "recist_1_1, recist_1_0, who"),
    ("criteria", 1, "criteria", "a word in quotes"),
    ("reader", "both", "reader", "central, local"),
    ("accrual_months", KeyError, "accrual_months", "is missing"),
    ("accrual_months", -1, "accrual_months", "0 to 360"),
    ("follow_up_months", 340, "follow_up_months", "at most 360"),
    ("dropout_per_month", 1, "dropout_per_month", "below 1"),
    ("dropout_per_month", -0.1, "dropout_per_month", "out of its range"),
    ("crossover_pct", 101, "crossover_pct", "0 to 100"),
    ("endpoint", "PFS", "endpoint", "nearest: pfs"),
    ("endpoint", True, "endpoint", "a word in quotes"),
    ("alpha", 0, "alpha", "above 0, below 1"),
    ("alpha", 1, "alpha", "above 0, below 1"),
    ("alpha", 5, "alpha", "above 0, below 1"),
    ("replicates", 0, "replicates", "1 to 1000000"),
    ("replicates", 10**15, "replicates", "1 to 1000000"),
    ("replicates", 2.5, "replicates", "a whole number"),
    ("seed", -1, "seed", "out of its range"),
    ("repicates", 5, "repicates", "nearest: replicates"),
    ("name", 7, "name", "a short text"),
]

BROKEN = [
    ("", "the document is empty"),
    ("{", "ends inside an object"),
    ("[1]", "expected an object"),
    ('{"arms": [}', "expected a value"),
    ('{"name": "a", "name": "b"}', "name stands twice"),
    ('{"population": {"site": {"lung": 1, "lung": 2}}}', "site.lung stands twice"),
    ('{"name": "\xff"}'.encode("latin-1"), "not UTF-8"),
    ('{"alpha": 1e999}', "out of its range"),
    ("{} {}", "behind the end"),
    ("x" * (1 << 20 | 1), "larger than 1 MiB"),
    ('{"name": ' + "[" * 40 + "]" * 40 + "}", "deeper than 16"),
]


def refused(t, got, name, code=3):
    t.check(got.rc == code, name, f"exit {got.rc}: {got.err[:90]}")
    t.check(not got.out, name + ": nothing on standard output", got.out[:80])


def bad_input(t):
    for path, value, field, says in BAD:
        got = trial(changed(path, value), *QUICK)
        name = f"{path}={'(absent)' if value is KeyError else json.dumps(value)}"[:70]
        flat = " ".join(got.err.split())
        refused(t, got, name)
        t.check(f"field: {field} " in flat + " ", f"{name}: names {field}", flat[:120])
        t.check(says in flat, f"{name}: {says!r}", flat[:200])
        if value is not KeyError:
            t.check("where: line 1, byte" in flat, f"{name}: the place", flat[:160])
    for text, says in BROKEN:
        got = trial(None, *QUICK, text=text)
        refused(t, got, str(text)[:30])
        t.check(says in " ".join(got.err.split()), f"{str(text)[:30]}: {says!r}",
                got.err[:160])
    crossing = changed("arms.1.plan", LONG)
    crossing["crossover_pct"] = 50
    got = trial(crossing, *QUICK)
    t.check(got.rc == 3 and "at most 6" in got.err, "no line left to cross to", got.err)


def usage(t):
    for args, says in ((["trial"], "one design"), (["trial", "a", "b"], "one design"),
                       (["trial", "--json", "--csv", "-"], "not both"),
                       (["trial", "--patinets", "5", "-"], "no --patinets"),
                       (["trial", "--site", "lung", "-"], "stands in its design"),
                       (["trial", "--draws", "0", "-"], "from 1 to"),
                       (["trial", "--svg-plot", "icons", "-"], "survival or power"),
                       (["trial", "--svg"], "needs a file")):
        got = harness.nen(*args, data=json.dumps(BASE))
        refused(t, got, " ".join(args), 2)
        t.check(says in got.err, " ".join(args), got.err[:120])
    got = harness.nen("trial", "/no/such/file.json")
    refused(t, got, "no such file", 1)


def no_memory(t):
    """Under a limit on memory: said, and nothing half written."""
    for kilobytes in (20000, 40000):
        done = subprocess.run(
            ["bash", "-c", f'ulimit -v {kilobytes}; exec "$0" trial --threads 2 '
             '--json "$1"', harness.NEN, os.path.join(DESIGNS, "compete.json")],
            capture_output=True, text=True, timeout=60)
        t.check(done.returncode in (1, 127) and not done.stdout,
                f"memory of {kilobytes} kB", (done.returncode, done.stderr[:90]))
        t.check("memory" in done.stderr or done.returncode == 127, "and it says so",
                done.stderr[:90])


# ---- what is answered ----

def in_order(band):
    known = [band[k] for k in ("p05", "p50", "p95") if band[k] is not None]
    return known == sorted(known) and (len(known) == 3 or "beyond" in band)


def shape(t):
    got = trial(BASE, "--json", *QUICK)
    t.check(got.rc == 0 and not got.err, "nen trial", got.err)
    d = got.json()
    t.check(d["schema"] == 1 and d["notice"] == NOTICE, "schema and notice")
    t.check(d["design"] == BASE, "the design as it was told", d["design"])
    t.check([d[k] for k in ("draws", "patients", "replicates", "seed", "months")] ==
            [6, 512, 600, 1, 60], "setting")
    t.check(re.fullmatch("[0-9a-f]{16}", d["hash"]), "hash", d["hash"])
    for arm, told in zip(d["arms"], BASE["arms"]):
        t.check({k: arm[k] for k in told} == told, "arm")
        t.check(in_order(arm["response_pct"]), "response in order")
        for end in ("pfs", "os"):
            x = arm[end]
            t.check(in_order(x["median_months"]), f"{end} median in order")
            t.check([m for m, *_ in x["landmarks"]] == list(range(6, 61, 6)), "months")
            t.check(all(lo <= mid <= hi for _, lo, mid, hi in x["landmarks"]), "bands")
            mids = [mid for _, _, mid, _ in x["landmarks"]]
            t.check(mids == sorted(mids, reverse=True), f"{end} falls", mids)
            risk = [n for _, n in x["at_risk"]]
            t.check(risk[0] == told["n"] and risk == sorted(risk, reverse=True),
                    "fewer at risk by the month", risk)
            t.check(0 < x["events"] <= told["n"], "events")
        t.check(arm["pfs"]["events"] >= arm["os"]["events"], "deaths are events of PFS")
    t.check(in_order(d["hr"]) and in_order(d["hr_expected"]), "hazard ratios")
    t.check(d["hr"]["p05"] < d["hr_expected"]["p05"] and
            d["hr_expected"]["p95"] < d["hr"]["p95"], "chance widens the interval")
    t.check((d["hr_of"], d["hr_over"]) == ("A", "B"), "of A over B")
    power = d["power"]
    t.check(abs(power["value"] - power["first_arm_better"] -
                power["second_arm_better"]) < 0.002, "power is of either arm")
    t.check([300, power["value"]] in power["by_n"], "the design's own size", power)
    t.check("not known" in power["value_is"] and "assurance" in power["value_is"],
            "averaged power is called so")
    t.check("middle" in power["if_middle_holds_is"], "and the other, too")
    plain = {k: v for k, v in BASE.items() if k in ("arms", "accrual_months",
                                                    "follow_up_months")}
    plain["population"] = {"site": {"pancreas": 1}}
    short = answer(plain)
    t.check(short.get("design", {}).get("alpha") == 0.05 and
            short["design"]["replicates"] == 1000, "what was not told is taken", short)


def texts(t):
    got = trial(BASE, *QUICK)
    flat = " ".join(got.out.split())
    t.check(got.rc == 0 and not got.err, "as text", got.err)
    wide = [x for x in got.out.splitlines() if len(x) > 80]
    t.check(not wide, "80 columns", str(wide[:1]))
    for part in (NOTICE, "Arm 1: A, 200 people: lutetium_edotreotide*4",
                 "pancreas 60 %, jejunum_ileum 40 %, G1 40 %, G2 60 %",
                 "growth within 36 months", "Hazard ratio", "(assurance)",
                 "If the middle of the model were true", "How sure is this?"):
        t.check(part in flat, f"text: {part}")
    got = trial(BASE, "--csv", *QUICK)
    lines = got.out.splitlines()
    t.check(lines[0] == "# " + NOTICE, "csv: notice", lines[0])
    rows = list(csv.DictReader(io.StringIO(
        "\n".join(x for x in lines if not x.startswith("#")))))
    t.check(len([r for r in rows if r["measure"] == "pfs"]) == 2 * 61, "csv: curves")
    t.check(len([r for r in rows if r["measure"] == "power_averaged"]) == 8,
            "csv: power by size")


def plots(t):
    with tempfile.TemporaryDirectory() as top:
        path = os.path.join(top, "plot.svg")
        for kind, words in ((None, "At risk"), ("survival", "median"),
                            ("power", "assurance")):
            flags = ["--svg-plot", kind] if kind else []
            got = trial(BASE, *QUICK, "--svg", path, *flags)
            t.check(got.rc == 0 and "wrote" in got.err and got.out, f"plot {kind}",
                    got.err)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            root = xml.etree.ElementTree.fromstring(text)
            t.check(words in text and 'class="curve"' in text, f"{kind} says so")
            t.check(NOTICE in " ".join(x.text for x in root if x.text), "the notice")
            t.check(root[1].tag.endswith("desc") and "A" in root[1].text, "described")
            os.remove(path)
        got = trial(BASE, *QUICK, "--svg", "/no/such/folder/x.svg")
        refused(t, got, "a plot that cannot be written", 1)


# ---- what must hold ----

def twins(t):
    """Two arms of one therapy: the ratio is 1, and the test errs as often as alpha."""
    design = changed("arms.1.plan", "lutetium_edotreotide*4")
    design["arms"][1]["n"] = 200
    design["replicates"] = 4000
    for end in ("pfs", "os"):
        for alpha in (0.05, 0.2):
            design.update(endpoint=end, alpha=alpha)
            d = answer(design)
            t.check(abs(d["hr_expected"]["p50"] - 1) < 1e-3 and
                    abs(d["hr"]["p50"] - 1) < 0.02, f"{end}: ratio of 1", d["hr"])
            for n, power in d["power"]["by_n"]:
                bound = 4 * (alpha * (1 - alpha) / design["replicates"]) ** 0.5
                t.check(abs(power - alpha) < bound, f"{end}, {n} people: alpha {alpha}",
                        power)
            first = d["power"]["first_arm_better"]
            t.check(abs(first - alpha / 2) < 0.02, "either way alike", first)


def swapped(t):
    """The same people in the arms that changed places: every ratio turned around."""
    for end in ("pfs", "os"):
        one = changed("endpoint", end)
        two = copy.deepcopy(one)
        two["arms"].reverse()
        a, b = answer(one), answer(two)
        for key in ("hr", "hr_expected"):
            for p, q in (("p05", "p95"), ("p50", "p50"), ("p95", "p05")):
                t.check(abs(a[key][p] * b[key][q] - 1) < 0.003, f"{end} {key} {p}",
                        (a[key], b[key]))
        t.check(a["arms"] == b["arms"][::-1], f"{end}: arms stay as they are")
        t.check(a["power"]["first_arm_better"] == b["power"]["second_arm_better"] and
                a["power"]["by_n"] == b["power"]["by_n"], f"{end}: power turns around")


def size(t):
    d = answer(changed("replicates", 3000))
    power = [p for _, p in d["power"]["by_n"]]
    middle = [p for _, p in d["power"]["by_n_if_middle_holds"]]
    t.check([n for n, _ in d["power"]["by_n"]] ==
            [75, 150, 225, 300, 450, 600, 900, 1200], "sizes", d["power"]["by_n"])
    for name, x in (("averaged", power), ("middle", middle)):
        t.check(all(a <= b + 0.01 for a, b in zip(x, x[1:])) and x[-1] > x[0] + 0.1,
                f"{name} power rises with size", x)
    strict = answer(changed("alpha", 0.001))["power"]["value"]
    t.check(strict < d["power"]["value"], "a stricter test has less power", strict)
    one = answer(changed("arms.0.n", 1))
    t.check("power" in one and one["power"]["value"] < 0.6, "an arm of one person", one)


def follow_up(t):
    def events(design):
        d = answer(design)
        return d["arms"][0]["pfs"]["events"], d["arms"][1]["os"]["events"], d
    some, deaths, base = events(BASE)
    none, _, _ = events(changed("dropout_per_month", 0))
    many, _, _ = events(changed("dropout_per_month", 0.1))
    t.check(many < some < none, "who leaves has no event", (many, some, none))
    long, later, _ = events(changed("follow_up_months", 120))
    t.check(long > some and later > deaths, "longer follow-up, more events")
    at_once, _, d = events(changed("accrual_months", 0))
    t.check(at_once < some, "all in on one day: less follow-up in all", at_once)
    risk = dict(d["arms"][0]["pfs"]["at_risk"])
    t.check(risk[0] == 200, "all at risk at first")
    t.check(d["months"] == 36, "months")
    crossed, cross_deaths, x = events(changed("crossover_pct", 100))
    t.check(crossed == some and cross_deaths < deaths,
            "crossover changes survival of the second arm, not progression",
            (cross_deaths, deaths))
    t.check(x["arms"][0] == base["arms"][0], "nor the first arm")
    local = answer(changed("reader", "local"))
    t.check(local["arms"] != base["arms"], "readers differ")


def population(t):
    slow = answer(changed("population.progressed_within_months", None))
    fast = answer(changed("population.progressed_within_months", 6))
    t.check(slow["arms"][1]["pfs"]["median_months"]["p50"] >
            fast["arms"][1]["pfs"]["median_months"]["p50"],
            "those who grew lately grow sooner")
    g1, g2 = (answer(changed("population.grade", {g: 1}))["arms"][1]["os"]
              ["landmarks"][3][2] for g in ("G1", "G2"))
    t.check(g1 > g2, "G2 is faster than G1", (g1, g2))
    scaled = changed("population.site", {"pancreas": 60, "jejunum_ileum": 40})
    t.check(answer(scaled)["arms"] == answer(BASE)["arms"], "only proportions count")
    second = changed("population.line", 2)
    second["population"]["prior"] = ["lanreotide", "everolimus"]
    t.check("arms" in answer(second), "a second line after two treatments")
    mixed = answer(changed("arms.1.plan", "everolimus@30m | captem"))
    t.check("arms" in mixed and mixed["arms"][1]["plan"] == "everolimus@30m | captem",
            "two plans in one arm", mixed)


def how_it_is_read(t):
    """Criteria and later scans: the defaults told are the defaults, and which is sooner."""
    def median(**told):
        design = {**BASE, **told}
        return answer(design)["arms"][1]["pfs"]["median_months"]["p50"], design
    plain, _ = median()
    for field in ("criteria", "scan_later_weeks"):
        t.check(answer(changed(field, KeyError))["hash"] == answer(BASE)["hash"],
                "the default", field)
    t.check(plain == median(scan_later_weeks=12)[0], "later scans as before")
    older, _ = median(criteria="recist_1_0")
    who, _ = median(criteria="who")
    t.check(who < older <= plain, "the less growth it takes the sooner it is seen",
            (who, older, plain))
    rare, design = median(scan_later_weeks=52)
    t.check(rare != plain, "later scans", (rare, plain))
    d = answer({**design, "criteria": "who"})
    t.check(answer(d["design"])["hash"] == d["hash"], "the design as it is told back")
    said = " ".join(trial({**design, "criteria": "who"}, *QUICK).out.split())
    t.check("every 52 weeks" in said and "criteria of the WHO" in said, "said", said[:300])
    t.check("RECIST 1.0" not in said, "one set of criteria")


# ---- the same bits ----

def hash_of(path, *flags):
    words = [harness.NEN, "trial", "--json", "--draws", "8", "--patients",
             "1024", *flags, path]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=True)
    return json.loads(done.stdout)["hash"], done.stdout


def golden():
    names = sorted(x for x in os.listdir(DESIGNS) if x.endswith(".json"))
    return {n: hash_of(os.path.join(DESIGNS, n))[0] for n in names}


def bits_hold(t):
    with open(GOLDEN, encoding="ascii") as file:
        told = dict(line.split() for line in file if line[0] != "#")
    t.check(golden() == told, "hashes as in tests/kat/trial.txt; when the model "
            "changed: tests/test_trial.py --golden")
    path = os.path.join(DESIGNS, "compete.json")
    first = hash_of(path, "--threads", "1")[1]
    for flags in (["--threads", "2"], ["--threads", "5"],
                  ["--threads", "3", "--lanes", "portable"]):
        t.check(hash_of(path, *flags)[1] == first, f"the same bits: {flags}")
    seed = changed("seed", 2)
    t.check(answer(seed)["hash"] != answer(BASE)["hash"], "another seed, other trials")


def many_trials(t):
    """Memory does not grow with the number of trials."""
    sizes = []
    for replicates in (2000, 20000):
        code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], "
                "stdin=sys.stdin, stdout=subprocess.DEVNULL, check=True); "
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        done = subprocess.run([sys.executable, "-c", code, harness.NEN, "trial",
                               "--draws", "2", "--patients", "256", "--threads", "2",
                               "-"], input=json.dumps(changed("replicates", replicates)),
                              capture_output=True, text=True, timeout=300, check=True)
        sizes.append(int(done.stdout))
    t.check(sizes[1] < sizes[0] * 1.1 + 2000, "10 times the trials, the same memory",
            sizes)


def interrupted(t):
    """Ctrl-C: a run ends by the signal, soon, and nothing is half said."""
    design = json.dumps(changed("replicates", 1000000))
    case = os.path.join(harness.EXAMPLES, "midgut-liver.json")
    for words, data in (
            (["trial", "--json", "-"], design), (["trial", "--draws", "1", "-"], design),
            (["compare", "--plan", "lanreotide", "--plan", "everolimus", "--patients",
              "900000000", case], ""),
            (["validate", "--patients", "40000"], "")):
        process = subprocess.Popen([harness.NEN, *words], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(data.encode())
        process.stdin.close()
        time.sleep(0.7)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.stdout.read(), process.stderr.read()
        t.check(process.wait(timeout=120) == -signal.SIGINT, f"{words[0]}: ended by it",
                process.returncode)
        t.check(out == b"" and err == b"nen: stopped\n",
                f"{words[0]}: nothing on standard output, no bar in a pipe",
                (out[:60], err))
        t.check(time.monotonic() - begun < 20, f"{words[0]}: soon",
                time.monotonic() - begun)


def on_terminal(words, data):
    """Standard error on a terminal: what it saw, and standard output."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=theirs)
    os.close(theirs)
    process.stdin.write(data.encode())
    process.stdin.close()
    seen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    out = process.stdout.read()
    return process.wait(timeout=120), seen.decode(), out.decode()


def bar(t):
    """A long run shows on a terminal how far it is, and leaves nothing behind."""
    words = [harness.NEN, "trial", "--json", "--draws", "40", "--threads", "1", "-"]
    design = json.dumps(changed("replicates", 20000))
    code, seen, out = on_terminal(words, design)
    t.check(code == 0 and json.loads(out)["hash"], "it answers", seen[-80:])
    t.check(re.search(r"\[#+\.*\] +\d+ %, about \d+ s left", seen), "a bar", seen[:200])
    t.check(seen.endswith("\r\x1b[K"), "the bar is gone at the end", repr(seen[-40:]))
    code, seen, out = on_terminal([harness.NEN, "trial", *QUICK, "-"], json.dumps(BASE))
    t.check(code == 0 and seen == "", "a short run shows none", repr(seen))


def main():
    t = harness.Tally()
    if sys.argv[1:] == ["--golden"]:
        with open(GOLDEN, "w", encoding="ascii") as file:
            print("# Hashes of nen trial on examples/designs, 8 draws, 1024 patients.\n"
                  "# Origin: tests/test_trial.py --golden. They change with the model "
                  "and its posterior.", file=file)
            for name, x in golden().items():
                print(name, x, file=file)
        return
    readers = [bad_input, usage, shape, texts, plots, population, how_it_is_read]
    rest = [no_memory, twins, swapped, size, follow_up, bits_hold, many_trials,
            interrupted, bar]
    only = {"--readers": readers, "--bits": [bits_hold]}
    for part in only.get(" ".join(sys.argv[1:]), readers + rest):
        part(t)
    t.finish()


if __name__ == "__main__":
    main()
