#!/usr/bin/env python3
"""Runs the examples of spec/*.md.

An example is a fenced block marked `nen`: a command line, and below a line `---` what
its JSON answer must hold (harness.judge: `path=value`, one per line or `;` between).
    ```nen
    nen grade --site pancreas --ki67 8
    ---
    grade.value=G2
    ```
A line `exit=N` names the exit status (0 when absent); `text~words` looks for words in
what was printed, for commands without --json."""
import glob
import os
import re
import shlex

import harness

BLOCK = re.compile(r"^```nen\s*\n(.*?)^```", re.S | re.M)


def wanted(text):
    """Splits the expectations into exit status, texts and JSON paths."""
    status, texts, paths = 0, [], []
    for item in re.split(r"[;\n]", text):
        item = item.strip()
        if item.startswith("exit="):
            status = int(item[5:])
        elif item.startswith("text~"):
            texts.append(item[5:])
        elif item:
            paths.append(item)
    return status, texts, paths


def example(command, expect):
    args = shlex.split(command, comments=True)
    status, texts, paths = wanted(expect)
    args = args[1:] if args and args[0] == "nen" else args
    if paths and "--json" not in args:
        args.insert(1, "--json")
    got = harness.nen(*args)
    wrong = [] if got.rc == status else [f"exit {got.rc}: {got.err[:160]}"]
    wrong += [f"no {t!r} in the text" for t in texts if t not in got.out + got.err]
    if paths and got.out.strip():
        wrong += harness.judge(got.json(), ";".join(paths))
    elif paths:
        wrong.append("no answer to compare")
    return wrong


def main():
    tally = harness.Tally()
    for path in sorted(glob.glob(os.path.join(harness.ROOT, "spec", "*.md"))):
        text = open(path, encoding="utf-8").read()
        for match in BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            command, _, expect = match.group(1).partition("\n---\n")
            name = f"{os.path.basename(path)}:{line}"
            tally.check(bool(expect.strip()), name, "nothing is expected")
            wrong = example(command.replace("\\\n", " "), expect)
            tally.check(not wrong, name, "; ".join(wrong))
    tally.check(tally.passed > 0, "spec", "no examples found")
    tally.finish()


if __name__ == "__main__":
    main()
