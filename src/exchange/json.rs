//! JSON into a tree. The order of keys is kept, since issues have an order; keys that come twice are refused.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::error::{Error, shown};
use super::node::Node;

/// Reads a JSON text. Nesting is limited by the parser.
pub(super) fn parse(file: &str, text: &str) -> Result<Node, Error> {
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|e| {
        let message = e.to_string();
        // The place is told in its own way.
        let message = message.split(" at line ").next().unwrap_or_default();
        Error::new(
            file,
            Some(e.line()).filter(|l| *l > 0),
            format!("this is no JSON that can be read: {message}"),
        )
    })
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag, flag.to_string()))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Node, E> {
        Ok(Node::Number(n as f64, n.to_string()))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Node, E> {
        Ok(Node::Number(n as f64, n.to_string()))
    }

    fn visit_f64<E>(self, n: f64) -> Result<Node, E> {
        Ok(Node::Number(n, n.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = seq.next_element()? {
            members.push(member);
        }
        Ok(Node::List(members))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members: Vec<(String, Node)> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        while let Some((key, node)) = map.next_entry::<String, Node>()? {
            if !known.insert(key.clone()) {
                return Err(A::Error::custom(format!("the key “{}” comes twice", shown(&key))));
            }
            members.push((key, node));
        }
        Ok(Node::Map(members))
    }
}
