//! Changes written into a scenario's text, which keeps its order, its remarks and its blanks.

use toml_edit::{DocumentMut, InlineTable, Item, TableLike, Value};

use super::{Change, Source, fingerprint, load};

/// Why changes cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritten {
    /// The text is no TOML.
    #[error("the text cannot be read: {0}")]
    Unread(String),
    /// Something of the path has no entries of its own.
    #[error("`{0}` cannot be written into the text as it is laid out there; change it by hand")]
    Place(String),
    /// With the changes, or with them written, the scenario has mistakes.
    #[error("with these changes the scenario has mistakes: nothing is written")]
    Mistakes,
    /// What is written would not be what was changed.
    #[error("these changes cannot be written as values: nothing is written")]
    Differs,
}

/// The text with changes written into it: the scenario that it then is, is the one with the changes.
///
/// # Errors
/// When it is not.
pub fn rewrite(source: &Source, changes: &[Change]) -> Result<String, Unwritten> {
    let mut document: DocumentMut =
        source.text.parse().map_err(|e: toml_edit::TomlError| Unwritten::Unread(e.message().to_owned()))?;
    for change in changes {
        write(document.as_table_mut(), change).ok_or_else(|| Unwritten::Place(change.path.clone()))?;
    }
    let text = document.to_string();
    let meant = load(source, changes, None).world.ok_or(Unwritten::Mistakes)?;
    let written = load(&Source { name: source.name.clone(), text: text.clone() }, &[], None);
    let written = written.world.ok_or(Unwritten::Mistakes)?;
    if fingerprint(&meant) == fingerprint(&written) { Ok(text) } else { Err(Unwritten::Differs) }
}

/// `None` where the path leads through something that has no entries.
fn write(root: &mut dyn TableLike, change: &Change) -> Option<()> {
    let parts: Vec<&str> = change.path.split('.').map(str::trim).collect();
    let (last, tables) = parts.split_last()?;
    let mut table = root;
    for part in tables {
        let entry = table.entry(part).or_insert_with(|| Item::Value(Value::InlineTable(InlineTable::new())));
        table = entry.as_table_like_mut()?;
    }
    // A bare word is a text.
    let mut value: Value = change.value.parse().unwrap_or_else(|_| Value::from(change.value.as_str()));
    match table.get_mut(last) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(Item::Table(_) | Item::ArrayOfTables(_)) => return None,
        _ => drop(table.insert(last, Item::Value(value))),
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starter() -> Source {
        Source { name: "talks.toml".into(), text: crate::scenario::starter().to_owned() }
    }

    fn change(path: &str, value: &str) -> Change {
        Change { path: path.into(), value: value.into() }
    }

    #[test]
    fn a_value_is_written_in_its_place_and_all_else_stays() {
        let source = starter();
        let text = rewrite(&source, &[change("scenario.rounds", "7")]).expect("can be written");
        let differing = source.text.lines().zip(text.lines()).filter(|(a, b)| a != b).count();
        assert_eq!((differing, text.lines().count()), (1, source.text.lines().count()));
    }

    #[test]
    fn what_the_file_does_not_say_is_added() {
        let source = starter();
        let id = load(&source, &[], None).world.expect("sound").parties[0].name.id.clone();
        let path = format!("party.{id}.audience");
        let text = rewrite(&source, &[change(&path, "high")]).expect("can be written");
        assert!(text.contains("audience") && text.contains("\"high\""), "{text}");
    }

    #[test]
    fn nothing_is_written_that_would_have_mistakes() {
        let source = starter();
        assert_eq!(rewrite(&source, &[change("scenario.rounds", "0")]), Err(Unwritten::Mistakes));
        assert_eq!(rewrite(&source, &[change("party.nobody.audience", "high")]), Err(Unwritten::Mistakes));
    }
}
