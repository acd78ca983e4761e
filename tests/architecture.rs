//! The arrows of docs/architecture.md: which folder of `src` may use which.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder and what it may use besides itself.
const ARROWS: [(&str, &[&str]); 19] = [
    ("domain", &[]),
    ("kernel", &["domain"]),
    ("agents", &["domain", "kernel"]),
    ("scenario", &["domain"]),
    ("exchange", &["domain", "scenario"]),
    ("drivers", &["domain", "kernel", "agents"]),
    ("session", &["domain", "kernel", "agents", "drivers"]),
    ("analysis", &["domain", "kernel", "agents", "drivers", "session", "scenario", "exchange"]),
    ("document", &[]),
    ("text", &["domain"]),
    ("chart", &["domain", "document", "text"]),
    ("render", &["domain", "scenario", "drivers", "document", "text", "chart"]),
    (
        "telling",
        &[
            "domain", "kernel", "agents", "drivers", "session", "scenario", "analysis", "document", "text",
            "chart", "render",
        ],
    ),
    (
        "studies",
        &[
            "domain", "kernel", "agents", "drivers", "session", "scenario", "exchange", "analysis",
            "document", "text", "chart", "render", "telling",
        ],
    ),
    (
        "workbench",
        &[
            "domain", "kernel", "agents", "drivers", "session", "scenario", "exchange", "analysis",
            "document", "text", "chart", "render", "telling", "studies",
        ],
    ),
    ("store", &[]),
    ("room", &["domain", "kernel", "agents", "drivers", "session", "document", "telling", "store"]),
    (
        "serve",
        &[
            "domain", "kernel", "agents", "drivers", "session", "scenario", "exchange", "analysis",
            "document", "text", "chart", "render", "telling", "studies", "store", "room",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "kernel",
            "agents",
            "drivers",
            "session",
            "scenario",
            "exchange",
            "analysis",
            "document",
            "text",
            "chart",
            "render",
            "telling",
            "studies",
            "store",
            "workbench",
            "room",
            "serve",
        ],
    ),
];

/// What the inner folders must not touch, beside all of `std::io` that reads or writes by itself.
const OUTSIDE: [&str; 11] = [
    "std::fs",
    "std::env",
    "std::time",
    "std::thread",
    "std::process",
    "std::net",
    "std::os",
    "rayon",
    "tempfile",
    "sysinfo",
    "rustix",
];
/// What of `std::io` touches nothing: writing to whatever is given.
const WRITING: [&str; 6] = ["self", "Write", "Result", "Error", "ErrorKind", "Read"];

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

/// A file without comments and without what stands between quotes.
fn code(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines().map(|l| l.split("//").next().unwrap_or(l)) {
        for (k, part) in line.split('"').enumerate() {
            if k % 2 == 0 {
                code += part;
            }
        }
        code.push('\n');
    }
    code
}

/// The names and signs of a text: words, `::`, and single characters.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut before = ' ';
    for c in text.chars() {
        match tokens.last_mut() {
            Some(last) if word(c) && word(before) => last.push(c),
            Some(last) if c == ':' && before == ':' && last == ":" => last.push(c),
            _ if c.is_whitespace() => {}
            _ => tokens.push(c.into()),
        }
        before = c;
    }
    tokens
}

/// Every path that a file names, groups written out: `a::{b, c::{d}}` is `a::b` and `a::c::d`.
fn paths(text: &str) -> Vec<String> {
    let tokens = tokens(&code(text));
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens.get(at + 1).is_some_and(|t| t == "::") {
            at = path(&tokens, at, "", &mut paths);
        } else {
            at += 1;
        }
    }
    paths
}

/// Reads one path or one group of them, and returns where it ends.
fn path(tokens: &[String], mut at: usize, prefix: &str, paths: &mut Vec<String>) -> usize {
    let mut so_far = prefix.to_owned();
    while let Some(token) = tokens.get(at) {
        if token == "{" {
            at += 1;
            while at < tokens.len() && tokens[at] != "}" {
                at = if tokens[at] == "," { at + 1 } else { path(tokens, at, &so_far, paths) };
            }
            return at + 1;
        }
        so_far += token;
        at += 1;
        if tokens.get(at).is_none_or(|t| t != "::") {
            break;
        }
        so_far += "::";
        at += 1;
    }
    paths.push(so_far);
    at
}

/// The path with `self` and `super` resolved from the folder of `src` and the depth of the module in which it is named.
fn resolved(path: &str, folder: &str, depth: usize) -> String {
    let ups = path.split("::").take_while(|p| *p == "super").count();
    let rest: Vec<&str> = path.split("::").skip(ups).collect();
    match ups {
        0 => path.to_owned(),
        ups if ups >= depth => format!("crate::{}", rest.join("::")),
        _ => format!("crate::{folder}::{}", rest.join("::")),
    }
}

/// How deep a file's module is below the crate.
fn depth(file: &Path) -> usize {
    let inside = file.strip_prefix(source("")).expect("in src");
    let is_folder = inside.file_name().is_some_and(|n| n == "mod.rs");
    inside.components().count() - usize::from(is_folder)
}

/// The folders of `src` that a file uses.
fn used(text: &str, folder: &str, depth: usize) -> Vec<String> {
    let resolved = paths(text).into_iter().map(|p| resolved(&p, folder, depth));
    resolved.filter_map(|p| Some(p.strip_prefix("crate::")?.split("::").next()?.to_owned())).collect()
}

/// What a file of an inner folder names that it must not.
fn outside(text: &str) -> Vec<String> {
    let strays = |path: &String| {
        let within = |what: &&str| path == *what || path.starts_with(&format!("{what}::"));
        let io = path.strip_prefix("std::io::").or_else(|| path.strip_prefix("io::"));
        let io = io.is_some_and(|rest| !WRITING.contains(&rest.split("::").next().unwrap_or("")));
        OUTSIDE.iter().any(within) || io || path == "std"
    };
    let mut found: Vec<String> = paths(text).into_iter().filter(strays).collect();
    let tokens = tokens(&code(text));
    let macros = ["print", "println", "eprint", "eprintln", "dbg"];
    let calls = tokens.windows(2).filter(|t| t[1] == "!" && macros.contains(&t[0].as_str()));
    found.extend(calls.map(|t| format!("{}!", t[0])));
    found
}

/// However a use is written, it is seen.
#[test]
fn every_way_to_write_a_use_is_seen() {
    let seen = |text: &str| used(text, "kernel", 2);
    assert_eq!(seen("use crate::report::x;"), ["report"]);
    assert_eq!(
        seen("use crate::{domain::{Model, rule}, cli::args,\n report};"),
        ["domain", "domain", "cli", "report"]
    );
    assert_eq!(seen("pub(crate) use super::super::analysis::x;"), ["analysis"]);
    assert_eq!(seen("use super::super::{session, drivers::x};"), ["session", "drivers"]);
    assert_eq!(seen("use super::state::State;"), ["kernel"]);
    assert_eq!(seen("let x = crate::cli::run();"), ["cli"]);
    assert_eq!(seen("// crate::cli\nlet s = \"crate::cli\";"), Vec::<String>::new());
    assert_eq!(used("use super::cli::x;", "kernel", 1), ["cli"]);
    assert_eq!(outside("use std::{fmt, fs::{self, File}};"), ["std::fs::self", "std::fs::File"]);
    assert_eq!(outside("use std::time;"), ["std::time"]);
    assert_eq!(
        outside("use std::io::{self, Write}; fn f(x: &mut dyn io::Write) -> io::Result<()>"),
        Vec::<String>::new()
    );
    assert_eq!(outside("io::stdout(); println!(); use std as s;"), ["io::stdout", "println!"]);
    assert_eq!(outside("use std::io::{stdin, Write}; rayon::join()"), ["std::io::stdin", "rayon::join"]);
}

#[test]
fn arrows_point_one_way() {
    for (folder, allowed) in ARROWS {
        let folder_files = files(&source(folder));
        assert!(!folder_files.is_empty(), "src/{folder} is not there");
        for file in folder_files {
            let text = fs::read_to_string(&file).expect("readable");
            for name in used(&text, folder, depth(&file)) {
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
        for file in files(&source(folder)) {
            let found = outside(&fs::read_to_string(&file).expect("readable"));
            assert!(found.is_empty(), "{} uses {found:?}", file.display());
        }
    }
}

/// Studies and reports compute on many threads, but files and the terminal are left to others.
#[test]
fn files_and_the_terminal_are_left_to_the_outermost() {
    let computing = |path: &String| path.starts_with("rayon") || path.starts_with("std::time");
    for folder in ["drivers", "session", "analysis", "report"] {
        for file in files(&source(folder)) {
            let mut found = outside(&fs::read_to_string(&file).expect("readable"));
            found.retain(|path| !computing(path));
            assert!(found.is_empty(), "{} uses {found:?}", file.display());
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

/// Nothing reaches standard output or standard error but through one door, which lets nothing of a file through raw.
#[test]
fn the_terminal_has_one_door() {
    for file in files(&source("")).iter().filter(|f| !f.ends_with("cli/terminal.rs")) {
        let text = fs::read_to_string(file).expect("readable");
        for way in ["println!", "print!(", "eprint!(", "stdout().lock", "stderr().lock", "stderr(),"] {
            assert!(!text.contains(way), "{} uses {way}", file.display());
        }
    }
}
