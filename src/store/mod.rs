//! What is kept on the disk: the door through which every output goes, and the log of a session with its lock.
//!
//! It knows no command line and no terminal: what is refused or fails is a [`Fault`], which says what is wrong with which
//! path; who asked says in words of their own what to do instead.
//!
//! A [`Door`] knows what a command reads and whether it may overwrite. It is asked before the work whether a place can be
//! written, and given the text after it. A text is written beside its place under a name drawn at random, synced, and then
//! moved there, so that nobody ever sees half of it and a full disk leaves nothing.

mod beside;
mod door;
mod fault;
mod files;
mod log;
mod names;
mod staged;

pub use beside::folder;
pub use door::{Door, File, remove};
pub use fault::{Fault, Why, plain};
pub use files::files;
pub use log::{Log, read};
pub use names::distinct;
pub use staged::{Body, Staged, publish};
