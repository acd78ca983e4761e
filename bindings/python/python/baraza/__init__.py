"""Baraza: peace talks simulated, explained step by step.

    import baraza
    talks = baraza.load("talks.toml").set({"party.lowlands.audience": "low"})
    talks.ensemble(runs=2_000)              # in a notebook: the answer and its figures
    polars.DataFrame(talks.ensemble(runs=2_000).tables["outcomes"])

What is computed and said is what the command line computes and says, byte for byte. It is a teaching model: its numbers are
assumptions, its runs are no forecasts.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

from . import _baraza
from ._baraza import Answer, BarazaError, Figure, ScenarioError, Table, UsageError, __version__

if TYPE_CHECKING:
    from .seats import Batch
    from .table import Asked, Table as TableEnv

__all__ = [
    "Answer",
    "BarazaError",
    "DesignOptions",
    "Figure",
    "Run",
    "Scenario",
    "ScenarioError",
    "SensitivityOptions",
    "Table",
    "UsageError",
    "__version__",
    "aec_env",
    "batch",
    "discover",
    "env",
    "load",
    "merge",
]

#: A value that ``--set`` takes: a number, a word such as ``"low"``, a flag, or a list or table of these.
Value = Any
#: Questions of one's own: a condition, or several.
Measures = str | Iterable[str]


class DesignOptions(TypedDict, total=False):
    """What is asked of a design, as ``baraza design`` has it."""

    #: How points are chosen in the scenario's ranges.
    sample: Literal["lhs", "sobol", "factorial"] | None
    #: How many points ``lhs`` and ``sobol`` choose; 64 if not said.
    points: int | None
    #: How many values of each range ``factorial`` takes; 3 if not said.
    steps: int | None
    #: Ranges of one's own, by path: low end and high end.
    ranges: Mapping[str, tuple[Value, Value]] | None
    #: Only the ranges whose path matches one of these; ``*`` stands for anything.
    only: Measures | None
    #: Cross the points with the file's what-ifs, alone or in pairs too.
    levers: Literal["each", "pairs"] | None
    #: Cross them with these what-ifs; two as ``a+b``.
    lever: Measures | None
    #: How many runs each cell has; 1,000 if not said.
    runs: int | None
    #: The seed of all chance, and of the points; 1 if not said.
    seed: int | None
    #: Questions of one's own, counted in every cell.
    measure: Measures | None
    #: How often intervals should cover; 0.95 if not said.
    level: float | None


class SensitivityOptions(TypedDict, total=False):
    """What is asked of assumptions, as ``baraza sensitivity`` has it."""

    #: The outcome that the text tells of; the first of the scenario if not said.
    outcome: str | None
    #: Questions of one's own.
    measure: Measures | None
    #: When a question must hold for a run to count.
    held: Literal["last", "ever"] | None
    #: Any of tornado, morris, sobol, or all; the first two if not said.
    method: Measures | None
    #: Ranges of one's own, by path: low end and high end.
    ranges: Mapping[str, tuple[Value, Value]] | None
    #: Only the ranges whose path matches one of these; ``*`` stands for anything.
    only: Measures | None
    #: Tornado: runs at each end of each range; 1,000 if not said.
    runs: int | None
    #: Morris: walks; 10 if not said.
    walks: int | None
    #: Morris: runs at each point of a walk; 200 if not said.
    walk_runs: int | None
    #: Sobol': rows of the design; 1,024 if not said.
    rows: int | None
    #: Sobol': runs at each point; 1 if not said.
    repeats: int | None
    #: The seed of all chance; 1 if not said.
    seed: int | None
    #: How often intervals should cover; 0.95 if not said.
    level: float | None


def _value(value: Value) -> str:
    """A value as ``--set`` takes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_inner(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_inner(inner) for inner in value) + "]"
    if hasattr(value, "item"):  # a number of NumPy
        return _value(value.item())
    return repr(value) if isinstance(value, float) else str(value)


def _inner(value: Value) -> str:
    """A value within a list or a table: there a word is quoted."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else _value(value)


def _settings(changes: Mapping[str, Value]) -> list[tuple[str, str]]:
    return [(path, _value(value)) for path, value in changes.items()]


def _ranges(ranges: Mapping[str, tuple[Value, Value]] | None) -> list[tuple[str, str, str]]:
    return [(path, _value(low), _value(high)) for path, (low, high) in (ranges or {}).items()]


def _scale(scale: str | Mapping[str, list[str]]) -> dict[str, Any]:
    words = None if isinstance(scale, str) else scale["words"]
    return {"words": words, "whole": scale != "number"}


def _list(texts: Measures | None) -> list[str]:
    if texts is None:
        return []
    return [texts] if isinstance(texts, str) else list(texts)


def _options(**options: Any) -> str:
    """Options as JSON: what is not said is left to the study."""
    return json.dumps({key: value for key, value in options.items() if value is not None})


def load(path_or_text: str | os.PathLike[str], *, name: str | None = None) -> Scenario:
    """A scenario from a file, or from its text: a string with a line feed is a text.

    ``name`` is what answers call its file: that of the file where there is one, else ``scenario.toml``.
    Raises :class:`ScenarioError` with all mistakes and their places, and ``OSError`` where a file cannot be read.
    """
    if isinstance(path_or_text, str) and "\n" in path_or_text:
        return Scenario(_baraza.Scenario(name or "scenario.toml", path_or_text))
    text = Path(path_or_text).read_text(encoding="utf-8-sig")
    return Scenario(_baraza.Scenario(name or os.fspath(path_or_text), text))


class Scenario:
    """A scenario with changes. It never changes itself: :meth:`set` and :meth:`what_if` give another one."""

    def __init__(self, inner: _baraza.Scenario) -> None:
        self._inner = inner

    def __repr__(self) -> str:
        return repr(self._inner)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.name, self.text, self.changes, self._inner.what_if_id)

    @property
    def name(self) -> str:
        """What answers call its file."""
        return self._inner.name

    @property
    def text(self) -> str:
        """Its text, without the changes."""
        return self._inner.text

    @property
    def title(self) -> str:
        """Its title."""
        return self._inner.title

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of it as understood, with its changes."""
        return self._inner.fingerprint

    @property
    def changes(self) -> dict[str, str]:
        """The values that are set, by their paths."""
        return dict(self._inner.changes)

    @property
    def what_if_id(self) -> str | None:
        """The what-if in force; two as ``a+b``."""
        return self._inner.what_if_id

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """Doubts about it, with their places and, in ``text``, their carets."""
        return self._inner.warnings()

    def set(self, changes: Mapping[str, Value] | None = None, /, **more: Value) -> Scenario:
        """The scenario with values set by their paths: ``set({"party.m23.alternative": 45})``. :meth:`list` names all paths."""
        return Scenario(self._inner.with_changes(_settings({**(changes or {}), **more})))

    def what_if(self, *ids: str) -> Scenario:
        """The scenario under one of its what-ifs, or two of them."""
        return Scenario(self._inner.under("+".join(ids)))

    def list(self) -> dict[str, Any]:
        """What it has: outcomes, parties, what-ifs, and every path that :meth:`set` takes (``baraza list --json``)."""
        return json.loads(self._inner.list_json())

    def ranges(
        self, ranges: Mapping[str, tuple[Value, Value]] | None = None, *, only: Measures | None = None
    ) -> list[dict[str, Any]]:
        """The ranges that :meth:`design` and :meth:`sensitivity` vary with the same arguments: of each its ``path``, its ``low`` and ``high``
        end, the file's own ``value``, the ``words`` in their order where it is one of words (then the ends are places among them, from
        0), and whether it is ``whole``."""
        found = json.loads(self._inner.ranges_json(_ranges(ranges), _list(only)))
        return [{**_scale(one.pop("scale")), **one} for one in found]

    def run(self, seed: int = 1, run: int = 0, *, detail: Literal["brief", "normal", "full"] = "brief") -> Run:
        """One run, which can be iterated turn by turn."""
        return Run(self._inner.run_one(seed, run, detail))

    def ensemble(
        self,
        runs: int | None = None,
        *,
        seed: int | None = None,
        measure: Measures | None = None,
        until_width: float | None = None,
        of: Measures | None = None,
        level: float | None = None,
    ) -> Answer:
        """Many runs, and what they share (``baraza ensemble``)."""
        options = _options(
            runs=runs, seed=seed, measure=_list(measure), until_width=until_width, of=_list(of), level=level
        )
        return self._inner.ensemble_of(options)

    def ensemble_part(
        self, first: int, after: int, *, seed: int | None = None, measure: Measures | None = None
    ) -> str:
        """Runs ``first`` to ``after`` - 1 of what :meth:`ensemble` plays, for :func:`merge`: the text that
        ``baraza ensemble --from FIRST --to AFTER --out FILE`` writes."""
        return self._inner.ensemble_part(_options(**{"from": first, "to": after}, seed=seed, measure=_list(measure)))

    def compare(
        self,
        *ids: str,
        set: Mapping[str, Value] | None = None,
        runs: int | None = None,
        seed: int | None = None,
        measure: Measures | None = None,
        outcome: str | None = None,
        combine: Measures | None = None,
        level: float | None = None,
    ) -> Answer:
        """What changes do, in pairs of runs with the same luck (``baraza what-if``); all of the file's what-ifs if none is named."""
        asked = _compared(ids, set, runs=runs, seed=seed, measure=measure, outcome=outcome, combine=combine, level=level)
        return self._inner.compare_of(asked)

    def compare_part(
        self,
        part: int,
        of: int,
        *ids: str,
        set: Mapping[str, Value] | None = None,
        runs: int | None = None,
        seed: int | None = None,
        measure: Measures | None = None,
        outcome: str | None = None,
        combine: Measures | None = None,
    ) -> str:
        """Part ``part`` of ``of`` parts of what :meth:`compare` plays with the same arguments, for :func:`merge`: the text that
        ``baraza what-if --part PART/OF --out FILE`` writes."""
        asked = _compared(ids, set, runs=runs, seed=seed, measure=measure, outcome=outcome, combine=combine)
        return self._inner.compare_part(asked, (part, of))

    def backtest(self, runs: int | None = None, *, seed: int | None = None, level: float | None = None) -> Answer:
        """What really happened, beside many runs (``baraza backtest``)."""
        return self._inner.backtest_of(_options(runs=runs, seed=seed, level=level))

    def backtest_part(self, part: int, of: int, *, runs: int | None = None, seed: int | None = None) -> str:
        """Part ``part`` of ``of`` parts of what :meth:`backtest` plays with the same arguments, for :func:`merge`."""
        return self._inner.backtest_part(_options(runs=runs, seed=seed), (part, of))

    def sensitivity(self, **options: Unpack[SensitivityOptions]) -> Answer:
        """Which assumption matters (``baraza sensitivity``). The options are those of :class:`SensitivityOptions`."""
        return self._inner.sensitivity_of(_assumed(options))

    def sensitivity_part(self, part: int, of: int, **options: Unpack[SensitivityOptions]) -> str:
        """Part ``part`` of ``of`` parts of what :meth:`sensitivity` plays with the same arguments, for :func:`merge`: some of the points
        that it plays."""
        return self._inner.sensitivity_part(_assumed(options), (part, of))

    def exact(
        self,
        *,
        measure: Measures | None = None,
        budget: float | None = None,
        rational: bool | None = None,
        max_states: int | None = None,
    ) -> Answer:
        """Probabilities of all outcomes, from all states that can be reached (``baraza exact``)."""
        options = _options(measure=_list(measure), budget=budget, rational=rational, max_states=max_states)
        return self._inner.exact_of(options)

    def resolve(
        self,
        *agents: str,
        measure: str | None = None,
        outcome: str | None = None,
        held: Literal["last", "ever"] | None = None,
        aims: Mapping[str, str] | None = None,
        always: Mapping[str, str] | None = None,
        follow: Any = None,
        policy: bool = False,
        max_states: int | None = None,
    ) -> Answer:
        """What agents could reach by deciding otherwise (``baraza resolve``): at best and at worst, knowing everything; several each for
        itself, with ``aims`` by their ids. ``always`` holds decisions, ``follow`` is a policy as a table to be tried out instead. With
        ``policy`` the answer has the decisions in every state in :attr:`Answer.policy`."""
        options = _options(
            agent=[*agents],
            measure=measure,
            outcome=outcome,
            held=held,
            aim=list((aims or {}).items()),
            always=list((always or {}).items()),
            max_states=max_states,
        )
        return self._inner.resolve_of(options, None if follow is None else ("policy.csv", _csv(follow)), policy)

    def verify(self, *ids: str, property: Measures | None = None, max_states: int | None = None) -> Answer:
        """Whether properties of the file, or claims of one's own, hold in all states that can be reached (``baraza verify``). :attr:`Answer.verdict`
        says whether all do, and :attr:`Answer.trace` has the run that shows something."""
        return self._inner.verify_of(_options(ids=[*ids], property=_list(property), max_states=max_states))

    def analyze(self, runs: int = 1_000, *, seed: int = 1, run: int = 0, level: float = 0.95) -> Answer:
        """The zone of agreement, the frontier and the classical solutions, and where agreements of so many runs lie (``baraza analyze``); with
        no runs as the talks stand at the start."""
        return self._inner.analyze_of(runs, seed, run, level)

    def design(self, cells: Any = None, *, name: str = "cells.csv", **options: Unpack[DesignOptions]) -> Answer:
        """The scenario in many worlds (``baraza design``).

        ``cells`` is a table with a column a path and perhaps ``what_if``, a row a cell: a data frame of pandas or polars, a list of
        dictionaries, a dictionary of columns, or CSV. ``name`` is what the answer calls it. The options are those of
        :class:`DesignOptions`.
        """
        return self._inner.design_of(*_asked(cells, name, options))

    def design_cells(self, cells: Any = None, *, name: str = "cells.csv", **options: Unpack[DesignOptions]) -> list[dict[str, str]]:
        """The cells that :meth:`design` would play, with the same arguments, without playing them."""
        text = self._inner.design_list(*_asked(cells, name, options))
        return list(csv.DictReader(io.StringIO(text)))

    def design_part(self, part: int, of: int, cells: Any = None, *, name: str = "cells.csv", **options: Unpack[DesignOptions]) -> str:
        """Part ``part`` of ``of`` parts of what :meth:`design` plays with the same arguments, for :func:`merge`: the text that
        ``baraza design --part PART/OF --out FILE`` writes."""
        return self._inner.design_part(*_asked(cells, name, options), (part, of))


def merge(
    parts: Mapping[str, str] | Iterable[str | os.PathLike[str]], scenario: Scenario, *, level: float = 0.95
) -> Answer:
    """Lays the parts of a design together, or adds up those of any other study (``baraza merge``): their texts by name, or their files.
    Refuses gaps, overlaps, parts of other studies and other versions."""
    if isinstance(parts, Mapping):
        named = list(parts.items())
    else:
        named = [(os.fspath(path), Path(path).read_text(encoding="utf-8")) for path in parts]
    return _baraza.merge(named, scenario._inner, level)


def discover(
    table: Any,
    of: str,
    *,
    name: str = "table.csv",
    only: Measures | None = None,
    density: float | None = None,
    mass: float | None = None,
    peel: float | None = None,
    paste: float | None = None,
    boxes: int | None = None,
    resamples: int | None = None,
    depth: int | None = None,
    seed: int | None = None,
) -> Answer:
    """What rows of interest have in common, as boxes (PRIM) and as a tree (CART): ``baraza discover``.

    ``table`` is what :attr:`Answer.wide` of a design gives, or any table that :meth:`Scenario.design` takes for cells; ``of`` says which
    rows are of interest, such as ``"outcome.stalemate >= 0.5"``.
    """
    options = _options(
        of=of,
        only=_list(only),
        density=density,
        mass=mass,
        peel=peel,
        paste=paste,
        boxes=boxes,
        resamples=resamples,
        depth=depth,
        seed=seed,
    )
    return _baraza.discover(name, _csv(table), options)


def env(scenario: Scenario, roles: Iterable[str] | None = None, *, aims: Mapping[str, str] | None = None, render_mode: str | None = None) -> TableEnv:
    """A PettingZoo ``ParallelEnv``: a round a step, ``roles`` at the table (all that decide anything if not said), everybody else played
    by the model. ``aims`` says what a role is after, by its id: a condition on the end such as ``"instrument.accord.signed"``, or
    ``"points"``. See :class:`baraza.table.Table`; needs ``pip install 'baraza[table]'``."""
    from .table import Table

    return Table(scenario, roles, aims=aims, render_mode=render_mode)


def aec_env(scenario: Scenario, roles: Iterable[str] | None = None, *, aims: Mapping[str, str] | None = None, render_mode: str | None = None) -> Asked:
    """The same as a PettingZoo ``AECEnv`` that asks for one field of a sheet of orders after the other (:class:`baraza.table.Asked`)."""
    from .table import Asked

    return Asked(scenario, roles, aims=aims, render_mode=render_mode)


def batch(
    scenario: Scenario, talks: int, roles: Iterable[str] | None = None, *, aims: Mapping[str, str] | None = None, again: bool = True
) -> Batch:
    """So many talks side by side, for learning: NumPy arrays in and out, on all processors (:class:`baraza.seats.Batch`)."""
    from .seats import Batch

    return Batch(scenario, talks, roles, aims=aims, again=again)


class Run:
    """One run: its turns can be iterated as dictionaries, as docs/formats.md describes them, with ``round`` and ``date``."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.record: dict[str, Any] = json.loads(answer.json)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for rnd in self.record["rounds"]:
            for turn in rnd["turns"]:
                yield {"round": rnd["round"], "date": rnd["date"], **turn}

    def __len__(self) -> int:
        return sum(len(rnd["turns"]) for rnd in self.record["rounds"])

    @property
    def outcome(self) -> str:
        """The id of the outcome."""
        return self.record["end"]["outcome"]

    @property
    def end(self) -> dict[str, Any]:
        """How the talks ended: seats, texts, items, fronts, counted rewards."""
        return self.record["end"]

    def why(self, about: str, *, round: int | None = None) -> list[dict[str, Any]]:
        """What happened to something, and why: the entries and changes that name ``about`` (an id such as ``"ford"`` or a path such
        as ``"item.ford.state"``), each with its round and whose turn it was."""
        found = []
        for turn in self:
            if round is not None and turn["round"] != round:
                continue
            where = {key: turn[key] for key in ("round", "date", "turn", "agent")}
            found += [{**where, **entry} for entry in turn["entries"] if _names(entry, about)]
            found += [{**where, "entry": "change", **change} for change in turn["changes"] if change["path"] == about]
        return found

    def __str__(self) -> str:
        return self.answer.text

    def __repr__(self) -> str:
        return f"<baraza.Run {self.record['run']} under seed {self.record['seed']}: {self.outcome}>"

    def _repr_html_(self) -> str:
        return self.answer._repr_html_()


def _names(entry: Any, about: str) -> bool:
    if isinstance(entry, Mapping):
        return any(_names(value, about) for value in entry.values())
    if isinstance(entry, list):
        return any(_names(value, about) for value in entry)
    return entry == about


def _again(name: str, text: str, changes: dict[str, str], what_if: str | None) -> Scenario:
    """A scenario that was pickled, such as on its way to another process."""
    scenario = Scenario(_baraza.Scenario(name, text))
    scenario = scenario.what_if(what_if) if what_if else scenario
    return scenario.set(changes) if changes else scenario


def _known(options: Mapping[str, Any], known: Iterable[str]) -> None:
    if unknown := [key for key in options if key not in known]:
        raise TypeError(f"these arguments are none: {', '.join(sorted(unknown))}; there are {', '.join(known)}")


def _compared(ids: Iterable[str], set: Mapping[str, Value] | None, *, measure: Any, combine: Any, **options: Any) -> str:
    return _options(ids=[*ids], set=_settings(set or {}), measure=_list(measure), combine=_list(combine), **options)


def _assumed(options: SensitivityOptions) -> str:
    _known(options, SensitivityOptions.__annotations__)
    lists = {key: _list(options[key]) for key in ("only", "measure", "method") if options.get(key) is not None}
    asked = {key: value for key, value in options.items() if key not in ("ranges", "only", "measure", "method")}
    return _options(**asked, **lists, range=_ranges(options.get("ranges")))


def _asked(cells: Any, name: str, options: DesignOptions) -> tuple[str, tuple[str, str] | None]:
    """A design as the compiled part takes it: its options as JSON, and the table of its cells."""
    _known(options, DesignOptions.__annotations__)
    lists = {key: _list(options.get(key)) for key in ("only", "lever", "measure")}
    asked = {key: value for key, value in options.items() if key not in ("ranges", *lists)}
    return _options(**asked, **lists, range=_ranges(options.get("ranges"))), None if cells is None else (name, _csv(cells))


def _csv(cells: Any) -> str:
    """A table of cells as CSV, whatever it comes as. What is missing in it stays empty."""
    if isinstance(cells, str):
        return cells
    if isinstance(cells, Table):
        return cells.csv
    if hasattr(cells, "write_csv"):  # polars
        return cells.write_csv()
    if hasattr(cells, "to_csv"):  # pandas
        return cells.to_csv(index=False)
    if isinstance(cells, Mapping):
        columns = {key: list(column) for key, column in cells.items()}
        rows: Sequence[Mapping[str, Any]] = [
            dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
        ]
    else:
        rows = list(cells)
    names = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow("" if row.get(key) is None else _value(row[key]) for key in names)
    return out.getvalue()
