//! The bargaining problem of a track of a scenario, as it stands at the start or at another moment.

use super::problem::{Issue, Party, Problem, Rule};
use crate::domain::{DecisionRule, Model, OptionId, SeatId, TrackId, points, portion_points};
use crate::kernel::State;
use crate::kernel::worth;

impl Problem {
    /// The items and seats of a track at the start: utilities are credits (points less what is expected to be lost by
    /// broken promises) in points of 100 of the seat's best; alternatives are those of the first round.
    pub fn of_track(model: &Model, track: TrackId) -> Self {
        Self::at(model, &State::new(model), track)
    }

    /// The same as things stand in this state: its alternatives, and what promises are worth in it. What is settled
    /// already binds nobody here: packages are those of the whole agenda.
    pub fn at(model: &Model, state: &State, track: TrackId) -> Self {
        let world = &model.world;
        let track = world.track(track);
        let issues = track.items.iter().map(|i| {
            let item = world.item(*i);
            Issue {
                name: item.name.title.clone(),
                values: item.options.iter().map(|o| o.name.title.clone()).collect(),
            }
        });
        let parties = track.seats.iter().map(|seat| party(model, state, *seat));
        let place = |party| track.seats.iter().position(|s| world.seat(*s).party == party);
        let seats = track.seats.len();
        let (may_refuse, vetoes) = match &track.rule {
            DecisionRule::Consensus => (0, Vec::new()),
            DecisionRule::AllBut { n, vetoes } => {
                (usize::from(*n), vetoes.iter().filter_map(|p| place(*p)).collect())
            }
            // More than half of the seats; blocs are not counted here, so this is the weaker half of that rule.
            DecisionRule::Majority | DecisionRule::SufficientConsensus { .. } => {
                (seats - (seats / 2 + 1).min(seats), Vec::new())
            }
        };
        Self {
            issues: issues.collect(),
            parties: parties.collect(),
            rule: Rule { may_refuse, vetoes, strict: world.dynamics.strict },
        }
    }
}

fn party(model: &Model, state: &State, seat: SeatId) -> Party {
    let (party, track) = (model.world.seat(seat).party, model.world.seat(seat).track);
    let items = &model.world.track(track).items;
    let (who, profile) = (worth::preferences(model, state, party), worth::profile(model, state, party));
    // As the file has them: the talks compare in units of 1/10,000, an analysis need not.
    let exact = |i: usize, o: OptionId| match profile {
        0 => model.world.item(items[i]).options[o.at()].points[party.at()],
        k => model.world.party(party).profiles[usize::from(k) - 1].points[items[i].at()][o.at()],
    };
    let lost = |i: usize, o: OptionId| {
        points(model.worth.points(who, items[i], o) - worth::credit(model, state, party, items[i], o))
    };
    let best = |i: usize| {
        let allowed =
            model.world.item(items[i]).option_ids().filter(|o| !model.worth.refuses(who, items[i], *o));
        allowed.map(|o| exact(i, o)).fold(0.0, f64::max)
    };
    let total: f64 = (0..items.len()).map(best).sum();
    let share = |credit: f64| if total > 0.0 { credit * 100.0 / total } else { 0.0 };
    let options = |i: usize| (0..model.world.item(items[i]).options.len()).map(OptionId::new);
    Party {
        name: model.world.party(party).name.title.clone(),
        worth: (0..items.len())
            .map(|i| options(i).map(|o| share(exact(i, o) - lost(i, o))).collect())
            .collect(),
        constant: 0.0,
        ceiling: None,
        // Where nothing on the agenda is worth anything to it, it has nothing to refuse.
        alternative: (total > 0.0).then(|| portion_points(worth::alternative_today(model, state, seat))),
        red_lines: (0..items.len())
            .flat_map(|i| options(i).map(move |o| (i, o)))
            .filter(|(i, o)| model.worth.refuses(who, items[*i], *o))
            .map(|(i, o)| (i, o.at()))
            .collect(),
    }
}
