//! The README shows what the program really prints and only commands that exist.

use assert_cmd::Command;

const README: &str = include_str!("../README.md");

fn baraza(args: &[&str]) -> String {
    let output = Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The block of the README that is fenced as `language` and begins with `start`.
fn block<'a>(language: &str, start: &str) -> &'a str {
    let fence = format!("```{language}\n{start}");
    let from = README.find(&fence).expect("the block is there") + language.len() + 4;
    &README[from..from + README[from..].find("\n```").expect("it ends")]
}

#[test]
fn the_excerpt_is_real_output() {
    let told = baraza(&["run", "scenarios/doha-2025.toml", "--detail", "normal"]);
    let lines: Vec<_> = told.lines().collect();
    let mut at = 0;
    for line in block("text", "Round").lines() {
        let found = lines[at..].iter().position(|l| *l == line);
        at += found.unwrap_or_else(|| panic!("not in the output, or not in this order: {line}")) + 1;
    }
}

#[test]
fn every_command_of_the_table_exists() {
    let help = baraza(&["--help"]);
    let commands =
        README.lines().filter_map(|l| l.strip_prefix("| `baraza ")).map(|l| l.split([' ', '`']).next());
    let mut n = 0;
    for command in commands.flatten() {
        assert!(help.contains(&format!("  {command} ")), "{command}");
        n += 1;
    }
    assert!(n >= 7);
}
