//! The forms in which a study can be had beside its text: one JSON document, a folder of tables, pictures, a page.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use crate::document::dataset::{Dataset, marked};
use crate::render::package::{PACKAGE, Study, file, manifest, package};
use crate::store::{Door, File};
use crate::studies::study::Findings;

use super::exit::{Exit, Failure};
use super::files;
use super::pictures::Pictures;
use super::terminal::Terminal;

/// The document that says what a folder of tables holds. It is written last: a folder without it is unfinished.
const MANIFEST: &str = "manifest.json";

/// Options of every study.
#[derive(Clone, Debug, Default, Args)]
#[command(group = ArgGroup::new("tables").multiple(true), group = ArgGroup::new("written").multiple(true))]
pub struct Outputs {
    /// Print one JSON document instead of a text
    #[arg(long)]
    pub json: bool,
    /// Also write tables (CSV) and a manifest into this folder: a new one, or an empty one
    #[arg(long, value_name = "FOLDER", groups = ["tables", "written"])]
    pub csv: Option<PathBuf>,
    /// Begin the tables with a byte order mark, so that Excel reads accented letters right
    #[arg(long, requires = "tables")]
    pub excel: bool,
    /// Pictures and a page
    #[command(flatten)]
    pub pictures: Pictures,
    /// Write into a folder that holds files already, and over files that exist
    #[arg(long, requires = "written")]
    pub force: bool,
}

impl Outputs {
    /// The door for these outputs of a command that reads such files.
    pub(super) fn door<'a>(&self, inputs: impl IntoIterator<Item = &'a Path>) -> Door {
        files::door(self.force, inputs)
    }

    /// Refuses what could not be written in the end, before anything is computed.
    ///
    /// # Errors
    /// When a folder holds files already or is none, or a page exists.
    pub(super) fn check(&self, door: &Door) -> Result<(), Failure> {
        self.pictures.check(door)?;
        self.csv
            .as_deref()
            .map_or(Ok(()), |folder| door.check_folder(folder))
            .map_err(files::refused("--csv"))
    }

    /// Writes the tables where they are asked for, and remarks that.
    ///
    /// # Errors
    /// When the folder cannot be made or a file not be written.
    pub(super) fn write(
        &self,
        door: &Door,
        study: &Study,
        sheets: impl FnOnce() -> Vec<Dataset>,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let Some(folder) = &self.csv else { return Ok(()) };
        let sheets = sheets();
        let texts: Vec<String> = sheets.iter().map(|sheet| marked(sheet.csv(), self.excel)).collect();
        let manifest = File { name: MANIFEST.into(), text: manifest(study, &sheets, &texts) };
        let package = File { name: PACKAGE.into(), text: package(study, &sheets) };
        let tables = sheets.iter().zip(texts).map(|(sheet, text)| File { name: file(sheet), text });
        let files: Vec<File> = tables.chain([package, manifest]).collect();
        door.put_all(folder, &files, true).map_err(files::refused("--csv"))?;
        let word = if sheets.len() == 1 { "table" } else { "tables" };
        terminal.remark(&format!("wrote {} {word} into {}\n", sheets.len(), folder.display()));
        Ok(())
    }

    /// Tells what a study found in all the forms that are asked for; everything is looked at `full`y or what matters most of it.
    ///
    /// # Errors
    /// When something cannot be written.
    pub(super) fn tell(
        &self,
        findings: &dyn Findings,
        full: bool,
        door: &Door,
        terminal: &Terminal,
    ) -> Result<Exit, Failure> {
        findings.remarks().iter().for_each(|remark| terminal.remark(&format!("{remark}\n")));
        self.write(door, &findings.source(), || findings.tables(), terminal)?;
        terminal.print(&match self.json {
            true => findings.json(),
            false => findings.text(full, terminal.paper()),
        })?;
        if self.pictures.svg.is_some() {
            // Whoever asks for files of pictures gets all of them.
            self.pictures.write_pictures(door, &findings.document(true), terminal)?;
        }
        if self.pictures.has_pages() {
            self.pictures.write_pages(door, &findings.document(full), terminal)?;
        }
        Ok(if findings.verdict() { Exit::Fine } else { Exit::No })
    }
}
