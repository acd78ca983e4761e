//! The codes of diagnostics, with what `explain` says about each.

use super::pages;

/// What `explain` says about a code.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Why it is a mistake and what to do, in a few sentences.
    pub text: &'static str,
    /// A part of a scenario that has the mistake; see [`PREAMBLE`].
    pub wrong: &'static str,
    /// The same part without it.
    pub right: &'static str,
}

/// What the examples of the pages stand after: the frame of a scenario, two parties, a track, an item and an
/// instrument.
pub const PREAMBLE: &str = include_str!("pages/preamble.toml");

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $title:literal, $page:path;)+) => {
        /// The kinds of mistake and doubt. `B01`: structure, `B02`: meaning, `B03`: conditions and effects,
        /// `B04`: changes, `B05`: warnings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $title] $name),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// As it is written: `B0101`.
            pub const fn id(self) -> &'static str {
                match self { $(Code::$name => $code),+ }
            }

            /// In a few words.
            pub const fn title(self) -> &'static str {
                match self { $(Code::$name => $title),+ }
            }

            /// The full explanation.
            pub const fn page(self) -> &'static Page {
                match self { $(Code::$name => &$page),+ }
            }
        }
    };
}

codes! {
    Syntax = "B0001", "the file is not TOML", pages::file::SYNTAX;
    FileTooLarge = "B0002", "the file is too large", pages::file::FILE_TOO_LARGE;
    TooMany = "B0003", "too many of something", pages::file::TOO_MANY;
    TextTooLong = "B0004", "a text is too long", pages::file::TEXT_TOO_LONG;

    UnknownKey = "B0101", "an unknown key", pages::structure::UNKNOWN_KEY;
    WrongType = "B0102", "a value of the wrong type", pages::structure::WRONG_TYPE;
    MissingKey = "B0103", "a key is missing", pages::structure::MISSING_KEY;
    OutOfRange = "B0104", "a number out of range", pages::structure::OUT_OF_RANGE;
    UnknownWord = "B0105", "an unknown word", pages::structure::UNKNOWN_WORD;
    UnknownId = "B0106", "an agent that does not exist", pages::structure::UNKNOWN_ID;
    BadId = "B0107", "an id that cannot be one", pages::structure::BAD_ID;
    TooFew = "B0108", "a list or table that is too short", pages::structure::TOO_FEW;
    Duplicate = "B0109", "something listed twice", pages::structure::DUPLICATE;
    UnusedKey = "B0110", "a key that this kind does not use", pages::structure::UNUSED_KEY;

    OddsSum = "B0201", "odds that do not add up", pages::meaning::ODDS_SUM;
    NoSeat = "B0202", "a party without a seat on the track", pages::meaning::NO_SEAT;
    OtherTrack = "B0203", "an item of another track", pages::meaning::OTHER_TRACK;
    MediatorTwice = "B0204", "a mediator on two tracks", pages::meaning::MEDIATOR_TWICE;
    SelfReference = "B0205", "an agent set against itself", pages::meaning::SELF_REFERENCE;
    BlameWithoutVictim = "B0206", "blame without a victim", pages::meaning::BLAME_WITHOUT_VICTIM;
    NoAction = "B0207", "a mediator that can do nothing", pages::meaning::NO_ACTION;
    NoRate = "B0208", "a base rate without a rate", pages::meaning::NO_RATE;
    Claim = "B0209", "a property that makes no single claim", pages::meaning::CLAIM;
    ProcedureRule = "B0210", "a decision rule that the procedure cannot have", pages::meaning::PROCEDURE_RULE;
    NoAuthor = "B0211", "a single text without a mediator", pages::meaning::NO_AUTHOR;
    NoOffers = "B0212", "a tactic that counts offers where none are made", pages::meaning::NO_OFFERS;
    ItemWaits = "B0213", "an item that waits while the whole agenda is settled", pages::meaning::ITEM_WAITS;
    TwoImitate = "B0214", "a mixture of two tactics that imitate", pages::meaning::TWO_IMITATE;
    Calendar = "B0215", "sessions that make no calendar", pages::meaning::CALENDAR;
    Profile = "B0216", "a profile that its party cannot have", pages::meaning::PROFILE;

    ConditionSyntax = "B0301", "a condition that cannot be read", pages::condition::SYNTAX;
    UnknownPath = "B0302", "an unknown path", pages::condition::UNKNOWN_PATH;
    UnknownValue = "B0303", "a value that the quantity cannot have", pages::condition::UNKNOWN_VALUE;
    Types = "B0304", "two quantities of different types", pages::condition::TYPES;
    Unordered = "B0305", "greater or smaller where there is none", pages::condition::UNORDERED;
    Seats = "B0306", "no seat, or several, to ask about", pages::condition::SEATS;
    Star = "B0307", "a `*` that cannot stand there", pages::condition::STAR;
    ConditionTooLarge = "B0308", "a condition that is too large", pages::condition::TOO_LARGE;
    Constants = "B0309", "a comparison of two constants", pages::condition::CONSTANTS;
    NotACondition = "B0310", "a quantity that is no condition", pages::condition::NOT_A_CONDITION;
    NotWritable = "B0311", "a quantity that no effect can change", pages::condition::NOT_WRITABLE;
    EffectOperator = "B0312", "an operator that does not fit", pages::condition::EFFECT_OPERATOR;
    EffectValue = "B0313", "a value that no effect can write", pages::condition::EFFECT_VALUE;

    ChangePath = "B0401", "a change to something that does not exist", pages::change::PATH;
    ChangeForm = "B0402", "a change that cannot be read", pages::change::FORM;
    UnknownWhatIf = "B0403", "an unknown what-if", pages::change::UNKNOWN_WHAT_IF;
    RangeScale = "B0404", "a range of something that has none", pages::change::RANGE_SCALE;
    RangeEnds = "B0405", "ends that make no range", pages::change::RANGE_ENDS;

    Unsealed = "B0501", "an item that no instrument seals", pages::lint::UNSEALED;
    PointSum = "B0502", "points that do not sum to 100", pages::lint::POINT_SUM;
    NeverHolds = "B0503", "a condition that can never hold", pages::lint::NEVER_HOLDS;
    AlwaysHolds = "B0504", "a condition that always holds", pages::lint::ALWAYS_HOLDS;
    RefusedByAll = "B0505", "an option that every party refuses", pages::lint::REFUSED_BY_ALL;
    ChangesNothing = "B0506", "a what-if that changes nothing", pages::lint::CHANGES_NOTHING;
    NoEffect = "B0507", "an event without an effect", pages::lint::NO_EFFECT;
    CannotFire = "B0508", "an event that cannot happen", pages::lint::CANNOT_FIRE;
    NeverReached = "B0509", "an outcome that is never reached", pages::lint::NEVER_REACHED;
    IdleMediator = "B0510", "a mediator on no track", pages::lint::IDLE_MEDIATOR;
    SingleOption = "B0511", "an item with a single option", pages::lint::SINGLE_OPTION;
    HolderAbsent = "B0512", "a front whose holder does not fight there", pages::lint::HOLDER_ABSENT;
    UnusedParty = "B0513", "a party that nothing refers to", pages::lint::UNUSED_PARTY;
    SelfTrust = "B0514", "trust in oneself", pages::lint::SELF_TRUST;
    SealedTwice = "B0515", "an item sealed by several instruments", pages::lint::SEALED_TWICE;
    RangeExcludes = "B0516", "a range without the scenario's own value", pages::lint::RANGE_EXCLUDES;
    LateQuestion = "B0517", "a question that is asked or settled too late", pages::lint::LATE_QUESTION;
    TimingSum = "B0518", "a timetable of another length", pages::lint::TIMING_SUM;
    MissingPoints = "B0519", "an option without points for a party", pages::lint::MISSING_POINTS;
    Hidden = "B0520", "characters that are obeyed and not seen", pages::lint::HIDDEN;
    DeadlineStays = "B0521", "a calendar that changes while a deadline stays", pages::lint::DEADLINE_STAYS;
    CeasefireEnds = "B0522", "a ceasefire that ends while a text binds to it", pages::lint::CEASEFIRE_ENDS;
}

impl Code {
    /// The code that is written so, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.id().eq_ignore_ascii_case(text.trim()))
    }
}
