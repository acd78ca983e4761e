//! Procedures that settle the whole agenda at once: what is offered, accepted and adopted, worked out by hand or from the
//! published formulas.

mod support;

use baraza::domain::{
    Halves, ItemId, Model, Offering, OptionId, PORTION, Quantity as Q, SeatId, TacticKind, TrackId,
};
use baraza::drivers::{Sampler, Transcript, record};
use baraza::kernel::package::{self, Choice};
use baraza::kernel::{Entry, State, worth};
use baraza::scenario::{Code, Source, load};
use proptest::prelude::*;
use support::generate::{SMALL, scenarios};
use support::model;

/// Two parties, two items: `left` wants the first more, `right` the second.
fn frame(rounds: u8, left: &str, right: &str, track: &str) -> String {
    format!(
        "[scenario]\ntitle = \"Two items\"\nstart = 2025-01-01\nrounds = {rounds}\n\
         [dynamics]\nconsult = 0\nwalk_out = {{ base = 0 }}\nmandate = {{ firm = 0, planned = 1, flexible = 0 }}\n\
         [party.left]\nalternative = 20\ntactic = {left}\n[party.right]\nalternative = 20\ntactic = {right}\n\
         [mediator.town]\n\
         [track.talks]\nseats = [\"left\", \"right\"]\n{track}\n\
         [item.a]\ntrack = \"talks\"\n\
         option.a0 = {{ left = 0, right = 30 }}\noption.a1 = {{ left = 30, right = 20 }}\noption.a2 = {{ left = 60, right = 0 }}\n\
         [item.b]\ntrack = \"talks\"\n\
         option.b0 = {{ left = 0, right = 70 }}\noption.b1 = {{ left = 25, right = 40 }}\noption.b2 = {{ left = 40, right = 0 }}\n\
         [instrument.pact]\ntrack = \"talks\"\nseals = [\"a\", \"b\"]\n"
    )
}

const OFFERS: &str = "procedure = \"alternating-offers\"";
const LINEAR: &str = "{ kind = \"linear\" }";

fn play(model: &Model) -> Transcript {
    record(model, &mut Sampler::new(1, 0))
}

/// The offers of a run: round, seat, what it asked for, what the package left it, and the package.
fn offers(model: &Model, run: &Transcript) -> Vec<(u8, usize, i32, i32, Vec<String>)> {
    let mut out = Vec::new();
    for step in &run.steps {
        let package = step.entries.iter().filter_map(|e| match *e {
            Entry::Drafted { item, option } => {
                Some(model.world.item(item).options[option.at()].name.id.clone())
            }
            _ => None,
        });
        let package: Vec<String> = package.collect();
        for entry in &step.entries {
            if let Entry::Offers { assessment: a } = entry {
                out.push((step.round, a.seat.at(), a.needs / 10_000, a.sees / 10_000, package.clone()));
            }
        }
    }
    out
}

fn agreed(model: &Model, run: &Transcript) -> Option<(u8, Vec<String>)> {
    let step = run.steps.iter().find(|s| s.entries.iter().any(|e| matches!(e, Entry::Agreed { .. })))?;
    let options = step.entries.iter().filter_map(|e| match *e {
        Entry::Agreed { item, option, .. } => {
            Some(model.world.item(item).options[option.at()].name.id.clone())
        }
        _ => None,
    });
    Some((step.round, options.collect()))
}

/// Linear targets from 100 to the alternative of 20 over four rounds are 80, 60, 40, 20. Worked out by hand: each offers
/// the package closest above its target, and takes the first that is worth it.
#[test]
fn linear_offers_by_hand() {
    let model = model(&frame(4, LINEAR, LINEAR, OFFERS));
    let run = play(&model);
    let made = offers(&model, &run);
    let words = |made: &(u8, usize, i32, i32, Vec<String>)| {
        format!("{} {} {} {} {}", made.0, made.1, made.2, made.3, made.4.join("+"))
    };
    let made: Vec<String> = made.iter().map(words).collect();
    // left: a2+b1 = 85, a2+b2 = 100, a1+b2 = 70, a2+b0 = 60; right: a0+b0 = 100, a1+b0 = 90, a2+b0 = 70, a0+b1 = 70,
    // a1+b1 = 60.
    assert_eq!(made, ["1 0 80 85 a2+b1", "1 1 80 90 a1+b0", "2 0 60 60 a2+b0"]);
    assert_eq!(agreed(&model, &run), Some((2, vec!["a2".into(), "b0".into()])));
}

/// Every offer of every tactic is the cheapest package at or above the target of the published formula, found here by
/// looking at all packages.
#[test]
fn offers_follow_the_formulas() {
    use baraza::domain::{exponential, polynomial, resource};
    type Curve = fn(f64) -> f64;
    let cases: [(&str, Curve); 4] = [
        ("{ kind = \"boulware\", beta = 0.5 }", |t| polynomial(t, 8.0, 0.0, 0.5)),
        ("{ kind = \"conceder\", beta = 3, kappa = 0.1 }", |t| polynomial(t, 8.0, 0.1, 3.0)),
        ("{ kind = \"exponential\", beta = 2, kappa = 0.05 }", |t| exponential(t, 8.0, 0.05, 2.0)),
        ("{ kind = \"resource\", rate = 0.4 }", |t| resource(t, 8.0, 0.0, 0.4)),
    ];
    for (tactic, curve) in cases {
        let model = model(&frame(8, tactic, "{ kind = \"fixed\", demand = 100 }", OFFERS));
        let run = play(&model);
        let made: Vec<_> = offers(&model, &run).into_iter().filter(|o| o.1 == 0).collect();
        assert!(made.len() > 3, "{tactic}: {made:?}");
        for (round, _, _, sees, _) in made {
            let target = 100.0 - 80.0 * curve(f64::from(round));
            let points = |k: usize| [0.0, 30.0, 60.0][k / 3] + [0.0, 25.0, 40.0][k % 3];
            let least = (0..9).map(points).filter(|p| *p >= target - 1e-9).fold(f64::INFINITY, f64::min);
            assert_eq!(f64::from(sees), least, "{tactic} in round {round} aimed at {target}");
        }
    }
}

/// A mixture aims at the weighted mean of what its parts aim at.
#[test]
fn mixtures_aim_at_the_mean() {
    use baraza::kernel::target;
    let mixed = "{ kind = \"mixture\", parts = [{ kind = \"fixed\", demand = 90, weight = 3 }, { kind = \"linear\", weight = 1 }] }";
    let model = model(&frame(4, mixed, LINEAR, OFFERS));
    let mut state = State::new(&model);
    for (round, linear) in [(1u8, 80), (2, 60), (3, 40), (4, 20)] {
        state.put(model.cell(Q::Round), round);
        let target = target::target(&model, &mut state, SeatId(0));
        assert_eq!(target, (3 * 90 + linear) * PORTION / 4, "round {round}");
    }
}

/// MiCRO against itself (de Jonge 2022): both go down their own orders one package at a time, and agree when one is offered
/// what it has offered or better.
#[test]
fn micro_goes_down_its_own_order() {
    let micro = "{ kind = \"micro\" }";
    let model = model(&frame(20, micro, micro, OFFERS));
    let run = play(&model);
    let made = offers(&model, &run);
    let own = |seat: usize| made.iter().filter(|o| o.1 == seat).map(|o| o.3).collect::<Vec<_>>();
    // left: 100, 85, 70, 60 (a2+b0), 55, ...; right: 100, 90, 70 (a0+b1, listed first), 70 (a2+b0), 60, ...
    assert!([100, 85, 70, 60, 55, 40].starts_with(&own(0)), "{made:?}");
    assert!([100, 90, 70, 70, 60, 40].starts_with(&own(1)), "{made:?}");
    // The fourth offer of left, a2+b0, leaves right 70: no less than the third of its own.
    assert_eq!(agreed(&model, &run), Some((4, vec!["a2".into(), "b0".into()])));
}

/// Against a party that never moves, MiCRO makes one offer and repeats it.
#[test]
fn micro_waits_for_the_other() {
    let model = model(&frame(6, "{ kind = \"micro\" }", "{ kind = \"fixed\", demand = 100 }", OFFERS));
    let run = play(&model);
    let made: Vec<_> = offers(&model, &run).into_iter().filter(|o| o.1 == 0).map(|o| o.3).collect();
    // One more than the other's single offer, made in answer to it.
    assert_eq!(made, [100, 85, 85, 85, 85, 85]);
}

/// What is closest to the last offer keeps as much of it as its own target allows.
#[test]
fn closest_offers_keep_what_was_offered() {
    let closest = format!("{OFFERS}\noffers = \"closest\"");
    let model = model(&frame(4, LINEAR, "{ kind = \"fixed\", demand = 60 }", &closest));
    let mut state = State::new(&model);
    for (item, option) in [(0u8, 0u8), (1, 2)] {
        state.put(model.cell(Q::Draft(ItemId(item))), option + 1);
    }
    let choice = Choice::of(&model, TrackId(0), 0).expect("packages");
    let mut offer = |needs: i32, how| {
        let p = choice.offer(&mut state, needs * 10_000, how).expect("a package");
        (choice.packages().option(p, 0), choice.packages().option(p, 1))
    };
    // a1+b2 (70) and a2+b2 (100) keep b2; a1+b2 is nearer to the target. The cheapest at 65 is a1+b2, at 60 a2+b0.
    assert_eq!(offer(60, Offering::Closest), (OptionId(1), OptionId(2)));
    assert_eq!(offer(60, Offering::OwnBest), (OptionId(2), OptionId(0)));
}

/// All packages that keep what is settled and cross none of the red lines of the `at`-th seat of a track.
fn kept<'a>(model: &'a Model, state: &'a State, track: TrackId, at: usize) -> impl Iterator<Item = u32> + 'a {
    let packages = Choice::of(model, track, at).expect("packages").packages();
    let party = model.world.seat(model.world.track(track).seats[at]).party;
    let all = model.world.track(track).items.iter().map(|i| model.world.item(*i).options.len() as u32);
    (0..all.product()).filter(move |package| {
        packages.items().iter().enumerate().all(|(k, item)| {
            let option = packages.option(*package, k);
            let fixed = worth::settled_option(model, state, *item);
            fixed.is_none_or(|o| o == option) && !model.worth.refuses(party, *item, option)
        })
    })
}

/// The package to offer by plain counting: of all that keep what is settled and are worth enough, the one most like the standing
/// offer where that is the way and there is one; then the least worth, then the one listed first.
fn counted(model: &Model, state: &State, track: TrackId, at: usize, least: i32, alike: bool) -> Option<u32> {
    let packages = Choice::of(model, track, at)?.packages();
    let party = model.world.seat(model.world.track(track).seats[at]).party;
    let key = |package: u32| {
        let (mut worth, mut likeness) = (0, 0);
        for (k, item) in packages.items().iter().enumerate() {
            let option = packages.option(package, k);
            worth += worth::credit(model, state, party, *item, option);
            let standing = package::draft(model, state, *item) == Some(option);
            likeness += if alike && standing { model.worth.best(party, *item) } else { 0 };
        }
        (worth >= least).then_some((-likeness, worth, package))
    };
    kept(model, state, track, at).filter_map(key).min().map(|(.., package)| package)
}

/// Options of items with what they are worth, nothing where one may not be chosen; few different values, so that there are ties.
fn agenda() -> impl Strategy<Value = Vec<Vec<Option<i32>>>> {
    let option = prop::option::weighted(0.9, -2i32..4);
    prop::collection::vec(prop::collection::vec(option, 1..5), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// What the halves of an agenda answer is what plain counting of all packages finds, wherever it is parted.
    #[test]
    fn halves_answer_as_plain_counting(agenda in agenda(), parted in 0usize..6, shared: u32) {
        let options: Vec<u32> = agenda.iter().map(|i| i.len() as u32).collect();
        let (first, second) = options.split_at(parted.min(options.len()));
        let all = options.iter().product::<u32>();
        let digits = |mut package: u32| {
            let mut digits: Vec<usize> = options.iter().rev().map(|n| {
                let digit = package % n;
                package /= n;
                digit as usize
            }).collect();
            digits.reverse();
            digits
        };
        let worth = |package| digits(package).iter().zip(&agenda).map(|(o, item)| item[*o]).sum::<Option<i32>>();
        let other = digits(shared % all);
        let alike = |package| {
            let same = digits(package).into_iter().zip(&other).enumerate().filter(|(_, (a, b))| a == *b).map(|(k, _)| k as i32 + 1);
            same.sum::<i32>()
        };
        let mut ranked: Vec<(i32, u32)> = (0..all).filter_map(|p| Some((-worth(p)?, p))).collect();
        ranked.sort_unstable();
        let mut halves = Halves::with_room([first, second], 3);
        halves.fill([first, second], |k, option| agenda[k][option.at()]);
        prop_assert_eq!(halves.count(), ranked.len());
        for (place, (unworth, package)) in ranked.iter().enumerate() {
            prop_assert_eq!(halves.rank(-unworth, *package), place);
            prop_assert_eq!(halves.nth(place), Some(*package));
        }
        prop_assert_eq!(halves.nth(ranked.len()), None);
        for least in -12..25 {
            let enough = || ranked.iter().filter(|(unworth, _)| -unworth >= least).map(|(unworth, p)| (-unworth, *p));
            prop_assert_eq!(halves.cheapest(least), enough().min().map(|(_, p)| p));
            let closest = enough().min_by_key(|(worth, p)| (-alike(*p), *worth, *p));
            let found = halves.closest([first, second], least, |k| Some((OptionId::new(other[k]), k as i32 + 1)));
            prop_assert_eq!(found, closest.map(|(_, p)| p));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// The quick search finds what plain counting finds, as the standing offer, promises and settled items move.
    #[test]
    fn offers_are_those_of_plain_counting(draft in scenarios(SMALL), seed in 0u64..1000, share in 0i64..=110) {
        let model = model(&draft.text());
        let strict = i32::from(model.world.dynamics.strict);
        let (mut state, mut chance) = (State::new(&model), Sampler::new(seed, 0));
        while state.get(&model, Q::Outcome) == 0 {
            chance.play_round(&model, &mut state);
            for (t, track) in model.world.tracks.iter().enumerate() {
                for (at, seat) in track.seats.iter().enumerate() {
                    let Some(choice) = Choice::of(&model, t.into(), at) else { continue };
                    let some = (i64::from(model.worth.seats[seat.at()].total) * share / 100) as i32;
                    // As much as the best gives: enough, or just not where more is asked.
                    let all = choice.best(&state).map_or(some, |best| choice.worth(&state, best));
                    // Who goes down an order of its own asks for the next one in it, by points, not for one worth enough.
                    let own_order = model.world.party(model.world.seat(*seat).party).tactic.kind == TacticKind::Micro;
                    let asked = [(Offering::Closest, true), (Offering::OwnBest, false)];
                    for (how, alike) in asked.into_iter().filter(|_| !own_order) {
                        for needs in [some, all] {
                            let wanted = counted(&model, &state, t.into(), at, needs + strict, alike);
                            prop_assert_eq!(choice.offer(&mut state, needs, how), wanted);
                        }
                    }
                    let worth = |p| (choice.worth(&state, p), std::cmp::Reverse(p));
                    let best = kept(&model, &state, t.into(), at).max_by_key(|p| worth(*p));
                    prop_assert_eq!(choice.best(&state), best);
                }
            }
        }
    }
}

/// A party whose alternative is worth more than any package walks out; one that leaves at its deadline does so after it.
#[test]
fn walking_away() {
    let walks = |text: &str| {
        let model = model(text);
        let run = play(&model);
        let found = run.entries().find_map(|(round, _, e)| match e {
            Entry::WalksAway { assessment, late } => Some((round, assessment.seat.at(), late)),
            _ => None,
        });
        (found, agreed(&model, &run))
    };
    let proud = frame(4, LINEAR, LINEAR, OFFERS)
        .replace("option.a0 = { left = 0,", "option.a0 = { red_line_of = [\"left\"], left = 0,");
    let proud = proud.replacen("alternative = 20", "alternative = 95", 1).replace(
        "option.b2 = { left = 40,",
        "option.b2 = { red_line_of = [\"left\"], exposes = { left = { to = \"right\", risk = 100 } }, left = 40,",
    );
    // Best of what it does not refuse is 85 of 85: it stays; with every package exposed it would not.
    assert_eq!(walks(&proud).0, None);
    let exposed = proud
        .replace("option.a2 = { ", "option.a2 = { exposes = { left = { to = \"right\", risk = 100 } }, ");
    assert_eq!(walks(&exposed).0, Some((1, 0, false)));
    let hasty = "{ kind = \"linear\", deadline = 2, walks_away = true }";
    let (found, none) = walks(&frame(6, hasty, "{ kind = \"fixed\", demand = 100 }", OFFERS));
    assert_eq!((found, none), (Some((3, 0, true)), None));
}

/// Agreement needs every other party, one after the other.
#[test]
fn three_parties_accept_in_a_row() {
    let text = "[scenario]\ntitle = \"Three\"\nstart = 2025-01-01\nrounds = 3\n\
        [dynamics]\nconsult = 0\nwalk_out = { base = 0 }\nmandate = { firm = 0, planned = 1, flexible = 0 }\n\
        [party.x]\ntactic = { kind = \"fixed\", demand = 60 }\n[party.y]\ntactic = { kind = \"fixed\", demand = 60 }\n\
        [party.z]\ntactic = { kind = \"fixed\", demand = 50 }\n\
        [track.talks]\nseats = [\"x\", \"y\", \"z\"]\nprocedure = \"alternating-offers\"\nsteps = 1\n\
        [item.a]\ntrack = \"talks\"\n\
        option.one = { x = 100, y = 10, z = 100 }\noption.two = { x = 60, y = 60, z = 50 }\noption.three = { x = 0, y = 100, z = 0 }\n\
        [instrument.pact]\ntrack = \"talks\"\nseals = [\"a\"]\n";
    let model = model(text);
    let run = play(&model);
    let said: Vec<_> = run
        .entries()
        .filter_map(|(round, _, e)| match e {
            Entry::Offers { assessment } => Some((round, assessment.seat.at(), "offers")),
            Entry::Answers { assessment, accepts: true } => Some((round, assessment.seat.at(), "accepts")),
            _ => None,
        })
        .collect();
    assert_eq!(said, [(1, 0, "offers"), (2, 1, "accepts"), (3, 2, "accepts")]);
    assert_eq!(agreed(&model, &run), Some((3, vec!["two".into()])));
}

/// The mediator's first text is the middle; it then lowers the largest shortfall, one item a round.
#[test]
fn a_single_text_is_revised_and_adopted() {
    let track = "procedure = \"single-text\"\nmediators = [\"town\"]\ntolerance = 20";
    let model = model(&frame(6, LINEAR, "{ kind = \"fixed\", demand = 70 }", track));
    let run = play(&model);
    let said: Vec<String> = run
        .entries()
        .filter_map(|(round, _, e)| match e {
            Entry::Drafts { .. } => Some(format!("{round} drafts")),
            Entry::Revises { item, from, to, adopted, .. } => {
                Some(format!("{round} {}: {} to {}, {adopted}", item.at(), from.at(), to.at()))
            }
            Entry::Presents { agreed, .. } => Some(format!("{round} all: {agreed}")),
            _ => None,
        })
        .collect();
    // First text a1+b1: left 55, right 60. Left aims at 86, 73, 60, 46, ...; right at 70. In round 2 the largest shortfall
    // is left's 18; a2 would leave right 40, 30 short; b2 would leave right 20; nothing lowers it. From round 3 on left
    // is 5 short and right 10: a0 would leave left 25. From round 5 on left aims at 33: b0 leaves right 90 and left 30, 3
    // short; a0 leaves right 70, left 25, 8 short; so b0 is proposed, and costs left 25, more than 20: refused. Then a0 is
    // refused for its 30.
    assert_eq!(
        said,
        [
            "1 drafts",
            "1 all: false",
            "2 all: false",
            "3 all: false",
            "4 all: false",
            "5 1: 1 to 0, false",
            "5 all: false",
            "6 0: 1 to 0, false",
            "6 all: false"
        ]
    );
    let easy = "procedure = \"single-text\"\nmediators = [\"town\"]\ntolerance = 25";
    let model = model_of(6, easy);
    let run = play(&model);
    assert_eq!(agreed(&model, &run), Some((6, vec!["a1".into(), "b0".into()])));
}

fn model_of(rounds: u8, track: &str) -> Model {
    model(&frame(rounds, LINEAR, "{ kind = \"fixed\", demand = 70 }", track))
}

/// The text stands in the state, item by item.
#[test]
fn the_text_is_part_of_the_state() {
    let model = model_of(2, "procedure = \"single-text\"\nmediators = [\"town\"]");
    let run = play(&model);
    let mut state = State::new(&model);
    state.restore(&run.end);
    let drafted = (0..2).map(|i| package::draft(&model, &state, ItemId(i)));
    assert!(drafted.into_iter().all(|o| o.is_some()));
}

/// A domain of a million packages is never listed, and negotiates.
#[test]
fn a_million_packages() {
    let mut text = frame(3, "{ kind = \"boulware\" }", "{ kind = \"conceder\" }", OFFERS);
    let cut = text.find("[item.a]").expect("items");
    text.truncate(cut);
    for i in 0..6 {
        text += &format!("[item.i{i}]\ntrack = \"talks\"\n");
        for o in 0..10 {
            let (l, r) = (o as f64 * 1.85, (9 - o) as f64 * 1.85);
            text += &format!("option.o{o} = {{ left = {l:.4}, right = {r:.4} }}\n");
        }
    }
    let model = model(&text);
    let packages = model.packages[0].as_ref().expect("packages");
    assert_eq!(packages.halves(0).count(), 1_000_000);
    assert!(agreed(&model, &play(&model)).is_some());
}

/// Beyond what can be indexed the checker says so.
#[test]
fn too_many_packages_are_refused() {
    let mut text = frame(3, LINEAR, LINEAR, OFFERS);
    for i in 0..14 {
        text += &format!("[item.i{i}]\ntrack = \"talks\"\n");
        for o in 0..3 {
            text += &format!("option.o{o} = {{ left = {o}, right = {o} }}\n");
        }
    }
    let loaded = load(&Source { name: "many.toml".into(), text }, &[], None);
    assert!(loaded.world.is_none());
    assert!(loaded.diagnostics.iter().any(|d| d.code == Code::TooMany));
}

/// A price: the buyer offers min + α(max − min), the seller min + (1 − α)(max − min) (Faratin et al. 1998).
#[test]
fn prices_follow_the_paper() {
    let price = |k: u32, min: f64, max: f64| min + (max - min) * f64::from(k) / 20.0;
    let first_offers = |min: f64, max: f64| {
        let mut text = "[scenario]\ntitle = \"A price\"\nstart = 2025-01-01\nrounds = 4\n\
            [dynamics]\nconsult = 0\nwalk_out = { base = 0 }\nmandate = { firm = 0, planned = 1, flexible = 0 }\n\
            [party.buyer]\n[party.seller]\n\
            [track.talks]\nseats = [\"buyer\", \"seller\"]\nprocedure = \"alternating-offers\"\n[item.price]\ntrack = \"talks\"\n"
            .to_owned();
        for k in 0..=20 {
            let share = 100.0 * (price(k, min, max) - min) / (max - min);
            text += &format!("option.p{k} = {{ buyer = {}, seller = {share} }}\n", 100.0 - share);
        }
        let model = model(&text);
        let run = play(&model);
        let made = offers(&model, &run);
        let paid =
            |o: &(u8, usize, i32, i32, Vec<String>)| price(o.4[0][1..].parse().expect("a number"), min, max);
        (paid(&made[0]), paid(&made[1]))
    };
    // A linear tactic has conceded a quarter in the first of four rounds.
    assert_eq!(first_offers(0.0, 20.0), (5.0, 15.0));
    for row in &support::rows("faratin_offer") {
        let number = |key: &str| row[key].as_f64().expect("a number");
        assert_eq!(number("alpha"), 0.25, "{row}");
        let (buyer, seller) = first_offers(number("min"), number("max"));
        let is_buyer = row["kind"].as_str().is_some_and(|k| k.contains("buyer"));
        assert_eq!(if is_buyer { buyer } else { seller }, number("x"), "{row}");
    }
}

/// Backward induction over offers and answers, each side for itself.
fn solve(model: &Model, state: &State, at: usize, factors: [f64; 2]) -> [f64; 2] {
    use baraza::agents::take_turn;
    use baraza::domain::{PartyId, Turn};
    use baraza::drivers::decider::Decider;
    use baraza::drivers::enumerate::{Branches, By, Minds};
    use baraza::kernel::Silent;
    let mut state = state.clone();
    let deciders = [0, 1].map(|p| Decider::Party(PartyId::new(p)));
    for k in at.. {
        let turn = model.turns[k % model.turns.len()];
        if state.get(model, Q::Outcome) != 0 {
            break;
        }
        if !matches!(turn, Turn::Offer(..)) {
            take_turn(model, &mut state, turn, &mut Sampler::new(0, 0), &mut Silent);
            continue;
        }
        let base = state.cells().to_vec();
        let leaf =
            |after: &mut State, _: &_| match baraza::kernel::worth::settled_option(model, after, ItemId(0)) {
                Some(_) => {
                    let periods = f64::from(after.get(model, Q::Round)) - 2.0;
                    let share = |s| {
                        f64::from(
                            baraza::kernel::worth::compute_standing(model, after, SeatId::new(s)).banked,
                        )
                    };
                    [0, 1].map(|s| share(s) / 1e6 * libm::pow(factors[s], periods))
                }
                None => solve(model, after, k + 1, factors),
            };
        let best = |by: By, _: &mut dyn Iterator<Item = usize>, all: Vec<(usize, u64, [f64; 2])>| {
            let By::Decider(who, _) = by else { panic!("nothing is left to chance") };
            // Of what is worth the same the first: to accept rather than refuse.
            all.into_iter()
                .map(|a| a.2)
                .reduce(|a, b| if b[who] > a[who] + 1e-12 { b } else { a })
                .expect("one")
        };
        return Branches::of(Minds { model, deciders: &deciders, policy: None }).fold(
            (model, turn),
            &mut state,
            &base,
            leaf,
            best,
        );
    }
    [0.0; 2]
}

/// The game of finitely many periods solved through the procedure itself (Stahl 1972; Rubinstein 1982).
#[test]
fn finite_games_have_stahls_solution() {
    use support::stahl;
    let solved = |periods: u8, parts: u32, d: [f64; 2]| {
        let model = model(&stahl::scenario(periods, parts));
        solve(&model, &State::new(&model), 0, d)[0]
    };
    for periods in 1..=3 {
        let exact = stahl::first_share(0.5, 0.5, u32::from(periods));
        let found = solved(periods, 4, [0.5, 0.5]);
        assert!((found - exact).abs() < 1e-9, "{periods} periods: {found}, not {exact}");
    }
    for row in &support::rows("stahl_finite_first_mover_share") {
        let number = |key: &str| row[key].as_f64().expect("a number");
        let periods = number("T") as u32;
        let closed = stahl::first_share(number("d1"), number("d2"), periods);
        assert!((closed - number("x1")).abs() < 1e-9, "{row}: {closed}");
        // Where the solution is a whole number of tenths, the game has it exactly.
        if periods <= 2 {
            let found = solved(periods as u8, 10, [number("d1"), number("d2")]);
            assert!((found - number("x1")).abs() < 1e-9, "{row}: {found}");
        }
    }
}
