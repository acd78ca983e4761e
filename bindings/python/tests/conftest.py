"""What the tests share: scenarios of the repository, and the command line to compare with."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCENARIOS = ROOT / "scenarios"


@pytest.fixture(scope="session")
def command():
    """Runs the command line: the program that the variable BARAZA names, or that is on the path."""
    program = os.environ.get("BARAZA") or shutil.which("baraza")
    if program is None:
        pytest.skip("there is no baraza to compare with: name one in the variable BARAZA")

    def run(*words, folder=ROOT):
        done = subprocess.run([program, *map(str, words)], cwd=folder, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder with scenarios in it, as working folder."""
    for name in ("1-two-parties", "2-mediator", "3-spoiler-and-front", "4-shrinking-harvest"):
        shutil.copy(SCENARIOS / "tutorial" / f"{name}.toml", tmp_path / f"{name[2:].removeprefix('shrinking-')}.toml")
    monkeypatch.chdir(tmp_path)
    return tmp_path
