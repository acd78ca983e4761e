//! No text makes the loader panic or hang, and none makes its diagnostics unprintable.

use std::time::{Duration, Instant};

use baraza::render::diagnostics::{records, render};
use baraza::scenario::{Change, Source, load};
use proptest::prelude::*;

fn survive(text: &str) {
    let source = Source { name: "x.toml".into(), text: text.into() };
    let loaded = load(&source, &[], None);
    render(&loaded.diagnostics, true);
    records(&loaded.diagnostics);
}

fn files() -> Vec<String> {
    let folders = ["tests/valid", "tests/broken"];
    let entries = folders.into_iter().flat_map(|f| std::fs::read_dir(f).expect("a folder"));
    let mut paths: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().map(|p| std::fs::read_to_string(p).expect("a text")).collect()
}

/// Cuts, doubles or replaces a stretch of a text.
fn mangled(text: &str, at: usize, length: usize, how: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let start = at % (characters.len() + 1);
    let end = (start + length).min(characters.len());
    let (before, cut, after) = (&characters[..start], &characters[start..end], &characters[end..]);
    let middle: String = match how % 8 {
        0 => String::new(),
        1 => cut.iter().chain(cut).collect(),
        2 => "\"".into(),
        3 => "é\u{0}".into(),
        4 => "[".repeat(100),
        5 => "99999999999999999999".into(),
        6 => "\n[".into(),
        _ => cut.iter().rev().collect(),
    };
    before.iter().collect::<String>() + &middle + &after.iter().collect::<String>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survive(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_text(text in "(\\PC|\n){0,200}") {
        survive(&text);
    }

    #[test]
    fn mangled_files(
        file in 0usize..1000,
        cuts in prop::collection::vec((0usize..10_000, 0usize..40, 0usize..8), 1..4),
    ) {
        let files = files();
        let mut text = files[file % files.len()].clone();
        for (at, length, how) in cuts {
            text = mangled(&text, at, length, how);
        }
        survive(&text);
    }

    #[test]
    fn any_change(path in "[a-z.-]{0,30}|\\PC{0,20}", value in "\\PC{0,20}", known in 0usize..6) {
        let paths = ["party.m23.trust.drc", "track.doha.rule", "item.prisoners.option", "dynamics.walk_out.base"];
        let path = paths.get(known).map_or(path, |p| (*p).to_owned());
        let text = std::fs::read_to_string("tests/valid/full.toml").expect("a text");
        let source = Source { name: "full.toml".into(), text };
        let loaded = load(&source, &[Change { path, value }], Some("press-kigali"));
        render(&loaded.diagnostics, false);
    }
}

#[test]
fn large_files_end_soon() {
    let frame = "[scenario]\ntitle = \"x\"\nstart = 2026-01-01\nrounds = 9\n";
    let many =
        |line: &dyn Fn(usize) -> String, n: usize| frame.to_owned() + &(0..n).map(line).collect::<String>();
    let texts = [
        many(&|i| format!("k{i} = 1\n"), 60_000),
        many(&|i| format!("[party.p{i}]\n"), 50_000),
        many(&|i| format!("[party.p{i}]\nalternativ = 1\n"), 300),
        "[".repeat(1 << 20),
        "a=[".repeat(100_000),
        frame.to_owned() + "x = " + &"[".repeat(500_000),
        format!("{frame}[[history]]\ndate = 2026-01-01\nthat = \"{}\"\n", "not ".repeat(490)),
    ];
    let mut stars = files().remove(files().len() - 2);
    for i in 0..60 {
        stars += &format!("[item.x{i}]\ntrack = \"doha\"\noption = {{ a = {{}}, b = {{}} }}\n");
        stars += &format!("[what-if.x{i}]\nset = {{ \"item.x{i}.guarantee\" = \"high\" }}\n");
    }
    for _ in 0..250 {
        let call = "any(item.*.settled and any(item.*.settled))";
        stars += &format!("[[history]]\ndate = 2026-01-01\nthat = \"{call}\"\n");
    }
    for text in texts.into_iter().chain([stars]) {
        let start = Instant::now();
        survive(&text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{took:?} for {}", &text[..80]);
    }
}
