//! What changes do, as text and as JSON.

mod changes;
mod combine;
mod page;
mod pair;
mod study;
mod tables;
mod together;
mod types;

use serde::Serialize;

use crate::analysis::Held;
use crate::analysis::combine::Combined;
use crate::analysis::what_if::{Difference, Effect, Flip, MeasureEffect, Method, Reached, Shift, Subject};
use crate::domain::World;
use crate::drivers::{Head, settings};
use crate::render::typed::Typed;
use crate::telling::chronicle::{capital, clean};
use crate::telling::parting;
use crate::text::column::padded;
use crate::text::number::{percent, percent_of, thousands};
use crate::text::paper::Paper;
use crate::text::pretty;
use crate::text::writer::Writer;

use super::reserves;
use super::study::Made;

pub use changes::Change;
pub use pair::Worlds;
pub use study::{Changes, Options};

/// The name of the format of its JSON.
pub const FORMAT: &str = "baraza-what-if/4";

/// What no p-value says, to stand beside every one.
pub(crate) const LUCK: &str =
    "p measures the luck of the draws alone: it says nothing of whether the model's numbers are right.";

/// Columns for what a row is about.
const LABEL: usize = 31;
/// Columns for a change in the ranking.
const CHANGE: usize = 40;
/// The most milestones that are told of a run.
const MILESTONES: usize = 3;
/// The most flips that are told.
const FLIPS: usize = 3;

/// A what-if and what it does.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// Its title.
    pub title: String,
    /// The question it answers.
    pub question: Option<String>,
    /// The changes: path and value.
    #[serde(with = "settings")]
    pub set: Vec<(String, String)>,
    /// What it does.
    pub effect: Effect,
    /// How to name the change to `baraza what-if` again: ids or `--set` arguments, each followed by a space.
    #[serde(skip)]
    pub again: String,
}

/// Several what-ifs compared with the scenario as it stands.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The scenario.
    pub world: &'a World,
    /// Its fingerprint.
    pub fingerprint: &'a str,
    /// The file with the profiles that are chosen, as a command names it.
    pub named: &'a str,
    /// The changes of the command line that are compared.
    pub set: &'a [(String, String)],
    /// The seed.
    pub seed: u64,
    /// Level of the intervals.
    pub level: f64,
    /// How intervals of differences are computed.
    pub method: Method,
    /// What the answers are ranked by.
    pub subject: Subject,
    /// The answers, the one that weighs most first.
    pub answers: Vec<Answer>,
    /// Two changes together, as they were asked for.
    pub combinations: Vec<Combined>,
    /// How it can be had again.
    pub made: &'a Made,
}

impl Comparison<'_> {
    /// Whose intervals of differences these are.
    pub(crate) fn whose(&self) -> &'static str {
        match self.method {
            Method::Newcombe => "Newcombe's",
            Method::Tango => "Tango's",
        }
    }

    /// What the answers are ranked by, in words.
    pub(crate) fn about(&self) -> Option<String> {
        self.called(self.subject)
    }

    /// A subject in words; `None` for flips.
    pub(crate) fn called(&self, subject: Subject) -> Option<String> {
        match subject {
            Subject::Flips => None,
            Subject::Outcome(o) => Some(parting::quoted(&self.world.outcomes[o].name)),
            Subject::Measure(m, held) => {
                let condition = self.answers.first().map_or("", |a| a.effect.measures[m].condition.as_str());
                Some(format!("“{}” {}", clean(condition), held.when()))
            }
        }
    }

    /// Whether somebody has a reserve, so that answers are told by what was drawn.
    pub(crate) fn by_reserves(&self) -> bool {
        self.answers.iter().any(|a| !a.effect.reserves.is_empty())
    }

    /// Which tests are one family, after "p is".
    pub(crate) fn adjusted(&self) -> String {
        let all = if self.combinations.is_empty() { "what-ifs" } else { "what-ifs and combinations" };
        match self.about() {
            None => format!(
                "adjusted by Holm over all that is compared here: every outcome and condition of all {all}"
            ),
            Some(about) => {
                format!("told of {about} alone, and adjusted by Holm over all {all} compared here")
            }
        }
    }

    /// The title of a what-if.
    pub(crate) fn title(&self, id: &str) -> String {
        let answer = self.answers.iter().find(|a| a.effect.id == id);
        clean(answer.map_or(id, |a| a.title.as_str()))
    }
}

/// What answers are ranked by, for programs.
#[derive(Serialize)]
struct RankedBy<'a> {
    by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<Held>,
}

impl<'a> RankedBy<'a> {
    fn of(comparison: &'a Comparison) -> Self {
        match comparison.subject {
            Subject::Flips => Self { by: "flips", id: None, held: None },
            Subject::Outcome(o) => {
                Self { by: "outcome", id: Some(&comparison.world.outcomes[o].name.id), held: None }
            }
            Subject::Measure(m, held) => {
                let first = comparison.answers.first();
                let id = first.map(|a| a.effect.measures[m].condition.as_str());
                Self { by: "measure", id, held: Some(held) }
            }
        }
    }
}

/// What the figures are, and are not.
const NOTE: &str =
    "Differences within a teaching model under its assumptions, not effects in the real world.";

impl Comparison<'_> {
    /// The head of what is written about it: the scenario as it stands, and the changes of the command line to it.
    pub fn head(&self) -> Head {
        Head::new(&self.world.title, self.fingerprint, self.seed, NOTE).changed(None, self.set)
    }
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head,
    level: f64,
    interval: Method,
    ranked_by: RankedBy<'a>,
    answers: &'a [Answer],
    combinations: &'a [Combined],
    tables: Typed,
}

/// The comparison as JSON, ending in a line feed.
pub(crate) fn json(comparison: &Comparison) -> String {
    let document = Document {
        format: FORMAT,
        head: comparison.head(),
        level: comparison.level,
        interval: comparison.method,
        ranked_by: RankedBy::of(comparison),
        answers: &comparison.answers,
        combinations: &comparison.combinations,
        tables: Typed(tables::tables(comparison)),
    };
    pretty(&document)
}

/// The comparison as text; of several answers each is told in a line or two, or `full`y.
pub(crate) fn text(comparison: &Comparison, full: bool, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    page.heading(&clean(&comparison.world.title));
    let pairs = comparison.answers.first().map_or(0, |a| a.effect.pairs);
    page.paragraph(&format!(
        "Every run is played twice with the same luck: once as the scenario stands, once with the change. What differs \
         comes from the change alone. {} pairs under seed {}; in brackets, {}% intervals ({}, for paired shares).",
        thousands(pairs),
        comparison.seed,
        percent_of(comparison.level),
        comparison.whose()
    ));
    let several = comparison.answers.len() > 1;
    // Answers in a line or two have neither p nor what was drawn for reserves.
    let brief = several && !full && comparison.combinations.is_empty();
    if !brief || comparison.about().is_some() {
        page.paragraph(&format!("p is McNemar's exact test, {}.", comparison.adjusted()));
    }
    if !brief && comparison.by_reserves() && comparison.combinations.is_empty() {
        page.paragraph(reserves::ABOUT);
    }
    if several {
        match comparison.about() {
            None => ranking(&mut page, comparison),
            Some(about) => ranking_by(&mut page, comparison, &about),
        }
    }
    // Whoever asks for combinations has the answers in the ranking; alone they are told in full.
    if brief {
        page.gap();
        page.paragraph(&format!(
            "`--detail full` tells each of them; `baraza what-if {} {}` tells one.",
            comparison.named, comparison.answers[0].effect.id
        ));
    } else if comparison.combinations.is_empty() {
        for answer in &comparison.answers {
            tell(&mut page, comparison, answer);
        }
    } else {
        combine::write(&mut page, comparison);
    }
    page.gap();
    page.quiet("Differences within a teaching model under its assumptions, not effects in the real world.");
    page.finish()
}

fn ranking(page: &mut Writer, comparison: &Comparison) {
    page.heading("Which changes matter most");
    let width = page.paper().room(58);
    page.row(&format!("  {:<width$}{:>9}{:>9}", "", "outcome", "anything"));
    page.row(&format!("  {:<width$}{:>9}{:>9}", "", "flips", "differs"));
    for answer in &comparison.answers {
        let e = &answer.effect;
        let share = |n: u64| percent(n as f64 / e.pairs.max(1) as f64);
        let title = clean(&answer.title);
        let mut lines = textwrap::wrap(&title, width - 2).into_iter();
        let first = padded(&lines.next().unwrap_or_default(), width);
        page.row(&format!("  {first}{:>9}{:>9}", share(e.flipped), share(e.parted)));
        lines.for_each(|line| page.row(&format!("    {line}")));
        if let Subject::Outcome(o) = e.foremost(Subject::Flips) {
            let title =
                format!("{} {}", points(&e.outcomes[o].difference().into()), clean(&e.outcomes[o].title));
            page.remark(&title);
        }
    }
}

/// The ranking by one outcome or condition: its share, and how far each change moves it.
fn ranking_by(page: &mut Writer, comparison: &Comparison, about: &str) {
    page.heading("Which changes matter most");
    page.paragraph(&format!("By how far they move the share of {about}:"));
    let width = page.paper().room(CHANGE);
    page.row(&format!("  {:<width$} {:>7}  {:<23} {}", "", "changed", "difference, in points", "p"));
    for answer in &comparison.answers {
        let Some(d) = answer.effect.on(comparison.subject) else { continue };
        let title = clean(&answer.title);
        let mut lines = textwrap::wrap(&title, width - 2).into_iter();
        let first = padded(&lines.next().unwrap_or_default(), width);
        page.row(&format!(
            "  {first} {:>7}  {:<22} {}",
            percent(d.changed),
            points(&d.into()),
            p(d.p_adjusted)
        ));
        lines.for_each(|line| page.row(&format!("    {line}")));
    }
    page.paragraph(LUCK);
    let baseline = comparison.answers.first().and_then(|a| a.effect.on(comparison.subject));
    page.paragraph(&format!("As the scenario stands: {}.", percent(baseline.map_or(0.0, |d| d.baseline))));
}

/// A difference and its interval, in points of 100.
pub(crate) fn points(d: &Shift) -> String {
    format!("{:+.1} ({:+.1} to {:+.1})", d.difference * 100.0, d.low * 100.0, d.high * 100.0)
}

/// p as it is told; a dash where nothing is tested.
pub(crate) fn p(value: Option<f64>) -> String {
    match value {
        None => "–".into(),
        Some(p) if p < 0.001 => "<.001".into(),
        Some(p) => format!("{p:.3}"),
    }
}

fn tell(page: &mut Writer, comparison: &Comparison, answer: &Answer) {
    page.heading(&format!("What if: {}", clean(&answer.title)));
    if let Some(question) = &answer.question {
        page.paragraph(&clean(question));
    }
    let set: Vec<String> =
        answer.set.iter().map(|(path, value)| format!("{path} = {}", clean(value))).collect();
    page.paragraph(&format!("Changed: {}.", set.join("; ")));
    let effect = &answer.effect;
    if effect.parted == 0 {
        page.paragraph("Nothing differs in any pair.");
        return;
    }
    let width = page.paper().room(LABEL);
    page.row(&format!(
        "  {:<width$} {:>5} {:>7}  {:<21} {}",
        "", "as is", "changed", "difference, in points", "p"
    ));
    for o in effect.outcomes.iter().filter(|o| o.occurs()) {
        row(page, &clean(&o.title), &o.difference());
    }
    effect.measures.iter().for_each(|m| measure(page, m));
    page.paragraph(LUCK);
    page.paragraph(&format!(
        "{} of {} pairs end otherwise with the change; in {} something differs on the way.",
        thousands(effect.flipped),
        thousands(effect.pairs),
        thousands(effect.parted)
    ));
    for flip in effect.flips.iter().take(FLIPS) {
        why(page, comparison, answer, flip);
    }
    let others: Vec<String> =
        effect.flips.iter().skip(FLIPS).map(|flip| other(comparison.world, flip)).collect();
    if !others.is_empty() {
        page.item(&format!("The others: {}.", others.join("; ")));
    }
    let foremost = effect.foremost(comparison.subject);
    let called = comparison.called(foremost).unwrap_or_default();
    reserves::effects(page, comparison.world, (foremost, &called), &effect.reserves);
}

/// A flip of which no more is told.
fn other(world: &World, flip: &Flip) -> String {
    let title = |o: usize| parting::quoted(&world.outcomes[o].name);
    format!("{} from {} to {}", thousands(flip.pairs), title(flip.from), title(flip.to))
}

fn row(page: &mut Writer, title: &str, d: &Difference) {
    let width = page.paper().room(LABEL);
    let mut lines = textwrap::wrap(title, width - 1).into_iter();
    let first = padded(&lines.next().unwrap_or_default(), width);
    let (baseline, changed) = (percent(d.baseline), percent(d.changed));
    page.row(&format!(
        "  {first} {baseline:>5} {changed:>7}  {:<24} {}",
        points(&(*d).into()),
        p(d.p_adjusted)
    ));
    lines.for_each(|line| page.row(&format!("    {line}")));
}

fn measure(page: &mut Writer, m: &MeasureEffect) {
    page.section(&format!("“{}”", clean(&m.condition)));
    row(page, Held::Ever.when(), &m.ever);
    row(page, Held::Last.when(), &m.last);
}

fn why(page: &mut Writer, comparison: &Comparison, answer: &Answer, flip: &Flip) {
    let (what, why) = story(comparison.world, flip);
    page.item(&what);
    why.iter().for_each(|sentence| page.remark(sentence));
    page.remark(&format!("See it side by side: `{}`.", side_by_side(comparison, answer, flip)));
}

/// The command that shows a flip's example side by side.
pub(crate) fn side_by_side(comparison: &Comparison, answer: &Answer, flip: &Flip) -> String {
    let (named, seed) = (comparison.named, comparison.seed);
    format!("baraza what-if {named} {}--seed {seed} --pair {}", answer.again, flip.example)
}

/// A flip in sentences: what it is, what led there, and what the run shows that is named.
pub(crate) fn story(world: &World, flip: &Flip) -> (String, Vec<String>) {
    let title = |o: usize| parting::quoted(&world.outcomes[o].name);
    let what = format!("{} went from {} to {}.", pairs(flip.pairs), title(flip.from), title(flip.to));
    let mut why = vec![format!(
        "{} of them first parted over {}; the mean round of parting was {:.1}.",
        thousands(flip.parts.2),
        parting::turn(world, flip.turn, &flip.parts.1),
        flip.round
    )];
    for (whose, reached) in [("changed", &flip.gained), ("unchanged", &flip.lost)] {
        let list: Vec<String> =
            reached.iter().filter(|r| explains(r, flip)).map(|r| counted(world, r)).collect();
        if !list.is_empty() {
            why.push(format!("The {whose} world alone: {}.", list.join("; ")));
        }
    }
    if reasons(flip) == [None, None] {
        why.push(format!("{}.", capital(&unexplained(world, flip))));
    }
    why.push(format!("Run {} shows it: {}", flip.example, shows(world, flip)));
    (what, why)
}

/// What the run that is named shows, what is common among the flips first.
fn shows(world: &World, flip: &Flip) -> String {
    let Some(shown) = &flip.shown else { return "its outcome flips.".into() };
    let over = parting::turn(world, shown.at, &shown.agent);
    let mut text = format!("its worlds part in round {} over {over}", shown.round);
    if let Some([unchanged, changed]) = shown.actions.filter(|[a, b]| a != b) {
        text += &format!(
            " (in the unchanged one it {}, in the changed one it {})",
            parting::action(unchanged),
            parting::action(changed)
        );
    }
    for (whose, reached, common) in
        [("changed", &shown.gained, &flip.gained), ("unchanged", &shown.lost, &flip.lost)]
    {
        if reached.is_empty() {
            continue;
        }
        let is_common = |r: &Reached| common.iter().any(|c| c.milestone == r.milestone);
        let mut named: Vec<Reached> = reached.clone();
        named.sort_by_key(|r| !is_common(r));
        let more = named.len().saturating_sub(MILESTONES);
        named.truncate(MILESTONES);
        text += &format!("; the {whose} one alone: {}", parting::milestones(world, &named));
        if more > 0 {
            text += &format!(" (and {more} more)");
        }
    }
    text + "."
}

/// What a change does, in a sentence: how often the talks end otherwise, from what to what, and what goes with it.
pub(crate) fn gist(comparison: &Comparison, answer: &Answer) -> String {
    let (world, e) = (comparison.world, &answer.effect);
    let share = |n: u64, of: u64| percent(n as f64 / of.max(1) as f64);
    let Some(flip) = e.flips.first() else {
        return match e.parted {
            0 => "Nothing differs in any pair.".into(),
            n => format!("No pair ends otherwise; in {} something differs on the way.", share(n, e.pairs)),
        };
    };
    let title = |o: usize| parting::quoted(&world.outcomes[o].name);
    let mut text = format!(
        "{} of pairs end otherwise, most often {} in place of {}",
        share(e.flipped, e.pairs),
        title(flip.to),
        title(flip.from)
    );
    match reasons(flip) {
        [None, None] => text += &format!("; {}", unexplained(world, flip)),
        [gained, lost] => {
            let told = [("with the change", gained), ("as it stands", lost)].into_iter().filter_map(
                |(world_name, r)| {
                    Some(format!(
                        "only {world_name} {} (in {} of these)",
                        parting::milestone(world, r?),
                        share(r?.pairs, flip.pairs)
                    ))
                },
            );
            text += &format!("; {}", told.collect::<Vec<_>>().join(", "));
        }
    }
    text + "."
}

/// What explains a flip: the commonest milestone that the changed world alone reached, and that the unchanged one alone did.
/// What holds for fewer than a fifth of its pairs explains nothing.
fn reasons(flip: &Flip) -> [Option<&Reached>; 2] {
    [&flip.gained, &flip.lost].map(|reached| reached.first().filter(|r| explains(r, flip)))
}

/// Whether a milestone holds for enough pairs of a flip to be told as its reason.
fn explains(reached: &Reached, flip: &Flip) -> bool {
    reached.pairs * 5 >= flip.pairs
}

/// What is said of a flip that no milestone explains.
fn unexplained(world: &World, flip: &Flip) -> String {
    format!(
        "no single event explains this, the pairs part over {}",
        parting::turn(world, flip.turn, &flip.parts.1)
    )
}

fn pairs(n: u64) -> String {
    if n == 1 { "1 pair".into() } else { format!("{} pairs", thousands(n)) }
}

fn counted(world: &World, reached: &Reached) -> String {
    format!("{} in {}", parting::milestone(world, reached), thousands(reached.pairs))
}
