//! The types of quantities, and the names that stand for their values.

use super::super::code::Code;
use super::super::names::Names;
use super::super::nearest::suggest;
use super::super::report::shown;
use super::super::shape::Agent;
use super::Fault;
use super::token::Token;
use crate::domain::{
    EventState, INTENSITIES, InstrumentState, ItemId, ItemState, Level, Lifecycle, Mandate, MediatorState,
    ObserverState, PartyId, Procedure, Quantity, RESERVES, SeatState, SpoilerState, TrackId, TrackState,
};

/// What kind of value a quantity has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// A whole number.
    Integer,
    /// One of the five levels.
    Level,
    /// True or false.
    Bool,
    /// A date.
    Date,
    /// A state of this kind of agent.
    State(Agent),
    /// A mandate.
    Mandate,
    /// An option of this item, or none.
    Option(ItemId),
    /// A party.
    Party,
    /// A party, or none.
    Presser,
    /// What a file leaves open of an alternative.
    Reserve,
    /// A profile of this party.
    Profile(PartyId),
    /// A procedure that this track can have.
    Procedure(TrackId),
    /// The intensity of a front.
    Intensity,
    /// An outcome, or none.
    Outcome,
}

impl Type {
    /// The type of a quantity.
    pub fn of(quantity: Quantity) -> Self {
        use Quantity as Q;
        match quantity {
            Q::Tally(..) | Q::Offerer(_) | Q::AgreedIn(_) | Q::Wronged(..) | Q::Conceded(_) => Self::Integer,
            Q::Advanced(_) => Self::Bool,
            Q::Optimism(_) | Q::Stall(_) => Self::Level,
            Q::Reserve(_) => Self::Reserve,
            Q::Profile(party) => Self::Profile(party),
            Q::Procedure(track) => Self::Procedure(track),
            Q::Entered(_) => Self::Integer,
            Q::Rejected(_) => Self::Bool,
            Q::PressedBy(_) => Self::Presser,
            Q::Assent(_) | Q::Refused(_) => Self::Bool,
            Q::Draft(item) => Self::Option(item),
            Q::Round | Q::Memory(..) | Q::Deadline(_) | Q::Breaches(_) | Q::Progress(..) => Self::Integer,
            Q::Alternative(_) | Q::Points(_) | Q::Settled(_) => Self::Integer,
            Q::Outcome => Self::Outcome,
            Q::Date => Self::Date,
            Q::SeatState(_) => Self::State(Agent::Party),
            Q::MediatorState(_) => Self::State(Agent::Mediator),
            Q::TrackState(_) => Self::State(Agent::Track),
            Q::ItemState(_) => Self::State(Agent::Item),
            Q::InstrumentState(_) => Self::State(Agent::Instrument),
            Q::SpoilerState(_) => Self::State(Agent::Spoiler),
            Q::ObserverState(_) => Self::State(Agent::Observer),
            Q::EventState(_) => Self::State(Agent::Event),
            Q::Mandate(_) => Self::Mandate,
            Q::ItemOption(item) => Self::Option(item),
            Q::Holder(_) => Self::Party,
            Q::Intensity(_) => Self::Intensity,
            Q::Ceasefire(_) | Q::Imposed(_) | Q::Blame(_) | Q::Ripe(_) => Self::Bool,
            Q::ItemSettled(_) | Q::SignedEver(_) => Self::Bool,
            Q::Weariness(_) | Q::Pressure(_) | Q::Audience(_) | Q::Capability(_) | Q::Trust(..) => {
                Self::Level
            }
            Q::Leverage(_) | Q::Credibility(_) | Q::Guarantee(_) | Q::Strength(_) => Self::Level,
            Q::Support(_) | Q::Exposure(_) | Q::BackerPressure(_) | Q::Tolerance(_) => Self::Level,
        }
    }

    /// Whether values can be greater and smaller.
    pub fn ordered(self) -> bool {
        matches!(self, Self::Integer | Self::Level | Self::Date | Self::Intensity)
    }

    /// With its article, for messages.
    pub fn noun(self, names: &Names) -> String {
        match self {
            Self::Integer => "a whole number".to_owned(),
            Self::Level => "a level".to_owned(),
            Self::Bool => "true or false".to_owned(),
            Self::Date => "a date".to_owned(),
            Self::State(agent) => format!("a state of {}", with_article(agent)),
            Self::Mandate => "a mandate".to_owned(),
            Self::Option(item) => format!("an option of `{}`", names.id(Agent::Item, item.at())),
            Self::Party => "a party".to_owned(),
            Self::Presser => "a party, or `none`".to_owned(),
            Self::Reserve => "a reserve".to_owned(),
            Self::Profile(party) => format!("a profile of `{}`", names.id(Agent::Party, party.at())),
            Self::Procedure(track) => format!("a procedure of `{}`", names.id(Agent::Track, track.at())),
            Self::Intensity => "an intensity".to_owned(),
            Self::Outcome => "an outcome".to_owned(),
        }
    }

    /// The names of its values, in the order of their numbers; empty for numbers and dates.
    pub fn words(self, names: &Names) -> Vec<&str> {
        match self {
            Self::Integer | Self::Date => Vec::new(),
            Self::Level => Level::NAMES.to_vec(),
            Self::Intensity => INTENSITIES.to_vec(),
            Self::Bool => vec!["false", "true"],
            Self::State(agent) => states(agent).to_vec(),
            Self::Mandate => Mandate::NAMES.to_vec(),
            Self::Party => names.all(Agent::Party).iter().map(String::as_str).collect(),
            Self::Presser => {
                std::iter::once("none").chain(names.all(Agent::Party).iter().map(String::as_str)).collect()
            }
            Self::Reserve => RESERVES.to_vec(),
            Self::Profile(party) => {
                names.profiles.get(party.at()).map_or(Vec::new(), |p| p.iter().map(String::as_str).collect())
            }
            Self::Procedure(track) => {
                let own = names.procedures.get(track.at()).copied().unwrap_or(Procedure::SINGLE_TEXT);
                match own == Procedure::SINGLE_TEXT {
                    true => vec![own],
                    false => vec![own, Procedure::SINGLE_TEXT],
                }
            }
            Self::Option(item) => {
                let options = names.options.get(item.at()).map_or(&[][..], Vec::as_slice);
                std::iter::once("none").chain(options.iter().map(String::as_str)).collect()
            }
            Self::Outcome => {
                std::iter::once("none").chain(names.all(Agent::Outcome).iter().map(String::as_str)).collect()
            }
        }
    }

    /// The number that a word stands for.
    pub fn value(self, word: Token<'_>, names: &Names) -> Result<i32, Fault> {
        match self {
            Self::Integer => word.text.parse().map_err(|_| self.not_one(word, names)),
            Self::Date => {
                let date = date(word.text)
                    .ok_or_else(|| self.not_one(word, names).help("write it as 2025-12-04"))?;
                Ok((date - names.start).whole_days() as i32)
            }
            // An item without options has lost them to a mistake that has been told.
            Self::Option(item) if names.options.get(item.at()).is_none_or(Vec::is_empty) => Ok(0),
            _ => match self.words(names).iter().position(|w| *w == word.text) {
                Some(at) => Ok(at as i32),
                None => self.level_number(word, names),
            },
        }
    }

    /// Levels and intensities may also be written as numbers.
    fn level_number(self, word: Token<'_>, names: &Names) -> Result<i32, Fault> {
        let number = word.text.parse::<i32>().ok().filter(|_| matches!(self, Self::Level | Self::Intensity));
        match number {
            Some(n @ 0..=4) => Ok(n),
            Some(_) => Err(self.not_one(word, names).help("as a number it goes from 0 to 4")),
            None => Err(self.not_one(word, names)),
        }
    }

    fn not_one(self, word: Token<'_>, names: &Names) -> Fault {
        let help = suggest(word.text, self.words(names), "possible here");
        Fault::new(
            Code::UnknownValue,
            word.range(),
            format!("`{}` is not {}", shown(word.text), self.noun(names)),
        )
        .label(format!("expected {}", self.noun(names)))
        .help(help)
    }
}

/// The states of a kind of agent.
pub(super) fn states(agent: Agent) -> &'static [&'static str] {
    match agent {
        Agent::Party => SeatState::NAMES,
        Agent::Mediator => MediatorState::NAMES,
        Agent::Track => TrackState::NAMES,
        Agent::Item => ItemState::NAMES,
        Agent::Instrument => InstrumentState::NAMES,
        Agent::Spoiler => SpoilerState::NAMES,
        Agent::Observer => ObserverState::NAMES,
        Agent::Event => EventState::NAMES,
        _ => &[],
    }
}

/// The states that an effect can bring about.
pub(super) fn effect_states(agent: Agent) -> Vec<&'static str> {
    fn of<S: Lifecycle>() -> Vec<&'static str> {
        let reachable = |s: &&S| S::TABLE.iter().any(|t| t.by_effect && t.to == **s);
        S::ALL.iter().filter(reachable).map(|s| s.name()).collect()
    }
    match agent {
        Agent::Party => of::<SeatState>(),
        Agent::Mediator => of::<MediatorState>(),
        Agent::Track => of::<TrackState>(),
        Agent::Item => of::<ItemState>(),
        Agent::Instrument => of::<InstrumentState>(),
        Agent::Spoiler => of::<SpoilerState>(),
        Agent::Observer => of::<ObserverState>(),
        Agent::Event => of::<EventState>(),
        _ => Vec::new(),
    }
}

/// A kind of agent with its article.
pub(super) fn with_article(agent: Agent) -> String {
    let article = if agent.key().starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {}", agent.key())
}

/// A date written as `2025-12-04`.
pub(super) fn date(text: &str) -> Option<time::Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if (year.len(), month.len(), day.len()) != (4, 2, 2) || ![year, month, day].into_iter().all(digits) {
        return None;
    }
    let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
    time::Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}
