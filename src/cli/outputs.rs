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
    /// Also write the tables as Parquet, with types, into this folder: a new one, or an empty one
    #[cfg(feature = "parquet")]
    #[arg(long, value_name = "FOLDER", group = "written")]
    pub parquet: Option<PathBuf>,
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
        for (option, folder) in self.folders() {
            door.check_folder(folder).map_err(files::refused(option))?;
        }
        Ok(())
    }

    /// The folders of tables that are asked for, each with its option.
    pub(super) fn folders(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let folders = [
            ("--csv", self.csv.as_deref()),
            #[cfg(feature = "parquet")]
            ("--parquet", self.parquet.as_deref()),
        ];
        folders.into_iter().filter_map(|(option, folder)| Some((option, folder?)))
    }

    /// Whether tables are asked for.
    pub(super) fn wants_tables(&self) -> bool {
        self.folders().next().is_some()
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
        if !self.wants_tables() {
            return Ok(());
        }
        let sheets = sheets();
        if let Some(folder) = &self.csv {
            self.write_csv(folder, door, study, &sheets)?;
        }
        #[cfg(feature = "parquet")]
        if let Some(folder) = &self.parquet {
            write_parquet(folder, door, study, &sheets)?;
        }
        let word = if sheets.len() == 1 { "table" } else { "tables" };
        for (_, folder) in self.folders() {
            terminal.remark(&format!("wrote {} {word} into {}\n", sheets.len(), folder.display()));
        }
        Ok(())
    }

    fn write_csv(
        &self,
        folder: &Path,
        door: &Door,
        study: &Study,
        sheets: &[Dataset],
    ) -> Result<(), Failure> {
        let texts: Vec<String> = sheets.iter().map(|sheet| marked(sheet.csv(), self.excel)).collect();
        let manifest = File { name: MANIFEST.into(), text: manifest(study, sheets, &texts) };
        let package = File { name: PACKAGE.into(), text: package(study, sheets) };
        let tables = sheets.iter().zip(texts).map(|(sheet, text)| File { name: file(sheet), text });
        let files: Vec<File> = tables.chain([package, manifest]).collect();
        door.put_all(folder, &files, true).map_err(files::refused("--csv"))
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

/// Writes tables with their types; each says itself what it holds and where it comes from.
#[cfg(feature = "parquet")]
fn write_parquet(folder: &Path, door: &Door, study: &Study, sheets: &[Dataset]) -> Result<(), Failure> {
    use crate::render::parquet::{file, parquet};
    let made = |sheet: &Dataset| match parquet(study, sheet) {
        Ok(text) => Ok(File { name: file(sheet), text }),
        Err(unfit) => Err(Failure::new(Exit::No, format!("--parquet: {unfit}"))),
    };
    let files: Vec<File<Vec<u8>>> = sheets.iter().map(made).collect::<Result<_, _>>()?;
    door.put_all(folder, &files, false).map_err(files::refused("--parquet"))
}
