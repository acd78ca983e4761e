//! Where and about what talks are held: tracks, mediators, agenda items and instruments.

use serde::Serialize;

use super::{
    Action, Condition, Course, Effect, ItemId, Level, MediatorId, Name, ObserverId, OptionId, PartyId,
    Procedure, SeatId, Told, TrackId, told,
};

/// A forum: its seats, mediators, agenda, procedure and decision rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Track {
    /// Id, title and notes.
    pub name: Name,
    /// Its seats, in the order listed: proposers take turns in this order.
    pub seats: Vec<SeatId>,
    /// Its mediators in the order listed; the first leads and tables items.
    pub mediators: Vec<MediatorId>,
    /// Its items in agenda order.
    pub items: Vec<ItemId>,
    /// How an item is resolved.
    pub procedure: Procedure,
    /// Whose consent is needed.
    pub rule: DecisionRule,
    /// When agreed items are sealed.
    pub package: PackageRule,
    /// The order in which items are tabled.
    pub agenda: AgendaRule,
    /// Items that the agenda opens in a session, 1..=64.
    #[serde(skip_serializing_if = "one_a_session")]
    pub opens: u8,
    /// The most items under discussion at a time; `None`: no limit.
    pub at_most: Option<u8>,
    /// Where an effect may turn the track to a mediator's single text: what a party lets one change of it cost it, in points of 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turns: Option<u8>,
    /// It opens once this holds; `None`: at the start.
    pub opens_when: Option<Condition>,
    /// It is suspended while this holds.
    pub suspended_when: Option<Condition>,
    /// It collapses when this holds.
    pub collapses_when: Option<Condition>,
    /// The round by which parties plan to settle.
    pub deadline: u8,
    /// Whether the track expires when its deadline has passed.
    pub hard_deadline: bool,
    /// How far a soft deadline is believed, 0..=1; `None`: by the credibility of the lead mediator as the file writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub belief: Option<f64>,
    /// The round until which talks may go on in the eyes of the parties; `None`: the last round as the file writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub long_run: Option<u8>,
}

impl Track {
    /// Whether offers are put to the vote: under another rule than consensus some may refuse, so nobody's refusal alone makes
    /// room for another offer.
    pub fn by_vote(&self) -> bool {
        self.procedure.course() == Course::Offers && self.rule != DecisionRule::Consensus
    }

    /// What a party lets one change of a mediator's text cost it, in points of 100.
    pub fn tolerance(&self) -> Option<u8> {
        match self.procedure {
            Procedure::SingleText { tolerance } => Some(tolerance),
            _ => self.turns,
        }
    }
}

/// Whether an agenda opens one item a session: such a one is written as one that says nothing of it.
fn one_a_session(opens: &u8) -> bool {
    *opens == 1
}

/// Which of the packages that are worth enough to it a party offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offering {
    /// The one whose worth to itself is closest to its target; ties go to the one listed first.
    OwnBest,
    /// The one most like the last offer it received: the most points of its own best options on the items on which both agree.
    Closest,
}

impl Offering {
    /// Both, in the order of [`told::OFFERS`].
    pub const ALL: [Offering; 2] = [Offering::OwnBest, Offering::Closest];
}

/// Whose consent settles an item. Barred seats do not count; a seat that is out accepts nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionRule {
    /// Every seat.
    Consensus,
    /// All but `n` seats, and every seat of `vetoes`.
    AllBut {
        /// How many may refuse.
        n: u8,
        /// Whose consent is needed in any case.
        vetoes: Vec<PartyId>,
    },
    /// More than half of the seats, by their weights.
    Majority,
    /// More than half of the seats and more than half in every bloc, by their weights (Northern Ireland 1996–98).
    SufficientConsensus {
        /// The named blocs.
        blocs: Vec<Bloc>,
    },
}

impl DecisionRule {
    /// What it is, without its numbers and names.
    pub fn told(&self) -> &'static Told {
        &told::DECISION_RULES[match self {
            Self::Consensus => 0,
            Self::Majority => 1,
            Self::AllBut { .. } => 2,
            Self::SufficientConsensus { .. } => 3,
        }]
    }
}

/// A named group of parties under sufficient consensus.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bloc {
    /// Its name.
    pub id: String,
    /// Its members.
    pub members: Vec<PartyId>,
}

/// When agreed items are sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackageRule {
    /// Items stay provisional until every item of the track is agreed.
    NothingUntilEverything,
    /// Instruments seal their items as they are ready.
    StepByStep,
}

impl PackageRule {
    /// What it is.
    pub fn told(self) -> &'static Told {
        &told::PACKAGE_RULES[self as usize]
    }
}

/// The order in which items are tabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgendaRule {
    /// One more item a round, in the order listed.
    Listed,
    /// One more item a round, the least contested by points first.
    EasiestFirst,
    /// One more item a round, the most contested by points first.
    HardestFirst,
    /// Everything whose `requires` holds.
    AllAtOnce,
}

impl AgendaRule {
    /// What it is.
    pub fn told(self) -> &'static Told {
        &told::AGENDA_RULES[self as usize]
    }
}

/// A mediator of one track.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mediator {
    /// Id, name and notes.
    pub name: Name,
    /// The track it serves; `None`: it waits in the wings and never acts.
    pub track: Option<TrackId>,
    /// Weight of each action, in the order of [`Action::ALL`]; at least one is positive.
    pub style: [f64; Action::COUNT],
    /// Actions that it takes in a session, 1..=7.
    #[serde(skip_serializing_if = "only_one")]
    pub actions: u8,
    /// How far its word is believed.
    pub credibility: Level,
    /// What it can spend on pressure, inducements and guarantees.
    pub leverage: Level,
    /// The party it favours: its word counts one level more there (Kydd 2003) and one less elsewhere.
    pub bias: Option<PartyId>,
    /// Whether manipulation adds pressure or sweetens the option.
    pub inducement: Inducement,
    /// Partner organisations: each adds to the odds of being believed.
    pub partners: Vec<ObserverId>,
}

/// Whether a mediator takes one action a session: such a one is written as one that says nothing of it.
fn only_one(actions: &u8) -> bool {
    *actions == 1
}

/// How a manipulating mediator moves a party; see [`told::INDUCEMENTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inducement {
    /// Pressure on the party +1.
    Stick,
    /// Points on the option, this turn.
    Carrot,
}

/// An agenda item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Id, title and notes.
    pub name: Name,
    /// The track it is on.
    pub track: TrackId,
    /// It can be tabled once this holds.
    pub requires: Option<Condition>,
    /// The ways to settle it, in the order listed: 1..=32, on tracks of alternating offers 1..=254.
    pub options: Vec<Choice>,
    /// Guarantee of its promises at the start.
    pub guarantee: Level,
}

impl Item {
    /// The ids of its options.
    pub fn option_ids(&self) -> impl Iterator<Item = OptionId> + use<> {
        (0..self.options.len()).map(OptionId::new)
    }
}

/// One option of an item: a way to settle it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Id, title and notes.
    pub name: Name,
    /// Points of every party of the scenario, 0..=100 (0 where the file says nothing).
    pub points: Vec<f64>,
    /// Parties that never accept it.
    pub red_line_of: Vec<PartyId>,
    /// Promises it leaves parties exposed to.
    pub exposes: Vec<Exposure>,
}

/// An exposure: the option is worth `risk` points less to `party` if `to` breaks its promise (Walter 1997).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exposure {
    /// Who is exposed.
    pub party: PartyId,
    /// Whose promise it relies on.
    pub to: PartyId,
    /// Points at risk, 0..=100.
    pub risk: f64,
}

/// A text that seals a set of items.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Instrument {
    /// Id, title and notes.
    pub name: Name,
    /// Where it is negotiated.
    pub track: TrackId,
    /// What sort of text it is.
    pub kind: InstrumentKind,
    /// The items it seals.
    pub seals: Vec<ItemId>,
    /// Who must sign.
    pub signatories: Vec<PartyId>,
    /// Who must keep it.
    pub obliges: Vec<PartyId>,
    /// It becomes ready only while this holds.
    pub requires: Option<Condition>,
    /// What signing changes.
    pub effects: Vec<Effect>,
    /// What it provides while in force.
    pub provides: Provisions,
    /// Whether it must be ratified, and with what odds.
    pub ratify: Option<Ratification>,
    /// Steps of implementation, 0..=8; 0: its items stay sealed.
    pub phases: u8,
    /// Whether a party takes its next step only after the others have taken theirs (Aceh 2005).
    pub matched: bool,
    /// Breaches after which it is broken, 1..=9; it is suspended at every breach before that.
    pub breach_limit: u8,
    /// Days after which it lapses, counted from its entry into force; `None`: it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_after: Option<u16>,
    /// Whether its signatories may renew it once it has lapsed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub renews: bool,
}

/// Kinds of instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InstrumentKind {
    /// A statement of principles.
    Declaration,
    /// A working arrangement on one matter.
    Mechanism,
    /// An agreement on what the final one will contain.
    Framework,
    /// A part of the final agreement.
    Protocol,
    /// The final agreement.
    Comprehensive,
}

/// What an instrument provides while in force (Fortna 2003).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Provisions {
    /// The obliged parties observe a ceasefire.
    pub ceasefire: bool,
    /// Monitors verify it.
    pub verification: bool,
    /// Forces are kept apart.
    pub separation: bool,
    /// A joint body settles incidents.
    pub joint_body: bool,
}

/// Ratification by plebiscite or parliament: odds each round; the rest stays pending.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ratification {
    /// Who decides first.
    #[serde(flatten)]
    pub first: Ratifier,
    /// Who decides on the text as it is signed again once the first has rejected it; `None`: the first again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<Ratifier>,
}

/// Who ratifies, and with what odds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ratifier {
    /// What it is called, such as a parliament.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Odds of passing, each round.
    pub passes: f64,
    /// Odds of being rejected, each round.
    pub rejects: f64,
}
