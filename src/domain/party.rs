//! Parties, their seats and their tactics.

use serde::Serialize;

use super::{Condition, FrontId, ItemId, Level, Name, OptionId, PartyId, TrackId};

/// A party: it has preferences, a walk-away alternative and a tactic, and a seat on each track that lists it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Party {
    /// Id, name and notes.
    pub name: Name,
    /// Military capability of its own at the start.
    pub capability: Level,
    /// Trust in each party of the scenario at the start (its own entry is not read).
    pub trust: Vec<Level>,
    /// How firmly its home audience holds it to its opening demands (Putnam 1988).
    pub audience: Level,
    /// War-weariness at the start.
    pub weariness: Level,
    /// Pressure on it at the start.
    pub pressure: Level,
    /// What is left open of its alternative; `None`: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserve: Option<Reserve>,
    /// How far it overrates what it has without agreement, at the start.
    #[serde(skip_serializing_if = "sees_clearly")]
    pub optimism: Level,
    /// Parties whose holding of a front counts as its own.
    pub allies: Vec<PartyId>,
    /// Points its alternative gains or loses with a front.
    pub stakes: Vec<(FrontId, u8)>,
    /// How its target falls over the rounds.
    pub tactic: Tactic,
    /// What a point is worth n = `odds_days` days later, 0 < d <= 1: an agreement of the whole agenda gives worth · d^(days/n), with
    /// the days from the start of the talks to the round in which it came to be; d^(r−1) in round r where rounds are so long.
    #[serde(skip_serializing_if = "never_discounts")]
    pub discount: f64,
    /// What `discount` applies to.
    #[serde(skip_serializing_if = "agreements_only")]
    pub discounts: Discounts,
    /// Odds of a firm, planned and flexible mandate; `None`: those of `[dynamics]`.
    pub mandate: Option<[f64; 3]>,
    /// Odds, each round, that the delegation goes home to consult; `None`: those of `[dynamics]`.
    pub consult: Option<f64>,
    /// Whether it observes a ceasefire at the start.
    pub ceasefire: bool,
    /// It is barred until this holds; `None`: it may enter from the start.
    pub admitted_when: Option<Condition>,
    /// It is barred while this holds.
    pub suspended_when: Option<Condition>,
    /// What it demands for staying: where this does not hold, walking out is likelier.
    pub precondition: Option<Condition>,
    /// Other preferences that it can come to have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<Profile>,
}

impl Party {
    /// Its tactic, and those of its profiles that have one of their own.
    pub fn tactics(&self) -> impl Iterator<Item = &Tactic> {
        std::iter::once(&self.tactic).chain(self.profiles.iter().filter_map(|p| p.tactic.as_ref()))
    }
}

/// What a party has in place of its initial preferences once an effect gives it this profile. Nothing is undone by that.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// Id, title and notes.
    pub name: Name,
    /// The value of no agreement, in points of 100, seat by seat of the party; `None`: the seat's own.
    pub alternative: Vec<Option<u8>>,
    /// Points of every option of every item, 0..=100.
    pub points: Vec<Vec<f64>>,
    /// Options that it never accepts.
    pub red_lines: Vec<(ItemId, OptionId)>,
    /// Its tactic, where it has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tactic: Option<Tactic>,
}

/// The name of the preferences that a party has at the start.
pub const INITIAL_PROFILE: &str = "initial";

/// Whether time costs nothing: such a party is written as one that says nothing of it.
fn never_discounts(discount: &f64) -> bool {
    *discount >= 1.0
}

fn sees_clearly(optimism: &Level) -> bool {
    *optimism == Level::VeryLow
}

fn agreements_only(discounts: &Discounts) -> bool {
    *discounts == Discounts::Agreement
}

/// What time eats up where a party discounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Discounts {
    /// Agreements only: no agreement is worth the same at any time, as to a party that can always go back to it.
    #[default]
    Agreement,
    /// No agreement as well, as GENIUS and NegMAS have it.
    Both,
}

/// One party at one track.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seat {
    /// Who sits.
    pub party: PartyId,
    /// Where.
    pub track: TrackId,
    /// The value of no agreement on this track at the start, in points of 100 (BATNA).
    pub alternative: u8,
    /// Its weight where the track's rule counts votes.
    #[serde(skip_serializing_if = "one_vote")]
    pub weight: u32,
}

/// Whether a seat has one vote: such a one is written as one that says nothing of it.
fn one_vote(weight: &u32) -> bool {
    *weight == 1
}

/// How a party's target moves (MODEL section 3). `kappa` is the share conceded at once, `deadline` the round by
/// which the party is ready to go down to its alternative (`None`: the track's deadline).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tactic {
    /// The rule.
    pub kind: TacticKind,
    /// Initial concession κ, 0..1.
    pub kappa: f64,
    /// The party's own deadline in rounds.
    pub deadline: Option<u8>,
    /// Whether it walks out of an exchange of offers once its deadline has passed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub leaves: bool,
}

impl Tactic {
    /// Whether the target depends on how many are at the table.
    pub fn counts_company(&self) -> bool {
        match &self.kind {
            TacticKind::Resource { resource, .. } => !resource.is_time(),
            TacticKind::Mixture { parts } => parts.iter().any(|(_, tactic)| tactic.counts_company()),
            _ => false,
        }
    }

    /// The imitation that is this tactic or the first among those it mixes: how, how many offers back it looks, and the largest
    /// random step.
    pub fn imitates(&self) -> Option<(Imitation, u8, u8)> {
        match &self.kind {
            TacticKind::TitForTat { imitation, window, spread } => Some((*imitation, *window, *spread)),
            TacticKind::Mixture { parts } => parts.iter().find_map(|(_, tactic)| tactic.imitates()),
            _ => None,
        }
    }
}

/// The rule by which a target moves.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TacticKind {
    /// α(t) = κ + (1−κ)(min(t,D)/D)^(1/β); β < 1 Boulware, β > 1 Conceder (Faratin et al. 1998).
    Polynomial {
        /// Convexity β > 0.
        beta: f64,
    },
    /// α(t) = exp((1 − min(t,D)/D)^β ln κ); κ > 0 (Faratin et al. 1998).
    Exponential {
        /// Convexity β > 0.
        beta: f64,
    },
    /// α(t) = κ + (1−κ)·exp(−μ·resource): the less is left of a resource, the more is conceded (Faratin et al. 1998, section 4.2).
    Resource {
        /// How much a unit of the resource is worth, μ > 0; 1 in the paper.
        rate: f64,
        /// What runs out.
        #[serde(skip_serializing_if = "Resource::is_time")]
        resource: Resource,
    },
    /// Offers its packages one by one, best first, a new one only when the others have made as many (MiCRO; de Jonge 2022).
    Micro,
    /// The weighted mean of the targets of several tactics (Faratin et al. 1998, section 4.4).
    Mixture {
        /// Weights above 0 and tactics; at most one of them imitates.
        parts: Vec<(f64, Tactic)>,
    },
    /// Never below 100 − 100κ.
    Hardliner,
    /// Take it or leave it.
    Fixed {
        /// The demand, in points of 100.
        demand: u8,
    },
    /// Answers the others' concessions with its own (Faratin et al. 1998).
    TitForTat {
        /// In which way.
        imitation: Imitation,
        /// How far back it looks, in offers received, 1..=4: δ of the relative and the random absolute, λ of the averaged imitation.
        window: u8,
        /// Largest random step of `RandomAbsolute`, in points.
        spread: u8,
    },
}

/// What a reserve can be, in the order of their numbers.
pub const RESERVES: [&str; 3] = ["weak", "expected", "strong"];

/// What the author of a file leaves open of a party's alternative: it is drawn in the first round and others do not know it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reserve {
    /// Points by which the alternative is lower or higher than expected, 1..=50.
    pub points: u8,
    /// Odds of weak, expected and strong, which sum to 1.
    pub odds: [f64; 3],
}

impl Reserve {
    /// Neither weak nor strong.
    pub const EXPECTED: u8 = 1;
}

/// What a resource-dependent tactic watches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resource {
    /// The rounds that are left, max(0, D − t).
    #[default]
    Time,
    /// The other parties at the table, |N(t)|.
    Parties,
    /// The time it grants each of them: |N(t)|² over the lengths of its exchanges with them, in offers, summed.
    Patience,
}

impl Resource {
    /// Whether it is the time that is left.
    pub fn is_time(&self) -> bool {
        *self == Self::Time
    }
}

/// The imitation tactics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Imitation {
    /// Concedes in the proportion in which the others conceded from one offer to the next, `window` offers ago.
    Relative,
    /// Concedes as many points as they did then, and up to `spread` more.
    RandomAbsolute,
    /// Concedes in the proportion the others did over the last `window` offers.
    Averaged,
}
