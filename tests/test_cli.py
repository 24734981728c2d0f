#!/usr/bin/env python3
"""The command as a person meets it: help and its examples, width, color, flags, JSON."""
import glob
import json
import os
import re
import subprocess
import unicodedata

import harness

VERBS = ("report", "grade", "stage", "options", "questions")
TOP = ["schema", "nen", "scope", "case", "warnings", "grade", "stage", "questions",
       "flags", "options", "sources"]


def examples():
    return sorted(glob.glob(os.path.join(harness.EXAMPLES, "*.json")))


def width(line):
    line = re.sub(r"\x1b\[[0-9;]*m", "", line)
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def fits(tally, name, text):
    wide = [line for line in text.splitlines()
            if width(line) > 80 and not re.search(r"https?://\S{40,}", line)]
    tally.check(not wide, name + " width", f"{len(wide)} lines over 80: {wide[:1]}")


def example_of(text):
    """The command under `example:` of a verb's help, its wrapped lines joined."""
    _, _, below = text.partition("\nexample:\n")
    return " ".join(below.split())


def help_works(tally):
    top = harness.nen("--help")
    tally.check(top.rc == 0 and top.out and not top.err, "--help", f"exit {top.rc}")
    fits(tally, "--help", top.out)
    verbs = set(re.findall(r"^  ([a-z]+) {2,}\S", top.out, re.M))
    tally.check(set(VERBS) <= verbs, "--help", f"verbs shown: {sorted(verbs)}")
    for verb in sorted(verbs):
        got = harness.nen(verb, "--help")
        tally.check(got.rc == 0 and got.out, f"{verb} --help", f"exit {got.rc}")
        fits(tally, f"{verb} --help", got.out)
        command = example_of(got.out)
        done = run_shell(command) if command else None
        tally.check(done and done.returncode == 0 and done.stdout, f"{verb}: {command}",
                    done.stderr.decode()[:160] if done else "no example")
    fields = harness.nen("help", "fields")
    tally.check(fields.rc == 0 and "--ki67_pct" in fields.out, "help fields")
    version = harness.nen("--version")
    tally.check(version.rc == 0 and re.search(r"\d+\.\d+\.\d+", version.out),
                "--version", version.out)


def run_shell(command):
    """A help example, with the built command first on the path."""
    path = os.path.dirname(os.path.abspath(harness.NEN)) + ":" + os.environ["PATH"]
    return subprocess.run(["bash", "-c", command], cwd=harness.ROOT, timeout=60,
                          input=open(examples()[0], "rb").read(),
                          capture_output=True, env=dict(os.environ, PATH=path))


def texts(tally):
    for path in examples():
        name = os.path.basename(path)
        for flags in ([], ["--for", "board"], ["--all"]):
            got = harness.nen("report", *flags, path)
            where = f"{name} {' '.join(flags)}"
            tally.check(got.rc == 0 and not got.err, where, f"{got.rc} {got.err[:100]}")
            tally.check("\x1b" not in got.out, where, "colors in a pipe")
            fits(tally, where, got.out)
        for verb in VERBS[1:]:
            got = harness.nen(verb, path)
            tally.check(got.rc == 0 and got.out, f"{verb} {name}", f"exit {got.rc}")
            fits(tally, f"{verb} {name}", got.out)


def color(tally):
    """NO_COLOR and a pipe mean none, on a terminal too."""
    for env, want in (({}, None), ({"NO_COLOR": "1"}, False)):
        out = terminal(["report", examples()[0]], env)
        if want is not None:
            tally.check(("\x1b[" in out) == want, f"terminal {env}", repr(out[:80]))
        tally.check(len(out) > 200, f"terminal {env}", "no report")


def terminal(args, env):
    """What the command prints to a terminal."""
    import pty
    main, other = pty.openpty()
    full = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    full.update(env, TERM="xterm-256color", COLUMNS="80")
    process = subprocess.Popen([harness.NEN, *args], stdout=other, stdin=other,
                               stderr=other, env=full, cwd=harness.ROOT)
    os.close(other)
    out = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        out += part
    process.wait(timeout=60)
    os.close(main)
    return out.decode("utf-8", "replace")


def json_shape(tally):
    for path in examples():
        name = os.path.basename(path)
        answer = harness.nen("report", "--json", path).json()
        lost = [k for k in TOP if k not in answer]
        tally.check(not lost, name, f"keys missing: {lost}")
        keys = {s["key"] for s in answer["sources"]}
        used = set(answer["grade"]["sources"]) | set(answer["stage"]["sources"])
        tally.check(used <= keys, name, f"sources not listed: {used - keys}")
        for verb in VERBS[1:]:
            part = harness.nen(verb, "--json", path).json()
            tally.check(part.get("schema") == 1 and
                        (verb not in answer or part[verb] == answer[verb]),
                        f"{verb} --json {name}", "differs from the report's part")


def same_however_asked(tally):
    """Flags, a file and standard input give the same answer, every time."""
    case = {"site": "pancreas", "size_mm": 23, "ki67_pct": 8, "metastases": ["liver"]}
    text = json.dumps(case)
    piped = harness.nen("report", "--json", "-", data=text)
    flags = harness.nen("report", "--json", "--site", "pancreas", "--size", "23mm",
                        "--ki67", "8", "--metastases", "liver")
    again = harness.nen("report", "--json", "-", data=text)
    tally.check(piped.out == flags.out and piped.rc == 0, "flags as JSON",
                f"{flags.rc} {flags.err[:120]}")
    tally.check(piped.out == again.out, "same twice")
    spelled = harness.nen("report", "--json", "--site=pancreas", "--size-mm", "2.3 cm",
                          "--ki67_pct", "8%", "--metastases", "liver")
    tally.check(spelled.out == piped.out, "units and dashes", spelled.err[:160])


def languages(tally):
    """A language that has no texts is refused; English is the default."""
    path = examples()[0]
    plain, english = harness.nen("report", path), harness.nen("report", "--lang", "en", path)
    tally.check(plain.out == english.out and english.rc == 0, "--lang en")
    none = harness.nen("report", "--lang", "xx", path)
    tally.check(none.rc == 2 and "one of: en" in none.err, "--lang xx", none.err)


def side_effects(tally):
    """The facts about a therapy tell common and serious side effects apart."""
    told = harness.nen("facts", "therapy", "lutetium_dotatate").out
    rows = [x for x in harness.table("knowledge/side_effects.tsv")
            if x["option"] == "lutetium_dotatate"]
    tally.check({x["tier"] for x in rows} == {"common", "serious"}, "tiers in the table")
    for row in rows:
        tally.check(re.search(rf"{re.escape(row['id'])} +{row['tier']}: ", told),
                    f"{row['id']} tier")


def page(tally):
    for path in examples():
        got = harness.nen("report", "--html", "-", path)
        name = os.path.basename(path) + " --html"
        tally.check(got.rc == 0 and got.out.lstrip().lower().startswith("<!doctype"),
                    name, f"exit {got.rc}")
        tally.check(not re.search(r"<script|javascript:|\son\w+=|style=", got.out),
                    name, "scripts or inline styles")
        tally.check("<html lang=" in got.out and "<title>" in got.out, name,
                    "no language or title")


def never_empty(tally):
    """Every site, grade and spread finds something to do beyond trials and support."""
    always = {"clinical_trial", "palliative_care"}
    chest = ("lung", "thymus")
    cases = []
    for site in [w["word"] for w in harness.table("knowledge/words.tsv")
                 if w["field"] == "site" and w["group"] == "-"]:
        if site in ("skin", "other"):
            continue  # other guidelines; nothing is known of "other"
        for grade in (("TC", "AC", "LCNEC", "NEC") if site in chest
                      else ("G1", "G2", "G3", "NEC")):
            if site in ("adrenal", "paraganglioma") and grade != "G1":
                continue
            for spread in ([], ["liver"], None):
                case = {"id": f"{site} {grade} {spread}", "site": site}
                if site not in ("adrenal", "paraganglioma"):
                    case["grade"] = grade
                if grade == "G3":
                    case["differentiation"] = "well"
                if spread is not None:
                    case["metastases"] = spread
                cases.append(case)
    tally.check(len(cases) >= 150, "sites by grade by spread", str(len(cases)))
    for case, answer in zip(cases, harness.batch("options", cases)[1]):
        ids = {o["id"] for o in answer["options"]
               if o["status"] in ("fits", "conditional", "needs_test")}
        tally.check(ids - always, case["id"], "nothing to do")


def main():
    tally = harness.Tally(show=60)
    for part in (never_empty, help_works, texts, color, side_effects, json_shape, same_however_asked,
                 languages, page):
        part(tally)
    tally.finish()


if __name__ == "__main__":
    main()
