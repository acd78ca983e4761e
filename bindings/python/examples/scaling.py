"""What a part costs: runs of the Doha talks over one and two workers of a local Dask cluster, in parts of about one and ten seconds.

    python bindings/python/examples/scaling.py [SECONDS]

Prints how long the runs take without a cluster on one processor, how long they take over it, what is lost, and what it costs to merge a
part. Each figure takes some SECONDS (20 if not said) of work.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

# A part is computed on one processor, as in a job of a cluster.
os.environ["RAYON_NUM_THREADS"] = "1"

import baraza
import baraza.dask
from dask.distributed import Client, LocalCluster

DOHA = Path(__file__).parents[3] / "scenarios/doha-2025.toml"


def timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    talks = baraza.load(DOHA)
    talks.ensemble_part(0, 200)
    pace = 4_000 / timed(lambda: talks.ensemble_part(0, 4_000))
    print(f"one processor: {pace:,.0f} runs a second")
    print(f"{'workers':>8}{'parts':>7}{'of, s':>7}{'alone, s':>10}{'took, s':>9}{'a part costs, s':>17}{'share of ideal':>16}")
    for workers in (1, 2):
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
            client.wait_for_workers(workers)
            baraza.dask.ensemble(client, talks, 200 * workers, parts=workers, seed=99)
            for length in (1, 10):
                parts = max(workers, round(workers * seconds / length))
                runs = int(pace * length) * parts
                alone = timed(lambda runs=runs: talks.ensemble_part(0, runs))
                took = timed(lambda runs=runs, parts=parts: baraza.dask.ensemble(client, talks, runs, parts=parts))
                lost = (took * workers - alone) / parts
                print(f"{workers:>8}{parts:>7}{length:>7}{alone:>10.1f}{took:>9.1f}{lost:>17.3f}{alone / workers / took:>16.1%}")
    small = {f"part-{k}": talks.ensemble_part(10 * k, 10 * k + 10) for k in range(400)}
    size = sum(map(len, small.values())) / len(small)
    few = dict(list(small.items())[:100])
    each = (timed(lambda: baraza.merge(small, talks)) - timed(lambda: baraza.merge(few, talks))) / 300
    print(f"merging: {each * 1e3:.2f} ms a part of {size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
