#!/usr/bin/env python3
"""Negotiations a second, beside NegMAS on the same domains.

    pip install "negmas==0.16.*"
    cargo build --release
    python benches/peers/negmas.py target/release/baraza

For each domain the script draws utilities (a fixed seed; every issue's worst value is worth 0 to everybody, best values sum to
1), has NegMAS run its SAOMechanism with Boulware and Conceder time-based negotiators in turn for 100 steps, and has `baraza`
play the same domain: one round a step, one move a party, the same curves, alternatives of 0. It prints the CPU time of one
negotiation with each, their ratio, and what the agreements are worth.

What is timed. NegMAS: setting up the mechanism and its negotiators, which sorts the packages, and running it; utility
functions are made once. `baraza`: the process with many runs less the process with one, so reading and indexing the domain
are not in it; they are printed as `start`. Both are CPU time, on one thread.

What differs. Targets: NegMAS asks at relative time (step + 1) / (steps + 1) for 1 - t^4 (Boulware) and 1 - t^0.25 (Conceder)
of its best; here that is `polynomial` with beta 0.25 and 4 and a deadline of steps + 1 rounds. Among packages worth the target
both offer the one nearest to it from above. Points are rounded to ten-thousandths here, and targets likewise, so a package
within that distance of the target may fall on the other side.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time

# This file has the name of the package: Python must not find it first.
sys.path = [folder for folder in sys.path if not folder.endswith("peers")]

from negmas import (
    BoulwareTBNegotiator,
    ConcederTBNegotiator,
    LinearAdditiveUtilityFunction,
    SAOMechanism,
    make_issue,
)
from negmas.preferences.value_fun import TableFun

STEPS = 100
DOMAINS = [("two parties, 1,600 packages", 2, [10, 8, 5, 4]), ("five parties, 3,072 packages", 5, [4, 4, 4, 4, 4, 3])]


def draw(parties, sizes, seed):
    """Points of 100 by party, issue and value, in ten-thousandths; the best values of a party sum to 100."""
    random.seed(seed)
    domain = []
    for party in range(parties):
        weights = [random.uniform(0.5, 1.5) for _ in sizes]
        best = [round(100e4 * w / sum(weights)) for w in weights]
        best[0] += 1_000_000 - sum(best)
        rows = []
        for size, most in zip(sizes, best):
            # What one wants most the next wants least, more or less: else they agree at once.
            shares = [0.7 * v / (size - 1) + 0.3 * random.random() for v in range(size)]
            low, high = min(shares), max(shares)
            row = [round(most * (u - low) / (high - low)) / 1e4 for u in shares]
            rows.append(row if party % 2 == 0 else row[::-1])
        domain.append(rows)
    return domain


def negmas(domain, sizes, runs):
    """CPU seconds of a negotiation, and the utilities of what was agreed (None without an agreement)."""
    issues = [make_issue([f"o{v}" for v in range(size)], f"i{k}") for k, size in enumerate(sizes)]
    ufuns = [
        LinearAdditiveUtilityFunction(
            values=[TableFun({f"o{v}": u / 100 for v, u in enumerate(row)}) for row in rows],
            weights=[1.0] * len(sizes),
            issues=issues,
            reserved_value=0.0,
        )
        for rows in domain
    ]
    agreement = None
    start = time.process_time()
    for _ in range(runs):
        mechanism = SAOMechanism(issues=issues, n_steps=STEPS)
        for k, ufun in enumerate(ufuns):
            kind = BoulwareTBNegotiator if k % 2 == 0 else ConcederTBNegotiator
            mechanism.add(kind(name=f"p{k}"), preferences=ufun)
        agreement = mechanism.run().agreement
    spent = (time.process_time() - start) / runs
    return spent, agreement and [float(ufun(agreement)) for ufun in ufuns]


def scenario(domain):
    """The same domain as a scenario of this program."""
    lines = ["[scenario]", 'title = "Peers"', "start = 2025-01-01", f"rounds = {STEPS}"]
    lines += ["[dynamics]", "bare = true", "consult = 0", "reopen = 0", "mandate = { firm = 0, planned = 1, flexible = 0 }"]
    lines += ["walk_out = { base = 0, distrust = 0, attack = 0, precondition = 0, audience = 0 }"]
    for p in range(len(domain)):
        beta = 0.25 if p % 2 == 0 else 4
        tactic = f'{{ kind = "polynomial", beta = {beta}, deadline = {STEPS + 1} }}'
        lines += [f"[party.p{p}]", f"tactic = {tactic}"]
    seats = ", ".join(f'"p{p}"' for p in range(len(domain)))
    lines += ["[track.talks]", f"seats = [{seats}]", 'procedure = "alternating-offers"', f"deadline = {STEPS + 1}"]
    for i in range(len(domain[0])):
        lines += [f"[item.i{i}]", 'track = "talks"']
        for v in range(len(domain[0][i])):
            points = ", ".join(f"p{p} = {rows[i][v]:.4f}" for p, rows in enumerate(domain))
            lines.append(f"option.o{v} = {{ {points} }}")
    lines += ["[outcome.agreement]", 'when = "track.talks.settled >= 1"', "ends = true"]
    return "\n".join(lines) + "\n"


def spend(command):
    """CPU seconds of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def baraza(program, domain, runs):
    """CPU seconds of a negotiation and of the start, and the utilities of what was agreed."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
        file.write(scenario(domain))
        file.flush()
        ensemble = [program, "ensemble", file.name, "--threads", "1", "--runs"]
        start = min(spend(ensemble + ["1"]) for _ in range(3))
        many = spend(ensemble + [str(runs)])
        told = subprocess.run([program, "run", file.name, "--json"], check=True, capture_output=True, text=True)
        options = {i["item"]: i.get("option") for i in json.loads(told.stdout)["end"]["items"]}
    if any(options[f"i{i}"] is None for i in range(len(domain[0]))):
        return (many - start) / (runs - 1), start, None
    worth = [sum(rows[i][int(options[f"i{i}"][1:])] for i in range(len(rows))) / 100 for rows in domain]
    return (many - start) / (runs - 1), start, worth


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "target/release/baraza"
    for name, parties, sizes in DOMAINS:
        print(name)
        for seed in range(1, 6):
            domain = draw(parties, sizes, seed)
            negmas(domain, sizes, 1)
            theirs, their_deal = negmas(domain, sizes, 10)
            ours, start, our_deal = baraza(program, domain, 20_000)
            shown = [d and " ".join(f"{u:.4f}" for u in d) or "no agreement" for d in (their_deal, our_deal)]
            same = "the same" if shown[0] == shown[1] else "not the same"
            print(f"  domain {seed}: negmas {theirs * 1e6:,.0f} us, baraza {ours * 1e6:,.1f} us (start {start * 1e3:.0f} ms)")
            print(f"    {theirs / ours:,.0f} times; {same}: {shown[0]} | {shown[1]}")


if __name__ == "__main__":
    main()
