//! What mediators do, and whether it works.

use crate::domain::told::filled;
use crate::domain::{MediatorId, Object, Quantity};
use crate::drivers::Step;
use crate::kernel::Entry;
use crate::telling::rules;

use super::Detail;
use super::names::Names;
use super::story::{Section, Story};
use super::words::odds;

impl Story<'_> {
    /// The turn of a mediator.
    pub(super) fn mediation(&mut self, mediator: MediatorId, step: &Step) {
        let Some(track) = self.world().mediator(mediator).track else { return };
        let section = Section::Track(track);
        let name = self.mediator(mediator);
        if step.entries.iter().any(|e| matches!(e, Entry::Idle { .. })) {
            self.tell(section, Detail::Full, format!("{name} found nothing useful to do"));
            return;
        }
        if !step.entries.iter().any(|e| matches!(e, Entry::Mediates { .. })) {
            return self.plain(section, step);
        }
        let mut parts = vec![self.attempt(mediator, &name, step)];
        let mut results = Vec::new();
        for entry in &step.entries {
            match *entry {
                Entry::Changed { quantity: Quantity::Leverage(_), from, to, .. } => {
                    let spent = self.change(Quantity::Leverage(mediator), from, to);
                    results.push((Detail::Full, spent));
                }
                Entry::Changed { quantity, from, to, .. } => {
                    results.push((Detail::Normal, self.change(quantity, from, to)));
                }
                Entry::Failed { quantity, odds: o, .. } => {
                    results.push((Detail::Normal, self.failure(quantity, &odds(o))));
                }
                _ => {}
            }
        }
        let agreed = step.entries.iter().any(|e| matches!(e, Entry::Agreed { .. }));
        if self.floats(step) && !agreed {
            parts.push("That did not bring enough consent".into());
        }
        let told = self.tell(section, Detail::Normal, parts.join(". "));
        for (detail, result) in results {
            told.remark(detail, result);
        }
        if let Some(item) = step.entries.iter().find_map(|e| match e {
            Entry::Agreed { item, .. } => Some(*item),
            _ => None,
        }) {
            self.bargained(section, item, step);
        }
    }

    /// Whether an option is put to the parties.
    fn floats(&self, step: &Step) -> bool {
        step.entries.iter().any(|e| {
            matches!(e, Entry::Mediates { action, item: Some(_), .. }
                if action.row().object == Object::Option)
        })
    }

    fn attempt(&self, mediator: MediatorId, name: &str, step: &Step) -> String {
        let found = step.entries.iter().find_map(|e| match *e {
            Entry::Mediates { action, item, option, party, .. } => Some((action, item, option, party)),
            _ => None,
        });
        let Some((action, item, option, party)) = found else { return format!("{name} did nothing") };
        let words = action.row().story.of(self.world().mediator(mediator), party.is_some());
        let story = filled(words, |place| match place {
            "party" => party.map(|p| self.party(p)),
            "item" => item.map(|i| self.item(i)),
            "option" => item.zip(option).map(|(i, o)| self.option(i, o)),
            number => rules::number(self.world(), number),
        });
        format!("{name} {story}")
    }

    fn failure(&self, quantity: Quantity, odds: &str) -> String {
        let what = self.what(quantity);
        let now = self.now(quantity);
        match quantity {
            Quantity::Trust(..) => format!("{what} stayed {now}: not convinced (odds of a rise: {odds})"),
            _ => format!("{what} stayed {now}: no impression made (odds of a rise: {odds})"),
        }
    }
}
