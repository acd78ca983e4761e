//! The explicit files of the model checker PRISM, as its `-importmodel` reads them: transitions (`.tra`), labels (`.lab`), and
//! for each counted reward a file of state rewards (`.srew`, chains) or transition rewards (`.trew`, decision processes).
//!
//! All but the labels begin with counts; so their bodies are written first, and the heads when they are known.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::drn::Kind;

/// The first line of the transitions.
pub fn transitions_head(kind: Kind, states: u64, choices: u64, transitions: u64) -> String {
    match kind {
        Kind::Chain => format!("{states} {transitions}\n"),
        Kind::DecisionProcess => format!("{states} {choices} {transitions}\n"),
    }
}

/// The first lines of the rewards called `name`, of which `entries` are not zero.
pub fn rewards_head(kind: Kind, name: &str, states: u64, choices: u64, entries: u64) -> String {
    match kind {
        Kind::Chain => format!("# Reward structure \"{name}\"\n# State rewards\n{states} {entries}\n"),
        Kind::DecisionProcess => {
            format!("# Reward structure \"{name}\"\n# Transition rewards\n{states} {choices} {entries}\n")
        }
    }
}

/// The first line of the labels.
pub fn labels_head(labels: &[String]) -> String {
    let mut head = String::new();
    for (k, label) in labels.iter().enumerate() {
        let _ = write!(head, "{}{k}=\"{label}\"", if k == 0 { "" } else { " " });
    }
    head.push('\n');
    head
}

/// Writes what follows the heads.
#[derive(Debug)]
pub struct Body<W> {
    kind: Kind,
    transitions: W,
    labels: W,
    rewards: Vec<Entries<W>>,
    state: u64,
    choice: u64,
    name: String,
    now: Vec<f64>,
}

/// The entries of one reward that are not zero.
#[derive(Debug)]
pub struct Entries<W> {
    /// Where they are written to.
    pub out: W,
    /// How many there are.
    pub entries: u64,
}

impl<W: Write> Body<W> {
    /// Writes to a file each.
    pub fn new(kind: Kind, transitions: W, labels: W, rewards: Vec<W>) -> Self {
        let rewards = rewards.into_iter().map(|out| Entries { out, entries: 0 }).collect();
        Self { kind, transitions, labels, rewards, state: 0, choice: 0, name: String::new(), now: Vec::new() }
    }

    /// A state; numbers start from 0 and have no gaps.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn state(&mut self, id: u64, labels: &[usize]) -> io::Result<()> {
        (self.state, self.choice) = (id, 0);
        if labels.is_empty() {
            return Ok(());
        }
        write!(self.labels, "{id}:")?;
        labels.iter().try_for_each(|label| write!(self.labels, " {label}"))?;
        writeln!(self.labels)
    }

    /// An action of that state with its expected rewards: in a chain those of the state, else of each of its transitions.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn action(&mut self, name: Option<&str>, rewards: &[f64]) -> io::Result<()> {
        self.name.clear();
        self.name.push_str(name.unwrap_or_default());
        self.choice += 1;
        self.now.clear();
        self.now.extend_from_slice(rewards);
        if self.kind == Kind::Chain {
            for (reward, file) in rewards.iter().zip(&mut self.rewards).filter(|(r, _)| **r != 0.0) {
                file.entries += 1;
                writeln!(file.out, "{} {reward}", self.state)?;
            }
        }
        Ok(())
    }

    /// A transition of that action. The number is written so that reading it gives the same number again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn transition(&mut self, target: u64, probability: f64) -> io::Result<()> {
        let (state, choice) = (self.state, self.choice.saturating_sub(1));
        match (self.kind, self.name.as_str()) {
            (Kind::Chain, _) => return writeln!(self.transitions, "{state} {target} {probability}"),
            (_, "") => writeln!(self.transitions, "{state} {choice} {target} {probability}")?,
            (_, name) => writeln!(self.transitions, "{state} {choice} {target} {probability} {name}")?,
        }
        for (reward, file) in self.now.iter().zip(&mut self.rewards).filter(|(r, _)| **r != 0.0) {
            file.entries += 1;
            writeln!(file.out, "{state} {choice} {target} {reward}")?;
        }
        Ok(())
    }

    /// What was written to: transitions, labels, rewards.
    pub fn into_inner(self) -> (W, W, Vec<Entries<W>>) {
        (self.transitions, self.labels, self.rewards)
    }
}
