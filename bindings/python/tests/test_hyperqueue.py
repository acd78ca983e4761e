"""The script for HyperQueue runs on HyperQueue itself, and comes to the bytes of the whole."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import baraza
import pytest

FORD = "spoiler-and-front.toml"
#: Beside the Python that runs the tests, where `pip install hyperqueue` puts it.
HQ = shutil.which("hq", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.skipif(HQ is None, reason="there is no HyperQueue: pip install hyperqueue")
def test_the_script_runs_as_it_is(folder, command, tmp_path_factory):
    program = Path(os.environ.get("BARAZA") or shutil.which("baraza"))
    server = tmp_path_factory.mktemp("hq")
    path = os.pathsep.join([str(program.absolute().parent), str(Path(HQ).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "HQ_SERVER_DIR": str(server)}
    words = ["design", FORD, "--levers", "each", "--runs", "50", "--measure", "round >= 12"]
    script = command(*words, "--script", "hq", "--parts", "4", "--csv", "tables", folder=folder)
    (folder / "design.sh").write_text(script, encoding="utf-8")
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen([HQ, "server", "start"], **quiet)]
    try:
        while subprocess.run([HQ, "server", "info"], **quiet).returncode != 0:
            assert started[0].poll() is None, "the server runs"
            time.sleep(0.1)
        started.append(subprocess.Popen([HQ, "worker", "start", "--cpus", "2"], **quiet))
        done = subprocess.run(["sh", "design.sh"], cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    finally:
        subprocess.run([HQ, "server", "stop"], **quiet)
        for process in started:
            process.wait(timeout=60)
    assert sorted(path.name for path in (folder / "parts").iterdir()) == [f"part-{k}.json" for k in range(1, 5)]
    whole = baraza.load(FORD).design(levers="each", runs=50, measure="round >= 12")
    assert whole.text in done.stdout
    estimates = (folder / "tables/estimates.csv").read_text(encoding="utf-8")
    assert estimates == whole.tables["estimates"].csv
