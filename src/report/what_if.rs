//! What changes do, as text and as JSON.

use serde::Serialize;

use crate::analysis::pairs::Milestone;
use crate::analysis::what_if::{Effect, Flip, Reached};
use crate::domain::{Name, Turn, World};
use crate::drivers::GENERATOR;

use super::ensemble::{percent, percent_of, thousands};
use super::page::Page;
use super::pretty;

/// The name of the format of [`json`].
pub const FORMAT: &str = "baraza-what-if/1";

/// Columns for what a row is about.
const LABEL: usize = 31;
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
    pub set: Vec<(String, String)>,
    /// What it does.
    pub effect: Effect,
    /// How to have the changed world again on the command line.
    #[serde(skip)]
    pub again: String,
}

/// Several what-ifs compared with the scenario as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    /// The scenario.
    pub world: &'a World,
    /// Its fingerprint.
    pub fingerprint: &'a str,
    /// How the command line calls its file.
    pub file: &'a str,
    /// The seed.
    pub seed: u64,
    /// Level of the intervals.
    pub level: f64,
    /// The answers, the one that flips most pairs first.
    pub answers: &'a [Answer],
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: &'static str,
    generator: &'static str,
    title: &'a str,
    fingerprint: &'a str,
    seed: u64,
    level: f64,
    note: &'static str,
    answers: &'a [Answer],
}

/// The comparison as JSON, ending in a line feed.
pub fn json(comparison: &Comparison) -> String {
    let document = Document {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION"),
        generator: GENERATOR,
        title: &comparison.world.title,
        fingerprint: comparison.fingerprint,
        seed: comparison.seed,
        level: comparison.level,
        note: "Differences within a teaching model under its assumptions, not effects in the real world.",
        answers: comparison.answers,
    };
    pretty(&document)
}

/// The comparison as text of at most 80 columns.
pub fn text(comparison: &Comparison, styled: bool) -> String {
    let mut page = Page::new(styled);
    page.heading(&comparison.world.title);
    let pairs = comparison.answers.first().map_or(0, |a| a.effect.pairs);
    page.paragraph(&format!(
        "Every run is played twice with the same luck: once as the scenario stands, once with the change. What differs \
         comes from the change alone. {} pairs under seed {}; in brackets, {}% intervals (Newcombe's, for paired \
         shares); p: McNemar's exact test, adjusted by Holm over the what-ifs compared here.",
        thousands(pairs),
        comparison.seed,
        percent_of(comparison.level)
    ));
    if comparison.answers.len() > 1 {
        ranking(&mut page, comparison.answers);
    }
    for answer in comparison.answers {
        tell(&mut page, comparison, answer);
    }
    page.gap();
    page.quiet("Differences within a teaching model under its assumptions, not effects in the real world.");
    page.finish()
}

fn ranking(page: &mut Page, answers: &[Answer]) {
    page.heading("Which changes matter most");
    page.row(&format!("  {:<58}{:>9}{:>9}", "", "outcome", "anything"));
    page.row(&format!("  {:<58}{:>9}{:>9}", "", "flips", "differs"));
    for answer in answers {
        let e = &answer.effect;
        let share = |n: u64| percent(n as f64 / e.pairs.max(1) as f64);
        let mut lines = textwrap::wrap(&answer.title, 56).into_iter();
        let first = lines.next().unwrap_or_default();
        page.row(&format!("  {first:<58}{:>9}{:>9}", share(e.flipped), share(e.parted)));
        lines.for_each(|line| page.row(&format!("    {line}")));
    }
}

fn tell(page: &mut Page, comparison: &Comparison, answer: &Answer) {
    page.heading(&format!("What if: {}", answer.title));
    if let Some(question) = &answer.question {
        page.paragraph(question);
    }
    let set: Vec<String> = answer.set.iter().map(|(path, value)| format!("{path} = {value}")).collect();
    page.paragraph(&format!("Changed: {}.", set.join("; ")));
    let effect = &answer.effect;
    if effect.parted == 0 {
        page.paragraph("Nothing differs in any pair.");
        return;
    }
    page.row(&format!(
        "  {:<LABEL$} {:>5} {:>7}  {:<21} {}",
        "", "as is", "changed", "difference, in points", "p"
    ));
    for o in effect.outcomes.iter().filter(|o| o.baseline > 0.0 || o.changed > 0.0) {
        let mut lines = textwrap::wrap(&o.title, LABEL - 1).into_iter();
        let first = lines.next().unwrap_or_default();
        let difference =
            format!("{:+.1} ({:+.1} to {:+.1})", o.difference * 100.0, o.low * 100.0, o.high * 100.0);
        let p = if o.p_adjusted < 0.001 { "<.001".into() } else { format!("{:.3}", o.p_adjusted) };
        let (baseline, changed) = (percent(o.baseline), percent(o.changed));
        page.row(&format!("  {first:<LABEL$} {baseline:>5} {changed:>7}  {difference:<24} {p}"));
        lines.for_each(|line| page.row(&format!("    {line}")));
    }
    page.paragraph(&format!(
        "{} of {} pairs end otherwise with the change; in {} something differs on the way.",
        thousands(effect.flipped),
        thousands(effect.pairs),
        thousands(effect.parted)
    ));
    for flip in effect.flips.iter().take(FLIPS) {
        why(page, comparison, answer, flip);
    }
}

fn why(page: &mut Page, comparison: &Comparison, answer: &Answer, flip: &Flip) {
    let (what, why) = story(comparison.world, flip);
    page.item(&what);
    why.iter().for_each(|sentence| page.remark(sentence));
    page.remark(&format!(
        "Run {} shows it: compare `baraza run {} --seed {} --run {}` with the same and {}.",
        flip.example, comparison.file, comparison.seed, flip.example, answer.again
    ));
}

/// A flip in sentences: what it is, and what led there.
pub(super) fn story(world: &World, flip: &Flip) -> (String, Vec<String>) {
    let title = |o: usize| &world.outcomes[o].name.title;
    let what = format!("{} went from “{}” to “{}”.", pairs(flip.pairs), title(flip.from), title(flip.to));
    let mut why = vec![format!(
        "{} of them first parted over {}; the mean round of parting was {:.1}.",
        thousands(flip.parts.2),
        turn(world, flip.turn),
        flip.round
    )];
    for (whose, reached) in [("changed", &flip.gained), ("unchanged", &flip.lost)] {
        if !reached.is_empty() {
            let list: Vec<String> = reached.iter().map(|r| milestone(world, r)).collect();
            why.push(format!("The {whose} world alone: {}.", list.join("; ")));
        }
    }
    (what, why)
}

fn pairs(n: u64) -> String {
    if n == 1 { "1 pair".into() } else { format!("{} pairs", thousands(n)) }
}

fn quoted(name: &Name) -> String {
    format!("“{}”", name.title)
}

/// What a turn is about, as the object of “over”.
fn turn(world: &World, turn: Turn) -> String {
    match turn {
        Turn::Open(t) => format!("the opening of {}", quoted(&world.track(t).name)),
        Turn::Convene(s) => format!("whether {} came", world.party(world.seat(s).party).name.title),
        Turn::Instruct(s) => format!("the mandate of {}", world.party(world.seat(s).party).name.title),
        Turn::Table(t) | Turn::Recess(t) => format!("the agenda of {}", quoted(&world.track(t).name)),
        Turn::Bargain(i) => format!("the bargaining on {}", quoted(&world.item(i).name)),
        Turn::Mediate(m) => format!("what {} did", world.mediator(m).name.title),
        Turn::Conclude(n) => format!("the signing of {}", quoted(&world.instrument(n).name)),
        Turn::Front(f) => format!("the fighting at {}", quoted(&world.front(f).name)),
        Turn::Spoiler(s) => format!("whether {} attacked", world.spoiler(s).name.title),
        Turn::Backer(b) => format!("the support by {}", world.backer(b).name.title),
        Turn::Observer(o) => format!("what {} reported", world.observer(o).name.title),
        Turn::Comply(n) => format!("the keeping of {}", quoted(&world.instrument(n).name)),
        Turn::Event(e) => format!("the event {}", quoted(&world.events[e.at()].name)),
        Turn::Endure(p) => format!("what the fighting cost {}", world.party(p).name.title),
        Turn::Assess => "the end of a round".into(),
    }
}

fn milestone(world: &World, reached: &Reached) -> String {
    let what = match reached.milestone {
        Milestone::Signed(k) => format!("{} signed", quoted(&world.instruments[k].name)),
        Milestone::Broken(k) => format!("{} broken", quoted(&world.instruments[k].name)),
        Milestone::Settled(k) => format!("{} settled at the end", quoted(&world.items[k].name)),
        Milestone::Captured(k) => format!("{} changed hands", quoted(&world.fronts[k].name)),
        Milestone::WalkedOut(k) => {
            let seat = &world.seats[k];
            let track = quoted(&world.track(seat.track).name);
            format!("{} walked out of {track}", world.party(seat.party).name.title)
        }
        Milestone::DrewBack(k) => format!("{} drew back", world.backers[k].name.title),
        Milestone::Fired(k) => format!("the event {}", quoted(&world.events[k].name)),
        Milestone::CoOpted(k) => format!("{} co-opted", world.spoilers[k].name.title),
    };
    format!("{what} in {}", thousands(reached.pairs))
}
