//! Documents of one line that carry the hash of what they hold and say which program computed it: parts of ensembles and of designs.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::to_raw_value;
use sha2::{Digest, Sha256};

use crate::domain::hex;
use crate::drivers::{GENERATOR, Head};

/// Why a text cannot be used as a part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// Something else.
    #[error("this is no {what}: {why}")]
    Foreign {
        /// What it should be.
        what: &'static str,
        /// Why it is none.
        why: String,
    },
    /// Another format.
    #[error("its format is `{found}`, this program reads `{reads}`")]
    Format {
        /// Its own.
        found: String,
        /// The one that is read.
        reads: &'static str,
    },
    /// The hash does not fit.
    #[error("it is damaged: its content does not fit its hash; compute it again")]
    Damaged,
    /// Another version of the program.
    #[error("it was computed by version {0}, this is {version}; their runs may differ", version = env!("CARGO_PKG_VERSION"))]
    Version(String),
    /// Another generator.
    #[error("its random generator is `{0}`, this program's is `{GENERATOR}`")]
    Generator(String),
    /// More or fewer counts than what is counted.
    #[error("its counts do not fit {0}; compute it again")]
    Counts(&'static str),
}

/// What can be sealed.
pub trait Sealed: Serialize + DeserializeOwned {
    /// The name of the format.
    const FORMAT: &'static str;
    /// What it is.
    const WHAT: &'static str;

    /// Its head.
    fn head(&self) -> &Head;

    /// What of it does not fit together, whatever its hash says; nothing where all does.
    fn unsound(&self) -> Option<&'static str> {
        None
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<B> {
    format: String,
    sha256: String,
    body: B,
}

#[derive(Deserialize)]
struct Named {
    format: String,
}

/// One line of JSON. The hash is that of the body's compact JSON.
pub fn write<T: Sealed>(body: &T) -> String {
    // Plain data: it always has a JSON text.
    let Ok(body) = to_raw_value(body) else { return String::new() };
    let document = Document { format: T::FORMAT.into(), sha256: hash(body.get()), body };
    serde_json::to_string(&document).unwrap_or_default() + "\n"
}

/// Whether a text says that it is one, in whatever edition of the format and whatever else is wrong with it.
pub fn is<T: Sealed>(text: &str) -> bool {
    let named = |named: Named| named.format.split('/').next() == T::FORMAT.split('/').next();
    serde_json::from_str(text).is_ok_and(named)
}

/// Reads what this version of the program has written.
///
/// # Errors
/// When it is something else, damaged, or another version's.
pub fn read<T: Sealed>(text: &str) -> Result<T, Unusable> {
    let named: Named =
        serde_json::from_str(text).map_err(|e| Unusable::Foreign { what: T::WHAT, why: e.to_string() })?;
    if named.format != T::FORMAT {
        return Err(Unusable::Format { found: named.format, reads: T::FORMAT });
    }
    let Document { sha256, body, .. }: Document<T> =
        serde_json::from_str(text).map_err(|_| Unusable::Damaged)?;
    if hash(&serde_json::to_string(&body).unwrap_or_default()) != sha256 {
        return Err(Unusable::Damaged);
    }
    match body.head() {
        head if head.version != env!("CARGO_PKG_VERSION") => Err(Unusable::Version(head.version.clone())),
        head if head.generator != GENERATOR => Err(Unusable::Generator(head.generator.clone())),
        _ => body.unsound().map_or(Ok(()), |what| Err(Unusable::Counts(what))).map(|()| body),
    }
}

fn hash(body: &str) -> String {
    hex(&Sha256::digest(body.as_bytes()))
}
