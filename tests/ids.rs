//! An id of the command line that nothing has is wrong usage, and the nearest one is named: in every command.

use assert_cmd::Command;

fn complaint(args: &[&str]) -> String {
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    let output = command.args(args).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
    assert!(output.stdout.is_empty(), "{args:?}");
    said
}

#[test]
fn unknown_ids_are_wrong_usage_and_the_nearest_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("talks.toml").display().to_string();
    assert!(
        Command::cargo_bin("baraza")
            .expect("it is built")
            .args(["new", &file])
            .output()
            .expect("it runs")
            .status
            .success()
    );
    let near: [(&[&str], &str); 17] = [
        (&["what-if", &file, "dry-yaer"], "dry-year"),
        (&["what-if", &file, "--combine", "dry-yaer+high-stakes"], "dry-year"),
        (&["what-if", &file, "--outcome", "stalemat"], "stalemate"),
        (&["what-if", &file, "dry-year", "--show-flip", "stalemate:peace-holdin"], "peace-holding"),
        (&["run", &file, "--what-if", "dry-yaer"], "dry-year"),
        (&["ensemble", &file, "--what-if", "dry-yaer"], "dry-year"),
        (&["ensemble", &file, "--until-width", "0.5", "--of", "stalemat"], "stalemate"),
        (&["sensitivity", &file, "--outcome", "stalemat"], "stalemate"),
        (&["exact", &file, "--what-if", "dry-yaer"], "dry-year"),
        (&["resolve", &file, "--agent", "neighbor"], "neighbour"),
        (&["resolve", &file, "--agent", "neighbour", "--outcome", "stalemat"], "stalemate"),
        (&["verify", &file, "no-broken-promises"], "no-broken-promise"),
        (&["sheets", &file, "--role", "upsteam"], "upstream"),
        (&["play", &file, "--as", "upsteam"], "upstream"),
        (&["export", &file, "--format", "drn", "--agent", "neighbor", "--out", "x.drn"], "neighbour"),
        (&["export", &file, "--format", "geniusweb", "--track", "town-hal", "--out", "x"], "town-hall"),
        (&["run", &file, "--set", "party.upsteam.audience=high"], "upstream"),
    ];
    for (args, nearest) in near {
        assert!(
            complaint(args).contains(&format!("did you mean `{nearest}`")),
            "{args:?}: {}",
            complaint(args)
        );
    }
    let alike = |args: &[&str]| complaint(args);
    assert_eq!(alike(&["what-if", &file, "nope"]), alike(&["ensemble", &file, "--what-if", "nope"]));
    assert!(complaint(&["explain", "B010"]).contains("did you mean `B01"));
}

#[test]
fn a_mistake_of_the_file_is_none_of_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("talks.toml");
    std::fs::write(&file, "[scenario]\ntitle = \"Nothing\"\n").expect("written");
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    let output =
        command.arg("run").arg(&file).args(["--set", "scenario.rounds=3"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
}
