//! Names that come once each, for formats that know issues and values by their names alone.

use std::collections::BTreeSet;

use super::domain::{Domain, Values};
use super::error::shown;

/// The domain with every issue, and every named value of an issue, under a name of its own; what was renamed is told.
pub(super) fn distinct(domain: &Domain, losses: &mut Vec<String>) -> Domain {
    let mut out = domain.clone();
    let named: Vec<String> = out.issues.iter().map(|i| i.name.clone()).collect();
    let (names, changes) = apart(named);
    for (was, now) in changes {
        losses.push(format!("the issue “{}” comes twice: one is “{}” here", shown(&was), shown(&now)));
    }
    for (issue, name) in out.issues.iter_mut().zip(names) {
        issue.name = name;
        let Values::Discrete(values) = &mut issue.values else { continue };
        let (names, changes) = apart(std::mem::take(values));
        *values = names;
        for (was, now) in changes {
            losses.push(format!(
                "“{}”: the value “{}” comes twice: one is “{}” here",
                shown(&issue.name),
                shown(&was),
                shown(&now)
            ));
        }
    }
    out
}

/// Names of which each comes once: later ones get a number. Also what was changed into what.
fn apart(mut names: Vec<String>) -> (Vec<String>, Vec<(String, String)>) {
    let mut taken: BTreeSet<String> = names.iter().cloned().collect();
    if taken.len() == names.len() {
        return (names, Vec::new());
    }
    let mut seen = BTreeSet::new();
    let mut changes = Vec::new();
    for name in &mut names {
        if seen.insert(name.clone()) {
            continue;
        }
        let free = (2..).map(|n| format!("{name} ({n})")).find(|other| !taken.contains(other));
        let other = free.unwrap_or_default();
        taken.insert(other.clone());
        changes.push((std::mem::replace(name, other.clone()), other));
    }
    (names, changes)
}
