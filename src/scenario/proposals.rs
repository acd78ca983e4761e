//! Ranges for a file that gives none: for every number it writes that a teacher would doubt, a step to either side.

use crate::domain::{Assumption, Scale};

use super::change::matters_to_no_run;
use super::kinds::same_type;
use super::parse::parse_value;
use super::ranges::{number, scale};
use super::shape::{Kind, Need, ROOT, TableShape};
use super::tree::{Table, Value};

/// How far a value may be off.
#[derive(Clone, Copy)]
enum Spread {
    /// So many to either side.
    Plus(f64),
    /// By this factor to either side.
    Times(f64),
}

/// Which keys are doubted, by the header of their table; the list that `docs/model.md` gives.
const SPREADS: &[(&str, &[&str], Spread)] = &[
    ("[party.ID]", &["alternative"], Spread::Plus(10.0)),
    ("[party.ID]", &["capability", "audience", "weariness", "pressure", "trust"], Spread::Plus(1.0)),
    ("[party.ID]", &["consult"], Spread::Times(1.5)),
    ("tactic", &["beta"], Spread::Times(2.0)),
    ("tactic", &["deadline"], Spread::Plus(2.0)),
    ("tactic", &["demand"], Spread::Plus(10.0)),
    ("[mediator.ID]", &["credibility", "leverage"], Spread::Plus(1.0)),
    ("[track.ID]", &["deadline"], Spread::Plus(2.0)),
    ("[item.ID]", &["guarantee"], Spread::Plus(1.0)),
    ("ratify", &["passes"], Spread::Times(1.5)),
    ("[front.ID]", &["intensity"], Spread::Plus(1.0)),
    ("[spoiler.ID]", &["strength"], Spread::Plus(1.0)),
    ("[spoiler.ID]", &["odds"], Spread::Times(1.5)),
    ("[backer.ID]", &["support", "exposure", "tolerance"], Spread::Plus(1.0)),
    ("[observer.ID]", &["odds"], Spread::Times(1.5)),
    ("[event.ID]", &["odds"], Spread::Times(1.5)),
];

/// The doubt about a key; every odds of `[dynamics]` that the file writes is doubted too.
fn doubt(header: &str, key: &str, kind: &Kind) -> Option<Spread> {
    if header.starts_with("[dynamics") {
        return matches!(kind, Kind::Number(..)).then_some(Spread::Times(1.5));
    }
    SPREADS.iter().find(|(at, keys, _)| *at == header && keys.contains(&key)).map(|(.., doubt)| *doubt)
}

/// The proposals for a file, in its order. Certain odds (0 or 1) are not doubted.
pub(super) fn proposals(root: &Table) -> Vec<Assumption> {
    let mut out = Vec::new();
    walk(root, &ROOT, "", &mut out);
    out
}

fn walk(table: &Table, shape: &'static TableShape, path: &str, out: &mut Vec<Assumption>) {
    for entry in &table.entries {
        let Some(key) = shape.key(&entry.key).filter(|k| !(path.is_empty() && matters_to_no_run(k.name)))
        else {
            continue;
        };
        let path = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        let doubt = doubt(shape.header, key.name, &key.kind);
        value(&entry.node.value, &key.kind, doubt, &path, out);
    }
    // Where a doubted key is left out, its default is what the scenario assumes.
    for key in shape.keys.iter().filter(|k| k.name == "alternative" && table.get(k.name).is_none()) {
        if let Need::Default(text) = key.need
            && let Ok(node) = parse_value(text, 0, 0)
        {
            let doubt = doubt(shape.header, key.name, &key.kind);
            value(&node.value, &key.kind, doubt, &format!("{path}.{}", key.name), out);
        }
    }
}

/// Proposes a range for a value, or goes into it.
fn value(value: &Value, kind: &'static Kind, doubt: Option<Spread>, path: &str, out: &mut Vec<Assumption>) {
    match (kind, value) {
        (Kind::Either(kinds), _) => {
            if let Some(kind) = kinds.iter().find(|k| same_type(k, value)) {
                self::value(value, kind, doubt, path, out);
            }
        }
        (Kind::Table(shape), Value::Table(table)) => walk(table, shape, path, out),
        (Kind::Map { to, .. }, Value::Table(table)) => {
            for entry in &table.entries {
                self::value(&entry.node.value, to, doubt, &format!("{path}.{}", entry.key), out);
            }
        }
        _ => out.extend(doubt.and_then(|d| propose(value, kind, d, path))),
    }
}

fn propose(value: &Value, kind: &Kind, doubt: Spread, path: &str) -> Option<Assumption> {
    let scale = scale(kind)?;
    let own = number(scale, value)?;
    let (least, most) = match (kind, scale) {
        (Kind::Int(from, to), _) => (*from as f64, *to as f64),
        (Kind::Number(from, to) | Kind::Above(from, to), _) => (*from, *to),
        (_, Scale::Words(words)) => (0.0, (words.len() - 1) as f64),
        _ => return None,
    };
    let (low, high) = match doubt {
        Spread::Plus(by) => (own - by, own + by),
        Spread::Times(_) if own <= 0.0 || (most == 1.0 && own >= 1.0) => return None,
        Spread::Times(by) => (short(own / by), short(own * by)),
    };
    let (low, high) = (low.max(least), high.min(most));
    (low < high).then(|| Assumption { path: path.to_owned(), scale, low, high, value: Some(own) })
}

/// Three digits are enough for a proposal.
fn short(value: f64) -> f64 {
    let digits = 2 - libm::floor(libm::log10(value)) as i32;
    format!("{value:.*}", digits.max(0) as usize).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposals_are_short() {
        assert_eq!([0.2 / 1.5, 0.3, 1.3333, 12.345, 1234.5].map(short), [0.133, 0.3, 1.33, 12.3, 1234.0]);
    }

    #[test]
    fn every_doubt_is_about_a_key() {
        fn shapes(shape: &'static TableShape, seen: &mut Vec<&'static TableShape>) {
            if seen.iter().any(|s| s.header == shape.header) {
                return;
            }
            seen.push(shape);
            shape.keys.iter().for_each(|k| inner(&k.kind, seen));
        }
        fn inner(kind: &'static Kind, seen: &mut Vec<&'static TableShape>) {
            match kind {
                Kind::Table(shape) => shapes(shape, seen),
                Kind::Map { to, .. } => inner(to, seen),
                Kind::Either(kinds) => kinds.iter().for_each(|k| inner(k, seen)),
                _ => {}
            }
        }
        let mut seen = Vec::new();
        shapes(&ROOT, &mut seen);
        for (header, keys, _) in SPREADS {
            let shape = seen.iter().find(|s| s.header == *header).expect(header);
            assert!(keys.iter().all(|k| shape.key(k).is_some()), "{header} {keys:?}");
        }
    }
}
