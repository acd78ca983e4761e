//! When the talks meet, and which days odds are for.

use time::{Date, Duration};

use super::super::code::Code;
use super::super::report::Report;
use super::super::tree::{Node, Value};
use super::view::View;
use crate::domain::World;

/// The calendar of a scenario.
pub(super) struct Calendar {
    /// First day of the first round.
    pub start: Date,
    /// Rounds to the horizon.
    pub rounds: u8,
    /// Days from the first round to the second.
    pub round_days: u16,
    /// First days of the rounds, where they are listed.
    pub sessions: Vec<Date>,
    /// The days that odds are for, where they are not `round_days`.
    pub odds_days: Option<u16>,
}

impl Calendar {
    /// Reads it from the frame; `file` is the world as its file has it, where this is one with changes.
    pub fn of(frame: View<'_>, file: Option<&World>, report: &mut Report) -> Self {
        let sessions = sessions(frame, report);
        let written = u16::try_from(frame.int("round_days")).unwrap_or(14);
        let written_odds = frame.maybe_int("odds_days").and_then(|d| u16::try_from(d).ok());
        if sessions.is_empty() {
            let usual = written_odds.or(file.map(World::odds_days));
            let start = frame.date("start").unwrap_or(Date::MIN.replace_year(2000).unwrap_or(Date::MIN));
            let rounds = frame.maybe_small("rounds").unwrap_or(1);
            let odds_days = usual.filter(|days| *days != written);
            return Self { start, rounds, round_days: written, sessions, odds_days };
        }
        // A change that lists sessions stands in for what the file says; where the file lists them, a change says nothing beside them.
        if file.is_none_or(|f| !f.sessions.is_empty()) {
            alone(frame, report);
        }
        if file.is_none() && written_odds.is_none() {
            needs_odds_days(frame, report);
        }
        let round_days = (sessions[1] - sessions[0]).whole_days() as u16;
        let odds_days = written_odds.or(file.map(World::odds_days)).filter(|days| *days != round_days);
        Self { start: sessions[0], rounds: sessions.len() as u8, round_days, sessions, odds_days }
    }
}

/// The listed days, in order and at most a year apart; what is wrong with them is reported, and then there are none.
fn sessions(frame: View<'_>, report: &mut Report) -> Vec<Date> {
    let nodes = frame.node("sessions").and_then(Node::as_list).unwrap_or(&[]);
    let date = |node: &Node| match node.value {
        Value::Date(date) => Some(date),
        _ => None,
    };
    let all: Option<Vec<Date>> = nodes.iter().map(date).collect();
    let Some(all) = all.filter(|all| (2..=200).contains(&all.len())) else { return Vec::new() };
    for (k, pair) in all.windows(2).enumerate() {
        let place = nodes[k + 1].place;
        if pair[1] <= pair[0] {
            report
                .error(
                    Code::Calendar,
                    place,
                    format!("the session of {} does not come after that of {}", pair[1], pair[0]),
                )
                .label("earlier than the one before it, or the same day")
                .help("list the sessions in the order in which they are held");
            return Vec::new();
        }
        if pair[1] - pair[0] > Duration::days(366) {
            report
                .error(
                    Code::Calendar,
                    place,
                    format!("from {} to {} is more than 366 days", pair[0], pair[1]),
                )
                .label("too long after the session before it")
                .help("a round lasts at most 366 days: add a session between them");
            return Vec::new();
        }
    }
    all
}

/// What sessions already say must not be said again.
fn alone(frame: View<'_>, report: &mut Report) {
    for key in ["start", "rounds", "round_days"] {
        let Some(entry) = frame.entry(key) else { continue };
        report
            .error(Code::Calendar, entry.key_place, format!("`{key}` stands beside `sessions`"))
            .label("the sessions say it already")
            .help(format!("leave `{key}` out, or leave `sessions` out"));
    }
}

fn needs_odds_days(frame: View<'_>, report: &mut Report) {
    let Some(entry) = frame.entry("sessions") else { return };
    report
        .error(Code::Calendar, entry.key_place, "`sessions` needs `odds_days`")
        .label("the rounds have different lengths: how many days are odds for?")
        .help("add `odds_days`, the days that the odds of this scenario are meant for, such as `odds_days = 14`");
}
