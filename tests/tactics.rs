//! The tactics of Faratin, Sierra and Jennings (1998), step by step beside a second implementation of the published formulas.
//!
//! The reference below knows nothing of the program but the scenario's text. Its conventions are those that docs/model.md states
//! (7.3, 7.6): the paper's offers of single values become targets for whole packages, and imitation looks at whole points.

mod support;

use baraza::domain::{Model, Tactic, TacticKind};
use baraza::drivers::{Sampler, record};
use baraza::kernel::{Entry, target};
use support::model;

const SIZES: [usize; 4] = [4, 3, 5, 2];
const ROUNDS: u32 = 14;
const DEADLINE: f64 = 12.0;
const ALTERNATIVE: f64 = 15.0;

/// A tactic of the paper.
#[derive(Clone, Copy, Debug)]
enum Paper {
    Polynomial { beta: f64, kappa: f64 },
    Exponential { beta: f64, kappa: f64 },
    Time { rate: f64 },
    Parties { rate: f64 },
    Patience { rate: f64 },
    Relative { lag: usize },
    Absolute { lag: usize },
    Averaged { window: usize },
}

use Paper::*;

impl Paper {
    fn text(self) -> String {
        match self {
            Polynomial { beta, kappa } => format!("kind = \"polynomial\", beta = {beta}, kappa = {kappa}"),
            Exponential { beta, kappa } => format!("kind = \"exponential\", beta = {beta}, kappa = {kappa}"),
            Time { rate } => format!("kind = \"resource\", rate = {rate}"),
            Parties { rate } => format!("kind = \"resource\", resource = \"parties\", rate = {rate}"),
            Patience { rate } => format!("kind = \"resource\", resource = \"patience\", rate = {rate}"),
            Relative { lag } => format!("kind = \"tit-for-tat\", window = {lag}"),
            Absolute { lag } => {
                format!("kind = \"tit-for-tat\", imitation = \"random-absolute\", spread = 0, window = {lag}")
            }
            Averaged { window } => {
                format!("kind = \"tit-for-tat\", imitation = \"averaged\", window = {window}")
            }
        }
    }

    /// α(t) where time or a resource moves the tactic, with so many others at the table, each of whom has exchanged `thread` offers.
    fn alpha(self, t: f64, others: f64, thread: f64) -> Option<f64> {
        let left = (t.min(DEADLINE)) / DEADLINE;
        Some(match self {
            Polynomial { beta, kappa } => kappa + (1.0 - kappa) * libm::pow(left, 1.0 / beta),
            Exponential { beta, kappa } => libm::exp(libm::pow(1.0 - left, beta) * libm::log(kappa)),
            Time { rate } => libm::exp(-rate * (DEADLINE - t).max(0.0)),
            Parties { rate } => libm::exp(-rate * others),
            Patience { rate } => libm::exp(-rate * others * others / (others * thread)),
            _ => return None,
        })
    }

    /// The next target by the paper's ratios and differences; `seen` are the offers received, the latest last.
    fn answer(self, target: f64, seen: &[f64]) -> f64 {
        let ago = |k: usize| seen.len().checked_sub(k + 1).map(|at| seen[at]);
        let (older, newer) = match self {
            Relative { lag } | Absolute { lag } => (ago(lag), ago(lag - 1)),
            Averaged { window } => (ago(window), ago(0)),
            _ => return target,
        };
        let (Some(older), Some(newer)) = (older, newer) else { return target };
        let next = match self {
            Absolute { .. } => target + older - newer,
            // Below a tenth a proportion says nothing.
            _ if older < 10.0 => target + older - newer,
            _ => (older / newer * target + 1e-9).floor(),
        };
        next.clamp(ALTERNATIVE, 100.0)
    }
}

/// Points by party, item and option, in hundredths: what one wants most the next wants least, more or less.
fn domain(parties: usize, seed: u64) -> Vec<Vec<Vec<f64>>> {
    let mut state = seed;
    let mut draw = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1u64 << 24) as f64
    };
    let party = |p: usize| {
        let raw: Vec<Vec<f64>> = SIZES
            .iter()
            .map(|n| {
                let slope =
                    |o: usize| if p.is_multiple_of(2) { o } else { n - 1 - o } as f64 / (n - 1) as f64;
                let weight = 0.4 + draw();
                (0..*n).map(|o| weight * (0.75 * slope(o) + 0.25 * draw())).collect()
            })
            .collect();
        let best: f64 = raw.iter().map(|row| row.iter().copied().fold(0.0, f64::max)).sum();
        raw.iter().map(|row| row.iter().map(|u| (u / best * 1e4).round() / 100.0).collect()).collect()
    };
    (0..parties).map(party).collect()
}

fn scenario(points: &[Vec<Vec<f64>>], tactics: &[Paper]) -> String {
    let mut text = format!(
        "[scenario]\ntitle = \"Tactics\"\nstart = 2025-01-01\nrounds = {ROUNDS}\n\
         [dynamics]\nconsult = 0\nreopen = 0\nwalk_out = {{ base = 0, distrust = 0 }}\n\
         mandate = {{ firm = 0, planned = 1, flexible = 0 }}\n"
    );
    let seats: Vec<String> = (0..tactics.len()).map(|p| format!("\"p{p}\"")).collect();
    for (p, tactic) in tactics.iter().enumerate() {
        text += &format!("[party.p{p}]\nalternative = {ALTERNATIVE}\ntactic = {{ {} }}\n", tactic.text());
    }
    text += &format!(
        "[track.talks]\nseats = [{}]\nprocedure = \"alternating-offers\"\ndeadline = {DEADLINE}\n",
        seats.join(", ")
    );
    for (i, n) in SIZES.iter().enumerate() {
        text += &format!("[item.i{i}]\ntrack = \"talks\"\n");
        for o in 0..*n {
            let worth = points.iter().take(tactics.len()).enumerate();
            let row: Vec<String> = worth.map(|(p, rows)| format!("p{p} = {}", rows[i][o])).collect();
            text += &format!("option.o{o} = {{ {} }}\n", row.join(", "));
        }
    }
    text
}

/// An offer: the round, who makes it, what it is worth to everybody.
type Offer = (u32, usize, Vec<f64>);

/// The exchange by the reference: all offers, and the round and the worth of what was agreed.
fn exchange(points: &[Vec<Vec<f64>>], tactics: &[Paper]) -> (Vec<Offer>, Option<(u32, Vec<f64>)>) {
    let n = tactics.len();
    let packages: Vec<Vec<f64>> = (0..SIZES.iter().product::<usize>())
        .map(|number| {
            let mut rest = number;
            let mut worth = vec![0.0; n];
            for i in (0..SIZES.len()).rev() {
                let option = rest % SIZES[i];
                rest /= SIZES[i];
                (0..n).for_each(|p| worth[p] += points[p][i][option]);
            }
            worth.iter().map(|u| (u * 100.0).round() / 100.0).collect()
        })
        .collect();
    let total: Vec<f64> = (0..n).map(|p| packages.iter().map(|w| w[p]).fold(0.0, f64::max)).collect();
    let mut targets = vec![100.0; n];
    let mut seen = vec![Vec::new(); n];
    let mut offers: Vec<Offer> = Vec::new();
    let (mut standing, mut yes): (Option<Vec<f64>>, usize) = (None, 0);
    for round in 1..=ROUNDS {
        for p in 0..n {
            if let Some(alpha) = tactics[p].alpha(f64::from(round), (n - 1) as f64, 2.0 * f64::from(round)) {
                targets[p] = (100.0 - (100.0 - ALTERNATIVE) * alpha).clamp(ALTERNATIVE, 100.0);
            }
            if let Some(worth) = &standing {
                // Whole points of 100, at least one.
                seen[p].push((worth[p] * 100.0 / total[p] + 1e-9).floor().max(1.0));
                targets[p] = tactics[p].answer(targets[p], &seen[p]);
                if worth[p] >= targets[p] * total[p] / 100.0 - 1e-6 {
                    yes += 1;
                    if yes == n - 1 {
                        return (offers, Some((round, worth.clone())));
                    }
                    continue;
                }
            }
            let enough = packages.iter().filter(|w| w[p] >= targets[p] * total[p] / 100.0 - 1e-6);
            // The first of the smallest.
            let own =
                enough.reduce(|a, b| if b[p] < a[p] { b } else { a }).expect("the best is worth any target");
            offers.push((round, p, own.clone()));
            (standing, yes) = (Some(own.clone()), 0);
        }
    }
    (offers, None)
}

/// The same as the program plays it.
fn played(model: &Model, points: &[Vec<Vec<f64>>]) -> (Vec<Offer>, Option<(u32, Vec<f64>)>) {
    let run = record(model, &mut Sampler::new(1, 0));
    let worth = |package: &[(usize, usize)]| -> Vec<f64> {
        let sum = |rows: &Vec<Vec<f64>>| package.iter().map(|(i, o)| rows[*i][*o]).sum::<f64>();
        points.iter().map(|rows| (sum(rows) * 100.0).round() / 100.0).collect()
    };
    let (mut offers, mut agreed) = (Vec::new(), None);
    for step in &run.steps {
        let drafted = step.entries.iter().filter_map(|e| match *e {
            Entry::Drafted { item, option } => Some((item.at(), option.at())),
            _ => None,
        });
        let drafted: Vec<(usize, usize)> = drafted.collect();
        for entry in &step.entries {
            if let Entry::Offers { assessment } = entry {
                offers.push((u32::from(step.round), assessment.seat.at(), worth(&drafted)));
            }
        }
        let settled = step.entries.iter().filter_map(|e| match *e {
            Entry::Agreed { item, option, .. } => Some((item.at(), option.at())),
            _ => None,
        });
        let settled: Vec<(usize, usize)> = settled.collect();
        if !settled.is_empty() {
            agreed = Some((u32::from(step.round), worth(&settled)));
        }
    }
    (offers, agreed)
}

#[test]
fn tactics_move_step_by_step_as_published() {
    let all = [
        Polynomial { beta: 0.3, kappa: 0.0 },
        Polynomial { beta: 3.0, kappa: 0.1 },
        Exponential { beta: 0.7, kappa: 0.05 },
        Exponential { beta: 2.5, kappa: 0.1 },
        Time { rate: 0.4 },
        Parties { rate: 1.0 },
        Patience { rate: 6.0 },
        Relative { lag: 1 },
        Relative { lag: 2 },
        Absolute { lag: 1 },
        Absolute { lag: 3 },
        Averaged { window: 1 },
        Averaged { window: 3 },
    ];
    let (mut offers, mut agreements) = (0, 0);
    let mut compare = |tactics: &[Paper], seed: u64| {
        let points = domain(tactics.len(), seed);
        let model = model(&scenario(&points, tactics));
        let (expected, found) = (exchange(&points, tactics), played(&model, &points));
        assert_eq!(found, expected, "{tactics:?}, domain {seed}");
        offers += found.0.len();
        agreements += usize::from(found.1.is_some());
    };
    for (k, one) in all.iter().enumerate() {
        for (j, other) in all.iter().enumerate() {
            compare(&[*one, *other], (k * all.len() + j) as u64);
        }
        compare(&[*one, all[(k + 3) % all.len()], all[(k + 7) % all.len()]], 1000 + k as u64);
    }
    // Enough came about to have been compared.
    assert!(offers > 1000 && agreements > 80, "{offers} offers, {agreements} agreements");
}

/// Values of the published resource functions, worked out by hand.
#[test]
fn resources_by_hand() {
    use baraza::domain::Resource;
    let tactic = |resource, rate, kappa| Tactic {
        kind: TacticKind::Resource { rate, resource },
        kappa,
        deadline: None,
        leaves: false,
    };
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} and {b}");
    // |N| = 2: κ + (1 − κ) e^−2.
    close(tactic(Resource::Parties, 1.0, 0.1).conceded_among(5, 2, 2.0), 0.1 + 0.9 * libm::exp(-2.0));
    // μ |N|² / Σ|X| = 6 · 9 / (3 · 8), with eight offers in each of three threads after four rounds.
    close(tactic(Resource::Patience, 6.0, 0.0).conceded_among(4, 3, 2.0), libm::exp(-2.25));
    // Fewer at the table, or longer talks: more is conceded.
    let parties = |n| tactic(Resource::Parties, 1.0, 0.0).conceded_among(1, n, 2.0);
    let patience = |t| tactic(Resource::Patience, 6.0, 0.0).conceded_among(t, 1, 2.0);
    assert!(parties(1) > parties(2) && patience(3) > patience(2));
}

/// When somebody leaves the table, the target of a tactic that counts the others falls.
#[test]
fn an_empty_chair_is_a_concession() {
    use baraza::domain::{Lifecycle, Quantity, SeatId, SeatState, portion_points};
    use baraza::kernel::State;
    let tactics = [Parties { rate: 0.5 }, Time { rate: 1.0 }, Time { rate: 1.0 }];
    let model = model(&scenario(&domain(3, 5), &tactics));
    let mut state = State::new(&model);
    let target = |state: &mut State| portion_points(target::target(&model, state, SeatId::new(0)));
    let share = |n: f64| 100.0 - 85.0 * libm::exp(-0.5 * n);
    assert!((target(&mut state) - share(2.0)).abs() < 1e-8);
    state.put(model.cell(Quantity::SeatState(SeatId::new(2))), SeatState::WalkedOut.number());
    assert!((target(&mut state) - share(1.0)).abs() < 1e-8);
}

/// An offer that was worth nothing is no base of a proportion: the answer is as many points, and not everything.
#[test]
fn a_first_offer_of_nothing_does_not_make_the_target_collapse() {
    let one = Relative { lag: 1 };
    assert_eq!(one.answer(100.0, &[1.0, 20.0]), 81.0);
    let mut points = domain(2, 77);
    // What one wants most is worth nothing at all to the other.
    points[1] = points[0].clone();
    for row in &mut points[1] {
        let best = row.iter().copied().fold(0.0, f64::max);
        row.iter_mut().for_each(|u| *u = ((best - *u) * 100.0).round() / 100.0);
    }
    let tactics = [Polynomial { beta: 1.0, kappa: 0.0 }, one];
    let model = model(&scenario(&points, &tactics));
    let (offers, _) = played(&model, &points);
    let total: f64 = points[1].iter().map(|row| row.iter().copied().fold(0.0, f64::max)).sum();
    let mine: Vec<f64> = offers.iter().filter(|o| o.1 == 1).map(|o| o.2[1] / total * 100.0).collect();
    let theirs: Vec<f64> = offers.iter().filter(|o| o.1 == 0).map(|o| o.2[1] / total * 100.0).collect();
    assert!(theirs[0] < 10.0, "the first offer is worth about nothing: {theirs:?}");
    assert!(mine[0] - mine[1] <= theirs[1] - theirs[0] + 15.0, "{mine:?} after {theirs:?}");
}
