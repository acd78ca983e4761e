//! What changes in the course of talks: texts lapse and are renewed, a second ratifier decides, votes count, procedures and
//! preferences change.

mod support;

use baraza::domain::{
    InstrumentId, ItemId, ItemState, Lifecycle, Model, PartyId, Quantity as Q, SeatId, TrackId,
};
use baraza::drivers::{Sampler, Transcript, record};
use baraza::kernel::{Entry, State, derived, worth};
use support::model;

/// Two parties with a track, an item that both like and a text that seals it; nothing happens by chance.
fn calm(more: &str) -> String {
    format!(
        "[scenario]\ntitle = \"Calm\"\nstart = 2030-01-01\nrounds = 8\nround_days = 30\n\
         [party.a]\nalternative = 20\n[party.b]\nalternative = 20\n{more}\n\
         [dynamics]\nconsult = 0\nreopen = 0\nwalk_out = {{ base = 0, distrust = 0 }}\n\
         audience_refusal = [0, 0, 0, 0, 0]\ncompliance = {{ base = 0, restore = 0, give_up = 0 }}\n\
         stalling = {{ rise = 0, ripe = 0, break_down = 0 }}\n"
    )
}

const ONE_ITEM: &str = "[item.i]\ntrack = \"t\"\n[item.i.option]\nx = { a = 100, b = 100 }\n";

fn run(text: &str, seed: u64) -> (Model, Transcript) {
    let model = model(text);
    let run = record(&model, &mut Sampler::new(seed, 0));
    (model, run)
}

/// The rounds in which a text came to each state.
fn moves(run: &Transcript) -> Vec<(u8, &'static str)> {
    let entries = run.entries().filter_map(|(round, _, entry)| match entry {
        Entry::Instrument { to, .. } => Some((round, to.name())),
        _ => None,
    });
    entries.collect()
}

fn truce(more: &str) -> String {
    calm(&format!(
        "[track.t]\nseats = [\"a\", \"b\"]\n{ONE_ITEM}[instrument.truce]\ntrack = \"t\"\nseals = [\"i\"]\n\
         provides = [\"ceasefire\"]\n{more}"
    ))
}

/// In force from the first round, on day 0; 60 days later it lapses, and with it the ceasefire. What it settled stays sealed.
#[test]
fn a_text_lapses_when_its_days_are_over() {
    let (model, run) = run(&truce("expires_after = \"60 days\""), 1);
    assert_eq!(moves(&run), [(1, "ready"), (1, "signed"), (1, "in-force"), (3, "lapsed")]);
    let cell = |q: Q| run.end[model.cell(q)];
    assert_eq!(cell(Q::Ceasefire(PartyId::new(0))), 0);
    assert_eq!(ItemState::of(cell(Q::ItemState(ItemId::new(0)))), ItemState::Sealed);
    let mut state = State::new(&model);
    state.restore(&run.end);
    assert_eq!(
        derived::derived(&model, &state, Q::SignedEver(InstrumentId::new(0))),
        1,
        "it counts as signed"
    );
    assert_eq!(worth::gained(&model, &state, SeatId::new(0)), 0.0, "it gives nothing any more");
    // A day more and it lapses a round later.
    let (_, later) = self::run(&truce("expires_after = \"61 days\""), 1);
    assert_eq!(moves(&later).last(), Some(&(4, "lapsed")));
}

/// The days count, not the rounds: twice as many sessions in the same time change nothing.
#[test]
fn days_count_and_not_rounds() {
    let twice = truce("expires_after = \"60 days\"")
        .replace("round_days = 30", "round_days = 15")
        .replace("rounds = 8", "rounds = 16");
    let (model, run) = run(&twice, 1);
    let (round, state) = *moves(&run).last().expect("moves");
    assert_eq!((model.world.day_of(round), state), (60, "lapsed"));
}

/// Renewed by the test of a signature, it is in force again for as long; its effects are those of the first signature alone.
#[test]
fn a_lapsed_text_is_renewed_by_its_signatories() {
    let text = truce("expires_after = \"60 days\"\nrenews = true\neffect = [\"party.a.pressure += 1\"]");
    let (_, run) = run(&text, 1);
    let states: Vec<_> = moves(&run).into_iter().skip(2).collect();
    let again =
        [(1, "in-force"), (3, "lapsed"), (4, "signed"), (4, "in-force"), (6, "lapsed"), (7, "signed")];
    assert_eq!(states[..6], again);
    let raised =
        run.entries().filter(|(_, _, e)| matches!(e, Entry::Changed { quantity: Q::Pressure(_), to: 1, .. }));
    assert_eq!(raised.count(), 1);
    // Who would not sign it today does not renew it.
    let changed = format!(
        "{text}\n[party.b.profile.other]\nred_lines = {{ i = [\"x\"] }}\n\
         [event.shift]\nwhen = \"round == 2\"\neffect = [\"party.b.profile = other\"]\n"
    );
    let (_, run) = self::run(&changed, 1);
    assert_eq!(moves(&run).last(), Some(&(3, "lapsed")));
}

/// A No of the first ratifier sends the text back; signed again it goes to the second (Colombia 2016).
#[test]
fn a_second_ratifier_decides_after_the_first_has_rejected() {
    let text = truce(
        "ratify = { passes = 0, rejects = 1, by = \"a plebiscite\", second = { passes = 1, by = \"Congress\" } }",
    );
    let (model, run) = run(&text, 1);
    let states: Vec<_> = moves(&run).into_iter().map(|m| m.1).collect();
    assert_eq!(states, ["ready", "signed", "drafting", "ready", "signed", "ratified", "in-force"]);
    assert_eq!(run.end[model.cell(Q::Rejected(InstrumentId::new(0)))], 1);
    // Without a second one the first decides again, and no cell remembers it.
    let once = self::model(&truce("ratify = { passes = 0.5, rejects = 0.5 }"));
    assert!(!once.layout.keeps(Q::Rejected(InstrumentId::new(0))));
}

/// Votes won count, not heads: one seat with most votes carries a majority of three, and two of three without it do not.
#[test]
fn majorities_count_votes() {
    let with = |weight: &str, rule: &str| {
        let model = model(&calm(&format!(
            "[party.c]\n[track.t]\nseats = [\"a\", \"b\", \"c\"]\nrule = {rule}\n{weight}\n{ONE_ITEM}"
        )));
        model.tracks[0].consent.clone()
    };
    let plain = with("", "\"majority\"");
    assert!(plain.passes(0b110, 0b111) && !plain.passes(0b001, 0b111));
    let votes = with("weight = { a = 62, b = 20, c = 18 }", "\"majority\"");
    assert!(votes.passes(0b001, 0b111) && !votes.passes(0b110, 0b111));
    // Half of the votes is no majority; who is barred does not count.
    let half = with("weight = { a = 2 }", "\"majority\"");
    assert!(!half.passes(0b110, 0b111) && half.passes(0b110, 0b110));
    // In a bloc too.
    let rule = "{ kind = \"sufficient-consensus\", blocs = { two = [\"b\", \"c\"] } }";
    let bloc = with("weight = { b = 3 }", rule);
    assert!(bloc.passes(0b011, 0b111) && !bloc.passes(0b101, 0b111));
}

/// The agenda opens as many items a session as it says.
#[test]
fn an_agenda_opens_several_items_a_session() {
    let items: String = (0..5)
        .map(|k| format!("[item.i{k}]\ntrack = \"t\"\n[item.i{k}.option]\nx = {{ a = 20, b = 20 }}\n"))
        .collect();
    for (opens, expected) in [("", [1, 1, 1, 1, 1]), ("opens = 2", [2, 2, 1, 0, 0])] {
        let (_, run) = run(&calm(&format!("[track.t]\nseats = [\"a\", \"b\"]\n{opens}\n{items}")), 1);
        let tabled = |round: u8| {
            let tabled = |(r, _, e): &(u8, _, Entry)| {
                *r == round && matches!(e, Entry::Item { to: ItemState::Tabled, .. })
            };
            run.entries().filter(tabled).count()
        };
        assert_eq!([1, 2, 3, 4, 5].map(tabled), expected, "{opens}");
    }
}

/// An effect turns a track from item by item to a single text, from its next session on: the whole agenda is on the table, and the
/// mediator works on one text.
#[test]
fn an_effect_turns_a_track_to_a_single_text() {
    let items: String = (0..3)
        .map(|k| {
            format!(
                "[item.i{k}]\ntrack = \"t\"\n[item.i{k}.option]\nx = {{ a = 33, b = 0 }}\ny = {{ a = 20, b = 22 }}\n\
                 z = {{ a = 0, b = 33 }}\n"
            )
        })
        .collect();
    let text = calm(&format!(
        "[mediator.m]\n[track.t]\nseats = [\"a\", \"b\"]\nmediators = [\"m\"]\ntolerance = 20\n{items}\
         [event.camp-david]\nwhen = \"round == 2\"\neffect = [\"track.t.procedure = single-text\"]\n"
    ));
    let (model, run) = run(&text, 1);
    let texts: Vec<u8> = run
        .entries()
        .filter(|(_, _, e)| matches!(e, Entry::Drafts { .. } | Entry::Presents { .. }))
        .map(|(round, ..)| round)
        .collect();
    assert!(texts.first() == Some(&3), "{texts:?}");
    for item in (0..3).map(ItemId::new) {
        assert_ne!(ItemState::of(run.end[model.cell(Q::ItemState(item))]), ItemState::Dormant);
    }
    assert_eq!(model.value_name(Q::Procedure(TrackId::new(0)), 1), "single-text");
    assert_eq!(model.value_name(Q::Procedure(TrackId::new(0)), 0), "item-by-item");
}

const PROFILE: &str = "[party.b.profile.autonomy]\nalternative = 50\nred_lines = { i = [\"y\"] }\n\
                       points.i = { x = 80, y = 100 }\ntactic = { kind = \"fixed\", demand = 70 }\n";

fn status(more: &str) -> String {
    calm(&format!(
        "{PROFILE}[track.t]\nseats = [\"a\", \"b\"]\n[item.i]\ntrack = \"t\"\n[item.i.option]\n\
         x = {{ a = 100, b = 0 }}\ny = {{ a = 0, b = 100 }}\n{more}"
    ))
}

/// A profile changes what a party wants; what is not said in it stays.
#[test]
fn a_profile_changes_points_red_lines_alternative_and_tactic() {
    let model = model(&status(""));
    let (mut state, b, i) = (State::new(&model), PartyId::new(1), ItemId::new(0));
    let seen = |state: &mut State| {
        let standing = worth::standing(&model, state, SeatId::new(1));
        let points = [0, 1].map(|o| worth::credit(&model, state, b, i, baraza::domain::OptionId::new(o)));
        let refuses = worth::refuses(&model, state, b, i, baraza::domain::OptionId::new(1));
        let target = baraza::domain::portion_points(standing.target);
        (
            points.map(|p| p / baraza::domain::POINT),
            refuses,
            worth::alternative(&model, state, SeatId::new(1)),
            target,
        )
    };
    let before = seen(&mut state);
    assert_eq!((before.0, before.1, before.2), ([0, 100], false, 20.0));
    assert!(before.3 > 70.0);
    state.put(model.cell(Q::Profile(b)), 1);
    // Beyond its red line nothing is its best: 80 of 80 points.
    assert_eq!(seen(&mut state), ([80, 100], true, 50.0, 70.0));
    assert_eq!(model.worth.best(worth::preferences(&model, &state, b), i) / baraza::domain::POINT, 80);
    state.put(model.cell(Q::Profile(b)), 0);
    assert_eq!(seen(&mut state), before);
    // The other party has none.
    assert!(!model.layout.keeps(Q::Profile(PartyId::new(0))));
}

/// Talks that could not end do, once a party wants something else, and not before; nothing is undone by the change.
#[test]
fn talks_turn_where_preferences_change() {
    let never = status("").replace("alternative = 20\n", "alternative = 60\n");
    let (model, without) = run(&never, 1);
    assert_eq!(ItemState::of(without.end[model.cell(Q::ItemState(ItemId::new(0)))]), ItemState::Contested);
    let event = "[event.after-the-wave]\nwhen = \"round == 4\"\neffect = [\"party.b.profile = autonomy\"]\n";
    let (_, run) = run(&format!("{never}{event}"), 1);
    let agreed: Vec<u8> = run
        .entries()
        .filter(|(_, _, e)| matches!(e, Entry::Agreed { .. }))
        .map(|(round, ..)| round)
        .collect();
    assert_eq!(agreed, [5]);
}

/// Conditions read a profile by its name.
#[test]
fn conditions_read_profiles_and_procedures() {
    let text = status(
        "[event.shift]\nwhen = \"round == 2\"\neffect = [\"party.b.profile = autonomy\"]\n\
         [event.seen]\nwhen = \"party.b.profile == autonomy and track.t.procedure == item-by-item\"\n\
         effect = [\"party.a.pressure = high\"]\n\
         [event.never]\nwhen = \"party.b.profile == initial and round > 2\"\neffect = [\"party.a.audience = very-high\"]\n",
    );
    let (_, run) = run(&text, 1);
    let moved =
        |q: Q| run.entries().any(|(_, _, e)| matches!(e, Entry::Changed { quantity, .. } if quantity == q));
    assert!(moved(Q::Pressure(PartyId::new(0))));
    assert!(!moved(Q::Audience(PartyId::new(0))));
}
