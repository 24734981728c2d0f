#!/usr/bin/env python3
"""The patient's sheet: said once, numbered, what goes on today first, folded, printed."""
import glob
import os
import re
import shutil
import subprocess
import tempfile

import harness

LINES_MAX = 320  # of the short text
PAGES_MAX = 2    # of the printed sheet, A4
NUMBERS = re.compile(r"\s\[(\d+(?:,\s+\d+)*)\]")
ENTRY = re.compile(r"^ {2,3}(\d+)\. \S", re.M)
SENTENCE = re.compile(r"[^.!?:;]{30,}[.!?]")
PLACES = re.compile(r"Places used: (.*?)(?=\n  - |\nnen )", re.S)


def examples():
    return sorted(glob.glob(os.path.join(harness.EXAMPLES, "*.json")))


def flat(text):
    return " ".join(text.split())


def part(text, heading):
    """What stands under a heading of the third level."""
    found = re.search(rf"^{re.escape(heading)}\n\.+\n(.*?)"
                      r"(?=\n[^\n]+\n[-.]{3,}\n|\Z)", text, re.M | re.S)
    return found.group(1) if found else ""


def numbers(tally, name, text):
    """Every number points to an entry, every entry is pointed to, in order."""
    body, _, sources = text.partition("\nSources\n")
    told = [int(n) for m in NUMBERS.findall(body) for n in m.split(",")]
    listed = [int(n) for n in ENTRY.findall(sources)]
    tally.check(listed == list(range(1, len(listed) + 1)), name, f"entries {listed}")
    tally.check(set(told) == set(listed), name, f"{set(told) ^ set(listed)}")
    first = list(dict.fromkeys(told))
    tally.check(first == sorted(first), name, f"not in order of naming: {first}")


def once(tally, name, text):
    """Reasons and cautions stand once each."""
    for heading in ("Take care with these", "Why these are on the list"):
        said = SENTENCE.findall(flat(NUMBERS.sub("", part(text, heading))))
        twice = {s for s in said if said.count(s) > 1}
        tally.check(not twice, f"{name} {heading}", f"said again: {twice}")


def short_and_full(tally):
    for path in examples():
        name = os.path.basename(path)
        short, full = (harness.nen("report", *f, path).out for f in ((), ("--full",)))
        lines = len(short.splitlines())
        tally.check(lines <= LINES_MAX, name, f"{lines} lines")
        tally.check("--full" in short and "--full" not in full, name, "hint")
        tally.check("What you told us" in full and "Why these are on" in full, name)
        for text in (short, full):
            numbers(tally, name, text)
            once(tally, name, text)
        fits = part(short, "Fits what you told us")
        tally.check("Only if" not in fits, name, "a condition on what fits")


def one_or_more(tally):
    """What is not yet checked is counted in good English."""
    cases = [[x] for x in examples()] + [["--site", "ppgl", "--spread", "distant"]]
    told = re.compile(r"(\d+) of the facts used (\w+) not yet .*? marks (\w+)\.")
    seen = [x for case in cases
            for x in told.findall(flat(harness.nen("report", *case).out))]
    tally.check(len(seen) > 0, "not yet checked", "no report says it")
    for count, *words in seen:
        want = ["is", "it"] if count == "1" else ["are", "them"]
        tally.check(words == want, "not yet checked", f"{count} {words}")


def part_and_whole(tally):
    """A part of an option is not told beside it; JSON and --all list both."""
    path = os.path.join(harness.EXAMPLES, "midgut-liver.json")
    answer = harness.nen("options", "--json", path).json()
    options = {x["id"]: x for x in answer["options"]}
    parts = [x for x in harness.table("knowledge/options.tsv")
             if x["part_of"] in options and x["id"] in options and
             options[x["id"]]["status"] == options[x["part_of"]]["status"]]
    tally.check(len(parts) > 0, "part and whole", "none in the example")
    names = {x["id"]: x for x in harness.table("knowledge/options.tsv")}
    for x in parts:
        whole = names[x["part_of"]]
        for column, flags in (("plain_name", ()), ("name", ("--for", "board"))):
            told = flat(harness.nen("report", *flags, path).out)
            every = flat(harness.nen("report", "--all", *flags, path).out)
            tally.check(whole[column] in told, x["id"], f"no {whole[column]}")
            tally.check(x[column] not in told, x["id"], f"{x[column]} beside it")
            tally.check(x[column] in every, x["id"], f"--all without {x[column]}")


def current_first(tally):
    path = os.path.join(harness.EXAMPLES, "midgut-liver.json")
    text = harness.nen("report", path).out
    fits = part(text, "Fits what you told us").strip()
    tally.check(fits.startswith("Long-acting octreotide shot (you are on it now)"),
                "what goes on today", fits[:80])
    lanreotide = fits[fits.index("\nLanreotide"):].split("\n\n")[0]
    tally.check("Instead of what you are on now (Long-acting octreotide shot)"
                in flat(lanreotide), "an alternative says so", lanreotide)
    tally.check(text.count("Instead of what") == 1, "no other does")
    alone = harness.nen("report", "--site", "jejunum_ileum", "--metastases", "liver",
                        "--ki67", "2", "--differentiation", "well").out
    tally.check("Instead of what" not in alone, "nothing to replace")


def set_aside(tally):
    """What was entered and not used is told, in every form."""
    case = '{"site": "pancreas", "site_text": "knee"}'
    for flags in ((), ("--full",), ("--for", "board"), ("--html", "-")):
        text = flat(harness.nen("report", *flags, "-", data=case).out)
        tally.check(text.count("Not used: site_text knee (read only when site is") == 1,
                    f"set aside {flags}", text[:200])


def board_places(tally):
    for path in examples():
        text = harness.nen("report", "--for", "board", path).out
        for listed in PLACES.findall(text):
            for group in re.split(r"\([^()]*, checked [^()]*\)", flat(listed)):
                items = [i.strip() for i in group.strip("; .").split(";")]
                tally.check(len(items) == len(set(items)), os.path.basename(path),
                            f"a place named again: {items}")


def board_reasons(tally):
    """A board reads a summary first, and each position once."""
    for path in examples():
        name = os.path.basename(path) + " --for board"
        text = harness.nen("report", "--for", "board", path).out
        tally.check("\nSummary\n-------\n  Stage: " in text, name, "no summary")
        said = re.findall(r"^  - ([A-Z][\w.-]+): ", text, re.M)
        tally.check(len(said) == len(set(said)), name, f"said again: {said}")
        named = set(re.findall(r"[A-Z]{2}-\d[\w.]*", " ".join(
            re.findall(r"^  Because: ((?:.|\n      )*)", text, re.M))))
        tally.check(named <= set(said), name, f"not told: {named - set(said)}")


def page(tally):
    for path in examples():
        name = os.path.basename(path)
        closed = harness.nen("report", "--html", "-", path).out
        opened = harness.nen("report", "--html", "-", "--full", path).out
        tally.check(closed.count("<details") == closed.count("</details>") > 3, name)
        tally.check(not re.search(r"<details[^>]* open", closed), name, "open folds")
        tally.check(not re.search(r"<details(?![^>]* open)", opened), name, "closed")
        for tag in ("section", "div", "article", "ul", "ol", "dl", "p", "li"):
            n = len(re.findall(rf"<{tag}[ >]", closed))
            tally.check(n == closed.count(f"</{tag}>"), name, f"<{tag}> not closed")


def printed(tally):
    """Two pages at most, where a browser and pdfinfo are at hand."""
    browser = shutil.which("chromium")
    if not browser or not shutil.which("pdfinfo"):
        tally.skip(len(examples()), "printed pages need chromium and pdfinfo")
        return
    with tempfile.TemporaryDirectory() as folder:
        for path in examples():
            html, pdf = os.path.join(folder, "r.html"), os.path.join(folder, "r.pdf")
            harness.nen("report", "--html", html, path)
            subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu",
                            "--no-pdf-header-footer", "--print-to-pdf=" + pdf,
                            "file://" + html], capture_output=True, timeout=120)
            info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True)
            found = re.search(r"^Pages: +(\d+)", info.stdout, re.M)
            pages = int(found.group(1)) if found else 0
            name = os.path.basename(path)
            tally.check(0 < pages <= PAGES_MAX, name, f"{pages} pages")


def main():
    tally = harness.Tally(show=60)
    for check in (short_and_full, one_or_more, part_and_whole, current_first, set_aside,
                  board_places, board_reasons, page, printed):
        check(tally)
    tally.finish()


if __name__ == "__main__":
    main()
