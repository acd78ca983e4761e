//! Where a player reads and types: a terminal with line editing, or a pipe.

use std::io::{BufRead, IsTerminal};

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{Config, Context, Editor, Helper};

use crate::cli::exit::{Exit, Failure};
use crate::cli::terminal::Terminal;
use crate::telling::Paper;

/// What came from the player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line without its line feed.
    Text(String),
    /// Ctrl-C.
    Interrupted,
    /// Ctrl-D, or the end of the input.
    End,
}

/// Reads lines and shows texts.
pub trait Console {
    /// Reads a line; `words` are the lines that can be completed.
    ///
    /// # Errors
    /// When the input cannot be read.
    fn read(&mut self, prompt: &str, words: &[String]) -> Result<Line, Failure>;

    /// Shows a text.
    ///
    /// # Errors
    /// When the output cannot be written to.
    fn show(&mut self, text: &str) -> Result<(), Failure>;

    /// Lets another player take over: nothing of what stands on the screen may be left for them to read.
    ///
    /// # Errors
    /// When input or output fails.
    fn hand_over(&mut self, to: &str) -> Result<Line, Failure>;

    /// What texts are written for.
    fn paper(&self) -> Paper;
}

/// The console that fits standard input and output.
///
/// # Errors
/// When the terminal cannot be set up.
pub(super) fn open(terminal: Terminal) -> Result<Box<dyn Console>, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Ok(Box::new(Pipe { terminal }));
    }
    let config = Config::builder().auto_add_history(true).build();
    let editor = Editor::with_history(config, MemHistory::new()).map_err(|e| unreadable(&e))?;
    Ok(Box::new(Screen { editor, terminal }))
}

fn unreadable(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(Exit::Files, format!("standard input cannot be read: {error}"))
}

/// Lines from a pipe or a file. What was typed is repeated, so that the output can be read by itself.
struct Pipe {
    terminal: Terminal,
}

impl Console for Pipe {
    fn read(&mut self, prompt: &str, _words: &[String]) -> Result<Line, Failure> {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_until(b'\n', &mut bytes).map_err(|e| unreadable(&e))?;
        if read == 0 {
            return Ok(Line::End);
        }
        let text = String::from_utf8_lossy(&bytes).trim().to_owned();
        self.show(&format!("{prompt}{}\n", crate::telling::play::plain(&text)))?;
        Ok(Line::Text(text))
    }

    fn show(&mut self, text: &str) -> Result<(), Failure> {
        self.terminal.print(text)
    }

    fn hand_over(&mut self, to: &str) -> Result<Line, Failure> {
        self.show(&format!("\n── {to} ──\n"))?;
        Ok(Line::Text(String::new()))
    }

    fn paper(&self) -> Paper {
        self.terminal.paper()
    }
}

/// A terminal.
struct Screen {
    editor: Editor<Words, MemHistory>,
    terminal: Terminal,
}

impl Console for Screen {
    fn read(&mut self, prompt: &str, words: &[String]) -> Result<Line, Failure> {
        self.editor.set_helper(Some(Words(words.to_vec())));
        match self.editor.readline(prompt) {
            Ok(line) => Ok(Line::Text(line.trim().to_owned())),
            Err(ReadlineError::Interrupted) => Ok(Line::Interrupted),
            Err(ReadlineError::Eof) => Ok(Line::End),
            Err(error) => Err(unreadable(&error)),
        }
    }

    fn show(&mut self, text: &str) -> Result<(), Failure> {
        self.terminal.print(text)
    }

    fn hand_over(&mut self, to: &str) -> Result<Line, Failure> {
        // Nor can the next player look back through what the last one typed.
        let _ = self.editor.clear_history();
        self.terminal.wipe()?;
        self.show(&format!("Hand over to {to}.\n"))?;
        let line = self.read("Press Enter when you are alone with the screen. ", &[])?;
        self.terminal.wipe()?;
        Ok(line)
    }

    fn paper(&self) -> Paper {
        self.terminal.paper()
    }
}

/// Completes a line, word by word.
struct Words(Vec<String>);

impl Words {
    /// Lines of as many words as have been begun, that begin so.
    fn fitting(&self, begun: &str) -> Vec<String> {
        let slash = if begun.starts_with('/') { "/" } else { "" };
        let plain = begun.trim_start_matches('/').to_lowercase();
        let spaces = |text: &str| text.matches(' ').count();
        let fits =
            self.0.iter().filter(|w| w.to_lowercase().starts_with(&plain) && spaces(w) == spaces(&plain));
        fits.map(|w| format!("{slash}{w}")).collect()
    }
}

impl Completer for Words {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok((0, self.fitting(&line[..position])))
    }
}

impl Hinter for Words {
    type Hint = String;
}
impl Highlighter for Words {}
impl Validator for Words {}
impl Helper for Words {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_completed_word_by_word() {
        let words = ["stay", "state", "items", "items water", "items land", "rewind", "rewind 1", "rewind 2"];
        let words = Words(words.map(str::to_owned).to_vec());
        assert_eq!(words.fitting("st"), ["stay", "state"]);
        assert_eq!(words.fitting("it"), ["items"]);
        assert_eq!(words.fitting("items "), ["items water", "items land"]);
        assert_eq!(words.fitting("items w"), ["items water"]);
        assert_eq!(words.fitting("/rewind 2"), ["/rewind 2"]);
        assert!(words.fitting("why ").is_empty());
    }
}
