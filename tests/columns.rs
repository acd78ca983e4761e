//! Every table of every study: its columns have a type and a meaning, and its cells are what these say.

use std::path::Path;

use assert_cmd::Command;
use baraza::document::columns::COLUMNS;
use serde_json::Value;

const LESSON: &str = "scenarios/tutorial/3-spoiler-and-front.toml";
const SMALL: &str = "scenarios/tutorial/1-two-parties.toml";
const DOHA: &str = "scenarios/doha-2025.toml";

/// Reads a table as its package says; what cannot be read so is named.
fn read(folder: &Path, resource: &Value) {
    let fields = resource["schema"]["fields"].as_array().expect("fields");
    let path = resource["path"].as_str().expect("a path");
    let mut table = csv::Reader::from_path(folder.join(path)).expect("it is there");
    let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().expect("a name")).collect();
    assert_eq!(table.headers().expect("names").iter().collect::<Vec<_>>(), names, "{path}");
    for row in table.records() {
        for (cell, field) in row.expect("a row").iter().zip(fields).filter(|(cell, _)| !cell.is_empty()) {
            let fits = match field["type"].as_str().expect("a type") {
                "integer" => cell.parse::<i64>().is_ok(),
                "number" => cell.parse::<f64>().is_ok(),
                "boolean" => ["true", "false"].contains(&cell),
                "date" => cell.len() == 10 && cell.split('-').all(|part| part.parse::<u32>().is_ok()),
                kind => kind == "string",
            };
            assert!(fits, "{path}, {}: `{cell}` is no {}", field["name"], field["type"]);
        }
        for field in fields {
            assert!(field["description"].as_str().is_some_and(|text| !text.is_empty()), "{path}: {field}");
        }
    }
}

#[test]
fn every_table_is_what_its_package_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let studies: [&[&str]; 15] = [
        &["ensemble", DOHA, "--runs", "60", "--measure", "round >= 3"],
        &["what-if", DOHA, "--runs", "40", "--measure", "round >= 3"],
        &["what-if", LESSON, "--runs", "40", "--combine", "all"],
        &["backtest", DOHA, "--runs", "100"],
        &["design", LESSON, "--sample", "lhs", "--points", "3", "--levers", "each", "--runs", "20"],
        &["sensitivity", LESSON, "--runs", "10", "--walks", "3", "--walk-runs", "5"],
        &["sensitivity", LESSON, "--method", "sobol", "--rows", "4", "--repeats", "2"],
        &["analyze", LESSON, "--runs", "20"],
        &["analyze", "scenarios/domains/garden/genius"],
        &["discover", "tests/designs/ford.csv", "--of", "outcome.signed-then-broken >= 0.3"],
        &["exact", SMALL, "--measure", "round >= 3"],
        &["verify", SMALL, "--property", "possible round >= 2", "--property", "P(round >= 2) >= 0.1"],
        &["resolve", SMALL, "--agent", "highlands"],
        &["run", LESSON],
        &["what-if", DOHA, "press-kigali", "--pair", "3"],
    ];
    for (k, study) in studies.iter().enumerate() {
        let out = folder.path().join(k.to_string());
        let mut command = Command::cargo_bin("baraza").expect("it is built");
        let output = command.args(*study).arg("--json").arg("--csv").arg(&out).output().expect("it runs");
        assert!(output.status.success(), "{study:?}: {}", String::from_utf8_lossy(&output.stderr));
        let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let text = std::fs::read_to_string(out.join("datapackage.json")).expect("a package");
        let package: Value = serde_json::from_str(&text).expect("JSON");
        let resources = package["resources"].as_array().expect("tables");
        assert!(!resources.is_empty());
        resources.iter().for_each(|resource| read(&out, resource));
        // A run and a pair have documents of their own: their tables are what these tell.
        if study[0] == "run" || study.contains(&"--pair") {
            continue;
        }
        let tables = document["tables"].as_object().expect("tables");
        assert_eq!(tables.len(), resources.len(), "{study:?}");
        for resource in resources {
            same(&out, resource, &tables[resource["name"].as_str().expect("a name")]);
        }
    }
}

/// The table of the JSON document has the cells of the file: numbers as numbers, nothing for an empty one.
fn same(folder: &Path, resource: &Value, table: &Value) {
    let fields = resource["schema"]["fields"].as_array().expect("fields");
    let names: Vec<&Value> = fields.iter().map(|f| &f["name"]).collect();
    assert_eq!(table["columns"].as_array().expect("names").iter().collect::<Vec<_>>(), names);
    let path = resource["path"].as_str().expect("a path");
    let mut file = csv::Reader::from_path(folder.join(path)).expect("it is there");
    let rows = table["rows"].as_array().expect("rows");
    let records: Vec<csv::StringRecord> = file.records().map(|record| record.expect("a row")).collect();
    assert_eq!(rows.len(), records.len(), "{path}");
    for (record, row) in records.iter().zip(rows) {
        for (k, cell) in record.iter().enumerate() {
            let kind = fields[k]["type"].as_str().expect("a type");
            let fits = match &row[k] {
                Value::Null => cell.is_empty(),
                Value::Number(n) => {
                    cell.parse::<f64>().ok() == n.as_f64() && matches!(kind, "integer" | "number")
                }
                Value::Bool(b) => cell == b.to_string() && kind == "boolean",
                // What a spreadsheet would run is neutral in the file alone.
                Value::String(text) => cell.replace('\'', "") == text.replace('\'', ""),
                _ => false,
            };
            assert!(fits, "{path}: `{cell}` and {}", row[k]);
        }
    }
}

/// What is said of columns is said of columns that there are, once, in the order of their names.
#[test]
fn no_column_is_described_that_no_table_has() {
    fn sources(folder: &Path) -> String {
        let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
        let text = |path: std::path::PathBuf| match path.is_dir() {
            true => sources(&path),
            false if path.ends_with("columns.rs") => String::new(),
            false => std::fs::read_to_string(path).unwrap_or_default(),
        };
        entries.map(text).collect()
    }
    let all = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/studies"));
    for column in COLUMNS {
        assert!(all.contains(&format!("\"{}\"", column.name)), "{}", column.name);
    }
    assert!(COLUMNS.windows(2).all(|pair| pair[0].name < pair[1].name), "in the order of their names");
}
