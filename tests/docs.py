#!/usr/bin/env python3
"""Documentation that cannot rot: each `$ ` example of the README and docs/ is run.

In a fenced block a line `$ command` is run (in bash, `nen` being the one just built,
in a folder of its own that holds links to build, docs, examples, include, knowledge).
What stands below it is what it must print, standard output and error together; a line
`...` stands for any lines, `...` inside a line for anything.  A command goes on after
a backslash and to the end of a here-document.  `tests/docs.py --write` puts today's output where no `...` stands.
Written pages (cli.md, fields.md) are compared with what the command writes."""
import glob
import os
import re
import subprocess
import sys
import tempfile

import harness

LINKS = ("build", "docs", "examples", "include", "knowledge", "Makefile")
WRITTEN = {"docs/cli.md": ["help", "--markdown"],
           "docs/fields.md": ["help", "--markdown", "fields"]}


def pages():
    names = ["README.md", "CONTRIBUTING.md", "examples/README.md"]
    names += [os.path.relpath(p, harness.ROOT) for p in
              sorted(glob.glob(os.path.join(harness.ROOT, "docs", "*.md")))]
    return [n for n in names if n not in WRITTEN]


class Example:
    def __init__(self, page, number, command):
        self.page, self.number, self.command = page, number, command
        self.first = None      # index of the first expected line
        self.expected = []

    def name(self):
        return f"{self.page}:{self.number}: {self.command.splitlines()[0]}"


def goes_on(command):
    """A backslash at the end, or a here-document (<<'END') that has not ended."""
    here = re.search(r"<<'(\w+)'", command)
    if here:
        return command.split("\n")[-1] != here.group(1)
    return command.endswith("\\")


def examples(page, lines):
    """The commands of a page's fenced blocks, with the lines that follow each."""
    inside, current, going = False, None, False
    for i, line in enumerate(lines):
        if line.startswith("```"):
            inside, current, going = not inside, None, False
        elif inside and going:
            current.command += "\n" + line
            going = goes_on(current.command)
            current.first = i + 1
        elif inside and line.startswith("$ "):
            current = Example(page, i + 1, line[2:])
            current.first = i + 1
            going = goes_on(current.command)
            yield current
        elif inside and current:
            current.expected.append(line)


def pattern(expected):
    """Expected lines as a regular expression over the whole output."""
    parts = []
    for line in expected:
        if line.strip() == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(re.escape(p) for p in line.split("...")) + r"\n")
    return "".join(parts)


def run(command, folder):
    path = os.path.dirname(os.path.abspath(harness.NEN)) + ":" + os.environ["PATH"]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    env.update(PATH=path, LC_ALL="C.UTF-8")
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, timeout=120,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return "\n".join(line.rstrip() for line in
                     done.stdout.decode("utf-8", "replace").splitlines())


def matches(expected, got):
    while expected and not expected[-1].strip():
        expected = expected[:-1]
    return re.fullmatch(pattern(expected), got + "\n" if got else "") is not None


def check_page(tally, page, write):
    """Runs a page from top to bottom in one folder, so that examples may build up."""
    path = os.path.join(harness.ROOT, page)
    lines = open(path, encoding="utf-8").read().split("\n")
    with tempfile.TemporaryDirectory() as folder:
        for name in LINKS:
            os.symlink(os.path.join(harness.ROOT, name), os.path.join(folder, name))
        done = [(e, run(e.command, folder)) for e in list(examples(page, lines))]
    for example, got in reversed(done):
        ok = matches(example.expected, got)
        if not ok and write and "..." not in "\n".join(example.expected):
            first = example.first
            lines[first:first + len(example.expected)] = got.split("\n") if got else []
            continue
        tally.check(ok, example.name(), "\n  expected:\n    " +
                    "\n    ".join(example.expected[:12]) + "\n  got:\n    " +
                    "\n    ".join(got.split("\n")[:30]))
    if write:
        open(path, "w", encoding="utf-8").write("\n".join(lines))
    return len(done)


def check_links(tally, page):
    """Files that a page points to exist."""
    text = open(os.path.join(harness.ROOT, page), encoding="utf-8").read()
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        full = os.path.join(harness.ROOT, os.path.dirname(page), target)
        tally.check(os.path.exists(full), page, f"no such file: {target}")


def check_written(tally, write):
    for page, command in WRITTEN.items():
        got = harness.nen(*command)
        path = os.path.join(harness.ROOT, page)
        if write:
            open(path, "w", encoding="utf-8").write(got.out)
        same = os.path.exists(path) and open(path, encoding="utf-8").read() == got.out
        tally.check(got.rc == 0 and same, page, "differs: tests/docs.py --write")


def main():
    tally, write = harness.Tally(), sys.argv[1:] == ["--write"]
    check_written(tally, write)
    count = 0
    for page in pages():
        count += check_page(tally, page, write)
        check_links(tally, page)
    tally.check(count >= 25, "examples found", f"only {count}")
    tally.check(not matches(["a", "...", "b"], "a\nc") and
                matches(["a", "...", "b"], "a\nx\nb"), "the comparison itself")
    tally.finish()


if __name__ == "__main__":
    main()
