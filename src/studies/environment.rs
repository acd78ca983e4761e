//! Talks for agents that learn: who sits, what each may pick and sees, and what it gets for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::layout::CellInfo;
use crate::domain::rule::Rule;
use crate::domain::{ItemId, Model, PartyId, World};
use crate::drivers::decider::Decider;
use crate::drivers::parallel;
use crate::kernel::{State, What, holds, worth};
use crate::session::orders::{self, Menu, Sheet};
use crate::session::{About, Misfit, Observation, Question, Rounds, Table, play_round};
use crate::telling::play::{View, history, sheet};

use super::ids;
use super::questions::condition;
use super::refusal::Refusal;

/// The aim of a role that is to gain points.
pub const POINTS: &str = "points";

/// Who sits at the table, and what they are after.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The ids of parties and mediators that do not decide by the model; nobody named stands for all that decide anything.
    pub roles: Vec<String>,
    /// What a role is after, by its id: `points`, or a condition on the end of the talks. By default `points`.
    pub aim: Vec<(String, String)>,
}

/// What a role is after.
#[derive(Clone, Debug)]
enum Aim {
    /// What these parties have in hand beyond their alternatives, on average.
    Gain(Vec<PartyId>),
    /// That a condition holds when the talks end: 1, else 0.
    Holds(Rule),
}

/// A seat at the table.
#[derive(Clone, Debug)]
pub struct Role {
    /// Whose.
    pub who: Decider,
    /// Its id.
    pub id: String,
    /// What it can pick.
    pub menu: Menu,
    /// What it sees.
    pub observation: Observation,
    aim: Aim,
}

/// A scenario with seats that are open to agents.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The scenario.
    pub model: Model,
    /// The seats, in the order in which they were named.
    pub roles: Vec<Role>,
}

/// Talks that stand between two rounds.
#[derive(Clone, Debug)]
pub struct Talks {
    rounds: Rounds,
    seed: u64,
    run: u32,
    /// What was decided in each round that was played, or is under way.
    given: Vec<Given>,
    /// Room for what a role knows.
    known: State,
}

/// What was decided in a round.
#[derive(Clone, Debug)]
enum Given {
    /// A sheet a seat.
    Sheets(Vec<Sheet>),
    /// Decision by decision, the alternatives in the kernel's order.
    Picks(Vec<usize>),
}

/// A decision that is due.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asked {
    /// Whose: the id of the role.
    pub role: String,
    /// The round.
    pub round: u8,
    /// What is decided, such as `offer` or `sign`.
    pub decision: What,
    /// The item that it is about, if it is about one.
    pub item: Option<String>,
    /// What is open, in a word each.
    pub alternatives: Vec<String>,
    /// What the model would most likely do.
    pub model: String,
    /// The package in question, option by item; empty where it is not about one.
    pub package: BTreeMap<String, String>,
}

/// What a role sees of talks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// The numbers, in the order of [`Observation::names`].
    pub numbers: Vec<f32>,
    /// Which entries are open, in the order of the menus: 1 or 0.
    pub open: Vec<i8>,
}

/// What a round came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stepped {
    /// What each role got: 0 before the talks end.
    pub rewards: Vec<f64>,
    /// Whether the talks ended.
    pub ended: bool,
    /// What each role sees now.
    pub seen: Vec<Seen>,
}

impl Environment {
    /// A scenario with seats.
    ///
    /// # Errors
    /// When a role is none, decides nothing or sits twice, or an aim says nothing.
    pub fn plan(world: World, options: &Options) -> Result<Self, Refusal> {
        let model = Model::new(world);
        let world = &model.world;
        let deciders: Vec<Decider> = match options.roles.is_empty() {
            true => world.all_roles().map(Decider::from).collect(),
            false => {
                options.roles.iter().map(|id| ids::decider("roles", id, world)).collect::<Result<_, _>>()?
            }
        };
        let mut roles: Vec<Role> = Vec::new();
        for who in deciders {
            let id = who.id(world).into_owned();
            if roles.iter().any(|role| role.who == who) {
                return Err(Refusal::usage(format!("roles: `{id}` is named twice; a role sits once")));
            }
            let menu = Menu::of(&model, who);
            match (menu.groups.is_empty(), options.roles.is_empty()) {
                (true, true) => continue,
                (true, false) => {
                    let message = format!("roles: `{id}` has no seat on a track, and decides nothing");
                    return Err(Refusal::usage(message));
                }
                _ => {}
            }
            let aim = aim(&model, who, &id, &options.aim)?;
            roles.push(Role { who, observation: Observation::of(&model, who), menu, id, aim });
        }
        if roles.is_empty() {
            return Err(Refusal::no("nobody in this scenario has anything to decide"));
        }
        for (id, _) in &options.aim {
            let who = ids::decider("aims", id, world)?;
            if !roles.iter().any(|role| role.who == who) {
                let known: Vec<&str> = roles.iter().map(|r| r.id.as_str()).collect();
                let message =
                    format!("aims: `{id}` does not sit at the table; there are: {}", known.join(", "));
                return Err(Refusal::usage(message));
            }
        }
        Ok(Self { model, roles })
    }

    /// Opens talks under a seed and a run, before their first round.
    pub fn open(&self, seed: u64, run: u32) -> Talks {
        Talks {
            rounds: Rounds::new(&self.model, seed, run),
            seed,
            run,
            given: Vec::new(),
            known: State::new(&self.model),
        }
    }

    /// Opens talks anew.
    pub fn reopen(&self, talks: &mut Talks, seed: u64, run: u32) {
        talks.rounds.reset(&self.model, seed, run);
        talks.given.clear();
        (talks.seed, talks.run) = (seed, run);
    }

    /// The sheets that picks come to: role by role, one pick from each of its menus.
    ///
    /// # Errors
    /// When there are more or fewer picks than menus, or one is no entry.
    pub fn sheets(&self, picks: &[&[i64]]) -> Result<Vec<Sheet>, Refusal> {
        let sheet = |(role, picks): (&Role, &&[i64])| {
            role.menu.sheet(picks).map_err(|off| Refusal::usage(format!("{}: {off}", role.id)))
        };
        self.roles.iter().zip(picks).map(sheet).collect()
    }

    /// Whether sheets, role by role, say only what can be said.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub fn check(&self, sheets: &[Sheet]) -> Result<(), Refusal> {
        self.roles.iter().zip(sheets).try_for_each(|(role, sheet)| {
            orders::check(&self.model, role.who, sheet)
                .map_err(|wrong| Refusal::usage(format!("{}: {wrong}", role.id)))
        })
    }

    /// Plays the round that is due by these sheets, role by role; nothing where the talks are over. What each role gets for it.
    pub fn step(&self, talks: &mut Talks, sheets: Vec<Sheet>) -> Vec<f64> {
        if talks.rounds.over(&self.model) {
            return vec![0.0; self.roles.len()];
        }
        let orders: Vec<(Decider, Sheet)> = self.roles.iter().map(|r| r.who).zip(sheets).collect();
        talks.rounds.play(&self.model, &orders);
        talks.given.push(Given::Sheets(orders.into_iter().map(|(_, sheet)| sheet).collect()));
        self.rewards(talks)
    }

    /// What each role gets: nothing before the talks end.
    pub fn rewards(&self, talks: &Talks) -> Vec<f64> {
        let over = self.over(talks);
        self.roles.iter().map(|r| if over { self.worth(&r.aim, talks.rounds.state()) } else { 0.0 }).collect()
    }

    /// Begins the round that is due, decision by decision; nothing where one is under way or the talks are over.
    pub fn begin(&self, talks: &mut Talks) {
        if talks.rounds.question().is_none() && !self.over(talks) {
            talks.given.push(Given::Picks(Vec::new()));
            talks.rounds.begin(&self.model, &self.seats());
        }
    }

    /// The decision that is due.
    pub fn question(&self, talks: &Talks) -> Option<Asked> {
        let question = talks.rounds.question()?;
        let world = &self.model.world;
        let ids = |(item, option): &(_, crate::domain::OptionId)| {
            let item = world.item(*item);
            (item.name.id.clone(), item.options[option.at()].name.id.clone())
        };
        Some(Asked {
            role: question.who.id(world).into_owned(),
            round: question.site.round,
            decision: question.site.what,
            item: about(question).map(|item| world.item(item).name.id.clone()),
            alternatives: question.alternatives.iter().map(|a| a.word.clone()).collect(),
            model: question.own().word.clone(),
            package: question.package.iter().map(ids).collect(),
        })
    }

    /// Answers the decision that is due by a word, or leaves it to the model, with the luck of the run; plays on to the next one or to
    /// the end of the round. Gives the word that was taken.
    ///
    /// # Errors
    /// When none is due, or the word is not open.
    pub fn decide(&self, talks: &mut Talks, word: Option<&str>) -> Result<String, Refusal> {
        let no = |misfit: Misfit| Refusal::usage(misfit.to_string());
        let question = talks.rounds.question().ok_or_else(|| {
            no(if self.over(talks) { Misfit::Over } else { Misfit::Waits(self.round(talks)) })
        })?;
        let alternative = match word {
            Some(word) => question.alternatives.iter().find(|a| a.word == word).ok_or_else(|| {
                let known: Vec<&str> = question.alternatives.iter().map(|a| a.word.as_str()).collect();
                let whose = question.who.id(&self.model.world);
                Refusal::usage(format!("`{word}` is not open to {whose}; there are: {}", known.join(", ")))
            })?,
            None => {
                let pick = question.drawn(&mut talks.rounds.chance());
                question.picked(pick).unwrap_or_else(|| question.own())
            }
        };
        let (pick, taken) = (alternative.pick, alternative.word.clone());
        if let Some(Given::Picks(picks)) = talks.given.last_mut() {
            picks.push(pick);
        }
        talks.rounds.decide(&self.model, &self.seats(), pick).map_err(no)?;
        Ok(taken)
    }

    fn seats(&self) -> Vec<Decider> {
        self.roles.iter().map(|role| role.who).collect()
    }

    /// Every quantity of the state by its path, with its number and the number in a word: for whoever looks on, hidden ones among them.
    pub fn quantities(&self, talks: &Talks) -> Vec<(String, u8, String)> {
        let cells = self.model.cells.iter().zip(talks.rounds.state().cells());
        let told = |(cell, value): (&CellInfo, &u8)| {
            let name = self.model.value_name(cell.quantity, *value);
            (self.model.world.path(cell.quantity), *value, name)
        };
        cells.map(told).collect()
    }

    /// What talks that have ended are worth to who is after something.
    fn worth(&self, aim: &Aim, state: &State) -> f64 {
        let model = &self.model;
        match aim {
            Aim::Holds(rule) => f64::from(u8::from(holds(rule, model, state))),
            Aim::Gain(parties) => {
                let without = |p: PartyId| {
                    let seats: Vec<_> = model.world.seats_of(p).collect();
                    let all: f64 = seats.iter().map(|s| worth::alternative(model, state, *s)).sum();
                    all / seats.len().max(1) as f64
                };
                let gains = parties.iter().map(|p| worth::payoff(model, state, *p) - without(*p));
                gains.sum::<f64>() / parties.len().max(1) as f64
            }
        }
    }

    /// Whether talks have ended.
    pub fn over(&self, talks: &Talks) -> bool {
        talks.rounds.over(&self.model)
    }

    /// The id of the outcome; nothing before the end.
    pub fn outcome(&self, talks: &Talks) -> Option<&str> {
        let place = talks.rounds.state().get(&self.model, crate::domain::Quantity::Outcome);
        let outcome = self.model.world.outcomes.get(usize::from(place).checked_sub(1)?)?;
        Some(&outcome.name.id)
    }

    /// The round that is due, or the last one.
    pub fn round(&self, talks: &Talks) -> u8 {
        talks.rounds.round(&self.model)
    }

    /// Where talks stand.
    pub fn state<'a>(&self, talks: &'a Talks) -> &'a State {
        talks.rounds.state()
    }

    /// What each role sees of talks.
    pub fn seen(&self, talks: &mut Talks) -> Vec<Seen> {
        let see = |role: &Role| {
            role.observation.known(talks.rounds.state(), &mut talks.known);
            let mut numbers = vec![0.0; role.observation.names().len()];
            role.observation.write(&self.model, &talks.known, &mut numbers);
            let open = role.menu.open(&self.model, &talks.known).map(i8::from).collect();
            Seen { numbers, open }
        };
        self.roles.iter().map(see).collect()
    }

    /// Plays a round of many talks, each by its own sheets. Where `again` says so, talks that end are opened anew at once, under the run
    /// that many further on, and what is seen is their start.
    pub fn step_all(&self, talks: &mut [Talks], sheets: Vec<Vec<Sheet>>, again: Option<u32>) -> Vec<Stepped> {
        let mut answers = vec![Stepped::default(); talks.len()];
        let mut work: Vec<_> = talks.iter_mut().zip(sheets).zip(&mut answers).collect();
        let mut pieces: Vec<_> = work.chunks_mut(APIECE).collect();
        parallel::each_of(&mut pieces, |_, piece| {
            for ((talks, sheets), answer) in piece.iter_mut() {
                answer.rewards = self.step(talks, std::mem::take(sheets));
                answer.ended = self.over(talks);
                if let Some(further) = again.filter(|_| answer.ended) {
                    let (seed, run) = (talks.seed, talks.run.wrapping_add(further));
                    self.reopen(talks, seed, run);
                }
                answer.seen = self.seen(talks);
            }
        });
        answers
    }

    /// What happened in the talks from a round on, as a role may know it, in words.
    pub fn told(&self, talks: &Talks, role: &Role, from: u8) -> String {
        let table = self.table(talks);
        history(&self.model, role.who, table.steps(), from, false)
    }

    /// What a role is handed out before the talks: its confidential sheet.
    pub fn briefing(&self, role: &Role) -> String {
        let start = State::new(&self.model);
        sheet(&View::new(&self.model, role.who, start.cells()), false)
    }

    /// The same talks once more, with a record.
    fn table(&self, talks: &Talks) -> Table<'_> {
        let seats = self.seats();
        let mut table = Table::held(&self.model, &seats, talks.seed, talks.run);
        for (round, given) in (1..).zip(&talks.given) {
            let taken = self.take(&mut table, round, given);
            debug_assert!(taken.is_ok(), "what was decided was open: {taken:?}");
            // What is due is a decision of the round that is under way.
            if taken.is_err() || table.question().is_some() {
                break;
            }
        }
        table
    }

    /// Takes what was decided in a round once more.
    fn take(&self, table: &mut Table, round: u8, given: &Given) -> Result<(), Misfit> {
        match given {
            Given::Sheets(sheets) => {
                table.by_orders(true);
                let place = |id: &str| self.roles.iter().position(|role| role.id == id);
                play_round(table, round, |id| place(id).map(|k| &sheets[k]))
            }
            Given::Picks(picks) => {
                table.by_orders(false);
                table.play_until(round);
                picks.iter().try_for_each(|pick| table.decide(*pick).map(drop))
            }
        }
    }
}

/// The item that a decision is about.
fn about(question: &Question) -> Option<ItemId> {
    match question.about {
        About::Position(_, i)
        | About::Motion(_, i)
        | About::Ballot(_, i, ..)
        | About::Offer(_, i)
        | About::Change(_, _, i, ..)
        | About::Proposal(_, _, i, _)
        | About::Formula(_, i, _) => Some(i),
        _ => None,
    }
}

/// Talks that a thread takes at a time: fewer are not worth handing over.
const APIECE: usize = 8;

fn aim(model: &Model, who: Decider, id: &str, aims: &[(String, String)]) -> Result<Aim, Refusal> {
    let world = &model.world;
    let asked = aims.iter().rev().find(|(of, _)| ids::decider("aims", of, world).is_ok_and(|d| d == who));
    match asked {
        Some((_, text)) if text != POINTS => {
            let condition = condition(text, world).map_err(|refusal| Refusal {
                message: format!(
                    "aims: what `{id}` is after is `{POINTS}` or a condition: {}",
                    refusal.message
                ),
                ..refusal
            })?;
            Ok(Aim::Holds(Rule::of(&condition, model.ground())))
        }
        _ => Ok(Aim::Gain(match who {
            Decider::Party(p) => vec![p],
            Decider::Mediator(m) => {
                let seats = world.mediator(m).track.map_or(&[][..], |t| &world.track(t).seats);
                seats.iter().map(|s| world.seat(*s).party).collect()
            }
        })),
    }
}
