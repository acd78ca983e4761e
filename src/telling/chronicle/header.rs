//! What stands above the chronicle: the scenario, the run, and how to read the numbers.

use crate::telling::Run;
use crate::text::writer::Writer;

use super::turns::length;
use super::words::{clean, dates, sentence};

/// Writes the head of a chronicle.
pub(super) fn write(page: &mut Writer, run: &Run) {
    let world = &run.model.world;
    page.heading(&clean(&world.title));
    if let Some(summary) = &world.summary {
        page.paragraph(&clean(summary));
        page.gap();
    }
    page.paragraph(&format!("{}: {}.", length(world), dates(world.start, world.days())));
    page.paragraph(&format!("Seed {}, run {}.", run.origin.seed, run.origin.run));
    changes(page, run);
}

/// What was changed in the scenario for this run.
fn changes(page: &mut Writer, run: &Run) {
    if let Some(id) = &run.origin.what_if {
        let what_if = run.model.world.what_ifs.iter().find(|w| w.name.id == *id);
        let title = what_if.map_or(id.as_str(), |w| w.name.title.as_str());
        page.paragraph(&sentence(&format!("What if: {}", clean(title))));
        if let Some(question) = what_if.and_then(|w| w.question.as_ref()) {
            page.paragraph(&clean(question));
        }
        for (path, value) in what_if.iter().flat_map(|w| &w.set) {
            page.item(&format!("{path} = {}", clean(value)));
        }
    }
    if !run.origin.set.is_empty() {
        page.paragraph("Changed for this run:");
        for (path, value) in &run.origin.set {
            page.item(&format!("{} = {}", clean(path), clean(value)));
        }
    }
}

/// How to read the numbers.
pub(super) fn guide(page: &mut Writer) {
    page.quiet(
        "How to read the numbers. Every party has points for every way to settle an item. On each item it looks \
         at a package: what is settled so far in these talks and this item. “Needed 34 of 60 points” means: the \
         best package would give it 60, and today it settles for no less than 34. What it needs comes down \
         towards its alternative, what it could have without agreement. Points count for less where they hang \
         on a promise that may be broken. All numbers are assumptions made for teaching.",
    );
}
