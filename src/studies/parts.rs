//! What the pages of all studies have in common: the standing remark, the assumptions with their sources, the foot.

use crate::analysis::summary::Share;
use crate::chart::curves::Record;
use crate::chart::{Estimate, Unit};
use crate::document::table::Table;
use crate::document::{Bar, Block, Section};
use crate::domain::{Condition, Operand, Quantity, Relation, World};
use crate::drivers::Head;
use crate::telling::paths::named;

use super::study::Made;

impl From<&Share> for Estimate {
    fn from(share: &Share) -> Self {
        Self { value: share.share, low: share.low, high: share.high }
    }
}

/// How the talks end, in a sentence: the first two of the outcomes told, `most` before the first; `none` where there are none.
pub(crate) fn foremost(most: &str, none: &str, told: &[String]) -> String {
    match told {
        [] => none.to_owned(),
        [only] => format!("Always {only}."),
        [first, second, ..] => format!("{most} {first}; next {second}."),
    }
}

/// A share as a bar of the answer.
pub(crate) fn bar(label: &str, share: &Share) -> Bar {
    let length = (share.share * 1000.0).round() as u16;
    Bar { label: label.into(), length, figure: Estimate::from(share).tell(Unit::Share) }
}

/// The entries of the foot: where a page came from and how to have it again. `runs` says how many there were, and what they are called:
/// `20,000 runs`; empty where nothing was played.
pub(crate) fn provenance(head: &Head<Option<u64>>, runs: &str, made: &Made) -> Vec<(String, String)> {
    let seed = head.seed.map(|seed| seed.to_string()).unwrap_or_default();
    let chance = if head.seed.is_some() { head.generator.clone() } else { String::new() };
    let entries = [
        ("Scenario", made.file.clone()),
        ("Fingerprint", format!("{} (SHA-256 of the scenario as understood)", head.fingerprint)),
        ("Program", format!("baraza {}", head.version)),
        ("Random generator", chance),
        ("Seed", seed),
        ("Runs", runs.to_owned()),
        ("To have it again", made.command.clone()),
    ];
    let told = entries.into_iter().filter(|(_, value)| !value.is_empty());
    told.map(|(what, value)| (what.to_owned(), value)).collect()
}

/// The paragraphs under the title: what the scenario is about, and what is changed in it.
pub(crate) fn lead(world: &World, what_if: Option<&str>, set: &[(String, String)]) -> Vec<String> {
    let mut lead: Vec<String> = world.summary.iter().cloned().collect();
    if let Some(id) = what_if {
        let what_if = world.what_ifs.iter().find(|w| w.name.id == id);
        lead.push(format!("What if: {}", what_if.map_or(id, |w| &w.name.title)));
    }
    lead.extend(set.iter().map(|(path, value)| format!("Changed: {path} = {value}.")));
    lead
}

/// What the scenario assumes, in the words of its author, with the sources named in it.
pub(crate) fn assumptions(world: &World) -> Section {
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

/// When a text was signed by the record, where the record says so of a round of the talks.
pub(crate) fn signed(world: &World, instrument: &str, curve: usize) -> Option<Record> {
    let text = world.instruments.iter().position(|text| text.name.id == instrument)?;
    let says = |that: &Condition| match that {
        Condition::Compare(Quantity::SignedEver(of), Relation::Equal, Operand::Value(1)) => of.at() == text,
        _ => false,
    };
    let entry = world.history.iter().find(|entry| says(&entry.that))?;
    let round = usize::from(world.round_of(entry.date)).checked_sub(1)?;
    let label = format!("{} {}", entry.date, world.instruments[text].name.title);
    (round < usize::from(world.rounds)).then_some(Record { curve, round, label })
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

/// The end of the name of a part: nothing for the first.
pub(crate) fn numbered(part: usize) -> String {
    if part == 0 { String::new() } else { (part + 1).to_string() }
}

/// What the titles of further parts end in.
pub(crate) fn continued(part: usize) -> &'static str {
    if part == 0 { "" } else { " (continued)" }
}
