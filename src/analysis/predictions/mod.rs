//! What players predicted, against what then happened and against the model's own shares.
//!
//! Brier's score and the logarithmic score are both proper: a player who wants a low score does best by saying what they
//! believe. Beside the score of what happened stands the expected score, which a stated probability would have on
//! average if the model's share were the chance of the event: it takes the luck of the one run out.

mod watch;

use libm::log;
use serde::Serialize;

use super::statistics::scores::{Forecast, brier, log_score};

pub use watch::{Seen, Watch};

/// Probabilities are kept within this and one minus this before their logarithm is taken: a certain forecast that fails
/// would score infinity. Whole percents are all that people state; a certain failure scores ln 100 ≈ 4.61 so.
pub const CLAMP: f64 = 0.01;

/// How the clamp is told beside a logarithmic score.
pub const CLAMP_NOTE: &str = "For the logarithmic score, probabilities below 1% count as 1% and those above 99% as 99%: \
a certainty that fails would otherwise score infinity; so it scores 4.61.";

/// A probability that a player stated, once it is known what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stated {
    /// The question, as a place in the predictions of the scenario.
    pub question: usize,
    /// The round before which it was asked.
    pub before: u8,
    /// The probability, from 0 to 1.
    pub probability: f64,
    /// Whether it came about.
    pub happened: bool,
    /// The model's share, seen from where the talks stood when the question was asked; `None` where it was not computed.
    pub share: Option<f64>,
}

/// Both scores of a probability; 0 is perfect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// (probability − outcome)², from 0 to 1.
    pub brier: f64,
    /// −ln of the probability given to what happened, in nats, within [`CLAMP`].
    pub log: f64,
}

/// A stated probability with its scores.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// The question.
    pub question: usize,
    /// The round before which it was asked.
    pub before: u8,
    /// What was stated.
    pub probability: f64,
    /// Whether it came about.
    pub happened: bool,
    /// Against what happened.
    pub score: Pair,
    /// Against the model's share.
    pub beside: Option<Beside>,
}

/// A stated probability beside the model's share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Beside {
    /// The share.
    pub share: f64,
    /// The score that the stated probability has on average, if the share is the chance of the event.
    pub expected: Pair,
    /// The score that the share itself has on average: no stated probability has a lower one.
    pub least: Pair,
    /// The score of the share as a forecast of what happened.
    pub model: Pair,
}

/// A player's scores: means over the questions and checkpoints.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Total {
    /// How many probabilities were stated.
    pub answers: usize,
    /// The mean against what happened.
    pub score: Pair,
    /// What saying one half each time would have scored: 0.25 and ln 2.
    pub half: Pair,
    /// The means against the model's shares, over the answers that have one.
    pub beside: Option<Compared>,
}

/// A player's means beside the model's, over the answers for which there is a share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// How many answers.
    pub answers: usize,
    /// The player's own mean over these.
    pub own: Pair,
    /// The mean expected score.
    pub expected: Pair,
    /// The least mean expected score that was possible.
    pub least: Pair,
    /// The model's mean as a forecaster.
    pub model: Pair,
}

/// The scores of a probability once it is known what happened. Panics when it is no probability.
pub fn score(probability: f64, happened: bool) -> Pair {
    let forecast = [Forecast::new(probability, happened)];
    // There is one forecast, so both have a mean.
    Pair { brier: brier(&forecast).unwrap_or_default(), log: log_score(&forecast, CLAMP).unwrap_or_default() }
}

/// The mean scores of a probability where the event has a chance of `share`.
pub fn expected(probability: f64, share: f64) -> Pair {
    let (yes, no) = (score(probability, true), score(probability, false));
    let mean = |yes: f64, no: f64| share * yes + (1.0 - share) * no;
    Pair { brier: mean(yes.brier, no.brier), log: mean(yes.log, no.log) }
}

/// Scores every answer, in the order given.
pub fn scored(answers: &[Stated]) -> Vec<Scored> {
    let one = |a: &Stated| Scored {
        question: a.question,
        before: a.before,
        probability: a.probability,
        happened: a.happened,
        score: score(a.probability, a.happened),
        beside: a.share.map(|share| Beside {
            share,
            expected: expected(a.probability, share),
            least: expected(share, share),
            model: score(share, a.happened),
        }),
    };
    answers.iter().map(one).collect()
}

/// A player's totals; `None` without an answer.
pub fn total(scored: &[Scored]) -> Option<Total> {
    let beside: Vec<(&Scored, &Beside)> =
        scored.iter().filter_map(|s| s.beside.as_ref().map(|b| (s, b))).collect();
    Some(Total {
        answers: scored.len(),
        score: mean(scored.iter().map(|s| s.score))?,
        half: Pair { brier: 0.25, log: log(2.0) },
        beside: mean(beside.iter().map(|(s, _)| s.score)).and_then(|own| {
            Some(Compared {
                answers: beside.len(),
                own,
                expected: mean(beside.iter().map(|(_, b)| b.expected))?,
                least: mean(beside.iter().map(|(_, b)| b.least))?,
                model: mean(beside.iter().map(|(_, b)| b.model))?,
            })
        }),
    })
}

fn mean(pairs: impl ExactSizeIterator<Item = Pair>) -> Option<Pair> {
    let n = pairs.len() as f64;
    let sum = pairs.reduce(|a, b| Pair { brier: a.brier + b.brier, log: a.log + b.log })?;
    Some(Pair { brier: sum.brier / n, log: sum.log / n })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    fn stated(probability: f64, happened: bool, share: Option<f64>) -> Stated {
        Stated { question: 0, before: 1, probability, happened, share }
    }

    #[test]
    fn a_probability_scores_by_what_happened() {
        let pair = score(0.8, true);
        assert!(near(pair.brier, 0.04) && near(pair.log, -log(0.8)));
        let pair = score(0.8, false);
        assert!(near(pair.brier, 0.64) && near(pair.log, -log(0.2)));
    }

    #[test]
    fn a_certainty_that_fails_scores_a_large_number_and_not_infinity() {
        let pair = score(1.0, false);
        assert!(near(pair.brier, 1.0) && near(pair.log, log(100.0)));
        assert!(CLAMP_NOTE.contains(&format!("{:.2}", pair.log)));
        assert!(CLAMP_NOTE.contains(&format!("below {}%", CLAMP * 100.0)));
        assert!(near(score(1.0, true).brier, 0.0) && score(1.0, true).log > 0.0);
    }

    #[test]
    fn the_expected_score_is_least_where_the_share_itself_is_stated() {
        for share in [0.05, 0.3, 0.5, 0.93] {
            let least = expected(share, share);
            assert!(near(least.brier, share * (1.0 - share)));
            for k in 0..=100 {
                let other = expected(f64::from(k) / 100.0, share);
                assert!(other.brier >= least.brier - 1e-12 && other.log >= least.log - 1e-12, "{k} {share}");
            }
        }
    }

    #[test]
    fn totals_are_means_and_compare_what_has_a_share() {
        let answers = [stated(0.9, true, Some(0.7)), stated(0.4, false, None), stated(0.5, false, Some(0.2))];
        let scored = scored(&answers);
        let total = total(&scored).expect("answers");
        assert_eq!(total.answers, 3);
        assert!(near(total.score.brier, (0.01 + 0.16 + 0.25) / 3.0));
        let beside = total.beside.expect("shares");
        assert_eq!(beside.answers, 2);
        assert!(near(beside.own.brier, (0.01 + 0.25) / 2.0));
        assert!(near(beside.model.brier, (0.09 + 0.04) / 2.0));
        assert!(near(beside.least.brier, (0.21 + 0.16) / 2.0));
        let first = 0.7 * 0.01 + 0.3 * 0.81;
        assert!(near(beside.expected.brier, (first + 0.25) / 2.0));
        assert!(near(total.half.log, score(0.5, true).log));
    }

    #[test]
    fn without_answers_there_is_no_total() {
        assert_eq!(total(&[]), None);
        let alone = scored(&[stated(0.5, true, None)]);
        assert_eq!(total(&alone).expect("an answer").beside, None);
    }
}
