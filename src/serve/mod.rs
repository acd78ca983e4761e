//! The room on the network: pages for students' phones, the teacher's console, a view to project. Nothing is fetched from elsewhere.
//!
//! One thread holds the [`Room`](crate::room::Room) (`keeper`): it takes what is asked of it, makes sure of what changed, for many
//! requests at once, and only then answers. The network runs on one other thread. A page is made on the server, whole; the script in
//! it fetches it again when the stream of events says that something has changed for it, and sends forms. Without the script the same
//! forms work, and the page is loaded by hand.

mod address;
mod app;
mod debrief;
mod export;
mod forms;
mod gate;
mod keeper;
mod page;
mod password;
mod project;
mod qr;
mod response;
mod routes;
mod said;
mod server;
mod student;
mod teacher;
mod what_if;

pub use address::addresses;
pub use password::{Password, Weak};
pub use qr::terminal as qr;
pub use server::{Settings, Stop, start};
