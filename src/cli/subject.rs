//! What a command is about: a scenario, or profiles of a domain, with changes.

use std::path::PathBuf;

use clap::Args;

use crate::cli::again::{made, profiles};
use crate::domain::World;
use crate::scenario;
use crate::studies::study::Made;
use crate::telling::Origin;
use crate::text::command::{changes, command};

use super::args::{Profiles, setting};
use super::exit::Failure;
use super::load;
use super::terminal::Terminal;

/// A scenario with changes.
#[derive(Clone, Debug, Args)]
pub struct Subject {
    /// The scenario, or a negotiation domain (GENIUS, GeniusWeb, NegMAS, NegoLog, scoreable game); `-` reads standard input
    pub file: PathBuf,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// Change a value of the scenario; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
}

impl Subject {
    /// The world that it describes.
    ///
    /// # Errors
    /// When it cannot be read or has mistakes; they have been shown.
    pub(super) fn world(&self, terminal: &Terminal) -> Result<World, Failure> {
        load::world(&self.file, &self.profiles.parties, &self.set, self.what_if.as_deref(), terminal)
    }

    /// The changes, as they were given.
    pub(super) fn changed(&self) -> (Option<&str>, &[(String, String)]) {
        (self.what_if.as_deref(), &self.set)
    }

    /// How what a command says can be had again: the command about this, with these words.
    pub(super) fn made(&self, name: &str, words: Vec<String>) -> Made {
        made(name, &self.file, self.words().into_iter().chain(words))
    }

    /// Where an answer about all that can happen in this world comes from: no single run.
    pub(super) fn origin(&self, world: &World) -> Origin {
        Origin {
            fingerprint: scenario::fingerprint(world),
            what_if: self.what_if.clone(),
            set: self.set.clone(),
            ..Origin::default()
        }
    }

    /// How the command line calls the file.
    pub(super) fn name(&self) -> String {
        self.file.display().to_string()
    }

    /// The file and the profiles that are chosen, as words of a command.
    pub(super) fn profiles(&self) -> Vec<String> {
        profiles(&self.file, &self.profiles.parties)
    }

    /// All of it as words of a command: the file, its profiles and the changes.
    pub(super) fn words(&self) -> Vec<String> {
        let changes = changes(self.what_if.as_deref(), &self.set);
        self.profiles().into_iter().chain(changes).collect()
    }

    /// All of it as a command names it.
    pub(super) fn named(&self) -> String {
        command(&self.words())
    }
}
