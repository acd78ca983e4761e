#!/usr/bin/env python3
"""Prints the reference figures of tests/statistics/ for Sobol' indices and Morris screening, from SALib.

    pip install SALib && python tests/scripts/salib_check.py

Both sides run the Ishigami function (a = 7, b = 0.1) on the same points. For Sobol' these are the fractional parts of
(i + 1) * sqrt(p) over the first six primes p, which any language computes alike; for Morris they are trajectories that
SALib draws itself, printed as levels to be stored in the test.

Given a table that `baraza sensitivity FILE --method sobol --table TABLE.csv` wrote and the number of its assumptions, it
prints SALib's indices of every measure in it instead; luck is the last factor:

    python tests/scripts/salib_check.py tests/statistics/table.csv 3
"""

import csv
import sys

import numpy as np
from SALib.analyze import morris, sobol
from SALib.sample import morris as morris_sample

PROBLEM = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}
ROWS = 1024
LEVELS = 4


def ishigami(unit):
    """The function on points of the unit cube, stretched to [-pi, pi]."""
    x = np.pi * (2 * unit - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def print_sobol():
    """First and total indices with the half-widths of their 95 % bootstrap intervals."""
    i = np.arange(1, ROWS + 1)[:, None]
    base = (i * np.sqrt(np.array([2.0, 3.0, 5.0, 7.0, 11.0, 13.0]))) % 1.0
    a, b = base[:, :3], base[:, 3:]
    blocks = [a]
    for factor in range(3):
        mixed = a.copy()
        mixed[:, factor] = b[:, factor]
        blocks.append(mixed)
    blocks.append(b)
    outputs = np.stack([ishigami(block) for block in blocks], axis=1).ravel()
    result = sobol.analyze(PROBLEM, outputs, calc_second_order=False, num_resamples=2000, seed=1)
    for key in ("S1", "S1_conf", "ST", "ST_conf"):
        print("sobol", key, [float(value) for value in result[key]])


def print_morris():
    """The trajectories as levels, then mu, mu*, sigma and the half-width of the interval of mu*."""
    points = morris_sample.sample(PROBLEM, N=6, num_levels=LEVELS, seed=7)
    unit = points / (2 * np.pi) + 0.5
    print("morris levels", np.rint(unit * (LEVELS - 1)).astype(int).reshape(6, 4, 3).tolist())
    problem = dict(PROBLEM, bounds=[[0.0, 1.0]] * 3)
    result = morris.analyze(problem, unit, ishigami(unit), num_levels=LEVELS, num_resamples=2000, seed=1)
    for key in ("mu", "mu_star", "sigma", "mu_star_conf"):
        print("morris", key, [float(value) for value in result[key]])


def print_table(path, assumptions):
    """SALib's indices of every measure of a table."""
    with open(path, newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    names = head[1 : 1 + assumptions] + ["chance"]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    for column in range(1 + assumptions, len(head)):
        outputs = np.array([float(row[column]) for row in rows])
        if outputs.std() == 0:
            continue
        result = sobol.analyze(problem, outputs, calc_second_order=False, num_resamples=2000, seed=1)
        for key in ("S1", "ST", "S1_conf", "ST_conf"):
            print(head[column], key, [float(value) for value in result[key]])


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print_table(sys.argv[1], int(sys.argv[2]))
    else:
        print_sobol()
        print_morris()
