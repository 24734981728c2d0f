#!/usr/bin/env python3
"""How it may go, in the report: which orders, the same figures in every form, what a
person is asked before they read how long people live, and when there are no figures."""
import os
import pathlib
import re
import statistics

import harness

PANCREAS = ["--site", "pancreas", "--ki67", "8", "--metastases", "liver", "--sstr",
            "positive"]
MIDGUT = os.path.join(harness.EXAMPLES, "midgut-liver.json")
ASK = "You can stop here"
LIFE = "How long people live"
ALIVE = re.compile(r"\balive\b|\bdied\b|\bdeaths\b", re.I)
PLANS_MAX = 3


def flat(text):
    return " ".join(text.split())


def section(text, heading):
    """What stands under a heading of the second level."""
    found = re.search(rf"^{re.escape(heading)}[^\n]*\n-+\n(.*?)(?=\n\n[^\n]+\n-+\n|\Z)",
                      text, re.M | re.S)
    return found.group(1) if found else ""


def shown(course):
    return [p for p in course["plans"] if p["refused"] is None]


def rounded(x):
    return f"{x:.0f}"


def figures(tally):
    """Text and JSON say the same; every plan has a row of course_orders behind it."""
    orders = {r["id"]: r for r in harness.table("knowledge/course_orders.tsv")}
    for case in (PANCREAS, [MIDGUT]):
        name = " ".join(case)
        course = harness.nen("report", "--json", *case).json()["course"]
        plans = shown(course)
        tally.check(1 < len(plans) <= PLANS_MAX, name, f"{len(plans)} plans")
        tally.check(all(p["order"] in orders for p in course["plans"]), name, "rows")
        tally.check(all(p["why"] == orders[p["order"]]["text"] for p in plans), name)
        text = flat(section(harness.nen("report", *case).out, "How it may go"))
        whole = flat(harness.nen("report", *case).out)
        pfs = plans[0]["lines"][0]["pfs"]
        lo, hi = (pfs[k]["p50"] for k in ("quarter_months", "three_quarters_months"))
        if hi is not None:
            tally.check(f"have {rounded(lo)} to {rounded(hi)} months" in text, name,
                        text)
        alive = plans[0]["os"]["curve"][60]
        tally.check("After 5 years, about {} of 100 are alive ({} to {})".format(
            *(rounded(100 * alive[i]) for i in (2, 1, 3))) in whole, name, alive)
        for p in plans:
            low, high = (p["os"][k]["p50"] or 1e9 for k in
                         ("quarter_months", "three_quarters_months"))
            tally.check(low < (p["os"]["median_months"]["p50"] or 1e9) <= high, name,
                        "a quarter lies before the median")


def asked_first(tally):
    """Nothing says how long people live before the sentence that one may stop at."""
    for case in (PANCREAS, [MIDGUT]):
        text = harness.nen("report", *case).out
        before, _, after = text.partition(ASK)
        tally.check(after != "", "the question is put", text[-300:])
        before = before.partition(f"\n{LIFE}\n")[0]
        start = before.index("\nHow it may go\n")
        tally.check(not ALIVE.search(before[start:]), "before the question",
                    before[start:])
        tally.check("alive" in after, "the figures come")
        tally.check(text.index(f"\n{LIFE}\n") < text.index("\nSources\n"),
                    "the sources end the text, and are what a screen shows last")


def behind_a_door(tally):
    """On a page they are closed, print does without them, --full opens them."""
    for flags, is_open in (((), False), (("--full",), True)):
        page = harness.nen("report", "--html", "-", *flags, *PANCREAS).out
        door = re.search(rf"<details[^>]*><summary><h2>{LIFE}.*?</details>", page, re.S)
        tally.check(door is not None, "a door", page[-200:])
        outside = page.replace(door.group(0), "")
        tally.check(not re.search(r"\bare alive\b|\bhave died\b", outside), "outside")
        tally.check((" open" in door.group(0).split(">")[0]) == is_open, f"open {flags}")
        tally.check('<figure class="course"><svg' in door.group(0), "a picture")
        tally.check(ASK in door.group(0), "the question")
    tally.check("details:not([open]){display:none}" in page, "not printed while closed")
    tally.check("figure:not(.course) svg text" in page and "\nsvg text" not in page and
                '"svg text{' not in page, "a plot keeps its own sizes")
    board = harness.nen("report", "--html", "-", "--for", "board", *PANCREAS).out
    tally.check(board.count('<figure class="course"><svg') == 1, "the board's curves")


def board(tally):
    text = flat(section(harness.nen("report", "--for", "board", *PANCREAS).out,
                        "How it may go"))
    course = harness.nen("report", "--json", *PANCREAS).json()["course"]
    for p in shown(course):
        tally.check(f"[{p['order']};" in text, p["order"], text[:200])
        median = p["os"]["median_months"]
        tally.check(rounded(median["p50"]) + " (" + rounded(median["p05"]) in text,
                    p["text"], median)
    tally.check("Evidence: " in text and "Not in the model: late harm" in text, "board")
    tally.check(text.count("mean survival within the horizon:") ==
                sum(d["metric"] == "rmst_months" for d in course["differences"]),
                "each pair once")


def refused(tally):
    """A plan that a rule forbids is not shown; the board reads which rule it was."""
    case = [*PANCREAS, "--dpd", "complete", "--prior", "lanreotide", "--progressing"]
    course = harness.nen("report", "--json", *case).json()["course"]
    forbidden = [p for p in course["plans"] if p["refused"]]
    tally.check(forbidden and all("captem" in p["text"] for p in forbidden), "refused")
    tally.check(not any("captem" in p["text"] for p in shown(course)), "shown")
    patient = section(harness.nen("report", *case).out, "How it may go")
    tally.check("CAPTEM" not in patient and "Plan 1" in patient, "patient", patient)
    text = section(harness.nen("report", "--for", "board", *case).out, "How it may go")
    for rule in {p["refused"] for p in forbidden}:
        tally.check(text.count(f"[{rule}]") == 1, rule, text)
    none = [*PANCREAS[:6], "--pregnant", "yes"]
    answer = harness.nen("report", *none).out
    tally.check("do not fit what you told us" in flat(answer), "none is left", answer)
    tally.check(LIFE not in answer, "and no figures of life")


def no_model(tally):
    """The reason, shortly, and nothing that frightens."""
    for case, why in (
            (["--site", "appendix", "--size", "8mm", "--grade", "G1", "--margin", "R0",
              "--nodes-positive", "0", "--metastases", "none"], "was taken out"),
            (["--site", "pancreas", "--ki67", "2", "--spread", "localized"],
             "has not spread"),
            (["--site", "pancreas", "--ki67", "2", "--metastases", "none"],
             "No far spread"),
            (["--site", "stomach", "--ki67", "2"], "not told if the tumor has spread"),
            (["--site", "lung", "--histology", "sclc", "--metastases", "liver"],
             "Small cell"),
            (["--site", "thymus", "--histology", "typical_carcinoid", "--metastases",
              "bone"], "thymus"),
            (["--site", "pancreas", "--metastases", "liver"], "cells look")):
        name = " ".join(case)
        text = section(harness.nen("report", *case).out, "How it may go")
        tally.check(why in flat(text) and "no counts" in flat(text), name, text)
        tally.check(len(text.split()) < 60 and not ALIVE.search(text), name, text)
        tally.check(LIFE not in harness.nen("report", *case).out, name, "figures")
        course = harness.nen("report", "--json", *case).json()["course"]
        tally.check(course["model"] == "none" and not course["plans"], name, course)
        board_text = harness.nen("report", "--for", "board", *case).out
        tally.check("No model for this case" in board_text, name)


def batches(tally):
    """A batch does not follow anyone unless it is asked to; a case alone does."""
    cases = [{"site": "pancreas", "ki67": 8, "metastases": ["liver"],
              "sstr": "positive"}] * 2
    _, plain = harness.batch("report", cases)
    tally.check(all(x["course"] is None for x in plain), "batch")
    _, told = harness.batch("report", cases, "--course")
    alone = harness.nen("report", "--json", *PANCREAS).json()["course"]
    tally.check(told[0]["course"] == told[1]["course"] == alone, "the same bits")
    left_out = harness.nen("report", "--json", "--no-course", *PANCREAS).json()
    tally.check(left_out["course"] is None, "--no-course")
    tally.check("How it may go" not in harness.nen("report", "--no-course",
                                                   *PANCREAS).out, "--no-course, text")
    tally.check("course" not in harness.nen("options", "--json", *PANCREAS).json(),
                "parts of a report do without")
    used = {s["key"] for s in harness.nen("report", "--json",
                                          *PANCREAS).json()["sources"]}
    tally.check("clarinet_2014" in used, "sources of the plans", used)


def plain_words(tally):
    """No "0 months", and nothing said of shrinking where nothing is given."""
    for case in (["--site", "colon", "--differentiation", "poor", "--ki67", "80",
                  "--metastases", "liver"],
                 ["--site", "jejunum_ileum", "--ki67", "2", "--metastases", "liver",
                  "--sstr", "positive", "--syndrome", "none", "--burden", "low",
                  "--progressing", "no"]):
        text = flat(section(harness.nen("report", *case).out, "How it may go"))
        tally.check("have 0 to" not in text and "Plan 1" in text, " ".join(case), text)
        watch = text.partition("Watch and wait")[2].partition(". [")[0]
        tally.check("shrink" not in watch, "watching", watch)


def few_people(tally):
    """Where few simulated people are like the case, more are followed."""
    rare = [*PANCREAS[:2], "--ki67", "2", *PANCREAS[4:], "--progressing",
            "--progressed-within-months", "2"]
    course = harness.nen("report", "--json", *rare).json()["course"]
    common = harness.nen("report", "--json", *PANCREAS).json()["course"]
    tally.check(course["patients"] > common["patients"], "more people",
                course["patients"])


def validated(tally):
    """What is said of the model's trial by fire is what docs/validation.md says."""
    page = pathlib.Path("docs/validation.md").read_text()
    held = re.search(r"hold the published figure \| (\d+) of (\d+) ", page)
    for name, text in (("page", harness.nen("report", *PANCREAS).out),
                       ("board", harness.nen("report", "--for", "board",
                                             *PANCREAS).out)):
        told = re.findall(r"(\d+) of (\d+) (?:results|published)",
                          flat(section(text, "How it may go")))
        tally.check(told == [held.groups()], name, f"{told}, not {held.groups()}")
    widen = [r for r in harness.table("knowledge/course_values.tsv")
             if r["item"] == "widen_ratio"]
    inside, of = (int(x) for x in held.groups())
    normal = statistics.NormalDist()
    wanted = normal.inv_cdf(0.95) / normal.inv_cdf((1 + inside / of) / 2)
    for row in widen:
        tally.check(abs(float(row["value"]) - wanted) < 0.05, row["id"], wanted)
        tally.check(f"{inside} of {of} " in row["text"], row["id"], row["text"])
    course = harness.nen("report", "--json", *PANCREAS).json()["course"]
    tally.check(course["differences_widened"] == float(widen[0]["value"]), "JSON")


def verdicts(tally):
    """On growth where trials told it; on life never, as none did."""
    case = [*PANCREAS, "--prior", "lanreotide", "--progressing"]
    course = harness.nen("report", "--json", *case).json()["course"]
    plans = [p["text"] for p in course["plans"]]
    for d in course["differences"]:
        if d["metric"] in ("rmst_months", "os_median"):
            tally.check(d["verdict"] == "cannot tell", "life", d)
        if d["metric"] == "pfs" and any("captem" in plans[d[k]].split(",")[0]
                                        for k in "ab"):
            tally.check(d["verdict"] == "cannot tell", "SEQTOR", d)
    text = flat(section(harness.nen("report", *case).out, "How it may go"))
    tally.check("We cannot tell which plan is better as a whole." in text, "text", text)
    told = re.findall(r"plan (\d) holds the tumor longer than plan (\d)", text)
    growth = [d for d in course["differences"] if d["metric"] == "pfs" and
              d["verdict"] != "cannot tell"]
    tally.check(bool(told) == bool(growth), "growth", told)


def main():
    tally = harness.Tally()
    for check in (figures, asked_first, behind_a_door, board, refused, no_model,
                  batches, plain_words, few_people, validated, verdicts):
        check(tally)
    tally.finish()


if __name__ == "__main__":
    main()
