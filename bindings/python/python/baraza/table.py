"""Agents at the table, in the interface of PettingZoo: a round a step, or one field of a sheet of orders after the other.

    import baraza
    table = baraza.env(baraza.load("talks.toml"), roles=["highlands", "lowlands"])
    seen, infos = table.reset(seed=7)
    while table.agents:
        picks = {role: table.action_space(role).sample(mask=seen[role]["action_mask"]) for role in table.agents}
        seen, rewards, ended, cut, infos = table.step(picks)

Needs PettingZoo and Gymnasium: ``pip install 'baraza[table]'``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from gymnasium import spaces
from numpy.typing import ArrayLike, NDArray
from pettingzoo import AECEnv, ParallelEnv

from . import Scenario
from .seats import Seats

__all__ = ["Asked", "Table"]

#: What a role sees: ``observation`` and ``action_mask``.
Observation = dict[str, Any]


class _Course:
    """Under which seed and run the next talks are opened."""

    def __init__(self) -> None:
        self.seed, self.run = 1, -1

    def next(self, seed: int | None, options: Mapping[str, Any] | None) -> tuple[int, int]:
        run = (options or {}).get("run")
        if seed is not None:
            self.seed, self.run = int(seed), 0
        else:
            self.run += 1
        if run is not None:
            self.run = int(run)
        return self.seed, self.run


class Table(ParallelEnv):
    """All roles pick at once, from all their menus; then a round is played.

    An action has an entry of each menu of the role (``menus``): 0 leaves the field to the model. ``action_mask`` says which entries can come
    up in this round; any other is as 0. ``observation`` has the numbers that the role may know (``names``), each between 0 and 1.
    The reward comes when the talks end: what a party then has in hand beyond its alternative, in points of 100; of a mediator the
    same for the parties of its track on average; or, with ``aims``, 1 where a condition holds and else 0.
    """

    metadata = {"name": "baraza", "render_modes": ["ansi"], "is_parallelizable": True}

    def __init__(
        self, scenario: Scenario, roles: Iterable[str] | None = None, *, aims: Mapping[str, str] | None = None, render_mode: str | None = None
    ) -> None:
        self.seats = Seats(scenario, roles, aims)
        self.render_mode = _mode(render_mode)
        self.possible_agents: list[str] = list(self.seats.roles)
        self.agents: list[str] = []
        self._course = _Course()
        self.action_spaces = {role: spaces.MultiDiscrete(sizes) for role, sizes in self.seats.sizes.items()}
        self.observation_spaces = {
            role: spaces.Dict(
                observation=spaces.Box(0.0, 1.0, (len(names),), np.float32),
                action_mask=spaces.Tuple([spaces.MultiBinary(n) for n in self.seats.sizes[role]]),
            )
            for role, names in self.seats.names.items()
        }

    def observation_space(self, agent: str) -> spaces.Dict:
        """What a role sees."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.MultiDiscrete:
        """What a role picks: an entry of each of its menus."""
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Observation], dict[str, dict[str, Any]]]:
        """Opens the talks: run 0 of a seed, else the run after the last one; ``options={"run": 7}`` asks for a run."""
        seen = self.seats._open(*self._course.next(seed, options))
        self.agents = list(self.possible_agents)
        return self._observed(seen), self._infos()

    def step(self, actions: Mapping[str, ArrayLike]) -> tuple[dict[str, Observation], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]]:
        """Plays a round by picks from the menus; who gives none is played by the model."""
        self._goes_on()
        rows = {role: np.asarray(picks)[np.newaxis] for role, picks in actions.items()}
        return self._after(*self.seats._step(rows, False))

    def step_orders(self, sheets: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, Observation], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]]:
        """Plays a round by whole sheets of orders, words by the keys of their fields (docs/class.md):
        ``step_orders({"drc": {"floor.doha": 62.5, "accept.prisoners": "via-icrc"}})``. Who gives none is played by the model.
        Raises :class:`baraza.UsageError` for what no sheet of the role can say."""
        self._goes_on()
        return self._after(*self.seats._order(sheets))

    def told(self, role: str, first: int = 1) -> str:
        """What happened from round ``first`` on, as the role may know it, in words."""
        return self.seats._tables.told(0, role, first)

    def briefing(self, role: str) -> str:
        """What the role is handed out before the talks."""
        return self.seats.briefing(role)

    def render(self) -> str | None:
        """What the first role may know of the talks so far."""
        return None if self.render_mode is None else self.told(self.possible_agents[0])

    def close(self) -> None:
        """Nothing is held open."""

    def _goes_on(self) -> None:
        if not self.agents:
            raise ValueError("the talks are over, or were not opened yet: call reset()")

    def _after(self, seen: Any, rewards: Any, ended: NDArray[np.bool_]) -> Any:
        over, roles = bool(ended[0]), self.agents
        infos = self._infos()
        self.agents = [] if over else roles
        got = {role: float(rewards[role][0]) for role in roles}
        return self._observed(seen), got, dict.fromkeys(roles, over), dict.fromkeys(roles, False), infos

    def _observed(self, seen: Any) -> dict[str, Observation]:
        return {role: self._of(role, one) for role, one in seen.items()}

    def _of(self, role: str, one: Any) -> Observation:
        ends = np.cumsum(self.seats.sizes[role])[:-1]
        return {"observation": one["observation"][0], "action_mask": tuple(np.split(one["action_mask"][0], ends))}

    def _infos(self) -> dict[str, dict[str, Any]]:
        tables = self.seats._tables
        info = {"seed": self._course.seed, "run": self._course.run, "round": tables.round_of(0), "outcome": tables.outcome_of(0)}
        return {role: dict(info) for role in self.possible_agents}


class Asked(AECEnv):
    """One field after the other: each role is asked for every field of its sheet that can come up, then the next role; then a round is
    played.

    An action is an entry of the menu that is asked about. ``observation`` has the numbers that the role may know, then for each of its
    menus whether it is the one asked about, then what was picked from each in this round, as a share of its last entry. The info has the
    key of the field.
    """

    metadata = {"name": "baraza_asked", "render_modes": ["ansi"], "is_parallelizable": False}

    def __init__(
        self, scenario: Scenario, roles: Iterable[str] | None = None, *, aims: Mapping[str, str] | None = None, render_mode: str | None = None
    ) -> None:
        super().__init__()
        self.table = Table(scenario, roles, aims=aims, render_mode=render_mode)
        self.render_mode = self.table.render_mode
        self.possible_agents = list(self.table.possible_agents)
        self.agents = []
        sizes = self.table.seats.sizes
        self.action_spaces = {role: spaces.Discrete(max(sizes[role])) for role in self.possible_agents}
        self.observation_spaces = {
            role: spaces.Dict(
                observation=spaces.Box(0.0, 1.0, (len(self.table.seats.names[role]) + 2 * len(sizes[role]),), np.float32),
                action_mask=spaces.MultiBinary(max(sizes[role])),
            )
            for role in self.possible_agents
        }

    def observation_space(self, agent: str) -> spaces.Dict:
        """What a role sees."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Discrete:
        """What a role picks: an entry of the menu that it is asked about."""
        return self.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """As :meth:`Table.reset`."""
        self._seen, infos = self.table.reset(seed, options)
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos = infos
        self._begin()

    def observe(self, agent: str) -> Observation:
        """What a role sees: between two rounds, or in the middle of its sheet."""
        sizes, seen = self.table.seats.sizes[agent], self._seen[agent]
        place = self._place if agent == self.agent_selection and not self.terminations.get(agent, True) else None
        asked, mask = np.zeros(len(sizes), dtype=np.float32), np.zeros(max(sizes), dtype=np.int8)
        mask[0] = 1
        if place is not None:
            asked[place] = 1.0
            mask[: sizes[place]] = seen["action_mask"][place]
        picked = (self._picks[agent] / (np.array(sizes) - 1)).astype(np.float32)
        return {"observation": np.concatenate([seen["observation"], asked, picked]), "action_mask": mask}

    def step(self, action: Any) -> None:
        """Takes the answer about the field that was asked about; after the last one of a round, plays it."""
        agent = self.agent_selection
        if self.terminations[agent]:
            self._was_dead_step(action)
            return
        entries = self.table.seats.sizes[agent][self._place]
        # An entry that this menu does not have is as any that is not open: as the model would.
        if not self.action_spaces[agent].contains(np.int64(action)):
            raise ValueError(f"an action of {agent} is a whole number from 0 to {self.action_spaces[agent].n - 1}, not {action!r}")
        self._picks[agent][self._place] = action if int(action) < entries else 0
        self._cumulative_rewards[agent] = 0.0
        self._clear_rewards()
        self._left.pop(0)
        if not self._left:
            self._play()
        self._ask()
        self._accumulate_rewards()

    def render(self) -> str | None:
        """As :meth:`Table.render`."""
        return self.table.render()

    def close(self) -> None:
        """Nothing is held open."""

    def _begin(self) -> None:
        """A sheet for each role: what is to be asked."""
        sizes = self.table.seats.sizes
        self._picks = {role: np.zeros(len(sizes[role]), dtype=np.int64) for role in self.possible_agents}
        self._left = [
            (role, place)
            for role in self.possible_agents
            for place, mask in enumerate(self._seen[role]["action_mask"])
            if mask.sum() > 1
        ]
        if self._left:
            self._ask()
        else:
            self._play()

    def _ask(self) -> None:
        if self._left:
            self.agent_selection, self._place = self._left[0]
            keys = list(self.table.seats.menus[self.agent_selection])
            self.infos[self.agent_selection]["field"] = keys[self._place]

    def _play(self) -> None:
        """Plays rounds until somebody is to be asked again or the talks are over."""
        self._seen, rewards, ended, _, self.infos = self.table.step(self._picks)
        self.rewards, self.terminations = rewards, ended
        if self.table.agents:
            self._begin()
        else:
            self._left, self._place, self.agent_selection = [], None, self.agents[0]


def _mode(mode: str | None) -> str | None:
    if mode not in (None, "ansi"):
        raise ValueError(f"render_mode is None or 'ansi', not {mode!r}")
    return mode
