//! Diagnostics as text for people and as data for programs.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::domain::visible;
use crate::scenario::{Diagnostic, Label, Severity};

/// The longest line of a source that is shown whole; longer ones would fill the screen.
const WIDTH: usize = 120;

/// Diagnostics as text, one after the other with an empty line between; `styled` adds colours for a terminal.
pub fn render(diagnostics: &[Diagnostic], styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let texts: Vec<String> = diagnostics.iter().map(|d| renderer.render(&[group(d)])).collect();
    let mut out = texts.join("\n\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// How many errors and warnings there are, such as `2 errors, 1 warning`; empty where there are none.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let counts = [(count(Severity::Error), "error"), (count(Severity::Warning), "warning")];
    let said = counts.iter().filter(|(n, _)| *n > 0);
    let said: Vec<String> =
        said.map(|(n, what)| format!("{n} {what}{}", if *n == 1 { "" } else { "s" })).collect();
    said.join(", ")
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let source = &diagnostic.primary.span.source;
    let mut snippet = Snippet::source(source.text.as_str()).path(visible(&source.name));
    snippet = snippet.annotation(annotation(&diagnostic.primary, AnnotationKind::Primary));
    let mut elsewhere = Vec::new();
    for label in &diagnostic.secondary {
        if label.span.source == *source {
            snippet = snippet.annotation(annotation(label, AnnotationKind::Context));
        } else {
            let other = &label.span.source;
            let snippet = Snippet::source(other.text.as_str()).path(visible(&other.name));
            elsewhere.push(snippet.annotation(annotation(label, AnnotationKind::Context)));
        }
    }
    let mut group =
        level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.id()).element(snippet);
    for snippet in elsewhere {
        group = group.element(snippet);
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(visible(help))),
        None => group,
    }
}

fn annotation(label: &Label, kind: AnnotationKind) -> Annotation<'_> {
    let annotation = kind.span(label.span.range.clone());
    if label.text.is_empty() { annotation } else { annotation.label(visible(&label.text)) }
}

/// A diagnostic as data; lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record<'a> {
    /// The name of the source.
    pub file: &'a str,
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the character after the last.
    pub end_line: usize,
    /// Column of the character after the last.
    pub end_column: usize,
    /// Such as `B0101`.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: &'a str,
    /// What to write instead.
    pub help: Option<&'a str>,
}

/// Diagnostics as data, in the same order.
pub fn records(diagnostics: &[Diagnostic]) -> Vec<Record<'_>> {
    diagnostics.iter().map(record).collect()
}

fn record(diagnostic: &Diagnostic) -> Record<'_> {
    let ((line, column), (end_line, end_column)) = diagnostic.primary.span.lines();
    Record {
        file: &diagnostic.primary.span.source.name,
        line,
        column,
        end_line,
        end_column,
        code: diagnostic.code.id(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
    }
}
