"""Runs small inputs that once went wrong, each with the value that is right.

    python3 tests/scripts/cases.py BARAZA [FOLDER [NAME...]]

The inputs are a folder beside the repository (`../shared/cases`); where it is not there, that is said. Exit code 0 when all
that was run is right. A NAME runs only the cases whose names begin with it.
"""

import csv
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
BARAZA = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE / "target/debug/baraza"
CASES = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else HERE.parent / "shared/cases"
CHECKS = []


class Wrong(Exception):
    """What was expected, and what came."""


def case(name):
    """A check by this name."""
    def add(check):
        CHECKS.append((name, check))
        return check
    return add


def expect(right, what):
    if not right:
        raise Wrong(what)


class Result:
    """What a command said."""

    def __init__(self, done, seconds):
        self.code, self.seconds = done.returncode, seconds
        self.raw = done.stdout + done.stderr
        self.out = done.stdout.decode(errors="replace")
        self.err = done.stderr.decode(errors="replace")
        # Lines are broken for terminals.
        self.said = " ".join((self.out + " " + self.err).split())

    def json(self):
        return json.loads(self.out)


def run(*words, folder=None, stdin="", seconds=300, code=0, before=None):
    start = time.monotonic()
    command = [str(BARAZA), *map(str, words)]
    try:
        done = subprocess.run(command, input=stdin.encode(), capture_output=True, timeout=seconds,
                              cwd=folder or CASES, preexec_fn=before)
    except subprocess.TimeoutExpired:
        raise Wrong(f"`{' '.join(command[1:])}` is not done after {seconds} s") from None
    result = Result(done, time.monotonic() - start)
    if code is not None:
        expect(result.code == code, f"`{' '.join(command[1:])}` ends with {result.code}, not {code}: {result.said[-300:]}")
    return result


def board(folder):
    return run("analyze", folder, "--json").json()["boards"][0]


def solution(board, concept):
    return next((s for s in board["solutions"] if s["concept"] == concept), None)


@case("01-genius-lenient-xml")
def lenient():
    folder = CASES / "01-genius-lenient-xml"
    figures = ("packages", "opposition")
    right = board(folder / "ok")
    control = run("analyze", folder / "ok")
    for one in sorted(p for p in folder.iterdir() if p.is_dir() and p.name != "ok"):
        found = board(one)
        expect([found[f] for f in figures] == [right[f] for f in figures], f"{one.name}: other figures than the control")
        told = run("analyze", one)
        # Blank lines before the first are skipped without a word.
        noted = "XML" in told.said.replace("GENIUS XML", "")
        expect(noted or one.name == "c-blank-line", f"{one.name}: no note that the file is no XML")
    expect("XML" not in control.said.replace("GENIUS XML", ""), "the control, which is XML, gets a note")


@case("04-resolve-fractions")
def fractions():
    folder = CASES / "04-resolve-fractions"
    best = run("resolve", folder / "two-options.toml", "--agent", "a", "--json").json()["cases"][0]
    expect(abs(best["values"][0] - 40.9) < 1e-9, f"at best {best['values'][0]}, not 40.9")
    motions = [d["choice"] for d in best["policy"] if d["what"] == "motion"]
    expect(motions and set(motions) == {"higher"}, f"a moves {motions}, not `higher`")
    # The figure of `exact` is that of the policy played as the scenario has it.
    exact = run("exact", folder / "give.toml", "--json").json()
    seats = json.dumps(exact)
    expect("40.9" in seats, "exact does not say 40.9")
    played = run("resolve", folder / "give.toml", "--agent", "a")
    expect("has it 40.9" in played.said, "resolve's “as the scenario has it” is not exact's 40.9")


def agreed_in(document):
    for r in document["rounds"]:
        for turn in r["turns"]:
            for change in turn["changes"]:
                if change["path"].startswith("item.") and change["to"] == "agreed":
                    return r["round"]
    return None


@case("08-target-rounding")
def targets():
    folder = CASES / "08-target-rounding"
    found = agreed_in(run("run", folder / "third.toml", "--json").json())
    expect(found == 1, f"third.toml: agreed in round {found}, not 1")
    found = agreed_in(run("run", folder / "sixth.toml", "--json").json())
    # Linear over six rounds: 90, 80, 70, ... : 80 is what is asked for in the second.
    expect(found == 2, f"sixth.toml: agreed in round {found}, not 2")
    told = run("run", folder / "third.toml").said
    expect("80.002" not in told, "80.002 for 80")


@case("09-game-without-vetoes")
def vetoes():
    found = board(CASES / "09-game-without-vetoes/minimal")
    expect(found["rule"]["may_refuse"] == 1, f"may_refuse {found['rule']['may_refuse']}, not 1")
    expect(found["zone"]["passing"] == 1, f"passing {found['zone']['passing']}, not 1")


@case("10-seeds")
def interrupted():
    """A part that is stopped keeps what is done and goes on from there, to the bytes of one that was not."""
    scenario = HERE / "scenarios/doha-2025.toml"
    with tempfile.TemporaryDirectory() as folder:
        words = ["ensemble", str(scenario), "--from", "0", "--to", "120000", "--out"]
        started = subprocess.Popen([str(BARAZA), *words, "x.shard"], cwd=folder, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        time.sleep(4)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=120)
        said = (out + err).decode()
        kept = [p for p in Path(folder).iterdir() if p.stat().st_size > 0]
        expect(kept, f"nothing is kept: {said[-300:]}")
        stopped = re.search(r"\d[\d,]{2,}", said.replace("120000", ""))
        expect(stopped, f"it is not said where it stops: {said[-300:]}")
        # What a second start says is what it needs to go on: no more than the rest is played.
        second = run(*words, "x.shard", folder=folder, seconds=900, code=None)
        if second.code != 0:
            second = run(*words, "x.shard", "--force", folder=folder, seconds=900)
        run(*words, "whole.shard", folder=folder, seconds=900)
        one, other = (Path(folder, n).read_bytes() for n in ("x.shard", "whole.shard"))
        expect(one == other, "the part that was gone on with is not that of one go")


@case("13-sensitivity")
def exchangeable():
    file = CASES / "13-sensitivity/prod.toml"
    sobol = run("sensitivity", file, "--method", "sobol", "--rows", "8192", "--json").json()["answers"][0]["sobol"]
    text = json.dumps(sobol)
    expect("NaN" not in text, "NaN")
    for seed in (1, 2):
        told = run("sensitivity", file, "--seed", seed)
        expect("a.alternative`; then" not in told.said and "b.alternative`; then" not in told.said,
               f"seed {seed}: a and b, which are exactly alike, are put in an order")
        expect(re.search(r"cannot tell which|told apart", told.said), f"seed {seed}: that they are alike is not said")
        expect(not re.search(r" 0\.$", told.out, re.M), f"seed {seed}: a figure is cut to “0.”")
        morris = [re.split(r"\s+", line.strip())[1] for line in told.out.splitlines()
                  if re.match(r"\s+party\.\w\.alternative\s+\d", line)]
        expect(all(abs(float(m)) <= 100 for m in morris), f"seed {seed}: μ* of {morris} points of 100")


@case("16-csv")
def spreadsheets():
    file = CASES / "16-csv/t.toml"
    with tempfile.TemporaryDirectory() as folder:
        run("ensemble", file, "--runs", "200", "--csv", "out", "--excel", folder=folder)
        tables = sorted(Path(folder, "out").glob("*.csv"))
        expect(tables, "no tables")
        for table in tables:
            raw = table.read_bytes()
            expect(raw.startswith(b"\xef\xbb\xbf"), f"{table.name} has no byte order mark")
            for row in csv.reader(raw.decode("utf-8-sig").splitlines()):
                for cell in row:
                    runs = cell[:1] in "=+-@\t\r" and cell and not re.fullmatch(r"[-+]?[0-9.eE+-]+", cell)
                    expect(not runs, f"{table.name}: a spreadsheet would run {cell!r}")


@case("18-red-lines")
def red_lines():
    file = CASES / "18-red-lines/red.toml"
    document = run("resolve", file, "--agent", "one", "--agent", "two", "--json").json()
    values = document["cases"][0]["values"]
    expect([round(v, 9) for v in values] == [60, 40], f"{values}, not 60 and 40")


@case("20-event-dates")
def dates():
    found = run("backtest", CASES / "20-event-dates/dated.toml", "--runs", "100")
    expect(re.search(r"r1\s+100\.0%", found.out), "the event of 2 January is not in round 1 of every run")


@case("21-threshold")
def thresholds():
    file = CASES / "21-threshold/p.toml"
    for odds in ("0.1", "0.2", "0.25", "0.3", "0.5", "0.7", "0.9"):
        for sign in (">=", "<="):
            claim = f"P(event.rain.state == fired) {sign} {odds}"
            found = run("verify", file, "--set", f"event.rain.odds={odds}", "--property", claim, code=None)
            expect(found.code == 0 and "PROVED" in found.out, f"odds {odds}: `{claim}` is not proved")
    for claim in ("P(event.rain.state == fired) >= 0.20001", "P(event.rain.state == fired) <= 0.19999"):
        found = run("verify", file, "--set", "event.rain.odds=0.2", "--property", claim, code=None)
        expect(found.code == 1 and "REFUTED" in found.out, f"odds 0.2: `{claim}` is not refuted")


@case("31-kalai")
def kalai():
    found = solution(board(CASES / "31-kalai"), "kalai-genius")
    # The sum over all pairs is 4 · 0.4 for A and 3 · 0.5 for B.
    expect(found and found["package"] == ["B"], f"{found and found['package']}, not B")
    expect(abs(found["value"] - 1.5) < 1e-9, f"{found['value']}, not 1.5")


@case("32-ties")
def ties():
    found = solution(board(CASES / "32-ties"), "utilitarian-relative")
    expect(found and found["packages"] == 3, f"{found and found['packages']} packages tie at 0, not 3")
    expect("-0.0000" not in run("analyze", CASES / "32-ties").out, "-0.0000")


@case("40-model/breach-makes-ceasefire")
def breach():
    file = CASES / "40-model/breach-makes-ceasefire.toml"
    for seed in range(40):
        often = ["--set", "dynamics.compliance.base=0.4"] if seed else []
        for number, r in enumerate(run("run", file, "--seed", seed, *often, "--json").json()["rounds"]):
            for turn in r["turns"]:
                broken = any(c["path"].endswith(".breaches") for c in turn["changes"])
                starts = any(c["path"].endswith(".ceasefire") and c["to"] in (True, "true") for c in turn["changes"])
                expect(not (broken and starts), f"seed {seed}, round {number + 1}: a breach switches a ceasefire on")


RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")


@case("50-hostile/escapes")
def escapes():
    folder = CASES / "50-hostile"
    commands = [[c, folder / f] for f in ("esc.toml", "c1.toml", "c1b.toml", "mermaid-init.toml")
                for c in ("check", "run", "ensemble", "what-if", "backtest", "analyze", "exact", "verify", "sensitivity",
                          "sheets", "diagram", "import")]
    commands += [["resolve", folder / "esc.toml", "--agent", "a"], ["explain", "\x1b[31m"], ["run", "\x1b[31m"]]
    for words in commands:
        found = run(*words, code=None)
        stray = RAW.search(found.raw.decode("utf-8", "surrogateescape"))
        expect(not stray, f"`{' '.join(map(str, words))}` prints {stray and stray.group()!r} raw")
        expect("panicked" not in found.said, f"`{words[0]}` panics")
    with tempfile.TemporaryDirectory() as out:
        found = run("export", folder / "esc.toml", "--format", "drn", "--out", Path(out, "x.drn"), code=None)
        expect(not RAW.search(found.raw.decode("utf-8", "surrogateescape")), "`export` prints escapes raw")


@case("50-hostile/sheet-collision")
def collision():
    with tempfile.TemporaryDirectory() as folder:
        found = run("sheets", CASES / "50-hostile/sheet-collision.toml", "--out", "out", folder=folder)
        files = [p for p in Path(folder, "out").rglob("*") if p.is_file()]
        counted = re.search(r"wrote (\d+) files", found.said)
        expect(counted and int(counted.group(1)) == len(files), f"{found.said[-100:]!r}, and there are {len(files)} files")
        # The briefing, the guide, and one for each of three roles.
        expect(len(files) >= 5, f"{len(files)} files for three roles, the briefing and the guide")


@case("50-hostile/logs")
def logs():
    folder = CASES / "50-hostile"
    for name in ("noseat.jsonl", "two-writers.jsonl"):
        with tempfile.TemporaryDirectory() as place:
            log = Path(place, name)
            log.write_bytes((folder / name).read_bytes())
            before = log.read_bytes()
            found = run("play", "--resume", log, folder=HERE, stdin="state\n", code=None)
            expect("panicked" not in found.said and found.code >= 0, f"{name}: panics")
            expect(found.code in (0, 1, 2, 3), f"{name}: ends with {found.code}")
            expect(log.read_bytes().startswith(before) or found.code != 0, f"{name}: lines are gone")


@case("50-hostile/mermaid-init")
def mermaid():
    found = run("diagram", CASES / "50-hostile/mermaid-init.toml")
    expect("%%{" not in found.out, "a title sets the theme of the diagram")


@case("50-hostile/ao-exposes")
def alternating_offers():
    folder = CASES / "50-hostile"
    found = run("run", folder / "ao-exposes-11.toml", "--detail", "brief", seconds=60)
    expect(found.seconds < 15, f"{found.seconds:.0f} s for 11 items")
    run("run", folder / "ao-exposes-11-200.toml", "--detail", "brief", seconds=110)


@case("50-hostile/backers16")
def backers():
    """`--max-states 1000` takes no half gigabyte; under a limit on addresses it is refused or done, never killed."""
    file = CASES / "50-hostile/backers16.toml"
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    command = ["bash", "-c", f"ulimit -v 1000000; exec timeout 300 {BARAZA} exact --max-states 1000 --threads 2 {file}"]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, timeout=400)
    took = time.monotonic() - start
    expect(done.returncode in (0, 1), f"ends with {done.returncode} after {took:.0f} s: {done.stderr[-300:]!r}")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    expect(most == before or most < 300_000, f"{most // 1000} MB")


def main():
    if not CASES.is_dir():
        print(f"skipped: there is no {CASES}")
        return 0
    only, wrong, skipped = sys.argv[3:], 0, 0
    # The one that asks how much memory it takes comes before any that takes more.
    for name, check in sorted(CHECKS, key=lambda c: c[0] != "50-hostile/backers16"):
        if only and not any(name.startswith(o) for o in only):
            continue
        if not (CASES / name.split("/")[0]).is_dir():
            print(f"skipped  {name}")
            skipped += 1
            continue
        try:
            check()
            print(f"right    {name}", flush=True)
        except Wrong as what:
            wrong += 1
            print(f"WRONG    {name}: {what}", flush=True)
        except (KeyError, IndexError, TypeError, ValueError, OSError) as error:
            wrong += 1
            print(f"WRONG    {name}: what it prints cannot be read ({type(error).__name__}: {error})", flush=True)
    print(f"{wrong} wrong, {skipped} skipped")
    return 1 if wrong else 0


sys.exit(main())
