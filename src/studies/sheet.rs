//! A table that somebody gives to a study.

/// A table as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, such as that of its file.
    pub name: String,
    /// Its text: CSV with a line of names.
    pub text: String,
}
