#!/usr/bin/env python3
"""Input that must be refused, input that must not be, and what is said about it.

Refused: exit 3 (2 for wrong usage), nothing on standard output, a message with the
field or the place.  No input may crash the command."""
import json

import harness

GOOD = {"site": "pancreas", "size_mm": 23, "ki67_pct": 8}

# name, bytes on standard input, words that the message must hold
BROKEN = [
    ("not JSON", b"hello", []),
    ("cut short", b'{"site":"pancreas"', []),
    ("cut in a string", b'{"site":"panc', []),
    ("comma too many", b'{"site":"pancreas",}', []),
    ("two values", b'{"site":"pancreas" "lung"}', []),
    ("wrong UTF-8", b'{"site":"panc\xffreas"}', []),
    ("overlong UTF-8", b'{"site":"\xc0\xaf"}', []),
    ("surrogate", b'{"site":"\xed\xa0\x80"}', []),
    ("deep", b'{"prior":' + b"[" * 5000 + b"]" * 5000 + b"}", []),
    ("deep objects", b'{"a":' * 300 + b"1" + b"}" * 300, []),
    ("huge", b'{"id":"' + b"x" * (2 << 20) + b'"}', []),
    ("unknown field", b'{"sit":"pancreas"}', ["sit", "site"]),
    ("unknown word", b'{"site":"pancraes"}', ["site", "pancraes", "pancreas"]),
    ("wrong type", b'{"size_mm":{"a":1}}', ["size_mm"]),
    ("bool for a number", b'{"size_mm":true}', ["size_mm"]),
    ("text for a bool", b'{"resectable":"perhaps"}', ["resectable"]),
    ("range", b'{"ki67_pct":130}', ["ki67_pct", "130", "100"]),
    ("negative", b'{"ki67_pct":-1}', ["ki67_pct"]),
    ("size nought", b'{"size_mm":0}', ["size_mm"]),
    ("huge number", b'{"size_mm":1e999}', ["size_mm"]),
    ("not a number", b'{"size_mm":"NaN"}', ["size_mm"]),
    ("backwards range", b'{"ki67_pct":"9-3"}', ["ki67_pct"]),
    ("wrong unit", b'{"size_mm":"2 kg"}', ["size_mm"]),
    ("half a count", b'{"nodes_positive":1.5}', ["nodes_positive"]),
    ("5 of 3 nodes", b'{"nodes_positive":5,"nodes_examined":3}', ["nodes_"]),
    ("no such date", b'{"diagnosed":"2024-02-31"}', ["diagnosed"]),
    ("month 13", b'{"diagnosed":"2024-13-01"}', ["diagnosed"]),
    ("pM0", b'{"site":"stomach","m":"pM0"}', ["pM0"]),
    ("MX", b'{"site":"stomach","m":"MX"}', ["MX"]),
    ("Tis", b'{"site":"pancreas","system":"ajcc8","t":"Tis"}', ["Tis"]),
    ("extent of another organ", b'{"site":"lung","extent":"serosa"}', ["extent"]),
    ("topography", b'{"site":"pancreas","topography":"XYZ"}', ["topography"]),
    ("field twice", b'{"site":"pancreas","site":"lung"}', ["site"]),
]

# name, case, what the answer must hold: odd or contradictory, but answered
ANSWERED = [
    ("nothing known", {}, "stage.group.value=null"),
    ("null is absent", {"site": "pancreas", "size_mm": None}, "stage.t.value=TX"),
    ("the word unknown", {"site": "unknown", "ki67_pct": "unknown"}, "scope=in"),
    ("stated stage disagrees", {"site": "pancreas", "size_mm": 10,
     "extent": "limited_to_pancreas", "nodes_positive": 0, "metastases": ["liver"],
     "stage": "II"}, "stage.group.value=IV;warnings.fields~stage"),
    ("stated T disagrees", {"site": "pancreas", "size_mm": 30, "t": "T1",
     "extent": "limited_to_pancreas", "system": "ajcc8"},
     "stage.t.value=T2;warnings.fields~t"),
    ("site against topography", {"site": "stomach", "topography": "C25.4"},
     "warnings.fields~topography"),
    ("a fraction", {"site": "pancreas", "ki67_pct": 0.15},
     "warnings.fields~ki67_pct"),
    ("centimeters perhaps", {"site": "pancreas", "size_mm": "2.5"},
     "warnings.fields~size_mm"),
]

USAGE = [["nosuchverb"], ["report", "--nosuchoption"], ["report", "--site"], [],
         ["grade", "--ki67", "--json"]]


def refused(tally):
    for name, data, words in BROKEN:
        for flags in (["--json"], []):
            got = harness.nen("report", *flags, "-", data=data)
            where = f"{name} {' '.join(flags)}".strip()
            tally.check(got.rc == 3 and got.out == "", where,
                        f"exit {got.rc}, output {got.out[:80]!r}")
            lost = [w for w in words if w not in got.err]
            tally.check(got.err.strip() != "" and not lost, where + ": message",
                        f"{lost} not in {got.err[:200]!r}")


def answered(tally):
    _, out = harness.batch("report", [case for _, case, _ in ANSWERED])
    tally.check(len(out) == len(ANSWERED), "answered", f"{len(out)} answers")
    for (name, _, expect), answer in zip(ANSWERED, out):
        tally.check("error" not in answer, name, str(answer.get("error")))
        wrong = harness.judge(answer, expect)
        tally.check(not wrong, name, "; ".join(wrong))


def batches(tally):
    """One bad case never stops the rest; the run ends with exit 3."""
    good = json.dumps(GOOD)
    lines = f'{good}\n{{"site":"moon"}}\nbroken\n\n{good}\n'
    got = harness.nen("report", "--json", "-", data=lines)
    out = [json.loads(line) for line in got.out.splitlines() if line]
    tally.check(got.rc == 3, "batch exit", str(got.rc))
    tally.check(["error" in o for o in out] == [False, True, True, False],
                "batch order", got.out[:200])
    if len(out) == 4:
        tally.check(out[1]["error"]["field"] == "site", "batch field", str(out[1]))
        tally.check(out[2].get("line") == 3, "batch line", str(out[2]))
    array = harness.nen("report", "--json", "-",
                        data=f'[{good},{{"site":"moon"}},{good}]')
    out = [json.loads(line) for line in array.out.splitlines() if line]
    tally.check(["error" in o for o in out] == [False, True, False], "array",
                array.out[:200])
    numbers = harness.nen("report", "--json", "-", data="[1,2,3]")
    out = [json.loads(line) for line in numbers.out.splitlines() if line]
    tally.check(numbers.rc == 3 and len(out) == 3 and all("error" in o for o in out),
                "array of numbers", numbers.out[:200])
    empty = harness.nen("report", "--json", "-", data="[]")
    tally.check(empty.rc == 0 and empty.out.strip() == "", "empty array",
                f"exit {empty.rc} {empty.out[:80]}")


def truncated(tally):
    """Every beginning of a good document is refused or answered, never worse."""
    text = open(harness.EXAMPLES + "/midgut-liver.json", "rb").read()
    codes = {harness.nen("report", "--json", "-", data=text[:n]).rc
             for n in range(0, len(text), 7)}
    tally.check(codes <= {0, 2, 3}, "truncated documents", str(codes))


def usage(tally):
    for args in USAGE:
        got = harness.nen(*args)
        name = "usage " + " ".join(args)
        ok = got.rc == (2 if "--" not in " ".join(args) else got.rc) and got.rc in (2, 3)
        tally.check(ok, name, f"exit {got.rc}: {got.err[:100]}")
        tally.check(got.out == "" and got.err, name, "something on standard output")
    got = harness.nen("report", "/nonexistent/case.json")
    tally.check(got.rc in (1, 2, 3) and got.out == "" and got.err, "no such file",
                f"exit {got.rc}")
    got = harness.nen("report", harness.ROOT)
    tally.check(got.rc in (1, 2, 3) and got.out == "", "a folder", f"exit {got.rc}")


def main():
    tally = harness.Tally()
    refused(tally)
    answered(tally)
    batches(tally)
    truncated(tally)
    usage(tally)
    tally.finish()


if __name__ == "__main__":
    main()
