"""NegMAS: its negotiators at this table, and this program's tactics in its mechanisms.

    import baraza.negmas
    from negmas import BoulwareTBNegotiator, SAOMechanism

    # One of its negotiators against a tactic of this program's, at this program's table:
    baraza.negmas.negotiate(issues, ufuns, [BoulwareTBNegotiator(), {"kind": "conceder"}], steps=100)

    # The same two in its mechanism:
    mechanism = SAOMechanism(issues=issues, n_steps=100)
    mechanism.add(BoulwareTBNegotiator(), preferences=ufuns[0])
    mechanism.add(baraza.negmas.Tactic({"kind": "conceder"}), preferences=ufuns[1])
    mechanism.run().agreement

A step is a round in which each party moves once: it answers the standing offer, and unless it accepts makes one of its own. Utility
functions are linear and additive over issues with finitely many values. Needs ``pip install 'baraza[negmas]'``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from negmas import LinearAdditiveUtilityFunction, ResponseType, SAOMechanism
from negmas.outcomes import Issue
from negmas.sao import SAONegotiator
from negmas.sao.common import SAOState

from . import Scenario, _inner, load
from .seats import Seats

__all__ = ["Tactic", "negotiate", "scenario"]

#: Nothing happens but the exchange of offers.
_ALONE = [
    "[dynamics]",
    "bare = true",
    "consult = 0",
    "reopen = 0",
    "mandate = { firm = 0, planned = 1, flexible = 0 }",
    "walk_out = { base = 0, distrust = 0, attack = 0, precondition = 0, audience = 0 }",
]
#: Keys and numbers of a tactic, as `tactic = { kind = "boulware", beta = 0.8 }` writes them.
TacticSpec = Mapping[str, Any]
#: What is worth nothing to anybody: for a party of whose worth nothing is known.
Points = list[list[float]]


def scenario(issues: Sequence[Issue], ufuns: Sequence[LinearAdditiveUtilityFunction], tactics: Sequence[TacticSpec | None], steps: int) -> Scenario:
    """A domain of NegMAS as a scenario in which nothing happens but an exchange of whole offers: ``steps`` rounds, parties ``p0``, ``p1``, ...
    in their order, items ``i0``, ... with options ``o0``, ... in the order of issues and values. A utility of 1 is 100 points, and a reserved
    value, rounded up to a whole point, the alternative. The deadline of the talks is a round after the last step, as in NegMAS's relative time."""
    return load(_text([_points(issues, ufun) for ufun in ufuns], [_alternative(ufun) for ufun in ufuns], tactics, steps), name="negmas.toml")


def negotiate(
    issues: Sequence[Issue],
    ufuns: Sequence[LinearAdditiveUtilityFunction],
    players: Sequence[SAONegotiator | TacticSpec],
    steps: int,
    *,
    seed: int = 1,
    run: int = 0,
) -> tuple[Any, ...] | None:
    """Plays a domain at this program's table: for each party one of NegMAS's negotiators, or a tactic. The outcome that was agreed on, or
    ``None``."""
    if not len(ufuns) == len(players) >= 2:
        raise ValueError(f"a party has a utility function and a player: there are {len(ufuns)} and {len(players)}")
    ours = [player if isinstance(player, Mapping) else None for player in players]
    seats = {f"p{k}": player for k, player in enumerate(players) if not isinstance(player, Mapping)}
    talks = Seats(scenario(issues, ufuns, ours, steps), list(seats) or None)
    talks._open(seed, run)
    tables = talks._tables
    # They ask the mechanism that they were added to how long it lasts and what can be offered.
    mechanism = SAOMechanism(issues=list(issues), n_steps=steps)
    for k, ufun in enumerate(ufuns):
        mechanism.add(seats.get(f"p{k}") or Tactic({"kind": "fixed"}), preferences=ufun)
    state = SAOState(started=True, running=True)
    for player in seats.values():
        player._on_negotiation_start(state)
    made: tuple[str, int] | None = None
    offer: tuple[Any, ...] | None = None
    while tables.outcome_of(0) is None:
        if not seats:
            talks._step({}, False)
            continue
        tables.begin(0)
        while text := tables.question(0):
            asked = json.loads(text)
            who, number = asked["role"], asked["round"]
            state.step, state.relative_time = number - 1, number / (steps + 1)
            if asked["decision"] == "answer":
                state.current_offer = _outcome(issues, asked["package"])
                accepts = seats[who].respond_(state) == ResponseType.ACCEPT_OFFER
                tables.decide(0, "yes" if accepts else "no")
            elif asked["decision"] == "offer":
                if made != (who, number):
                    made, offer = (who, number), seats[who].propose_(state)
                tables.decide(0, None if offer is None else _option(issues, offer, asked["item"]))
            else:
                tables.decide(0, None)
    return _agreed(issues, talks)


class Tactic(SAONegotiator):
    """A tactic of this program's as a negotiator of NegMAS's stacked alternating offers: ``Tactic({"kind": "boulware", "beta": 0.8})``.

    It plays its own seat at a table of this program's at which the others do what it sees them do; what things are worth to them it
    does not know. Where there are more than two, it sees the offer that stands when its turn comes, and none of those before it.
    """

    def __init__(self, tactic: TacticSpec, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tactic = dict(tactic)
        self._talks: Seats | None = None

    def on_negotiation_start(self, state: SAOState) -> None:
        """Opens the table."""
        super().on_negotiation_start(state)
        ids = list(self.nmi.negotiator_ids)
        own = ids.index(self.id)
        points = _points(self.nmi.issues, self.ufun)
        level: Points = [[100.0 / len(points)] * len(row) for row in points]
        worth = [points if k == own else level for k in range(len(ids))]
        tactics = [self._tactic if k == own else None for k in range(len(ids))]
        alternatives = [_alternative(self.ufun) if k == own else 0 for k in range(len(ids))]
        self._own, self._places = f"p{own}", {id: f"p{k}" for k, id in enumerate(ids)}
        self._order = list(self._places.values())
        self._talks = Seats(load(_text(worth, alternatives, tactics, self.nmi.n_steps), name="negmas.toml"))
        self._talks._open(1, 0)

    def respond(self, state: SAOState, source: str | None = None) -> ResponseType:
        """Answers the current offer as the tactic does."""
        asked = self._due(state)
        if asked is None or asked["decision"] != "answer":
            return ResponseType.REJECT_OFFER
        accepts = self._talks._tables.decide(0, None) == "yes"
        return ResponseType.ACCEPT_OFFER if accepts else ResponseType.REJECT_OFFER

    def propose(self, state: SAOState, dest: str | None = None) -> tuple[Any, ...] | None:
        """Makes the offer that the tactic makes."""
        offer: dict[str, str] = {}
        asked, tables = self._due(state), self._talks._tables
        # Item by item; what comes after that is another's, who has not done it yet.
        while asked and asked["role"] == self._own and asked["decision"] == "offer" and asked["item"] not in offer:
            offer[asked["item"]] = tables.decide(0, None)
            asked = json.loads(tables.question(0) or "null")
        return _outcome(self.nmi.issues, offer) if offer else None

    def _due(self, state: SAOState) -> dict[str, Any] | None:
        """The decision of its own that is due once the others have done what brought about the current offer."""
        tables = self._talks._tables
        # From its own place on: whoever comes before the proposer made offers that it did not see; whoever comes after it agreed.
        order = [*self._order[self._order.index(self._own) + 1 :], *self._order[: self._order.index(self._own)]]
        proposer = self._places.get(state.current_proposer or "")
        agree = order[order.index(proposer) + 1 :] if proposer in order else []
        while tables.outcome_of(0) is None or tables.question(0):
            text = tables.question(0)
            if text is None:
                if tables.round_of(0) > state.step + 1:
                    return None
                tables.begin(0)
                continue
            asked = json.loads(text)
            own = asked["role"] == self._own
            if own and asked["decision"] in ("answer", "offer"):
                return asked
            if own:
                tables.decide(0, None)
            elif asked["decision"] == "answer":
                tables.decide(0, "yes" if asked["role"] in agree else "no")
            elif asked["decision"] == "offer" and state.current_offer is not None:
                tables.decide(0, _option(self.nmi.issues, state.current_offer, asked["item"]))
            else:
                tables.decide(0, None)
        return None


def _text(worth: Sequence[Points], alternatives: Sequence[int], tactics: Sequence[TacticSpec | None], steps: int) -> str:
    lines = ["[scenario]", 'title = "A domain of NegMAS"', "start = 2025-01-01", f"rounds = {steps}", *_ALONE]
    for p, (alternative, tactic) in enumerate(zip(alternatives, tactics, strict=True)):
        lines += [f"[party.p{p}]", f"alternative = {alternative}"]
        if tactic is not None:
            lines.append(f"tactic = {_inner(tactic)}")
    seats = ", ".join(f'"p{p}"' for p in range(len(worth)))
    lines += ["[track.talks]", f"seats = [{seats}]", 'procedure = "alternating-offers"', f"deadline = {steps + 1}"]
    for i, row in enumerate(worth[0]):
        lines += [f"[item.i{i}]", 'track = "talks"']
        for v in range(len(row)):
            points = ", ".join(f"p{p} = {table[i][v]:.4f}" for p, table in enumerate(worth))
            lines.append(f"option.o{v} = {{ {points} }}")
    return "\n".join([*lines, "[outcome.agreement]", 'when = "track.talks.settled >= 1"', "ends = true"]) + "\n"


def _points(issues: Sequence[Issue], ufun: LinearAdditiveUtilityFunction) -> Points:
    """What each value of each issue is worth, in points of 100."""
    if not isinstance(ufun, LinearAdditiveUtilityFunction):
        raise TypeError(f"a utility function here is linear and additive, not {type(ufun).__name__}")
    functions, weights = list(ufun.values), list(ufun.weights)
    tables = [[100.0 * w * float(f(v)) for v in _values(issue)] for issue, f, w in zip(issues, functions, weights, strict=True)]
    # A constant part is worth as much in every package.
    share = 100.0 * float(getattr(ufun, "bias", 0.0) or 0.0) / len(tables)
    return [[points + share for points in row] for row in tables]


def _alternative(ufun: LinearAdditiveUtilityFunction) -> int:
    """Of 100, rounded up to a whole point: it never settles for less than is reserved."""
    return math.ceil(min(max(100.0 * float(ufun.reserved_value), 0.0), 100.0) - 1e-9)


def _values(issue: Issue) -> list[Any]:
    if not issue.is_finite():
        raise ValueError(f"the issue {issue.name} has endlessly many values: discretise it first")
    return list(issue.all)


def _option(issues: Sequence[Issue], outcome: tuple[Any, ...], item: str) -> str:
    place = int(item.removeprefix("i"))
    return f"o{_values(issues[place]).index(outcome[place])}"


def _outcome(issues: Sequence[Issue], package: Mapping[str, str]) -> tuple[Any, ...]:
    """An outcome of NegMAS; where an item had nothing to choose from, its only value."""
    return tuple(_values(issue)[int(package.get(f"i{k}", "o0").removeprefix("o"))] for k, issue in enumerate(issues))


def _agreed(issues: Sequence[Issue], talks: Seats) -> tuple[Any, ...] | None:
    now = {path: (value, word) for path, value, word in talks._tables.quantities(0)}
    options = [now[f"item.i{k}.option"] for k in range(len(issues))]
    if any(value == 0 for value, _ in options):
        return None
    return _outcome(issues, {f"i{k}": word for k, (_, word) in enumerate(options)})
