//! Analysing large domains (exact frontier, zone and all solutions), and negotiating over them.

use baraza::analysis::bargaining::{Issue, Party, Problem, Rule, study};
use baraza::domain::{Model, Quantity};
use baraza::drivers::Sampler;
use baraza::kernel::State;
use baraza::scenario::{Source, load};
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

/// The text of a scenario in which parties exchange offers over a domain for a hundred rounds, each with one move a round, with
/// Boulware and Conceder tactics in turn. Nothing is left to chance.
fn exchange(parties: usize, sizes: &[usize], offers: &str) -> String {
    let problem = problem(parties, sizes);
    let mut text = "[scenario]\ntitle = \"Offers\"\nstart = 2025-01-01\nrounds = 100\n\
        [dynamics]\nconsult = 0\nreopen = 0\nmandate = { firm = 0, planned = 1, flexible = 0 }\n\
        walk_out = { base = 0, distrust = 0, attack = 0, precondition = 0, audience = 0 }\n"
        .to_owned();
    let kinds = ["boulware", "conceder"];
    for p in 0..parties {
        text += &format!("[party.p{p}]\nalternative = 20\ntactic = {{ kind = \"{}\" }}\n", kinds[p % 2]);
    }
    let seats: Vec<String> = (0..parties).map(|p| format!("\"p{p}\"")).collect();
    text += &format!(
        "[track.talks]\nseats = [{}]\nprocedure = \"alternating-offers\"\noffers = \"{offers}\"\ndeadline = 100\n",
        seats.join(", ")
    );
    for (i, issue) in problem.issues.iter().enumerate() {
        text += &format!("[item.i{i}]\ntrack = \"talks\"\n");
        for o in 0..issue.values.len() {
            text += &format!("option.o{o} = {{");
            for (p, party) in problem.parties.iter().enumerate() {
                let best: f64 = party.worth.iter().map(|row| row.iter().copied().fold(0.0, f64::max)).sum();
                text += &format!(
                    "{} p{p} = {:.4}",
                    if p > 0 { "," } else { "" },
                    100.0 * party.worth[i][o] / best
                );
            }
            text += " }\n";
        }
    }
    text + "[outcome.agreement]\nwhen = \"track.talks.settled >= 1\"\nends = true\n"
}

fn negotiate(bencher: Bencher, text: String) {
    let source = Source { name: "exchange.toml".into(), text };
    let model = Model::new(load(&source, &[], None).world.expect("it loads"));
    let mut state = State::new(&model);
    let mut run = 0;
    bencher.bench_local(|| {
        run += 1;
        state.reset(&model);
        Sampler::new(1, run).play(&model, &mut state);
        black_box(state.get(&model, Quantity::Round))
    });
}

/// A Boulware against a Conceder party over 1,600 packages, up to a hundred rounds.
#[divan::bench(args = ["own-best", "closest"])]
fn offers_of_two_over_1_600(bencher: Bencher, offers: &str) {
    negotiate(bencher, exchange(2, &[10, 8, 5, 4], offers));
}

/// Five parties over 3,072 packages, up to a hundred rounds.
#[divan::bench(args = ["own-best", "closest"])]
fn offers_of_five_over_3_072(bencher: Bencher, offers: &str) {
    negotiate(bencher, exchange(5, &[4, 4, 4, 4, 4, 3], offers));
}

/// Reading and indexing a domain of a million packages.
#[divan::bench(sample_count = 5)]
fn start_with_a_million(bencher: Bencher) {
    let source = Source { name: "exchange.toml".into(), text: exchange(2, &[10; 6], "own-best") };
    bencher.bench_local(|| Model::new(load(&source, &[], None).world.expect("it loads")));
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
