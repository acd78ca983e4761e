//! What every request needs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::sync::Semaphore;

use crate::drivers::parallel::Pool;
use crate::studies::class;

use super::gate::Limit;
use super::keeper::Keeper;
use super::password::Password;
use super::what_if::Oracle;

/// The room, who may ask it what, and what is worked out beside it.
pub(super) struct App {
    pub keeper: Keeper,
    pub oracle: Oracle,
    pub title: String,
    pub code: String,
    pub teacher: String,
    pub show_secrets: bool,
    /// The password of the console, where one was set.
    pub password: Option<Arc<Password>>,
    /// Trying passwords: one at a time, and few.
    pub tries: Limit,
    pub trying: Semaphore,
    /// Names by which this server goes: host and port.
    pub hosts: Vec<String>,
    /// Addresses for students.
    pub addresses: Vec<String>,
    /// Drawn anew whenever the program starts.
    pub boot: String,
    /// What a seat may ask for.
    pub limit: Limit,
    /// Joining, for all together: a room shares one address.
    pub joins: Limit,
    /// How often what was refused.
    pub refused: Mutex<BTreeMap<&'static str, u64>>,
    /// What is computed beside the talks is computed on these threads.
    pub pool: Arc<Pool>,
    /// The pages of the debriefing.
    pub pages: Mutex<Pages>,
}

impl App {
    /// Counts something that was refused; the teacher is told.
    pub fn refuse(&self, what: &'static str) {
        if let Ok(mut refused) = self.refused.lock() {
            *refused.entry(what).or_default() += 1;
        }
    }

    /// What was refused, in words.
    pub fn refused(&self) -> Vec<String> {
        let refused = self.refused.lock();
        refused
            .map_or_else(|_| Vec::new(), |r| r.iter().map(|(what, n)| format!("{what}: {n} times")).collect())
    }

    /// How far the pages of the debriefing are, in words.
    pub fn debrief_state(&self) -> String {
        self.pages.lock().map_or_else(|_| String::new(), |p| p.state())
    }
}

/// The pages, or how far they are.
#[derive(Debug, Default)]
pub(super) enum Pages {
    /// Nobody has asked for them.
    #[default]
    None,
    /// They are being made.
    Making,
    /// They are there.
    Made(Box<class::Pages>),
    /// They could not be made, and why.
    Failed(String),
}

impl Pages {
    /// In words.
    pub fn state(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Making => "The debriefing is being worked out …".into(),
            Self::Made(_) => "The debriefing is ready; its pages are in the folder, too.".into(),
            Self::Failed(why) => format!("The debriefing could not be worked out: {why}."),
        }
    }
}
