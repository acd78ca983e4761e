//! What agents could reach by deciding otherwise.

mod json;
mod page;
mod policy;
mod tables;
mod text;
mod ways;

use serde::{Deserialize, Serialize};

use crate::analysis::Held;
use crate::analysis::resolve::{Aim, Question, Resolved};
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::{Model, World};
use crate::drivers::Head;
use crate::drivers::decider::Decider;
use crate::drivers::enumerate::{Always, MemoryBudget, Policy};
use crate::kernel::What;
use crate::render::package;
use crate::session::Closed;
use crate::session::orders::Ordered;
use crate::telling::Origin;
use crate::text::paper::Paper;

use super::refusal::Refusal;
use super::study::{Artifact, Findings, Made, Watch, Whole};
#[cfg(feature = "cli")]
use super::values;

pub use policy::{Given, Mistake, policy, read};

use text::word;

/// The name of the format of its JSON.
pub const FORMAT: &str = "baraza-resolve/3";

/// What the figures are, and are not.
const NOTE: &str = "Such a policy sees the whole state, what others keep to themselves included, and knows every odds: a bound \
for what anybody could reach in this model, and no advice to a real mediator or party.";

/// Every decision of the first policy told in every state, as [`Findings::artifact`] names it.
pub const POLICY: &str = "policy";

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Options {
    /// Leave this party's or mediator's decisions open; several decide each for itself
    #[cfg_attr(feature = "cli", arg(long, value_name = "ID", required = true))]
    pub agent: Vec<String>,
    /// What is wanted: a condition
    #[cfg_attr(feature = "cli", arg(long, value_name = "CONDITION", conflicts_with = "outcome"))]
    pub measure: Option<String>,
    /// What is wanted: an outcome
    #[cfg_attr(feature = "cli", arg(long, value_name = "ID"))]
    pub outcome: Option<String>,
    /// When a condition must hold for a run to count
    #[cfg_attr(feature = "cli", arg(long, value_enum, default_value_t = Held::default()))]
    pub held: Held,
    /// What one agent wants, where several decide: a condition, or `points`
    #[cfg_attr(feature = "cli", arg(long = "for", value_name = "ID=AIM", value_parser = values::setting))]
    pub aim: Vec<(String, String)>,
    /// Not the best and the worst, but a given policy: this decision always so, where possible; all others by the scenario's odds
    #[cfg_attr(feature = "cli", arg(long, value_name = "DECISION=CHOICE", value_parser = values::setting))]
    pub always: Vec<(String, String)>,
    /// The most states to keep, over all turns together; by default as many as fit into the memory that is free
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", value_parser = values::states))]
    pub max_states: Option<usize>,
}

impl Options {
    /// The same as words of a command.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut named = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
        self.agent.iter().for_each(|id| named("--agent", id));
        self.measure.iter().for_each(|text| named("--measure", text));
        self.outcome.iter().for_each(|id| named("--outcome", id));
        if self.held == Held::Ever {
            named("--held", "ever");
        }
        self.aim.iter().for_each(|(id, aim)| named("--for", &format!("{id}={aim}")));
        self.always.iter().for_each(|(what, choice)| named("--always", &format!("{what}={choice}")));
        self.max_states.iter().for_each(|n| named("--max-states", &n.to_string()));
        words
    }
}

/// A policy that somebody gives as a table: what the table is called, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// How it is called.
    pub name: String,
    /// The table, as CSV.
    pub text: String,
}

/// The orders of a session by round: what its log is called, and the rounds that were closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders {
    /// How it is called.
    pub name: String,
    /// The rounds.
    pub rounds: Vec<Closed>,
}

/// A way of deciding that somebody gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A policy as a table.
    Follow(Follow),
    /// A sheet a round.
    Orders(Orders),
}

/// Open decisions of a scenario, planned.
#[derive(Debug)]
pub struct Decisions {
    model: Model,
    origin: Origin,
    deciders: Vec<Decider>,
    aims: Vec<Aim>,
    words: Vec<String>,
    habits: Vec<(What, usize)>,
    way: Option<Way>,
    room: MemoryBudget,
    named: String,
}

impl Decisions {
    /// What a scenario is asked, with so much room for states. `named` is how a command names the scenario and its changes; `way` what
    /// is to be tried out.
    ///
    /// # Errors
    /// When an agent is none, an aim says nothing, or the policy is none.
    pub fn plan(
        world: World,
        origin: Origin,
        named: String,
        (options, way): (&Options, Option<Way>),
        room: MemoryBudget,
    ) -> Result<Self, Refusal> {
        let model = Model::new(world);
        let deciders = ways::deciders(options, &model)?;
        let (aims, words) = ways::aims(options, &model, &deciders)?;
        let habits = ways::habits(options, &model, &deciders)?;
        let planned = Self { model, origin, deciders, aims, words, habits, way, room, named };
        planned.given()?;
        planned.ordered()?;
        Ok(planned)
    }

    /// The policy of the table.
    fn given(&self) -> Result<Option<Given<'_>>, Refusal> {
        let Some(Way::Follow(follow)) = &self.way else { return Ok(None) };
        read(&self.model, &self.deciders, &follow.text)
            .map(Some)
            .map_err(|e| Refusal::usage(format!("--follow {}, {e}", follow.name)))
    }

    /// The orders of the log.
    fn ordered(&self) -> Result<Option<Ordered<'_>>, Refusal> {
        let Some(Way::Orders(orders)) = &self.way else { return Ok(None) };
        let ordered = Ordered::of(&self.model, &self.deciders, &orders.rounds);
        ordered.map(Some).map_err(|e| Refusal::no(format!("--orders {}: {e}", orders.name)))
    }

    /// How much of the table came up: one of another scenario must not pass for one of this.
    fn met(&self, given: &Given) -> Result<String, Refusal> {
        let name = self.name();
        match given.met() {
            (all, 0) => Err(Refusal::no(format!(
                "--follow {name}: none of its {all} decisions comes up here: is it of another scenario?"
            ))),
            (all, met) => Ok(format!(
                "{name}: {met} of {all} decisions come up; any other was left to the scenario's odds"
            )),
        }
    }

    /// What is said of orders that were followed.
    fn followed(&self, ordered: &Ordered) -> String {
        let name = self.name();
        match ordered.met() {
            true => format!(
                "{name}: its sheets, round by round; any other choice was left to the scenario's odds"
            ),
            false => format!(
                "{name}: nothing that its sheets say comes up, so that this is what the scenario's odds come to"
            ),
        }
    }

    /// How what is tried out is called.
    fn name(&self) -> &str {
        match &self.way {
            Some(Way::Follow(follow)) => &follow.name,
            Some(Way::Orders(orders)) => &orders.name,
            None => "",
        }
    }
}

impl Whole for Decisions {
    /// The ways of deciding, and how much of a given table came up.
    type Answer = (Vec<Case>, Option<String>);

    fn work(&self, watch: &dyn Watch) -> Result<Self::Answer, Refusal> {
        let (model, deciders, aims, room) = (&self.model, &self.deciders, &self.aims, self.room);
        let given = self.given()?;
        let always = Always(&self.habits);
        let ordered = self.ordered()?;
        let policy = match (&given, &ordered) {
            (Some(given), _) => Some(given as &dyn Policy),
            (None, Some(ordered)) => Some(ordered as &dyn Policy),
            (None, None) => (!self.habits.is_empty()).then_some(&always as &dyn Policy),
        };
        let cases = ways::cases(Question { model, deciders, aims, room }, policy, &self.named, watch)?;
        let met = given.as_ref().map(|given| self.met(given)).transpose()?;
        let met = met.or(ordered.as_ref().map(|ordered| self.followed(ordered)));
        Ok((cases, met))
    }

    fn told<'a>(&'a self, (cases, met): Self::Answer, made: &'a Made) -> Box<dyn Findings + 'a> {
        Box::new(Resolution {
            model: &self.model,
            origin: &self.origin,
            deciders: &self.deciders,
            aims: &self.words,
            shares: self.aims.iter().map(|aim| !matches!(aim, Aim::Payoff(_))).collect(),
            cases,
            met,
            made,
        })
    }
}

/// One way of deciding, and what it comes to.
#[derive(Clone, Debug)]
pub struct Case {
    /// `at best`, `at worst`, `each for itself`, `as the scenario has it`, `as given`.
    pub name: &'static str,
    /// What came of it.
    pub resolved: Resolved,
}

/// A resolution to be reported on.
#[derive(Clone, Debug)]
pub struct Resolution<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Where it came from.
    pub origin: &'a Origin,
    /// Whose decisions are open.
    pub deciders: &'a [Decider],
    /// What each wants, in words.
    pub aims: &'a [String],
    /// Whether what each wants is a probability, else points.
    pub shares: Vec<bool>,
    /// The ways of deciding.
    pub cases: Vec<Case>,
    /// How much of a given table came up.
    pub met: Option<String>,
    /// How it can be had again.
    pub made: &'a Made,
}

impl Resolution<'_> {
    fn head(&self) -> Head<()> {
        self.origin.head(&self.model.world.title, NOTE)
    }

    /// Whether what an agent wants is a probability.
    fn is_share(&self, agent: usize) -> bool {
        self.shares[agent]
    }
}

impl Findings for Resolution<'_> {
    fn source(&self) -> package::Study {
        package::Study::of_all("resolve", self.head())
    }

    fn document(&self, _: bool) -> Document {
        page::document(self)
    }

    fn tables(&self) -> Vec<Dataset> {
        tables::tables(self)
    }

    fn text(&self, _: bool, paper: Paper) -> String {
        text::text(self, paper)
    }

    fn format(&self) -> &'static str {
        FORMAT
    }

    fn json(&self) -> String {
        json::json(self)
    }

    fn remarks(&self) -> Vec<String> {
        self.met.iter().cloned().collect()
    }

    fn artifact(&self, name: &str) -> Option<Artifact> {
        let first = self.cases.first().filter(|_| name == POLICY)?;
        Some(Artifact::Table(policy(self, first)))
    }
}
