//! Baraza simulates peace talks: parties, mediators and agenda items are agents in one state machine that advances
//! through rounds of talks under a scenario file, and every step says why it happened.
//!
//! Talks are often told as a story of wills: who was stubborn, who had courage. Schelling, Fearon and Zartman tell it otherwise. Whoever
//! bargains compares what lies on the table with what it has without it, its *alternative*; nobody signs for less. Between two
//! alternatives there is a zone in which both gain, or there is none, and no mediator talks a zone into being. But a zone is not an
//! agreement: it has to be found in time, by people who do not say what they would settle for, and kept by people who do not trust
//! each other. A simulator is useful where these parts act together, since there intuition fails soonest.
//!
//! # A puzzle
//!
//! Two villages share a grazing ground. Half of it each would be worth 65 of 100 points to the highlands and 70 to the lowlands. Both
//! can also do without an agreement: that is worth 30 to either. Then the highlands dig a well, and their alternative rises.
//!
//! Out of 1,000 talks of six rounds, how many end with the pasture shared when the well makes the highlands' alternative 50, 60, 65, 66?
//! Write your four numbers down before you read on; two of them are worth a bet.
//!
//! ```
//! use baraza::domain::Model;
//! use baraza::drivers::{Sampler, record};
//! use baraza::kernel::Entry;
//! use baraza::scenario::{Change, Source, load};
//!
//! let text = r#"
//!     [scenario]
//!     title = "Who may graze where?"
//!     start = 2025-03-01
//!     rounds = 6
//!
//!     [party.highland]
//!     alternative = 30
//!     [party.lowland]
//!     alternative = 30
//!
//!     [track.talks]
//!     seats = ["highland", "lowland"]
//!
//!     [item.pasture]
//!     track = "talks"
//!     [item.pasture.option]
//!     whole   = { highland = 100, lowland = 10 }
//!     half    = { highland = 65, lowland = 70 }
//!     nothing = { highland = 5, lowland = 100 }
//!
//!     [instrument.accord]
//!     track = "talks"
//!     seals = ["pasture"]
//! "#;
//! let source = Source { name: "grazing.toml".into(), text: text.into() };
//!
//! // In how many of 1,000 talks somebody agrees on something, where the highlands can fall back on so much.
//! let agreements = |alternative: u32| {
//!     let well = Change { path: "party.highland.alternative".into(), value: alternative.to_string() };
//!     let world = load(&source, &[well], None).world.expect("the scenario has no mistakes");
//!     let model = Model::new(world);
//!     // Run k under seed 1 has the same luck whatever the well is worth, and on every machine.
//!     let agreed = |run: &u32| {
//!         let run = record(&model, &mut Sampler::new(1, *run));
//!         run.entries().any(|(_, _, entry)| matches!(entry, Entry::Agreed { .. }))
//!     };
//!     (0..1000).filter(agreed).count()
//! };
//! assert_eq!([30, 50, 60, 65, 66].map(agreements), [978, 918, 696, 534, 0]);
//! ```
//!
//! Between 65 and 66 lies everything. At 65 half the pasture is worth just what the highlands have without it, and half of the talks still
//! find it. At 66 no option gives both what they can have alone: the whole pasture would do for the highlands and is worth 10 to the
//! lowlands, who have 30. One point decides whether agreement is possible at all, and no run, no mediator and no luck gets round it.
//! Whoever wants to know why talks failed asks first whether they were on this side.
//!
//! Did you expect the other bet? At 60 there is something to gain for both, and three talks in ten fail all the same. Nobody opens with
//! what they would settle for: the better the alternative, the later demands come down to where the other can say yes, and the talks
//! are over after six rounds. A zone that is open and narrow is often missed.
//!
//! # What to read next
//!
//! A scenario's text becomes a [`domain::World`], the world a [`domain::Model`], and [`agents::take_turn`] moves a
//! [`kernel::State`] by one agent's turn. Wherever something could go more than one way it asks a
//! [`kernel::Chooser`]; whoever wants to know what happened listens through a [`kernel::Chronicle`]. The programs in `examples/` play a run
//! and ask why (`one_run`), compare two worlds with the same luck (`what_if_pairs`), and put a rule of one's own into a seat
//! (`own_chooser`).
//!
//! The modules, in an order in which they can be read; from the inside out, arrows point inwards only (`docs/architecture.md`):
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | the static world, lifecycles, quantities, compiled conditions, tables |
//! | [`kernel`] | state, choices, the scene of a turn, what settlements are worth, the chronicle |
//! | [`agents`] | how each kind of agent takes its turn |
//! | [`scenario`] | text in, world or diagnostics out |
//! | [`exchange`] | other people's formats: negotiation domains in and out |
//! | [`drivers`] | who decides: chance or a record |
//! | [`session`] | talks in which people take seats: what they decide and may know, and the record of it |
//! | [`room`] | a class at the table: groups, teams, orders, a lesson's steps, and the folder that keeps them |
//! | [`analysis`] | studies over many runs |
//! | [`store`] | what is kept on the disk: the door for outputs, the log of a session and its lock |
//! | [`document`] | what a study says, as data: answer, sections, tables, pictures |
//! | [`chart`] | pictures: figures in, SVG out |
//! | [`render`] | a document as a page, slides, Markdown, text for a terminal, a folder of tables; diagnostics |
//! | [`telling`] | a scenario and its runs in words: chronicle, JSON, trace, handouts, diagrams |
//! | [`studies`] | what is asked of a scenario, a folder a study |
//! | [`workbench`] | a scenario in a browser: what its page may ask, and the page |
//! | [`serve`] | the room on the network: pages for phones, the teacher's console |
//! | [`cli`] | the command line; the only place that touches the terminal |

pub mod agents;
pub mod analysis;
pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod document;
pub mod domain;
pub mod drivers;
pub mod exchange;
pub mod kernel;
pub mod render;
#[cfg(feature = "store")]
pub mod room;
pub mod scenario;
#[cfg(feature = "serve")]
pub mod serve;
pub mod session;
#[cfg(feature = "store")]
pub mod store;
pub mod studies;
pub mod telling;
mod text;
pub mod workbench;
