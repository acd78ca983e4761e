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
    /// Largest product of u − a over the whole frontier.
    NashGenius,
    /// Largest smallest (u − d) / (i − d) in the zone.
    KalaiSmorodinsky,
    /// Smallest spread of (u − d) / (best − d) on the frontier in the zone; best: over all packages.
    KalaiSmorodinskyRay,
    /// Smallest spread of u over the whole frontier.
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
            Concept::NashGenius => "largest product of u - a, whole frontier, inside the zone or not",
            Concept::KalaiSmorodinsky => "largest smallest (u - d) / (i - d), in the zone",
            Concept::KalaiSmorodinskyRay => "smallest spread of (u - d) / (best u - d), frontier in the zone",
            Concept::KalaiGenius => "smallest spread of u, whole frontier",
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
            Concept::KalaiGenius => "GENIUS 10.4, BidSpace.getKalaiSmorodinsky; also GeniusWeb's “Kalai”",
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
}

/// All solutions that exist.
pub(super) fn solutions(candidates: &[Candidate], yard: &Yardstick) -> Vec<Solution> {
    Concept::ALL.iter().filter_map(|concept| solve(*concept, candidates, yard)).collect()
}

fn solve(concept: Concept, candidates: &[Candidate], yard: &Yardstick) -> Option<Solution> {
    use Concept as C;
    if concept == C::NashFromZero && candidates.iter().flat_map(|c| &c.utilities).any(|u| *u < 0.0) {
        return None;
    }
    let scored: Vec<(f64, &Candidate, &[u32])> = candidates
        .iter()
        .filter_map(|candidate| {
            let packages: &[u32] = match concept {
                C::Nash | C::KalaiSmorodinsky | C::KalaiSmorodinskyRay | C::Egalitarian | C::Utilitarian => {
                    &candidate.in_zone
                }
                C::UtilitarianByRule => &candidate.passing,
                _ => &candidate.all,
            };
            (!packages.is_empty()).then_some(packages)?;
            Some((score(concept, &candidate.utilities, yard)?, candidate, packages))
        })
        .collect();
    let best = scored.iter().map(|s| s.0).max_by(f64::total_cmp)?;
    // Scores are sums and products of a few rounded numbers: closer ones are the same on paper.
    let close = 1e-12 * best.abs().max(1e-12);
    let chosen = || scored.iter().filter(|s| best - s.0 <= close);
    let spread = matches!(concept, C::KalaiSmorodinskyRay | C::KalaiGenius);
    let mut packages: Vec<u32> = chosen().flat_map(|s| s.2.iter().copied()).collect();
    packages.sort_unstable();
    Some(Solution {
        concept,
        value: if spread { -best + 0.0 } else { best },
        packages,
        utilities: chosen().map(|s| s.1.utilities.clone()).collect(),
    })
}

/// The number to be made as large as possible.
fn score(concept: Concept, utilities: &[f64], yard: &Yardstick) -> Option<f64> {
    use Concept as C;
    let gains = || utilities.iter().zip(&yard.disagreement).map(|(u, d)| u - d);
    let relative = |ideal: &[f64]| -> Vec<f64> {
        let rows = gains().zip(ideal).zip(&yard.disagreement);
        // A party that can gain nothing is content with nothing.
        rows.map(|((gain, ideal), d)| if ideal > d { gain / (ideal - d) } else { 1.0 }).collect()
    };
    Some(match concept {
        C::Nash => gains().product(),
        C::NashFromZero => utilities.iter().product(),
        C::NashGenius => {
            let alternatives = yard.alternative.iter().zip(utilities);
            let product: f64 = alternatives.map(|(a, u)| a.map_or(*u, |a| u - a)).product();
            product.is_finite().then_some(product)?
        }
        C::KalaiSmorodinsky => least(&relative(yard.ideal.as_ref()?)),
        C::KalaiSmorodinskyRay => -spread(&relative(&yard.best)),
        C::KalaiGenius => -spread(utilities),
        C::Egalitarian => gains().min_by(f64::total_cmp)?,
        C::Utilitarian | C::UtilitarianByRule | C::UtilitarianOverall => utilities.iter().sum(),
        C::UtilitarianRelative => {
            if yard.disagreement.iter().zip(&yard.best).any(|(d, best)| d >= best) {
                return None;
            }
            relative(&yard.best).iter().sum()
        }
    })
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().min_by(f64::total_cmp).unwrap_or(0.0)
}

fn spread(values: &[f64]) -> f64 {
    values.iter().copied().max_by(f64::total_cmp).unwrap_or(0.0) - least(values)
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
