//! The examples of every `--help` work as they stand, one after the other, on the scenario that `baraza new` writes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn baraza() -> PathBuf {
    assert_cmd::cargo::cargo_bin("baraza")
}

fn help(command: &str) -> String {
    let output = Command::new(baraza()).args([command, "--help"]).output().expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The commands of an example block, without the remarks beside them.
fn examples(command: &str) -> Vec<String> {
    let help = help(command);
    let block = help.split("Examples:\n").nth(1).unwrap_or_default();
    let lines = block.lines().take_while(|line| line.starts_with("  "));
    let commands = lines.filter_map(|line| line.trim_start().strip_prefix("baraza "));
    let bare = commands.map(|line| line.split_once("  ").map_or(line, |(command, _)| command));
    // Fewer runs say as much about whether a command is understood.
    let few = bare.map(|line| line.replace("1000000", "2000").replace("500000", "1000"));
    few.map(|line| format!("baraza {line}")).collect()
}

/// Runs a command line in a folder as a shell does.
fn shell(line: &str, folder: &Path) -> Output {
    let programs = baraza().parent().expect("a folder").display().to_string();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).current_dir(folder).env("PATH", format!("{programs}:{path}"));
    shell.output().expect("there is a shell")
}

#[test]
fn examples_of_help_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    std::fs::create_dir(folder.join("scenarios")).expect("made");
    std::fs::copy("scenarios/doha-2025.toml", folder.join("scenarios/doha-2025.toml")).expect("copied");
    for form in ["genius", "geniusweb"] {
        let garden = Path::new("scenarios/domains/garden").join(form);
        std::fs::create_dir_all(folder.join(&garden)).expect("made");
        for file in std::fs::read_dir(&garden).expect("it is there") {
            let file = file.expect("it is listed").path();
            std::fs::copy(&file, folder.join(&file)).expect("copied");
        }
    }
    assert!(shell("baraza new talks.toml", folder).status.success());
    let commands = [
        "run",
        "replay",
        "play",
        "debrief",
        "ensemble",
        "merge",
        "what-if",
        "sensitivity",
        "backtest",
        "exact",
        "verify",
        "check",
        "sheets",
        "analyze",
        "import",
        "export",
    ];
    let mut tried = 0;
    for command in commands {
        // What an example wrote must not be in the way of the next command's.
        for left in ["part-1.json", "part-2.json", "answers.html"] {
            let _ = std::fs::remove_file(folder.join(left));
        }
        let lines = examples(command);
        assert!(lines.len() >= 3, "{command}: {lines:?}");
        for line in lines {
            // The long ones are played with other numbers elsewhere.
            let line = line.replace("--runs 100000", "--runs 500");
            let output = shell(&line, folder);
            let answered =
                output.status.success() || (command == "verify" && output.status.code() == Some(1));
            assert!(answered, "{line}\n{}", String::from_utf8_lossy(&output.stderr));
            tried += 1;
        }
    }
    assert!(tried > 45, "{tried}");
    let diagram = shell("baraza diagram talks.toml > talks.mmd && baraza diagram --of agents", folder);
    assert!(diagram.status.success());
}
