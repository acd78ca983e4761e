"""Mesa: talks as a model whose step is a round, with its roles as agents.

    import baraza, baraza.mesa

    class Hawk(baraza.mesa.Role):
        def step(self):
            self.orders = {"mandate.valley": "firm"} if self.role == "lowlands" else {}

    talks = baraza.mesa.Talks(baraza.load("talks.toml"), role=Hawk)
    while talks.running:
        talks.step()
    talks.datacollector.get_model_vars_dataframe()

Needs ``pip install 'baraza[mesa]'``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import mesa

from . import Scenario
from .seats import Seats

__all__ = ["Role", "Talks"]


class Role(mesa.Agent):
    """Somebody at the table. ``step`` may put orders into ``orders``: words by the keys of the fields of its sheet (docs/class.md); what it
    leaves out is done as the model would."""

    def __init__(self, model: Talks, role: str) -> None:
        super().__init__(model)
        #: Its id in the scenario.
        self.role = role
        #: What it orders for the next round.
        self.orders: dict[str, Any] = {}
        #: What it got: 0 before the talks end.
        self.reward = 0.0

    @property
    def sees(self) -> dict[str, float]:
        """What it may know, each between 0 and 1."""
        seen = self.model._seen[self.role]["observation"][0]
        return dict(zip(self.model.seats.names[self.role], map(float, seen), strict=True))

    def step(self) -> None:
        """Decides before a round; here: leaves everything to the model."""
        self.orders = {}


class Talks(mesa.Model):
    """Talks of a scenario. A step asks every role, in the order of their sheets, and plays a round; ``running`` ends with the talks.

    The data collector has a row a round: those of ``collect``, by name the paths of quantities or functions of the model, beside ``round``
    and ``outcome``.
    """

    def __init__(
        self,
        scenario: Scenario,
        roles: Iterable[str] | None = None,
        *,
        role: type[Role] | Mapping[str, type[Role]] = Role,
        aims: Mapping[str, str] | None = None,
        collect: Mapping[str, str | Callable[[Talks], Any]] | None = None,
        seed: int = 1,
        run: int = 0,
    ) -> None:
        super().__init__(seed=seed)
        self.seats = Seats(scenario, roles, aims)
        self._seen = self.seats._open(seed, run)
        #: The last round that was played.
        self.round = 0
        kind = (lambda id: role.get(id, Role)) if isinstance(role, Mapping) else (lambda _: role)
        self.roles: dict[str, Role] = {id: kind(id)(self, id) for id in self.seats.roles}
        reporters: dict[str, Any] = {"round": "round", "outcome": lambda talks: talks.outcome}
        for name, what in (collect or {}).items():
            reporters[name] = what if callable(what) else (lambda talks, path=what: talks.quantity(path))
        self.datacollector = mesa.DataCollector(model_reporters=reporters, agent_reporters={"role": "role", "reward": "reward"})

    @property
    def outcome(self) -> str | None:
        """The id of the outcome; ``None`` before the end."""
        return self.seats._tables.outcome_of(0)

    def quantities(self) -> dict[str, int | str]:
        """Every quantity of the talks by its path: a number, or a word such as ``low``."""
        return {path: value if word == str(value) else word for path, value, word in self.seats._tables.quantities(0)}

    def quantity(self, path: str) -> int | str:
        """A quantity by its path, such as ``track.valley.state``."""
        found = self.quantities()
        if path not in found:
            raise KeyError(f"the talks keep no `{path}`; there are: {', '.join(found)}")
        return found[path]

    def step(self) -> None:
        """Asks every role and plays a round; nothing once the talks are over."""
        if self.outcome is not None:
            self.running = False
            return
        for role in self.roles.values():
            role.step()
        due = self.seats._tables.round_of(0)
        orders = {id: role.orders for id, role in self.roles.items()}
        self._seen, rewards, ended = self.seats._order(orders)
        self.round = due
        for id, role in self.roles.items():
            role.reward = float(rewards[id][0])
        self.running = not bool(ended[0])
        self.datacollector.collect(self)
