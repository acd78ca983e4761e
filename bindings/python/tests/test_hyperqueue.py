"""The script for HyperQueue, played by HyperQueue's own server and workers, comes to the bytes of the whole.

The package on PyPI has server and workers, but not the program ``hq``: a stand-in for it hands the array that the script submits to them.
"""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import baraza
import pytest

FORD = "spoiler-and-front.toml"
#: `hq submit --array 1-N ... --wait -- COMMAND`, by the library: a task for each number, on workers of two processors.
HQ = """
    import sys
    from hyperqueue import Job, LocalCluster
    from hyperqueue.cluster import WorkerConfig

    words = sys.argv[1:]
    assert words[0] == "submit" and "--wait" in words
    last = int(words[words.index("--array") + 1].removeprefix("1-"))
    command = words[words.index("--") + 1 :]
    with LocalCluster() as cluster:
        cluster.start_worker(WorkerConfig(cores=2))
        client = cluster.client()
        job = Job()
        # Here tasks count from 0, in an array from 1.
        counted = ["sh", "-c", 'HQ_TASK_ID=$((HQ_TASK_ID + 1)) exec "$@"', "sh", *command]
        for _ in range(last):
            job.program(counted, env={"PATH": "%s"}, cwd="%s")
        client.wait_for_jobs([client.submit(job)])
"""


@pytest.mark.skipif(os.name == "nt", reason="HyperQueue is for Unix")
def test_the_script_runs_on_hyperqueue(folder, command):
    pytest.importorskip("hyperqueue", reason="there is no HyperQueue: pip install hyperqueue")
    program = Path(os.environ.get("BARAZA") or shutil.which("baraza"))
    (folder / "bin").mkdir()
    (folder / "bin/baraza").symlink_to(program.absolute())
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    stand_in = textwrap.dedent(HQ) % (path, folder)
    (folder / "bin/hq").write_text(f"#!{sys.executable}\n{stand_in}", encoding="utf-8")
    (folder / "bin/hq").chmod(0o755)
    words = ["design", FORD, "--levers", "each", "--runs", "50", "--measure", "round >= 12"]
    script = command(*words, "--script", "hq", "--parts", "4", "--csv", "tables", folder=folder)
    (folder / "design.sh").write_text(script, encoding="utf-8")
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(["sh", "design.sh"], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert sorted(place.name for place in (folder / "parts").iterdir()) == [f"part-{k}.json" for k in range(1, 5)]
    whole = baraza.load(FORD).design(levers="each", runs=50, measure="round >= 12")
    assert whole.text in done.stdout
    estimates = (folder / "tables/estimates.csv").read_text(encoding="utf-8")
    assert estimates == whole.tables["estimates"].csv
