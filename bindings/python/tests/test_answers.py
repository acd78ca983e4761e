"""Answers are those of the command line, byte for byte, and can be had as tables, figures and pages."""

import json
import pickle
import threading

import baraza
import pandas
import polars
import pyarrow
import pytest

FORD = "spoiler-and-front.toml"
CHANGES = {"party.lowlands.audience": "low", "spoiler.raiders.odds": 0.5}
SET = ["--set", "party.lowlands.audience=low", "--set", "spoiler.raiders.odds=0.5"]

#: What is asked: words of the command, and the same in Python.
ASKED = [
    (["run", FORD, "--seed", "3", "--run", "5"], lambda: baraza.load(FORD).run(3, 5).answer),
    (["run", FORD, "--detail", "full"], lambda: baraza.load(FORD).run(detail="full").answer),
    (
        ["ensemble", FORD, "--runs", "300", "--measure", "round >= 12", "--what-if", "no-monitors", *SET],
        lambda: baraza.load(FORD).what_if("no-monitors").set(CHANGES).ensemble(300, measure="round >= 12"),
    ),
    (
        ["ensemble", FORD, "--until-width", "0.1", "--seed", "8"],
        lambda: baraza.load(FORD).ensemble(until_width=0.1, seed=8),
    ),
    (["what-if", FORD, "--runs", "60"], lambda: baraza.load(FORD).compare(runs=60)),
    (["what-if", FORD, "--runs", "60", *SET], lambda: baraza.load(FORD).compare(set=CHANGES, runs=60)),
    (
        ["sensitivity", FORD, "--runs", "20", "--walks", "2", "--walk-runs", "5", "--outcome", "collapse"],
        lambda: baraza.load(FORD).sensitivity(outcome="collapse", runs=20, walks=2, walk_runs=5),
    ),
    (
        ["sensitivity", FORD, "--method", "sobol", "--rows", "4", "--range", "party.highlands.alternative=20..30"],
        lambda: baraza.load(FORD).sensitivity(method="sobol", rows=4, ranges={"party.highlands.alternative": (20, 30)}),
    ),
    (["exact", "two-parties.toml"], lambda: baraza.load("two-parties.toml").exact()),
    (["analyze", FORD, "--runs", "0"], lambda: baraza.load(FORD).analyze(0)),
    (["analyze", FORD, "--runs", "60", "--seed", "3"], lambda: baraza.load(FORD).analyze(60, seed=3)),
    (
        ["resolve", "harvest.toml", "--agent", "highlands"],
        lambda: baraza.load("harvest.toml").resolve("highlands"),
    ),
    (
        ["resolve", "two-parties.toml", "--agent", "highlands", "--agent", "lowlands"],
        lambda: baraza.load("two-parties.toml").resolve("highlands", "lowlands"),
    ),
    (
        ["verify", "two-parties.toml", "--property", "always round <= 13"],
        lambda: baraza.load("two-parties.toml").verify(property="always round <= 13"),
    ),
    (
        ["design", FORD, "--sample", "lhs", "--points", "3", "--levers", "each", "--runs", "20"],
        lambda: baraza.load(FORD).design(sample="lhs", points=3, levers="each", runs=20),
    ),
]


@pytest.mark.parametrize(("words", "ask"), ASKED, ids=[" ".join(words) for words, _ in ASKED])
def test_the_same_bytes_as_the_command_line(folder, command, words, ask):
    answer = ask()
    assert answer.text == command(*words, folder=folder)
    if "--detail" not in words:  # a document has all of it
        assert answer.json == command(*words, "--json", folder=folder)
    command(*words, "--csv", "csv", "--svg", "svg", "--html", "page.html", "--slides", "slides.html", folder=folder)
    read = lambda name: (folder / name).read_text(encoding="utf-8")  # noqa: E731
    assert answer.html == read("page.html")
    assert answer.slides == read("slides.html")
    tables = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "csv").glob("*.csv")}
    assert {name: table.csv for name, table in answer.tables.items()} == tables
    figures = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "svg").glob("*.svg")}
    assert {name: figure.svg for name, figure in answer.figures.items()} == figures


def test_a_policy_can_be_had_and_followed(folder, command):
    scenario = baraza.load("two-parties.toml")
    party = scenario.list()["tracks"][0]["parties"][0]["id"]
    best = scenario.resolve(party, policy=True)
    command("resolve", "two-parties.toml", "--agent", party, "--policy", "policy.csv", folder=folder)
    assert best.policy.csv == (folder / "policy.csv").read_text(encoding="utf-8")
    assert scenario.resolve(party).policy is None
    values = {row[0]: row[3] for row in best.tables["values"].rows()}
    followed = {row[0]: row[3] for row in scenario.resolve(party, follow=best.policy).tables["values"].rows()}
    assert abs(followed["as given"] - values["at best"]) < 1e-9
    with pytest.raises(baraza.UsageError, match="name the parties"):
        scenario.resolve()


def test_what_refutes_a_property_is_told(folder, command):
    scenario, claim = baraza.load("two-parties.toml"), "always round <= 1"
    refuted = scenario.verify(property=claim)
    assert not refuted.verdict and scenario.verify(property="always round >= 1").verdict
    with pytest.raises(AssertionError):  # the answer is no
        command("verify", "two-parties.toml", "--property", claim, "--trace", "trace.jsonl", folder=folder)
    assert refuted.trace == (folder / "trace.jsonl").read_text(encoding="utf-8")


def test_a_history_beside_many_runs_is_the_same(command):
    from conftest import ROOT

    doha = baraza.load(ROOT / "scenarios/doha-2025.toml", name="scenarios/doha-2025.toml")
    assert doha.backtest(runs=50).json == command("backtest", "scenarios/doha-2025.toml", "--runs", 50, "--json")


def test_tables_are_arrow_for_everybody(folder):
    answer = baraza.load(FORD).ensemble(200)
    outcomes = answer.tables["outcomes"]
    rows = json.loads(answer.json)["tables"]["outcomes"]["rows"]
    assert [list(row) for row in outcomes.rows()] == rows
    frame = polars.DataFrame(outcomes)
    assert frame.columns == outcomes.columns
    assert [list(row) for row in frame.rows()] == rows
    table = pyarrow.table(outcomes)
    assert table.schema == pyarrow.schema(outcomes)
    assert [list(row.values()) for row in table.to_pylist()] == rows
    assert pandas.DataFrame.from_arrow(outcomes).to_dict("list") == table.to_pydict()
    assert sum(frame["runs"]) == 200


def test_empty_cells_and_dates_are_read_as_what_they_are(folder):
    ended = pyarrow.table(baraza.load(FORD).ensemble(20).tables["ended_by_round"])
    assert str(ended.schema.field("date").type) == "date32[day]"
    assert str(ended["date"][0].as_py()) == "2031-03-01"
    estimates = polars.DataFrame(baraza.load(FORD).design(levers="each", runs=20).tables["estimates"])
    rewards = estimates.filter(polars.col("measure") == "reward")
    assert len(rewards) == 4 and rewards["runs"].null_count() == 4


def test_a_notebook_shows_answer_and_figures(folder):
    answer = baraza.load(FORD).ensemble(50)
    shown = answer._repr_html_()
    assert answer.sentence.replace("&", "&amp;") in shown and shown.count("data:image/svg+xml,") == len(answer.figures)
    figure = next(iter(answer.figures.values()))
    assert figure.svg.startswith("<svg") and "<img" in figure._repr_html_()
    assert "<table>" in answer.tables["outcomes"]._repr_html_()


def test_a_run_is_a_record_that_says_why(folder):
    run = baraza.load(FORD).run(1, 0)
    turns = list(run)
    assert len(turns) == len(run) > 20 and turns[0]["round"] == 1
    assert run.outcome == run.end["outcome"] == "peace-holding"
    signed = [entry for entry in run.why("truce") if entry["entry"] == "signs"]
    assert signed and all({"needs", "sees", "signs"} <= entry.keys() for entry in signed)
    moved = run.why("track.valley.state")
    assert [entry["to"] for entry in moved][:1] == ["open"]
    assert all(entry["round"] == 6 for entry in run.why("truce", round=6))


def test_scenarios_change_by_giving_others(folder):
    ford = baraza.load(FORD)
    other = ford.set({"party.lowlands.audience": "low"}).set({"party.lowlands.audience": "high"})
    assert ford.changes == {} and other.changes == {"party.lowlands.audience": "high"}
    assert ford.fingerprint != other.fingerprint
    same = pickle.loads(pickle.dumps(other.what_if("no-monitors", "neighbour-yields")))
    assert same.ensemble(20).json == other.what_if("no-monitors", "neighbour-yields").ensemble(20).json
    paths = {setting["path"] for setting in ford.list()["paths"]}
    assert "party.lowlands.audience" in paths


def test_a_text_is_a_scenario_too(folder):
    text = (folder / FORD).read_text(encoding="utf-8")
    assert baraza.load(text, name=FORD).ensemble(30).json == baraza.load(FORD).ensemble(30).json


def test_mistakes_come_with_their_carets(folder):
    with pytest.raises(baraza.UsageError) as caught:
        baraza.load(FORD).set({"party.lowlands.audience": "huge"})
    assert "^" in str(caught.value) and "party.lowlands.audience=huge" in str(caught.value)
    [place] = caught.value.diagnostics
    assert place["severity"] == "error" and place["file"] == "--set" and "^" in place["text"]
    with pytest.raises(baraza.ScenarioError) as caught:
        baraza.load('[scenario]\ntitle = "x"\nronds = 3\n')
    assert any(place["line"] == 3 and place["code"].startswith("B") for place in caught.value.diagnostics)
    for wrong, says in [
        (lambda: baraza.load(FORD).what_if("no-monitor"), "no-monitors"),
        (lambda: baraza.load(FORD).ensemble(measure="round >"), "a question is a condition"),
        (lambda: baraza.load(FORD).ensemble(runs=-1), "these options are not understood"),
        (lambda: baraza.load(FORD).what_if("no-monitors").compare(), "ask it of the scenario without changes"),
    ]:
        with pytest.raises(baraza.BarazaError, match=says):
            wrong()
    assert issubclass(baraza.BarazaError, ValueError)
    with pytest.raises(OSError):
        baraza.load("nowhere.toml")


def test_other_threads_go_on_while_it_computes(folder):
    ford, done, ticks = baraza.load(FORD), threading.Event(), [0]

    def tick():
        while not done.is_set():
            ticks[0] += 1

    thread = threading.Thread(target=tick)
    thread.start()
    before = ticks[0]
    ford.ensemble(4_000)
    after = ticks[0]
    done.set()
    thread.join()
    assert after > before, "the interpreter was let go of"
