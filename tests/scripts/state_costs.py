#!/usr/bin/env python3
"""Measures what each component of a state costs `baraza exact`: the core of the Doha talks, solved without it, one at a time, and with
what it leaves out, one at a time.

    python tests/scripts/state_costs.py target/release/baraza [ROUNDS]

Prints, for each, the states of all turns together and after the widest turn, the factor against the core as it stands, and the bits of a
state. The number of states is exact and the same on every machine; 7 rounds unless told otherwise.
"""

import json
import subprocess
import sys

CORE = "scenarios/doha-core.toml"
VARIANTS = [
    ("as it stands", {}),
    ("without walk-outs", {"dynamics.walk_out": "{ base = 0, distrust = 0, attack = 0, precondition = 0, audience = 0 }"}),
    ("without mandates", {"dynamics.mandate": "{ firm = 0, planned = 1, flexible = 0 }"}),
    ("without breaches", {"dynamics.compliance.base": "0"}),
    ("without the armed group", {"spoiler.wazalendo.odds": "0", "spoiler.wazalendo.active": "false"}),
    ("without blame for attacks", {"dynamics.spoiling.blame": "0"}),
    ("without fighting that rises or falls", {"dynamics.fighting": "{ rise = 0, fall = 0, no_talks = 0, spoiler = 0, ceasefire = 0, "
      "verification = 0, weariness = 0, capture = 0, advantage = 0 }"}),
    ("without trust that changes", {"dynamics.mediation.believed": "[0, 0, 0, 0, 0]", "dynamics.distrust_odds": "0"}),
    ("without refusals at home", {"dynamics.audience_refusal": "[0, 0, 0, 0, 0]"}),
    ("with weariness", {"dynamics.weariness_odds": "0.25"}),
    ("with a town that changes hands", {"dynamics.fighting.capture": "0.25"}),
    ("with consulting at home", {"party.drc.consult": "0.05", "party.m23.consult": "0.05"}),
    ("with texts that stand three breaches", {"dynamics.compliance.breach_limit": "3"}),
    ("with items that are reopened", {"dynamics.reopen": "0.1"}),
]


def solve(baraza, rounds, changes):
    """The size of one variant."""
    sets = [part for path, value in changes.items() for part in ("--set", f"{path}={value}")]
    command = [baraza, "exact", CORE, "--set", f"scenario.rounds={rounds}", *sets, "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return done.stderr.strip().splitlines()[-1][:120]
    exact = json.loads(done.stdout)["exact"]
    return exact["size"] if exact["certificate"]["complete"] else "more than fits into memory"


def main():
    """All variants."""
    baraza, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    print(f"| {CORE}, {rounds} rounds | states in all | after the widest turn | factor | bits |\n|---|---|---|---|---|")
    first = None
    for name, changes in VARIANTS:
        size = solve(baraza, rounds, changes)
        if isinstance(size, str):
            print(f"| {name} | {size} | | | |", flush=True)
            continue
        first = first or size["states"]
        print(
            f"| {name} | {size['states']:,} | {size['widest']:,} | {size['states'] / first:.2f} | {size['bits']} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
