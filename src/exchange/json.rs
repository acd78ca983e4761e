//! JSON into a tree. The order of keys is kept, since issues have an order. Of a key that comes twice the last value
//! counts, as in Python and in Jackson, with which the formats' own tools read; that is told.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::error::{Error, Finding, shown};
use super::node::Node;

/// Reads a JSON text, and says what is odd in it. Nesting is limited by the parser.
pub(super) fn parse(file: &str, text: &str) -> Result<(Node, Vec<Finding>), Error> {
    let text = text.trim_start_matches('\u{feff}');
    let twice = RefCell::default();
    let mut parser = serde_json::Deserializer::from_str(text);
    let tree = Tree(&twice).deserialize(&mut parser).and_then(|tree| parser.end().map(|()| tree));
    let findings = |keys: Vec<String>| keys.iter().map(|key| repeated(file, key)).collect();
    tree.map(|tree| (tree, findings(twice.take()))).map_err(|e| {
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

fn repeated(file: &str, key: &str) -> Finding {
    let what = format!("the key “{}” comes twice in a table; the last value counts", shown(key));
    Finding::new(file, None, what)
}

/// What reads a tree and notes the keys that come twice.
#[derive(Clone, Copy)]
struct Tree<'r>(&'r RefCell<Vec<String>>);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
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
        while let Some(member) = seq.next_element_seed(self)? {
            members.push(member);
        }
        Ok(Node::List(members))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members: Vec<(String, Node)> = Vec::new();
        let mut places = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            let node = map.next_value_seed(self)?;
            match places.get(&key) {
                Some(at) => {
                    let at: usize = *at;
                    members[at].1 = node;
                    self.0.borrow_mut().push(key);
                }
                None => {
                    places.insert(key.clone(), members.len());
                    members.push((key, node));
                }
            }
        }
        Ok(Node::Map(members))
    }
}
