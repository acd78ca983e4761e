//! Wrapped lines, headings and their styles.

use anstyle::Style;
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

use crate::domain::visible;

use super::column::head;
use super::paper::Paper;

/// Before what a row goes on with.
const INDENT: &str = "      ";

/// Text in the making.
pub(crate) struct Writer {
    text: String,
    paper: Paper,
}

impl Writer {
    /// An empty page.
    pub fn new(paper: impl Into<Paper>) -> Self {
        Self { text: String::new(), paper: paper.into() }
    }

    /// What it is written for.
    pub fn paper(&self) -> Paper {
        self.paper
    }

    /// The text.
    pub fn finish(self) -> String {
        self.text
    }

    /// All of another page.
    pub fn append(&mut self, other: Self) {
        self.text.push_str(&other.text);
    }

    /// An empty line.
    pub fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// The title of a round or a part, underlined.
    pub fn heading(&mut self, text: &str) {
        self.gap();
        let lines = textwrap::wrap(text, self.paper.width());
        let width = lines.iter().map(|l| display_width(l)).max().unwrap_or(0);
        for line in &lines {
            self.line(line, Style::new().bold());
        }
        self.line(&"─".repeat(width), Style::new().dimmed());
    }

    /// The title of a section of a round.
    pub fn section(&mut self, text: &str) {
        for line in textwrap::wrap(text, self.paper.width()) {
            self.line(&line, Style::new().bold());
        }
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.wrapped(text, "", "", Style::new());
    }

    /// An entry of a list.
    pub fn item(&mut self, text: &str) {
        self.wrapped(text, "  • ", "    ", Style::new());
    }

    /// A remark under an entry of a list.
    pub fn remark(&mut self, text: &str) {
        self.wrapped(text, "    – ", "      ", Style::new());
    }

    /// An entry of a list under a label of its own, such as a number; `width` is the room for the label.
    pub fn labelled(&mut self, label: &str, width: usize, text: &str) {
        let room = width.saturating_sub(display_width(label));
        let first = format!("  {}{label}  ", " ".repeat(room));
        self.wrapped(text, &first, &" ".repeat(width + 4), Style::new());
    }

    /// A remark that stands back.
    pub fn quiet(&mut self, text: &str) {
        self.wrapped(text, "", "", Style::new().dimmed());
    }

    /// A line that is laid out already, such as a row of a table. Where it would be too long it is cut, and on narrow paper goes
    /// on in the next line.
    pub fn row(&mut self, text: &str) {
        let first = head(text, self.paper.width());
        if first.len() == text.len() || self.paper.takes_rows() {
            return self.line(&first, Style::new());
        }
        // No figure is torn.
        let at = first.rfind(' ').filter(|at| *at > INDENT.len()).unwrap_or(first.len());
        self.line(&text[..at], Style::new());
        self.wrapped(text[at..].trim(), INDENT, INDENT, Style::new());
    }

    fn wrapped(&mut self, text: &str, first: &str, rest: &str, style: Style) {
        // Paths and commands must not be torn at their hyphens: somebody may copy them.
        let options = Options::new(self.paper.width())
            .word_splitter(WordSplitter::NoHyphenation)
            .initial_indent(first)
            .subsequent_indent(rest);
        for line in textwrap::wrap(text, options) {
            self.line(&line, style);
        }
    }

    /// Styles are closed on every line, so that a pager can start anywhere. The page's own styles are the only escapes in it.
    fn line(&mut self, text: &str, style: Style) {
        let text = visible(text.trim_end());
        if self.paper.styled() && style != Style::new() && !text.is_empty() {
            self.text.push_str(&format!("{style}{text}{style:#}\n"));
        } else {
            self.text.push_str(&text);
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_wrapped_with_hanging_indents() {
        let mut page = Writer::new(false);
        page.item(&"wörter ".repeat(20));
        let text = page.finish();
        assert!(text.lines().all(|l| l.chars().count() <= 80));
        assert!(text.starts_with("  • wörter"));
        assert!(text.lines().nth(1).is_some_and(|l| l.starts_with("    wörter")));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_paper(
            title in "[a-z中文字 ]{1,80}", columns in 20..160usize,
        ) {
            let paper = Paper::of(false, columns);
            let mut page = Writer::new(paper);
            page.heading(&title);
            page.section(&title);
            page.paragraph(&title.repeat(3));
            page.item(&title);
            page.labelled("7", 4, &title);
            page.row(&format!("  {title}  {title}"));
            for line in page.finish().lines() {
                prop_assert!(display_width(line) <= paper.width(), "{}", line);
            }
        }
    }

    #[test]
    fn plain_pages_have_no_escapes() {
        let mut plain = Writer::new(false);
        plain.heading("Round 1");
        assert!(!plain.finish().contains('\u{1b}'));
        let mut styled = Writer::new(true);
        styled.heading("Round 1");
        styled.paragraph("not \u{1b}[8mhidden");
        let text = styled.finish();
        assert!(text.contains('\u{1b}'));
        assert!(text.contains("not \\u001b[8mhidden"), "{text}");
    }
}
