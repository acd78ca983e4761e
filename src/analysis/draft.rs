//! A draft of a whole text: what it is worth to whom, who would sign it and when, what would bring the next signature, and what
//! becomes of such a text.
//!
//! What bargaining analysis says of a package holds for one set of numbers. Here it is put to the parties in a round of the talks: with
//! the alternatives, the trust and the guarantees that the rounds before have left, and it goes on from there by the rules of the
//! model, through signatures, ratification, promises kept and broken.

use std::ops::Range;

use crate::domain::{
    InstrumentId, InstrumentState, ItemId, ItemState, Lifecycle, Model, OptionId, Quantity, Score, SeatId,
    TrackId, points, settled, signed,
};
use crate::drivers::Sampler;
use crate::kernel::{State, assess, worth};

/// An option for every item of a track's agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The track.
    pub track: TrackId,
    /// Options, in the order of the agenda.
    pub options: Vec<OptionId>,
}

impl Draft {
    /// The option on the `k`-th item of the agenda.
    fn option(&self, k: usize) -> OptionId {
        self.options[k]
    }
}

/// How a seat sees a draft. Numbers are points of the whole agenda.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Whose.
    pub seat: SeatId,
    /// Its credit for the draft: its points less what it expects to lose by broken promises.
    pub sees: f64,
    /// What it is out for at this time.
    pub needs: f64,
    /// What it takes no agreement for.
    pub alternative: f64,
    /// The most that any package could give it.
    pub of: f64,
    /// Items of the agenda, by place, whose option it never accepts.
    pub red_lines: Vec<usize>,
    /// Items of the agenda, by place, on which it fears for so many of its points.
    pub fears: Vec<(usize, f64)>,
    /// Whether it is what the seat is out for.
    pub content: bool,
    /// Whether it is worth more to it than no agreement and crosses no red line: then it signs, unless for its audience's sake.
    pub signs: bool,
}

/// How the seats of a track see a draft as things stand.
pub fn verdicts(model: &Model, state: &mut State, draft: &Draft) -> Vec<Verdict> {
    let seats = model.world.track(draft.track).seats.iter();
    seats.map(|seat| verdict(model, state, draft, *seat)).collect()
}

fn verdict(model: &Model, state: &mut State, draft: &Draft, seat: SeatId) -> Verdict {
    let party = model.world.seat(seat).party;
    let who = worth::preferences(model, state, party);
    let needs = assess::needs(model, state, seat);
    let floor = floor(model, state, seat);
    let seen = assess::assess(model, state, seat, needs, |_, k, _| Some(draft.option(k)));
    let items = || model.world.track(draft.track).items.iter().copied().enumerate();
    let fears = items().filter_map(|(k, item)| {
        let option = draft.option(k);
        let lost = model.worth.points(who, item, option) - worth::credit(model, state, party, item, option);
        (lost > 0).then(|| (k, points(lost)))
    });
    Verdict {
        seat,
        sees: points(seen.sees),
        needs: points(needs),
        alternative: points(floor),
        of: points(seen.of),
        fears: fears.collect(),
        red_lines: items()
            .filter(|(k, item)| worth::refuses(model, state, party, *item, draft.option(*k)))
            .map(|(k, _)| k)
            .collect(),
        content: assess::acceptable(model, &seen),
        signs: !seen.red_line && worth::enough(model, seen.sees, floor),
    }
}

/// The smallest change of a draft that brings another signature and costs none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Improvement {
    /// Items of the agenda, by place, and what they become: one, or two where no single one will do.
    pub changes: Vec<(usize, OptionId)>,
    /// Who signs then, and would not before.
    pub wins: Vec<SeatId>,
}

/// The most options of an agenda of which every two are tried together.
const MOST_OPTIONS: usize = 400;

/// One item with another option, and what that is to every seat.
struct Step {
    item: usize,
    option: OptionId,
    gains: Vec<Score>,
    crosses: Vec<bool>,
}

/// A draft and the changes that could be made to it.
struct Table<'a> {
    model: &'a Model,
    floors: Vec<Score>,
    sees: Vec<Score>,
    /// For each item and seat, whether its option crosses the seat's red line.
    crossed: Vec<Vec<bool>>,
    steps: Vec<Step>,
}

impl<'a> Table<'a> {
    fn new(model: &'a Model, state: &mut State, draft: &Draft) -> Self {
        let track = model.world.track(draft.track);
        let seats = &track.seats;
        let party = |s: &SeatId| model.world.seat(*s).party;
        let of = |state: &State, item: ItemId, option: OptionId| -> Vec<(Score, bool)> {
            let one = |s| {
                let credit = worth::credit(model, state, party(s), item, option);
                (credit, worth::refuses(model, state, party(s), item, option))
            };
            seats.iter().map(one).collect()
        };
        let mut table = Self {
            model,
            floors: seats.iter().map(|s| floor(model, state, *s)).collect(),
            sees: vec![0; seats.len()],
            crossed: Vec::new(),
            steps: Vec::new(),
        };
        for (k, item) in track.items.iter().copied().enumerate() {
            let stands = of(state, item, draft.option(k));
            table.sees.iter_mut().zip(&stands).for_each(|(sum, (credit, _))| *sum += credit);
            for option in model.world.item(item).option_ids().filter(|o| *o != draft.option(k)) {
                let other = of(state, item, option);
                table.steps.push(Step {
                    item: k,
                    option,
                    gains: other.iter().zip(&stands).map(|(other, now)| other.0 - now.0).collect(),
                    crosses: other.iter().map(|(_, crosses)| *crosses).collect(),
                });
            }
            table.crossed.push(stands.iter().map(|(_, crosses)| *crosses).collect());
        }
        table
    }

    /// What changes take from or give to a seat.
    fn gain(&self, changes: &[usize], seat: usize) -> Score {
        changes.iter().map(|c| self.steps[*c].gains[seat]).sum()
    }

    /// Who signs with these changes.
    fn signs(&self, changes: &[usize]) -> Vec<bool> {
        let kept = |item: usize| changes.iter().all(|c| self.steps[*c].item != item);
        let one = |seat: usize| {
            let crosses = self.crossed.iter().enumerate().any(|(item, by)| by[seat] && kept(item))
                || changes.iter().any(|c| self.steps[*c].crosses[seat]);
            let sees = self.sees[seat] + self.gain(changes, seat);
            !crosses && worth::enough(self.model, sees, self.floors[seat])
        };
        (0..self.floors.len()).map(one).collect()
    }

    /// How good changes are: signatures won, then the most that anybody gives up; `None` where they cost one or win none.
    fn merit(&self, changes: &[usize], before: &[bool]) -> Option<(usize, Score)> {
        let after = self.signs(changes);
        let lost = before.iter().zip(&after).any(|(before, after)| *before && !after);
        let won = before.iter().zip(&after).filter(|(before, after)| !**before && **after).count();
        let least = (0..before.len()).map(|seat| self.gain(changes, seat)).min().unwrap_or(0);
        (!lost && won > 0).then_some((won, least))
    }

    /// The best of some changes, the first where several are as good.
    fn best(&self, all: impl Iterator<Item = Vec<usize>>, before: &[bool]) -> Option<Vec<usize>> {
        let mut best: Option<((usize, Score), Vec<usize>)> = None;
        for changes in all {
            if let Some(merit) = self.merit(&changes, before)
                && best.as_ref().is_none_or(|(least, _)| merit > *least)
            {
                best = Some((merit, changes));
            }
        }
        best.map(|(_, changes)| changes)
    }
}

/// The smallest change of a draft that brings another signature and costs none: of one item, else of two. Among those that bring as
/// many, the one that takes least from who gives up most; then the first of the agenda. `None` where all sign, or there is none.
pub fn improvement(model: &Model, state: &mut State, draft: &Draft) -> Option<Improvement> {
    let table = Table::new(model, state, draft);
    let before = table.signs(&[]);
    if before.iter().all(|signs| *signs) {
        return None;
    }
    let n = table.steps.len();
    let two = || {
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| vec![a, b]));
        let pairs = pairs.filter(|p| table.steps[p[0]].item != table.steps[p[1]].item);
        table.best(pairs.take_while(|_| n <= MOST_OPTIONS), &before)
    };
    let changes = table.best((0..n).map(|one| vec![one]), &before).or_else(two)?;
    let after = table.signs(&changes);
    let seats = model.world.track(draft.track).seats.iter().zip(before.iter().zip(&after));
    Some(Improvement {
        wins: seats.filter(|(_, (before, after))| !**before && **after).map(|(seat, _)| *seat).collect(),
        changes: changes.iter().map(|c| (table.steps[*c].item, table.steps[*c].option)).collect(),
    })
}

/// What a seat takes no agreement for, as a package of the whole agenda: the test of a signature.
fn floor(model: &Model, state: &mut State, seat: SeatId) -> Score {
    let alternative = worth::standing(model, state, seat).alternative;
    worth::need(model, alternative, worth::table(model, state, seat).total)
}

/// What many runs make of a draft. Rounds are counted from 1 and stand from the place 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// How many runs.
    pub runs: u64,
    /// In how many the talks still go on when a round begins.
    pub going: Vec<u64>,
    /// In how many of these each seat would sign then, by round and seat.
    pub signs: Vec<Vec<u64>>,
    /// In how many all would.
    pub all: Vec<u64>,
    /// In how many the draft was put to the parties: those that still went on in its round.
    pub put: u64,
    /// What became of the texts of the track, in the order of the scenario.
    pub fates: Vec<Fate>,
}

/// What became of a text after a draft was put to the parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// Which.
    pub text: InstrumentId,
    /// In how many runs it had been signed by the end of a round.
    pub signed: Vec<u64>,
    /// In how many it had been broken by then.
    pub broken: Vec<u64>,
    /// In how many it ended in which state.
    pub ends: Vec<u64>,
}

/// Puts a draft to the parties at the start of a round and goes on from there: what is not sealed yet is agreed as the draft has it,
/// provisionally, and all else follows its rules. Besides, without it, who would sign it at the start of every round.
pub fn follow(model: &Model, draft: &Draft, round: u8, seed: u64, runs: Range<u32>) -> Course {
    let rounds = usize::from(model.world.rounds);
    let texts = (0..model.world.instruments.len()).map(InstrumentId::new);
    let texts = texts.filter(|t| model.world.instrument(*t).track == draft.track);
    let fate = |text| Fate {
        text,
        signed: vec![0; rounds],
        broken: vec![0; rounds],
        ends: vec![0; InstrumentState::ALL.len()],
    };
    let seats = model.world.track(draft.track).seats.len();
    let mut course = Course {
        runs: 0,
        going: vec![0; rounds],
        signs: vec![vec![0; seats]; rounds],
        all: vec![0; rounds],
        put: 0,
        fates: texts.map(fate).collect(),
    };
    let mut state = State::new(model);
    for run in runs {
        course.runs += 1;
        let mut chance = Sampler::new(seed, run);
        state.reset(model);
        let mut before = None;
        for at in 0..rounds {
            if state.get(model, Quantity::Outcome) != 0 {
                break;
            }
            course.look(model, &mut state, draft, at);
            if at + 1 == usize::from(round) {
                before = Some(state.cells().to_vec());
            }
            chance.play_round(model, &mut state);
        }
        if let Some(cells) = before {
            state.restore(&cells);
            agree(model, &mut state, draft);
            course.go_on(model, &mut state, &mut chance, usize::from(round) - 1);
        }
    }
    course
}

impl Course {
    fn look(&mut self, model: &Model, state: &mut State, draft: &Draft, at: usize) {
        let signs: Vec<bool> = verdicts(model, state, draft).iter().map(|v| v.signs).collect();
        self.going[at] += 1;
        self.all[at] += u64::from(signs.iter().all(|s| *s));
        self.signs[at].iter_mut().zip(signs).for_each(|(count, signs)| *count += u64::from(signs));
    }

    fn go_on(&mut self, model: &Model, state: &mut State, chance: &mut Sampler, from: usize) {
        self.put += 1;
        let mut seen = vec![(false, false); self.fates.len()];
        for at in from..self.going.len() {
            // After the end everything stays as it is.
            if state.get(model, Quantity::Outcome) == 0 {
                chance.play_round(model, state);
            }
            for (fate, (was_signed, was_broken)) in self.fates.iter_mut().zip(&mut seen) {
                let now = InstrumentState::of(state.get(model, Quantity::InstrumentState(fate.text)));
                *was_signed |= signed(now);
                *was_broken |= now == InstrumentState::Broken;
                fate.signed[at] += u64::from(*was_signed);
                fate.broken[at] += u64::from(*was_broken);
            }
        }
        for fate in &mut self.fates {
            let end = state.get(model, Quantity::InstrumentState(fate.text));
            fate.ends[usize::from(end)] += 1;
        }
    }
}

/// Makes what a draft says the provisional agreement on every item that no signed text has sealed.
fn agree(model: &Model, state: &mut State, draft: &Draft) {
    let track = model.world.track(draft.track);
    for (k, item) in track.items.iter().enumerate() {
        let now = ItemState::of(state.get(model, Quantity::ItemState(*item)));
        if settled(now) && now != ItemState::Agreed {
            continue;
        }
        state.put(model.cell(Quantity::ItemState(*item)), ItemState::Agreed.number());
        state.put(model.cell(Quantity::ItemOption(*item)), draft.option(k).0 + 1);
        state.put(model.cell(Quantity::Imposed(*item)), 0);
    }
    // Only where time eats up what is agreed is it remembered when that was.
    let dated = Quantity::AgreedIn(draft.track);
    if model.world.discounts(draft.track) && state.get(model, dated) == 0 {
        let round = state.get(model, Quantity::Round);
        state.put(model.cell(dated), round);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Model;
    use crate::scenario::{Source, load};

    /// Two parties, two items. Only a swap of one item makes both sign.
    fn model() -> Model {
        let text = r#"
            [scenario]
            title = "A draft"
            start = 2025-03-01
            rounds = 6
            [party.a]
            alternative = 50
            [party.b]
            alternative = 50
            [track.talks]
            seats = ["a", "b"]
            [item.land]
            track = "talks"
            [item.land.option]
            mine = { a = 60, b = 0 }
            half = { a = 30, b = 30 }
            yours = { a = 0, b = 60, red_line_of = ["a"] }
            [item.water]
            track = "talks"
            [item.water.option]
            mine = { a = 40, b = 0 }
            half = { a = 24, b = 24 }
            yours = { a = 0, b = 40 }
            [instrument.accord]
            track = "talks"
            seals = ["land", "water"]
        "#;
        let source = Source { name: "draft.toml".into(), text: text.into() };
        Model::new(load(&source, &[], None).world.expect("no mistakes"))
    }

    fn draft(options: [usize; 2]) -> Draft {
        Draft { track: TrackId::new(0), options: options.map(OptionId::new).to_vec() }
    }

    #[test]
    fn a_verdict_is_the_test_of_a_signature() {
        let model = model();
        let mut state = State::new(&model);
        let seen = verdicts(&model, &mut state, &draft([0, 1]));
        let told: Vec<_> = seen.iter().map(|v| (v.sees, v.alternative, v.of, v.signs)).collect();
        assert_eq!(told, [(84.0, 50.0, 100.0, true), (24.0, 50.0, 100.0, false)]);
        let seen = verdicts(&model, &mut state, &draft([2, 0]));
        assert_eq!(seen[0].red_lines, [0], "yours is beyond the red line of a");
        assert!(!seen[0].signs && seen[1].signs);
    }

    #[test]
    fn the_smallest_change_brings_a_signature_and_costs_none() {
        let model = model();
        let mut state = State::new(&model);
        // With the land to a, b signs for nothing; half of it, with half of the water, does for both.
        let found = improvement(&model, &mut state, &draft([0, 1])).expect("there is one");
        assert_eq!(found.changes, [(0, OptionId::new(1))]);
        assert_eq!(found.wins, [SeatId::new(1)]);
        // Two items have to change where no single one will do.
        let found = improvement(&model, &mut state, &draft([0, 0])).expect("there is one");
        assert_eq!(found.changes, [(0, OptionId::new(1)), (1, OptionId::new(1))]);
        assert_eq!(improvement(&model, &mut state, &draft([1, 1])), None, "both sign");
    }

    #[test]
    fn what_all_sign_is_signed_at_once_and_what_one_refuses_is_not() {
        let model = model();
        let course = follow(&model, &draft([1, 1]), 1, 1, 0..200);
        assert_eq!((course.put, course.all[0], course.going[0]), (200, 200, 200));
        assert!(course.fates[0].signed[0] > 100, "{:?}", course.fates[0].signed);
        assert_eq!(course.fates[0].ends.iter().sum::<u64>(), 200);
        let refused = follow(&model, &draft([0, 0]), 1, 1, 0..200);
        assert_eq!(refused.all[0], 0);
        assert_eq!(refused.fates[0].signed[0], 0, "b does not sign for nothing");
    }

    #[test]
    fn parts_of_a_course_play_the_same_runs() {
        let model = model();
        let whole = follow(&model, &draft([1, 1]), 2, 7, 0..40);
        let parts =
            [follow(&model, &draft([1, 1]), 2, 7, 0..15), follow(&model, &draft([1, 1]), 2, 7, 15..40)];
        assert_eq!(whole.put, parts[0].put + parts[1].put);
        assert_eq!(whole.fates[0].signed[3], parts[0].fates[0].signed[3] + parts[1].fates[0].signed[3]);
    }
}
