#!/usr/bin/python3
"""The course model as a careful modeller would write it in numpy: whole arrays, finished
patients taken out at every visit. Same equations, parameters and plan as bench/course.c,
which prints them with --parameters; numpy's own random numbers.

usage: bench/course --parameters | bench/peers/course_numpy.py [--outcomes] [PATIENTS]
Prints courses per second, or with --outcomes what came of the patients, so that the
programs can be compared: each noise of the scans, then name=value.
"""
import sys
import time

import numpy as np

MONTH = 365.25 / 12 / 7  # weeks
YEAR = 365.25 / 7


def share(logit):
    return 1 / (1 + np.exp(-logit))


class Model:
    """Values by name; the lines of the plan are classes and caps in weeks."""

    def __init__(self, lines):
        rows = [line.split() for line in lines]
        self.plan = [(row[1], float(row[2])) for row in rows if row[0] == "line"]
        self.value = {row[0]: float(row[1]) for row in rows if row[0] != "line"}

    def __getitem__(self, name):
        return self.value[name]


def people(m, n, rng):
    z = rng.standard_normal(n)
    sd = np.exp(m["growth_sd"])
    male = np.where(rng.random(n) < m["male_prob"], m["life_male_log"], 0)
    slope = m["life_slope_per_year"] / YEAR
    log_h = m["life_log_per_year"] - np.log(YEAR) + m["age_years"] * m["life_slope_per_year"] + male
    return {
        "growth": m["growth"] - np.log(MONTH) + sd * z,
        "risk": m["death"] - np.log(MONTH) + m["death_growth"] * sd * z,
        "size": np.exp(np.log(m["size_median_mm"]) + m["size_sd_log"] * rng.standard_normal(n)),
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
    visit, horizon = m["visit_weeks"], m["horizon_weeks"]
    common = m["frailty_share"]
    feel = lambda: np.sqrt(common) * who["frailty"] + np.sqrt(1 - common) * rng.standard_normal(n)
    hold = share(m["hold." + klass] + np.exp(m["hold_sd"]) * feel())
    kill = np.exp(m["kill." + klass] + np.exp(m["kill_sd"]) * feel())
    drift = np.exp(m["drift"]) / YEAR
    first = np.exp(sd * rng.standard_normal(n))
    s = {
        "id": np.arange(n), "rate": np.exp(who["growth"] + drift * who["start"]),
        "hold": hold, "kill": kill, "x": np.zeros(n), "low": first.copy(), "lesion": np.zeros(n),
        "lesion_at": rng.exponential(size=n), "hazard": who["hazard"].copy(),
        "fatal": who["fatal"], "risk": who["risk"], "burden": who["burden"],
        "size": who["size"], "age": who["age"] - who["start"],
    }
    weeks = np.full(n, horizon)
    died = np.zeros(n, bool)
    size_end, hazard_end = np.zeros(n), who["hazard"].copy()
    burden = np.exp(m["death_burden"])
    base = np.exp(m["lesion_base"]) / MONTH
    slope = np.exp(m["lesion_growth"])
    wane = np.exp(m["wane_prrt"]) * MONTH if klass == "prrt" else np.exp(m["wane_chemo"]) * MONTH
    kw = m["kill_months." + klass] * MONTH
    ratio, mm = m["progression_ratio"], m["progression_mm"]
    t = 0.0
    while len(s["id"]) and t < horizon:
        middle = t + visit / 2
        on = np.exp(-(middle - cap) / wane) if cap and middle > cap else 1.0
        part = np.exp(-t / kw) - np.exp(-(t + visit) / kw)
        dx = s["rate"] * visit * (1 - s["hold"] * on) - s["kill"] * part
        x = s["x"] + dx
        dl = base * visit + slope * np.maximum(dx, 0)
        dh = visit * np.exp(s["risk"] + burden * (s["burden"] + x))
        seen = np.exp(x + sd * rng.standard_normal(len(x))) if sd else np.exp(x)
        grown = (seen >= ratio * s["low"]) & (s["size"] * (seen - s["low"]) >= mm)
        found = s["lesion"] + dl >= s["lesion_at"]
        dies = (s["hazard"] + dh >= s["fatal"]) | (t + visit >= s["age"])
        end = grown | found | dies
        if end.any():
            e = take({**s, "dx": dx, "dl": dl, "dh": dh, "grown": grown, "found": found}, end)
            level = np.log(np.maximum(ratio * e["low"], e["low"] + mm / e["size"]))
            exact = sd == 0
            at_size = np.where(e["grown"], (level - e["x"]) / np.where(e["dx"] > 0, e["dx"], 1) if exact else 1.0, 2)
            at_lesion = np.where(e["found"], (e["lesion_at"] - e["lesion"]) / np.where(e["dl"] > 0, e["dl"], 1) if exact else 1.0, 2)
            over = e["hazard"] + e["dh"] >= e["fatal"]
            at_death = np.where(over, (e["fatal"] - e["hazard"]) / np.where(e["dh"] > 0, e["dh"], 1), 2)
            dying = np.minimum(at_death, (e["age"] - t) / visit)
            tumor = np.minimum(at_size, at_lesion)
            d = (dying <= 1) & (dying <= tumor)
            frac = np.clip(np.where(d, dying, tumor), 0, 1)
            i = e["id"]
            weeks[i], died[i] = t + frac * visit, d
            size_end[i] = e["x"] + frac * e["dx"]
            hazard_end[i] = e["hazard"] + frac * e["dh"]
        s["low"] = np.minimum(s["low"], seen)
        s["x"], s["lesion"], s["hazard"] = x, s["lesion"] + dl, s["hazard"] + dh
        s = take(s, ~end)
        t += visit
    return weeks, died, size_end, hazard_end


def rest(m, who):
    """Weeks to death without therapy, in closed form."""
    g = np.exp(who["growth"] + np.exp(m["drift"]) / YEAR * who["start"])
    bg = np.exp(m["death_burden"]) * g
    now = np.exp(who["risk"] + np.exp(m["death_burden"]) * who["burden"])
    disease = np.log1p(np.maximum(who["fatal"] - who["hazard"], 0) * bg / now) / bg
    return np.maximum(np.minimum(disease, who["age"] - who["start"]), 0)


def course(m, n, sd, rng):
    """Weeks of survival, weeks on line 1, and how many reached each line."""
    who = people(m, n, rng)
    horizon = m["horizon_weeks"]
    who["id"] = np.arange(n)
    os = np.full(n, horizon)
    pfs1, reached = None, []
    stays = 1 - share(m["dropout"])
    for i, (klass, cap) in enumerate(m.plan):
        reached.append(len(who["id"]) / n)
        weeks, died, x, hazard = line(m, who, klass, cap, sd, rng)
        if i == 0:
            pfs1 = weeks
        who["start"] = who["start"] + weeks
        who["burden"] = who["burden"] + x
        who["hazard"] = hazard
        open_ = who["start"] >= horizon
        os[who["id"][died]] = who["start"][died]
        on = ~died & ~open_
        who = take(who, on)
        last = i + 1 == len(m.plan)
        leaves = np.ones(len(who["id"]), bool) if last else rng.random(len(who["id"])) >= stays
        gone = take(who, leaves)
        os[gone["id"]] = gone["start"] + rest(m, gone)
        who = take(who, ~leaves)
    return np.minimum(os, horizon), pfs1, reached


def outcomes(os, pfs, reached):
    """What bench/course --outcomes prints: times are whole weeks there."""
    value = {"pfs_median": np.median(pfs), "os_median": np.median(os)}
    value.update({f"pfs_{w}": np.mean(pfs >= w + 0.5) for w in (24, 48, 96)})
    value.update({f"os_{w}": np.mean(os >= w + 0.5) for w in (104, 260, 416)})
    value.update({f"reached_{i + 1}": x for i, x in enumerate(reached) if i})
    return " ".join(f"{name}={x:.6g}" for name, x in value.items())


def timed(course, m, n, rng):
    """In parts that stay in the caches, the fastest here; the first use is slower."""
    part = 50_000
    course(m, part, m["noise_sd"], rng)
    for sd in (0.0, m["noise_sd"]):
        start = time.perf_counter()
        for _ in range(n // part):
            course(m, part, sd, rng)
        print(f"numpy noise {sd:.2f} {n / (time.perf_counter() - start):.0f} /s")


def main(model, course):
    """What either program of numpy does: of a model and a function that follows it."""
    told = [word for word in sys.argv[1:] if word != "--outcomes"]
    n = int(told[0]) if told else 200_000
    m = model(sys.stdin)
    rng = np.random.default_rng(1)
    if "--outcomes" not in sys.argv:
        timed(course, m, n, rng)
        return
    for sd in (0.0, m["noise_sd"]):
        print(f"noise {sd:.2f} {outcomes(*course(m, n, sd, rng))}")


if __name__ == "__main__":
    main(Model, course)
