//! Standard output and standard error: colours, closed pipes.

use std::io::{ErrorKind, Write};

use anstream::{AutoStream, ColorChoice};

use super::args::Colour;
use super::exit::{Exit, Failure};

/// Where output goes.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether standard output shows colours.
    pub styled: bool,
    /// Whether standard error shows colours.
    pub styled_errors: bool,
}

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
        Self { styled, styled_errors }
    }

    /// Prints a text. A reader that has gone away is no failure.
    ///
    /// # Errors
    /// When standard output cannot be written to for any other reason.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(e) if e.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::new(Exit::Files, format!("standard output cannot be written to: {e}")))
            }
            _ => Ok(()),
        }
    }

    /// Prints a remark to standard error; where nobody reads it, nothing is lost.
    pub fn remark(&self, text: &str) {
        let mut err = std::io::stderr().lock();
        let _ = err.write_all(text.as_bytes());
    }
}
