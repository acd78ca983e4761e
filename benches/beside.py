#!/usr/bin/env python3
"""How much faster one build of the program is than another: both take turns, on one core.

    python3 benches/beside.py OLD NEW [TIMES]

OLD and NEW are programs, such as one that was built before a change and kept, and one that was built after it. Each job is done by OLD
and NEW in turn, TIMES times (5); what is timed is CPU time of the process with a large job less that with a small one, so that starting and
reading the scenario are not in it. Printed are the median of the ratios OLD / NEW, with the least and the largest, and the medians
themselves. Where the two do not say the same, that is told, and the exit code is 1. The machine should be idle.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys

#: What is timed: a job's words, what counts its work, and how much of it is small and large.
JOBS = {
    "runs of Doha": (["ensemble", "scenarios/doha-2025.toml"], "--runs", (100, 8_000)),
    "pairs of one of its what-ifs": (["what-if", "scenarios/doha-2025.toml", "more-trust"], "--runs", (100, 4_000)),
    "pairs of all of its what-ifs": (["what-if", "scenarios/doha-2025.toml"], "--runs", (20, 400)),
    "exact: the first tutorial": (["exact", "scenarios/tutorial/1-two-parties.toml"], None, (None, None)),
    "exact: the core of Doha, 100,000 states a turn": (["exact", "scenarios/doha-core.toml", "--max-states", "100000"], None, (None, None)),
}


def spent(words: list[str]) -> tuple[float, bytes]:
    """CPU seconds of a process on one core, and what it prints."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, capture_output=True, check=False, env=os.environ | {"RAYON_NUM_THREADS": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def main() -> int:
    if len(sys.argv) not in (3, 4):
        print(__doc__)
        return 2
    programs, times = sys.argv[1:3], int(sys.argv[3]) if len(sys.argv) == 4 else 5
    same = True
    for name, (words, count, (small, large)) in JOBS.items():
        took: list[list[float]] = [[], []]
        for _ in range(times):
            said = []
            for seconds, program in zip(took, programs, strict=True):
                job = [program, *words, "--json"]
                whole, out = spent([*job, count, str(large)] if count else job)
                seconds.append(whole - (spent([*job, count, str(small)])[0] if count else 0.0))
                said.append(out)
            if said[0] != said[1]:
                print(f"{name}: the two do not say the same")
                same = False
        ratios = sorted(old / new for old, new in zip(*took, strict=True))
        old, new = (statistics.median(seconds) for seconds in took)
        work = f", {(large - small) / old:,.0f} and {(large - small) / new:,.0f} a second" if count else ""
        print(f"{name}: {statistics.median(ratios):.2f} times ({ratios[0]:.2f} to {ratios[-1]:.2f}); {old:.2f} and {new:.2f} s{work}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
