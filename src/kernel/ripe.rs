//! Whether the moment is ripe: a stalemate as the parties see it, and a way out (Zartman 2000). The way out is a package that gives more
//! than each takes its alternative for, promises being worth what they are believed to be.

use crate::domain::{ItemId, Model, OptionId, Portion, Quantity, Score, SeatId, SeatState, TrackId, at_most};

use super::outlook::{Outlook, Room};
use super::state::State;
use super::worth;

/// The outlook as things stand, worked out afresh.
pub fn outlook(model: &Model, state: &State, track: TrackId) -> Outlook {
    Search::afresh(model, state, track, &mut Room::default()).outlook()
}

/// The outlook as things stand: what is remembered where nothing that it depends on has changed, else worked out and remembered.
pub fn remembered(model: &Model, state: &mut State, track: TrackId) -> Outlook {
    let (mut memo, fresh) = state.lend(track.at());
    let seats = &model.world.track(track).seats;
    let members = members(model, state, track);
    let listed = fresh && memo.members == members;
    let mut same = listed && memo.expected.len() == seats.len();
    memo.expected.resize(seats.len(), 0);
    for (k, seat) in seats.iter().enumerate() {
        let expects = worth::expected(model, state, *seat);
        same &= memo.expected[k] == expects;
        memo.expected[k] = expects;
    }
    if !same {
        memo.members = members;
        if !listed {
            list(model, state, (track, members), &mut memo.room);
        }
        memo.outlook = Search::of(model, state, (track, members), &memo.expected, &mut memo.room).outlook();
    }
    let outlook = memo.outlook;
    state.give_back(track.at(), memo);
    outlook
}

/// What the best feasible package gives a seat, as its credit.
pub fn feasible(model: &Model, state: &State, seat: SeatId) -> Score {
    let room = &mut Room::default();
    let search = Search::afresh(model, state, model.world.seat(seat).track, room);
    let party = model.world.seat(seat).party;
    search.package().map(|(item, option)| worth::credit(model, state, party, item, option)).sum()
}

/// What each seat takes no agreement for today.
fn expected(model: &Model, state: &State, track: TrackId) -> Vec<Portion> {
    let seats = model.world.track(track).seats.iter();
    seats.map(|seat| worth::alternative_today(model, state, *seat)).collect()
}

/// The seats that are neither barred nor gone for good, as a bit set over the track's list.
fn members(model: &Model, state: &State, track: TrackId) -> u32 {
    let here = |s: &SeatId| {
        let now = SeatState::of(state.get(model, Quantity::SeatState(*s)));
        !matches!(now, SeatState::Barred | SeatState::Withdrawn)
    };
    let seats = model.world.track(track).seats.iter().enumerate();
    seats.filter(|(_, s)| here(s)).fold(0, |set, (k, _)| set | 1 << k)
}

/// Where there are more ways to settle items than this, the search changes one item at a time only.
const PAIRS: usize = 96;

/// The most seats of a track.
const SEATS: usize = 16;

/// Lists the ways to settle each item with what they are worth to the members, and the one with which the search begins: that with the
/// largest sum of credits, ties to the option listed first.
fn list(model: &Model, state: &State, (track, members): (TrackId, u32), room: &mut Room) {
    room.clear();
    let track = model.world.track(track);
    let members = || {
        let seats = track.seats.iter().enumerate().filter(|(k, _)| members >> k & 1 == 1);
        seats.map(|(_, seat)| model.world.seat(*seat).party)
    };
    for item in track.items.iter().copied() {
        let before = room.ways.len();
        let settled = worth::settled_option(model, state, item);
        let may_be = |option: &OptionId| match settled {
            Some(settled) => *option == settled,
            None => members().all(|p| !worth::refuses(model, state, p, item, *option)),
        };
        room.ways.extend(model.world.item(item).option_ids().filter(may_be).map(|o| (item, o)));
        for (_, option) in &room.ways[before..] {
            members().for_each(|p| room.credits.push(worth::credit(model, state, p, item, *option)));
        }
        room.close(before, members().count());
    }
    room.first.push(room.ways.len() as u16);
}

/// Whether everybody's gain could come to more than `least` if each could have its rise.
fn lifts(gains: &[Score], rises: &[Score], least: Score) -> bool {
    rises.iter().zip(gains).all(|(rise, gain)| gain + rise > least)
}

/// The search for the best feasible package: from the largest sum of credits on, one or two items at a time are settled otherwise,
/// those first by which the smallest gain grows most, until everybody gains or nothing helps. What is settled stays.
struct Search<'a> {
    model: &'a Model,
    track: TrackId,
    members: u32,
    room: &'a mut Room,
    /// By member: what the package gives it beyond what it expects without one.
    gains: [Score; SEATS],
    count: usize,
}

impl<'a> Search<'a> {
    fn afresh(model: &'a Model, state: &State, track: TrackId, room: &'a mut Room) -> Self {
        let who = (track, members(model, state, track));
        list(model, state, who, room);
        Self::of(model, state, who, &expected(model, state, track), room)
    }

    /// With the ways that are listed.
    fn of(
        model: &'a Model,
        state: &State,
        (track, members): (TrackId, u32),
        expected: &[Portion],
        room: &'a mut Room,
    ) -> Self {
        room.chosen.clone_from(&room.begin);
        room.rises.resize(room.most.len(), 0);
        let mut search =
            Self { model, track, members, room, gains: [0; SEATS], count: members.count_ones() as usize };
        let seats = &model.world.track(track).seats;
        let members = (0..seats.len()).filter(|k| members >> k & 1 == 1);
        for (at, k) in members.enumerate() {
            let expects = at_most(expected[k], worth::table(model, state, seats[k]).total);
            search.gains[at] = search.begin(at) - expects;
        }
        while search.improve() {}
        search
    }

    /// What the package with which the search begins gives a member.
    fn begin(&self, at: usize) -> Score {
        self.room.chosen.iter().map(|way| self.credits(*way)[at]).sum()
    }

    fn credits(&self, way: u16) -> &[Score] {
        &self.room.credits[usize::from(way) * self.count..][..self.count]
    }

    /// Settles one or two items otherwise where that makes the smallest gain larger; whether it did, and somebody still gains nothing.
    fn improve(&mut self) -> bool {
        let Some(mut least) = self.gains[..self.count].iter().copied().min().filter(|least| *least <= 0)
        else {
            return false;
        };
        let pairs = self.room.ways.len() <= PAIRS;
        let most = self.most_by_one();
        let mut best: Option<[(usize, u16); 2]> = None;
        for at in 0..self.room.chosen.len() {
            // With this item open, and the best that any one other item could bring each of them.
            let mut could = self.gains;
            for (m, now) in self.credits(self.room.chosen[at]).iter().enumerate() {
                could[m] += most[m] - now;
            }
            for way in self.room.first[at]..self.room.first[at + 1] {
                if !lifts(&could, self.credits(way), least) {
                    continue;
                }
                let mut one = self.gains;
                self.change(&mut one, at, way);
                self.keep(&one, &mut least, [(at, way); 2], &mut best);
                // With the way that is chosen already a pair would be one change.
                if !pairs || way == self.room.chosen[at] {
                    continue;
                }
                for other in at + 1..self.room.chosen.len() {
                    if !lifts(&one, self.rises(other), least) {
                        continue;
                    }
                    for second in self.room.first[other]..self.room.first[other + 1] {
                        let mut two = one;
                        self.change(&mut two, other, second);
                        self.keep(&two, &mut least, [(at, way), (other, second)], &mut best);
                    }
                }
            }
        }
        let Some(changes) = best else { return false };
        for (at, way) in changes {
            let mut gains = self.gains;
            self.change(&mut gains, at, way);
            self.gains = gains;
            self.room.chosen[at] = way;
        }
        true
    }

    /// By member: the most that it could gain by settling this item otherwise.
    fn rises(&self, at: usize) -> &[Score] {
        &self.room.rises[at * self.count..][..self.count]
    }

    /// By member: the most that it could gain by settling any one item otherwise.
    fn most_by_one(&mut self) -> [Score; SEATS] {
        let mut most = [0; SEATS];
        for at in 0..self.room.chosen.len() {
            for (m, most) in most.iter_mut().enumerate().take(self.count) {
                let place = at * self.count + m;
                let rise = self.room.most[place] - self.credits(self.room.chosen[at])[m];
                self.room.rises[place] = rise;
                *most = rise.max(*most);
            }
        }
        most
    }

    /// The gains where an item is settled in another way.
    fn change(&self, gains: &mut [Score; SEATS], at: usize, way: u16) {
        let (new, old) = (self.credits(way), self.credits(self.room.chosen[at]));
        for (gain, (new, old)) in gains.iter_mut().zip(new.iter().zip(old)) {
            *gain += new - old;
        }
    }

    fn keep(
        &self,
        gains: &[Score; SEATS],
        least: &mut Score,
        changes: [(usize, u16); 2],
        best: &mut Option<[(usize, u16); 2]>,
    ) {
        let smallest = gains[..self.count].iter().copied().min().unwrap_or(0);
        if smallest > *least {
            (*least, *best) = (smallest, Some(changes));
        }
    }

    /// The package found.
    fn package(&self) -> impl Iterator<Item = (ItemId, OptionId)> + '_ {
        self.room.chosen.iter().map(|way| self.room.ways[usize::from(*way)])
    }

    fn outlook(&self) -> Outlook {
        let mut members = (0..u32::BITS).filter(|k| self.members >> k & 1 == 1);
        let mut gaining = 0;
        for gain in &self.gains[..self.count] {
            let seat = members.next().unwrap_or(0);
            gaining |= u32::from(*gain > 0) << seat;
        }
        let ripe = self.model.tracks[self.track.at()].consent.passes(gaining, self.members);
        Outlook { gaining, ripe }
    }
}
