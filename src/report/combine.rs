//! Two changes together, as text.

use crate::analysis::combine::{Combined, Joint, Verdict};
use crate::analysis::what_if::Subject;

use super::chronicle::clean;
use super::ensemble::percent;
use super::page::Page;
use super::what_if::{Comparison, p, when};

/// Columns for what a row is about.
const LABEL: usize = 22;

/// Writes all combinations.
pub(super) fn write(page: &mut Page, comparison: &Comparison) {
    page.heading("Two changes together");
    page.paragraph(
        "The same run in four worlds: as it stands, with the first change, with the second, with both. Beyond: what \
         both do less the two differences added up, in points; normal theory with one run of −1 and one of +1 added. \
         To help each other is to move the share further than added up, up or down; shares end at 0 and at 100%, and \
         what two changes cannot move any further counts as hindering.",
    );
    page.paragraph(match comparison.subject {
        Subject::Flips => "p is adjusted by Holm over all that is said here.",
        _ => "p is adjusted by Holm over the combinations, for each outcome and condition.",
    });
    for combined in comparison.combinations {
        tell(page, comparison, combined);
    }
}

fn tell(page: &mut Page, comparison: &Comparison, combined: &Combined) {
    let [one, other] = combined.ids.each_ref().map(|id| comparison.title(id));
    page.heading(&format!("What if both: “{one}” and “{other}”"));
    page.row(&format!(
        "  {:<LABEL$} {:>5} {:>5} {:>6} {:>5}  {:<22} {}",
        "", "as is", "first", "second", "both", "beyond", "p"
    ));
    for joint in combined.outcomes.iter().chain(&combined.ever).chain(&combined.last) {
        if [joint.neither, joint.first, joint.second, joint.both].iter().any(|share| *share > 0.0) {
            row(page, joint);
        }
    }
    match combined.on(comparison.subject) {
        Some(joint) => page.item(&sentence(joint)),
        None => {
            let all = combined.outcomes.iter().chain(&combined.ever).chain(&combined.last);
            let claimed: Vec<&Joint> = all.filter(|j| j.verdict != Verdict::AddUp).collect();
            if claimed.is_empty() {
                page.item("Nothing differs clearly from the two added up.");
            }
            claimed.iter().for_each(|j| page.item(&sentence(j)));
        }
    }
}

fn name(joint: &Joint) -> String {
    match joint.held {
        Some(held) => format!("“{}” {}", clean(&joint.title), when(held)),
        None => format!("“{}”", clean(&joint.title)),
    }
}

fn row(page: &mut Page, joint: &Joint) {
    let title = match joint.held {
        Some(_) => name(joint),
        None => clean(&joint.title),
    };
    let mut lines = textwrap::wrap(&title, LABEL - 1).into_iter();
    let first = lines.next().unwrap_or_default();
    let [neither, one, other, both] = [joint.neither, joint.first, joint.second, joint.both].map(percent);
    page.row(&format!(
        "  {first:<LABEL$} {neither:>5} {one:>5} {other:>6} {both:>5}  {:<22} {}",
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
        Verdict::Help => "the two help each other",
        Verdict::Hinder => "the two hinder each other",
        Verdict::AddUp => "as far as these runs show, the two add up",
    };
    format!("{moves}: {verdict}.")
}
