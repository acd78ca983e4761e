//! Boxes and leaves as a page.

use crate::analysis::discovery::{Boxed, Limit};
use crate::chart::bars::{Bars, Series};
use crate::chart::{Estimate, Head, Unit};
use crate::document::table::Table;
use crate::document::{self, Block, Document, Section};
use crate::studies::parts::{numbered, provenance};
use crate::studies::study::Findings;
use crate::text::caveat::STANDING;
use crate::text::number::thousands;

use super::{Discovered, NOTE};

impl Discovered<'_> {
    /// All that limits restrict, in words.
    pub(super) fn conditions(&self, limits: &[Limit]) -> String {
        let whole = &self.study.whole;
        let restricted = (0..limits.len()).filter(|k| limits[*k] != whole[*k]);
        let said: Vec<String> = restricted.map(|k| self.said(k, &limits[k])).collect();
        if said.is_empty() { "no condition".to_owned() } else { said.join(", ") }
    }

    fn told(&self, found: &Boxed) -> String {
        let said: Vec<String> = found.restrictions.iter().map(|r| self.said(r.column, &r.limit)).collect();
        said.join(", ")
    }
}

/// The page.
pub(super) fn document(d: &Discovered) -> Document {
    let cases = &d.study.cases;
    let mut sections = vec![asked(d)];
    sections.extend(d.found.boxes.iter().enumerate().map(|(k, found)| one(d, k, found)));
    sections.extend([tree(d), reading()]);
    Document {
        title: d.study.name.clone(),
        kind: "What cases of interest have in common".into(),
        answer: Some(answer(d)),
        lead: Vec::new(),
        sections,
        provenance: provenance(&d.source().head, &format!("{} rows", thousands(cases.len() as u64)), d.made),
    }
}

fn answer(d: &Discovered) -> document::Answer {
    let of = &d.study.options.of;
    let (hits, n) = (d.study.cases.interest.iter().filter(|hit| **hit).count(), d.study.cases.len());
    let sentence = match d.found.boxes.first() {
        _ if hits == 0 => "In no row: there is nothing to be told apart.".to_owned(),
        None => "No combination of assumptions parts these rows from the others.".to_owned(),
        Some(found) => {
            let step = found.way[found.chosen];
            format!(
                "Above all with {}: {} of the rows there are of interest, and {} of all that are lie there.",
                d.told(found),
                Unit::Share.tell(step.density),
                Unit::Share.tell(step.coverage)
            )
        }
    };
    let bar = |label: String, share: f64| document::Bar {
        label,
        length: (share * 1000.0).round() as u16,
        figure: Unit::Share.tell(share),
    };
    let mut bars = vec![bar("All rows".into(), hits as f64 / n.max(1) as f64)];
    for (k, found) in d.found.boxes.iter().enumerate().take(document::Answer::MOST - 1) {
        bars.push(bar(format!("Box {}", k + 1), found.way[found.chosen].density));
    }
    document::Answer {
        question: format!("Under which assumptions is {of}?"),
        sentence,
        caption: "Share of rows that are of interest".into(),
        bars,
        caveat: NOTE.into(),
    }
}

fn asked(d: &Discovered) -> Section {
    let mut section = Section::new("What was asked");
    let hits = d.study.cases.interest.iter().filter(|hit| **hit).count();
    section.paragraph(format!(
        "Of {} rows {} are of interest: {}. {} assumptions vary.",
        thousands(d.study.cases.len() as u64),
        thousands(hits as u64),
        d.study.options.of,
        d.study.cases.columns.len()
    ));
    section
}

fn one(d: &Discovered, k: usize, found: &Boxed) -> Section {
    let mut section = Section::new(format!("Box {}", k + 1));
    let step = found.way[found.chosen];
    section.paragraph(format!(
        "{} rows, {} of them of interest: density {}, coverage {}.",
        thousands(step.cases as u64),
        thousands(step.hits as u64),
        Unit::Share.tell(step.density),
        Unit::Share.tell(step.coverage)
    ));
    let head = ["what it takes", "quasi-p", "again at its coverage", "again at its density"];
    let mut table = Table::new("What the box restricts, the surest first", head);
    for r in &found.restrictions {
        let p: Vec<String> = r.quasi_p.iter().flatten().map(|p| probability(*p)).collect();
        let [coverage, density] = r.reproduced.map(|share| Unit::Share.tell(share));
        table.push([d.said(r.column, &r.limit), p.join(" / "), coverage, density]);
    }
    section.push(Block::Table(table));
    // Every step on the way is a box too: who wants to cover more takes an earlier one.
    let mut seen = Vec::new();
    let mut groups = Vec::new();
    for s in &found.way {
        if !seen.contains(&s.restricted) {
            seen.push(s.restricted);
        }
    }
    for restricted in seen {
        let last = found.way.iter().rfind(|s| s.restricted == restricted);
        groups.extend(last.map(|s| {
            let label = format!("{restricted} restricted, {} rows", thousands(s.cases as u64));
            (label, vec![Estimate::bare(s.coverage), Estimate::bare(s.density)])
        }));
    }
    let picture = Bars {
        head: Head::new(
            &["box", &numbered(k)],
            format!("The way to box {} and on", k + 1),
            "The last step with so many assumptions restricted: what it covers, and how dense it is",
        ),
        of: "step".into(),
        axis: "Share, in per cent".into(),
        unit: Unit::Share,
        series: Series::Named(vec!["coverage".into(), "density".into()]),
        groups,
    };
    section.push(picture.draw());
    section
}

fn probability(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}

fn tree(d: &Discovered) -> Section {
    let mut section = Section::new("The same as a tree");
    let mut table = Table::new(
        "Leaves of the tree (CART), the densest first",
        ["density", "coverage", "rows", "conditions"],
    );
    let cases = &d.study.cases;
    let all = cases.interest.iter().filter(|hit| **hit).count().max(1);
    let mut leaves: Vec<_> = d.found.leaves.iter().collect();
    leaves.sort_by(|a, b| cases.density(&b.rows).total_cmp(&cases.density(&a.rows)));
    for leaf in leaves {
        table.push([
            Unit::Share.tell(cases.density(&leaf.rows)),
            Unit::Share.tell(cases.hits(&leaf.rows) as f64 / all as f64),
            thousands(leaf.rows.len() as u64),
            d.conditions(&leaf.limits),
        ]);
    }
    section.push(Block::Table(table));
    section
}

fn reading() -> Section {
    let mut section = Section::new("How to read this page");
    section.push(Block::Note(STANDING.into()));
    section.paragraph(
        "A box is a combination of ranges. Coverage is the share of all rows of interest that lie in it, density the share of its rows \
         that are of interest; the one is bought with the other. A quasi-p-value says how probable at least as many rows of interest \
         would be in the box, did its rows have the odds of the box without that restriction: a large one means that the box would \
         be as good without. It is no test, since the same rows chose the box. “Again” is the share of random halves of the rows in \
         whose own box of the same coverage, or density, the assumption is restricted too.",
    );
    section.paragraph(NOTE);
    section
}
