#!/usr/bin/env python3
"""Simulated trials, analyzed twice: by core/survival.c and by R's `survival`.

build/tests/trial_rows draws the people from the course model and writes a row for each;
R reads the rows and must find the same medians, shares, hazard ratio and log-rank test."""
import os
import shutil
import subprocess
import tempfile

import harness

BUILD = os.path.dirname(harness.NEN)
ROWS = os.path.join(BUILD, "tests", "trial_rows")

# With ties Efron's; limits on the scale log(-log), as core/survival.h says.
R_SCRIPT = """
suppressMessages(library(survival))
for (file in commandArgs(TRUE)) {
    d <- read.csv(file)
    k <- survfit(Surv(week, status) ~ arm, d, conf.type = "log-log")
    out <- sub(".csv", "", basename(file), fixed = TRUE)
    say <- function(name, x) out <<- c(out, sprintf("%s=%.12g", name, x))
    both <- function(name, of) for (arm in 0:1) {
        x <- of(k[arm + 1])
        say(paste0(name, arm), x[1])
        say(paste0(name, arm, "_lo"), x[2])
        say(paste0(name, arm, "_hi"), x[3])
    }
    both("median", function(a) unlist(quantile(a, 0.5)))
    both("third", function(a) unlist(quantile(a, 0.25)))
    both("year", function(a) {
        s <- summary(a, times = 52, extend = TRUE)
        c(s$surv, s$lower, s$upper)
    })
    cox <- coxph(Surv(week, status) ~ I(1 - arm), d, ties = "efron",
                 control = coxph.control(eps = 1e-12, iter.max = 50))
    say("log_ratio", coef(cox))
    say("error", sqrt(vcov(cox)[1, 1]))
    ci <- exp(confint(cox))
    say("ratio", exp(coef(cox)))
    say("ratio_lo", ci[1])
    say("ratio_hi", ci[2])
    test <- survdiff(Surv(week, status) ~ arm, d)
    say("observed", test$obs[1])
    say("expected", test$exp[1])
    say("variance", test$var[1, 1])
    say("chi2", test$chisq)
    say("p", pchisq(test$chisq, 1, lower.tail = FALSE))
    cat(out, "\\n")
}
"""

# R's NA: a limit or week that was not reached.
BEYOND = 1e29
TRIALS = ["effect", "same", "ties", "survival", "lost", "small", "long"]
NUMBERS = 28


def numbers(text):
    """{trial: {name: value}} of lines "trial name=value ..."."""
    told = {}
    for line in text.splitlines():
        name, *words = line.split()
        pairs = (word.split("=") for word in words)
        told[name] = {key: None if value in ("NA", "NaN") or float(value) > BEYOND
                      else float(value) for key, value in pairs}
    return told


def same(one, other):
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-7 * max(1e-3, abs(one), abs(other))


def small_and_large(t, told):
    """The trials are not all alike, or agreement on them would show little."""
    t.check(told["effect"]["p"] < 1e-4 and told["effect"]["log_ratio"] < -0.3,
            "a therapy that works differs from none", told["effect"])
    t.check(any(value is None for x in told.values() for value in x.values()),
            "something was not reached")


def arms_alike(t, nulls):
    """Hazard ratio 1: in 1,000 trials a test at 5 % finds a difference in 5 % (four
    standard errors of that share are 2.8 %), and the ratio over its error has mean 0 and
    variance 1 (four errors: 0.13 and 0.18)."""
    t.check(0.022 < nulls["found"] < 0.078, "equal arms: 5 % false alarms", nulls)
    t.check(abs(nulls["mean"]) < 0.13, "equal arms: ratio 1 on average", nulls)
    t.check(abs(nulls["variance"] - 1) < 0.18, "equal arms: errors as told", nulls)


def rows_are_people(t, top):
    for name in TRIALS:
        with open(os.path.join(top, name + ".csv"), encoding="ascii") as f:
            head, *rows = f.read().split()
        t.check(head == "arm,week,status", f"{name}: header", head)
        seen = {row.split(",")[2] for row in rows}
        t.check(seen == {"0", "1"} and len(rows) > 20, f"{name}: events and censored",
                (seen, len(rows)))


def main():
    t = harness.Tally()
    with tempfile.TemporaryDirectory() as top:
        c = subprocess.run([ROWS, top], capture_output=True, text=True, timeout=120)
        t.check(c.returncode == 0, "trials are simulated", c.stderr[-200:])
        told = numbers(c.stdout)
        arms_alike(t, told.pop("nulls"))
        t.check(list(told) == TRIALS, "all trials", list(told))
        rows_are_people(t, top)
        small_and_large(t, told)
        if not shutil.which("Rscript"):
            t.skip(len(TRIALS) * NUMBERS, "R's survival is not installed (r-cran-survival)")
            t.finish()
            return
        files = [os.path.join(top, name + ".csv") for name in TRIALS]
        r = subprocess.run(["Rscript", "--vanilla", "-e", R_SCRIPT, *files],
                           capture_output=True, text=True, timeout=120)
        t.check(r.returncode == 0, "R answers", r.stderr[-400:])
        want = numbers(r.stdout)
        for name in TRIALS:
            got = told.get(name, {})
            t.check(len(got) == NUMBERS and set(want.get(name, {})) == set(got),
                    f"{name}: the same numbers are told", sorted(got))
            for key, value in want.get(name, {}).items():
                t.check(same(got.get(key), value), f"{name}: {key} as R's",
                        (got.get(key), value))
    t.finish()


if __name__ == "__main__":
    main()
