//! A scenario with changes, and what can be asked of it.

use baraza::domain::{Assumption, Model, World};
use baraza::drivers::enumerate::MemoryBudget;
use baraza::drivers::{Head, Sampler, record};
use baraza::scenario::{self, Source, Variants};
use baraza::studies::analyze::{Onlookers, Report, Runs, Scenario as Analysed, boards, play};
use baraza::studies::backtest::Record;
use baraza::studies::design::part::{Origin as PartOrigin, join};
use baraza::studies::design::{self, Asked, Design, Part, Portion, Sheet};
use baraza::studies::discover as discovery;
use baraza::studies::ensemble::Runs as Ensemble;
use baraza::studies::exact::States;
use baraza::studies::load;
use baraza::studies::merged::Merged;
use baraza::studies::parted::{self, Parted};
use baraza::studies::ranges;
use baraza::studies::refusal::Refusal;
use baraza::studies::resolve::{self, Decisions, Follow, POLICY, Way};
use baraza::studies::run::OneRun;
use baraza::studies::sealed::{self, Sealed};
use baraza::studies::sensitivity::{self, Assumptions, Parts};
use baraza::studies::shard::{self, Shard};
use baraza::studies::study::{LOOK, Made, Study};
use baraza::studies::verify::{self, Claims, TRACE};
use baraza::studies::what_if::Changes;
use baraza::studies::{backtest, ensemble, exact, what_if};
use baraza::telling::chronicle::Detail;
use baraza::telling::list::{self, List};
use baraza::telling::{Origin, Run};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::errors::{places, raised, usage};
use crate::work::{carry_out, carry_out_part, watched};

/// Memory for exact answers where nobody says how many states may be kept, in bytes.
const ROOM: u64 = 2 << 30;

/// A scenario with changes. It never changes itself: what changes it gives another one.
#[pyclass(frozen, module = "baraza._baraza")]
pub struct Scenario {
    source: Source,
    set: Vec<(String, String)>,
    what_if: Option<String>,
}

/// Options from the JSON that the package makes of arguments.
pub fn options<O: DeserializeOwned>(py: Python<'_>, json: &str) -> PyResult<O> {
    serde_json::from_str(json).map_err(|e| usage(py, format!("these options are not understood: {e}")))
}

/// Part `number` of `of`.
fn portion(py: Python<'_>, number: u32, of: u32) -> PyResult<Portion> {
    format!("{number}/{of}").parse().map_err(|message: String| usage(py, message))
}

/// So many states, or what memory there is for them.
fn room(max_states: Option<usize>) -> MemoryBudget {
    max_states.map_or(MemoryBudget::bytes(ROOM), MemoryBudget::of)
}

impl Scenario {
    fn changed(&self) -> (Option<&str>, &[(String, String)]) {
        (self.what_if.as_deref(), &self.set)
    }

    fn load(&self) -> Result<World, Refusal> {
        Ok(load::world(&self.source, self.what_if.as_deref(), &self.set)?.0)
    }

    /// The world with its changes.
    pub fn world(&self, py: Python<'_>) -> PyResult<World> {
        self.load().map_err(|refusal| raised(py, &refusal))
    }

    fn made(&self, name: &str, words: Vec<String>) -> Made {
        Made::about(name, &self.source.name, self.changed(), words)
    }

    fn origin(&self, world: &World) -> Origin {
        Origin {
            fingerprint: scenario::fingerprint(world),
            what_if: self.what_if.clone(),
            set: self.set.clone(),
            ..Origin::default()
        }
    }

    /// Changes are held against the scenario as its file has it.
    fn unchanged(&self, py: Python<'_>) -> PyResult<()> {
        if self.what_if.is_none() && self.set.is_empty() {
            return Ok(());
        }
        let message = "compare() holds changes against the scenario as its file has it: ask it of the scenario without changes, \
                       and give them as what-ifs or with set={...}";
        Err(usage(py, message))
    }

    /// Plays a part of a study.
    fn part_of<S>(&self, py: Python<'_>, study: &S, (number, of): (u32, u32)) -> PyResult<String>
    where
        S: Parted + Sync,
        S::Partial: Send,
    {
        let portion = portion(py, number, of)?;
        let range = portion.within(study.total(), ("the study", study.pieces()));
        let range = range.map_err(|refusal| raised(py, &refusal))?;
        let origin = parted::Origin::of(study, self.source.name.clone(), range.clone());
        let counts = carry_out_part(py, study, range.clone())?;
        Ok(parted::Part::new::<S>(origin, range.end, &counts).write())
    }

    fn planned(&self, py: Python<'_>, options: design::Options, sheet: Option<Sheet>) -> PyResult<Design> {
        let (what_if, set) = self.changed();
        let world = self.world(py)?;
        let asked = Asked { source: &self.source, what_if, set, sheet: sheet.as_ref() };
        py.detach(|| Design::plan(world, asked, options)).map_err(|refusal| raised(py, &refusal))
    }
}

/// Plays what was planned and tells it; where Ctrl-C left nothing to tell, that was raised before.
fn tell<S>(py: Python<'_>, study: &S, made: impl FnOnce(&S::Partial) -> Made) -> PyResult<Answer>
where
    S: Study + Sync,
    S::Partial: Send,
{
    let partial = carry_out(py, study)?;
    let made = made(&partial);
    match study.findings(partial, &made) {
        Some(findings) => Answer::of(py, &*findings, false),
        None => Err(usage(py, "nothing was played")),
    }
}

#[pymethods]
impl Scenario {
    #[new]
    fn new(py: Python<'_>, name: String, text: String) -> PyResult<Self> {
        let scenario = Self { source: Source { name, text }, set: Vec::new(), what_if: None };
        scenario.world(py)?;
        Ok(scenario)
    }

    /// The name of its file.
    #[getter]
    fn name(&self) -> &str {
        &self.source.name
    }

    /// Its text, without the changes.
    #[getter]
    fn text(&self) -> &str {
        &self.source.text
    }

    /// Its title.
    #[getter]
    fn title(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.world(py)?.title)
    }

    /// The SHA-256 of it as understood, with its changes.
    #[getter]
    fn fingerprint(&self, py: Python<'_>) -> PyResult<String> {
        Ok(scenario::fingerprint(&self.world(py)?))
    }

    /// The changes in force.
    #[getter]
    fn changes(&self) -> Vec<(String, String)> {
        self.set.clone()
    }

    /// The what-if in force.
    #[getter]
    fn what_if_id(&self) -> Option<&str> {
        self.what_if.as_deref()
    }

    /// Another scenario with further changes: paths and values as `--set` takes them.
    fn with_changes(&self, py: Python<'_>, set: Vec<(String, String)>) -> PyResult<Self> {
        let mut all = self.set.clone();
        all.retain(|(path, _)| !set.iter().any(|(new, _)| new == path));
        all.extend(set);
        let changed = Self { source: self.source.clone(), set: all, what_if: self.what_if.clone() };
        changed.world(py)?;
        Ok(changed)
    }

    /// Another scenario under one of its what-ifs, or two as `a+b`.
    fn under(&self, py: Python<'_>, id: String) -> PyResult<Self> {
        let changed = Self { source: self.source.clone(), set: self.set.clone(), what_if: Some(id) };
        changed.world(py)?;
        Ok(changed)
    }

    /// Doubts about it, as dictionaries.
    fn warnings(&self, py: Python<'_>) -> PyResult<Vec<Py<PyDict>>> {
        let (_, diagnostics) = load::world(&self.source, self.what_if.as_deref(), &self.set)
            .map_err(|refusal| raised(py, &refusal))?;
        places(py, &diagnostics)
    }

    /// What `baraza list --json` prints.
    fn list_json(&self, py: Python<'_>) -> PyResult<String> {
        let world = self.world(py)?;
        let changes = load::changes(&self.set);
        let settings = scenario::settings(&self.source, &changes, self.what_if.as_deref(), &world);
        let origin = self.origin(&world);
        Ok(list::json(&List { world: &world, origin: &origin, settings: &settings, only_paths: false }))
    }

    /// The ranges in use, as `baraza design --sample` and `baraza sensitivity` take them, as JSON.
    fn ranges_json(
        &self,
        py: Python<'_>,
        own: Vec<(String, String, String)>,
        only: Vec<String>,
    ) -> PyResult<String> {
        let world = self.world(py)?;
        let refused = |refusal: Refusal| raised(py, &refusal);
        let variants = Variants::of(&self.source, &load::changes(&self.set), self.what_if.as_deref())
            .map_err(|mistakes| refused(Refusal::no("the scenario cannot be varied").at(mistakes)))?;
        let all = ranges::in_use(&world, &variants, &own, &only, usize::MAX).map_err(refused)?;
        let all: Vec<Assumption> = all.into_iter().map(|(assumption, _)| assumption).collect();
        serde_json::to_string(&all).map_err(|e| usage(py, e.to_string()))
    }

    /// What `baraza run` tells.
    fn run_one(&self, py: Python<'_>, seed: u64, run: u32, detail: &str) -> PyResult<Answer> {
        let detail = match detail {
            "brief" => Detail::Brief,
            "normal" => Detail::Normal,
            "full" => Detail::Full,
            other => return Err(usage(py, format!("detail `{other}` is none: brief, normal or full"))),
        };
        let world = self.world(py)?;
        let origin = Origin { seed, run, ..self.origin(&world) };
        let model = Model::new(world);
        let transcript = py.detach(|| record(&model, &mut Sampler::new(seed, run)));
        let told = Run { model: &model, transcript: &transcript, origin: &origin };
        let mut words = vec!["--seed".to_owned(), seed.to_string(), "--run".into(), run.to_string()];
        words.extend(detail.words(Detail::Brief));
        let made = self.made("run", words);
        Answer::of(py, &OneRun { run: told, detail, made: &made }, true)
    }

    /// What `baraza ensemble` tells.
    fn ensemble_of(&self, py: Python<'_>, json: &str) -> PyResult<Answer> {
        let asked: ensemble::Options = options(py, json)?;
        let study = Ensemble::plan(self.world(py)?, self.changed(), asked).map_err(|r| raised(py, &r))?;
        tell(py, &study, |counts| self.made("ensemble", study.options().words(counts.runs)))
    }

    /// What `baraza ensemble --from A --to B --out SHARD` writes.
    fn ensemble_part(&self, py: Python<'_>, json: &str) -> PyResult<String> {
        let asked: ensemble::Options = options(py, json)?;
        let range = asked.range().map_err(|refusal| raised(py, &refusal))?;
        let study = Ensemble::plan(self.world(py)?, self.changed(), asked).map_err(|r| raised(py, &r))?;
        let counts = carry_out(py, &study)?;
        let origin = shard::Study::of(&study, self.changed(), self.source.name.clone(), range);
        Ok(Shard::new(origin, &counts).write())
    }

    /// What `baraza what-if` tells.
    fn compare_of(&self, py: Python<'_>, json: &str) -> PyResult<Answer> {
        self.unchanged(py)?;
        let asked: what_if::Options = options(py, json)?;
        let named = Made::named(&self.source.name, (None, &[]));
        let study =
            Changes::plan(&self.source, self.world(py)?, named, asked.clone()).map_err(|r| raised(py, &r))?;
        tell(py, &study, |counts| {
            let runs = counts.pairs.first().map_or(0, |c| c.pairs);
            Made::about("what-if", &self.source.name, (None, &[]), asked.words(runs))
        })
    }

    /// What `baraza what-if --part I/N --out PART` writes.
    fn compare_part(&self, py: Python<'_>, json: &str, portion: (u32, u32)) -> PyResult<String> {
        self.unchanged(py)?;
        let asked: what_if::Options = options(py, json)?;
        let named = Made::named(&self.source.name, (None, &[]));
        let study = Changes::plan(&self.source, self.world(py)?, named, asked).map_err(|r| raised(py, &r))?;
        self.part_of(py, &study, portion)
    }

    /// What `baraza backtest --part I/N --out PART` writes.
    fn backtest_part(&self, py: Python<'_>, json: &str, portion: (u32, u32)) -> PyResult<String> {
        let asked: backtest::Options = options(py, json)?;
        let study = Record::plan(self.world(py)?, self.changed(), asked).map_err(|r| raised(py, &r))?;
        self.part_of(py, &study, portion)
    }

    /// What `baraza sensitivity --part I/N --out PART` writes.
    fn sensitivity_part(&self, py: Python<'_>, json: &str, portion: (u32, u32)) -> PyResult<String> {
        let asked: sensitivity::Options = options(py, json)?;
        let world = self.world(py)?;
        let plan = || Parts::of(Assumptions::plan(&self.source, world, self.changed(), asked)?);
        let study = py.detach(plan).map_err(|refusal| raised(py, &refusal))?;
        self.part_of(py, &study, portion)
    }

    /// What `baraza backtest` tells.
    fn backtest_of(&self, py: Python<'_>, json: &str) -> PyResult<Answer> {
        let asked: backtest::Options = options(py, json)?;
        let study =
            Record::plan(self.world(py)?, self.changed(), asked.clone()).map_err(|r| raised(py, &r))?;
        tell(py, &study, |counts| self.made("backtest", asked.words(counts.runs)))
    }

    /// What `baraza sensitivity` tells, about every outcome.
    fn sensitivity_of(&self, py: Python<'_>, json: &str) -> PyResult<Answer> {
        let asked: sensitivity::Options = options(py, json)?;
        let words = asked.words();
        let world = self.world(py)?;
        let plan = || Assumptions::plan(&self.source, world, self.changed(), asked);
        let study = py.detach(plan).map_err(|refusal| raised(py, &refusal))?;
        let found = watched(py, |go_on, progress| study.play(true, go_on, progress))?;
        let made = self.made("sensitivity", words);
        Answer::of(py, &study.told(&found, &made), false)
    }

    /// What `baraza exact` tells.
    fn exact_of(&self, py: Python<'_>, json: &str) -> PyResult<Answer> {
        let asked: exact::Options = options(py, json)?;
        let world = self.world(py)?;
        let origin = self.origin(&world);
        let room = room(asked.max_states);
        let named = Made::named(&self.source.name, self.changed());
        let study = States::plan(world, origin, named, asked.clone(), room).map_err(|r| raised(py, &r))?;
        tell(py, &study, |_| self.made("exact", asked.words()))
    }

    /// What `baraza resolve` tells; with the policy, where it is asked for, and `follow` the name and the text of a table.
    fn resolve_of(
        &self,
        py: Python<'_>,
        json: &str,
        follow: Option<(String, String)>,
        policy: bool,
    ) -> PyResult<Answer> {
        let asked: resolve::Options = options(py, json)?;
        if asked.agent.is_empty() {
            return Err(usage(py, "name the parties or mediators whose decisions are open"));
        }
        let world = self.world(py)?;
        let (origin, room) = (self.origin(&world), room(asked.max_states));
        let mut words = asked.words();
        words.extend(follow.iter().flat_map(|(name, _)| ["--follow".to_owned(), name.clone()]));
        let way = follow.map(|(name, text)| Way::Follow(Follow { name, text }));
        let named = Made::named(&self.source.name, self.changed());
        let study = Decisions::plan(world, origin, named, (&asked, way), room);
        let study = study.map_err(|refusal| raised(py, &refusal))?;
        let resolved = carry_out(py, &study)?;
        let made = self.made("resolve", words);
        match study.findings(resolved, &made) {
            Some(findings) if policy => Answer::with(py, &*findings, POLICY),
            Some(findings) => Answer::of(py, &*findings, false),
            None => Err(usage(py, "nothing was resolved")),
        }
    }

    /// What `baraza verify` tells, with the trace of `--trace`.
    fn verify_of(&self, py: Python<'_>, json: &str) -> PyResult<Answer> {
        let asked: verify::Options = options(py, json)?;
        let world = self.world(py)?;
        let (origin, room) = (self.origin(&world), room(asked.max_states));
        let study = Claims::plan(world, origin, asked.clone(), room).map_err(|r| raised(py, &r))?;
        let verified = carry_out(py, &study)?;
        let made = self.made("verify", asked.words());
        match study.findings(verified, &made) {
            Some(findings) => Answer::with(py, &*findings, TRACE),
            None => Err(usage(py, "nothing was verified")),
        }
    }

    /// What `baraza analyze` tells.
    fn analyze_of(&self, py: Python<'_>, runs: u32, seed: u64, run: u32, level: f64) -> PyResult<Answer> {
        let world = self.world(py)?;
        let fingerprint = scenario::fingerprint(&world);
        let model = Model::new(world);
        let (boards, findings, played) = watched(py, |go_on, progress| {
            let (mut boards, tracks, mut findings) = boards(&model);
            let mut next = |from: u32, to: u32| {
                progress(u64::from(from), u64::from(to));
                if go_on() { to.min(from + LOOK) } else { from }
            };
            let onlookers = Onlookers { next: &mut next, go_on: &|_| go_on() };
            let played =
                play(&model, (&mut boards, &tracks), &mut findings, Runs { seed, runs, run }, onlookers);
            Ok((boards, findings, played))
        })?;
        let words =
            [("--runs", played.to_string()), ("--seed", seed.to_string()), ("--run", run.to_string())];
        let words = words.into_iter().chain([("--level", level.to_string())]);
        let words = words.flat_map(|(flag, value)| [flag.to_owned(), value]).collect();
        let (what_if, set) = self.changed();
        let made = Made::before("analyze", &self.source.name, words, (what_if, set));
        let report = Report {
            title: &model.world.title,
            format: None,
            findings: &findings,
            boards: &boards,
            fingerprint: &fingerprint,
            level,
            scenario: Some(Analysed {
                world: &model.world,
                what_if,
                set,
                seed,
                runs: played,
                run,
                imported: false,
            }),
            made: &made,
        };
        Answer::of(py, &report, false)
    }

    /// What `baraza design` tells; `cells` is the name and the text of a table of cells.
    fn design_of(&self, py: Python<'_>, json: &str, cells: Option<(String, String)>) -> PyResult<Answer> {
        let sheet = cells.map(|(name, text)| Sheet { name, text });
        let study = self.planned(py, options(py, json)?, sheet)?;
        py.detach(|| study.try_all()).map_err(|refusal| raised(py, &refusal))?;
        tell(py, &study, |_| self.made("design", study.words()))
    }

    /// The cells of a design, as the table that `baraza design --list` prints.
    fn design_list(&self, py: Python<'_>, json: &str, cells: Option<(String, String)>) -> PyResult<String> {
        let sheet = cells.map(|(name, text)| Sheet { name, text });
        Ok(self.planned(py, options(py, json)?, sheet)?.list())
    }

    /// What `baraza design --part I/N --out PART` writes.
    fn design_part(
        &self,
        py: Python<'_>,
        json: &str,
        cells: Option<(String, String)>,
        portion: (u32, u32),
    ) -> PyResult<String> {
        let sheet = cells.map(|(name, text)| Sheet { name, text });
        let study = self.planned(py, options(py, json)?, sheet)?;
        let study = study
            .portion(self::portion(py, portion.0, portion.1)?)
            .map_err(|refusal| raised(py, &refusal))?;
        py.detach(|| study.try_all()).map_err(|refusal| raised(py, &refusal))?;
        let played = carry_out(py, &study)?;
        Ok(Part::new(PartOrigin::of(&study, self.source.name.clone()), &study, &played).write())
    }

    fn __repr__(&self) -> String {
        let set = self.set.iter().map(|(path, value)| format!(", {path} = {value}"));
        let what_if = self.what_if.iter().map(|id| format!(", what if {id}"));
        format!("<baraza.Scenario {}{}>", self.source.name, what_if.chain(set).collect::<String>())
    }
}

/// What `baraza discover` tells of a table: its name and its text.
#[pyfunction]
pub fn discover(py: Python<'_>, name: String, text: String, json: &str) -> PyResult<Answer> {
    let asked: discovery::Options = options(py, json)?;
    let made = Made::about("discover", &name, (None, &[]), asked.words());
    let sheet = Sheet { name, text };
    let study = discovery::Discovery::plan(&sheet, asked).map_err(|refusal| raised(py, &refusal))?;
    tell(py, &study, |_| made)
}

/// Lays parts of a design together, or adds up those of an ensemble, as `baraza merge` does: their names with their texts, and the
/// scenario they are of.
#[pyfunction]
pub fn merge(py: Python<'_>, parts: Vec<(String, String)>, of: &Scenario, level: f64) -> PyResult<Answer> {
    match parts.first() {
        Some((_, text)) if sealed::is::<parted::Part>(text) => study_whole(py, &parts, of, level),
        Some((_, text)) if !sealed::is::<Part>(text) => ensemble_whole(py, &parts, of, level),
        _ => design_whole(py, &parts, of, level),
    }
}

/// The scenario with the changes that parts name, where it is theirs.
fn same(py: Python<'_>, of: &Scenario, head: &Head) -> PyResult<(Scenario, World)> {
    let same = Scenario { source: of.source.clone(), set: head.set.clone(), what_if: head.what_if.clone() };
    let world = same.world(py)?;
    let fingerprint = scenario::fingerprint(&world);
    if fingerprint == head.fingerprint {
        return Ok((same, world));
    }
    let message = format!(
        "{} is not the scenario of the parts, or it was changed since: its fingerprint is {fingerprint}, theirs is {}",
        of.source.name, head.fingerprint
    );
    Err(raised(py, &Refusal::no(message)))
}

/// Texts, each with its name, read as what they should be.
fn all<T: Sealed>(py: Python<'_>, parts: &[(String, String)]) -> PyResult<Vec<(String, T)>> {
    let read = |(name, text): &(String, String)| match sealed::read(text) {
        Ok(part) => Ok((name.clone(), part)),
        Err(why) => Err(raised(py, &Refusal::no(format!("{name}: {why}")))),
    };
    parts.iter().map(read).collect()
}

fn ensemble_whole(py: Python<'_>, parts: &[(String, String)], of: &Scenario, level: f64) -> PyResult<Answer> {
    let refused = |message: String| raised(py, &Refusal::no(message));
    let shards: Vec<(String, Shard)> = all(py, parts)?;
    let joined = shard::join(&shards, None).map_err(|why| refused(why.to_string()))?;
    let Some(origin) = joined else { return Err(usage(py, "there are no parts")) };
    let (same, world) = same(py, of, &origin.head)?;
    let study = origin.whole(world, level).map_err(|refusal| raised(py, &refusal))?;
    let counts = shard::sum(&study, &shards).map_err(refused)?;
    let made = same.made("ensemble", study.options().words(counts.runs));
    match study.findings(counts, &made) {
        Some(findings) => Answer::of(py, &*findings, false),
        None => Err(usage(py, "there are no parts")),
    }
}

fn study_whole(py: Python<'_>, parts: &[(String, String)], of: &Scenario, level: f64) -> PyResult<Answer> {
    let parts: Vec<(String, parted::Part)> = all(py, parts)?;
    let origin = parted::join(&parts).map_err(|why| raised(py, &Refusal::no(why)))?;
    let (same, world) = same(py, of, &origin.head)?;
    let named = Made::named(&same.source.name, (None, &[]));
    let study = Merged::plan(origin, (&same.source, world), named, level).map_err(|r| raised(py, &r))?;
    let made = same.made(&origin.command, study.words());
    match study.findings(&parts, &made).map_err(|refusal| raised(py, &refusal))? {
        Some(findings) => Answer::of(py, &*findings, false),
        None => Err(usage(py, "there are no parts")),
    }
}

fn design_whole(py: Python<'_>, parts: &[(String, String)], of: &Scenario, level: f64) -> PyResult<Answer> {
    let parts: Vec<(String, Part)> = all(py, parts)?;
    let whole = join(&parts).map_err(|why| raised(py, &Refusal::no(why)))?;
    let (same, world) = same(py, of, &whole.origin.head)?;
    let asked = design::Options { level, ..whole.origin.options.clone() };
    let made = same.made("design", asked.words(whole.origin.table.as_deref()));
    Answer::of(py, &whole.designed(&world, &asked, &made), false)
}
