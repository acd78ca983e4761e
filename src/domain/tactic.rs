//! How a party's target moves: a tactic is a row here. Its keys, what these are if nothing is said, its sentence and what is said of it
//! where it is shown stand in the row; how its target moves is in `concession` and `worth`.

use super::{Tactic, TacticKind, Told};

/// The rules that tactics follow; several may follow one, with settings of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// A polynomial in the time that has passed.
    Polynomial,
    /// An exponential of the time that is left.
    Exponential,
    /// An exponential of what is left of something.
    Resource,
    /// A constant share.
    Hardliner,
    /// A constant.
    Fixed,
    /// Answers to the others' concessions.
    Imitation,
    /// Packages counted.
    Micro,
    /// A mean of tactics.
    Mixture,
}

/// All that is declared of a tactic.
#[derive(Clone, Copy, Debug)]
pub struct TacticRow {
    /// Its word, sentence and source.
    pub told: Told,
    /// The rule it follows.
    pub family: Family,
    /// The keys that it has in a file, beside `walks_away`.
    pub keys: &'static [&'static str],
    /// Those of them that must be there.
    pub needs: &'static [&'static str],
    /// Convexity β if nothing is said.
    pub beta: f64,
    /// Share κ conceded at once if nothing is said.
    pub kappa: f64,
    /// Whether it can be part of a mixture.
    pub part: bool,
    /// What a sheet adds to its sentence; `beta` (where it bends the curve), `least`, `demand` and `parts` are filled in.
    pub detail: &'static str,
    /// What a debriefing calls it; `beta`, `rate`, `resource`, `demand` and `parts` are filled in.
    pub called: &'static str,
    /// The share conceded, as `docs/model.md` has it.
    pub curve: &'static str,
    /// What that means.
    pub reading: &'static str,
}

const fn told(id: &'static str, sentence: &'static str, source: &'static str) -> Told {
    Told { id, sentence, source }
}

/// What most tactics are; a row says what is different.
const PLAIN: TacticRow = TacticRow {
    told: told("", "", ""),
    family: Family::Polynomial,
    keys: &[],
    needs: &[],
    beta: 1.0,
    kappa: 0.0,
    part: true,
    detail: "",
    called: "",
    curve: "",
    reading: "",
};

/// How many tactics there are.
pub const COUNT: usize = 11;

/// The tactics, in the order of the language.
pub const TACTICS: [TacticRow; COUNT] = [
    TacticRow {
        told: told(
            "linear",
            "its target falls evenly, to its alternative at its deadline",
            "Faratin et al. 1998",
        ),
        keys: &["kappa", "deadline"],
        called: "concedes evenly over the rounds (β 1)",
        curve: "κ + (1 − κ) τ",
        reading: "the same step each round; κ is given at once",
        ..PLAIN
    },
    TacticRow {
        told: told(
            "boulware",
            "its target falls late, to its alternative at its deadline",
            "Faratin et al. 1998",
        ),
        keys: &["beta", "kappa", "deadline"],
        beta: 0.4,
        detail: "{ beta}",
        called: "Boulware (β {beta}): concedes late",
        curve: "κ + (1 − κ) τ^(1/β)",
        reading: "β < 1 holds out",
        ..PLAIN
    },
    TacticRow {
        told: told(
            "conceder",
            "its target falls early, to its alternative at its deadline",
            "Faratin et al. 1998",
        ),
        keys: &["beta", "kappa", "deadline"],
        beta: 2.5,
        detail: "{ beta}",
        called: "Conceder (β {beta}): concedes early",
        curve: "κ + (1 − κ) τ^(1/β)",
        reading: "β > 1 gives way early",
        ..PLAIN
    },
    TacticRow {
        told: told(
            "polynomial",
            "its target falls to its alternative at its deadline, late where `beta` is below 1, early where it is above",
            "Faratin et al. 1998",
        ),
        keys: &["beta", "kappa", "deadline"],
        needs: &["beta"],
        detail: "{ beta}",
        curve: "κ + (1 − κ) τ^(1/β)",
        reading: "either of these, or `linear`, by its β",
        ..PLAIN
    },
    TacticRow {
        told: told(
            "exponential",
            "its target falls to its alternative at its deadline along an exponential curve, late where `beta` is below 1, early \
             where it is above",
            "Faratin et al. 1998",
        ),
        family: Family::Exponential,
        keys: &["beta", "kappa", "deadline"],
        kappa: 0.05,
        detail: "{ beta}",
        curve: "exp((1 − τ)^β ln κ)",
        reading: "the same, sharper near the deadline",
        ..PLAIN
    },
    TacticRow {
        told: told(
            "resource",
            "its target falls as time, or what else it watches, runs out",
            "Faratin et al. 1998",
        ),
        family: Family::Resource,
        keys: &["kappa", "deadline", "rate", "resource"],
        called: "concedes as {resource} runs out (μ {rate})",
        curve: "κ + (1 − κ) exp(−μ · *resource*)",
        reading: "section 4.2 of the same paper, with a rate μ (`rate`): the less is left, the faster",
        ..PLAIN
    },
    TacticRow {
        told: told("hardliner", "its target does not fall", ""),
        family: Family::Hardliner,
        keys: &["kappa"],
        kappa: 0.1,
        detail: ": it never asks for less than {least} of 100",
        called: "hardliner: goes down no further than it conceded at once",
        curve: "constant: the target stays at 100 − 100κ",
        reading: "never lower",
        ..PLAIN
    },
    TacticRow {
        told: told("fixed", "its demand is fixed: take it or leave it", ""),
        family: Family::Fixed,
        keys: &["demand"],
        needs: &["demand"],
        detail: " ({demand} of 100)",
        called: "take it or leave it: {demand} of 100 points",
        curve: "constant: the target is `demand`",
        reading: "take it or leave it",
        ..PLAIN
    },
    TacticRow {
        told: told("tit-for-tat", "it answers the others' concessions with its own", "Faratin et al. 1998"),
        family: Family::Imitation,
        keys: &["imitation", "window", "spread"],
        called: "tit for tat: concedes as the others do",
        curve: "see below",
        reading: "concedes as the others do",
        ..PLAIN
    },
    TacticRow {
        told: told(
            "micro",
            "it offers its packages one by one, best first, and a new one only in return for a new one",
            "de Jonge 2022",
        ),
        family: Family::Micro,
        part: false,
        called: "MiCRO: offers its packages one by one, best first, as the others do",
        curve: "see 7.6",
        reading: "one package at a time, as long as the others do the same (de Jonge 2022)",
        ..PLAIN
    },
    TacticRow {
        told: told(
            "mixture",
            "its target is the weighted mean of those of several tactics",
            "Faratin et al. 1998",
        ),
        family: Family::Mixture,
        keys: &["parts"],
        needs: &["parts"],
        part: false,
        detail: " ({parts})",
        called: "a mixture: {parts}",
        curve: "the mean of its parts' targets by their weights",
        reading: "several tactics at once (section 4.4 of the same paper)",
        ..PLAIN
    },
];

/// What each tactic is, in the order of the language.
pub const TOLD: [Told; COUNT] = {
    let mut told = [PLAIN.told; COUNT];
    let mut k = 0;
    while k < COUNT {
        told[k] = TACTICS[k].told;
        k += 1;
    }
    told
};

impl TacticKind {
    /// The rule that it is.
    pub const fn family(&self) -> Family {
        match self {
            Self::Polynomial { .. } => Family::Polynomial,
            Self::Exponential { .. } => Family::Exponential,
            Self::Resource { .. } => Family::Resource,
            Self::Hardliner => Family::Hardliner,
            Self::Fixed { .. } => Family::Fixed,
            Self::TitForTat { .. } => Family::Imitation,
            Self::Micro => Family::Micro,
            Self::Mixture { .. } => Family::Mixture,
        }
    }

    /// Convexity β of a curve of time.
    pub const fn beta(&self) -> Option<f64> {
        match self {
            Self::Polynomial { beta } | Self::Exponential { beta } => Some(*beta),
            _ => None,
        }
    }
}

impl Tactic {
    /// What is declared of it; of a polynomial, by how early it falls.
    pub fn row(&self) -> &'static TacticRow {
        match self.kind {
            TacticKind::Polynomial { beta } => TacticRow::bent(beta),
            _ => TACTICS.iter().find(|row| row.family == self.kind.family()).unwrap_or(&TACTICS[0]),
        }
    }

    /// What it is.
    pub fn told(&self) -> &'static Told {
        &self.row().told
    }
}

/// Which rows a list of words is made of.
#[derive(Clone, Copy)]
pub enum Those {
    /// Those that have a key.
    With(&'static str),
    /// Those that need a key.
    Needing(&'static str),
    /// Those that can be part of a mixture.
    Parts,
}

impl TacticRow {
    /// The row of a word.
    pub fn of(word: &str) -> Option<&'static Self> {
        TACTICS.iter().find(|row| row.told.id == word)
    }

    /// The row of a curve of time, by its convexity β.
    pub fn bent(beta: f64) -> &'static Self {
        let bends = |row: &&Self| row.called_by(beta);
        TACTICS.iter().find(bends).unwrap_or(&TACTICS[0])
    }

    /// Whether a curve that is bent so is called by this row.
    fn called_by(&self, beta: f64) -> bool {
        let same_side = (self.beta < 1.0) == (beta < 1.0) && (self.beta > 1.0) == (beta > 1.0);
        self.family == Family::Polynomial && same_side
    }

    /// Whether it has a key.
    pub const fn has(&self, key: &str) -> bool {
        has(self.keys, key)
    }

    const fn is(&self, those: Those) -> bool {
        match those {
            Those::With(key) => has(self.keys, key),
            Those::Needing(key) => has(self.needs, key),
            Those::Parts => self.part,
        }
    }
}

const fn has(keys: &[&str], key: &str) -> bool {
    let mut k = 0;
    while k < keys.len() {
        if same(keys[k].as_bytes(), key.as_bytes()) {
            return true;
        }
        k += 1;
    }
    false
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut k = 0;
    while k < one.len() && k < other.len() && one[k] == other[k] {
        k += 1;
    }
    k == one.len() && k == other.len()
}

/// How many rows are such.
pub const fn count(those: Those) -> usize {
    let (mut k, mut found) = (0, 0);
    while k < COUNT {
        found += TACTICS[k].is(those) as usize;
        k += 1;
    }
    found
}

/// The words of the rows that are such; `N` is their [`count`].
pub const fn words<const N: usize>(those: Those) -> [&'static str; N] {
    let mut words = [""; N];
    let (mut k, mut found) = (0, 0);
    while k < COUNT {
        if TACTICS[k].is(those) {
            words[found] = TACTICS[k].told.id;
            found += 1;
        }
        k += 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Imitation, Resource};

    #[test]
    fn every_tactic_is_told_by_its_own_word() {
        let imitation = TacticKind::TitForTat { imitation: Imitation::Relative, window: 1, spread: 0 };
        for (kind, id) in [
            (TacticKind::Polynomial { beta: 1.0 }, "linear"),
            (TacticKind::Polynomial { beta: 0.2 }, "boulware"),
            (TacticKind::Polynomial { beta: 5.0 }, "conceder"),
            (TacticKind::Exponential { beta: 1.0 }, "exponential"),
            (TacticKind::Resource { rate: 1.0, resource: Resource::Time }, "resource"),
            (TacticKind::Hardliner, "hardliner"),
            (TacticKind::Fixed { demand: 50 }, "fixed"),
            (imitation, "tit-for-tat"),
            (TacticKind::Micro, "micro"),
            (TacticKind::Mixture { parts: Vec::new() }, "mixture"),
        ] {
            let tactic = Tactic { kind, kappa: 0.0, deadline: None, leaves: false };
            assert_eq!(tactic.told().id, id);
        }
    }

    #[test]
    fn the_row_of_every_tactic_is_complete() {
        for row in TACTICS {
            assert!(!row.curve.is_empty() && !row.reading.is_empty(), "{}", row.told.id);
            assert!(row.needs.iter().all(|key| row.has(key)), "{}", row.told.id);
            assert!(row.beta == 1.0 || row.has("beta"), "{}", row.told.id);
            assert!(row.kappa == 0.0 || row.has("kappa"), "{}", row.told.id);
            // What a file may call otherwise is called by the curve that it is.
            let by_curve = row.has("beta") && row.beta == 1.0;
            assert_eq!(row.called.is_empty(), by_curve, "{}", row.told.id);
        }
    }
}
