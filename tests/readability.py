#!/usr/bin/env python3
"""The patient's text of every example, short and in full, is at or below school grade 8.

Drugs, organs and glossary terms are given two syllables each (tools/readability); the
raw figure is printed beside.  The list of sources, which is titles of publications, is
not prose and is left out: it begins at the heading named in SOURCES.  So are the
numbers that point to it."""
import glob
import importlib.machinery
import importlib.util
import os
import re

import harness

LIMIT = 8.0
SOURCES = re.compile(r"^\s*(#+\s*)?(sources|where this comes from)\b.*$", re.I | re.M)
NUMBERS = re.compile(r"\s\[\d+(,\s+\d+)*\]")
# Tables and columns that hold names a reader has to meet anyway.
NAMES = {"options": ("name", "plain_name"), "sites": ("name", "plain"),
         "glossary": ("term", "also"), "words": ("word", "name"),
         "syndromes": ("name", "plain")}


def tool():
    path = os.path.join(harness.ROOT, "tools", "readability")
    loader = importlib.machinery.SourceFileLoader("readability", path)
    spec = importlib.util.spec_from_loader("readability", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def known_names(reader):
    names = set()
    for table, columns in NAMES.items():
        path = os.path.join(harness.ROOT, "knowledge", table + ".tsv")
        for row in harness.table(path) if os.path.exists(path) else []:
            for column in columns:
                names.update(w.lower() for w in reader.WORD.findall(row[column]))
    return names


def main():
    tally, reader = harness.Tally(), tool()
    names = known_names(reader)
    for path in sorted(glob.glob(os.path.join(harness.EXAMPLES, "*.json"))):
        for flags in ((), ("--full",)):
            text = harness.nen("report", *flags, path).out
            name = " ".join((os.path.basename(path), *flags))
            tally.check(len(text) > 200, name, "no report")
            prose = NUMBERS.sub("", SOURCES.split(text)[0])
            figure, raw = reader.grade(prose, names), reader.grade(prose)
            print(f"{name}: grade {figure:.1f} (raw {raw:.1f})")
            tally.check(figure <= LIMIT, name, f"grade {figure:.1f} is above {LIMIT}")
    tally.finish()


if __name__ == "__main__":
    main()
