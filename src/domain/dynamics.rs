//! The numbers of the rules, each declared once: how a file calls it, what it may be and is in, what it is if nothing is said, what it
//! does and where it comes from. The shapes of the language, what a file is read into, the schema and the reference follow from it.
//! All are teaching assumptions that a scenario may change in `[dynamics]`; none is an estimate of the real world.

use serde::Serialize;

/// What a number of the rules may be.
#[derive(Clone, Copy, Debug)]
pub enum Range {
    /// Odds, 0..=1: of one chance in a session, or of what happens between sessions in the days that odds are for. Summed odds are clamped to 0..=1.
    Odds,
    /// A share of something, 0..=1.
    Share,
    /// Odds for each level, lowest first.
    FiveOdds,
    /// A share for each level, lowest first.
    FiveShares,
    /// Points of 100.
    Points,
    /// A coefficient of a log hazard, 0..=10.
    LogHazard,
    /// How many breaches, 1..=9.
    Breaches,
    /// Odds of a firm, planned and flexible mandate, which sum to 1.
    Mandates,
    /// Whether a need must be met or exceeded.
    Threshold,
    /// `true` or `false`.
    Flag,
    /// A table of its own.
    Table(&'static Numbers),
}

/// A number of the rules.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// Its key in a file.
    pub key: &'static str,
    /// What it may be.
    pub range: Range,
    /// What it is if nothing is said, as TOML.
    pub default: &'static str,
    /// What it does, with its unit and its source.
    pub sentence: &'static str,
}

/// A table of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    /// What they are, with an article.
    pub what: &'static str,
    /// How a file writes the table.
    pub header: &'static str,
    /// What it is.
    pub sentence: &'static str,
    /// Its rows, in order.
    pub rows: &'static [Number],
}

/// A number of the rules as a sentence has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Points of 100.
    Points(u8),
    /// Odds or a share, 0..=1.
    Share(f64),
    /// Odds or shares for each level, lowest first.
    ByLevel([f64; 5]),
}

/// Where numbers are read from: a table of a file, with defaults where it says nothing.
pub trait Reading: Sized {
    /// A number with a fraction.
    fn fraction(&self, key: &str) -> f64;
    /// A small whole number.
    fn whole(&self, key: &str) -> u8;
    /// Five numbers, lowest level first.
    fn five(&self, key: &str) -> [f64; 5];
    /// The odds of the mandates.
    fn mandates(&self, key: &str) -> [f64; 3];
    /// Whether a need must be exceeded, not only met.
    fn strict(&self, key: &str) -> bool;
    /// True or false.
    fn flag(&self, key: &str) -> bool;
    /// Whether the file says anything of a key.
    fn says(&self, key: &str) -> bool;
    /// A table within.
    fn within(&self, key: &str) -> Self;
}

impl Numbers {
    /// The row of a number; that of a table within is written `table.key`.
    pub fn row(&self, path: &str) -> Option<&'static Number> {
        let (key, rest) = path.split_once('.').unwrap_or((path, ""));
        let row = self.rows.iter().find(|r| r.key == key)?;
        match row.range {
            Range::Table(within) => within.row(rest),
            _ => Some(row),
        }
    }
}

/// What follows from the range of a number.
#[rustfmt::skip]
macro_rules! number {
    (type FiveOdds) => { [f64; 5] };
    (type FiveShares) => { [f64; 5] };
    (type Points) => { u8 };
    (type Breaches) => { u8 };
    (type Mandates) => { [f64; 3] };
    (type Threshold) => { bool };
    (type Flag) => { bool };
    (type Odds) => { f64 };
    (type Share) => { f64 };
    (type LogHazard) => { f64 };
    (type $table:ident) => { $table };

    (range FiveOdds) => { Range::FiveOdds };
    (range FiveShares) => { Range::FiveShares };
    (range Points) => { Range::Points };
    (range Breaches) => { Range::Breaches };
    (range Mandates) => { Range::Mandates };
    (range Threshold) => { Range::Threshold };
    (range Flag) => { Range::Flag };
    (range Odds) => { Range::Odds };
    (range Share) => { Range::Share };
    (range LogHazard) => { Range::LogHazard };
    (range $table:ident) => { Range::Table($table::NUMBERS) };

    (read FiveOdds, $from:ident, $key:expr) => { $from.five($key) };
    (read FiveShares, $from:ident, $key:expr) => { $from.five($key) };
    (read Points, $from:ident, $key:expr) => { $from.whole($key) };
    (read Breaches, $from:ident, $key:expr) => { $from.whole($key) };
    (read Mandates, $from:ident, $key:expr) => { $from.mandates($key) };
    (read Threshold, $from:ident, $key:expr) => { $from.strict($key) };
    (read Flag, $from:ident, $key:expr) => { $from.flag($key) };
    (read Odds, $from:ident, $key:expr) => { $from.fraction($key) };
    (read Share, $from:ident, $key:expr) => { $from.fraction($key) };
    (read LogHazard, $from:ident, $key:expr) => { $from.fraction($key) };
    (read $table:ident, $from:ident, $key:expr) => { $table::read(&$from.within($key)) };

    (default $range:ident, {}) => { Default::default() };
    (default $range:ident, $value:tt) => { $value };

    (toml Mandates, [$firm:literal, $planned:literal, $flexible:literal]) => {
        concat!("{ firm = ", $firm, ", planned = ", $planned, ", flexible = ", $flexible, " }")
    };
    (toml Threshold, false) => { "\"at-least\"" };
    (toml $range:ident, $value:tt) => { stringify!($value) };

    (figure FiveOdds, $value:expr, $rest:expr) => { Some(Figure::ByLevel($value)) };
    (figure FiveShares, $value:expr, $rest:expr) => { Some(Figure::ByLevel($value)) };
    (figure Points, $value:expr, $rest:expr) => { Some(Figure::Points($value)) };
    (figure Odds, $value:expr, $rest:expr) => { Some(Figure::Share($value)) };
    (figure Share, $value:expr, $rest:expr) => { Some(Figure::Share($value)) };
    (figure LogHazard, $value:expr, $rest:expr) => { None };
    (figure Breaches, $value:expr, $rest:expr) => { None };
    (figure Mandates, $value:expr, $rest:expr) => { None };
    (figure Threshold, $value:expr, $rest:expr) => { None };
    (figure Flag, $value:expr, $rest:expr) => { None };
    (figure $table:ident, $value:expr, $rest:expr) => { $value.figure($rest) };

    (key $field:ident) => { stringify!($field) };
    (key $field:ident $key:literal) => { $key };

    (unit FiveOdds) => { " (odds)" };
    (unit FiveShares) => { " (shares)" };
    (unit Points) => { " (points of 100)" };
    (unit Odds) => { " (odds)" };
    (unit Share) => { " (share)" };
    (unit LogHazard) => { " (log hazard)" };
    (unit $other:ident) => { "" };

    (source "") => { "" };
    (source $source:literal) => { concat!(" (", $source, ")") };
}

/// Declares a table of numbers: a row is its field and key, its range, its default, what it does, and where it comes from.
macro_rules! numbers {
    (
        $name:ident, $what:literal, $header:literal, $sentence:literal;
        $($field:ident $(as $key:literal)?: $range:ident = $default:tt, $does:literal, $source:tt;)+
    ) => {
        #[doc = $sentence]
        #[derive(Clone, Debug, PartialEq, Serialize)]
        pub struct $name {
            $(
                #[doc = concat!($does, number!(unit $range), number!(source $source), ".")]
                pub $field: number!(type $range)
            ),+
        }

        impl $name {
            /// The declaration.
            pub const NUMBERS: &'static Numbers = &Numbers {
                what: $what,
                header: $header,
                sentence: $sentence,
                rows: &[$(Number {
                    key: number!(key $field $($key)?),
                    range: number!(range $range),
                    default: number!(toml $range, $default),
                    sentence: concat!($does, number!(unit $range), number!(source $source), "."),
                }),+],
            };

            /// A number under its key, where a sentence can have it; that of a table within is written `table.key`.
            pub fn figure(&self, path: &str) -> Option<Figure> {
                let (key, _rest) = path.split_once('.').unwrap_or((path, ""));
                $(
                    if key == number!(key $field $($key)?) {
                        return number!(figure $range, self.$field, _rest);
                    }
                )+
                None
            }

            /// Reads the table.
            pub fn read(from: &impl Reading) -> Self {
                Self { $($field: number!(read $range, from, number!(key $field $($key)?))),+ }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: number!(default $range, $default)),+ }
            }
        }
    };
}

numbers! {
    Dynamics, "the dynamics", "[dynamics]", "The numbers of the rules. All are teaching assumptions; none is an estimate of the real world.";
    bare: Flag = false,
        "Whether the talks stand alone: nobody presses at a front, talks neither stall nor break down, deadlines are believed and do not \
         slip, optimism and weariness do not fade by themselves, kept promises build no trust and suspended texts are not given up. What is written beside it stands", "";
    strength_points: Points = 3,
        "Points of alternative for each level of capability and backing gained over the strongest adversary", "Powell 2006";
    optimism_points: Points = 4,
        "Points by which a party overrates its alternative, for each level of optimism", "Blainey 1973";
    learning: Odds = 0.3,
        "Odds that optimism falls a level in a round of heavy fighting at a front of its own", "Slantchev 2003";
    recovery: Odds = 0.05,
        "Odds that weariness falls a level in a round without clashes at a front of its own", "";
    weariness_points: Points = 5,
        "Points of alternative lost for each level of weariness gained", "";
    pressure_points: Points = 4,
        "Points of alternative lost for each level of pressure gained", "";
    broken_promise: FiveOdds = [0.8, 0.6, 0.4, 0.2, 0.05],
        "Odds that a promise is broken, by trust, lowest first", "Walter 1997";
    guarantee_cover: FiveShares = [0.0, 0.25, 0.5, 0.75, 1.0],
        "Share of a broken promise's loss that a guarantee covers, by level", "";
    firm_points: Points = 8,
        "Points a firm mandate adds to a target", "";
    flexible_points: Points = 8,
        "Points a flexible mandate takes from a target", "";
    mandate: Mandates = [0.2, 0.6, 0.2],
        "Odds of the mandates", "";
    strict as "threshold": Threshold = false,
        "Whether a need must be met or exceeded", "";
    consult: Odds = 0.05,
        "Odds that a seated delegation goes home to consult", "";
    walk_out: WalkOut = {},
        "Walking out", "";
    returning as "return": Returning = {},
        "Coming back", "";
    withdraw: Odds = 0.02,
        "Odds that a party which is out gives the talks up", "";
    park: Odds = 0.15,
        "Odds that an item contested beside others is put aside", "";
    reopen: Odds = 0.1,
        "Odds that an agreed item is reopened where too few would accept it today", "";
    mediation: Mediation = {},
        "Mediation", "";
    audience_refusal: FiveOdds = [0.0, 0.05, 0.1, 0.2, 0.35],
        "Odds that a party refuses a text that gives nothing of its opening demand, by audience", "Putnam 1988";
    stalling: Stalling = {},
        "Talks that stall and break down", "";
    belief: FiveShares = [0.0, 0.25, 0.5, 0.75, 1.0],
        "How far a soft deadline is believed, by the credibility of the track's lead mediator in the file", "";
    compliance: Compliance = {},
        "Keeping and breaking promises", "";
    fighting: Fighting = {},
        "Fighting", "";
    spoiling: Spoiling = {},
        "Spoilers", "";
    backing: Backing = {},
        "Backers", "";
    weariness_odds: Odds = 0.25,
        "Odds that weariness rises in a round of heavy fighting, for each belligerent", "";
    distrust_odds: Odds = 0.2,
        "Odds that trust in the adversary falls in a round of heavy fighting", "";
    pressure_fades: Odds = 0.25,
        "Odds that pressure on a party falls one level", "";
}

numbers! {
    WalkOut, "the odds of walking out", "[dynamics.walk_out]", "Odds of walking out: the sum of those that apply.";
    base: Odds = 0.01,
        "Always", "";
    distrust: Odds = 0.04,
        "Trust in some other party of the track is very low", "";
    attack: Odds = 0.06,
        "For each active spoiler whose attacks it blames on another party of the track", "";
    precondition: Odds = 0.1,
        "Its precondition does not hold", "";
    audience: Odds = 0.02,
        "For each level of audience above medium", "";
}

numbers! {
    Returning, "the odds of coming back", "[dynamics.return]", "Odds of coming back: the sum of those that apply.";
    base: Odds = 0.25,
        "Always", "";
    shuttle: Odds = 0.3,
        "A mediator of the track shuttles", "";
    weariness: Odds = 0.05,
        "For each level of weariness", "";
    feasible: Odds = 0.15,
        "What it takes its alternative for is below what the best feasible package gives it", "";
}

numbers! {
    Mediation, "the numbers of mediation", "[dynamics.mediation]", "What mediators' actions do.";
    believed: FiveOdds = [0.1, 0.2, 0.3, 0.45, 0.6],
        "Odds that facilitation raises trust, by credibility", "";
    partner: Odds = 0.05,
        "What each partner organisation adds to them", "";
    face_saving: Points = 6,
        "Points by which a formulated option eases each party's need", "";
    carrot: Points = 8,
        "Points by which a carrot eases a party's need", "";
    proximity: Share = 0.5,
        "Share of the odds of facilitation that proximity talks keep", "";
    candour: Odds = 0.3,
        "Odds that a party which believes a facilitating mediator becomes a level less optimistic", "";
    press_backer: FiveOdds = [0.1, 0.2, 0.35, 0.5, 0.65],
        "Odds that pressing a backer succeeds, by leverage", "";
}

numbers! {
    Stalling, "the numbers of stalling talks", "[dynamics.stalling]", "Talks without progress stall, and in the end break down.";
    rise: Odds = 0.8,
        "Odds that the stall rises a level in a round without progress, while no package beats what the parties expect without one", "";
    ripe: Odds = 0.25,
        "The same while the moment is ripe", "";
    walk_out: Odds = 0.02,
        "Added to a party's odds of walking out for each level", "";
    withdraw: Odds = 0.02,
        "Added to the odds that a party which is out gives the talks up, for each level", "";
    break_down: Odds = 0.08,
        "Odds, at the highest level, that the track breaks down and the delegations go home", "";
    reconvene: Odds = 0.03,
        "Odds that a track which broke down is reconvened", "";
}

numbers! {
    Compliance, "the numbers of compliance", "[dynamics.compliance]", "Breach odds = base · exp(sum), a proportional hazard (Fortna 2003).";
    base: Odds = 0.06,
        "Odds of a breach for each obliged party and round where nothing else applies", "";
    verification: LogHazard = 0.6,
        "Lowers the log hazard: verification in force", "";
    separation: LogHazard = 0.5,
        "Lowers it: separation of forces in force", "";
    joint_body: LogHazard = 0.4,
        "Lowers it: a joint body in force", "";
    excluded: LogHazard = 0.3,
        "Raises it: each active spoiler", "";
    backers: LogHazard = 0.15,
        "Raises it: each level of strength over its adversaries above the start", "";
    temptation: LogHazard = 0.03,
        "Raises it: each point by which what it takes its alternative for exceeds what the track's sealed items give (lowers it below)", "";
    gain: LogHazard = 0.02,
        "Raises it: each point that others have at risk to the party by the text, less what is guaranteed", "Fearon 1995; Powell 2006";
    imposed: LogHazard = 0.5,
        "Raises it: an item was imposed and pressure is no more than at the start", "";
    guarantee: LogHazard = 0.25,
        "Lowers it: each level of guarantee on its items, averaged", "";
    trust: LogHazard = 0.4,
        "Lowers it: each level of trust above medium, averaged (raises it below)", "";
    restore: Odds = 0.3,
        "Odds that a suspended instrument is kept again", "";
    give_up: Odds = 0.25,
        "Odds that a suspended instrument is given up for good", "";
    kept: Odds = 0.06,
        "Odds that trust in a party that keeps its promises rises a level, where a text in force binds both", "Kydd 2005";
    breach_limit: Breaches = 3,
        "Breaches after which an instrument is broken", "";
}

numbers! {
    Fighting, "the numbers of fighting", "[dynamics.fighting]", "Odds that fighting at a front rises or falls by a level, and that a place changes hands.";
    press: Odds = 0.08,
        "Rises: each belligerent presses", "";
    spoiler: Odds = 0.1,
        "Rises: each active spoiler there", "";
    no_talks: Odds = 0.05,
        "Added to a belligerent's odds of pressing: a track of its own does not meet", "";
    restraint: Share = 0.3,
        "Multiplies a belligerent's odds of pressing while it observes a ceasefire", "";
    fall: Odds = 0.15,
        "Falls: always", "";
    ceasefire: Odds = 0.1,
        "Falls: each belligerent that observes a ceasefire", "";
    verification: Odds = 0.1,
        "Falls: verification in force", "";
    weariness: Odds = 0.03,
        "Falls: each level of weariness of the weariest belligerent", "";
    capture: Odds = 0.25,
        "Odds that an offensive takes the place, or beats the other side back, when both are equally strong", "";
    advantage: Odds = 0.08,
        "Added for each level of strength that whoever presses has over the other side", "";
}

numbers! {
    Spoiling, "the numbers of spoiling", "[dynamics.spoiling]", "Spoilers (Stedman 1997; Kydd & Walter 2002).";
    near: Odds = 0.15,
        "Added to the odds of acting when a text it opposes is near, or in force and not carried out", "Kydd & Walter 2002";
    strength: Share = 0.25,
        "Share of its odds that each level of strength above medium adds, and each below takes", "";
    success: Odds = 0.3,
        "Odds that a greedy spoiler grows after a round of heavy fighting at its front", "";
    blame: Odds = 0.4,
        "Odds that its attack is blamed on another party; none under verification", "";
}

numbers! {
    Backing, "the numbers of backing", "[dynamics.backing]", "Backers (Salehyan 2009).";
    withdraw: Odds = 0.4,
        "Odds of drawing back a level when exposure and pressure exceed the tolerance", "";
    exposure_fades: Odds = 0.15,
        "Odds that exposure fades a level", "";
    pressure_fades: Odds = 0.2,
        "Odds that pressure fades a level", "";
}

impl Fighting {
    /// Whether belligerents ever press.
    pub fn pressed(&self) -> bool {
        self.press > 0.0 || self.no_talks > 0.0
    }
}

impl Dynamics {
    /// The numbers that a file writes, or their defaults. Bare talks have none of what happens around them, except what is written.
    pub fn of(from: &impl Reading) -> Self {
        let mut d = Self::read(from);
        if d.bare {
            d.strip(from);
        }
        d
    }

    fn strip(&mut self, from: &impl Reading) {
        let (mediation, stalling) = (from.within("mediation"), from.within("stalling"));
        let (compliance, fighting) = (from.within("compliance"), from.within("fighting"));
        let strip = |from: &dyn Fn(&str) -> bool, numbers: &mut [(&str, &mut f64)]| {
            for (key, number) in numbers {
                if !from(key) {
                    **number = 0.0;
                }
            }
        };
        strip(
            &|key| from.says(key),
            &mut [("learning", &mut self.learning), ("recovery", &mut self.recovery)],
        );
        strip(&|key| mediation.says(key), &mut [("candour", &mut self.mediation.candour)]);
        let s = &mut self.stalling;
        strip(
            &|key| stalling.says(key),
            &mut [
                ("rise", &mut s.rise),
                ("ripe", &mut s.ripe),
                ("walk_out", &mut s.walk_out),
                ("withdraw", &mut s.withdraw),
                ("break_down", &mut s.break_down),
                ("reconvene", &mut s.reconvene),
            ],
        );
        let c = &mut self.compliance;
        let numbers = &mut [("gain", &mut c.gain), ("give_up", &mut c.give_up), ("kept", &mut c.kept)];
        strip(&|key| compliance.says(key), numbers);
        let numbers = &mut [("press", &mut self.fighting.press), ("no_talks", &mut self.fighting.no_talks)];
        strip(&|key| fighting.says(key), numbers);
        if !from.says("belief") {
            self.belief = [1.0; 5];
        }
    }
}
