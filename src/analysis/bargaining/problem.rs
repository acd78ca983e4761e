//! What is on the board: issues, values, and what they are worth to whom.

use super::space::Space;
use crate::exchange::Domain;

/// The most numbers that an analysis keeps: packages times parties.
pub const MOST_CELLS: u64 = 64 << 20;

/// An issue with the names of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Its name.
    pub name: String,
    /// Its values in order; never empty.
    pub values: Vec<String>,
}

/// A party: the utility of a package is `constant` plus the worth of its values, at most `ceiling`.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// `worth[issue][value]`, in units of its utility.
    pub worth: Vec<Vec<f64>>,
    /// Added to every package.
    pub constant: f64,
    /// No package is worth more than this (GENIUS: 1).
    pub ceiling: Option<f64>,
    /// The utility of no agreement (reservation value, BATNA); `None`: any package is better.
    pub alternative: Option<f64>,
    /// Values that it never accepts: issue and value.
    pub red_lines: Vec<(usize, usize)>,
}

/// Whose consent makes a package pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// How many parties may refuse; 0 is consensus.
    pub may_refuse: usize,
    /// Parties whose consent is needed in any case, by place.
    pub vetoes: Vec<usize>,
    /// Whether a package must be better than the alternative (`>`) or at least as good (`>=`).
    pub strict: bool,
}

impl Rule {
    /// Whether a package passes that these parties (a bit set) accept, out of so many.
    pub fn passes(&self, accepting: u64, parties: usize) -> bool {
        accepting.count_ones() as usize + self.may_refuse >= parties
            && self.vetoes.iter().all(|p| accepting >> p & 1 == 1)
    }
}

/// A bargaining problem with finitely many packages.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Its issues; the last one changes fastest in the order of packages.
    pub issues: Vec<Issue>,
    /// Its parties, 1..=64.
    pub parties: Vec<Party>,
    /// Whose consent is needed.
    pub rule: Rule,
}

/// A problem with more packages than can be visited.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "{packages:.0} packages for {parties} parties: at most {most} packages can be visited for so many parties"
)]
pub struct TooLarge {
    /// How many packages there are.
    pub packages: f64,
    /// How many parties.
    pub parties: usize,
    /// The most packages for so many parties.
    pub most: u64,
}

impl Problem {
    /// The problem of a domain: utilities under the file's own semantics, without time.
    ///
    /// # Errors
    /// When there are too many packages: asked before tables of every value are made.
    pub fn of_domain(domain: &Domain) -> Result<Self, TooLarge> {
        too_many(domain.packages(), domain.profiles.len())?;
        let values = |i: &crate::exchange::Issue| (0..i.values.count()).map(|v| i.values.label(v)).collect();
        let issues = domain.issues.iter().map(|i| Issue { name: i.name.clone(), values: values(i) });
        let parties = domain.profiles.iter().map(|profile| Party {
            name: profile.name.clone(),
            worth: profile.worth(&domain.issues),
            constant: profile.constant,
            ceiling: profile.ceiling,
            alternative: profile.alternative(&domain.issues),
            red_lines: Vec::new(),
        });
        Ok(Self {
            issues: issues.collect(),
            parties: parties.collect(),
            rule: Rule {
                may_refuse: domain.may_refuse,
                vetoes: domain.vetoes.clone(),
                strict: domain.strict,
            },
        })
    }

    /// The packages, indexed.
    ///
    /// # Errors
    /// When there are more than [`MOST_CELLS`] numbers to keep.
    pub fn space(&self) -> Result<Space, TooLarge> {
        let sizes: Vec<usize> = self.issues.iter().map(|i| i.values.len()).collect();
        too_many(sizes.iter().map(|n| *n as f64).product(), self.parties.len())?;
        Ok(Space::new(&sizes))
    }

    /// The utility of every package for a party, in the order of packages. Sums run from the first issue to the
    /// last, so that they are those of the plain formula, bit for bit.
    pub fn utilities(&self, party: usize) -> Vec<f64> {
        let party = &self.parties[party];
        let mut sums = vec![party.constant];
        for row in &party.worth {
            sums = sums.iter().flat_map(|sum| row.iter().map(move |worth| sum + worth)).collect();
        }
        if let Some(ceiling) = party.ceiling {
            sums.iter_mut().for_each(|u| *u = u.min(ceiling));
        }
        sums
    }

    /// The utility of one package for a party.
    pub fn utility(&self, party: usize, package: &[usize]) -> f64 {
        let party = &self.parties[party];
        let sum = party.worth.iter().zip(package).fold(party.constant, |sum, (row, v)| sum + row[*v]);
        party.ceiling.map_or(sum, |ceiling| sum.min(ceiling))
    }
}

fn too_many(packages: f64, parties: usize) -> Result<(), TooLarge> {
    let parties = parties.max(1);
    let most = MOST_CELLS / parties as u64;
    if packages > most as f64 { Err(TooLarge { packages, parties, most }) } else { Ok(()) }
}
