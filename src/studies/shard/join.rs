//! Shards laid end to end: what belongs together, what overlaps, what is missing.

use super::{Shard, Study};

/// Why shards are not one ensemble.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// They are of different studies.
    #[error("{name}: its {what} is {here}, that of {first} is {there}: they are no parts of one study")]
    Other {
        /// The shard's name.
        name: String,
        /// The name of the shard it was held against.
        first: String,
        /// In what they differ.
        what: &'static str,
        /// What this one has.
        here: String,
        /// What the other has.
        there: String,
    },
    /// Runs that two shards hold.
    #[error("{one} and {two} overlap: both hold {}", runs(*.from, *.to))]
    Overlap {
        /// A shard's name.
        one: String,
        /// The other's.
        two: String,
        /// The first run that both hold.
        from: u32,
        /// The run after the last.
        to: u32,
    },
    /// Runs that no shard holds.
    #[error("runs are missing: {}", .0.iter().map(|(from, to)| runs(*from, *to)).collect::<Vec<_>>().join(", "))]
    Gaps(Vec<(u32, u32)>),
    /// A shard whose computing was stopped.
    #[error(
        "{name} is unfinished: of {} it holds {}; the command that began it, with the same --out, goes on from there",
        runs(*.from, *.to), runs(*.from, *.reached)
    )]
    Unfinished {
        /// The shard's name.
        name: String,
        /// Its first run.
        from: u32,
        /// The run after the last one counted.
        reached: u32,
        /// The run after its last.
        to: u32,
    },
    /// A shard without runs.
    #[error("{0}: it holds no runs")]
    Empty(String),
    /// More runs than the study has.
    #[error("{name}: it holds {}, but only {wanted} runs were asked for", runs(*.from, *.to))]
    TooMany {
        /// The shard's name.
        name: String,
        /// Its first run.
        from: u32,
        /// The run after its last.
        to: u32,
        /// How many were asked for.
        wanted: u32,
    },
}

/// Both ends as a person counts: the last run is one of them.
fn runs(from: u32, to: u32) -> String {
    if to - from == 1 { format!("run {from}") } else { format!("runs {from} to {}", to - 1) }
}

/// The study that shards with their names make up: runs 0 to N, each once, N as given or as far as they reach.
///
/// # Errors
/// When they are of different studies, unfinished, overlap, or leave out runs; all that are missing are named.
pub fn join(shards: &[(String, Shard)], wanted: Option<u32>) -> Result<Option<Study>, Mismatch> {
    let Some(((first, shard), rest)) = shards.split_first() else { return Ok(None) };
    for (name, other) in rest {
        if let Some((what, here, there)) = other.study.differs(&shard.study) {
            return Err(Mismatch::Other { name: name.clone(), first: first.clone(), what, here, there });
        }
    }
    if let Some((name, shard)) = shards.iter().find(|(_, shard)| !shard.finished()) {
        let (Study { from, to, .. }, reached) = (&shard.study, shard.reached());
        return Err(Mismatch::Unfinished { name: name.clone(), from: *from, reached, to: *to });
    }
    let mut order: Vec<(&String, u32, u32)> =
        shards.iter().map(|(name, s)| (name, s.study.from, s.study.to)).collect();
    order.sort_by_key(|(_, from, to)| (*from, *to));
    let (mut reached, mut last, mut gaps) = (0, first, Vec::new());
    for (name, from, to) in order {
        if from >= to {
            return Err(Mismatch::Empty(name.clone()));
        }
        if from < reached {
            let to = to.min(reached);
            return Err(Mismatch::Overlap { one: last.clone(), two: name.clone(), from, to });
        }
        if let Some(wanted) = wanted.filter(|wanted| to > *wanted) {
            return Err(Mismatch::TooMany { name: name.clone(), from, to, wanted });
        }
        if from > reached {
            gaps.push((reached, from));
        }
        (reached, last) = (to, name);
    }
    if let Some(wanted) = wanted.filter(|wanted| reached < *wanted) {
        gaps.push((reached, wanted));
    }
    match gaps.is_empty() {
        true => Ok(Some(Study { from: 0, to: reached, ..shard.study.clone() })),
        false => Err(Mismatch::Gaps(gaps)),
    }
}
