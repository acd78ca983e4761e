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

/// Wipes the screen and what was scrolled off it, and goes to its top.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

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
    /// Reads a line; `words` are those that can be completed.
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

    /// Whether texts may have escape codes.
    fn styled(&self) -> bool;
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
        self.show(&format!("{prompt}{}\n", crate::report::play::plain(&text)))?;
        Ok(Line::Text(text))
    }

    fn show(&mut self, text: &str) -> Result<(), Failure> {
        self.terminal.print(text)
    }

    fn hand_over(&mut self, to: &str) -> Result<Line, Failure> {
        self.show(&format!("\n── {to} ──\n"))?;
        Ok(Line::Text(String::new()))
    }

    fn styled(&self) -> bool {
        self.terminal.styled
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
        self.show(&format!("{CLEAR}Hand over to {to}.\n"))?;
        let line = self.read("Press Enter when you are alone with the screen. ", &[])?;
        self.show(CLEAR)?;
        Ok(line)
    }

    fn styled(&self) -> bool {
        self.terminal.styled
    }
}

/// Completes the last word of a line.
struct Words(Vec<String>);

impl Completer for Words {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let start = line[..position].rfind(' ').map_or(0, |k| k + 1);
        let begun = line[start..position].to_lowercase();
        let fits = self.0.iter().filter(|w| w.starts_with(&begun)).cloned();
        Ok((start, fits.collect()))
    }
}

impl Hinter for Words {
    type Hint = String;
}
impl Highlighter for Words {}
impl Validator for Words {}
impl Helper for Words {}
