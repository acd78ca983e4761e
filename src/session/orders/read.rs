//! Whether a sheet says only what can be said.

use crate::domain::Model;
use crate::drivers::decider::Decider;

use super::answer::portion;
use super::field::{Kind, topics};
use super::sheet::Sheet;

/// What is wrong with a sheet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// No such field.
    #[error("this role's sheet has no field `{key}`; there are: {known}")]
    Key {
        /// What was given.
        key: String,
        /// Those that there are.
        known: String,
    },
    /// Not a word of the field.
    #[error("`{key}` cannot be `{word}`; there are: {known}")]
    Word {
        /// The field.
        key: String,
        /// What was given.
        word: String,
        /// Those that there are.
        known: String,
    },
    /// Not a share.
    #[error("`{key}` is a number from 0 to 100 with at most one decimal, such as 45 or 62.5, not `{word}`")]
    Share {
        /// The field.
        key: String,
        /// What was given.
        word: String,
    },
    /// Too many words, or one twice.
    #[error("`{key}` takes at most {most}, none of them twice")]
    Many {
        /// The field.
        key: String,
        /// How many it takes, in words.
        most: String,
    },
}

/// Checks a sheet of a role: every key and word of it.
///
/// # Errors
/// The first thing that is wrong, in the order of the keys.
pub fn check(model: &Model, role: Decider, sheet: &Sheet) -> Result<(), Wrong> {
    let topics = topics(model, role);
    for (key, words) in sheet.decided() {
        let Some(topic) = topics.iter().find(|t| t.key(model) == key) else {
            let known: Vec<String> = topics.iter().map(|t| t.key(model)).collect();
            return Err(Wrong::Key { key: key.to_owned(), known: known.join(", ") });
        };
        field(key, words, &topic.kind(model))?;
    }
    Ok(())
}

/// Checks the words of one field.
///
/// # Errors
/// What is wrong with them.
fn field(key: &str, words: &[String], kind: &Kind) -> Result<(), Wrong> {
    let key = || key.to_owned();
    let many = |most: &str| Err(Wrong::Many { key: key(), most: most.to_owned() });
    let (known, most, repeats) = match kind {
        Kind::Share => {
            return match words {
                [word] if portion(word).is_some() => Ok(()),
                [word] => Err(Wrong::Share { key: key(), word: word.clone() }),
                _ => many("one number"),
            };
        }
        Kind::One(known) => (known, 1, false),
        Kind::Ranked(known) | Kind::Several(known) => (known, known.len(), false),
        Kind::Moves(known, moves) => (known, usize::from(*moves), true),
    };
    if let Some(word) = words.iter().find(|word| !known.contains(word)) {
        return Err(Wrong::Word { key: key(), word: word.clone(), known: known.join(", ") });
    }
    let twice = |(k, word): (usize, &String)| words[..k].contains(word);
    if words.len() > most || (!repeats && words.iter().enumerate().any(twice)) {
        return many(match most {
            1 => "one word",
            _ if repeats => "one word a move",
            _ => "each of its words once",
        });
    }
    Ok(())
}
