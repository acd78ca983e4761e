//! The students of a class one by one, for the teacher.

use std::collections::BTreeMap;

use crate::document::{Block, Document, Section};
use crate::drivers::decider::Decider;
use crate::session::Student;
use crate::telling::chronicle::clean;

use super::Class;

/// Every student with what they predicted and what came of it; `own` holds that in sentences.
pub(super) fn document(class: &Class, own: &BTreeMap<String, Vec<String>>) -> Document {
    let mut document = Document {
        title: clean(&class.model().world.title),
        kind: "The students of a class".into(),
        lead: vec![
            "For the teacher: this is the one page with names. `baraza forget` deletes them and makes it anew without.".into(),
        ],
        ..Document::default()
    };
    let mut students: Vec<&Student> = class.register.students.iter().collect();
    students.sort_by_key(|s| (s.team.clone(), s.called().to_lowercase(), s.who.clone()));
    for student in students {
        document.sections.push(section(class, student, own));
    }
    document.provenance = class.provenance();
    document
}

fn section(class: &Class, student: &Student, own: &BTreeMap<String, Vec<String>>) -> Section {
    let world = &class.model().world;
    let mut section = Section::new(clean(student.called()));
    section.push(Block::Paragraph(match &student.team {
        Some((group, role)) => {
            let title = Decider::find(world, role).map_or_else(|_| role.clone(), |d| clean(d.title(world)));
            format!("{title}, group {group} (in logs and tables: {}).", student.who)
        }
        None => format!("On no team (in logs and tables: {}).", student.who),
    }));
    let guesses = class.register.guesses.iter().filter(|g| g.who == student.who).map(|g| {
        let title =
            world.what_ifs.iter().find(|w| w.name.id == g.what_if).map_or(&g.what_if, |w| &w.name.title);
        let outcome =
            world.outcomes.iter().find(|o| o.name.id == g.outcome).map_or(&g.outcome, |o| &o.name.title);
        format!("What if “{}”: guessed that “{}” becomes likelier most.", clean(title), clean(outcome))
    });
    let told: Vec<String> = own.get(&student.who).into_iter().flatten().cloned().chain(guesses).collect();
    match told.is_empty() {
        true => section.push(Block::Paragraph("Nothing was predicted or guessed.".into())),
        false => section.push(Block::List(told)),
    }
    section
}
