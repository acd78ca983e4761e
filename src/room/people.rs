//! Who is in the room: students by ids drawn at random, their teams, and the tokens of their seats.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::domain::hex;

/// A student.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Student {
    /// What they call themselves; their id where the names have been deleted.
    pub name: String,
    /// Their team: a group from 1, and a role.
    pub team: Option<(usize, String)>,
    /// How often their seat was issued.
    pub issue: u32,
    /// When their phone was last there, in milliseconds of the room's clock; never, since the program began.
    pub seen: Option<u64>,
}

/// Everybody who joined.
#[derive(Clone, Debug)]
pub struct People {
    secret: String,
    students: BTreeMap<String, Student>,
    /// The pens of teams.
    pens: BTreeMap<(usize, String), String>,
}

/// How long a phone may be silent before the pen passes on, in milliseconds.
pub(super) const GONE: u64 = 20_000;
/// The most letters of a name.
pub(super) const LETTERS: usize = 40;

impl People {
    /// Nobody yet; all tokens follow from the room's secret.
    pub fn new(secret: String) -> Self {
        Self { secret, students: BTreeMap::new(), pens: BTreeMap::new() }
    }

    /// A student.
    pub fn get(&self, who: &str) -> Option<&Student> {
        self.students.get(who)
    }

    pub(super) fn get_mut(&mut self, who: &str) -> Option<&mut Student> {
        self.students.get_mut(who)
    }

    /// Everybody, by id.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Student)> {
        self.students.iter().map(|(who, student)| (who.as_str(), student))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.students.len()
    }

    pub(super) fn add(&mut self, who: &str) {
        self.students.insert(who.to_owned(), Student::default());
    }

    /// Those on a team, by id.
    pub fn on_team<'a>(
        &'a self,
        group: usize,
        role: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Student)> {
        self.all().filter(move |(_, s)| s.team.as_ref().is_some_and(|(g, r)| *g == group && r == role))
    }

    /// Who holds the pen of a team: whoever took it last, or the first who is there.
    pub fn pen(&self, group: usize, role: &str) -> Option<&str> {
        let held = self.pens.get(&(group, role.to_owned())).map(String::as_str);
        let held = held.filter(|who| self.on_team(group, role).any(|(id, _)| id == *who));
        let first = || {
            let on_team = |s: &Student| s.team.as_ref().is_some_and(|(g, r)| *g == group && r == role);
            self.all().find(|(_, s)| on_team(s)).map(|(who, _)| who)
        };
        held.or_else(first)
    }

    pub(super) fn take_pen(&mut self, who: &str) {
        if let Some(team) = self.students.get(who).and_then(|s| s.team.clone()) {
            self.pens.insert(team, who.to_owned());
        }
    }

    /// Whether a student's phone is there.
    pub fn is_there(&self, who: &str, now: u64) -> bool {
        let seen = self.get(who).and_then(|s| s.seen);
        seen.is_some_and(|seen| now.saturating_sub(seen) < GONE)
    }

    /// The token of a seat: 128 bits that nobody can guess without the room's secret.
    pub fn token(&self, who: &str) -> Option<String> {
        let issue = self.get(who)?.issue;
        Some(format!("{who}-{}", keyed(&self.secret, &format!("seat {who} {issue}"))))
    }

    /// Whose seat a token is.
    pub fn by_token(&self, token: &str) -> Option<&str> {
        let (who, _) = token.split_once('-')?;
        let (who, _) = self.students.get_key_value(who)?;
        self.token(who).filter(|own| same(own, token)).map(|_| who.as_str())
    }

    /// The teacher's secret.
    pub fn teacher(&self) -> String {
        keyed(&self.secret, "teacher")
    }
}

/// 128 bits that follow from a secret and a text.
fn keyed(secret: &str, text: &str) -> String {
    let digest = Sha256::new().chain_update(secret).chain_update([0]).chain_update(text).finalize();
    hex(&digest[..16])
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// A name as it is kept: without control characters and doubled spaces; `None` where nothing is left of it or it is too long.
pub(super) fn tidy(name: &str) -> Option<String> {
    let hidden = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let clean: String = name
        .chars()
        .take(LETTERS * 4)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !hidden(c))
        .collect();
    let clean = clean.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    (!clean.is_empty() && clean.chars().count() <= LETTERS).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_tidied() {
        assert_eq!(tidy("  Ada \n Lovelace\u{202e} "), Some("Ada Lovelace".into()));
        assert_eq!(tidy("<b>&"), Some("<b>&".into()));
        assert_eq!(tidy("\u{7}\u{1b} "), None);
        assert_eq!(tidy(&"x".repeat(41)), None);
    }

    #[test]
    fn a_forged_token_is_nobodys() {
        let mut people = People::new("secret".into());
        people.add("a1");
        people.add("b2");
        let token = people.token("a1").expect("it joined");
        assert_eq!(people.by_token(&token), Some("a1"));
        assert_eq!(people.by_token(&token.replacen("a1", "b2", 1)), None);
        assert_eq!(people.by_token(&token[..token.len() - 1]), None);
        assert_eq!(people.by_token("a1-"), None);
        people.get_mut("a1").expect("it joined").issue += 1;
        assert_eq!(people.by_token(&token), None, "an old link is worth nothing");
    }
}
