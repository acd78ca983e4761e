//! The sentences of a debrief, the same in text and page.

use crate::analysis::debrief::{Ending, Mean, Point, Shift};
use crate::drivers::decider::Decider;
use crate::telling::chronicle::clean;
use crate::text::number::{percent, percent_of, thousands};

use super::{Deed, Report};

/// An outcome that was less likely than this at every decision is put down to luck.
const UNLIKELY: f64 = 0.1;

/// Points with a sign, as a share of one hundred: `+19`, `−4`.
pub(crate) fn plain_points(share: f64) -> String {
    let rounded = (share * 100.0).round();
    match rounded {
        r if r > 0.0 => format!("+{r:.0}"),
        r if r < 0.0 => format!("−{:.0}", -r),
        _ => "0".into(),
    }
}

/// A mean with its sign and one decimal.
fn signed(value: f64) -> String {
    let text = format!("{:.1}", value.abs());
    match value {
        _ if text == "0.0" => text,
        v if v < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// A whole number with a real minus sign.
pub(crate) fn whole(value: f64) -> String {
    match value.round() {
        r if r < 0.0 => format!("−{:.0}", -r),
        r => format!("{:.0}", r.abs()),
    }
}

/// A whole number with its sign.
pub(crate) fn more(value: f64) -> String {
    plain_points(value / 100.0)
}

/// A mean with its interval, or as the exact number that it is.
pub(crate) fn mean(mean: &Mean, exact: bool, level: f64) -> String {
    if exact {
        return signed(mean.value);
    }
    let level = percent_of(level);
    format!("{} ({level}% interval {} to {})", signed(mean.value), signed(mean.low), signed(mean.high))
}

/// What a decider's goal counts.
pub(crate) fn goal(who: Decider) -> &'static str {
    match who {
        Decider::Party(_) => "points of 100 above its alternative",
        Decider::Mediator(_) => "per cent of its agenda settled",
    }
}

/// What a decision did to a chance.
pub(crate) fn verb(shift: &Shift) -> &'static str {
    if shift.difference > 0.0 { "raised" } else { "lowered" }
}

/// One sentence about a turning point.
pub(crate) fn turned(report: &Report, point: &Point) -> String {
    let moment = report.moment(point.decision);
    let (model, s) = (report.model(), &point.shift);
    let deed = Deed::done(model, moment);
    let verb = verb(s);
    let interval = match point.exact {
        true => "exact".to_owned(),
        false => format!(
            "{}% interval {} to {}",
            percent_of(report.level),
            plain_points(s.low),
            plain_points(s.high)
        ),
    };
    format!(
        "In round {}, {} {}: that {verb} {} from {} to {} ({} points, {interval}).",
        moment.round(),
        clean(moment.question.who.title(&model.world)),
        deed.past,
        report.ending(s.result),
        percent(s.from.share),
        percent(s.to.share),
        plain_points(s.difference),
    )
}

/// One sentence about the best alternative that was open, by the decider's own goal.
pub(crate) fn missed(report: &Report, point: &Point) -> String {
    let moment = report.moment(point.decision);
    let who = moment.question.who;
    let Some(best) = point.best.filter(|_| point.missed.low > 0.0) else {
        return format!("No other alternative would have served its own goal clearly better: {}.", goal(who));
    };
    let alternative = &moment.question.alternatives[best];
    let (best, taken) = (&point.prospects[best], point.prospects.iter().find(|p| p.taken));
    let result = report.debrief.turning.results.iter().position(|r| *r == point.shift.result).unwrap_or(0);
    let beside = taken.map_or(0.0, |t| t.shares[result].share);
    format!(
        "Best for its own goal was to {}: {} {}; {} would then have been {} instead of {}.",
        Deed::new(report.model(), moment, alternative).plain,
        mean(&point.missed, point.exact, report.level),
        goal(who),
        report.ending(point.shift.result),
        percent(best.shares[result].share),
        percent(beside),
    )
}

/// How the chances were found.
pub(crate) fn precision(report: &Report) -> String {
    let t = &report.debrief.turning;
    let (exact, all) = (t.course.iter().filter(|c| c.exact).count(), t.course.len());
    let sampled = format!(
        "shares of runs: first look {} an alternative, then {}, with {}% intervals",
        thousands(u64::from(t.screening)),
        thousands(u64::from(t.runs)),
        percent_of(report.level)
    );
    match exact {
        _ if exact == all => {
            "Every way that the talks could go from each decision was followed: the chances are exact.".into()
        }
        0 => {
            format!("There are too many ways for the talks to go to follow them all: chances are {sampled}.")
        }
        n => format!(
            "For the last {n} of the decisions every way that the talks could go was followed: their chances are exact. \
             The others are {sampled}."
        ),
    }
}

/// A branch that ended in what was unlikely throughout, in a sentence; `None` for any other.
pub(crate) fn luck(report: &Report) -> Option<String> {
    let (s, t) = (&report.debrief.settlement, &report.debrief.turning);
    let place = t.results.iter().position(|r| Some(*r) == s.outcome.map(Ending::Outcome))?;
    // In the last round luck itself lifts the chance; there a decision must not have moved any by much.
    let decided = t.course.iter().any(|c| c.round >= s.round && c.screened >= UNLIKELY);
    let before = t.course.iter().filter(|c| c.round < s.round).map(|c| c.shares[place].share);
    let most = before.chain(t.start.get(place).map(|s| s.share)).fold(0.0, f64::max);
    (most < UNLIKELY && !decided && !t.course.is_empty()).then(|| {
        format!(
            "At no decision before the last round was {} above {}: that the talks ended so was decided by luck more than by \
             the decisions.",
            report.ending(t.results[place]),
            percent(most)
        )
    })
}

/// A list of titles, such as `A, B and C`.
pub(crate) fn agenda(titles: &[String]) -> String {
    match titles {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_signs_and_nothing_has_none() {
        assert_eq!([0.19, -0.041, 0.001, -0.001].map(plain_points), ["+19", "−4", "0", "0"]);
        assert_eq!([1.26, -0.02, -3.0].map(signed), ["+1.3", "0.0", "−3.0"]);
        assert_eq!([82.7, -0.2, -31.0].map(whole), ["83", "0", "−31"]);
        assert_eq!([-5.0, 0.4, 31.2].map(more), ["−5", "0", "+31"]);
    }
}
