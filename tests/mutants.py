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
VISITS = "course_visits.h"
RNG, FMATH = "rng.h", "fmath.h"
FORMS, MODEL, SEQUENCE = "test_course_forms", "test_course_model", "test_sequence"
MUTANTS = [
    # the generator: known answers
    (RNG, "0xD2511F53", "0xD2511F55", "test_rng"),
    (RNG, "step_high = 0xBB67AE85", "step_high = 0xBB67AE87", "test_rng"),
    (RNG, "return nen__philox_round(x, low + step_low, high + step_high);",
     "return x;", "test_rng"),
    (RNG, "own < first_low ? 1u : 0u", "0u", "test_rng"),
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
    (LANES, "q.growth_mean + q.growth_sd * z", "q.growth_mean + 1.1f * q.growth_sd * z",
     FORMS),
    (SETUP, "p[NEN__P_growth_ki67] *\n", "1.1f * p[NEN__P_growth_ki67] *\n", FORMS),
    (SETUP, "drift * nen__constant[NEN__K_line_years] * c->prior_lines",
     "drift * c->prior_lines * 1.3f", FORMS),
    (LANES, "q.life_slope / h) / q.life_slope", "q.life_slope / h) / q.life_slope * 1.03f",
     FORMS),
    (LANES, "< q.male_prob ? q.male_log : 0.0f", "> q.male_prob ? q.male_log : 0.0f",
     FORMS),
    (LANES, "(big | lesion) == wanted", "(big & lesion) == wanted", FORMS),
    (LANES, "q.lesion_growth * size;\n        const uint32_t big",
     "0 * size;\n        const uint32_t big", FORMS),
    # therapy
    (VISITS, "s->keep[k][i] *= 1 - s->hold[c][i] * on;",
     "s->keep[k][i] = 1 - s->hold[c][i] * on;", FORMS),
    (VISITS, "s->keep[k][i] = 1 - s->hold[0][i] * on;",
     "s->keep[k][i] = 1 - 0.95f * s->hold[0][i] * on;", FORMS),
    (VISITS, "over > 0 ? waned : 1", "1", FORMS),
    (SETUP, "used >> klass & 1 ? nen__share(t->p[NEN__P_reuse]) : 1.0f",
     "1.0f", FORMS),
    (LANES, "used |= 1u << r.of[c].klass;", ";", FORMS),
    (VISITS, "nen__exp_f32(-from / e.kill_weeks) -", "0.95f * nen__exp_f32(-from / e.kill_weeks) -",
     FORMS),
    (VISITS, "s->killed[k][i] += s->kill[c][i] * part;", "s->killed[k][i] -= s->kill[c][i] * part;",
     MODEL),
    # scans and ends of a line
    (VISITS, "by_ratio & mask_if(over_mm >= 0)", "by_ratio", FORMS),
    (VISITS, "goes_on & is_small & p.small", "goes_on & is_small", FORMS),
    (VISITS, "seen <= c.by.response * s->first[i]", "seen <= c.by.response", FORMS),
    (VISITS, "pick(goes_on & is_calm,", "pick(goes_on,", FORMS),
    (VISITS, "pick(goes_on & mask_if(seen < p.low), seen, p.low)", "p.low", FORMS),
    (VISITS, "p.lesion + v.base + c.slope", "p.lesion + 1.05f * v.base + c.slope", FORMS),
    (VISITS, "v.dt * nen__exp_f32(log_risk)", "v.dt * nen__exp_f32(s->risk[i])", FORMS),
    (VISITS, "nen__exp_f32(x + s->noise[k][i])", "nen__exp_f32(x + 1.1f * s->noise[k][i])", FORMS),
    (LANES, "w->hazard[to] = s->ended_hazard[i];", "w->hazard[to] = 0;", FORMS),
    (VISITS, "sd * nen__normal_f32(s->word[k][i])", "sd * nen__normal_f32(s->word[k][i] + (m << 24))",
     MODEL),
    # patients who move: none is lost, none is followed twice
    (VISITS, "s->stay[stay] = s->gone[gone] = i;", "s->stay[stay] = s->gone[gone] = stay;", FORMS),
    (LANES, "w->stay[stay] = w->gone[gone] = i;", "w->stay[stay] = w->gone[gone] = stay;", FORMS),
    (VISITS, "mask_if(at < v->count)", "~0u", FORMS),
    # between lines and after them
    (LANES, "nen__uniform_f32(w->w0[i]) < stays", "nen__uniform_f32(w->w0[i]) > stays",
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
    of = LANES if file == VISITS else file  # the program that includes it
    if of != file:
        shutil.copy(os.path.join(harness.ROOT, "core", of), folder)
    if of.endswith(".c"):
        sources.append(os.path.join(folder, of))
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
