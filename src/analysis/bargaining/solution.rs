//! The classical solutions on the frontier. Tools of the field give different things the same name ("Kalai" alone has
//! four meanings), so every variant has its own name, formula and source here.

use serde::Serialize;

use super::problem::Problem;
use super::space::Space;

/// A rule that singles out packages. `u` is a utility, `a` the alternative, `d` the disagreement utility: the larger
/// of the alternative and the party's worst package. The zone is the packages that are acceptable to every party;
/// `i` is the best that a party gets in the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Concept {
    /// Largest product of u − d in the zone.
    Nash,
    /// Largest product of u over all packages.
    NashFromZero,
    /// Largest product of u − a over the whole frontier; nothing where it is not above −1.
    NashGenius,
    /// Largest smallest (u − d) / (i − d) in the zone.
    KalaiSmorodinsky,
    /// Smallest spread of (u − d) / (best − d) on the frontier in the zone; best: over all packages.
    KalaiSmorodinskyRay,
    /// Smallest sum of |uᵢ − uⱼ| over all pairs of parties, over the whole frontier; nothing where it is not below 2.
    KalaiGenius,
    /// Largest smallest u − d in the zone.
    Egalitarian,
    /// Largest sum of u in the zone.
    Utilitarian,
    /// Largest sum of u among the packages that the decision rule passes.
    UtilitarianByRule,
    /// Largest sum of u over all packages.
    UtilitarianOverall,
    /// Largest sum of (u − d) / (best − d) over all packages.
    UtilitarianRelative,
}

impl Concept {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Concept; 11] = [
        Concept::Nash,
        Concept::KalaiSmorodinsky,
        Concept::KalaiSmorodinskyRay,
        Concept::Egalitarian,
        Concept::Utilitarian,
        Concept::UtilitarianByRule,
        Concept::UtilitarianOverall,
        Concept::UtilitarianRelative,
        Concept::NashFromZero,
        Concept::NashGenius,
        Concept::KalaiGenius,
    ];

    /// What it is called here.
    pub fn title(self) -> &'static str {
        match self {
            Concept::Nash => "Nash",
            Concept::NashFromZero => "Nash, gains from zero",
            Concept::NashGenius => "Nash, as GENIUS counts",
            Concept::KalaiSmorodinsky => "Kalai–Smorodinsky, max-min",
            Concept::KalaiSmorodinskyRay => "Kalai–Smorodinsky, nearest the ray",
            Concept::KalaiGenius => "“Kalai–Smorodinsky” of GENIUS",
            Concept::Egalitarian => "Egalitarian",
            Concept::Utilitarian => "Utilitarian",
            Concept::UtilitarianByRule => "Utilitarian, by the rule",
            Concept::UtilitarianOverall => "Utilitarian, all packages",
            Concept::UtilitarianRelative => "Utilitarian, relative",
        }
    }

    /// What is largest or smallest, and over which packages.
    pub fn formula(self) -> &'static str {
        match self {
            Concept::Nash => "largest product of u - d, in the zone",
            Concept::NashFromZero => "largest product of u, all packages; only where no u is negative",
            Concept::NashGenius => {
                "largest product of u - a, if above -1, whole frontier, inside the zone or not"
            }
            Concept::KalaiSmorodinsky => "largest smallest (u - d) / (i - d), in the zone",
            Concept::KalaiSmorodinskyRay => "smallest spread of (u - d) / (best u - d), frontier in the zone",
            Concept::KalaiGenius => {
                "smallest sum of |u1 - u2| over all pairs of parties, if below 2, whole frontier"
            }
            Concept::Egalitarian => "largest smallest u - d, in the zone",
            Concept::Utilitarian => "largest sum of u, in the zone",
            Concept::UtilitarianByRule => "largest sum of u among packages that the rule passes",
            Concept::UtilitarianOverall => "largest sum of u, all packages",
            Concept::UtilitarianRelative => "largest sum of (u - d) / (best u - d), all packages",
        }
    }

    /// Where it comes from.
    pub fn source(self) -> &'static str {
        match self {
            Concept::Nash => "Nash 1950",
            Concept::NashFromZero => "common in the automated-negotiation literature",
            Concept::NashGenius => "GENIUS 10.4, BidSpace.getNash",
            Concept::KalaiSmorodinsky => "Kalai and Smorodinsky 1975, for finitely many packages",
            Concept::KalaiSmorodinskyRay => {
                "after Kalai and Smorodinsky 1975, with everybody's best package as the ideal point"
            }
            Concept::KalaiGenius => {
                "GENIUS 10.4, BidSpace.getKalaiSmorodinsky; for two parties also GeniusWeb's “Kalai”"
            }
            Concept::Egalitarian => "Kalai 1977, Rawls 1971",
            Concept::Utilitarian | Concept::UtilitarianByRule | Concept::UtilitarianOverall => {
                "Harsanyi 1955"
            }
            Concept::UtilitarianRelative => "Harsanyi 1955 on relative gains; Dhillon and Mertens 1999",
        }
    }
}

/// What a rule singles out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Solution {
    /// The rule.
    pub concept: Concept,
    /// The number that is largest or, for spreads, smallest.
    pub value: f64,
    /// The packages that reach it and are on the frontier, by index; several where there are ties.
    pub packages: Vec<u32>,
    /// What each point gives every party; packages that give everybody the same are one point.
    pub utilities: Vec<Vec<f64>>,
}

/// A point of the frontier as solutions see it.
pub(super) struct Candidate {
    /// Utilities by party.
    pub utilities: Vec<f64>,
    /// Packages there that are in the zone.
    pub in_zone: Vec<u32>,
    /// Packages there that the rule passes.
    pub passing: Vec<u32>,
    /// All packages there.
    pub all: Vec<u32>,
}

/// What utilities are measured from and against.
pub(super) struct Yardstick {
    pub alternative: Vec<Option<f64>>,
    pub disagreement: Vec<f64>,
    pub best: Vec<f64>,
    /// The best in the zone, where there is a zone.
    pub ideal: Option<Vec<f64>>,
    /// How finely utilities are known: a step of the grid.
    pub step: Vec<f64>,
}

/// A rule that names nothing, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unnamed {
    /// The rule.
    pub concept: Concept,
    /// Why.
    pub why: Why,
}

/// Why a rule names nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// This party, by place, cannot gain: its relative gain is 0/0.
    NoGain(usize),
    /// The best number there is, where the tool that the rule comes from looks only for better ones than the other number.
    NoBetter(f64, f64),
}

/// What all rules come to.
pub(super) struct Outcome {
    pub solutions: Vec<Solution>,
    pub unnamed: Vec<Unnamed>,
}

/// All solutions that exist, and those that do not although there are packages to choose among.
pub(super) fn solutions(candidates: &[Candidate], yard: &Yardstick) -> Outcome {
    let mut out = Outcome { solutions: Vec::new(), unnamed: Vec::new() };
    for concept in Concept::ALL {
        match solve(concept, candidates, yard) {
            None => {}
            Some(Ok(solution)) => out.solutions.push(solution),
            Some(Err(why)) => out.unnamed.push(Unnamed { concept, why }),
        }
    }
    out
}

/// What a rule singles out; `None` where it has nothing to choose among.
fn solve(concept: Concept, candidates: &[Candidate], yard: &Yardstick) -> Option<Result<Solution, Why>> {
    use Concept as C;
    if concept == C::NashFromZero && candidates.iter().flat_map(|c| &c.utilities).any(|u| *u < 0.0) {
        return None;
    }
    let open: Vec<(&Candidate, &[u32])> = candidates
        .iter()
        .map(|c| (c, among(concept, c)))
        .filter(|(_, packages)| !packages.is_empty())
        .collect();
    if !open.is_empty()
        && let Some(party) = yard.cannot_gain(concept)
    {
        return Some(Err(Why::NoGain(party)));
    }
    let scored: Vec<(Score, &Candidate, &[u32])> = open
        .into_iter()
        .filter_map(|(c, packages)| Some((score(concept, &c.utilities, yard)?, c, packages)))
        .collect();
    let best = scored.iter().map(|s| s.0).max_by(|a, b| a.value.total_cmp(&b.value))?;
    let spread = matches!(concept, C::KalaiSmorodinskyRay | C::KalaiGenius);
    let value = if spread { -best.shown() + 0.0 } else { best.shown() };
    if let Some(bar) = bar(concept)
        && best.value - bar <= best.slack
    {
        return Some(Err(Why::NoBetter(value, bar.abs())));
    }
    let chosen = || scored.iter().filter(|s| s.0.ties(best));
    let mut packages: Vec<u32> = chosen().flat_map(|s| s.2.iter().copied()).collect();
    packages.sort_unstable();
    let utilities = chosen().map(|s| s.1.utilities.clone()).collect();
    Some(Ok(Solution { concept, value, packages, utilities }))
}

/// The packages of a point among which a rule chooses.
fn among(concept: Concept, candidate: &Candidate) -> &[u32] {
    use Concept as C;
    match concept {
        C::Nash | C::KalaiSmorodinsky | C::KalaiSmorodinskyRay | C::Egalitarian | C::Utilitarian => {
            &candidate.in_zone
        }
        C::UtilitarianByRule => &candidate.passing,
        _ => &candidate.all,
    }
}

/// The number above which GENIUS begins to look: what is not above it is never named.
fn bar(concept: Concept) -> Option<f64> {
    match concept {
        Concept::NashGenius => Some(-1.0),
        Concept::KalaiGenius => Some(-2.0),
        _ => None,
    }
}

/// A number to be made as large as possible, and by how much it may be off since utilities are known to a step of their grids.
/// This is the one rule for ties: scores that differ by no more than that are the same on paper, and one within it of 0 is 0.
#[derive(Clone, Copy, Debug)]
struct Score {
    value: f64,
    slack: f64,
}

impl Score {
    fn ties(self, best: Self) -> bool {
        best.value - self.value <= best.slack + self.slack
    }

    fn shown(self) -> f64 {
        if self.value.abs() <= self.slack { 0.0 } else { self.value }
    }

    fn sum(values: impl Iterator<Item = Self>) -> Self {
        values.fold(Self { value: 0.0, slack: 0.0 }, |a, b| Self {
            value: a.value + b.value,
            slack: a.slack + b.slack,
        })
    }

    fn product(values: impl Iterator<Item = Self>) -> Self {
        values.fold(Self { value: 1.0, slack: 0.0 }, |a, b| Self {
            value: a.value * b.value,
            slack: a.slack * (b.value.abs() + b.slack) + a.value.abs() * b.slack,
        })
    }

    fn least(values: &[Self]) -> Self {
        let value = values.iter().map(|s| s.value).min_by(f64::total_cmp).unwrap_or(0.0);
        Self { value, slack: values.iter().map(|s| s.slack).fold(0.0, f64::max) }
    }

    /// How far the largest lies above the smallest, as a number to be made large.
    fn closeness(values: &[Self]) -> Self {
        let most = values.iter().map(|s| s.value).max_by(f64::total_cmp).unwrap_or(0.0);
        let least = Self::least(values);
        Self { value: least.value - most, slack: 2.0 * least.slack }
    }

    /// The sum of the distances of all pairs, as a number to be made large.
    fn likeness(values: &[Self]) -> Self {
        let pairs = values.iter().enumerate().flat_map(|(k, a)| values[..k].iter().map(move |b| (a, b)));
        Self::sum(pairs.map(|(a, b)| Self { value: -(a.value - b.value).abs(), slack: a.slack + b.slack }))
    }
}

impl Yardstick {
    /// The first party whose relative gain is 0/0, or measured against less than nothing, under a rule of relative gains.
    fn cannot_gain(&self, concept: Concept) -> Option<usize> {
        let ideal = self.ideal_of(concept)?;
        let rows = ideal.iter().zip(&self.disagreement).zip(&self.step);
        rows.enumerate().find(|(_, ((ideal, d), step))| *ideal - *d <= **step).map(|(party, _)| party)
    }

    /// Against what a rule measures gains, where it does.
    fn ideal_of(&self, concept: Concept) -> Option<&[f64]> {
        match concept {
            Concept::KalaiSmorodinsky => self.ideal.as_deref(),
            Concept::KalaiSmorodinskyRay | Concept::UtilitarianRelative => Some(&self.best),
            _ => None,
        }
    }

    fn utilities(&self, utilities: &[f64]) -> Vec<Score> {
        utilities.iter().zip(&self.step).map(|(u, step)| Score { value: *u, slack: *step }).collect()
    }

    fn gains(&self, utilities: &[f64]) -> Vec<Score> {
        let rows = utilities.iter().zip(&self.disagreement).zip(&self.step);
        rows.map(|((u, d), step)| Score { value: u - d, slack: *step }).collect()
    }

    fn relative(&self, utilities: &[f64], ideal: &[f64]) -> Vec<Score> {
        let rows = self.gains(utilities).into_iter().zip(ideal).zip(&self.disagreement);
        rows.map(|((gain, ideal), d)| {
            let value = gain.value / (ideal - d);
            Score { value, slack: gain.slack * (1.0 + value.abs()) / (ideal - d) }
        })
        .collect()
    }
}

/// The number to be made as large as possible.
fn score(concept: Concept, utilities: &[f64], yard: &Yardstick) -> Option<Score> {
    use Concept as C;
    let relative = || Some(yard.relative(utilities, yard.ideal_of(concept)?));
    Some(match concept {
        C::Nash => Score::product(yard.gains(utilities).into_iter()),
        C::NashFromZero => Score::product(yard.utilities(utilities).into_iter()),
        C::NashGenius => {
            let rows = yard.utilities(utilities).into_iter().zip(&yard.alternative);
            let product = Score::product(rows.map(|(u, a)| Score { value: u.value - a.unwrap_or(0.0), ..u }));
            product.value.is_finite().then_some(product)?
        }
        C::KalaiSmorodinsky => Score::least(&relative()?),
        C::KalaiSmorodinskyRay => Score::closeness(&relative()?),
        C::KalaiGenius => Score::likeness(&yard.utilities(utilities)),
        C::Egalitarian => Score::least(&yard.gains(utilities)),
        C::Utilitarian | C::UtilitarianByRule | C::UtilitarianOverall => {
            Score::sum(yard.utilities(utilities).into_iter())
        }
        C::UtilitarianRelative => Score::sum(relative()?.into_iter()),
    })
}

/// The candidates of a frontier.
pub(super) fn candidates(
    problem: &Problem,
    space: &Space,
    points: &[super::frontier::Point],
    utilities: &[Vec<f64>],
    accepts: impl Fn(u32) -> u64,
) -> Vec<Candidate> {
    let everybody = everybody(problem.parties.len());
    debug_assert!(points.iter().flat_map(|p| &p.packages).all(|k| (*k as usize) < space.packages()));
    points
        .iter()
        .map(|point| {
            let first = point.packages[0] as usize;
            let some = |wanted: &dyn Fn(u64) -> bool| {
                point.packages.iter().copied().filter(|k| wanted(accepts(*k))).collect()
            };
            Candidate {
                utilities: utilities.iter().map(|u| u[first]).collect(),
                in_zone: some(&|set| set == everybody),
                passing: some(&|set| problem.rule.passes(set, problem.parties.len())),
                all: point.packages.clone(),
            }
        })
        .collect()
}

/// The set of all parties.
pub(super) fn everybody(parties: usize) -> u64 {
    if parties >= 64 { u64::MAX } else { (1 << parties) - 1 }
}
