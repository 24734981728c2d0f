#!/usr/bin/env python3
"""Prints the coefficients of core/fmath.h and the error of each fit.

Needs mpmath.  Never part of a build: the printed numbers belong to mathematics, they
stand in the header, and tests/test_fmath.c measures what they are worth.

A fit is N(x) / D(x) with D(0) = 1, near minimax: least squares on Chebyshev points,
reweighted by the error (Lawson).  Coefficients are rounded to the target format one by
one, and the rest is fitted again, so that rounding costs little.

usage: tools/fit_fmath.py [name ...]
"""
import sys

from mpmath import cos, erfc, exp, log, matrix, mp, mpf, nint, pi, qr_solve, sqrt

mp.dps = 50
POINTS = 120
ROUNDS = 16


def chebyshev(lo, hi, count):
    return [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * (2 * i + 1) / (2 * count))
            for i in range(count)]


def value(coefficients, x):
    total = mpf(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def solve(rows, known, free, top, bottom):
    """Best free coefficients, the known ones held; returns them all and the error."""
    count = top + 1 + bottom
    weights = [mpf(1)] * len(rows)
    scale = [mpf(1)] * len(rows)
    best = None
    for round_ in range(ROUNDS):
        left = matrix(len(rows), len(free))
        right = matrix(len(rows), 1)
        for i, (x, y, w) in enumerate(rows):
            g = sqrt(weights[i]) * w / scale[i]
            basis = [x ** k for k in range(top + 1)]
            basis += [-y * x ** k for k in range(1, bottom + 1)]
            right[i] = g * (y - sum(basis[k] * c for k, c in known.items()))
            for column, k in enumerate(free):
                left[i, column] = g * basis[k]
        solved, _ = qr_solve(left, right)
        every = [known[k] if k in known else solved[free.index(k)]
                 for k in range(count)]
        scale = [value([mpf(1)] + every[top + 1:], x) for x, _, _ in rows]
        error = [abs(w * (value(every[:top + 1], x) / d - y))
                 for (x, y, w), d in zip(rows, scale)]
        if best is None or max(error) < best[1]:
            best = (every, max(error))
        mean = sum(error) / len(error)
        if round_ > 2:  # the first rounds only settle the denominator
            weights = [u * max(e / mean, mpf("1e-3")) for u, e in zip(weights, error)]
    return best


def rounded(number, bits):
    """To `bits` of significand, nearest."""
    scale = mpf(2) ** (bits - 1 - int(mp.floor(log(abs(number), 2))))
    return nint(number * scale) / scale


def fit(name, target, weight, top, bottom, lo, hi, bits):
    rows = [(x, target(x), weight(x)) for x in chebyshev(mpf(lo), mpf(hi), POINTS)]
    known, free = {}, list(range(top + 1 + bottom))
    every, first = solve(rows, known, free, top, bottom)
    while free:
        k = free.pop(0)
        known[k] = rounded(every[k], bits)
        if free:
            every, _ = solve(rows, known, free, top, bottom)
    every = [known[k] for k in range(top + 1 + bottom)]
    last = max(abs(w * (value(every[:top + 1], x) /
                        value([mpf(1)] + every[top + 1:], x) - y)) for x, y, w in rows)
    print(f"{name}: error 2^{float(log(first, 2)):.1f}, "
          f"2^{float(log(last, 2)):.1f} with coefficients of {bits} bits")
    for k, c in enumerate(every):
        place = f"n{k}" if k <= top else f"d{k - top}"
        print(f"    {place} = {float(c).hex()}{'f' if bits == 24 else ''}")


def exp_rest(x):  # (e^x - 1 - x) / x^2
    return (exp(x) - 1 - x) / x ** 2


def log_rest(x):  # (log(1 + x) - x + x^2 / 2) / x^3
    return (log(1 + x) - x + x ** 2 / 2) / x ** 3


def atanh_rest(z):  # (log((1 + s) / (1 - s)) / s - 2) / z with z = s^2
    s = sqrt(z)
    return (log((1 + s) / (1 - s)) / s - 2) / z


def upper_quantile(p):  # z with P(Z > z) = p, 0 < p < 1/2, by Newton's method
    z = sqrt(-2 * log(2 * p))
    for _ in range(200):
        step = (erfc(z / sqrt(mpf(2))) / 2 - p) * sqrt(2 * pi) * exp(z * z / 2)
        z += step
        if abs(step) < mpf("1e-40"):
            break
    return z


CENTER = mpf(7) / 16  # half width of the central part of the quantile
TAIL = mpf(3) / 2     # where the argument of its tail part starts


def center(u):  # (quantile / d - sqrt(2 pi)) / d^2, d = 1/2 - p, u = CENTER^2 - d^2
    square = CENTER ** 2 - u
    d = sqrt(square)
    return (upper_quantile(mpf(1) / 2 - d) / d - sqrt(2 * pi)) / square


def center_weight(u):  # error of the correction to relative error of the quantile
    d = sqrt(CENTER ** 2 - u)
    return d ** 3 / upper_quantile(mpf(1) / 2 - d)


def tail(t):  # quantile - sqrt(2) r, r = sqrt(-log p) = t + TAIL
    r = t + TAIL
    return upper_quantile(exp(-r * r)) - sqrt(mpf(2)) * r


def tail_weight(t):
    return 1 / upper_quantile(exp(-(t + TAIL) ** 2))


POLE = mpf(5)  # the tail probability is fitted in t = (z - POLE) / (z + POLE)


def mills(t):  # (z + POLE) P(Z > z) e^(z^2 / 2)
    z = POLE * (1 + t) / (1 - t)
    return (z + POLE) * exp(z * z / 2) * erfc(z / sqrt(mpf(2))) / 2


def fits():
    wide = log(2) / 2 * mpf("1.0001")
    yield ("exp_f32", exp_rest, lambda x: x * x / exp(x), 4, 0, -wide, wide, 24)
    yield ("exp_f64", exp_rest, lambda x: x * x / exp(x), 10, 0, -wide, wide, 53)
    yield ("log_f32", log_rest, lambda x: x ** 3 / log(1 + x), 7, 0,
           sqrt(mpf(1) / 2) - 1, sqrt(mpf(2)) - 1, 24)
    s = (sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)
    yield ("log_f64", atanh_rest, lambda z: z, 6, 0, 0, s * s * mpf("1.0001"), 53)
    yield ("center_f32", center, center_weight, 3, 3, 0, CENTER ** 2, 24)
    yield ("tail_f32", tail, tail_weight, 3, 3,
           sqrt(-log(mpf(1) / 2 - CENTER)) - TAIL, sqrt(33 * log(2)) - TAIL, 24)
    end = mpf("37.5")
    yield ("probability_f64", mills, lambda t: 1 / mills(t), 22, 0,
           -1, (end - POLE) / (end + POLE), 53)


for entry in fits():
    if len(sys.argv) < 2 or entry[0] in sys.argv[1:]:
        fit(*entry)
