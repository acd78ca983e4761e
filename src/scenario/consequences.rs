//! Mistakes that changes cause: told from those that were there before, and shown at the change.

use std::collections::HashSet;
use std::sync::Arc;

use super::code::Code;
use super::diagnostic::{Diagnostic, Label, Severity, Span};
use super::report::Report;
use super::tree::Place;

/// What tells one diagnostic from another.
pub(super) type Key = (Code, String, usize, usize);

/// What tells a diagnostic from others.
pub(super) fn key(diagnostic: &Diagnostic) -> Key {
    let range = &diagnostic.primary.span.range;
    (diagnostic.code, diagnostic.message.clone(), range.start, range.end)
}

/// What tells the diagnostics of a report from others.
pub(super) fn keys(report: &Report) -> HashSet<Key> {
    report.diagnostics().iter().map(key).collect()
}

/// Whether a diagnostic is an error that was not known.
pub(super) fn is_new(diagnostic: &Diagnostic, known: &HashSet<Key>) -> bool {
    diagnostic.severity == Severity::Error && !known.contains(&key(diagnostic))
}

/// Reports the errors that changes cause. Those inside a change each stand for themselves; of the consequences
/// elsewhere in the file one is shown and the others are counted.
pub(super) fn adopt_new(after: &Report, known: &HashSet<Key>, applied: &[Place], report: &mut Report) {
    let mut consequence: Option<Diagnostic> = None;
    let mut others = 0;
    for diagnostic in after.diagnostics().iter().filter(|d| is_new(d, known)) {
        let (inside, diagnostic) = blamed(diagnostic.clone(), applied, report);
        if inside {
            report.adopt(diagnostic);
        } else if consequence.is_none() {
            consequence = Some(diagnostic);
        } else {
            others += 1;
        }
    }
    if let Some(mut first) = consequence {
        if others > 0 {
            let more = format!("{others} more consequence{} like this", if others == 1 { "" } else { "s" });
            first.help = Some(first.help.map_or(more.clone(), |help| format!("{help}; {more}")));
        }
        report.adopt(first);
    }
}

/// A diagnostic that a change causes points at the change; the place in the file becomes a second label.
/// Whether it stood in the change anyway is told with it.
fn blamed(mut diagnostic: Diagnostic, applied: &[Place], report: &Report) -> (bool, Diagnostic) {
    let spans: Vec<Span> = applied.iter().map(|p| report.span(*p)).collect();
    let own = &diagnostic.primary.span;
    let within = |s: &Span| {
        Arc::ptr_eq(&s.source, &own.source)
            && s.range.start <= own.range.start
            && own.range.end <= s.range.end
    };
    if spans.iter().any(within) {
        return (true, diagnostic);
    }
    let Some((first, others)) = spans.split_first() else { return (true, diagnostic) };
    let text =
        if others.is_empty() { "because of this change" } else { "because of this change, or the next" };
    let new = Label { span: first.clone(), text: text.to_owned() };
    let old = std::mem::replace(&mut diagnostic.primary, new);
    diagnostic.secondary.insert(0, old);
    (false, diagnostic)
}
