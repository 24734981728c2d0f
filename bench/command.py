#!/usr/bin/env python3
"""`nen compare` as a person runs it: two plans, 256 draws of the model, two threads, with
its progress bar.  Seconds from start to end, and the most memory that was resident,
which must not grow with the number of patients.

usage: bench/command.py NEN             the default of 2,000 patients a draw, and 100,000
       bench/command.py NEN --billion   a billion courses, once, with the widest lanes
"""
import os
import pty
import statistics
import sys
import time

CASE = "examples/midgut-liver.json"
PLANS = ["lutetium_dotatate,everolimus", "everolimus,lutetium_dotatate"]
DRAWS = 256
LANES = {"avx512": "AVX-512", "avx2": "AVX2", "portable": "portable"}
# patients of each plan and draw: runs, and the aim in seconds by lanes
SIZES = {2_000: (5, {"avx512": 0.5}), 100_000: (1, {"avx512": 10, "portable": 30})}
AIM_MB = 200
BILLION = -(-10**9 // (len(PLANS) * DRAWS))


def drawn_on(terminal):
    """What a program wrote there until it ended; the last of it."""
    text = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other end has closed
            return text
        if not part:
            return text
        text = (text + part)[-65536:]


def run(words):
    """Seconds, most resident megabytes, what the terminal showed, exit status."""
    terminal, stderr = pty.openpty()
    start = time.monotonic()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(stderr, 2)
        os.execv(words[0], words)
    os.close(stderr)
    shown = drawn_on(terminal)
    _, status, usage = os.wait4(child, 0)
    os.close(terminal)
    return time.monotonic() - start, usage.ru_maxrss / 1024, shown.decode(), status


def compare(nen, patients, flags, times=1):
    """Prints one line; returns megabytes, or None when this machine has no such lanes."""
    words = [os.path.abspath(nen), "compare", CASE, "--patients", str(patients),
             "--draws", str(DRAWS), "--threads", "2", *flags]
    for plan in PLANS:
        words += ["--plan", plan]
    runs = [run(words) for _ in range(times)]
    shown, status = runs[-1][2:]
    if status and "has no" in shown:
        return None
    if status:
        sys.exit(f"nen failed: {shown[-300:]}")
    megabytes = max(r[1] for r in runs)
    courses = patients * len(PLANS) * DRAWS
    print(f"{courses:13,} courses {statistics.median(r[0] for r in runs):8.2f} s, "
          f"{megabytes:5.1f} MB at most, progress bar "
          f"{'drawn' if '[' in shown else 'not needed'}", end="")
    return megabytes


def by_lanes(nen):
    most = {}
    for lanes, name in LANES.items():
        for patients, (times, aims) in SIZES.items():
            print(f"{name:9}", end="")
            used = compare(nen, patients, ["--lanes", lanes], times)
            if used is None:
                print(" not measured: this processor has none")
                break
            most.setdefault(patients, []).append(used)
            print(f" (aim {aims[lanes]} s)" if lanes in aims else "")
    few, many = (max(used) for used in most.values())
    print(f"memory of {max(SIZES) // min(SIZES)} times the patients: "
          f"{many - few:+.1f} MB (aim: under {AIM_MB} MB, and no growth)")


def main():
    if "--billion" in sys.argv:
        compare(sys.argv[1], BILLION, [])
        print(f" (aim: under {AIM_MB} MB)")
    else:
        by_lanes(sys.argv[1])


if __name__ == "__main__":
    main()
