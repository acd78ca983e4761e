//! What stands first in the documents about everything that can happen: which scenario they are about.

use serde::Serialize;

use super::Origin;

/// The format, and the scenario with its changes.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    format: &'static str,
    version: &'static str,
    title: &'a str,
    fingerprint: &'a str,
    what_if: Option<&'a str>,
    set: &'a [(String, String)],
}

impl<'a> Head<'a> {
    /// The head of a document in this format about the scenario with this title.
    pub fn of(format: &'static str, title: &'a str, origin: &'a Origin) -> Self {
        Self {
            format,
            version: env!("CARGO_PKG_VERSION"),
            title,
            fingerprint: &origin.fingerprint,
            what_if: origin.what_if.as_deref(),
            set: &origin.set,
        }
    }
}
