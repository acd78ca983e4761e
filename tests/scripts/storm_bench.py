#!/usr/bin/env python3
"""Measures `baraza exact` against the model checker Storm on one exported chain, on this machine, in one run.

    pip install stormpy && python tests/scripts/storm_bench.py target/release/baraza scenarios/tutorial/2-mediator.toml

Storm reads the chain and solves the probability of every outcome; `baraza exact` reads the scenario, builds the same states, and
answers the same and more. Storm reads its older explicit files (`.tra`, `.lab`), into which this script turns those for PRISM:
they are read faster than DRN, and `--drn` measures that as well. Each runs in a process of its own and on one thread. Times are processor time (user and system, all
threads), memory is the peak of the process; of Storm's the part that Python and its libraries take before anything is read is
shown apart. A scenario may be followed by changes: `file.toml,scenario.rounds=6`.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

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
    if path.endswith(".drn"):
        model = stormpy.build_model_from_drn(path)
    else:
        model = stormpy.build_model_from_explicit(f"{path}.tra", f"{path}.lab")
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


def to_storm(stem, path):
    """Turns the files for PRISM into Storm's: other first lines, and labels by name."""
    with open(f"{stem}.tra") as old, open(f"{path}.tra", "w") as new:
        old.readline()
        new.write("dtmc\n")
        shutil.copyfileobj(old, new)
    with open(f"{stem}.lab") as old, open(f"{path}.lab", "w") as new:
        names = [part.split("=")[1].strip('"') for part in old.readline().split()]
        new.write(f"#DECLARATION\n{' '.join(names)}\n#END\n")
        for line in old:
            state, places = line.split(":")
            new.write(f"{state} {' '.join(names[int(place)] for place in places.split())}\n")


def row(what, seconds, peak=None):
    """A row of the table."""
    print(f"  {what:38}{seconds:9.2f}{'' if peak is None else f'{peak / 1e6:10.0f}'}")


def compare(baraza, argument, states, drn):
    """One scenario: export, Storm, exact; prints a table."""
    file, *changes = argument.split(",")
    scenario = [file] + [part for change in changes for part in ("--set", change)]
    with tempfile.TemporaryDirectory() as folder:
        limit = ["--max-states", str(states), "--out"]
        export = [baraza, "export", *scenario, *limit]
        stem, path = f"{folder}/prism", f"{folder}/storm"
        _, writing, _, writing_peak = measured([*export, stem, "--format", "prism-explicit"])
        to_storm(stem, path)
        output, *_ = measured([sys.executable, __file__, "--storm", path])
        told, slow = json.loads(output), None
        if drn:
            run([*export, f"{path}.drn", "--format", "drn"])
            slow = json.loads(run([sys.executable, __file__, "--storm", f"{path}.drn"]))
    output, ours, _, peak = measured([baraza, "exact", *scenario, "--threads", "1", "--json"])
    for outcome in json.loads(output)["exact"]["outcomes"]:
        value = told["values"].get("outcome_" + outcome["id"].replace("-", "_"), 0.0)
        if abs(value - outcome["probability"]["low"]) > 1e-9:
            sys.exit(f"{outcome['id']}: Storm says {value}, exact {outcome['probability']['low']}")
    theirs = told["parsing"] + told["solving"]
    print(f"{argument}: {told['states']:,} states, {told['transitions']:,} transitions")
    print(f"  {'':38}{'CPU s':>9}{'peak MB':>10}")
    row("baraza export (writes the files)", writing, writing_peak)
    if slow:
        row("Storm: reading DRN", slow["parsing"], slow["peak"])
    row("Storm: reading .tra and .lab", told["parsing"])
    row("Storm: solving all outcomes", told["solving"])
    row("Storm: both", theirs, told["peak"])
    print(f"  {'  less Python and libraries':38}{'':9}{(told['peak'] - told['before']) / 1e6:10.0f}")
    row("baraza exact (whole process)", ours, peak)
    print(f"  Storm both / exact: CPU {theirs / ours:.1f}, solving alone {told['solving'] / ours:.1f}, "
          f"memory {told['peak'] / peak:.1f}, less libraries {(told['peak'] - told['before']) / peak:.1f}", flush=True)


def run(command):
    """The standard output of a command."""
    return measured(command)[0]


def main():
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("baraza")
    parser.add_argument("scenario", nargs="+")
    parser.add_argument("--states", type=int, default=20_000_000)
    if sys.argv[1:2] == ["--storm"]:
        storm(sys.argv[2])
        return
    parser.add_argument("--drn", action="store_true", help="also measure how long Storm takes to read DRN")
    arguments = parser.parse_args()
    for argument in arguments.scenario:
        compare(arguments.baraza, argument, arguments.states, arguments.drn)


if __name__ == "__main__":
    main()
