//! The programs in `examples` say what they are there to say. Cargo builds them with the tests; here they are taken in as modules, so
//! that this test can be run alone.

#[allow(dead_code, reason = "the test calls what `main` prints")]
#[path = "../examples/one_run.rs"]
mod one_run;
#[allow(dead_code, reason = "the test calls what `main` prints")]
#[path = "../examples/own_chooser.rs"]
mod own_chooser;
#[allow(dead_code, reason = "the test calls what `main` prints")]
#[path = "../examples/what_if_pairs.rs"]
mod what_if_pairs;

#[test]
fn one_run_is_told_with_its_reasons() {
    let said = one_run::told().expect("it runs");
    assert!(said.contains("the talks end. Peace holds."), "{said}");
    assert!(said.contains("Round 1 of 14"), "{said}");
}

#[test]
fn pairs_show_what_a_change_does() {
    let said = what_if_pairs::told().expect("it runs");
    let peace =
        said.lines().find(|line| line.starts_with("Peace holds")).expect("an outcome of the scenario");
    let ends = peace.rsplit_once("(from ").expect("an interval").1.trim_end_matches(')');
    let ends: Vec<f64> = ends.split(" to ").map(|end| end.parse().expect("a number")).collect();
    assert!(ends[0] < ends[1] && ends[1] < 0.0, "a mediator whom nobody believes costs peace: {peace}");
}

#[test]
fn a_mediator_follows_a_rule_of_ones_own() {
    let said = own_chooser::told().expect("it runs");
    let shares: Vec<&str> = said.lines().filter_map(|l| l.split(" %").next()?.rsplit(' ').next()).collect();
    assert_eq!(shares.len(), 5, "{said}");
    assert!(shares[1..].iter().any(|share| *share != shares[0]), "the rule makes a difference: {said}");
}
