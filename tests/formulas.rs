//! Special cases with closed forms: concession curves and the bargaining range of war.
//!
//! Values stand in `tests/data/formulas.json`; more of them live outside the repository, and where they are missing the tests
//! say so.

mod support;

use baraza::domain::{ItemId, Quantity, SeatId, Tactic, TacticKind, exponential, polynomial};
use baraza::kernel::{State, target};
use serde_json::Value;

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().expect("a number")
}

#[test]
fn concession_curves_agree_with_the_reference() {
    let rows = support::rows("faratin_alpha");
    assert!(!rows.is_empty());
    for row in &rows {
        let [t, d, kappa, beta] = ["t", "tmax", "kappa", "beta"].map(|k| number(row, k));
        assert!((polynomial(t, d, kappa, beta) - number(row, "poly")).abs() < 1e-12, "{row}");
        assert!((exponential(t, d, kappa, beta) - number(row, "exp")).abs() < 1e-12, "{row}");
    }
}

/// Values of the published formulas, worked out by hand.
#[test]
fn concession_curves_by_hand() {
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} and {b}");
    close(polynomial(5.0, 20.0, 0.2, 1.0), 0.4);
    close(polynomial(10.0, 20.0, 0.0, 0.5), 0.25);
    close(polynomial(30.0, 20.0, 0.05, 0.2), 1.0);
    close(exponential(0.0, 10.0, 0.05, 2.0), 0.05);
    close(exponential(10.0, 10.0, 0.05, 2.0), 1.0);
    close(exponential(5.0, 10.0, 0.25, 1.0), 0.5);
}

#[test]
fn curves_rise_from_kappa_to_one() {
    for kind in [TacticKind::Polynomial { beta: 0.3 }, TacticKind::Exponential { beta: 3.0 }] {
        let tactic = Tactic { kind, kappa: 0.1, deadline: None, leaves: false };
        let curve: Vec<_> = (0..=20).map(|t| tactic.conceded(t, 20)).collect();
        assert!((curve[0] - 0.1).abs() < 1e-12 && (curve[20] - 1.0).abs() < 1e-12);
        assert!(curve.windows(2).all(|w| w[0] <= w[1]));
    }
}

/// Two states divide something worth 100; war gives A a chance `p` of all of it and costs both. What both prefer to
/// war is the range from p − cA to p + cB (Fearon 1995).
fn war(p: f64, cost_a: f64, cost_b: f64) -> String {
    let percent = |x: f64| (x * 100.0).round() as i32;
    let mut text = format!(
        "[scenario]\ntitle = \"War as the outside option\"\nstart = 2025-01-01\nrounds = 1\n\
         [party.a]\nalternative = {}\n[party.b]\nalternative = {}\n\
         [track.talks]\nseats = [\"a\", \"b\"]\ndeadline = 1\n[item.territory]\ntrack = \"talks\"\n",
        percent(p - cost_a).clamp(0, 100),
        percent(1.0 - p - cost_b).clamp(0, 100),
    );
    for share in (0..=100).step_by(5) {
        text += &format!("option.share-{share} = {{ a = {share}, b = {} }}\n", 100 - share);
    }
    text
}

fn bargaining_range(p: f64, cost_a: f64, cost_b: f64) -> (f64, f64) {
    let model = support::model(&war(p, cost_a, cost_b));
    let mut state = State::new(&model);
    let item = ItemId(0);
    let options = model.world.item(item).options.len();
    let zone = (0..2).fold(u32::MAX, |zone, s| {
        zone & target::position(&model, &mut state, SeatId(s), item).mask(&model, &state, item, options)
    });
    assert_eq!(state.get(&model, Quantity::Round), 1);
    let share = |o: u32| f64::from(o) * 0.05;
    (share(zone.trailing_zeros()), share(31 - zone.leading_zeros()))
}

#[test]
fn the_zone_of_agreement_is_the_bargaining_range() {
    for (p, a, b, low, high) in [(0.5, 0.1, 0.1, 0.4, 0.6), (0.3, 0.05, 0.15, 0.25, 0.45)] {
        let range = bargaining_range(p, a, b);
        assert!((range.0 - low).abs() < 1e-9 && (range.1 - high).abs() < 1e-9, "{range:?}");
    }
    for row in &support::rows("fearon_range") {
        let (low, high) = bargaining_range(number(row, "p"), number(row, "cA"), number(row, "cB"));
        assert!((low - number(row, "lo")).abs() < 1e-9, "{row}: from {low}");
        assert!((high - number(row, "hi")).abs() < 1e-9, "{row}: to {high}");
    }
}
