//! What is drawn at the start, and talks that stall and break down.

use crate::domain::{PartyId, Reserve, TrackId, Weight};

use super::Detail;
use super::names::{Names, level};
use super::story::{Section, Story};
use super::words::{count, odds};

impl Story<'_> {
    /// What the file leaves open of a party's alternative.
    pub(super) fn reserve(&mut self, section: Section, party: PartyId, reserve: u8) {
        let who = self.party(party);
        let points = self.world().party(party).reserve.map_or(0, |r| r.points);
        let points = count(u64::from(points), "point", "points");
        let text = match reserve.cmp(&Reserve::EXPECTED) {
            std::cmp::Ordering::Less => {
                format!("{who} could count on {points} less without agreement than expected")
            }
            std::cmp::Ordering::Equal => {
                format!("{who} could count on just what was expected without agreement")
            }
            std::cmp::Ordering::Greater => {
                format!("{who} could count on {points} more without agreement than expected")
            }
        };
        self.tell(section, Detail::Normal, text);
    }

    /// A round without progress.
    pub(super) fn stalls(&mut self, section: Section, track: TrackId, ripe: bool, (o, stall): (Weight, u8)) {
        let title = self.track(track);
        let text = format!("{title} stalled: no progress in this round, the stall is now {}", level(stall));
        let why = match ripe {
            true => format!("odds of it: {}, less than usual since the moment was ripe", odds(o)),
            false => format!("odds of it: {}, as the moment was not ripe", odds(o)),
        };
        self.tell(section, Detail::Normal, text).remark(Detail::Full, why);
    }

    /// At the highest level talks may break down.
    pub(super) fn breaks_down(&mut self, section: Section, track: TrackId, o: Weight, broken: bool) {
        let title = self.track(track);
        let who = self.world().track(track).mediators.first().map(|m| self.mediator(*m));
        let (detail, text) = match (broken, who) {
            (true, Some(who)) => (Detail::Brief, format!("{who} sent the delegations of {title} home")),
            (true, None) => (Detail::Brief, format!("the delegations of {title} went home")),
            (false, _) => {
                (Detail::Full, format!("{title} did not break down, though it had stalled for long"))
            }
        };
        self.tell(section, detail, text)
            .remark(Detail::Normal, format!("odds of breaking down: {}", odds(o)));
    }
}
