//! How the talks ended by what was drawn for reserves: a table and a picture for each party, and for two together.

use crate::analysis::summary::TypeShares;
use crate::chart::bars::{Bars, Series};
use crate::chart::{Estimate, Head, Picture, Unit};
use crate::document::table::Table;
use crate::document::{Block, Section};
use crate::studies::reserves::{ABOUT, TITLE, drawn, groups, occurring, whose};
use crate::text::number::{percent_of, thousands};

use super::Page;

impl Page<'_> {
    pub(super) fn reserves(&self) -> Section {
        let mut section = Section::new(TITLE);
        if self.summary.reserves.is_empty() {
            return section;
        }
        section.paragraph(ABOUT);
        for group in groups(&self.summary.reserves, |t| &t.of) {
            section.push(Block::Heading(whose(self.world, &group[0].of)));
            section.push(Block::Table(table(group)));
            section.push(self.by_type(group));
        }
        section
    }

    /// A group of bars for each type: how the runs in which it was drawn ended.
    fn by_type(&self, group: &[TypeShares]) -> Picture {
        let occurring = occurring(group);
        let of = &group[0].of;
        let bars = |t: &TypeShares| {
            let label = format!("{} ({} runs)", drawn(&t.of), thousands(t.runs));
            (label, occurring.iter().map(|o| Estimate::from(&t.outcomes[*o].share)).collect())
        };
        let subtitle = format!(
            "Share of the runs in which this was drawn, with {}% intervals",
            percent_of(self.summary.level)
        );
        Bars {
            head: Head::new(&["reserves", &of.parties.join("+")], whose(self.world, of), subtitle),
            of: "drawn".into(),
            axis: "Share of these runs, in per cent".into(),
            unit: Unit::Share,
            series: Series::Named(occurring.iter().map(|o| group[0].outcomes[*o].title.clone()).collect()),
            groups: group.iter().map(bars).collect(),
        }
        .draw()
    }
}

/// A row for each type.
fn table(group: &[TypeShares]) -> Table {
    let occurring = occurring(group);
    let titles = occurring.iter().map(|o| group[0].outcomes[*o].title.clone());
    let columns: Vec<String> = ["drawn".to_owned(), "runs".to_owned()].into_iter().chain(titles).collect();
    let mut table = Table::new("How the talks ended, of the runs in which this was drawn", columns);
    for t in group {
        let shares = occurring.iter().map(|o| Estimate::from(&t.outcomes[*o].share).tell(Unit::Share));
        table.push([drawn(&t.of), thousands(t.runs)].into_iter().chain(shares));
    }
    table
}
