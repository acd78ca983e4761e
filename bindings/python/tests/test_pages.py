"""The pages of docs/ do what they say: their Python blocks are run one after the other."""

import doctest
import os
import re
import shutil

from conftest import ROOT


def test_the_first_page_runs(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    blocks = list(re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    assert len(blocks) >= 7
    parser, known, told = doctest.DocTestParser(), {}, []
    for block in blocks:
        line = text[: block.start()].count(os.linesep if os.linesep in text else "\n") + 1
        test = parser.get_doctest(block[1], known, f"docs/python.md:{line}", None, 0)
        runner = doctest.DocTestRunner(verbose=False)
        runner.run(test, out=told.append, clear_globs=False)
        known = test.globs
    assert not told, "".join(told)
    assert (tmp_path / "outcomes.svg").read_text(encoding="utf-8").startswith("<svg")
