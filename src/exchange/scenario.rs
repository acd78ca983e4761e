//! Turns a domain into a scenario of this program: issues become items, values options, utilities points.
//!
//! Talks follow the file's own rules: stacked alternating offers for domains of the automated-negotiation field, a
//! package a round and a vote of all for games in which some may refuse. A utility of 1 is 100 points for every party,
//! weights are not normalised, and the alternative lies where the reservation lies between nothing and the best package.
//! Nothing is left to chance: mandates, walking out and audiences are switched off. What a scenario cannot say is told.

mod points;
mod procedure;
mod time;

use std::fmt::Write as _;

use super::domain::{Domain, Profile};
use super::error::{Error, shown};
use crate::scenario::free_id;
use procedure::Procedure;

/// The most items and parties of a scenario.
const MOST: [u64; 2] = [64, 16];

/// The most bytes of a scenario.
const MOST_BYTES: usize = 1 << 20;

/// A scenario's text and what it does not say as the files did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// The text, in TOML.
    pub text: String,
    /// What is lost or changed, in sentences.
    pub losses: Vec<String>,
}

/// How the talks of a scenario are held: what a domain does not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Talks {
    /// Rounds, 1..=200; `None`: [`ROUNDS`]; in games as many more as it takes for the last offer to be that of the
    /// party with the part `p1`.
    pub rounds: Option<u8>,
    /// Moves in a round, 1..=200; `None`: one for each party.
    pub steps: Option<u8>,
    /// Tactics: for a profile by its name, or for all where there is no name; later ones win. Without any, Boulware.
    pub tactics: Vec<(Option<String>, Style)>,
}

/// Rounds of imported talks unless told otherwise.
pub const ROUNDS: u8 = 30;

/// The tactics that an import can give a party; all go with every procedure except MiCRO, which needs offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Concedes late (Faratin, Sierra & Jennings 1998; β = 0.4).
    Boulware,
    /// Concedes early (β = 2.5).
    Conceder,
    /// Concedes evenly.
    Linear,
    /// Never below nine tenths of its best.
    Hardliner,
    /// Gives as much as it gets.
    TitForTat,
    /// Its best packages one by one, as long as the others do the same (de Jonge 2022).
    Micro,
}

impl Style {
    /// Every one with its word in scenario files.
    pub const ALL: [(Style, &'static str); 6] = [
        (Style::Boulware, "boulware"),
        (Style::Conceder, "conceder"),
        (Style::Linear, "linear"),
        (Style::Hardliner, "hardliner"),
        (Style::TitForTat, "tit-for-tat"),
        (Style::Micro, "micro"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(style, _)| *style == self).map_or("linear", |(_, word)| word)
    }
}

impl Talks {
    /// The tactic of a profile.
    fn style(&self, profile: &Profile) -> Style {
        let fits = |(name, _): &&(Option<String>, Style)| name.as_ref().is_none_or(|n| *n == profile.name);
        self.tactics.iter().rfind(fits).map_or(Style::Boulware, |(_, style)| *style)
    }
}

/// The scenario of a domain.
///
/// # Errors
/// When an issue has more values than an item can have options, there are more issues or parties than a scenario can
/// have, or a tactic is for a party that there is not.
pub fn write(domain: &Domain, talks: &Talks) -> Result<Scenario, Error> {
    let procedure = Procedure::of(domain);
    refuse_too_large(domain, procedure)?;
    refuse_unknown(domain, talks)?;
    let mut losses = Vec::new();
    procedure.losses(domain, &mut losses);
    let party_ids = ids(domain.profiles.iter().map(|p| p.name.as_str()), "party");
    let item_ids = ids(domain.issues.iter().map(|i| i.name.as_str()), "item");
    let scales = points::scales(domain, &mut losses);
    let rounds = rounds(domain, talks, procedure);
    let mut text = head(domain, rounds, &scales);
    for ((profile, id), scale) in domain.profiles.iter().zip(&party_ids).zip(&scales) {
        let _ = writeln!(text, "[party.{id}]\nname = {}", quoted(&profile.name, &mut losses));
        let _ = writeln!(text, "alternative = {}", scale.alternative);
        let _ = writeln!(text, "tactic = {{ kind = \"{}\" }}", procedure.tactic(talks.style(profile)).word());
        let moves = usize::from(talks.steps.unwrap_or(0));
        let everybody = moves == 0 || moves == party_ids.len();
        text.push_str(&time::discount(profile, &domain.issues, rounds, everybody, &mut losses));
        text.push('\n');
    }
    text.push_str(&track(domain, talks, (procedure, rounds), &party_ids));
    for (at, (issue, id)) in domain.issues.iter().zip(&item_ids).enumerate() {
        let _ =
            writeln!(text, "[item.{id}]\ntrack = \"talks\"\ntitle = {}", quoted(&issue.name, &mut losses));
        let _ = writeln!(text, "[item.{id}.option]");
        let labels: Vec<String> = (0..issue.values.count()).map(|v| issue.values.label(v)).collect();
        for (v, option) in ids(labels.iter().map(String::as_str), "option").iter().enumerate() {
            let _ = write!(text, "{option} = {{ title = {}", quoted(&labels[v], &mut losses));
            for (party, scale) in party_ids.iter().zip(&scales) {
                let _ = write!(text, ", {party} = {}", scale.points[at][v]);
            }
            text.push_str(" }\n");
        }
        text.push('\n');
    }
    let alternatives: Vec<u8> = scales.iter().map(|s| s.alternative).collect();
    text.push_str(&tail(domain, procedure, &item_ids, &party_ids, &alternatives));
    if text.len() > MOST_BYTES {
        let what = format!(
            "the scenario would have {} bytes: at most {MOST_BYTES} are possible; `baraza analyze` reads the domain all the same",
            text.len()
        );
        return Err(Error::new("", None, what));
    }
    Ok(Scenario { text, losses })
}

/// How many rounds the talks have. Where one party a round proposes, the last proposal is that of `p1`.
fn rounds(domain: &Domain, talks: &Talks, procedure: Procedure) -> u8 {
    let steps = usize::from(talks.steps.unwrap_or(1));
    let last = domain.profiles.iter().position(|p| p.role.as_deref() == Some("p1"));
    let parties = domain.profiles.len().max(1);
    let fits = |rounds: &u8| {
        procedure != Procedure::Ballot
            || last.is_none_or(|p1| (usize::from(*rounds) * steps + parties - 1) % parties == p1)
    };
    let default = || (ROUNDS..=200).take(parties).find(fits).unwrap_or(ROUNDS);
    talks.rounds.unwrap_or_else(default)
}

fn refuse_too_large(domain: &Domain, procedure: Procedure) -> Result<(), Error> {
    let refuse = |what: String| Err(Error::new("", None, what));
    let ([items, parties], options) = (MOST, procedure.most_options());
    for issue in &domain.issues {
        let n = issue.values.count();
        if n > options {
            let where_settled = match procedure {
                Procedure::Offers | Procedure::Ballot => "",
                Procedure::Vote => " where items are voted on",
                Procedure::ByItem => " where there are too many packages to list them",
            };
            return refuse(format!(
                "issue “{}” has {n} values, and an item of a scenario has at most {options} options{where_settled}: \
                 talks cannot be held; `baraza analyze` reads the domain all the same",
                shown(&issue.name)
            ));
        }
    }
    if domain.issues.len() as u64 > items {
        return refuse(format!(
            "{} issues: a scenario has at most {items} items; `baraza analyze` reads the domain all the same",
            domain.issues.len()
        ));
    }
    if domain.profiles.len() as u64 > parties {
        let n = domain.profiles.len();
        return refuse(format!(
            "{n} profiles: a scenario has at most {parties} parties; name those that negotiate, as in \
             `baraza import FOLDER --parties {},{}`",
            shown(&domain.profiles[0].name),
            shown(&domain.profiles[1].name)
        ));
    }
    Ok(())
}

fn refuse_unknown(domain: &Domain, talks: &Talks) -> Result<(), Error> {
    for (name, style) in &talks.tactics {
        let Some(name) = name else { continue };
        if !domain.profiles.iter().any(|p| p.name == *name) {
            let names: Vec<String> = domain.profiles.iter().take(12).map(|p| shown(&p.name)).collect();
            let what = format!(
                "`{}` is for “{}”, which is no party here; there are: {}",
                style.word(),
                shown(name),
                names.join(", ")
            );
            return Err(Error::new("", None, what));
        }
    }
    Ok(())
}

/// Ids for names: spelled like ids, free, and each only once.
fn ids<'a>(names: impl Iterator<Item = &'a str>, kind: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (at, name) in names.enumerate() {
        let mut slug = String::new();
        for c in name.chars() {
            match c.to_ascii_lowercase() {
                c if c.is_ascii_alphanumeric() => slug.push(c),
                _ if slug.ends_with('-') => {}
                _ => slug.push('-'),
            }
        }
        // Room for a number behind it.
        let slug: String = slug.trim_matches('-').chars().take(32).collect();
        let slug = slug.trim_end_matches('-');
        let mut id = slug.to_owned();
        if !free_id(&id) {
            let digit = |c: char| c.is_ascii_digit();
            id = if slug.is_empty() || slug.starts_with(digit) {
                format!("{kind}-{}", at + 1)
            } else {
                format!("the-{slug}")
            };
        }
        let base = id.clone();
        let mut n = 2;
        while out.contains(&id) {
            id = format!("{base}-{n}");
            n += 1;
        }
        out.push(id);
    }
    out
}

/// A TOML text of at most 200 bytes.
fn quoted(text: &str, losses: &mut Vec<String>) -> String {
    let mut short = String::new();
    for c in text.chars() {
        if short.len() + c.len_utf8() > 190 {
            short.push('…');
            losses.push(format!("the name “{}” is cut", shown(text)));
            break;
        }
        short.push(c);
    }
    let mut out = String::from('"');
    for c in short.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn head(domain: &Domain, rounds: u8, scales: &[points::Scale]) -> String {
    // Weights are not normalised: where the best options do not sum to 100, it is meant so.
    let best = |row: &Vec<f64>| row.iter().copied().fold(0.0, f64::max);
    let sums = |s: &points::Scale| (s.points.iter().map(best).sum::<f64>() - 100.0).abs() <= 0.5;
    let meant = if scales.iter().all(sums) { "" } else { "normalise = false\n" };
    format!(
        "# Imported: {}. Start, rounds and tactics are this program's own and not the file's.\n\n\
         [scenario]\ntitle = {}\nstart = 2025-01-06\nrounds = {rounds}\n{meant}\n",
        domain.format.title(),
        quoted(if domain.name.is_empty() { "domain" } else { &domain.name }, &mut Vec::new())
    )
}

fn list(ids: &[String]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn track(domain: &Domain, talks: &Talks, (procedure, rounds): (Procedure, u8), parties: &[String]) -> String {
    let mut out = format!("[track.talks]\nseats = {}\n", list(parties));
    let _ = writeln!(out, "procedure = \"{}\"", procedure.word());
    // Where all vote there is one proposer a round; else everybody has a move.
    let steps = talks.steps.or((procedure == Procedure::Ballot).then_some(1));
    if procedure.whole()
        && let Some(steps) = steps
    {
        let _ = writeln!(out, "steps = {steps}");
    }
    if procedure == Procedure::Ballot {
        // Whoever needs the votes of many offers what is most like the offers that were heard.
        out.push_str("offers = \"closest\"\n");
        // Everybody is ready to come down to its minimum by the time when each has one offer left.
        let left = (parties.len() - 1).div_ceil(usize::from(steps.unwrap_or(1)));
        if let Some(deadline) = usize::from(rounds).checked_sub(left).filter(|d| *d > 0) {
            let _ = writeln!(out, "deadline = {deadline}");
        }
    }
    out.push_str("package = \"nothing-until-everything\"\n");
    if !procedure.whole() {
        out.push_str("agenda = \"all-at-once\"\n");
    }
    if domain.may_refuse > 0 {
        let _ = writeln!(
            out,
            "rule = {{ kind = \"all-but\", n = {}, vetoes = {} }}",
            domain.may_refuse,
            list(&vetoes(domain, parties))
        );
    }
    out.push('\n');
    out
}

fn vetoes(domain: &Domain, parties: &[String]) -> Vec<String> {
    domain.vetoes.iter().map(|p| parties[*p].clone()).collect()
}

fn tail(
    domain: &Domain,
    procedure: Procedure,
    items: &[String],
    parties: &[String],
    alternatives: &[u8],
) -> String {
    let mut out = format!(
        "[instrument.agreement]\ntrack = \"talks\"\nkind = \"comprehensive\"\nseals = {}\n",
        list(items)
    );
    if domain.may_refuse > 0 {
        // The text needs the hands only of those whose consent is needed in any case, be it nobody's.
        let _ = writeln!(out, "signatories = {}", list(&vetoes(domain, parties)));
    }
    if procedure == Procedure::Vote {
        let relation = if domain.strict { ">" } else { ">=" };
        let content: Vec<String> = parties
            .iter()
            .zip(alternatives)
            .map(|(id, least)| format!("party.{id}.points {relation} {least}"))
            .collect();
        let enough = parties.len() - domain.may_refuse;
        let _ = writeln!(out, "requires = \"count({}) >= {enough}\"", content.join(", "));
    }
    out.push_str(
        "\n[outcome.agreement]\ntitle = \"Agreement\"\nwhen = \"instrument.agreement.signed\"\nends = true\n\n\
         [dynamics]\nbare = true\nmandate = { firm = 0, planned = 1, flexible = 0 }\nconsult = 0\npark = 0\n",
    );
    // Items that were settled one by one may add up to a package that does not pass: then they are opened again.
    let _ = writeln!(out, "reopen = {}", if procedure.whole() { 0.0 } else { 0.5 });
    out.push_str("audience_refusal = [0, 0, 0, 0, 0]\n");
    if domain.strict {
        out.push_str("threshold = \"above\"\n");
    }
    out.push_str("walk_out = { base = 0, distrust = 0, audience = 0 }\n");
    out
}
