//! Valid scenarios load; what they say arrives in the world.

use baraza::render::diagnostics::render;
use baraza::scenario::{Change, Loaded, Source, load, starter};

fn source(name: &str) -> Source {
    let text = std::fs::read_to_string(format!("tests/valid/{name}")).expect("the file is there");
    Source { name: name.to_owned(), text }
}

fn clean(loaded: &Loaded) {
    assert_eq!(render(&loaded.diagnostics, false), "");
    assert!(loaded.world.is_some());
}

#[test]
fn valid_files_load_without_a_word() {
    for name in ["full.toml", "minimal.toml"] {
        clean(&load(&source(name), &[], None));
    }
}

#[test]
fn the_starter_loads_without_a_word() {
    clean(&load(&Source { name: "starter.toml".into(), text: starter().into() }, &[], None));
}

#[test]
fn changes_arrive() {
    let set = |path: &str, value: &str| Change { path: path.into(), value: value.into() };
    let changes = [
        set("party.m23.alternative", "50"),
        set("backer.kigali.tolerance", "low"),
        set("party.kenya.trust.drc", "high"),
        set("item.prisoners.option.via-icrc.m23", "9"),
        set("dynamics.fighting.press", "0.5"),
    ];
    let loaded = load(&source("full.toml"), &changes, Some("press-kigali"));
    clean(&loaded);
    let world = loaded.world.expect("a world");
    assert_eq!(world.seats[1].alternative, 50);
    assert_eq!(world.backers[0].tolerance.name(), "low");
    assert_eq!(world.parties[3].trust[0].name(), "high");
    assert!((world.dynamics.fighting.press - 0.5).abs() < 1e-9);
    assert_eq!(world.tracks[0].rule, baraza::domain::DecisionRule::Majority);
}

#[test]
fn what_is_not_said_is_the_default() {
    let world = load(&source("minimal.toml"), &[], None).world.expect("a world");
    assert_eq!(world.dynamics, baraza::domain::Dynamics::default());
    let outcomes: Vec<&str> = world.outcomes.iter().map(|o| o.name.id.as_str()).collect();
    let usual =
        ["peace-holding", "signed-then-broken", "framework-only", "ceasefire-only", "collapse", "stalemate"];
    assert_eq!(outcomes, usual);
    assert!(world.outcomes[..5].iter().all(|o| o.when.is_some()) && world.outcomes[5].when.is_none());
    assert_eq!(world.tracks[0].deadline, 10);
    assert_eq!(world.instruments[0].signatories.len(), 2);
}

#[test]
fn a_fallback_follows_outcomes_that_may_all_fail() {
    let world = load(&source("full.toml"), &[], None).world.expect("a world");
    let ids: Vec<&str> = world.outcomes.iter().map(|o| o.name.id.as_str()).collect();
    assert_eq!(ids, ["peace", "partial", "stalemate"]);
}

#[test]
fn normalised_points_sum_to_a_hundred() {
    let world = load(&source("full.toml"), &[], None).world.expect("a world");
    for seat in &world.seats {
        let best = |item: &baraza::domain::Item| {
            let open = item.options.iter().filter(|o| !o.red_line_of.contains(&seat.party));
            open.map(|o| o.points[seat.party.at()]).fold(0.0, f64::max)
        };
        let sum: f64 = world.items.iter().map(best).sum();
        assert!((sum - 100.0).abs() < 1e-6, "{sum}");
    }
}

#[test]
fn fingerprints_tell_worlds_apart() {
    let text = source("minimal.toml").text;
    let world = |text: &str| {
        let source = Source { name: "x".into(), text: text.into() };
        load(&source, &[], None).world.expect("a world")
    };
    let print = |text: &str| baraza::scenario::fingerprint(&world(text));
    assert_eq!(print(&text), print(&format!("# a comment\n{text}")));
    assert_ne!(print(&text), print(&text.replace("alternative = 30", "alternative = 31")));
    assert_eq!(print(&text).len(), 64);
}

#[test]
fn a_long_scenario_loads() {
    let mut text = source("full.toml").text;
    for i in 0..56 {
        text += &format!(
            "\n[item.extra-{i}]\ntrack = \"doha\"\nrequires = \"round >= 2 and not item.prisoners.settled\"\n\
             [item.extra-{i}.option]\none = {{ drc = 3, m23 = 1 }}\ntwo = {{ drc = 1, m23 = 3 }}\n\
             three = {{ drc = 2, m23 = 2 }}\n\n[instrument.extra-{i}]\ntrack = \"doha\"\nseals = [\"extra-{i}\"]\n\
             requires = \"count(item.*.settled) >= 3\"\neffect = [\"front.uvira.intensity -= 1\"]\n"
        );
    }
    let source = Source { name: "long.toml".into(), text };
    clean(&load(&source, &[], None));
}

#[test]
fn the_exercise_arrives() {
    use baraza::domain::{MediatorId, PartyId, Role};
    let world = load(&source("full.toml"), &[], None).world.expect("a world");
    let exercise = world.exercise.as_ref().expect("an exercise");
    assert_eq!((exercise.minutes, exercise.timed(), exercise.timing.len()), (Some(75), 75, 2));
    let (m23, qatar) = (Role::Party(PartyId::new(1)), Role::Mediator(MediatorId::new(0)));
    assert_eq!(world.roles(), [qatar, m23]);
    assert_eq!(exercise.sheet(m23).expect("a sheet").hints, ["Ask for the prisoners first."]);
    assert_eq!(exercise.sheet(qatar), None);
    let [mechanism, peace] = world.predictions() else { panic!("two predictions") };
    assert_eq!((mechanism.by, mechanism.checkpoints.as_slice()), (Some(8), &[1, 3, 5][..]));
    assert_eq!((peace.by, peace.checkpoints.as_slice()), (None, &[1][..]));
    assert_eq!(baraza::scenario::parse_condition(&mechanism.text, &world).as_ref(), Ok(&mechanism.that));
    assert_eq!(world.class_what_ifs()[0].name.id, "press-kigali");
    assert_eq!(exercise.discussion[1].look_for, None);
}

#[test]
fn without_an_exercise_everybody_plays() {
    use baraza::domain::{PartyId, Role};
    let world = load(&source("minimal.toml"), &[], None).world.expect("a world");
    assert_eq!(world.exercise, None);
    assert_eq!(world.roles(), [Role::Party(PartyId::new(0)), Role::Party(PartyId::new(1))]);
    assert!(world.predictions().is_empty() && world.class_what_ifs().is_empty());
}

#[test]
fn an_exercise_moves_no_run() {
    use baraza::domain::Model;
    use baraza::drivers::{Sampler, record};
    let text = source("full.toml").text;
    let start = text.find("[exercise]").expect("an exercise");
    let end = text.find("[dynamics]").expect("the numbers");
    let without = Source { name: "without".into(), text: text[..start].to_owned() + &text[end..] };
    let model = |source: &Source| Model::new(load(source, &[], None).world.expect("a world"));
    let (with, without) = (model(&source("full.toml")), model(&without));
    for run in 0..20 {
        let play = |model: &Model| record(model, &mut Sampler::new(7, run));
        assert_eq!(play(&with), play(&without));
    }
}
