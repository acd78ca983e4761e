"""Other people's tools take a scenario as one of theirs."""

import logging

import baraza
import pandas
import pytest
from conftest import ROOT

np = pytest.importorskip("numpy")

FORD = "spoiler-and-front.toml"


def test_sobol_indices_are_salibs_on_the_same_sample(folder):
    sobol = pytest.importorskip("SALib.analyze.sobol", reason="there is no SALib: pip install 'baraza[salib]'")
    from baraza import salib

    answer = baraza.load(FORD).sensitivity(method="sobol", rows=64, measure="round >= 12")
    problem, values = salib.played(answer)
    assert problem["num_vars"] == len(problem["names"]) == 13
    own = pandas.DataFrame.from_arrow(answer.tables["sobol"]).set_index(["measure", "path"])
    measures = list(own.index.get_level_values("measure").unique())
    assert len(measures) >= 4
    for measure in measures:
        theirs = sobol.analyze(problem, values[measure], calc_second_order=False, seed=1)
        for k, path in enumerate(problem["names"]):
            np.testing.assert_allclose(own.loc[(measure, path), "first"], theirs["S1"][k], atol=1e-12, err_msg=(measure, path))
            np.testing.assert_allclose(own.loc[(measure, path), "total"], theirs["ST"][k], atol=1e-12, err_msg=(measure, path))


def test_a_problem_of_salib_is_the_ranges(folder):
    pytest.importorskip("SALib", reason="there is no SALib: pip install 'baraza[salib]'")
    from baraza import salib
    from SALib.analyze import morris as analyze
    from SALib.sample import morris as sample

    ford = baraza.load(FORD)
    problem = salib.problem(ford)
    bounds = dict(zip(problem["names"], problem["bounds"], strict=True))
    assert bounds["party.highlands.alternative"] == [25, 56]
    assert bounds["party.lowlands.trust.highlands"] == [0, 3]
    assert bounds["spoiler.raiders.odds"] == [0.15, 0.6]
    points = sample.sample(problem, 3, seed=1)
    found = salib.play(ford, problem, points, runs=20, measure="round >= 12")
    assert {len(column) for column in found.values()} == {len(points)} and "round >= 12 (ever)" in found
    assert len(analyze.analyze(problem, points, found["outcome.peace-holding"])["mu_star"]) == 12
    # A point is the cell with its values: words by their places, whole numbers by their whole part.
    row = dict(zip(problem["names"], points[1], strict=True))
    levels = ["very-low", "low", "medium", "high", "very-high"]
    ranges = {one["path"]: one for one in ford.ranges()}
    cell = {
        path: ranges[path]["words"][min(int(x), int(ranges[path]["high"]))] if ranges[path]["words"]
        else min(int(x), int(ranges[path]["high"])) if ranges[path]["whole"] else x
        for path, x in row.items()
    }
    assert cell["party.lowlands.audience"] in levels
    alone = ford.design([cell], runs=20).wide
    assert dict(zip(alone.columns, alone.rows()[0], strict=True))["outcome.peace-holding"] == found["outcome.peace-holding"][1]
    own = salib.problem(ford, {"party.lowlands.alternative": (10, 12)}, only="party.lowlands.alternative")
    assert own["bounds"] == [[10, 13]]
    assert len(salib.play(ford, own, [[10.0], [12.9]], runs=5)["outcome.collapse"]) == 2
    with pytest.raises(ValueError, match="a column for each"):
        salib.play(ford, own, [10.0, 11.0])
    with pytest.raises(ValueError, match="method='sobol'"):
        salib.played(ford.ensemble(10))


def test_a_model_of_emaworkbench_plays_experiments(folder):
    workbench = pytest.importorskip("ema_workbench", reason="there is no EMAworkbench: pip install 'baraza[ema]'")
    from baraza import ema

    logging.disable()
    ford = baraza.load(FORD)
    model = ema.model(ford, runs=30, measure="round >= 12")
    experiments, outcomes = workbench.perform_experiments(model, scenarios=5, policies=2)
    assert len(experiments) == 10 and {len(found) for found in outcomes.values()} == {10}
    assert "outcome_peace_holding" in outcomes and "round_12_ever" in outcomes
    # An experiment is the cell with its values.
    paths = model.function.names
    for k, experiment in experiments.iterrows():
        cell = {path: experiment[name] for name, path in paths.items()}
        known = [one["id"] for one in ford.list()["what_ifs"]]
        lever = experiment["what_if"] if experiment["what_if"] in known else None
        wide = ford.design([{"what_if": lever, **cell}], runs=30).wide
        row = dict(zip(wide.columns, wide.rows()[0], strict=True))
        assert outcomes["outcome_peace_holding"][k] == row["outcome.peace-holding"]
    logging.disable(logging.NOTSET)


def test_emaworkbenchs_prim_takes_a_design(folder):
    prim = pytest.importorskip("ema_workbench.analysis.prim", reason="there is no EMAworkbench: pip install 'baraza[ema]'")
    from baraza import ema

    design = baraza.load(FORD).design(sample="lhs", points=60, levers="each", runs=20)
    x, outcomes = ema.experiments(design)
    assert len(x) == 240 and set(x["what_if"]) >= {"as_it_stands", "no-monitors"}
    interest = outcomes["outcome.signed-then-broken"] >= 0.3
    way = prim.Prim(x, interest, threshold=0.5).find_box().peeling_trajectory
    own = pandas.DataFrame.from_arrow(baraza.discover(design.wide, "outcome.signed-then-broken >= 0.3", boxes=1, resamples=0).tables["trajectory"])
    np.testing.assert_allclose(own["density"], way["density"])
    with pytest.raises(ValueError, match="not of a design"):
        ema.experiments(baraza.load(FORD).ensemble(10))


def test_a_model_of_mesa_is_the_talks(folder):
    pytest.importorskip("mesa", reason="there is no Mesa: pip install 'baraza[mesa]'")
    from baraza import mesa

    ford = baraza.load(FORD)
    talks = mesa.Talks(ford, seed=3, run=5, collect={"track": "track.valley.state", "round again": lambda talks: talks.round})
    while talks.running:
        talks.step()
    modelled = ford.run(3, 5)
    frame = talks.datacollector.get_model_vars_dataframe()
    assert frame["outcome"].iloc[-1] == modelled.outcome and list(frame["round"]) == list(frame["round again"])
    changes = [(entry["round"], entry["to"]) for entry in modelled.why("track.valley.state")]
    number, state = changes[0]
    assert frame.loc[frame["round"] == number, "track"].iloc[0] == state
    agents = talks.datacollector.get_agent_vars_dataframe()
    assert set(agents["role"]) == {"highlands", "lowlands", "elders"}
    with pytest.raises(KeyError, match="track.valley.state"):
        talks.quantity("track.valley.stat")
    talks.step()
    assert talks.round == len(frame), "talks that are over stand still"


def test_roles_of_mesa_decide(folder):
    pytest.importorskip("mesa", reason="there is no Mesa: pip install 'baraza[mesa]'")
    from baraza import mesa

    class Stubborn(mesa.Role):
        def step(self):
            assert 0 <= self.sees["round"] <= 1
            self.orders = {"floor.valley": 100, "sign.truce": "refuse", "sign.peace": "refuse"}

    ford = baraza.load(FORD)
    for run in range(5):
        talks = mesa.Talks(ford, role={"lowlands": Stubborn}, run=run)
        while talks.running:
            talks.step()
        assert talks.quantity("instrument.peace.state") not in ("signed", "ratified", "in-force")
        assert talks.roles["lowlands"].reward == 0.0
    talks = mesa.Talks(ford, role={"lowlands": Stubborn})
    talks.roles["lowlands"].step = lambda: talks.roles["lowlands"].orders.update({"floor": 3})
    with pytest.raises(baraza.UsageError, match="no field `floor`"):
        talks.step()


def peers():
    """The domains of benches/peers/negmas.py, and how it makes them."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("peers", ROOT / "benches/peers/negmas.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("shape", [0, 1])
def test_agreements_with_negmas_are_equal_on_ten_domains(shape, seed):
    negmas = pytest.importorskip("negmas", reason="there is no NegMAS: pip install 'baraza[negmas]'")
    from baraza.negmas import Tactic, negotiate
    from negmas.preferences.value_fun import TableFun

    steps, domains = 100, peers()
    _, parties, sizes = domains.DOMAINS[shape]
    issues = [negmas.make_issue([f"o{v}" for v in range(size)], f"i{k}") for k, size in enumerate(sizes)]
    ufuns = [
        negmas.LinearAdditiveUtilityFunction(
            values=[TableFun({f"o{v}": points / 100 for v, points in enumerate(row)}) for row in rows],
            weights=[1.0] * len(sizes),
            issues=issues,
            reserved_value=0.0,
        )
        for rows in domains.draw(parties, sizes, seed)
    ]
    kinds = [(negmas.BoulwareTBNegotiator, 0.25), (negmas.ConcederTBNegotiator, 4)]
    tactics = [{"kind": "polynomial", "beta": kinds[k % 2][1]} for k in range(parties)]
    theirs = lambda k: kinds[k % 2][0](name=f"p{k}")  # noqa: E731

    def mechanism(own):
        """NegMAS's mechanism with this program's tactic in one seat."""
        talks = negmas.SAOMechanism(issues=issues, n_steps=steps)
        for k, ufun in enumerate(ufuns):
            talks.add(Tactic(tactics[k], name=f"p{k}") if k == own else theirs(k), preferences=ufun)
        state = talks.run()
        assert not state.has_error, state.error_details
        return state.agreement

    agreed = mechanism(None)
    assert agreed is not None
    assert negotiate(issues, ufuns, tactics, steps) == agreed
    for seat in range(parties):
        assert mechanism(seat) == agreed
        assert negotiate(issues, ufuns, [theirs(k) if k == seat else tactics[k] for k in range(parties)], steps) == agreed
