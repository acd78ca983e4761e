//! What mediators do, and to whom.

mod support;

use baraza::domain::{Action, ItemId, MediatorId, PartyId, Quantity as Q};
use baraza::drivers::{Sampler, Transcript, record};
use baraza::kernel::{Entry, Way};
use support::model;

/// One party asks for `demand` points, the other for none. The mediator can only press.
fn pressed(demand: u8, inducement: &str) -> String {
    format!(
        r#"
[scenario]
title = "Pressed"
start = 2030-01-01
rounds = 1
[party.b]
tactic = {{ kind = "fixed", demand = 0 }}
[party.a]
tactic = {{ kind = "fixed", demand = {demand} }}
[mediator.m]
style = {{ manipulate = 1 }}
leverage = "high"
inducement = "{inducement}"
[track.t]
seats = ["b", "a"]
mediators = ["m"]
procedure = "vote"
[item.i]
track = "t"
[item.i.option]
share = {{ a = 60, b = 60 }}
all-b = {{ b = 100 }}
all-a = {{ a = 100, red_line_of = ["b"] }}
[dynamics]
consult = 0
mandate = {{ firm = 0, planned = 1, flexible = 0 }}
mediation = {{ carrot = 8 }}
walk_out = {{ base = 0, distrust = 0, attack = 0, precondition = 0, audience = 0 }}
"#
    )
}

fn ended(text: &str) -> (Transcript, Vec<u8>) {
    let model = model(text);
    let run = record(&model, &mut Sampler::new(1, 0));
    let item = ItemId::new(0);
    let cells = [Q::ItemOption(item), Q::Imposed(item), Q::Leverage(MediatorId::new(0))];
    let values = cells.map(|q| run.end[model.cell(q)]);
    (run, values.to_vec())
}

/// `b` moves what it likes best and is voted down; the option nearest to agreement suits both as it is. Nobody has to be moved, so
/// nobody is pressed, no leverage is spent, and nothing is imposed.
#[test]
fn what_suits_everybody_is_not_imposed() {
    for inducement in ["stick", "carrot"] {
        let (run, values) = ended(&pressed(50, inducement));
        assert_eq!(values, [1, 0, 3], "{inducement}");
        let entries: Vec<Entry> = run.entries().map(|(_, _, entry)| entry).collect();
        let agreed = entries.iter().any(|e| matches!(e, Entry::Agreed { way: Way::Formula(_), .. }));
        let pressed = entries.iter().any(|e| matches!(e, Entry::Mediates { action: Action::Manipulate, .. }));
        assert!(agreed && !pressed, "{entries:?}");
    }
}

/// Where one party is short, pressure on it settles the item and it counts as imposed.
#[test]
fn what_one_party_was_moved_to_is_imposed() {
    let (_, values) = ended(&pressed(65, "carrot"));
    assert_eq!(values, [1, 1, 2]);
}

/// Where more than enough is asked for, the party that sees just enough is the one to be moved, not the one listed first.
#[test]
fn the_one_that_refuses_is_pressed() {
    let text = pressed(60, "carrot").replace("[dynamics]", "[dynamics]\nthreshold = \"above\"");
    let (run, values) = ended(&text);
    assert_eq!(values, [1, 1, 2]);
    let way = run.entries().find_map(|(_, _, e)| match e {
        Entry::Agreed { way, .. } => Some(way),
        _ => None,
    });
    assert_eq!(
        way,
        Some(Way::Manipulation(MediatorId::new(0), PartyId::new(1))),
        "`a`, listed second among the parties"
    );
}
