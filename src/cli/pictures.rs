//! `--svg DIR`, `--html FILE` and `--slides FILE`: the pictures of a study, its page and its slides.

use std::path::PathBuf;

use clap::Args;

use crate::document::Document;
use crate::render::html;
use crate::store::{Door, File, distinct};

use super::exit::Failure;
use super::files;
use super::terminal::Terminal;

/// Where pictures and pages go.
#[derive(Clone, Debug, Default, Args)]
pub struct Pictures {
    /// Also write the pictures into this folder, one SVG file each
    #[arg(long, value_name = "FOLDER", group = "written")]
    pub svg: Option<PathBuf>,
    /// Also write one page with everything, to be opened in a browser or printed; the key s shows it as slides
    #[arg(long, value_name = "FILE.html", group = "written")]
    pub html: Option<PathBuf>,
    /// Also write the page so that it opens as slides to be projected: one question a screen, its answer covered until it is guessed
    #[arg(long, value_name = "FILE.html", group = "written")]
    pub slides: Option<PathBuf>,
}

impl Pictures {
    /// Whether a document is asked for.
    pub(super) fn wanted(&self) -> bool {
        self.svg.is_some() || self.html.is_some() || self.slides.is_some()
    }

    /// Refuses what could not be written in the end: to be asked before a long study, not after it.
    ///
    /// # Errors
    /// When the page exists or the folder holds something, and may not be overwritten.
    pub(super) fn check(&self, door: &Door) -> Result<(), Failure> {
        for (flag, path, _) in self.pages() {
            door.check(path).map_err(files::refused(flag))?;
        }
        if let Some(folder) = &self.svg {
            door.check_folder(folder).map_err(files::refused("--svg"))?;
        }
        Ok(())
    }

    /// The pictures of a document alone.
    ///
    /// # Errors
    /// When one cannot be written.
    pub(super) fn write_pictures(
        &self,
        door: &Door,
        document: &Document,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
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
        Ok(())
    }

    /// The pages of a document alone.
    ///
    /// # Errors
    /// When one cannot be written.
    pub(super) fn write_pages(
        &self,
        door: &Door,
        document: &Document,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        for (flag, path, text) in self.pages() {
            door.put(path, &text(document)).map_err(files::refused(flag))?;
            terminal.remark(&format!("wrote {}\n", path.display()));
        }
        Ok(())
    }

    /// Whether a page is asked for.
    pub(super) fn has_pages(&self) -> bool {
        self.pages().next().is_some()
    }

    /// The pages that are asked for: the flag, the place, and what makes one of a document.
    fn pages(&self) -> impl Iterator<Item = (&'static str, &PathBuf, fn(&Document) -> String)> {
        let page = self.html.iter().map(|path| ("--html", path, html::page as fn(&Document) -> String));
        page.chain(self.slides.iter().map(|path| ("--slides", path, html::slides as fn(&Document) -> String)))
    }
}
