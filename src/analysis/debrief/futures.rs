//! The talks continued from a moment many times: every run of luck with every alternative that was open.

use crate::domain::{
    InstrumentId, InstrumentState, ItemId, Model, ONE, PORTION, Portion, Quantity, Weight, portion, signed,
};
use crate::drivers::decider::Decider;
use crate::drivers::{Sampler, parallel};
use crate::kernel::{Chooser, State, worth};
use crate::session::{Moment, Question};

/// Runs that one worker plays in one go.
const CHUNK: u32 = 32;

/// The seed and the runs under it that continuations use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck {
    /// The seed.
    pub seed: u64,
    /// The first run.
    pub from: u32,
    /// How many.
    pub runs: u32,
}

/// How one continuation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The outcome, as a place in the scenario's list.
    pub outcome: u8,
    /// The instruments that are signed at the end, as a bit set.
    texts: [u64; 4],
    /// The decider's goal, see [`goal`].
    pub goal: i64,
}

impl End {
    /// How the talks stand in a state of their end.
    pub(super) fn of(model: &Model, state: &State, who: Decider) -> Self {
        let mut texts = [0; 4];
        for n in 0..model.world.instruments.len() {
            let text = Quantity::InstrumentState(InstrumentId::new(n));
            if signed(InstrumentState::of(state.get(model, text))) {
                texts[n / 64] |= 1 << (n % 64);
            }
        }
        let outcome = state.get(model, Quantity::Outcome).saturating_sub(1);
        Self { outcome, texts, goal: goal(model, state, who) }
    }

    /// Whether an instrument is signed.
    pub fn signed(&self, text: usize) -> bool {
        self.texts[text / 64] >> (text % 64) & 1 == 1
    }
}

/// What a decider is taken to want, in points of 100 once divided by [`unit()`]: a party its points on settled items above its
/// alternative, over its seats; a mediator the share of its track's agenda that is settled.
pub fn goal(model: &Model, state: &State, who: Decider) -> Portion {
    let w = &model.world;
    match who {
        Decider::Party(p) => {
            let seats = (0..w.seats.len()).map(crate::domain::SeatId::new).filter(|s| w.seat(*s).party == p);
            let gain = |s| portion(worth::gained(model, state, s) - worth::alternative(model, state, s));
            seats.map(gain).sum()
        }
        Decider::Mediator(_) => {
            let settled = |i: &ItemId| worth::settled_option(model, state, *i).is_some();
            100 * PORTION * agenda(model, who).into_iter().filter(settled).count() as i64
        }
    }
}

/// By how much [`goal`] has to be divided: [`PORTION`] times the seats of a party, or the items before a mediator.
pub fn unit(model: &Model, who: Decider) -> i64 {
    let n = match who {
        Decider::Party(p) => model.world.seats.iter().filter(|s| s.party == p).count(),
        Decider::Mediator(_) => agenda(model, who).len(),
    };
    n.max(1) as i64 * PORTION
}

fn agenda(model: &Model, who: Decider) -> Vec<ItemId> {
    let track = match who {
        Decider::Mediator(m) => model.world.mediator(m).track,
        Decider::Party(_) => None,
    };
    let items = (0..model.world.items.len()).map(ItemId::new);
    items.filter(|i| track.is_none_or(|t| model.world.item(*i).track == t)).collect()
}

/// Plays on from a moment with one of its alternatives, for every run of luck in order.
pub fn futures(model: &Model, moment: &Moment, pick: usize, luck: Luck) -> Vec<End> {
    let chunk = |k: usize| {
        let mut state = State::new(model);
        let k = k as u32;
        let runs = k * CHUNK..luck.runs.min((k + 1) * CHUNK);
        let play = |run: u32| {
            let mut chance = Sampler::new(luck.seed, luck.from + run);
            moment.play_on(model, &mut state, pick, &mut chance);
            End::of(model, &state, moment.question.who)
        };
        runs.map(play).collect::<Vec<_>>()
    };
    parallel::map(luck.runs.div_ceil(CHUNK) as usize, chunk).concat()
}

/// What the model's own rule picks at a question, for every run of luck in order.
pub fn by_rule(question: &Question, luck: Luck) -> Vec<usize> {
    let most = question.alternatives.iter().map(|a| a.pick).max().unwrap_or(0);
    let mut weights: Vec<Weight> = vec![0; most + 1];
    question.alternatives.iter().for_each(|a| weights[a.pick] = a.weight);
    let whole = weights.iter().sum::<Weight>() == ONE;
    let pick = |run: u32| match whole {
        true => Sampler::new(luck.seed, luck.from + run).choose(question.site, &weights),
        // The rule would do what is not open to a person, such as nothing at all.
        false => question.own().pick,
    };
    (0..luck.runs).map(pick).collect()
}
