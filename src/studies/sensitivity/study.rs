//! What is asked of the assumptions, and the work that answers it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::analysis::Held;
use crate::analysis::sensitivity::{
    Answer, Evidence, MOST_CONDITIONS, Masks, Measure, Point, Points, Refused, Study, answer, bars, scatter,
    table, walks,
};
use crate::analysis::statistics::design::Design;
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::{Assumption, Condition, World};
use crate::drivers::{Head, parallel};
use crate::render::package;
use crate::scenario::{self, Origin, Source, Variants};
use crate::studies::parted::{NOTE, Parted};
use crate::studies::questions::condition;
use crate::studies::refusal::Refusal;
use crate::studies::study::{self as studies, Artifact, Extent, Findings, Made, Watch};
#[cfg(feature = "cli")]
use crate::studies::values;
use crate::studies::{ids, load, ranges};
use crate::text::paper::Paper;

use super::{Effort, Sensitivity};

/// Points, and runs at each, for the share of chance.
const SCATTER: (u32, u32) = (128, 50);

/// How assumptions are studied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Method {
    /// Each assumption at the ends of its range, the others as they are
    Tornado,
    /// Elementary effects on walks through all ranges (Morris 1991)
    Morris,
    /// The variance taken apart (Sobol' indices)
    Sobol,
    /// All of them
    All,
}

impl Method {
    fn word(self) -> &'static str {
        match self {
            Self::Tornado => "tornado",
            Self::Morris => "morris",
            Self::Sobol => "sobol",
            Self::All => "all",
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Options {
    /// The outcome that is asked about; the first of the scenario where nothing is asked
    #[cfg_attr(feature = "cli", arg(long, value_name = "ID", conflicts_with = "measure"))]
    pub outcome: Option<String>,
    /// A question of your own: a condition; given several times, the first is told in the text and all in the JSON
    #[cfg_attr(feature = "cli", arg(long, value_name = "CONDITION"))]
    pub measure: Vec<String>,
    /// When the condition must hold for a run to count
    #[cfg_attr(feature = "cli", arg(long, value_enum, default_value_t = Options::default().held))]
    pub held: Held,
    /// How it is studied; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_enum, default_values_t = Options::default().method, value_delimiter = ','))]
    pub method: Vec<Method>,
    /// A range of your own, added to the others or in place of one of them; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "PATH=LOW..HIGH", value_parser = values::range))]
    pub range: Vec<(String, String, String)>,
    /// Only the assumptions whose path matches; `*` stands for anything; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "PATTERN"))]
    pub only: Vec<String>,
    /// Tornado: runs of the scenario and at each end of each range
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().runs, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000)))]
    pub runs: u32,
    /// Morris: walks through the ranges
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().walks, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1_000)))]
    pub walks: u32,
    /// Morris: runs at each point of a walk
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().walk_runs, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000)))]
    pub walk_runs: u32,
    /// Sobol: rows of the design, best a power of two
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().rows, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=65_536)))]
    pub rows: u32,
    /// Sobol: runs at each point; more than one studies the share of so many runs
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().repeats, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000)))]
    pub repeats: u32,
    /// The seed of all chance
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().seed, value_name = "N"))]
    pub seed: u64,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().level, value_name = "SHARE", value_parser = values::level))]
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            outcome: None,
            measure: Vec::new(),
            held: Held::Last,
            method: vec![Method::Tornado, Method::Morris],
            range: Vec::new(),
            only: Vec::new(),
            runs: 1_000,
            walks: 10,
            walk_runs: 200,
            rows: 1_024,
            repeats: 1,
            seed: 1,
            level: 0.95,
        }
    }
}

impl Options {
    /// Whether a method is asked for.
    pub fn wants(&self, method: Method) -> bool {
        self.method.contains(&method) || self.method.contains(&Method::All)
    }

    /// What follows the scenario in the command that shows the same again.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut named = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
        self.outcome.iter().for_each(|id| named("--outcome", id));
        self.measure.iter().for_each(|text| named("--measure", text));
        if self.held == Held::Ever {
            named("--held", "ever");
        }
        let methods: Vec<&str> = self.method.iter().map(|m| m.word()).collect();
        named("--method", &methods.join(","));
        for (path, low, high) in &self.range {
            named("--range", &format!("{path}={low}..{high}"));
        }
        self.only.iter().for_each(|pattern| named("--only", pattern));
        let counts = [
            (Method::Tornado, "--runs", self.runs),
            (Method::Morris, "--walks", self.walks),
            (Method::Morris, "--walk-runs", self.walk_runs),
            (Method::Sobol, "--rows", self.rows),
            (Method::Sobol, "--repeats", self.repeats),
        ];
        for (_, flag, n) in counts.iter().filter(|(method, ..)| self.wants(*method)) {
            named(flag, &n.to_string());
        }
        named("--seed", &self.seed.to_string());
        named("--level", &self.level.to_string());
        words
    }
}

/// Assumptions and what is asked of them, planned.
pub struct Assumptions {
    /// The scenario, with its changes.
    pub world: World,
    /// The assumptions and where their ranges come from.
    pub ranges: Vec<(Assumption, Origin)>,
    fingerprint: String,
    variants: Variants,
    assumptions: Vec<Assumption>,
    conditions: Vec<Condition>,
    /// The place of the measure that is told: the condition, the outcome, or the first outcome.
    asked: usize,
    options: Options,
    what_if: Option<String>,
    set: Vec<(String, String)>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The answers, all of them or the one that is asked for.
    answers: Vec<Answer>,
    /// The place of the one that is asked for.
    asked: usize,
    /// The points of the Sobol' design with their outputs, where all of them were played.
    pub table: Option<String>,
    /// Whether somebody stopped it.
    pub stopped: bool,
}

fn narrow(refused: &Refused) -> Refusal {
    Refusal::no(format!("{refused}: narrow a range")).at(refused.diagnostics.clone())
}

impl Assumptions {
    /// The assumptions of a scenario, under changes as they were made.
    ///
    /// # Errors
    /// When the scenario cannot be varied, a range or a question is none, or there is nothing to vary.
    pub fn plan(
        source: &Source,
        world: World,
        (what_if, set): (Option<&str>, &[(String, String)]),
        options: Options,
    ) -> Result<Self, Refusal> {
        let variants = Variants::of(source, &load::changes(set), what_if)
            .map_err(|mistakes| Refusal::no("the scenario cannot be varied").at(mistakes))?;
        let ranges = ranges::in_use(&world, &variants, &options.range, &options.only, Design::MOST_FACTORS)?;
        if options.measure.len() > MOST_CONDITIONS {
            return Err(Refusal::usage(format!("--measure can be given {MOST_CONDITIONS} times at most")));
        }
        let conditions: Vec<Condition> =
            options.measure.iter().map(|text| condition(text, &world)).collect::<Result<_, _>>()?;
        let asked = match &options.outcome {
            _ if !conditions.is_empty() => world.outcomes.len() + usize::from(options.held == Held::Ever),
            Some(id) => ids::outcome(id, &world)?,
            None => 0,
        };
        let fingerprint = scenario::fingerprint(&world);
        let assumptions = ranges.iter().map(|(a, _)| a.clone()).collect();
        let (what_if, set) = (what_if.map(str::to_owned), set.to_vec());
        Ok(Self {
            world,
            ranges,
            fingerprint,
            variants,
            assumptions,
            conditions,
            asked,
            options,
            what_if,
            set,
        })
    }

    /// Plays what the methods need, and works out all answers (`whole`) or the one that is asked for. `go_on` is asked before every run,
    /// on any thread, and `false` ends the work; `progress` is told between batches how many runs of how many were played.
    ///
    /// # Errors
    /// When the scenario refuses a combination of values.
    pub fn play(
        &self,
        whole: bool,
        go_on: &(dyn Fn() -> bool + Sync),
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Found, Refusal> {
        self.found(whole, Points::Played, go_on, progress)
    }

    fn study<'a>(&'a self, points: Points<'a>, go_on: &'a (dyn Fn() -> bool + Sync)) -> Study<'a> {
        Study {
            variants: &self.variants,
            assumptions: &self.assumptions,
            conditions: &self.conditions,
            outcomes: self.world.outcomes.len(),
            seed: self.options.seed,
            go_on,
            points,
        }
    }

    fn found(
        &self,
        whole: bool,
        points: Points,
        go_on: &(dyn Fn() -> bool + Sync),
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Found, Refusal> {
        let study = self.study(points, go_on);
        let evidence = self.evidence(&study, progress).map_err(|refused| narrow(&refused))?;
        let names = self.names(&study);
        let table = evidence.table.as_ref().map(|table| super::table(&study, table, &names));
        let told = if whole { (0..study.measures().len()).collect() } else { vec![self.asked] };
        let alpha = 1.0 - self.options.level;
        let one = |k: usize| answer(&study, &evidence, told[k], names[told[k]].clone(), alpha);
        let answers = parallel::map(told.len(), one);
        let asked = told.iter().position(|at| *at == self.asked).unwrap_or(0);
        Ok(Found { answers, asked, table, stopped: !go_on() })
    }

    fn evidence(&self, study: &Study, progress: &mut dyn FnMut(u64, u64)) -> Result<Evidence, Refused> {
        let options = &self.options;
        let [tornado, morris, sobol] =
            [Method::Tornado, Method::Morris, Method::Sobol].map(|method| options.wants(method));
        let n = study.assumptions.len() as u64;
        let total = u64::from(SCATTER.0) * u64::from(SCATTER.1)
            + u64::from(tornado) * u64::from(options.runs) * (2 * n + 1)
            + u64::from(morris) * u64::from(options.walks) * u64::from(options.walk_runs) * (n + 1)
            + u64::from(sobol) * u64::from(options.rows) * u64::from(options.repeats) * (n + 3);
        let mut done = 0;
        let mut watch = |runs: u64| {
            done += runs;
            progress(done, total);
        };
        let mut evidence = Evidence::default();
        if tornado {
            evidence.bars = bars(study, options.runs, &mut watch)?;
        }
        if morris {
            evidence.walks = Some(walks(study, options.walks, options.walk_runs, &mut watch)?);
        }
        evidence.scatter = scatter(study, SCATTER.0 as usize, SCATTER.1, &mut watch)?;
        if sobol {
            evidence.table = table(study, options.rows as usize, options.repeats, &mut watch)?;
        }
        Ok(evidence)
    }

    /// What was asked.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Id and title of every measure; a condition is its own name.
    fn names(&self, study: &Study) -> Vec<(String, String)> {
        let name = |measure: &Measure| match measure {
            Measure::Outcome(o) => {
                let name = &self.world.outcomes[*o].name;
                (name.id.clone(), name.title.clone())
            }
            Measure::Condition(c, held) => {
                let name = format!("{} ({})", self.options.measure[*c], held.when());
                (name.clone(), name)
            }
        };
        study.measures().iter().map(name).collect()
    }

    /// What was found, to be told.
    pub fn told<'a>(&'a self, found: &'a Found, made: &'a Made) -> Sensitivity<'a> {
        let o = &self.options;
        Sensitivity {
            world: &self.world,
            fingerprint: &self.fingerprint,
            seed: o.seed,
            level: o.level,
            what_if: self.what_if.as_deref(),
            set: &self.set,
            ranges: &self.ranges,
            effort: Effort {
                runs: o.runs,
                walks: o.walks,
                walk_runs: o.walk_runs,
                rows: o.rows,
                repeats: o.repeats,
                chance_points: SCATTER.0,
                chance_runs: SCATTER.1,
                stopped: found.stopped,
            },
            asked: found.asked,
            answers: &found.answers,
            table: found.table.as_deref(),
            made,
        }
    }
}

/// The points of a study of assumptions, each of which can be played anywhere.
pub struct Parts {
    study: Assumptions,
    points: Vec<Point>,
}

impl Parts {
    /// The points that a study needs, in an order that follows from them.
    ///
    /// # Errors
    /// None that the study itself has not.
    pub fn of(study: Assumptions) -> Result<Self, Refusal> {
        let noted = Mutex::default();
        study
            .evidence(&study.study(Points::Noted(&noted), &|| true), &mut |_, _| {})
            .map_err(|r| narrow(&r))?;
        let points = noted.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect();
        Ok(Self { study, points })
    }

    /// The study.
    pub fn study(&self) -> &Assumptions {
        &self.study
    }
}

impl studies::Study for Parts {
    /// What each run of a point came to, by the point's place.
    type Partial = BTreeMap<u32, Masks>;

    fn extent(&self) -> Extent {
        let runs: u64 = self.points.iter().map(|(_, from, to)| u64::from(to - from)).sum();
        let worlds = (runs / (self.points.len().max(1) as u64)).max(1) as usize;
        Extent::Runs { range: 0..self.points.len() as u32, worlds, what: "runs" }
    }

    fn pieces(&self) -> &'static str {
        "points"
    }

    fn begin(&self) -> Self::Partial {
        BTreeMap::new()
    }

    fn step(&self, played: &mut Self::Partial, range: Range<u32>, _: &dyn Watch) -> Result<(), Refusal> {
        let study = self.study.study(Points::Played, &|| true);
        let first = range.start as usize;
        let masks = parallel::map(range.len(), |k| study.play_point(&self.points[first + k]));
        for (place, masks) in range.zip(masks) {
            played.extend(masks.map_err(|refused| narrow(&refused))?.map(|masks| (place, masks)));
        }
        Ok(())
    }

    fn merge(&self, into: &mut Self::Partial, other: Self::Partial) {
        into.extend(other);
    }

    fn findings<'a>(&'a self, played: Self::Partial, made: &'a Made) -> Option<Box<dyn Findings + 'a>> {
        let known = played.into_iter().map(|(place, masks)| (self.points[place as usize].clone(), masks));
        let known: BTreeMap<Point, Masks> = known.collect();
        let found = self.study.found(true, Points::Known(&known), &|| true, &mut |_, _| {}).ok()?;
        Some(Box::new(Told { study: &self.study, found, made }))
    }
}

impl Parted for Parts {
    const COMMAND: &'static str = "sensitivity";

    fn head(&self) -> Head {
        let study = &self.study;
        let head = Head::new(&study.world.title, &study.fingerprint, study.options.seed, NOTE);
        head.changed(study.what_if.as_deref(), &study.set)
    }

    fn asked(&self) -> String {
        let asked = Options { level: Options::default().level, ..self.study.options.clone() };
        serde_json::to_string(&asked).unwrap_or_default()
    }

    fn total(&self) -> u32 {
        self.points.len() as u32
    }

    fn fits(&self, played: &Self::Partial, range: Range<u32>) -> bool {
        let runs = |place: u32| self.points.get(place as usize).map(|(_, from, to)| (to - from) as usize);
        played.len() == range.len()
            && played.iter().all(|(place, masks)| range.contains(place) && runs(*place) == Some(masks.len()))
    }
}

/// What was found, with all that is needed to tell it.
struct Told<'a> {
    study: &'a Assumptions,
    found: Found,
    made: &'a Made,
}

impl Told<'_> {
    fn told(&self) -> Sensitivity<'_> {
        self.study.told(&self.found, self.made)
    }
}

impl Findings for Told<'_> {
    fn source(&self) -> package::Study {
        self.told().source()
    }

    fn document(&self, full: bool) -> Document {
        self.told().document(full)
    }

    fn tables(&self) -> Vec<Dataset> {
        self.told().tables()
    }

    fn text(&self, full: bool, paper: Paper) -> String {
        self.told().text(full, paper)
    }

    fn format(&self) -> &'static str {
        self.told().format()
    }

    fn json(&self) -> String {
        self.told().json()
    }

    fn artifact(&self, name: &str) -> Option<Artifact> {
        self.told().artifact(name)
    }
}
