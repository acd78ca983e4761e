//! Baraza simulates peace talks: parties, mediators and agenda items are agents in one state machine that advances
//! through rounds of talks under a scenario file, and every step says why it happened.
//!
//! A scenario's text becomes a [`domain::World`], the world a [`domain::Model`], and [`agents::take_turn`] moves a
//! [`kernel::State`] by one agent's turn. Wherever something could go more than one way it asks a
//! [`kernel::Chooser`]; whoever wants to know what happened listens through a [`kernel::Chronicle`].
//!
//! ```
//! use baraza::domain::Model;
//! use baraza::drivers::{Sampler, record};
//! use baraza::kernel::Entry;
//! use baraza::scenario::{Source, load};
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
//! let world = load(&source, &[], None).world.expect("the scenario has no mistakes");
//! let model = Model::new(world);
//!
//! // Run 0 under seed 1: the same on every machine.
//! let run = record(&model, &mut Sampler::new(1, 0));
//! let agreed = run.entries().find(|(_, _, entry)| matches!(entry, Entry::Agreed { .. }));
//! let (round, ..) = agreed.expect("they share the pasture");
//! assert!(round > 1, "nobody gives way at once");
//! ```
//!
//! The map of the house, from the inside out; arrows point inwards only (`docs/architecture.md`):
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
//! | [`analysis`] | studies over many runs |
//! | [`store`] | what is kept on the disk: the door for outputs, the log of a session and its lock |
//! | [`document`] | what a study says, as data: answer, sections, tables, pictures |
//! | [`chart`] | pictures: figures in, SVG out |
//! | [`render`] | a document as a page, slides, Markdown, text for a terminal, a folder of tables; diagnostics |
//! | [`telling`] | a scenario and its runs in words: chronicle, JSON, trace, handouts, diagrams |
//! | [`studies`] | what is asked of a scenario, a folder a study |
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
pub mod scenario;
pub mod session;
#[cfg(feature = "store")]
pub mod store;
pub mod studies;
pub mod telling;
mod text;
