"""EMAworkbench: a scenario as one of its models, and a design as a table for its analyses.

    from ema_workbench import perform_experiments
    import baraza, baraza.ema

    model = baraza.ema.model(baraza.load("talks.toml"), runs=200)
    experiments, outcomes = perform_experiments(model, scenarios=100, policies=4)

The scenario's ranges are uncertainties, its what-ifs the categories of one lever, and what a design estimates of a cell are outcomes:
shares of runs. Every experiment has the same luck. Needs ``pip install 'baraza[ema]'``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from ema_workbench import CategoricalParameter, IntegerParameter, Model, RealParameter, ScalarOutcome
from ema_workbench.em_framework.parameters import Category

from . import Answer, Measures, Scenario, Value

__all__ = ["Talks", "experiments", "model"]

#: The category of the lever in which no what-if is in force.
AS_IT_STANDS = "as_it_stands"


def model(
    scenario: Scenario,
    name: str = "talks",
    *,
    ranges: Mapping[str, tuple[Value, Value]] | None = None,
    only: Measures | None = None,
    levers: Iterable[str] | None = None,
    measure: Measures | None = None,
    runs: int = 200,
    seed: int = 1,
) -> Model:
    """A model of EMAworkbench. ``levers`` are ids of what-ifs, all of the file's if not said; ``ranges``, ``only``, ``measure``, ``runs`` and
    ``seed`` are those of :meth:`baraza.Scenario.design`. Names are paths with ``_`` for whatever no identifier has."""
    varied = scenario.ranges(ranges, only=only)
    known = [one["id"] for one in scenario.list()["what_ifs"]]
    ids = known if levers is None else list(levers)
    talks = Talks(scenario, [one["path"] for one in varied], measure, runs, seed)
    made = Model(name, function=talks)
    made.uncertainties = [_uncertainty(identifier, one) for identifier, one in zip(talks.names, varied, strict=True)]
    if ids:
        made.levers = [CategoricalParameter("what_if", [Category(AS_IT_STANDS, None), *(Category(_identifier(id), id) for id in ids)])]
    made.outcomes = [ScalarOutcome(_identifier(column)) for column in talks.outcomes()]
    return made


class Talks:
    """The function behind such a model: one experiment, the shares and means of its runs by their names. It can be pickled, so that
    EMAworkbench's evaluators take it to other processes."""

    def __init__(self, scenario: Scenario, paths: Iterable[str], measure: Measures | None, runs: int, seed: int) -> None:
        self.scenario, self.measure, self.runs, self.seed = scenario, measure, runs, seed
        #: The paths, by the names under which EMAworkbench knows them.
        self.names = _identifiers(paths)
        self.__name__ = "talks"

    def outcomes(self) -> list[str]:
        """What is estimated of an experiment, as a design's table calls it."""
        return list(self._played({"what_if": None}, 1))

    def __call__(self, what_if: str | None = None, **values: Any) -> dict[str, float]:
        cell = {"what_if": what_if, **{self.names[name]: value for name, value in values.items()}}
        return {_identifier(name): value for name, value in self._played(cell, self.runs).items()}

    def _played(self, cell: dict[str, Any], runs: int) -> dict[str, float]:
        wide = self.scenario.design([cell], runs=runs, seed=self.seed, measure=self.measure).wide
        row = dict(zip(wide.columns, wide.rows()[0], strict=True))
        found = {name: value for name, value in row.items() if name != "cell" and name not in cell}
        return {name: float("nan") if value is None else value for name, value in found.items()}


def experiments(design: Answer) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """The cells of a design as EMAworkbench's analyses take them: the experiments as a data frame, the outcomes by name.

        x, outcomes = baraza.ema.experiments(talks.design(sample="lhs", points=500))
        prim.Prim(x, outcomes["outcome.collapse"] > 0.5, threshold=0.8)
    """
    if design.wide is None or "settings" not in design.tables:
        raise ValueError("this answer is not of a design: ask for scenario.design(...)")
    frame = pd.DataFrame.from_arrow(design.wide)
    paths = list(dict.fromkeys(row[1] for row in design.tables["settings"].rows()))
    causes = frame[["what_if", *paths] if frame["what_if"].notna().any() else paths]
    causes = causes.astype({name: float for name in causes.select_dtypes("number")})
    for name in causes.select_dtypes(exclude="number"):
        words = causes[name].astype(object)
        causes = causes.assign(**{name: words.where(words.notna(), AS_IT_STANDS)})
    found = [name for name in frame if name not in ("cell", "what_if", *paths)]
    return causes, {name: frame[name].to_numpy(dtype=float) for name in found}


def _uncertainty(name: str, one: dict[str, Any]) -> CategoricalParameter | IntegerParameter | RealParameter:
    low, high = one["low"], one["high"]
    if one["words"]:
        words = one["words"][int(low) : int(high) + 1]
        return CategoricalParameter(name, [Category(_identifier(word), word) for word in words])
    return IntegerParameter(name, int(low), int(high)) if one["whole"] else RealParameter(name, low, high)


def _identifier(text: str) -> str:
    plain = re.sub(r"\W+", "_", text).strip("_")
    return plain if plain.isidentifier() else f"_{plain}"


def _identifiers(paths: Iterable[str]) -> dict[str, str]:
    """Paths by identifiers; two that would come to one are numbered."""
    names: dict[str, str] = {}
    for path in paths:
        name, number = _identifier(path), 2
        while name in names:
            name, number = f"{_identifier(path)}_{number}", number + 1
        names[name] = path
    return names
