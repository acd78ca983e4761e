//! `baraza man`: manual pages, made of the same arguments as `--help`.

use clap::{Command, CommandFactory};
use clap_mangen::Man as Manual;

use crate::store::File;

use super::args::{Arguments, Man};
use super::exit::{Exit, Failure};
use super::files;
use super::terminal::Terminal;

/// Prints the page of the program, or writes all pages into a folder.
pub(super) fn carry_out(options: &Man, terminal: &Terminal) -> Result<Exit, Failure> {
    let program = Arguments::command();
    let Some(folder) = &options.out else {
        terminal.print(&page(program))?;
        return Ok(Exit::Fine);
    };
    let of = |command: &Command| {
        let name = format!("baraza-{}", command.get_name());
        File { name: format!("{name}.1"), text: page(command.clone().name(name)) }
    };
    let mut pages: Vec<File> = program.get_subcommands().map(of).collect();
    pages.insert(0, File { name: "baraza.1".into(), text: page(program) });
    files::door(options.force, []).put_in(folder, &pages).map_err(files::refused("--out"))?;
    terminal.remark(&format!("wrote {} pages into {}\n", pages.len(), folder.display()));
    Ok(Exit::Fine)
}

/// The page of a command. Writing into memory does not fail.
fn page(command: Command) -> String {
    let mut text = Vec::new();
    let _ = Manual::new(command).render(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
