//! The validator: walks a tree against the shapes and reports everything that does not fit. What it has reported,
//! lowering passes over in silence.

use super::code::Code;
use super::ids::{Ids, role_kinds};
use super::kinds::{days, describe, same_type};
use super::meant::meant;
use super::nearest::{or_list, suggest};
use super::report::{Report, shown};
use super::reserved::{check_id, reserved_for};
use super::shape::{Agent, KeyShape, Keys, Kind, Need, TableShape};
use super::tree::{Entry, Node, Place, Table, Value};

/// Checks a whole file.
pub(super) fn check(root: &Table, ids: &Ids, report: &mut Report) {
    let mut checker = Checker { ids, report };
    checker.table(root, Place::new(0, 0, 0), &super::shape::ROOT);
}

struct Checker<'a> {
    ids: &'a Ids,
    report: &'a mut Report,
}

impl Checker<'_> {
    fn table(&mut self, table: &Table, at: Place, shape: &'static TableShape) {
        for entry in &table.entries {
            match shape.key(&entry.key) {
                Some(key) => {
                    self.usage(key, entry, table, shape);
                    self.value(&entry.node, entry.key_place, &entry.key, &key.kind);
                }
                None => self.other_key(entry, shape),
            }
        }
        for key in shape.keys.iter().filter(|k| table.entry(k.name).is_none()) {
            if missing(key, table, shape) {
                let header = if shape.header == "the file" { "" } else { " here" };
                self.report
                    .error(Code::MissingKey, at, format!("{} must have the key `{}`", shape.what, key.name))
                    .label(format!("`{}` is missing{header}", key.name))
                    .help(format!("add `{}`: {}", key.name, describe(&key.kind)));
            }
        }
    }

    /// A key that other kinds of the table use, but not this one.
    fn usage(&mut self, key: &KeyShape, entry: &Entry, table: &Table, shape: &'static TableShape) {
        let Some(only) = key.only else { return };
        let Some(kind) = selected(only.by, table, shape) else { return };
        if !only.used.contains(&kind.as_str()) {
            let what = shape.what.split_once(' ').map_or(shape.what, |(_, noun)| noun);
            self.report
                .error(
                    Code::UnusedKey,
                    entry.key_place,
                    format!("`{}` means nothing to the {what} `{kind}`", key.name),
                )
                .label(format!("not used where `{}` is `{kind}`", only.by))
                .help(format!("leave it out; it is used by {}", or_list(only.used.iter().copied())));
        }
    }

    fn other_key(&mut self, entry: &Entry, shape: &'static TableShape) {
        if let Some((keys, kind)) = &shape.others {
            if let Keys::Of(agent) = keys {
                if self.ids.known(*agent, &entry.key) {
                    self.value(&entry.node, entry.key_place, &entry.key, kind);
                    return;
                }
                let allowed = shape.keys.iter().map(|k| k.name).chain(self.ids.all(*agent));
                let help = suggest(&entry.key, allowed, "allowed here");
                let message =
                    format!("`{}` is neither a key of {} nor a {}", entry.key, shape.what, agent.key());
                self.report.error(Code::UnknownKey, entry.key_place, message).label("unknown").help(help);
            }
            return;
        }
        let message = format!("`{}` is not a key of {}", shown(&entry.key), shape.what);
        let gone = GONE.iter().find(|(header, key, _)| *header == shape.header && *key == entry.key);
        let help = match gone {
            Some((_, _, successor)) => (*successor).to_owned(),
            None => suggest(&entry.key, shape.keys.iter().map(|k| k.name), "allowed here"),
        };
        self.report.error(Code::UnknownKey, entry.key_place, message).label("unknown key").help(help);
    }

    fn value(&mut self, node: &Node, key_place: Place, name: &str, kind: &'static Kind) {
        if let Kind::Either(kinds) = kind {
            match kinds.iter().find(|k| same_type(k, &node.value)) {
                Some(kind) => self.value(node, key_place, name, kind),
                None => self.wrong_type(node, name, kind),
            }
            return;
        }
        if !same_type(kind, &node.value) {
            self.wrong_type(node, name, kind);
            return;
        }
        match (kind, &node.value) {
            (Kind::Table(shape), Value::Table(table)) => self.table(table, key_place, shape),
            (Kind::Map { of, to, least, most }, Value::Table(table)) => {
                self.map(table, key_place, name, *of, to, (*least, *most));
            }
            (Kind::List { .. }, Value::List(members)) => self.list(node, members, name, kind),
            (_, Value::Text(text)) => self.text(node.place, &text.text, name, kind),
            (_, value) => self.number(node.place, value, name, kind),
        }
    }

    fn wrong_type(&mut self, node: &Node, name: &str, kind: &Kind) {
        self.report
            .error(Code::WrongType, node.place, format!("`{}` must be {}", shown(name), describe(kind)))
            .label(format!("this is {}", node.value.noun()))
            .help(meant(kind, &node.value).unwrap_or_default());
    }

    fn map(
        &mut self,
        table: &Table,
        at: Place,
        name: &str,
        keys: Keys,
        to: &'static Kind,
        (least, most): (usize, usize),
    ) {
        let noun = match keys {
            Keys::Define(agent) => agent.plural(),
            Keys::Options => "options",
            Keys::Profiles => "profiles",
            _ => "entries",
        };
        if table.entries.len() < least {
            self.report
                .error(Code::TooFew, at, format!("`{name}` needs at least {least} of its {noun}"))
                .label("empty");
        }
        if let Some(beyond) = table.entries.get(most) {
            let message = format!("too many {noun}: at most {most} are possible");
            self.report
                .error(Code::TooMany, beyond.key_place, message)
                .label(format!("this is number {}", most + 1));
        }
        for entry in table.entries.iter().take(most) {
            if self.map_key(entry, keys) {
                self.value(&entry.node, entry.key_place, &entry.key, to);
            }
        }
    }

    /// Checks a key that is data; `false` if its value cannot be judged.
    fn map_key(&mut self, entry: &Entry, keys: Keys) -> bool {
        match keys {
            Keys::Define(_) | Keys::Options | Keys::Profiles | Keys::Names => {
                check_id(entry, reserved_for(keys), self.report);
                true
            }
            Keys::Of(agent) => self.reference(entry.key_place, &entry.key, agent),
            Keys::Words(words) => {
                let known = words.contains(&entry.key.as_str());
                if !known {
                    self.unknown_word(entry.key_place, &entry.key, words);
                }
                known
            }
            Keys::Roles => self.role(entry.key_place, &entry.key),
            Keys::Paths => true,
        }
    }

    fn list(&mut self, node: &Node, members: &[Node], name: &str, kind: &'static Kind) {
        let Kind::List { of, least, most, distinct } = kind else { return };
        if least == most && members.len() != *least {
            self.report
                .error(Code::TooFew, node.place, format!("`{name}` must be a list of exactly {least} values"))
                .label(format!("{} here", members.len()));
        } else if members.len() < *least {
            self.report
                .error(Code::TooFew, node.place, format!("`{name}` needs at least {least} member"))
                .label("empty");
        } else if members.len() > *most {
            self.report
                .error(
                    Code::TooMany,
                    members[*most].place,
                    format!("`{name}` can have at most {most} members"),
                )
                .label(format!("this is number {}", most + 1));
        }
        for (at, member) in members.iter().enumerate().take(*most) {
            self.value(member, member.place, name, of);
            let Some(text) = member.as_str().filter(|_| *distinct) else { continue };
            if let Some(first) = members[..at].iter().find(|m| m.as_str() == Some(text)) {
                let first = self.report.span(first.place);
                self.report
                    .error(Code::Duplicate, member.place, format!("`{}` is listed twice", shown(text)))
                    .label("again")
                    .also(first, "first here");
            }
        }
    }

    fn text(&mut self, place: Place, text: &str, name: &str, kind: &Kind) {
        match kind {
            Kind::Text(most) if text.len() > *most => {
                self.report
                    .error(Code::TextTooLong, place, format!("`{name}` may have at most {most} bytes"))
                    .label(format!("{} bytes", text.len()));
            }
            Kind::Level if crate::domain::Level::parse(text).is_none() => {
                self.unknown_word(place, text, &crate::domain::Level::NAMES);
            }
            Kind::Word(words) if !words.contains(&text) => self.unknown_word(place, text, words),
            Kind::Ref(agent) => {
                self.reference(place, text, *agent);
            }
            Kind::Role => {
                self.role(place, text);
            }
            Kind::Watched => self.watched(place, text),
            Kind::Days(most) => self.days(place, text, name, *most, kind),
            _ => {}
        }
    }

    fn days(&mut self, place: Place, text: &str, name: &str, most: u16, kind: &Kind) {
        if days(text).is_some_and(|days| days <= most) {
            return;
        }
        let message = format!("`{name}` must be {}", describe(kind));
        let diagnostic =
            self.report.error(Code::OutOfRange, place, message).label("not such a length of time");
        let number: String = text.chars().filter(char::is_ascii_digit).collect();
        if let Some(n) = number.parse::<u16>().ok().filter(|n| (1..=most).contains(n)) {
            diagnostic.help(format!("write \"{n} {}\"", if n == 1 { "day" } else { "days" }));
        }
    }

    fn unknown_word(&mut self, place: Place, word: &str, words: &[&'static str]) {
        let help = suggest(word, words.iter().copied(), "allowed here");
        let message = format!("`{}` is not possible here", shown(word));
        self.report.error(Code::UnknownWord, place, message).label("unknown word").help(help);
    }

    fn reference(&mut self, place: Place, id: &str, agent: Agent) -> bool {
        if self.ids.known(agent, id) {
            return self.ids.find(agent, id).is_some();
        }
        let help = if self.ids.count(agent) == 0 {
            format!("the file has no {}; add one as [{}.ID]", agent.plural(), agent.key())
        } else {
            suggest(id, self.ids.all(agent), agent.plural())
        };
        let message = format!("there is no {} `{}`", agent.key(), shown(id));
        self.report
            .error(Code::UnknownId, place, message)
            .label(format!("unknown {}", agent.key()))
            .help(help);
        false
    }

    fn role(&mut self, place: Place, id: &str) -> bool {
        if role_kinds(id).any(|(agent, id)| self.ids.known(agent, id)) {
            return role_kinds(id).any(|(agent, id)| self.ids.find(agent, id).is_some());
        }
        let all: Vec<&str> =
            [Agent::Party, Agent::Mediator].into_iter().flat_map(|agent| self.ids.all(agent)).collect();
        let help = suggest(id, all, "parties and mediators");
        let message = format!("there is no party or mediator `{}`", shown(id));
        self.report.error(Code::UnknownId, place, message).label("unknown role").help(help);
        false
    }

    fn watched(&mut self, place: Place, text: &str) {
        let kinds = [Agent::Backer, Agent::Front, Agent::Spoiler];
        let parts = text.split_once('.');
        let agent = parts.and_then(|(kind, _)| kinds.into_iter().find(|a| a.key() == kind));
        match (agent, parts) {
            (Some(agent), Some((_, id))) => {
                self.reference(place, id, agent);
            }
            _ => {
                let all: Vec<String> = kinds
                    .into_iter()
                    .flat_map(|agent| self.ids.all(agent).map(move |id| format!("{}.{id}", agent.key())))
                    .collect();
                let help = suggest(text, all.iter().map(String::as_str), "an observer can watch");
                let message = format!("`{}` cannot be watched", shown(text));
                self.report
                    .error(Code::UnknownId, place, message)
                    .label("expected `backer.ID`, `front.ID` or `spoiler.ID`")
                    .help(help);
            }
        }
    }

    fn number(&mut self, place: Place, value: &Value, name: &str, kind: &Kind) {
        let (fits, shown_value) = match (kind, value) {
            (Kind::Int(from, to), Value::Int(i)) => ((*from..=*to).contains(i), i.to_string()),
            (Kind::Number(from, to), Value::Int(i)) => ((*from..=*to).contains(&(*i as f64)), i.to_string()),
            (Kind::Number(from, to), Value::Float(f)) => ((*from..=*to).contains(f), f.to_string()),
            (Kind::Above(from, to), Value::Int(i)) => (*i as f64 > *from && *i as f64 <= *to, i.to_string()),
            (Kind::Above(from, to), Value::Float(f)) => (*f > *from && *f <= *to, f.to_string()),
            _ => return,
        };
        if !fits {
            self.report
                .error(Code::OutOfRange, place, format!("`{}` must be {}", shown(name), describe(kind)))
                .label(format!("{shown_value} is outside"));
        }
    }
}

/// Keys that there once were, by table, and what stands in their place.
const GONE: [(&str, &str, &str); 3] = [
    (
        "[dynamics]",
        "support_points",
        "write `strength_points`: capability and backing count together, against the strongest adversary's",
    ),
    (
        "[dynamics.fighting]",
        "rise",
        "write `press`: fighting rises because a belligerent presses, each with these odds",
    ),
    (
        "[dynamics.spoiling]",
        "growth",
        "write `strength`: the share of its odds that each level of strength above medium adds",
    ),
];

/// Whether the lack of a key is a mistake.
fn missing(key: &KeyShape, table: &Table, shape: &'static TableShape) -> bool {
    match key.need {
        Need::Required => return true,
        Need::Unless(other) => return table.entry(other).is_none(),
        Need::Default(_) | Need::Optional(_) => {}
    }
    let Some(only) = key.only else { return false };
    selected(only.by, table, shape).is_some_and(|kind| only.needed.contains(&kind.as_str()))
}

/// The word under a selecting key, or its default; `None` if it is wrong or missing.
pub(super) fn selected(by: &str, table: &Table, shape: &'static TableShape) -> Option<String> {
    let key = shape.key(by)?;
    let Kind::Word(words) = key.kind else { return None };
    match (table.get(by), key.need) {
        (Some(node), _) => node.as_str().filter(|w| words.contains(w)).map(str::to_owned),
        (None, Need::Default(text)) => Some(text.trim_matches('"').to_owned()),
        (None, _) => None,
    }
}
