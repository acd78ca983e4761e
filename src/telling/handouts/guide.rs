//! The teacher's guide: aims, timing, roles, what-ifs with their commands, predictions, questions, all numbers, what is
//! assumed, what really happened.

use crate::document::table::Table;
use crate::document::{Block, Document, Section};
use crate::domain::{Exercise, Prediction, Role, World};
use crate::telling::chronicle::{count, list};
use crate::telling::paths::named;
use crate::text::caveat::STANDING;

use super::numbers;
use super::words::{line, names, paragraphs, title};

/// Where the scenario came from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// How the command line calls the scenario's file and chooses its profiles, quoted as a shell needs it.
    pub file: &'a str,
    /// The what-if in force, as its id.
    pub what_if: Option<&'a str>,
    /// The changes of the command line, quoted as a shell needs it, each after a space: ` --set party.north.alternative=40`.
    pub set: &'a str,
    /// The fingerprint of the scenario.
    pub fingerprint: &'a str,
}

impl Source<'_> {
    /// Whether the world is another than the file's.
    fn changed(self) -> bool {
        self.what_if.is_some() || !self.set.is_empty()
    }

    /// The scenario with its changes, as a command names it.
    fn named(self) -> String {
        let what_if = self.what_if.map_or_else(String::new, |id| format!(" --what-if {id}"));
        format!("{}{what_if}{}", self.file, self.set)
    }

    /// The command `name` on the world that is played.
    fn command(self, name: &str, rest: &str) -> String {
        format!("baraza {name} {}{rest}", self.named())
    }
}

/// The teacher's guide.
pub fn guide(world: &World, source: Source) -> Document {
    let none = Exercise::default();
    let exercise = world.exercise.as_ref().unwrap_or(&none);
    let sections = vec![
        aims(exercise),
        timing(exercise),
        roles(world),
        commands(world, source),
        what_ifs(world, source),
        predictions(world, source),
        discussion(exercise),
        numbers::section(world),
        happened(world),
        assumed(world),
    ];
    Document {
        title: line(&world.title),
        answer: None,
        kind: "Teacher's guide – not for the players".into(),
        lead: world.summary.iter().flat_map(|text| paragraphs(text)).collect(),
        sections,
        provenance: vec![
            ("Scenario".into(), source.named()),
            ("Fingerprint".into(), format!("{} (SHA-256 of the scenario as understood)", source.fingerprint)),
            ("Program".into(), super::program()),
        ],
    }
}

fn aims(exercise: &Exercise) -> Section {
    let mut section = Section::new("Aims");
    if !exercise.aims.is_empty() {
        section.push(Block::List(exercise.aims.iter().map(|aim| line(aim)).collect()));
    }
    section
}

fn timing(exercise: &Exercise) -> Section {
    let mut section = Section::new("Timing");
    if let Some(minutes) = exercise.minutes {
        section.paragraph(format!("{} in all.", count(u64::from(minutes), "minute", "minutes")));
    }
    if !exercise.timing.is_empty() {
        let mut table = Table::new("Timetable", ["from minute", "minutes", "what"]);
        let mut from = 0;
        for step in &exercise.timing {
            table.push([from.to_string(), step.minutes.to_string(), line(&step.what)]);
            from += u32::from(step.minutes);
        }
        section.push(Block::Table(table));
    }
    section
}

fn roles(world: &World) -> Section {
    let mut section = Section::new("Roles");
    section.paragraph(
        "The program plays every seat that nobody takes. One person or a small delegation can take a seat.",
    );
    let suggested = world.roles();
    let mut table = Table::new("Seats", ["role", "id", "part", "where", "suggested"]);
    for role in world.all_roles() {
        let name = world.role_name(role);
        let (part, place) = match role {
            Role::Party(p) => {
                ("party", names(world.seats_of(p).map(|s| &world.track(world.seat(s).track).name)))
            }
            Role::Mediator(m) => {
                ("mediator", names(world.mediator(m).track.iter().map(|t| &world.track(*t).name)))
            }
        };
        let suggested = if suggested.contains(&role) { "yes" } else { "no" };
        table.push([title(name), name.id.clone(), part.into(), place, suggested.into()]);
    }
    section.push(Block::Table(table));
    section
}

fn commands(world: &World, source: Source) -> Section {
    let mut section = Section::new("How to run it");
    section.paragraph("Print the briefing, the sheets and this guide into a folder:");
    section.push(Block::Command(source.command("sheets", " --format html --out handouts")));
    section.paragraph("Play it once without players, to know the story, and again with other luck:");
    section.push(Block::Command(source.command("run", "")));
    section.push(Block::Command(source.command("run", " --seed 7")));
    section.paragraph("See what many plays have in common, on a page to be projected:");
    section.push(Block::Command(source.command("ensemble", " --html ensemble.html")));
    if !world.history.is_empty() {
        section.paragraph("Compare them with what really happened:");
        section.push(Block::Command(source.command("backtest", " --html backtest.html")));
    }
    let seats: Vec<String> =
        world.roles().into_iter().map(|role| format!(" --as {}", world.role_id(role))).collect();
    section.paragraph(
        "Let players take these seats, in turns at one machine; leave out those that the model should play:",
    );
    section
        .push(Block::Command(source.command("play", &format!("{} --session class.jsonl", seats.concat()))));
    section.paragraph(
        "Look back on it afterwards: where it hung on a decision, and what the roles were hiding:",
    );
    section.push(Block::Command("baraza debrief class.jsonl --html debrief.html".into()));
    section.paragraph("Let a class play from its phones, in groups and teams:");
    section.push(Block::Command(source.command("serve", "")));
    section.paragraph(
        "When it has been played, hand out a page on which everything can be changed and played again in a browser, from the scenario \
         as its file has it. Not before: the page holds every number of every role, what they hide from each other included.",
    );
    section.push(Block::Command(format!("baraza workbench {} --html workbench.html", source.file)));
    section
}

fn what_ifs(world: &World, source: Source) -> Section {
    let mut section = Section::new("What-ifs for the class");
    let chosen = world.class_what_ifs();
    if chosen.is_empty() {
        return section;
    }
    section.paragraph(
        "Let the class say first what it expects, then run it. Every run is played twice with the same luck, as it stands and \
         with the change, so that what differs is caused by the change.",
    );
    if source.changed() {
        section.paragraph("They start from the scenario as its file has it, without the changes that this guide is made with.");
    }
    let file = source.file;
    let ids: Vec<&str> = chosen.iter().map(|w| w.name.id.as_str()).collect();
    section.paragraph("All of these on one page, the weightiest first:");
    section.push(Block::Command(format!("baraza what-if {file} {} --html what-ifs.html", ids.join(" "))));
    for what_if in chosen {
        section.push(Block::Heading(title(&what_if.name)));
        if let Some(question) = &what_if.question {
            section.push(Block::Question(line(question)));
        }
        let changes: Vec<String> =
            what_if.set.iter().map(|(path, value)| format!("{path} = {}", line(value))).collect();
        section.paragraph(format!("It changes {}.", list(&changes)));
        section.push(Block::Command(format!("baraza what-if {file} {}", what_if.name.id)));
    }
    section
}

fn predictions(world: &World, source: Source) -> Section {
    let mut section = Section::new("Predictions");
    if world.predictions().is_empty() {
        return section;
    }
    section.paragraph(
        "Players say how likely they hold each of these before they play, and again before the rounds named. Afterwards the \
         probabilities are scored against what happened and against the shares of the model.",
    );
    section.paragraph(crate::analysis::predictions::CLAMP_NOTE);
    let columns = ["question", "id", "condition", "settled", "asked before round"];
    let mut table = Table::new("Questions", columns);
    for p in world.predictions() {
        let asked: Vec<String> = p.checkpoints.iter().map(u8::to_string).collect();
        let settled = match p.by {
            Some(by) => format!("by the end of round {by}"),
            None => "when the talks end".into(),
        };
        table.push([line(&p.question), p.name.id.clone(), p.text.clone(), settled, list(&asked)]);
    }
    section.push(Block::Table(table));
    section.paragraph("The model's own shares, round by round, before anybody has played:");
    section.push(Block::Command(shares(world.predictions(), source)));
    section
}

fn shares(predictions: &[Prediction], source: Source) -> String {
    let quoted = |text: &str| format!("'{}'", line(text).replace('\'', "'\\''"));
    let measures: Vec<String> =
        predictions.iter().map(|p| format!(" --measure {}", quoted(&p.text))).collect();
    source.command("ensemble", &measures.concat())
}

fn discussion(exercise: &Exercise) -> Section {
    let mut section = Section::new("Questions for the discussion");
    for question in &exercise.discussion {
        section.push(Block::Question(line(&question.question)));
        if let Some(look_for) = &question.look_for {
            section.push(Block::Key(line(look_for)));
        }
    }
    section
}

fn happened(world: &World) -> Section {
    let mut section = Section::new("What really happened");
    if world.history.is_empty() {
        return section;
    }
    section.paragraph(
        "By the record, with its sources. A play is not right because it follows the record, nor wrong because it does not.",
    );
    let mut table = Table::new("The record", ["date", "round", "what", "remark", "source"]);
    for entry in &world.history {
        let round = match world.round_of(entry.date) {
            0 => "before".into(),
            r if r > world.rounds => "after".into(),
            r => r.to_string(),
        };
        let [note, source] = [&entry.note, &entry.source].map(|t| line(t.as_deref().unwrap_or_default()));
        let what = line(entry.title.as_ref().unwrap_or(&entry.text));
        table.push([entry.date.to_string(), round, what, note, source]);
    }
    section.push(Block::Table(table));
    section
}

/// The standing remark, the author's remarks and the sources, unfolded: this is to be printed.
fn assumed(world: &World) -> Section {
    let mut section = Section::new("What is assumed");
    section.push(Block::Note(STANDING.into()));
    let notes = [world.note.as_deref(), world.exercise.as_ref().and_then(|e| e.note.as_deref())];
    notes.into_iter().flatten().flat_map(paragraphs).for_each(|text| section.paragraph(text));
    if !world.sources.is_empty() {
        section.push(Block::List(world.sources.iter().map(|s| line(s)).collect()));
    }
    for (kind, names) in named(world) {
        let mut table = Table::new(format!("Remarks: {kind}"), ["path", "title", "remark", "source"]);
        for (path, name) in names.iter().filter(|(_, n)| n.note.is_some() || n.source.is_some()) {
            let [note, source] = [&name.note, &name.source].map(|t| line(t.as_deref().unwrap_or_default()));
            table.push([path.clone(), title(name), note, source]);
        }
        if !table.rows.is_empty() {
            section.push(Block::Table(table));
        }
    }
    section
}
