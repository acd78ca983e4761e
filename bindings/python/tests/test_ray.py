"""The example for Ray in docs/cluster.md comes to the bytes of the whole."""

import re

import baraza
import pytest
from conftest import ROOT


def test_the_example_runs(folder, monkeypatch):
    # On a cluster of one machine nobody else is kept out, and nothing is written into a home.
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    ray = pytest.importorskip("ray", reason="there is no Ray: pip install ray")
    page = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
    [block] = [block for block in re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL) if "ray.init" in block]
    (folder / "talks.toml").write_text((folder / "spoiler-and-front.toml").read_text(encoding="utf-8"), encoding="utf-8")
    # The same on a smaller scale, on a cluster of its own.
    scale = {"points=10_000": "points=12", "runs=1_000": "runs=20", "501": "5", "500": "4", "ray.init()": "ray.init(num_cpus=2, include_dashboard=False)"}
    for large, small in scale.items():
        assert large in block
        block = block.replace(large, small)
    known = {}
    try:
        exec(block, known)
    finally:
        ray.shutdown()
    assert known["answer"].json == baraza.load("talks.toml").design(sample="lhs", points=12, runs=20).json
