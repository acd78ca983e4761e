//! `baraza workbench`: a scenario in a browser, in one file.

use std::path::{Path, PathBuf};

use crate::cli::again::{made, profiles};
use crate::document::{Block, Document};
use crate::domain::World;
use crate::scenario::Source;
use crate::studies::ensemble::{self, Runs};
use crate::studies::study::Study;
use crate::studies::what_if::{self, Changes};
use crate::text::command::command;
use crate::workbench::{Library, Page, page};

use super::args;
use super::exit::{Exit, Failure};
use super::files;
use super::load;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;

/// The library for browsers that was there when the program was built; empty where there was none.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/workbench.wasm.gz"));
/// Where a checkout has it.
const DIST: &str = "web/dist/workbench.wasm.gz";
/// What makes it.
const BUILD: &str = "`web/build` in a checkout of Baraza makes it (docs/workbench.md)";
/// From this size on a course platform or an e-mail may refuse the page, in bytes.
const LARGE: usize = 1_500_000;

/// Plays the what-ifs once, for where nothing can be computed, and writes the page.
pub(super) fn carry_out(options: &args::Workbench, terminal: &Terminal) -> Result<Exit, Failure> {
    let file = options.file.as_path();
    let door = files::door(options.force, [file]);
    door.check(&options.html).map_err(files::refused("--html"))?;
    let library = library(options.wasm.as_deref())?;
    let source = load::announced(file, &options.profiles.parties, terminal)?;
    let world = load::of_source(&source, file, &[], None, terminal)?;
    let exercise = world.exercise.is_some();
    let still = in_brief(still(options, &source, world, terminal)?);
    let name = file.display().to_string();
    let text = page(&Page { name: &name, text: &source.text, library: &library, still: &still });
    door.put(&options.html, &text).map_err(files::refused("--html"))?;
    let size = text.len() as f64 / 1e6;
    terminal.remark(&format!("wrote {} ({size:.2} MB)\n", options.html.display()));
    if text.len() > LARGE {
        terminal
            .remark("the page is larger than 1.5 MB: some e-mail and course platforms refuse such files\n");
    }
    if exercise {
        let warning =
            "the page holds every number of every role: do not hand it out before the exercise is played\n";
        terminal.remark(warning);
    }
    Ok(Exit::Fine)
}

/// The what-ifs of the file; where it has none, how the talks end.
fn still(
    options: &args::Workbench,
    source: &Source,
    world: World,
    terminal: &Terminal,
) -> Result<Document, Failure> {
    let pool = pool(options.threads)?;
    let named = profiles(&options.file, &options.profiles.parties);
    if world.what_ifs.is_empty() {
        let asked = ensemble::Options { runs: Some(options.runs), ..ensemble::Options::default() };
        let study = Runs::plan(world, (None, &[]), asked)?;
        let counts = conduct(&study, &pool, terminal)?;
        let words = named.into_iter().chain(study.options().words(counts.runs));
        let made = made("ensemble", &options.file, words);
        let findings = study.findings(counts, &made).ok_or_else(nothing)?;
        return Ok(findings.document(false));
    }
    let asked = what_if::Options { runs: options.runs, ..what_if::Options::default() };
    let study = Changes::plan(source, world, command(&named), asked)?;
    let counts = conduct(&study, &pool, terminal)?;
    let pairs = counts.pairs.first().map_or(0, |c| c.pairs);
    let words = named.into_iter().chain(study.options().words(pairs));
    let made = made("what-if", &options.file, words);
    let findings = study.findings(counts, &made).ok_or_else(nothing)?;
    Ok(findings.document(false))
}

/// What of it is worth its place in a page that computes: every answer with its bars, questions, and the matrix of all differences.
fn in_brief(mut document: Document) -> Document {
    for section in &mut document.sections {
        section.folded = false;
        section.blocks.retain(|block| match block {
            Block::Question(_) | Block::Note(_) => true,
            Block::Table(table) => !table.shades.is_empty(),
            _ => false,
        });
    }
    document
}

/// The library for browsers: the file that is named, that of the checkout, or the one that was built in.
fn library(named: Option<&Path>) -> Result<Library, Failure> {
    let read = |path: &Path| {
        let bytes = std::fs::read(path).map_err(|e| {
            let plain = crate::store::plain(&e);
            Failure::new(Exit::Files, format!("{} cannot be read: {plain}; {BUILD}", path.display()))
        })?;
        checked(bytes, &path.display().to_string())
    };
    match named.map(Path::to_owned).or_else(checkout) {
        Some(path) => read(&path),
        None if BUILT_IN.is_empty() => {
            let message = format!(
                "this program was built without the library for browsers: {BUILD}, and --wasm FILE names it"
            );
            Err(Failure::new(Exit::Files, message))
        }
        None => checked(BUILT_IN.to_vec(), "the library for browsers in this program"),
    }
}

fn checked(bytes: Vec<u8>, name: &str) -> Result<Library, Failure> {
    Library::new(bytes).map_err(|e| Failure::new(Exit::No, format!("{name} {e}; {BUILD}")))
}

/// The file of the checkout in which one works.
fn checkout() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|folder| folder.join(DIST)).find(|path| path.is_file())
}
