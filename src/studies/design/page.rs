//! A design as a page: how far the cells lie apart, which of them lie furthest, and what each lever does.

use crate::analysis::design::{Counted, Kind, Measured, estimate};
use crate::chart::bars::{Bars, Series};
use crate::chart::{Estimate, Head, Unit};
use crate::document::table::Table;
use crate::document::{self, Block, Document, Section};
use crate::studies::parts::{assumptions, lead, provenance};
use crate::text::caveat::{CAVEAT, STANDING};
use crate::text::number::{percent_of, thousands};

use super::cells::{paths, short};
use super::{Designed, NOTE};

/// The most cells of a table for people.
const MOST: usize = 10;
/// The most levers of one picture.
const LEVERS: usize = 8;

/// A share over all cells.
struct Spread {
    label: String,
    low: f64,
    median: f64,
    high: f64,
}

impl Spread {
    fn estimate(&self) -> Estimate {
        Estimate { value: self.median, low: self.low, high: self.high }
    }

    fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// The page.
pub(super) fn document(d: &Designed) -> Document {
    let runs = thousands(d.options.runs.into());
    let cells = thousands(d.played.len() as u64);
    Document {
        title: d.world.title.clone(),
        kind: "A simulated negotiation under many sets of assumptions".into(),
        answer: Some(answer(d)),
        lead: lead(d.world, d.what_if, d.set),
        sections: vec![asked(d), spread(d), levers(d), extremes(d), reading(d), assumptions(d.world)],
        provenance: provenance(&d.head().into(), &format!("{runs} in each of {cells} cells"), d.made),
    }
}

fn share(d: &Designed, counted: &Counted, of: usize) -> Estimate {
    let (_, [value, low, high]) = estimate(counted, d.measured, of, 1.0 - d.options.level);
    Estimate { value, low, high }
}

/// What people call a measure.
fn label(d: &Designed, m: &Measured) -> String {
    let w = d.world;
    match m.kind {
        Kind::Outcome => w.outcomes[m.at].name.title.clone(),
        Kind::Ever => format!("{} (at some time)", m.id),
        Kind::Last => format!("{} (at the end)", m.id),
        Kind::Signed => format!("{}: signed", w.instruments[m.at].name.title),
        Kind::Settled => format!("{}: settled", w.items[m.at].name.title),
        Kind::Reward => format!("{}, {}", w.rewards[m.at].name.title, w.rewards[m.at].unit),
    }
}

/// The places of the measures of some kinds.
fn of_kinds(d: &Designed, kinds: &[Kind]) -> Vec<usize> {
    (0..d.measured.len()).filter(|k| kinds.contains(&d.measured[*k].kind)).collect()
}

/// How a measure lies over the cells.
fn over_cells(d: &Designed, of: usize) -> Spread {
    let mut values: Vec<f64> = d.told().map(|(_, _, counted)| share(d, counted, of).value).collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let median = match values.len() % 2 {
        0 => (values[middle - 1] + values[middle]) / 2.0,
        _ => values[middle],
    };
    Spread { label: label(d, &d.measured[of]), low: values[0], median, high: values[values.len() - 1] }
}

/// What is asked about first: one's own questions, or else the outcomes.
fn foremost(d: &Designed) -> Vec<usize> {
    let own = of_kinds(d, &[Kind::Ever, Kind::Last]);
    if own.is_empty() { of_kinds(d, &[Kind::Outcome]) } else { own }
}

/// The measure that the cells move most, of those that are asked about first.
fn moved_most(d: &Designed) -> usize {
    let widths = foremost(d).into_iter().map(|of| (of, over_cells(d, of).width()));
    widths.reduce(|best, next| if next.1 > best.1 { next } else { best }).map_or(0, |(of, _)| of)
}

fn answer(d: &Designed) -> document::Answer {
    let most = over_cells(d, moved_most(d));
    let [low, high, median] = [most.low, most.high, most.median].map(|v| Unit::Share.tell(v));
    let cells = thousands(d.played.len() as u64);
    let sentence = match most.width() == 0.0 {
        true => format!(
            "Nothing moves in these {cells} cells: “{}” has the same share in all of them, {median}.",
            most.label
        ),
        false => format!(
            "Most of all they move “{}”: from {low} to {high} of runs over {cells} cells, in the median cell {median}.",
            most.label
        ),
    };
    let bar = |of: &usize| {
        let spread = over_cells(d, *of);
        document::Bar {
            label: spread.label.clone(),
            length: (spread.median * 1000.0).round() as u16,
            figure: spread.estimate().tell(Unit::Share),
        }
    };
    document::Answer {
        question: "How far do these assumptions move the talks?".into(),
        sentence,
        caption: "Share of runs in the median cell, and in brackets in the lowest and the highest".into(),
        bars: foremost(d).iter().take(document::Answer::MOST).map(bar).collect(),
        caveat: CAVEAT.into(),
    }
}

fn asked(d: &Designed) -> Section {
    let mut section = Section::new("What was varied");
    let o = d.options;
    let paths = paths(d.cells);
    let mut levers: Vec<&str> = d.cells.iter().filter_map(|c| c.what_if.as_deref()).collect();
    levers.sort_unstable();
    levers.dedup();
    section.paragraph(format!(
        "{} cells, {} in each, under seed {}. Run 7 has the same luck in every cell, so that cells differ by their assumptions alone.",
        thousands(d.played.len() as u64),
        if o.runs == 1 { "one run".to_owned() } else { format!("{} runs", thousands(o.runs.into())) },
        o.seed
    ));
    if d.played.len() < d.cells.len() {
        section.push(Block::Note(format!(
            "Stopped: {} of {} cells only.",
            thousands(d.played.len() as u64),
            thousands(d.cells.len() as u64)
        )));
    }
    if !paths.is_empty() {
        let mut table = Table::new("Assumptions that are varied", ["path", "how many values", "which"]);
        for path in paths {
            let mut values: Vec<&str> =
                d.cells.iter().map(|c| c.value(path)).filter(|v| !v.is_empty()).collect();
            values.sort_unstable();
            values.dedup();
            table.push([path.to_owned(), thousands(values.len() as u64), which(&values)]);
        }
        section.push(Block::Table(table));
    }
    if !levers.is_empty() {
        section.push(Block::Heading("Levers".into()));
        section.push(Block::List(levers.into_iter().map(|id| lever(d, id)).collect()));
    }
    section
}

/// The values of an assumption for people: where numbers begin and end, or all words.
fn which(values: &[&str]) -> String {
    let numbers: Option<Vec<f64>> = values.iter().map(|v| v.parse().ok()).collect();
    match numbers {
        Some(numbers) => {
            let ends =
                numbers.iter().fold([f64::MAX, f64::MIN], |[low, high], v| [low.min(*v), high.max(*v)]);
            let [low, high] = ends.map(|end| short(&end.to_string()));
            if low == high { low } else { format!("{low} to {high}") }
        }
        None => values.join(", "),
    }
}

/// A lever as people know it.
fn lever(d: &Designed, id: &str) -> String {
    let title = |id: &str| {
        let found = d.world.what_ifs.iter().find(|w| w.name.id == id);
        found.map_or_else(|| id.to_owned(), |w| w.name.title.clone())
    };
    id.split('+').map(title).collect::<Vec<_>>().join(" + ")
}

fn spread(d: &Designed) -> Section {
    let mut section = Section::new("How far the cells lie apart");
    let groups = |kinds: &[Kind]| {
        let all = of_kinds(d, kinds).into_iter().map(|of| over_cells(d, of));
        all.map(|s| (s.label.clone(), vec![s.estimate()])).collect::<Vec<_>>()
    };
    let mut draw = |name: &str, title: &str, of: &str, kinds: &[Kind]| {
        let groups = groups(kinds);
        if groups.is_empty() {
            return;
        }
        let subtitle = "Bars: the median cell; lines with caps: the lowest and the highest cell";
        let picture = Bars {
            head: Head::new(&["cells", name], title, subtitle),
            of: of.into(),
            axis: "Share of runs, in per cent".into(),
            unit: Unit::Share,
            series: Series::One,
            groups,
        };
        section.push(picture.draw());
    };
    draw("outcomes", "How the talks end, over all cells", "outcome", &[Kind::Outcome]);
    draw("measures", "Questions of one's own, over all cells", "measure", &[Kind::Ever, Kind::Last]);
    draw("texts", "Texts that are signed, over all cells", "text", &[Kind::Signed]);
    draw("items", "Items settled at the end, over all cells", "item", &[Kind::Settled]);
    let rewards = of_kinds(d, &[Kind::Reward]);
    if !rewards.is_empty() {
        let mut table = Table::new(
            "What is counted, over all cells",
            ["count", "lowest cell", "median cell", "highest cell"],
        );
        for of in rewards {
            let s = over_cells(d, of);
            let [low, median, high] = [s.low, s.median, s.high].map(|v| Unit::Number.tell(v));
            table.push([s.label, low, median, high]);
        }
        section.push(Block::Table(table));
    }
    section
}

fn levers(d: &Designed) -> Section {
    let mut section = Section::new("What the levers do");
    let mut ids: Vec<Option<&str>> = Vec::new();
    for (_, cell, _) in d.told() {
        let id = cell.what_if.as_deref();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.len() < 2 {
        return section;
    }
    let mean = |id: Option<&str>, of: usize| {
        let values: Vec<f64> = d
            .told()
            .filter(|(_, cell, _)| cell.what_if.as_deref() == id)
            .map(|(_, _, counted)| share(d, counted, of).value)
            .collect();
        values.iter().sum::<f64>() / values.len().max(1) as f64
    };
    let most = moved_most(d);
    let title = label(d, &d.measured[most]);
    // Beyond what fits into a picture the table has all of them.
    let mut effects: Vec<(Option<&str>, f64)> = ids.iter().map(|id| (*id, mean(*id, most))).collect();
    effects.sort_by(|a, b| b.1.total_cmp(&a.1));
    let named = |id: Option<&str>| id.map_or_else(|| "As it stands".to_owned(), |id| lever(d, id));
    let shown = effects.iter().take(LEVERS);
    let picture = Bars {
        head: Head::new(
            &["cells", "levers"],
            format!("“{title}” under each lever"),
            match ids.len() > LEVERS {
                true => format!("Mean share over the cells with it; the {LEVERS} highest of {}", ids.len()),
                false => "Mean share over the cells with it".to_owned(),
            },
        ),
        of: "lever".into(),
        axis: "Share of runs, in per cent".into(),
        unit: Unit::Share,
        series: Series::One,
        groups: shown.map(|(id, value)| (named(*id), vec![Estimate::bare(*value)])).collect(),
    };
    section.paragraph("Every lever meets the same points with the same luck, so that means over them can be held side by side.");
    section.push(picture.draw());
    let kinds = of_kinds(d, &[Kind::Outcome]);
    let head = ["lever".to_owned()].into_iter().chain(kinds.iter().map(|of| label(d, &d.measured[*of])));
    let mut table = Table::new("Mean shares of outcomes under each lever", head);
    for id in ids {
        let figures = kinds.iter().map(|of| Unit::Share.tell(mean(id, *of)));
        table.push([named(id)].into_iter().chain(figures));
    }
    section.push(Block::Folded(table));
    section
}

fn extremes(d: &Designed) -> Section {
    let of = moved_most(d);
    let mut all: Vec<(u32, String, Estimate)> =
        d.told().map(|(k, cell, counted)| (k, cell.told(), share(d, counted, of))).collect();
    all.sort_by(|a, b| b.2.value.total_cmp(&a.2.value).then(a.0.cmp(&b.0)));
    let mut section = Section::new(format!("Where “{}” comes about", label(d, &d.measured[of])));
    let table = |caption: &str, rows: &mut dyn Iterator<Item = &(u32, String, Estimate)>| {
        let mut table = Table::new(caption, ["cell", "share of runs", "interval", "what it changes"]);
        for (k, told, estimate) in rows {
            let [value, interval] = estimate.cells(Unit::Share);
            table.push([k.to_string(), value, interval, told.clone()]);
        }
        table
    };
    let half = if all.len() > 2 * MOST { MOST } else { all.len() };
    section.push(Block::Table(table("The cells with most of it", &mut all.iter().take(half))));
    if half < all.len() {
        section.push(Block::Table(table("The cells with least of it", &mut all.iter().rev().take(MOST))));
    }
    section
}

fn reading(d: &Designed) -> Section {
    let mut section = Section::new("How to read this page");
    section.push(Block::Note(STANDING.into()));
    section.paragraph(format!(
        "A cell is the scenario with other assumptions. That cells lie apart says what the assumptions do within the model, not \
         how probable a cell is: points of a design are no sample of the world. Intervals of single cells are {}% intervals and \
         say how much the number of runs leaves open.",
        percent_of(d.options.level)
    ));
    section.paragraph(NOTE);
    section
}
