//! A sheet of orders as it is written down.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a role decided for a round: words by the keys of its fields. A field that is not there is left to the model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sheet {
    fields: BTreeMap<String, Words>,
}

/// One word stands by itself, several as a list in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Many(Vec<String>),
}

impl Words {
    fn words(&self) -> &[String] {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Many(words) => words,
        }
    }
}

impl Sheet {
    /// Whether everything is left to the model.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// How many fields are decided.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// What a field says, in order; nothing where it is left to the model.
    pub fn words(&self, key: &str) -> &[String] {
        self.fields.get(key).map_or(&[], Words::words)
    }

    /// The first word of a field.
    pub fn word(&self, key: &str) -> Option<&str> {
        self.words(key).first().map(String::as_str)
    }

    /// Decides a field, or with no words leaves it to the model again.
    pub fn set(&mut self, key: &str, words: Vec<String>) {
        let words = match words.len() {
            0 => return drop(self.fields.remove(key)),
            1 => Words::One(words.into_iter().next().unwrap_or_default()),
            _ => Words::Many(words),
        };
        self.fields.insert(key.to_owned(), words);
    }

    /// Every field that is decided, with its words, in the order of the keys.
    pub fn decided(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.fields.iter().map(|(key, words)| (key.as_str(), words.words()))
    }
}
