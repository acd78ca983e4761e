"""Over a local cluster of Dask: the same bytes, whatever becomes of workers."""

import os
import signal
import subprocess
import sys
import threading
import time

import baraza
import pytest

distributed = pytest.importorskip("distributed", reason="there is no Dask: pip install 'baraza[dask]'")
baraza_dask = pytest.importorskip("baraza.dask")

FORD = "spoiler-and-front.toml"
ASKED = {"sample": "lhs", "points": 40, "runs": 30, "seed": 4}


@pytest.fixture
def client(tmp_path_factory):
    """Two workers, each a process of its own."""
    import dask
    from dask.distributed import Client, LocalCluster

    folder = tmp_path_factory.mktemp("dask")
    # What waits on a worker that dies counts as suspect too: three failures, the usual, are soon reached.
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 20}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(folder)
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def test_a_design_and_an_ensemble_are_the_same_in_parts(folder, client):
    ford = baraza.load(FORD)
    assert baraza_dask.design(client, ford, parts=7, **ASKED).html == ford.design(**ASKED).html
    cells = {"party.lowlands.audience": ["low", "high"], "what_if": [None, "no-monitors"]}
    assert baraza_dask.design(client, ford, cells, runs=50).json == ford.design(cells, runs=50).json
    changed = ford.what_if("no-monitors").set({"spoiler.raiders.odds": 0.5})
    mine = baraza_dask.ensemble(client, changed, 700, seed=3, measure="round >= 12", parts=6)
    assert mine.json == changed.ensemble(700, seed=3, measure="round >= 12").json


def test_parts_that_are_there_are_kept(folder, client):
    ford = baraza.load(FORD)
    whole = baraza_dask.design(client, ford, parts=5, folder="parts", **ASKED).json
    before = {path.name: path.stat().st_mtime_ns for path in (folder / "parts").iterdir()}
    assert len(before) == 5
    lost = min(before)
    (folder / "parts" / lost).unlink()
    assert baraza_dask.design(client, ford, parts=5, folder="parts", **ASKED).json == whole
    after = {path.name: path.stat().st_mtime_ns for path in (folder / "parts").iterdir()}
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == {lost}
    # Another seed has other parts beside them.
    baraza_dask.design(client, ford, parts=5, folder="parts", **{**ASKED, "seed": 5})
    assert len(list((folder / "parts").iterdir())) == 10


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_a_killed_worker_changes_nothing(folder, client):
    parts, runs = (1_000, 3_000) if os.environ.get("BARAZA_LONG") else (60, 300)
    asked = {"sample": "lhs", "points": parts, "runs": runs // 10}
    ford = baraza.load(FORD)
    killed = []

    def kill():
        """Kills a worker once the first parts are there."""
        while not (folder / "parts").exists() or len(list((folder / "parts").glob("design-*"))) < parts // 10:
            time.sleep(0.01)
        pids = list(client.run(os.getpid).values())
        os.kill(pids[0], signal.SIGKILL)
        killed.append(pids[0])

    thread = threading.Thread(target=kill)
    thread.start()
    answer = baraza_dask.design(client, ford, parts=parts, folder="parts", **asked)
    thread.join()
    assert killed, "a worker was killed while others played"
    assert answer.json == ford.design(**asked).json
    assert len(list((folder / "parts").glob("design-*"))) == parts


def test_what_a_part_refuses_is_raised_here(folder, client):
    with pytest.raises(baraza.BarazaError, match="cell 1"):
        baraza_dask.design(client, baraza.load(FORD), {"party.lowlands.audience": ["low", "huge"]}, runs=5)


def beside(*words, **more):
    """A program of Dask's in a process of its own."""
    return subprocess.Popen([sys.executable, "-m", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_a_lost_scheduler_and_a_restart_change_nothing(folder, tmp_path_factory):
    import dask
    from dask.distributed import Client

    asked, parts = {"sample": "lhs", "points": 80, "runs": 400}, 80
    ford, place = baraza.load(FORD), tmp_path_factory.mktemp("dask") / "scheduler.json"
    scheduler = beside("distributed.cli.dask_scheduler", "--no-dashboard", "--port", "0", "--scheduler-file", str(place))
    local = ["--local-directory", str(place.parent), "--no-dashboard", "--nthreads", "1", "--no-nanny", "--death-timeout", "3"]
    workers = [beside("distributed.cli.dask_worker", "--scheduler-file", str(place), *local) for _ in range(2)]
    kept = folder / "parts"
    before = {}

    def kill():
        """Kills the scheduler once the first parts are there."""
        while not kept.exists() or len(list(kept.glob("design-*"))) < parts // 10:
            time.sleep(0.01)
        os.kill(scheduler.pid, signal.SIGKILL)

    try:
        thread = threading.Thread(target=kill)
        thread.start()
        with dask.config.set({"distributed.comm.timeouts.connect": "2s", "distributed.comm.retry.count": 0}):
            with Client(scheduler_file=str(place), timeout="30s") as client:
                with pytest.raises(Exception, match=r".*"):  # whatever Dask makes of it
                    baraza_dask.design(client, ford, parts=parts, folder="parts", **asked)
        thread.join()
        # Workers without a scheduler end, and nothing plays on.
        for worker in workers:
            worker.wait(timeout=60)
        before = {path.name: path.stat().st_mtime_ns for path in kept.glob("design-*")}
        assert parts // 10 <= len(before) < parts
    finally:
        for process in (scheduler, *workers):
            process.kill()
            process.wait()
    from dask.distributed import LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(place.parent)) as cluster,
        Client(cluster) as client,
    ):
        answer = baraza_dask.design(client, ford, parts=parts, folder="parts", **asked)
    assert answer.json == ford.design(**asked).json
    after = {path.name: path.stat().st_mtime_ns for path in kept.glob("design-*")}
    assert len(after) == parts and before.items() <= after.items(), "what was there was kept"
