//! `--svg DIR` and `--html FILE`: the pictures and the page of a study.

use std::path::PathBuf;

use clap::Args;

use crate::report::html::Document;
use crate::store::{Door, File, distinct};

use super::exit::Failure;
use super::files;
use super::terminal::Terminal;

/// Where pictures and pages go.
#[derive(Clone, Debug, Default, Args)]
pub struct Pictures {
    /// Also write the pictures into this folder, one SVG file each
    #[arg(long, value_name = "FOLDER")]
    pub svg: Option<PathBuf>,
    /// Also write one page with everything, to be opened in a browser, printed or projected
    #[arg(long, value_name = "FILE.html")]
    pub html: Option<PathBuf>,
}

impl Pictures {
    /// Whether a document is asked for.
    pub(super) fn wanted(&self) -> bool {
        self.svg.is_some() || self.html.is_some()
    }

    /// Refuses what could not be written in the end: to be asked before a long study, not after it.
    ///
    /// # Errors
    /// When the page exists or the folder holds something, and may not be overwritten.
    pub(super) fn check(&self, door: &Door) -> Result<(), Failure> {
        if let Some(path) = &self.html {
            door.check(path).map_err(files::refused("--html"))?;
        }
        if let Some(folder) = &self.svg {
            door.check_folder(folder).map_err(files::refused("--svg"))?;
        }
        Ok(())
    }

    /// Writes what is asked for and remarks what was written.
    ///
    /// # Errors
    /// When something cannot be written.
    pub(super) fn write(&self, door: &Door, document: &Document, terminal: &Terminal) -> Result<(), Failure> {
        if let Some(folder) = &self.svg {
            let names = distinct(document.pictures().map(|picture| picture.name.clone()));
            let files: Vec<File> = document
                .pictures()
                .zip(names)
                .map(|(picture, name)| File { name: format!("{name}.svg"), text: picture.alone() })
                .collect();
            door.put_all(folder, &files, false).map_err(files::refused("--svg"))?;
            let n = files.len();
            let word = if n == 1 { "picture" } else { "pictures" };
            terminal.remark(&format!("wrote {n} {word} into {}\n", folder.display()));
        }
        if let Some(path) = &self.html {
            door.put(path, &document.html()).map_err(files::refused("--html"))?;
            terminal.remark(&format!("wrote {}\n", path.display()));
        }
        Ok(())
    }
}
