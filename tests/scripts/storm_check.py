#!/usr/bin/env python3
"""Checks `baraza export` and `baraza exact` against the model checker Storm.

    pip install stormpy && python tests/scripts/storm_check.py target/release/baraza scenarios/tutorial/1-two-parties.toml ...

For every scenario: the exported chain, solved by Storm, must give the probability of every outcome and measure and every
expected reward that `baraza exact` gives; and for every party and mediator the decision process in which it decides, solved by
Storm, must give the least and the greatest probability of every outcome that a value iteration of this script's own gives over
the files for PRISM. A scenario may be followed by changes: `file.toml,scenario.rounds=3`.

    --states N   skip scenarios that have more states (default 400,000)
    --store F    also write the probabilities that Storm found to F, for comparing without Storm
    --against F  no Storm: compare `baraza exact` with the probabilities stored in F
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

CLOSE = 1e-9
# Decision processes are also solved in Python, which takes its time.
DECISIONS = 60_000
MEASURES = [
    "any(item.*.settled) and round <= 3",
    "not any(item.*.settled) and round >= 4",
    "any(party.*.weariness >= medium)",
]


class Skip(Exception):
    """A scenario that is too large."""


def run(command, may_refuse=False):
    """The standard output of a command that must not fail; exit code 1 may mean that a scenario is too large."""
    done = subprocess.run(command, capture_output=True, text=True)
    if may_refuse and done.returncode == 1:
        raise Skip(done.stderr.strip().splitlines()[-1])
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def name(kind, identifier):
    """The label or reward of something with an id."""
    return (f"{kind}_" if kind else "") + identifier.replace("-", "_")


class Scenario:
    """A scenario file with changes."""

    def __init__(self, baraza, argument, states):
        self.baraza, self.states = baraza, states
        self.file, *changes = argument.split(",")
        self.set = [part for change in changes for part in ("--set", change)]
        self.title = ",".join([Path(self.file).name, *changes])

    def exact(self):
        """What `baraza exact` says."""
        measures = [part for m in MEASURES for part in ("--measure", m)]
        text = run([self.baraza, "exact", self.file, *self.set, *measures, "--json"], may_refuse=True)
        answer = json.loads(text)["exact"]
        if not answer["certificate"]["complete"]:
            raise Skip("exact gives bounds only")
        return answer

    def export(self, form, out, agent=None):
        """Writes the chain, or the decision process of an agent."""
        agents = ["--agent", agent] if agent else []
        measures = [] if agent else [part for m in MEASURES for part in ("--measure", m)]
        limit = ["--max-states", str(self.states)]
        run(
            [self.baraza, "export", self.file, *self.set, *agents, *measures, *limit]
            + ["--format", form, "--out", str(out)],
            may_refuse=True,
        )

    def resolve(self, agent, outcome):
        """The best and the worst for an outcome, by `baraza resolve`."""
        text = run([self.baraza, "resolve", self.file, *self.set, "--agent", agent, "--outcome", outcome, "--json"])
        values = {case["name"]: case["values"][0] for case in json.loads(text)["cases"]}
        return values["at best"], values["at worst"]

    def agents(self):
        """The ids of parties and mediators."""
        import tomllib

        tables = tomllib.loads(Path(self.file).read_text())
        return [*tables.get("party", {}), *tables.get("mediator", {})]


def expected(answer):
    """What Storm should find, by property."""
    figures = {}
    for outcome in answer["outcomes"]:
        figures[f'P=? [F "{name("outcome", outcome["id"])}"]'] = outcome["probability"]["low"]
    for k, measure in enumerate(answer["measures"], 1):
        figures[f'P=? [F "measure_{k}"]'] = measure["ever"]["low"]
        figures[f'P=? [F "measure_{k}_last"]'] = measure["last"]["low"]
    for text in answer["instruments"]:
        figures[f'P=? [F "{name("signed", text["id"])}"]'] = text["signed"]["low"]
    for reward in answer["rewards"]:
        figures[f'R{{"{name("", reward["id"])}"}}=? [F "end"]'] = reward["expected"]["low"]
    return figures


class Storm:
    """A model that Storm has read."""

    def __init__(self, path):
        import stormpy

        self.stormpy = stormpy
        self.model = stormpy.build_model_from_drn(str(path))
        self.known = self.model.labeling.get_labels()

    def value(self, text):
        """The value of a property in the initial state; nothing has a label that no state has."""
        label = text.split('"')[-2]
        if label not in self.known:
            return 0.0
        from stormpy import developer

        prop = self.stormpy.parse_properties(text)[0]
        try:
            # Apart from the ends, no state leads back to itself.
            result = self.check(prop, developer.EquationSolverType.ACYCLIC)
        except RuntimeError:
            # Storm 2.0 does not see that where every state surely reaches the goal.
            result = self.check(prop, developer.EquationSolverType.ELIMINATION)
        return float(result.get_value(self.model.initial_states[0]))

    def check(self, prop, equations):
        """The result for a property, with a solver of equations."""
        return self.stormpy.model_checking(self.model, prop, environment=self.environment(equations))

    def environment(self, equations):
        """As precise as can be."""
        environment = self.stormpy.Environment()
        solver = environment.solver()
        solver.set_linear_equation_solver_type(equations)
        solver.min_max().precision = self.stormpy.Rational("1/100000000000000")
        solver.min_max().relative_termination_criterion = False
        return environment


class Explicit:
    """A decision process as the files for PRISM have it."""

    def __init__(self, stem):
        self.labels = {}
        with open(f"{stem}.lab") as file:
            names = [part.split("=")[1].strip('"') for part in file.readline().split()]
            for line in file:
                state, places = line.split(":")
                for place in places.split():
                    self.labels.setdefault(names[int(place)], set()).add(int(state))
        with open(f"{stem}.tra") as file:
            states, choices, transitions = map(int, file.readline().split())
            self.choices = [{} for _ in range(states)]
            rows = 0
            for line in file:
                state, choice, target, probability = line.split()[:4]
                self.choices[int(state)].setdefault(int(choice), []).append((int(target), float(probability)))
                rows += 1
        check(rows == transitions and sum(map(len, self.choices)) == choices, f"{stem}.tra: wrong counts")
        for state, rows in enumerate(self.choices):
            for row in rows.values():
                check(abs(sum(p for _, p in row) - 1) < 1e-12, f"{stem}.tra: state {state} does not sum to one")

    def reach(self, label, best):
        """The least or greatest probability of reaching a label: until nothing changes, from the last state to the first."""
        goal = self.labels.get(label, set())
        value = [1.0 if state in goal else 0.0 for state in range(len(self.choices))]
        changed = True
        while changed:
            changed = False
            for state in range(len(self.choices) - 1, -1, -1):
                if state in goal:
                    continue
                new = best(sum(p * value[t] for t, p in row) for row in self.choices[state].values())
                changed |= new != value[state]
                value[state] = new
        return value[0]


FAILURES = []
COMPARED = 0


def check(fine, text):
    """Remembers what is wrong."""
    if not fine:
        FAILURES.append(text)
        print(f"  WRONG: {text}")


def compare(what, ours, theirs):
    """Two figures that must agree."""
    global COMPARED
    COMPARED += 1
    check(abs(ours - theirs) <= CLOSE * max(1.0, abs(theirs)), f"{what}: {ours!r}, Storm {theirs!r}")


def check_chain(scenario, folder):
    """The chain against exact; returns what Storm found."""
    answer = scenario.exact()
    path = folder / "chain.drn"
    scenario.export("drn", path)
    storm = Storm(path)
    found = {}
    for prop, ours in expected(answer).items():
        found[prop] = storm.value(prop)
        compare(f"{scenario.title}: {prop}", ours, found[prop])
    return found, storm.model.nr_states


def check_decisions(scenario, folder, agent):
    """The decision process of an agent: Storm against value iteration over the other format."""
    path, stem = folder / f"{agent}.drn", folder / f"{agent}-explicit"
    scenario.export("drn", path, agent)
    scenario.export("prism-explicit", stem, agent)
    storm, explicit = Storm(path), Explicit(stem)
    check(storm.model.nr_states == len(explicit.choices), f"{scenario.title}: the two formats differ in states")
    for label in sorted(explicit.labels):
        if label.startswith("outcome_"):
            for word, best in (("Pmin", min), ("Pmax", max)):
                prop = f'{word}=? [F "{label}"]'
                compare(f"{scenario.title}, {agent} decides: {prop}", explicit.reach(label, best), storm.value(prop))
    for outcome in scenario.exact()["outcomes"]:
        label = name("outcome", outcome["id"])
        for word, ours in zip(("Pmax", "Pmin"), scenario.resolve(agent, outcome["id"])):
            prop = f'{word}=? [F "{label}"]'
            theirs = storm.value(prop) if label in explicit.labels else 0.0
            compare(f"{scenario.title}, resolve for {agent}: {prop}", ours, theirs)
    return storm.model.nr_states


def with_storm(scenarios, store):
    """Everything against Storm."""
    stored = {}
    for scenario in scenarios:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            try:
                stored[scenario.title], states = check_chain(scenario, folder)
            except Skip as reason:
                print(f"{scenario.title}: skipped: {reason}")
                continue
            print(f"{scenario.title}: chain of {states:,} states compared")
            for agent in scenario.agents() if states <= DECISIONS else []:
                try:
                    size = check_decisions(scenario, folder, agent)
                    print(f"  {agent} decides: decision process of {size:,} states compared")
                except Skip as reason:
                    print(f"  {agent} decides: not compared: {reason}")
            if states > DECISIONS:
                print(f"  decision processes not compared: chains of more than {DECISIONS:,} states take Python too long")
    if store:
        Path(store).write_text(json.dumps(stored, indent=2, sort_keys=True) + "\n")


def with_stored(scenarios, path):
    """`baraza exact` against what Storm once found."""
    stored = json.loads(Path(path).read_text())
    for scenario in scenarios:
        known = stored.get(scenario.title)
        if known is None:
            print(f"{scenario.title}: nothing is stored")
            continue
        ours = expected(scenario.exact())
        check(ours.keys() == known.keys(), f"{scenario.title}: other properties than are stored")
        for prop, theirs in known.items():
            compare(f"{scenario.title}: {prop}", ours.get(prop, -1.0), theirs)
        print(f"{scenario.title}: {len(known)} stored figures compared")


def main():
    """Reads the arguments, compares, and says how it went."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("baraza")
    parser.add_argument("scenario", nargs="+")
    parser.add_argument("--states", type=int, default=400_000)
    parser.add_argument("--store")
    parser.add_argument("--against")
    arguments = parser.parse_args()
    scenarios = [Scenario(arguments.baraza, s, arguments.states) for s in arguments.scenario]
    if arguments.against:
        with_stored(scenarios, arguments.against)
    else:
        with_storm(scenarios, arguments.store)
    print(f"{COMPARED} figures compared, {len(FAILURES)} wrong")
    sys.exit(1 if FAILURES or not COMPARED else 0)


if __name__ == "__main__":
    main()
