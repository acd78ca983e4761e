//! One pair of worlds side by side, from the turn where they part.

use serde::Serialize;

use crate::analysis::pairs::Pair;
use crate::analysis::what_if::{Reached, Shown};
use crate::document::{self, Rounds};
use crate::domain::{Model, Quantity, Turn, World};
use crate::drivers::{Head, Step, Transcript};
use crate::text::column::padded;
use crate::text::paper::Paper;
use crate::text::pretty;
use crate::text::writer::Writer;

use super::chronicle::{Detail, Said, Teller, by_turn, clean, when};
use super::parting;
use super::trace::{ChangeLine, changes};

/// The name of the format of [`json`].
pub const FORMAT: &str = "baraza-pair/2";

/// What the runs are, and are not.
pub(crate) const NOTE: &str = "Two runs of a teaching model with the same luck, not a forecast.";
/// Columns of each side: two of them, a line between them and a blank on both sides of it.
pub(crate) fn side(paper: Paper) -> usize {
    (paper.width() - 3) / 2
}

/// A run of the scenario as it stands and of the changed one, with the same luck.
#[derive(Clone, Copy)]
pub struct SideBySide<'a> {
    /// The two scenarios.
    pub pair: &'a Pair<'a>,
    /// The what-if's id; `None` where the changes are the command line's own.
    pub id: Option<&'a str>,
    /// Its title.
    pub title: &'a str,
    /// Its changes: path and value.
    pub set: &'a [(String, String)],
    /// The fingerprint of the scenario as it stands.
    pub fingerprint: &'a str,
    /// The seed.
    pub seed: u64,
    /// The run.
    pub run: u32,
    /// The records of both.
    pub transcripts: [&'a Transcript; 2],
    /// What the run shows; `None` where the two never part.
    pub shown: Option<&'a Shown>,
    /// The flip for which the run was looked for, as ids of outcomes.
    pub wanted: Option<[&'a str; 2]>,
    /// How much is told.
    pub detail: Detail,
}

/// A turn that is told or changes otherwise in the two.
#[derive(Clone, Debug, Serialize)]
struct Row {
    turn: &'static str,
    agent: String,
    baseline: Side,
    changed: Side,
}

/// One side of a turn.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
struct Side {
    told: Vec<Sentence>,
    /// What changed in the state; only where this is how the two differ and nothing is told of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeLine>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Sentence {
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Round {
    round: u8,
    turns: Vec<Row>,
}

#[derive(Clone, Debug, Serialize)]
struct Common {
    round: u8,
    turn: &'static str,
    agent: String,
    text: String,
}

/// What is set out.
#[derive(Clone, Debug)]
struct Layout {
    /// What both share before they part, in brief.
    common: Vec<Common>,
    /// From there on, the turns that differ.
    rounds: Vec<Round>,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head,
    run: u32,
    outcomes: [&'a str; 2],
    parted: Option<&'a Shown>,
    common: Vec<Common>,
    rounds: Vec<Round>,
}

/// The head of what is written about it.
pub(crate) fn head(told: &SideBySide) -> Head {
    Head::new(&told.pair.baseline.world.title, told.fingerprint, told.seed, NOTE).changed(told.id, told.set)
}

/// The pair as JSON, ending in a line feed.
pub fn json(told: &SideBySide) -> String {
    let Layout { common, rounds } = layout(told);
    let document = Document {
        format: FORMAT,
        head: head(told),
        run: told.run,
        outcomes: outcomes(told).map(|o| o.0),
        parted: told.shown,
        common,
        rounds,
    };
    pretty(&document)
}

/// The rounds from where the two part, and what both share before, for a page; the turns that differ are those of [`text`].
pub(crate) fn rounds(told: &SideBySide) -> (Vec<String>, Rounds) {
    let world = &told.pair.baseline.world;
    let Layout { common, rounds } = layout(told);
    let mut teller = Teller::new(told.pair.baseline);
    let shared = common.iter().map(|c| format!("Round {}: {}", c.round, teller.tell(&c.text))).collect();
    let mut tellers = [Teller::new(told.pair.baseline), Teller::new(told.pair.variant)];
    let mut entries = |k: usize, side: &Side| -> Vec<String> {
        let mut entries = Vec::new();
        for sentence in &side.told {
            entries.push(tellers[k].tell(&sentence.text));
            entries.extend(sentence.remarks.iter().map(|remark| format!("– {}", tellers[k].tell(remark))));
        }
        entries.extend(side.changes.iter().map(|c| format!("{}: {} → {}", c.path, c.from, c.to)));
        entries
    };
    let rounds = rounds.iter().map(|r| document::Round {
        label: format!("Round {} of {} · {}", r.round, world.rounds, when(world, r.round)),
        sides: [
            r.turns.iter().flat_map(|row| entries(0, &row.baseline)).collect(),
            r.turns.iter().flat_map(|row| entries(1, &row.changed)).collect(),
        ],
    });
    let caption = format!("Run {} in both worlds, from where they part: what is told otherwise", told.run);
    let sides = ["As it stands".into(), "With the change".into()];
    (shared, Rounds { caption, sides, rounds: rounds.collect() })
}

/// A row for every turn that differs: the round, the turn, its agent, and what either world tells of it.
pub(crate) fn turns(told: &SideBySide) -> Vec<[String; 5]> {
    let said = |side: &Side| {
        let texts = side.told.iter().map(|s| clean(&s.text));
        let changes = side.changes.iter().map(|c| format!("{}: {} → {}", c.path, c.from, c.to));
        texts.chain(changes).collect::<Vec<_>>().join(" ")
    };
    let row = |round: u8, row: &Row| {
        [round.to_string(), row.turn.into(), row.agent.clone(), said(&row.baseline), said(&row.changed)]
    };
    layout(told)
        .rounds
        .iter()
        .flat_map(|r| r.turns.iter().map(|t| row(r.round, t)).collect::<Vec<_>>())
        .collect()
}

/// The pair as text.
pub fn text(told: &SideBySide, paper: impl Into<Paper>) -> String {
    let world = &told.pair.baseline.world;
    let mut page = Writer::new(paper);
    let width = side(page.paper());
    page.heading(&clean(&world.title));
    page.paragraph(&format!("What if: {}.", clean(told.title).trim_end_matches(['.', '?'])));
    let set: Vec<String> =
        told.set.iter().map(|(path, value)| format!("{path} = {}", clean(value))).collect();
    page.paragraph(&format!("Changed: {}.", set.join("; ")));
    page.paragraph(&format!("Seed {}, run {}, played twice with the same luck.", told.seed, told.run));
    if let Some([from, to]) = told.wanted {
        page.paragraph(&format!("Run {} is the first that goes from `{from}` to `{to}`.", told.run));
    }
    let models = [told.pair.baseline, told.pair.baseline, told.pair.variant];
    let mut tellers = models.map(Teller::new);
    let Some(shown) = told.shown else {
        page.gap();
        page.paragraph("In this run nothing differs: the change leaves everything as it was.");
        ending(&mut page, told);
        return page.finish();
    };
    let layout = layout(told);
    let [common, sides @ ..] = &mut tellers;
    before(&mut page, world, &layout.common, common, sides);
    page.heading(&format!("Round {}: they part", shown.round));
    let over = parting::turn(world, shown.at, &shown.agent);
    page.paragraph(&format!("The two differ for the first time over {over}."));
    let ends = told.transcripts.map(|t| t.steps.last().map_or(0, |s| s.round));
    let mut over = [false; 2];
    for (k, round) in layout.rounds.iter().enumerate() {
        if k > 0 || round.round != shown.round {
            page.heading(&format!(
                "Round {} of {} · {}",
                round.round,
                world.rounds,
                when(world, round.round)
            ));
        }
        columns(&mut page, &["As it stands".into()], &["With the change".into()]);
        rule(&mut page);
        let [one, other] = [0, 1].map(|k| ended("ended in", ends[k], round.round, &mut over[k]));
        columns(&mut page, &one, &other);
        for row in &round.turns {
            let lines =
                [(&row.baseline, 0), (&row.changed, 1)].map(|(one, k)| lines(one, &mut sides[k], width));
            columns(&mut page, &lines[0], &lines[1]);
        }
    }
    ending(&mut page, told);
    page.finish()
}

fn before(page: &mut Writer, world: &World, common: &[Common], teller: &mut Teller, sides: &mut [Teller]) {
    page.heading("What both share, in brief");
    if common.is_empty() {
        page.paragraph("Nothing of note.");
    }
    let mut round = 0;
    for c in common {
        if c.round != round {
            round = c.round;
            page.section(&format!("Round {round} of {} · {}", world.rounds, when(world, round)));
        }
        page.item(&teller.tell(&c.text));
        // What has been said to the reader of both columns need not be said again in one of them.
        sides.iter_mut().for_each(|side| _ = side.tell(&c.text));
    }
}

/// Says once, in the first round after it, how one side has come to its end: its column stays empty from there on.
pub(crate) fn ended(how: &str, end: u8, round: u8, said: &mut bool) -> Vec<String> {
    let due = round > end && !std::mem::replace(said, round > end);
    if due { vec![format!("({how} round {end})")] } else { Vec::new() }
}

/// The lines of one side of a turn.
fn lines(side: &Side, teller: &mut Teller, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut wrapped = |text: &str, first: &str, rest: &str| {
        let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(rest);
        out.extend(textwrap::wrap(text, options).into_iter().map(String::from));
    };
    for sentence in &side.told {
        wrapped(&teller.tell(&sentence.text), "• ", "  ");
        for remark in &sentence.remarks {
            wrapped(&teller.tell(remark), "  – ", "    ");
        }
    }
    for change in &side.changes {
        wrapped(&format!("{}: {} → {}", change.path, change.from, change.to), "• ", "  ");
    }
    out
}

/// A line under what heads the columns.
pub(crate) fn rule(page: &mut Writer) {
    let line = ["─".repeat(side(page.paper()))];
    columns(page, &line, &line);
}

/// Two columns with a line between them.
pub(crate) fn columns(page: &mut Writer, left: &[String], right: &[String]) {
    let width = side(page.paper());
    for k in 0..left.len().max(right.len()) {
        let (one, other) = (left.get(k).map_or("", |l| l), right.get(k).map_or("", |r| r));
        page.row(&format!("{} │ {other}", padded(one, width)));
    }
}

fn ending(page: &mut Writer, told: &SideBySide) {
    let world = &told.pair.baseline.world;
    page.heading("How they end");
    let width = side(page.paper());
    let plain = |text: String| textwrap::wrap(&text, width).into_iter().map(String::from).collect::<Vec<_>>();
    columns(page, &["As it stands".into()], &["With the change".into()]);
    rule(page);
    let [one, other] =
        outcomes(told).map(|(_, title, round)| plain(format!("{} (round {round})", clean(title))));
    columns(page, &one, &other);
    if let Some(shown) = told.shown {
        let only = |reached: &[Reached]| match reached {
            [] => Vec::new(),
            reached => plain(format!("Here alone: {}.", parting::milestones(world, reached))),
        };
        columns(page, &only(&shown.lost), &only(&shown.gained));
    }
    page.gap();
    page.quiet("Two runs of a teaching model with the same luck, not a forecast.");
}

/// The outcome of both: id, title, the round in which the talks end.
pub(crate) fn outcomes<'a>(told: &SideBySide<'a>) -> [(&'a str, &'a str, u8); 2] {
    [(told.pair.baseline, told.transcripts[0]), (told.pair.variant, told.transcripts[1])].map(|(model, t)| {
        let place = usize::from(t.end[model.cell(Quantity::Outcome)]);
        let round = t.steps.last().map_or(0, |s| s.round);
        model
            .world
            .outcomes
            .get(place.wrapping_sub(1))
            .map_or(("", "", round), |o| (o.name.id.as_str(), o.name.title.as_str(), round))
    })
}

/// One world of the pair, for the layout: what is told and what changes at each place of a round.
struct Column<'a> {
    model: &'a Model,
    said: Vec<Said>,
    steps: &'a [Step],
}

impl<'a> Column<'a> {
    fn told(&self, round: u8, turn: Turn) -> Side {
        let here = self.said.iter().filter(|s| s.round == round && s.turn == turn);
        let told = here.map(|s| Sentence { text: s.text.clone(), remarks: s.remarks.clone() });
        Side { told: told.collect(), changes: Vec::new() }
    }

    fn changes(&self, round: u8, turn: Turn) -> Vec<ChangeLine> {
        let step = self.steps.iter().find(|s| s.round == round && s.turn == turn);
        step.map_or_else(Vec::new, |s| changes(self.model, s))
    }
}

fn layout(told: &SideBySide) -> Layout {
    let mut out = Layout { common: Vec::new(), rounds: Vec::new() };
    let Some(shown) = told.shown else { return out };
    let pair = told.pair;
    let [one, other] = [(pair.baseline, told.transcripts[0]), (pair.variant, told.transcripts[1])]
        .map(|(model, t)| Column { model, said: by_turn(model, t, told.detail), steps: &t.steps });
    let last = [&one, &other].map(|c| c.steps.last().map_or(0, |s| s.round)).into_iter().max().unwrap_or(0);
    let mut parted = false;
    for round in 1..=last {
        let mut rows = Vec::new();
        for (k, place) in pair.places().iter().enumerate() {
            let (turn, model) = pair.turn(k);
            let agent = turn.agent(&model.world).to_owned();
            parted |= round == shown.round && turn == shown.at && agent == shown.agent;
            let turns =
                (place.baseline.map(|k| one.model.turns[k]), place.variant.map(|k| other.model.turns[k]));
            if !parted {
                let brief =
                    |s: &&Said| s.round == round && Some(s.turn) == turns.0 && s.detail == Detail::Brief;
                out.common.extend(one.said.iter().filter(brief).map(|s| Common {
                    round,
                    turn: turn.name(),
                    agent: agent.clone(),
                    text: s.text.clone(),
                }));
                continue;
            }
            let row = Row {
                turn: turn.name(),
                agent,
                baseline: turns.0.map_or_else(Side::default, |t| one.told(round, t)),
                changed: turns.1.map_or_else(Side::default, |t| other.told(round, t)),
            };
            let first = round == shown.round && turn == shown.at;
            rows.extend(differing(row, first, &one, &other, (round, turns)));
        }
        if !rows.is_empty() {
            out.rounds.push(Round { round, turns: rows });
        }
    }
    out
}

/// The row where its sides differ. The turn of parting is always shown: where the words are the same, by what changed.
fn differing(
    mut row: Row,
    parting: bool,
    one: &Column,
    other: &Column,
    (round, turns): (u8, (Option<Turn>, Option<Turn>)),
) -> Option<Row> {
    if row.baseline != row.changed {
        return Some(row);
    }
    if !parting {
        return None;
    }
    row.baseline.changes = turns.0.map_or_else(Vec::new, |t| one.changes(round, t));
    row.changed.changes = turns.1.map_or_else(Vec::new, |t| other.changes(round, t));
    Some(row)
}
