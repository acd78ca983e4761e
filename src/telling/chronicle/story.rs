//! What the teller knows while telling: the state so far, what was said before, and what this round holds.

use crate::domain::{
    BackerId, Condition, InstrumentId, ItemId, Model, OptionId, Quantity, Score, SeatId, SeatState, TrackId,
    TrackState, World,
};
use crate::drivers::Step;
use crate::kernel::{Assessment, Entry, State};
use crate::session::Sight;

use super::Detail;
use super::names::Names;
use super::since::Consent;
use super::words::{Comparison, capital, compare, fine, fine_rank, known, rank, sentence};

/// The part of a round to which something belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// What was open before the talks and is drawn at their start.
    Start,
    /// A session of a track.
    Track(TrackId),
    /// Fronts, spoilers, backers, observers, and what the fighting did.
    Ground,
    /// Promises kept and broken.
    Promises,
    /// Events.
    Events,
    /// What the round left behind in parties.
    Toll,
    /// Where things stand at the end of the round.
    Balance,
}

/// Something told, with remarks.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Where it belongs.
    pub section: Section,
    /// From which detail on it is told.
    pub detail: Detail,
    /// The sentence or sentences.
    pub text: String,
    /// Remarks, each from some detail on.
    pub remarks: Vec<(Detail, String)>,
}

impl Told {
    /// Adds a remark.
    pub fn remark(&mut self, detail: Detail, text: impl AsRef<str>) -> &mut Self {
        let text = known(text.as_ref());
        if !text.is_empty() {
            self.remarks.push((detail, sentence(&text)));
        }
        self
    }
}

/// What stood against agreement on an item when it was last bargained over.
#[derive(Clone, Debug)]
pub(super) struct Obstacle {
    /// The round.
    pub round: u8,
    /// The option that came closest.
    pub closest: OptionId,
    /// Who was against it, with the numbers.
    pub against: Vec<Assessment>,
}

/// The state of the telling.
pub(super) struct Story<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// The talks after the step being told.
    pub state: State,
    /// What this round holds so far.
    pub told: Vec<Told>,
    /// Per item: what stood against agreement last.
    pub obstacles: Vec<Option<Obstacle>>,
    /// Per instrument: the round in which it was signed last.
    pub signed: Vec<Option<u8>>,
    /// Per track: whether it was ripe at the end of the last round told.
    pub ripe: Vec<Option<bool>>,
    /// Per track: whether its state was told this round already.
    pub met: Vec<bool>,
    /// Texts kept this round without further news, with the odds that they would not have been.
    pub kept: Vec<(InstrumentId, String)>,
    /// Per seat: what it counted on as an item of its track was settled last.
    pub consents: Vec<Option<Consent>>,
    introduced: Vec<bool>,
    sight: Option<Sight<'a>>,
}

impl Names for Story<'_> {
    fn world(&self) -> &World {
        &self.model.world
    }
}

impl<'a> Story<'a> {
    /// Before the first round.
    pub fn new(model: &'a Model) -> Self {
        let world = &model.world;
        Self {
            model,
            state: State::new(model),
            told: Vec::new(),
            obstacles: vec![None; world.items.len()],
            signed: vec![None; world.instruments.len()],
            ripe: vec![None; world.tracks.len()],
            met: vec![false; world.tracks.len()],
            kept: Vec::new(),
            consents: vec![None; world.seats.len()],
            introduced: vec![false; world.backers.len()],
            sight: None,
        }
    }

    /// Before the first round, for a role that may not know everything.
    pub fn seen(model: &'a Model, sight: Sight<'a>) -> Self {
        let mut story = Self { sight: Some(sight), ..Self::new(model) };
        story.state.restore(&sight.cells(model, &model.initial));
        story
    }

    /// Whether the reader knows a quantity.
    pub fn knows(&self, quantity: Quantity) -> bool {
        self.sight.is_none_or(|sight| sight.knows(quantity))
    }

    /// Whether a condition may be told to the reader.
    pub fn hears_of(&self, condition: &Condition) -> bool {
        self.sight.is_none_or(|sight| sight.hears_of(self.model, &self.state, condition))
    }

    /// Two scores where the gap between them is said: to a role as fine as it must decide, to others in whole points.
    pub fn compare(&self, needs: Score, sees: Score, of: Score) -> Comparison {
        if self.sight.is_some() { fine(needs, sees, of) } else { compare(needs, sees, of) }
    }

    /// Two scores where only their order matters.
    pub fn rank(&self, needs: Score, sees: Score, of: Score) -> Comparison {
        if self.sight.is_some() { fine_rank(needs, sees, of) } else { rank(needs, sees, of) }
    }

    /// Says something.
    pub fn tell(&mut self, section: Section, detail: Detail, text: impl AsRef<str>) -> &mut Told {
        let text = sentence(&known(text.as_ref()));
        let at = self.told.len();
        self.told.push(Told { section, detail, text, remarks: Vec::new() });
        &mut self.told[at]
    }

    /// Follows the state through a step.
    pub fn advance(&mut self, step: &Step) {
        for (cell, _, after) in &step.changes {
            self.state.put(*cell, *after);
        }
        for entry in &step.entries {
            if let Entry::Agreed { item, .. } = entry {
                self.remember_consents(self.model.world.item(*item).track, step.round);
            }
        }
    }

    /// A stored quantity after the step being told.
    pub fn get(&self, quantity: Quantity) -> u8 {
        self.state.get(self.model, quantity)
    }

    /// The state of a track.
    pub fn track_state(&self, track: TrackId) -> TrackState {
        TrackState::of(self.get(Quantity::TrackState(track)))
    }

    /// The state of a seat.
    pub fn seat_state(&self, seat: SeatId) -> SeatState {
        SeatState::of(self.get(Quantity::SeatState(seat)))
    }

    /// A text in which a backer that denies what the scenario takes it to do is introduced as doing so, the first
    /// time that it is mentioned.
    pub fn introduce(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for (k, backer) in self.model.world.backers.iter().enumerate() {
            if !backer.denies || self.introduced[k] {
                continue;
            }
            let name = self.backer(BackerId::new(k));
            let found = [capital(&name), name].into_iter().find_map(|n| text.find(&n).map(|at| at + n.len()));
            if let Some(end) = found {
                let comma = if text[end..].starts_with(['.', ',', ';', ':']) { "" } else { "," };
                let denial = format!(", which denies backing {}{comma}", self.party(backer.supports));
                text.insert_str(end, &denial);
                self.introduced[k] = true;
            }
        }
        text
    }

    /// Remembers what stands against agreement on an item.
    pub fn remember_obstacle(&mut self, round: u8, item: ItemId, closest: OptionId, entries: &[Entry]) {
        let against = entries.iter().filter_map(|e| match e {
            Entry::View { item: about, assessment, accepts: false, .. } if *about == item => {
                Some(*assessment)
            }
            _ => None,
        });
        let obstacle = Obstacle { round, closest, against: against.collect() };
        self.obstacles[item.at()] = Some(obstacle);
    }
}
