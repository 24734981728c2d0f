#!/usr/bin/python3
"""The plainer model of bench/model_b.h as a careful modeller would write it in numpy:
whole arrays, finished patients taken out at every visit; numpy's own random numbers.

usage: bench/course --parameters --model-b | bench/peers/model_b_numpy.py [--outcomes]
           [PATIENTS]
Prints as course_numpy.py does.
"""

import numpy as np

from course_numpy import main, take


class Model:
    """Values by name; of each line the share of growth left and the log kill a week."""

    def __init__(self, lines):
        rows = [line.split() for line in lines]
        self.plan = [(float(row[1]), float(row[2])) for row in rows if row[0] == "line"]
        self.value = {row[0]: float(row[1]) for row in rows if row[0] != "line"}

    def __getitem__(self, name):
        return self.value[name]


def line(m, who, keep, kill, sd, rng):
    """Weeks on the line and size over that at its start."""
    n, visit = len(who["growth"]), m["visit_weeks"]
    until = np.minimum.reduce([
        rng.exponential(1 / m["lesion"], n), rng.exponential(1 / m["stop"], n),
        who["dies"] - who["start"], m["horizon_weeks"] - who["start"]])
    down = np.exp(-visit * np.exp(kill + m["kill_sd"] * rng.standard_normal(n)))
    s = {"id": np.arange(n), "up": np.exp(visit * keep * who["growth"]), "down": down,
         "until": until, "size": who["size"], "more": np.ones(n), "less": np.ones(n),
         "low": np.ones(n)}
    weeks, size = np.zeros(n), np.ones(n)
    t = 0.0
    while len(s["id"]):
        t += visit
        s["more"] = s["more"] * s["up"]
        s["less"] = s["less"] * s["down"]
        now = s["more"] + s["less"] - 1
        seen = now * np.exp(sd * rng.standard_normal(len(now))) if sd else now
        over = seen - s["low"]
        grown = (seen >= m["progression"] * s["low"]) & (s["size"] * over >= m["millimeters"])
        other = s["until"] <= t
        end = grown | other
        if end.any():
            i = s["id"][end]
            weeks[i] = np.where(other[end], s["until"][end], t)
            size[i] = now[end]
        s["low"] = np.minimum(s["low"], seen)
        s = take(s, ~end)
    return weeks, size


def course(m, n, sd, rng):
    """Weeks of survival, weeks on line 1, and what share reached each line."""
    who = {"growth": np.exp(m["growth_log"] + m["growth_sd"] * rng.standard_normal(n)),
           "size": np.exp(m["size_log"] + m["size_sd"] * rng.standard_normal(n)),
           "dies": rng.exponential(1 / m["death"], n), "start": np.zeros(n)}
    os = np.minimum(who["dies"], m["horizon_weeks"])
    pfs, reached = None, []
    for i, (keep, kill) in enumerate(m.plan):
        reached.append(len(who["growth"]) / n)
        weeks, size = line(m, who, keep, kill, sd, rng)
        if i == 0:
            pfs = weeks
        on = (weeks < who["dies"] - who["start"]) & (weeks < m["horizon_weeks"] - who["start"])
        who["start"] = who["start"] + weeks
        who["size"] = who["size"] * size
        who = take(who, on)
    return os, pfs, reached


if __name__ == "__main__":
    main(Model, course)
