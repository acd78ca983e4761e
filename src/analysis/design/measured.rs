//! What is estimated of every cell: shares of runs, and means of counted rewards.

use serde::{Deserialize, Serialize};

use crate::analysis::counters::Reading;
use crate::analysis::statistics::moments::Moments;
use crate::analysis::summary::Share;
use crate::domain::{Model, World};

/// What kind of figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The share of runs that ended so.
    Outcome,
    /// The share of runs in which a condition held at the end of some round.
    Ever,
    /// The share of runs in which a condition held at the end of the last round.
    Last,
    /// The share of runs in which a text was signed.
    Signed,
    /// The share of runs that ended with an item settled.
    Settled,
    /// The mean of a counted reward over runs, in its unit.
    Reward,
}

impl Kind {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Ever => "ever",
            Self::Last => "last",
            Self::Signed => "signed",
            Self::Settled => "settled",
            Self::Reward => "reward",
        }
    }
}

/// One of the figures of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// What kind of figure.
    pub kind: Kind,
    /// Of what: an id, or the text of a condition.
    pub id: String,
    /// Its place among those of its kind.
    pub at: usize,
}

/// Everything that is estimated of a world, in the order of its tables; `measures` are the texts of conditions.
pub fn measured(world: &World, measures: &[String]) -> Vec<Measured> {
    let mut all = Vec::new();
    let mut add = |kind, ids: Vec<&str>| {
        all.extend(ids.into_iter().enumerate().map(|(at, id)| Measured { kind, id: id.to_owned(), at }));
    };
    add(Kind::Outcome, world.outcomes.iter().map(|o| o.name.id.as_str()).collect());
    let texts: Vec<&str> = measures.iter().map(String::as_str).collect();
    add(Kind::Ever, texts.clone());
    add(Kind::Last, texts);
    add(Kind::Signed, world.instruments.iter().map(|i| i.name.id.as_str()).collect());
    add(Kind::Settled, world.items.iter().map(|i| i.name.id.as_str()).collect());
    add(Kind::Reward, world.rewards.iter().map(|r| r.name.id.as_str()).collect());
    all
}

/// What has been counted of a cell: whole numbers, in the order of what is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// How many runs there were.
    pub runs: u64,
    /// Of these, how many had it; of rewards nothing.
    pub hits: Vec<u64>,
    /// The sum and the sum of squares of each reward, as decimal text: they may be longer than 64 bits.
    pub sums: Vec<(String, String)>,
}

impl Counted {
    /// What the counts of an ensemble come to.
    pub(super) fn of(model: &Model, reading: Reading, asked: &[Measured]) -> Self {
        let hits = |m: &Measured| match m.kind {
            Kind::Outcome => Some(reading.outcomes(model)[m.at]),
            Kind::Ever => Some(reading.first(m.at).iter().sum()),
            Kind::Last => reading.held(m.at).last().copied(),
            Kind::Signed => Some(reading.signed(m.at).iter().sum()),
            Kind::Settled => {
                let options = model.world.items[m.at].options.len();
                Some(reading.runs() - reading.options(m.at, options)[0])
            }
            Kind::Reward => None,
        };
        let sums = asked.iter().filter(|m| m.kind == Kind::Reward).map(|m| {
            let (sum, squares) = reading.reward(m.at);
            (sum.to_string(), squares.to_string())
        });
        Self { runs: reading.runs(), hits: asked.iter().filter_map(hits).collect(), sums: sums.collect() }
    }

    /// Whether it counts as many things as are measured, and none oftener than there are runs.
    pub fn fits(&self, asked: &[Measured]) -> bool {
        let rewards = asked.iter().filter(|m| m.kind == Kind::Reward).count();
        let whole = |(sum, squares): &(String, String)| {
            sum.parse::<i128>().is_ok() && squares.parse::<i128>().is_ok()
        };
        self.sums.len() == rewards
            && self.hits.len() + rewards == asked.len()
            && self.hits.iter().all(|n| *n <= self.runs)
            && self.sums.iter().all(whole)
    }
}

/// A figure of a cell with its interval at level 1 − `alpha`: Wilson's for a share, of a mean the normal one. `of` is the place of
/// what is measured. The runs in which it is so are there for shares alone.
pub fn estimate(counted: &Counted, asked: &[Measured], of: usize, alpha: f64) -> (Option<u64>, [f64; 3]) {
    let Some(hits) = counted.hits.get(of) else {
        let moments = moments(counted, asked, of);
        let [low, high] = moments.mean_interval(alpha).map_or([f64::NAN; 2], |i| [i.low, i.high]);
        return (None, [moments.mean().unwrap_or(f64::NAN), low, high]);
    };
    let share = Share::of(*hits, counted.runs, alpha);
    (Some(*hits), [share.share, share.low, share.high])
}

/// A figure of a cell without its interval.
pub fn value(counted: &Counted, asked: &[Measured], of: usize) -> f64 {
    match counted.hits.get(of) {
        Some(hits) => *hits as f64 / counted.runs as f64,
        None => moments(counted, asked, of).mean().unwrap_or(f64::NAN),
    }
}

/// What was counted of a reward.
fn moments(counted: &Counted, asked: &[Measured], of: usize) -> Moments {
    let number = |text: &String| text.parse().unwrap_or_default();
    let (sum, squares) = &counted.sums[asked[of].at];
    Moments { count: counted.runs, sum: number(sum), squares: number(squares), extremes: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Vec<Measured> {
        let one = |kind, at| Measured { kind, id: "x".into(), at };
        vec![one(Kind::Outcome, 0), one(Kind::Outcome, 1), one(Kind::Reward, 0)]
    }

    #[test]
    fn shares_have_wilsons_interval_and_rewards_their_mean() {
        let counted = Counted { runs: 4, hits: vec![1, 3], sums: vec![("8".into(), "24".into())] };
        assert!(counted.fits(&asked()));
        let (hits, [share, low, high]) = estimate(&counted, &asked(), 0, 0.05);
        let same = Share::of(1, 4, 0.05);
        assert_eq!((hits, share, low, high), (Some(1), 0.25, same.low, same.high));
        assert_eq!((value(&counted, &asked(), 0), value(&counted, &asked(), 2)), (0.25, 2.0));
        let (hits, [mean, low, high]) = estimate(&counted, &asked(), 2, 0.05);
        assert_eq!((hits, mean), (None, 2.0));
        // Variance 8/3, standard error √(2/3).
        assert!(
            (mean - low - 1.959_964 * 0.816_497).abs() < 1e-4 && (high - mean - (mean - low)).abs() < 1e-12
        );
    }

    #[test]
    fn counts_of_something_else_do_not_fit() {
        let fits =
            |hits: Vec<u64>, sums: Vec<(String, String)>| Counted { runs: 4, hits, sums }.fits(&asked());
        let sums = || vec![("8".to_owned(), "24".to_owned())];
        assert!(!fits(vec![1], sums()) && !fits(vec![1, 5], sums()) && !fits(vec![1, 2], Vec::new()));
        assert!(!fits(vec![1, 2], vec![("8".into(), "x".into())]));
    }
}
