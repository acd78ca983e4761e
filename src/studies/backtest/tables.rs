//! A backtest as tidy tables.

use crate::analysis::backtest::Backtest;
use crate::analysis::forecasts::{Estimate, Score, Timing};
use crate::analysis::summary::Share;
use crate::document::dataset::Dataset;

use super::Report;

/// The backtest as tidy tables.
pub fn tables(report: &Report) -> Vec<Dataset> {
    let b = &report.backtest;
    let mut sheets = vec![history_sheet(b), scores_sheet(b)];
    if let Some(timing) = &b.timing {
        sheets.extend([timing_sheet(timing), calibration_sheet(timing)]);
    }
    sheets.push(base_rate_sheet(b));
    sheets
}

fn history_sheet(b: &Backtest) -> Dataset {
    let columns =
        &["date", "round", "condition_text", "title", "reading", "measure", "runs", "share", "low", "high"];
    let mut sheet = Dataset::new("history", columns);
    for e in &b.entries {
        for (measure, share) in [("at", &e.at), ("by", &e.by)] {
            let number =
                |of: fn(&Share) -> f64| share.as_ref().map_or_else(String::new, |s| of(s).to_string());
            sheet.push([
                e.date.clone(),
                e.round.map_or_else(String::new, |r| r.to_string()),
                e.condition.clone(),
                e.title.clone().unwrap_or_default(),
                e.reading.into(),
                measure.into(),
                share.as_ref().map_or_else(String::new, |s| s.runs.to_string()),
                number(|s| s.share),
                number(|s| s.low),
                number(|s| s.high),
            ]);
        }
    }
    sheet
}

fn scores_sheet(b: &Backtest) -> Dataset {
    let columns = &["of_what", "score", "measure", "value", "low", "high"];
    let mut sheet = Dataset::new("scores", columns);
    let mut push = |of: &str, name: &str, score: &Score| {
        let some = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
        let mut row = |measure: &str, e: Estimate| {
            let [value, low, high] = [e.value.to_string(), some(e.low), some(e.high)];
            sheet.push([of.into(), name.into(), measure.into(), value, low, high]);
        };
        row("model", score.model);
        row("reference", Estimate { value: score.reference, low: None, high: None });
        if let Some(skill) = score.skill {
            row("skill", skill);
        }
    };
    if let Some(s) = &b.scores {
        push("entries", "brier", &s.brier);
        push("entries", "log", &s.log);
    }
    if let Some(t) = &b.timing {
        push("timing", "brier", &t.brier);
        push("timing", "log", &t.log);
    }
    sheet
}

fn timing_sheet(timing: &Timing) -> Dataset {
    let columns = &[
        "condition_text",
        "first_possible",
        "last_possible",
        "round",
        "happened",
        "runs",
        "share",
        "low",
        "high",
        "reference",
    ];
    let mut sheet = Dataset::new("timing", columns);
    let some = |round: Option<u8>| round.map_or_else(String::new, |r| r.to_string());
    for claim in &timing.claims {
        for (round, (share, reference)) in (1..).zip(claim.by_round.iter().zip(&claim.reference)) {
            let happened = claim.happened.is_some_and(|h| usize::from(h) <= round);
            sheet.push([
                claim.condition.clone(),
                some(claim.first_possible),
                some(claim.last_possible),
                round.to_string(),
                happened.to_string(),
                share.runs.to_string(),
                share.share.to_string(),
                share.low.to_string(),
                share.high.to_string(),
                reference.to_string(),
            ]);
        }
    }
    sheet
}

fn calibration_sheet(timing: &Timing) -> Dataset {
    let columns =
        &["class_from", "class_to", "forecasts", "claims", "happened", "stated", "observed", "low", "high"];
    let mut sheet = Dataset::new("calibration", columns);
    let some = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
    for c in &timing.calibration {
        sheet.push([
            c.from.to_string(),
            c.to.to_string(),
            c.forecasts.to_string(),
            c.claims.to_string(),
            c.happened.to_string(),
            some(c.stated),
            some(c.observed.map(|o| o.value)),
            some(c.observed.and_then(|o| o.low)),
            some(c.observed.and_then(|o| o.high)),
        ]);
    }
    sheet
}

fn base_rate_sheet(b: &Backtest) -> Dataset {
    let columns = &[
        "title",
        "condition_text",
        "given",
        "within_days",
        "cut_short",
        "of_what",
        "count",
        "cases",
        "share",
        "low",
        "high",
    ];
    let mut sheet = Dataset::new("base_rates", columns);
    for r in &b.base_rates {
        let mut push = |of: &str, cases: Option<[u64; 2]>, share: f64, interval: Option<[f64; 2]>| {
            let count = |k: usize| cases.map_or_else(String::new, |c| c[k].to_string());
            let end = |k: usize| interval.map_or_else(String::new, |i| i[k].to_string());
            let given = r.given.clone().unwrap_or_default();
            let days = r.within.map_or_else(String::new, |w| w.days.to_string());
            // Of the runs; it says nothing of the cases.
            let short =
                r.within.filter(|_| of == "runs").map_or_else(String::new, |w| w.cut_short.to_string());
            sheet.push([
                r.title.clone(),
                r.about.clone(),
                given,
                days,
                short,
                of.into(),
                count(0),
                count(1),
                share.to_string(),
                end(0),
                end(1),
            ]);
        };
        push("cases", r.cases.map(|[k, n]| [k.into(), n.into()]), r.share, r.interval);
        if let Some(m) = &r.model {
            push("runs", Some([m.runs, r.given_runs]), m.share, Some([m.low, m.high]));
        }
    }
    sheet
}
