//! The forms in which a study can be had beside its text: one JSON document, a folder of tables, pictures, a page.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::report::manifest::{Head, file, manifest};
use crate::report::sheet::Sheet;

use super::exit::{Exit, Failure};
use super::files;
use super::pictures::Pictures;
use super::terminal::Terminal;

/// The document that says what a folder of tables holds. It is written last: a folder without it is unfinished.
const MANIFEST: &str = "manifest.json";

/// Options of every study.
#[derive(Clone, Debug, Default, Args)]
pub struct Outputs {
    /// Print one JSON document instead of a text
    #[arg(long)]
    pub json: bool,
    /// Also write tables (CSV) and a manifest into this folder: a new one, or an empty one
    #[arg(long, value_name = "FOLDER")]
    pub csv: Option<PathBuf>,
    /// Pictures and a page
    #[command(flatten)]
    pub pictures: Pictures,
    /// Write into a folder that holds files already, and over files that exist
    #[arg(long)]
    pub force: bool,
}

impl Outputs {
    /// Refuses what could not be written in the end, before anything is computed.
    ///
    /// # Errors
    /// When a folder holds files already or is none, or a page exists.
    pub(super) fn check(&self) -> Result<(), Failure> {
        self.pictures.refuse_to_overwrite(self.force)?;
        self.check_tables()
    }

    fn check_tables(&self) -> Result<(), Failure> {
        let Some(folder) = &self.csv else { return Ok(()) };
        let name = folder.display();
        let failed = |what: String| Err(Failure::new(Exit::Files, what));
        match fs::read_dir(folder).map(|entries| entries.take(1).count()) {
            Ok(1) if !self.force => failed(format!(
                "--csv {name}: the folder holds files already; choose another one, or add --force"
            )),
            Ok(_) => Ok(()),
            Err(_) if folder.symlink_metadata().is_err() => Ok(()),
            Err(_) => failed(format!("--csv {name}: this is no folder that can be read; name a new one")),
        }
    }

    /// Writes the tables where they are asked for, and remarks that.
    ///
    /// # Errors
    /// When the folder cannot be made or a file not be written.
    pub(super) fn write(
        &self,
        head: &Head,
        sheets: impl FnOnce() -> Vec<Sheet>,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let Some(folder) = &self.csv else { return Ok(()) };
        self.check_tables()?;
        let failed = |e: std::io::Error| {
            Failure::new(Exit::Files, format!("--csv {}: the folder cannot be made: {e}", folder.display()))
        };
        fs::create_dir_all(folder).map_err(failed)?;
        let sheets = sheets();
        write(folder, head, &sheets)?;
        terminal.remark(&format!("wrote {} tables into {}\n", sheets.len(), folder.display()));
        Ok(())
    }
}

/// Tables first, then the manifest; an old manifest goes before the first table, since it would speak of other ones.
fn write(folder: &Path, head: &Head, sheets: &[Sheet]) -> Result<(), Failure> {
    let place = folder.join(MANIFEST);
    match fs::remove_file(&place) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            let message = format!("{} cannot be replaced: {e}", place.display());
            return Err(Failure::new(Exit::Files, message));
        }
        _ => {}
    }
    let texts: Vec<String> = sheets.iter().map(Sheet::csv).collect();
    for (sheet, text) in sheets.iter().zip(&texts) {
        files::replace(&folder.join(file(sheet)), text)?;
    }
    files::replace(&place, &manifest(head, sheets, &texts))
}
