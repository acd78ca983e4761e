//! A document as Markdown (CommonMark with pipe tables). Texts are escaped: what is in them is shown, never read as markup.

use std::fmt::Write;

use crate::document::table::Table;
use crate::document::{Answer, Block, Document, Rounds};
use crate::domain::visible;

/// The whole document, ending in a line feed.
pub(crate) fn text(document: &Document) -> String {
    let mut out = format!("# {}\n\n*{}*\n", escape(&document.title), escape(&document.kind));
    document.answer.iter().for_each(|answer| self::answer(&mut out, answer));
    document.lead.iter().for_each(|text| paragraph(&mut out, text));
    for section in document.sections.iter().filter(|s| !s.blocks.is_empty()) {
        // Writing to a string does not fail.
        let _ = write!(out, "\n## {}\n", escape(&section.heading));
        section.answer.iter().for_each(|answer| self::answer(&mut out, answer));
        section.blocks.iter().for_each(|block| self::block(&mut out, block));
    }
    if !document.provenance.is_empty() {
        out.push('\n');
    }
    for (what, value) in &document.provenance {
        let _ = writeln!(out, "- {}: {}", escape(what), escape(value));
    }
    out
}

/// The question, the answer, the figures behind it, and what it is not.
fn answer(out: &mut String, answer: &Answer) {
    let _ = write!(out, "\n**{}**\n", escape(&answer.question));
    paragraph(out, &answer.sentence);
    if !answer.bars.is_empty() {
        let mut bars = Table::new(answer.caption.clone(), ["", "figure"]);
        answer.bars.iter().for_each(|bar| bars.push([&bar.label, &bar.figure].map(String::clone)));
        table(out, &bars);
    }
    if !answer.caveat.is_empty() {
        let _ = write!(out, "\n> {}\n", escape(&answer.caveat));
    }
}

/// Lines as they are, set in by four so that nothing in them is read as markup.
fn lines(out: &mut String, text: &str) {
    out.push('\n');
    for line in text.lines() {
        let _ = writeln!(out, "{}", format!("    {}", visible(line)).trim_end());
    }
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => drop(write!(out, "\n### {}\n", escape(text))),
        Block::Paragraph(text) => paragraph(out, text),
        Block::List(entries) => list(out, entries),
        Block::Table(table) | Block::Folded(table) => self::table(out, table),
        Block::Picture(picture) => self::table(out, &picture.table),
        Block::Command(text) => drop(write!(out, "\n    {}\n", visible(text).replace('\n', "\\n"))),
        Block::Telling(text) => lines(out, text),
        Block::Note(text) | Block::Question(text) => drop(write!(out, "\n> {}\n", escape(text))),
        Block::Key(text) => paragraph(out, &format!("Look for: {text}")),
        Block::Rounds(rounds) => self::rounds(out, rounds),
    }
}

fn list(out: &mut String, entries: &[String]) {
    out.push('\n');
    for entry in entries {
        let _ = writeln!(out, "- {}", escape(entry));
    }
}

fn rounds(out: &mut String, rounds: &Rounds) {
    paragraph(out, &rounds.caption);
    for round in &rounds.rounds {
        let _ = write!(out, "\n### {}\n", escape(&round.label));
        for (name, entries) in rounds.sides.iter().zip(&round.sides) {
            let _ = write!(out, "\n**{}**\n", escape(name));
            match entries.as_slice() {
                [] => paragraph(out, Rounds::NOTHING),
                entries => list(out, entries),
            }
        }
    }
}

fn paragraph(out: &mut String, text: &str) {
    let _ = write!(out, "\n{}\n", escape(text));
}

fn table(out: &mut String, table: &Table) {
    let rule = (0..table.columns.len()).map(|k| if table.is_numeric(k) && k > 0 { "--:" } else { "---" });
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let _ = write!(out, "\n**{}**\n\n{}", escape(&table.caption), row(&table.columns));
    let _ = writeln!(out, "|{}|", rule.collect::<Vec<_>>().join("|"));
    table.rows.iter().for_each(|cells| out.push_str(&row(cells)));
}

/// A text on one line with everything escaped that Markdown would read.
fn escape(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = visible(&text).chars().collect();
    let mut out = String::with_capacity(text.len());
    for (k, c) in letters.iter().enumerate() {
        let word = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
        let within = word(k.checked_sub(1)) && word(Some(k + 1));
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '_' => !within,
            // `%%` begins a directive or a remark for some readers of Markdown.
            '%' => k > 0 && letters[k - 1] == '%',
            '&' => letters[k + 1..].contains(&';'),
            '#' | '-' | '+' | '>' | '=' => k == 0,
            // `1.` and `1)` at the head would begin a list.
            '.' | ')' => {
                let ends = letters.get(k + 1).is_none_or(|c| c.is_whitespace());
                k > 0 && ends && letters[..k].iter().all(char::is_ascii_digit)
            }
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(*c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Section;

    #[test]
    fn texts_are_never_read_as_markup() {
        assert_eq!(escape("a | b *c* [d](e) <f>"), r"a \| b \*c\* \[d\](e) \<f>");
        assert_eq!(escape("# 1"), r"\# 1");
        assert_eq!(escape("%%{init: 1}%% 5%"), r"%\%{init: 1}%\% 5%");
        assert_eq!(escape("1. one"), r"1\. one");
        assert_eq!(escape("1.5 and 2."), "1.5 and 2.");
        assert_eq!(escape("item.a_b _c_"), r"item.a_b \_c\_");
        assert_eq!(escape("a\n\nb"), "a b");
        assert_eq!(escape("AT&T &amp;"), r"AT\&T \&amp;");
    }

    #[test]
    fn documents_have_headings_tables_and_commands() {
        let mut section = Section::new("Numbers");
        let mut table = Table::new("Points", ["answer", "points"]);
        table.push(["half|half", "3"]);
        section.push(Block::Table(table));
        section.push(Block::Command("baraza run talks.toml".into()));
        let document = Document {
            answer: None,
            title: "Talks".into(),
            kind: "A sheet".into(),
            lead: vec!["Read this.".into()],
            sections: vec![section, Section::new("Empty")],
            provenance: Vec::new(),
        };
        let expected = "# Talks\n\n*A sheet*\n\nRead this.\n\n## Numbers\n\n**Points**\n\n| answer | points |\n\
                        |---|--:|\n| half\\|half | 3 |\n\n    baraza run talks.toml\n";
        assert_eq!(text(&document), expected);
    }
}
