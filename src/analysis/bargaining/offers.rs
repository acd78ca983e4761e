//! The offers or texts of one recorded run, in the order in which they were made.

use crate::domain::{Model, TrackId, Turn};
use crate::drivers::Transcript;
use crate::kernel::{Entry, Way};

/// An offer, or a mediator's text or change to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// In which round, from 1.
    pub round: u8,
    /// Who made it: the seat by place; `None` is the mediator.
    pub by: Option<usize>,
    /// Its options, item by item.
    pub package: Vec<usize>,
    /// Whether it was agreed.
    pub agreed: bool,
    /// Whether it stood: every offer does until it is replaced; a mediator's change only where all said yes.
    pub stood: bool,
}

/// Reads the offers on a track out of a run; empty for procedures that deal in single items.
pub fn offers(model: &Model, track: TrackId, transcript: &Transcript) -> Vec<Offer> {
    let mut reader =
        Reader { model, track, offers: Vec::new(), text: vec![0; model.world.track(track).items.len()] };
    for step in &transcript.steps {
        if matches!(step.turn, Turn::Offer(t, _) | Turn::Text(t) if t == track) {
            step.entries.iter().for_each(|entry| reader.read(step.round, entry));
        }
    }
    reader.offers
}

struct Reader<'a> {
    model: &'a Model,
    track: TrackId,
    offers: Vec<Offer>,
    /// The standing offer or text.
    text: Vec<usize>,
}

impl Reader<'_> {
    fn read(&mut self, round: u8, entry: &Entry) {
        let track = self.model.world.track(self.track);
        let place = |item| track.items.iter().position(|i| *i == item);
        match entry {
            Entry::Offers { assessment } => {
                let by = track.seats.iter().position(|s| *s == assessment.seat);
                self.push(round, by, true);
            }
            Entry::Drafts { .. } => self.push(round, None, true),
            Entry::Drafted { item, option } => {
                if let (Some(k), Some(last)) = (place(*item), self.offers.last_mut()) {
                    last.package[k] = option.at();
                    self.text[k] = option.at();
                }
            }
            Entry::Revises { item, to, adopted, .. } => {
                let Some(k) = place(*item) else { return };
                let before = std::mem::replace(&mut self.text[k], to.at());
                self.push(round, None, *adopted);
                if !adopted {
                    self.text[k] = before;
                }
            }
            Entry::Agreed { way: Way::Package(_) | Way::Text(_), .. } => {
                // A refused change leaves the text as it was; that text is what was agreed.
                if self.offers.last().is_some_and(|o| !o.stood) {
                    self.push(round, None, true);
                }
                if let Some(last) = self.offers.last_mut() {
                    last.agreed = true;
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, round: u8, by: Option<usize>, stood: bool) {
        self.offers.push(Offer { round, by, package: self.text.clone(), agreed: false, stood });
    }
}
