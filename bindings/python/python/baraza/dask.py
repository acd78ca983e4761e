"""Designs and ensembles over a Dask cluster: the same bytes as on one machine.

    from dask.distributed import Client
    import baraza, baraza.dask

    talks = baraza.load("talks.toml")
    with Client(n_workers=2) as client:
        answer = baraza.dask.design(client, talks, sample="lhs", points=1_000, folder="parts")

Parts are computed in the process of a worker, which starts no other one, so that nothing plays on where a worker is killed. A part
depends on nothing but the scenario and what is asked: a lost worker's parts are computed again elsewhere, and come out the same.
With ``folder``, which all workers must see, each part is a file that appears whole or not at all; one that is there is kept, so that
the same call goes on after the client, the scheduler or everything was lost.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from . import Answer, DesignOptions, Measures, Scenario, __version__, _asked, merge

if TYPE_CHECKING:
    from dask.distributed import Client

__all__ = ["design", "ensemble"]

#: Parts where nobody says how many: enough to keep a cluster busy, few enough for its scheduler.
PARTS = 1_000
#: Runs of a part of an ensemble, where nobody says how many parts there are.
RUNS = 50_000


def design(
    client: Client,
    scenario: Scenario,
    cells: Any = None,
    *,
    parts: int | None = None,
    folder: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
    name: str = "cells.csv",
    level: float = 0.95,
    **options: Unpack[DesignOptions],
) -> Answer:
    """What :meth:`baraza.Scenario.design` answers, computed by the workers of a cluster in ``parts`` parts.

    ``folder`` keeps the parts as files, under names that say what they are of; ``progress`` tells how far it is, on a terminal if not
    said. Raises what a part raises, and ``KilledWorker`` for one that took too many workers with it.
    """
    asked, table = _asked(cells, name, options)
    cut = len(list(csv.reader(io.StringIO(scenario._inner.design_list(asked, table))))) - 1
    number = min(parts or PARTS, cut)
    pieces = [("design", asked, table, k, number) for k in range(1, number + 1)]
    return _gather(client, scenario, pieces, folder, progress, level)


def ensemble(
    client: Client,
    scenario: Scenario,
    runs: int,
    *,
    seed: int = 1,
    measure: Measures | None = None,
    parts: int | None = None,
    folder: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
    level: float = 0.95,
) -> Answer:
    """What :meth:`baraza.Scenario.ensemble` answers, computed by the workers of a cluster. As for :func:`design`."""
    number = min(parts or max(1, min(PARTS, runs // RUNS)), runs)
    ends = [runs * k // number for k in range(number + 1)]
    measures = [measure] if isinstance(measure, str) else list(measure or [])
    pieces = [("ensemble", (seed, measures), None, first, after) for first, after in zip(ends, ends[1:], strict=False)]
    return _gather(client, scenario, pieces, folder, progress, level)


def _gather(
    client: Client,
    scenario: Scenario,
    pieces: list[tuple[Any, ...]],
    folder: str | os.PathLike[str] | None,
    progress: bool | None,
    level: float,
) -> Answer:
    from dask.distributed import as_completed

    place = None
    if folder is not None:
        place = Path(folder).absolute()
        place.mkdir(parents=True, exist_ok=True)
    # The scenario goes with every part: what is kept on a worker alone is lost with it.
    names = _names(scenario, pieces)
    futures = [
        client.submit(_part, scenario, piece, place and str(place / name), key=f"baraza-{name}")
        for piece, name in zip(pieces, names, strict=True)
    ]
    by_key = {future.key: name for future, name in zip(futures, names, strict=True)}
    texts: dict[str, str] = {}
    try:
        for future in _watched(as_completed(futures), len(futures), progress):
            name, text = by_key[future.key], future.result()
            texts[name] = text if place is None else (place / name).read_text(encoding="utf-8")
            future.release()
    finally:
        client.cancel([future for future in futures if not future.done()])
    return merge({name: texts[name] for name in names}, scenario, level=level)


def _names(scenario: Scenario, pieces: list[tuple[Any, ...]]) -> list[str]:
    """The names of parts: the same for the same scenario, question and version, and for no other."""
    _, asked, table, _, _ = pieces[0]
    what = [__version__, scenario.fingerprint, scenario.name, scenario.what_if_id, sorted(scenario.changes.items()), asked, table]
    digest = hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]
    middle = {"design": "of", "ensemble": "to"}
    return [f"{kind}-{digest}-{first:06}-{middle[kind]}-{second:06}.json" for kind, _, _, first, second in pieces]


def _part(scenario: Scenario, piece: tuple[Any, ...], place: str | None) -> str | None:
    """Computes a part on a worker; where it has a place, it is kept there, and nothing is sent back."""
    path = Path(place) if place else None
    if path is not None and path.exists():
        return None
    kind, asked, table, first, second = piece
    if kind == "design":
        text = scenario._inner.design_part(asked, table, (first, second))
    else:
        seed, measures = asked
        text = scenario.ensemble_part(first, second, seed=seed, measure=measures)
    if path is None:
        return text
    _write(path, text)
    return None


def _write(path: Path, text: str) -> None:
    """Whole or not at all: beside its place first, then moved there."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".baraza-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _watched(futures: Any, total: int, progress: bool | None) -> Iterator[Any]:
    """Says on standard error how far it is, where somebody sees it."""
    told = sys.stderr.isatty() if progress is None else progress
    for done, future in enumerate(futures, start=1):
        if told:
            print(f"\r{done} of {total} parts", end="" if done < total else "\n", file=sys.stderr, flush=True)
        yield future
