"""Boxes are those of EMAworkbench's PRIM on the same table, step by step; a tree's leaves are those of scikit-learn."""

import baraza
import numpy
import pandas
import pytest
from conftest import ROOT

TABLE = ROOT / "tests/designs/ford.csv"
FOUND_OUT = ("outcome.", "signed.", "settled.", "reward.", "cell", "what_if")


def cases():
    """The assumptions of the table, numbers as numbers and words as words."""
    frame = pandas.read_csv(TABLE)
    frame = frame[[name for name in frame if not name.startswith(FOUND_OUT)]]
    return frame.astype({name: float for name in frame.select_dtypes("number")})


@pytest.mark.parametrize(
    ("of", "column", "least"),
    [("outcome.signed-then-broken >= 0.3", "outcome.signed-then-broken", 0.3), ("outcome.peace-holding >= 0.7", "outcome.peace-holding", 0.7)],
)
@pytest.mark.parametrize("peel", [0.05, 0.1])
def test_boxes_are_those_of_emaworkbench(of, column, least, peel):
    prim = pytest.importorskip("ema_workbench.analysis.prim", reason="there is no EMAworkbench: pip install ema_workbench")
    interest = (pandas.read_csv(TABLE)[column] >= least).to_numpy()
    x = cases()
    for name in x.select_dtypes(exclude="number"):
        x[name] = x[name].astype(object)
    theirs = prim.Prim(x, interest, threshold=0.5, peel_alpha=peel, paste_alpha=0.05, mass_min=0.05).find_box()
    answer = baraza.discover(TABLE.read_text(), of, peel=peel, boxes=1, resamples=2)
    mine = pandas.DataFrame.from_arrow(answer.tables["trajectory"])
    way = theirs.peeling_trajectory
    assert len(mine) == len(way) > 10
    for here, there in [("coverage", "coverage"), ("density", "density"), ("mass", "mass"), ("restricted", "res_dim")]:
        numpy.testing.assert_allclose(mine[here], way[there], rtol=1e-12, err_msg=here)
    chosen = pandas.DataFrame.from_arrow(answer.tables["boxes"])["step"][0]
    restrictions = pandas.DataFrame.from_arrow(answer.tables["restrictions"]).set_index("path")
    limits, whole = theirs.box_lims[chosen], theirs.prim.box_init
    quasi = theirs.qp[chosen]
    assert set(quasi) == set(restrictions.index)
    for path, row in restrictions.iterrows():
        expected = [p for p in quasi[path] if p >= 0]
        found = [p for p in (row["quasi_p_from"], row["quasi_p_to"]) if not pandas.isna(p)]
        numpy.testing.assert_allclose(found, expected, rtol=1e-9, err_msg=path)
        if isinstance(limits[path][0], set):
            assert set(row["words"].split("; ")) == limits[path][0]
        else:
            ends = [limits[path][k] if limits[path][k] != whole[path][k] else numpy.nan for k in (0, 1)]
            numpy.testing.assert_allclose([row["from_value"], row["to_value"]], ends, rtol=1e-12, err_msg=path)


def test_leaves_are_those_of_scikit_learn():
    tree = pytest.importorskip("sklearn.tree", reason="there is no scikit-learn")
    interest = pandas.read_csv(TABLE)["outcome.signed-then-broken"] >= 0.3
    x = cases().select_dtypes("number")
    only = list(x)
    answer = baraza.discover(TABLE.read_text(), "outcome.signed-then-broken >= 0.3", only=only, depth=2, mass=0.05, resamples=0)
    mine = pandas.DataFrame.from_arrow(answer.tables["leaves"])
    theirs = tree.DecisionTreeClassifier(max_depth=2, min_samples_leaf=8, random_state=0).fit(x, interest)
    leaf = theirs.apply(x)
    sizes = sorted((int((leaf == k).sum()), int(interest[leaf == k].sum())) for k in set(leaf))
    assert sorted(zip(mine["rows_inside"].astype(int), mine["of_interest"].astype(int), strict=True)) == sizes


def test_the_same_as_the_command_line(folder, command):
    text = TABLE.read_text()
    (folder / "table.csv").write_text(text)
    answer = baraza.discover(text, "outcome.signed-then-broken >= 0.3")
    words = ["discover", "table.csv", "--of", "outcome.signed-then-broken >= 0.3"]
    assert answer.text == command(*words, folder=folder)
    assert answer.json == command(*words, "--json", folder=folder)
    command(*words, "--html", "page.html", folder=folder)
    assert answer.html == (folder / "page.html").read_text(encoding="utf-8")


def test_what_is_no_condition_is_refused():
    for of, says in [("collapse", "write COLUMN"), ("outcome.colapse > 0", "outcome.collapse"), ("", "write COLUMN")]:
        with pytest.raises(baraza.UsageError, match=says):
            baraza.discover(TABLE.read_text(), of)
