//! Broken scenario files and what is said about them. Each file of `tests/broken` has one mistake or doubt, unless
//! its name says otherwise; the rendered text is kept in a snapshot beside this file.

use std::fs;
use std::path::PathBuf;

use baraza::render::diagnostics::{records, render};
use baraza::scenario::{Change, Severity, Source, load};

fn broken() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir("tests/broken")
        .expect("the folder is there")
        .map(|e| e.expect("an entry").path())
        .collect();
    files.sort();
    files
}

fn source(path: &PathBuf) -> Source {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    Source { name, text: fs::read_to_string(path).expect("a text") }
}

#[test]
fn every_broken_file_is_explained() {
    for path in broken() {
        let source = source(&path);
        let loaded = load(&source, &[], None);
        let name = source.name.trim_end_matches(".toml");
        assert!(!loaded.diagnostics.is_empty(), "{name} is not broken");
        let errors = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        assert_eq!(loaded.world.is_some(), errors == 0, "{name}");
        assert_eq!(name.starts_with("warn-"), errors == 0, "{name}");
        insta::assert_snapshot!(name, render(&loaded.diagnostics, false));
    }
}

#[test]
fn focused_files_have_one_diagnostic() {
    let several = ["syntax-several", "ten-mistakes", "condition-two-mistakes", "warn-hidden"];
    for path in broken() {
        let source = source(&path);
        let name = source.name.trim_end_matches(".toml");
        let loaded = load(&source, &[], None);
        if !several.contains(&name) {
            assert_eq!(loaded.diagnostics.len(), 1, "{}", render(&loaded.diagnostics, false));
        }
    }
}

#[test]
fn ten_mistakes_are_found_in_one_go_at_the_right_places() {
    let path = PathBuf::from("tests/broken/ten-mistakes.toml");
    let source = source(&path);
    let expected: Vec<usize> = (1..)
        .zip(source.text.lines())
        .filter(|(_, line)| line.contains("# ") && line.contains(": "))
        .map(|(number, _)| number)
        .collect();
    let loaded = load(&source, &[], None);
    let found: Vec<usize> = records(&loaded.diagnostics).iter().map(|r| r.line).collect();
    assert_eq!(found, expected, "{}", render(&loaded.diagnostics, false));
    assert_eq!(found.len(), 10);
}

#[test]
fn records_count_lines_and_columns_from_one_in_characters() {
    let text = "[scenario]\ntitle = \"Ähm\"\nstart = 2026-01-01\nrounds = 3\nnotes = \"é\"\n";
    let loaded = load(&Source { name: "x.toml".into(), text: text.into() }, &[], None);
    let records = records(&loaded.diagnostics);
    assert_eq!((records[0].line, records[0].column, records[0].end_column), (5, 1, 6));
    let json = serde_json::to_string(&records).expect("it serializes");
    assert!(json.contains("\"code\":\"B0101\"") && json.contains("did you mean `note`?"), "{json}");
}

#[test]
fn mistakes_in_arguments_point_at_the_argument() {
    let source = source(&PathBuf::from("tests/valid/full.toml"));
    let mut out = String::new();
    for (path, value) in [
        ("party.m24.alternative", "50"),
        ("party.m23.alternative", "500"),
        ("party.m23.capability", "hihg"),
        ("scenario.round", "20"),
        ("scenario.rounds", "[1"),
        ("party.m23", "{ }"),
        ("event.angola-truce.when", "\"round > 3 and item.ceasefir.settled\""),
        ("event.angola-truce.when", "round > 3 and item.ceasefir.settled"),
        ("track.doha.seats", "[\"drc\"]"),
        ("party.m23.alternative.doha", "30"),
        ("history.0", "3"),
    ] {
        let change = Change { path: path.into(), value: value.into() };
        let loaded = load(&source, &[change], None);
        assert!(loaded.world.is_none(), "{path}");
        out += &format!("### --set {path}={value}\n\n{}\n", render(&loaded.diagnostics, false));
    }
    insta::assert_snapshot!("arguments", out);
}
