//! A debrief as a page with pictures.

use super::debrief::Report;
use super::html::Document;

/// The page of a debrief: `command` makes it again.
pub fn document(report: &Report, command: &str) -> Document {
    let _ = (report, command);
    Document::default()
}
