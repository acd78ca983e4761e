//! The examples of every `--help` work as they stand, one after the other, on the scenario that `baraza new` writes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use baraza::cli::args::Arguments;
use clap::CommandFactory;

fn baraza() -> PathBuf {
    assert_cmd::cargo::cargo_bin("baraza")
}

/// The commands of an example block, without the remarks beside them.
fn examples(command: &clap::Command) -> Vec<String> {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let block = help.split("Examples:\n").nth(1).unwrap_or_default();
    let lines = block.lines().take_while(|line| line.starts_with("  "));
    let commands = lines.map(|line| line.trim_start().to_owned()).filter(|line| line.starts_with("baraza "));
    commands.map(|line| line.split_once("  ").map_or(line.clone(), |(bare, _)| bare.to_owned())).collect()
}

/// Fewer runs, and fewer rounds where all that can happen is worked out, say as much about whether a command is understood.
fn small(line: &str) -> String {
    let line =
        line.replace("1000000", "2000").replace("500000", "1000").replace("--runs 100000", "--runs 500");
    if line.starts_with("baraza serve") {
        // It serves until Ctrl-C; before it hears of that, the signal ends it as it ends any program.
        return format!(
            "timeout --preserve-status -s INT 15 {line} --port 0; code=$?; test $code = 0 -o $code = 130"
        );
    }
    if line.starts_with("baraza resolve") { format!("{line} --set scenario.rounds=3") } else { line }
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
    let graphviz = shell("dot -V", folder).status.success();
    let parser = Arguments::command();
    for command in parser.get_subcommands() {
        let name = command.get_name();
        // What an example wrote must not be in the way of the next command's.
        for left in std::fs::read_dir(folder).expect("listed") {
            let left = left.expect("listed").path();
            let name = left.file_name().and_then(|name| name.to_str()).expect("a name");
            if name.starts_with("part-") || name == "answers.html" {
                std::fs::remove_file(&left).expect("it was written");
            }
        }
        if name == "debrief" {
            // One looks back on talks that are over.
            let over = "echo 'auto all' | baraza play --resume mine.jsonl --no-predict";
            assert!(shell(over, folder).status.success());
            std::fs::copy(folder.join("mine.jsonl"), folder.join("theirs.jsonl")).expect("copied");
        }
        let lines = examples(command);
        assert!(!lines.is_empty(), "`baraza {name} --help` has no examples");
        let shows = |line: &String| line.split([' ', '|', '&']).any(|word| word == name);
        assert!(lines.iter().any(shows), "{lines:?}: examples of {name}");
        for line in &lines {
            if line.contains("| dot") && !graphviz {
                println!("skipped, there is no Graphviz: {line}");
                continue;
            }
            let output = shell(&small(line), folder);
            let missing = String::from_utf8_lossy(&output.stderr).contains("`web/build`");
            if name == "workbench" && missing {
                println!("skipped, there is no library for browsers: {line}");
                continue;
            }
            let answered = output.status.success() || (name == "verify" && output.status.code() == Some(1));
            assert!(answered, "{line}\n{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
fn the_first_examples_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = examples(&Arguments::command());
    assert!(lines.len() > 5, "{lines:?}");
    for line in lines {
        let line = line
            .replace("COMMAND", "run")
            .replace("baraza ensemble talks.toml", "baraza ensemble talks.toml --runs 500");
        let output = shell(&line, folder.path());
        assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn help_is_a_command_and_unknown_commands_are_told_the_nearest() {
    let folder = tempfile::tempdir().expect("a folder");
    for line in ["baraza help", "baraza help resolve", "baraza help what-if"] {
        let output = shell(line, folder.path());
        assert!(output.status.success() && !output.stdout.is_empty(), "{line}");
    }
    let output = shell("baraza ensembel talks.toml", folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("'ensemble'"));
}
