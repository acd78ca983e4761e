//! What the analysis of a bargaining problem shows: text, JSON, tables, pictures, a page.

mod boards;
mod json;
mod json_runs;
mod page;
mod pictures;
mod play;
mod tables;
mod text;
mod text_runs;

pub use boards::{boards, finding};
pub use json::{FORMAT, json};
pub use page::document;
pub use pictures::{POINTS, plane_of};
pub use play::{Onlookers, RUNS, Runs, play};
pub use tables::tables;
pub use text::text;

use crate::analysis::bargaining::{
    Agreements, Analysis, Concept, Lotteries, Offer, Party, Problem, Ripeness, Solution, Stand, Why,
    lotteries,
};
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::World;
use crate::drivers::Head;
use crate::exchange::{Domain, Finding, Format};
use crate::render::package;
use crate::text::paper::Paper;

use super::study::{Findings, Made};

/// A problem with its analysis.
#[derive(Clone, Debug)]
pub struct Board {
    /// What it is about: the domain, or a track of a scenario.
    pub title: String,
    /// What is on the board.
    pub problem: Problem,
    /// What follows.
    pub analysis: Analysis,
    /// What tables call its parts.
    pub names: Names,
    /// What else the files say: nothing for a scenario.
    pub terms: Terms,
    /// What simulated runs made of it; `None` where none were played.
    pub played: Option<Played>,
}

/// What the files of a domain say besides: how it begins, and what time costs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// The deal on the table at the start.
    pub initial: Option<Stand>,
    /// What is left of a utility after the whole time, by party; empty for a scenario.
    pub discounts: Vec<Option<f64>>,
    /// What is left of it a step later.
    pub step_discounts: Vec<Option<f64>>,
}

impl Terms {
    /// The terms of a domain.
    pub fn of_domain(domain: &Domain, problem: &Problem) -> Self {
        Self {
            initial: domain.initial.as_ref().map(|package| Stand::of(problem, package)),
            discounts: domain.profiles.iter().map(|p| p.discount).collect(),
            step_discounts: domain.profiles.iter().map(|p| p.step_discount).collect(),
        }
    }

    /// What a party's time costs.
    fn discount(&self, party: usize) -> (Option<f64>, Option<f64>) {
        let at = |list: &[Option<f64>]| list.get(party).copied().flatten();
        (at(&self.discounts), at(&self.step_discounts))
    }
}

/// What tables call the parts of a problem: ids where it has them, else names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The domain or the track.
    pub board: String,
    /// Its parties.
    pub parties: Vec<String>,
    /// Its issues or items.
    pub issues: Vec<String>,
    /// Their values or options.
    pub values: Vec<Vec<String>>,
}

/// A track in simulated runs.
#[derive(Clone, Debug)]
pub struct Played {
    /// What the runs agreed on.
    pub agreements: Agreements,
    /// The zone from round to round; `None` where it could not be followed.
    pub ripeness: Option<Ripeness>,
    /// The offers or texts of one run; empty where single items are bargained over.
    pub offers: Vec<Offer>,
    /// The mediator whose texts they are, where there is one.
    pub mediator: Option<String>,
}

/// The scenario behind an analysis, and how it was played.
#[derive(Clone, Copy, Debug)]
pub struct Scenario<'a> {
    /// The scenario with its changes.
    pub world: &'a World,
    /// The what-if in force, by id.
    pub what_if: Option<&'a str>,
    /// Further changes: path and value.
    pub set: &'a [(String, String)],
    /// The seed.
    pub seed: u64,
    /// How many runs were played.
    pub runs: u64,
    /// The run whose offers are told.
    pub run: u32,
    /// Whether it is what `import` makes of a domain of another program.
    pub imported: bool,
}

/// An analysis to be reported on.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The title of the domain or scenario.
    pub title: &'a str,
    /// The foreign format; `None`: a scenario as it stands at the start.
    pub format: Option<Format>,
    /// What is odd in the files.
    pub findings: &'a [Finding],
    /// The domain, or the tracks of a scenario.
    pub boards: &'a [Board],
    /// The fingerprint of the domain or of the scenario with its changes.
    pub fingerprint: &'a str,
    /// The level of intervals.
    pub level: f64,
    /// The scenario; `None` for a domain.
    pub scenario: Option<Scenario<'a>>,
    /// How it can be had again.
    pub made: &'a Made,
}

/// What the figures are, and are not.
const NOTE: &str =
    "What follows from the points that the parties are given, not a judgement of real interests.";

impl Findings for Report<'_> {
    fn source(&self) -> package::Study {
        let to = self.scenario.map_or(0, |s| s.runs);
        package::Study::of_runs("analyze", self.head(), 0, to, self.level)
    }

    fn document(&self, _: bool) -> Document {
        document(self)
    }

    fn tables(&self) -> Vec<Dataset> {
        tables(self)
    }

    fn text(&self, _: bool, paper: Paper) -> String {
        text(self, paper)
    }

    fn format(&self) -> &'static str {
        FORMAT
    }

    fn json(&self) -> String {
        json(self)
    }
}

impl Report<'_> {
    /// The head of what is written about it; a domain is not played and has no seed.
    pub fn head(&self) -> Head<Option<u64>> {
        let head = Head::new(self.title, self.fingerprint, self.scenario.map(|s| s.seed), NOTE);
        self.scenario.iter().fold(head, |head, s| head.changed(s.what_if, s.set))
    }
}

impl Names {
    /// The names of a domain, which has no ids.
    pub fn of_domain(name: &str, problem: &Problem) -> Self {
        Self {
            board: name.to_owned(),
            parties: problem.parties.iter().map(|p| p.name.clone()).collect(),
            issues: problem.issues.iter().map(|i| i.name.clone()).collect(),
            values: problem.issues.iter().map(|i| i.values.clone()).collect(),
        }
    }

    /// The ids of a track.
    pub fn of_track(world: &World, track: crate::domain::TrackId) -> Self {
        let track = world.track(track);
        let items = || track.items.iter().map(|i| world.item(*i));
        Self {
            board: track.name.id.clone(),
            parties: track.seats.iter().map(|s| world.party(world.seat(*s).party).name.id.clone()).collect(),
            issues: items().map(|i| i.name.id.clone()).collect(),
            values: items().map(|i| i.options.iter().map(|o| o.name.id.clone()).collect()).collect(),
        }
    }
}

impl Report<'_> {
    /// What the list of findings is called.
    fn oddities(&self) -> &'static str {
        match self.format {
            Some(_) => "What is odd in the files, and how it was read",
            None => "What is to be said of the tracks",
        }
    }

    /// The first day of each round of the scenario.
    fn dates(&self) -> Vec<String> {
        let rounds = |world: &World| (1..=world.rounds).map(|r| world.date_of(r).to_string()).collect();
        self.scenario.map_or(Vec::new(), |s| rounds(s.world))
    }
}

impl Board {
    /// The names of a package's values.
    fn package(&self, index: u32) -> Vec<&str> {
        self.named(&self.analysis.space.package(index as usize))
    }

    /// The names of these values, one for each issue.
    fn named(&self, package: &[usize]) -> Vec<&str> {
        self.problem.issues.iter().zip(package).map(|(issue, v)| issue.values[*v].as_str()).collect()
    }

    /// The solutions worth telling: under consensus the rule passes the zone and nothing else.
    fn told(&self) -> impl Iterator<Item = &Solution> {
        let rule = self.problem.rule.may_refuse > 0;
        self.analysis.solutions.iter().filter(move |s| rule || s.concept != Concept::UtilitarianByRule)
    }

    /// Why a rule names nothing, in words.
    fn reason(&self, why: Why) -> String {
        match why {
            Why::NoGain(party) => {
                format!("undefined (0/0): {} cannot gain by agreement", self.problem.parties[party].name)
            }
            Why::NoBetter(best, bar) => format!(
                "none: the best there is comes to {}, and GENIUS looks only for {} than {}",
                figure(best),
                if best < 0.0 { "more" } else { "less" },
                figure(if best < 0.0 { -bar } else { bar })
            ),
        }
    }

    /// What time costs each party, where it costs anything: one sentence, ready to follow another.
    fn time(&self) -> String {
        let factor = |(p, party): (usize, &Party)| {
            let parts = match self.terms.discount(p) {
                (None, None) => return None,
                (Some(whole), None) => format!("{whole} after the whole time"),
                (None, Some(step)) => format!("{step} a step later"),
                (Some(whole), Some(step)) => format!("{whole} after the whole time and {step} a step later"),
            };
            Some(format!("{} {parts}", party.name))
        };
        let factors: Vec<String> = self.problem.parties.iter().enumerate().filter_map(factor).collect();
        match factors.is_empty() {
            true => String::new(),
            false => format!(" Discount factors, what is left of a utility of 1: {}.", factors.join(", ")),
        }
    }

    /// The solutions with lotteries, for two parties.
    fn lotteries(&self) -> Option<Lotteries> {
        let [a, b] = &self.analysis.ranges[..] else { return None };
        let points: Vec<[f64; 2]> = self.analysis.frontier_utilities.iter().map(|u| [u[0], u[1]]).collect();
        lotteries(&points, [a.disagreement, b.disagreement])
    }

    /// Whether somebody has red lines.
    fn red_lines(&self) -> bool {
        self.problem.parties.iter().any(|p| !p.red_lines.is_empty())
    }
}

/// A share of packages in percent: “none” and “all” only where it is true.
fn percent(part: u64, whole: u64) -> String {
    let percent = part as f64 * 100.0 / whole.max(1) as f64;
    match percent {
        _ if part == 0 => "none".into(),
        _ if part == whole => "all".into(),
        p if p < 0.1 => "<0.1%".into(),
        p if p < 1.0 => format!("{p:.1}%"),
        p if p > 99.0 => ">99%".into(),
        p => format!("{p:.0}%"),
    }
}

/// A utility for readers: at most three decimals, one from 10 on, without noughts at the end.
fn figure(u: f64) -> String {
    let text = match u.abs() {
        size if size < 9.9995 => format!("{u:.3}"),
        size if size < 1e9 => format!("{u:.1}"),
        _ => return format!("{u:e}"),
    };
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.replace('-', "−") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        let told = [0.0, -0.0001, 0.25, 1.0 / 3.0, 9.9999, 62.04, 100.0, -3.5].map(figure);
        assert_eq!(told, ["0", "0", "0.25", "0.333", "10", "62", "100", "−3.5"]);
    }
}
