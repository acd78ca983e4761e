//! Wrapped lines, headings and their styles.

use anstyle::Style;
use textwrap::{Options, WordSplitter};

use crate::domain::visible;

/// Columns of a line.
const WIDTH: usize = 80;

/// Text in the making.
pub(crate) struct Writer {
    text: String,
    styled: bool,
}

impl Writer {
    /// An empty page.
    pub fn new(styled: bool) -> Self {
        Self { text: String::new(), styled }
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
        let lines = textwrap::wrap(text, WIDTH);
        let width = lines.iter().map(|l| textwrap::core::display_width(l)).max().unwrap_or(0);
        for line in &lines {
            self.line(line, Style::new().bold());
        }
        self.line(&"─".repeat(width), Style::new().dimmed());
    }

    /// The title of a section of a round.
    pub fn section(&mut self, text: &str) {
        for line in textwrap::wrap(text, WIDTH) {
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
        let room = width.saturating_sub(textwrap::core::display_width(label));
        let first = format!("  {}{label}  ", " ".repeat(room));
        self.wrapped(text, &first, &" ".repeat(width + 4), Style::new());
    }

    /// A remark that stands back.
    pub fn quiet(&mut self, text: &str) {
        self.wrapped(text, "", "", Style::new().dimmed());
    }

    /// A line that is laid out already, such as a row of a table; it is cut where it would be too long.
    pub fn row(&mut self, text: &str) {
        self.line(&text.chars().take(WIDTH).collect::<String>(), Style::new());
    }

    fn wrapped(&mut self, text: &str, first: &str, rest: &str, style: Style) {
        // Paths and commands must not be torn at their hyphens: somebody may copy them.
        let options = Options::new(WIDTH)
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
        if self.styled && style != Style::new() && !text.is_empty() {
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

    #[test]
    fn lines_are_wrapped_with_hanging_indents() {
        let mut page = Writer::new(false);
        page.item(&"wörter ".repeat(20));
        let text = page.finish();
        assert!(text.lines().all(|l| l.chars().count() <= WIDTH));
        assert!(text.starts_with("  • wörter"));
        assert!(text.lines().nth(1).is_some_and(|l| l.starts_with("    wörter")));
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
