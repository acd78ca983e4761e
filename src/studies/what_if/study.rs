//! What changes do, as a study: pairs of worlds with common random numbers.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::analysis::Held;
use crate::analysis::combine::Combined;
use crate::analysis::counters::Measure;
use crate::analysis::ensemble;
use crate::analysis::family::adjust;
use crate::analysis::pairs::{Pair, StudyCounts, compare_all};
use crate::analysis::what_if::{Effect, Estimate, Method, Subject, effect, show};
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::{Model, World};
use crate::drivers::Head;
use crate::render::package;
use crate::scenario::{self, Source};
use crate::studies::ids;
use crate::studies::parted::{NOTE, Parted};
use crate::studies::questions::measures;
use crate::studies::refusal::Refusal;
use crate::studies::study::{Extent, Findings, Made, Study, Watch};
#[cfg(feature = "cli")]
use crate::studies::values;
use crate::text::paper::Paper;

use super::changes::{self, Change, Plan};
use super::{Answer, Comparison, FORMAT, json, page, tables, text};

/// What is asked of changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Options {
    /// The what-ifs to compare; all of the file where none is named
    #[cfg_attr(feature = "cli", arg(value_name = "ID", conflicts_with = "set"))]
    pub ids: Vec<String>,
    /// A change of your own instead of the file's what-ifs; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "PATH=VALUE", value_parser = values::setting))]
    pub set: Vec<(String, String)>,
    /// How many pairs of runs for each what-if
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().runs, value_name = "N", value_parser = clap::value_parser!(u32).range(1..)))]
    pub runs: u32,
    /// The seed of all chance
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().seed, value_name = "N"))]
    pub seed: u64,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().level, value_name = "SHARE", value_parser = values::level))]
    pub level: f64,
    /// How intervals of differences are computed
    #[cfg_attr(feature = "cli", arg(long, value_enum, default_value_t = Method::default()))]
    pub interval: Method,
    /// A question of your own: a condition whose share is compared too; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "CONDITION"))]
    pub measure: Vec<String>,
    /// Rank by this outcome, test it alone, and speak of it where two changes are combined
    #[cfg_attr(feature = "cli", arg(long, value_name = "ID", conflicts_with = "rank_by"))]
    pub outcome: Option<String>,
    /// What to rank by and to test: `flips` (everything is tested), an outcome's id or a condition; else --outcome, the first --measure, or flips
    #[cfg_attr(feature = "cli", arg(long, value_name = "ID|CONDITION"))]
    pub rank_by: Option<String>,
    /// When a condition that changes are ranked by must hold for a run to count
    #[cfg_attr(feature = "cli", arg(long, value_enum, default_value_t = Held::default()))]
    pub held: Held,
    /// Two what-ifs together, as ID+ID, or `all` for every two of those chosen; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "ID+ID", conflicts_with = "set"))]
    pub combine: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ids: Vec::new(),
            set: Vec::new(),
            runs: 6_000,
            seed: 1,
            level: 0.95,
            interval: Method::default(),
            measure: Vec::new(),
            outcome: None,
            rank_by: None,
            held: Held::default(),
            combine: Vec::new(),
        }
    }
}

impl Options {
    /// The same as words of a command, for so many runs.
    pub fn words(&self, runs: u64) -> Vec<String> {
        let mut words: Vec<String> = self.ids.clone();
        words.extend(crate::text::command::changes(None, &self.set));
        let mut named = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
        self.combine.iter().for_each(|c| named("--combine", c));
        self.measure.iter().for_each(|m| named("--measure", m));
        self.outcome.iter().for_each(|o| named("--outcome", o));
        self.rank_by.iter().for_each(|r| named("--rank-by", r));
        if self.held == Held::Ever {
            named("--held", "ever");
        }
        if self.interval == Method::Tango {
            named("--interval", "tango");
        }
        named("--runs", &runs.to_string());
        named("--seed", &self.seed.to_string());
        named("--level", &self.level.to_string());
        words
    }
}

/// Changes to a scenario, planned.
#[derive(Debug)]
pub struct Changes {
    baseline: Model,
    fingerprint: String,
    named: String,
    plan: Plan,
    subject: Subject,
    measures: Vec<Measure>,
    questions: Vec<Vec<Measure>>,
    options: Options,
}

impl Changes {
    /// What a scenario is asked: its text, from which every changed world is read, and its world as it stands. `named` is how a command
    /// names the file.
    ///
    /// # Errors
    /// When a change cannot be made, or a name or a question is none.
    pub fn plan(source: &Source, world: World, named: String, options: Options) -> Result<Self, Refusal> {
        let fingerprint = scenario::fingerprint(&world);
        let plan = changes::plan(&options, &world, source)?;
        let baseline = Model::new(world);
        let (subject, texts) = subject(&options, &baseline)?;
        let asked = measures(&texts, &baseline)?;
        let worlds = plan.changes.iter().map(|c| &c.variant).chain(plan.together.iter().map(|t| &t.1));
        let questions = worlds.map(|world| measures(&texts, world)).collect::<Result<_, _>>()?;
        let planned =
            Self { baseline, fingerprint, named, plan, subject, measures: asked, questions, options };
        planned.pairs_checked()?;
        Ok(planned)
    }

    /// What was asked.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The one change whose runs are laid side by side.
    ///
    /// # Errors
    /// When none or several are asked for, or it cannot be made.
    pub fn only(options: &Options, world: &World, source: &Source) -> Result<Change, Refusal> {
        changes::only(options, world, source)
    }

    /// Ids and worlds: every change, then every two together.
    fn worlds(&self) -> impl Iterator<Item = (&String, &Model)> {
        let alone = self.plan.changes.iter().map(|c| (&c.id, &c.variant));
        alone.chain(self.plan.together.iter().map(|(id, model)| (id, model)))
    }

    /// The changed worlds against the scenario as it stands.
    fn pairs_checked(&self) -> Result<Vec<Pair<'_>>, Refusal> {
        self.worlds()
            .zip(&self.questions)
            .map(|((id, variant), theirs)| {
                let both = self.measures.iter().zip(theirs);
                let questions = both.map(|(ours, theirs)| (ours.rule.clone(), theirs.rule.clone()));
                Pair::new(&self.baseline, variant, questions.collect())
                    .map_err(|e| Refusal::usage(format!("`{id}`: {e}")))
            })
            .collect()
    }

    /// The ids of all changed worlds, those of two changes together last.
    pub fn ids(&self) -> Vec<String> {
        self.plan.ids()
    }

    /// The changed worlds against the scenario as it stands, in the order of [`Changes::ids`].
    pub fn pairs(&self) -> Vec<Pair<'_>> {
        self.pairs_checked().unwrap_or_default()
    }

    /// What every change does, and every two together.
    fn effects(&self, pairs: &[Pair], counts: &StudyCounts) -> (Vec<Effect>, Vec<Combined>) {
        let Options { seed, level, interval, .. } = self.options;
        let estimate = Estimate { alpha: 1.0 - level, method: interval };
        let conditions: Vec<String> = self.measures.iter().map(|m| m.text.clone()).collect();
        let each = self.worlds().zip(pairs.iter().zip(&counts.pairs)).map(|((id, _), (pair, counts))| {
            let mut effect = effect(id, pair, counts, &conditions, estimate);
            show(&mut effect, pair, seed);
            effect
        });
        let mut all: Vec<Effect> = each.collect();
        let combined = self.plan.combinations.iter().zip(&counts.combinations);
        let mut combined: Vec<Combined> = combined
            .map(|(c, counts)| {
                let three = [c.first, c.second, c.both].map(|k| &all[k]);
                Combined::of(&pairs[c.both], counts, three, estimate)
            })
            .collect();
        all.truncate(self.plan.changes.len());
        adjust(&mut all, &mut combined, self.subject, estimate.alpha);
        (all, combined)
    }

    /// Changes with their effects, the one that weighs most first; ties keep the order in which they were named.
    fn answers(&self, effects: Vec<Effect>) -> Vec<Answer> {
        let pairs = self.plan.changes.iter().zip(effects);
        let mut answers: Vec<Answer> = pairs
            .map(|(c, effect)| Answer {
                title: c.title.clone(),
                question: c.question.clone(),
                set: c.set.clone(),
                effect,
                again: c.again.clone(),
            })
            .collect();
        answers.sort_by(|a, b| b.effect.weight(self.subject).total_cmp(&a.effect.weight(self.subject)));
        answers
    }
}

/// What to rank by, and the texts of all conditions to be asked.
fn subject(options: &Options, baseline: &Model) -> Result<(Subject, Vec<String>), Refusal> {
    let (held, world) = (options.held, &baseline.world);
    let mut texts = options.measure.clone();
    let subject = match (&options.outcome, &options.rank_by) {
        (Some(id), _) => Subject::Outcome(ids::outcome(id, world)?),
        (None, None) if texts.is_empty() => Subject::Flips,
        (None, None) => Subject::Measure(0, held),
        (None, Some(by)) if by == "flips" => Subject::Flips,
        (None, Some(by)) => {
            let bare = by.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
            match (ids::outcome(by, world), texts.iter().position(|t| t == by)) {
                (Ok(outcome), _) => Subject::Outcome(outcome),
                (Err(_), Some(at)) => Subject::Measure(at, held),
                (Err(refusal), None) if bare => return Err(refusal),
                (Err(_), None) => {
                    texts.push(by.clone());
                    Subject::Measure(texts.len() - 1, held)
                }
            }
        }
    };
    Ok((subject, texts))
}

impl Study for Changes {
    type Partial = StudyCounts;

    fn notes(&self) -> &[String] {
        &self.plan.notes
    }

    fn extent(&self) -> Extent {
        Extent::Runs { range: 0..self.options.runs, worlds: self.questions.len(), what: "pairs" }
    }

    fn begin(&self) -> StudyCounts {
        StudyCounts::new(&self.pairs(), &self.plan.combinations)
    }

    fn step(&self, counts: &mut StudyCounts, range: Range<u32>, _: &dyn Watch) -> Result<(), Refusal> {
        let runs = ensemble::Range::of(self.options.seed, range);
        counts.merge(&compare_all(&self.pairs(), &self.plan.combinations, runs));
        Ok(())
    }

    fn merge(&self, into: &mut StudyCounts, other: StudyCounts) {
        into.merge(&other);
    }

    fn findings<'a>(&'a self, counts: StudyCounts, made: &'a Made) -> Option<Box<dyn Findings + 'a>> {
        let (effects, combinations) = self.effects(&self.pairs(), &counts);
        Some(Box::new(Comparison {
            world: &self.baseline.world,
            fingerprint: &self.fingerprint,
            set: &self.options.set,
            named: &self.named,
            seed: self.options.seed,
            level: self.options.level,
            method: self.options.interval,
            subject: self.subject,
            answers: self.answers(effects),
            combinations,
            made,
        }))
    }
}

impl Parted for Changes {
    const COMMAND: &'static str = "what-if";

    fn head(&self) -> Head {
        Head::new(&self.baseline.world.title, &self.fingerprint, self.options.seed, NOTE)
    }

    fn asked(&self) -> String {
        let asked = Options { level: Options::default().level, ..self.options.clone() };
        serde_json::to_string(&asked).unwrap_or_default()
    }

    fn total(&self) -> u32 {
        self.options.runs
    }

    fn fits(&self, counts: &StudyCounts, range: Range<u32>) -> bool {
        counts.fits(&self.begin(), u64::from(range.end - range.start))
    }
}

impl Findings for Comparison<'_> {
    fn source(&self) -> package::Study {
        let pairs = self.answers.first().map_or(0, |a| a.effect.pairs);
        package::Study::of_runs("what-if", self.head(), 0, pairs, self.level)
    }

    fn document(&self, full: bool) -> Document {
        page::document(self, full)
    }

    fn tables(&self) -> Vec<Dataset> {
        tables::tables(self)
    }

    fn text(&self, full: bool, paper: Paper) -> String {
        text(self, full, paper)
    }

    fn format(&self) -> &'static str {
        FORMAT
    }

    fn json(&self) -> String {
        json(self)
    }
}
