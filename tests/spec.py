#!/usr/bin/env python3
"""Runs the examples of spec/*.md.

An example is a fenced block marked `nen`: a command line, and below it what its JSON
answer must hold, one expectation a line (harness.judge).
    ```nen
    $ nen grade --site pancreas --ki67 8
    grade.value = G2
    grade.possible has G3
    ```
A line `exit = N` names the exit status (0 when absent); `text has words` looks for
words in what was printed, for commands without --json."""
import glob
import os
import re
import shlex

import harness

BLOCK = re.compile(r"^```nen\s*\n(.*?)^```", re.S | re.M)


def wanted(lines):
    """Splits the expectations into exit status, texts and JSON paths."""
    status, texts, paths = 0, [], []
    for line in lines:
        exit_is = re.match(r"exit\s*=\s*(\d)$", line)
        text_has = re.match(r"text\s+has\s+(.*)$", line)
        if exit_is:
            status = int(exit_is.group(1))
        elif text_has:
            texts.append(text_has.group(1))
        else:
            paths.append(line)
    return status, texts, paths


def read(block):
    """The command and its expectations."""
    lines = [x.strip() for x in block.replace("\\\n", " ").split("\n")]
    lines = [x for x in lines if x and x != "---" and not x.startswith("#")]
    return lines[0].lstrip("$ "), lines[1:]


def example(command, expect):
    args = shlex.split(command, comments=True)
    status, texts, paths = wanted(expect)
    args = args[1:] if args and args[0] == "nen" else args
    if paths and "--json" not in args:
        args.insert(1, "--json")
        if args[0] == "options" and "--all" not in args:
            args.insert(1, "--all")
    got = harness.nen(*args)
    wrong = [] if got.rc == status else [f"exit {got.rc}: {got.err[:160]}"]
    wrong += [f"no {t!r} in the text" for t in texts if t not in got.out + got.err]
    if paths and got.out.strip():
        answer = got.json()
        wrong += [w for p in paths for w in harness.judge(answer, p)]
    elif paths:
        wrong.append("no answer to compare")
    return wrong


def main():
    tally = harness.Tally()
    for path in sorted(glob.glob(os.path.join(harness.ROOT, "spec", "*.md"))):
        text = open(path, encoding="utf-8").read()
        for match in BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            command, expect = read(match.group(1))
            name = f"{os.path.basename(path)}:{line}"
            tally.check(expect, name, "nothing is expected")
            wrong = example(command, expect)
            tally.check(not wrong, name, "; ".join(wrong))
    tally.check(tally.passed > 0, "spec", "no examples found")
    tally.finish()


if __name__ == "__main__":
    main()
