//! The debrief as tidy tables.

use crate::analysis::summary::Share;
use crate::document::dataset::Dataset;
use crate::studies::forms;

use super::Report;

/// The debrief as tidy tables.
pub fn tables(report: &Report) -> Vec<Dataset> {
    vec![
        decisions(report),
        course(report),
        alternatives(report),
        seats(report),
        options(report),
        levels(report),
        failures(report),
        predictions(report),
        branches(report),
        super::fields::table(report),
        forms::table(report.forms),
    ]
}

fn decisions(report: &Report) -> Dataset {
    let columns = &["decision", "round", "who", "what", "choice", "open", "swing_screened"];
    let mut sheet = Dataset::new("decisions", columns);
    for (k, (m, c)) in report.played.moments().iter().zip(&report.debrief.turning.course).enumerate() {
        let what = serde_json::to_value(m.question.site.what).ok();
        sheet.push([
            k.to_string(),
            m.round().to_string(),
            m.question.who.id(&report.model().world).into_owned(),
            what.and_then(|w| w.as_str().map(str::to_owned)).unwrap_or_default(),
            m.question.picked(m.pick).map_or_else(String::new, |a| a.word.clone()),
            m.question.alternatives.len().to_string(),
            c.screened.to_string(),
        ]);
    }
    sheet
}

fn share(s: &Share) -> [String; 4] {
    [s.runs.to_string(), s.share.to_string(), s.low.to_string(), s.high.to_string()]
}

/// The chances before the first decision (`decision` is empty) and after every one.
fn course(report: &Report) -> Dataset {
    let mut sheet = Dataset::new("course", &["decision", "kind", "id", "runs", "share", "low", "high"]);
    let t = &report.debrief.turning;
    let mut rows = |decision: String, shares: &[Share]| {
        for (result, s) in t.results.iter().zip(shares) {
            let ((kind, id), [runs, share, low, high]) = (report.id(*result), share(s));
            sheet.push([decision.clone(), kind.into(), id.into(), runs, share, low, high]);
        }
    };
    rows(String::new(), &t.start);
    t.course.iter().for_each(|c| rows(c.decision.to_string(), &c.shares));
    sheet
}

/// Every alternative of the decisions that were measured closely.
fn alternatives(report: &Report) -> Dataset {
    let columns = &[
        "list",
        "place",
        "decision",
        "alternative",
        "odds",
        "taken",
        "kind",
        "id",
        "runs",
        "share",
        "low",
        "high",
        "goal",
        "goal_low",
        "goal_high",
    ];
    let mut sheet = Dataset::new("alternatives", columns);
    let t = &report.debrief.turning;
    for (list, points) in [("turning", &t.points), ("missed", &t.missed)] {
        for (rank, point) in points.iter().enumerate() {
            for p in &point.prospects {
                for (result, s) in t.results.iter().zip(&p.shares) {
                    let ((kind, id), [runs, share, low, high]) = (report.id(*result), share(s));
                    sheet.push([
                        list.into(),
                        (rank + 1).to_string(),
                        point.decision.to_string(),
                        p.word.clone(),
                        p.odds.to_string(),
                        p.taken.to_string(),
                        kind.into(),
                        id.into(),
                        runs,
                        share,
                        low,
                        high,
                        p.goal.value.to_string(),
                        p.goal.low.to_string(),
                        p.goal.high.to_string(),
                    ]);
                }
            }
        }
    }
    sheet
}

fn seats(report: &Report) -> Dataset {
    let columns = &["track", "party", "points", "alternative", "alternative_at_start"];
    let mut sheet = Dataset::new("seats", columns);
    for s in &report.debrief.settlement.seats {
        let [now, start] = [s.alternative, s.alternative_at_start].map(|n| n.to_string());
        sheet.push([s.track.clone(), s.party.clone(), s.points.to_string(), now, start]);
    }
    sheet
}

fn options(report: &Report) -> Dataset {
    let mut sheet = Dataset::new("options", &["track", "party", "item", "option_id", "points", "red_line"]);
    for h in &report.debrief.hidden {
        for o in &h.options {
            let (points, line) = (o.points.to_string(), o.red_line.to_string());
            sheet.push([h.track.clone(), h.party.clone(), o.item.clone(), o.option.clone(), points, line]);
        }
    }
    sheet
}

/// The levels that nobody at a seat of people knew: at the start (`round` is 0), and what they became.
fn levels(report: &Report) -> Dataset {
    let mut sheet = Dataset::new("levels", &["path", "round", "value"]);
    for c in &report.debrief.levels {
        for (round, value) in [(0, c.start)].iter().chain(&c.changes) {
            sheet.push([c.path.clone(), round.to_string(), value.to_string()]);
        }
    }
    sheet
}

/// Who would have accepted what at the last failure of each item; `short` is empty at a red line.
fn failures(report: &Report) -> Dataset {
    let columns = &["item", "round", "times", "open", "option_id", "party", "accepts", "short"];
    let mut sheet = Dataset::new("failures", columns);
    for f in &report.debrief.failures {
        for stand in &f.options {
            for (k, party) in f.parties.iter().enumerate() {
                sheet.push([
                    f.item.clone(),
                    f.round.to_string(),
                    f.times.to_string(),
                    f.open.to_string(),
                    stand.option.clone(),
                    party.clone(),
                    stand.accepts[k].to_string(),
                    stand.short[k].map_or_else(String::new, |s| s.to_string()),
                ]);
            }
        }
    }
    sheet
}

fn predictions(report: &Report) -> Dataset {
    let columns = &[
        "who",
        "question",
        "branch",
        "round",
        "probability",
        "model",
        "decided",
        "happened",
        "brier",
        "log",
        "expected_brier",
        "expected_log",
        "least_brier",
        "least_log",
    ];
    let mut sheet = Dataset::new("predictions", columns);
    for a in &report.debrief.predicted.answers {
        let scored = |of: &dyn Fn(&crate::analysis::predictions::Scored) -> String| {
            a.scored.as_ref().map_or_else(String::new, of)
        };
        let beside = |of: &dyn Fn(&crate::analysis::predictions::Beside) -> f64| {
            a.scored.and_then(|s| s.beside).map_or_else(String::new, |b| of(&b).to_string())
        };
        sheet.push([
            a.who.clone(),
            a.question.clone(),
            a.branch.to_string(),
            a.round.to_string(),
            a.probability.to_string(),
            a.share.map_or_else(String::new, |s| s.to_string()),
            a.decided.to_string(),
            scored(&|s| s.happened.to_string()),
            scored(&|s| s.score.brier.to_string()),
            scored(&|s| s.score.log.to_string()),
            beside(&|b| b.expected.brier),
            beside(&|b| b.expected.log),
            beside(&|b| b.least.brier),
            beside(&|b| b.least.log),
        ]);
    }
    sheet
}

fn branches(report: &Report) -> Dataset {
    let columns = &["branch", "parent", "from_round", "decisions", "outcome", "round"];
    let mut sheet = Dataset::new("branches", columns);
    let text = |n: Option<String>| n.unwrap_or_default();
    for b in &report.debrief.branches {
        let outcome = b.outcome.map(|k| report.model().world.outcomes[k].name.id.clone());
        sheet.push([
            b.branch.to_string(),
            text(b.parent.map(|p| p.to_string())),
            text(b.from.map(|r| r.to_string())),
            b.decisions.to_string(),
            text(outcome),
            b.round.to_string(),
        ]);
    }
    sheet
}
