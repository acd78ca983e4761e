//! Two changes together, as a section of the page of a comparison.

use crate::analysis::combine::{Combined, Joint};
use crate::analysis::summary::Share;
use crate::chart::bars::{Bars, Series};
use crate::chart::forest::Forest;
use crate::chart::{Estimate, Head, Picture, Unit};
use crate::document::table::Table;
use crate::document::{Block, Section};
use crate::text::number::{percent_of, thousands};

use super::combine::{ABOUT, adjusted, claims, label, occurring};
use super::{Comparison, LUCK, p};

/// The most combinations of one picture: those with the largest figures.
const MOST: usize = 20;
/// The most combinations that have a picture each; tables and sentences have all.
const DRAWN: usize = 6;

/// What every two changes do together; empty where none were combined.
pub(crate) fn section(comparison: &Comparison) -> Section {
    let mut section = Section::new("Two changes together");
    let all = &comparison.combinations;
    if all.is_empty() {
        return section;
    }
    section.paragraph(ABOUT);
    section.paragraph(adjusted(comparison));
    if all.len() > 1
        && let Some(picture) = overview(comparison)
    {
        section.push(picture);
    }
    for combined in all {
        section.push(Block::Heading(title(comparison, combined)));
        section.push(Block::List(claims(combined, comparison.subject)));
        if all.len() <= DRAWN {
            section.push(shares(comparison, combined));
        }
        section.push(Block::Table(table(combined)));
    }
    section
}

fn title(comparison: &Comparison, combined: &Combined) -> String {
    let [one, other] = combined.ids.each_ref().map(|id| comparison.title(id));
    format!("“{one}” and “{other}”")
}

fn beyond(joint: &Joint) -> Estimate {
    Estimate { value: joint.interaction, low: joint.low, high: joint.high }
}

/// What every two do to the subject beyond the two added up; nothing where no subject was chosen.
fn overview(comparison: &Comparison) -> Option<Picture> {
    let about = comparison.about()?;
    let all = comparison.combinations.iter();
    let mut rows: Vec<(String, Estimate)> =
        all.filter_map(|c| Some((title(comparison, c), beyond(c.on(comparison.subject)?)))).collect();
    rows.sort_by(|a, b| b.1.value.abs().total_cmp(&a.1.value.abs()));
    let left = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let few = if left > 0 { format!("; the {MOST} with the largest figures") } else { String::new() };
    let subtitle = format!(
        "The share of {about}: both together less the two differences added up, with {}% intervals{few}",
        percent_of(comparison.level)
    );
    let head = Head::new(&["together"], "Two changes together, beyond the two added up", subtitle);
    let axis = "Beyond the two added up, in percentage points".into();
    Some(Forest { head, of: "what if both".into(), axis, unit: Unit::Difference, rows }.draw())
}

/// Shares in the four worlds.
fn shares(comparison: &Comparison, combined: &Combined) -> Picture {
    let pairs = combined.effect.pairs;
    // Shares of whole numbers of runs: the count comes back exactly.
    let share = |share: f64| {
        let runs = (share * pairs as f64).round() as u64;
        Estimate::from(&Share::of(runs, pairs, 1.0 - comparison.level))
    };
    let group = |j: &Joint| (label(j), [j.neither, j.first, j.second, j.both].map(share).to_vec());
    let [one, other] = combined.ids.each_ref().map(|id| comparison.title(id));
    let subtitle =
        format!("Share of {} runs, with {}% intervals", thousands(pairs), percent_of(comparison.level));
    Bars {
        head: Head::new(&["together", &combined.ids.join("+")], title(comparison, combined), subtitle),
        of: "what".into(),
        axis: "Share of runs, in per cent".into(),
        unit: Unit::Share,
        series: Series::AsIsAndNamed(vec!["as it stands".into(), one, other, "both".into()]),
        groups: occurring(combined).map(group).collect(),
    }
    .draw()
}

fn table(combined: &Combined) -> Table {
    let columns =
        ["what", "as it stands", "first", "second", "both", "beyond, in points", "interval", "p, adjusted"];
    let caption = format!("Shares in the four worlds, and what both do beyond the two added up. {LUCK}");
    let mut table = Table::new(caption, columns);
    for j in occurring(combined) {
        let [neither, one, other, both] = [j.neither, j.first, j.second, j.both].map(|s| Unit::Share.tell(s));
        let beyond = Unit::Difference.tell(j.interaction);
        let interval = Unit::Difference.interval(j.low, j.high);
        table.push([label(j), neither, one, other, both, beyond, interval, p(j.p_adjusted)]);
    }
    table
}
