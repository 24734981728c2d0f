"""What the Python tests share: a tally, the built command, tab-separated tables."""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NEN = os.environ.get("NEN", os.path.join(ROOT, "build", "nen"))
EXAMPLES = os.path.join(ROOT, "examples")


class Tally:
    """Counts checks, prints the failures, ends with `N passed, N failed`."""

    def __init__(self, show=40):
        self.passed = self.failed = self.not_run = 0
        self.show = show

    def check(self, ok, name, detail=""):
        if ok:
            self.passed += 1
            return
        self.failed += 1
        if self.failed <= self.show:
            print(f"FAIL {name}: {detail}" if detail else f"FAIL {name}")

    def skip(self, count, why):
        self.not_run += count
        print(f"NOT RUN: {count} tests: {why}")

    def finish(self):
        if self.failed > self.show:
            print(f"... and {self.failed - self.show} more failures")
        end = f"{self.passed} passed, {self.failed} failed"
        print(end + (f", {self.not_run} not run" if self.not_run else ""))
        sys.exit(1 if self.failed else 0)


class Answer:
    def __init__(self, done):
        self.rc = done.returncode
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)


def nen(*args, data=None, env=None, timeout=120):
    """Runs the command; `data` (text or bytes) goes to its standard input."""
    if isinstance(data, str):
        data = data.encode()
    full = dict(os.environ, **(env or {}))
    return Answer(subprocess.run([NEN, *args], input=data or b"", timeout=timeout,
                                 capture_output=True, env=full, cwd=ROOT))


def batch(verb, cases, *flags):
    """One JSON Lines run; returns the answers in order."""
    lines = "".join(json.dumps(c, ensure_ascii=False) + "\n" for c in cases)
    answer = nen(verb, "--json", *flags, "-", data=lines)
    return answer, [json.loads(line) for line in answer.out.splitlines() if line]


def table(path):
    """Rows of a tab-separated file as dictionaries; `-` is the empty cell."""
    header, rows = None, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if header is None:
                header = cells
                continue
            cells += ["-"] * (len(header) - len(cells))
            rows.append(dict(zip(header, cells)))
    return rows


NAMES = ("id", "rule", "code", "key", "field", "reading")


def steps_into(item, key):
    """What `key` reaches from an item; in a list, the element of that name too."""
    if isinstance(item, dict):
        return [item[key]] if key in item else []
    if not isinstance(item, list):
        return []
    named = [x for x in item if isinstance(x, dict) and
             key in (x.get(n) for n in NAMES)]
    return named or [y for x in item for y in steps_into(x, key)]


def at(value, path):
    """Every value at a dotted path; lists on the way are walked through."""
    values = [value]
    for key in path.split("."):
        values = [y for x in values for y in steps_into(x, key)]
    flat = []
    for item in values:
        flat.extend(item) if isinstance(item, list) else flat.append(item)
    return flat


def word(value):
    if value is None:
        return "null"
    if isinstance(value, dict):
        return next((str(value[n]) for n in NAMES if n in value), "{}")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


EXPECT = re.compile(r"^([\w.@-]+?)\s*(=|!~|~|\^|\bhas\b|\blacks\b)\s*(.*)$")


def judge(answer, expect):
    """Expectations with `;` between: `path=value` (a list: `a,b`), `path~member` or
    `path has member`, `path!~member` or `path lacks member`, `path^prefix`.  A list of
    objects is walked through, or entered by name (`options.lanreotide.status`).
    Returns what does not hold."""
    wrong = []
    for item in filter(None, (e.strip() for e in expect.split(";"))):
        match = EXPECT.match(item)
        if not match:
            wrong.append(f"cannot read the expectation {item!r}")
            continue
        path, op, want = match.groups()
        got = [word(v) for v in at(answer, path)]
        listed = [w.strip() for w in want.split(",")]
        ok = {"=": got == listed or (want in ("[]", "none") and not got),
              "~": want in got, "has": want in got,
              "!~": want not in got, "lacks": want not in got,
              "^": any(g.startswith(want) for g in got)}[op]
        if not ok:
            wrong.append(f"{item} (got {','.join(got) or 'nothing'})")
    return wrong
