//! Standard output and standard error: the one door through which anything gets there. Nothing of a file passes it raw.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::{Command, Stdio};

use anstream::{AutoStream, ColorChoice};

use crate::domain::visible;
use crate::telling::Paper;

use super::args::Colour;
use super::exit::{Exit, Failure};

/// Wipes the screen and what was scrolled off it, and goes to its top.
const WIPE: &str = "\x1b[2J\x1b[3J\x1b[H";
/// Goes to the head of the line and wipes it.
const OVERWRITE: &str = "\r\x1b[K";

/// Where output goes.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether standard output shows colours.
    pub styled: bool,
    /// Whether standard error shows colours.
    pub styled_errors: bool,
    /// Whether what is longer than the terminal is shown through a pager.
    paged: bool,
}

/// The pager where `PAGER` names none: it ends by itself where everything fits, and shows colours.
const PAGER: &str = "less -FRX";

impl Terminal {
    /// Colours as asked for; `auto` looks at the terminal, NO_COLOR, CLICOLOR and TERM.
    pub fn new(colour: Colour) -> Self {
        let (styled, styled_errors) = match colour {
            Colour::Always => (true, true),
            Colour::Never => (false, false),
            Colour::Auto => (
                AutoStream::choice(&std::io::stdout()) != ColorChoice::Never,
                AutoStream::choice(&std::io::stderr()) != ColorChoice::Never,
            ),
        };
        Self { styled, styled_errors, paged: false }
    }

    /// What texts for standard output are written for: a terminal's own width, and the usual one in a pipe.
    pub fn paper(&self) -> Paper {
        match terminal_size::terminal_size_of(std::io::stdout()) {
            Some((terminal_size::Width(columns), _)) => Paper::of(self.styled, columns.into()),
            None => self.styled.into(),
        }
    }

    /// The same with a pager, where somebody sits at a terminal.
    pub fn paged(self) -> Self {
        Self { paged: std::io::stdout().is_terminal() && std::io::stdin().is_terminal(), ..self }
    }

    /// Prints a text. A reader that has gone away is no failure.
    ///
    /// # Errors
    /// When standard output cannot be written to for any other reason.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        let text = shown(text, self.styled);
        if self.paged && text.lines().count() >= height() && page(&text) {
            return Ok(());
        }
        put(&text)
    }

    /// Wipes the screen, so that nothing of what stood on it is left to read.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn wipe(&self) -> Result<(), Failure> {
        put(WIPE)
    }

    /// Prints a remark to standard error; where nobody reads it, nothing is lost.
    pub fn remark(&self, text: &str) {
        remark(&shown(text, self.styled_errors));
    }
}

/// Says on standard error why a command was not carried out.
pub fn complain(failure: &Failure) {
    if !failure.message.is_empty() {
        remark(&format!("error: {}\n", visible(&failure.message)));
    }
}

/// How far a long piece of work has come, on one line of standard error that is written over again and again; only where it is
/// a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    seen: bool,
}

impl Line {
    /// Looks whether anybody can see it.
    pub fn new() -> Self {
        Self { seen: std::io::stderr().is_terminal() }
    }

    /// Whether anybody can see it.
    pub fn is_seen(self) -> bool {
        self.seen
    }

    /// Says a line of its own, whoever reads it.
    pub fn say(self, text: &str) {
        remark(&format!("{}\n", visible(text)));
    }

    /// Shows a text in place of the last one; an empty one leaves the line free.
    pub fn show(self, text: &str) {
        if self.seen {
            remark(&format!("{OVERWRITE}{}", visible(text)));
        }
    }
}

/// A text with everything hidden written out; of a styled one the codes of styles stay.
fn shown(text: &str, styled: bool) -> String {
    if !styled {
        return visible(text).into_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\x1b') {
        out.push_str(&visible(&rest[..at]));
        let code = style(&rest[at..]);
        out.push_str(if code.is_empty() { "\\u001b" } else { code });
        rest = &rest[at + code.len().max(1)..];
    }
    out.push_str(&visible(rest));
    out
}

/// The code of a style at the head of a text, `ESC [ numbers m`; empty where there is none.
fn style(text: &str) -> &str {
    let Some(numbers) = text.strip_prefix("\x1b[") else { return "" };
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';');
    match end {
        Some(end) if numbers[end..].starts_with('m') => &text[..end + 3],
        _ => "",
    }
}

/// Lines of the terminal.
fn height() -> usize {
    terminal_size::terminal_size().map_or(usize::MAX, |(_, height)| height.0.into())
}

/// Shows a text through the pager; `false` where there is none.
fn page(text: &str) -> bool {
    let named = std::env::var("PAGER").ok().filter(|p| !p.trim().is_empty());
    let named = named.unwrap_or_else(|| PAGER.into());
    let mut words = named.split_whitespace();
    let Some(program) = words.next() else { return false };
    let child = Command::new(program).args(words).stdin(Stdio::piped()).spawn();
    let Ok(mut child) = child else { return false };
    if let Some(mut pipe) = child.stdin.take() {
        // Who leaves the pager has read enough.
        let _ = pipe.write_all(text.as_bytes());
    }
    child.wait().is_ok()
}

fn put(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(Exit::Files, format!("standard output cannot be written to: {e}")))
        }
        _ => Ok(()),
    }
}

fn remark(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_styles_pass_and_only_where_they_are_shown() {
        let text = "\x1b[1mtitle\x1b[0m \x1b]0;owned\x07 \x1b[2J \u{9b}31m\r\n";
        let hostile = "\\u001b]0;owned\\u0007 \\u001b[2J \\u009b31m\r\n";
        assert_eq!(shown(text, false), format!("\\u001b[1mtitle\\u001b[0m {hostile}"));
        assert_eq!(shown(text, true), format!("\x1b[1mtitle\x1b[0m {hostile}"));
        assert_eq!(shown("\x1b[38;5;9mred\x1b[", true), "\x1b[38;5;9mred\\u001b[");
    }
}
