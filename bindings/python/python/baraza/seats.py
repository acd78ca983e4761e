"""Seats of a scenario that are open to agents, as NumPy arrays: many talks at once, a round a step.

    import baraza
    talks = baraza.batch(baraza.load("talks.toml"), 256, roles=["qatar"], aims={"qatar": "instrument.accord.signed"})
    seen = talks.reset(seed=7)
    while learning:
        seen, rewards, ended = talks.step({"qatar": picks})     # picks: 256 rows, a column a menu

What a role may pick, what it sees and what it gets for it is the same here and in :mod:`baraza.table`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import Scenario, _baraza

__all__ = ["Batch", "Seats"]

#: What a role sees of each of the talks: ``observation`` (talks × numbers, float32), ``action_mask`` (talks × entries, int8).
Seen = dict[str, dict[str, NDArray[Any]]]


class Seats:
    """Who sits, what each may pick and sees. Common to the environments here."""

    def __init__(
        self,
        scenario: Scenario,
        roles: Iterable[str] | None = None,
        aims: Mapping[str, str] | None = None,
        talks: int = 1,
    ) -> None:
        if talks < 1:
            raise ValueError(f"talks is a number from 1 up, not {talks}")
        named = [roles] if isinstance(roles, str) else list(roles or [])
        asked = json.dumps({"roles": named, "aim": list((aims or {}).items())})
        self._tables = _baraza.Tables(scenario._inner, asked, talks)
        self.scenario = scenario
        self.talks = talks
        #: The ids of those who sit, in the order in which they were named.
        self.roles: list[str] = self._tables.roles()
        menus = {role: self._tables.menus(role) for role in self.roles}
        #: By role, its menus: for each field of its sheet the entries, the first of them ``None``: as the model would.
        self.menus: dict[str, dict[str, list[None | str | list[str]]]] = {
            role: {key: [_entry(words) for words in entries] for key, entries in fields}
            for role, fields in menus.items()
        }
        #: By role, how many entries each of its menus has.
        self.sizes: dict[str, list[int]] = {
            role: [len(entries) for entries in fields.values()] for role, fields in self.menus.items()
        }
        #: By role, the paths of the numbers that it sees, in their order.
        self.names: dict[str, list[str]] = {role: self._tables.names(role) for role in self.roles}
        #: The most rounds that talks can have.
        self.rounds: int = self._tables.rounds

    def briefing(self, role: str) -> str:
        """What a role is handed out before the talks: its confidential sheet."""
        return self._tables.briefing(role)

    def pick(self, role: str, **fields: str) -> NDArray[np.int64]:
        """A row of picks by words, keys with ``_`` for what is no letter: ``pick("qatar", actions="facilitate")``. Fields that are not
        named are left to the model."""
        return self.row(role, {self._key(role, key): word for key, word in fields.items()})

    def row(self, role: str, fields: Mapping[str, str | list[str]]) -> NDArray[np.int64]:
        """A row of picks by the keys of its fields: ``row("drc", {"floor.doha": "60"})``. Fields that are not named are left to the model."""
        menus, row = self.menus[role], np.zeros(len(self.menus[role]), dtype=np.int64)
        for key, word in fields.items():
            if key not in menus:
                raise ValueError(f"{role} has no menu `{key}`; there are: {', '.join(menus)}")
            if word not in menus[key]:
                known = ", ".join(str(entry) for entry in menus[key][1:])
                raise ValueError(f"`{key}` has no entry `{word}`; there are: {known}")
            row[list(menus).index(key)] = menus[key].index(word)
        return row

    def _key(self, role: str, name: str) -> str:
        plain = lambda key: "".join(c if c.isalnum() else "_" for c in key)  # noqa: E731
        found = [key for key in self.menus[role] if plain(key) == name]
        return found[0] if found else name

    def _room(self) -> list[tuple[NDArray[np.float32], NDArray[np.int8]]]:
        return [
            (
                np.empty((self.talks, len(self.names[role])), dtype=np.float32),
                np.empty((self.talks, sum(self.sizes[role])), dtype=np.int8),
            )
            for role in self.roles
        ]

    def _told(self, room: list[tuple[NDArray[np.float32], NDArray[np.int8]]]) -> Seen:
        pairs = zip(self.roles, room, strict=True)
        return {role: {"observation": numbers, "action_mask": mask} for role, (numbers, mask) in pairs}

    def _open(self, seed: int, run: int) -> Seen:
        room = self._room()
        self._tables.open(seed, run, room)
        return self._told(room)

    def _step(self, picks: Mapping[str, ArrayLike], again: bool) -> tuple[Seen, dict[str, NDArray[np.float64]], NDArray[np.bool_]]:
        self._known(picks)
        rows = [self._picks(role, picks.get(role)) for role in self.roles]
        return self._played(lambda *into: self._tables.step(rows, again, *into))

    def _order(self, sheets: Mapping[str, Mapping[str, Any]]) -> tuple[Seen, dict[str, NDArray[np.float64]], NDArray[np.bool_]]:
        self._known(sheets)
        asked = json.dumps([_sheet(sheets.get(role) or {}) for role in self.roles])
        return self._played(lambda *into: self._tables.order(asked, *into))

    def _played(self, play: Any) -> tuple[Seen, dict[str, NDArray[np.float64]], NDArray[np.bool_]]:
        room, ended = self._room(), np.empty(self.talks, dtype=np.int8)
        rewards = [np.empty(self.talks, dtype=np.float64) for _ in self.roles]
        play(room, rewards, ended)
        return self._told(room), dict(zip(self.roles, rewards, strict=True)), ended.astype(bool)

    def _known(self, given: Mapping[str, Any]) -> None:
        if unknown := [role for role in given if role not in self.roles]:
            raise ValueError(f"`{unknown[0]}` does not sit at the table; there are: {', '.join(self.roles)}")

    def _picks(self, role: str, picks: ArrayLike | None) -> NDArray[np.int64]:
        shape = (self.talks, len(self.sizes[role]))
        if picks is None:
            return np.zeros(shape, dtype=np.int64)
        rows = np.asarray(picks)
        if not np.issubdtype(rows.dtype, np.integer):
            raise ValueError(f"picks of {role} are whole numbers, not {rows.dtype}")
        if rows.shape != shape:
            raise ValueError(f"picks of {role} have the shape {shape}: a row for each of the talks, a column a menu; not {rows.shape}")
        return np.ascontiguousarray(rows, dtype=np.int64)


class Batch(Seats):
    """Many talks of a scenario side by side, each under a run of its own. A step plays a round of all of them, on all processors, while
    Python's other threads go on."""

    def __init__(
        self,
        scenario: Scenario,
        talks: int,
        roles: Iterable[str] | None = None,
        *,
        aims: Mapping[str, str] | None = None,
        again: bool = True,
    ) -> None:
        super().__init__(scenario, roles, aims, talks)
        #: Whether talks that end are opened anew at once, under the run that lies ``talks`` further on.
        self.again = again

    def reset(self, seed: int = 1, run: int = 0) -> Seen:
        """Opens all talks anew: the first under ``run``, the next under the run after it."""
        return self._open(seed, run)

    def step(self, picks: Mapping[str, ArrayLike]) -> tuple[Seen, dict[str, NDArray[np.float64]], NDArray[np.bool_]]:
        """Plays a round of all talks. ``picks`` has for a role a row for each of the talks and a column a menu; a role that is left out is
        played by the model.

        Gives what each role sees now, what each got, and which talks ended. With ``again``, what is seen of talks that ended is the
        start of the next ones; else talks that have ended stand still, and give 0.
        """
        return self._step(picks, self.again)


def _entry(words: list[str]) -> None | str | list[str]:
    return None if not words else words[0] if len(words) == 1 else words


def _sheet(fields: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """A sheet of orders as the class at the table writes it: words, and numbers as words."""
    word = lambda value: f"{value:g}" if isinstance(value, float) else str(value)  # noqa: E731
    many = lambda value: not isinstance(value, str) and isinstance(value, Iterable)  # noqa: E731
    decided = {key: value for key, value in fields.items() if value is not None}
    return {key: [word(one) for one in value] if many(value) else word(value) for key, value in decided.items()}
