//! `--parquet`: the same tables as `--csv`, with the types that the data package names.
#![cfg(feature = "parquet")]

use std::fs::{self, File};
use std::path::Path;

use assert_cmd::Command;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

fn told(folder: &Path, args: &[&str]) {
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    let (csv, parquet) = (folder.join("csv"), folder.join("parquet"));
    command.args(args).arg("--csv").arg(csv).arg("--parquet").arg(parquet).assert().success();
}

/// A cell as CSV has it.
fn same(field: &Field, text: &str) -> bool {
    match field {
        Field::Null => text.is_empty(),
        Field::Str(s) => s == text || format!("'{s}") == text,
        Field::Long(n) => text.parse() == Ok(*n),
        Field::Double(x) => text.parse() == Ok(*x),
        Field::Bool(b) => text == b.to_string(),
        Field::Date(days) => {
            let epoch = time::Date::from_ordinal_date(1970, 1).expect("a date");
            (epoch + time::Duration::days(i64::from(*days))).to_string() == text
        }
        _ => false,
    }
}

#[test]
fn tables_are_those_of_csv_with_types() {
    let doha = "scenarios/doha-2025.toml";
    let mut types = Vec::new();
    for args in [
        &["ensemble", doha, "--runs", "40"][..],
        &["what-if", doha, "press-kigali", "--runs", "20"],
        &["backtest", doha, "--runs", "40"],
        &["exact", "scenarios/tutorial/1-two-parties.toml"],
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        told(folder.path(), args);
        let mut tables = 0;
        for entry in fs::read_dir(folder.path().join("csv")).expect("a folder").flatten() {
            let path = entry.path();
            if path.extension().is_none_or(|e| e != "csv") {
                continue;
            }
            tables += 1;
            let name = path.file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
            let other = folder.path().join("parquet").join(format!("{name}.parquet"));
            let reader = SerializedFileReader::new(File::open(other).expect("a table")).expect("Parquet");
            let meta = reader.metadata().file_metadata();
            let origin = meta.key_value_metadata().expect("metadata").iter().find(|kv| kv.key == "baraza");
            let origin = origin.and_then(|kv| kv.value.as_ref()).expect("where it comes from");
            assert!(origin.contains(&format!("\"name\": \"{name}\"")), "{origin}");
            let mut csv = csv::Reader::from_path(&path).expect("a table");
            let columns: Vec<String> = csv.headers().expect("names").iter().map(str::to_owned).collect();
            let mut rows = reader.get_row_iter(None).expect("rows");
            for record in csv.records() {
                let (record, row) = (record.expect("a row"), rows.next().expect("as many").expect("a row"));
                for ((text, (column, field)), wanted) in
                    record.iter().zip(row.get_column_iter()).zip(&columns)
                {
                    assert_eq!(column, wanted);
                    assert!(same(field, text), "{args:?}, {name}.{column}: {text} is {field:?}");
                    types.push(std::mem::discriminant(field));
                }
            }
            assert!(rows.next().is_none(), "{name}");
        }
        assert!(tables > 0, "{args:?}");
    }
    types.sort_by_key(|t| format!("{t:?}"));
    types.dedup();
    assert!(types.len() >= 5, "texts, numbers of both kinds, flags and nothing: {types:?}");
}
