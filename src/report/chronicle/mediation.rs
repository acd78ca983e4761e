//! What mediators do, and whether it works.

use crate::domain::{Action, Inducement, MediatorId, Quantity};
use crate::drivers::Step;
use crate::kernel::Entry;

use super::Detail;
use super::names::Names;
use super::story::{Section, Story};
use super::words::{count, odds};

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
        let mut parts = vec![self.attempt(&name, step)];
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
            matches!(e, Entry::Mediates { action: Action::Formulate | Action::Manipulate, item: Some(_), .. })
        })
    }

    fn attempt(&self, name: &str, step: &Step) -> String {
        let found = step.entries.iter().find_map(|e| match *e {
            Entry::Mediates { action, item, option, party, .. } => Some((action, item, option, party)),
            _ => None,
        });
        let Some((action, item, option, party)) = found else { return format!("{name} did nothing") };
        let d = &self.model.world.dynamics.mediation;
        let points = |n: u8| count(u64::from(n), "point", "points");
        let about = item.map_or_else(String::new, |i| format!(" on {}", self.item(i)));
        let floated = item.zip(option).map_or_else(String::new, |(i, o)| format!(": {}", self.option(i, o)));
        let party = party.map(|p| self.party(p));
        match action {
            Action::Facilitate => format!("{name} worked on trust between the parties"),
            Action::Formulate => format!(
                "{name} offered a formula{about}{floated}, eased by {} of face saved",
                points(d.face_saving)
            ),
            Action::Manipulate => {
                let who = party.unwrap_or_else(|| "the party hardest to move".into());
                let how = match self.inducement(step) {
                    Inducement::Stick => format!("put pressure on {who}"),
                    Inducement::Carrot => format!("offered {who} an inducement worth {}", points(d.carrot)),
                };
                format!("{name} {how} to settle{}{floated}", about.strip_prefix(" on").unwrap_or(""))
            }
            Action::Guarantee => format!("{name} promised to guarantee what is promised{about}"),
            Action::Shuttle => match party {
                Some(who) => {
                    format!("{name} travelled to {who} to ask for a return, which raises the odds of one")
                }
                None => format!("{name} carried messages between parties that trust each other very little"),
            },
            Action::PressBacker => format!("{name} pressed those who back a party from outside"),
            Action::SetDeadline => format!("{name} set an earlier deadline"),
        }
    }

    fn inducement(&self, step: &Step) -> Inducement {
        match step.turn {
            crate::domain::Turn::Mediate(m) => self.world().mediator(m).inducement,
            _ => Inducement::Stick,
        }
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
