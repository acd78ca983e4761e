//! The JSON Schema and the validator are made from the same shapes: they agree wherever a schema can say it. The
//! reference in `docs` is up to date.

use baraza::scenario::{Diagnostic, Severity, Source, load, reference, schema, starter};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

fn to_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(i) => json!(i64::from_str_radix(i.as_str(), i.radix()).expect("a small number")),
        DeValue::Float(f) => json!(f.as_str().parse::<f64>().expect("a number")),
        DeValue::Boolean(b) => json!(b),
        DeValue::Datetime(date) => json!(date.to_string()),
        DeValue::Array(members) => members.iter().map(|m| to_json(m.get_ref())).collect(),
        DeValue::Table(table) => table_to_json(table),
    }
}

fn table_to_json(table: &DeTable<'_>) -> Value {
    Value::Object(table.iter().map(|(k, v)| (k.get_ref().to_string(), to_json(v.get_ref()))).collect())
}

fn document(text: &str) -> Option<Value> {
    DeTable::parse(text).ok().map(|table| table_to_json(table.get_ref()))
}

fn read(folder: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|e| e.expect("an entry").path())
        .map(|p| {
            let name = p.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(p).expect("a text"))
        })
        .collect();
    files.sort();
    files
}

fn errors(text: &str) -> Vec<Diagnostic> {
    let found = load(&Source { name: "x.toml".into(), text: text.into() }, &[], None).diagnostics;
    found.into_iter().filter(|d| d.severity == Severity::Error).collect()
}

/// Whether a schema can see the mistake: it knows no ids, no sums and no meanings.
fn structural(diagnostic: &Diagnostic) -> bool {
    let id = diagnostic.code.id();
    let watched = diagnostic.message.contains("cannot be watched");
    (id.starts_with("B01") && (id != "B0106" || watched) || id == "B0003" || id == "B0004")
        && !diagnostic.message.contains("nor a party")
        && (!diagnostic.message.contains("imitation") || diagnostic.message.contains("must be a table"))
        && !diagnostic.message.contains("exponential tactic")
}

#[test]
fn the_schema_accepts_every_valid_scenario() {
    let validator = jsonschema::validator_for(&schema()).expect("a valid schema");
    let mut files = read("tests/valid");
    files.push(("starter".into(), starter().into()));
    for (name, text) in files {
        let document = document(&text).expect("TOML");
        let found: Vec<String> =
            validator.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path)).collect();
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn the_schema_rejects_what_is_structurally_broken() {
    let validator = jsonschema::validator_for(&schema()).expect("a valid schema");
    // A quoted date is a date to the schema, and 12.0 a whole number; the values of a what-if are free, and so are the ends of a range.
    let beyond = ["wrong-type-quoted-date", "wrong-type-whole-float", "change-value", "ranges-refused"];
    for (name, text) in read("tests/broken") {
        let Some(document) = document(&text) else { continue };
        let broken = errors(&text).iter().any(structural) && !beyond.contains(&name.as_str());
        assert_eq!(!validator.is_valid(&document), broken, "{name}");
    }
}

#[test]
fn the_reference_is_up_to_date() {
    let path = "docs/scenario-language.md";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all("docs").expect("a folder");
        std::fs::write(path, reference()).expect("written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == reference(), "{path} is out of date: run this test with UPDATE_DOCS=1");
}

/// Writes a document as TOML with inline tables.
fn to_toml(document: &Value) -> String {
    let Value::Object(map) = document else { return String::new() };
    map.iter().map(|(key, value)| format!("{key:?} = {}\n", inline(key, value))).collect()
}

fn inline(key: &str, value: &Value) -> String {
    match value {
        Value::String(text) if matches!(key, "start" | "date") && text.len() == 10 => text.clone(),
        Value::Array(members) => {
            let members: Vec<String> = members.iter().map(|m| inline("", m)).collect();
            format!("[{}]", members.join(", "))
        }
        Value::Object(map) => {
            let entries: Vec<String> = map.iter().map(|(k, v)| format!("{k:?} = {}", inline(k, v))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// Every place of a document, as JSON pointers.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Array(members) => {
            members.iter().enumerate().for_each(|(i, m)| places(m, &format!("{at}/{i}"), out));
        }
        Value::Object(map) => map.iter().for_each(|(k, v)| places(v, &format!("{at}/{k}"), out)),
        _ => {}
    }
}

fn mutate(document: &mut Value, place: usize, how: usize) {
    let mut all = Vec::new();
    places(document, "", &mut all);
    let Some(value) = document.pointer_mut(&all[place % all.len()]) else { return };
    let values = [json!(1.5), json!(-1), json!(100_000), json!("zzz"), json!(true), json!([]), json!({})];
    match (how, value) {
        (0, Value::Object(map)) => {
            map.insert("Zz!".into(), json!(1));
        }
        (1, Value::Object(map)) => remove(map, place),
        (2, Value::Array(members)) if !members.is_empty() => {
            let copy = members[place % members.len()].clone();
            members.push(copy);
        }
        (3, Value::Array(members)) => members.clear(),
        (_, value) => *value = values[how % values.len()].clone(),
    }
}

fn remove(map: &mut Map<String, Value>, place: usize) {
    let keys: Vec<String> = map.keys().cloned().collect();
    if !keys.is_empty() {
        map.remove(&keys[place % keys.len()]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schema_and_validator_agree(
        full in any::<bool>(),
        mutations in prop::collection::vec((0usize..10_000, 0usize..12), 1..3),
    ) {
        let file = if full { "tests/valid/full.toml" } else { "tests/valid/minimal.toml" };
        let mut document = document(&std::fs::read_to_string(file).expect("a text")).expect("TOML");
        // Mistakes that only a what-if causes are beyond the schema.
        document.as_object_mut().expect("a table").remove("what-if");
        for (place, how) in mutations {
            mutate(&mut document, place, how);
        }
        prop_assume!(document.is_object());
        let text = to_toml(&document);
        let validator = jsonschema::validator_for(&schema()).expect("a valid schema");
        let found = errors(&text);
        let rejected: Vec<String> =
            validator.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path)).collect();
        if !rejected.is_empty() {
            prop_assert!(!found.is_empty(), "only the schema rejects this: {rejected:?}\n{text}");
        }
        if let Some(seen) = found.iter().find(|d| structural(d)) {
            prop_assert!(!rejected.is_empty(), "only the validator rejects this: {}\n{text}", seen.message);
        }
    }
}
