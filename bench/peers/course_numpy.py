#!/usr/bin/python3
"""The course model as a careful modeller would write it in numpy: whole arrays, finished
patients taken out at every visit. Same equations, parameters and plan as bench/course.c
(it prints them with --parameters); numpy's own random numbers.

usage: bench/course --parameters | bench/peers/course_numpy.py [PATIENTS]
Prints courses per second and the medians, so that the two can be compared.
"""
import json
import sys
import time

import numpy as np

MONTH = 365.25 / 12 / 7  # weeks
YEAR = 365.25 / 7
VISIT, HORIZON = 12.0, 522.0
SSA, MTOR, TKI, PRRT = 1, 2, 3, 4
PLAN = [(SSA, 0), (MTOR, 0), (PRRT, 32), (TKI, 0)]


def share(logit):
    return 1 / (1 + np.exp(-logit))


class Model:
    def __init__(self, given):
        at, theta, k = given["at"], given["theta"], given["constant"]
        self.p = lambda name: theta[at[name]]
        self.k = lambda name: k[at["k_" + name]]
        self.hold = lambda c: theta[at["hold"] + c - 1]
        self.kill = lambda c: theta[at["kill"] + c - 1]
        self.kill_weeks = lambda c: k[at["k_kill_months"] + c - 1] * MONTH
        self.growth = theta[at["growth"]] - np.log(MONTH)  # pancreas, at the reference
        self.death = theta[at["death"]] - np.log(MONTH)


def people(m, n, rng):
    z = rng.standard_normal(n)
    sd = np.exp(m.p("growth_sd"))
    male = np.where(rng.random(n) < 0.5, m.k("life_male_log"), 0)
    slope = m.k("life_slope_per_year") / YEAR
    log_h = m.k("life_log_per_year") - np.log(YEAR) + 60 * m.k("life_slope_per_year") + male
    return {
        "growth": m.growth + sd * z,
        "risk": m.death + m.p("death_growth") * sd * z,
        "size": np.exp(np.log(m.k("size_median_mm")) + m.k("size_sd_log") * rng.standard_normal(n)),
        "frailty": rng.standard_normal(n),
        "fatal": rng.exponential(size=n),
        "age": np.log1p(rng.exponential(size=n) * slope / np.exp(log_h)) / slope,
        "start": np.zeros(n),
        "burden": np.zeros(n),
        "hazard": np.zeros(n),
    }


def take(d, keep):
    return {name: v[keep] for name, v in d.items()}


def line(m, who, klass, cap, sd, rng):
    """Follows the patients to the end of a line: weeks, died, size, hazard."""
    n = len(who["growth"])
    common = m.k("frailty_share")
    feel = lambda: np.sqrt(common) * who["frailty"] + np.sqrt(1 - common) * rng.standard_normal(n)
    hold = share(m.hold(klass) + np.exp(m.p("hold_sd")) * feel())
    kill = np.exp(m.kill(klass) + np.exp(m.p("kill_sd")) * feel())
    drift = np.exp(m.p("drift")) / YEAR
    first = np.exp(sd * rng.standard_normal(n))
    s = {
        "id": np.arange(n), "rate": np.exp(who["growth"] + drift * who["start"]),
        "hold": hold, "kill": kill, "x": np.zeros(n), "low": first.copy(), "lesion": np.zeros(n),
        "lesion_at": rng.exponential(size=n), "hazard": who["hazard"].copy(),
        "fatal": who["fatal"], "risk": who["risk"], "burden": who["burden"],
        "size": who["size"], "age": who["age"] - who["start"],
    }
    weeks = np.full(n, HORIZON)
    died = np.zeros(n, bool)
    size_end, hazard_end = np.zeros(n), who["hazard"].copy()
    burden = np.exp(m.p("death_burden"))
    base = np.exp(m.p("lesion_base")) / MONTH
    slope = np.exp(m.p("lesion_growth"))
    wane = np.exp(m.p("wane_prrt")) * MONTH if klass == PRRT else np.exp(m.p("wane_chemo")) * MONTH
    kw = m.kill_weeks(klass)
    ratio, mm = m.k("progression_ratio"), m.k("progression_mm")
    t = 0.0
    while len(s["id"]) and t < HORIZON:
        middle = t + VISIT / 2
        on = np.exp(-(middle - cap) / wane) if cap and middle > cap else 1.0
        part = np.exp(-t / kw) - np.exp(-(t + VISIT) / kw)
        dx = s["rate"] * VISIT * (1 - s["hold"] * on) - s["kill"] * part
        x = s["x"] + dx
        dl = base * VISIT + slope * np.maximum(dx, 0)
        dh = VISIT * np.exp(s["risk"] + burden * (s["burden"] + x))
        seen = np.exp(x + sd * rng.standard_normal(len(x))) if sd else np.exp(x)
        grown = (seen >= ratio * s["low"]) & (s["size"] * (seen - s["low"]) >= mm)
        found = s["lesion"] + dl >= s["lesion_at"]
        dies = (s["hazard"] + dh >= s["fatal"]) | (t + VISIT >= s["age"])
        end = grown | found | dies
        if end.any():
            e = take({**s, "dx": dx, "dl": dl, "dh": dh, "grown": grown, "found": found}, end)
            level = np.log(np.maximum(ratio * e["low"], e["low"] + mm / e["size"]))
            exact = sd == 0
            at_size = np.where(e["grown"], (level - e["x"]) / np.where(e["dx"] > 0, e["dx"], 1) if exact else 1.0, 2)
            at_lesion = np.where(e["found"], (e["lesion_at"] - e["lesion"]) / np.where(e["dl"] > 0, e["dl"], 1) if exact else 1.0, 2)
            over = e["hazard"] + e["dh"] >= e["fatal"]
            at_death = np.where(over, (e["fatal"] - e["hazard"]) / np.where(e["dh"] > 0, e["dh"], 1), 2)
            dying = np.minimum(at_death, (e["age"] - t) / VISIT)
            tumor = np.minimum(at_size, at_lesion)
            d = (dying <= 1) & (dying <= tumor)
            frac = np.clip(np.where(d, dying, tumor), 0, 1)
            i = e["id"]
            weeks[i], died[i] = t + frac * VISIT, d
            size_end[i] = e["x"] + frac * e["dx"]
            hazard_end[i] = e["hazard"] + frac * e["dh"]
        s["low"] = np.minimum(s["low"], seen)
        s["x"], s["lesion"], s["hazard"] = x, s["lesion"] + dl, s["hazard"] + dh
        s = take(s, ~end)
        t += VISIT
    return weeks, died, size_end, hazard_end


def rest(m, who):
    """Weeks to death without therapy, in closed form."""
    g = np.exp(who["growth"] + np.exp(m.p("drift")) / YEAR * who["start"])
    bg = np.exp(m.p("death_burden")) * g
    now = np.exp(who["risk"] + np.exp(m.p("death_burden")) * who["burden"])
    disease = np.log1p(np.maximum(who["fatal"] - who["hazard"], 0) * bg / now) / bg
    return np.maximum(np.minimum(disease, who["age"] - who["start"]), 0)


def course(m, n, sd, rng):
    who = people(m, n, rng)
    who["id"] = np.arange(n)
    os = np.full(n, HORIZON)
    pfs1 = None
    stays = 1 - share(m.p("dropout"))
    for i, (klass, cap) in enumerate(PLAN):
        weeks, died, x, hazard = line(m, who, klass, cap, sd, rng)
        if i == 0:
            pfs1 = weeks
        who["start"] = who["start"] + weeks
        who["burden"] = who["burden"] + x
        who["hazard"] = hazard
        open_ = who["start"] >= HORIZON
        os[who["id"][died]] = who["start"][died]
        on = ~died & ~open_
        who = take(who, on)
        last = i + 1 == len(PLAN)
        leaves = np.ones(len(who["id"]), bool) if last else rng.random(len(who["id"])) >= stays
        gone = take(who, leaves)
        os[gone["id"]] = gone["start"] + rest(m, gone)
        who = take(who, ~leaves)
    return np.minimum(os, HORIZON), pfs1


def main():
    m = Model(json.load(sys.stdin))
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    rng = np.random.default_rng(1)
    for sd in (0.0, 0.07):
        runs = []
        for _ in range(3):
            start = time.perf_counter()
            os, pfs = course(m, n, sd, rng)
            runs.append(n / (time.perf_counter() - start))
        print(f"numpy, noise {sd:4.2f} {sorted(runs)[1]:15.0f} /s; medians in weeks: "
              f"line 1 {np.median(pfs):.1f}, survival {np.median(os):.1f}")


if __name__ == "__main__":
    main()
