//! A track of a scenario as a domain: what its options are worth to whom, what no agreement is worth, what waiting costs.

use super::domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
use crate::domain::{DecisionRule, Item, SeatId, Track, TrackId, World};

/// Points of a utility of 1.
const POINTS: f64 = 100.0;

/// The domain of a track as it stands at the start, and what a domain does not say of it. A utility of 1 is 100 points.
pub fn domain(world: &World, track: TrackId) -> (Domain, Vec<String>) {
    let track = world.track(track);
    let items: Vec<&Item> = track.items.iter().map(|i| world.item(*i)).collect();
    let (may_refuse, vetoes) = rule(world, track);
    let issue = |item: &&Item| Issue {
        name: item.name.title.clone(),
        values: Values::Discrete(item.options.iter().map(|o| o.name.title.clone()).collect()),
    };
    let domain = Domain {
        name: if world.tracks.len() == 1 { world.title.clone() } else { track.name.title.clone() },
        format: Format::Scenario,
        issues: items.iter().map(issue).collect(),
        profiles: track.seats.iter().map(|seat| profile(world, *seat, &items)).collect(),
        may_refuse,
        vetoes,
        strict: world.dynamics.strict,
        initial: None,
        findings: Vec::new(),
    };
    (domain, losses(world, track, &items))
}

/// How many may refuse, and whose consent is needed in any case.
fn rule(world: &World, track: &Track) -> (usize, Vec<usize>) {
    let seats = track.seats.len();
    let place = |party| track.seats.iter().position(|s| world.seat(*s).party == party);
    match &track.rule {
        DecisionRule::Consensus => (0, Vec::new()),
        DecisionRule::AllBut { n, vetoes } => {
            (usize::from(*n), vetoes.iter().filter_map(|p| place(*p)).collect())
        }
        DecisionRule::Majority | DecisionRule::SufficientConsensus { .. } => {
            (seats - (seats / 2 + 1).min(seats), Vec::new())
        }
    }
}

fn profile(world: &World, seat: SeatId, items: &[&Item]) -> Profile {
    let id = world.seat(seat).party;
    let party = world.party(id);
    let row =
        |item: &&Item| -> Vec<f64> { item.options.iter().map(|o| o.points[id.at()] / POINTS).collect() };
    let table = |item: &&Item| Evaluation::Table {
        numbers: row(item).into_iter().map(Some).collect(),
        extra: Vec::new(),
        divided: false,
    };
    // The alternative is a share of the best package outside its own red lines, as talks take it.
    let best = |item: &&Item| {
        let allowed = item.options.iter().filter(|o| !o.red_line_of.contains(&id));
        allowed.map(|o| o.points[id.at()] / POINTS).fold(0.0, f64::max)
    };
    let total: f64 = items.iter().map(best).sum();
    Profile {
        name: party.name.title.clone(),
        role: None,
        evaluations: items.iter().map(table).collect(),
        weights: vec![1.0; items.len()],
        constant: 0.0,
        ceiling: None,
        reservation: Reservation::Utility(f64::from(world.alternative_at_start(seat)) / 100.0 * total),
        discount: (party.discount < 1.0).then(|| libm::pow(party.discount, f64::from(world.rounds))),
        step_discount: None,
        discounts: party.discounts,
    }
}

/// What a domain does not say of a track.
fn losses(world: &World, track: &Track, items: &[&Item]) -> Vec<String> {
    let mut out = Vec::new();
    for item in items {
        for option in item.options.iter().filter(|o| !o.red_line_of.is_empty()) {
            let who: Vec<&str> =
                option.red_line_of.iter().map(|p| world.party(*p).name.title.as_str()).collect();
            out.push(format!(
                "“{}”, “{}” crosses a red line of {}: a domain has no red lines, and it can be agreed there",
                item.name.title,
                option.name.title,
                who.join(", ")
            ));
        }
    }
    let exposed = items.iter().flat_map(|i| &i.options).filter(|o| !o.exposes.is_empty()).count();
    if exposed > 0 {
        let who = if exposed == 1 { "1 option exposes".into() } else { format!("{exposed} options expose") };
        out.push(format!("what broken promises may cost ({who} somebody) is left out: points stand whole"));
    }
    for seat in &track.seats {
        let party = world.party(world.seat(*seat).party);
        if party.discount < 1.0 {
            out.push(format!(
                "{}: a discount of {} a round is one of the whole time over {} rounds",
                party.name.title, party.discount, world.rounds
            ));
        }
        if !party.stakes.is_empty() {
            out.push(format!(
                "{}: its alternative is that of the file and does not move with fronts",
                party.name.title
            ));
        }
    }
    if matches!(track.rule, DecisionRule::SufficientConsensus { .. }) {
        out.push("sufficient consensus is written as a majority: blocs are left out".into());
    }
    if !track.procedure.whole() {
        out.push("items are settled one by one here; other programs' talks are about whole packages".into());
    }
    let left_out = left_out(world, track, items);
    if !left_out.is_empty() {
        out.push(format!("a domain is points and alternatives: {} are left out", left_out.join(", ")));
    }
    out
}

/// The parts of a scenario that a domain has no place for.
fn left_out(world: &World, track: &Track, items: &[&Item]) -> Vec<&'static str> {
    let conditions = items.iter().any(|i| i.requires.is_some());
    let parts = [
        ("tactics", true),
        ("the other tracks", world.tracks.len() > 1),
        ("mediators", !track.mediators.is_empty()),
        ("conditions of items", conditions),
        ("texts and signatures", !world.instruments.is_empty()),
        ("fronts", !world.fronts.is_empty()),
        ("spoilers", !world.spoilers.is_empty()),
        ("backers", !world.backers.is_empty()),
        ("observers", !world.observers.is_empty()),
        ("events", !world.events.is_empty()),
    ];
    parts.into_iter().filter(|(_, there)| *there).map(|(what, _)| what).collect()
}
