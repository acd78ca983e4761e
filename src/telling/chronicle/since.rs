//! What has changed for a seat since an item of its track was settled last: why it refuses now what it consented to then.

use crate::domain::{ItemId, Portion, Score, SeatId, TrackId, points, portion_points};
use crate::kernel::worth;

use super::names::Names;
use super::story::Story;
use super::words::{list, tenths};

/// What a seat counted on as an item was settled.
#[derive(Clone, Debug)]
pub(super) struct Consent {
    round: u8,
    alternative: Portion,
    credits: Vec<(ItemId, Score)>,
}

/// Less than this of a point is not told.
const TOLD: f64 = 0.05;

impl Story<'_> {
    /// Remembers what every seat of a track counts on, as an item there has just been settled.
    pub(super) fn remember_consents(&mut self, track: TrackId, round: u8) {
        for seat in &self.model.world.track(track).seats {
            self.consents[seat.at()] = Some(self.counts_on(*seat, round));
        }
    }

    fn counts_on(&self, seat: SeatId, round: u8) -> Consent {
        let (model, state) = (self.model, &self.state);
        let (party, track) = (model.world.seat(seat).party, model.world.seat(seat).track);
        let credit = |item: &ItemId| {
            let option = worth::settled_option(model, state, *item)?;
            Some((*item, worth::credit(model, state, party, *item, option)))
        };
        Consent {
            round,
            alternative: worth::alternative_today(model, state, seat),
            credits: model.world.track(track).items.iter().filter_map(credit).collect(),
        }
    }

    /// What has become worse for a seat since the last settlement on its track, as a clause.
    pub(super) fn worse_since(&self, seat: SeatId) -> Option<String> {
        let then = self.consents[seat.at()].as_ref()?;
        let now = self.counts_on(seat, then.round);
        let mut changes = Vec::new();
        let [before, after] = [then.alternative, now.alternative].map(portion_points);
        if after - before >= TOLD {
            let (before, after) = (tenths(before), tenths(after));
            changes.push(format!("what it took no agreement for had risen from {before} to {after} of 100"));
        }
        for (item, before) in &then.credits {
            match now.credits.iter().find(|(i, _)| i == item) {
                None => changes.push(format!("{} was open again", self.item(*item))),
                Some((_, after)) if points(*before) - points(*after) >= TOLD => {
                    let less = tenths(points(*before) - points(*after));
                    changes
                        .push(format!("{} had come to be worth {less} points less to it", self.item(*item)));
                }
                Some(_) => {}
            }
        }
        (!changes.is_empty()).then(|| format!("since round {} {}", then.round, list(&changes)))
    }
}
