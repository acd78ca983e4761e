//! The arrows of docs/architecture.md: which folder of `src` may use which.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder and what it may use besides itself.
const ARROWS: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("kernel", &["domain"]),
    ("agents", &["domain", "kernel"]),
    ("scenario", &["domain"]),
    ("exchange", &["domain", "scenario"]),
    ("drivers", &["domain", "kernel", "agents"]),
    ("session", &["domain", "kernel", "agents", "drivers"]),
    ("analysis", &["domain", "kernel", "agents", "drivers", "session", "scenario", "exchange"]),
    ("report", &["domain", "kernel", "agents", "drivers", "session", "scenario", "exchange", "analysis"]),
    ("store", &[]),
    (
        "cli",
        &[
            "domain", "kernel", "agents", "drivers", "session", "scenario", "exchange", "analysis", "report",
            "store",
        ],
    ),
];

/// What the inner folders must not touch.
const OUTSIDE: [&str; 6] = ["std::fs", "std::env", "std::time", "std::thread", "std::process", "std::io"];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

fn source(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder)
}

/// Every `crate::folder` that a file mentions outside its documentation.
fn used(text: &str) -> Vec<String> {
    let code = text.lines().filter(|l| !l.trim_start().starts_with("//"));
    let mut used = Vec::new();
    for line in code {
        for part in line.split("crate::").skip(1) {
            used.push(part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    used
}

#[test]
fn arrows_point_one_way() {
    for (folder, allowed) in ARROWS {
        for file in files(&source(folder)) {
            for name in used(&fs::read_to_string(&file).expect("readable")) {
                let known = ARROWS.iter().any(|(f, _)| *f == name);
                let fine = name == folder || allowed.contains(&name.as_str()) || !known;
                assert!(fine, "{} uses crate::{name}", file.display());
            }
        }
    }
}

#[test]
fn every_folder_is_on_the_map() {
    for entry in fs::read_dir(source("")).expect("src is there").flatten() {
        let name = entry.file_name().into_string().expect("UTF-8");
        if entry.path().is_dir() {
            assert!(ARROWS.iter().any(|(f, _)| *f == name), "src/{name} has no arrows");
        }
    }
}

#[test]
fn the_inner_folders_touch_nothing_outside() {
    for folder in ["domain", "kernel", "agents", "scenario", "exchange"] {
        let folder_files = files(&source(folder));
        assert!(!folder_files.is_empty());
        for file in folder_files {
            // Writing to whatever is given is no touch of the outside.
            let text = fs::read_to_string(&file).expect("readable").replace("std::io::{self, Write}", "");
            for outside in OUTSIDE {
                assert!(!text.contains(outside), "{} uses {outside}", file.display());
            }
        }
    }
}

/// A server of a class and a library for another language use the store as well.
#[test]
fn the_store_knows_no_command_line_and_no_terminal() {
    let store = files(&source("store"));
    assert!(!store.is_empty());
    for file in store {
        let text = fs::read_to_string(&file).expect("readable");
        for outside in
            ["clap", "anstream", "anstyle", "rustyline", "println!", "eprint", "std::env", "stdout", "stdin"]
        {
            assert!(!text.contains(outside), "{} uses {outside}", file.display());
        }
    }
}
