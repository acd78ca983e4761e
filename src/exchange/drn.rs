//! The explicit format of the model checker Storm (DRN): Markov chains and Markov decision processes with labels and rewards.
//!
//! The numbers of states and choices stand in front of the states; so the body is written first, and the head when it is known.

use std::fmt::Write as _;
use std::io::{self, Write};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A discrete-time Markov chain.
    Chain,
    /// A Markov decision process.
    DecisionProcess,
}

/// The name of an action without a name, where others have one.
const UNNAMED: &str = "__NOLABEL__";

/// The head of a file. A remark must be a single line.
pub fn head(kind: Kind, remarks: &[String], rewards: &[String], states: u64, choices: u64) -> String {
    let mut head = String::new();
    remarks.iter().for_each(|remark| {
        let _ = writeln!(head, "// {remark}");
    });
    let kind = match kind {
        Kind::Chain => "DTMC",
        Kind::DecisionProcess => "MDP",
    };
    let _ = write!(
        head,
        "@type: {kind}\n@parameters\n\n@reward_models\n{}\n@nr_states\n{states}\n@nr_choices\n{choices}\n@model\n",
        rewards.join(" ")
    );
    head
}

/// Writes the states that follow the head.
#[derive(Debug)]
pub struct Body<'a, W> {
    out: W,
    kind: Kind,
    labels: &'a [String],
}

impl<'a, W: Write> Body<'a, W> {
    /// Writes to `out`; states are labelled by their places in `labels`, names without spaces.
    pub fn new(out: W, kind: Kind, labels: &'a [String]) -> Self {
        Self { out, kind, labels }
    }

    /// A state; numbers start from 0 and have no gaps.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn state(&mut self, id: u64, labels: &[usize]) -> io::Result<()> {
        write!(self.out, "state {id}")?;
        for label in labels {
            write!(self.out, " {}", self.labels[*label])?;
        }
        writeln!(self.out)
    }

    /// An action of that state with its expected rewards.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn action(&mut self, name: Option<&str>, rewards: &[f64]) -> io::Result<()> {
        let unnamed = if self.kind == Kind::Chain { "0" } else { UNNAMED };
        write!(self.out, "\taction {}", name.unwrap_or(unnamed))?;
        for (k, reward) in rewards.iter().enumerate() {
            write!(self.out, "{}{reward}", if k == 0 { " [" } else { ", " })?;
        }
        self.out.write_all(if rewards.is_empty() { b"\n" } else { b"]\n" })
    }

    /// A transition of that action. The number is written so that reading it gives the same number again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn transition(&mut self, target: u64, probability: f64) -> io::Result<()> {
        writeln!(self.out, "\t\t{target} : {probability}")
    }

    /// What was written to.
    pub fn into_inner(self) -> W {
        self.out
    }
}
