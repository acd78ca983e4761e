"""SALib: the ranges of a scenario as one of its problems, and points of its samples played.

    from SALib.sample import morris as sample
    from SALib.analyze import morris as analyze
    import baraza, baraza.salib

    talks = baraza.load("talks.toml")
    problem = baraza.salib.problem(talks)
    points = sample.sample(problem, 20)
    shares = baraza.salib.play(talks, problem, points, runs=500)
    analyze.analyze(problem, points, shares["outcome.collapse"])

SALib itself is not needed here: a problem is a dictionary, and points are rows of numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import Answer, Measures, Scenario, Value

__all__ = ["play", "played", "problem"]


def problem(
    scenario: Scenario, ranges: Mapping[str, tuple[Value, Value]] | None = None, *, only: Measures | None = None
) -> dict[str, Any]:
    """The ranges that :meth:`baraza.Scenario.sensitivity` varies with the same arguments: ``num_vars``, ``names`` (paths) and ``bounds``.

    Whole numbers and words are bounded so that each has the same share of the interval: 20 to 22 by 20 and 23, the words ``low`` to
    ``high`` by their places among the levels. :func:`play` takes the whole part of what lies between.
    """
    varied = scenario.ranges(ranges, only=only)
    bounds = [[one["low"], one["high"] + one["whole"]] for one in varied]
    return {"num_vars": len(varied), "names": [one["path"] for one in varied], "bounds": bounds}


def play(
    scenario: Scenario,
    problem: Mapping[str, Any],
    points: ArrayLike,
    *,
    runs: int = 1_000,
    seed: int = 1,
    measure: Measures | None = None,
) -> dict[str, NDArray[np.float64]]:
    """What a design finds at each point (a row a point, a column a range): its outcomes and measures by name, a value a point. All points
    have the same luck."""
    rows = np.asarray(points, dtype=float)
    names = list(problem["names"])
    if rows.ndim != 2 or rows.shape[1] != len(names):
        raise ValueError(f"points have a column for each of {len(names)} ranges; these have the shape {rows.shape}")
    scales = {one["path"]: one for one in scenario.ranges(dict(zip(names, _ends(scenario, problem), strict=True)), only=names)}
    cells = {name: [_value(scales[name], x) for x in rows[:, k]] for k, name in enumerate(names)}
    wide = scenario.design(cells, runs=runs, seed=seed, measure=measure).wide
    found = {name: column for name, column in zip(wide.columns, zip(*wide.rows(), strict=True), strict=True)}
    return {
        name: np.array(column, dtype=float) for name, column in found.items() if name not in names and name not in ("cell", "what_if")
    }


def played(answer: Answer) -> tuple[dict[str, Any], dict[str, NDArray[np.float64]]]:
    """The sample behind the Sobol' indices of :meth:`baraza.Scenario.sensitivity`, in SALib's order: a problem of its ranges and of
    ``chance``, and by measure what came of each point. ``SALib.analyze.sobol.analyze(problem, values, calc_second_order=False)`` gives
    the indices of the answer."""
    if answer.wide is None or "sobol" not in answer.tables:
        raise ValueError("there is no such sample: ask for sensitivity(method='sobol', ...)")
    paths = [row[0] for row in answer.tables["ranges"].rows()]
    wide = answer.wide
    columns = dict(zip(wide.columns, zip(*wide.rows(), strict=True), strict=True))
    names = [*paths, "chance"]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    values = {name: np.array(column, dtype=float) for name, column in columns.items() if name not in paths and name != "run"}
    return problem, values


def _ends(scenario: Scenario, problem: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """The ends of a problem's ranges as the scenario writes them."""
    known = {one["path"]: one for one in scenario.ranges()}
    ends = []
    for name, (low, high) in zip(problem["names"], problem["bounds"], strict=True):
        one = known.get(name)
        if one is None:
            ends.append((low, high))
        elif one["words"]:
            ends.append((one["words"][int(low)], one["words"][int(high) - 1]))
        else:
            ends.append((int(low), int(high) - 1) if one["whole"] else (low, high))
    return ends


def _value(one: Mapping[str, Any], x: float) -> Value:
    if not one["whole"]:
        return float(x)
    place = int(min(np.floor(x), one["high"]))
    return one["words"][place] if one["words"] else place
