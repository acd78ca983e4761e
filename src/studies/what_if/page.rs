//! What changes do, as a page with pictures.

use crate::analysis::Held;
use crate::analysis::summary::Share;
use crate::analysis::what_if::{Difference, Effect, OutcomeEffect, Subject};
use crate::chart::bars::{Bars, Series};
use crate::chart::forest::Forest;
use crate::chart::matrix::Matrix;
use crate::chart::{Estimate, Head, Picture, Unit};
use crate::document;
use crate::document::table::Table;
use crate::document::{Bar, Block, Document, Section};
use crate::studies::parts::{assumptions, bar, provenance};
use crate::studies::parts::{continued, numbered};
use crate::studies::reserves::ABOUT;
use crate::text::caveat::{CAVEAT, STANDING};
use crate::text::number::{percent_of, thousands};

use super::together;
use super::types;
use super::{Answer, Comparison, LUCK, gist, p, side_by_side, story};

/// The most flips that are told in sentences.
const FLIPS: usize = 5;

/// The most rows of one picture.
pub(crate) const MOST: usize = 20;

/// The page of a comparison. Each answer is folded unless it is the only one or all is to be told in `full`.
pub(super) fn document(comparison: &Comparison, full: bool) -> Document {
    let c = comparison;
    let pairs = format!("{} pairs of runs for each what-if", thousands(pairs(c)));
    let folded = c.answers.len() > 1 && !full;
    let mut sections = vec![effects(c), together::section(c)];
    sections.extend(c.answers.iter().map(|answer| told(c, answer, folded)));
    if full {
        sections.extend([ranking(c), outcomes(c)]);
    }
    sections.push(Section { folded, ..measures(c) });
    sections.extend([reading(c), assumptions(c.world)]);
    Document {
        title: c.world.title.clone(),
        kind: "What changes do in a simulated negotiation".into(),
        answer: answer(c),
        lead: c.world.summary.iter().cloned().collect(),
        sections,
        provenance: provenance(&c.head().into(), &pairs, c.made),
    }
}

fn pairs(comparison: &Comparison) -> u64 {
    comparison.answers.first().map_or(0, |a| a.effect.pairs)
}

/// Which change matters most; of one change, what it does.
fn answer(comparison: &Comparison) -> Option<document::Answer> {
    let first = comparison.answers.first()?;
    let alpha = 1.0 - comparison.level;
    if comparison.answers.len() == 1 {
        return Some(alone(comparison, first));
    }
    let about = comparison.about();
    let shown = comparison.answers.iter().take(document::Answer::MOST);
    let flips = |a: &Answer| bar(&a.title, &Share::of(a.effect.flipped, a.effect.pairs, alpha));
    let moves = |a: &Answer| {
        let d = a.effect.on(comparison.subject)?;
        let length = (d.difference.abs() * 1000.0).round() as u16;
        Some(Bar { label: a.title.clone(), length, figure: estimate(&d).tell(Unit::Difference) })
    };
    let (question, caption, bars) = match &about {
        None => (
            "Which of these changes matters most?".to_owned(),
            format!(
                "Share of pairs of runs that end otherwise, with {}% intervals",
                percent_of(comparison.level)
            ),
            shown.map(flips).collect(),
        ),
        Some(about) => (
            format!("What moves the share of {about} most?"),
            format!(
                "Change of its share in percentage points, with {}% intervals",
                percent_of(comparison.level)
            ),
            shown.filter_map(moves).collect(),
        ),
    };
    let sentence = format!("“{}”: {}", first.title, gist(comparison, first));
    Some(document::Answer { question, sentence, caption, bars, caveat: CAVEAT.into() })
}

/// What one change does: the outcomes that it moves most.
fn alone(comparison: &Comparison, answer: &Answer) -> document::Answer {
    let e = &answer.effect;
    let share = |label: String, share: f64| bar(&label, &of_pairs(comparison, e, share));
    let mut moved: Vec<_> = e.outcomes.iter().filter(|o| o.occurs()).collect();
    moved.sort_by(|a, b| b.difference.abs().total_cmp(&a.difference.abs()));
    let both = |o: &OutcomeEffect| {
        [
            share(format!("{}: as it stands", o.title), o.baseline),
            share("… with the change".into(), o.changed),
        ]
    };
    document::Answer {
        question: answer.question.clone().unwrap_or_else(|| format!("What if: {}?", answer.title)),
        sentence: gist(comparison, answer),
        caption: shares_of_pairs(comparison, e),
        bars: moved.into_iter().take(3).flat_map(both).collect(),
        caveat: CAVEAT.into(),
    }
}

/// A share of pairs with its interval. Shares are those of whole numbers of pairs: the count comes back exactly.
fn of_pairs(comparison: &Comparison, effect: &Effect, share: f64) -> Share {
    Share::of((share * effect.pairs as f64).round() as u64, effect.pairs, 1.0 - comparison.level)
}

/// What such shares are, above a picture or beside bars.
fn shares_of_pairs(comparison: &Comparison, effect: &Effect) -> String {
    format!("Share of {} pairs, with {}% intervals", thousands(effect.pairs), percent_of(comparison.level))
}

/// Every change against every outcome: by how much its share moves.
fn effects(comparison: &Comparison) -> Section {
    let mut section = Section::new("What each change does to each outcome");
    let Some(first) = comparison.answers.first().filter(|_| comparison.answers.len() > 1) else {
        return section;
    };
    let places: Vec<usize> = (0..first.effect.outcomes.len())
        .filter(|o| comparison.answers.iter().any(|a| a.effect.outcomes[*o].occurs()))
        .collect();
    let mut table = Table::new(
        "Differences in percentage points, with intervals; stronger colour: more, orange for less. Shares as the scenario stands in the first row.",
        std::iter::once("what if".to_owned())
            .chain(places.iter().map(|o| first.effect.outcomes[*o].title.clone())),
    );
    let stands = places.iter().map(|o| Unit::Share.tell(first.effect.outcomes[*o].baseline));
    table.push(std::iter::once("As it stands".to_owned()).chain(stands));
    table.shades.push(Vec::new());
    for answer in &comparison.answers {
        let d = |o: &usize| answer.effect.outcomes[*o].difference();
        table.push(
            std::iter::once(answer.title.clone())
                .chain(places.iter().map(|o| estimate(&d(o)).tell(Unit::Difference))),
        );
        // What the pairs do not tell from nothing has no colour.
        let shade = |o: &usize| {
            let d = d(o);
            let clear = d.low > 0.0 || d.high < 0.0;
            if clear { (d.difference * 100.0).round() as i8 } else { 0 }
        };
        table.shades.push(std::iter::once(0).chain(places.iter().map(shade)).collect());
    }
    section.push(Block::Table(table));
    section
}

fn reading(comparison: &Comparison) -> Section {
    let mut section = Section::new("How to read this page");
    section.push(Block::Note(STANDING.into()));
    section.paragraph(format!(
        "Every run is played twice with the same luck: once as the scenario stands, once with the change. What differs \
         comes from the change alone. There are {} such pairs for each what-if.",
        thousands(pairs(comparison))
    ));
    section.paragraph(format!(
        "Thin lines with caps and figures in brackets are {}% intervals: {} for differences of paired shares, \
         Wilson's for shares. They say how much the number of pairs leaves open, not how sure anybody can be about the \
         world. p is McNemar's exact test, {}. {LUCK} Below every picture its figures can be unfolded; what is \
         unfolded is printed too.",
        percent_of(comparison.level),
        comparison.whose(),
        comparison.adjusted()
    ));
    if comparison.by_reserves() {
        section.paragraph(ABOUT);
    }
    section
}

fn ranking(comparison: &Comparison) -> Section {
    let mut section = Section::new("Which changes matter most");
    if comparison.answers.len() < 2 {
        return section;
    }
    if let Some(about) = comparison.about() {
        return ranking_by(comparison, &about, section);
    }
    let share = |n, pairs| Estimate::from(&Share::of(n, pairs, 1.0 - comparison.level));
    let group = |answer: &Answer| {
        let e = &answer.effect;
        (answer.title.clone(), vec![share(e.flipped, e.pairs), share(e.parted, e.pairs)])
    };
    let subtitle = format!("Share of the pairs, with {}% intervals", percent_of(comparison.level));
    let names = ["the talks end otherwise", "anything differs on the way"];
    for (k, answers) in comparison.answers.chunks(MOST).enumerate() {
        let title = format!("Which changes matter most{}", continued(k));
        section.push(
            Bars {
                head: Head::new(&["ranking", &numbered(k)], title, &subtitle),
                of: "what if".into(),
                axis: "Share of pairs, in per cent".into(),
                unit: Unit::Share,
                series: Series::Named(names.map(String::from).to_vec()),
                groups: answers.iter().map(group).collect(),
            }
            .draw(),
        );
    }
    section
}

/// The ranking by one outcome or condition.
fn ranking_by(comparison: &Comparison, about: &str, mut section: Section) -> Section {
    let on = |answer: &Answer| answer.effect.on(comparison.subject);
    let baseline = comparison.answers.first().and_then(on).map_or(0.0, |d| d.baseline);
    section.paragraph(format!(
        "Ranked by how far they move the share of {about}. As the scenario stands, it is {}.",
        Unit::Share.tell(baseline)
    ));
    let rows: Vec<_> = comparison.answers.iter().filter_map(|a| Some((a.title.as_str(), on(a)?))).collect();
    forests(comparison, &["ranking"], &format!("What moves the share of {about} most"), &rows, &mut section);
    section
}

/// Forest plots of differences, twenty a picture.
fn forests(
    comparison: &Comparison,
    name: &[&str],
    title: &str,
    rows: &[(&str, Difference)],
    section: &mut Section,
) {
    let subtitle =
        format!("Change of its share by each what-if, with {}% intervals", percent_of(comparison.level));
    for (k, rows) in rows.chunks(MOST).enumerate() {
        let part = numbered(k);
        let name: Vec<&str> = name.iter().copied().chain([part.as_str()]).collect();
        section.push(
            Forest {
                head: Head::new(&name, format!("{title}{}", continued(k)), &subtitle),
                of: "what if".into(),
                axis: "Difference, changed less as it stands, in percentage points".into(),
                unit: Unit::Difference,
                rows: rows.iter().map(|(label, d)| ((*label).to_owned(), estimate(d))).collect(),
            }
            .draw(),
        );
    }
}

/// One forest plot an outcome that occurs at all.
fn outcomes(comparison: &Comparison) -> Section {
    let mut section = Section::new("What they do to each outcome");
    if comparison.answers.len() < 2 {
        return section;
    }
    section.paragraph(
        "To the right of the line the outcome becomes more frequent, to the left less. A mark is hollow where the \
         interval holds zero: there the pairs do not tell the direction.",
    );
    for (o, outcome) in comparison.world.outcomes.iter().enumerate() {
        let effects = || comparison.answers.iter().filter_map(|a| a.effect.outcomes.get(o));
        if !effects().any(OutcomeEffect::occurs) {
            continue;
        }
        let rows: Vec<_> = comparison
            .answers
            .iter()
            .filter_map(|a| Some((a.title.as_str(), a.effect.outcomes.get(o)?.difference())))
            .collect();
        let (id, title) = (&outcome.name.id, &outcome.name.title);
        forests(comparison, &["difference", id], title, &rows, &mut section);
    }
    section
}

/// Two forest plots a condition: held at the end of some round, and of the last.
fn measures(comparison: &Comparison) -> Section {
    let mut section = Section::new("What they do to your questions");
    let Some(first) = comparison.answers.first().filter(|_| comparison.answers.len() > 1) else {
        return section;
    };
    for (m, measure) in first.effect.measures.iter().enumerate() {
        let number = (m + 1).to_string();
        for held in [Held::Ever, Held::Last] {
            // What they are ranked by has been shown.
            if comparison.subject == Subject::Measure(m, held) {
                continue;
            }
            let differences = comparison.answers.iter();
            let rows: Vec<_> = differences
                .filter_map(|a| Some((a.title.as_str(), a.effect.on(Subject::Measure(m, held))?)))
                .collect();
            let title = format!("“{}” {}", measure.condition, held.when());
            forests(comparison, &["measure", &number, held.word()], &title, &rows, &mut section);
        }
    }
    section
}

fn estimate(d: &Difference) -> Estimate {
    Estimate { value: d.difference, low: d.low, high: d.high }
}

/// One answer; where it is folded, without the square of all endings, of which the commonest are told in sentences.
fn told(comparison: &Comparison, answer: &Answer, folded: bool) -> Section {
    let e = &answer.effect;
    let heading = format!("What if: {}", answer.title);
    let mut section = Section { answer: Some(alone(comparison, answer)), folded, ..Section::new(heading) };
    if let Some(question) = &answer.question {
        section.push(Block::Question(question.clone()));
    }
    let mut set = Table::new("What is changed", ["path", "value"]);
    answer.set.iter().for_each(|(path, value)| set.push([path, value]));
    section.push(Block::Table(set));
    if e.parted == 0 {
        section.paragraph("Nothing differs in any pair.");
        return section;
    }
    section.paragraph(format!(
        "{} of {} pairs end otherwise with the change; in {} something differs on the way.",
        thousands(e.flipped),
        thousands(e.pairs),
        thousands(e.parted)
    ));
    section.push(shares(comparison, answer));
    section.push(Block::Table(differences(e)));
    types::tell(comparison, answer, &mut section);
    if e.flips.is_empty() {
        return section;
    }
    if !folded {
        section.push(matrix(comparison, answer));
    }
    section.push(Block::Heading("Why".into()));
    for flip in e.flips.iter().take(FLIPS) {
        let (what, why) = story(comparison.world, flip);
        section.paragraph(what);
        section.push(Block::List(why));
        section.push(Block::Command(side_by_side(comparison, answer, flip)));
    }
    section
}

/// Shares of the outcomes that occur, as the scenario stands and changed.
fn shares(comparison: &Comparison, answer: &Answer) -> Picture {
    let e = &answer.effect;
    let share = |share: f64| Estimate::from(&of_pairs(comparison, e, share));
    let occurring = e.outcomes.iter().filter(|o| o.occurs());
    let groups = occurring.map(|o| (o.title.clone(), vec![share(o.baseline), share(o.changed)]));
    let subtitle = shares_of_pairs(comparison, e);
    Bars {
        head: Head::new(&["outcomes", &e.id], format!("How the talks ended: {}", answer.title), subtitle),
        of: "outcome".into(),
        axis: "Share of runs, in per cent".into(),
        unit: Unit::Share,
        series: Series::AsIsAndChanged("as it stands".into(), "with the change".into()),
        groups: groups.collect(),
    }
    .draw()
}

fn differences(effect: &Effect) -> Table {
    let mut table = Table::new(
        format!("Differences, in percentage points. {LUCK}"),
        ["what", "as it stands", "with the change", "difference", "interval", "p, adjusted"],
    );
    for o in effect.outcomes.iter().filter(|o| o.occurs()) {
        table.push(row(o.title.clone(), &o.difference()));
    }
    for m in &effect.measures {
        table.push(row(format!("“{}” {}", m.condition, Held::Ever.when()), &m.ever));
        table.push(row(format!("“{}” {}", m.condition, Held::Last.when()), &m.last));
    }
    table
}

fn row(label: String, d: &Difference) -> [String; 6] {
    [
        label,
        Unit::Share.tell(d.baseline),
        Unit::Share.tell(d.changed),
        Unit::Difference.tell(d.difference),
        Unit::Difference.interval(d.low, d.high),
        p(d.p_adjusted),
    ]
}

/// Counts of pairs by how they end in either world, without the outcomes that never occur.
fn matrix(comparison: &Comparison, answer: &Answer) -> Picture {
    let e = &answer.effect;
    let places: Vec<usize> = (0..e.outcomes.len()).filter(|o| e.outcomes[*o].occurs()).collect();
    let flips = |a: usize, b: usize| e.flips.iter().find(|f| (f.from, f.to) == (a, b)).map_or(0, |f| f.pairs);
    let count = |a: usize, b: usize| {
        if a != b {
            return flips(a, b);
        }
        let all = (e.outcomes[a].baseline * e.pairs as f64).round() as u64;
        all - e.flips.iter().filter(|f| f.from == a).map(|f| f.pairs).sum::<u64>().min(all)
    };
    Matrix {
        head: Head::new(
            &["flips", &e.id],
            format!("Which endings turn into which: {}", answer.title),
            "Pairs of runs. On the framed diagonal both worlds end alike; the fuller a cell's colour, the more pairs flip so.",
        ),
        rows: "As it stands".into(),
        columns: "With the change".into(),
        labels: places.iter().map(|o| comparison.world.outcomes[*o].name.title.clone()).collect(),
        counts: places.iter().map(|a| places.iter().map(|b| count(*a, *b)).collect()).collect(),
    }
    .draw()
}
