//! A password for the console, kept as what argon2 makes of it, in memory alone.

use argon2::Argon2;

use crate::domain::hex;
use crate::room::same;

/// The least letters of a password.
pub const LEAST: usize = 8;

/// What is left of a password.
#[derive(Clone)]
pub struct Password {
    salt: [u8; 16],
    digest: String,
}

/// Why something is no password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Too short.
    #[error("a password for the console has at least {LEAST} letters")]
    Short,
    /// It cannot be worked on.
    #[error("the password cannot be kept: {0}")]
    Failed(String),
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

impl Password {
    /// What is kept of a text. It takes a good part of a second.
    ///
    /// # Errors
    /// When it is too short, or there are no random bits.
    pub fn new(text: &str) -> Result<Self, Weak> {
        if text.chars().count() < LEAST {
            return Err(Weak::Short);
        }
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|e| Weak::Failed(e.to_string()))?;
        Ok(Self { digest: digest(text, &salt).map_err(Weak::Failed)?, salt })
    }

    /// Whether a text is the password. It takes as long.
    pub fn is(&self, text: &str) -> bool {
        digest(text, &self.salt).is_ok_and(|digest| same(&digest, &self.digest))
    }
}

fn digest(text: &str, salt: &[u8]) -> Result<String, String> {
    let mut out = [0; 32];
    // Argon2id with the parameters that its crate recommends.
    Argon2::default().hash_password_into(text.as_bytes(), salt, &mut out).map_err(|e| e.to_string())?;
    Ok(hex(&out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_itself_and_nothing_else() {
        assert_eq!(Password::new("short").map(drop), Err(Weak::Short));
        let kept = Password::new("eight äöü").expect("it is long enough");
        assert!(kept.is("eight äöü") && !kept.is("eight äö") && !kept.is(""));
        let again = Password::new("eight äöü").expect("it is long enough");
        assert_ne!(kept.digest, again.digest, "its salt is its own");
        assert!(!format!("{kept:?}").contains("eight"));
    }
}
