"""A mediator that learns: a small policy for Qatar in the Doha talks, beside the model's own mediator, and where everything that could
be reached is known, beside that.

    python bindings/python/examples/train_mediator.py

The policy sees what Qatar may know and chooses what it does each round; all else is left to the model. It is trained in NumPy by the
likelihood ratio (Williams 1992, REINFORCE): after many talks, what was picked in those that reached the aim becomes more probable and
what was picked in the others less. (Libraries for learning bring a framework of gigabytes with them; through PettingZoo any of them
can sit here.)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import baraza
import numpy as np

SCENARIOS = Path(__file__).parents[3] / "scenarios"
#: The menu that is learned.
MENU = "actions"


@dataclass
class Policy:
    """Odds of each entry that are linear in what is seen, on a logarithmic scale."""

    columns: slice
    weights: np.ndarray

    @classmethod
    def untrained(cls, talks: baraza.seats.Batch, role: str) -> Policy:
        """Every open entry with the same odds."""
        place, sizes = list(talks.menus[role]).index(MENU), talks.sizes[role]
        first = sum(sizes[:place])
        seen = len(talks.names[role]) + 1
        return cls(slice(first, first + sizes[place]), np.zeros((seen, sizes[place])))

    def features(self, seen: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """What is seen with a constant, and which entries are open: leaving it to the model is not among them."""
        x = np.hstack([seen["observation"], np.ones((len(seen["observation"]), 1))])
        mask = seen["action_mask"][:, self.columns].astype(bool)
        mask[:, 0] = False
        return x, mask

    def odds(self, x: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """The odds of each entry, row by row."""
        logits = np.where(mask, x @ self.weights, -np.inf)
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        return shares / shares.sum(axis=1, keepdims=True)

    def learn(self, x: np.ndarray, mask: np.ndarray, picked: np.ndarray, gain: np.ndarray, rate: float = 0.5) -> None:
        """Makes what was picked more probable where ``gain`` is above 0, and less where it is below."""
        away = -self.odds(x, mask)
        away[np.arange(len(x)), picked] += 1.0
        step = x.T @ (away * gain[:, None]) / len(x)
        self.weights += rate * step / max(np.linalg.norm(step), 1e-12)


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


def play(
    scenario: baraza.Scenario, role: str, aim: str, policy: Policy | None, talks: int, seed: int, *, record: list | None = None
) -> Share:
    """Plays talks with a policy, or with the model's own mediator; into ``record`` goes what was seen and picked,
    with whether the aim was reached."""
    batch = baraza.batch(scenario, talks, roles=[role], aims={role: aim}, again=False)
    rng, place = np.random.default_rng(seed), list(batch.menus[role]).index(MENU)
    seen, going, reached, rows = batch.reset(seed), np.ones(talks, dtype=bool), np.zeros(talks), []
    while going.any():
        picks = np.zeros((talks, len(batch.sizes[role])), dtype=np.int64)
        if policy is not None:
            x, mask = policy.features(seen[role])
            ahead = policy.odds(x, mask).cumsum(axis=1)
            picks[:, place] = (rng.random((talks, 1)) * ahead[:, -1:] >= ahead).sum(axis=1).clip(max=mask.shape[1] - 1)
            rows.append((going.copy(), x, mask, picks[:, place].copy()))
        seen, rewards, ended = batch.step({role: picks})
        reached += rewards[role]
        going &= ~ended
    if record is not None:
        record.extend((x[live], mask[live], picked[live], reached[live]) for live, x, mask, picked in rows)
    return Share(float(reached.mean()), talks)


def train(scenario: baraza.Scenario, role: str, aim: str, *, talks: int = 1_000, generations: int = 60, seed: int = 1) -> Policy:
    """A policy for a mediator, from so many generations of so many talks. Its seeds are even, so that odd ones are new to it."""
    policy = Policy.untrained(baraza.batch(scenario, 1, roles=[role]), role)
    for generation in range(generations):
        record: list = []
        share = play(scenario, role, aim, policy, talks, 2 * (seed * 1_000 + generation), record=record).share
        x, mask, picked, reached = (np.concatenate(parts) for parts in zip(*record, strict=True))
        policy.learn(x, mask, picked, reached - share)
    return policy


def main() -> None:
    role = "qatar"
    core = baraza.load(SCENARIOS / "doha-core.toml").set({"scenario.rounds": 4})
    aim = "instrument.prisoner-mechanism.signed"
    bounds = {row[0]: row[3] for row in core.resolve(role, measure=aim).tables["values"].rows()}
    print(f"The core of the Doha talks, four rounds: {aim}")
    print(f"  at worst and at best, knowing everything: {bounds['at worst']:.3f} to {bounds['at best']:.3f}")
    compare(core, role, aim)
    whole, aim = baraza.load(SCENARIOS / "doha-2025.toml"), "instrument.framework.signed"
    print(f"The Doha talks, thirteen rounds: {aim}")
    compare(whole, role, aim)


def compare(scenario: baraza.Scenario, role: str, aim: str) -> None:
    policy = train(scenario, role, aim)
    print(f"  the model's own mediator:                 {play(scenario, role, aim, None, 20_000, 1)}")
    print(f"  any action, by chance:                    {play(scenario, role, aim, _untrained(scenario, role), 20_000, 1)}")
    print(f"  the trained policy:                       {play(scenario, role, aim, policy, 20_000, 1)}")


def _untrained(scenario: baraza.Scenario, role: str) -> Policy:
    return Policy.untrained(baraza.batch(scenario, 1, roles=[role]), role)


if __name__ == "__main__":
    main()
