//! The programs in `examples` run, and say what they are there to say. Cargo builds them with the tests.

use std::path::PathBuf;
use std::process::Command;

/// An example's program, which lies in the folder beside that of the test's own.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test is a program");
    let built = test.parent().and_then(|folder| folder.parent()).expect("target/…/deps");
    built.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn said(name: &str) -> String {
    let program = program(name);
    // From another folder: an example finds its scenario wherever it is called.
    let output = Command::new(&program).current_dir(std::env::temp_dir()).output();
    let output = output.unwrap_or_else(|e| {
        panic!("{}: {e}; `cargo build --examples` builds it, and so does `cargo test`", program.display())
    });
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a text")
}

#[test]
fn one_run_is_told_with_its_reasons() {
    let said = said("one_run");
    assert!(said.contains("the talks end. Peace holds."), "{said}");
    assert!(said.contains("Round 1 of 14"), "{said}");
}

#[test]
fn pairs_show_what_a_change_does() {
    let said = said("what_if_pairs");
    let peace =
        said.lines().find(|line| line.starts_with("Peace holds")).expect("an outcome of the scenario");
    let ends = peace.rsplit_once("(from ").expect("an interval").1.trim_end_matches(')');
    let ends: Vec<f64> = ends.split(" to ").map(|end| end.parse().expect("a number")).collect();
    assert!(ends[0] < ends[1] && ends[1] < 0.0, "a mediator whom nobody believes costs peace: {peace}");
}

#[test]
fn a_mediator_follows_a_rule_of_ones_own() {
    let said = said("own_chooser");
    let shares: Vec<&str> = said.lines().filter_map(|l| l.split(" %").next()?.rsplit(' ').next()).collect();
    assert_eq!(shares.len(), 5, "{said}");
    assert!(shares[1..].iter().any(|share| *share != shares[0]), "the rule makes a difference: {said}");
}
