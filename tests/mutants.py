#!/usr/bin/env python3
"""Can the tests fail? Each mutant is a copy of the core with one mistake; the program
named beside it must notice. `make mutants`, after `make units`; minutes.

A mutant: file, the text (once in it), what it becomes, the unit program."""
import os
import shutil
import subprocess
import sys
import tempfile

import harness

LANES, SETUP = "course_lanes.c", "course_setup.c"
RNG, FMATH = "rng.h", "fmath.h"
FORMS, MODEL, SEQUENCE = "test_course_forms", "test_course_model", "test_sequence"
MUTANTS = [
    # the generator: known answers
    (RNG, "0xD2511F53", "0xD2511F55", "test_rng"),
    (RNG, "step_high = 0xBB67AE85", "step_high = 0xBB67AE87", "test_rng"),
    (RNG, "return nen__philox_round(x, low + step_low, high + step_high);",
     "return x;", "test_rng"),
    (RNG, "lane_low < low ? 1 : 0", "0", "test_rng"),
    # variates: moments, distributions, ends
    (RNG, "(word >> dropped_bits | 1) * unit", "(word >> dropped_bits) * unit", "test_rng"),
    (RNG, "return -nen__log_f32(p < highest ? p : highest);",
     "return -1.01f * nen__log_f32(p < highest ? p : highest);", "test_rng"),
    (RNG, "nen__bits_f32(z) | word << sign_at", "nen__bits_f32(z) | 1u << sign_at",
     "test_rng"),
    (RNG, "mean_log + sd_log * nen__normal_f32(word)",
     "mean_log + 1.02f * sd_log * nen__normal_f32(word)", "test_rng"),
    # exp, log, quantile, tail: the stated bounds
    (FMATH, "n4 = 0x1.6a4ef0p-10f", "n4 = 0x1.6b4ef0p-10f", "test_fmath"),
    (FMATH, "n7 = -0x1.38c214p-4f", "n7 = -0x1.3ac214p-4f", "test_fmath"),
    (FMATH, "c2 = -0x1.1e40e8p-4f", "c2 = -0x1.1e41e8p-4f", "test_fmath"),
    (FMATH, "a3 = 0x1.317338p+5f", "a3 = 0x1.417338p+5f", "test_fmath"),
    (FMATH, "n10 = -0x1.f214965afad29p-15", "n10 = -0x1.f214965bfad29p-15", "test_fmath"),
    (FMATH, "n6 = 0x1.2f09264133615p-3", "n6 = 0x1.2f29264133615p-3", "test_fmath"),
    (FMATH, "x = x < highest ? x : highest;\n    const float shifted",
     "const float shifted", "test_fmath"),
    # estimators: textbook and closed forms (R's second opinion is test_survival.py)
    ("survival.c", "c->risk * stay", "c->risk * c->risk", "test_survival"),
    ("survival.c", "(k + offset) / steps", "(k + half) / steps", "test_survival"),
    ("survival.c", "(risk - events) / (risk - 1)", "1", "test_survival"),
    ("survival.c", "r.p = 2 * nen", "r.p = nen", "test_survival"),
    ("survival.c", "c->stays = false;", "", "test_survival"),
    ("survival.c", "f->event[week] * f->weight + censored", "f->event[week] * f->weight",
     "test_survival"),
    # one person
    (LANES, "q->growth_mean + q->growth_sd * z", "q->growth_mean + 1.1f * q->growth_sd * z",
     FORMS),
    (SETUP, "p[NEN__P_growth_ki67] *\n", "1.1f * p[NEN__P_growth_ki67] *\n", FORMS),
    (SETUP, "drift * nen__constant[NEN__K_line_years] * c->prior_lines",
     "drift * c->prior_lines * 1.3f", FORMS),
    (LANES, "q->life_slope / h) / q->life_slope", "q->life_slope / h) / q->life_slope * 1.03f",
     FORMS),
    (LANES, "< q->male_prob ? q->male_log : 0.0f", "> q->male_prob ? q->male_log : 0.0f",
     FORMS),
    (LANES, "(big | lesion) == wanted", "(big & lesion) == wanted", FORMS),
    (LANES, "q->lesion_growth * size;\n        const uint32_t big",
     "0 * size;\n        const uint32_t big", FORMS),
    # therapy
    (LANES, "w->keep[i] *= 1 - s->hold[c][i] * on;", "w->keep[i] -= s->hold[c][i] * on;",
     FORMS),
    (LANES, "over > 0 ? nen__exp_f32(-over / e->wane_weeks) : 1", "1", FORMS),
    (SETUP, "used >> klass & 1 ? nen__share(t->p[NEN__P_reuse]) : 1.0f",
     "1.0f", FORMS),
    (LANES, "used |= 1u << r.of[c].klass;", ";", FORMS),
    (LANES, "part =\n            nen__exp_f32(-from", "part = 0.95f * nen__exp_f32(-from",
     FORMS),
    (LANES, "w->killed[i] += s->kill[c][i] * part;", "w->killed[i] -= s->kill[c][i] * part;",
     MODEL),
    # scans and ends of a line
    (LANES, "by_ratio & by_mm", "by_ratio", FORMS),
    (LANES, "goes_on & is_small & small", "goes_on & is_small & (small | is_small)", FORMS),
    (LANES, "seen <= response * first", "seen <= response", FORMS),
    (LANES, "goes_on & is_calm ? calmer : calm", "goes_on ? calmer : calm", FORMS),
    (LANES, "const float lower = seen < low ? seen : low;", "const float lower = low;",
     FORMS),
    (LANES, "lesion0 + base + slope * growth", "lesion0 + 1.05f * base + slope * growth",
     FORMS),
    (LANES, "hazard0 + dt * nen__exp_f32(log_risk)", "hazard0 + dt * nen__exp_f32(s->risk[i])",
     FORMS),
    (LANES, "const float seen = nen__exp_f32(x + w->noise[i]);",
     "const float seen = nen__exp_f32(x + 1.1f * w->noise[i]);", FORMS),
    (LANES, "w->hazard[lane] = w->ended_hazard[i];", "w->hazard[lane] = 0;", FORMS),
    (LANES, "w->noise[i] = sd * nen__normal_f32(w->w0[i]);",
     "w->noise[i] = sd * nen__normal_f32(w->w0[i] + m);", MODEL),
    # between lines and after them
    (LANES, "nen__uniform_f32(w->w0[i]) < q->stays", "nen__uniform_f32(w->w0[i]) > q->stays",
     FORMS),
    (LANES, "nen__log_f32(1.0f + y) / bg", "nen__log_f32(1.0f + y) / (1.05f * bg)", FORMS),
    (LANES, "w->hazard[i];\n        const float flat", "0;\n        const float flat", FORMS),
    (LANES, "w->start[i] = end;", "w->start[i] = w->time[i];", FORMS),
    (LANES, "w->burden[i] += w->x[i];", "w->burden[i] = 0;", FORMS),
    # sums
    ("course.c", "into->os[i] += from->os[i];", "into->os[i] = from->os[i];", MODEL),
    ("sequence.c", "t->os_weeks, t->patients", "t->os_weeks + t->patients, t->patients",
     SEQUENCE),
    ("sequence.c", "x[i] = measured(&outcome[a * draws", "x[i] = -measured(&outcome[a * draws",
     SEQUENCE),
    ("sequence.c", "gone / t->patients", "gone / t->patients / 2", SEQUENCE),
]
FLAGS = ("-std=c11 -O1 -ffp-contract=off -fno-math-errno -w -Iformat -Iinclude -Icore "
         "-Ibuild/gen -Ifit -Itests").split()
LIBRARIES = "build/libnen.a -lcmocka -ljansson -lmpfr -lgmp -lm".split()


def build(folder, file, program):
    """The unit program, with the folder's copies of the core before the true ones."""
    out = os.path.join(folder, program)
    sources = [f"tests/{program}.c"]
    if file.endswith(".c"):
        sources.append(os.path.join(folder, file))
    for header in (RNG, FMATH):  # beside one another, as they include
        if not os.path.exists(os.path.join(folder, header)):
            shutil.copy(os.path.join(harness.ROOT, "core", header), folder)
    words = ["gcc", f"-I{folder}", *FLAGS, "-o", out, *sources, *LIBRARIES]
    done = subprocess.run(words, cwd=harness.ROOT, capture_output=True, text=True)
    return out if done.returncode == 0 else None


def fails(program):
    """Whether the program says no, by its status or by never ending."""
    try:
        return subprocess.run([program], cwd=harness.ROOT, capture_output=True,
                              env={**os.environ, "NEN_SWEEP": "1021"},
                              timeout=120).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def try_one(t, mutant):
    file, text, becomes, program = mutant
    with open(os.path.join(harness.ROOT, "core", file), encoding="utf-8") as f:
        source = f.read()
    name = f"{program}: {file}: {' '.join(text.split())} -> {' '.join(becomes.split())}"
    if source.count(text) != 1:
        t.check(False, "the text of a mutant stands once in its file", name)
        return
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, file), "w", encoding="utf-8") as f:
            f.write(source.replace(text, becomes))
        made = build(folder, file, program)
        t.check(made is not None, "a mutant compiles", name)
        if made:
            t.check(fails(made), "SURVIVED", name)


def main():
    t = harness.Tally()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [m for m in MUTANTS if wanted in m[0] + " " + m[3]]
    with tempfile.TemporaryDirectory() as folder:  # what is not mutated passes
        for program in sorted({m[3] for m in chosen}):
            for file in sorted({m[0] for m in chosen if m[3] == program})[:1]:
                shutil.copy(os.path.join(harness.ROOT, "core", file), folder)
                made = build(folder, file, program)
                t.check(made and not fails(made), f"{program} passes on the true core")
                for copy in os.listdir(folder):
                    os.remove(os.path.join(folder, copy))
    for mutant in chosen:
        try_one(t, mutant)
    t.finish()


if __name__ == "__main__":
    main()
