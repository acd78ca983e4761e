//! The library for browsers as `web/build` packs it.

use super::SOURCES;

/// The library for browsers, packed by gzip, built of the very sources of this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library(Vec<u8>);

/// Why it is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Foreign {
    /// It is something else.
    #[error("is no library for browsers as `web/build` packs it")]
    Other,
    /// It was built of other sources.
    #[error("was built of other sources than this program ({}…, not {}…): its answers could be others", short(.0), short(SOURCES))]
    Sources(String),
}

/// Enough of a hash to tell it from another.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// How a gzip file begins that has a comment and no more; then come six bytes without meaning, and the comment until a 0.
const HEAD: [u8; 4] = [0x1f, 0x8b, 8, 0x10];
/// What the comment says before the hash.
const COMMENT: &str = "baraza-sources ";

impl Library {
    /// The library of a packed file.
    ///
    /// # Errors
    /// When it is something else, or was built of other sources.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Foreign> {
        let rest = bytes.strip_prefix(&HEAD[..]).and_then(|rest| rest.get(6..)).ok_or(Foreign::Other)?;
        let comment = rest.split(|byte| *byte == 0).next().and_then(|c| std::str::from_utf8(c).ok());
        let hash = comment.and_then(|c| c.strip_prefix(COMMENT)).ok_or(Foreign::Other)?;
        match hash == SOURCES {
            true => Ok(Self(bytes)),
            false => Err(Foreign::Sources(hash.to_owned())),
        }
    }

    /// A library of nothing, to look at pages without it.
    #[cfg(test)]
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// The packed file.
    pub fn packed(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(comment: &str) -> Vec<u8> {
        [&HEAD[..], &[0; 6], comment.as_bytes(), &[0, 1, 2, 3]].concat()
    }

    #[test]
    fn a_library_of_other_sources_is_refused() {
        assert!(Library::new(packed(&format!("{COMMENT}{SOURCES}"))).is_ok());
        let other = "0".repeat(64);
        let refused = Library::new(packed(&format!("{COMMENT}{other}")));
        assert_eq!(refused, Err(Foreign::Sources(other)));
        for bytes in [Vec::new(), b"text".to_vec(), packed("another comment"), HEAD.to_vec()] {
            assert_eq!(Library::new(bytes), Err(Foreign::Other));
        }
    }
}
