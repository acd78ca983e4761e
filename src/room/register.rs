//! A class's log read for what the class did besides playing.

use std::collections::BTreeMap;

use crate::session::{Found, Guess, Register, Student, Vote};

use super::class::Line;

/// What these lines and names come to.
pub(super) fn register(lines: &[Line], names: &BTreeMap<String, String>) -> Register {
    let mut students: BTreeMap<&str, Student> = BTreeMap::new();
    let (mut guesses, mut found, mut votes) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        match line {
            Line::Join { who, .. } => {
                let name = names.get(who).cloned();
                students.insert(who, Student { who: who.clone(), name, team: None });
            }
            Line::Team { who, group, role } => {
                if let Some(student) = students.get_mut(who.as_str()) {
                    student.team = Some((*group, role.clone()));
                }
            }
            Line::Guess { who, what_if, outcome, .. } => {
                let (who, what_if, outcome) = (who.clone(), what_if.clone(), outcome.clone());
                guesses.push(Guess { who, what_if, outcome });
            }
            Line::Found { what_if, ends } => {
                found.push(Found { what_if: what_if.clone(), ends: ends.clone() });
            }
            Line::Counted { step, votes: all } => votes.push(Vote { step: *step, votes: all.clone() }),
            _ => {}
        }
    }
    Register { students: students.into_values().collect(), guesses, found, votes }
}
