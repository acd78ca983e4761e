//! Two changes together, as text.

use crate::analysis::combine::{Combined, Joint, Verdict};
use crate::analysis::what_if::Subject;
use crate::telling::chronicle::clean;
use crate::text::column::padded;
use crate::text::number::percent;
use crate::text::writer::Writer;

use super::{Comparison, LUCK, p};

/// Columns for what a row is about.
const LABEL: usize = 22;

/// What the figures of combinations are.
pub(crate) const ABOUT: &str = "The same run in four worlds: as it stands, with the first change, with the second, with \
both. Beyond: what both do less the two differences added up, in points; normal theory with one run of −1 and one of +1 \
added. To help each other is to move the share further than added up, up or down; shares end at 0 and at 100%, and what two \
changes cannot move any further counts as hindering.";

/// Over what p is adjusted.
pub(crate) fn adjusted(comparison: &Comparison) -> String {
    format!("p is {}.", comparison.adjusted())
}

/// Writes all combinations.
pub(crate) fn write(page: &mut Writer, comparison: &Comparison) {
    page.heading("Two changes together");
    page.paragraph(ABOUT);
    page.paragraph(&adjusted(comparison));
    for combined in &comparison.combinations {
        tell(page, comparison, combined);
    }
}

/// Everything that two changes can do something to together, where it occurs in any of the four worlds.
pub(crate) fn occurring(combined: &Combined) -> impl Iterator<Item = &Joint> {
    let all = combined.outcomes.iter().chain(&combined.ever).chain(&combined.last);
    all.filter(|j| [j.neither, j.first, j.second, j.both].iter().any(|share| *share > 0.0))
}

/// What can be said of two changes together: of the subject, or where none was chosen of all that is clear.
pub(crate) fn claims(combined: &Combined, subject: Subject) -> Vec<String> {
    if let Some(joint) = combined.on(subject) {
        return vec![sentence(joint)];
    }
    let all = combined.outcomes.iter().chain(&combined.ever).chain(&combined.last);
    let clear: Vec<String> =
        all.filter(|j| j.verdict.is_some_and(|v| v != Verdict::AddUp)).map(sentence).collect();
    match clear.is_empty() {
        true => vec!["Nothing differs clearly from the two added up.".into()],
        false => clear,
    }
}

fn tell(page: &mut Writer, comparison: &Comparison, combined: &Combined) {
    let [one, other] = combined.ids.each_ref().map(|id| comparison.title(id));
    page.heading(&format!("What if both: “{one}” and “{other}”"));
    let width = page.paper().room(LABEL);
    page.row(&format!(
        "  {:<width$} {:>5} {:>5} {:>6} {:>5}  {:<22} {}",
        "", "as is", "first", "second", "both", "beyond", "p"
    ));
    occurring(combined).for_each(|joint| row(page, joint));
    page.paragraph(LUCK);
    claims(combined, comparison.subject).iter().for_each(|sentence| page.item(sentence));
}

/// What a row is about.
pub(crate) fn label(joint: &Joint) -> String {
    match joint.held {
        Some(_) => name(joint),
        None => clean(&joint.title),
    }
}

fn name(joint: &Joint) -> String {
    match joint.held {
        Some(held) => format!("“{}” {}", clean(&joint.title), held.when()),
        None => format!("“{}”", clean(&joint.title)),
    }
}

fn row(page: &mut Writer, joint: &Joint) {
    let title = label(joint);
    let width = page.paper().room(LABEL);
    let mut lines = textwrap::wrap(&title, width - 1).into_iter();
    let first = padded(&lines.next().unwrap_or_default(), width);
    let [neither, one, other, both] = [joint.neither, joint.first, joint.second, joint.both].map(percent);
    page.row(&format!(
        "  {first} {neither:>5} {one:>5} {other:>6} {both:>5}  {:<22} {}",
        beyond(joint),
        p(joint.p_adjusted)
    ));
    lines.for_each(|line| page.row(&format!("    {line}")));
}

fn beyond(joint: &Joint) -> String {
    format!("{:+.1} ({:+.1} to {:+.1})", joint.interaction * 100.0, joint.low * 100.0, joint.high * 100.0)
}

fn sentence(joint: &Joint) -> String {
    let move_of = |share: f64| format!("{:+.1}", (share - joint.neither) * 100.0);
    let moves = format!(
        "{}: by {} points with the first change, {} with the second, {} with both",
        name(joint),
        move_of(joint.first),
        move_of(joint.second),
        move_of(joint.both)
    );
    let verdict = match joint.verdict {
        Some(Verdict::Help) => "the two help each other",
        Some(Verdict::Hinder) => "the two hinder each other",
        Some(Verdict::AddUp) | None => "as far as these runs show, the two add up",
    };
    format!("{moves}: {verdict}.")
}
