//! How items are resolved: a procedure is a row here, and a rule in a file of its own in `agents`. Reading, schema, reference, sheets
//! and play take from the row what they need.

use serde::Serialize;

use super::{Offering, Told};

/// How the rounds of a track go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Items are settled one by one: each has a turn.
    Items,
    /// Whole packages are offered, one a move.
    Offers,
    /// A mediator's text on the whole agenda is worked on, once a round.
    Text,
}

/// All that is declared of a procedure.
#[derive(Clone, Copy, Debug)]
pub struct ProcedureRow {
    /// Its word, sentence and source.
    pub told: Told,
    /// How its rounds go.
    pub course: Course,
    /// Whether the parties vote on what one of them moves.
    pub ballots: bool,
    /// What exactly happens, as `docs/model.md` has it.
    pub effect: &'static str,
}

/// Where the settings of a procedure are read from: the table of a track.
pub trait Settings {
    /// A small whole number.
    fn whole(&self, key: &str) -> u8;
    /// Which of the words of a key it is.
    fn word(&self, key: &str) -> usize;
}

/// What follows from the type of a setting.
macro_rules! setting {
    (u8, $from:ident, $key:expr) => {
        $from.whole($key)
    };
    (Offering, $from:ident, $key:expr) => {
        Offering::ALL[$from.word($key)]
    };
}

/// Declares the procedures with their settings, which a file writes under the same keys.
macro_rules! procedures {
    ($(
        $name:ident $id:literal $({ $($(#[$doc:meta])* $key:ident: $type:ident,)+ })? => {
            $sentence:literal, $source:literal; $($field:ident: $value:expr,)+
        }
    )+) => {
        /// How an item is resolved (MODEL section 5).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        pub enum Procedure {
            $(
                #[doc = concat!("`", $id, "`: ", $sentence, ".")]
                #[serde(rename = $id)]
                $name $({ $($(#[$doc])* $key: $type),+ })?
            ),+
        }

        impl Procedure {
            /// How many there are.
            pub const COUNT: usize = [$($id),+].len();
            /// What each is, in the order of the language.
            pub const TOLD: [Told; Self::COUNT] =
                [$(Told { id: $id, sentence: $sentence, source: $source }),+];
            /// All that is declared.
            pub const ROWS: [ProcedureRow; Self::COUNT] = [$(
                ProcedureRow {
                    told: Told { id: $id, sentence: $sentence, source: $source },
                    $($field: $value),+
                }
            ),+];

            /// What is declared of it.
            pub const fn row(self) -> &'static ProcedureRow {
                match self {
                    $(Self::$name { .. } => const {
                        &ProcedureRow {
                            told: Told { id: $id, sentence: $sentence, source: $source },
                            $($field: $value),+
                        }
                    }),+
                }
            }

            /// The procedure of a word, with the settings that a track gives it.
            pub fn read(word: &str, _from: &impl Settings) -> Option<Self> {
                $(
                    if word == $id {
                        return Some(Self::$name { $($($key: setting!($type, _from, stringify!($key))),+)? });
                    }
                )+
                None
            }
        }
    };
}

procedures! {
    ItemByItem "item-by-item" => {
        "every item is settled on its own, once enough parties accept an option of it today", "";
        course: Course::Items,
        ballots: false,
        effect: "If the zone is not empty: with a mediator whose style includes formulating, the option with the largest product of \
                 gains, each $K_p + c_p(i,o) - A_p (B_p + b_p)/100$ (Nash 1950), and where some gain is nothing the largest sum; \
                 otherwise the favourite of the proposer, the proposers taking turns by round",
    }
    Vote "vote" => {
        "a party moves an option of an item, then all vote; who moves changes from round to round", "";
        course: Course::Items,
        ballots: true,
        effect: "The proposer of the round moves the option it likes best among those it accepts itself, or, where there are none, \
                 outside its red lines; all vote by their acceptable sets; the rule decides",
    }
    AlternatingOffers "alternating-offers" {
        /// Moves in a round, 1..=200; seats take them in the order listed.
        steps: u8,
        /// Which package a party offers.
        offers: Offering,
    } => {
        "the parties in turn accept the package on the table, or replace it by another", "Rubinstein 1982";
        course: Course::Offers,
        ballots: false,
        effect: "The whole agenda is one package. Each round has `steps` moves [one for each seat], which the seats take in turn; see \
                 below",
    }
    SingleText "single-text" {
        /// What a party lets a change cost it, in points of 100.
        tolerance: u8,
    } => {
        "a mediator holds one draft and changes one item of it a round; the parties answer yes or no, to the change and to the \
         draft as a whole",
        "Fisher & Ury 1981";
        course: Course::Text,
        ballots: false,
        effect: "A mediator's text on the whole agenda, changed one item a round; see below",
    }
}

impl Procedure {
    /// What it is.
    pub const fn told(self) -> &'static Told {
        &self.row().told
    }

    /// The word of the one to which an effect can turn a track that settles item by item.
    pub const SINGLE_TEXT: &'static str = Self::SingleText { tolerance: 0 }.told().id;

    /// How the rounds of its tracks go.
    pub const fn course(self) -> Course {
        self.row().course
    }

    /// Whether the whole agenda is settled at once.
    pub const fn whole(self) -> bool {
        !matches!(self.course(), Course::Items)
    }

    /// Moves in a round, where packages are offered.
    pub const fn steps(self) -> Option<u8> {
        match self {
            Self::AlternatingOffers { steps, .. } => Some(steps),
            _ => None,
        }
    }

    /// How many settle items one by one.
    const BY_ITEM_COUNT: usize = {
        let (mut k, mut found) = (0, 0);
        while k < Self::COUNT {
            found += matches!(Self::ROWS[k].course, Course::Items) as usize;
            k += 1;
        }
        found
    };

    /// The words of those that settle items one by one.
    pub const BY_ITEM: [&'static str; Self::BY_ITEM_COUNT] = {
        let mut words = [""; Self::BY_ITEM_COUNT];
        let (mut k, mut found) = (0, 0);
        while k < Self::COUNT {
            if matches!(Self::ROWS[k].course, Course::Items) {
                words[found] = Self::TOLD[k].id;
                found += 1;
            }
            k += 1;
        }
        words
    };
}
