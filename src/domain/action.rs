//! What a mediator can do in a round: an action is a row here, and a rule of the same name in `agents::mediator`. Reading, schema,
//! reference, sheets, play, chronicle and comparisons take from the row what they need.

use serde::Serialize;

use super::{Inducement, Mediator, Told};

/// What an action is about, beside its track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// No item.
    Nothing,
    /// A contested item.
    Item,
    /// An option of a contested item, which is put to the parties; so only where items are settled one by one.
    Option,
}

/// What an action asks of its mediator's leverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leverage {
    /// It is possible without any.
    Free,
    /// There must be some.
    Held,
    /// It costs a level; what does, as sheets say it: “pressing a party”.
    Spent(&'static [&'static str]),
}

/// A clause, or one for each case. In braces stands what is filled in: a number of the rules by its key in `[dynamics]`, or a word
/// that the field explains; see [`filled`](super::told::filled).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// The same in every case; empty where nothing is said.
    Always(&'static str),
    /// By what the mediator moves parties with.
    Inducing {
        /// With a stick.
        stick: &'static str,
        /// With a carrot.
        carrot: &'static str,
    },
    /// Whether it is about one party.
    About {
        /// It is.
        party: &'static str,
        /// It is not.
        nobody: &'static str,
    },
}

impl Words {
    /// The words for a mediator's case.
    pub const fn of(self, mediator: &Mediator, about_party: bool) -> &'static str {
        match (self, mediator.inducement, about_party) {
            (Self::Always(words), ..) => words,
            (Self::Inducing { stick, .. }, Inducement::Stick, _) => stick,
            (Self::Inducing { carrot, .. }, Inducement::Carrot, _) => carrot,
            (Self::About { party, .. }, _, true) => party,
            (Self::About { nobody, .. }, _, false) => nobody,
        }
    }

    /// The words of every case.
    pub fn all(self) -> Vec<&'static str> {
        match self {
            Self::Always(words) => vec![words],
            Self::Inducing { stick: one, carrot: other } | Self::About { party: one, nobody: other } => {
                vec![one, other]
            }
        }
    }
}

/// All that is declared of an action.
#[derive(Clone, Copy, Debug)]
pub struct ActionRow {
    /// Its word, sentence and source.
    pub told: Told,
    /// What it did, in short: a verb in the past.
    pub done: &'static str,
    /// What it did, in a clause without its subject; `party`, `item` and `option` are filled in.
    pub story: Words,
    /// The numbers that go with its sentence, where everybody may read them; `stick` and `carrot` are the sentences of these.
    pub numbers: Words,
    /// What its mediator knows besides, as the end of its sentence; `leverage`, and `believed`, the odds to be believed, are filled in.
    pub means: &'static str,
    /// What there must be for it to be possible.
    pub needs: &'static str,
    /// What exactly it changes.
    pub effect: &'static str,
    /// Whether the track must be in session.
    pub in_session: bool,
    /// What it asks of leverage.
    pub leverage: Leverage,
    /// What it is about.
    pub object: Object,
}

/// Declares the actions, in the order of a mediator's style.
macro_rules! actions {
    ($($name:ident $id:literal { $sentence:literal, $source:literal; $($field:ident: $value:expr,)+ })+) => {
        /// What a mediator can do in a round.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[repr(u8)]
        pub enum Action {
            $(
                #[doc = concat!("`", $id, "`: ", $sentence, ".")]
                #[serde(rename = $id)]
                $name
            ),+
        }

        impl Action {
            /// Every action, in the order of a mediator's style.
            pub const ALL: [Action; Self::COUNT] = [$(Action::$name),+];
            /// How many there are.
            pub const COUNT: usize = [$($id),+].len();
            /// The names of the actions as scenario files write them.
            pub const NAMES: [&'static str; Self::COUNT] = [$($id),+];
            /// What each is.
            pub const TOLD: [Told; Self::COUNT] =
                [$(Told { id: $id, sentence: $sentence, source: $source }),+];

            /// What is declared of it.
            pub const fn row(self) -> &'static ActionRow {
                match self {
                    $(Action::$name => const {
                        &ActionRow { told: Self::TOLD[Action::$name as usize], $($field: $value),+ }
                    }),+
                }
            }
        }
    };
}

actions! {
    Facilitate "facilitate" {
        "work on the trust, both ways, between two parties in the room: those that trust each other least or, with more than two \
         at the table, the one hardest to move on the contested item nearest to agreement and the one with which it shares least \
         trust",
        "Touval & Zartman 1985";
        done: "worked on trust",
        story: Words::Always("worked on trust between the parties"),
        numbers: Words::Always(""),
        means: " (odds to be believed: {believed})",
        needs: "two parties in the room that could trust each other more",
        effect: "trust +1, each way by itself, between the two that trust each other least or, with more than two seats, the party \
                 hardest to move on the closest contested item and the one with which it shares least trust, with odds \
                 {mediation.believed} by credibility, plus {mediation.partner} for each partner organisation",
        in_session: false,
        leverage: Leverage::Free,
        object: Object::Nothing,
    }
    Formulate "formulate" {
        "float an option of a contested item: who gives way to a mediator saves face, which eases every party's need this turn",
        "Touval & Zartman 1985";
        done: "offered a formula",
        story: Words::Always("offered a formula{ on item}{: option}, eased by {mediation.face_saving} of face saved"),
        numbers: Words::Always("{mediation.face_saving} of 100"),
        means: "",
        needs: "a contested item",
        effect: "floats the option with the smallest total shortfall; every need is eased by {mediation.face_saving} points of 100 \
                 of the package for it, this turn",
        in_session: true,
        leverage: Leverage::Free,
        object: Object::Option,
    }
    Manipulate "manipulate" {
        "spend leverage on the party hardest to move on a contested item: press it, or make the option easier for it to accept \
         this turn; a promise that was pressed for is likelier to be broken",
        "Touval & Zartman 1985; Beardsley et al. 2006";
        done: "pushed a party",
        story: Words::Inducing {
            stick: "put pressure on {party} to settle{ item}{: option}",
            carrot: "offered {party} an inducement worth {mediation.carrot} to settle{ item}{: option}",
        },
        numbers: Words::Inducing {
            stick: "you press: {stick}, {pressure_points} of its alternative",
            carrot: "you sweeten: {carrot}, by {mediation.carrot} of 100",
        },
        means: "; it costs a level of your leverage, which is {leverage}",
        needs: "leverage, a contested item",
        effect: "costs one level; on the party with the largest shortfall, of those that would not accept the option, pressure +1 \
                 (*stick*) or its need eased by {mediation.carrot} points of 100 of the package (*carrot*). An item so settled is \
                 marked imposed. Where the parties would settle on the option as it is, nobody is pressed, nothing is spent and \
                 nothing is imposed: it is floated as a formula",
        in_session: true,
        leverage: Leverage::Spent(&["pressing a party", "sweetening an answer"]),
        object: Object::Option,
    }
    Guarantee "guarantee" {
        "spend leverage to stand for the promises of a contested item: a part of what is lost if they are broken is covered",
        "Walter 1997";
        done: "promised a guarantee",
        story: Words::Always("promised to guarantee what is promised{ on item}"),
        numbers: Words::Always(""),
        means: "; it costs a level of your leverage, which is {leverage}",
        needs: "leverage, a contested item that exposes somebody",
        effect: "costs one level; the item's guarantee +1",
        in_session: true,
        leverage: Leverage::Spent(&["guaranteeing a promise"]),
        object: Object::Item,
    }
    Shuttle "shuttle" {
        "go to a party that is out, which raises the odds of its return; if none is, carry messages between the two in the room \
         that trust each other least, where they will not meet",
        "Touval & Zartman 1985";
        done: "shuttled",
        story: Words::About {
            party: "travelled to {party} to ask for a return, which raises the odds of one",
            nobody: "carried messages between parties that trust each other very little",
        },
        numbers: Words::Always(
            "the odds of a return rise by {return.shuttle}; messages work on trust at {mediation.proximity} of the odds of `facilitate`"
        ),
        means: "",
        needs: "a party that is out, or two that will not meet",
        effect: "raises the odds of return (7.2) by {return.shuttle}; with everybody in the house, proximity talks: facilitation at \
                 {mediation.proximity} of its odds",
        in_session: false,
        leverage: Leverage::Free,
        object: Object::Nothing,
    }
    PressBacker "press-backer" {
        "put pressure on the outside powers that give a party of the track most support; it costs no leverage",
        "Salehyan 2009";
        done: "pressed a backer",
        story: Words::Always("pressed those who back a party from outside"),
        numbers: Words::Always(""),
        means: " (odds {mediation.press_backer} at your leverage, which is {leverage})",
        needs: "leverage, and a backer whose client, or who itself, sits on the track",
        effect: "pressure +1 on the backers that give most, with odds {mediation.press_backer} by leverage",
        in_session: false,
        leverage: Leverage::Held,
        object: Object::Nothing,
    }
    SetDeadline "set-deadline" {
        "move the deadline of the track one round nearer: parties that plan by it concede sooner",
        "";
        done: "set a deadline",
        story: Words::Always("set an earlier deadline"),
        numbers: Words::Always(""),
        means: "",
        needs: "a deadline ahead",
        effect: "moves the track's deadline one round nearer",
        in_session: true,
        leverage: Leverage::Free,
        object: Object::Nothing,
    }
}

impl Leverage {
    /// What costs a level.
    pub const fn costs(self) -> &'static [&'static str] {
        match self {
            Self::Free | Self::Held => &[],
            Self::Spent(what) => what,
        }
    }
}

impl Action {
    /// The action's name.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}
