#!/usr/bin/env python3
"""Every example in Spanish: same ids and numbers as in English, no English sentence left,
within 80 columns, marked as Spanish on a page, and easy to read.

Reading ease is the perspicuity of Szigriszt Pazos, 206.835 - 62.3 S / P - P / F, for S
syllables, P words and F phrases, by the INFLESZ scale (Barrio-Cantalejo and others, An
Sist Sanit Navar 2008;31(2):135-152): 55 to 65 is normal, 65 to 80 fairly easy.  Its
abstract puts what newsstands sell to adults at 60, so a patient's text has to reach 65."""
import glob
import json
import os
import re
import subprocess

import harness

EASY = 65.0
WORDS_TEXT = {"text", "why", "notice", "name", "notes", "if", "scope_note",
              "population", "reason", "model_note", "citation", "how_sure"}
# Words that no Spanish sentence has; sources keep their published titles.
ENGLISH = re.compile(r"\b(?:the|and|of|with|is|are|was|not|for|from|by|after|before|under|"
                     r"this|that|when|which|without|first|then|to)\b")
NOT_PROSE = re.compile(r"\[[^\]]*\]|\S*[_.:;/]\S+")  # ids, keys, addresses, plans
COURSE = ("--patients", "200", "--draws", "16")
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


def left_in_english(text):
    """Lines of a Spanish answer that hold an English word."""
    prose = NOT_PROSE.sub("", re.split(r"\nFuentes(?: usadas)?\n", text)[0])
    return [line for line in prose.splitlines() if ENGLISH.search(line)]


def in_spanish(tally, name, *args):
    done = harness.nen(*args, "--lang", "es")
    left = left_in_english(done.out)
    tally.check(done.rc == 0 and len(done.out) > 100 and not left, name,
                f"{args}: exit {done.rc}, English: {left[:2]}")
    return done.out


def tables(tally):
    """What people look up.  Rows of those who model and stage stay as they are."""
    in_spanish(tally, "facts", "facts")
    in_spanish(tally, "glossary", "glossary")
    for table in ("side_effects", "cautions", "sequencing", "questions", "approvals",
                  "positions"):
        in_spanish(tally, table, "facts", table)
    in_spanish(tally, "trial", "trial", "--draws", "8", "--patients", "256",
               os.path.join(harness.EXAMPLES, "designs", "compete.json"))


def refusals(tally):
    """What is wrong with a case is said in Spanish, with its field and its value."""
    for args, said in ((("--ki67", "130"), "ki67: 130 no sirve. Debe ser un número de 0 a 100 %."),
                       (("--site", "pancras"), "¿Quiso decir pancreas?"),
                       (("--ki68", "3"), "Ningún campo se llama ki68. ¿Quiso decir ki67_pct?"),
                       (("--diagnosed", "2025-33-01"), "diagnosed: 2025-33-01 no sirve"),
                       (("--nodes-positive", "5", "--nodes-examined", "3"),
                        "nodes_positive 5: más ganglios positivos que examinados")):
        done = harness.nen("report", "--lang", "es", *args)
        tally.check(done.rc == 3 and said in done.err and not ENGLISH.search(done.err),
                    f"refused {args}", f"exit {done.rc}: {done.err}")
    done = harness.nen("report", "--lang", "es", "--json", "-", data='{"ki67_pct": [1,')
    tally.check("Esto no es un caso en JSON" in done.err, "broken JSON", done.err)


def main():
    tally = harness.Tally()
    tables(tally)
    refusals(tally)
    for path in sorted(glob.glob(os.path.join(harness.EXAMPLES, "*.json"))):
        name = os.path.basename(path)
        both = [json.loads(harness.nen("report", "--json", "--lang", lang, path).out)
                for lang in ("en", "es")]
        tally.check(bare(both[0]) == bare(both[1]), name, "ids or numbers differ")
        tally.check(both[0]["notice"] != both[1]["notice"], name, "notice not translated")
        for flags in ((), ("--full",), ("--for", "board"), ("--for", "board", "--all")):
            text = in_spanish(tally, name, "report", *flags, path)
            wide = [line for line in text.splitlines() if len(line) > 80]
            tally.check(not wide, name, f"{flags}: over 80 columns: {wide[:1]}")
            prose = re.split(r"\nFuentes", text)[0]
            if "board" not in flags:
                figure = inflesz(re.sub(r"\s\[\d+(,\s+\d+)*\]", "", prose))
                print(f"{name} {' '.join(flags)}: INFLESZ {figure:.0f}")
                tally.check(figure >= EASY, name, f"INFLESZ {figure:.1f} under {EASY}")
        if both[0].get("course"):
            for voice in ("patient", "board"):
                in_spanish(tally, name, "compare", "--all", *COURSE, "--for", voice, path)
        page = harness.nen("report", "--html", "-", "--lang", "es", path).out
        tally.check('<html lang="es">' in page, name, "the page is not marked as Spanish")
    done = subprocess.run(["build/knowc", "--untranslated", "knowledge", "es"],
                          capture_output=True, text=True, cwd=harness.ROOT)
    print(done.stderr.strip())
    tally.check(done.returncode == 0, "knowc --untranslated", done.stderr)
    tally.finish()


if __name__ == "__main__":
    main()
