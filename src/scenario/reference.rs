//! The reference of all keys in Markdown, made from the shapes.

use super::kinds::describe;
use super::shape::{
    Agent, BACKING, BASE_RATE, COMPLIANCE, COUNT, DISCUSS, DYNAMICS, EXERCISE, EXPOSURE, FIGHTING, HISTORY,
    KeyShape, Kind, MANDATE, MEDIATION, Need, OPTION, PREDICT, RATIFY, RESERVE, RETURN, ROOT, RULE, SCENARIO,
    SHEET, SPOILING, STALLING, STEP, TACTIC, TIMING, TableShape, WALK_OUT,
};
use crate::domain::tactic::TACTICS;
use crate::domain::told::{VOCABULARIES, filled};
use crate::domain::{Action, Dynamics, Procedure};

/// The whole reference.
pub(super) fn reference() -> String {
    let mut out = String::from(INTRODUCTION);
    section(&SCENARIO, &mut out);
    for agent in Agent::ALL {
        if let Some(shape) = ROOT.key(agent.key()).and_then(|k| entries(&k.kind)) {
            section(shape, &mut out);
            inner(agent).iter().for_each(|shape| section(shape, &mut out));
        }
    }
    section(&HISTORY, &mut out);
    section(&BASE_RATE, &mut out);
    for shape in [&EXERCISE, &TIMING, &STEP, &SHEET, &PREDICT, &DISCUSS] {
        section(shape, &mut out);
    }
    for shape in
        [&DYNAMICS, &WALK_OUT, &RETURN, &MEDIATION, &STALLING, &COMPLIANCE, &FIGHTING, &SPOILING, &BACKING]
    {
        section(shape, &mut out);
    }
    words(&mut out);
    out.push_str(CONDITIONS);
    out
}

/// What the words of the file stand for, and those of players.
fn words(out: &mut String) {
    out.push_str("\n## What the words stand for\n");
    for vocabulary in VOCABULARIES {
        *out += &format!("\n**{}**\n\n| word | what it stands for |\n|---|---|\n", vocabulary.title);
        for t in vocabulary.words {
            let source = if t.source.is_empty() { String::new() } else { format!(" ({})", t.source) };
            *out += &format!("| `{}` | {}{source} |\n", t.id, t.sentence);
        }
    }
}

/// The tables of the model's page that are made from what is declared: their names, and the tables.
pub(super) fn tables() -> Vec<(&'static str, String)> {
    vec![("actions", actions()), ("procedures", procedures()), ("tactics", tactics())]
}

/// What mediators' actions need and do.
fn actions() -> String {
    let mut out = String::from("| action | needs | effect |\n|---|---|---|\n");
    for action in Action::ALL {
        let row = action.row();
        let effect = filled(row.effect, with_default);
        out += &format!("| `{}` | {} | {effect} |\n", row.told.id, row.needs);
    }
    out
}

/// What happens under each procedure.
fn procedures() -> String {
    let mut out = String::from("| procedure | what happens |\n|---|---|\n");
    for row in Procedure::ROWS {
        out += &format!("| `{}` | {} |\n", row.told.id, row.effect);
    }
    out
}

/// The curves of the tactics; a setting stands with its tactic where the usual one would not do.
fn tactics() -> String {
    let mut out = String::from("| tactic | α(t), with τ = min(t, D) / D | reading |\n|---|---|---|\n");
    for row in TACTICS {
        let beta = (row.beta != 1.0).then(|| format!("β {}", row.beta));
        let kappa = (row.kappa != 0.0).then(|| format!("κ {}", row.kappa));
        let usual = [beta, kappa].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let usual = if usual.is_empty() { usual } else { format!(" [{usual}]") };
        out += &format!("| `{}`{usual} | {} | {} |\n", row.told.id, row.curve, row.reading);
    }
    out
}

/// A number of the rules with what it is if nothing is said.
fn with_default(key: &str) -> Option<String> {
    let default = Dynamics::NUMBERS.row(key)?.default;
    let default = default.trim_matches(['[', ']']).replace("0.0,", "0,");
    Some(format!("`{key}` [{default}]"))
}

const INTRODUCTION: &str = "# The scenario language\n\n\
A scenario is one TOML file. Agents are tables with an id: `[party.north]`. Ids are small letters, digits and hyphens, \
at most 40 characters; the order of the file is kept. Unknown keys are errors. This page is generated from the \
definitions that check the files.\n";

const CONDITIONS: &str = include_str!("conditions.md");

/// The tables that belong to an agent's table.
fn inner(agent: Agent) -> &'static [&'static TableShape] {
    static PARTY: [&TableShape; 3] = [&TACTIC, &MANDATE, &RESERVE];
    static TRACK: [&TableShape; 1] = [&RULE];
    static ITEM: [&TableShape; 2] = [&OPTION, &EXPOSURE];
    static INSTRUMENT: [&TableShape; 1] = [&RATIFY];
    static REWARD: [&TableShape; 1] = [&COUNT];
    match agent {
        Agent::Party => &PARTY,
        Agent::Track => &TRACK,
        Agent::Item => &ITEM,
        Agent::Instrument => &INSTRUMENT,
        Agent::Reward => &REWARD,
        _ => &[],
    }
}

fn entries(kind: &Kind) -> Option<&'static TableShape> {
    match kind {
        Kind::Map { to: Kind::Table(shape), .. } => Some(shape),
        _ => None,
    }
}

fn section(shape: &TableShape, out: &mut String) {
    *out +=
        &format!("\n## `{}`\n\n{}\n\n| key | value | if missing |\n|---|---|---|\n", shape.header, shape.doc);
    for key in shape.keys {
        *out += &row(key);
    }
}

fn row(key: &KeyShape) -> String {
    let missing = match key.need {
        Need::Required => "required".to_owned(),
        Need::Unless(other) => format!("required without `{other}`"),
        Need::Default(text) => format!("`{text}`"),
        Need::Optional(text) => text.to_owned(),
    };
    let only = key.only.map_or_else(String::new, |o| format!(" Used by {}.", o.used.join(", ")));
    let kind = match &key.kind {
        Kind::Table(_) => "a table, see below".to_owned(),
        Kind::Map { to: Kind::Table(_), .. } => "tables by id, see below".to_owned(),
        kind => describe(kind),
    };
    format!("| `{}` | {}{only} Value: {kind}. | {missing} |\n", key.name, key.doc)
}
