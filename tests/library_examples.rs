//! The programs in `examples` say what they are there to say. Cargo builds them with the tests; here they are taken in as modules, so
//! that this test can be run alone.

#[allow(dead_code, reason = "the test calls what `main` prints")]
#[path = "../examples/one_run.rs"]
mod one_run;
#[allow(dead_code, reason = "the test calls what `main` prints")]
#[path = "../examples/own_chooser.rs"]
mod own_chooser;
#[allow(dead_code, reason = "the test calls what `main` prints")]
#[path = "../examples/peak.rs"]
mod peak;
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

/// A study that the program does not have has all of its forms from one file, and parts of it add up to the whole.
#[test]
fn a_study_of_ones_own_comes_in_every_form() {
    let (text, files) =
        peak::told(300, |f| (f.text(true, false.into()), peak::files(f))).expect("it is carried out");
    assert!(text.contains("How far does fighting rise before these talks end?"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let form = |ending: &str| -> Vec<&String> {
        files.iter().filter(|(name, _)| name.ends_with(ending)).map(|(_, text)| text).collect()
    };
    assert_eq!(form(".html").len(), 2);
    assert!(form(".html").iter().all(|page| page.starts_with("<!DOCTYPE html>") && page.contains("<svg")));
    assert!(form(".svg").iter().any(|svg| svg.starts_with("<svg")));
    let json: serde_json::Value =
        serde_json::from_str(form("peak.json").first().expect("a document")).expect("JSON");
    let rows = json["tables"]["peak"]["rows"].as_array().expect("rows");
    let runs: u64 = rows.iter().map(|row| row[1].as_u64().expect("a number")).sum();
    assert_eq!((runs, json["to"].as_u64()), (300, Some(300)));
    assert_eq!(form(".csv").first().expect("a table").lines().count(), rows.len() + 1);
    assert!(form("datapackage.json").first().expect("a package").contains("\"integer\""));
}
