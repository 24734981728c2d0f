#!/usr/bin/env python3
"""The interview at a real terminal (a pseudo-terminal), and from a pipe."""
import json
import os
import pty
import random
import re
import select
import subprocess
import tempfile
import time

import harness

PROMPT = re.compile(r"(^|\n)> $")
LIMIT_S = 20
COLUMNS = 80


class Terminal:
    """A person at a terminal: types lines, reads until the next prompt or the end."""

    def __init__(self, *args, env=None):
        main, other = pty.openpty()
        full = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        full.update({"TERM": "xterm-256color"}, **(env or {}))
        self.process = subprocess.Popen([harness.NEN, *args], stdin=other, stdout=other,
                                        stderr=other, env=full, cwd=harness.ROOT,
                                        start_new_session=True)
        os.close(other)
        self.file, self.raw, self.ended = main, "", False
        self.said = self.read()

    def read(self):
        """What came since the last line typed, without colors."""
        text, stop = "", time.time() + LIMIT_S
        while time.time() < stop:
            if not select.select([self.file], [], [], 0.2)[0]:
                continue
            try:
                part = os.read(self.file, 65536)
            except OSError:
                part = b""
            if not part:
                self.ended = True
                break
            text += part.decode("utf-8", "replace").replace("\r\n", "\n")
            if PROMPT.search(plain(text)):
                break
        self.raw += text
        return plain(text)

    def type(self, line):
        os.write(self.file, (line + "\n").encode())
        self.said = self.read()
        return self.said

    def end_of_input(self):
        os.write(self.file, b"\x04")
        self.said = self.read()
        return self.said

    def finish(self):
        """Answers nothing more; the exit code."""
        while not self.ended:
            self.end_of_input()
        code = self.process.wait(timeout=LIMIT_S)
        os.close(self.file)
        return code


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def question(text):
    """The question asked last."""
    asked = re.findall(r"^Question \d+.*\n(.*)$", text, re.M)
    return asked[-1] if asked else None


def number_of(text, word):
    """The number before a choice."""
    found = re.search(rf"^ +(\d+)  {re.escape(word)}\b", text, re.M)
    return found.group(1) if found else "?"


FIRST, SECOND, THIRD = ("Where did the tumor start?", "Has it spread, and how far?",
                        "What grade is it?")


def whole_walk(tally):
    """One interview with everything a person may do in it."""
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "case.json")
    t = Terminal("ask", "--save", path)
    tally.check("not advice" in t.said, "start", "no notice")
    tally.check(question(t.said) == FIRST and "Question 1 of 3" in t.said, "first",
                t.said[-300:])
    help_text = t.type("help")
    tally.check("decides most of the options" in help_text and "quit" in help_text,
                "help", help_text)
    wrong = t.type("pancras")
    tally.check("pancras" in wrong and "Did you mean pancreas?" in wrong, "wrong word",
                wrong)
    tally.check("no choice" in t.type("99"), "wrong number", t.said)
    t.type("small bowel")
    tally.check("Noted: small bowel" in t.said and question(t.said) == SECOND,
                "plain name", t.said[:200])
    tally.check(question(t.type("back")) == FIRST, "back", t.said[:200])
    t.type(number_of(t.said, "pancreas"))
    tally.check("Noted: pancreas" in t.said, "by number", t.said[:200])
    tally.check(question(t.type("")) == THIRD and "not known" in t.said, "do not know",
                t.said[:200])
    tally.check("typical carcinoid" not in t.said, "grades of another organ", t.said)
    t.type("G2")
    tally.check("Noted: grade 2" in t.said and "Question 4;" in t.said, "third",
                t.said[:300])
    tally.check(re.search(r"2  .*not known", t.type("show")), "show", t.said)
    tally.check(question(t.type("change 2")) == SECOND, "change", t.said)
    t.type("distant")
    tally.check("stage IV" in t.said, "what follows is said", t.said[:300])
    tally.check("Type change" in t.type("change 77"), "change what", t.said)
    report = t.type("done")
    tally.check("What you told us" in report or "in plain words" in report, "report",
                report[:200])
    tally.check(path in report, "where it is kept", report[-300:])
    tally.check(t.finish() == 0, "exit", str(t.process.returncode))
    wide = [x for x in plain(t.raw).splitlines() if len(x) > COLUMNS and path not in x]
    tally.check(not wide, "width", repr(wide[:2]))
    kept = json.load(open(path, encoding="utf-8"))
    tally.check(kept == {"site": "pancreas", "spread": "distant", "grade": "G2"}, "kept",
                repr(kept))


def in_spanish(tally):
    """Asked and answered in Spanish, by number, by plain word and by the case's word."""
    path = os.path.join(tempfile.mkdtemp(), "caso.json")
    t = Terminal("ask", "--save", path, env={"NEN_LANG": "es"})
    tally.check("Pregunta 1 de 3\n¿Dónde empezó el tumor?" in t.said, "Spanish, first",
                t.said[-900:])
    tally.check("decide la mayoría" in t.type("ayuda"), "ayuda", t.said)
    tally.check("«pancras» no es una opción" in t.type("pancras"), "wrong word", t.said)
    t.type("páncreas")
    tally.check("Anotado: páncreas" in t.said, "plain word", t.said[:200])
    tally.check("¿Dónde empezó" in t.type("atrás"), "atrás", t.said[:200])
    t.type("pancreas")
    tally.check("Anotado: páncreas" in t.said, "the case's word", t.said[:200])
    t.type("distant")
    tally.check("estadio IV" in t.said, "what follows", t.said[:300])
    t.type("")
    tally.check("no se sabe" in t.said or "no sabe" in t.said, "not known", t.said[:200])
    report = t.type("listo")
    tally.check("en palabras sencillas" in report and path in report, "report",
                report[:200])
    tally.check(t.finish() == 0, "exit", str(t.process.returncode))
    kept = json.load(open(path, encoding="utf-8"))
    tally.check(kept == {"site": "pancreas", "spread": "distant"}, "kept", repr(kept))


def leaving(tally):
    t = Terminal()
    tally.check(question(t.said) == FIRST, "nen alone asks", t.said[:200])
    tally.check("Stopped" in t.type("quit") and t.finish() == 0, "quit", t.said)
    tally.check("plain words" not in t.raw, "quit", "a report all the same")

    t = Terminal("ask")
    t.type("pancreas")
    end = t.end_of_input()
    tally.check("plain words" in end and "type a file name" in end, "Ctrl-D", end[-200:])
    tally.check(t.finish() == 0, "Ctrl-D", f"exit {t.process.returncode}")

    path = os.path.join(tempfile.mkdtemp(), "later.json")
    t = Terminal("ask", "--site", "lung")
    tally.check(question(t.said) == SECOND, "told as a flag", t.said[:200])
    tally.check("first question" in t.type("back"), "no way back", t.said)
    t.type("localized")
    t.type("done")
    t.type(path)
    tally.check(t.finish() == 0 and os.path.exists(path), "kept when asked", t.said)

    t = Terminal("ask", "--save", "/nowhere/case.json")
    t.type("done")
    tally.check("cannot write" in t.raw and t.finish() == 1, "cannot keep", t.raw[-200:])


def numbers(tally):
    t = Terminal("ask", "--nodes-positive", "5", "--nodes-examined", "3")
    tally.check(t.finish() == 3 and "examined" in t.raw, "impossible flags", t.raw)
    t = Terminal("ask", "--no-such-field", "3")
    tally.check(t.finish() == 2, "unknown flag", t.raw)
    t = Terminal("ask", "--site", "pancreas", "--spread", "localized", "--grade", "G1")
    for _ in range(40):
        if t.ended or "from 0.01 to 500" in t.said:
            break
        t.type("")
    tally.check("from 0.01 to 500 mm" in t.said, "a number is asked", t.said[-300:])
    tally.check("must be a number from" in t.type("900"), "out of range", t.said)
    tally.check("must be a number from" in t.type("big"), "no number", t.said)
    tally.check("Noted: 23 mm" in t.type("2.3 cm"), "with a unit", t.said[:200])
    t.finish()


def registry_words(tally):
    """A registrar's words are not offered to a person, and stay valid when typed."""
    rows = [x for x in harness.table("knowledge/words.tsv") if x["registry"] == "yes"]
    spread = [x for x in rows if x["field"] == "metastases"]
    tally.check(len(spread) == len(rows) > 0, "registry words", f"{len(rows)} rows")
    for row in spread:
        t = Terminal("ask", "--site", "lung", "--spread", "distant", "--grade", "TC")
        offered = re.findall(r"^ +\d+  (.*)$", t.said, re.M)
        tally.check("bone" in " ".join(offered), "places offered",
                    t.said[-300:])
        shown = [x for x in offered if row["plain"] in x or row["word"] in x.split()]
        tally.check(not shown, "offered to a person", repr(shown))
        tally.check("no choice" in t.type(str(len(offered) + 1)), "past the list", t.said)
        tally.check(row["plain"] in t.type(row["word"]), row["word"], t.said[:200])
        t.type("done")
        tally.check(t.finish() == 0, row["word"], f"exit {t.process.returncode}")


def colors(tally):
    for env, want in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        t = Terminal("ask", env=env)
        t.type("done")
        t.finish()
        tally.check(("\x1b[" in t.raw) == want, f"colors with {env}", repr(t.raw[:80]))
    piped = harness.nen("ask", data="pancreas\ndone\n")
    tally.check("\x1b[" not in piped.out + piped.err, "colors in a pipe")


def pipes(tally):
    got = harness.nen("ask", "--json", data="pancreas\ndistant\nG2\n")
    want = harness.nen("report", "--json", "--site", "pancreas", "--spread", "distant",
                       "--grade", "G2")
    tally.check(got.rc == 0 and got.out == want.out, "a pipe gives the same answer",
                got.err[-200:])
    tally.check(harness.nen("ask", data="").rc == 0, "nothing at all")
    tally.check(harness.nen("ask", "case.json").rc == 2, "a file is not an interview")
    tally.check(harness.nen(data="pancreas\n").rc == 2, "nen alone in a pipe")


def any_answers(tally):
    """Whatever is typed, the interview ends, and what it keeps says the same again."""
    for seed in range(12):
        draw = random.Random(seed)
        path = os.path.join(tempfile.mkdtemp(), "case.json")
        lines = []
        for _ in range(150):
            lines.append(draw.choice(["", "1", "2", "3", "1,2", "yes", "no", "12", "0.5",
                                      "back", "show", "change 2", "why", "x", "none"]))
        got = harness.nen("ask", "--json", "--save", path, data="\n".join(lines) + "\n")
        name = f"any answers {seed}"
        tally.check(got.rc == 0, name, f"exit {got.rc}: {got.err[-200:]}")
        again = harness.nen("report", "--json", path)
        tally.check(again.rc == 0 and again.json()["stage"] == got.json()["stage"] and
                    again.json()["case"] == got.json()["case"], name,
                    again.err[:200] or "differs when read again")


def main():
    tally = harness.Tally()
    for part in (whole_walk, in_spanish, leaving, registry_words, numbers, colors, pipes, any_answers):
        part(tally)
    tally.finish()


if __name__ == "__main__":
    main()
