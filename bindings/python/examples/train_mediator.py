"""A mediator that learns: a small policy for Qatar in the Doha talks, beside the model's own mediator, and where everything that could
be reached is known, beside that.

    pip install cma
    python bindings/python/examples/train_mediator.py

Each round the policy puts one action first on Qatar's sheet, or leaves the sheet to the model: whatever has the highest score, and scores
are linear in a few things that Qatar knows. The scores' weights, some dozen numbers, are searched by CMA-ES (Hansen 2016; the library
`cma`): weights are tried on the same luck, and the next are drawn around those that did best. Leaving everything to the model is where
it begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import baraza
import cma
import numpy as np

SCENARIOS = Path(__file__).parents[3] / "scenarios"
#: The menu that is learned.
MENU = "actions"
#: What of all that the role knows counts, where the scenario has it.
SEEN = ("round", "track.doha.stall", "mediator.qatar.leverage", "mediator.qatar.credibility")

#: From what is seen at all tables to the entry of the menu at each.
Choice = Callable[[dict[str, np.ndarray]], np.ndarray]


@dataclass
class Share:
    """In how many talks the aim was reached."""

    share: float
    talks: int

    @property
    def error(self) -> float:
        """Its standard error."""
        return (self.share * (1 - self.share) / self.talks) ** 0.5

    def __str__(self) -> str:
        return f"{self.share:.3f} ± {1.96 * self.error:.3f}"


class Seat:
    """A role at many tables at once, with an aim."""

    def __init__(self, scenario: baraza.Scenario, role: str, aim: str, talks: int) -> None:
        self.role, self.talks = role, talks
        self.batch = baraza.batch(scenario, talks, roles=[role], aims={role: aim}, again=False)
        sizes = self.batch.sizes[role]
        self.menus, self.place = len(sizes), list(self.batch.menus[role]).index(MENU)
        first = sum(sizes[: self.place])
        self.entries = slice(first, first + sizes[self.place])
        names = self.batch.names[role]
        self.columns = [names.index(name) for name in SEEN if name in names]

    @property
    def shape(self) -> tuple[int, int]:
        """Of the weights: what counts with a constant, by the entries of the menu but the first, which leaves it to the model."""
        return len(self.columns) + 1, self.entries.stop - self.entries.start - 1

    def best(self, scores: np.ndarray, seen: dict[str, np.ndarray]) -> np.ndarray:
        """The entry with the highest score at each table; what is not open is not picked."""
        return np.where(seen["action_mask"][:, self.entries].astype(bool), scores, -np.inf).argmax(axis=1)

    def by(self, weights: np.ndarray) -> Choice:
        """By these weights; the score of leaving it to the model is 0."""

        def choose(seen: dict[str, np.ndarray]) -> np.ndarray:
            x = np.hstack([seen["observation"][:, self.columns], np.ones((self.talks, 1))])
            return self.best(np.hstack([np.zeros((self.talks, 1)), x @ weights]), seen)

        return choose

    def by_chance(self, seed: int) -> Choice:
        """Any open action, all with the same odds."""
        rng = np.random.default_rng(seed)

        def choose(seen: dict[str, np.ndarray]) -> np.ndarray:
            return self.best(np.hstack([np.full((self.talks, 1), -1.0), rng.random((self.talks, self.shape[1]))]), seen)

        return choose

    def play(self, choose: Choice | None, seed: int) -> Share:
        """Plays all tables to their end; the model's own mediator where nothing chooses."""
        seen, going, reached = self.batch.reset(seed), np.ones(self.talks, dtype=bool), 0.0
        while going.any():
            rows = np.zeros((self.talks, self.menus), dtype=np.int64)
            if choose is not None:
                rows[:, self.place] = choose(seen[self.role])
            seen, rewards, ended = self.batch.step({self.role: rows})
            reached += rewards[self.role].sum()
            going &= ~ended
        return Share(float(reached) / self.talks, self.talks)


def train(scenario: baraza.Scenario, role: str, aim: str, *, talks: int = 600, generations: int = 40) -> np.ndarray:
    """Weights for a mediator, from so many generations of twelve that are each tried in so many talks. Seeds are even, so that odd
    ones are new to it."""
    seat = Seat(scenario, role, aim, talks)
    start = np.full(seat.shape[0] * seat.shape[1], -0.5)
    search = cma.CMAEvolutionStrategy(start, 1.0, {"seed": 1, "popsize": 12, "verbose": -9})
    for generation in range(generations):
        tried = search.ask()
        search.tell(tried, [-seat.play(seat.by(one.reshape(seat.shape)), 2 * generation + 2).share for one in tried])
    # The middle of the last, or the best that was tried, by luck that neither has met.
    ends = [one.reshape(seat.shape) for one in (search.result.xfavorite, search.result.xbest)]
    return max(ends, key=lambda one: seat.play(seat.by(one), 2 * generations + 2).share)


def compare(scenario: baraza.Scenario, role: str, aim: str, talks: int = 20_000) -> dict[str, Share]:
    """What the model's own mediator, chance, and a trained policy reach in talks that are new to them."""
    weights, seat = train(scenario, role, aim), Seat(scenario, role, aim, talks)
    return {
        "the model's own mediator": seat.play(None, 1),
        "any action, by chance": seat.play(seat.by_chance(1), 1),
        "the trained policy": seat.play(seat.by(weights), 1),
    }


def main() -> None:
    role = "qatar"
    core = baraza.load(SCENARIOS / "doha-core.toml").set({"scenario.rounds": 4})
    aim = "instrument.prisoner-mechanism.signed"
    bounds = {row[0]: row[3] for row in core.resolve(role, measure=aim).tables["values"].rows()}
    print(f"The core of the Doha talks, four rounds: {aim}")
    print(f"  at worst and at best, knowing everything: {bounds['at worst']:.3f} to {bounds['at best']:.3f}")
    tell(compare(core, role, aim))
    aim = "instrument.framework.signed"
    print(f"The Doha talks, thirteen rounds: {aim}")
    tell(compare(baraza.load(SCENARIOS / "doha-2025.toml"), role, aim))


def tell(shares: dict[str, Share]) -> None:
    for who, share in shares.items():
        print(f"  {who:<41} {share}")


if __name__ == "__main__":
    main()
