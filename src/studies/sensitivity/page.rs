//! Which assumption matters, as a page with pictures.

use crate::analysis::sensitivity::{Answer, Decomposition, End, Screening, Swing, Tornado};
use crate::chart::bars::{Bars, Series};
use crate::chart::tornado::{Swing as Bar, Tornado as Chart};
use crate::chart::{Estimate, Head, Picture, Unit};
use crate::document;
use crate::document::table::Table;
use crate::document::{Block, Document, Section};
use crate::scenario::Origin;
use crate::studies::parts::{assumptions, lead, provenance};
use crate::telling::paths::{path_in_words, quoted_paths_in_words};
use crate::text::caveat::{CAVEAT, STANDING};
use crate::text::number::{percent_of, thousands};

use super::{NOTE, Sensitivity, found, measured};

/// The most assumptions of one picture: those that matter most. Tables have all of them.
const MOST: usize = 12;

/// The page of a study.
pub(super) fn document(study: &Sensitivity) -> Document {
    let runs = played(study);
    let mut sections = Vec::new();
    if let Some(answer) = study.answers.get(study.asked) {
        sections.extend([
            told(study, answer),
            one_at_a_time(study, answer),
            screening(study, answer),
            variance(study, answer),
        ]);
    }
    sections.extend([others(study), ranges(study), reading(study), assumptions(study.world)]);
    Document {
        title: study.world.title.clone(),
        kind: "Which assumption matters in a simulated negotiation".into(),
        answer: study.answers.get(study.asked).map(|answer| first_screen(study, answer)),
        lead: lead(study.world, study.what_if, study.set),
        sections,
        provenance: provenance(&study.head().into(), &runs, study.made),
    }
}

/// The assumption that matters most, with the swings of the first few where they were played.
fn first_screen(study: &Sensitivity, answer: &Answer) -> document::Answer {
    let [most, _] = found(study, answer);
    let swing = |s: &Swing| {
        let [low, high] = [s.low.share.min(s.high.share), s.low.share.max(s.high.share)];
        let length = ((high - low) * 1000.0).round() as u16;
        let title = path_in_words(study.world, &s.path);
        document::Bar {
            label: title,
            length,
            figure: format!("{} to {}", Unit::Share.tell(low), Unit::Share.tell(high)),
        }
    };
    let bars = answer.tornado.iter().flat_map(|t| &t.bars).take(document::Answer::MOST).map(swing);
    document::Answer {
        question: format!("On which assumption does {} depend most?", measured(answer)),
        sentence: quoted_paths_in_words(study.world, &most),
        caption: "How far the share moves when one assumption goes from one end of its range to the other"
            .into(),
        bars: bars.collect(),
        caveat: CAVEAT.into(),
    }
}

/// What was played, for the foot of the page.
fn played(study: &Sensitivity) -> String {
    let e = study.effort;
    let mut all = Vec::new();
    if let Some(answer) = study.answers.get(study.asked) {
        if answer.tornado.is_some() {
            all.push(format!("{} at each end of each range", thousands(e.runs.into())));
        }
        if let Some(walks) = answer.walks {
            let each = thousands(e.walk_runs.into());
            all.push(format!("{each} at each point of {} walks", thousands(walks as u64)));
        }
        if let Some(sobol) = &answer.sobol {
            let each = thousands(sobol.repeats.into());
            all.push(format!("{each} at each of {} points", thousands(sobol.points as u64)));
        }
    }
    let (points, each) = (thousands(e.chance_points.into()), thousands(e.chance_runs.into()));
    all.push(format!("{each} at each of {points} points for the share of chance"));
    all.join("; ")
}

fn reading(study: &Sensitivity) -> Section {
    let mut section = Section::new("How to read this page");
    section.push(Block::Note(STANDING.into()));
    section.paragraph(
        "The scenario states numbers and levels that nobody has measured. This page asks which of them the answer hangs on: \
         each is varied over a range that its author, or the program, holds to be as defensible as the value in the file. \
         An assumption at the top deserves argument first; one at the bottom may be as wrong as its range is wide, and the \
         answer stays.",
    );
    section.paragraph(format!(
        "Thin lines with caps and figures in brackets are {}% intervals. They say how much the number of runs leaves open, \
         not how sure anybody can be about the world, nor whether the ranges are wide enough. All comparisons share their \
         luck, so that an assumption which does nothing shows no effect at all. Below every picture its figures can be \
         unfolded; what is unfolded is printed too.",
        percent_of(study.level)
    ));
    section.paragraph(NOTE);
    section
}

fn told(study: &Sensitivity, answer: &Answer) -> Section {
    let mut section = Section::new("What was asked, and what was found");
    section.push(Block::Question(format!("On which assumption does {} depend most?", measured(answer))));
    found(study, answer)
        .into_iter()
        .for_each(|sentence| section.paragraph(quoted_paths_in_words(study.world, &sentence)));
    if study.effort.stopped {
        section.push(Block::Note("The study was stopped: only what was finished is shown.".into()));
    }
    section
}

fn one_at_a_time(study: &Sensitivity, answer: &Answer) -> Section {
    let mut section = Section::new("One assumption at a time");
    let Some(tornado) = answer.tornado.as_ref().filter(|t| !t.bars.is_empty()) else { return section };
    section.paragraph(format!(
        "Each assumption is set to the low and to the high end of its range while all others stay as the scenario has them, \
         in {} runs with the same luck. The upright line is the scenario as it stands. What such a picture cannot show is \
         what happens when two assumptions move together.",
        thousands(tornado.runs)
    ));
    if tornado.bars.len() < study.ranges.len() {
        section.paragraph(format!(
            "Stopped: the first {} of {} assumptions only.",
            tornado.bars.len(),
            study.ranges.len()
        ));
    }
    section.push(swings(study, answer, tornado));
    if tornado.bars.len() > MOST {
        section.push(Block::Folded(all_swings(study, tornado)));
    }
    section
}

fn swings(study: &Sensitivity, answer: &Answer, tornado: &Tornado) -> Picture {
    let end = |swing: &Swing, end: &End| {
        let share = |difference: f64| (tornado.baseline + difference).clamp(0.0, 1.0);
        let estimate = Estimate { value: end.share, low: share(end.low), high: share(end.high) };
        (study.ranges[swing.assumption].0.plain(end.value), estimate)
    };
    let bar = |s: &Swing| Bar {
        label: format!("{} ({})", path_in_words(study.world, &s.path), direction(s)),
        low: end(s, &s.low),
        high: end(s, &s.high),
    };
    let subtitle = format!(
        "{}; lines with caps: {}% intervals (Newcombe's) of the difference from the scenario as it stands{}",
        capital(&measured(answer)),
        percent_of(study.level),
        widest(tornado.bars.len())
    );
    Chart {
        head: Head::new(&["tornado", &answer.id], "Each assumption at the ends of its range", subtitle),
        axis: "Share of runs, in per cent".into(),
        unit: Unit::Share,
        base: tornado.baseline,
        swings: tornado.bars.iter().take(MOST).map(bar).collect(),
    }
    .draw()
}

/// Which way the share goes with the assumption, and how far: in words.
fn direction(swing: &Swing) -> String {
    let [low, high] = [swing.low.difference, swing.high.difference];
    let far = high - low;
    let points = |by: f64| format!("{} points", Unit::Points.tell(by.abs()));
    match (low, high) {
        _ if low == 0.0 && high == 0.0 => "does nothing".into(),
        (l, h) if l > 0.0 && h > 0.0 => format!("more often at either end, up to {}", points(l.max(h))),
        (l, h) if l < 0.0 && h < 0.0 => format!("less often at either end, up to {}", points(l.min(h))),
        _ if far > 0.0 => format!("the higher, the more often: {}", points(far)),
        _ => format!("the higher, the less often: {}", points(far)),
    }
}

/// What a subtitle says of assumptions that a picture leaves out.
fn widest(all: usize) -> String {
    if all > MOST { format!("; the {MOST} of {all} that matter most") } else { String::new() }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn all_swings(study: &Sensitivity, tornado: &Tornado) -> Table {
    let columns =
        ["assumption", "path", "low value", "difference", "interval", "high value", "difference", "interval"];
    let mut table = Table::new("All assumptions at the ends of their ranges, in points", columns);
    for s in &tornado.bars {
        let cells = [&s.low, &s.high].into_iter().flat_map(|end| {
            let value = study.ranges[s.assumption].0.plain(end.value);
            [value, Unit::Difference.tell(end.difference), Unit::Difference.interval(end.low, end.high)]
        });
        table.push([path_in_words(study.world, &s.path), s.path.clone()].into_iter().chain(cells));
    }
    table
}

fn screening(study: &Sensitivity, answer: &Answer) -> Section {
    let mut section = Section::new("All assumptions at once");
    let Some(morris) = &answer.morris else { return section };
    section.paragraph(format!(
        "Morris screening: {} walks through the space of all ranges, {} runs at each point. At every step one assumption \
         moves, wherever the others happen to be. μ* (“mu star”) is the mean size of what such a step, over about two thirds of a range, does to the \
         share, in percentage points; σ is large where that effect bends or depends on the others. An assumption whose μ* \
         is no larger than what luck alone would give it has not been shown to matter.",
        thousands(answer.walks.unwrap_or(0) as u64),
        thousands(study.effort.walk_runs.into())
    ));
    let scaled = |s: &Screening| Estimate { value: s.mu_star, low: s.low, high: s.high };
    let group =
        |s: &Screening| (path_in_words(study.world, &s.path), vec![scaled(s), Estimate::bare(s.noise)]);
    let subtitle = format!(
        "Mean size of what a step does to the share (μ*), with {}% bootstrap intervals{}",
        percent_of(study.level),
        widest(morris.len())
    );
    section.push(
        Bars {
            head: Head::new(
                &["morris", &answer.id],
                "What each assumption does, wherever the others are",
                subtitle,
            ),
            of: "assumption".into(),
            axis: "Percentage points".into(),
            unit: Unit::Points,
            series: Series::Named(vec!["μ*".into(), "by luck alone".into()]),
            groups: morris.iter().take(MOST).map(group).collect(),
        }
        .draw(),
    );
    let columns = ["assumption", "μ*", "interval", "μ", "σ", "by luck alone"];
    let mut table = Table::new("Morris screening, in percentage points", columns);
    for s in morris {
        let [star, sigma, luck] = [s.mu_star, s.sigma, s.noise].map(|v| Unit::Points.tell(v));
        let mean = Unit::Difference.tell(s.mu);
        let words = path_in_words(study.world, &s.path);
        table.push([words, star, Unit::Points.interval(s.low, s.high), mean, sigma, luck]);
    }
    section.push(Block::Table(table));
    section
}

fn variance(study: &Sensitivity, answer: &Answer) -> Section {
    let mut section = Section::new("Where the variance comes from");
    if answer.chance.is_none() && answer.sobol.is_none() {
        return section;
    }
    if let Some(picture) = chance(study) {
        section.paragraph(
            "If somebody drew all assumptions from their ranges and played a single run, how much of the spread of its \
             ending would be luck? What is left is due to the assumptions.",
        );
        section.push(picture);
    }
    if let Some(sobol) = &answer.sobol {
        indices(study, answer, sobol, &mut section);
    }
    section
}

/// The share of chance for every measure that varies.
fn chance(study: &Sensitivity) -> Option<Picture> {
    let told = study.answers.iter().filter_map(|a| a.chance.map(|c| (a.title.clone(), c)));
    let groups: Vec<_> =
        told.map(|(title, c)| (title, vec![Estimate { value: c.share, low: c.low, high: c.high }])).collect();
    let subtitle = format!(
        "Share of the variance of a single run that no assumption answers for, with {}% bootstrap intervals",
        percent_of(study.level)
    );
    (!groups.is_empty()).then(|| {
        Bars {
            head: Head::new(&["chance"], "How much is chance", subtitle),
            of: "what is measured".into(),
            axis: "Share of the variance, in per cent".into(),
            unit: Unit::Share,
            series: Series::One,
            groups,
        }
        .draw()
    })
}

fn indices(study: &Sensitivity, answer: &Answer, sobol: &Decomposition, section: &mut Section) {
    let of = match sobol.repeats {
        1 => "a single run".to_owned(),
        n => format!("the share of {} runs", thousands(n.into())),
    };
    section.paragraph(format!(
        "Sobol' indices take the variance of {of} apart, from {} points. First: what an assumption does on its own. Total: \
         alone and together with others and with luck, so that totals add up to more than the whole.",
        thousands(sobol.points as u64)
    ));
    if !sobol.converged {
        section.push(Block::Note(format!(
            "These indices have not converged: the widest interval spans {:.2} of the variance, and {:.2} is the usual limit. \
             Read them as a rough order, or ask for more --rows.",
            sobol.widest, sobol.settled_width
        )));
    }
    let estimate = |value: f64, [low, high]: [f64; 2]| Estimate { value, low, high };
    let shown = std::iter::once(&sobol.chance).chain(sobol.indices.iter().take(MOST));
    let groups = shown.map(|i| {
        let label = if i.assumption.is_some() { path_in_words(study.world, &i.path) } else { "luck".into() };
        (label, vec![estimate(i.first, i.first_interval), estimate(i.total, i.total_interval)])
    });
    let subtitle = format!(
        "Shares of the variance of {of}, with {}% bootstrap intervals{}",
        percent_of(study.level),
        widest(sobol.indices.len())
    );
    section.push(
        Bars {
            head: Head::new(&["sobol", &answer.id], "Sobol' indices", subtitle),
            of: "assumption".into(),
            axis: "Share of the variance, in per cent".into(),
            unit: Unit::Share,
            series: Series::Named(vec!["first".into(), "total".into()]),
            groups: groups.collect(),
        }
        .draw(),
    );
}

/// What was not asked first: in a line each.
fn others(study: &Sensitivity) -> Section {
    let mut section = Section::new("The same for everything else that was measured");
    let others = study.answers.iter().enumerate().filter(|(k, _)| *k != study.asked);
    let mut table = Table::new(
        "Which assumptions matter most for it",
        ["what is measured", "as it stands", "first", "second", "third"],
    );
    for (_, answer) in others {
        let most: Vec<&str> = answer.ranking().iter().filter(|r| r.1 > 0.0).map(|r| r.0).take(3).collect();
        let at =
            |k: usize| most.get(k).map_or_else(|| "–".to_owned(), |path| path_in_words(study.world, path));
        let base = answer.tornado.as_ref().map_or_else(|| "–".into(), |t| Unit::Share.tell(t.baseline));
        table.push([answer.title.clone(), base, at(0), at(1), at(2)]);
    }
    if !table.rows.is_empty() {
        section.paragraph(
            "Another question has other answers: an assumption that decides whether a text is signed may do nothing to \
             whether it is kept.",
        );
        section.push(Block::Table(table));
    }
    section
}

fn ranges(study: &Sensitivity) -> Section {
    let mut section = Section::new("The ranges");
    section.paragraph(
        "The ranges are assumptions as well: a wider one makes its assumption matter more. They stand in the scenario under \
         [ranges], are proposed by the program where it has none, or come from the command line.",
    );
    let mut table = Table::new(
        "The assumptions and their ranges",
        ["assumption", "path", "as it stands", "from", "to", "set by"],
    );
    for (a, origin) in study.ranges {
        let own = a.value.map_or_else(|| "–".into(), |v| a.plain(v));
        let origin = match origin {
            Origin::File => "the scenario",
            Origin::Proposed => "the program",
            Origin::Argument => "the command line",
        };
        let words = path_in_words(study.world, &a.path);
        table.push([words, a.path.clone(), own, a.plain(a.low), a.plain(a.high), origin.into()]);
    }
    section.push(Block::Table(table));
    section
}
