//! The study as text.

use textwrap::core::display_width;

use crate::analysis::sensitivity::{Answer, Clear, Decomposition, End, Measure, Screening, Tornado};
use crate::scenario::Origin;
use crate::text::column::padded;
use crate::text::number::{percent, percent_of, thousands};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::{NOTE, Sensitivity};

/// The most assumptions that a table of the text tells; the JSON has all.
const TOLD: usize = 12;
/// Columns to either side of a bar's axis.
const HALF: usize = 15;
/// Columns of a path in a table.
const PATH: usize = 34;

/// The study as text.
pub fn text(study: &Sensitivity, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    page.heading(&study.world.title);
    let Some(answer) = study.answers.get(study.asked) else { return page.finish() };
    opening(&mut page, study, answer);
    if let Some(tornado) = &answer.tornado {
        bars(&mut page, study, tornado);
    }
    if let Some(morris) = &answer.morris {
        screening(&mut page, study, answer.walks.unwrap_or(0), morris);
    }
    if let Some(sobol) = &answer.sobol {
        indices(&mut page, study, sobol);
    }
    page.gap();
    page.quiet(NOTE);
    page.finish()
}

fn opening(page: &mut Writer, study: &Sensitivity, answer: &Answer) {
    let others = match answer.measure {
        Measure::Outcome(_) if study.world.outcomes.len() > 1 => {
            " Ask for another outcome with --outcome, or a question of your own with --measure."
        }
        _ => "",
    };
    let count = study.ranges.len();
    let from = match study.ranges.first().map(|(_, origin)| *origin) {
        Some(Origin::Proposed) => "proposed by the program; --list prints them",
        _ => "--list prints them",
    };
    let noun = if count == 1 { "assumption" } else { "assumptions" };
    page.paragraph(&format!("Measured: {}.{others}", measured(answer)));
    page.paragraph(&format!(
        "{count} {noun} over their ranges ({from}), under seed {}; in brackets, {}% intervals.",
        study.seed,
        percent_of(study.level)
    ));
    page.gap();
    found(study, answer).iter().for_each(|sentence| page.paragraph(sentence));
}

/// What is measured, in words.
pub(crate) fn measured(answer: &Answer) -> String {
    match answer.measure {
        Measure::Outcome(_) => format!("the share of runs that end in “{}”", answer.title),
        Measure::Condition(..) => format!("the share of runs in which this holds: {}", answer.title),
    }
}

/// What was found, in two sentences: which assumption matters most, and how much is chance.
pub(crate) fn found(study: &Sensitivity, answer: &Answer) -> [String; 2] {
    let most = match answer.ranking().len() < study.ranges.len() {
        true => "The study was stopped before it could say which assumption matters most.".into(),
        false => verdict(answer),
    };
    let chance = match &answer.chance {
        Some(chance) => format!(
            "Chance alone makes up {} of the variance of a single run ({} to {}); the assumptions, over these ranges, \
             the rest. Over all ranges the share is {} on average.",
            percent(chance.share),
            percent(chance.low),
            percent(chance.high),
            percent(chance.mean)
        ),
        None if study.effort.stopped => "The study was stopped before it could tell what chance does.".into(),
        None => "The measure never varied over these ranges.".into(),
    };
    [most, chance]
}

/// Which assumption matters most, in a sentence.
fn verdict(answer: &Answer) -> String {
    let (clear, measure) = (answer.clear(), &answer.title);
    let groups = Clear::groups(&clear);
    match groups.as_slice() {
        [] => format!(
            "Which assumption matters most for “{measure}” cannot be told from luck with so many runs."
        ),
        [one] if answer.ranking().len() == 1 => {
            format!("Of the one assumption asked about: {} matters for “{measure}”.", named(one))
        }
        [first, rest @ ..] => {
            let alike = match first.len() {
                1 => "",
                _ => " (their intervals overlap: these runs cannot tell which)",
            };
            let then = match rest.first() {
                Some(next) => format!("; then {}", named(next)),
                None => "; with so many runs no other can be told from luck".into(),
            };
            format!("Which assumption matters most for “{measure}”: {}{alike}{then}.", named(first))
        }
    }
}

/// The most paths that a sentence names together.
const NAMED: usize = 5;

/// Paths in a sentence, with `or` before the last.
fn named(paths: &[&str]) -> String {
    let mut shown: Vec<String> = paths.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    if paths.len() > NAMED {
        shown.push(format!("{} others", paths.len() - NAMED));
    }
    match shown.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn points(share: f64) -> String {
    // No minus before nothing.
    format!("{:+.1}", if share.abs() < 0.0005 { 0.0 } else { share * 100.0 })
}

/// So many assumptions have more to say than a text has room for.
fn more(page: &mut Writer, all: usize, what: &str) {
    if all > TOLD {
        page.quiet(&format!("  {} more with smaller {what}; --json has them all.", all - TOLD));
    }
}

fn bars(page: &mut Writer, study: &Sensitivity, tornado: &Tornado) {
    page.heading("One at a time");
    page.paragraph(&format!(
        "The scenario as it stands: {}. Each assumption alone at the ends of its range, in {} runs with the same luck: \
         the difference in points (Newcombe's paired interval).",
        percent(tornado.baseline),
        thousands(tornado.runs)
    ));
    if tornado.bars.len() < study.ranges.len() {
        page.paragraph(&format!(
            "Stopped: the first {} of {} assumptions only.",
            tornado.bars.len(),
            study.ranges.len()
        ));
    }
    let sizes = tornado.bars.iter().flat_map(|b| [b.low.difference.abs(), b.high.difference.abs()]);
    let widest = sizes.fold(0.0, f64::max);
    for bar in tornado.bars.iter().take(TOLD) {
        page.row(&format!("  {}", bar.path));
        let assumption = &study.ranges[bar.assumption].0;
        for end in [&bar.low, &bar.high] {
            let said = assumption.value == Some(end.value);
            let value = format!("{}{}", assumption.plain(end.value), if said { " (as is)" } else { "" });
            let difference =
                format!("{} ({} to {})", points(end.difference), points(end.low), points(end.high));
            page.row(&format!("    {value:<20}{difference:<25}{}", drawn(end, widest)));
        }
    }
    more(page, tornado.bars.len(), "swings");
}

/// A bar from the axis to the left or to the right, in whole columns.
fn drawn(end: &End, widest: f64) -> String {
    if widest == 0.0 {
        return format!("{:HALF$}│", "");
    }
    let columns = libm::round(end.difference.abs() / widest * HALF as f64) as usize;
    let bar = "█".repeat(columns);
    if end.difference < 0.0 { format!("{bar:>HALF$}│") } else { format!("{:HALF$}│{bar}", "") }
}

fn screening(page: &mut Writer, study: &Sensitivity, walks: usize, morris: &[Screening]) {
    page.heading("All at once: Morris screening");
    page.paragraph(&format!(
        "{} walks through all ranges, {} runs at each point. μ* is the mean size of what a step of an assumption \
         does, over about two thirds of its range, in points; μ the mean of the same step upwards; σ is large where the effect depends on the others. \
         What luck alone would give μ* is under “luck”.",
        thousands(walks as u64),
        thousands(study.effort.walk_runs.into())
    ));
    page.row(&format!("  {:<PATH$}{:<23}{:>7}{:>7}{:>7}", "", "μ*", "μ", "σ", "luck"));
    for s in morris.iter().take(TOLD) {
        let star = format!("{:.1} ({:.1} to {:.1})", s.mu_star * 100.0, s.low * 100.0, s.high * 100.0);
        let (mu, sigma, luck) = (points(s.mu), s.sigma * 100.0, s.noise * 100.0);
        wide(page, &s.path, &format!("{star:<23}{mu:>7}{sigma:>7.1}{luck:>7.1}"));
    }
    more(page, morris.len(), "effects");
}

/// A row of a table; a path that is too long has a line of its own.
fn wide(page: &mut Writer, path: &str, figures: &str) {
    if display_width(path) < PATH {
        page.row(&format!("  {}{figures}", padded(path, PATH)));
    } else {
        page.row(&format!("  {path}"));
        page.row(&format!("  {:<PATH$}{figures}", ""));
    }
}

fn indices(page: &mut Writer, study: &Sensitivity, sobol: &Decomposition) {
    page.heading("Shares of the variance: Sobol' indices");
    let what = match sobol.repeats {
        1 => "a single run".to_owned(),
        n => format!("the share of {} runs", thousands(n.into())),
    };
    page.paragraph(&format!(
        "The variance of {what} over all ranges and luck, from {} points. First: what an assumption does on its own; \
         total: alone and with others and luck.",
        thousands(sobol.points as u64)
    ));
    if !sobol.converged {
        page.paragraph(&format!(
            "These indices have not converged: the widest interval spans {:.2}, and {:.2} is the usual limit. Read them \
             as a rough order, or ask for more --rows.",
            sobol.widest, sobol.settled_width
        ));
    }
    page.row(&format!("  {:<PATH$}{:<22}{:<22}", "", "first", "total"));
    let chance = std::iter::once(&sobol.chance);
    for i in chance.chain(sobol.indices.iter().take(TOLD)) {
        let plain = |v: f64| if v.abs() < 0.005 { 0.0 } else { v };
        let figure = |value: f64, ends: [f64; 2]| {
            format!("{:.2} ({:.2} to {:.2})", plain(value), plain(ends[0]), plain(ends[1]))
        };
        let (first, total) = (figure(i.first, i.first_interval), figure(i.total, i.total_interval));
        wide(page, &i.path, &format!("{first:<22}{total:<22}"));
    }
    more(page, study.ranges.len(), "indices");
}
