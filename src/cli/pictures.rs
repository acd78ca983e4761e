//! `--svg DIR` and `--html FILE`: the pictures and the page of a study.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::report::html::Document;

use super::exit::{Exit, Failure};
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

    /// Refuses what would overwrite something: to be asked before a long study, not after it.
    ///
    /// # Errors
    /// When the page exists or the folder holds something, and `force` is not set.
    pub(super) fn refuse_to_overwrite(&self, force: bool) -> Result<(), Failure> {
        if let Some(path) = &self.html {
            files::refuse_unwritable("--html", path, force)?;
        }
        if let Some(path) = &self.svg {
            refuse_full(path, force)?;
        }
        Ok(())
    }

    /// Writes what is asked for and remarks what was written.
    ///
    /// # Errors
    /// When something cannot be written.
    pub(super) fn write(&self, document: &Document, terminal: &Terminal) -> Result<(), Failure> {
        if let Some(folder) = &self.svg {
            fs::create_dir_all(folder)
                .map_err(|e| Failure::new(Exit::Files, format!("--svg {}: {e}", folder.display())))?;
            for picture in document.pictures() {
                files::replace(&folder.join(format!("{}.svg", picture.name)), &picture.alone())?;
            }
            let n = document.pictures().count();
            let word = if n == 1 { "picture" } else { "pictures" };
            terminal.remark(&format!("wrote {n} {word} into {}\n", folder.display()));
        }
        if let Some(path) = &self.html {
            files::replace(path, &document.html())?;
            terminal.remark(&format!("wrote {}\n", path.display()));
        }
        Ok(())
    }
}

fn refuse_full(path: &Path, force: bool) -> Result<(), Failure> {
    let name = path.display();
    let failed = |what: &str| Err(Failure::new(Exit::Files, format!("--svg {name}: {what}")));
    match fs::read_dir(path).map(Iterator::count) {
        Ok(1..) if !force => failed("the folder is not empty; choose another one, or add --force"),
        Err(_) if path.symlink_metadata().is_ok() => {
            failed("this is no folder that can be read; choose another name")
        }
        _ => Ok(()),
    }
}

/// A command as a shell would take it; words that need it are quoted.
pub(super) fn command(words: &[String]) -> String {
    let quoted = words.iter().map(|word| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=+:,@%".contains(c);
        match !word.is_empty() && word.chars().all(plain) {
            true => word.clone(),
            false => format!("'{}'", word.replace('\'', "'\\''")),
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_split_them() {
        let words = ["baraza", "run", "it's here.toml", "--set", "a=b"].map(String::from);
        assert_eq!(command(&words), r"baraza run 'it'\''s here.toml' --set a=b");
    }
}
