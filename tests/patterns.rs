//! The patterns of the field that the model is judged by (docs/model.md, section 1), each measured over many runs: on the shipped scenario
//! of Doha where it applies, and over a generic family of talks. All runs are under fixed seeds, so that nothing here fails by chance once
//! it has passed; beside each bar stands how often it would, under another seed, if the model stayed as it is.
//!
//! `cargo test --release --test patterns -- --ignored` measures the long ones; with `--nocapture` all say their figures.

#[path = "support/regression.rs"]
mod regression;
mod support;
#[path = "support/survival.rs"]
mod survival;

use baraza::agents::take_turn;
use baraza::domain::{
    HEAVY, Instrument, InstrumentState, Model, ONE, PartyId, Quantity as Q, SpoilerState, TrackState, Turn,
    signed,
};
use baraza::drivers::Sampler;
use baraza::kernel::{
    Assessment, Chooser, Chronicle, Entry, Silent, Site, Standing, State, What, ripe, worth,
};
use regression::adjusted_r2;
use support::family::{ALTERNATIVES, Family};

use support::{model, shipped};
use survival::{Spell, shape};

/// Runs of a quick measurement.
const RUNS: u32 = 2_000;

/// Plays runs to their end and counts those of which something holds.
fn count(model: &Model, seed: u64, runs: u32, holds: impl Fn(&State) -> bool) -> Vec<bool> {
    let mut state = State::new(model);
    let run = |run: u32| {
        state.reset(model);
        Sampler::new(seed, run).play(model, &mut state);
        holds(&state)
    };
    (0..runs).map(run).collect()
}

fn share(of: &[bool]) -> f64 {
    of.iter().filter(|x| **x).count() as f64 / of.len() as f64
}

/// The difference of two shares in points of 100, under the same luck, and half of its 95 % interval.
fn difference(before: &[bool], after: &[bool]) -> (f64, f64) {
    let changes: Vec<f64> = before.iter().zip(after).map(|(a, b)| f64::from(*b) - f64::from(*a)).collect();
    mean(&changes, 100.0)
}

fn mean(values: &[f64], scale: f64) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    (scale * mean, scale * 1.96 * libm::sqrt(variance / n))
}

fn tell(pattern: &str, figure: &str) {
    println!("pattern {pattern}: {figure}");
}

/// Whether the comprehensive agreement of Doha was ever signed.
fn comprehensive(model: &Model) -> impl Fn(&State) -> bool + '_ {
    let text = model.world.instruments.iter().position(|n| n.name.id == "comprehensive");
    let cell = model.cell(Q::InstrumentState(text.expect("it is there").into()));
    move |state| signed(InstrumentState::of(state.cell(cell)))
}

fn doha(changes: &[(&str, &str)]) -> Vec<bool> {
    let model = shipped("doha-2025", changes);
    count(&model, 11, RUNS, comprehensive(&model))
}

/// The members of the family that quick measurements look at, each with runs under a seed of its own.
const MEMBERS: u64 = 40;

/// Runs of each of them.
const EACH: u32 = 50;

fn members(family: &Family) -> impl Iterator<Item = (u64, Model)> + '_ {
    (0..MEMBERS).map(|k| (k, model(&family.member(k))))
}

/// Of each run of each member, whether something holds at its end.
fn over(family: &Family, holds: impl Fn(&Model, &State) -> bool) -> Vec<bool> {
    members(family).flat_map(|(k, model)| count(&model, k, EACH, |state| holds(&model, state))).collect()
}

fn accord(model: &Model, state: &State) -> bool {
    signed(InstrumentState::of(state.get(model, Q::InstrumentState(1.into()))))
}

/// Pattern 2: What stands between the parties is not settled by time. The standard error of a share is 1 point: the bars are 3 and more of them
/// away from what was measured.
#[test]
fn obstacles_are_not_settled_by_time() {
    for moved in [false, true] {
        let rounds = ["13", "20", "26", "40"];
        let shares: Vec<f64> = rounds
            .iter()
            .map(|n| {
                let deadline = if moved { n } else { &"13" };
                100.0 * share(&doha(&[("scenario.rounds", n), ("track.doha.deadline", deadline)]))
            })
            .collect();
        tell("2", &format!("rounds {rounds:?}, deadline moved along: {moved}: {shares:.1?} %"));
        if moved {
            let within = 100.0 * within_a_year_of_the_declaration();
            tell("2", &format!("26 rounds: within a year of the declaration {within:.1} %"));
            assert!((10.0..=45.0).contains(&within), "{within}");
        }
        // Where the deadline stays in round 13 it slips and is hardly believed, and what it had pressed out of the parties stays
        // conceded: that is 78 and 84 % at 26 and 40 rounds, above the bar of 75.
        let bar = if moved { 75.0 } else { 90.0 };
        assert!(shares.iter().all(|s| *s < bar), "{shares:?}");
        assert!(shares[3] - shares[2] <= 10.0, "{shares:?}");
    }
}

/// Of the runs of Doha over 26 rounds in which the declaration was signed: those in which the comprehensive agreement was within 365 days.
fn within_a_year_of_the_declaration() -> f64 {
    let model = shipped("doha-2025", &[("scenario.rounds", "26"), ("track.doha.deadline", "26")]);
    let text = |id: &str| model.world.instruments.iter().position(|n| n.name.id == id).expect("it is there");
    let [declaration, accord] = ["declaration", "comprehensive"].map(text);
    let mut state = State::new(&model);
    let mut seen = Vec::new();
    for run in 0..RUNS {
        state.reset(&model);
        let mut chance = Sampler::new(11, run);
        let mut days: [Option<i32>; 2] = [None; 2];
        while state.get(&model, Q::Outcome) == 0 {
            let day = model.world.day_of(state.get(&model, Q::Round));
            chance.play_round(&model, &mut state);
            for (known, text) in days.iter_mut().zip([declaration, accord]) {
                let now = InstrumentState::of(state.get(&model, Q::InstrumentState(text.into())));
                *known = known.or(signed(now).then_some(day));
            }
        }
        if let [Some(first), accord] = days {
            seen.push(accord.is_some_and(|day| day - first <= 365));
        }
    }
    share(&seen)
}

/// Pattern 3: Levels at the start act.
#[test]
fn the_start_acts() {
    let before = doha(&[]);
    let exhausted = [("party.drc.weariness", "very-high"), ("party.m23.weariness", "very-high")];
    let never_fallen = [("front.goma.holder", "drc"), ("front.bukavu.holder", "drc")];
    let unbacked = [("backer.rwanda.support", "very-low")];
    for (what, changes, bar) in [
        ("both exhausted", &exhausted[..], 10.0),
        ("Goma and Bukavu never fallen", &never_fallen[..], 1.5),
        ("Rwanda's support gone", &unbacked[..], 5.0),
    ] {
        let (effect, half) = difference(&before, &doha(changes));
        tell("3", &format!("{what}: {effect:+.1} ± {half:.1} points"));
        assert!(effect >= bar && effect > half, "{what}: {effect} ± {half}");
    }
}

/// Pattern 4: The stronger party gets the better terms.
#[test]
fn capability_moves_the_terms() {
    let points = ["very-low", "low", "medium", "high", "very-high"].map(|level| {
        let model = shipped("doha-2025", &[("party.m23.capability", level)]);
        let mut state = State::new(&model);
        let run = |run| {
            state.reset(&model);
            Sampler::new(11, run).play(&model, &mut state);
            baraza::kernel::worth::payoff(&model, &state, 1.into())
        };
        (0..RUNS).map(run).sum::<f64>() / f64::from(RUNS)
    });
    tell("4", &format!("mean points of M23 by its capability: {points:.1?}"));
    assert!(points.is_sorted(), "{points:?}");
}

/// Pattern 6: Fighting that only hurts ripens talks. That fighting costs them where it suspends them is not met: with nobody tired by it, accords
/// are 8 ± 2 points more frequent under fierce fighting, since delegations that do not meet do not walk
/// out, while time goes on to bring them nearer to their alternatives. The figure is told and holds nothing up.
#[test]
fn fighting_ripens_talks() {
    let [calm, fierce] = [
        "weariness_odds = 0\nfighting = { press = 0.02 }",
        "weariness_odds = 0\nfighting = { press = 0.25 }",
    ]
    .map(|dynamics| Family {
        dynamics,
        track: "deadline = 24\nsuspended_when = \"front.town.intensity >= heavy\"",
        ..Family::default()
    });
    let collapsed = |model: &Model, state: &State| {
        state.get(model, Q::TrackState(0.into())) == TrackState::Collapsed as u8
    };
    let (costs, half) = difference(&over(&calm, accord), &over(&fierce, accord));
    tell("6", &format!("accords with fighting that suspends (not met): {costs:+.1} ± {half:.1} points"));
    let (collapses, half) = difference(&over(&calm, collapsed), &over(&fierce, collapsed));
    tell("6", &format!("collapsed with fighting that suspends: {collapses:+.1} ± {half:.1} points"));
    let [calm, fierce] = ["fighting = { press = 0.02 }", "fighting = { press = 0.25 }"]
        .map(|dynamics| Family { dynamics, ..Family::default() });
    let (ripens, half) = difference(&over(&calm, accord), &over(&fierce, accord));
    tell("6", &format!("accords with fighting that only hurts: {ripens:+.1} ± {half:.1} points"));
    assert!(ripens > half, "{ripens} ± {half}");
}

/// Pattern 5: Talks fail for reasons. At mid-horizon, of the runs whose talks go on without the accord: what lost sessions explain of
/// what comes after is less than what reserves, optimism, breaches and captures explain together.
/// Of the figures beside the test none has an interval: R² is compared under the fixed seeds.
#[test]
fn talks_fail_for_reasons() {
    let doha = shipped("doha-2025", &[("scenario.rounds", "26"), ("track.doha.deadline", "26")]);
    let accord_of_doha = doha.world.instruments.iter().position(|n| n.name.id == "comprehensive");
    let doha = vec![(11, doha, accord_of_doha.expect("it is there"))];
    let family = members(&Family::default()).map(|(k, model)| (k, model, 1)).collect();
    for (what, runs, talks) in [("Doha", RUNS, doha), ("family", EACH, family)] {
        let (mut lost, mut reasons, mut signed_later) = (Vec::new(), vec![Vec::new(); 6], Vec::new());
        for (seed, model, text) in &talks {
            for run in 0..runs {
                let Some((landmark, ends)) = landmark(model, *seed, run, *text) else { continue };
                lost.push(landmark.lost);
                reasons.iter_mut().zip(landmark.reasons).for_each(|(all, one)| all.push(one));
                signed_later.push(f64::from(ends));
            }
        }
        let [sessions, reasons] =
            [&[lost][..], &reasons].map(|features| adjusted_r2(features, &signed_later));
        tell(
            "5",
            &format!(
                "{what}: lost sessions {sessions:.3}, reasons {reasons:.3} ({} runs)",
                signed_later.len()
            ),
        );
        assert!(sessions < reasons, "{what}: {sessions} and {reasons}");
    }
}

/// What had happened by the middle of a run.
struct Landmark {
    /// Sessions that were not held.
    lost: f64,
    /// Reserves and optimism of the two parties of the first track, breaches of all texts, and captures.
    reasons: [f64; 6],
}

/// How things stood at mid-horizon, and whether a text was signed later; `None` where the talks were over by then.
fn landmark(model: &Model, seed: u64, run: u32, text: usize) -> Option<(Landmark, bool)> {
    let mut state = State::new(model);
    let mut chance = Sampler::new(seed, run);
    let accord =
        |state: &State| signed(InstrumentState::of(state.get(model, Q::InstrumentState(text.into()))));
    let track = model.world.instrument(text.into()).track;
    let seats = [0, 1].map(|k| model.world.seat(model.world.track(track).seats[k]).party);
    let sum = |state: &State, all: Vec<Q>| all.iter().map(|q| f64::from(state.get(model, *q))).sum::<f64>();
    let holders = |state: &State| {
        (0..model.world.fronts.len()).map(|f| state.get(model, Q::Holder(f.into()))).collect::<Vec<_>>()
    };
    let (mut lost, mut captures) = (0.0, 0.0);
    for _ in 0..model.world.rounds / 2 {
        let before = holders(&state);
        chance.play_round(model, &mut state);
        let now = TrackState::of(state.get(model, Q::TrackState(track)));
        lost += f64::from(matches!(now, TrackState::Adjourned | TrackState::Suspended));
        captures += before.iter().zip(holders(&state)).filter(|(a, b)| *a != b).count() as f64;
    }
    let now = TrackState::of(state.get(model, Q::TrackState(track)));
    let goes_on = matches!(now, TrackState::Open | TrackState::Adjourned | TrackState::Suspended);
    if !goes_on || accord(&state) || state.get(model, Q::Outcome) != 0 {
        return None;
    }
    let kept = |q: Q| if model.layout.keeps(q) { f64::from(state.get(model, q)) } else { 0.0 };
    let [a, b] = seats;
    let breaches = sum(&state, (0..model.world.instruments.len()).map(|n| Q::Breaches(n.into())).collect());
    let reasons = [
        kept(Q::Reserve(a)),
        kept(Q::Reserve(b)),
        kept(Q::Optimism(a)),
        kept(Q::Optimism(b)),
        breaches,
        captures,
    ];
    chance.play(model, &mut state);
    Some((Landmark { lost, reasons }, accord(&state)))
}

/// Pattern 9: Breach falls with trust, and its hazard with the age of a text: of ceasefires, and of comprehensive texts. That trust built by
/// keeping adds to it, more runs than these show ([`keeping_builds_what_keeps`]). The effect of trust is 17 standard errors from 0, the two
/// shapes 2.4 and 3.5 from their bars: under another seed about one in a hundred would miss one.
#[test]
fn promises_are_kept_by_those_who_trust_and_longer_the_longer() {
    let trust = |level: u8| {
        move |model: &Model, state: &mut State| {
            for (a, b) in [(0, 1), (1, 0)] {
                state.put(model.cell(Q::Trust(PartyId::new(a), PartyId::new(b))), level);
            }
        }
    };
    let (low, high) = forked(&Family::default(), 1, trust(1), trust(3));
    let (effect, half) = difference(&low, &high);
    tell(
        "9",
        &format!("an accord is broken within a year: trust high less low {effect:+.1} ± {half:.1} points"),
    );
    assert!(effect < -half, "{effect} ± {half}");
    let [ceasefires, accords, _] = shapes(MEMBERS, EACH);
    assert!(ceasefires[1] < 0.9 && ceasefires[2] < 1.0, "{ceasefires:?}");
    assert!(accords[2] < 1.0, "{accords:?}");
}

/// Pattern 9, whole: the shape of comprehensive texts is below that of the same runs where keeping builds no trust.
#[test]
#[ignore = "takes a minute"]
fn keeping_builds_what_keeps() {
    let [_, accords, without] = shapes(200, 500);
    assert!(accords[2] < without[0], "{accords:?} and {without:?}");
}

/// Weibull's shapes, with their intervals, of ceasefires, of accords, and of accords where keeping builds no trust.
fn shapes(members: u64, each: u32) -> [[f64; 3]; 3] {
    let unlearned = Family { dynamics: "compliance = { kept = 0 }", ..Family::default() };
    let of = [(&Family::default(), 0), (&Family::default(), 1), (&unlearned, 1)];
    let shapes = of.map(|(family, text)| shape(&spells(family, text, members, each)));
    let [ceasefires, accords, without] = shapes;
    tell(
        "9",
        &format!(
            "shapes with 95 % intervals, {members} members: ceasefires {ceasefires:.2?}, accords {accords:.2?}, with `kept` 0 {without:.2?}"
        ),
    );
    shapes
}

/// How long a text was kept from its entry into force until the first breach, in rounds; a breach counts in the middle of its round.
fn spells(family: &Family, text: usize, members: u64, each: u32) -> Vec<Spell> {
    let mut spells = Vec::new();
    for stratum in 0..members {
        let model = model(&family.member(stratum));
        let state_of =
            |state: &State| InstrumentState::of(state.get(&model, Q::InstrumentState(text.into())));
        let mut state = State::new(&model);
        for run in 0..each {
            state.reset(&model);
            let mut chance = Sampler::new(stratum, run);
            let mut age = None;
            while state.get(&model, Q::Outcome) == 0 {
                chance.play_round(&model, &mut state);
                match (state_of(&state), age) {
                    (InstrumentState::InForce, None) => age = Some(0.0),
                    (InstrumentState::InForce, Some(rounds)) => age = Some(rounds + 1.0),
                    (_, None) => {}
                    (_, Some(rounds)) => {
                        spells.push(Spell { stratum, time: rounds + 0.5, ended: true });
                        age = None;
                        break;
                    }
                }
            }
            spells.extend(age.filter(|a| *a > 0.0).map(|time| Spell { stratum, time, ended: false }));
        }
    }
    spells
}

/// Runs in which a text enters into force, each gone on with twice from the end of that round, with one change of the state and with
/// another: whether the text was broken, or suspended for a breach, within a year.
fn forked(
    family: &Family,
    text: usize,
    one: impl Fn(&Model, &mut State),
    other: impl Fn(&Model, &mut State),
) -> (Vec<bool>, Vec<bool>) {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for (seed, model) in members(family) {
        for run in 0..EACH {
            let Some(state) = entry_into_force(&model, seed, run, text) else { continue };
            for (change, seen) in [(&one as &dyn Fn(&Model, &mut State), &mut first), (&other, &mut second)] {
                let mut state = state.clone();
                change(&model, &mut state);
                seen.push(breached_within_a_year(&model, &mut state, seed, run, text));
            }
        }
    }
    (first, second)
}

/// The state at the end of the round in which a text entered into force, where the talks go on then.
fn entry_into_force(model: &Model, seed: u64, run: u32, text: usize) -> Option<State> {
    let mut state = State::new(model);
    let mut chance = Sampler::new(seed, run);
    let force =
        |state: &State| state.get(model, Q::InstrumentState(text.into())) == InstrumentState::InForce as u8;
    while state.get(model, Q::Outcome) == 0 && !force(&state) {
        chance.play_round(model, &mut state);
    }
    (state.get(model, Q::Outcome) == 0).then_some(state)
}

fn breached_within_a_year(model: &Model, state: &mut State, seed: u64, run: u32, text: usize) -> bool {
    let mut chance = Sampler::new(seed, run);
    let before = state.get(model, Q::Breaches(text.into()));
    for _ in 0..12 {
        if state.get(model, Q::Outcome) != 0 {
            break;
        }
        chance.play_round(model, state);
    }
    state.get(model, Q::Breaches(text.into())) > before
}

/// Pattern 12: What was imposed is kept worse once the pressure is gone; who holds others' fate breaks more often; a guarantee rescues
/// what those cannot sign who would be at others' mercy (Walter 1997).
/// The three effects are 13, 5 and 15 standard errors from 0: another seed misses one less than once in a million.
#[test]
fn what_rests_on_pressure_and_mercy_is_kept_worse() {
    let imposed = |value: u8| {
        move |model: &Model, state: &mut State| {
            for item in &model.world.instrument(1.into()).seals {
                state.put(model.cell(Q::Imposed(*item)), value);
            }
            for party in (0..2).map(PartyId::new) {
                state.put(model.cell(Q::Pressure(party)), model.pressure[party.at()]);
            }
        }
    };
    let (free, forced) = forked(&Family::default(), 1, imposed(0), imposed(1));
    let (effect, half) = difference(&free, &forced);
    tell(
        "12",
        &format!("an accord is broken within a year: imposed less free {effect:+.1} ± {half:.1} points"),
    );
    assert!(effect > half, "{effect} ± {half}");

    let (mercy, none) = at_mercy();
    let (effect, half) = difference(&none, &mercy);
    tell(
        "12",
        &format!(
            "with 40 points at others' mercy, with the gain less without {effect:+.1} ± {half:.1} points"
        ),
    );
    assert!(effect > half, "{effect} ± {half}");

    let walter =
        |insured| over(&Family { insured, trust: "very-low", risk: (15, 25), ..Family::default() }, accord);
    let (without, with) = (walter("very-low"), walter("very-high"));
    let (effect, half) = difference(&without, &with);
    tell(
        "12",
        &format!(
            "accords of those at others' mercy: {:.1} %, with guarantees {effect:+.1} ± {half:.1} points",
            100.0 * share(&without)
        ),
    );
    assert!(effect > half, "{effect} ± {half}");
}

/// Whether accords with much at risk are broken within a year, with the gain from others' exposure and without it, from the same states on.
fn at_mercy() -> (Vec<bool>, Vec<bool>) {
    let family = Family { risk: (40, 40), ..Family::default() };
    let gainless = Family { dynamics: "compliance = { gain = 0 }", ..family };
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for ((seed, model), (_, other)) in members(&family).zip(members(&gainless)) {
        for run in 0..EACH {
            let Some(state) = entry_into_force(&model, seed, run, 1) else { continue };
            with.push(breached_within_a_year(&model, &mut state.clone(), seed, run, 1));
            without.push(breached_within_a_year(&other, &mut state.clone(), seed, run, 1));
        }
    }
    (with, without)
}

/// Pattern 10: A total spoiler attacks more in the three rounds before a signature than in rounds far from one, within the same runs.
#[test]
fn violence_rises_as_agreement_comes_near() {
    let mut differences = Vec::new();
    for (k, model) in members(&Family::default()) {
        let mut state = State::new(&model);
        for run in 0..EACH {
            state.reset(&model);
            let mut chance = Sampler::new(k, run);
            let mut attacks = Vec::new();
            while state.get(&model, Q::Outcome) == 0 && !accord(&model, &state) {
                chance.play_round(&model, &mut state);
                let now = state.get(&model, Q::SpoilerState(0.into()));
                attacks.push(f64::from(now == SpoilerState::Active as u8));
            }
            // The signature came in the last of these rounds.
            if accord(&model, &state) && attacks.len() >= 12 {
                attacks.pop();
                let (far, near) = (&attacks[..attacks.len() - 6], &attacks[attacks.len() - 3..]);
                let of = |rounds: &[f64]| rounds.iter().sum::<f64>() / rounds.len() as f64;
                differences.push(of(near) - of(far));
            }
        }
    }
    let (effect, half) = mean(&differences, 100.0);
    tell(
        "10",
        &format!(
            "attacks near less far: {effect:+.1} ± {half:.1} points a round, {} runs",
            differences.len()
        ),
    );
    assert!(effect > half, "{effect} ± {half}");
}

/// Pattern 11: A deadline that nobody believes does nothing. One that is enforced makes parties concede sooner, and costs agreements where no zone
/// opens in time: against a soft one that is believed as much, in hard talks.
#[test]
fn deadlines_are_worth_what_they_are_believed() {
    let of = |track, alternatives| over(&Family { track, alternatives, ..Family::default() }, accord);
    let none = of("deadline = 60\nbelief = 0", ALTERNATIVES[1]);
    let (unbelieved, _) = difference(&none, &of("deadline = 24\nbelief = 0", ALTERNATIVES[1]));
    tell("11", &format!("accords, unbelieved: {unbelieved:+.2} points"));
    assert!(unbelieved.abs() < 1.0, "{unbelieved}");
    let believed = of("deadline = 12\nbelief = 1", ALTERNATIVES[2]);
    let (enforced, half) = difference(&believed, &of("deadline = 12\nhard_deadline = true", ALTERNATIVES[2]));
    tell("11", &format!("accords, enforced against believed, hard talks: {enforced:+.1} ± {half:.1} points"));
    assert!(enforced < -half, "{enforced} ± {half}");
}

/// Pattern 12: Who can guarantee never lowers the odds of signing by doing so.
#[test]
fn a_guarantor_does_not_lower_the_odds_of_signing() {
    let of = |guarantee| over(&Family { guarantee, ..Family::default() }, accord);
    let (effect, half) = difference(&of(0), &of(4));
    tell("12", &format!("a guarantor: {effect:+.1} ± {half:.1} points"));
    assert!(effect > -half, "{effect} ± {half}");
}

/// Pattern 13: Optimism that meets stalemate falls, and the moment ripens.
#[test]
fn optimism_that_meets_stalemate_falls() {
    let family = Family { optimism: "high", alternatives: ALTERNATIVES[2], ..Family::default() };
    let (mut fell, mut ripened) = (Vec::new(), Vec::new());
    for (k, model) in members(&family) {
        let mut state = State::new(&model);
        for run in 0..EACH {
            state.reset(&model);
            let mut chance = Sampler::new(k, run);
            let mut look = |rounds, state: &mut State| {
                for _ in 0..rounds {
                    chance.play_round(&model, state);
                }
                let optimism =
                    (0..2).map(|p| f64::from(state.get(&model, Q::Optimism(p.into())))).sum::<f64>();
                (optimism / 2.0, f64::from(ripe::outlook(&model, state, 0.into()).ripe))
            };
            let (early, late) = (look(3, &mut state), look(27, &mut state));
            fell.push(early.0 - late.0);
            ripened.push(late.1 - early.1);
        }
    }
    let ((levels, a), (points, b)) = (mean(&fell, 1.0), mean(&ripened, 100.0));
    tell(
        "13",
        &format!("optimism falls by {levels:.2} ± {a:.2} levels; ripe moments {points:+.1} ± {b:.1} points"),
    );
    assert!(levels > a && points > b, "{levels} ± {a}, {points} ± {b}");
}

/// 14 and 15. How generic civil wars end: sanity bands, which depend on the family as much as on the rules.
#[test]
#[ignore = "takes minutes"]
fn generic_talks_end_as_such_talks_do() {
    for (rounds, alternatives) in [60, 120].into_iter().flat_map(|n| ALTERNATIVES.map(|a| (n, a))) {
        let (mut within_a_year, mut ever, mut ended, mut accords) = (0u32, 0u32, 0u32, 0u32);
        let (mut processes, mut collapsed) = (0u32, 0u32);
        for k in 0..200 {
            let model = model(&Family { alternatives, rounds, ..Family::default() }.member(k));
            let mut state = State::new(&model);
            for run in 0..100 {
                state.reset(&model);
                let mut chance = Sampler::new(k, run);
                let (mut first, mut accorded, mut broken) = (None, None, None);
                for round in 1..=rounds {
                    chance.play_round(&model, &mut state);
                    let text =
                        |n: usize| InstrumentState::of(state.get(&model, Q::InstrumentState(n.into())));
                    if first.is_none() && (0..3).any(|n| signed(text(n))) {
                        first = Some(round);
                    }
                    if accorded.is_none() && signed(text(1)) {
                        accorded = Some(round);
                    }
                    if broken.is_none() && text(1) == InstrumentState::Broken {
                        broken = Some(round);
                    }
                }
                let Some(first) = first else { continue };
                processes += 1;
                collapsed +=
                    u32::from(state.get(&model, Q::TrackState(0.into())) == TrackState::Collapsed as u8);
                ever += u32::from(accorded.is_some_and(|r| r <= first + 60));
                within_a_year += u32::from(accorded.is_some_and(|r| r <= first + 12));
                // Accords of the last half year cannot be followed for so long.
                if let Some(round) = accorded.filter(|r| *r <= rounds - 6) {
                    accords += 1;
                    ended += u32::from(broken.is_some_and(|b| b <= round + 6));
                }
            }
        }
        let percent = |n: u32, of: u32| 100.0 * f64::from(n) / f64::from(of.max(1));
        let (year, five) = (percent(within_a_year, processes), percent(ever, processes));
        tell(
            "14, 15",
            &format!(
                "{rounds} rounds, alternatives {alternatives:?}: of {processes} processes with a document {year:.1} % comprehensive within a year, {five:.1} % \
                 ever within five years, {:.1} % collapsed; {:.1} % of accords ended within 180 days",
                percent(collapsed, processes),
                percent(ended, accords)
            ),
        );
        if rounds == 60 && alternatives == ALTERNATIVES[1] {
            // Within a year it is 2 %, below the band of 8 to 25: parties of this family concede too late for that.
            assert!((20.0..=50.0).contains(&five), "{five}");
            assert!((3.0..=20.0).contains(&percent(ended, accords)), "{}", percent(ended, accords));
        }
    }
}

/// The refusals of signatures in a turn for want of worth.
#[derive(Default)]
struct Refusals(Vec<Assessment>);

impl Chronicle for Refusals {
    fn note(&mut self, _: Turn, entry: Entry) {
        if let Entry::Signs { assessment, signs: false, .. } = entry
            && assessment.needs > assessment.sees
        {
            self.0.push(assessment);
        }
    }
}

/// Pattern 7: What was agreed at the table is refused at signing only if, since the last settlement, what the signatory takes its alternative
/// for rose, a credit fell, or a settled item was reopened. Two parties under consensus consent to everything that is settled.
#[test]
fn what_was_agreed_is_refused_for_what_changed_since() {
    let mut refusals = 0;
    // Where much changes: promises are often broken, and the fighting goes to and fro.
    let dynamics =
        "strength_points = 10\nfighting = { press = 0.3, capture = 0.6 }\ncompliance = { base = 0.3 }";
    let requires = "instrument.ceasefire.signed and round >= 30";
    let changing = Family { dynamics, requires, ..Family::default() };
    for (k, model) in members(&changing) {
        let mut state = State::new(&model);
        for run in 0..EACH {
            state.reset(&model);
            let (mut chance, mut chronicle) = (Sampler::new(k, run), Refusals::default());
            let mut last: Option<[Standing; 2]> = None;
            while state.get(&model, Q::Outcome) == 0 {
                for turn in &model.turns {
                    let before = settled_items(&model, &state);
                    take_turn(&model, &mut state, *turn, &mut chance, &mut chronicle);
                    let after = settled_items(&model, &state);
                    let now = [0, 1].map(|s: usize| worth::standing(&model, &mut state, s.into()));
                    for refusal in chronicle.0.drain(..) {
                        refusals += 1;
                        let s = refusal.seat.at();
                        let then = last.map(|all| all[s]);
                        let same = then.is_some_and(|then| {
                            now[s].alternative <= then.alternative
                                && now[s].banked >= then.banked
                                && now[s].bankable == then.bankable
                        });
                        assert!(!same || before > after, "member {k}, run {run}: {refusal:?}, then {then:?}");
                    }
                    match after.cmp(&before) {
                        std::cmp::Ordering::Greater => last = Some(now),
                        std::cmp::Ordering::Less => last = None,
                        std::cmp::Ordering::Equal => {}
                    }
                }
            }
        }
    }
    tell("7", &format!("{refusals} refusals for want of worth, each for what had changed"));
    assert!(refusals > 0, "nothing was tested");
}

fn settled_items(model: &Model, state: &State) -> usize {
    (0..model.world.items.len())
        .filter(|i| worth::settled_option(model, state, (*i).into()).is_some())
        .count()
}

/// Pattern 8: Nobody keeps a ceasefire text with a party that it presses to heavy fighting or beyond, and no breach switches a ceasefire on.
#[test]
fn pressing_is_a_breach_and_no_breach_begins_a_ceasefire() {
    let mut pressed = 0;
    let doha = [(0, shipped("doha-2025", &[]))];
    let family = Family { dynamics: "fighting = { press = 0.3, restraint = 1 }", ..Family::default() };
    for (k, model) in doha.into_iter().chain(members(&family)) {
        let mut state = State::new(&model);
        for run in 0..EACH {
            state.reset(&model);
            let mut chance = Sampler::new(k, run);
            while state.get(&model, Q::Outcome) == 0 {
                for turn in &model.turns {
                    let observed = |state: &State| {
                        (0..model.world.parties.len())
                            .map(|p| state.get(&model, Q::Ceasefire(p.into())))
                            .collect::<Vec<_>>()
                    };
                    let before = observed(&state);
                    take_turn(&model, &mut state, *turn, &mut chance, &mut Silent);
                    let Turn::Comply(n) = *turn else { continue };
                    let text = model.world.instrument(n);
                    let now = InstrumentState::of(state.get(&model, Q::InstrumentState(n)));
                    if now != InstrumentState::InForce {
                        let begun = before.iter().zip(observed(&state)).any(|(a, b)| b > *a);
                        assert!(
                            !begun,
                            "member {k}, run {run}: a ceasefire begins as {} is {now:?}",
                            text.name.id
                        );
                    }
                    let presses = text.provides.ceasefire
                        && text.obliges.iter().any(|p| presses_on(&model, &state, *p, text));
                    pressed += u32::from(presses);
                    assert!(
                        !presses || now != InstrumentState::InForce,
                        "member {k}, run {run}: {} is kept while one of its parties presses",
                        text.name.id
                    );
                }
            }
        }
    }
    tell(
        "8",
        &format!("a party pressed in {pressed} turns of its ceasefire text, none of which left it in force"),
    );
    assert!(pressed > 0, "nothing was tested");
}

/// Whether a party presses at heavy fighting or beyond against another that a text obliges and that is no ally of it.
fn presses_on(model: &Model, state: &State, party: PartyId, text: &Instrument) -> bool {
    model.world.fronts.iter().enumerate().any(|(f, front)| {
        let against = |q: &PartyId| {
            *q != party && !model.world.party(party).allies.contains(q) && text.obliges.contains(q)
        };
        model.layout.keeps(Q::PressedBy(f.into()))
            && state.get(model, Q::PressedBy(f.into())) == party.0 + 1
            && state.get(model, Q::Intensity(f.into())) >= HEAVY
            && front.belligerents.iter().any(against)
    })
}

/// Notes the weights of every choice that follows the odds of something between sessions.
struct Weights {
    chance: Sampler,
    seen: Vec<Seen>,
}

/// What was chosen, in which turn, at which address, with what weights, and what came of it.
type Seen = (What, Turn, u64, Vec<u64>, usize);

impl Chooser for Weights {
    fn choose(&mut self, site: Site, weights: &[u64]) -> usize {
        let pick = self.chance.choose(site, weights);
        self.seen.push((site.what, site.turn, site.address, weights.to_vec(), pick));
        pick
    }
}

/// What is drawn between sessions, with the alternative that stands for nothing happening.
fn nothing(what: What, turn: Turn, ways: usize) -> Option<usize> {
    use What as W;
    match what {
        // What a mediator says in a session.
        W::Learning if matches!(turn, Turn::Mediate(_)) => None,
        W::Fighting => Some(ways - 1),
        W::Capture | W::Attack | W::Withdraw | W::ExposureFades | W::PressureFades | W::Report | W::Fire => {
            Some(0)
        }
        W::Ratify
        | W::Keep
        | W::Restore
        | W::Kept
        | W::Learning
        | W::Recovery
        | W::Weariness
        | W::Distrust => Some(0),
        W::Stall | W::BreakDown | W::Reconvene => Some(0),
        _ => None,
    }
}

/// Pattern 1: Odds convert: in every state, what happens between sessions has the same odds in the same time on every calendar, and what
/// happens in a session has the same odds. Every turn is taken twice from one state.
#[test]
fn odds_convert_to_the_days_of_a_round() {
    let mut compared = 0;
    for days in ["7", "14", "35", "42"] {
        let changes = [("scenario.round_days", days)];
        let models = [shipped("doha-2025", &[]), shipped("doha-2025", &changes)];
        let mut states = [State::new(&models[0]), State::new(&models[1])];
        for run in 0..20 {
            states.iter_mut().zip(&models).for_each(|(state, model)| state.reset(model));
            while states[0].get(&models[0], Q::Outcome) == 0 {
                for turn in &models[0].turns {
                    let cells = states[0].cells().to_vec();
                    states[1].restore(&cells);
                    let [first, second] = [0, 1].map(|k| {
                        let mut chooser = Weights { chance: Sampler::new(3, run), seen: Vec::new() };
                        take_turn(&models[k], &mut states[k], *turn, &mut chooser, &mut Silent);
                        chooser.seen
                    });
                    // From the first choice that falls out otherwise on, the two are different turns.
                    for (a, b) in first.iter().zip(&second) {
                        if (a.0, a.2) != (b.0, b.2) || a.3.len() != b.3.len() {
                            break;
                        }
                        let ratio = days.parse::<f64>().expect("days") / 21.0;
                        compared += usize::from(same_in_the_same_time(a, b, ratio));
                        if a.4 != b.4 {
                            break;
                        }
                    }
                }
            }
        }
    }
    tell("1", &format!("{compared} draws between sessions convert"));
    assert!(compared > 1_000, "{compared}");
}

/// Whether the choice is one between sessions; its odds are held against each other, and those of a session must be equal.
fn same_in_the_same_time(a: &Seen, b: &Seen, ratio: f64) -> bool {
    let share = |w: u64| w as f64 / ONE as f64;
    let Some(none) = nothing(a.0, a.1, a.3.len()) else {
        assert_eq!(a.3, b.3, "{a:?} is drawn in a session");
        return false;
    };
    let (usual, other) = (share(a.3[none]), share(b.3[none]));
    // The odds are rounded to 2⁻³² each.
    let rounding = 40.0 * libm::exp2(-32.0);
    assert!(
        (libm::pow(usual, ratio) - other).abs() <= rounding * (1.0 + ratio / usual.max(1e-6)),
        "{a:?} {b:?}"
    );
    true
}
