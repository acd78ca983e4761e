//! The condition language: what it means, what it prints, and that the two agree.

use baraza::domain::{
    BackerId, Condition, FrontId, InstrumentId, ItemId, ObserverId, Operand, PartyId, Quantity, Relation,
    SeatId, SpoilerId, TrackId, World,
};
use baraza::scenario::{Source, load, parse_condition, print_condition};
use proptest::prelude::*;

fn world() -> World {
    let text = std::fs::read_to_string("tests/valid/full.toml").expect("a text");
    load(&Source { name: "full.toml".into(), text }, &[], None).world.expect("a world")
}

fn is(quantity: Quantity, relation: Relation, value: i32) -> Condition {
    Condition::Compare(quantity, relation, Operand::Value(value))
}

#[track_caller]
fn means(text: &str, condition: Condition) {
    assert_eq!(parse_condition(text, &world()), Ok(condition), "{text}");
}

#[track_caller]
fn fails(text: &str, code: &str) {
    let found = parse_condition(text, &world()).expect_err(text);
    let codes: Vec<&str> = found.iter().map(|d| d.code.id()).collect();
    assert_eq!(codes, [code], "{text}: {}", found[0].message);
}

#[test]
fn values_are_numbers() {
    means("round >= 10", is(Quantity::Round, Relation::AtLeast, 10));
    means("10 <= round", is(Quantity::Round, Relation::AtLeast, 10));
    means("date < 2025-07-19", is(Quantity::Date, Relation::Less, 10));
    means("date >= 2025-07-01", is(Quantity::Date, Relation::AtLeast, -8));
    means("front.uvira.intensity >= heavy", is(Quantity::Intensity(FrontId(0)), Relation::AtLeast, 3));
    means("front.uvira.intensity >= 3", is(Quantity::Intensity(FrontId(0)), Relation::AtLeast, 3));
    means("front.uvira.holder == m23", is(Quantity::Holder(FrontId(0)), Relation::Equal, 1));
    means("item.prisoners.option == none", is(Quantity::ItemOption(ItemId(0)), Relation::Equal, 0));
    means("item.prisoners.option == via-icrc", is(Quantity::ItemOption(ItemId(0)), Relation::Equal, 2));
    means("outcome == partial", is(Quantity::Outcome, Relation::Equal, 2));
    means("party.drc.at.doha.points > 5", is(Quantity::Points(SeatId(0)), Relation::Greater, 5));
    means(
        "not spoiler.militia.blame",
        Condition::Not(Box::new(is(Quantity::Blame(SpoilerId(0)), Relation::Equal, 1))),
    );
}

#[test]
fn not_binds_tighter_than_and_than_or() {
    let (a, b, c) = (
        is(Quantity::Round, Relation::Equal, 1),
        is(Quantity::Round, Relation::Equal, 2),
        is(Quantity::Round, Relation::Equal, 3),
    );
    means(
        "not round == 1 and round == 2 or round == 3",
        Condition::Any(vec![Condition::All(vec![Condition::Not(Box::new(a)), b]), c]),
    );
}

#[test]
fn stars_are_written_out() {
    let state = |at: u8, value: i32| is(Quantity::TrackState(TrackId(at)), Relation::Equal, value);
    means("any(track.*.state == collapsed)", Condition::Any(vec![state(0, 5), state(1, 5)]));
    means(
        "count(track.*.state == open, round > 3) >= 2",
        Condition::Count(
            vec![state(0, 1), is(Quantity::Round, Relation::Greater, 3), state(1, 1)],
            Relation::AtLeast,
            2,
        ),
    );
    let both = Condition::All(vec![
        is(Quantity::Holder(FrontId(0)), Relation::Equal, 1),
        is(Quantity::Intensity(FrontId(0)), Relation::AtLeast, 3),
    ]);
    means("any(front.*.holder == m23 and front.*.intensity >= heavy)", both);
    let inner = |n: u8| {
        let signed = |m: u8| is(Quantity::SignedEver(InstrumentId(m)), Relation::Equal, 1);
        Condition::All(vec![state(n, 1), Condition::Any((0..3).map(signed).collect())])
    };
    means(
        "all(track.*.state == open and any(instrument.*.signed))",
        Condition::All(vec![inner(0), inner(1)]),
    );
}

#[test]
fn mistakes_have_their_codes() {
    for (text, code) in [
        ("", "B0301"),
        ("round >=", "B0301"),
        ("round >= 3)", "B0301"),
        ("round ≥ 3", "B0301"),
        ("count(item.*.settled)", "B0301"),
        ("any(round > 3, round < 2)", "B0301"),
        ("party.m24.pressure > low", "B0302"),
        ("party.m23", "B0302"),
        ("party.m23.trust.m23 > low", "B0302"),
        ("party.m23.pressure.high", "B0302"),
        ("item.prisoners.state == signed", "B0303"),
        ("party.m23.pressure > 5", "B0303"),
        ("date > 2025-13-01", "B0303"),
        ("round > 99999999999", "B0303"),
        ("party.m23.pressure == front.uvira.intensity", "B0304"),
        ("item.prisoners.option > via-icrc", "B0305"),
        ("party.drc.state == seated", "B0306"),
        ("item.*.settled", "B0307"),
        ("any(party.m23.trust.* > low)", "B0307"),
        ("any(item.*.settled and front.*.holder == m23)", "B0307"),
        ("true == false", "B0309"),
        ("item.prisoners.state", "B0310"),
        (
            "any(item.*.settled and any(item.*.settled and any(item.*.settled and any(item.*.settled and any(item.*.settled and any(item.*.settled and any(item.*.settled and any(item.*.settled and any(item.*.settled)))))))))",
            "B0308",
        ),
    ] {
        fails(text, code);
    }
}

/// Quantities of the test's world with the number of their values and whether these have an order.
fn quantities() -> Vec<(Quantity, i32, bool)> {
    use Quantity as Q;
    vec![
        (Q::Round, 200, true),
        (Q::Outcome, 4, false),
        (Q::Date, 300, true),
        (Q::SeatState(SeatId(0)), 5, false),
        (Q::SeatState(SeatId(1)), 5, false),
        (Q::Mandate(SeatId(2)), 3, false),
        (Q::Points(SeatId(1)), 101, true),
        (Q::Trust(PartyId(0), PartyId(1)), 5, true),
        (Q::Ceasefire(PartyId(1)), 2, false),
        (Q::TrackState(TrackId(1)), 7, false),
        (Q::Settled(TrackId(0)), 3, true),
        (Q::ItemState(ItemId(2)), 8, false),
        (Q::ItemOption(ItemId(0)), 4, false),
        (Q::Progress(InstrumentId(1), PartyId(1)), 4, true),
        (Q::SignedEver(InstrumentId(2)), 2, false),
        (Q::Holder(FrontId(0)), 5, false),
        (Q::Intensity(FrontId(0)), 5, true),
        (Q::Tolerance(BackerId(0)), 5, true),
        (Q::ObserverState(ObserverId(0)), 2, false),
    ]
}

fn comparison() -> impl Strategy<Value = Condition> {
    let ordered = prop::sample::select(vec![
        Relation::Equal,
        Relation::NotEqual,
        Relation::Less,
        Relation::AtMost,
        Relation::Greater,
        Relation::AtLeast,
    ]);
    (prop::sample::select(quantities()), ordered, 0i32..1000).prop_map(
        |((quantity, size, order), relation, value)| {
            let relation = if order || relation == Relation::Equal { relation } else { Relation::NotEqual };
            is(quantity, relation, value % size)
        },
    )
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![any::<bool>().prop_map(Condition::Constant), comparison()];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::Any),
            inner.clone().prop_map(|c| Condition::Not(Box::new(c))),
            (prop::collection::vec(inner, 1..4), 0i32..4).prop_map(|(c, n)| Condition::Count(
                c,
                Relation::AtLeast,
                n
            )),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_again(condition in condition()) {
        let world = world();
        let text = print_condition(&condition, &world);
        prop_assume!(text.len() <= 2000);
        prop_assert_eq!(parse_condition(&text, &world), Ok(condition), "{}", text);
    }

    #[test]
    fn no_condition_panics(text in "[a-z0-9.* ()=<>,\\[\\]-]{0,80}|\\PC{0,40}") {
        let _ = parse_condition(&text, &world());
    }
}
