//! Files and commands as the command line names them, so that what was said can be had again.

use std::path::Path;

use crate::studies::study::Made;
use crate::text::command::command;

/// How what a command says can be had again: its name, the file that it is about, and the words after its name.
pub(super) fn made(name: &str, file: &Path, words: impl IntoIterator<Item = String>) -> Made {
    Made::of(name, &file.display().to_string(), words)
}

/// A file as a command names it.
pub(super) fn named(path: &Path) -> String {
    command(&[path.display().to_string()])
}

/// A file, with the profiles of a domain that are chosen, as words of a command.
pub(super) fn profiles(path: &Path, parties: &[String]) -> Vec<String> {
    let file = path.display().to_string();
    std::iter::once(file).chain(choose(parties)).collect()
}

/// The words of a command that choose profiles of a domain.
pub(super) fn choose(parties: &[String]) -> Vec<String> {
    match parties.is_empty() {
        true => Vec::new(),
        false => vec!["--parties".into(), parties.join(",")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_quoted_where_a_shell_would_split_them() {
        assert_eq!(named(Path::new("my talks.toml")), "'my talks.toml'");
    }
}
