//! A backtest, as text, as JSON and as tables.

mod page;
mod study;
mod tables;

use serde::Serialize;

use crate::analysis::backtest::{Backtest, Entry, Extreme, Place, RateBeside};
use crate::analysis::forecasts::{Course, Estimate, Score, Scores, Timing};
use crate::analysis::summary::Share;
use crate::domain::World;
use crate::drivers::Head;
use crate::render::typed::Typed;
use crate::text::number::{percent, percent_of, thousands};
use crate::text::paper::Paper;
use crate::text::writer::Writer;
use crate::text::{pretty, share};

use super::study::Made;

pub use study::{Options, Record};
pub use tables::tables;

/// The name of the format of its JSON.
pub const FORMAT: &str = "baraza-backtest/4";

/// What the figures are, and are not.
pub(crate) const NOTE: &str =
    "Shares of runs of a teaching model beside one history. One history neither proves nor refutes a model.";

/// What no figure of a backtest can tell.
pub(crate) const LIMITS: [&str; 4] = [
    "One case is one draw. A record to which the model gave little is no refutation: unlikely things happen. One to which \
     it gave much is no proof: other assumptions may give it as much.",
    "Whoever wrote the assumptions knew the record, so a good fit was to be expected: this checks that the assumptions \
     leave room for what happened, not that they foresaw it.",
    "Entries hang together: one late text makes later ones late. They count for less than their number, and the intervals \
     of the scores are too narrow.",
    "What the record leaves out is not scored, and what it says is read at the ends of rounds only.",
];

/// What base rates are beside shares of runs.
pub(crate) const RATES: &str = "A base rate counts other cases; the model's share counts runs: at the end of the last round, or within the days that the rate \
     counts. They answer different questions: the first is no target for the second.";

/// What the reference of the timing is.
pub(crate) const REFERENCE: &str = "The reference knows the rules only: nothing before the first round in which a claim is possible, nothing after the last, and \
     between them the same odds each round, such that it is as likely as not to come about at all. Intervals resample whole claims.";

/// Columns of a bar.
const BAR: f64 = 20.0;
/// The most rounds that a row of the timing shows one by one.
const STRIP: usize = 30;

/// A backtest to be reported on.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The scenario.
    pub world: &'a World,
    /// The fingerprint of the scenario with its changes.
    pub fingerprint: &'a str,
    /// The seed.
    pub seed: u64,
    /// The what-if in force, by id.
    pub what_if: Option<&'a str>,
    /// Further changes: path and value.
    pub set: &'a [(String, String)],
    /// What was found.
    pub backtest: Backtest,
    /// Level of the intervals.
    pub level: f64,
    /// How it can be had again.
    pub made: &'a Made,
}

impl Report<'_> {
    /// The head of what is written about it.
    pub fn head(&self) -> Head {
        Head::new(&self.world.title, self.fingerprint, self.seed, NOTE).changed(self.what_if, self.set)
    }
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head,
    from: u32,
    backtest: &'a Backtest,
    tables: Typed,
}

/// The backtest as JSON, ending in a line feed.
pub(crate) fn json(report: &Report) -> String {
    let tables = Typed(tables(report));
    pretty(&Document { format: FORMAT, head: report.head(), from: 0, backtest: &report.backtest, tables })
}

/// The backtest as text.
pub(crate) fn text(report: &Report, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    head(&mut page, report);
    entries(&mut page, report);
    warnings(&mut page, &report.backtest.entries);
    if let Some(scores) = &report.backtest.scores {
        entry_scores(&mut page, scores);
    }
    if let Some(timing) = &report.backtest.timing {
        self::timing(&mut page, timing);
    }
    if !report.backtest.base_rates.is_empty() {
        base_rates(&mut page, report);
    }
    limits(&mut page);
    page.finish()
}

fn head(page: &mut Writer, report: &Report) {
    page.heading(&report.world.title);
    page.paragraph(&format!(
        "What really happened, beside {} runs under seed {}. In brackets: {} of 100 such intervals (Wilson's) cover the share \
         that infinitely many runs would show.",
        thousands(report.backtest.runs),
        report.seed,
        percent_of(report.backtest.level)
    ));
    if let Some(id) = report.what_if {
        let what_if = report.world.what_ifs.iter().find(|w| w.name.id == id);
        page.paragraph(&format!("What if: {}.", what_if.map_or(id, |w| &w.name.title)));
    }
    for (path, value) in report.set {
        page.paragraph(&format!("Changed: {path} = {value}."));
    }
}

fn entries(page: &mut Writer, report: &Report) {
    page.heading("What the record says, and in how many runs it was so");
    page.paragraph(
        "A date counts for the round that contains it, and the state is read at that round's end. Entries marked “by” may have \
         held at the end of any round up to that one.",
    );
    for entry in &report.backtest.entries {
        page.gap();
        match (entry.round, entry.forecast()) {
            (Some(round), Some(share)) => {
                let reading = if entry.reading == "by" { "by" } else { "" };
                page.row(&format!("{}  {:<4}{reading:<3}{}", entry.date, format!("r{round}"), bar(share)));
            }
            _ => {
                let rounds = report.world.rounds;
                let (first, last) = (report.world.start, report.world.last_day_of(rounds));
                let place = if entry.place == Place::Before { "before" } else { "after" };
                page.row(&format!("{}  {place} the rounds ({first} to {last}): no share", entry.date));
            }
        }
        page.item(&label(entry));
        remarks(page, entry);
    }
}

/// What an entry is called: its title and its condition.
pub(crate) fn label(entry: &Entry) -> String {
    let condition = entry.condition.split_whitespace().collect::<Vec<_>>().join(" ");
    match &entry.title {
        Some(title) => format!("{title}: {condition}"),
        None => condition,
    }
}

/// The other share, where it differs and says something: at some time, nearly everything is not yet so.
fn remarks(page: &mut Writer, entry: &Entry) {
    if let (Some(at), Some(by)) = (&entry.at, &entry.by)
        && at.runs != by.runs
        && by.share < 1.0
    {
        let (other, share) = match entry.reading {
            "by" => ("at the end of that very round", at),
            _ => ("at the end of some round up to that one", by),
        };
        page.remark(&format!("{other}: {} {}", share::share(share.share), interval(share)));
    }
    if let Some(source) = &entry.source {
        page.remark(&format!("source: {source}"));
    }
}

fn warnings(page: &mut Writer, entries: &[Entry]) {
    let all = extremes(entries);
    if !all.is_empty() {
        page.heading("Look at these");
        all.iter().for_each(|sentence| page.item(sentence));
    }
}

/// What is to be looked at: entries that no run had, or all.
pub(crate) fn extremes(entries: &[Entry]) -> Vec<String> {
    let of = |extreme| entries.iter().filter(move |e| e.extreme == Some(extreme));
    let impossible = of(Extreme::Impossible).map(|entry| {
        format!(
            "No run had what the record says of {}: {}. The assumptions leave no room for it, or the condition says something \
             else than was meant.",
            entry.date,
            label(entry)
        )
    });
    let certain = of(Extreme::Certain).map(|entry| {
        format!(
            "Every run had what the record says of {}: {}. It tells nothing about the assumptions.",
            entry.date,
            label(entry)
        )
    });
    impossible.chain(certain).collect()
}

fn entry_scores(page: &mut Writer, scores: &Scores) {
    page.heading("How well the shares fit the entries");
    page.paragraph(&format!(
        "Entries within the rounds: {}. 0 is perfect; the reference is a coin, which says one half of each. In brackets: \
         bootstrap intervals over entries as if these were independent, which they are not.",
        scores.entries
    ));
    two(page, &scores.brier, &scores.log);
    coin(scores).iter().for_each(|sentence| page.item(sentence));
    page.remark(&format!(
        "Every entry is something that was so: who holds everything likely scores best here. Shares of 0 or 1 count as half \
         a run from it ({:.5}) in the logarithmic score.",
        scores.clamp
    ));
}

/// Where a coin does better, by the scores and entry by entry.
pub(crate) fn coin(scores: &Scores) -> Vec<String> {
    let loses = |name: &str, score: &Score| {
        (score.model.value > score.reference).then(|| {
            format!("{} against {} by {name}", decimals(score.model.value), decimals(score.reference))
        })
    };
    let lost = [loses("Brier's score", &scores.brier), loses("the logarithmic score", &scores.log)];
    let lost: Vec<String> = lost.into_iter().flatten().collect();
    let overall = (!lost.is_empty()).then(|| {
        format!("The shares lose to a coin, which says one half of every entry: {}.", lost.join(", "))
    });
    let each = (scores.below_half > 0).then(|| {
        format!(
            "Of {} of the {} entries the share is below one half: a coin does better on these.",
            scores.below_half, scores.entries
        )
    });
    overall.into_iter().chain(each).collect()
}

fn decimals(value: f64) -> String {
    format!("{value:.3}")
}

fn two(page: &mut Writer, brier: &Score, log: &Score) {
    page.row(&format!("  {:<20}{:<23}{:>9}  {}", "", "the model", "reference", "skill"));
    for (name, score) in [("Brier score", brier), ("log score, in nats", log)] {
        let skill = score.skill.as_ref().map_or_else(|| "–".into(), estimate);
        page.row(&format!("  {name:<20}{:<23}{:>9.3}  {skill}", estimate(&score.model), score.reference));
    }
    page.remark("Skill: 1 is perfect, 0 no better than the reference, below 0 worse.");
}

fn timing(page: &mut Writer, timing: &Timing) {
    page.heading("When things that last came about");
    page.paragraph(
        "Signed texts, events that do not repeat, and entries read as “by”. A date says more than one thing: up to the round \
         before, it had not come about; from then on, it had. One figure a round: tenths of the runs that had it by the end of \
         that round (+ for all); | stands before the round of the record.",
    );
    for claim in &timing.claims {
        page.section(&claim.title.clone().unwrap_or_else(|| claim.condition.clone()));
        let step = claim.by_round.len().div_ceil(STRIP).max(1);
        let mut strip = String::new();
        for (k, share) in claim.by_round.iter().enumerate() {
            if claim.happened.is_some_and(|h| usize::from(h) == k + 1) {
                strip.push('|');
            }
            if (k + 1) % step == 0 {
                strip.push(tenths(share.share));
            }
        }
        let when = claim.happened.map_or_else(
            || format!("not by the end of round {}", claim.by_round.len()),
            |h| format!("in round {h}"),
        );
        page.row(&format!("  {strip:<width$}  {when:<29}Brier {:.3}", claim.brier, width = STRIP / 2 + 2));
        page.remark(&possible(claim));
    }
    page.gap();
    two(page, &timing.brier, &timing.log);
    page.remark(REFERENCE);
    calibration(page, timing);
}

/// In which rounds the rules leave room for a claim.
pub(crate) fn possible(claim: &Course) -> String {
    match (claim.first_possible, claim.last_possible) {
        (Some(first), Some(last)) if first == last => format!("possible by the rules in round {first} only"),
        (Some(first), Some(last)) => format!("possible by the rules from round {first} to round {last}"),
        _ => "possible by the rules in no round".into(),
    }
}

fn tenths(share: f64) -> char {
    if share >= 1.0 { '+' } else { char::from_digit((share * 10.0) as u32, 10).unwrap_or('+') }
}

fn calibration(page: &mut Writer, timing: &Timing) {
    page.heading("Calibration: of what was given so much, how much came about");
    page.paragraph(
        "One forecast for each claim and round end. Forecasts of one claim depend on each other, so a row rests on fewer \
         claims than forecasts; intervals resample whole claims.",
    );
    page.row(&format!(
        "  {:<12}{:>10}{:>8}{:>10}   {}",
        "forecast", "forecasts", "claims", "mean", "came about"
    ));
    for class in &timing.calibration {
        let range = format!("{:.0}–{:.0}%", class.from * 100.0, class.to * 100.0);
        let mean = class.stated.map_or_else(|| "–".into(), percent);
        let observed = class.observed.as_ref().map_or_else(String::new, |o| match (o.low, o.high) {
            (Some(low), Some(high)) => format!("{} ({})", share::share(o.value), share::interval(low, high)),
            _ => percent(o.value),
        });
        page.row(&format!("  {range:<12}{:>10}{:>8}{mean:>10}   {observed}", class.forecasts, class.claims));
    }
}

fn base_rates(page: &mut Writer, report: &Report) {
    page.heading("Base rates of other cases, beside the model's shares");
    page.paragraph(RATES);
    for rate in &report.backtest.base_rates {
        page.section(&rate.title);
        page.row(&format!("  other cases  {}", elsewhere(rate)));
        page.row(&format!(
            "  the model    {}",
            rate.model.as_ref().map_or_else(|| "no run to compare".into(), bar)
        ));
        let about = rate.about.split_whitespace().collect::<Vec<_>>().join(" ");
        let given = rate.given.as_ref().map_or_else(String::new, |given| {
            format!(", in the {} runs with {given}", thousands(rate.given_runs))
        });
        page.remark(&format!("compared with: {about}{given}"));
        if let Some(days) = days(rate) {
            page.remark(&days);
        }
        if let Some(note) = &rate.note {
            page.remark(&note.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        page.remark(&format!("source: {}", rate.source));
    }
}

/// The days that a rate counts beside those that the talks have for them.
pub(crate) fn days(rate: &RateBeside) -> Option<String> {
    let within = rate.within?;
    let from = if rate.given.is_some() { "from then on" } else { "from the start" };
    Some(match (within.days, within.of_talks, within.cut_short) {
        (days, talks, _) if talks < days => format!(
            "the rate counts {days} days, the scenario has {talks}: the model's figure is for what is left of them {from}"
        ),
        (days, _, 0) => format!("both count {days} days {from}"),
        (days, _, runs) => format!(
            "the rate counts {days} days {from}; in {} of these runs the last round ended before they were over, and the model's \
             figure is for what was left",
            thousands(runs)
        ),
    })
}

fn elsewhere(rate: &RateBeside) -> String {
    let blocks = blocks(rate.share);
    match (rate.cases, rate.interval) {
        (Some([k, n]), Some([low, high])) => {
            let interval = format!("({})", share::interval(low, high));
            format!("{:>6} {interval:<15}{blocks}  {k} of {n}", share::share(rate.share))
        }
        _ => format!("{:>6} {:<15}{blocks}", percent(rate.share), ""),
    }
}

/// What no figure above can tell.
fn limits(page: &mut Writer) {
    page.heading("What this can show, and what it cannot");
    LIMITS.iter().for_each(|text| page.item(text));
    page.gap();
    page.quiet("Shares are of runs of a teaching model under its assumptions, not chances of real events.");
}

fn bar(share: &Share) -> String {
    format!("{:>6} {:<15}{}", share::share(share.share), interval(share), blocks(share.share))
}

fn blocks(share: f64) -> String {
    "█".repeat(libm::round(share * BAR) as usize)
}

fn interval(share: &Share) -> String {
    format!("({})", share::interval(share.low, share.high))
}

pub(crate) fn estimate(estimate: &Estimate) -> String {
    match (estimate.low, estimate.high) {
        (Some(low), Some(high)) => format!("{:.3} ({low:.3} to {high:.3})", estimate.value),
        _ => format!("{:.3}", estimate.value),
    }
}
