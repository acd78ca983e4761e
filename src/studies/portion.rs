//! A piece of work cut into parts: which of its pieces a part has, and whether parts laid end to end are the whole.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// Which part of how many: `3/100` is the third.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portion {
    /// Which, from 1.
    pub part: u32,
    /// Of how many.
    pub of: u32,
}

impl FromStr for Portion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let both = text.split_once('/').and_then(|(part, of)| Some((number(part)?, number(of)?)));
        match both {
            Some((part, of)) if (1..=of).contains(&part) => Ok(Self { part, of }),
            Some((part, of)) => Err(format!("there is no part {part} of {of}: parts are 1 to {of}")),
            None => Err("write I/N, such as 3/100 for the third of a hundred parts".into()),
        }
    }
}

impl fmt::Display for Portion {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

impl Portion {
    /// Which of so many pieces are in it: neighbours, and in every part as many, or one more. `whose` says of what they are pieces, and
    /// what they are.
    ///
    /// # Errors
    /// When there are fewer pieces than parts.
    pub fn within(self, pieces: u32, (whose, what): (&str, &str)) -> Result<Range<u32>, Refusal> {
        if self.of > pieces {
            return Err(Refusal::usage(format!(
                "--part {self}: {whose} has {pieces} {what}, and a part at least one: cut it into {pieces} parts at most"
            )));
        }
        let end = |part: u32| (u64::from(part) * u64::from(pieces) / u64::from(self.of)) as u32;
        Ok(end(self.part - 1)..end(self.part))
    }
}

/// A part that lies beside others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is to have.
    pub range: Range<u32>,
    /// The first that it does not have yet.
    pub reached: u32,
}

/// Sees whether parts, laid end to end, have each of so many pieces once. `told` says a range of pieces, and what they are in the plural.
///
/// # Errors
/// When one is unfinished, two overlap, or some are missing; all that are missing are named.
pub fn lay(parts: &[Piece], total: u32, (told, what): (fn(u32, u32) -> String, &str)) -> Result<(), String> {
    let unfinished = |piece: &&Piece| piece.reached != piece.range.end;
    if let Some(Piece { name, range, reached }) = parts.iter().find(unfinished) {
        let holds = if *reached == range.start { "none".to_owned() } else { told(range.start, *reached) };
        return Err(format!(
            "{name} is unfinished: of {} it holds {holds}; the command that began it, with the same --out, goes on from there",
            told(range.start, range.end)
        ));
    }
    let mut order: Vec<&Piece> = parts.iter().collect();
    order.sort_by_key(|piece| (piece.range.start, piece.range.end));
    let (mut reached, mut last, mut gaps) = (0, "", Vec::new());
    for Piece { name, range, .. } in order {
        if range.start < reached {
            let both = told(range.start, range.end.min(reached));
            return Err(format!("{last} and {name} overlap: both hold {both}"));
        }
        if range.start > reached {
            gaps.push(told(reached, range.start));
        }
        (reached, last) = (range.end, name);
    }
    if reached < total {
        gaps.push(told(reached, total));
    }
    if gaps.is_empty() { Ok(()) } else { Err(format!("{what} are missing: {}", gaps.join(", "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_every_cell_once() {
        for (cells, of) in [(10, 3), (7, 7), (1_000, 64), (100_000, 999)] {
            let all: Vec<u32> = (1..=of)
                .flat_map(|part| Portion { part, of }.within(cells, ("it", "cells")).expect("cells"))
                .collect();
            assert!(all.into_iter().eq(0..cells), "{cells} in {of}");
        }
        assert!(Portion { part: 1, of: 3 }.within(2, ("it", "cells")).is_err());
    }

    #[test]
    fn a_part_is_named_by_two_numbers() {
        assert_eq!("3/100".parse(), Ok(Portion { part: 3, of: 100 }));
        for (text, says) in [("0/4", "no part 0 of 4"), ("5/4", "1 to 4"), ("4", "I/N"), ("a/b", "I/N")] {
            assert!(text.parse::<Portion>().expect_err(text).contains(says));
        }
    }
}
