//! Parses the command line, carries the command out, and sets the exit code.

use std::process::ExitCode;

use baraza::cli;
use baraza::cli::args::Arguments;
use clap::Parser;

fn main() -> ExitCode {
    // Help, the version and mistakes in the arguments end here, with exit code 0 or 2.
    let arguments = Arguments::parse();
    match cli::carry_out(arguments) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            // Where nobody reads standard error, the exit code says enough.
            cli::complain(&failure);
            failure.exit.into()
        }
    }
}
