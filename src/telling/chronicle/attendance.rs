//! Who comes, who stays away, and what is tabled.

use crate::domain::{ItemId, ItemState, Mandate, Quantity, SeatId, SeatState, TrackId, TrackState};
use crate::drivers::Step;
use crate::kernel::{Entry, WalkOutReasons};

use super::Detail;
use super::names::Names;
use super::story::{Section, Story};
use super::words::{count, list, odds, percent};

impl Story<'_> {
    /// One seat is called.
    pub(super) fn attendance(&mut self, seat: SeatId, step: &Step) {
        self.plain(Section::Track(self.world().seat(seat).track), step);
    }

    /// A seat changed its state.
    pub(super) fn seat_moves(
        &mut self,
        section: Section,
        seat: SeatId,
        (from, to): (SeatState, SeatState),
        reasons: Option<WalkOutReasons>,
    ) {
        let who = self.seat(seat);
        let (detail, text) = match to {
            SeatState::Seated if from == SeatState::Barred => {
                (Detail::Brief, format!("{who} took a seat: the condition of entry was met"))
            }
            SeatState::Seated if from == SeatState::Consulting => {
                (Detail::Normal, format!("{who} came back with instructions"))
            }
            SeatState::Seated => (Detail::Brief, format!("{who} came back to the table")),
            SeatState::Consulting => (Detail::Normal, format!("{who} went home for instructions")),
            SeatState::WalkedOut => (Detail::Brief, format!("{who} walked out")),
            SeatState::Withdrawn => (Detail::Brief, format!("{who} gave the talks up for good")),
            SeatState::Barred => (Detail::Brief, format!("{who} lost the right to a seat")),
        };
        let why = reasons.map(|r| self.reasons(seat, &r));
        let told = self.tell(section, detail, text);
        if let Some(why) = why {
            told.remark(Detail::Normal, why);
        }
    }

    /// The odds of a walk-out and what they are made of.
    pub(super) fn reasons(&self, seat: SeatId, reasons: &WalkOutReasons) -> String {
        let d = &self.model.world.dynamics.walk_out;
        let mut parts = Vec::new();
        if d.base > 0.0 {
            parts.push(format!("{} in any round", percent(d.base)));
        }
        if reasons.distrust {
            parts.push(format!("{} for very low trust in another party of the talks", percent(d.distrust)));
        }
        if reasons.attacks > 0 {
            parts.push(format!(
                "{} for {} blamed on another party of the talks",
                percent(d.attack * f64::from(reasons.attacks)),
                if reasons.attacks == 1 { "attacks" } else { "attacks by several armed groups" }
            ));
        }
        if reasons.precondition {
            parts.push(format!("{} for a precondition that was not met", percent(d.precondition)));
        }
        if reasons.audience > 0 {
            let level = super::names::level(self.get(Quantity::Audience(self.world().seat(seat).party)));
            parts.push(format!(
                "{} for an audience at home whose weight was {level}",
                percent(d.audience * f64::from(reasons.audience))
            ));
        }
        if reasons.stall > 0 {
            let odds = self.model.world.dynamics.stalling.walk_out * f64::from(reasons.stall);
            parts.push(format!("{} for talks that had stalled", percent(odds)));
        }
        format!("the odds of a walk-out were {}: {}", odds(reasons.odds), list(&parts))
    }

    /// Who is in the room, said once a round when all seats have been called.
    pub(super) fn assemble(&mut self, track: TrackId) {
        if std::mem::replace(&mut self.met[track.at()], true)
            || !matches!(self.track_state(track), TrackState::Open | TrackState::Adjourned)
        {
            return;
        }
        let seats = &self.model.world.track(track).seats;
        let those = |wanted: SeatState| -> Vec<String> {
            seats.iter().filter(|s| self.seat_state(**s) == wanted).map(|s| self.seat(*s)).collect()
        };
        let here = those(SeatState::Seated);
        let mut parts = vec![match here.as_slice() {
            [] => "In the room: nobody".to_string(),
            _ => format!("In the room: {}", list(&here)),
        }];
        for (state, where_) in [
            (SeatState::Consulting, "at home for instructions"),
            (SeatState::WalkedOut, "staying away"),
            (SeatState::Withdrawn, "gone for good"),
            (SeatState::Barred, "not admitted"),
        ] {
            let them = those(state);
            if !them.is_empty() {
                parts.push(format!("{where_}: {}", list(&them)));
            }
        }
        let everybody = here.len() == seats.len();
        let detail = if everybody { Detail::Full } else { Detail::Normal };
        self.tell(Section::Track(track), detail, parts.join("; "));
    }

    /// A delegation has its mandate.
    pub(super) fn mandate(&mut self, section: Section, seat: SeatId, mandate: Mandate) {
        let who = self.seat(seat);
        let d = &self.model.world.dynamics;
        let points = |n: u8| count(u64::from(n), "point", "points");
        match mandate {
            Mandate::Planned => {
                self.tell(section, Detail::Full, format!("{who} came with a mandate as planned"));
            }
            Mandate::Firm => {
                let detail = self.mandates_matter(seat);
                let text = format!(
                    "{who} came with a firm mandate: {} of 100 more than planned",
                    points(d.firm_points)
                );
                self.tell(section, detail, text);
            }
            Mandate::Flexible => {
                let detail = self.mandates_matter(seat);
                let text = format!(
                    "{who} came with a flexible mandate: {} of 100 fewer than planned",
                    points(d.flexible_points)
                );
                self.tell(section, detail, text);
            }
        }
    }

    /// A mandate is news only where something is open.
    fn mandates_matter(&self, seat: SeatId) -> Detail {
        let items = &self.world().track(self.world().seat(seat).track).items;
        let settled = |i: &ItemId| self.get(Quantity::ItemState(*i));
        let open = items.iter().any(|i| !crate::domain::settled(ItemState::of(settled(i))));
        if open { Detail::Normal } else { Detail::Full }
    }

    /// Items are opened, put aside and taken up again; the track may adjourn.
    pub(super) fn tabling(&mut self, track: TrackId, step: &Step) {
        let section = Section::Track(track);
        for entry in &step.entries {
            if !matches!(entry, Entry::Item { .. } | Entry::Waits { .. }) {
                self.entry(section, step, entry);
            }
        }
        let moved = |to: ItemState, from: ItemState| -> Vec<_> {
            let items = step.entries.iter().filter_map(|e| match e {
                Entry::Item { item, from: f, to: t } if *t == to && *f == from => Some(*item),
                _ => None,
            });
            items.collect()
        };
        let tabled = moved(ItemState::Tabled, ItemState::Dormant);
        if !tabled.is_empty() {
            self.tell(section, Detail::Normal, format!("Tabled: {}", self.items(&tabled)));
        }
        let parked = moved(ItemState::Parked, ItemState::Contested);
        if !parked.is_empty() {
            let text = format!("Put aside to make room for others: {}", self.items(&parked));
            self.tell(section, Detail::Normal, text);
        }
        let again = moved(ItemState::Contested, ItemState::Parked);
        if !again.is_empty() {
            self.tell(section, Detail::Normal, format!("Taken up again: {}", self.items(&again)));
        }
        let waiting: Vec<_> = step
            .entries
            .iter()
            .filter_map(|e| match e {
                Entry::Waits { item } => Some(*item),
                _ => None,
            })
            .collect();
        if !waiting.is_empty() {
            let text = format!("Not to be tabled yet: {}", self.items(&waiting));
            self.tell(section, Detail::Full, text);
            for item in waiting {
                let requires = self.model.world.item(item).requires.as_ref();
                let Some(requires) = requires.filter(|r| self.hears_of(r)) else { continue };
                let text = format!("{} requires that {}", self.item(item), self.condition(requires));
                let at = self.told.len() - 1;
                self.told[at].remark(Detail::Full, text);
            }
        }
    }
}
