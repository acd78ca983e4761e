//! Where the diagnostics of one load are collected.

use std::sync::Arc;

use super::Source;
use super::code::Code;
use super::diagnostic::{Diagnostic, Label, Severity, Span};
use super::tree::Place;
use crate::domain::visible;

/// More diagnostics than this help nobody; it also bounds the work on hostile files.
const MOST: usize = 500;

/// Collects diagnostics; knows the texts that places refer to.
pub(super) struct Report {
    sources: Vec<Arc<Source>>,
    diagnostics: Vec<Diagnostic>,
    errors: usize,
}

impl Report {
    /// An empty report on these sources.
    pub fn new(sources: Vec<Arc<Source>>) -> Self {
        Self { sources, diagnostics: Vec::new(), errors: 0 }
    }

    /// An empty report on the same sources.
    pub fn sibling(&self) -> Self {
        Self::new(self.sources.clone())
    }

    /// The place with its text; offsets are moved to character boundaries.
    pub fn span(&self, place: Place) -> Span {
        let source = Arc::clone(&self.sources[place.source as usize]);
        let start = boundary(&source.text, place.start as usize);
        let end = boundary(&source.text, place.end as usize).max(start);
        Span { source, range: start..end }
    }

    /// The source text at a place.
    pub fn text(&self, place: Place) -> &str {
        let text = &self.sources[place.source as usize].text;
        text.get(place.start as usize..place.end as usize).unwrap_or("")
    }

    /// Reports an error; the result can be told more.
    pub fn error(&mut self, code: Code, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.errors += 1;
        self.push(code, Severity::Error, place, message.into())
    }

    /// Reports a warning.
    pub fn warning(&mut self, code: Code, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.push(code, Severity::Warning, place, message.into())
    }

    fn push(&mut self, code: Code, severity: Severity, place: Place, message: String) -> &mut Diagnostic {
        // Beyond the limit the last place is used again and again: the caller still gets one to fill in.
        if self.diagnostics.len() > MOST {
            self.diagnostics.truncate(MOST);
        }
        let primary = Label { span: self.span(place), text: String::new() };
        let at = self.diagnostics.len();
        self.diagnostics.push(Diagnostic {
            code,
            severity,
            message,
            primary,
            secondary: Vec::new(),
            help: None,
        });
        &mut self.diagnostics[at]
    }

    /// How many errors so far.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Takes over a finished diagnostic.
    pub fn adopt(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        if self.diagnostics.len() <= MOST {
            self.diagnostics.push(diagnostic);
        }
    }

    /// What was reported so far.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Everything, sorted by place: `--set` arguments first, then the file.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.truncate(MOST);
        let place = |d: &Diagnostic| (d.primary.span.range.start, d.primary.span.range.end);
        let file = self.sources.first().cloned();
        let in_file = |d: &Diagnostic| file.as_ref().is_some_and(|f| Arc::ptr_eq(f, &d.primary.span.source));
        self.diagnostics.sort_by_key(|d| (in_file(d), place(d), d.code));
        self.diagnostics
    }
}

fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A text of the file, cut where it would drown a message.
pub(super) fn shown(text: &str) -> String {
    let one_line = visible(text).replace(['\n', '\r', '\t'], " ");
    if one_line.chars().count() <= 60 {
        return one_line;
    }
    one_line.chars().take(57).chain("…".chars()).collect()
}
