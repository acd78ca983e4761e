//! Analysing large domains: exact frontier, zone and all solutions.

use baraza::analysis::bargaining::{Issue, Party, Problem, Rule, study};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// A domain with random worth from a plain congruential generator: the same on every machine.
fn problem(parties: usize, sizes: &[usize]) -> Problem {
    let mut seed = 12_345u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 11) as f64 / (1u64 << 53) as f64
    };
    let issue = |(at, n): (usize, &usize)| Issue {
        name: format!("issue {at}"),
        values: (0..*n).map(|v| format!("value {v}")).collect(),
    };
    let issues: Vec<Issue> = sizes.iter().enumerate().map(issue).collect();
    let mut party = |at: usize| {
        let weights: Vec<f64> = sizes.iter().map(|_| 0.1 + draw()).collect();
        let sum: f64 = weights.iter().sum();
        let row = |(n, w): (&usize, &f64)| -> Vec<f64> { (0..*n).map(|_| draw() * w / sum).collect() };
        let worth = sizes.iter().zip(&weights).map(row).collect();
        let name = format!("party {at}");
        Party {
            name,
            worth,
            constant: 0.0,
            ceiling: Some(1.0),
            alternative: Some(0.4),
            red_lines: Vec::new(),
        }
    };
    Problem { parties: (0..parties).map(&mut party).collect(), issues, rule: Rule::default() }
}

/// What one party wins another loses: each value is a share of one pie, so most packages are on the frontier.
fn opposed(mut problem: Problem) -> Problem {
    for i in 0..problem.issues.len() {
        for v in 0..problem.issues[i].values.len() {
            let sum: f64 = problem.parties.iter().map(|p| p.worth[i][v]).sum();
            let parties = problem.parties.iter_mut().enumerate();
            parties.for_each(|(p, party)| party.worth[i][v] *= (1.0 + 0.1 * (p * i) as f64) / sum / 10.0);
        }
    }
    problem
}

/// Two parties over a million packages.
#[divan::bench(sample_count = 10)]
fn two_parties_million(bencher: Bencher) {
    let problem = problem(2, &[10; 6]);
    bencher.bench_local(|| study(black_box(&problem)).expect("it fits"));
}

/// Five parties over 240,000 packages.
#[divan::bench(sample_count = 3)]
fn five_parties_240_000(bencher: Bencher) {
    let problem = problem(5, &[10, 10, 10, 10, 6, 4]);
    bencher.bench_local(|| study(black_box(&problem)).expect("it fits"));
}

/// The same where interests are opposed.
#[divan::bench(sample_count = 1)]
fn five_parties_opposed(bencher: Bencher) {
    let problem = opposed(problem(5, &[10, 10, 10, 10, 6, 4]));
    bencher.bench_local(|| study(black_box(&problem)).expect("it fits"));
}
