//! The loop of `baraza play` in process: whatever players type, it goes on, keeps what it shows, and tells nobody what is
//! hidden from their role.

mod support;

use baraza::cli::exit::Failure;
use baraza::cli::play::{Console, Game, Keep, Line};
use baraza::domain::{Model, World};
use baraza::drivers::Head;
use baraza::drivers::decider::Decider;
use baraza::drivers::philox::Stream;
use baraza::kernel::What;
use baraza::session::{self, Header, Question, Session};
use baraza::telling::Paper;
use baraza::telling::play::{self, View};
use proptest::prelude::*;
use rand::Rng;
use support::generate::{LARGE, scenarios};
use support::model;
use support::secrets::secret;

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 200, ..ProptestConfig::default() }
}

/// A log in memory.
#[derive(Default)]
struct Memory(String);

impl Keep for Memory {
    fn append(&mut self, line: &str) -> Result<(), Failure> {
        assert!(line.ends_with('\n') && !line.trim_end().contains('\n'));
        self.0.push_str(line);
        Ok(())
    }

    fn place(&self) -> String {
        "memory".into()
    }
}

/// A player who types words at random, alternatives mostly.
struct Anybody {
    luck: Stream,
    /// How many lines it types before it leaves the rest to the model.
    left: usize,
    shown: String,
}

const NOISE: [&str; 30] = [
    "",
    "help",
    "help ok",
    "why",
    "state",
    "sheet",
    "items",
    "items i0",
    "history",
    "history 2",
    "hint",
    "predict",
    "predict 1 0.3",
    "predictions",
    "branches",
    "save",
    "ok",
    "ok rest",
    "same",
    "same rest",
    "auto",
    "rewind 1",
    "rewind 2",
    "rewind 99",
    "branch 1",
    "branch 7",
    "compare 1 2",
    "compare 1 1",
    "/state",
    "\u{7}?!",
];

impl Console for Anybody {
    fn read(&mut self, _prompt: &str, words: &[String]) -> Result<Line, Failure> {
        let draw = self.luck.next_u32() as usize;
        if self.left == 0 {
            return Ok(Line::Text("auto all".into()));
        }
        self.left -= 1;
        Ok(match draw % 8 {
            0..5 if !words.is_empty() => Line::Text(words[(draw >> 3) % words.len().min(4)].clone()),
            5 => Line::Text(((draw >> 3) % 5).to_string()),
            6 if draw >> 3 & 31 == 0 => Line::Interrupted,
            _ => Line::Text(NOISE[(draw >> 3) % NOISE.len()].into()),
        })
    }

    fn show(&mut self, text: &str) -> Result<(), Failure> {
        self.shown.push_str(text);
        Ok(())
    }

    fn hand_over(&mut self, _to: &str) -> Result<Line, Failure> {
        Ok(Line::Text(String::new()))
    }

    fn paper(&self) -> Paper {
        false.into()
    }
}

/// Stops at the first line of the end.
struct Until<'a>(&'a mut Anybody);

impl Console for Until<'_> {
    fn read(&mut self, prompt: &str, words: &[String]) -> Result<Line, Failure> {
        if prompt == "over> " && self.0.left == 0 {
            return Ok(Line::End);
        }
        self.0.read(prompt, words)
    }
    fn show(&mut self, text: &str) -> Result<(), Failure> {
        self.0.show(text)
    }
    fn hand_over(&mut self, to: &str) -> Result<Line, Failure> {
        self.0.hand_over(to)
    }
    fn paper(&self) -> Paper {
        false.into()
    }
}

fn header(world: &World, seats: &[Decider], seed: u64) -> Header {
    Header {
        format: session::FORMAT.into(),
        head: Head::new(&world.title, "f", seed, session::NOTE),
        run: 0,
        scenario: "generated.toml".into(),
        seats: seats.iter().map(|s| s.id(world).into_owned()).collect(),
        by: baraza::session::Pace::Decision,
    }
}

fn some(world: &World, bits: u32) -> Vec<Decider> {
    let all: Vec<Decider> = world.all_roles().map(Decider::from).collect();
    let chosen: Vec<_> = (0..all.len()).filter(|k| bits >> k & 1 == 1).map(|k| all[k]).collect();
    if chosen.is_empty() { all[..1].to_vec() } else { chosen }
}

proptest! {
    #![proptest_config(config(200))]

    /// Whatever is typed, the loop comes to an end, no line is too long, and the log gives the same session again.
    #[test]
    fn anybody_can_play(draft in scenarios(LARGE), seed in 0u64..1000, bits: u32, lines in 0usize..150) {
        let model = model(&draft.text());
        let seats = some(&model.world, bits);
        let session = Session::new(&model, header(&model.world, &seats, seed)).expect("they sit");
        let mut log = Memory(session::write(session.header()));
        let mut player = Anybody { luck: Stream::new(seed, 9), left: lines, shown: String::new() };
        let mut console = Until(&mut player);
        let mut game = Game::new(session, &mut log, &mut console);
        game.play().expect("it goes on");
        let (end, branches) = (game.session().table().transcript(), game.session().branches().to_vec());
        let left = !game.session().table().over();
        drop(game);
        let read = session::read(&log.0).expect("it is a log");
        let again = Session::resume(&model, read.header, &read.events).expect("it fits");
        prop_assert_eq!(again.table().transcript(), end);
        prop_assert_eq!(again.branches(), branches.as_slice());
        prop_assert!(!left || player.left > 0 || player.shown.contains("Stop") || player.shown.contains("kept"));
        for line in player.shown.lines() {
            prop_assert!(line.chars().count() <= 80, "{}", line);
            prop_assert!(!line.chars().any(char::is_control), "{:?}", line);
        }
    }

    /// What a role reads does not depend on what it may not know: with other numbers of everybody else and other hidden
    /// cells, every text is the same to the byte.
    #[test]
    fn texts_tell_nothing_hidden(draft in scenarios(LARGE), seed in 0u64..1000, bits: u32) {
        let open = model(&draft.text());
        let seats = some(&open.world, bits);
        let mut session = Session::new(&open, header(&open.world, &seats, seed)).expect("they sit");
        let mut luck = Stream::new(seed, 3);
        let mut compared = 0;
        while let Some(question) = session.table().question().cloned() {
            let at = luck.next_u32() as usize % question.alternatives.len();
            if compared < 40 {
                compared += 1;
                let role = question.who;
                let other = Model::new(changed(&open.world, role, &mut luck));
                let cells = session.table().state().cells();
                let mut hidden = cells.to_vec();
                for (value, cell) in hidden.iter_mut().zip(&open.cells) {
                    if secret(&open.world, cell.quantity, role) {
                        *value = (luck.next_u32() % (u32::from(cell.max) + 1)) as u8;
                    }
                }
                let before = texts(&View::new(&open, role, cells), &question, &session);
                let after = texts(&View::new(&other, role, &hidden), &disguised(&question, &mut luck), &session);
                prop_assert_eq!(before, after);
            }
            let event = session.deciding(question.alternatives[at].pick).expect("it is open");
            session.apply(&event).expect("it fits");
        }
    }
}

/// Everything that is shown at a question.
fn texts(view: &View, question: &Question, session: &Session) -> Vec<String> {
    vec![
        play::question(view, question, &[], false),
        play::hint(view, question, false),
        format!("{:?}", play::proposal(&view.model.world, question).map(|a| a.pick)),
        play::state(view, false),
        play::items(view, None, false),
        play::sheet(view, false),
        play::why(view, session.table().steps(), false),
        play::ending(view, false),
        play::handed(view),
    ]
}

/// The question with other weights where they rest on what is hidden: on what the parties need, or could give.
fn disguised(question: &Question, luck: &mut Stream) -> Question {
    let mut other = question.clone();
    if matches!(question.site.what, What::Matter | What::Formula | What::Return) {
        let heavy = luck.next_u32() as usize % other.alternatives.len();
        for (k, a) in other.alternatives.iter_mut().enumerate() {
            a.weight = if k == heavy { baraza::domain::ONE } else { 0 };
        }
    }
    other
}

/// The world with other preferences, alternatives, tactics and moods of everybody but the role.
fn changed(world: &World, role: Decider, luck: &mut Stream) -> World {
    let foreign = |p: usize| role != Decider::Party(p.into());
    let mut other = world.clone();
    for (p, party) in other.parties.iter_mut().enumerate().filter(|(p, _)| foreign(*p)) {
        party.tactic.kappa = f64::from(luck.next_u32() % 100) / 100.0;
        party.mandate = Some([0.2, 0.3, 0.5]);
        party.consult = Some(0.125);
        for (q, trust) in party.trust.iter_mut().enumerate().filter(|(q, _)| *q != p) {
            *trust = baraza::domain::Level::new((luck.next_u32() as usize + q) as u8 % 5);
        }
    }
    for seat in other.seats.iter_mut().filter(|s| foreign(s.party.at())) {
        seat.alternative = (luck.next_u32() % 101) as u8;
    }
    for option in other.items.iter_mut().flat_map(|i| &mut i.options) {
        for (_, points) in option.points.iter_mut().enumerate().filter(|(p, _)| foreign(*p)) {
            *points = f64::from(luck.next_u32() % 101);
        }
        option.red_line_of.retain(|p| !foreign(p.at()));
        option.exposes.retain(|e| !foreign(e.party.at()));
    }
    other
}
