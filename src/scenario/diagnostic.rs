//! Diagnostics as data; `render::diagnostics` turns them into text.

use std::ops::Range;
use std::sync::Arc;

use super::Source;
use super::code::Code;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// Legal, but probably not what was meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A stretch of a source; byte offsets on character boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text it is a stretch of.
    pub source: Arc<Source>,
    /// Which bytes.
    pub range: Range<usize>,
}

impl Span {
    /// Line and column (both from 1, in characters) of the first character, then those just after the last.
    pub fn lines(&self) -> ((usize, usize), (usize, usize)) {
        (self.position(self.range.start), self.position(self.range.end))
    }

    fn position(&self, offset: usize) -> (usize, usize) {
        let before = &self.source.text[..offset.min(self.source.text.len())];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// A span and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What; may be empty.
    pub text: String,
}

/// One mistake, or one doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of mistake.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Says something about the primary span.
    pub(super) fn label(&mut self, text: impl Into<String>) -> &mut Self {
        self.primary.text = text.into();
        self
    }

    /// Says what to write instead.
    pub(super) fn help(&mut self, text: impl Into<String>) -> &mut Self {
        let text = text.into();
        self.help = (!text.is_empty()).then_some(text);
        self
    }

    /// Points at another place.
    pub(super) fn also(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }
}
