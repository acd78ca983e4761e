#!/usr/bin/env python3
"""Measures `baraza exact` against the model checker Storm on one exported chain, on this machine, in one run.

    pip install stormpy && python tests/scripts/storm_bench.py target/release/baraza scenarios/tutorial/2-mediator.toml

Storm reads the chain from a DRN file and solves the probability of every outcome; `baraza exact` reads the scenario, builds the
same states, and answers the same and more. Each runs in a process of its own. Times are processor time (user and system, all
threads), memory is the peak of the process; of Storm's the part that Python and its libraries take before anything is read is
shown apart. A scenario may be followed by changes: `file.toml,scenario.rounds=6`.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KIB = 1024


def measured(command):
    """Runs a command: its standard output, processor seconds, wall seconds, peak bytes."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    wall = time.monotonic() - start
    return output, usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * KIB


def storm(path):
    """In a process of its own: reads the file, solves every outcome, prints what it took."""
    import stormpy
    from stormpy import developer

    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB

    told = {"before": peak()}
    start = time.process_time()
    model = stormpy.build_model_from_drn(path)
    told["parsing"] = time.process_time() - start
    told["states"], told["transitions"] = model.nr_states, model.nr_transitions
    environment = stormpy.Environment()
    # Of Storm's solvers the fastest for a graph without cycles.
    environment.solver().set_linear_equation_solver_type(developer.EquationSolverType.ACYCLIC)
    labels = sorted(label for label in model.labeling.get_labels() if label.startswith("outcome_"))
    start = time.process_time()
    told["values"] = {}
    for label in labels:
        prop = stormpy.parse_properties(f'P=? [F "{label}"]')[0]
        result = stormpy.model_checking(model, prop, environment=environment)
        told["values"][label] = result.get_value(model.initial_states[0])
    told["solving"] = time.process_time() - start
    told["peak"] = peak()
    print(json.dumps(told))


def compare(baraza, argument, states):
    """One scenario: export, Storm, exact; prints a table."""
    file, *changes = argument.split(",")
    scenario = [file] + [part for change in changes for part in ("--set", change)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chain.drn"
        limit = ["--format", "drn", "--max-states", str(states), "--out", str(path)]
        _, writing, _, writing_peak = measured([baraza, "export", *scenario, *limit])
        size = path.stat().st_size
        output, _, storm_wall, storm_peak = measured([sys.executable, __file__, "--storm", str(path)])
    told = json.loads(output)
    output, ours, wall, peak = measured([baraza, "exact", *scenario, "--json"])
    exact = json.loads(output)["exact"]
    for outcome in exact["outcomes"]:
        value = told["values"].get("outcome_" + outcome["id"].replace("-", "_"), 0.0)
        if abs(value - outcome["probability"]["low"]) > 1e-9:
            sys.exit(f"{outcome['id']}: Storm says {value}, exact {outcome['probability']['low']}")
    theirs = told["parsing"] + told["solving"]
    net = told["peak"] - told["before"]
    print(f"{argument}: {told['states']:,} states, {told['transitions']:,} transitions, {size / 1e6:,.0f} MB of DRN")
    print(f"  {'':38}{'CPU s':>9}{'peak MB':>10}")
    print(f"  {'baraza export (writes the file)':38}{writing:9.2f}{writing_peak / 1e6:10.0f}")
    print(f"  {'Storm: reading':38}{told['parsing']:9.2f}")
    print(f"  {'Storm: solving all outcomes':38}{told['solving']:9.2f}")
    print(f"  {'Storm: both':38}{theirs:9.2f}{storm_peak / 1e6:10.0f}")
    print(f"  {'  less Python and libraries':38}{'':9}{net / 1e6:10.0f}")
    print(f"  {'baraza exact (whole process)':38}{ours:9.2f}{peak / 1e6:10.0f}")
    print(f"  Storm both / exact: CPU {theirs / ours:.1f}, solving alone {told['solving'] / ours:.1f}, "
          f"memory {storm_peak / peak:.1f}, net memory {net / peak:.1f}; wall {storm_wall:.1f} s against {wall:.1f} s")


def main():
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("baraza")
    parser.add_argument("scenario", nargs="+")
    parser.add_argument("--states", type=int, default=20_000_000)
    if sys.argv[1:2] == ["--storm"]:
        storm(sys.argv[2])
        return
    arguments = parser.parse_args()
    for argument in arguments.scenario:
        compare(arguments.baraza, argument, arguments.states)


if __name__ == "__main__":
    main()
