//! What the program says of itself: completions and manual pages name every command that the parser knows.

use assert_cmd::Command;
use baraza::cli::args::Arguments;
use clap::CommandFactory;

fn baraza(args: &[&str]) -> String {
    let output = Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn commands() -> Vec<String> {
    Arguments::command().get_subcommands().map(|c| c.get_name().to_owned()).collect()
}

#[test]
fn completions_of_every_shell_name_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = baraza(&["completions", shell]);
        for command in commands() {
            assert!(script.contains(&command), "{shell}: {command}");
        }
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("manuals");
    baraza(&["man", "--out", &out.display().to_string()]);
    let page = |name: &str| std::fs::read_to_string(out.join(format!("{name}.1"))).expect("it is written");
    assert_eq!(page("baraza"), baraza(&["man"]));
    for command in commands() {
        let page = page(&format!("baraza-{command}"));
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH OPTIONS"), "{command}: {page}");
    }
    assert_eq!(std::fs::read_dir(&out).expect("a folder").count(), commands().len() + 1);
}

/// What other catalogues read agrees with what Cargo reads.
#[test]
fn catalogues_agree() {
    let read = |name: &str| std::fs::read_to_string(name).expect("it is there");
    let meta: serde_json::Value = serde_json::from_str(&read("codemeta.json")).expect("JSON");
    let citation = read("CITATION.cff");
    assert_eq!(meta["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(meta["identifier"], env!("CARGO_PKG_NAME"));
    assert_eq!(meta["description"], env!("CARGO_PKG_DESCRIPTION"));
    assert!(citation.contains(&format!("\nversion: {}\n", env!("CARGO_PKG_VERSION"))));
    assert!(citation.contains(&format!("title: \"{}\"", meta["name"].as_str().expect("a name"))));
    for licence in env!("CARGO_PKG_LICENSE").split(" OR ") {
        assert!(citation.contains(&format!("  - {licence}\n")), "{licence}");
        assert!(meta["license"].to_string().contains(&format!("/{licence}\"")), "{licence}");
        // Each licence lies in a file of its own, under the name that people look for.
        let name = licence.split('-').next().unwrap_or(licence);
        assert!(read(&format!("LICENSE-{}", name.to_uppercase())).contains(&name[..3]), "{licence}");
    }
}
