//! The neutral form of a negotiation domain.

use super::error::{Error, Finding, shown};
use crate::domain::Discounts;

/// The most values of an issue, and of all issues.
pub(super) const MOST_VALUES: u64 = 1_000_000;

/// The formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// GENIUS XML, read as version 10.4 reads it.
    Genius,
    /// GeniusWeb JSON, in the Java or the Python dialect.
    Geniusweb,
    /// NegMAS YAML or JSON.
    Negmas,
    /// NegoLog JSON.
    Negolog,
    /// A scoreable game: score files, `config.txt`, `initial_deal.txt`.
    Scoreable,
    /// A track of a scenario of this program.
    Scenario,
}

impl Format {
    /// Its name as people write it.
    pub fn title(self) -> &'static str {
        match self {
            Format::Genius => "GENIUS XML",
            Format::Geniusweb => "GeniusWeb JSON",
            Format::Negmas => "NegMAS",
            Format::Negolog => "NegoLog JSON",
            Format::Scoreable => "scoreable game",
            Format::Scenario => "scenario",
        }
    }
}

/// A negotiation domain with the profiles of its parties.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    /// Its name: that of the file or folder where the format gives none.
    pub name: String,
    /// Where it came from.
    pub format: Format,
    /// Its issues.
    pub issues: Vec<Issue>,
    /// Its parties.
    pub profiles: Vec<Profile>,
    /// How many parties may refuse a package; 0 is consensus.
    pub may_refuse: usize,
    /// Parties whose consent is needed in any case, by place.
    pub vetoes: Vec<usize>,
    /// Whether a package must be better than the reservation (`>`) or at least as good (`>=`, all formats read here).
    pub strict: bool,
    /// The package on the table at the start.
    pub initial: Option<Vec<usize>>,
    /// What is odd in the files.
    pub findings: Vec<Finding>,
}

/// An issue and its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Values,
}

/// The values of an issue.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Named values.
    Discrete(Vec<String>),
    /// Whole numbers, both ends included.
    Integer {
        /// The least.
        low: i64,
        /// The largest.
        high: i64,
    },
    /// Numbers from `low` in steps; `high` only where a step hits it (GeniusWeb).
    Stepped {
        /// The first.
        low: f64,
        /// None is larger.
        high: f64,
        /// The distance between two of them, above 0.
        step: f64,
    },
    /// Any number of an interval, of which `steps` equally distant ones, ends included, are looked at.
    Real {
        /// The least.
        low: f64,
        /// The largest.
        high: f64,
        /// How many are looked at, at least 2.
        steps: usize,
    },
}

impl Issue {
    /// Refuses issues that would fill the memory.
    pub(super) fn check(&self, file: &str) -> Result<(), Error> {
        let n = self.values.count();
        if n > MOST_VALUES {
            let what =
                format!("issue “{}” has {n} values: at most {MOST_VALUES} are read", shown(&self.name));
            return Err(Error::new(file, None, what));
        }
        Ok(())
    }
}

impl Values {
    /// How many values there are (for intervals: are looked at).
    pub fn count(&self) -> u64 {
        match self {
            Values::Discrete(names) => names.len() as u64,
            Values::Integer { low, high } => high.abs_diff(*low).saturating_add(1),
            // Decimal steps: 0, 0.1, … 1 are eleven values although ten times 0.1 is not quite 1.
            Values::Stepped { low, high, step } => ((high - low) / step + 1e-9) as u64 + 1,
            Values::Real { steps, .. } => *steps as u64,
        }
    }

    /// The number that a value stands for; `None` for named values.
    pub fn number(&self, at: u64) -> Option<f64> {
        match self {
            Values::Discrete(_) => None,
            Values::Integer { low, .. } => Some(low.saturating_add_unsigned(at) as f64),
            Values::Stepped { low, step, .. } => Some(low + step * at as f64),
            Values::Real { low, high, steps } => {
                Some(low + (high - low) * at as f64 / (steps.saturating_sub(1).max(1)) as f64)
            }
        }
    }

    /// What a value is called.
    pub fn label(&self, at: u64) -> String {
        match (self, self.number(at)) {
            (Values::Discrete(names), _) => names.get(at as usize).cloned().unwrap_or_default(),
            // Sums of decimal steps are shown as people write them.
            (_, Some(number)) => format!("{}", (number * 1e9).round() / 1e9),
            _ => String::new(),
        }
    }

    /// The place of a value by its name or number.
    pub fn find(&self, label: &str) -> Option<u64> {
        if let Values::Discrete(names) = self {
            return names.iter().position(|n| n == label).map(|at| at as u64);
        }
        let wanted: f64 = label.trim().parse().ok().filter(|n: &f64| n.is_finite())?;
        let (low, width) = (self.number(0)?, self.number(1)? - self.number(0)?);
        let at = if width == 0.0 { 0.0 } else { ((wanted - low) / width).round() };
        let at = (at >= 0.0 && at < self.count() as f64).then_some(at as u64)?;
        let near = (self.number(at)? - wanted).abs() <= 1e-9 * wanted.abs().max(1.0);
        near.then_some(at)
    }
}

/// A party's preferences: the utility of a package is `constant` plus the sum of weight times evaluation, at most
/// `ceiling`.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Its part in the game, where the format has parts (`p1`, `p2`, `player`).
    pub role: Option<String>,
    /// An evaluation for every issue.
    pub evaluations: Vec<Evaluation>,
    /// A weight for every issue.
    pub weights: Vec<f64>,
    /// Added to every package.
    pub constant: f64,
    /// No package is worth more (GENIUS: 1).
    pub ceiling: Option<f64>,
    /// What no agreement is worth.
    pub reservation: Reservation,
    /// What is left of a utility after the whole time, in ]0, 1]; `None`: time costs nothing.
    pub discount: Option<f64>,
    /// What is left of a utility a step later, in ]0, 1[ (NegMAS: in a step everybody has a move); `None`: nothing is
    /// said by the step.
    pub step_discount: Option<f64>,
    /// What these factors apply to: agreements only, or no agreement as well.
    pub discounts: Discounts,
}

/// What no agreement is worth to a party.
#[derive(Clone, Debug, PartialEq)]
pub enum Reservation {
    /// Less than any package.
    None,
    /// This utility.
    Utility(f64),
    /// As much as this package; issues without a value count nothing (GeniusWeb).
    Package(Vec<Option<u64>>),
}

/// What a value of an issue is worth before weighting.
#[derive(Clone, Debug, PartialEq)]
pub enum Evaluation {
    /// A number for every named value; `None`: the file has none, which counts as 0.
    Table {
        /// In the order of the values.
        numbers: Vec<Option<f64>>,
        /// Values that only the profile knows: they count for the largest number.
        extra: Vec<(String, f64)>,
        /// Whether numbers are divided by the largest one (GENIUS; 0 where that is below 10⁻⁵).
        divided: bool,
    },
    /// slope · (value − from) + offset, kept within 0..=1 where `clamped`.
    Linear {
        /// Per unit of the value.
        slope: f64,
        /// What is subtracted from the value first.
        from: f64,
        /// What is added.
        offset: f64,
        /// Whether results are kept within 0..=1 (GENIUS).
        clamped: bool,
    },
    /// Straight between two points (GeniusWeb); the ends are those of the issue or lie outside.
    Between {
        /// A value and its utility.
        low: (f64, f64),
        /// Another one.
        high: (f64, f64),
    },
    /// 0 at `low` and `high`, 1 at `top`, straight between (and 0 outside).
    Triangle {
        /// Where it rises from 0.
        low: f64,
        /// Where it is 1.
        top: f64,
        /// Where it is 0 again.
        high: f64,
    },
    /// The same for every value.
    Constant(f64),
}

impl Evaluation {
    /// The number that a table divides by.
    pub fn divisor(&self) -> f64 {
        match self {
            Evaluation::Table { numbers, extra, divided: true } => {
                let all = numbers.iter().flatten().copied().chain(extra.iter().map(|e| e.1));
                all.fold(f64::NEG_INFINITY, f64::max)
            }
            _ => 1.0,
        }
    }

    /// The evaluation of every value, in order.
    pub fn evaluate(&self, values: &Values) -> Vec<f64> {
        let numbers = || (0..values.count()).map(|at| values.number(at).unwrap_or(at as f64));
        match self {
            Evaluation::Table { numbers, .. } => {
                let divisor = self.divisor();
                let share = |n: &Option<f64>| match n {
                    Some(n) if divisor >= 1e-5 => n / divisor,
                    _ => 0.0,
                };
                numbers.iter().map(share).collect()
            }
            Evaluation::Linear { slope, from, offset, clamped } => numbers()
                .map(|v| slope * (v - from) + offset)
                .map(|e| if *clamped { e.clamp(0.0, 1.0) } else { e })
                .collect(),
            Evaluation::Between { low, high } => {
                let rise = if high.0 == low.0 { 0.0 } else { (high.1 - low.1) / (high.0 - low.0) };
                numbers().map(|v| low.1 + rise * (v - low.0)).collect()
            }
            Evaluation::Triangle { low, top, high } => numbers()
                .map(|v| {
                    let (rise, fall) = (top - low, high - top);
                    match v {
                        v if v < *low || v > *high => 0.0,
                        v if v < *top => (v - low) / rise,
                        v if v > *top => (high - v) / fall,
                        _ => 1.0,
                    }
                })
                .collect(),
            Evaluation::Constant(value) => numbers().map(|_| *value).collect(),
        }
    }
}

impl Profile {
    /// What every value of every issue adds to a package: weight times evaluation.
    pub fn worth(&self, issues: &[Issue]) -> Vec<Vec<f64>> {
        let rows = self.evaluations.iter().zip(&self.weights).zip(issues);
        rows.map(|((evaluation, weight), issue)| {
            evaluation.evaluate(&issue.values).into_iter().map(|e| weight * e).collect()
        })
        .collect()
    }

    /// The utility of no agreement; `None`: any package is better.
    pub fn alternative(&self, issues: &[Issue]) -> Option<f64> {
        match &self.reservation {
            Reservation::None => None,
            Reservation::Utility(utility) => Some(*utility),
            Reservation::Package(package) => {
                let worth = self.worth(issues);
                let rows = worth.iter().zip(package);
                Some(rows.fold(self.constant, |sum, (row, v)| sum + v.map_or(0.0, |v| row[v as usize])))
            }
        }
    }
}

impl Domain {
    /// How many packages there are.
    pub fn packages(&self) -> f64 {
        self.issues.iter().map(|i| i.values.count() as f64).product()
    }
}
