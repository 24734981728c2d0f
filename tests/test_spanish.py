#!/usr/bin/env python3
"""Every example in Spanish: same ids and numbers as in English, within 80 columns, marked
as Spanish on a page, and easy to read by the INFLESZ scale (Szigriszt-Pazos, easy from
65 on).  How many cells have no words yet is printed; languages.tsv makes that an error."""
import glob
import json
import os
import re
import subprocess

import harness

EASY = 65.0
WORDS_TEXT = {"text", "why", "notice", "name", "notes", "if", "scope_note",
              "population", "reason", "model_note", "citation", "how_sure"}
VOWELS = "aeiouáéíóúü"


def syllables(word):
    """Groups of vowels; two strong ones, or an accented weak one, part a group."""
    split = re.sub(r"([aeoáéó])(?=[aeoáéóíú])|([íú])(?=[aeoáéó])", r"\1\2-", word)
    return max(1, len(re.findall(f"[{VOWELS}]+", split)))


def inflesz(text):
    words = re.findall(r"[a-záéíóúüñ]+", text.lower())
    phrases = max(1, len(re.findall(r"[.:;!?]+(?=\s|$)", text)))
    return (206.835 - 62.3 * sum(map(syllables, words)) / len(words)
            - len(words) / phrases)


def bare(value):
    """A report without the sentences that people read."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if k not in WORDS_TEXT}
    return [bare(v) for v in value] if isinstance(value, list) else value


def main():
    tally = harness.Tally()
    for path in sorted(glob.glob(os.path.join(harness.EXAMPLES, "*.json"))):
        name = os.path.basename(path)
        both = [json.loads(harness.nen("report", "--json", "--lang", lang, path).out)
                for lang in ("en", "es")]
        tally.check(bare(both[0]) == bare(both[1]), name, "ids or numbers differ")
        tally.check(both[0]["notice"] != both[1]["notice"], name, "notice not translated")
        for flags in ((), ("--full",), ("--for", "board")):
            text = harness.nen("report", "--lang", "es", *flags, path).out
            wide = [line for line in text.splitlines() if len(line) > 80]
            tally.check(not wide, name, f"{flags}: over 80 columns: {wide[:1]}")
            prose = re.split(r"\nFuentes", text)[0]
            if "board" not in flags:
                figure = inflesz(re.sub(r"\s\[\d+(,\s+\d+)*\]", "", prose))
                print(f"{name} {' '.join(flags)}: INFLESZ {figure:.0f}")
                tally.check(figure >= EASY, name, f"INFLESZ {figure:.1f} under {EASY}")
        page = harness.nen("report", "--html", "-", "--lang", "es", path).out
        tally.check('<html lang="es">' in page, name, "the page is not marked as Spanish")
    done = subprocess.run(["build/knowc", "--untranslated", "knowledge", "es"],
                          capture_output=True, text=True, cwd=harness.ROOT)
    print(done.stderr.strip())
    tally.check(done.returncode == 0, "knowc --untranslated", done.stderr)
    tally.finish()


if __name__ == "__main__":
    main()
