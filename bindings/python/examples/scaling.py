"""What a part costs: the Doha talks over one and two workers of a local Dask cluster.

    python bindings/python/examples/scaling.py [SECONDS]

First what a part costs beside its runs, in seconds of a processor, whoever else uses the machine: parts of ten runs, which are next to
nothing. Then, where SECONDS are given, how long so much work takes in parts of about one and ten seconds, by the clock, beside one processor
without parts, in turn, five times: only on an idle machine is that worth reading.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

# A part is computed on one processor, as in a job of a cluster.
os.environ["RAYON_NUM_THREADS"] = "1"

import baraza
import baraza.dask
from dask.distributed import Client, LocalCluster

DOHA = Path(__file__).parents[3] / "scenarios/doha-2025.toml"
#: Parts that are next to nothing.
PARTS, RUNS = 40, 10
#: How often what is timed by the clock is timed.
TIMES = 5


def spent(client: Client) -> list[float]:
    """Seconds of a processor so far: of this process, with Dask's scheduler in it, and of the workers."""
    return [time.process_time(), sum(client.run(time.process_time).values())]


def of_cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def of_clock(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    talks = baraza.load(DOHA)
    talks.ensemble_part(0, 200)
    pace = 1_000 / of_cpu(lambda: talks.ensemble_part(0, 1_000))
    print(f"one processor: {pace:,.0f} runs a second")
    parts = {f"part-{k}": talks.ensemble_part(RUNS * k, RUNS * (k + 1)) for k in range(PARTS)}
    alone = of_cpu(lambda: [talks.ensemble_part(RUNS * k, RUNS * (k + 1)) for k in range(PARTS)]) / PARTS
    few = dict(list(parts.items())[: PARTS // 4])
    merging = (of_cpu(lambda: baraza.merge(parts, talks)) - of_cpu(lambda: baraza.merge(few, talks))) / (PARTS - len(few))
    size = sum(map(len, parts.values())) / PARTS
    print(f"a part of {RUNS} runs: {alone * 1e3:.1f} ms, {size / 1024:.1f} KiB; merging it: {merging * 1e3:.2f} ms")
    for workers in (1, 2):
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
            client.wait_for_workers(workers)
            baraza.dask.ensemble(client, talks, RUNS * workers, parts=workers, seed=99)
            # What is spent once, such as telling the answer, is in both.
            marks = [spent(client)]
            for number in (len(few), PARTS):
                baraza.dask.ensemble(client, talks, number * RUNS, parts=number, seed=number)
                marks.append(spent(client))
            costs = [(third - 2 * second + first) / (PARTS - len(few)) * 1e3 for first, second, third in zip(*marks, strict=True)]
            print(f"{workers} workers: a part costs {costs[0]:.1f} ms of the scheduler and client, {costs[1]:.1f} ms of a worker")
            for length in (1, 10) if len(sys.argv) > 1 else ():
                number = max(workers, round(workers * float(sys.argv[1]) / length))
                runs = int(pace * length) * number
                shares = []
                for _ in range(TIMES):
                    one = of_clock(lambda runs=runs: talks.ensemble_part(0, runs))
                    took = of_clock(lambda runs=runs, number=number: baraza.dask.ensemble(client, talks, runs, parts=number))
                    shares.append(one / workers / took)
                least, median, most = min(shares), statistics.median(shares), max(shares)
                print(f"{workers} workers, {number} parts of {length} s: {median:.1%} of what would be ideal ({least:.1%} to {most:.1%})")


if __name__ == "__main__":
    main()
