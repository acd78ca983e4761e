"""Designs: cells from any table, parts that merge to the bytes of the whole."""

import os
import signal
import subprocess
import sys
import textwrap

import baraza
import pandas
import polars
import pytest

FORD = "spoiler-and-front.toml"
CELLS = {
    "what_if": [None, "no-monitors", "no-monitors+neighbour-yields"],
    "party.lowlands.audience": ["low", None, "high"],
    "spoiler.raiders.odds": [0.25, 0.5, None],
}


def test_a_table_of_cells_may_come_from_anywhere(folder, command):
    ford = baraza.load(FORD)
    rows = [dict(zip(CELLS, row, strict=True)) for row in zip(*CELLS.values(), strict=True)]
    tables = [CELLS, rows, pandas.DataFrame(CELLS), polars.DataFrame(CELLS)]
    answers = [ford.design(table, runs=40, seed=3).json for table in tables]
    polars.DataFrame(CELLS).write_csv("cells.csv")
    told = command("design", FORD, "--cells", "cells.csv", "--runs", 40, "--seed", 3, "--json", folder=folder)
    assert answers == [told] * len(tables)


def test_a_cell_is_the_scenario_with_its_changes(folder):
    ford = baraza.load(FORD)
    answer = ford.design(CELLS, runs=100)
    wide = pandas.DataFrame.from_arrow(answer.wide)
    alone = ford.what_if("no-monitors").set({"spoiler.raiders.odds": 0.5}).ensemble(100)
    for outcome, _, _, share, *_ in alone.tables["outcomes"].rows():
        assert wide.loc[1, f"outcome.{outcome}"] == share
    assert wide["spoiler.raiders.odds"].tolist()[:2] == [0.25, 0.5]


def test_parts_merge_to_the_bytes_of_the_whole(folder, command):
    ford = baraza.load(FORD)
    asked = {"sample": "sobol", "points": 4, "levers": "each", "runs": 25, "measure": "round >= 12"}
    whole = ford.design(**asked)
    parts = {f"part-{k}": ford.design_part(k, 5, **asked) for k in range(1, 6)}
    merged = baraza.merge(parts, ford)
    assert (merged.json, merged.text, merged.html) == (whole.json, whole.text, whole.html)
    # A part of the command line is the same file, and the command line merges those of Python.
    words = ["--sample", "sobol", "--points", 4, "--levers", "each", "--runs", 25, "--measure", "round >= 12"]
    command("design", FORD, *words, "--part", "2/5", "--out", "part.json", folder=folder)
    assert (folder / "part.json").read_text(encoding="utf-8") == parts["part-2"]
    for name, text in parts.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert command("merge", *sorted(parts), "--json", folder=folder) == whole.json
    with pytest.raises(baraza.ScenarioError, match="cells are missing"):
        baraza.merge({name: text for name, text in parts.items() if name != "part-3"}, ford)
    with pytest.raises(baraza.ScenarioError, match="is not the scenario of the parts"):
        baraza.merge(parts, baraza.load("mediator.toml"))


def test_cells_can_be_seen_before_they_are_played(folder):
    cells = baraza.load(FORD).design_cells(sample="lhs", points=5, levers="each")
    assert len(cells) == 20 and cells[1]["what_if"] == "raiders-included"
    with pytest.raises(TypeError, match="point"):
        baraza.load(FORD).design_cells(point=5)


def test_what_the_scenario_refuses_is_named_by_its_row(folder):
    with pytest.raises(baraza.BarazaError, match=r"cell 1 \(row 2 of cells.csv\)") as caught:
        baraza.load(FORD).design({"party.lowlands.audience": ["low", "huge"]})
    assert caught.value.diagnostics


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_ctrl_c_ends_it(folder):
    program = """
        import baraza
        try:
            print("begins", flush=True)
            baraza.load("spoiler-and-front.toml").ensemble(1_000_000_000)
        except KeyboardInterrupt:
            print("ends", flush=True)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True) as python:
        assert python.stdout.readline() == "begins\n"
        python.send_signal(signal.SIGINT)
        out, _ = python.communicate(timeout=120)
    assert out == "ends\n" and python.returncode == 0


def test_parts_of_any_study_merge_to_the_bytes_of_the_whole(folder, command):
    from conftest import ROOT

    ford = baraza.load(FORD)
    doha = baraza.load(ROOT / "scenarios/doha-2025.toml")
    compared = {"runs": 90, "measure": "round >= 12", "combine": "no-monitors+neighbour-yields"}
    assumed = {"runs": 20, "walks": 2, "walk_runs": 5, "rows": 4, "method": "all", "only": "party.*"}
    for whole, scenario, part in [
        (ford.compare(**compared), ford, lambda k: ford.compare_part(k, 3, **compared)),
        (doha.backtest(60), doha, lambda k: doha.backtest_part(k, 3, runs=60)),
        (ford.sensitivity(**assumed), ford, lambda k: ford.sensitivity_part(k, 3, **assumed)),
    ]:
        parts = {f"part-{k}": part(k) for k in (3, 1, 2)}
        merged = baraza.merge(parts, scenario)
        assert (merged.json, merged.text, merged.html) == (whole.json, whole.text, whole.html)
        with pytest.raises(baraza.ScenarioError, match="are missing"):
            baraza.merge({name: text for name, text in parts.items() if name != "part-2"}, scenario)
    # A part of the command line is the same file.
    words = ["--runs", 20, "--walks", 2, "--walk-runs", 5, "--rows", 4, "--method", "all", "--only", "party.*"]
    command("sensitivity", FORD, *words, "--part", "2/3", "--out", "part.json", folder=folder)
    assert (folder / "part.json").read_text(encoding="utf-8") == ford.sensitivity_part(2, 3, **assumed)
    with pytest.raises(TypeError, match="walk_runs"):
        ford.sensitivity(walk_run=5)
