//! The sheet of a team while its members fill it in.

use sha2::{Digest, Sha256};

use crate::domain::hex;
use crate::session::orders::Sheet;

/// A team's sheet for the round to come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub sheet: Sheet,
    /// Who changed which field last.
    pub last: Option<(String, String)>,
}

/// By what a sheet is known: whoever signs one off says which.
pub fn version(sheet: &Sheet) -> String {
    let text = serde_json::to_string(sheet).unwrap_or_default();
    hex(&Sha256::digest(text.as_bytes())[..6])
}
