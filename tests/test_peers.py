#!/usr/bin/env python3
"""The course model written three times, in C, numpy and R (bench/peers): the same
equations with other random numbers come to the same outcomes. So does the plainer model
that the benchmark has beside it.

So a mistake in the kernel, or an equation changed in one of them alone, shows here."""
import math
import os
import shutil
import subprocess

import harness

COURSE = os.path.join(os.path.dirname(harness.NEN), "bench", "course")
PEERS = os.path.join(harness.ROOT, "bench", "peers")
PATIENTS = 200_000  # of each peer; bench/course follows 204,800
OUTCOMES = 11       # of each noise
PYTHON = "/usr/bin/python3"  # the system's: there Debian's numpy lives


def outcomes(text):
    """{noise: {name: value}} of lines "noise 0.07 name=value ..."."""
    told = {}
    for line in text.splitlines():
        _, noise, *words = line.split()
        told[noise] = {name: float(x) for name, x in (w.split("=") for w in words)}
    return told


def bound(name, value):
    """Five standard errors of a difference. Medians: half a week of rounding in C, and
    1/(2 f sqrt(n)) with the density f at least 0.5 over the median for such curves."""
    if name.endswith("_median"):
        return 0.5 + 5 * value / math.sqrt(PATIENTS) * math.sqrt(2)
    return 5 * math.sqrt(2 * value * (1 - value) / PATIENTS)


def compare(t, name, peer, c):
    t.check(peer.keys() == c.keys() and len(c) == 2, f"{name} tells both noises")
    for noise in c:
        t.check(len(c[noise]) == OUTCOMES and c[noise].keys() == peer[noise].keys(),
                f"{name}: the same outcomes are told", list(peer[noise]))
        for key, value in c[noise].items():
            t.check(abs(peer[noise].get(key, 1e9) - value) <= bound(key, value),
                    f"{name}, noise {noise}: {key} as in C",
                    (peer[noise].get(key), value, bound(key, value)))


def run(words, given=None):
    return subprocess.run(words, input=given, capture_output=True, text=True,
                          timeout=300)


def one_model(t, model, flags):
    parameters = run([COURSE, "--parameters", *flags]).stdout
    c = outcomes(run([COURSE, "--outcomes", *flags]).stdout)
    script = os.path.join(PEERS, model)
    size = ["--outcomes", str(PATIENTS)]
    peers = {"R": ["Rscript", "--vanilla", script + "_r.R", *size],
             "numpy": [PYTHON, script + "_numpy.py", *size]}
    lacks = {"R": not shutil.which("Rscript"),
             "numpy": run([PYTHON, "-c", "import numpy"]).returncode}
    for name, words in peers.items():
        if lacks[name]:
            t.skip(2 * OUTCOMES, f"the {name} peer, which is not installed")
            continue
        answer = run(words, parameters)
        t.check(answer.returncode == 0, f"{model} in {name} runs", answer.stderr[-300:])
        compare(t, f"{model} in {name}", outcomes(answer.stdout), c)


def main():
    t = harness.Tally()
    one_model(t, "course", [])
    one_model(t, "model_b", ["--model-b"])
    t.finish()


if __name__ == "__main__":
    main()
