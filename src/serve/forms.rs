//! Forms as browsers send them.

use sha2::{Digest, Sha256};

use crate::domain::hex;

/// The most of a form, in bytes.
pub(super) const MOST: usize = 64 * 1024;

/// The fields of a form, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=b&c=d`.
    pub fn read(text: &str) -> Self {
        let field = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(key), decoded(value))
        };
        Self(text.split('&').filter(|p| !p.is_empty()).map(field).collect())
    }

    /// The first value of a name; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a name that says something.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(key, value)| key == name && !value.is_empty())
            .map(|(_, v)| v.clone())
            .collect()
    }

    /// The names of its fields, each once, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let first = |k: usize, name: &String| self.0[..k].iter().all(|(before, _)| before != name);
        self.0
            .iter()
            .enumerate()
            .filter(move |(k, (name, _))| first(*k, name))
            .map(|(_, (name, _))| name.as_str())
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.get(name).trim().parse().ok()
    }
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |k: usize| bytes.get(k).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (b'+', ..) => {
                out.push(b' ');
                at += 1;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// 64 bits that follow from texts.
pub(super) fn digest(texts: &[&str]) -> String {
    let hash = texts.iter().fold(Sha256::new(), |hash, text| hash.chain_update(text).chain_update([0]));
    hex(&hash.finalize()[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read() {
        let form = Fields::read("name=Ad%C3%A0+B&words=a&words=&words=c%26d&n=12&broken=%4&%zz=x");
        assert_eq!(form.get("name"), "Adà B");
        assert_eq!(form.all("words"), ["a", "c&d"]);
        assert_eq!(form.number("n"), Some(12));
        assert_eq!((form.get("broken"), form.get("%zz"), form.get("none")), ("%4", "x", ""));
    }
}
