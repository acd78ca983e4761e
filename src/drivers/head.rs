//! What stands first in every document, whatever it is about: what is needed to have the same figures again
//! (docs/formats.md).

use serde::{Deserialize, Serialize};

use super::GENERATOR;

/// The head, after the name of the format. `Seed` is what there is of one: nothing where nothing is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head<Seed = u64> {
    /// The version of the program that wrote it.
    pub version: String,
    /// The random generator and the way its draws are addressed.
    pub generator: String,
    /// The title of the scenario or the domain.
    pub title: String,
    /// The fingerprint of it, with its changes.
    pub fingerprint: String,
    /// Where chance came from.
    pub seed: Seed,
    /// The what-if in force, by id.
    pub what_if: Option<String>,
    /// Further changes, path and value, as they were given.
    #[serde(with = "settings")]
    pub set: Vec<(String, String)>,
    /// What the figures are, and are not.
    pub note: String,
}

impl<Seed> Head<Seed> {
    /// The head of what this program writes about a scenario as its file has it.
    pub fn new(title: &str, fingerprint: &str, seed: Seed, note: &str) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").into(),
            generator: GENERATOR.into(),
            title: title.into(),
            fingerprint: fingerprint.into(),
            seed,
            what_if: None,
            set: Vec::new(),
            note: note.into(),
        }
    }

    /// The same with changes in force.
    pub fn changed(self, what_if: Option<&str>, set: &[(String, String)]) -> Self {
        Self { what_if: what_if.map(str::to_owned), set: set.to_vec(), ..self }
    }
}

/// Something in which two pieces of work differ: what it is, here and there.
pub type Difference = (&'static str, String, String);

impl Head {
    /// Everything in which the works behind two heads can differ, the same or not, in the order in which it is told.
    fn aspects(&self, other: &Self) -> [(bool, Difference); 6] {
        let what_if = |head: &Self| head.what_if.clone().unwrap_or_else(|| "none".into());
        let set = |head: &Self| {
            let list: Vec<String> = head.set.iter().map(|(path, value)| format!("{path}={value}")).collect();
            list.join(", ")
        };
        let of = |same: bool, what, of: &dyn Fn(&Self) -> String| (same, (what, of(self), of(other)));
        [
            of(self.version == other.version, "version", &|head| head.version.clone()),
            of(self.generator == other.generator, "random generator", &|head| head.generator.clone()),
            of(self.what_if == other.what_if, "what-if", &what_if),
            of(self.set == other.set, "list of changes", &set),
            of(self.fingerprint == other.fingerprint, "scenario's fingerprint", &|head| {
                head.fingerprint.clone()
            }),
            of(self.seed == other.seed, "seed", &|head| head.seed.to_string()),
        ]
    }

    /// The first thing in which the works behind two heads differ.
    pub fn differs(&self, other: &Self) -> Option<Difference> {
        self.aspects(other).into_iter().find(|(same, _)| !same).map(|(_, difference)| difference)
    }
}

/// In which measures two works differ, if in any.
pub fn measures_differ(here: &[String], there: &[String]) -> Option<Difference> {
    (here != there).then(|| ("list of measures", here.join(", "), there.join(", ")))
}

impl From<Head> for Head<Option<u64>> {
    fn from(head: Head) -> Self {
        let Head { version, generator, title, fingerprint, seed, what_if, set, note } = head;
        Self { version, generator, title, fingerprint, seed: Some(seed), what_if, set, note }
    }
}

impl From<Head<()>> for Head<Option<u64>> {
    fn from(head: Head<()>) -> Self {
        let Head { version, generator, title, fingerprint, seed: (), what_if, set, note } = head;
        Self { version, generator, title, fingerprint, seed: None, what_if, set, note }
    }
}

/// Changes as every document writes them: a list of objects with `path` and `value`.
pub mod settings {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Setting {
        path: String,
        value: String,
    }

    /// Writes the list.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(set: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
        let settings = set.iter().map(|(path, value)| Setting { path: path.clone(), value: value.clone() });
        serializer.collect_seq(settings)
    }

    /// Reads it.
    ///
    /// # Errors
    /// Those of the deserializer.
    pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<Vec<(String, String)>, D::Error> {
        let settings = Vec::<Setting>::deserialize(reader)?;
        Ok(settings.into_iter().map(|s| (s.path, s.value)).collect())
    }
}
