//! Commands that the program names: they can be copied into a shell as they stand.

/// A command as a shell would take it; words that need it are quoted.
pub(crate) fn command(words: &[String]) -> String {
    let quoted = words.iter().map(|word| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=+:,@%".contains(c);
        match !word.is_empty() && word.chars().all(plain) {
            true => word.clone(),
            false => format!("'{}'", word.replace('\'', "'\\''")),
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// The words of a command that make changes again.
pub(crate) fn changes(what_if: Option<&str>, set: &[(String, String)]) -> Vec<String> {
    let what_if = what_if.iter().flat_map(|id| ["--what-if".to_owned(), (*id).to_owned()]);
    let set = set.iter().flat_map(|(path, value)| ["--set".to_owned(), format!("{path}={value}")]);
    what_if.chain(set).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_again_as_they_were_given() {
        let words = changes(Some("dry-year"), &[("party.a.names".into(), "it's".into())]);
        assert_eq!(command(&words), r"--what-if dry-year --set 'party.a.names=it'\''s'");
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_split_them() {
        let words = ["baraza", "run", "it's here.toml", "--set", "a=b"].map(String::from);
        assert_eq!(command(&words), r"baraza run 'it'\''s here.toml' --set a=b");
    }
}
