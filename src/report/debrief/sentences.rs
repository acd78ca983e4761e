//! The sentences of a debrief, the same in text and page.

use crate::analysis::debrief::{Mean, Point};
use crate::drivers::decider::Decider;
use crate::report::chronicle::clean;
use crate::report::ensemble::{percent, percent_of};

use super::{Deed, Report};

/// Points with a sign, as a share of one hundred: `+19`, `−4`.
pub(in crate::report) fn plain_points(share: f64) -> String {
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

/// A mean with its interval.
pub(in crate::report) fn mean(mean: &Mean, level: f64) -> String {
    let level = percent_of(level);
    format!("{} ({level}% interval {} to {})", signed(mean.value), signed(mean.low), signed(mean.high))
}

/// What a decider's goal counts.
pub(in crate::report) fn goal(who: Decider) -> &'static str {
    match who {
        Decider::Party(_) => "points of 100 above its alternative",
        Decider::Mediator(_) => "per cent of its agenda settled",
    }
}

/// One sentence about a turning point.
pub(in crate::report) fn turned(report: &Report, point: &Point) -> String {
    let moment = report.moment(point.decision);
    let (model, s) = (report.model(), &point.shift);
    let deed = Deed::done(model, moment);
    let verb = if s.difference > 0.0 { "raised" } else { "lowered" };
    format!(
        "In round {}, {} {}: that {verb} {} from {} to {} ({} points, {}% interval {} to {}).",
        moment.round(),
        clean(moment.question.who.title(&model.world)),
        deed.past,
        report.ending(s.result),
        percent(s.from.share),
        percent(s.to.share),
        plain_points(s.difference),
        percent_of(report.level),
        plain_points(s.low),
        plain_points(s.high),
    )
}

/// One sentence about the best alternative that was open, by the decider's own goal.
pub(in crate::report) fn missed(report: &Report, point: &Point) -> String {
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
        mean(&point.missed, report.level),
        goal(who),
        report.ending(point.shift.result),
        percent(best.shares[result].share),
        percent(beside),
    )
}

/// A list of titles, such as `A, B and C`.
pub(in crate::report) fn agenda(titles: &[String]) -> String {
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
    }
}
