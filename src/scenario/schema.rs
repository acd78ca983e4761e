//! The JSON Schema of scenario files, made from the shapes.

use serde_json::{Map, Value, json};

use super::parse::parse_value;
use super::reserved::{LONGEST_ID, reserved_for};
use super::shape::{KeyShape, Keys, Kind, Need, Only, ROOT, TableShape};
use super::tree::{self, Node};
use crate::domain::Level;
use crate::domain::told::told_of;

/// The schema of a whole file.
pub(super) fn schema() -> Value {
    let mut schema = table(&ROOT);
    if let Value::Object(map) = &mut schema {
        map.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".into(), json!("Baraza scenario"));
        map.insert("$defs".into(), json!({ "level": { "enum": Level::NAMES } }));
    }
    schema
}

fn table(shape: &'static TableShape) -> Value {
    let properties: Map<String, Value> =
        shape.keys.iter().map(|k| (k.name.to_owned(), property(k))).collect();
    let required: Vec<&str> =
        shape.keys.iter().filter(|k| matches!(k.need, Need::Required)).map(|k| k.name).collect();
    let mut schema = json!({ "type": "object", "description": shape.doc, "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    match &shape.others {
        None => schema["additionalProperties"] = json!(false),
        Some((keys, kind)) => {
            let own: Vec<&str> = shape.keys.iter().map(|k| k.name).collect();
            schema["additionalProperties"] = of_kind(kind);
            schema["propertyNames"] = json!({ "anyOf": [key_names(*keys), { "enum": own }] });
        }
    }
    let mut rules: Vec<Value> =
        shape.keys.iter().filter_map(|k| Some((k, k.only?))).flat_map(|(k, o)| only(k, o, shape)).collect();
    rules.extend(shape.keys.iter().filter_map(|k| match k.need {
        Need::Unless(other) => Some(json!({ "anyOf": [{ "required": [k.name] }, { "required": [other] }] })),
        _ => None,
    }));
    if !rules.is_empty() {
        schema["allOf"] = json!(rules);
    }
    schema
}

/// The rules of a key that only some kinds of its table use.
fn only(key: &KeyShape, only: Only, shape: &'static TableShape) -> Vec<Value> {
    let usual = shape.key(only.by).and_then(|k| match k.need {
        Need::Default(text) => Some(text.trim_matches('"')),
        _ => None,
    });
    let is = |words: &[&str]| json!({ "properties": { only.by: { "enum": words } } });
    let by_default = usual.is_some_and(|word| only.used.contains(&word));
    let mut then = is(only.used);
    if !by_default {
        then["required"] = json!([only.by]);
    }
    let mut rules = vec![json!({ "if": { "required": [key.name] }, "then": then })];
    if !only.needed.is_empty() {
        let mut when = is(only.needed);
        when["required"] = json!([only.by]);
        rules.push(json!({ "if": when, "then": { "required": [key.name] } }));
    }
    rules
}

fn property(key: &'static KeyShape) -> Value {
    let mut schema = of_kind(&key.kind);
    let mut doc = key.doc.to_owned();
    match key.need {
        Need::Required => {}
        Need::Unless(other) => doc += &format!(" Required without `{other}`."),
        Need::Default(text) => {
            if let Ok(node) = parse_value(text, 0, 0) {
                schema["default"] = to_json(&node);
            }
        }
        Need::Optional(otherwise) => doc += &format!(" If missing: {otherwise}."),
    }
    schema["description"] = json!(doc);
    schema
}

fn of_kind(kind: &'static Kind) -> Value {
    match kind {
        Kind::Text(most) => json!({ "type": "string", "maxLength": most }),
        Kind::Condition | Kind::Effect => json!({ "type": "string", "minLength": 1, "maxLength": 2000 }),
        Kind::Int(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        Kind::Number(from, to) => json!({ "type": "number", "minimum": from, "maximum": to }),
        Kind::Above(from, to) => json!({ "type": "number", "exclusiveMinimum": from, "maximum": to }),
        Kind::Bool => json!({ "type": "boolean" }),
        // Editors hand a TOML date to the schema as a string.
        Kind::Date => {
            json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
        }
        Kind::Days(_) => json!({ "type": "string", "pattern": "^(1 day|[1-9][0-9]{0,3} days)$" }),
        Kind::Level => json!({ "$ref": "#/$defs/level" }),
        Kind::Word(words) => {
            let mut schema = json!({ "enum": words });
            if let Some(told) = told_of(words) {
                schema["enumDescriptions"] = told.iter().map(|t| t.sentence).collect();
            }
            schema
        }
        Kind::Ref(_) => json!({ "type": "string", "pattern": id_pattern() }),
        Kind::Role => json!({ "type": "string", "pattern": role_pattern() }),
        Kind::Watched => {
            json!({ "type": "string", "pattern": "^(backer|front|spoiler)\\.[a-z0-9][a-z0-9-]*$" })
        }
        Kind::List { of, least, most, distinct } => {
            let mut schema =
                json!({ "type": "array", "items": of_kind(of), "minItems": least, "maxItems": most });
            if *distinct {
                schema["uniqueItems"] = json!(true);
            }
            schema
        }
        Kind::Table(shape) => table(shape),
        Kind::Map { of, to, least, most } => json!({
            "type": "object",
            "propertyNames": key_names(*of),
            "additionalProperties": of_kind(to),
            "minProperties": least,
            "maxProperties": most,
        }),
        Kind::Either(kinds) => json!({ "anyOf": kinds.iter().map(of_kind).collect::<Vec<_>>() }),
        Kind::Any => json!({}),
    }
}

fn key_names(keys: Keys) -> Value {
    match keys {
        Keys::Define(_) | Keys::Options | Keys::Profiles | Keys::Names => {
            let reserved: Vec<&str> =
                reserved_for(keys).iter().flat_map(|(words, _)| words.iter().copied()).collect();
            json!({ "pattern": id_pattern(), "not": { "enum": reserved } })
        }
        Keys::Of(_) => json!({ "pattern": id_pattern() }),
        Keys::Roles => json!({ "pattern": role_pattern() }),
        Keys::Words(words) => json!({ "enum": words }),
        Keys::Paths => json!({ "type": "string" }),
    }
}

fn id_pattern() -> String {
    format!("^[a-z0-9][a-z0-9-]{{0,{}}}$", LONGEST_ID - 1)
}

/// An id, with the kind of agent before it or not.
fn role_pattern() -> String {
    id_pattern().replace('^', "^((party|mediator)\\.)?")
}

fn to_json(node: &Node) -> Value {
    match &node.value {
        tree::Value::Text(text) => json!(text.text),
        tree::Value::Int(i) => json!(i),
        tree::Value::Float(f) => json!(f),
        tree::Value::Bool(b) => json!(b),
        tree::Value::Date(date) => json!(date.to_string()),
        tree::Value::Moment => Value::Null,
        tree::Value::List(members) => members.iter().map(to_json).collect(),
        tree::Value::Table(table) => {
            Value::Object(table.entries.iter().map(|e| (e.key.clone(), to_json(&e.node))).collect())
        }
    }
}
