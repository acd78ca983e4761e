//! The zone of agreement, the frontier and the solutions: against definitions, hand-made cases and reference values.
//!
//! Reference values of small domains and games stand beside the tests. Larger ones live outside of the repository (`../shared/data`,
//! or the folder that `BARAZA_REFERENCE` names); where they are missing the tests say that those were skipped.

mod support;

use std::path::Path;

use baraza::analysis::bargaining::{
    Analysis, Concept, Issue, Packages, Party, Problem, Rule, Solution, Stand, Standing, Use, Why, lotteries,
    nash_lottery, study,
};
use baraza::exchange::{self, Domain};
use proptest::prelude::*;
use serde_json::Value;
use support::foreign::{Reference, name, references, request};
use support::formulas;

fn problem(alternatives: &[Option<f64>], worth: &[Vec<Vec<f64>>]) -> Problem {
    let issue = |(at, row): (usize, &Vec<f64>)| Issue {
        name: format!("i{at}"),
        values: (0..row.len()).map(|v| format!("v{v}")).collect(),
    };
    let party = |(at, (alternative, worth)): (usize, (&Option<f64>, &Vec<Vec<f64>>))| Party {
        name: format!("p{at}"),
        worth: worth.clone(),
        constant: 0.0,
        ceiling: None,
        alternative: *alternative,
        red_lines: Vec::new(),
    };
    Problem {
        issues: worth[0].iter().enumerate().map(issue).collect(),
        parties: alternatives.iter().zip(worth).enumerate().map(party).collect(),
        rule: Rule::default(),
    }
}

fn solution(analysis: &Analysis, concept: Concept) -> Option<&Solution> {
    analysis.solutions.iter().find(|s| s.concept == concept)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

/// One issue, five packages, worked out by hand.
#[test]
fn a_case_by_hand() {
    let first = vec![vec![10.0, 8.0, 5.0, 2.0, 7.0]];
    let second = vec![vec![0.0, 4.0, 6.0, 10.0, 4.0]];
    let mut problem = problem(&[Some(3.0), Some(2.0)], &[first, second]);
    let analysis = study(&problem).expect("small");
    assert_eq!((analysis.zone.packages, analysis.zone.better), (3, 3));
    assert_eq!(analysis.zone.accepted, [4, 4]);
    assert_eq!(analysis.zone.alone_refused, [1, 1]);
    assert_eq!((analysis.frontier.packages(), analysis.frontier_in_zone), (4, 2));
    let best = |concept| solution(&analysis, concept).map(|s| (s.value, s.packages.clone()));
    // Gains: (5, 2), (2, 4), (4, 2) in the zone; the ideal is (5, 4).
    assert_eq!(best(Concept::Nash), Some((10.0, vec![1])));
    assert_eq!(best(Concept::Egalitarian), Some((2.0, vec![1, 2])));
    assert_eq!(best(Concept::KalaiSmorodinsky), Some((0.5, vec![1])));
    assert_eq!(best(Concept::Utilitarian), Some((12.0, vec![1])));
    assert_eq!(best(Concept::UtilitarianOverall), Some((12.0, vec![1, 3])));
    assert_eq!(analysis.zone.values[0][3].refused_by, [0]);
    assert_eq!(analysis.zone.values[0][0].status, Use::Refused);

    // With higher alternatives the zone is empty: the smaller share of a range comes first.
    problem.parties[0].alternative = Some(9.0);
    problem.parties[1].alternative = Some(5.0);
    let analysis = study(&problem).expect("small");
    assert_eq!(analysis.zone.packages, 0);
    let steps: Vec<_> = analysis.zone.concessions.iter().map(|c| (c.party, c.package)).collect();
    assert_eq!(steps, [(0, 2), (1, 0)]);
    assert!(near(analysis.zone.concessions[0].amount, 4.0) && near(analysis.zone.concessions[1].amount, 5.0));
    assert!(solution(&analysis, Concept::Nash).is_none());

    // A red line closes a package that its points would allow; `>` closes those exactly at the alternative.
    problem.parties[0].alternative = Some(8.0);
    problem.parties[1].alternative = Some(4.0);
    assert_eq!(study(&problem).expect("small").zone.packages, 1);
    problem.rule.strict = true;
    assert_eq!(study(&problem).expect("small").zone.packages, 0);
    problem.rule.strict = false;
    problem.parties[1].red_lines = vec![(0, 1)];
    assert_eq!(study(&problem).expect("small").zone.packages, 0);
}

/// Worth of integers, so that sums are exact.
fn problems() -> impl Strategy<Value = Problem> {
    (2usize..4, prop::collection::vec(1usize..5, 1..4)).prop_flat_map(|(parties, sizes)| {
        let row = sizes.iter().map(|n| prop::collection::vec((0i32..20).prop_map(f64::from), *n));
        let one = (prop::option::of((0i32..30).prop_map(f64::from)), row.collect::<Vec<_>>());
        prop::collection::vec(one, parties).prop_map(|rows| {
            let (alternatives, worth): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            problem(&alternatives, &worth)
        })
    })
}

fn all_packages(problem: &Problem) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new()];
    for issue in &problem.issues {
        let longer = |p: &Vec<usize>| {
            let p = p.clone();
            (0..issue.values.len()).map(move |v| p.iter().copied().chain([v]).collect()).collect::<Vec<_>>()
        };
        out = out.iter().flat_map(longer).collect();
    }
    out
}

/// A package beyond a red line dominates nothing: what is left has its own frontier and solutions.
#[test]
fn red_lines_are_outside_of_the_frontier() {
    let mut problem =
        problem(&[Some(1.0), Some(1.0)], &[vec![vec![9.0, 4.0, 2.0, 0.0]], vec![vec![9.0, 3.0, 4.0, 0.0]]]);
    assert_eq!(study(&problem).expect("small").frontier.packages(), 1);
    problem.parties[1].red_lines = vec![(0, 0)];
    let analysis = study(&problem).expect("small");
    assert_eq!((analysis.frontier.packages(), analysis.zone.packages, analysis.frontier_in_zone), (2, 2, 2));
    assert_eq!(solution(&analysis, Concept::Nash).map(|s| s.packages.clone()), Some(vec![1]));
    problem.parties[0].red_lines = vec![(0, 1), (0, 2), (0, 3)];
    let analysis = study(&problem).expect("small");
    assert_eq!((analysis.frontier.packages(), analysis.zone.packages), (0, 0));
    assert!(analysis.solutions.is_empty() && analysis.opposition_relative.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Counts and solutions by their definitions, package by package.
    #[test]
    fn everything_is_as_defined(mut problem in problems(), lines in prop::collection::vec(any::<u32>(), 0..3)) {
        for (p, n) in lines.iter().enumerate().take(problem.parties.len()) {
            let issue = *n as usize % problem.issues.len();
            let value = (n >> 8) as usize % problem.issues[issue].values.len();
            problem.parties[p].red_lines = vec![(issue, value)];
        }
        let analysis = study(&problem).expect("small");
        let packages = all_packages(&problem);
        let n = problem.parties.len();
        // Utilities, and behind them a 0 for every red line that the package crosses.
        let crosses = |k: &Vec<usize>, p: usize| problem.parties[p].red_lines.iter().any(|(i, v)| k[*i] == *v);
        let row = |k: &Vec<usize>| -> Vec<f64> {
            let free = (0..n).map(|p| if crosses(k, p) { 0.0 } else { 1.0 });
            (0..n).map(|p| problem.utility(p, k)).chain(free).collect()
        };
        let utilities: Vec<Vec<f64>> = packages.iter().map(row).collect();
        let accepts = |u: &[f64], p: usize| {
            u[n + p] == 1.0 && problem.parties[p].alternative.is_none_or(|a| u[p] >= a)
        };
        let zone: Vec<&Vec<f64>> = utilities.iter().filter(|u| (0..n).all(|p| accepts(u, p))).collect();
        prop_assert_eq!(analysis.zone.packages as usize, zone.len());
        for p in 0..n {
            let accepted = utilities.iter().filter(|u| accepts(u, p)).count();
            prop_assert_eq!(analysis.zone.accepted[p] as usize, accepted);
            let alone = utilities.iter().filter(|u| (0..n).all(|q| accepts(u, q) != (p == q))).count();
            prop_assert_eq!(analysis.zone.alone_refused[p] as usize, alone);
        }
        for (i, row) in analysis.zone.values.iter().enumerate() {
            for (v, used) in row.iter().enumerate() {
                let with = packages.iter().zip(&utilities).filter(|(k, _)| k[i] == v);
                let inside = with.filter(|(_, u)| (0..n).all(|p| accepts(u, p))).count();
                prop_assert_eq!(used.packages as usize, inside);
            }
        }
        let d: Vec<f64> = analysis.ranges.iter().map(|r| r.disagreement).collect();
        let gains = |u: &[f64]| -> Vec<f64> { u.iter().zip(&d).map(|(u, d)| u - d).collect() };
        let most = |f: &dyn Fn(&[f64]) -> f64| zone.iter().map(|u| f(u)).fold(f64::NEG_INFINITY, f64::max);
        if zone.is_empty() {
            prop_assert!(solution(&analysis, Concept::Nash).is_none());
            for c in &analysis.zone.concessions {
                let k = analysis.space.package(c.package as usize);
                let u = row(&k);
                prop_assert!((0..n).all(|p| p == c.party || accepts(&u, p)));
                let gap = problem.parties[c.party].alternative.unwrap_or(0.0) - u[c.party];
                prop_assert!(near(gap, c.amount) && gap > 0.0);
                let open = |u: &[f64], p: usize| if p == c.party { u[n + p] == 1.0 } else { accepts(u, p) };
                let others = |u: &&Vec<f64>| (0..n).all(|p| open(u, p));
                prop_assert!(utilities.iter().filter(others).all(|v| v[c.party] <= u[c.party]));
            }
        } else {
            let least = |u: &[f64]| gains(u).into_iter().fold(f64::INFINITY, f64::min);
            for (concept, value) in [
                (Concept::Nash, most(&|u| gains(u).iter().product())),
                (Concept::Egalitarian, most(&least)),
                (Concept::Utilitarian, most(&|u| u[..n].iter().sum())),
            ] {
                let found = solution(&analysis, concept).expect("there is a zone");
                prop_assert!(near(found.value, value), "{:?}: {} and {}", concept, found.value, value);
            }
        }
    }

    /// Invariant 13: Nash and Kalai–Smorodinsky do not change when a party's worth and alternative are rescaled.
    #[test]
    fn rescaling_changes_nothing(problem in problems(), factor in 1u32..50, shift in -40i32..40, who in 0usize..3) {
        let who = who % problem.parties.len();
        let mut rescaled = problem.clone();
        let party = &mut rescaled.parties[who];
        let factor = f64::from(factor);
        party.worth.iter_mut().flatten().for_each(|u| *u *= factor);
        party.constant = f64::from(shift);
        party.alternative = party.alternative.map(|a| a * factor + f64::from(shift));
        let [before, after] = [&problem, &rescaled].map(|p| study(p).expect("small"));
        prop_assert_eq!(before.zone.packages, after.zone.packages);
        for concept in [Concept::Nash, Concept::KalaiSmorodinsky, Concept::KalaiSmorodinskyRay] {
            let [a, b] = [&before, &after].map(|x| solution(x, concept).map(|s| s.packages.clone()));
            prop_assert_eq!(a, b, "{:?}", concept);
        }
    }

    /// Invariant 13: another package never lowers the egalitarian worst gain.
    #[test]
    fn more_packages_harm_no_equality(
        rows in prop::collection::vec((0i32..20, prop::collection::vec(0i32..30, 6)), 2..4),
    ) {
        let build = |n: usize| {
            let alternatives: Vec<_> = rows.iter().map(|(a, _)| Some(f64::from(*a))).collect();
            let worth: Vec<_> =
                rows.iter().map(|(_, u)| vec![u[..n].iter().map(|u| f64::from(*u)).collect()]).collect();
            study(&problem(&alternatives, &worth)).expect("small")
        };
        let (few, more) = (build(5), build(6));
        if let Some(before) = solution(&few, Concept::Egalitarian) {
            let after = solution(&more, Concept::Egalitarian).expect("the zone only grows");
            prop_assert!(after.value >= before.value - 1e-12);
        }
    }
}

#[test]
fn a_million_times_a_million_packages_are_refused() {
    let worth = vec![vec![0.0; 1000]; 5];
    let error = study(&problem(&[None, None], &[worth.clone(), worth])).expect_err("too large");
    assert!(error.to_string().contains("1000000000000000 packages for 2 parties"), "{error}");
}

#[test]
fn closed_forms_of_the_textbooks() {
    let n = |row: &Value, key: &str| row[key].as_f64().expect("a number");
    let pair = |row: &Value| [row[0].as_f64().expect("a number"), row[1].as_f64().expect("a number")];
    let same = |a: [f64; 2], b: [f64; 2]| assert!(near(a[0], b[0]) && near(a[1], b[1]), "{a:?} and {b:?}");
    for row in &support::rows("nash_linear_frontier") {
        let s = n(row, "S");
        let found = nash_lottery(&[[s, 0.0], [0.0, s]], [n(row, "d1"), n(row, "d2")], n(row, "w1"));
        same(found.expect("it exists"), [n(row, "u1"), n(row, "u2")]);
    }
    for row in &support::rows("triangle") {
        let found = lotteries(&[[n(row, "a"), 0.0], [0.0, n(row, "b")]], [0.0, 0.0]).expect("it exists");
        same(found.nash, pair(&row["nash"]));
        same(found.kalai_smorodinsky, pair(&row["ks"]));
        same(found.egalitarian, pair(&row["egalitarian"]));
    }
    for table in formulas() {
        let quad = &table["clipped_quad"];
        let vertices: Vec<_> = quad["vertices"].as_array().expect("points").iter().map(pair).collect();
        let found = lotteries(&vertices, [0.0, 0.0]).expect("it exists");
        same(found.nash, pair(&quad["nash"]));
        same(found.kalai_smorodinsky, pair(&quad["ks"]));
        same(found.egalitarian, pair(&quad["egalitarian"]));
    }
}

/// The same by hand.
#[test]
fn lotteries_by_hand() {
    let found = lotteries(&[[4.0, 0.0], [0.0, 2.0]], [0.0, 0.0]).expect("it exists");
    assert_eq!((found.nash, found.kalai_smorodinsky), ([2.0, 1.0], [2.0, 1.0]));
    assert!(near(found.egalitarian[0], 4.0 / 3.0) && near(found.egalitarian[1], 4.0 / 3.0));
    assert_eq!(lotteries(&[[1.0, 1.0]], [0.0, 0.0]).map(|l| l.nash), Some([1.0, 1.0]));
    assert_eq!(lotteries(&[[1.0, 1.0]], [2.0, 0.0]), None);
    // Disagreement cuts the edge: from (1, 1.5) to (3, 0.5).
    let cut = lotteries(&[[4.0, 0.0], [0.0, 2.0]], [1.0, 0.5]).expect("it exists");
    assert_eq!((cut.nash, cut.kalai_smorodinsky), ([2.0, 1.0], [2.0, 1.0]));
}

fn foreign(folder: &Path) -> Domain {
    exchange::read(&request(folder)).expect("the domain is read")
}

// --- other tools' names, ties, 0/0 ---------------------------------------------------------------------------------------

/// Utilities in hundredths of `n` parties over fifteen packages of one issue, and alternatives likewise.
fn hundredths(n: usize) -> impl Strategy<Value = (Vec<Vec<u32>>, Vec<u32>)> {
    (prop::collection::vec(prop::collection::vec(0u32..=100, 15), n), prop::collection::vec(0u32..=100, n))
}

/// The points of a frontier by its definition: what no package beats.
fn undominated(rows: &[Vec<u32>]) -> Vec<Vec<i64>> {
    let points: Vec<Vec<i64>> =
        (0..rows[0].len()).map(|k| rows.iter().map(|row| i64::from(row[k])).collect()).collect();
    let beats = |a: &Vec<i64>, b: &Vec<i64>| a != b && a.iter().zip(b).all(|(a, b)| a >= b);
    let mut front: Vec<Vec<i64>> =
        points.iter().filter(|p| !points.iter().any(|q| beats(q, p))).cloned().collect();
    front.sort();
    front.dedup();
    front
}

/// The points that a rule names, in hundredths.
fn named(analysis: &Analysis, concept: Concept) -> Vec<Vec<i64>> {
    let whole = |u: &Vec<f64>| u.iter().map(|u| (u * 100.0).round() as i64).collect();
    let mut points: Vec<Vec<i64>> =
        solution(analysis, concept).map_or(Vec::new(), |s| s.utilities.iter().map(whole).collect());
    points.sort();
    points
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// In whole numbers: the least sum of |ui − uj| over all pairs if below 2, the largest product of u − a if above −1.
    #[test]
    fn what_bears_the_name_of_genius_is_what_genius_defines(
        (rows, alternatives) in prop::sample::select(vec![2usize, 3, 5]).prop_flat_map(hundredths),
    ) {
        let share = |n: &u32| f64::from(*n) / 100.0;
        let worth: Vec<Vec<Vec<f64>>> = rows.iter().map(|row| vec![row.iter().map(share).collect()]).collect();
        let least: Vec<Option<f64>> = alternatives.iter().map(|a| Some(share(a))).collect();
        let analysis = study(&problem(&least, &worth)).expect("small");
        let front = undominated(&rows);
        let apart = |p: &Vec<i64>| -> i64 {
            (0..p.len()).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| (p[i] - p[j]).abs()).sum()
        };
        let nearest = front.iter().map(apart).min().unwrap_or(0);
        let wanted: Vec<_> =
            front.iter().filter(|p| apart(p) == nearest && nearest < 200).cloned().collect();
        prop_assert_eq!(named(&analysis, Concept::KalaiGenius), wanted);
        let product = |p: &Vec<i64>| -> i64 {
            p.iter().zip(&alternatives).map(|(u, a)| u - i64::from(*a)).product()
        };
        let largest = front.iter().map(product).max().unwrap_or(0);
        let bar = -100i64.pow(rows.len() as u32);
        let wanted: Vec<_> =
            front.iter().filter(|p| product(p) == largest && largest > bar).cloned().collect();
        prop_assert_eq!(named(&analysis, Concept::NashGenius), wanted);
    }
}

/// By the spread, A would be named: its parties lie 0.4 apart, those of B 0.5.
#[test]
fn the_kalai_of_genius_adds_up_all_pairs() {
    let worth = [[0.9, 0.7], [0.9, 0.7], [0.5, 0.7], [0.5, 0.2]].map(|row| vec![row.to_vec()]);
    let analysis = study(&problem(&[None; 4], &worth)).expect("small");
    let named = solution(&analysis, Concept::KalaiGenius).expect("below 2");
    assert_eq!((named.packages.clone(), near(named.value, 1.5)), (vec![1], true));
    // Three parties of which one gets all: the sum is 2, and GENIUS names nothing.
    let worth = [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]].map(|row| vec![row.to_vec()]);
    let analysis = study(&problem(&[None; 3], &worth)).expect("small");
    assert!(solution(&analysis, Concept::KalaiGenius).is_none());
    let told = analysis.unnamed.iter().find(|u| u.concept == Concept::KalaiGenius).expect("it is told");
    assert_eq!(told.why, Why::NoBetter(2.0, 2.0));
}

/// Every package is worth 1 in all; what is 0 for all is a tie of all, though sums of floating-point numbers differ.
#[test]
fn ties_at_zero_are_ties() {
    let worth = [vec![vec![1.0, 0.8, 0.0]], vec![vec![0.0, 0.2, 1.0]]];
    let analysis = study(&problem(&[Some(0.5); 2], &worth)).expect("small");
    let relative = solution(&analysis, Concept::UtilitarianRelative).expect("it exists");
    assert_eq!((relative.value.to_bits(), relative.packages.clone()), (0, vec![0, 1, 2]));
    // 0.1 + 0.2 − 0.3 is 0 on paper: no product is dropped for it, and no gain is below 0.
    let worth = [vec![vec![0.1, 0.4], vec![0.2 - 0.3, 0.2]], vec![vec![0.5, 0.1], vec![0.25, 0.125]]];
    let mut small = problem(&[Some(0.3), Some(0.0)], &worth);
    small.parties[0].constant = -5e-19;
    let analysis = study(&small).expect("small");
    assert_eq!(analysis.ranges[0].least.to_bits(), 0);
    assert!(solution(&analysis, Concept::NashFromZero).is_some());
    let nash = solution(&analysis, Concept::Nash).expect("there is a zone");
    assert!(nash.value >= 0.0 && !nash.value.is_sign_negative());
}

/// Of parties that cannot gain, the share of what they could gain is 0/0.
#[test]
fn relative_gains_of_nobody_are_undefined() {
    let worth = [vec![vec![0.5, 0.0]], vec![vec![0.5, 1.0]]];
    let analysis = study(&problem(&[Some(0.5); 2], &worth)).expect("small");
    assert_eq!(analysis.zone.packages, 1);
    for concept in [Concept::KalaiSmorodinsky, Concept::KalaiSmorodinskyRay, Concept::UtilitarianRelative] {
        assert!(solution(&analysis, concept).is_none());
        let told = analysis.unnamed.iter().find(|u| u.concept == concept).expect("it is told");
        assert_eq!(told.why, Why::NoGain(0));
    }
}

/// Pictures tell apart what all accept, what the rule passes, and the rest.
#[test]
fn packages_that_the_rule_passes_are_marked() {
    let worth = [vec![vec![1.0, 1.0, 0.0]], vec![vec![1.0, 1.0, 0.0]], vec![vec![1.0, 0.0, 1.0]]];
    let mut problem = problem(&[Some(0.5); 3], &worth);
    problem.rule.may_refuse = 1;
    let analysis = study(&problem).expect("small");
    let packages = Packages::of(&problem, &analysis);
    assert_eq!(packages.standing, [Standing::InZone, Standing::Passing, Standing::Outside]);
}

fn expect(name: &str, key: &str, found: f64, wanted: &Value) {
    let wanted = wanted.as_f64().expect("a number");
    assert!((found - wanted).abs() <= 1e-9, "{name}, {key}: {found} and not {wanted}");
}

#[test]
fn reference_domains() {
    for (folder, wanted) in references().iter().flat_map(Reference::domains) {
        let (name, domain) = (&name(&folder), foreign(&folder));
        let names: Vec<&str> = domain.profiles.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(serde_json::json!(names), wanted["profiles"], "{name}");
        let analysis = study(&Problem::of_domain(&domain).expect("small")).expect("small");
        assert_eq!(serde_json::json!(analysis.space.sizes()), wanted["cards"], "{name}");
        for (p, range) in analysis.ranges.iter().enumerate() {
            expect(name, "reservation", range.alternative.expect("one"), &wanted["reservation"][p]);
            expect(name, "discount", domain.profiles[p].discount.unwrap_or(1.0), &wanted["discount"][p]);
            expect(name, "weights", domain.profiles[p].weights.iter().sum(), &wanted["weight_sums"][p]);
        }
        figures(name, &analysis, &wanted["genius_10_4"]);
    }
}

fn figures(name: &str, analysis: &Analysis, wanted: &Value) {
    let count =
        |key: &str, found: usize| assert_eq!(Some(found as u64), wanted[key].as_u64(), "{name}, {key}");
    count("n_outcomes", analysis.space.packages());
    count("n_rational_outcomes", analysis.zone.packages as usize);
    count("pareto_outcomes", analysis.frontier.packages());
    count("pareto_distinct_points", analysis.frontier.points.len());
    count("pareto_rational", analysis.frontier_in_zone);
    count("pareto_rational_distinct_points", analysis.points_in_zone);
    for (p, range) in analysis.ranges.iter().enumerate() {
        expect(name, "min_u", range.least, &wanted["min_u"][p]);
        expect(name, "max_u", range.most, &wanted["max_u"][p]);
    }
    for (key, concept) in [
        ("nash_r", Concept::Nash),
        ("nash_0", Concept::NashFromZero),
        ("nash_genius104", Concept::NashGenius),
        ("egalitarian_r", Concept::Egalitarian),
        ("ks_r", Concept::KalaiSmorodinskyRay),
        ("kalai_genius104", Concept::KalaiGenius),
        ("max_welfare", Concept::UtilitarianOverall),
        ("max_welfare_r", Concept::Utilitarian),
        ("max_relative_welfare", Concept::UtilitarianRelative),
    ] {
        let found = solution(analysis, concept);
        if wanted[key].is_null() {
            assert!(found.is_none(), "{name}, {key}");
            continue;
        }
        let found = found.unwrap_or_else(|| panic!("{name}, {key} is missing"));
        // Spreads are told as negative numbers there.
        let spread = matches!(concept, Concept::KalaiSmorodinskyRay | Concept::KalaiGenius);
        expect(name, key, if spread { -found.value } else { found.value }, &wanted[key]["value"]);
        assert_eq!(Some(found.utilities.len() as u64), wanted[key]["n_points"].as_u64(), "{name}, {key}");
        for (p, u) in found.utilities[0].iter().enumerate() {
            expect(name, key, *u, &wanted[key]["utils"][0][p]);
        }
    }
    for (key, found) in
        [("opposition", analysis.opposition), ("opposition_rational", analysis.opposition_in_zone)]
    {
        match found {
            Some(found) => expect(name, key, found, &wanted[key]),
            None => assert!(wanted[key].is_null(), "{name}, {key}"),
        }
    }
}

fn count_in(wanted: &Value, key: &str, found: u64, name: &str) {
    assert_eq!(Some(found), wanted[key].as_u64(), "{name}, {key}");
}

#[test]
fn reference_games() {
    for (folder, wanted) in references().iter().flat_map(Reference::games) {
        let (name, mut domain) = (&name(&folder), foreign(&folder));
        let problem = Problem::of_domain(&domain).expect("small");
        let analysis = study(&problem).expect("small");
        let zone = &analysis.zone;
        let count = |key: &str, found: u64| assert_eq!(Some(found), wanted[key].as_u64(), "{name}, {key}");
        count("n_deals", analysis.space.packages() as u64);
        count("n_all_accept", zone.packages);
        count("n_all_accept_strict", zone.better);
        count("n_pass_rule", zone.passing);
        count("n_pareto_efficient", analysis.frontier.packages() as u64);
        count("n_pareto_and_pass", analysis.frontier_passing as u64);
        assert_eq!(serde_json::json!(zone.by_acceptance), wanted["histogram_accepting_parties"], "{name}");
        for (p, party) in domain.profiles.iter().enumerate() {
            let row = |key: &str| wanted[key][&party.name].as_u64();
            assert_eq!(Some(zone.accepted[p]), row("accept_count_per_party"), "{name}");
            assert_eq!(Some(zone.accepted_and_passing[p]), row("accept_count_within_pass"), "{name}");
            let ideal = analysis.ranges[p].ideal.expect("a zone");
            assert_eq!(Some(ideal), wanted["ideal_point_all"][&party.name].as_f64(), "{name}");
        }
        let deal = |k: u32| -> String {
            let package = analysis.space.package(k as usize);
            let values = package.iter().zip(&problem.issues).map(|(v, i)| i.values[*v].clone());
            values.collect::<Vec<_>>().join(",")
        };
        for (key, value, concept) in [
            ("nash_all", Some("nash_product"), Concept::Nash),
            ("egalitarian", Some("egalitarian_min_surplus"), Concept::Egalitarian),
            ("ks_all", Some("ks_min_normalised_gain"), Concept::KalaiSmorodinsky),
            ("best_welfare_all", None, Concept::Utilitarian),
            ("best_welfare_pass", None, Concept::UtilitarianByRule),
            ("best_welfare_any", None, Concept::UtilitarianOverall),
        ] {
            let found = solution(&analysis, concept).unwrap_or_else(|| panic!("{name}, {key}"));
            let deals: Vec<String> = found.packages.iter().map(|k| deal(*k)).collect();
            assert!(
                deals.iter().any(|d| Some(d.as_str()) == wanted[key]["deal"].as_str()),
                "{name}, {key}: {deals:?}"
            );
            if let Some(value) = value {
                expect(name, key, found.value, &wanted[value]);
            }
        }
        let initial: Vec<String> =
            domain.initial.iter().flatten().zip(&problem.issues).map(|(v, i)| i.values[*v].clone()).collect();
        assert_eq!(Some(initial.join(",").as_str()), wanted["initial_deal"]["deal"].as_str());
        let stand = Stand::of(&problem, domain.initial.as_deref().expect("a deal"));
        let scores = |p: usize| wanted["initial_deal"]["scores"][&problem.parties[p].name].as_f64();
        assert!(
            (0..problem.parties.len()).all(|p| Some(stand.utilities[p]) == scores(p)),
            "{name}: {stand:?}"
        );
        count_in(&wanted["initial_deal"], "total", stand.utilities.iter().sum::<f64>() as u64, name);
        count_in(
            &wanted["initial_deal"],
            "accepts",
            stand.accepted.iter().filter(|a| **a).count() as u64,
            name,
        );
        domain.strict = true;
        let strict = study(&Problem::of_domain(&domain).expect("small")).expect("small");
        count("n_pass_rule_strict", strict.zone.passing);
        count("n_all_accept_strict", strict.zone.packages);
    }
}
