//! A document as text for the terminal.

use textwrap::core::display_width;

use crate::document::table::Table;
use crate::document::{Answer, Block, Document, Rounds};
use crate::text::column::{flush_right, padded};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

/// Columns for the label, the figure and the bar of an answer.
const LABEL: usize = 34;
const FIGURE: usize = 20;
const BAR: usize = 18;
/// Columns between two columns of a table.
const GAP: usize = 2;
/// A column is not made narrower than this.
const LEAST: usize = 8;

/// The whole document.
pub(crate) fn text(document: &Document, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    page.heading(&document.title);
    page.quiet(&document.kind);
    document.answer.iter().for_each(|answer| self::answer(&mut page, answer));
    for text in &document.lead {
        page.gap();
        page.paragraph(text);
    }
    for section in document.sections.iter().filter(|s| !s.blocks.is_empty()) {
        page.gap();
        page.section(&section.heading);
        section.answer.iter().for_each(|answer| self::answer(&mut page, answer));
        for (k, block) in section.blocks.iter().enumerate() {
            // Paragraphs and lists that follow each other need room between them.
            if k > 0 {
                page.gap();
            }
            self::block(&mut page, block);
        }
    }
    page.finish()
}

/// The question, the answer, the figures behind it as bars, and what it is not.
fn answer(page: &mut Writer, answer: &Answer) {
    page.gap();
    page.section(&answer.question);
    page.paragraph(&answer.sentence);
    if !answer.bars.is_empty() {
        page.gap();
        page.quiet(&answer.caption);
    }
    let label = page.paper().room(LABEL);
    for bar in &answer.bars {
        let mut lines = textwrap::wrap(&bar.label, label).into_iter();
        let first = padded(&lines.next().unwrap_or_default(), label);
        let length = "█".repeat(usize::from(bar.length) * BAR / 1000);
        page.row(&format!("  {first}  {} {length}", padded(&bar.figure, FIGURE)));
        lines.for_each(|line| page.row(&format!("    {line}")));
    }
    if !answer.caveat.is_empty() {
        page.gap();
        page.quiet(&answer.caveat);
    }
}

fn block(page: &mut Writer, block: &Block) {
    match block {
        Block::Heading(text) => page.section(text),
        Block::Paragraph(text) | Block::Note(text) | Block::Question(text) => page.paragraph(text),
        Block::List(entries) => entries.iter().for_each(|entry| page.item(entry)),
        Block::Table(table) | Block::Folded(table) => self::table(page, table),
        Block::Picture(picture) => self::table(page, &picture.table),
        Block::Command(text) => page.item(text),
        Block::Telling(text) => text.lines().for_each(|line| page.row(line)),
        Block::Key(text) => page.paragraph(&format!("Look for: {text}")),
        Block::Rounds(rounds) => self::rounds(page, rounds),
    }
}

/// Round after round, what each side tells one below the other.
fn rounds(page: &mut Writer, rounds: &Rounds) {
    page.paragraph(&rounds.caption);
    for round in &rounds.rounds {
        page.section(&round.label);
        for (name, entries) in rounds.sides.iter().zip(&round.sides) {
            page.quiet(name);
            match entries.as_slice() {
                [] => page.item(Rounds::NOTHING),
                entries => entries.iter().for_each(|entry| page.item(entry)),
            }
        }
    }
}

/// Cells are wrapped within their columns; the widest columns give way first.
fn table(page: &mut Writer, table: &Table) {
    let width = page.paper().width();
    let widths = widths(table, width);
    page.quiet(&table.caption);
    row(page, &table.columns, &widths, table);
    page.row(&"─".repeat((widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)).min(width)));
    table.rows.iter().for_each(|cells| row(page, cells, &widths, table));
}

fn widths(table: &Table, width: usize) -> Vec<usize> {
    let lengths = |k: usize| {
        let cells = table.rows.iter().map(move |row| display_width(&row[k]));
        cells.chain([display_width(&table.columns[k])]).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..table.columns.len()).map(lengths).collect();
    let room = width.saturating_sub(GAP * widths.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = (0..widths.len()).rev().max_by_key(|k| widths[*k]) else { break };
        if widths[widest] <= LEAST {
            break;
        }
        widths[widest] -= 1;
    }
    widths
}

fn row(page: &mut Writer, cells: &[String], widths: &[usize], table: &Table) {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| textwrap::wrap(cell, *width).into_iter().map(Into::into).collect())
        .collect();
    let lines = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..lines {
        let mut text = String::new();
        for (k, (cell, width)) in wrapped.iter().zip(widths).enumerate() {
            let part = cell.get(line).map_or("", String::as_str);
            let right = k > 0 && table.is_numeric(k);
            text += &if right { flush_right(part, *width) } else { padded(part, *width) };
            text += &" ".repeat(GAP);
        }
        page.row(text.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Section;

    #[test]
    fn no_line_is_too_long_and_nothing_is_lost() {
        let mut table = Table::new("Points", ["answer", "points", "remark"]);
        table.push([
            "a very long answer ".repeat(6),
            "4.5".into(),
            "lost if they break their word ".repeat(3),
        ]);
        let mut section = Section::new("Worth");
        section.push(Block::Table(table));
        section.paragraph("word ".repeat(40));
        let document = Document { title: "Talks".into(), sections: vec![section], ..Document::default() };
        let text = text(&document, false);
        assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
        assert_eq!(text.matches("answer").count(), 7);
        assert_eq!(text.matches("break").count(), 3);
    }
}
