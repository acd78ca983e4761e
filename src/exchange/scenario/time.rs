//! Discounts of a domain as a party's discount a round.

use super::super::domain::{Issue, Profile};
use super::super::error::shown;
use super::points::short;
use crate::domain::Discounts;

/// The lines of a party that say what is left of a point for each round of waiting, and whether of no agreement too; empty where
/// time costs nothing.
///
/// A factor D over the whole time of R rounds is D^(1/R) a round. A step of NegMAS is a round in which everybody has one
/// move; `everybody`: so it is here.
pub(super) fn discount(
    profile: &Profile,
    issues: &[Issue],
    rounds: u8,
    everybody: bool,
    losses: &mut Vec<String>,
) -> String {
    let mut lose = |what: String| losses.push(format!("{}: {what}", shown(&profile.name)));
    let mut a_round = 1.0;
    if let Some(whole) = profile.discount.filter(|d| *d < 1.0) {
        let share = libm::pow(whole, 1.0 / f64::from(rounds));
        a_round *= share;
        lose(format!(
            "the discount factor {whole} over the whole time became {} a round over {rounds} rounds",
            short(share)
        ));
    }
    if let Some(step) = profile.step_discount {
        a_round *= step;
        let moves = if everybody { "" } else { ", which is no longer one in which everybody has one move" };
        lose(format!("the discount factor {step} a step is one a round{moves}"));
    }
    if a_round >= 1.0 {
        return String::new();
    }
    if profile.constant != 0.0 || profile.worth(issues).iter().flatten().any(|w| *w < 0.0) {
        lose("points are discounted as they are counted, from each issue's worst value: the file discounts utilities".into());
    }
    let both = match profile.discounts {
        Discounts::Agreement => "",
        Discounts::Both => "discounts = \"both\"\n",
    };
    format!("discount = {a_round:?}\n{both}")
}
