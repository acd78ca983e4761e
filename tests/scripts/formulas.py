"""Writes tests/data/formulas.json: values of published formulas, worked out here from their definitions.

    python3 tests/scripts/formulas.py > tests/data/formulas.json
"""

import json
import math


def concession(t, deadline, kappa, beta):
    """Faratin, Sierra & Jennings 1998, section 4.1: the polynomial and the exponential share conceded."""
    part = min(t, deadline) / deadline
    return {
        "t": t, "tmax": deadline, "kappa": kappa, "beta": beta,
        "poly": kappa + (1 - kappa) * part ** (1 / beta),
        "exp": math.exp((1 - part) ** beta * math.log(kappa)),
    }


def offer(kind, alpha, low, high):
    """The same: a price offered, by how much has been conceded."""
    return {"kind": kind, "min": low, "max": high, "alpha": alpha,
            "x": low + (alpha if kind == "buyer" else 1 - alpha) * (high - low)}


def stahl(d1, d2, periods):
    """Stahl 1972: what the first to offer keeps of 1, from the last period back, in which whoever offers takes all."""
    share = 1.0
    for left in range(2, periods + 1):
        # Whoever offers with so many periods left pays the other what that one would keep a period later.
        other_is_second = (periods - left) % 2 == 0
        share = 1 - (d2 if other_is_second else d1) * share
    return {"d1": d1, "d2": d2, "T": periods, "x1": share}


def war(p, cost_a, cost_b):
    """Fearon 1995: what both prefer to war, of a thing worth 1."""
    return {"p": p, "cA": cost_a, "cB": cost_b, "lo": max(0, p - cost_a), "hi": min(1, p + cost_b)}


def private_costs(p, cost_a, most):
    """Fearon 1995: the demand of A that knows B's cost to be anything up to `most`, and the risk of war that it takes.
    It wants x (1 - risk) + (p - cost_a) risk as large as can be, with risk = (x - p) / most inside 0..1."""
    demand = min(max(p + (most - cost_a) / 2, p), 1)
    return {"p": p, "cA": cost_a, "C": most, "x": demand, "prob_war": min(max((demand - p) / most, 0), 1)}


def frontier(s, d1, d2, weight):
    """Nash's solution, weighted, where all of u1 + u2 <= s can be had."""
    surplus = s - d1 - d2
    return {"S": s, "d1": d1, "d2": d2, "w1": weight, "u1": d1 + weight * surplus, "u2": d2 + (1 - weight) * surplus}


def triangle(a, b):
    """Lotteries between (a, 0) and (0, b), from nothing."""
    return {"a": a, "b": b, "nash": [a / 2, b / 2], "ks": [a / 2, b / 2], "egalitarian": [a * b / (a + b)] * 2}


print(json.dumps({
    "faratin_alpha": [
        concession(t, deadline, kappa, beta)
        for deadline in (8, 30) for t in (0, 1, 3, 8, 29, 31) for kappa in (0.02, 0.3) for beta in (0.25, 1.5, 12)
    ],
    "faratin_offer": [offer(kind, 0.25, low, high) for low, high in ((0, 8), (40, 120)) for kind in ("buyer", "seller")],
    "stahl_finite_first_mover_share": [stahl(d1, d2, n) for d1, d2 in ((0.75, 0.5), (0.6, 0.7)) for n in (1, 2, 3, 6, 9, 40)],
    "fearon_range": [war(0.45, 0.15, 0.2), war(0.1, 0.2, 0.05), war(0.8, 0.05, 0.25)],
    "fearon_risk_return_uniform": [private_costs(0.45, 0.04, 0.4), private_costs(0.6, 0.08, 0.2)],
    "nash_linear_frontier": [frontier(2, 0.5, 0.25, 0.5), frontier(6, 1, 2, 0.2)],
    "triangle": [triangle(3, 1), triangle(2, 5)],
    # From (3, 0) over (2, 2) to (0, 3). Nash: 2 · 2. Equal gains, and gains in proportion to (3, 3): (2, 2).
    "clipped_quad": {
        "vertices": [[0, 0], [3, 0], [2, 2], [0, 3]],
        "nash": [2, 2], "ks": [2, 2], "egalitarian": [2, 2],
    },
}, indent=1))
