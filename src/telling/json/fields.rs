//! An object whose keys keep the order in which they were added.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// Keys and values in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields(Vec<(&'static str, Slot)>);

/// A value or an object of its own.
#[derive(Clone, Debug, PartialEq)]
enum Slot {
    Value(Value),
    Fields(Fields),
}

impl Fields {
    /// An object with one key.
    pub fn new(key: &'static str, value: impl Into<Value>) -> Self {
        Self::default().with(key, value)
    }

    /// Adds a key.
    pub fn with(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((key, Slot::Value(value.into())));
        self
    }

    /// Adds an object under a key; nothing where there is none.
    pub fn maybe(mut self, key: &'static str, fields: Option<Fields>) -> Self {
        if let Some(fields) = fields {
            self.0.push((key, Slot::Fields(fields)));
        }
        self
    }

    /// Adds all keys of another object.
    pub fn and(mut self, other: Fields) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, slot) in &self.0 {
            match slot {
                Slot::Value(value) => map.serialize_entry(key, value)?,
                Slot::Fields(fields) => map.serialize_entry(key, fields)?,
            }
        }
        map.end()
    }
}
