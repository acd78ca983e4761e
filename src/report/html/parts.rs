//! What the pages of all studies have in common: the standing remark, the assumptions with their sources, the foot.

use crate::analysis::summary::Share;
use crate::domain::{Name, World};
use crate::drivers::GENERATOR;
use crate::report::chart::{Estimate, Unit};
use crate::report::table::Table;

use super::{Bar, Block, Section};

/// What every page says before its first figure.
pub(in crate::report) const STANDING: &str = "This is a teaching model. Its numbers are assumptions that the scenario \
file states and that a reader may change. Shares are shares of runs under these assumptions: they are not chances of \
real events, and nothing here is a forecast.";

/// The same in a line, beside the answer.
pub(in crate::report) const CAVEAT: &str =
    "Shares of runs of a teaching model under its assumptions: not chances of real events, and no forecast.";

/// A share as a bar of the answer.
pub(in crate::report) fn bar(label: &str, share: &Share) -> Bar {
    let length = (share.share * 1000.0).round() as u16;
    Bar { label: label.into(), length, figure: Estimate::from(share).tell(Unit::Share) }
}

/// Where a page came from and how to have it again.
#[derive(Clone, Copy, Debug)]
pub struct Provenance<'a> {
    /// How the command line calls the scenario's file.
    pub file: &'a str,
    /// The fingerprint of the scenario.
    pub fingerprint: &'a str,
    /// The seed.
    pub seed: u64,
    /// How many runs, or pairs of runs, and what they are called: `20,000 runs`.
    pub runs: &'a str,
    /// The command that makes the page again, without the option that names its file.
    pub command: &'a str,
}

impl Provenance<'_> {
    /// The entries of the foot.
    pub(in crate::report) fn entries(&self) -> Vec<(String, String)> {
        let entries = [
            ("Scenario", self.file.to_owned()),
            ("Fingerprint", format!("{} (SHA-256 of the scenario as understood)", self.fingerprint)),
            ("Program", format!("baraza {}", env!("CARGO_PKG_VERSION"))),
            ("Random generator", GENERATOR.to_owned()),
            ("Seed", self.seed.to_string()),
            ("Runs", self.runs.to_owned()),
            ("To have it again", self.command.to_owned()),
        ];
        entries.into_iter().map(|(what, value)| (what.to_owned(), value)).collect()
    }
}

/// The paragraphs under the title: what the scenario is about, and what is changed in it.
pub(in crate::report) fn lead(world: &World, what_if: Option<&str>, set: &[(String, String)]) -> Vec<String> {
    let mut lead: Vec<String> = world.summary.iter().cloned().collect();
    if let Some(id) = what_if {
        let what_if = world.what_ifs.iter().find(|w| w.name.id == id);
        lead.push(format!("What if: {}", what_if.map_or(id, |w| &w.name.title)));
    }
    lead.extend(set.iter().map(|(path, value)| format!("Changed: {path} = {value}.")));
    lead
}

/// What the scenario assumes, in the words of its author, with the sources named in it.
pub(in crate::report) fn assumptions(world: &World) -> Section {
    let mut section = Section::new("Assumptions and their sources");
    section.paragraph(
        "Remarks and sources are those of the scenario file. Where a source is given it stands behind the fact in the \
         remark; points, levels and odds are assumptions of the author.",
    );
    if let Some(note) = &world.note {
        section.push(Block::Note(note.clone()));
    }
    if !world.sources.is_empty() {
        section.push(Block::Heading("Sources".into()));
        section.push(Block::List(world.sources.clone()));
    }
    for (kind, names) in named(world) {
        let mut table = Table::new(kind, ["path", "title", "remark", "source"]);
        for (path, name) in names.iter().filter(|(_, n)| n.note.is_some() || n.source.is_some()) {
            let [note, source] = [&name.note, &name.source].map(|t| t.clone().unwrap_or_default());
            table.push([path.clone(), name.title.clone(), note, source]);
        }
        if !table.rows.is_empty() {
            section.push(Block::Folded(table));
        }
    }
    history(world, &mut section);
    section
}

/// Everything that has a name, by kind, with its path.
pub(in crate::report) fn named(world: &World) -> Vec<(&'static str, Vec<(String, &Name)>)> {
    fn list<'a>(kind: &str, names: impl Iterator<Item = &'a Name>) -> Vec<(String, &'a Name)> {
        names.map(|name| (format!("{kind}.{}", name.id), name)).collect()
    }
    let w = world;
    let mut items = Vec::new();
    for item in &w.items {
        let path = format!("item.{}", item.name.id);
        items.push((path.clone(), &item.name));
        items.extend(item.options.iter().map(|o| (format!("{path}.option.{}", o.name.id), &o.name)));
    }
    vec![
        ("Parties", list("party", w.parties.iter().map(|x| &x.name))),
        ("Mediators", list("mediator", w.mediators.iter().map(|x| &x.name))),
        ("Tracks", list("track", w.tracks.iter().map(|x| &x.name))),
        ("Items and their options", items),
        ("Texts", list("instrument", w.instruments.iter().map(|x| &x.name))),
        ("Fronts", list("front", w.fronts.iter().map(|x| &x.name))),
        ("Armed groups without a seat", list("spoiler", w.spoilers.iter().map(|x| &x.name))),
        ("Backers", list("backer", w.backers.iter().map(|x| &x.name))),
        ("Observers", list("observer", w.observers.iter().map(|x| &x.name))),
        ("Events", list("event", w.events.iter().map(|x| &x.name))),
        ("Outcomes", list("outcome", w.outcomes.iter().map(|x| &x.name))),
        ("Counted rewards", list("reward", w.rewards.iter().map(|x| &x.name))),
        ("What-ifs", list("what-if", w.what_ifs.iter().map(|x| &x.name))),
    ]
}

/// A path with the title of what it belongs to, for people: `AFC/M23: alternative`.
pub(in crate::report) fn path_in_words(world: &World, path: &str) -> String {
    let all = named(world).into_iter().flat_map(|(_, names)| names);
    let mut found = all.filter_map(|(of, name)| Some((name, path.strip_prefix(&of)?.strip_prefix('.')?)));
    let longest = found.by_ref().min_by_key(|(_, rest)| rest.len());
    longest.map_or_else(
        || path.to_owned(),
        |(name, rest)| format!("{}: {}", name.title, rest.replace(['.', '-', '_'], " ")),
    )
}

/// A text with what stands between back-ticks read as paths.
pub(in crate::report) fn quoted_paths_in_words(world: &World, text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(k, part)| if k % 2 == 1 { path_in_words(world, part) } else { part.to_owned() }).collect()
}

fn history(world: &World, section: &mut Section) {
    if world.history.is_empty() {
        return;
    }
    let caption = "What really happened, by the record";
    let mut table = Table::new(caption, ["date", "what the model calls it", "remark", "source"]);
    for entry in &world.history {
        let [note, source] = [&entry.note, &entry.source].map(|t| t.clone().unwrap_or_default());
        table.push([entry.date.to_string(), entry.text.clone(), note, source]);
    }
    section.push(Block::Folded(table));
}
