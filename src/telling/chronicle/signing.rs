//! Instruments: ready, signed, ratified, in force.

use crate::domain::{InstrumentId, InstrumentState, ItemState, Score, Turn, points};
use crate::drivers::Step;
use crate::kernel::{Assessment, Entry};

use super::Detail;
use super::names::Names;
use super::story::{Section, Story};
use super::words::{hidden, odds, tenths};

impl Story<'_> {
    /// The turn in which a text is made ready and signed.
    pub(super) fn signing(&mut self, text: InstrumentId, step: &Step) {
        let section = Section::Track(self.world().instrument(text).track);
        let signed =
            step.entries.iter().any(|e| matches!(e, Entry::Instrument { to: InstrumentState::Signed, .. }));
        let asked = step.entries.iter().any(|e| matches!(e, Entry::Signs { .. }));
        if asked && !signed {
            let title = self.text(text);
            self.tell(section, Detail::Brief, format!("{title} was ready, but was not signed"));
            self.signatures(step, Detail::Normal);
        }
        for entry in &step.entries {
            match entry {
                Entry::Instrument { to: InstrumentState::Ready, .. } if asked => {}
                // Told with the text that seals them.
                Entry::Item { to: ItemState::Sealed, .. } => {}
                _ => self.entry(section, step, entry),
            }
        }
    }

    /// An instrument changed its state.
    pub(super) fn text_moves(
        &mut self,
        section: Section,
        text: InstrumentId,
        from: InstrumentState,
        to: InstrumentState,
        step: &Step,
    ) {
        use InstrumentState as N;
        let title = self.text(text);
        let (detail, what) = match (from, to) {
            (_, N::Ready) => (Detail::Normal, "was ready for signature"),
            (N::Ready, N::Drafting) => (Detail::Normal, "was no longer ready for signature"),
            (_, N::Drafting) => (Detail::Brief, "failed ratification: what it sealed was open again"),
            (N::Lapsed, _) => (Detail::Brief, "was renewed"),
            (_, N::Signed) => (Detail::Brief, "was signed"),
            (_, N::Ratified) => (Detail::Brief, "was ratified"),
            (N::Suspended, N::InForce) => (Detail::Brief, "was kept again and back in force"),
            (_, N::InForce) => (Detail::Normal, "entered into force"),
            (_, N::Suspended) => (Detail::Brief, "was suspended"),
            (_, N::Broken) => (Detail::Brief, "was broken for good"),
            (_, N::Lapsed) => (Detail::Brief, "lapsed: its time had run out"),
        };
        if to == N::Signed {
            self.signed[text.at()] = Some(step.round);
        }
        self.tell(section, detail, format!("{title} {what}"));
        if to == N::Signed {
            self.signatures(step, Detail::Normal);
            self.sealed(step);
        }
    }

    fn sealed(&mut self, step: &Step) {
        let sealed = step.entries.iter().filter_map(|e| match e {
            Entry::Item { item, to: ItemState::Sealed, .. } => Some(*item),
            _ => None,
        });
        let sealed: Vec<_> = sealed.collect();
        if !sealed.is_empty() && matches!(step.turn, Turn::Conclude(_)) {
            let text = format!("it sealed {}", self.items(&sealed));
            if let Some(told) = self.told.last_mut() {
                told.remark(Detail::Normal, text);
            }
        }
    }

    /// Adds what each signatory did to what was told last.
    fn signatures(&mut self, step: &Step, detail: Detail) {
        let all = !step.entries.iter().any(|e| matches!(e, Entry::Signs { signs: false, .. }));
        for entry in &step.entries {
            if let Entry::Signs { assessment, text, text_of, audience, signs, .. } = entry {
                let text = format!(
                    "{}{}",
                    self.signature(assessment, *audience, *signs, all),
                    alone(assessment, *text, *text_of)
                );
                if let Some(told) = self.told.last_mut() {
                    told.remark(detail, text);
                }
            }
        }
    }

    fn signature(&self, a: &Assessment, audience: u64, signs: bool, all: bool) -> String {
        let who = self.seat(a.seat);
        if hidden(a.needs) {
            let did = if all { "signed" } else { "would have signed" };
            return format!("{who} {}", if signs { did } else { "refused" });
        }
        let refused = !signs && a.needs > a.sees;
        let c = if refused { self.compare(a.needs, a.sees, a.of) } else { self.rank(a.needs, a.sees, a.of) };
        let numbers = match a.of {
            0 => String::new(),
            _ => format!(
                " {} of {} points in all that is settled, against {} without agreement",
                c.sees, c.of, c.needs
            ),
        };
        let risk = if audience > 0 {
            format!(" (odds of a refusal for the sake of the audience at home: {})", odds(audience))
        } else {
            String::new()
        };
        if signs {
            let did = if all { "signed" } else { "would have signed" };
            return match a.of {
                0 => format!("{who} {did}{risk}"),
                _ => format!("{who} {did}, seeing{numbers}{risk}"),
            };
        }
        if a.red_line {
            return format!("{who} refused: it crossed a red line");
        }
        if a.needs > a.sees {
            let since = self.worse_since(a.seat).map_or(String::new(), |since| format!("; {since}"));
            return format!("{who} refused, seeing{numbers}: {} short{since}", c.gap);
        }
        match audience {
            0 => format!("{who} refused, seeing{numbers}: just as many, and more is asked here"),
            _ => format!("{who} refused for the sake of the audience at home (odds {})", odds(audience)),
        }
    }
}

/// What a text alone gives, where it is not all that is settled.
fn alone(a: &Assessment, text: Score, of: Score) -> String {
    if hidden(a.needs) || hidden(text) || of == a.of || a.of == 0 {
        return String::new();
    }
    format!(" (the text alone: {} of {} points)", tenths(points(text)), tenths(points(of)))
}
