//! A class at the table, without a network: what is acknowledged is found again, forms count once, and nobody sees what is hidden.

#![cfg(feature = "store")]

mod support;

use std::path::Path;

use baraza::domain::Model;
use baraza::drivers::Head;
use baraza::drivers::philox::Stream;
use baraza::room::{
    Ask, FORMAT, Folder, Form, Header, Lesson, Luck, Order, Plan, Refusal, Reply, Room, version,
};
use baraza::session::orders::Kind;
use baraza::session::{self, Event, Sight};
use proptest::prelude::*;
use rand::Rng;
use support::generate::{LARGE, scenarios};
use support::{model, shipped};

fn header(model: &Model, groups: usize, luck: Luck) -> Header {
    let world = &model.world;
    Header {
        format: FORMAT.into(),
        head: Head::new(&world.title, "f", 17, "A class."),
        scenario: "generated.toml".into(),
        roles: world.all_roles().map(|r| world.role_id(r).into_owned()).collect(),
        groups,
        luck,
        lesson: "rounds".into(),
        code: "ABCDEF".into(),
    }
}

fn begin(path: &Path, header: &Header) {
    drop(Folder::begin(path, header, &Room::headers(header), "secret").expect("the folder is new"));
}

fn open<'a>(model: &'a Model, path: &Path, plan: Plan) -> Room<'a> {
    let opened = Folder::open(path).expect("it was begun");
    let lesson = Lesson::find(&model.world, None).expect("there is one");
    let mut luck = Stream::new(9, 0);
    // Ids are random: those of one opening must not come again in the next.
    let mut n = opened.lines.len() as u64 * 7919;
    let bits = move || {
        n += 1;
        u64::from(luck.next_u32()) ^ n.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    Room::open(model, opened, lesson, plan, Box::new(bits)).expect("it fits")
}

fn form(who: Option<&str>, key: &str, ask: Ask) -> Form {
    Form { who: who.map(str::to_owned), key: key.to_owned(), ask }
}

/// A key that does not hold the name.
fn key_of(name: &str) -> String {
    let hex: String = name.bytes().map(|b| format!("{b:02x}")).collect();
    format!("join-{hex}")
}

fn join(room: &mut Room, name: &str) -> String {
    let key = key_of(name);
    match room.form(&form(None, &key, Ask::Join { name: name.into() })).expect("it can join") {
        Reply::Joined(who) => who,
        Reply::Done => panic!("it joined"),
    }
}

/// Everything that a room shows to anybody.
fn shown(room: &Room) -> String {
    let students = room.people().all().map(|(who, _)| format!("{:?}", room.student(who)));
    let groups = room.groups().iter().map(|g| g.session.table().digest());
    let stands = format!("{:?} {:?} {:?}", room.stage(), room.paused(), room.joining());
    students.chain(groups).chain([stands]).collect::<Vec<_>>().join("\n")
}

/// Some form of a student that can be sent now.
fn any(room: &Room, who: &str, luck: &mut Stream) -> Ask {
    let mut below = |n: usize| luck.next_u32() as usize % n.max(1);
    let view = room.student(who).expect("it joined");
    let Some(team) = view.team else { return Ask::Pen };
    match below(4) {
        0 => Ask::Sign { round: team.round, version: team.version },
        1 => match team.questions.first() {
            Some(q) => Ask::Predict { question: q.id.clone(), round: team.round, probability: 0.25 },
            None => Ask::Pen,
        },
        _ if team.sheet.is_empty() => Ask::Pen,
        _ => {
            let seen = &team.sheet[below(team.sheet.len())];
            let words = match &seen.field.kind {
                Kind::Share => vec![below(100).to_string()],
                Kind::One(w) | Kind::Ranked(w) | Kind::Several(w) | Kind::Moves(w, _) => match w.len() {
                    0 => Vec::new(),
                    n => vec![w[below(n)].clone()],
                },
            };
            Ask::Draft { round: team.round, field: seen.field.key.clone(), words }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(30),
        max_shrink_iters: 100,
        ..ProptestConfig::default()
    })]

    /// Whatever is asked of it, a room that is opened again after a kill is what it was at the last commit; a torn line is dropped.
    #[test]
    fn a_room_is_found_again(draft in scenarios(LARGE), seed: u64, steps in 5usize..40, torn in 0usize..30) {
        let model = model(&draft.text());
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("class");
        begin(&path, &header(&model, 2, Luck::Shared));
        let mut luck = Stream::new(seed, 0);
        let mut room = open(&model, &path, Plan::default());
        let mut people: Vec<String> = (0..5).map(|k| join(&mut room, &format!("student {k}"))).collect();
        room.commit().expect("the disk has room");
        for step in 0..steps {
            match luck.next_u32() % 12 {
                0 => drop(room.order(&Order::Close { group: None })),
                1 => drop(room.order(&Order::TakeBack { group: 1 })),
                2 => people.push(join(&mut room, &format!("late {step}"))),
                3 => {
                    if let Some(event) = model.world.events.first() {
                        let effect = format!("event.{}", event.name.id);
                        drop(room.order(&Order::Inject { group: Some(1), effect }));
                    }
                }
                _ => {
                    let who = people[luck.next_u32() as usize % people.len()].clone();
                    let ask = any(&room, &who, &mut luck);
                    drop(room.form(&form(Some(&who), &format!("key-{step:08}"), ask)));
                }
            }
            room.commit().expect("the disk has room");
        }
        let before = shown(&room);
        drop(room);
        if torn > 0 {
            for name in ["class.jsonl", "group-1.session.jsonl"] {
                let place = path.join(name);
                let mut bytes = std::fs::read(&place).expect("it is there");
                bytes.extend(&b"{\"close\":{\"round\":1,\"model\":[\"x\xc3"[..torn]);
                std::fs::write(&place, bytes).expect("it can be written");
            }
        }
        let again = open(&model, &path, Plan::default());
        prop_assert_eq!(shown(&again), before);
    }

    /// A student's view does not depend on what the role may not know.
    #[test]
    fn what_is_hidden_changes_no_students_view(draft in scenarios(LARGE), seed: u64) {
        let open_world = model(&draft.text());
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("class");
        begin(&path, &header(&open_world, 1, Luck::Shared));
        let mut room = open(&open_world, &path, Plan::default());
        let roles = room.header().roles.len();
        for k in 0..roles {
            join(&mut room, &format!("student {k}"));
        }
        let mut luck = Stream::new(seed, 1);
        for _ in 0..3 {
            if room.groups()[0].session.table().over() {
                break;
            }
            let table = room.groups()[0].session.table();
            // The words of a sheet come from the cells that the role may know: all others are changed.
            for (who, student) in room.people().all() {
                let role = &student.team.as_ref().expect("teams are drawn").1;
                let place = room.header().roles.iter().position(|r| r == role).expect("it is a role");
                let decider = room.groups()[0].session.seats()[place];
                let sight = Sight::of(&open_world.world, decider);
                let mut cells = table.state().cells().to_vec();
                for (value, cell) in cells.iter_mut().zip(&open_world.cells) {
                    if !sight.knows(cell.quantity) {
                        *value = (luck.next_u32() % (u32::from(cell.max) + 1)) as u8;
                    }
                }
                let view = |cells: &[u8]| baraza::telling::play::View::new(&open_world, decider, cells);
                let (here, there) = (view(table.state().cells()), view(&cells));
                let lines = |v: &baraza::telling::play::View| {
                    let fields = session::orders::fields(&open_world, decider, v.known());
                    let told: Vec<_> = fields.iter().map(|f| baraza::telling::play::orders::told(v, f)).collect();
                    format!("{told:?} {:?}", baraza::telling::play::lines::agenda(v))
                };
                prop_assert_eq!(lines(&here), lines(&there), "{}", who);
            }
            room.order(&Order::Close { group: None }).expect("a round is due");
        }
    }
}

#[test]
fn a_form_counts_once_also_after_a_kill() {
    let model = shipped("tutorial/2-mediator", &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    begin(&path, &header(&model, 1, Luck::Shared));
    let mut room = open(&model, &path, Plan::default());
    let who = join(&mut room, "Ada");
    let joined = form(None, &key_of("Ada"), Ask::Join { name: "Ada".into() });
    assert_eq!(room.form(&joined), Ok(Reply::Joined(who.clone())));
    let team = room.student(&who).and_then(|v| v.team).expect("teams are drawn");
    let floor = team
        .sheet
        .iter()
        .find(|s| s.field.key.starts_with("floor"))
        .expect("it is a party")
        .field
        .key
        .clone();
    let draft = |words: &str| Ask::Draft { round: 1, field: floor.clone(), words: vec![words.into()] };
    let sent = form(Some(&who), "key-00000001", draft("50"));
    assert_eq!(room.form(&sent), Ok(Reply::Done));
    let sheet = room.draft(1, &team.role).sheet;
    let old = Ask::Sign { round: 1, version: team.version };
    assert_eq!(room.form(&form(Some(&who), "key-00000002", old)), Err(Refusal::Changed));
    let sign = form(Some(&who), "key-00000003", Ask::Sign { round: 1, version: version(&sheet) });
    assert_eq!(room.form(&sign), Ok(Reply::Done));
    let predict = |p: f64| Ask::Predict { question: "water".into(), round: 1, probability: p };
    assert_eq!(room.form(&form(Some(&who), "key-00000004", predict(0.5))), Ok(Reply::Done));
    assert_eq!(room.form(&form(Some(&who), "key-00000005", predict(0.6))), Err(Refusal::Stated));
    room.commit().expect("the disk has room");
    for reopened in [false, true] {
        if reopened {
            drop(room);
            room = open(&model, &path, Plan::default());
        }
        let changes = room.changes();
        assert_eq!(room.form(&joined), Ok(Reply::Joined(who.clone())));
        assert_eq!(room.form(&sent), Ok(Reply::Done));
        assert_eq!(room.form(&sign), Ok(Reply::Done));
        assert_eq!(room.form(&form(Some(&who), "key-00000004", predict(0.5))), Ok(Reply::Done));
        assert_eq!(room.form(&form(Some(&who), "key-00000001", draft("60"))), Err(Refusal::Key));
        assert_eq!(room.form(&form(Some(&who), "key-00000004", predict(0.6))), Err(Refusal::Key));
        assert!(!room.waits_for_disk(), "nothing was written again");
        assert_eq!(room.changes(), changes);
        assert_eq!(room.people().count(), 1);
        let token = room.people().token(&who).expect("it joined");
        assert_eq!(room.people().by_token(&token), Some(who.as_str()));
    }
    let log = std::fs::read_to_string(path.join("group-1.session.jsonl")).expect("it is there");
    let read = session::read(&log).expect("it is a log");
    assert!(matches!(&read.events[..], [Event::Orders { .. }, Event::Predict { .. }]), "{log}");
    let class = std::fs::read_to_string(path.join("class.jsonl")).expect("it is there");
    assert!(!class.contains("Ada") && !log.contains("Ada"), "names stand in names.json alone");
}

#[test]
fn the_pen_passes_on_and_only_then() {
    let model = shipped("tutorial/2-mediator", &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    begin(&path, &header(&model, 1, Luck::Shared));
    let plan = Plan { choose: true, ..Plan::default() };
    let mut room = open(&model, &path, plan);
    let role = room.header().roles[0].clone();
    let both: Vec<String> = ["Ada", "Bo"].iter().map(|name| join(&mut room, name)).collect();
    for (k, who) in both.iter().enumerate() {
        let team = Ask::Team { group: 1, role: role.clone() };
        room.form(&form(Some(who), &format!("team-{k:08}"), team)).expect("it has none yet");
    }
    let second = Ask::Team { group: 1, role: room.header().roles[1].clone() };
    assert_eq!(room.form(&form(Some(&both[0]), "team-again1", second)), Err(Refusal::HasTeam));
    let holder = room.people().pen(1, &role).expect("somebody holds it").to_owned();
    let other = both.iter().find(|w| **w != holder).expect("there are two").clone();
    for time in [1_000, 30_000] {
        both.iter().for_each(|w| room.seen(w, time));
        room.tick(time);
    }
    assert_eq!(room.people().pen(1, &role), Some(holder.as_str()));
    assert_eq!(room.form(&form(Some(&other), "pen-00000001", Ask::Pen)), Err(Refusal::Pen));
    let sign = Ask::Sign { round: 1, version: version(&Default::default()) };
    assert_eq!(room.form(&form(Some(&other), "sign-0000001", sign.clone())), Err(Refusal::Pen));
    room.seen(&other, 49_000);
    room.tick(49_000);
    assert_eq!(room.people().pen(1, &role), Some(holder.as_str()), "19 seconds are not 20");
    room.seen(&other, 51_000);
    room.tick(51_000);
    assert_eq!(room.people().pen(1, &role), Some(other.as_str()));
    assert_eq!(room.form(&form(Some(&other), "sign-0000002", sign)), Ok(Reply::Done));
}

#[test]
fn with_shared_luck_nobody_goes_ahead() {
    let model = shipped("tutorial/2-mediator", &[]);
    for (luck, ahead, ok) in
        [(Luck::Shared, false, false), (Luck::Shared, true, true), (Luck::Own, false, true)]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("class");
        begin(&path, &header(&model, 2, luck));
        let mut room = open(&model, &path, Plan { ahead, ..Plan::default() });
        room.order(&Order::Close { group: Some(1) }).expect("all are at the start");
        assert_eq!(room.order(&Order::Close { group: Some(1) }).is_ok(), ok, "{luck:?} {ahead}");
        let round = |room: &Room, g: usize| room.groups()[g].session.table().round();
        if !ok {
            // All together: who is behind comes first.
            room.order(&Order::Close { group: None }).expect("a round is due");
            assert_eq!((round(&room, 0), round(&room, 1)), (2, 2));
            assert_eq!(room.groups()[0].session.table().digest(), room.groups()[1].session.table().digest());
        }
    }
}

#[test]
fn joining_has_its_limits() {
    let model = shipped("tutorial/2-mediator", &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    begin(&path, &header(&model, 1, Luck::Shared));
    let roster = vec![("Ada Byron".to_owned(), 1, "elders".to_owned())];
    let mut room = open(&model, &path, Plan { most: 2, roster, ..Plan::default() });
    let asks =
        |room: &mut Room, key: &str, name: &str| room.form(&form(None, key, Ask::Join { name: name.into() }));
    assert_eq!(asks(&mut room, "join-00000001", "Eve"), Err(Refusal::Roster));
    assert_eq!(asks(&mut room, "join-00000002", &"x".repeat(10_000_000)), Err(Refusal::Name));
    assert_eq!(asks(&mut room, "short", "Ada Byron"), Err(Refusal::NoKey));
    let Ok(Reply::Joined(who)) = asks(&mut room, "join-00000003", " ada  BYRON ") else {
        panic!("it is listed")
    };
    assert_eq!(room.people().get(&who).and_then(|s| s.team.clone()), Some((1, "elders".to_owned())));
    room.order(&Order::Joining(false)).expect("it can be closed");
    assert_eq!(asks(&mut room, "join-00000004", "Ada Byron"), Err(Refusal::Closed));
    room.order(&Order::Joining(true)).expect("it can be opened");
    assert!(asks(&mut room, "join-00000005", "Ada Byron").is_ok());
    assert_eq!(asks(&mut room, "join-00000006", "Ada Byron"), Err(Refusal::Full(2)));
}

/// Somebody on every team, one after the other.
fn seated(room: &mut Room) -> Vec<String> {
    let teams = room.teams().count();
    (0..teams).map(|k| join(room, &format!("student {k}"))).collect()
}

fn sign(room: &mut Room, who: &str) {
    let team = room.student(who).and_then(|v| v.team).expect("it is on a team");
    let ask = Ask::Sign { round: team.round, version: team.version };
    let key = format!("sign-{who}-{}", team.round);
    room.form(&form(Some(who), &key, ask)).expect("it holds the pen");
}

const MINUTE: u64 = 60_000;

#[test]
fn a_clock_closes_the_round_and_is_found_again() {
    let model = shipped("tutorial/2-mediator", &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    begin(&path, &header(&model, 2, Luck::Shared));
    let mut room = open(&model, &path, Plan::default());
    let start = 1_000_000 * MINUTE;
    room.tick(start);
    let students = seated(&mut room);
    assert_eq!((room.waited_since(1), room.waited_since(2)), (Some(start), Some(start)));
    assert_eq!(room.order(&Order::Clock(Some(0))), Err(Refusal::Minutes));
    room.order(&Order::Clock(Some(4))).expect("a round is due");
    students[1..].iter().for_each(|who| sign(&mut room, who));
    room.tick(start + MINUTE);
    // While the lesson is halted no time passes.
    room.order(&Order::Pause(true)).expect("it can be halted");
    room.tick(start + 10 * MINUTE);
    assert_eq!(room.clock().map(|c| c.left(room.now())), Some(3 * MINUTE));
    room.commit().expect("the disk has room");
    drop(room);
    let mut room = open(&model, &path, Plan::default());
    room.tick(start + 11 * MINUTE);
    room.order(&Order::Pause(false)).expect("it goes on");
    assert_eq!(room.clock().map(|c| c.left(room.now())), Some(3 * MINUTE));
    assert_eq!(room.waited_since(1), Some(start), "since when it is waited for is found again");
    room.commit().expect("the disk has room");
    drop(room);
    // It ran out while nobody served the class: phones have a minute to find their way back.
    let mut room = open(&model, &path, Plan::default());
    room.tick(start + 20 * MINUTE);
    assert_eq!(room.due(None), Some(1));
    room.tick(start + 21 * MINUTE - 1);
    assert_eq!(room.due(None), Some(1));
    room.tick(start + 21 * MINUTE);
    assert_eq!((room.due(Some(1)), room.due(Some(2)), room.clock()), (Some(2), Some(2), None));
    let late = room.title(&room.header().roles[0]);
    let told = room.message().expect("all are told").to_owned();
    assert!(told.contains("round 1") && told.contains(&late) && !told.contains("group 2"), "{told}");
    let view = room.student(&students[0]).and_then(|v| v.team).expect("it is on a team");
    assert_eq!(view.by_model, [late]);
    room.tick(start + 22 * MINUTE);
    assert_eq!(room.waited_since(1), Some(start + 22 * MINUTE), "the next round is waited for since then");
    // A clock is that of its round.
    room.order(&Order::Clock(Some(4))).expect("a round is due");
    room.order(&Order::Close { group: None }).expect("a round is due");
    assert_eq!(room.clock(), None);
    room.tick(start + 60 * MINUTE);
    assert_eq!(room.due(None), Some(3));
    room.order(&Order::Clock(Some(4))).expect("a round is due");
    room.order(&Order::Clock(None)).expect("it can be taken away");
    room.tick(start + 90 * MINUTE);
    assert_eq!(room.due(None), Some(3));
}

#[test]
fn a_sheet_from_paper_counts_as_signed_and_is_what_the_team_sees() {
    let model = shipped("tutorial/2-mediator", &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    begin(&path, &header(&model, 1, Luck::Shared));
    let mut room = open(&model, &path, Plan::default());
    let students = seated(&mut room);
    let view = |room: &Room| room.student(&students[0]).and_then(|v| v.team).expect("it is on a team");
    let team = view(&room);
    let field = |start: &str| {
        let seen = team.sheet.iter().find(|s| s.field.key.starts_with(start));
        seen.unwrap_or_else(|| panic!("{start}: it is a party")).field.key.clone()
    };
    let (floor, mandate) = (field("floor."), field("mandate."));
    let draft = Ask::Draft { round: 1, field: mandate.clone(), words: vec!["firm".into()] };
    room.form(&form(Some(&students[0]), "draft-000001", draft)).expect("it is a word of it");
    let mut sheet = session::orders::Sheet::default();
    sheet.set(&floor, vec!["55".into()]);
    let enter = |sheet: &session::orders::Sheet| Order::Enter {
        group: 1,
        role: team.role.clone(),
        sheet: sheet.clone(),
    };
    room.order(&enter(&sheet)).expect("it can be");
    for reopened in [false, true] {
        if reopened {
            room.commit().expect("the disk has room");
            drop(room);
            room = open(&model, &path, Plan::default());
        }
        let seen = view(&room);
        assert!(seen.signed && !seen.changed);
        let words = |key: &str| seen.sheet.iter().find(|s| s.field.key == key).map(|s| s.words.clone());
        assert_eq!((words(&floor), words(&mandate)), (Some(vec!["55".into()]), Some(Vec::new())));
    }
    sheet.set(&floor, vec!["155".into()]);
    assert!(matches!(room.order(&enter(&sheet)), Err(Refusal::Session(_))));
    assert!(view(&room).signed, "what was entered before stands");
}

#[cfg(unix)]
#[test]
fn secrets_and_names_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let model = shipped("tutorial/2-mediator", &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    begin(&path, &header(&model, 1, Luck::Shared));
    let rights = |name: &str| {
        let about = std::fs::metadata(path.join(name)).expect("it is there");
        about.permissions().mode() & 0o777
    };
    assert_eq!([rights("secret.key"), rights("names.json")], [0o600; 2]);
    let mut room = open(&model, &path, Plan::default());
    join(&mut room, "Ada");
    room.commit().expect("the disk has room");
    assert_eq!([rights("secret.key"), rights("names.json")], [0o600; 2]);
    assert_ne!(rights("class.jsonl"), 0o600, "what is no secret has the usual rights");
}

/// The second tutorial with a lesson that votes.
fn voting() -> Model {
    let text = include_str!("../scenarios/tutorial/2-mediator.toml");
    let step = "[[exercise.step]]\nlesson = \"vote\"\ndo = \"vote\"\nminutes = 3\ntext = \"\"\"Who kept faith?\n- the elders\n- nobody\n\"\"\"\n";
    let brief = "[[exercise.step]]\nlesson = \"vote\"\ndo = \"brief\"\nminutes = 3\n";
    let at = text.find("[[exercise.step]]").expect("it has lessons");
    support::model(&format!("{}{step}{brief}{}", &text[..at], &text[at..]))
}

#[test]
fn a_vote_is_secret_counts_once_and_is_shown_when_it_is_closed() {
    let model = voting();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    begin(&path, &header(&model, 1, Luck::Shared));
    let mut room = open(&model, &path, Plan::default());
    let students = seated(&mut room);
    let vote = |option: usize| Ask::Vote { step: 1, option };
    let poll = |room: &Room| room.student(&students[0]).and_then(|v| v.poll).expect("it is a step of a vote");
    assert_eq!(room.stage().1.text, "Who kept faith?");
    assert_eq!(poll(&room).0.options, [("the elders".to_owned(), None), ("nobody".to_owned(), None)]);
    assert_eq!(room.form(&form(Some(&students[0]), "vote-0000000", vote(2))), Err(Refusal::NoVote));
    for (k, who) in students.iter().enumerate() {
        let sent = form(Some(who), &format!("vote-{k:08}"), vote(usize::from(k == 0)));
        assert_eq!(room.form(&sent), Ok(Reply::Done));
        room.commit().expect("the disk has room");
    }
    let counted = students.len() as u32;
    for reopened in [false, true] {
        if reopened {
            drop(room);
            room = open(&model, &path, Plan::default());
        }
        let again = form(Some(&students[0]), "vote-00000000", vote(1));
        assert_eq!(room.form(&again), Ok(Reply::Done), "the first answer again");
        assert_eq!(room.form(&form(Some(&students[0]), "vote-other000", vote(0))), Err(Refusal::Stated));
        let (seen, voted) = poll(&room);
        assert!(voted && !seen.closed() && seen.voted == students.len(), "{seen:?}");
    }
    // Nothing on the disk tells who voted for what: the one vote for another option could be anybody's.
    let log = std::fs::read_to_string(path.join("class.jsonl")).expect("it is there");
    assert!(!log.contains("vote"), "{log}");
    let ballots = std::fs::read_to_string(path.join("ballots.json")).expect("it is there");
    let mut ids: Vec<&str> = students.iter().map(String::as_str).collect();
    ids.sort_unstable();
    let places: Vec<usize> = ids.iter().map(|id| ballots.find(id).expect("it voted")).collect();
    assert!(places.is_sorted(), "in the order of ids, not of votes: {ballots}");
    let digests: Vec<&str> =
        ballots.lines().filter_map(|l| l.rsplit_once('.').map(|(_, d)| d.trim_end_matches(','))).collect();
    assert!(digests.len() == students.len() && digests.iter().all(|d| *d == digests[0]), "{ballots}");
    room.order(&Order::Count).expect("it is open");
    let closed = |room: &Room| poll(room).0.options.into_iter().map(|(_, votes)| votes).collect::<Vec<_>>();
    assert_eq!(closed(&room), [Some(counted - 1), Some(1)]);
    assert_eq!(room.order(&Order::Count), Err(Refusal::NoVote), "it is closed");
    let late = join(&mut room, "late");
    assert_eq!(room.form(&form(Some(&late), "vote-late0000", vote(0))), Err(Refusal::NoVote));
    room.order(&Order::Step(2)).expect("there is one");
    assert_eq!(room.student(&students[0]).and_then(|v| v.poll), None);
    room.commit().expect("the disk has room");
    drop(room);
    let room = open(&model, &path, Plan::default());
    assert_eq!(
        room.counted(1).map(|c| c.iter().map(|(_, n)| *n).collect::<Vec<_>>()),
        Some(vec![counted - 1, 1])
    );
}

#[test]
fn how_the_class_predicts_is_shown_before_the_answer_and_then_nobody_answers() {
    let model = shipped("tutorial/2-mediator", &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    begin(&path, &header(&model, 2, Luck::Shared));
    let mut room = open(&model, &path, Plan::default());
    let students = seated(&mut room);
    let predict = |p: f64| Ask::Predict { question: "water".into(), round: 1, probability: p };
    for (who, p) in students.iter().zip([0.0, 0.29, 0.3, 1.0]) {
        room.form(&form(Some(who), &format!("predict-{who}"), predict(p))).expect("it is open");
        assert_eq!(room.student(who).map(|v| v.spreads), Some(Vec::new()), "nobody is led");
    }
    let show = |question: &str, round| Order::Spread { question: question.into(), round };
    assert_eq!(room.order(&show("nothing", 1)), Err(Refusal::Question));
    assert_eq!(room.order(&show("water", 2)), Err(Refusal::Question), "it is not asked then");
    room.order(&show("water", 1)).expect("it is asked");
    for reopened in [false, true] {
        if reopened {
            room.commit().expect("the disk has room");
            drop(room);
            room = open(&model, &path, Plan::default());
        }
        for who in [&students[0], &students[4]] {
            let spreads = room.student(who).map(|v| v.spreads).expect("it joined");
            let [spread] = &spreads[..] else { panic!("{spreads:?}") };
            assert_eq!(spread.bins, [1, 0, 1, 1, 0, 0, 0, 0, 0, 1], "of both groups");
            assert!((spread.mean - 0.3975).abs() < 1e-9);
        }
        let late = form(Some(&students[4]), "predict-late", predict(0.5));
        assert_eq!(room.form(&late), Err(Refusal::Question));
    }
}
