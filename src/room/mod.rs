//! A class at the table, without any network: groups that play the same scenario, teams that give orders, a lesson's steps, who joined,
//! and the folder in which all of it is kept.
//!
//! A [`Room`] takes requests of students and of the teacher, one after the other, and adds lines to its logs: one log a group, which is
//! that of any session by round, and `class.jsonl` for everything that is not play. A request is applied in memory first; nothing of it
//! may be shown before [`Room::commit`] has the lines on the disk, for many requests at once. Whoever shows things asks for a view, and
//! a student's view is made of what its role may know.

mod ballots;
mod class;
mod folder;
mod lesson;
mod people;
mod register;
mod request;
mod shares;
mod sheet;
mod standing;
mod state;
mod view;

pub use ballots::{Ballot, Ballots};
pub use class::{FORMAT, Header, Line, Luck};
pub use folder::{BALLOTS, CLASS, Folder, NAMES, Opened, Problem, SECRET, STUDENTS, TEACHER, keep_pages};
pub use lesson::{Kind, Lesson, Stage};
pub use people::{People, Student, same};
pub use request::{Ask, Form, MINUTES, Order, Refusal, Reply};
pub use shares::{RUNS, shares};
pub use sheet::{Draft, version};
pub use standing::Agenda;
pub use state::{Clock, Group, Plan, Room};
pub use view::{AskedWhatIf, Poll, Questions, Seen, Spread, StudentView, Team};
