//! The ranges over which a study varies its assumptions.

use crate::domain::{Assumption, World};
use crate::scenario::{Origin, Variants};

use super::refusal::Refusal;

/// The ranges in use: those of the file or, where it has none, the proposals; then those that somebody gives as path, low end and
/// high end, added to the others or in place of one of them; of all these, those whose path matches one of the patterns, if there
/// are any.
///
/// # Errors
/// When a range is none, or when none or more than `most` are left.
pub fn in_use(
    world: &World,
    variants: &Variants,
    own: &[(String, String, String)],
    only: &[String],
    most: usize,
) -> Result<Vec<(Assumption, Origin)>, Refusal> {
    let (given, origin) = match world.ranges.is_empty() {
        true => (variants.proposals(), Origin::Proposed),
        false => (world.ranges.clone(), Origin::File),
    };
    let mut ranges: Vec<(Assumption, Origin)> = given.into_iter().map(|a| (a, origin)).collect();
    for (path, low, high) in own {
        let assumption = variants.range(path, low, high).map_err(|mistakes| {
            Refusal::usage("--range takes a path and two values that the scenario accepts").at(mistakes)
        })?;
        match ranges.iter_mut().find(|(a, _)| a.path == *path) {
            Some(same) => *same = (assumption, Origin::Argument),
            None => ranges.push((assumption, Origin::Argument)),
        }
    }
    let wanted = |path: &str| only.is_empty() || only.iter().any(|p| matches(p, path));
    ranges.retain(|(a, _)| wanted(&a.path));
    match ranges.len() {
        0 => Err(Refusal::usage(
            "there is no range to study: write [ranges] into the scenario, give --range, or ask --only for less",
        )),
        n if n > most => Err(Refusal::usage(format!(
            "{n} ranges are too many, {most} can be studied at once: choose with --only"
        ))),
        _ => Ok(ranges),
    }
}

/// Whether a path matches a pattern in which `*` stands for any number of characters.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((start, rest)) => path.strip_prefix(start).is_some_and(|left| {
            left.char_indices().map(|(at, _)| &left[at..]).chain([""]).any(|tail| matches(rest, tail))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_paths() {
        for (pattern, path, expected) in [
            ("party.*", "party.a.alternative", true),
            ("*.alternative", "party.a.alternative", true),
            ("*.b.*", "party.a.alternative", false),
            ("party.a.alternative", "party.a.alternative", true),
            ("party.a", "party.a.alternative", false),
            ("*", "x", true),
            ("a*b*c", "a.b.b.c", true),
            ("a*b*c", "a.b.b", false),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }
}
