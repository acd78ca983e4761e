//! What is listed is what changes take: no more, and no less.

use std::sync::Arc;

use super::super::ids::Ids;
use super::super::load;
use super::super::shape::{Keys, Kind, TableShape};
use super::super::tree::{Node, Table};
use super::*;

/// Files in which every kind of agent occurs, and most keys.
const FILES: [(&str, &str); 4] = [
    ("2-mediator", include_str!("../../../scenarios/tutorial/2-mediator.toml")),
    ("3-spoiler-and-front", include_str!("../../../scenarios/tutorial/3-spoiler-and-front.toml")),
    ("4-shrinking-harvest", include_str!("../../../scenarios/tutorial/4-shrinking-harvest.toml")),
    ("scoreable", include_str!("../../../scenarios/scoreable.toml")),
];

/// Every path that the shapes allow, with the kind at its end, below ids of the file.
struct Paths<'a> {
    ids: &'a Ids,
    out: Vec<(String, &'static Kind)>,
}

impl Paths<'_> {
    fn table(&mut self, path: &str, table: Option<&Table>, shape: &'static TableShape) {
        for key in shape.keys {
            self.kind(&join(path, key.name), table.and_then(|t| t.get(key.name)), &key.kind);
        }
        if let Some((keys, kind)) = &shape.others {
            self.map(path, table, *keys, kind);
        }
    }

    fn map(&mut self, path: &str, table: Option<&Table>, of: Keys, to: &'static Kind) {
        let mut keys: Vec<String> =
            table.map_or_else(Vec::new, |t| t.entries.iter().map(|e| e.key.clone()).collect());
        match of {
            Keys::Of(agent) => keys.extend(self.ids.all(agent).map(str::to_owned)),
            Keys::Words(words) => keys.extend(words.iter().map(|w| (*w).to_owned())),
            _ => {}
        }
        keys.sort();
        keys.dedup();
        for key in keys {
            self.kind(&join(path, &key), table.and_then(|t| t.get(&key)), to);
        }
    }

    fn kind(&mut self, path: &str, node: Option<&Node>, kind: &'static Kind) {
        self.out.push((path.to_owned(), kind));
        let table = node.and_then(Node::as_table);
        match kind {
            Kind::Table(shape) => self.table(path, table, shape),
            Kind::Map { of, to, .. } => self.map(path, table, *of, to),
            Kind::Either(kinds) => kinds.iter().for_each(|kind| match kind {
                Kind::Table(shape) => self.table(path, table, shape),
                Kind::Map { of, to, .. } => self.map(path, table, *of, to),
                _ => {}
            }),
            _ => {}
        }
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Values of a kind, some of which are taken if any is.
fn values(kind: &Kind, ids: &Ids) -> Vec<String> {
    let quoted = |text: &str| format!("\"{text}\"");
    match kind {
        Kind::Int(from, to) => vec![from.to_string(), to.to_string(), ((from + to) / 2).to_string()],
        Kind::Number(from, to) | Kind::Above(from, to) => vec![from.to_string(), to.to_string()],
        Kind::Text(_) => vec![quoted("a text")],
        Kind::Bool => vec!["true".into(), "false".into()],
        Kind::Date => vec!["2025-08-01".into()],
        Kind::Days(_) => vec![quoted("60 days")],
        Kind::Level => vec![quoted("low"), quoted("medium")],
        Kind::Word(words) => words.iter().map(|w| quoted(w)).collect(),
        Kind::Ref(agent) => ids.all(*agent).map(quoted).collect(),
        Kind::Condition => vec![quoted("round >= 2")],
        Kind::List { .. } => vec!["[]".into()],
        Kind::Table(_) | Kind::Map { .. } => vec!["{}".into()],
        Kind::Either(kinds) => kinds.iter().flat_map(|kind| values(kind, ids)).collect(),
        Kind::Watched | Kind::Role | Kind::Effect | Kind::Any => Vec::new(),
    }
}

fn source((name, text): (&str, &str)) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

/// Calls with each file, what is listed of it, its tree and a trial.
fn with_each(mut look: impl FnMut(&str, &[Setting], &Table, &Trial)) {
    for file in FILES {
        let source = source(file);
        let tree = parse(&source.text, &mut Report::new(vec![Arc::new(source.clone())])).expect(file.0);
        let world = load(&source, &[], None).world.expect(file.0);
        let listed = settings(&source, &[], None, &world);
        look(file.0, &listed, &tree, &Trial::new(&source, &tree, &world));
    }
}

#[test]
fn what_is_not_listed_is_not_taken() {
    with_each(|file, listed, tree, trial| {
        let ids = Ids::of(tree);
        let mut paths = Paths { ids: &ids, out: Vec::new() };
        paths.table("", Some(tree), &ROOT);
        let unlisted = paths.out.iter().filter(|(path, _)| listed.iter().all(|s| s.path != *path));
        let taken: Vec<_> = unlisted
            .flat_map(|(path, kind)| values(kind, &ids).into_iter().map(move |value| (path, value)))
            .filter(|(path, value)| trial.takes(path, value))
            .collect();
        assert!(taken.is_empty(), "{file}: {taken:#?}");
    });
}

#[test]
fn what_is_listed_is_taken_to_its_bounds_and_not_beyond() {
    let mut wrong = Vec::new();
    with_each(|file, listed, _, trial| {
        for s in listed {
            let mut expect = |value: String, taken: bool| {
                if trial.takes(&s.path, &value) != taken {
                    wrong.push(format!("{file}: {} = {value}: taken should be {taken}", s.path));
                }
            };
            s.value.iter().for_each(|value| expect(value.clone(), true));
            let days = |n: f64| if n == 1.0 { "\"1 day\"".to_owned() } else { format!("\"{n} days\"") };
            let told = |n: f64| if s.kind == "days" { days(n) } else { n.to_string() };
            if let (Some(least), Some(most)) = (s.least, s.most) {
                // The odds of a mandate sum to 1: none can be set alone.
                if !s.path.contains("mandate.") {
                    expect(told(least), !s.above);
                    expect(told(most), true);
                }
                expect(told(least - 1.0), false);
                expect(told(most + 1.0), false);
            }
            s.words.iter().for_each(|word| expect(format!("\"{word}\""), true));
            if !s.words.is_empty() {
                expect("\"no-such-word\"".to_owned(), false);
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}
