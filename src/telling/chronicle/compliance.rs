//! Promises: kept, broken, suspended, carried out.

use crate::domain::{InstrumentId, PartyId, Quantity};
use crate::drivers::Step;
use crate::kernel::{Cause, Entry};

use super::Detail;
use super::change::steps;
use super::names::Names;
use super::story::{Section, Story};
use super::words::{list, odds};

impl Story<'_> {
    /// The turn in which a signed text is kept or broken.
    pub(super) fn complying(&mut self, text: InstrumentId, step: &Step) {
        let section = Section::Promises;
        let asked: Vec<_> = step
            .entries
            .iter()
            .filter_map(|e| match *e {
                Entry::Keeps { party, odds, keeps, .. } => Some((party, odds, keeps)),
                _ => None,
            })
            .collect();
        let quiet = !step.entries.iter().any(|e| !matches!(e, Entry::Keeps { .. }));
        if quiet && !asked.is_empty() && asked.iter().all(|a| a.2) {
            let odds = self.odds_of_breach(text, &asked);
            self.kept.push((text, odds));
            return;
        }
        let pressing = step.entries.iter().any(|e| matches!(e, Entry::PressesOn { .. }));
        if !asked.is_empty() || pressing {
            self.promises(text, &asked, step);
        }
        for entry in &step.entries {
            match entry {
                Entry::Keeps { .. } | Entry::PressesOn { .. } => {}
                Entry::Changed { cause: Cause::Breach(_), .. } => {}
                Entry::Changed { quantity: Quantity::Progress(..), .. } => {}
                _ => self.entry(section, step, entry),
            }
        }
    }

    fn promises(&mut self, text: InstrumentId, asked: &[(PartyId, u64, bool)], step: &Step) {
        let title = self.text(text);
        let pressing: Vec<_> = step
            .entries
            .iter()
            .filter_map(|e| match *e {
                Entry::PressesOn { party, front, .. } => Some((party, front)),
                _ => None,
            })
            .collect();
        let mut breakers: Vec<_> = pressing.iter().map(|p| self.party(p.0)).collect();
        breakers.extend(asked.iter().filter(|a| !a.2).map(|a| self.party(a.0)));
        let (detail, sentence) = match breakers.as_slice() {
            [] => (Detail::Normal, format!("{title} was kept")),
            _ => (Detail::Brief, format!("{} broke {title}", list(&breakers))),
        };
        let odds_detail = if breakers.is_empty() { Detail::Full } else { Detail::Normal };
        let mut remarks: Vec<(Detail, String)> = Vec::new();
        for (party, front) in pressing {
            let who = self.party(party);
            let intensity = super::names::intensity(self.get(Quantity::Intensity(front)));
            let text = format!(
                "{who} pressed at {}, where fighting was {intensity}: that is a breach",
                self.front(front)
            );
            remarks.push((Detail::Normal, text));
        }
        if !asked.is_empty() {
            remarks.push((odds_detail, self.odds_of_breach(text, asked)));
        }
        remarks.extend(self.progress(text, step).map(|p| (Detail::Normal, p)));
        for entry in &step.entries {
            if let Entry::Changed { quantity, from, to, cause: Cause::Breach(_) } = *entry {
                let limit = self.world().instrument(text).breach_limit;
                let mut change = self.change(quantity, from, to);
                if matches!(quantity, Quantity::Breaches(_)) {
                    change = format!("{change}, of {limit} that would end it for good");
                }
                remarks.push((Detail::Normal, change));
            }
        }
        let told = self.tell(Section::Promises, detail, sentence);
        for (detail, remark) in remarks {
            told.remark(detail, remark);
        }
    }

    fn odds_of_breach(&self, text: InstrumentId, asked: &[(PartyId, u64, bool)]) -> String {
        let each: Vec<_> = asked.iter().map(|(p, o, _)| format!("{} {}", self.party(*p), odds(*o))).collect();
        format!("odds of a breach of {} this round: {}", self.text(text), list(&each))
    }

    /// The texts that were kept without further news, in one sentence.
    pub(super) fn tell_kept(&mut self) {
        let kept = std::mem::take(&mut self.kept);
        let titles: Vec<_> = kept.iter().map(|k| self.text(k.0)).collect();
        if titles.is_empty() {
            return;
        }
        let verb = if titles.len() == 1 { "was" } else { "were" };
        let told = self.tell(Section::Promises, Detail::Normal, format!("{} {verb} kept", list(&titles)));
        for (_, odds) in &kept {
            told.remark(Detail::Full, odds);
        }
    }

    /// The steps of implementation taken in this turn.
    fn progress(&self, text: InstrumentId, step: &Step) -> Option<String> {
        let phases = self.world().instrument(text).phases;
        let taken: Vec<_> = step
            .entries
            .iter()
            .filter_map(|e| match *e {
                Entry::Changed { quantity: Quantity::Progress(_, p), to, .. } => Some((self.party(p), to)),
                _ => None,
            })
            .collect();
        let first = taken.first()?.1;
        let who = list(&taken.iter().map(|t| t.0.clone()).collect::<Vec<_>>());
        taken
            .iter()
            .all(|t| t.1 == first)
            .then(|| format!("{who} took step {first} of the {} in which it is carried out", steps(phases)))
    }
}
